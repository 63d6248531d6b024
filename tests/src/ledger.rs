//! Ledgers of any length, for imports that take a while.

use std::fmt::Write as _;

use entity::ledger::Field;

/// The alphabet of GB 32100-2015.
const ALPHABET: &[u8] = b"0123456789ABCDEFGHJKLMNPQRTUWXY";

/// A right credit code for each number below a million: of no firm, because its organisation is called TEST.
pub fn credit_code(number: usize) -> String {
    let organisation = format!("TE{number:06}");
    let inner = (organisation.bytes().zip([3, 7, 9, 10, 5, 8, 4, 2]))
        .map(|(sign, weight)| {
            let value = match sign {
                b'0'..=b'9' => sign - b'0',
                _ => sign - b'A' + 10,
            };
            u32::from(value) * weight
        })
        .sum::<u32>();
    let inner = match 11 - inner % 11 {
        10 => 'X',
        11 => '0',
        digit => char::from_digit(digit, 10).expect("a digit"),
    };
    let code = format!("91420100{organisation}{inner}");
    let mut weight = 1;
    let mut sum = 0;
    for sign in code.bytes() {
        let value = ALPHABET
            .iter()
            .position(|one| *one == sign)
            .expect("of the alphabet");
        sum += value * weight;
        weight = weight * 3 % 31;
    }
    let check = char::from(ALPHABET[(31 - sum % 31) % 31]);
    format!("{code}{check}")
}

/// A ledger of `rows` enterprises and a fifth as many liaisons, as comma-separated values.
pub fn csv(rows: usize) -> String {
    let mut text = String::from(
        "企业名称,统一社会信用代码,行业,服务专员,专员邮箱,企业联系人邮箱,契约编号,契约起始日,契约终止日,重点项目,备注\n",
    );
    for number in 1..=rows {
        let (code, liaison) = (credit_code(number), number % (rows / 5).max(1));
        let _ = writeln!(
            text,
            "示例企业{number}有限公司,{code},示例,专员 {liaison},liaison{liaison}@park.example,contact{number}@firm.example,\
             QY-2026-{number:05},2026-01-01,2027-12-31,示例项目{number},"
        );
    }
    text
}

/// The same values as a workbook.
pub fn workbook(csv: &str) -> Vec<u8> {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    for (row, line) in (0..).zip(csv.lines()) {
        for (column, cell) in (0..).zip(line.split(',')) {
            sheet.write_string(row, column, cell).expect("a cell");
        }
    }
    book.save_to_buffer().expect("a workbook")
}

