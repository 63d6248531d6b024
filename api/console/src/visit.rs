//! Visits: the list, the page of one, recording a contact in one line, and agreeing, moving, holding and cancelling a date.

use api_door::scalar::Kind;
use askama::Template;
use axum::{extract::Path, response::Response};
use chrono::{TimeDelta, Timelike};
use entity::{clock::instant_of, link};

use super::{
    act::{self, Act, Field, Takes, send},
    bridge::operation,
    export::{Ending, Sheet},
    flash::Flash,
    form::{Filled, Form, chosen},
    frame::Frame,
    global_id,
    guest::Guest,
    keeps::{Offer, offers},
    list::{Address, Paging},
    refusal::Refusal,
    scalar::DateTime,
    term::*,
    word,
};

operation!(VisitList in "src/operations/visit.graphql");
operation!(VisitPage in "src/operations/visit.graphql");
operation!(VisitNew in "src/operations/visit.graphql");
operation!(RecordVisit in "src/operations/visit.graphql");
operation!(AgreeVisit in "src/operations/visit.graphql");
operation!(MoveVisit in "src/operations/visit.graphql");
operation!(HoldVisit in "src/operations/visit.graphql");
operation!(CancelVisit in "src/operations/visit.graphql");

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
        direction: address.sort(USUAL).1,
        enterprise: address.get("enterprise").to_owned(),
        where_: Some(VisitFilter {
            enterprise_id: address.some("enterprise"),
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
            f.t("地点", "Where"),
            f.t("事由", "About"),
            f.t("谈话要点", "What was talked about"),
            f.t("内部备注", "Internal note"),
            f.t("取消理由", "Why it was cancelled"),
            f.t("记录人", "Recorded by"),
        ],
        size: 100,
    };
    let read = |data: visit_list::ResponseData| {
        let (nodes, info) = (data.visits.nodes, data.visits.page_info);
        let row = |row: Row| {
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
        .answer::<VisitList>(
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
    offers: Vec<Offer>,
}

async fn found(guest: &Guest, key: &str) -> Result<Shown, Refusal> {
    let id = global_id(Kind::Visit, key)?;
    let data = guest.run::<VisitPage>(visit_page::Variables { id }).await?;
    data.visit.ok_or(Refusal::NotFound)
}

/// What a visit is called: in which way, and with whom.
fn name(f: &Frame, it: &Shown) -> String {
    let firm = it.enterprise.as_ref().map_or("", |firm| {
        f.of(&firm.name_zh, firm.name_en.as_deref().unwrap_or_default())
    });
    format!("{}{}{firm}", it.kind.say(f), f.t("：", ": "))
}

/// The page of one.
pub async fn page(guest: Guest, Path(key): Path<String>) -> Result<Response, Refusal> {
    let mut it = found(&guest, &key).await?;
    let mut f = guest.frame("");
    f.title = name(&f, &it);
    let kept = std::mem::take(&mut it.keeps);
    let firm = it.enterprise.as_ref().map_or("", |firm| firm.id.as_str());
    let summary = it.summary.as_deref().unwrap_or_default();
    let note = format!("{}{}{summary}", it.kind.say(&f), f.t("：", ": "));
    let offers = offers!(f, kept, firm, note, f.day(&it.starts_at));
    Ok(guest.show(&PageShown { f, it, offers }))
}

/// An instant as the browser's field for date and time spells it.
fn local(f: &Frame, at: &DateTime) -> String {
    let there = at.with_timezone(&f.zone).naive_local();
    there.format("%Y-%m-%dT%H:%M").to_string()
}

/// The instant in such a field; nothing when it is empty. What is neither is told beside it.
fn instant(f: &Frame, filled: &Filled, field: &str, form: &mut Form) -> Option<DateTime> {
    filled.some(field)?;
    match filled.local_time(field) {
        Some(at) => Some(instant_of(at.date(), at.hour(), at.minute(), f.zone)),
        None => {
            let message = f.t("请填写日期和时间。", "Give a day and a time.");
            form.refuse_one(field, message);
            None
        }
    }
}

/// The same of a field that must be filled.
fn required(f: &Frame, filled: &Filled, field: &str, form: &mut Form) -> DateTime {
    let at = instant(f, filled, field, form);
    if at.is_none() && !form.wrong(field) {
        let message = f.t("请填写日期和时间。", "Give a day and a time.");
        form.refuse_one(field, message);
    }
    at.unwrap_or_default()
}

/// The enterprises to choose from: the one that the address names, or all for which the person may record visits.
async fn firms(guest: &Guest, f: &Frame, id: &str) -> Result<Vec<(String, String)>, Refusal> {
    let id = id.to_owned();
    let data = guest.run::<VisitNew>(visit_new::Variables { id }).await?;
    let say =
        |zh: &str, en: &Option<String>| f.of(zh, en.as_deref().unwrap_or_default()).to_owned();
    let firms: Vec<(String, String)> = match data.enterprise {
        Some(firm) if firm.permissions.can_record_visits => {
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
    Ok(firms)
}

/// The fields of a contact that is recorded.
const RECORD: &[&str] = &[
    "enterpriseId",
    "kind",
    "summary",
    "heldAt",
    "place",
    "internalNote",
    "documentId",
];

#[derive(Template)]
#[template(path = "visit/record.html")]
struct RecordShown {
    f: Frame,
    firms: Vec<(String, String)>,
    kinds: Vec<(String, String)>,
    form: Form,
    /// Where the person goes on afterwards: `desk`, or nothing for the enterprise.
    from: String,
}

impl RecordShown {
    /// Whether something below the first lines needs to be seen.
    fn is_open(&self) -> bool {
        let below = ["heldAt", "place", "internalNote", "document", "documentId"];
        below
            .into_iter()
            .any(|name| self.form.wrong(name) || !self.form.value(name).is_empty())
    }
}

/// The form of a contact, as a page of its own or, with a script, in the place of the button that leads to it.
pub async fn ask_record(guest: Guest) -> Result<Response, Refusal> {
    let mut f = guest.frame("");
    f.title = f.t("记录联系", "Record a contact").to_owned();
    let asked = guest.address.get("enterprise");
    let mut form = Form::new(RECORD);
    form.set("enterpriseId", asked);
    Ok(guest.show(&RecordShown {
        firms: firms(&guest, &f, asked).await?,
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
    let held_at = instant(&f, &filled, "heldAt", &mut form);
    let kind = chosen(&guest, &filled, &mut form, "kind", VisitKind::of_code);
    let known = |given: &str| offered.iter().find(|(id, _)| id == given);
    let firm = chosen(&guest, &filled, &mut form, "enterpriseId", known);
    // A file is kept with its enterprise: before one is chosen, there is nowhere to keep it.
    let document_id = match firm {
        Some((id, _)) => {
            filled
                .store(&guest, "document", Some(id), &mut form)
                .await?
        }
        None => None,
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
            document_id,
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
            firms: offered,
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
    Ok(guest.done(Flash::ContactRecorded, &to))
}

fn start(f: &Frame) -> Field {
    Field::of(
        "startsAt",
        f.t("开始", "Begins"),
        "",
        Takes::Line("datetime-local"),
    )
}

fn end(f: &Frame) -> Field {
    Field::of(
        "endsAt",
        f.t("结束", "Ends"),
        f.t("不填为一小时", "An hour later when left empty"),
        Takes::Line("datetime-local"),
    )
}

fn place(f: &Frame) -> Field {
    Field::line(
        "place",
        f.t("地点", "Where"),
        f.t("电话和线上联系可不填", "May stay empty for a call"),
    )
}

/// The fields of a visit to come.
const AGREE: &[&str] = &[
    "enterpriseId",
    "kind",
    "startsAt",
    "endsAt",
    "place",
    "purpose",
];

async fn new_visit(guest: &Guest, filled: Option<&Filled>) -> Result<Act, Refusal> {
    let mut f = guest.frame("");
    f.title = f.t("约定走访", "Agree a visit").to_owned();
    let asked = guest.address.get("enterprise");
    let asked = filled.map_or(asked, |filled| filled.get("enterpriseId"));
    let firms = firms(guest, &f, asked).await?;
    let fields = vec![
        Field::choice("enterpriseId", f.t("企业", "Enterprise"), "", firms),
        Field::choice("kind", f.t("方式", "How"), "", VisitKind::choices(&f)),
        start(&f),
        end(&f),
        place(&f),
        Field::line(
            "purpose",
            f.t("事由", "About"),
            f.t("企业可以看到", "The enterprise reads it"),
        ),
    ];
    Ok(Act {
        form: act::form(AGREE, filled, &[("enterpriseId", asked)]),
        back: (
            "/visits".to_owned(),
            f.t("走访联系", "Visits and contacts").to_owned(),
        ),
        lead: f
            .t(
                "企业联系人和专员会收到邮件和日历邀请。改期和取消时，日历会随之更新。",
                "The contacts of the enterprise and the liaison get a letter with an invitation for their calendars, which follow when the \
                 visit is moved or cancelled.",
            )
            .to_owned(),
        fields,
        verb: f.t("约定走访", "Agree the visit"),
        version: 0,
        f,
    })
}

/// The page of a visit to come.
pub async fn ask_agree(guest: Guest) -> Result<Response, Refusal> {
    Ok(new_visit(&guest, None).await?.answer(&guest))
}

/// Agrees a visit.
pub async fn agree(guest: Guest, filled: Filled) -> Result<Response, Refusal> {
    let mut act = new_visit(&guest, Some(&filled)).await?;
    act.is_unchosen(&guest, &filled);
    let starts_at = required(&act.f, &filled, "startsAt", &mut act.form);
    let ends_at = instant(&act.f, &filled, "endsAt", &mut act.form);
    if act.form.is_refused() {
        return Ok(act.answer(&guest));
    }
    let input = agree_visit::VisitAgreeInput {
        enterprise_id: filled.get("enterpriseId").to_owned(),
        kind: filled.term("kind")?,
        starts_at,
        ends_at,
        place: filled.some("place"),
        purpose: filled.get("purpose").to_owned(),
        idempotency_key: filled.key(),
    };
    let answer = guest
        .run::<AgreeVisit>(agree_visit::Variables { input })
        .await
        .map_err(|refusal| refusal.with_typed(&filled))?
        .visit_agree;
    let errors = answer.user_errors.into_iter();
    act.form
        .refuse(errors.map(|error| (error.path, error.message)));
    match answer.visit {
        Some(agreed) if !act.form.is_refused() => {
            Ok(guest.done(Flash::VisitAgreed, &word::of_id(&agreed.id)))
        }
        _ => Ok(act.answer(&guest)),
    }
}

/// What happens to an agreed visit.
#[derive(Clone, Copy, Debug)]
pub enum Verb {
    Move,
    Hold,
    Cancel,
}

impl Verb {
    fn is_open(self, it: &Shown) -> bool {
        match self {
            Self::Move => it.permissions.can_move,
            Self::Hold => it.permissions.can_hold,
            Self::Cancel => it.permissions.can_cancel,
        }
    }

    fn known(self) -> &'static [&'static str] {
        match self {
            Self::Move => &["startsAt", "endsAt", "place"],
            Self::Hold => &["summary", "heldAt", "internalNote", "documentId"],
            Self::Cancel => &["reason"],
        }
    }

    fn title(self, f: &Frame) -> &'static str {
        match self {
            Self::Move => f.t("改期", "Move the visit"),
            Self::Hold => f.t("登记进行", "Record that it took place"),
            Self::Cancel => f.t("取消走访", "Cancel the visit"),
        }
    }

    fn lead(self, f: &Frame) -> &'static str {
        match self {
            Self::Move => f.t(
                "企业联系人和专员会收到新的邀请，日历随之更新。",
                "Contacts and liaison get a new invitation, and their calendars follow.",
            ),
            Self::Hold => f.t(
                "登记后即为与企业的最近一次联系。",
                "It counts as a contact with the enterprise from then on.",
            ),
            Self::Cancel => f.t(
                "企业联系人和专员会收到取消通知，日历随之更新。",
                "Contacts and liaison are told, and their calendars take it out.",
            ),
        }
    }

    fn fields(self, f: &Frame) -> Vec<Field> {
        match self {
            Self::Move => vec![start(f), end(f), place(f)],
            Self::Hold => vec![
                Field::line(
                    "summary",
                    f.t("谈了什么", "What was talked about"),
                    f.t("一句话；企业可以看到", "One line; the enterprise reads it"),
                ),
                Field::of(
                    "heldAt",
                    f.t("时间", "When it began"),
                    "",
                    Takes::Line("datetime-local"),
                ),
                note(f),
                Field::of(
                    "document",
                    f.t("文件（可选）", "File (optional)"),
                    "",
                    Takes::File("documentId"),
                ),
            ],
            Self::Cancel => vec![Field::lines(
                "reason",
                f.t("理由", "Reason"),
                f.t("企业可以看到", "The enterprise reads it"),
            )],
        }
    }
}

fn note(f: &Frame) -> Field {
    Field::lines(
        "internalNote",
        f.t("内部备注", "Internal note"),
        f.t("企业看不到", "The enterprise does not see it"),
    )
}

impl act::Verb for Verb {
    type It = Shown;

    fn of(word: &str) -> Option<Self> {
        match word {
            "move" => Some(Self::Move),
            "hold" => Some(Self::Hold),
            "cancel" => Some(Self::Cancel),
            _ => None,
        }
    }

    async fn shown(
        self,
        guest: &Guest,
        key: &str,
        filled: Option<&Filled>,
    ) -> Result<(Act, Self::It), Refusal> {
        let it = found(guest, key).await?;
        if !self.is_open(&it) {
            return Err(Refusal::Forbidden);
        }
        let mut f = guest.frame("");
        f.title = self.title(&f).to_owned();
        let starts_at = local(&f, &it.starts_at);
        let usual = it.starts_at + TimeDelta::hours(1);
        let ends_at = local(&f, it.ends_at.as_ref().unwrap_or(&usual));
        let values = [
            ("startsAt", starts_at.as_str()),
            ("endsAt", ends_at.as_str()),
            ("place", it.place.as_deref().unwrap_or_default()),
            ("heldAt", starts_at.as_str()),
        ];
        let act = Act {
            form: act::form(self.known(), filled, &values),
            back: (
                link::visit(key.parse().map_err(|_| Refusal::NotFound)?),
                name(&f, &it),
            ),
            lead: self.lead(&f).to_owned(),
            fields: self.fields(&f),
            verb: self.title(&f),
            version: it.version,
            f,
        };
        Ok((act, it))
    }

    async fn send(
        self,
        guest: &Guest,
        filled: &Filled,
        act: &mut Act,
        it: Self::It,
    ) -> Result<Flash, Refusal> {
        let (id, expected_version, idempotency_key) = (it.id, filled.version(), filled.key());
        Ok(match self {
            Verb::Move => {
                let starts_at = required(&act.f, filled, "startsAt", &mut act.form);
                let ends_at = instant(&act.f, filled, "endsAt", &mut act.form);
                if !act.form.is_refused() {
                    let input = move_visit::VisitMoveInput {
                        id,
                        expected_version,
                        starts_at,
                        ends_at,
                        place: filled.some("place"),
                        idempotency_key,
                    };
                    send!(
                        guest,
                        filled,
                        act.form,
                        MoveVisit(move_visit::Variables { input }).visit_move
                    );
                }
                Flash::VisitMoved
            }
            Verb::Hold => {
                let held_at = instant(&act.f, filled, "heldAt", &mut act.form);
                let firm = it.enterprise.map(|firm| firm.id);
                let document_id = filled
                    .store(guest, "document", firm.as_deref(), &mut act.form)
                    .await?;
                if !act.form.is_refused() {
                    let input = hold_visit::VisitHoldInput {
                        id,
                        expected_version,
                        held_at,
                        summary: filled.get("summary").to_owned(),
                        internal_note: filled.some("internalNote"),
                        document_id,
                        idempotency_key,
                    };
                    send!(
                        guest,
                        filled,
                        act.form,
                        HoldVisit(hold_visit::Variables { input }).visit_hold
                    );
                }
                Flash::ContactRecorded
            }
            Verb::Cancel => {
                let input = cancel_visit::VisitCancelInput {
                    id,
                    expected_version,
                    reason: filled.get("reason").to_owned(),
                    idempotency_key,
                };
                send!(
                    guest,
                    filled,
                    act.form,
                    CancelVisit(cancel_visit::Variables { input }).visit_cancel
                );
                Flash::VisitCancelled
            }
        })
    }
}
