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
    /// How far it lets those who keep its promises go.
    pub margins: Margins,
    /// With which kinds of market entities it contracts.
    pub admitted: AdmittedKinds,
}

/// Which kinds of market entities the park contracts with (a setting). Companies (91) always.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct AdmittedKinds {
    /// 个体工商户, prefix 92.
    pub individual_businesses: bool,
    /// 农民专业合作社, prefix 93.
    pub cooperatives: bool,
}

/// What the park leaves to those who keep its promises (授权日数).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Margins {
    /// By how many days whoever handles a promise may extend it; what goes beyond is for the service centre.
    pub extension: u32,
    /// Up to how many working days after it was done something may be entered as kept.
    pub backdating: u32,
}

impl Default for Margins {
    fn default() -> Self {
        Self {
            extension: 10,
            backdating: 5,
        }
    }
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
                "At least 15 characters of any kind, for example a few words; common passwords are refused",
            ),
            Self::Composition => Text::new(
                "至少 10 个字符，含小写字母、大写字母、数字、其他符号中的三种，且不能太常见",
                "At least 10 characters with three of: lower-case letters, upper-case letters, digits, others; common passwords are refused",
            ),
        }
    }
}
