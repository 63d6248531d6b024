//! The filters that a person has saved for the lists: all of them on a page, each of which can be deleted; a list shows its own, and has the
//! form by which the present one is saved.

use api_door::scalar::Kind;
use askama::Template;
use axum::{extract::Path, response::Response};
use entity::{saved_filter::List, trail};
use serde_json::json;

use super::{
    bridge::operation,
    flash::Flash,
    form::{Filled, Form},
    frame::Frame,
    global_id,
    guest::Guest,
    refusal::Refusal,
    term::*,
};

operation!(SavedFilters in "src/operations/saved_filter.graphql");

const HERE: &str = "/saved-filters";

/// The address of the list as it is filtered.
const ADDRESS: &str = "address";

type Saved = saved_filters::SavedFiltersSavedFilters;

#[derive(Template)]
#[template(path = "saved_filter/list.html")]
struct ListShown {
    f: Frame,
    lists: Vec<(List, Vec<Saved>)>,
    form: Form,
}

impl ListShown {
    /// Where a filter is deleted.
    fn drop(&self, one: &Saved) -> String {
        let key = one.id.split_once('_').map_or("", |(_, key)| key);
        format!("{HERE}/{key}/drop")
    }
}

async fn shown(guest: &Guest, form: Form) -> Result<ListShown, Refusal> {
    let data = guest.run::<SavedFilters>(saved_filters::Variables).await?;
    let mut lists: Vec<(List, Vec<Saved>)> = Vec::new();
    for one in data.saved_filters {
        match lists.last_mut() {
            Some((list, of_list)) if *list == one.list => of_list.push(one),
            _ => lists.push((one.list, vec![one])),
        }
    }
    let mut f = guest.frame("");
    f.title = f.t("常用筛选", "Saved filters").to_owned();
    Ok(ListShown { f, lists, form })
}

/// All of them.
pub async fn list(guest: Guest) -> Result<Response, Refusal> {
    let shown = shown(&guest, Form::new(&["name"])).await?;
    Ok(guest.show(&shown))
}

/// Saves the filter of a list, and goes back to it.
pub async fn keep(guest: Guest, filled: Filled) -> Result<Response, Refusal> {
    let command = trail::command("saved_filter.keep").ok_or(Refusal::Internal)?;
    let (path, query) = filled.get(ADDRESS).split_once('?').ok_or(Refusal::Form)?;
    let list = List::at(path).ok_or(Refusal::Form)?;
    let mut form = Form::filled(&["name"], &filled);
    let input = json!({ "list": list.code(), "name": filled.get("name"), "query": query });
    let given = guest.give(command, input).await;
    form.refuse(
        given
            .map_err(|refusal| refusal.with_typed(&filled))?
            .refused,
    );
    if form.is_refused() {
        return Ok(guest.refused(&shown(&guest, form).await?));
    }
    Ok(guest.done(Flash::Given(command.code), &format!("{path}?{query}")))
}

/// Deletes one.
pub async fn drop(
    guest: Guest,
    Path(key): Path<String>,
    _filled: Filled,
) -> Result<Response, Refusal> {
    let command = trail::command("saved_filter.drop").ok_or(Refusal::Internal)?;
    let id = global_id(Kind::SavedFilter, &key)?;
    guest.give(command, json!({ "id": id })).await?;
    Ok(guest.done(Flash::Given(command.code), HERE))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    /// The source of a list.
    fn source(list: List) -> &'static str {
        match list {
            List::Obligations => include_str!("obligation.rs"),
            List::Cases => include_str!("case.rs"),
            List::Enterprises => include_str!("enterprise.rs"),
            List::Contracts => include_str!("contract_act.rs"),
            List::Projects => include_str!("project.rs"),
            List::Visits => include_str!("visit.rs"),
            List::Supervisions => include_str!("supervision.rs"),
            List::Rectifications => include_str!("rectification.rs"),
            List::Letters => include_str!("letter.rs"),
            List::Accounts => include_str!("account.rs"),
            List::Audit => include_str!("audit.rs"),
        }
    }

    #[test]
    fn what_is_kept_is_what_the_list_reads() {
        for list in List::ALL {
            let before = source(list).split("pub async fn list(").next();
            let read: String = before.unwrap_or_default().split_whitespace().collect();
            let marks = [
                "address.get(",
                "address.some(",
                "address.all(",
                "word(",
                "day(",
            ];
            let names = marks.iter().flat_map(|mark| {
                let mark = format!("{mark}\"");
                let parts = read.split(&mark).skip(1);
                let names = parts.filter_map(|part| part.split('"').next());
                names.map(str::to_owned).collect::<Vec<_>>()
            });
            let known = list.filters().iter().map(|name| (*name).to_owned());
            assert_eq!(
                names.collect::<BTreeSet<_>>(),
                known.collect::<BTreeSet<_>>(),
                "{list:?}"
            );
            assert!(crate::is_page(list.path()), "{list:?}");
        }
    }
}
