//! What figures are made of: the rows, and the part of the park that they are made for.

use std::{collections::HashSet, sync::Arc};

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::{FromQueryResult, prelude::Uuid};

use super::super::Kind;
use crate::{
    account,
    commitment::Owner,
    contract,
    deadline::{self, pause},
    department, enterprise,
    evaluation::figures::Figures,
    language::Text,
    liaison, milestone,
    project::{self, progress, stage},
};

/// Which part of the park a report shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Slice {
    /// All of it.
    Park,
    /// What a department has to do: its own promises, and those of its liaisons with their enterprises' projects. The slices of
    /// all departments and of the service centre are the park, and no promise is in two of them.
    Department(Uuid),
    /// One enterprise.
    Enterprise(Uuid),
}

impl Slice {
    /// The department, if it is one.
    pub fn department_id(self) -> Option<Uuid> {
        match self {
            Self::Department(id) => Some(id),
            Self::Park | Self::Enterprise(_) => None,
        }
    }

    /// The enterprise, if it is one.
    pub fn enterprise_id(self) -> Option<Uuid> {
        match self {
            Self::Enterprise(id) => Some(id),
            Self::Park | Self::Department(_) => None,
        }
    }

    /// What makes a report the one of its kind, period and slice.
    pub fn key(self, kind: Kind, period: &str) -> String {
        let kind = match kind {
            Kind::WeeklyBrief => "weekly_brief",
            Kind::MonthlyBulletin => "monthly_bulletin",
            Kind::QuarterlyReport => "quarterly_report",
            Kind::EnterpriseProgress => "enterprise_progress",
        };
        match self {
            Self::Park => format!("{kind}:{period}:park"),
            Self::Department(id) => format!("{kind}:{period}:department:{id}"),
            Self::Enterprise(id) => format!("{kind}:{period}:enterprise:{id}"),
        }
    }
}

/// The rows that figures are made of: of the whole park, or of some enterprises.
#[derive(Clone, Debug, Default)]
pub struct Material {
    /// The enterprises.
    pub enterprises: Vec<enterprise::Model>,
    /// Their contracts.
    pub contracts: Vec<contract::Model>,
    /// All assignments, past ones too.
    pub liaisons: Vec<liaison::Model>,
    /// The accounts of those assigned.
    pub people: Vec<account::Model>,
    /// The promises that are open or fell due since the period before.
    pub promises: Vec<Promise>,
    /// The projects.
    pub works: Vec<Works>,
    /// What is the same for every part of the park.
    pub common: Arc<Common>,
}

/// What is the same for every part of the park: it is read once.
#[derive(Clone, Debug, Default)]
pub struct Common {
    /// All departments.
    pub departments: Vec<department::Model>,
    /// The promises for which a supervision order was given, each with the due date that it was given for.
    pub orders: HashSet<(Uuid, NaiveDate)>,
    /// Letters that nobody could deliver and that wait for a person.
    pub undelivered: u32,
    /// What the newest evaluation came to that a leader had approved by then; only for a quarterly report.
    pub evaluation: Option<Figures>,
}

/// One obligation with all that judges it.
#[derive(Clone, Debug)]
pub struct Promise {
    /// The obligation.
    pub obligation: Owed,
    /// Its time limit.
    pub deadline: deadline::Model,
    /// The pauses of its time limit.
    pub pauses: Vec<pause::Model>,
    /// The commitment, which is that of other obligations, too.
    pub commitment: Arc<Promised>,
}

/// What figures need of an obligation.
#[derive(Clone, Debug, FromQueryResult)]
pub struct Owed {
    /// Key.
    pub id: Uuid,
    /// The promise.
    pub commitment_id: Uuid,
    /// Its contract.
    pub contract_id: Uuid,
    /// The enterprise to which it is owed.
    pub enterprise_id: Uuid,
    /// What it is for.
    pub occasion: String,
    /// When it was opened.
    pub opened_at: DateTime<Utc>,
    /// When it was closed.
    pub closed_at: Option<DateTime<Utc>>,
    /// Why it was missed or cancelled.
    pub public_reason: Option<String>,
}

/// What figures need of a commitment.
#[derive(Clone, Debug, FromQueryResult)]
pub struct Promised {
    /// Key.
    pub id: Uuid,
    /// What is promised, 简体中文.
    pub text_zh: String,
    /// The same in English.
    pub text_en: String,
    /// The article of law, for statutory ones.
    pub legal_basis: Option<String>,
    /// Who must keep it.
    pub owner: Owner,
    /// The department, when it is one.
    pub department_id: Option<Uuid>,
}

impl Promised {
    /// What is promised.
    pub fn words(&self) -> Text {
        Text::new(self.text_zh.clone(), self.text_en.clone())
    }
}

/// One project with its plan.
#[derive(Clone, Debug)]
pub struct Works {
    /// The project.
    pub project: project::Model,
    /// Its stages, in order.
    pub stages: Vec<stage::Model>,
    /// Its milestones, in the order of the plan.
    pub milestones: Vec<milestone::Model>,
    /// The reports on it, newest first.
    pub reports: Vec<progress::Model>,
}
