//! What happens to obligations, and the beginning and end of a contract's term with all that is owed under it.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;
use sea_orm::{EntityTrait, QueryFilter, entity::prelude::*, sea_query::Expr};

use super::{
    ActiveModel, Column, Entity, Model, State, repository,
    rules::{self, CloseError, OpenError},
};
use crate::{
    account,
    audit::commands::{Change, record, summary},
    calendar::{repository::in_force, rules::Calendar},
    command::{Command, commands},
    commitment::{self, Kind},
    contract::{
        self,
        commands::{Target, WithReason},
        rules::MoveError,
    },
    deadline::{
        self, LegalEffect, OnExpiry,
        commands::Extension,
        pause,
        rules::{Approver, DeadlineError, Limit, NewPause, Terms},
    },
    document,
    error::{CommandError, Fault, expect_saved, expect_version},
    id::new_id,
    language::{TooLong, optional_text, text},
    liaison,
    outbox::facts::LimitStep,
    permission::{Action, Standing, require},
    store::{Store, Unit},
    term::Term,
    viewer::Viewer,
};

mod event;
mod limit_changed;
mod tell;

use limit_changed::{Changed, Happened, limits_changed};

commands! {
    /// Something is owed from now on.
    OPEN = "obligation.open" on Obligation: "发起", "opened";
    /// What was owed is done.
    FULFIL = "obligation.fulfil" on Obligation: "办结", "kept";
    /// What was owed will not be done.
    MISS = "obligation.miss" on Obligation: "登记未履行", "declared missed";
    /// Nothing is owed any more.
    CANCEL = "obligation.cancel" on Obligation: "取消", "cancelled";
}
pub(crate) use event::{Event, happens_in};

/// Brings a signed contract into force on or after its first day: its promises bind, and what is owed from the first day is
/// opened.
pub async fn activate_contract(
    store: &Store,
    viewer: &Viewer,
    target: Target,
) -> Result<contract::Model, CommandError<MoveError>> {
    let unit = store.begin(viewer).await?;
    let contract = contract::commands::activate_in(&unit, target).await?;
    begin_in(&unit, &contract).await?;
    unit.commit().await?;
    Ok(contract)
}

/// What follows when a contract comes into force, for the command above and for contracts taken over from paper.
pub(crate) async fn begin_in(unit: &Unit, contract: &contract::Model) -> Result<usize, Fault> {
    commitment::commands::bind_in(unit, contract).await?;
    open_due_in(unit, contract, true).await
}

/// Ends a contract before its time, or gives up a draft. What is still owed under it is cancelled with the same reason.
pub async fn terminate_contract(
    store: &Store,
    viewer: &Viewer,
    input: WithReason,
) -> Result<contract::Model, CommandError<MoveError>> {
    let unit = store.begin(viewer).await?;
    let contract = contract::commands::terminate_in(&unit, &input).await?;
    let calendar = in_force(unit.db()).await?;
    for obligation in repository::open_of_contract(&unit, contract.id).await? {
        let closed = Closing {
            public_reason: contract.state_reason.clone(),
            ..Closing::on(State::Cancelled, unit.today())
        };
        close(&unit, obligation, closed, &CANCEL, &calendar).await?;
    }
    unit.commit().await?;
    Ok(contract)
}

/// What holds a contract.
#[derive(Clone, Debug)]
pub struct Suspend {
    /// The contract.
    pub target: Target,
    /// Why.
    pub reason: String,
    /// The paper in which both sides agreed, a file uploaded before.
    pub document_id: Uuid,
}

