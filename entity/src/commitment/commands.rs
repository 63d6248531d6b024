//! What happens to commitments: they are written with the contract, added and ended by amendment.

use sea_orm::{
    EntityTrait, QueryFilter,
    entity::prelude::*,
    sea_query::{Expr, ExprTrait},
};

use super::{
    ActiveModel, Column, Entity, Model, repository,
    rules::{self, Promise, PromiseError},
};
use crate::{
    audit::commands::{Change, record, summary},
    command::commands,
    contract::{
        self,
        commands::{Draft, Target, draft_in, renew_in},
        rules::{COMMITMENT_CLAUSE, DraftError},
    },
    error::{CommandError, Fault, expect_saved, expect_version},
    id::new_id,
    language,
    permission::{Action, Standing, require},
    store::{Store, Unit},
    viewer::Viewer,
};

commands! {
    /// A promise is added to a contract.
    ADD = "commitment.add" on Commitment: "新增", "added";
    /// A promise ends.
    END = "commitment.end" on Commitment: "结束", "ended";
}

/// A new contract with its commitments.
#[derive(Clone, Debug)]
pub struct DraftContract {
    /// The contract.
    pub draft: Draft,
    /// Whether the standard promises go into it.
    pub standard_commitments: bool,
}

/// Drafts a contract.
pub async fn draft_contract(
    store: &Store,
    viewer: &Viewer,
    input: DraftContract,
) -> Result<contract::Model, CommandError<DraftError>> {
    let unit = store.begin(viewer).await?;
    let (contract, clauses) = draft_in(&unit, None, input.draft).await?;
    if input.standard_commitments {
        let clause = clauses
            .iter()
            .find(|clause| clause.number == COMMITMENT_CLAUSE)
            .or(clauses.first())
            .ok_or_else(|| CommandError::refused(&["clauses"], DraftError::ClausesMissing))?;
        let promises = rules::defaults()
            .iter()
            .cloned()
            .map(|promise| (clause.id, promise));
        insert(&unit, contract.id, 1, promises, None).await?;
    }
    unit.commit().await?;
    Ok(contract)
}

/// Drafts the successor of a contract in force, with the clauses and promises that are in force now.
pub async fn renew_contract(
    store: &Store,
    viewer: &Viewer,
    target: Target,
) -> Result<contract::Model, CommandError<DraftError>> {
    let unit = store.begin(viewer).await?;
    let (successor, clauses) = renew_in(&unit, target).await?;
    let old_clauses = contract::repository::clauses_of(unit.db(), viewer, &[target.id]).await?;
    let promises: Vec<(Uuid, Promise)> = repository::of_contracts(unit.db(), viewer, &[target.id])
        .await?
        .into_iter()
        .filter(|commitment| commitment.ended_on.is_none())
        .filter_map(|commitment| {
            let number = old_clauses
                .iter()
                .find(|clause| clause.id == commitment.clause_id)?
                .number;
            let clause = clauses.iter().find(|clause| clause.number == number)?;
            Some((clause.id, Promise::from(commitment)))
        })
        .collect();
    insert(&unit, successor.id, 1, promises, None).await?;
    unit.commit().await?;
    Ok(successor)
}

impl From<Model> for Promise {
    fn from(row: Model) -> Self {
        Self {
            kind: row.kind,
            recurrence: row.recurrence,
            text_zh: row.text_zh,
            text_en: row.text_en,
            start_event: row.start_event,
            limit_days: row.limit_days,
            unit: row.unit,
            legal_effect: row.legal_effect,
            legal_basis: row.legal_basis,
            extension_days: row.extension_days,
            owner: row.owner,
            department_id: row.department_id,
            evidence_kind: row.evidence_kind,
        }
    }
}

/// The row of a promise in a contract.
pub fn row(
    id: Uuid,
    contract_id: Uuid,
    clause_id: Uuid,
    number: i32,
    promise: Promise,
    effective_on: Option<Date>,
) -> Model {
    Model {
        id,
        contract_id,
        clause_id,
        number,
        kind: promise.kind,
        recurrence: promise.recurrence,
        text_zh: promise.text_zh,
        text_en: promise.text_en,
        start_event: promise.start_event,
        limit_days: promise.limit_days,
        unit: promise.unit,
        legal_effect: promise.legal_effect,
        legal_basis: promise.legal_basis,
        extension_days: promise.extension_days,
        owner: promise.owner,
        department_id: promise.department_id,
        evidence_kind: promise.evidence_kind,
        effective_on,
        ended_on: None,
        version: 1,
    }
}

async fn insert(
    unit: &Unit,
    contract_id: Uuid,
    first_number: i32,
    promises: impl IntoIterator<Item = (Uuid, Promise)>,
    effective_on: Option<Date>,
) -> Result<Vec<Model>, Fault> {
    let rows: Vec<Model> = promises
        .into_iter()
        .zip(first_number..)
        .map(|((clause_id, promise), number)| {
            row(
                new_id(unit.now()),
                contract_id,
                clause_id,
                number,
                promise,
                effective_on,
            )
        })
        .collect();
    if !rows.is_empty() {
        Entity::insert_many(
            rows.iter()
                .cloned()
                .map(|row| ActiveModel::from(row).reset_all()),
        )
        .exec_without_returning(unit.db())
        .await?;
    }
    Ok(rows)
}

