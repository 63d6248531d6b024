//! Why a file is no ledger. What reads files gives it, and every door says it in the same words.

use super::Field;
use crate::{error::Explain, language::Text};

/// Why a file as a whole cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FileError {
    /// It is neither a workbook nor a text of values.
    NotALedger,
    /// It is a page or another text with marks, whatever its name says.
    Markup,
    /// It is a workbook where a text is meant.
    Workbook,
    /// The workbook is encrypted.
    Encrypted,
    /// It is a workbook of a format before 1997.
    OldWorkbook,
    /// The file, what it unpacks to, or what stands in it is too large.
    TooLarge,
    /// It begins like a workbook but breaks off or contradicts itself.
    Damaged(String),
    /// The text is neither UTF-8 nor GB 18030.
    NotText,
    /// There is no sheet of this name.
    NoSheet(String),
    /// A sheet is asked for, and a text has none.
    NoSheets,
    /// Only hidden sheets are ledgers.
    OnlyHidden(Vec<String>),
    /// No row looks like the header.
    NoHeader,
    /// There is a header and no enterprise below it.
    Blank,
    /// Columns are absent.
    MissingColumns(Vec<Field>),
    /// Two columns have the same head.
    ColumnTwice {
        /// The head.
        field: Field,
        /// Where it stands, as spreadsheets name columns.
        columns: [String; 2],
        /// The sheet, in files with sheets.
        sheet: Option<String>,
    },
}

impl Explain for FileError {
    fn explain(&self) -> Text {
        match self {
            Self::NotALedger => Text::new(
                "这不是工作簿（.xlsx、.xls、.ods），也不是 CSV 文件。请用 Excel 或 WPS 打开台账并另存为 .xlsx。",
                "This is neither a workbook (.xlsx, .xls, .ods) nor a CSV file. Open the ledger in Excel or WPS and save it as .xlsx.",
            ),
            Self::Markup => Text::new(
                "这是网页或 XML 格式的表格，不是工作簿（扩展名可能是 .xls）。请用 Excel 或 WPS 打开并另存为 .xlsx。",
                "This is a table in HTML or XML, not a workbook, even if its name ends in .xls. Open it in Excel or WPS and save it as .xlsx.",
            ),
            Self::Workbook => Text::new(
                "这是工作簿，不是 CSV 文件。请用 Excel 或 WPS 打开并另存为“CSV UTF-8”。",
                "This is a workbook, not a CSV file. Open it in Excel or WPS and save it as “CSV UTF-8”.",
            ),
            Self::Encrypted => Text::new(
                "文件已加密，无法读取。请在 Excel 中取消密码后重新保存。",
                "The file is encrypted. Remove the password in Excel and save it again.",
            ),
            Self::OldWorkbook => Text::new(
                "这是 Excel 97 以前的工作簿。请在 Excel 中另存为 .xlsx。",
                "This is a workbook of a format before Excel 97. Save it as .xlsx in Excel.",
            ),
            Self::TooLarge => Text::new(
                "文件过大：文件最大 20 MiB，展开后最大 128 MiB，最多 100 万个有内容的单元格。请删除台账以外的工作表、空行和空列后重新保存。",
                "The file is too large: at most 20 MiB, 128 MiB unpacked, and one million cells with something in them. Delete the other \
                 sheets and the empty rows and columns, and save it again.",
            ),
            Self::Damaged(detail) => Text::new(
                format!("文件已损坏，无法读取（{detail}）。请在 Excel 中打开并重新保存。"),
                format!("The file is damaged ({detail}). Open it in Excel and save it again."),
            ),
            Self::NotText => Text::new(
                "无法识别文本文件的编码（支持 UTF-8、带标记的 UTF-16、GB 18030）。请在 Excel 中另存为“CSV UTF-8”。",
                "The encoding of the text is unknown: UTF-8, UTF-16 with its mark and GB 18030 are read. Save it as “CSV UTF-8” in Excel.",
            ),
            Self::NoSheet(name) => Text::new(
                format!("文件中没有名为“{name}”的工作表，请核对名称。"),
                format!("There is no sheet “{name}” in the file: check the name."),
            ),
            Self::NoSheets => Text::new(
                "CSV 文件没有工作表，请不要指定工作表。",
                "A CSV file has no sheets: do not name one.",
            ),
            Self::OnlyHidden(names) => Text::new(
                format!(
                    "台账在隐藏的工作表“{}”中。请取消隐藏后重新保存。",
                    names.join("”“")
                ),
                format!(
                    "The ledger is on a hidden sheet (“{}”): unhide it and save the file again.",
                    names.join("”, “")
                ),
            ),
            Self::NoHeader => Text::new(
                "前 50 行内没有找到表头。表头应包含“企业名称”“统一社会信用代码”“契约编号”等列名。",
                "No header was found in the first 50 rows. It should name 企业名称, 统一社会信用代码, 契约编号 and the other columns.",
            ),
            Self::Blank => Text::new(
                "台账中只有表头，没有企业，请填写后再上传。",
                "The ledger has a header and no enterprise: fill it in first.",
            ),
            Self::MissingColumns(fields) => {
                let labels: Vec<Text> = fields.iter().map(|field| field.label()).collect();
                let zh: Vec<&str> = labels.iter().map(|label| label.zh.as_str()).collect();
                let en: Vec<String> = labels
                    .iter()
                    .map(|label| format!("{} ({})", label.zh, label.en))
                    .collect();
                Text::new(
                    format!("表头缺少以下列：{}。请补全后重新导入。", zh.join("、")),
                    format!(
                        "These columns are missing in the header: {}. Add them and import again.",
                        en.join(", ")
                    ),
                )
            }
            Self::ColumnTwice {
                field,
                columns: [one, other],
                sheet,
            } => {
                let label = field.label();
                let (zh, en) = match sheet {
                    Some(sheet) => (
                        format!("工作表“{sheet}”的"),
                        format!(" of the sheet “{sheet}”"),
                    ),
                    None => Default::default(),
                };
                Text::new(
                    format!(
                        "{zh}表头中“{}”出现了两次（{one} 列和 {other} 列），请删除其中一列。",
                        label.zh
                    ),
                    format!(
                        "The header{en} has the column {} ({}) twice, in {one} and {other}: remove one.",
                        label.zh, label.en
                    ),
                )
            }
        }
    }
}

impl FileError {
    /// A damaged file, with what its reader says.
    pub fn damaged(error: impl std::fmt::Display) -> Self {
        Self::Damaged(error.to_string())
    }
}
