//! Recording permits, correcting, renewing and withdrawing them.

use chrono::NaiveDate;
use sea_orm::{
    EntityTrait, QueryFilter, QuerySelect, QueryTrait,
    entity::prelude::*,
    sea_query::{Expr, ExprTrait},
};

use super::{
    ActiveModel, Column, Entity, Kind, Model,
    rules::{self, PermitError},
};
use crate::{
    audit::commands::{Change, Summary, record, summary},
    calendar,
    command::{Choices, Command, Form, Input, Offer, Thing, commands, form, offers},
    commitment::rules::PERMIT_ENDS,
    deadline::{self, commands::Ended},
    enterprise,
    error::{CommandError, Fault, expect_version, is_unique_violation},
    id::new_id,
    language::Language,
    liaison,
    obligation::commands::{Event, happens_in},
    permission::{Action, Standing, require},
    store::{Store, Unit},
    table::{self, Visible},
    term::Term,
    viewer::Viewer,
};

commands! {
    /// A permit is recorded.
    RECORD = "permit.record" on Permit: "登记", "recorded", form Record;
    /// What was recorded of a permit is corrected.
    CHANGE = "permit.change" on Permit: "更正", "corrected", form Correct;
    /// A permit is renewed.
    RENEW = "permit.renew" on Permit: "延续", "renewed", form Renew;
    /// A permit holds no more.
    WITHDRAW = "permit.withdraw" on Permit: "注销", "withdrawn", form Withdraw;
    /// Another calendar moves the last day of applying; told so until its time limit told it.
    RECOUNT = "permit.recount" on Permit: "按新日历重算", "recalculated";
}

/// What a command answers.
pub type Outcome = Result<Model, CommandError<PermitError>>;

form! {
    /// A permit to be recorded.
    pub struct Record of RECORD by Action::ManagePermits, refused PermitError, keyed {
        title: "登记证照", "Record a permit";
        lead: "到期前 90、60、30 天和申请期限前，系统会提醒企业和专员申请延续。",
            "The enterprise and its liaison are reminded 90, 60 and 30 days before the permit expires, and before the last day to apply for renewal.";
        done: "证照已保存。", "The permit has been saved.";
        /// Whose it is.
        enterprise_id: Uuid = Target(Thing::Enterprise);
        /// What is permitted.
        kind: Kind = Choice(Choices::of::<Kind>), "证照种类", "Kind",
            "决定提前多久申请延续", "Determines how long before expiry the renewal must be applied for";
        /// Its number, up to 100 characters.
        number: String = Line(100), "证照编号", "Number";
        /// Who issued it, up to 200 characters.
        issuer: String = Line(200), "发证机关", "Issued by";
        /// The last day on which it holds.
        valid_until: NaiveDate = Day, "有效期至", "Valid until";
    }
}

/// Records a permit.
pub async fn record_permit(store: &Store, viewer: &Viewer, input: Record) -> Outcome {
    let unit = store.begin(viewer).await?;
    let enterprise = enterprise::Entity::found(unit.db(), viewer, input.enterprise_id).await?;
    may(&unit, enterprise.id, Record::FORM).await?;
    rules::require_there(&enterprise)
        .map_err(|error| CommandError::refused(&["enterpriseId"], error))?;
    let (number, issuer) = rules::details(&input.number, &input.issuer)?;
    let calendar = calendar::repository::in_force(&unit).await?;
    let lead = rules::lead(input.kind, input.valid_until);
    let limit =
        deadline::commands::open_application_in(&unit, &calendar, lead, input.valid_until).await?;
    let permit = Model {
        id: new_id(unit.now()),
        enterprise_id: enterprise.id,
        kind: input.kind,
        number,
        issuer,
        valid_until: input.valid_until,
        apply_by: limit.due_on,
        deadline_id: limit.id,
        withdrawn_on: None,
        created_at: unit.now(),
        version: 1,
    };
    Entity::insert(ActiveModel::from(permit.clone()).reset_all())
        .exec_without_returning(unit.db())
        .await
        .map_err(known)?;
    told(&unit, &RECORD, None, &permit, None).await?;
    unit.commit().await?;
    Ok(permit)
}

form! {
    /// A permit as it should have been recorded.
    pub struct Correct of CHANGE by Action::ManagePermits, refused PermitError {
        title: "更正证照信息", "Correct the permit";
        lead: "仅用于更正登记错误；证照延续的，请用“登记证照延续”。",
            "Use this only to correct errors. Record a renewal with “Record the renewal”.";
        done: "证照已保存。", "The permit has been saved.";
        /// The permit.
        id: Uuid = Target(Thing::Permit);
        /// Its version as seen.
        expected_version: i32 = Version;
        /// What is permitted.
        kind: Kind = Choice(Choices::of::<Kind>), "证照种类", "Kind",
            "决定提前多久申请延续", "Determines how long before expiry the renewal must be applied for";
        /// Its number, up to 100 characters.
        number: String = Line(100), "证照编号", "Number";
        /// Who issued it, up to 200 characters.
        issuer: String = Line(200), "发证机关", "Issued by";
        /// The last day on which it holds.
        valid_until: NaiveDate = Day, "有效期至", "Valid until";
    }
}

