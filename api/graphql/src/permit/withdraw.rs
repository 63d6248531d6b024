//! `permitWithdraw`.

use api_door::{
    command::{command, payload},
    scalar::Kind,
};
use async_graphql::{Context, ID, InputObject, Object, Result};
use entity::permit::commands;

use super::{Permit, PermitErrorCode};

/// A permit that holds no more.
#[derive(InputObject)]
pub struct PermitWithdrawInput {
    /// The permit.
    id: ID,
    /// Its version as seen.
    expected_version: i32,
    /// Why, up to 1000 characters.
    reason: String,
}

payload! {
    /// The answer of `permitWithdraw`.
    PermitWithdrawPayload, PermitWithdrawUserError, PermitErrorCode, entity::permit::rules::PermitError,
    /// The permit; null when it was refused.
    permit: Permit
}

/// The mutation `permitWithdraw`.
#[derive(Default)]
pub struct PermitWithdrawMutation;

#[Object]
impl PermitWithdrawMutation {
    /// Records that a permit was withdrawn or given up (注销; CENTRE, LIAISON of the enterprise).
    async fn permit_withdraw(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The permit.")] input: PermitWithdrawInput,
    ) -> Result<PermitWithdrawPayload> {
        let input = commands::Withdraw {
            id: Kind::Permit.require(&input.id)?,
            expected_version: input.expected_version,
            reason: input.reason,
        };
        command(ctx, input, |store, viewer, input| async move {
            commands::withdraw(&store, &viewer, input).await
        })
        .await
    }
}
