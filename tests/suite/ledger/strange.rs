//! Ledgers as people really keep them, at all three doors: whatever is strange in one row keeps no other back, and what was not read is
//! said.

use entity::{error::Explain, viewer::Role};
use serde_json::{Value, json};
use tests::{
    Backend, Who,
    database::Database,
    ledger::{Cell, HEADER, Sheet, book, credit_code, csv, kept, row},
    program::{command, told},
    stories, story,
    window::{Window, hidden},
};

use super::{IMPORT, stored_as};

const PREVIEW: &str = "query($id: ID!) { ledgerImportPreview(documentId: $id) { taken refusedRows problem extent refusals { row value } } }";

/// A file, and what must come of it.
struct Case {
    name: &'static str,
    bytes: Vec<u8>,
    /// The numbers of the enterprises that are taken.
    taken: Vec<usize>,
    /// Row and value of what is refused.
    refused: Vec<(u32, String)>,
    /// What is said of what was read, in both languages.
    says: Vec<(&'static str, &'static str)>,
}

const FROM: Cell<'static> = Cell::Day(46_037.0);
const UNTIL: Cell<'static> = Cell::Day(46_401.0);

/// A sheet with a title, a header and these rows.
fn sheet<'a>(name: &'a str, rows: Vec<Vec<Cell<'a>>>) -> Sheet<'a> {
    let header = HEADER.map(Cell::Text).to_vec();
    let mut all = vec![vec![Cell::Text("2026年度台账")], header];
    all.extend(rows);
    Sheet {
        name,
        rows: all,
        ..Sheet::default()
    }
}

/// A workbook with one sheet.
fn one(
    name: &'static str,
    rows: Vec<Vec<Cell<'_>>>,
    taken: &[usize],
    refused: &[(u32, &str)],
    says: &[(&'static str, &'static str)],
) -> Case {
    Case {
        name,
        bytes: book(&[sheet("台账", rows)], false),
        taken: taken.to_vec(),
        refused: refused
            .iter()
            .map(|(row, value)| (*row, (*value).to_owned()))
            .collect(),
        says: says.to_vec(),
    }
}

