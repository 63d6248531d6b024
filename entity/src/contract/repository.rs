//! Every query on contracts and their clauses.

use chrono::NaiveDate;
use sea_orm::{
    Condition, ConnectionTrait, DbBackend, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
    QueryTrait, Select,
    entity::prelude::*,
    sea_query::{Expr, ExprTrait, SelectStatement},
};

use super::{Column, Entity, Model, State, clause};
use crate::{
    enterprise::{
        self,
        repository::{promises_of, visible_enterprise_ids},
    },
    error::Fault,
    page::{Page, PageRequest, SortKey, closest, keyset_by, of_keys, one_of},
    store::Unit,
    table::Visible,
    text::Search,
    viewer::Viewer,
};

impl Visible for Entity {
    /// The contracts this viewer may see: those of the enterprises he may know of; a head of department only those in which the
    /// department promised something.
    fn visible_to(viewer: &Viewer) -> Condition {
        match viewer.head_of() {
            Some(department) => {
                let promised = promises_of(department, "contract_id");
                Condition::all().add(Column::Id.in_subquery(promised))
            }
            None => visible_enterprise_ids(viewer, Column::EnterpriseId),
        }
    }
}

/// The contracts whose number has a text, or whose enterprise, of which the viewer may know, is called so.
fn meant_by(viewer: &Viewer, backend: DbBackend, text: &Search) -> Condition {
    let called = enterprise::Entity::visible(viewer)
        .select_only()
        .column(enterprise::Column::Id)
        .filter(enterprise::repository::called(backend, text))
        .into_query();
    text.within(backend, [Column::Number.into_expr()])
        .add(Column::EnterpriseId.in_subquery(called))
}

/// Whether `column` names a contract that the viewer may see and a text means.
pub(crate) async fn meant(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    column: impl ColumnTrait,
    text: &Search,
) -> Result<Expr, Fault> {
    one_of(
        db,
        column,
        keys_meant(viewer, db.get_database_backend(), text),
    )
    .await
}

/// The keys of those contracts.
pub(crate) fn keys_meant(viewer: &Viewer, backend: DbBackend, text: &Search) -> SelectStatement {
    Entity::visible(viewer)
        .select_only()
        .column(Column::Id)
        .filter(meant_by(viewer, backend, text))
        .into_query()
}

/// The contracts that the viewer may see and a text means, at most `most`, those with the number first.
pub async fn find(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    text: &Search,
    most: u64,
) -> Result<Vec<Model>, Fault> {
    let found = Entity::visible(viewer).filter(meant_by(viewer, db.get_database_backend(), text));
    let names = [Column::Number];
    closest(db, found, text, &names, [Column::Number, Column::Id], most).await
}

/// Which contracts are wanted.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// In one of these states.
    pub states: Option<Vec<State>>,
    /// Of this enterprise.
    pub enterprise_id: Option<Uuid>,
    /// Whose number, or whose enterprise's names or code, contain this.
    pub text: Option<Search>,
    /// Whose last day is this one or later.
    pub ends_from: Option<NaiveDate>,
    /// Whose last day is this one or earlier.
    pub ends_to: Option<NaiveDate>,
}

/// The order of a list of contracts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sort {
    /// By number.
    #[default]
    Number,
    /// By first day.
    StartsOn,
    /// By last day.
    EndsOn,
}

/// One page of contracts, sorted by each field in turn (the largest first where it says so); by number when none is named.
pub async fn page(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    filter: &Filter,
    sort: &[(Sort, bool)],
    request: &PageRequest,
) -> Result<Page<Model>, Fault> {
    let condition = Condition::all()
        .add_option(
            filter
                .states
                .clone()
                .map(|states| Column::State.is_in(states)),
        )
        .add_option(filter.enterprise_id.map(|id| Column::EnterpriseId.eq(id)))
        .add_option(
            filter
                .text
                .as_ref()
                .map(|text| meant_by(viewer, db.get_database_backend(), text)),
        )
        .add_option(filter.ends_from.map(|day| Column::EndsOn.gte(day)))
        .add_option(filter.ends_to.map(|day| Column::EndsOn.lte(day)));
    let key = |&(sort, descending): &(Sort, bool)| {
        let by = match sort {
            Sort::Number => Column::Number,
            Sort::StartsOn => Column::StartsOn,
            Sort::EndsOn => Column::EndsOn,
        };
        SortKey::column(by, descending)
    };
    let sort = if sort.is_empty() {
        &[(Sort::Number, false)]
    } else {
        sort
    };
    let keys = sort.iter().map(key).collect();
    keyset_by(
        db,
        Entity::visible(viewer),
        condition,
        keys,
        Column::Id,
        request,
    )
    .await
}

