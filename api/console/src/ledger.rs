//! Importing a ledger: choose a file, see row by row what would happen, confirm, see what happened. The file is stored first and
//! named by its id, so that what was confirmed is what was shown.

use askama::Template;
use axum::response::Response;
use entity::{document::rules::Format, permission::Action};

use super::{
    bridge::operation,
    export,
    form::{Filled, Form},
    frame::Frame,
    guest::Guest,
    ledger_book,
    refusal::Refusal,
    scalar::Date,
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

/// The empty ledger, to be filled in.
pub async fn template(guest: Guest) -> Result<Response, Refusal> {
    guest.require(Action::ImportLedger)?;
    let f = guest.frame("");
    let bytes = ledger_book::workbook(&f, &f.today).map_err(|error| export::broken(&error))?;
    let name = f.t("契约企业台账模板", "Template of the ledger");
    let name = format!("{name}.xlsx");
    Ok(export::saved(&name, Format::Xlsx.content_type(), bytes))
}

/// How many rows of a preview stand on a page.
const ROWS: i64 = 50;

type Row = ledger_preview::LedgerPreviewLedgerImportPreviewRows;

#[derive(Template)]
#[template(path = "ledger/preview.html")]
struct Preview {
    f: Frame,
    form: Form,
    /// The file: its id, its name and its size.
    file: ledger_preview::LedgerPreviewDocument,
    told: ledger_preview::LedgerPreviewLedgerImportPreview,
    /// How many rows stand on the pages before.
    skip: i64,
}

impl Preview {
    /// The last row of this page.
    fn until(&self) -> i64 {
        self.skip + i64::try_from(self.told.rows.len()).unwrap_or_default()
    }

    /// The sheet that is read, as the form sends it.
    fn sheet(&self) -> &str {
        self.told.sheet.as_deref().unwrap_or_default()
    }

    /// The page before this one and the one behind it, where there are such: what is said, and how many rows they leave out.
    fn pages(&self) -> Vec<(&'static str, i64)> {
        let before = (self.f.t("上一页", "Previous page"), self.skip - ROWS);
        let after = (self.f.t("下一页", "Next page"), self.until());
        let mut pages = vec![before, after];
        pages.retain(|(_, skip)| *skip >= 0 && *skip < self.told.row_count);
        pages
    }

    /// The days of a contract, as far as they can be read.
    fn term(&self, row: &Row) -> String {
        let day = |day: Option<Date>| day.map_or_else(|| "—".to_owned(), |day| day.to_string());
        let to = self.f.t("至", "to");
        format!("{} {to} {}", day(row.starts_on), day(row.ends_on))
    }
}

#[derive(Template)]
#[template(path = "ledger/report.html")]
struct Told {
    f: Frame,
    told: import_ledger::ImportLedgerLedgerImportReport,
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
    let skip = filled.get("skip").parse().unwrap_or_default();
    let data = guest
        .run::<LedgerPreview>(ledger_preview::Variables {
            document_id,
            sheet: (!sheet.is_empty()).then_some(sheet),
            first: ROWS,
            skip,
        })
        .await?;
    let told = data.ledger_import_preview;
    if let Some(problem) = &told.problem {
        form.refuse_one("ledger", problem);
        return Ok(guest.refused(&Choose { f, form }));
    }
    f.title = f
        .t("预览：尚未写入任何内容", "Preview: nothing is written yet")
        .to_owned();
    Ok(guest.show(&Preview {
        f,
        form,
        file: data.document.ok_or(Refusal::NotFound)?,
        told,
        skip,
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
    Ok(guest.show(&Told { f, told }))
}
