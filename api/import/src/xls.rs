//! A workbook of Excel 97 to 2003 and of WPS (.xls, .et; MS-XLS and, around it, MS-CFB). Every length in it is looked up, never
//! reserved, and every chain has an end.

use std::collections::{HashMap, HashSet};

use super::{
    FileError,
    sheet::{Book, Cell, LONGEST_CELL, Line, Serials, Shows},
    xlsx::{shows, shows_known},
};

/// How many different texts a workbook may have.
const MOST_TEXTS: usize = 1_000_000;

/// With these bytes a compound file begins.
pub const MAGIC: &[u8] = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";

/// Reads a workbook.
pub fn read(bytes: &[u8], book: &mut Book<'_>) -> Result<(), FileError> {
    // An encrypted workbook of today is a compound file with a stream of this name.
    let encrypted: Vec<u8> = "EncryptedPackage"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    if bytes.windows(encrypted.len()).any(|part| part == encrypted) {
        return Err(FileError::Encrypted);
    }
    let file = Compound::open(bytes).ok_or_else(|| FileError::damaged("compound file"))?;
    let Some(stream) = file.stream("Workbook") else {
        return Err(match file.stream("Book") {
            Some(_) => FileError::OldWorkbook,
            None => FileError::NotALedger,
        });
    };
    let globals = Globals::read(&stream)?;
    for (at, name, hidden) in &globals.sheets {
        let rest = stream.get(*at..).unwrap_or_default();
        book.begin(Some(name.clone()), *hidden, globals.serials)?;
        globals.rows(rest, book)?;
        book.end()?;
    }
    Ok(())
}

fn short(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(bytes.get(at..at + 2)?.try_into().ok()?))
}

fn long(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(bytes.get(at..at + 4)?.try_into().ok()?))
}

fn float(bytes: &[u8], at: usize) -> Option<f64> {
    Some(f64::from_le_bytes(bytes.get(at..at + 8)?.try_into().ok()?))
}

/// A file of several streams, in sectors that are chained.
struct Compound<'a> {
    bytes: &'a [u8],
    size: usize,
    next: Vec<u32>,
    next_small: Vec<u32>,
    small: Vec<u8>,
    /// Name, first sector and length of each stream.
    entries: Vec<(String, u32, usize)>,
}

/// Sectors of streams that are shorter than this lie in a stream of their own.
const SMALL: usize = 4096;
const SMALL_SECTOR: usize = 64;

impl<'a> Compound<'a> {
    fn open(bytes: &'a [u8]) -> Option<Self> {
        let size = match short(bytes, 0x1E)? {
            9 => 512,
            12 => 4096,
            _ => return None,
        };
        let mut file = Self {
            bytes,
            size,
            next: Vec::new(),
            next_small: Vec::new(),
            small: Vec::new(),
            entries: Vec::new(),
        };
        // Where the table of chains lies: the first 109 places stand in the head, more of them in a chain of their own.
        let most = bytes.len() / size + 1;
        let mut places: Vec<u32> = words(bytes.get(0x4C..0x200)?).collect();
        let mut more = long(bytes, 0x44)?;
        for _ in 0..most {
            let Some(sector) = file.sector(more) else {
                break;
            };
            places.extend(words(sector));
            more = places.pop()?;
        }
        for place in places.into_iter().take(most) {
            if let Some(sector) = file.sector(place) {
                file.next.extend(words(sector));
            }
        }
        let folder = file.chain(long(bytes, 0x30)?);
        for entry in folder.chunks_exact(128) {
            let length = usize::from(short(entry, 64)?).saturating_sub(2) / 2;
            let units: Vec<u16> = entry[..64]
                .chunks_exact(2)
                .take(length)
                .filter_map(|pair| short(pair, 0))
                .collect();
            let name = String::from_utf16_lossy(&units);
            file.entries
                .push((name, long(entry, 116)?, long(entry, 120)? as usize));
        }
        file.next_small = words(&file.chain(long(bytes, 0x3C)?)).collect();
        let root = file.entries.first()?.1;
        file.small = file.chain(root);
        Some(file)
    }

