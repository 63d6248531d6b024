//! The supervisor's pages: what is beyond the law, what a leader let pass, and the trail of who changed what, when and why.

use askama::Template;
use axum::response::Response;
use chrono::TimeDelta;
use entity::{clock::instant_of, command::Thing, language::Language};

use super::{
    bridge::operation,
    export::{Ending, Sheet},
    frame::Frame,
    guest::Guest,
    list::{Address, Paging},
    refusal::Refusal,
    scalar::{Date, DateTime},
    term::*,
};

pub mod trail;

operation!(AuditList in "src/operations/audit.graphql");
operation!(AuditFile in "src/operations/audit.graphql" deriving "Clone, Debug, Deserialize");
operation!(SupervisorStart in "src/operations/audit.graphql");

type Row = audit_list::AuditListAuditEntriesNodes;
type Latest = supervisor_start::SupervisorStartAuditEntriesNodes;
type Item = supervisor_start::Item;

/// The order of the trail when the address names none: the newest first.
const USUAL: &str = "-at";

fn variables(f: &Frame, address: &Address, paging: Paging) -> audit_list::Variables {
    use audit_list::*;
    let (_, direction) = address.sort(USUAL);
    let midnight = |day: Date| -> DateTime { instant_of(day, 0, 0, f.zone) };
    let from: Option<Date> = address.get("from").parse().ok();
    let to: Option<Date> = address.get("to").parse().ok();
    let word = |name: &str| {
        address
            .some(name)
            .map(|word| AuditWordIn { one_of: vec![word] })
    };
    Variables {
        first: paging.first,
        last: paging.last,
        after: paging.after,
        before: paging.before,
        whole: paging.whole,
        sort_by: Some(vec![AuditSort {
            field: AuditSortField::At,
            direction,
        }]),
        where_: Some(AuditFilter {
            actor_id: address
                .some("actor")
                .map(|id| AuditActorIn { one_of: vec![id] }),
            action: word("action"),
            subject_kind: word("kind"),
            subject_id: address.some("subject"),
            at: (from.is_some() || to.is_some()).then(|| DateTimeRange {
                from: from.map(midnight),
                before: to.and_then(|day| day.succ_opt()).map(midnight),
            }),
        }),
    }
}

fn title(language: Language) -> &'static str {
    match language {
        Language::Chinese => "审计记录",
        Language::English => "Audit trail",
    }
}

#[derive(Template)]
#[template(path = "audit/list.html")]
struct ListShown {
    f: Frame,
    saved: Vec<audit_list::AuditListSavedFilters>,
    people: Vec<audit_list::AuditListAuditActors>,
    shown: i64,
    rows: Vec<Row>,
    total: i64,
    info: audit_list::AuditListAuditEntriesPageInfo,
    usual: &'static str,
}

impl ListShown {
    fn kinds(&self) -> Vec<(&'static str, String)> {
        let named = |thing: Thing| (thing.name(), thing.word(self.f.language).to_owned());
        Thing::ALL.into_iter().map(named).collect()
    }

    fn subject(&self, kind: &str) -> String {
        trail::subject(kind, self.f.language)
    }

    fn act(&self, action: &str) -> String {
        trail::act(action, self.f.language)
    }

    fn acted_as(&self, who: &str) -> String {
        trail::acted_as(who, self.f.language)
    }

    fn field(&self, name: &str) -> String {
        trail::field(name, self.f.language)
    }

    fn value(&self, kind: &str, field: &str, value: &str) -> String {
        trail::value(kind, field, value, self.f.language)
    }
}

/// The trail.
pub async fn list(guest: Guest) -> Result<Response, Refusal> {
    let f = guest.frame(title(guest.language));
    let asked = variables(&f, &guest.address, guest.address.paging());
    let data = guest.run::<AuditList>(asked).await?;
    let found = data.audit_entries;
    Ok(guest.show(&ListShown {
        saved: data.saved_filters,
        f,
        people: data.audit_actors,
        shown: i64::try_from(found.nodes.len()).unwrap_or(i64::MAX),
        rows: found.nodes,
        total: found.total_count,
        info: found.page_info,
        usual: USUAL,
    }))
}

