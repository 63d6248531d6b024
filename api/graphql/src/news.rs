//! News (动态) in the API.

use api_door::{
    coded::Coded,
    loaders,
    operation::{store, viewer},
    row::Row,
    scalar::{Date, DateTime},
};
use async_graphql::{Context, Object, Result};
use entity::{
    clock::instant_of,
    news::{
        repository::{self, News as Change},
        rules::Subject,
    },
    obligation::subject::Obligations,
    subject,
};

use super::{
    contract::{Contract, ContractById},
    enterprise::{Enterprise, EnterpriseById},
    item::{Item, ItemById},
    liaison::{Official, official},
    milestone::{Milestone, MilestoneById},
    obligation::{Obligation, ObligationById},
    visit::{Visit, VisitById},
};

/// What somebody else, or the system, has changed (动态).
pub struct News(Change);

/// What somebody else, or the system, has changed (动态).
#[Object]
impl News {
    /// What has changed.
    async fn kind(&self) -> Coded<entity::command::News> {
        self.0.kind.into()
    }

    /// When.
    async fn at(&self) -> DateTime {
        self.0.at.into()
    }

    /// By whom; null when the system did it by itself.
    async fn by(&self, ctx: &Context<'_>) -> Result<Option<Row<Official>>> {
        official(ctx, self.0.actor_id).await
    }

    /// Why, where a reason was given.
    async fn reason(&self) -> Option<&str> {
        self.0.reason.as_deref()
    }

    /// The milestone, where it is about one.
    async fn milestone(&self, ctx: &Context<'_>) -> Result<Option<Row<Milestone>>> {
        let Subject::Milestone(id) = self.0.subject else {
            return Ok(None);
        };
        let row = loaders::one::<MilestoneById>(ctx, id).await?;
        Ok(row.map(Milestone).map(Row))
    }

    /// The obligation, where it is about one or its time limit.
    async fn obligation(&self, ctx: &Context<'_>) -> Result<Option<Row<Obligation>>> {
        let id = match &self.0.subject {
            Subject::Obligation(id) => *id,
            Subject::Limit(subject) if subject.kind == Obligations::NAME => subject.id,
            _ => return Ok(None),
        };
        let row = loaders::one::<ObligationById>(ctx, id).await?;
        Ok(row.map(Obligation).map(Row))
    }

    /// What the time limit is on, where it is about one.
    async fn limit_on(&self) -> Option<LimitOn> {
        match &self.0.subject {
            Subject::Limit(subject) => Some(LimitOn(subject.as_ref().clone())),
            _ => None,
        }
    }

    /// The contract, where it is about one.
    async fn contract(&self, ctx: &Context<'_>) -> Result<Option<Row<Contract>>> {
        let Subject::Contract(id) = self.0.subject else {
            return Ok(None);
        };
        Ok(loaders::one::<ContractById>(ctx, id)
            .await?
            .map(Contract)
            .map(Row))
    }

    /// The visit, where it is about one.
    async fn visit(&self, ctx: &Context<'_>) -> Result<Option<Row<Visit>>> {
        let Subject::Visit(id) = self.0.subject else {
            return Ok(None);
        };
        Ok(loaders::one::<VisitById>(ctx, id)
            .await?
            .map(Visit)
            .map(Row))
    }

    /// The approval item, where it is about one.
    async fn item(&self, ctx: &Context<'_>) -> Result<Option<Row<Item>>> {
        let Subject::Item(id) = self.0.subject else {
            return Ok(None);
        };
        let row = loaders::one::<ItemById>(ctx, id).await?;
        Ok(row.map(Item).map(Row))
    }
}

/// What a time limit is on (时限对象).
pub struct LimitOn(subject::Subject);

/// What a time limit is on (时限对象).
#[Object]
impl LimitOn {
    /// What is to be done, 简体中文.
    async fn title_zh(&self) -> &str {
        &self.0.title.zh
    }

    /// The same in English.
    async fn title_en(&self) -> &str {
        &self.0.title.en
    }

    /// The enterprise; null where there is none, or where the viewer may not know which.
    async fn enterprise(&self, ctx: &Context<'_>) -> Result<Option<Row<Enterprise>>> {
        let Some(id) = self.0.enterprise_id else {
            return Ok(None);
        };
        let row = loaders::one::<EnterpriseById>(ctx, id).await?;
        Ok(row.map(Enterprise).map(Row))
    }

    /// Its page below the public address.
    async fn path(&self) -> &str {
        &self.0.path
    }
}

/// Reading news.
#[derive(Default)]
pub struct NewsQuery;

#[Object]
impl NewsQuery {
    /// What others have changed for the enterprises that the viewer looks after, the newest 50, the latest first. CENTRE, LEADER
    /// and SUPERVISOR read those of all enterprises; other roles have none.
    #[graphql(complexity = "50 * child_complexity")]
    async fn news(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "From this day on.")] since: Date,
    ) -> Result<Vec<News>> {
        let since = instant_of(since.into(), 0, 0, store(ctx).zone());
        let rows = repository::since(store(ctx), viewer(ctx), since).await?;
        Ok(rows.into_iter().map(News).collect())
    }
}
