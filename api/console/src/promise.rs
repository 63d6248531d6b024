//! A contract clause by clause, each with its promises and how they are kept: for every page that shows one.

use super::term::ObligationState;

/// How many of the latest occasions of a promise are shown.
const LATEST: usize = 6;

/// A clause as an operation reads it.
pub trait Clause {
    /// Its number.
    fn number(&self) -> i64;
}

/// A promise as an operation reads it.
pub trait Made {
    /// Its global id.
    fn id(&self) -> &str;

    /// The number of the clause that makes it.
    fn clause(&self) -> Option<i64>;

    /// Where the reader can do something with it now, and what that is called.
    fn ways(&self) -> Vec<(String, String)>;
}

/// An occasion of a promise as an operation reads it.
pub trait Occasion: Clone {
    /// The global id of the promise.
    fn promise(&self) -> Option<&str>;

    /// Where it stands.
    fn state(&self) -> ObligationState;

    /// How many working days late it was closed.
    fn days_late(&self) -> Option<i64>;
}

/// A promise and how it is kept.
pub struct Promise<M, O> {
    /// The promise.
    pub it: M,
    /// What is owed now, the first due first.
    pub open: Vec<O>,
    /// The latest occasions of the past.
    pub closed: Vec<O>,
    /// How many were kept.
    pub kept: i64,
    /// How many were kept late or missed.
    pub late: i64,
    /// Where the reader can do something with it now, and what that is called.
    pub ways: Vec<(String, String)>,
}

/// A clause and its promises.
pub struct Article<C, M, O> {
    /// The clause.
    pub it: C,
    /// Its promises.
    pub promises: Promises<M, O>,
}

/// A contract, clause by clause.
pub type Articles<C, M, O> = Vec<Article<C, M, O>>;

/// Promises and how they are kept.
pub type Promises<M, O> = Vec<Promise<M, O>>;

/// Puts promises under their clauses, and beside each what it owes; `all` with the latest due first. What no clause makes comes
/// second.
pub fn articles<C: Clause, M: Made, O: Occasion>(
    clauses: Vec<C>,
    promises: Vec<M>,
    all: &[O],
) -> (Articles<C, M, O>, Promises<M, O>) {
    let mut promises: Promises<M, O> = promises.into_iter().map(|it| promise(it, all)).collect();
    let articles = clauses
        .into_iter()
        .map(|it| {
            let of_clause = |promise: &Promise<M, O>| promise.it.clause() == Some(it.number());
            let (own, rest) = promises.drain(..).partition(of_clause);
            promises = rest;
            Article { it, promises: own }
        })
        .collect();
    (articles, promises)
}

fn promise<M: Made, O: Occasion>(it: M, all: &[O]) -> Promise<M, O> {
    let own: Vec<&O> = all
        .iter()
        .filter(|one| one.promise() == Some(it.id()))
        .collect();
    let count = |wanted: &dyn Fn(&O) -> bool| {
        i64::try_from(own.iter().filter(|one| wanted(one)).count()).unwrap_or(i64::MAX)
    };
    let open = own
        .iter()
        .filter(|one| one.state() == ObligationState::Open);
    let closed = own
        .iter()
        .filter(|one| one.state() != ObligationState::Open);
    Promise {
        kept: count(&|one| one.state() == ObligationState::Fulfilled),
        late: count(&|one| {
            one.state() == ObligationState::Missed || one.days_late().is_some_and(|days| days > 0)
        }),
        open: open.rev().map(|one| (*one).clone()).collect(),
        closed: closed.take(LATEST).map(|one| (*one).clone()).collect(),
        ways: it.ways(),
        it,
    }
}

/// Says how the types of an operation are read: `reads!(Clause, Commitment, Obligation)`, and where a page leads from a promise.
macro_rules! reads {
    ($clause:ty, $made:ty, $occasion:ty) => {
        $crate::promise::reads!($clause, $made, $occasion, |_| Vec::new());
    };
    ($clause:ty, $made:ty, $occasion:ty, $ways:expr) => {
        impl $crate::promise::Clause for $clause {
            fn number(&self) -> i64 {
                self.number
            }
        }

        impl $crate::promise::Made for $made {
            fn id(&self) -> &str {
                &self.id
            }

            fn clause(&self) -> Option<i64> {
                self.clause.as_ref().map(|clause| clause.number)
            }

            fn ways(&self) -> Vec<(String, String)> {
                let ways: fn(&Self) -> Vec<(String, String)> = $ways;
                ways(self)
            }
        }

        impl $crate::promise::Occasion for $occasion {
            fn promise(&self) -> Option<&str> {
                self.commitment.as_ref().map(|promise| promise.id.as_str())
            }

            fn state(&self) -> ObligationState {
                self.state
            }

            fn days_late(&self) -> Option<i64> {
                self.days_late
            }
        }
    };
}
pub(super) use reads;
