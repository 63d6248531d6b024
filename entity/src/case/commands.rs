//! What becomes of a case: its receipt, and what the office, the applicant, the supervisor and the program do with it. Each command writes an
//! event that the applicant can read, and keeps with the case when it is due.

use std::sync::Arc;

use chrono::NaiveDate;
use sea_orm::{EntityTrait, entity::prelude::*};

use super::{
    ActiveModel, Entity, Model, State,
    clock::{self, Clock},
    event, material, repository,
    rules::{self, Act, CaseError, Due, Moment, Opening},
};
use crate::{
    application,
    audit::commands::{Change, Summary, record, summary},
    calendar::{self, rules::Calendar},
    command::{Command, Offer, Thing, commands, offers_by},
    condition::Answers,
    deadline::{self, rules::LightDays},
    document,
    error::{CommandError, Fault, expect_version},
    id::new_id,
    item::{self, version, version::Content},
    permission::require,
    store::Unit,
    table::{self, Visible},
    viewer::Viewer,
};

mod intake;
mod letters;
mod limit;
mod review;

pub use intake::{
    Accept, AskCorrection, Complete, HandIn, Handing, NewLine, NotCompetent, NotRequired, Take,
    Withdraw, accept, ask_correction, complete, hand_in, lapse, not_competent, not_required, take,
    withdraw,
};
pub use limit::{
    AgreeExtension, ContestPause, Extend, Pause, Resume, SettlePause, agree_extension,
    contest_pause, extend, pause, resume, settle_pause,
};
pub use review::{
    Check, Decide, Deliver, FollowUp, Propose, check, decide, deliver, follow_up, propose,
};

commands! {
    /// An item of an application is received.
    RECEIVE = "case.receive" on Case: "收件", "received";
    /// An officer takes a case.
    TAKE = "case.take" on Case: "承办", "taken", form Take;
    /// A case is accepted.
    ACCEPT = "case.accept" on Case: "受理", "accepted", form Accept;
    /// The applicant is told what is missing.
    ASK_CORRECTION = "case.ask_correction" on Case: "告知补正", "correction asked for";
    /// The applicant completes a case.
    COMPLETE = "case.complete" on Case: "补正", "completed";
    /// What was allowed to follow is handed in.
    HAND_IN = "case.hand_in" on Case: "补交材料", "materials handed in";
    /// The matter needs no permission.
    NOT_REQUIRED = "case.not_required" on Case: "告知不需要办理", "found not required", form NotRequired;
    /// Another body is competent.
    NOT_COMPETENT = "case.not_competent" on Case: "告知不属于职权", "found not competent", form NotCompetent;
    /// A line of the checklist is answered.
    CHECK = "case.check" on Case: "核对", "checked", form Check;
    /// The clocks are paused.
    PAUSE = "case.pause" on Case: "暂停计时", "paused", form Pause;
    /// They run again.
    RESUME = "case.resume" on Case: "恢复计时", "resumed", form Resume;
    /// The applicant contests a pause.
    CONTEST_PAUSE = "case.contest_pause" on Case: "对暂停提出异议", "pause contested", form ContestPause;
    /// The supervisor settles a contested pause.
    SETTLE_PAUSE = "case.settle_pause" on Case: "裁定暂停异议", "contested pause settled", form SettlePause;
    /// The limit of law is extended.
    EXTEND = "case.extend" on Case: "依法延长期限", "extended by law", form Extend;
    /// The applicant agrees to a later day than was promised.
    AGREE_EXTENSION = "case.agree_extension" on Case: "同意延期", "extension agreed", form AgreeExtension;
    /// A decision is proposed.
    PROPOSE = "case.propose" on Case: "拟办", "proposed", form Propose;
    /// A case is decided.
    DECIDE = "case.decide" on Case: "作出决定", "decided", form Decide;
    /// The result is handed over.
    DELIVER = "case.deliver" on Case: "送达", "delivered", form Deliver;
    /// What was promised instead of a material is checked.
    FOLLOW_UP = "case.follow_up" on Case: "核查承诺", "promise checked", form FollowUp;
    /// The applicant withdraws a case.
    WITHDRAW = "case.withdraw" on Case: "撤回申请", "withdrawn", form Withdraw;
    /// A case that was not completed in time lapses.
    LAPSE = "case.lapse" on Case: "逾期终止", "lapsed";
}

/// What a command answers.
pub type Outcome = Result<Model, CommandError<CaseError>>;

fn refused(field: &'static str) -> impl FnOnce(CaseError) -> CommandError<CaseError> {
    move |code| CommandError::refused(&[field], code)
}

