//! Importing a ledger: choose a file, see row by row what would happen, confirm, see what happened. The file is stored first and
//! named by its id, so that what was confirmed is what was shown.

use askama::Template;
use axum::response::Response;
use entity::permission::Action;

use super::{
    bridge::operation,
    form::{Filled, Form},
    frame::Frame,
    guest::Guest,
    refusal::Refusal,
    term::*,
};

operation!(LedgerPreview in "src/operations/ledger.graphql");
operation!(ImportLedger in "src/operations/ledger.graphql");

#[derive(Template)]
#[template(path = "ledger/page.html")]
struct Choose {
    f: Frame,
    form: Form,
}

fn frame(guest: &Guest) -> Frame {
    let mut f = guest.frame("");
    f.title = f.t("导入契约企业台账", "Import a ledger").to_owned();
    f
}

const FIELDS: &[&str] = &["ledger", "documentId", "sheet"];

/// The page where a file is chosen.
pub async fn page(guest: Guest) -> Result<Response, Refusal> {
    guest.require(Action::ImportLedger)?;
    Ok(guest.show(&Choose {
        f: frame(&guest),
        form: Form::new(FIELDS),
    }))
}

/// A cell of the report: the row, the contract where it has one, the column, what stood and stands there, and why.
struct Cell {
    row: i64,
    contract: String,
    column: String,
    before: String,
    value: String,
    fate: Option<LedgerFate>,
    reason: String,
}

#[derive(Template)]
#[template(path = "ledger/report.html")]
struct Told {
    f: Frame,
    form: Form,
    /// The file, while nothing has been imported yet.
    document: Option<(String, String, i64)>,
    /// The sheet that was asked for, and the others that can be.
    sheet: String,
    other_sheets: Vec<String>,
    /// What was read of the file, in sentences.
    extent: Vec<String>,
    taken: Vec<String>,
    unchanged: i64,
    differing: i64,
    refused: i64,
    differences: Vec<Cell>,
    refusals: Vec<Cell>,
    /// How many contacts are to be invited, once it is imported.
    uninvited: i64,
}

/// Stores the file and shows what an import of it would do.
pub async fn preview(guest: Guest, filled: Filled) -> Result<Response, Refusal> {
    guest.require(Action::ImportLedger)?;
    let mut form = Form::filled(FIELDS, &filled);
    // Another sheet of the file that was shown already, or a new file.
    let shown = filled.get("documentId").to_owned();
    let document = match shown.as_str() {
        "" => filled.store_ledger(&guest, "ledger", &mut form).await?,
        _ => Some(shown),
    };
    let sheet = filled.exact("sheet");
    let mut f = frame(&guest);
    if document.is_none() && !form.is_refused() {
        let text = f.t("请选择台账文件。", "Choose the file of the ledger.");
        form.refuse_one("ledger", text);
    }
    let Some(document_id) = document.filter(|_| !form.is_refused()) else {
        return Ok(guest.refused(&Choose { f, form }));
    };
    let data = guest
        .run::<LedgerPreview>(ledger_preview::Variables {
            document_id,
            sheet: (!sheet.is_empty()).then_some(sheet),
        })
        .await?;
    let told = data.ledger_import_preview;
    if let Some(problem) = told.problem {
        form.refuse_one("ledger", &problem);
        return Ok(guest.refused(&Choose { f, form }));
    }
    let file = data.document.ok_or(Refusal::NotFound)?;
    f.title = f
        .t("预览：尚未写入任何内容", "Preview: nothing is written yet")
        .to_owned();
    Ok(guest.show(&Told {
        f,
        form,
        document: Some((file.id, file.name, file.size)),
        uninvited: 0,
        sheet: told.sheet.unwrap_or_default(),
        other_sheets: told.other_sheets,
        extent: told.extent,
        taken: told.taken,
        unchanged: told.unchanged_rows,
        differing: told.differing_rows,
        refused: told.refused_rows,
        differences: told
            .differences
            .into_iter()
            .map(|cell| Cell {
                row: cell.row,
                contract: cell.contract_number,
                column: cell.column,
                before: cell.before,
                value: cell.after,
                fate: None,
                reason: String::new(),
            })
            .collect(),
        refusals: told
            .refusals
            .into_iter()
            .map(|cell| Cell {
                row: cell.row,
                contract: String::new(),
                column: cell.column,
                before: String::new(),
                value: cell.value,
                fate: None,
                reason: cell.reason,
            })
            .collect(),
    }))
}

/// Imports what was shown.
pub async fn import(guest: Guest, filled: Filled) -> Result<Response, Refusal> {
    let mut form = Form::filled(FIELDS, &filled);
    let mut f = frame(&guest);
    let input = import_ledger::LedgerImportInput {
        document_id: filled.get("documentId").to_owned(),
        sheet: Some(filled.exact("sheet")).filter(|sheet| !sheet.is_empty()),
        update: filled.get("update") == "true",
    };
    let answer = guest
        .run::<ImportLedger>(import_ledger::Variables { input })
        .await?
        .ledger_import;
    form.refuse(
        answer
            .user_errors
            .into_iter()
            .map(|error| (error.path, error.message)),
    );
    let Some(told) = answer.report else {
        return Ok(guest.refused(&Choose { f, form }));
    };
    f.title = f.t("台账已导入", "The ledger is imported").to_owned();
    Ok(guest.show(&Told {
        f,
        form,
        document: None,
        uninvited: told.awaiting_invitation,
        sheet: String::new(),
        other_sheets: Vec::new(),
        extent: told.extent,
        taken: told.taken,
        unchanged: told.unchanged_rows,
        differing: told.differing_rows,
        refused: told.refused_rows,
        differences: told
            .differences
            .into_iter()
            .map(|cell| Cell {
                row: cell.row,
                contract: cell.contract_number,
                column: cell.column,
                before: cell.before,
                value: cell.after,
                fate: Some(cell.fate),
                reason: cell.reason.unwrap_or_default(),
            })
            .collect(),
        refusals: told
            .refusals
            .into_iter()
            .map(|cell| Cell {
                row: cell.row,
                contract: String::new(),
                column: cell.column,
                before: String::new(),
                value: cell.value,
                fate: None,
                reason: cell.reason,
            })
            .collect(),
    }))
}
