//! Loaders: all rows of one kind that a page needs come with one statement, and only those that this viewer may see.
//!
//! Resolvers only say which keys they want; [`in_steps`] runs an operation as far as it gets, reads all wanted keys of each kind at
//! once and lets it go on. So the number of statements depends on the shape of an operation and never on the moment.
//!
//! ```ignore
//! by_id! {
//!     /// Enterprises by key.
//!     EnterpriseById: enterprise::Model = repository::by_ids
//! }
//!
//! // in a resolver:
//! async fn enterprise(&self, ctx: &Context<'_>) -> Result<Option<Enterprise>> {
//!     Ok(loaders::one::<EnterpriseById>(ctx, self.0.enterprise_id).await?.map(Enterprise))
//! }
//! ```

use std::{
    any::{Any, TypeId},
    collections::{BTreeMap, HashMap, HashSet},
    hash::Hash,
    pin::{Pin, pin},
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    task::{Context as Task, Poll, Wake, Waker},
};

use async_graphql::Context;
use entity::{error::Fault, store::Store, viewer::Viewer};
use futures::{
    channel::oneshot,
    future::{BoxFuture, join_all, poll_fn},
    task::AtomicWaker,
};

use crate::operation::{store, viewer};

/// How many keys one statement may have.
const LARGEST_BATCH: usize = 500;

/// One kind of batch: how to read the values of many keys with one statement, as `viewer` may see them.
pub trait Batch: Send + Sync + 'static {
    /// What is asked with.
    type Key: Clone + Eq + Hash + Send + Sync + 'static;
    /// What is answered. For the children of a key: a `Vec`.
    type Value: Clone + Send + Sync + 'static;

    /// Reads the values. A key without a value is left out.
    fn load(
        store: &Store,
        viewer: &Viewer,
        keys: &[Self::Key],
    ) -> impl Future<Output = Result<HashMap<Self::Key, Self::Value>, Fault>> + Send;
}

