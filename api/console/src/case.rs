//! Cases of the approval hall (办件): the queue, the page of one with its clocks, and why a clock ends on its day. What is more than a form is
//! done on the pages of `act.rs`.

use api_door::scalar::Kind;
use askama::Template;
use axum::{
    extract::Path,
    response::{IntoResponse, Redirect, Response},
};
use chrono::Days;
use entity::{command::Thing, language::Language, viewer};
use serde_json::json;

use super::{
    bridge::operation,
    command,
    export::{Ending, Sheet},
    form::Form,
    frame::Frame,
    global_id,
    guest::Guest,
    list::{Address, Paging},
    many,
    next::{self, Listed, Next},
    refusal::Refusal,
    term::*,
    word,
};

mod act;

pub use act::{ask_complete, ask_correction, ask_hand_in, complete, correct, hand_in};

operation!(CaseList in "src/operations/case.graphql" deriving "Clone, Debug, Default");
operation!(CaseFile in "src/operations/case.graphql" deriving "Clone, Debug, Deserialize");
operation!(CasePage in "src/operations/case.graphql");
operation!(CaseByNumber in "src/operations/case.graphql");
operation!(CaseWhy in "src/operations/case.graphql");

type Row = case_list::CaseListCasesNodes;
type Shown = case_page::CasePageCase;
type Clock = case_page::CasePageCaseClocks;

/// The order of the list when the address names none.
const USUAL: &str = "due";

fn variables(address: &Address, paging: Paging) -> case_list::Variables {
    use case_list::*;
    let (_, direction) = address.sort(USUAL);
    let state = address.get("state");
    let lights: Vec<Light> = address.all("light").filter_map(Light::of_code).collect();
    let classes = address.all("silence").filter_map(SilenceClass::of_code);
    let classes: Vec<SilenceClass> = classes.collect();
    let items: Vec<String> = address.all("item").map(str::to_owned).collect();
    let due = DayRange {
        from: address.get("from").parse().ok(),
        to: address.get("to").parse().ok(),
        within_working_days: address.get("within").parse().ok(),
    };
    let narrowed = due.from.is_some() || due.to.is_some() || due.within_working_days.is_some();
    Variables {
        first: paging.first,
        last: paging.last,
        after: paging.after,
        before: paging.before,
        whole: paging.whole,
        direction,
        where_: Some(CaseFilter {
            text: address.some("text"),
            // Open ones, unless the address says otherwise.
            open: (state.is_empty()).then_some(true),
            state: CaseState::of_code(state).map(|state| CaseStateFilter {
                one_of: vec![state],
            }),
            light: (!lights.is_empty()).then_some(CaseLightFilter { one_of: lights }),
            turn: CaseTurn::of_code(address.get("turn")),
            silence: (!classes.is_empty()).then_some(CaseSilenceFilter { one_of: classes }),
            item: (!items.is_empty()).then_some(CaseItemFilter { one_of: items }),
            department_id: address.some("department"),
            enterprise_id: address.some("enterprise"),
            project_id: address.some("project"),
            mine: address.some("mine").map(|_| true),
            taken: address.some("taken").map(|taken| taken != "0"),
            proposed: address.some("proposed").map(|_| true),
            due: narrowed.then_some(due),
            ..CaseFilter::default()
        }),
    }
}

/// Whether silence of the office has brought about how a case stands: that is never told as if somebody had decided.
pub fn is_silent(state: &CaseState, outcome: &Option<ItemOutcome>) -> bool {
    *state == CaseState::PendingConfirmation || *outcome == Some(ItemOutcome::DeemedGranted)
}

/// Some rows of the list under a head, each with the page from which one goes on to the next.
struct Group {
    title: Option<&'static str>,
    rows: Vec<(Row, String)>,
}

/// The rows as people look at them: an enterprise first those that wait for it; everybody else what is late, what ends today, and the rest.
/// In another order than by their ends they have no heads.
fn groups(guest: &Guest, f: &Frame, rows: Vec<(Row, String)>) -> Vec<Group> {
    let address = &guest.address;
    let by_end = address.sort(USUAL) == (USUAL.to_owned(), SortDirection::Asc);
    if !by_end || !address.get("state").is_empty() {
        return vec![Group { title: None, rows }];
    }
    let titles = match guest.viewer.role() {
        Some(viewer::Role::Enterprise) => [
            f.t("等待贵方办理", "Waiting for you"),
            f.t("等待部门办理", "With the office"),
            "",
        ],
        _ => [
            f.t("已超期", "Overdue"),
            f.t("今天到期", "Due today"),
            f.t("以后到期", "Later"),
        ],
    };
    let own = guest.viewer.role() == Some(viewer::Role::Enterprise);
    let place = |row: &Row| match (&row.first_clock, own) {
        (_, true) => usize::from(row.turn != CaseTurn::Applicant),
        (Some(clock), false) if clock.deadline.overdue_by > 0 => 0,
        (Some(clock), false) if clock.deadline.due_on <= f.today => 1,
        _ => 2,
    };
    let mut groups = titles.map(|title| Group {
        title: Some(title),
        rows: Vec::new(),
    });
    for (row, way) in rows {
        groups[place(&row)].rows.push((row, way));
    }
    let groups = groups.into_iter();
    groups.filter(|group| !group.rows.is_empty()).collect()
}

