//! The letters and notices about a rectification.

use sea_orm::entity::prelude::*;

use super::{
    super::{Model, subject::in_charge},
    Said, limits,
};
use crate::{
    account, enterprise,
    error::Fault,
    language::Text,
    link,
    notice::commands::{NewNotice, tell},
    outbox::{
        Class, Kind,
        commands::{NewLetter, enqueue},
        facts::{self, RectificationStep},
    },
    store::Unit,
    table::Visible,
    viewer::{Role, Viewer},
};

/// Tells the heads of the department that was rated (the service centre where it has none); the supervisor too of what was
/// handed over, and the enterprise that rated of what the supervisor has ended. `of` is what the letter is about: the same step of it is told
/// once.
pub(super) async fn write_letters(
    unit: &Unit,
    one: &Model,
    step: RectificationStep,
    of: Uuid,
    said: Said,
) -> Result<(), Fault> {
    let db = unit.db();
    let watching = Text::new(
        "监督机构了解未解决的整改",
        "the supervisor is informed of unsolved cases",
    );
    let heads = account::repository::heads_or_centre(db, one.department_id).await?;
    let mut people: Vec<(account::Model, Text)> =
        heads.into_iter().map(|head| (head, in_charge())).collect();
    if step == RectificationStep::Supervised {
        let supervisors = account::repository::enabled_in_role(db, Role::Supervisor).await?;
        people.extend(supervisors.into_iter().map(|one| (one, watching.clone())));
    }
    if let (RectificationStep::Settled, Some(id)) = (step, one.enterprise_id) {
        let rated = Text::new(
            "您是评价企业的联系人",
            "you are a contact of the enterprise that rated",
        );
        let contacts = account::repository::contacts_of(db, id).await?;
        people.extend(contacts.into_iter().map(|one| (one, rated.clone())));
    }
    let enterprise = match one.enterprise_id {
        Some(id) => {
            let system = Viewer::system("rectification");
            let found = enterprise::Entity::one(db, &system, id).await?;
            found.map(|row| row.name_zh)
        }
        None => None,
    };
    let limits = limits(unit, &[one.contact_deadline_id, one.reply_deadline_id]).await?;
    for (person, why) in people {
        let facts = facts::Rectification {
            name: person.name.clone(),
            step,
            about: one.about(),
            enterprise: enterprise.clone(),
            level: said.level.clone(),
            comment: said.comment.clone(),
            settlement: one.settlement.clone(),
            contact_by: limits[0].due_on,
            reply_by: limits[1].due_on,
            watches: false,
            why,
            path: link::rectification(one.id),
        };
        let letter = NewLetter::new(
            format!("rectification:{of}:{}:{}", key_of(step), person.id),
            Kind::Rectification,
            Class::MustNotMiss,
            person.id,
            &facts,
        )?;
        enqueue(unit, letter).await?;
    }
    Ok(())
}

fn key_of(step: RectificationStep) -> &'static str {
    match step {
        RectificationStep::Opened => "opened",
        RectificationStep::ContactOverdue => "contact_overdue",
        RectificationStep::ReplyOverdue => "reply_overdue",
        RectificationStep::Upheld => "upheld",
        RectificationStep::Reopened => "reopened",
        RectificationStep::Supervised => "supervised",
        RectificationStep::Settled => "settled",
    }
}

/// Asks the contacts of the enterprise to rate once more.
pub(super) async fn ask_again(
    unit: &Unit,
    one: &Model,
    enterprise: Uuid,
    reply: &str,
) -> Result<(), Fault> {
    for person in account::repository::contacts_of(unit.db(), enterprise).await? {
        let facts = facts::RateAgain {
            name: person.name.clone(),
            about: one.about(),
            reply: reply.to_owned(),
            path: link::rectification(one.id),
        };
        let letter = NewLetter::new(
            format!("rate_again:{}:{}", one.reply_deadline_id, person.id),
            Kind::RateAgain,
            Class::MustNotDouble,
            person.id,
            &facts,
        )?;
        enqueue(unit, letter).await?;
    }
    Ok(())
}

/// Tells people in the app, and with their next digest, that there is something to be decided.
pub(super) async fn notify(
    unit: &Unit,
    one: &Model,
    people: Vec<account::Model>,
    (zh, en): (&str, &str),
) -> Result<(), Fault> {
    for person in people {
        let notice = NewNotice {
            key: format!("rectification:{}:{}:{}", one.id, one.version, person.id),
            recipient_id: person.id,
            kind: Kind::Rectification.name(),
            title: Text::new(
                format!("{zh}：{}", one.about_zh),
                format!("{en}: {}", one.about_en),
            ),
            path: Some(link::rectification(one.id)),
            letter_id: None,
            waits_for_digest: true,
        };
        tell(unit, notice).await?;
    }
    Ok(())
}
