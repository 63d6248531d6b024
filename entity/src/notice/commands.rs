//! Telling, and reading. What a person reads in the app is that person's affair alone: it leaves no audit entry.

use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveValue::Set,
    Condition, EntityTrait, QueryFilter,
    entity::prelude::*,
    sea_query::{Expr, OnConflict},
};

use super::{
    ActiveModel, Column, Entity, Model,
    rules::{self, NoticeError},
};
use crate::{
    error::{CommandError, Fault},
    id::new_id,
    language::Text,
    store::{Store, Unit},
    table::Visible,
    viewer::Viewer,
};

/// How many characters a title may have.
const LONGEST_TITLE: usize = 500;

/// Something to be told.
#[derive(Clone, Debug)]
pub struct NewNotice {
    /// What makes it the one notice of its kind, for ever.
    pub key: String,
    /// To whom.
    pub recipient_id: Uuid,
    /// What it is about.
    pub kind: String,
    /// What has happened, in one sentence.
    pub title: Text,
    /// The page below the public address on which it is seen.
    pub path: Option<String>,
    /// The letter that says the same; without one the next digest may say it.
    pub letter_id: Option<Uuid>,
    /// Whether the next digest says it.
    pub waits_for_digest: bool,
}

/// Tells something in the running transaction. Says whether it is new: a key is used once for ever.
pub async fn tell(unit: &Unit, notice: NewNotice) -> Result<bool, Fault> {
    Ok(tell_all(unit, vec![notice]).await? == 1)
}

/// As [`tell`], of many notices with few statements; says how many are new.
pub async fn tell_all(unit: &Unit, notices: Vec<NewNotice>) -> Result<u64, Fault> {
    let shortened = |text: &str| text.chars().take(LONGEST_TITLE).collect::<String>();
    let row = |notice: NewNotice| ActiveModel {
        id: Set(new_id(unit.now())),
        key: Set(notice.key),
        recipient_id: Set(notice.recipient_id),
        kind: Set(notice.kind),
        title_zh: Set(shortened(&notice.title.zh)),
        title_en: Set(shortened(&notice.title.en)),
        path: Set(notice.path),
        created_at: Set(unit.now()),
        read_at: Set(None),
        letter_id: Set(notice.letter_id),
        waits_for_digest: Set(notice.waits_for_digest),
    };
    let rows: Vec<ActiveModel> = notices.into_iter().map(row).collect();
    let known = OnConflict::column(Column::Key).do_nothing().to_owned();
    unit.insert_new(rows, known).await
}

/// What the notices of this kind about this page ask for is done: no digest says it any more, and none stays unread.
pub async fn is_done(unit: &Unit, kind: &str, path: &str) -> Result<(), Fault> {
    let about = Condition::all()
        .add(Column::Kind.eq(kind))
        .add(Column::Path.eq(path));
    Entity::update_many()
        .col_expr(Column::WaitsForDigest, Expr::value(false))
        .filter(Column::WaitsForDigest.into_expr())
        .filter(about.clone())
        .exec(unit.db())
        .await?;
    Entity::update_many()
        .col_expr(Column::ReadAt, Expr::value(Some(unit.now())))
        .filter(Column::ReadAt.is_null())
        .filter(about)
        .exec(unit.db())
        .await?;
    Ok(())
}

/// The digest `letter_id` says what was waiting for it.
pub async fn said_by(unit: &Unit, letter_id: Uuid, notices: &[Uuid]) -> Result<(), Fault> {
    for part in notices.chunks(500) {
        Entity::update_many()
            .col_expr(Column::LetterId, Expr::value(Some(letter_id)))
            .col_expr(Column::WaitsForDigest, Expr::value(false))
            .filter(Column::Id.is_in(part.iter().copied()))
            .exec(unit.db())
            .await?;
    }
    Ok(())
}

/// What the digest `letter_id` was to say waits for the next one, because it never went.
pub async fn not_said_by(unit: &Unit, letter_id: Uuid, key: &str) -> Result<(), Fault> {
    Entity::update_many()
        .col_expr(Column::LetterId, Expr::value(None::<Uuid>))
        .col_expr(Column::WaitsForDigest, Expr::value(true))
        .filter(Column::LetterId.eq(letter_id))
        // The digest has a notice of its own, under its own key.
        .filter(Column::Key.ne(key))
        .exec(unit.db())
        .await?;
    Ok(())
}

/// Marks one of the own notices as read; the second time changes nothing.
pub async fn read(
    store: &Store,
    viewer: &Viewer,
    id: Uuid,
) -> Result<Model, CommandError<NoticeError>> {
    let unit = store.begin(viewer).await?;
    let notice = Entity::found(unit.db(), viewer, id).await?;
    if notice.read_at.is_some() {
        return Ok(notice);
    }
    let read_at = Some(unit.now());
    Entity::update_many()
        .col_expr(Column::ReadAt, Expr::value(read_at))
        .filter(Column::Id.eq(id))
        .exec(unit.db())
        .await?;
    unit.commit().await?;
    Ok(Model { read_at, ..notice })
}

/// Marks as read all own notices written up to `seen`, so that one that came while the list was looked at stays unread. Says how
/// many.
pub async fn read_all(
    store: &Store,
    viewer: &Viewer,
    seen: DateTime<Utc>,
) -> Result<u64, CommandError<NoticeError>> {
    let recipient = viewer.account_id().ok_or(Fault::Unauthenticated)?;
    let unit = store.begin(viewer).await?;
    rules::may_have_seen(seen, unit.now())
        .map_err(|error| CommandError::refused(&["seenAt"], error))?;
    let read = Entity::update_many()
        .col_expr(Column::ReadAt, Expr::value(Some(unit.now())))
        .filter(Column::RecipientId.eq(recipient))
        .filter(Column::ReadAt.is_null())
        .filter(Column::CreatedAt.lte(seen))
        .exec(unit.db())
        .await?;
    unit.commit().await?;
    Ok(read.rows_affected)
}