/// Corrects what was recorded.
pub async fn change(store: &Store, viewer: &Viewer, input: Correct) -> Outcome {
    let unit = store.begin(viewer).await?;
    let permit = load(&unit, input.id, input.expected_version, Correct::FORM).await?;
    let (number, issuer) = rules::details(&input.number, &input.issuer)?;
    let changed = Model {
        kind: input.kind,
        number,
        issuer,
        valid_until: input.valid_until,
        ..permit.clone()
    };
    save(unit, permit, changed, &CHANGE, None).await
}

form! {
    /// A permit that was renewed.
    pub struct Renew of RENEW by Action::ManagePermits, refused PermitError {
        title: "登记证照延续", "Record the renewal";
        lead: "提醒按新的有效期重新计算。", "Reminders then follow the new expiry date.";
        done: "证照已保存。", "The permit has been saved.";
        /// The permit.
        id: Uuid = Target(Thing::Permit);
        /// Its version as seen.
        expected_version: i32 = Version;
        /// Its new number; the old one when nothing is said.
        number: Option<String> = Line(100), "证照编号", "Number";
        /// The new last day, later than before.
        valid_until: NaiveDate = Day, "有效期至", "Valid until";
    }
}

/// Renews a permit: its thresholds are crossed anew.
pub async fn renew(store: &Store, viewer: &Viewer, input: Renew) -> Outcome {
    let unit = store.begin(viewer).await?;
    let permit = load(&unit, input.id, input.expected_version, Renew::FORM).await?;
    if input.valid_until <= permit.valid_until {
        return Err(CommandError::refused(
            &["validUntil"],
            PermitError::NotLater,
        ));
    }
    let number = input.number.as_deref().unwrap_or(&permit.number);
    let (number, _) = rules::details(number, &permit.issuer)?;
    let renewed = Model {
        number,
        valid_until: input.valid_until,
        ..permit.clone()
    };
    save(unit, permit, renewed, &RENEW, None).await
}

form! {
    /// A permit that holds no more.
    pub struct Withdraw of WITHDRAW by Action::ManagePermits, refused PermitError {
        title: "登记证照注销", "Record the withdrawal";
        lead: "注销后不再提醒；历史仍可查阅。",
            "No more reminders are sent; the history stays available.";
        done: "证照已保存。", "The permit has been saved.";
        /// The permit.
        id: Uuid = Target(Thing::Permit);
        /// Its version as seen.
        expected_version: i32 = Version;
        /// Why, up to 1000 characters.
        reason: String = Lines(1000), "理由", "Reason";
    }
}

/// Records that a permit was withdrawn or given up.
pub async fn withdraw(store: &Store, viewer: &Viewer, input: Withdraw) -> Outcome {
    let unit = store.begin(viewer).await?;
    let permit = load(&unit, input.id, input.expected_version, Withdraw::FORM).await?;
    let reason =
        rules::reason(&input.reason).map_err(|error| CommandError::refused(&["reason"], error))?;
    let withdrawn = Model {
        withdrawn_on: Some(unit.today()),
        ..permit.clone()
    };
    save(unit, permit, withdrawn, &WITHDRAW, Some(&reason)).await
}

/// Ends the time limits of those permits that have ended: their renewal can be applied for no more, until one is recorded.
pub async fn end(store: &Store, viewer: &Viewer, limits: &[Uuid]) -> Result<(), Fault> {
    let unit = store.begin(viewer).await?;
    let calendar = calendar::repository::in_force(&unit).await?;
    for limit in limits {
        deadline::commands::end_in(&unit, &calendar, *limit, Ended::For("证照已到期")).await?;
    }
    unit.commit().await
}

/// Somebody is told for the first time, in this transaction, that a permit ends: promises answer to that. `by_letter` says whether the
/// letter goes to its enterprise; without one its liaison has to tell it otherwise.
pub(crate) async fn told_in(unit: &Unit, id: Uuid, by_letter: bool) -> Result<(), Fault> {
    let Some(permit) = Entity::find_by_id(id).one(unit.db()).await? else {
        return Ok(());
    };
    let (number, until, by) = (&permit.number, permit.valid_until, permit.apply_by);
    let (kind, today) = (permit.kind.word(Language::Chinese), unit.today());
    let event = Event {
        enterprise_id: permit.enterprise_id,
        start_event: PERMIT_ENDS,
        key: format!("permit:{id}:{until}"),
        note: format!("{kind}（{number}）将于 {until} 到期。"),
        kept_by: by_letter.then(|| {
            format!(
                "已于 {today} 发邮件提醒企业：{kind}（{number}）将于 {until} 到期，最迟于 {by}（含当日）申请延续。"
            )
        }),
    };
    happens_in(unit, event).await
}

