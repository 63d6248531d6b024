//! Agreeing a visit, moving, holding and cancelling it, and recording a contact that was not agreed before. Of dates to come both
//! sides are told by letter.

use chrono::{DateTime, Utc};
use sea_orm::{EntityTrait, IntoActiveModel, QueryFilter, entity::prelude::*};

use super::{
    ActiveModel, Column, Entity, Kind, Model, State, repository,
    rules::{self, VisitError},
};
use crate::{
    account,
    audit::commands::{Change, record as record_change, summary},
    clock::civil_date,
    command::{Command, commands},
    document, enterprise,
    error::{CommandError, Fault, expect_saved, expect_version},
    id::new_id,
    liaison::{
        self,
        commands::{HandOver, HandedOver},
        rules::LiaisonError,
    },
    link,
    outbox::{
        self,
        commands::{NewLetter, enqueue},
        facts::{self, VisitStep},
    },
    permission::{Action, require},
    store::{Store, Unit},
    term::Term,
    viewer::Viewer,
};

commands! {
    /// A contact is recorded.
    RECORD = "visit.record" on Visit: "登记", "recorded";
    /// A visit is agreed.
    AGREE = "visit.agree" on Visit: "约定", "agreed", news VisitAgreed;
    /// A visit is moved.
    MOVE = "visit.move" on Visit: "改期", "moved", news VisitMoved;
    /// A visit was held.
    HOLD = "visit.hold" on Visit: "登记进行", "held";
    /// A visit is cancelled.
    CANCEL = "visit.cancel" on Visit: "取消", "cancelled", news VisitCancelled;
}

type Outcome<T> = Result<T, CommandError<VisitError>>;

fn refused(field: &'static str) -> impl FnOnce(VisitError) -> CommandError<VisitError> {
    move |code| CommandError::refused(&[field], code)
}

/// A contact that has taken place.
#[derive(Clone, Debug)]
pub struct Record {
    /// The enterprise.
    pub enterprise_id: Uuid,
    /// In which way.
    pub kind: Kind,
    /// When; now when nothing is said.
    pub held_at: Option<DateTime<Utc>>,
    /// Where.
    pub place: Option<String>,
    /// What was talked about.
    pub summary: String,
    /// A note that stays in the park.
    pub internal_note: Option<String>,
    /// A file about it.
    pub document_id: Option<Uuid>,
}

/// Records a contact that has taken place.
pub async fn record(store: &Store, viewer: &Viewer, input: Record) -> Outcome<Model> {
    let unit = store.begin(viewer).await?;
    let enterprise = enterprise_at(&unit, input.enterprise_id).await?;
    let held_at = input.held_at.unwrap_or_else(|| unit.now());
    rules::behind(held_at, unit.now()).map_err(refused("heldAt"))?;
    let visit = Model {
        id: new_id(unit.now()),
        enterprise_id: enterprise.id,
        kind: input.kind,
        state: State::Held,
        starts_at: held_at,
        ends_at: None,
        place: rules::place(input.kind, input.place, false).map_err(refused("place"))?,
        purpose: None,
        summary: Some(rules::summary(&input.summary).map_err(refused("summary"))?),
        internal_note: rules::note(input.internal_note).map_err(refused("internalNote"))?,
        document_id: document(&unit, input.document_id, enterprise.id).await?,
        state_reason: None,
        recorded_by: viewer.account_id(),
        recorded_at: unit.now(),
        version: 1,
    };
    insert(&unit, &visit).await?;
    told(&unit, &RECORD, None, &visit).await?;
    unit.commit().await?;
    Ok(visit)
}

/// When and where a visit is to take place.
#[derive(Clone, Debug)]
pub struct Date {
    /// When it begins.
    pub starts_at: DateTime<Utc>,
    /// When it ends; an hour later when nothing is said.
    pub ends_at: Option<DateTime<Utc>>,
    /// Where.
    pub place: Option<String>,
}

/// A visit to come.
#[derive(Clone, Debug)]
pub struct Agree {
    /// The enterprise.
    pub enterprise_id: Uuid,
    /// In which way.
    pub kind: Kind,
    /// When and where.
    pub date: Date,
    /// What it is to be about.
    pub purpose: String,
}

