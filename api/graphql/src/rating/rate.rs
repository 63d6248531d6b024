//! `obligationRate`, `rectificationRateAgain`.

use api_door::{
    coded::Coded,
    command::{command, payload},
    scalar::Kind,
};
use async_graphql::{Context, ID, InputObject, Object, Result};
use entity::rating::{
    commands::{self, Opinion},
    rules::RatingError,
};

use super::{OpinionInput, Rating};
use crate::rectification;

/// The rating of a service.
#[derive(InputObject)]
pub struct ObligationRateInput {
    /// The service: an obligation that was fulfilled.
    id: ID,
    /// What is said of it.
    opinion: OpinionInput,
    /// Idempotency key, up to 120 characters: a repeated request gets the first answer, and nothing is done twice.
    idempotency_key: Option<String>,
}

payload! {
    /// The answer of `obligationRate`.
    ObligationRatePayload, ObligationRateUserError, Coded<entity::rating::rules::RatingError>, RatingError,
    /// The rating; null when it was refused.
    rating: Rating
}

/// The rating of a reply.
#[derive(InputObject)]
pub struct RectificationRateAgainInput {
    /// The rectification.
    id: ID,
    /// Its version as seen.
    expected_version: i32,
    /// What is said now.
    opinion: OpinionInput,
    /// Idempotency key, up to 120 characters: a repeated request gets the first answer, and nothing is done twice.
    idempotency_key: Option<String>,
}

payload! {
    /// The answer of `rectificationRateAgain`.
    RectificationRateAgainPayload, RectificationRateAgainUserError, Coded<entity::rating::rules::RatingError>, RatingError,
    /// The rating; null when it was refused.
    rating: Rating
}

/// The mutations of enterprises that rate.
#[derive(Default)]
pub struct RatingMutation;

#[Object]
impl RatingMutation {
    /// As a contact of the enterprise: rates a service that was given, once (一事一评). Voluntary; a bad rating opens a rectification.
    async fn obligation_rate(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The rating.")] input: ObligationRateInput,
    ) -> Result<ObligationRatePayload> {
        let input: (_, Opinion) = (Kind::Obligation.require(&input.id)?, input.opinion.into());
        command(ctx, input, |store, viewer, (id, opinion)| async move {
            commands::rate(&store, &viewer, id, opinion).await
        })
        .await
    }

    /// As a contact of the enterprise: rates once more when the department has replied (再次评价). Satisfied ends the rectification; not
    /// satisfied reopens it once, and then hands it to the supervisor.
    async fn rectification_rate_again(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The rating.")] input: RectificationRateAgainInput,
    ) -> Result<RectificationRateAgainPayload> {
        let target = rectification::target(&input.id, input.expected_version)?;
        let input: (_, Opinion) = (target, input.opinion.into());
        command(ctx, input, |store, viewer, (target, opinion)| async move {
            commands::rate_again(&store, &viewer, target, opinion).await
        })
        .await
    }
}
