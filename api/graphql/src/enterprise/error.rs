//! Why an enterprise is not created or changed.

use async_graphql::Enum;
use entity::enterprise::rules::{CreditCodeError, EnterpriseError};

/// Why an enterprise is not created or changed.
#[derive(Clone, Copy, PartialEq, Eq, Enum)]
pub enum EnterpriseErrorCode {
    /// The credit code is missing.
    CreditCodeMissing,
    /// The credit code has not 18 characters.
    CreditCodeLength,
    /// The credit code has a character that no code has at that place.
    CreditCodeCharacter,
    /// The check character of the credit code does not fit.
    CreditCodeCheckCharacter,
    /// The credit code is not one of a company.
    CreditCodeKind,
    /// Another enterprise has this credit code.
    CreditCodeTaken,
    /// A field must not be empty.
    Missing,
    /// A field is too long.
    TooLong,
    /// The enterprise has left the park.
    Ended,
    /// A contract is still in force.
    ContractInForce,
}

impl From<EnterpriseError> for EnterpriseErrorCode {
    fn from(error: EnterpriseError) -> Self {
        match error {
            EnterpriseError::CreditCode(CreditCodeError::Empty) => Self::CreditCodeMissing,
            EnterpriseError::CreditCode(CreditCodeError::Length { .. }) => Self::CreditCodeLength,
            EnterpriseError::CreditCode(CreditCodeError::Character { .. }) => {
                Self::CreditCodeCharacter
            }
            EnterpriseError::CreditCode(CreditCodeError::CheckCharacter { .. }) => {
                Self::CreditCodeCheckCharacter
            }
            EnterpriseError::CreditCode(CreditCodeError::Kind) => Self::CreditCodeKind,
            EnterpriseError::CreditCodeTaken => Self::CreditCodeTaken,
            EnterpriseError::Missing => Self::Missing,
            EnterpriseError::TooLong { .. } => Self::TooLong,
            EnterpriseError::Ended => Self::Ended,
            EnterpriseError::ContractInForce => Self::ContractInForce,
        }
    }
}
