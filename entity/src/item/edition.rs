//! Edition of the catalogue (目录版次): what its items share, such as the questions, the one form, the order, the windows and the history. It
//! never changes; the newest is in force.

use sea_orm::{FromJsonQueryResult, entity::prelude::*};
use serde::{Deserialize, Serialize};

use super::version::written;
use crate::{
    catalogue::{
        Bundle, CorrectionReason, Department, Edge, Example, FormField, History, PauseKind,
        Question, Silence, SilenceClass, Window,
    },
    error::Fault,
};

/// One edition.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "catalogue_edition")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Its number, from 1.
    pub number: i32,
    /// What it says.
    #[sea_orm(column_type = "Json")]
    pub content: Shared,
    /// SHA-256 of that.
    pub sha256: String,
    /// Whether it is an example that no office has confirmed.
    pub example: bool,
    /// Who imported it; none when the system did it.
    pub imported_by: Option<Uuid>,
    /// When.
    pub imported_at: DateTimeUtc,
}

/// Nothing hangs below.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// What the items share: the rows of the files that belong to no single item.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
pub struct Shared {
    /// The departments as the files call them.
    pub departments: Vec<Department>,
    /// The fields of the one form.
    pub fields: Vec<FormField>,
    /// The questions about a project.
    pub questions: Vec<Question>,
    /// Projects whose items are known.
    pub examples: Vec<Example>,
    /// What comes before what.
    pub edges: Vec<Edge>,
    /// Items that are applied for together.
    pub bundles: Vec<Bundle>,
    /// The windows of the hall.
    pub windows: Vec<Window>,
    /// What held of the items from when to when.
    pub history: Vec<History>,
    /// Why something must be corrected.
    pub correction_reasons: Vec<CorrectionReason>,
    /// Why a clock may stand.
    pub pause_kinds: Vec<PauseKind>,
    /// What silence means.
    pub silences: Vec<Silence>,
}

impl Shared {
    /// SHA-256 of it.
    pub fn sha256(&self) -> Result<String, Fault> {
        written(self)
    }

    /// What a class of silence means, in the words of the park.
    pub fn silence(&self, class: SilenceClass) -> Option<&Silence> {
        self.silences.iter().find(|known| known.class == class)
    }

    /// The window that takes an item.
    pub fn window(&self, code: &str) -> Option<&Window> {
        let mut windows = self.windows.iter();
        windows.find(|window| window.items.iter().any(|item| item == code))
    }
}
