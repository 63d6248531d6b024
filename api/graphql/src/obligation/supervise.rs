//! `obligationSupervise`.

use api_door::{
    coded::Coded,
    command::{command, payload},
    scalar::{Date, Kind},
};
use async_graphql::{Context, ID, InputObject, Object, Result};
use entity::supervision::commands::{Order, order};

use super::Obligation;

/// An order to answer for an overdue promise.
#[derive(InputObject)]
pub struct ObligationSuperviseInput {
    /// The obligation.
    id: ID,
    /// Its version as seen.
    expected_version: i32,
    /// By when the department answers, at most 30 days ahead.
    reply_by: Date,
    /// Why, up to 1000 characters.
    reason: String,
    /// Names this request, up to 120 characters: the same again gives the first answer and does nothing twice.
    idempotency_key: Option<String>,
}

payload! {
    /// The answer of `obligationSupervise`.
    ObligationSupervisePayload, ObligationSuperviseUserError, Coded<entity::supervision::rules::SupervisionError>, entity::supervision::rules::SupervisionError,
    /// The obligation; null when it was refused.
    obligation: Obligation
}

/// The mutation `obligationSupervise`.
#[derive(Default)]
pub struct ObligationSuperviseMutation;

#[Object]
impl ObligationSuperviseMutation {
    /// Orders the department in charge to answer in writing for a promise that has been overdue for three working days (督办单;
    /// SUPERVISOR, LEADER). One order for each due date.
    async fn obligation_supervise(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The order.")] input: ObligationSuperviseInput,
    ) -> Result<ObligationSupervisePayload> {
        let input = Order {
            obligation_id: Kind::Obligation.require(&input.id)?,
            expected_version: input.expected_version,
            reply_by: input.reply_by.into(),
            reason: input.reason,
        };
        command(ctx, input, |store, viewer, input| async move {
            order(&store, &viewer, input).await
        })
        .await
    }
}
