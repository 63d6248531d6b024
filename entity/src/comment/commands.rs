//! Writing a comment, and withdrawing it. Those concerned are told in the app.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use sea_orm::{EntityTrait, entity::prelude::*};

use super::{
    About, ActiveModel, Audience, Entity, Model,
    rules::{self, CommentError},
};
use crate::{
    account,
    audit::commands::{Change, record, summary},
    command::{Command, Input, Offer, Thing, commands, form, offers},
    contract, enterprise,
    error::{CommandError, Fault, expect_version},
    id::new_id,
    language::Text,
    liaison, link,
    notice::commands::{NewNotice, tell_all},
    obligation,
    permission::{Action, require},
    project,
    store::{Store, Unit},
    table::{Visible, save},
    viewer::{Role, Viewer},
};

commands! {
    /// A comment is written.
    WRITE = "comment.write" on Comment: "留言", "written";
    /// A comment is withdrawn by its author.
    WITHDRAW = "comment.withdraw" on Comment: "撤回", "withdrawn", form Withdraw;
}

/// As what its notice is known.
const KIND: &str = "comment";

/// A comment to be written.
#[derive(Clone, Debug)]
pub struct Write {
    /// What it is about.
    pub about: About,
    /// Who reads it.
    pub audience: Audience,
    /// What is written, up to 2000 characters.
    pub text: String,
}

/// What a comment is about, as it is kept.
struct Place {
    enterprise_id: Uuid,
    contract_id: Uuid,
    obligation_id: Option<Uuid>,
    project_id: Option<Uuid>,
    path: String,
}

/// Writes a comment about something that the viewer may see.
pub async fn write(
    store: &Store,
    viewer: &Viewer,
    input: Write,
) -> Result<Model, CommandError<CommentError>> {
    let unit = store.begin(viewer).await?;
    let place = place(&unit, input.about).await?;
    let standing = liaison::repository::standing(unit.db(), viewer, place.enterprise_id).await?;
    require(viewer, Action::WriteComments, standing)?;
    rules::may_address(viewer, input.audience)
        .map_err(|error| CommandError::refused(&["audience"], error))?;
    let text =
        rules::words(&input.text).map_err(|error| CommandError::refused(&["text"], error))?;
    let written = Model {
        id: new_id(unit.now()),
        enterprise_id: place.enterprise_id,
        contract_id: place.contract_id,
        obligation_id: place.obligation_id,
        project_id: place.project_id,
        audience: input.audience,
        text: Some(text.clone()),
        written_at: unit.now(),
        written_by: viewer.account_id(),
        withdrawn_at: None,
        version: 1,
    };
    Entity::insert(ActiveModel::from(written.clone()).reset_all())
        .exec_without_returning(unit.db())
        .await?;
    record(
        &unit,
        Change {
            command: &WRITE,
            subject_id: written.id,
            before: None,
            after: Some(summary!({
                "contractId": written.contract_id,
                "obligationId": written.obligation_id,
                "projectId": written.project_id,
                "audience": written.audience,
                "text": text,
            })),
            reason: None,
        },
    )
    .await?;
    tell(&unit, &written, place.path).await?;
    unit.commit().await?;
    Ok(written)
}

form! {
    /// A comment that its author withdraws.
    pub struct Withdraw of WITHDRAW by Action::WithdrawComments, refused CommentError {
        title: "撤回留言", "Withdraw the comment";
        lead: "留言 24 小时内可由本人撤回。撤回后内容不再显示，审计记录仍保留。",
            "The author can withdraw a comment within 24 hours. Its text is then no longer shown; the audit trail keeps it.";
        done: "留言已撤回。", "The comment has been withdrawn.";
        /// The comment.
        id: Uuid = Target(Thing::Comment);
        /// Its version as seen.
        expected_version: i32 = Version;
    }
}

