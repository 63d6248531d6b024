//! What something that was just recorded keeps: an open promise, offered to be closed with it as evidence.

use super::scalar::Date;

/// A promise that is offered to be closed.
pub struct Offer {
    /// Its global id.
    pub id: String,
    /// Names the request that closes it.
    pub key: String,
    /// Its version.
    pub version: i64,
    /// What was promised, and for which occasion.
    pub promise: String,
    /// When it is due.
    pub due_on: Date,
    /// The global id of the enterprise.
    pub firm: String,
    /// What was recorded, as evidence.
    pub note: String,
    /// On which day it was done.
    pub day: Date,
}

/// The offers among `$kept`, as far as the person may close them.
macro_rules! offers {
    ($f:expr, $kept:expr, $firm:expr, $note:expr, $day:expr) => {
        $kept
            .into_iter()
            .filter(|one| {
                let mut offered = one.commands.iter();
                offered.any(|offer| offer.may && offer.code == "obligation.fulfil")
            })
            .map(|one| {
                let promise = one.commitment.as_ref();
                let promise =
                    promise.map_or("", |promise| $f.of(&promise.text_zh, &promise.text_en));
                $crate::keeps::Offer {
                    promise: format!("{promise} · {}", $f.occasion(&one.occasion)),
                    id: one.id,
                    key: entity::id::new_secret(),
                    version: one.version,
                    due_on: one.deadline.due_on,
                    firm: $firm.to_owned(),
                    note: $note.chars().take(1000).collect(),
                    day: $day,
                }
            })
            .collect::<Vec<_>>()
    };
}
pub(super) use offers;
