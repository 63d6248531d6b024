//! Pause of a case (办件暂停): why its clocks stand, with the written notice, and what its applicant says against it.

use sea_orm::entity::prelude::*;

use crate::deadline::pause::Kind;

/// One pause.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "case_pause")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The case.
    pub case_id: Uuid,
    /// The how manieth of the case, from 1.
    pub number: i32,
    /// On what ground.
    pub kind: Kind,
    /// Why, in words.
    pub reason: String,
    /// The written notice.
    pub document_id: Uuid,
    /// The first day that is not counted.
    pub started_on: Date,
    /// The end that the notice names.
    pub expected_end_on: Date,
    /// The last day that is not counted; nothing while it lasts.
    pub ended_on: Option<Date>,
    /// Why its applicant contests it.
    pub contested_for: Option<String>,
    /// Who contested it.
    pub contested_by: Option<Uuid>,
    /// When.
    pub contested_at: Option<DateTimeUtc>,
    /// Whether the supervisor found it right; otherwise its days count after all.
    pub upheld: Option<bool>,
    /// Why.
    pub settled_for: Option<String>,
    /// Who settled it.
    pub settled_by: Option<Uuid>,
    /// When.
    pub settled_at: Option<DateTimeUtc>,
}

impl Model {
    /// Whether it is contested and not settled.
    pub fn is_in_dispute(&self) -> bool {
        self.contested_at.is_some() && self.settled_at.is_none()
    }
}

/// Nothing hangs below.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
