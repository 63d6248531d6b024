//! One row as an enterprise: every problem in it is told at once.

use std::collections::HashMap;

use chrono::NaiveDate;
use entity::{
    address::mailable,
    ledger::{Field, Named, Reading, Refused, Row, RowError},
    telephone::Telephone,
};

use super::{
    day::{day_of_number, day_written, in_range},
    narrow, without_blanks,
};
use crate::sheet::{Cell, Line, Serials};

pub(super) fn read_row(
    line: &Line,
    columns: &HashMap<Field, u32>,
    serials: Serials,
    ledger: &mut Reading,
) {
    if let Some(refused) = unclosed(line, columns) {
        ledger.refused.push(refused);
        ledger.unread.push(Named {
            row: line.number,
            ..Named::default()
        });
        return;
    }
    let mut reading = OfRow {
        line,
        columns,
        serials,
        refused: Vec::new(),
    };
    let enterprise_name = reading.words(Field::EnterpriseName);
    let credit_code = reading.code(Field::CreditCode);
    let industry = reading.words(Field::Industry);
    let liaison_name = reading.words(Field::LiaisonName);
    let liaison_login = reading.mail(Field::LiaisonMail);
    let liaison_telephone = reading.telephone(Field::LiaisonTelephone);
    let contact_login = reading.mail(Field::ContactMail);
    let contact_telephone = reading.telephone(Field::ContactTelephone);
    let contract_number = reading.code(Field::ContractNumber);
    let starts_on = reading.day(Field::StartsOn);
    let ends_on = reading.day(Field::EndsOn);
    let project_name = Some(reading.words(Field::Project)).filter(|text| !text.is_empty());
    let remark = Some(reading.words(Field::Remark)).filter(|text| !text.is_empty());
    match (starts_on, ends_on, reading.refused.is_empty()) {
        (Some(starts_on), Some(ends_on), true) => ledger.rows.push(Row {
            number: line.number,
            enterprise_name,
            credit_code,
            industry,
            liaison_name,
            liaison_login,
            liaison_telephone,
            contact_login,
            contact_telephone,
            contract_number,
            starts_on,
            ends_on,
            project_name,
            remark,
        }),
        (starts_on, ends_on, _) => {
            ledger.refused.append(&mut reading.refused);
            ledger.unread.push(Named {
                row: line.number,
                enterprise_name,
                credit_code,
                liaison_name,
                liaison_login,
                contact_login,
                contract_number,
                starts_on,
                ends_on,
                project_name,
            });
        }
    }
}

/// A row with a quotation mark that is never closed: what stands behind it may be in other columns than it was meant for, so the
/// mark alone is told, at the column that is read there or next before it.
fn unclosed(line: &Line, columns: &HashMap<Field, u32>) -> Option<Refused> {
    let at = line.unclosed?;
    let before = columns.iter().filter(|(_, column)| **column <= at);
    let (field, _) = before
        .max_by_key(|(_, column)| **column)
        .or_else(|| columns.iter().min_by_key(|(_, column)| **column))?;
    Some(Refused {
        row: line.number,
        field: *field,
        value: line.cells.get(&at).map(Cell::text).unwrap_or_default(),
        reason: RowError::UnclosedQuote,
    })
}

/// One row while it is read: every problem in it is told at once.
struct OfRow<'a> {
    line: &'a Line,
    columns: &'a HashMap<Field, u32>,
    serials: Serials,
    refused: Vec<Refused>,
}