/// Holds a contract. Until it goes on, nothing becomes due under it, and its open promises are paused from today on the ground
/// that both sides agreed, by the rule of every pause. Three kinds of limits go on: what the law sets (an agreement cannot stop
/// it), what is overdue or paused already, and what is due on the same day. The enterprise is told.
pub async fn suspend_contract(
    store: &Store,
    viewer: &Viewer,
    input: Suspend,
) -> Result<contract::Model, CommandError<MoveError>> {
    let unit = store.begin(viewer).await?;
    let held = WithReason {
        target: input.target,
        reason: input.reason,
    };
    let contract = contract::commands::suspend_in(&unit, &held, input.document_id).await?;
    let calendar = in_force(unit.db()).await?;
    let pause = NewPause {
        kind: pause::Kind::Agreed,
        reason: contract.state_reason.clone().unwrap_or_default(),
        document_id: input.document_id,
        started_on: unit.today(),
        expected_end_on: None,
    };
    let mut changed = Vec::new();
    for (obligation, before) in open_limits(&unit, contract.id).await? {
        let (id, version) = (before.id, before.version);
        match deadline::commands::pause_in(&unit, &calendar, id, version, pause.clone()).await {
            Ok(after) => changed.push(Changed {
                obligation,
                before,
                after,
            }),
            Err(CommandError::Refused(_)) => {}
            Err(CommandError::Fault(fault)) => return Err(fault.into()),
        }
    }
    let happened = Happened {
        step: LimitStep::Paused,
        act: (contract.id, contract.version),
        on: unit.today(),
        until: None,
        ground: Some(pause.kind.inside()),
        reason: Some(pause.reason),
    };
    limits_changed(&unit, happened, &changed).await?;
    unit.commit().await?;
    Ok(contract)
}

/// Goes on with a suspended contract: what the suspension paused runs again from tomorrow, and what has become due is opened.
pub async fn resume_contract(
    store: &Store,
    viewer: &Viewer,
    target: Target,
) -> Result<contract::Model, CommandError<MoveError>> {
    let unit = store.begin(viewer).await?;
    let (before, contract) = contract::commands::resume_in(&unit, target).await?;
    resume_limits_in(&unit, &before).await?;
    open_due_in(&unit, &contract, false).await?;
    unit.commit().await?;
    Ok(contract)
}

/// Ends the pauses that the suspension of `contract` brought, and tells the enterprise. Those that somebody else asked for go on.
async fn resume_limits_in(unit: &Unit, contract: &contract::Model) -> Result<(), Fault> {
    let Some(document_id) = contract.suspension_document_id else {
        return Ok(());
    };
    let calendar = in_force(unit.db()).await?;
    let limits = open_limits(unit, contract.id).await?;
    let ids: Vec<Uuid> = limits.iter().map(|(_, limit)| limit.id).collect();
    let pauses = deadline::repository::pauses_of(unit.db(), &ids).await?;
    let mut changed = Vec::new();
    for (obligation, before) in limits {
        let suspended = pauses.get(&before.id).is_some_and(|pauses| {
            pauses
                .iter()
                .any(|pause| pause.ended_on.is_none() && pause.document_id == document_id)
        });
        if suspended {
            let (id, version) = (before.id, before.version);
            let after = deadline::commands::resume_in(unit, &calendar, id, version, unit.today())
                .await
                .map_err(never_refused)?;
            changed.push(Changed {
                obligation,
                before,
                after,
            });
        }
    }
    let happened = Happened {
        step: LimitStep::Resumed,
        act: (contract.id, contract.version + 1),
        on: unit.today(),
        until: None,
        ground: Some(pause::Kind::Agreed.inside()),
        reason: contract.state_reason.clone(),
    };
    limits_changed(unit, happened, &changed).await
}

/// What is owed under a contract, each with its time limit.
async fn open_limits(
    unit: &Unit,
    contract_id: Uuid,
) -> Result<Vec<(Model, deadline::Model)>, Fault> {
    let open = repository::open_of_contract(unit, contract_id).await?;
    let ids: Vec<Uuid> = open.iter().map(|row| row.deadline_id).collect();
    let limits = deadline::repository::of_ids(unit.db(), &ids).await?;
    let mut limits: HashMap<Uuid, deadline::Model> =
        limits.into_iter().map(|row| (row.id, row)).collect();
    Ok(open
        .into_iter()
        .filter_map(|row| limits.remove(&row.deadline_id).map(|limit| (row, limit)))
        .collect())
}

