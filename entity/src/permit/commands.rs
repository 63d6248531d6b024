//! Recording permits, correcting, renewing and withdrawing them.

use sea_orm::{EntityTrait, QueryFilter, entity::prelude::*, sea_query::Expr};

use super::{
    ActiveModel, Column, Entity, Kind, Model, repository,
    rules::{self, PermitError},
};
use crate::{
    audit::commands::{Change, record, summary},
    calendar,
    command::{Command, commands},
    enterprise,
    error::{CommandError, Fault, expect_saved, expect_version, is_unique_violation},
    id::new_id,
    liaison,
    permission::{Action, require},
    store::{Store, Unit},
    viewer::Viewer,
};

commands! {
    /// A permit is recorded.
    RECORD = "permit.record" on Permit: "登记", "recorded";
    /// What was recorded of a permit is corrected.
    CHANGE = "permit.change" on Permit: "修改", "changed";
    /// A permit is renewed.
    RENEW = "permit.renew" on Permit: "延续", "renewed";
    /// A permit holds no more.
    WITHDRAW = "permit.withdraw" on Permit: "注销", "withdrawn";
    /// Another calendar moves the last day of applying.
    RECOUNT = "permit.recount" on Permit: "按新日历重算", "counted anew";
}

/// What a command answers.
pub type Outcome = Result<Model, CommandError<PermitError>>;

/// A permit to be recorded.
#[derive(Clone, Debug)]
pub struct Record {
    /// Whose it is.
    pub enterprise_id: Uuid,
    /// What is permitted.
    pub kind: Kind,
    /// Its number.
    pub number: String,
    /// Who issued it.
    pub issuer: String,
    /// The last day on which it holds.
    pub valid_until: Date,
}

