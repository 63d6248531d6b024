//! Letter (邮件): one message to one recipient, waiting in the outbox (发件箱) until it is delivered or has visibly failed.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::{language::Text, term::term};

pub mod attachment;
pub mod attempt;
pub mod commands;
pub mod facts;
pub mod hold;
pub mod repository;
pub mod rules;
pub mod suppression;

/// What a letter is about.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize,
)]
#[sea_orm(
    rs_type = "String",
    db_type = "String(StringLen::N(40))",
    rename_all = "SCREAMING_SNAKE_CASE"
)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Kind {
    /// 邀请: the first sign-in of a person.
    Invitation,
    /// 重置密码: a link for a forgotten password.
    Password,
    /// 待办清单: the one letter a person gets per working day.
    Digest,
    /// 法定超期: a statutory limit has passed.
    StatutoryOverdue,
    /// 契约到期: a contract ends; written until the digest told it.
    ContractExpiry,
    /// 证照到期: permits end; written until the digest told it.
    PermitExpiry,
    /// 专员变更: an enterprise has a new liaison.
    LiaisonChanged,
    /// 日历缺失: next year's calendar has not been imported.
    CalendarMissing,
    /// 周报: the brief of the week.
    WeeklyBrief,
    /// 月报: the bulletin of the month.
    MonthlyBulletin,
    /// 季报: the report of the quarter.
    QuarterlyReport,
    /// 项目进展月报: an enterprise's own projects and promises.
    EnterpriseProgress,
    /// 当日提醒: what is due today is still open in the afternoon.
    LastDay,
    /// 催办: a promise has been overdue for a working day.
    Chase,
    /// 督办单: a department is ordered to answer for what stays overdue.
    SupervisionOrder,
    /// 代理通知: somebody stands in during a leave.
    DeputyNamed,
    /// 未送达: letters to somebody else could not be delivered.
    Undelivered,
    /// 评议邀请: an enterprise is asked to evaluate the quarter, or reminded of it.
    EvaluationInvitation,
    /// 评议结果: the figures of an evaluation have been approved.
    EvaluationResult,
    /// 任务失败: a job has failed.
    JobFailed,
    /// 走访通知: a visit was agreed, moved or cancelled.
    Visit,
    /// 退信过多: too many letters come back.
    MailBouncing,
    /// 整改通知: a low mark has to be resolved, or is overdue.
    Rectification,
    /// 再次评价: a department has replied to a bad rating.
    RateAgain,
    /// 新事项: something has begun to be owed that is due on the same day.
    ObligationOpened,
    /// 到期日变动: another calendar has moved due dates.
    DueDatesMoved,
    /// 通报草稿: what has been overdue for six working days may be criticised in public.
    CriticismDraft,
    /// 超期清单: all that is overdue, for the supervisor.
    RedList,
    /// 季报（公开部分）: the published figures of a quarter.
    PublicReport,
    /// 时限变更: time limits towards an enterprise were paused, run again or were extended.
    LimitChanged,
    /// 时钟跳变: the clock has jumped and is not followed.
    ClockJumped,
    /// 放弃封存答卷: answers without a name whose key is lost were given up.
    SealForgotten,
    /// 办件进展: what has happened to an application, and what its applicant has to do.
    Case,
    /// 默许预警: cases will be decided by silence unless the office acts.
    SilenceWarning,
    /// 默许决定: silence has brought something about in a case.
    SilentDecision,
    /// 未预警默许: silence has granted what nobody had been warned of.
    SilenceIncident,
}

impl Kind {
    /// All kinds.
    pub const ALL: [Self; 36] = [
        Self::Invitation,
        Self::Password,
        Self::Digest,
        Self::StatutoryOverdue,
        Self::ContractExpiry,
        Self::PermitExpiry,
        Self::LiaisonChanged,
        Self::CalendarMissing,
        Self::WeeklyBrief,
        Self::MonthlyBulletin,
        Self::QuarterlyReport,
        Self::EnterpriseProgress,
        Self::LastDay,
        Self::Chase,
        Self::SupervisionOrder,
        Self::DeputyNamed,
        Self::Undelivered,
        Self::EvaluationInvitation,
        Self::EvaluationResult,
        Self::JobFailed,
        Self::Visit,
        Self::MailBouncing,
        Self::Rectification,
        Self::RateAgain,
        Self::ObligationOpened,
        Self::DueDatesMoved,
        Self::CriticismDraft,
        Self::RedList,
        Self::PublicReport,
        Self::LimitChanged,
        Self::ClockJumped,
        Self::SealForgotten,
        Self::Case,
        Self::SilenceWarning,
        Self::SilentDecision,
        Self::SilenceIncident,
    ];

