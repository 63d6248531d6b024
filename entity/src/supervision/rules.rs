//! When an order may be given, and by when an answer is asked for.

use chrono::{Days, NaiveDate};

use crate::{calendar::rules::Calendar, deadline, error::refusals, language::text, obligation};

/// Working days to the due date from which on an order may be given: three after the first day on which the promise is red.
const FROM: i32 = -4;

/// How far off the day of the answer may be, in days.
const LATEST: Days = Days::new(30);

/// How many characters the reason may have.
const LONGEST: usize = 1000;

refusals! {
    /// Why no order is given.
    pub enum SupervisionError as "SupervisionErrorCode" {
        /// It was fulfilled, declared missed, or is no longer owed.
        NotOpen = "NOT_OPEN", "该事项已办结或已取消，无需督办。", "This matter is closed: a supervision order is not needed.";
        /// It has not been overdue for three working days.
        TooEarly = "TOO_EARLY",
            "超期满三个工作日后方可督办；此前由系统催办。",
            "A supervision order can be issued when a matter has been overdue for three working days; until then the system sends reminders.";
        /// The answer is due after today and within 30 days.
        ReplyBy = "REPLY_BY", "答复期限须在今天之后、30 天之内。", "The answer must be due after today and within 30 days.";
        /// A reason has 1 to 1000 characters.
        Reason = "REASON", "请填写督办事由，最多 1000 字。", "Enter a reason (up to 1000 characters).";
        /// An order was given for this due date.
        AlreadyOrdered = "ALREADY_ORDERED", "该事项本次到期已下达督办单。", "A supervision order has already been issued for this due date.";
    }
}

/// Whether an order may be given for a promise with so many working days to its due date.
pub fn may_order(state: obligation::State, remaining: i32) -> Result<(), SupervisionError> {
    if state != obligation::State::Open {
        return Err(SupervisionError::NotOpen);
    }
    if remaining > FROM {
        return Err(SupervisionError::TooEarly);
    }
    Ok(())
}

/// Whether an order may be given on a day for a promise with this time limit, as it is told; `ordered` are the due dates for which one
/// was given.
pub fn can_order(
    state: obligation::State,
    limit: &deadline::Model,
    ordered: &[NaiveDate],
    today: NaiveDate,
    calendar: &Calendar,
) -> Result<(), SupervisionError> {
    may_order(state, limit.value().remaining(today, calendar))?;
    if ordered.contains(&limit.due_on) {
        return Err(SupervisionError::AlreadyOrdered);
    }
    Ok(())
}

/// What tells all orders apart from what else was told of a promise.
pub(super) const THRESHOLD: &str = "SUPERVISE:";

/// How an order is recorded: there is one for each due date.
pub fn threshold(due_on: NaiveDate) -> String {
    format!("{THRESHOLD}{due_on}")
}

/// For which due date an order was given that is recorded so; nothing when it was none.
pub(super) fn ordered_for(threshold: &str) -> Option<NaiveDate> {
    threshold.strip_prefix(THRESHOLD)?.parse().ok()
}

/// Whether the answer can be asked for by then.
pub fn reply_by(day: NaiveDate, today: NaiveDate) -> Result<(), SupervisionError> {
    if day <= today || today.checked_add_days(LATEST) < Some(day) {
        return Err(SupervisionError::ReplyBy);
    }
    Ok(())
}

/// The reason of an order.
pub fn reason(given: &str) -> Result<String, SupervisionError> {
    text(given, LONGEST).ok_or(SupervisionError::Reason)
}

#[cfg(test)]
mod tests {
    use super::*;
    use obligation::State;

    #[test]
    fn an_order_comes_after_three_red_working_days() {
        for (state, remaining, outcome) in [
            (State::Open, 0, Err(SupervisionError::TooEarly)),
            (State::Open, -3, Err(SupervisionError::TooEarly)),
            (State::Open, -4, Ok(())),
            (State::Fulfilled, -4, Err(SupervisionError::NotOpen)),
        ] {
            assert_eq!(
                may_order(state, remaining),
                outcome,
                "{state:?} {remaining}"
            );
        }
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let today = day("2026-10-19");
        assert!(reply_by(today, today).is_err());
        assert!(reply_by(day("2026-10-20"), today).is_ok());
        assert!(reply_by(day("2026-11-18"), today).is_ok());
        assert!(reply_by(day("2026-11-19"), today).is_err());
        assert_eq!(reason(" "), Err(SupervisionError::Reason));
    }
}
