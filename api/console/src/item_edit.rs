//! The rows of a draft of an approval item: the forms by which a material, a time limit or a reason to need the item is added, edited and taken
//! away. What a draft has once is edited on the pages of commands.

use api_door::scalar::Kind;
use axum::response::Response;
use entity::{
    command::{Command, Form},
    trail,
};

use super::{
    act::{self, Act},
    bridge::operation,
    command,
    flash::Flash,
    form::Filled,
    global_id,
    guest::Guest,
    refusal::Refusal,
    term::*,
};

operation!(ItemEdit in "src/operations/item.graphql");

type It = item_edit::ItemEditNodeOnItem;

/// A word in the address, and the command that it stands for.
type Word = (&'static str, &'static str);

/// The command that adds a row to each part, and those that are given for one, by their words in the address.
const PARTS: [(&str, &str, [Word; 2]); 3] = [
    (
        "materials",
        "item.add_material",
        [
            ("edit", "item.edit_material"),
            ("strike", "item.strike_material"),
        ],
    ),
    (
        "limits",
        "item.add_limit",
        [("edit", "item.edit_limit"), ("remove", "item.remove_limit")],
    ),
    (
        "needs",
        "item.add_need",
        [("edit", "item.edit_need"), ("remove", "item.remove_need")],
    ),
];

/// Adds a row; every other address names one.
const ADD: &str = "add";

/// A command, and the row for which it is given; none for a new one.
struct Asked {
    id: String,
    part: &'static str,
    command: &'static Command,
    declared: &'static Form,
    number: Option<i64>,
}

impl Asked {
    /// What the address asks for: `/items/{key}/materials/add`, `/items/{key}/materials/{number}/edit`.
    fn at(path: &str) -> Result<Self, Refusal> {
        let parts: Vec<&str> = path.split('/').skip(2).collect();
        let (key, part, row, verb) = match parts.as_slice() {
            [key, part, row] => (*key, *part, *row, None),
            [key, part, row, verb] => (*key, *part, *row, Some(*verb)),
            _ => return Err(Refusal::NotFound),
        };
        let known = PARTS.iter().find(|(known, ..)| *known == part);
        let (part, add, verbs) = known.ok_or(Refusal::NotFound)?;
        let (code, number) = match verb {
            None if row == ADD => (*add, None),
            None => return Err(Refusal::NotFound),
            Some(verb) => {
                let known = verbs.iter().find(|(word, _)| *word == verb);
                let (_, code) = known.ok_or(Refusal::NotFound)?;
                (*code, Some(row.parse().map_err(|_| Refusal::NotFound)?))
            }
        };
        let command = trail::command(code).ok_or(Refusal::NotFound)?;
        Ok(Self {
            id: global_id(Kind::Item, key)?,
            part: *part,
            declared: command.form.ok_or(Refusal::NotFound)?,
            command,
            number,
        })
    }
}

/// The page of a command, and whether the viewer may give it now.
async fn act(
    guest: &Guest,
    asked: &Asked,
    filled: Option<&Filled>,
) -> Result<(Act, bool), Refusal> {
    let id = asked.id.clone();
    let data = guest.run::<ItemEdit>(item_edit::Variables { id }).await?;
    let Some(item_edit::ItemEditNode::Item(it)) = data.node else {
        return Err(Refusal::NotFound);
    };
    let mut commands = it.commands.iter();
    let may = commands.any(|one| one.code == asked.command.code && one.may);
    let values = match (asked.number, filled) {
        (Some(number), None) if may => values(&it, asked.part, number).ok_or(Refusal::NotFound)?,
        _ => Vec::new(),
    };
    let title = asked.declared.title.in_language(guest.language);
    let f = guest.frame(title);
    let fields = command::fields(asked.declared, &f);
    let names: Vec<&'static str> = fields.iter().map(|field| field.name).collect();
    let values: Vec<(&str, &str)> = values
        .iter()
        .filter(|(name, _)| names.contains(name))
        .map(|(name, value)| (*name, value.as_str()))
        .collect();
    let lead = asked.declared.lead.in_language(guest.language);
    let lead = match asked.number {
        Some(number) => format!("{number} — {lead}"),
        None => lead.to_owned(),
    };
    let name = f.of(&it.name_zh, &it.name_en);
    let act = Act {
        form: act::form(&names, filled, &values),
        back: (f.link(&it.id), format!("{} {name}", it.code)),
        lead,
        fields,
        verb: title,
        version: it.version,
        f,
    };
    Ok((act, may))
}

