//! What each kind of letter is made from: names and dates, never a rule. Of the words only the one sentence is here that is both
//! the subject of the mail and the notice in the app.

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::prelude::Uuid;
use serde::{Deserialize, Serialize};

use crate::{
    language::{Language, Text},
    share,
};

/// What a letter is made from.
pub trait Facts: Serialize {
    /// What has happened, in one sentence: the subject of the mail and the notice in the app.
    fn headline(&self) -> Text;

    /// The page below the public address on which it is seen.
    fn path(&self) -> Option<&str> {
        None
    }
}

/// Facts of [`Kind::Invitation`](super::Kind::Invitation).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Invitation {
    /// The person's name.
    pub name: String,
    /// The name to sign in with.
    pub login: String,
    /// The page below the public address, with the secret of the link: "/join/SECRET".
    pub path: String,
    /// Until when the link works.
    pub expires_at: DateTime<Utc>,
}

/// Facts of [`Kind::Password`](super::Kind::Password).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Password {
    /// The person's name.
    pub name: String,
    /// The page below the public address, with the secret of the link.
    pub path: String,
    /// Until when the link works.
    pub expires_at: DateTime<Utc>,
}

/// How urgent a line is; the order is the order of the letter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Urgency {
    /// The statutory limit has passed.
    Black,
    /// The promised limit has passed.
    Red,
    /// Due within one working day.
    Orange,
    /// Falls due soon.
    Yellow,
    /// Ends soon.
    Ending,
    /// Has begun to be owed.
    Opened,
}

/// Facts of [`Kind::Digest`](super::Kind::Digest).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Digest {
    /// The person's name.
    pub name: String,
    /// The working day it is for.
    pub date: NaiveDate,
    /// Whether it comes later than it should (补发).
    pub late: bool,
    /// The lines, most urgent first.
    pub lines: Vec<DigestLine>,
    /// How many lines were left out because the list would be too long.
    pub left_out: usize,
    /// What would have been a letter of its own, had there not been letters enough that day.
    #[serde(default)]
    pub notices: Vec<DigestNotice>,
}

/// What a digest says in the place of a letter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DigestNotice {
    /// What has happened.
    pub title: Text,
    /// When it was written.
    pub on: NaiveDate,
    /// The page below the public address.
    pub path: Option<String>,
}

/// One line of a digest.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DigestLine {
    /// How urgent.
    pub urgency: Urgency,
    /// Whether it is here for the first time.
    pub new: bool,
    /// Whether it was promised; letters from before told of promises alone.
    #[serde(default = "promised")]
    pub is_promise: bool,
    /// The enterprise; empty where nobody may know, or where it is about none.
    pub enterprise: String,
    /// What is owed.
    pub item: Text,
    /// For which period or event; empty where the item says it all.
    pub occasion: String,
    /// The due date.
    pub due_on: NaiveDate,
    /// Working days to the due date, negative when it has passed.
    pub remaining: i32,
    /// Whether the date rests on a calendar that is not published yet.
    pub provisional: bool,
    /// Of what ends: what is to be done, and by when.
    #[serde(default)]
    pub call: Option<Text>,
    /// Why this person gets this line.
    pub why: Text,
    /// The page below the public address.
    pub path: String,
}

/// Whether a line of a letter that does not say was promised.
fn promised() -> bool {
    true
}

/// Facts of [`Kind::LastDay`](super::Kind::LastDay).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LastDay {
    /// The person's name.
    pub name: String,
    /// The day.
    pub date: NaiveDate,
    /// What is due on it and still open.
    pub lines: Vec<DigestLine>,
}

/// Facts of [`Kind::Chase`](super::Kind::Chase).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Chase {
    /// The person's name.
    pub name: String,
    /// The day on which it is written.
    pub date: NaiveDate,
    /// What is overdue, the longest first.
    pub lines: Vec<DigestLine>,
}

/// Facts of [`Kind::StatutoryOverdue`](super::Kind::StatutoryOverdue).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StatutoryOverdue {
    /// The recipient's name.
    pub name: String,
    /// The enterprise.
    pub enterprise: String,
    /// What was owed.
    pub item: Text,
    /// For which period or event.
    pub occasion: String,
    /// The legal basis of the limit.
    pub legal_basis: String,
    /// The due date.
    pub due_on: NaiveDate,
    /// Working days since the due date.
    pub overdue: i32,
    /// Why this person gets it.
    pub why: Text,
    /// The page below the public address.
    pub path: String,
}

