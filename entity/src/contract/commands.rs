//! What happens to contracts. Drafting, renewing and the beginning and end of a term touch commitments and obligations too:
//! their public commands stand in those modules, on the `_in` forms of this one.

use chrono::{Datelike, NaiveDate};
use sea_orm::{ActiveValue::Set, EntityTrait, QueryFilter, entity::prelude::*, sea_query::Expr};

use super::{
    ActiveModel, Column, Entity, Model, Origin, State, clause, repository,
    rules::{self, ClauseText, DraftError, Move, MoveError, Terms},
};
use crate::{
    audit::commands::{Change, Summary, record, summary},
    calendar,
    command::{Command, commands},
    deadline::{self, commands::Ended},
    document, enterprise,
    error::{CommandError, Conflict, Fault, Refusal, expect_version},
    id::new_id,
    language, liaison,
    permission::{Action, Standing, require},
    store::{Store, Unit},
    text::clean_line,
    viewer::Viewer,
};

commands! {
    /// A contract is drafted.
    DRAFT = "contract.draft" on Contract: "起草", "drafted";
    /// A draft is changed.
    CHANGE_DRAFT = "contract.change_draft" on Contract: "修改", "changed";
    /// A draft goes to the legal review.
    SUBMIT_FOR_REVIEW = "contract.submit_for_review" on Contract: "送审", "submitted for review";
    /// The leaders approve.
    APPROVE = "contract.approve" on Contract: "批准", "approved", news ContractChanged;
    /// Both sides have signed.
    SIGN = "contract.sign" on Contract: "签订", "signed", news ContractChanged;
    /// A signed contract comes into force.
    ACTIVATE = "contract.activate" on Contract: "生效", "activated", news ContractChanged;
    /// An amendment begins.
    AMEND_BEGIN = "contract.amend_begin" on Contract: "开始变更", "amendment begun", news ContractChanged;
    /// A clause gets a new revision.
    AMEND_CLAUSE = "contract.amend_clause" on Contract: "变更条款", "clause amended", news ContractChanged;
    /// The contract of an amended clause has a new version.
    AMEND = "contract.amend" on Contract: "变更", "amended";
    /// An amendment is finished.
    AMEND_FINISH = "contract.amend_finish" on Contract: "完成变更", "amendment finished", news ContractChanged;
    /// Both sides suspend a contract.
    SUSPEND = "contract.suspend" on Contract: "中止", "suspended", news ContractChanged;
    /// A suspended contract goes on.
    RESUME = "contract.resume" on Contract: "恢复", "resumed", news ContractChanged;
    /// A contract is terminated.
    TERMINATE = "contract.terminate" on Contract: "终止", "terminated", news ContractChanged;
    /// A contract has come to its end.
    EXPIRE = "contract.expire" on Contract: "到期", "expired", news ContractChanged;
}

/// The contract to change, in the version that the person has seen.
#[derive(Clone, Copy, Debug)]
pub struct Target {
    /// The contract.
    pub id: Uuid,
    /// Its version as seen.
    pub expected_version: i32,
}

/// The contract for a change of it. Who may not see it does not find it; who may not change it learns nothing of its version.
pub(crate) async fn load(unit: &Unit, target: Target, action: Action) -> Result<Model, Fault> {
    let contract = repository::find(unit.db(), unit.viewer(), target.id)
        .await?
        .ok_or(Fault::NotFound)?;
    require(unit.viewer(), action, Standing::None)?;
    expect_version(contract.id, contract.version, target.expected_version)?;
    Ok(contract)
}

/// A new contract.
#[derive(Clone, Debug)]
pub struct Draft {
    /// The enterprise.
    pub enterprise_id: Uuid,
    /// Its number; the next one of the year when none is given.
    pub number: Option<String>,
    /// Party A's executing unit.
    pub park_party: String,
    /// The post of who signs for the park.
    pub park_signatory: Option<String>,
    /// The post of who signs for the enterprise.
    pub enterprise_signatory: Option<String>,
    /// First day.
    pub starts_on: NaiveDate,
    /// Last day.
    pub ends_on: NaiveDate,
    /// The clauses; the standard text when none are given.
    pub clauses: Option<Vec<ClauseText>>,
}

