//! Whether all letters are held back: by the setting, by a person, or because the database was restored from a backup.

use chrono::TimeDelta;
use entity::{
    error::Fault,
    outbox::{
        commands,
        hold::{self, Hold},
        repository,
    },
    store::Store,
};

use super::{
    Delivery,
    marker::{Age, Marker},
};

/// For how long a machine with a fitting mark speaks for those beside it that have none yet.
const VOUCHED_FOR: TimeDelta = TimeDelta::minutes(3);

/// Why mail is held when the database is older than the mark.
const OLDER: &str = "数据库由备份恢复，早于本机最后发出的邮件：请核对备份之后可能已发出的邮件，再按日期放行 / restored from a backup that is \
                     older than the last e-mail sent from here: check which e-mails may have been sent since, then release mail by day";

/// Why mail is held when there is no mark.
const UNMARKED: &str = "数据库已通过邮件服务器发过信，而本机没有发信标记（新机器、标记丢失，或由备份恢复）：请核对备份之后可能已发出的邮件，再按日期\
                        放行 / this database has sent e-mail by a relay, and there is no mark of it here (a new machine, a lost mark, or a \
                        restored backup): check which e-mails may have been sent since, then release mail by day";

impl Delivery {
    /// Whether all letters are held back, by the setting, by a person, or because the database was restored.
    pub(super) async fn is_held(&self, store: &Store) -> Result<bool, Fault> {
        if self.hold {
            return Ok(true);
        }
        let state = repository::mail_state(store.db()).await?;
        match (&self.marker, state.hold) {
            (Some(marker), None) => self.is_restored(store, marker, &state).await,
            (Some(marker), Some(Hold::Restore)) => {
                if let Age::Older(remembered) = marker.age_of(&state) {
                    commands::hold_after_restore(store, remembered, OLDER).await?;
                }
                // The hold is known to the database, so no copy without it fits this mark any more.
                self.keep(marker, &state, state.let_out);
                Ok(true)
            }
            (_, hold) => Ok(hold.is_some()),
        }
    }

    /// Whether this database may be older than what was sent: then mail is held from now on. Where it is not, the mark here follows
    /// what all machines have sent, and speaks for machines that have none yet.
    async fn is_restored(
        &self,
        store: &Store,
        marker: &Marker,
        state: &hold::Model,
    ) -> Result<bool, Fault> {
        let age = marker.age_of(state);
        let now = store.database_now().await?;
        let vouched = |within| !self.alone && state.vouched_at.is_some_and(|at| now - at < within);
        let (remembered, reason) = match age {
            Age::Older(remembered) => (remembered, OLDER),
            Age::Unmarked if state.let_out > 0 && !vouched(VOUCHED_FOR) => (0, UNMARKED),
            Age::Fits | Age::Unmarked => {
                self.keep(marker, state, state.let_out);
                if !self.alone && !vouched(VOUCHED_FOR / 3) {
                    commands::vouch(store, now).await?;
                }
                return Ok(false);
            }
        };
        tracing::error!(?age, let_out = state.let_out, "mail is held: {reason}");
        let let_out = commands::hold_after_restore(store, remembered, reason).await?;
        self.keep(marker, state, let_out);
        Ok(true)
    }

    /// Looks whether the mark fits: at once at the start, and again as long as the service lives.
    pub(crate) async fn look_at_mark(&self, store: &Store) -> Result<(), Fault> {
        if self.marker.is_some() {
            self.is_held(store).await?;
        }
        Ok(())
    }

    /// Lets the mark remember what was let out; says whether it does.
    pub(super) fn keep(&self, marker: &Marker, state: &hold::Model, let_out: i64) -> bool {
        let kept = marker.remember(state.database_id, let_out);
        if let Err(error) = &kept {
            tracing::error!(%error, "the mark beside the service cannot be set: letters wait until it can");
        }
        kept.is_ok()
    }
}
