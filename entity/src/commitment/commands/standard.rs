//! Changing the standard promises. Each change makes the next version of the whole list; contracts that were drafted before keep what they have.

use sea_orm::{ActiveModelTrait, EntityTrait, entity::prelude::*, sea_query::OnConflict};

use super::{
    super::{
        Kind, Owner, Recurrence, repository,
        rules::{self, LONGEST, MOST_STANDARD, Promise, PromiseError},
        standard::{ActiveModel, Entity, Model, Promises},
    },
    ADD_STANDARD, CHANGE_STANDARD, COMMANDS, REMOVE_STANDARD, checked,
};
use crate::{
    audit::commands::{Change, Summary, record, summary},
    command::{Choices, Command, Input, Offer, Thing, form, offers},
    deadline::{self, LegalEffect},
    error::{CommandError, Fault, expect_version},
    id::new_id,
    language,
    permission::{Action, Standing, require},
    store::{Store, Unit},
    viewer::Viewer,
};

/// The largest number of a standard promise.
const LARGEST_NUMBER: i32 = MOST_STANDARD as i32;

/// What a change of the list answers.
type Outcome = Result<Model, CommandError<PromiseError>>;

promise_form! {
    /// A promise to be added to the standard list.
    pub struct AddStandard of ADD_STANDARD, keyed {
        title: "新增标准承诺", "Add a standard promise";
        lead: "此后起草和随台账导入的契约包含该承诺；已起草的契约不受影响。",
            "Contracts drafted or imported from now on contain this promise; existing drafts and contracts do not change.";
        done: "标准承诺已新增。", "The standard promise has been added.";
        before {
            /// The version of the list as seen.
            expected_version: i32 = VersionOf(Thing::StandardPromises);
        }
        behind {
            /// Why, up to 1000 characters.
            reason: String = Lines(1000), "理由", "Reason";
        }
    }
}

promise_form! {
    /// What a standard promise is from now on.
    pub struct ChangeStandard of CHANGE_STANDARD {
        title: "修改标准承诺", "Edit a standard promise";
        lead: "此后起草和随台账导入的契约按修改后的承诺；已起草的契约不受影响。",
            "Contracts drafted or imported from now on contain the edited promise; existing drafts and contracts do not change.";
        done: "标准承诺已修改。", "The standard promise has been changed.";
        before {
            /// The version of the list as seen.
            expected_version: i32 = VersionOf(Thing::StandardPromises);
            /// The number of the promise in that version.
            number: i32 = Whole(1, LARGEST_NUMBER);
        }
        behind {
            /// Why, up to 1000 characters.
            reason: String = Lines(1000), "理由", "Reason";
        }
    }
}

form! {
    /// A promise to be taken off the standard list.
    pub struct RemoveStandard of REMOVE_STANDARD by Action::ManageContracts, refused PromiseError {
        title: "删去标准承诺", "Remove a standard promise";
        lead: "此后起草和随台账导入的契约不再包含该承诺；已起草的契约不受影响。其后的承诺序号依次前移。",
            "Contracts drafted or imported from now on no longer contain this promise; existing drafts and contracts do not change. The promises after it move up by one number.";
        done: "标准承诺已删去。", "The standard promise has been removed.";
        /// The version of the list as seen.
        expected_version: i32 = VersionOf(Thing::StandardPromises);
        /// The number of the promise in that version.
        number: i32 = Whole(1, LARGEST_NUMBER);
        /// Why, up to 1000 characters.
        reason: String = Lines(1000), "理由", "Reason";
    }
}

/// Adds a promise at the end of the list.
pub async fn add(store: &Store, viewer: &Viewer, input: AddStandard) -> Outcome {
    let unit = store.begin(viewer).await?;
    let standard = load(&unit, input.expected_version).await?;
    rules::require_room(&standard).map_err(|code| CommandError::refused(&[], code))?;
    let reason = reason(&input.reason)?;
    let promise = checked(&unit, input.into()).await?;
    let mut promises = standard.promises.0.clone();
    promises.push(promise.clone());
    let told = Told {
        command: &ADD_STANDARD,
        number: promises.len(),
        before: None,
        after: Some(&promise),
        reason,
    };
    adopt(unit, standard, promises, told).await
}

