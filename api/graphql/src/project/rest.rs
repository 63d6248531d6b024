//! `projectHold`, `projectDrop` and `projectResume`.

use api_door::command::{command, payload};
use async_graphql::{Context, ID, InputObject, Object, Result};
use entity::{
    error::Fault,
    project::{
        commands::{self, Rest},
        rules::ProjectError,
    },
};

use super::{Project, ProjectErrorCode};

macro_rules! input {
    ($(#[$meta:meta])* $name:ident) => {
        $(#[$meta])*
        #[derive(Clone, Debug, InputObject)]
        pub struct $name {
            /// The project.
            pub id: ID,
            /// Its version as seen.
            pub expected_version: i32,
            /// Why, up to 1000 characters.
            pub reason: String,
        }

        impl TryFrom<$name> for Rest {
            type Error = Fault;

            fn try_from(input: $name) -> Result<Self, Fault> {
                Ok(Self {
                    target: super::target(&input.id, input.expected_version)?,
                    reason: input.reason,
                })
            }
        }
    };
}

input! {
    /// A project that rests.
    ProjectHoldInput
}

payload! {
    /// The answer of `projectHold`.
    ProjectHoldPayload, ProjectHoldUserError, ProjectErrorCode, ProjectError,
    /// The resting project; null when it was refused.
    project: Project
}

input! {
    /// A project that is given up.
    ProjectDropInput
}

payload! {
    /// The answer of `projectDrop`.
    ProjectDropPayload, ProjectDropUserError, ProjectErrorCode, ProjectError,
    /// The dropped project; null when it was refused.
    project: Project
}

input! {
    /// A project that goes on.
    ProjectResumeInput
}

payload! {
    /// The answer of `projectResume`.
    ProjectResumePayload, ProjectResumeUserError, ProjectErrorCode, ProjectError,
    /// The project; null when it was refused.
    project: Project
}

/// Whether projects go on.
#[derive(Default)]
pub struct RestMutation;

#[Object]
impl RestMutation {
    /// Lets a project rest for a reason (暂缓).
    async fn project_hold(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The project and the reason.")] input: ProjectHoldInput,
    ) -> Result<ProjectHoldPayload> {
        command(
            ctx,
            Rest::try_from(input)?,
            |store, viewer, rest| async move { commands::hold(&store, &viewer, rest).await },
        )
        .await
    }

    /// Gives a project up for a reason (终止).
    async fn project_drop(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The project and the reason.")] input: ProjectDropInput,
    ) -> Result<ProjectDropPayload> {
        command(
            ctx,
            Rest::try_from(input)?,
            |store, viewer, rest| async move { commands::drop(&store, &viewer, rest).await },
        )
        .await
    }

    /// Lets a resting or dropped project go on (恢复).
    async fn project_resume(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The project and the reason.")] input: ProjectResumeInput,
    ) -> Result<ProjectResumePayload> {
        command(
            ctx,
            Rest::try_from(input)?,
            |store, viewer, rest| async move { commands::resume(&store, &viewer, rest).await },
        )
        .await
    }
}
