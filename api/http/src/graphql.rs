//! GraphQL over HTTP, as the specification has it.

use std::{panic::AssertUnwindSafe, sync::Arc, time::Duration};

use api_door::{
    error,
    gate::{Admitted, Refused},
    operation::Asker,
};
use async_graphql::{Request, ServerError, Value, Variables};
use axum::{
    Extension,
    extract::{RawQuery, Request as Asked, State as FromState},
    http::{HeaderMap, HeaderValue, Method, StatusCode, header},
    response::{IntoResponse, Response},
};
use entity::store::Recall;
use futures::FutureExt;
use serde::Serialize;
use serde_json::{Map, json};
use tokio::time::Instant;

use super::{Peer, RequestId, State, body, is_own_page, json::Strict, only, refusal, session};

/// How long one operation may take.
pub(super) const LONGEST: Duration = Duration::from_secs(10);

/// How much longer what is being committed is waited for: it may have been done, so that nobody likes to give it up.
const COMMITTING: Duration = Duration::from_secs(20);

/// How long a request waits when too many run.
const PATIENCE: Duration = Duration::from_secs(1);

/// The two ways to spell an answer. The older one answers 200 to requests that are refused before they run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Media {
    GraphQl,
    Json,
}

impl Media {
    /// The best type for an `Accept` header; nothing when it accepts neither.
    fn negotiate(headers: &HeaderMap) -> Option<Self> {
        let mut lines = headers.get_all(header::ACCEPT).iter().peekable();
        if lines.peek().is_none() {
            return Some(Self::Json);
        }
        let mut best: Option<(u32, Self)> = None;
        for part in lines
            .filter_map(|line| line.to_str().ok())
            .flat_map(|line| line.split(','))
        {
            let mut words = part.split(';').map(str::trim);
            let media = match words
                .next()
                .unwrap_or_default()
                .to_ascii_lowercase()
                .as_str()
            {
                "application/graphql-response+json" => Self::GraphQl,
                "application/json" | "application/*" | "*/*" => Self::Json,
                _ => continue,
            };
            let quality = words
                .find_map(|word| word.strip_prefix("q="))
                .map_or(1.0, |quality| quality.trim().parse::<f32>().unwrap_or(0.0))
                .clamp(0.0, 1.0);
            // Thousandths, because that is what the header may say.
            #[allow(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "clamped to 0..=1000"
            )]
            let quality = (quality * 1000.0) as u32;
            if quality > best.map_or(0, |(best, _)| best) {
                best = Some((quality, media));
            }
        }
        best.map(|(_, media)| media)
    }

    fn content_type(self) -> HeaderValue {
        HeaderValue::from_static(match self {
            Self::GraphQl => "application/graphql-response+json; charset=utf-8",
            Self::Json => "application/json; charset=utf-8",
        })
    }

    /// The status of a request that was refused before it ran.
    fn refused(self) -> StatusCode {
        match self {
            Self::GraphQl => StatusCode::BAD_REQUEST,
            Self::Json => StatusCode::OK,
        }
    }

    /// An answer, written as it is.
    fn answer(self, status: StatusCode, body: &impl Serialize) -> Response {
        let Ok(body) = serde_json::to_vec(body) else {
            return StatusCode::INTERNAL_SERVER_ERROR.into_response();
        };
        let media = [(header::CONTENT_TYPE, self.content_type())];
        (status, media, body).into_response()
    }

    fn errors(self, status: StatusCode, errors: &[ServerError]) -> Response {
        self.answer(status, &json!({ "errors": errors }))
    }

    fn refuse(self, status: StatusCode, code: &str, message: &str) -> Response {
        let body = json!({"errors": [{"message": message, "extensions": {"code": code}}]});
        self.answer(status, &body)
    }

    fn malformed(self, message: &str) -> Response {
        self.refuse(StatusCode::BAD_REQUEST, error::BAD_REQUEST, message)
    }
}

