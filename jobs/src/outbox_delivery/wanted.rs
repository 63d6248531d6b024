//! Whether a letter may go now, and what becomes of it otherwise.

use chrono::NaiveDate;
use entity::{
    absence,
    calendar::rules::Calendar,
    error::Fault,
    outbox::{self, Kind, Phase, State, commands},
    preference::{
        self,
        rules::{Decision, decide},
    },
    store::Store,
};

use super::{Delivery, Grounds};
use crate::{
    deadline_warnings::{is_out_of_date, renew},
    job::Run,
};

impl Delivery {
    /// Whether a letter may go now, asked before every attempt. If not, it waits for a time at which its reader wants it, goes to whoever
    /// stands in, is replaced by one that says what is true now, or never goes.
    pub(super) async fn is_wanted(
        &self,
        run: &Run,
        store: &Store,
        grounds: &Grounds,
        letter: &outbox::Model,
    ) -> Result<bool, Fault> {
        if letter.state == State::Sending && letter.phase == Some(Phase::Body) {
            // Its sender died after the line: nothing is sent, and what became of it is settled.
            return Ok(true);
        }
        let calendar = &grounds.calendar;
        let wishes = preference::repository::of(store.db(), letter.recipient_id).await?;
        let decision = decide(&wishes, letter.kind, store.now(), store.zone(), calendar);
        let stand_in = grounds.leaves.stand_in(letter.recipient_id);
        let stand_in = stand_in.filter(|(leave, _)| follows(letter, leave, store.today()));
        let kept_back = match (decision, stand_in) {
            (Decision::Drop, _) => commands::switched_off(store, letter).await,
            (Decision::Wait(until), _) if stand_in.is_none() || letter.kind.is_of_its_day() => {
                commands::put_off(store, letter, until).await
            }
            _ if letter.state != State::Ambiguous
                && is_out_of_date(letter, &wishes, store, calendar) =>
            {
                replace(run, calendar, letter).await
            }
            (_, Some((leave, deputy))) => {
                absence::commands::deliver_to_deputy(store, letter, leave, deputy).await
            }
            (_, None) => return Ok(true),
        };
        match kept_back {
            // Somebody else was faster: it is his letter now.
            Ok(()) | Err(Fault::Conflict(_)) => Ok(false),
            Err(fault) => Err(fault),
        }
    }
}

/// Whether a letter to somebody on leave follows to the deputy: not one with a secret or that was tried before, and none twice.
fn follows(letter: &outbox::Model, leave: &absence::Model, today: NaiveDate) -> bool {
    letter.first_attempt_at.is_none()
        && letter.absence_id.is_none()
        && !letter.kind.is_secret()
        && today <= leave.until_on
}

/// A letter that is out of date ends as superseded. In the place of a digest stands one that says what is true now (补发); of the
/// others the letter of the day says it.
async fn replace(run: &Run, calendar: &Calendar, letter: &outbox::Model) -> Result<(), Fault> {
    if letter.kind == Kind::Digest {
        return renew(run, calendar, letter.clone()).await;
    }
    let unit = run.begin().await?;
    commands::supersede(&unit, letter).await?;
    run.commit(unit).await
}
