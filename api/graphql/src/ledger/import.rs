//! `ledgerImport`.

use api_door::{
    command::{command, payload},
    scalar::Kind,
};
use async_graphql::{Context, Enum, ID, InputObject, Object, Result};

use super::{LedgerError, LedgerReport, Which, reader, take};

/// Why a ledger was not imported.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum LedgerImportErrorCode {
    /// The file cannot be read as a ledger.
    Unreadable,
    /// It has more than 1,000 rows.
    TooManyRows,
}

impl From<LedgerError> for LedgerImportErrorCode {
    fn from(error: LedgerError) -> Self {
        match error {
            LedgerError::File(_) => Self::Unreadable,
            LedgerError::TooManyRows(_) => Self::TooManyRows,
        }
    }
}

/// A ledger to be imported.
#[derive(InputObject)]
pub struct LedgerImportInput {
    /// The ledger: a workbook (.xlsx, .xls, .ods) or a CSV file with 1,000 rows at most, stored by `POST /documents?ledger=true`. It stays
    /// as the evidence of what was imported.
    document_id: ID,
    /// Its sheet of this name, instead of the first that can be seen and is a ledger.
    sheet: Option<String>,
    /// Whether to take over, by the ordinary commands, what rows known already say differently now. Otherwise it is only told.
    #[graphql(default)]
    update: bool,
}

payload! {
    /// The answer of `ledgerImport`.
    LedgerImportPayload, LedgerImportUserError, LedgerImportErrorCode, LedgerError,
    /// What was done; null when the file was refused.
    report: LedgerReport
}

/// Importing ledgers.
#[derive(Default)]
pub struct LedgerMutation;

/// Importing ledgers.
#[Object]
impl LedgerMutation {
    /// Takes the rows of a ledger: for each the enterprise, its people, the contract signed on paper with the standard clauses and
    /// commitments, and the project (CENTRE). Rows known already never change unless `update` says so, so the same file twice does
    /// nothing twice. Rows that cannot be taken are told with their reasons, and do not keep the others back.
    async fn ledger_import(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which ledger.")] input: LedgerImportInput,
    ) -> Result<LedgerImportPayload> {
        let which = Which {
            document: Kind::Document.require(&input.document_id)?,
            sheet: input.sheet,
        };
        let (asked, update) = ((reader(ctx)?, which), input.update);
        command(
            ctx,
            asked,
            move |store, viewer, (reader, which)| async move {
                take(&store, &viewer, reader, which, false, update).await
            },
        )
        .await
    }
}
