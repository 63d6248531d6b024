//! A workbook of Excel since 2007 and of WPS (.xlsx, ECMA-376).

use std::{collections::HashMap, io::Read};

use super::{
    FileError,
    package::{MOST_PARTS, Next, Package, Xml, add, attribute, is_set, name},
    sheet::{Book, Cell, LARGEST_SHEET, Line, Serials, Shows},
};

/// How many different texts and formats a workbook may have.
const MOST_SHARED: usize = 1_000_000;
/// How many bytes its shared texts may take.
const MOST_TEXT: usize = 64 << 20;

/// Reads a workbook.
pub fn read(bytes: &[u8], book: &mut Book<'_>) -> Result<(), FileError> {
    let mut package = Package::open(bytes)?;
    let roots = relations(&mut package, "")?;
    let main = roots
        .iter()
        .find(|part| part.kind == "officeDocument")
        .map_or("xl/workbook.xml", |part| part.target.as_str())
        .to_owned();
    let Some(about) = workbook(&mut package, &main)? else {
        return Err(FileError::NotALedger);
    };
    let parts = relations(&mut package, &main)?;
    let of_kind = |kind: &str| {
        let part = parts.iter().find(|part| part.kind == kind);
        part.map(|part| part.target.clone())
    };
    let shared = Shared {
        texts: match of_kind("sharedStrings") {
            Some(part) => texts(&mut package, &part)?,
            None => Vec::new(),
        },
        formats: match of_kind("styles") {
            Some(part) => formats(&mut package, &part)?,
            None => Vec::new(),
        },
        serials: about.serials,
    };
    for (id, sheet, hidden) in about.sheets {
        // A sheet of charts or macros is none with rows.
        let part = parts
            .iter()
            .find(|part| part.id == id && part.kind == "worksheet");
        if let Some(part) = part
            && let Some(xml) = package.part(&part.target)?
        {
            book.begin(Some(sheet), hidden, shared.serials)?;
            rows(xml, &shared, book)?;
            book.end()?;
        }
    }
    Ok(())
}

/// What the parts have in common.
struct Shared {
    texts: Vec<String>,
    /// How the formats of cells show a number.
    formats: Vec<Shows>,
    serials: Serials,
}

/// A part that another one names.
struct Related {
    id: String,
    /// The last word of its type.
    kind: String,
    target: String,
}

/// What the part `of` names; of the package itself when it is empty.
fn relations(package: &mut Package<'_>, of: &str) -> Result<Vec<Related>, FileError> {
    let (folder, file) = of.rsplit_once('/').unwrap_or(("", of));
    let list = format!("{folder}/_rels/{file}.rels");
    let mut found = Vec::new();
    let Some(mut xml) = package.part(&list)? else {
        return Ok(found);
    };
    loop {
        if found.len() > MOST_PARTS {
            return Err(FileError::TooLarge);
        }
        match xml.next()? {
            Next::Start(start) if name(&start) == "Relationship" => {
                let said = |name| attribute(&start, name).unwrap_or_default();
                let kind = said("Type");
                found.push(Related {
                    id: said("Id"),
                    kind: kind.rsplit('/').next().unwrap_or_default().to_owned(),
                    target: resolved(folder, &said("Target")),
                });
            }
            Next::Nothing => return Ok(found),
            _ => {}
        }
    }
}

/// Where a target lies, seen from a folder.
fn resolved(folder: &str, target: &str) -> String {
    if let Some(whole) = target.strip_prefix('/') {
        return whole.to_owned();
    }
    let mut path: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in target.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                path.pop();
            }
            part => path.push(part),
        }
    }
    path.join("/")
}

/// The sheets of a workbook, and from when it counts days.
struct About {
    /// Relation, name, and whether it is hidden.
    sheets: Vec<(String, String, bool)>,
    serials: Serials,
}

