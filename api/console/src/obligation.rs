//! Obligations: the list, the page of one, why it is due on its day, and fulfilling it with evidence.

use api_door::scalar::Kind;
use askama::Template;
use axum::{extract::Path, response::Response};
use entity::{
    command::{Command, Thing},
    language::Language,
    link, trail,
};
use serde_json::json;

use super::{
    bridge::operation,
    command, comment,
    days::{self, View},
    export::{Ending, Sheet},
    flash::Flash,
    form::{Filled, Form, day},
    frame::Frame,
    global_id,
    guest::Guest,
    list::{Address, Paging},
    many,
    next::{self, Listed, Next},
    refusal::Refusal,
    term::*,
};

operation!(ObligationList in "src/operations/obligation.graphql" deriving "Clone, Debug, Default");
operation!(ObligationFile in "src/operations/obligation.graphql" deriving "Clone, Debug, Deserialize");
operation!(ObligationPage in "src/operations/obligation.graphql");
operation!(ObligationWhy in "src/operations/obligation.graphql");

type Row = obligation_list::ObligationListObligationsNodes;

/// The order of the list when the address names none.
const USUAL: &str = "due";

/// The filter of an address but for its days, in the types of an operation: each has its own.
macro_rules! filter {
    ($address:expr) => {{
        let address: &Address = $address;
        let state = match address.get("state") {
            "" => Some(ObligationState::Open),
            code => ObligationState::of_code(code),
        };
        let lights: Vec<Light> = address.all("light").filter_map(Light::of_code).collect();
        let owners: Vec<CommitmentOwner> = address
            .all("owner")
            .filter_map(CommitmentOwner::of_code)
            .collect();
        ObligationFilter {
            state: state.map(|state| ObligationStateFilter {
                one_of: vec![state],
            }),
            enterprise_id: address.some("enterprise"),
            contract_id: address.some("contract"),
            light: (!lights.is_empty()).then_some(LightFilter { one_of: lights }),
            owner: (!owners.is_empty()).then_some(OwnerFilter { one_of: owners }),
            department_id: address.some("department"),
            text: address.some("text"),
            unlawful_limit: address.some("unlawful").map(|_| true),
            backdated: address.some("backdated").map(|_| true),
            ..ObligationFilter::default()
        }
    }};
}
pub(super) use filter;

fn variables(address: &Address, paging: Paging) -> obligation_list::Variables {
    use obligation_list::*;
    let (field, direction) = address.sort(USUAL);
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
        sort_by: vec![ObligationSort {
            field: match field.as_str() {
                "opened" => ObligationSortField::OpenedAt,
                _ => ObligationSortField::DueOn,
            },
            direction,
        }],
        where_: Some(ObligationFilter {
            due_on: narrowed.then_some(due),
            ..filter!(address)
        }),
    }
}

#[derive(Template)]
#[template(path = "obligation/list.html")]
struct ListShown {
    f: Frame,
    saved: Vec<obligation_list::ObligationListSavedFilters>,
    views: Vec<View>,
    states: &'static [ObligationState],
    owners: &'static [CommitmentOwner],
    colours: Vec<Light>,
    shown: i64,
    /// Each with the page from which one goes on to the next.
    rows: Vec<(Row, String)>,
    total: i64,
    info: obligation_list::ObligationListObligationsPageInfo,
    usual: &'static str,
    offers: Vec<many::Offer>,
}

pub(super) fn title(language: Language) -> &'static str {
    match language {
        Language::Chinese => "履约事项",
        Language::English => "Obligations",
    }
}

/// The list.
pub async fn list(guest: Guest) -> Result<Response, Refusal> {
    let asked = variables(&guest.address, guest.address.paging());
    let data = guest.run::<ObligationList>(asked).await?;
    let found = data.obligations;
    let ids = found.nodes.iter().map(|row| row.id.as_str());
    let cursors = found.edges.iter().map(|edge| edge.cursor.as_str());
    let ways = guest.address.ways(ids, cursors);
    let f = guest.frame(title(guest.language));
    Ok(guest.show(&ListShown {
        saved: data.saved_filters,
        views: days::views(&f),
        offers: many::offers(&guest, Thing::Obligation),
        f,
        states: &ObligationState::ALL,
        owners: &CommitmentOwner::ALL,
        colours: Light::ALL.into_iter().rev().collect(),
        shown: i64::try_from(found.nodes.len()).unwrap_or(i64::MAX),
        rows: found.nodes.into_iter().zip(ways).collect(),
        total: found.total_count,
        info: found.page_info,
        usual: USUAL,
    }))
}

