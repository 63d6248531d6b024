//! Agreeing a visit, moving, holding and cancelling it, and recording a contact that was not agreed before. Of dates to come both
//! sides are told by letter.

use chrono::{DateTime, Utc};
use sea_orm::{EntityTrait, entity::prelude::*};

use super::{
    ActiveModel, Entity, Kind, Model, State, repository,
    rules::{self, VisitError},
};
use crate::{
    account, attachment,
    audit::commands::{Change, Summary, record as record_change, summary},
    clock::civil_date,
    command::{Choices, Command, Form, Input, Offer, Thing, commands, form, offers},
    document, enterprise,
    error::{CommandError, Fault, expect_version},
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
    permission::{Action, Standing, require},
    store::{Store, Unit},
    table::{self, Visible},
    term::Term,
    viewer::Viewer,
};

commands! {
    /// A contact is recorded.
    RECORD = "visit.record" on Visit: "登记", "recorded", form Record;
    /// A visit is agreed.
    AGREE = "visit.agree" on Visit: "约定", "agreed", news VisitAgreed, form Agree;
    /// A visit is moved.
    MOVE = "visit.move" on Visit: "改期", "rescheduled", news VisitMoved, form Move;
    /// A visit was held.
    HOLD = "visit.hold" on Visit: "登记走访结果", "held", form Hold;
    /// A visit is cancelled.
    CANCEL = "visit.cancel" on Visit: "取消", "cancelled", news VisitCancelled, form Cancel;
}

type Outcome<T> = Result<T, CommandError<VisitError>>;

fn refused(field: &'static str) -> impl FnOnce(VisitError) -> CommandError<VisitError> {
    move |code| CommandError::refused(&[field], code)
}

form! {
    /// A contact that has taken place.
    pub struct Record of RECORD by Action::RecordVisits, refused VisitError, keyed {
        title: "记录联系", "Record a contact";
        lead: "登记后即为与企业的最近一次联系。", "It then counts as the latest contact with the enterprise.";
        done: "联系已记录。", "The contact has been recorded.";
        /// The enterprise.
        enterprise_id: Uuid = One(Among::Enterprises), "企业", "Enterprise";
        /// In which way; by telephone when nothing is said.
        kind: Kind = Choice(|| Choices::usually(Kind::Telephone)), "方式", "How";
        /// When; now when nothing is said.
        held_at: Option<DateTime<Utc>> = Moment, "时间", "When", "不填为现在", "Leave empty for now";
        /// Where, up to 200 characters.
        place: Option<String> = Line(200), "地点", "Place";
        /// What was talked about, in one line of 1 to 500 characters; the enterprise reads it.
        summary: String = Line(500), "谈了什么", "What was discussed",
            "一句话；企业可以看到", "One line; the enterprise can read it";
        /// A note that stays in the park, up to 2000 characters.
        internal_note: Option<String> = Lines(2000), "内部备注", "Internal note",
            "企业看不到", "Not visible to the enterprise";
        /// Files about it, uploaded before, at most ten.
        document_ids: Vec<Uuid> = Files, "文件（可选）", "Files (optional)";
    }
}

/// Records a contact that has taken place.
pub async fn record(store: &Store, viewer: &Viewer, input: Record) -> Outcome<Model> {
    let unit = store.begin(viewer).await?;
    let enterprise = enterprise_at(&unit, input.enterprise_id, Record::FORM).await?;
    let held_at = input.held_at.unwrap_or_else(|| unit.now());
    rules::behind(held_at, unit.now()).map_err(refused("heldAt"))?;
    let files = files(&unit, &input.document_ids, enterprise.id).await?;
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
        document_id: files.first().copied(),
        state_reason: None,
        recorded_by: viewer.account_id(),
        recorded_at: unit.now(),
        version: 1,
    };
    insert(&unit, &visit).await?;
    attach(&unit, &visit, &files).await?;
    told(&unit, &RECORD, None, &visit, &files).await?;
    unit.commit().await?;
    Ok(visit)
}

form! {
    /// A visit to come.
    pub struct Agree of AGREE by Action::RecordVisits, refused VisitError, keyed {
        title: "约定走访", "Arrange a visit";
        lead: "企业联系人和专员会收到邮件和日历邀请。改期和取消时，日历会随之更新。",
            "The contacts of the enterprise and the liaison receive an e-mail with a calendar invitation. Their calendars are updated if the visit is rescheduled or cancelled.";
        done: "走访已约定。给有关人员的邀请已列入待发。", "The visit has been agreed. Invitations to those concerned are waiting to be sent.";
        /// The enterprise.
        enterprise_id: Uuid = One(Among::Enterprises), "企业", "Enterprise";
        /// In which way; at the enterprise when nothing is said.
        kind: Kind = Choice(|| Choices::usually(Kind::OnSite)), "方式", "How";
        /// When it begins: a time to come, within a year.
        starts_at: DateTime<Utc> = Moment, "开始", "Begins";
        /// When it ends; an hour later when nothing is said.
        ends_at: Option<DateTime<Utc>> = Moment, "结束", "Ends", "不填为一小时", "One hour later if left empty";
        /// Where, up to 200 characters; a telephone call or message needs no place.
        place: Option<String> = Line(200), "地点", "Place", "电话和线上联系可不填", "Optional for a telephone call";
        /// What it is to be about, 1 to 200 characters; the enterprise reads it.
        purpose: String = Line(200), "事由", "Subject", "企业可以看到", "Visible to the enterprise";
    }
}

