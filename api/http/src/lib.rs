//! The network door: one router over the schema, the session and the health of the service.

use std::{
    net::IpAddr,
    panic::AssertUnwindSafe,
    sync::{
        Arc, OnceLock,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use api_door::{error, ledger::LedgerReader, operation::Schema};
use axum::{
    Json, Router,
    extract::{MatchedPath, Request, State as FromState},
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode, Version, header},
    middleware::{self, Next},
    response::{IntoResponse, Response},
    routing::{any, get, post},
};
use entity::{
    id::sha256_hex,
    language::Language,
    store::Store,
    viewer::{Role, Viewer},
};
use futures::FutureExt;
use serde_json::json;
use tokio::time::Instant;
use tracing::Instrument;
use url::Url;

pub use peer::Peer;

pub mod body;
mod bounce;
pub mod calendar;
pub mod document;
pub mod door;
pub mod evaluation;
pub mod graphql;
pub mod health;
pub mod json;
pub mod mail;
pub mod metrics;
pub mod peer;
pub mod rate;
pub mod report;
pub mod session;

/// The largest body of a request to the API.
pub const LARGEST_BODY: usize = 256 * 1024;

/// What all routes share.
#[derive(Clone)]
pub struct State(Arc<Shared>);

struct Shared {
    store: Store,
    schema: Arc<dyn Schema>,
    ledgers: LedgerReader,
    public_url: Url,
    introspection: bool,
    graphiql: bool,
    demonstration: Option<Demonstration>,
    mailbox: Option<std::path::PathBuf>,
    delivers: bool,
    cookie: session::Cookie,
    rates: Option<rate::Rates>,
    heavy: rate::Places<uuid::Uuid>,
    files: rate::Places<uuid::Uuid>,
    sign_ins: rate::Places<IpAddr>,
    reading: body::Reading,
    limits: door::Limits,
    first_body: Duration,
    meters: metrics::Meters,
    gate: tokio::sync::Semaphore,
    draining: AtomicBool,
    trouble: OnceLock<Trouble>,
    writing: health::Writing,
}

/// What the doors are told of the settings of a service.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The address people use.
    pub public_url: Url,
    /// Whether the API describes itself.
    pub introspection: bool,
    /// Whether developers may type operations on a page.
    pub graphiql: bool,
    /// Who may look at the demonstration, where this is one.
    pub demonstration: Option<Demonstration>,
    /// The folder of letters, where the console may show them.
    pub mailbox: Option<std::path::PathBuf>,
    /// Whether a mail relay is set.
    pub delivers: bool,
    /// Whether the session cookie may travel without TLS.
    pub insecure_cookies: bool,
    /// Whether requests per minute are limited.
    pub rate_limits: bool,
    /// What reads the files of ledgers.
    pub ledgers: LedgerReader,
    /// What connections are held to.
    pub limits: door::Limits,
    /// How long a small body may take.
    pub first_body: Duration,
}

/// The public sign-ins of the demonstration.
#[derive(Clone, Debug)]
pub struct Demonstration {
    /// One login per role.
    pub sign_ins: Vec<(&'static str, Role)>,
    /// The password of all.
    pub password: &'static str,
}

/// Says in one word what keeps a part of the service from working, if anything does.
pub type Trouble = Box<dyn Fn() -> Option<&'static str> + Send + Sync>;

/// How many operations may run at once; further ones wait a second, then are refused.
const AT_ONCE: usize = 64;

impl State {
    /// The shared state of a service with these settings, whose operations `schema` executes.
    pub fn new(store: Store, schema: Arc<dyn Schema>, settings: Settings) -> Self {
        Self(Arc::new(Shared {
            cookie: session::Cookie::new(
                settings.public_url.scheme() == "https" && !settings.insecure_cookies,
            ),
            ledgers: settings.ledgers,
            store,
            schema,
            public_url: settings.public_url,
            introspection: settings.introspection,
            graphiql: settings.graphiql,
            demonstration: settings.demonstration,
            mailbox: settings.mailbox,
            delivers: settings.delivers,
            rates: settings.rate_limits.then(rate::Rates::default),
            heavy: rate::Places::new(rate::HEAVY_AT_ONCE, AT_ONCE),
            files: rate::Places::new(rate::FILES_OF_PERSON, rate::FILES),
            sign_ins: rate::Places::new(session::SIGN_INS_OF_ADDRESS, session::SIGN_INS),
            reading: body::Reading::default(),
            limits: settings.limits,
            first_body: settings.first_body,
            meters: metrics::Meters::default(),
            gate: tokio::sync::Semaphore::new(AT_ONCE),
            draining: AtomicBool::new(false),
            trouble: OnceLock::new(),
            writing: health::Writing::default(),
        }))
    }