#[derive(Template)]
#[template(path = "case/list.html")]
struct ListShown {
    f: Frame,
    saved: Vec<case_list::CaseListSavedFilters>,
    states: &'static [CaseState],
    turns: &'static [CaseTurn],
    classes: &'static [SilenceClass],
    colours: Vec<Light>,
    items: Vec<case_list::CaseListItemsNodes>,
    departments: Vec<case_list::CaseListDepartments>,
    /// Whether the viewer sees cases of several departments.
    by_department: bool,
    /// Whether the viewer takes cases.
    takes: bool,
    groups: Vec<Group>,
    shown: i64,
    total: i64,
    info: case_list::CaseListCasesPageInfo,
    usual: &'static str,
    offers: Vec<many::Offer>,
}

fn title(guest: &Guest) -> &'static str {
    match (guest.viewer.role(), guest.language) {
        (Some(viewer::Role::Enterprise), Language::Chinese) => "我的办件",
        (Some(viewer::Role::Enterprise), Language::English) => "My cases",
        (_, Language::Chinese) => "办件",
        (_, Language::English) => "Cases",
    }
}

/// The list.
pub async fn list(guest: Guest) -> Result<Response, Refusal> {
    use viewer::Role::{Centre, DepartmentHead, Leader, Liaison, Supervisor, WindowOfficer};
    let asked = variables(&guest.address, guest.address.paging());
    let data = guest.run::<CaseList>(asked).await?;
    let found = data.cases;
    let ids = found.nodes.iter().map(|row| row.id.as_str());
    let cursors = found.edges.iter().map(|edge| edge.cursor.as_str());
    let ways = guest.address.ways(ids, cursors);
    let f = guest.frame(title(&guest));
    let is = |roles: &[viewer::Role]| {
        guest
            .viewer
            .role()
            .is_some_and(|role| roles.contains(&role))
    };
    let shown = i64::try_from(found.nodes.len()).unwrap_or(i64::MAX);
    let rows = found.nodes.into_iter().zip(ways).collect();
    let departments = data.departments.into_iter();
    Ok(guest.show(&ListShown {
        saved: data.saved_filters,
        states: &CaseState::ALL,
        turns: &CaseTurn::ALL,
        classes: &SilenceClass::ALL,
        colours: Light::ALL.into_iter().rev().collect(),
        items: data.items.nodes,
        departments: departments.filter(|row| row.ended_on.is_none()).collect(),
        by_department: is(&[Centre, Leader, Supervisor, Liaison]),
        takes: is(&[WindowOfficer, DepartmentHead]),
        groups: groups(&guest, &f, rows),
        shown,
        total: found.total_count,
        info: found.page_info,
        usual: USUAL,
        offers: many::offers(&guest, Thing::Case),
        f,
    }))
}

/// The rows of the list after the one above, and whether there are more.
pub async fn listed(guest: &Guest, list: &Address) -> Result<(Vec<Listed>, bool), Refusal> {
    let asked = variables(list, next::paging(list));
    let mut left_out = next::uncounted("cases");
    left_out.insert("items".to_owned(), json!({ "nodes": [] }));
    left_out.insert("departments".to_owned(), json!([]));
    let data = guest.run_partly::<CaseList>(asked, &left_out).await?;
    let (found, f) = (data.cases, guest.frame(""));
    let rows = found.nodes.into_iter().zip(found.edges);
    let rows = rows.map(|(row, edge)| Listed {
        name: format!("{} {}", row.number, f.of(&row.item_zh, &row.item_en)),
        cursor: edge.cursor,
        id: row.id,
    });
    Ok((rows.collect(), found.page_info.has_next_page))
}

