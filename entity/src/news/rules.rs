//! Which changes are news.

use uuid::Uuid;

use crate::{subject, viewer::Role};

/// What has changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
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

/// The commands that are news, each with what it changes.
const COMMANDS: [(&str, Kind); 18] = [
    ("milestone.change_forecast", Kind::MilestoneMoved),
    ("deadline.pause", Kind::LimitPaused),
    ("deadline.resume", Kind::LimitResumed),
    ("deadline.extend", Kind::LimitExtended),
    ("contract.approve", Kind::ContractChanged),
    ("contract.sign", Kind::ContractChanged),
    ("contract.activate", Kind::ContractChanged),
    ("contract.amend_begin", Kind::ContractChanged),
    ("contract.amend_finish", Kind::ContractChanged),
    ("contract.suspend", Kind::ContractChanged),
    ("contract.resume", Kind::ContractChanged),
    ("contract.terminate", Kind::ContractChanged),
    ("contract.expire", Kind::ContractChanged),
    ("contract.amend_clause", Kind::ContractChanged),
    ("visit.agree", Kind::VisitAgreed),
    ("visit.move", Kind::VisitMoved),
    ("visit.cancel", Kind::VisitCancelled),
    ("obligation.supervise", Kind::SupervisionOrdered),
];

/// The commands that are news.
pub fn commands() -> impl Iterator<Item = &'static str> {
    COMMANDS.into_iter().map(|(command, _)| command)
}

/// What a command has changed; nothing when it is no news.
pub fn kind(command: &str) -> Option<Kind> {
    let mut known = COMMANDS.into_iter();
    known
        .find(|(name, _)| *name == command)
        .map(|(_, kind)| kind)
}

/// Whether this role reads news: those who see an enterprise with everything that belongs to it.
pub fn reads(role: Role) -> bool {
    matches!(
        role,
        Role::Centre | Role::Leader | Role::Supervisor | Role::Liaison
    )
}

/// The thing that has changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Subject {
    /// A milestone.
    Milestone(Uuid),
    /// What a time limit is on.
    Limit(Box<subject::Subject>),
    /// An obligation of which its department has to answer.
    Obligation(Uuid),
    /// A contract.
    Contract(Uuid),
    /// A visit.
    Visit(Uuid),
}
