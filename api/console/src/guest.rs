//! A guest: who looks at the console, in which language and colours, from where, and what is shown around each page.

use std::{
    fmt::Write,
    ops::Deref,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use api_http::{Peer, RequestId, State, session};
use askama::Template;
use axum::{
    Extension,
    extract::{FromRequestParts, Request, State as FromState},
    http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header, request::Parts},
    middleware::Next,
    response::{Html, IntoResponse, Response},
};
use chrono::{DateTime, Utc};
use entity::{
    id::{new_secret, sha256_hex},
    language::Language,
    permission::{self, Action, Standing},
    viewer::Viewer,
};

use super::{
    asset,
    flash::Flash,
    frame::{Frame, Scheme},
    list::Address,
    many, page_behind,
    refusal::{self, Refusal},
};

/// One request to the console. Handlers take it as an argument.
#[derive(Clone)]
pub struct Guest(Arc<Around>);

/// What is known of a request before its handler runs.
pub struct Around {
    /// What all routes share.
    pub state: State,
    /// The person, reading in the language of this request.
    pub viewer: Viewer,
    /// The language: that of the switch, else of the account, else of the browser.
    pub language: Language,
    /// The colours: those of the switch, else of the device.
    pub scheme: Scheme,
    /// Whether everything is written larger: the choice of the switch.
    pub large: bool,
    /// In how many seconds the session ends if it is not used again.
    pub stays: Option<i64>,
    /// Names the request in the log.
    pub request_id: Arc<str>,
    /// From where it comes.
    pub peer: Peer,
    /// The method.
    pub method: Method,
    /// Path and query.
    pub address: Address,
    /// What was just done, told once.
    pub flash: Option<Flash>,
    /// The headers.
    pub headers: HeaderMap,
    seal: String,
    performed: Arc<Mutex<String>>,
}

impl Deref for Guest {
    type Target = Around;