/// Facts of [`Kind::LiaisonChanged`](super::Kind::LiaisonChanged).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LiaisonChanged {
    /// The recipient's name.
    pub name: String,
    /// The enterprise.
    pub enterprise: String,
    /// The new liaison.
    pub liaison: String,
    /// The deputy, if there is one.
    pub deputy: Option<String>,
    /// The former liaison, if there was one.
    pub previous: Option<String>,
    /// The first day.
    pub from: NaiveDate,
}

/// Facts of [`Kind::CalendarMissing`](super::Kind::CalendarMissing).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CalendarMissing {
    /// The recipient's name.
    pub name: String,
    /// The year without a calendar.
    pub year: i32,
}

/// Facts of [`Kind::SupervisionOrder`](super::Kind::SupervisionOrder).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SupervisionOrder {
    /// The recipient's name.
    pub name: String,
    /// The enterprise.
    pub enterprise: String,
    /// What is owed.
    pub item: Text,
    /// For which period or event.
    pub occasion: String,
    /// The due date.
    pub due_on: NaiveDate,
    /// Working days since the due date.
    pub overdue: i32,
    /// Why the order is given.
    pub reason: String,
    /// By when the department answers.
    pub reply_by: NaiveDate,
    /// Why this person gets it.
    pub why: Text,
    /// The page below the public address.
    pub path: String,
}

/// Facts of [`Kind::DeputyNamed`](super::Kind::DeputyNamed).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeputyNamed {
    /// The deputy's name.
    pub name: String,
    /// Who is on leave.
    pub absent: String,
    /// The first day.
    pub from: NaiveDate,
    /// The last day.
    pub until: NaiveDate,
}

/// Facts of [`Kind::Undelivered`](super::Kind::Undelivered). What the letters say is for their recipients alone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Undelivered {
    /// The recipient's name.
    pub name: String,
    /// The letters that reach nobody.
    pub letters: Vec<UndeliveredLetter>,
    /// Why this person is told.
    pub why: Text,
}

/// One letter that reaches nobody.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UndeliveredLetter {
    /// To whom it was written.
    pub recipient: String,
    /// What it is about.
    pub kind: Text,
    /// When it was written.
    pub on: NaiveDate,
    /// What has become of it.
    pub state: Text,
    /// The page below the public address on which its matter is seen.
    pub path: Option<String>,
}

/// Facts of [`Kind::EvaluationInvitation`](super::Kind::EvaluationInvitation).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EvaluationInvitation {
    /// The contact's name.
    pub name: String,
    /// The enterprise that is asked.
    pub enterprise: String,
    /// The quarter ("2026-Q3").
    pub quarter: String,
    /// The last day for an answer.
    pub closes_on: NaiveDate,
    /// 0 for the invitation, 1 and 2 for the reminders.
    pub reminder: i32,
    /// The page below the public address, with the secret of the link.
    pub path: String,
}

/// Facts of [`Kind::EvaluationResult`](super::Kind::EvaluationResult).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EvaluationResult {
    /// The recipient's name.
    pub name: String,
    /// The quarter ("2026-Q3").
    pub quarter: String,
    /// How many enterprises were asked.
    pub invited: u32,
    /// How many answered.
    pub answered: u32,
    /// The departments and their figures: a head's own, a leader's all.
    pub lines: Vec<ResultLine>,
    /// The page below the public address.
    pub path: String,
}

/// The figure of one department, in words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ResultLine {
    /// The department.
    pub department: Text,
    /// "92.3 (90% interval 88.1 to 96.5, n = 12), 良好", or why there is none.
    pub figure: Text,
}

/// Facts of [`Kind::JobFailed`](super::Kind::JobFailed).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct JobFailed {
    /// The recipient's name.
    pub name: String,
    /// The job, as people type it.
    pub job: String,
    /// What it does.
    pub what: Text,
    /// The time it stood for.
    pub nominal_at: DateTime<Utc>,
    /// What went wrong.
    pub error: String,
    /// When it is tried again; nothing when it is not.
    pub retry_at: Option<DateTime<Utc>>,
}

