//! Comments on a contract, an obligation or a project. They are a part of its page, `parts/comment.html`; what is written there is sent to
//! `THING/comments`.

use api_door::scalar::Kind;
use axum::{extract::Path, response::Response};

use super::{
    act::{self, Act, Field, send},
    bridge::operation,
    flash::Flash,
    form::{Filled, Form},
    global_id,
    guest::Guest,
    next,
    refusal::Refusal,
    term::*,
    word,
};

operation!(WriteComment in "src/operations/comment.graphql");

/// The inputs of a comment.
const FIELDS: [&str; 2] = ["text", "audience"];

/// How many comments stand on a page.
pub const SHOWN: i64 = 20;

/// The form of a new comment.
pub fn form() -> Form {
    Form::new(&FIELDS)
}

/// Before which comment the address looks back; the newest ones when it does not.
pub fn before(guest: &Guest) -> Option<String> {
    guest.address.some("commentsBefore")
}

/// Whether the enterprise itself looks at it: it reads what is shared, and shares what it writes.
pub fn is_own(guest: &Guest) -> bool {
    guest.viewer.role() == Some(Role::Enterprise)
}

/// Writes a comment about the thing that the address names.
pub async fn write(
    guest: Guest,
    Path(key): Path<String>,
    filled: Filled,
) -> Result<Response, Refusal> {
    let things = guest.address.path().split('/').nth(1);
    let kind = things.and_then(|things| Kind::of_prefix(things.strip_suffix('s')?));
    let about_id = global_id(kind.ok_or(Refusal::NotFound)?, &key)?;
    let page = word::of_id(&about_id);
    let mut f = guest.frame("");
    let title = f.t("留言", "Comment");
    title.clone_into(&mut f.title);
    let mut readers = CommentAudience::choices(&f);
    if is_own(&guest) {
        readers.retain(|(code, _)| code == CommentAudience::Shared.code());
    }
    let mut act = Act {
        form: act::form(&FIELDS, Some(&filled), &[]),
        back: (format!("{page}#comments"), f.t("返回", "Back").to_owned()),
        lead: String::new(),
        fields: vec![
            Field::lines("text", f.t("写留言", "Write a comment"), ""),
            Field::choice("audience", f.t("谁可以看到", "Who reads it"), "", readers),
        ],
        verb: title,
        version: 0,
        f,
    };
    if !act.is_unchosen(&guest, &filled) {
        let input = write_comment::CommentWriteInput {
            about_id: about_id.clone(),
            audience: filled.term("audience")?,
            text: filled.get("text").to_owned(),
            idempotency_key: filled.key(),
        };
        send!(
            guest,
            &filled,
            act.form,
            WriteComment(write_comment::Variables { input }).comment_write
        );
    }
    if act.form.is_refused() {
        return Ok(act.answer(&guest));
    }
    let to = next::way(&guest, &filled, &about_id, act.back.0).await?;
    Ok(guest.done(Flash::Commented, &to))
}
