//! What `milestonePlan` takes and answers.

use api_door::{
    coded::Coded,
    command::payload,
    scalar::{Date, Kind},
};
use async_graphql::{ID, InputObject, Result};
use entity::{
    error::Fault,
    milestone::{
        commands::{Plan, Planned},
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

impl TryFrom<MilestonePlanInput> for Plan {
    type Error = Fault;

    fn try_from(input: MilestonePlanInput) -> Result<Self, Fault> {
        let planned = |one: PlannedMilestoneInput| {
            Ok(Planned {
                id: Kind::Milestone.require(&one.id)?,
                expected_version: one.expected_version,
                on: one.on.into(),
                weight: one.weight,
            })
        };
        let milestones = input.milestones.into_iter().map(planned);
        Ok(Self {
            project_id: Kind::Project.require(&input.project_id)?,
            milestones: milestones.collect::<Result<_, Fault>>()?,
        })
    }
}
