//! The standard promises: the list in force or a former version, and the forms by which it is changed, one promise at a time.

use askama::Template;
use axum::{extract::Path, response::Response};
use entity::{
    command::{Command, Form},
    permission::Action,
    trail,
};

use super::{
    act::{self, Act, Takes},
    bridge::operation,
    command,
    flash::Flash,
    form::Filled,
    frame::Frame,
    guest::Guest,
    refusal::Refusal,
    term::*,
};

operation!(StandardPage in "src/operations/standard.graphql");
operation!(StandardAct in "src/operations/standard.graphql");

/// Where the list stands.
const LIST: &str = "/contracts/standard";

const ADD: &str = "standardPromises.add";
const CHANGE: &str = "standardPromises.change";
const REMOVE: &str = "standardPromises.remove";

/// The department of a promise.
const DEPARTMENT: &str = "departmentId";

#[derive(Template)]
#[template(path = "contract/standard.html")]
struct Shown {
    f: Frame,
    it: standard_page::StandardPageStandardPromises,
    /// The versions of which the viewer is told why they were adopted.
    versions: Vec<standard_page::StandardPageStandardPromisesVersionsNodes>,
    shown: i64,
    total: i64,
    info: standard_page::StandardPageStandardPromisesVersionsPageInfo,
    /// Whether it is a version that is no longer in force.
    former: bool,
}

impl Shown {
    /// Whether the viewer can give a command now.
    fn may(&self, code: &str) -> bool {
        let mut commands = self.it.commands.iter();
        commands.any(|one| one.may && one.code == code)
    }

    /// What the viewer may do and cannot do now: its title, and the reason.
    fn not_now(&self) -> Vec<(&str, &str)> {
        let commands = self.it.commands.iter();
        let commands = commands.map(|one| (&one.title, &one.why_not));
        command::those_not_now(commands, self.f.language)
    }

    fn adds(&self) -> bool {
        self.may(ADD)
    }

    fn changes(&self) -> bool {
        self.may(CHANGE)
    }

    fn removes(&self) -> bool {
        self.may(REMOVE)
    }
}

/// The list in force, or the version that the address names.
pub async fn page(guest: Guest) -> Result<Response, Refusal> {
    let named = guest.address.get("version");
    let version = match named {
        "" => None,
        named => Some(named.parse::<i32>().map_err(|_| Refusal::NotFound)?),
    };
    let paging = guest.address.paging();
    let variables = standard_page::Variables {
        version: version.map(i64::from),
        first: paging.first,
        last: paging.last,
        after: paging.after,
        before: paging.before,
    };
    let data = guest.run::<StandardPage>(variables).await?;
    let it = data.standard_promises.ok_or(Refusal::NotFound)?;
    let mut f = guest.frame("");
    f.title = f.t("标准承诺", "Standard promises").to_owned();
    let found = data.standard_promises_versions;
    let told = |one: &standard_page::StandardPageStandardPromisesVersionsNodes| {
        one.reason.is_some() || one.version == 1
    };
    Ok(guest.show(&Shown {
        shown: i64::try_from(found.nodes.len()).unwrap_or(i64::MAX),
        // A former version has no commands: who may give none of those in force is told each of them, and why not.
        former: it.commands.is_empty(),
        versions: found.nodes.into_iter().filter(told).collect(),
        total: found.total_count,
        info: found.page_info,
        it,
        f,
    }))
}

/// A command, its form, and the promise for which it is given; none for a new one.
#[derive(Clone, Copy)]
struct Asked {
    command: &'static Command,
    declared: &'static Form,
    number: Option<i64>,
}

impl Asked {
    fn of(code: &str, number: Option<i64>) -> Result<Self, Refusal> {
        let command = trail::command(code).ok_or(Refusal::NotFound)?;
        Ok(Self {
            declared: command.form.ok_or(Refusal::NotFound)?,
            command,
            number,
        })
    }

    /// What the address asks for.
    fn at(number: &str, verb: &str) -> Result<Self, Refusal> {
        let code = match verb {
            "change" => CHANGE,
            "remove" => REMOVE,
            _ => return Err(Refusal::NotFound),
        };
        let number = number.parse().map_err(|_| Refusal::NotFound)?;
        Self::of(code, Some(number))
    }
}

