//! The words of each kind of letter. A kind is the structure of its facts and one function that puts them into words.

use chrono::{DateTime, Datelike, NaiveDate, Utc};
use chrono_tz::Tz;
use entity::{
    feed,
    language::{Language, Text},
    obligation::rules::occasion_name,
    outbox::{
        Kind,
        facts::{self, Facts},
    },
    park::Park,
    telephone::Telephone,
    term::Term,
};
use serde::{Deserialize, de::DeserializeOwned};
use serde_json::Value;

use super::{
    Counsel, MailError, OnBehalf, Rendered, Sender,
    page::{Action, Block, Fact, Page, joined},
};

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

/// The facts of a letter that know how to be said.
trait Letter: DeserializeOwned + Facts {
    /// The letter in words.
    fn page(&self, words: &Words) -> Page;
}

/// What every letter needs to speak: the reader's language, the address of the pages, the park's time.
#[derive(Clone, Debug)]
struct Words {
    language: Language,
    base: String,
    park: Park,
    liaison: Option<Counsel>,
    zone: Tz,
}

impl Words {
    /// The version for this reader.
    fn say(&self, zh: impl Into<String>, en: impl Into<String>) -> String {
        match self.language {
            Language::Chinese => zh.into(),
            Language::English => en.into(),
        }
    }

    /// The version of a text for this reader.
    fn of(&self, text: &Text) -> String {
        text.in_language(self.language).to_owned()
    }

    /// A paragraph.
    fn paragraph(&self, zh: impl Into<String>, en: impl Into<String>) -> Block {
        Block::Paragraph(self.say(zh, en))
    }

    /// That a list is longer than a letter.
    fn left_out(&self, count: usize) -> Option<Block> {
        (count > 0).then(|| {
            Block::Note(self.say(
                format!("另有 {count} 项未列出，请登录系统查看。"),
                format!("{count} more are not listed here: please sign in to see them."),
            ))
        })
    }

    /// What an occasion is called; nothing where there is none and the title says it all.
    fn occasion(&self, occasion: &str) -> String {
        match occasion {
            "" => String::new(),
            occasion => self.of(&occasion_name(occasion)),
        }
    }

    /// A date, marked when it rests on a calendar that is not published yet.
    fn due(&self, date: NaiveDate, provisional: bool) -> String {
        let date = self.date(date);
        if provisional {
            self.say(format!("{date}（暂定）"), format!("{date} (provisional)"))
        } else {
            date
        }
    }

    /// A line of what is known.
    fn fact(&self, zh: &str, en: &str, value: impl Into<String>) -> Fact {
        Fact {
            label: self.say(zh, en),
            value: value.into(),
        }
    }

    /// The one thing to do.
    fn action(&self, zh: &str, en: &str, path: &str) -> Block {
        Block::Action(Action {
            label: self.say(zh, en),
            link: self.link(path),
        })
    }

    /// The address of a page of ours.
    fn link(&self, path: &str) -> String {
        format!("{}{path}", self.base)
    }

    /// "2026-10-10 周六".
    fn date(&self, date: NaiveDate) -> String {
        format!("{date} {}", date.weekday().word(self.language))
    }

    /// An instant on the park's clock, to the minute.
    fn instant(&self, at: DateTime<Utc>) -> String {
        let at = at.with_timezone(&self.zone);
        format!("{} {}", self.date(at.date_naive()), at.format("%H:%M"))
    }

    /// From one instant until another on the park's clock: "2026-10-10 周六 14:00–15:00".
    fn span(&self, from: DateTime<Utc>, until: DateTime<Utc>) -> String {
        let (start, end) = (
            from.with_timezone(&self.zone),
            until.with_timezone(&self.zone),
        );
        if start.date_naive() == end.date_naive() {
            format!("{}–{}", self.instant(from), end.format("%H:%M"))
        } else {
            format!("{} – {}", self.instant(from), self.instant(until))
        }
    }

    /// "3 working days left".
    fn remaining(&self, days: i32) -> String {
        match days {
            0 => self.say("今天到期", "due today"),
            1 => self.say("还有 1 个工作日", "1 working day left"),
            2.. => self.say(
                format!("还有 {days} 个工作日"),
                format!("{days} working days left"),
            ),
            ..0 => self.overdue(-days),
        }
    }

    /// "2 working days overdue".
    fn overdue(&self, days: i32) -> String {
        let s = if days == 1 { "" } else { "s" };
        self.say(
            format!("已超期 {days} 个工作日"),
            format!("{days} working day{s} overdue"),
        )
    }

    /// What stands above overdue matters that are not all promises.
    fn overdue_matters(&self) -> String {
        self.say("已超期", "Overdue")
    }

    /// The same letter to the deputy of its recipient, who is told why he gets it.
    fn to_deputy(&self, page: Page, on_behalf: &OnBehalf) -> Page {
        let (absent, until) = (&on_behalf.absent, on_behalf.until);
        let mut blocks = vec![self.paragraph(
            format!("代 {absent}：该同志请假至 {until}，本邮件由您代收。"),
            format!("For {absent}, on leave until {until}: you receive this e-mail as deputy."),
        )];
        blocks.extend(page.blocks);
        Page {
            name: on_behalf.deputy.clone(),
            blocks,
            why: Some(self.say(
                format!("您在 {absent} 请假期间代理其工作"),
                format!("you stand in for {absent} during the leave"),
            )),
            ..page
        }
    }

