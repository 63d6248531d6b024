//! What the page of a command knows of the thing for which it is given.

use entity::{
    command::{Field as Declared, Takes},
    language::Language,
    project::stage,
};

use super::{
    super::{
        act::{Field, Takes as Shown},
        frame::Frame,
        letter,
        term::*,
        word,
    },
    command_page::{CommandPageNode as Node, Offered},
};

/// What the page of a command knows of its thing.
#[derive(Default)]
pub(super) struct Found {
    /// Where it goes back to, and what that is called.
    pub back: (String, String),
    /// What stands before the lead; may be empty.
    pub about: String,
    /// The version; 0 for what has none in its form.
    pub version: i64,
    /// The global id of the enterprise to which a file belongs; nothing where it belongs to none.
    pub enterprise: Option<String>,
    /// What is offered with it.
    pub commands: Vec<Offered>,
}

/// What is known of it; nothing for what has no page of a command.
pub(super) fn found(f: &Frame, node: Node) -> Option<Found> {
    let back = |id: &str, name_zh: &str, name_en: Option<&str>| {
        let name = f.of(name_zh, name_en.unwrap_or_default());
        (word::of_id(id), name.to_owned())
    };
    Some(match node {
        Node::Absence(it) => {
            let name = |person: Option<&str>| person.unwrap_or_default().to_owned();
            let absent = name(it.official.as_ref().map(|person| person.name.as_str()));
            let deputy = name(it.deputy.as_ref().map(|person| person.name.as_str()));
            Found {
                back: (
                    "/absences".to_owned(),
                    f.t("请假与代理", "Leaves and deputies").to_owned(),
                ),
                about: format!(
                    "{absent} · {} – {} · {} {deputy}",
                    it.from_on,
                    it.until_on,
                    f.t("代理人", "deputy")
                ),
                version: it.version,
                commands: it.commands,
                ..Found::default()
            }
        }
        Node::Account(it) => Found {
            back: (word::of_id(&it.id), it.name),
            version: it.version,
            commands: it.commands,
            ..Found::default()
        },
        Node::Application(it) => Found {
            back: (
                word::of_id(&it.id),
                match it.number {
                    Some(number) => format!("{} {number}", f.t("申请", "Application")),
                    None => f.t("申请草稿", "Draft application").to_owned(),
                },
            ),
            version: it.version,
            commands: it.commands,
            ..Found::default()
        },
        Node::Case(it) => {
            let item = f.of(&it.item_zh, &it.item_en);
            let ends = |outcome: ItemOutcome| {
                format!("{}{}", f.t("办理结果：", "Outcome: "), outcome.say(f))
            };
            Found {
                back: (word::of_id(&it.id), format!("{} {item}", it.number)),
                about: it.outcome.map_or_else(String::new, ends),
                version: it.version,
                enterprise: it.enterprise.map(|firm| firm.id),
                commands: it.commands,
            }
        }
        Node::Comment(it) => {
            let text = it.text.unwrap_or_default();
            Found {
                back: (
                    format!("{}#comments", word::of_id(&it.about_id)),
                    f.t("返回", "Back").to_owned(),
                ),
                about: format!("{}{}{text}", it.audience.say(f), f.t("：", ": ")),
                version: it.version,
                commands: it.commands,
                ..Found::default()
            }
        }
        Node::Commitment(it) => {
            let contract = it.contract?;
            let promise = f.of(&it.text_zh, &it.text_en);
            let starts = f.starts_with(&it.start_event);
            let limit = f.limit(&it.limit_days, &it.unit);
            Found {
                back: (
                    word::of_id(&contract.id),
                    format!("{} {}", f.t("契约", "Contract"), contract.number),
                ),
                about: format!("{promise} · {starts} · {limit}"),
                version: it.version,
                commands: it.commands,
                ..Found::default()
            }
        }
        Node::Contract(it) => Found {
            back: (
                format!("{}/acts", word::of_id(&it.id)),
                format!("{} {}", f.t("契约", "Contract"), it.number),
            ),
            version: it.version,
            enterprise: Some(it.enterprise_id),
            commands: it.commands,
            ..Found::default()
        },
        Node::Department(it) => Found {
            back: (
                "/departments".to_owned(),
                f.t("部门", "Departments").to_owned(),
            ),
            about: f.of(&it.name_zh, &it.name_en).to_owned(),
            version: it.version,
            commands: it.commands,
            ..Found::default()
        },
        Node::Enterprise(it) => Found {
            back: back(&it.id, &it.name_zh, it.name_en.as_deref()),
            version: it.version,
            commands: it.commands,
            ..Found::default()
        },
        Node::Item(it) => Found {
            back: (
                word::of_id(&it.id),
                format!("{} {}", it.code, f.of(&it.name_zh, &it.name_en)),
            ),
            version: it.version,
            commands: it.commands,
            ..Found::default()
        },
        Node::Letter(it) => {
            let to = it.recipient.as_ref().map(|to| &*to.name);
            Found {
                back: (word::of_id(&it.id), letter::called(f, &it.letter, to)),
                version: it.version,
                commands: it.commands,
                ..Found::default()
            }
        }
        Node::Liaison(it) => {
            let firm = it.enterprise?;
            Found {
                back: back(&it.id, &firm.name_zh, firm.name_en.as_deref()),
                version: it.version,
                commands: it.commands,
                ..Found::default()
            }
        }
        Node::Milestone(it) => {
            let project = it.project?;
            let number = it.stage_number.unwrap_or_default();
            // What closes a stage is called as the stage.
            let stage = i32::try_from(number).ok().and_then(stage::numbered);
            Found {
                back: (word::of_id(&project.id), project.name),
                about: stage.map_or(it.name, |stage| {
                    f.of(stage.name_zh, stage.name_en).to_owned()
                }),
                version: it.version,
                enterprise: it.enterprise.map(|firm| firm.id),
                commands: it.commands,
            }
        }
        Node::Obligation(it) => {
            let promise = it.commitment?;
            let due = f.date(&it.deadline.due_on);
            Found {
                back: back(&it.id, &promise.text_zh, Some(&promise.text_en)),
                about: format!(
                    "{} · {} {due}",
                    f.occasion(&it.occasion),
                    f.t("到期", "due")
                ),
                version: it.version,
                enterprise: it.enterprise.map(|firm| firm.id),
                commands: it.commands,
            }
        }
        Node::Permit(it) => {
            let firm = it.enterprise?;
            Found {
                back: back(&firm.id, &firm.name_zh, firm.name_en.as_deref()),
                about: format!("{} {}", it.kind.say(f), it.number),
                version: it.version,
                enterprise: Some(firm.id),
                commands: it.commands,
            }
        }
        Node::Project(it) => Found {
            back: (word::of_id(&it.id), it.name),
            version: it.version,
            commands: it.commands,
            ..Found::default()
        },
        Node::Rectification(it) => Found {
            back: back(&it.id, &it.about_zh, Some(&it.about_en)),
            version: it.version,
            commands: it.commands,
            ..Found::default()
        },
        Node::SupervisionOrder(it) => Found {
            back: back(&it.id, &it.about_zh, Some(&it.about_en)),
            about: format!("{} {}", f.t("答复期限", "Answer by"), f.date(&it.reply_by)),
            version: it.version,
            commands: it.commands,
            ..Found::default()
        },
        Node::Visit(it) => {
            let firm = it.enterprise?;
            let name = f.of(&firm.name_zh, firm.name_en.as_deref().unwrap_or_default());
            let name = format!("{}{}{name}", it.kind.say(f), f.t("：", ": "));
            Found {
                back: (word::of_id(&it.id), name),
                version: it.version,
                enterprise: Some(firm.id),
                commands: it.commands,
                ..Found::default()
            }
        }
        _ => return None,
    })
}

