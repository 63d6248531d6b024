//! Enterprises and their permits.

use entity::permit;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

use super::{ALL, APPLICATIONS, CENTRE, Page, Shown, WRITERS, files, page, plain, verbs};

pub(super) async fn rows(it: &Shown<'_>) -> Vec<Page> {
    let enterprise = it.enterprise;
    let permit = first!(it.store.db(), permit, EnterpriseId = enterprise).id;
    let mut pages = vec![
        plain("/enterprises", ALL),
        page(
            "/enterprises/{key}",
            format!("/enterprises/{enterprise}"),
            APPLICATIONS,
        ),
        plain("/enterprises/new", CENTRE),
        page(
            "/enterprises/{key}/events",
            format!("/enterprises/{enterprise}/events"),
            WRITERS,
        ),
        page(
            "/enterprises/{key}/permits",
            format!("/enterprises/{enterprise}/permits"),
            WRITERS,
        ),
    ];
    pages.extend(verbs(
        "/enterprises/{key}/{verb}",
        &format!("/enterprises/{enterprise}"),
        &["change", "end"],
        CENTRE,
    ));
    pages.extend(verbs(
        "/permits/{key}/{verb}",
        &format!("/permits/{permit}"),
        &["change", "renew", "withdraw"],
        WRITERS,
    ));
    pages.extend(files("/enterprises.xlsx", "/enterprises.csv", ALL));
    pages
}
