//! `jobResume`.

use api_door::{
    coded::Coded,
    command::{command, payload},
    scalar::Kind,
};
use async_graphql::{Context, ID, InputObject, Object, Result};
use entity::schedule::commands;

use super::Job;

/// A paused job that shall go on.
#[derive(InputObject)]
pub struct JobResumeInput {
    /// The job.
    id: ID,
    /// The version last seen.
    expected_version: i32,
    /// Why, up to 1000 characters.
    reason: String,
}

payload! {
    /// The answer of `jobResume`.
    JobResumePayload, JobResumeUserError, Coded<entity::schedule::rules::JobError>, entity::schedule::rules::JobError,
    /// The job at work again; null when it was refused.
    job: Job
}

/// The mutation `jobResume`.
#[derive(Default)]
pub struct JobResumeMutation;

#[Object]
impl JobResumeMutation {
    /// Ends a pause before its time (ADMIN). What was missed is caught up as `catchUp` says.
    async fn job_resume(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The job and why.")] input: JobResumeInput,
    ) -> Result<JobResumePayload> {
        let input = commands::Resume {
            job_id: Kind::Job.require(&input.id)?,
            expected_version: input.expected_version,
            reason: input.reason,
        };
        command(ctx, input, |store, viewer, input| async move {
            commands::resume(&store, &viewer, input).await
        })
        .await
    }
}