/// An item of an application that is handed in.
#[derive(Clone, Copy, Debug)]
pub struct Handed<'a> {
    /// The application, as received.
    pub application: &'a application::Model,
    /// The item.
    pub item: &'a item::Model,
    /// The version by which it is decided.
    pub version: &'a version::Model,
    /// The answers by which its limits and materials follow from that.
    pub answers: &'a Answers,
    /// Whether a material follows.
    pub follows: bool,
    /// Whether a written promise replaces a material.
    pub promises: bool,
}

/// Receives an item of an application, in the transaction of its receipt: its clocks begin.
pub async fn receive(unit: &Unit, handed: Handed<'_>) -> Result<Model, Fault> {
    let Handed {
        application,
        item,
        version,
        answers,
        follows,
        promises,
    } = handed;
    let not_received = || Fault::Internal(format!("{} is not received", application.id));
    let number = application.number.as_ref().ok_or_else(not_received)?;
    let silence = version.content.item.silence;
    let silence = silence.ok_or_else(|| Fault::Internal(format!("{} has no class", version.id)))?;
    let calendar = calendar::repository::in_force(unit).await?;
    let today = unit.today();
    let content = &version.content;
    let mut openings = rules::openings(content, answers, Moment::Receipt, today, &calendar);
    if follows {
        openings.push(rules::supplement(content, answers, today, &calendar));
    }
    let id = new_id(unit.now());
    let clocks = opened(unit, &calendar, id, &[], openings);
    let due = rules::due(clocks.iter().map(|(clock, limit)| (clock.clock, limit)));
    let due = due.ok_or_else(|| Fault::Internal(format!("{} has no clock", version.id)))?;
    let case = due.kept_with(Model {
        id,
        number: format!("{number}-{}", item.code),
        application_id: application.id,
        item_id: item.id,
        version_id: version.id,
        enterprise_id: application.enterprise_id,
        project_id: application.project_id,
        department_id: item.department_id,
        officer_id: None,
        answers: answers.clone(),
        promises,
        silence,
        state: State::Received,
        received_at: unit.now(),
        received_on: today,
        accepted_on: None,
        acceptance: None,
        outcome: None,
        reasons: None,
        proposed_by: None,
        proposed_at: None,
        decided_by: None,
        decided_at: None,
        decided_on: None,
        paper_number: None,
        paper_id: None,
        delivered_on: None,
        delivery: None,
        paused_on: None,
        due_on: today,
        yellow_from: None,
        orange_from: None,
        red_from: None,
        black_from: None,
        version: 1,
    });
    Entity::insert(ActiveModel::from(case.clone()).reset_all())
        .exec_without_returning(unit.db())
        .await?;
    let materials = rules::materials(content, answers).map(|material| {
        let row = material::Model {
            case_id: case.id,
            material: material.key(),
        };
        material::ActiveModel::from(row).reset_all()
    });
    unit.insert_all(materials.collect()).await?;
    keep_clocks(unit, &calendar, &clocks).await?;
    told(
        unit,
        None,
        &case,
        Done::new(&RECEIVE, event::Kind::Received),
    )
    .await?;
    Ok(case)
}

/// A case with what a command needs of it.
struct Found {
    case: Model,
    version: Arc<version::Model>,
    calendar: Calendar,
    clocks: Vec<(clock::Model, deadline::Model)>,
}

impl Found {
    /// What the version of its item says.
    fn content(&self) -> &Content {
        &self.version.content
    }

    /// The open clock of this kind.
    fn open(&self, clock: Clock) -> Option<&deadline::Model> {
        let mut clocks = self.clocks.iter();
        let open = clocks.find(|(one, limit)| one.clock == clock && limit.state.is_open());
        open.map(|(_, limit)| limit)
    }

    /// The open clocks that are such.
    fn all_open(&self, such: impl Fn(Clock) -> bool) -> Vec<&deadline::Model> {
        let clocks = self.clocks.iter();
        let open = clocks.filter(|(one, limit)| such(one.clock) && limit.state.is_open());
        open.map(|(_, limit)| limit).collect()
    }
}

/// The case with this key in the version that was seen, for an act that this viewer can do now.
async fn load(
    unit: &Unit,
    id: Uuid,
    expected_version: i32,
    act: Act,
) -> Result<Found, CommandError<CaseError>> {
    let viewer = unit.viewer();
    let case = Entity::found(unit.db(), viewer, id).await?;
    require(viewer, act.action(), rules::standing(viewer, &case))?;
    expect_version(case.id, case.version, expected_version)?;
    rules::can_now(viewer, &case, act).map_err(refused("id"))?;
    Ok(found(unit, case).await?)
}

