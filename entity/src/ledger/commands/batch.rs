//! What new rows become: enterprises with contact, liaison, contract, what is owed, and project.

use std::collections::{BTreeMap, HashMap};

use sea_orm::{ActiveModelTrait, ActiveValue::Set, entity::prelude::*};

use super::{
    super::{ActiveModel, Row, repository::Known},
    How, IMPORT_ACCOUNT, IMPORT_CONTRACT, IMPORT_ENTERPRISE, IMPORT_LIAISON, IMPORT_PROJECT,
    contact_name, content_of, state_on,
};
use crate::{
    account,
    audit::{
        self,
        commands::{Change, Summary, summary},
    },
    command::Command,
    commitment,
    contract::{self, clause},
    deadline::{
        self, OnExpiry,
        rules::{Limit, Terms},
    },
    enterprise,
    error::Fault,
    id::new_id,
    language::Language,
    liaison, milestone, obligation,
    project::{self, stage},
    store::Unit,
    table,
    telephone::Telephone,
    viewer::Role,
};

/// Everything that the rows of one transaction become, table by table.
pub(super) struct Batch<'a> {
    unit: &'a Unit,
    how: How<'a>,
    liaison_accounts: HashMap<String, Uuid>,
    /// The numbers of liaisons: one row of each says it.
    numbers: HashMap<&'a str, &'a Telephone>,
    /// The numbers of people who were known and had none.
    telephones: BTreeMap<Uuid, (account::Model, Telephone)>,
    enterprises: Vec<enterprise::ActiveModel>,
    accounts: Vec<account::ActiveModel>,
    liaisons: Vec<liaison::ActiveModel>,
    contracts: Vec<contract::ActiveModel>,
    clauses: Vec<clause::ActiveModel>,
    commitments: Vec<commitment::ActiveModel>,
    deadlines: Vec<deadline::Model>,
    obligations: Vec<obligation::ActiveModel>,
    projects: Vec<project::ActiveModel>,
    stages: Vec<stage::ActiveModel>,
    milestones: Vec<milestone::ActiveModel>,
    rows: Vec<ActiveModel>,
    changes: Vec<Change<'static>>,
}