/// The list as a file.
pub async fn export(guest: Guest, ending: Ending) -> Result<Response, Refusal> {
    let f = guest.frame(title(&guest));
    let sheet = Sheet {
        name: title(&guest).to_owned(),
        columns: vec![
            f.t("预警", "Light"),
            f.t("办件编号", "Number"),
            f.t("事项", "Item"),
            f.t("企业", "Enterprise"),
            f.t("部门", "Department"),
            f.t("状态", "State"),
            f.t("结果", "Outcome"),
            f.t("默许产生", "By silence"),
            f.t("待办方", "Whose turn"),
            f.t("承办人", "Officer"),
            f.t("默许类别", "Silence class"),
            f.t("收件日期", "Received"),
            f.t("受理日期", "Accepted"),
            f.t("最先到期的时钟", "Clock that ends first"),
            f.t("到期日", "Due"),
            f.t("决定日期", "Decided"),
        ],
    };
    let read = |data: case_file::ResponseData| {
        let (nodes, info) = (data.cases.nodes, data.cases.page_info);
        let row = |row: &case_file::CaseFileCasesNodes| {
            let first = row.first_clock.as_ref();
            vec![
                row.light.map(|light| light.say(&f)).into(),
                row.number.as_str().into(),
                f.of(&row.item_zh, &row.item_en).into(),
                row.enterprise
                    .as_ref()
                    .map(|firm| f.of(&firm.name_zh, firm.name_en.as_deref().unwrap_or_default()))
                    .into(),
                row.department
                    .as_ref()
                    .map(|known| f.of(&known.name_zh, &known.name_en))
                    .into(),
                row.state.say(&f).into(),
                row.outcome.map(|outcome| outcome.say(&f)).into(),
                is_silent(&row.state, &row.outcome)
                    .then(|| f.t("是", "yes"))
                    .into(),
                row.turn.say(&f).into(),
                row.officer
                    .as_ref()
                    .map(|officer| officer.name.as_str())
                    .into(),
                row.silence.code().into(),
                row.received_on.into(),
                row.accepted_on.into(),
                first.map(|first| first.kind.say(&f)).into(),
                first.map(|first| first.deadline.due_on).into(),
                row.decided_on.into(),
            ]
        };
        let rows = nodes.iter().map(row).collect();
        (rows, info.end_cursor.filter(|_| info.has_next_page))
    };
    sheet
        .answer::<CaseFile, _>(
            &guest,
            ending,
            |paging| variables(&guest.address, paging),
            read,
        )
        .await
}

/// Where the queue of somebody stands, on a start page.
pub struct Queue<Row> {
    /// The whole of it.
    pub list: String,
    /// What of it is late, ends today or soon, and what of the department nobody has taken: each with its list, and how many they are.
    pub counts: Vec<(&'static str, String, i64)>,
    /// The case that comes next, with the page from which one goes on.
    pub next: Option<(Row, String)>,
}

impl<Row> Queue<Row> {
    /// The queue of a department, which each of its officers works off. Nothing where there is none.
    pub fn of(f: &Frame, counts: [i64; 4], next: Option<(String, Row, String)>) -> Option<Self> {
        if next.is_none() && counts == [0; 4] {
            return None;
        }
        let list = Address::written("/cases");
        let (yesterday, tomorrow) = (f.today - Days::new(1), f.today + Days::new(1));
        let due = |days: &[(&str, String)]| {
            let days: Vec<_> = days
                .iter()
                .map(|(name, day)| (*name, day.as_str()))
                .collect();
            list.changed(list.path(), &[], &days)
        };
        let lists = [
            due(&[("to", yesterday.to_string())]),
            due(&[("from", f.today.to_string()), ("to", f.today.to_string())]),
            due(&[("from", tomorrow.to_string()), ("within", SOON.to_string())]),
            "/cases?taken=0".to_owned(),
        ];
        let words = [
            f.t("已超期", "Overdue"),
            f.t("今天到期", "Due today"),
            f.t("三个工作日内到期", "Due within three working days"),
            f.t("无人承办", "Taken by nobody"),
        ];
        let counted = words.into_iter().zip(lists).zip(counts);
        Some(Self {
            next: next.map(|(id, row, cursor)| {
                let mut ways = list.ways([id.as_str()].into_iter(), [cursor.as_str()].into_iter());
                (row, ways.pop().unwrap_or_default())
            }),
            list: list.to_string(),
            counts: counted
                .map(|((word, to), count)| (word, to, count))
                .collect(),
        })
    }
}

/// How many working days are soon.
const SOON: u32 = 3;

#[derive(Template)]
#[template(path = "case/page.html")]
struct PageShown {
    f: Frame,
    it: Shown,
    next: Option<Next>,
    /// Whether this viewer answers the checklist now, which stands on the page itself.
    checks: bool,
    form: Form,
}

/// The command by which a line of the checklist is answered.
const CHECK: &str = "case.check";

impl PageShown {
    /// What this viewer can do now: where, and what it is called.
    fn ways(&self) -> Vec<(String, &str)> {
        let (f, it) = (&self.f, &self.it);
        let by_hand = [
            (it.can_complete, "complete", act::completes(f)),
            (it.can_ask_correction, "ask-correction", act::asks(f)),
            (it.can_hand_in && self.follows(), "hand-in", act::follows(f)),
        ];
        let by_hand = by_hand.into_iter().filter(|(may, ..)| *may);
        let by_hand = by_hand.map(|(_, verb, title)| (f.act(&it.id, verb), title));
        let page = f.link(&it.id);
        let open = it.commands.iter();
        let open = open.filter(|one| one.may && one.code != CHECK);
        let open = open.map(|one| {
            let to = command::address(&page, &one.code);
            (f.here.along(&to), one.title.as_str())
        });
        // The first is what usually comes next: for an applicant the answer to a notice, for the office what it decides.
        let mut ways: Vec<(String, &str)> = open.collect();
        let place = if it.can_complete {
            0
        } else {
            ways.len().min(2)
        };
        ways.splice(place..place, by_hand);
        ways
    }

