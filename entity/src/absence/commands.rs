//! Recording a leave, ending it, and the turn of the day on which it begins or ends.

use chrono::NaiveDate;
use sea_orm::{EntityTrait, entity::prelude::*};

use super::{
    ActiveModel, Entity, Model, State, repository,
    rules::{self, AbsenceError},
};
use crate::{
    account,
    audit::commands::{Change, record, summary},
    clock::instant_of,
    command::{Command, Input, Offer, Thing, commands, form, offers},
    error::{CommandError, Fault, expect_version},
    id::new_id,
    outbox::{
        self,
        commands::{NewLetter, enqueue, hand_over, send_now},
        facts::DeputyNamed,
    },
    permission::{Action, Standing, require},
    store::{Store, Unit},
    table::{Visible, save},
    viewer::Viewer,
};

commands! {
    /// A leave is recorded, with its deputy.
    RECORD = "absence.record" on Absence: "登记", "recorded", form RecordAbsence;
    /// A leave is called off, or ends before its day.
    END = "absence.end" on Absence: "结束", "ended", form EndAbsence;
    /// A leave begins or is over with its day.
    TURN = "absence.turn" on Absence: "起止", "started or ended";
}

/// At which hour letters that waited for somebody's return go.
const RETURN_HOUR: u32 = 8;

form! {
    /// A leave to be recorded.
    pub struct RecordAbsence of RECORD by Action::RecordAbsences, refused AbsenceError, keyed {
        title: "登记请假", "Record a leave";
        lead: "请假期间，本人的邮件由代理人接收，系统会通知代理人；专员请假的，代理人可以代为办理。",
            "During the leave, e-mails go to the deputy, who is notified and can act for a liaison on leave.";
        done: "请假已登记，已通知代理人。", "The leave has been recorded, and the deputy has been notified.";
        /// Who is on leave; the person who asks when null.
        account_id: Option<Uuid> = One(Among::Accounts), "请假人", "Who is on leave",
            "不填为本人", "Leave empty for yourself";
        /// Who stands in.
        deputy_id: Uuid = One(Among::Accounts), "代理人", "Deputy";
        /// The first day, today or later.
        from_on: NaiveDate = Day, "开始日期", "First day";
        /// The last day.
        until_on: NaiveDate = Day, "结束日期", "Last day";
    }
}

/// Records a leave: one's own, or as the service centre or administrator anybody's. The deputy is told by letter.
pub async fn record_absence(
    store: &Store,
    viewer: &Viewer,
    input: RecordAbsence,
) -> Result<Model, CommandError<AbsenceError>> {
    let own = viewer.account_id();
    let account_id = input.account_id.or(own).ok_or(Fault::Unauthenticated)?;
    let unit = store.begin(viewer).await?;
    if account::Entity::one(unit.db(), viewer, account_id)
        .await?
        .is_none()
    {
        return Err(Fault::NotFound.into());
    }
    require(
        viewer,
        RecordAbsence::FORM.may,
        standing(viewer, account_id),
    )?;
    let refused = |field, code| Err(CommandError::refused(&[field], code));
    if input.deputy_id == account_id {
        return refused("deputyId", AbsenceError::OwnDeputy);
    }
    let people = [account_id, input.deputy_id];
    let found = account::repository::named(unit.db(), &people).await?;
    let person = |id| found.iter().find(|person| person.id == id);
    let Some(absent) = person(account_id).filter(|person| person.is_enabled()) else {
        return refused("accountId", AbsenceError::PersonUnknown);
    };
    let Some(deputy) = person(input.deputy_id).filter(|deputy| rules::may_stand_in(absent, deputy))
    else {
        return refused("deputyId", AbsenceError::DeputyUnfit);
    };
    if let Err(error) = rules::days(input.from_on, input.until_on, unit.today()) {
        return refused("untilOn", error);
    }
    for other in repository::open_of(unit.db(), &people).await? {
        if rules::overlaps(&other, input.from_on, input.until_on) {
            return if other.account_id == account_id {
                refused("fromOn", AbsenceError::Overlaps)
            } else {
                refused("deputyId", AbsenceError::DeputyAbsent)
            };
        }
    }
    let mut leave = Model {
        id: new_id(unit.now()),
        account_id,
        deputy_id: deputy.id,
        from_on: input.from_on,
        until_on: input.until_on,
        state: State::Planned,
        ended_at: None,
        recorded_by: own,
        recorded_at: unit.now(),
        version: 1,
    };
    leave.state = rules::state_on(&leave, unit.today());
    Entity::insert(ActiveModel::from(leave.clone()).reset_all())
        .exec_without_returning(unit.db())
        .await?;
    told(&unit, &RECORD, None, &leave).await?;
    let facts = DeputyNamed {
        name: deputy.name.clone(),
        absent: absent.name.clone(),
        from: leave.from_on,
        until: leave.until_on,
    };
    let letter = NewLetter::new(
        format!("deputy_named:{}:{}", leave.id, deputy.id),
        outbox::Kind::DeputyNamed,
        outbox::Class::MustNotMiss,
        deputy.id,
        &facts,
    )?;
    enqueue(&unit, letter).await?;
    unit.commit().await?;
    Ok(leave)
}

