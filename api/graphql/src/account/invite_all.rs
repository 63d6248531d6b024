//! `accountInviteAll`.

use api_door::{
    coded::{Coded, plain},
    command::{Answer, command, payload},
    operation::viewer,
};
use async_graphql::{Context, InputObject, Object, Result};
use entity::{
    account::{
        commands::invite_all::{self, Receipt},
        rules::AccountError,
    },
    error::{CommandError, Explain},
};

use super::{Account, AccountErrorCode};

/// Whom to invite.
#[derive(InputObject)]
pub struct AccountInviteAllInput {
    /// Everybody in one of these roles who can come, has not come yet, and has no valid invitation.
    roles: Vec<Coded<entity::viewer::Role>>,
    /// Idempotency key, up to 120 characters: a repeated request invites whom the first has left, and its receipt tells of both.
    idempotency_key: Option<String>,
}

/// What became of inviting many (邀请回执).
pub struct InvitationReceipt {
    invited: Vec<Account>,
    left_out: Vec<NotInvited>,
    more: bool,
}

impl From<Receipt> for InvitationReceipt {
    fn from(receipt: Receipt) -> Self {
        let left_out = receipt
            .left_out
            .into_iter()
            .map(|(account, why)| NotInvited {
                account: Account(account),
                why,
            });
        Self {
            invited: receipt.invited.into_iter().map(Account).collect(),
            left_out: left_out.collect(),
            more: receipt.more,
        }
    }
}

impl Answer for InvitationReceipt {}

/// What became of inviting many (邀请回执).
#[Object]
impl InvitationReceipt {
    /// Who was sent an invitation.
    #[graphql(complexity = "100 * child_complexity")]
    async fn invited(&self) -> &[Account] {
        &self.invited
    }

    /// Who could not be sent one.
    #[graphql(complexity = "100 * child_complexity")]
    async fn left_out(&self) -> &[NotInvited] {
        &self.left_out
    }

    /// Whether there are more people than one command invites (1,000): then give it again.
    async fn more(&self) -> bool {
        self.more
    }
}

/// Somebody who could not be invited.
pub struct NotInvited {
    account: Account,
    why: AccountError,
}

/// Somebody who could not be invited.
#[Object]
impl NotInvited {
    /// Who.
    async fn account(&self) -> &Account {
        &self.account
    }

    /// The reason, for programs.
    async fn code(&self) -> AccountErrorCode {
        self.why.into()
    }

    /// Why, and what to do, in the viewer's language.
    async fn reason(&self, ctx: &Context<'_>) -> String {
        let said = self.why.explain();
        said.in_language(viewer(ctx).language()).to_owned()
    }
}

payload! {
    /// The answer of `accountInviteAll`.
    AccountInviteAllPayload, AccountInviteAllUserError, AccountErrorCode, AccountError,
    /// Who was invited and who was not; null never.
    receipt: InvitationReceipt
}

/// The mutation `accountInviteAll`.
#[derive(Default)]
pub struct AccountInviteAllMutation;

#[Object]
impl AccountInviteAllMutation {
    /// Invites everybody who has not come yet and has no valid invitation (ADMIN; CENTRE the contacts of enterprises). Each is judged alone;
    /// a repeated request invites nobody twice, because everybody then has an invitation.
    async fn account_invite_all(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Whom to invite.")] input: AccountInviteAllInput,
    ) -> Result<AccountInviteAllPayload> {
        let asked = (plain(input.roles), input.idempotency_key);
        command(ctx, asked, |store, viewer, (roles, key)| async move {
            let invited = invite_all::invite_all(&store, &viewer, &roles, key.as_deref()).await;
            invited.map_err(CommandError::Fault)
        })
        .await
    }
}