/// Notes a visit that both sides have agreed, and sends the invitations.
pub async fn agree(store: &Store, viewer: &Viewer, input: Agree) -> Outcome<Model> {
    let unit = store.begin(viewer).await?;
    let enterprise = enterprise_at(&unit, input.enterprise_id).await?;
    let (starts_at, ends_at, place) = date(&unit, input.kind, input.date)?;
    let visit = Model {
        id: new_id(unit.now()),
        enterprise_id: enterprise.id,
        kind: input.kind,
        state: State::Agreed,
        starts_at,
        ends_at: Some(ends_at),
        place,
        purpose: Some(rules::purpose(&input.purpose).map_err(refused("purpose"))?),
        summary: None,
        internal_note: None,
        document_id: None,
        state_reason: None,
        recorded_by: viewer.account_id(),
        recorded_at: unit.now(),
        version: 1,
    };
    insert(&unit, &visit).await?;
    told(&unit, &AGREE, None, &visit).await?;
    write_letters(&unit, &enterprise, VisitStep::Agreed, &visit, None).await?;
    unit.commit().await?;
    Ok(visit)
}

/// A visit and the version that was seen.
#[derive(Clone, Copy, Debug)]
pub struct Target {
    /// The visit.
    pub id: Uuid,
    /// Its version when it was read.
    pub expected_version: i32,
}

/// Another date.
#[derive(Clone, Debug)]
pub struct Move {
    /// The visit.
    pub target: Target,
    /// When and where; the place stays when none is given.
    pub date: Date,
}

/// Moves an agreed visit; the invitations follow.
pub async fn move_to(store: &Store, viewer: &Viewer, input: Move) -> Outcome<Model> {
    let unit = store.begin(viewer).await?;
    let before = open(&unit, input.target).await?;
    let enterprise = enterprise_at(&unit, before.enterprise_id).await?;
    let mut wanted = input.date;
    wanted.place = wanted.place.or_else(|| before.place.clone());
    let (starts_at, ends_at, place) = date(&unit, before.kind, wanted)?;
    let after = Model {
        starts_at,
        ends_at: Some(ends_at),
        place,
        ..before.clone()
    };
    let moved = save(&unit, &MOVE, &before, after).await?;
    let formerly = Some(before.starts_at);
    write_letters(&unit, &enterprise, VisitStep::Moved, &moved, formerly).await?;
    unit.commit().await?;
    Ok(moved)
}

/// An agreed visit that took place.
#[derive(Clone, Debug)]
pub struct Hold {
    /// The visit.
    pub target: Target,
    /// When it began; as agreed when nothing is said.
    pub held_at: Option<DateTime<Utc>>,
    /// What was talked about.
    pub summary: String,
    /// A note that stays in the park.
    pub internal_note: Option<String>,
    /// A file about it.
    pub document_id: Option<Uuid>,
}

/// Records that an agreed visit took place.
pub async fn hold(store: &Store, viewer: &Viewer, input: Hold) -> Outcome<Model> {
    let unit = store.begin(viewer).await?;
    let before = open(&unit, input.target).await?;
    let held_at = input.held_at.unwrap_or(before.starts_at);
    rules::behind(held_at, unit.now()).map_err(refused("heldAt"))?;
    let after = Model {
        state: State::Held,
        starts_at: held_at,
        ends_at: before.ends_at.map(|end| held_at + (end - before.starts_at)),
        summary: Some(rules::summary(&input.summary).map_err(refused("summary"))?),
        internal_note: rules::note(input.internal_note).map_err(refused("internalNote"))?,
        document_id: document(&unit, input.document_id, before.enterprise_id).await?,
        ..before.clone()
    };
    let held = save(&unit, &HOLD, &before, after).await?;
    unit.commit().await?;
    Ok(held)
}

/// An agreed visit that does not take place.
#[derive(Clone, Debug)]
pub struct Cancel {
    /// The visit.
    pub target: Target,
    /// Why; the enterprise reads it.
    pub reason: String,
}

