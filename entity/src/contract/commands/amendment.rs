//! Amendments: what is signed changes only by them, clause by clause.

use sea_orm::{EntityTrait, QueryFilter, entity::prelude::*, sea_query::Expr};

use super::{AMEND, AMEND_BEGIN, AMEND_CLAUSE, AMEND_FINISH, finish, load, next, reason, save};
use crate::{
    audit::commands::{Change, record, summary},
    command::{Input, form},
    contract::{
        Model, State, clause, repository,
        rules::{self, ClauseText, Move, MoveError},
    },
    error::CommandError,
    id::new_id,
    permission::Action,
    store::Store,
    viewer::Viewer,
};

form! {
    /// The contract, and what the step needs.
    pub struct AmendBegin of AMEND_BEGIN by Move::BeginAmendment.action(), refused MoveError, keyed {
        title: "开始变更", "Begin an amendment";
        lead: "契约进入变更状态，条款可以修改；承诺照常履行。", "Its clauses may change; what is promised goes on meanwhile.";
        done: "契约已更新。", "The contract has moved on.";
        /// The contract.
        id: Uuid = Target(Thing::Contract);
        /// Its version as seen; CONFLICT when it has changed since.
        expected_version: i32 = Version;
        /// Why, up to 1000 characters.
        reason: String = Lines(1000), "理由", "Reason", "企业也能看到", "The enterprise sees it too";
    }
}

/// Begins an amendment.
pub async fn amend_begin(
    store: &Store,
    viewer: &Viewer,
    input: AmendBegin,
) -> Result<Model, CommandError<MoveError>> {
    let unit = store.begin(viewer).await?;
    let contract = load(
        &unit,
        input.id,
        input.expected_version,
        AmendBegin::FORM.may,
    )
    .await?;
    let changed = Model {
        state: next(&contract, Move::BeginAmendment)?,
        ..contract.clone()
    };
    let reason = reason(&input.reason)?;
    finish(unit, &contract, changed, &AMEND_BEGIN, Some(&reason)).await
}

/// One clause of an amendment.
#[derive(Clone, Debug)]
pub struct AmendClause {
    /// The contract under amendment.
    pub id: Uuid,
    /// Its version as seen.
    pub expected_version: i32,
    /// The clause as it reads from today; the next free number adds one.
    pub clause: ClauseText,
    /// Why.
    pub reason: String,
}

/// Puts a new revision of a clause into force. The one before is kept with the day on which it ended.
pub async fn amend_clause(
    store: &Store,
    viewer: &Viewer,
    input: AmendClause,
) -> Result<Model, CommandError<MoveError>> {
    let unit = store.begin(viewer).await?;
    let contract = load(
        &unit,
        input.id,
        input.expected_version,
        Action::ManageContracts,
    )
    .await?;
    if contract.state != State::Amending {
        return Err(CommandError::refused(&[], MoveError::WrongState));
    }
    let reason = reason(&input.reason)?;
    let invalid = || CommandError::refused(&["clause"], MoveError::ClauseInvalid);
    let text = rules::clause(&input.clause).ok_or_else(invalid)?;
    let clauses = repository::clauses_in_force(&unit, contract.id).await?;
    let before = clauses.iter().find(|row| row.number == text.number);
    if before.is_none()
        && clauses
            .last()
            .is_some_and(|last| text.number != last.number + 1)
    {
        return Err(invalid());
    }
    if before.is_some_and(|row| row.title == text.title && row.body == text.body) {
        return Err(CommandError::refused(
            &["clause"],
            MoveError::ClauseUnchanged,
        ));
    }
    if let Some(before) = before {
        clause::Entity::update_many()
            .col_expr(clause::Column::EndedOn, Expr::value(unit.today()))
            .filter(clause::Column::Id.eq(before.id))
            .exec(unit.db())
            .await?;
    }
    let revision = clause::Model {
        id: new_id(unit.now()),
        contract_id: contract.id,
        number: text.number,
        revision: before.map_or(1, |row| row.revision + 1),
        title: text.title,
        body: text.body,
        amendment_reason: Some(reason.clone()),
        effective_on: Some(unit.today()),
        ended_on: None,
    };
    clause::Entity::insert(clause::ActiveModel::from(revision.clone()).reset_all())
        .exec_without_returning(unit.db())
        .await?;
    record(
        &unit,
        Change {
            command: &AMEND_CLAUSE,
            subject_id: contract.id,
            before: before.map(|row| summary!({ "number": row.number, "revision": row.revision })),
            after: Some(summary!({ "number": revision.number, "revision": revision.revision })),
            reason: Some(&reason),
        },
    )
    .await?;
    let changed = save(&unit, &contract, contract.clone(), &AMEND, Some(&reason)).await?;
    unit.commit().await?;
    Ok(changed)
}

form! {
    /// The contract, and what the step needs.
    pub struct AmendFinish of AMEND_FINISH by Move::FinishAmendment.action(), refused MoveError, keyed {
        title: "完成变更", "Finish the amendment";
        lead: "契约恢复生效状态。", "The contract is simply in force again.";
        done: "契约已更新。", "The contract has moved on.";
        /// The contract.
        id: Uuid = Target(Thing::Contract);
        /// Its version as seen; CONFLICT when it has changed since.
        expected_version: i32 = Version;
    }
}

/// Completes an amendment.
pub async fn amend_finish(
    store: &Store,
    viewer: &Viewer,
    input: AmendFinish,
) -> Result<Model, CommandError<MoveError>> {
    let unit = store.begin(viewer).await?;
    let contract = load(
        &unit,
        input.id,
        input.expected_version,
        AmendFinish::FORM.may,
    )
    .await?;
    let changed = Model {
        state: next(&contract, Move::FinishAmendment)?,
        ..contract.clone()
    };
    finish(unit, &contract, changed, &AMEND_FINISH, None).await
}
