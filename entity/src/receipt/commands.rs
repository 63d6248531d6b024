//! Handing an application in: everything is checked at once, it gets its number, and each of its items becomes a case.

use std::collections::BTreeSet;

use chrono::Datelike;
use sea_orm::{
    ActiveValue::Set,
    EntityTrait, QueryFilter,
    entity::prelude::*,
    sea_query::{Expr, ExprTrait, OnConflict},
};

use super::{answer, rules::expected};
use crate::{
    account::{self, repository::contacts_of},
    application::{
        self, Model, State,
        commands::{Outcome, draft, may_apply, put_items},
        field::{self, Value},
        file,
        material::{self, Way},
        repository::{Opened, Sheet, open},
        rules::{ApplicationError, Known, Supply, missing, number},
        serial,
    },
    audit::commands::{Change, record, summary},
    calendar,
    case::commands::{Handed, receive},
    catalogue::FieldSource,
    command::{Command, Offer, Thing, commands, form, offers},
    condition::Answers,
    error::{CommandError, Fault, Refusal, expect_version},
    language::Text,
    liaison, link,
    notice::commands::{NewNotice, tell_all},
    permission::{Action, Standing, require},
    store::{Store, Unit},
    table::{Visible, save},
    viewer::Viewer,
};

commands! {
    /// An application is handed in and received.
    HAND_IN = "application.hand_in" on Application: "提交申请", "handed in", form HandIn;
}

form! {
    /// An application that is complete.
    pub struct HandIn of HAND_IN by Action::FillApplications, refused ApplicationError, keyed {
        title: "提交申请", "Hand in";
        lead: "提交后立即收件并出具回执，写明每个事项最迟何时答复、逾期意味着什么；提交后不能再修改。",
            "It is received at once. The receipt says for each item by when the answer comes and what silence means. It cannot be changed afterwards.";
        done: "申请已收件。", "The application has been received.";
        /// The application.
        id: Uuid = Target(Thing::Application);
        /// Its version as seen.
        expected_version: i32 = Version;
    }
}

/// Hands an application in, or tells everything at once that is missing. Handed in a second time, it is the same receipt.
pub async fn hand_in(store: &Store, viewer: &Viewer, input: HandIn) -> Outcome {
    let unit = store.begin(viewer).await?;
    let found = application::Entity::found(unit.db(), viewer, input.id).await?;
    let standing = liaison::repository::standing(unit.db(), viewer, found.enterprise_id).await?;
    require(viewer, Action::FillApplications, standing)?;
    if found.state == State::Received {
        return Ok(found);
    }
    let before = match draft(&unit, input.id).await {
        // Another request was faster, while this one waited for it.
        Err(CommandError::Refused(refusals)) => {
            let now = application::Entity::found(unit.db(), viewer, input.id).await?;
            return match now.state {
                State::Received => Ok(now),
                State::Draft => Err(CommandError::Refused(refusals)),
            };
        }
        draft => draft?,
    };
    expect_version(before.id, before.version, input.expected_version)?;
    let opened = open(&unit, before.clone(), unit.zone(), unit.today()).await?;
    may_apply(&unit, before.enterprise_id, opened.project.as_ref()).await?;
    let refused = |code| Refusal {
        code,
        path: Vec::new(),
    };
    if !opened.changes.is_empty() {
        return Err(vec![refused(ApplicationError::Outdated)].into());
    }
    if opened.items.is_empty() {
        return Err(vec![refused(ApplicationError::NoItem)].into());
    }
    let calendar = calendar::repository::in_force(&unit).await?;
    let (faults, answers, cases, told) = opened.sheet(|sheet| {
        let faults = missing(&sheet.entries, &sheet.materials);
        let ways = ways(&opened, &sheet);
        let items = opened.items.iter().zip(&ways);
        let told = items.map(|((item, version), (follows, _))| {
            let content = &version.content;
            let told = expected(content, &sheet.answers, *follows, unit.today(), &calendar);
            answer::Model::of(before.id, item.id, told)
        });
        let told: Vec<answer::Model> = told.collect();
        (faults, answers(&opened, &sheet), ways, told)
    });
    if !faults.is_empty() {
        return Err(faults.into_iter().map(refused).collect::<Vec<_>>().into());
    }
    let by = viewer.account_id().ok_or(Fault::Unauthenticated)?;
    leave_out(&unit, &opened).await?;
    freeze(&unit, &opened, by).await?;
    put_items(&unit, before.id, &opened.items).await?;
    let told = told.into_iter();
    let told = told.map(|row| answer::ActiveModel::from(row).reset_all());
    unit.insert_all(told.collect()).await?;
    // The last that does not need it: whoever else hands in at this moment waits for the number.
    let after = Model {
        number: Some(next_number(&unit).await?),
        edition_id: opened.edition.id,
        state: State::Received,
        kept_until: None,
        reminded_on: None,
        received_by: Some(by),
        received_at: Some(unit.now()),
        ..before.clone()
    };
    let received = save(&unit, &before, after).await?;
    for ((item, version), (follows, promises)) in opened.items.iter().zip(cases) {
        let handed = Handed {
            application: &received,
            item,
            version,
            answers: &answers,
            follows,
            promises,
        };
        receive(&unit, handed).await?;
    }
    let change = Change {
        command: &HAND_IN,
        subject_id: received.id,
        before: None,
        after: Some(summary!({ "number": received.number })),
        reason: None,
    };
    record(&unit, change).await?;
    tell_applicant(&unit, &received, by).await?;
    unit.commit().await?;
    Ok(received)
}

