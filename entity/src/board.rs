//! Promise board (承诺公示): of each item what is promised, and how the promise was kept in the last four quarters that have ended. It is for
//! everybody. What is of too few cases is withheld, and no sums are told from which it could be computed; nothing of it changes within a quarter.

use std::{collections::BTreeMap, sync::Arc};

use chrono::{Months, NaiveDate};
use sea_orm::{
    EntityTrait, JoinType, QueryFilter, QuerySelect, RelationDef,
    entity::prelude::*,
    sea_query::{Asterisk, Expr, ExprTrait, Func},
};

use crate::{
    calendar::{self, rules::Calendar},
    case::{
        self,
        clock::{self, Clock},
    },
    catalogue::Outcome,
    deadline,
    error::Fault,
    evaluation::{
        disclosure::{Told, count},
        rules::Quarter,
    },
    kept::Reader,
    store::Store,
};

/// How many months the board covers.
const MONTHS: u32 = 12;

/// From how many cases on something is told of an item: as of answers in evaluations.
pub const FEWEST: u64 = 5;

/// The outcomes by which a promise is kept or broken; what the applicant has ended is neither.
const DECISIONS: [Outcome; 4] = [
    Outcome::Granted,
    Outcome::Refused,
    Outcome::Filed,
    Outcome::DeemedGranted,
];

/// The stretch of days that the board covers on a day: the last four quarters that have ended.
pub fn covers(today: NaiveDate) -> (NaiveDate, NaiveDate) {
    let next = Quarter::of(today).from;
    let from = next.checked_sub_months(Months::new(MONTHS));
    (from.unwrap_or(next), next.pred_opt().unwrap_or(next))
}

/// How the promise of one item was kept, of which enough cases were decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Kept {
    /// How many cases were decided.
    pub decided: u64,
    /// How many of them by the promised day.
    pub in_time: u64,
    /// How many silence has decided.
    pub silent: u64,
    /// In how many working days from acceptance to decision: the middle one, of two the longer.
    pub median: i32,
}

/// Some cases of one item that took the same days.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Taken {
    item_id: Uuid,
    outcome: Outcome,
    accepted_on: NaiveDate,
    decided_on: NaiveDate,
    promised_on: NaiveDate,
    cases: u64,
}

/// What is told of each item; of an item with too few cases nothing.
fn told(taken: &[Taken], calendar: &Calendar) -> BTreeMap<Uuid, Kept> {
    let mut items: BTreeMap<Uuid, Vec<&Taken>> = BTreeMap::new();
    for one in taken {
        items.entry(one.item_id).or_default().push(one);
    }
    let told = items.into_iter().filter_map(|(item, taken)| {
        let number = |wanted: &dyn Fn(&Taken) -> bool| -> u64 {
            let such = taken.iter().filter(|one| wanted(one));
            such.map(|one| one.cases).sum()
        };
        let Told::Count(decided) = count(number(&|_| true), FEWEST) else {
            return None;
        };
        let mut days: Vec<(i32, u64)> = taken
            .iter()
            .map(|one| {
                let days = calendar.working_days_between(one.accepted_on, one.decided_on);
                (days, one.cases)
            })
            .collect();
        days.sort_unstable();
        let mut before = 0;
        let middle = days.iter().find(|(_, cases)| {
            before += cases;
            before > decided / 2
        });
        Some((
            item,
            Kept {
                decided,
                in_time: number(&|one| one.decided_on <= one.promised_on),
                silent: number(&|one| one.outcome == Outcome::DeemedGranted),
                median: middle.map_or(0, |(days, _)| *days),
            },
        ))
    });
    told.collect()
}

/// The board as it is kept in memory: what was decided in quarters that have ended does not change.
struct Board(Arc<BTreeMap<Uuid, Kept>>);

/// How the promise of each item was kept, by the item.
pub async fn kept(store: &Store) -> Result<Arc<BTreeMap<Uuid, Kept>>, Fault> {
    let (from, to) = covers(store.today());
    let quarters = [from, to].map(|day| {
        let number = day.signed_duration_since(NaiveDate::MIN).num_days();
        Uuid::from_u128(u128::try_from(number).unwrap_or_default())
    });
    if let Some(board) = store.kept().made_from::<Board>(&quarters) {
        return Ok(board.0.clone());
    }
    let calendar = calendar::repository::in_force(store).await?;
    let told = Arc::new(told(&taken(store, from, to).await?, &calendar));
    store.kept().keep(quarters.to_vec(), Board(told.clone()));
    Ok(told)
}