/// What a thing allows of what a field takes.
pub(super) enum Narrowed {
    /// These of its choices.
    Choices(Vec<&'static str>),
    /// At most this number.
    AtMost(i64),
    /// All but this one.
    Without(String),
}

/// What the thing allows of the fields of a form.
pub(super) fn narrowed(node: &Node) -> Vec<(&'static str, Narrowed)> {
    match node {
        Node::Obligation(it) => {
            let grounds = it.deadline.pause_grounds.iter();
            let grounds = grounds.map(|ground| ground.code()).collect();
            vec![
                ("kind", Narrowed::Choices(grounds)),
                ("days", Narrowed::AtMost(it.permissions.extend_at_most)),
            ]
        }
        Node::Case(it) => {
            let grounds = it.pause_grounds.iter();
            let grounds = grounds.map(|ground| ground.kind.code()).collect();
            let guide = it.item_version.iter().flat_map(|one| &one.guide);
            let endings = guide.flat_map(|guide| &guide.outcomes);
            // The others the applicant or silence brings about, or they have a command of their own.
            let decided = |outcome: &ItemOutcome| {
                use ItemOutcome::{Filed, Granted, Refused};
                matches!(outcome, Granted | Refused | Filed)
            };
            let endings = endings.map(|one| one.code).filter(decided);
            vec![
                ("kind", Narrowed::Choices(grounds)),
                (
                    "outcome",
                    Narrowed::Choices(endings.map(Term::code).collect()),
                ),
            ]
        }
        // An item that is taken off does not stay.
        Node::Item(_) => {
            let stays = CatalogueItemStatus::Active.code().to_owned();
            vec![("status", Narrowed::Without(stays))]
        }
        // Whoever is in charge succeeds nobody.
        Node::Liaison(it) => {
            let present = it.official.iter();
            let without = present.map(|one| ("successorId", Narrowed::Without(one.id.clone())));
            without.collect()
        }
        _ => Vec::new(),
    }
}

/// Leaves of a field what the thing allows. A number is told by what this gives.
pub(super) fn narrow(
    field: &mut Field,
    declared: &Declared,
    narrowed: &Narrowed,
    f: &Frame,
) -> String {
    match (narrowed, &mut field.takes, declared.takes) {
        (Narrowed::Choices(known), Shown::Choice(all), _) => {
            all.retain(|(value, _)| known.contains(&value.as_str()));
        }
        (Narrowed::Without(id), Shown::Choice(all), _) => all.retain(|(value, _)| value != id),
        (Narrowed::AtMost(most), _, Takes::Whole(_, usual))
            if (1..i64::from(usual)).contains(most) =>
        {
            return match f.language {
                Language::Chinese => format!("{}：最多 {most}。", field.label),
                Language::English => format!(" {}: {most} at most.", field.label),
            };
        }
        _ => {}
    }
    String::new()
}