/// Notes a visit that both sides have agreed, and sends the invitations.
pub async fn agree(store: &Store, viewer: &Viewer, input: Agree) -> Outcome<Model> {
    let unit = store.begin(viewer).await?;
    let enterprise = enterprise_at(&unit, input.enterprise_id, Agree::FORM).await?;
    let (starts_at, ends_at, place) = date_ahead(
        &unit,
        input.kind,
        input.starts_at,
        input.ends_at,
        input.place,
    )?;
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
    told(&unit, &AGREE, None, &visit, &[]).await?;
    write_letters(&unit, &enterprise, VisitStep::Agreed, &visit, None).await?;
    unit.commit().await?;
    Ok(visit)
}

form! {
    /// Another date for an agreed visit.
    pub struct Move of MOVE by Action::RecordVisits, refused VisitError, keyed {
        title: "改期", "Reschedule the visit";
        lead: "企业联系人和专员会收到新的邀请，日历随之更新。",
            "The contacts and the liaison receive a new invitation, which updates their calendars.";
        done: "走访已改期。给有关人员的新邀请已列入待发。", "The visit has been rescheduled. New invitations to those concerned are waiting to be sent.";
        /// The visit.
        id: Uuid = Target(Thing::Visit);
        /// Its version as seen.
        expected_version: i32 = Version;
        /// When it begins: a time to come, within a year.
        starts_at: DateTime<Utc> = Moment, "开始", "Begins";
        /// When it ends; an hour later when nothing is said.
        ends_at: Option<DateTime<Utc>> = Moment, "结束", "Ends", "不填为一小时", "One hour later if left empty";
        /// Where, up to 200 characters; as before when nothing is said.
        place: Option<String> = Line(200), "地点", "Place", "电话和线上联系可不填", "Optional for a telephone call";
    }
}

