//! Importing a ledger.

use std::collections::HashMap;

use chrono::NaiveDate;
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, EntityTrait, QueryFilter, entity::prelude::*,
    sea_query::Expr,
};

use super::{
    ActiveModel, Column, Difference, Entity, Field, Kept, Model, Refused, Report, Row, RowError,
    Updated,
    repository::{self, Known},
    rules::{self, Matter},
};
use crate::{
    account,
    audit::{
        self,
        commands::{Change, Summary, summary},
    },
    calendar::{self, rules::Calendar},
    command::{Command, commands},
    commitment,
    contract::{self, clause},
    deadline::{
        self, OnExpiry,
        rules::{Limit, Terms},
    },
    enterprise,
    error::{CommandError, Conflict, Explain, Fault, is_row_refused, is_transient},
    id::new_id,
    language::Language,
    liaison, milestone, obligation,
    permission::{Action, Standing, require},
    project::{self, stage},
    store::{Store, Unit},
    viewer::{Role, Viewer},
    visit,
};

commands! {
    /// A row makes an enterprise.
    IMPORT_ENTERPRISE = "ledger.import" on Enterprise: "导入", "imported";
    /// A row makes the account of a contact or a liaison.
    IMPORT_ACCOUNT = "ledger.import" on Account: "导入", "imported";
    /// A row makes the assignment of a liaison.
    IMPORT_LIAISON = "ledger.import" on Liaison: "导入", "imported";
    /// A row makes a contract.
    IMPORT_CONTRACT = "ledger.import" on Contract: "导入", "imported";
    /// A row makes a project.
    IMPORT_PROJECT = "ledger.import" on Project: "导入", "imported";
    /// What a row says differently is taken over.
    UPDATE = "ledger.update" on Contract: "更新", "updated";
}

/// How many rows one transaction takes. Killed anywhere, an import leaves whole rows only, and a second run does the rest.
const ROWS_PER_TRANSACTION: usize = 50;

/// 甲方, unless another executing unit is named.
pub const PARK_PARTY: &str = "园区管理委员会（企业服务中心）";

/// How often a transaction is tried when others write at the same time.
const ATTEMPTS: u32 = 3;

/// What to import.
#[derive(Clone, Debug)]
pub struct Import {
    /// The rows that could be read.
    pub rows: Vec<Row>,
    /// What could not be read; it becomes part of the report.
    pub refused: Vec<Refused>,
    /// 甲方: the executing unit named in the contracts.
    pub park_party: String,
    /// Rehearse: find out what would happen, and write nothing.
    pub dry_run: bool,
}

/// Takes the rows of a ledger: for each, the enterprise, its contact and its liaison, the contract signed on paper with the
/// standard clauses and commitments, and the project with its ten stages as unplanned milestones. Rows known already are
/// compared and never changed. `progress` is told how many rows are done.
pub async fn import(
    store: &Store,
    viewer: &Viewer,
    input: Import,
    mut progress: impl FnMut(usize) + Send,
) -> Result<Report, Fault> {
    require(viewer, Action::ImportLedger, Standing::None)?;
    let (rows, mut refused) = rules::sift(input.rows, store.policy().admitted);
    refused.extend(input.refused);
    let mut report = Report {
        refused,
        ..Report::default()
    };
    let calendar = calendar::repository::in_force(store.db()).await?;
    let how = How {
        calendar: &calendar,
        park_party: &input.park_party,
        dry_run: input.dry_run,
    };
    let mut done = 0;
    for part in rows.chunks(ROWS_PER_TRANSACTION) {
        match import_again(store, viewer, part, how).await {
            Ok(of_part) => report.add(of_part),
            // One of them does not fit: each by itself, so that it keeps no other back.
            Err(Fault::Database(error)) if is_row_refused(&error) => {
                for row in part {
                    match import_again(store, viewer, std::slice::from_ref(row), how).await {
                        Ok(of_row) => report.add(of_row),
                        Err(Fault::Database(error)) if is_row_refused(&error) => {
                            tracing::warn!(
                                row = row.number,
                                "a row of the ledger cannot be stored"
                            );
                            let field = Field::ContractNumber;
                            report.refused.push(row.refused(field, RowError::NotStored));
                        }
                        Err(fault) => return Err(fault),
                    }
                }
            }
            Err(fault) => return Err(fault),
        }
        done += part.len();
        progress(done);
    }
    report
        .refused
        .sort_by_key(|refused| (refused.row, refused.field));
    Ok(report)
}

