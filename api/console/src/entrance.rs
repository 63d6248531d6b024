//! The entrance: signing in and out, choosing a password, language, colours and size.

use api_http::{State, session};
use askama::Template;
use axum::{
    extract::{Path, State as FromState},
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use entity::{
    error::{CommandError, Explain},
    language::Language,
    term::Term,
};

use super::{
    bridge::operation,
    flash::Flash,
    form::{Filled, Form, LOST},
    frame::{Frame, Scheme},
    guest::{Guest, LANGUAGE, LARGE, SCHEME, SIZE, page as render},
    refusal::Refusal,
};

operation!(AcceptLink in "src/operations/entrance.graphql");
operation!(RequestPasswordLink in "src/operations/entrance.graphql");

/// How long such a choice is remembered, in seconds.
const A_YEAR: u32 = 31_536_000;

/// What stands before the names of fields that are kept over a sign-in.
const KEPT: &str = "kept:";

#[derive(Template)]
#[template(path = "entrance/sign_in.html")]
struct SignIn {
    f: Frame,
    form: Form,
    next: String,
    kept: Vec<(String, String)>,
    expired: bool,
    sign_ins: Vec<(&'static str, &'static str)>,
    password: &'static str,
}

impl SignIn {
    fn new(guest: &Guest, form: Form, next: &str, kept: Vec<(String, String)>) -> Self {
        let f = guest.frame(match guest.language {
            Language::Chinese => "登录",
            Language::English => "Sign in",
        });
        let demonstration = guest.state.demonstration();
        let sign_ins = demonstration.into_iter().flat_map(|all| &all.sign_ins);
        let sign_ins = sign_ins.map(|(login, role)| (*login, role.word(guest.language)));
        Self {
            f,
            form,
            next: local(next).to_owned(),
            expired: !kept.is_empty(),
            kept,
            sign_ins: sign_ins.collect(),
            password: demonstration.map_or("", |all| all.password),
        }
    }
}

/// A path of our own; the start page for anything else.
fn local(path: &str) -> &str {
    let own = path.starts_with('/')
        && !path.starts_with("//")
        && !path.contains('\\')
        && !path.chars().any(char::is_control);
    if own { path } else { "/" }
}

/// Leads a stranger to the sign-in page, and back from there. Where a part of a page was asked for, the whole page goes there.
pub fn ask(guest: &Guest) -> Response {
    let here = guest.back();
    let to = match here.as_str() {
        "/" => "/sign-in".to_owned(),
        here => {
            let query = url::form_urlencoded::Serializer::new(String::new())
                .append_pair("next", here)
                .finish();
            format!("/sign-in?{query}")
        }
    };
    if guest.headers.contains_key("hx-request") {
        return (StatusCode::UNAUTHORIZED, [("hx-redirect", to)]).into_response();
    }
    guest.lead(&to)
}

/// The sign-in page after a session ended under a form: what was typed is kept in it. What the script saves by itself is no form
/// to be sent again.
pub fn ask_again(guest: &Guest, filled: &Filled) -> Response {
    if guest.headers.contains_key("hx-request") {
        return ask(guest);
    }
    let lost = filled.lost().map(|field| (LOST, field));
    let kept = filled
        .again()
        .chain(lost)
        .map(|(name, value)| (format!("{KEPT}{name}"), value.to_owned()))
        .collect();
    let shown = SignIn::new(guest, Form::new(&["login"]), &filled.path, kept);
    render(StatusCode::UNAUTHORIZED, &shown)
}

/// The sign-in page.
pub async fn page(guest: Guest) -> Response {
    let next = guest.address.get("next");
    if guest.viewer.person().is_some() {
        return guest.lead(local(next));
    }
    let mut form = Form::new(&["login"]);
    form.set("login", guest.address.get("login"));
    guest.show(&SignIn::new(&guest, form, next, Vec::new()))
}

#[derive(Template)]
#[template(path = "entrance/go_on.html")]
struct GoOn {
    f: Frame,
    next: String,
    kept: Vec<(String, String)>,
    typed: Vec<String>,
    /// Whether a file was lost: then the form is gone back to, and nothing is submitted.
    lost: bool,
}

/// Signs in.
pub async fn sign_in(
    guest: Guest,
    FromState(state): FromState<State>,
    filled: Filled,
) -> Result<Response, Refusal> {
    let kept: Vec<(String, String)> = filled
        .again()
        .filter(|(name, _)| name.starts_with(KEPT))
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect();
    let (login, password) = (filled.get("login").to_owned(), filled.exact("password"));
    match session::enter(&state, &guest.headers, guest.peer, login, password).await {
        Ok(entered) => {
            let cookies = entered.cookies();
            let next = local(filled.get("next"));
            if kept.is_empty() {
                return Ok((cookies, guest.lead(next)).into_response());
            }
            let guest = guest.entered(&entered);
            let again: Vec<(String, String)> = kept
                .into_iter()
                .map(|(name, value)| (name.trim_start_matches(KEPT).to_owned(), value))
                .collect();
            let shown = GoOn {
                f: guest.frame(match guest.language {
                    Language::Chinese => "继续提交",
                    Language::English => "Continue",
                }),
                next: next.to_owned(),
                typed: again
                    .iter()
                    .filter(|(name, value)| {
                        !["idempotencyKey", "expectedVersion", LOST].contains(&name.as_str())
                            && !value.trim().is_empty()
                    })
                    .map(|(_, value)| value.trim().to_owned())
                    .collect(),
                lost: again.iter().any(|(name, _)| name == LOST),
                kept: again,
            };
            Ok((cookies, guest.show(&shown)).into_response())
        }
        Err(CommandError::Refused(refusals)) => {
            let mut form = Form::filled(&["login"], &filled);
            for refusal in refusals {
                let message = refusal.code.explain();
                form.refuse_one("", message.in_language(guest.language));
            }
            Ok(guest.refused(&SignIn::new(&guest, form, filled.get("next"), kept)))
        }
        Err(CommandError::Fault(fault)) => {
            tracing::error!(error = %fault, "a sign-in failed");
            Err(Refusal::Internal)
        }
    }
}

/// Signs out.
pub async fn sign_out(
    guest: Guest,
    FromState(state): FromState<State>,
    _filled: Filled,
) -> Result<Response, Refusal> {
    let cookie = session::leave(&state, &guest.headers)
        .await
        .map_err(|_| Refusal::Internal)?;
    let led = guest.done(Flash::SignedOut, "/sign-in");
    let mut answer = led;
    if let Ok(value) = cookie.parse() {
        answer.headers_mut().append(header::SET_COOKIE, value);
    }
    Ok(answer)
}

/// Remembers the language, the colours or the size, and leads back.
pub async fn prefer(guest: Guest, filled: Filled) -> Response {
    let mut answer = guest.lead(local(filled.get("next")));
    let language = Language::ALL
        .into_iter()
        .map(Language::tag)
        .find(|tag| *tag == filled.get("language"));
    let scheme = Scheme::of_code(filled.get("scheme")).map(Scheme::code);
    let size = [LARGE, "usual"]
        .into_iter()
        .find(|size| *size == filled.get("size"));
    for (name, chosen) in [(LANGUAGE, language), (SCHEME, scheme), (SIZE, size)] {
        if let Some(chosen) = chosen
            && let Ok(value) = guest.cookie(name, chosen, A_YEAR).parse()
        {
            answer.headers_mut().append(header::SET_COOKIE, value);
        }
    }
    answer
}

#[derive(Template)]
#[template(path = "entrance/forgotten.html")]
struct Forgotten {
    f: Frame,
    form: Form,
}

fn forgotten_page(guest: &Guest, form: Form) -> Forgotten {
    Forgotten {
        f: guest.frame(match guest.language {
            Language::Chinese => "忘记密码",
            Language::English => "Forgotten password",
        }),
        form,
    }
}

/// Where one asks for a link to a new password.
pub async fn forgotten(guest: Guest) -> Response {
    guest.show(&forgotten_page(&guest, Form::new(&["login"])))
}

/// Sends the link. The answer is the same for names that nobody has.
pub async fn send_link(guest: Guest, filled: Filled) -> Result<Response, Refusal> {
    let input = request_password_link::AccountRequestPasswordLinkInput {
        login: filled.get("login").to_owned(),
    };
    let answer = guest
        .run::<RequestPasswordLink>(request_password_link::Variables { input })
        .await?
        .account_request_password_link;
    let mut form = Form::filled(&["login"], &filled);
    form.refuse(
        answer
            .user_errors
            .into_iter()
            .map(|error| (error.path, error.message)),
    );
    if form.is_refused() {
        return Ok(guest.refused(&forgotten_page(&guest, form)));
    }
    Ok(guest.done(Flash::LinkSent, "/sign-in"))
}

#[derive(Template)]
#[template(path = "entrance/join.html")]
struct Join {
    f: Frame,
    form: Form,
}

fn join_page(guest: &Guest, form: Form) -> Join {
    Join {
        f: guest.frame(match guest.language {
            Language::Chinese => "设置密码",
            Language::English => "Choose a password",
        }),
        form,
    }
}

/// Where the link of an invitation leads. Looking at it changes nothing, so that mail scanners do not burn it.
pub async fn invitation(guest: Guest) -> Response {
    guest.show(&join_page(&guest, Form::new(&["password"])))
}

/// Sets the password.
pub async fn join(
    guest: Guest,
    FromState(state): FromState<State>,
    Path(secret): Path<String>,
    filled: Filled,
) -> Result<Response, Refusal> {
    let mut form = Form::new(&["password"]);
    let password = filled.exact("password");
    if password != filled.exact("repeatPassword") {
        form.refuse_one(
            "repeatPassword",
            match guest.language {
                Language::Chinese => "两次输入的密码不一致，请重新输入。",
                Language::English => "The two passwords differ: enter them again.",
            },
        );
        return Ok(guest.refused(&join_page(&guest, form)));
    }
    // Who had the letter is its owner, so this browser is known from now on.
    let known = state.known_by(&secret);
    let input = accept_link::AccountAcceptLinkInput { secret, password };
    let answer = guest
        .run::<AcceptLink>(accept_link::Variables { input })
        .await?
        .account_accept_link;
    form.refuse(
        answer
            .user_errors
            .into_iter()
            .map(|error| (error.path, error.message)),
    );
    if form.is_refused() {
        return Ok(guest.refused(&join_page(&guest, form)));
    }
    let mut answer = guest.done(Flash::PasswordSet, "/sign-in");
    if let Ok(known) = known.parse() {
        answer.headers_mut().append(header::SET_COOKIE, known);
    }
    Ok(answer)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_is_led_to_our_own_pages_only() {
        assert_eq!(local("/obligations?state=ALL"), "/obligations?state=ALL");
        for foreign in [
            "",
            "https://elsewhere.example",
            "//elsewhere.example",
            "/\\elsewhere.example",
            "/\nx",
        ] {
            assert_eq!(local(foreign), "/", "{foreign}");
        }
    }
}
