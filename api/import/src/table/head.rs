//! The header of a ledger: where it stands, which columns it names, and under which names parks keep them.

use std::{
    cmp::Ordering,
    collections::{BTreeMap, BTreeSet, HashMap},
};

use entity::{ledger::Field, text::is_invisible};
use rust_xlsxwriter::utility::column_number_to_name;

use super::narrow;
use crate::{
    FileError,
    sheet::{HEADER_WITHIN, Line, Sheet},
};

/// How many rows of heads may stand above the last one.
pub(super) const HEADS_ABOVE: usize = 2;

/// The header of a ledger.
pub(super) struct Head {
    /// The place of its last row.
    pub(super) at: usize,
    /// Where each column stands.
    pub(super) columns: HashMap<Field, u32>,
    /// The columns that have a head, read or not.
    pub(super) headed: BTreeSet<u32>,
    /// The heads of the other columns, from left to right.
    pub(super) ignored: Vec<String>,
}

impl Head {
    /// The first row, or rows, that name the columns of a ledger.
    pub(super) fn find(sheet: &Sheet) -> Result<Self, FileError> {
        let mut problem = FileError::NoHeader;
        let mut above: Vec<&Line> = Vec::new();
        for (at, line) in sheet.lines.iter().enumerate() {
            if line.number > HEADER_WITHIN {
                break;
            }
            if line.hidden {
                continue;
            }
            match Self::read(sheet, at, &above) {
                Ok(Some(head)) => return Ok(head),
                Ok(None) => {}
                // The next row may name what this one lacks.
                Err(error) => problem = error,
            }
            above.insert(0, line);
            above.truncate(HEADS_ABOVE);
        }
        Err(problem)
    }

    /// Whether a row is a header: it names at least three columns, the credit code or the number of the contract among them. Where
    /// heads are divided (`服务专员` above `姓名` and `邮箱`), the rows above say the rest of them; the nearest comes first.
    pub(super) fn read(
        sheet: &Sheet,
        at: usize,
        above: &[&Line],
    ) -> Result<Option<Self>, FileError> {
        let line = &sheet.lines[at];
        let mut head = Self {
            at,
            columns: HashMap::new(),
            headed: BTreeSet::new(),
            ignored: Vec::new(),
        };
        let rows: Vec<&Line> = std::iter::once(line).chain(above.iter().copied()).collect();
        // The lowest words of each column, and how far above the last row they stand.
        let mut titles: BTreeMap<u32, (usize, String)> = BTreeMap::new();
        for (height, row) in rows.iter().enumerate().rev() {
            for (column, cell) in row.lent.iter().chain(&row.cells) {
                titles.insert(*column, (height, cell.text()));
            }
        }
        let mut own = 0;
        let mut unknown: Vec<(usize, &str)> = Vec::new();
        let mut divided = [false; HEADS_ABOVE + 1];
        let mut twice = None;
        for (column, (height, title)) in &titles {
            let field = field_called(title).or_else(|| {
                let over = rows.get(height + 1)?.nearest(*column)?;
                field_called(&(over.text() + title))
            });
            let Some(field) = field else {
                unknown.push((*height, title.as_str()));
                continue;
            };
            divided[*height] = true;
            own += usize::from(*height == 0);
            let Some(before) = head.columns.insert(field, *column) else {
                continue;
            };
            // A column that can be seen is meant, and the one that is called as in the park's own ledger.
            let rank = |column: &u32| {
                let exact = plain(&titles[column].1) == field.label().zh;
                (!sheet.hides(*column), exact)
            };
            match rank(&before).cmp(&rank(column)) {
                Ordering::Greater => {
                    head.columns.insert(field, before);
                    head.ignored.push(title.clone());
                }
                Ordering::Less => head.ignored.push(titles[&before].1.clone()),
                Ordering::Equal => twice = Some((field, [before, *column])),
            }
        }
        let has = |field| head.columns.contains_key(&field);
        let marked = has(Field::CreditCode) || has(Field::ContractNumber);
        if own == 0 || head.columns.len() < 3 || !marked {
            return Ok(None);
        }
        if let Some((field, columns)) = twice {
            return Err(FileError::ColumnTwice {
                field,
                columns: columns.map(column_name),
                sheet: sheet.name.clone(),
            });
        }
        // A row above that names no column is the title of the table.
        let unknown = unknown
            .into_iter()
            .filter(|(height, _)| *height == 0 || divided[*height]);
        head.ignored
            .extend(unknown.map(|(_, title)| title.to_owned()));
        head.headed = titles.keys().copied().collect();
        let missing: Vec<Field> = Field::ALL
            .into_iter()
            .filter(|field| field.is_required() && !has(*field))
            .collect();
        if missing.is_empty() {
            Ok(Some(head))
        } else {
            Err(FileError::MissingColumns(missing))
        }
    }
}

