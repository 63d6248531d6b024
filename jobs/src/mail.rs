//! Letters as mails: rendering them, fixing their bytes, and the only transport.

use chrono::NaiveDate;
use chrono_tz::Tz;
use entity::{language::Language, outbox::Kind, park::Park, telephone::Telephone};
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
    /// Whose service it is.
    pub park: Park,
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
    /// Who looks after the enterprise of the recipient now, where it is the contact of one.
    pub liaison: Option<Counsel>,
}

/// Whom a contact of an enterprise asks first.
#[derive(Clone, Debug)]
pub struct Counsel {
    /// The name.
    pub name: String,
    /// The number.
    pub telephone: Option<Telephone>,
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
        letters::render(self, kind, facts, language, on_behalf, None)
    }
}

#[cfg(test)]
mod tests {
    use entity::language::Text;

    use super::*;

    pub(super) fn sender() -> Sender {
        Sender {
            from: "qiyue@park.example".parse().unwrap(),
            public_url: "https://qiyue.example/".parse().unwrap(),
            park: Park::default(),
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
    fn an_invitation_says_who_invites_to_what_for_how_long_and_whom_to_ring() {
        let sender = Sender {
            park: Park {
                name: Some(Text::new("示例高新区", "Example Park")),
                hotline: "0000-0000000".parse().ok(),
                record_number: None,
            },
            ..sender()
        };
        let mut facts = preview::example(Kind::Invitation).unwrap();
        let said = |sender: &Sender, facts: &serde_json::Value, language| {
            let words = sender
                .render(Kind::Invitation, facts, language, None)
                .unwrap();
            assert!(words.html.contains("0000-0000000"), "{}", words.html);
            words.text
        };
        for (language, parts) in [
            (
                Language::Chinese,
                [
                    "示例高新区管理员 01邀请您使用企业服务契约平台。",
                    "记录园区与企业签订的服务契约",
                    "链接 72 小时内有效，只能使用一次",
                    "如有疑问，请联系企业服务中心，电话 0000-0000000。",
                ],
            ),
            (
                Language::English,
                [
                    "Example Park, 管理员 01 (Administrator) invites you to use Qiyue.",
                    "It keeps the service contracts between the park and its enterprises",
                    "The link is valid for 72 hours and can be used once",
                    "contact the enterprise service centre, telephone 0000-0000000.",
                ],
            ),
        ] {
            let text = said(&sender, &facts, language);
            for part in parts {
                assert!(text.contains(part), "{part}: {text}");
            }
        }
        // One that was written before inviters were named.
        assert!(facts.as_object_mut().unwrap().remove("inviter").is_some());
        let text = said(&sender, &facts, Language::English);
        assert!(
            text.contains("Example Park invites you to use Qiyue."),
            "{text}"
        );
    }

    #[test]
    fn an_enterprise_is_told_its_liaison_and_the_number() {
        let facts = preview::example(Kind::Visit).unwrap();
        let liaison = Counsel {
            name: "专员 03".to_owned(),
            telephone: "0000-00000003".parse().ok(),
        };
        for (language, part) in [
            (
                Language::Chinese,
                "您的服务专员：专员 03，电话 0000-00000003。如有疑问，请联系服务专员或企业服务中心。",
            ),
            (
                Language::English,
                "Your liaison: 专员 03, telephone 0000-00000003. If you have questions, contact the liaison or the enterprise service centre.",
            ),
        ] {
            let words = letters::render(
                &sender(),
                Kind::Visit,
                &facts,
                language,
                None,
                Some(&liaison),
            );
            let words = words.unwrap();
            assert!(words.text.contains(part), "{}", words.text);
            assert!(words.html.contains("0000-00000003"), "{}", words.html);
        }
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
