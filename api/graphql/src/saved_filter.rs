//! Saved filters (常用筛选) in the API.

use api_door::{
    coded::Coded,
    form::{Input, Payload, run},
    loaders::by_id,
    operation::{store, viewer},
    scalar::{DateTime, Kind},
};
use async_graphql::{Context, ID, Object, Result};
use entity::{
    saved_filter::{self, List, commands, repository, rules::MOST},
    table::Visible,
};

/// What a person filters a list by, kept under a name (常用筛选).
pub struct SavedFilter(saved_filter::Model);

impl From<saved_filter::Model> for SavedFilter {
    fn from(row: saved_filter::Model) -> Self {
        Self(row)
    }
}

/// What a person filters a list by, kept under a name (常用筛选).
#[Object]
impl SavedFilter {
    /// The global id.
    pub(super) async fn id(&self) -> ID {
        Kind::SavedFilter.id(self.0.id)
    }

    /// The list that it narrows.
    async fn list(&self) -> Coded<List> {
        self.0.list.into()
    }

    /// By what its owner knows it.
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// What the list is filtered by, as the query of its address says it.
    async fn query(&self) -> &str {
        &self.0.query
    }

    /// When it was saved.
    async fn created_at(&self) -> DateTime {
        self.0.created_at.into()
    }
}

by_id! {
    /// Saved filters by key.
    SavedFilterById: saved_filter::Model = saved_filter::Entity::of_ids
}

/// What the filters of a list cost, or those of all.
fn cost(list: Option<Coded<List>>, child_complexity: usize) -> usize {
    let lists = list.map_or(List::ALL.len(), |_| 1);
    let most = usize::try_from(MOST).unwrap_or(usize::MAX);
    child_complexity.saturating_mul(lists.saturating_mul(most))
}

/// Reading saved filters.
#[derive(Default)]
pub struct SavedFilterQuery;

#[Object]
impl SavedFilterQuery {
    /// The own saved filters, by list and name, at most 20 for each list.
    #[graphql(complexity = "cost(list, child_complexity)")]
    async fn saved_filters(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Of which list; of all when left out.")] list: Option<Coded<List>>,
    ) -> Result<Vec<SavedFilter>> {
        let list = list.map(|list| list.0);
        let rows = repository::own(store(ctx).db(), viewer(ctx), list).await?;
        Ok(rows.into_iter().map(SavedFilter).collect())
    }
}

/// What happens to saved filters.
#[derive(Default)]
pub struct SavedFilterMutation;

#[Object]
impl SavedFilterMutation {
    /// Saves what you filter a list by under a name. Only you see it.
    async fn saved_filter_keep(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The filter.")] input: Input<commands::Keep>,
    ) -> Result<Payload<commands::Keep, SavedFilter>> {
        run(ctx, input, commands::keep).await
    }

    /// Deletes one of the own saved filters.
    async fn saved_filter_drop(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which filter.")] input: Input<commands::Drop>,
    ) -> Result<Payload<commands::Drop, SavedFilter>> {
        run(ctx, input, commands::drop).await
    }
}
