//! How often one person, or one address without a person, may ask. Counted in this process; what must hold across replicas
//! (attempts to sign in) is counted in the database.

use std::{
    collections::HashMap,
    net::{IpAddr, Ipv6Addr},
    num::NonZeroU32,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use entity::viewer::Viewer;
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use uuid::Uuid;

const QUERIES_PER_MINUTE: NonZeroU32 = NonZeroU32::new(600).unwrap();
const MUTATIONS_PER_MINUTE: NonZeroU32 = NonZeroU32::new(60).unwrap();
const ANONYMOUS_PER_MINUTE: NonZeroU32 = NonZeroU32::new(10).unwrap();

/// From this many remembered askers on, those who have been quiet are forgotten.
const REMEMBERED: usize = 10_000;

/// The counters.
pub struct Rates {
    queries: DefaultKeyedRateLimiter<Uuid>,
    mutations: DefaultKeyedRateLimiter<Uuid>,
    anonymous: DefaultKeyedRateLimiter<IpAddr>,
}

impl Default for Rates {
    fn default() -> Self {
        Self {
            queries: RateLimiter::keyed(Quota::per_minute(QUERIES_PER_MINUTE)),
            mutations: RateLimiter::keyed(Quota::per_minute(MUTATIONS_PER_MINUTE)),
            anonymous: RateLimiter::keyed(Quota::per_minute(ANONYMOUS_PER_MINUTE)),
        }
    }
}

impl Rates {
    /// Whether one more request may pass.
    pub fn pass(&self, viewer: &Viewer, peer: Option<IpAddr>, mutation: bool) -> bool {
        match viewer.account_id() {
            Some(account) if mutation => pass(&self.mutations, &account),
            Some(account) => pass(&self.queries, &account),
            None => peer.is_none_or(|peer| pass(&self.anonymous, &group(peer))),
        }
    }
}

/// How many heavy operations one person may have at work at once.
pub const HEAVY_AT_ONCE: usize = 4;

/// The places of the heavy operations, person by person.
#[derive(Default)]
pub struct HeavyPlaces(Mutex<HashMap<Uuid, Arc<Semaphore>>>);

impl HeavyPlaces {
    /// A place for one heavy operation of this person, kept as long as the answer lives; nothing when all stay taken for as long
    /// as `patience`.
    pub async fn take(&self, account: Uuid, patience: Duration) -> Option<OwnedSemaphorePermit> {
        let places = {
            let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            // Whoever has nothing at work is forgotten.
            known.retain(|_, places| Arc::strong_count(places) > 1);
            let own = known.entry(account);
            Arc::clone(own.or_insert_with(|| Arc::new(Semaphore::new(HEAVY_AT_ONCE))))
        };
        let place = tokio::time::timeout(patience, places.acquire_owned()).await;
        place.ok()?.ok()
    }
}

fn pass<K: Clone + Eq + std::hash::Hash>(limiter: &DefaultKeyedRateLimiter<K>, key: &K) -> bool {
    if limiter.len() > REMEMBERED {
        limiter.retain_recent();
    }
    limiter.check_key(key).is_ok()
}

/// A household of addresses: one IPv4 address, one /64 of IPv6.
fn group(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(address) => {
            Ipv6Addr::from_bits(address.to_bits() & !u128::from(u64::MAX)).into()
        }
        address => address,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strangers_of_one_network_share_ten_requests_a_minute() {
        let rates = Rates::default();
        let nobody = Viewer::Anonymous {
            language: entity::language::Language::Chinese,
        };
        let pass = |address: &str| rates.pass(&nobody, address.parse().ok(), false);
        assert!((0..10).all(|at| pass(&format!("2001:db8::{at}"))));
        assert!(!pass("2001:db8::ffff"));
        assert!(pass("2001:db8:0:1::1"));
        assert!((0..10).all(|_| pass("192.0.2.1")));
        assert!(!pass("::ffff:192.0.2.1"));
        assert!(pass("192.0.2.2"));
    }

    #[tokio::test]
    async fn a_person_has_four_places_for_heavy_work() {
        let places = HeavyPlaces::default();
        let (one, other) = (Uuid::from_u128(1), Uuid::from_u128(2));
        let patience = Duration::from_millis(1);
        let mut taken = Vec::new();
        for _ in 0..HEAVY_AT_ONCE {
            taken.push(places.take(one, patience).await.expect("a place"));
        }
        assert!(places.take(one, patience).await.is_none());
        assert!(places.take(other, patience).await.is_some());
        taken.pop();
        assert!(places.take(one, patience).await.is_some());
    }
}
