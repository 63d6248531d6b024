//! `rectificationPropose`, `rectificationDecide`, `rectificationConclude`, `rectificationSettle`: what others decide.

use api_door::command::{command, payload};
use async_graphql::{Context, ID, InputObject, Object, Result};
use entity::rectification::{commands, rules::RectificationError};

use super::{Rectification, RectificationErrorCode};

/// A proposal on an appeal.
#[derive(InputObject)]
pub struct RectificationProposeInput {
    /// The rectification.
    id: ID,
    /// Its version as seen.
    expected_version: i32,
    /// Whether the rating does not count.
    exclude: bool,
    /// Why, up to 2000 characters.
    opinion: String,
}

payload! {
    /// The answer of `rectificationPropose`.
    RectificationProposePayload, RectificationProposeUserError, RectificationErrorCode, RectificationError,
    /// The rectification; null when it was refused.
    rectification: Rectification
}

/// A decision on an appeal.
#[derive(InputObject)]
pub struct RectificationDecideInput {
    /// The rectification.
    id: ID,
    /// Its version as seen.
    expected_version: i32,
    /// Whether the rating does not count.
    exclude: bool,
}

payload! {
    /// The answer of `rectificationDecide`.
    RectificationDecidePayload, RectificationDecideUserError, RectificationErrorCode, RectificationError,
    /// The rectification; null when it was refused.
    rectification: Rectification
}

/// What is thought of the reply to a low score.
#[derive(InputObject)]
pub struct RectificationConcludeInput {
    /// The rectification.
    id: ID,
    /// Its version as seen.
    expected_version: i32,
    /// Whether it is accepted.
    satisfied: bool,
    /// Why, up to 2000 characters.
    reason: String,
}

payload! {
    /// The answer of `rectificationConclude`.
    RectificationConcludePayload, RectificationConcludeUserError, RectificationErrorCode, RectificationError,
    /// The rectification; null when it was refused.
    rectification: Rectification
}

/// The word of the supervisor.
#[derive(InputObject)]
pub struct RectificationSettleInput {
    /// The rectification.
    id: ID,
    /// Its version as seen.
    expected_version: i32,
    /// What the supervisor finds and orders, up to 2000 characters: the department and the enterprise read it.
    settlement: String,
}

payload! {
    /// The answer of `rectificationSettle`.
    RectificationSettlePayload, RectificationSettleUserError, RectificationErrorCode, RectificationError,
    /// The rectification; null when it was refused.
    rectification: Rectification
}

/// The mutations of those who decide.
#[derive(Default)]
pub struct RectificationDecideMutation;

#[Object]
impl RectificationDecideMutation {
    /// As CENTRE or SUPERVISOR: proposes what to decide on an appeal. It may be proposed anew until it is decided.
    async fn rectification_propose(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The proposal.")] input: RectificationProposeInput,
    ) -> Result<RectificationProposePayload> {
        let target = super::target(&input.id, input.expected_version)?;
        let input = (target, input.exclude, input.opinion);
        command(
            ctx,
            input,
            |store, viewer, (target, exclude, opinion)| async move {
                commands::propose(&store, &viewer, target, exclude, &opinion).await
            },
        )
        .await
    }

    /// As CENTRE or SUPERVISOR, somebody else than who proposed: decides on an appeal. A rating that stands is worked off within a new limit.
    async fn rectification_decide(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The decision.")] input: RectificationDecideInput,
    ) -> Result<RectificationDecidePayload> {
        let target = super::target(&input.id, input.expected_version)?;
        let input = (target, input.exclude);
        command(ctx, input, |store, viewer, (target, exclude)| async move {
            commands::decide(&store, &viewer, target, exclude).await
        })
        .await
    }

    /// As CENTRE: accepts the reply to a low score, or returns it once, then to the supervisor (审核反馈). Those who rated without a name cannot
    /// be asked.
    async fn rectification_conclude(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What is thought of it.")] input: RectificationConcludeInput,
    ) -> Result<RectificationConcludePayload> {
        let target = super::target(&input.id, input.expected_version)?;
        let input = (target, input.satisfied, input.reason);
        command(
            ctx,
            input,
            |store, viewer, (target, satisfied, reason)| async move {
                commands::conclude(&store, &viewer, target, satisfied, &reason).await
            },
        )
        .await
    }

    /// As SUPERVISOR: ends with a written word what two replies did not solve (督办结案). The department and the enterprise are told.
    async fn rectification_settle(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The word.")] input: RectificationSettleInput,
    ) -> Result<RectificationSettlePayload> {
        let target = super::target(&input.id, input.expected_version)?;
        let input = (target, input.settlement);
        command(ctx, input, |store, viewer, (target, word)| async move {
            commands::settle(&store, &viewer, target, &word).await
        })
        .await
    }
}