/// Tells the people of the enterprise, except who has handed it in, that an application of it was received.
async fn tell_applicant(unit: &Unit, received: &Model, by: Uuid) -> Result<(), Fault> {
    let number = received.number.as_deref().unwrap_or_default();
    let contacts = contacts_of(unit.db(), received.enterprise_id).await?;
    let title = match contacts.iter().any(|person| person.id == by) {
        false => Text::new(
            format!("窗口已代收企业申请 {number}，回执可以查看；不是企业提出的，请立即联系窗口"),
            format!(
                "Application {number} was taken in for your enterprise at the window; see the receipt. If you did not apply, tell the window at once"
            ),
        ),
        true => Text::new(
            format!("申请 {number} 已收件，回执可以查看"),
            format!("Application {number} was received; see the receipt"),
        ),
    };
    let people = contacts.into_iter().filter(|person| person.id != by);
    let notice = |person: account::Model| NewNotice {
        key: format!("application:{}:received:{}", received.id, person.id),
        recipient_id: person.id,
        kind: "application_received".to_owned(),
        title: title.clone(),
        path: Some(link::application(received.id)),
        letter_id: None,
        waits_for_digest: true,
    };
    tell_all(unit, people.map(notice).collect()).await?;
    Ok(())
}

/// Forgets what was filled in and attached for items or answers that were given up again: it is not handed in, and no office reads it.
async fn leave_out(unit: &Unit, opened: &Opened) -> Result<(), Fault> {
    let (fields, materials) = opened.sheet(|sheet| {
        let fields = sheet.entries.iter().map(|entry| entry.field.key.clone());
        let own = sheet.materials.into_iter();
        let own = own.filter(|one| one.supply == Supply::Own);
        let fields: Vec<String> = fields.collect();
        (fields, own.map(|one| one.key).collect::<Vec<String>>())
    });
    let id = opened.application.id;
    field::Entity::delete_many()
        .filter(field::Column::ApplicationId.eq(id))
        .filter(field::Column::Key.is_not_in(fields))
        .exec(unit.db())
        .await?;
    file::Entity::delete_many()
        .filter(file::Column::ApplicationId.eq(id))
        .filter(file::Column::Material.is_not_in(materials.clone()))
        .exec(unit.db())
        .await?;
    material::Entity::delete_many()
        .filter(material::Column::ApplicationId.eq(id))
        .filter(material::Column::Material.is_not_in(materials))
        .exec(unit.db())
        .await?;
    Ok(())
}

