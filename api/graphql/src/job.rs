//! Jobs (定时任务) and their runs (运行记录) as the API shows them.

use std::collections::HashMap;

use api_door::{
    coded::{Coded, plain},
    form::{Input, Offered, Payload, offered, run},
    loaders::{self, Batch, by_id},
    operation::{store, viewer},
    page::{self, Connection, SortDirection},
    row::Row,
    scalar::{DateTime, Kind},
};
use async_graphql::{Context, Enum, ID, InputObject, MergedObject, Object, Result};
use entity::{
    error::Fault,
    schedule::{self, commands, repository, run},
    store::Store,
    viewer::Viewer,
};

use super::{
    deadline::calendar_in_force,
    liaison::{Official, official},
    range::DateTimeRange,
};

pub mod run_now;

/// Work that happens by itself at its times (定时任务).
pub struct Job(pub(crate) schedule::Model);

impl From<schedule::Model> for Job {
    fn from(row: schedule::Model) -> Self {
        Self(row)
    }
}

/// Work that happens by itself at its times (定时任务).
#[Object]
impl Job {
    /// The global id.
    pub(super) async fn id(&self) -> ID {
        Kind::Job.id(self.0.id)
    }

    /// The name, as the command line takes it: `deadline_warnings`.
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// What it does, in the viewer's language.
    async fn description(&self, ctx: &Context<'_>) -> String {
        let text = self.0.what();
        text.in_language(viewer(ctx).language()).to_owned()
    }

    /// When it is due, in words of the viewer's language ("每月第 3 个工作日 08:00"), in the park's time zone. Null for a job of a
    /// newer version of the program that this one does not understand.
    async fn schedule(&self, ctx: &Context<'_>) -> Option<String> {
        let text = self.0.plan()?.when.in_words();
        Some(text.in_language(viewer(ctx).language()).to_owned())
    }

    /// What becomes of times that were missed.
    async fn catch_up(&self) -> Option<Coded<schedule::rules::CatchUp>> {
        Some(self.0.plan()?.catch_up.into())
    }

    /// When it runs next, by the working-day calendar in force; while it is paused, the first time after the pause.
    async fn next_run_at(&self, ctx: &Context<'_>) -> Result<Option<DateTime>> {
        let Some(plan) = self.0.plan() else {
            return Ok(None);
        };
        let (now, zone) = (store(ctx).now(), store(ctx).zone());
        let after = self.0.paused_at(now).unwrap_or(now);
        let calendar = calendar_in_force(ctx).await?;
        Ok(plan
            .when
            .next_after(after, zone, &calendar)
            .map(DateTime::from))
    }

    /// The newest run that was not skipped.
    async fn last_run(&self, ctx: &Context<'_>) -> Result<Option<JobRun>> {
        let row = loaders::one::<LastRunOf>(ctx, self.0.name.clone()).await?;
        Ok(row.map(JobRun))
    }

    /// Who paused it, until when and why; null while it is not paused.
    async fn pause(&self, ctx: &Context<'_>) -> Option<JobPause> {
        self.0.paused_at(store(ctx).now())?;
        Some(JobPause(self.0.clone()))
    }

    /// Up to when everything has been run, tried or covered.
    async fn settled_until(&self) -> Option<DateTime> {
        self.0.caught_up_to.map(DateTime::from)
    }

    /// Counts the pauses and resumptions; give it back as `expectedVersion`.
    async fn version(&self) -> i32 {
        self.0.version
    }

    /// The commands for it: whether the viewer may give each one now, and why not.
    #[graphql(complexity = "5 * child_complexity")]
    async fn commands(&self, ctx: &Context<'_>) -> Vec<Offered> {
        let offers = commands::offered(viewer(ctx), &self.0, store(ctx).now());
        offered(ctx, offers, None)
    }
}

/// That a job starts no run for a time (暂停).
pub struct JobPause(schedule::Model);

/// That a job starts no run for a time (暂停).
#[Object]
impl JobPause {
    /// When it ends by itself.
    async fn until(&self) -> Option<DateTime> {
        self.0.paused_until.map(DateTime::from)
    }

    /// Who paused it.
    async fn by(&self, ctx: &Context<'_>) -> Result<Option<Row<Official>>> {
        official(ctx, self.0.paused_by).await
    }

    /// Why.
    async fn reason(&self) -> Option<&str> {
        self.0.pause_reason.as_deref()
    }
}

/// One execution of a job, identified by the job and the time it stands for (运行记录).
pub struct JobRun(pub(crate) run::Model);

