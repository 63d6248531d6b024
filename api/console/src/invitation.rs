//! Inviting everybody who has not come yet: whom the letters go to, and the receipt.

use askama::Template;
use axum::response::Response;
use entity::permission::Action;

use super::{
    bridge::operation,
    form::{Filled, Form},
    frame::Frame,
    guest::Guest,
    refusal::Refusal,
    term::*,
};

operation!(InvitePage in "src/operations/invitation.graphql");
operation!(InviteAll in "src/operations/invitation.graphql");

/// The roles whose people this viewer invites: of the enterprises, or of everybody.
fn roles(guest: &Guest) -> Vec<Role> {
    let manages = guest.require(Action::ManageAccounts).is_ok();
    let contacts = guest.address.get("who") == "contacts" || !manages;
    let asked = |role: &Role| !contacts || *role == Role::Enterprise;
    Role::ALL.iter().copied().filter(asked).collect()
}

fn among(roles: &[Role]) -> invite_page::AccountFilter {
    invite_page::AccountFilter {
        search: None,
        role: Some(invite_page::RoleIn {
            one_of: roles.to_vec(),
        }),
        department_id: None,
        enterprise_id: None,
        enabled: Some(true),
        joined: None,
        awaits_invitation: None,
    }
}

#[derive(Template)]
#[template(path = "account/invite.html")]
struct Asked {
    f: Frame,
    form: Form,
    people: Vec<invite_page::InvitePageAwaitingNodes>,
    total: i64,
    /// How many have a valid invitation, and how many have joined.
    invited: i64,
    joined: i64,
}

impl Asked {
    /// How many are not listed.
    fn unseen(&self) -> i64 {
        self.total - i64::try_from(self.people.len()).unwrap_or(self.total)
    }
}

async fn asked(guest: &Guest, form: Form) -> Result<Asked, Refusal> {
    guest.require(Action::KeepContacts)?;
    let all = among(&roles(guest));
    let data = guest
        .run::<InvitePage>(invite_page::Variables {
            awaiting: invite_page::AccountFilter {
                awaits_invitation: Some(true),
                ..all.clone()
            },
            invited: invite_page::AccountFilter {
                awaits_invitation: Some(false),
                joined: Some(false),
                ..all.clone()
            },
            joined: invite_page::AccountFilter {
                joined: Some(true),
                ..all
            },
        })
        .await?;
    let mut f = guest.frame("");
    f.title = f.t("批量邀请", "Invite all").to_owned();
    Ok(Asked {
        f,
        form,
        total: data.awaiting.total_count,
        people: data.awaiting.nodes,
        invited: data.invited.total_count,
        joined: data.joined.total_count,
    })
}

/// The page that says how many letters go to whom.
pub async fn ask(guest: Guest) -> Result<Response, Refusal> {
    let asked = asked(&guest, Form::new(&[])).await?;
    Ok(guest.show(&asked))
}

#[derive(Template)]
#[template(path = "account/invited.html")]
struct Told {
    f: Frame,
    invited: Vec<invite_all::InviteAllAccountInviteAllReceiptInvited>,
    left_out: Vec<invite_all::InviteAllAccountInviteAllReceiptLeftOut>,
    more: bool,
}

/// Sends the invitations, and shows the receipt.
pub async fn invite(guest: Guest, filled: Filled) -> Result<Response, Refusal> {
    guest.require(Action::KeepContacts)?;
    let mut form = Form::filled(&[], &filled);
    let input = invite_all::AccountInviteAllInput {
        roles: roles(&guest),
        idempotency_key: filled.key(),
    };
    let answer = guest
        .run::<InviteAll>(invite_all::Variables { input })
        .await
        .map_err(|refusal| refusal.with_typed(&filled))?
        .account_invite_all;
    let errors = answer.user_errors.into_iter();
    form.refuse(errors.map(|error| (error.path, error.message)));
    let Some(receipt) = answer.receipt else {
        return Ok(guest.refused(&asked(&guest, form).await?));
    };
    let mut f = guest.frame("");
    f.title = f.t("邀请结果", "Invitations").to_owned();
    Ok(guest.show(&Told {
        f,
        invited: receipt.invited,
        left_out: receipt.left_out,
        more: receipt.more,
    }))
}
