//! What happens to obligations: what opens them, what closes them, and what moves their time limits.

use std::collections::HashSet;

use chrono::NaiveDate;
use sea_orm::{EntityTrait, entity::prelude::*};

use super::{
    ActiveModel, Entity, Model, State, repository,
    rules::{self, CloseError, OpenError},
};
use crate::{
    attachment,
    audit::commands::{Change, record, summary},
    calendar::{repository::in_force, rules::Calendar},
    command::{Command, Form, Input, Offer, Thing, commands, form, offer, offers},
    commitment::{self, Kind},
    contract,
    deadline::{
        self, LegalEffect, OnExpiry,
        rules::{Approver, DeadlineError, Limit, Terms},
    },
    document,
    error::{CommandError, Fault, expect_version},
    id::new_id,
    language::{TooLong, optional_text, text},
    liaison,
    permission::{Action, Standing, require},
    store::{Store, Unit},
    table::{Visible, save},
    viewer::Viewer,
};

mod event;
pub mod limit;
mod limit_changed;
mod tell;
mod term;

use limit::{Extend, Pause, Resume};
use limit_changed::{Changed, Happened, limits_changed};

commands! {
    /// Something is owed from now on.
    OPEN = "obligation.open" on Obligation: "发起", "opened", form OpenOnEvent;
    /// What was owed is done.
    FULFIL = "obligation.fulfil" on Obligation: "办结", "kept", form Fulfil;
    /// What was owed will not be done.
    MISS = "obligation.miss" on Obligation: "登记未履行", "declared missed", form Miss;
    /// Nothing is owed any more.
    CANCEL = "obligation.cancel" on Obligation: "取消", "cancelled", form Cancel;
    /// Its time limit is paused; the audit trail tells it of the time limit.
    PAUSE = "obligation.pause" on Obligation: "暂停计时", "time limit paused", form Pause;
    /// Its time limit runs again; the audit trail tells it of the time limit.
    RESUME = "obligation.resume" on Obligation: "恢复计时", "time limit resumed", form Resume;
    /// Its time limit is extended; the audit trail tells it of the time limit.
    EXTEND = "obligation.extend" on Obligation: "延期", "time limit extended", form Extend;
}
pub(crate) use event::{Event, happens_in};
pub use term::{
    activate_contract, expire_contract, resume_contract, suspend_contract, terminate_contract,
};

/// What the state of the thing has already ruled out.
fn never_refused(error: CommandError<DeadlineError>) -> Fault {
    match error {
        CommandError::Fault(fault) => fault,
        CommandError::Refused(refusals) => Fault::Internal(format!("a time limit: {refusals:?}")),
    }
}

