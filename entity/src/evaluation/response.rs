//! Response (答卷): an answer that bears the enterprise's name, for the park or for the supervisor alone. A draft until it is submitted.

use sea_orm::entity::prelude::*;

use super::{Confidentiality, answers::Answers};

/// One answer with a name.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "evaluation_response")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The evaluation.
    pub evaluation_id: Uuid,
    /// The form it answers.
    #[sea_orm(unique)]
    pub form_id: Uuid,
    /// Whose it is.
    pub enterprise_id: Uuid,
    /// Who may know whose it is: the park, or the supervisor alone.
    pub confidentiality: Confidentiality,
    /// What was answered.
    #[sea_orm(column_type = "Json")]
    pub answers: Answers,
    /// Whether it counts; a draft does not.
    pub submitted: bool,
    /// Counts the changes.
    pub version: i32,
}

/// Readings point to it.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
