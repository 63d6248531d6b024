//! Conditions against the keys they speak of.

use super::{Condition, Kind, Kinds, Literal, Operator, Test};
use crate::language::Text;

/// What is wrong with a comparison of a condition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TypeFault {
    /// No such key, or none that may be used here.
    UnknownKey {
        /// The key.
        key: String,
    },
    /// Its answers are of a kind that conditions cannot compare.
    Unusable {
        /// The key.
        key: String,
    },
    /// Options have no order.
    Unordered {
        /// The key.
        key: String,
    },
    /// The value is of another type than the answers.
    OtherType {
        /// The key.
        key: String,
        /// The value.
        value: Literal,
    },
    /// The key has no such option.
    NoSuchOption {
        /// The key.
        key: String,
        /// The value.
        value: Literal,
        /// The options it has.
        options: Vec<String>,
    },
}

impl TypeFault {
    /// What is wrong and what was expected.
    pub fn explain(&self) -> Text {
        match self {
            Self::UnknownKey { key } => Text::new(
                format!("条件中的“{key}”不存在，或者不能在这里使用"),
                format!(
                    "The condition speaks of {key}, which does not exist or cannot be used here"
                ),
            ),
            Self::Unusable { key } => Text::new(
                format!(
                    "“{key}”的填写类型不能用于条件；只能使用是否、单选、数字、金额、面积和日期"
                ),
                format!(
                    "Conditions cannot compare {key}; they compare yes or no, one of several, numbers, money, areas and dates"
                ),
            ),
            Self::Unordered { key } => Text::new(
                format!("“{key}”的选项没有大小之分，只能用 =、!= 或者 in 比较"),
                format!("The options of {key} have no order: compare them with =, != or in"),
            ),
            Self::OtherType { key, value } => Text::new(
                format!("“{key}”与不同类型的值 {value} 比较"),
                format!("{key} is compared with {value}, a value of another type"),
            ),
            Self::NoSuchOption {
                key,
                value,
                options,
            } => Text::new(
                format!(
                    "“{key}”没有选项 {value}；可用的选项：{}",
                    options.join("、")
                ),
                format!("{key} has no option {value}; it has {}", options.join(", ")),
            ),
        }
    }
}

pub fn faults(condition: &Condition, kinds: &Kinds) -> Vec<TypeFault> {
    let mut faults = Vec::new();
    for comparison in condition.comparisons() {
        let key = || comparison.key.clone();
        let kind = match kinds.get(&comparison.key) {
            None => {
                faults.push(TypeFault::UnknownKey { key: key() });
                continue;
            }
            Some(Kind::Other) => {
                faults.push(TypeFault::Unusable { key: key() });
                continue;
            }
            Some(kind) => kind,
        };
        let ordered = matches!(
            comparison.test,
            Test::Is(
                Operator::Less | Operator::AtMost | Operator::More | Operator::AtLeast,
                _
            )
        );
        if ordered && matches!(kind, Kind::Codes(_)) {
            faults.push(TypeFault::Unordered { key: key() });
        }
        faults.extend(
            comparison
                .test
                .literals()
                .iter()
                .filter_map(|value| kind.fault(&comparison.key, value)),
        );
    }
    faults
}

impl Kind {
    /// What is wrong with `value` as an answer to `key`, which is of this kind.
    pub fn fault(&self, key: &str, value: &Literal) -> Option<TypeFault> {
        match (self, value) {
            (Self::Codes(options), Literal::Code(code)) => {
                (!options.contains(code)).then(|| TypeFault::NoSuchOption {
                    key: key.to_owned(),
                    value: value.clone(),
                    options: options.clone(),
                })
            }
            (Self::Number, Literal::Number(_)) | (Self::Date, Literal::Date(_)) => None,
            (Self::Other, _) => Some(TypeFault::Unusable {
                key: key.to_owned(),
            }),
            _ => Some(TypeFault::OtherType {
                key: key.to_owned(),
                value: value.clone(),
            }),
        }
    }
}
