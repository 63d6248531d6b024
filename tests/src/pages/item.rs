//! Approval items, and the guides and the promise board that everybody reads.

use entity::item;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

use super::{ALL, CENTRE, Page, Shown, file, page, plain};

pub(super) async fn rows(it: &Shown<'_>) -> Vec<Page> {
    // Its department has proposed a further version.
    let item = first!(it.store.db(), item, Code = "R06").id;
    vec![
        plain("/items", ALL),
        page("/items/{key}", format!("/items/{item}"), ALL),
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
        plain("/guides", ALL),
        plain("/guides/history", ALL),
        page("/guides/{code}", "/guides/R06".to_owned(), ALL),
        plain("/board", ALL),
        file("/board.json", "/board.json".to_owned(), ALL),
    ]
}
