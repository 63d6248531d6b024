//! Letters as mails: rendering them, fixing their bytes, and the only transport.

use chrono_tz::Tz;
use entity::{language::Language, outbox::Kind};
use lettre::message::Mailbox;
use url::Url;

mod letters;
pub mod mime;
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
    /// Puts the facts of a letter into words.
    pub fn render(
        &self,
        kind: Kind,
        facts: &serde_json::Value,
        language: Language,
    ) -> Result<Rendered, MailError> {
        letters::render(self, kind, facts, language)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::{DateTime, NaiveDate};
    use entity::{language::Text, outbox::facts};
    use serde_json::to_value;

    fn sender() -> Sender {
        Sender {
            from: "qiyue@park.example".parse().unwrap(),
            public_url: "https://qiyue.example/".parse().unwrap(),
            zone: chrono_tz::Asia::Shanghai,
        }
    }

    fn fixture(kind: Kind) -> serde_json::Value {
        let name = "专员 03".to_owned();
        let enterprise = "示例<精密>制造有限公司".to_owned();
        let item = Text::new("答复用工需求", "answer a request for staff");
        let why = Text::new("您是该企业的专员", "you are the liaison");
        let day = NaiveDate::from_ymd_opt(2026, 10, 10).unwrap();
        let path = "/go/1".to_owned();
        let line = |urgency, remaining| facts::DigestLine {
            urgency,
            new: remaining < 0,
            enterprise: enterprise.clone(),
            item: item.clone(),
            occasion: "2026-09".to_owned(),
            due_on: day,
            remaining,
            provisional: false,
            why: why.clone(),
            path: path.clone(),
        };
        match kind {
            Kind::Invitation => to_value(facts::Invitation {
                name,
                login: "liaison03@park.example".to_owned(),
                path,
                expires_at: DateTime::UNIX_EPOCH,
            }),
            Kind::Password => to_value(facts::Password {
                name,
                path,
                expires_at: DateTime::UNIX_EPOCH,
            }),
            Kind::Digest => to_value(facts::Digest {
                name,
                date: day,
                late: true,
                lines: vec![
                    line(facts::Urgency::Red, -2),
                    line(facts::Urgency::Orange, 0),
                    line(facts::Urgency::Yellow, 3),
                ],
                left_out: 2,
            }),
            Kind::StatutoryOverdue => to_value(facts::StatutoryOverdue {
                name,
                enterprise,
                item,
                occasion: "2026-09".to_owned(),
                legal_basis: "示例条例第一条".to_owned(),
                due_on: day,
                overdue: 2,
                why,
                path,
            }),
            Kind::ContractExpiry => to_value(facts::ContractExpiry {
                name,
                number: "QY-2026-01".to_owned(),
                enterprise,
                ends_on: day,
                days: 60,
                why,
                path,
            }),
            Kind::LiaisonChanged => to_value(facts::LiaisonChanged {
                name,
                enterprise,
                liaison: "专员 04".to_owned(),
                deputy: None,
                previous: Some("专员 03".to_owned()),
                from: day,
            }),
            Kind::CalendarMissing => to_value(facts::CalendarMissing { name, year: 2027 }),
        }
        .unwrap()
    }

    #[test]
    fn every_letter_renders_in_every_language() {
        for kind in Kind::ALL {
            for language in Language::ALL {
                let words = sender().render(kind, &fixture(kind), language).unwrap();
                assert!(!words.subject.is_empty() && !words.subject.contains('\n'));
                for part in [&words.text, &words.html] {
                    assert!(!part.contains("{{") && !part.contains("{%"), "{part}");
                    assert!(!part.contains("src="), "remote content in {kind:?}");
                }
                assert!(!words.html.contains("<精密>"), "unescaped name in {kind:?}");
                assert!(words.html.contains(language.tag()));
            }
        }
    }

    #[test]
    fn a_digest_groups_its_lines_by_urgency() {
        let words = sender()
            .render(Kind::Digest, &fixture(Kind::Digest), Language::English)
            .unwrap();
        assert_eq!(words.subject, "[Late] To do on 2026-10-10: 3 items");
        let (red, yellow) = (words.text.find("Overdue"), words.text.find("Soon"));
        assert!(red.is_some() && red < yellow, "{}", words.text);
        assert!(
            words.text.contains("2 working days overdue"),
            "{}",
            words.text
        );
        assert!(words.text.contains("https://qiyue.example/go/1"));
    }
}