async fn found(unit: &Unit, case: Model) -> Result<Found, Fault> {
    let mut clocks = repository::limits_of(unit.db(), &[case.id]).await?;
    Ok(Found {
        version: repository::version_of(unit, &case).await?,
        calendar: calendar::repository::in_force(unit).await?,
        clocks: clocks.remove(&case.id).unwrap_or_default(),
        case,
    })
}

/// New clocks of a case as rows that are not stored yet; `known` are those that it has.
fn opened(
    unit: &Unit,
    calendar: &Calendar,
    case_id: Uuid,
    known: &[(clock::Model, deadline::Model)],
    openings: Vec<Opening>,
) -> Vec<(clock::Model, deadline::Model)> {
    let open = |opening: Opening| {
        let limit = deadline::commands::new_row(unit, calendar, opening.terms, opening.started_on);
        let before = known.iter().filter(|(one, _)| one.clock == opening.clock);
        let clock = clock::Model {
            deadline_id: limit.id,
            case_id,
            clock: opening.clock,
            number: i32::try_from(before.count()).unwrap_or(i32::MAX - 1) + 1,
        };
        (clock, limit)
    };
    openings.into_iter().map(open).collect()
}

async fn keep_clocks(
    unit: &Unit,
    calendar: &Calendar,
    clocks: &[(clock::Model, deadline::Model)],
) -> Result<(), Fault> {
    let limits: Vec<deadline::Model> = clocks.iter().map(|(_, limit)| limit.clone()).collect();
    deadline::commands::insert_in(unit, calendar, &limits).await?;
    let rows = clocks
        .iter()
        .map(|(clock, _)| clock::ActiveModel::from(clock.clone()).reset_all());
    unit.insert_all(rows.collect()).await
}

/// Opens further clocks of a case.
async fn open(unit: &Unit, of: &Found, openings: Vec<Opening>) -> Result<(), Fault> {
    let clocks = opened(unit, &of.calendar, of.case.id, &of.clocks, openings);
    keep_clocks(unit, &of.calendar, &clocks).await
}

/// What was owed by the open clocks that are `such` was done today.
async fn meet(unit: &Unit, of: &Found, such: impl Fn(Clock) -> bool) -> Result<(), Fault> {
    meet_on(unit, of, unit.today(), such).await
}

/// The same on a day.
async fn meet_on(
    unit: &Unit,
    of: &Found,
    on: NaiveDate,
    such: impl Fn(Clock) -> bool,
) -> Result<(), Fault> {
    for limit in of.all_open(such) {
        deadline::commands::meet_in(unit, &of.calendar, limit.id, on)
            .await
            .map_err(|error| unexpected(&error))?;
    }
    Ok(())
}

/// What was owed by the open clocks that are `such` is owed no more.
async fn cancel(
    unit: &Unit,
    of: &Found,
    reason: &str,
    such: impl Fn(Clock) -> bool,
) -> Result<(), Fault> {
    for limit in of.all_open(such) {
        deadline::commands::cancel_in(unit, &of.calendar, limit.id, reason)
            .await
            .map_err(|error| unexpected(&error))?;
    }
    Ok(())
}

fn unexpected(error: &CommandError<deadline::rules::DeadlineError>) -> Fault {
    Fault::Internal(format!("an open clock of a case: {error:?}"))
}

/// What was done to a case, as it is told.
struct Done<'a> {
    command: &'static Command,
    event: event::Kind,
    /// Why, or in which way; the applicant reads it.
    reason: Option<&'a str>,
    /// What the audit trail tells beside the case.
    beside: Option<Summary>,
}

impl<'a> Done<'a> {
    fn new(command: &'static Command, event: event::Kind) -> Self {
        Self {
            command,
            event,
            reason: None,
            beside: None,
        }
    }

    fn because(self, reason: &'a str) -> Self {
        Self {
            reason: Some(reason),
            ..self
        }
    }
}

/// The guarded save with its event and its audit entry: only over the version that was seen. When it is due follows from its clocks as they are in
/// the database now.
async fn save(unit: &Unit, before: &Model, after: Model, done: Done<'_>) -> Result<Model, Fault> {
    let mut clocks = repository::limits_of(unit.db(), &[before.id]).await?;
    let after = with_due(after, &clocks.remove(&before.id).unwrap_or_default());
    let after = table::save(unit, before, after).await?;
    told(unit, Some(before), &after, done).await?;
    Ok(after)
}

/// A case as it is due by these clocks.
fn with_due(case: Model, clocks: &[(clock::Model, deadline::Model)]) -> Model {
    let due = rules::due(clocks.iter().map(|(clock, limit)| (clock.clock, limit)));
    let over = Due {
        on: case.due_on,
        lights: LightDays::default(),
    };
    due.unwrap_or(over).kept_with(case)
}

