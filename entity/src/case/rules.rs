//! What may happen to a case, who may do it, and which clocks it has. The clocks of a case follow from the version of its item and the
//! answers of its application alone (行政许可法第三十二条、第四十二条至第四十五条).

use chrono::NaiveDate;

use super::{Acceptance, Model, State, check, clock::Clock, notice, pause, silence::owes_paper};
use crate::{
    calendar::rules::Calendar,
    catalogue::{
        self, Authority, Limit as ItemLimit, LimitUnit, Material, Outcome, PauseKind, SilenceClass,
        StartEvent,
    },
    condition::{Answers, Truth},
    deadline::{
        self, LegalEffect, OnExpiry,
        pause::Kind as Ground,
        rules::{DeadlineError, Light, LightDays, Limit, Terms},
    },
    decision::by_another,
    error::refusals,
    item::version::Content,
    language::{Text, line, text},
    permission::{Action, Standing, require},
    policy::Margins,
    term::Term,
    viewer::{Role, Viewer},
};

/// Working days in which the applicant completes what is missing; the law leaves it to the office.
const CORRECTION: u32 = 10;

/// Working days after receipt in which at most a material may follow, and how many before the promised day it must be there.
const SUPPLEMENT: u32 = 20;
const BEFORE_PROMISE: u32 = 2;

/// Working days after a grant in which what was promised is checked.
const FOLLOW_UP: u32 = 30;

/// Working days in which the supervisor settles a contested pause.
const SETTLEMENT: u32 = 2;

/// Days that the end which a notice of a pause names is away at most; where the catalogue has a cap, that holds, too.
const LONGEST_PAUSE: i64 = 366;

/// How many lines a notice has at most.
const MOST_LINES: usize = 50;

/// How long a reason may be in characters, and the reasons of a decision.
const REASON: usize = 1000;
const REASONS: usize = 4000;

/// The line of the checklist that is about the conditions of the item.
pub const CONDITIONS: &str = "CONDITIONS";

