//! Ledger (契约企业台账): the park's spreadsheet of its contracted enterprises, and what a row of it means.

use chrono::NaiveDate;
use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

/// What was taken from one row, kept so that a second import knows it.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "ledger_row")]
pub struct Model {
    /// The number of the contract: the key of the row.
    #[sea_orm(primary_key, auto_increment = false)]
    pub contract_number: String,
    /// The contract made from it.
    pub contract_id: Uuid,
    /// SHA-256 of the content.
    pub row_hash: String,
    /// The row as it was read, see [`Row`].
    pub content: Json,
    /// When.
    pub imported_at: DateTimeUtc,
}

/// Nothing hangs below a ledger row.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// One row of a ledger, read and normalised: every value is what it should be, but nothing is known yet of the other rows
/// or of the database.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    /// The number of the row in the file, from 1, as the spreadsheet shows it.
    #[serde(skip)]
    pub number: u32,
    /// 企业名称.
    pub enterprise_name: String,
    /// 统一社会信用代码, normalised.
    pub credit_code: String,
    /// 行业.
    pub industry: String,
    /// 服务专员.
    pub liaison_name: String,
    /// 专员邮箱, in lower case.
    pub liaison_login: String,
    /// 企业联系人邮箱, in lower case.
    pub contact_login: String,
    /// 契约编号.
    pub contract_number: String,
    /// 契约起始日.
    pub starts_on: NaiveDate,
    /// 契约终止日.
    pub ends_on: NaiveDate,
    /// 重点项目, where the row names one.
    pub project_name: Option<String>,
    /// 备注, where there is one.
    pub remark: Option<String>,
}
