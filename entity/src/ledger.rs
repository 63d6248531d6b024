//! Ledger (契约企业台账): the park's spreadsheet of its contracted enterprises, and what a row of it means.

use chrono::NaiveDate;
use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::{language::Text, telephone::Telephone, term::term};

pub mod commands;
mod file;
mod repository;
pub mod rules;

pub use file::FileError;
pub use rules::{Kept, RowError};

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
    /// 专员电话, where the row has one.
    #[serde(default)]
    pub liaison_telephone: Option<Telephone>,
    /// 企业联系人邮箱, in lower case.
    pub contact_login: String,
    /// 联系电话 of the contact, where the row has one.
    #[serde(default)]
    pub contact_telephone: Option<Telephone>,
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

term! {
    /// What became of a row that says something else than when it was taken.
    pub enum Fate as "LedgerFate" {
        /// It was only told; nothing was changed.
        Told = "TOLD", "未更改", "Listed only";
        /// The system says the same now.
        Applied = "APPLIED", "已更新", "Updated";
        /// It cannot be taken over; the reason says why.
        Kept = "KEPT", "保持不变", "Left unchanged";
    }
}

term! {
    /// What becomes of a row of a ledger.
    pub enum Outcome as "LedgerOutcome" {
        /// It is not taken; the reasons are told.
        Refused = "REFUSED", "拒绝", "Refused";
        /// It is known already, and says something else now.
        Changed = "CHANGED", "有差异", "Different";
        /// It becomes an enterprise, its people, a contract and a project.
        New = "NEW", "新增", "New";
        /// It is known already, and says the same.
        Unchanged = "UNCHANGED", "无变化", "Unchanged";
    }
}

/// The columns of a ledger that are read; every other column is ignored.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Field {
    /// 企业名称.
    EnterpriseName,
    /// 统一社会信用代码.
    CreditCode,
    /// 行业.
    Industry,
    /// 服务专员.
    LiaisonName,
    /// 专员邮箱.
    LiaisonMail,
    /// 专员电话.
    LiaisonTelephone,
    /// 企业联系人邮箱.
    ContactMail,
    /// 联系电话, of the contact.
    ContactTelephone,
    /// 契约编号.
    ContractNumber,
    /// 契约起始日.
    StartsOn,
    /// 契约终止日.
    EndsOn,
    /// 重点项目.
    Project,
    /// 备注.
    Remark,
}

impl Extent {
    /// What was read and what was left out, sentence by sentence.
    pub fn explain(&self) -> Vec<Text> {
        let mut said = Vec::new();
        let mut say = |zh: String, en: String| said.push(Text::new(zh, en));
        if let Some(sheet) = &self.sheet {
            say(
                format!("读取的工作表：“{sheet}”。"),
                format!("Sheet read: “{sheet}”."),
            );
        }
        if !self.other_sheets.is_empty() {
            say(
                format!(
                    "未读取的其他台账工作表：“{}”。",
                    self.other_sheets.join("”“")
                ),
                format!(
                    "Other sheets look like a ledger and were not read: “{}”.",
                    self.other_sheets.join("”, “")
                ),
            );
        }
        if !self.hidden_sheets.is_empty() {
            say(
                format!(
                    "未读取的隐藏台账工作表：“{}”。",
                    self.hidden_sheets.join("”“")
                ),
                format!(
                    "Hidden sheets look like a ledger and were not read: “{}”.",
                    self.hidden_sheets.join("”, “")
                ),
            );
        }
        if !self.ignored_columns.is_empty() {
            say(
                format!("未读取的列：“{}”。", self.ignored_columns.join("”“")),
                format!(
                    "Columns that were not read: “{}”.",
                    self.ignored_columns.join("”, “")
                ),
            );
        }
        if !self.hidden_rows.is_empty() {
            say(
                format!(
                    "隐藏或被筛选掉的行未读取：第 {} 行；如需导入，请取消隐藏或清除筛选后重新保存。",
                    self.hidden_rows
                ),
                format!(
                    "Rows that are hidden or filtered out were not read: {}. To import them, show them and save the file again.",
                    self.hidden_rows
                ),
            );
        }
        if !self.passed_rows.is_empty() {
            say(
                format!(
                    "不是企业的行（重复表头、小计、说明）已跳过：第 {} 行。",
                    self.passed_rows
                ),
                format!(
                    "Rows that are not enterprises (repeated headers, totals, notes) were skipped: {}.",
                    self.passed_rows
                ),
            );
        }
        said
    }
}

impl Field {
    /// All of them, in the order of the park's own ledger.
    pub const ALL: [Self; 13] = [
        Self::EnterpriseName,
        Self::CreditCode,
        Self::Industry,
        Self::LiaisonName,
        Self::LiaisonMail,
        Self::LiaisonTelephone,
        Self::ContactMail,
        Self::ContactTelephone,
        Self::ContractNumber,
        Self::StartsOn,
        Self::EndsOn,
        Self::Project,
        Self::Remark,
    ];

