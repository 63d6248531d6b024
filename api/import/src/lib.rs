//! Reads a ledger file as people keep it: workbooks ([`xlsx`], [`xls`], [`ods`]) and values with commas ([`text`]), each as sheets of
//! rows ([`sheet`]); then title rows above the header, columns in any order, heads in two rows or with brackets, spellings of a day,
//! full-width digits, headers of further pages, totals and notes ([`table`]). What the rows mean is decided in `entity::ledger`.

use entity::{
    document::rules::{Format, recognise},
    ledger::{FileError, Reading},
};

mod ods;
mod package;
mod sheet;
mod table;
pub mod text;
mod xls;
mod xlsx;

use sheet::{Book, Sheet};

/// The largest file that is read.
pub const LARGEST_FILE: usize = 20 << 20;

/// Reads a file: of its sheets the first that can be seen and is a ledger.
pub fn read(name: &str, bytes: &[u8]) -> Result<Reading, FileError> {
    read_sheet(name, bytes, None)
}

/// Reads a sheet of a file, where `wanted` names one. The kind of the file is told from its content; `name` only says what a text
/// without a header was meant as.
pub fn read_sheet(name: &str, bytes: &[u8], wanted: Option<&str>) -> Result<Reading, FileError> {
    if bytes.len() > LARGEST_FILE {
        return Err(FileError::TooLarge);
    }
    let mut book = Book::new(wanted);
    let mut is_text = false;
    let starts = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    if bytes.starts_with(b"PK\x03\x04") {
        read_package(bytes, &mut book)?;
    } else if bytes.starts_with(xls::MAGIC) {
        xls::read(bytes, &mut book)?;
    } else if starts.trim_ascii_start().starts_with(b"<") {
        return Err(FileError::Markup);
    } else if bytes.is_empty() || recognise(bytes).is_some_and(|format| format != Format::Csv) {
        return Err(FileError::NotALedger);
    } else {
        if wanted.is_some() {
            return Err(FileError::NoSheets);
        }
        is_text = true;
        text::read(bytes, &mut book)?;
    }
    choose(&book.sheets(), wanted).map_err(|error| match error {
        FileError::NoHeader if is_text && name.to_ascii_lowercase().ends_with(".xlsx") => {
            FileError::NotALedger
        }
        error => error,
    })
}

fn read_package(bytes: &[u8], book: &mut Book<'_>) -> Result<(), FileError> {
    if package::Package::open(bytes)?.has("content.xml") {
        ods::read(bytes, book)
    } else {
        xlsx::read(bytes, book)
    }
}