/// A promise to be added.
#[derive(Clone, Debug)]
pub struct Add {
    /// The contract, a draft or under amendment.
    pub contract: Target,
    /// The number of the clause that makes the promise.
    pub clause_number: i32,
    /// The promise.
    pub promise: Promise,
}

/// Adds a promise to a draft, or, by amendment, to a contract in force from today.
pub async fn add(
    store: &Store,
    viewer: &Viewer,
    input: Add,
) -> Result<Model, CommandError<PromiseError>> {
    let unit = store.begin(viewer).await?;
    let contract = contract::commands::load(&unit, input.contract, Action::ManageContracts).await?;
    let effective_on = match contract.state {
        contract::State::Draft => None,
        contract::State::Amending => Some(unit.today()),
        _ => return Err(CommandError::refused(&[], PromiseError::Locked)),
    };
    let promise = rules::check(input.promise)?;
    let clauses = contract::repository::clauses_in_force(&unit, contract.id).await?;
    let clause = clauses
        .iter()
        .find(|clause| clause.number == input.clause_number)
        .ok_or_else(|| CommandError::refused(&["clauseNumber"], PromiseError::ClauseUnknown))?;
    let last = repository::of_contracts(unit.db(), viewer, &[contract.id]).await?;
    let number = last.iter().map(|row| row.number).max().unwrap_or_default() + 1;
    let added = insert(
        &unit,
        contract.id,
        number,
        [(clause.id, promise)],
        effective_on,
    )
    .await?
    .pop()
    .ok_or_else(|| Fault::Internal("no row".to_owned()))?;
    record(
        &unit,
        Change {
            command: &ADD,
            subject_id: added.id,
            before: None,
            after: Some(
                summary!({ "contractId": contract.id, "number": number, "textZh": added.text_zh }),
            ),
            reason: None,
        },
    )
    .await?;
    unit.commit().await?;
    Ok(added)
}

/// A promise to be ended.
#[derive(Clone, Debug)]
pub struct End {
    /// The commitment.
    pub id: Uuid,
    /// Its version as seen.
    pub expected_version: i32,
    /// Why.
    pub reason: String,
}

/// Ends a promise, in a draft or by amendment. What is owed from it already stays owed.
pub async fn end(
    store: &Store,
    viewer: &Viewer,
    input: End,
) -> Result<Model, CommandError<PromiseError>> {
    let unit = store.begin(viewer).await?;
    let commitment = repository::find(unit.db(), viewer, input.id)
        .await?
        .ok_or(Fault::NotFound)?;
    require(viewer, Action::ManageContracts, Standing::None)?;
    expect_version(commitment.id, commitment.version, input.expected_version)?;
    let contract = contract::repository::find(unit.db(), viewer, commitment.contract_id)
        .await?
        .ok_or(Fault::NotFound)?;
    if !matches!(
        contract.state,
        contract::State::Draft | contract::State::Amending
    ) {
        return Err(CommandError::refused(&[], PromiseError::Locked));
    }
    if commitment.ended_on.is_some() {
        return Err(CommandError::refused(&[], PromiseError::Ended));
    }
    let reason = language::text(&input.reason, 1000)
        .ok_or_else(|| CommandError::refused(&["reason"], PromiseError::ReasonInvalid))?;
    let saved = Entity::update_many()
        .col_expr(Column::EndedOn, Expr::value(unit.today()))
        .col_expr(Column::Version, Expr::value(commitment.version + 1))
        .filter(Column::Id.eq(commitment.id))
        .filter(Column::Version.eq(commitment.version))
        .exec(unit.db())
        .await?;
    expect_saved(saved.rows_affected, commitment.id, None)?;
    let ended = Model {
        ended_on: Some(unit.today()),
        version: commitment.version + 1,
        ..commitment
    };
    record(
        &unit,
        Change {
            command: &END,
            subject_id: ended.id,
            before: Some(summary!({ "endedOn": None::<Date> })),
            after: Some(summary!({ "endedOn": ended.ended_on })),
            reason: Some(&reason),
        },
    )
    .await?;
    unit.commit().await?;
    Ok(ended)
}

/// From the first day of the term on, the drafted promises of a contract bind.
pub(crate) async fn bind_in(unit: &Unit, contract: &contract::Model) -> Result<(), Fault> {
    Entity::update_many()
        .col_expr(Column::EffectiveOn, Expr::value(contract.starts_on))
        .col_expr(Column::Version, Expr::col(Column::Version).add(1))
        .filter(Column::ContractId.eq(contract.id))
        .filter(Column::EffectiveOn.is_null())
        .filter(Column::EndedOn.is_null())
        .exec(unit.db())
        .await?;
    Ok(())
}