    /// What the column is called.
    pub fn label(self) -> Text {
        match self {
            Self::EnterpriseName => Text::new("企业名称", "Enterprise"),
            Self::CreditCode => Text::new("统一社会信用代码", "Unified social credit code"),
            Self::Industry => Text::new("行业", "Industry"),
            Self::LiaisonName => Text::new("服务专员", "Liaison"),
            Self::LiaisonMail => Text::new("专员邮箱", "Liaison's e-mail"),
            Self::LiaisonTelephone => Text::new("专员电话", "Liaison's telephone"),
            Self::ContactMail => Text::new("企业联系人邮箱", "Enterprise contact's e-mail"),
            Self::ContactTelephone => Text::new("联系电话", "Enterprise contact's telephone"),
            Self::ContractNumber => Text::new("契约编号", "Contract number"),
            Self::StartsOn => Text::new("契约起始日", "First day of the contract"),
            Self::EndsOn => Text::new("契约终止日", "Last day of the contract"),
            Self::Project => Text::new("重点项目", "Project"),
            Self::Remark => Text::new("备注", "Remark"),
        }
    }

    /// How the column is filled in.
    pub fn hint(self) -> Text {
        match self {
            Self::EnterpriseName => Text::new(
                "营业执照上的全称，不超过 200 字；每行一家企业。",
                "The full name on the business licence, up to 200 characters; one enterprise per row.",
            ),
            Self::CreditCode => Text::new(
                "18 位，以文本填写，不得重复。",
                "18 characters, entered as text; each code once.",
            ),
            Self::Industry => Text::new(
                "主营行业，例如“软件”。",
                "The main line of business, for example 软件.",
            ),
            Self::LiaisonName => Text::new(
                "姓名或岗位，例如“专员 01”；同一邮箱只对应一个名称。",
                "The name or position, for example 专员 01; always the same name beside one address.",
            ),
            Self::LiaisonMail => Text::new(
                "专员用于登录和收信的邮箱；尚无账户的，导入时建立。",
                "The address with which the liaison signs in and receives e-mail; an account is created if there is none.",
            ),
            Self::ContactMail => Text::new(
                "企业联系人用于登录和收信的邮箱；一个邮箱只对应一家企业，不得与专员相同。",
                "The address with which the contact signs in and receives e-mail; of one enterprise only, and not that of a liaison.",
            ),
            Self::LiaisonTelephone => Text::new(
                "可不填；办公电话或手机，以文本填写，例如“0000-00000001”。",
                "May be left empty; an office or mobile number, entered as text, for example 0000-00000001.",
            ),
            Self::ContactTelephone => Text::new(
                "可不填；企业联系人的电话或手机，以文本填写。",
                "May be left empty; the number of the enterprise's contact, entered as text.",
            ),
            Self::ContractNumber => Text::new(
                "例如 QY-2026-001，以文本填写，不得重复。",
                "For example QY-2026-001, entered as text; each number once.",
            ),
            Self::StartsOn => Text::new(
                "年/月/日，例如 2026/1/15。",
                "Year/month/day, for example 2026/1/15.",
            ),
            Self::EndsOn => Text::new(
                "年/月/日，不得早于起始日。",
                "Year/month/day, not before the first day.",
            ),
            Self::Project => Text::new(
                "填写名称即建立重点项目及其十个阶段；没有则留空。",
                "A name creates a key project with its ten stages; leave it empty if there is none.",
            ),
            Self::Remark => Text::new(
                "仅供园区内部，不超过 500 字；没有则留空。",
                "For the park alone, up to 500 characters; leave it empty if there is none.",
            ),
        }
    }

    /// Whether a ledger without this column, or a row without this value, is refused.
    pub fn is_required(self) -> bool {
        !matches!(
            self,
            Self::LiaisonTelephone | Self::ContactTelephone | Self::Project | Self::Remark
        )
    }

    /// How many characters fit.
    pub fn longest(self) -> usize {
        match self {
            Self::EnterpriseName | Self::Project => 200,
            Self::Industry | Self::LiaisonName => 100,
            Self::CreditCode
            | Self::ContractNumber
            | Self::StartsOn
            | Self::EndsOn
            | Self::LiaisonTelephone
            | Self::ContactTelephone => 40,
            Self::LiaisonMail | Self::ContactMail => 254,
            Self::Remark => 500,
        }
    }
}

/// What a file says: the rows that can be taken as they stand in it, the cells that cannot be read, and what of the file was read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reading {
    /// The rows that can be read.
    pub rows: Vec<Row>,
    /// The cells that cannot.
    pub refused: Vec<Refused>,
    /// The rows that such cells belong to, as far as they can be read.
    pub unread: Vec<Named>,
    /// Where they stand, and what beside them was left out.
    pub extent: Extent,
}