refusals! {
    /// Why a command on a case was refused.
    pub enum CaseError as "CaseErrorCode" {
        /// It does not stand where this can be done.
        WrongState = "WRONG_STATE", "办件当前状态不能进行此操作，请刷新页面。", "The current state of the case does not allow this: reload the page.";
        /// He has taken it already.
        Taken = "TAKEN", "您已是该办件的承办人。", "You have already taken this case.";
        /// A text is missing or too long.
        TextInvalid = "TEXT_INVALID", "请填写内容，不要超出字数限制。", "Enter a text that is not longer than allowed.";
        /// Nobody has told in time what is missing.
        NoticeTooLate = "NOTICE_TOO_LATE",
            "一次告知期限已过，申请自收到之日起视为受理，请予受理。",
            "The limit for telling what is missing has passed: by law the application counts as accepted. Accept it.";
        /// A notice has at least one line, and not more than fifty.
        LinesInvalid = "LINES_INVALID", "请填写 1 至 50 项需要补正的内容。", "List 1 to 50 things to be corrected.";
        /// The catalogue has no such reason.
        ReasonUnknown = "REASON_UNKNOWN", "请从目录所列补正原因中选择。", "Choose a reason of the catalogue.";
        /// It is no material of this case.
        MaterialUnknown = "MATERIAL_UNKNOWN", "该办件没有这项材料。", "This case has no such material.";
        /// It is no field of the form of this item.
        FieldUnknown = "FIELD_UNKNOWN", "该办件的表单没有这项内容。", "The form of this case has no such field.";
        /// A further notice says why the first did not have it.
        AgainForMissing = "AGAIN_FOR_MISSING",
            "再次告知补正的，须写明第一次未能告知的原因；监督机构可以看到。",
            "A further notice must say why the first did not have it; the supervisor sees it.";
        /// Of what was asked for, something was not handed in.
        Incomplete = "INCOMPLETE", "请逐项提交需要补正的材料。", "Hand in every material that was asked for.";
        /// What is about no material is answered in words.
        NoteMissing = "NOTE_MISSING", "补正内容不限于材料，请说明如何补正。", "Something other than a material was to be corrected: say how.";
        /// Who asked for it does not record that it has come.
        AskedByYou = "ASKED_BY_YOU",
            "补正是您告知的，须由他人登记申请人提交的材料。",
            "You asked for this correction: another person must record what the applicant has handed in.";
        /// There is no such file, or it is about another enterprise.
        FileUnknown = "FILE_UNKNOWN", "找不到该文件，请先上传。", "The file was not found: upload it first.";
        /// The applicant would not see the file.
        FileHidden = "FILE_HIDDEN",
            "申请人看不到该文件，请作为该企业的非内部文件重新上传。",
            "The applicant cannot see this file: upload it as a file of this enterprise that is not internal.";
        /// Too many files at once.
        TooManyFiles = "TOO_MANY_FILES", "一次最多提交 10 个文件，合计不超过 20 MB。", "At most 10 files of together 20 MB at once.";
        /// The material does not follow.
        NotFollowing = "NOT_FOLLOWING", "没有需要补交的该项容缺材料。", "No such material is to follow, or it is there already.";
        /// There is no such line.
        LineUnknown = "LINE_UNKNOWN", "核对清单没有这一项。", "The checklist has no such line.";
        /// A line has no answer.
        Unchecked = "UNCHECKED", "核对清单还有未填写的项，请先逐项核对。", "The checklist has lines without an answer: check them first.";
        /// A grant needs every line met.
        Unmet = "UNMET", "核对清单有不符合的项，不能准予。", "The checklist has lines that are not met: it cannot be granted.";
        /// A material that was allowed to follow has not come yet.
        MaterialOwed = "MATERIAL_OWED",
            "容缺后补的材料尚未补齐，不能准予。",
            "A material that was allowed to follow has not been handed in: it cannot be granted.";
        /// The catalogue does not know this pause for this item.
        PauseUnknown = "PAUSE_UNKNOWN", "该事项不能以此事由暂停计时。", "The clocks of this item cannot be paused on this ground.";
        /// It is longer than its cap.
        PauseTooLong = "PAUSE_TOO_LONG", "超出该暂停事由的最长时间（含本办件此前以同一事由暂停的日数）。", "This is longer than pauses of this kind may last, earlier ones of the case included.";
        /// A pause has ended today.
        PausedToday = "PAUSED_TODAY", "上一次暂停到今天为止，请从明天起再暂停。", "The last pause ends today: pause again tomorrow.";
        /// It is paused.
        Paused = "PAUSED", "办件正在暂停计时，请先恢复。", "The clocks of the case are paused: resume them first.";
        /// It is not paused.
        NotPaused = "NOT_PAUSED", "办件未暂停，无需恢复。", "The clocks of the case are not paused: there is nothing to resume.";
        /// There is no pause that can be contested.
        NothingToContest = "NOTHING_TO_CONTEST", "没有可以提出异议的暂停。", "There is no pause to contest.";
        /// No pause is contested.
        NotContested = "NOT_CONTESTED", "没有待裁定的暂停异议。", "No contested pause is to be settled.";
        /// The day does not fit.
        DayInvalid = "DAY_INVALID", "日期不合适，请核对。", "The day does not fit: check it.";
        /// The limit has passed.
        Expired = "EXPIRED", "时限已过，不能再暂停或延长。", "The limit has passed: it can no longer be paused or extended.";
        /// It was extended once.
        AlreadyExtended = "ALREADY_EXTENDED", "时限只能延长一次。", "A limit can be extended only once.";
        /// The law allows fewer days, or no extension.
        BeyondLaw = "BEYOND_LAW", "超出法律允许的期限。", "This is later than the law allows.";
        /// The law gives the extension to another body.
        OtherAuthority = "OTHER_AUTHORITY", "该期限依法由本级人民政府负责人批准延长，部门不能延长。", "By law the head of the government extends this limit, not the department.";
        /// A promise is put off to a later day.
        NotLater = "NOT_LATER", "同意的日期须晚于现承诺日期。", "The day must be later than the promised day.";
        /// It has no running clock of this kind.
        NoClock = "NO_CLOCK", "该办件没有可以延长的时限。", "The case has no limit that could be extended.";
        /// The item cannot end so.
        OutcomeUnknown = "OUTCOME_UNKNOWN", "该事项没有这种办理结果。", "A case of this item cannot end so.";
        /// A refusal says why, and so does what turns an application away.
        ReasonsMissing = "REASONS_MISSING", "不予、不需要办理、不属于职权的，须写明理由。", "A refusal must say why, and so must what turns an application away.";
        /// One person turns nobody away here.
        ProposeFirst = "PROPOSE_FIRST",
            "该默许类别的办件须先拟办，由另一人作出决定。",
            "In this class of silence one person proposes this and another decides: propose it first.";
        /// The law has granted it already.
        DecidedBySilence = "DECIDED_BY_SILENCE",
            "法定期限已过，依法视为同意，不能再作决定。",
            "The limit of law has passed, so the law has granted this case: nothing can be decided any more.";
        /// Nothing was proposed.
        NotProposed = "NOT_PROPOSED", "请先拟办。", "Propose a decision first.";
        /// Silence has granted it, and the paper of that is not there yet.
        PaperOwed = "PAPER_OWED",
            "该办件逾期视为同意，请先补发默许文书，再登记送达。",
            "Silence has granted this case: record the paper first, then its delivery.";
        /// Whoever proposed it does not decide.
        SamePerson = "SAME_PERSON", "不予的决定和涉及默许类别的决定，须由拟办人以外的人作出。", "A refusal, and any decision of this class of silence, must be taken by another person than who proposed it.";
        /// What was sent by post is proved.
        ProofMissing = "PROOF_MISSING", "邮寄送达的，请附送达凭证。", "Attach the proof of what was sent by post.";
        /// Nothing is to be checked afterwards.
        NoFollowUp = "NO_FOLLOW_UP", "该办件没有需要核查的承诺。", "There is no promise to be checked in this case.";
    }
}

