//! Permission: one decision over action × role × standing. The table is printed by `qiyue permissions`.
//!
//! What a viewer may *see* is decided in each repository (`visible_to`); what he may *do* with what he sees is decided here.

use crate::{
    error::Fault,
    term::term,
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

term! {
    /// Something a person may be allowed to do (权限).
    pub enum Action as "PermittedAction" {
        /// Create or change accounts, invite, disable.
        ManageAccounts = "MANAGE_ACCOUNTS", "管理账户", "Manage accounts";
        /// Create or change departments.
        ManageDepartments = "MANAGE_DEPARTMENTS", "管理部门", "Manage departments";
        /// Invite the contacts of enterprises, and keep the telephone numbers of contacts and liaisons.
        KeepContacts = "KEEP_CONTACTS", "维护企业联系人", "Look after enterprise contacts";
        /// Read accounts of other people.
        ReadAccounts = "READ_ACCOUNTS", "查看账户", "Read accounts";
        /// Create or change enterprises.
        ManageEnterprises = "MANAGE_ENTERPRISES", "管理企业", "Manage enterprises";
        /// Record, renew and withdraw permits of enterprises.
        ManagePermits = "MANAGE_PERMITS", "管理证照", "Manage permits";
        /// Appoint liaisons and deputies, hand over.
        ManageLiaisons = "MANAGE_LIAISONS", "任命专员", "Appoint liaisons";
        /// Record a leave with its deputy, or end it.
        RecordAbsences = "RECORD_ABSENCES", "登记请假", "Record leaves";
        /// Draft, review, sign, amend, suspend, terminate, renew contracts.
        ManageContracts = "MANAGE_CONTRACTS", "管理契约", "Manage contracts";
        /// Approve a contract, the leaders' step.
        ApproveContract = "APPROVE_CONTRACT", "批准契约", "Approve contracts";
        /// Open an obligation from a standing promise.
        OpenObligation = "OPEN_OBLIGATION", "登记来电、来函或事件", "Record calls, letters and events";
        /// Fulfil an obligation with its evidence.
        FulfilObligation = "FULFIL_OBLIGATION", "登记履约", "Fulfil obligations";
        /// Declare an obligation missed, with a public reason.
        MissObligation = "MISS_OBLIGATION", "登记未履行", "Declare obligations missed";
        /// Acknowledge an overdue promise, so that one's own reminders of it pause.
        AcknowledgeOverdue = "ACKNOWLEDGE_OVERDUE", "知悉超期事项", "Acknowledge overdue items";
        /// Order a department to answer for an overdue promise.
        OrderSupervision = "ORDER_SUPERVISION", "下达督办单", "Issue supervision orders";
        /// Answer an order for the department in charge.
        AnswerSupervision = "ANSWER_SUPERVISION", "答复督办单", "Answer supervision orders";
        /// Pause, resume or extend a time limit.
        ChangeDeadline = "CHANGE_DEADLINE", "暂停或延长时限", "Pause or extend time limits";
        /// Extend a time limit that the law sets, as the head of the deciding body.
        ExtendStatutoryLimit = "EXTEND_STATUTORY_LIMIT", "批准法定时限延长", "Extend statutory limits";
        /// Create or change projects, record what a gate asks for.
        ManageProjects = "MANAGE_PROJECTS", "管理项目", "Manage projects";
        /// Pass a gate although its requirement is not met.
        OverrideGate = "OVERRIDE_GATE", "批准容缺办理", "Override requirements";
        /// Plan milestones, record forecasts and actual dates.
        ChangeMilestones = "CHANGE_MILESTONES", "调整里程碑", "Change milestones";
        /// Report the progress of a project.
        ReportProgress = "REPORT_PROGRESS", "填报进展", "Report progress";
        /// Arrange visits with an enterprise, move and cancel them, record contacts.
        RecordVisits = "RECORD_VISITS", "记录走访联系", "Record visits";
        /// Comment on contracts, obligations and projects.
        WriteComments = "WRITE_COMMENTS", "留言", "Write comments";
        /// Withdraw a comment that one has written.
        WithdrawComments = "WITHDRAW_COMMENTS", "撤回留言", "Withdraw comments";
        /// Upload a file.
        UploadDocuments = "UPLOAD_DOCUMENTS", "上传文件", "Upload files";
        /// Import the yearly calendar.
        ImportCalendar = "IMPORT_CALENDAR", "导入日历", "Import the calendar";
        /// Import a ledger.
        ImportLedger = "IMPORT_LEDGER", "导入台账", "Import the ledger";
        /// Read the audit trail.
        ReadAudit = "READ_AUDIT", "查看审计记录", "Read the audit trail";
        /// Rate a service, once, and again when the department has replied to a bad rating.
        RateService = "RATE_SERVICE", "评价服务", "Rate services";
        /// Call back after a low mark, verify it, resolve it, or appeal.
        WorkRectification = "WORK_RECTIFICATION", "办理整改", "Handle rectifications";
        /// Propose and decide on an appeal against a rating.
        DecideOnAppeal = "DECIDE_ON_APPEAL", "裁定评价申诉", "Decide on appeals";
        /// Accept or return the reply to a low score.
        ConcludeRectification = "CONCLUDE_RECTIFICATION", "审核整改反馈", "Review replies";
        /// End a rectification that two replies did not solve.
        SettleRectification = "SETTLE_RECTIFICATION", "整改督办结案", "Settle rectifications";
        /// Adopt the wording, weights and thresholds of the next evaluations.
        DesignEvaluation = "DESIGN_EVALUATION", "修订评议方案", "Design evaluations";
        /// Compile the evaluation of a quarter that is due by hand.
        CompileEvaluation = "COMPILE_EVALUATION", "编制企业评议", "Compile evaluations";
        /// Answer the form of an evaluation.
        AnswerEvaluation = "ANSWER_EVALUATION", "填写评议表", "Answer evaluations";
        /// Issue the sheets of an evaluation on paper, and type them in.
        HandleSheets = "HANDLE_SHEETS", "办理纸质评议表", "Handle paper sheets";
        /// Object to the score of a department.
        ObjectToScore = "OBJECT_TO_SCORE", "提出评议异议", "Object to scores";
        /// Propose what to decide on an objection.
        ProposeOnObjection = "PROPOSE_ON_OBJECTION", "拟办异议", "Propose on objections";
        /// Decide on an objection.
        DecideOnObjection = "DECIDE_ON_OBJECTION", "决定异议", "Decide on objections";
        /// Approve the figures of an evaluation.
        ApproveEvaluation = "APPROVE_EVALUATION", "批准评议结果", "Approve evaluations";
        /// Publish approved figures.
        PublishEvaluation = "PUBLISH_EVALUATION", "公布评议结果", "Publish evaluations";
        /// Propose a version of an item of one's department.
        ProposeItem = "PROPOSE_ITEM", "提出事项版本", "Propose versions of items";
        /// Publish the version of an item that its department has proposed, return it, or take the item off the catalogue.
        PublishItem = "PUBLISH_ITEM", "公布审批事项", "Publish items";
        /// Confirm a version that changes the silence class of an item, or has one that forbids silence or grants by it.
        ConfirmItem = "CONFIRM_ITEM", "批准默许类别", "Confirm silence classes";
        /// Answer the questions that tell which approval items a project needs.
        AnswerQuestions = "ANSWER_QUESTIONS", "回答项目问题", "Answer the questions about a project";
        /// Fill in applications and hand them in: one's own enterprise's, or at the window.
        FillApplications = "FILL_APPLICATIONS", "填报申请", "Fill in applications";
        /// Take, check, pause, decide and deliver the cases of one's department.
        WorkCases = "WORK_CASES", "办理办件", "Work on cases";
        /// Hand in what a case still lacks, or take it in at the window.
        HandInForCase = "HAND_IN_FOR_CASE", "补交办件材料", "Hand in for cases";
        /// Withdraw a case, contest a pause of it, agree to a later day than was promised.
        ActAsApplicant = "ACT_AS_APPLICANT", "行使申请人权利", "Act as the applicant";
        /// Settle a pause that an applicant contests.
        SettlePauses = "SETTLE_PAUSES", "裁定暂停异议", "Settle contested pauses";
        /// Read jobs, their runs and the states of letters.
        ReadOperations = "READ_OPERATIONS", "查看运行状况", "Read operations";
        /// Pause, resume and run jobs, release or discard letters.
        ManageOperations = "MANAGE_OPERATIONS", "管理运行", "Manage operations";
    }
}

/// The decision.
pub fn allows(action: Action, role: Role, standing: Standing) -> bool {
    use Action as A;
    use Role as R;
    match action {
        A::ManageAccounts | A::ManageDepartments | A::ImportCalendar | A::ManageOperations => {
            role == R::Admin
        }
        A::KeepContacts | A::ReadAccounts | A::ReadOperations => {
            matches!(role, R::Admin | R::Centre)
        }
        A::ManageEnterprises
        | A::ManageLiaisons
        | A::ManageContracts
        | A::ImportLedger
        | A::DesignEvaluation
        | A::CompileEvaluation
        | A::ConcludeRectification
        | A::HandleSheets
        | A::ProposeOnObjection
        | A::PublishItem
        | A::PublishEvaluation => role == R::Centre,
        A::DecideOnAppeal => matches!(role, R::Centre | R::Supervisor),
        A::SettleRectification | A::SettlePauses => role == R::Supervisor,
        A::WorkRectification | A::AnswerSupervision => {
            matches!(role, R::Centre | R::DepartmentHead) && standing == Standing::OwnDepartment
        }
        A::AnswerEvaluation | A::RateService | A::ActAsApplicant => {
            role == R::Enterprise && standing == Standing::Own
        }
        A::WorkCases => {
            matches!(role, R::WindowOfficer | R::DepartmentHead)
                && standing == Standing::OwnDepartment
        }
        A::HandInForCase => match role {
            R::Centre => true,
            R::WindowOfficer | R::DepartmentHead => standing == Standing::OwnDepartment,
            R::Enterprise => standing == Standing::Own,
            _ => false,
        },
        A::ExtendStatutoryLimit => {
            matches!(role, R::Leader | R::DepartmentHead) && standing == Standing::OwnDepartment
        }
        A::ObjectToScore | A::ProposeItem => {
            role == R::DepartmentHead && standing == Standing::OwnDepartment
        }
        A::AcknowledgeOverdue => {
            matches!(role, R::Centre | R::Liaison | R::DepartmentHead)
        }
        A::OrderSupervision => matches!(role, R::Leader | R::Supervisor),
        A::RecordAbsences => standing == Standing::Own || matches!(role, R::Admin | R::Centre),
        A::ApproveContract
        | A::OverrideGate
        | A::DecideOnObjection
        | A::ConfirmItem
        | A::ApproveEvaluation => role == R::Leader,
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
        A::ReportProgress | A::AnswerQuestions => match role {
            R::Centre => true,
            R::Liaison => standing == Standing::Responsible,
            R::Enterprise => standing == Standing::Own,
            _ => false,
        },
        A::FillApplications => match role {
            R::Centre | R::WindowOfficer => true,
            R::Enterprise => standing == Standing::Own,
            _ => false,
        },
        A::WriteComments => match role {
            R::Centre | R::Leader | R::Supervisor | R::DepartmentHead => true,
            R::Liaison => standing == Standing::Responsible,
            R::Enterprise => standing == Standing::Own,
            _ => false,
        },
        A::WithdrawComments => {
            standing == Standing::Own && !matches!(role, R::Admin | R::WindowOfficer | R::Inspector)
        }
        A::UploadDocuments => matches!(
            role,
            R::Centre
                | R::Liaison
                | R::DepartmentHead
                | R::WindowOfficer
                | R::Enterprise
                | R::Leader
        ),
        A::ReadAudit => matches!(role, R::Supervisor | R::Admin),
    }
}

/// Lets `viewer` pass or says why not. The system itself may do everything; nobody without a session may do anything; what asks for
/// no permission everybody else may do.
pub fn require(
    viewer: &Viewer,
    action: impl Into<Option<Action>>,
    standing: Standing,
) -> Result<(), Fault> {
    let action = action.into();
    let allowed = |role| action.is_none_or(|action| allows(action, role, standing));
    match viewer {
        Viewer::System { .. } => Ok(()),
        Viewer::Anonymous { .. } => Err(Fault::Unauthenticated),
        Viewer::Person(person) if allowed(person.role) => Ok(()),
        Viewer::Person(_) => Err(Fault::Forbidden),
    }
}
