//! Writing letters, and moving them from attempt to attempt.

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::{
    ActiveValue::{NotSet, Set},
    EntityTrait, QueryFilter, TryInsertResult,
    entity::prelude::*,
    sea_query::{Expr, OnConflict},
};

use super::{
    ActiveModel, Class, Column, Entity, Kind, Model, Phase, State, attachment, attempt,
    rules::{self, Outcome},
};
use crate::{error::Fault, id::new_id, store::Store, store::Unit};

/// A letter to be written.
#[derive(Clone, Debug)]
pub struct NewLetter {
    /// What makes it the one letter of its kind, for ever: kind, thing, threshold or period, recipient.
    pub key: String,
    /// What it is about.
    pub kind: Kind,
    /// What is worse: missing or double.
    pub class: Class,
    /// To whom.
    pub recipient_id: Uuid,
    /// One of the structures of [`facts`](super::facts).
    pub facts: Json,
    /// Not sent before; at once when nothing is said.
    pub not_before: Option<DateTime<Utc>>,
    /// Worthless after.
    pub not_after: Option<DateTime<Utc>>,
}

/// Puts a letter into the outbox in the running transaction. Says whether it is new: a key is used once for ever.
pub async fn enqueue(unit: &Unit, letter: NewLetter) -> Result<bool, Fault> {
    Ok(enqueue_with_id(unit, letter).await?.is_some())
}

/// As [`enqueue`], and gives the key of the new row.
pub async fn enqueue_with_id(unit: &Unit, letter: NewLetter) -> Result<Option<Uuid>, Fault> {
    let id = new_id(unit.now());
    let not_before = letter.not_before.unwrap_or_else(|| unit.now());
    let row = ActiveModel {
        id: Set(id),
        message_id: Set(rules::message_id(&letter.key)),
        key: Set(letter.key),
        kind: Set(letter.kind),
        class: Set(letter.class),
        recipient_id: Set(letter.recipient_id),
        address: NotSet,
        facts: Set(letter.facts),
        created_at: Set(unit.now()),
        not_before: Set(not_before),
        not_after: Set(letter.not_after),
        state: Set(State::Pending),
        attempts: Set(0),
        resends: Set(0),
        first_attempt_at: NotSet,
        next_attempt_at: Set(not_before),
        lease_until: NotSet,
        holder: NotSet,
        phase: NotSet,
        frozen: NotSet,
        last_code: NotSet,
        last_text: NotSet,
        sent_at: NotSet,
        escalated_at: NotSet,
        version: Set(1),
    };
    let inserted = Entity::insert(row)
        .on_conflict(OnConflict::column(Column::Key).do_nothing().to_owned())
        .try_insert()
        .exec_without_returning(unit.db())
        .await?;
    Ok(matches!(inserted, TryInsertResult::Inserted(1)).then_some(id))
}

/// A file to go with a letter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewAttachment {
    /// The name of the file, in any script.
    pub name: String,
    /// Its MIME type; `text/calendar; method=REQUEST` for an invitation.
    pub content_type: String,
    /// The content.
    pub bytes: Vec<u8>,
}

/// Gives a letter that was just written its files, in the transaction that wrote it: they leave with it, under the same key.
///
/// # Errors
/// Together they must stay below [`rules::LARGEST_ATTACHMENTS`]: a relay would refuse the letter for good.
pub async fn attach(unit: &Unit, letter_id: Uuid, files: Vec<NewAttachment>) -> Result<(), Fault> {
    let size: usize = files.iter().map(|file| file.bytes.len()).sum();
    if size > rules::LARGEST_ATTACHMENTS {
        return Err(Fault::Internal(format!(
            "{size} bytes of attachments are more than a mail relay takes"
        )));
    }
    let rows: Vec<attachment::ActiveModel> = (1..)
        .zip(files)
        .map(|(position, file)| attachment::ActiveModel {
            letter_id: Set(letter_id),
            position: Set(position),
            name: Set(file.name),
            content_type: Set(file.content_type),
            bytes: Set(file.bytes),
        })
        .collect();
    if !rows.is_empty() {
        attachment::Entity::insert_many(rows)
            .exec_without_returning(unit.db())
            .await?;
    }
    Ok(())
}

/// How long a sender has a letter to itself: longer than the longest attempt.
const LEASE: TimeDelta = TimeDelta::minutes(16);

/// A letter in the hands of one sender.
#[derive(Clone, Debug)]
pub struct Claimed {
    /// The letter as it is now.
    pub letter: Model,
    /// The number of the attempt.
    pub attempt: i32,
}

