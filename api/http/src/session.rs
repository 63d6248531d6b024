//! Signing in and out, and who asks: the session cookie of a browser, or the bearer token of a program.

use std::{net::IpAddr, time::Duration};

use api_door::{error, scalar::Kind as Subject, wait::wait};
use axum::{
    Extension, Json, RequestPartsExt,
    extract::{FromRequestParts, Request, State as FromState},
    http::{HeaderMap, HeaderName, StatusCode, header, request::Parts},
    response::{AppendHeaders, IntoResponse, Response},
};
use chrono::{DateTime, Utc};
use entity::{
    error::{CommandError, Explain, Fault},
    id::new_secret,
    language::Language,
    session::{
        Kind, commands,
        rules::{self, SignInError},
    },
    viewer::{Person, Viewer},
};
use serde::Deserialize;
use serde_json::json;
use tracing::Instrument;

use super::{
    LARGEST_BODY, Peer, RequestId, State, body,
    graphql::{LONGEST, is_json},
    only,
    rate::{Place, group},
    refusal,
};

/// How many passwords are looked at once for one address, unless its browser is known.
pub const SIGN_INS_OF_ADDRESS: usize = 2;

/// How many passwords are looked at once for all browsers that are not known.
pub const SIGN_INS: usize = 16;

/// How long a sign-in waits for its turn.
const PATIENCE: Duration = Duration::from_secs(4);

/// How long a browser is known after a sign-in, in seconds: half a year.
const KNOWN_FOR: u32 = 15_552_000;

/// How the session cookie is called and guarded.
#[derive(Clone, Copy, Debug)]
pub struct Cookie {
    secure: bool,
}

impl Cookie {
    /// The cookie of a service that is reached by TLS, or not.
    pub fn new(secure: bool) -> Self {
        Self { secure }
    }

    /// Its name. The prefix makes browsers refuse it from anybody but this very host over TLS.
    pub fn name(self) -> &'static str {
        if self.secure { "__Host-qiyue" } else { "qiyue" }
    }

    /// Whether browsers send it by TLS alone.
    pub fn is_secure(self) -> bool {
        self.secure
    }

    /// The header value that gives the browser the session.
    pub fn set(self, secret: &str) -> String {
        format!("{}={secret}; {}", self.name(), self.attributes())
    }

    /// The name of the cookie by which a browser is known after its session, too.
    fn known_name(self) -> &'static str {
        if self.secure {
            "__Host-qiyue-known"
        } else {
            "qiyue-known"
        }
    }

    /// The header value by which a browser will be known: it proves nothing and opens nothing, but what others try at an account
    /// from elsewhere does not keep its owner out here.
    pub fn know(self, secret: &str) -> String {
        let (name, attributes) = (self.known_name(), self.attributes());
        format!("{name}={secret}; Max-Age={KNOWN_FOR}; {attributes}")
    }

    /// The header value that takes it away.
    pub fn clear(self) -> String {
        format!("{}=; Max-Age=0; {}", self.name(), self.attributes())
    }

    fn attributes(self) -> &'static str {
        if self.secure {
            "Path=/; HttpOnly; Secure; SameSite=Lax"
        } else {
            "Path=/; HttpOnly; SameSite=Lax"
        }
    }

    /// The secret in the request, if it has exactly one.
    fn read(self, headers: &HeaderMap) -> Option<&str> {
        cookie(headers, self.name())
    }
}

/// What the cookie `name` carries, if the request has exactly one of that name.
pub fn cookie<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let mut found = headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .filter(|(found, _)| *found == name)
        .map(|(_, carried)| carried);
    let carried = found.next()?;
    found.next().is_none().then_some(carried)
}

/// The language of an answer to nobody in particular.
pub fn language(headers: &HeaderMap) -> Language {
    headers
        .get(header::ACCEPT_LANGUAGE)
        .and_then(|value| value.to_str().ok())
        .map(Language::negotiate)
        .unwrap_or_default()
}

/// On whose behalf a request asks.
pub async fn viewer(state: &State, headers: &HeaderMap) -> Result<Viewer, Fault> {
    let (viewer, _) = viewer_until(state, headers).await?;
    Ok(viewer)
}

/// The same, and when the session ends if it is not used again. A browser whose session is over is nobody; a program with a wrong
/// token is told so. A connection to the database that has fallen silent is waited for no longer than for an operation.
pub async fn viewer_until(
    state: &State,
    headers: &HeaderMap,
) -> Result<(Viewer, Option<DateTime<Utc>>), Fault> {
    let (secret, kind) = match (bearer(headers)?, state.0.cookie.read(headers)) {
        (Some(token), _) => (token, Kind::Token),
        (None, Some(secret)) => (secret, Kind::Cookie),
        (None, None) => return Ok((nobody(headers), None)),
    };
    let known = tokio::time::timeout(LONGEST, commands::authenticate(state.store(), secret, kind));
    match known.await.map_err(|_| Fault::unanswered())?? {
        Some((viewer, ends_at)) => Ok((viewer, Some(ends_at))),
        None if kind == Kind::Token => Err(Fault::Unauthenticated),
        None => Ok((nobody(headers), None)),
    }
}

