//! Errors as every client reads them: each `Fault` gets its code, its sentence in the viewer's language and, where it is ours to mend,
//! the request id, in one place.

use std::{any::Any, sync::Arc};

use async_graphql::{Error, ErrorExtensionValues, ErrorExtensions, ServerError, Value};
use entity::{error::Fault, language::Language};

use crate::operation::Asker;

/// What a developer must mend in a request.
pub const BAD_REQUEST: &str = "BAD_REQUEST";
/// Nobody has signed in.
pub const UNAUTHENTICATED: &str = "UNAUTHENTICATED";
/// The role may not do this at all.
pub const FORBIDDEN: &str = "FORBIDDEN";
/// It does not exist for this viewer.
pub const NOT_FOUND: &str = "NOT_FOUND";
/// Somebody changed it meanwhile.
pub const CONFLICT: &str = "CONFLICT";
/// Why a request is bad: its idempotency key was used for another.
pub const KEY_USED: &str = "IDEMPOTENCY_KEY_USED";
/// The operation is too large.
pub const QUERY_LIMIT: &str = "QUERY_LIMIT";
/// Too many requests.
pub const RATE_LIMITED: &str = "RATE_LIMITED";
/// The database is away: the same request may succeed in a moment.
pub const UNAVAILABLE: &str = "UNAVAILABLE";
/// Ours to mend.
pub const INTERNAL: &str = "INTERNAL";

/// An error about what the client sent.
pub fn bad_request(message: impl Into<String>) -> Error {
    Error::new(message).extend_with(|_, extensions| extensions.set("code", BAD_REQUEST))
}

/// The error of an operation that needs somebody who has signed in.
pub fn unauthenticated(language: Language) -> ServerError {
    let mut error = ServerError::new(Fault::Unauthenticated.explain(language), None);
    error
        .extensions
        .get_or_insert_default()
        .set("code", UNAUTHENTICATED);
    error
}

/// Gives every error its code; says nothing about the inside of the system.
pub fn present(errors: &mut [ServerError], asker: &Asker) {
    let language = asker.viewer.language();
    for error in errors {
        if error
            .extensions
            .as_ref()
            .is_some_and(|extensions| extensions.get("code").is_some())
        {
            continue;
        }
        match error.source.take() {
            Some(source) => present_source(error, source.as_ref(), asker, language),
            None => {
                let code = match error.message.as_str() {
                    "Query is too complex." | "Query is nested too deep." => QUERY_LIMIT,
                    _ => BAD_REQUEST,
                };
                error
                    .extensions
                    .get_or_insert_with(ErrorExtensionValues::default)
                    .set("code", code);
            }
        }
    }
}

fn present_source(
    error: &mut ServerError,
    source: &(dyn Any + Send + Sync),
    asker: &Asker,
    language: Language,
) {
    let fault = source
        .downcast_ref::<Fault>()
        .or_else(|| source.downcast_ref::<Arc<Fault>>().map(AsRef::as_ref));
    let unknown = Fault::Internal(String::new());
    let said = std::mem::take(&mut error.message);
    let fault = fault.unwrap_or(&unknown);
    error.message = fault.explain(language);
    let extensions = error
        .extensions
        .get_or_insert_with(ErrorExtensionValues::default);
    extensions.set("code", code(fault));
    match fault {
        Fault::Conflict(conflict) => {
            if let Some(version) = conflict.current_version {
                extensions.set("currentVersion", version);
            }
        }
        Fault::KeyUsed => extensions.set("reason", KEY_USED),
        Fault::Database(_) | Fault::Internal(_) => {
            tracing::error!(request_id = %asker.request_id, error = said, "operation failed");
            extensions.set("requestId", asker.request_id.as_ref());
        }
        _ => {}
    }
}

/// Whether an error says that the database is away.
pub fn is_unavailable(error: &ServerError) -> bool {
    let extensions = error.extensions.as_ref();
    extensions.and_then(|all| all.get("code")) == Some(&Value::from(UNAVAILABLE))
}

/// The code of a fault.
pub fn code(fault: &Fault) -> &'static str {
    match fault {
        Fault::Unauthenticated => UNAUTHENTICATED,
        Fault::Forbidden => FORBIDDEN,
        Fault::NotFound => NOT_FOUND,
        Fault::Conflict(_) => CONFLICT,
        Fault::KeyUsed => BAD_REQUEST,
        Fault::Outdated => UNAVAILABLE,
        Fault::Database(_) if fault.is_away() => UNAVAILABLE,
        Fault::Database(_) | Fault::Internal(_) => INTERNAL,
    }
}
