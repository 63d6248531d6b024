//! `permitRenew`.

use api_door::{
    command::{command, payload},
    scalar::{Date, Kind},
};
use async_graphql::{Context, ID, InputObject, Object, Result};
use entity::permit::commands;

use super::{Permit, PermitErrorCode};

/// A permit that was renewed.
#[derive(InputObject)]
pub struct PermitRenewInput {
    /// The permit.
    id: ID,
    /// Its version as seen.
    expected_version: i32,
    /// Its new number; the old one when nothing is said.
    number: Option<String>,
    /// The new last day, later than before.
    valid_until: Date,
}

payload! {
    /// The answer of `permitRenew`.
    PermitRenewPayload, PermitRenewUserError, PermitErrorCode, entity::permit::rules::PermitError,
    /// The permit; null when it was refused.
    permit: Permit
}

/// The mutation `permitRenew`.
#[derive(Default)]
pub struct PermitRenewMutation;

#[Object]
impl PermitRenewMutation {
    /// Records that a permit was renewed (CENTRE, LIAISON of the enterprise).
    async fn permit_renew(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The permit.")] input: PermitRenewInput,
    ) -> Result<PermitRenewPayload> {
        let input = commands::Renew {
            id: Kind::Permit.require(&input.id)?,
            expected_version: input.expected_version,
            number: input.number,
            valid_until: input.valid_until.into(),
        };
        command(ctx, input, |store, viewer, input| async move {
            commands::renew(&store, &viewer, input).await
        })
        .await
    }
}
