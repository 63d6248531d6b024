//! Permit (证照): a licence of an enterprise that ends on a day, and the day by which its renewal must be applied for.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::{
    command::{Choices, Given, Taken},
    language::Text,
};

pub mod commands;
pub mod repository;
pub mod rules;

/// What is permitted, which decides how long before the end a renewal is applied for.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize,
)]
#[sea_orm(
    rs_type = "String",
    db_type = "String(StringLen::N(20))",
    rename_all = "SCREAMING_SNAKE_CASE"
)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Kind {
    /// 行政许可证件: any licence without a rule of its own.
    Licence,
    /// 排污许可证: to discharge pollutants.
    Pollutant,
    /// 取水许可证: to abstract water.
    WaterAbstraction,
    /// 无线电频率或台站许可: a radio frequency or station.
    Radio,
    /// 危险废物经营许可证: to handle hazardous waste.
    HazardousWaste,
    /// 辐射安全许可证: radiation safety.
    Radiation,
    /// 安全生产许可证: safe production.
    SafetyProduction,
    /// 项目核准文件: the approval of a project.
    ProjectApproval,
    /// 其他证照: a certificate that need not be applied for before its end.
    Other,
}

impl Kind {
    /// All kinds.
    pub const ALL: [Self; 9] = [
        Self::Licence,
        Self::Pollutant,
        Self::WaterAbstraction,
        Self::Radio,
        Self::HazardousWaste,
        Self::Radiation,
        Self::SafetyProduction,
        Self::ProjectApproval,
        Self::Other,
    ];

    /// What people call it.
    pub fn label(self) -> Text {
        let (zh, en) = match self {
            Self::Licence => ("行政许可证件", "Administrative licence"),
            Self::Pollutant => ("排污许可证", "Pollutant discharge permit"),
            Self::WaterAbstraction => ("取水许可证", "Water abstraction permit"),
            Self::Radio => ("无线电频率或台站许可", "Radio frequency or station licence"),
            Self::HazardousWaste => ("危险废物经营许可证", "Hazardous waste permit"),
            Self::Radiation => ("辐射安全许可证", "Radiation safety permit"),
            Self::SafetyProduction => ("安全生产许可证", "Safe production licence"),
            Self::ProjectApproval => ("项目核准文件", "Approval of a project"),
            Self::Other => ("其他证照", "Other certificate"),
        };
        Text::new(zh, en)
    }
}

impl Kind {
    /// All kinds, for a form.
    pub fn choices() -> Choices {
        Choices {
            name: "PermitKind",
            all: Self::ALL.map(|kind| (kind.to_value(), kind.label())).into(),
        }
    }
}

impl Taken for Kind {
    fn taken(given: Option<Given>) -> Option<Self> {
        Self::try_from_value(&String::taken(given)?).ok()
    }
}

/// One permit.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "permit")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Whose it is.
    pub enterprise_id: Uuid,
    /// What is permitted.
    pub kind: Kind,
    /// Its number.
    pub number: String,
    /// Who issued it.
    pub issuer: String,
    /// The last day on which it holds.
    pub valid_until: Date,
    /// The last day on which its renewal can be applied for.
    pub apply_by: Date,
    /// When it was withdrawn or given up.
    pub withdrawn_on: Option<Date>,
    /// When it was recorded.
    pub created_at: DateTimeUtc,
    /// Counts the changes.
    pub version: i32,
}

/// Nothing hangs below.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
