//! How a mutation runs its command. A resolver lets every `Fault` pass with `?` ([`crate::error::present`] words it); what a person
//! can mend is data in the payload:
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

use std::sync::Arc;

use async_graphql::{Context, Error, Result, ScalarType, Value};
use entity::{
    account, audit,
    error::{CommandError, Conflict, Explain, Fault, Refusal, is_transient},
    id::sha256_hex,
    idempotency,
    language::Language,
    store::{Recall, Store},
    viewer::Viewer,
};
use tracing::Instrument;
use uuid::Uuid;

use crate::{
    error::{CONFLICT, bad_request},
    operation::{store, viewer},
    scalar::DateTime,
};

/// How often a command is run again after the database asked for it.
const RETRIES: usize = 3;

/// The answer of a mutation: the changed object, or the reasons why nothing changed. Made by [`payload!`].
pub trait Payload: Sized {
    /// What the rule refuses with.
    type Refused: Explain;
    /// The object as the API shows it.
    type Object: Answer;

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
    let request = request::<P::Object>(ctx)?;
    if let Some(request) = &request
        && let Some(first) = first_answer(ctx, request).await?
    {
        return Ok(P::done(first));
    }
    let store = match &request {
        Some(request) => store.answering(request.clone()),
        None => store,
    };
    let store = match ctx.data_opt::<Arc<Recall>>() {
        Some(recall) => store.recalled_by(recall.clone()),
        None => store,
    };
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
    let error = match outcome {
        Ok(done) => return Ok(P::done(done.into())),
        Err(error) => error,
    };
    // The same request may have been answered while this one was at work, and what it did is what stands in the way of this one.
    if let Some(request) = &request
        && let Some(first) = first_answer(ctx, request).await?
    {
        return Ok(P::done(first));
    }
    match error {
        CommandError::Refused(refusals) => Ok(P::refused(refusals, language)),
        CommandError::Fault(Fault::Conflict(conflict)) => {
            Err(overtaken(ctx, conflict, language).await?)
        }
        CommandError::Fault(fault) => Err(fault.into()),
    }
}

/// The request with its idempotency key, if its input has one.
fn request<A: Answer>(ctx: &Context<'_>) -> Result<Option<idempotency::Request>> {
    let field = ctx.field();
    let arguments = field.arguments()?;
    let key = arguments.iter().find_map(|(_, value)| match value {
        Value::Object(input) => match input.get("idempotencyKey") {
            Some(Value::String(key)) => Some(key.clone()),
            _ => None,
        },
        _ => None,
    });
    let Some(key) = key else { return Ok(None) };
    if key.trim().is_empty() || key.chars().count() > idempotency::LONGEST {
        let message = "`idempotencyKey` has 1 to 120 characters.";
        return Err(bad_request(message));
    }
    let (Some(kind), Some(account_id)) = (A::KIND, viewer(ctx).account_id()) else {
        return Ok(None);
    };
    let content: Vec<String> = arguments
        .iter()
        .map(|(name, value)| format!("{name}:{value}"))
        .collect();
    Ok(Some(idempotency::Request {
        account_id,
        key,
        operation: field.name().to_owned(),
        input_hash: sha256_hex(content.join("\n").as_bytes()),
        answer_kind: kind,
    }))
}

/// What was answered to this request before, if it was; refused when its key was used for another.
async fn first_answer<A: Answer>(
    ctx: &Context<'_>,
    request: &idempotency::Request,
) -> Result<Option<A>> {
    let Some(first) = idempotency::answered(store(ctx).db(), request).await? else {
        return Ok(None);
    };
    if !request.is(&first) {
        return Err(Fault::KeyUsed.into());
    }
    Ok(Some(
        A::again(ctx, first.subject_id)
            .await?
            .ok_or(Fault::NotFound)?,
    ))
}

/// What a mutation answers with, and how it is answered with again when the same request comes a second time.
pub trait Answer: Sized + Send {
    /// Its kind as the audit trail names it; nothing for what cannot be shown a second time and takes no idempotency key.
    const KIND: Option<&'static str> = None;