/// What is done to a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Act {
    /// An officer takes it.
    Take,
    /// The office accepts it.
    Accept,
    /// The office tells what is missing.
    AskCorrection,
    /// The applicant completes it.
    Complete,
    /// What was allowed to follow is handed in.
    HandIn,
    /// The matter needs no permission.
    NotRequired,
    /// Another body is competent.
    NotCompetent,
    /// A line of the checklist is answered.
    Check,
    /// The clocks are paused.
    Pause,
    /// They run again.
    Resume,
    /// The applicant contests a pause.
    ContestPause,
    /// The supervisor settles it.
    SettlePause,
    /// The limit of law is extended.
    Extend,
    /// The applicant agrees to a later day than was promised.
    AgreeExtension,
    /// What to decide is proposed.
    Propose,
    /// It is decided.
    Decide,
    /// The result is handed over.
    Deliver,
    /// What was promised is checked.
    FollowUp,
    /// The applicant withdraws it.
    Withdraw,
    /// It was not completed in time.
    Lapse,
}

impl Act {
    /// All of them.
    pub const ALL: [Self; 20] = [
        Self::Take,
        Self::Accept,
        Self::AskCorrection,
        Self::Complete,
        Self::HandIn,
        Self::NotRequired,
        Self::NotCompetent,
        Self::Check,
        Self::Pause,
        Self::Resume,
        Self::ContestPause,
        Self::SettlePause,
        Self::Extend,
        Self::AgreeExtension,
        Self::Propose,
        Self::Decide,
        Self::Deliver,
        Self::FollowUp,
        Self::Withdraw,
        Self::Lapse,
    ];

    /// In which states it can be done.
    fn states(self) -> &'static [State] {
        use State as S;
        match self {
            Self::Take => &[
                S::Received,
                S::CorrectionAsked,
                S::Accepted,
                S::PendingConfirmation,
                S::Decided,
            ],
            Self::Accept | Self::AskCorrection | Self::NotRequired | Self::NotCompetent => {
                &[S::Received]
            }
            Self::Complete => &[S::CorrectionAsked],
            Self::HandIn | Self::Lapse => &[S::Received, S::CorrectionAsked, S::Accepted],
            Self::Check => &[S::Received, S::Accepted, S::PendingConfirmation],
            Self::Pause | Self::Resume | Self::ContestPause => &[S::Accepted],
            // The word of the supervisor is given also when there is no clock left to put right.
            Self::SettlePause => &[
                S::Accepted,
                S::PendingConfirmation,
                S::Decided,
                S::Delivered,
                S::Ended,
                S::Revoked,
            ],
            Self::Extend | Self::AgreeExtension => &[S::Received, S::Accepted],
            // What is received can be turned away; that, too, is proposed where two decide.
            Self::Propose | Self::Decide => &[S::Received, S::Accepted, S::PendingConfirmation],
            Self::Deliver => &[S::Decided],
            Self::FollowUp => &[S::Decided, S::Delivered],
            Self::Withdraw => &S::OPEN,
        }
    }

    /// Whether it comes too late once the law has granted the case.
    pub fn ends_with_the_law(self) -> bool {
        matches!(
            self,
            Self::Pause
                | Self::Extend
                | Self::AgreeExtension
                | Self::Propose
                | Self::Decide
                | Self::Withdraw
                | Self::Lapse
        )
    }

    /// What a person needs to be allowed for it; what the program does by itself nobody is.
    pub const fn action(self) -> Option<Action> {
        match self {
            Self::Take
            | Self::Accept
            | Self::AskCorrection
            | Self::NotRequired
            | Self::NotCompetent
            | Self::Check
            | Self::Pause
            | Self::Resume
            | Self::Propose
            | Self::Decide
            | Self::Deliver
            | Self::FollowUp => Some(Action::WorkCases),
            Self::Complete | Self::HandIn => Some(Action::HandInForCase),
            Self::ContestPause | Self::AgreeExtension | Self::Withdraw => {
                Some(Action::ActAsApplicant)
            }
            Self::SettlePause => Some(Action::SettlePauses),
            Self::Extend => Some(Action::ExtendStatutoryLimit),
            Self::Lapse => None,
        }
    }
}

