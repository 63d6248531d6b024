//! Roles that one administrator alone does not give: asked for by one, confirmed by another.

use sea_orm::{ActiveModelTrait, EntityTrait, entity::prelude::*, sea_query::Expr};

use super::{CONFIRM, guarded, is_last_administrator, load, send_link};
use crate::{
    account::{Column, Model, link, promotion, repository, rules::AccountError},
    audit::commands::{Change, record, summary},
    error::{CommandError, Fault, expect_saved},
    permission::{Action, Standing, require},
    store::{Store, Unit},
    viewer::{Role, Viewer},
};

/// Who gives this role, when it then has to wait for a second administrator. The operator at the command line needs none.
pub(super) fn asker(store: &Store, viewer: &Viewer, role: Role) -> Option<Uuid> {
    viewer
        .account_id()
        .filter(|_| has_power(role) && store.policy().second_administrator)
}

fn has_power(role: Role) -> bool {
    matches!(role, Role::Admin | Role::Leader | Role::Supervisor)
}

/// Whether the account has been closed since it was made, because it was to have a role of power: to enable it with such a role is to
/// give the role. One that was disabled later had been opened before, by a second administrator where that was asked for.
pub(super) fn was_never_open(account: &Model) -> bool {
    account.disabled_at == Some(account.created_at)
}

/// Notes what an account is to become; whatever waited before does so no more.
pub(super) async fn wait(
    unit: &Unit,
    account_id: Uuid,
    promotion: Option<(Role, Uuid)>,
) -> Result<(), Fault> {
    promotion::Entity::delete_by_id(account_id)
        .exec(unit.db())
        .await?;
    if let Some((role, asked_by)) = promotion {
        let row = promotion::Model {
            account_id,
            role,
            asked_by,
            asked_at: unit.now(),
        };
        promotion::Entity::insert(promotion::ActiveModel::from(row).reset_all())
            .exec_without_returning(unit.db())
            .await?;
    }
    Ok(())
}

/// Which account is to get its role.
#[derive(Clone, Copy, Debug)]
pub struct Confirm {
    /// Which.
    pub account_id: Uuid,
    /// The version the person saw.
    pub expected_version: i32,
}

/// Gives an account the role that waited, as a second administrator. A new account is enabled and its invitation goes out.
pub async fn confirm(
    store: &Store,
    viewer: &Viewer,
    input: Confirm,
) -> Result<Model, CommandError<AccountError>> {
    let unit = store.begin(viewer).await?;
    let account = load(&unit, viewer, input.account_id).await?;
    require(viewer, Action::ManageAccounts, Standing::None)?;
    let refused = |code| Err(CommandError::refused(&["id"], code));
    let Some(waiting) = repository::promotion_of(unit.db(), account.id).await? else {
        return refused(AccountError::NothingWaits);
    };
    if [Some(waiting.asked_by), Some(account.id)].contains(&viewer.account_id()) {
        return refused(AccountError::SecondPerson);
    }
    if waiting.role != Role::Admin && is_last_administrator(&unit, &account).await? {
        return refused(AccountError::LastAdministrator);
    }
    let is_new = was_never_open(&account);
    let disabled_at = account.disabled_at.filter(|_| !is_new);
    let saved = guarded(&account, input.expected_version)
        .col_expr(Column::Role, Expr::value(waiting.role))
        .col_expr(Column::EnterpriseId, Expr::value(Option::<Uuid>::None))
        .col_expr(Column::DisabledAt, Expr::value(disabled_at))
        .exec(unit.db())
        .await?;
    expect_saved(saved.rows_affected, account.id, Some(account.version))?;
    wait(&unit, account.id, None).await?;
    let confirmed = Model {
        role: waiting.role,
        enterprise_id: None,
        disabled_at,
        version: account.version + 1,
        ..account.clone()
    };
    record(
        &unit,
        Change {
            command: &CONFIRM,
            subject_id: account.id,
            before: Some(summary!({ "role": account.role })),
            after: Some(summary!({ "role": confirmed.role })),
            reason: None,
        },
    )
    .await?;
    if is_new {
        send_link(&unit, &confirmed, link::Purpose::Invitation).await?;
    }
    unit.commit().await?;
    Ok(confirmed)
}
