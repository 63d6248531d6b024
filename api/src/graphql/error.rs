//! Errors, and how a mutation runs its command.
//!
//! A resolver lets every `Fault` pass with `?`; [`present`] gives it its code, its sentence in the viewer's language and,
//! where it is ours to mend, the request id, in one place. What a person can mend is data in the payload:
//!
//! ```ignore
//! /// What may be wrong with a signature.
//! #[derive(Clone, Copy, PartialEq, Eq, Enum)]
//! #[graphql(remote = "entity::contract::rules::SignError")]   // or `impl From<SignError>` where variants carry data
//! pub enum ContractSignErrorCode { /* the same variants, each with a description */ }
//!
//! payload! {
//!     /// The answer of `contractSign`.
//!     ContractSignPayload, ContractSignUserError, ContractSignErrorCode, entity::contract::rules::SignError,
//!     /// The signed contract; null when it was refused.
//!     contract: Contract
//! }
//!
//! #[Object]
//! impl ContractSignMutation {
//!     /// Signs a contract that the leaders approved.
//!     async fn contract_sign(&self, ctx: &Context<'_>, input: ContractSignInput) -> Result<ContractSignPayload> {
//!         let input = Sign { contract_id: Kind::Contract.require(&input.id)?, signed_on: input.signed_on.into(), .. };
//!         command(ctx, input, |store, viewer, input| async move { commands::sign(&store, &viewer, input).await }).await
//!     }
//! }
//! ```

use std::{any::Any, sync::Arc};

use async_graphql::{Context, Error, ErrorExtensionValues, ErrorExtensions, Result, ServerError};
use entity::{
    error::{CommandError, Explain, Fault, Refusal, is_transient},
    language::Language,
    store::Store,
    viewer::Viewer,
};
use tracing::Instrument;

use super::{
    Asker,
    viewer::{store, viewer},
};

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
/// The operation is too large.
pub const QUERY_LIMIT: &str = "QUERY_LIMIT";
/// Too many requests.
pub const RATE_LIMITED: &str = "RATE_LIMITED";
/// Ours to mend.
pub const INTERNAL: &str = "INTERNAL";

/// How often a command is run again after the database asked for it.
const RETRIES: usize = 3;

/// An error about what the client sent.
pub fn bad_request(message: impl Into<String>) -> Error {
    Error::new(message).extend_with(|_, extensions| extensions.set("code", BAD_REQUEST))
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
        Fault::Database(_) | Fault::Internal(_) => {
            tracing::error!(request_id = %asker.request_id, error = said, "operation failed");
            extensions.set("requestId", asker.request_id.as_ref());
        }
        _ => {}
    }
}

/// The code of a fault.
pub fn code(fault: &Fault) -> &'static str {
    match fault {
        Fault::Unauthenticated => UNAUTHENTICATED,
        Fault::Forbidden => FORBIDDEN,
        Fault::NotFound => NOT_FOUND,
        Fault::Conflict(_) => CONFLICT,
        Fault::Database(_) | Fault::Internal(_) => INTERNAL,
    }
}

/// The answer of a mutation: the changed object, or the reasons why nothing changed. Made by [`payload!`].
pub trait Payload: Sized {
    /// What the rule refuses with.
    type Refused: Explain;
    /// The object as the API shows it.
    type Object;

    /// It was done.
    fn done(object: Self::Object) -> Self;

    /// It was refused; messages in `language`.
    fn refused(refusals: Vec<Refusal<Self::Refused>>, language: Language) -> Self;
}

/// Runs a command for the viewer and makes the payload of its outcome.
///
/// The command runs in a task of its own, so that a client that hangs up cannot stop it half-way, and again when the
/// database asks for it.
pub async fn command<P, M, I, F, R>(ctx: &Context<'_>, input: I, run: F) -> Result<P>
where
    P: Payload,
    P::Object: From<M>,
    P::Refused: Send + 'static,
    M: Send + 'static,
    I: Clone + Send + Sync + 'static,
    F: Fn(Store, Viewer, I) -> R + Send + Sync + 'static,
    R: Future<Output = Result<M, CommandError<P::Refused>>> + Send + 'static,
{
    let (store, viewer) = (store(ctx).clone(), viewer(ctx).clone());
    let language = viewer.language();
    let task = async move {
        let mut retries = RETRIES;
        loop {
            match run(store.clone(), viewer.clone(), input.clone()).await {
                Err(CommandError::Fault(Fault::Database(error)))
                    if retries > 0 && is_transient(&error) =>
                {
                    retries -= 1;
                }
                outcome => break outcome,
            }
        }
    };
    let outcome = tokio::spawn(task.in_current_span())
        .await
        .map_err(|error| Fault::Internal(error.to_string()))?;
    match outcome {
        Ok(done) => Ok(P::done(done.into())),
        Err(CommandError::Refused(refusals)) => Ok(P::refused(refusals, language)),
        Err(CommandError::Fault(fault)) => Err(fault.into()),
    }
}

/// Defines the payload of a mutation and its user errors: `Payload, UserError, Code, rule's error, field: Object`.
macro_rules! payload {
    (
        $(#[$meta:meta])*
        $payload:ident, $error:ident, $code:ty, $refused:ty,
        $(#[$field_meta:meta])*
        $field:ident : $object:ty
    ) => {
        $(#[$meta])*
        #[derive(async_graphql::SimpleObject)]
        pub struct $payload {
            $(#[$field_meta])*
            $field: Option<$object>,
            /// What the person can mend; empty when it was done.
            #[graphql(complexity = "5 * child_complexity")]
            user_errors: Vec<$error>,
        }

        /// One reason why nothing changed.
        #[derive(async_graphql::SimpleObject)]
        pub struct $error {
            /// The reason, for programs.
            code: $code,
            /// The input field it is about, outermost name first; empty when it is about the whole.
            #[graphql(complexity = "3")]
            path: Vec<&'static str>,
            /// What is wrong and what to do, in the viewer's language.
            message: String,
        }

        impl $crate::graphql::error::Payload for $payload {
            type Refused = $refused;
            type Object = $object;

            fn done(object: $object) -> Self {
                Self {
                    $field: Some(object),
                    user_errors: Vec::new(),
                }
            }

            fn refused(
                refusals: Vec<entity::error::Refusal<$refused>>,
                language: entity::language::Language,
            ) -> Self {
                Self {
                    $field: None,
                    user_errors: refusals
                        .into_iter()
                        .map(|refusal| $error {
                            message: entity::error::Explain::explain(&refusal.code)
                                .in_language(language)
                                .to_owned(),
                            path: refusal.path,
                            code: refusal.code.into(),
                        })
                        .collect(),
                }
            }
        }
    };
}
pub(crate) use payload;
