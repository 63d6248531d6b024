//! A workbook is a ZIP package of XML parts. What the package or a part declares about sizes is believed by nobody: what is unpacked
//! is counted while it is unpacked, and nothing is reserved for what is to come.

use std::{
    cell::Cell,
    collections::HashMap,
    io::{BufReader, Cursor, ErrorKind, Read},
};

use quick_xml::{
    Reader, XmlVersion,
    events::{BytesStart, Event},
};
use zip::{ZipArchive, result::ZipError};

use super::{FileError, sheet::LONGEST_CELL};

/// What is unpacked of a file at most: a few kilobytes can hide gigabytes.
pub const LARGEST_UNPACKED: u64 = 128 << 20;
/// How many bytes may stand between two brackets of a part: a cell with as many letters as it can hold takes less, however they are
/// written.
const LONGEST_PIECE: usize = 1 << 20;
/// How deep elements stand in each other at most, and how long the name of one is: the reader keeps the names of all that are open.
const DEEPEST: usize = 100;
const LONGEST_NAME: usize = 1_000;
/// How many parts a package may have, name, or list.
pub const MOST_PARTS: usize = 1000;

/// A package.
pub struct Package<'a> {
    zip: ZipArchive<Cursor<&'a [u8]>>,
    /// Where each part stands, by its name in small letters and with straight strokes.
    places: HashMap<String, usize>,
    left: Cell<u64>,
}

impl<'a> Package<'a> {
    /// Opens a package.
    pub fn open(bytes: &'a [u8]) -> Result<Self, FileError> {
        let zip = ZipArchive::new(Cursor::new(bytes)).map_err(FileError::damaged)?;
        if zip.len() > MOST_PARTS {
            return Err(FileError::TooLarge);
        }
        let places = zip
            .file_names()
            .enumerate()
            .filter_map(|(place, name)| Some((plain(&name.ok()?), place)))
            .collect();
        Ok(Self {
            zip,
            places,
            left: Cell::new(LARGEST_UNPACKED),
        })
    }

    /// Whether there is a part of this name.
    pub fn has(&self, name: &str) -> bool {
        self.places.contains_key(&plain(name))
    }

    /// A part to be read; nothing when there is none of this name.
    pub fn part(&mut self, name: &str) -> Result<Option<Xml<impl Read + use<'_, 'a>>>, FileError> {
        let Some(place) = self.places.get(&plain(name)) else {
            return Ok(None);
        };
        let part = self.zip.by_index(*place).map_err(|error| match error {
            ZipError::UnsupportedArchive(_) => FileError::Encrypted,
            error => FileError::damaged(error),
        })?;
        let left = &self.left;
        Ok(Some(Xml::new(Counted {
            part,
            left,
            piece: 0,
        })))
    }
}

/// Package names are compared without case, and some programs write the strokes the other way round.
fn plain(name: &str) -> String {
    name.replace('\\', "/")
        .trim_start_matches('/')
        .to_ascii_lowercase()
}

/// Counts what is unpacked, in all and since the last bracket.
struct Counted<'a, R> {
    part: R,
    left: &'a Cell<u64>,
    piece: usize,
}

impl<R: Read> Read for Counted<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let read = self.part.read(buffer)?;
        let left = self.left.get().checked_sub(read as u64);
        self.left.set(left.ok_or(ErrorKind::FileTooLarge)?);
        let bracket = buffer[..read]
            .iter()
            .rposition(|byte| matches!(byte, b'<' | b'>'));
        self.piece = match bracket {
            Some(at) => read - at,
            None => self.piece + read,
        };
        if self.piece > LONGEST_PIECE {
            return Err(ErrorKind::FileTooLarge.into());
        }
        Ok(read)
    }
}

/// The events of a part. An element without content has a start and an end like any other.
pub struct Xml<R: Read> {
    reader: Reader<BufReader<R>>,
    buffer: Vec<u8>,
    depth: usize,
}

/// What comes next in a part.
pub enum Next<'a> {
    /// An element begins.
    Start(BytesStart<'a>),
    /// The element of this name ends.
    End(String),
    /// Text.
    Text(String),
    /// The part ends.
    Nothing,
}

impl<R: Read> Xml<R> {
    fn new(part: R) -> Self {
        let mut reader = Reader::from_reader(BufReader::new(part));
        let config = reader.config_mut();
        config.expand_empty_elements = true;
        config.check_end_names = false;
        Self {
            reader,
            buffer: Vec::new(),
            depth: 0,
        }
    }

