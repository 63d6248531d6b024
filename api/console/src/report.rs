//! Reports: the list with the files to save, and the page of one with its figures as they were frozen and what is known now. Of a large park
//! that is compared on a page of its own, for one enterprise at a time.

use api_door::scalar::Kind;
use askama::Template;
use axum::{extract::Path, response::Response};
use entity::language::Language;

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

operation!(ReportList in "src/operations/report.graphql" deriving "Clone, Debug, Default");
operation!(ReportFile in "src/operations/report.graphql" deriving "Clone, Debug, Deserialize");
operation!(ReportPage in "src/operations/report.graphql");
operation!(ReportSince in "src/operations/report.graphql");

type Row = report_list::ReportListReportsNodes;

/// The order of the list when the address names none: the newest first.
const USUAL: &str = "-moment";

fn variables(address: &Address, paging: Paging) -> report_list::Variables {
    use report_list::*;
    let (_, direction) = address.sort(USUAL);
    let kinds: Vec<ReportKind> = address
        .all("kind")
        .filter_map(ReportKind::of_code)
        .collect();
    Variables {
        first: paging.first,
        last: paging.last,
        after: paging.after,
        before: paging.before,
        whole: paging.whole,
        direction,
        where_: Some(ReportFilter {
            kind: (!kinds.is_empty()).then_some(ReportKindIn { one_of: kinds }),
            enterprise_id: address.some("enterprise"),
            department_id: address.some("department"),
            text: address.some("text"),
            ..ReportFilter::default()
        }),
    }
}

#[derive(Template)]
#[template(path = "report/list.html")]
struct ListShown {
    f: Frame,
    kinds: &'static [ReportKind],
    shown: i64,
    rows: Vec<Row>,
    total: i64,
    info: report_list::ReportListReportsPageInfo,
    usual: &'static str,
}

/// The part of the park a report shows.
macro_rules! about {
    ($f:expr, $row:expr) => {
        match (&$row.enterprise, &$row.department) {
            (Some(firm), _) => $f
                .of(&firm.name_zh, firm.name_en.as_deref().unwrap_or_default())
                .to_owned(),
            (None, Some(department)) => $f.of(&department.name_zh, &department.name_en).to_owned(),
            (None, None) => $f.t("全园区", "The whole park").to_owned(),
        }
    };
}

impl ListShown {
    fn about(&self, row: &Row) -> String {
        about!(self.f, row)
    }
}

/// The list.
pub async fn list(guest: Guest) -> Result<Response, Refusal> {
    let found = guest
        .run::<ReportList>(variables(&guest.address, guest.address.paging()))
        .await?
        .reports;
    let f = guest.frame(match guest.language {
        Language::Chinese => "报告",
        Language::English => "Reports",
    });
    Ok(guest.show(&ListShown {
        f,
        kinds: &ReportKind::ALL,
        shown: i64::try_from(found.nodes.len()).unwrap_or(i64::MAX),
        rows: found.nodes,
        total: found.total_count,
        info: found.page_info,
        usual: USUAL,
    }))
}

/// The list as a file.
pub async fn export(guest: Guest, ending: Ending) -> Result<Response, Refusal> {
    let f = guest.frame("");
    let sheet = Sheet {
        name: f.t("报告", "Reports").to_owned(),
        columns: vec![
            f.t("报告", "Report"),
            f.t("范围", "Scope"),
            f.t("自", "From"),
            f.t("至", "To"),
            f.t("截至", "As of"),
            f.t("说明", "Note"),
        ],
    };
    let read = |data: report_file::ResponseData| {
        let found = data.reports;
        let row = |row: &report_file::ReportFileReportsNodes| {
            vec![
                row.title.as_str().into(),
                about!(f, row).into(),
                row.from.into(),
                row.to.into(),
                f.time(&row.moment).into(),
                row.late
                    .then(|| f.t("补生成", "generated later than scheduled"))
                    .into(),
            ]
        };
        let rows = found.nodes.iter().map(row).collect();
        let info = found.page_info;
        (rows, info.end_cursor.filter(|_| info.has_next_page))
    };
    sheet
        .answer::<ReportFile, _>(
            &guest,
            ending,
            |paging| variables(&guest.address, paging),
            read,
        )
        .await
}

#[derive(Template)]
#[template(path = "report/page.html")]
struct PageShown {
    f: Frame,
    it: report_page::ReportPageReport,
    now: Option<report_page::Compared>,
}

/// The page of one.
pub async fn page(guest: Guest, Path(key): Path<String>) -> Result<Response, Refusal> {
    let id = global_id(Kind::Report, &key)?;
    let data = guest
        .run::<ReportPage>(report_page::Variables { id })
        .await?;
    let it = data.report.ok_or(Refusal::NotFound)?;
    Ok(guest.show(&PageShown {
        f: guest.frame(&it.title),
        it,
        now: data.then_and_now,
    }))
}

/// An enterprise that can be chosen.
struct Choice {
    id: String,
    name: String,
}

/// One enterprise then and now.
struct Compared {
    name: String,
    now: report_since::Compared,
}

#[derive(Template)]
#[template(path = "report/since.html")]
struct SinceShown {
    f: Frame,
    it: report_since::ReportSinceReport,
    /// The enterprise that was chosen.
    chosen: Option<Compared>,
    /// Those that can be chosen, and whether there are more.
    choices: Vec<Choice>,
    more: bool,
}

/// What was entered since about one enterprise.
pub async fn since(guest: Guest, Path(key): Path<String>) -> Result<Response, Refusal> {
    let enterprise = guest.address.some("enterprise");
    let variables = report_since::Variables {
        id: global_id(Kind::Report, &key)?,
        enterprise: enterprise.clone(),
        search: guest.address.get("text").to_owned(),
    };
    let data = guest.run::<ReportSince>(variables).await?;
    let it = data.report.ok_or(Refusal::NotFound)?;
    let f = guest.frame(match guest.language {
        Language::Chinese => "当时与现在",
        Language::English => "Then and now",
    });
    let name = |zh: &str, en: Option<&str>| f.of(zh, en.unwrap_or_default()).to_owned();
    let compared = data.then_and_now.and_then(|now| {
        let firm = now.enterprise?;
        Some(Compared {
            name: name(&firm.name_zh, firm.name_en.as_deref()),
            now: now.compared,
        })
    });
    if enterprise.is_some() && compared.is_none() {
        return Err(Refusal::NotFound);
    }
    let firms = data.enterprises.nodes.into_iter();
    let choices = firms.map(|firm| Choice {
        name: name(&firm.name_zh, firm.name_en.as_deref()),
        id: firm.id,
    });
    Ok(guest.show(&SinceShown {
        it,
        chosen: compared,
        choices: choices.collect(),
        more: data.enterprises.page_info.has_next_page,
        f,
    }))
}