/// Opens what has become due to be done under a contract by itself, and says how many obligations that were. Done again, it
/// opens nothing.
pub async fn open_due(store: &Store, viewer: &Viewer, contract_id: Uuid) -> Result<usize, Fault> {
    let unit = store.begin(viewer).await?;
    require(viewer, Action::ManageContracts, Standing::None)?;
    let contract = contract::Entity::found(unit.db(), viewer, contract_id).await?;
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
    let runs = S::RUNNING.contains(&contract.state);
    let over = matches!(contract.state, S::Renewed | S::Expired);
    let last_day = unit.today() >= contract.ends_on;
    if !runs && !over {
        return Ok(0);
    }
    let calendar = in_force(unit).await?;
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

form! {
    /// An event that a standing promise answers to.
    pub struct OpenOnEvent of OPEN by Action::OpenObligation, refused OpenError {
        title: "登记来电、来函或事件", "Record a call, letter or event";
        lead: "承诺自事件发生日起算，责任人按时收到提醒。",
            "The time limit starts on the day of the event, and the people responsible are notified.";
        done: "已登记，履约事项已产生。", "The event has been recorded, and an obligation has been created.";
        /// The promise.
        commitment_id: Uuid = Target(Thing::Commitment);
        /// Names the event, 1 to 60 characters: the same key again gives the first answer.
        idempotency_key: String = Line(60);
        /// What happened, up to 1000 characters.
        event_note: Option<String> = Lines(1000), "来电、来函内容或事件", "What was said or written, or what happened",
            "企业可以看到", "Visible to the enterprise";
        /// On which day; today when not given.
        occurred_on: Option<NaiveDate> = Today, "收到或发生日", "Received or happened on",
            "时限从这一天起算", "The time limit starts on this day";
    }
}

/// Opens an obligation because an event has happened.
pub async fn open_on_event(
    store: &Store,
    viewer: &Viewer,
    input: OpenOnEvent,
) -> Result<Model, CommandError<OpenError>> {
    let unit = store.begin(viewer).await?;
    let commitment = commitment::Entity::found(unit.db(), viewer, input.commitment_id).await?;
    let contract = contract::Entity::found(unit.db(), viewer, commitment.contract_id).await?;
    let standing = liaison::repository::standing(unit.db(), viewer, contract.enterprise_id).await?;
    require(viewer, OpenOnEvent::FORM.may, standing)?;
    rules::require_on_event(&commitment)
        .map_err(|error| CommandError::refused(&["commitmentId"], error))?;
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
    rules::require_running(&contract).map_err(|error| CommandError::refused(&[], error))?;
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
    let calendar = in_force(&unit).await?;
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

form! {
    /// The proof that a promise was kept: a file, a note or both.
    pub struct Fulfil of FULFIL by Action::FulfilObligation, refused CloseError, keyed, many {
        title: "登记履约", "Record as kept";
        lead: "填写办理情况，或上传证明文件；企业可以看到。",
            "Describe what was done, or upload evidence; the enterprise can see it.";
        done: "履约已登记，凭证已存档。", "Recorded as kept, with its evidence.";
        /// The obligation.
        id: Uuid = Target(Thing::Obligation);
        /// Its version as seen.
        expected_version: i32 = Version;
        /// The files that prove it, uploaded before, at most ten.
        evidence_document_ids: Vec<Uuid> = Files, "证明文件（可选）", "Supporting files (optional)";
        /// The note that proves it, up to 1000 characters.
        evidence_note: Option<String> = Lines(1000), "办理情况", "What was done",
            "企业可以看到。写明时间、事项和结果", "Visible to the enterprise. State the time, the matter and the result";
        /// On which day it was done; today when not given. An earlier day lies within the working days that the park allows.
        done_on: Option<NaiveDate> = Today, "办理日期", "Done on",
            "实际办理的那一天；登记日期由系统记录", "The day on which it was actually done; the system records the date of entry";
        /// Why it is entered on a later day than it was done, up to 1000 characters; needed for an earlier day.
        backdating_reason: Option<String> = Lines(1000),
            "补录理由（办理日期早于今天时必填）", "Reason for late recording (required for an earlier day)",
            "监督机构可以看到", "Visible to the supervisor";
    }
}

/// Fulfils an obligation. When it was done and when it is entered are two facts: by how many working days it was late is counted to
/// the day on which it was done, and kept.
pub async fn fulfil(
    store: &Store,
    viewer: &Viewer,
    input: Fulfil,
) -> Result<Model, CommandError<CloseError>> {
    let unit = store.begin(viewer).await?;
    let (id, version) = (input.id, input.expected_version);
    let (obligation, promise) = load(&unit, id, version, Fulfil::FORM).await?;
    rules::require_open(&obligation).map_err(|code| CommandError::refused(&[], code))?;
    let files = input.evidence_document_ids;
    let note = rules::evidence(input.evidence_note, !files.is_empty())
        .map_err(|code| CommandError::refused(&["evidenceNote"], code))?;
    let files =
        document::repository::all_about(unit.db(), viewer, &files, obligation.enterprise_id)
            .await?
            .ok_or_else(|| {
                CommandError::refused(&["evidenceDocumentIds"], CloseError::EvidenceUnknown)
            })?;
    let calendar = in_force(&unit).await?;
    let limit = deadline_of(&unit, &obligation).await?;
    let told = rules::Told {
        on: input.done_on.unwrap_or(unit.today()),
        reason: input.backdating_reason,
    };
    let first = rules::first_day(promise.kind, limit.started_on);
    let done = rules::done(told, first, unit.today(), unit.policy().margins, &calendar)
        .map_err(|(field, code)| CommandError::refused(&[field], code))?;
    let closing = Closing {
        evidence: files.into_iter().map(|file| file.id).collect(),
        evidence_note: note,
        backdating_reason: done.reason,
        ..Closing::on(State::Fulfilled, done.on)
    };
    let closed = close(&unit, obligation, closing, &FULFIL, &calendar).await?;
    unit.commit().await?;
    Ok(closed)
}

form! {
    /// An overdue obligation and the public reason.
    pub struct Miss of MISS by Action::MissObligation, refused CloseError, keyed {
        title: "登记未履行", "Declare as missed";
        lead: "仅用于已经超期、不再办理的承诺，登记后不能更改；企业可以看到原因。",
            "Only for overdue promises that will no longer be fulfilled. This cannot be undone, and the enterprise can see the reason.";
        done: "已登记为未履行。", "The promise has been declared missed.";
        /// The obligation.
        id: Uuid = Target(Thing::Obligation);
        /// Its version as seen.
        expected_version: i32 = Version;
        /// Why it was missed, up to 1000 characters; the enterprise reads it.
        public_reason: String = Lines(1000), "原因", "Reason", "企业可以看到", "Visible to the enterprise";
    }
}

/// Declares an overdue obligation missed, with a public reason.
pub async fn miss(
    store: &Store,
    viewer: &Viewer,
    input: Miss,
) -> Result<Model, CommandError<CloseError>> {
    let unit = store.begin(viewer).await?;
    let (id, version) = (input.id, input.expected_version);
    let (obligation, _) = load(&unit, id, version, Miss::FORM).await?;
    let limit = deadline_of(&unit, &obligation).await?;
    rules::require_overdue(&obligation, &limit, unit.today())
        .map_err(|code| CommandError::refused(&[], code))?;
    close_with_reason(unit, obligation, State::Missed, input.public_reason, &MISS).await
}

form! {
    /// What is no longer owed, and the public reason.
    pub struct Cancel of CANCEL by Action::MissObligation, refused CloseError, keyed {
        title: "取消履约事项", "Cancel the obligation";
        lead: "仅用于不再需要履行的承诺，取消后不能恢复；企业可以看到原因。",
            "Only for promises that no longer need to be fulfilled. This cannot be undone, and the enterprise can see the reason.";
        done: "履约事项已取消。", "The obligation has been cancelled.";
        /// The obligation.
        id: Uuid = Target(Thing::Obligation);
        /// Its version as seen.
        expected_version: i32 = Version;
        /// Why it is no longer owed, up to 1000 characters; the enterprise reads it.
        public_reason: String = Lines(1000), "原因", "Reason", "企业可以看到", "Visible to the enterprise";
    }
}

/// Cancels what is no longer owed, with a public reason.
pub async fn cancel(
    store: &Store,
    viewer: &Viewer,
    input: Cancel,
) -> Result<Model, CommandError<CloseError>> {
    let unit = store.begin(viewer).await?;
    let (id, version) = (input.id, input.expected_version);
    let (obligation, _) = load(&unit, id, version, Cancel::FORM).await?;
    rules::require_open(&obligation).map_err(|code| CommandError::refused(&[], code))?;
    let (state, reason) = (State::Cancelled, input.public_reason);
    close_with_reason(unit, obligation, state, reason, &CANCEL).await
}

/// What can be done with an obligation and its time limit, and why not now. `by` says as who the viewer extends it.
pub fn offered(
    viewer: &Viewer,
    standing: Standing,
    by: Result<Approver, Fault>,
    (obligation, limit): (&Model, &deadline::Model),
    today: NaiveDate,
    calendar: &Calendar,
) -> Vec<Offer> {
    let closing = |command: &Command| {
        if command.code == MISS.code {
            rules::require_overdue(obligation, limit, today)
        } else {
            rules::require_open(obligation)
        }
    };
    let changing = |command: &Command| {
        if command.code == PAUSE.code {
            rules::can_pause(limit, today, calendar)
        } else {
            rules::can_resume(limit, today, calendar)
        }
    };
    let of = Thing::Obligation;
    let mut all = offers(&[&FULFIL, &MISS, &CANCEL], of, viewer, standing, closing);
    all.extend(offers(&[&PAUSE, &RESUME], of, viewer, standing, changing));
    let extending = |by| rules::can_extend(limit, by, today, calendar);
    all.extend(offer(&EXTEND, viewer, by, extending));
    all
}

/// What can be done with a promise to which events answer, and why not now.
pub fn offered_on_event(
    viewer: &Viewer,
    standing: Standing,
    promise: &commitment::Model,
    contract: &contract::Model,
) -> Vec<Offer> {
    let rule = |_: &Command| {
        rules::require_on_event(promise)?;
        rules::require_running(contract)
    };
    offers(COMMANDS, Thing::Commitment, viewer, standing, rule)
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
    let calendar = in_force(&unit).await?;
    let closing = Closing {
        public_reason: Some(reason),
        ..Closing::on(state, unit.today())
    };
    let closed = close(&unit, obligation, closing, command, &calendar).await?;
    unit.commit().await?;
    Ok(closed)
}

/// Loads an obligation with its promise for a change of it, by a person who stands to it as the form asks.
async fn load(
    unit: &Unit,
    id: Uuid,
    expected_version: i32,
    form: &Form,
) -> Result<(Model, commitment::Model), Fault> {
    let (obligation, promise, standing) = seen(unit, id).await?;
    require(unit.viewer(), form.may, standing)?;
    expect_version(obligation.id, obligation.version, expected_version)?;
    Ok((obligation, promise))
}

/// An obligation that the viewer may see, its promise, and how he stands to it.
async fn seen(unit: &Unit, id: Uuid) -> Result<(Model, commitment::Model, Standing), Fault> {
    let obligation = Entity::found(unit.db(), unit.viewer(), id).await?;
    let commitment =
        commitment::Entity::found(unit.db(), unit.viewer(), obligation.commitment_id).await?;
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
    evidence: Vec<Uuid>,
    evidence_note: Option<String>,
    public_reason: Option<String>,
    backdating_reason: Option<String>,
}

impl Closing {
    fn on(state: State, on: NaiveDate) -> Self {
        Self {
            state,
            on,
            evidence: Vec::new(),
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
        evidence_document_id: closing.evidence.first().copied(),
        evidence_note: closing.evidence_note,
        days_late,
        public_reason: closing.public_reason,
        backdating_reason: closing.backdating_reason,
        ..obligation.clone()
    };
    let closed = save(unit, &obligation, closed).await?;
    let further = closing.evidence.iter().skip(1).copied();
    attachment::commands::attach(unit, closed.id, further).await?;
    record(
        unit,
        Change {
            command,
            subject_id: closed.id,
            before: Some(summary!({ "state": obligation.state })),
            after: Some(summary!({
                "state": closed.state,
                "doneOn": (closed.state == State::Fulfilled).then_some(closing.on),
                "evidenceDocumentIds": (!closing.evidence.is_empty()).then_some(&closing.evidence),
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
