//! What the receipt of an application says of each item: by when the answer comes, and what silence will mean.

use chrono::NaiveDate;

use crate::{
    calendar::rules::Calendar,
    catalogue::{Clock, Limit, LimitUnit, SilenceClass, StartEvent},
    condition::{Answers, Truth},
    deadline::rules::Limit as Length,
    item::version::Content,
};

/// What is expected of an item that was received on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Expected {
    /// By when it is told what is missing; nothing where the item knows no such notice.
    pub notice_by: Option<NaiveDate>,
    /// By when it is decided as promised.
    pub promised_by: Option<NaiveDate>,
    /// By when it is decided by law.
    pub lawful_by: Option<NaiveDate>,
    /// Whether promise or law count from the acceptance: from the receipt when nothing is told in time.
    pub from_acceptance: bool,
    /// What silence means.
    pub silence: Option<SilenceClass>,
}

impl Expected {
    /// By when the answer comes: the earlier of promise and law.
    pub fn answer_by(&self) -> Option<NaiveDate> {
        self.promised_by.into_iter().chain(self.lawful_by).min()
    }
}

/// The limit of a clock with these answers: that of a case that holds, otherwise the usual one.
pub fn limit<'a>(content: &'a Content, clock: Clock, answers: &Answers) -> Option<&'a Limit> {
    let of_clock = || content.limits.iter().filter(|limit| limit.clock == clock);
    let holds = |limit: &&Limit| {
        let condition = limit.condition.as_ref();
        condition.is_some_and(|condition| condition.truth(answers) == Truth::True)
    };
    of_clock()
        .find(holds)
        .or_else(|| of_clock().find(|limit| limit.condition.is_none()))
}

/// What is expected of an item that was received on a day, if it is accepted as of then.
pub fn expected(
    content: &Content,
    answers: &Answers,
    received: NaiveDate,
    calendar: &Calendar,
) -> Expected {
    let of = |clock| limit(content, clock, answers);
    let by = |limit: &Limit| {
        let days = u32::from(limit.limit);
        let length = match limit.unit {
            LimitUnit::WorkingDay => Length::working_days(days),
            LimitUnit::CalendarDay => Length::calendar_days(days),
            LimitUnit::OnTheSpot => Length::working_days(0),
        };
        length.due_after(received, calendar)
    };
    let (promise, law) = (of(Clock::Promised), of(Clock::Statutory));
    let later = |limit: &Limit| {
        matches!(
            limit.start,
            StartEvent::Accepted | StartEvent::AllInformation
        )
    };
    Expected {
        notice_by: of(Clock::Notice).map(by),
        promised_by: promise.map(by),
        lawful_by: law.map(by),
        from_acceptance: promise.is_some_and(later) || law.is_some_and(later),
        silence: content.item.silence,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::Files;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a day")
    }

    fn content(files: &Files, code: &str) -> Content {
        let item = files.items.iter().find(|item| item.code == code);
        let limits = files.limits.iter().filter(|limit| limit.item == code);
        Content {
            item: item.expect("an item").clone(),
            guide: None,
            materials: Vec::new(),
            limits: limits.cloned().collect(),
            needs: Vec::new(),
        }
    }

    #[test]
    fn the_answer_comes_by_the_earlier_of_promise_and_law() {
        let files = Files::embedded();
        let calendar = Calendar::shipped();
        let of = |code: &str, on: &str| {
            let content = content(&files, code);
            expected(&content, &Answers::new(), day(on), &calendar)
        };
        // Around the Spring Festival the law ends first.
        let opinion = of("R14", "2026-02-13");
        assert_eq!(opinion.answer_by(), Some(day("2026-02-24")));
        assert!(opinion.promised_by > opinion.lawful_by);
        // A filing is made on the spot, on a holiday on the next working day.
        assert_eq!(of("R03", "2026-09-30").answer_by(), Some(day("2026-09-30")));
        let next = calendar.roll_forward(day("2026-10-01"));
        assert_eq!(of("R03", "2026-10-01").answer_by(), Some(next));
        for item in files.active() {
            let told = of(&item.code, "2026-09-30");
            assert!(told.answer_by().is_some(), "{}", item.code);
            assert!(told.silence.is_some() && told.answer_by() <= told.promised_by);
        }
    }
}
