//! The page of a command with a form, at `THING/VERB`, or at `THINGS/VERB` where it begins something: everything on it comes from the
//! declaration in the domain. Who may give it, and what its fields hold now, the API says. A field of what begins can be filled by the
//! address: `/liaisons/new?enterpriseId=…`.

use api_door::scalar::Kind;
use axum::response::Response;
use chrono::DateTime;
use entity::{
    command::{Among, Command, Field as Declared, Form as Declaration, Takes},
    error::Fault,
    language::{Language, Said},
    trail,
};
use serde_json::{Map, Value, json};

use super::{
    act::{self, Act, Field, Takes as Shown},
    bridge::operation,
    flash::Flash,
    form::{self, Filled},
    frame::Frame,
    global_id,
    guest::Guest,
    menu, next,
    refusal::Refusal,
    term::*,
    word,
};
use found::{Found, found, narrow, narrowed};

mod found;

operation!(CommandPage in "src/operations/command.graphql");

use command_page::Offered;

/// What people call a field of a command, and what helps to fill it in: for a form on a page made by hand.
pub fn words(command: &Command, field: &str, language: Language) -> (&'static str, &'static str) {
    let mut fields = command.form.map_or(&[][..], |form| form.fields).iter();
    let said = |said: Option<Said>| said.map_or("", |said| said.in_language(language));
    let field = fields.find(|known| known.name == field);
    field.map_or(("", ""), |known| (said(known.label), said(known.hint)))
}

/// Why somebody who may give a command cannot give it now; nothing for one that is not for him at all.
fn not_now(why_not: Option<&str>, language: Language) -> Option<&str> {
    let forbidden = Fault::Forbidden.explain(language);
    why_not.filter(|why| *why != forbidden)
}

/// Of these commands, each with the reason why it cannot be given, those that somebody may give and cannot give now.
pub fn those_not_now<'a>(
    commands: impl Iterator<Item = (&'a String, &'a Option<String>)>,
    language: Language,
) -> Vec<(&'a str, &'a str)> {
    let told = |(title, why_not): (&'a String, &'a Option<String>)| {
        Some((title.as_str(), not_now(why_not.as_deref(), language)?))
    };
    commands.filter_map(told).collect()
}

/// What is known where something begins: nothing but where its list is.
fn begun(f: &Frame, command: &Command, commands: Vec<Offered>) -> Found {
    let list = command_list(command);
    let called = menu::called(f, &list).unwrap_or_else(|| f.t("返回", "Back"));
    Found {
        back: (list, called.to_owned()),
        commands,
        ..Found::default()
    }
}

/// The list to which a command adds: `/liaisons`.
fn command_list(command: &Command) -> String {
    Kind::of_type(command.subject.name())
        .map_or_else(|| "/".to_owned(), |kind| format!("/{}s", kind.prefix()))
}

/// A command with its thing.
pub(super) struct Asked {
    /// The command.
    pub command: &'static Command,
    declared: &'static Declaration,
    /// The global id of the thing; nothing where the command begins something.
    id: Option<String>,
}

/// The command at this address: `/permits/{key}/renew` for what is done with a thing, which begins like its ids,
/// `/enterprises/{key}/permits` for what adds one to it, and `/liaisons/new` or `/visits/agree` for what begins one.
pub(super) fn at(path: &str) -> Option<Asked> {
    let mut parts = path.split('/').skip(1);
    let (things, second, third) = (parts.next()?, parts.next()?, parts.next());
    let kind = Kind::of_prefix(things.strip_suffix('s')?)?;
    let is_here = |command: &&Command| {
        let Some(form) = command.form else {
            return false;
        };
        let target = form.target().map(|target| Kind::of_type(target.name()));
        let (of, act) = command.code.split_once('.').unwrap_or_default();
        match third {
            Some(verb) if of == kind.prefix() => target == Some(Some(kind)) && spelt(act) == verb,
            Some(verb) => target == Some(Some(kind)) && verb.strip_suffix('s') == Some(of),
            None => {
                target.is_none() && of == kind.prefix() && (second == NEW || spelt(act) == second)
            }
        }
    };
    let command = trail::all().find(is_here)?;
    Some(Asked {
        command,
        declared: command.form?,
        id: match third {
            Some(_) => Some(global_id(kind, second).ok()?),
            None => None,
        },
    })
}