    /// The thing with this key, as it is now.
    fn again(ctx: &Context<'_>, key: Uuid) -> impl Future<Output = Result<Option<Self>>> + Send {
        let _ = (ctx, key);
        async { Ok(None) }
    }
}

impl Answer for bool {}

impl Answer for i32 {}

/// The error of a change that came too late: the version now, and from the audit trail who changed what, and when.
async fn overtaken(ctx: &Context<'_>, conflict: Conflict, language: Language) -> Result<Error> {
    let last = match conflict.id {
        Some(id) => audit::repository::last_change(store(ctx).db(), id).await?,
        None => None,
    };
    let version = conflict.current_version;
    let mut error = Error::new(Fault::Conflict(conflict).explain(language));
    let extensions = error.extensions.get_or_insert_default();
    extensions.set("code", CONFLICT);
    if let Some(version) = version {
        extensions.set("currentVersion", version);
    }
    if let Some(last) = last {
        let actor: Vec<Uuid> = last.actor_id.into_iter().collect();
        let names = account::repository::names_of(store(ctx).db(), &actor).await?;
        let name = names.into_values().next();
        let fields: Vec<String> = audit::rules::changes(&last)
            .into_iter()
            .map(|change| change.field)
            .collect();
        extensions.set("changedBy", name.unwrap_or(last.actor));
        extensions.set("changedAt", DateTime::from(last.at).to_value());
        extensions.set("changedFields", fields);
    }
    Ok(error)
}