impl<'a> Batch<'a> {
    pub(super) fn new(unit: &'a Unit, how: How<'a>, rows: &'a [Row]) -> Self {
        let number = |row: &'a Row| {
            let number = row.liaison_telephone.as_ref()?;
            Some((row.liaison_login.as_str(), number))
        };
        Self {
            unit,
            how,
            numbers: rows.iter().filter_map(number).collect(),
            liaison_accounts: HashMap::new(),
            telephones: BTreeMap::new(),
            enterprises: Vec::new(),
            accounts: Vec::new(),
            liaisons: Vec::new(),
            contracts: Vec::new(),
            clauses: Vec::new(),
            commitments: Vec::new(),
            deadlines: Vec::new(),
            obligations: Vec::new(),
            projects: Vec::new(),
            stages: Vec::new(),
            milestones: Vec::new(),
            rows: Vec::new(),
            changes: Vec::new(),
        }
    }

    fn new_id(&self) -> Uuid {
        new_id(self.unit.now())
    }

    fn made(&mut self, command: &'static Command, subject_id: Uuid, after: Summary) {
        self.changes.push(Change {
            command,
            subject_id,
            before: None,
            after: Some(after),
            reason: None,
        });
    }

    pub(super) fn take(&mut self, row: &Row, known: &Known) -> Result<(), Fault> {
        let enterprise_id = self.enterprise(row, known);
        self.contact(row, known, enterprise_id);
        self.liaison(row, known, enterprise_id);
        let contract_id = self.contract(row, enterprise_id);
        if let Some(name) = &row.project_name {
            self.project(name, contract_id, enterprise_id);
        }
        self.rows.push(ActiveModel {
            contract_number: Set(row.contract_number.clone()),
            contract_id: Set(contract_id),
            row_hash: Set(row.hash()),
            content: Set(content_of(row)?),
            imported_at: Set(self.unit.now()),
        });
        Ok(())
    }

    fn enterprise(&mut self, row: &Row, known: &Known) -> Uuid {
        if let Some(found) = known.enterprises.get(&row.credit_code) {
            return found.id;
        }
        let id = self.new_id();
        self.enterprises.push(enterprise::ActiveModel {
            id: Set(id),
            credit_code: Set(row.credit_code.clone()),
            name_zh: Set(row.enterprise_name.clone()),
            name_en: Set(None),
            industry: Set(row.industry.clone()),
            remark: Set(row.remark.clone()),
            created_at: Set(self.unit.now()),
            ended_on: Set(None),
            version: Set(1),
        });
        self.made(
            &IMPORT_ENTERPRISE,
            id,
            summary!({ "creditCode": row.credit_code, "name": row.enterprise_name }),
        );
        id
    }

    /// No password: people are invited and choose their own.
    fn account(
        &mut self,
        login: &str,
        name: &str,
        role: Role,
        enterprise_id: Option<Uuid>,
        telephone: Option<&Telephone>,
    ) -> Uuid {
        let id = self.new_id();
        self.accounts.push(account::ActiveModel {
            id: Set(id),
            login: Set(login.to_owned()),
            name: Set(name.to_owned()),
            role: Set(role),
            department_id: Set(None),
            enterprise_id: Set(enterprise_id),
            language: Set(Language::Chinese),
            telephone: Set(telephone.cloned()),
            password_hash: Set(None),
            demonstration: Set(false),
            created_at: Set(self.unit.now()),
            disabled_at: Set(None),
            version: Set(1),
        });
        self.made(
            &IMPORT_ACCOUNT,
            id,
            summary!({ "login": login, "role": role, "telephone": telephone }),
        );
        id
    }

    /// Somebody who is known gets the number, where there was none.
    fn ring(&mut self, account: &account::Model, telephone: Option<&Telephone>) {
        if let (None, Some(telephone)) = (&account.telephone, telephone) {
            let known = || (account.clone(), telephone.clone());
            self.telephones.entry(account.id).or_insert_with(known);
        }
    }

    fn contact(&mut self, row: &Row, known: &Known, enterprise_id: Uuid) {
        let telephone = row.contact_telephone.as_ref();
        match known.accounts.get(&row.contact_login) {
            Some(account) => self.ring(account, telephone),
            None => {
                self.account(
                    &row.contact_login,
                    &contact_name(&row.enterprise_name),
                    Role::Enterprise,
                    Some(enterprise_id),
                    telephone,
                );
            }
        }
    }

    fn liaison(&mut self, row: &Row, known: &Known, enterprise_id: Uuid) {
        if let Some(account) = known.accounts.get(&row.liaison_login) {
            self.ring(account, row.liaison_telephone.as_ref());
        }
        if known.liaisons.contains_key(&enterprise_id) {
            return;
        }
        let existing = known
            .accounts
            .get(&row.liaison_login)
            .map(|account| account.id)
            .or_else(|| self.liaison_accounts.get(&row.liaison_login).copied());
        let account_id = existing.unwrap_or_else(|| {
            let number = self.numbers.get(row.liaison_login.as_str()).copied();
            self.account(
                &row.liaison_login,
                &row.liaison_name,
                Role::Liaison,
                None,
                number,
            )
        });
        self.liaison_accounts
            .insert(row.liaison_login.clone(), account_id);
        let id = self.new_id();
        self.liaisons.push(liaison::ActiveModel {
            id: Set(id),
            enterprise_id: Set(enterprise_id),
            account_id: Set(account_id),
            deputy_id: Set(None),
            state: Set(liaison::State::Active),
            started_on: Set(Some(self.unit.today().min(row.starts_on))),
            ended_on: Set(None),
            handover_note: Set(None),
            version: Set(1),
        });
        self.made(
            &IMPORT_LIAISON,
            id,
            summary!({ "enterpriseId": enterprise_id, "accountId": account_id }),
        );
    }

    fn contract(&mut self, row: &Row, enterprise_id: Uuid) -> Uuid {
        let id = self.new_id();
        let state = state_on(self.unit.today(), row);
        let limit_id = self.term(row, state);
        self.contracts.push(contract::ActiveModel {
            id: Set(id),
            number: Set(row.contract_number.clone()),
            enterprise_id: Set(enterprise_id),
            predecessor_id: Set(None),
            origin: Set(contract::Origin::Paper),
            state: Set(state),
            park_party: Set(self.how.park_party.to_owned()),
            park_signatory: Set(None),
            enterprise_signatory: Set(None),
            starts_on: Set(row.starts_on),
            ends_on: Set(row.ends_on),
            signed_on: Set(Some(row.starts_on)),
            legality_opinion: Set(None),
            fair_competition_opinion: Set(None),
            approved_by: Set(None),
            approved_at: Set(None),
            state_reason: Set(None),
            suspension_document_id: Set(None),
            end_deadline_id: Set(Some(limit_id)),
            ended_on: Set((state == contract::State::Expired).then_some(row.ends_on)),
            created_at: Set(self.unit.now()),
            version: Set(1),
        });
        self.made(
            &IMPORT_CONTRACT,
            id,
            summary!({ "number": row.contract_number, "state": state, "row": row.number }),
        );
        self.clauses(row, id, enterprise_id);
        id
    }

    /// The time limit of a term, met where that is over.
    fn term(&mut self, row: &Row, state: contract::State) -> Uuid {
        let mut limit = deadline::commands::new_end(self.unit, self.how.calendar, row.ends_on);
        if state == contract::State::Expired {
            limit = limit.met_on_its_day();
        }
        let id = limit.id;
        self.deadlines.push(limit);
        id
    }

    fn clauses(&mut self, row: &Row, contract_id: Uuid, enterprise_id: Uuid) {
        let texts = contract::rules::standard_clauses(contract::rules::Parties {
            park: self.how.park_party,
            enterprise: &row.enterprise_name,
            credit_code: &row.credit_code,
            starts_on: row.starts_on,
            ends_on: row.ends_on,
        });
        for text in texts {
            let id = self.new_id();
            if text.number == contract::rules::COMMITMENT_CLAUSE {
                self.commitments(row, contract_id, id, enterprise_id);
            }
            self.clauses.push(clause::ActiveModel {
                id: Set(id),
                contract_id: Set(contract_id),
                number: Set(text.number),
                revision: Set(1),
                title: Set(text.title),
                body: Set(text.body),
                amendment_reason: Set(None),
                effective_on: Set(Some(row.starts_on)),
                ended_on: Set(None),
            });
        }
    }

    fn commitments(&mut self, row: &Row, contract_id: Uuid, clause_id: Uuid, enterprise_id: Uuid) {
        let effective_on = Some(row.starts_on);
        for (promise, number) in self.how.promises.iter().zip(1..) {
            let id = self.new_id();
            let promise = promise.clone();
            let promised = commitment::commands::row(
                id,
                contract_id,
                clause_id,
                number,
                promise,
                effective_on,
            );
            self.obligation(row, &promised, enterprise_id);
            self.commitments
                .push(commitment::ActiveModel::from(promised).reset_all());
        }
    }

    /// Opens what is owed once, when it has begun and falls due today or later. What fell due before was before the system:
    /// it appears in no figure. What recurs is opened by its job, what an event starts by the event.
    fn obligation(&mut self, row: &Row, promised: &commitment::Model, enterprise_id: Uuid) {
        let started_on = match (promised.kind, promised.start_event.as_str()) {
            (commitment::Kind::Once, commitment::rules::ACTIVATED) => row.starts_on,
            (commitment::Kind::Once, commitment::rules::YEAR_ENDS) => row.ends_on,
            _ => return,
        };
        let terms = Terms {
            legal_effect: promised.legal_effect,
            on_expiry: OnExpiry::Warn,
            limit: Limit {
                days: promised.limit_days.max(0).unsigned_abs(),
                unit: promised.unit,
            },
            extension: promised.extension_days.max(0).unsigned_abs(),
        };
        let limit = deadline::commands::new_row(self.unit, self.how.calendar, terms, started_on);
        let today = self.unit.today();
        if started_on > today || limit.due_on < today {
            return;
        }
        self.obligations.push(obligation::ActiveModel {
            id: Set(self.new_id()),
            commitment_id: Set(promised.id),
            contract_id: Set(promised.contract_id),
            enterprise_id: Set(enterprise_id),
            deadline_id: Set(limit.id),
            occasion: Set("once".to_owned()),
            event_note: Set(None),
            state: Set(obligation::State::Open),
            opened_at: Set(self.unit.now()),
            closed_at: Set(None),
            closed_by: Set(None),
            evidence_document_id: Set(None),
            evidence_note: Set(None),
            days_late: Set(None),
            public_reason: Set(None),
            backdating_reason: Set(None),
            version: Set(1),
        });
        self.deadlines.push(limit);
    }

    fn project(&mut self, name: &str, contract_id: Uuid, enterprise_id: Uuid) {
        let project_id = self.new_id();
        self.projects.push(project::ActiveModel {
            id: Set(project_id),
            contract_id: Set(contract_id),
            enterprise_id: Set(enterprise_id),
            name: Set(name.to_owned()),
            state: Set(project::State::Active),
            state_reason: Set(None),
            created_at: Set(self.unit.now()),
            is_planned: Set(Some(false)),
            behind_from: Set(None),
            far_behind_from: Set(None),
            silent_from: Set(project::rules::silent_from(
                project::State::Active,
                self.unit.today(),
                &[],
                None,
            )),
            version: Set(1),
        });
        for stage in &stage::STAGES {
            let id = self.new_id();
            self.stages
                .push(project::rules::unentered(id, project_id, stage));
            let id = self.new_id();
            self.milestones.push(milestone::rules::unplanned(
                id,
                project_id,
                enterprise_id,
                stage,
            ));
        }
        self.made(
            &IMPORT_PROJECT,
            project_id,
            summary!({ "contractId": contract_id, "name": name }),
        );
    }

    /// Parents first.
    pub(super) async fn write(mut self) -> Result<(), Fault> {
        let unit = self.unit;
        for (_, (account, telephone)) in std::mem::take(&mut self.telephones) {
            let told = summary!({ "telephone": telephone });
            self.made(&account::commands::CHANGE_TELEPHONE, account.id, told);
            let changed = account::Model {
                telephone: Some(telephone),
                ..account.clone()
            };
            table::save(unit, &account, changed).await?;
        }
        unit.insert_all(self.enterprises).await?;
        unit.insert_all(self.accounts).await?;
        unit.insert_all(self.liaisons).await?;
        deadline::commands::insert_in(unit, self.how.calendar, &self.deadlines).await?;
        unit.insert_all(self.contracts).await?;
        unit.insert_all(self.clauses).await?;
        unit.insert_all(self.commitments).await?;
        unit.insert_all(self.obligations).await?;
        unit.insert_all(self.projects).await?;
        unit.insert_all(self.stages).await?;
        unit.insert_all(self.milestones).await?;
        unit.insert_all(self.rows).await?;
        audit::commands::record_all(unit, self.changes).await
    }
}
