//! Guides (办事指南): what is published of the catalogue, for everybody, without signing in and without a script: a page of each item, the same for
//! programs, how the catalogue became shorter, and the map of the site.

use std::{collections::BTreeMap, fmt::Write};

use api_http::{fresh, is_known};
use askama::Template;
use axum::{
    extract::Path,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde_json::Value;

use super::{
    bridge::{Parts, operation},
    frame::Frame,
    guest::Guest,
    refusal::Refusal,
    term::*,
};

operation!(GuideList in "src/operations/item.graphql");
operation!(GuidePage in "src/operations/item.graphql");
operation!(GuideHistory in "src/operations/item.graphql");

type Row = guide_list::GuideListItemsNodes;
type Shown = guide_page::GuidePageItem;
type Figure = guide_history::HistoryFigure;

/// The items of a department.
struct Department {
    name_zh: String,
    name_en: String,
    rows: Vec<Row>,
}

#[derive(Template)]
#[template(path = "guide/list.html")]
struct ListShown {
    f: Frame,
    departments: Vec<Department>,
    example: bool,
    shown: i64,
    total: i64,
    info: guide_list::GuideListItemsPageInfo,
}

/// The guides, by departments.
pub async fn list(guest: Guest) -> Result<Response, Refusal> {
    let paging = guest.address.paging();
    let variables = guide_list::Variables {
        first: paging.first,
        last: paging.last,
        after: paging.after,
        before: paging.before,
        text: guest.address.some("text"),
    };
    let (parts, data) = guest.run_and_tell::<GuideList>(variables).await?;
    let found = data.items;
    let shown = i64::try_from(found.nodes.len()).unwrap_or(i64::MAX);
    let mut departments: BTreeMap<i64, Department> = BTreeMap::new();
    let is_example = |row: &Row| row.current.as_ref().is_some_and(|now| now.example);
    let example = found.nodes.iter().any(is_example);
    for row in found.nodes {
        let new = || Department {
            name_zh: row.department_zh.clone(),
            name_en: row.department_en.clone(),
            rows: Vec::new(),
        };
        let department = departments.entry(row.department_number);
        department.or_insert_with(new).rows.push(row);
    }
    let mut f = guest.frame("");
    f.title = f.t("办事指南", "Guides").to_owned();
    let page = guest.show(&ListShown {
        f,
        departments: departments.into_values().collect(),
        example,
        shown,
        total: found.total_count,
        info: found.page_info,
    });
    Ok(guest.kept(page, &parts))
}

#[derive(Template)]
#[template(path = "guide/page.html")]
struct PageShown {
    f: Frame,
    it: Shown,
}

/// What ends the address of a guide for programs.
const FOR_PROGRAMS: &str = ".json";

/// The guide of an item by its code, `/guides/R01`; the same for programs, `/guides/R01.json`.
pub async fn page(guest: Guest, Path(code): Path<String>) -> Result<Response, Refusal> {
    let for_programs = code.strip_suffix(FOR_PROGRAMS).map(str::to_owned);
    let is_for_programs = for_programs.is_some();
    let variables = guide_page::Variables {
        code: for_programs.unwrap_or(code),
    };
    let (parts, data) = guest.run_and_tell::<GuidePage>(variables).await?;
    let it = data.item.ok_or(Refusal::NotFound)?;
    if it.current.is_none() {
        return Err(Refusal::NotFound);
    }
    if is_for_programs {
        let told = parts.get("item").unwrap_or(&Value::Null);
        let body = serde_json::to_string_pretty(told).map_err(|_| Refusal::Internal)?;
        return Ok(fresh(&guest.headers, "application/json", PUBLIC, body));
    }
    let mut f = guest.frame("");
    f.title = f.of(&it.name_zh, &it.name_en).to_owned();
    Ok(guest.kept(guest.show(&PageShown { f, it }), &parts))
}

#[derive(Template)]
#[template(path = "guide/history.html")]
struct HistoryShown {
    f: Frame,
    it: guide_history::GuideHistoryCatalogueHistory,
}

impl HistoryShown {
    /// The numbers, each with what it is called and in what it is counted.
    fn figures(&self) -> Vec<(&'static str, &'static str, &Figure)> {
        let (f, it) = (&self.f, &self.it);
        let days = f.t("工作日", "working days");
        vec![
            (
                f.t("审批事项", "Approval items"),
                f.t("项", "items"),
                &it.items,
            ),
            (
                f.t("承诺办理时间合计", "Sum of the promised times"),
                days,
                &it.promises,
            ),
            (
                f.t(
                    "工业项目主线承诺时间",
                    "Critical path of an industrial project",
                ),
                days,
                &it.critical_path,
            ),
            (
                f.t("申报材料", "Materials"),
                f.t("份", "materials"),
                &it.materials,
            ),
        ]
    }

    fn cut(&self, figure: &Figure) -> String {
        let shown = |cut| {
            format!(
                "{}{:.1} %",
                if cut > 0.0 { "−" } else { "+" },
                f64::abs(cut)
            )
        };
        figure.cut.map_or_else(String::new, shown)
    }

    fn number(&self, number: &Option<i64>) -> String {
        number.map_or_else(|| "—".to_owned(), |number| number.to_string())
    }
}

/// How the catalogue became shorter, with the list behind each number.
pub async fn history(guest: Guest) -> Result<Response, Refusal> {
    let variables = guide_history::Variables {};
    let (parts, data) = guest.run_and_tell::<GuideHistory>(variables).await?;
    let it = data.catalogue_history.ok_or(Refusal::NotFound)?;
    let mut f = guest.frame("");
    f.title = f
        .t("审批事项目录沿革", "History of the catalogue")
        .to_owned();
    Ok(guest.kept(guest.show(&HistoryShown { f, it }), &parts))
}

/// How long others may keep what is the same for everybody: an hour, and then they ask again.
pub(super) const PUBLIC: &str = "public, max-age=3600";

/// The map of the site: what is public.
pub async fn map(guest: Guest) -> Result<Response, Refusal> {
    let mut map = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n",
    );
    let mut tell = |path: &str, day: Option<String>| {
        let address = guest.state.public(path);
        let day = day.map_or_else(String::new, |day| format!("<lastmod>{day}</lastmod>"));
        // Writing into a text does not fail.
        let _ = writeln!(map, "<url><loc>{address}</loc>{day}</url>");
    };
    for path in ["/guides", "/guides/history", "/board", "/evaluations"] {
        tell(path, None);
    }
    let ask = |after| guide_list::Variables {
        first: Some(MOST),
        last: None,
        after,
        before: None,
        text: None,
    };
    let mut data = guest.run::<GuideList>(ask(None)).await?;
    loop {
        for row in &data.items.nodes {
            let begun = row.current.as_ref().and_then(|now| now.valid_from);
            let day = begun.map(|day| day.to_string());
            tell(&format!("/guides/{}", row.code), day);
        }
        let info = data.items.page_info;
        let Some(after) = info.end_cursor.filter(|_| info.has_next_page) else {
            break;
        };
        data = guest.run::<GuideList>(ask(Some(after))).await?;
    }
    map.push_str("</urlset>\n");
    Ok(fresh(&guest.headers, "application/xml", PUBLIC, map))
}

