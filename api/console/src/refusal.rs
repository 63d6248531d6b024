//! Why a page is not shown, and the page that says so instead: what happened, and what to do.

use askama::Template;
use axum::{
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use entity::language::Text;
use serde::Deserialize;

use super::{
    audit::trail::field,
    form::Filled,
    frame::Frame,
    guest::{Guest, page},
    scalar::DateTime,
};

/// Why a page is not shown. A handler lets it pass with `?`; the layer around all pages turns it into a page in the reader's
/// language.
#[derive(Clone, Debug)]
pub enum Refusal {
    /// Nobody has signed in, or the session is over.
    SignIn,
    /// The session was over when a form arrived. What was typed is kept.
    SignInAgain(Box<Filled>),
    /// The role may not do this.
    Forbidden,
    /// It does not exist for this person.
    NotFound,
    /// The link to a form leads nowhere any more, or never did.
    LinkOver,
    /// Something in the address is not understood.
    Address,
    /// Somebody changed it meanwhile.
    Conflict(Box<Overtaken>),
    /// This form was sent before, with other content.
    Sent(Vec<String>),
    /// The browser has signed in meanwhile, in another tab; as this person.
    SignedIn(String),
    /// Too many requests.
    Busy,
    /// The form came from elsewhere, or its page is too old.
    Form,
    /// More was sent than is taken.
    TooLarge,
    /// The database is away.
    Away,
    /// Ours to mend.
    Internal,
}

/// Who was faster, as the API tells it, and what was typed in vain.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Overtaken {
    changed_by: Option<String>,
    changed_at: Option<DateTime>,
    changed_fields: Vec<String>,
    #[serde(skip)]
    typed: Vec<String>,
}

impl Refusal {
    /// The same, with what was typed when it is a conflict, so that it can be copied.
    pub fn with_typed(self, filled: &Filled) -> Self {
        match self {
            Self::Conflict(mut overtaken) => {
                overtaken.typed = filled.typed();
                Self::Conflict(overtaken)
            }
            Self::Sent(_) => Self::Sent(filled.typed()),
            other => other,
        }
    }