/// Keeps with the permits by when they are applied for, after their time limits were counted anew.
pub(crate) async fn follow_limits(unit: &Unit) -> Result<(), Fault> {
    let due_on = || {
        deadline::Entity::find()
            .select_only()
            .column(deadline::Column::DueOn)
            .filter(
                Column::DeadlineId
                    .into_expr()
                    .equals((deadline::Entity, deadline::Column::Id)),
            )
            .into_query()
    };
    Entity::update_many()
        .col_expr(
            Column::ApplyBy,
            Expr::SubQuery(None, Box::new(due_on().into())),
        )
        .col_expr(Column::Version, Column::Version.into_expr().add(1))
        .filter(
            Column::ApplyBy
                .into_expr()
                .ne(Expr::SubQuery(None, Box::new(due_on().into()))),
        )
        .exec(unit.db())
        .await?;
    Ok(())
}

/// What can be done with a permit, and why not now.
pub fn offered(viewer: &Viewer, standing: Standing, permit: &Model) -> Vec<Offer> {
    let rule = |_: &Command| rules::require_held(permit);
    offers(COMMANDS, Thing::Permit, viewer, standing, rule)
}

/// What can be done with an enterprise as the holder of permits, and why not now.
pub fn offered_to_holder(
    viewer: &Viewer,
    standing: Standing,
    holder: &enterprise::Model,
) -> Vec<Offer> {
    let rule = |_: &Command| rules::require_there(holder);
    offers(COMMANDS, Thing::Enterprise, viewer, standing, rule)
}

async fn may(unit: &Unit, enterprise_id: Uuid, form: &Form) -> Result<(), Fault> {
    let viewer = unit.viewer();
    let standing = liaison::repository::standing(unit.db(), viewer, enterprise_id).await?;
    require(viewer, form.may, standing)
}

async fn load(
    unit: &Unit,
    id: Uuid,
    expected_version: i32,
    form: &Form,
) -> Result<Model, CommandError<PermitError>> {
    let permit = Entity::found(unit.db(), unit.viewer(), id).await?;
    may(unit, permit.enterprise_id, form).await?;
    expect_version(permit.id, permit.version, expected_version)?;
    rules::require_held(&permit).map_err(|error| CommandError::refused(&["id"], error))?;
    Ok(permit)
}

/// Saves a permit whose kind or end has changed, or that is withdrawn: its time limit is counted anew from its end, or ends. A change that
/// leaves both alone uses [`write`], because this would set a limit running again that has ended.
async fn save(
    unit: Unit,
    before: Model,
    after: Model,
    command: &'static Command,
    reason: Option<&str>,
) -> Outcome {
    let calendar = calendar::repository::in_force(&unit).await?;
    let (limit, end) = (before.deadline_id, after.valid_until);
    let after = match reason {
        // It is withdrawn.
        Some(reason) => {
            deadline::commands::end_in(&unit, &calendar, limit, Ended::For(reason)).await?;
            after
        }
        None => {
            let lead = rules::lead(after.kind, end);
            let moved = deadline::commands::move_in(&unit, &calendar, limit, lead, end).await?;
            Model {
                apply_by: moved.due_on,
                ..after
            }
        }
    };
    let saved = match write(&unit, &before, after, command, reason).await {
        Err(Fault::Database(error)) => return Err(known(error)),
        saved => saved?,
    };
    unit.commit().await?;
    Ok(saved)
}

async fn write(
    unit: &Unit,
    before: &Model,
    after: Model,
    command: &'static Command,
    reason: Option<&str>,
) -> Result<Model, Fault> {
    let after = table::save(unit, before, after).await?;
    told(unit, command, Some(before), &after, reason).await?;
    Ok(after)
}

fn known(error: DbErr) -> CommandError<PermitError> {
    if is_unique_violation(&error) {
        CommandError::refused(&["number"], PermitError::Known)
    } else {
        error.into()
    }
}

async fn told(
    unit: &Unit,
    command: &'static Command,
    before: Option<&Model>,
    after: &Model,
    reason: Option<&str>,
) -> Result<(), Fault> {
    record(
        unit,
        Change {
            command,
            subject_id: after.id,
            before: before.map(summary),
            after: Some(summary(after)),
            reason,
        },
    )
    .await
}

/// How a permit is written down.
pub fn summary(permit: &Model) -> Summary {
    summary!({
        "kind": permit.kind,
        "number": permit.number,
        "issuer": permit.issuer,
        "validUntil": permit.valid_until,
        "applyBy": permit.apply_by,
        "withdrawnOn": permit.withdrawn_on,
    })
}
