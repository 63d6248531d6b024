//! Writing letters, and moving them from attempt to attempt.

use std::collections::HashSet;

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::{
    ActiveValue::{NotSet, Set},
    Condition, EntityTrait, ExprTrait, PaginatorTrait, QueryFilter, QuerySelect,
    entity::prelude::*,
    sea_query::{Expr, OnConflict},
};

use super::{
    ActiveModel, Class, Column, Entity, Kind, Model, State, attachment, facts::Facts, hold, rules,
};
use crate::{
    clock::instant_of,
    command::commands,
    error::{Conflict, Fault},
    id::new_id,
    language::Text,
    notice::{self, commands::NewNotice},
    page::{KEYS_AT_ONCE, among},
    store::{Store, Unit},
    viewer::Viewer,
};
use decide::{Abandon, HoldMail, Retry};

commands! {
    /// A letter that the mail server had taken came back.
    BOUNCED = "letter.bounced" on Letter: "退信", "bounced";
    /// A letter is tried again.
    RETRY = "letter.retry" on Letter: "重试", "retried", form Retry;
    /// A letter is given up.
    ABANDON = "letter.abandon" on Letter: "撤销", "discarded", form Abandon;
    /// All mail is held back.
    HOLD = "mail.hold" on Mail: "停发", "put on hold", form HoldMail;
    /// Mail goes out again.
    RELEASE = "mail.release" on Mail: "恢复发送", "released";
}

pub mod decide;
pub mod secret;
pub mod sending;

/// A letter to be written.
#[derive(Clone, Debug)]
pub struct NewLetter {
    /// What makes it the one letter of its kind, for ever: kind, thing, threshold or period, recipient.
    pub key: String,
    /// What it is about.
    pub kind: Kind,
    /// Whether missing it or getting it twice is worse.
    pub class: Class,
    /// To whom.
    pub recipient_id: Uuid,
    /// One of the structures of [`facts`](super::facts).
    pub facts: Json,
    /// What has happened, in one sentence: the notice in the app.
    pub headline: Text,
    /// The page below the public address on which it is seen.
    pub path: Option<String>,
    /// Not sent before; at once when nothing is said.
    pub not_before: Option<DateTime<Utc>>,
    /// Worthless after.
    pub not_after: Option<DateTime<Utc>>,
}

impl NewLetter {
    /// A letter made from `facts`, to be sent at once and of use for ever.
    pub fn new(
        key: String,
        kind: Kind,
        class: Class,
        recipient_id: Uuid,
        facts: &impl Facts,
    ) -> Result<Self, Fault> {
        Ok(Self {
            key,
            kind,
            class,
            recipient_id,
            facts: serde_json::to_value(facts)
                .map_err(|error| Fault::Internal(error.to_string()))?,
            headline: facts.headline(),
            path: facts.path().map(str::to_owned),
            not_before: None,
            not_after: None,
        })
    }

    fn notice(&self, letter_id: Option<Uuid>) -> NewNotice {
        NewNotice {
            key: self.key.clone(),
            recipient_id: self.recipient_id,
            kind: self.kind.name(),
            title: self.headline.clone(),
            path: self.path.clone(),
            waits_for_digest: letter_id.is_none(),
            letter_id,
        }
    }
}

/// Puts a letter into the outbox in the running transaction, and the same fact into the app. Says whether a letter was written: a
/// key is used once for ever, and who has had letters enough today finds the fact in the next digest.
pub async fn enqueue(unit: &Unit, letter: NewLetter) -> Result<bool, Fault> {
    Ok(enqueue_with_id(unit, letter).await?.is_some())
}

/// As [`enqueue`], and gives the key of the new row.
pub async fn enqueue_with_id(unit: &Unit, letter: NewLetter) -> Result<Option<Uuid>, Fault> {
    Ok(enqueue_all(unit, vec![letter]).await?.pop().flatten())
}

