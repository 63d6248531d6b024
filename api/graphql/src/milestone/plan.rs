//! `milestonePlan`.

use api_door::{
    coded::Coded,
    command::{command, payload},
    scalar::{Date, Kind},
};
use async_graphql::{Context, ID, InputObject, Object, Result};
use entity::{
    error::Fault,
    milestone::{
        commands::{self, Plan, Planned},
        rules::MilestoneError,
    },
};

use crate::project::Project;

/// The first plan of one milestone.
#[derive(Clone, Debug, InputObject)]
pub struct PlannedMilestoneInput {
    /// The milestone, without a plan until now.
    pub id: ID,
    /// Its version as seen.
    pub expected_version: i32,
    /// The day.
    pub on: Date,
    /// How much of the project it is, 1 to 1000, relative to the others.
    #[graphql(default = 1)]
    pub weight: i32,
}

/// The first plan of milestones of one project.
#[derive(Clone, Debug, InputObject)]
pub struct MilestonePlanInput {
    /// The project.
    pub project_id: ID,
    /// Its milestones and their days.
    pub milestones: Vec<PlannedMilestoneInput>,
}

payload! {
    /// The answer of `milestonePlan`.
    MilestonePlanPayload, MilestonePlanUserError, Coded<entity::milestone::rules::MilestoneError>, MilestoneError,
    /// The project with its plan; null when it was refused.
    project: Project
}

/// Planning.
#[derive(Default)]
pub struct PlanMutation;

#[Object]
impl PlanMutation {
    /// Plans milestones for the first time: this baseline is kept for ever (排期).
    async fn milestone_plan(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The project and its plan.")] input: MilestonePlanInput,
    ) -> Result<MilestonePlanPayload> {
        let milestones = input.milestones.into_iter().map(|planned| {
            Ok(Planned {
                target: super::target(&planned.id, planned.expected_version)?,
                on: planned.on.into(),
                weight: planned.weight,
            })
        });
        let input = Plan {
            project_id: Kind::Project.require(&input.project_id)?,
            milestones: milestones.collect::<Result<_, Fault>>()?,
        };
        command(ctx, input, |store, viewer, input| async move {
            commands::plan_milestones(&store, &viewer, input).await
        })
        .await
    }
}
