//! The mark beside the service: the last letter whose body this installation began to send. A database that does not remember that
//! letter is older than what was sent: it was restored from a backup, and would send yesterday's letters again.

use std::{
    io::{self, Write},
    path::{Path, PathBuf},
};

use entity::private;
use uuid::Uuid;

/// What stands in the mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Mark {
    /// Which database. Another one altogether says nothing about this one's age.
    pub(super) database_id: Uuid,
    /// The attempt.
    pub(super) attempt_id: Uuid,
}

/// The file of the mark.
#[derive(Clone, Debug)]
pub(super) struct Marker(PathBuf);

impl Marker {
    pub(super) fn at(path: &Path) -> Self {
        Self(path.to_owned())
    }

    /// The mark; nothing when there is none, or none that can be read.
    pub(super) fn read(&self) -> Option<Mark> {
        let text = std::fs::read_to_string(&self.0).ok()?;
        let mut ids = text.split_whitespace().map(Uuid::try_parse);
        let (Some(Ok(database_id)), Some(Ok(attempt_id))) = (ids.next(), ids.next()) else {
            return None;
        };
        Some(Mark {
            database_id,
            attempt_id,
        })
    }

    /// Sets the mark. It is one short write, so a crash leaves the old or the new one.
    pub(super) fn set(&self, mark: Mark) -> io::Result<()> {
        if let Some(folder) = self.0.parent() {
            private::make_folder(folder)?;
        }
        let text = format!("{} {}\n", mark.database_id, mark.attempt_id);
        private::blank(&self.0)?.write_all(text.as_bytes())
    }
}