/// A [`Batch`] of rows by their own key: `Name: Model = read`, where `read` gives those of many keys that the viewer may see.
#[macro_export]
macro_rules! by_id {
    ($(#[$meta:meta])* $name:ident : $model:ty = $read:path) => {
        $(#[$meta])*
        pub struct $name;

        impl $crate::loaders::Batch for $name {
            type Key = uuid::Uuid;
            type Value = $model;

            async fn load(
                store: &entity::store::Store,
                viewer: &entity::viewer::Viewer,
                keys: &[uuid::Uuid],
            ) -> Result<std::collections::HashMap<uuid::Uuid, $model>, entity::error::Fault> {
                let rows = $read(store.db(), viewer, keys).await?;
                Ok(rows.into_iter().map(|row| (row.id, row)).collect())
            }
        }
    };
}
pub use by_id;

/// A [`Batch`] of rows by the key of what they belong to: `Name: Model = read, by |row| row.owner_id`, where `read` gives those of many owners
/// that the viewer may see, in the order of the list.
#[macro_export]
macro_rules! by_owner {
    ($($(#[$meta:meta])* $name:ident : $model:ty = unscoped $read:path, by $owner:expr;)*) => {$(
        $(#[$meta])*
        pub struct $name;

        impl $crate::loaders::Batch for $name {
            type Key = uuid::Uuid;
            type Value = Vec<$model>;

            async fn load(
                store: &entity::store::Store,
                _viewer: &entity::viewer::Viewer,
                keys: &[uuid::Uuid],
            ) -> Result<std::collections::HashMap<uuid::Uuid, Vec<$model>>, entity::error::Fault> {
                let rows = $read(store.db(), keys).await?;
                Ok(entity::page::grouped(rows, $owner))
            }
        }
    )*};
    ($($(#[$meta:meta])* $name:ident : $model:ty = $read:path, by $owner:expr;)*) => {$(
        $(#[$meta])*
        pub struct $name;

        impl $crate::loaders::Batch for $name {
            type Key = uuid::Uuid;
            type Value = Vec<$model>;

            async fn load(
                store: &entity::store::Store,
                viewer: &entity::viewer::Viewer,
                keys: &[uuid::Uuid],
            ) -> Result<std::collections::HashMap<uuid::Uuid, Vec<$model>>, entity::error::Fault> {
                let rows = $read(store.db(), viewer, keys).await?;
                Ok(entity::page::grouped(rows, $owner))
            }
        }
    )*};
}
pub use by_owner;

/// Declares batches of pages of the things below others; all owners of one list ask for the same page. The reading tells for some owners
/// the page of each.
#[macro_export]
macro_rules! pages_by_owner {
    ($($(#[$meta:meta])* $name:ident : $model:ty = $read:path;)*) => {$(
        $(#[$meta])*
        pub struct $name;

        impl $crate::loaders::Batch for $name {
            type Key = (uuid::Uuid, entity::page::PageRequest);
            type Value = entity::page::Page<$model>;

            async fn load(
                store: &entity::store::Store,
                viewer: &entity::viewer::Viewer,
                keys: &[Self::Key],
            ) -> Result<std::collections::HashMap<Self::Key, Self::Value>, entity::error::Fault> {
                let mut asked = std::collections::HashMap::<_, Vec<uuid::Uuid>>::new();
                for (owner, request) in keys {
                    asked.entry(request).or_default().push(*owner);
                }
                let mut pages = std::collections::HashMap::with_capacity(keys.len());
                for (request, owners) in asked {
                    let found = $read(store.db(), viewer, &owners, request).await?.into_iter();
                    pages.extend(found.map(|(owner, page)| ((owner, request.clone()), page)));
                }
                Ok(pages)
            }
        }
    )*};
}
pub use pages_by_owner;

/// The value of `key`, together with all other keys that are wanted at this moment.
pub async fn one<B: Batch>(ctx: &Context<'_>, key: B::Key) -> Result<Option<B::Value>, Arc<Fault>> {
    let (answer, answered) = oneshot::channel();
    want::<B>(ctx, Wish::One(key, answer));
    answered.await.unwrap_or_else(|_| Err(unread()))
}

/// The values of `keys`, together with all other keys that are wanted at this moment.
pub async fn many<B: Batch>(
    ctx: &Context<'_>,
    keys: impl IntoIterator<Item = B::Key>,
) -> Result<HashMap<B::Key, B::Value>, Arc<Fault>> {
    let keys: Vec<B::Key> = keys.into_iter().collect();
    let (answer, answered) = oneshot::channel();
    want::<B>(ctx, Wish::Many(keys, answer));
    answered.await.unwrap_or_else(|_| Err(unread()))
}

fn want<B: Batch>(ctx: &Context<'_>, wish: Wish<B>) {
    let scope = || (store(ctx).clone(), viewer(ctx).clone());
    ctx.data_unchecked::<Loaders>().want::<B>(wish, scope);
}

fn unread() -> Arc<Fault> {
    Arc::new(Fault::Internal("keys were not read".to_owned()))
}

type Values<B> = HashMap<<B as Batch>::Key, <B as Batch>::Value>;

type Answer<T> = oneshot::Sender<Result<T, Arc<Fault>>>;

/// What one resolver wants.
enum Wish<B: Batch> {
    One(B::Key, Answer<Option<B::Value>>),
    Many(Vec<B::Key>, Answer<Values<B>>),
}

impl<B: Batch> Wish<B> {
    fn keys(&self) -> &[B::Key] {
        match self {
            Self::One(key, _) => std::slice::from_ref(key),
            Self::Many(keys, _) => keys,
        }
    }
}

/// What is wanted of one kind at this moment.
struct Wanted<B: Batch> {
    store: Store,
    viewer: Viewer,
    wishes: Vec<Wish<B>>,
}

impl<B: Batch> Wanted<B> {
    async fn read(&self) -> Result<Values<B>, Arc<Fault>> {
        let mut seen = HashSet::new();
        let wishes = self.wishes.iter().flat_map(Wish::keys);
        let keys: Vec<B::Key> = wishes.filter(|key| seen.insert(*key)).cloned().collect();
        let mut values = HashMap::with_capacity(keys.len());
        for part in keys.chunks(LARGEST_BATCH) {
            values.extend(B::load(&self.store, &self.viewer, part).await?);
        }
        Ok(values)
    }
}

trait Pending: Any + Send {
    /// Reads what is wanted and answers those who want it.
    fn serve(self: Box<Self>) -> BoxFuture<'static, ()>;
}

impl<B: Batch> Pending for Wanted<B> {
    fn serve(self: Box<Self>) -> BoxFuture<'static, ()> {
        Box::pin(async move {
            let mut left: HashMap<B::Key, usize> = HashMap::new();
            for key in self.wishes.iter().flat_map(Wish::keys) {
                *left.entry(key.clone()).or_default() += 1;
            }
            let mut values = self.read().await;
            // The last who wants a value gets it; those before him get copies.
            let mut give = |values: &mut Values<B>, key: &B::Key| {
                let left = left.get_mut(key)?;
                *left -= 1;
                match *left {
                    0 => values.remove(key),
                    _ => values.get(key).cloned(),
                }
            };
            for wish in self.wishes {
                let values = values.as_mut().map_err(|fault| Arc::clone(fault));
                // Who no longer wants it has hung up.
                match wish {
                    Wish::One(key, answer) => {
                        drop(answer.send(values.map(|values| give(values, &key))));
                    }
                    Wish::Many(keys, answer) => {
                        let own = |values: &mut Values<B>| {
                            let own = keys.iter().map(|key| (key.clone(), give(values, key)));
                            own.filter_map(|(key, value)| Some((key, value?))).collect()
                        };
                        drop(answer.send(values.map(own)));
                    }
                }
            }
        })
    }
}

/// The loaders of one request: what one viewer may see never serves another. Nothing is kept after an answer, so that a
/// mutation's payload shows what is there now.
#[derive(Clone, Default)]
pub struct Loaders(Arc<Mutex<BTreeMap<TypeId, Box<dyn Pending>>>>);

impl Loaders {
    fn pending(&self) -> MutexGuard<'_, BTreeMap<TypeId, Box<dyn Pending>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn want<B: Batch>(&self, wish: Wish<B>, scope: impl FnOnce() -> (Store, Viewer)) {
        let mut pending = self.pending();
        let entry = pending.entry(TypeId::of::<B>()).or_insert_with(|| {
            let (store, viewer) = scope();
            let wishes = Vec::new();
            Box::new(Wanted::<B> {
                store,
                viewer,
                wishes,
            })
        });
        let entry: &mut dyn Any = &mut **entry;
        if let Some(wanted) = entry.downcast_mut::<Wanted<B>>() {
            wanted.wishes.push(wish);
        }
    }

    /// Everything that is wanted at this moment, read together; nothing when nothing is wanted.
    fn step(&self) -> Option<impl Future<Output = Vec<()>> + use<>> {
        let pending = std::mem::take(&mut *self.pending());
        (!pending.is_empty()).then(|| join_all(pending.into_values().map(Pending::serve)))
    }
}

/// Passes a wake on and remembers it.
#[derive(Default)]
struct Woken {
    again: AtomicBool,
    task: AtomicWaker,
}

impl Wake for Woken {
    fn wake(self: Arc<Self>) {
        self.again.store(true, Ordering::Release);
        self.task.wake();
    }
}

/// Runs an operation step by step: as far as it gets, then one reading of everything it wants, and so on.
///
/// An operation that woke itself has more to do and is polled again before anything is read. As long as one of its own statements
/// `is_running`, which a reading would wait for anyway, more may be wanted; while a reading is under way, what is wanted meanwhile waits
/// for the next one.
pub async fn in_steps<F: Future>(
    loaders: &Loaders,
    is_running: impl Fn() -> bool,
    operation: F,
) -> F::Output {
    let mut operation = pin!(operation);
    let mut reading: Option<Pin<Box<dyn Future<Output = Vec<()>> + Send>>> = None;
    let woken = Arc::new(Woken::default());
    let waker = Waker::from(Arc::clone(&woken));
    poll_fn(|task| {
        woken.task.register(task.waker());
        loop {
            woken.again.store(false, Ordering::Release);
            if let Poll::Ready(done) = operation.as_mut().poll(&mut Task::from_waker(&waker)) {
                return Poll::Ready(done);
            }
            if woken.again.load(Ordering::Acquire) {
                return Poll::Pending;
            }
            if reading.is_none() && !is_running() {
                reading = loaders.step().map(|step| Box::pin(step) as _);
            }
            let Some(step) = &mut reading else {
                return Poll::Pending;
            };
            if step.as_mut().poll(task).is_pending() {
                return Poll::Pending;
            }
            reading = None;
        }
    })
    .await
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::AtomicUsize;

    use futures::stream::{FuturesUnordered, StreamExt};

    use super::*;

    /// A kind of batch that counts its readings.
    struct Counted {
        wishes: Vec<oneshot::Sender<usize>>,
        readings: Arc<AtomicUsize>,
    }

    impl Pending for Counted {
        fn serve(self: Box<Self>) -> BoxFuture<'static, ()> {
            self.readings.fetch_add(1, Ordering::Relaxed);
            Box::pin(async move {
                tokio::task::yield_now().await;
                for (number, answer) in self.wishes.into_iter().enumerate() {
                    let _ = answer.send(number);
                }
            })
        }
    }

    /// Gives up its turn some times, and then wants something.
    async fn want(loaders: &Loaders, readings: &Arc<AtomicUsize>, yields: usize) -> usize {
        let mut left = yields;
        poll_fn(|task| {
            if left == 0 {
                return Poll::Ready(());
            }
            left -= 1;
            task.waker().wake_by_ref();
            Poll::Pending
        })
        .await;
        let (answer, answered) = oneshot::channel();
        {
            let mut pending = loaders.pending();
            let entry = pending.entry(TypeId::of::<Counted>()).or_insert_with(|| {
                Box::new(Counted {
                    wishes: Vec::new(),
                    readings: readings.clone(),
                })
            });
            let entry: &mut dyn Any = &mut **entry;
            let counted = entry.downcast_mut::<Counted>().expect("of its kind");
            counted.wishes.push(answer);
        }
        answered.await.expect("an answer")
    }

    #[tokio::test]
    async fn many_wishes_are_read_together_however_often_the_operation_gives_up_its_turn() {
        let (loaders, readings) = (Loaders::default(), Arc::default());
        let want = |yields| want(&loaders, &readings, yields);
        let operation = async {
            let all: FuturesUnordered<_> = (0..50).map(|row| want(row % 4)).collect();
            let first: Vec<usize> = all.collect().await;
            let all: FuturesUnordered<_> = first.iter().map(|row| want(row % 3)).collect();
            all.collect::<Vec<usize>>().await.len()
        };
        assert_eq!(in_steps(&loaders, || false, operation).await, 50);
        assert_eq!(readings.load(Ordering::Relaxed), 2);
    }

    #[tokio::test]
    async fn what_a_running_statement_brings_is_read_with_what_waits_already() {
        let (loaders, readings) = (Loaders::default(), Arc::default());
        let is_running = AtomicBool::new(true);
        let (end, ended) = oneshot::channel();
        tokio::spawn(async move {
            tokio::task::yield_now().await;
            let _ = end.send(());
        });
        let statement = async {
            ended.await.expect("its end");
            is_running.store(false, Ordering::Relaxed);
            want(&loaders, &readings, 0).await
        };
        let operation = futures::future::join(want(&loaders, &readings, 0), statement);
        let is_running = || is_running.load(Ordering::Relaxed);
        assert_eq!(in_steps(&loaders, is_running, operation).await, (0, 1));
        assert_eq!(readings.load(Ordering::Relaxed), 1);
    }
}