/// Below which address commands are given for the thing with this global id, which may have no page of its own: `/permits/{key}`.
pub fn page_of(id: &str) -> String {
    let (kind, key) = id.split_once('_').unwrap_or_default();
    format!("/{kind}s/{key}")
}

/// Where a command is given for the thing that has this page: `/permits/{key}/renew`, `/enterprises/{key}/permits`.
pub fn address(page: &str, code: &str) -> String {
    let (of, act) = code.split_once('.').unwrap_or_default();
    let things = page
        .strip_prefix('/')
        .and_then(|page| page.split_once("s/"));
    if things.is_some_and(|(thing, _)| thing == of) {
        format!("{page}/{}", spelt(act))
    } else {
        format!("{page}/{of}s")
    }
}

/// The address of the one command that begins a thing of its kind.
const NEW: &str = "new";

/// An act as an address spells it: `feed-back` for `feedBack`.
pub(super) fn spelt(act: &str) -> String {
    let letters = act.chars().flat_map(|letter| {
        let before = (letter.is_ascii_uppercase() || letter == '_').then_some('-');
        let letter = (letter != '_').then_some(letter.to_ascii_lowercase());
        before.into_iter().chain(letter)
    });
    letters.collect()
}

/// What is sent, and what is said.
type Named = (String, String);

/// The things among which the fields of a form choose, as far as they do.
#[derive(Default)]
struct Lists {
    departments: Vec<Named>,
    enterprises: Vec<Named>,
    liaisons: Vec<Named>,
}

impl Lists {
    /// Those that were asked for; the enterprise that is chosen already is among them, however many there are.
    fn read(f: &Frame, data: &command_page::ResponseData) -> Self {
        macro_rules! firms {
            ($rows:expr) => {
                $rows.filter(|row| row.ended_on.is_none()).map(|row| {
                    let name = f.of(&row.name_zh, row.name_en.as_deref().unwrap_or_default());
                    (row.id.clone(), name.to_owned())
                })
            };
        }
        macro_rules! people {
            ($rows:expr) => {
                $rows
                    .iter()
                    .map(|row| (row.id.clone(), row.name.clone()))
                    .collect()
            };
        }
        let departments = data.departments.iter();
        let mut enterprises: Vec<Named> = firms!(data.enterprises.nodes.iter()).collect();
        let chosen = firms!(data.enterprise.iter()).next();
        let is_new = |chosen: &Named| enterprises.iter().all(|(id, _)| *id != chosen.0);
        let chosen = chosen.filter(is_new);
        enterprises.extend(chosen);
        Self {
            departments: departments
                .filter(|row| row.ended_on.is_none())
                .map(|row| (row.id.clone(), f.of(&row.name_zh, &row.name_en).to_owned()))
                .collect(),
            enterprises,
            liaisons: people!(data.liaisons.nodes),
        }
    }

    fn of(&self, among: Among) -> &[Named] {
        match among {
            Among::Departments => &self.departments,
            Among::Enterprises => &self.enterprises,
            Among::Liaisons => &self.liaisons,
            // No page of a command chooses among them.
            Among::Accounts => &[],
        }
    }
}

/// The name of the field that chooses among these.
fn chooses(said: &Declaration, among: Among) -> Option<&'static str> {
    let mut fields = said.fields.iter();
    let found = fields.find(|field| matches!(field.takes, Takes::One(of) if of == among));
    found.map(|field| field.name)
}

