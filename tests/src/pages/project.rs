//! Projects.

use entity::{
    milestone, project,
    viewer::Role::{Centre, Enterprise, Leader, Liaison},
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

use super::{ALL, MATTERS, Page, Shown, WRITERS, files, page, plain, verbs};

pub(super) async fn rows(it: &Shown<'_>) -> Vec<Page> {
    let project = first!(it.store.db(), project, ContractId = it.contract).id;
    // One that can be reached or moved.
    let milestone = milestone::Entity::find()
        .filter(milestone::Column::ProjectId.eq(project))
        .filter(milestone::Column::BaselineOn.is_not_null())
        .filter(milestone::Column::ActualOn.is_null())
        .order_by_asc(milestone::Column::Id)
        .one(it.store.db())
        .await
        .expect("a read")
        .expect("an open milestone")
        .id;
    let mut pages = vec![
        plain("/projects", ALL),
        page("/projects/{key}", format!("/projects/{project}"), MATTERS),
        page(
            "/projects/{key}/{verb}",
            format!("/projects/{project}/report-progress"),
            &[Centre, Liaison, Enterprise],
        ),
        page(
            "/projects/{key}/plan",
            format!("/projects/{project}/plan"),
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
        page(
            "/projects/{key}/needs",
            format!("/projects/{project}/needs"),
            MATTERS,
        ),
        page(
            "/projects/{key}/needs/{question}",
            format!("/projects/{project}/needs/new_enterprise"),
            &[Centre, Liaison, Enterprise],
        ),
        page(
            "/projects/{key}/{verb}",
            format!("/projects/{project}/override-gate"),
            &[Leader],
        ),
    ];
    // The project goes on: it is not resumed.
    pages.extend(verbs(
        "/projects/{key}/{verb}",
        &format!("/projects/{project}"),
        &["enter-stage", "leave-stage", "hold", "drop"],
        WRITERS,
    ));
    pages.extend(verbs(
        "/milestones/{key}/{verb}",
        &format!("/milestones/{milestone}"),
        &["change-forecast", "reach"],
        WRITERS,
    ));
    pages.extend(files("/projects.xlsx", "/projects.csv", ALL));
    pages
}