impl Report {
    fn add(&mut self, part: Self) {
        self.taken.extend(part.taken);
        self.unchanged += part.unchanged;
        self.differences.extend(part.differences);
        self.refused.extend(part.refused);
    }
}

/// Imports some rows in one transaction, once more when others write at the same moment.
async fn import_again(
    store: &Store,
    viewer: &Viewer,
    rows: &[Row],
    how: How<'_>,
) -> Result<Report, Fault> {
    let mut attempt = 1;
    loop {
        match import_part(store, viewer, rows, how).await {
            // The next look sees what the other has written.
            Err(Fault::Conflict(_)) if attempt < ATTEMPTS => attempt += 1,
            Err(Fault::Database(error)) if is_transient(&error) && attempt < ATTEMPTS => {
                attempt += 1;
            }
            outcome => return outcome,
        }
    }
}

/// What is the same for all rows.
#[derive(Clone, Copy)]
struct How<'a> {
    calendar: &'a Calendar,
    park_party: &'a str,
    dry_run: bool,
}

async fn import_part(
    store: &Store,
    viewer: &Viewer,
    rows: &[Row],
    how: How<'_>,
) -> Result<Report, Fault> {
    let unit = store.begin(viewer).await?;
    let known = repository::known(unit.db(), rows).await?;
    let mut report = Report::default();
    let mut batch = Batch::new(&unit, how);
    for row in rows {
        if let Some(before) = known.row(row) {
            compare(before, row, &mut report)?;
        } else if let Some((field, reason)) = obstacle(row, &known, unit.today()) {
            report.refused.push(row.refused(field, reason));
        } else {
            batch.take(row, &known)?;
            report.taken.push(row.contract_number.clone());
        }
    }
    batch.write().await?;
    if how.dry_run {
        unit.rollback().await?;
    } else {
        unit.commit().await?;
    }
    Ok(report)
}

/// Tells what a row says differently from when it was taken.
fn compare(before: &Model, now: &Row, report: &mut Report) -> Result<(), Fault> {
    if before.row_hash == now.hash() {
        report.unchanged += 1;
        return Ok(());
    }
    let then = content(before)?;
    report.differences.extend(rules::differences(&then, now));
    Ok(())
}

/// The row as it was taken.
fn content(row: &Model) -> Result<Row, Fault> {
    serde_json::from_value(row.content.clone())
        .map_err(|error| Fault::Internal(format!("ledger row {}: {error}", row.contract_number)))
}

/// What a row says, as the audit trail tells it.
fn summary_of(row: &Row) -> Summary {
    summary!({
        "enterpriseName": row.enterprise_name,
        "creditCode": row.credit_code,
        "industry": row.industry,
        "liaisonName": row.liaison_name,
        "liaisonLogin": row.liaison_login,
        "contactLogin": row.contact_login,
        "contractNumber": row.contract_number,
        "startsOn": row.starts_on,
        "endsOn": row.ends_on,
        "projectName": row.project_name,
        "remark": row.remark,
    })
}

fn content_of(row: &Row) -> Result<Json, Fault> {
    serde_json::to_value(row).map_err(|error| Fault::Internal(format!("ledger row: {error}")))
}

/// Takes over what the rows known already say differently now: each value by the ordinary command of its matter, with that
/// command's rules, audit entry and letters. What no command may change stays, and is told with the reason. Stopped anywhere,
/// a second run does the rest.
pub async fn update(store: &Store, viewer: &Viewer, rows: Vec<Row>) -> Result<Updated, Fault> {
    require(viewer, Action::ImportLedger, Standing::None)?;
    let (rows, _told_by_the_import) = rules::sift(rows, store.policy().admitted);
    let mut updated = Updated::default();
    for part in rows.chunks(500) {
        let known = repository::known(store.db(), part).await?;
        for row in part {
            if let Some(before) = known.row(row)
                && before.row_hash != row.hash()
            {
                update_row(store, viewer, before, row, &mut updated).await?;
            }
        }
    }
    Ok(updated)
}