fn workbooks() -> Vec<Case> {
    let codes: Vec<String> = (0..10).map(credit_code).collect();
    let of: Vec<[String; 4]> = (0..10).map(kept).collect();
    let good = |number: usize| row(number, &codes[number], &of[number], FROM, UNTIL);
    let mut cases = Vec::new();

    let marked = format!("{}\u{2060}", codes[1]);
    let mut odd = good(2);
    odd[7] = Cell::Text("QY-\u{200b}2026\u{202e}-00002");
    cases.push(one(
        "word-joiner.xlsx",
        vec![row(1, &marked, &of[1], FROM, UNTIL), odd, good(3)],
        &[1, 2, 3],
        &[],
        &[],
    ));

    let errors = [
        (4, "#N/A"),
        (3, "#REF!"),
        (1, "#NAME?"),
        (8, "#VALUE!"),
        (10, "#DIV/0!"),
        (2, "#NUM!"),
        (7, "#NULL!"),
    ];
    let mut rows: Vec<_> = (1..)
        .zip(errors)
        .map(|(number, (column, error))| {
            let mut row = good(number);
            row[column] = Cell::Error(error);
            row
        })
        .collect();
    rows.push(good(8));
    let refused: Vec<_> = (3..)
        .zip(errors)
        .map(|(row, (_, error))| (row, error))
        .collect();
    cases.push(one("errors.xlsx", rows, &[8], &refused, &[]));

    let mut numbered = good(1);
    numbered[2] = Cell::Number(912_102_310_000_015_000.0);
    cases.push(one(
        "code-as-number.xlsx",
        vec![numbered, good(2)],
        &[2],
        &[(3, "912102310000015000")],
        &[],
    ));

    // What a spreadsheet keeps is not what it shows, or nothing at all.
    let slips = [
        (7, FROM, "2026-01-15"),
        (7, Cell::Dressed(12.0), "12"),
        (1, Cell::Truth, "TRUE"),
        (11, Cell::Pending, "公式未计算"),
        (
            6,
            Cell::Text("contact 5@firm.example"),
            "contact 5@firm.example",
        ),
    ];
    let mut rows: Vec<_> = (1..)
        .zip(slips)
        .map(|(number, (column, cell, _))| {
            let mut row = good(number);
            row[column] = cell;
            row
        })
        .collect();
    let mut late = row(6, &codes[6], &of[6], FROM, Cell::Day(46_401.999_988_426));
    late[11] = Cell::Empty;
    rows.push(late);
    let refused: Vec<_> = (3..)
        .zip(slips)
        .map(|(row, (_, _, value))| (row, value))
        .collect();
    cases.push(one("slips.xlsx", rows, &[6], &refused, &[]));

    let days = row(
        1,
        &codes[1],
        &of[1],
        Cell::Number(20_260_115.0),
        Cell::Number(20_270_114.0),
    );
    cases.push(one("date-as-number.xlsx", vec![days], &[1], &[], &[]));

    let repeated = || HEADER.map(Cell::Text).to_vec();
    let words = |text| vec![Cell::Text(text), Cell::Number(1.0)];
    let rows = vec![
        good(1),
        words("小计"),
        repeated(),
        good(2),
        vec![Cell::Blank, Cell::Text("合计"), Cell::Number(2.0)],
        words("合  计"),
        words("本页小计"),
        words("总计（家）"),
        vec![
            Cell::Text("填表人：专员 01"),
            Cell::Blank,
            Cell::Blank,
            Cell::Text("审核人：专员 02"),
        ],
        vec![Cell::Text("注：以上均为示例"), Cell::Text("见附件")],
        vec![Cell::Number(3.0)],
    ];
    cases.push(one(
        "repeated-header.xlsx",
        rows,
        &[1, 2],
        &[],
        &[("第 4-5, 7-12 行", "4-5, 7-12")],
    ));

    let mut only = vec![Cell::Blank; 12];
    only[1] = Cell::Text("只有名称示例有限公司");
    cases.push(one(
        "name-only.xlsx",
        vec![only, good(2)],
        &[2],
        &[(3, "")],
        &[],
    ));

    let long = [&"示例".repeat(50), &of[1][1], &of[1][2], &of[1][3]].map(String::clone);
    cases.push(one(
        "long-name.xlsx",
        vec![row(1, &codes[1], &long, FROM, UNTIL)],
        &[1],
        &[],
        &[],
    ));

    // What stands in two rows of heads, and what is merged.
    let mut upper = HEADER.map(Cell::Text).to_vec();
    let mut lower = vec![Cell::Blank; 12];
    (upper[4], upper[5], upper[8], upper[9]) = (
        Cell::Text("服务专员"),
        Cell::Blank,
        Cell::Text("契约期限"),
        Cell::Blank,
    );
    (lower[4], lower[5], lower[8], lower[9]) = (
        Cell::Text("姓名"),
        Cell::Text("邮箱\n（园区）"),
        Cell::Text("起始日"),
        Cell::Text("终止日"),
    );
    upper[2] = Cell::Text("统一社会\n信用代码（18位）");
    upper[11] = Cell::Text("企业传真");
    let mut second = good(2);
    (second[4], second[5]) = (Cell::Blank, Cell::Blank);
    let merged = Sheet {
        name: "台账",
        rows: vec![upper, lower, good(1), second, good(3)],
        merged: vec!["B1:B2", "C1:C2", "E1:F1", "I1:J1", "E3:E4", "F3:F4"],
        ..Sheet::default()
    };
    cases.push(Case {
        name: "merged.xlsx",
        bytes: book(&[merged], false),
        taken: vec![1, 2, 3],
        refused: Vec::new(),
        says: vec![("未读取的列：“序号”“企业传真”", "“序号”, “企业传真”")],
    });

    // A hidden column beside the one that is seen, below a blank form.
    let mut doubled = sheet("数据", vec![good(1)]);
    doubled.rows[1].push(Cell::Text("契约起始日"));
    doubled.rows[2].push(Cell::Text("2025-01-15"));
    doubled.hidden_columns = vec![13];
    cases.push(Case {
        name: "hidden-column.xlsx",
        bytes: book(&[sheet("模板", Vec::new()), doubled], false),
        taken: vec![1],
        refused: Vec::new(),
        says: vec![
            ("读取的工作表：“数据”", "Sheet read: “数据”"),
            ("未读取的列：“契约起始日”“序号”", "“契约起始日”, “序号”"),
        ],
    });

    let note = Sheet {
        name: "说明",
        rows: vec![vec![Cell::Text("填表说明")]; 3],
        declares: Some("A1:XFD1048576"),
        ..Sheet::default()
    };
    let old = Sheet {
        hidden: true,
        ..sheet("2025旧", vec![good(9)])
    };
    let now = Sheet {
        hidden_rows: vec![4],
        declares: Some("A1:XFD1048575"),
        ..sheet("2026", vec![good(1), good(2), good(3)])
    };
    let next = sheet("2027", vec![good(4)]);
    cases.push(Case {
        name: "sheets.xlsx",
        bytes: book(&[old, note, now, next], false),
        taken: vec![1, 3],
        refused: Vec::new(),
        says: vec![
            ("读取的工作表：“2026”", "Sheet read: “2026”"),
            ("其他台账工作表：“2027”", "“2027”"),
            ("隐藏台账工作表：“2025旧”", "“2025旧”"),
            ("筛选掉的行未读取：第 4 行", "not read: 4"),
        ],
    });

    // Days counted from 1904: without a format, with one, and as words.
    let rows = vec![
        row(
            1,
            &codes[1],
            &of[1],
            Cell::Number(44_575.0),
            Cell::Number(44_939.0),
        ),
        row(
            2,
            &codes[2],
            &of[2],
            Cell::Day(44_575.0),
            Cell::Text("44939"),
        ),
    ];
    cases.push(Case {
        name: "serials-of-1904.xlsx",
        bytes: book(&[sheet("台账", rows)], true),
        taken: vec![1, 2],
        refused: Vec::new(),
        says: Vec::new(),
    });
    let says = vec![
        ("读取的工作表：“2026”", "“2026”"),
        ("隐藏台账工作表：“2025旧”", "“2025旧”"),
        ("筛选掉的行未读取：第 5 行", "not read: 5"),
    ];
    cases.push(Case {
        name: "old.xls",
        bytes: include_bytes!("../../data/ledger.xls").to_vec(),
        taken: vec![1, 5, 6],
        // Of the formula in row 4 no program has ever computed the value.
        refused: vec![(4, "公式未计算".to_owned()), (6, "#N/A".to_owned())],
        says: says.clone(),
    });
    cases.push(Case {
        name: "open.ods",
        bytes: include_bytes!("../../data/ledger.ods").to_vec(),
        taken: vec![1, 5, 6],
        refused: vec![(4, "BAD".to_owned()), (6, "#N/A".to_owned())],
        says,
    });
    cases
}