/// The rows of the list after the one above, and whether there are more.
pub async fn listed(guest: &Guest, list: &Address) -> Result<(Vec<Listed>, bool), Refusal> {
    let asked = variables(list, next::paging(list));
    let data = guest
        .run_partly::<ObligationList>(asked, &next::uncounted("obligations"))
        .await?;
    let (found, f) = (data.obligations, guest.frame(""));
    let listed = |(row, edge): (Row, obligation_list::ObligationListObligationsEdges)| {
        let promise = row.commitment.as_ref();
        let promise = promise.map_or("", |promise| f.of(&promise.text_zh, &promise.text_en));
        let firm = row.enterprise.as_ref();
        let firm = firm.map_or("", |firm| {
            f.of(&firm.name_zh, firm.name_en.as_deref().unwrap_or_default())
        });
        Listed {
            name: format!("{promise} · {firm}"),
            cursor: edge.cursor,
            id: row.id,
        }
    };
    let rows = found.nodes.into_iter().zip(found.edges).map(listed);
    Ok((rows.collect(), found.page_info.has_next_page))
}

/// The list as a file.
pub async fn export(guest: Guest, ending: Ending) -> Result<Response, Refusal> {
    let f = guest.frame(title(guest.language));
    let sheet = Sheet {
        name: title(guest.language).to_owned(),
        columns: vec![
            f.t("预警", "Light"),
            f.t("企业", "Enterprise"),
            f.t("承诺", "Promise"),
            f.t("期次", "Occasion"),
            f.t("契约编号", "Contract"),
            f.t("责任人", "Owner"),
            f.t("时限", "Time limit"),
            f.t("到期日", "Due"),
            f.t("剩余工作日", "Working days left"),
            f.t("状态", "State"),
            f.t("办理日期", "Done on"),
            f.t("办结逾期工作日", "Working days late"),
            f.t("补录理由", "Reason for late recording"),
        ],
    };
    let read = |data: obligation_file::ResponseData| {
        let (nodes, info) = (data.obligations.nodes, data.obligations.page_info);
        let row = |row: &obligation_file::ObligationFileObligationsNodes| {
            let (enterprise, promise) = (row.enterprise.as_ref(), row.commitment.as_ref());
            let deadline = &row.deadline;
            let left = if deadline.overdue_by > 0 {
                -deadline.overdue_by
            } else {
                deadline.remaining
            };
            vec![
                deadline.light.say(&f).into(),
                enterprise
                    .map(|known| f.of(&known.name_zh, known.name_en.as_deref().unwrap_or_default()))
                    .into(),
                promise
                    .map(|known| f.of(&known.text_zh, &known.text_en))
                    .into(),
                f.occasion(&row.occasion).into(),
                row.contract
                    .as_ref()
                    .map(|known| known.number.as_str())
                    .into(),
                names(&f, row.owners.iter().map(|owner| owner.name.as_str())).into(),
                f.limit(&deadline.limit.days, &deadline.limit.unit).into(),
                deadline.due_on.into(),
                (row.state == ObligationState::Open).then_some(left).into(),
                row.state.say(&f).into(),
                row.done_on.into(),
                row.days_late.into(),
                row.backdating_reason.as_deref().into(),
            ]
        };
        let rows = nodes.iter().map(row).collect();
        (rows, info.end_cursor.filter(|_| info.has_next_page))
    };
    sheet
        .answer::<ObligationFile, _>(
            &guest,
            ending,
            |paging| variables(&guest.address, paging),
            read,
        )
        .await
}

/// Names in a row.
fn names<'a>(f: &Frame, names: impl Iterator<Item = &'a str>) -> String {
    names.collect::<Vec<_>>().join(f.t("、", ", "))
}

/// The command whose form stands on the page.
const FULFIL: &str = "obligation.fulfil";

/// The one that has its button at the due date.
const ACKNOWLEDGE: &str = "obligation.acknowledge";

/// The fields of the form on the page.
const FIELDS: [&str; 4] = [
    "evidenceNote",
    "evidenceDocumentIds",
    "doneOn",
    "backdatingReason",
];

type Offered = obligation_page::ObligationPageObligationCommands;

#[derive(Template)]
#[template(path = "obligation/page.html")]
struct PageShown {
    f: Frame,
    it: obligation_page::ObligationPageObligation,
    owners: String,
    fulfil: &'static Command,
    form: Form,
    comment: Form,
    own: bool,
    next: Option<Next>,
}