/// Facts of [`Kind::ClockJumped`](super::Kind::ClockJumped).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClockJumped {
    /// The recipient's name.
    pub name: String,
    /// When it was seen, by the clock that goes on.
    pub seen_at: DateTime<Utc>,
    /// What the clock shows in that moment, which is not followed.
    pub shown_at: DateTime<Utc>,
}

/// Facts of [`Kind::SealForgotten`](super::Kind::SealForgotten).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SealForgotten {
    /// The recipient's name.
    pub name: String,
    /// The quarter of the evaluation ("2026-Q3").
    pub quarter: String,
    /// How many answers were given up; who gave them may answer again.
    pub answers: u32,
    /// When.
    pub at: DateTime<Utc>,
    /// Why, as it was said at the command line.
    pub reason: String,
}

/// What has happened to a visit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum VisitStep {
    /// 约定: there is a date.
    Agreed,
    /// 改期: there is another date.
    Moved,
    /// 取消: it does not take place.
    Cancelled,
}

/// Facts of [`Kind::Visit`](super::Kind::Visit).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Visit {
    /// The recipient's name.
    pub name: String,
    /// The visit.
    pub visit_id: Uuid,
    /// Rises with every change of the visit.
    pub sequence: u32,
    /// What has happened.
    pub step: VisitStep,
    /// In which way they meet.
    pub kind: Text,
    /// The enterprise.
    pub enterprise: String,
    /// Who of the park has agreed it.
    pub official: Option<String>,
    /// The day in the park.
    pub on: NaiveDate,
    /// When it begins.
    pub starts_at: DateTime<Utc>,
    /// When it ends.
    pub ends_at: DateTime<Utc>,
    /// When it was to begin before it was moved.
    pub formerly_at: Option<DateTime<Utc>>,
    /// Where.
    pub place: Option<String>,
    /// What it is about.
    pub purpose: String,
    /// Why it was cancelled.
    pub reason: Option<String>,
    /// The page below the public address.
    pub path: String,
}

/// Facts of [`Kind::MailBouncing`](super::Kind::MailBouncing).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MailBouncing {
    /// The recipient's name.
    pub name: String,
    /// Since when it was counted.
    pub since: DateTime<Utc>,
    /// How many letters have gone since.
    pub sent: u64,
    /// How many of them came back.
    pub bounced: u64,
}

/// What has happened to a rectification.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum RectificationStep {
    /// A low mark has opened it.
    Opened,
    /// Nobody has called back in time. No such letter is written any more; those from before are read.
    ContactOverdue,
    /// The department has not replied in time. No such letter is written any more; those from before are read.
    ReplyOverdue,
    /// An appeal was dismissed: the mark stands.
    Upheld,
    /// The reply did not satisfy.
    Reopened,
    /// The second reply did not satisfy either.
    Supervised,
    /// The supervisor has ended it.
    Settled,
}

/// Facts of [`Kind::Rectification`](super::Kind::Rectification).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rectification {
    /// The recipient's name.
    pub name: String,
    /// What has happened.
    pub step: RectificationStep,
    /// What was rated.
    pub about: Text,
    /// Who rated it; none of a score.
    pub enterprise: Option<String>,
    /// The level that was given.
    pub level: Option<Text>,
    /// What was said with it.
    pub comment: Option<String>,
    /// The written word with which the supervisor has ended it.
    #[serde(default)]
    pub settlement: Option<String>,
    /// By when somebody calls back.
    pub contact_by: NaiveDate,
    /// By when the department replies.
    pub reply_by: NaiveDate,
    /// Whether the recipient supervises, and somebody else has to act. Said by letters from before only.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub watches: bool,
    /// Why this person gets it.
    pub why: Text,
    /// The page below the public address.
    pub path: String,
}

/// Facts of [`Kind::RateAgain`](super::Kind::RateAgain).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RateAgain {
    /// The recipient's name.
    pub name: String,
    /// What was rated.
    pub about: Text,
    /// What the department replied.
    pub reply: String,
    /// The page below the public address.
    pub path: String,
}

