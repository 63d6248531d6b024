//! What waits at a counter.

use api_door::{
    coded::Coded,
    operation::{store, viewer},
    scalar::{Date, int},
};
use async_graphql::{Context, Object, Result, SimpleObject};
use entity::{deadline::rules::Light, obligation::repository};

use crate::deadline::calendar_in_force;

/// How many promises are listed.
const MOST: u64 = 50;

/// A promise that the department of a window officer owes. To whom it is owed is not told at a counter, because it reads
/// what is said of the department, and not by whom.
#[derive(SimpleObject)]
pub struct CounterItem {
    /// What was promised, Chinese.
    promise_zh: String,
    /// What was promised, English.
    promise_en: String,
    /// For which period or event.
    occasion: String,
    /// The last day on which it can be kept.
    due_on: Date,
    /// Whether the due date may still move because a notice is missing.
    provisional: bool,
    /// Its light today.
    light: Coded<Light>,
    /// Working days left, negative when overdue.
    remaining: i32,
    /// By how many working days it is overdue.
    overdue_by: i32,
}

/// Reads of counters.
#[derive(Default)]
pub struct CounterQuery;

#[Object]
impl CounterQuery {
    /// What the department of the viewer owes, the earliest due first, at most 50 (WINDOW_OFFICER); empty for everybody else.
    #[graphql(complexity = "50 * child_complexity")]
    async fn counter(&self, ctx: &Context<'_>) -> Result<Vec<CounterItem>> {
        let store = store(ctx);
        let rows = repository::at_the_counter(store, viewer(ctx), MOST).await?;
        let calendar = calendar_in_force(ctx).await?;
        let today = store.today();
        let item = |row: repository::Owed| {
            let (due_on, provisional) = (row.deadline.due_on.into(), row.deadline.provisional);
            let light = row.deadline.light(today).into();
            let limit = row.deadline.as_told(today, &calendar).value();
            CounterItem {
                promise_zh: row.commitment.text_zh,
                promise_en: row.commitment.text_en,
                occasion: row.obligation.occasion,
                due_on,
                provisional,
                light,
                remaining: limit.remaining(today, &calendar),
                overdue_by: int(limit.overdue_by(today, &calendar)),
            }
        };
        Ok(rows.into_iter().map(item).collect())
    }
}
