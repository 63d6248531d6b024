//! The bytes of a mail: text and HTML with the same facts, its files, one recipient, and headers that no machine answers.
//!
//! Everything is base64, so that no relay on the way rewraps a line, and no line comes near the 998 bytes of RFC 5322.

use base64::{Engine, engine::general_purpose::STANDARD};
use chrono::{DateTime, Utc};
use entity::{
    feed::ical,
    outbox::{self, Kind, attachment},
};
use lettre::{
    Message,
    message::{
        Mailbox, MultiPart, SinglePart,
        header::{
            ContentDisposition, ContentTransferEncoding, ContentType, Header, HeaderName,
            HeaderValue,
        },
    },
};
use url::Url;

use super::{MailError, OnBehalf, Recipient, Sender, letters};

/// What a mail is made of.
#[derive(Clone, Copy, Debug)]
pub struct Mail<'a> {
    /// The letter.
    pub letter: &'a outbox::Model,
    /// To whom it goes.
    pub recipient: &'a Recipient,
    /// Its files. The invitation to a date is none: it is a third form of the text itself, as mail programs expect.
    pub attachments: &'a [attachment::Model],
    /// In whose place the recipient gets it, if in another's.
    pub on_behalf: Option<&'a OnBehalf>,
    /// Where a mail program ends letters of this kind with one POST (RFC 8058); only for kinds one may do without.
    pub unsubscribe: Option<&'a Url>,
    /// The moment at which the bytes are fixed.
    pub now: DateTime<Utc>,
}

impl Sender {
    /// The bytes of a mail.
    ///
    /// # Errors
    /// The facts do not fit the kind of letter, or an address or a type is none. Trying again gives the same error.
    pub fn compose(&self, mail: Mail<'_>) -> Result<Vec<u8>, MailError> {
        let Mail {
            letter, recipient, ..
        } = mail;
        let words = letters::render(
            self,
            letter.kind,
            &letter.facts,
            recipient.language,
            mail.on_behalf,
            recipient.liaison.as_ref(),
        )?;
        let domain = self.from.email.domain().to_owned();
        let to = Mailbox::new(Some(clean(&recipient.name)), recipient.address.parse()?);
        let mut builder = Message::builder()
            .from(self.from.clone())
            .to(to)
            .subject(clean(&words.subject))
            .date(std::time::SystemTime::from(mail.now))
            .message_id(Some(format!("<{}@{domain}>", letter.message_id)))
            .raw_header(header("Auto-Submitted", "auto-generated".to_owned()))
            .raw_header(header("X-Auto-Response-Suppress", "All".to_owned()))
            .raw_header(header("List-Id", list_id(letter.kind, &domain)))
            .raw_header(header(
                "Content-Language",
                recipient.language.tag().to_owned(),
            ));
        if let Some(address) = mail.unsubscribe {
            builder = builder
                .raw_header(header("List-Unsubscribe", format!("<{address}>")))
                .raw_header(header(
                    "List-Unsubscribe-Post",
                    "List-Unsubscribe=One-Click".to_owned(),
                ));
        }
        let mut body = MultiPart::alternative()
            .singlepart(text(ContentType::TEXT_PLAIN, &words.text))
            .singlepart(text(ContentType::TEXT_HTML, &words.html));
        if let Some(date) = letters::date(letter.kind, &letter.facts)? {
            let (method, content) = ical::invitation(
                &date,
                recipient.language,
                &self.public_url,
                ical::Side {
                    name: self.from.name.as_deref().unwrap_or(&domain),
                    address: self.from.email.as_ref(),
                },
                ical::Side {
                    name: &recipient.name,
                    address: &recipient.address,
                },
            );
            let kind = format!("text/calendar; charset=utf-8; method={method}");
            body = body.singlepart(text(ContentType::parse(&kind)?, &content));
        }
        if !mail.attachments.is_empty() {
            let mut mixed = MultiPart::mixed().multipart(body);
            for file in mail.attachments {
                mixed = mixed.singlepart(
                    SinglePart::builder()
                        .header(NamedType::of(file)?)
                        .header(ContentDisposition::attachment(&clean(&file.name)))
                        .header(ContentTransferEncoding::Base64)
                        .body(file.bytes.clone()),
                );
            }
            body = mixed;
        }
        Ok(builder.multipart(body)?.formatted())
    }
}

/// The type of a file with its name. The name proper is that of RFC 2231 in the disposition; many mail programs in use know only an
/// encoded word (RFC 2047) here.
#[derive(Clone)]
struct NamedType {
    kind: String,
    name: String,
}

impl NamedType {
    fn of(file: &attachment::Model) -> Result<Self, MailError> {
        // Refuses what is no type.
        ContentType::parse(&file.content_type)?;
        Ok(Self {
            kind: file.content_type.clone(),
            name: clean(&file.name),
        })
    }