/// Facts of [`Kind::ObligationOpened`](super::Kind::ObligationOpened).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ObligationOpened {
    /// The recipient's name.
    pub name: String,
    /// The enterprise.
    pub enterprise: String,
    /// What is owed.
    pub item: Text,
    /// For which period or event.
    pub occasion: String,
    /// What was noted of the event.
    pub note: Option<String>,
    /// The due date.
    pub due_on: NaiveDate,
    /// Why this person gets it.
    pub why: Text,
    /// The page below the public address.
    pub path: String,
}

/// Facts of [`Kind::DueDatesMoved`](super::Kind::DueDatesMoved).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DueDatesMoved {
    /// The recipient's name.
    pub name: String,
    /// The notice by which the calendar has changed.
    pub source: String,
    /// The years of which the calendar has changed.
    pub years: Vec<i32>,
    /// What moves, the first due so far first.
    pub lines: Vec<MovedLine>,
    /// How many lines were left out because the list would be too long.
    pub left_out: usize,
    /// Why this person gets it.
    pub why: Text,
}

/// One due date that moves.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MovedLine {
    /// The enterprise; empty where nobody may know whose mark is worked off.
    pub enterprise: String,
    /// What is owed.
    pub item: Text,
    /// For which period or event; empty where the item says it all.
    pub occasion: String,
    /// The due date so far.
    pub from: NaiveDate,
    /// The due date from now on.
    pub to: NaiveDate,
    /// Whether it still rests on a calendar that is not published yet.
    pub provisional: bool,
    /// In whose favour.
    pub favours: Text,
    /// The page below the public address.
    pub path: String,
}

/// Facts of [`Kind::CriticismDraft`](super::Kind::CriticismDraft).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CriticismDraft {
    /// The recipient's name.
    pub name: String,
    /// The day on which it is written.
    pub date: NaiveDate,
    /// What may be criticised, the longest overdue first.
    pub lines: Vec<LateLine>,
}

/// Facts of [`Kind::RedList`](super::Kind::RedList).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RedList {
    /// The recipient's name.
    pub name: String,
    /// The working day it is for.
    pub date: NaiveDate,
    /// What is overdue, past the law first, then the longest overdue.
    pub lines: Vec<LateLine>,
    /// How many lines were left out because the list would be too long.
    pub left_out: usize,
}

/// Something overdue, with who is in charge.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LateLine {
    /// Whether its limit is set by law.
    pub statutory: bool,
    /// Whether it was promised; letters from before told of promises alone.
    #[serde(default = "promised")]
    pub is_promise: bool,
    /// The enterprise; empty where nobody may know, or where it is about none.
    pub enterprise: String,
    /// What is owed.
    pub item: Text,
    /// For which period or event; empty where the item says it all.
    pub occasion: String,
    /// The due date.
    pub due_on: NaiveDate,
    /// Working days since the due date.
    pub overdue: i32,
    /// The department in charge.
    pub department: Text,
    /// When the head of the department was chased.
    pub chased_on: Option<NaiveDate>,
    /// When the department was ordered to answer.
    pub ordered_on: Option<NaiveDate>,
    /// The page below the public address.
    pub path: String,
}

/// Facts of [`Kind::PublicReport`](super::Kind::PublicReport): what everybody may know of a quarter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PublicReport {
    /// The recipient's name.
    pub name: String,
    /// The quarter ("2026-Q3").
    pub period: String,
    /// Its first day.
    pub from: NaiveDate,
    /// Its last day.
    pub to: NaiveDate,
    /// How many promises fell due in it.
    pub due: u32,
    /// How many of them were kept in time.
    pub on_time: u32,
    /// How many were kept afterwards.
    pub late: u32,
    /// How many were declared missed.
    pub missed: u32,
    /// How many were still open.
    pub overdue: u32,
    /// The on-time rate in words.
    pub rate: Text,
    /// The newest evaluation that is published, if there is one.
    pub evaluation: Option<PublishedEvaluation>,
}