async fn update_row(
    store: &Store,
    viewer: &Viewer,
    before: &Model,
    row: &Row,
    updated: &mut Updated,
) -> Result<(), Fault> {
    let then = content(before)?;
    let contract = contract::repository::find(store.db(), viewer, before.contract_id)
        .await?
        .ok_or(Fault::NotFound)?;
    let step = Step {
        store,
        viewer,
        contract: &contract,
        then: &then,
        row,
    };
    let mut taken = then.clone();
    let mut changes: HashMap<usize, Vec<Difference>> = HashMap::new();
    for difference in rules::differences(&then, row) {
        match rules::matter(difference.field, &then) {
            Ok(matter) => changes.entry(matter as usize).or_default().push(difference),
            Err(kept) => updated.kept.push((difference, kept)),
        }
    }
    for matter in Matter::ALL {
        let Some(changed) = changes.remove(&(matter as usize)) else {
            continue;
        };
        match step.apply(matter).await {
            Ok(()) => {
                for difference in &changed {
                    taken.adopt(difference.field, row);
                }
                updated.applied.extend(changed);
            }
            Err(CommandError::Refused(refusals)) => {
                for difference in changed {
                    let kept = refusals.iter().map(|refusal| refusal.code.clone());
                    updated
                        .kept
                        .extend(kept.map(|kept| (difference.clone(), kept)));
                }
            }
            Err(CommandError::Fault(fault)) => return Err(fault),
        }
    }
    if taken == then {
        return Ok(());
    }
    let unit = store.begin(viewer).await?;
    let saved = Entity::update_many()
        .col_expr(Column::Content, Expr::value(content_of(&taken)?))
        .col_expr(Column::RowHash, Expr::value(taken.hash()))
        .filter(Column::ContractNumber.eq(&before.contract_number))
        .filter(Column::RowHash.eq(&before.row_hash))
        .exec(unit.db())
        .await?;
    if saved.rows_affected == 0 {
        return Err(Fault::Conflict(Conflict::default()));
    }
    let change = Change {
        command: &UPDATE,
        subject_id: contract.id,
        before: Some(summary_of(&then)),
        after: Some(summary_of(&taken)),
        reason: None,
    };
    audit::commands::record(&unit, change).await?;
    unit.commit().await
}

/// One row whose changes are taken over, matter by matter.
struct Step<'a> {
    store: &'a Store,
    viewer: &'a Viewer,
    contract: &'a contract::Model,
    then: &'a Row,
    row: &'a Row,
}

type Taken = Result<(), CommandError<Kept>>;

