//! What the database knows about the rows of a ledger, asked once for many rows.

use std::collections::HashMap;

use sea_orm::{ConnectionTrait, EntityTrait, QueryFilter, entity::prelude::*};

use super::{Column, Entity, Model, Row};
use crate::{account, contract, enterprise, error::Fault, liaison};

/// All that has to be known to decide about some rows.
#[derive(Debug, Default)]
pub(super) struct Known {
    /// Rows taken before, by the number of the contract.
    pub rows: HashMap<String, Model>,
    /// Numbers of contracts that exist.
    pub contracts: HashMap<String, Uuid>,
    /// Enterprises, by credit code.
    pub enterprises: HashMap<String, enterprise::Model>,
    /// The signed contracts of these enterprises.
    pub signed: HashMap<Uuid, Vec<contract::Model>>,
    /// Who is in charge of these enterprises.
    pub liaisons: HashMap<Uuid, liaison::Model>,
    /// Accounts, by login.
    pub accounts: HashMap<String, account::Model>,
}

/// Asks for everything about `rows`, with one statement per table.
pub(super) async fn known(db: &impl ConnectionTrait, rows: &[Row]) -> Result<Known, Fault> {
    let numbers: Vec<&str> = rows
        .iter()
        .map(|row| row.contract_number.as_str())
        .collect();
    let codes: Vec<&str> = rows.iter().map(|row| row.credit_code.as_str()).collect();
    let logins: Vec<&str> = rows
        .iter()
        .flat_map(|row| [row.liaison_login.as_str(), row.contact_login.as_str()])
        .collect();
    let mut known = Known::default();
    for row in Entity::find()
        .filter(Column::ContractNumber.is_in(numbers.iter().copied()))
        .all(db)
        .await?
    {
        known.rows.insert(row.contract_number.clone(), row);
    }
    for found in contract::Entity::find()
        .filter(contract::Column::Number.is_in(numbers))
        .all(db)
        .await?
    {
        known.contracts.insert(found.number, found.id);
    }
    for found in enterprise::Entity::find()
        .filter(enterprise::Column::CreditCode.is_in(codes))
        .all(db)
        .await?
    {
        known.enterprises.insert(found.credit_code.clone(), found);
    }
    let ids: Vec<Uuid> = known.enterprises.values().map(|found| found.id).collect();
    if !ids.is_empty() {
        for found in contract::Entity::find()
            .filter(contract::Column::EnterpriseId.is_in(ids.iter().copied()))
            .filter(contract::Column::State.is_in(contract::State::SIGNED_TERM))
            .all(db)
            .await?
        {
            known
                .signed
                .entry(found.enterprise_id)
                .or_default()
                .push(found);
        }
        for found in liaison::Entity::find()
            .filter(liaison::Column::EnterpriseId.is_in(ids))
            .filter(liaison::Column::State.is_in(liaison::State::IN_CHARGE))
            .all(db)
            .await?
        {
            known.liaisons.insert(found.enterprise_id, found);
        }
    }
    for found in account::Entity::find()
        .filter(account::Column::Login.is_in(logins))
        .all(db)
        .await?
    {
        known.accounts.insert(found.login.clone(), found);
    }
    Ok(known)
}