impl PageShown {
    fn label(&self, field: &str) -> &'static str {
        command::words(self.fulfil, field, self.f.language).0
    }

    fn hint(&self, field: &str) -> &'static str {
        command::words(self.fulfil, field, self.f.language).1
    }

    /// The command that is spelt so, if this viewer may give it now.
    fn open(&self, code: &str) -> Option<&Offered> {
        let mut offered = self.it.commands.iter();
        offered.find(|one| one.code == code && one.may)
    }

    fn fulfils(&self) -> Option<&Offered> {
        self.open(FULFIL)
    }

    fn acknowledges(&self) -> Option<&Offered> {
        self.open(ACKNOWLEDGE)
    }

    /// The ways to what else this viewer can do now: where, with which icon, and what it is called.
    fn ways<'a>(&'a self) -> Vec<(String, &'static str, &'a str)> {
        let offered = self.it.commands.iter();
        let others = offered.filter(|one| one.may && ![FULFIL, ACKNOWLEDGE].contains(&&*one.code));
        let way = |one: &'a Offered| {
            let icon = match one.code.split_once('.').map_or("", |(_, act)| act) {
                "pause" => "pause",
                "resume" => "play",
                "extend" => "calendar-clock",
                "supervise" => "send",
                "miss" => "circle-alert",
                _ => "x",
            };
            let to = command::address(&self.f.link(&self.it.id), &one.code);
            let to = self.f.here.along(&to);
            (to, icon, one.title.as_str())
        };
        others.map(way).collect()
    }

    /// What this viewer may do and cannot do now, each with the reason; of what is closed, all is said with that.
    fn not_now(&self) -> Vec<(&str, &str)> {
        let offered = self.it.commands.iter();
        let offered = offered.filter(|_| self.it.state == ObligationState::Open);
        let offered = offered.map(|one| (&one.title, &one.why_not));
        command::those_not_now(offered, self.f.language)
    }

    /// Why nothing can be done with it; nothing when something can.
    fn why_not(&self) -> Option<&str> {
        if !self.ways().is_empty() {
            return None;
        }
        let mut offered = self.it.commands.iter();
        offered.find(|one| one.code == FULFIL)?.why_not.as_deref()
    }
}

async fn shown(guest: &Guest, id: String, form: Form) -> Result<PageShown, Refusal> {
    let found = guest
        .run::<ObligationPage>(obligation_page::Variables {
            id,
            comments: comment::SHOWN,
            comments_before: comment::before(guest),
        })
        .await?;
    let it = found.obligation.ok_or(Refusal::NotFound)?;
    let next = next::after(guest, &it.id).await?;
    let mut f = guest.frame(title(guest.language));
    if let Some(promise) = &it.commitment {
        f.title = f.of(&promise.text_zh, &promise.text_en).to_owned();
    }
    Ok(PageShown {
        owners: names(&f, it.owners.iter().map(|owner| owner.name.as_str())),
        fulfil: trail::command(FULFIL).ok_or(Refusal::NotFound)?,
        f,
        it,
        form,
        comment: comment::form(),
        own: comment::is_own(guest),
        next,
    })
}

/// The page of one.
pub async fn page(guest: Guest, Path(key): Path<String>) -> Result<Response, Refusal> {
    let id = global_id(Kind::Obligation, &key)?;
    let mut form = Form::new(&FIELDS);
    form.set("doneOn", &guest.state.store().today().to_string());
    let shown = shown(&guest, id, form).await?;
    Ok(guest.show(&shown))
}

#[derive(Template)]
#[template(path = "obligation/why.html")]
struct WhyShown {
    f: Frame,
    it: obligation_why::ObligationWhyObligation,
}

impl WhyShown {
    /// The article on which the limit rests; empty where it rests on none.
    fn basis(&self) -> &str {
        let promise = self.it.commitment.as_ref();
        let basis = promise.and_then(|promise| promise.legal_basis.as_deref());
        basis.unwrap_or_default()
    }
}

/// Why it is due on that day.
pub async fn why(guest: Guest, Path(key): Path<String>) -> Result<Response, Refusal> {
    let id = global_id(Kind::Obligation, &key)?;
    let found = guest
        .run::<ObligationWhy>(obligation_why::Variables { id })
        .await?;
    Ok(guest.show(&WhyShown {
        f: guest.frame(match guest.language {
            Language::Chinese => "为什么是这一天？",
            Language::English => "Why this date?",
        }),
        it: found.obligation.ok_or(Refusal::NotFound)?,
    }))
}

/// Fulfils it.
pub async fn fulfil(
    guest: Guest,
    Path(key): Path<String>,
    filled: Filled,
) -> Result<Response, Refusal> {
    let id = global_id(Kind::Obligation, &key)?;
    let command = trail::command(FULFIL).ok_or(Refusal::NotFound)?;
    let mut form = Form::filled(&FIELDS, &filled);
    let enterprise = filled.some("enterprise");
    let documents = filled
        .store_all(&guest, "evidenceDocument", enterprise.as_deref(), &mut form)
        .await?;
    let done_on = day(&guest, &filled, &mut form, "doneOn");
    if !form.is_refused() {
        let input = json!({
            "id": &id,
            "expectedVersion": filled.version(),
            "evidenceDocumentIds": documents,
            "evidenceNote": filled.some("evidenceNote"),
            "doneOn": done_on.map(|day| day.to_string()),
            "backdatingReason": filled.some("backdatingReason"),
            "idempotencyKey": filled.key(),
        });
        let given = guest.give(command, input).await;
        form.refuse(
            given
                .map_err(|refusal| refusal.with_typed(&filled))?
                .refused,
        );
    }
    if form.is_refused() {
        return Ok(guest.refused(&shown(&guest, id, form).await?));
    }
    let key = key.parse().map_err(|_| Refusal::NotFound)?;
    let to = next::way(&guest, &filled, &id, link::obligation(key)).await?;
    Ok(guest.done(Flash::Given(command.code), &to))
}
