//! Projects (重点项目) in the API.

use api_door::{
    coded::{Coded, plain},
    command::command,
    form::{Input, Offered, Payload, offered, run},
    loaders::{self, by_id, by_owner},
    operation::{store, viewer},
    page::{self, Connection, SortDirection},
    row::Row,
    scalar::{Date, DateTime, Kind},
};
use async_graphql::{Context, Enum, ID, Object, Result, SimpleObject};
use chrono::NaiveDate;
use entity::{
    clock::civil_date,
    commitment::rules::PROGRESS_ENTRY,
    error::{Explain, Fault},
    language::Text,
    milestone,
    obligation::rules::Deed,
    permission::{self, Action, Standing},
    project::{
        self, commands, progress, repository, requirement, rules, rules::ProjectError, stage,
    },
    table::Visible,
    text::Search,
};
use futures::try_join;
use uuid::Uuid;

use super::{
    comment::{Comment, CommentsOfProject, comments},
    contract::{Contract, ContractById},
    deadline::calendar_in_force,
    enterprise::{Enterprise, EnterpriseById},
    item::CatalogueToday,
    liaison::{Official, official},
    milestone::Milestone,
    obligation::{Obligation, StandingTo, kept_by},
};

pub mod filter;
mod gates;
mod needs;

use filter::{ProjectFilter, ProjectSort};
use gates::{Gate, ProjectRecordRequirementInput, ProjectRecordRequirementPayload};
use needs::{
    NeedsOfProject, ProjectAnswerQuestionsInput, ProjectAnswerQuestionsPayload, ProjectNeeds,
};

/// Why a command on a project was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum ProjectErrorCode {
    /// The name is empty or longer than 200 characters.
    NameInvalid,
    /// The contract has a project of this name.
    NameTaken,
    /// The contract is over.
    ContractOver,
    /// The project is on hold, dropped or done.
    NotActive,
    /// It is neither on hold nor dropped.
    NotResting,
    /// There are ten stages.
    StageUnknown,
    /// It was entered before.
    StageEntered,
    /// It was not entered, or has been left.
    StageNotOpen,
    /// A stage before it is not finished.
    StageBefore,
    /// What the law asks for before this step is not recorded.
    GateOpen,
    /// There is no such gate.
    GateUnknown,
    /// The gate has been answered.
    GateAnswered,
    /// The number or the date of the document is absent or too long, or the file is not one of this enterprise.
    DocumentInvalid,
    /// A reason is needed, up to 1000 characters.
    ReasonInvalid,
    /// The day lies in the future, or before what it follows.
    DayInvalid,
    /// Progress is a number from 0 to 100.
    PercentInvalid,
    /// A note is needed, up to 2000 characters.
    NoteInvalid,
}

impl From<ProjectError> for ProjectErrorCode {
    fn from(error: ProjectError) -> Self {
        match error {
            ProjectError::NameInvalid => Self::NameInvalid,
            ProjectError::NameTaken => Self::NameTaken,
            ProjectError::ContractOver => Self::ContractOver,
            ProjectError::NotActive => Self::NotActive,
            ProjectError::NotResting => Self::NotResting,
            ProjectError::StageUnknown => Self::StageUnknown,
            ProjectError::StageEntered => Self::StageEntered,
            ProjectError::StageNotOpen => Self::StageNotOpen,
            ProjectError::StageBefore { .. } => Self::StageBefore,
            ProjectError::GateOpen { .. } => Self::GateOpen,
            ProjectError::GateUnknown => Self::GateUnknown,
            ProjectError::GateAnswered => Self::GateAnswered,
            ProjectError::DocumentInvalid => Self::DocumentInvalid,
            ProjectError::ReasonInvalid => Self::ReasonInvalid,
            ProjectError::DayInvalid => Self::DayInvalid,
            ProjectError::PercentInvalid => Self::PercentInvalid,
            ProjectError::NoteInvalid => Self::NoteInvalid,
        }
    }
}