/// The sheet that is meant, read as a ledger; the others that look like one are named beside it.
fn choose(sheets: &[Sheet], wanted: Option<&str>) -> Result<Reading, FileError> {
    let names = |hidden: bool, but: Option<&String>| -> Vec<String> {
        let like = |sheet: &&Sheet| {
            sheet.hidden == hidden && sheet.name.as_ref() != but && table::is_ledger(sheet)
        };
        let like = sheets.iter().filter(like);
        like.filter_map(|sheet| sheet.name.clone()).collect()
    };
    let mut problem = FileError::NoHeader;
    let mut blank = None;
    for sheet in sheets {
        let meant = match wanted {
            Some(wanted) => sheet.name.as_deref().is_none_or(|name| name == wanted),
            None => !sheet.hidden,
        };
        if !meant {
            continue;
        }
        match table::read(sheet) {
            Ok(mut reading) => {
                reading.extent.other_sheets = names(false, sheet.name.as_ref());
                reading.extent.hidden_sheets = names(true, sheet.name.as_ref());
                if !reading.rows.is_empty() || !reading.refused.is_empty() {
                    return Ok(reading);
                }
                // A blank form may stand before the ledger.
                blank = blank.or(Some(reading));
            }
            // A sheet with explanations beside the ledger is no ledger.
            Err(FileError::NoHeader) => {}
            Err(error) => problem = error,
        }
    }
    if let Some(blank) = blank {
        return Ok(blank);
    }
    if let Some(wanted) = wanted
        && !sheets
            .iter()
            .any(|sheet| sheet.name.as_deref().is_none_or(|name| name == wanted))
    {
        return Err(FileError::NoSheet(wanted.to_owned()));
    }
    let hidden = names(true, None);
    if problem == FileError::NoHeader && !hidden.is_empty() {
        return Err(FileError::OnlyHidden(hidden));
    }
    Err(problem)
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;
    use std::io::Cursor;

    use chrono::NaiveDate;
    use entity::ledger::{Field, Row, RowError};

    use super::*;

    const HEADER: &str = "序号,企业名称,统一社会信用代码,行业,服务专员,专员邮箱,企业联系人邮箱,契约编号,契约起始日,契约终止日,重点项目,备注\n";

    fn day(year: i32, month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(year, month, day).expect("a day")
    }

    #[test]
    fn the_parks_own_ledger_is_read_as_it_is() {
        let ledger = read(
            "roster-2026.xlsx",
            include_bytes!("../../data/roster-2026.xlsx"),
        )
        .expect("it is a ledger");
        // Twenty good rows, one with a wrong code, one that repeats another; the impossible day stops here.
        assert_eq!(ledger.rows.len(), 22);
        assert_eq!(ledger.refused.len(), 1);
        let refused = &ledger.refused[0];
        assert_eq!((refused.row, refused.field), (26, Field::StartsOn));
        assert_eq!(refused.value, "2026/13/1");
        assert_eq!(refused.reason, RowError::NoSuchDay);

        let by_row: HashMap<u32, &Row> = ledger.rows.iter().map(|row| (row.number, row)).collect();
        assert_eq!(by_row[&4].starts_on, day(2026, 1, 15));
        assert_eq!(by_row[&4].ends_on, day(2027, 1, 14));
        assert_eq!(by_row[&5].starts_on, day(2026, 1, 5));
        assert_eq!(by_row[&6].starts_on, day(2026, 2, 1));
        assert_eq!(by_row[&6].ends_on, day(2027, 1, 31));
        assert_eq!(by_row[&7].starts_on, day(2026, 1, 15));
        assert_eq!(by_row[&8].credit_code, "91210231XQ0000056Y");
        assert_eq!(by_row[&12].credit_code, "91210231XQ0000099C");
        assert_eq!(by_row[&15].credit_code, "91210231XQ0000128P");
        assert_eq!(by_row[&9].remark.as_deref(), Some("重点跟踪"));
        assert_eq!(by_row[&4].remark, None);
        assert_eq!(by_row[&23].contract_number, "QY-2026-020");

        let (taken, refused) = entity::ledger::rules::sift(ledger.rows, Default::default());
        assert_eq!(taken.len(), 20);
        let refused: Vec<_> = refused
            .iter()
            .map(|refused| (refused.row, refused.field, refused.value.as_str()))
            .collect();
        assert_eq!(
            refused,
            [
                (24, Field::CreditCode, "91210231XQ0000013A"),
                (25, Field::CreditCode, "91210231XQ000003X4"),
            ]
        );
    }

    #[test]
    fn columns_may_stand_in_any_order_and_under_other_names() {
        let text = "某园区台账\n\n契约编号,到期日,起始日期,所属行业,企业,信用代码,联系人邮箱,专员邮箱,专员,未知\n\
                    qy-2026-001,2027-01-14,2026-01-15,软件,海图软件示例有限公司, 91210231xq0000013h ,C@Enterprise.example,l@park.example,专员01,x\n\
                    合计,1,,,,,,,,\n\n填表人：专员01\n";
        let ledger = read("ledger.csv", text.as_bytes()).expect("it is a ledger");
        assert_eq!(ledger.refused, []);
        assert_eq!(ledger.rows.len(), 1);
        let row = &ledger.rows[0];
        assert_eq!(row.number, 4);
        assert_eq!(row.contract_number, "QY-2026-001");
        assert_eq!(row.credit_code, "91210231XQ0000013H");
        assert_eq!(row.contact_login, "c@enterprise.example");
        assert_eq!(row.project_name, None);
    }

    #[test]
    fn a_text_in_the_encoding_of_chinese_excel_is_read() {
        let text = format!(
            "{HEADER}1,海图软件示例有限公司,91210231XQ0000013H,软件,专员01,l@park.example,c@enterprise.example,QY-2026-001,2026年1月15日,2027-01-14,研发中心,\n"
        );
        let (bytes, _, _) = encoding_rs::GB18030.encode(&text);
        assert_eq!(
            read("ledger.csv", &bytes),
            read("ledger.csv", format!("\u{feff}{text}").as_bytes())
        );
    }

    #[test]
    fn every_problem_of_a_row_is_told() {
        let text = format!(
            "{HEADER}1,,91210231XQ0000013H,软件,专员01,nobody,c@enterprise.example,QY-2026-001,2026/1/15,soon,,\n"
        );
        let ledger = read("ledger.csv", text.as_bytes()).expect("it is a ledger");
        assert_eq!(ledger.rows, []);
        let problems: Vec<_> = ledger
            .refused
            .iter()
            .map(|refused| (refused.field, refused.reason.clone()))
            .collect();
        assert_eq!(
            problems,
            [
                (Field::EnterpriseName, RowError::Missing),
                (Field::LiaisonMail, RowError::NotAMailAddress),
                (Field::EndsOn, RowError::UnreadableDate),
            ]
        );
    }

    #[test]
    fn a_file_that_is_no_ledger_is_refused_with_its_reason() {
        assert_eq!(read("a.xlsx", b"hello"), Err(FileError::NotALedger));
        assert_eq!(read("a.csv", b""), Err(FileError::NotALedger));
        assert!(read("a.xlsx", HEADER.as_bytes()).is_ok());
        for other in [&b"\x89PNG\r\n\x1a\n\0\0"[..], b"%PDF-1.7\n"] {
            assert_eq!(read("a.csv", other), Err(FileError::NotALedger));
        }
        for page in [
            "<html><table>",
            "\u{feff}\n<?xml version=\"1.0\"?><Workbook>",
        ] {
            assert_eq!(read("a.xls", page.as_bytes()), Err(FileError::Markup));
        }
        assert_eq!(read("a.csv", b"a,b,c\n1,2,3\n"), Err(FileError::NoHeader));
        assert_eq!(read("a.csv", b"\xff\xff\xff"), Err(FileError::NotText));
        assert!(matches!(
            read("a.xlsx", b"PK\x03\x04 and then nothing"),
            Err(FileError::Damaged(_))
        ));
        assert_eq!(
            read_sheet("a.csv", HEADER.as_bytes(), Some("台账")),
            Err(FileError::NoSheets)
        );
        let lacking = HEADER.replace("契约起始日,", "").replace("行业,", "");
        assert_eq!(
            read("a.csv", lacking.as_bytes()),
            Err(FileError::MissingColumns(vec![
                Field::Industry,
                Field::StartsOn
            ]))
        );
        let alike = read("a.csv", HEADER.replace("备注", "企业").as_bytes());
        assert_eq!(
            alike.map(|read| read.extent.ignored_columns),
            Ok(vec!["企业".to_owned(), "序号".to_owned()])
        );
        let twice = HEADER.replace("备注", "企业名称");
        assert_eq!(
            read("a.csv", twice.as_bytes()),
            Err(FileError::ColumnTwice {
                field: Field::EnterpriseName,
                columns: ["B", "L"].map(str::to_owned),
                sheet: None,
            })
        );
        assert!(matches!(
            read("a.xls", b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"),
            Err(FileError::Damaged(_))
        ));
        assert_eq!(
            read("a.csv", &vec![b','; LARGEST_FILE + 1]),
            Err(FileError::TooLarge)
        );
    }

    #[test]
    fn heads_may_stand_in_three_rows_and_again_on_a_further_page() {
        let head = "序号,企业信息,,,服务信息,,,契约信息,,,重点项目,备注,\n\
                    ,企业名称,统一社会信用代码,行业,服务专员,,企业联系人,,契约期限,,,,\n\
                    ,,,,姓名,邮箱,邮箱,契约编号,起始日,终止日,,,\n";
        let row = |number: u32| {
            format!(
                "{number},示例有限公司,91210231XQ0000013H,软件,专员01,l@park.example,c@enterprise.example,QY-{number},2026/1/15,\
                 2027/1/14,研发中心,重点跟踪,x\n"
            )
        };
        let text = format!("台账\n{head}{}{head}{}", row(1), row(2));
        let ledger = read("a.csv", text.as_bytes()).expect("it is a ledger");
        assert_eq!(ledger.refused, []);
        assert_eq!(ledger.rows.len(), 2);
        for row in &ledger.rows {
            assert_eq!(row.liaison_name, "专员01");
            assert_eq!(row.liaison_login, "l@park.example");
            assert_eq!(row.project_name.as_deref(), Some("研发中心"));
            assert_eq!(row.remark.as_deref(), Some("重点跟踪"));
        }
        assert_eq!(ledger.extent.ignored_columns, ["序号", "M"]);
        assert_eq!(ledger.extent.passed_rows.to_string(), "6-8");
    }

    /// The park's ledger with the sheet replaced.
    fn workbook(sheet: &[u8]) -> Vec<u8> {
        with_part("xl/worksheets/sheet1.xml", sheet)
    }

    /// The park's ledger with a part replaced.
    fn with_part(name: &str, content: &[u8]) -> Vec<u8> {
        let mut from =
            zip::ZipArchive::new(Cursor::new(include_bytes!("../../data/roster-2026.xlsx")))
                .expect("a workbook");
        let mut to = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for index in 0..from.len() {
            let part = from.by_index_raw(index).expect("a part");
            if part.name().expect("a name") != name {
                to.raw_copy_file(part).expect("copied");
            }
        }
        to.start_file(
            name,
            zip::write::SimpleFileOptions::default().compression_level(Some(1)),
        )
        .expect("started");
        std::io::Write::write_all(&mut to, content).expect("written");
        to.finish().expect("finished").into_inner()
    }

    const SPACE: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";

    #[test]
    fn what_a_file_declares_reserves_nothing_and_refuses_nothing() {
        let ledger = include_bytes!("../../data/roster-2026.xlsx");
        let mut parts = zip::ZipArchive::new(Cursor::new(ledger)).expect("a workbook");
        let mut part = parts.by_name("xl/worksheets/sheet1.xml").expect("a sheet");
        let mut sheet = String::new();
        std::io::Read::read_to_string(&mut part, &mut sheet).expect("text");
        let first = sheet.find("<sheetData").expect("rows");
        let declared = format!(
            r#"<worksheet xmlns="{SPACE}"><dimension ref="A1:XFD1048576"/>{}"#,
            &sheet[first..]
        );
        assert_eq!(
            read("a.xlsx", &workbook(declared.as_bytes())),
            read("a.xlsx", ledger)
        );
        // Four billion texts, of which none is there.
        for count in ["4000000000", "18446744073709551615"] {
            let texts =
                format!(r#"<sst xmlns="{SPACE}" count="{count}" uniqueCount="{count}"></sst>"#);
            let file = with_part("xl/sharedStrings.xml", texts.as_bytes());
            assert!(matches!(
                read("a.xlsx", &file),
                Ok(_) | Err(FileError::Damaged(_) | FileError::NoHeader)
            ));
        }
    }

    #[test]
    fn what_stands_in_a_file_is_counted_and_bounded() {
        let many = |cell: &str, times: usize| {
            let header = HEADER
                .trim()
                .split(',')
                .map(|title| format!(r#"<c t="inlineStr"><is><t>{title}</t></is></c>"#));
            let header: String = header.collect();
            format!(
                r#"<worksheet xmlns="{SPACE}"><sheetData><row>{header}</row><row>{}</row></sheetData></worksheet>"#,
                cell.repeat(times)
            )
        };
        // Cells without anything are none, but no row has more columns than a spreadsheet.
        let empty = many("<c/>", 16_000);
        assert_eq!(
            read("a.xlsx", &workbook(empty.as_bytes())).map(|read| read.rows.len()),
            Ok(0)
        );
        let wide = many("<c><v>1</v></c>", 20_000);
        assert!(matches!(
            read("a.xlsx", &workbook(wide.as_bytes())),
            Err(FileError::Damaged(_))
        ));
        let many = many(
            "</row><row><c><v>1</v></c><c><v>1</v></c><c><v>1</v></c><c><v>1</v></c>",
            250_001,
        );
        assert_eq!(
            read("a.xlsx", &workbook(many.as_bytes())),
            Err(FileError::TooLarge)
        );
        let filled = format!("<a/>{}", " ".repeat(1 << 19));
        let times = usize::try_from(package::LARGEST_UNPACKED >> 19).expect("fits");
        let huge = format!(r#"<worksheet xmlns="{SPACE}">{}"#, filled.repeat(times));
        assert_eq!(
            read("a.xlsx", &workbook(huge.as_bytes())),
            Err(FileError::TooLarge)
        );
        let piece = format!(r#"<worksheet xmlns="{SPACE}">{}"#, " ".repeat(3 << 20));
        assert_eq!(
            read("a.xlsx", &workbook(piece.as_bytes())),
            Err(FileError::TooLarge)
        );
        let long = format!(
            r#"<worksheet xmlns="{SPACE}"><sheetData><row><c t="inlineStr"><is><t>{}</t></is></c></row></sheetData></worksheet>"#,
            "长".repeat(50_000)
        );
        assert_eq!(
            read("a.xlsx", &workbook(long.as_bytes())),
            Err(FileError::TooLarge)
        );
    }

    #[test]
    fn an_open_document_that_repeats_itself_is_bounded() {
        let book = |rows: &str| {
            let content = format!(
                r#"<office:document-content xmlns:office="o" xmlns:table="t" xmlns:text="x"><table:table table:name="台账">{rows}</table:table></office:document-content>"#
            );
            let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
            for (name, content) in [
                ("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
                ("content.xml", content.as_str()),
            ] {
                zip.start_file(name, zip::write::SimpleFileOptions::default())
                    .expect("started");
                std::io::Write::write_all(&mut zip, content.as_bytes()).expect("written");
            }
            zip.finish().expect("finished").into_inner()
        };
        let cell = |text: &str| {
            format!(
                r#"<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>"#
            )
        };
        let header: String = HEADER.trim().split(',').map(cell).collect();
        let header = format!("<table:table-row>{header}</table:table-row>");
        let row = |repeated: &str, cells: &str| {
            format!(
                r#"<table:table-row table:number-rows-repeated="{repeated}">{cells}</table:table-row>"#
            )
        };
        let wide = r#"<table:table-cell table:number-columns-repeated="4000000000" office:value-type="float" office:value="1"/>"#;
        for rows in [row("4000000000", &cell("x")), row("1000", wide)] {
            assert_eq!(
                read("a.ods", &book(&format!("{header}{rows}"))),
                Err(FileError::TooLarge)
            );
        }
        // Nothing, however often, is nothing.
        let blank = r#"<table:table-cell table:number-columns-repeated="16384"/>"#;
        let read = read(
            "a.ods",
            &book(&format!(
                "{header}{}{}",
                row("1048000", blank),
                row("1", &cell("x"))
            )),
        );
        assert_eq!(
            read.map(|read| read.extent.passed_rows.to_string()),
            Ok("1048002".to_owned())
        );
    }

    proptest::proptest! {
        #[test]
        fn no_file_makes_it_stumble(bytes in proptest::collection::vec(0_u8..=255, 0..2000), cut in 0_usize..6000) {
            let mut compound = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".to_vec();
            compound.extend(&bytes);
            let _ = read("a.xls", &compound);
            let mut header = compound.clone();
            header.resize(2048, 0);
            header[0x1E] = 9;
            let _ = read("a.xls", &header);
            let _ = read("a.csv", &bytes);
            let ledger = include_bytes!("../../data/roster-2026.xlsx");
            let _ = read("a.xlsx", &ledger[..cut.min(ledger.len())]);
        }
    }
}