/// The figures of a published evaluation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PublishedEvaluation {
    /// The quarter ("2026-Q2").
    pub quarter: String,
    /// How many enterprises were asked.
    pub invited: u32,
    /// How many answered.
    pub answered: u32,
    /// The departments and their figures.
    pub lines: Vec<ResultLine>,
    /// The page below the public address.
    pub path: String,
}

impl LateLine {
    /// In one line, as the log of runs has it.
    pub fn said(&self, language: Language) -> String {
        let what = self.item.in_language(language);
        format!("{} | {} | {what}", self.due_on, self.enterprise)
    }
}

/// What has happened to time limits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum LimitStep {
    /// 暂停: days do not count.
    Paused,
    /// 恢复: they count again.
    Resumed,
    /// 延期: there are more of them.
    Extended,
}

/// Facts of [`Kind::LimitChanged`](super::Kind::LimitChanged).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LimitChanged {
    /// The recipient's name.
    pub name: String,
    /// The enterprise.
    pub enterprise: String,
    /// What has happened.
    pub step: LimitStep,
    /// The first day that is not counted, the last one, or the day of the extension.
    pub on: NaiveDate,
    /// The end that the notice of a pause names.
    pub until: Option<NaiveDate>,
    /// The ground of a pause, also when it ends.
    pub ground: Option<Text>,
    /// Why it was paused or extended.
    pub reason: Option<String>,
    /// The time limits.
    pub lines: Vec<LimitLine>,
    /// Why this person gets it.
    pub why: Text,
}

/// One time limit of a letter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LimitLine {
    /// What is owed.
    pub item: Text,
    /// For which period or event.
    pub occasion: String,
    /// When it was due before.
    pub before: NaiveDate,
    /// When it is due now; of a pause: if it ends as expected.
    pub due_on: NaiveDate,
    /// Whether the date rests on a calendar that is not published yet.
    pub provisional: bool,
    /// The page below the public address.
    pub path: String,
}

impl MailBouncing {
    /// The share that came back, in words.
    pub fn share(&self) -> String {
        share::in_words(share::tenths(self.bounced, self.sent).unwrap_or_default())
    }
}

impl Facts for Invitation {
    fn headline(&self) -> Text {
        Text::new("邀请您使用契约系统", "Your invitation to Qiyue")
    }
}

impl Facts for Password {
    fn headline(&self) -> Text {
        Text::new("重新设置密码", "Set a new password")
    }
}

impl Facts for Digest {
    fn headline(&self) -> Text {
        let (date, count) = (self.date, self.lines.len() + self.notices.len());
        let s = if count == 1 { "" } else { "s" };
        let (zh, en) = late(self.late);
        Text::new(
            format!("{zh}{date} 待办清单：{count} 项"),
            format!("{en}To do on {date}: {count} item{s}"),
        )
    }
}

/// What stands before the headline of something that comes later than it should.
pub(crate) fn late(late: bool) -> (&'static str, &'static str) {
    if late {
        ("【补发】", "[Late] ")
    } else {
        ("", "")
    }
}

impl Facts for StatutoryOverdue {
    fn headline(&self) -> Text {
        Text::new(
            format!("法定超期：{} {}", self.enterprise, self.item.zh),
            format!(
                "Statutory limit passed: {}, {}",
                self.enterprise, self.item.en
            ),
        )
    }

    fn path(&self) -> Option<&str> {
        Some(&self.path)
    }
}

impl Facts for LiaisonChanged {
    fn headline(&self) -> Text {
        Text::new(
            format!("服务专员变更：{}", self.enterprise),
            format!("New liaison: {}", self.enterprise),
        )
    }
}

impl Facts for CalendarMissing {
    fn headline(&self) -> Text {
        Text::new(
            format!("请导入 {} 年工作日历", self.year),
            format!("Please import the calendar of {}", self.year),
        )
    }
}

impl Facts for LastDay {
    fn headline(&self) -> Text {
        let count = self.lines.len();
        let s = if count == 1 { "" } else { "s" };
        Text::new(
            format!("今日到期，尚未办结：{count} 项"),
            format!("Due today and still open: {count} item{s}"),
        )
    }
}

impl Facts for Chase {
    fn headline(&self) -> Text {
        let count = self.lines.len();
        let s = if count == 1 { "" } else { "s" };
        Text::new(
            format!("催办：{count} 项超期"),
            format!("Overdue reminder: {count} item{s}"),
        )
    }
}

