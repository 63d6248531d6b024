//! An operation: who asks for it, and what executes it.

use std::sync::Arc;

use async_graphql::{Context, Response};
use entity::{language::Language, store::Store, viewer::Viewer};
use futures::future::BoxFuture;

use crate::gate::{Admitted, Gate};

/// Who sends a request, and the name under which the logs know it.
#[derive(Clone, Debug)]
pub struct Asker {
    /// The person, or nobody.
    pub viewer: Viewer,
    /// Appears in every log line and in an `INTERNAL` error.
    pub request_id: Arc<str>,
}

/// The schema, as the network and the console reach it.
pub trait Schema: Send + Sync {
    /// The gate before it.
    fn gate(&self) -> &Gate;

    /// Executes what [`Gate::admit`] let pass, for `asker`.
    fn execute(&self, admitted: Admitted, asker: Asker) -> BoxFuture<'_, Response>;

    /// Its text.
    fn sdl(&self) -> String;
}

static NOBODY: Viewer = Viewer::Anonymous {
    language: Language::Chinese,
};

/// The store.
pub fn store<'a>(ctx: &Context<'a>) -> &'a Store {
    ctx.data_unchecked::<Store>()
}

/// On whose behalf the operation runs.
pub fn viewer<'a>(ctx: &Context<'a>) -> &'a Viewer {
    ctx.data_opt::<Asker>()
        .map_or(&NOBODY, |asker| &asker.viewer)
}
