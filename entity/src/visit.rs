//! Visit (走访联系): a contact of park and enterprise, agreed for a time to come or recorded as held.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::language::Text;

pub mod commands;
pub mod repository;
pub mod rules;

/// In which way park and enterprise meet.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize,
)]
#[sea_orm(
    rs_type = "String",
    db_type = "String(StringLen::N(9))",
    rename_all = "SCREAMING_SNAKE_CASE"
)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Kind {
    /// 上门走访: at the enterprise.
    OnSite,
    /// 到园会谈: in the park.
    Meeting,
    /// 电话: by telephone.
    Telephone,
    /// 线上: by message or on line.
    Message,
}

impl Kind {
    /// Whether somebody has to go to a place.
    pub fn has_place(self) -> bool {
        matches!(self, Self::OnSite | Self::Meeting)
    }

    /// What people call it.
    pub fn label(self) -> Text {
        let (zh, en) = match self {
            Self::OnSite => ("走访", "visit"),
            Self::Meeting => ("会谈", "meeting"),
            Self::Telephone => ("电话", "telephone call"),
            Self::Message => ("线上联系", "contact on line"),
        };
        Text::new(zh, en)
    }
}

/// Where a visit stands.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize,
)]
#[sea_orm(
    rs_type = "String",
    db_type = "String(StringLen::N(9))",
    rename_all = "SCREAMING_SNAKE_CASE"
)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum State {
    /// 已约定: there is a date.
    Agreed,
    /// 已进行: it took place.
    Held,
    /// 已取消: it does not take place.
    Cancelled,
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
