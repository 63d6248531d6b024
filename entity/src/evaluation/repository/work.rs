//! The work of a quarter: what fell due in it, as the figures of departments and the forms of enterprises show it.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::NaiveDate;
use sea_orm::{
    Condition, ConnectionTrait, EntityTrait, FromQueryResult, JoinType, QueryFilter, QueryOrder,
    QuerySelect, entity::prelude::*,
};

use super::super::{
    form,
    performance::Counted,
    rules::{self, Quarter},
};
use crate::{
    account, commitment, contract,
    deadline::{self, pause},
    error::Fault,
    liaison, milestone, obligation,
    page::{grouped, of_keys},
    project,
};

/// What fell due, as far as it is counted.
#[derive(FromQueryResult)]
struct Due {
    enterprise_id: Uuid,
    contract_id: Uuid,
    commitment_id: Uuid,
    deadline_id: Uuid,
    state: obligation::State,
    days_late: Option<i32>,
    is_proven: bool,
    limit_state: deadline::State,
    legal_effect: deadline::LegalEffect,
    due_on: NaiveDate,
}

/// What fell due in a quarter, for all enterprises or one, and the promises by their keys; what was before the system, due before its contract
/// was recorded here, is left out.
async fn fell_due(
    db: &impl ConnectionTrait,
    quarter: Quarter,
    only: Option<Uuid>,
    zone: chrono_tz::Tz,
) -> Result<(Vec<Due>, HashMap<Uuid, commitment::Model>), Fault> {
    let contracts: Vec<(Uuid, DateTimeUtc)> = contract::Entity::find()
        .select_only()
        .columns([contract::Column::Id, contract::Column::CreatedAt])
        .filter(of(contract::Column::EnterpriseId, only))
        .into_tuple()
        .all(db)
        .await?;
    let recorded: HashMap<Uuid, NaiveDate> = contracts
        .into_iter()
        .map(|(id, at)| (id, crate::clock::civil_date(at, zone)))
        .collect();
    let is_proven = sea_orm::sea_query::ExprTrait::or(
        obligation::Column::EvidenceDocumentId.is_not_null(),
        obligation::Column::EvidenceNote.is_not_null(),
    );
    let mut due = obligation::Entity::find()
        .join(JoinType::InnerJoin, obligation::repository::its_deadline())
        .filter(deadline::Column::DueOn.between(quarter.from, quarter.to))
        .filter(obligation::Column::State.ne(obligation::State::Cancelled))
        .filter(of(obligation::Column::EnterpriseId, only))
        .select_only()
        .columns([
            obligation::Column::EnterpriseId,
            obligation::Column::ContractId,
            obligation::Column::CommitmentId,
            obligation::Column::DeadlineId,
            obligation::Column::State,
            obligation::Column::DaysLate,
        ])
        .expr_as(is_proven, "is_proven")
        .column_as(deadline::Column::State, "limit_state")
        .columns([deadline::Column::LegalEffect, deadline::Column::DueOn])
        .into_model::<Due>()
        .all(db)
        .await?;
    let commitments: BTreeSet<Uuid> = due.iter().map(|owed| owed.commitment_id).collect();
    let commitments = Vec::from_iter(commitments);
    let promises = commitment::Entity::find();
    let promises = of_keys(db, promises, commitment::Column::Id, &commitments).await?;
    let promises: HashMap<Uuid, commitment::Model> =
        promises.into_iter().map(|row| (row.id, row)).collect();
    due.retain(|owed| {
        let recorded = recorded.get(&owed.contract_id);
        recorded.is_some_and(|day| owed.due_on >= *day)
    });
    Ok((due, promises))
}

/// What belongs to this enterprise, or to any.
fn of(enterprise: impl ColumnTrait, only: Option<Uuid>) -> Condition {
    Condition::all().add_option(only.map(|id| enterprise.eq(id)))
}

