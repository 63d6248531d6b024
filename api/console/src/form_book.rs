//! The blank form of an evaluation as a workbook, to be sent or printed: one sheet with the questions, one with a row for each department.
//! Only the frozen design goes in, no enterprise and no clock, so that the same design gives the same bytes.

use chrono::{DateTime, Utc};
use rust_xlsxwriter::{
    DataValidation, DocProperties, Format, FormatAlign, FormatBorder, Workbook, Worksheet,
    XlsxError,
};

use super::{
    frame::Frame,
    sheet::{Asked, Wording},
    term::*,
};

/// A4 in the words of the format.
const A4: u8 = 9;

/// The formats of the book.
struct Formats {
    title: Format,
    part: Format,
    head: Format,
    text: Format,
    blank: Format,
}

/// The bytes of the workbook; `made` is when the evaluation was compiled.
pub fn workbook(f: &Frame, wording: &Wording, made: &DateTime<Utc>) -> Result<Vec<u8>, XlsxError> {
    let wrapped = Format::new().set_text_wrap().set_align(FormatAlign::Top);
    let formats = Formats {
        title: Format::new().set_bold().set_font_size(14),
        part: Format::new().set_bold(),
        head: wrapped.clone().set_bold().set_border(FormatBorder::Thin),
        text: wrapped.clone().set_border(FormatBorder::Thin),
        blank: wrapped.set_border(FormatBorder::Thin),
    };
    let title = format!(
        "{} {}",
        wording.quarter,
        f.t("企业评议表", "evaluation form")
    );
    let mut book = Workbook::new();
    book.set_properties(
        &DocProperties::new()
            .set_title(&title)
            .set_author("Qiyue")
            .set_creation_datetime(made),
    );
    questions(book.add_worksheet(), f, wording, &title, &formats)?;
    departments(book.add_worksheet(), f, wording, &formats)?;
    book.save_to_buffer()
}

/// What is asked once: number, question, the answers to choose from, and where to fill in.
fn questions(
    sheet: &mut Worksheet,
    f: &Frame,
    wording: &Wording,
    title: &str,
    formats: &Formats,
) -> Result<(), XlsxError> {
    sheet.set_name(f.t("评议表", "Form"))?;
    for (column, width) in [(0, 6.0), (1, 46.0), (2, 34.0), (3, 22.0)] {
        sheet.set_column_width(column, width)?;
    }
    sheet.write_string_with_format(0, 0, title, &formats.title)?;
    let until = format!("{} {}", f.t("截止", "until"), f.date(&wording.closes_on));
    sheet.write_string(1, 1, &until)?;
    sheet.write_string(
        1,
        2,
        f.t("编号（由园区填写）", "Code (filled in by the park)"),
    )?;
    sheet.write_blank(1, 3, &formats.blank)?;
    sheet.write_string_with_format(2, 1, wording.question("0"), &formats.text)?;
    let mut row = 3;
    for (column, head) in (0..).zip([
        f.t("题号", "No."),
        f.t("问题", "Question"),
        f.t("选项（填数字）", "Options (enter the digit)"),
        f.t("填写", "Your answer"),
    ]) {
        sheet.write_string_with_format(row, column, head, &formats.head)?;
    }
    let table = f.t("填在“部门评议”表", "On the sheet for departments");
    for (part, asked) in parts(f, wording) {
        row += 1;
        sheet.write_string_with_format(row, 0, part, &formats.part)?;
        for one in asked {
            row += 1;
            sheet.write_string_with_format(row, 0, &one.number, &formats.text)?;
            sheet.write_string_with_format(row, 1, &one.text, &formats.text)?;
            sheet.write_string_with_format(row, 2, numbered(&one.choices), &formats.text)?;
            if one.of_departments {
                sheet.write_string_with_format(row, 3, table, &formats.text)?;
                continue;
            }
            sheet.write_blank(row, 3, &formats.blank)?;
            if !one.choices.is_empty() {
                sheet.add_data_validation(row, 3, row, 3, &digits(one.choices.len())?)?;
            }
        }
    }
    sheet.set_freeze_panes(4, 0)?;
    sheet.set_repeat_rows(3, 3)?;
    sheet.set_paper_size(A4).set_print_fit_to_pages(1, 0);
    Ok(())
}

