//! The work of a quarter: what fell due in it, as the figures of departments and the forms of enterprises show it.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::NaiveDate;
use sea_orm::{
    Condition, ConnectionTrait, EntityTrait, JoinType, QueryFilter, QueryOrder, QuerySelect,
    entity::prelude::*,
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
    page::of_keys,
    project,
};

/// What fell due in a quarter, each with its limit and the promise; what was before the system, due before its contract was recorded here,
/// is left out.
async fn fell_due(
    db: &impl ConnectionTrait,
    quarter: Quarter,
    zone: chrono_tz::Tz,
) -> Result<Vec<(obligation::Model, deadline::Model, commitment::Model)>, Fault> {
    let contracts: HashMap<Uuid, NaiveDate> = contract::Entity::find()
        .all(db)
        .await?
        .into_iter()
        .map(|row| (row.id, crate::clock::civil_date(row.created_at, zone)))
        .collect();
    let due = obligation::Entity::find()
        .join(JoinType::InnerJoin, obligation::repository::its_deadline())
        .select_also(deadline::Entity)
        .filter(deadline::Column::DueOn.between(quarter.from, quarter.to))
        .filter(obligation::Column::State.ne(obligation::State::Cancelled))
        .all(db)
        .await?;
    let commitments: BTreeSet<Uuid> = due.iter().map(|(owed, _)| owed.commitment_id).collect();
    let commitments: Vec<Uuid> = commitments.into_iter().collect();
    let promises: HashMap<Uuid, commitment::Model> = of_keys(
        db,
        commitment::Entity::find(),
        commitment::Column::Id,
        &commitments,
    )
    .await?
    .into_iter()
    .map(|row| (row.id, row))
    .collect();
    let counts = |(owed, limit): (obligation::Model, Option<deadline::Model>)| {
        let (limit, promise) = (limit?, promises.get(&owed.commitment_id)?);
        let recorded = contracts.get(&owed.contract_id)?;
        (limit.due_on >= *recorded).then(|| (owed, limit, promise.clone()))
    };
    Ok(due.into_iter().filter_map(counts).collect())
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
    let people: Vec<Uuid> = assignments.iter().map(|row| row.account_id).collect();
    let departments: HashMap<Uuid, Option<Uuid>> = account::repository::named(db, &people)
        .await?
        .into_iter()
        .map(|person| (person.id, person.department_id))
        .collect();
    let of_liaison = |enterprise: Uuid, day: NaiveDate| {
        let own = assignments
            .iter()
            .filter(|row| row.enterprise_id == enterprise);
        let in_charge = liaison::rules::on_day(own, day)?;
        departments.get(&in_charge.account_id).copied().flatten()
    };
    let mut work: BTreeMap<Uuid, Counted> = BTreeMap::new();
    for (owed, limit, promise) in fell_due(db, quarter, zone).await? {
        let department = match promise.owner {
            commitment::Owner::Department => promise.department_id,
            commitment::Owner::Liaison => of_liaison(owed.enterprise_id, limit.due_on),
            commitment::Owner::Centre => None,
        };
        let Some(department) = department else {
            continue;
        };
        if limit.state == deadline::State::Paused {
            continue;
        }
        let in_time = owed.state == obligation::State::Fulfilled && owed.days_late <= Some(0);
        let statutory = limit.legal_effect == deadline::LegalEffect::Statutory;
        let counted = work.entry(department).or_default();
        counted.due += 1;
        counted.on_time += u32::from(in_time);
        counted.statutory_overdue += u32::from(statutory && !in_time);
    }
    Ok(work)
}

/// The facts of a quarter for every enterprise as they stand `today`, and the departments each had to do with. Not scoped.
pub(crate) async fn facts(
    db: &impl ConnectionTrait,
    quarter: Quarter,
    today: NaiveDate,
    zone: chrono_tz::Tz,
) -> Result<HashMap<Uuid, (form::Facts, BTreeSet<Uuid>)>, Fault> {
    let mut found: HashMap<Uuid, (form::Facts, BTreeSet<Uuid>)> = HashMap::new();
    let due = fell_due(db, quarter, zone).await?;
    let limits: Vec<Uuid> = due.iter().map(|(owed, ..)| owed.deadline_id).collect();
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
    for (owed, limit, promise) in due {
        let (facts, departments) = found.entry(owed.enterprise_id).or_default();
        departments.extend(promise.department_id);
        let days_late = owed.days_late.unwrap_or_default();
        let kept = owed.state == obligation::State::Fulfilled;
        let paused = limit.state == deadline::State::Paused;
        let running = limit.state == deadline::State::Running && limit.due_on >= today;
        let due = !paused && !running;
        facts.promises.push(form::PromiseFact {
            commitment_id: Some(promise.id),
            item: crate::language::Text::new(promise.text_zh, promise.text_en),
            department_id: promise.department_id,
            due: u32::from(due),
            in_time: u32::from(kept && days_late <= 0),
            late: u32::from(kept && days_late > 0),
            days_late: days_late.max(0),
            broken: u32::from(due && !kept),
            paused: u32::from(paused),
            running: u32::from(running),
            proven: u32::from(owed.evidence_document_id.is_some() || owed.evidence_note.is_some()),
            pauses: pauses.get(&limit.id).copied().unwrap_or_default(),
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
