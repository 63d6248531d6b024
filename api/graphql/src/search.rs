//! One search over all that a person may see.

use api_door::{
    error::bad_request,
    operation::{store, viewer},
    page,
    row::Row,
};
use async_graphql::{Context, Object, Result};
use entity::{
    account, commitment, contract, enterprise,
    obligation::{self, State, repository::Sort},
    page::PageRequest,
    project,
    text::Search,
};

use super::{
    account::Account, commitment::Commitment, contract::Contract, enterprise::Enterprise,
    obligation::Obligation, project::Project,
};

/// What a search has found (检索结果): of each kind the first few that the viewer may see. What is called so, or has this number, stands first, then what
/// begins so, then what contains it.
pub struct SearchResult {
    text: Search,
    most: u64,
}

/// What a search has found (检索结果): of each kind the first few that the viewer may see. What is called so, or has this number, stands first, then what
/// begins so, then what contains it.
#[Object]
impl SearchResult {
    /// Enterprises whose names or credit code, or the number of one of whose contracts, contain the text.
    #[graphql(complexity = "child_complexity")]
    async fn enterprises(&self, ctx: &Context<'_>) -> Result<Vec<Row<Enterprise>>> {
        let (db, most) = (store(ctx).db(), self.most);
        let rows = enterprise::repository::find(db, viewer(ctx), &self.text, most).await?;
        Ok(rows.into_iter().map(Enterprise).map(Row).collect())
    }

    /// Contracts whose number, or whose enterprise's names or credit code, contain the text.
    #[graphql(complexity = "child_complexity")]
    async fn contracts(&self, ctx: &Context<'_>) -> Result<Vec<Row<Contract>>> {
        let (db, most) = (store(ctx).db(), self.most);
        let rows = contract::repository::find(db, viewer(ctx), &self.text, most).await?;
        Ok(rows.into_iter().map(Contract).map(Row).collect())
    }

    /// What is still owed and found by the filter of `obligations`, the earliest due first.
    #[graphql(complexity = "child_complexity")]
    async fn obligations(&self, ctx: &Context<'_>) -> Result<Vec<Row<Obligation>>> {
        let open = obligation::repository::Filter {
            states: Some(vec![State::Open]),
            text: Some(self.text.clone()),
            ..obligation::repository::Filter::default()
        };
        let (db, request) = (store(ctx).db(), PageRequest::first(self.most));
        let by_day = [(Sort::DueOn, false)];
        let found = obligation::repository::page(db, viewer(ctx), &open, &by_day, &request).await?;
        Ok(found.rows.into_iter().map(Obligation).map(Row).collect())
    }

    /// What is promised, and has not ended, in words that contain the text, in either language; contract by contract.
    #[graphql(complexity = "child_complexity")]
    async fn commitments(&self, ctx: &Context<'_>) -> Result<Vec<Row<Commitment>>> {
        let (db, most) = (store(ctx).db(), self.most);
        let rows = commitment::repository::find(db, viewer(ctx), &self.text, most).await?;
        Ok(rows.into_iter().map(Commitment).map(Row).collect())
    }

    /// Projects whose name, whose contract's number, or whose enterprise's names or credit code contain the text.
    #[graphql(complexity = "child_complexity")]
    async fn projects(&self, ctx: &Context<'_>) -> Result<Vec<Row<Project>>> {
        let (db, most) = (store(ctx).db(), self.most);
        let rows = project::repository::find(db, viewer(ctx), &self.text, most).await?;
        Ok(rows.into_iter().map(Project).map(Row).collect())
    }

    /// Accounts whose name or login, or for CENTRE the names or the credit code of the own enterprise, contain the text.
    #[graphql(complexity = "child_complexity")]
    async fn people(&self, ctx: &Context<'_>) -> Result<Vec<Row<Account>>> {
        let (db, most) = (store(ctx).db(), self.most);
        let rows = account::repository::find(db, viewer(ctx), &self.text, most).await?;
        Ok(rows.into_iter().map(Account).map(Row).collect())
    }
}

/// Searching.
#[derive(Default)]
pub struct SearchQuery;

#[Object]
impl SearchQuery {
    /// Searches all that this viewer may see, literally: capitals, blanks and the forms of a character (full or half width) do not matter. The lists have
    /// the rest of each kind, with the same text in their filter.
    #[graphql(complexity = "page::cost(Some(first), None, child_complexity)")]
    async fn search(
        &self,
        #[graphql(desc = "What is looked for; its first 100 characters count.")] text: String,
        #[graphql(default = 5, desc = "How many of each kind, 1 to 20.")] first: i32,
    ) -> Result<Option<SearchResult>> {
        let most = page::size(first, 20).ok_or_else(|| bad_request("`first` is from 1 to 20."))?;
        Ok(Search::of(&text).map(|text| SearchResult { text, most }))
    }
}
