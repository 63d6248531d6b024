//! Telling the enterprise, and the liaison with it, that time limits were paused, run again or were extended: with the reason and the
//! day on which each is due now. Of an extension the law asks for it (行政许可法第四十二条、第四十五条).

use chrono::NaiveDate;
use sea_orm::prelude::Uuid;

use super::Model;
use crate::{
    account, commitment, deadline, enterprise,
    error::Fault,
    language::Text,
    liaison, link,
    outbox::{
        Class, Kind,
        commands::{NewLetter, enqueue},
        facts::{LimitChanged, LimitLine, LimitStep},
    },
    store::Unit,
    table::Visible,
    viewer::Viewer,
};

/// A time limit before and after.
pub(super) struct Changed {
    pub obligation: Model,
    pub before: deadline::Model,
    pub after: deadline::Model,
}

/// What has happened to time limits, by one act.
pub(super) struct Happened {
    pub step: LimitStep,
    /// What makes the act the only one of its kind.
    pub act: (Uuid, i32),
    /// The first day that is not counted, the last one, or the day of the extension.
    pub on: NaiveDate,
    /// The end that the notice of a pause names.
    pub until: Option<NaiveDate>,
    /// The ground and the reason of a pause, also when it ends; the reason of an extension.
    pub ground: Option<Text>,
    pub reason: Option<String>,
}

/// Writes one letter to each contact of the enterprise and to its liaison, unless it is the liaison who has done it.
pub(super) async fn limits_changed(
    unit: &Unit,
    happened: Happened,
    changed: &[Changed],
) -> Result<(), Fault> {
    let Some(first) = changed.first() else {
        return Ok(());
    };
    let (db, system) = (unit.db(), Viewer::system("limits"));
    let enterprise_id = first.obligation.enterprise_id;
    let enterprise = enterprise::Entity::found(db, &system, enterprise_id).await?;
    let ids: Vec<Uuid> = changed
        .iter()
        .map(|one| one.obligation.commitment_id)
        .collect();
    let promises = commitment::Entity::of_ids(db, &system, &ids).await?;
    let lines: Vec<LimitLine> = changed
        .iter()
        .filter_map(|one| {
            let owed = &one.obligation;
            let promise = promises.iter().find(|row| row.id == owed.commitment_id)?;
            Some(LimitLine {
                item: promise.words(),
                occasion: owed.occasion.clone(),
                before: one.before.due_on,
                due_on: one.after.due_on,
                provisional: one.after.provisional,
                path: link::obligation(owed.id),
            })
        })
        .collect();
    let own = Text::new("这是对贵企业的承诺", "it was promised to your enterprise");
    let looked_after = Text::new(
        "您是该企业的服务专员",
        "you are the liaison of the enterprise",
    );
    let in_charge: Vec<Uuid> = liaison::repository::in_charge_of(db, &[enterprise_id])
        .await?
        .into_iter()
        .map(|row| row.account_id)
        .filter(|id| unit.viewer().account_id() != Some(*id))
        .collect();
    let contacts = account::repository::contacts_of(db, enterprise_id).await?;
    let liaisons = account::repository::named(db, &in_charge).await?;
    let recipients = contacts
        .into_iter()
        .map(|person| (person, &own))
        .chain(liaisons.into_iter().map(|person| (person, &looked_after)))
        .filter(|(person, _)| person.is_enabled());
    let (id, version) = happened.act;
    for (person, why) in recipients {
        let facts = LimitChanged {
            name: person.name.clone(),
            enterprise: enterprise.name_zh.clone(),
            step: happened.step,
            on: happened.on,
            until: happened.until,
            ground: happened.ground.clone(),
            reason: happened.reason.clone(),
            lines: lines.clone(),
            why: why.clone(),
        };
        let letter = NewLetter::new(
            format!("limit:{id}:{version}:{}", person.id),
            Kind::LimitChanged,
            Class::MustNotMiss,
            person.id,
            &facts,
        )?;
        enqueue(unit, letter).await?;
    }
    Ok(())
}
