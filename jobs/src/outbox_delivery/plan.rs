//! Where a letter goes, and its bytes.

use std::panic::AssertUnwindSafe;

use entity::{
    absence, account,
    error::Fault,
    liaison,
    outbox::{
        self,
        commands::sending::Frozen,
        hold, repository,
        rules::{self, Outcome},
    },
    store::Store,
    table::Visible,
    viewer::{Role, Viewer},
};
use url::Url;

use super::Delivery;
use crate::{
    job::file_name,
    mail::{Counsel, MailError, OnBehalf, Recipient, mime::Mail, transport::Envelope},
};

/// Where a letter goes.
pub(super) struct Plan {
    pub(super) envelope: Envelope,
    /// Its bytes, when this is the first attempt.
    pub(super) frozen: Option<Frozen>,
    pub(super) probe: bool,
}

impl Delivery {
    /// Where a letter goes, and its bytes if they are not fixed yet. An error is the end of the letter.
    pub(super) async fn plan(
        &self,
        store: &Store,
        state: &hold::Model,
        letter: &outbox::Model,
    ) -> Result<Result<Plan, Outcome>, Fault> {
        let unusable = |text: String| Ok(Err(Outcome::Unusable { text }));
        let suppressed = |text: &str| {
            Ok(Err(Outcome::Suppressed {
                text: text.to_owned(),
            }))
        };
        let people = account::repository::named(store.db(), &[letter.recipient_id]).await?;
        let Some(person) = people.into_iter().next() else {
            return unusable("nobody to send it to".to_owned());
        };
        if person.disabled_at.is_some() {
            return suppressed("the account is disabled");
        }
        let address = letter
            .address
            .clone()
            .unwrap_or_else(|| person.mail_address());
        let given_up = repository::suppressed(store.db(), &address).await?;
        if let Some(row) = &given_up
            && !rules::may_try(row, person.role != Role::Enterprise, store.now())
        {
            return suppressed("the address was given up: nobody has it");
        }
        let to = match address.parse::<lettre::Address>() {
            Ok(to) => to,
            Err(error) => return unusable(format!("the address is none: {error}")),
        };
        let frozen = match letter.frozen {
            Some(_) => None,
            None => match self.freeze(store, state, letter, &person).await? {
                Ok(bytes) => Some(Frozen { address, bytes }),
                Err(error) => return unusable(error.to_string()),
            },
        };
        Ok(Ok(Plan {
            envelope: Envelope {
                from: self.return_path(state, letter),
                to,
                file_name: file_name(letter.not_before, store.zone(), &letter.message_id),
            },
            frozen,
            probe: given_up.is_some(),
        }))
    }

    /// The bytes of a letter. Rendering may fail or even panic: it is this letter's end, and no other's.
    async fn freeze(
        &self,
        store: &Store,
        state: &hold::Model,
        letter: &outbox::Model,
        person: &account::Model,
    ) -> Result<Result<Vec<u8>, MailError>, Fault> {
        let attachments = repository::attachments_of(store.db(), letter.id).await?;
        let recipient = Recipient {
            name: person.name.clone(),
            address: person.mail_address(),
            language: person.language,
            liaison: counsel(store, person).await?,
        };
        let on_behalf = on_behalf(store, letter, person).await?;
        let unsubscribe = letter
            .kind
            .is_optional()
            .then(|| self.unsubscribe(state, letter))
            .flatten();
        let composed = std::panic::catch_unwind(AssertUnwindSafe(|| {
            self.sender.compose(Mail {
                letter,
                recipient: &recipient,
                attachments: &attachments,
                on_behalf: on_behalf.as_ref(),
                unsubscribe: unsubscribe.as_ref(),
                now: store.now(),
            })
        }));
        Ok(composed.unwrap_or(Err(MailError::Panic)))
    }

    /// The sender of the envelope: an address of this letter's own, signed, so that what comes back is known and cannot be forged.
    fn return_path(&self, state: &hold::Model, letter: &outbox::Model) -> lettre::Address {
        let own = self.bounce_to.as_ref().and_then(|address| {
            let tag = rules::bounce_tag(&state.signing_key, letter.id);
            let local = format!("{}+{tag}", address.user());
            lettre::Address::new(local, address.domain()).ok()
        });
        own.unwrap_or_else(|| self.sender.from.email.clone())
    }

    /// Where a mail program ends letters of this kind.
    fn unsubscribe(&self, state: &hold::Model, letter: &outbox::Model) -> Option<Url> {
        let token = rules::unsubscribe_token(&state.signing_key, letter.id);
        self.sender
            .public_url
            .join(&format!("/unsubscribe/{token}"))
            .ok()
    }
}

/// Who looks after the enterprise of this person now, and the number.
async fn counsel(store: &Store, person: &account::Model) -> Result<Option<Counsel>, Fault> {
    let Some(enterprise) = person.enterprise_id else {
        return Ok(None);
    };
    let liaison = liaison::repository::person_in_charge(store.db(), enterprise).await?;
    Ok(liaison.map(|liaison| Counsel {
        name: liaison.name,
        telephone: liaison.telephone,
    }))
}

/// In whose place this person gets the letter, if in another's.
async fn on_behalf(
    store: &Store,
    letter: &outbox::Model,
    person: &account::Model,
) -> Result<Option<OnBehalf>, Fault> {
    let Some(absence_id) = letter.absence_id else {
        return Ok(None);
    };
    let viewer = Viewer::system("outbox");
    let leave = absence::Entity::found(store.db(), &viewer, absence_id).await?;
    let names = account::repository::names_of(store.db(), &[leave.account_id]).await?;
    Ok(Some(OnBehalf {
        absent: names.get(&leave.account_id).cloned().unwrap_or_default(),
        until: leave.until_on,
        deputy: person.name.clone(),
    }))
}