/// Moves an agreed visit; the invitations follow.
pub async fn move_to(store: &Store, viewer: &Viewer, input: Move) -> Outcome<Model> {
    let unit = store.begin(viewer).await?;
    let before = open(&unit, Move::FORM, input.id, input.expected_version).await?;
    let enterprise = enterprise_at(&unit, before.enterprise_id, Move::FORM).await?;
    let place = input.place.or_else(|| before.place.clone());
    let (starts_at, ends_at, place) =
        date_ahead(&unit, before.kind, input.starts_at, input.ends_at, place)?;
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

form! {
    /// An agreed visit that took place.
    pub struct Hold of HOLD by Action::RecordVisits, refused VisitError, keyed {
        title: "登记走访结果", "Record visit";
        lead: "登记后即为与企业的最近一次联系。", "It then counts as the latest contact with the enterprise.";
        done: "联系已记录。", "The contact has been recorded.";
        /// The visit.
        id: Uuid = Target(Thing::Visit);
        /// Its version as seen.
        expected_version: i32 = Version;
        /// When it began; as agreed when nothing is said.
        held_at: Option<DateTime<Utc>> = Moment, "时间", "Start";
        /// What was talked about, in one line of 1 to 500 characters; the enterprise reads it.
        summary: String = Line(500), "谈了什么", "What was discussed",
            "一句话；企业可以看到", "One line; the enterprise can read it";
        /// A note that stays in the park, up to 2000 characters.
        internal_note: Option<String> = Lines(2000), "内部备注", "Internal note",
            "企业看不到", "Not visible to the enterprise";
        /// Files about it, uploaded before, at most ten.
        document_ids: Vec<Uuid> = Files, "文件（可选）", "Files (optional)";
    }
}

/// Records that an agreed visit took place.
pub async fn hold(store: &Store, viewer: &Viewer, input: Hold) -> Outcome<Model> {
    let unit = store.begin(viewer).await?;
    let before = open(&unit, Hold::FORM, input.id, input.expected_version).await?;
    let held_at = input.held_at.unwrap_or(before.starts_at);
    rules::behind(held_at, unit.now()).map_err(refused("heldAt"))?;
    let files = files(&unit, &input.document_ids, before.enterprise_id).await?;
    let after = Model {
        state: State::Held,
        starts_at: held_at,
        ends_at: before.ends_at.map(|end| held_at + (end - before.starts_at)),
        summary: Some(rules::summary(&input.summary).map_err(refused("summary"))?),
        internal_note: rules::note(input.internal_note).map_err(refused("internalNote"))?,
        document_id: files.first().copied(),
        ..before.clone()
    };
    let held = table::save(&unit, &before, after).await?;
    attach(&unit, &held, &files).await?;
    told(&unit, &HOLD, Some(&before), &held, &files).await?;
    unit.commit().await?;
    Ok(held)
}

form! {
    /// An agreed visit that does not take place.
    pub struct Cancel of CANCEL by Action::RecordVisits, refused VisitError, keyed {
        title: "取消走访", "Cancel the visit";
        lead: "企业联系人和专员会收到取消通知，日历随之更新。",
            "The contacts and the liaison are notified, and the visit is removed from their calendars.";
        done: "走访已取消，已通知各方。", "The visit has been cancelled, and everybody has been notified.";
        /// The visit.
        id: Uuid = Target(Thing::Visit);
        /// Its version as seen.
        expected_version: i32 = Version;
        /// Why, 1 to 1000 characters; the enterprise reads it.
        reason: String = Lines(1000), "理由", "Reason", "企业可以看到", "Visible to the enterprise";
    }
}

/// Cancels an agreed visit; the invitations are called back.
pub async fn cancel(store: &Store, viewer: &Viewer, input: Cancel) -> Outcome<Model> {
    let unit = store.begin(viewer).await?;
    let before = open(&unit, Cancel::FORM, input.id, input.expected_version).await?;
    let enterprise = enterprise::Entity::found(unit.db(), viewer, before.enterprise_id).await?;
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

/// What can be done with a visit, and why not now.
pub fn offered(
    viewer: &Viewer,
    standing: Standing,
    visit: &Model,
    now: DateTime<Utc>,
) -> Vec<Offer> {
    let rule = |command: &Command| {
        rules::is_open(visit.state)?;
        match command.code == HOLD.code {
            true => rules::behind(visit.starts_at, now),
            false => Ok(()),
        }
    };
    offers(COMMANDS, Thing::Visit, viewer, standing, rule)
}

/// The date of a visit, for who moves it or records that it took place.
pub fn date(visit: &Model) -> Summary {
    summary!({
        "startsAt": visit.starts_at,
        "endsAt": visit.ends_at,
        "heldAt": visit.starts_at,
        "place": visit.place,
    })
}

/// The enterprise, if it is still in the park and the viewer may record visits to it.
async fn enterprise_at(unit: &Unit, id: Uuid, form: &Form) -> Outcome<enterprise::Model> {
    let viewer = unit.viewer();
    let enterprise = enterprise::Entity::found(unit.db(), viewer, id).await?;
    let standing = liaison::repository::standing(unit.db(), viewer, id).await?;
    require(viewer, form.may, standing)?;
    if enterprise.ended_on.is_some() {
        return Err(CommandError::refused(
            &["enterpriseId"],
            VisitError::EnterpriseEnded,
        ));
    }
    Ok(enterprise)
}

/// An agreed visit that the viewer may change.
async fn open(unit: &Unit, form: &Form, id: Uuid, expected_version: i32) -> Outcome<Model> {
    let visit = Entity::found(unit.db(), unit.viewer(), id).await?;
    let standing =
        liaison::repository::standing(unit.db(), unit.viewer(), visit.enterprise_id).await?;
    require(unit.viewer(), form.may, standing)?;
    expect_version(visit.id, visit.version, expected_version)?;
    rules::is_open(visit.state).map_err(|error| CommandError::refused(&["id"], error))?;
    Ok(visit)
}

/// Checks a date to come.
fn date_ahead(
    unit: &Unit,
    kind: Kind,
    starts_at: DateTime<Utc>,
    ends_at: Option<DateTime<Utc>>,
    place: Option<String>,
) -> Outcome<(DateTime<Utc>, DateTime<Utc>, Option<String>)> {
    rules::ahead(starts_at, unit.now()).map_err(refused("startsAt"))?;
    let ends_at = rules::end(starts_at, ends_at).map_err(refused("endsAt"))?;
    let place = rules::place(kind, place, true).map_err(refused("place"))?;
    Ok((starts_at, ends_at, place))
}

/// The files, if all are about this enterprise.
async fn files(unit: &Unit, ids: &[Uuid], enterprise_id: Uuid) -> Outcome<Vec<Uuid>> {
    let files = document::repository::all_about(unit.db(), unit.viewer(), ids, enterprise_id)
        .await?
        .ok_or(VisitError::DocumentUnknown)
        .map_err(refused("documentIds"))?;
    Ok(files.into_iter().map(|file| file.id).collect())
}

/// Attaches what the visit itself does not name: all but the first.
async fn attach(unit: &Unit, visit: &Model, files: &[Uuid]) -> Result<(), Fault> {
    attachment::commands::attach(unit, visit.id, files.iter().skip(1).copied()).await
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
    let after = table::save(unit, before, after).await?;
    told(unit, command, Some(before), &after, &[]).await?;
    Ok(after)
}

async fn told(
    unit: &Unit,
    command: &'static Command,
    before: Option<&Model>,
    after: &Model,
    files: &[Uuid],
) -> Result<(), Fault> {
    let summary = |visit: &Model, files: &[Uuid]| {
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
            "documentIds": (!files.is_empty()).then_some(files),
        })
    };
    record_change(
        unit,
        Change {
            command,
            subject_id: after.id,
            before: before.map(|visit| summary(visit, &[])),
            after: Some(summary(after, files)),
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
    let enterprise = enterprise::Entity::found(unit.db(), &system, now.enterprise_id).await?;
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