    fn sector(&self, number: u32) -> Option<&'a [u8]> {
        let from = (number as usize).checked_add(1)?.checked_mul(self.size)?;
        let until = from.checked_add(self.size)?.min(self.bytes.len());
        self.bytes
            .get(from..until)
            .filter(|sector| !sector.is_empty())
    }

    /// What lies in the chain from a sector on; a chain visits no sector twice, so it ends.
    fn chain(&self, mut number: u32) -> Vec<u8> {
        let mut found = Vec::new();
        for _ in 0..=self.bytes.len() / self.size {
            let Some(sector) = self.sector(number) else {
                break;
            };
            found.extend_from_slice(sector);
            let Some(next) = self.next.get(number as usize) else {
                break;
            };
            number = *next;
        }
        found
    }

    fn stream(&self, name: &str) -> Option<Vec<u8>> {
        let (_, first, length) = self.entries.iter().find(|entry| entry.0 == name)?;
        let mut found = if *length >= SMALL {
            self.chain(*first)
        } else {
            let (mut found, mut number) = (Vec::new(), *first as usize);
            while found.len() < *length {
                let from = number.checked_mul(SMALL_SECTOR)?;
                let Some(sector) = self.small.get(from..from + SMALL_SECTOR) else {
                    break;
                };
                found.extend_from_slice(sector);
                let Some(next) = self.next_small.get(number) else {
                    break;
                };
                number = *next as usize;
            }
            found
        };
        found.truncate(*length);
        Some(found)
    }
}

fn words(bytes: &[u8]) -> impl Iterator<Item = u32> + use<'_> {
    bytes.chunks_exact(4).filter_map(|word| long(word, 0))
}

/// The records of a workbook: their kind and their content.
struct Records<'a>(&'a [u8]);

impl<'a> Iterator for Records<'a> {
    type Item = (u16, &'a [u8]);

    fn next(&mut self) -> Option<Self::Item> {
        let (kind, length) = (short(self.0, 0)?, usize::from(short(self.0, 2)?));
        let content = self.0.get(4..4 + length)?;
        self.0 = &self.0[4 + length..];
        Some((kind, content))
    }
}

/// What is true of the whole workbook.
struct Globals {
    /// Where each sheet begins, its name, and whether it is hidden.
    sheets: Vec<(usize, String, bool)>,
    texts: Vec<String>,
    /// How the formats of cells show a number.
    formats: Vec<Shows>,
    serials: Serials,
}

const BEGIN: u16 = 0x0809;
const END: u16 = 0x000A;
const CONTINUE: u16 = 0x003C;

impl Globals {
    fn read(stream: &[u8]) -> Result<Self, FileError> {
        let mut globals = Self {
            sheets: Vec::new(),
            texts: Vec::new(),
            formats: Vec::new(),
            serials: Serials::Since1900,
        };
        let mut own: HashMap<u16, Shows> = HashMap::new();
        let mut of_cells = Vec::new();
        let mut records = Records(stream).peekable();
        while let Some((kind, content)) = records.next() {
            match kind {
                BEGIN if short(content, 0) != Some(0x0600) => return Err(FileError::OldWorkbook),
                // FILEPASS
                0x002F => return Err(FileError::Encrypted),
                // DATEMODE
                0x0022 if short(content, 0) == Some(1) => globals.serials = Serials::Since1904,
                // FORMAT
                0x041E => {
                    let code = content.get(2..).and_then(|text| letters(text, 2));
                    if let (Some(id), Some(code)) = (short(content, 0), code) {
                        own.insert(id, shows(&code));
                    }
                }
                // XF
                0x00E0 => of_cells.push(short(content, 2).unwrap_or_default()),
                // BOUNDSHEET: a sheet with cells has kind 0.
                0x0085 if content.get(5) == Some(&0) => {
                    let name = content.get(6..).and_then(|text| letters(text, 1));
                    if let (Some(at), Some(name)) = (long(content, 0), name) {
                        let hidden = content[4] & 3 != 0;
                        globals.sheets.push((at as usize, name, hidden));
                    }
                }
                // SST, which goes on in records of its own
                0x00FC => {
                    let mut parts = vec![content.get(8..).unwrap_or_default()];
                    while let Some((_, more)) = records.next_if(|(kind, _)| *kind == CONTINUE) {
                        parts.push(more);
                    }
                    globals.texts = Texts {
                        parts,
                        part: 0,
                        at: 0,
                    }
                    .take(MOST_TEXTS)
                    .collect();
                }
                END => break,
                _ => {}
            }
        }
        let shown = |id: u16| {
            own.get(&id)
                .copied()
                .unwrap_or_else(|| shows_known(id.into()))
        };
        globals.formats = of_cells.into_iter().map(shown).collect();
        Ok(globals)
    }

