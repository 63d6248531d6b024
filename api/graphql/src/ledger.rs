//! Ledgers (契约企业台账): what an import did, or would do.

use api_door::{
    coded::Coded,
    command::Answer,
    error::bad_request,
    ledger::LedgerReader,
    operation::{store, viewer},
    page,
    scalar::{Date, Kind, int},
};
use async_graphql::{Context, ID, Object, Result};
use entity::{
    account, document,
    error::{CommandError, Explain, Fault},
    language::{Language, Text},
    ledger::{
        self, Fate, FileError, Judged, Kept, Outcome,
        commands::{Import, PARK_PARTY},
    },
    page::LARGEST_PAGE,
    permission::{Action, Standing, require},
    store::Store,
    viewer::{Role, Viewer},
};
use uuid::Uuid;

use super::Settings;

pub mod import;

/// The most rows of an import through the API, which answers within seconds; `qiyue import` takes any number.
const MOST_ROWS: usize = 1_000;

/// Why a file is not imported as a whole.
#[derive(Clone, Debug)]
pub enum LedgerError {
    /// It cannot be read as a ledger.
    File(FileError),
    /// It has more rows than [`MOST_ROWS`].
    TooManyRows(usize),
}

impl Explain for LedgerError {
    fn explain(&self) -> Text {
        match self {
            Self::File(why) => why.explain(),
            Self::TooManyRows(rows) => Text::new(
                format!(
                    "台账有 {rows} 行，页面上一次最多导入 {MOST_ROWS} 行。请拆分文件，或由管理员在服务器上运行 qiyue import。"
                ),
                format!(
                    "The ledger has {rows} rows, but at most {MOST_ROWS} can be imported here at once. Split the file, or have an administrator \
                     run qiyue import on the server."
                ),
            ),
        }
    }
}

/// A cell that says something else than when its row was taken, or than what is on record.
pub struct LedgerDifference {
    difference: ledger::Difference,
    fate: Fate,
    kept: Option<Kept>,
}

impl LedgerDifference {
    /// One of which nothing was taken over.
    fn told(difference: ledger::Difference) -> Self {
        Self {
            difference,
            fate: Fate::Told,
            kept: None,
        }
    }
}

fn said(text: &Text, ctx: &Context<'_>) -> String {
    text.in_language(viewer(ctx).language()).to_owned()
}

/// A cell that says something else than when its row was taken, or, in a new row, than what is on record of its enterprise or person.
#[Object]
impl LedgerDifference {
    /// The number of the row in the file, as the spreadsheet shows it.
    async fn row(&self) -> u32 {
        self.difference.row
    }

    /// The contract it is about.
    async fn contract_number(&self) -> &str {
        &self.difference.contract_number
    }

    /// The column, in the viewer's language.
    async fn column(&self, ctx: &Context<'_>) -> String {
        said(&self.difference.field.label(), ctx)
    }

    /// What the row said when it was taken, or what is on record.
    async fn before(&self) -> &str {
        &self.difference.was
    }

    /// What the file says.
    async fn after(&self) -> &str {
        &self.difference.is
    }

    /// What became of it.
    async fn fate(&self) -> Coded<Fate> {
        self.fate.into()
    }

    /// Why it was kept, in the viewer's language.
    async fn reason(&self, ctx: &Context<'_>) -> Option<String> {
        self.kept.as_ref().map(|kept| said(&kept.explain(), ctx))
    }
}

/// A cell because of which its row was not taken.
pub struct LedgerRefusal(ledger::Refused);

/// A cell because of which its row was not taken.
#[Object]
impl LedgerRefusal {
    /// The number of the row in the file, as the spreadsheet shows it.
    async fn row(&self) -> u32 {
        self.0.row
    }

    /// The column, in the viewer's language.
    async fn column(&self, ctx: &Context<'_>) -> String {
        said(&self.0.field.label(), ctx)
    }

    /// What stands there.
    async fn value(&self) -> &str {
        &self.0.value
    }

    /// What is wrong with it and what to do, in the viewer's language.
    async fn reason(&self, ctx: &Context<'_>) -> String {
        said(&self.0.reason.explain(), ctx)
    }
}

/// A row of a ledger, with whom and what it names, and what becomes of it.
pub struct LedgerRow(Judged);

/// A row of a ledger, with whom and what it names, and what becomes of it. What cannot be read of it is empty.
#[Object]
impl LedgerRow {
    /// The number of the row in the file, as the spreadsheet shows it.
    async fn row(&self) -> u32 {
        self.0.named.row
    }

    /// What becomes of it.
    async fn outcome(&self) -> Coded<Outcome> {
        self.0.outcome.into()
    }

    /// The enterprise.
    async fn enterprise_name(&self) -> &str {
        &self.0.named.enterprise_name
    }

