//! The letters about a case to the contacts of its enterprise, and what the supervisor is told.

use sea_orm::prelude::Uuid;

use crate::{
    account,
    case::{
        Model,
        notice::{self, About, Line},
        repository, rules,
    },
    catalogue::Outcome,
    enterprise,
    error::Fault,
    item::{edition::Shared, version::Content},
    language::Text,
    link,
    notice::commands::{NewNotice, tell_all},
    outbox::{
        Class, Kind,
        commands::{NewLetter, enqueue},
        facts::{self, CaseLine, CaseStep},
    },
    store::Unit,
    table::Visible,
    term::Term,
    viewer::{Role, Viewer},
};

/// Tells the contacts of the enterprise what has just been saved of a case; `missing` is what they are asked for.
pub(super) async fn tell(
    unit: &Unit,
    case: &Model,
    step: CaseStep,
    missing: Option<&notice::Model>,
) -> Result<(), Fault> {
    let (db, system) = (unit.db(), Viewer::system("cases"));
    let contacts = account::repository::contacts_of(db, case.enterprise_id).await?;
    if contacts.is_empty() {
        return Ok(());
    }
    let enterprise = enterprise::Entity::found(db, &system, case.enterprise_id).await?;
    let version = repository::version_of(unit, case).await?;
    let content = &version.content;
    let lines = match missing {
        Some(notice) => {
            let edition = repository::edition_of(unit, case).await?;
            let lines = notice.content.0.iter();
            lines
                .map(|line| said(line, case, content, &edition.content))
                .collect()
        }
        None => Vec::new(),
    };
    let is_decided = step == CaseStep::Decided;
    let outcome = case.outcome.filter(|_| is_decided);
    let refused = outcome.is_some_and(|outcome| {
        matches!(
            outcome,
            Outcome::Refused | Outcome::NotCompetent | Outcome::NotRequired
        )
    });
    let guide = content.guide.as_ref();
    let ends_here = matches!(step, CaseStep::Decided | CaseStep::Lapsed);
    for person in contacts {
        let facts = facts::Case {
            name: person.name.clone(),
            enterprise: enterprise.name_zh.clone(),
            number: case.number.clone(),
            item: content.item.name.clone(),
            step,
            lines: lines.clone(),
            day: match step {
                CaseStep::CorrectionAsked => missing.map(|notice| notice.answer_by),
                CaseStep::Delivered => case.delivered_on,
                CaseStep::Decided | CaseStep::Lapsed => None,
                _ => Some(case.due_on),
            },
            outcome: outcome.map(Term::text),
            reason: case.reasons.clone().filter(|_| ends_here),
            remedies: guide
                .filter(|_| refused)
                .map(|guide| guide.remedies.clone()),
            path: link::case(case.id),
        };
        let letter = NewLetter::new(
            format!("case:{}:{}:{}", case.id, case.version, person.id),
            Kind::Case,
            Class::MustNotMiss,
            person.id,
            &facts,
        )?;
        enqueue(unit, letter).await?;
    }
    Ok(())
}

/// A line of a notice in words.
fn said(line: &Line, case: &Model, content: &Content, shared: &Shared) -> CaseLine {
    let mut reasons = shared.correction_reasons.iter();
    let reason = reasons.find(|known| known.code == line.reason);
    CaseLine {
        about: match &line.about {
            About::Material(key) => {
                let material = rules::material(content, &case.answers, key);
                material.map(|material| material.name.clone())
            }
            About::Field(key) => {
                let mut fields = shared.fields.iter();
                let field = fields.find(|field| field.key == *key);
                field.map(|field| field.label.clone())
            }
            About::Whole => None,
        },
        reason: reason.map_or_else(|| Text::new("", ""), |known| known.name.clone()),
        text: line.text.clone(),
    }
}

/// Tells the supervisors in the app, and with their next digest, that a pause is to be settled.
pub(super) async fn ask_supervisor(unit: &Unit, case: &Model) -> Result<(), Fault> {
    let supervisors = account::repository::enabled_in_role(unit.db(), Role::Supervisor).await?;
    let notice = |id: Uuid| NewNotice {
        key: format!("case:{}:{}:{id}", case.id, case.version),
        recipient_id: id,
        kind: Kind::Case.name(),
        title: Text::new(
            format!("请在 2 个工作日内裁定暂停异议：{}", case.number),
            format!(
                "Contested pause to be settled within 2 working days: {}",
                case.number
            ),
        ),
        path: Some(link::case(case.id)),
        letter_id: None,
        waits_for_digest: true,
    };
    let notices = supervisors.into_iter().map(|person| notice(person.id));
    tell_all(unit, notices.collect()).await?;
    Ok(())
}