fn texts() -> Vec<Case> {
    let good = csv(3);
    let bad = good.replace(&credit_code(2), "BAD2");
    let case = |name, text: &str, bytes: Vec<u8>| Case {
        name,
        bytes,
        taken: vec![1, 3],
        refused: vec![(
            1 + text
                .find("BAD2")
                .map_or(0, |at| text[..at].matches("\n").count() as u32),
            "BAD2".to_owned(),
        )],
        says: Vec::new(),
    };
    let wide = |text: &str, unit: fn(u16) -> [u8; 2]| -> Vec<u8> {
        format!("\u{feff}{text}")
            .encode_utf16()
            .flat_map(unit)
            .collect()
    };
    let lines = |end: &str| bad.replace('\n', end).into_bytes();
    let tabs = bad.replace(',', "\t");
    let mut cases = vec![
        case("lines.csv", &bad, lines("\n")),
        case("crlf.csv", &bad, lines("\r\n")),
        case("cr.csv", &bad, lines("\r")),
        case("semicolons.csv", &bad, bad.replace(',', ";").into_bytes()),
        case("tabs.csv", &bad, tabs.clone().into_bytes()),
        case("unicode-text.csv", &bad, wide(&tabs, u16::to_le_bytes)),
        case("big-endian.csv", &bad, wide(&bad, u16::to_be_bytes)),
        case("marked.csv", &bad, format!("\u{feff}{bad}").into_bytes()),
    ];
    // A blank line is a row; a line break within a value is none.
    let broken = bad
        .replace("示例企业1有限公司", "\"示例\r\n企业1有限公司\"")
        .replacen('\n', "\n\n", 1);
    let mut multiline = case("multiline.csv", &broken, broken.clone().into_bytes());
    multiline.refused[0].0 = 4;
    cases.push(multiline);
    // A quotation mark that is never closed, an error as words, a code as Excel writes a number.
    let slips = csv(5)
        .replace("示例企业1有限公司", "\"示例企业1有限公司")
        .replace("示例企业2有限公司", "#N/A")
        .replace(&credit_code(3), "9.12102E+17");
    cases.push(Case {
        name: "slips.csv",
        bytes: slips.into_bytes(),
        taken: vec![4, 5],
        refused: vec![
            (2, "\"示例企业1有限公司".to_owned()),
            (3, "#N/A".to_owned()),
            (4, "9.12102E+17".to_owned()),
        ],
        says: Vec::new(),
    });
    // One that the mark of a row below would close.
    let marked = csv(4)
        .replace("示例企业2有限公司", "\"示例企业2有限公司")
        .replace("示例企业3有限公司", "\"示例企业3，有限公司\"");
    cases.push(Case {
        name: "marks.csv",
        bytes: marked.into_bytes(),
        taken: vec![1, 3, 4],
        refused: vec![(3, "\"示例企业2有限公司".to_owned())],
        says: Vec::new(),
    });
    cases
}

