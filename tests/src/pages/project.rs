//! Projects.

use entity::{
    milestone, project,
    viewer::Role::{Centre, Enterprise, Liaison},
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

use super::{ALL, MATTERS, Page, Shown, WRITERS, files, page, plain};

pub(super) async fn rows(it: &Shown<'_>) -> Vec<Page> {
    let project = first!(it.store.db(), project, ContractId = it.contract).id;
    let milestone = first!(it.store.db(), milestone, ProjectId = project).id;
    let mut pages = vec![
        plain("/projects", ALL),
        page("/projects/{key}", format!("/projects/{project}"), MATTERS),
        page(
            "/projects/{key}/progress",
            format!("/projects/{project}/progress"),
            &[Centre, Liaison, Enterprise],
        ),
        page(
            "/projects/{key}/plan",
            format!("/projects/{project}/plan"),
            WRITERS,
        ),
        page(
            "/projects/{key}/rest",
            format!("/projects/{project}/rest"),
            WRITERS,
        ),
        page(
            "/projects/{key}/stages/{number}",
            format!("/projects/{project}/stages/1"),
            WRITERS,
        ),
        page(
            "/projects/{key}/gates/{code}",
            format!("/projects/{project}/gates/LAND_RIGHT"),
            MATTERS,
        ),
        page(
            "/projects/{key}/milestones/{milestone}",
            format!("/projects/{project}/milestones/{milestone}"),
            MATTERS,
        ),
    ];
    pages.extend(files("/projects.xlsx", "/projects.csv", ALL));
    pages
}
