//! The entrance: signing in and out, choosing a password, language and colours.

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
    form::{Filled, Form},
    frame::{Frame, Scheme},
    notice::Notice,
    refusal::Refusal,
    visit::{LANGUAGE, SCHEME, Visit, page as render},
};

operation!(AcceptLink in "src/operations/entrance.graphql");
operation!(RequestPasswordLink in "src/operations/entrance.graphql");

/// How long a choice of language or colours is remembered, in seconds.
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
    fn new(visit: &Visit, form: Form, next: &str, kept: Vec<(String, String)>) -> Self {
        let f = visit.frame(match visit.language {
            Language::Chinese => "登录",
            Language::English => "Sign in",
        });
        let demonstration = visit.state.demonstration();
        let sign_ins = demonstration.into_iter().flat_map(|all| &all.sign_ins);
        let sign_ins = sign_ins.map(|(login, role)| (*login, role.word(visit.language)));
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

/// Leads a stranger to the sign-in page, and back from there.
pub fn ask(visit: &Visit) -> Response {
    let here = visit.address.to_string();
    if here == "/" {
        return visit.lead("/sign-in");
    }
    let query = url::form_urlencoded::Serializer::new(String::new())
        .append_pair("next", &here)
        .finish();
    visit.lead(&format!("/sign-in?{query}"))
}

/// The sign-in page after a session ended under a form: what was typed is kept in it.
pub fn ask_again(visit: &Visit, filled: &Filled) -> Response {
    let kept = filled
        .again()
        .map(|(name, value)| (format!("{KEPT}{name}"), value.to_owned()))
        .collect();
    let shown = SignIn::new(visit, Form::new(&["login"]), &filled.path, kept);
    render(StatusCode::UNAUTHORIZED, &shown)
}

/// The sign-in page.
pub async fn page(visit: Visit) -> Response {
    let next = visit.address.get("next");
    if visit.viewer.person().is_some() {
        return visit.lead(local(next));
    }
    let mut form = Form::new(&["login"]);
    form.set("login", visit.address.get("login"));
    visit.show(&SignIn::new(&visit, form, next, Vec::new()))
}

#[derive(Template)]
#[template(path = "entrance/go_on.html")]
struct GoOn {
    f: Frame,
    next: String,
    kept: Vec<(String, String)>,
    typed: Vec<String>,
}

/// Signs in.
pub async fn sign_in(
    visit: Visit,
    FromState(state): FromState<State>,
    filled: Filled,
) -> Result<Response, Refusal> {
    let kept: Vec<(String, String)> = filled
        .again()
        .filter(|(name, _)| name.starts_with(KEPT))
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect();
    let (login, password) = (filled.get("login").to_owned(), filled.exact("password"));
    match session::enter(&state, &visit.headers, visit.peer, login, password).await {
        Ok(entered) => {
            let cookies = entered.cookies();
            let next = local(filled.get("next"));
            if kept.is_empty() {
                return Ok((cookies, visit.lead(next)).into_response());
            }
            let visit = visit.entered(&entered);
            let again: Vec<(String, String)> = kept
                .into_iter()
                .map(|(name, value)| (name.trim_start_matches(KEPT).to_owned(), value))
                .collect();
            let shown = GoOn {
                f: visit.frame(match visit.language {
                    Language::Chinese => "继续提交",
                    Language::English => "Go on",
                }),
                next: next.to_owned(),
                typed: again
                    .iter()
                    .filter(|(name, value)| {
                        !["idempotencyKey", "expectedVersion"].contains(&name.as_str())
                            && !value.trim().is_empty()
                    })
                    .map(|(_, value)| value.trim().to_owned())
                    .collect(),
                kept: again,
            };
            Ok((cookies, visit.show(&shown)).into_response())
        }
        Err(CommandError::Refused(refusals)) => {
            let mut form = Form::filled(&["login"], &filled);
            for refusal in refusals {
                let message = refusal.code.explain();
                form.refuse_one("", message.in_language(visit.language));
            }
            Ok(visit.refused(&SignIn::new(&visit, form, filled.get("next"), kept)))
        }
        Err(CommandError::Fault(fault)) => {
            tracing::error!(error = %fault, "a sign-in failed");
            Err(Refusal::Internal)
        }
    }
}

/// Signs out.
pub async fn sign_out(
    visit: Visit,
    FromState(state): FromState<State>,
    _filled: Filled,
) -> Result<Response, Refusal> {
    let cookie = session::leave(&state, &visit.headers)
        .await
        .map_err(|_| Refusal::Internal)?;
    let led = visit.done(Notice::SignedOut, "/sign-in");
    let mut answer = led;
    if let Ok(value) = cookie.parse() {
        answer.headers_mut().append(header::SET_COOKIE, value);
    }
    Ok(answer)
}

/// Remembers the language or the colours, and leads back.
pub async fn prefer(visit: Visit, filled: Filled) -> Response {
    let mut answer = visit.lead(local(filled.get("next")));
    let language = Language::ALL
        .into_iter()
        .map(Language::tag)
        .find(|tag| *tag == filled.get("language"));
    let scheme = Scheme::of_code(filled.get("scheme")).map(Scheme::code);
    for (name, chosen) in [(LANGUAGE, language), (SCHEME, scheme)] {
        if let Some(chosen) = chosen
            && let Ok(value) = visit.cookie(name, chosen, A_YEAR).parse()
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

fn forgotten_page(visit: &Visit, form: Form) -> Forgotten {
    Forgotten {
        f: visit.frame(match visit.language {
            Language::Chinese => "忘记密码",
            Language::English => "Forgotten password",
        }),
        form,
    }
}

/// Where one asks for a link to a new password.
pub async fn forgotten(visit: Visit) -> Response {
    visit.show(&forgotten_page(&visit, Form::new(&["login"])))
}

/// Sends the link. The answer is the same for names that nobody has.
pub async fn send_link(visit: Visit, filled: Filled) -> Result<Response, Refusal> {
    let input = request_password_link::AccountRequestPasswordLinkInput {
        login: filled.get("login").to_owned(),
    };
    let answer = visit
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
        return Ok(visit.refused(&forgotten_page(&visit, form)));
    }
    Ok(visit.done(Notice::LinkSent, "/sign-in"))
}

#[derive(Template)]
#[template(path = "entrance/join.html")]
struct Join {
    f: Frame,
    form: Form,
}

fn join_page(visit: &Visit, form: Form) -> Join {
    Join {
        f: visit.frame(match visit.language {
            Language::Chinese => "设置密码",
            Language::English => "Choose a password",
        }),
        form,
    }
}

/// Where the link of an invitation leads. Looking at it changes nothing, so that mail scanners do not burn it.
pub async fn invitation(visit: Visit) -> Response {
    visit.show(&join_page(&visit, Form::new(&["password"])))
}

/// Sets the password.
pub async fn join(
    visit: Visit,
    FromState(state): FromState<State>,
    Path(secret): Path<String>,
    filled: Filled,
) -> Result<Response, Refusal> {
    let mut form = Form::new(&["password"]);
    let password = filled.exact("password");
    if password != filled.exact("repeatPassword") {
        form.refuse_one(
            "repeatPassword",
            match visit.language {
                Language::Chinese => "两次输入的密码不一致，请重新输入。",
                Language::English => "The two passwords differ: type them again.",
            },
        );
        return Ok(visit.refused(&join_page(&visit, form)));
    }
    // Who had the letter is its owner, so this browser is known from now on.
    let known = state.known_by(&secret);
    let input = accept_link::AccountAcceptLinkInput { secret, password };
    let answer = visit
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
        return Ok(visit.refused(&join_page(&visit, form)));
    }
    let mut answer = visit.done(Notice::PasswordSet, "/sign-in");
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
