//! What must be known before letters can be delivered.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use chrono_tz::Tz;
use entity::{address::mailable, park::Park};
use url::Url;

use super::{Delivery, marker::Marker};
use crate::{
    mail::{Sender, transport::Patience},
    meters::Meters,
    report::Press,
    runner::SetupError,
};

/// Where letters go.
#[derive(Clone, Debug)]
pub enum Relay {
    /// A mail relay.
    Smtp {
        /// Its address, with user and password.
        url: Url,
        /// Whether it may be spoken to without TLS.
        plain: bool,
        /// Certificates (PEM) trusted beside those of the system.
        trusted: Vec<u8>,
    },
    /// A folder of `.eml` files.
    Folder(PathBuf),
}

/// What the runner must be told.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The address people use.
    pub public_url: Url,
    /// Whose service it is.
    pub park: Park,
    /// The sender of all letters.
    pub mail_from: String,
    /// Where letters that come back go: each gets a return path of its own below this address. Without it they come back to the
    /// sender, and nobody reads them.
    pub mail_bounce_to: Option<String>,
    /// Holds all letters back.
    pub mail_hold: bool,
    /// Where letters go.
    pub relay: Relay,
    /// How many letters may be on their way to one domain at once.
    pub per_domain: usize,
    /// The mark beside the service by which a restored backup is noticed, where letters go to a relay.
    pub mark: Option<PathBuf>,
    /// How long each step of a delivery may take.
    pub patience: Patience,
    /// Whether no other process can have this database: then a run that somebody else holds is that of a dead process.
    pub alone: bool,
    /// What makes the files of reports.
    pub press: Press,
}

impl Settings {
    /// What every mail has in common, or why the sender's address cannot be used.
    pub fn sender(&self, zone: Tz) -> Result<Sender, String> {
        let wrong = |error: lettre::address::AddressError| format!("mail_from: {error}");
        let mut from: lettre::message::Mailbox = self.mail_from.parse().map_err(wrong)?;
        // A domain in Chinese travels as the network knows it.
        if let Some(address) = mailable(from.email.as_ref()) {
            from.email = address.parse().map_err(wrong)?;
        }
        Ok(Sender {
            from,
            public_url: self.public_url.clone(),
            park: self.park.clone(),
            zone,
        })
    }

    /// Says what is wrong, if no delivery can be opened with these settings. Makes nothing.
    pub fn check(&self, zone: Tz) -> Result<(), SetupError> {
        if let Some(path) = self.needed_mark() {
            Marker::check(path).map_err(|error| no_mark(path, error))?;
        }
        let unmarked = Self {
            mark: None,
            ..self.clone()
        };
        Delivery::open(&unmarked, zone, String::new(), Arc::new(Meters::of(&[]))).map(drop)
    }

    /// Where the mark is, if one is needed: what lies in the local mailbox may be written twice, so only a relay needs one.
    pub(super) fn needed_mark(&self) -> Option<&Path> {
        let by_relay = matches!(self.relay, Relay::Smtp { .. });
        self.mark.as_deref().filter(|_| by_relay)
    }
}

pub(super) fn no_mark(path: &Path, error: std::io::Error) -> SetupError {
    SetupError::Mark {
        path: path.to_owned(),
        error,
    }
}