/// A project (重点项目): what an enterprise builds under its contract, through ten stages.
pub struct Project(pub(crate) project::Model);

impl From<project::Model> for Project {
    fn from(row: project::Model) -> Self {
        Self(row)
    }
}

/// A project (重点项目): what an enterprise builds under its contract, through ten stages.
#[Object]
impl Project {
    /// The global id.
    pub(super) async fn id(&self) -> ID {
        Kind::Project.id(self.0.id)
    }

    /// What people call it; unique within the contract.
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// The contract that names it.
    async fn contract(&self, ctx: &Context<'_>) -> Result<Option<Row<Contract>>> {
        let row = loaders::one::<ContractById>(ctx, self.0.contract_id).await?;
        Ok(row.map(Contract).map(Row))
    }

    /// Whose project it is.
    async fn enterprise(&self, ctx: &Context<'_>) -> Result<Option<Row<Enterprise>>> {
        let row = loaders::one::<EnterpriseById>(ctx, self.0.enterprise_id).await?;
        Ok(row.map(Enterprise).map(Row))
    }

    /// Whether it goes on.
    async fn state(&self) -> Coded<project::State> {
        self.0.state.into()
    }

    /// Why it is on hold or dropped.
    async fn state_reason(&self) -> Option<&str> {
        self.0.state_reason.as_deref()
    }

    /// When it was recorded.
    async fn created_at(&self) -> DateTime {
        self.0.created_at.into()
    }

    /// The ten stages (项目阶段), in order; several may be open at once.
    #[graphql(complexity = "10 * child_complexity")]
    async fn stages(&self, ctx: &Context<'_>) -> Result<Vec<Stage>> {
        let rows = loaders::one::<StagesOfProject>(ctx, self.0.id).await?;
        Ok(rows.unwrap_or_default().into_iter().map(Stage).collect())
    }

    /// The hard gates (法定前置条件) between the stages, and how this project answered them.
    #[graphql(complexity = "12 * child_complexity")]
    async fn gates(&self, ctx: &Context<'_>) -> Result<Vec<Gate>> {
        let answers = self.answers(ctx).await?;
        let answer = |code| answers.iter().find(|answer| answer.code == code).cloned();
        let gates = rules::GATES.iter();
        Ok(gates.map(|gate| Gate(gate, answer(gate.code))).collect())
    }

    /// Whether a leader passed one of its gates although the requirement was not met (容缺办理).
    async fn flagged(&self, ctx: &Context<'_>) -> Result<bool> {
        let answers = self.answers(ctx).await?;
        let mut outcomes = answers.iter().map(|answer| answer.outcome);
        Ok(outcomes.any(rules::is_flagged))
    }

    /// The milestones (里程碑), in the order of the plan.
    #[graphql(complexity = "10 * child_complexity")]
    async fn milestones(&self, ctx: &Context<'_>) -> Result<Vec<Row<Milestone>>> {
        let rows = self.plan(ctx).await?;
        Ok(rows.into_iter().map(Milestone).map(Row).collect())
    }

    /// How far it is by the weights of its planned milestones; null while nothing is planned.
    async fn progress(&self, ctx: &Context<'_>) -> Result<Option<Progress>> {
        let progress = milestone::rules::progress(&self.plan(ctx).await?, store(ctx).today());
        Ok(progress.map(|progress| Progress {
            planned: progress.planned,
            actual: progress.actual,
            lag: progress.lag(),
        }))
    }

    /// Since when nobody has reported on it, when that is more than a calendar month ago (进展逾期未报); null while reports come, and for a
    /// project that rests, has ended or is in its last stage. With a plan, it is at least yellow then.
    async fn silent_since(&self, ctx: &Context<'_>) -> Result<Option<Date>> {
        Ok(self.silence(ctx).await?.map(Into::into))
    }

    /// Its light today: the most severe of its lag, of its open milestones and of its silence; null while nothing is planned (未排期).
    async fn light(&self, ctx: &Context<'_>) -> Result<Option<Coded<milestone::rules::Light>>> {
        let light = milestone::rules::shown(&self.0, store(ctx).today());
        Ok(light.map(Into::into))
    }

