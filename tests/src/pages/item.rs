//! Approval items, and the guides and the promise board that everybody reads.

use entity::{item, viewer::Role::DepartmentHead};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

use super::{ALL, CENTRE, Page, Shown, file, page, plain, verbs};

pub(super) async fn rows(it: &Shown<'_>) -> Vec<Page> {
    // Its department has proposed a further version of one item, and works on that of another.
    let item = first!(it.store.db(), item, Code = "R06").id;
    let drafted = first!(it.store.db(), item, Code = "R10").id;
    let head = &[DepartmentHead][..];
    let mut pages = vec![
        plain("/items", ALL),
        page("/items/{key}", format!("/items/{item}"), ALL),
        page(
            "/items/{key}/versions/{number}",
            format!("/items/{item}/versions/1"),
            ALL,
        ),
        page(
            "/items/{key}/{verb}",
            format!("/items/{item}/publish"),
            CENTRE,
        ),
        page(
            "/items/{key}/{verb}",
            format!("/items/{item}/return"),
            CENTRE,
        ),
        page(
            "/items/{key}/{verb}",
            format!("/items/{item}/withdraw-proposal"),
            head,
        ),
        plain("/guides", ALL),
        plain("/guides/history", ALL),
        page("/guides/{code}", "/guides/R06".to_owned(), ALL),
        plain("/board", ALL),
        file("/board.json", "/board.json".to_owned(), ALL),
    ];
    let of = format!("/items/{drafted}");
    let parts = [
        "edit-facts",
        "edit-guide",
        "edit-outcomes",
        "edit-validity",
        "propose",
    ];
    pages.extend(verbs("/items/{key}/{verb}", &of, &parts, head));
    for (add, row, more) in [
        (
            "/items/{key}/materials/add",
            "/items/{key}/materials/{number}/{verb}",
            ["materials/add", "materials/1/edit", "materials/1/strike"],
        ),
        (
            "/items/{key}/limits/add",
            "/items/{key}/limits/{number}/{verb}",
            ["limits/add", "limits/1/edit", "limits/1/remove"],
        ),
        (
            "/items/{key}/needs/add",
            "/items/{key}/needs/{number}/{verb}",
            ["needs/add", "needs/1/edit", "needs/1/remove"],
        ),
    ] {
        let [first, edit, end] = more.map(|verb| format!("{of}/{verb}"));
        pages.push(page(add, first, head));
        pages.push(page(row, edit, head));
        pages.push(page(row, end, head));
    }
    pages
}