impl Step<'_> {
    async fn apply(&self, matter: Matter) -> Taken {
        match matter {
            Matter::Enterprise => self.enterprise().await,
            Matter::Liaison => self.liaison().await,
            Matter::Contact => self.contact().await,
            Matter::Project => self.project().await,
        }
    }

    /// What the ledger says in a column if it has changed there, else what the system says.
    fn changed<T: PartialEq + Clone>(&self, value: fn(&Row) -> &T, present: T) -> T {
        let now = value(self.row);
        if value(self.then) == now {
            present
        } else {
            now.clone()
        }
    }

    async fn enterprise(&self) -> Taken {
        let present =
            enterprise::repository::find(self.store.db(), self.viewer, self.contract.enterprise_id)
                .await?
                .ok_or(Fault::NotFound)?;
        let change = enterprise::commands::ChangeEnterprise {
            enterprise_id: present.id,
            expected_version: present.version,
            name_zh: self.changed(|row| &row.enterprise_name, present.name_zh),
            name_en: present.name_en,
            industry: self.changed(|row| &row.industry, present.industry),
            remark: self.changed(|row| &row.remark, present.remark),
        };
        let changed = enterprise::commands::change(self.store, self.viewer, change).await;
        changed.map(|_| ()).map_err(kept)
    }

    async fn liaison(&self) -> Taken {
        let refused = |kept| Err(CommandError::refused(&[], kept));
        let db = self.store.db();
        let in_charge =
            liaison::repository::in_charge_of(db, &[self.contract.enterprise_id]).await?;
        let Some(in_charge) = in_charge.into_iter().next() else {
            return refused(Kept::NobodyInCharge);
        };
        let successor = match account::repository::by_login(db, &self.row.liaison_login).await? {
            Some(account) if account.role != Role::Liaison || !account.is_enabled() => {
                return refused(Kept::AccountOfAnother);
            }
            Some(account) if account.name != self.row.liaison_name => {
                let change = account::commands::ChangeAccount {
                    account_id: account.id,
                    expected_version: account.version,
                    name: self.row.liaison_name.clone(),
                    role: account.role,
                    department_id: account.department_id,
                    enterprise_id: account.enterprise_id,
                    language: account.language,
                };
                account::commands::change(self.store, self.viewer, change)
                    .await
                    .map_err(kept)?
            }
            Some(account) => account,
            None => {
                let (login, name) = (&self.row.liaison_login, self.row.liaison_name.clone());
                self.invite(login, name, Role::Liaison, None).await?
            }
        };
        if successor.id == in_charge.account_id {
            return Ok(());
        }
        let hand_over = liaison::commands::HandOver {
            liaison_id: in_charge.id,
            expected_version: in_charge.version,
            successor_id: successor.id,
            deputy_id: in_charge.deputy_id.filter(|deputy| *deputy != successor.id),
            note: format!(
                "台账更新：服务专员由{}变更为{}。",
                self.then.liaison_name, self.row.liaison_name
            ),
        };
        let handed = visit::commands::hand_over(self.store, self.viewer, hand_over).await;
        handed.map(|_| ()).map_err(kept)
    }

    /// The new contact is invited, and the account of the former one is disabled.
    async fn contact(&self) -> Taken {
        let db = self.store.db();
        let own = |account: &account::Model| {
            account.enterprise_id == Some(self.contract.enterprise_id) && account.is_enabled()
        };
        match account::repository::by_login(db, &self.row.contact_login).await? {
            Some(account) if own(&account) => {}
            Some(_) => return Err(CommandError::refused(&[], Kept::AccountOfAnother)),
            None => {
                let name = contact_name(&self.row.enterprise_name);
                let enterprise_id = Some(self.contract.enterprise_id);
                self.invite(
                    &self.row.contact_login,
                    name,
                    Role::Enterprise,
                    enterprise_id,
                )
                .await?;
            }
        }
        let former = account::repository::by_login(db, &self.then.contact_login).await?;
        if let Some(former) = former.filter(own) {
            let disable = account::commands::SetEnabled {
                account_id: former.id,
                expected_version: former.version,
                enabled: false,
            };
            account::commands::set_enabled(self.store, self.viewer, disable)
                .await
                .map_err(kept)?;
        }
        Ok(())
    }

    async fn project(&self) -> Taken {
        let create = project::commands::Create {
            contract_id: self.contract.id,
            name: self.row.project_name.clone().unwrap_or_default(),
        };
        let created = milestone::commands::create_project(self.store, self.viewer, create).await;
        created.map(|_| ()).map_err(kept)
    }

    async fn invite(
        &self,
        login: &str,
        name: String,
        role: Role,
        enterprise_id: Option<Uuid>,
    ) -> Result<account::Model, CommandError<Kept>> {
        let create = account::commands::Create {
            login: login.to_owned(),
            name,
            role,
            department_id: None,
            enterprise_id,
            language: Language::Chinese,
            password: None,
            demonstration: false,
        };
        account::commands::create(self.store, self.viewer, create)
            .await
            .map_err(kept)
    }
}

/// The refusal of an ordinary command, in its own words.
fn kept<E: Explain>(error: CommandError<E>) -> CommandError<Kept> {
    error.refused_as(|code| Kept::Refused(code.explain()))
}