/// Whom and what a row names, as far as it can be read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Named {
    /// The number of the row in the file, from 1.
    pub row: u32,
    /// 企业名称.
    pub enterprise_name: String,
    /// 统一社会信用代码.
    pub credit_code: String,
    /// 服务专员.
    pub liaison_name: String,
    /// 专员邮箱.
    pub liaison_login: String,
    /// 企业联系人邮箱.
    pub contact_login: String,
    /// 契约编号.
    pub contract_number: String,
    /// 契约起始日.
    pub starts_on: Option<NaiveDate>,
    /// 契约终止日.
    pub ends_on: Option<NaiveDate>,
    /// 重点项目.
    pub project_name: Option<String>,
}

impl From<Row> for Named {
    fn from(row: Row) -> Self {
        Self {
            row: row.number,
            enterprise_name: row.enterprise_name,
            credit_code: row.credit_code,
            liaison_name: row.liaison_name,
            liaison_login: row.liaison_login,
            contact_login: row.contact_login,
            contract_number: row.contract_number,
            starts_on: Some(row.starts_on),
            ends_on: Some(row.ends_on),
            project_name: row.project_name,
        }
    }
}

/// A row of a file, and what becomes of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Judged {
    /// Whom and what it names.
    pub named: Named,
    /// What becomes of it.
    pub outcome: Outcome,
    /// What it says differently from before, and is kept as it was.
    pub differences: Vec<Difference>,
    /// Why it is not taken.
    pub refused: Vec<Refused>,
}

/// What of a file was read (读取范围), so that nobody takes a part for the whole.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Extent {
    /// The sheet that was read; none in a file without sheets.
    pub sheet: Option<String>,
    /// Other sheets that look like a ledger.
    pub other_sheets: Vec<String>,
    /// Hidden sheets that look like one.
    pub hidden_sheets: Vec<String>,
    /// The heads of columns that no value was taken from.
    pub ignored_columns: Vec<String>,
    /// Rows that are hidden or filtered out of sight, and so were not read.
    pub hidden_rows: Stretches,
    /// Rows below the header that are no enterprise: heads of further pages, totals, notes.
    pub passed_rows: Stretches,
}

/// Rows of a file, those in a row as one stretch.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stretches(Vec<(u32, u32)>);

impl Stretches {
    /// Adds a row below the others.
    pub fn push(&mut self, row: u32) {
        match self.0.last_mut() {
            Some((_, last)) if *last + 1 == row => *last = row,
            _ => self.0.push((row, row)),
        }
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// `3, 5-20`.
impl std::fmt::Display for Stretches {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for (place, (first, last)) in self.0.iter().enumerate() {
            let comma = if place == 0 { "" } else { ", " };
            match first == last {
                true => write!(f, "{comma}{first}")?,
                false => write!(f, "{comma}{first}-{last}")?,
            }
        }
        Ok(())
    }
}

/// Why a row was not taken: where, what stands there, and what is wrong with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    /// The number of the row in the file, from 1.
    pub row: u32,
    /// The column.
    pub field: Field,
    /// What stands in the cell.
    pub value: String,
    /// What is wrong.
    pub reason: RowError,
}

/// What a row of the ledger says differently from when it was taken, or a new row from what is on record of its enterprise and its
/// people. Nothing is changed by it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// The number of the row in the file, from 1.
    pub row: u32,
    /// The contract it is about.
    pub contract_number: String,
    /// The column.
    pub field: Field,
    /// What the row said when it was taken, or what is on record.
    pub was: String,
    /// What the file says.
    pub is: String,
}

/// What an import did, or would do.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// The numbers of the contracts made.
    pub taken: Vec<String>,
    /// How many rows were known already and say the same as before.
    pub unchanged: usize,
    /// What rows say differently from before, those taken now included: it was only told.
    pub differences: Vec<Difference>,
    /// What was not taken, by row.
    pub refused: Vec<Refused>,
}

impl Report {
    /// How many rows were refused, each counted once.
    pub fn refused_rows(&self) -> usize {
        distinct(self.refused.iter().map(|refused| refused.row))
    }

    /// How many rows differ, each counted once.
    pub fn differing_rows(&self) -> usize {
        distinct(self.differences.iter().map(|difference| difference.row))
    }
}

/// What became of the differences when they were to be taken over.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Updated {
    /// What the system says now.
    pub applied: Vec<Difference>,
    /// What stayed as it was, and why.
    pub kept: Vec<(Difference, Kept)>,
}

fn distinct(rows: impl Iterator<Item = u32>) -> usize {
    rows.collect::<std::collections::BTreeSet<_>>().len()
}
