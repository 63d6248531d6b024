//! Changing one's wishes: all of them in the app, one kind of letters from a mail program.

use chrono::{NaiveDate, Weekday};
use sea_orm::{ActiveModelTrait, EntityTrait, entity::prelude::*};

use super::{
    ActiveModel, Entity, Kinds, Model, repository,
    rules::{self, PreferenceError},
};
use crate::{
    account,
    audit::commands::{Change, record, summary},
    command::{Command, commands},
    error::{CommandError, Fault, expect_version},
    language::Language,
    outbox::{self, Kind},
    store::{Store, Unit},
    table,
    viewer::Viewer,
};

commands! {
    /// A person changes wishes about letters.
    CHANGE = "preference.change" on Preference: "修改", "changed";
    /// A link in a letter switches its kind off.
    UNSUBSCRIBE = "preference.unsubscribe" on Preference: "退订", "unsubscribed";
}

/// All wishes of a person.
#[derive(Clone, Debug)]
pub struct ChangePreference {
    /// The version the person saw; 0 when nothing was said before.
    pub expected_version: i32,
    /// The language of letters and pages.
    pub language: Language,
    /// From and until which full hour letters may come; from 8 to 18 when nothing is said.
    pub hours: Option<(i32, i32)>,
    /// On which weekdays.
    pub weekdays: Vec<Weekday>,
    /// Until this day only what cannot be switched off comes.
    pub paused_until: Option<NaiveDate>,
    /// Which kinds are switched off.
    pub switched_off: Vec<Kind>,
}

/// The wishes of a person, with the language that the account keeps.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wishes {
    /// When and what.
    pub preference: Model,
    /// In which language.
    pub language: Language,
}

/// Changes the wishes of the person who asks.
pub async fn change(
    store: &Store,
    viewer: &Viewer,
    input: ChangePreference,
) -> Result<Wishes, CommandError<PreferenceError>> {
    let account_id = viewer.account_id().ok_or(Fault::Unauthenticated)?;
    let unit = store.begin(viewer).await?;
    let before = repository::of(unit.db(), account_id).await?;
    expect_version(account_id, before.version, input.expected_version)?;
    let refusals = rules::check(
        input.hours,
        &input.weekdays,
        input.paused_until,
        &input.switched_off,
        unit.today(),
    );
    if !refusals.is_empty() {
        return Err(refusals.into());
    }
    let off = |kind: &Kind| input.switched_off.contains(kind);
    let after = Model {
        account_id,
        from_hour: input.hours.map(|(from, _)| from),
        until_hour: input.hours.map(|(_, until)| until),
        weekdays: rules::added_up(&input.weekdays),
        paused_until: input.paused_until,
        switched_off: Kinds(Kind::ALL.into_iter().filter(off).collect()),
        version: before.version + 1,
    };
    save(&unit, &before, &after, &CHANGE).await?;
    account::commands::set_language(&unit, account_id, input.language).await?;
    unit.commit().await?;
    Ok(Wishes {
        preference: after,
        language: input.language,
    })
}

/// Switches off the kind of this letter for its recipient, who asked for it in a mail program. Says which kind; the second time
/// changes nothing.
///
/// # Errors
/// `NotFound` when there is no such letter, or when its kind cannot be switched off.
pub async fn unsubscribe(store: &Store, letter_id: Uuid) -> Result<Kind, Fault> {
    let unit = store.begin(&Viewer::system("unsubscribe")).await?;
    let letter = outbox::Entity::find_by_id(letter_id)
        .one(unit.db())
        .await?
        .filter(|letter| letter.kind.is_optional())
        .ok_or(Fault::NotFound)?;
    let before = repository::of(unit.db(), letter.recipient_id).await?;
    if before.switched_off.0.contains(&letter.kind) {
        return Ok(letter.kind);
    }
    let mut after = Model {
        version: before.version + 1,
        ..before.clone()
    };
    after.switched_off.0.push(letter.kind);
    save(&unit, &before, &after, &UNSUBSCRIBE).await?;
    unit.commit().await?;
    Ok(letter.kind)
}

async fn save(
    unit: &Unit,
    before: &Model,
    after: &Model,
    command: &'static Command,
) -> Result<(), Fault> {
    let row = ActiveModel::from(after.clone()).reset_all();
    if before.version == 0 {
        Entity::insert(row)
            .exec_without_returning(unit.db())
            .await?;
    } else {
        table::save(unit, before, after.clone()).await?;
    }
    let summary = |wishes: &Model| {
        summary!({
            "hours": wishes.from_hour.zip(wishes.until_hour),
            "weekdays": wishes.weekdays,
            "pausedUntil": wishes.paused_until,
            "switchedOff": wishes.switched_off,
        })
    };
    record(
        unit,
        Change {
            command,
            subject_id: after.account_id,
            before: Some(summary(before)),
            after: Some(summary(after)),
            reason: None,
        },
    )
    .await
}