    /// Why it shows its light, in the viewer's language, what is most severe first: the milestone that is or will be late the most, the lag,
    /// the silence. Empty while it is green or unplanned.
    #[graphql(complexity = "3")]
    async fn light_causes(&self, ctx: &Context<'_>) -> Result<Vec<String>> {
        let calendar = calendar_in_force(ctx);
        let (plan, silence, calendar) = try_join!(self.plan(ctx), self.silence(ctx), calendar)?;
        let causes = milestone::rules::causes(&plan, silence, store(ctx).today(), &calendar);
        let language = viewer(ctx).language();
        let said = |text: Text| text.in_language(language).to_owned();
        Ok(causes.into_iter().map(said).collect())
    }

    /// What was reported on it (进展填报), newest first.
    #[graphql(complexity = "12 * child_complexity")]
    async fn reports(&self, ctx: &Context<'_>) -> Result<Vec<ProgressReport>> {
        let rows = loaders::one::<ReportsOfProject>(ctx, self.0.id).await?;
        let rows = rows.unwrap_or_default().into_iter();
        let enterprise_id = self.0.enterprise_id;
        let report = |row| ProgressReport { row, enterprise_id };
        Ok(rows.map(report).collect())
    }

    /// What it needs of the approval hall (需办事项), as far as its questions are answered; null before there is a catalogue.
    async fn needs(&self, ctx: &Context<'_>) -> Result<Option<ProjectNeeds>> {
        let row = loaders::one::<NeedsOfProject>(ctx, self.0.id);
        let catalogue = loaders::one::<CatalogueToday>(ctx, ());
        let (row, catalogue) = try_join!(row, catalogue)?;
        let row = row.and_then(|rows| rows.into_iter().next());
        Ok(catalogue.map(|catalogue| ProjectNeeds::of(self.0.clone(), row, catalogue)))
    }

    /// The comments about it (留言) that this viewer may read, the oldest first.
    #[graphql(complexity = "page::cost(first, last, child_complexity)")]
    async fn comments(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many from the start.")] first: Option<i32>,
        #[graphql(desc = "How many from the end.")] last: Option<i32>,
        #[graphql(desc = "After this cursor.")] after: Option<String>,
        #[graphql(desc = "Before this cursor.")] before: Option<String>,
    ) -> Result<Connection<Comment>> {
        comments::<CommentsOfProject>(ctx, self.0.id, (first, last), (after, before)).await
    }

    /// Grows by one with every change; for `expectedVersion`.
    async fn version(&self) -> i32 {
        self.0.version
    }

    /// The commands for it: whether the viewer may give each one now, and why not.
    #[graphql(complexity = "7 * child_complexity")]
    async fn commands(&self, ctx: &Context<'_>) -> Result<Vec<Offered>> {
        let standing = loaders::one::<StandingTo>(ctx, self.0.enterprise_id).await?;
        let standing = standing.unwrap_or(Standing::None);
        let offers = commands::offered(viewer(ctx), standing, &self.0);
        Ok(offered(ctx, offers, None))
    }

    /// What the viewer may do with it today.
    async fn permissions(&self, ctx: &Context<'_>) -> Result<ProjectPermissions> {
        let standing = loaders::one::<StandingTo>(ctx, self.0.enterprise_id).await?;
        let standing = standing.unwrap_or(Standing::None);
        let may = |action| permission::require(viewer(ctx), action, standing).is_ok();
        Ok(ProjectPermissions {
            state: self.0.state,
            manage: may(Action::ManageProjects),
            override_gate: may(Action::OverrideGate),
            plan: may(Action::ChangeMilestones),
            report: may(Action::ReportProgress),
        })
    }
}

impl Project {
    async fn plan(&self, ctx: &Context<'_>) -> Result<Vec<milestone::Model>> {
        let rows = loaders::one::<MilestonesOfProject>(ctx, self.0.id).await?;
        Ok(rows.unwrap_or_default())
    }

