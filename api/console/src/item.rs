//! Approval items for those who work on the catalogue: the list, and one with the version that is being worked on and those of before. It is
//! proposed, confirmed, published, returned and taken off on the pages of commands.

use api_door::scalar::Kind;
use askama::Template;
use axum::{extract::Path, response::Response};

use super::{
    bridge::operation, command, frame::Frame, global_id, guest::Guest, list::Address, menu,
    refusal::Refusal, term::*,
};

operation!(ItemList in "src/operations/item.graphql");
operation!(ItemPage in "src/operations/item.graphql");

type Row = item_list::ItemListItemsNodes;

#[derive(Template)]
#[template(path = "item/list.html")]
struct ListShown {
    f: Frame,
    statuses: &'static [CatalogueItemStatus],
    states: &'static [ItemVersionState],
    rows: Vec<Row>,
    shown: i64,
    total: i64,
    info: item_list::ItemListItemsPageInfo,
}

/// What is in the catalogue; all items only when the address says so.
fn filter(address: &Address) -> item_list::ItemFilter {
    use item_list::*;
    let status = match address.get("status") {
        "ALL" => None,
        code => Some(CatalogueItemStatus::of_code(code).unwrap_or(CatalogueItemStatus::Active)),
    };
    let state = ItemVersionState::of_code(address.get("state"));
    ItemFilter {
        department_id: None,
        status: status.map(|status| ItemStatusFilter {
            one_of: vec![status],
        }),
        state: state.map(|state| ItemVersionStateFilter {
            one_of: vec![state],
        }),
        text: address.some("text"),
    }
}

/// The list.
pub async fn list(guest: Guest) -> Result<Response, Refusal> {
    // Strangers read what is published in the guides.
    if guest.viewer.person().is_none() {
        return Err(Refusal::SignIn);
    }
    let paging = guest.address.paging();
    let variables = item_list::Variables {
        first: paging.first,
        last: paging.last,
        after: paging.after,
        before: paging.before,
        where_: Some(filter(&guest.address)),
    };
    let data = guest.run::<ItemList>(variables).await?;
    let found = data.items;
    let mut f = guest.frame("");
    f.title = f.t("审批事项目录", "Approval items").to_owned();
    Ok(guest.show(&ListShown {
        f,
        statuses: &CatalogueItemStatus::ALL,
        states: &ItemVersionState::ALL,
        shown: i64::try_from(found.nodes.len()).unwrap_or(i64::MAX),
        rows: found.nodes,
        total: found.total_count,
        info: found.page_info,
    }))
}

#[derive(Template)]
#[template(path = "item/page.html")]
struct PageShown {
    f: Frame,
    it: item_page::ItemPageNodeOnItem,
    here: String,
    /// Whether the viewer has a list of cases.
    has_cases: bool,
}

impl PageShown {
    /// What cannot be done now, each with the reason.
    fn not_now(&self) -> Vec<(&str, &str)> {
        let commands = self.it.commands.iter();
        let commands = commands.map(|one| (&one.title, &one.why_not));
        command::those_not_now(commands, self.f.language)
    }
}

/// The page of one.
pub async fn page(guest: Guest, Path(key): Path<String>) -> Result<Response, Refusal> {
    let id = global_id(Kind::Item, &key)?;
    let data = guest.run::<ItemPage>(item_page::Variables { id }).await?;
    let Some(item_page::ItemPageNode::Item(it)) = data.node else {
        return Err(Refusal::NotFound);
    };
    let mut f = guest.frame("");
    f.title = format!("{} {}", it.code, f.of(&it.name_zh, &it.name_en));
    let here = f.link(&it.id);
    let role = guest.viewer.role();
    Ok(guest.show(&PageShown {
        has_cases: role.is_some_and(|role| menu::has(role, "/cases")),
        f,
        it,
        here,
    }))
}