impl From<run::Model> for JobRun {
    fn from(row: run::Model) -> Self {
        Self(row)
    }
}

/// One execution of a job, identified by the job and the time it stands for (运行记录).
#[Object]
impl JobRun {
    /// The global id.
    pub(super) async fn id(&self) -> ID {
        Kind::JobRun.id(self.0.id)
    }

    /// The job.
    async fn job(&self, ctx: &Context<'_>) -> Result<Option<Job>> {
        let row = loaders::one::<JobByName>(ctx, self.0.job.clone()).await?;
        Ok(row.map(Job))
    }

    /// The time it stands for, however late it ran.
    async fn nominal_at(&self) -> DateTime {
        self.0.nominal_at.into()
    }

    /// Why it ran.
    async fn cause(&self) -> Coded<run::Cause> {
        self.0.cause.into()
    }

    /// Where it stands.
    async fn state(&self) -> Coded<run::State> {
        self.0.state.into()
    }

    /// Why it was not run; null unless it was skipped.
    async fn skipped_because(&self) -> Option<Coded<run::SkippedBecause>> {
        self.0.skipped_because.map(Into::into)
    }

    /// 1 for the first attempt; raised by every retry and takeover.
    async fn attempt(&self) -> i32 {
        self.0.attempt
    }

    /// How many attempts failed; a crash or an unreachable database is no failure.
    async fn failures(&self) -> i32 {
        self.0.failures
    }

    /// When it is tried again; null when it is not.
    async fn retry_at(&self) -> Option<DateTime> {
        self.0.retry_at.map(DateTime::from)
    }

    /// Which replica runs or ran it.
    async fn holder(&self) -> Option<&str> {
        self.0.holder.as_deref()
    }

    /// The instant it played, when a person ran it as of another day.
    async fn as_of(&self) -> Option<DateTime> {
        self.0.as_of.map(DateTime::from)
    }

    /// When the first attempt began, or when it was asked for or skipped.
    async fn started_at(&self) -> DateTime {
        self.0.started_at.into()
    }

    /// When it ended; null while it has not.
    async fn finished_at(&self) -> Option<DateTime> {
        self.0.finished_at.map(DateTime::from)
    }

    /// How many items were due in the newest attempt; while it runs, so far.
    async fn due(&self) -> i32 {
        self.0.due
    }

    /// How many of them were done.
    async fn done(&self) -> i32 {
        self.0.done
    }

    /// How many of them needed nothing.
    async fn skipped(&self) -> i32 {
        self.0.skipped
    }

    /// How many of them failed.
    async fn failed(&self) -> i32 {
        self.0.failed
    }

    /// How many letters it wrote.
    async fn letters(&self) -> i32 {
        self.0.letters
    }

    /// What failed, one line per item.
    #[graphql(complexity = "10")]
    async fn errors(&self) -> Vec<&str> {
        self.0.error.iter().flat_map(|text| text.lines()).collect()
    }

    /// Remarks: late, taken over, tried again, as of.
    async fn note(&self) -> Option<&str> {
        self.0.note.as_deref()
    }

    /// Who asked for it; null when the clock did.
    async fn requested_by(&self, ctx: &Context<'_>) -> Result<Option<Row<Official>>> {
        official(ctx, self.0.requested_by).await
    }

    /// Why that person asked.
    async fn reason(&self) -> Option<&str> {
        self.0.reason.as_deref()
    }
}

by_id! {
    /// Jobs by key.
    JobById: schedule::Model = repository::by_ids
}

by_id! {
    /// Runs by key.
    JobRunById: run::Model = repository::runs_by_ids
}

/// Jobs by name.
pub struct JobByName;

impl Batch for JobByName {
    type Key = String;
    type Value = schedule::Model;

    async fn load(
        store: &Store,
        viewer: &Viewer,
        keys: &[String],
    ) -> Result<HashMap<String, schedule::Model>, Fault> {
        let rows = repository::named(store.db(), viewer, keys).await?;
        Ok(rows
            .into_iter()
            .map(|row| (row.name.clone(), row))
            .collect())
    }
}

/// The newest runs by the job's name.
pub struct LastRunOf;

impl Batch for LastRunOf {
    type Key = String;
    type Value = run::Model;

    async fn load(
        store: &Store,
        viewer: &Viewer,
        keys: &[String],
    ) -> Result<HashMap<String, run::Model>, Fault> {
        repository::last_runs(store.db(), viewer, keys).await
    }
}

