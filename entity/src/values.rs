//! Values with commas (逗号分隔值), by the rows that a person sees: whatever ends a line, blank lines count, and a line break within a
//! value begins no row.

/// What may stand between two values: commas, the tabs of a copied table, the semicolons of some spreadsheets.
pub const DELIMITERS: [char; 3] = [',', '\t', ';'];

/// How many values a row has at most, in every spreadsheet. Of a longer one this many and one more are kept, which shows that it is.
pub const MOST_VALUES: usize = 16_384;

/// A value that no spreadsheet takes for a formula: what begins like one (in full width, too) gets a mark before it, which spreadsheets
/// take for "these are words".
pub fn harmless(text: &str) -> String {
    let starts = text.trim_start_matches([' ', '\u{a0}', '\u{3000}', '\u{feff}']);
    let formula = starts.starts_with([
        '=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠', '﹦', '﹢', '﹣', '﹫',
    ]);
    if formula {
        format!("'{text}")
    } else {
        text.to_owned()
    }
}

/// One row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    /// Its number, from 1, as a spreadsheet shows it.
    pub row: u32,
    /// Its values.
    pub values: Vec<String>,
    /// The place, from 0, of its first value that begins with a quotation mark which is never closed: the values from there on may be
    /// other than they were meant.
    pub unclosed: Option<usize>,
}

impl Record {
    /// Whether nothing stands in it.
    pub fn is_blank(&self) -> bool {
        self.values.iter().all(|value| value.trim().is_empty())
    }
}

/// The rows of a text.
#[derive(Clone, Debug)]
pub struct Records<'a> {
    rest: &'a str,
    delimiter: char,
    row: u32,
}

/// Reads a text of values between `delimiter`. A byte-order mark before it is no part of a value, and a quotation mark that is never
/// closed is a character like any other: one slip does not swallow the rows below. It counts as never closed, too, when the next mark
/// stands behind another value or row and within a word.
pub fn records(text: &str, delimiter: char) -> Records<'_> {
    Records {
        rest: text.trim_start_matches('\u{feff}'),
        delimiter,
        row: 0,
    }
}

impl Iterator for Records<'_> {
    type Item = Record;

    fn next(&mut self) -> Option<Record> {
        if self.rest.is_empty() {
            return None;
        }
        self.row += 1;
        let mut values = Vec::new();
        let mut unclosed = None;
        loop {
            let marked = self.rest.strip_prefix('"');
            let (value, after) = match marked.and_then(|rest| self.quoted(rest)) {
                Some(read) => read,
                None => {
                    if marked.is_some() {
                        unclosed = unclosed.or(Some(values.len()));
                    }
                    let (value, after) = plain(self.rest, self.delimiter);
                    (value.to_owned(), after)
                }
            };
            if values.len() <= MOST_VALUES {
                values.push(value);
            }
            if let Some(next) = after.strip_prefix(self.delimiter) {
                self.rest = next;
                continue;
            }
            self.rest = (after.strip_prefix("\r\n"))
                .or_else(|| after.strip_prefix(['\r', '\n']))
                .unwrap_or_default();
            return Some(Record {
                row: self.row,
                values,
                unclosed,
            });
        }
    }
}

impl<'a> Records<'a> {
    /// A value that began with a quotation mark, and the rest behind it; nothing when the mark is never closed. What stands behind
    /// the closing mark belongs to the value.
    fn quoted(&self, text: &'a str) -> Option<(String, &'a str)> {
        let (value, after) = quoted(text)?;
        let (tail, after) = plain(after, self.delimiter);
        let swallows = value.contains([self.delimiter, '\r', '\n']) && !tail.trim().is_empty();
        (!swallows).then(|| (value + tail, after))
    }
}

/// What stands before the next delimiter or line end, and the rest from there.
fn plain(text: &str, delimiter: char) -> (&str, &str) {
    text.split_at(text.find([delimiter, '\r', '\n']).unwrap_or(text.len()))
}

/// What stands before the closing quotation mark, where two stand for one, and the rest behind it; nothing when it is never closed.
fn quoted(text: &str) -> Option<(String, &str)> {
    let mut value = String::new();
    let mut rest = text;
    loop {
        let (part, after) = rest.split_once('"')?;
        value.push_str(part);
        let Some(next) = after.strip_prefix('"') else {
            return Some((value, after));
        };
        value.push('"');
        rest = next;
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn read(text: &str) -> Vec<(u32, Vec<String>)> {
        records(text, ',')
            .map(|record| (record.row, record.values))
            .collect()
    }

    #[test]
    fn rows_are_numbered_as_a_person_sees_them() {
        for end in ["\n", "\r\n", "\r"] {
            let text = ["\u{feff}a,b", "", "\"c\nd\",e", "f,\"g\"\"h\" i", ",", ""].join(end);
            assert_eq!(
                read(&text),
                [
                    (1, vec!["a".to_owned(), "b".to_owned()]),
                    (2, vec![String::new()]),
                    (3, vec!["c\nd".to_owned(), "e".to_owned()]),
                    (4, vec!["f".to_owned(), "g\"h i".to_owned()]),
                    (5, vec![String::new(), String::new()]),
                ],
                "{end:?}"
            );
        }
        assert_eq!(read(""), []);
        assert!(records(" ,\t", ',').all(|record| record.is_blank()));
    }

    #[test]
    fn a_quotation_mark_that_is_never_closed_swallows_nothing() {
        let rows = read("a,\"b,c\nd,e\n");
        assert_eq!(rows.len(), 2);
        assert_eq!(rows[0].1, ["a", "\"b", "c"]);
        // Nor one that is closed within a word of another row.
        let rows = read("a,\"b,c\nd,\"e,f\ng,h\n");
        assert_eq!(rows.len(), 3);
        assert_eq!(rows[0].1, ["a", "\"b", "c"]);
        let places = |text| records(text, ',').map(|record| record.unclosed);
        let of = "a,\"b,\"c\n\"d\ne\",f\n\"g\" h,i\n";
        assert!(places(of).eq([Some(1), None, None]), "{of}");
    }

    #[test]
    fn a_row_without_end_is_cut_off() {
        let rows = read(&format!("{}\na,b\n", ",".repeat(100_000)));
        assert_eq!(rows[0].1.len(), MOST_VALUES + 1);
        assert_eq!(rows[1].1, ["a", "b"]);
    }

    #[test]
    fn what_begins_like_a_formula_is_words() {
        for text in [
            "=1+1",
            "+1",
            "-1",
            "@a",
            "\tx",
            "\rx",
            "＝1+1",
            "＋1",
            "－1",
            "＠a",
            " =1",
            "\u{3000}＝1",
            "\n=1",
        ] {
            assert_eq!(harmless(text), format!("'{text}"));
        }
        for text in ["", "示例", "1-2", "a=b", "'=1"] {
            assert_eq!(harmless(text), text);
        }
    }

    proptest! {
        #[test]
        fn whatever_is_written_is_read(rows in proptest::collection::vec(proptest::collection::vec("[a\",;\r\n ]{0,5}", 1..4), 1..5)) {
            let mut writer = csv::WriterBuilder::new().flexible(true).quote_style(csv::QuoteStyle::Always).from_writer(Vec::new());
            for row in &rows {
                writer.write_record(row).expect("written");
            }
            let text = String::from_utf8(writer.into_inner().expect("written")).expect("UTF-8");
            let read: Vec<Vec<String>> = records(&text, ',').map(|record| record.values).collect();
            prop_assert_eq!(read, rows);
        }
    }
}