    /// Reads the rows of a sheet.
    fn rows(&self, stream: &[u8], book: &mut Book<'_>) -> Result<(), FileError> {
        let mut hidden = HashSet::new();
        let mut line = Line::default();
        let mut waits = None;
        let mut depth = 0;
        let mut wanted = true;
        for (kind, content) in Records(stream) {
            match kind {
                BEGIN => depth += 1,
                END => depth -= 1,
                _ => {}
            }
            // A chart within the sheet has cells of its own.
            match depth {
                ..=0 => break,
                1 => {}
                _ => continue,
            }
            let at = short(content, 0).zip(short(content, 2));
            let mut found: Vec<(u32, Option<Cell>)> = Vec::new();
            let (row, column) = match at {
                Some((row, column)) => (u32::from(row) + 1, u32::from(column)),
                None => continue,
            };
            let style = short(content, 4).unwrap_or_default();
            match kind {
                // ROW
                0x0208 => {
                    if short(content, 12).is_some_and(|flags| flags & 0x20 != 0) {
                        hidden.insert(row);
                    }
                    continue;
                }
                // MERGECELLS: first and last row, first and last column
                0x00E5 => {
                    for area in content[2..].chunks_exact(8) {
                        let place = |at| u32::from(short(area, at).unwrap_or_default());
                        book.merged(place(0) + 1, place(2) + 1, place(4))?;
                    }
                    continue;
                }
                // NUMBER
                0x0203 => found.push((
                    column,
                    float(content, 6).map(|number| self.number(number, style)),
                )),
                // RK
                0x027E => found.push((
                    column,
                    long(content, 6).map(|short| self.number(shortened(short), style)),
                )),
                // MULRK: pairs of style and number
                0x00BD => {
                    for (pair, column) in content[4..].chunks_exact(6).zip(column..) {
                        let style = short(pair, 0).unwrap_or_default();
                        let number =
                            long(pair, 2).map(|short| self.number(shortened(short), style));
                        found.push((column, number));
                    }
                }
                // LABELSST
                0x00FD => {
                    let text = long(content, 6).and_then(|at| self.texts.get(at as usize));
                    found.push((column, text.cloned().and_then(text_cell)));
                }
                // LABEL, RSTRING
                0x0204 | 0x00D6 => {
                    let text = content.get(6..).and_then(|text| letters(text, 2));
                    found.push((column, text.and_then(text_cell)));
                }
                // BOOLERR
                0x0205 => {
                    let value = content.get(6).zip(content.get(7));
                    found.push((
                        column,
                        value.map(|(value, error)| flag(*value, *error != 0)),
                    ));
                }
                // FORMULA: its value
                0x0006 => match content.get(6..14) {
                    Some([0, _, _, _, _, _, 0xFF, 0xFF]) => waits = Some((row, column)),
                    Some([kind @ (1 | 2), _, value, _, _, _, 0xFF, 0xFF]) => {
                        found.push((column, Some(flag(*value, *kind == 2))));
                    }
                    // Nothing is the value of a formula that has an empty text in it, and of one that was never computed.
                    Some([_, _, _, _, _, _, 0xFF, 0xFF]) => {
                        let formula = content.get(22..).unwrap_or_default();
                        if !formula.windows(3).any(|part| part == [0x17, 0, 0]) {
                            found.push((column, Some(Cell::Pending)));
                        }
                    }
                    _ => found.push((
                        column,
                        float(content, 6).map(|number| self.number(number, style)),
                    )),
                },
                // STRING: the text of the formula before it
                0x0207 => {
                    if let (Some(place), Some(text)) = (waits.take(), letters(content, 2))
                        && let Some(cell) = text_cell(text)
                        && place.0 == line.number
                    {
                        book.put(&mut line, place.1, cell)?;
                    }
                    continue;
                }
                _ => continue,
            }
            if row != line.number {
                let next = Line {
                    number: row,
                    hidden: hidden.contains(&row),
                    ..Line::default()
                };
                let done = std::mem::replace(&mut line, next);
                wanted = done.number == 0 || book.line(done)?;
                if !wanted {
                    break;
                }
            }
            for (column, cell) in found {
                if let Some(cell) = cell {
                    book.put(&mut line, column, cell)?;
                }
            }
        }
        if wanted && line.number > 0 {
            book.line(line)?;
        }
        Ok(())
    }