    /// Whether it tells of a limit set by law: it is tried without end, and nobody can switch it off.
    pub fn is_legal(self) -> bool {
        matches!(
            self,
            Self::StatutoryOverdue
                | Self::SilenceWarning
                | Self::SilentDecision
                | Self::SilenceIncident
        )
    }

    /// Whether such letters are still written; those of before can be read.
    pub fn is_written(self) -> bool {
        !matches!(self, Self::ContractExpiry | Self::PermitExpiry)
    }

    /// Its name in files and mail headers: "contract_expiry".
    pub fn name(self) -> String {
        self.to_value().to_ascii_lowercase()
    }

    /// Whether its reader may do without it: then his mail program can end letters of this kind with one click.
    pub fn is_optional(self) -> bool {
        self.duty() == Duty::Optional
    }

    /// How much of it its reader may do without.
    pub fn duty(self) -> Duty {
        match self {
            Self::Invitation
            | Self::Password
            | Self::StatutoryOverdue
            | Self::ContractExpiry
            | Self::PermitExpiry
            | Self::CalendarMissing
            | Self::Chase
            | Self::SupervisionOrder
            | Self::DeputyNamed
            | Self::Undelivered
            | Self::JobFailed
            | Self::MailBouncing
            | Self::Rectification
            | Self::DueDatesMoved
            | Self::CriticismDraft
            | Self::RedList
            | Self::LimitChanged
            | Self::ClockJumped
            | Self::SealForgotten
            | Self::Case
            | Self::SilenceWarning
            | Self::SilentDecision
            | Self::SilenceIncident => Duty::Required,
            Self::Digest => Duty::Partly,
            Self::LiaisonChanged
            | Self::WeeklyBrief
            | Self::MonthlyBulletin
            | Self::QuarterlyReport
            | Self::EnterpriseProgress
            | Self::EvaluationInvitation
            | Self::EvaluationResult
            | Self::LastDay
            | Self::Visit
            | Self::RateAgain
            | Self::ObligationOpened
            | Self::PublicReport => Duty::Optional,
        }
    }

    /// Whether it goes by night and on days off, too: a link to sign in with, which somebody waits for, and an incident.
    pub fn passes_at_any_hour(self) -> bool {
        matches!(
            self,
            Self::Invitation
                | Self::Password
                | Self::JobFailed
                | Self::MailBouncing
                | Self::ClockJumped
                | Self::SealForgotten
                | Self::SilenceIncident
        )
    }

    /// Whether it tells how things stand on one day: on a later one the letter of that day tells it, and this one is superseded.
    pub fn is_of_its_day(self) -> bool {
        matches!(self, Self::Digest | Self::LastDay | Self::RedList)
    }

    /// Whether something has just happened that the digest may say when its reader has had letters enough on a day.
    pub fn may_wait_for_digest(self) -> bool {
        matches!(
            self,
            Self::LiaisonChanged
                | Self::ContractExpiry
                | Self::DeputyNamed
                | Self::ObligationOpened
        )
    }

    /// What people call it.
    pub fn label(self) -> Text {
        let (zh, en) = match self {
            Self::Invitation => ("账户邀请", "Invitation"),
            Self::Password => ("重置密码", "New password"),
            Self::Digest => ("待办清单", "To-do list"),
            Self::StatutoryOverdue => ("法定超期", "Statutory limit passed"),
            Self::ContractExpiry => ("契约到期", "Contract expiry"),
            Self::PermitExpiry => ("证照到期", "Permit expiry"),
            Self::LiaisonChanged => ("专员变更", "New liaison"),
            Self::CalendarMissing => ("工作日历缺失", "Missing calendar"),
            Self::WeeklyBrief => ("周报", "Weekly brief"),
            Self::MonthlyBulletin => ("月报", "Monthly bulletin"),
            Self::QuarterlyReport => ("季报", "Quarterly report"),
            Self::EnterpriseProgress => ("项目进展月报", "Monthly progress report"),
            Self::LastDay => ("当日提醒", "Due today"),
            Self::Chase => ("催办", "Overdue reminder"),
            Self::SupervisionOrder => ("督办单", "Supervision order"),
            Self::DeputyNamed => ("代理通知", "Deputy notice"),
            Self::Undelivered => ("邮件未送达", "Undelivered e-mail"),
            Self::EvaluationInvitation => ("评议邀请", "Evaluation"),
            Self::EvaluationResult => ("评议结果", "Evaluation result"),
            Self::JobFailed => ("任务失败", "Job failed"),
            Self::Visit => ("走访通知", "Visit"),
            Self::MailBouncing => ("退信过多", "Returned e-mail"),
            Self::Rectification => ("整改通知", "Rectification"),
            Self::RateAgain => ("再次评价", "Rate again"),
            Self::ObligationOpened => ("新事项", "New obligation"),
            Self::DueDatesMoved => ("到期日变动", "Changed due dates"),
            Self::CriticismDraft => ("通报草稿", "Draft of a criticism"),
            Self::RedList => ("超期清单", "Overdue list"),
            Self::LimitChanged => ("时限变更", "Time limit changed"),
            Self::ClockJumped => ("时钟跳变", "Clock jumped"),
            Self::SealForgotten => ("放弃封存答卷", "Sealed answers discarded"),
            Self::Case => ("办件进展", "Case"),
            Self::SilenceWarning => ("默许预警", "Silence warning"),
            Self::SilentDecision => ("默许决定", "Decided by silence"),
            Self::SilenceIncident => ("未预警默许", "Granted without a warning"),
            Self::PublicReport => ("季报（公开部分）", "Quarterly report (public part)"),
        };
        Text::new(zh, en)
    }