/// What the state of the thing has already ruled out.
fn never_refused(error: CommandError<DeadlineError>) -> Fault {
    match error {
        CommandError::Fault(fault) => fault,
        CommandError::Refused(refusals) => Fault::Internal(format!("a time limit: {refusals:?}")),
    }
}

/// Ends a contract whose term is over: RENEWED when a signed successor follows, EXPIRED otherwise. The report of its year becomes
/// due; what is still owed stays owed, and runs again if the contract was suspended.
pub async fn expire_contract(
    store: &Store,
    viewer: &Viewer,
    id: Uuid,
) -> Result<contract::Model, CommandError<MoveError>> {
    let unit = store.begin(viewer).await?;
    let (before, contract) = contract::commands::expire_in(&unit, id).await?;
    resume_limits_in(&unit, &before).await?;
    open_due_in(&unit, &contract, false).await?;
    unit.commit().await?;
    Ok(contract)
}

/// Opens what has become due to be done under a contract by itself, and says how many obligations that were. Done again, it
/// opens nothing.
pub async fn open_due(store: &Store, viewer: &Viewer, contract_id: Uuid) -> Result<usize, Fault> {
    let unit = store.begin(viewer).await?;
    require(viewer, Action::ManageContracts, Standing::None)?;
    let contract = contract::repository::find(unit.db(), viewer, contract_id)
        .await?
        .ok_or(Fault::NotFound)?;
    let opened = open_due_in(&unit, &contract, false).await?;
    unit.commit().await?;
    Ok(opened)
}

/// What starts with the contract is opened only when it `begins`; a contract taken over from paper began before the system.
/// A period that passed while the scheduler stood still all through it is not opened afterwards: nobody could have kept it.
async fn open_due_in(
    unit: &Unit,
    contract: &contract::Model,
    begins: bool,
) -> Result<usize, Fault> {
    use contract::State as S;
    let runs = matches!(contract.state, S::Active | S::Amending);
    let over = matches!(contract.state, S::Renewed | S::Expired);
    let last_day = unit.today() >= contract.ends_on;
    if !runs && !over {
        return Ok(0);
    }
    let calendar = in_force(unit.db()).await?;
    let known: HashSet<(Uuid, String)> = repository::occasions_of(unit, contract.id)
        .await?
        .into_iter()
        .collect();
    let mut opened = 0;
    for commitment in
        commitment::repository::of_contracts(unit.db(), unit.viewer(), &[contract.id]).await?
    {
        let binds_from = commitment
            .effective_on
            .unwrap_or(contract.starts_on)
            .max(contract.starts_on);
        let binds_to = commitment
            .ended_on
            .unwrap_or(contract.ends_on)
            .min(contract.ends_on);
        if commitment
            .ended_on
            .is_some_and(|ended| ended <= unit.today())
        {
            continue;
        }
        let due = match commitment.kind {
            Kind::OnEvent => None,
            Kind::Once if commitment.start_event == commitment::rules::YEAR_ENDS => {
                last_day.then(|| {
                    (
                        rules::ONCE.to_owned(),
                        contract.ends_on,
                        commitment.limit_days,
                    )
                })
            }
            Kind::Once => {
                begins.then(|| (rules::ONCE.to_owned(), unit.today(), commitment.limit_days))
            }
            Kind::Recurring if runs => commitment
                .recurrence
                .and_then(|recurrence| {
                    let binds = (binds_from, binds_to);
                    rules::period(
                        recurrence,
                        commitment.limit_days,
                        binds,
                        unit.today(),
                        &calendar,
                    )
                })
                .map(|period| (period.occasion, period.started_on, period.limit_days)),
            Kind::Recurring => None,
        };
        let Some((occasion, started_on, limit_days)) = due else {
            continue;
        };
        if known.contains(&(commitment.id, occasion.clone())) {
            continue;
        }
        let opening = Opening {
            occasion,
            event_note: None,
            started_on,
            limit_days,
        };
        open(unit, contract, &commitment, opening, &calendar).await?;
        opened += 1;
    }
    Ok(opened)
}

