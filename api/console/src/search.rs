//! One search over all that a person may see: the field in the header leads here.

use askama::Template;
use axum::response::Response;
use serde_json::json;

use super::{bridge::operation, frame::Frame, guest::Guest, menu, refusal::Refusal, term::*};

operation!(SearchPage in "src/operations/search.graphql");

#[derive(Template)]
#[template(path = "search.html")]
struct Shown {
    f: Frame,
    found: Option<search_page::SearchPageSearch>,
}

impl Shown {
    fn is_empty(&self) -> bool {
        self.found.as_ref().is_none_or(|found| {
            found.enterprises.is_empty()
                && found.contracts.is_empty()
                && found.obligations.is_empty()
                && found.commitments.is_empty()
                && found.projects.is_empty()
                && found.people.is_empty()
        })
    }

    /// The list at `path` with the same text in its filter.
    fn all(&self, path: &str) -> String {
        self.f.here.onto(path)
    }

    /// The same, in whatever state things are.
    fn whole(&self, path: &str) -> String {
        self.f.here.changed(path, &[], &[("state", "ALL")])
    }
}

/// The page: what was found, by kinds.
pub async fn page(guest: Guest) -> Result<Response, Refusal> {
    let role = guest.viewer.role().ok_or(Refusal::SignIn)?;
    let text = guest.address.get("text").to_owned();
    let found = match text.is_empty() {
        true => None,
        false => {
            // Who has no list of people would find himself, and has no page of it.
            let people = menu::has(role, "/accounts");
            let asked = search_page::Variables { text, people };
            let nobody = [("search".to_owned(), json!({ "people": [] }))];
            let nobody = nobody.into_iter().collect();
            guest.run_partly::<SearchPage>(asked, &nobody).await?.search
        }
    };
    let mut f = guest.frame("");
    f.title = match guest.address.get("text") {
        "" => f.t("检索", "Search").to_owned(),
        text => format!("{}{text}", f.t("检索：", "Search: ")),
    };
    Ok(guest.show(&Shown { f, found }))
}
