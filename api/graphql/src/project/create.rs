//! `projectCreate`.

use api_door::{
    command::{command, payload},
    scalar::Kind,
};
use async_graphql::{Context, ID, InputObject, Object, Result};
use entity::{milestone::commands, project::commands::Create, project::rules::ProjectError};

use super::{Project, ProjectErrorCode};

/// A new project.
#[derive(Clone, Debug, InputObject)]
pub struct ProjectCreateInput {
    /// The contract that names it.
    pub contract_id: ID,
    /// What people call it, up to 200 characters; unique within the contract.
    pub name: String,
    /// Names this request, up to 120 characters: the same again gives the first answer and does nothing twice.
    pub idempotency_key: Option<String>,
}

payload! {
    /// The answer of `projectCreate`.
    ProjectCreatePayload, ProjectCreateUserError, ProjectErrorCode, ProjectError,
    /// The new project; null when it was refused.
    project: Project
}

/// Recording projects.
#[derive(Default)]
pub struct CreateMutation;

#[Object]
impl CreateMutation {
    /// Records a project of a contract, with its ten stages as unplanned milestones (新增项目).
    async fn project_create(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The project.")] input: ProjectCreateInput,
    ) -> Result<ProjectCreatePayload> {
        let input = Create {
            contract_id: Kind::Contract.require(&input.contract_id)?,
            name: input.name,
        };
        command(ctx, input, |store, viewer, input| async move {
            commands::create_project(&store, &viewer, input).await
        })
        .await
    }
}
