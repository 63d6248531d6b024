//! What happens to an enterprise answers to the promises that wait for it: it opens what is owed and, where the enterprise was told, keeps it.

use super::{
    Closing, FULFIL, Model, Opening, State, close, open, open_untold,
    repository::{of_occasion, open_of_contract},
    rules::event_occasion,
};
use crate::{
    calendar,
    commitment::{self, Kind},
    contract,
    error::Fault,
    store::Unit,
};
use sea_orm::entity::prelude::*;

/// Something that happens by itself.
#[derive(Clone, Debug)]
pub(crate) struct Event {
    /// To which enterprise.
    pub enterprise_id: Uuid,
    /// Which promises answer to it.
    pub start_event: &'static str,
    /// Names it: the same once more does nothing.
    pub key: String,
    /// What happens, in words.
    pub note: String,
    /// What keeps the promise in this transaction; without it the promise stays owed, and its owner has to keep it otherwise.
    pub kept_by: Option<String>,
}

/// Something happens today. Done again, it does nothing.
pub(crate) async fn happens_in(unit: &Unit, event: Event) -> Result<(), Fault> {
    let (db, viewer, today) = (unit.db(), unit.viewer(), unit.today());
    let contracts =
        contract::repository::of_enterprises(db, viewer, &[event.enterprise_id]).await?;
    let runs = |contract: &contract::Model| contract::State::RUNNING.contains(&contract.state);
    let Some(contract) = contracts.into_iter().find(runs) else {
        return Ok(());
    };
    let occasion = event_occasion(&event.key);
    let owed = open_of_contract(unit, contract.id).await?;
    let calendar = calendar::repository::in_force(unit).await?;
    for promise in commitment::repository::of_contracts(db, viewer, &[contract.id]).await? {
        let binds = promise.effective_on.is_some_and(|from| from <= today)
            && promise.ended_on.is_none_or(|ended| today < ended);
        if promise.kind != Kind::OnEvent || promise.start_event != event.start_event || !binds {
            continue;
        }
        // Somebody may have opened it by hand.
        let by_hand = owed.iter().find(|row| row.commitment_id == promise.id);
        let obligation: Model = match by_hand {
            Some(row) => row.clone(),
            None if of_occasion(unit, promise.id, &occasion).await?.is_some() => continue,
            None => {
                let opening = Opening {
                    occasion: occasion.clone(),
                    event_note: Some(event.note.clone()),
                    started_on: today,
                    limit_days: promise.limit_days,
                };
                if event.kept_by.is_some() {
                    let opened = open_untold(unit, &contract, &promise, opening, &calendar).await?;
                    opened.0
                } else {
                    open(unit, &contract, &promise, opening, &calendar).await?
                }
            }
        };
        let Some(evidence) = event.kept_by.clone() else {
            continue;
        };
        let closing = Closing {
            evidence_note: Some(evidence),
            ..Closing::on(State::Fulfilled, today)
        };
        close(unit, obligation, closing, &FULFIL, &calendar).await?;
    }
    Ok(())
}