/// Writes a promise of the list anew.
pub async fn change(store: &Store, viewer: &Viewer, input: ChangeStandard) -> Outcome {
    let unit = store.begin(viewer).await?;
    let standard = load(&unit, input.expected_version).await?;
    let place = place_of(&standard, input.number)?;
    let reason = reason(&input.reason)?;
    let promise = checked(&unit, input.into()).await?;
    let mut promises = standard.promises.0.clone();
    let before = std::mem::replace(&mut promises[place], promise.clone());
    if before == promise {
        return Err(CommandError::refused(&[], PromiseError::Unchanged));
    }
    let told = Told {
        command: &CHANGE_STANDARD,
        number: place + 1,
        before: Some(&before),
        after: Some(&promise),
        reason,
    };
    adopt(unit, standard, promises, told).await
}

/// Takes a promise off the list.
pub async fn remove(store: &Store, viewer: &Viewer, input: RemoveStandard) -> Outcome {
    let unit = store.begin(viewer).await?;
    let standard = load(&unit, input.expected_version).await?;
    rules::require_another(&standard).map_err(|code| CommandError::refused(&[], code))?;
    let place = place_of(&standard, input.number)?;
    let reason = reason(&input.reason)?;
    let mut promises = standard.promises.0.clone();
    let before = promises.remove(place);
    let told = Told {
        command: &REMOVE_STANDARD,
        number: place + 1,
        before: Some(&before),
        after: None,
        reason,
    };
    adopt(unit, standard, promises, told).await
}

/// What can be done with the list in force, and why not now.
pub fn offered(viewer: &Viewer, standard: &Model) -> Vec<Offer> {
    let rule = |command: &Command| {
        if command.code == ADD_STANDARD.code {
            rules::require_room(standard)
        } else if command.code == REMOVE_STANDARD.code {
            rules::require_another(standard)
        } else {
            Ok(())
        }
    };
    let thing = Thing::StandardPromises;
    offers(COMMANDS, thing, viewer, Standing::None, rule)
}

/// The list in force, for who may change it and has seen it as it is.
async fn load(unit: &Unit, expected_version: i32) -> Result<Model, Fault> {
    require(unit.viewer(), RemoveStandard::FORM.may, Standing::None)?;
    let standard = repository::standard::newest(unit.db()).await?;
    expect_version(standard.id, standard.version, expected_version)?;
    Ok(standard)
}

fn place_of(standard: &Model, number: i32) -> Result<usize, CommandError<PromiseError>> {
    rules::place_of(standard, number).map_err(|code| CommandError::refused(&["number"], code))
}

fn reason(given: &str) -> Result<String, CommandError<PromiseError>> {
    language::text(given, 1000)
        .ok_or_else(|| CommandError::refused(&["reason"], PromiseError::ReasonInvalid))
}

/// What the audit trail is told of a change.
struct Told<'a> {
    command: &'static Command,
    number: usize,
    before: Option<&'a Promise>,
    after: Option<&'a Promise>,
    reason: String,
}

/// Adopts the next version of the list. Of two people at once the second is told that somebody was first: a version exists once.
async fn adopt(unit: Unit, before: Model, promises: Vec<Promise>, told: Told<'_>) -> Outcome {
    let adopted = Model {
        id: new_id(unit.now()),
        version: before.version + 1,
        promises: Promises(promises),
        reason: Some(told.reason.clone()),
        adopted_by: unit.viewer().account_id(),
        adopted_at: Some(unit.now()),
    };
    // What is replaced for the first time is kept as it was shipped: a later program may ship another list.
    if before.adopted_at.is_none() {
        let shipped = vec![ActiveModel::from(before).reset_all()];
        let known = OnConflict::new().do_nothing().to_owned();
        unit.insert_new(shipped, known).await?;
    }
    Entity::insert(ActiveModel::from(adopted.clone()).reset_all())
        .exec_without_returning(unit.db())
        .await?;
    record(
        &unit,
        Change {
            command: told.command,
            subject_id: adopted.id,
            before: told.before.map(|promise| summary(told.number, promise)),
            after: told.after.map(|promise| summary(told.number, promise)),
            reason: Some(&told.reason),
        },
    )
    .await?;
    unit.commit().await?;
    Ok(adopted)
}

/// How a standard promise is written down.
fn summary(number: usize, promise: &Promise) -> Summary {
    summary!({
        "number": number,
        "kind": promise.kind,
        "recurrence": promise.recurrence,
        "textZh": promise.text_zh,
        "textEn": promise.text_en,
        "startEvent": promise.start_event,
        "limitDays": promise.limit_days,
        "unit": promise.unit,
        "legalBasis": promise.legal_basis,
        "extensionDays": promise.extension_days,
        "owner": promise.owner,
        "departmentId": promise.department_id,
        "evidenceKind": promise.evidence_kind,
    })
}