form! {
    /// A leave to be ended.
    pub struct EndAbsence of END by Action::RecordAbsences, refused AbsenceError {
        title: "结束请假", "End the leave";
        lead: "立即销假；尚未开始的，予以取消。等待本人返岗的邮件随即发送。",
            "The leave ends now; if it has not started, it is cancelled. E-mails that waited for the return are sent.";
        done: "请假已结束。", "The leave has ended.";
        /// The leave.
        id: Uuid = Target(Thing::Absence);
        /// The version last seen.
        expected_version: i32 = Version;
    }
}

/// Ends a leave now, or calls off one that has not begun. What waited for the return goes.
pub async fn end(
    store: &Store,
    viewer: &Viewer,
    input: EndAbsence,
) -> Result<Model, CommandError<AbsenceError>> {
    let unit = store.begin(viewer).await?;
    let before = Entity::found(unit.db(), viewer, input.id).await?;
    let standing = standing(viewer, before.account_id);
    require(viewer, EndAbsence::FORM.may, standing)?;
    expect_version(before.id, before.version, input.expected_version)?;
    rules::is_open(&before).map_err(|error| CommandError::refused(&["id"], error))?;
    let after = turned(&unit, &before, State::Ended, &END).await?;
    unit.commit().await?;
    Ok(after)
}

/// What can be done with a leave, and why not now.
pub fn offered(viewer: &Viewer, leave: &Model) -> Vec<Offer> {
    let standing = standing(viewer, leave.account_id);
    let rule = |_: &Command| rules::is_open(leave);
    offers(COMMANDS, Thing::Absence, viewer, standing, rule)
}

/// Begins or ends the leave, as today demands.
pub async fn turn(store: &Store, viewer: &Viewer, leave: &Model) -> Result<(), Fault> {
    let unit = store.begin(viewer).await?;
    let state = rules::state_on(leave, unit.today());
    turned(&unit, leave, state, &TURN).await?;
    unit.commit().await
}

/// Hands a letter to somebody on leave over to the deputy, who gets a letter of his own with the same facts; the first one waits
/// for the return.
pub async fn deliver_to_deputy(
    store: &Store,
    letter: &outbox::Model,
    leave: &Model,
    deputy: Uuid,
) -> Result<(), Fault> {
    let unit = store.begin(&Viewer::system("outbox")).await?;
    let back = leave.until_on.succ_opt().unwrap_or(leave.until_on);
    let back = instant_of(back, RETURN_HOUR, 0, unit.zone());
    let names = account::repository::names_of(unit.db(), &[leave.account_id]).await?;
    let absent = names.get(&leave.account_id).map_or("", String::as_str);
    hand_over(&unit, letter, leave.id, deputy, absent, back).await?;
    unit.commit().await
}

async fn turned(
    unit: &Unit,
    before: &Model,
    state: State,
    command: &'static Command,
) -> Result<Model, Fault> {
    let after = Model {
        state,
        ended_at: (state == State::Ended).then(|| unit.now()),
        ..before.clone()
    };
    let after = save(unit, before, after).await?;
    if state == State::Ended {
        send_now(unit, before.account_id).await?;
    }
    told(unit, command, Some(before), &after).await?;
    Ok(after)
}

fn standing(viewer: &Viewer, account_id: Uuid) -> Standing {
    if viewer.account_id() == Some(account_id) {
        Standing::Own
    } else {
        Standing::None
    }
}

async fn told(
    unit: &Unit,
    command: &'static Command,
    before: Option<&Model>,
    after: &Model,
) -> Result<(), Fault> {
    let summary = |leave: &Model| {
        summary!({
            "accountId": leave.account_id,
            "deputyId": leave.deputy_id,
            "fromOn": leave.from_on,
            "untilOn": leave.until_on,
            "state": leave.state,
        })
    };
    record(
        unit,
        Change {
            command,
            subject_id: after.id,
            before: before.map(summary),
            after: Some(summary(after)),
            reason: None,
        },
    )
    .await
}
