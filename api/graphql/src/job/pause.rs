//! `jobPause`.

use api_door::{
    coded::Coded,
    command::{command, payload},
    scalar::{DateTime, Kind},
};
use async_graphql::{Context, ID, InputObject, Object, Result};
use entity::schedule::commands;

use super::Job;

/// A job that shall start no run for a time.
#[derive(InputObject)]
pub struct JobPauseInput {
    /// The job.
    id: ID,
    /// The version last seen.
    expected_version: i32,
    /// When the pause ends by itself, at most 31 days ahead.
    until: DateTime,
    /// Why, up to 1000 characters.
    reason: String,
}

payload! {
    /// The answer of `jobPause`.
    JobPausePayload, JobPauseUserError, Coded<entity::schedule::rules::JobError>, entity::schedule::rules::JobError,
    /// The paused job; null when it was refused.
    job: Job
}

/// The mutation `jobPause`.
#[derive(Default)]
pub struct JobPauseMutation;

#[Object]
impl JobPauseMutation {
    /// Pauses a job on all replicas, or moves the end of its pause (ADMIN). A run at work ends in its own way.
    async fn job_pause(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The job, until when and why.")] input: JobPauseInput,
    ) -> Result<JobPausePayload> {
        let input = commands::Pause {
            job_id: Kind::Job.require(&input.id)?,
            expected_version: input.expected_version,
            until: input.until.into(),
            reason: input.reason,
        };
        command(ctx, input, |store, viewer, input| async move {
            commands::pause(&store, &viewer, input).await
        })
        .await
    }
}
