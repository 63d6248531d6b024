//! The warning of a permit that ends answers to the promise of such a warning: it opens what is owed and, sent to the enterprise, keeps it.

use super::{
    Closing, FULFIL, Model, Opening, State, close, open, open_untold,
    repository::{of_occasion, open_of_contract},
    rules::event_occasion,
};
use crate::{
    calendar,
    commitment::{self, Kind, rules::PERMIT_ENDS},
    contract,
    error::Fault,
    language::Language,
    permit,
    store::Unit,
    term::Term,
};

/// A permit has crossed the first of its thresholds today. `warned` says whether a letter to the enterprise goes out in this
/// transaction: without one the promise stays owed, and the liaison has to keep it otherwise. Done again, it does nothing.
pub async fn permit_ends_in(
    unit: &Unit,
    permit: &permit::Model,
    warned: bool,
) -> Result<(), Fault> {
    let (db, viewer, today) = (unit.db(), unit.viewer(), unit.today());
    let contracts =
        contract::repository::of_enterprises(db, viewer, &[permit.enterprise_id]).await?;
    let runs = |contract: &contract::Model| contract::State::RUNNING.contains(&contract.state);
    let Some(contract) = contracts.into_iter().find(runs) else {
        return Ok(());
    };
    let occasion = event_occasion(&format!("permit:{}:{}", permit.id, permit.valid_until));
    let owed = open_of_contract(unit, contract.id).await?;
    let calendar = calendar::repository::in_force(db).await?;
    for promise in commitment::repository::of_contracts(db, viewer, &[contract.id]).await? {
        let binds = promise.effective_on.is_some_and(|from| from <= today)
            && promise.ended_on.is_none_or(|ended| today < ended);
        if promise.kind != Kind::OnEvent || promise.start_event != PERMIT_ENDS || !binds {
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
                    event_note: Some(format!(
                        "{}（{}）将于 {} 到期。",
                        permit.kind.word(Language::Chinese),
                        permit.number,
                        permit.valid_until
                    )),
                    started_on: today,
                    limit_days: promise.limit_days,
                };
                if warned {
                    let opened = open_untold(unit, &contract, &promise, opening, &calendar).await?;
                    opened.0
                } else {
                    open(unit, &contract, &promise, opening, &calendar).await?
                }
            }
        };
        if !warned {
            continue;
        }
        let closing = Closing {
            evidence_note: Some(format!(
                "已于 {today} 发信提醒企业：{}（{}）将于 {} 到期，最迟于 {}（含当日）申请延续。",
                permit.kind.word(Language::Chinese),
                permit.number,
                permit.valid_until,
                permit.apply_by
            )),
            ..Closing::on(State::Fulfilled, today)
        };
        close(unit, obligation, closing, &FULFIL, &calendar).await?;
    }
    Ok(())
}
