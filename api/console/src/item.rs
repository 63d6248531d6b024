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
operation!(ItemVersionPage in "src/operations/item.graphql");

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

/// Whether a command edits a part of a draft: it stands beside that part.
fn edits(code: &str) -> bool {
    let (_, act) = code.split_once('.').unwrap_or_default();
    let verbs = ["edit_", "add_", "strike_", "remove_"];
    verbs.iter().any(|verb| act.starts_with(verb))
}

impl PageShown {
    /// What can be done with the item as a whole.
    fn acts(&self) -> Vec<&item_page::ItemPageNodeOnItemCommands> {
        let commands = self.it.commands.iter();
        let may = commands.filter(|command| command.may && !edits(&command.code));
        may.collect()
    }

    /// What can be done with the parts that a draft has once.
    fn parts(&self) -> Vec<&item_page::ItemPageNodeOnItemCommands> {
        let commands = self.it.commands.iter();
        let once = |code: &str| {
            let rows = ["item.edit_material", "item.edit_limit", "item.edit_need"];
            code.starts_with("item.edit_") && !rows.contains(&code)
        };
        commands
            .filter(|command| command.may && once(&command.code))
            .collect()
    }

    /// Whether the viewer edits the draft.
    fn edits(&self) -> bool {
        !self.parts().is_empty()
    }

    /// What cannot be done now, each with the reason.
    fn not_now(&self) -> Vec<(&str, &str)> {
        let commands = self.it.commands.iter();
        let commands = commands.filter(|command| !edits(&command.code));
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

#[derive(Template)]
#[template(path = "item/version.html")]
struct VersionShown {
    f: Frame,
    it: item_version_page::ItemVersionPageNodeOnItem,
    version: item_version_page::ItemVersionPageNodeOnItemNumbered,
    here: String,
    since: i64,
}

/// One version as a whole, compared with the one before it or with the one that the address names.
pub async fn version(
    guest: Guest,
    Path((key, number)): Path<(String, String)>,
) -> Result<Response, Refusal> {
    let id = global_id(Kind::Item, &key)?;
    let number: i32 = number.parse().map_err(|_| Refusal::NotFound)?;
    let since = match guest.address.get("since") {
        "" => number.saturating_sub(1),
        since => since.parse().map_err(|_| Refusal::NotFound)?,
    };
    let variables = item_version_page::Variables {
        id,
        number: number.into(),
        since: since.into(),
    };
    let data = guest.run::<ItemVersionPage>(variables).await?;
    let Some(item_version_page::ItemVersionPageNode::Item(mut it)) = data.node else {
        return Err(Refusal::NotFound);
    };
    let version = it.numbered.take().ok_or(Refusal::NotFound)?;
    let mut f = guest.frame("");
    f.title = f
        .t("第 {} 版", "Version {}")
        .replace("{}", &number.to_string());
    let here = f.link(&it.id);
    Ok(guest.show(&VersionShown {
        f,
        it,
        version,
        here,
        since: since.into(),
    }))
}
