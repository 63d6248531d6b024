//! What the catalogue has changed while a draft was open.

use crate::{
    catalogue::{FieldKind, FormField, Material, rules::form as fields_of},
    condition::Answers,
    item::version::Content,
    language::Text,
};

/// One change that the applicant has to look at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// An item has left the catalogue: it is not applied for any more.
    Retired {
        /// Code and name.
        item: Text,
    },
    /// Another version of an item holds.
    Version {
        /// Code and name.
        item: Text,
    },
    /// A field is new, or takes something else than before.
    Field {
        /// What it is called.
        label: Text,
    },
    /// A material is new, or its place is that of another one: it is handed in again.
    Material {
        /// What it is called.
        name: Text,
    },
}

impl Change {
    /// What has changed and what to do.
    pub fn explain(&self) -> Text {
        let about = |name: &Text, zh: &str, en: &str| {
            Text::new(format!("{}：{zh}", name.zh), format!("{}: {en}", name.en))
        };
        match self {
            Self::Retired { item } => about(
                item,
                "已移出目录，本次申请不再包含该事项；已填写的内容仍保留。",
                "It has left the catalogue and is no longer part of this application. What you filled in is kept.",
            ),
            Self::Version { item } => about(
                item,
                "已有新版本生效，时限和材料按新版本执行。",
                "A new version is in force; its time limits and materials apply.",
            ),
            Self::Field { label } => about(
                label,
                "新增或者有变化，请填写或者核对。",
                "This is new or has changed: fill it in or check it.",
            ),
            Self::Material { name } => about(
                name,
                "新增或者有变化，请重新提交。",
                "This is new or has changed: hand it in again.",
            ),
        }
    }
}

/// A form as it was and as it is: the fields of the edition, and the items with what they say.
#[derive(Clone, Copy, Debug)]
pub struct Side<'a> {
    /// The fields.
    pub fields: &'a [FormField],
    /// The items, each with its code and what it says.
    pub items: &'a [(&'a str, &'a Content)],
}

/// What has changed of a form: items, then fields, then materials.
pub fn changes(before: Side<'_>, now: Side<'_>) -> Vec<Change> {
    let named = |code: &str, content: &Content| {
        let name = &content.item.name;
        Text::new(format!("{code} {}", name.zh), format!("{code} {}", name.en))
    };
    let mut found = Vec::new();
    for (code, content) in before.items {
        match now.items.iter().find(|(other, _)| other == code) {
            None => found.push(Change::Retired {
                item: named(code, content),
            }),
            Some((_, held)) if held != content => found.push(Change::Version {
                item: named(code, held),
            }),
            Some(_) => {}
        }
    }
    let codes: Vec<&str> = now.items.iter().map(|(code, _)| *code).collect();
    for entry in fields_of(now.fields, &codes, &Answers::new()) {
        let field = entry.field;
        let old = before.fields.iter().find(|old| old.key == field.key);
        let same = |old: &FormField| {
            let was_asked = before.items.iter().any(|(code, _)| old.items.has(code));
            was_asked
                && old.kind == field.kind
                && old.options == field.options
                && asks_the_same(old, field)
        };
        if !old.is_some_and(same) {
            let label = field.label.clone();
            found.push(Change::Field { label });
        }
    }
    for (_, content) in now.items {
        for material in content.materials.iter().filter(|material| material.after) {
            let name = material.name.clone();
            let is_told = found.contains(&Change::Material { name: name.clone() });
            if !is_told && !is_known(before, material) {
                found.push(Change::Material { name });
            }
        }
    }
    found
}

/// Of these keys of materials those that name another document now than before: what was attached for one is not taken for the other.
pub fn unlike<'a>(
    before: Side<'_>,
    now: Side<'_>,
    keys: impl Iterator<Item = &'a String>,
) -> Vec<String> {
    let is_other = |key: &&String| {
        let found = material(now, key);
        found.is_some_and(|material| !is_known(before, material))
    };
    keys.filter(is_other).cloned().collect()
}

/// Of these keys of fields those whose answer was given to another question: another statement is agreed to, or the unit is another.
pub fn asked_anew<'a>(
    before: &[FormField],
    now: &[FormField],
    keys: impl Iterator<Item = &'a String>,
) -> Vec<String> {
    let of = |fields: &'_ [FormField], key: &str| fields.iter().position(|field| field.key == *key);
    let is_other = |key: &&String| match (of(before, key), of(now, key)) {
        (Some(old), Some(new)) => !asks_the_same(&before[old], &now[new]),
        _ => false,
    };
    keys.filter(is_other).cloned().collect()
}

/// Whether what was answered to one field is an answer to the other. A declaration is agreed to word by word.
fn asks_the_same(old: &FormField, new: &FormField) -> bool {
    let is_declaration = old.kind == FieldKind::Declaration || new.kind == FieldKind::Declaration;
    old.unit == new.unit && (!is_declaration || (&old.label, &old.help) == (&new.label, &new.help))
}

/// Whether a material was there: what items share is known by its key, any other also by what it is called.
fn is_known(before: Side<'_>, now: &Material) -> bool {
    let known = material(before, &now.key());
    known.is_some_and(|known| now.shared_key.is_some() || known.name.zh == now.name.zh)
}

/// The material with this key on one side.
fn material<'a>(side: Side<'a>, key: &str) -> Option<&'a Material> {
    let materials = side
        .items
        .iter()
        .flat_map(|(_, content)| &content.materials);
    let mut asked = materials.filter(|material| material.after);
    asked.find(|material| material.key() == key)
}
