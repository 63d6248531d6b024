//! `permitRecord`.

use api_door::{
    coded::Coded,
    command::{command, payload},
    scalar::{Date, Kind},
};
use async_graphql::{Context, ID, InputObject, Object, Result};
use entity::permit::commands;

use super::{Permit, PermitErrorCode};

/// A permit to be recorded.
#[derive(InputObject)]
pub struct PermitRecordInput {
    /// Whose it is.
    enterprise_id: ID,
    /// What is permitted.
    kind: Coded<entity::permit::Kind>,
    /// Its number, up to 100 characters.
    number: String,
    /// Who issued it, up to 200 characters.
    issuer: String,
    /// The last day on which it holds.
    valid_until: Date,
    /// Names this request, up to 120 characters: the same again gives the first answer and does nothing twice.
    idempotency_key: Option<String>,
}

payload! {
    /// The answer of `permitRecord`.
    PermitRecordPayload, PermitRecordUserError, PermitErrorCode, entity::permit::rules::PermitError,
    /// The permit; null when it was refused.
    permit: Permit
}

/// The mutation `permitRecord`.
#[derive(Default)]
pub struct PermitRecordMutation;

#[Object]
impl PermitRecordMutation {
    /// Records a permit of an enterprise (CENTRE, LIAISON of the enterprise). It and its liaison are told before it ends.
    async fn permit_record(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The permit.")] input: PermitRecordInput,
    ) -> Result<PermitRecordPayload> {
        let input = commands::Record {
            enterprise_id: Kind::Enterprise.require(&input.enterprise_id)?,
            kind: input.kind.0,
            number: input.number,
            issuer: input.issuer,
            valid_until: input.valid_until.into(),
        };
        command(ctx, input, |store, viewer, input| async move {
            commands::record_permit(&store, &viewer, input).await
        })
        .await
    }
}
