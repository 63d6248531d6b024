//! Installing the shipped departments, creating and changing departments.

use std::collections::HashSet;

use sea_orm::{EntityTrait, entity::prelude::*, sea_query::OnConflict};
use serde::Deserialize;

use super::{
    ActiveModel, Entity, Model, repository,
    rules::{self, DepartmentError, Details},
};
use crate::{
    audit::commands::{Change, Summary, record, record_all, summary},
    command::{Command, Input, Offer, Thing, commands, form, offers},
    error::{CommandError, Fault, Refusal, expect_version, is_unique_violation},
    id::new_id,
    permission::{Action, Standing, require},
    store::Store,
    table::{Visible, save},
    viewer::Viewer,
};

commands! {
    /// A department comes with the product.
    INSTALL = "department.install" on Department: "装入", "installed";
    /// A department is made.
    CREATE = "department.create" on Department: "新建", "created", form Create;
    /// A department is changed.
    CHANGE = "department.change" on Department: "修改", "changed", form ChangeDepartment;
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

form! {
    /// A new department.
    pub struct Create of CREATE by Action::ManageDepartments, refused DepartmentError, keyed {
        title: "新建部门", "New department";
        lead: "保存后即可为账户和承诺选用该部门。",
            "The department can then be selected for accounts and promises.";
        done: "部门已保存。", "The department has been saved.";
        /// The number in the park's list.
        number: i32 = Whole(1, 9_999), "序号", "Number";
        /// Name, Chinese.
        name_zh: String = Line(100), "中文名称", "Name in Chinese";
        /// Name, English.
        name_en: String = Line(200), "英文名称", "Name in English";
        /// The office that has these duties today.
        counterpart_zh: String = Line(200), "现承担职责的机构", "Office currently responsible",
            "机构改革后的对应机构（中文）", "Successor after the reorganisation, in Chinese";
        /// How many windows it has in the hall.
        windows: i32 = Whole(0, 9_999), "大厅窗口数", "Windows in the hall";
    }
}

/// Creates a department.
pub async fn create(
    store: &Store,
    viewer: &Viewer,
    input: Create,
) -> Result<Model, CommandError<DepartmentError>> {
    let unit = store.begin(viewer).await?;
    require(viewer, Create::FORM.may, Standing::None)?;
    let details = rules::check(Details {
        number: input.number,
        name_zh: input.name_zh,
        name_en: input.name_en,
        counterpart_zh: input.counterpart_zh,
        windows: input.windows,
    })?;
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

form! {
    /// What a department is from now on.
    pub struct ChangeDepartment of CHANGE by Action::ManageDepartments, refused DepartmentError {
        title: "修改部门", "Edit the department";
        lead: "填写撤销日期后，该部门不再供选用；历史仍可查阅。",
            "Once it has a date of dissolution, the department can no longer be selected; its history stays available.";
        done: "部门已保存。", "The department has been saved.";
        /// The department.
        id: Uuid = Target(Thing::Department);
        /// The version last seen.
        expected_version: i32 = Version;
        /// The number in the park's list.
        number: i32 = Whole(1, 9_999), "序号", "Number";
        /// Name, Chinese.
        name_zh: String = Line(100), "中文名称", "Name in Chinese";
        /// Name, English.
        name_en: String = Line(200), "英文名称", "Name in English";
        /// The office that has these duties today.
        counterpart_zh: String = Line(200), "现承担职责的机构", "Office currently responsible",
            "机构改革后的对应机构（中文）", "Successor after the reorganisation, in Chinese";
        /// How many windows it has in the hall.
        windows: i32 = Whole(0, 9_999), "大厅窗口数", "Windows in the hall";
        /// The last day, once dissolved.
        ended_on: Option<Date> = Day, "撤销日期", "Dissolved on",
            "仅在部门撤销时填写", "Only if it has been dissolved";
    }
}

/// Changes or dissolves a department. It is not dissolved while the standard promises name it, for every new contract would promise in its name, nor
/// while it has cases or items, for nobody else may decide them.
pub async fn change(
    store: &Store,
    viewer: &Viewer,
    input: ChangeDepartment,
) -> Result<Model, CommandError<DepartmentError>> {
    let unit = store.begin(viewer).await?;
    let department = Entity::found(unit.db(), viewer, input.id).await?;
    require(viewer, ChangeDepartment::FORM.may, Standing::None)?;
    let details = rules::check(Details {
        number: input.number,
        name_zh: input.name_zh,
        name_en: input.name_en,
        counterpart_zh: input.counterpart_zh,
        windows: input.windows,
    })?;
    expect_version(department.id, department.version, input.expected_version)?;
    if department.ended_on.is_none() && input.ended_on.is_some() {
        let (db, id) = (unit.db(), department.id);
        let promised = repository::first_standard_promise(db, id).await?;
        let promised = promised.map(|number| DepartmentError::StillPromises { number });
        let decided = repository::still_decided(db, id).await?;
        let decided = decided.map(|what| DepartmentError::StillDecides { what });
        let codes = [promised, decided].into_iter().flatten();
        let path = vec!["endedOn"];
        let reasons: Vec<_> = codes
            .map(|code| Refusal {
                code,
                path: path.clone(),
            })
            .collect();
        if !reasons.is_empty() {
            return Err(reasons.into());
        }
    }
    let changed = Model {
        id: department.id,
        number: details.number,
        name_zh: details.name_zh,
        name_en: details.name_en,
        counterpart_zh: details.counterpart_zh,
        windows: details.windows,
        ended_on: input.ended_on,
        version: department.version,
    };
    let changed = match save(&unit, &department, changed).await {
        Err(Fault::Database(error)) => return Err(taken(error)),
        saved => saved?,
    };
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

/// What can be done with a department, and why not.
pub fn offered(viewer: &Viewer) -> Vec<Offer> {
    let rule = |_: &Command| Ok::<(), DepartmentError>(());
    offers(COMMANDS, Thing::Department, viewer, Standing::None, rule)
}

fn taken(error: DbErr) -> CommandError<DepartmentError> {
    if is_unique_violation(&error) {
        return CommandError::refused(&[], DepartmentError::Taken);
    }
    error.into()
}

/// How a department is written down.
pub fn summary(department: &Model) -> Summary {
    summary!({
        "number": department.number,
        "nameZh": department.name_zh,
        "nameEn": department.name_en,
        "counterpartZh": department.counterpart_zh,
        "windows": department.windows,
        "endedOn": department.ended_on,
    })
}