    fn deref(&self) -> &Around {
        &self.0
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Guest {
    type Rejection = StatusCode;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, StatusCode> {
        let guest = parts.extensions.get::<Self>();
        guest.cloned().ok_or(StatusCode::INTERNAL_SERVER_ERROR)
    }
}

/// The cookie of the language switch.
pub const LANGUAGE: &str = "qiyue-language";
/// The cookie of the colour switch.
pub const SCHEME: &str = "qiyue-scheme";
/// The cookie of the switch for large type.
pub const SIZE: &str = "qiyue-size";
/// How that cookie spells large type.
pub const LARGE: &str = "large";
/// The cookie that tells the next page what was just done.
pub const FLASH: &str = "qiyue-flash";
/// The cookie that seals the forms of people without a session.
const SEAL: &str = "qiyue-seal";

impl Guest {
    /// The guest in the same browser that has just signed in.
    pub fn entered(&self, entered: &session::Entered) -> Self {
        Self(Arc::new(Around {
            viewer: in_language(Viewer::Person(entered.person.clone()), self.language),
            stays: Some(seconds_until(&self.state, entered.ends_at)),
            seal: entered.secret.clone(),
            state: self.state.clone(),
            request_id: self.request_id.clone(),
            method: self.method.clone(),
            address: self.address.clone(),
            headers: self.headers.clone(),
            performed: self.performed.clone(),
            ..*self.0
        }))
    }

    /// Notes an operation that was executed for this page, in the spelling of `Server-Timing`.
    pub fn note(&self, operation: &str, took: Duration) {
        let mut performed = self
            .performed
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        let comma = if performed.is_empty() { "" } else { ", " };
        let milliseconds = took.as_secs_f64() * 1000.0;
        // Writing into a text does not fail.
        let _ = write!(performed, "{comma}{operation};dur={milliseconds:.1}");
    }

    fn performed(&self) -> String {
        self.performed
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    /// Lets those through whose role may do this everywhere; for a page of an act that the API would refuse.
    pub fn require(&self, action: Action) -> Result<(), Refusal> {
        let role = self.viewer.role().ok_or(Refusal::SignIn)?;
        if permission::allows(action, role, Standing::None) {
            Ok(())
        } else {
            Err(Refusal::Forbidden)
        }
    }

    /// What stands around a page with this title.
    pub fn frame(&self, title: &str) -> Frame {
        Frame::new(self, title)
    }

    /// A page.
    pub fn show(&self, shown: &impl Template) -> Response {
        page(StatusCode::OK, shown)
    }

    /// The page of a form that was refused: the reasons stand beside the fields, and the title says so first.
    pub fn refused(&self, shown: &impl Template) -> Response {
        let title = match self.language {
            Language::Chinese => "<title>错误：",
            Language::English => "<title>Error: ",
        };
        rendered(StatusCode::UNPROCESSABLE_ENTITY, shown, |text| {
            text.replacen("<title>", title, 1)
        })
    }

    /// Leads on after something was done, and tells it there.
    pub fn done(&self, flash: Flash, to: &str) -> Response {
        let cookie = self.cookie(FLASH, flash.code(), 60);
        ([(header::SET_COOKIE, cookie)], self.lead(to)).into_response()
    }

    /// Leads to another page.
    pub fn lead(&self, to: &str) -> Response {
        (StatusCode::SEE_OTHER, [(header::LOCATION, to.to_owned())]).into_response()
    }

    /// The page to come back to: this one; for a form that was sent, the page that it came from.
    pub fn back(&self) -> String {
        if self.method == Method::GET {
            return self.address.to_string();
        }
        let path = self.address.path();
        if let Some(list) = many::list_of(path) {
            return self
                .address
                .list(list)
                .map_or(list.to_owned(), |list| list.to_string());
        }
        page_behind(path).to_owned()
    }

    /// The header value that gives the browser a cookie for so many seconds.
    pub fn cookie(&self, name: &str, carried: &str, seconds: u32) -> String {
        let secure = if self.state.is_secure() {
            "; Secure"
        } else {
            ""
        };
        format!("{name}={carried}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Lax{secure}")
    }

    /// Proves that a form comes from a page of this session. Every page has another one, so that compressing it gives nothing away.
    pub fn token(&self) -> String {
        let salt = new_secret();
        let proof = self.proof(&salt);
        format!("{salt}.{proof}")
    }

    /// Whether a form carries a token of this session.
    pub fn is_own(&self, token: &str) -> bool {
        token
            .split_once('.')
            .is_some_and(|(salt, proof)| proof == self.proof(salt))
    }

    /// Names what a page shows that tells this to this reader today: it is another one when anything of it is, also the program or what the
    /// settings say of the park.
    pub fn tag(&self, told: &str) -> String {
        let f = self.frame("");
        let choices = (f.tag(), f.scheme.code(), f.large, f.today);
        let around = (asset::version(), self.state.store().park(), choices);
        let shown = format!("page\n{}\n{}\n{around:?}\n{told}", self.seal, self.address);
        format!("\"{}\"", sha256_hex(shown.as_bytes()))
    }

    fn proof(&self, salt: &str) -> String {
        sha256_hex(format!("form\n{}\n{salt}", self.seal).as_bytes())
    }
}

/// A rendered page.
pub fn page(status: StatusCode, shown: &impl Template) -> Response {
    rendered(status, shown, |text| text)
}

fn rendered(
    status: StatusCode,
    shown: &impl Template,
    finish: impl FnOnce(String) -> String,
) -> Response {
    match shown.render() {
        Ok(text) => (status, Html(finish(text))).into_response(),
        Err(error) => {
            tracing::error!(%error, "a page cannot be rendered");
            Refusal::Internal.into_response()
        }
    }
}

fn seconds_until(state: &State, ends_at: DateTime<Utc>) -> i64 {
    (ends_at - state.store().now()).num_seconds()
}

fn in_language(mut viewer: Viewer, chosen: Language) -> Viewer {
    match &mut viewer {
        Viewer::Person(person) => person.language = chosen,
        Viewer::Anonymous { language } => *language = chosen,
        Viewer::System { .. } => {}
    }
    viewer
}

/// Around every page: who the guest is, and the page that says why when a handler refuses.
pub async fn around(
    FromState(state): FromState<State>,
    Extension(request_id): Extension<RequestId>,
    Extension(peer): Extension<Peer>,
    mut request: Request,
    next: Next,
) -> Response {
    let headers = request.headers().clone();
    let (viewer, ends_at) = match session::viewer_until(&state, &headers).await {
        Ok(known) => known,
        Err(fault) => {
            tracing::warn!(error = %fault, "a session cannot be read");
            (session::nobody(&headers), None)
        }
    };
    let cookie = |name| session::cookie(&headers, name);
    let language = Language::ALL
        .into_iter()
        .find(|language| cookie(LANGUAGE) == Some(language.tag()))
        .unwrap_or(viewer.language());
    let signed_in = viewer.person().is_some();
    let own = session::secret(&state, &headers).filter(|_| signed_in);
    let known = own.or(cookie(SEAL)).map(str::to_owned);
    let new_seal = known.is_none();
    let flash = cookie(FLASH).and_then(Flash::of_code);
    let guest = Guest(Arc::new(Around {
        viewer: in_language(viewer, language),
        language,
        scheme: cookie(SCHEME).and_then(Scheme::of_code).unwrap_or_default(),
        large: cookie(SIZE) == Some(LARGE),
        stays: ends_at.map(|ends_at| seconds_until(&state, ends_at)),
        request_id: request_id.0,
        peer,
        method: request.method().clone(),
        address: Address::of(request.uri()),
        flash,
        seal: known.unwrap_or_else(new_secret),
        headers,
        state,
        performed: Arc::default(),
    }));
    request.extensions_mut().insert(guest.clone());
    let mut answer = next.run(request).await;
    if let Some(refused) = answer.extensions_mut().remove::<Refusal>() {
        answer = refusal::show(&guest, &refused);
    }
    let page = answer
        .headers()
        .get(header::CONTENT_TYPE)
        .is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"));
    let public = answer.headers().get(header::CACHE_CONTROL);
    let public = public.is_some_and(|how| how.as_bytes().starts_with(b"public"));
    let given = answer.headers_mut();
    let mut give = |cookie: String| {
        if let Ok(value) = HeaderValue::from_str(&cookie) {
            given.append(header::SET_COOKIE, value);
        }
    };
    if new_seal && page {
        give(guest.cookie(SEAL, &guest.seal, 86_400));
    }
    if guest.flash.is_some() && page {
        give(guest.cookie(FLASH, "", 0));
    }
    // A developer's tools show which operations a page has cost.
    if signed_in
        && !public
        && let Ok(performed) = HeaderValue::from_str(&guest.performed())
    {
        given.insert(HeaderName::from_static("server-timing"), performed);
    }
    // What a page asks for later prolongs the session, too.
    if let Some(stays) = guest.stays.filter(|_| !public) {
        given.insert(HeaderName::from_static(STAYS), stays.into());
    }
    // What others keep and give on to everybody tells nothing of who has asked.
    if public {
        given.remove(header::SET_COOKIE);
    }
    for (name, value) in GUARDS {
        given.entry(name).or_insert(HeaderValue::from_static(value));
    }
    answer
}

/// The header that tells in how many seconds the session ends.
const STAYS: &str = "session-stays";

/// What a page may do, unless it says otherwise: show and run what this very service serves as a file, and nothing else.
const GUARDS: [(HeaderName, &str); 3] = [
    (
        header::CONTENT_SECURITY_POLICY,
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; \
         frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    ),
    (
        HeaderName::from_static("cross-origin-opener-policy"),
        "same-origin",
    ),
    (
        HeaderName::from_static("permissions-policy"),
        "camera=(), geolocation=(), microphone=()",
    ),
];