    /// Its unified social credit code.
    async fn credit_code(&self) -> &str {
        &self.0.named.credit_code
    }

    /// The liaison.
    async fn liaison_name(&self) -> &str {
        &self.0.named.liaison_name
    }

    /// The address of the liaison.
    async fn liaison_login(&self) -> &str {
        &self.0.named.liaison_login
    }

    /// The address of the contact of the enterprise.
    async fn contact_login(&self) -> &str {
        &self.0.named.contact_login
    }

    /// The number of the contract.
    async fn contract_number(&self) -> &str {
        &self.0.named.contract_number
    }

    /// The first day of the contract.
    async fn starts_on(&self) -> Option<Date> {
        self.0.named.starts_on.map(Into::into)
    }

    /// The last day of the contract.
    async fn ends_on(&self) -> Option<Date> {
        self.0.named.ends_on.map(Into::into)
    }

    /// The project, where the row names one.
    async fn project_name(&self) -> Option<&str> {
        self.0.named.project_name.as_deref()
    }

    /// What it says differently, cell by cell.
    #[graphql(complexity = "13 * child_complexity")]
    async fn differences(&self) -> Vec<LedgerDifference> {
        let differences = self.0.differences.iter().cloned();
        differences.map(LedgerDifference::told).collect()
    }

    /// Why it is refused, cell by cell.
    #[graphql(complexity = "13 * child_complexity")]
    async fn refusals(&self) -> Vec<LedgerRefusal> {
        self.0.refused.iter().cloned().map(LedgerRefusal).collect()
    }
}

/// What an import of a ledger did, or would do (导入结果).
#[derive(Default)]
pub struct LedgerReport {
    rows: Vec<Judged>,
    report: ledger::Report,
    differing: usize,
    updated: ledger::Updated,
    extent: ledger::Extent,
    problem: Option<String>,
}

impl Answer for LedgerReport {}

/// What an import of a ledger did, or would do (导入结果).
#[Object]
impl LedgerReport {
    /// How many rows were read.
    async fn row_count(&self) -> i32 {
        int(self.rows.len())
    }

    /// The rows that were read, those that need somebody first: refused, different, new, unchanged.
    #[graphql(complexity = "page::cost(Some(first), None, child_complexity)")]
    async fn rows(
        &self,
        #[graphql(desc = "How many rows, 1 to 100.")] first: i32,
        #[graphql(default, desc = "How many rows before them are left out.")] skip: i32,
    ) -> Result<Vec<LedgerRow>> {
        let first = page::size(first, LARGEST_PAGE);
        let (Some(first), Ok(skip)) = (first, usize::try_from(skip)) else {
            return Err(bad_request(
                "`first` is from 1 to 100, and `skip` is not negative.",
            ));
        };
        let rows = self.rows.iter().skip(skip);
        let rows = rows.take(usize::try_from(first).unwrap_or_default());
        Ok(rows.cloned().map(LedgerRow).collect())
    }

    /// The numbers of the contracts made.
    #[graphql(complexity = "20")]
    async fn taken(&self) -> &[String] {
        &self.report.taken
    }

    /// How many rows were known already and say the same as before.
    async fn unchanged_rows(&self) -> i32 {
        int(self.report.unchanged)
    }

    /// How many rows say something else than before; new rows count if what is on record of their enterprise or people differs.
    async fn differing_rows(&self) -> i32 {
        int(self.differing)
    }

    /// How many rows were refused.
    async fn refused_rows(&self) -> i32 {
        int(self.report.refused_rows())
    }

    /// What is said differently, cell by cell.
    #[graphql(complexity = "100 * child_complexity")]
    async fn differences(&self) -> Vec<LedgerDifference> {
        let told = self.report.differences.iter().cloned();
        let told = told.map(LedgerDifference::told);
        let applied = self.updated.applied.iter().cloned();
        let applied = applied.map(|difference| LedgerDifference {
            fate: Fate::Applied,
            ..LedgerDifference::told(difference)
        });
        let kept = self
            .updated
            .kept
            .iter()
            .map(|(difference, kept)| LedgerDifference {
                difference: difference.clone(),
                fate: Fate::Kept,
                kept: Some(kept.clone()),
            });
        told.chain(applied).chain(kept).collect()
    }

    /// Why rows were refused, cell by cell.
    #[graphql(complexity = "100 * child_complexity")]
    async fn refusals(&self) -> Vec<LedgerRefusal> {
        let refused = self.report.refused.iter().cloned();
        refused.map(LedgerRefusal).collect()
    }

    /// The sheet of the file that was read; null in a file without sheets.
    async fn sheet(&self) -> Option<&str> {
        self.extent.sheet.as_deref()
    }