/// As [`enqueue_with_id`], of many letters with few statements: the key of each, in their order.
pub async fn enqueue_all(unit: &Unit, letters: Vec<NewLetter>) -> Result<Vec<Option<Uuid>>, Fault> {
    let mut ids = Vec::with_capacity(letters.len());
    let (mut rows, mut notices) = (Vec::new(), Vec::new());
    let mut fresh = HashSet::new();
    for letter in letters {
        if letter.kind.may_wait_for_digest() {
            // Those before it count.
            fresh.extend(insert(unit, std::mem::take(&mut rows)).await?);
            if has_enough(unit, &letter).await? {
                notices.push(letter.notice(None));
                ids.push(None);
                continue;
            }
        }
        let id = new_id(unit.now());
        ids.push(Some(id));
        if !letter.kind.is_secret() {
            notices.push(letter.notice(Some(id)));
        }
        rows.push(row(unit, id, letter)?);
    }
    fresh.extend(insert(unit, rows).await?);
    notices.retain(|notice| notice.letter_id.is_none_or(|id| fresh.contains(&id)));
    notice::commands::tell_all(unit, notices).await?;
    let of = |id: Option<Uuid>| id.filter(|id| fresh.contains(id));
    Ok(ids.into_iter().map(of).collect())
}

fn row(unit: &Unit, id: Uuid, letter: NewLetter) -> Result<ActiveModel, Fault> {
    let facts = match letter.kind.is_secret() {
        true => secret::sealed_facts(unit.seal(), id, &letter.facts)?,
        false => letter.facts,
    };
    let not_before = letter.not_before.unwrap_or_else(|| unit.now());
    Ok(ActiveModel {
        id: Set(id),
        message_id: Set(rules::message_id(&letter.key)),
        key: Set(letter.key),
        kind: Set(letter.kind),
        class: Set(letter.class),
        recipient_id: Set(letter.recipient_id),
        address: NotSet,
        facts: Set(facts),
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
        absence_id: NotSet,
        version: Set(1),
    })
}

/// Which of these letters are new: their keys were not used before.
async fn insert(unit: &Unit, rows: Vec<ActiveModel>) -> Result<HashSet<Uuid>, Fault> {
    let ids = rows.iter().filter_map(|row| row.id.try_as_ref().copied());
    let ids: Vec<Uuid> = ids.collect();
    let known = OnConflict::column(Column::Key).do_nothing().to_owned();
    let new = unit.insert_new(rows, known).await?;
    if new == 0 {
        return Ok(HashSet::new());
    }
    if new == ids.len() as u64 {
        return Ok(ids.into_iter().collect());
    }
    let mut fresh = HashSet::with_capacity(ids.len());
    for part in ids.chunks(KEYS_AT_ONCE) {
        let written: Vec<Uuid> = Entity::find()
            .select_only()
            .column(Column::Id)
            .filter(among(unit.db(), Column::Id, part))
            .into_tuple()
            .all(unit.db())
            .await?;
        fresh.extend(written);
    }
    Ok(fresh)
}

/// Whether the recipient gets as many letters of this sort on this day as a person can bear; those written on days off wait
/// and count for the day on which they go.
async fn has_enough(unit: &Unit, letter: &NewLetter) -> Result<bool, Fault> {
    let waiting = Condition::all()
        .add(Column::State.eq(State::Pending))
        .add(Column::FirstAttemptAt.is_null());
    let today = instant_of(unit.today(), 0, 0, unit.zone());
    let others = Entity::find()
        .filter(Column::RecipientId.eq(letter.recipient_id))
        .filter(
            Column::Kind.is_in(
                Kind::ALL
                    .into_iter()
                    .filter(|kind| kind.may_wait_for_digest()),
            ),
        )
        .filter(
            Condition::any()
                .add(waiting)
                .add(Column::CreatedAt.gte(today)),
        )
        .filter(Column::Key.ne(letter.key.clone()))
        .count(unit.db())
        .await?;
    Ok(others >= rules::MOST_A_DAY)
}

/// A file to go with a letter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewAttachment {
    /// The name of the file, in any script.
    pub name: String,
    /// Its MIME type.
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

