//! `liaisonAppointDeputy`.

use api_door::{
    coded::Coded,
    command::{command, payload},
    scalar::Kind,
};
use async_graphql::{Context, ID, InputObject, Object, Result};
use entity::liaison::commands;

use super::Liaison;

/// A deputy for the liaison in charge.
#[derive(InputObject)]
pub struct LiaisonAppointDeputyInput {
    /// The assignment.
    id: ID,
    /// The version last seen.
    expected_version: i32,
    /// Who stands in; nobody when null.
    deputy_id: Option<ID>,
    /// Names this request, up to 120 characters: the same again gives the first answer and does nothing twice.
    idempotency_key: Option<String>,
}

payload! {
    /// The answer of `liaisonAppointDeputy`.
    LiaisonAppointDeputyPayload, LiaisonAppointDeputyUserError, Coded<entity::liaison::rules::LiaisonError>, entity::liaison::rules::LiaisonError,
    /// The assignment; null when it was refused.
    liaison: Liaison
}

/// The mutation `liaisonAppointDeputy`.
#[derive(Default)]
pub struct LiaisonAppointDeputyMutation;

#[Object]
impl LiaisonAppointDeputyMutation {
    /// Appoints who stands in while the liaison is absent, or nobody (CENTRE).
    async fn liaison_appoint_deputy(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Who stands in for whom.")] input: LiaisonAppointDeputyInput,
    ) -> Result<LiaisonAppointDeputyPayload> {
        let input = commands::AppointDeputy {
            liaison_id: Kind::Liaison.require(&input.id)?,
            expected_version: input.expected_version,
            deputy_id: input
                .deputy_id
                .map(|id| Kind::Account.require(&id))
                .transpose()?,
        };
        command(ctx, input, |store, viewer, input| async move {
            commands::appoint_deputy(&store, &viewer, input).await
        })
        .await
    }
}