    /// A letter without light, reason or content, to be filled in.
    fn page(&self, topic: (&str, &str), name: &str, facts: &impl Facts) -> Page {
        Page {
            language: self.language,
            topic: self.say(topic.0, topic.1),
            subject: self.of(&facts.headline()),
            light: None,
            name: name.to_owned(),
            blocks: Vec::new(),
            why: None,
            park: self.park.name(self.language).map(str::to_owned),
            ask: self.ask(),
        }
    }

    /// Whom to ask: the liaison of the enterprise first, then the service centre.
    fn ask(&self) -> String {
        let hotline = self.park.hotline.as_ref().map(Telephone::as_str);
        let centre = match hotline {
            Some(number) => self.say(
                format!("企业服务中心，电话 {number}"),
                format!("the enterprise service centre, telephone {number}"),
            ),
            None => self.say("企业服务中心", "the enterprise service centre"),
        };
        let Some(liaison) = &self.liaison else {
            return self.say(
                format!("如有疑问，请联系{centre}。"),
                format!("If you have questions, contact {centre}."),
            );
        };
        let name = &liaison.name;
        let liaison = match &liaison.telephone {
            Some(number) => self.say(
                format!("{name}，电话 {number}"),
                format!("{name}, telephone {number}"),
            ),
            None => name.clone(),
        };
        self.say(
            format!("您的服务专员：{liaison}。如有疑问，请联系服务专员或{centre}。"),
            format!(
                "Your liaison: {liaison}. If you have questions, contact the liaison or {centre}."
            ),
        )
    }
}

pub(super) fn render(
    sender: &Sender,
    kind: Kind,
    facts: &Value,
    language: Language,
    on_behalf: Option<&OnBehalf>,
    liaison: Option<&Counsel>,
) -> Result<Rendered, MailError> {
    let words = Words {
        language,
        base: sender.public_url.as_str().trim_end_matches('/').to_owned(),
        park: sender.park.clone(),
        liaison: liaison.cloned(),
        zone: sender.zone,
    };
    let page = match kind {
        Kind::Invitation => read::<facts::Invitation>(facts, &words),
        Kind::Password => read::<facts::Password>(facts, &words),
        Kind::Digest => read::<facts::Digest>(facts, &words),
        Kind::StatutoryOverdue => read::<facts::StatutoryOverdue>(facts, &words),
        Kind::ContractExpiry | Kind::PermitExpiry => Err(MailError::OfBefore),
        Kind::LiaisonChanged => read::<facts::LiaisonChanged>(facts, &words),
        Kind::CalendarMissing => read::<facts::CalendarMissing>(facts, &words),
        Kind::WeeklyBrief
        | Kind::MonthlyBulletin
        | Kind::QuarterlyReport
        | Kind::EnterpriseProgress => read::<entity::report::facts::Letter>(facts, &words),
        Kind::LastDay => read::<facts::LastDay>(facts, &words),
        Kind::Chase => read::<facts::Chase>(facts, &words),
        Kind::SupervisionOrder => read::<facts::SupervisionOrder>(facts, &words),
        Kind::DeputyNamed => read::<facts::DeputyNamed>(facts, &words),
        Kind::Undelivered => read::<facts::Undelivered>(facts, &words),
        Kind::EvaluationInvitation => read::<facts::EvaluationInvitation>(facts, &words),
        Kind::EvaluationResult => read::<facts::EvaluationResult>(facts, &words),
        Kind::JobFailed => read::<facts::JobFailed>(facts, &words),
        Kind::Visit => read::<facts::Visit>(facts, &words),
        Kind::MailBouncing => read::<facts::MailBouncing>(facts, &words),
        Kind::ClockJumped => read::<facts::ClockJumped>(facts, &words),
        Kind::SealForgotten => read::<facts::SealForgotten>(facts, &words),
        Kind::Rectification => read::<facts::Rectification>(facts, &words),
        Kind::RateAgain => read::<facts::RateAgain>(facts, &words),
        Kind::ObligationOpened => read::<facts::ObligationOpened>(facts, &words),
        Kind::DueDatesMoved => read::<facts::DueDatesMoved>(facts, &words),
        Kind::CriticismDraft => read::<facts::CriticismDraft>(facts, &words),
        Kind::RedList => read::<facts::RedList>(facts, &words),
        Kind::PublicReport => read::<facts::PublicReport>(facts, &words),
        Kind::LimitChanged => read::<facts::LimitChanged>(facts, &words),
        Kind::Case => read::<facts::Case>(facts, &words),
        Kind::SilenceWarning => read::<facts::SilenceWarning>(facts, &words),
        Kind::SilentDecision => read::<facts::SilentDecision>(facts, &words),
        Kind::SilenceIncident => read::<facts::SilenceIncident>(facts, &words),
    }?;
    Ok(match on_behalf {
        Some(on_behalf) => words.to_deputy(page, on_behalf),
        None => page,
    }
    .render()?)
}

/// The date to which a letter invites, if it does.
pub(super) fn date(kind: Kind, facts: &Value) -> Result<Option<feed::rules::Event>, MailError> {
    Ok(match kind {
        Kind::Visit => Some(feed::rules::of_letter(&facts::Visit::deserialize(facts)?)),
        _ => None,
    })
}

/// What a report says, without a reader and without links.
#[cfg(feature = "pdf")]
pub(super) fn report_page(
    facts: &entity::report::facts::Facts,
    language: Language,
    zone: Tz,
) -> Page {
    let words = Words {
        language,
        base: String::new(),
        park: Park::default(),
        liaison: None,
        zone,
    };
    entity::report::facts::Letter::of(facts).page(&words)
}

fn read<T: Letter>(facts: &Value, words: &Words) -> Result<Page, MailError> {
    Ok(T::deserialize(facts)?.page(words))
}
