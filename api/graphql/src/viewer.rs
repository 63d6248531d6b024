//! The viewer: the entry for the person who asks.

use api_door::{
    operation::{store, viewer},
    scalar::{Kind, int},
};
use async_graphql::{Context, Enum, ID, Object, Result};
use entity::{
    account,
    error::Fault,
    notice, permission,
    preference::{self, commands::Wishes},
    viewer::Person,
};

use super::preference::Preferences;

/// What a person may be in the park (角色).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "entity::viewer::Role")]
pub enum Role {
    /// Looks after accounts, departments, the calendar and the jobs (管理员).
    Admin,
    /// A leader of the park: sees everything, approves contracts, overrides gates (管委会领导).
    Leader,
    /// The enterprise service centre: enterprises, contracts, liaisons (企业服务中心).
    Centre,
    /// Looks after one or more enterprises (专员).
    Liaison,
    /// The head of a department (部门负责人).
    DepartmentHead,
    /// An officer at a window of the one-stop hall (窗口人员).
    WindowOfficer,
    /// The contact of an enterprise (企业联系人).
    Enterprise,
    /// The supervising body: sees everything, changes nothing (监督机构).
    Supervisor,
    /// A special inspector (特邀监察员).
    Inspector,
}

/// A language of the people.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "entity::language::Language")]
pub enum Language {
    /// Simplified Chinese (简体中文).
    #[graphql(name = "ZH_CN")]
    Chinese,
    /// English.
    #[graphql(name = "EN")]
    English,
}

/// Something a person may be allowed to do (权限).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "entity::permission::Action", name = "PermittedAction")]
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

/// The person who asks (当前用户).
pub struct Viewer(Person);

/// The person who asks (当前用户).
#[Object]
impl Viewer {
    /// The account.
    async fn id(&self) -> ID {
        Kind::Account.id(self.0.account_id)
    }

    /// The name of the person.
    async fn name(&self, ctx: &Context<'_>) -> Result<String> {
        let own = account::repository::find(store(ctx).db(), viewer(ctx), self.0.account_id);
        Ok(own.await?.ok_or(Fault::NotFound)?.name)
    }

    /// What the person is in the park.
    async fn role(&self) -> Role {
        self.0.role.into()
    }

    /// The language the person reads.
    async fn language(&self) -> Language {
        self.0.language.into()
    }

    /// When letters may come, and which ones (偏好).
    async fn preferences(&self, ctx: &Context<'_>) -> Result<Preferences> {
        let db = store(ctx).db();
        let account = account::repository::find(db, viewer(ctx), self.0.account_id).await?;
        Ok(Preferences::from(Wishes {
            preference: preference::repository::of(db, self.0.account_id).await?,
            language: account.ok_or(Fault::NotFound)?.language,
        }))
    }

    /// How many notices are unread (未读通知): cheap enough to be asked for every minute.
    async fn unread_notices(&self, ctx: &Context<'_>) -> Result<i32> {
        let unread = notice::repository::unread(store(ctx).db(), viewer(ctx)).await?;
        Ok(int(unread))
    }

    /// What the person may do, to some things at least; each object says whether to itself.
    #[graphql(complexity = "37")]
    async fn permissions(&self) -> Vec<Action> {
        permission::Action::ALL
            .into_iter()
            .filter(|action| {
                permission::Standing::ALL
                    .into_iter()
                    .any(|standing| permission::allows(*action, self.0.role, standing))
            })
            .map(Action::from)
            .collect()
    }
}

/// The entry for the person who asks.
#[derive(Default)]
pub struct ViewerQuery;

#[Object]
impl ViewerQuery {
    /// The person who asks; null when nobody has signed in.
    async fn viewer(&self, ctx: &Context<'_>) -> Result<Option<Viewer>> {
        Ok(viewer(ctx).person().cloned().map(Viewer))
    }
}
