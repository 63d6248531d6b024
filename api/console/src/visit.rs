//! Visits: the list, the page of one, and recording a contact in one line.

use api_door::scalar::Kind;
use askama::Template;
use axum::{extract::Path, response::Response};

use super::{
    bridge::operation,
    export::{Ending, Sheet},
    flash::Flash,
    form::{Filled, Form, chosen, moment},
    frame::Frame,
    global_id,
    guest::Guest,
    keeps::{Offer, offers},
    list::{Address, Paging},
    refusal::Refusal,
    term::*,
    word,
};

operation!(VisitList in "src/operations/visit.graphql");
operation!(VisitFile in "src/operations/visit.graphql" deriving "Clone, Debug, Deserialize");
operation!(VisitPage in "src/operations/visit.graphql");
operation!(VisitNew in "src/operations/visit.graphql");
operation!(RecordVisit in "src/operations/visit.graphql");

type Row = visit_list::VisitListVisitsNodes;
type Shown = visit_page::VisitPageVisit;

/// The order of the list when the address names none: the latest first.
const USUAL: &str = "-time";

fn variables(address: &Address, paging: Paging) -> visit_list::Variables {
    use visit_list::*;
    let kinds: Vec<VisitKind> = address.all("kind").filter_map(VisitKind::of_code).collect();
    let states: Vec<VisitState> = address
        .all("state")
        .filter_map(VisitState::of_code)
        .collect();
    let day = |name| address.get(name).parse().ok();
    Variables {
        first: paging.first,
        last: paging.last,
        after: paging.after,
        before: paging.before,
        whole: paging.whole,
        direction: address.sort(USUAL).1,
        enterprise: address.get("enterprise").to_owned(),
        where_: Some(VisitFilter {
            enterprise_id: address.some("enterprise"),
            text: address.some("text"),
            kind: (!kinds.is_empty()).then_some(VisitKindFilter { one_of: kinds }),
            state: (!states.is_empty()).then_some(VisitStateFilter { one_of: states }),
            on: Some(DayRange {
                from: day("from"),
                to: day("to"),
                within_working_days: address.get("within").parse().ok(),
            }),
        }),
    }
}

#[derive(Template)]
#[template(path = "visit/list.html")]
struct ListShown {
    f: Frame,
    saved: Vec<visit_list::VisitListSavedFilters>,
    kinds: &'static [VisitKind],
    states: &'static [VisitState],
    firm: Option<visit_list::VisitListEnterprise>,
    rows: Vec<Row>,
    shown: i64,
    total: i64,
    info: visit_list::VisitListVisitsPageInfo,
    usual: &'static str,
    may: bool,
}

fn frame(guest: &Guest) -> Frame {
    let mut f = guest.frame("");
    f.title = f.t("走访联系", "Visits and contacts").to_owned();
    f
}

/// The list.
pub async fn list(guest: Guest) -> Result<Response, Refusal> {
    let asked = variables(&guest.address, guest.address.paging());
    let data = guest.run::<VisitList>(asked).await?;
    Ok(guest.show(&ListShown {
        saved: data.saved_filters,
        f: frame(&guest),
        kinds: &VisitKind::ALL,
        states: &VisitState::ALL,
        firm: data.enterprise,
        shown: i64::try_from(data.visits.nodes.len()).unwrap_or(i64::MAX),
        rows: data.visits.nodes,
        total: data.visits.total_count,
        info: data.visits.page_info,
        usual: USUAL,
        may: data.viewer.is_some_and(|viewer| {
            let may = PermittedAction::RecordVisits;
            viewer.permissions.contains(&may)
        }),
    }))
}

