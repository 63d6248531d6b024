//! The beginning, the interruptions and the end of a contract's term, with all that is owed under it. Their forms are the contract's.

use std::collections::HashMap;

use sea_orm::prelude::Uuid;

use super::{
    CANCEL, Changed, Closing, Happened, close, limits_changed, never_refused, open_due_in,
};
use crate::{
    calendar::repository::in_force,
    commitment,
    contract::{
        self,
        commands::{Activate, Resume, Suspend, Terminate},
        rules::MoveError,
    },
    deadline::{self, pause, rules::NewPause},
    error::{CommandError, Fault},
    obligation::{Model, State, repository},
    outbox::facts::LimitStep,
    store::{Store, Unit},
    term::Term,
    viewer::Viewer,
};

/// Brings a signed contract into force on or after its first day: its promises bind, and what is owed from the first day is
/// opened.
pub async fn activate_contract(
    store: &Store,
    viewer: &Viewer,
    input: Activate,
) -> Result<contract::Model, CommandError<MoveError>> {
    let unit = store.begin(viewer).await?;
    let contract = contract::commands::activate_in(&unit, &input).await?;
    commitment::commands::bind_in(&unit, &contract).await?;
    open_due_in(&unit, &contract, true).await?;
    unit.commit().await?;
    Ok(contract)
}

/// Ends a contract before its time, or gives up a draft. What is still owed under it is cancelled with the same reason.
pub async fn terminate_contract(
    store: &Store,
    viewer: &Viewer,
    input: Terminate,
) -> Result<contract::Model, CommandError<MoveError>> {
    let unit = store.begin(viewer).await?;
    let contract = contract::commands::terminate_in(&unit, &input).await?;
    let calendar = in_force(&unit).await?;
    for obligation in repository::open_of_contract(&unit, contract.id).await? {
        let closed = Closing {
            public_reason: contract.state_reason.clone(),
            ..Closing::on(State::Cancelled, unit.today())
        };
        close(&unit, obligation, closed, &CANCEL, &calendar).await?;
    }
    unit.commit().await?;
    Ok(contract)
}

/// Holds a contract. Until it goes on, nothing becomes due under it, and its open promises are paused from today on the ground
/// that both sides agreed, by the rule of every pause. Three kinds of limits go on: what the law sets (an agreement cannot stop
/// it), what is overdue or paused already, and what is due on the same day. The enterprise is told.
pub async fn suspend_contract(
    store: &Store,
    viewer: &Viewer,
    input: Suspend,
) -> Result<contract::Model, CommandError<MoveError>> {
    let unit = store.begin(viewer).await?;
    let contract = contract::commands::suspend_in(&unit, &input).await?;
    let calendar = in_force(&unit).await?;
    let pause = NewPause {
        kind: pause::Kind::Agreed,
        reason: contract.state_reason.clone().unwrap_or_default(),
        document_id: input.document_id,
        started_on: unit.today(),
        expected_end_on: None,
    };
    let mut changed = Vec::new();
    for (obligation, before) in open_limits(&unit, contract.id).await? {
        let (id, version) = (before.id, before.version);
        match deadline::commands::pause_in(&unit, &calendar, id, version, pause.clone()).await {
            Ok(after) => changed.push(Changed {
                obligation,
                before,
                after,
            }),
            Err(CommandError::Refused(_)) => {}
            Err(CommandError::Fault(fault)) => return Err(fault.into()),
        }
    }
    let happened = Happened {
        step: LimitStep::Paused,
        act: (contract.id, contract.version),
        on: unit.today(),
        until: None,
        ground: Some(pause.kind.inside()),
        reason: Some(pause.reason),
    };
    limits_changed(&unit, happened, &changed).await?;
    unit.commit().await?;
    Ok(contract)
}

/// Resumes a suspended contract: what the suspension paused runs again from tomorrow, and what has become due is opened.
pub async fn resume_contract(
    store: &Store,
    viewer: &Viewer,
    input: Resume,
) -> Result<contract::Model, CommandError<MoveError>> {
    let unit = store.begin(viewer).await?;
    let (before, contract) = contract::commands::resume_in(&unit, &input).await?;
    resume_limits_in(&unit, &before).await?;
    open_due_in(&unit, &contract, false).await?;
    unit.commit().await?;
    Ok(contract)
}

/// Ends the pauses that the suspension of `contract` brought, and tells the enterprise. Those that somebody else asked for go on.
async fn resume_limits_in(unit: &Unit, contract: &contract::Model) -> Result<(), Fault> {
    let Some(document_id) = contract.suspension_document_id else {
        return Ok(());
    };
    let calendar = in_force(unit).await?;
    let limits = open_limits(unit, contract.id).await?;
    let ids: Vec<Uuid> = limits.iter().map(|(_, limit)| limit.id).collect();
    let pauses = deadline::repository::pauses_of(unit.db(), &ids).await?;
    let mut changed = Vec::new();
    for (obligation, before) in limits {
        let suspended = pauses.get(&before.id).is_some_and(|pauses| {
            pauses
                .iter()
                .any(|pause| pause.ended_on.is_none() && pause.document_id == document_id)
        });
        if suspended {
            let (id, version) = (before.id, before.version);
            let after = deadline::commands::resume_in(unit, &calendar, id, version, unit.today())
                .await
                .map_err(never_refused)?;
            changed.push(Changed {
                obligation,
                before,
                after,
            });
        }
    }
    let happened = Happened {
        step: LimitStep::Resumed,
        act: (contract.id, contract.version + 1),
        on: unit.today(),
        until: None,
        ground: Some(pause::Kind::Agreed.inside()),
        reason: contract.state_reason.clone(),
    };
    limits_changed(unit, happened, &changed).await
}

/// What is owed under a contract, each with its time limit.
async fn open_limits(
    unit: &Unit,
    contract_id: Uuid,
) -> Result<Vec<(Model, deadline::Model)>, Fault> {
    let open = repository::open_of_contract(unit, contract_id).await?;
    let ids: Vec<Uuid> = open.iter().map(|row| row.deadline_id).collect();
    let limits = deadline::repository::of_ids(unit.db(), &ids).await?;
    let mut limits: HashMap<Uuid, deadline::Model> =
        limits.into_iter().map(|row| (row.id, row)).collect();
    Ok(open
        .into_iter()
        .filter_map(|row| limits.remove(&row.deadline_id).map(|limit| (row, limit)))
        .collect())
}

/// Ends a contract whose term is over: RENEWED when a signed successor follows, EXPIRED otherwise. The report of its year becomes
/// due; what is still owed stays owed, and runs again if the contract was suspended.
pub async fn expire_contract(
    store: &Store,
    viewer: &Viewer,
    id: Uuid,
) -> Result<contract::Model, CommandError<MoveError>> {
    let unit = store.begin(viewer).await?;
    let (before, contract) = contract::commands::expire_in(&unit, id).await?;
    resume_limits_in(&unit, &before).await?;
    open_due_in(&unit, &contract, false).await?;
    unit.commit().await?;
    Ok(contract)
}