/// The system that delivers, as transactions and the audit trail know it.
fn outbox() -> Viewer {
    Viewer::system("outbox")
}

/// Counts one more thing that no copy of this database can take back.
async fn let_out(unit: &Unit) -> Result<i64, Fault> {
    hold::Entity::update_many()
        .col_expr(hold::Column::LetOut, Expr::col(hold::Column::LetOut).add(1))
        .exec(unit.db())
        .await?;
    Ok(super::repository::mail_state(unit.db()).await?.let_out)
}

/// A letter waits until `until`, because its reader wants no letters before. Whole days of waiting do not try its patience: after a
/// long holiday it is not given up at the first failure. One in the hands of a sender that died before the body is free again.
pub async fn put_off(store: &Store, letter: &Model, until: DateTime<Utc>) -> Result<(), Fault> {
    let mut change = guarded(letter).col_expr(Column::NextAttemptAt, Expr::value(until));
    if let Some(first) = letter.first_attempt_at {
        let first = first + TimeDelta::days((until - store.now()).num_days());
        change = change.col_expr(Column::FirstAttemptAt, Expr::value(Some(first)));
    }
    if letter.state == State::Sending {
        change = change
            .col_expr(Column::State, Expr::value(State::Pending))
            .col_expr(Column::LeaseUntil, Expr::value(None::<DateTime<Utc>>));
    }
    require_held(change.exec(store.db()).await?.rows_affected)
}

/// A letter that has not gone never goes: a later one, written in this transaction or by the next run, says what is true by then.
pub async fn supersede(unit: &Unit, letter: &Model) -> Result<(), Fault> {
    let superseded = guarded(letter)
        .col_expr(Column::State, Expr::value(State::Superseded))
        .col_expr(Column::LeaseUntil, Expr::value(None::<DateTime<Utc>>))
        .exec(unit.db())
        .await?;
    require_held(superseded.rows_affected)
}

/// The letters of that kind whose keys begin with `key` and that wait to be sent never go: what they ask for is done.
pub(crate) async fn withdraw(unit: &Unit, kind: Kind, key: &str) -> Result<(), Fault> {
    Entity::update_many()
        .col_expr(Column::State, Expr::value(State::Superseded))
        .col_expr(Column::Version, Column::Version.into_expr().add(1))
        .filter(Column::State.eq(State::Pending))
        .filter(Column::Kind.eq(kind))
        .filter(Column::Key.starts_with(key))
        .exec(unit.db())
        .await?;
    Ok(())
}

/// Hands a letter that was not tried yet over to a deputy: he gets one of his own with the same facts and files, and the first one
/// waits for the return of its recipient, whose name is `absent`.
pub async fn hand_over(
    unit: &Unit,
    letter: &Model,
    absence_id: Uuid,
    deputy: Uuid,
    absent: &str,
    back: DateTime<Utc>,
) -> Result<(), Fault> {
    let waits = guarded(letter)
        .col_expr(Column::NextAttemptAt, Expr::value(back))
        .exec(unit.db())
        .await?;
    require_held(waits.rows_affected)?;
    let key = format!("{}:deputy:{deputy}", letter.key);
    let copy = Model {
        id: new_id(unit.now()),
        message_id: rules::message_id(&key),
        key,
        recipient_id: deputy,
        created_at: unit.now(),
        not_before: unit.now(),
        next_attempt_at: unit.now(),
        absence_id: Some(absence_id),
        version: 1,
        ..letter.clone()
    };
    let row = ActiveModel::from(copy.clone()).reset_all();
    if insert(unit, vec![row]).await?.is_empty() {
        return Ok(());
    }
    let files = super::repository::attachments_of(unit.db(), letter.id).await?;
    let files = files.into_iter().map(|file| NewAttachment {
        name: file.name,
        content_type: file.content_type,
        bytes: file.bytes,
    });
    attach(unit, copy.id, files.collect()).await?;
    let told = notice::repository::of_key(unit.db(), &letter.key).await?;
    if let Some(told) = told {
        let notice = NewNotice {
            key: copy.key,
            recipient_id: deputy,
            kind: told.kind,
            title: Text::new(
                format!("代 {absent}：{}", told.title_zh),
                format!("For {absent}: {}", told.title_en),
            ),
            path: told.path,
            letter_id: Some(copy.id),
            waits_for_digest: false,
        };
        notice::commands::tell(unit, notice).await?;
    }
    Ok(())
}