/// The list as a file.
pub async fn export(guest: Guest, ending: Ending) -> Result<Response, Refusal> {
    let f = frame(&guest);
    let sheet = Sheet {
        name: f.title.clone(),
        columns: vec![
            f.t("时间", "When"),
            f.t("企业", "Enterprise"),
            f.t("方式", "How"),
            f.t("状态", "State"),
            f.t("地点", "Place"),
            f.t("事由", "Subject"),
            f.t("谈话要点", "What was discussed"),
            f.t("内部备注", "Internal note"),
            f.t("取消理由", "Reason for cancelling"),
            f.t("记录人", "Recorded by"),
        ],
    };
    let read = |data: visit_file::ResponseData| {
        let (nodes, info) = (data.visits.nodes, data.visits.page_info);
        let row = |row: visit_file::VisitFileVisitsNodes| {
            let firm = row.enterprise.as_ref();
            vec![
                f.time(&row.starts_at).into(),
                firm.map(|firm| f.of(&firm.name_zh, firm.name_en.as_deref().unwrap_or_default()))
                    .into(),
                row.kind.say(&f).into(),
                row.state.say(&f).into(),
                row.place.into(),
                row.purpose.into(),
                row.summary.into(),
                row.internal_note.into(),
                row.state_reason.into(),
                row.recorded_by.map(|official| official.name).into(),
            ]
        };
        let rows = nodes.into_iter().map(row).collect();
        (rows, info.end_cursor.filter(|_| info.has_next_page))
    };
    sheet
        .answer::<VisitFile, _>(
            &guest,
            ending,
            |paging| variables(&guest.address, paging),
            read,
        )
        .await
}

#[derive(Template)]
#[template(path = "visit/page.html")]
struct PageShown {
    f: Frame,
    it: Shown,
    contacts: Vec<visit_page::VisitPageVisitEnterpriseContacts>,
    offers: Vec<Offer>,
}

/// What a visit is called: in which way, and with whom.
fn name(f: &Frame, it: &Shown) -> String {
    let firm = it.enterprise.as_ref().map_or("", |firm| {
        f.of(&firm.name_zh, firm.name_en.as_deref().unwrap_or_default())
    });
    format!("{}{}{firm}", it.kind.say(f), f.t("：", ": "))
}

impl PageShown {
    /// Whether it is agreed with an enterprise in which nobody can be written to.
    fn invites_nobody(&self) -> bool {
        let firm = self.it.enterprise.as_ref();
        self.it.state == VisitState::Agreed && firm.is_some_and(|firm| !firm.has_contact)
    }

    /// Whether the viewer may give this command now.
    fn may(&self, code: &str) -> bool {
        let mut commands = self.it.commands.iter();
        commands.any(|command| command.code == code && command.may)
    }

    /// Where is recorded what the enterprise asked for when it was held.
    fn events(&self) -> Option<String> {
        let firm = self.it.enterprise.as_ref()?;
        let may = firm.permissions.can_record_visits && self.it.state == VisitState::Held;
        let day = self.f.day(&self.it.starts_at);
        may.then(|| format!("{}/events?occurredOn={day}", self.f.link(&firm.id)))
    }
}

/// The page of one.
pub async fn page(guest: Guest, Path(key): Path<String>) -> Result<Response, Refusal> {
    let id = global_id(Kind::Visit, &key)?;
    let data = guest.run::<VisitPage>(visit_page::Variables { id }).await?;
    let mut it = data.visit.ok_or(Refusal::NotFound)?;
    let mut f = guest.frame("");
    f.title = name(&f, &it);
    let kept = std::mem::take(&mut it.keeps);
    let firm = it.enterprise.as_mut();
    let contacts = firm.map_or_else(Vec::new, |firm| std::mem::take(&mut firm.contacts));
    let firm = it.enterprise.as_ref().map_or("", |firm| firm.id.as_str());
    let summary = it.summary.as_deref().unwrap_or_default();
    let note = format!("{}{}{summary}", it.kind.say(&f), f.t("：", ": "));
    let offers = offers!(f, kept, firm, note, f.day(&it.starts_at));
    Ok(guest.show(&PageShown {
        f,
        it,
        contacts,
        offers,
    }))
}

/// The enterprises to choose from, and whom to ring where it is one.
struct Firms {
    firms: Vec<(String, String)>,
    contacts: Vec<visit_new::VisitNewEnterpriseContacts>,
}

/// The enterprises to choose from: the one that the address names, or all for which the person may record visits.
async fn firms(guest: &Guest, f: &Frame, id: &str) -> Result<Firms, Refusal> {
    let id = id.to_owned();
    let data = guest.run::<VisitNew>(visit_new::Variables { id }).await?;
    let say =
        |zh: &str, en: &Option<String>| f.of(zh, en.as_deref().unwrap_or_default()).to_owned();
    let mut contacts = Vec::new();
    let firms: Vec<(String, String)> = match data.enterprise {
        Some(firm) if firm.permissions.can_record_visits => {
            contacts = firm.contacts;
            vec![(firm.id, say(&firm.name_zh, &firm.name_en))]
        }
        Some(_) => Vec::new(),
        None => data
            .enterprises
            .nodes
            .into_iter()
            .filter(|firm| firm.permissions.can_record_visits)
            .map(|firm| (firm.id, say(&firm.name_zh, &firm.name_en)))
            .collect(),
    };
    if firms.is_empty() {
        return Err(Refusal::Forbidden);
    }
    Ok(Firms { firms, contacts })
}