/// Takes a due letter for one attempt. Nothing when somebody else was faster, when its time has passed (it is marked expired),
/// or when the former sender died while the body was on its way (it is judged as unclear and waits).
pub async fn claim(store: &Store, id: Uuid, holder: &str) -> Result<Option<Claimed>, Fault> {
    let unit = store
        .begin(&crate::viewer::Viewer::system("outbox"))
        .await?;
    let now = unit.now();
    let found = Entity::find_by_id(id)
        .filter(super::repository::is_due(now))
        .one(unit.db())
        .await?;
    let Some(letter) = found else {
        return Ok(None);
    };
    if letter.state == State::Sending && letter.phase == Some(Phase::Body) {
        let outcome = Outcome::Broken {
            phase: Phase::Body,
            text: "the sender died while the body was on its way".to_owned(),
        };
        settle(&unit, &letter, outcome).await?;
        unit.commit().await?;
        return Ok(None);
    }
    if letter.not_after.is_some_and(|end| end < now) {
        let expired = guarded(&letter)
            .col_expr(Column::State, Expr::value(State::Expired))
            .col_expr(Column::LeaseUntil, Expr::value(None::<DateTime<Utc>>))
            .exec(unit.db())
            .await?;
        unit.commit().await?;
        tracing::warn!(letter = %letter.id, expired = expired.rows_affected, "a letter passed its time unsent");
        return Ok(None);
    }
    let resent = i32::from(letter.state == State::Ambiguous);
    let number = attempts_made(&unit, letter.id).await? + 1;
    let taken = guarded(&letter)
        .col_expr(Column::State, Expr::value(State::Sending))
        .col_expr(Column::Resends, Expr::value(letter.resends + resent))
        .col_expr(Column::Phase, Expr::value(Some(Phase::Connect)))
        .col_expr(Column::Holder, Expr::value(Some(holder.to_owned())))
        .col_expr(Column::LeaseUntil, Expr::value(Some(now + LEASE)))
        .exec(unit.db())
        .await?;
    if taken.rows_affected == 0 {
        return Ok(None);
    }
    attempt::Entity::insert(attempt::ActiveModel {
        id: Set(new_id(now)),
        letter_id: Set(letter.id),
        number: Set(number),
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
    Ok(Some(Claimed {
        letter: Model {
            state: State::Sending,
            resends: letter.resends + resent,
            version: letter.version + 1,
            ..letter
        },
        attempt: number,
    }))
}

/// Fixes the bytes of the mail and its address before the first attempt: every later attempt sends the same.
pub async fn freeze(
    store: &Store,
    claimed: &mut Claimed,
    address: &str,
    bytes: &[u8],
) -> Result<(), Fault> {
    let saved = guarded(&claimed.letter)
        .col_expr(Column::Address, Expr::value(Some(address.to_owned())))
        .col_expr(Column::Frozen, Expr::value(Some(bytes.to_vec())))
        .exec(store.db())
        .await?;
    require_held(saved.rows_affected)?;
    claimed.letter.version += 1;
    claimed.letter.address = Some(address.to_owned());
    claimed.letter.frozen = Some(bytes.to_vec());
    Ok(())
}

/// Records how far the attempt has come. It must be true before the next byte goes out.
pub async fn reach(store: &Store, claimed: &mut Claimed, phase: Phase) -> Result<(), Fault> {
    let saved = guarded(&claimed.letter)
        .col_expr(Column::Phase, Expr::value(Some(phase)))
        .exec(store.db())
        .await?;
    require_held(saved.rows_affected)?;
    claimed.letter.version += 1;
    claimed.letter.phase = Some(phase);
    Ok(())
}

/// Ends the attempt and says what the letter has become.
pub async fn finish(store: &Store, claimed: &Claimed, outcome: Outcome) -> Result<State, Fault> {
    let unit = store
        .begin(&crate::viewer::Viewer::system("outbox"))
        .await?;
    let state = settle(&unit, &claimed.letter, outcome).await?;
    unit.commit().await?;
    Ok(state)
}

/// Gives a letter back untried, because the service stops or the mail server is known to be away.
pub async fn release(store: &Store, claimed: &Claimed, until: DateTime<Utc>) -> Result<(), Fault> {
    guarded(&claimed.letter)
        .col_expr(Column::State, Expr::value(State::Pending))
        .col_expr(Column::NextAttemptAt, Expr::value(until))
        .col_expr(Column::LeaseUntil, Expr::value(None::<DateTime<Utc>>))
        .exec(store.db())
        .await?;
    Ok(())
}

async fn settle(unit: &Unit, letter: &Model, outcome: Outcome) -> Result<State, Fault> {
    let now = unit.now();
    let verdict = rules::judge(
        &outcome,
        letter.class,
        letter.attempts + 1,
        letter.resends,
        letter.not_before,
        now,
    );
    let (phase, code, text) = match outcome {
        Outcome::Accepted { code, text } => (Phase::Body, Some(code), text),
        Outcome::Refused { phase, code, text } => (phase, Some(code), text),
        Outcome::Broken { phase, text } => (phase, None, text),
        Outcome::Unusable { text } => (Phase::Connect, None, text),
    };
    let text: String = text.chars().take(1000).collect();
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
            change = change
                .col_expr(Column::Facts, Expr::value(Json::Object(Default::default())))
                .col_expr(Column::Frozen, Expr::value(None::<Vec<u8>>));
        }
    }
    require_held(change.exec(unit.db()).await?.rows_affected)?;
    attempt::Entity::update_many()
        .col_expr(attempt::Column::EndedAt, Expr::value(Some(now)))
        .col_expr(attempt::Column::Phase, Expr::value(phase))
        .col_expr(attempt::Column::Code, Expr::value(code))
        .col_expr(attempt::Column::Text, Expr::value(Some(text)))
        .filter(attempt::Column::LetterId.eq(letter.id))
        .filter(attempt::Column::EndedAt.is_null())
        .exec(unit.db())
        .await?;
    Ok(verdict.state)
}

async fn attempts_made(unit: &Unit, letter: Uuid) -> Result<i32, Fault> {
    let made = attempt::Entity::find()
        .filter(attempt::Column::LetterId.eq(letter))
        .count(unit.db())
        .await?;
    Ok(i32::try_from(made).unwrap_or(i32::MAX - 1))
}

fn guarded(letter: &Model) -> sea_orm::UpdateMany<Entity> {
    Entity::update_many()
        .col_expr(Column::Version, Expr::value(letter.version + 1))
        .filter(Column::Id.eq(letter.id))
        .filter(Column::Version.eq(letter.version))
}

fn require_held(rows: u64) -> Result<(), Fault> {
    if rows == 1 {
        Ok(())
    } else {
        Err(Fault::Conflict(crate::error::Conflict::default()))
    }
}