/// The one endpoint.
pub async fn handle(
    FromState(state): FromState<State>,
    Extension(request_id): Extension<RequestId>,
    Extension(peer): Extension<Peer>,
    method: Method,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
    asked: Asked,
) -> Response {
    let Some(media) = Media::negotiate(&headers) else {
        return refusal(
            StatusCode::NOT_ACCEPTABLE,
            error::BAD_REQUEST,
            "Answers are application/graphql-response+json or application/json.",
        );
    };
    if method == Method::POST && !is_json(&headers) {
        return media.refuse(
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            error::BAD_REQUEST,
            "Send Content-Type: application/json in UTF-8.",
        );
    }
    if ![Method::GET, Method::POST].contains(&method) {
        return with_allow("GET, POST", media, "Use GET for queries, or POST.");
    }
    let viewer = match session::viewer(&state, &headers).await {
        Ok(viewer) => viewer,
        Err(fault) => {
            return super::fault(&fault, &session::nobody(&headers), &request_id);
        }
    };
    // Who asks too often is told before anything is read.
    if !state.may_pass(&viewer, peer, false) {
        return too_many(media);
    }
    let request = if method == Method::GET {
        from_query(query.as_deref().unwrap_or_default())
    } else {
        match body::whole(&state, &viewer, peer, asked, super::LARGEST_BODY).await {
            Ok(body) => from_body(&body),
            Err(body::Unread::Busy) => return too_many(media),
            Err(unread) => {
                return media.refuse(unread.status(), error::QUERY_LIMIT, unread.message());
            }
        }
    };
    let request = match request {
        Ok(request) => request,
        Err(message) => return media.malformed(message),
    };
    let admitted = match let_in(&state, request, state.0.introspection) {
        Ok(admitted) => admitted,
        Err(Refused::Limit(refused)) => return media.errors(StatusCode::BAD_REQUEST, &[*refused]),
        Err(Refused::Request(refused)) => return media.errors(media.refused(), &[*refused]),
    };
    if !admitted.is_query() {
        if method == Method::GET {
            return with_allow("POST", media, "Only queries may be sent by GET.");
        }
        if !is_own_page(&state, &headers) {
            return media.refuse(
                StatusCode::FORBIDDEN,
                error::FORBIDDEN,
                "Changes are accepted from our own pages and from programs only.",
            );
        }
    }
    let changes = admitted.is_mutation() && viewer.person().is_some();
    if changes && !state.may_pass(&viewer, peer, true) {
        return too_many(media);
    }
    let asker = Asker {
        viewer,
        request_id: request_id.0,
    };
    run(&state, media, admitted, asker).await
}

/// What the gate says of a request, counted: the same for the network and for the console.
pub fn let_in(state: &State, request: Request, introspection: bool) -> Result<Admitted, Refused> {
    let admitted = state.0.schema.gate().admit(request, introspection);
    admitted.inspect_err(|refused| {
        state.meters().refused(match refused {
            Refused::Limit(_) => "limit",
            Refused::Request(_) => "request",
        });
    })
}

/// Why an operation that the gate admitted has no answer of the schema.
#[derive(Debug)]
pub enum Unperformed {
    /// Too many run already, of this person or of all.
    Busy,
    /// It took too long, and was called off.
    TooSlow,
    /// It took too long while it was being committed: nobody knows whether it was done.
    Unsettled,
    /// The code panicked.
    Panicked,
}

/// Executes what the gate admitted under the limits of the service: the same for the network and for the console.
pub async fn perform(
    state: &State,
    admitted: Admitted,
    asker: Asker,
) -> Result<async_graphql::Response, Unperformed> {
    let busy = || {
        state.meters().refused("busy");
        Unperformed::Busy
    };
    let _heavy_place = match asker.viewer.account_id().filter(|_| admitted.is_heavy()) {
        Some(account) => match state.0.heavy.take(account, PATIENCE).await {
            Some(place) => Some(place),
            None => return Err(busy()),
        },
        None => None,
    };
    let Ok(Ok(_place)) = tokio::time::timeout(PATIENCE, state.0.gate.acquire()).await else {
        return Err(busy());
    };
    let begun = Instant::now();
    let root = admitted.root().to_owned();
    let recall = Arc::new(Recall::default());
    let admitted = admitted.with(recall.clone());
    let running = AssertUnwindSafe(state.0.schema.execute(admitted, asker)).catch_unwind();
    match settled(running, &recall, LONGEST, COMMITTING).await {
        Ok(Ok(response)) => {
            // Only now it is known that there is a field of this name.
            let operation = match has_run(&response) {
                true => &root,
                false => "refused",
            };
            let meters = state.meters();
            meters.executed(operation, &response, begun.elapsed());
            Ok(response)
        }
        Ok(Err(_)) => {
            tracing::error!("panicked");
            Err(Unperformed::Panicked)
        }
        Err(unperformed) => {
            state.meters().refused("time");
            Err(unperformed)
        }
    }
}