    fn number(&self, number: f64, style: u16) -> Cell {
        let shows = self.formats.get(usize::from(style)).copied();
        self.serials.cell(number, shows.unwrap_or_default())
    }
}

fn text_cell(text: String) -> Option<Cell> {
    (!text.is_empty()).then_some(Cell::Text(text))
}

/// A truth value, or the error of a formula.
fn flag(value: u8, is_error: bool) -> Cell {
    if !is_error {
        return Cell::Truth(value != 0);
    }
    let shown = match value {
        0x00 => "#NULL!",
        0x07 => "#DIV/0!",
        0x0F => "#VALUE!",
        0x17 => "#REF!",
        0x1D => "#NAME?",
        0x24 => "#NUM!",
        _ => "#N/A",
    };
    Cell::Error(shown.to_owned())
}

/// A number in four bytes: the upper half of a float or a whole number, divided by a hundred or not.
fn shortened(short: u32) -> f64 {
    let number = if short & 2 == 0 {
        f64::from_bits(u64::from(short & !3) << 32)
    } else {
        f64::from(short.cast_signed() >> 2)
    };
    if short & 1 == 0 {
        number
    } else {
        number / 100.0
    }
}

/// A text with its length before it, in one byte or two, and a byte that says how its letters are kept.
fn letters(bytes: &[u8], length_in: usize) -> Option<String> {
    let (length, rest) = match length_in {
        1 => (usize::from(*bytes.first()?), bytes.get(1..)?),
        _ => (usize::from(short(bytes, 0)?), bytes.get(2..)?),
    };
    let wide = rest.first()? & 1 != 0;
    let units = rest.get(1..)?;
    Some(decoded(units, wide, length.min(LONGEST_CELL)))
}

fn decoded(units: &[u8], wide: bool, length: usize) -> String {
    if wide {
        let units: Vec<u16> = units
            .chunks_exact(2)
            .take(length)
            .filter_map(|pair| short(pair, 0))
            .collect();
        String::from_utf16_lossy(&units)
    } else {
        units
            .iter()
            .take(length)
            .map(|byte| char::from(*byte))
            .collect()
    }
}

/// The shared texts, which may break off in one record and go on in the next.
struct Texts<'a> {
    parts: Vec<&'a [u8]>,
    part: usize,
    at: usize,
}

impl Texts<'_> {
    fn byte(&mut self) -> Option<u8> {
        loop {
            let part = self.parts.get(self.part)?;
            if let Some(byte) = part.get(self.at) {
                self.at += 1;
                return Some(*byte);
            }
            (self.part, self.at) = (self.part + 1, 0);
        }
    }

    fn number(&mut self, bytes: u32) -> Option<usize> {
        let mut number = 0;
        for place in 0..bytes {
            number |= usize::from(self.byte()?) << (8 * place);
        }
        Some(number)
    }

    fn skip(&mut self, mut bytes: usize) -> Option<()> {
        while bytes > 0 {
            let part = self.parts.get(self.part)?;
            let step = bytes.min(part.len() - self.at);
            self.at += step;
            bytes -= step;
            if bytes > 0 {
                (self.part, self.at) = (self.part + 1, 0);
            }
        }
        Some(())
    }
}

impl Iterator for Texts<'_> {
    type Item = String;

    fn next(&mut self) -> Option<String> {
        let mut length = self.number(2)?;
        let flags = self.byte()?;
        let mut wide = flags & 1 != 0;
        let runs = if flags & 8 == 0 { 0 } else { self.number(2)? };
        let extra = if flags & 4 == 0 { 0 } else { self.number(4)? };
        let mut text = String::new();
        while length > 0 {
            let part = self.parts.get(self.part)?;
            let rest = &part[self.at..];
            let width = if wide { 2 } else { 1 };
            let here = length.min(rest.len() / width);
            text.push_str(&decoded(rest, wide, here));
            self.at += here * width;
            length -= here;
            if length > 0 {
                // The next record says anew how the letters are kept.
                (self.part, self.at) = (self.part + 1, 0);
                wide = self.byte()? & 1 != 0;
            }
        }
        self.skip(4 * runs + extra)?;
        Some(text)
    }
}
