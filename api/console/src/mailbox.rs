//! The local mailbox: where no mail relay is set, letters lie in a folder, and these pages show them as their readers would see
//! them. In the demonstration everybody looks, in development the administrator; a service that people reach from elsewhere has
//! no such pages.

use std::{fs, path::Path};

use askama::Template;
use axum::{
    extract::Path as Given,
    http::header,
    response::{Html, IntoResponse, Response},
};
use entity::viewer::Role as ViewerRole;
use mail_parser::{Message, MessageParser, MimeHeaders};

use super::{frame::Frame, guest::Guest, refusal::Refusal, scalar::DateTime};

/// How many letters are listed, the newest first.
const MOST: usize = 100;

/// A letter lies sealed in its frame: it may show its own words and open its links in a window of their own, and nothing else.
const SEAL: &str = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'none'; frame-ancestors 'self'; \
                    sandbox allow-popups allow-popups-to-escape-sandbox";

/// A letter in the list.
#[derive(Clone, Debug)]
struct Line {
    /// The name of its file, without the ending.
    name: String,
    from: String,
    to: String,
    subject: String,
    at: Option<DateTime>,
    attachments: usize,
}

/// The whole of one letter.
#[derive(Clone, Debug)]
struct Whole {
    line: Line,
    message_id: String,
    text: String,
    html: String,
    headers: String,
    files: Vec<Attachment>,
}

#[derive(Clone, Debug)]
struct Attachment {
    number: usize,
    name: String,
    kind: String,
    size: i64,
    bytes: Vec<u8>,
}

fn addresses(list: Option<&mail_parser::Address<'_>>) -> String {
    let all = list.into_iter().flat_map(mail_parser::Address::iter);
    let all: Vec<String> = all
        .map(|one| match (one.name(), one.address()) {
            (Some(name), Some(address)) => format!("{name} <{address}>"),
            (name, address) => name.or(address).unwrap_or_default().to_owned(),
        })
        .collect();
    all.join(", ")
}

fn line(name: &str, message: &Message<'_>) -> Line {
    Line {
        name: name.to_owned(),
        from: addresses(message.from()),
        to: addresses(message.to()),
        subject: message.subject().unwrap_or_default().to_owned(),
        at: message
            .date()
            .and_then(|date| DateTime::from_timestamp(date.to_timestamp(), 0)),
        attachments: message.attachment_count(),
    }
}

/// The newest letters of a folder. Their names begin with the moment of writing.
fn listed(folder: &Path) -> (Vec<Line>, usize) {
    let mut names: Vec<String> = fs::read_dir(folder)
        .into_iter()
        .flatten()
        .flatten()
        .filter_map(|entry| Some(entry.file_name().to_str()?.strip_suffix(".eml")?.to_owned()))
        .collect();
    names.sort_unstable_by(|a, b| b.cmp(a));
    let total = names.len();
    names.truncate(MOST);
    let read = |name: &String| {
        let bytes = fs::read(folder.join(format!("{name}.eml"))).ok()?;
        let message = MessageParser::default().parse(&bytes)?;
        Some(line(name, &message))
    };
    (names.iter().filter_map(read).collect(), total)
}

/// One letter of a folder. Its name is one word, so that it leads nowhere else.
fn whole(folder: &Path, name: &str) -> Option<Whole> {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_.@+".contains(c);
    if name.is_empty() || name.starts_with('.') || !name.chars().all(plain) {
        return None;
    }
    let bytes = fs::read(folder.join(format!("{name}.eml"))).ok()?;
    let message = MessageParser::default().parse(&bytes)?;
    let headers: Vec<String> = message
        .headers_raw()
        .map(|(name, value)| format!("{name}: {}", value.trim()))
        .collect();
    Some(Whole {
        line: line(name, &message),
        message_id: message.message_id().unwrap_or_default().to_owned(),
        text: message.body_text(0).unwrap_or_default().into_owned(),
        html: message.body_html(0).unwrap_or_default().into_owned(),
        headers: headers.join("\n"),
        files: (0..)
            .zip(message.attachments())
            .map(|(number, part)| Attachment {
                number,
                name: part
                    .attachment_name()
                    .unwrap_or(if part.is_content_type("text", "calendar") {
                        "invitation.ics"
                    } else {
                        "letter"
                    })
                    .to_owned(),
                kind: part
                    .content_type()
                    .map_or_else(String::new, |kind| match kind.subtype() {
                        Some(subtype) => format!("{}/{subtype}", kind.ctype()),
                        None => kind.ctype().to_owned(),
                    }),
                size: i64::try_from(part.contents().len()).unwrap_or(i64::MAX),
                bytes: part.contents().to_vec(),
            })
            .collect(),
    })
}

/// Whether a person of this role may look into the local mailbox, where there is one.
pub fn may_look(guest: &Guest, role: ViewerRole) -> bool {
    let state = &guest.state;
    state.mailbox().is_some() && (state.demonstration().is_some() || role == ViewerRole::Admin)
}

