//! How the catalogue became shorter, with the list behind each number.

use std::collections::HashMap;

use api_door::{
    coded::Coded,
    operation::{store, viewer},
    scalar::{Date, int},
};
use async_graphql::{ComplexObject, Context, Object, Result, SimpleObject};
use entity::{
    catalogue::{
        Fact, History, ItemStatus,
        rules::compression::{CRITICAL_PATH, Figure, Row, compression},
    },
    item::{self, repository},
};

/// By how much the catalogue became shorter between two days (目录沿革).
#[derive(SimpleObject)]
pub struct CatalogueHistory {
    /// The earlier day.
    before: Date,
    /// The later day.
    after: Date,
    /// How many items there are.
    items: HistoryFigure,
    /// The sum of the promises of the items that remain, in working days.
    promises: HistoryFigure,
    /// The sum of the promises along the critical path of an industrial project, in working days.
    critical_path: HistoryFigure,
    /// How many materials the items that remain ask for.
    materials: HistoryFigure,
}

/// One number on two days, and what it is the sum of.
#[derive(SimpleObject)]
#[graphql(complex)]
pub struct HistoryFigure {
    /// On the earlier day.
    before: i32,
    /// On the later day.
    after: i32,
    /// By how much it fell, in percent to one decimal place; negative when it rose. Null when there was nothing.
    cut: Option<f64>,
    #[graphql(skip)]
    rows: Vec<HistoryRow>,
}

/// One number on two days, and what it is the sum of.
#[ComplexObject]
impl HistoryFigure {
    /// What each item adds to it.
    #[graphql(complexity = "45 * child_complexity")]
    async fn rows(&self) -> &[HistoryRow] {
        &self.rows
    }
}

/// What one item adds to a number.
#[derive(SimpleObject)]
#[graphql(complex)]
pub struct HistoryRow {
    /// The code of the item.
    code: String,
    /// Its name; Chinese. Empty for an item of which nothing is published.
    name_zh: String,
    /// English.
    name_en: String,
    /// On the earlier day; 1 for an item that was in the catalogue. Null when nothing is known of it.
    before: Option<i32>,
    /// On the later day.
    after: Option<i32>,
    /// Where the item stands on the later day; null in the other lists than that of items.
    status: Option<Coded<ItemStatus>>,
    /// Why; Chinese.
    reason_zh: Option<String>,
    /// English.
    reason_en: Option<String>,
    #[graphql(skip)]
    successors: Vec<String>,
}

/// What one item adds to a number.
#[ComplexObject]
impl HistoryRow {
    /// The items that took its place.
    #[graphql(complexity = "1")]
    async fn successors(&self) -> &[String] {
        &self.successors
    }
}

type Names = HashMap<String, (String, String)>;

fn number(row: &History) -> i32 {
    match row.fact {
        Fact::Status(status) => i32::from(status == ItemStatus::Active),
        Fact::Promise(days) => days.into(),
        Fact::Materials(count) => count.into(),
    }
}

impl HistoryRow {
    fn of(row: &Row<'_>, names: &Names) -> Self {
        let (name_zh, name_en) = names.get(row.item).cloned().unwrap_or_default();
        let status = |row: &History| match row.fact {
            Fact::Status(status) => Some(status.into()),
            _ => None,
        };
        let reason = row.after.map(|row| row.reason.clone());
        let (reason_zh, reason_en) = reason.map(|text| (text.zh, text.en)).unzip();
        Self {
            code: row.item.to_owned(),
            name_zh,
            name_en,
            before: row.before.map(number),
            after: row.after.map(number),
            status: row.after.and_then(status),
            reason_zh,
            reason_en,
            successors: row
                .after
                .map(|row| row.successors.clone())
                .unwrap_or_default(),
        }
    }
}

impl HistoryFigure {
    fn of(figure: &Figure<'_>, names: &Names) -> Self {
        let rows = figure.rows.iter().map(|row| HistoryRow::of(row, names));
        // A tenth of a percent is far within what a float tells exactly.
        #[allow(clippy::cast_precision_loss, reason = "at most four digits")]
        let cut = figure.cut_permille().map(|cut| cut as f64 / 10.0);
        Self {
            before: int(figure.before),
            after: int(figure.after),
            cut,
            rows: rows.collect(),
        }
    }
}

/// Reads of the history of the catalogue.
#[derive(Default)]
pub struct HistoryQuery;

#[Object]
impl HistoryQuery {
    /// By how much the catalogue became shorter between two days, with the list behind each number; open to strangers. Without days: from the
    /// first day of the history to today. Null when there is no catalogue.
    #[graphql(complexity = "45 + child_complexity")]
    async fn catalogue_history(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The earlier day.")] before: Option<Date>,
        #[graphql(desc = "The later day.")] after: Option<Date>,
    ) -> Result<Option<CatalogueHistory>> {
        let store = store(ctx);
        let history = repository::history(store).await?;
        let Some(first) = history.iter().map(|row| row.from).min() else {
            return Ok(None);
        };
        // What is only being worked on has no name for strangers.
        let names = repository::known(store.db(), viewer(ctx))
            .await?
            .into_iter();
        let named = |item: item::Model| (item.code, (item.name_zh, item.name_en));
        let names: Names = names.map(named).collect();
        let before = before.map_or(first, Into::into);
        let after = after.map_or(store.today(), Into::into);
        let told = compression(&history, &CRITICAL_PATH, before, after);
        Ok(Some(CatalogueHistory {
            before: before.into(),
            after: after.into(),
            items: HistoryFigure::of(&told.items, &names),
            promises: HistoryFigure::of(&told.promises, &names),
            critical_path: HistoryFigure::of(&told.critical_path, &names),
            materials: HistoryFigure::of(&told.materials, &names),
        }))
    }
}