/// What programs that gather pages may read, and where the map is: nothing but what is public, so that no secret of a link is gathered.
pub async fn robots(guest: Guest) -> Response {
    let map = guest.state.public("/sitemap.xml");
    let told = format!(
        "User-agent: *\nAllow: /guides\nAllow: /board\nAllow: /evaluations\nAllow: /feeds/\nAllow: /assets/\nDisallow: /\nSitemap: {map}\n"
    );
    fresh(&guest.headers, "text/plain; charset=utf-8", PUBLIC, told)
}

/// How many items the map asks for at once.
const MOST: i64 = 100;

impl Guest {
    /// A page of what is public: a browser that has it asks whether it is still the same. It is, when what was told, the day, the
    /// program, the settings of the park and the choices of the reader are.
    pub(super) fn kept(&self, page: Response, told: &Parts) -> Response {
        if self.viewer.person().is_some() {
            return page;
        }
        let told = Value::from(told.clone()).to_string();
        let tag = self.tag(&told);
        let mut answer = match is_known(&self.headers, &tag) {
            true => StatusCode::NOT_MODIFIED.into_response(),
            false => page,
        };
        let headers = answer.headers_mut();
        if let Ok(tag) = HeaderValue::from_str(&tag) {
            headers.insert(header::ETAG, tag);
        }
        let again = HeaderValue::from_static("private, no-cache");
        headers.insert(header::CACHE_CONTROL, again);
        answer
    }
}