/// Writes a draft; the commitments are added by [`crate::commitment::commands::draft_contract`].
pub(crate) async fn draft_in(
    unit: &Unit,
    predecessor_id: Option<Uuid>,
    input: Draft,
) -> Result<(Model, Vec<clause::Model>), CommandError<DraftError>> {
    let viewer = unit.viewer();
    let enterprise = enterprise::repository::find(unit.db(), viewer, input.enterprise_id)
        .await?
        .ok_or(Fault::NotFound)?;
    require(viewer, Action::ManageContracts, Standing::None)?;
    if enterprise.ended_on.is_some() {
        return Err(CommandError::refused(
            &["enterpriseId"],
            DraftError::EnterpriseEnded,
        ));
    }
    let number = match input.number {
        Some(number) => language::line(&number, 40)
            .ok_or_else(|| CommandError::refused(&["number"], DraftError::NumberInvalid))?,
        None => {
            let year = input.starts_on.year();
            rules::next_number(year, &repository::numbers_of(unit, year).await?)
        }
    };
    let park_party = clean_line(&input.park_party);
    let clauses = input.clauses.unwrap_or_else(|| {
        rules::standard_clauses(rules::Parties {
            park: &park_party,
            enterprise: &enterprise.name_zh,
            credit_code: &enterprise.credit_code,
            starts_on: input.starts_on,
            ends_on: input.ends_on,
        })
    });
    let terms = rules::draft(Terms {
        park_party: input.park_party,
        park_signatory: input.park_signatory,
        enterprise_signatory: input.enterprise_signatory,
        starts_on: input.starts_on,
        ends_on: input.ends_on,
        clauses,
    })?;
    let contract = Model {
        id: new_id(unit.now()),
        number,
        enterprise_id: enterprise.id,
        predecessor_id,
        origin: Origin::Drafted,
        state: State::Draft,
        park_party: terms.park_party,
        park_signatory: terms.park_signatory,
        enterprise_signatory: terms.enterprise_signatory,
        starts_on: terms.starts_on,
        ends_on: terms.ends_on,
        signed_on: None,
        legality_opinion: None,
        fair_competition_opinion: None,
        approved_by: None,
        approved_at: None,
        state_reason: None,
        suspension_document_id: None,
        end_deadline_id: None,
        ended_on: None,
        created_at: unit.now(),
        version: 1,
    };
    Entity::insert(ActiveModel::from(contract.clone()).reset_all())
        .exec_without_returning(unit.db())
        .await?;
    let clauses = insert_clauses(unit, contract.id, terms.clauses).await?;
    record(
        unit,
        Change {
            command: &DRAFT,
            subject_id: contract.id,
            before: None,
            after: Some(summary!({
                "number": contract.number,
                "enterpriseId": contract.enterprise_id,
                "startsOn": contract.starts_on,
                "endsOn": contract.ends_on,
                "predecessorId": contract.predecessor_id,
            })),
            reason: None,
        },
    )
    .await?;
    Ok((contract, clauses))
}

async fn insert_clauses(
    unit: &Unit,
    contract_id: Uuid,
    texts: Vec<ClauseText>,
) -> Result<Vec<clause::Model>, Fault> {
    let rows: Vec<clause::Model> = texts
        .into_iter()
        .map(|text| clause::Model {
            id: new_id(unit.now()),
            contract_id,
            number: text.number,
            revision: 1,
            title: text.title,
            body: text.body,
            amendment_reason: None,
            effective_on: None,
            ended_on: None,
        })
        .collect();
    clause::Entity::insert_many(
        rows.iter()
            .cloned()
            .map(|row| clause::ActiveModel::from(row).reset_all()),
    )
    .exec_without_returning(unit.db())
    .await?;
    Ok(rows)
}

/// What a draft is changed to.
#[derive(Clone, Debug)]
pub struct ChangeDraft {
    /// The draft.
    pub target: Target,
    /// Its parties, term and clauses from now on. A clause that is left out stays as it is.
    pub terms: Terms,
}

