//! Installing the shipped departments, creating and changing departments.

use std::collections::HashSet;

use sea_orm::{
    ColumnTrait, EntityTrait, QueryFilter,
    entity::prelude::*,
    sea_query::{Expr, OnConflict},
};
use serde::Deserialize;

use super::{
    ActiveModel, Column, Entity, Model, repository,
    rules::{self, DepartmentError, Details},
};
use crate::{
    audit::commands::{Change, Summary, record, record_all, summary},
    command::commands,
    error::{CommandError, Fault, expect_saved, is_unique_violation},
    id::new_id,
    permission::{Action, Standing, require},
    store::Store,
    viewer::Viewer,
};

commands! {
    /// A department comes with the product.
    INSTALL = "department.install" on Department: "装入", "installed";
    /// A department is made.
    CREATE = "department.create" on Department: "新建", "created";
    /// A department is changed.
    CHANGE = "department.change" on Department: "修改", "changed";
}

/// The fourteen departments that the product ships.
const SHIPPED: &str = include_str!("../../data/departments.csv");

#[derive(Debug, Deserialize)]
struct Row {
    no: i32,
    name_zh: String,
    name_en: String,
    counterpart_today_zh: String,
    windows: i32,
}

/// Installs the shipped departments whose numbers are not there yet. What the park has changed stays as it is.
pub async fn install_shipped(store: &Store) -> Result<(), Fault> {
    let viewer = Viewer::system("shipped data");
    let unit = store.begin(&viewer).await?;
    let present: HashSet<i32> = repository::all(unit.db(), &viewer)
        .await?
        .into_iter()
        .map(|department| department.number)
        .collect();
    let mut missing = Vec::new();
    for row in csv::Reader::from_reader(SHIPPED.as_bytes()).deserialize::<Row>() {
        let row = row.map_err(|error| Fault::Internal(format!("shipped departments: {error}")))?;
        if !present.contains(&row.no) {
            missing.push(Model {
                id: new_id(unit.now()),
                number: row.no,
                name_zh: row.name_zh,
                name_en: row.name_en,
                counterpart_zh: row.counterpart_today_zh,
                windows: row.windows,
                ended_on: None,
                version: 1,
            });
        }
    }
    if missing.is_empty() {
        return Ok(());
    }
    // Another replica may be doing the same at this moment.
    Entity::insert_many(
        missing
            .iter()
            .map(|department| ActiveModel::from(department.clone()).reset_all()),
    )
    .on_conflict(OnConflict::new().do_nothing().to_owned())
    .exec_without_returning(unit.db())
    .await?;
    let installed: HashSet<Uuid> = repository::all(unit.db(), &viewer)
        .await?
        .into_iter()
        .map(|department| department.id)
        .collect();
    let changes = missing
        .iter()
        .filter(|department| installed.contains(&department.id))
        .map(|department| Change {
            command: &INSTALL,
            subject_id: department.id,
            before: None,
            after: Some(summary(department)),
            reason: None,
        })
        .collect();
    record_all(&unit, changes).await?;
    unit.commit().await
}

/// Creates a department.
pub async fn create(
    store: &Store,
    viewer: &Viewer,
    details: Details,
) -> Result<Model, CommandError<DepartmentError>> {
    let unit = store.begin(viewer).await?;
    require(viewer, Action::ManageDepartments, Standing::None)?;
    let details = rules::check(details)?;
    let department = Model {
        id: new_id(unit.now()),
        number: details.number,
        name_zh: details.name_zh,
        name_en: details.name_en,
        counterpart_zh: details.counterpart_zh,
        windows: details.windows,
        ended_on: None,
        version: 1,
    };
    Entity::insert(ActiveModel::from(department.clone()).reset_all())
        .exec_without_returning(unit.db())
        .await
        .map_err(taken)?;
    record(
        &unit,
        Change {
            command: &CREATE,
            subject_id: department.id,
            before: None,
            after: Some(summary(&department)),
            reason: None,
        },
    )
    .await?;
    unit.commit().await?;
    Ok(department)
}

/// A change of a department.
#[derive(Clone, Debug)]
pub struct ChangeDepartment {
    /// Which.
    pub department_id: Uuid,
    /// The version the person saw.
    pub expected_version: i32,
    /// What it is called and has from now on.
    pub details: Details,
    /// The last day, once dissolved.
    pub ended_on: Option<Date>,
}

/// Changes or dissolves a department.
pub async fn change(
    store: &Store,
    viewer: &Viewer,
    input: ChangeDepartment,
) -> Result<Model, CommandError<DepartmentError>> {
    let unit = store.begin(viewer).await?;
    let department = repository::find(unit.db(), viewer, input.department_id)
        .await?
        .ok_or(Fault::NotFound)?;
    require(viewer, Action::ManageDepartments, Standing::None)?;
    let details = rules::check(input.details)?;
    let changed = Model {
        id: department.id,
        number: details.number,
        name_zh: details.name_zh,
        name_en: details.name_en,
        counterpart_zh: details.counterpart_zh,
        windows: details.windows,
        ended_on: input.ended_on,
        version: input.expected_version + 1,
    };
    let saved = Entity::update_many()
        .col_expr(Column::Number, Expr::value(changed.number))
        .col_expr(Column::NameZh, Expr::value(changed.name_zh.clone()))
        .col_expr(Column::NameEn, Expr::value(changed.name_en.clone()))
        .col_expr(
            Column::CounterpartZh,
            Expr::value(changed.counterpart_zh.clone()),
        )
        .col_expr(Column::Windows, Expr::value(changed.windows))
        .col_expr(Column::EndedOn, Expr::value(changed.ended_on))
        .col_expr(Column::Version, Expr::value(changed.version))
        .filter(Column::Id.eq(department.id))
        .filter(Column::Version.eq(input.expected_version))
        .exec(unit.db())
        .await
        .map_err(taken)?;
    expect_saved(saved.rows_affected, department.id, Some(department.version))?;
    record(
        &unit,
        Change {
            command: &CHANGE,
            subject_id: department.id,
            before: Some(summary(&department)),
            after: Some(summary(&changed)),
            reason: None,
        },
    )
    .await?;
    unit.commit().await?;
    Ok(changed)
}

fn taken(error: DbErr) -> CommandError<DepartmentError> {
    if is_unique_violation(&error) {
        return CommandError::refused(&[], DepartmentError::Taken);
    }
    error.into()
}

fn summary(department: &Model) -> Summary {
    summary!({
        "number": department.number,
        "nameZh": department.name_zh,
        "nameEn": department.name_en,
        "counterpartZh": department.counterpart_zh,
        "windows": department.windows,
        "endedOn": department.ended_on,
    })
}