/// Somebody who has signed in and reads a file. Everybody else is answered before the handler runs.
#[derive(Debug)]
pub struct Reader(pub Viewer);

impl FromRequestParts<State> for Reader {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, state: &State) -> Result<Self, Response> {
        let Extension(request_id) = parts
            .extract::<Extension<RequestId>>()
            .await
            .map_err(IntoResponse::into_response)?;
        let Extension(peer) = parts
            .extract::<Extension<Peer>>()
            .await
            .map_err(IntoResponse::into_response)?;
        let viewer = viewer(state, &parts.headers)
            .await
            .map_err(|fault| super::fault(&fault, &nobody(&parts.headers), &request_id))?;
        if !state.may_pass(&viewer, peer, false) {
            return Err(super::too_many());
        }
        if viewer.person().is_none() {
            return Err(super::fault(&Fault::Unauthenticated, &viewer, &request_id));
        }
        Ok(Self(viewer))
    }
}

/// Somebody without a session.
pub fn nobody(headers: &HeaderMap) -> Viewer {
    Viewer::Anonymous {
        language: language(headers),
    }
}

fn bearer(headers: &HeaderMap) -> Result<Option<&str>, Fault> {
    if !headers.contains_key(header::AUTHORIZATION) {
        return Ok(None);
    }
    let (scheme, token) = only(headers, header::AUTHORIZATION)
        .and_then(|said| said.split_once(' '))
        .ok_or(Fault::Unauthenticated)?;
    if scheme.eq_ignore_ascii_case("bearer") {
        Ok(Some(token.trim()))
    } else {
        Err(Fault::Unauthenticated)
    }
}

/// What somebody signs in with.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Credentials {
    login: String,
    password: String,
}

/// Signs a person in and gives the browser its cookie.
pub async fn sign_in(
    FromState(state): FromState<State>,
    Extension(request_id): Extension<RequestId>,
    Extension(peer): Extension<Peer>,
    headers: HeaderMap,
    request: Request,
) -> Response {
    if let Some(refused) = super::refuse_change(&state, &headers, is_json(&headers)) {
        return refused;
    }
    let nobody = nobody(&headers);
    let body = match body::whole(&state, &nobody, peer, request, LARGEST_BODY).await {
        Ok(body) => body,
        Err(unread) => return super::unread(unread),
    };
    let Ok(credentials) = serde_json::from_slice::<Credentials>(&body) else {
        let message = r#"Send {"login": "…", "password": "…"}."#;
        return refusal(StatusCode::BAD_REQUEST, error::BAD_REQUEST, message);
    };
    let outcome = enter(
        &state,
        &headers,
        peer,
        credentials.login,
        credentials.password,
    )
    .await;
    let language = nobody.language();
    match outcome {
        Ok(entered) => {
            let person = &entered.person;
            let body = json!({"viewer": {
                "id": Subject::Account.id(person.account_id).as_str(),
                "name": person.name,
                "role": person.role,
                "language": person.language,
            }});
            (entered.cookies(), Json(body)).into_response()
        }
        Err(CommandError::Refused(refusals)) => {
            let wait = refusals.iter().find_map(|refusal| match refusal.code {
                SignInError::TooManyAttempts { retry_after } => Some(retry_after),
                SignInError::Queue => Some(5),
                SignInError::WrongCredentials => None,
            });
            let (status, code) = match wait {
                Some(_) => (StatusCode::TOO_MANY_REQUESTS, "TOO_MANY_ATTEMPTS"),
                None => (StatusCode::UNAUTHORIZED, "WRONG_CREDENTIALS"),
            };
            let errors: Vec<_> = refusals
                .iter()
                .map(|refusal| {
                    let message = refusal.code.explain();
                    json!({
                        "code": code,
                        "path": refusal.path,
                        "message": message.in_language(language),
                    })
                })
                .collect();
            let mut answer = (status, Json(json!({ "userErrors": errors }))).into_response();
            if let Some(wait) = wait {
                answer
                    .headers_mut()
                    .insert(header::RETRY_AFTER, wait.into());
            }
            answer
        }
        Err(CommandError::Fault(fault)) => super::fault(&fault, &nobody, &request_id),
    }
}

/// A person who has just signed in by a browser.
#[derive(Debug)]
pub struct Entered {
    /// Who it is.
    pub person: Person,
    /// What the cookie carries from now on.
    pub secret: String,
    /// When the session ends if it is not used again.
    pub ends_at: DateTime<Utc>,
    /// The header value that gives the browser its cookie.
    cookie: String,
    /// That by which it will be known.
    known: String,
}

