//! Who may have a feed, and which dates it shows.

use chrono::{DateTime, Days, NaiveDate, TimeDelta, Utc};
use sea_orm::{ColumnTrait, Condition, prelude::Uuid};

use super::Model;
use crate::{
    deadline::{self, LegalEffect, Matter, Reckoning},
    error::refusals,
    id::made_at,
    language::{Text, line},
    link, milestone,
    outbox::facts::{self, VisitStep},
    project,
    term::Term,
    viewer::{Role, Viewer},
    visit,
};

/// How many feeds a person may have at once.
pub const MOST: usize = 10;

/// How long what is past stays in a feed, in days.
pub const KEPT: Days = Days::new(90);

/// How many dates of one sort a feed shows at most: whoever sees the whole park finds the nearest in it.
pub const MOST_DATES: u64 = 2_000;

/// How exactly is kept when a feed was last read.
pub const READ_STEP: TimeDelta = TimeDelta::hours(1);

/// How many characters a name may have.
const LONGEST_NAME: usize = 100;

refusals! {
    /// Why no feed is made, or none is revoked.
    pub enum FeedError as "FeedErrorCode" {
        /// A feed needs a name of at most 100 characters.
        Name = "NAME", "请填写名称，最多 100 字。", "Enter a name of at most 100 characters.";
        /// There are ten already.
        TooMany = "TOO_MANY",
            "最多 10 个日历订阅，请先撤销不用的。",
            "You can have at most 10 feeds: revoke one that you do not use.";
        /// The role sees no dates.
        NoDates = "NO_DATES", "您的角色没有可订阅的日期。", "Your role has no dates to subscribe to.";
        /// It was revoked before.
        AlreadyRevoked = "ALREADY_REVOKED", "该订阅已撤销。", "This feed has already been revoked.";
    }
}

/// The name of a new feed.
pub fn name(given: &str) -> Result<String, FeedError> {
    line(given, LONGEST_NAME).ok_or(FeedError::Name)
}

/// Whether this feed works still and can be revoked.
pub fn may_revoke(feed: &Model) -> Result<(), FeedError> {
    match feed.revoked_at {
        Some(_) => Err(FeedError::AlreadyRevoked),
        None => Ok(()),
    }
}

/// Whether this viewer may make a feed: who sees no dates may not.
pub fn may_create(viewer: &Viewer) -> Result<(), FeedError> {
    match viewer.role() {
        Some(role) if !has_dates(role) => Err(FeedError::NoDates),
        _ => Ok(()),
    }
}

/// Whether this role sees dates.
pub fn has_dates(role: Role) -> bool {
    !matches!(role, Role::Admin | Role::WindowOfficer | Role::Inspector)
}

/// Whether this due date is shown: to leaders and the supervisor, of what is owed, only what the law sets.
pub fn shows(role: Role, Matter { limit, subject }: &Matter) -> bool {
    match &subject.ending {
        Some(ending) => ending.is_for_all || matches!(role, Role::Enterprise | Role::Liaison),
        None => shows_owed(role, limit.legal_effect),
    }
}

/// Of which time limits any are shown, as far as their rows tell.
pub(super) fn shown(role: Role) -> Condition {
    match shows_owed(role, LegalEffect::Promised) {
        true => Condition::all(),
        false => Condition::any()
            .add(deadline::Column::LegalEffect.eq(LegalEffect::Statutory))
            .add(deadline::Column::Reckoning.ne(Reckoning::Forward)),
    }
}

fn shows_owed(role: Role, effect: LegalEffect) -> bool {
    !matches!(role, Role::Leader | Role::Supervisor) || effect == LegalEffect::Statutory
}

/// Whether visits are shown: to those who meet.
pub fn shows_visits(role: Role) -> bool {
    matches!(role, Role::Liaison | Role::Enterprise)
}

/// How certain a date is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// It stands.
    Confirmed,
    /// The limit is paused, or the day rests on a calendar that is not published yet.
    Tentative,
    /// It no longer holds; it stays, so that calendars take it out.
    Cancelled,
}

/// When something is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum When {
    /// On a day of law.
    Day(NaiveDate),
    /// From one instant until another.
    Time(DateTime<Utc>, DateTime<Utc>),
}

/// One date of a feed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// The same for ever: "obligation-ID".
    pub uid: String,
    /// Rises with every change of the thing.
    pub sequence: u32,
    /// When it is.
    pub when: When,
    /// How certain it is.
    pub status: Status,
    /// What is due.
    pub title: Text,
    /// Where.
    pub place: Option<String>,
    /// When the thing was made.
    pub made_at: DateTime<Utc>,
    /// The page below the public address.
    pub path: String,
}

/// The due date of a time limit.
pub fn of_matter(Matter { limit, subject }: &Matter) -> Event {
    use deadline::State as S;
    let status = match limit.state {
        S::Cancelled => Status::Cancelled,
        S::Paused => Status::Tentative,
        S::Running if limit.provisional => Status::Tentative,
        S::Running | S::Met | S::Missed => Status::Confirmed,
    };
    let (zh, en) = match (&subject.ending, limit.state) {
        (Some(ending), _) => (ending.day.zh.as_str(), ending.day.en.as_str()),
        (None, S::Running | S::Paused) => ("到期", "due"),
        (None, S::Met) => ("已履行", "kept"),
        (None, S::Missed) => ("未履行", "missed"),
        (None, S::Cancelled) => ("已取消", "no longer due"),
    };
    let whose = match subject.enterprise.as_str() {
        "" => String::new(),
        enterprise => format!("{enterprise} · "),
    };
    Event {
        sequence: rising(&[subject.version, limit.version]),
        when: When::Day(limit.due_on),
        status,
        title: Text::new(
            format!("{zh}：{whose}{}", subject.title.zh),
            format!("{en}: {whose}{}", subject.title.en),
        ),
        path: subject.path.clone(),
        ..of_thing(&subject.kind.to_lowercase(), subject.key)
    }
}