/// Narrows a list of runs.
#[derive(Default, InputObject)]
pub struct JobRunFilter {
    /// Of these jobs, by name.
    job: Option<JobNameIn>,
    /// In one of these states.
    state: Option<JobRunStateIn>,
    /// For one of these causes.
    cause: Option<JobRunCauseIn>,
    /// Begun in this stretch of time.
    started_at: Option<DateTimeRange>,
}

/// One of several jobs.
#[derive(InputObject)]
pub struct JobNameIn {
    /// The name is one of these.
    one_of: Vec<String>,
}

/// One of several states.
#[derive(InputObject)]
pub struct JobRunStateIn {
    /// The state is one of these.
    one_of: Vec<Coded<run::State>>,
}

/// One of several causes.
#[derive(InputObject)]
pub struct JobRunCauseIn {
    /// The cause is one of these.
    one_of: Vec<Coded<run::Cause>>,
}

/// By what a list of runs may be sorted.
#[derive(Clone, Copy, PartialEq, Eq, Enum)]
pub enum JobRunSortField {
    /// When the run began.
    StartedAt,
}

/// The order of a list of runs.
#[derive(InputObject)]
pub struct JobRunSort {
    /// By what.
    #[graphql(default_with = "JobRunSortField::StartedAt")]
    field: JobRunSortField,
    /// In which direction.
    #[graphql(default_with = "SortDirection::Desc")]
    direction: SortDirection,
}

/// Reads of jobs.
#[derive(Default)]
pub struct JobQuery;

#[Object]
impl JobQuery {
    /// The jobs by name (ADMIN, CENTRE).
    #[graphql(complexity = "page::cost(first, last, child_complexity)")]
    async fn jobs(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many from the start.")] first: Option<i32>,
        #[graphql(desc = "How many from the end.")] last: Option<i32>,
        #[graphql(desc = "Only after this cursor.")] after: Option<String>,
        #[graphql(desc = "Only before this cursor.")] before: Option<String>,
    ) -> Result<Connection<Job>> {
        let request = page::request(ctx, first, last, after, before)?;
        let rows = repository::page(store(ctx).db(), viewer(ctx), &request).await?;
        Ok(page::connection(rows, |row| row.id))
    }

    /// The log of all runs, the newest first (ADMIN, CENTRE). It is kept for good.
    #[allow(clippy::too_many_arguments, reason = "the arguments of a connection")]
    #[graphql(complexity = "page::cost(first, last, child_complexity)")]
    async fn job_runs(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many from the start.")] first: Option<i32>,
        #[graphql(desc = "How many from the end.")] last: Option<i32>,
        #[graphql(desc = "Only after this cursor.")] after: Option<String>,
        #[graphql(desc = "Only before this cursor.")] before: Option<String>,
        #[graphql(name = "where", desc = "Narrows the list.")] filter: Option<JobRunFilter>,
        #[graphql(desc = "The order; the id decides among equals.")] sort_by: Option<JobRunSort>,
    ) -> Result<Connection<JobRun>> {
        let request = page::request(ctx, first, last, after, before)?;
        let filter = filter.unwrap_or_default();
        let started = filter.started_at;
        let filter = repository::RunFilter {
            jobs: filter.job.map(|job| job.one_of),
            states: filter.state.map(|state| plain(state.one_of)),
            causes: filter.cause.map(|cause| plain(cause.one_of)),
            started_from: started.as_ref().and_then(|range| range.from).map(|at| at.0),
            started_before: started.and_then(|range| range.before).map(|at| at.0),
        };
        let descending = sort_by.is_none_or(|sort| sort.direction == SortDirection::Desc);
        let rows =
            repository::runs(store(ctx).db(), viewer(ctx), &filter, descending, &request).await?;
        Ok(page::connection(rows, |row| row.id))
    }
}

/// Pausing jobs, and ending a pause.
#[derive(Default)]
pub struct JobPauses;

#[Object]
impl JobPauses {
    /// Pauses a job on all replicas, or moves the end of its pause (ADMIN). A run at work ends in its own way.
    async fn job_pause(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The job, until when and why.")] input: Input<commands::Pause>,
    ) -> Result<Payload<commands::Pause, Job>> {
        run(ctx, input, commands::pause).await
    }

    /// Ends a pause before its time (ADMIN). What was missed is caught up as `catchUp` says.
    async fn job_resume(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The job and why.")] input: Input<commands::Resume>,
    ) -> Result<Payload<commands::Resume, Job>> {
        run(ctx, input, commands::resume).await
    }
}

/// Changes of jobs.
#[derive(MergedObject, Default)]
pub struct JobMutation(JobPauses, run_now::JobRunNowMutation);
