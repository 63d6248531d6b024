//! Form (评议表): what one enterprise is asked in one evaluation, with the facts of the quarter already filled in.

use sea_orm::{FromJsonQueryResult, entity::prelude::*};
use serde::{Deserialize, Serialize};

use super::Confidentiality;
use crate::language::Text;

/// One form. It has no version and no time, so that nothing tells when it was answered.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "evaluation_form")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The evaluation.
    pub evaluation_id: Uuid,
    /// Who is asked.
    pub enterprise_id: Uuid,
    /// Whether it has a contract: then it is asked about it, too (part C).
    pub contracted: bool,
    /// The departments it dealt with in the quarter; it may rate others, too.
    #[sea_orm(column_type = "Json")]
    pub departments: Keys,
    /// What happened in the quarter.
    #[sea_orm(column_type = "Json")]
    pub facts: Facts,
    /// How open the answer will be; forgotten when it is given.
    pub confidentiality: Option<Confidentiality>,
    /// Whether it has been answered; forgotten when the evaluation closes.
    pub submitted: bool,
}

/// Keys of departments.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
pub struct Keys(pub Vec<Uuid>);

/// The quarter of one enterprise in facts, as they stood when the form was compiled.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
pub struct Facts {
    /// What was promised, by promise.
    pub promises: Vec<PromiseFact>,
    /// The milestones planned for the quarter, or reached in it.
    pub milestones: Vec<MilestoneFact>,
}

/// How one promise was kept in the quarter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PromiseFact {
    /// The commitment; forms compiled before it was kept name none.
    #[serde(default)]
    pub commitment_id: Option<Uuid>,
    /// What was promised.
    pub item: Text,
    /// The department in charge; none when the liaison or the service centre is.
    pub department_id: Option<Uuid>,
    /// How often it fell due in the quarter: in time, late and broken together.
    pub due: u32,
    /// How often it was kept in time.
    pub in_time: u32,
    /// How often late.
    pub late: u32,
    /// By how many working days it was late at worst.
    pub days_late: i32,
    /// How often it was declared missed, or is still owed past its day.
    pub broken: u32,
    /// How often it was lawfully paused when the form was compiled: it has not fallen due.
    #[serde(default)]
    pub paused: u32,
    /// How often its last day in the quarter had not passed when the form was compiled.
    #[serde(default)]
    pub running: u32,
    /// How often something proves it.
    pub proven: u32,
    /// How often its time limit was paused.
    pub pauses: u32,
}

/// A milestone of the quarter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MilestoneFact {
    /// The project.
    pub project: String,
    /// What is reached.
    pub name: String,
    /// The day first planned.
    pub planned_on: Option<Date>,
    /// The day it was reached.
    pub reached_on: Option<Date>,
}

/// Answers point to it.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
