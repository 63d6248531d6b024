//! Roles that one administrator alone does not give: asked for by one, confirmed by another.

use sea_orm::{ActiveModelTrait, EntityTrait, entity::prelude::*};

use super::{CONFIRM, is_last_administrator, links::send_link, load};
use crate::{
    account::{Model, link, promotion, repository, rules::AccountError},
    audit::commands::{Change, record, summary},
    command::{Input, form},
    decision::by_another,
    error::{CommandError, Fault, expect_version},
    permission::{Action, Standing, require},
    store::{Store, Unit},
    table::save,
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

form! {
    /// Which account is to get the role that waits.
    pub struct Confirm of CONFIRM by Action::ManageAccounts, refused AccountError, keyed {
        title: "确认角色", "Confirm the role";
        lead: "另一名管理员已为此账户申请该角色。确认后立即生效；新账户随即收到邀请邮件。不同意时，请用“修改”改回其他角色。",
            "Another administrator has requested this role. It takes effect when you confirm it, and a new account gets its invitation. If you disagree, change the role of the account.";
        done: "角色已确认，立即生效。", "The role has been confirmed and takes effect at once.";
        /// The account.
        id: Uuid = Target(Thing::Account);
        /// The version last seen.
        expected_version: i32 = Version;
    }
}

/// Lets the second administrator give the role that waits: neither who asked for it nor whose account it is.
pub(super) fn may_confirm<'a>(
    viewer: &Viewer,
    account: &Model,
    waiting: Option<&'a promotion::Model>,
) -> Result<&'a promotion::Model, AccountError> {
    let waiting = waiting.ok_or(AccountError::NothingWaits)?;
    by_another(viewer, &[Some(waiting.asked_by), Some(account.id)])
        .map_err(|_| AccountError::SecondPerson)?;
    Ok(waiting)
}

/// Gives an account the role that waited, as a second administrator. A new account is enabled and its invitation goes out.
pub async fn confirm(
    store: &Store,
    viewer: &Viewer,
    input: Confirm,
) -> Result<Model, CommandError<AccountError>> {
    let unit = store.begin(viewer).await?;
    let account = load(&unit, viewer, input.id).await?;
    require(viewer, Confirm::FORM.may, Standing::None)?;
    let refused = |code| CommandError::refused(&["id"], code);
    let waiting = repository::promotion_of(unit.db(), account.id).await?;
    let waiting = may_confirm(viewer, &account, waiting.as_ref()).map_err(refused)?;
    if waiting.role != Role::Admin && is_last_administrator(&unit, &account).await? {
        return Err(refused(AccountError::LastAdministrator));
    }
    let is_new = was_never_open(&account);
    let disabled_at = account.disabled_at.filter(|_| !is_new);
    expect_version(account.id, account.version, input.expected_version)?;
    let confirmed = Model {
        role: waiting.role,
        enterprise_id: None,
        disabled_at,
        ..account.clone()
    };
    let confirmed = save(&unit, &account, confirmed).await?;
    wait(&unit, account.id, None).await?;
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
