//! One act for many things of a list: a page that says what will happen to each and what cannot be done, then one receipt. Each is judged
//! alone, by the command as it is for one; only a command whose declaration says `many` is given so.
//!
//! Sent a second time, or again after it was interrupted, the same form does nothing twice: each of its things has a key of its own.

use api_door::scalar::Kind;
use askama::Template;
use axum::response::Response;
use entity::{
    command::{Command, Form as Declaration, Takes as Declared, Thing},
    error::{Explain, Fault},
    language::Text,
    obligation::rules::together,
    permission::{Standing, allows},
    trail,
};
use serde_json::{Map, Value};

use super::{
    act::{self, Act, Takes},
    bridge::operation,
    command::{self, spelt},
    form::Filled,
    frame::Frame,
    guest::Guest,
    letter,
    refusal::Refusal,
    term::*,
};

operation!(ManyThings in "src/operations/many.graphql");

use many_things::{ManyThingsNodes as Node, Offered};

/// How many things one form is given for at most: as many as a page of a list has.
pub const MOST: usize = 50;

/// The field that names a thing, once for each; behind its id stands the version that was seen.
const OF: &str = "of";

/// What the address of an act for many has in the place of a key.
const MANY: &str = "/many/";

/// The list to which the address of an act for many belongs.
pub fn list_of(path: &str) -> Option<&str> {
    path.split_once(MANY).map(|(list, _)| list)
}

/// An act that a list offers for what is chosen in it.
pub struct Offer {
    /// Where it leads.
    pub to: String,
    /// What it is called.
    pub title: &'static str,
}

/// The acts that the list of these things offers to its reader.
pub fn offers(guest: &Guest, thing: Thing) -> Vec<Offer> {
    let title = |form: &Declaration| form.title.in_language(guest.language);
    let open = trail::all().filter(|command| command.subject == thing && may_give(guest, command));
    let offer = |command: &'static Command| {
        Some(Offer {
            to: address(command)?,
            title: title(command.form?),
        })
    };
    open.filter_map(offer).collect()
}

/// Where a command is given for many.
fn address(command: &Command) -> Option<String> {
    let (of, act) = command.code.split_once('.')?;
    Some(format!("/{of}s{MANY}{}", spelt(act)))
}

/// Whether a command is given for many, and the guest may give it for some of them.
fn may_give(guest: &Guest, command: &Command) -> bool {
    let Some(form) = command.form.filter(|form| form.many) else {
        return false;
    };
    let Some(role) = guest.viewer.role() else {
        return false;
    };
    let somehow = |action| {
        Standing::ALL
            .iter()
            .any(|standing| allows(action, role, *standing))
    };
    form.may.is_none_or(somehow)
}

/// The command at this address, with what is filled in for it.
fn at(guest: &Guest) -> Result<(&'static Command, &'static Declaration), Refusal> {
    if guest.viewer.role().is_none() {
        return Err(Refusal::SignIn);
    }
    let here = guest.address.path();
    let command = trail::all().find(|command| address(command).is_some_and(|to| to == here));
    let form = command.and_then(|command| command.form.filter(|form| form.many));
    let (Some(command), Some(form)) = (command, form) else {
        return Err(Refusal::NotFound);
    };
    if may_give(guest, command) {
        Ok((command, form))
    } else {
        Err(Refusal::Forbidden)
    }
}

/// A thing that was chosen.
struct Chosen {
    id: String,
    /// The version that was seen; nothing before its page was.
    version: Option<i64>,
}

/// What was chosen, each thing once.
fn chosen<'a>(command: &Command, given: impl Iterator<Item = &'a str>) -> Vec<Chosen> {
    let of = Kind::of_type(command.subject.name());
    let mut all: Vec<Chosen> = Vec::new();
    for one in given {
        let (id, version) = match one.split_once(':') {
            Some((id, version)) => (id, version.parse().ok()),
            None => (one, None),
        };
        let kind = Kind::parse(&async_graphql::ID(id.to_owned())).map(|(kind, _)| kind);
        if kind.is_some() && kind == of && all.iter().all(|known| known.id != id) {
            all.push(Chosen {
                id: id.to_owned(),
                version,
            });
        }
    }
    all
}

