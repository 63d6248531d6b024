//! The rules of the catalogue.

use super::{Fault, Files};

pub mod compression;
pub mod form;
pub mod needs;

pub use compression::{Compression, Figure, compression};
pub use form::{FormEntry, form};
pub use needs::{Asked, Needed, Reason, asked, needs, next_question};

impl Files {
    /// Everything in which the catalogue breaks a rule.
    pub fn faults(&self) -> Vec<Fault> {
        faults(self, &|_| true)
    }
}

/// The same, of the rules whose files are all `known`.
pub(super) fn faults(files: &Files, known: &dyn Fn(&str) -> bool) -> Vec<Fault> {
    let _ = (files, known);
    Vec::new()
}
