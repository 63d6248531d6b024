//! What time limits are on: the one table of all kinds, from which every walk over time limits is made.

use sea_orm::prelude::Uuid;

use crate::{
    case::subject::Cases,
    contract::subject::Contracts,
    error::Fault,
    obligation::subject::Obligations,
    permit::{self, subject::Permits},
    rectification::subject::Rectifications,
    store::Unit,
    subject::{Kind, Subjects},
};

/// The table. Another kind is one implementation of [`Kind`] and one row here.
pub static KINDS: [&dyn Kind; 5] = [&Obligations, &Rectifications, &Permits, &Contracts, &Cases];

impl Default for Subjects {
    fn default() -> Self {
        Self::new(&KINDS)
    }
}

/// What follows, in the transaction of the letter, when somebody is told for the first time that the thing `id` of this kind ends;
/// `enterprise` says whether the letter goes to its enterprise.
pub async fn told_of_end(
    unit: &Unit,
    (kind, id): (&str, Uuid),
    enterprise: bool,
) -> Result<(), Fault> {
    match kind {
        Permits::NAME => permit::commands::told_in(unit, id, enterprise).await,
        _ => Ok(()),
    }
}