/// The empty ledger of the service with the rows of these values below its header, as a person fills it in.
pub fn filled(template: &[u8], csv: &str) -> Vec<u8> {
    let mut rows = String::new();
    let place = |name: &str| {
        let known = Field::ALL.iter().position(|field| field.label().zh == name);
        ('A'..)
            .nth(known.expect("a column of the ledger"))
            .expect("a letter")
    };
    let head = csv.lines().next().unwrap_or_default();
    let columns: Vec<char> = head.split(',').map(place).collect();
    for (number, line) in (1..).zip(csv.lines()).skip(1) {
        let _ = write!(rows, r#"<row r="{number}">"#);
        let mut cells: Vec<(char, &str)> = columns.iter().copied().zip(line.split(',')).collect();
        cells.sort_unstable();
        for (column, cell) in cells {
            if !cell.is_empty() {
                let place = format!("{column}{number}");
                let _ = write!(
                    rows,
                    r#"<c r="{place}" t="inlineStr"><is><t>{cell}</t></is></c>"#
                );
            }
        }
        rows.push_str("</row>");
    }
    let mut book = zip::ZipArchive::new(std::io::Cursor::new(template)).expect("a workbook");
    let mut parts = Vec::new();
    for at in 0..book.len() {
        let mut part = book.by_index(at).expect("a part");
        let mut text = String::new();
        std::io::Read::read_to_string(&mut part, &mut text).expect("text");
        let name = part.name().expect("a name").into_owned();
        if name == "xl/worksheets/sheet1.xml" {
            assert!(text.contains("</sheetData>"), "{text}");
            text = text.replace("</sheetData>", &format!("{rows}</sheetData>"));
        }
        parts.push((name, text));
    }
    package(&parts)
}

/// What stands in a cell of a workbook that is written part by part.
#[derive(Clone, Copy, Debug)]
pub enum Cell<'a> {
    /// Words.
    Text(&'a str),
    /// A number without a format.
    Number(f64),
    /// A number that is shown as a day.
    Day(f64),
    /// A number that is shown as `00000`.
    Dressed(f64),
    /// A truth value.
    Truth,
    /// The error of a formula.
    Error(&'a str),
    /// A formula of which no program has stored the value.
    Pending,
    /// A formula whose value is an empty text.
    Empty,
    /// Nothing, but a format.
    Blank,
}

/// A sheet of such a workbook.
#[derive(Clone, Debug, Default)]
pub struct Sheet<'a> {
    /// Its name.
    pub name: &'a str,
    /// Whether it is hidden.
    pub hidden: bool,
    /// Which cells it declares to have, where it does.
    pub declares: Option<&'a str>,
    /// Its rows.
    pub rows: Vec<Vec<Cell<'a>>>,
    /// Which of them are hidden, from 1.
    pub hidden_rows: Vec<usize>,
    /// Which columns are hidden, from 1.
    pub hidden_columns: Vec<usize>,
    /// Areas of merged cells.
    pub merged: Vec<&'a str>,
}

/// The header of the park's own ledger.
pub const HEADER: [&str; 12] = [
    "序号",
    "企业名称",
    "统一社会信用代码",
    "行业",
    "服务专员",
    "专员邮箱",
    "企业联系人邮箱",
    "契约编号",
    "契约起始日",
    "契约终止日",
    "重点项目",
    "备注",
];

/// The row of an enterprise below [`HEADER`], whose term begins and ends on these days.
pub fn row<'a>(
    number: usize,
    code: &'a str,
    kept: &'a [String; 4],
    from: Cell<'a>,
    until: Cell<'a>,
) -> Vec<Cell<'a>> {
    let [name, liaison, contact, contract] = kept;
    vec![
        Cell::Number(number as f64),
        Cell::Text(name),
        Cell::Text(code),
        Cell::Text("示例"),
        Cell::Text("专员 01"),
        Cell::Text(liaison),
        Cell::Text(contact),
        Cell::Text(contract),
        from,
        until,
        Cell::Text("示例项目"),
        Cell::Blank,
    ]
}

/// Name, addresses and contract of the enterprise with this number.
pub fn kept(number: usize) -> [String; 4] {
    [
        format!("示例企业{number}有限公司"),
        "liaison1@park.example".to_owned(),
        format!("contact{number}@firm.example"),
        format!("QY-2026-{number:05}"),
    ]
}

