//! Departments: the list, creating and changing.

use api_door::scalar::Kind;
use askama::Template;
use axum::{extract::Path, response::Response};

use entity::permission::Action;

use super::{
    act::{self, Act, Field, Takes, send},
    bridge::operation,
    flash::Flash,
    form::{Filled, day},
    frame::Frame,
    global_id,
    guest::Guest,
    refusal::Refusal,
    term::*,
};

operation!(DepartmentList in "src/operations/department.graphql");
operation!(DepartmentPage in "src/operations/department.graphql");
operation!(CreateDepartment in "src/operations/department.graphql");
operation!(ChangeDepartment in "src/operations/department.graphql");

#[derive(Template)]
#[template(path = "department/list.html")]
struct ListShown {
    f: Frame,
    rows: Vec<department_list::DepartmentListDepartments>,
    may: bool,
}

/// All departments.
pub async fn list(guest: Guest) -> Result<Response, Refusal> {
    let data = guest
        .run::<DepartmentList>(department_list::Variables)
        .await?;
    let mut f = guest.frame("");
    f.title = f.t("部门", "Departments").to_owned();
    Ok(guest.show(&ListShown {
        f,
        rows: data.departments,
        may: data.viewer.is_some_and(|viewer| {
            let may = PermittedAction::ManageDepartments;
            viewer.permissions.contains(&may)
        }),
    }))
}

const FIELDS: &[&str] = &[
    "number",
    "nameZh",
    "nameEn",
    "counterpartZh",
    "windows",
    "endedOn",
];

/// The page of a new department, or of changing one.
async fn shown(guest: &Guest, key: Option<&str>, filled: Option<&Filled>) -> Result<Act, Refusal> {
    guest.require(Action::ManageDepartments)?;
    let it = match key {
        Some(key) => {
            let id = global_id(Kind::Department, key)?;
            let data = guest
                .run::<DepartmentPage>(department_page::Variables { id })
                .await?;
            Some(data.department.ok_or(Refusal::NotFound)?)
        }
        None => None,
    };
    let mut f = guest.frame("");
    let title = match it {
        Some(_) => f.t("修改部门", "Change the department"),
        None => f.t("新建部门", "New department"),
    };
    f.title = title.to_owned();
    let mut fields = vec![
        Field::of("number", f.t("序号", "Number"), "", Takes::Line("number")),
        Field::line("nameZh", f.t("中文名称", "Name in Chinese"), ""),
        Field::line("nameEn", f.t("英文名称", "Name in English"), ""),
        Field::line(
            "counterpartZh",
            f.t("现承担职责的机构", "The office with these duties today"),
            f.t(
                "机构改革后的对应机构（中文）",
                "After the reform of offices, in Chinese",
            ),
        ),
        Field::of(
            "windows",
            f.t("大厅窗口数", "Windows in the hall"),
            "",
            Takes::Line("number"),
        ),
    ];
    if it.is_some() {
        fields.push(Field::day(
            "endedOn",
            f.t("撤销日期", "Last day"),
            f.t("仅在部门撤销时填写", "Only once it is dissolved"),
        ));
    }
    let (number, windows, ended) = it.as_ref().map_or_else(Default::default, |it| {
        let ended = it.ended_on.map(|day| day.to_string());
        (
            it.number.to_string(),
            it.windows.to_string(),
            ended.unwrap_or_default(),
        )
    });
    let values: Vec<(&str, &str)> = it.as_ref().map_or_else(Vec::new, |it| {
        vec![
            ("number", number.as_str()),
            ("nameZh", it.name_zh.as_str()),
            ("nameEn", &it.name_en),
            ("counterpartZh", &it.counterpart_zh),
            ("windows", &windows),
            ("endedOn", &ended),
        ]
    });
    Ok(Act {
        form: act::form(FIELDS, filled, &values),
        back: (
            "/departments".to_owned(),
            f.t("部门", "Departments").to_owned(),
        ),
        lead: String::new(),
        fields,
        verb: f.t("保存部门", "Save the department"),
        version: it.as_ref().map_or(0, |it| it.version),
        f,
    })
}

/// The page of a new department.
pub async fn ask_new(guest: Guest) -> Result<Response, Refusal> {
    Ok(shown(&guest, None, None).await?.answer(&guest))
}

/// The page of changing one.
pub async fn ask_change(guest: Guest, Path(key): Path<String>) -> Result<Response, Refusal> {
    Ok(shown(&guest, Some(&key), None).await?.answer(&guest))
}

/// A whole number; what is none is told beside its field.
fn number(act: &mut Act, filled: &Filled, name: &str) -> i64 {
    match filled.get(name).parse::<i32>() {
        Ok(number) => number.into(),
        Err(_) => {
            let text = act.f.t("请填写整数。", "Give a whole number.");
            act.form.refuse_one(name, text);
            0
        }
    }
}

/// Creates a department.
pub async fn create(guest: Guest, filled: Filled) -> Result<Response, Refusal> {
    let mut act = shown(&guest, None, Some(&filled)).await?;
    let input = create_department::DepartmentCreateInput {
        number: number(&mut act, &filled, "number"),
        name_zh: filled.get("nameZh").to_owned(),
        name_en: filled.get("nameEn").to_owned(),
        counterpart_zh: filled.get("counterpartZh").to_owned(),
        windows: number(&mut act, &filled, "windows"),
        idempotency_key: filled.key(),
    };
    if !act.form.is_refused() {
        send!(
            guest,
            &filled,
            act.form,
            CreateDepartment(create_department::Variables { input }).department_create
        );
    }
    if act.form.is_refused() {
        return Ok(act.answer(&guest));
    }
    Ok(guest.done(Flash::DepartmentSaved, "/departments"))
}

/// Changes a department.
pub async fn change(
    guest: Guest,
    Path(key): Path<String>,
    filled: Filled,
) -> Result<Response, Refusal> {
    let mut act = shown(&guest, Some(&key), Some(&filled)).await?;
    let input = change_department::DepartmentChangeInput {
        id: global_id(Kind::Department, &key)?,
        expected_version: filled.version(),
        number: number(&mut act, &filled, "number"),
        name_zh: filled.get("nameZh").to_owned(),
        name_en: filled.get("nameEn").to_owned(),
        counterpart_zh: filled.get("counterpartZh").to_owned(),
        windows: number(&mut act, &filled, "windows"),
        ended_on: day(&guest, &filled, &mut act.form, "endedOn"),
    };
    if !act.form.is_refused() {
        send!(
            guest,
            &filled,
            act.form,
            ChangeDepartment(change_department::Variables { input }).department_change
        );
    }
    if act.form.is_refused() {
        return Ok(act.answer(&guest));
    }
    Ok(guest.done(Flash::DepartmentSaved, "/departments"))
}