    fn status(&self) -> StatusCode {
        match self {
            Self::SignIn => StatusCode::SEE_OTHER,
            Self::SignInAgain(_) => StatusCode::UNAUTHORIZED,
            Self::Forbidden | Self::Form => StatusCode::FORBIDDEN,
            Self::NotFound | Self::LinkOver => StatusCode::NOT_FOUND,
            Self::Address => StatusCode::BAD_REQUEST,
            Self::Conflict(_) | Self::Sent(_) | Self::SignedIn(_) => StatusCode::CONFLICT,
            Self::Busy => StatusCode::TOO_MANY_REQUESTS,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::Away => StatusCode::SERVICE_UNAVAILABLE,
            Self::Internal => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// What happened, and what to do.
    fn texts(&self) -> (Text, Text) {
        let text = |zh: &str, en: &str| Text::new(zh, en);
        match self {
            Self::SignIn | Self::SignInAgain(_) => (
                text("请先登录", "Please sign in"),
                text("登录后即可继续。", "Sign in to continue."),
            ),
            Self::Forbidden => (
                text("您的角色无权查看或办理", "Your role does not allow this"),
                text(
                    "如确有需要，请联系企业服务中心或管理员。",
                    "If you need it, ask the service centre or the administrator.",
                ),
            ),
            Self::NotFound => (
                text("没有这个页面", "Page not found"),
                text(
                    "可能已被删除，或不在您的查看范围内。请检查网址，或从首页重新进入。",
                    "The page may have been removed, or you may not be allowed to see it. Check the address, or go to the start page.",
                ),
            ),
            Self::LinkOver => (
                text("此链接已失效", "This link is no longer valid"),
                text(
                    "贵企业已提交答卷，或本期评议已经截止；也可能网址不完整。",
                    "Your enterprise has already answered, the evaluation has ended, or the address is incomplete.",
                ),
            ),
            Self::Address => (
                text("网址中有无法识别的内容", "Part of this address is invalid"),
                text(
                    "网址可能不完整。请从列表重新筛选。",
                    "The address may be incomplete. Go back to the list and filter again.",
                ),
            ),
            Self::Conflict(_) => (
                text("内容刚刚被他人修改", "Somebody else has just changed this"),
                text(
                    "为避免覆盖他人的修改，您的提交没有保存。请查看最新内容后再办理。",
                    "Your changes were not saved, so that theirs are not lost. View the latest version, then try again.",
                ),
            ),
            Self::Sent(_) => (
                text("此表单已提交过", "This form has already been submitted"),
                text(
                    "第一次提交的内容已经保存，这一次改动的内容没有保存。请查看结果；如需再办，请从新打开的页面填写。",
                    "Your first submission was saved; later changes were not. Check the result; to submit again, reopen the page.",
                ),
            ),
            Self::SignedIn(name) => (
                text("您已登录", "You are already signed in"),
                text(
                    &format!(
                        "本浏览器已在另一个页面以“{name}”的身份登录，可直接使用。如需换用其他账户，请先退出登录。"
                    ),
                    &format!(
                        "This browser is signed in as \u{201c}{name}\u{201d} on another page. You can continue there or here. To use another account, sign out first."
                    ),
                ),
            ),
            Self::Busy => (
                text("请求过于频繁", "Too many requests"),
                text("请一分钟后再试。", "Try again in a minute."),
            ),
            Self::Form => (
                text("表单已失效", "This form is no longer valid"),
                text(
                    "页面停留过久，或表单不是从本系统提交的。请返回上一页刷新后重新提交。",
                    "The page was open for too long, or the form did not come from this site. Go back, reload and submit again.",
                ),
            ),
            Self::TooLarge => (
                text("提交的内容过大", "The upload is too large"),
                text("文件不得超过 20 MB。", "A file may be up to 20 MB."),
            ),
            Self::Away => (
                text(
                    "数据库暂时无法使用",
                    "The database cannot be used at the moment",
                ),
                text(
                    "请稍候片刻再试。提交的内容如未确认，请再次提交。",
                    "Try again in a moment. Anything that was not confirmed must be submitted again.",
                ),
            ),
            Self::Internal => (
                text("系统出错", "Something went wrong on our side"),
                text(
                    "请稍后再试。如再次出现，请把下方编号告诉管理员。",
                    "Try again later. If it happens again, give the administrator the number below.",
                ),
            ),
        }
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let mut answer = self.status().into_response();
        answer.extensions_mut().insert(self);
        answer
    }
}

#[derive(Template)]
#[template(path = "refusal.html")]
struct RefusalPage {
    f: Frame,
    what: String,
    remedy: String,
    overtaken: Option<Overtaken>,
    fields: Vec<String>,
    number: Option<String>,
}

/// The page that says why.
pub fn show(guest: &Guest, refusal: &Refusal) -> Response {
    match refusal {
        Refusal::SignIn => return super::entrance::ask(guest),
        Refusal::SignInAgain(filled) => return super::entrance::ask_again(guest, filled),
        _ => {}
    }
    let (what, remedy) = refusal.texts();
    let (what, remedy) = (
        what.in_language(guest.language).to_owned(),
        remedy.in_language(guest.language).to_owned(),
    );
    let overtaken = match refusal {
        Refusal::Conflict(overtaken) => Some(overtaken.as_ref().clone()),
        Refusal::Sent(typed) => Some(Overtaken {
            typed: typed.clone(),
            ..Overtaken::default()
        }),
        _ => None,
    };
    let mut fields: Vec<String> = overtaken
        .iter()
        .flat_map(|overtaken| &overtaken.changed_fields)
        .filter(|name| *name != "version")
        .map(|name| field(name, guest.language))
        .collect();
    fields.dedup();
    let shown = RefusalPage {
        f: guest.frame(&what),
        what,
        remedy,
        overtaken,
        fields,
        number: matches!(refusal, Refusal::Internal).then(|| guest.request_id.to_string()),
    };
    let mut answer = page(refusal.status(), &shown);
    if matches!(refusal, Refusal::Busy) {
        let wait = HeaderValue::from_static("60");
        answer.headers_mut().insert(header::RETRY_AFTER, wait);
    }
    answer
}
