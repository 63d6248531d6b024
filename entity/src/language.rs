//! The languages of the people: Chinese first, English second. Every text for people exists in both.

use chrono::NaiveDate;
use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::text::{clean_line, clean_lines};

/// The language a person reads.
#[derive(
    Clone,
    Copy,
    Debug,
    Default,
    PartialEq,
    Eq,
    Hash,
    EnumIter,
    DeriveActiveEnum,
    Serialize,
    Deserialize,
)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(8))")]
pub enum Language {
    /// 简体中文.
    #[default]
    #[sea_orm(string_value = "zh-CN")]
    #[serde(rename = "zh-CN")]
    Chinese,
    /// English.
    #[sea_orm(string_value = "en")]
    #[serde(rename = "en")]
    English,
}

impl Language {
    /// Both languages, the first one first.
    pub const ALL: [Self; 2] = [Self::Chinese, Self::English];

    /// The BCP 47 tag.
    pub fn tag(self) -> &'static str {
        match self {
            Self::Chinese => "zh-CN",
            Self::English => "en",
        }
    }

    /// The best language for an `Accept-Language` header or a single tag; Chinese when nothing fits.
    pub fn negotiate(header: &str) -> Self {
        header
            .split(',')
            .map(|part| {
                part.split(';')
                    .next()
                    .unwrap_or_default()
                    .trim()
                    .to_ascii_lowercase()
            })
            .find_map(|tag| match tag.split('-').next() {
                Some("zh") => Some(Self::Chinese),
                Some("en") => Some(Self::English),
                _ => None,
            })
            .unwrap_or_default()
    }
}

/// A sentence for people, in both languages. Rules write their errors with it, so that no text exists in one language only.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Text {
    /// 简体中文.
    pub zh: String,
    /// English.
    pub en: String,
}

impl Text {
    /// A sentence from its two versions.
    pub fn new(zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self {
            zh: zh.into(),
            en: en.into(),
        }
    }

    /// The version for a reader of `language`.
    pub fn in_language(&self, language: Language) -> &str {
        match language {
            Language::Chinese => &self.zh,
            Language::English => &self.en,
        }
    }
}

/// The words of something that is known when the program is built, in both languages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Said {
    /// 简体中文.
    pub zh: &'static str,
    /// English.
    pub en: &'static str,
}

impl Said {
    /// The words for a reader of `language`.
    pub fn in_language(self, language: Language) -> &'static str {
        match language {
            Language::Chinese => self.zh,
            Language::English => self.en,
        }
    }
}

/// A stretch of days as people read it, the last one included: weeks are named by their days, because nobody counts them.
pub fn days(from: NaiveDate, to: NaiveDate) -> Text {
    Text::new(format!("{from} 至 {to}"), format!("{from} to {to}"))
}

/// A text of 1 to `longest` characters as it is kept, on as many lines as it has.
pub fn text(given: &str, longest: usize) -> Option<String> {
    fitting(clean_lines(given), longest)
}

/// The same of one line: a name, a number, a title.
pub fn line(given: &str, longest: usize) -> Option<String> {
    fitting(clean_line(given), longest)
}

fn fitting(kept: String, longest: usize) -> Option<String> {
    (!kept.is_empty() && kept.chars().count() <= longest).then_some(kept)
}

/// A text has more characters than it may have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TooLong;

/// A text that may be left out or empty.
pub fn optional_text(given: Option<String>, longest: usize) -> Result<Option<String>, TooLong> {
    given
        .filter(|given| !clean_lines(given).is_empty())
        .map(|given| text(&given, longest).ok_or(TooLong))
        .transpose()
}

/// One line that may be left out or empty.
pub fn optional_line(given: Option<String>, longest: usize) -> Result<Option<String>, TooLong> {
    given
        .filter(|given| !clean_line(given).is_empty())
        .map(|given| line(&given, longest).ok_or(TooLong))
        .transpose()
}