impl OfRow<'_> {
    fn cell(&self, field: Field) -> Option<&Cell> {
        let column = self.columns.get(&field)?;
        self.line.shown(*column)
    }

    fn refuse(&mut self, field: Field, value: String, reason: RowError) {
        self.refused.push(Refused {
            row: self.line.number,
            field,
            value,
            reason,
        });
    }

    /// What stands in a column; nothing where a formula has failed, which is told.
    fn text(&mut self, field: Field) -> Option<String> {
        let cell = self.cell(field);
        let text = cell.map(Cell::text).unwrap_or_default();
        let reason = match cell {
            Some(Cell::Pending) => RowError::NotComputed,
            Some(cell) if cell.is_error() => RowError::ErrorValue,
            // A name, a code or a number to ring that the spreadsheet has made something else of.
            Some(Cell::Day(_) | Cell::Truth(_) | Cell::Dressed(_))
                if matches!(
                    field,
                    Field::EnterpriseName
                        | Field::CreditCode
                        | Field::ContractNumber
                        | Field::LiaisonTelephone
                        | Field::ContactTelephone
                ) =>
            {
                RowError::Converted
            }
            _ => return Some(text),
        };
        self.refuse(field, text, reason);
        None
    }

    fn words(&mut self, field: Field) -> String {
        self.text(field)
            .map(|text| self.checked(field, text))
            .unwrap_or_default()
    }

    fn checked(&mut self, field: Field, text: String) -> String {
        if text.is_empty() && field.is_required() {
            self.refuse(field, String::new(), RowError::Missing);
        } else if text.chars().count() > field.longest() {
            let longest = field.longest();
            self.refuse(field, text.clone(), RowError::TooLong { longest });
        }
        text
    }

    /// A code: narrow letters and digits, upper case; a number of a contract with its blanks, one at a time, and other codes without.
    /// A number is none: of its digits a spreadsheet keeps fifteen.
    fn code(&mut self, field: Field) -> String {
        let number = match self.cell(field) {
            Some(Cell::Number(number)) => Some(*number),
            Some(Cell::Text(text)) if is_scientific(text) => Some(f64::INFINITY),
            _ => None,
        };
        let Some(text) = self.text(field) else {
            return String::new();
        };
        if number.is_some_and(|number| {
            field == Field::CreditCode || number.abs() >= 1e15 || number.fract() != 0.0
        }) {
            self.refuse(field, text, RowError::CodeAsNumber);
            return String::new();
        }
        let code = match field {
            Field::ContractNumber => {
                let words = narrow(&text);
                words.split_whitespace().collect::<Vec<_>>().join(" ")
            }
            _ => without_blanks(&text),
        };
        self.checked(field, code.to_uppercase())
    }

    fn mail(&mut self, field: Field) -> String {
        let Some(text) = self.text(field) else {
            return String::new();
        };
        // A blank within an address is a slip, and nobody knows what stood there.
        let address = self.checked(field, text.clone());
        match mailable(&address) {
            Some(address) => address,
            None => {
                if !address.is_empty() {
                    self.refuse(field, text, RowError::NotAMailAddress);
                }
                address
            }
        }
    }

    /// A number that may be missing. A landline that the spreadsheet keeps as a number has lost its nought, and is none any more.
    fn telephone(&mut self, field: Field) -> Option<Telephone> {
        let text = self.text(field)?;
        let text = self.checked(field, text);
        Telephone::given(Some(&text)).unwrap_or_else(|_| {
            self.refuse(field, text, RowError::NotATelephone);
            None
        })
    }

    fn day(&mut self, field: Field) -> Option<NaiveDate> {
        let cell = self.cell(field).cloned();
        let text = self.text(field)?;
        let read = match cell {
            _ if text.is_empty() => Err(RowError::Missing),
            Some(Cell::Day(day)) => in_range(day),
            Some(Cell::Number(number) | Cell::Dressed(number)) => {
                day_of_number(number, self.serials)
            }
            _ => day_written(&text, self.serials),
        };
        match read {
            Ok(day) => Some(day),
            Err(reason) => {
                self.refuse(field, text, reason);
                None
            }
        }
    }
}

/// `9.12102E+17`: what is left of a code that was a number when the file was written.
fn is_scientific(text: &str) -> bool {
    let text = without_blanks(text).to_uppercase();
    text.split_once("E+").is_some_and(|(number, exponent)| {
        let is = |text: &str, also: char| {
            !text.is_empty()
                && text
                    .chars()
                    .all(|letter| letter.is_ascii_digit() || letter == also)
        };
        is(number, '.') && is(exponent, '0')
    })
}