/// Changes a draft.
pub async fn change_draft(
    store: &Store,
    viewer: &Viewer,
    input: ChangeDraft,
) -> Result<Model, CommandError<DraftError>> {
    let unit = store.begin(viewer).await?;
    let contract = load(&unit, input.target, Action::ManageContracts).await?;
    if contract.state != State::Draft {
        return Err(CommandError::refused(&[], DraftError::NotADraft));
    }
    let drafted = repository::clauses_in_force(&unit, contract.id).await?;
    let mut wanted = input.terms;
    let kept = drafted.iter().filter(|row| {
        wanted
            .clauses
            .iter()
            .all(|given| given.number != row.number)
    });
    let kept: Vec<ClauseText> = kept.map(ClauseText::from).collect();
    wanted.clauses.extend(kept);
    let terms = rules::draft(wanted)?;
    let mut added = Vec::new();
    for text in terms.clauses {
        match drafted.iter().find(|row| row.number == text.number) {
            None => added.push(text),
            Some(row) if row.title == text.title && row.body == text.body => {}
            Some(row) => {
                clause::Entity::update_many()
                    .col_expr(clause::Column::Title, Expr::value(text.title))
                    .col_expr(clause::Column::Body, Expr::value(text.body))
                    .filter(clause::Column::Id.eq(row.id))
                    .exec(unit.db())
                    .await?;
            }
        }
    }
    if !added.is_empty() {
        insert_clauses(&unit, contract.id, added).await?;
    }
    let changed = Model {
        park_party: terms.park_party,
        park_signatory: terms.park_signatory,
        enterprise_signatory: terms.enterprise_signatory,
        starts_on: terms.starts_on,
        ends_on: terms.ends_on,
        ..contract.clone()
    };
    let changed = save(&unit, &contract, changed, &CHANGE_DRAFT, None).await?;
    unit.commit().await?;
    Ok(changed)
}

impl From<&clause::Model> for ClauseText {
    fn from(row: &clause::Model) -> Self {
        Self {
            number: row.number,
            title: row.title.clone(),
            body: row.body.clone(),
        }
    }
}

/// The two opinions that stand before an approval.
#[derive(Clone, Debug)]
pub struct SubmitForReview {
    /// The draft.
    pub target: Target,
    /// The opinion on legality.
    pub legality_opinion: String,
    /// The opinion on fair competition.
    pub fair_competition_opinion: String,
}

/// Records the opinions on legality and fair competition and lays the contract before the leaders.
pub async fn submit_for_review(
    store: &Store,
    viewer: &Viewer,
    input: SubmitForReview,
) -> Result<Model, CommandError<MoveError>> {
    let unit = store.begin(viewer).await?;
    let contract = load(&unit, input.target, Action::ManageContracts).await?;
    let state = next(&contract, Move::Review)?;
    let mut wrong = Vec::new();
    let mut opinion = |path, text: &str, code| {
        language::text(text, 2000).or_else(|| {
            wrong.push(Refusal {
                code,
                path: vec![path],
            });
            None
        })
    };
    let legality_opinion = opinion(
        "legalityOpinion",
        &input.legality_opinion,
        MoveError::LegalityOpinionInvalid,
    );
    let fair_competition_opinion = opinion(
        "fairCompetitionOpinion",
        &input.fair_competition_opinion,
        MoveError::FairCompetitionOpinionInvalid,
    );
    if !wrong.is_empty() {
        return Err(wrong.into());
    }
    let changed = Model {
        state,
        legality_opinion,
        fair_competition_opinion,
        ..contract.clone()
    };
    finish(unit, &contract, changed, &SUBMIT_FOR_REVIEW, None).await
}

/// A leader approves.
pub async fn approve(
    store: &Store,
    viewer: &Viewer,
    target: Target,
) -> Result<Model, CommandError<MoveError>> {
    let unit = store.begin(viewer).await?;
    let contract = load(&unit, target, Action::ApproveContract).await?;
    let state = next(&contract, Move::Approve)?;
    let changed = Model {
        state,
        approved_by: viewer.account_id(),
        approved_at: Some(unit.now()),
        ..contract.clone()
    };
    finish(unit, &contract, changed, &APPROVE, None).await
}

/// The signatures.
#[derive(Clone, Debug)]
pub struct Sign {
    /// The approved contract.
    pub target: Target,
    /// The day of the signatures.
    pub signed_on: NaiveDate,
    /// The post of who signed for the park; as drafted when none is given.
    pub park_signatory: Option<String>,
    /// The post of who signed for the enterprise; as drafted when none is given.
    pub enterprise_signatory: Option<String>,
}

