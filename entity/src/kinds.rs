//! What time limits are on: the one table of all kinds, from which every walk over time limits is made.

use crate::{
    obligation::subject::Obligations,
    rectification::subject::Rectifications,
    subject::{Kind, Subjects},
};

/// The table. Another kind is one implementation of [`Kind`] and one row here.
pub static KINDS: [&dyn Kind; 2] = [&Obligations, &Rectifications];

impl Default for Subjects {
    fn default() -> Self {
        Self::new(&KINDS)
    }
}