/// An event that a standing promise answers to.
#[derive(Clone, Debug)]
pub struct OpenOnEvent {
    /// The promise.
    pub commitment_id: Uuid,
    /// Names the event: the same key again gives the first answer.
    pub idempotency_key: String,
    /// What happened.
    pub event_note: Option<String>,
    /// On which day; today when none is given.
    pub occurred_on: Option<NaiveDate>,
}

/// Opens an obligation because an event has happened.
pub async fn open_on_event(
    store: &Store,
    viewer: &Viewer,
    input: OpenOnEvent,
) -> Result<Model, CommandError<OpenError>> {
    let unit = store.begin(viewer).await?;
    let commitment = commitment::repository::find(unit.db(), viewer, input.commitment_id)
        .await?
        .ok_or(Fault::NotFound)?;
    let contract = contract::repository::find(unit.db(), viewer, commitment.contract_id)
        .await?
        .ok_or(Fault::NotFound)?;
    let standing = liaison::repository::standing(unit.db(), viewer, contract.enterprise_id).await?;
    require(viewer, Action::OpenObligation, standing)?;
    if commitment.kind != Kind::OnEvent {
        return Err(CommandError::refused(
            &["commitmentId"],
            OpenError::NotOnEvent,
        ));
    }
    let key = text(&input.idempotency_key, 60)
        .ok_or_else(|| CommandError::refused(&["idempotencyKey"], OpenError::KeyInvalid))?;
    let event_note = optional_text(input.event_note, 1000)
        .map_err(|TooLong| CommandError::refused(&["eventNote"], OpenError::NoteTooLong))?;
    let occasion = rules::event_occasion(&key);
    if let Some(first) = repository::of_occasion(&unit, commitment.id, &occasion).await? {
        let limit = deadline::Entity::find_by_id(first.deadline_id)
            .one(unit.db())
            .await?;
        let same_day =
            limit.is_some_and(|limit| input.occurred_on.is_none_or(|day| day == limit.started_on));
        return if same_day && first.event_note == event_note {
            Ok(first)
        } else {
            Err(CommandError::refused(
                &["idempotencyKey"],
                OpenError::KeyReused,
            ))
        };
    }
    let occurred_on = input.occurred_on.unwrap_or(unit.today());
    if occurred_on > unit.today() {
        return Err(CommandError::refused(&["occurredOn"], OpenError::InFuture));
    }
    if !matches!(
        contract.state,
        contract::State::Active | contract::State::Amending
    ) {
        return Err(CommandError::refused(&[], OpenError::NotInForce));
    }
    let binds = commitment
        .effective_on
        .is_some_and(|from| from <= occurred_on)
        && commitment.ended_on.is_none_or(|ended| occurred_on < ended)
        && (contract.starts_on..=contract.ends_on).contains(&occurred_on);
    if !binds {
        return Err(CommandError::refused(
            &["occurredOn"],
            OpenError::NotBinding,
        ));
    }
    let calendar = in_force(unit.db()).await?;
    let opening = Opening {
        occasion,
        event_note,
        started_on: occurred_on,
        limit_days: commitment.limit_days,
    };
    let opened = open(&unit, &contract, &commitment, opening, &calendar).await?;
    unit.commit().await?;
    Ok(opened)
}

struct Opening {
    occasion: String,
    event_note: Option<String>,
    started_on: NaiveDate,
    limit_days: i32,
}

/// Opens what is owed from now on, and tells those who owe it where no digest would tell in time.
async fn open(
    unit: &Unit,
    contract: &contract::Model,
    commitment: &commitment::Model,
    opening: Opening,
    calendar: &Calendar,
) -> Result<Model, Fault> {
    let (obligation, due_on) = open_untold(unit, contract, commitment, opening, calendar).await?;
    if tell::is_too_late_for_a_digest(unit, due_on, calendar) {
        tell::opened(unit, &obligation, due_on).await?;
    }
    Ok(obligation)
}

