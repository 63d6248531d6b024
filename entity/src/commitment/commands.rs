//! What happens to commitments: they are written with the contract, added and ended by amendment. What every new contract begins with is
//! changed in [`standard`].

use sea_orm::{
    EntityTrait, QueryFilter,
    entity::prelude::*,
    sea_query::{Expr, ExprTrait},
};

use super::{
    ActiveModel, Column, Entity, Kind, Model, Owner, Recurrence, repository,
    rules::{self, LONGEST, Promise, PromiseError},
};
use crate::{
    audit::commands::{Change, record, summary},
    command::{Choices, Command, Input, Offer, Thing, commands, form, offers},
    contract::{
        self,
        commands::{Draft, Renew, draft_in, renew_in},
        rules::{COMMITMENT_CLAUSE, DraftError},
    },
    deadline::{self, LegalEffect},
    department,
    error::{CommandError, Fault, expect_version},
    id::new_id,
    language,
    permission::{Action, Standing, require},
    store::{Store, Unit},
    table::{Visible, save},
    viewer::Viewer,
};

commands! {
    /// A promise is added to a contract.
    ADD = "commitment.add" on Commitment: "新增", "added", form Add;
    /// A promise ends.
    END = "commitment.end" on Commitment: "结束", "ended", form End;
    /// A promise is added to the standard list.
    ADD_STANDARD = "standardPromises.add" on StandardPromises: "新增", "promise added", form AddStandard;
    /// A promise of the standard list is changed.
    CHANGE_STANDARD = "standardPromises.change" on StandardPromises: "修改", "promise changed", form ChangeStandard;
    /// A promise is taken off the standard list.
    REMOVE_STANDARD = "standardPromises.remove" on StandardPromises: "删去", "promise removed", form RemoveStandard;
}

/// A [`form!`] in which a promise is written: what it is given for comes before the promise, what else it takes behind it.
macro_rules! promise_form {
    (
        #[doc = $about:literal]
        pub struct $input:ident of $command:ident $(, $mark:ident)* {
            title: $title_zh:literal, $title_en:literal;
            lead: $lead_zh:literal, $lead_en:literal;
            done: $done_zh:literal, $done_en:literal;
            before { $($before:tt)* }
            behind { $($behind:tt)* }
        }
    ) => {
        form! {
            #[doc = $about]
            pub struct $input of $command by Action::ManageContracts, refused PromiseError $(, $mark)* {
                title: $title_zh, $title_en;
                lead: $lead_zh, $lead_en;
                done: $done_zh, $done_en;
                $($before)*
                /// How often it falls due.
                kind: Kind = Choice(Choices::of::<Kind>), "履行方式", "How often it falls due";
                /// The period, for recurring promises only.
                recurrence: Option<Recurrence> = Choice(Choices::of::<Recurrence>), "周期", "Period",
                    "仅周期性承诺选择", "For recurring promises only";
                /// What is promised, in Chinese.
                text_zh: String = Line(500), "承诺内容（中文）", "What is promised, in Chinese";
                /// What is promised, in English.
                text_en: String = Line(500), "承诺内容（英文）", "What is promised, in English";
                /// What starts the time limit.
                start_event: String = Line(60), "起算事件", "What starts the time limit",
                    "一次性承诺填 contract.activated 或 contract.year_ends", "For a one-time promise: contract.activated or contract.year_ends";
                /// The time limit; 0 is "the same day".
                limit_days: i32 = Whole(0, LONGEST), "时限（日）", "Time limit in days", "0 表示当日", "0 is the same day";
                /// In which days the limit counts.
                unit: deadline::Unit = Choice(Choices::of::<deadline::Unit>), "计算单位", "Counted in";
                /// The article of law, when the law sets the limit; a promise only, when not given.
                legal_basis: Option<String> = Line(300), "法律依据", "Legal basis",
                    "法定时限必填", "Required for a statutory limit";
                /// By how many days at most that article lets the limit be extended, once; not at all, when not given.
                extension_days: Option<i32> = Whole(0, LONGEST), "法律允许延长的日数", "Days by which the law allows an extension",
                    "仅用于法定时限", "Statutory limits only";
                /// Who must keep it.
                owner: Owner = Choice(Choices::of::<Owner>), "责任人", "Owner";
                /// The department, when the owner is one.
                department_id: Option<Uuid> = One(Among::Departments), "责任部门", "Department",
                    "责任人为部门时选择", "Required if a department is responsible";
                /// What proves that it was kept.
                evidence_kind: String = Line(40), "履约凭证类型", "Kind of evidence";
                $($behind)*
            }
        }

        impl From<$input> for Promise {
            fn from(input: $input) -> Self {
                Self {
                    kind: input.kind,
                    recurrence: input.recurrence,
                    text_zh: input.text_zh,
                    text_en: input.text_en,
                    start_event: input.start_event,
                    limit_days: input.limit_days,
                    unit: input.unit,
                    legal_effect: match input.legal_basis {
                        Some(_) => LegalEffect::Statutory,
                        None => LegalEffect::Promised,
                    },
                    legal_basis: input.legal_basis,
                    extension_days: input.extension_days.unwrap_or_default(),
                    owner: input.owner,
                    department_id: input.department_id,
                    evidence_kind: input.evidence_kind,
                }
            }
        }
    };
}

pub mod standard;

