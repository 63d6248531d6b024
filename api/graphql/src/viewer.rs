//! The viewer: the entry for the person who asks.

use api_door::{
    coded::Coded,
    form::{Offered, offered},
    operation::{store, viewer},
    scalar::{Kind, int},
};
use async_graphql::{Context, ID, Object, Result};
use entity::{
    account,
    error::Fault,
    notice, permission,
    preference::{self, commands::Wishes},
    table::Visible,
    trail,
    viewer::Person,
};

use super::preference::Preferences;

/// The person who asks (当前用户).
pub struct Viewer(Person);

/// The person who asks (当前用户).
#[Object]
impl Viewer {
    /// The account.
    async fn id(&self) -> ID {
        Kind::Account.id(self.0.account_id)
    }

    /// The name of the person.
    async fn name(&self, ctx: &Context<'_>) -> Result<String> {
        let own = account::Entity::one(store(ctx).db(), viewer(ctx), self.0.account_id);
        Ok(own.await?.ok_or(Fault::NotFound)?.name)
    }

    /// What the person is in the park.
    async fn role(&self) -> Coded<entity::viewer::Role> {
        self.0.role.into()
    }

    /// The language the person reads.
    async fn language(&self) -> Coded<entity::language::Language> {
        self.0.language.into()
    }

    /// The person's settings for e-mail (个人设置).
    async fn preferences(&self, ctx: &Context<'_>) -> Result<Preferences> {
        let db = store(ctx).db();
        let account = account::Entity::one(db, viewer(ctx), self.0.account_id).await?;
        Ok(Preferences::from(Wishes {
            preference: preference::repository::of(db, self.0.account_id).await?,
            language: account.ok_or(Fault::NotFound)?.language,
        }))
    }

    /// How many notices are unread (未读通知): cheap enough to be asked for every minute.
    async fn unread_notices(&self, ctx: &Context<'_>) -> Result<i32> {
        let unread = notice::repository::unread(store(ctx).db(), viewer(ctx)).await?;
        Ok(int(unread))
    }

    /// What the person may begin, to some things at least, and why not; what is done with a thing is offered with it.
    #[graphql(complexity = "20 * child_complexity")]
    async fn commands(&self, ctx: &Context<'_>) -> Vec<Offered> {
        offered(ctx, trail::offered(viewer(ctx)), None)
    }

    /// What the person may do, to some things at least; each object says whether to itself.
    #[graphql(complexity = "permission::Action::ALL.len()")]
    async fn permissions(&self) -> Vec<Coded<permission::Action>> {
        permission::Action::ALL
            .into_iter()
            .filter(|action| {
                permission::Standing::ALL
                    .into_iter()
                    .any(|standing| permission::allows(*action, self.0.role, standing))
            })
            .map(Coded)
            .collect()
    }
}

/// The entry for the person who asks.
#[derive(Default)]
pub struct ViewerQuery;

#[Object]
impl ViewerQuery {
    /// The person who asks; null when nobody has signed in.
    async fn viewer(&self, ctx: &Context<'_>) -> Result<Option<Viewer>> {
        Ok(viewer(ctx).person().cloned().map(Viewer))
    }
}
