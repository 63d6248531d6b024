//! A statutory limit has passed: a letter of its own, at once in working hours, to the supervisor and the head of department, and while
//! a contract with the enterprise is in force to the leaders.

use std::collections::{BTreeSet, HashSet};

use chrono::{NaiveDate, Timelike};
use entity::{
    account,
    calendar::{self, rules::Calendar},
    contract,
    deadline::Matter,
    error::Fault,
    language::Text,
    outbox::{Class, Kind, commands::NewLetter, facts},
    table::Visible,
    viewer::Role,
    warning::{self, STATUTORY, commands::Crossed},
};
use futures::future::BoxFuture;
use uuid::Uuid;

use crate::{
    deadline_warnings::black,
    job::{Job, Run, Written, in_role_or_centre},
    responsible::Heads,
};

/// The job.
#[derive(Debug)]
pub struct StatutoryOverdue;

impl Job for StatutoryOverdue {
    fn run<'a>(&'a self, run: &'a Run) -> BoxFuture<'a, Result<(), Fault>> {
        Box::pin(async move {
            let store = run.store();
            let today = store.today();
            let calendar = calendar::repository::in_force(store).await?;
            let hour = store.now().with_timezone(&store.zone()).hour();
            if !calendar.is_working_day(today) || !(8..18).contains(&hour) {
                return Ok(());
            }
            let overdue = black(store, &calendar, today).await?;
            let ids: Vec<Uuid> = overdue.iter().map(|matter| matter.subject.key).collect();
            let told = warning::repository::told(store.db(), &ids).await?;
            let heads = Heads::load(store, overdue.iter()).await?;
            let supervisors = in_role_or_centre(store, Role::Supervisor).await?;
            let leaders = account::repository::enabled_in_role(store.db(), Role::Leader).await?;
            let contracts: BTreeSet<Uuid> = overdue
                .iter()
                .filter_map(|matter| matter.subject.contract_id)
                .collect();
            let contracts = Vec::from_iter(contracts);
            let in_force: HashSet<Uuid> =
                contract::Entity::of_ids(store.db(), run.viewer(), &contracts)
                    .await?
                    .into_iter()
                    .filter(|contract| contract::State::IN_FORCE.contains(&contract.state))
                    .map(|contract| contract.id)
                    .collect();
            let of_all: BTreeSet<Uuid> =
                overdue.iter().flat_map(|matter| heads.of(matter)).collect();
            let named = account::repository::named(store.db(), &Vec::from_iter(of_all)).await?;
            let mut letters = Vec::new();
            for matter in &overdue {
                let head_ids = heads.of(matter);
                let mut people: Vec<&account::Model> = named
                    .iter()
                    .filter(|person| head_ids.contains(&person.id))
                    .collect();
                people.extend(&supervisors);
                if matter
                    .subject
                    .contract_id
                    .is_some_and(|id| in_force.contains(&id))
                {
                    // Who belongs to a department is told what that department answers for.
                    let department = heads.department(matter);
                    let concerned = |leader: &&account::Model| {
                        leader.department_id.is_none() || leader.department_id == department
                    };
                    people.extend(leaders.iter().filter(concerned));
                }
                people.sort_by_key(|person| person.id);
                people.dedup_by_key(|person| person.id);
                for person in people {
                    let threshold = format!("{STATUTORY}{}", matter.limit.due_on);
                    if told.contains(&(matter.subject.key, threshold.clone(), person.id)) {
                        run.skip();
                        continue;
                    }
                    let is_head = head_ids.contains(&person.id);
                    letters.push(letter(matter, person, is_head, today, &calendar, threshold));
                }
            }
            run.write_all(letters).await;
            Ok(())
        })
    }
}

fn letter<'a>(
    matter: &Matter,
    person: &'a account::Model,
    is_head: bool,
    today: NaiveDate,
    calendar: &Calendar,
    threshold: String,
) -> Written<'a> {
    let (limit, subject) = (&matter.limit, &matter.subject);
    let why = if is_head {
        Text::new("由您的部门负责", "your department is in charge")
    } else if person.role == Role::Leader {
        Text::new(
            "契约企业事项法定超期，须即时报告领导",
            "leaders are informed at once when a statutory limit towards a contracted enterprise passes",
        )
    } else {
        Text::new(
            "法定超期须报监督机构",
            "the supervisor is informed of every statutory limit that passes",
        )
    };
    Written {
        what: format!("{} {}", subject.key, person.login),
        recipient: person,
        why: vec![format!(
            "{} | {} | {}",
            limit.due_on,
            subject.enterprise,
            why.in_language(person.language)
        )],
        letter: NewLetter::new(
            format!(
                "statutory_overdue:{}:{}:{}",
                subject.key, limit.due_on, person.id
            ),
            Kind::StatutoryOverdue,
            Class::MustNotMiss,
            person.id,
            &facts::StatutoryOverdue {
                name: person.name.clone(),
                enterprise: subject.enterprise.clone(),
                item: subject.title.clone(),
                occasion: subject.occasion.clone(),
                legal_basis: subject.legal_basis.clone().unwrap_or_default(),
                due_on: limit.due_on,
                overdue: -limit.value().remaining(today, calendar),
                why,
                path: subject.path.clone(),
            },
        ),
        crossed: vec![Crossed {
            subject_kind: subject.kind,
            subject_id: subject.key,
            threshold,
            superseded: false,
        }],
    }
}
