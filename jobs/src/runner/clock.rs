//! What the runner makes of its machine's clock.

use chrono::{DateTime, TimeDelta, Utc};
use entity::{
    error::Fault,
    schedule::rules::{LARGEST_SKEW, NOTICEABLE_SKEW},
};

use super::Runner;
use crate::job_watch;

impl Runner {
    /// Follows the clock of the database, and says whether this machine may start anything.
    pub(super) fn is_on_time(&self, database_now: DateTime<Utc>) -> bool {
        let Some(skew) = self.store.clock().observe(database_now) else {
            return true;
        };
        let astray = is_astray(skew);
        if astray {
            tracing::error!(
                seconds = skew.num_seconds(),
                "this machine's clock is too far from the database's: it starts no job until it is mended"
            );
        } else if skew.abs() > NOTICEABLE_SKEW {
            tracing::warn!(
                seconds = skew.num_seconds(),
                "this machine's clock differs from the database's"
            );
        }
        self.senses().skew = skew;
        !astray
    }

    /// Tells the administrators, once, of a jump that the clock does not follow.
    pub(super) async fn tell_of_jump(&self) -> Result<(), Fault> {
        let jumped = self.store.clock().jumped();
        let is_new = jumped.is_some() && !self.senses().told_of_jump;
        if let Some(jump) = jumped.filter(|_| is_new) {
            tracing::error!(
                seconds = jump.num_seconds(),
                "the clock has jumped and is not followed until it is back: if it is right now, start the service anew"
            );
            job_watch::tell_of_jump(&self.store, jump).await?;
        }
        self.senses().told_of_jump = jumped.is_some();
        Ok(())
    }
}

/// Whether a machine this far from the clock of the database may start nothing.
pub(super) fn is_astray(skew: TimeDelta) -> bool {
    skew.abs() > LARGEST_SKEW
}
