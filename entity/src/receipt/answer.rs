//! Answer on a receipt (回执载明事项): what the applicant was told of one item when the application was received. Calendars and cases move on; the
//! receipt never changes.

use sea_orm::entity::prelude::*;

use super::rules::Expected;
use crate::catalogue::SilenceClass;

/// What was told of one item of one application.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "receipt_answer")]
pub struct Model {
    /// The application.
    #[sea_orm(primary_key, auto_increment = false)]
    pub application_id: Uuid,
    /// The item.
    #[sea_orm(primary_key, auto_increment = false)]
    pub item_id: Uuid,
    /// By when it is told what is missing.
    pub notice_by: Option<Date>,
    /// By when it is decided as promised.
    pub promised_by: Option<Date>,
    /// By when it is decided by law.
    pub lawful_by: Option<Date>,
    /// By when what was allowed to follow is there.
    pub follow_by: Option<Date>,
    /// Whether promise or law count from the acceptance.
    pub from_acceptance: bool,
    /// What silence means.
    pub silence: Option<SilenceClass>,
}

/// Nothing hangs below.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Model {
    /// What is expected of an item, as it is told for ever.
    pub(super) fn of(application_id: Uuid, item_id: Uuid, told: Expected) -> Self {
        Self {
            application_id,
            item_id,
            notice_by: told.notice_by,
            promised_by: told.promised_by,
            lawful_by: told.lawful_by,
            follow_by: told.follow_by,
            from_acceptance: told.from_acceptance,
            silence: told.silence,
        }
    }

    /// What was told.
    pub fn told(&self) -> Expected {
        Expected {
            notice_by: self.notice_by,
            promised_by: self.promised_by,
            lawful_by: self.lawful_by,
            follow_by: self.follow_by,
            from_acceptance: self.from_acceptance,
            silence: self.silence,
        }
    }
}