/// A thing as its row shows it.
struct Row {
    id: String,
    version: i64,
    name: String,
    about: String,
    /// Why the act cannot be done for it.
    why_not: Option<String>,
}

impl Row {
    /// What the form sends for it.
    fn sent(&self) -> String {
        format!("{}:{}", self.id, self.version)
    }
}

/// What is known of a thing.
fn row(f: &Frame, node: Node) -> Option<(Row, Vec<Offered>, Kept)> {
    let row = |id, version, name: String, about| Row {
        id,
        version,
        name,
        about,
        why_not: None,
    };
    Some(match node {
        Node::Obligation(it) => {
            let promise = it.commitment?;
            let firm = it.enterprise.map_or(String::new(), |firm| {
                let name = f.of(&firm.name_zh, firm.name_en.as_deref().unwrap_or_default());
                format!("{name} · ")
            });
            let due = f.date(&it.deadline.due_on);
            let about = format!(
                "{firm}{} · {} {due}",
                f.occasion(&it.occasion),
                f.t("到期", "due")
            );
            let name = f.of(&promise.text_zh, &promise.text_en).to_owned();
            let kept = Kept::Promise(promise.text_zh, it.deadline.legal_effect);
            (row(it.id, it.version, name, about), it.commands, kept)
        }
        Node::Case(it) => {
            let item = f.of(&it.item_zh, &it.item_en);
            let name = format!("{} {item}", it.number);
            let firm = it.enterprise.map_or(String::new(), |firm| {
                let name = f.of(&firm.name_zh, firm.name_en.as_deref().unwrap_or_default());
                name.to_owned()
            });
            let row = row(it.id, it.version, name, firm);
            (row, it.commands, Kept::Nothing)
        }
        Node::Account(it) => {
            let about = format!("{} · {}", it.role.say(f), it.login);
            let kept = Kept::Person(it.joined);
            (row(it.id, it.version, it.name, about), it.commands, kept)
        }
        Node::Letter(it) => {
            let to = it.recipient.as_ref().map(|to| &*to.name);
            let name = letter::called(f, &it.letter, to);
            let about = f.time(&it.created_at);
            (
                row(it.id, it.version, name, about),
                it.commands,
                Kept::Nothing,
            )
        }
        _ => return None,
    })
}

/// What keeps a thing out of an act for many, although it can be done for it alone.
enum Kept {
    Nothing,
    /// The words of a promise, and what its time limit means.
    Promise(String, LegalEffect),
    /// Whether this person can sign in already.
    Person(bool),
}

/// Why a thing is kept out; `first` are the words of the first promise that one note may record with others.
fn kept_out(command: &Command, kept: &Kept, first: &mut Option<String>) -> Option<Text> {
    match (command.code, kept) {
        ("obligation.fulfil", Kept::Promise(words, effect)) => {
            let alike = first.as_ref().unwrap_or(words);
            match together(alike, words, *effect) {
                Ok(()) => {
                    first.get_or_insert_with(|| words.clone());
                    None
                }
                Err(why) => Some(why.explain()),
            }
        }
        ("account.invite", Kept::Person(true)) => Some(Text::new(
            "已能登录，无需邀请。",
            "This person can sign in already and needs no invitation.",
        )),
        _ => None,
    }
}

