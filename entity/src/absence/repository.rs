//! Reading leaves.

use sea_orm::{
    Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait,
    entity::prelude::*,
    sea_query::{Expr, ExprTrait, SelectStatement},
};

use super::{
    Column, Entity, Model, State,
    rules::{self, Leaves},
};
use crate::{
    account,
    error::Fault,
    page::{Page, PageRequest, keyset, of_keys},
    table::Visible,
    viewer::{Role, Viewer},
};

impl Visible for Entity {
    /// The leaves this viewer may know of: those who look after people all of them, everybody else the own ones and those in which
    /// he stands in.
    fn visible_to(viewer: &Viewer) -> Condition {
        match viewer {
            Viewer::System { .. } => Condition::all(),
            Viewer::Anonymous { .. } => Condition::all().add(Expr::val(1).eq(0)),
            Viewer::Person(person) => match person.role {
                Role::Admin | Role::Centre | Role::Leader | Role::Supervisor => Condition::all(),
                _ => Condition::any()
                    .add(Column::AccountId.eq(person.account_id))
                    .add(Column::DeputyId.eq(person.account_id)),
            },
        }
    }
}

/// What a list of leaves is narrowed to.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// In one of these states.
    pub states: Option<Vec<State>>,
    /// Of this person.
    pub account_id: Option<Uuid>,
    /// With this deputy.
    pub deputy_id: Option<Uuid>,
}

/// How many deputies one may choose among.
const MOST: u64 = 100;

/// Who may stand in for this person, by name. Not scoped.
pub async fn deputies_of(
    db: &impl ConnectionTrait,
    absent: &account::Model,
) -> Result<Vec<account::Model>, Fault> {
    use account::Column as A;
    let mut fitting = Condition::any().add(A::Role.eq(absent.role));
    if absent.role == Role::DepartmentHead {
        let same_department = A::DepartmentId.eq(absent.department_id);
        fitting = fitting.add(A::Role.eq(Role::WindowOfficer).and(same_department));
    }
    let mut people = account::Entity::find()
        .filter(fitting)
        .filter(A::DisabledAt.is_null())
        .filter(A::Id.ne(absent.id));
    if absent.role == Role::Enterprise {
        people = people.filter(A::EnterpriseId.eq(absent.enterprise_id));
    }
    let by_name = people.order_by_asc(A::Name).order_by_asc(A::Id).limit(MOST);
    let mut people = by_name.all(db).await?;
    people.retain(|deputy| rules::may_stand_in(absent, deputy));
    Ok(people)
}

/// One page of leaves, by their first day.
pub async fn page(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    filter: &Filter,
    descending: bool,
    request: &PageRequest,
) -> Result<Page<Model>, Fault> {
    let condition = Condition::all()
        .add_option(
            filter
                .states
                .clone()
                .map(|states| Column::State.is_in(states)),
        )
        .add_option(filter.account_id.map(|id| Column::AccountId.eq(id)))
        .add_option(filter.deputy_id.map(|id| Column::DeputyId.eq(id)));
    keyset(
        db,
        Entity::visible(viewer),
        condition,
        Column::FromOn,
        descending,
        Column::Id,
        request,
    )
    .await
}

/// Who stands in for whom now. For jobs and commands; not scoped.
pub async fn leaves(db: &impl ConnectionTrait) -> Result<Leaves, Fault> {
    let current = Entity::find().filter(Column::State.eq(State::Current));
    Ok(Leaves::new(current.all(db).await?))
}

/// The accounts for which `deputy` stands in now, for conditions of what a deputy may see.
pub fn absent_with(deputy: Uuid) -> SelectStatement {
    Entity::find()
        .select_only()
        .column(Column::AccountId)
        .filter(Column::State.eq(State::Current))
        .filter(Column::DeputyId.eq(deputy))
        .into_query()
}

/// What begins or ends on `today`: those that last ended first, so that one leave may follow another. For the job; not scoped.
pub async fn to_turn(db: &impl ConnectionTrait, today: Date) -> Result<Vec<Model>, Fault> {
    let begins = Condition::all()
        .add(Column::State.eq(State::Planned))
        .add(Column::FromOn.lte(today));
    let is_over = Condition::all()
        .add(Column::State.eq(State::Current))
        .add(Column::UntilOn.lt(today));
    Ok(Entity::find()
        .filter(Condition::any().add(begins).add(is_over))
        .order_by_asc(Column::UntilOn)
        .order_by_asc(Column::Id)
        .all(db)
        .await?)
}

/// What has not ended of these people.
pub(crate) async fn open_of(
    db: &impl ConnectionTrait,
    people: &[Uuid],
) -> Result<Vec<Model>, Fault> {
    let open = Entity::find().filter(Column::State.ne(State::Ended));
    of_keys(db, open, Column::AccountId, people).await
}