/// What was counted of the work of each department in a quarter: of its own promises, and of those that its liaisons keep, each by who looked
/// after the enterprise on the day it fell due. What rests is not counted. Not scoped.
pub(crate) async fn work(
    db: &impl ConnectionTrait,
    quarter: Quarter,
    zone: chrono_tz::Tz,
) -> Result<BTreeMap<Uuid, Counted>, Fault> {
    let assignments = liaison::Entity::find()
        .filter(liaison::Column::StartedOn.is_not_null())
        .all(db)
        .await?;
    let people: BTreeSet<Uuid> = assignments.iter().map(|row| row.account_id).collect();
    let people = Vec::from_iter(people);
    let assignments = grouped(assignments, |row| row.enterprise_id);
    let departments: HashMap<Uuid, Option<Uuid>> = account::repository::named(db, &people)
        .await?
        .into_iter()
        .map(|person| (person.id, person.department_id))
        .collect();
    let of_liaison = |enterprise: Uuid, day: NaiveDate| {
        let own = assignments.get(&enterprise)?;
        let in_charge = liaison::rules::on_day(own.iter(), day)?;
        departments.get(&in_charge.account_id).copied().flatten()
    };
    let mut work: BTreeMap<Uuid, Counted> = BTreeMap::new();
    let (due, promises) = fell_due(db, quarter, None, zone).await?;
    for owed in due {
        let Some(promise) = promises.get(&owed.commitment_id) else {
            continue;
        };
        let department = match promise.owner {
            commitment::Owner::Department => promise.department_id,
            commitment::Owner::Liaison => of_liaison(owed.enterprise_id, owed.due_on),
            commitment::Owner::Centre => None,
        };
        let Some(department) = department else {
            continue;
        };
        if owed.limit_state == deadline::State::Paused {
            continue;
        }
        let in_time = owed.state == obligation::State::Fulfilled && owed.days_late <= Some(0);
        let statutory = owed.legal_effect == deadline::LegalEffect::Statutory;
        let counted = work.entry(department).or_default();
        counted.due += 1;
        counted.on_time += u32::from(in_time);
        counted.statutory_overdue += u32::from(statutory && !in_time);
    }
    Ok(work)
}

/// The facts of a quarter for every enterprise, or for `only` this one, as they stand `today`, and the departments each had to do with. Not
/// scoped.
pub(crate) async fn facts(
    db: &impl ConnectionTrait,
    quarter: Quarter,
    only: Option<Uuid>,
    today: NaiveDate,
    zone: chrono_tz::Tz,
) -> Result<HashMap<Uuid, (form::Facts, BTreeSet<Uuid>)>, Fault> {
    let mut found: HashMap<Uuid, (form::Facts, BTreeSet<Uuid>)> = HashMap::new();
    let (due, promises) = fell_due(db, quarter, only, zone).await?;
    let limits: Vec<Uuid> = due.iter().map(|owed| owed.deadline_id).collect();
    let mut pauses: HashMap<Uuid, u32> = HashMap::new();
    for pause in of_keys(
        db,
        pause::Entity::find(),
        pause::Column::DeadlineId,
        &limits,
    )
    .await?
    {
        *pauses.entry(pause.deadline_id).or_default() += 1;
    }
    for owed in due {
        let Some(promise) = promises.get(&owed.commitment_id) else {
            continue;
        };
        let (facts, departments) = found.entry(owed.enterprise_id).or_default();
        departments.extend(promise.department_id);
        let days_late = owed.days_late.unwrap_or_default();
        let kept = owed.state == obligation::State::Fulfilled;
        let paused = owed.limit_state == deadline::State::Paused;
        let running = owed.limit_state == deadline::State::Running && owed.due_on >= today;
        let due = !paused && !running;
        facts.promises.push(form::PromiseFact {
            commitment_id: Some(promise.id),
            item: promise.words(),
            department_id: promise.department_id,
            due: u32::from(due),
            in_time: u32::from(kept && days_late <= 0),
            late: u32::from(kept && days_late > 0),
            days_late: days_late.max(0),
            broken: u32::from(due && !kept),
            paused: u32::from(paused),
            running: u32::from(running),
            proven: u32::from(owed.is_proven),
            pauses: pauses.get(&owed.deadline_id).copied().unwrap_or_default(),
        });
    }
    for (facts, _) in found.values_mut() {
        facts.promises = rules::grouped(std::mem::take(&mut facts.promises));
    }
    let within = |column: milestone::Column| column.between(quarter.from, quarter.to);
    let reached = milestone::Entity::find()
        .filter(
            Condition::any()
                .add(within(milestone::Column::BaselineOn))
                .add(within(milestone::Column::ActualOn)),
        )
        .filter(of(milestone::Column::EnterpriseId, only))
        .order_by_asc(milestone::Column::ProjectId)
        .order_by_asc(milestone::Column::Position)
        .all(db)
        .await?;
    let projects: BTreeSet<Uuid> = reached.iter().map(|row| row.project_id).collect();
    let projects: Vec<Uuid> = projects.into_iter().collect();
    let names: HashMap<Uuid, String> =
        of_keys(db, project::Entity::find(), project::Column::Id, &projects)
            .await?
            .into_iter()
            .map(|row| (row.id, row.name))
            .collect();
    for row in reached {
        let (facts, _) = found.entry(row.enterprise_id).or_default();
        facts.milestones.push(form::MilestoneFact {
            project: names.get(&row.project_id).cloned().unwrap_or_default(),
            name: row.name,
            planned_on: row.baseline_on,
            reached_on: row.actual_on,
        });
    }
    Ok(found)
}