/// Whether an act can be done as the case stands, whoever does it.
pub fn can(act: Act, case: &Model) -> Result<(), CaseError> {
    if !act.states().contains(&case.state) {
        return Err(CaseError::WrongState);
    }
    match act {
        Act::Pause | Act::Extend | Act::AgreeExtension | Act::Propose | Act::Decide
            if case.paused_on.is_some() =>
        {
            Err(CaseError::Paused)
        }
        Act::Resume if case.paused_on.is_none() => Err(CaseError::NotPaused),
        Act::NotRequired | Act::NotCompetent if is_for_two(case.silence) => {
            Err(CaseError::ProposeFirst)
        }
        Act::Decide if case.proposed_by.is_none() => Err(CaseError::NotProposed),
        Act::Deliver if owes_paper(case) => Err(CaseError::PaperOwed),
        Act::FollowUp if !case.promises || !case.outcome.is_some_and(Outcome::gives) => {
            Err(CaseError::NoFollowUp)
        }
        _ => Ok(()),
    }
}

/// Whether this viewer, who is allowed to, can do an act now.
pub fn can_now(viewer: &Viewer, case: &Model, act: Act) -> Result<(), CaseError> {
    can(act, case)?;
    let is_taken = case.officer_id.is_some() && case.officer_id == viewer.account_id();
    match act {
        Act::Take if is_taken => Err(CaseError::Taken),
        Act::Decide if needs_two(case) => {
            by_another(viewer, &[case.proposed_by]).map_err(|_| CaseError::SamePerson)
        }
        _ => Ok(()),
    }
}

/// Whether one person proposes and another decides: a refusal, and every decision where silence would have an effect or must have none.
pub fn needs_two(case: &Model) -> bool {
    case.outcome == Some(Outcome::Refused) || is_for_two(case.silence)
}

/// Whether nobody ends a case of this class alone.
fn is_for_two(class: SilenceClass) -> bool {
    use SilenceClass::{T2, T3, T5, X};
    matches!(class, T2 | T3 | T5 | X)
}

/// How a viewer stands to a case.
pub fn standing(viewer: &Viewer, case: &Model) -> Standing {
    let Some(person) = viewer.person() else {
        return Standing::None;
    };
    let is_of_department = person.department_id == Some(case.department_id);
    match person.role {
        Role::Enterprise if person.enterprise_id == Some(case.enterprise_id) => Standing::Own,
        Role::WindowOfficer | Role::DepartmentHead if is_of_department => Standing::OwnDepartment,
        _ => Standing::None,
    }
}

/// Whether this viewer reads a case from inside: its applicant does not.
pub fn is_inside(viewer: &Viewer) -> bool {
    viewer.role() != Some(Role::Enterprise)
}

/// What this viewer can do now, in order.
pub fn open_to(viewer: &Viewer, case: &Model) -> Vec<Act> {
    let standing = standing(viewer, case);
    let may = |act: &Act| {
        let action = act.action();
        action.is_some_and(|action| require(viewer, action, standing).is_ok())
            && can_now(viewer, case, *act).is_ok()
    };
    Act::ALL.into_iter().filter(may).collect()
}

/// A clock that is going to be opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Opening {
    /// Which one.
    pub clock: Clock,
    /// How long, and what it means.
    pub terms: Terms,
    /// Its start event.
    pub started_on: NaiveDate,
}

/// From which event of a case clocks begin to run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Moment {
    /// It was received, or received again complete.
    Receipt,
    /// It was accepted, which is when all information was there.
    Acceptance,
    /// It was decided.
    Decision,
}

impl Moment {
    fn starts(self, start: StartEvent) -> bool {
        self == match start {
            StartEvent::Received => Self::Receipt,
            StartEvent::Accepted | StartEvent::AllInformation => Self::Acceptance,
            StartEvent::Decided => Self::Decision,
        }
    }
}