/// Asks for the page of a command, in one operation with the things among which its fields choose.
async fn read(
    guest: &Guest,
    asked: &Asked,
    filled: Option<&Filled>,
) -> Result<command_page::ResponseData, Refusal> {
    let said = asked.declared;
    let firm = chooses(said, Among::Enterprises);
    let chosen = firm.map(|name| filled.map_or(guest.address.get(name), |filled| filled.get(name)));
    let variables = command_page::Variables {
        id: asked.id.clone().unwrap_or_default(),
        begins: asked.id.is_none(),
        departments: chooses(said, Among::Departments).is_some(),
        enterprises: firm.is_some(),
        enterprise: chosen.unwrap_or_default().to_owned(),
        liaisons: chooses(said, Among::Liaisons).is_some(),
    };
    let nobody = json!({ "nodes": [] });
    let lists = ["enterprises", "liaisons"].map(|list| (list, nobody.clone()));
    let empty = lists.into_iter().chain([("departments", json!([]))]);
    let empty = empty.map(|(list, nothing)| (list.to_owned(), nothing));
    guest
        .run_partly::<CommandPage>(variables, &empty.collect())
        .await
}

/// A choice that may be left out begins with none; what stands there now is always among them, lest it be taken away unseen.
fn choices(declared: &Declared, present: &str, mut all: Vec<Named>, f: &Frame) -> Shown {
    if !present.is_empty() && all.iter().all(|(value, _)| value != present) {
        let gone = f.t("当前选项（已停用）", "Current choice (no longer in use)");
        all.push((present.to_owned(), gone.to_owned()));
    }
    if !declared.required {
        all.insert(0, (String::new(), f.t("无", "None").to_owned()));
    }
    Shown::Choice(all)
}

/// The field of files on its page; their ids are sent under the name that the command knows.
fn file_field(declared: &Declared) -> &'static str {
    let name = declared.name;
    let stem = name.strip_suffix("Ids").or(name.strip_suffix("Id"));
    stem.unwrap_or(name)
}

fn shown(lists: &Lists, declared: &Declared, present: &str, f: &Frame) -> Option<Field> {
    let said = |said: Said| said.in_language(f.language);
    let mut name = declared.name;
    let takes = match declared.takes {
        Takes::Target(_) | Takes::Version | Takes::VersionOf(_) => return None,
        Takes::Line(_) => Shown::Line("text"),
        Takes::Lines(_) => Shown::Lines(4),
        Takes::Day | Takes::Today => Shown::Line("date"),
        Takes::Moment => Shown::Line("datetime-local"),
        Takes::Whole(..) => Shown::Line("number"),
        Takes::Either(yes, no) => Shown::Choice(vec![
            ("true".to_owned(), said(yes).to_owned()),
            ("false".to_owned(), said(no).to_owned()),
        ]),
        Takes::Choice(all) => {
            let all = all().all.into_iter();
            let said = all.map(|(code, word)| (code.to_owned(), said(word).to_owned()));
            choices(declared, present, said.collect(), f)
        }
        Takes::One(of) => choices(declared, present, lists.of(of).to_vec(), f),
        Takes::File => {
            name = file_field(declared);
            Shown::File(declared.name)
        }
        Takes::Files => {
            name = file_field(declared);
            Shown::Files(declared.name)
        }
    };
    let said = |label| Field::of(name, said(label), declared.hint.map_or("", said), takes);
    declared.label.map(said)
}

/// What stands in a field, as the browser types it: a moment in the park.
fn typed(takes: Takes, present: &str, f: &Frame) -> String {
    match (takes, DateTime::parse_from_rfc3339(present)) {
        (Takes::Moment, Ok(at)) => {
            let there = at.with_timezone(&f.zone).naive_local();
            there.format("%Y-%m-%dT%H:%M").to_string()
        }
        _ => present.to_owned(),
    }
}

/// The fields of a form as people see them, for a page that is more than the form.
pub fn fields(form: &Declaration, f: &Frame) -> Vec<Field> {
    let lists = Lists::default();
    let fields = form.fields.iter();
    fields
        .filter_map(|field| shown(&lists, field, "", f))
        .collect()
}