    async fn silence(&self, ctx: &Context<'_>) -> Result<Option<NaiveDate>> {
        let stages = loaders::one::<StagesOfProject>(ctx, self.0.id);
        let reports = loaders::one::<ReportsOfProject>(ctx, self.0.id);
        let (stages, reports) = try_join!(stages, reports)?;
        Ok(rules::silent_since(
            &self.0,
            &stages.unwrap_or_default(),
            &reports.unwrap_or_default(),
            store(ctx).today(),
            store(ctx).zone(),
        ))
    }

    async fn answers(&self, ctx: &Context<'_>) -> Result<Vec<requirement::Model>> {
        let rows = loaders::one::<RequirementsOfProject>(ctx, self.0.id).await?;
        Ok(rows.unwrap_or_default())
    }
}

/// How far a project is, in percent by the weights of its planned milestones.
#[derive(SimpleObject)]
pub struct Progress {
    /// What the first plan says for today.
    planned: i32,
    /// What has been reached.
    actual: i32,
    /// How many points behind the plan; below zero when ahead.
    lag: i32,
}

/// One of the ten stages of a project (项目阶段).
pub struct Stage(stage::Model);

/// One of the ten stages of a project (项目阶段).
#[Object(name = "ProjectStage")]
impl Stage {
    /// From 1 to 10.
    async fn number(&self) -> i32 {
        self.0.number
    }

    /// Its name in Chinese.
    async fn name_zh(&self) -> &str {
        stage::numbered(self.0.number).map_or("", |stage| stage.name_zh)
    }

    /// Its name in English.
    async fn name_en(&self) -> &str {
        stage::numbered(self.0.number).map_or("", |stage| stage.name_en)
    }

    /// The day it was entered.
    async fn entered_on(&self) -> Option<Date> {
        self.0.entered_on.map(Date)
    }

    /// The day it was left with its evidence.
    async fn left_on(&self) -> Option<Date> {
        self.0.left_on.map(Date)
    }
}

/// A report of progress (进展填报): how far a project says it is, on one day.
pub struct ProgressReport {
    row: progress::Model,
    enterprise_id: Uuid,
}

/// A report of progress (进展填报): how far a project says it is, on one day.
#[Object]
impl ProgressReport {
    /// The day it speaks of.
    async fn reported_on(&self) -> Date {
        self.row.reported_on.into()
    }

    /// How much is done, 0 to 100.
    async fn percent(&self) -> i32 {
        self.row.percent
    }

    /// What was done, what blocks.
    async fn note(&self) -> &str {
        &self.row.note
    }

    /// Who reported.
    async fn reporter(&self, ctx: &Context<'_>) -> Result<Option<Row<Official>>> {
        official(ctx, self.row.reported_by).await
    }

    /// When.
    async fn reported_at(&self) -> DateTime {
        self.row.reported_at.into()
    }

    /// What is still owed to the enterprise and is kept by this report, as far as it can be entered today: to be closed with it.
    #[graphql(complexity = "3 * child_complexity")]
    async fn keeps(&self, ctx: &Context<'_>) -> Result<Vec<Row<Obligation>>> {
        let deed = Deed {
            enterprise_id: self.enterprise_id,
            on: civil_date(self.row.reported_at, store(ctx).zone()),
            evidence: &[PROGRESS_ENTRY],
        };
        kept_by(ctx, deed).await
    }
}

/// What the viewer may do with a project today: what his role allows and the state of the project.
pub struct ProjectPermissions {
    state: project::State,
    manage: bool,
    override_gate: bool,
    plan: bool,
    report: bool,
}

impl ProjectPermissions {
    fn goes_on(&self) -> bool {
        rules::active(self.state).is_ok()
    }
}

/// What the viewer may do with a project today: what his role allows and the state of the project.
#[Object]
impl ProjectPermissions {
    /// Enter and leave stages, answer gates, put it on hold.
    async fn can_manage(&self) -> bool {
        self.manage && self.goes_on()
    }