/// Cancels an agreed visit; the invitations are called back.
pub async fn cancel(store: &Store, viewer: &Viewer, input: Cancel) -> Outcome<Model> {
    let unit = store.begin(viewer).await?;
    let before = open(&unit, input.target).await?;
    let enterprise = enterprise::repository::find(unit.db(), viewer, before.enterprise_id)
        .await?
        .ok_or(Fault::NotFound)?;
    let after = Model {
        state: State::Cancelled,
        state_reason: Some(rules::reason(&input.reason).map_err(refused("reason"))?),
        ..before.clone()
    };
    let cancelled = save(&unit, &CANCEL, &before, after).await?;
    write_letters(&unit, &enterprise, VisitStep::Cancelled, &cancelled, None).await?;
    unit.commit().await?;
    Ok(cancelled)
}

/// The enterprise, if it is still in the park and the viewer may record visits to it.
async fn enterprise_at(unit: &Unit, id: Uuid) -> Outcome<enterprise::Model> {
    let viewer = unit.viewer();
    let enterprise = enterprise::repository::find(unit.db(), viewer, id)
        .await?
        .ok_or(Fault::NotFound)?;
    let standing = liaison::repository::standing(unit.db(), viewer, id).await?;
    require(viewer, Action::RecordVisits, standing)?;
    if enterprise.ended_on.is_some() {
        return Err(CommandError::refused(
            &["enterpriseId"],
            VisitError::EnterpriseEnded,
        ));
    }
    Ok(enterprise)
}

/// An agreed visit that the viewer may change.
async fn open(unit: &Unit, target: Target) -> Outcome<Model> {
    let visit = repository::find(unit.db(), unit.viewer(), target.id)
        .await?
        .ok_or(Fault::NotFound)?;
    let standing =
        liaison::repository::standing(unit.db(), unit.viewer(), visit.enterprise_id).await?;
    require(unit.viewer(), Action::RecordVisits, standing)?;
    expect_version(visit.id, visit.version, target.expected_version)?;
    rules::is_open(visit.state).map_err(|error| CommandError::refused(&["id"], error))?;
    Ok(visit)
}

/// Checks a date to come.
fn date(
    unit: &Unit,
    kind: Kind,
    wanted: Date,
) -> Outcome<(DateTime<Utc>, DateTime<Utc>, Option<String>)> {
    rules::ahead(wanted.starts_at, unit.now()).map_err(refused("startsAt"))?;
    let ends_at = rules::end(wanted.starts_at, wanted.ends_at).map_err(refused("endsAt"))?;
    let place = rules::place(kind, wanted.place, true).map_err(refused("place"))?;
    Ok((wanted.starts_at, ends_at, place))
}

/// The file, if it is about this enterprise.
async fn document(unit: &Unit, id: Option<Uuid>, enterprise_id: Uuid) -> Outcome<Option<Uuid>> {
    let Some(id) = id else { return Ok(None) };
    document::repository::find_about(unit.db(), unit.viewer(), id, enterprise_id)
        .await?
        .ok_or(VisitError::DocumentUnknown)
        .map_err(refused("documentId"))?;
    Ok(Some(id))
}

async fn insert(unit: &Unit, visit: &Model) -> Result<(), Fault> {
    Entity::insert(ActiveModel::from(visit.clone()).reset_all())
        .exec_without_returning(unit.db())
        .await?;
    Ok(())
}

/// The guarded save with its audit entry: only over the version that was seen.
async fn save(
    unit: &Unit,
    command: &'static Command,
    before: &Model,
    after: Model,
) -> Result<Model, Fault> {
    let after = Model {
        version: before.version + 1,
        ..after
    };
    let saved = Entity::update_many()
        .set(after.clone().into_active_model().reset_all())
        .filter(Column::Id.eq(before.id))
        .filter(Column::Version.eq(before.version))
        .exec(unit.db())
        .await?;
    expect_saved(saved.rows_affected, before.id, None)?;
    told(unit, command, Some(before), &after).await?;
    Ok(after)
}

