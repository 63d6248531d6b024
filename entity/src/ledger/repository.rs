//! What the database knows about the rows of a ledger, asked once for many rows.

use std::collections::{HashMap, HashSet};

use sea_orm::{
    ConnectionTrait, EntityTrait, QueryFilter, entity::prelude::*, sea_query::ExprTrait,
};

use super::{Column, Entity, Model, Row};
use crate::{
    account,
    contract::{self, rules::compared},
    enterprise,
    error::Fault,
    liaison,
    text::narrow,
};

/// All that has to be known to decide about some rows.
#[derive(Debug, Default)]
pub(super) struct Known {
    rows: HashMap<String, Model>,
    contracts: HashSet<String>,
    /// Enterprises, by credit code.
    pub enterprises: HashMap<String, enterprise::Model>,
    /// The signed contracts of these enterprises.
    pub signed: HashMap<Uuid, Vec<contract::Model>>,
    /// Who is in charge of these enterprises.
    pub liaisons: HashMap<Uuid, liaison::Model>,
    /// Accounts, by login.
    pub accounts: HashMap<String, account::Model>,
}

impl Known {
    /// The same row, as it was taken before.
    pub fn row(&self, row: &Row) -> Option<&Model> {
        self.rows.get(&compared(&row.contract_number))
    }

    /// Whether there is a contract with the number of the row.
    pub fn has_contract(&self, row: &Row) -> bool {
        self.contracts.contains(&compared(&row.contract_number))
    }
}

/// Asks for everything about `rows`, with one statement per table.
pub(super) async fn known(db: &impl ConnectionTrait, rows: &[Row]) -> Result<Known, Fault> {
    let numbers: Vec<String> = rows
        .iter()
        .map(|row| compared(&row.contract_number))
        .collect();
    let codes: Vec<&str> = rows.iter().map(|row| row.credit_code.as_str()).collect();
    let logins: Vec<&str> = rows
        .iter()
        .flat_map(|row| [row.liaison_login.as_str(), row.contact_login.as_str()])
        .collect();
    let mut known = Known::default();
    for row in Entity::find()
        .filter(narrow(Column::ContractNumber.into_expr()).is_in(numbers.iter().cloned()))
        .all(db)
        .await?
    {
        known.rows.insert(compared(&row.contract_number), row);
    }
    for found in contract::Entity::find()
        .filter(narrow(contract::Column::Number.into_expr()).is_in(numbers))
        .all(db)
        .await?
    {
        known.contracts.insert(compared(&found.number));
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