    /// Whether the text holds a secret link, which is wiped as soon as the letter has gone.
    pub fn is_secret(self) -> bool {
        matches!(
            self,
            Self::Invitation | Self::Password | Self::EvaluationInvitation
        )
    }
}

term! {
    /// Whether a kind of letters can be switched off.
    pub enum Duty as "LetterDuty" {
        /// It cannot be switched off; during a leave the deputy gets it.
        Required = "REQUIRED", "必收", "Required";
        /// Switched off, it brings only what is overdue.
        Partly = "PARTLY", "部分必收", "Partly required";
        /// It can be switched off.
        Optional = "OPTIONAL", "可退订", "Optional";
    }
}

term! {
    /// What is worse when nobody knows whether a letter arrived.
    pub enum Class as "LetterClass" in "String(StringLen::N(16))" {
        /// Sent once more, the same bytes under the same Message-ID.
        MustNotMiss = "MUST_NOT_MISS", "以相同内容再发一次", "Sent again unchanged";
        /// Held until somebody decides.
        MustNotDouble = "MUST_NOT_DOUBLE", "暂停发送，等待人工处理", "Held for a decision";
    }
}

term! {
    /// Where a letter stands.
    pub enum State as "LetterState" in "String(StringLen::N(12))" {
        /// Waits for its time or its next attempt.
        Pending = "PENDING", "待发", "Waiting";
        /// Somebody is handing it to the mail server.
        Sending = "SENDING", "发送中", "Being sent";
        /// The mail server has taken it.
        Sent = "SENT", "已发", "Sent";
        /// The body went out and no answer came back.
        Ambiguous = "AMBIGUOUS", "结果不明", "Unclear";
        /// Waits for a decision by a person.
        Held = "HELD", "暂停发送", "Held";
        /// Refused for good, came back, or was tried for 72 hours.
        Dead = "DEAD", "失败", "Failed";
        /// Its time passed before it could be sent.
        Expired = "EXPIRED", "过期", "Expired";
        /// The address or the person takes no letters any more.
        Suppressed = "SUPPRESSED", "停投", "Address suppressed";
        /// Discarded by a person, or by its reader, who has switched off its kind.
        Cancelled = "CANCELLED", "已撤销", "Discarded";
        /// It was never sent, and a later letter replaces it.
        Superseded = "SUPERSEDED", "已被取代", "Replaced by a later one";
    }
}

impl State {
    /// Nobody gets the letter unless a person decides: somebody else must be told.
    pub const UNDELIVERED: [Self; 4] = [Self::Held, Self::Dead, Self::Expired, Self::Suppressed];

    /// It has not gone yet.
    pub const OPEN: [Self; 3] = [Self::Pending, Self::Sending, Self::Ambiguous];

    /// Nothing more becomes of it, and nobody need do anything: of these there are more for ever.
    pub const SETTLED: [Self; 3] = [Self::Sent, Self::Cancelled, Self::Superseded];
}

term! {
    /// How far an attempt has come. What fails before the body is safe to repeat.
    pub enum Phase as "LetterPhase" in "String(StringLen::N(8))" {
        /// Reaching the server and its greeting.
        Connect = "CONNECT", "连接服务器", "Connecting to the server";
        /// Agreeing on encryption.
        Tls = "TLS", "协商加密", "Setting up encryption";
        /// Signing in to the server.
        Auth = "AUTH", "登录服务器", "Signing in";
        /// Naming the sender.
        Mail = "MAIL", "提交发件人", "Submitting the sender";
        /// Naming the recipient.
        Rcpt = "RCPT", "提交收件人", "Submitting the recipient";
        /// Asking to send the body.
        Data = "DATA", "请求发送", "Requesting to send";
        /// The body and the answer to its final dot.
        Body = "BODY", "发送正文", "Sending the body";
    }
}

