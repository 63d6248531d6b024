//! What happens to contracts. Drafting, renewing and the beginning and end of a term touch commitments and obligations too:
//! their public functions stand in those modules, on the `_in` forms of this one.

use chrono::{Datelike, NaiveDate};
use sea_orm::{EntityTrait, QueryFilter, entity::prelude::*, sea_query::Expr};

use super::{
    ActiveModel, Entity, Model, Origin, State, clause, repository,
    rules::{self, ClauseText, DraftError, Move, MoveError, Terms},
};
use crate::{
    audit::commands::{Change, Summary, record, summary},
    command::{Command, Input, Offer, Thing, commands, offers},
    enterprise,
    error::{CommandError, Conflict, Fault, expect_version},
    id::new_id,
    language,
    permission::{Action, Standing, require},
    store::{Store, Unit},
    table::{self, Visible},
    text::clean_line,
    viewer::Viewer,
};

mod amendment;
mod approval;
mod term;

pub use amendment::{
    AmendBegin, AmendClause, AmendFinish, amend_begin, amend_clause, amend_finish,
};
pub use approval::{
    Approve, ReturnDraft, Sign, SubmitForReview, approve, return_draft, sign, submit_for_review,
};
pub use term::{Activate, Renew, Resume, Suspend, Terminate};
pub(crate) use term::{activate_in, expire_in, renew_in, resume_in, suspend_in, terminate_in};

commands! {
    /// A contract is drafted.
    DRAFT = "contract.draft" on Contract: "起草", "drafted";
    /// A draft is changed.
    CHANGE_DRAFT = "contract.change_draft" on Contract: "修改", "changed";
    /// A draft goes to the legal review.
    SUBMIT_FOR_REVIEW = "contract.submit_for_review" on Contract: "送审", "submitted for review", form SubmitForReview;
    /// The leaders approve.
    APPROVE = "contract.approve" on Contract: "批准", "approved", news ContractChanged, form Approve;
    /// A leader returns it for changes.
    RETURN = "contract.return" on Contract: "退回修改", "returned for changes", news ContractChanged, form ReturnDraft;
    /// Both sides have signed.
    SIGN = "contract.sign" on Contract: "签订", "signed", news ContractChanged, form Sign;
    /// A signed contract comes into force.
    ACTIVATE = "contract.activate" on Contract: "生效", "activated", news ContractChanged, form Activate;
    /// An amendment begins.
    AMEND_BEGIN = "contract.amend_begin" on Contract: "开始变更", "amendment started", news ContractChanged, form AmendBegin;
    /// A clause gets a new revision.
    AMEND_CLAUSE = "contract.amend_clause" on Contract: "变更条款", "clause amended", news ContractChanged;
    /// The contract of an amended clause has a new version.
    AMEND = "contract.amend" on Contract: "变更", "amended";
    /// An amendment is finished.
    AMEND_FINISH = "contract.amend_finish" on Contract: "完成变更", "amendment finished", news ContractChanged, form AmendFinish;
    /// Both sides suspend a contract.
    SUSPEND = "contract.suspend" on Contract: "中止", "suspended", news ContractChanged, form Suspend;
    /// A suspended contract goes on.
    RESUME = "contract.resume" on Contract: "恢复", "resumed", news ContractChanged, form Resume;
    /// The successor of a contract in force is drafted.
    RENEW = "contract.renew" on Contract: "续签起草", "drafted as successor", form Renew;
    /// A contract is terminated.
    TERMINATE = "contract.terminate" on Contract: "终止", "terminated", news ContractChanged, form Terminate;
    /// A contract has come to its end.
    EXPIRE = "contract.expire" on Contract: "到期", "expired", news ContractChanged;
}

/// What can be done with a contract today, and why not. Whether another contract of the enterprise stands in the way, the command itself
/// finds out.
pub fn offered(
    viewer: &Viewer,
    contract: &Model,
    today: NaiveDate,
    has_liaison: bool,
) -> Vec<Offer> {
    let step = |command: &'static Command, step: Move| {
        let rule = |_: &Command| match step {
            Move::Activate => rules::activate(contract, today, has_liaison).map(drop),
            step => rules::next(contract, step).map(drop),
        };
        offers(&[command], Thing::Contract, viewer, Standing::None, rule)
    };
    let renewal = |_: &Command| rules::require_in_force(contract);
    let all = [
        step(&SUBMIT_FOR_REVIEW, Move::Review),
        step(&APPROVE, Move::Approve),
        step(&RETURN, Move::Return),
        step(&SIGN, Move::Sign),
        step(&ACTIVATE, Move::Activate),
        step(&AMEND_BEGIN, Move::BeginAmendment),
        step(&AMEND_FINISH, Move::FinishAmendment),
        step(&SUSPEND, Move::Suspend),
        step(&RESUME, Move::Resume),
        offers(&[&RENEW], Thing::Contract, viewer, Standing::None, renewal),
        step(&TERMINATE, Move::Terminate),
    ];
    all.into_iter().flatten().collect()
}

/// Who is going to sign, as it was drafted.
pub fn signatories(contract: &Model) -> Summary {
    summary!({
        "parkSignatory": contract.park_signatory,
        "enterpriseSignatory": contract.enterprise_signatory,
    })
}

/// The contract for a change of it, in the version that the person has seen. Who may not see it does not find it; who may not
/// change it learns nothing of its version.
pub(crate) async fn load(
    unit: &Unit,
    id: Uuid,
    expected_version: i32,
    may: impl Into<Option<Action>>,
) -> Result<Model, Fault> {
    let contract = Entity::found(unit.db(), unit.viewer(), id).await?;
    require(unit.viewer(), may, Standing::None)?;
    expect_version(contract.id, contract.version, expected_version)?;
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
    let enterprise = enterprise::Entity::found(unit.db(), viewer, input.enterprise_id).await?;
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
            command: match predecessor_id {
                Some(_) => &RENEW,
                None => &DRAFT,
            },
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
    pub id: Uuid,
    /// Its version as seen.
    pub expected_version: i32,
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
    let contract = load(
        &unit,
        input.id,
        input.expected_version,
        Action::ManageContracts,
    )
    .await?;
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

/// Where two were at it at the same moment, the table itself refuses the second: with the sentence of the rule.
fn taken(code: MoveError) -> impl Fn(Fault) -> CommandError<MoveError> {
    move |fault| match fault {
        Fault::Conflict(Conflict { id: None, .. }) => CommandError::refused(&[], code),
        fault => fault.into(),
    }
}

/// The contract for a step of it, which `C` asks for, and the state to which the step leads.
async fn step<C: Input>(
    unit: &Unit,
    id: Uuid,
    expected_version: i32,
    step: Move,
) -> Result<(Model, State), CommandError<MoveError>> {
    let contract = load(unit, id, expected_version, C::FORM.may).await?;
    let state = rules::next(&contract, step).map_err(|code| CommandError::refused(&[], code))?;
    Ok((contract, state))
}

fn reason(given: &str) -> Result<String, CommandError<MoveError>> {
    language::text(given, 1000)
        .ok_or_else(|| CommandError::refused(&["reason"], MoveError::ReasonInvalid))
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
    let after = table::save(unit, before, after).await?;
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