/// Reads what was chosen, in the order in which it was. Before something is `asked`, what the viewer may do now is judged, too; afterwards
/// the command itself does so, for what was done already is answered again.
async fn rows(
    guest: &Guest,
    f: &Frame,
    command: &Command,
    chosen: &[Chosen],
    asked: bool,
) -> Result<Vec<Row>, Refusal> {
    let ids: Vec<String> = chosen.iter().map(|one| one.id.clone()).collect();
    if ids.is_empty() || ids.len() > MOST {
        return Ok(Vec::new());
    }
    let data = guest
        .run_of_those_there::<ManyThings>(many_things::Variables { ids })
        .await?;
    let mut first = None;
    let known = data.nodes.into_iter().flatten();
    let known = known.filter_map(|node| row(f, node));
    let judged = known.map(|(row, offered, kept)| {
        let offer = offered.into_iter().find(|one| one.code == command.code);
        let alone = match offer {
            Some(offer) if offer.may => None,
            Some(offer) => offer.why_not,
            None => Some(Fault::Forbidden.explain(f.language)),
        };
        let out = |first: &mut Option<String>| {
            let why = kept_out(command, &kept, first)?;
            Some(why.in_language(f.language).to_owned())
        };
        let why_not = alone.filter(|_| !asked).or_else(|| out(&mut first));
        Row { why_not, ..row }
    });
    Ok(judged.collect())
}

#[derive(Template)]
#[template(path = "many/ask.html")]
struct AskShown {
    f: Frame,
    act: Act,
    /// What can be done.
    rows: Vec<Row>,
    /// What cannot, each with its reason.
    refused: Vec<Row>,
    /// Why there is nothing to do.
    nothing: Option<&'static str>,
}

impl AskShown {
    /// Whether a thing is among what is going to be done: all are, until somebody leaves one out.
    fn is_chosen(&self, row: &Row) -> bool {
        let form = &self.act.form;
        form.value(OF).is_empty() || form.has(OF, &row.sent())
    }
}

/// The list from which one has come: where it is, and what it is called.
fn back(guest: &Guest, f: &Frame) -> (String, String) {
    let path = list_of(guest.address.path()).unwrap_or("/");
    let list = guest.address.list(path).map(|list| list.onto(path));
    let called = super::menu::called(f, path).unwrap_or_else(|| f.t("返回", "Back"));
    (list.unwrap_or_else(|| path.to_owned()), called.to_owned())
}

/// The page before it is done.
fn shown(
    guest: &Guest,
    declared: &'static Declaration,
    f: Frame,
    chosen: usize,
    rows: Vec<Row>,
    filled: Option<&Filled>,
) -> AskShown {
    let fields = command::fields(declared, &f).into_iter();
    let fields: Vec<_> = fields
        .filter(|field| !matches!(field.takes, Takes::File(_) | Takes::Files(_)))
        .collect();
    let names: Vec<&str> = fields.iter().map(|field| field.name).collect();
    let today = f.today.to_string();
    let todays = declared.fields.iter();
    let todays = todays.filter(|field| matches!(field.takes, Declared::Today));
    let values: Vec<(&str, &str)> = todays.map(|field| (field.name, today.as_str())).collect();
    let form = act::form(&names, filled, &values);
    let mut f = f;
    let title = declared.title.in_language(f.language);
    title.clone_into(&mut f.title);
    let (refused, rows): (Vec<Row>, Vec<Row>) =
        rows.into_iter().partition(|row| row.why_not.is_some());
    let nothing = match chosen {
        0 => Some(f.t(
            "没有选择任何一项。请在清单中勾选后再办理。",
            "Nothing is chosen: tick rows of the list first.",
        )),
        chosen if chosen > MOST => Some(f.t(
            "一次最多办理 50 项，请分批选择。",
            "At most 50 can be done at once: choose fewer.",
        )),
        _ if rows.is_empty() => Some(f.t(
            "所选的都不能办理，原因如下。",
            "Nothing that you chose can be done, for these reasons.",
        )),
        _ => None,
    };
    AskShown {
        act: Act {
            back: back(guest, &f),
            lead: declared.lead.in_language(f.language).to_owned(),
            fields,
            verb: title,
            version: 0,
            form,
            f: f.clone(),
        },
        rows,
        refused,
        nothing,
        f,
    }
}

/// What will happen to each.
pub async fn ask(guest: Guest) -> Result<Response, Refusal> {
    let (command, declared) = at(&guest)?;
    let chosen = chosen(command, guest.address.all(OF));
    let f = guest.frame("");
    let rows = rows(&guest, &f, command, &chosen, false).await?;
    let shown = shown(&guest, declared, f, chosen.len(), rows, None);
    Ok(guest.show(&shown))
}