    /// The name in printable ASCII: as it is, or in words of at most 75 characters.
    fn encoded(&self) -> String {
        if self.name.is_ascii() {
            return self.name.replace('\\', "\\\\").replace('"', "\\\"");
        }
        let mut words = vec![String::new()];
        for letter in self.name.chars() {
            if let Some(word) = words.last_mut()
                && word.len() + letter.len_utf8() <= 45
            {
                word.push(letter);
            } else {
                words.push(letter.to_string());
            }
        }
        let words = words
            .iter()
            .map(|word| format!("=?utf-8?b?{}?=", STANDARD.encode(word)));
        words.collect::<Vec<_>>().join("\r\n ")
    }
}

impl Header for NamedType {
    fn name() -> HeaderName {
        HeaderName::new_from_ascii_str("Content-Type")
    }

    fn parse(text: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        let kind = text.to_owned();
        Ok(Self {
            kind,
            name: String::new(),
        })
    }

    fn display(&self) -> HeaderValue {
        let Self { kind, name } = self;
        HeaderValue::dangerous_new_pre_encoded(
            Self::name(),
            format!("{kind}; name=\"{name}\""),
            format!("{kind};\r\n name=\"{}\"", self.encoded()),
        )
    }
}

fn header(name: &'static str, value: String) -> HeaderValue {
    HeaderValue::new(HeaderName::new_from_ascii_str(name), value)
}

/// By this a mail program sorts letters of one kind: `<contract-expiry.qiyue.park.example>`.
fn list_id(kind: Kind, domain: &str) -> String {
    let name = serde_json::to_value(kind).unwrap_or_default();
    let name = name.as_str().unwrap_or_default().to_ascii_lowercase();
    format!("<{}.qiyue.{domain}>", name.replace('_', "-"))
}

fn text(kind: ContentType, body: &str) -> SinglePart {
    SinglePart::builder()
        .header(kind)
        .header(ContentTransferEncoding::Base64)
        .body(network_lines(body))
}

/// A name without control characters: the mail library panics on a line break in it.
fn clean(text: &str) -> String {
    text.chars()
        .map(|each| if each.is_control() { ' ' } else { each })
        .collect::<String>()
        .trim()
        .to_owned()
}

fn network_lines(text: &str) -> String {
    text.replace("\r\n", "\n")
        .replace('\r', "\n")
        .replace('\n', "\r\n")
}

#[cfg(test)]
mod tests {
    use entity::{language::Language, park::Park};
    use serde_json::json;

    use super::{super::preview, *};

    fn letter() -> outbox::Model {
        outbox::Model {
            id: uuid::Uuid::nil(),
            key: "k".to_owned(),
            kind: Kind::CalendarMissing,
            class: outbox::Class::MustNotMiss,
            recipient_id: uuid::Uuid::nil(),
            address: None,
            facts: json!({ "name": "管理员", "year": 2027 }),
            created_at: DateTime::UNIX_EPOCH,
            not_before: DateTime::UNIX_EPOCH,
            not_after: None,
            state: outbox::State::Sending,
            attempts: 0,
            resends: 0,
            first_attempt_at: None,
            next_attempt_at: DateTime::UNIX_EPOCH,
            lease_until: None,
            holder: None,
            phase: None,
            message_id: outbox::rules::message_id("k"),
            frozen: None,
            last_code: None,
            last_text: None,
            sent_at: None,
            escalated_at: None,
            absence_id: None,
            version: 1,
        }
    }

    fn file(position: i32, name: &str, content_type: &str, bytes: &[u8]) -> attachment::Model {
        attachment::Model {
            letter_id: uuid::Uuid::nil(),
            position,
            name: name.to_owned(),
            content_type: content_type.to_owned(),
            bytes: bytes.to_owned(),
        }
    }

    fn composed(name: &str, files: &[attachment::Model], unsubscribe: Option<&Url>) -> String {
        composed_of(&letter(), name, files, unsubscribe)
    }

    fn composed_of(
        letter: &outbox::Model,
        name: &str,
        files: &[attachment::Model],
        unsubscribe: Option<&Url>,
    ) -> String {
        let sender = Sender {
            from: "qiyue@park.example".parse().unwrap(),
            public_url: "https://qiyue.example/".parse().unwrap(),
            park: Park::default(),
            zone: chrono_tz::Asia::Shanghai,
        };
        let recipient = Recipient {
            name: name.to_owned(),
            address: "admin@park.example".to_owned(),
            language: Language::Chinese,
            liaison: None,
        };
        let mail = Mail {
            letter,
            recipient: &recipient,
            attachments: files,
            on_behalf: None,
            unsubscribe,
            now: DateTime::UNIX_EPOCH,
        };
        String::from_utf8(sender.compose(mail).unwrap()).unwrap()
    }

    #[test]
    fn a_mail_has_one_recipient_and_survives_whatever_stands_in_a_name() {
        let long = "很长的名称".repeat(300);
        for name in [
            "专员\r\nBcc: x@y.example",
            "专员\0 03",
            "\u{7}\u{1b}[31m",
            "",
            "\"<x@y.example>, \"",
            long.as_str(),
        ] {
            let mail = composed(name, &[], None);
            let parsed = mail_parser::MessageParser::default().parse(&mail).unwrap();
            let to: Vec<_> = parsed.to().unwrap().iter().collect();
            assert_eq!(to.len(), 1, "{name:?}");
            assert_eq!(to[0].address(), Some("admin@park.example"), "{name:?}");
            assert!(parsed.bcc().is_none() && parsed.cc().is_none());
            assert!(mail.lines().all(|line| line.len() <= 998), "{name:?}");
            assert!(mail.is_ascii(), "{name:?}");
            assert!(!mail.replace("\r\n", "").contains(['\r', '\n']), "{name:?}");
        }
    }