    /// What comes next.
    pub fn next(&mut self) -> Result<Next<'_>, FileError> {
        self.buffer.clear();
        // What a long text has taken is given back.
        self.buffer.shrink_to(1 << 16);
        let event = self
            .reader
            .read_event_into(&mut self.buffer)
            .map_err(broken)?;
        match &event {
            Event::Start(start) => {
                self.depth += 1;
                if self.depth > DEEPEST || start.name().into_inner().len() > LONGEST_NAME {
                    return Err(FileError::TooLarge);
                }
            }
            Event::End(_) => self.depth = self.depth.saturating_sub(1),
            _ => {}
        }
        Ok(match event {
            Event::Start(start) | Event::Empty(start) => Next::Start(start),
            Event::End(end) => Next::End(end.local_name().as_ref().to_owned()),
            Event::Text(text) => Next::Text(text.xml10_content().into_owned()),
            Event::CData(text) => Next::Text(text.xml10_content().into_owned()),
            Event::GeneralRef(name) => Next::Text(match name.as_ref() {
                "amp" => "&".to_owned(),
                "lt" => "<".to_owned(),
                "gt" => ">".to_owned(),
                "quot" => "\"".to_owned(),
                "apos" => "'".to_owned(),
                _ => {
                    let letter = name.resolve_char_ref().map_err(broken)?;
                    letter.map(String::from).unwrap_or_default()
                }
            }),
            Event::Eof => Next::Nothing,
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) => {
                Next::Text(String::new())
            }
        })
    }
}

fn broken(error: quick_xml::Error) -> FileError {
    match error {
        quick_xml::Error::Io(error) if error.kind() == ErrorKind::FileTooLarge => {
            FileError::TooLarge
        }
        error => FileError::damaged(error),
    }
}

/// The name of an element, without its prefix.
pub fn name<'a>(start: &'a BytesStart<'_>) -> &'a str {
    start.local_name().into_inner()
}

/// An attribute of an element, whatever its prefix.
pub fn attribute(start: &BytesStart<'_>, name: &str) -> Option<String> {
    let mut attributes = start.attributes();
    let found = attributes
        .with_checks(false)
        .flatten()
        .find(|one| one.key.local_name().as_ref() == name)?;
    let value = found.normalized_value(XmlVersion::Implicit1_0).ok()?;
    Some(value.into_owned())
}

/// Whether an attribute says yes.
pub fn is_set(start: &BytesStart<'_>, name: &str) -> bool {
    attribute(start, name).is_some_and(|said| matches!(said.as_str(), "1" | "true" | "on"))
}

/// Adds to the text of a cell, which is no longer than spreadsheets have them.
pub fn add(text: &mut String, more: &str) -> Result<(), FileError> {
    // A letter takes four bytes at most.
    if text.len() + more.len() > 4 * LONGEST_CELL {
        return Err(FileError::TooLarge);
    }
    text.push_str(more);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(part: &str) -> Result<usize, FileError> {
        let mut xml = Xml::new(part.as_bytes());
        let mut starts = 0;
        loop {
            match xml.next()? {
                Next::Start(_) => starts += 1,
                Next::Nothing => return Ok(starts),
                Next::End(_) | Next::Text(_) => {}
            }
        }
    }

    #[test]
    fn elements_stand_in_each_other_so_deep() {
        let deep = |levels: usize| "<a>".repeat(levels) + &"</a>".repeat(levels);
        assert_eq!(read(&deep(DEEPEST)), Ok(DEEPEST));
        assert_eq!(read(&deep(DEEPEST + 1)), Err(FileError::TooLarge));
        assert_eq!(read(&"<a>".repeat(100_000)), Err(FileError::TooLarge));
        // What stands beside each other is not deep.
        let wide = format!("<a>{}{}</a>", "<b/>".repeat(1_000), "<b></b>".repeat(1_000));
        assert_eq!(read(&wide), Ok(2_001));
        let long = |length: usize| format!("<{}/>", "a".repeat(length));
        assert_eq!(read(&long(LONGEST_NAME)), Ok(1));
        assert_eq!(read(&long(LONGEST_NAME + 1)), Err(FileError::TooLarge));
    }
}
