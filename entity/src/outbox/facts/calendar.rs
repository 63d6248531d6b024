//! Facts of the letter that asks for a year's calendar.

use serde::{Deserialize, Serialize};

use super::Facts;
use crate::language::Text;

/// Facts of [`Kind::CalendarMissing`](super::super::Kind::CalendarMissing).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CalendarMissing {
    /// The recipient's name.
    pub name: String,
    /// The year without a calendar.
    pub year: i32,
}

impl Facts for CalendarMissing {
    fn headline(&self) -> Text {
        Text::new(
            format!("请导入 {} 年工作日历", self.year),
            format!("Please import the calendar of {}", self.year),
        )
    }
}