/// The limit of a clock for these answers: a row whose condition holds takes the place of that without one.
pub fn limit_of<'a>(
    content: &'a Content,
    clock: catalogue::Clock,
    answers: &Answers,
) -> Option<&'a ItemLimit> {
    let of_clock = || content.limits.iter().filter(|limit| limit.clock == clock);
    let holds = |limit: &&ItemLimit| {
        let condition = limit.condition.as_ref();
        condition.is_some_and(|condition| condition.truth(answers) == Truth::True)
    };
    of_clock()
        .find(holds)
        .or_else(|| of_clock().find(|limit| limit.condition.is_none()))
}

/// The clocks of the version that begin at this moment, on this day. A promise is never later than the law.
pub fn openings(
    content: &Content,
    answers: &Answers,
    moment: Moment,
    on: NaiveDate,
    calendar: &Calendar,
) -> Vec<Opening> {
    const CLOCKS: [(catalogue::Clock, Clock); 4] = [
        (catalogue::Clock::Notice, Clock::Notice),
        (catalogue::Clock::Statutory, Clock::Statutory),
        (catalogue::Clock::Promised, Clock::Promised),
        (catalogue::Clock::Delivery, Clock::Delivery),
    ];
    let mut opened: Vec<Opening> = Vec::new();
    for (of_item, clock) in CLOCKS {
        let Some(row) = limit_of(content, of_item, answers).filter(|row| moment.starts(row.start))
        else {
            continue;
        };
        let mut limit = plain(row);
        if clock == Clock::Promised {
            let mut by_law = opened.iter();
            let by_law = by_law.find(|other| other.clock == Clock::Statutory);
            let latest = by_law.map(|other| other.terms.limit.due_after(on, calendar));
            while limit.days > 0
                && latest.is_some_and(|latest| limit.due_after(on, calendar) > latest)
            {
                limit.days -= 1;
            }
        }
        let extension = match clock {
            Clock::Statutory => limit_of(content, catalogue::Clock::Extension, answers),
            _ => None,
        };
        opened.push(Opening {
            clock,
            terms: Terms {
                extension: extension.map_or(0, |row| u32::from(row.limit)),
                ..terms(clock, content.item.silence, limit)
            },
            started_on: on,
        });
    }
    opened
}

/// The day of what was allowed to follow: two working days before the promised day, as it is when the case is accepted at once and the law leaves so
/// long, within twenty of the receipt, and not on the day of the receipt itself.
pub fn supplement(
    content: &Content,
    answers: &Answers,
    received_on: NaiveDate,
    calendar: &Calendar,
) -> Opening {
    let due = |clock| {
        let row = limit_of(content, clock, answers)?;
        Some(plain(row).due_after(received_on, calendar))
    };
    let ends = [catalogue::Clock::Promised, catalogue::Clock::Statutory];
    let first = ends.into_iter().filter_map(due).min();
    let days = first.map_or(SUPPLEMENT, |first| {
        let between = calendar.working_days_between(received_on, first);
        let between = u32::try_from(between).unwrap_or(0);
        between.saturating_sub(BEFORE_PROMISE)
    });
    of_park(Clock::Supplement, days.clamp(1, SUPPLEMENT), received_on)
}

/// The day by which the applicant completes what is missing.
pub fn correction(asked_on: NaiveDate) -> Opening {
    of_park(Clock::Correction, CORRECTION, asked_on)
}

/// The day by which the office checks what was promised.
pub fn follow_up(decided_on: NaiveDate) -> Opening {
    of_park(Clock::FollowUp, FOLLOW_UP, decided_on)
}

fn of_park(clock: Clock, days: u32, started_on: NaiveDate) -> Opening {
    Opening {
        clock,
        terms: terms(clock, None, Limit::working_days(days)),
        started_on,
    }
}

fn plain(row: &ItemLimit) -> Limit {
    let days = u32::from(row.limit);
    match row.unit {
        LimitUnit::WorkingDay => Limit::working_days(days),
        LimitUnit::CalendarDay => Limit::calendar_days(days),
        LimitUnit::OnTheSpot => Limit::working_days(0),
    }
}