/// What came of one thing.
enum Outcome {
    Done,
    Refused(String),
    /// It was not tried, or nobody knows: the same form sent again says.
    Open,
}

#[derive(Template)]
#[template(path = "many/told.html")]
struct ToldShown {
    f: Frame,
    back: (String, String),
    done: Vec<Row>,
    /// Each with the reason.
    refused: Vec<Row>,
    open: Vec<Row>,
    /// What the form has to say again, for what is open.
    again: Vec<(String, String)>,
}

/// Why the command was not given for one of several things; what concerns the whole request stays a refusal.
fn outcome(f: &Frame, refusal: Refusal) -> Result<Outcome, Refusal> {
    let why = match refusal {
        Refusal::Conflict(_) => f.t(
            "刚刚被他人修改，请打开核对后再办理。",
            "Somebody else has just changed it: open it, check it and try again.",
        ),
        Refusal::Sent(_) => f.t(
            "同一表单此前已按其他内容办理，没有重复办理。",
            "This form was sent before with other content, and was not applied again.",
        ),
        Refusal::NotFound => f.t(
            "已不存在，或不在您的查看范围内。",
            "It no longer exists, or you may not see it.",
        ),
        Refusal::Forbidden => return Ok(Outcome::Refused(Fault::Forbidden.explain(f.language))),
        Refusal::Busy | Refusal::Away | Refusal::Internal => return Ok(Outcome::Open),
        refusal => return Err(refusal),
    };
    Ok(Outcome::Refused(why.to_owned()))
}

/// The input for one thing: what was filled in for all, and what names this one.
fn input_of(declared: &Declaration, common: &Map<String, Value>, row: &Row, key: &str) -> Value {
    let mut input = common.clone();
    for field in declared.fields {
        let own = match field.takes {
            Declared::Target(_) => Value::from(row.id.as_str()),
            Declared::Version => Value::from(row.version),
            // A file proves one thing: the form for many has no field for it.
            Declared::File => Value::Null,
            Declared::Files => Value::Array(Vec::new()),
            _ => continue,
        };
        input.insert(field.name.to_owned(), own);
    }
    if declared.keyed {
        input.insert(
            "idempotencyKey".to_owned(),
            format!("{key}/{}", row.id).into(),
        );
    }
    input.into()
}

/// Gives it for one after the other, and says what came of each. What is wrong with the form itself, the first of them tells: then nothing
/// was done.
pub async fn give(guest: Guest, filled: Filled) -> Result<Response, Refusal> {
    let (command, declared) = at(&guest)?;
    let key = filled.key().ok_or(Refusal::Form)?;
    let given = filled.all(OF);
    let chosen = chosen(command, given.iter().map(String::as_str));
    let f = guest.frame("");
    let rows = rows(&guest, &f, command, &chosen, true).await?;
    let mut page = shown(&guest, declared, f, chosen.len(), rows, Some(&filled));
    page.act.is_unchosen(&guest, &filled);
    let common = command::input(&guest, declared, &filled, &mut page.act, (None, None)).await?;
    if page.nothing.is_some() || page.act.form.is_refused() {
        return Ok(guest.refused(&page));
    }
    let (mut done, mut refused, mut open) = (Vec::new(), Vec::new(), Vec::new());
    for (at, mut row) in std::mem::take(&mut page.rows).into_iter().enumerate() {
        // What was seen counts, and not what has come since.
        let seen = chosen.iter().find(|one| one.id == row.id);
        row.version = seen.and_then(|one| one.version).unwrap_or(row.version);
        if !open.is_empty() {
            open.push(row);
            continue;
        }
        let outcome = {
            let input = input_of(declared, &common, &row, &key);
            let given = match at {
                0 => guest.give(command, input).await,
                _ => guest.give_on(command, input).await,
            };
            match given {
                Ok(given) if given.refused.is_empty() => Outcome::Done,
                Ok(given) => {
                    let named = |(path, _): &(Vec<String>, String)| page.act.takes(path);
                    if at == 0 && given.refused.iter().any(named) {
                        return again(&guest, command, declared, &chosen, &filled, given.refused)
                            .await;
                    }
                    let why = given.refused.into_iter().map(|(_, why)| why);
                    Outcome::Refused(why.collect::<Vec<_>>().join(" "))
                }
                Err(Refusal::Busy) if at == 0 => return Err(Refusal::Busy),
                Err(refusal) => outcome(&page.f, refusal)?,
            }
        };
        match outcome {
            Outcome::Done => done.push(row),
            Outcome::Refused(why) => {
                row.why_not = Some(why);
                refused.push(row);
            }
            Outcome::Open => open.push(row),
        }
    }
    refused.append(&mut page.refused);
    let said = filled.again().filter(|(name, _)| *name != OF);
    Ok(guest.show(&ToldShown {
        back: page.act.back,
        again: said
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .collect(),
        done,
        refused,
        open,
        f: page.f,
    }))
}

