//! The trial job that replicas under test share: due every midnight, so that it is due on the day of the test; leases of two
//! seconds, so that a story need not wait a minute for the rule that a dead holder's run is taken over.

use std::{path::Path, time::Duration};

use chrono::TimeDelta;
use entity::schedule::rules::{CatchUp, When};
use jobs::{Relay, Settings, Timing, job::Job, schedule::Schedule};

/// How many items the job has.
pub const ITEMS: usize = 20;

/// Its name.
pub const NAME: &str = "trial";

/// Its line in the table.
pub const fn line(job: &'static dyn Job) -> Schedule {
    Schedule {
        name: NAME,
        when: When::daily(0, 0),
        catch_up: CatchUp::Sweep,
        job: Some(job),
        zh: "试验",
        en: "a trial",
    }
}

/// Short leases, in the proportions of the real ones.
pub fn timing() -> Timing {
    Timing {
        lease: TimeDelta::seconds(2),
        heartbeat: Duration::from_millis(500),
        trust: Duration::from_millis(1500),
        watch: Duration::from_secs(15),
    }
}

/// The settings of a runner whose letters go into a folder beside `file`.
pub fn settings(file: &Path) -> Settings {
    Settings {
        park: Default::default(),
        public_url: "https://qiyue.example".parse().expect("an address"),
        mail_from: "qiyue@park.example".to_owned(),
        mail_bounce_to: None,
        mail_hold: false,
        relay: Relay::Folder(file.with_extension("mailbox")),
        per_domain: 2,
        mark: None,
        patience: Default::default(),
        alone: false,
        press: jobs::Press::default(),
    }
}