/// The page, and what it takes to answer what was sent from it.
struct Page {
    act: Act,
    /// Whether the viewer may give the command now.
    may: bool,
    /// The global id of the enterprise to which a file belongs.
    enterprise: Option<String>,
}

async fn page(guest: &Guest, asked: &Asked, filled: Option<&Filled>) -> Result<Page, Refusal> {
    let said = asked.declared;
    let data = read(guest, asked, filled).await?;
    let mut f = guest.frame("");
    let narrowed = data.node.as_ref().map_or_else(Vec::new, narrowed);
    let lists = Lists::read(&f, &data);
    let found = match asked.id {
        Some(_) => data.node.and_then(|node| found(&f, node)),
        None => {
            let viewer = data.viewer.ok_or(Refusal::SignIn)?;
            Some(begun(&f, asked.command, viewer.commands))
        }
    };
    let found = found.ok_or(Refusal::NotFound)?;
    let mut commands = found.commands.into_iter();
    let offered = commands.find(|one| one.code == asked.command.code);
    let offered = offered.ok_or(Refusal::NotFound)?;
    let today = f.today.to_string();
    let begins = said.target() != Some(asked.command.subject);
    let present = |field: &Declared| {
        let known = offered.fields.iter().find(|known| known.name == field.name);
        let known = known.and_then(|known| known.value.as_deref());
        let named = guest.address.get(field.name);
        match field.takes {
            _ if begins && !named.is_empty() => named,
            Takes::Today => known.unwrap_or(&today),
            _ => known.unwrap_or_default(),
        }
    };
    let mut fields = Vec::with_capacity(said.fields.len());
    let mut bounds = String::new();
    for field in said.fields {
        // What the address names is no present one: it may be chosen, or not.
        let now = if begins { "" } else { present(field) };
        let mut shown = shown(&lists, field, now, &f);
        let known = narrowed.iter().find(|(name, _)| *name == field.name);
        if let (Some(shown), Some((_, known))) = (&mut shown, known) {
            bounds += &narrow(shown, field, known, &f);
        }
        fields.extend(shown);
    }
    // What a rule says of a file, it says of its id.
    let files = said.fields.iter();
    let files = files.filter(|field| matches!(field.takes, Takes::File | Takes::Files));
    let names = fields.iter().map(|field| field.name);
    let names: Vec<&str> = names.chain(files.map(|field| field.name)).collect();
    let values: Vec<(&str, String)> = said
        .fields
        .iter()
        .filter(|field| !matches!(field.takes, Takes::File | Takes::Files))
        .map(|field| (field.name, typed(field.takes, present(field), &f)))
        .filter(|(_, value)| !value.is_empty())
        .collect();
    let values: Vec<(&str, &str)> = values
        .iter()
        .map(|(name, value)| (*name, value.as_str()))
        .collect();
    let lead = format!("{}{bounds}", said.lead.in_language(f.language));
    let title = said.title.in_language(f.language);
    title.clone_into(&mut f.title);
    let act = Act {
        form: act::form(&names, filled, &values),
        back: found.back,
        lead: if found.about.is_empty() {
            lead
        } else {
            format!("{} — {lead}", found.about)
        },
        fields,
        verb: title,
        version: found.version,
        f,
    };
    Ok(Page {
        act,
        may: offered.may,
        enterprise: found.enterprise,
    })
}