/// The day of a milestone: when it was reached, else when it is expected; nothing while it is unplanned.
pub fn of_milestone(
    milestone: &milestone::Model,
    project: &project::Model,
    enterprise: &str,
) -> Option<Event> {
    let on = milestone.actual_on.or(milestone.forecast_on)?;
    let status = match (milestone.actual_on, project.state) {
        (None, project::State::Dropped) => Status::Cancelled,
        (None, project::State::OnHold) => Status::Tentative,
        _ => Status::Confirmed,
    };
    let (zh, en) = match milestone.actual_on {
        Some(_) => ("里程碑已达成", "milestone reached"),
        None => ("里程碑", "milestone"),
    };
    let (name, works) = (&milestone.name, &project.name);
    Some(Event {
        sequence: rising(&[milestone.version, project.version]),
        when: When::Day(on),
        status,
        title: Text::new(
            format!("{zh}：{enterprise} · {works} · {name}"),
            format!("{en}: {enterprise} · {works} · {name}"),
        ),
        path: link::contract(project.contract_id),
        ..of_thing("milestone", milestone.id)
    })
}

/// A visit that was agreed; nothing of a contact that was not.
pub fn of_visit(visit: &visit::Model, enterprise: &str) -> Option<Event> {
    let (purpose, ends_at) = (visit.purpose.as_ref()?, visit.ends_at?);
    Some(Event {
        sequence: visit::rules::sequence(visit.version),
        when: When::Time(visit.starts_at, ends_at),
        status: match visit.state {
            visit::State::Cancelled => Status::Cancelled,
            visit::State::Agreed | visit::State::Held => Status::Confirmed,
        },
        title: visit_title(&visit.kind.text(), enterprise, purpose),
        place: visit.place.clone(),
        path: link::visit(visit.id),
        ..of_thing("visit", visit.id)
    })
}

/// The same visit as a letter tells of it.
pub fn of_letter(told: &facts::Visit) -> Event {
    Event {
        sequence: told.sequence,
        when: When::Time(told.starts_at, told.ends_at),
        status: match told.step {
            VisitStep::Cancelled => Status::Cancelled,
            VisitStep::Agreed | VisitStep::Moved => Status::Confirmed,
        },
        title: visit_title(&told.kind, &told.enterprise, &told.purpose),
        place: told.place.clone(),
        path: told.path.clone(),
        ..of_thing("visit", told.visit_id)
    }
}

fn visit_title(kind: &Text, enterprise: &str, purpose: &str) -> Text {
    Text::new(
        format!("{}：{enterprise} · {purpose}", kind.zh),
        format!("{}: {enterprise} · {purpose}", kind.en),
    )
}

/// Versions begin with 1 and only rise; so does their sum.
fn rising(versions: &[i32]) -> u32 {
    versions
        .iter()
        .map(|version| version.unsigned_abs().saturating_sub(1))
        .sum()
}

fn of_thing(kind: &str, id: Uuid) -> Event {
    Event {
        uid: format!("{kind}-{}", id.simple()),
        sequence: 0,
        when: When::Day(NaiveDate::default()),
        status: Status::Confirmed,
        title: Text::new("", ""),
        place: None,
        made_at: made_at(id).unwrap_or_default(),
        path: String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn leaders_see_what_the_law_sets_and_some_see_no_dates() {
        for (role, dates, promised) in [
            (Role::Liaison, true, true),
            (Role::Enterprise, true, true),
            (Role::Centre, true, true),
            (Role::DepartmentHead, true, true),
            (Role::Leader, true, false),
            (Role::Supervisor, true, false),
            (Role::Admin, false, true),
            (Role::WindowOfficer, false, true),
            (Role::Inspector, false, true),
        ] {
            assert_eq!(has_dates(role), dates, "{role:?}");
            assert_eq!(
                shows_owed(role, LegalEffect::Promised),
                promised,
                "{role:?}"
            );
            assert!(shows_owed(role, LegalEffect::Statutory));
        }
    }

    #[test]
    fn the_sequence_rises_with_every_change() {
        assert_eq!(rising(&[1, 1]), 0);
        assert_eq!(rising(&[2, 1]), 1);
        assert_eq!(rising(&[2, 4]), 4);
        assert_eq!(name(" "), Err(FeedError::Name));
        for (error, number) in [(FeedError::Name, LONGEST_NAME), (FeedError::TooMany, MOST)] {
            assert!(
                error.text().zh.contains(&format!(" {number} ")),
                "{error:?}"
            );
            assert!(
                error.text().en.contains(&format!(" {number} ")),
                "{error:?}"
            );
        }
        assert_eq!(name(" 手机 ").as_deref(), Ok("手机"));
    }
}