    /// The store.
    pub fn store(&self) -> &Store {
        &self.0.store
    }

    /// Who may look at the demonstration, if this is one.
    pub fn demonstration(&self) -> Option<&Demonstration> {
        self.0.demonstration.as_ref()
    }

    /// The whole address of a path, as people use it.
    pub fn public(&self, path: &str) -> String {
        let base = self.0.public_url.as_str().trim_end_matches('/');
        format!("{base}{path}")
    }

    /// The folder of letters, where the console may show them.
    pub fn mailbox(&self) -> Option<&std::path::Path> {
        self.0.mailbox.as_deref()
    }

    /// Whether e-mails go to a relay: without one they lie in a folder.
    pub fn delivers(&self) -> bool {
        self.0.delivers
    }

    /// Whether the service describes itself to developers.
    pub fn describes_itself(&self) -> bool {
        self.0.introspection
    }

    /// Whether developers may type operations on a page.
    pub fn explores(&self) -> bool {
        self.0.graphiql
    }

    /// Whether people reach the service by TLS, so that cookies are for TLS alone.
    pub fn is_secure(&self) -> bool {
        self.0.cookie.is_secure()
    }

    /// The header value by which a browser will be known that has used the link with this secret.
    pub fn known_by(&self, secret: &str) -> String {
        self.0.cookie.know(secret)
    }

    /// Whether one more request of this kind is within the limits per minute.
    pub fn may_pass(&self, viewer: &Viewer, peer: Peer, mutation: bool) -> bool {
        self.is_within(|rates| rates.pass(viewer, peer.0, mutation))
    }

    fn is_within(&self, pass: impl FnOnce(&rate::Rates) -> bool) -> bool {
        let may = self.0.rates.as_ref().is_none_or(pass);
        if !may {
            self.0.meters.refused("rate");
        }
        may
    }

    /// A place to write one more list to a file, given back when it is dropped; nothing when too many are being written.
    pub async fn place_for_file(&self, account: uuid::Uuid) -> Option<rate::Place> {
        let place = self.0.files.take(account, rate::FILE_PATIENCE).await;
        if place.is_none() {
            self.0.meters.refused("busy");
        }
        place
    }

    /// Whether a stranger at this address may read one more public page.
    pub fn may_read(&self, peer: Peer) -> bool {
        self.is_within(|rates| rates.pass_reader(peer.0))
    }

    /// Whether one more report or wish of the world of mail is within the limit per minute.
    pub fn may_bring_mail(&self, peer: Peer) -> bool {
        self.is_within(|rates| rates.pass_mail(peer.0))
    }

    /// What connections are held to.
    pub fn limits(&self) -> door::Limits {
        self.0.limits.clone()
    }

    /// What is counted at the doors.
    pub fn meters(&self) -> &metrics::Meters {
        &self.0.meters
    }

    /// From now on the service says that it is not ready while `trouble` says so.
    pub fn watch(&self, trouble: Trouble) {
        // The first to watch stays: there is one scheduler in a service.
        let _ = self.0.trouble.set(trouble);
    }