/// The same for what the same command closes: nobody has to act. Gives the due date, too.
async fn open_untold(
    unit: &Unit,
    contract: &contract::Model,
    commitment: &commitment::Model,
    opening: Opening,
    calendar: &Calendar,
) -> Result<(Model, NaiveDate), Fault> {
    let terms = Terms {
        legal_effect: commitment.legal_effect,
        on_expiry: match commitment.legal_effect {
            LegalEffect::Statutory => OnExpiry::Escalate,
            LegalEffect::Promised | LegalEffect::Planned => OnExpiry::Warn,
        },
        limit: Limit {
            days: opening.limit_days.max(0).unsigned_abs(),
            unit: commitment.unit,
        },
        extension: commitment::rules::extension_at_most(commitment),
    };
    let limit = deadline::commands::open_in(unit, calendar, terms, opening.started_on).await?;
    let obligation = Model {
        id: new_id(unit.now()),
        commitment_id: commitment.id,
        contract_id: contract.id,
        enterprise_id: contract.enterprise_id,
        deadline_id: limit.id,
        occasion: opening.occasion,
        event_note: opening.event_note,
        state: State::Open,
        opened_at: unit.now(),
        closed_at: None,
        closed_by: None,
        evidence_document_id: None,
        evidence_note: None,
        days_late: None,
        public_reason: None,
        backdating_reason: None,
        version: 1,
    };
    Entity::insert(ActiveModel::from(obligation.clone()).reset_all())
        .exec_without_returning(unit.db())
        .await?;
    record(
        unit,
        Change {
            command: &OPEN,
            subject_id: obligation.id,
            before: None,
            after: Some(summary!({
                "commitmentId": commitment.id,
                "occasion": obligation.occasion,
                "startedOn": limit.started_on,
                "dueOn": limit.due_on,
            })),
            reason: None,
        },
    )
    .await?;
    Ok((obligation, limit.due_on))
}

/// The proof that a promise was kept.
#[derive(Clone, Debug)]
pub struct Fulfil {
    /// The obligation.
    pub id: Uuid,
    /// Its version as seen.
    pub expected_version: i32,
    /// The file that proves it.
    pub evidence_document_id: Option<Uuid>,
    /// The note that proves it.
    pub evidence_note: Option<String>,
    /// On which day it was done; today when nothing is said.
    pub done_on: Option<NaiveDate>,
    /// Why it is entered on a later day than it was done.
    pub backdating_reason: Option<String>,
}

/// Fulfils an obligation. When it was done and when it is entered are two facts: by how many working days it was late is counted to
/// the day on which it was done, and kept.
pub async fn fulfil(
    store: &Store,
    viewer: &Viewer,
    input: Fulfil,
) -> Result<Model, CommandError<CloseError>> {
    let unit = store.begin(viewer).await?;
    let (obligation, promise) = load(
        &unit,
        Action::FulfilObligation,
        input.id,
        input.expected_version,
    )
    .await?;
    rules::require_open(&obligation).map_err(|code| CommandError::refused(&[], code))?;
    let note = rules::evidence(input.evidence_note, input.evidence_document_id.is_some())
        .map_err(|code| CommandError::refused(&["evidenceNote"], code))?;
    if let Some(id) = input.evidence_document_id {
        document::repository::find_about(unit.db(), viewer, id, obligation.enterprise_id)
            .await?
            .ok_or_else(|| {
                CommandError::refused(&["evidenceDocumentId"], CloseError::EvidenceUnknown)
            })?;
    }
    let calendar = in_force(unit.db()).await?;
    let limit = deadline_of(&unit, &obligation).await?;
    let told = rules::Told {
        on: input.done_on.unwrap_or(unit.today()),
        reason: input.backdating_reason,
    };
    let first = rules::first_day(promise.kind, limit.started_on);
    let done = rules::done(told, first, unit.today(), unit.policy().margins, &calendar)
        .map_err(|(field, code)| CommandError::refused(&[field], code))?;
    let closing = Closing {
        evidence_document_id: input.evidence_document_id,
        evidence_note: note,
        backdating_reason: done.reason,
        ..Closing::on(State::Fulfilled, done.on)
    };
    let closed = close(&unit, obligation, closing, &FULFIL, &calendar).await?;
    unit.commit().await?;
    Ok(closed)
}