/// What it means to break a clock: the park has set what the applicant owes, and nobody breaks a law by being late with it.
fn terms(clock: Clock, silence: Option<SilenceClass>, limit: Limit) -> Terms {
    let deems = matches!(silence, Some(SilenceClass::T2 | SilenceClass::T3));
    Terms {
        legal_effect: match clock {
            Clock::Promised => LegalEffect::Promised,
            clock if clock.is_of_office() => LegalEffect::Statutory,
            _ => LegalEffect::Planned,
        },
        on_expiry: match clock {
            Clock::Statutory if deems => OnExpiry::Deem,
            clock if clock.is_of_office() => OnExpiry::Escalate,
            _ => OnExpiry::Warn,
        },
        limit,
        extension: 0,
    }
}

/// When a case is due, and the days on which its light changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Due {
    /// The earliest end.
    pub on: NaiveDate,
    /// The light days of what the office owes.
    pub lights: LightDays,
}

/// When a case with these clocks is due: by the earliest that is open and that the office owes, else that its applicant owes. Nothing when none is
/// open.
pub fn due<'a>(clocks: impl Iterator<Item = (Clock, &'a deadline::Model)> + Clone) -> Option<Due> {
    let open = clocks.filter(|(_, limit)| limit.state.is_open());
    let of_office = open.clone().filter(|(clock, _)| clock.is_of_office());
    let first = of_office.clone().map(|(_, limit)| limit.due_on).min();
    let on = first.or_else(|| open.map(|(_, limit)| limit.due_on).min())?;
    let earliest = |of: fn(&deadline::Model) -> Option<NaiveDate>| {
        of_office.clone().filter_map(|(_, limit)| of(limit)).min()
    };
    Some(Due {
        on,
        lights: LightDays {
            yellow_from: earliest(|limit| limit.yellow_from),
            orange_from: earliest(|limit| limit.orange_from),
            red_from: earliest(|limit| limit.red_from),
            black_from: earliest(|limit| limit.black_from),
        },
    })
}

impl Due {
    /// The case with these days kept.
    pub(crate) fn kept_with(self, case: Model) -> Model {
        Model {
            due_on: self.on,
            yellow_from: self.lights.yellow_from,
            orange_from: self.lights.orange_from,
            red_from: self.lights.red_from,
            black_from: self.lights.black_from,
            ..case
        }
    }
}

/// The light of a case on a day: that of its worst clock of the office; nothing when the office owes nothing.
pub fn light(case: &Model, on: NaiveDate) -> Option<Light> {
    let days = case.light_days();
    match (days.light(on), case.paused_on) {
        (Some(light), _) => Some(light),
        (None, Some(_)) => Some(Light::Grey),
        (None, None) => days.yellow_from.map(|_| Light::Green),
    }
}

/// From which day a case counts as accepted, and how, when the office accepts it `today`: what was completed from the day on which it was complete, and
/// what nobody has answered in time from its receipt, whatever is said now.
pub fn acceptance(
    notice: &deadline::Model,
    completed: bool,
    today: NaiveDate,
) -> (NaiveDate, Acceptance) {
    if notice.state.is_open() && notice.due_on < today {
        (notice.started_on, Acceptance::Deemed)
    } else if completed {
        (notice.started_on, Acceptance::Express)
    } else {
        (today, Acceptance::Express)
    }
}

/// Whether it can still be told what is missing, or that the office does not decide.
pub fn in_time(notice: Option<&deadline::Model>, today: NaiveDate) -> Result<(), CaseError> {
    match notice {
        Some(notice) if notice.due_on < today => Err(CaseError::NoticeTooLate),
        _ => Ok(()),
    }
}

/// Whether a case of this item that is not complete is handed back with all that is missing, to be handed in again: where that is told on the spot
/// (不动产登记暂行条例第十七条), or within the limit of the decision itself (市场主体登记管理条例第十九条), there is no stage of correction.
pub fn is_handed_back(content: &Content, answers: &Answers) -> bool {
    let of = |clock| limit_of(content, clock, answers);
    let (Some(notice), law) = (
        of(catalogue::Clock::Notice),
        of(catalogue::Clock::Statutory),
    ) else {
        return false;
    };
    let is_decision = |law: &ItemLimit| {
        (notice.limit, notice.unit, notice.start) == (law.limit, law.unit, law.start)
    };
    notice.unit == LimitUnit::OnTheSpot || law.is_some_and(is_decision)
}

/// The materials that the version asks for by these answers.
pub fn materials<'a>(
    content: &'a Content,
    answers: &Answers,
) -> impl Iterator<Item = &'a Material> {
    let asked = |material: &&Material| material.is_asked(answers);
    content.materials.iter().filter(asked)
}

