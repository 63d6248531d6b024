//! `projectEnterStage` and `projectLeaveStage`.

use api_door::{
    command::{command, payload},
    scalar::Date,
};
use async_graphql::{Context, ID, InputObject, Object, Result};
use entity::{
    error::Fault,
    project::{
        commands::{self, Step},
        rules::ProjectError,
    },
};

use super::{Project, ProjectErrorCode};

/// The beginning of a stage.
#[derive(Clone, Debug, InputObject)]
pub struct ProjectEnterStageInput {
    /// The project.
    pub id: ID,
    /// Its version as seen.
    pub expected_version: i32,
    /// The stage, from 1 to 10.
    pub number: i32,
    /// The day on which it began; not after today.
    pub on: Date,
}

payload! {
    /// The answer of `projectEnterStage`.
    ProjectEnterStagePayload, ProjectEnterStageUserError, ProjectErrorCode, ProjectError,
    /// The project in its stage; null when it was refused.
    project: Project
}

/// The end of a stage.
#[derive(Clone, Debug, InputObject)]
pub struct ProjectLeaveStageInput {
    /// The project.
    pub id: ID,
    /// Its version as seen.
    pub expected_version: i32,
    /// The stage, from 1 to 10.
    pub number: i32,
    /// The day on which it was finished; not after today.
    pub on: Date,
}

payload! {
    /// The answer of `projectLeaveStage`.
    ProjectLeaveStagePayload, ProjectLeaveStageUserError, ProjectErrorCode, ProjectError,
    /// The project without the stage; null when it was refused.
    project: Project
}

/// What happens to the stages of projects.
#[derive(Default)]
pub struct StageMutation;

#[Object]
impl StageMutation {
    /// The project begins a stage: the stages before it are finished, and its gates answered (进入阶段).
    async fn project_enter_stage(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The project and its stage.")] input: ProjectEnterStageInput,
    ) -> Result<ProjectEnterStagePayload> {
        let step = step(&input.id, input.expected_version, input.number, input.on)?;
        command(ctx, step, |store, viewer, step| async move {
            commands::enter_stage(&store, &viewer, step).await
        })
        .await
    }

    /// The project finishes a stage; with the last one it is done (完成阶段).
    async fn project_leave_stage(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The project and its stage.")] input: ProjectLeaveStageInput,
    ) -> Result<ProjectLeaveStagePayload> {
        let step = step(&input.id, input.expected_version, input.number, input.on)?;
        command(ctx, step, |store, viewer, step| async move {
            commands::leave_stage(&store, &viewer, step).await
        })
        .await
    }
}

fn step(id: &ID, expected_version: i32, number: i32, on: Date) -> Result<Step, Fault> {
    Ok(Step {
        target: super::target(id, expected_version)?,
        number,
        on: on.into(),
    })
}
