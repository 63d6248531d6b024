//! Permission: one decision over action × role × standing. The table is printed by `qiyue permissions`.
//!
//! What a viewer may *see* is decided in each repository (`visible_to`); what he may *do* with what he sees is decided here.

use crate::{
    error::Fault,
    viewer::{Role, Viewer},
};

/// How a person stands to the thing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Standing {
    /// It is his own (account, session) or his own enterprise's.
    Own,
    /// He is the active liaison of the enterprise, or the deputy.
    Responsible,
    /// It belongs to his department.
    OwnDepartment,
    /// None of these.
    None,
}

impl Standing {
    /// All standings, in the order in which the table prints them.
    pub const ALL: [Self; 4] = [
        Self::Own,
        Self::Responsible,
        Self::OwnDepartment,
        Self::None,
    ];
}

/// What a person may want to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Action {
    /// Create or change accounts, invite, disable.
    ManageAccounts,
    /// Create or change departments.
    ManageDepartments,
    /// Read accounts of other people.
    ReadAccounts,
    /// Create or change enterprises.
    ManageEnterprises,
    /// Record, renew and withdraw permits of enterprises.
    ManagePermits,
    /// Appoint liaisons and deputies, hand over.
    ManageLiaisons,
    /// Record a leave with its deputy, or end it.
    RecordAbsences,
    /// Draft, review, sign, amend, suspend, terminate, renew contracts.
    ManageContracts,
    /// Approve a contract, the leaders' step.
    ApproveContract,
    /// Open an obligation from a standing promise.
    OpenObligation,
    /// Fulfil an obligation with its evidence.
    FulfilObligation,
    /// Declare an obligation missed, with a public reason.
    MissObligation,
    /// Say that one knows of an overdue promise, so that one's own letters about it rest.
    AcknowledgeOverdue,
    /// Order a department to answer for an overdue promise.
    OrderSupervision,
    /// Pause, resume or extend a time limit.
    ChangeDeadline,
    /// Extend a time limit that the law sets, as the head of the deciding body.
    ExtendStatutoryLimit,
    /// Create or change projects, record what a gate asks for.
    ManageProjects,
    /// Pass a gate although its requirement is not met.
    OverrideGate,
    /// Plan milestones, record forecasts and actual dates.
    ChangeMilestones,
    /// Report the progress of a project.
    ReportProgress,
    /// Agree visits with an enterprise, move and cancel them, record contacts.
    RecordVisits,
    /// Upload a file.
    UploadDocuments,
    /// Import the yearly calendar.
    ImportCalendar,
    /// Import a ledger.
    ImportLedger,
    /// Read the audit trail.
    ReadAudit,
    /// Rate a service, once, and again when the department has replied to a bad rating.
    RateService,
    /// Call back after a low mark, verify it, work it off, or appeal.
    WorkRectification,
    /// Propose and decide on an appeal against a rating.
    DecideOnAppeal,
    /// Accept or return the reply to a low score.
    ConcludeRectification,
    /// End a rectification that two replies did not solve.
    SettleRectification,
    /// Adopt the wording, weights and thresholds of the next evaluations.
    DesignEvaluation,
    /// Answer the form of an evaluation.
    AnswerEvaluation,
    /// Issue the sheets of an evaluation on paper, and type them in.
    HandleSheets,
    /// Object to the score of a department.
    ObjectToScore,
    /// Propose what to decide on an objection.
    ProposeOnObjection,
    /// Decide on an objection.
    DecideOnObjection,
    /// Approve the figures of an evaluation.
    ApproveEvaluation,
    /// Publish approved figures.
    PublishEvaluation,
    /// Read jobs, their runs and the states of letters.
    ReadOperations,
    /// Pause, resume and run jobs, release or drop letters.
    ManageOperations,
}

