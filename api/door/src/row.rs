//! Objects that stand in long lists. The library gives each of their fields a future of its own on the heap, as wide as the widest of its type;
//! here a value that is there at once takes none.

use std::{
    borrow::Cow,
    collections::HashSet,
    pin::pin,
    sync::{Mutex, PoisonError},
    task::{Context as Task, Poll, Waker},
};

use async_graphql::{
    ContainerType, ContextSelectionSet, Name, OutputType, Positioned, ServerResult, Value,
    indexmap::IndexMap,
    parser::types::{Field, Selection},
    registry::Registry,
    resolver_utils::resolve_container,
};
use futures::{
    future::BoxFuture,
    stream::{FuturesUnordered, StreamExt},
};

/// An object of a list. Its fields read only by [loaders](crate::loaders): one that waits is given up and begun again, once in an operation.
#[derive(Clone, Copy, Debug)]
pub struct Row<T>(pub T);

impl<T: ContainerType> OutputType for Row<T> {
    fn type_name() -> Cow<'static, str> {
        T::type_name()
    }

    fn introspection_type_name(&self) -> Cow<'static, str> {
        self.0.introspection_type_name()
    }

    fn create_type_info(registry: &mut Registry) -> String {
        T::create_type_info(registry)
    }

    async fn resolve(
        &self,
        ctx: &ContextSelectionSet<'_>,
        _: &Positioned<Field>,
    ) -> ServerResult<Value> {
        match fields(ctx) {
            Some(fields) => resolve(ctx, &self.0, fields).await,
            None => resolve_container(ctx, &self.0).await,
        }
    }
}

/// The fields that an operation has found to wait for something, by where they stand in it.
#[derive(Debug, Default)]
pub struct Waiting(Mutex<HashSet<usize>>);

impl Waiting {
    fn place(field: &Positioned<Field>) -> usize {
        std::ptr::from_ref(field).addr()
    }

    fn has(&self, field: &Positioned<Field>) -> bool {
        let waiting = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        waiting.contains(&Self::place(field))
    }

    fn add(&self, field: &Positioned<Field>) {
        let mut waiting = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        waiting.insert(Self::place(field));
    }
}

/// What is asked of an object, where it is nothing but fields; anything else is left to the library.
fn fields<'a>(
    ctx: &ContextSelectionSet<'a>,
) -> Option<impl Iterator<Item = &'a Positioned<Field>> + use<'a>> {
    let plain = |item: &'a Positioned<Selection>| match &item.node {
        Selection::Field(field) => field.node.directives.is_empty().then_some(field),
        _ => None,
    };
    let items = &ctx.item.node.items;
    items
        .iter()
        .all(|item| plain(item).is_some())
        .then(|| items.iter().filter_map(plain))
}

async fn resolve<'a, T: ContainerType>(
    ctx: &ContextSelectionSet<'a>,
    object: &'a T,
    fields: impl Iterator<Item = &'a Positioned<Field>>,
) -> ServerResult<Value> {
    let waiting = ctx.data_unchecked::<Waiting>();
    // In the order in which they were asked; what fails is left out, as the library does.
    let mut values: Vec<(Name, Option<Value>)> = Vec::with_capacity(ctx.item.node.items.len());
    let mut later: Vec<BoxFuture<'_, (usize, ServerResult<Option<Value>>)>> = Vec::new();
    let take = |answer: ServerResult<Option<Value>>| match answer {
        Ok(value) => Some(value.unwrap_or_default()),
        Err(error) => {
            ctx.add_error(error);
            None
        }
    };
    for field in fields {
        let place = values.len();
        let there = match look(ctx, object, field, waiting) {
            Poll::Ready(answer) => take(answer),
            Poll::Pending => {
                later.push(Box::pin(async move {
                    let ctx = ctx.with_field(field);
                    (place, object.resolve_field(&ctx).await)
                }));
                None
            }
        };
        values.push((field.node.response_key().node.clone(), there));
    }
    if !later.is_empty() {
        let mut later: FuturesUnordered<_> = later.into_iter().collect();
        while let Some((place, answer)) = later.next().await {
            values[place].1 = take(answer);
        }
    }
    let mut object_value = IndexMap::with_capacity(values.len());
    for (name, value) in values {
        let Some(value) = value else { continue };
        if object_value.insert(name, value).is_some() {
            // One name twice: the library joins them.
            return resolve_container(ctx, object).await;
        }
    }
    Ok(match object_value.is_empty() {
        true => Value::Null,
        false => Value::Object(object_value),
    })
}

/// The value of a field, if it is there at once.
fn look<T: ContainerType>(
    ctx: &ContextSelectionSet<'_>,
    object: &T,
    field: &Positioned<Field>,
    waiting: &Waiting,
) -> Poll<ServerResult<Option<Value>>> {
    if field.node.name.node == "__typename" {
        let name = object.introspection_type_name().into_owned();
        return Poll::Ready(Ok(Some(Value::String(name))));
    }
    let is_leaf = field.node.selection_set.node.items.is_empty();
    if !is_leaf || waiting.has(field) {
        return Poll::Pending;
    }
    let ctx = ctx.with_field(field);
    let answer = pin!(object.resolve_field(&ctx));
    let answer = answer.poll(&mut Task::from_waker(Waker::noop()));
    if answer.is_pending() {
        waiting.add(field);
    }
    answer
}
