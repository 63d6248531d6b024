//! The empty ledger (台账模板): a sheet with the header that the import reads, and one that says how each column is filled in. Nothing of
//! the park stands in it.

use entity::{language::Language, ledger::Field};
use rust_xlsxwriter::{
    DataValidation, DocProperties, Format, FormatAlign, FormatBorder, Workbook, Worksheet,
    XlsxError,
};

use super::frame::Frame;

/// The most rows that a page imports at once: so many are prepared.
const ROWS: u32 = 1_000;

/// The bytes of the workbook.
pub fn workbook(f: &Frame, today: &chrono::NaiveDate) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    let title = f.t("契约企业台账模板", "Template of the ledger");
    // The same day gives the same bytes.
    let made = today.and_time(chrono::NaiveTime::MIN).and_utc();
    let properties = DocProperties::new()
        .set_title(title)
        .set_author("Qiyue")
        .set_creation_datetime(&made);
    book.set_properties(&properties);
    enterprises(book.add_worksheet(), f)?;
    columns(book.add_worksheet(), f)?;
    book.save_to_buffer()
}

/// How wide a column is, in narrow letters.
fn width(field: Field) -> f64 {
    match field {
        Field::EnterpriseName | Field::LiaisonMail | Field::ContactMail | Field::Remark => 30.0,
        Field::CreditCode | Field::Project => 24.0,
        Field::Industry
        | Field::LiaisonName
        | Field::LiaisonTelephone
        | Field::ContactTelephone
        | Field::ContractNumber
        | Field::StartsOn
        | Field::EndsOn => 16.0,
    }
}

/// What stands in a column: codes are text, lest a spreadsheet keeps fifteen of their digits.
fn format(field: Field) -> Format {
    match field {
        Field::StartsOn | Field::EndsOn => Format::new().set_num_format("yyyy/m/d"),
        _ => Format::new().set_num_format("@"),
    }
}

/// The sheet to be filled in: the header in Chinese, as the import reads it. Each cell says how it is filled in when it is chosen.
fn enterprises(sheet: &mut Worksheet, f: &Frame) -> Result<(), XlsxError> {
    sheet.set_name(f.t("台账", "Ledger"))?;
    let head = Format::new()
        .set_bold()
        .set_text_wrap()
        .set_align(FormatAlign::Top)
        .set_border(FormatBorder::Thin);
    for (column, field) in (0..).zip(Field::ALL) {
        sheet.set_column_width(column, width(field))?;
        sheet.set_column_format(column, &format(field))?;
        let label = field.label();
        sheet.write_string_with_format(0, column, &label.zh, &head)?;
        let said = DataValidation::new()
            .allow_any_value()
            .set_input_title(label.in_language(f.language))?
            .set_input_message(field.hint().in_language(f.language))?;
        sheet.add_data_validation(1, column, ROWS, column, &said)?;
    }
    sheet.set_freeze_panes(1, 1)?;
    sheet.set_repeat_rows(0, 0)?;
    sheet.set_landscape().set_print_fit_to_pages(1, 0);
    Ok(())
}

/// How each column is filled in: read by people only.
fn columns(sheet: &mut Worksheet, f: &Frame) -> Result<(), XlsxError> {
    sheet.set_name(f.t("填写方法", "How to fill it in"))?;
    let text = Format::new()
        .set_text_wrap()
        .set_align(FormatAlign::Top)
        .set_border(FormatBorder::Thin);
    let head = text.clone().set_bold();
    for (column, width) in [(0, 24.0), (1, 12.0), (2, 80.0)] {
        sheet.set_column_width(column, width)?;
    }
    let heads = [
        f.t("栏目", "Column"),
        f.t("要求", "Required"),
        f.t("填写方法", "How to fill it in"),
    ];
    for (column, words) in (0..).zip(heads) {
        sheet.write_string_with_format(0, column, words, &head)?;
    }
    for (row, field) in (1..).zip(Field::ALL) {
        let label = field.label();
        let name = match f.language {
            Language::Chinese => label.zh,
            Language::English => format!("{} {}", label.zh, label.en),
        };
        let required = match field.is_required() {
            true => f.t("必填", "yes"),
            false => f.t("选填", "no"),
        };
        sheet.write_string_with_format(row, 0, name, &text)?;
        sheet.write_string_with_format(row, 1, required, &text)?;
        sheet.write_string_with_format(row, 2, field.hint().in_language(f.language), &text)?;
    }
    Ok(())
}
