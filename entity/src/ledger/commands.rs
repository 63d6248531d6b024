//! Importing a ledger. What new rows become is in `batch`, what known rows take over in `update`.

use chrono::NaiveDate;
use sea_orm::prelude::Json;

use super::{
    Field, Model, Refused, Report, Row, RowError,
    repository::{self, Known},
    rules,
};
use crate::{
    audit::commands::{Summary, summary},
    calendar::{self, rules::Calendar},
    command::commands,
    commitment::{self, rules::Promise},
    contract,
    error::{Fault, is_row_refused, is_transient},
    permission::{Action, Standing, require},
    store::Store,
    viewer::{Role, Viewer},
};

mod batch;
mod update;

use self::batch::Batch;
pub use self::update::update;

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
/// standard clauses and commitments, and the project with its ten stages as unplanned milestones. What is on record already, of
/// a known row or of an enterprise or person that a new row names, is compared and never changed. `progress` is told how many
/// rows are done.
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
    let calendar = calendar::repository::in_force(store).await?;
    let standard = commitment::repository::standard::newest(store.db()).await?;
    let how = How {
        calendar: &calendar,
        promises: &standard.promises.0,
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
    if !input.dry_run {
        // The tables may be many times as large as before.
        store.measure().await;
    }
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
    /// The standard promises: what every contract begins with.
    promises: &'a [Promise],
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
    let mut batch = Batch::new(&unit, how, rows);
    for row in rows {
        if let Some(before) = known.row(row) {
            compare(before, row, &mut report)?;
        } else if let Some((field, reason)) = obstacle(row, &known, unit.today()) {
            report.refused.push(row.refused(field, reason));
        } else {
            let kept = on_record(row, &known);
            report.differences.extend(rules::differences(&kept, row));
            batch.take(&kept, &known)?;
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

/// A new row as it can be taken: what is on record of its enterprise and its people stays. As the row is kept so, the file says
/// something else until the ordinary commands have taken that over.
fn on_record(row: &Row, known: &Known) -> Row {
    let mut kept = row.clone();
    if let Some(enterprise) = known.enterprises.get(&row.credit_code) {
        kept.enterprise_name.clone_from(&enterprise.name_zh);
        kept.industry.clone_from(&enterprise.industry);
        // A row that was never taken has not taken a remark away.
        if row.remark.is_some() {
            kept.remark.clone_from(&enterprise.remark);
        }
    }
    for (login, said) in [
        (&row.liaison_login, &mut kept.liaison_telephone),
        (&row.contact_login, &mut kept.contact_telephone),
    ] {
        let known = known.accounts.get(login);
        let number = known.and_then(|account| account.telephone.as_ref());
        // Where there is none, the one of the row is taken.
        if let (Some(said), Some(number)) = (said, number) {
            said.clone_from(number);
        }
    }
    kept
}

/// Tells what a row says differently from when it was taken.
fn compare(before: &Model, now: &Row, report: &mut Report) -> Result<(), Fault> {
    let differences = match before.row_hash == now.hash() {
        true => Vec::new(),
        false => rules::differences(&content(before)?, now),
    };
    report.unchanged += usize::from(differences.is_empty());
    report.differences.extend(differences);
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
        "liaisonTelephone": row.liaison_telephone,
        "contactLogin": row.contact_login,
        "contactTelephone": row.contact_telephone,
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
