//! Silent decision (默许决定): what silence has brought about in a case, by which article and in which run. Each at most once, and it never changes.

use sea_orm::{Condition, entity::prelude::*};

use super::Act;
use crate::{case, catalogue::SilenceClass, table::Visible, viewer::Viewer};

/// One of them.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "silent_decision")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The case.
    pub case_id: Uuid,
    /// What silence has brought about.
    pub act: Act,
    /// The class of its silence.
    pub silence: SilenceClass,
    /// The last day on which the office could have acted.
    pub last_day: Date,
    /// From when on it counts.
    pub effective_on: Date,
    /// By which article.
    pub article: String,
    /// When a warning first reached the department; nothing when none did.
    pub warned_on: Option<Date>,
    /// When it was recorded.
    pub at: DateTimeUtc,
    /// The run that did.
    pub run: String,
}

impl Model {
    /// Whether it is an incident (未预警默许): a grant of which nobody in the department had been warned.
    pub fn is_incident(&self) -> bool {
        self.act == Act::Granted && self.warned_on.is_none()
    }
}

impl Visible for Entity {
    /// What silence has brought about in the cases that this viewer may see.
    fn visible_to(viewer: &Viewer) -> Condition {
        case::Entity::seen_by(viewer, Column::CaseId)
    }
}

/// It points to its case.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