    /// Other sheets of the file that look like a ledger and can be asked for by their names.
    #[graphql(complexity = "20")]
    async fn other_sheets(&self) -> &[String] {
        &self.extent.other_sheets
    }

    /// What was read of the file and what was left out: its sheets, columns that are not known, rows out of sight, rows that are no
    /// enterprise; sentence by sentence, in the viewer's language.
    #[graphql(complexity = "20")]
    async fn extent(&self, ctx: &Context<'_>) -> Vec<String> {
        self.extent
            .explain()
            .iter()
            .map(|text| said(text, ctx))
            .collect()
    }

    /// How many contacts of enterprises have not come yet and have no valid invitation (待邀请的企业联系人), those of this file included
    /// once it is imported.
    async fn awaiting_invitation(&self, ctx: &Context<'_>) -> Result<i32> {
        let (store, contacts) = (store(ctx), [Role::Enterprise]);
        let count =
            account::repository::count_without_invitation(store.db(), store.now(), &contacts);
        Ok(int(count.await?))
    }

    /// Why the file as a whole cannot be read, in the viewer's language; then nothing else is told.
    async fn problem(&self) -> Option<&str> {
        self.problem.as_deref()
    }
}

/// Which ledger: a stored file, and the name of one of its sheets.
#[derive(Clone)]
struct Which {
    document: Uuid,
    sheet: Option<String>,
}

/// What a stored file says. Who may not import is refused before it is read.
async fn reading(
    store: &Store,
    viewer: &Viewer,
    reader: LedgerReader,
    which: Which,
) -> Result<ledger::Reading, CommandError<LedgerError>> {
    require(viewer, Action::ImportLedger, Standing::None)?;
    let (about, bytes) = document::repository::content(store.db(), viewer, which.document)
        .await?
        .ok_or(Fault::NotFound)?;
    let refuse = |error| CommandError::refused(&["input", "documentId"], error);
    let reading = reader
        .read(about.name, bytes, which.sheet)
        .await?
        .map_err(|error| refuse(LedgerError::File(error)))?;
    let rows = reading.rows.len();
    if rows > MOST_ROWS {
        return Err(refuse(LedgerError::TooManyRows(rows)));
    }
    Ok(reading)
}

/// Takes the rows, or rehearses it.
async fn take(
    store: &Store,
    viewer: &Viewer,
    reader: LedgerReader,
    which: Which,
    dry_run: bool,
    update: bool,
) -> Result<LedgerReport, CommandError<LedgerError>> {
    let reading = reading(store, viewer, reader, which).await?;
    let again = update.then(|| reading.rows.clone());
    let input = Import {
        rows: reading.rows.clone(),
        refused: reading.refused,
        park_party: PARK_PARTY.to_owned(),
        dry_run,
    };
    let mut report = ledger::commands::import(store, viewer, input, |_| {}).await?;
    let rows = ledger::rules::judged(reading.rows, reading.unread, &report);
    let differing = report.differing_rows();
    let updated = match again {
        Some(rows) if differing > 0 => {
            report.differences.clear();
            ledger::commands::update(store, viewer, rows).await?
        }
        _ => ledger::Updated::default(),
    };
    Ok(LedgerReport {
        rows,
        report,
        differing,
        updated,
        extent: reading.extent,
        problem: None,
    })
}

/// What reads the files of ledgers.
fn reader(ctx: &Context<'_>) -> Result<LedgerReader> {
    Ok(ctx.data::<Settings>()?.ledgers.clone())
}

fn problem(error: &LedgerError, language: Language) -> LedgerReport {
    LedgerReport {
        problem: Some(error.explain().in_language(language).to_owned()),
        ..LedgerReport::default()
    }
}

/// Reads of ledgers.
#[derive(Default)]
pub struct LedgerQuery;

/// Reads of ledgers.
#[Object]
impl LedgerQuery {
    /// What an import of this ledger would do; changes nothing (CENTRE).
    async fn ledger_import_preview(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "The ledger: a workbook (.xlsx, .xls, .ods) or a CSV file with 1,000 rows at most, stored by `POST /documents?ledger=true`."
        )]
        document_id: ID,
        #[graphql(
            desc = "Its sheet of this name, instead of the first that can be seen and is a ledger."
        )]
        sheet: Option<String>,
    ) -> Result<LedgerReport> {
        let (store, viewer) = (store(ctx), viewer(ctx));
        let document = Kind::Document.require(&document_id)?;
        let which = Which { document, sheet };
        match take(store, viewer, reader(ctx)?, which, true, false).await {
            Ok(report) => Ok(report),
            Err(CommandError::Refused(refusals)) => Ok(refusals
                .first()
                .map(|refusal| problem(&refusal.code, viewer.language()))
                .unwrap_or_default()),
            Err(CommandError::Fault(fault)) => Err(fault.into()),
        }
    }
}