impl Action {
    /// All actions, in the order in which the table prints them.
    pub const ALL: [Self; 40] = [
        Self::ManageAccounts,
        Self::ManageDepartments,
        Self::ReadAccounts,
        Self::ManageEnterprises,
        Self::ManagePermits,
        Self::ManageLiaisons,
        Self::RecordAbsences,
        Self::ManageContracts,
        Self::ApproveContract,
        Self::OpenObligation,
        Self::FulfilObligation,
        Self::MissObligation,
        Self::AcknowledgeOverdue,
        Self::OrderSupervision,
        Self::ChangeDeadline,
        Self::ExtendStatutoryLimit,
        Self::ManageProjects,
        Self::OverrideGate,
        Self::ChangeMilestones,
        Self::ReportProgress,
        Self::RecordVisits,
        Self::UploadDocuments,
        Self::ImportCalendar,
        Self::ImportLedger,
        Self::ReadAudit,
        Self::RateService,
        Self::WorkRectification,
        Self::DecideOnAppeal,
        Self::ConcludeRectification,
        Self::SettleRectification,
        Self::DesignEvaluation,
        Self::AnswerEvaluation,
        Self::HandleSheets,
        Self::ObjectToScore,
        Self::ProposeOnObjection,
        Self::DecideOnObjection,
        Self::ApproveEvaluation,
        Self::PublishEvaluation,
        Self::ReadOperations,
        Self::ManageOperations,
    ];
}

/// The decision.
pub fn allows(action: Action, role: Role, standing: Standing) -> bool {
    use Action as A;
    use Role as R;
    match action {
        A::ManageAccounts | A::ManageDepartments | A::ImportCalendar | A::ManageOperations => {
            role == R::Admin
        }
        A::ReadAccounts | A::ReadOperations => matches!(role, R::Admin | R::Centre),
        A::ManageEnterprises
        | A::ManageLiaisons
        | A::ManageContracts
        | A::ImportLedger
        | A::DesignEvaluation
        | A::ConcludeRectification
        | A::HandleSheets
        | A::ProposeOnObjection
        | A::PublishEvaluation => role == R::Centre,
        A::DecideOnAppeal => matches!(role, R::Centre | R::Supervisor),
        A::SettleRectification => role == R::Supervisor,
        A::WorkRectification => {
            matches!(role, R::Centre | R::DepartmentHead) && standing == Standing::OwnDepartment
        }
        A::AnswerEvaluation | A::RateService => role == R::Enterprise && standing == Standing::Own,
        A::ExtendStatutoryLimit => {
            matches!(role, R::Leader | R::DepartmentHead) && standing == Standing::OwnDepartment
        }
        A::ObjectToScore => role == R::DepartmentHead && standing == Standing::OwnDepartment,
        A::AcknowledgeOverdue => {
            matches!(role, R::Centre | R::Liaison | R::DepartmentHead)
        }
        A::OrderSupervision => matches!(role, R::Leader | R::Supervisor),
        A::RecordAbsences => standing == Standing::Own || matches!(role, R::Admin | R::Centre),
        A::ApproveContract | A::OverrideGate | A::DecideOnObjection | A::ApproveEvaluation => {
            role == R::Leader
        }
        A::ManagePermits
        | A::OpenObligation
        | A::FulfilObligation
        | A::MissObligation
        | A::ChangeDeadline
        | A::ManageProjects
        | A::ChangeMilestones
        | A::RecordVisits => match role {
            R::Centre => true,
            R::Liaison => standing == Standing::Responsible,
            R::DepartmentHead => {
                standing == Standing::OwnDepartment
                    && matches!(action, A::FulfilObligation | A::ChangeDeadline)
            }
            _ => false,
        },
        A::ReportProgress => match role {
            R::Centre => true,
            R::Liaison => standing == Standing::Responsible,
            R::Enterprise => standing == Standing::Own,
            _ => false,
        },
        A::UploadDocuments => matches!(
            role,
            R::Centre | R::Liaison | R::DepartmentHead | R::Enterprise | R::Leader
        ),
        A::ReadAudit => matches!(role, R::Supervisor | R::Admin),
    }
}

/// Lets `viewer` pass or says why not. The system itself may do everything; nobody without a session may do anything.
pub fn require(viewer: &Viewer, action: Action, standing: Standing) -> Result<(), Fault> {
    match viewer {
        Viewer::System { .. } => Ok(()),
        Viewer::Anonymous { .. } => Err(Fault::Unauthenticated),
        Viewer::Person(person) if allows(action, person.role, standing) => Ok(()),
        Viewer::Person(_) => Err(Fault::Forbidden),
    }
}
