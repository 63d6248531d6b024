//! Letters with a secret: what they are made from and their bytes lie sealed, from the first moment until they are wiped. So neither a copy of
//! the database nor a letter that waits or is dead gives the secret to anybody.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use sea_orm::{EntityTrait, QueryFilter, UpdateMany, entity::prelude::*, sea_query::Expr};
use serde_json::json;

use super::{
    super::{Column, Entity, Kind, Model, State},
    guarded, outbox,
};
use crate::{
    error::Fault,
    seal::{Purpose, Seal},
    store::Store,
};

/// Under which name sealed facts stand.
const SEALED: &str = "sealed";

pub(super) fn sealed(seal: &Seal, letter_id: Uuid, bytes: &[u8]) -> Result<Vec<u8>, Fault> {
    seal.seal(Purpose::Letters, letter_id.as_bytes(), bytes)
}

pub(super) fn sealed_facts(seal: &Seal, letter_id: Uuid, facts: &Json) -> Result<Json, Fault> {
    let sealed = sealed(seal, letter_id, facts.to_string().as_bytes())?;
    Ok(json!({ SEALED: URL_SAFE_NO_PAD.encode(sealed) }))
}

/// Wipes a text with a secret link.
pub(super) fn wiped(change: UpdateMany<Entity>) -> UpdateMany<Entity> {
    change
        .col_expr(Column::Facts, Expr::value(Json::Object(Default::default())))
        .col_expr(Column::Frozen, Expr::value(None::<Vec<u8>>))
}

/// A letter with what lies sealed of it opened; nothing when it was sealed by a key that is not here.
pub fn opened(seal: &Seal, letter: &Model) -> Option<Model> {
    let open = |sealed: &[u8]| seal.open(Purpose::Letters, letter.id.as_bytes(), sealed);
    let mut opened = letter.clone();
    if let Some(sealed) = letter.facts.get(SEALED).filter(|_| letter.kind.is_secret()) {
        let sealed = URL_SAFE_NO_PAD.decode(sealed.as_str()?).ok()?;
        opened.facts = serde_json::from_slice(&open(&sealed)?).ok()?;
    }
    if let Some(frozen) = letter
        .frozen
        .as_ref()
        .filter(|bytes| Seal::is_sealed(bytes))
    {
        opened.frozen = Some(open(frozen)?);
    }
    Some(opened)
}

/// Seals the letters that were written before letters were sealed, and wipes those that have ended. At the start of a service.
pub async fn seal_all(store: &Store) -> Result<(), Fault> {
    let open = Entity::find()
        .filter(Column::Kind.is_in(Kind::ALL.into_iter().filter(|kind| kind.is_secret())))
        .filter(Column::State.ne(State::Sent))
        .all(store.db())
        .await?
        .into_iter()
        .filter(|letter| {
            let facts = letter.facts.as_object();
            facts.is_some_and(|facts| !facts.is_empty() && !facts.contains_key(SEALED))
        })
        .collect::<Vec<_>>();
    if open.is_empty() {
        return Ok(());
    }
    let unit = store.begin(&outbox()).await?;
    for letter in open {
        let mut change = guarded(&letter);
        if matches!(letter.state, State::Expired | State::Cancelled) {
            change = wiped(change);
        } else {
            let facts = sealed_facts(unit.seal(), letter.id, &letter.facts)?;
            change = change.col_expr(Column::Facts, Expr::value(facts));
            if let Some(frozen) = &letter.frozen {
                let frozen = sealed(unit.seal(), letter.id, frozen)?;
                change = change.col_expr(Column::Frozen, Expr::value(Some(frozen)));
            }
        }
        // Whoever was faster has it in hand; the next start looks again.
        change.exec(unit.db()).await?;
    }
    unit.commit().await
}