use standard::{AddStandard, ChangeStandard, RemoveStandard};

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
        let standard = repository::standard::newest(unit.db()).await?;
        let promises = standard.promises.0.into_iter();
        let promises = promises.map(|promise| (clause.id, promise));
        insert(&unit, contract.id, 1, promises, None).await?;
    }
    unit.commit().await?;
    Ok(contract)
}

/// Drafts the successor of a contract in force, with the clauses and promises that are in force now.
pub async fn renew_contract(
    store: &Store,
    viewer: &Viewer,
    input: Renew,
) -> Result<contract::Model, CommandError<DraftError>> {
    let unit = store.begin(viewer).await?;
    let (successor, clauses) = renew_in(&unit, &input).await?;
    let old_clauses = contract::repository::clauses_of(unit.db(), viewer, &[input.id]).await?;
    let promises: Vec<(Uuid, Promise)> = repository::of_contracts(unit.db(), viewer, &[input.id])
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

promise_form! {
    /// A promise to be added.
    pub struct Add of ADD, keyed {
        title: "新增承诺", "Add a promise";
        lead: "草稿中的承诺自期限开始之日起履行；变更中新增的，自今天起履行。",
            "In a draft, the promise applies from the first day of the term; in an amendment, from today.";
        done: "承诺已新增。", "The promise has been added.";
        before {
            /// The contract, a draft or under amendment.
            contract_id: Uuid = Target(Thing::Contract);
            /// The contract's version as seen.
            expected_version: i32 = Version;
            /// The number of the clause that makes the promise.
            clause_number: i32 = Whole(1, 99), "条款序号", "Number of the clause",
                "作出承诺的条款", "The clause that makes the promise";
        }
        behind {}
    }
}

/// The promise as it may be written: a department that owes it still exists.
async fn checked(unit: &Unit, promise: Promise) -> Result<Promise, CommandError<PromiseError>> {
    let promise = rules::check(promise)?;
    if let Some(id) = promise.department_id {
        let department = department::Entity::found(unit.db(), unit.viewer(), id).await?;
        if department.ended_on.is_some() {
            return Err(CommandError::refused(
                &["departmentId"],
                PromiseError::DepartmentInvalid,
            ));
        }
    }
    Ok(promise)
}

/// Adds a promise to a draft, or, by amendment, to a contract in force from today.
pub async fn add(
    store: &Store,
    viewer: &Viewer,
    input: Add,
) -> Result<Model, CommandError<PromiseError>> {
    let unit = store.begin(viewer).await?;
    let (id, version) = (input.contract_id, input.expected_version);
    let contract = contract::commands::load(&unit, id, version, Add::FORM.may).await?;
    rules::require_open(&contract).map_err(|code| CommandError::refused(&[], code))?;
    let amended = contract.state == contract::State::Amending;
    let effective_on = amended.then(|| unit.today());
    let clause_number = input.clause_number;
    let promise = checked(&unit, input.into()).await?;
    let clauses = contract::repository::clauses_in_force(&unit, contract.id).await?;
    let clause = clauses
        .iter()
        .find(|clause| clause.number == clause_number)
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

form! {
    /// A promise to be ended.
    pub struct End of END by Action::ManageContracts, refused PromiseError {
        title: "终止承诺", "End the promise";
        lead: "自今天起不再产生新的履约事项；已产生的仍须履行。",
            "From today, no new obligations are created; existing ones must still be fulfilled.";
        done: "承诺已终止。", "The promise has ended.";
        /// The commitment.
        id: Uuid = Target(Thing::Commitment);
        /// Its version as seen.
        expected_version: i32 = Version;
        /// Why, up to 1000 characters.
        reason: String = Lines(1000), "理由", "Reason";
    }
}

/// Ends a promise, in a draft or by amendment. What is owed from it already stays owed.
pub async fn end(
    store: &Store,
    viewer: &Viewer,
    input: End,
) -> Result<Model, CommandError<PromiseError>> {
    let unit = store.begin(viewer).await?;
    let commitment = Entity::found(unit.db(), viewer, input.id).await?;
    require(viewer, End::FORM.may, Standing::None)?;
    expect_version(commitment.id, commitment.version, input.expected_version)?;
    let contract = contract::Entity::found(unit.db(), viewer, commitment.contract_id).await?;
    rules::require_endable(&commitment, &contract)
        .map_err(|code| CommandError::refused(&[], code))?;
    let reason = language::text(&input.reason, 1000)
        .ok_or_else(|| CommandError::refused(&["reason"], PromiseError::ReasonInvalid))?;
    let ended = Model {
        ended_on: Some(unit.today()),
        ..commitment.clone()
    };
    let ended = save(&unit, &commitment, ended).await?;
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

/// What can be done with a promise of a contract, and why not now.
pub fn offered(viewer: &Viewer, promise: &Model, contract: &contract::Model) -> Vec<Offer> {
    let rule = |_: &Command| rules::require_endable(promise, contract);
    offers(COMMANDS, Thing::Commitment, viewer, Standing::None, rule)
}

/// What can be promised in a contract, and why not now.
pub fn offered_in(viewer: &Viewer, contract: &contract::Model) -> Vec<Offer> {
    let rule = |_: &Command| rules::require_open(contract);
    offers(COMMANDS, Thing::Contract, viewer, Standing::None, rule)
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
