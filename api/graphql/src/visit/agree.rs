//! `visitAgree`.

use api_door::{
    coded::Coded,
    command::{command, payload},
    scalar::{DateTime, Kind},
};
use async_graphql::{Context, ID, InputObject, Object, Result};
use entity::visit::{
    commands::{self, Agree, Date},
    rules::VisitError,
};

use super::Visit;

/// A visit to come.
#[derive(Clone, Debug, InputObject)]
pub struct VisitAgreeInput {
    /// The enterprise.
    pub enterprise_id: ID,
    /// In which way; at the enterprise when nothing is said.
    #[graphql(default_with = "Coded(entity::visit::Kind::OnSite)")]
    pub kind: Coded<entity::visit::Kind>,
    /// When it begins: a time to come, within a year.
    pub starts_at: DateTime,
    /// When it ends; an hour later when nothing is said.
    pub ends_at: Option<DateTime>,
    /// Where, up to 200 characters; a telephone call or message needs no place.
    pub place: Option<String>,
    /// What it is to be about, 1 to 200 characters; the enterprise reads it.
    pub purpose: String,
    /// Names this request, up to 120 characters: the same again gives the first answer and does nothing twice.
    pub idempotency_key: Option<String>,
}

payload! {
    /// The answer of `visitAgree`.
    VisitAgreePayload, VisitAgreeUserError, Coded<entity::visit::rules::VisitError>, VisitError,
    /// The visit; null when it was refused.
    visit: Visit
}

/// The mutation `visitAgree`.
#[derive(Default)]
pub struct VisitAgreeMutation;

#[Object]
impl VisitAgreeMutation {
    /// Notes a visit that both sides have agreed, and invites the contacts of the enterprise and the liaison (约定走访).
    async fn visit_agree(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The visit.")] input: VisitAgreeInput,
    ) -> Result<VisitAgreePayload> {
        let input = Agree {
            enterprise_id: Kind::Enterprise.require(&input.enterprise_id)?,
            kind: input.kind.0,
            date: Date {
                starts_at: input.starts_at.into(),
                ends_at: input.ends_at.map(Into::into),
                place: input.place,
            },
            purpose: input.purpose,
        };
        command(ctx, input, |store, viewer, input| async move {
            commands::agree(&store, &viewer, input).await
        })
        .await
    }
}
