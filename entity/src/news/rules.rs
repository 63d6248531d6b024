//! Which changes are news.

use uuid::Uuid;

use crate::{subject, term::term, viewer::Role};

term! {
    /// What has changed.
    pub enum Kind as "NewsKind" {
        /// A milestone is expected on another day.
        MilestoneMoved = "MILESTONE_MOVED", "里程碑调整", "Milestone moved";
        /// A time limit was paused.
        LimitPaused = "LIMIT_PAUSED", "暂停计时", "Time limit paused";
        /// A time limit runs again.
        LimitResumed = "LIMIT_RESUMED", "恢复计时", "Time limit goes on";
        /// A time limit was extended.
        LimitExtended = "LIMIT_EXTENDED", "延期", "Time limit extended";
        /// A contract has moved on or was amended.
        ContractChanged = "CONTRACT_CHANGED", "契约变更", "Contract changed";
        /// A visit was agreed.
        VisitAgreed = "VISIT_AGREED", "约定走访", "Visit agreed";
        /// A visit was moved.
        VisitMoved = "VISIT_MOVED", "走访改期", "Visit moved";
        /// A visit was cancelled.
        VisitCancelled = "VISIT_CANCELLED", "走访取消", "Visit cancelled";
        /// A department was ordered to answer.
        SupervisionOrdered = "SUPERVISION_ORDERED", "督办", "Supervision order";
    }
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