/// The page of a command.
async fn act(guest: &Guest, asked: Asked, filled: Option<&Filled>) -> Result<Act, Refusal> {
    guest.require(Action::ManageContracts)?;
    let data = guest.run::<StandardAct>(standard_act::Variables).await?;
    let standard = data.standard_promises.ok_or(Refusal::NotFound)?;
    let title = asked.declared.title.in_language(guest.language);
    let f = guest.frame(title);
    let mut promises = standard.promises.into_iter();
    let of_number = |number| promises.find(|promise| promise.number == number);
    let promise = match (asked.number.map(of_number), filled) {
        // Somebody may have taken it off since the form was made: who sends it is told so.
        (Some(None), None) => return Err(Refusal::NotFound),
        (promise, _) => promise.flatten(),
    };
    let mut lead = asked.declared.lead.in_language(guest.language).to_owned();
    let mut values = Vec::new();
    let mut departments: Vec<(String, String)> = (data.departments.iter())
        .filter(|row| row.ended_on.is_none())
        .map(|row| (row.id.clone(), f.of(&row.name_zh, &row.name_en).to_owned()))
        .collect();
    departments.insert(0, (String::new(), f.t("无", "None").to_owned()));
    if let Some(promise) = promise {
        let text = f.of(&promise.text_zh, &promise.text_en);
        lead = format!("{}. {text} — {lead}", promise.number);
        let department = promise.department.map(|row| row.id).unwrap_or_default();
        if departments.iter().all(|(id, _)| *id != department) {
            let gone = f.t("当前选项（已停用）", "Current choice (no longer in use)");
            departments.push((department.clone(), gone.to_owned()));
        }
        let extension = Some(promise.extension_days).filter(|days| *days > 0);
        values = vec![
            ("kind", promise.kind.code().to_owned()),
            (
                "recurrence",
                promise.recurrence.map_or("", Term::code).to_owned(),
            ),
            ("textZh", promise.text_zh),
            ("textEn", promise.text_en),
            ("startEvent", promise.start_event),
            ("limitDays", promise.limit_days.to_string()),
            ("unit", promise.unit.code().to_owned()),
            ("legalBasis", promise.legal_basis.unwrap_or_default()),
            (
                "extensionDays",
                extension.map_or_else(String::new, |days| days.to_string()),
            ),
            ("owner", promise.owner.code().to_owned()),
            (DEPARTMENT, department),
            ("evidenceKind", promise.evidence_kind),
        ];
    }
    let mut fields = command::fields(asked.declared, &f);
    for field in &mut fields {
        if field.name == DEPARTMENT {
            field.takes = Takes::Choice(std::mem::take(&mut departments));
        }
    }
    let names: Vec<&'static str> = fields.iter().map(|field| field.name).collect();
    values.retain(|(name, _)| names.contains(name));
    let values: Vec<(&str, &str)> = values
        .iter()
        .map(|(name, value)| (*name, value.as_str()))
        .collect();
    Ok(Act {
        form: act::form(&names, filled, &values),
        back: (
            LIST.to_owned(),
            f.t("标准承诺", "Standard promises").to_owned(),
        ),
        lead,
        fields,
        verb: title,
        version: standard.version,
        f,
    })
}

/// Gives a command as it was filled in.
async fn given(guest: Guest, asked: Asked, filled: Filled) -> Result<Response, Refusal> {
    let filled = match asked.number {
        Some(number) => filled.with("number", &number.to_string()),
        None => filled,
    };
    let mut act = act(&guest, asked, Some(&filled)).await?;
    act.is_unchosen(&guest, &filled);
    let of = (None, None);
    let input = command::input(&guest, asked.declared, &filled, &mut act, of).await?;
    if !act.form.is_refused() {
        let given = guest.give(asked.command, input.into()).await;
        let given = given.map_err(|refusal| refusal.with_typed(&filled))?;
        act.form.refuse(given.refused);
    }
    if act.form.is_refused() {
        return Ok(act.answer(&guest));
    }
    Ok(guest.done(Flash::Given(asked.command.code), LIST))
}

/// The page of a new promise.
pub async fn ask_add(guest: Guest) -> Result<Response, Refusal> {
    let act = act(&guest, Asked::of(ADD, None)?, None).await?;
    Ok(act.answer(&guest))
}

/// Adds it.
pub async fn add(guest: Guest, filled: Filled) -> Result<Response, Refusal> {
    given(guest, Asked::of(ADD, None)?, filled).await
}

/// The page of what is done with a promise of the list.
pub async fn ask(
    guest: Guest,
    Path((number, verb)): Path<(String, String)>,
) -> Result<Response, Refusal> {
    let act = act(&guest, Asked::at(&number, &verb)?, None).await?;
    Ok(act.answer(&guest))
}

/// Does it.
pub async fn give(
    guest: Guest,
    Path((number, verb)): Path<(String, String)>,
    filled: Filled,
) -> Result<Response, Refusal> {
    given(guest, Asked::at(&number, &verb)?, filled).await
}