    /// From now on the service says that it is not ready, so that nobody sends it new work while it ends.
    pub fn drain(&self) {
        self.0.draining.store(true, Ordering::Relaxed);
    }
}

/// All routes: those of programs, and `pages`. [`serve`] tells them the address of the client.
pub fn router(state: State, pages: Router<State>) -> Router {
    Router::new()
        .route("/graphql", any(graphql::handle))
        .route("/schema.graphql", get(graphql::sdl))
        .route("/session", post(session::sign_in).delete(session::sign_out))
        .route("/documents", post(document::upload))
        .route("/documents/{id}", get(document::download))
        .route("/documents/{id}/shown", get(document::show))
        .route("/calendar/{file}", get(calendar::read))
        .route("/feeds/evaluations.atom", get(evaluation::read))
        .route("/reports/files/{id}", get(report::download))
        .route("/mail/bounces", post(mail::bounce))
        .route(
            "/unsubscribe/{token}",
            get(mail::unsubscribe_page).post(mail::unsubscribe),
        )
        .route("/livez", get(health::live))
        .route("/readyz", get(health::ready))
        .merge(pages)
        .layer(middleware::from_fn_with_state(state.clone(), around))
        .with_state(state)
}

/// Serves all routes on `listener` until `stop` ends; then finishes what is in hand.
pub async fn serve(
    listener: tokio::net::TcpListener,
    state: State,
    pages: Router<State>,
    stop: impl Future<Output = ()> + Send + 'static,
) {
    let limits = state.limits();
    door::serve(listener, router(state, pages), limits, stop).await;
}

/// The name under which the logs know a request.
#[derive(Clone, Debug)]
pub struct RequestId(pub Arc<str>);

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// Around every request: its id, its log line, its answer when the code panics, and the headers of every answer.
async fn around(FromState(state): FromState<State>, mut request: Request, next: Next) -> Response {
    let begun = Instant::now();
    let route = request.extensions().get::<MatchedPath>().cloned();
    let method = request.method().clone();
    let id = request_id(&state, request.headers());
    request.extensions_mut().insert(RequestId(id.clone()));
    let peer = peer::of(&request, &state.0.limits.trusted);
    request.extensions_mut().insert(peer);
    let request = body::paced(request, state.0.first_body);
    let span = tracing::info_span!(
        "request",
        request_id = %id,
        method = %request.method(),
        // The path alone: a query string may hold what must not be in a log.
        path = %loggable(request.uri().path()),
    );
    let answered = if names_one_host(&request) {
        AssertUnwindSafe(next.run(request))
            .catch_unwind()
            .instrument(span.clone())
            .await
    } else {
        let message = "A request names its host once.";
        Ok(refusal(
            StatusCode::BAD_REQUEST,
            error::BAD_REQUEST,
            message,
        ))
    };
    let mut response = span.in_scope(|| match answered {
        Ok(response) => {
            tracing::info!(status = response.status().as_u16(), "answered");
            response
        }
        Err(_) => {
            tracing::error!("panicked");
            internal(&id)
        }
    });
    let (status, took) = (response.status(), begun.elapsed());
    let meters = state.meters();
    meters.answered(route.as_ref(), &method, status, took);
    let headers = response.headers_mut();
    if let Ok(id) = HeaderValue::from_str(&id) {
        headers.insert(REQUEST_ID, id);
    }
    let transport = state.0.public_url.scheme() == "https";
    for (name, value) in security_headers(transport) {
        headers
            .entry(name)
            .or_insert(HeaderValue::from_static(value));
    }
    response
}

/// Whether it is clear for which host a request is meant (RFC 9112, 3.2); older programs name none.
fn names_one_host(request: &Request) -> bool {
    match request.headers().get_all(header::HOST).iter().count() {
        0 => request.version() < Version::HTTP_11,
        hosts => hosts == 1,
    }
}

/// A path as logs may keep it: without the secret that some paths end with.
pub fn loggable(path: &str) -> &str {
    const SECRET: [&str; 4] = ["/answer/", "/calendar/", "/join/", "/unsubscribe/"];
    let known = SECRET.into_iter().find(|begin| path.starts_with(begin));
    known.unwrap_or(path)
}

fn security_headers(transport: bool) -> impl Iterator<Item = (HeaderName, &'static str)> {
    [
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::X_FRAME_OPTIONS, "DENY"),
        (header::REFERRER_POLICY, "same-origin"),
        (header::CACHE_CONTROL, "no-store"),
        (
            header::CONTENT_SECURITY_POLICY,
            "default-src 'none'; frame-ancestors 'none'",
        ),
    ]
    .into_iter()
    .chain(transport.then_some((
        header::STRICT_TRANSPORT_SECURITY,
        "max-age=31536000; includeSubDomains",
    )))
}

/// Whether whoever asked has what this tag names: `If-None-Match` lists it, as it is or weakly, or lists everything.
pub fn is_known(headers: &HeaderMap, tag: &str) -> bool {
    headers
        .get_all(header::IF_NONE_MATCH)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .map(|each| each.trim().trim_start_matches("W/"))
        .any(|each| each == tag || each == "*")
}

/// What whoever asked may already have: nothing but the tag of the body when it is the same.
pub fn fresh(headers: &HeaderMap, content_type: &str, cache: &str, body: String) -> Response {
    let tag = format!("\"{}\"", sha256_hex(body.as_bytes()));
    let known = is_known(headers, &tag);
    let about = [
        (header::CONTENT_TYPE, content_type.to_owned()),
        (header::CACHE_CONTROL, cache.to_owned()),
        (header::ETAG, tag),
    ];
    if known {
        return (StatusCode::NOT_MODIFIED, about).into_response();
    }
    (about, body).into_response()
}

