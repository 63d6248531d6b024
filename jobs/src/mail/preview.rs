//! Every letter with invented facts, for those who look after their words and their looks.

use std::{io, path::Path};

use chrono::{DateTime, NaiveDate, Utc};
use entity::{
    language::{Language, Text},
    outbox::Kind,
};
use serde_json::Value;

use super::{MailError, Sender};

mod account;
mod calendar;
mod case;
mod digest;
mod evaluation;
mod late;
mod liaison;
mod limit;
mod overdue;
mod owed;
mod public;
mod rectification;
mod report;
mod silence;
mod system;
mod visit;

/// Why the previews cannot be written.
#[derive(Debug, thiserror::Error)]
pub enum PreviewError {
    /// A letter cannot be put into words.
    #[error(transparent)]
    Mail(#[from] MailError),
    /// The folder cannot be written to.
    #[error(transparent)]
    File(#[from] io::Error),
}

/// Writes both parts of every letter in every language into `folder`, and says how many files it has written.
pub fn write_all(sender: &Sender, folder: &Path) -> Result<usize, PreviewError> {
    std::fs::create_dir_all(folder)?;
    let mut written = 0;
    for kind in Kind::ALL.into_iter().filter(|kind| kind.is_written()) {
        for language in Language::ALL {
            let words = sender.render(kind, &example(kind)?, language, None)?;
            let name = format!("{}.{}", kind.name(), language.tag());
            std::fs::write(folder.join(format!("{name}.html")), &words.html)?;
            let text = format!("{}\n\n{}", words.subject, words.text);
            std::fs::write(folder.join(format!("{name}.txt")), text)?;
            written += 2;
        }
    }
    Ok(written)
}

/// What most letters need, about people and firms that do not exist.
struct Invented {
    name: String,
    enterprise: String,
    item: Text,
    why: Text,
    day: NaiveDate,
    moment: DateTime<Utc>,
    path: String,
}

fn invented() -> Invented {
    let day = NaiveDate::from_ymd_opt(2026, 10, 10).unwrap_or_default();
    Invented {
        name: "专员 03".to_owned(),
        enterprise: "示例<精密>制造有限公司".to_owned(),
        item: Text::new("答复用工需求", "answer a request for staff"),
        why: Text::new(
            "您是该企业的服务专员",
            "you are the liaison of the enterprise",
        ),
        day,
        moment: day.and_hms_opt(0, 30, 0).unwrap_or_default().and_utc(),
        path: "/obligations/example".to_owned(),
    }
}

/// Facts of a letter of this kind about people and firms that do not exist.
pub fn example(kind: Kind) -> Result<Value, MailError> {
    let it = invented();
    let facts = match kind {
        Kind::Invitation => put(account::invitation(it)),
        Kind::Password => put(account::password(it)),
        Kind::Digest => put(digest::digest(it)),
        Kind::StatutoryOverdue => put(overdue::statutory_overdue(it)),
        Kind::ContractExpiry | Kind::PermitExpiry => return Err(MailError::OfBefore),
        Kind::LiaisonChanged => put(liaison::liaison_changed(it)),
        Kind::CalendarMissing => put(calendar::calendar_missing(it)),
        Kind::WeeklyBrief => put(report::report(entity::report::Kind::WeeklyBrief, it)),
        Kind::MonthlyBulletin => put(report::report(entity::report::Kind::MonthlyBulletin, it)),
        Kind::QuarterlyReport => put(report::report(entity::report::Kind::QuarterlyReport, it)),
        Kind::EnterpriseProgress => {
            put(report::report(entity::report::Kind::EnterpriseProgress, it))
        }
        Kind::LastDay => put(digest::last_day(it)),
        Kind::Chase => put(digest::chase(it)),
        Kind::SupervisionOrder => put(overdue::supervision_order(it)),
        Kind::DeputyNamed => put(liaison::deputy_named(it)),
        Kind::Undelivered => put(system::undelivered(it)),
        Kind::EvaluationInvitation => put(evaluation::evaluation_invitation(it)),
        Kind::EvaluationResult => put(evaluation::evaluation_result(it)),
        Kind::JobFailed => put(system::job_failed(it)),
        Kind::Visit => put(visit::visit(it)),
        Kind::ClockJumped => put(system::clock_jumped(it)),
        Kind::SealForgotten => put(system::seal_forgotten(it)),
        Kind::MailBouncing => put(system::mail_bouncing(it)),
        Kind::Rectification => put(rectification::rectification(it)),
        Kind::RateAgain => put(rectification::rate_again(it)),
        Kind::ObligationOpened => put(owed::obligation_opened(it)),
        Kind::DueDatesMoved => put(owed::due_dates_moved(it)),
        Kind::CriticismDraft => put(late::criticism_draft(it)),
        Kind::RedList => put(late::red_list(it)),
        Kind::PublicReport => put(public::public_report(it)),
        Kind::LimitChanged => put(limit::limit_changed(it)),
        Kind::Case => put(case::case(it)),
        Kind::SilenceWarning => put(silence::silence_warning(it)),
        Kind::SilentDecision => put(silence::silent_decision(it)),
        Kind::SilenceIncident => put(silence::silence_incident(it)),
    };
    Ok(facts?)
}

fn put(facts: impl serde::Serialize) -> serde_json::Result<Value> {
    serde_json::to_value(facts)
}

#[cfg(test)]
mod tests {
    use entity::{deadline::rules::Light, term::Term};

    use super::*;
    use crate::mail::{OnBehalf, page::lamp, tests::sender};

    #[test]
    fn every_letter_says_the_same_in_both_parts_of_every_language() {
        let deputy = OnBehalf {
            absent: "专员 03".to_owned(),
            until: NaiveDate::from_ymd_opt(2026, 10, 20).unwrap(),
            deputy: "专员 04".to_owned(),
        };
        for kind in Kind::ALL.into_iter().filter(|kind| kind.is_written()) {
            for language in Language::ALL {
                for on_behalf in [None, Some(&deputy)] {
                    let facts = example(kind).unwrap();
                    let words = sender().render(kind, &facts, language, on_behalf).unwrap();
                    let case = format!("{kind:?} {language:?} {on_behalf:?}");
                    assert!(
                        !words.subject.is_empty() && !words.subject.contains('\n'),
                        "{case}"
                    );
                    assert!(
                        words.subject.chars().count() <= 78,
                        "{case}: {}",
                        words.subject
                    );
                    for part in [&words.text, &words.html] {
                        assert!(!part.contains("{{") && !part.contains("{%"), "{part}");
                        assert!(part.lines().all(|line| line.len() <= 4000), "{case}");
                    }
                    assert!(!words.text.contains("\n\n\n"), "{}", words.text);
                    assert!(!words.html.contains("<精密>"), "unescaped name in {case}");
                    assert!(
                        words
                            .html
                            .contains(&format!("<html lang=\"{}\"", language.tag()))
                    );
                    assert!(words.html.len() < 90_000, "some programs cut {case}");
                    for remote in ["src=", "<link", "url(", "@import", "<script"] {
                        assert!(!words.html.contains(remote), "remote content in {case}");
                    }
                    let (text, html) = (bare(&words.text), bare(&visible(&words.html)));
                    for line in words.text.lines().filter(|line| !line.trim().is_empty()) {
                        for word in parts(line) {
                            assert!(html.contains(&word), "{case}: {word} only in the text");
                        }
                    }
                    for word in visible(&words.html).lines().map(bare) {
                        assert!(
                            text.contains(&word)
                                || bare(&words.subject).contains(&word)
                                || is_heading(&word),
                            "{case}: {word} only in the HTML"
                        );
                    }
                    if language == Language::English {
                        let mut rest = format!("{}\n{}", words.subject, words.text);
                        for name in proper_names(&facts)
                            .into_iter()
                            .chain([deputy.deputy.clone(), deputy.absent.clone()])
                        {
                            rest = rest.replace(&name, "");
                        }
                        let chinese: String =
                            rest.chars().filter(|each| is_chinese(*each)).collect();
                        assert!(chinese.is_empty(), "{case}: {chinese}");
                    }
                }
            }
        }
    }

    /// What one line of the text says, without its own marks.
    fn parts(line: &str) -> Vec<String> {
        let line = line.trim_start_matches(['-', '#', ' ']);
        line.split(['|', '：', '[', ']'])
            .flat_map(|part| part.split(": "))
            .flat_map(|part| part.split(" ("))
            .map(|part| bare(part.trim_end_matches(')')))
            .filter(|part| !part.is_empty())
            .collect()
    }

    /// Without white space, for comparing.
    fn bare(text: &str) -> String {
        text.chars().filter(|each| !each.is_whitespace()).collect()
    }

    /// What stands above the subject in the HTML: brand, topic, the word of the light.
    fn is_heading(word: &str) -> bool {
        word.starts_with("企业服务契约平台·")
            || word.starts_with("Qiyue·")
            || word.chars().all(|each| each.is_ascii_digit())
            || Light::ALL.into_iter().any(|light| {
                Language::ALL
                    .iter()
                    .any(|language| word.ends_with(&bare(lamp(light).word(language))))
            })
    }

    /// The visible words of the HTML and the addresses of its links, one piece a line.
    fn visible(html: &str) -> String {
        let body = html.split("<body").nth(1).unwrap();
        let body = body.split("</div>").nth(1).unwrap();
        let mut out = String::new();
        let mut rest = body;
        while let Some((before, after)) = rest.split_once('<') {
            out.push_str(before);
            out.push('\n');
            let (tag, after) = after.split_once('>').unwrap();
            if let Some((_, link)) = tag.split_once("href=\"") {
                out.push_str(link.split('"').next().unwrap());
                out.push('\n');
            }
            rest = after;
        }
        out.push_str(rest);
        let mut out = out.replace("&nbsp;", " ").replace("&middot;", "·");
        for (escaped, plain) in [
            ("&#60;", "<"),
            ("&#62;", ">"),
            ("&#38;", "&"),
            ("&#34;", "\""),
            ("&#39;", "'"),
        ] {
            out = out.replace(escaped, plain);
        }
        out
    }

    /// What is written in Chinese whatever the reader's language: names of people and firms, laws, and what people typed.
    fn proper_names(facts: &Value) -> Vec<String> {
        match facts {
            Value::Object(fields) => fields
                .iter()
                .filter(|(field, _)| !["zh", "en"].contains(&field.as_str()))
                .flat_map(|(_, value)| proper_names(value))
                .collect(),
            Value::Array(values) => values.iter().flat_map(proper_names).collect(),
            Value::String(text) => vec![text.clone()],
            _ => Vec::new(),
        }
    }

    fn is_chinese(each: char) -> bool {
        matches!(each, '\u{3000}'..='\u{303f}' | '\u{4e00}'..='\u{9fff}' | '\u{ff00}'..='\u{ffef}')
    }

    #[test]
    fn a_supervision_order_shows_whether_law_or_promise_is_overdue() {
        for (statutory, light) in [(false, Light::Red), (true, Light::Black)] {
            let mut facts = example(Kind::SupervisionOrder).unwrap();
            facts["statutory"] = statutory.into();
            for language in Language::ALL {
                let words = sender()
                    .render(Kind::SupervisionOrder, &facts, language, None)
                    .unwrap();
                let shown = light.text().in_language(language).to_owned();
                assert!(words.html.contains(&shown), "{shown}: {}", words.html);
            }
        }
    }

    #[test]
    fn previews_are_written_for_every_letter() {
        let folder = std::env::temp_dir().join(format!("qiyue-previews-{}", std::process::id()));
        let written = write_all(&sender(), &folder).unwrap();
        let kinds = Kind::ALL.into_iter().filter(|kind| kind.is_written());
        assert_eq!(written, kinds.count() * 4);
        assert_eq!(std::fs::read_dir(&folder).unwrap().count(), written);
        std::fs::remove_dir_all(&folder).unwrap();
    }
}