    /// Pass a gate although its requirement is not met.
    #[graphql(deprecation = "Ask `commands`; until 2027-12-31.")]
    async fn can_override_gate(&self) -> bool {
        self.override_gate && self.goes_on()
    }

    /// Plan milestones, change forecasts, record what was reached.
    async fn can_change_milestones(&self) -> bool {
        self.plan && self.goes_on()
    }

    /// Report progress.
    #[graphql(deprecation = "Ask `commands`; until 2027-12-31.")]
    async fn can_report_progress(&self) -> bool {
        self.report && self.goes_on()
    }

    /// Resume it.
    #[graphql(deprecation = "Ask `commands`; until 2027-12-31.")]
    async fn can_resume(&self) -> bool {
        self.manage && rules::resting(self.state).is_ok()
    }

    /// Why nothing at all can be done: the viewer's role, or it is done; null when something can.
    async fn reason_if_not(&self, ctx: &Context<'_>) -> Option<String> {
        let language = viewer(ctx).language();
        if !(self.manage || self.override_gate || self.plan || self.report) {
            return Some(Fault::Forbidden.explain(language));
        }
        let why = if self.manage {
            rules::active(self.state).or(rules::resting(self.state))
        } else {
            rules::active(self.state)
        };
        let text: Option<Text> = why.err().map(|error| error.explain());
        text.map(|text| text.in_language(language).to_owned())
    }
}

by_id! {
    /// Projects by key.
    ProjectById: project::Model = project::Entity::of_ids
}

by_owner! {
    /// The stages of projects.
    StagesOfProject: stage::Model = repository::stages_of, by |row| row.project_id;
    /// The answers of projects to gates.
    RequirementsOfProject: requirement::Model = repository::requirements_of, by |row| row.project_id;
    /// The reports on projects.
    ReportsOfProject: progress::Model = repository::reports_of, by |row| row.project_id;
    /// The milestones of projects.
    MilestonesOfProject: milestone::Model = milestone::repository::of_projects, by |row| row.project_id;
    /// The projects of enterprises.
    ProjectsOfEnterprise: project::Model = repository::of_enterprises, by |row| row.enterprise_id;
    /// The projects of contracts.
    ProjectsOfContract: project::Model = repository::of_contracts, by |row| row.contract_id;
}

/// Reading projects.
#[derive(Default)]
pub struct ProjectQuery;

#[Object]
impl ProjectQuery {
    /// One project; null when it does not exist for this viewer.
    async fn project(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The global id of the project.")] id: ID,
    ) -> Result<Option<Row<Project>>> {
        let Some(key) = Kind::Project.key(&id) else {
            return Ok(None);
        };
        Ok(loaders::one::<ProjectById>(ctx, key)
            .await?
            .map(Project)
            .map(Row))
    }

    /// The projects this viewer may see, by name.
    #[graphql(complexity = "page::cost(first, last, child_complexity)")]
    #[allow(clippy::too_many_arguments, reason = "the arguments of a connection")]
    async fn projects(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many from the start.")] first: Option<i32>,
        #[graphql(desc = "How many from the end.")] last: Option<i32>,
        #[graphql(desc = "After this cursor.")] after: Option<String>,
        #[graphql(desc = "Before this cursor.")] before: Option<String>,
        #[graphql(name = "where", desc = "Which projects.")] filter: Option<ProjectFilter>,
        #[graphql(desc = "The order; the id decides among equals.")] sort_by: Option<ProjectSort>,
    ) -> Result<Connection<Project>> {
        let request = page::request(ctx, first, last, after, before)?;
        let filter = filter.unwrap_or_default();
        let key = |kind: Kind, id: Option<ID>| id.map(|id| kind.require(&id)).transpose();
        let mut wanted = repository::Filter {
            states: filter.state.map(|state| plain(state.one_of)),
            enterprise_id: key(Kind::Enterprise, filter.enterprise_id)?,
            contract_id: key(Kind::Contract, filter.contract_id)?,
            text: filter.text.as_deref().and_then(Search::of),
            flagged: filter.flagged,
            showing: None,
        };
        if let Some(light) = filter.light {
            let lights: Vec<_> = plain(light.one_of);
            let today = store(ctx).today();
            wanted.showing = Some(milestone::repository::showing(&lights, today));
        }
        let descending = sort_by.is_some_and(|sort| sort.direction == SortDirection::Desc);
        let rows =
            repository::page(store(ctx).db(), viewer(ctx), &wanted, descending, &request).await?;
        Ok(page::connection(rows, |row| row.id))
    }
}

