//! Every query on documents.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use sea_orm::{
    Condition, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect, Select,
    entity::prelude::*,
    sea_query::{Alias, Expr, ExprTrait, Query},
};

use super::{Column, Entity, Model, blob, rules::Uploaded};
use crate::{
    account,
    enterprise::repository::visible_enterprise_ids,
    error::Fault,
    table::Visible,
    viewer::{Role, Viewer},
};

impl Visible for Entity {
    /// The documents this viewer may see: those of the enterprises he may know of, and the park's own for the park's people. Heads of
    /// department see what they uploaded and what belongs to the promises and cases of their department, window officers what belongs to the
    /// cases; enterprises never what is internal.
    fn visible_to(viewer: &Viewer) -> Condition {
        let of_enterprises = visible_enterprise_ids(viewer, Column::EnterpriseId);
        let Viewer::Person(person) = viewer else {
            return of_enterprises;
        };
        match person.role {
            Role::Enterprise => Condition::all()
                .add(of_enterprises)
                .add(Column::Internal.eq(false)),
            Role::Centre | Role::Leader | Role::Supervisor => Condition::all(),
            Role::Liaison => Condition::any().add(of_enterprises).add(
                Condition::all()
                    .add(Column::EnterpriseId.is_null())
                    .add(Column::UploadedBy.eq(person.account_id)),
            ),
            Role::DepartmentHead => Condition::any()
                .add(Column::UploadedBy.eq(person.account_id))
                .add_option(person.department_id.map(of_promises))
                .add_option(person.department_id.map(of_cases)),
            Role::WindowOfficer => Condition::any()
                .add(Column::UploadedBy.eq(person.account_id))
                .add_option(person.department_id.map(of_cases)),
            Role::Admin | Role::Inspector => Condition::all().add(Expr::value(false)),
        }
    }
}

/// The evidence of what `department` promised, the notices by which its time limits were paused, and the files of its answers to supervision orders. The tables of the modules
/// below are named by text.
fn of_promises(department: Uuid) -> Condition {
    let owed = |column: (&'static str, &'static str)| {
        Query::select()
            .column(column)
            .from("obligation")
            .inner_join(
                "commitment",
                Expr::col(("commitment", "id")).equals(("obligation", "commitment_id")),
            )
            .and_where(Expr::col(("commitment", "department_id")).eq(department))
            .to_owned()
    };
    let notices = Query::select()
        .column("document_id")
        .from("deadline_pause")
        .and_where(Expr::col("deadline_id").in_subquery(owed(("obligation", "deadline_id"))))
        .to_owned();
    let evidence = owed(("obligation", "evidence_document_id"))
        .and_where(Expr::col(("obligation", "evidence_document_id")).is_not_null())
        .to_owned();
    // Asked of each file, for a department has promised and answered much.
    let promised = owed(("obligation", "id"))
        .and_where(Expr::col(("obligation", "id")).equals(("attachment", "subject_id")))
        .to_owned();
    let answered = Query::select()
        .column(("supervision_entry", "id"))
        .from("supervision_entry")
        .inner_join(
            "supervision_order",
            Expr::col(("supervision_order", "id")).equals(("supervision_entry", "order_id")),
        )
        .and_where(Expr::col(("supervision_order", "department_id")).eq(department))
        .and_where(Expr::col(("supervision_entry", "id")).equals(("attachment", "subject_id")))
        .to_owned();
    let attached = Query::select()
        .column(("attachment", "document_id"))
        .from("attachment")
        .and_where(Expr::col(("attachment", "document_id")).equals(("document", "id")))
        .cond_where(
            Condition::any()
                .add(Expr::exists(promised))
                .add(Expr::exists(answered)),
        )
        .to_owned();
    Condition::any()
        .add(Expr::exists(attached))
        .add(Column::Id.in_subquery(evidence))
        .add(Column::Id.in_subquery(notices))
}

/// Whether somebody fills in a draft for an enterprise at the window, and so stores its files. Not scoped.
pub(super) async fn takes_in(
    db: &impl ConnectionTrait,
    account: Uuid,
    enterprise: Uuid,
) -> Result<bool, Fault> {
    let draft = Query::select()
        .expr(Expr::val(1))
        .from("application")
        .and_where(Expr::col("created_by").eq(account))
        .and_where(Expr::col("enterprise_id").eq(enterprise))
        .and_where(Expr::col("state").eq("DRAFT"))
        .limit(1)
        .to_owned();
    Ok(db.query_one(&draft).await?.is_some())
}