    #[test]
    fn the_headers_of_a_mail_are_those_of_a_machine_that_wants_no_answer() {
        let mail = composed("管理员", &[], None);
        for header in [
            "Auto-Submitted: auto-generated\r\n",
            "X-Auto-Response-Suppress: All\r\n",
            "List-Id: <calendar-missing.qiyue.park.example>\r\n",
            "MIME-Version: 1.0\r\n",
            "Date: Thu, 01 Jan 1970 00:00:00 +0000\r\n",
        ] {
            assert!(mail.contains(header), "{header}{mail}");
        }
        let id = format!("Message-ID: <{}@park.example>\r\n", letter().message_id);
        assert!(mail.contains(&id), "{mail}");
        for absent in [
            "List-Unsubscribe",
            "Return-Receipt",
            "Disposition-Notification-To",
            "Cc:",
        ] {
            assert!(!mail.contains(absent), "{absent}\n{mail}");
        }
        let address = "https://qiyue.example/unsubscribe/abc".parse().unwrap();
        let mail = composed("管理员", &[], Some(&address));
        assert!(mail.contains("List-Unsubscribe: <https://qiyue.example/unsubscribe/abc>\r\n"));
        assert!(mail.contains("List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n"));
    }

    #[test]
    fn the_name_of_a_file_is_told_whatever_stands_in_it() {
        let long = format!("{}.xlsx", "很长的名称".repeat(30));
        for name in [
            "report.pdf",
            "a \"b\" \\c.pdf",
            "月报，一.xlsx",
            long.as_str(),
            "a\r\nX-Evil: 1.pdf",
        ] {
            let mail = composed("管理员", &[file(1, name, "application/pdf", b"x")], None);
            let parsed = mail_parser::MessageParser::default().parse(&mail).unwrap();
            use mail_parser::MimeHeaders;
            let attached = parsed.attachments().next().unwrap();
            assert_eq!(
                attached.attachment_name(),
                Some(clean(name).as_str()),
                "{name:?}"
            );
            let kind = attached.content_type().unwrap();
            let said = kind.attribute("name").unwrap_or_default();
            assert_eq!(said, clean(name), "{name:?}");
            assert!(
                mail.is_ascii() && mail.lines().all(|line| line.len() <= 998),
                "{name:?}"
            );
            assert!(!mail.contains("\nX-Evil"), "{name:?}");
        }
    }

    #[test]
    fn files_are_attached_and_an_invitation_is_a_form_of_the_text() {
        let sheet = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
        let files = [file(1, "周报 2026-W40.xlsx", sheet, b"PK\x03\x04\r\rbytes")];
        let visit = outbox::Model {
            kind: Kind::Visit,
            facts: preview::example(Kind::Visit).unwrap(),
            ..letter()
        };
        let mail = composed_of(&visit, "联系人, 一", &files, None);
        let parsed = mail_parser::MessageParser::default().parse(&mail).unwrap();
        use mail_parser::MimeHeaders;
        let attached: Vec<_> = parsed
            .attachments()
            .filter(|part| part.attachment_name().is_some())
            .collect();
        assert_eq!(attached.len(), 1);
        assert_eq!(attached[0].attachment_name(), Some("周报 2026-W40.xlsx"));
        assert_eq!(attached[0].contents(), b"PK\x03\x04\r\rbytes");
        // Both ways in which mail programs read it.
        let encoded = format!(
            "name=\"=?utf-8?b?{}?=\"",
            STANDARD.encode("周报 2026-W40.xlsx")
        );
        assert!(mail.contains(&encoded), "{mail}");
        assert!(mail.contains("filename*0*=utf-8''"), "{mail}");
        let (mixed, alternative) = (
            mail.find("multipart/mixed").unwrap(),
            mail.find("multipart/alternative").unwrap(),
        );
        let (calendar, sheet) = (
            mail.find("text/calendar; charset=utf-8; method=REQUEST")
                .unwrap(),
            mail.find(sheet).unwrap(),
        );
        assert!(mixed < alternative && alternative < calendar && calendar < sheet);
        let invitation = parsed
            .parts
            .iter()
            .find(|part| part.is_content_type("text", "calendar"))
            .and_then(|part| part.text_contents())
            .unwrap()
            .replace("\r\n ", "");
        for line in [
            "METHOD:REQUEST\r\n",
            "UID:visit-00000000000000000000000000000001@qiyue\r\n",
            "SEQUENCE:1\r\n",
            "DTSTART:20261010T003000Z\r\n",
            "ORGANIZER;CN=park.example:mailto:qiyue@park.example\r\n",
            "ATTENDEE;CN=\"联系人, 一\";",
        ] {
            assert!(invitation.contains(line), "{line}\n{invitation}");
        }
    }
}