/// The trail as a file.
pub async fn export(guest: Guest, ending: Ending) -> Result<Response, Refusal> {
    let f = guest.frame(title(guest.language));
    let sheet = Sheet {
        name: title(guest.language).to_owned(),
        columns: vec![
            f.t("时间", "Time"),
            f.t("人员", "Person"),
            f.t("身份", "As"),
            f.t("操作", "Action"),
            f.t("对象", "Subject"),
            f.t("对象编号", "Id of the subject"),
            f.t("变更", "Changes"),
            f.t("理由", "Reason"),
        ],
    };
    let read = |data: audit_file::ResponseData| {
        let (nodes, info) = (data.audit_entries.nodes, data.audit_entries.page_info);
        let row = |row: audit_file::AuditFileAuditEntriesNodes| {
            let changes = row.changes.iter().map(|change| {
                let value = |value: Option<&str>| match value {
                    Some(value) => {
                        trail::value(&row.subject_kind, &change.field, value, f.language)
                    }
                    None => "—".to_owned(),
                };
                format!(
                    "{}: {} → {}",
                    trail::field(&change.field, f.language),
                    value(change.before.as_deref()),
                    value(change.after.as_deref())
                )
            });
            vec![
                f.time(&row.at).into(),
                row.actor.map(|actor| actor.name).into(),
                trail::acted_as(&row.acted_as, f.language).into(),
                trail::act(&row.action, f.language).into(),
                trail::subject(&row.subject_kind, f.language).into(),
                row.subject_id.into(),
                changes.collect::<Vec<_>>().join("; ").into(),
                row.reason.into(),
            ]
        };
        let rows = nodes.into_iter().map(row).collect();
        (rows, info.end_cursor.filter(|_| info.has_next_page))
    };
    sheet
        .answer::<AuditFile, _>(
            &guest,
            ending,
            |paging| variables(&f, &guest.address, paging),
            read,
        )
        .await
}

/// How far back the supervisor's page looks for what was entered later than it was done.
const RECENT: TimeDelta = TimeDelta::days(30);

/// A gate that a leader passed.
struct Passed {
    project: String,
    name: String,
    firm: String,
    gate: String,
    law: String,
    reason: String,
    at: Option<DateTime>,
}

#[derive(Template)]
#[template(path = "audit/start.html")]
struct StartShown {
    f: Frame,
    unlawful: Vec<supervisor_start::SupervisorStartUnlawfulNodes>,
    unlawful_total: i64,
    backdated: Vec<supervisor_start::SupervisorStartBackdatedNodes>,
    backdated_total: i64,
    black: Vec<Item>,
    black_total: i64,
    red: Vec<Item>,
    red_total: i64,
    handed: Vec<supervisor_start::SupervisorStartRectificationsNodes>,
    passed: Vec<Passed>,
    latest: Vec<Latest>,
    pending: Vec<supervisor_start::SupervisorStartPendingDecisions>,
    unwarned: Vec<supervisor_start::SupervisorStartSilentDecisionsNodes>,
}

impl StartShown {
    fn subject(&self, kind: &str) -> String {
        trail::subject(kind, self.f.language)
    }

    fn act(&self, action: &str) -> String {
        trail::act(action, self.f.language)
    }

    fn acted_as(&self, who: &str) -> String {
        trail::acted_as(who, self.f.language)
    }
}

/// The supervisor's start page.
pub async fn start(guest: Guest) -> Result<Response, Refusal> {
    let since = guest.state.store().today() - RECENT;
    let data = guest
        .run::<SupervisorStart>(supervisor_start::Variables { since })
        .await?;
    let f = guest.frame(match guest.language {
        Language::Chinese => "监督",
        Language::English => "Supervision",
    });
    let mut passed = Vec::new();
    for project in data.projects.nodes {
        let firm = project.enterprise.as_ref().map_or("", |firm| {
            f.of(&firm.name_zh, firm.name_en.as_deref().unwrap_or_default())
        });
        let gates = project.gates.iter();
        for gate in gates.filter(|gate| gate.outcome == Some(GateOutcome::Overridden)) {
            passed.push(Passed {
                project: project.id.clone(),
                name: project.name.clone(),
                firm: firm.to_owned(),
                gate: f.of(&gate.name_zh, &gate.name_en).to_owned(),
                law: gate.legal_basis.clone(),
                reason: gate.reason.clone().unwrap_or_default(),
                at: gate.recorded_at,
            });
        }
    }
    Ok(guest.show(&StartShown {
        f,
        handed: data.rectifications.nodes,
        unlawful: data.unlawful.nodes,
        unlawful_total: data.unlawful.total_count,
        backdated: data.backdated.nodes,
        backdated_total: data.backdated.total_count,
        black: data.black.nodes,
        black_total: data.black.total_count,
        red: data.red.nodes,
        red_total: data.red.total_count,
        passed,
        latest: data.audit_entries.nodes,
        pending: data.pending_decisions,
        unwarned: data.silent_decisions.nodes,
    }))
}
