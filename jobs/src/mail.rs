//! Letters as mails: rendering them, fixing their bytes, and the only transport.

use chrono::NaiveDate;
use chrono_tz::Tz;
use entity::{language::Language, outbox::Kind};
use lettre::message::Mailbox;
use url::Url;

mod letters;
pub mod mime;
pub mod page;
pub mod preview;
#[cfg(feature = "pdf")]
pub mod print;
pub mod transport;

/// Why a letter cannot become a mail.
#[derive(Debug, thiserror::Error)]
pub enum MailError {
    /// The facts do not fit the kind of letter.
    #[error("facts: {0}")]
    Facts(#[from] serde_json::Error),
    /// A template failed.
    #[error("template: {0}")]
    Template(#[from] askama::Error),
    /// An address is none.
    #[error("address: {0}")]
    Address(#[from] lettre::address::AddressError),
    /// The parts do not make a mail.
    #[error("mail: {0}")]
    Message(#[from] lettre::error::Error),
    /// The type of an attachment is none.
    #[error("attachment: {0}")]
    Attachment(#[from] lettre::message::header::ContentTypeErr),
    /// Such letters are written no more.
    #[error("letters of this kind are written no more")]
    OfBefore,
    /// Rendering panicked.
    #[error("rendering panicked")]
    Panic,
}

/// What every mail of this park has in common.
#[derive(Clone, Debug)]
pub struct Sender {
    /// The sender of all letters.
    pub from: Mailbox,
    /// The address people use; links begin with it.
    pub public_url: Url,
    /// The park's time zone.
    pub zone: Tz,
}

/// The words of a letter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rendered {
    /// One line.
    pub subject: String,
    /// The plain part.
    pub text: String,
    /// The HTML part, with the same facts.
    pub html: String,
}

/// In whose place a deputy gets a letter.
#[derive(Clone, Debug)]
pub struct OnBehalf {
    /// The name of the person on leave.
    pub absent: String,
    /// The last day of the leave.
    pub until: NaiveDate,
    /// The deputy's name.
    pub deputy: String,
}

/// To whom a letter goes.
#[derive(Clone, Debug)]
pub struct Recipient {
    /// The name.
    pub name: String,
    /// The mail address.
    pub address: String,
    /// The language.
    pub language: Language,
}

impl Sender {
    /// Puts the facts of a letter into words, for its recipient or for the deputy who gets it.
    pub fn render(
        &self,
        kind: Kind,
        facts: &serde_json::Value,
        language: Language,
        on_behalf: Option<&OnBehalf>,
    ) -> Result<Rendered, MailError> {
        letters::render(self, kind, facts, language, on_behalf)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    pub(super) fn sender() -> Sender {
        Sender {
            from: "qiyue@park.example".parse().unwrap(),
            public_url: "https://qiyue.example/".parse().unwrap(),
            zone: chrono_tz::Asia::Shanghai,
        }
    }

    #[test]
    fn a_digest_groups_its_lines_by_urgency() {
        let words = sender()
            .render(
                Kind::Digest,
                &preview::example(Kind::Digest).unwrap(),
                Language::English,
                None,
            )
            .unwrap();
        assert_eq!(words.subject, "[Late] To do on 2026-10-10: 7 items");
        let (red, yellow) = (words.text.find("■ Overdue"), words.text.find("▲ Due soon"));
        assert!(red.is_some() && red < yellow, "{}", words.text);
        assert!(
            words.text.contains("2 working days overdue"),
            "{}",
            words.text
        );
        assert!(
            words
                .text
                .contains("https://qiyue.example/obligations/example")
        );
        let ending = "valid until 2026-12-09; apply to its issuer for renewal by 2026-10-10";
        assert!(words.text.contains(ending), "{}", words.text);
    }
    #[test]
    fn letters_from_before_are_still_read() {
        let mut facts = preview::example(Kind::Rectification).unwrap();
        for (step, said) in [
            ("CONTACT_OVERDUE", "Please call back and record it now"),
            ("REPLY_OVERDUE", "Please reply now"),
        ] {
            facts["step"] = step.into();
            let words = sender().render(Kind::Rectification, &facts, Language::English, None);
            let text = words.unwrap().text;
            let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
            assert!(text.contains(said), "{text}");
        }
        // What was told without saying so was promised.
        let facts = preview::example(Kind::CriticismDraft).unwrap();
        let mut before = facts.clone();
        for line in before["lines"].as_array_mut().unwrap() {
            assert!(line.as_object_mut().unwrap().remove("is_promise").is_some());
        }
        let text = |facts| {
            let kind = Kind::CriticismDraft;
            let words = sender().render(kind, facts, Language::Chinese, None);
            words.unwrap().text
        };
        assert_eq!(text(&before), text(&facts));
    }
}