/// A closing without evidence.
#[derive(Clone, Debug)]
pub struct CloseWithReason {
    /// The obligation.
    pub id: Uuid,
    /// Its version as seen.
    pub expected_version: i32,
    /// Why; the enterprise reads it.
    pub public_reason: String,
}

/// Declares an overdue obligation missed, with a public reason.
pub async fn miss(
    store: &Store,
    viewer: &Viewer,
    input: CloseWithReason,
) -> Result<Model, CommandError<CloseError>> {
    let unit = store.begin(viewer).await?;
    let (obligation, _) = load(
        &unit,
        Action::MissObligation,
        input.id,
        input.expected_version,
    )
    .await?;
    rules::require_open(&obligation).map_err(|code| CommandError::refused(&[], code))?;
    let limit = deadline_of(&unit, &obligation).await?;
    if limit.state != deadline::State::Running || unit.today() <= limit.due_on {
        return Err(CommandError::refused(&[], CloseError::NotOverdue));
    }
    close_with_reason(unit, obligation, State::Missed, input.public_reason, &MISS).await
}

/// Cancels what is no longer owed, with a public reason.
pub async fn cancel(
    store: &Store,
    viewer: &Viewer,
    input: CloseWithReason,
) -> Result<Model, CommandError<CloseError>> {
    let unit = store.begin(viewer).await?;
    let (obligation, _) = load(
        &unit,
        Action::MissObligation,
        input.id,
        input.expected_version,
    )
    .await?;
    rules::require_open(&obligation).map_err(|code| CommandError::refused(&[], code))?;
    close_with_reason(
        unit,
        obligation,
        State::Cancelled,
        input.public_reason,
        &CANCEL,
    )
    .await
}

async fn close_with_reason(
    unit: Unit,
    obligation: Model,
    state: State,
    reason: String,
    command: &'static Command,
) -> Result<Model, CommandError<CloseError>> {
    let reason = text(&reason, 1000)
        .ok_or_else(|| CommandError::refused(&["publicReason"], CloseError::ReasonInvalid))?;
    let calendar = in_force(unit.db()).await?;
    let closing = Closing {
        public_reason: Some(reason),
        ..Closing::on(state, unit.today())
    };
    let closed = close(&unit, obligation, closing, command, &calendar).await?;
    unit.commit().await?;
    Ok(closed)
}

/// Loads an obligation with its promise for a change of it, by a person who stands to it as the action asks.
async fn load(
    unit: &Unit,
    action: Action,
    id: Uuid,
    expected_version: i32,
) -> Result<(Model, commitment::Model), Fault> {
    let (obligation, promise, standing) = seen(unit, id).await?;
    require(unit.viewer(), action, standing)?;
    expect_version(obligation.id, obligation.version, expected_version)?;
    Ok((obligation, promise))
}

/// An obligation that the viewer may see, its promise, and how he stands to it.
async fn seen(unit: &Unit, id: Uuid) -> Result<(Model, commitment::Model, Standing), Fault> {
    let obligation = repository::find(unit.db(), unit.viewer(), id)
        .await?
        .ok_or(Fault::NotFound)?;
    let commitment =
        commitment::repository::find(unit.db(), unit.viewer(), obligation.commitment_id)
            .await?
            .ok_or(Fault::NotFound)?;
    let standing = liaison::repository::standing_to_department_matter(
        unit.db(),
        unit.viewer(),
        obligation.enterprise_id,
        commitment.department_id,
    )
    .await?;
    Ok((obligation, commitment, standing))
}

