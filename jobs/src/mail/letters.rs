//! The words of each kind of letter: one template per language and part.

use askama::Template;
use entity::{
    language::Language,
    outbox::{
        Kind,
        facts::{self, DigestLine, Urgency},
    },
};
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::{MailError, Rendered, Sender};

/// What templates may use beside the facts.
struct Context {
    base: String,
    until: String,
    language: Language,
    groups: Vec<Group>,
}

/// The lines of a digest that are equally urgent.
struct Group {
    title: &'static str,
    colour: &'static str,
    lines: Vec<DigestLine>,
}

impl Context {
    /// "3 working days left", in the reader's language.
    fn remaining(&self, days: &i32) -> String {
        match (self.language, *days) {
            (Language::Chinese, 0) => "今天到期".to_owned(),
            (Language::Chinese, 1..) => format!("剩余 {days} 个工作日"),
            (Language::Chinese, _) => format!("已超期 {} 个工作日", -days),
            (Language::English, 0) => "due today".to_owned(),
            (Language::English, 1) => "1 working day left".to_owned(),
            (Language::English, 2..) => format!("{days} working days left"),
            (Language::English, -1) => "1 working day overdue".to_owned(),
            (Language::English, _) => format!("{} working days overdue", -days),
        }
    }
}

macro_rules! letter {
    ($module:ident, $facts:ty, $zh_subject:tt $zh_text:tt $zh_html:tt $en_subject:tt $en_text:tt $en_html:tt) => {
        #[allow(
            dead_code,
            reason = "not every part of every letter uses all it is given"
        )]
        mod $module {
            use super::*;

            #[derive(Template)]
            #[template(path = $zh_subject, escape = "none")]
            struct ChineseSubject<'a> {
                f: &'a $facts,
            }

            #[derive(Template)]
            #[template(path = $zh_text, escape = "none")]
            struct ChineseText<'a> {
                f: &'a $facts,
                c: &'a Context,
            }

            #[derive(Template)]
            #[template(path = $zh_html)]
            struct ChineseHtml<'a> {
                f: &'a $facts,
                c: &'a Context,
            }

            #[derive(Template)]
            #[template(path = $en_subject, escape = "none")]
            struct EnglishSubject<'a> {
                f: &'a $facts,
            }

            #[derive(Template)]
            #[template(path = $en_text, escape = "none")]
            struct EnglishText<'a> {
                f: &'a $facts,
                c: &'a Context,
            }

            #[derive(Template)]
            #[template(path = $en_html)]
            struct EnglishHtml<'a> {
                f: &'a $facts,
                c: &'a Context,
            }

            pub(super) fn render(f: &$facts, c: &Context) -> askama::Result<Rendered> {
                Ok(match c.language {
                    Language::Chinese => Rendered {
                        subject: ChineseSubject { f }.render()?,
                        text: ChineseText { f, c }.render()?,
                        html: ChineseHtml { f, c }.render()?,
                    },
                    Language::English => Rendered {
                        subject: EnglishSubject { f }.render()?,
                        text: EnglishText { f, c }.render()?,
                        html: EnglishHtml { f, c }.render()?,
                    },
                })
            }
        }
    };
}

letter!(invitation, facts::Invitation,
"invitation/zh-CN.subject" "invitation/zh-CN.txt" "invitation/zh-CN.html" "invitation/en.subject" "invitation/en.txt" "invitation/en.html");
letter!(password, facts::Password,
"password/zh-CN.subject" "password/zh-CN.txt" "password/zh-CN.html" "password/en.subject" "password/en.txt" "password/en.html");
letter!(digest, facts::Digest,
"digest/zh-CN.subject" "digest/zh-CN.txt" "digest/zh-CN.html" "digest/en.subject" "digest/en.txt" "digest/en.html");
letter!(statutory_overdue, facts::StatutoryOverdue,
"statutory_overdue/zh-CN.subject" "statutory_overdue/zh-CN.txt" "statutory_overdue/zh-CN.html" "statutory_overdue/en.subject" "statutory_overdue/en.txt" "statutory_overdue/en.html");
letter!(contract_expiry, facts::ContractExpiry,
"contract_expiry/zh-CN.subject" "contract_expiry/zh-CN.txt" "contract_expiry/zh-CN.html" "contract_expiry/en.subject" "contract_expiry/en.txt" "contract_expiry/en.html");
letter!(liaison_changed, facts::LiaisonChanged,
"liaison_changed/zh-CN.subject" "liaison_changed/zh-CN.txt" "liaison_changed/zh-CN.html" "liaison_changed/en.subject" "liaison_changed/en.txt" "liaison_changed/en.html");
letter!(calendar_missing, facts::CalendarMissing,
"calendar_missing/zh-CN.subject" "calendar_missing/zh-CN.txt" "calendar_missing/zh-CN.html" "calendar_missing/en.subject" "calendar_missing/en.txt" "calendar_missing/en.html");

pub(super) fn render(
    sender: &Sender,
    kind: Kind,
    facts: &Value,
    language: Language,
) -> Result<Rendered, MailError> {
    let mut context = Context {
        base: sender.public_url.as_str().trim_end_matches('/').to_owned(),
        until: String::new(),
        language,
        groups: Vec::new(),
    };
    let until = |at: chrono::DateTime<chrono::Utc>| {
        at.with_timezone(&sender.zone)
            .format("%Y-%m-%d %H:%M")
            .to_string()
    };
    let rendered = match kind {
        Kind::Invitation => {
            let facts: facts::Invitation = read(facts)?;
            context.until = until(facts.expires_at);
            invitation::render(&facts, &context)
        }
        Kind::Password => {
            let facts: facts::Password = read(facts)?;
            context.until = until(facts.expires_at);
            password::render(&facts, &context)
        }
        Kind::Digest => {
            let facts: facts::Digest = read(facts)?;
            context.groups = groups(&facts, language);
            digest::render(&facts, &context)
        }
        Kind::StatutoryOverdue => statutory_overdue::render(&read(facts)?, &context),
        Kind::ContractExpiry => contract_expiry::render(&read(facts)?, &context),
        Kind::LiaisonChanged => liaison_changed::render(&read(facts)?, &context),
        Kind::CalendarMissing => calendar_missing::render(&read(facts)?, &context),
    };
    Ok(rendered?)
}

fn read<T: DeserializeOwned>(facts: &Value) -> Result<T, MailError> {
    Ok(T::deserialize(facts)?)
}

fn groups(digest: &facts::Digest, language: Language) -> Vec<Group> {
    [
        (
            Urgency::Black,
            "法定超期",
            "Statutory limit passed",
            "#111827",
        ),
        (Urgency::Red, "已超期", "Overdue", "#b91c1c"),
        (
            Urgency::Orange,
            "即将到期",
            "Due within one working day",
            "#c2410c",
        ),
        (Urgency::Yellow, "临近到期", "Soon due", "#a16207"),
    ]
    .into_iter()
    .map(|(urgency, zh, en, colour)| Group {
        title: match language {
            Language::Chinese => zh,
            Language::English => en,
        },
        colour,
        lines: digest
            .lines
            .iter()
            .filter(|line| line.urgency == urgency)
            .cloned()
            .collect(),
    })
    .filter(|group| !group.lines.is_empty())
    .collect()
}