impl Entered {
    /// The headers that give the browser its cookies.
    pub fn cookies(&self) -> AppendHeaders<[(HeaderName, String); 2]> {
        AppendHeaders([
            (header::SET_COOKIE, self.cookie.clone()),
            (header::SET_COOKIE, self.known.clone()),
        ])
    }
}

/// Signs a person in: what the route above and the console's page share.
pub async fn enter(
    state: &State,
    headers: &HeaderMap,
    peer: Peer,
    login: String,
    password: String,
) -> Result<Entered, CommandError<SignInError>> {
    let known = cookie(headers, state.0.cookie.known_name());
    let browser = known.map_or_else(new_secret, str::to_owned);
    let _turn = turn(state, peer, &login, known).await?;
    let input = commands::SignIn {
        login,
        password,
        browser: browser.clone(),
        // Without rates everybody comes from this machine.
        address: peer.0.filter(|_| state.0.rates.is_some()).map(counted),
        user_agent: headers
            .get(header::USER_AGENT)
            .and_then(|value| value.to_str().ok())
            .map(str::to_owned),
    };
    let (store, asker) = (state.store().clone(), nobody(headers));
    let running = async move { commands::sign_in(&store, &asker, input).await }.in_current_span();
    let signed_in = tokio::spawn(running)
        .await
        .unwrap_or_else(|error| Err(Fault::Internal(error.to_string()).into()));
    match &signed_in {
        Ok(_) => state.meters().signed_in(None),
        Err(CommandError::Refused(refusals)) => {
            let first = refusals.iter().next();
            state.meters().signed_in(first.map(|refusal| &refusal.code));
        }
        Err(CommandError::Fault(_)) => {}
    }
    let signed_in = signed_in?;
    Ok(Entered {
        person: signed_in.account.person(),
        cookie: state.0.cookie.set(&signed_in.secret),
        known: state.0.cookie.know(&browser),
        ends_at: rules::ends_at(&signed_in.session, signed_in.account.role),
        secret: signed_in.secret,
    })
}

/// As what wrong passwords from an address are counted: a household of addresses counts as one.
fn counted(address: IpAddr) -> String {
    group(address).to_string()
}

/// The turn of a sign-in among those from its address: many wrong passwords from there make all slower and keep nobody out for
/// good. A browser that the account knows needs none.
async fn turn(
    state: &State,
    peer: Peer,
    login: &str,
    known: Option<&str>,
) -> Result<Option<Place>, CommandError<SignInError>> {
    if state.0.rates.is_none() {
        return Ok(None);
    }
    if let Some(browser) = known
        && commands::knows(state.store(), login, browser).await?
    {
        return Ok(None);
    }
    let turn = state.0.sign_ins.take(peer.group(), PATIENCE).await;
    let Some(turn) = turn else {
        let refused = SignInError::Queue;
        state.meters().signed_in(Some(&refused));
        return Err(CommandError::refused(&[], refused));
    };
    if let Some(address) = peer.0
        && let Some(pause) = commands::pause(state.store(), &counted(address)).await?
    {
        wait(pause).await;
    }
    Ok(Some(turn))
}

/// Signs the browser's person out.
pub async fn sign_out(
    FromState(state): FromState<State>,
    Extension(request_id): Extension<RequestId>,
    headers: HeaderMap,
) -> Response {
    if let Some(refused) = super::refuse_change(&state, &headers, true) {
        return refused;
    }
    match leave(&state, &headers).await {
        Ok(cookie) => (StatusCode::NO_CONTENT, [(header::SET_COOKIE, cookie)]).into_response(),
        Err(fault) => super::fault(&fault, &nobody(&headers), &request_id),
    }
}

/// Ends the browser's session, if it has one, and gives the header value that takes its cookie away.
pub async fn leave(state: &State, headers: &HeaderMap) -> Result<String, Fault> {
    if let Some(secret) = secret(state, headers).map(str::to_owned) {
        let (store, asker) = (state.store().clone(), viewer(state, headers).await?);
        let running = async move { commands::sign_out(&store, &asker, &secret).await };
        tokio::spawn(running.in_current_span())
            .await
            .unwrap_or_else(|error| Err(Fault::Internal(error.to_string())))?;
    }
    Ok(state.0.cookie.clear())
}

/// What the browser's session cookie carries.
pub fn secret<'a>(state: &State, headers: &'a HeaderMap) -> Option<&'a str> {
    state.0.cookie.read(headers)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wrong_passwords_are_counted_by_household() {
        let counted = |address: &str| counted(address.parse().expect("an address"));
        assert_eq!(counted("2001:db8::1"), counted("2001:db8::ffff:1"));
        assert_ne!(counted("2001:db8::1"), counted("2001:db8:0:1::1"));
        assert_eq!(counted("::ffff:192.0.2.1"), "192.0.2.1");
        assert_ne!(counted("192.0.2.1"), counted("192.0.2.2"));
    }
}
