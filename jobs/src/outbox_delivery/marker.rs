//! The mark beside the service: how much of its mail a database had let out when this machine last looked. A database that knows of less
//! is older than what was sent: it was restored from a backup, and would send yesterday's letters again.

use std::{
    fs::OpenOptions,
    io,
    path::{Path, PathBuf},
    sync::{Mutex, PoisonError},
};

use entity::{outbox::hold, private};
use uuid::Uuid;

/// What stands in the mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Mark {
    /// Which database. Another one altogether says nothing about this one's age.
    database_id: Uuid,
    /// How much it had let out.
    let_out: i64,
}

/// What the mark says of a database.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Age {
    /// It knows of everything that the mark remembers.
    Fits,
    /// It is older than this mark.
    Older(i64),
    /// There is no mark of this database.
    Unmarked,
}

/// The file of the mark. Several letters may be about to go out at once.
#[derive(Debug)]
pub(super) struct Marker {
    path: PathBuf,
    turn: Mutex<()>,
}

impl Marker {
    /// The mark at `path`, or why it could not be kept there.
    pub(super) fn at(path: &Path) -> io::Result<Self> {
        if let Some(folder) = path.parent() {
            private::make_folder(folder)?;
        }
        private::file(path)?;
        Ok(Self {
            path: path.to_owned(),
            turn: Mutex::default(),
        })
    }

    /// Why the mark could not be kept at `path`, as far as that is known without making one.
    pub(super) fn check(path: &Path) -> io::Result<()> {
        match OpenOptions::new().append(true).open(path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        }
    }

    /// How old this database is.
    pub(super) fn age_of(&self, database: &hold::Model) -> Age {
        match self.read() {
            Some(mark) if mark.database_id != database.database_id => Age::Unmarked,
            Some(mark) if mark.let_out > database.let_out => Age::Older(mark.let_out),
            Some(_) => Age::Fits,
            None => Age::Unmarked,
        }
    }

    fn read(&self) -> Option<Mark> {
        let text = std::fs::read_to_string(&self.path).ok()?;
        let (id, let_out) = text.trim_end().split_once(' ')?;
        Some(Mark {
            database_id: id.parse().ok()?,
            let_out: let_out.parse().ok()?,
        })
    }

    /// From now on the mark remembers that this database has let out so much; it never remembers less of the same database. A crash or
    /// a full disk leaves the old mark.
    pub(super) fn remember(&self, database_id: Uuid, let_out: i64) -> io::Result<()> {
        let _turn = self.turn.lock().unwrap_or_else(PoisonError::into_inner);
        let known = self.read().filter(|mark| mark.database_id == database_id);
        if known.is_some_and(|mark| mark.let_out >= let_out) {
            return Ok(());
        }
        private::replace(&self.path, format!("{database_id} {let_out}\n").as_bytes())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn database(id: u128, let_out: i64) -> hold::Model {
        hold::Model {
            id: hold::ONLY,
            database_id: Uuid::from_u128(id),
            signing_key: Vec::new(),
            hold: None,
            held_at: None,
            held_by: None,
            reason: None,
            released_at: None,
            version: 1,
            let_out,
            vouched_at: None,
        }
    }

    #[test]
    fn a_mark_fits_what_is_as_old_or_newer_and_no_other_database() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("below").join("mark");
        Marker::check(&path).expect("there may be one");
        assert!(!path.exists(), "a check makes nothing");
        let marker = Marker::at(&path).expect("a mark");
        assert_eq!(marker.age_of(&database(1, 0)), Age::Unmarked);
        marker.remember(Uuid::from_u128(1), 7).expect("remembered");
        for (let_out, age) in [(7, Age::Fits), (8, Age::Fits), (6, Age::Older(7))] {
            assert_eq!(marker.age_of(&database(1, let_out)), age, "{let_out}");
        }
        assert_eq!(marker.age_of(&database(2, 9)), Age::Unmarked);
        marker
            .remember(Uuid::from_u128(1), 5)
            .expect("nothing to do");
        assert_eq!(marker.age_of(&database(1, 6)), Age::Older(7), "never less");
        marker.remember(Uuid::from_u128(2), 1).expect("remembered");
        assert_eq!(marker.age_of(&database(2, 1)), Age::Fits);
        for broken in ["", "7", "x 7", "00000000-0000-0000-0000-000000000001 x"] {
            std::fs::write(&path, broken).expect("written");
            assert_eq!(marker.age_of(&database(1, 9)), Age::Unmarked, "{broken}");
        }
        let again = Marker::at(&path).expect("the same");
        assert_eq!(
            again.age_of(&database(1, 9)),
            Age::Unmarked,
            "a start keeps it"
        );
        let nowhere = path.join("below a file");
        assert!(Marker::at(&nowhere).is_err() && Marker::check(&nowhere).is_err());
    }
}