/// How many cases are counted again at once.
const AT_ONCE: u64 = 500;

/// Keeps with the cases when they are due, after their clocks were counted anew. Nothing else of them changes, so their versions stay.
pub(crate) async fn recount_in(unit: &Unit) -> Result<(), Fault> {
    let mut after = None;
    loop {
        let cases = repository::running_after(unit.db(), after, AT_ONCE).await?;
        let Some(last) = cases.last() else {
            return Ok(());
        };
        after = Some(last.id);
        let ids: Vec<Uuid> = cases.iter().map(|case| case.id).collect();
        let mut clocks = repository::limits_of(unit.db(), &ids).await?;
        for before in cases {
            let clocks = clocks.remove(&before.id).unwrap_or_default();
            let after = with_due(before.clone(), &clocks);
            if after != before {
                table::save_below(unit, &before, &after).await?;
            }
        }
    }
}

/// Writes the event and the audit entry of what was done.
async fn told(
    unit: &Unit,
    before: Option<&Model>,
    after: &Model,
    done: Done<'_>,
) -> Result<(), Fault> {
    let run = match unit.viewer() {
        Viewer::System { name } => Some(name.clone()),
        _ => None,
    };
    let event = event::Model {
        id: new_id(unit.now()),
        case_id: after.id,
        place: after.version,
        kind: done.event,
        at: unit.now(),
        account_id: unit.viewer().account_id(),
        run,
        reason: done.reason.map(str::to_owned),
    };
    event::Entity::insert(event::ActiveModel::from(event).reset_all())
        .exec_without_returning(unit.db())
        .await?;
    let mut now = summary(after);
    if let (Some(fields), Some(Summary(beside))) = (now.0.as_object_mut(), done.beside)
        && let Json::Object(beside) = beside
    {
        fields.extend(beside);
    }
    let change = Change {
        command: done.command,
        subject_id: after.id,
        before: before.map(summary),
        after: Some(now),
        reason: done.reason,
    };
    record(unit, change).await
}

/// How a case is written down.
fn summary(case: &Model) -> Summary {
    summary!({
        "number": case.number,
        "state": case.state,
        "officerId": case.officer_id,
        "acceptedOn": case.accepted_on,
        "pausedOn": case.paused_on,
        "outcome": case.outcome,
        "reasons": case.reasons,
        "paperNumber": case.paper_number,
        "deliveredOn": case.delivered_on,
        "dueOn": case.due_on,
    })
}

/// A file that the viewer may see and that is not about another enterprise.
async fn file(
    unit: &Unit,
    case: &Model,
    id: Uuid,
    field: &'static str,
) -> Result<(), CommandError<CaseError>> {
    let (viewer, firm) = (unit.viewer(), case.enterprise_id);
    let found = document::repository::find_about(unit.db(), viewer, id, firm).await?;
    match found {
        Some(_) => Ok(()),
        None => Err(CommandError::refused(&[field], CaseError::FileUnknown)),
    }
}

/// What can be done with a case, and why not now.
pub fn offered(viewer: &Viewer, case: &Model) -> Vec<Offer> {
    let standing = rules::standing(viewer, case);
    let act = |command: &Command| {
        let mut acts = ACTS.iter();
        let found = acts.find(|(known, _)| known.code == command.code);
        found.map(|(_, act)| *act)
    };
    offers_by(
        COMMANDS,
        Thing::Case,
        viewer,
        |_, form| require(viewer, form.may, standing),
        |command| match act(command) {
            Some(act) => rules::can_now(viewer, case, act),
            None => Ok(()),
        },
    )
}

/// The commands with a form, and what each does.
static ACTS: [(&Command, Act); 16] = [
    (&TAKE, Act::Take),
    (&ACCEPT, Act::Accept),
    (&NOT_REQUIRED, Act::NotRequired),
    (&NOT_COMPETENT, Act::NotCompetent),
    (&CHECK, Act::Check),
    (&PAUSE, Act::Pause),
    (&RESUME, Act::Resume),
    (&CONTEST_PAUSE, Act::ContestPause),
    (&SETTLE_PAUSE, Act::SettlePause),
    (&EXTEND, Act::Extend),
    (&AGREE_EXTENSION, Act::AgreeExtension),
    (&PROPOSE, Act::Propose),
    (&DECIDE, Act::Decide),
    (&DELIVER, Act::Deliver),
    (&FOLLOW_UP, Act::FollowUp),
    (&WITHDRAW, Act::Withdraw),
];
