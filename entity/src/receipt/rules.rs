//! What the receipt of an application says of each item: by when the answer comes, and what silence will mean. The days are those of the clocks that
//! its case has, accepted as late as it may be.

use chrono::NaiveDate;

use crate::{
    calendar::rules::Calendar,
    case::{
        clock::Clock,
        rules::{Moment, Opening, openings, supplement},
    },
    catalogue::SilenceClass,
    condition::Answers,
    item::version::Content,
};

/// What is expected of an item that was received on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Expected {
    /// By when it is told what is missing, and by when it is accepted otherwise; nothing where the item knows no such notice.
    pub notice_by: Option<NaiveDate>,
    /// By when it is decided as promised, which is never later than by law.
    pub promised_by: Option<NaiveDate>,
    /// By when it is decided by law.
    pub lawful_by: Option<NaiveDate>,
    /// By when what was allowed to follow must be there, where something follows.
    pub follow_by: Option<NaiveDate>,
    /// Whether promise or law count from the acceptance, here from its last day.
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

/// What is expected of an item that was received on a day, with the answers by which its limits follow, if nothing has to be corrected.
pub fn expected(
    content: &Content,
    answers: &Answers,
    follows: bool,
    received: NaiveDate,
    calendar: &Calendar,
) -> Expected {
    let due = |opened: &[Opening], clock: Clock| {
        let found = opened.iter().find(|opening| opening.clock == clock);
        found.map(|found| found.terms.limit.due_after(found.started_on, calendar))
    };
    let at_receipt = openings(content, answers, Moment::Receipt, received, calendar);
    let notice_by = due(&at_receipt, Clock::Notice);
    let accepted = notice_by.unwrap_or(received);
    let at_acceptance = openings(content, answers, Moment::Acceptance, accepted, calendar);
    let by = |clock| due(&at_receipt, clock).or_else(|| due(&at_acceptance, clock));
    let lawful_by = by(Clock::Statutory);
    let earlier = |day: NaiveDate| lawful_by.map_or(day, |law| law.min(day));
    Expected {
        notice_by,
        promised_by: by(Clock::Promised).map(earlier),
        lawful_by,
        follow_by: follows.then(|| follow_by(content, answers, received, calendar)),
        from_acceptance: [Clock::Promised, Clock::Statutory]
            .into_iter()
            .any(|clock| due(&at_acceptance, clock).is_some()),
        silence: content.item.silence,
    }
}

/// By when a material that follows must be there.
pub fn follow_by(
    content: &Content,
    answers: &Answers,
    received: NaiveDate,
    calendar: &Calendar,
) -> NaiveDate {
    let opened = supplement(content, answers, received, calendar);
    opened.terms.limit.due_after(received, calendar)
}

#[cfg(test)]
mod tests {
    use chrono::Days;

    use super::*;
    use crate::catalogue::{Files, LimitUnit};

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
            expected(&content, &Answers::new(), false, day(on), &calendar)
        };
        // A filing is made on the spot once it is accepted, which it is on the last day of the notice at the latest.
        for on in ["2026-09-30", "2026-10-01"] {
            assert_eq!(of("R03", on).answer_by(), Some(day("2026-10-13")), "{on}");
        }
        for item in files.active() {
            let told = of(&item.code, "2026-09-30");
            assert!(told.answer_by().is_some(), "{}", item.code);
            assert!(told.silence.is_some() && told.answer_by() <= told.promised_by);
            assert_eq!(told.follow_by, None, "nothing follows");
        }
    }

    #[test]
    fn the_receipt_names_the_latest_days_of_the_clocks_of_the_case() {
        let files = Files::embedded();
        let calendar = Calendar::shipped();
        let none = Answers::new();
        let (mut law_first, mut from_acceptance) = (0, 0);
        for item in files.active() {
            let content = content(&files, &item.code);
            for days in 0..400 {
                let received = day("2026-01-05") + Days::new(days);
                let told = expected(&content, &none, true, received, &calendar);
                let last = told.notice_by.unwrap_or(received);
                let mut clocks = openings(&content, &none, Moment::Receipt, received, &calendar);
                clocks.extend(openings(
                    &content,
                    &none,
                    Moment::Acceptance,
                    last,
                    &calendar,
                ));
                clocks.push(supplement(&content, &none, received, &calendar));
                let due = |clock: Clock| {
                    let opened = clocks.iter().find(|opened| opened.clock == clock);
                    opened.map(|opened| opened.terms.limit.due_after(opened.started_on, &calendar))
                };
                let at = format!("{} received {received}", item.code);
                assert_eq!(told.notice_by, due(Clock::Notice), "{at}");
                assert_eq!(told.lawful_by, due(Clock::Statutory), "{at}");
                assert_eq!(told.follow_by, due(Clock::Supplement), "{at}");
                let first = due(Clock::Promised)
                    .into_iter()
                    .chain(due(Clock::Statutory));
                assert_eq!(told.answer_by(), first.min(), "{at}");
                // Neither an acceptance in time nor one that is deemed ends later than the receipt says.
                for accepted in [received, last] {
                    let opened = openings(&content, &none, Moment::Acceptance, accepted, &calendar);
                    for clock in opened.iter().filter(|one| one.clock == Clock::Promised) {
                        let ends = clock.terms.limit.due_after(accepted, &calendar);
                        assert!(Some(ends) <= due(Clock::Promised), "{at}");
                    }
                }
                assert!(
                    told.promised_by
                        .is_none_or(|day| told.lawful_by.is_none_or(|law| day <= law)),
                    "{at}"
                );
                law_first += u32::from(
                    content
                        .limits
                        .iter()
                        .any(|limit| limit.unit == LimitUnit::CalendarDay),
                );
                from_acceptance += u32::from(told.from_acceptance);
            }
        }
        assert!(
            law_first > 0 && from_acceptance > 0,
            "both are among the items"
        );
    }
}
