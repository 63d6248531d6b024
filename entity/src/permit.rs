//! Permit (证照): a licence of an enterprise that ends on a day, and the day by which its renewal must be applied for.

use sea_orm::entity::prelude::*;

use crate::term::term;

pub mod commands;
pub mod repository;
pub mod rules;
pub mod subject;

term! {
    /// What is permitted, which decides how long before the end a renewal is applied for (证照种类).
    pub enum Kind as "PermitKind" in "String(StringLen::N(20))" {
        /// Any licence without a rule of its own: 30 working days.
        Licence = "LICENCE", "行政许可证件", "Administrative licence";
        /// To discharge pollutants: 60 days.
        Pollutant = "POLLUTANT", "排污许可证", "Pollutant discharge permit";
        /// To abstract water: 45 days.
        WaterAbstraction = "WATER_ABSTRACTION", "取水许可证", "Water abstraction permit";
        /// A radio frequency or station: 30 working days.
        Radio = "RADIO", "无线电频率或台站许可", "Radio frequency or station licence";
        /// To handle hazardous waste: 30 working days.
        HazardousWaste = "HAZARDOUS_WASTE", "危险废物经营许可证", "Hazardous waste permit";
        /// Radiation safety: 30 days.
        Radiation = "RADIATION", "辐射安全许可证", "Radiation safety permit";
        /// Safe production: three months.
        SafetyProduction = "SAFETY_PRODUCTION", "安全生产许可证", "Safe production licence";
        /// The approval of a project: 30 working days.
        ProjectApproval = "PROJECT_APPROVAL", "项目核准文件", "Approval of a project";
        /// A certificate that need not be applied for before its end.
        Other = "OTHER", "其他证照", "Other certificate";
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
    /// The time limit of applying, as long as it is held.
    #[sea_orm(unique)]
    pub deadline_id: Uuid,
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
