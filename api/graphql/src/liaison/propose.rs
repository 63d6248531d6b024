//! `liaisonPropose`.

use api_door::{
    coded::Coded,
    command::{command, payload},
    scalar::Kind,
};
use async_graphql::{Context, ID, InputObject, Object, Result};
use entity::liaison::commands;

use super::Liaison;

/// A future liaison.
#[derive(InputObject)]
pub struct LiaisonProposeInput {
    /// The enterprise.
    enterprise_id: ID,
    /// Who is to look after it; an account in the role of liaison.
    account_id: ID,
    /// Who stands in.
    deputy_id: Option<ID>,
    /// Names this request, up to 120 characters: the same again gives the first answer and does nothing twice.
    idempotency_key: Option<String>,
}

payload! {
    /// The answer of `liaisonPropose`.
    LiaisonProposePayload, LiaisonProposeUserError, Coded<entity::liaison::rules::LiaisonError>, entity::liaison::rules::LiaisonError,
    /// The proposed assignment; null when it was refused.
    liaison: Liaison
}

/// The mutation `liaisonPropose`.
#[derive(Default)]
pub struct LiaisonProposeMutation;

#[Object]
impl LiaisonProposeMutation {
    /// Names a future liaison of an enterprise (CENTRE); one proposal at a time.
    async fn liaison_propose(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Who is proposed for what.")] input: LiaisonProposeInput,
    ) -> Result<LiaisonProposePayload> {
        let input = commands::Propose {
            enterprise_id: Kind::Enterprise.require(&input.enterprise_id)?,
            account_id: Kind::Account.require(&input.account_id)?,
            deputy_id: input
                .deputy_id
                .map(|id| Kind::Account.require(&id))
                .transpose()?,
        };
        command(ctx, input, |store, viewer, input| async move {
            commands::propose(&store, &viewer, input).await
        })
        .await
    }
}