/// The input as it was filled in for the thing with this id, its choices checked before. What cannot be sent is told beside its field
/// of the act.
pub(super) async fn input(
    guest: &Guest,
    declared: &Declaration,
    filled: &Filled,
    act: &mut Act,
    (id, enterprise): (Option<&str>, Option<&str>),
) -> Result<Map<String, Value>, Refusal> {
    let mut input = Map::new();
    let form = &mut act.form;
    for field in declared.fields {
        let value = match field.takes {
            Takes::Target(_) => Value::from(id),
            Takes::Version | Takes::VersionOf(_) => Value::from(filled.version()),
            Takes::File => {
                let stem = file_field(field);
                let kept = filled.store(guest, stem, enterprise, form).await?;
                if kept.is_none() && field.required && !form.wrong(stem) {
                    form.refuse_one(stem, act.f.t("请上传文件。", "Upload the file."));
                }
                kept.into()
            }
            Takes::Files => {
                let stem = file_field(field);
                filled
                    .store_all(guest, stem, enterprise, form)
                    .await?
                    .into()
            }
            Takes::Line(_) | Takes::Lines(_) if field.required => {
                Value::from(filled.get(field.name))
            }
            Takes::Line(_) | Takes::Lines(_) => filled.some(field.name).into(),
            Takes::Day | Takes::Today => {
                let read = if field.required {
                    form::required_day
                } else {
                    form::day
                };
                let day = read(guest, filled, form, field.name);
                day.map(|day| day.to_string()).into()
            }
            Takes::Moment => {
                let read = if field.required {
                    form::required_moment
                } else {
                    form::moment
                };
                let at = read(guest, filled, form, field.name);
                at.map(|at| at.to_rfc3339()).into()
            }
            Takes::Whole(..) if !field.required && filled.some(field.name).is_none() => Value::Null,
            Takes::Whole(least, most) => {
                let number = filled.get(field.name).parse::<i32>().ok();
                let number = number.filter(|number| (least..=most).contains(number));
                if number.is_none() {
                    let told = match act.f.language {
                        Language::Chinese => format!("请填写 {least} 至 {most} 的整数。"),
                        Language::English => {
                            format!("Enter a whole number from {least} to {most}.")
                        }
                    };
                    form.refuse_one(field.name, &told);
                }
                number.into()
            }
            Takes::Either(..) => Value::from(filled.get(field.name) == "true"),
            Takes::Choice(_) | Takes::One(_) => filled.some(field.name).into(),
        };
        input.insert(field.name.to_owned(), value);
    }
    if declared.keyed {
        input.insert("idempotencyKey".to_owned(), filled.key().into());
    }
    Ok(input)
}

/// The page of a command.
pub async fn ask(guest: Guest) -> Result<Response, Refusal> {
    let asked = at(guest.address.path()).ok_or(Refusal::NotFound)?;
    let page = page(&guest, &asked, None).await?;
    if !page.may {
        return Err(Refusal::Forbidden);
    }
    Ok(page.act.answer(&guest))
}

/// Gives it. Where something new came of it, one is led there.
pub async fn give(guest: Guest, filled: Filled) -> Result<Response, Refusal> {
    let asked = at(guest.address.path()).ok_or(Refusal::NotFound)?;
    let mut page = page(&guest, &asked, Some(&filled)).await?;
    page.act.is_unchosen(&guest, &filled);
    let of = (asked.id.as_deref(), page.enterprise.as_deref());
    let input = input(&guest, asked.declared, &filled, &mut page.act, of).await?;
    if page.act.form.is_refused() && !page.may {
        return Err(Refusal::Forbidden);
    }
    let mut to = page.act.back.0.clone();
    // Who may not any more is told why by the API.
    if !page.act.form.is_refused() {
        let given = guest.give(asked.command, input.into()).await;
        let given = given.map_err(|refusal| refusal.with_typed(&filled))?;
        page.act.form.refuse(given.refused);
        let made = given.object.filter(|id| asked.id.as_ref() != Some(id));
        if let Some(made) = made.map(|id| word::of_id(&id)).filter(|made| made != "/") {
            to = made;
        }
    }
    if page.act.form.is_refused() {
        return Ok(page.act.answer(&guest));
    }
    let id = asked.id.as_deref().unwrap_or_default();
    let to = next::way(&guest, &filled, id, to).await?;
    Ok(guest.done(Flash::Given(asked.command.code), &to))
}