async fn deadline_of(unit: &Unit, obligation: &Model) -> Result<deadline::Model, Fault> {
    deadline::Entity::find_by_id(obligation.deadline_id)
        .one(unit.db())
        .await?
        .ok_or_else(|| Fault::Internal(format!("obligation {} has no deadline", obligation.id)))
}

struct Closing {
    state: State,
    /// The day for which it is closed.
    on: NaiveDate,
    evidence_document_id: Option<Uuid>,
    evidence_note: Option<String>,
    public_reason: Option<String>,
    backdating_reason: Option<String>,
}

impl Closing {
    fn on(state: State, on: NaiveDate) -> Self {
        Self {
            state,
            on,
            evidence_document_id: None,
            evidence_note: None,
            public_reason: None,
            backdating_reason: None,
        }
    }
}

async fn close(
    unit: &Unit,
    obligation: Model,
    closing: Closing,
    command: &'static Command,
    calendar: &Calendar,
) -> Result<Model, Fault> {
    let limit = deadline_of(unit, &obligation).await?;
    let days_late = (closing.state != State::Cancelled && limit.state == deadline::State::Running)
        .then(|| rules::days_late(limit.due_on, closing.on, calendar));
    let reason = closing.public_reason.as_deref().unwrap_or_default();
    let ended = match closing.state {
        State::Open => {
            return Err(Fault::Internal(
                "an open obligation is not a closing".to_owned(),
            ));
        }
        State::Fulfilled => deadline::commands::meet_in(unit, calendar, limit.id, closing.on).await,
        State::Missed => deadline::commands::miss_in(unit, calendar, limit.id, reason).await,
        State::Cancelled => deadline::commands::cancel_in(unit, calendar, limit.id, reason).await,
    };
    ended.map_err(never_refused)?;
    let closed = Model {
        state: closing.state,
        closed_at: Some(unit.now()),
        closed_by: unit.viewer().account_id(),
        evidence_document_id: closing.evidence_document_id,
        evidence_note: closing.evidence_note,
        days_late,
        public_reason: closing.public_reason,
        backdating_reason: closing.backdating_reason,
        version: obligation.version + 1,
        ..obligation.clone()
    };
    let saved = Entity::update_many()
        .col_expr(Column::State, Expr::value(closed.state))
        .col_expr(Column::ClosedAt, Expr::value(closed.closed_at))
        .col_expr(Column::ClosedBy, Expr::value(closed.closed_by))
        .col_expr(
            Column::EvidenceDocumentId,
            Expr::value(closed.evidence_document_id),
        )
        .col_expr(
            Column::EvidenceNote,
            Expr::value(closed.evidence_note.clone()),
        )
        .col_expr(Column::DaysLate, Expr::value(closed.days_late))
        .col_expr(
            Column::PublicReason,
            Expr::value(closed.public_reason.clone()),
        )
        .col_expr(
            Column::BackdatingReason,
            Expr::value(closed.backdating_reason.clone()),
        )
        .col_expr(Column::Version, Expr::value(closed.version))
        .filter(Column::Id.eq(obligation.id))
        .filter(Column::Version.eq(obligation.version))
        .exec(unit.db())
        .await?;
    expect_saved(saved.rows_affected, obligation.id, None)?;
    record(
        unit,
        Change {
            command,
            subject_id: closed.id,
            before: Some(summary!({ "state": obligation.state })),
            after: Some(summary!({
                "state": closed.state,
                "doneOn": (closed.state == State::Fulfilled).then_some(closing.on),
                "evidenceDocumentId": closed.evidence_document_id,
                "daysLate": closed.days_late,
            })),
            reason: closed
                .public_reason
                .as_deref()
                .or(closed.backdating_reason.as_deref()),
        },
    )
    .await?;
    tell::closed(unit, closed.id).await?;
    Ok(closed)
}

/// A change of the time limit of an obligation.
#[derive(Clone, Debug)]
pub struct ChangeLimit {
    /// The obligation.
    pub id: Uuid,
    /// Its version as seen.
    pub expected_version: i32,
    /// What happens to the time limit.
    pub change: LimitChange,
}

