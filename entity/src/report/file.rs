//! Report file (报告文件): a report as a workbook or as a printed document, with the bytes it was made of once and for all.

use sea_orm::entity::prelude::*;

use crate::{document, language::Language, term::term};

/// One file of one report in one language.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "report_file")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The report.
    pub report_id: Uuid,
    /// Which kind of file.
    pub format: Format,
    /// In which language.
    pub language: Language,
    /// Its name when it is saved.
    pub name: String,
    /// How many bytes it has.
    pub size: i32,
    /// SHA-256 of its bytes.
    pub sha256: String,
    /// Its content.
    pub bytes: Vec<u8>,
}

term! {
    /// What a file of a report is.
    pub enum Format as "ReportFormat" in "String(StringLen::N(4))" {
        /// A workbook with tables.
        Xlsx = "XLSX", "工作簿", "Workbook";
        /// Pages to print; only where the service makes them.
        Pdf = "PDF", "打印稿", "To print";
    }
}

impl Format {
    /// The media type.
    pub fn content_type(self) -> &'static str {
        match self {
            Self::Xlsx => document::rules::Format::Xlsx.content_type(),
            Self::Pdf => document::rules::Format::Pdf.content_type(),
        }
    }

    /// How the file name ends.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Xlsx => "xlsx",
            Self::Pdf => "pdf",
        }
    }
}

/// Nothing hangs below a file.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