/// The fields of a contact that is recorded.
const RECORD: &[&str] = &[
    "enterpriseId",
    "kind",
    "summary",
    "heldAt",
    "place",
    "internalNote",
    "documentIds",
];

#[derive(Template)]
#[template(path = "visit/record.html")]
struct RecordShown {
    f: Frame,
    firms: Vec<(String, String)>,
    contacts: Vec<visit_new::VisitNewEnterpriseContacts>,
    kinds: Vec<(String, String)>,
    form: Form,
    /// Where the person goes on afterwards: `desk`, or nothing for the enterprise.
    from: String,
}

impl RecordShown {
    /// Whether something below the first lines needs to be seen.
    fn is_open(&self) -> bool {
        let below = ["heldAt", "place", "internalNote", "document", "documentIds"];
        below
            .into_iter()
            .any(|name| self.form.wrong(name) || !self.form.value(name).is_empty())
    }
}

/// The form of a contact, as a page of its own or, with a script, in the place of the button that leads to it.
pub async fn ask_record(guest: Guest) -> Result<Response, Refusal> {
    let mut f = guest.frame("");
    f.title = f.t("记录联系", "Record a contact").to_owned();
    let asked = guest.address.get("enterpriseId");
    let mut form = Form::new(RECORD);
    form.set("enterpriseId", asked);
    let Firms { firms, contacts } = firms(&guest, &f, asked).await?;
    Ok(guest.show(&RecordShown {
        firms,
        contacts,
        kinds: VisitKind::choices(&f),
        from: guest.address.get("from").to_owned(),
        form,
        f,
    }))
}

/// Records a contact.
pub async fn record(guest: Guest, filled: Filled) -> Result<Response, Refusal> {
    let mut f = guest.frame("");
    f.title = f.t("记录联系", "Record a contact").to_owned();
    let enterprise = filled.get("enterpriseId").to_owned();
    let offered = firms(&guest, &f, &enterprise).await?;
    let mut form = Form::filled(RECORD, &filled);
    let held_at = moment(&guest, &filled, &mut form, "heldAt");
    let kind = chosen(&guest, &filled, &mut form, "kind", VisitKind::of_code);
    let known = |given: &str| offered.firms.iter().find(|(id, _)| id == given);
    let firm = chosen(&guest, &filled, &mut form, "enterpriseId", known);
    // A file is kept with its enterprise: before one is chosen, there is nowhere to keep it.
    let document_ids = match firm {
        Some((id, _)) => {
            filled
                .store_all(&guest, "document", Some(id), &mut form)
                .await?
        }
        None => Vec::new(),
    };
    let mut keeping = None;
    if let Some(kind) = kind.filter(|_| !form.is_refused()) {
        let input = record_visit::VisitRecordInput {
            enterprise_id: enterprise.clone(),
            kind,
            held_at,
            place: filled.some("place"),
            summary: filled.get("summary").to_owned(),
            internal_note: filled.some("internalNote"),
            document_ids: Some(document_ids),
            idempotency_key: filled.key(),
        };
        let answer = guest
            .run::<RecordVisit>(record_visit::Variables { input })
            .await
            .map_err(|refusal| refusal.with_typed(&filled))?
            .visit_record;
        let errors = answer.user_errors.into_iter();
        form.refuse(errors.map(|error| (error.path, error.message)));
        keeping = answer.visit.filter(|held| {
            let mut kept = held.keeps.iter();
            kept.any(|one| {
                let mut offered = one.commands.iter();
                offered.any(|offer| offer.may && offer.code == "obligation.fulfil")
            })
        });
    }
    let from = filled.get("from").to_owned();
    if form.is_refused() {
        return Ok(guest.refused(&RecordShown {
            firms: offered.firms,
            contacts: offered.contacts,
            kinds: VisitKind::choices(&f),
            form,
            from,
            f,
        }));
    }
    // What the contact keeps is offered on its page.
    let to = if let Some(held) = keeping {
        word::of_id(&held.id)
    } else if from == "desk" {
        "/".to_owned()
    } else {
        word::of_id(&enterprise)
    };
    Ok(guest.done(Flash::Given("visit.record"), &to))
}
