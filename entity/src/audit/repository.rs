//! Reading the audit trail.

use sea_orm::{
    Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait,
    entity::prelude::*,
    sea_query::{Expr, ExprTrait, Query},
};

use super::{Column, Entity, Model};
use crate::{
    error::Fault,
    page::{Page, PageRequest, keyset, of_keys},
    permission::{Action, Standing, require},
    table::Visible,
    viewer::{Role, Viewer},
};

/// The subjects whose entries an administrator may read: operations, never business content. In the words of their index.
const IS_OF_OPERATIONS: &str = "\"audit_entry\".\"subject_kind\" IN ('Account', 'Department', 'Session', 'Calendar', 'Job', 'Letter', 'Mail')";

impl Visible for Entity {
    /// The entries this viewer may read: the supervisor all, the administrator those of operations, everybody else none.
    fn visible_to(viewer: &Viewer) -> Condition {
        match viewer {
            Viewer::System { .. } => Condition::all(),
            Viewer::Person(person) if person.role == Role::Supervisor => Condition::all(),
            Viewer::Person(person) if person.role == Role::Admin => {
                Condition::all().add(Expr::cust(IS_OF_OPERATIONS))
            }
            Viewer::Person(_) | Viewer::Anonymous { .. } => {
                Condition::all().add(Expr::val(1).eq(0))
            }
        }
    }
}

/// Which entries are wanted: all conditions hold.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// By one of these people.
    pub actors: Option<Vec<Uuid>>,
    /// One of these commands.
    pub actions: Option<Vec<String>>,
    /// About things of one of these kinds.
    pub subject_kinds: Option<Vec<String>>,
    /// About this thing.
    pub subject_id: Option<Uuid>,
    /// At this instant or later.
    pub from: Option<DateTimeUtc>,
    /// Before this instant.
    pub before: Option<DateTimeUtc>,
}

/// One page of the audit trail, in the order of time.
pub async fn page(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    filter: &Filter,
    descending: bool,
    request: &PageRequest,
) -> Result<Page<Model>, Fault> {
    require(viewer, Action::ReadAudit, Standing::None)?;
    let filter = filter.clone();
    let condition = Condition::all()
        .add_option(filter.actors.map(|ids| Column::ActorId.is_in(ids)))
        .add_option(filter.actions.map(|actions| Column::Action.is_in(actions)))
        .add_option(
            filter
                .subject_kinds
                .map(|kinds| Column::SubjectKind.is_in(kinds)),
        )
        .add_option(filter.subject_id.map(|id| Column::SubjectId.eq(id)))
        .add_option(filter.from.map(|instant| Column::At.gte(instant)))
        .add_option(filter.before.map(|instant| Column::At.lt(instant)));
    keyset(
        db,
        Entity::visible(viewer),
        condition,
        Column::At,
        descending,
        Column::Id,
        request,
    )
    .await
}

/// Everybody who did something in the trail that this viewer may read. Asked of each account, because people are few and the trail is long;
/// the table of the module below is named by text.
pub async fn actors(db: &impl ConnectionTrait, viewer: &Viewer) -> Result<Vec<Uuid>, Fault> {
    require(viewer, Action::ReadAudit, Standing::None)?;
    let did_something = Entity::find()
        .select_only()
        .column(Column::Id)
        .filter(Entity::visible_to(viewer))
        .filter(Column::ActorId.into_expr().eq(Expr::col(("account", "id"))))
        .into_query();
    let people = Query::select()
        .column("id")
        .from("account")
        .and_where(Expr::exists(did_something))
        .to_owned();
    let rows = db.query_all(&people).await?;
    let ids = rows.iter().map(|row| row.try_get("", "id"));
    Ok(ids.collect::<Result<_, _>>()?)
}

/// The last change of a thing, for somebody who was allowed to change it himself and came too late.
pub async fn last_change(
    db: &impl ConnectionTrait,
    subject_id: Uuid,
) -> Result<Option<Model>, Fault> {
    Ok(Entity::find()
        .filter(Column::SubjectId.eq(subject_id))
        .order_by_desc(Column::At)
        .order_by_desc(Column::Id)
        .one(db)
        .await?)
}

/// When the last entry was written: the moment up to which this database has lived.
pub async fn last_instant(db: &impl ConnectionTrait) -> Result<Option<DateTimeUtc>, Fault> {
    let last = Entity::find().order_by_desc(Column::At).one(db).await?;
    Ok(last.map(|entry| entry.at))
}

/// The changes of things of these kinds after `moment`, oldest first, of those that tell what was before. Not scoped: for who takes them back.
pub async fn changed_after(
    db: &impl ConnectionTrait,
    subject_kinds: &[&str],
    moment: DateTimeUtc,
) -> Result<Vec<Model>, Fault> {
    Ok(Entity::find()
        .filter(Column::At.gt(moment))
        .filter(Column::SubjectKind.is_in(subject_kinds.iter().copied()))
        .filter(Column::Before.is_not_null())
        .order_by_asc(Column::At)
        .order_by_asc(Column::Id)
        .all(db)
        .await?)
}

/// The changes of `subjects` after `moment`, oldest first: for who may see the subjects and asks what was entered later.
pub async fn entered_after(
    db: &impl ConnectionTrait,
    subjects: &[Uuid],
    moment: DateTimeUtc,
) -> Result<Vec<Model>, Fault> {
    let later = Entity::find()
        .filter(Column::At.gt(moment))
        .order_by_asc(Column::At)
        .order_by_asc(Column::Id);
    of_keys(db, later, Column::SubjectId, subjects).await
}