/// The page again, with what is wrong beside its fields.
async fn again(
    guest: &Guest,
    command: &'static Command,
    declared: &'static Declaration,
    chosen: &[Chosen],
    filled: &Filled,
    refused: Vec<(Vec<String>, String)>,
) -> Result<Response, Refusal> {
    let f = guest.frame("");
    let rows = rows(guest, &f, command, chosen, false).await?;
    let mut page = shown(guest, declared, f, chosen.len(), rows, Some(filled));
    page.act.form.refuse(refused);
    Ok(guest.refused(&page))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn command(code: &str) -> &'static Command {
        trail::command(code).expect("a command")
    }

    #[test]
    fn what_was_chosen_is_of_one_kind_and_each_once() {
        let key = |number: u128| format!("obligation_{number:032x}");
        let (one, two) = (key(1), key(2));
        let given = [
            one.clone(),
            format!("{two}:3"),
            format!("{one}:9"),
            key(3).replace("obligation", "letter"),
            "nonsense".to_owned(),
        ];
        let chosen = chosen(
            command("obligation.acknowledge"),
            given.iter().map(String::as_str),
        );
        let told: Vec<_> = chosen
            .iter()
            .map(|one| (one.id.as_str(), one.version))
            .collect();
        assert_eq!(told, [(one.as_str(), None), (two.as_str(), Some(3))]);
    }

    #[test]
    fn one_note_is_for_the_first_promise_that_it_can_record() {
        let fulfil = command("obligation.fulfil");
        let mut first = None;
        let kept = |words: &str, effect| Kept::Promise(words.to_owned(), effect);
        let mut out = |words, effect| kept_out(fulfil, &kept(words, effect), &mut first).is_some();
        assert!(out("two", LegalEffect::Statutory));
        assert!(!out("one", LegalEffect::Promised));
        assert!(out("two", LegalEffect::Promised));
        assert!(!out("one", LegalEffect::Planned));
    }

    #[test]
    fn whoever_can_sign_in_is_not_invited_with_others() {
        let invite = command("account.invite");
        assert!(kept_out(invite, &Kept::Person(true), &mut None).is_some());
        assert!(kept_out(invite, &Kept::Person(false), &mut None).is_none());
    }

    #[test]
    fn a_command_for_many_can_be_sent_twice_and_needs_no_file() {
        let mut seen = 0;
        for command in trail::all() {
            let Some(form) = command.form.filter(|form| form.many) else {
                continue;
            };
            assert!(form.keyed, "{}", command.code);
            let files = form
                .fields
                .iter()
                .filter(|field| matches!(field.takes, Declared::File | Declared::Files));
            assert!(
                files.clone().all(|field| !field.required),
                "{}",
                command.code
            );
            assert_eq!(form.target(), Some(command.subject), "{}", command.code);
            seen += 1;
        }
        assert_eq!(seen, 6);
    }
}