impl Facts for SupervisionOrder {
    fn headline(&self) -> Text {
        let by = self.reply_by;
        Text::new(
            format!("督办单：请最迟于 {by}（含当日）答复 {}", self.enterprise),
            format!("Supervision order: answer by {by}, {}", self.enterprise),
        )
    }

    fn path(&self) -> Option<&str> {
        Some(&self.path)
    }
}

impl Facts for DeputyNamed {
    fn headline(&self) -> Text {
        let (absent, from, until) = (&self.absent, self.from, self.until);
        Text::new(
            format!("请代理 {absent}：{from} 至 {until}"),
            format!("Please stand in for {absent}: {from} to {until}"),
        )
    }
}

impl Facts for Undelivered {
    fn headline(&self) -> Text {
        let count = self.letters.len();
        let s = if count == 1 { "" } else { "s" };
        Text::new(
            format!("{count} 封信件未能送达"),
            format!("{count} letter{s} could not be delivered"),
        )
    }
}

impl Facts for EvaluationInvitation {
    fn headline(&self) -> Text {
        let (quarter, until) = (&self.quarter, self.closes_on);
        let (zh, en) = match self.reminder {
            0 => ("", ""),
            _ => ("提醒：", "Reminder: "),
        };
        Text::new(
            format!("{zh}请评议 {quarter} 政府服务，{until} 截止"),
            format!("{en}how was the park's service in {quarter}? Until {until}"),
        )
    }
}

impl Facts for EvaluationResult {
    fn headline(&self) -> Text {
        Text::new(
            format!("{} 企业评议结果", self.quarter),
            format!("Result of the {} evaluation", self.quarter),
        )
    }

    fn path(&self) -> Option<&str> {
        Some(&self.path)
    }
}

impl Facts for JobFailed {
    fn headline(&self) -> Text {
        Text::new(
            format!("任务失败：{}", self.job),
            format!("Job failed: {}", self.job),
        )
    }
}

impl Facts for ClockJumped {
    fn headline(&self) -> Text {
        let minutes = (self.shown_at - self.seen_at).num_minutes();
        let (zh, en) = match minutes {
            0.. => ("拨快", "forward"),
            _ => ("拨慢", "back"),
        };
        let minutes = minutes.unsigned_abs();
        let s = if minutes == 1 { "" } else { "s" };
        Text::new(
            format!("时钟被{zh} {minutes} 分钟，系统未采用"),
            format!("The clock jumped {en} by {minutes} minute{s} and is not followed"),
        )
    }
}

impl Facts for SealForgotten {
    fn headline(&self) -> Text {
        let (answers, quarter) = (self.answers, &self.quarter);
        let s = if answers == 1 { "" } else { "s" };
        Text::new(
            format!("{quarter} 评议：已放弃 {answers} 份封存答卷"),
            format!("{quarter} evaluation: {answers} sealed answer{s} given up"),
        )
    }
}

impl Facts for Visit {
    fn headline(&self) -> Text {
        let (enterprise, on, kind) = (&self.enterprise, self.on, &self.kind);
        match self.step {
            VisitStep::Agreed => Text::new(
                format!("{}约定：{on} {enterprise}", kind.zh),
                format!("Agreed: {} on {on}, {enterprise}", kind.en),
            ),
            VisitStep::Moved => Text::new(
                format!("{}改期：{on} {enterprise}", kind.zh),
                format!("Moved: {} now on {on}, {enterprise}", kind.en),
            ),
            VisitStep::Cancelled => Text::new(
                format!("{}取消：{on} {enterprise}", kind.zh),
                format!("Cancelled: {} on {on}, {enterprise}", kind.en),
            ),
        }
    }

    fn path(&self) -> Option<&str> {
        Some(&self.path)
    }
}

impl Facts for MailBouncing {
    fn headline(&self) -> Text {
        let (bounced, sent) = (self.bounced, self.sent);
        Text::new(
            format!("退信过多：近七日 {sent} 封中 {bounced} 封被退回"),
            format!("{bounced} of {sent} letters of the last seven days came back"),
        )
    }
}

