//! `milestoneReach`.

use api_door::{
    coded::Coded,
    command::{command, payload},
    scalar::{Date, Kind},
};
use async_graphql::{Context, ID, InputObject, Object, Result};
use entity::milestone::{
    commands::{self, Reach},
    rules::MilestoneError,
};

use super::Milestone;

/// A milestone that was reached.
#[derive(Clone, Debug, InputObject)]
pub struct MilestoneReachInput {
    /// The milestone.
    pub id: ID,
    /// Its version as seen.
    pub expected_version: i32,
    /// The day on which it was reached; not after today.
    pub actual_on: Date,
    /// The file that proves it, uploaded before.
    pub evidence_document_id: Option<ID>,
    /// Names this request, up to 120 characters: the same again gives the first answer and does nothing twice.
    pub idempotency_key: Option<String>,
}

payload! {
    /// The answer of `milestoneReach`.
    MilestoneReachPayload, MilestoneReachUserError, Coded<entity::milestone::rules::MilestoneError>, MilestoneError,
    /// The milestone with its actual day; null when it was refused.
    milestone: Milestone
}

/// Reaching milestones.
#[derive(Default)]
pub struct ReachMutation;

#[Object]
impl ReachMutation {
    /// Records that a milestone was reached (完成里程碑).
    async fn milestone_reach(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The milestone, the day and the proof.")] input: MilestoneReachInput,
    ) -> Result<MilestoneReachPayload> {
        let input = Reach {
            target: super::target(&input.id, input.expected_version)?,
            actual_on: input.actual_on.into(),
            evidence_document_id: input
                .evidence_document_id
                .map(|id| Kind::Document.require(&id))
                .transpose()?,
        };
        command(ctx, input, |store, viewer, input| async move {
            commands::reach(&store, &viewer, input).await
        })
        .await
    }
}
