//! How often one person, or one address without a person, may ask. Counted in this process; what must hold across replicas
//! (attempts to sign in) is counted in the database.

use std::{
    collections::HashMap,
    hash::Hash,
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
/// Behind one address a whole company may read what is public.
const READ_PER_MINUTE: NonZeroU32 = NonZeroU32::new(120).unwrap();
/// One mail server brings what concerns many people.
const MAIL_PER_MINUTE: NonZeroU32 = NonZeroU32::new(120).unwrap();

/// From this many remembered askers on, those who have been quiet are forgotten.
const REMEMBERED: usize = 10_000;

/// The counters.
pub struct Rates {
    queries: DefaultKeyedRateLimiter<Uuid>,
    mutations: DefaultKeyedRateLimiter<Uuid>,
    anonymous: DefaultKeyedRateLimiter<IpAddr>,
    readers: DefaultKeyedRateLimiter<IpAddr>,
    mail: DefaultKeyedRateLimiter<IpAddr>,
}

impl Default for Rates {
    fn default() -> Self {
        Self {
            queries: RateLimiter::keyed(Quota::per_minute(QUERIES_PER_MINUTE)),
            mutations: RateLimiter::keyed(Quota::per_minute(MUTATIONS_PER_MINUTE)),
            anonymous: RateLimiter::keyed(Quota::per_minute(ANONYMOUS_PER_MINUTE)),
            readers: RateLimiter::keyed(Quota::per_minute(READ_PER_MINUTE)),
            mail: RateLimiter::keyed(Quota::per_minute(MAIL_PER_MINUTE)),
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

    /// Whether one more public page may be read from this address.
    pub fn pass_reader(&self, peer: Option<IpAddr>) -> bool {
        peer.is_none_or(|peer| pass(&self.readers, &group(peer)))
    }

    /// Whether one more report or wish of the world of mail may pass.
    pub fn pass_mail(&self, peer: Option<IpAddr>) -> bool {
        peer.is_none_or(|peer| pass(&self.mail, &group(peer)))
    }
}

/// How many heavy operations one person may have at work at once.
pub const HEAVY_AT_ONCE: usize = 4;

/// How many lists may be written to files at once for one person.
pub const FILES_OF_PERSON: usize = 2;

/// How many lists may be written to files at once for all. Each has one page of its list in memory, some ten megabytes, and keeps one core busy.
pub const FILES: usize = 4;

/// How long a file waits for its turn behind others: a list is mostly written within seconds.
pub const FILE_PATIENCE: Duration = Duration::from_secs(20);

/// Places of which each asker has so many, and all together so many: what is at work at once.
pub struct Places<K> {
    each: usize,
    all: Arc<Semaphore>,
    known: Mutex<HashMap<K, Arc<Semaphore>>>,
}

/// A place, kept as long as this lives.
#[derive(Debug)]
pub struct Place {
    _own: OwnedSemaphorePermit,
    _of_all: OwnedSemaphorePermit,
}

impl<K: Eq + Hash> Places<K> {
    /// So many for each asker, and so many for all.
    pub fn new(each: usize, all: usize) -> Self {
        Self {
            each,
            all: Arc::new(Semaphore::new(all)),
            known: Mutex::default(),
        }
    }

    /// A place; nothing when all stay taken for as long as `patience`.
    pub async fn take(&self, asker: K, patience: Duration) -> Option<Place> {
        let own = {
            let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
            // Whoever has nothing at work is forgotten.
            known.retain(|_, places| Arc::strong_count(places) > 1);
            let own = known.entry(asker);
            Arc::clone(own.or_insert_with(|| Arc::new(Semaphore::new(self.each))))
        };
        let place = async {
            Some(Place {
                _own: own.acquire_owned().await.ok()?,
                _of_all: self.all.clone().acquire_owned().await.ok()?,
            })
        };
        tokio::time::timeout(patience, place).await.ok()?
    }
}

fn pass<K: Clone + Eq + Hash>(limiter: &DefaultKeyedRateLimiter<K>, key: &K) -> bool {
    if limiter.len() > REMEMBERED {
        limiter.retain_recent();
    }
    limiter.check_key(key).is_ok()
}

/// A household of addresses: one IPv4 address, one /64 of IPv6.
pub fn group(address: IpAddr) -> IpAddr {
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

    #[test]
    fn a_mail_server_has_a_rate_of_its_own() {
        let rates = Rates::default();
        let pass = |address: &str| rates.pass_mail(address.parse().ok());
        assert!((0..MAIL_PER_MINUTE.get()).all(|_| pass("192.0.2.1")));
        assert!(!pass("192.0.2.1"));
        assert!(pass("192.0.2.2"));
    }

    #[test]
    fn what_is_public_is_read_at_a_rate_of_its_own() {
        let rates = Rates::default();
        let pass = |address: &str| rates.pass_reader(address.parse().ok());
        assert!((0..READ_PER_MINUTE.get()).all(|_| pass("192.0.2.1")));
        assert!(!pass("192.0.2.1"));
        assert!(pass("192.0.2.2"));
    }

    #[tokio::test]
    async fn each_asker_has_so_many_places_and_all_together() {
        let places = Places::new(2, 3);
        let patience = Duration::from_millis(1);
        let mut taken = Vec::new();
        for _ in 0..2 {
            taken.push(places.take(1, patience).await.expect("a place"));
        }
        assert!(places.take(1, patience).await.is_none());
        let other = places.take(2, patience).await.expect("a place");
        assert!(places.take(3, patience).await.is_none(), "all are taken");
        taken.pop();
        assert!(places.take(1, patience).await.is_some());
        drop(other);
    }
}
