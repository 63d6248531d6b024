//! Report (报告): what the leaders, the departments and the enterprises are told of a period, kept with the facts it was made
//! from, so that it can be shown again as it was.

use sea_orm::entity::prelude::*;

use crate::{
    language::{self, Text},
    term::{Term, term},
};

pub mod commands;
pub mod facts;
pub mod file;
pub mod frozen;
pub mod issue;
pub mod later;
pub mod repository;
pub mod rewind;
pub mod rules;
pub mod source;

term! {
    /// Which report it is.
    pub enum Kind as "ReportKind" in "String(StringLen::N(20))" {
        /// One page for the first working day of the week.
        WeeklyBrief = "WEEKLY_BRIEF", "周报", "Weekly brief";
        /// The month before, on the third working day.
        MonthlyBulletin = "MONTHLY_BULLETIN", "月报", "Monthly bulletin";
        /// The quarter before, on the fifth working day.
        QuarterlyReport = "QUARTERLY_REPORT", "季报", "Quarterly report";
        /// An enterprise's own projects and promises, monthly.
        EnterpriseProgress = "ENTERPRISE_PROGRESS", "项目进展月报", "Monthly progress report";
    }
}

/// One report about one slice of the park in one period. It never changes.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "report")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// What makes it the one report of its kind, period and slice, for ever: "weekly_brief:2026-W41:park".
    #[sea_orm(unique)]
    pub key: String,
    /// Which report.
    pub kind: Kind,
    /// "2026-W41", "2026-09", "2026-Q3".
    pub period: String,
    /// The first day it covers.
    pub from_on: Date,
    /// The last day it covers.
    pub to_on: Date,
    /// The department whose matters it is narrowed to.
    pub department_id: Option<Uuid>,
    /// The enterprise it is written for.
    pub enterprise_id: Option<Uuid>,
    /// The moment its figures stand at: when it was due.
    pub moment: DateTimeUtc,
    /// When it was made. Later than the moment when it was missed.
    pub compiled_at: DateTimeUtc,
    /// The newest revision of each notice year that was in force: "2025.1 2026.2".
    pub calendar_version: String,
    /// The version of the program that made it.
    pub program_version: String,
    /// SHA-256 of its [frozen facts](frozen).
    pub fingerprint: String,
}

impl Model {
    /// Which part of the park it shows.
    pub fn slice(&self) -> rules::Slice {
        match (self.department_id, self.enterprise_id) {
            (Some(id), _) => rules::Slice::Department(id),
            (None, Some(id)) => rules::Slice::Enterprise(id),
            (None, None) => rules::Slice::Park,
        }
    }

    /// Its name for people.
    pub fn title(&self) -> Text {
        title(self.kind, &self.period, self.from_on, self.to_on)
    }

    /// Whether it was made after the day on which it was due.
    pub fn is_late(&self, zone: chrono_tz::Tz) -> bool {
        crate::clock::civil_date(self.compiled_at, zone)
            > crate::clock::civil_date(self.moment, zone)
    }
}

/// Its files point to it.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// The name of a report for people: a week is named by its days, "2026-09-28 至 2026-10-07 周报"; "2026-09 月报".
fn title(kind: Kind, period: &str, from: Date, to: Date) -> Text {
    let name = kind.text();
    let period = match kind {
        Kind::WeeklyBrief => language::days(from, to),
        Kind::MonthlyBulletin | Kind::QuarterlyReport | Kind::EnterpriseProgress => {
            Text::new(period, period)
        }
    };
    Text::new(
        format!("{} {}", period.zh, name.zh),
        format!("{} {}", period.en, name.en),
    )
}
