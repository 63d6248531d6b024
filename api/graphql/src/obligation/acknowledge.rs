//! `obligationAcknowledge`.

use api_door::{
    coded::Coded,
    command::{command, payload},
    scalar::Kind,
};
use async_graphql::{Context, ID, InputObject, Object, Result};
use entity::acknowledgement::commands::{Acknowledge, acknowledge};

use super::Obligation;

/// An overdue promise of which the viewer says that he knows.
#[derive(InputObject)]
pub struct ObligationAcknowledgeInput {
    /// The obligation.
    id: ID,
    /// Its version as seen.
    expected_version: i32,
}

payload! {
    /// The answer of `obligationAcknowledge`.
    ObligationAcknowledgePayload, ObligationAcknowledgeUserError, Coded<entity::acknowledgement::rules::AcknowledgementError>, entity::acknowledgement::rules::AcknowledgementError,
    /// The obligation; null when it was refused.
    obligation: Obligation
}

/// The mutation `obligationAcknowledge`.
#[derive(Default)]
pub struct ObligationAcknowledgeMutation;

#[Object]
impl ObligationAcknowledgeMutation {
    /// Says that the viewer knows of an overdue promise (知悉; CENTRE, LIAISON, DEPARTMENT_HEAD): for two working days the digest
    /// does not repeat it and no chase is sent, to this person alone. The clock and the lights go on, and what tells of a limit of
    /// the law does not rest.
    async fn obligation_acknowledge(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The promise.")] input: ObligationAcknowledgeInput,
    ) -> Result<ObligationAcknowledgePayload> {
        let input = Acknowledge {
            obligation_id: Kind::Obligation.require(&input.id)?,
            expected_version: input.expected_version,
        };
        command(ctx, input, |store, viewer, input| async move {
            acknowledge(&store, &viewer, input).await
        })
        .await
    }
}
