//! Sending: a letter in the hands of one sender, from attempt to attempt, until it has gone, is dead or has come back.

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::{
    ActiveValue::{NotSet, Set},
    EntityTrait, ExprTrait, PaginatorTrait, QueryFilter,
    entity::prelude::*,
    sea_query::{Expr, OnConflict},
};

use super::{
    super::{
        Column, Entity, Model, Phase, State, attempt,
        rules::{self, Outcome, Trial},
        suppression,
    },
    BOUNCED, guarded, let_out, outbox, require_held, secret,
};
use crate::{
    audit::{
        self,
        commands::{Change, summary},
    },
    error::Fault,
    id::new_id,
    store::{Store, Unit},
    text::clean,
};

/// How long a sender has a letter to itself without a sign of life: what a killed one had in hand is free within a minute.
const LEASE: TimeDelta = TimeDelta::seconds(60);

/// A letter in the hands of one sender.
#[derive(Clone, Debug)]
pub struct Claimed {
    /// The letter as it is now.
    pub letter: Model,
    /// The attempt.
    pub attempt_id: Uuid,
    /// Whether its address was given up before and is tried once more.
    pub probe: bool,
}

/// A mail whose bytes are fixed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Frozen {
    /// To which address.
    pub address: String,
    /// The bytes.
    pub bytes: Vec<u8>,
}

/// What came of reaching for a letter.
#[derive(Clone, Debug)]
pub enum Taken {
    /// It is in hand.
    Claimed(Box<Claimed>),
    /// It needed no attempt: its time had passed, or its former sender had died while the body was on its way.
    Settled(State),
    /// Somebody else was faster.
    Gone,
}

/// Takes a due letter, as it was read and opened, for one attempt. At the first attempt `frozen` fixes its bytes and its address: every later
/// attempt sends the same.
pub async fn claim(
    store: &Store,
    letter: Model,
    holder: &str,
    frozen: Option<Frozen>,
) -> Result<Taken, Fault> {
    let unit = store.begin(&outbox()).await?;
    let now = unit.now();
    if letter.state == State::Sending && letter.phase == Some(Phase::Body) {
        let outcome = Outcome::Broken {
            phase: Phase::Body,
            text: "the sender died while the body was on its way".to_owned(),
        };
        let state = settle(&unit, &letter, &outcome, false).await?;
        unit.commit().await?;
        return Ok(Taken::Settled(state));
    }
    if letter.not_after.is_some_and(|end| end < now) {
        // One that may have arrived is not called expired: a person decides.
        let state = match letter.state {
            State::Ambiguous => State::Held,
            _ => State::Expired,
        };
        let mut ended = guarded(&letter)
            .col_expr(Column::State, Expr::value(state))
            .col_expr(Column::LeaseUntil, Expr::value(None::<DateTime<Utc>>));
        if letter.kind.is_secret() {
            ended = secret::wiped(ended);
        }
        if ended.exec(unit.db()).await?.rows_affected == 0 {
            return Ok(Taken::Gone);
        }
        unit.commit().await?;
        return Ok(Taken::Settled(state));
    }
    let attempt_id = new_id(now);
    let mut taken = Model {
        state: State::Sending,
        resends: letter.resends + i32::from(letter.state == State::Ambiguous),
        phase: Some(Phase::Connect),
        holder: Some(holder.to_owned()),
        lease_until: Some(now + LEASE),
        first_attempt_at: letter.first_attempt_at.or(Some(now)),
        version: letter.version + 1,
        ..letter.clone()
    };
    let mut change = guarded(&letter)
        .col_expr(Column::State, Expr::value(taken.state))
        .col_expr(Column::Resends, Expr::value(taken.resends))
        .col_expr(Column::Phase, Expr::value(taken.phase))
        .col_expr(Column::Holder, Expr::value(taken.holder.clone()))
        .col_expr(Column::LeaseUntil, Expr::value(taken.lease_until))
        .col_expr(Column::FirstAttemptAt, Expr::value(taken.first_attempt_at));
    if let Some(Frozen { address, bytes }) = frozen {
        let kept = match letter.kind.is_secret() {
            true => secret::sealed(unit.seal(), letter.id, &bytes)?,
            false => bytes.clone(),
        };
        change = change
            .col_expr(Column::Address, Expr::value(Some(address.clone())))
            .col_expr(Column::Frozen, Expr::value(Some(kept)));
        (taken.address, taken.frozen) = (Some(address), Some(bytes));
    }
    if change.exec(unit.db()).await?.rows_affected == 0 {
        return Ok(Taken::Gone);
    }
    // The phase of its newest attempt stays with a letter for ever.
    let made = match letter.phase {
        Some(_) => end_attempts(&unit, &letter).await?,
        None => 0,
    };
    attempt::Entity::insert(attempt::ActiveModel {
        id: Set(attempt_id),
        letter_id: Set(letter.id),
        number: Set(i32::try_from(made + 1).unwrap_or(i32::MAX)),
        started_at: Set(now),
        ended_at: NotSet,
        phase: Set(Phase::Connect),
        code: NotSet,
        text: NotSet,
        holder: Set(holder.to_owned()),
    })
    .exec_without_returning(unit.db())
    .await?;
    unit.commit().await?;
    Ok(Taken::Claimed(Box::new(Claimed {
        letter: taken,
        attempt_id,
        probe: false,
    })))
}

