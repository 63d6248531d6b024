//! What comes back from the world of mail: reports of letters that were not delivered, and the wish to get no more of a kind.

use axum::{
    Extension,
    extract::{Path, Request, State as FromState},
    http::{HeaderMap, StatusCode, header},
    response::{Html, IntoResponse, Response},
};
use entity::{
    error::Fault,
    language::Text,
    outbox::{self, Kind, commands::sending, rules},
    preference,
    table::Visible,
    viewer::Viewer,
};
use url::form_urlencoded;
use uuid::Uuid;

use super::{Peer, RequestId, State, body, fault, too_many, unread};

/// The largest report; what is larger carries the letter itself and is cut off by the mail server.
pub const LARGEST_BOUNCE: usize = 256 * 1024;

/// Takes a mail that came to the return path of a letter (`mail_bounce_to`), as the mail server there hands it over. Who sends it
/// proves nothing and need not: only a report about a letter whose return path this database has signed changes anything, and
/// everything gets the same answer.
pub async fn bounce(
    FromState(state): FromState<State>,
    Extension(request_id): Extension<RequestId>,
    Extension(peer): Extension<Peer>,
    request: Request,
) -> Response {
    let viewer = Viewer::system("bounce");
    if !state.may_bring_mail(peer) {
        return too_many();
    }
    let mail = match body::whole(&state, &viewer, peer, request, LARGEST_BOUNCE).await {
        Ok(mail) => mail,
        Err(error) => return unread(error),
    };
    let taken = async {
        let key = outbox::repository::mail_state(state.store().db())
            .await?
            .signing_key;
        let Some(bounce) = super::bounce::read(&key, &mail) else {
            return Ok(());
        };
        match sending::bounced(state.store(), bounce.letter, &bounce.text).await {
            Ok(_) | Err(Fault::NotFound) => Ok(()),
            Err(fault) => Err(fault),
        }
    };
    match taken.await {
        Ok(()) => StatusCode::NO_CONTENT.into_response(),
        Err(error) => fault(&error, &viewer, &request_id),
    }
}

/// The largest body of a one-click request.
pub const LARGEST_CLICK: usize = 4 * 1024;

/// Shows what the link of a letter ends, and changes nothing: mail programs and scanners open links by themselves.
pub async fn unsubscribe_page(
    FromState(state): FromState<State>,
    Extension(request_id): Extension<RequestId>,
    Extension(peer): Extension<Peer>,
    Path(token): Path<String>,
) -> Response {
    if !state.may_bring_mail(peer) {
        return too_many();
    }
    let shown = async {
        let letter = letter_of(&state, &token).await?;
        let viewer = Viewer::system("unsubscribe");
        let found = outbox::Entity::one(state.store().db(), &viewer, letter).await?;
        let kind = found.map(|letter| letter.kind);
        kind.filter(|kind| kind.is_optional())
            .ok_or(Fault::NotFound)
    };
    match shown.await {
        Ok(kind) => page(StatusCode::OK, &asked(kind), true),
        Err(error) => unknown(&error, &request_id),
    }
}

/// Ends letters of one kind to one person (RFC 8058): the token in the address proves the wish, so no cookie, no session and no
/// page of ours is asked for, and nothing is redirected.
pub async fn unsubscribe(
    FromState(state): FromState<State>,
    Extension(request_id): Extension<RequestId>,
    Extension(peer): Extension<Peer>,
    Path(token): Path<String>,
    headers: HeaderMap,
    request: Request,
) -> Response {
    if !state.may_bring_mail(peer) {
        return too_many();
    }
    let viewer = Viewer::system("unsubscribe");
    let body = match body::whole(&state, &viewer, peer, request, LARGEST_CLICK).await {
        Ok(body) => body,
        Err(error) => return unread(error),
    };
    if !is_one_click(&headers, &body) {
        let asked = Text::new(
            "请求内容应为 List-Unsubscribe=One-Click。",
            "The body of the request must be List-Unsubscribe=One-Click.",
        );
        return page(StatusCode::BAD_REQUEST, &asked, false);
    }
    let ended = async {
        let letter = letter_of(&state, &token).await?;
        preference::commands::unsubscribe(state.store(), letter).await
    };
    match ended.await {
        Ok(kind) => page(StatusCode::OK, &done(kind), false),
        Err(error) => unknown(&error, &request_id),
    }
}

async fn letter_of(state: &State, token: &str) -> Result<Uuid, Fault> {
    let key = outbox::repository::mail_state(state.store().db())
        .await?
        .signing_key;
    rules::unsubscribed_letter(&key, token).ok_or(Fault::NotFound)
}

/// Whether the body says what RFC 8058 prescribes, in one of the two forms it allows.
fn is_one_click(headers: &HeaderMap, body: &[u8]) -> bool {
    let kind = headers
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default()
        .to_ascii_lowercase();
    if kind.starts_with("multipart/form-data") {
        let text = String::from_utf8_lossy(body);
        return text.contains("name=\"List-Unsubscribe\"")
            && text.contains("\r\n\r\nOne-Click\r\n");
    }
    form_urlencoded::parse(body)
        .any(|(name, value)| name == "List-Unsubscribe" && value == "One-Click")
}

fn asked(kind: Kind) -> Text {
    let label = kind.label();
    Text::new(
        format!("不再接收“{}”邮件？系统内的通知不受影响。", label.zh),
        format!(
            "Stop receiving e-mails of the kind “{}”? Notices in the app are not affected.",
            label.en
        ),
    )
}

fn done(kind: Kind) -> Text {
    let label = kind.label();
    Text::new(
        format!(
            "您不会再收到“{}”邮件。可在系统的个人设置中重新开启。",
            label.zh
        ),
        format!(
            "You will no longer receive e-mails of the kind “{}”. You can switch them on again in your settings.",
            label.en
        ),
    )
}

fn unknown(error: &Fault, request_id: &RequestId) -> Response {
    match error {
        Fault::NotFound => page(
            StatusCode::NOT_FOUND,
            &Text::new(
                "链接无效，或此类邮件不能退订。",
                "This link is not valid, or e-mails of this kind cannot be switched off.",
            ),
            false,
        ),
        _ => fault(error, &Viewer::system("unsubscribe"), request_id),
    }
}

/// A page in both languages, because nobody knows who looks at it; with a button where something can be done.
fn page(status: StatusCode, text: &Text, button: bool) -> Response {
    let form = if button {
        "<form method=\"post\"><button name=\"List-Unsubscribe\" value=\"One-Click\">退订 / Unsubscribe</button></form>"
    } else {
        ""
    };
    let body = format!(
        "<!doctype html><html lang=\"zh-CN\"><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\">\
         <title>契约 / Qiyue</title><p>{}</p><p lang=\"en\">{}</p>{form}</html>",
        text.zh, text.en
    );
    (status, Html(body)).into_response()
}
