//! Every query on rectifications.

use std::collections::BTreeMap;

use sea_orm::{
    Condition, ConnectionTrait, EntityTrait, JoinType, QueryFilter, QueryOrder, QuerySelect,
    QueryTrait,
    entity::prelude::*,
    sea_query::{Expr, ExprTrait},
};

use super::{Column, Entity, Model, State};
use crate::{
    commitment,
    enterprise::repository::{meant, visible_enterprise_ids},
    error::Fault,
    obligation,
    page::{Page, PageRequest, keyset, of_keys},
    table::Visible,
    text::Search,
    viewer::{Role, Viewer},
};

impl Visible for Entity {
    /// The rectifications this viewer may know of.
    fn visible_to(viewer: &Viewer) -> Condition {
        marks_visible_to(
            viewer,
            Column::DepartmentId,
            Column::EnterpriseId,
            Column::ObligationId,
        )
    }
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
            // Asked of each mark by its key: a list of all that others have promised would be read whole for a few marks.
            let promised_by_another = obligation::Entity::find()
                .select_only()
                .expr(Expr::val(1))
                .join(
                    JoinType::InnerJoin,
                    obligation::repository::its_commitment(),
                )
                .filter(
                    obligation::Column::Id
                        .into_expr()
                        .eq(obligation.into_expr()),
                )
                .filter(commitment::Column::Owner.ne(commitment::Owner::Liaison))
                .into_query();
            visible_enterprise_ids(viewer, enterprise).add(Expr::exists(promised_by_another))
        }
        _ => visible_enterprise_ids(viewer, enterprise),
    }
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
    /// About something called so, or after a rating by an enterprise that this means.
    pub text: Option<Search>,
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
    let text = match &filter.text {
        Some(text) => {
            let backend = db.get_database_backend();
            let words = [Column::AboutZh, Column::AboutEn].map(Column::into_expr);
            let enterprises = meant(db, viewer, Column::EnterpriseId, text).await?;
            Some(text.within(backend, words).add(enterprises))
        }
        None => None,
    };
    let condition = Condition::all()
        .add_option(text)
        .add_option(filter.states.map(|states| Column::State.is_in(states)))
        .add_option(filter.department_id.map(|id| Column::DepartmentId.eq(id)))
        .add_option(filter.enterprise_id.map(|id| Column::EnterpriseId.eq(id)))
        .add_option(filter.evaluation_id.map(|id| Column::EvaluationId.eq(id)));
    keyset(
        db,
        Entity::visible(viewer),
        condition,
        Column::OpenedAt,
        descending,
        Column::Id,
        request,
    )
    .await
}

/// Those that bad ratings of `obligations` have opened.
pub async fn of_obligations(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    obligations: &[Uuid],
) -> Result<Vec<Model>, Fault> {
    of_keys(
        db,
        Entity::visible(viewer),
        Column::ObligationId,
        obligations,
    )
    .await
}

/// Those that low scores in `evaluations` have opened.
pub async fn of_evaluations(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    evaluations: &[Uuid],
) -> Result<Vec<Model>, Fault> {
    let in_order = Entity::visible(viewer).order_by_asc(Column::Id);
    of_keys(db, in_order, Column::EvaluationId, evaluations).await
}

/// What `departments` have still to work off, the oldest first.
pub async fn under_way_of(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    departments: &[Uuid],
) -> Result<Vec<Model>, Fault> {
    let under_way = Entity::visible(viewer)
        .filter(Column::State.is_in(State::UNDER_WAY))
        .order_by_asc(Column::OpenedAt)
        .order_by_asc(Column::Id);
    of_keys(db, under_way, Column::DepartmentId, departments).await
}

/// Those that have one of these time limits, of what the viewer may know of.
pub(super) async fn within(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    limits: &[Uuid],
) -> Result<Vec<Model>, Fault> {
    let mut found: BTreeMap<Uuid, Model> = BTreeMap::new();
    for clock in [Column::ContactDeadlineId, Column::ReplyDeadlineId] {
        let rows = of_keys(db, Entity::visible(viewer), clock, limits).await?;
        found.extend(rows.into_iter().map(|row| (row.id, row)));
    }
    Ok(found.into_values().collect())
}