impl Facts for Rectification {
    fn headline(&self) -> Text {
        let (zh, en) = match self.step {
            RectificationStep::Opened => ("请整改", "To be rectified"),
            RectificationStep::ContactOverdue => ("回访超期", "Call-back overdue"),
            RectificationStep::ReplyOverdue => ("整改答复超期", "Reply overdue"),
            RectificationStep::Upheld => ("评价维持，请整改", "The rating stands"),
            RectificationStep::Reopened => ("请重新整改", "To be rectified again"),
            RectificationStep::Supervised => ("整改转督办", "Handed to the supervisor"),
            RectificationStep::Settled => ("整改督办结案", "Settled by the supervisor"),
        };
        let about = &self.about;
        Text::new(format!("{zh}：{}", about.zh), format!("{en}: {}", about.en))
    }

    fn path(&self) -> Option<&str> {
        Some(&self.path)
    }
}

impl Facts for RateAgain {
    fn headline(&self) -> Text {
        let about = &self.about;
        Text::new(
            format!("已整改，请再次评价：{}", about.zh),
            format!("Please rate again: {}", about.en),
        )
    }

    fn path(&self) -> Option<&str> {
        Some(&self.path)
    }
}

impl Facts for ObligationOpened {
    fn headline(&self) -> Text {
        let (enterprise, due) = (&self.enterprise, self.due_on);
        Text::new(
            format!("新的履约事项，{due} 到期：{enterprise}"),
            format!("Newly owed, due on {due}: {enterprise}"),
        )
    }

    fn path(&self) -> Option<&str> {
        Some(&self.path)
    }
}

impl Facts for DueDatesMoved {
    fn headline(&self) -> Text {
        let count = self.lines.len() + self.left_out;
        let (s, have) = if count == 1 {
            ("", "has")
        } else {
            ("s", "have")
        };
        Text::new(
            format!("工作日历变动：{count} 项到期日改变"),
            format!("The calendar has changed: {count} due date{s} {have} moved"),
        )
    }

    fn path(&self) -> Option<&str> {
        self.lines.first().map(|line| line.path.as_str())
    }
}

impl Facts for CriticismDraft {
    fn headline(&self) -> Text {
        let count = self.lines.len();
        let s = if count == 1 { "" } else { "s" };
        let (zh, en) = if self.lines.iter().all(|line| line.is_promise) {
            ("项承诺", "promise")
        } else {
            ("个事项", "matter")
        };
        Text::new(
            format!("通报草稿：{count} {zh}催办后仍未办结"),
            format!("Draft of a criticism: {count} {en}{s} still open after a chase"),
        )
    }

    fn path(&self) -> Option<&str> {
        self.lines.first().map(|line| line.path.as_str())
    }
}

impl Facts for RedList {
    fn headline(&self) -> Text {
        let (date, count) = (self.date, self.lines.len() + self.left_out);
        let s = if count == 1 { "" } else { "s" };
        Text::new(
            format!("{date} 红灯清单：{count} 项"),
            format!("Red list of {date}: {count} matter{s}"),
        )
    }
}

impl Facts for PublicReport {
    fn headline(&self) -> Text {
        let period = &self.period;
        Text::new(
            format!("{period} 季报（公开部分）"),
            format!("{period} quarterly report (public part)"),
        )
    }
}

impl Facts for LimitChanged {
    fn headline(&self) -> Text {
        let (zh, en) = match self.step {
            LimitStep::Paused => ("暂停计时", "Time limit paused"),
            LimitStep::Resumed => ("恢复计时", "Time limit runs again"),
            LimitStep::Extended => ("时限延期", "Time limit extended"),
        };
        let enterprise = &self.enterprise;
        match self.lines.as_slice() {
            [line] => Text::new(
                format!("{zh}：{enterprise} {} 到期", line.due_on),
                format!("{en}: {enterprise}, due {}", line.due_on),
            ),
            lines => Text::new(
                format!("{zh}：{enterprise} {} 项", lines.len()),
                format!("{en}: {enterprise}, {} matters", lines.len()),
            ),
        }
    }

    fn path(&self) -> Option<&str> {
        self.lines.first().map(|line| line.path.as_str())
    }
}