/// The ledger has no names of contacts, only addresses; the account shows whom it speaks for.
fn contact_name(enterprise: &str) -> String {
    format!("{enterprise}联系人").chars().take(100).collect()
}

/// What in the database stands against taking a new row.
fn obstacle(row: &Row, known: &Known, today: NaiveDate) -> Option<(Field, RowError)> {
    if known.has_contract(row) {
        return Some((Field::ContractNumber, RowError::ContractExists));
    }
    let enterprise = known.enterprises.get(&row.credit_code);
    if let Some(enterprise) = enterprise {
        if enterprise.ended_on.is_some() {
            return Some((Field::CreditCode, RowError::EnterpriseEnded));
        }
        let active = state_on(today, row) == contract::State::Active;
        let taken = known.signed.get(&enterprise.id).and_then(|contracts| {
            contracts.iter().find(|other| {
                (other.starts_on <= row.ends_on && other.ends_on >= row.starts_on)
                    || (active && contract::State::IN_FORCE.contains(&other.state))
            })
        });
        if let Some(other) = taken {
            let contract_number = other.number.clone();
            return Some((Field::CreditCode, RowError::TermTaken { contract_number }));
        }
    }
    let liaison = known.accounts.get(&row.liaison_login);
    if let Some(account) = liaison
        && (account.role != Role::Liaison
            || account.name != row.liaison_name
            || !account.is_enabled())
    {
        return Some((Field::LiaisonMail, RowError::AccountOfAnother));
    }
    let in_charge = enterprise.and_then(|enterprise| known.liaisons.get(&enterprise.id));
    if let Some(in_charge) = in_charge
        && liaison.map(|account| account.id) != Some(in_charge.account_id)
    {
        return Some((Field::LiaisonMail, RowError::OtherLiaison));
    }
    if let Some(account) = known.accounts.get(&row.contact_login)
        && (account.enterprise_id.is_none()
            || account.enterprise_id != enterprise.map(|enterprise| enterprise.id)
            || !account.is_enabled())
    {
        return Some((Field::ContactMail, RowError::AccountOfAnother));
    }
    None
}

/// The state of a contract signed on paper, by its term alone.
fn state_on(today: NaiveDate, row: &Row) -> contract::State {
    if today < row.starts_on {
        contract::State::Signed
    } else if today <= row.ends_on {
        contract::State::Active
    } else {
        contract::State::Expired
    }
}

/// Everything that the rows of one transaction become, table by table.
struct Batch<'a> {
    unit: &'a Unit,
    how: How<'a>,
    liaison_accounts: HashMap<String, Uuid>,
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
    fn new(unit: &'a Unit, how: How<'a>) -> Self {
        Self {
            unit,
            how,
            liaison_accounts: HashMap::new(),
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

    fn take(&mut self, row: &Row, known: &Known) -> Result<(), Fault> {
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
            password_hash: Set(None),
            demonstration: Set(false),
            created_at: Set(self.unit.now()),
            disabled_at: Set(None),
            version: Set(1),
        });
        self.made(
            &IMPORT_ACCOUNT,
            id,
            summary!({ "login": login, "role": role }),
        );
        id
    }

    fn contact(&mut self, row: &Row, known: &Known, enterprise_id: Uuid) {
        if !known.accounts.contains_key(&row.contact_login) {
            self.account(
                &row.contact_login,
                &contact_name(&row.enterprise_name),
                Role::Enterprise,
                Some(enterprise_id),
            );
        }
    }

    fn liaison(&mut self, row: &Row, known: &Known, enterprise_id: Uuid) {
        if known.liaisons.contains_key(&enterprise_id) {
            return;
        }
        let existing = known
            .accounts
            .get(&row.liaison_login)
            .map(|account| account.id)
            .or_else(|| self.liaison_accounts.get(&row.liaison_login).copied());
        let account_id = existing.unwrap_or_else(|| {
            self.account(&row.liaison_login, &row.liaison_name, Role::Liaison, None)
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
        for (promise, number) in commitment::rules::defaults().iter().zip(1..) {
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
    async fn write(self) -> Result<(), Fault> {
        let Self { unit, .. } = self;
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