/// Records a permit.
pub async fn record_permit(store: &Store, viewer: &Viewer, input: Record) -> Outcome {
    let unit = store.begin(viewer).await?;
    let enterprise = enterprise::repository::find(unit.db(), viewer, input.enterprise_id)
        .await?
        .ok_or(Fault::NotFound)?;
    may(&unit, enterprise.id).await?;
    if enterprise.ended_on.is_some() {
        return Err(CommandError::refused(
            &["enterpriseId"],
            PermitError::EnterpriseGone,
        ));
    }
    let (number, issuer) = rules::details(&input.number, &input.issuer)?;
    let calendar = calendar::repository::in_force(unit.db()).await?;
    let permit = Model {
        id: new_id(unit.now()),
        enterprise_id: enterprise.id,
        kind: input.kind,
        number,
        issuer,
        valid_until: input.valid_until,
        apply_by: rules::apply_by(input.kind, input.valid_until, &calendar),
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

/// A permit as it should have been recorded.
#[derive(Clone, Debug)]
pub struct Correct {
    /// Which.
    pub id: Uuid,
    /// Its version as the person saw it.
    pub expected_version: i32,
    /// What is permitted.
    pub kind: Kind,
    /// Its number.
    pub number: String,
    /// Who issued it.
    pub issuer: String,
    /// The last day on which it holds.
    pub valid_until: Date,
}

/// Corrects what was recorded.
pub async fn change(store: &Store, viewer: &Viewer, input: Correct) -> Outcome {
    let unit = store.begin(viewer).await?;
    let permit = load(&unit, input.id, input.expected_version).await?;
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

/// A permit that was renewed.
#[derive(Clone, Debug)]
pub struct Renew {
    /// Which.
    pub id: Uuid,
    /// Its version as the person saw it.
    pub expected_version: i32,
    /// Its new number, if it has one.
    pub number: Option<String>,
    /// The new last day.
    pub valid_until: Date,
}

/// Renews a permit: its thresholds are crossed anew.
pub async fn renew(store: &Store, viewer: &Viewer, input: Renew) -> Outcome {
    let unit = store.begin(viewer).await?;
    let permit = load(&unit, input.id, input.expected_version).await?;
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

/// A permit that holds no more.
#[derive(Clone, Debug)]
pub struct Withdraw {
    /// Which.
    pub id: Uuid,
    /// Its version as the person saw it.
    pub expected_version: i32,
    /// Why.
    pub reason: String,
}

/// Records that a permit was withdrawn or given up.
pub async fn withdraw(store: &Store, viewer: &Viewer, input: Withdraw) -> Outcome {
    let unit = store.begin(viewer).await?;
    let permit = load(&unit, input.id, input.expected_version).await?;
    let reason =
        rules::reason(&input.reason).map_err(|error| CommandError::refused(&["reason"], error))?;
    let withdrawn = Model {
        withdrawn_on: Some(unit.today()),
        ..permit.clone()
    };
    save(unit, permit, withdrawn, &WITHDRAW, Some(&reason)).await
}

/// Counts anew by when these permits are applied for, after another calendar was imported. Gives them as they are now.
pub async fn recount(
    store: &Store,
    viewer: &Viewer,
    permits: Vec<Model>,
) -> Result<Vec<Model>, Fault> {
    let calendar = calendar::repository::in_force(store.db()).await?;
    let mut counted = Vec::with_capacity(permits.len());
    for permit in permits {
        let apply_by = rules::apply_by(permit.kind, permit.valid_until, &calendar);
        if apply_by == permit.apply_by {
            counted.push(permit);
            continue;
        }
        let moved = Model {
            apply_by,
            ..permit.clone()
        };
        let unit = store.begin(viewer).await?;
        counted.push(write(&unit, &permit, moved, &RECOUNT, None).await?);
        unit.commit().await?;
    }
    Ok(counted)
}

async fn may(unit: &Unit, enterprise_id: Uuid) -> Result<(), Fault> {
    let viewer = unit.viewer();
    let standing = liaison::repository::standing(unit.db(), viewer, enterprise_id).await?;
    require(viewer, Action::ManagePermits, standing)
}

async fn load(
    unit: &Unit,
    id: Uuid,
    expected_version: i32,
) -> Result<Model, CommandError<PermitError>> {
    let permit = repository::find(unit.db(), unit.viewer(), id)
        .await?
        .ok_or(Fault::NotFound)?;
    may(unit, permit.enterprise_id).await?;
    expect_version(permit.id, permit.version, expected_version)?;
    rules::require_held(&permit).map_err(|error| CommandError::refused(&["id"], error))?;
    Ok(permit)
}

async fn save(
    unit: Unit,
    before: Model,
    after: Model,
    command: &'static Command,
    reason: Option<&str>,
) -> Outcome {
    let calendar = calendar::repository::in_force(unit.db()).await?;
    let after = Model {
        apply_by: rules::apply_by(after.kind, after.valid_until, &calendar),
        ..after
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
    let after = Model {
        version: before.version + 1,
        ..after
    };
    let saved = Entity::update_many()
        .col_expr(Column::Kind, Expr::value(after.kind))
        .col_expr(Column::Number, Expr::value(after.number.clone()))
        .col_expr(Column::Issuer, Expr::value(after.issuer.clone()))
        .col_expr(Column::ValidUntil, Expr::value(after.valid_until))
        .col_expr(Column::ApplyBy, Expr::value(after.apply_by))
        .col_expr(Column::WithdrawnOn, Expr::value(after.withdrawn_on))
        .col_expr(Column::Version, Expr::value(after.version))
        .filter(Column::Id.eq(before.id))
        .filter(Column::Version.eq(before.version))
        .exec(unit.db())
        .await?;
    expect_saved(saved.rows_affected, before.id, Some(before.version))?;
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
    let summary = |permit: &Model| {
        summary!({
            "kind": permit.kind,
            "number": permit.number,
            "issuer": permit.issuer,
            "validUntil": permit.valid_until,
            "applyBy": permit.apply_by,
            "withdrawnOn": permit.withdrawn_on,
        })
    };
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