/// Defines the payload of a mutation and its user errors: `Payload, UserError, Code, rule's error, field: Object`.
#[macro_export]
macro_rules! payload {
    (
        $(#[$meta:meta])*
        $payload:ident, $error:ident, $code:ty, $refused:ty,
        $(#[$field_meta:meta])*
        $field:ident : $object:ty
    ) => {
        $(#[$meta])*
        pub struct $payload {
            $field: Option<$object>,
            user_errors: Vec<$error>,
        }

        $(#[$meta])*
        #[async_graphql::Object]
        impl $payload {
            $(#[$field_meta])*
            async fn $field(&self) -> Option<&$object> {
                self.$field.as_ref()
            }

            /// What the person can correct; empty on success.
            #[graphql(complexity = "5 * child_complexity")]
            async fn user_errors(&self) -> &[$error] {
                &self.user_errors
            }
        }

        /// One reason why nothing changed.
        pub struct $error {
            code: $code,
            path: Vec<&'static str>,
            message: String,
        }

        /// One reason why nothing changed.
        #[async_graphql::Object]
        impl $error {
            /// The reason, for programs.
            async fn code(&self) -> $code {
                self.code
            }

            /// The input field it is about, outermost name first; empty when it is about the whole.
            #[graphql(complexity = "3")]
            async fn path(&self) -> &[&'static str] {
                &self.path
            }

            /// What is wrong and what to do, in the viewer's language.
            async fn message(&self) -> &str {
                &self.message
            }
        }

        impl $crate::command::Payload for $payload {
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
pub use payload;

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use async_graphql::{
        EmptySubscription, Enum, InputObject, Object, Request, Schema, Value, value,
    };
    use entity::{error::Conflict, language::Text};

    use super::*;
    use crate::{error::present, operation::Asker};

    #[derive(Clone, Copy)]
    pub enum SignError {
        TooEarly,
    }

    impl Explain for SignError {
        fn explain(&self) -> Text {
            Text::new("尚未到签订日。", "It is too early to sign.")
        }
    }

    /// What may be wrong.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
    #[graphql(remote = "SignError")]
    pub enum SignErrorCode {
        /// Not yet.
        TooEarly,
    }

    pub struct Paper(i32);

    impl Answer for Paper {}

    impl From<i32> for Paper {
        fn from(number: i32) -> Self {
            Self(number)
        }
    }

    #[Object]
    impl Paper {
        async fn number(&self) -> i32 {
            self.0
        }
    }

    payload! {
        /// The answer of `paperSign`.
        PaperSignPayload, PaperSignUserError, SignErrorCode, SignError,
        /// The paper.
        paper: Paper
    }

    #[derive(InputObject)]
    struct PaperSignInput {
        how: String,
    }

    static RUNS: AtomicUsize = AtomicUsize::new(0);

    struct Mutations;

    #[Object]
    impl Mutations {
        async fn paper_sign(
            &self,
            ctx: &Context<'_>,
            input: PaperSignInput,
        ) -> Result<PaperSignPayload> {
            command(ctx, input.how, |_store, _viewer, how| async move {
                RUNS.fetch_add(1, Ordering::Relaxed);
                match how.as_str() {
                    "well" => Ok(7),
                    "early" => Err(CommandError::refused(
                        &["input", "signedOn"],
                        SignError::TooEarly,
                    )),
                    "stale" => Err(CommandError::Fault(Fault::Conflict(Conflict {
                        id: None,
                        current_version: Some(4),
                    }))),
                    "panic" => panic!("secret"),
                    _ => Err(CommandError::Fault(Fault::Internal("secret".to_owned()))),
                }
            })
            .await
        }
    }

    struct Queries;

    #[Object]
    impl Queries {
        async fn number(&self, number: i32) -> i32 {
            number
        }

        async fn hidden(&self) -> Result<i32, Arc<Fault>> {
            Err(Arc::new(Fault::NotFound))
        }

        async fn strange(&self) -> Result<i32> {
            Err("secret".parse::<i32>().expect_err("no number").into())
        }
    }

    async fn run(query: &str) -> (Value, Value) {
        let db = entity::store::connect("sqlite::memory:", 1)
            .await
            .expect("a database");
        let clock = Arc::new(entity::clock::OffsetClock::default());
        let store = Store::new(db, clock, chrono_tz::UTC);
        let schema = Schema::build(Queries, Mutations, EmptySubscription)
            .data(store)
            .finish();
        let asker = Asker {
            viewer: Viewer::Anonymous {
                language: Language::English,
            },
            request_id: "r1".into(),
        };
        let request = Request::new(query).data(asker.clone());
        let mut response = schema.execute(request).await;
        present(&mut response.errors, &asker);
        let told = response.errors.first().map_or(Value::Null, |error| {
            let extensions = serde_json::to_value(&error.extensions).expect("JSON");
            let text = serde_json::json!({"message": error.message, "extensions": extensions});
            Value::from_json(text).expect("a value")
        });
        (response.data, told)
    }

    fn sign(how: &str) -> String {
        format!(
            "mutation {{ paperSign(input: {{ how: \"{how}\" }}) {{ paper {{ number }} userErrors {{ code path message }} }} }}"
        )
    }

    #[tokio::test]
    async fn an_outcome_is_an_object_or_the_reasons() {
        assert_eq!(
            run(&sign("well")).await.0,
            value!({"paperSign": {"paper": {"number": 7}, "userErrors": []}})
        );
        assert_eq!(
            run(&sign("early")).await.0,
            value!({"paperSign": {"paper": null, "userErrors": [{
                "code": "TOO_EARLY",
                "path": ["input", "signedOn"],
                "message": "It is too early to sign.",
            }]}})
        );
    }

    #[tokio::test]
    async fn a_fault_has_its_code_and_says_nothing_of_the_inside() {
        let internal = value!({
            "message": "Something went wrong on our side: please try again later.",
            "extensions": {"code": "INTERNAL", "requestId": "r1"},
        });
        assert_eq!(run(&sign("broken")).await.1, internal);
        assert_eq!(run(&sign("panic")).await.1, internal);
        assert_eq!(run("{ strange }").await.1, internal);
        assert_eq!(
            run(&sign("stale")).await.1,
            value!({
                "message": "Somebody has changed this in the meantime: reload and try again.",
                "extensions": {"code": "CONFLICT", "currentVersion": 4},
            })
        );
        assert_eq!(
            run("{ hidden }").await.1,
            value!({"message": "Not found.", "extensions": {"code": "NOT_FOUND"}})
        );
    }
}