/// Records the signatures. From now on the contract is locked: its clauses bind from the first day of the term and change only
/// by amendment. Terms of one enterprise never overlap.
pub async fn sign(
    store: &Store,
    viewer: &Viewer,
    input: Sign,
) -> Result<Model, CommandError<MoveError>> {
    let unit = store.begin(viewer).await?;
    let contract = load(&unit, input.target, Action::ManageContracts).await?;
    let state = next(&contract, Move::Sign)?;
    if input.signed_on > unit.today() {
        return Err(CommandError::refused(
            &["signedOn"],
            MoveError::SignedInFuture,
        ));
    }
    let post = |given: Option<String>, drafted: &Option<String>, path| {
        given
            .or_else(|| drafted.clone())
            .and_then(|post| language::line(&post, 100))
            .ok_or_else(|| CommandError::refused(&[path], MoveError::SignatoryInvalid))
    };
    let park_signatory = Some(post(
        input.park_signatory,
        &contract.park_signatory,
        "parkSignatory",
    )?);
    let enterprise_signatory = Some(post(
        input.enterprise_signatory,
        &contract.enterprise_signatory,
        "enterpriseSignatory",
    )?);
    if repository::overlaps(&unit, &contract).await? {
        return Err(CommandError::refused(
            &["startsOn"],
            MoveError::TermOverlaps,
        ));
    }
    clause::Entity::update_many()
        .col_expr(clause::Column::EffectiveOn, Expr::value(contract.starts_on))
        .filter(clause::Column::ContractId.eq(contract.id))
        .exec(unit.db())
        .await?;
    let calendar = calendar::repository::in_force(unit.db()).await?;
    let limit = deadline::commands::open_end_in(&unit, &calendar, contract.ends_on).await?;
    let changed = Model {
        state,
        end_deadline_id: Some(limit.id),
        signed_on: Some(input.signed_on),
        park_signatory,
        enterprise_signatory,
        ..contract.clone()
    };
    let signed = save(&unit, &contract, changed, &SIGN, None)
        .await
        .map_err(taken(MoveError::TermOverlaps))?;
    unit.commit().await?;
    Ok(signed)
}

/// Brings a signed contract into force. Its obligations are opened by [`crate::obligation::commands::activate_contract`].
pub(crate) async fn activate_in(
    unit: &Unit,
    target: Target,
) -> Result<Model, CommandError<MoveError>> {
    let contract = load(unit, target, Action::ManageContracts).await?;
    let liaisons = liaison::repository::in_charge_of(unit.db(), &[contract.enterprise_id]).await?;
    let state = rules::activate(&contract, unit.today(), !liaisons.is_empty())
        .map_err(|code| CommandError::refused(&[], code))?;
    if repository::another_in_force(unit, &contract).await? {
        return Err(CommandError::refused(&[], MoveError::AnotherInForce));
    }
    let changed = Model {
        state,
        ..contract.clone()
    };
    save(unit, &contract, changed, &ACTIVATE, None)
        .await
        .map_err(taken(MoveError::AnotherInForce))
}

/// A change of state with its reason.
#[derive(Clone, Debug)]
pub struct WithReason {
    /// The contract.
    pub target: Target,
    /// Why.
    pub reason: String,
}

impl WithReason {
    fn reason(&self) -> Result<String, CommandError<MoveError>> {
        language::text(&self.reason, 1000)
            .ok_or_else(|| CommandError::refused(&["reason"], MoveError::ReasonInvalid))
    }
}

/// Begins an amendment.
pub async fn amend_begin(
    store: &Store,
    viewer: &Viewer,
    input: WithReason,
) -> Result<Model, CommandError<MoveError>> {
    let unit = store.begin(viewer).await?;
    let contract = load(&unit, input.target, Action::ManageContracts).await?;
    let changed = Model {
        state: next(&contract, Move::BeginAmendment)?,
        ..contract.clone()
    };
    let reason = input.reason()?;
    finish(unit, &contract, changed, &AMEND_BEGIN, Some(&reason)).await
}

