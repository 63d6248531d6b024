//! A relay that does not answer is left alone for a minute; a domain behind it for one, then two, … at most ten. Then one letter tries,
//! and all others wait for what it finds.

use std::collections::HashMap;

use chrono::{DateTime, TimeDelta, Utc};

/// The breaker of one host.
#[derive(Clone, Copy, Debug, Default)]
struct Breaker {
    open_until: Option<DateTime<Utc>>,
    minutes: i64,
    probing: bool,
}

impl Breaker {
    fn is_open(&self, now: DateTime<Utc>) -> bool {
        self.open_until
            .is_some_and(|until| now < until || self.probing)
    }

    /// Letters that were on their way together fail together: that is one failure.
    fn trip(&mut self, now: DateTime<Utc>, most_minutes: i64) -> bool {
        if self.open_until.is_some_and(|until| now < until) {
            return false;
        }
        self.minutes = (self.minutes * 2).clamp(1, most_minutes);
        self.open_until = Some(now + TimeDelta::minutes(self.minutes) - HEAD_START);
        self.probing = false;
        true
    }
}

/// The delivery comes every minute, and a failure is known some seconds after it came: a pause of whole minutes would still hold at the
/// next one, and last twice as long.
const HEAD_START: TimeDelta = TimeDelta::seconds(10);

/// How many minutes the relay is left alone: it is ours, and all mail waits for it.
const RELAY: i64 = 1;

/// How many minutes a domain is left alone at most.
const DOMAIN: i64 = 10;

/// The breakers of the relay and of the domains behind it.
#[derive(Debug, Default)]
pub(super) struct Breakers {
    relay: Breaker,
    domains: HashMap<String, Breaker>,
}

impl Breakers {
    /// Whether nothing can go anywhere now.
    pub(super) fn is_relay_open(&self, now: DateTime<Utc>) -> bool {
        self.relay.is_open(now)
    }

    /// Whether a letter to this domain may be tried now. The first one after a pause is the one that tries for all.
    pub(super) fn admit(&mut self, domain: &str, now: DateTime<Utc>) -> bool {
        let of_domain = self.domains.get_mut(domain);
        if self.relay.is_open(now) || of_domain.as_ref().is_some_and(|one| one.is_open(now)) {
            return false;
        }
        self.relay.probing = self.relay.open_until.is_some();
        if let Some(one) = of_domain {
            one.probing = true;
        }
        true
    }

    /// The relay did not answer, or wants to be left alone.
    pub(super) fn relay_failed(&mut self, now: DateTime<Utc>) {
        if self.relay.trip(now, RELAY) {
            tracing::warn!(minutes = self.relay.minutes, "the mail relay is away");
        }
    }

    /// The relay answers, but wants to be left alone with letters to this domain.
    pub(super) fn domain_failed(&mut self, domain: &str, now: DateTime<Utc>) {
        self.relay = Breaker::default();
        let one = self.domains.entry(domain.to_owned()).or_default();
        if one.trip(now, DOMAIN) {
            tracing::warn!(domain, minutes = one.minutes, "a mail domain is away");
        }
    }

    /// Relay and domain have answered.
    pub(super) fn answered(&mut self, domain: &str) {
        self.relay = Breaker::default();
        self.domains.remove(domain);
    }

    /// The letter that was to try was not tried at all: the next one does.
    pub(super) fn untried(&mut self, domain: &str) {
        self.relay.probing = false;
        if let Some(one) = self.domains.get_mut(domain) {
            one.probing = false;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_relay_that_is_away_is_tried_by_one_letter_every_minute() {
        let mut breakers = Breakers::default();
        let mut now = DateTime::UNIX_EPOCH;
        for minutes in [1, 1, 1] {
            assert!(breakers.admit("a.example", now));
            for _ in 0..8 {
                breakers.relay_failed(now);
            }
            let next = now + TimeDelta::minutes(minutes);
            assert!(!breakers.admit("a.example", next - TimeDelta::seconds(11)));
            // Known some seconds after one delivery, it is tried by the next.
            now = next - TimeDelta::seconds(9);
        }
        assert!(breakers.admit("a.example", now));
        assert!(
            !breakers.admit("b.example", now),
            "one tries, the others wait"
        );
        breakers.untried("a.example");
        assert!(breakers.admit("b.example", now));
        breakers.answered("b.example");
        assert!(breakers.admit("a.example", now) && breakers.admit("a.example", now));
        breakers.relay_failed(now);
        assert!(
            breakers.admit("a.example", now + TimeDelta::minutes(1)),
            "forgotten"
        );
    }

    #[test]
    fn a_domain_that_is_away_is_tried_after_one_two_four_and_then_every_ten_minutes() {
        let mut breakers = Breakers::default();
        let mut now = DateTime::UNIX_EPOCH;
        for minutes in [1, 2, 4, 8, 10, 10] {
            assert!(breakers.admit("a.example", now));
            breakers.domain_failed("a.example", now);
            now += TimeDelta::minutes(minutes) - TimeDelta::seconds(11);
            assert!(!breakers.admit("a.example", now), "{minutes}");
            now += TimeDelta::seconds(1);
        }
    }

    #[test]
    fn one_domain_that_is_away_stops_no_other() {
        let mut breakers = Breakers::default();
        let now = DateTime::UNIX_EPOCH;
        breakers.domain_failed("a.example", now);
        assert!(!breakers.admit("a.example", now));
        assert!(breakers.admit("b.example", now));
        let later = now + TimeDelta::minutes(1);
        assert!(breakers.admit("a.example", later));
        assert!(!breakers.admit("a.example", later));
        breakers.answered("a.example");
        assert!(breakers.admit("a.example", later));
    }
}
