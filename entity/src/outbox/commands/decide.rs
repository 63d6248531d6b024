//! What people decide: to try a letter again, to drop it, to hold all mail back, to let it go.

use chrono::{DateTime, Utc};
use sea_orm::{
    Condition, EntityTrait, ExprTrait, QueryFilter, entity::prelude::*, sea_query::Expr,
};

use super::{
    ABANDON, COMMANDS, HOLD, RELEASE, RETRY, guarded, require_held, secret, sending::lift,
};
use crate::{
    audit::{
        self,
        commands::{Change, summary},
    },
    command::{Command, Form, Input, Offer, Thing, form, offers},
    error::{CommandError, Fault, expect_version},
    outbox::{
        Column, Entity, Envelope, Kind, Model, State, hold,
        repository::mail_state,
        rules::{self, LetterError},
    },
    permission::{Action, Standing, require},
    store::{Store, Unit},
    table::Visible,
    viewer::Viewer,
};

form! {
    /// A letter to be tried again.
    pub struct Retry of RETRY by Action::ManageOperations, refused LetterError, keyed, many {
        title: "重新发送邮件", "Send the e-mail again";
        lead: "立即再次发送。可能已送达的邮件以相同内容和编号重发，不会成为两封不同的邮件。",
            "The e-mail is sent again at once. If it may have arrived already, it is sent unchanged with the same number.";
        done: "邮件将立即再次发送。", "The e-mail is being sent again.";
        /// The letter.
        id: Uuid = Target(Thing::Letter);
        /// Its version as seen; CONFLICT when it has changed since.
        expected_version: i32 = Version;
        /// Why, up to 1000 characters.
        reason: String = Lines(1000), "理由", "Reason", "记入审计记录", "Stored in the audit trail";
    }
}

/// Has a letter tried again at once, under its old Message-ID. One that may have arrived goes out with the same bytes; one that was
/// definitely refused is made anew, so that a corrected address is used, and its address is taken up again.
pub async fn retry(
    store: &Store,
    viewer: &Viewer,
    input: Retry,
) -> Result<Model, CommandError<LetterError>> {
    let unit = store.begin(viewer).await?;
    let letter = load(&unit, input.id, input.expected_version, Retry::FORM).await?;
    let reason = reason(&input.reason)?;
    rules::may_retry((letter.kind, letter.state), letter.not_after, unit.now())
        .map_err(|error| CommandError::refused(&["id"], error))?;
    let mut change = guarded(&letter)
        .col_expr(Column::State, Expr::value(State::Pending))
        .col_expr(Column::NextAttemptAt, Expr::value(unit.now()))
        .col_expr(Column::Attempts, Expr::value(0))
        .col_expr(Column::FirstAttemptAt, Expr::value(None::<DateTime<Utc>>))
        .col_expr(Column::EscalatedAt, Expr::value(None::<DateTime<Utc>>));
    if letter.not_after.is_some_and(|end| end <= unit.now()) {
        change = change.col_expr(Column::NotAfter, Expr::value(None::<DateTime<Utc>>));
    }
    if matches!(letter.state, State::Dead | State::Suppressed) {
        lift(&unit, &letter).await?;
        change = change
            .col_expr(Column::Frozen, Expr::value(None::<Vec<u8>>))
            .col_expr(Column::Address, Expr::value(None::<String>));
    }
    done(unit, letter, change, &RETRY, &reason).await
}

form! {
    /// A letter to be discarded.
    pub struct Abandon of ABANDON by Action::ManageOperations, refused LetterError {
        title: "撤销邮件", "Discard the e-mail";
        lead: "撤销后不再发送，收件人不会收到。", "The e-mail will not be sent to its recipient.";
        done: "邮件已撤销，不会发送。", "The e-mail has been discarded and will not be sent.";
        /// The letter.
        id: Uuid = Target(Thing::Letter);
        /// Its version as seen; CONFLICT when it has changed since.
        expected_version: i32 = Version;
        /// Why, up to 1000 characters.
        reason: String = Lines(1000), "理由", "Reason", "记入审计记录", "Stored in the audit trail";
    }
}