/// What waited for the return of this person goes, as far as its own time has come.
pub async fn send_now(unit: &Unit, recipient: Uuid) -> Result<(), Fault> {
    Entity::update_many()
        .col_expr(Column::NextAttemptAt, Expr::value(unit.now()))
        .col_expr(Column::Version, Expr::col(Column::Version).add(1))
        .filter(Column::RecipientId.eq(recipient))
        .filter(Column::State.eq(State::Pending))
        .filter(Column::FirstAttemptAt.is_null())
        .filter(Column::NotBefore.lte(unit.now()))
        .filter(Column::NextAttemptAt.gt(unit.now()))
        .exec(unit.db())
        .await?;
    Ok(())
}

/// Somebody else was told, in this transaction, that these letters reach nobody. Says which of them nobody had told before.
pub async fn escalated(unit: &Unit, letters: Vec<Model>) -> Result<Vec<Model>, Fault> {
    let mut fresh = HashSet::with_capacity(letters.len());
    for state in State::ALL {
        let of_state = letters.iter().filter(|letter| letter.state == state);
        let ids: Vec<Uuid> = of_state.map(|letter| letter.id).collect();
        if ids.is_empty() {
            continue;
        }
        let told = Entity::update_many()
            .col_expr(Column::EscalatedAt, Expr::value(Some(unit.now())))
            .filter(among(unit.db(), Column::Id, &ids))
            .filter(Column::State.eq(state))
            .filter(Column::EscalatedAt.is_null())
            .exec_with_returning(unit.db())
            .await?;
        fresh.extend(told.into_iter().map(|letter| letter.id));
    }
    let is_fresh = |letter: &Model| fresh.contains(&letter.id);
    Ok(letters.into_iter().filter(is_fresh).collect())
}

/// A letter never goes, because its reader has switched off its kind.
pub async fn switched_off(store: &Store, letter: &Model) -> Result<(), Fault> {
    let mut dropped = guarded(letter)
        .col_expr(Column::State, Expr::value(State::Cancelled))
        .col_expr(
            Column::LastText,
            Expr::value("the recipient has switched off e-mails of this kind"),
        );
    if letter.kind.is_secret() {
        dropped = secret::wiped(dropped);
    }
    require_held(dropped.exec(store.db()).await?.rows_affected)
}

/// Holds all mail, because this database may be older than what was already sent: a restored backup believes that yesterday's letters are
/// unsent. Nothing when mail is held already. What the outside remembers is never more than the database knows afterwards; the hold
/// counts as well, so that the same backup restored once more is older again. Gives the number to be remembered.
pub async fn hold_after_restore(
    store: &Store,
    remembered: i64,
    reason: &str,
) -> Result<i64, Fault> {
    let unit = store.begin(&outbox()).await?;
    hold::Entity::update_many()
        .col_expr(hold::Column::LetOut, Expr::value(remembered))
        .filter(hold::Column::LetOut.lt(remembered))
        .exec(unit.db())
        .await?;
    let let_out = let_out(&unit).await?;
    let state = super::repository::mail_state(unit.db()).await?;
    if state.hold.is_none() {
        decide::set_hold(&unit, &state, hold::Hold::Restore, reason).await?;
    }
    unit.commit().await?;
    Ok(let_out)
}

/// Says for all machines that a mark fitted at this instant of the database's clock.
pub async fn vouch(store: &Store, at: DateTime<Utc>) -> Result<(), Fault> {
    hold::Entity::update_many()
        .col_expr(hold::Column::VouchedAt, Expr::value(Some(at)))
        .exec(store.db())
        .await?;
    Ok(())
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
        Err(Fault::Conflict(Conflict::default()))
    }
}
