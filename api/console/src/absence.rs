//! Leaves: the own ones and those in which one stands in; for those who look after people, everybody's. Who may stand in is chosen among
//! those who can do what the person on leave does.

use api_door::scalar::Kind;
use askama::Template;
use async_graphql::ID;
use axum::response::Response;
use entity::trail;

use super::{
    act::{self, Act, Field, send},
    bridge::operation,
    command,
    flash::Flash,
    form::{Filled, required_day},
    frame::Frame,
    guest::Guest,
    refusal::Refusal,
    term::*,
};

operation!(AbsenceList in "src/operations/absence.graphql" deriving "Clone, Debug, Default");
operation!(AbsenceNew in "src/operations/absence.graphql");
operation!(RecordAbsence in "src/operations/absence.graphql");

const HERE: &str = "/absences";
const RECORD: &str = "absence.record";

type Row = absence_list::AbsenceListAbsencesNodes;

#[derive(Template)]
#[template(path = "absence/list.html")]
struct ListShown {
    f: Frame,
    rows: Vec<Row>,
    shown: i64,
    total: i64,
    info: absence_list::AbsenceListAbsencesPageInfo,
}

impl ListShown {
    /// The ways to what the viewer can do with a leave now, and what each is called.
    fn ways<'a>(&self, row: &'a Row) -> Vec<(String, &'a str)> {
        let page = command::page_of(&row.id);
        let can = row.commands.iter().filter(|one| one.may);
        can.map(|one| (command::address(&page, &one.code), one.title.as_str()))
            .collect()
    }
}

fn title(f: &Frame) -> &'static str {
    f.t("请假与代理", "Leaves and deputies")
}

/// The list, by the first day: those that have not ended, or all.
pub async fn list(guest: Guest) -> Result<Response, Refusal> {
    let paging = guest.address.paging();
    let open = vec![AbsenceState::Planned, AbsenceState::Current];
    let open = absence_list::AbsenceStateIn { one_of: open };
    let asked = absence_list::Variables {
        first: paging.first,
        last: paging.last,
        after: paging.after,
        before: paging.before,
        where_: absence_list::AbsenceFilter {
            state: Some(open).filter(|_| !guest.address.has("state", "ALL")),
            ..absence_list::AbsenceFilter::default()
        },
    };
    let found = guest.run::<AbsenceList>(asked).await?.absences;
    let mut f = guest.frame("");
    f.title = title(&f).to_owned();
    Ok(guest.show(&ListShown {
        f,
        shown: i64::try_from(found.nodes.len()).unwrap_or(i64::MAX),
        rows: found.nodes,
        total: found.total_count,
        info: found.page_info,
    }))
}

/// The page of a new leave: of the person whom the address or the form names, or the own one.
async fn new(guest: &Guest, filled: Option<&Filled>) -> Result<Act, Refusal> {
    let declared = trail::command(RECORD).ok_or(Refusal::NotFound)?;
    let form = declared.form.ok_or(Refusal::NotFound)?;
    let named = guest.address.some("accountId");
    let named = filled.map_or(named, |filled| filled.some("accountId"));
    let id = match (named, guest.viewer.account_id()) {
        (Some(id), _) => id,
        (None, Some(own)) => {
            let ID(id) = Kind::Account.id(own);
            id
        }
        (None, None) => return Err(Refusal::SignIn),
    };
    let data = guest
        .run::<AbsenceNew>(absence_new::Variables { id })
        .await?;
    let person = data.account.ok_or(Refusal::NotFound)?;
    let f = guest.frame(form.title.in_language(guest.language));
    let deputies = data.deputies.into_iter();
    let deputies: Vec<_> = deputies.map(|one| (one.id, one.name)).collect();
    let nobody = f.t(
        "没有可以代理的人：代理人须与请假人角色相同。",
        "Nobody can stand in: a deputy needs an account in the same role.",
    );
    let label = |field| command::words(declared, field, guest.language).0;
    let fields = vec![
        Field::choice(
            "accountId",
            label("accountId"),
            "",
            vec![(person.id.clone(), person.name)],
        ),
        Field::choice(
            "deputyId",
            label("deputyId"),
            if deputies.is_empty() { nobody } else { "" },
            deputies,
        ),
        Field::day("fromOn", label("fromOn"), ""),
        Field::day("untilOn", label("untilOn"), ""),
    ];
    let names: Vec<&str> = fields.iter().map(|field| field.name).collect();
    let today = f.today.to_string();
    let values = [
        ("accountId", person.id.as_str()),
        ("fromOn", today.as_str()),
    ];
    Ok(Act {
        form: act::form(&names, filled, &values),
        back: (HERE.to_owned(), title(&f).to_owned()),
        lead: form.lead.in_language(guest.language).to_owned(),
        fields,
        verb: form.title.in_language(guest.language),
        version: 0,
        f,
    })
}

/// The page of a new leave.
pub async fn ask_new(guest: Guest) -> Result<Response, Refusal> {
    Ok(new(&guest, None).await?.answer(&guest))
}

/// Records a leave.
pub async fn record(guest: Guest, filled: Filled) -> Result<Response, Refusal> {
    let mut act = new(&guest, Some(&filled)).await?;
    act.is_unchosen(&guest, &filled);
    let mut day = |field| required_day(&guest, &filled, &mut act.form, field);
    if let (Some(from_on), Some(until_on)) = (day("fromOn"), day("untilOn"))
        && !act.form.is_refused()
    {
        let input = record_absence::AbsenceRecordInput {
            account_id: filled.some("accountId"),
            deputy_id: filled.get("deputyId").to_owned(),
            from_on,
            until_on,
            idempotency_key: filled.key(),
        };
        send!(
            guest,
            &filled,
            act.form,
            RecordAbsence(record_absence::Variables { input }).absence_record
        );
    }
    if act.form.is_refused() {
        return Ok(act.answer(&guest));
    }
    Ok(guest.done(Flash::Given(RECORD), HERE))
}
