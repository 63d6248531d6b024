//! What time limits are on: the one table of all kinds, from which every walk over time limits is made.

use crate::{
    contract::subject::Contracts,
    obligation::subject::Obligations,
    permit::subject::Permits,
    rectification::subject::Rectifications,
    subject::{Kind, Subjects},
};

/// The table. Another kind is one implementation of [`Kind`] and one row here.
pub static KINDS: [&dyn Kind; 4] = [&Obligations, &Rectifications, &Permits, &Contracts];

impl Default for Subjects {
    fn default() -> Self {
        Self::new(&KINDS)
    }
}
