//! Every query on rectifications.

use chrono::NaiveDate;
use sea_orm::{
    Condition, ConnectionTrait, EntityTrait, JoinType, QueryFilter, QueryOrder, QuerySelect,
    QueryTrait, Select,
    entity::prelude::*,
    sea_query::{Expr, ExprTrait},
};

use super::{Column, Entity, Model, State};
use crate::{
    commitment, deadline,
    enterprise::repository::visible_enterprise_ids,
    error::Fault,
    obligation,
    page::{Page, PageRequest, keyset, of_keys},
    viewer::{Role, Viewer},
};

/// The rectifications this viewer may know of.
pub fn visible_to(viewer: &Viewer) -> Condition {
    marks_visible_to(
        viewer,
        Column::DepartmentId,
        Column::EnterpriseId,
        Column::ObligationId,
    )
}

/// The marks this viewer may know of, and what comes of them: heads and windows those of their department, an enterprise those it gave, a
/// liaison those of the enterprises looked after, but for what the liaison himself had promised.
pub(crate) fn marks_visible_to(
    viewer: &Viewer,
    department: impl ColumnTrait,
    enterprise: impl ColumnTrait,
    obligation: impl ColumnTrait,
) -> Condition {
    let person = match viewer {
        Viewer::Person(person) => person,
        _ => return visible_enterprise_ids(viewer, enterprise),
    };
    match (person.role, person.department_id) {
        (Role::DepartmentHead | Role::WindowOfficer, Some(own)) => {
            Condition::all().add(department.eq(own))
        }
        (Role::DepartmentHead | Role::WindowOfficer, None) => {
            Condition::all().add(Expr::val(1).eq(0))
        }
        (Role::Liaison, _) => {
            let promised_by_others = obligation::Entity::find()
                .select_only()
                .column(obligation::Column::Id)
                .join(
                    JoinType::InnerJoin,
                    obligation::repository::its_commitment(),
                )
                .filter(commitment::Column::Owner.ne(commitment::Owner::Liaison))
                .into_query();
            visible_enterprise_ids(viewer, enterprise)
                .add(obligation.in_subquery(promised_by_others))
        }
        _ => visible_enterprise_ids(viewer, enterprise),
    }
}

fn visible(viewer: &Viewer) -> Select<Entity> {
    Entity::find().filter(visible_to(viewer))
}

/// Which rectifications are wanted.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// In one of these states.
    pub states: Option<Vec<State>>,
    /// Of this department.
    pub department_id: Option<Uuid>,
    /// After a rating by this enterprise.
    pub enterprise_id: Option<Uuid>,
    /// After this evaluation.
    pub evaluation_id: Option<Uuid>,
}

/// One page of rectifications, by when they were opened.
pub async fn page(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    filter: &Filter,
    descending: bool,
    request: &PageRequest,
) -> Result<Page<Model>, Fault> {
    let filter = filter.clone();
    let condition = Condition::all()
        .add_option(filter.states.map(|states| Column::State.is_in(states)))
        .add_option(filter.department_id.map(|id| Column::DepartmentId.eq(id)))
        .add_option(filter.enterprise_id.map(|id| Column::EnterpriseId.eq(id)))
        .add_option(filter.evaluation_id.map(|id| Column::EvaluationId.eq(id)));
    keyset(
        db,
        visible(viewer),
        condition,
        Column::OpenedAt,
        descending,
        Column::Id,
        request,
    )
    .await
}

/// One rectification, if the viewer may know of it.
pub async fn find(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    id: Uuid,
) -> Result<Option<Model>, Fault> {
    Ok(visible(viewer).filter(Column::Id.eq(id)).one(db).await?)
}

/// Those of `ids` that the viewer may know of.
pub async fn of_ids(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    ids: &[Uuid],
) -> Result<Vec<Model>, Fault> {
    of_keys(db, visible(viewer), Column::Id, ids).await
}

/// Those that bad ratings of `obligations` have opened.
pub async fn of_obligations(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    obligations: &[Uuid],
) -> Result<Vec<Model>, Fault> {
    of_keys(db, visible(viewer), Column::ObligationId, obligations).await
}

/// Those that low scores in `evaluations` have opened.
pub async fn of_evaluations(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    evaluations: &[Uuid],
) -> Result<Vec<Model>, Fault> {
    let in_order = visible(viewer).order_by_asc(Column::Id);
    of_keys(db, in_order, Column::EvaluationId, evaluations).await
}

/// What `departments` have still to work off, the oldest first.
pub async fn under_way_of(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    departments: &[Uuid],
) -> Result<Vec<Model>, Fault> {
    let under_way = visible(viewer)
        .filter(Column::State.is_in(State::UNDER_WAY))
        .order_by_asc(Column::OpenedAt)
        .order_by_asc(Column::Id);
    of_keys(db, under_way, Column::DepartmentId, departments).await
}

/// The time limits of rectifications that the viewer may know of.
pub async fn limits_of(
    db: &impl ConnectionTrait,
    rectifications: &[Model],
) -> Result<Vec<deadline::Model>, Fault> {
    let ids: Vec<Uuid> = rectifications
        .iter()
        .flat_map(|one| [one.contact_deadline_id, one.reply_deadline_id])
        .collect();
    deadline::repository::of_ids(db, &ids).await
}

/// Those under way under one of these time limits; not scoped.
pub(crate) async fn within(
    db: &impl ConnectionTrait,
    limits: &[Uuid],
) -> Result<Vec<Model>, Fault> {
    let either = Condition::any()
        .add(Column::ContactDeadlineId.is_in(limits.iter().copied()))
        .add(Column::ReplyDeadlineId.is_in(limits.iter().copied()));
    Ok(Entity::find()
        .filter(Column::EndedAt.is_null())
        .filter(either)
        .order_by_asc(Column::Id)
        .all(db)
        .await?)
}

/// What somebody should have done before `today`: those under way with a time limit that has passed, each with that limit. For the job;
/// not scoped.
pub async fn overdue(
    db: &impl ConnectionTrait,
    today: NaiveDate,
) -> Result<Vec<(Model, deadline::Model)>, Fault> {
    let mut overdue = Vec::new();
    for limit in [Column::ContactDeadlineId, Column::ReplyDeadlineId] {
        let its_limit = Entity::belongs_to(deadline::Entity)
            .from(limit)
            .to(deadline::Column::Id)
            .into();
        let rows = Entity::find()
            .join(JoinType::InnerJoin, its_limit)
            .select_also(deadline::Entity)
            .filter(deadline::Column::State.eq(deadline::State::Running))
            .filter(deadline::Column::DueOn.lt(today))
            .order_by_asc(Column::Id)
            .all(db)
            .await?;
        overdue.extend(
            rows.into_iter()
                .filter_map(|(one, limit)| Some((one, limit?))),
        );
    }
    Ok(overdue)
}
