//! The key of answers without a name: made anew when nothing is sealed by it, given up when it is lost.

use sea_orm::{
    DbBackend, EntityTrait, ExprTrait, QueryFilter, QuerySelect, entity::prelude::*,
    sea_query::Expr,
};

use super::super::{
    Column, Entity, Model, State, form, repository, response, sealed,
    sheet::{self, Sealed},
};
use super::FORGET_SEALED;
use crate::{
    account,
    audit::commands::{Change, record, summary},
    enterprise,
    error::Fault,
    outbox::{
        Class, Kind,
        commands::{NewLetter, enqueue},
        facts::SealForgotten,
    },
    seal::Purpose,
    store::{Store, Unit},
    viewer::{Role, Viewer},
};

/// The answers of an evaluation have been opened: what was copied while they came can never be opened from now on, where this process has the
/// database alone. Where several share a key, whoever runs them has it made anew.
pub(super) async fn ended(store: &Store) -> Result<(), Fault> {
    if store.db().get_database_backend() == DbBackend::Sqlite {
        renew(store).await?;
    }
    Ok(())
}

/// Whether answers are sealed by a key that is not here: then no further one is taken, and their evaluation cannot close.
pub async fn is_missing(store: &Store) -> Result<bool, Fault> {
    let sealed = sealed::Entity::find().one(store.db()).await?;
    Ok(sealed.is_some_and(|one| !store.seal().is_own(Purpose::Answers, &one.content)))
}

/// Makes the key of answers anew. Not while an evaluation is open, or something is sealed: says whether it did.
pub async fn renew(store: &Store) -> Result<bool, Fault> {
    let open = Entity::find().filter(Column::State.eq(State::Open));
    if open.one(store.db()).await?.is_some()
        || sealed::Entity::find().one(store.db()).await?.is_some()
    {
        return Ok(false);
    }
    store
        .seal()
        .renew_answers()
        .map_err(|error| Fault::Internal(format!("the key of answers: {error}")))?;
    Ok(true)
}

/// Gives up the answers of open evaluations whose key is lost: who gave them may answer again, by an account or on paper, and is named.
/// The administrators are told how many there were, and why.
pub async fn forget(store: &Store, viewer: &Viewer, reason: &str) -> Result<Vec<String>, Fault> {
    let unit = store.begin(viewer).await?;
    let db = unit.db();
    let mut again = Vec::new();
    let open = Entity::find()
        .filter(Column::State.eq(State::Open))
        .lock_exclusive()
        .all(db)
        .await?;
    for evaluation in open {
        let of_evaluation = sheet::Column::EvaluationId.eq(evaluation.id);
        for sheet in sheet::Entity::find().filter(of_evaluation).all(db).await? {
            let is_lost = |read: &Sealed| read.open(unit.seal(), evaluation.id).is_err();
            if [&sheet.first, &sheet.second]
                .into_iter()
                .flatten()
                .any(is_lost)
            {
                let issued = sheet::Model {
                    state: sheet::State::Issued,
                    first: None,
                    first_by: None,
                    second: None,
                    second_by: None,
                    version: sheet.version + 1,
                    ..sheet
                };
                sheet::Entity::update(sheet::ActiveModel::from(issued).reset_all())
                    .exec(db)
                    .await?;
            }
        }
        let sealed = sealed::Entity::find()
            .filter(sealed::Column::EvaluationId.eq(evaluation.id))
            .all(db)
            .await?;
        // All of an evaluation are sealed by one key.
        if sealed
            .iter()
            .all(|one| unit.seal().is_own(Purpose::Answers, &one.content))
        {
            continue;
        }
        sealed::Entity::delete_many()
            .filter(sealed::Column::EvaluationId.eq(evaluation.id))
            .exec(db)
            .await?;
        let named: Vec<Uuid> = repository::submitted(db, &[evaluation.id])
            .await?
            .into_iter()
            .map(|response: response::Model| response.form_id)
            .collect();
        let lost: Vec<form::Model> = form::Entity::find()
            .filter(form::Column::EvaluationId.eq(evaluation.id))
            .filter(form::Column::Submitted.eq(true))
            .all(db)
            .await?
            .into_iter()
            .filter(|form| !named.contains(&form.id))
            .collect();
        for form in &lost {
            form::Entity::update_many()
                .col_expr(form::Column::Submitted, Expr::value(false))
                .filter(form::Column::Id.eq(form.id))
                .exec(db)
                .await?;
            if let Some(firm) = enterprise::Entity::find_by_id(form.enterprise_id)
                .one(db)
                .await?
            {
                again.push(firm.name_zh);
            }
        }
        let count = i32::try_from(lost.len()).unwrap_or(i32::MAX);
        Entity::update_many()
            .col_expr(Column::Answered, Expr::col(Column::Answered).sub(count))
            .col_expr(Column::Unnamed, Expr::col(Column::Unnamed).sub(count))
            .filter(Column::Id.eq(evaluation.id))
            .exec(db)
            .await?;
        tell(&unit, &evaluation, lost.len(), reason).await?;
        record(
            &unit,
            Change {
                command: &FORGET_SEALED,
                subject_id: evaluation.id,
                before: None,
                after: Some(summary!({ "answers": count })),
                reason: Some(reason),
            },
        )
        .await?;
    }
    unit.commit().await?;
    again.sort();
    Ok(again)
}

/// An incident, whoever caused it: each administrator hears of it, and of no enterprise by its name.
async fn tell(unit: &Unit, evaluation: &Model, answers: usize, reason: &str) -> Result<(), Fault> {
    for admin in account::repository::enabled_in_role(unit.db(), Role::Admin).await? {
        let at = unit.now().timestamp_micros();
        let letter = NewLetter::new(
            format!("seal_forgotten:{}:{at}:{}", evaluation.id, admin.id),
            Kind::SealForgotten,
            Class::MustNotMiss,
            admin.id,
            &SealForgotten {
                name: admin.name.clone(),
                quarter: evaluation.quarter.clone(),
                answers: u32::try_from(answers).unwrap_or(u32::MAX),
                at: unit.now(),
                reason: reason.to_owned(),
            },
        )?;
        enqueue(unit, letter).await?;
    }
    Ok(())
}
