//! Visit (走访联系): a contact of park and enterprise, agreed for a time to come or recorded as held.

use sea_orm::entity::prelude::*;

use crate::term::term;

pub mod commands;
pub mod repository;
pub mod rules;

term! {
    /// In which way park and enterprise meet.
    pub enum Kind as "VisitKind" in "String(StringLen::N(9))" {
        /// At the enterprise.
        OnSite = "ON_SITE", "上门走访", "Visit on site";
        /// In the park.
        Meeting = "MEETING", "到园会谈", "Meeting in the park";
        /// By telephone.
        Telephone = "TELEPHONE", "电话", "Telephone";
        /// By message or on line.
        Message = "MESSAGE", "线上联系", "Message or online";
    }
}

impl Kind {
    /// Whether somebody has to go to a place.
    pub fn has_place(self) -> bool {
        matches!(self, Self::OnSite | Self::Meeting)
    }
}

term! {
    /// Where a visit stands.
    pub enum State as "VisitState" in "String(StringLen::N(9))" {
        /// A date is agreed.
        Agreed = "AGREED", "已约定", "Agreed";
        /// It took place.
        Held = "HELD", "已进行", "Held";
        /// It does not take place.
        Cancelled = "CANCELLED", "已取消", "Cancelled";
    }
}

/// One visit.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "visit")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The enterprise.
    pub enterprise_id: Uuid,
    /// In which way.
    pub kind: Kind,
    /// Where it stands.
    pub state: State,
    /// When it begins, or took place.
    pub starts_at: DateTimeUtc,
    /// When it ends, of one that was agreed.
    pub ends_at: Option<DateTimeUtc>,
    /// Where.
    pub place: Option<String>,
    /// What it is to be about, of one that was agreed.
    pub purpose: Option<String>,
    /// What was talked about, of one that was held.
    pub summary: Option<String>,
    /// A note that stays in the park.
    pub internal_note: Option<String>,
    /// A file about it.
    pub document_id: Option<Uuid>,
    /// Why it was cancelled.
    pub state_reason: Option<String>,
    /// Who agreed or recorded it; none when the system did.
    pub recorded_by: Option<Uuid>,
    /// When it was agreed or recorded.
    pub recorded_at: DateTimeUtc,
    /// Counts the changes.
    pub version: i32,
}

/// Nothing hangs below.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
