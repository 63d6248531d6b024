//! Command (命令): one function that changes data, in one transaction. Each is declared once, beside its function: its code, the kind
//! of thing it changes, and the words in which it is told.

use crate::language::{Language, Said};

/// A kind of thing that commands change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "each is named as its term")]
pub enum Thing {
    Contract,
    Commitment,
    Obligation,
    Deadline,
    Project,
    Milestone,
    Visit,
    Enterprise,
    Liaison,
    Department,
    Document,
    Report,
    Account,
    Absence,
    Evaluation,
    EvaluationDesign,
    EvaluationObjection,
    Permit,
    Rating,
    Rectification,
    Letter,
    Mail,
    Job,
    Calendar,
    Session,
    Preference,
    Feed,
    Demonstration,
}

impl Thing {
    /// All kinds, in the order in which they are listed.
    pub const ALL: [Self; 28] = [
        Self::Contract,
        Self::Commitment,
        Self::Obligation,
        Self::Deadline,
        Self::Project,
        Self::Milestone,
        Self::Visit,
        Self::Enterprise,
        Self::Liaison,
        Self::Department,
        Self::Document,
        Self::Report,
        Self::Account,
        Self::Absence,
        Self::Evaluation,
        Self::EvaluationDesign,
        Self::EvaluationObjection,
        Self::Permit,
        Self::Rating,
        Self::Rectification,
        Self::Letter,
        Self::Mail,
        Self::Job,
        Self::Calendar,
        Self::Session,
        Self::Preference,
        Self::Feed,
        Self::Demonstration,
    ];

    /// As the API names its type, and the audit trail spells it.
    pub const fn name(self) -> &'static str {
        self.told().0
    }

    /// As people say it.
    pub fn word(self, language: Language) -> &'static str {
        self.told().1.in_language(language)
    }

    const fn told(self) -> (&'static str, Said) {
        let (name, zh, en) = match self {
            Self::Contract => ("Contract", "契约", "Contract"),
            Self::Commitment => ("Commitment", "承诺", "Promise"),
            Self::Obligation => ("Obligation", "履约事项", "Obligation"),
            Self::Deadline => ("Deadline", "时限", "Time limit"),
            Self::Project => ("Project", "项目", "Project"),
            Self::Milestone => ("Milestone", "里程碑", "Milestone"),
            Self::Visit => ("Visit", "走访联系", "Visit"),
            Self::Enterprise => ("Enterprise", "企业", "Enterprise"),
            Self::Liaison => ("Liaison", "专员", "Liaison"),
            Self::Department => ("Department", "部门", "Department"),
            Self::Document => ("Document", "文件", "File"),
            Self::Report => ("Report", "报告", "Report"),
            Self::Account => ("Account", "账户", "Account"),
            Self::Absence => ("Absence", "请假", "Leave"),
            Self::Evaluation => ("Evaluation", "企业评议", "Evaluation"),
            Self::EvaluationDesign => ("EvaluationDesign", "评议方案", "Evaluation design"),
            Self::EvaluationObjection => (
                "EvaluationObjection",
                "评议异议",
                "Objection to an evaluation",
            ),
            Self::Permit => ("Permit", "证照", "Permit"),
            Self::Rating => ("Rating", "单项评价", "Rating"),
            Self::Rectification => ("Rectification", "整改", "Rectification"),
            Self::Letter => ("Letter", "信件", "Letter"),
            Self::Mail => ("Mail", "邮件", "Mail"),
            Self::Job => ("Job", "任务", "Job"),
            Self::Calendar => ("Calendar", "工作日历", "Calendar"),
            Self::Session => ("Session", "会话", "Session"),
            Self::Preference => ("Preference", "偏好", "Preference"),
            Self::Feed => ("Feed", "日历订阅", "Calendar feed"),
            Self::Demonstration => ("Demonstration", "演示", "Demonstration"),
        };
        (name, Said { zh, en })
    }
}

/// What has changed for the enterprises that somebody looks after, when a command is news.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum News {
    /// 里程碑调整: a milestone is expected on another day.
    MilestoneMoved,
    /// 暂停计时: a time limit was paused.
    LimitPaused,
    /// 恢复计时: a time limit runs again.
    LimitResumed,
    /// 延期: a time limit was extended.
    LimitExtended,
    /// 契约变更: a contract has moved on or was amended.
    ContractChanged,
    /// 约定走访: a visit was agreed.
    VisitAgreed,
    /// 走访改期: a visit was moved.
    VisitMoved,
    /// 走访取消: a visit was cancelled.
    VisitCancelled,
    /// 督办: a department was ordered to answer.
    SupervisionOrdered,
}

/// A command as it is declared.
#[derive(Debug)]
pub struct Command {
    /// As the audit trail spells it: "permit.renew".
    pub code: &'static str,
    /// What it changes.
    pub subject: Thing,
    /// What the audit trail says was done.
    pub told: Said,
    /// What it is as news, if it is any.
    pub news: Option<News>,
}

/// Declares the commands of a term beside their functions. It carries data only, so that a command without words in both languages
/// does not compile:
///
/// ```ignore
/// commands! {
///     /// A visit is agreed.
///     AGREE = "visit.agree" on Visit: "约定", "agreed", news VisitAgreed;
/// }
/// ```
macro_rules! commands {
    ($(
        $(#[$meta:meta])*
        $name:ident = $code:literal on $thing:ident: $zh:literal, $en:literal $(, news $news:ident)?;
    )+) => {
        $(
            $(#[$meta])*
            pub static $name: $crate::command::Command = $crate::command::Command {
                code: $code,
                subject: $crate::command::Thing::$thing,
                told: $crate::language::Said { zh: $zh, en: $en },
                news: [$(Some($crate::command::News::$news),)? None][0],
            };
        )+

        /// All of these commands, for whoever reads a code.
        pub static COMMANDS: &[&$crate::command::Command] = &[$(&$name),+];
    };
}
pub(crate) use commands;
