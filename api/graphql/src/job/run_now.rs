//! `jobRunNow`.

use api_door::{
    coded::Coded,
    command::{command, payload},
    scalar::{DateTime, Kind},
};
use async_graphql::{Context, ID, InputObject, Object, Result};
use entity::schedule::commands;

use super::JobRun;

/// A job that shall run at once.
#[derive(InputObject)]
pub struct JobRunNowInput {
    /// The job.
    id: ID,
    /// Why, up to 1000 characters.
    reason: String,
    /// The time it shall stand for, which must be that of a skipped run: a superseded report is so made by hand.
    nominal_at: Option<DateTime>,
    /// 1 to 80 characters: the same key again gives the same run.
    idempotency_key: String,
}

payload! {
    /// The answer of `jobRunNow`.
    JobRunNowPayload, JobRunNowUserError, Coded<entity::schedule::rules::JobError>, entity::schedule::rules::JobError,
    /// The run that was asked for, or the one that is at work already; null when it was refused.
    run: JobRun
}

/// The mutation `jobRunNow`.
#[derive(Default)]
pub struct JobRunNowMutation;

#[Object]
impl JobRunNowMutation {
    /// Asks for a run, also of a paused job (ADMIN). A replica begins it within ten seconds; while the job is at work, that run is
    /// the answer.
    async fn job_run_now(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The job and why.")] input: JobRunNowInput,
    ) -> Result<JobRunNowPayload> {
        let input = commands::RunNow {
            job_id: Kind::Job.require(&input.id)?,
            reason: input.reason,
            nominal_at: input.nominal_at.map(Into::into),
            idempotency_key: input.idempotency_key,
        };
        command(ctx, input, |store, viewer, input| async move {
            commands::run_now(&store, &viewer, input).await
        })
        .await
    }
}
