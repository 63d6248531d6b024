//! Which projects are wanted, and in which order.

use api_door::{coded::Coded, page::SortDirection};
use async_graphql::{Enum, ID, InputObject};
use entity::{milestone, project};

/// Which states are wanted.
#[derive(Clone, Debug, InputObject)]
pub struct ProjectStateFilter {
    /// One of these.
    pub one_of: Vec<Coded<project::State>>,
}

/// Which lights are wanted.
#[derive(Clone, Debug, InputObject)]
pub struct ProjectLightFilter {
    /// One of these.
    pub one_of: Vec<Coded<milestone::rules::Light>>,
}

/// Which projects are wanted: all conditions hold.
#[derive(Clone, Debug, Default, InputObject)]
pub struct ProjectFilter {
    /// In which states.
    pub state: Option<ProjectStateFilter>,
    /// Of which enterprise.
    pub enterprise_id: Option<ID>,
    /// Of which contract.
    pub contract_id: Option<ID>,
    /// Whose name, whose contract's number, or whose enterprise's names or credit code contain this text.
    pub text: Option<String>,
    /// What shows one of these lights today.
    pub light: Option<ProjectLightFilter>,
    /// Whether a leader let it pass a gate (容缺办理（经批准）).
    pub flagged: Option<bool>,
}

/// By what projects are sorted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum ProjectSortField {
    /// What people call it.
    Name,
}

/// The order of projects.
#[derive(Clone, InputObject)]
pub struct ProjectSort {
    /// By what.
    #[graphql(default_with = "ProjectSortField::Name")]
    pub field: ProjectSortField,
    /// In which direction.
    #[graphql(default_with = "SortDirection::Asc")]
    pub direction: SortDirection,
}
