//! Starts contracts on their first day, ends them after their last, and writes 60, 30 and 10 days before the end, on a working day at
//! nine: to the liaison and the service centre, at 30 and 10 days to the enterprise too.

use chrono::{DateTime, NaiveDate, Utc};
use entity::{
    account, calendar,
    clock::instant_of,
    contract,
    contract::commands::Activate,
    enterprise,
    error::{CommandError, Fault},
    language::Text,
    liaison, link, obligation,
    outbox::{
        Class, Kind,
        commands::{NewLetter, enqueue_with_id},
        facts,
    },
    preference::rules::is_day_left,
    viewer::Role,
    warning::{self, commands::Crossed},
};
use futures::future::BoxFuture;

use crate::job::{Job, Run};

/// The job.
#[derive(Debug)]
pub struct ContractExpiry;

/// How many days before the end a letter is written, most urgent first.
const STEPS: [i64; 3] = [10, 30, 60];

impl Job for ContractExpiry {
    fn run<'a>(&'a self, run: &'a Run) -> BoxFuture<'a, Result<(), Fault>> {
        Box::pin(async move {
            if !run.is_rehearsal() {
                moves(run).await?;
            }
            letters(run).await
        })
    }
}

async fn moves(run: &Run) -> Result<(), Fault> {
    let (store, viewer, today) = (run.store(), run.viewer(), run.store().today());
    for contract in contract::repository::over_before(store.db(), today).await? {
        let work = async {
            obligation::commands::expire_contract(store, viewer, contract.id)
                .await
                .map(drop)
                .map_err(in_words)
        };
        run.item(&contract.number, work).await;
    }
    for contract in contract::repository::beginning_by(store.db(), today).await? {
        let input = Activate {
            id: contract.id,
            expected_version: contract.version,
        };
        let work = async {
            obligation::commands::activate_contract(store, viewer, input)
                .await
                .map(drop)
                .map_err(in_words)
        };
        run.item(&contract.number, work).await;
    }
    Ok(())
}

fn in_words<E: std::fmt::Debug>(error: CommandError<E>) -> String {
    match error {
        CommandError::Refused(reasons) => format!("{reasons:?}"),
        CommandError::Fault(fault) => fault.to_string(),
    }
}

async fn letters(run: &Run) -> Result<(), Fault> {
    let store = run.store();
    let today = store.today();
    let calendar = calendar::repository::in_force(store.db()).await?;
    if !is_day_left(store.now(), store.zone(), &calendar) {
        return Ok(());
    }
    let until = today
        .checked_add_days(chrono::Days::new(60))
        .unwrap_or(today);
    let contracts = contract::repository::ending_between(store.db(), today, until).await?;
    if contracts.is_empty() {
        return Ok(());
    }
    let not_before = instant_of(today, 9, 0, store.zone()).max(store.now());
    let ids: Vec<_> = contracts.iter().map(|contract| contract.id).collect();
    let told = warning::repository::told(store.db(), &ids).await?;
    let enterprises: Vec<_> = contracts
        .iter()
        .map(|contract| contract.enterprise_id)
        .collect();
    let names = enterprise::repository::by_ids(store.db(), run.viewer(), &enterprises).await?;
    let liaisons = liaison::repository::in_charge_of(store.db(), &enterprises).await?;
    let centre = account::repository::enabled_in_role(store.db(), Role::Centre).await?;
    for contract in contracts {
        if run.is_stopping() {
            break;
        }
        let days = (contract.ends_on - today).num_days();
        let Some(step) = STEPS.into_iter().find(|step| days <= *step) else {
            continue;
        };
        let mut to: Vec<(account::Model, Text)> = Vec::new();
        if let Some(liaison) = liaisons
            .iter()
            .find(|row| row.enterprise_id == contract.enterprise_id)
        {
            for person in account::repository::named(store.db(), &[liaison.account_id]).await? {
                if person.is_enabled() {
                    to.push((
                        person,
                        Text::new(
                            "您是该企业的服务专员",
                            "you are the liaison of the enterprise",
                        ),
                    ));
                }
            }
        }
        to.extend(centre.iter().cloned().map(|person| {
            let why = Text::new("您负责契约管理", "you manage the contracts");
            (person, why)
        }));
        if step <= 30 {
            let contacts =
                account::repository::contacts_of(store.db(), contract.enterprise_id).await?;
            to.extend(contacts.into_iter().map(|person| {
                let why = Text::new("这是贵企业的契约", "it is the contract of your enterprise");
                (person, why)
            }));
        }
        let enterprise = names
            .iter()
            .find(|row| row.id == contract.enterprise_id)
            .map(|row| row.name_zh.clone())
            .unwrap_or_default();
        for (person, why) in to {
            let threshold = threshold(step, contract.ends_on);
            if told.contains(&(contract.id, threshold, person.id)) {
                run.skip();
                continue;
            }
            run.plan(
                &person,
                vec![format!(
                    "{} {} {}: {}",
                    contract.number, enterprise, contract.ends_on, why.zh
                )],
            );
            if run.is_rehearsal() {
                continue;
            }
            let work = write(
                run,
                &contract,
                &enterprise,
                step,
                days,
                &person,
                why,
                not_before,
            );
            run.item(&format!("{} {}", contract.number, person.login), work)
                .await;
        }
    }
    Ok(())
}

#[allow(clippy::too_many_arguments, reason = "one letter has these facts")]
async fn write(
    run: &Run,
    contract: &contract::Model,
    enterprise: &str,
    step: i64,
    days: i64,
    person: &account::Model,
    why: Text,
    not_before: DateTime<Utc>,
) -> Result<(), Fault> {
    let unit = run.begin().await?;
    let facts = facts::ContractExpiry {
        name: person.name.clone(),
        number: contract.number.clone(),
        enterprise: enterprise.to_owned(),
        ends_on: contract.ends_on,
        days,
        why,
        path: link::contract(contract.id),
    };
    let key = format!(
        "contract_expiry:{}:{step}:{}:{}",
        contract.id, contract.ends_on, person.id
    );
    let letter = NewLetter {
        not_before: Some(not_before),
        ..NewLetter::new(
            key,
            Kind::ContractExpiry,
            Class::MustNotMiss,
            person.id,
            &facts,
        )?
    };
    let id = enqueue_with_id(&unit, letter).await?;
    let crossed = STEPS
        .into_iter()
        .filter(|each| days <= *each)
        .map(|each| Crossed {
            subject_kind: warning::CONTRACT,
            subject_id: contract.id,
            threshold: threshold(each, contract.ends_on),
            superseded: each != step,
        })
        .collect();
    warning::commands::record(&unit, person.id, id, crossed).await?;
    run.commit(unit).await
}

fn threshold(step: i64, ends_on: NaiveDate) -> String {
    format!("E{step}:{ends_on}")
}
