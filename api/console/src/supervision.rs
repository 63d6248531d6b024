//! Supervision orders: the list, and one with what was written to it. It is answered, asked again and settled on the pages of commands.

use api_door::scalar::Kind;
use askama::Template;
use axum::{extract::Path, response::Response};

use super::{
    bridge::operation,
    export::{Ending, Sheet},
    frame::Frame,
    global_id,
    guest::Guest,
    list::{Address, Paging},
    refusal::Refusal,
    term::*,
};

operation!(SupervisionList in "src/operations/supervision.graphql");
operation!(SupervisionFile in "src/operations/supervision.graphql" deriving "Clone, Debug, Deserialize");
operation!(SupervisionPage in "src/operations/supervision.graphql");

type Row = supervision_list::SupervisionListSupervisionOrdersNodes;

/// The order of the list when the address names none: what is to be answered first.
const USUAL: &str = "reply";

/// Those in which somebody has still something to do; with any state only when the address says so.
fn variables(address: &Address, paging: Paging) -> supervision_list::Variables {
    use supervision_list::*;
    let states = match address.get("state") {
        "ALL" => None,
        code => Some(SupervisionOrderState::of_code(code).map_or_else(
            || {
                vec![
                    SupervisionOrderState::Ordered,
                    SupervisionOrderState::Answered,
                ]
            },
            |state| vec![state],
        )),
    };
    Variables {
        first: paging.first,
        last: paging.last,
        after: paging.after,
        before: paging.before,
        whole: paging.whole,
        direction: address.sort(USUAL).1,
        where_: Some(SupervisionOrderFilter {
            state: states.map(|one_of| SupervisionOrderStateFilter { one_of }),
        }),
    }
}

#[derive(Template)]
#[template(path = "supervision/list.html")]
struct ListShown {
    f: Frame,
    saved: Vec<supervision_list::SupervisionListSavedFilters>,
    states: &'static [SupervisionOrderState],
    rows: Vec<Row>,
    shown: i64,
    total: i64,
    info: supervision_list::SupervisionListSupervisionOrdersPageInfo,
    usual: &'static str,
}

fn frame(guest: &Guest) -> Frame {
    let mut f = guest.frame("");
    f.title = f.t("督办单", "Supervision orders").to_owned();
    f
}

/// The list.
pub async fn list(guest: Guest) -> Result<Response, Refusal> {
    let asked = variables(&guest.address, guest.address.paging());
    let data = guest.run::<SupervisionList>(asked).await?;
    let found = data.supervision_orders;
    Ok(guest.show(&ListShown {
        saved: data.saved_filters,
        f: frame(&guest),
        states: &SupervisionOrderState::ALL,
        shown: i64::try_from(found.nodes.len()).unwrap_or(i64::MAX),
        rows: found.nodes,
        total: found.total_count,
        info: found.page_info,
        usual: USUAL,
    }))
}

/// The list as a file.
pub async fn export(guest: Guest, ending: Ending) -> Result<Response, Refusal> {
    let f = frame(&guest);
    let sheet = Sheet {
        name: f.title.clone(),
        columns: vec![
            f.t("事项", "Subject"),
            f.t("状态", "State"),
            f.t("是否逾期", "Overdue"),
            f.t("部门", "Department"),
            f.t("企业", "Enterprise"),
            f.t("答复期限", "Answer by"),
            f.t("下达时间", "Issued"),
            f.t("下达人", "Issued by"),
        ],
    };
    let read = |data: supervision_file::ResponseData| {
        let found = data.supervision_orders;
        let row = |row: &supervision_file::SupervisionFileSupervisionOrdersNodes| {
            let enterprise = row.enterprise.as_ref();
            let department = row.department.as_ref();
            vec![
                f.of(&row.about_zh, &row.about_en).into(),
                row.state.say(&f).into(),
                row.overdue.then(|| f.t("逾期", "Overdue")).into(),
                department
                    .map_or(f.t("企业服务中心", "Service centre"), |known| {
                        f.of(&known.name_zh, &known.name_en)
                    })
                    .into(),
                enterprise
                    .map(|known| f.of(&known.name_zh, known.name_en.as_deref().unwrap_or_default()))
                    .into(),
                row.reply_by.into(),
                f.time(&row.ordered_at).into(),
                row.ordered_by.as_ref().map(|by| by.name.as_str()).into(),
            ]
        };
        let rows = found.nodes.iter().map(row).collect();
        let info = found.page_info;
        (rows, info.end_cursor.filter(|_| info.has_next_page))
    };
    sheet
        .answer::<SupervisionFile, _>(
            &guest,
            ending,
            |paging| variables(&guest.address, paging),
            read,
        )
        .await
}

#[derive(Template)]
#[template(path = "supervision/page.html")]
struct PageShown {
    f: Frame,
    it: supervision_page::SupervisionPageSupervisionOrder,
}

/// The page of one.
pub async fn page(guest: Guest, Path(key): Path<String>) -> Result<Response, Refusal> {
    let id = global_id(Kind::SupervisionOrder, &key)?;
    let data = guest
        .run::<SupervisionPage>(supervision_page::Variables { id })
        .await?;
    let it = data.supervision_order.ok_or(Refusal::NotFound)?;
    let mut f = guest.frame("");
    f.title = f.of(&it.about_zh, &it.about_en).to_owned();
    Ok(guest.show(&PageShown { f, it }))
}