/// One letter.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "letter")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// What makes it the one letter of its kind, for ever: "digest:2026-10-10:ACCOUNT".
    #[sea_orm(unique)]
    pub key: String,
    /// What it is about.
    pub kind: Kind,
    /// Whether missing it or getting it twice is worse.
    pub class: Class,
    /// To whom.
    pub recipient_id: Uuid,
    /// The address at the first attempt.
    pub address: Option<String>,
    /// What the text is made from; wiped for letters with a secret once they have gone.
    pub facts: Json,
    /// When it was written.
    pub created_at: DateTimeUtc,
    /// Not sent before.
    pub not_before: DateTimeUtc,
    /// Worthless after.
    pub not_after: Option<DateTimeUtc>,
    /// Where it stands.
    pub state: State,
    /// How many attempts were made.
    pub attempts: i32,
    /// How many times it was sent again without knowing the fate of the first: never more than once.
    pub resends: i32,
    /// When it was tried for the first time, moved on by the days off since: patience is counted from here.
    pub first_attempt_at: Option<DateTimeUtc>,
    /// When it is tried next.
    pub next_attempt_at: DateTimeUtc,
    /// Until when its holder has it.
    pub lease_until: Option<DateTimeUtc>,
    /// Who is sending it.
    pub holder: Option<String>,
    /// How far the last attempt came.
    pub phase: Option<Phase>,
    /// The left side of its Message-ID, the same on every attempt.
    #[sea_orm(unique)]
    pub message_id: String,
    /// The bytes of the mail, fixed at the first attempt.
    pub frozen: Option<Vec<u8>>,
    /// The last reply code of the mail server.
    pub last_code: Option<i32>,
    /// The last reply or error.
    pub last_text: Option<String>,
    /// When the mail server took it.
    pub sent_at: Option<DateTimeUtc>,
    /// When somebody else was told that it cannot be delivered.
    pub escalated_at: Option<DateTimeUtc>,
    /// The leave because of which a deputy gets it in the place of the person it was written for.
    pub absence_id: Option<Uuid>,
    /// Optimistic version.
    pub version: i32,
}

/// A letter as lists and pages show it: all of it but what its text is made from and its bytes, which together may be larger than all else in a list.
#[derive(Clone, Debug, PartialEq, Eq, DerivePartialModel)]
#[sea_orm(entity = "Entity")]
pub struct Envelope {
    /// Key.
    pub id: Uuid,
    /// What it is about.
    pub kind: Kind,
    /// Whether missing it or getting it twice is worse.
    pub class: Class,
    /// To whom.
    pub recipient_id: Uuid,
    /// The address at the first attempt.
    pub address: Option<String>,
    /// When it was written.
    pub created_at: DateTimeUtc,
    /// Not sent before.
    pub not_before: DateTimeUtc,
    /// Worthless after.
    pub not_after: Option<DateTimeUtc>,
    /// Where it stands.
    pub state: State,
    /// How many attempts were made.
    pub attempts: i32,
    /// How many times it was sent again without knowing the fate of the first.
    pub resends: i32,
    /// When it is tried next.
    pub next_attempt_at: DateTimeUtc,
    /// How far the last attempt came.
    pub phase: Option<Phase>,
    /// The left side of its Message-ID.
    pub message_id: String,
    /// The last reply code of the mail server.
    pub last_code: Option<i32>,
    /// The last reply or error.
    pub last_text: Option<String>,
    /// When the mail server took it.
    pub sent_at: Option<DateTimeUtc>,
    /// Optimistic version.
    pub version: i32,
}

impl From<Model> for Envelope {
    fn from(letter: Model) -> Self {
        Self {
            id: letter.id,
            kind: letter.kind,
            class: letter.class,
            recipient_id: letter.recipient_id,
            address: letter.address,
            created_at: letter.created_at,
            not_before: letter.not_before,
            not_after: letter.not_after,
            state: letter.state,
            attempts: letter.attempts,
            resends: letter.resends,
            next_attempt_at: letter.next_attempt_at,
            phase: letter.phase,
            message_id: letter.message_id,
            last_code: letter.last_code,
            last_text: letter.last_text,
            sent_at: letter.sent_at,
            version: letter.version,
        }
    }
}

/// Attempts point to their letter.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