/// What happens to a time limit.
#[derive(Clone, Debug)]
pub enum LimitChange {
    /// It is paused.
    Pause(NewPause),
    /// The pause ended on this day.
    Resume(NaiveDate),
    /// It is extended, once.
    Extend {
        /// By how many days.
        days: u32,
        /// Why.
        reason: String,
    },
}

/// Pauses, resumes or extends the time limit of an obligation, and tells the enterprise.
pub async fn change_limit(
    store: &Store,
    viewer: &Viewer,
    input: ChangeLimit,
) -> Result<Model, CommandError<DeadlineError>> {
    let unit = store.begin(viewer).await?;
    let (obligation, promise, standing) = seen(&unit, input.id).await?;
    let before = deadline_of(&unit, &obligation).await?;
    let by = match &input.change {
        LimitChange::Extend { .. } => {
            let headed = account::repository::headed_departments(unit.db()).await?;
            let department = commitment::rules::deciding_department(&promise);
            let department = department.filter(|id| headed.contains(id));
            rules::approver(
                viewer,
                standing,
                before.legal_effect,
                department,
                unit.policy().margins,
            )?
        }
        LimitChange::Pause(_) | LimitChange::Resume(_) => {
            require(viewer, Action::ChangeDeadline, standing)?;
            Approver::Centre
        }
    };
    expect_version(obligation.id, obligation.version, input.expected_version)?;
    let calendar = in_force(unit.db()).await?;
    let (id, version) = (before.id, before.version);
    let happened = Happened {
        step: LimitStep::Extended,
        act: (obligation.id, obligation.version + 1),
        on: unit.today(),
        until: None,
        ground: None,
        reason: None,
    };
    let (after, happened) = match input.change {
        LimitChange::Pause(pause) => {
            let (file, of) = (pause.document_id, obligation.enterprise_id);
            document::repository::find_about(unit.db(), viewer, file, of)
                .await?
                .ok_or_else(|| {
                    CommandError::refused(&["documentId"], DeadlineError::DocumentUnknown)
                })?;
            let happened = Happened {
                step: LimitStep::Paused,
                on: pause.started_on,
                until: pause.expected_end_on,
                ground: Some(pause.kind.inside()),
                reason: Some(pause.reason.trim().to_owned()),
                ..happened
            };
            let paused = deadline::commands::pause_in(&unit, &calendar, id, version, pause).await?;
            (paused, happened)
        }
        LimitChange::Resume(ended_on) => {
            let pauses = deadline::repository::pauses_of(unit.db(), &[id]).await?;
            let mut pauses = pauses.get(&id).into_iter().flatten();
            let ending = pauses.find(|pause| pause.ended_on.is_none());
            let resumed =
                deadline::commands::resume_in(&unit, &calendar, id, version, ended_on).await?;
            let happened = Happened {
                step: LimitStep::Resumed,
                on: ended_on,
                ground: ending.map(|pause| pause.kind.inside()),
                reason: ending.map(|pause| pause.reason.clone()),
                ..happened
            };
            (resumed, happened)
        }
        LimitChange::Extend { days, reason } => {
            let extension = Extension {
                days,
                reason: &reason,
                by,
            };
            let extended =
                deadline::commands::extend_in(&unit, &calendar, id, version, extension).await?;
            let happened = Happened {
                reason: extended.extension_reason.clone(),
                ..happened
            };
            (extended, happened)
        }
    };
    let changed = Changed {
        obligation: obligation.clone(),
        before,
        after,
    };
    limits_changed(&unit, happened, &[changed]).await?;
    // The obligation's own version guards its time limit too.
    let saved = Entity::update_many()
        .col_expr(Column::Version, Expr::value(obligation.version + 1))
        .filter(Column::Id.eq(obligation.id))
        .filter(Column::Version.eq(obligation.version))
        .exec(unit.db())
        .await?;
    expect_saved(saved.rows_affected, obligation.id, None)?;
    unit.commit().await?;
    Ok(Model {
        version: obligation.version + 1,
        ..obligation
    })
}
