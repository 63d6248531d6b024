//! Values with commas, tabs or semicolons, in the encodings that spreadsheets write.

use std::borrow::Cow;

use entity::values::{DELIMITERS, MOST_VALUES, records};

use super::{
    FileError,
    sheet::{Book, Cell, HEADER_WITHIN, LONGEST_CELL, Line, Serials},
    table, xls,
};

/// Reads a text of values. Which sign stands between them is seen at the header.
pub fn read(bytes: &[u8], book: &mut Book<'_>) -> Result<(), FileError> {
    let text = decoded(bytes)?;
    // A line for Excel alone, which does not show it.
    let text = match text.split_once(['\r', '\n']) {
        Some((first, rest)) if first.len() == 5 && first.starts_with("sep=") => {
            rest.strip_prefix('\n').unwrap_or(rest)
        }
        _ => &text,
    };
    let delimiter = DELIMITERS
        .into_iter()
        .max_by_key(|delimiter| {
            let heads = records(text, *delimiter).take(HEADER_WITHIN as usize);
            let known = heads.map(|record| table::known(&record.values)).max();
            // The first of equals is meant.
            (
                known,
                std::cmp::Reverse(DELIMITERS.iter().position(|one| one == delimiter)),
            )
        })
        .unwrap_or(',');
    book.begin(None, false, Serials::Unknown)?;
    for record in records(text, delimiter) {
        if record.values.len() > MOST_VALUES {
            return Err(FileError::TooLarge);
        }
        let mut line = Line {
            number: record.row,
            unclosed: record.unclosed.and_then(|column| column.try_into().ok()),
            ..Line::default()
        };
        for (column, value) in (0..).zip(record.values) {
            if value.len() > 4 * LONGEST_CELL {
                return Err(FileError::TooLarge);
            }
            if !value.is_empty() {
                book.put(&mut line, column, Cell::Text(value))?;
            }
        }
        if !book.line(line)? {
            break;
        }
    }
    book.end()
}

/// The text of a file. Excel in Chinese saves "CSV" in GB 18030, "CSV UTF-8" and "Unicode text" (UTF-16) with a byte-order mark.
pub fn decoded(bytes: &[u8]) -> Result<Cow<'_, str>, FileError> {
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(xls::MAGIC) {
        return Err(FileError::Workbook);
    }
    let text = if let Some(rest) = bytes.strip_prefix(b"\xff\xfe") {
        Cow::Owned(utf16(rest, u16::from_le_bytes)?)
    } else if let Some(rest) = bytes.strip_prefix(b"\xfe\xff") {
        Cow::Owned(utf16(rest, u16::from_be_bytes)?)
    } else if let Ok(text) = std::str::from_utf8(bytes) {
        Cow::Borrowed(text.trim_start_matches('\u{feff}'))
    } else {
        encoding_rs::GB18030
            .decode_without_bom_handling_and_without_replacement(bytes)
            .ok_or(FileError::NotText)?
    };
    // UTF-16 without its mark: every other byte of digits and Latin letters is none.
    if text.bytes().filter(|byte| *byte == 0).count() > text.len() / 8 {
        return Err(FileError::NotText);
    }
    Ok(text)
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Result<String, FileError> {
    let (pairs, rest) = bytes.as_chunks();
    if !rest.is_empty() {
        return Err(FileError::NotText);
    }
    char::decode_utf16(pairs.iter().map(|pair| unit(*pair)))
        .collect::<Result<_, _>>()
        .map_err(|_| FileError::NotText)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_workbook_is_no_text() {
        for bytes in [b"PK\x03\x04 and more".as_slice(), xls::MAGIC] {
            assert_eq!(decoded(bytes), Err(FileError::Workbook));
        }
    }
}