/// Ends what attempts at a letter are open, because of a sender that died before the body nothing more will be heard. Says how many
/// attempts were made.
async fn end_attempts(unit: &Unit, letter: &Model) -> Result<u64, Fault> {
    let attempts = attempt::Entity::update_many()
        .col_expr(attempt::Column::EndedAt, Expr::value(Some(unit.now())))
        .col_expr(attempt::Column::Text, Expr::value("the sender died"))
        .filter(attempt::Column::LetterId.eq(letter.id))
        .filter(attempt::Column::EndedAt.is_null());
    attempts.exec(unit.db()).await?;
    Ok(attempt::Entity::find()
        .filter(attempt::Column::LetterId.eq(letter.id))
        .count(unit.db())
        .await?)
}

/// Records that the body of the letter is about to go to the relay, before its first byte does: a crash from here on is unclear, never a
/// silent repetition. Gives the number under which the mark remembers it.
pub async fn reach_body(store: &Store, claimed: &mut Claimed) -> Result<i64, Fault> {
    let unit = store.begin(&outbox()).await?;
    let saved = guarded(&claimed.letter)
        .col_expr(Column::Phase, Expr::value(Some(Phase::Body)))
        .exec(unit.db())
        .await?;
    require_held(saved.rows_affected)?;
    let let_out = let_out(&unit).await?;
    unit.commit().await?;
    claimed.letter.version += 1;
    claimed.letter.phase = Some(Phase::Body);
    Ok(let_out)
}

/// Ends the attempt and says what the letter has become.
pub async fn finish(store: &Store, claimed: &Claimed, outcome: &Outcome) -> Result<State, Fault> {
    let unit = store.begin(&outbox()).await?;
    let state = settle(&unit, &claimed.letter, outcome, claimed.probe).await?;
    unit.commit().await?;
    Ok(state)
}

/// The sender of a letter gives a sign of life.
pub async fn hold_on(store: &Store, letter_id: Uuid, holder: &str) -> Result<(), Fault> {
    Entity::update_many()
        .col_expr(Column::LeaseUntil, Expr::value(Some(store.now() + LEASE)))
        .filter(Column::Id.eq(letter_id))
        .filter(Column::State.eq(State::Sending))
        .filter(Column::Holder.eq(holder))
        .exec(store.db())
        .await?;
    Ok(())
}

/// Gives a letter back untried, to be tried at `next`, because the service ends before its body has begun, or the mark cannot be set.
pub async fn release(store: &Store, claimed: &Claimed, next: DateTime<Utc>) -> Result<(), Fault> {
    let unit = store.begin(&outbox()).await?;
    let given = guarded(&claimed.letter)
        .col_expr(Column::State, Expr::value(State::Pending))
        .col_expr(Column::NextAttemptAt, Expr::value(next))
        .col_expr(Column::LeaseUntil, Expr::value(None::<DateTime<Utc>>))
        .exec(unit.db())
        .await?;
    require_held(given.rows_affected)?;
    attempt::Entity::update_many()
        .col_expr(attempt::Column::EndedAt, Expr::value(Some(unit.now())))
        .col_expr(attempt::Column::Text, Expr::value("given back untried"))
        .filter(attempt::Column::Id.eq(claimed.attempt_id))
        .exec(unit.db())
        .await?;
    unit.commit().await
}

/// Where only one process can have the database, whatever another holder has in hand is the work of a dead process: its lease
/// ends now.
pub async fn end_leases_of_others(store: &Store, holder: &str) -> Result<(), Fault> {
    Entity::update_many()
        .col_expr(
            Column::LeaseUntil,
            Expr::value(Some(store.now() - TimeDelta::seconds(1))),
        )
        .filter(Column::State.eq(State::Sending))
        .filter(Column::Holder.ne(holder))
        .exec(store.db())
        .await?;
    Ok(())
}

