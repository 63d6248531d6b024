//! A statutory limit has passed: a letter of its own, at once in working hours, to the supervisor and the head of department, and while
//! a contract with the enterprise is in force to the leaders.

use std::collections::{BTreeSet, HashSet};

use chrono::Timelike;
use entity::{
    account, calendar, contract,
    error::Fault,
    language::Text,
    outbox::{
        Class, Kind,
        commands::{NewLetter, enqueue_with_id},
        facts,
    },
    table::Visible,
    viewer::Role,
    warning::{self, STATUTORY, commands::Crossed},
};
use futures::future::BoxFuture;
use uuid::Uuid;

use crate::{
    deadline_warnings::black,
    job::{Job, Run, in_role_or_centre},
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
            let contracts: Vec<Uuid> = overdue
                .iter()
                .filter_map(|matter| matter.subject.contract_id)
                .collect();
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
            for matter in &overdue {
                let head_ids = heads.of(matter);
                let mut people: Vec<account::Model> = named
                    .iter()
                    .filter(|person| head_ids.contains(&person.id))
                    .cloned()
                    .collect();
                people.extend(supervisors.iter().cloned());
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
                    people.extend(leaders.iter().filter(concerned).cloned());
                }
                people.sort_by_key(|person| person.id);
                people.dedup_by_key(|person| person.id);
                for person in people {
                    if run.is_stopping() {
                        return Ok(());
                    }
                    let threshold = format!("{STATUTORY}{}", matter.limit.due_on);
                    if told.contains(&(matter.subject.key, threshold.clone(), person.id)) {
                        run.skip();
                        continue;
                    }
                    let why = if head_ids.contains(&person.id) {
                        Text::new("由您的部门负责", "your department is in charge")
                    } else if person.role == Role::Leader {
                        Text::new(
                            "契约企业事项法定超期，须即时报告领导",
                            "leaders are told at once when a statutory limit towards a contracted enterprise passes",
                        )
                    } else {
                        Text::new(
                            "法定超期须报监督机构",
                            "the supervisor is told of every statutory limit that passes",
                        )
                    };
                    run.plan(
                        &person,
                        vec![format!(
                            "{} | {} | {}",
                            matter.limit.due_on,
                            matter.subject.enterprise,
                            why.in_language(person.language)
                        )],
                    );
                    if run.is_rehearsal() {
                        continue;
                    }
                    let work = async {
                        let unit = run.begin().await?;
                        let letter = NewLetter::new(
                            format!(
                                "statutory_overdue:{}:{}:{}",
                                matter.subject.key, matter.limit.due_on, person.id
                            ),
                            Kind::StatutoryOverdue,
                            Class::MustNotMiss,
                            person.id,
                            &facts::StatutoryOverdue {
                                name: person.name.clone(),
                                enterprise: matter.subject.enterprise.clone(),
                                item: matter.subject.title.clone(),
                                occasion: matter.subject.occasion.clone(),
                                legal_basis: matter.subject.legal_basis.clone().unwrap_or_default(),
                                due_on: matter.limit.due_on,
                                overdue: -matter.limit.value().remaining(today, &calendar),
                                why,
                                path: matter.subject.path.clone(),
                            },
                        )?;
                        let id = enqueue_with_id(&unit, letter).await?;
                        let crossed = vec![Crossed {
                            subject_kind: matter.subject.kind,
                            subject_id: matter.subject.key,
                            threshold,
                            superseded: false,
                        }];
                        warning::commands::record(&unit, person.id, id, crossed).await?;
                        run.commit(unit).await
                    };
                    run.item::<Fault>(&format!("{} {}", matter.subject.key, person.login), work)
                        .await;
                }
            }
            Ok(())
        })
    }
}