/// From a case to its clocks.
fn its_clocks() -> RelationDef {
    case::Entity::belongs_to(clock::Entity)
        .from(case::Column::Id)
        .to(clock::Column::CaseId)
        .into()
}

/// From a clock to its time limit.
fn its_limit() -> RelationDef {
    clock::Entity::belongs_to(deadline::Entity)
        .from(clock::Column::DeadlineId)
        .to(deadline::Column::Id)
        .into()
}

/// The cases that were decided in a stretch of days, with the promise that ran until then.
async fn taken(store: &Store, from: NaiveDate, to: NaiveDate) -> Result<Vec<Taken>, Fault> {
    type Row = (Uuid, Outcome, NaiveDate, NaiveDate, NaiveDate, i64);
    const DAYS: [case::Column; 4] = [
        case::Column::ItemId,
        case::Column::Outcome,
        case::Column::AcceptedOn,
        case::Column::DecidedOn,
    ];
    let until_then = deadline::Column::ClosedOn
        .into_expr()
        .eq(case::Column::DecidedOn.into_expr());
    let how_many: Expr = Func::count(Expr::col(Asterisk)).into();
    let rows: Vec<Row> = case::Entity::find()
        .select_only()
        .columns(DAYS)
        .column(deadline::Column::DueOn)
        .expr_as(how_many, "many")
        .join(JoinType::InnerJoin, its_clocks())
        .join(JoinType::InnerJoin, its_limit())
        .filter(case::Column::DecidedOn.between(from, to))
        .filter(case::Column::AcceptedOn.is_not_null())
        .filter(case::Column::Outcome.is_in(DECISIONS))
        .filter(clock::Column::Clock.eq(Clock::Promised))
        .filter(until_then)
        .group_by(case::Column::ItemId)
        .group_by(case::Column::Outcome)
        .group_by(case::Column::AcceptedOn)
        .group_by(case::Column::DecidedOn)
        .group_by(deadline::Column::DueOn)
        .into_tuple()
        .all(store.db())
        .await?;
    let taken = rows.into_iter().map(|row| {
        let (item_id, outcome, accepted_on, decided_on, promised_on, cases) = row;
        Taken {
            item_id,
            outcome,
            accepted_on,
            decided_on,
            promised_on,
            cases: u64::try_from(cases).unwrap_or_default(),
        }
    });
    Ok(taken.collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, month, day).expect("a day")
    }

    fn taken(item: u128, decided: u32, promised: u32, cases: u64) -> Taken {
        Taken {
            item_id: Uuid::from_u128(item),
            outcome: Outcome::Granted,
            accepted_on: day(6, 1),
            decided_on: day(6, decided),
            promised_on: day(6, promised),
            cases,
        }
    }

    #[test]
    fn four_quarters_that_have_ended_are_covered() {
        assert_eq!(
            covers(day(9, 30)),
            (
                NaiveDate::from_ymd_opt(2025, 7, 1).expect("a day"),
                day(6, 30)
            )
        );
        assert_eq!(covers(day(10, 1)).1, day(9, 30));
    }

    #[test]
    fn an_item_is_told_of_from_five_cases_on() {
        let calendar = Calendar::shipped();
        // From a Monday: four took three working days, one took four and was late.
        let four = [taken(1, 4, 4, 4)];
        assert!(told(&four, &calendar).is_empty());
        let five = [taken(1, 5, 4, 1), taken(1, 4, 4, 4), taken(2, 4, 4, 4)];
        let all = told(&five, &calendar);
        let kept = Kept {
            decided: 5,
            in_time: 4,
            silent: 0,
            median: 3,
        };
        assert_eq!(all, BTreeMap::from([(Uuid::from_u128(1), kept)]));
    }

    #[test]
    fn of_two_in_the_middle_the_longer_counts_and_silence_is_no_decision_of_the_office() {
        let calendar = Calendar::shipped();
        let silent = Taken {
            outcome: Outcome::DeemedGranted,
            ..taken(1, 5, 4, 3)
        };
        let all = told(&[taken(1, 4, 4, 3), silent], &calendar);
        let kept = Kept {
            decided: 6,
            in_time: 3,
            silent: 3,
            median: 4,
        };
        assert_eq!(all.get(&Uuid::from_u128(1)), Some(&kept));
    }
}
