//! A draft: its parties, term and clauses as they were entered, and whether they can be taken.

use chrono::{Months, NaiveDate};

use super::DraftError;
use crate::{
    error::Refusal,
    language::{TooLong, line, optional_line, text},
};

/// The parties, the term and the clauses of a draft, as they were entered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Terms {
    /// Party A's executing unit.
    pub park_party: String,
    /// The post of who signs for the park.
    pub park_signatory: Option<String>,
    /// The post of who signs for the enterprise.
    pub enterprise_signatory: Option<String>,
    /// First day.
    pub starts_on: NaiveDate,
    /// Last day.
    pub ends_on: NaiveDate,
    /// The clauses.
    pub clauses: Vec<ClauseText>,
}

/// One clause as it is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClauseText {
    /// Its number.
    pub number: i32,
    /// Heading.
    pub title: String,
    /// Text.
    pub body: String,
}

/// Checks a draft and trims its texts; tells everything that is wrong at once.
pub fn draft(terms: Terms) -> Result<Terms, Vec<Refusal<DraftError>>> {
    let mut wrong = Vec::new();
    let mut refuse = |path: &'static str, code| {
        wrong.push(Refusal {
            code,
            path: vec![path],
        })
    };
    let park_party = line(&terms.park_party, 200).unwrap_or_else(|| {
        refuse("parkParty", DraftError::PartyInvalid);
        String::new()
    });
    let mut post = |path: &'static str, value: Option<String>| {
        optional_line(value, 100).unwrap_or_else(|TooLong| {
            refuse(path, DraftError::PartyInvalid);
            None
        })
    };
    let park_signatory = post("parkSignatory", terms.park_signatory);
    let enterprise_signatory = post("enterpriseSignatory", terms.enterprise_signatory);
    if terms.ends_on < terms.starts_on {
        refuse("endsOn", DraftError::TermReversed);
    } else if terms
        .starts_on
        .checked_add_months(Months::new(60))
        .is_none_or(|limit| terms.ends_on >= limit)
    {
        refuse("endsOn", DraftError::TermTooLong);
    }
    if terms.clauses.is_empty() {
        refuse("clauses", DraftError::ClausesMissing);
    }
    let mut clauses: Vec<ClauseText> = Vec::with_capacity(terms.clauses.len());
    for given in terms.clauses {
        let repeated = clauses.iter().any(|clause| clause.number == given.number);
        match clause(&given) {
            Some(clause) if !repeated && (1..=99).contains(&clause.number) => clauses.push(clause),
            _ => {
                refuse("clauses", DraftError::ClauseInvalid);
                break;
            }
        }
    }
    clauses.sort_by_key(|clause| clause.number);
    if wrong.is_empty() {
        Ok(Terms {
            park_party,
            park_signatory,
            enterprise_signatory,
            clauses,
            ..terms
        })
    } else {
        Err(wrong)
    }
}

/// A clause with its texts trimmed, or none when one is missing or too long.
pub fn clause(given: &ClauseText) -> Option<ClauseText> {
    Some(ClauseText {
        number: given.number,
        title: line(&given.title, 100)?,
        body: text(&given.body, 8000)?,
    })
}

#[cfg(test)]
mod tests {
    use super::{super::tests::day, *};

    #[test]
    fn a_draft_is_told_everything_at_once() {
        let wrong = draft(Terms {
            park_party: " ".into(),
            park_signatory: Some("长".repeat(101)),
            enterprise_signatory: None,
            starts_on: day("2026-02-01"),
            ends_on: day("2026-01-31"),
            clauses: Vec::new(),
        })
        .expect_err("refused");
        let codes: Vec<_> = wrong
            .iter()
            .map(|refusal| (refusal.path[0], refusal.code))
            .collect();
        assert_eq!(
            codes,
            [
                ("parkParty", DraftError::PartyInvalid),
                ("parkSignatory", DraftError::PartyInvalid),
                ("endsOn", DraftError::TermReversed),
                ("clauses", DraftError::ClausesMissing),
            ]
        );
    }
}