/// The contracts of `enterprises`, of each the newest first.
pub async fn of_enterprises(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    enterprises: &[Uuid],
) -> Result<Vec<Model>, Fault> {
    let newest_first = Entity::visible(viewer)
        .order_by_desc(Column::StartsOn)
        .order_by_desc(Column::Id);
    of_keys(db, newest_first, Column::EnterpriseId, enterprises).await
}

/// All revisions of the clauses of `contracts`, in the order of number and revision.
pub async fn clauses_of(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    contracts: &[Uuid],
) -> Result<Vec<clause::Model>, Fault> {
    let in_order = visible_clauses(viewer)
        .order_by_asc(clause::Column::Number)
        .order_by_asc(clause::Column::Revision);
    of_keys(db, in_order, clause::Column::ContractId, contracts).await
}

/// The clauses of the contracts that the viewer may see; for a head of department only those, in every revision, that make a
/// promise of the department.
fn visible_clauses(viewer: &Viewer) -> Select<clause::Entity> {
    let own = viewer.head_of().map(|department| {
        let numbers = clause::Entity::find()
            .select_only()
            .column(clause::Column::ContractId)
            .column(clause::Column::Number)
            .filter(clause::Column::Id.in_subquery(promises_of(department, "clause_id")))
            .into_query();
        let number = [clause::Column::ContractId, clause::Column::Number];
        let number = number.map(ColumnTrait::into_expr);
        Expr::tuple(number).in_subquery(numbers)
    });
    clause::Entity::find()
        .filter(Entity::seen_by(viewer, clause::Column::ContractId))
        .filter(Condition::all().add_option(own))
}

/// Those clauses of `ids` whose contracts the viewer may see.
pub async fn clauses_of_ids(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    ids: &[Uuid],
) -> Result<Vec<clause::Model>, Fault> {
    of_keys(db, visible_clauses(viewer), clause::Column::Id, ids).await
}

/// The clauses of a contract that are in force (or drafted), for commands.
pub(crate) async fn clauses_in_force(
    unit: &Unit,
    contract_id: Uuid,
) -> Result<Vec<clause::Model>, Fault> {
    Ok(clause::Entity::find()
        .filter(clause::Column::ContractId.eq(contract_id))
        .filter(clause::Column::EndedOn.is_null())
        .order_by_asc(clause::Column::Number)
        .all(unit.db())
        .await?)
}

/// The numbers that have been given to contracts of `year`.
pub(crate) async fn numbers_of(unit: &Unit, year: i32) -> Result<Vec<String>, Fault> {
    Ok(Entity::find()
        .select_only()
        .column(Column::Number)
        .filter(Column::Number.starts_with(format!("QY-{year}-")))
        .into_tuple()
        .all(unit.db())
        .await?)
}

/// Whether another contract of the enterprise, signed or over, covers a day of this term.
pub(crate) async fn overlaps(unit: &Unit, contract: &Model) -> Result<bool, Fault> {
    Ok(Entity::find()
        .filter(Column::EnterpriseId.eq(contract.enterprise_id))
        .filter(Column::Id.ne(contract.id))
        .filter(Column::State.is_in(State::SIGNED_TERM))
        .filter(Column::StartsOn.lte(contract.ends_on))
        .filter(Column::EndsOn.gte(contract.starts_on))
        .one(unit.db())
        .await?
        .is_some())
}

/// Whether another contract of the enterprise is in force.
pub(crate) async fn another_in_force(unit: &Unit, contract: &Model) -> Result<bool, Fault> {
    Ok(Entity::find()
        .filter(Column::EnterpriseId.eq(contract.enterprise_id))
        .filter(Column::Id.ne(contract.id))
        .filter(Column::State.is_in(State::IN_FORCE))
        .one(unit.db())
        .await?
        .is_some())
}

/// The contract that renews this one, unless it was given up.
pub(crate) async fn successor(unit: &Unit, id: Uuid) -> Result<Option<Model>, Fault> {
    Ok(Entity::find()
        .filter(Column::PredecessorId.eq(id))
        .filter(Column::State.ne(State::Terminated))
        .one(unit.db())
        .await?)
}

/// The contracts that begin by `today` and still wait for it, for the expiry job; not scoped.
pub async fn beginning_by(
    db: &impl ConnectionTrait,
    today: NaiveDate,
) -> Result<Vec<Model>, Fault> {
    Ok(Entity::find()
        .filter(Column::State.eq(State::Signed))
        .filter(Column::StartsOn.lte(today))
        .filter(Column::EndsOn.gte(today))
        .order_by_asc(Column::Id)
        .all(db)
        .await?)
}

/// The contracts in force whose term was over before `today`, for the expiry job; not scoped.
pub async fn over_before(db: &impl ConnectionTrait, today: NaiveDate) -> Result<Vec<Model>, Fault> {
    Ok(Entity::find()
        .filter(Column::State.is_in(State::IN_FORCE))
        .filter(Column::EndsOn.lt(today))
        .order_by_asc(Column::Id)
        .all(db)
        .await?)
}