/// Drops a letter: it will never be sent. Its key stays used.
pub async fn abandon(
    store: &Store,
    viewer: &Viewer,
    input: Abandon,
) -> Result<Model, CommandError<LetterError>> {
    let unit = store.begin(viewer).await?;
    let letter = load(&unit, input.id, input.expected_version, Abandon::FORM).await?;
    let reason = reason(&input.reason)?;
    rules::may_drop(letter.state).map_err(|error| CommandError::refused(&["id"], error))?;
    let mut change = guarded(&letter).col_expr(Column::State, Expr::value(State::Cancelled));
    if letter.kind.is_secret() {
        change = secret::wiped(change);
    }
    done(unit, letter, change, &ABANDON, &reason).await
}

/// What can be decided about a letter, and why not now.
pub fn offered(viewer: &Viewer, letter: &Envelope, now: DateTime<Utc>) -> Vec<Offer> {
    let rule = |command: &Command| match command.code == RETRY.code {
        true => rules::may_retry((letter.kind, letter.state), letter.not_after, now),
        false => rules::may_drop(letter.state),
    };
    offers(COMMANDS, Thing::Letter, viewer, Standing::None, rule)
}

/// What can be decided about all mail, and why not now.
pub fn offered_for_mail(viewer: &Viewer, mail: &hold::Model) -> Vec<Offer> {
    let rule = |_: &Command| rules::may_hold(mail);
    offers(COMMANDS, Thing::Mail, viewer, Standing::None, rule)
}

async fn load(unit: &Unit, id: Uuid, expected_version: i32, form: &Form) -> Result<Model, Fault> {
    let viewer = unit.viewer();
    let letter = Entity::found(unit.db(), viewer, id).await?;
    require(viewer, form.may, Standing::None)?;
    expect_version(letter.id, letter.version, expected_version)?;
    Ok(letter)
}

fn reason(given: &str) -> Result<String, CommandError<LetterError>> {
    rules::reason(given).map_err(|error| CommandError::refused(&["reason"], error))
}

async fn done(
    unit: Unit,
    letter: Model,
    change: sea_orm::UpdateMany<Entity>,
    command: &'static Command,
    reason: &str,
) -> Result<Model, CommandError<LetterError>> {
    require_held(change.exec(unit.db()).await?.rows_affected)?;
    let changed = Entity::find_by_id(letter.id)
        .one(unit.db())
        .await?
        .ok_or(Fault::NotFound)?;
    audit::commands::record(
        &unit,
        Change {
            command,
            subject_id: letter.id,
            before: Some(summary!({ "state": letter.state })),
            after: Some(summary!({ "state": changed.state })),
            reason: Some(reason),
        },
    )
    .await?;
    unit.commit().await?;
    Ok(changed)
}

form! {
    /// Putting all mail on hold.
    pub struct HoldMail of HOLD by Action::ManageOperations, refused LetterError {
        title: "停发全部邮件", "Hold all mail";
        lead: "数秒内停止发送所有邮件；正在发送的一封仍会送达。任务照常运行，邮件排队等候。",
            "Within seconds no more e-mail is sent; an e-mail that is being sent still arrives. Jobs continue, and their e-mails wait.";
        done: "所有邮件已停发。", "All mail is on hold.";
        /// The version of `mail` as seen; CONFLICT when it has changed since.
        expected_version: i32 = VersionOf(Thing::Mail);
        /// Why, up to 1000 characters.
        reason: String = Lines(1000), "理由", "Reason", "记入审计记录", "Stored in the audit trail";
    }
}

/// Holds all letters back, in every replica, from the next pass of the delivery on. A letter whose body is on its way arrives.
pub async fn hold(
    store: &Store,
    viewer: &Viewer,
    input: HoldMail,
) -> Result<hold::Model, CommandError<LetterError>> {
    require(viewer, HoldMail::FORM.may, Standing::None)?;
    let state = mail_state(store.db()).await?;
    let unit = store.begin(viewer).await?;
    expect_version(state.database_id, state.version, input.expected_version)?;
    let reason = reason(&input.reason)?;
    rules::may_hold(&state).map_err(|error| CommandError::refused(&[], error))?;
    set_hold(&unit, &state, hold::Hold::Person, &reason).await?;
    unit.commit().await?;
    Ok(mail_state(store.db()).await?)
}

