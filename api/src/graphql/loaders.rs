//! Loaders: all rows of one kind that a page needs come with one statement, and only those that this viewer may see.
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
    collections::HashMap,
    hash::Hash,
    marker::PhantomData,
    sync::{Arc, Mutex, PoisonError},
};

use async_graphql::{
    Context,
    dataloader::{DataLoader, Loader},
};
use entity::{error::Fault, store::Store, viewer::Viewer};

use super::viewer::{store, viewer};

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
macro_rules! by_id {
    ($(#[$meta:meta])* $name:ident : $model:ty = $read:path) => {
        $(#[$meta])*
        pub struct $name;

        impl $crate::graphql::loaders::Batch for $name {
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
pub(crate) use by_id;

/// The value of `key`, together with all other keys that are wanted at this moment.
pub async fn one<B: Batch>(ctx: &Context<'_>, key: B::Key) -> Result<Option<B::Value>, Arc<Fault>> {
    loader::<B>(ctx).load_one(key).await
}

/// The values of `keys`, together with all other keys that are wanted at this moment.
pub async fn many<B: Batch>(
    ctx: &Context<'_>,
    keys: impl IntoIterator<Item = B::Key>,
) -> Result<HashMap<B::Key, B::Value>, Arc<Fault>> {
    loader::<B>(ctx).load_many(keys).await
}

/// The loaders of one request: what one viewer may see never serves another. Nothing is kept after an answer, so that a
/// mutation's payload shows what is there now.
#[derive(Default)]
pub struct Loaders(Mutex<HashMap<TypeId, Arc<dyn Any + Send + Sync>>>);

struct Scoped<B> {
    store: Store,
    viewer: Viewer,
    batch: PhantomData<B>,
}

impl<B: Batch> Loader<B::Key> for Scoped<B> {
    type Value = B::Value;
    type Error = Arc<Fault>;

    async fn load(&self, keys: &[B::Key]) -> Result<HashMap<B::Key, B::Value>, Arc<Fault>> {
        B::load(&self.store, &self.viewer, keys)
            .await
            .map_err(Arc::new)
    }
}

fn loader<B: Batch>(ctx: &Context<'_>) -> Arc<DataLoader<Scoped<B>>> {
    let fresh = || {
        let scoped = Scoped::<B> {
            store: store(ctx).clone(),
            viewer: viewer(ctx).clone(),
            batch: PhantomData,
        };
        Arc::new(DataLoader::new(scoped, tokio::spawn).max_batch_size(LARGEST_BATCH))
    };
    let mut kept = ctx
        .data_unchecked::<Loaders>()
        .0
        .lock()
        .unwrap_or_else(PoisonError::into_inner);
    let entry = kept
        .entry(TypeId::of::<B>())
        .or_insert_with(|| fresh() as Arc<dyn Any + Send + Sync>);
    Arc::clone(entry).downcast().unwrap_or_else(|_| fresh())
}
