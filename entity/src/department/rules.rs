//! What makes a department acceptable.

use crate::{
    error::{Explain, Refusal},
    language::Text,
    text::clean_line,
};

/// Why a department is not created or changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DepartmentError {
    /// A field must not be empty.
    Missing,
    /// A field is longer than it may be.
    TooLong {
        /// How many characters are allowed.
        limit: usize,
    },
    /// A number below its least value.
    TooSmall,
    /// Another department has this number or this name.
    Taken,
    /// It is to be dissolved, and new contracts would still promise something in its name.
    StillPromises {
        /// The number of the first standard promise that it owes.
        number: usize,
    },
    /// It is to be dissolved, and nobody would decide its cases and items any more.
    StillDecides {
        /// The number of a case that is not over, or the code of an item.
        what: String,
    },
}

impl Explain for DepartmentError {
    fn explain(&self) -> Text {
        match self {
            Self::Missing => Text::new("此项必填。", "This field is required."),
            Self::TooLong { limit } => Text::new(
                format!("内容过长，最多{limit}个字。"),
                format!("Too long: at most {limit} characters."),
            ),
            Self::TooSmall => Text::new(
                "数值过小：编号从1起，窗口数从0起。",
                "Too small: numbers start at 1, the number of windows at 0.",
            ),
            Self::Taken => Text::new(
                "已有部门使用该编号或名称，请更换。",
                "Another department already has this number or name: choose another one.",
            ),
            Self::StillPromises { number } => Text::new(
                format!(
                    "第 {number} 项标准承诺由该部门承担，不能撤销：请先由企业服务中心在“标准承诺”中改由其他部门承担，或者删去该项承诺。"
                ),
                format!(
                    "Standard promise {number} is made by this department, so it cannot be dissolved: first the service centre gives the \
                     promise to another department, or removes it from the standard promises."
                ),
            ),
            Self::StillDecides { what } => Text::new(
                format!(
                    "{what} 由该部门办理，不能撤销：请先办结该部门的全部办件，并在事项目录中把其事项交由其他部门。"
                ),
                format!(
                    "{what} is decided by this department, so it cannot be dissolved: first finish all of its cases, and give its items to another \
                     department in the catalogue."
                ),
            ),
        }
    }
}

/// What a department is called and has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Details {
    /// Number in the park's list.
    pub number: i32,
    /// Name, Chinese.
    pub name_zh: String,
    /// Name, English.
    pub name_en: String,
    /// The office that has these duties today.
    pub counterpart_zh: String,
    /// Windows in the hall.
    pub windows: i32,
}

/// Puts texts right and checks them; all problems at once.
pub fn check(details: Details) -> Result<Details, Vec<Refusal<DepartmentError>>> {
    let mut refusals = Vec::new();
    let mut refuse = |field: &'static str, code: DepartmentError| {
        refusals.push(Refusal {
            code,
            path: vec![field],
        });
    };
    if details.number < 1 {
        refuse("number", DepartmentError::TooSmall);
    }
    if details.windows < 0 {
        refuse("windows", DepartmentError::TooSmall);
    }
    let mut text = |field: &'static str, text: &str, limit: usize| -> String {
        let text = clean_line(text);
        if text.is_empty() {
            refuse(field, DepartmentError::Missing);
        } else if text.chars().count() > limit {
            refuse(field, DepartmentError::TooLong { limit });
        }
        text
    };
    let checked = Details {
        name_zh: text("nameZh", &details.name_zh, 100),
        name_en: text("nameEn", &details.name_en, 200),
        counterpart_zh: text("counterpartZh", &details.counterpart_zh, 200),
        ..details
    };
    if refusals.is_empty() {
        Ok(checked)
    } else {
        Err(refusals)
    }
}
