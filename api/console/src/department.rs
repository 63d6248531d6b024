//! The list of departments.

use askama::Template;
use axum::response::Response;

use super::{bridge::operation, frame::Frame, guest::Guest, refusal::Refusal, term::*};

operation!(DepartmentList in "src/operations/department.graphql");

#[derive(Template)]
#[template(path = "department/list.html")]
struct ListShown {
    f: Frame,
    rows: Vec<department_list::DepartmentListDepartments>,
    may: bool,
}

impl ListShown {
    /// Where a department is changed.
    fn change(&self, id: &str) -> String {
        let key = id.split_once('_').map_or(id, |(_, key)| key);
        format!("/departments/{key}/change")
    }
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