/// The caller's own id when it is a plain short word, so that one name follows a request through several systems.
fn request_id(state: &State, headers: &HeaderMap) -> Arc<str> {
    headers
        .get(REQUEST_ID)
        .and_then(|value| value.to_str().ok())
        .filter(|text| {
            (1..=64).contains(&text.len())
                && text
                    .bytes()
                    .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_')
        })
        .map_or_else(
            || {
                entity::id::new_id(state.store().now())
                    .simple()
                    .to_string()
                    .into()
            },
            Into::into,
        )
}

/// The text of a header that is sent once; nothing when it is missing, given again or no text.
pub fn only(headers: &HeaderMap, name: HeaderName) -> Option<&str> {
    let mut given = headers.get_all(name).iter();
    match (given.next(), given.next()) {
        (Some(only), None) => only.to_str().ok(),
        _ => None,
    }
}

/// An answer that is no answer of the schema.
fn refusal(status: StatusCode, code: &str, message: &str) -> Response {
    let body = json!({"errors": [{"message": message, "extensions": {"code": code}}]});
    (status, Json(body)).into_response()
}

fn internal(request_id: &str) -> Response {
    let message = entity::error::Fault::Internal(String::new()).explain(Language::default());
    let body = json!({"errors": [{
        "message": message,
        "extensions": {"code": error::INTERNAL, "requestId": request_id},
    }]});
    (StatusCode::INTERNAL_SERVER_ERROR, Json(body)).into_response()
}

/// The answer to a fault outside the schema.
fn fault(fault: &entity::error::Fault, viewer: &Viewer, request_id: &RequestId) -> Response {
    use entity::error::Fault;
    let status = match fault {
        Fault::Unauthenticated => StatusCode::UNAUTHORIZED,
        Fault::Forbidden => StatusCode::FORBIDDEN,
        Fault::NotFound => StatusCode::NOT_FOUND,
        Fault::Conflict(_) => StatusCode::CONFLICT,
        Fault::KeyUsed => StatusCode::BAD_REQUEST,
        Fault::Outdated => StatusCode::SERVICE_UNAVAILABLE,
        Fault::Database(_) if fault.is_away() => {
            tracing::warn!(error = %fault, "the database is away");
            StatusCode::SERVICE_UNAVAILABLE
        }
        Fault::Database(_) | Fault::Internal(_) => {
            tracing::error!(error = %fault, "request failed");
            return internal(&request_id.0);
        }
    };
    refusal(
        status,
        error::code(fault),
        &fault.explain(viewer.language()),
    )
}

/// Refuses a change that a foreign page may have sent: a content type any form can send, or another origin.
fn refuse_change(state: &State, headers: &HeaderMap, content_type: bool) -> Option<Response> {
    if !content_type {
        return Some(refusal(
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            error::BAD_REQUEST,
            "This is not the content type expected here.",
        ));
    }
    (!is_own_page(state, headers)).then(|| {
        refusal(
            StatusCode::FORBIDDEN,
            error::FORBIDDEN,
            "Changes are accepted from our own pages and from programs only.",
        )
    })
}

fn too_many() -> Response {
    let mut answer = refusal(
        StatusCode::TOO_MANY_REQUESTS,
        error::RATE_LIMITED,
        "Too many requests: try again in a minute.",
    );
    answer
        .headers_mut()
        .insert(header::RETRY_AFTER, HeaderValue::from_static("60"));
    answer
}

/// The answer to a body that was not read.
fn unread(unread: body::Unread) -> Response {
    match unread {
        body::Unread::Busy => too_many(),
        _ => refusal(unread.status(), error::QUERY_LIMIT, unread.message()),
    }
}

/// Whether a request that changes something comes from a page of our own, as far as the browser says where it comes from.
/// Programs say nothing and carry no cookie.
pub fn is_own_page(state: &State, headers: &HeaderMap) -> bool {
    let text = |name: HeaderName| headers.contains_key(&name).then(|| only(headers, name));
    match text(HeaderName::from_static("sec-fetch-site")) {
        Some(Some("same-origin" | "none")) => return true,
        Some(_) => return false,
        None => {}
    }
    match text(header::ORIGIN) {
        None => true,
        Some(None) => false,
        Some(Some(origin)) => {
            let Ok(origin) = Url::parse(origin) else {
                return false;
            };
            let (ours, host) = (&state.0.public_url, only(headers, header::HOST));
            // Under another name of this machine, but by the way that people come.
            let beside = origin.scheme() == ours.scheme()
                && host.is_some_and(|host| !host.is_empty() && origin.authority() == host);
            origin.origin() == ours.origin() || beside
        }
    }
}