    /// What this viewer may do and cannot do now, each with the reason; of what is over nothing.
    fn not_now(&self) -> Vec<(&str, &str)> {
        let commands = self.it.commands.iter();
        let commands = commands.filter(|_| self.it.turn != CaseTurn::Nobody);
        let commands = commands.map(|one| (&one.title, &one.why_not));
        command::those_not_now(commands, self.f.language)
    }

    /// Whether a material was allowed to follow, and has not.
    fn follows(&self) -> bool {
        let mut materials = self.it.materials.iter();
        materials.any(|one| one.way == Some(MaterialWay::Follows) && one.followed.is_empty())
    }

    /// The notice that waits for its answer.
    fn open_notice(&self) -> Option<&case_page::CasePageCaseNotices> {
        let mut notices = self.it.notices.iter();
        notices.find(|notice| notice.answered_at.is_none())
    }

    /// Where it is told why a clock ends on its day.
    fn why(&self, clock: &Clock) -> String {
        why_address(&self.f.link(&self.it.id), &clock.deadline.id)
    }

    /// Whether the line of the checklist with this place is the first that has no answer.
    fn is_next_line(&self, place: &usize) -> bool {
        let mut lines = self.it.checklist.iter();
        lines.position(|line| line.is_met.is_none()) == Some(*place)
    }

    /// How many lines of the checklist have an answer.
    fn checked(&self) -> usize {
        let lines = self.it.checklist.iter();
        lines.filter(|line| line.is_met.is_some()).count()
    }
}

/// Where it is told why the clock with this time limit ends on its day.
fn why_address(page: &str, deadline: &str) -> String {
    let key = deadline.split_once('_').map_or("", |(_, key)| key);
    format!("{page}/why/{key}")
}

/// The page of one. Its number, as it stands on papers, leads there.
pub async fn page(guest: Guest, Path(key): Path<String>) -> Result<Response, Refusal> {
    let Ok(id) = global_id(Kind::Case, &key) else {
        let variables = case_by_number::Variables { number: key };
        let data = guest.run::<CaseByNumber>(variables).await?;
        let it = data.case_by_number.ok_or(Refusal::NotFound)?;
        return Ok(Redirect::to(&word::of_id(&it.id)).into_response());
    };
    let data = guest.run::<CasePage>(case_page::Variables { id }).await?;
    let it = data.case.ok_or(Refusal::NotFound)?;
    let next = next::after(&guest, &it.id).await?;
    let mut f = guest.frame("");
    f.title = f.of(&it.item_zh, &it.item_en).to_owned();
    let mut commands = it.commands.iter();
    Ok(guest.show(&PageShown {
        checks: commands.any(|one| one.code == CHECK && one.may),
        form: Form::new(&[]),
        f,
        it,
        next,
    }))
}

#[derive(Template)]
#[template(path = "case/why.html")]
struct WhyShown {
    f: Frame,
    it: case_why::CaseWhyCase,
    clock: case_why::CaseWhyCaseClocks,
}

/// Why a clock of it ends on its day.
pub async fn why(
    guest: Guest,
    Path((key, deadline)): Path<(String, String)>,
) -> Result<Response, Refusal> {
    let id = global_id(Kind::Case, &key)?;
    let deadline = global_id(Kind::Deadline, &deadline)?;
    let data = guest.run::<CaseWhy>(case_why::Variables { id }).await?;
    let mut it = data.case.ok_or(Refusal::NotFound)?;
    let mut clocks = std::mem::take(&mut it.clocks).into_iter();
    let clock = clocks.find(|clock| clock.deadline.id == deadline);
    Ok(guest.show(&WhyShown {
        f: guest.frame(match guest.language {
            Language::Chinese => "为什么是这一天？",
            Language::English => "Why this date?",
        }),
        clock: clock.ok_or(Refusal::NotFound)?,
        it,
    }))
}