/// A row for each department: a digit in each cell.
fn departments(
    sheet: &mut Worksheet,
    f: &Frame,
    wording: &Wording,
    formats: &Formats,
) -> Result<(), XlsxError> {
    sheet.set_name(f.t("部门评议", "Departments"))?;
    sheet.set_column_width(0, 30.0)?;
    let levels = EvaluationLevel::choices(f);
    let scale = format!(
        "{}: {}",
        f.t(
            "B1 至 B7 每格填一个数字",
            "Enter one digit in each cell of B1 to B7"
        ),
        numbered(&levels)
    );
    sheet.write_string(0, 0, &scale)?;
    let causes = format!("B8: {}", numbered(&EvaluationCause::choices(f)));
    sheet.write_string(1, 0, &causes)?;
    let head = f.t(
        "部门（仅填打过交道的）",
        "Department (only those dealt with)",
    );
    sheet.write_string_with_format(2, 0, head, &formats.head)?;
    let aspects = wording.aspects(f, "");
    let mut numbers: Vec<&str> = aspects.iter().map(|asked| asked.number.as_str()).collect();
    numbers.push("B8");
    let among = digits(levels.len())?;
    for (column, number) in (1..).zip(&numbers) {
        sheet.write_string_with_format(2, column, *number, &formats.head)?;
        for (row, _) in (3..).zip(&wording.departments) {
            sheet.write_blank(row, column, &formats.blank)?;
            if *number != "B8" {
                sheet.add_data_validation(row, column, row, column, &among)?;
            }
        }
    }
    for (row, (_, name)) in (3..).zip(&wording.departments) {
        sheet.write_string_with_format(row, 0, name, &formats.text)?;
    }
    sheet.set_freeze_panes(3, 1)?;
    sheet.set_repeat_rows(2, 2)?;
    sheet
        .set_landscape()
        .set_paper_size(A4)
        .set_print_fit_to_pages(1, 0);
    Ok(())
}

/// A line of the form.
struct Line {
    number: String,
    text: String,
    choices: Vec<(String, String)>,
    /// Whether it is asked of each department.
    of_departments: bool,
}

impl Line {
    fn once(asked: Asked) -> Self {
        Self {
            number: asked.number,
            text: asked.text,
            choices: asked.choices,
            of_departments: false,
        }
    }

    fn of_departments(asked: Asked) -> Self {
        Self {
            of_departments: true,
            ..Self::once(asked)
        }
    }
}

/// The parts of the form with their lines.
fn parts(f: &Frame, wording: &Wording) -> Vec<(&'static str, Vec<Line>)> {
    let asked = |number: &str, choices| wording.asked(String::new(), number.to_owned(), choices);
    let blank = |number: &str| Line::once(asked(number, Vec::new()));
    let once = |all: Vec<Asked>| all.into_iter().map(Line::once).collect();
    let name = Line {
        number: String::new(),
        text: f.t("署名方式（选一）", "Name (choose one)").to_owned(),
        choices: EvaluationConfidentiality::choices(f),
        of_departments: false,
    };
    let kinds = [f.t("签约重点企业", "Contracted"), f.t("其他企业", "Other")];
    let kinds = kinds.map(|kind| (String::new(), kind.to_owned())).to_vec();
    let mut departments = wording.aspects(f, "");
    departments.push(asked("B8", EvaluationCause::choices(f)));
    vec![
        (
            f.t("A 基本", "A About you"),
            vec![
                name,
                Line::once(asked("A1", kinds)),
                Line::of_departments(asked("A2", Vec::new())),
            ],
        ),
        (
            f.t("B 部门评议", "B Departments"),
            departments.into_iter().map(Line::of_departments).collect(),
        ),
        (
            f.t(
                "C 契约与专员（签约企业填写）",
                "C Contract and liaison (contracted enterprises)",
            ),
            once(wording.services(f, true)),
        ),
        (f.t("D 事实核对", "D Facts"), once(wording.checks(f))),
        (f.t("E 开放", "E Comments"), vec![blank("E1"), blank("E2")]),
        (f.t("F 联系", "F Call-back"), vec![blank("F1")]),
    ]
}

/// What may be filled in where there are so many answers to choose from.
fn digits(many: usize) -> Result<DataValidation, XlsxError> {
    let digits: Vec<String> = (1..=many).map(|digit| digit.to_string()).collect();
    DataValidation::new().allow_list_strings(&digits)
}

/// The words, each with its digit.
fn numbered(choices: &[(String, String)]) -> String {
    let words = (1..)
        .zip(choices)
        .map(|(digit, (_, words))| format!("{digit} {words}"));
    words.collect::<Vec<String>>().join("  ")
}
