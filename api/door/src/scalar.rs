//! Scalars and global ids.

use async_graphql::{ID, InputValueError, InputValueResult, Scalar, ScalarType, Value};
use chrono::{NaiveDate, SubsecRound, Utc};
use entity::{calendar::rules::parse_date, clock::is_meant, error::Fault};
use uuid::Uuid;

/// Which days there are.
const DAYS: &str = "a day is written as 2026-10-08, from 1949-10-01 to 2099-12-31";

/// A day of law in the park, without a time: `2026-10-08`; from 1949-10-01 to 2099-12-31.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Date(pub NaiveDate);

/// A day of law in the park, without a time: `2026-10-08`; from 1949-10-01 to 2099-12-31.
#[Scalar]
impl ScalarType for Date {
    fn parse(value: Value) -> InputValueResult<Self> {
        match value {
            Value::String(text) => match parse_date(&text) {
                Some(day) => Ok(Self(day)),
                None => Err(InputValueError::custom(DAYS)),
            },
            _ => Err(InputValueError::expected_type(value)),
        }
    }

    fn to_value(&self) -> Value {
        Value::String(self.0.format("%Y-%m-%d").to_string())
    }
}

impl From<NaiveDate> for Date {
    fn from(date: NaiveDate) -> Self {
        Self(date)
    }
}

impl From<Date> for NaiveDate {
    fn from(date: Date) -> Self {
        date.0
    }
}

/// The instant of an event with its offset (RFC 3339): `2026-10-08T00:30:00Z`. Inputs may have any offset.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct DateTime(pub chrono::DateTime<Utc>);

/// The instant of an event with its offset (RFC 3339): `2026-10-08T00:30:00Z`. Inputs may have any offset.
#[Scalar]
impl ScalarType for DateTime {
    fn parse(value: Value) -> InputValueResult<Self> {
        match &value {
            Value::String(text) => {
                let instant = chrono::DateTime::parse_from_rfc3339(text)?;
                if !is_meant(instant.date_naive()) {
                    return Err(InputValueError::custom(DAYS));
                }
                Ok(Self(instant.with_timezone(&Utc).trunc_subsecs(6)))
            }
            _ => Err(InputValueError::expected_type(value)),
        }
    }

    fn to_value(&self) -> Value {
        Value::String(self.0.to_rfc3339_opts(chrono::SecondsFormat::AutoSi, true))
    }
}

impl From<chrono::DateTime<Utc>> for DateTime {
    fn from(instant: chrono::DateTime<Utc>) -> Self {
        Self(instant)
    }
}

impl From<DateTime> for chrono::DateTime<Utc> {
    fn from(instant: DateTime) -> Self {
        instant.0
    }
}

/// A count as an `Int`; what is larger than any count of ours stays the largest.
pub fn int(count: impl TryInto<i32>) -> i32 {
    count.try_into().unwrap_or(i32::MAX)
}

macro_rules! kinds {
    ($($kind:ident = $prefix:literal,)*) => {
        /// The kinds of things that have a global id. The id of a contract is `contract_` and 32 hexadecimal digits: opaque
        /// to clients, and never one thing taken for another.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[allow(missing_docs, reason = "each is named as its term")]
        pub enum Kind {
            $($kind,)*
        }

        impl Kind {
            /// All kinds.
            pub const ALL: &[Self] = &[$(Self::$kind,)*];

            /// What stands before the underscore.
            pub fn prefix(self) -> &'static str {
                match self {
                    $(Self::$kind => $prefix,)*
                }
            }
        }
    };
}

kinds! {
    Absence = "absence",
    Account = "account",
    Application = "application",
    AuditEntry = "audit",
    Case = "case",
    Clause = "clause",
    Comment = "comment",
    Commitment = "commitment",
    Contract = "contract",
    Deadline = "deadline",
    Department = "department",
    Document = "document",
    Enterprise = "enterprise",
    Evaluation = "evaluation",
    EvaluationAnswer = "evaluationanswer",
    EvaluationDesign = "evaluationdesign",
    EvaluationObjection = "evaluationobjection",
    Feed = "feed",
    Item = "item",
    Job = "job",
    JobRun = "jobrun",
    Letter = "letter",
    Liaison = "liaison",
    Milestone = "milestone",
    Notice = "notice",
    Obligation = "obligation",
    Pause = "pause",
    Permit = "permit",
    Project = "project",
    Rating = "rating",
    Rectification = "rectification",
    Report = "report",
    SavedFilter = "savedfilter",
    Session = "session",
    StandardPromises = "standardpromises",
    SupervisionOrder = "supervision",
    Visit = "visit",
}

impl Kind {
    /// The global id of the thing with this key.
    pub fn id(self, key: Uuid) -> ID {
        ID(format!("{}_{}", self.prefix(), key.simple()))
    }

    /// The kind whose ids begin with `prefix`.
    pub fn of_prefix(prefix: &str) -> Option<Self> {
        let mut kinds = Self::ALL.iter().copied();
        kinds.find(|kind| kind.prefix() == prefix)
    }

    /// The kind whose type in the API has this name.
    pub fn of_type(name: &str) -> Option<Self> {
        let mut kinds = Self::ALL.iter().copied();
        kinds.find(|kind| format!("{kind:?}") == name)
    }

    /// The key in a global id of this kind; nothing when the id is of another kind or no id at all.
    pub fn key(self, id: &ID) -> Option<Uuid> {
        match Self::parse(id) {
            Some((kind, key)) if kind == self => Some(key),
            _ => None,
        }
    }

    /// The key in a global id of this kind. What is no such id names nothing that exists.
    pub fn require(self, id: &ID) -> Result<Uuid, Fault> {
        self.key(id).ok_or(Fault::NotFound)
    }

    /// The kind and the key in a global id.
    pub fn parse(id: &ID) -> Option<(Self, Uuid)> {
        let (prefix, digits) = id.split_once('_')?;
        let kind = Self::of_prefix(prefix)?;
        let canonical = digits.len() == 32
            && digits
                .bytes()
                .all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte));
        canonical
            .then(|| Uuid::try_parse(digits).ok())
            .flatten()
            .map(|key| (kind, key))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn global_ids_are_typed_and_canonical() {
        let key = Uuid::from_u128(7);
        let id = Kind::Contract.id(key);
        assert_eq!(*id, "contract_00000000000000000000000000000007");
        assert_eq!(Kind::Contract.key(&id), Some(key));
        assert_eq!(Kind::Enterprise.key(&id), None);
        for bad in [
            "",
            "contract_",
            "contract_7",
            "other_00000000000000000000000000000007",
            "contract_0000000000000000000000000000000A",
            "contract_00000000-0000-0000-0000-000000000007",
        ] {
            assert_eq!(Kind::parse(&ID(bad.to_owned())), None, "{bad}");
        }
    }

    #[test]
    fn dates_are_strict() {
        assert!(<Date as ScalarType>::parse(Value::String("2026-10-08".into())).is_ok());
        for bad in [
            "2026-1-08",
            "2026-02-30",
            "+026-10-08",
            "2026-10-08T00:00:00Z",
            // What a hasty hand or a spreadsheet makes of a year.
            "0026-10-08",
            "1926-10-08",
            "9998-12-31",
        ] {
            assert!(
                <Date as ScalarType>::parse(Value::String(bad.into())).is_err(),
                "{bad}"
            );
        }
    }
}
