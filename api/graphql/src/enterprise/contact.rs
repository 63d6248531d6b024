//! The people of an enterprise, for whoever may write to them and ring them.

use std::collections::HashMap;

use api_door::{loaders::Batch, operation::store, scalar::Kind};
use async_graphql::{Context, ID, Object};
use entity::{
    account::{self, link},
    error::Fault,
    liaison,
    store::Store,
    telephone::Telephone,
    viewer::Viewer,
};
use uuid::Uuid;

use crate::account::AccountInvitation;

/// A person of an enterprise, as whoever may write to and ring the person needs it (企业联系人).
#[derive(Clone)]
pub struct EnterpriseContact {
    account: account::Model,
    invitation: Option<link::Model>,
}

/// A person of an enterprise, as whoever may write to and ring the person needs it (企业联系人).
#[Object]
impl EnterpriseContact {
    /// The account.
    async fn id(&self) -> ID {
        Kind::Account.id(self.account.id)
    }

    /// The name.
    async fn name(&self) -> &str {
        &self.account.name
    }

    /// The mail address, with which the person signs in.
    async fn login(&self) -> &str {
        &self.account.login
    }

    /// The number to ring the person at (联系电话).
    async fn telephone(&self) -> Option<&str> {
        self.account.telephone.as_ref().map(Telephone::as_str)
    }

    /// Whether it may sign in.
    async fn enabled(&self) -> bool {
        self.account.is_enabled()
    }

    /// Whether the person has followed the invitation and chosen a password.
    async fn joined(&self) -> bool {
        self.account.password_hash.is_some()
    }

    /// The newest invitation to choose the first password; null when there was none.
    async fn invitation(&self, ctx: &Context<'_>) -> Option<AccountInvitation> {
        let now = store(ctx).now();
        let link = self.invitation.as_ref();
        link.map(|link| AccountInvitation::of(link, now))
    }
}

/// The people of enterprises whom the viewer may write to and ring.
pub struct ContactsOfEnterprise;

impl Batch for ContactsOfEnterprise {
    type Key = Uuid;
    type Value = Vec<EnterpriseContact>;

    async fn load(
        store: &Store,
        viewer: &Viewer,
        keys: &[Uuid],
    ) -> Result<HashMap<Uuid, Vec<EnterpriseContact>>, Fault> {
        let db = store.db();
        let found = liaison::repository::contacts_of(db, viewer, keys).await?;
        let people: Vec<Uuid> = found.values().flatten().map(|person| person.id).collect();
        let mut sent = account::repository::invitations_of_contacts(db, &people).await?;
        let mut with_invitation = |account: account::Model| EnterpriseContact {
            invitation: sent.remove(&account.id),
            account,
        };
        Ok(found
            .into_iter()
            .map(|(enterprise, people)| {
                let people = people.into_iter().map(&mut with_invitation);
                (enterprise, people.collect())
            })
            .collect())
    }
}