/// A letter that the mail server had taken came back for good: it has not arrived. Says whether anything changed; the same notice
/// twice changes nothing.
pub async fn bounced(store: &Store, letter_id: Uuid, text: &str) -> Result<bool, Fault> {
    let unit = store.begin(&outbox()).await?;
    let Some(letter) = Entity::find_by_id(letter_id).one(unit.db()).await? else {
        return Err(Fault::NotFound);
    };
    if !matches!(letter.state, State::Sent | State::Ambiguous | State::Held) {
        return Ok(false);
    }
    let unknown = rules::is_unknown_address(550, text);
    let state = if unknown {
        State::Suppressed
    } else {
        State::Dead
    };
    let text = shortened(text);
    let saved = guarded(&letter)
        .col_expr(Column::State, Expr::value(state))
        .col_expr(Column::LastText, Expr::value(Some(text.clone())))
        .exec(unit.db())
        .await?;
    require_held(saved.rows_affected)?;
    if unknown {
        suppress(&unit, &letter, &text).await?;
    }
    audit::commands::record(
        &unit,
        Change {
            command: &BOUNCED,
            subject_id: letter.id,
            before: Some(summary!({ "state": letter.state })),
            after: Some(summary!({ "state": state, "text": text })),
            reason: None,
        },
    )
    .await?;
    unit.commit().await?;
    Ok(true)
}

async fn settle(
    unit: &Unit,
    letter: &Model,
    outcome: &Outcome,
    probe: bool,
) -> Result<State, Fault> {
    let now = unit.now();
    let verdict = rules::judge(
        outcome,
        &Trial {
            class: letter.class,
            legal: letter.kind.is_legal(),
            attempts: letter.attempts + 1,
            resends: letter.resends,
            trying_since: letter.first_attempt_at.unwrap_or(now),
            not_after: letter.not_after,
            now,
        },
    );
    let (phase, code, text) = match outcome {
        Outcome::Accepted { code, text } => (Phase::Body, Some(*code), text),
        Outcome::Refused { phase, code, text } => (*phase, Some(*code), text),
        Outcome::Broken { phase, text } => (*phase, None, text),
        Outcome::Unusable { text } | Outcome::Suppressed { text } => (Phase::Connect, None, text),
    };
    let text = shortened(text);
    let mut change = guarded(letter)
        .col_expr(Column::State, Expr::value(verdict.state))
        .col_expr(
            Column::Attempts,
            Expr::value(letter.attempts + i32::from(verdict.counts)),
        )
        .col_expr(Column::NextAttemptAt, Expr::value(verdict.next_attempt_at))
        .col_expr(Column::LeaseUntil, Expr::value(None::<DateTime<Utc>>))
        .col_expr(Column::Phase, Expr::value(Some(phase)))
        .col_expr(Column::LastCode, Expr::value(code))
        .col_expr(Column::LastText, Expr::value(Some(text.clone())));
    if verdict.state == State::Sent {
        change = change.col_expr(Column::SentAt, Expr::value(Some(now)));
        if letter.kind.is_secret() {
            change = secret::wiped(change);
        }
    }
    require_held(change.exec(unit.db()).await?.rows_affected)?;
    attempt::Entity::update_many()
        .col_expr(attempt::Column::EndedAt, Expr::value(Some(now)))
        .col_expr(attempt::Column::Phase, Expr::value(phase))
        .col_expr(attempt::Column::Code, Expr::value(code))
        .col_expr(attempt::Column::Text, Expr::value(Some(text.clone())))
        .filter(attempt::Column::LetterId.eq(letter.id))
        .filter(attempt::Column::EndedAt.is_null())
        .exec(unit.db())
        .await?;
    match (verdict.state, outcome) {
        (State::Suppressed, Outcome::Refused { .. }) => suppress(unit, letter, &text).await?,
        (State::Sent, _) if probe => lift(unit, letter).await?,
        _ => {}
    }
    Ok(verdict.state)
}

/// Gives up the address of a letter that came back because nobody has it.
async fn suppress(unit: &Unit, letter: &Model, reason: &str) -> Result<(), Fault> {
    use suppression::Column as C;
    let Some(address) = &letter.address else {
        return Ok(());
    };
    suppression::Entity::insert(suppression::ActiveModel {
        address: Set(address.to_lowercase()),
        since: Set(unit.now()),
        refused_at: Set(unit.now()),
        refusals: Set(1),
        letter_id: Set(letter.id),
        reason: Set(reason.to_owned()),
    })
    .on_conflict(
        OnConflict::column(C::Address)
            .update_columns([C::RefusedAt, C::LetterId, C::Reason])
            .value(
                C::Refusals,
                Expr::col((suppression::Entity, C::Refusals)).add(1),
            )
            .to_owned(),
    )
    .exec_without_returning(unit.db())
    .await?;
    tracing::warn!(
        letter = %letter.id,
        address = rules::masked(address),
        "the address is no longer used: no account has it"
    );
    Ok(())
}

/// Takes an address up again.
pub(super) async fn lift(unit: &Unit, letter: &Model) -> Result<(), Fault> {
    if let Some(address) = &letter.address {
        suppression::Entity::delete_by_id(address.to_lowercase())
            .exec(unit.db())
            .await?;
    }
    Ok(())
}

fn shortened(text: &str) -> String {
    clean(text).chars().take(1000).collect()
}
