//! `projectReportProgress`.

use api_door::{
    command::{command, payload},
    operation::store,
    scalar::Date,
};
use async_graphql::{Context, ID, InputObject, Object, Result};
use entity::project::{
    commands::{self, ReportProgress},
    rules::ProjectError,
};

use super::{Project, ProjectErrorCode};

/// A report of progress.
#[derive(Clone, Debug, InputObject)]
pub struct ProjectReportProgressInput {
    /// The project.
    pub id: ID,
    /// Its version as seen.
    pub expected_version: i32,
    /// The day it speaks of; today when not given.
    pub reported_on: Option<Date>,
    /// How much is done, 0 to 100.
    pub percent: i32,
    /// What was done, what blocks, up to 2000 characters.
    pub note: String,
    /// Names this request, up to 120 characters: the same again gives the first answer and does nothing twice.
    pub idempotency_key: Option<String>,
}

payload! {
    /// The answer of `projectReportProgress`.
    ProjectReportProgressPayload, ProjectReportProgressUserError, ProjectErrorCode, ProjectError,
    /// The project with the report; null when it was refused.
    project: Project
}

/// Reporting on projects.
#[derive(Default)]
pub struct ReportMutation;

#[Object]
impl ReportMutation {
    /// Records how far a project is, in the words of who reports (进展填报).
    async fn project_report_progress(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The project and the report.")] input: ProjectReportProgressInput,
    ) -> Result<ProjectReportProgressPayload> {
        let input = ReportProgress {
            target: super::target(&input.id, input.expected_version)?,
            reported_on: input
                .reported_on
                .map_or_else(|| store(ctx).today(), Into::into),
            percent: input.percent,
            note: input.note,
        };
        command(ctx, input, |store, viewer, input| async move {
            commands::report_progress(&store, &viewer, input).await
        })
        .await
    }
}
