//! A statutory limit has passed: a letter of its own, at once in working hours, to the supervisor and the head of department, and while
//! a contract with the enterprise is in force to the leaders.

use std::collections::HashSet;

use chrono::Timelike;
use entity::{
    account, calendar, contract,
    error::Fault,
    language::Text,
    link,
    outbox::{
        Class, Kind,
        commands::{NewLetter, enqueue_with_id},
        facts,
    },
    viewer::Role,
    warning::{self, STATUTORY, SubjectKind, commands::Crossed},
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
            let calendar = calendar::repository::in_force(store.db()).await?;
            let hour = store.now().with_timezone(&store.zone()).hour();
            if !calendar.is_working_day(today) || !(8..18).contains(&hour) {
                return Ok(());
            }
            let overdue = black(store, &calendar, today).await?;
            let ids: Vec<Uuid> = overdue.iter().map(|owed| owed.obligation.id).collect();
            let told = warning::repository::told(store.db(), &ids).await?;
            let heads = Heads::load(store, overdue.iter()).await?;
            let supervisors = in_role_or_centre(store, Role::Supervisor).await?;
            let leaders = account::repository::enabled_in_role(store.db(), Role::Leader).await?;
            let contracts: Vec<Uuid> = overdue
                .iter()
                .map(|owed| owed.obligation.contract_id)
                .collect();
            let in_force: HashSet<Uuid> =
                contract::repository::of_ids(store.db(), run.viewer(), &contracts)
                    .await?
                    .into_iter()
                    .filter(|contract| contract::State::IN_FORCE.contains(&contract.state))
                    .map(|contract| contract.id)
                    .collect();
            for owed in &overdue {
                let head_ids = heads.of(owed);
                let mut people = account::repository::named(store.db(), &head_ids).await?;
                people.extend(supervisors.iter().cloned());
                if in_force.contains(&owed.obligation.contract_id) {
                    // Who belongs to a department is told what that department answers for.
                    let department = heads.department(owed);
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
                    let threshold = format!("{STATUTORY}{}", owed.deadline.due_on);
                    if told.contains(&(owed.obligation.id, threshold.clone(), person.id)) {
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
                            owed.deadline.due_on,
                            owed.enterprise_name,
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
                                owed.obligation.id, owed.deadline.due_on, person.id
                            ),
                            Kind::StatutoryOverdue,
                            Class::MustNotMiss,
                            person.id,
                            &facts::StatutoryOverdue {
                                name: person.name.clone(),
                                enterprise: owed.enterprise_name.clone(),
                                item: owed.commitment.words(),
                                occasion: owed.obligation.occasion.clone(),
                                legal_basis: owed
                                    .commitment
                                    .legal_basis
                                    .clone()
                                    .unwrap_or_default(),
                                due_on: owed.deadline.due_on,
                                overdue: -owed.deadline.value().remaining(today, &calendar),
                                why,
                                path: link::obligation(owed.obligation.id),
                            },
                        )?;
                        let id = enqueue_with_id(&unit, letter).await?;
                        let crossed = vec![Crossed {
                            subject_kind: SubjectKind::Obligation,
                            subject_id: owed.obligation.id,
                            threshold,
                            superseded: false,
                        }];
                        warning::commands::record(&unit, person.id, id, crossed).await?;
                        run.commit(unit).await
                    };
                    run.item::<Fault>(&format!("{} {}", owed.obligation.id, person.login), work)
                        .await;
                }
            }
            Ok(())
        })
    }
}