fn workbook(package: &mut Package<'_>, part: &str) -> Result<Option<About>, FileError> {
    let mut about = About {
        sheets: Vec::new(),
        serials: Serials::Since1900,
    };
    let Some(mut xml) = package.part(part)? else {
        return Ok(None);
    };
    let mut known = false;
    loop {
        if about.sheets.len() > MOST_PARTS {
            return Err(FileError::TooLarge);
        }
        match xml.next()? {
            Next::Start(start) => match name(&start) {
                "workbook" => known = true,
                "workbookPr" if is_set(&start, "date1904") => about.serials = Serials::Since1904,
                "sheet" => {
                    let said = |name| attribute(&start, name).unwrap_or_default();
                    let hidden = matches!(said("state").as_str(), "hidden" | "veryHidden");
                    about.sheets.push((said("id"), said("name"), hidden));
                }
                _ => {}
            },
            Next::Nothing => return Ok(known.then_some(about)),
            _ => {}
        }
    }
}

/// The shared texts. How many there are is what is counted, not what is declared.
fn texts(package: &mut Package<'_>, part: &str) -> Result<Vec<String>, FileError> {
    let mut texts = Vec::new();
    let Some(mut xml) = package.part(part)? else {
        return Ok(texts);
    };
    let mut bytes = 0;
    loop {
        match xml.next()? {
            Next::Start(start) if name(&start) == "si" => {
                let text = words(&mut xml, "si")?;
                bytes += text.len();
                if texts.len() >= MOST_SHARED || bytes > MOST_TEXT {
                    return Err(FileError::TooLarge);
                }
                texts.push(text);
            }
            Next::Nothing => return Ok(texts),
            _ => {}
        }
    }
}

/// The words in an element that has begun, up to its end; how they are pronounced is left out.
fn words<R: Read>(xml: &mut Xml<R>, element: &str) -> Result<String, FileError> {
    let (mut text, mut within, mut spoken) = (String::new(), false, false);
    loop {
        match xml.next()? {
            Next::Start(start) => match name(&start) {
                "t" => within = true,
                "rPh" => spoken = true,
                _ => {}
            },
            Next::Text(more) if within && !spoken => add(&mut text, &more)?,
            Next::Text(_) => {}
            Next::End(end) if end == element => return Ok(unescaped(&text)),
            Next::End(end) => match end.as_str() {
                "t" => within = false,
                "rPh" => spoken = false,
                _ => {}
            },
            Next::Nothing => return Err(FileError::damaged("a text does not end")),
        }
    }
}

/// Letters that XML does not have are written `_x000D_`.
fn unescaped(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("_x") {
        let letter = rest
            .get(at + 2..at + 7)
            .and_then(|code| code.strip_suffix('_'))
            .and_then(|code| u32::from_str_radix(code, 16).ok())
            .and_then(char::from_u32);
        let (before, after) = rest.split_at(at);
        plain.push_str(before);
        match letter {
            Some(letter) => {
                plain.push(letter);
                rest = &after[7..];
            }
            None => {
                plain.push_str("_x");
                rest = &after[2..];
            }
        }
    }
    plain + rest
}

/// How the formats of cells show a number.
fn formats(package: &mut Package<'_>, part: &str) -> Result<Vec<Shows>, FileError> {
    let mut formats = Vec::new();
    let Some(mut xml) = package.part(part)? else {
        return Ok(formats);
    };
    let mut own: HashMap<u32, Shows> = HashMap::new();
    let mut of_cells = false;
    loop {
        match xml.next()? {
            Next::Start(start) => match name(&start) {
                "numFmt" => {
                    let id = attribute(&start, "numFmtId").and_then(|id| id.parse().ok());
                    let code = attribute(&start, "formatCode");
                    if let (Some(id), Some(code)) = (id, code) {
                        own.insert(id, shows(&code));
                    }
                }
                "cellXfs" => of_cells = true,
                "xf" if of_cells => {
                    let id = attribute(&start, "numFmtId").and_then(|id| id.parse().ok());
                    let id = id.unwrap_or_default();
                    let known = own.get(&id).copied();
                    formats.push(known.unwrap_or_else(|| shows_known(id)));
                }
                _ => {}
            },
            Next::End(end) if end == "cellXfs" => of_cells = false,
            Next::Nothing => return Ok(formats),
            _ => {}
        }
        if formats.len() > MOST_SHARED || own.len() > MOST_SHARED {
            return Err(FileError::TooLarge);
        }
    }
}