fn numbers(taken: &[usize]) -> Value {
    taken
        .iter()
        .map(|number| format!("QY-2026-{number:05}"))
        .collect()
}

stories! {
    async fn what_is_strange_in_one_row_keeps_no_other_back_through_the_api(park: Park) {
        for case in workbooks().into_iter().chain(texts()) {
            let id = stored_as(&park, case.name, case.bytes).await;
            let before = park.dump().await;
            let told = park.data(Who::Centre, PREVIEW, json!({"id": id})).await["ledgerImportPreview"].take();
            assert_eq!(told["problem"], Value::Null, "{}: {told}", case.name);
            assert_eq!(told["taken"], numbers(&case.taken), "{}: {told}", case.name);
            let rows = told["refusals"].as_array().expect("refusals");
            for (row, value) in &case.refused {
                let found = rows.iter().any(|refused| refused["row"] == json!(row) && refused["value"] == json!(value));
                assert!(found, "{} {row} {value}: {told}", case.name);
            }
            let expected: std::collections::BTreeSet<_> = case.refused.iter().map(|(row, _)| row).collect();
            assert_eq!(told["refusedRows"], json!(expected.len()), "{}: {told}", case.name);
            let extent = told["extent"].to_string();
            for (zh, en) in case.says {
                assert!(extent.contains(zh) || extent.contains(en), "{}: {extent}", case.name);
            }
            before.assert_same(&park.dump().await);
        }
    }

    async fn a_day_counted_from_1904_is_never_another_day(park: Park) {
        let case = workbooks().into_iter().find(|case| case.name.contains("1904")).expect("the case");
        let id = stored_as(&park, case.name, case.bytes).await;
        let input = json!({"input": {"documentId": id}});
        let done = park.data(Who::Centre, IMPORT, input).await["ledgerImport"].take();
        assert_eq!(done["report"]["taken"], numbers(&[1, 2]));
        let dump = park.dump().await;
        let made: Vec<_> = dump.rows("contract").iter().filter(|row| row.contains("QY-2026-0000")).collect();
        assert_eq!(made.len(), 2);
        assert!(made.iter().all(|row| row.contains("2026-01-15") && row.contains("2027-01-14")), "{made:?}");
    }

    async fn another_sheet_is_read_when_it_is_asked_for(park: Park) {
        let case = workbooks().into_iter().find(|case| case.name == "sheets.xlsx").expect("the case");
        let id = stored_as(&park, case.name, case.bytes).await;
        let of = "query($id: ID!, $sheet: String) { ledgerImportPreview(documentId: $id, sheet: $sheet) { taken sheet otherSheets problem } }";
        let told = park.data(Who::Centre, of, json!({"id": id, "sheet": "2027"})).await["ledgerImportPreview"].take();
        assert_eq!(told, json!({"taken": numbers(&[4]), "sheet": "2027", "otherSheets": ["2026"], "problem": null}));
        let told = park.data(Who::Centre, of, json!({"id": id, "sheet": "2028"})).await["ledgerImportPreview"].take();
        assert!(told["problem"].as_str().is_some_and(|problem| problem.contains("2028")), "{told}");

        // And on the page: what was read is said, another sheet is one click away, and what is confirmed is what was shown.
        let (centre, _) = Window::of(&park, Role::Centre).await;
        let token = centre.token(&park, "/ledger").await;
        let fields = [("token", token.as_str()), ("documentId", id.as_str()), ("sheet", "2027")];
        let page = centre.post(&park, "/ledger/preview", &fields).await.text().await.expect("a page");
        assert!(page.contains("Sheet read: “2027”") && page.contains("QY-2026-00004"), "{page}");
        assert_eq!(hidden(&page, "sheet"), "2026", "the other one is offered");
        let done = centre.post(&park, "/ledger/import", &fields).await.text().await.expect("a page");
        assert!(done.contains("QY-2026-00004") && !done.contains("QY-2026-00001"), "{done}");
    }

    async fn the_page_imports_what_the_command_line_reads_and_names_the_same_causes(park: Park) {
        let (centre, _) = Window::of(&park, Role::Centre).await;
        let upload = async |name: &str, bytes: &[u8]| {
            let token = centre.token(&park, "/ledger").await;
            let mut body = format!(
                "--b\r\nContent-Disposition: form-data; name=\"token\"\r\n\r\n{token}\r\n--b\r\nContent-Disposition: form-data; \
                 name=\"ledger\"; filename=\"{name}\"\r\nContent-Type: application/octet-stream\r\n\r\n"
            )
            .into_bytes();
            body.extend_from_slice(bytes);
            body.extend_from_slice(b"\r\n--b--\r\n");
            let request = centre.client.post(park.url("/ledger/preview").await);
            let request = request.header("content-type", "multipart/form-data; boundary=b").body(body);
            request.send().await.expect("an answer").text().await.expect("a page")
        };
        // A sheet whose name begins and ends with a blank.
        let (code, of) = (credit_code(1), kept(1));
        let blank = book(&[sheet(" 台账 2026 ", vec![row(1, &code, &of, FROM, UNTIL)])], false);
        let page = upload("blank.xlsx", &blank).await;
        let (document, sheet) = (hidden(&page, "documentId"), hidden(&page, "sheet"));
        let token = centre.token(&park, "/ledger").await;
        let fields = [("token", token.as_str()), ("documentId", document.as_str()), ("sheet", sheet.as_str())];
        let done = centre.post(&park, "/ledger/import", &fields).await;
        assert_eq!(done.status(), 200);
        assert!(done.text().await.expect("a page").contains("QY-2026-00001"));

        // What cannot be kept is explained as on the command line, and nothing is kept.
        let before = park.dump().await.without(tests::app::TRACES);
        let page = "<html><body><table><tr><td>企业名称</td></tr></table></body></html>";
        let answer = upload("页面.xls", page.as_bytes()).await;
        let told = api_import::read("页面.xls", page.as_bytes()).expect_err("no ledger").explain();
        assert!(answer.contains(told.en.as_str()), "{}: {answer}", told.en);
        before.assert_same(&park.dump().await.without(tests::app::TRACES));
    }

    async fn a_row_that_the_database_refuses_keeps_no_other_back(park: Park) {
        let ledger = api_import::read("ledger.csv", csv(4).as_bytes()).expect("a ledger");
        let mut rows = ledger.rows;
        // The table of accounts takes small letters only.
        rows[1].contact_login = "Contact2@firm.example".to_owned();
        let input = entity::ledger::commands::Import { rows, refused: Vec::new(), park_party: "甲方".to_owned(), dry_run: false };
        let report = super::run(&park, input).await;
        assert_eq!(json!(report.taken), numbers(&[1, 3, 4]));
        assert_eq!(report.refused.len(), 1);
        assert_eq!((report.refused[0].row, &report.refused[0].reason), (3, &entity::ledger::RowError::NotStored));
    }
}

