//! Ledgers of any length, for imports that take a while.

use std::fmt::Write as _;

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

#[cfg(test)]
mod tests {
    use api::import;
    use entity::enterprise::rules::CreditCode;

    #[test]
    fn the_codes_are_right_and_the_ledger_is_read() {
        for number in [1, 2, 9, 10, 77, 999_999] {
            CreditCode::verify(&super::credit_code(number)).expect("a right code");
        }
        let ledger = import::read("ledger.csv", super::csv(25).as_bytes()).expect("a ledger");
        assert_eq!((ledger.rows.len(), ledger.refused), (25, Vec::new()));
    }
}