/// The material with this key, if the version asks for it.
pub fn material<'a>(content: &'a Content, answers: &Answers, key: &str) -> Option<&'a Material> {
    materials(content, answers).find(|material| material.key() == key)
}

/// Whether a material may be handed in after receipt although nobody has asked for it: it is one of those that `follow` and are not there yet.
pub fn may_follow(follow: &[String], key: &str) -> Result<(), CaseError> {
    match follow.iter().any(|one| one == key) {
        true => Ok(()),
        false => Err(CaseError::NotFollowing),
    }
}

/// Whether the head of the deciding body may extend the limit of law: not where the law gives that to the head of the government.
pub fn may_extend(content: &Content, answers: &Answers) -> Result<(), CaseError> {
    let extension = limit_of(content, catalogue::Clock::Extension, answers);
    match extension.and_then(|row| row.extension_by) {
        Some(Authority::HeadOfGovernment) => Err(CaseError::OtherAuthority),
        _ => Ok(()),
    }
}

/// The lines of the checklist: each material that is asked for, and the conditions of the item.
pub fn checklist(content: &Content, answers: &Answers) -> Vec<(String, Text)> {
    let materials = materials(content, answers);
    let mut lines: Vec<(String, Text)> = materials
        .map(|material| (material.key(), material.name.clone()))
        .collect();
    if let Some(guide) = &content.guide {
        lines.push((CONDITIONS.to_owned(), guide.conditions.clone()));
    }
    lines
}

/// Whether everything was looked at, and, for a grant, everything is as it should be.
pub fn is_checked(
    content: &Content,
    answers: &Answers,
    checks: &[check::Model],
    outcome: Outcome,
) -> Result<(), CaseError> {
    for (line, _) in checklist(content, answers) {
        let check = checks.iter().find(|check| check.line == line);
        match check {
            None => return Err(CaseError::Unchecked),
            Some(check) if !check.is_met && outcome != Outcome::Refused => {
                return Err(CaseError::Unmet);
            }
            Some(_) => {}
        }
    }
    Ok(())
}

/// Whether an office decides so; the other outcomes are brought about otherwise.
pub fn is_of_office(outcome: Outcome) -> bool {
    let decides = matches!(
        outcome,
        Outcome::Granted | Outcome::Refused | Outcome::Filed
    );
    decides || outcome.turns_away()
}

/// Whether an office can end a case of this version so while it stands so: before the acceptance it turns away, afterwards it decides.
pub fn can_end(content: &Content, state: State, outcome: Outcome) -> Result<(), CaseError> {
    let mut known = content.guide.iter().flat_map(|guide| &guide.outcomes);
    let fits = outcome.turns_away() == (state == State::Received);
    match is_of_office(outcome) && fits && known.any(|(known, _)| *known == outcome) {
        true => Ok(()),
        false => Err(CaseError::OutcomeUnknown),
    }
}

/// What is proposed with its reasons, if a case of this version that stands so can end so.
pub fn proposal(
    content: &Content,
    state: State,
    outcome: Outcome,
    reasons: Option<&str>,
) -> Result<Option<String>, (&'static str, CaseError)> {
    can_end(content, state, outcome).map_err(|code| ("outcome", code))?;
    let reasons = reasons.filter(|reasons| !reasons.trim().is_empty());
    match reasons {
        Some(given) => match text(given, REASONS) {
            Some(kept) => Ok(Some(kept)),
            None => Err(("reasons", CaseError::TextInvalid)),
        },
        None if outcome == Outcome::Refused || outcome.turns_away() => {
            Err(("reasons", CaseError::ReasonsMissing))
        }
        None => Ok(None),
    }
}

/// A reason as it is kept.
pub fn reason(given: &str) -> Result<String, CaseError> {
    text(given, REASON).ok_or(CaseError::TextInvalid)
}

/// The number of a paper as it is kept.
pub fn paper_number(given: &str) -> Result<String, CaseError> {
    line(given, 60).ok_or(CaseError::TextInvalid)
}

/// Why a further notice is served; the first has no such reason.
pub fn again_for(notices: usize, given: Option<&str>) -> Result<Option<String>, CaseError> {
    let given = given.filter(|given| !given.trim().is_empty());
    match (notices, given) {
        (0, _) => Ok(None),
        (_, None) => Err(CaseError::AgainForMissing),
        (_, Some(given)) => reason(given).map(Some),
    }
}

/// Whether a notice may have so many lines.
pub fn lines(many: usize) -> Result<(), CaseError> {
    match many {
        1..=MOST_LINES => Ok(()),
        _ => Err(CaseError::LinesInvalid),
    }
}