/// Withdraws a comment: its text is kept by the audit trail alone.
pub async fn withdraw(
    store: &Store,
    viewer: &Viewer,
    input: Withdraw,
) -> Result<Model, CommandError<CommentError>> {
    let unit = store.begin(viewer).await?;
    let before = Entity::found(unit.db(), viewer, input.id).await?;
    require(viewer, Withdraw::FORM.may, rules::standing(viewer, &before))?;
    expect_version(before.id, before.version, input.expected_version)?;
    rules::can_withdraw(&before, unit.now()).map_err(|error| CommandError::refused(&[], error))?;
    let after = Model {
        text: None,
        withdrawn_at: Some(unit.now()),
        ..before.clone()
    };
    let after = save(&unit, &before, after).await?;
    record(
        &unit,
        Change {
            command: &WITHDRAW,
            subject_id: after.id,
            before: Some(summary!({ "text": before.text })),
            after: Some(summary!({ "text": after.text })),
            reason: None,
        },
    )
    .await?;
    unit.commit().await?;
    Ok(after)
}

/// What can be done with a comment, and why not now.
pub fn offered(viewer: &Viewer, comment: &Model, now: DateTime<Utc>) -> Vec<Offer> {
    let rule = |_: &Command| rules::can_withdraw(comment, now);
    let standing = rules::standing(viewer, comment);
    offers(COMMANDS, Thing::Comment, viewer, standing, rule)
}

/// Where a comment stands. Who may not see the thing does not find it.
async fn place(unit: &Unit, about: About) -> Result<Place, Fault> {
    let (db, viewer) = (unit.db(), unit.viewer());
    Ok(match about {
        About::Contract(id) => {
            let it = contract::Entity::found(db, viewer, id).await?;
            Place {
                enterprise_id: it.enterprise_id,
                contract_id: it.id,
                obligation_id: None,
                project_id: None,
                path: link::contract(it.id),
            }
        }
        About::Obligation(id) => {
            let it = obligation::Entity::found(db, viewer, id).await?;
            Place {
                enterprise_id: it.enterprise_id,
                contract_id: it.contract_id,
                obligation_id: Some(it.id),
                project_id: None,
                path: link::obligation(it.id),
            }
        }
        About::Project(id) => {
            let it = project::Entity::found(db, viewer, id).await?;
            Place {
                enterprise_id: it.enterprise_id,
                contract_id: it.contract_id,
                obligation_id: None,
                project_id: Some(it.id),
                path: link::project(it.id),
            }
        }
    })
}

/// Tells those concerned: the liaison and the deputy, who owes what it is about, and of what is shared the contacts of the enterprise. It says
/// that there is a comment, never what it says.
async fn tell(unit: &Unit, written: &Model, path: String) -> Result<(), Fault> {
    let db = unit.db();
    let mut people: BTreeSet<Uuid> = BTreeSet::new();
    for row in liaison::repository::in_charge_of(db, &[written.enterprise_id]).await? {
        people.insert(row.account_id);
        people.extend(row.deputy_id);
    }
    if let Some(id) = written.obligation_id {
        let owners = obligation::repository::responsible(db, &[id]).await?;
        people.extend(owners.into_values().flatten());
    }
    // What an enterprise writes while nobody is in charge of it must not be overlooked.
    if people.is_empty() && unit.viewer().role() == Some(Role::Enterprise) {
        let centre = account::repository::enabled_in_role(db, Role::Centre).await?;
        people.extend(centre.into_iter().map(|official| official.id));
    }
    if written.audience == Audience::Shared {
        let contacts = account::repository::contacts_of(db, written.enterprise_id).await?;
        people.extend(contacts.into_iter().map(|contact| contact.id));
    }
    people.retain(|person| Some(*person) != written.written_by);
    let firm = enterprise::Entity::found(db, &Viewer::system(KIND), written.enterprise_id).await?;
    let title = match written.audience {
        Audience::Internal => Text::new(
            format!("新的内部留言：{}", firm.name_zh),
            format!("New internal comment: {}", firm.name_zh),
        ),
        Audience::Shared => Text::new(
            format!("新的留言：{}", firm.name_zh),
            format!("New comment: {}", firm.name_zh),
        ),
    };
    let notices = people.into_iter().map(|person| NewNotice {
        key: format!("{KIND}:{}:{person}", written.id),
        recipient_id: person,
        kind: KIND.to_owned(),
        title: title.clone(),
        path: Some(link::comments(&path)),
        letter_id: None,
        waits_for_digest: false,
    });
    tell_all(unit, notices.collect()).await?;
    Ok(())
}