/// A workbook of these sheets; `serials_of_1904` says from when it counts days.
pub fn book(sheets: &[Sheet<'_>], serials_of_1904: bool) -> Vec<u8> {
    const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    const RELATION: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006/relationships";
    let mut list = String::new();
    let mut related =
        format!(r#"<Relationship Id="s" Type="{RELATION}/styles" Target="styles.xml"/>"#);
    let mut parts = Vec::new();
    for (at, sheet) in (1..).zip(sheets) {
        let state = if sheet.hidden { "hidden" } else { "visible" };
        let _ = write!(
            list,
            r#"<sheet name="{}" sheetId="{at}" state="{state}" r:id="r{at}"/>"#,
            sheet.name
        );
        let _ = write!(
            related,
            r#"<Relationship Id="r{at}" Type="{RELATION}/worksheet" Target="worksheets/sheet{at}.xml"/>"#
        );
        parts.push((
            format!("xl/worksheets/sheet{at}.xml"),
            sheet_xml(sheet, MAIN),
        ));
    }
    let flag = if serials_of_1904 {
        r#" date1904="1""#
    } else {
        ""
    };
    parts.extend([
        ("[Content_Types].xml".to_owned(), r#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>"#.to_owned()),
        (
            "_rels/.rels".to_owned(),
            format!(r#"<Relationships xmlns="{PACKAGE}"><Relationship Id="w" Type="{RELATION}/officeDocument" Target="xl/workbook.xml"/></Relationships>"#),
        ),
        ("xl/_rels/workbook.xml.rels".to_owned(), format!(r#"<Relationships xmlns="{PACKAGE}">{related}</Relationships>"#)),
        ("xl/workbook.xml".to_owned(), format!(r#"<workbook xmlns="{MAIN}" xmlns:r="{RELATION}"><workbookPr{flag}/><sheets>{list}</sheets></workbook>"#)),
        ("xl/styles.xml".to_owned(), format!(r#"<styleSheet xmlns="{MAIN}"><numFmts><numFmt numFmtId="164" formatCode="00000"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/></cellXfs></styleSheet>"#)),
    ]);
    package(&parts)
}

fn sheet_xml(sheet: &Sheet<'_>, space: &str) -> String {
    let mut rows = String::new();
    for (number, row) in (1..).zip(&sheet.rows) {
        let hidden = if sheet.hidden_rows.contains(&number) {
            r#" hidden="1""#
        } else {
            ""
        };
        let _ = write!(rows, r#"<row r="{number}"{hidden}>"#);
        for (column, cell) in ('A'..).zip(row) {
            let place = format!("{column}{number}");
            let _ = match cell {
                Cell::Text(text) => write!(
                    rows,
                    r#"<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>"#
                ),
                Cell::Number(number) => write!(rows, r#"<c r="{place}"><v>{number}</v></c>"#),
                Cell::Day(serial) => write!(rows, r#"<c r="{place}" s="1"><v>{serial}</v></c>"#),
                Cell::Error(text) => write!(rows, r#"<c r="{place}" t="e"><v>{text}</v></c>"#),
                Cell::Dressed(number) => {
                    write!(rows, r#"<c r="{place}" s="2"><v>{number}</v></c>"#)
                }
                Cell::Truth => write!(rows, r#"<c r="{place}" t="b"><v>1</v></c>"#),
                Cell::Pending => write!(rows, r#"<c r="{place}"><f>1+1</f><v></v></c>"#),
                Cell::Empty => write!(rows, r#"<c r="{place}" t="str"><f>""</f><v></v></c>"#),
                Cell::Blank => write!(rows, r#"<c r="{place}" s="1"/>"#),
            };
        }
        rows.push_str("</row>");
    }
    let declares = sheet
        .declares
        .map(|area| format!(r#"<dimension ref="{area}"/>"#))
        .unwrap_or_default();
    let hidden = sheet.hidden_columns.iter();
    let hidden: String = hidden
        .map(|column| format!(r#"<col min="{column}" max="{column}" hidden="1"/>"#))
        .collect();
    let merged: String = sheet
        .merged
        .iter()
        .map(|area| format!(r#"<mergeCell ref="{area}"/>"#))
        .collect();
    format!(
        r#"<worksheet xmlns="{space}">{declares}<cols>{hidden}</cols><sheetData>{rows}</sheetData><mergeCells>{merged}</mergeCells></worksheet>"#
    )
}

/// A package of these parts.
pub fn package(parts: &[(String, String)]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, content) in parts {
        zip.start_file(name, zip::write::SimpleFileOptions::default())
            .expect("a part");
        std::io::Write::write_all(&mut zip, content.as_bytes()).expect("written");
    }
    zip.finish().expect("a package").into_inner()
}

#[cfg(test)]
mod tests {
    use entity::enterprise::rules::CreditCode;

    #[test]
    fn the_codes_are_right_and_the_ledger_is_read() {
        for number in [1, 2, 9, 10, 77, 999_999] {
            CreditCode::verify(&super::credit_code(number)).expect("a right code");
        }
        let ledger = api_import::read("ledger.csv", super::csv(25).as_bytes()).expect("a ledger");
        assert_eq!((ledger.rows.len(), ledger.refused), (25, Vec::new()));
    }
}
