//! What figures are made of: the rows, and the part of the park that they are made for.

use std::collections::HashSet;

use chrono::NaiveDate;
use sea_orm::prelude::Uuid;

use super::super::Kind;
use crate::{
    account, commitment, contract,
    deadline::{self, pause},
    department, enterprise,
    evaluation::figures::Figures,
    liaison, milestone, obligation,
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

/// The rows that figures are made of.
#[derive(Clone, Debug, Default)]
pub struct Material {
    /// All enterprises.
    pub enterprises: Vec<enterprise::Model>,
    /// All contracts.
    pub contracts: Vec<contract::Model>,
    /// All assignments, past ones too.
    pub liaisons: Vec<liaison::Model>,
    /// The accounts of those assigned.
    pub people: Vec<account::Model>,
    /// All departments.
    pub departments: Vec<department::Model>,
    /// The promises that are open or fell due since the period before.
    pub promises: Vec<Promise>,
    /// The projects.
    pub works: Vec<Works>,
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
    pub obligation: obligation::Model,
    /// Its time limit.
    pub deadline: deadline::Model,
    /// The pauses of its time limit.
    pub pauses: Vec<pause::Model>,
    /// The commitment.
    pub commitment: commitment::Model,
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
