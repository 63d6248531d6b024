//! Inviting everybody at once who has not come yet. Each is judged alone, and one receipt tells of all.

use std::collections::{BTreeSet, HashMap, HashSet};

use sea_orm::{ColumnTrait, prelude::Uuid};

use super::{INVITE, hold, links::send_links};
use crate::{
    account::{
        Column, Entity, Model, link, repository,
        rules::{self, AccountError},
    },
    address::mailable,
    audit::commands::{Change, record_all},
    error::Fault,
    idempotency::ForMany,
    outbox,
    page::grouped,
    permission::{Action, Standing, require},
    store::{Store, Unit},
    table::Visible,
    term::Term,
    viewer::{Role, Viewer},
};

/// How many people one transaction invites. Killed anywhere, whole transactions only are done, and a second command does the rest.
const AT_ONCE: u64 = 50;

/// How many people one command invites, and how many it names who cannot be.
pub const MOST: usize = 1_000;

/// What became of it.
#[derive(Clone, Debug, Default)]
pub struct Receipt {
    /// Who was sent an invitation.
    pub invited: Vec<Model>,
    /// Who could not be, and why.
    pub left_out: Vec<(Model, AccountError)>,
    /// Whether there are more than [`MOST`], for another command.
    pub more: bool,
}

/// Invites everybody in one of these roles who has not come yet and has no valid invitation. Whoever has one is left alone, so that the
/// same command a second time invites nobody twice. With the same `key` it does what the first time left, and its receipt tells of both.
///
/// # Errors
/// Who may not invite the people in one of the roles is forbidden; [`Fault::KeyUsed`] when the key has invited people in other roles.
pub async fn invite_all(
    store: &Store,
    viewer: &Viewer,
    roles: &[Role],
    key: Option<&str>,
) -> Result<Receipt, Fault> {
    require(viewer, Action::KeepContacts, Standing::None)?;
    for role in roles {
        require(viewer, rules::keeps(*role), Standing::None)?;
    }
    let asked: BTreeSet<&str> = roles.iter().map(|role| role.code()).collect();
    let asked = format!("{asked:?}");
    let request = ForMany::of(viewer, "accountInviteAll", &asked, key);
    let before: HashSet<Uuid> = match &request {
        Some(request) => request.done(store.db()).await?.into_iter().collect(),
        None => HashSet::new(),
    };
    let mut receipt = Receipt::default();
    let mut after = String::new();
    loop {
        let unit = store.begin(viewer).await?;
        let found =
            repository::without_invitation(unit.db(), unit.now(), roles, &after, AT_ONCE).await?;
        let Some(last) = found.last() else {
            break;
        };
        if before.len() + receipt.invited.len() >= MOST {
            receipt.more = true;
            break;
        }
        after.clone_from(&last.login);
        let found = found.iter().map(|account| account.id);
        let found: Vec<Uuid> = found.filter(|id| !before.contains(id)).collect();
        let (invited, left_out) = invite(&unit, &found).await?;
        if let Some(request) = &request {
            let done = invited.iter().map(|account| account.id);
            unit.insert_all(request.rows(done, unit.now())).await?;
        }
        unit.commit().await?;
        receipt.invited.extend(invited);
        // Whoever cannot be invited is not in the way of the others, and at most so many are named.
        let room = MOST.saturating_sub(receipt.left_out.len());
        receipt.left_out.extend(left_out.into_iter().take(room));
    }
    // The same request may have been at work before, or at the same time.
    if let Some(request) = &request {
        let done = request.done(store.db()).await?;
        receipt.invited = Entity::of_ids(store.db(), viewer, &done).await?;
        receipt
            .invited
            .sort_by(|one, other| one.login.cmp(&other.login));
    }
    Ok(receipt)
}

/// Those who were invited, and those who were not.
type Judged = (Vec<Model>, Vec<(Model, AccountError)>);

/// Invites those of these people who can be, with few statements.
async fn invite(unit: &Unit, ids: &[Uuid]) -> Result<Judged, Fault> {
    // Looked at again when nobody else can invite them any more.
    let mut people = hold(unit, Column::Id.is_in(ids.iter().copied())).await?;
    let links = repository::links_of(unit.db(), ids).await?;
    let links: HashMap<Uuid, Vec<link::Model>> = grouped(links, |link| link.account_id);
    let of = |account: &Model| links.get(&account.id).map_or(&[][..], Vec::as_slice);
    people.sort_by(|one, other| one.login.cmp(&other.login));
    people.retain(|account| rules::awaits_invitation(account, of(account), unit.now()));
    let addresses: Vec<String> = people.iter().map(Model::mail_address).collect();
    let given_up = outbox::repository::given_up(unit.db(), &addresses).await?;
    let (mut invited, mut left_out) = (Vec::new(), Vec::new());
    for account in people {
        let sent = of(&account).iter();
        let recent = sent.filter(|link| link.created_at > unit.now() - rules::AN_HOUR);
        let is_official = account.role != Role::Enterprise;
        let refused = if mailable(&account.login).is_none() {
            Some(AccountError::LoginNotMail)
        } else if given_up
            .get(&account.mail_address())
            .is_some_and(|row| !outbox::rules::may_try(row, is_official, unit.now()))
        {
            Some(AccountError::AddressGivenUp)
        } else if recent.count() as u64 >= rules::LINKS_AN_HOUR {
            Some(AccountError::TooManyLinks)
        } else {
            None
        };
        match refused {
            Some(why) => left_out.push((account, why)),
            None => invited.push(account),
        }
    }
    let purpose = link::Purpose::Invitation;
    send_links(unit, invited.iter().map(|account| (account, purpose))).await?;
    let changes = invited.iter().map(|account| Change {
        command: &INVITE,
        subject_id: account.id,
        before: None,
        after: None,
        reason: None,
    });
    record_all(unit, changes.collect()).await?;
    Ok((invited, left_out))
}