/// Looks into the folder for this person.
async fn look<T: Send + 'static>(
    guest: &Guest,
    read: impl FnOnce(&Path) -> T + Send + 'static,
) -> Result<T, Refusal> {
    let person = guest.viewer.person().ok_or(Refusal::SignIn)?;
    let folder = guest.state.mailbox().ok_or(Refusal::NotFound)?.to_owned();
    if !may_look(guest, person.role) {
        return Err(Refusal::NotFound);
    }
    tokio::task::spawn_blocking(move || read(&folder))
        .await
        .map_err(|_| Refusal::Internal)
}

#[derive(Template)]
#[template(path = "mailbox/list.html")]
struct ListShown {
    f: Frame,
    rows: Vec<Line>,
    total: i64,
}

fn title(guest: &Guest) -> Frame {
    let mut f = guest.frame("");
    f.title = f.t("本地邮箱", "Local mailbox").to_owned();
    f
}

/// The newest letters; those to one address where the page's own address names it.
pub async fn list(guest: Guest) -> Result<Response, Refusal> {
    let to = guest.address.get("to").to_lowercase();
    let (mut rows, total) = look(&guest, listed).await?;
    rows.retain(|row| to.is_empty() || row.to.to_lowercase().contains(&to));
    Ok(guest.show(&ListShown {
        f: title(&guest),
        rows,
        total: i64::try_from(total).unwrap_or(i64::MAX),
    }))
}

#[derive(Template)]
#[template(path = "mailbox/page.html")]
struct PageShown {
    f: Frame,
    it: Whole,
}

async fn found(guest: &Guest, name: String) -> Result<Whole, Refusal> {
    let found = look(guest, move |folder| whole(folder, &name)).await?;
    found.ok_or(Refusal::NotFound)
}

/// One letter.
pub async fn page(guest: Guest, Given(name): Given<String>) -> Result<Response, Refusal> {
    let it = found(&guest, name).await?;
    let mut f = guest.frame(&it.line.subject);
    if f.title.is_empty() {
        f.title = f.t("（无主题）", "(no subject)").to_owned();
    }
    Ok(guest.show(&PageShown { f, it }))
}

/// The HTML part, for the frame on the letter's page.
pub async fn html(guest: Guest, Given(name): Given<String>) -> Result<Response, Refusal> {
    let it = found(&guest, name).await?;
    // Links open beside the console, not inside the frame.
    let shown = it
        .html
        .replacen("<head>", "<head><base target=\"_blank\">", 1);
    let guards = [
        (header::CONTENT_SECURITY_POLICY, SEAL),
        (header::X_FRAME_OPTIONS, "SAMEORIGIN"),
    ];
    Ok((guards, Html(shown)).into_response())
}

/// A file that came with a letter, to be saved.
pub async fn file(
    guest: Guest,
    Given((name, number)): Given<(String, usize)>,
) -> Result<Response, Refusal> {
    let it = found(&guest, name).await?;
    let mut files = it.files.into_iter();
    let file = files
        .find(|file| file.number == number)
        .ok_or(Refusal::NotFound)?;
    let name: String = url::form_urlencoded::byte_serialize(file.name.as_bytes()).collect();
    let name = name.replace('+', "%20");
    Ok((
        [
            (header::CONTENT_TYPE, "application/octet-stream".to_owned()),
            (
                header::CONTENT_DISPOSITION,
                format!("attachment; filename*=UTF-8''{name}"),
            ),
        ],
        file.bytes,
    )
        .into_response())
}

#[cfg(test)]
mod tests {
    use super::*;

    const LETTER: &str = "From: Qiyue <qiyue@park.example>\r\nTo: liaison01@park.example\r\nSubject: \
                          =?utf-8?B?5pel5riF5Y2V?=\r\nDate: Wed, 30 Sep 2026 08:00:00 +0800\r\nMIME-Version: 1.0\r\n\
                          Content-Type: text/html; charset=utf-8\r\n\r\n<html><head></head><body>hello</body></html>\r\n";

    #[test]
    fn the_newest_letter_stands_first_and_is_read_whole() {
        let folder = tempfile::tempdir().expect("a folder");
        for name in ["20260929-a", "20260930-b"] {
            fs::write(folder.path().join(format!("{name}.eml")), LETTER).expect("written");
        }
        fs::write(folder.path().join("20260930-c.part"), LETTER).expect("written");
        let (rows, total) = listed(folder.path());
        assert_eq!(total, 2);
        assert_eq!(rows[0].name, "20260930-b");
        assert_eq!(rows[0].subject, "日清单");
        let it = whole(folder.path(), "20260930-b").expect("a letter");
        assert!(it.html.contains("hello") && it.headers.contains("To:"));
    }

    #[test]
    fn a_name_leads_out_of_no_folder() {
        let outside = tempfile::tempdir().expect("a folder");
        fs::write(outside.path().join("secret.eml"), LETTER).expect("written");
        let folder = outside.path().join("mailbox");
        fs::create_dir(&folder).expect("a folder");
        for name in ["../secret", "..", ".", "", "a/../../secret", "secret\0"] {
            assert!(whole(&folder, name).is_none(), "{name}");
        }
    }
}
