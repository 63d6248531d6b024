//! Policy (园区规定): what a park decides for itself where a rule leaves it the choice, by the settings of its service.

use serde::{Deserialize, Serialize};

use crate::language::Text;

/// The choices of this park.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Policy {
    /// What a password is like.
    pub password: PasswordRule,
    /// Whether the roles with power over all (administrator, leader, supervisor) are given by two administrators.
    pub second_administrator: bool,
}

/// What a password is like. Either way the commonest ones are not taken.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum PasswordRule {
    /// Long, of whatever characters (NIST SP 800-63B-4, 3.1.1.2: fifteen where nothing else is asked for, and no rules of
    /// composition).
    #[default]
    Length,
    /// Of three kinds of characters, where an assessment under the multi-level protection scheme (等保, GB/T 22239-2019,
    /// 8.1.4.1) asks for complexity.
    Composition,
}

impl PasswordRule {
    /// The fewest characters.
    pub fn shortest(self) -> usize {
        match self {
            Self::Length => 15,
            Self::Composition => 10,
        }
    }

    /// What it asks for, for the person who chooses one.
    pub fn words(self) -> Text {
        match self {
            Self::Length => Text::new(
                "至少 15 个字符，可用几个词连成一句；不限种类，但不能太常见",
                "At least 15 characters, such as a few words; of any kind, but none that is common",
            ),
            Self::Composition => Text::new(
                "至少 10 个字符，含小写字母、大写字母、数字、其他符号中的三种，且不能太常见",
                "At least 10 characters with three of: small letters, capitals, digits, others; and none that is common",
            ),
        }
    }
}
