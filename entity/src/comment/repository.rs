//! Every query on comments.

use std::collections::HashMap;

use sea_orm::{
    Condition, ConnectionTrait, QueryFilter,
    entity::prelude::*,
    sea_query::{Expr, ExprTrait, Query},
};

use super::{Audience, Column, Entity, Model};
use crate::{
    enterprise::repository::promises_of,
    enterprise::repository::visible_enterprise_ids,
    error::Fault,
    page::{Page, PageRequest, keyset_of_each},
    table::Visible,
    viewer::{Role, Viewer},
};

impl Visible for Entity {
    /// The comments this viewer may see: those about what he may see, and an enterprise only what is shared with it.
    fn visible_to(viewer: &Viewer) -> Condition {
        let visible = visible_enterprise_ids(viewer, Column::EnterpriseId);
        if let Some(department) = viewer.head_of() {
            return visible
                .add(Column::ContractId.in_subquery(promises_of(department, "contract_id")))
                .add(is_of_promises(department));
        }
        match viewer.role() {
            Some(Role::Enterprise) => visible.add(Column::Audience.eq(Audience::Shared)),
            _ => visible,
        }
    }
}

/// About no obligation, or about one that `department` has promised: asked of each comment, for a department promises many.
fn is_of_promises(department: Uuid) -> Condition {
    let promised = Query::select()
        .expr(Expr::val(1))
        .from("obligation")
        .inner_join(
            "commitment",
            Expr::col(("commitment", "id")).equals(("obligation", "commitment_id")),
        )
        .and_where(Expr::col(("obligation", "id")).eq(Column::ObligationId.into_expr()))
        .and_where(Expr::col(("commitment", "department_id")).eq(department))
        .to_owned();
    Condition::any()
        .add(Column::ObligationId.is_null())
        .add(Expr::exists(promised))
}

/// The page `request` of the comments about each of these contracts, the oldest first; what is about one of its obligations or projects stands
/// there.
pub async fn pages_of_contracts(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    contracts: &[Uuid],
    request: &PageRequest,
) -> Result<HashMap<Uuid, Page<Model>>, Fault> {
    let visible = Entity::visible(viewer)
        .filter(Column::ObligationId.is_null())
        .filter(Column::ProjectId.is_null());
    let owner = |row: &Model| row.contract_id;
    // Keys are ordered by time.
    keyset_of_each(
        db,
        visible,
        Column::ContractId,
        owner,
        Column::Id,
        contracts,
        request,
    )
    .await
}

/// The page `request` of the comments about each of these obligations, the oldest first.
pub async fn pages_of_obligations(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    obligations: &[Uuid],
    request: &PageRequest,
) -> Result<HashMap<Uuid, Page<Model>>, Fault> {
    let (visible, of) = (Entity::visible(viewer), Column::ObligationId);
    let owner = |row: &Model| row.obligation_id.unwrap_or_default();
    keyset_of_each(db, visible, of, owner, Column::Id, obligations, request).await
}

/// The page `request` of the comments about each of these projects, the oldest first.
pub async fn pages_of_projects(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    projects: &[Uuid],
    request: &PageRequest,
) -> Result<HashMap<Uuid, Page<Model>>, Fault> {
    let (visible, of) = (Entity::visible(viewer), Column::ProjectId);
    let owner = |row: &Model| row.project_id.unwrap_or_default();
    keyset_of_each(db, visible, of, owner, Column::Id, projects, request).await
}
