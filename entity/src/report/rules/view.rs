//! The rows seen through a slice: who is who on a day, and whose matters the slice shows.

use std::collections::{BTreeMap, HashMap};

use chrono::NaiveDate;
use chrono_tz::Tz;
use sea_orm::prelude::Uuid;

use super::{
    super::facts::{EnterpriseRow, Kept, Lights},
    Material, Promise, Slice,
};
use crate::{
    account, calendar::rules::Calendar, clock::civil_date, commitment::Owner, contract, department,
    enterprise, evaluation::figures::Figures, language::Text, liaison,
};

/// The rows with their indexes, seen through a slice.
pub(super) struct View<'a> {
    pub(super) material: &'a Material,
    slice: Slice,
    pub(super) calendar: &'a Calendar,
    pub(super) zone: Tz,
    enterprises: HashMap<Uuid, &'a enterprise::Model>,
    contracts: HashMap<Uuid, &'a contract::Model>,
    contracts_of: HashMap<Uuid, Vec<&'a contract::Model>>,
    successors: HashMap<Uuid, Vec<&'a contract::Model>>,
    liaisons: HashMap<Uuid, Vec<&'a liaison::Model>>,
    people: HashMap<Uuid, &'a account::Model>,
    pub(super) departments: HashMap<Uuid, &'a department::Model>,
}

impl<'a> View<'a> {
    pub(super) fn new(
        material: &'a Material,
        slice: Slice,
        calendar: &'a Calendar,
        zone: Tz,
    ) -> Self {
        let mut liaisons: HashMap<Uuid, Vec<&liaison::Model>> = HashMap::new();
        for row in &material.liaisons {
            liaisons.entry(row.enterprise_id).or_default().push(row);
        }
        let mut contracts_of: HashMap<Uuid, Vec<&contract::Model>> = HashMap::new();
        let mut successors: HashMap<Uuid, Vec<&contract::Model>> = HashMap::new();
        for row in &material.contracts {
            contracts_of.entry(row.enterprise_id).or_default().push(row);
            if let Some(before) = row.predecessor_id {
                successors.entry(before).or_default().push(row);
            }
        }
        Self {
            slice,
            calendar,
            zone,
            enterprises: material
                .enterprises
                .iter()
                .map(|row| (row.id, row))
                .collect(),
            contracts: material.contracts.iter().map(|row| (row.id, row)).collect(),
            contracts_of,
            successors,
            liaisons,
            people: material.people.iter().map(|row| (row.id, row)).collect(),
            departments: material
                .common
                .departments
                .iter()
                .map(|row| (row.id, row))
                .collect(),
            material,
        }
    }

    pub(super) fn name(&self) -> Text {
        match self.slice {
            Slice::Park => Text::new("全园区", "the whole park"),
            Slice::Department(id) => self.department(id),
            Slice::Enterprise(id) => {
                let name = self.enterprise(id);
                Text::new(name.clone(), name)
            }
        }
    }

    pub(super) fn department(&self, id: Uuid) -> Text {
        self.departments.get(&id).map_or_else(
            || Text::new("", ""),
            |row| Text::new(row.name_zh.clone(), row.name_en.clone()),
        )
    }

    pub(super) fn enterprise(&self, id: Uuid) -> String {
        self.enterprises
            .get(&id)
            .map(|row| row.name_zh.clone())
            .unwrap_or_default()
    }

    /// Who looked after an enterprise on `day`.
    pub(super) fn liaison(
        &self,
        enterprise_id: Uuid,
        day: NaiveDate,
    ) -> Option<&'a account::Model> {
        let own = self.liaisons.get(&enterprise_id)?.iter().copied();
        let in_charge = liaison::rules::on_day(own, day)?;
        self.people.get(&in_charge.account_id).copied()
    }

    /// The day on which a contract became known here.
    pub(super) fn recorded_on(&self, contract_id: Uuid) -> Option<NaiveDate> {
        self.contracts
            .get(&contract_id)
            .map(|contract| civil_date(contract.created_at, self.zone))
    }

    /// The contract that was in force on `day`, as far as it was known then.
    pub(super) fn contract(
        &self,
        enterprise_id: Uuid,
        day: NaiveDate,
    ) -> Option<&'a contract::Model> {
        let mut own = self.contracts_of.get(&enterprise_id)?.iter().copied();
        own.find(|contract| {
            contract.signed_on.is_some_and(|signed| signed <= day)
                && (contract.starts_on..=contract.ends_on).contains(&day)
                && contract.ended_on.is_none_or(|ended| ended > day)
                && civil_date(contract.created_at, self.zone) <= day
        })
    }

    /// Whether a contract that follows `contract_id` was known on `day`.
    pub(super) fn has_successor(&self, contract_id: Uuid, day: NaiveDate) -> bool {
        let successors = self.successors.get(&contract_id);
        successors.into_iter().flatten().any(|contract| {
            contract.state != contract::State::Terminated
                && civil_date(contract.created_at, self.zone) <= day
        })
    }

    /// The department that answers for a promise: its owner's.
    fn responsible(&self, promise: &Promise, day: NaiveDate) -> Option<Uuid> {
        match promise.commitment.owner {
            Owner::Department => promise.commitment.department_id,
            Owner::Liaison => {
                self.liaison(promise.obligation.enterprise_id, day)?
                    .department_id
            }
            Owner::Centre => None,
        }
    }

    /// Whether the slice shows the enterprise's own matters (its contract, its projects).
    pub(super) fn shows_enterprise(&self, enterprise_id: Uuid, day: NaiveDate) -> bool {
        match self.slice {
            Slice::Park => true,
            Slice::Department(id) => self
                .liaison(enterprise_id, day)
                .is_some_and(|person| person.department_id == Some(id)),
            Slice::Enterprise(id) => id == enterprise_id,
        }
    }

    pub(super) fn shows_promise(&self, promise: &Promise, day: NaiveDate) -> bool {
        match self.slice {
            Slice::Park => true,
            Slice::Department(id) => self.responsible(promise, day) == Some(id),
            Slice::Enterprise(id) => id == promise.obligation.enterprise_id,
        }
    }

    pub(super) fn evaluation(&self) -> Option<Figures> {
        let mut figures = self.material.common.evaluation.clone()?;
        match self.slice {
            Slice::Park => Some(figures),
            Slice::Department(own) => {
                figures.keep_only(own);
                Some(figures)
            }
            Slice::Enterprise(_) => None,
        }
    }

    /// The enterprises with a contract in force on `day`.
    pub(super) fn enterprise_rows(&self, day: NaiveDate) -> BTreeMap<Uuid, EnterpriseRow> {
        self.material
            .enterprises
            .iter()
            .filter(|row| {
                self.shows_enterprise(row.id, day) && self.contract(row.id, day).is_some()
            })
            .map(|row| (row.id, self.enterprise_row(row.id, day)))
            .collect()
    }

    pub(super) fn enterprise_row(&self, enterprise_id: Uuid, day: NaiveDate) -> EnterpriseRow {
        let contract = self.contract(enterprise_id, day);
        EnterpriseRow {
            enterprise_id,
            name: self.enterprise(enterprise_id),
            liaison: self
                .liaison(enterprise_id, day)
                .map(|person| person.name.clone()),
            contract: contract.map(|contract| contract.number.clone()),
            contract_ends_on: contract.map(|contract| contract.ends_on),
            lights: Lights::default(),
            project: None,
            kept: Kept::default(),
        }
    }
}

pub(super) fn centre() -> Text {
    Text::new("企业服务中心", "the service centre")
}

pub(super) fn nobody() -> Text {
    Text::new("无人负责", "nobody")
}
