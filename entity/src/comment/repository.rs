//! Every query on comments.

use std::collections::HashMap;

use sea_orm::{
    Condition, ConnectionTrait, QueryFilter,
    entity::prelude::*,
    sea_query::{Expr, ExprTrait, Query},
};

use super::{Audience, Column, Entity, Model};
use crate::{
    contract::repository::promises_of,
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

/// Of which kind the things are below which comments are listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Below {
    /// Contracts: what is about one of its obligations or projects stands there.
    Contracts,
    /// Obligations.
    Obligations,
    /// Projects.
    Projects,
}

/// The page `request` of the comments about each of `things`, the oldest first.
pub async fn pages_of(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    below: Below,
    things: &[Uuid],
    request: &PageRequest,
) -> Result<HashMap<Uuid, Page<Model>>, Fault> {
    let visible = Entity::visible(viewer);
    let (visible, of, owner): (_, _, fn(&Model) -> Uuid) = match below {
        Below::Contracts => (
            visible
                .filter(Column::ObligationId.is_null())
                .filter(Column::ProjectId.is_null()),
            Column::ContractId,
            |row| row.contract_id,
        ),
        Below::Obligations => (visible, Column::ObligationId, |row| {
            row.obligation_id.unwrap_or_default()
        }),
        Below::Projects => (visible, Column::ProjectId, |row| {
            row.project_id.unwrap_or_default()
        }),
    };
    // Keys are ordered by time.
    keyset_of_each(db, visible, of, owner, Column::Id, things, request).await
}
