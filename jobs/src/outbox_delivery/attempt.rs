//! One letter through each step of its delivery, and what comes of it.

use std::{panic::AssertUnwindSafe, time::Duration};

use chrono::TimeDelta;
use entity::{
    error::Fault,
    outbox::{
        Phase, State,
        commands::{
            self,
            sending::{self, Claimed, Taken},
        },
        hold, repository,
        rules::{self, Outcome},
    },
    store::Store,
};
use futures::FutureExt;
use tokio::time::interval;
use uuid::Uuid;

use super::{Delivery, Grounds, LOOK_AGAIN};
use crate::{
    job::Run,
    mail::transport::{Envelope, Failure},
};

/// How often the sender of a letter gives a sign of life: thrice within the lease.
const SIGN_OF_LIFE: Duration = Duration::from_secs(15);

/// For how long a letter is left to the machine that has its key.
const SEALED_BY_ANOTHER: TimeDelta = TimeDelta::minutes(10);

impl Delivery {
    /// Nothing when the letter was not due after all, was given back, or its reader does not want it now.
    pub(super) async fn deliver(
        &self,
        run: &Run,
        grounds: &Grounds,
        id: Uuid,
    ) -> Result<Option<(State, Outcome)>, Fault> {
        let state = &grounds.state;
        // A letter has a lease of its own. What the relay said is written even when the run was lost meanwhile: forgotten, it would
        // be a second copy.
        let store = &run.store().unfenced();
        let Some(letter) = repository::due(store.db(), id, store.now()).await? else {
            return Ok(None);
        };
        let is_over = letter.not_after.is_some_and(|end| end < store.now());
        let letter = match commands::secret::opened(store.seal(), &letter) {
            Some(opened) => opened,
            None if is_over => letter,
            None => {
                tracing::error!(letter = %letter.id, "it is sealed by a key that is not in the seal file of this machine");
                commands::put_off(store, &letter, store.now() + SEALED_BY_ANOTHER).await?;
                return Ok(None);
            }
        };
        let again = letter.state == State::Ambiguous;
        if !self.is_wanted(run, store, grounds, &letter).await? {
            return Ok(None);
        }
        let plan = self.plan(store, state, &letter).await?;
        let frozen = plan.as_ref().ok().and_then(|plan| plan.frozen.clone());
        let mut claimed = match sending::claim(store, letter, &self.holder, frozen).await? {
            Taken::Claimed(claimed) => *claimed,
            Taken::Gone => return Ok(None),
            Taken::Settled(ended) => {
                let text = "its time passed, or its sender died while the body was on its way";
                let outcome = Outcome::Unusable {
                    text: text.to_owned(),
                };
                self.meters.attempted(ended, &outcome, false);
                return Ok(Some((ended, outcome)));
            }
        };
        let outcome = match plan {
            Err(outcome) => outcome,
            Ok(plan) => {
                claimed.probe = plan.probe;
                let letter = claimed.letter.id;
                let attempt = self.attempt(run, state, &mut claimed, &plan.envelope);
                let attempt = self.holding(store, letter, attempt);
                match AssertUnwindSafe(attempt).catch_unwind().await {
                    Ok(attempted) => match attempted? {
                        Some(outcome) => outcome.masking(plan.envelope.to.as_ref()),
                        None => {
                            let wait = if run.is_stopping() {
                                TimeDelta::zero()
                            } else {
                                rules::retry_after(1)
                            };
                            sending::release(store, &claimed, store.now() + wait).await?;
                            return Ok(None);
                        }
                    },
                    Err(_) if claimed.letter.phase == Some(Phase::Body) => Outcome::Broken {
                        phase: Phase::Body,
                        text: "sending panicked".to_owned(),
                    },
                    Err(_) => Outcome::Unusable {
                        text: "sending panicked".to_owned(),
                    },
                }
            }
        };
        // In a task of its own: it ends even when the run is lost meanwhile.
        let recorded = tokio::spawn(record(store.clone(), claimed, outcome.clone())).await;
        let ended = recorded.map_err(|error| Fault::Internal(error.to_string()))??;
        self.meters.attempted(ended, &outcome, again);
        Ok(Some((ended, outcome)))
    }

    /// Does `work` while other senders know that this letter is in good hands.
    async fn holding<T>(&self, store: &Store, letter: Uuid, work: impl Future<Output = T>) -> T {
        let mut work = std::pin::pin!(work);
        let mut beat = interval(SIGN_OF_LIFE);
        beat.tick().await;
        loop {
            tokio::select! {
                done = &mut work => return done,
                _ = beat.tick() => {
                    if let Err(error) = sending::hold_on(store, letter, &self.holder).await {
                        tracing::warn!(%letter, %error, "no sign of life could be given for a letter");
                    }
                }
            }
        }
    }

    /// One attempt; nothing when the service ends before the body has begun, or the mark cannot be set.
    async fn attempt(
        &self,
        run: &Run,
        state: &hold::Model,
        claimed: &mut Claimed,
        envelope: &Envelope,
    ) -> Result<Option<Outcome>, Fault> {
        let Some(bytes) = claimed.letter.frozen.clone() else {
            return Ok(Some(Outcome::Unusable {
                text: "nothing to send".to_owned(),
            }));
        };
        let prepared = tokio::select! {
            prepared = self.transport.prepare(envelope) => prepared,
            () = run.stopped() => return Ok(None),
        };
        let prepared = match prepared {
            Ok(prepared) => prepared,
            Err(failure) => return Ok(Some(outcome(failure))),
        };
        // Committed before the first byte of the body: a crash from here on is unclear, never a silent repetition.
        if !prepared.may_repeat() {
            let let_out = sending::reach_body(&run.store().unfenced(), claimed).await?;
            if let Some(marker) = &self.marker
                && !self.keep(marker, state, let_out)
            {
                // Sent without a mark, it would be sent again by a restored backup: it waits.
                return Ok(None);
            }
        }
        Ok(Some(match prepared.body(&bytes).await {
            Ok(accepted) => Outcome::Accepted {
                code: accepted.code,
                text: accepted.text,
            },
            Err(failure) => outcome(failure),
        }))
    }
}

/// Writes down what came of an attempt. What a relay has said is said once: while the database is away it is kept, and written when the
/// database is back.
async fn record(store: Store, claimed: Claimed, outcome: Outcome) -> Result<State, Fault> {
    let mut again = interval(LOOK_AGAIN);
    loop {
        again.tick().await;
        match sending::finish(&store, &claimed, &outcome).await {
            Err(fault) if fault.is_away() => {
                tracing::warn!(letter = %claimed.letter.id, error = %fault, "what the relay said waits for the database");
            }
            ended => return ended,
        }
    }
}

fn outcome(failure: Failure) -> Outcome {
    match failure.code {
        Some(code) => Outcome::Refused {
            phase: failure.phase,
            code,
            text: failure.text,
        },
        None => Outcome::Broken {
            phase: failure.phase,
            text: failure.text,
        },
    }
}
