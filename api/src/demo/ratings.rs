//! What the enterprise of the demonstration says of two services: it is satisfied with the newest, and not with the one before.

use entity::{
    account, contract, obligation,
    rating::{
        Cause, Level,
        commands::{Opinion, rate},
    },
    store::Store,
    viewer::Viewer,
};

use super::{CONTACT, DemoError};

/// Rates them as the contact.
pub async fn give(
    store: &Store,
    system: &Viewer,
    contracts: &[contract::Model],
) -> Result<(), DemoError> {
    let db = store.db();
    let Some(contact) = account::repository::by_login(db, CONTACT.0).await? else {
        return Ok(());
    };
    let own: Vec<_> = contracts
        .iter()
        .filter(|contract| Some(contract.enterprise_id) == contact.enterprise_id)
        .map(|contract| contract.id)
        .collect();
    let mut kept = obligation::repository::of_contracts(db, system, &own).await?;
    kept.retain(|one| one.state == obligation::State::Fulfilled);
    kept.sort_by_key(|one| (one.closed_at, one.id));
    let contact = Viewer::Person(contact.person());
    let opinions = [
        Opinion {
            level: Level::Satisfied,
            causes: Vec::new(),
            comment: Some("示例：回复及时".to_owned()),
        },
        Opinion {
            level: Level::Dissatisfied,
            causes: vec![Cause::NotToldAtOnce],
            comment: Some("示例：需要的材料没有一次说清".to_owned()),
        },
    ];
    for (one, opinion) in kept.iter().rev().zip(opinions) {
        rate(store, &contact, one.id, opinion).await?;
    }
    Ok(())
}