/// How a format that every spreadsheet has shows a number; days are those of ECMA-376, 18.8.30, with those of East Asia among them.
pub fn shows_known(id: u32) -> Shows {
    match id {
        14..=17 | 22 | 27..=31 | 34..=36 | 50..=54 | 57..=58 => Shows::Day,
        _ => Shows::Number,
    }
}

/// How a format shows a number: as a day, when it has a year or a day among its signs, outside of quotations, brackets and escapes;
/// dressed, when it has words or more than one zero before the point.
pub fn shows(format: &str) -> Shows {
    let mut letters = format.chars();
    let mut first = String::new();
    let mut words = false;
    while let Some(letter) = letters.next() {
        match letter {
            '"' => {
                while let Some(next) = letters.next().filter(|next| *next != '"') {
                    words |= next.is_alphanumeric();
                }
            }
            '[' => while letters.next().is_some_and(|next| next != ']') {},
            '\\' => words |= letters.next().is_some_and(char::is_alphanumeric),
            '_' | '*' => {
                letters.next();
            }
            // What follows is for other numbers.
            ';' => break,
            letter => first.push(letter.to_ascii_lowercase()),
        }
    }
    let digits = first.contains(['0', '#']);
    let whole = first.split(['.', 'e']).next().unwrap_or_default();
    if !first.contains("general") && first.contains(['y', 'd', 'e']) && !digits {
        Shows::Day
    } else if words || whole.matches('0').count() > 1 {
        Shows::Dressed
    } else {
        Shows::Number
    }
}

/// Reads the rows of a sheet.
fn rows<R: Read>(mut xml: Xml<R>, shared: &Shared, book: &mut Book<'_>) -> Result<(), FileError> {
    let mut line = Line::default();
    let mut column = 0;
    loop {
        match xml.next()? {
            Next::Start(start) => match name(&start) {
                "row" => {
                    let number = match attribute(&start, "r") {
                        Some(said) => said.parse().map_err(FileError::damaged)?,
                        None => line.number.saturating_add(1),
                    };
                    line = Line {
                        number,
                        hidden: is_set(&start, "hidden"),
                        ..Line::default()
                    };
                    column = 0;
                }
                "c" => {
                    if let Some(place) = attribute(&start, "r") {
                        column = place_of(&place)
                            .ok_or_else(|| FileError::damaged(&place))?
                            .1;
                    }
                    let kind = attribute(&start, "t").unwrap_or_default();
                    let style: Option<usize> =
                        attribute(&start, "s").and_then(|style| style.parse().ok());
                    let shows = style.and_then(|style| shared.formats.get(style)).copied();
                    if let Some(value) = value(&mut xml, shared, &kind, shows.unwrap_or_default())?
                    {
                        book.put(&mut line, column, value)?;
                    }
                    column += 1;
                }
                "col" if is_set(&start, "hidden") => {
                    let place = |name| {
                        let said: Option<u32> = attribute(&start, name)?.parse().ok();
                        said?.checked_sub(1)
                    };
                    if let (Some(first), Some(last)) = (place("min"), place("max")) {
                        book.hidden_columns(first, last)?;
                    }
                }
                "mergeCell" => {
                    let area = attribute(&start, "ref").unwrap_or_default();
                    let (from, to) = area.split_once(':').unwrap_or((&area, &area));
                    if let (Some(from), Some(to)) = (place_of(from), place_of(to)) {
                        book.merged(from.0, to.0, from.1)?;
                    }
                }
                _ => {}
            },
            Next::End(end) if end == "row" => {
                let number = line.number;
                if !book.line(std::mem::take(&mut line))? {
                    return Ok(());
                }
                line.number = number;
            }
            Next::Nothing => return Ok(()),
            _ => {}
        }
    }
}