/// What stands in the fields of a row; nothing if there is none with this number.
fn values(it: &It, part: &str, number: i64) -> Option<Vec<(&'static str, String)>> {
    let work = it.at_work.as_ref()?;
    let said = |text: &Option<String>| text.clone().unwrap_or_default();
    Some(match part {
        "materials" => {
            let mut rows = work.materials.iter().chain(&work.struck_materials);
            let row = rows.find(|row| row.number == number)?;
            vec![
                ("nameZh", row.name_zh.clone()),
                ("nameEn", row.name_en.clone()),
                ("form", row.form.code().to_owned()),
                ("source", row.source.code().to_owned()),
                ("sourceItem", said(&row.source_item)),
                (
                    "grade",
                    row.grade.map_or("", |grade| grade.code()).to_owned(),
                ),
                ("tolerance", row.tolerance.code().to_owned()),
                ("condition", said(&row.condition)),
                ("sharedKey", said(&row.shared_key)),
                ("noteZh", row.note_zh.clone()),
                ("noteEn", row.note_en.clone()),
            ]
        }
        "limits" => {
            let row = work.limits.iter().find(|row| row.number == number)?;
            let by = row.extension_by.map_or("", |by| by.code());
            vec![
                ("clock", row.clock.code().to_owned()),
                ("limit", row.limit.to_string()),
                ("unit", row.unit.code().to_owned()),
                ("start", row.start.code().to_owned()),
                ("extensionBy", by.to_owned()),
                ("article", row.article.clone()),
                ("mark", row.mark.code().to_owned()),
                ("condition", said(&row.condition)),
                ("noteZh", said(&row.note_zh)),
                ("noteEn", said(&row.note_en)),
            ]
        }
        _ => {
            let row = work.needs.iter().find(|row| row.number == number)?;
            vec![
                ("condition", row.condition.clone()),
                ("reasonZh", row.reason_zh.clone()),
                ("reasonEn", row.reason_en.clone()),
                ("basis", row.basis.clone()),
            ]
        }
    })
}

/// The page of a command.
pub async fn ask(guest: Guest) -> Result<Response, Refusal> {
    let asked = Asked::at(guest.address.path())?;
    let (act, may) = act(&guest, &asked, None).await?;
    if !may {
        return Err(Refusal::Forbidden);
    }
    Ok(act.answer(&guest))
}

/// Gives it as it was filled in.
pub async fn give(guest: Guest, filled: Filled) -> Result<Response, Refusal> {
    let asked = Asked::at(guest.address.path())?;
    let filled = match asked.number {
        Some(number) => filled.with("number", &number.to_string()),
        None => filled,
    };
    let (mut act, may) = act(&guest, &asked, Some(&filled)).await?;
    act.is_unchosen(&guest, &filled);
    let of = (Some(asked.id.as_str()), None);
    let input = command::input(&guest, asked.declared, &filled, &mut act, of).await?;
    if act.form.is_refused() && !may {
        return Err(Refusal::Forbidden);
    }
    // Who may not any more is told why by the API.
    if !act.form.is_refused() {
        let given = guest.give(asked.command, input.into()).await;
        let given = given.map_err(|refusal| refusal.with_typed(&filled))?;
        act.form.refuse(given.refused);
    }
    if act.form.is_refused() {
        return Ok(act.answer(&guest));
    }
    let back = act.back.0.clone();
    Ok(guest.done(Flash::Given(asked.command.code), &back))
}