/// A release of mail.
#[derive(Clone, Debug)]
pub struct ReleaseMail {
    /// The version of the mail state as the person saw it.
    pub expected_version: i32,
    /// Why.
    pub reason: String,
    /// Only waiting letters of these kinds go; all kinds when nothing is said.
    pub kinds: Option<Vec<Kind>>,
    /// Only waiting letters written at or after this instant go; after a restore: the moment of the failure.
    pub written_since: Option<DateTime<Utc>>,
}

/// Lets mail go. Waiting letters that are not chosen stay behind, each HELD for a decision of its own; what is written from now on
/// goes as always.
pub async fn release(
    store: &Store,
    viewer: &Viewer,
    input: ReleaseMail,
) -> Result<hold::Model, CommandError<LetterError>> {
    require(viewer, Action::ManageOperations, Standing::None)?;
    let state = mail_state(store.db()).await?;
    let unit = store.begin(viewer).await?;
    expect_version(state.database_id, state.version, input.expected_version)?;
    let reason = reason(&input.reason)?;
    let Some(held) = state.hold else {
        return Err(CommandError::refused(&[], LetterError::NotHeld));
    };
    let mut behind = Condition::any();
    if let Some(kinds) = &input.kinds {
        behind = behind.add(Column::Kind.is_not_in(kinds.iter().copied()));
    }
    if let Some(since) = input.written_since {
        behind = behind.add(Column::CreatedAt.lt(since));
    }
    let kept = if behind.is_empty() {
        0
    } else {
        Entity::update_many()
            .col_expr(Column::State, Expr::value(State::Held))
            .col_expr(
                Column::LastText,
                Expr::value("kept on hold when mail was released"),
            )
            .col_expr(Column::Version, Expr::col(Column::Version).add(1))
            .filter(Column::State.is_in([State::Pending, State::Ambiguous]))
            .filter(behind)
            .exec(unit.db())
            .await?
            .rows_affected
    };
    let saved = of_version(&state)
        .col_expr(hold::Column::Hold, Expr::value(None::<hold::Hold>))
        .col_expr(hold::Column::HeldAt, Expr::value(None::<DateTime<Utc>>))
        .col_expr(hold::Column::HeldBy, Expr::value(None::<Uuid>))
        .col_expr(hold::Column::Reason, Expr::value(None::<String>))
        .col_expr(hold::Column::ReleasedAt, Expr::value(Some(unit.now())))
        .exec(unit.db())
        .await?;
    require_held(saved.rows_affected)?;
    audit::commands::record(
        &unit,
        Change {
            command: &RELEASE,
            subject_id: state.database_id,
            before: Some(summary!({ "hold": held.to_value(), "reason": state.reason })),
            after: Some(summary!({
                "kinds": input.kinds,
                "writtenSince": input.written_since,
                "keptBack": kept,
            })),
            reason: Some(&reason),
        },
    )
    .await?;
    unit.commit().await?;
    Ok(mail_state(store.db()).await?)
}

pub(super) async fn set_hold(
    unit: &Unit,
    state: &hold::Model,
    why: hold::Hold,
    reason: &str,
) -> Result<(), Fault> {
    let saved = of_version(state)
        .col_expr(hold::Column::Hold, Expr::value(Some(why)))
        .col_expr(hold::Column::HeldAt, Expr::value(Some(unit.now())))
        .col_expr(
            hold::Column::HeldBy,
            Expr::value(unit.viewer().account_id()),
        )
        .col_expr(hold::Column::Reason, Expr::value(Some(reason.to_owned())))
        .exec(unit.db())
        .await?;
    require_held(saved.rows_affected)?;
    audit::commands::record(
        unit,
        Change {
            command: &HOLD,
            subject_id: state.database_id,
            before: None,
            after: Some(summary!({ "hold": why.to_value() })),
            reason: Some(reason),
        },
    )
    .await
}

fn of_version(state: &hold::Model) -> sea_orm::UpdateMany<hold::Entity> {
    hold::Entity::update_many()
        .col_expr(hold::Column::Version, Expr::value(state.version + 1))
        .filter(hold::Column::Id.eq(state.id))
        .filter(hold::Column::Version.eq(state.version))
}
