//! Reading notices: everybody the own ones, nobody any other.

use sea_orm::{
    Condition, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter,
    entity::prelude::*,
    sea_query::{Expr, ExprTrait},
};

use super::{Column, Entity, Model};
use crate::{
    error::Fault,
    page::{Page, PageRequest, keyset, of_keys},
    table::Visible,
    viewer::Viewer,
};

impl Visible for Entity {
    /// The notices this viewer may read.
    fn visible_to(viewer: &Viewer) -> Condition {
        match viewer {
            Viewer::System { .. } => Condition::all(),
            Viewer::Anonymous { .. } => Condition::all().add(Expr::val(1).eq(0)),
            Viewer::Person(person) => {
                Condition::all().add(Column::RecipientId.eq(person.account_id))
            }
        }
    }
}

/// What a list of notices is narrowed to.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// Only unread ones, or only read ones.
    pub unread: Option<bool>,
    /// Only of these kinds.
    pub kinds: Option<Vec<String>>,
}

/// One page of notices, by the time they were written.
pub async fn page(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    filter: &Filter,
    descending: bool,
    request: &PageRequest,
) -> Result<Page<Model>, Fault> {
    let condition = Condition::all()
        .add_option(filter.unread.map(|unread| {
            if unread {
                Column::ReadAt.is_null()
            } else {
                Column::ReadAt.is_not_null()
            }
        }))
        .add_option(filter.kinds.clone().map(|kinds| Column::Kind.is_in(kinds)));
    keyset(
        db,
        Entity::visible(viewer),
        condition,
        Column::CreatedAt,
        descending,
        Column::Id,
        request,
    )
    .await
}

/// How many of the own notices are unread: one statement over an index of the unread ones alone, cheap enough to be asked for
/// every minute.
pub async fn unread(db: &impl ConnectionTrait, viewer: &Viewer) -> Result<u64, Fault> {
    Ok(Entity::visible(viewer)
        .filter(Column::ReadAt.is_null())
        .count(db)
        .await?)
}

/// The notice with this key. For the outbox.
pub(crate) async fn of_key(db: &impl ConnectionTrait, key: &str) -> Result<Option<Model>, Fault> {
    Ok(Entity::find().filter(Column::Key.eq(key)).one(db).await?)
}

/// What waits for a digest, and what the digests `unsent` (letter and key) would have said, the oldest first. For the digest.
pub async fn waiting(
    db: &impl ConnectionTrait,
    unsent: &[(Uuid, String)],
) -> Result<Vec<Model>, Fault> {
    let mut found = Entity::find()
        .filter(Column::WaitsForDigest.eq(true))
        .all(db)
        .await?;
    let letters: Vec<Uuid> = unsent.iter().map(|(letter, _)| *letter).collect();
    let would_be_said = of_keys(db, Entity::find(), Column::LetterId, &letters).await?;
    // A digest has a notice of its own, under its own key.
    let says_itself = |notice: &Model| unsent.iter().any(|(_, key)| *key == notice.key);
    found.extend(would_be_said.into_iter().filter(|one| !says_itself(one)));
    found.sort_by_key(|notice| notice.id);
    Ok(found)
}