/// What stands in a cell that has begun, up to its end.
fn value<R: Read>(
    xml: &mut Xml<R>,
    shared: &Shared,
    kind: &str,
    shows: Shows,
) -> Result<Option<Cell>, FileError> {
    let (mut text, mut within, mut formula) = (String::new(), false, false);
    loop {
        match xml.next()? {
            Next::Start(start) => match name(&start) {
                "v" => within = true,
                "f" => formula = true,
                "is" => text = words(xml, "is")?,
                _ => {}
            },
            Next::Text(more) if within => add(&mut text, &more)?,
            Next::Text(_) => {}
            Next::End(end) if end == "c" => break,
            Next::End(_) => within = false,
            Next::Nothing => return Err(FileError::damaged("a cell does not end")),
        }
    }
    if text.is_empty() {
        // A formula whose value is an empty text says that it is a text.
        return Ok((formula && kind != "str").then_some(Cell::Pending));
    }
    Ok(Some(match kind {
        "s" => {
            let place = text.trim().parse().ok();
            let known = place.and_then(|place: usize| shared.texts.get(place));
            let text = known.ok_or_else(|| FileError::damaged("a text is missing"))?;
            Cell::Text(text.clone())
        }
        "e" => Cell::Error(text),
        "b" => Cell::Truth(matches!(text.trim(), "1" | "true")),
        "str" => Cell::Text(unescaped(&text)),
        "inlineStr" | "d" => Cell::Text(text),
        _ => match text.trim().parse() {
            Ok(number) => shared.serials.cell(number, shows),
            Err(_) => Cell::Text(text),
        },
    }))
}

/// Row (from 1) and column (from 0) of a place like `AB12`.
fn place_of(text: &str) -> Option<(u32, u32)> {
    let digits = text.find(|letter: char| letter.is_ascii_digit())?;
    let (letters, row) = text.split_at(digits);
    let mut column = 0_u32;
    for letter in letters.bytes() {
        if !letter.is_ascii_alphabetic() || column > LARGEST_SHEET.1 {
            return None;
        }
        column = column * 26 + u32::from(letter.to_ascii_uppercase() - b'A') + 1;
    }
    let row = row.parse().ok()?;
    let (rows, columns) = LARGEST_SHEET;
    ((1..=rows).contains(&row) && (1..=columns).contains(&column)).then(|| (row, column - 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_format_shows_a_day_or_does_not() {
        for format in [
            "yyyy-mm-dd",
            "yyyy\"年\"m\"月\"d\"日\";@",
            "[$-804]yyyy/m/d",
            "[$-404]e/m/d",
            "d-mmm",
        ] {
            assert_eq!(shows(format), Shows::Day, "{format}");
        }
        for format in ["General", "0.00E+00", "#,##0.00_d", "@", "h:mm", "[Red]0"] {
            assert_eq!(shows(format), Shows::Number, "{format}");
        }
        for format in ["00000", "\"QY-2027-\"000", "\"day\" 0", "0-000", "\\Q0"] {
            assert_eq!(shows(format), Shows::Dressed, "{format}");
        }
    }

    #[test]
    fn a_place_has_a_row_and_a_column() {
        assert_eq!(place_of("A1"), Some((1, 0)));
        assert_eq!(place_of("xfd1048576"), Some((1_048_576, 16_383)));
        for text in [
            "",
            "1",
            "A",
            "A0",
            "XFE1",
            "A1048577",
            "AAAAAAAAAAAAAA1",
            "A-1",
            "甲1",
        ] {
            assert_eq!(place_of(text), None, "{text}");
        }
    }

    #[test]
    fn what_xml_does_not_have_is_written_in_signs() {
        assert_eq!(unescaped("a_x000D_b_x005F_x000D__xzz"), "a\rb_x000D__xzz");
        assert_eq!(unescaped("_x"), "_x");
        assert_eq!(unescaped("_x示例示例"), "_x示例示例");
    }
}