/// The outcome of `running`, which may take as `long`, and longer by `committing` while it is being committed. What is said to have
/// taken too long is not done later; what is being committed is waited for, but not for ever.
pub async fn settled<T>(
    running: impl Future<Output = T>,
    recall: &Recall,
    long: Duration,
    committing: Duration,
) -> Result<T, Unperformed> {
    let begun = Instant::now();
    let mut running = std::pin::pin!(running);
    loop {
        match tokio::time::timeout(long, &mut running).await {
            Ok(ended) => return Ok(ended),
            Err(_) if recall.call_off() => return Err(Unperformed::TooSlow),
            Err(_) if begun.elapsed() >= long + committing => return Err(Unperformed::Unsettled),
            Err(_) => {}
        }
    }
}

/// Whether the operation was found to be right, and has run.
fn has_run(response: &async_graphql::Response) -> bool {
    response.errors.is_empty()
        || response.data != Value::Null
        || response.errors.iter().any(|error| !error.path.is_empty())
}

async fn run(state: &State, media: Media, admitted: Admitted, asker: Asker) -> Response {
    let request_id = asker.request_id.clone();
    let mut response = match perform(state, admitted, asker).await {
        Ok(response) => response,
        Err(Unperformed::Busy) => return too_many(media),
        Err(Unperformed::Panicked) => return super::internal(&request_id),
        // The gate has let it in, so it is not the operation that is too large.
        Err(Unperformed::TooSlow) => return unavailable(media, "The operation took too long."),
        Err(Unperformed::Unsettled) => {
            return unavailable(
                media,
                "The operation took too long and may have been done: repeat it with the same idempotency key, and the answer tells.",
            );
        }
    };
    let has_run = has_run(&response);
    let headers = std::mem::take(&mut response.http_headers);
    let mut answer = if has_run {
        let away = response.errors.iter().any(error::is_unavailable);
        let status = if away {
            StatusCode::SERVICE_UNAVAILABLE
        } else {
            StatusCode::OK
        };
        media.answer(status, &response)
    } else {
        media.errors(media.refused(), &response.errors)
    };
    answer.headers_mut().extend(headers);
    answer
}

/// The text of the schema, where the service may describe itself.
pub async fn sdl(FromState(state): FromState<State>) -> Response {
    if !state.0.introspection {
        return StatusCode::NOT_FOUND.into_response();
    }
    (
        [(header::CONTENT_TYPE, "text/plain; charset=utf-8")],
        state.0.schema.sdl(),
    )
        .into_response()
}

fn with_allow(methods: &'static str, media: Media, message: &str) -> Response {
    let mut answer = media.refuse(StatusCode::METHOD_NOT_ALLOWED, error::BAD_REQUEST, message);
    answer
        .headers_mut()
        .insert(header::ALLOW, HeaderValue::from_static(methods));
    answer
}

fn unavailable(media: Media, message: &str) -> Response {
    media.refuse(StatusCode::SERVICE_UNAVAILABLE, error::UNAVAILABLE, message)
}

fn too_many(media: Media) -> Response {
    let mut answer = media.refuse(
        StatusCode::TOO_MANY_REQUESTS,
        error::RATE_LIMITED,
        "Too many requests: try again in a minute.",
    );
    answer
        .headers_mut()
        .insert(header::RETRY_AFTER, HeaderValue::from_static("60"));
    answer
}

/// Whether the body is said to be JSON in UTF-8, and not compressed.
pub fn is_json(headers: &HeaderMap) -> bool {
    if headers.contains_key(header::CONTENT_ENCODING) {
        return false;
    }
    let Some(said) = only(headers, header::CONTENT_TYPE) else {
        return false;
    };
    let said = said.to_ascii_lowercase();
    let mut words = said.split(';').map(str::trim);
    words.next() == Some("application/json")
        && words.all(|word| match word.strip_prefix("charset=") {
            Some(charset) => charset.trim_matches('"') == "utf-8",
            None => true,
        })
}

fn from_body(body: &[u8]) -> Result<Request, &'static str> {
    match serde_json::from_slice(body).map(|Strict(body)| body) {
        Ok(serde_json::Value::Object(fields)) => from_fields(fields),
        Ok(serde_json::Value::Array(_)) => Err("Send one operation at a time."),
        Ok(_) => Err("The body is no JSON object."),
        Err(error) if error.is_data() => Err("The body gives a name twice."),
        Err(_) => Err("The body is no JSON."),
    }
}

