//! The page of a command with a form, at `THING/VERB`: everything on it comes from the declaration in the domain. Who may give it, and what
//! its fields hold now, the API says.

use api_door::scalar::Kind;
use axum::response::Response;
use entity::{
    command::{Command, Field as Declared, Form as Declaration, Takes},
    language::Said,
    trail,
};
use serde_json::{Map, Value};

use super::{
    act::{self, Act, Field, Takes as Shown},
    bridge::operation,
    flash::Flash,
    form::{self, Filled, Form},
    frame::Frame,
    global_id,
    guest::Guest,
    refusal::Refusal,
    term::*,
    word,
};

operation!(CommandPage in "src/operations/command.graphql");

use command_page::{CommandPageNode as Node, Offered};

/// What the page of a command knows of its thing.
struct Found {
    /// Where it goes back to, and what that is called.
    back: (String, String),
    /// What stands before the lead; may be empty.
    about: String,
    /// The version; 0 for what has none in its form.
    version: i64,
    /// What is offered with it.
    commands: Vec<Offered>,
}

fn found(f: &Frame, node: Node) -> Option<Found> {
    let back = |id: &str, name_zh: &str, name_en: Option<&str>| {
        let name = f.of(name_zh, name_en.unwrap_or_default());
        (word::of_id(id), name.to_owned())
    };
    Some(match node {
        Node::Enterprise(it) => Found {
            back: back(&it.id, &it.name_zh, it.name_en.as_deref()),
            about: String::new(),
            version: 0,
            commands: it.commands,
        },
        Node::Permit(it) => {
            let firm = it.enterprise?;
            Found {
                back: back(&firm.id, &firm.name_zh, firm.name_en.as_deref()),
                about: format!("{} {}", it.kind.say(f), it.number),
                version: it.version,
                commands: it.commands,
            }
        }
        Node::Rectification(it) => Found {
            back: back(&it.id, &it.about_zh, Some(&it.about_en)),
            about: String::new(),
            version: it.version,
            commands: it.commands,
        },
        _ => return None,
    })
}

/// A command with its thing.
struct Asked {
    command: &'static Command,
    declared: &'static Declaration,
    id: String,
}

/// The command at this address: `/permits/{key}/renew` for what is done with a thing, which begins like its ids, and
/// `/enterprises/{key}/permits` for what adds one to it.
fn asked(guest: &Guest) -> Option<Asked> {
    let mut parts = guest.address.path().split('/').skip(1);
    let (thing, key, verb) = (parts.next()?, parts.next()?, parts.next()?);
    let kind = Kind::of_prefix(thing.strip_suffix('s')?)?;
    let is_here = |command: &&Command| {
        let target = command.form.and_then(Declaration::target);
        let (of, act) = command.code.split_once('.').unwrap_or_default();
        target.is_some_and(|target| Kind::of_type(target.name()) == Some(kind))
            && if of == kind.prefix() {
                spelt(act) == verb
            } else {
                verb.strip_suffix('s') == Some(of)
            }
    };
    let command = trail::all().find(is_here)?;
    Some(Asked {
        command,
        declared: command.form?,
        id: global_id(kind, key).ok()?,
    })
}

/// An act as an address spells it: `feed-back` for `feedBack`.
fn spelt(act: &str) -> String {
    let letters = act.chars().flat_map(|letter| {
        let before = (letter.is_ascii_uppercase() || letter == '_').then_some('-');
        let letter = (letter != '_').then_some(letter.to_ascii_lowercase());
        before.into_iter().chain(letter)
    });
    letters.collect()
}

fn shown(declared: &Declared, f: &Frame) -> Option<Field> {
    let said = |said: Said| said.in_language(f.language);
    let takes = match declared.takes {
        Takes::Target(_) | Takes::Version => return None,
        Takes::Line(_) => Shown::Line("text"),
        Takes::Lines(_) => Shown::Lines(4),
        Takes::Day => Shown::Line("date"),
        Takes::Either(yes, no) => Shown::Choice(vec![
            ("true".to_owned(), said(yes).to_owned()),
            ("false".to_owned(), said(no).to_owned()),
        ]),
        Takes::Choice(choices) => {
            let all = choices().all.into_iter();
            let said = all.map(|(code, word)| (code.to_owned(), said(word).to_owned()));
            Shown::Choice(said.collect())
        }
    };
    let (label, hint) = (declared.label?, declared.hint);
    Some(Field::of(
        declared.name,
        said(label),
        hint.map_or("", said),
        takes,
    ))
}