/// What was handed in for the cases that `department` decides (of an application for several items only what its own ask for), the notices by which
/// they were paused, and its decisions: asked of each file, for a department has decided much. The tables of the modules below are named by text.
fn of_cases(department: Uuid) -> Condition {
    let is_file =
        |column: (&'static str, &'static str)| Expr::col(column).equals(("document", "id"));
    let of_case = |table: &'static str, own: (&'static str, &'static str), file| {
        let is_its = Expr::col(own).equals(("approval_case", "id"));
        let found = Query::select()
            .expr(Expr::value(1))
            .from(table)
            .inner_join("approval_case", is_its)
            .and_where(Expr::col(("approval_case", "department_id")).eq(department))
            .and_where(is_file(file))
            .to_owned();
        Expr::exists(found)
    };
    let of_application = Query::select()
        .expr(Expr::value(1))
        .from("application_file")
        .inner_join(
            "approval_case",
            Expr::col(("approval_case", "application_id"))
                .equals(("application_file", "application_id")),
        )
        .inner_join(
            "case_material",
            Condition::all()
                .add(Expr::col(("case_material", "case_id")).equals(("approval_case", "id")))
                .add(
                    Expr::col(("case_material", "material"))
                        .equals(("application_file", "material")),
                ),
        )
        .and_where(Expr::col(("approval_case", "department_id")).eq(department))
        .and_where(is_file(("application_file", "document_id")))
        .to_owned();
    let decided = Query::select()
        .expr(Expr::value(1))
        .from("approval_case")
        .and_where(Expr::col(("approval_case", "department_id")).eq(department))
        .and_where(is_file(("approval_case", "paper_id")))
        .to_owned();
    Condition::any()
        .add(Expr::exists(of_application))
        .add(Expr::exists(decided))
        .add(of_case(
            "case_file",
            ("case_file", "case_id"),
            ("case_file", "document_id"),
        ))
        .add(of_case(
            "case_pause",
            ("case_pause", "case_id"),
            ("case_pause", "document_id"),
        ))
}

/// One document, if the viewer may see it and it is not about another enterprise than this one.
pub async fn find_about(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    id: Uuid,
    enterprise_id: Uuid,
) -> Result<Option<Model>, Fault> {
    let found = Entity::one(db, viewer, id).await?;
    Ok(found.filter(|file| is_about(file, enterprise_id)))
}

fn is_about(file: &Model, enterprise_id: Uuid) -> bool {
    file.enterprise_id.is_none_or(|of| of == enterprise_id)
}

/// Those of `ids`, each once and in their order, if the viewer may see them all and none is about another enterprise than this one.
pub async fn all_about(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    ids: &[Uuid],
    enterprise_id: Uuid,
) -> Result<Option<Vec<Model>>, Fault> {
    let seen = Entity::of_ids(db, viewer, ids).await?.into_iter();
    let seen = seen.filter(|file| is_about(file, enterprise_id));
    let mut seen: HashMap<Uuid, Model> = seen.map(|file| (file.id, file)).collect();
    if ids.iter().any(|id| !seen.contains_key(id)) {
        return Ok(None);
    }
    // Taken out of the map, each comes once.
    Ok(Some(ids.iter().filter_map(|id| seen.remove(id)).collect()))
}

/// One document with its content, if the viewer may see it.
pub async fn content(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    id: Uuid,
) -> Result<Option<(Model, Vec<u8>)>, Fault> {
    let Some(document) = Entity::one(db, viewer, id).await? else {
        return Ok(None);
    };
    let blob = blob::Entity::find_by_id(id)
        .one(db)
        .await?
        .ok_or_else(|| Fault::Internal(format!("document {id} has no content")))?;
    Ok(Some((document, blob.bytes)))
}

/// What an account has uploaded since a moment.
pub async fn uploaded_since(
    db: &impl ConnectionTrait,
    account: Uuid,
    since: DateTime<Utc>,
) -> Result<Uploaded, Fault> {
    let select = Entity::find()
        .filter(Column::UploadedBy.eq(account))
        .filter(Column::UploadedAt.gt(since));
    counted(db, select).await
}

/// What the people of an enterprise have uploaded in all.
pub async fn uploaded_by_enterprise(
    db: &impl ConnectionTrait,
    enterprise: Uuid,
) -> Result<Uploaded, Fault> {
    let people = Query::select()
        .column(account::Column::Id)
        .from(account::Entity)
        .and_where(account::Column::EnterpriseId.eq(enterprise))
        .to_owned();
    let select = Entity::find().filter(Column::UploadedBy.in_subquery(people));
    counted(db, select).await
}

async fn counted(db: &impl ConnectionTrait, select: Select<Entity>) -> Result<Uploaded, Fault> {
    let bytes = Column::Size.sum().cast_as(Alias::new("bigint"));
    let (files, bytes) = select
        .select_only()
        .column_as(Column::Id.count(), "files")
        .column_as(bytes, "bytes")
        .into_tuple::<(i64, Option<i64>)>()
        .one(db)
        .await?
        .unwrap_or_default();
    Ok(Uploaded {
        files: u64::try_from(files).unwrap_or_default(),
        bytes: u64::try_from(bytes.unwrap_or_default()).unwrap_or_default(),
    })
}