/// What a mutation answers.
type Answer<C> = Payload<C, Project, ProjectErrorCode>;

/// What happens to projects.
#[derive(Default)]
pub struct ProjectMutation;

#[Object]
impl ProjectMutation {
    /// Records a project of a contract, with its ten stages as unplanned milestones (新增项目).
    async fn project_create(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The project.")] input: Input<commands::Create>,
    ) -> Result<Answer<commands::Create>> {
        run(ctx, input, milestone::commands::create_project).await
    }

    /// The project begins a stage: the stages before it are finished, and its gates answered (进入阶段).
    async fn project_enter_stage(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The project and its stage.")] input: Input<commands::EnterStage>,
    ) -> Result<Answer<commands::EnterStage>> {
        run(ctx, input, commands::enter_stage).await
    }

    /// The project finishes a stage; with the last one it is done (完成阶段).
    async fn project_leave_stage(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The project and its stage.")] input: Input<commands::LeaveStage>,
    ) -> Result<Answer<commands::LeaveStage>> {
        run(ctx, input, commands::leave_stage).await
    }

    /// Records the document that a gate asks for, or why the gate does not apply (登记前置条件).
    async fn project_record_requirement(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The project, the gate and its answer.")]
        input: ProjectRecordRequirementInput,
    ) -> Result<ProjectRecordRequirementPayload> {
        let input = commands::RecordRequirement::try_from(input)?;
        command(ctx, input, |store, viewer, input| async move {
            commands::record_requirement(&store, &viewer, input).await
        })
        .await
    }

    /// Answers questions about the project, one or several at once (回答项目问题; CENTRE, its LIAISON, its ENTERPRISE). What is no longer asked then is
    /// forgotten.
    async fn project_answer_questions(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The project and the answers.")] input: ProjectAnswerQuestionsInput,
    ) -> Result<ProjectAnswerQuestionsPayload> {
        let input = entity::needs::commands::Answer::try_from(input)?;
        command(ctx, input, |store, viewer, input| async move {
            entity::needs::commands::answer(&store, &viewer, input).await
        })
        .await
    }

    /// A leader passes a gate although its requirement is not met; the mark stays on the project (容缺办理（经批准）).
    async fn project_override_gate(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The project, the gate and the reason.")] input: Input<
            commands::OverrideGate,
        >,
    ) -> Result<Answer<commands::OverrideGate>> {
        run(ctx, input, commands::override_gate).await
    }

    /// Puts a project on hold for a reason (暂缓).
    async fn project_hold(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The project and the reason.")] input: Input<commands::Hold>,
    ) -> Result<Answer<commands::Hold>> {
        run(ctx, input, commands::hold).await
    }

    /// Terminates a project for a reason (终止).
    async fn project_drop(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The project and the reason.")] input: Input<commands::GiveUp>,
    ) -> Result<Answer<commands::GiveUp>> {
        run(ctx, input, commands::drop).await
    }

    /// Resumes a project that is on hold or terminated (恢复).
    async fn project_resume(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The project and the reason.")] input: Input<commands::Resume>,
    ) -> Result<Answer<commands::Resume>> {
        run(ctx, input, commands::resume).await
    }

    /// Records how far a project is, in the words of who reports (进展填报).
    async fn project_report_progress(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The project and the report.")] input: Input<commands::ReportProgress>,
    ) -> Result<Answer<commands::ReportProgress>> {
        run(ctx, input, commands::report_progress).await
    }
}