/// The page, and whether the viewer may give the command now.
async fn page(
    guest: &Guest,
    asked: &Asked,
    filled: Option<&Filled>,
) -> Result<(Act, bool), Refusal> {
    let id = asked.id.clone();
    let data = guest
        .run::<CommandPage>(command_page::Variables { id })
        .await?;
    let mut f = guest.frame("");
    let found = data
        .node
        .and_then(|node| found(&f, node))
        .ok_or(Refusal::NotFound)?;
    let offered = found
        .commands
        .iter()
        .find(|one| one.code == asked.command.code);
    let offered = offered.ok_or(Refusal::NotFound)?;
    let may = offered.may;
    let said = asked.declared;
    let fields: Vec<Field> = said
        .fields
        .iter()
        .filter_map(|field| shown(field, &f))
        .collect();
    let names: Vec<&str> = fields.iter().map(|field| field.name).collect();
    let values = offered
        .fields
        .iter()
        .filter_map(|field| Some((field.name.as_str(), field.value.as_deref()?)));
    let values: Vec<(&str, &str)> = values.collect();
    let lead = said.lead.in_language(f.language);
    let title = said.title.in_language(f.language);
    title.clone_into(&mut f.title);
    let act = Act {
        form: act::form(&names, filled, &values),
        back: found.back,
        lead: if found.about.is_empty() {
            lead.to_owned()
        } else {
            format!("{} — {lead}", found.about)
        },
        fields,
        verb: title,
        version: found.version,
        f,
    };
    Ok((act, may))
}

/// The input as it was filled in, its choices checked before. What cannot be sent is told beside its field.
fn input(guest: &Guest, asked: &Asked, filled: &Filled, form: &mut Form) -> Map<String, Value> {
    let mut input = Map::new();
    for field in asked.declared.fields {
        let value = match field.takes {
            Takes::Target(_) => Value::from(asked.id.as_str()),
            Takes::Version => Value::from(filled.version()),
            Takes::Line(_) | Takes::Lines(_) if field.required => {
                Value::from(filled.get(field.name))
            }
            Takes::Line(_) | Takes::Lines(_) => filled.some(field.name).into(),
            Takes::Day => {
                let read = if field.required {
                    form::required_day
                } else {
                    form::day
                };
                let day = read(guest, filled, form, field.name);
                day.map(|day| day.to_string()).into()
            }
            Takes::Either(..) => Value::from(filled.get(field.name) == "true"),
            Takes::Choice(_) => filled.some(field.name).into(),
        };
        input.insert(field.name.to_owned(), value);
    }
    if asked.declared.keyed {
        input.insert("idempotencyKey".to_owned(), filled.key().into());
    }
    input
}

/// The page of a command.
pub async fn ask(guest: Guest) -> Result<Response, Refusal> {
    let asked = asked(&guest).ok_or(Refusal::NotFound)?;
    match page(&guest, &asked, None).await? {
        (act, true) => Ok(act.answer(&guest)),
        (_, false) => Err(Refusal::Forbidden),
    }
}

/// Gives it.
pub async fn give(guest: Guest, filled: Filled) -> Result<Response, Refusal> {
    let asked = asked(&guest).ok_or(Refusal::NotFound)?;
    let (mut act, may) = page(&guest, &asked, Some(&filled)).await?;
    act.is_unchosen(&guest, &filled);
    let input = input(&guest, &asked, &filled, &mut act.form);
    if act.form.is_refused() && !may {
        return Err(Refusal::Forbidden);
    }
    // Who may not any more is told why by the API.
    if !act.form.is_refused() {
        let given = guest.give(asked.command, input.into()).await;
        act.form
            .refuse(given.map_err(|refusal| refusal.with_typed(&filled))?);
    }
    if act.form.is_refused() {
        return Ok(act.answer(&guest));
    }
    Ok(guest.done(Flash::Given(asked.command.code), &act.back.0))
}