async fn told(
    unit: &Unit,
    command: &'static Command,
    before: Option<&Model>,
    after: &Model,
) -> Result<(), Fault> {
    let summary = |visit: &Model| {
        summary!({
            "enterpriseId": visit.enterprise_id,
            "kind": visit.kind,
            "state": visit.state,
            "startsAt": visit.starts_at,
            "endsAt": visit.ends_at,
            "place": visit.place,
            "purpose": visit.purpose,
            "summary": visit.summary,
            "internalNote": visit.internal_note,
            "documentId": visit.document_id,
        })
    };
    record_change(
        unit,
        Change {
            command,
            subject_id: after.id,
            before: before.map(summary),
            after: Some(summary(after)),
            reason: after.state_reason.as_deref(),
        },
    )
    .await
}

/// Tells the enterprise's contacts, the liaison, and whoever agreed it in the liaison's place.
async fn write_letters(
    unit: &Unit,
    enterprise: &enterprise::Model,
    step: VisitStep,
    visit: &Model,
    formerly_at: Option<DateTime<Utc>>,
) -> Result<(), Fault> {
    let db = unit.db();
    let liaison = liaison::repository::in_charge_of(db, &[enterprise.id]).await?;
    let mut ids: Vec<Uuid> = liaison.iter().map(|row| row.account_id).collect();
    ids.extend(visit.recorded_by.filter(|id| !ids.contains(id)));
    let mut recipients = account::repository::contacts_of(db, enterprise.id).await?;
    let people = account::repository::named(db, &ids).await?;
    let official = people
        .iter()
        .find(|person| Some(person.id) == visit.recorded_by)
        .map(|person| person.name.clone());
    recipients.extend(people);
    for recipient in recipients {
        let official = official.clone();
        write_letter(
            unit,
            enterprise,
            step,
            visit,
            formerly_at,
            official,
            &recipient,
        )
        .await?;
    }
    Ok(())
}

/// Hands an enterprise over, and invites who is in charge from now on to what was agreed with it.
pub async fn hand_over(
    store: &Store,
    viewer: &Viewer,
    input: HandOver,
) -> Result<HandedOver, CommandError<LiaisonError>> {
    let unit = store.begin(viewer).await?;
    let handed = liaison::commands::hand_over_in(&unit, input).await?;
    let now = &handed.started;
    let system = Viewer::system("visit");
    let enterprise = enterprise::repository::find(unit.db(), &system, now.enterprise_id)
        .await?
        .ok_or(Fault::NotFound)?;
    let visits = repository::to_come(&unit, enterprise.id).await?;
    let agreed_by: Vec<Uuid> = visits.iter().filter_map(|one| one.recorded_by).collect();
    let officials = account::repository::names_of(unit.db(), &agreed_by).await?;
    for successor in account::repository::named(unit.db(), &[now.account_id]).await? {
        for visit in &visits {
            let official = visit.recorded_by.and_then(|id| officials.get(&id).cloned());
            let step = VisitStep::Agreed;
            write_letter(&unit, &enterprise, step, visit, None, official, &successor).await?;
        }
    }
    unit.commit().await?;
    Ok(handed)
}

async fn write_letter(
    unit: &Unit,
    enterprise: &enterprise::Model,
    step: VisitStep,
    visit: &Model,
    formerly_at: Option<DateTime<Utc>>,
    official: Option<String>,
    recipient: &account::Model,
) -> Result<(), Fault> {
    if !recipient.is_enabled() {
        return Ok(());
    }
    let facts = facts::Visit {
        name: recipient.name.clone(),
        visit_id: visit.id,
        sequence: rules::sequence(visit.version),
        step,
        kind: visit.kind.text(),
        enterprise: enterprise.name_zh.clone(),
        official,
        on: civil_date(visit.starts_at, unit.zone()),
        starts_at: visit.starts_at,
        ends_at: visit.ends_at.unwrap_or(visit.starts_at),
        formerly_at,
        place: visit.place.clone(),
        purpose: visit.purpose.clone().unwrap_or_default(),
        reason: visit.state_reason.clone(),
        path: link::visit(visit.id),
    };
    let mut letter = NewLetter::new(
        format!("visit:{}:{}:{}", visit.id, visit.version, recipient.id),
        outbox::Kind::Visit,
        outbox::Class::MustNotMiss,
        recipient.id,
        &facts,
    )?;
    letter.not_after = Some(visit.starts_at);
    enqueue(unit, letter).await?;
    Ok(())
}
