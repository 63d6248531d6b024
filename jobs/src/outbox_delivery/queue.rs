//! Which letter goes next: what must not be missed first, then what has waited longest, and never more than a few to one domain,
//! so that a slow one stops no other.

use std::collections::{HashMap, VecDeque};

use chrono::{DateTime, Utc};
use entity::outbox::{Class, repository::Due};
use uuid::Uuid;

/// A due letter and the domain it goes to.
#[derive(Clone, Debug)]
pub(super) struct Waiting {
    pub(super) due: Due,
    pub(super) domain: String,
}

/// The letters of one pass. Each is tried once at each of its times: a retry whose time comes while a slow letter is still on its way does
/// not wait for that.
#[derive(Debug, Default)]
pub(super) struct Queue {
    seen: HashMap<Uuid, DateTime<Utc>>,
    waiting: HashMap<String, VecDeque<Due>>,
    at_work: HashMap<String, usize>,
}

impl Queue {
    /// Whether this letter has not been in the queue yet, or not for this time.
    pub(super) fn is_new(&self, due: &Due) -> bool {
        self.seen.get(&due.id) != Some(&due.next_attempt_at)
    }

    /// Puts letters in, in their order.
    pub(super) fn add(&mut self, letters: impl IntoIterator<Item = Waiting>) {
        for Waiting { due, domain } in letters {
            if self.is_new(&due) {
                self.seen.insert(due.id, due.next_attempt_at);
                self.waiting.entry(domain).or_default().push_back(due);
            }
        }
    }

    /// The next letter that may go now: its domain has room, and `admit` says yes.
    pub(super) fn next(
        &mut self,
        per_domain: usize,
        mut admit: impl FnMut(&str) -> bool,
    ) -> Option<Waiting> {
        let mut heads: Vec<(&String, &Due)> = self
            .waiting
            .iter()
            .filter(|(domain, _)| self.at_work.get(*domain).copied().unwrap_or(0) < per_domain)
            .filter_map(|(domain, letters)| Some((domain, letters.front()?)))
            .collect();
        heads.sort_by_key(|(_, due)| {
            let may_be_missed = due.class != Class::MustNotMiss;
            (may_be_missed, due.next_attempt_at, due.id)
        });
        let domain = heads
            .into_iter()
            .map(|(domain, _)| domain)
            .find(|domain| admit(domain))?
            .clone();
        let letters = self.waiting.get_mut(&domain)?;
        let due = letters.pop_front()?;
        if letters.is_empty() {
            self.waiting.remove(&domain);
        }
        *self.at_work.entry(domain.clone()).or_default() += 1;
        Some(Waiting { due, domain })
    }

    /// Starts no more letters of those that are waiting.
    pub(super) fn clear(&mut self) {
        self.waiting.clear();
    }

    /// A letter to this domain is no longer at work.
    pub(super) fn done(&mut self, domain: &str) {
        if let Some(count) = self.at_work.get_mut(domain) {
            *count -= 1;
            if *count == 0 {
                self.at_work.remove(domain);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::{DateTime, TimeDelta};

    fn letter(number: u128, domain: &str, class: Class, minute: i64) -> Waiting {
        Waiting {
            due: Due {
                id: Uuid::from_u128(number),
                recipient_id: Uuid::nil(),
                class,
                next_attempt_at: DateTime::UNIX_EPOCH + TimeDelta::minutes(minute),
            },
            domain: domain.to_owned(),
        }
    }

    #[test]
    fn what_must_not_be_missed_goes_first_and_a_slow_domain_stops_no_other() {
        let mut queue = Queue::default();
        queue.add([
            letter(1, "slow.example", Class::MustNotMiss, 1),
            letter(2, "slow.example", Class::MustNotMiss, 2),
            letter(3, "slow.example", Class::MustNotMiss, 3),
            letter(4, "b.example", Class::MustNotDouble, 0),
            letter(5, "c.example", Class::MustNotMiss, 4),
        ]);
        let mut take = || {
            let next = queue.next(2, |domain| domain != "closed.example");
            next.map(|waiting| waiting.due.id.as_u128())
        };
        assert_eq!(
            [take(), take(), take(), take()],
            [Some(1), Some(2), Some(5), Some(4)]
        );
        assert_eq!(take(), None, "two are on their way to the slow domain");
        queue.done("slow.example");
        assert!(queue.next(2, |_| false).is_none());
        let next = queue.next(2, |_| true).expect("the third");
        assert_eq!(next.due.id.as_u128(), 3);
        queue.add([letter(3, "slow.example", Class::MustNotMiss, 3)]);
        assert!(
            queue.next(8, |_| true).is_none(),
            "each letter once in a pass"
        );
        queue.add([letter(3, "slow.example", Class::MustNotMiss, 9)]);
        let next = queue.next(8, |_| true).expect("the third again");
        assert_eq!(next.due.id.as_u128(), 3, "its next time has come");
    }
}