/// Whether a notice asks for something that is no material: that is answered in words.
pub fn asks_for_words(asked: &notice::Lines) -> bool {
    let mut lines = asked.0.iter();
    lines.any(|line| !matches!(line.about, notice::About::Material(_)))
}

/// Whether the files of every material that the notice asks for are there, and words where it asks for something else.
pub fn is_complete<'a>(
    asked: &notice::Lines,
    given: impl Iterator<Item = &'a str> + Clone,
    note: Option<&str>,
) -> Result<(), (&'static str, CaseError)> {
    if asks_for_words(asked) && note.is_none() {
        return Err(("note", CaseError::NoteMissing));
    }
    for line in &asked.0 {
        if let notice::About::Material(key) = &line.about
            && !given.clone().any(|given| given == key)
        {
            return Err(("materials", CaseError::Incomplete));
        }
    }
    Ok(())
}

/// Whether the clocks of an item may stand on a ground from a day to a day: the catalogue has it for the item, and caps it together with what the case
/// was paused before on the same ground.
pub fn may_pause(
    known: &[PauseKind],
    content: &Content,
    answers: &Answers,
    kind: Ground,
    (from, to): (NaiveDate, NaiveDate),
    before: &[pause::Model],
    calendar: &Calendar,
) -> Result<(), (&'static str, CaseError)> {
    let code = &content.item.code;
    let mut known = known.iter();
    let known = known
        .find(|one| one.code == kind.code())
        .filter(|one| one.only_items.is_empty() || one.only_items.contains(code))
        .ok_or(("kind", CaseError::PauseUnknown))?;
    if to < from {
        return Err(("expectedEndOn", CaseError::DayInvalid));
    }
    if (to - from).num_days() > LONGEST_PAUSE {
        return Err(("expectedEndOn", CaseError::PauseTooLong));
    }
    let of_item = match kind {
        Ground::Expert | Ground::Evaluation => {
            limit_of(content, catalogue::Clock::ExpertCap, answers).map(|row| row.limit)
        }
        _ => None,
    };
    // The first day is one of those that are not counted.
    let days = |from: NaiveDate, to| {
        let before = from.pred_opt().unwrap_or(from);
        calendar.working_days_between(before, to)
    };
    let earlier = before
        .iter()
        .filter(|pause| pause.kind == kind && pause.upheld != Some(false))
        .map(|pause| {
            days(
                pause.started_on,
                pause.ended_on.unwrap_or(pause.expected_end_on),
            )
        });
    let long = days(from, to) + earlier.sum::<i32>();
    match of_item.or(known.cap) {
        Some(cap) if long > i32::from(cap) => Err(("expectedEndOn", CaseError::PauseTooLong)),
        _ => Ok(()),
    }
}

/// Whether a delivery on this day, of what was decided then, can be recorded today: as far back as the park lets deeds be dated.
pub fn delivered_on(
    on: NaiveDate,
    decided_on: Option<NaiveDate>,
    today: NaiveDate,
    margins: Margins,
    calendar: &Calendar,
) -> Result<(), CaseError> {
    let is_before = decided_on.is_some_and(|decided| on < decided);
    let back = calendar.working_days_between(on, today).unsigned_abs();
    match on > today || is_before || back > margins.backdating {
        true => Err(CaseError::DayInvalid),
        false => Ok(()),
    }
}

/// The last day on which the supervisor settles a pause that was contested on a day.
pub fn settle_by(contested_on: NaiveDate, calendar: &Calendar) -> NaiveDate {
    Limit::working_days(SETTLEMENT).due_after(contested_on, calendar)
}

/// What a refusal of the limit itself is called here.
pub fn of_limit(error: DeadlineError) -> CaseError {
    match error {
        DeadlineError::Expired => CaseError::Expired,
        DeadlineError::AlreadyExtended => CaseError::AlreadyExtended,
        DeadlineError::BeyondLaw | DeadlineError::ExtensionLength | DeadlineError::HeadDecides => {
            CaseError::BeyondLaw
        }
        DeadlineError::ReasonMissing | DeadlineError::ReasonTooLong => CaseError::TextInvalid,
        DeadlineError::PauseTooEarly
        | DeadlineError::PauseInFuture
        | DeadlineError::EndBeforeStart
        | DeadlineError::EndInFuture => CaseError::DayInvalid,
        _ => CaseError::WrongState,
    }
}

#[cfg(test)]
mod tests;
