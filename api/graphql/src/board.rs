//! The promise board (承诺公示) in the API: open to strangers.

use api_door::{
    operation::{store, viewer},
    row::Row,
    scalar::{Date, int},
};
use async_graphql::{ComplexObject, Context, Object, Result, SimpleObject};
use entity::{
    board::{self, Kept},
    catalogue::ItemStatus,
    item::{self, repository},
    share::percent,
};

use super::item::Item;

/// What is promised of each item, and how it was kept in the last four quarters that have ended (承诺公示).
#[derive(SimpleObject)]
#[graphql(complex)]
pub struct PromiseBoard {
    /// The first day of these quarters.
    from: Date,
    /// The last day.
    to: Date,
    #[graphql(skip)]
    rows: Vec<(item::Model, Option<Kept>)>,
}

/// What is promised of each item, and how it was kept in the last four quarters that have ended (承诺公示).
#[ComplexObject]
impl PromiseBoard {
    /// The items of the catalogue, in its order.
    #[graphql(complexity = "45 * child_complexity")]
    async fn rows(&self) -> Vec<PromiseBoardRow> {
        let rows = self.rows.iter().cloned();
        rows.map(|(item, kept)| PromiseBoardRow {
            item,
            kept: kept.map(Into::into),
        })
        .collect()
    }
}

/// What is promised of one item, and how it was kept.
#[derive(SimpleObject)]
#[graphql(complex)]
pub struct PromiseBoardRow {
    #[graphql(skip)]
    item: item::Model,
    /// How it was kept; null when fewer than five cases were decided, so that nobody's case can be made out.
    kept: Option<PromiseKept>,
}

/// What is promised of one item, and how it was kept.
#[ComplexObject]
impl PromiseBoardRow {
    /// The item, with what is promised.
    async fn item(&self) -> Row<Item> {
        Row(Item(self.item.clone()))
    }
}

/// How the promise of an item was kept.
#[derive(SimpleObject)]
pub struct PromiseKept {
    /// How many cases were decided.
    decided: i32,
    /// How many of them by the promised day, in percent to one decimal place (按时率).
    in_time: Option<f64>,
    /// How many were decided later than promised.
    overdue: i32,
    /// How many silence has decided.
    silent: i32,
    /// In how many working days from acceptance to decision: the middle one, of two the longer.
    median_days: i32,
}

impl From<Kept> for PromiseKept {
    fn from(kept: Kept) -> Self {
        Self {
            decided: int(kept.decided),
            in_time: percent(kept.in_time, kept.decided),
            overdue: int(kept.decided - kept.in_time),
            silent: int(kept.silent),
            median_days: kept.median,
        }
    }
}

/// Reading the promise board.
#[derive(Default)]
pub struct BoardQuery;

#[Object]
impl BoardQuery {
    /// What is promised of each item, and how it was kept in the last four quarters that have ended; open to strangers.
    #[graphql(complexity = "45 + child_complexity")]
    async fn promise_board(&self, ctx: &Context<'_>) -> Result<PromiseBoard> {
        let store = store(ctx);
        let kept = board::kept(store).await?;
        let mut items = repository::known(store.db(), viewer(ctx)).await?;
        items.retain(|item| item.status == ItemStatus::Active);
        items.sort_by_key(|item| item.place);
        let (from, to) = board::covers(store.today());
        let rows = items.into_iter().map(|item| {
            let kept = kept.get(&item.id).copied();
            (item, kept)
        });
        Ok(PromiseBoard {
            from: from.into(),
            to: to.into(),
            rows: rows.collect(),
        })
    }
}