/// One clause of an amendment.
#[derive(Clone, Debug)]
pub struct AmendClause {
    /// The contract under amendment.
    pub target: Target,
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
    let contract = load(&unit, input.target, Action::ManageContracts).await?;
    if contract.state != State::Amending {
        return Err(CommandError::refused(&[], MoveError::WrongState));
    }
    let reason = language::text(&input.reason, 1000)
        .ok_or_else(|| CommandError::refused(&["reason"], MoveError::ReasonInvalid))?;
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

/// Completes an amendment.
pub async fn amend_finish(
    store: &Store,
    viewer: &Viewer,
    target: Target,
) -> Result<Model, CommandError<MoveError>> {
    let unit = store.begin(viewer).await?;
    let contract = load(&unit, target, Action::ManageContracts).await?;
    let changed = Model {
        state: next(&contract, Move::FinishAmendment)?,
        ..contract.clone()
    };
    finish(unit, &contract, changed, &AMEND_FINISH, None).await
}

/// Holds a contract. It stays the enterprise's one contract. Its open time limits are paused by
/// [`crate::obligation::commands::suspend_contract`].
pub(crate) async fn suspend_in(
    unit: &Unit,
    input: &WithReason,
    document_id: Uuid,
) -> Result<Model, CommandError<MoveError>> {
    let contract = load(unit, input.target, Action::ManageContracts).await?;
    let state = next(&contract, Move::Suspend)?;
    let reason = input.reason()?;
    document::repository::find_about(
        unit.db(),
        unit.viewer(),
        document_id,
        contract.enterprise_id,
    )
    .await?
    .ok_or_else(|| CommandError::refused(&["documentId"], MoveError::DocumentUnknown))?;
    let changed = Model {
        state,
        state_reason: Some(reason.clone()),
        suspension_document_id: Some(document_id),
        ..contract.clone()
    };
    Ok(save(unit, &contract, changed, &SUSPEND, Some(&reason)).await?)
}

/// Goes on with a suspended contract, as it was before. Its time limits are resumed by
/// [`crate::obligation::commands::resume_contract`].
pub(crate) async fn resume_in(
    unit: &Unit,
    target: Target,
) -> Result<(Model, Model), CommandError<MoveError>> {
    let contract = load(unit, target, Action::ManageContracts).await?;
    let changed = Model {
        state: next(&contract, Move::Resume)?,
        state_reason: None,
        suspension_document_id: None,
        ..contract.clone()
    };
    let resumed = save(unit, &contract, changed, &RESUME, None).await?;
    Ok((contract, resumed))
}

/// Ends a contract before its time. Its open obligations are cancelled by
/// [`crate::obligation::commands::terminate_contract`].
pub(crate) async fn terminate_in(
    unit: &Unit,
    input: &WithReason,
) -> Result<Model, CommandError<MoveError>> {
    let contract = load(unit, input.target, Action::ManageContracts).await?;
    let state = next(&contract, Move::Terminate)?;
    let reason = input.reason()?;
    let changed = Model {
        state,
        state_reason: Some(reason.clone()),
        suspension_document_id: None,
        ended_on: Some(unit.today()),
        ..contract.clone()
    };
    end_limit_in(unit, &contract, Ended::For(&reason)).await?;
    Ok(save(unit, &contract, changed, &TERMINATE, Some(&reason)).await?)
}

/// Ends a contract whose term is over: RENEWED when a signed successor follows, EXPIRED otherwise. Gives it as it was, too.
pub(crate) async fn expire_in(
    unit: &Unit,
    id: Uuid,
) -> Result<(Model, Model), CommandError<MoveError>> {
    let contract = repository::find(unit.db(), unit.viewer(), id)
        .await?
        .ok_or(Fault::NotFound)?;
    require(unit.viewer(), Action::ManageContracts, Standing::None)?;
    let successor = repository::successor(unit, id).await?;
    let signed = successor.is_some_and(|contract| State::SIGNED_TERM.contains(&contract.state));
    let state = rules::expire(&contract, unit.today(), signed)
        .map_err(|code| CommandError::refused(&[], code))?;
    let changed = Model {
        state,
        suspension_document_id: None,
        ..contract.clone()
    };
    end_limit_in(unit, &contract, Ended::OnItsDay).await?;
    let ended = save(unit, &contract, changed, &EXPIRE, None).await?;
    Ok((contract, ended))
}

/// Its term ends, and so does the time limit of that.
async fn end_limit_in(unit: &Unit, contract: &Model, ended: Ended<'_>) -> Result<(), Fault> {
    let Some(limit) = contract.end_deadline_id else {
        return Ok(());
    };
    let calendar = calendar::repository::in_force(unit.db()).await?;
    deadline::commands::end_in(unit, &calendar, limit, ended).await
}

/// Drafts the successor of a contract in force: the same parties and clauses, the term that follows. The commitments are
/// copied by [`crate::commitment::commands::renew_contract`].
pub(crate) async fn renew_in(
    unit: &Unit,
    target: Target,
) -> Result<(Model, Vec<clause::Model>), CommandError<DraftError>> {
    let contract = load(unit, target, Action::ManageContracts).await?;
    if !State::IN_FORCE.contains(&contract.state) {
        return Err(CommandError::refused(&[], DraftError::NotInForce));
    }
    if repository::successor(unit, contract.id).await?.is_some() {
        return Err(CommandError::refused(&[], DraftError::SuccessorExists));
    }
    let (starts_on, ends_on) = rules::next_term(contract.starts_on, contract.ends_on)
        .ok_or_else(|| CommandError::refused(&[], DraftError::TermTooLong))?;
    let enterprise = enterprise::repository::find(unit.db(), unit.viewer(), contract.enterprise_id)
        .await?
        .ok_or(Fault::NotFound)?;
    let old_term = rules::standard_clauses(rules::Parties {
        park: &contract.park_party,
        enterprise: &enterprise.name_zh,
        credit_code: &enterprise.credit_code,
        starts_on: contract.starts_on,
        ends_on: contract.ends_on,
    });
    let new_term = rules::standard_clauses(rules::Parties {
        park: &contract.park_party,
        enterprise: &enterprise.name_zh,
        credit_code: &enterprise.credit_code,
        starts_on,
        ends_on,
    });
    // A clause that is still the standard text is written for the new term; all others are taken over word by word.
    let clauses = repository::clauses_in_force(unit, contract.id)
        .await?
        .iter()
        .map(|row| {
            let text = ClauseText::from(row);
            match old_term.iter().position(|standard| *standard == text) {
                Some(index) => new_term[index].clone(),
                None => text,
            }
        })
        .collect();
    draft_in(
        unit,
        Some(contract.id),
        Draft {
            enterprise_id: contract.enterprise_id,
            number: None,
            park_party: contract.park_party,
            park_signatory: contract.park_signatory,
            enterprise_signatory: contract.enterprise_signatory,
            starts_on,
            ends_on,
            clauses: Some(clauses),
        },
    )
    .await
}

/// Where two were at it at the same moment, the table itself refuses the second: with the sentence of the rule.
fn taken(code: MoveError) -> impl Fn(Fault) -> CommandError<MoveError> {
    move |fault| match fault {
        Fault::Conflict(Conflict { id: None, .. }) => CommandError::refused(&[], code),
        fault => fault.into(),
    }
}

fn next(contract: &Model, step: Move) -> Result<State, CommandError<MoveError>> {
    rules::after(contract.state, step)
        .ok_or_else(|| CommandError::refused(&[], MoveError::WrongState))
}

async fn finish(
    unit: Unit,
    before: &Model,
    after: Model,
    command: &'static Command,
    reason: Option<&str>,
) -> Result<Model, CommandError<MoveError>> {
    let saved = save(&unit, before, after, command, reason).await?;
    unit.commit().await?;
    Ok(saved)
}

/// Saves what changed, if nobody was faster, and tells the audit trail.
async fn save(
    unit: &Unit,
    before: &Model,
    after: Model,
    command: &'static Command,
    reason: Option<&str>,
) -> Result<Model, Fault> {
    let after = Model {
        version: before.version + 1,
        ..after
    };
    let mut row = ActiveModel::from(after.clone()).reset_all();
    row.id = sea_orm::ActiveValue::NotSet;
    row.version = Set(after.version);
    let saved = Entity::update_many()
        .set(row)
        .filter(Column::Id.eq(before.id))
        .filter(Column::Version.eq(before.version))
        .exec(unit.db())
        .await?;
    if saved.rows_affected == 0 {
        let now = Entity::find_by_id(before.id)
            .one(unit.db())
            .await?
            .ok_or(Fault::NotFound)?;
        return Err(Fault::Conflict(Conflict {
            id: Some(before.id),
            current_version: Some(now.version),
        }));
    }
    record(
        unit,
        Change {
            command,
            subject_id: before.id,
            before: Some(picture(before)),
            after: Some(picture(&after)),
            reason,
        },
    )
    .await?;
    Ok(after)
}

fn picture(contract: &Model) -> Summary {
    summary!({
        "state": contract.state,
        "parkParty": contract.park_party,
        "startsOn": contract.starts_on,
        "endsOn": contract.ends_on,
        "signedOn": contract.signed_on,
        "approvedBy": contract.approved_by,
        "version": contract.version,
    })
}
