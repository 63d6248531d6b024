//! Applications: the draft of the demonstration, and the list.

use entity::{
    application,
    viewer::Role::{self, Centre, Enterprise, WindowOfficer},
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

use super::{ALL, Page, Shown, page, plain};

/// Who fills in the draft, which nobody else sees.
const APPLICANTS: &[Role] = &[Enterprise];

pub(super) async fn rows(it: &Shown<'_>) -> Vec<Page> {
    let draft = first!(
        it.store.db(),
        application,
        State = application::State::Draft
    );
    let at = format!("/applications/{}", draft.id);
    let own = |route, below: &str| page(route, format!("{at}/{below}"), APPLICANTS);
    vec![
        plain("/applications", ALL),
        plain("/applications/new", &[Centre, WindowOfficer, Enterprise]),
        page("/applications/{key}", at.clone(), APPLICANTS),
        own("/applications/{key}/items", "items"),
        own("/applications/{key}/sections/{place}", "sections/1"),
        own("/applications/{key}/materials", "materials"),
        own("/applications/{key}/check", "check"),
        own("/applications/{key}/discard", "discard"),
        own("/applications/{key}/{verb}", "hand-in"),
    ]
}
