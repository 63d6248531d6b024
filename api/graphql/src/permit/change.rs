//! `permitChange`.

use api_door::{
    coded::Coded,
    command::{command, payload},
    scalar::{Date, Kind},
};
use async_graphql::{Context, ID, InputObject, Object, Result};
use entity::permit::commands;

use super::{Permit, PermitErrorCode};

/// A permit as it should have been recorded.
#[derive(InputObject)]
pub struct PermitChangeInput {
    /// The permit.
    id: ID,
    /// Its version as seen.
    expected_version: i32,
    /// What is permitted.
    kind: Coded<entity::permit::Kind>,
    /// Its number, up to 100 characters.
    number: String,
    /// Who issued it, up to 200 characters.
    issuer: String,
    /// The last day on which it holds.
    valid_until: Date,
}

payload! {
    /// The answer of `permitChange`.
    PermitChangePayload, PermitChangeUserError, PermitErrorCode, entity::permit::rules::PermitError,
    /// The permit; null when it was refused.
    permit: Permit
}

/// The mutation `permitChange`.
#[derive(Default)]
pub struct PermitChangeMutation;

#[Object]
impl PermitChangeMutation {
    /// Corrects what was recorded of a permit (CENTRE, LIAISON of the enterprise).
    async fn permit_change(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The permit.")] input: PermitChangeInput,
    ) -> Result<PermitChangePayload> {
        let input = commands::Correct {
            id: Kind::Permit.require(&input.id)?,
            expected_version: input.expected_version,
            kind: input.kind.0,
            number: input.number,
            issuer: input.issuer,
            valid_until: input.valid_until.into(),
        };
        command(ctx, input, |store, viewer, input| async move {
            commands::change(&store, &viewer, input).await
        })
        .await
    }
}
