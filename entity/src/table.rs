//! What the repositories have in common: what a viewer may see of a table, and the save that never overwrites another's.

use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, IdenStatic, Iterable, ModelTrait,
    PrimaryKeyToColumn, PrimaryKeyTrait, QueryFilter, QuerySelect, QueryTrait, Select, UpdateMany,
    prelude::Uuid,
    sea_query::{Expr, ValueType},
};

use crate::{
    error::{Conflict, Fault, expect_saved},
    page::of_keys,
    store::Unit,
    viewer::Viewer,
};

/// A table of which each viewer sees his part.
pub trait Visible: EntityTrait
where
    <Self::PrimaryKey as PrimaryKeyTrait>::ValueType: From<Uuid>,
{
    /// The rows that this viewer may see.
    fn visible_to(viewer: &Viewer) -> Condition;

    /// What this viewer may see.
    fn visible(viewer: &Viewer) -> Select<Self> {
        Self::find().filter(Self::visible_to(viewer))
    }

    /// The rows of another table that name by `column`, which is never null, something that this viewer may see. Who sees everything is asked
    /// nothing: a list of all keys leads planners away from the order in which the rows are wanted.
    fn seen_by(viewer: &Viewer, column: impl ColumnTrait) -> Condition {
        let visible = Self::visible_to(viewer);
        if visible.is_empty() {
            return visible;
        }
        let keys = Self::find()
            .select_only()
            .column(key::<Self>())
            .filter(visible)
            .into_query();
        Condition::all().add(column.in_subquery(keys))
    }

    /// One thing, if the viewer may see it.
    fn one(
        db: &impl ConnectionTrait,
        viewer: &Viewer,
        id: Uuid,
    ) -> impl Future<Output = Result<Option<Self::Model>, Fault>> + Send {
        let found = Self::find_by_id(id).filter(Self::visible_to(viewer));
        async move { Ok(found.one(db).await?) }
    }

    /// One thing; NOT_FOUND when there is none, or when the viewer may not see it.
    fn found(
        db: &impl ConnectionTrait,
        viewer: &Viewer,
        id: Uuid,
    ) -> impl Future<Output = Result<Self::Model, Fault>> + Send {
        let found = Self::one(db, viewer, id);
        async move { found.await?.ok_or(Fault::NotFound) }
    }

    /// Those of `ids` that the viewer may see, in no particular order.
    fn of_ids(
        db: &impl ConnectionTrait,
        viewer: &Viewer,
        ids: &[Uuid],
    ) -> impl Future<Output = Result<Vec<Self::Model>, Fault>> + Send {
        of_keys(db, Self::visible(viewer), key::<Self>(), ids)
    }
}

fn key<E: EntityTrait>() -> E::Column {
    let mut columns = E::PrimaryKey::iter().map(PrimaryKeyToColumn::into_column);
    columns.next().expect("a table has a key")
}

/// Saves what was changed of a thing, if nobody else changed it since it was read, and returns it with its next version. CONFLICT with
/// the version of today when somebody was first. For tables that have a version.
pub async fn save<M: ModelTrait>(unit: &Unit, before: &M, mut after: M) -> Result<M, Fault>
where
    M::Entity: EntityTrait<Model = M>,
{
    let (id, version) = (key::<M::Entity>(), version::<M::Entity>());
    let seen = i32::unwrap(before.get(version));
    after.set(version, (seen + 1).into());
    let update = changes(before, &after);
    let same = Condition::all().add(id.eq(before.get(id)));
    let unchanged = same.clone().add(version.eq(seen));
    let saved = update.filter(unchanged).exec(unit.db()).await?;
    if saved.rows_affected == 1 {
        return Ok(after);
    }
    let now = M::Entity::find().filter(same).one(unit.db()).await?;
    let now = now.ok_or(Fault::NotFound)?;
    Err(Fault::Conflict(Conflict {
        id: Some(Uuid::unwrap(before.get(id))),
        current_version: Some(i32::unwrap(now.get(version))),
    }))
}

/// Saves what was changed of a thing without a version, which belongs to one that was saved before in this unit.
pub async fn save_below<M: ModelTrait>(unit: &Unit, before: &M, after: &M) -> Result<(), Fault>
where
    M::Entity: EntityTrait<Model = M>,
{
    let id = key::<M::Entity>();
    let same = id.eq(before.get(id));
    let saved = changes(before, after).filter(same).exec(unit.db()).await?;
    expect_saved(saved.rows_affected, Uuid::unwrap(before.get(id)))
}

/// What is different is written.
fn changes<M: ModelTrait>(before: &M, after: &M) -> UpdateMany<M::Entity>
where
    M::Entity: EntityTrait<Model = M>,
{
    let mut update = M::Entity::update_many();
    for column in <M::Entity as EntityTrait>::Column::iter() {
        let value = after.get(column);
        if value != before.get(column) {
            update = update.col_expr(column, column.save_as(Expr::val(value)));
        }
    }
    update
}

fn version<E: EntityTrait>() -> E::Column {
    let mut columns = E::Column::iter();
    let version = columns.find(|column| column.as_str() == "version");
    version.expect("a table with a version")
}