fn from_query(query: &str) -> Result<Request, &'static str> {
    let mut fields = Map::new();
    for (name, value) in url::form_urlencoded::parse(query.as_bytes()) {
        let value = match name.as_ref() {
            "query" | "operationName" => json!(value),
            "variables" | "extensions" if value.is_empty() => continue,
            "variables" | "extensions" => {
                let read = serde_json::from_str(&value);
                let Strict(value) = read.map_err(|_| "A parameter is no JSON.")?;
                value
            }
            _ => continue,
        };
        if fields.insert(name.into_owned(), value).is_some() {
            return Err("A parameter is given twice.");
        }
    }
    from_fields(fields)
}

fn from_fields(mut fields: Map<String, serde_json::Value>) -> Result<Request, &'static str> {
    use serde_json::Value as Json;
    let Some(Json::String(query)) = fields.remove("query") else {
        return Err("`query` must be a string.");
    };
    let mut request = Request::new(query);
    match fields.remove("operationName") {
        None | Some(Json::Null) => {}
        Some(Json::String(name)) if name.is_empty() => {}
        Some(Json::String(name)) => request = request.operation_name(name),
        Some(_) => return Err("`operationName` must be a string or null."),
    }
    match fields.remove("variables") {
        None | Some(Json::Null) => {}
        Some(variables @ Json::Object(_)) => {
            request = request.variables(Variables::from_json(variables));
        }
        Some(_) => return Err("`variables` must be an object or null."),
    }
    match fields.remove("extensions") {
        None | Some(Json::Null | Json::Object(_)) => Ok(request),
        Some(_) => Err("`extensions` must be an object or null."),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn negotiated(accept: &str) -> Option<Media> {
        let mut headers = HeaderMap::new();
        headers.insert(header::ACCEPT, accept.parse().expect("a header"));
        Media::negotiate(&headers)
    }

    #[test]
    fn the_answer_is_spelt_as_accepted() {
        assert_eq!(Media::negotiate(&HeaderMap::new()), Some(Media::Json));
        for (accept, expected) in [
            ("*/*", Some(Media::Json)),
            ("application/*", Some(Media::Json)),
            ("application/json", Some(Media::Json)),
            ("application/graphql-response+json", Some(Media::GraphQl)),
            (
                "application/graphql-response+json, application/json;q=0.9",
                Some(Media::GraphQl),
            ),
            (
                "application/graphql-response+json;q=0.1, application/json",
                Some(Media::Json),
            ),
            (
                "application/graphql-response+json; charset=utf-8",
                Some(Media::GraphQl),
            ),
            ("text/html, */*;q=0.1", Some(Media::Json)),
            ("text/html", None),
            ("application/json;q=0", None),
        ] {
            assert_eq!(negotiated(accept), expected, "{accept}");
        }
    }

    #[test]
    fn only_plain_json_in_utf_8_is_read() {
        let is = |content_type: &str| {
            let mut headers = HeaderMap::new();
            headers.insert(
                header::CONTENT_TYPE,
                content_type.parse().expect("a header"),
            );
            is_json(&headers)
        };
        assert!(is("application/json"));
        assert!(is("application/json; charset=UTF-8"));
        assert!(is("application/json;charset=\"utf-8\""));
        for bad in [
            "application/json; charset=gbk",
            "text/plain",
            "multipart/form-data; boundary=x",
            "application/x-www-form-urlencoded",
        ] {
            assert!(!is(bad), "{bad}");
        }
        assert!(!is_json(&HeaderMap::new()));
        let mut twice = HeaderMap::new();
        for content_type in ["application/json", "application/json"] {
            twice.append(
                header::CONTENT_TYPE,
                content_type.parse().expect("a header"),
            );
        }
        assert!(!is_json(&twice));
    }

    #[test]
    fn shapes_are_checked() {
        assert!(from_body(br#"{"query":"{ a }","variables":null,"operationName":null}"#).is_ok());
        for bad in [
            "",
            "[]",
            "1",
            r#"{"query":1}"#,
            r#"{"query":"{ a }","variables":[]}"#,
            r#"{"query":"{ a }","operationName":{}}"#,
            r#"{"query":"{ a }","extensions":"x"}"#,
            r#"{"query":"{ a }","query":"{ b }"}"#,
            r#"{"query":"{ a }","variables":{"input":{"id":1,"id":2}}}"#,
        ] {
            assert!(from_body(bad.as_bytes()).is_err(), "{bad}");
        }
        assert!(from_query("query=%7Ba%7D&variables=%7B%7D").is_ok());
        assert!(from_query("query=a&query=b").is_err());
        assert!(from_query("variables=%7B%7D").is_err());
    }
}