/// Everything that is answered: what the project has answered, and the form, which says the same of what both know.
fn answers(opened: &Opened, sheet: &Sheet<'_>) -> Answers {
    let mut answers = opened.answered.clone();
    for (key, answer) in sheet.answers.iter() {
        answers.set(key, answer.clone());
    }
    answers
}

/// Of each item, whether something follows and whether a promise replaces something.
fn ways(opened: &Opened, sheet: &Sheet<'_>) -> Vec<(bool, bool)> {
    let any = |way, item: &str| sheet.materials.iter().any(|one| one.is(way, item));
    let items = opened.items.iter().map(|(item, _)| item.code.as_str());
    items
        .map(|item| (any(Way::Follows, item), any(Way::Promise, item)))
        .collect()
}

/// Keeps what was on record, was computed, or was answered for the project with what was filled in.
async fn freeze(unit: &Unit, opened: &Opened, by: Uuid) -> Result<(), Fault> {
    let row = |key: &str, known: &Known| field::Model {
        application_id: opened.application.id,
        key: key.to_owned(),
        value: known.value.clone(),
        source: known.source,
        on_record_since: Some(known.since),
        disputed_for: None,
        on_record: None,
        filled_by: by,
        filled_at: unit.now(),
        version: 1,
    };
    let (mut rows, asked) = opened.sheet(|sheet| {
        // What the form did not accept as the record was asked, and stays as it was filled in.
        let asked = sheet.entries.iter();
        let asked = asked.filter(|entry| entry.known.is_none() && entry.filled.is_some());
        let asked: BTreeSet<String> = asked.map(|entry| entry.field.key.clone()).collect();
        let shown = sheet.entries.iter().filter(|entry| {
            let disputes = |row: &field::Model| row.disputed_for.is_some();
            !entry.filled.is_some_and(disputes)
        });
        let shown = shown.filter_map(|entry| Some(row(&entry.field.key, entry.known.as_ref()?)));
        (shown.collect::<Vec<field::Model>>(), asked)
    });
    let answered = opened.answered.iter().map(|(key, answer)| {
        let known = Known {
            value: Value::One(answer.to_string()),
            source: FieldSource::ProjectFile,
            since: unit.today(),
        };
        row(key, &known)
    });
    let disputed = |key: &str| {
        let mut rows = opened.fields.iter();
        rows.any(|row| row.key == key && row.disputed_for.is_some())
    };
    for row in answered {
        if !disputed(&row.key)
            && !asked.contains(&row.key)
            && rows.iter().all(|known| known.key != row.key)
        {
            rows.push(row);
        }
    }
    // What was typed before it was on record counts no more.
    let keys = rows.iter().map(|row| row.key.as_str());
    field::Entity::delete_many()
        .filter(field::Column::ApplicationId.eq(opened.application.id))
        .filter(field::Column::Key.is_in(keys))
        .exec(unit.db())
        .await?;
    let rows = rows.into_iter();
    unit.insert_all(
        rows.map(|row| field::ActiveModel::from(row).reset_all())
            .collect(),
    )
    .await
}

/// The next number of this year. Whoever asks at the same moment waits until it is taken or given back.
async fn next_number(unit: &Unit) -> Result<String, Fault> {
    let year = unit.today().year();
    let first = serial::ActiveModel {
        year: Set(year),
        last: Set(1),
    };
    let next = Expr::col((serial::Entity, serial::Column::Last)).add(1);
    let known = OnConflict::column(serial::Column::Year)
        .value(serial::Column::Last, next)
        .to_owned();
    serial::Entity::insert(first)
        .on_conflict(known)
        .exec_without_returning(unit.db())
        .await?;
    let given = serial::Entity::find_by_id(year).one(unit.db()).await?;
    let given = given.ok_or_else(|| Fault::Internal("no number was given".to_owned()))?;
    Ok(number(year, given.last))
}

/// Whether an application can be handed in, and why not now.
pub fn offered(viewer: &Viewer, found: &Model, standing: Standing) -> Vec<Offer> {
    let rule = |_: &Command| application::rules::is_draft(found);
    offers(COMMANDS, Thing::Application, viewer, standing, rule)
}