#[test]
fn what_is_strange_in_one_row_keeps_no_other_back_on_the_command_line() {
    story::alone(Backend::Sqlite, async |backend| {
        let database = Database::fresh(backend).await;
        for case in workbooks().into_iter().chain(texts()) {
            let file = database.folder().join(case.name);
            std::fs::write(&file, &case.bytes).expect("a file");
            let (file, report) = (
                file.to_str().expect("a path"),
                database.folder().join("report.csv"),
            );
            let report = report.to_str().expect("a path");
            let arguments = ["import", file, "--dry-run", "--report", report];
            let output = command(&database, database.folder(), &arguments)
                .output()
                .await
                .expect("it starts");
            let said = told(&output);
            let status = if case.refused.is_empty() { 0 } else { 3 };
            assert_eq!(output.status.code(), Some(status), "{}: {said}", case.name);
            assert!(
                said.contains(&format!("导入 {} 行", case.taken.len())),
                "{}: {said}",
                case.name
            );
            let table = std::fs::read_to_string(report).expect("a report");
            for (row, value) in &case.refused {
                assert!(
                    said.contains(&format!("第 {row} 行")) && said.contains(value),
                    "{}: {said}",
                    case.name
                );
                assert!(
                    table.contains(&format!("拒绝 refused,{row},")) && table.contains(value),
                    "{}: {table}",
                    case.name
                );
            }
            for (zh, en) in case.says {
                assert!(
                    said.contains(zh) && said.contains(en),
                    "{}: {said}",
                    case.name
                );
            }
        }
    });
}