/// What a spreadsheet calls a column: `A`, `AB`.
pub(super) fn column_name(column: u32) -> String {
    column_number_to_name(u16::try_from(column).unwrap_or(u16::MAX - 1))
}

/// The names under which parks keep these columns.
pub(super) fn field_called(title: &str) -> Option<Field> {
    Some(match plain(title).as_str() {
        "企业名称" | "企业" | "单位名称" | "公司名称" | "企业全称" | "enterprise"
        | "enterprisename" => Field::EnterpriseName,
        "统一社会信用代码" | "社会信用代码" | "信用代码" | "统一信用代码" | "creditcode" => {
            Field::CreditCode
        }
        "行业" | "所属行业" | "行业类别" | "industry" => Field::Industry,
        "服务专员" | "专员" | "专员姓名" | "服务专员姓名" | "liaison" => {
            Field::LiaisonName
        }
        "专员邮箱" | "服务专员邮箱" | "专员电子邮箱" | "服务专员电子邮箱" | "liaisonmail" => {
            Field::LiaisonMail
        }
        "企业联系人邮箱" | "联系人邮箱" | "企业邮箱" | "企业联系人电子邮箱" | "contactmail" => {
            Field::ContactMail
        }
        "专员电话"
        | "专员联系电话"
        | "服务专员电话"
        | "服务专员联系电话"
        | "专员手机"
        | "liaisontelephone" => Field::LiaisonTelephone,
        "联系电话"
        | "企业联系电话"
        | "联系人电话"
        | "企业联系人电话"
        | "联系人手机"
        | "电话"
        | "contacttelephone" => Field::ContactTelephone,
        "契约编号" | "合同编号" | "服务契约编号" | "contractnumber" => {
            Field::ContractNumber
        }
        "契约起始日" | "契约起始日期" | "起始日" | "起始日期" | "契约开始日期" | "startson" => {
            Field::StartsOn
        }
        "契约终止日" | "契约终止日期" | "终止日" | "终止日期" | "契约结束日期" | "到期日"
        | "endson" => Field::EndsOn,
        "重点项目" | "项目" | "项目名称" | "重点项目名称" | "project" => {
            Field::Project
        }
        "备注" | "说明" | "remark" => Field::Remark,
        _ => return None,
    })
}

/// A title without what people put around it: line breaks, blanks, marks, and remarks in brackets.
pub(super) fn plain(title: &str) -> String {
    let mut depth = 0_u32;
    narrow(title)
        .chars()
        .filter(|letter| {
            match letter {
                '(' | '[' | '【' | '〔' => depth += 1,
                ')' | ']' | '】' | '〕' => {
                    depth = depth.saturating_sub(1);
                    return false;
                }
                _ => {}
            }
            depth == 0
                && !letter.is_whitespace()
                && !is_invisible(*letter)
                && !matches!(letter, '*' | ':' | '_' | '-' | '#' | '※')
        })
        .collect::<String>()
        .to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_is_known_with_what_people_put_around_it() {
        for title in [
            "统一社会信用代码",
            "统一社会\n信用代码（18位）",
            "*统一社会信用代码：",
            "统一社会信用代码【必填】",
            "\u{feff}信用代码",
        ] {
            assert_eq!(field_called(title), Some(Field::CreditCode), "{title}");
        }
        assert_eq!(
            field_called("契约起始日\r\n(年/月/日)"),
            Some(Field::StartsOn)
        );
        assert_eq!(field_called("（备注）"), None);
    }
}
