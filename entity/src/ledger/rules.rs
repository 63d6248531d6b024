//! What may become of the rows of a ledger: checked by themselves and against each other, before the database is asked.

use std::collections::{HashMap, HashSet};

use super::{Difference, Field, Judged, Named, Outcome, Refused, Report, Row};
use crate::{
    contract::rules::compared,
    enterprise::rules::{CreditCode, CreditCodeError},
    error::Explain,
    id::sha256_hex,
    language::Text,
    policy::AdmittedKinds,
    telephone::{NotATelephone, Telephone},
    text::clean_line,
};

/// What is wrong with one cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RowError {
    /// The cell is empty and may not be.
    Missing,
    /// The text is longer than there is room for.
    TooLong {
        /// How many characters fit.
        longest: usize,
    },
    /// Nobody can tell which day is meant.
    UnreadableDate,
    /// It is written like a day, but the calendar has no such day.
    NoSuchDay,
    /// It is a day of another century.
    DateOutOfRange,
    /// The contract ends before it begins.
    EndsBeforeStart,
    /// It is no mail address.
    NotAMailAddress,
    /// It is no telephone number.
    NotATelephone,
    /// Another row says another number of the same liaison.
    TelephoneOfAnother {
        /// The row that says so.
        row: u32,
    },
    /// The spreadsheet has an error there instead of a value.
    ErrorValue,
    /// It is a formula of which no program has stored the value.
    NotComputed,
    /// The spreadsheet has made a day, a truth value or a dressed number of it.
    Converted,
    /// The code stands there as a number, of which a spreadsheet keeps 15 digits.
    CodeAsNumber,
    /// A day counted by a spreadsheet, in a file that does not say from when it counts.
    SerialOfUnknown,
    /// The code has characters that nobody sees.
    Invisible,
    /// A quotation mark is never closed.
    UnclosedQuote,
    /// The code is no unified social credit code, for the reason given.
    CreditCode(CreditCodeError),
    /// Another row of the file has the same value.
    TwiceInFile {
        /// The row that was taken.
        first: u32,
    },
    /// The address stands beside another name, or in another place, elsewhere in the file.
    AddressOfAnother {
        /// The row that says so.
        row: u32,
    },
    /// The contract exists, and was not made from a ledger.
    ContractExists,
    /// The enterprise already has a contract for these days.
    TermTaken {
        /// Its number.
        contract_number: String,
    },
    /// The enterprise has left the park.
    EnterpriseEnded,
    /// The database does not take the row.
    NotStored,
    /// Another liaison is in charge of the enterprise.
    OtherLiaison,
    /// The address belongs to an account of another kind, of another enterprise or of another name, or to a disabled one.
    AccountOfAnother,
}

impl Explain for RowError {
    fn explain(&self) -> Text {
        match self {
            Self::Missing => Text::new("此项必填，请补全。", "This field is required."),
            Self::TooLong { longest } => Text::new(
                format!("内容过长，最多 {longest} 个字符，请缩短。"),
                format!("Too long: at most {longest} characters."),
            ),
            Self::UnreadableDate => Text::new(
                "无法识别日期，请按“年/月/日”填写，例如 2026/1/15。",
                "This is not a recognised date: write year/month/day, for example 2026/1/15.",
            ),
            Self::NoSuchDay => Text::new(
                "日历上没有这一天，请核对月份和日期。",
                "This date does not exist: check the month and the day.",
            ),
            Self::DateOutOfRange => Text::new(
                "日期应在 2000 年至 2099 年之间，请核对年份。",
                "The date must be in the years 2000 to 2099: check the year.",
            ),
            Self::EndsBeforeStart => Text::new(
                "契约终止日早于起始日，请核对两个日期。",
                "The contract ends before it starts: check both dates.",
            ),
            Self::NotAMailAddress => Text::new(
                "不是有效的邮箱地址，请核对。",
                "This is not a valid e-mail address: check it.",
            ),
            Self::NotATelephone => NotATelephone.explain(),
            Self::TelephoneOfAnother { row } => Text::new(
                format!("第 {row} 行中同一专员的电话不同，请核对。"),
                format!("In row {row} the same liaison has another number: check both rows."),
            ),
            Self::ErrorValue => Text::new(
                "单元格是公式错误值，不是内容；请修正公式或直接填写。",
                "The cell contains a formula error instead of a value: correct the formula or enter the value.",
            ),
            Self::NotComputed => Text::new(
                "公式没有保存计算结果；请用 Excel 或 WPS 打开文件，保存后重新导入。",
                "The file does not contain the result of the formula: open it in Excel or WPS, save it, and import it again.",
            ),
            Self::Converted => Text::new(
                "电子表格已将此项转为日期、逻辑值或带自定义格式的数值，所见与所存不同；请先将该列设为文本格式，再重新填写。",
                "The spreadsheet has converted this to a date, a logical value or a number with a custom format, so that the stored value \
                 differs from the displayed one: format the column as text, then enter it again.",
            ),
            Self::CodeAsNumber => Text::new(
                "代码以数值存放，电子表格的数值只保留 15 位，后几位已失真；请先将该列设为文本格式，再对照原件重新填写。",
                "The code is stored as a number, and spreadsheets keep only 15 digits: format the column as text, then enter the code again \
                 from the original document.",
            ),
            Self::SerialOfUnknown => Text::new(
                "这是电子表格的日期序号，而 CSV 文件不说明从哪一天起算；请按“年/月/日”填写，例如 2026/1/15。",
                "This is a spreadsheet date number, and a CSV file does not say from which day it counts: write year/month/day, for example \
                 2026/1/15.",
            ),
            Self::Invisible => Text::new(
                "编号中含有看不见的字符；请清空单元格后重新输入，不要粘贴。",
                "The number contains invisible characters: clear the cell and type it again instead of pasting.",
            ),
            Self::UnclosedQuote => Text::new(
                "此处开始的引号没有配对，此行内容可能错位；请补上或删去引号。",
                "The quotation mark that begins here is not closed, so the values of this row may be misplaced: close or remove it.",
            ),
            Self::NotStored => Text::new(
                "数据库未接受此行，其余各行不受影响；请重新输入此行后再试，仍不成功请告知管理员。",
                "The database did not accept this row; the others are not affected. Enter the row again and retry; if it still fails, inform \
                 the administrator.",
            ),
            Self::CreditCode(error) => error.explain(),
            Self::TwiceInFile { first } => Text::new(
                format!("与第 {first} 行重复，每家企业只能有一行；请删除其中一行。"),
                format!(
                    "Duplicate of row {first}: each enterprise may have only one row; delete one of the two."
                ),
            ),
            Self::AddressOfAnother { row } => Text::new(
                format!("此邮箱在第 {row} 行属于另一个人，请核对。"),
                format!("In row {row} this address belongs to another person: check both rows."),
            ),
            Self::ContractExists => Text::new(
                "系统中已有此编号的契约，且不是由台账导入的；请核对编号。",
                "A contract with this number already exists and was not imported from a ledger: check the number.",
            ),
            Self::TermTaken { contract_number } => Text::new(
                format!("该企业在此期限内已有契约 {contract_number}，期限不得重叠；请核对。"),
                format!(
                    "The enterprise already has contract {contract_number} in this term, and terms must not overlap: check both."
                ),
            ),
            Self::EnterpriseEnded => Text::new(
                "该企业已退出园区，请先在系统中核实。",
                "The enterprise has left the park: check this in the system first.",
            ),
            Self::OtherLiaison => Text::new(
                "该企业现由另一名专员负责；更换专员请办理交接，不能通过台账变更。",
                "Another liaison is in charge of this enterprise: change the liaison by a hand-over, not by a ledger.",
            ),
            Self::AccountOfAnother => Text::new(
                "系统中此邮箱已属于另一个账号（姓名、角色或企业不同，或已停用），请核对。",
                "This address already belongs to another account (different name, role or enterprise, or disabled): check it.",
            ),
        }
    }
}

/// Which ordinary command takes over a changed value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Matter {
    /// The master data of the enterprise.
    Enterprise,
    /// A hand-over to another liaison, or the liaison's name.
    Liaison,
    /// Who speaks for the enterprise.
    Contact,
    /// A project named for the first time.
    Project,
}

impl Matter {
    /// All of them, in the order in which they are taken over.
    pub const ALL: [Self; 4] = [
        Self::Enterprise,
        Self::Liaison,
        Self::Contact,
        Self::Project,
    ];
}

/// Why a changed value of a ledger was not taken over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kept {
    /// The code says which enterprise it is.
    CreditCode,
    /// What is signed is locked.
    SignedTerm,
    /// The contract names the project.
    ProjectName,
    /// Nobody is in charge who could hand over.
    NobodyInCharge,
    /// The address belongs to an account of another kind or of another enterprise, or to a disabled one.
    AccountOfAnother,
    /// The ordinary command refused, with these words.
    Refused(Text),
}

impl Explain for Kept {
    fn explain(&self) -> Text {
        match self {
            Self::CreditCode => Text::new(
                "信用代码不同即是另一家企业，不能变更；请核对，或另立一行。",
                "A different credit code means a different enterprise and cannot be changed here: check it, or add a separate row.",
            ),
            Self::SignedTerm => Text::new(
                "已签契约的期限不能变更；请办理变更或续签。",
                "The term of a signed contract cannot be changed here: amend or renew the contract.",
            ),
            Self::ProjectName => Text::new(
                "项目名称由契约确定；新项目请在系统中另行登记。",
                "The contract determines the name of the project: record a new project in the system.",
            ),
            Self::NobodyInCharge => Text::new(
                "该企业目前没有专员，请先在系统中指定。",
                "The enterprise has no liaison: assign one in the system first.",
            ),
            Self::AccountOfAnother => RowError::AccountOfAnother.explain(),
            Self::Refused(text) => text.clone(),
        }
    }
}

/// Which command takes over a change of `field`, when the row was taken as `then`; or why none does.
pub fn matter(field: Field, then: &Row) -> Result<Matter, Kept> {
    match field {
        Field::EnterpriseName | Field::Industry | Field::Remark => Ok(Matter::Enterprise),
        Field::LiaisonName | Field::LiaisonMail | Field::LiaisonTelephone => Ok(Matter::Liaison),
        Field::ContactMail | Field::ContactTelephone => Ok(Matter::Contact),
        Field::Project if then.project_name.is_none() => Ok(Matter::Project),
        Field::Project => Err(Kept::ProjectName),
        // A row with another number of a contract is another row.
        Field::CreditCode | Field::ContractNumber => Err(Kept::CreditCode),
        Field::StartsOn | Field::EndsOn => Err(Kept::SignedTerm),
    }
}

impl Row {
    /// Takes over the value that `now` has in a column.
    pub(super) fn adopt(&mut self, field: Field, now: &Self) {
        match field {
            Field::EnterpriseName => self.enterprise_name.clone_from(&now.enterprise_name),
            Field::CreditCode => self.credit_code.clone_from(&now.credit_code),
            Field::Industry => self.industry.clone_from(&now.industry),
            Field::LiaisonName => self.liaison_name.clone_from(&now.liaison_name),
            Field::LiaisonMail => self.liaison_login.clone_from(&now.liaison_login),
            Field::LiaisonTelephone => {
                self.liaison_telephone.clone_from(&now.liaison_telephone);
            }
            Field::ContactMail => self.contact_login.clone_from(&now.contact_login),
            Field::ContactTelephone => {
                self.contact_telephone.clone_from(&now.contact_telephone);
            }
            Field::ContractNumber => self.contract_number.clone_from(&now.contract_number),
            Field::StartsOn => self.starts_on = now.starts_on,
            Field::EndsOn => self.ends_on = now.ends_on,
            Field::Project => self.project_name.clone_from(&now.project_name),
            Field::Remark => self.remark.clone_from(&now.remark),
        }
    }

    /// The value of a column, as text.
    pub fn value(&self, field: Field) -> String {
        match field {
            Field::EnterpriseName => self.enterprise_name.clone(),
            Field::CreditCode => self.credit_code.clone(),
            Field::Industry => self.industry.clone(),
            Field::LiaisonName => self.liaison_name.clone(),
            Field::LiaisonMail => self.liaison_login.clone(),
            Field::LiaisonTelephone => told(&self.liaison_telephone),
            Field::ContactMail => self.contact_login.clone(),
            Field::ContactTelephone => told(&self.contact_telephone),
            Field::ContractNumber => self.contract_number.clone(),
            Field::StartsOn => self.starts_on.to_string(),
            Field::EndsOn => self.ends_on.to_string(),
            Field::Project => self.project_name.clone().unwrap_or_default(),
            Field::Remark => self.remark.clone().unwrap_or_default(),
        }
    }

    /// Whether the row says something in a column. A number that is not there says nothing; every other empty cell does.
    fn tells(&self, field: Field) -> bool {
        let is_number = matches!(field, Field::LiaisonTelephone | Field::ContactTelephone);
        !is_number || !self.value(field).is_empty()
    }

    /// The value of a column as it is compared with another: how a number of a contract is spaced is no difference.
    fn compared(&self, field: Field) -> String {
        match field {
            Field::ContractNumber => compared(&self.contract_number),
            _ => self.value(field),
        }
    }

    /// A refusal of this row for what stands in `field`.
    pub fn refused(&self, field: Field, reason: RowError) -> Refused {
        Refused {
            row: self.number,
            field,
            value: self.value(field),
            reason,
        }
    }

    /// What is kept of the content to know the row again: SHA-256 over all its values.
    pub fn hash(&self) -> String {
        // A number that is not there leaves no trace: rows that were taken before there were numbers are known again.
        let told = Field::ALL.into_iter().filter(|field| self.tells(*field));
        let values: Vec<String> = told.map(|field| self.compared(field)).collect();
        // A value never contains the unit separator: control characters are removed when a file is read.
        sha256_hex(values.join("\u{1f}").as_bytes())
    }
}

/// A number as a ledger shows it.
fn told(telephone: &Option<Telephone>) -> String {
    telephone
        .as_ref()
        .map(Telephone::to_string)
        .unwrap_or_default()
}

/// What `now` says differently from `then`.
pub fn differences(then: &Row, now: &Row) -> Vec<Difference> {
    Field::ALL
        .into_iter()
        .filter(|field| now.tells(*field) && then.compared(*field) != now.compared(*field))
        .map(|field| Difference {
            row: now.number,
            contract_number: now.contract_number.clone(),
            field,
            was: then.value(field),
            is: now.value(field),
        })
        .collect()
}

/// What becomes of each row of a file by the report of its import: those that need somebody first, and of the new ones those that
/// say something else than what is on record.
pub fn judged(rows: Vec<Row>, unread: Vec<Named>, report: &Report) -> Vec<Judged> {
    let taken: HashSet<&str> = report.taken.iter().map(String::as_str).collect();
    let mut differences: HashMap<u32, Vec<Difference>> = HashMap::new();
    for one in &report.differences {
        differences.entry(one.row).or_default().push(one.clone());
    }
    let mut refused: HashMap<u32, Vec<Refused>> = HashMap::new();
    for one in &report.refused {
        refused.entry(one.row).or_default().push(one.clone());
    }
    let rows = rows.into_iter().map(Named::from);
    let mut judged: Vec<Judged> = rows
        .chain(unread)
        .map(|named| {
            let differences = differences.remove(&named.row).unwrap_or_default();
            let refused = refused.remove(&named.row).unwrap_or_default();
            let outcome = if !refused.is_empty() {
                Outcome::Refused
            } else if taken.contains(named.contract_number.as_str()) {
                Outcome::New
            } else if !differences.is_empty() {
                Outcome::Changed
            } else {
                Outcome::Unchanged
            };
            Judged {
                named,
                outcome,
                differences,
                refused,
            }
        })
        .collect();
    judged.sort_by_key(|one| (one.outcome, one.differences.is_empty(), one.named.row));
    judged
}

/// Separates the rows that can be taken from those that cannot, as far as the file alone shows. A row that repeats one taken
/// before it is refused; the first one stays.
pub fn sift(rows: Vec<Row>, admitted: AdmittedKinds) -> (Vec<Row>, Vec<Refused>) {
    let mut taken = Vec::with_capacity(rows.len());
    let mut refused = Vec::new();
    let mut codes = HashMap::new();
    let mut numbers = HashMap::new();
    let mut liaisons: HashMap<String, (String, u32)> = HashMap::new();
    let mut contacts: HashMap<String, u32> = HashMap::new();
    let mut numbers_of: HashMap<String, (Telephone, u32)> = HashMap::new();
    for mut row in rows {
        let code = CreditCode::parse(&row.credit_code, admitted);
        if let Ok(code) = &code {
            row.credit_code = code.to_string();
        }
        let problem = if let Err(error) = code {
            Some((Field::CreditCode, RowError::CreditCode(error)))
        } else if row.contract_number != clean_line(&row.contract_number) {
            Some((Field::ContractNumber, RowError::Invisible))
        } else if row.ends_on < row.starts_on {
            Some((Field::EndsOn, RowError::EndsBeforeStart))
        } else if let Some(first) = codes.get(&row.credit_code) {
            Some((Field::CreditCode, RowError::TwiceInFile { first: *first }))
        } else if let Some(first) = numbers.get(&compared(&row.contract_number)) {
            Some((
                Field::ContractNumber,
                RowError::TwiceInFile { first: *first },
            ))
        } else {
            address_problem(&row, &liaisons, &contacts)
                .or_else(|| telephone_problem(&row, &numbers_of))
        };
        match problem {
            Some((field, reason)) => refused.push(row.refused(field, reason)),
            None => {
                codes.insert(row.credit_code.clone(), row.number);
                numbers.insert(compared(&row.contract_number), row.number);
                contacts.insert(row.contact_login.clone(), row.number);
                liaisons
                    .entry(row.liaison_login.clone())
                    .or_insert_with(|| (row.liaison_name.clone(), row.number));
                if let Some(telephone) = &row.liaison_telephone {
                    numbers_of
                        .entry(row.liaison_login.clone())
                        .or_insert_with(|| (telephone.clone(), row.number));
                }
                taken.push(row);
            }
        }
    }
    (taken, refused)
}

/// One liaison has one number; it need not stand in every row.
fn telephone_problem(
    row: &Row,
    numbers: &HashMap<String, (Telephone, u32)>,
) -> Option<(Field, RowError)> {
    let (known, first) = numbers.get(&row.liaison_login)?;
    let said = row.liaison_telephone.as_ref()?;
    let reason = RowError::TelephoneOfAnother { row: *first };
    (said != known).then_some((Field::LiaisonTelephone, reason))
}

/// One liaison may look after several enterprises, under one name; a contact speaks for one enterprise; nobody is both.
fn address_problem(
    row: &Row,
    liaisons: &HashMap<String, (String, u32)>,
    contacts: &HashMap<String, u32>,
) -> Option<(Field, RowError)> {
    if row.contact_login == row.liaison_login {
        return Some((
            Field::ContactMail,
            RowError::AddressOfAnother { row: row.number },
        ));
    }
    let other_liaison = liaisons
        .get(&row.liaison_login)
        .filter(|(name, _)| *name != row.liaison_name)
        .map(|(_, first)| *first)
        .or_else(|| contacts.get(&row.liaison_login).copied());
    if let Some(first) = other_liaison {
        return Some((
            Field::LiaisonMail,
            RowError::AddressOfAnother { row: first },
        ));
    }
    let other_contact = contacts
        .get(&row.contact_login)
        .copied()
        .or_else(|| liaisons.get(&row.contact_login).map(|(_, first)| *first));
    other_contact.map(|first| {
        (
            Field::ContactMail,
            RowError::AddressOfAnother { row: first },
        )
    })
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    use super::*;

    /// Companies alone.
    const ADMITTED: AdmittedKinds = AdmittedKinds {
        individual_businesses: false,
        cooperatives: false,
    };

    fn row(number: u32, code: &str) -> Row {
        Row {
            number,
            enterprise_name: "示例有限公司".into(),
            credit_code: code.into(),
            industry: "软件".into(),
            liaison_name: "专员01".into(),
            liaison_login: "liaison01@park.example".into(),
            liaison_telephone: "0000-00000001".parse().ok(),
            contact_login: format!("contact{number}@enterprise.example"),
            contact_telephone: None,
            contract_number: format!("QY-2026-{number:03}"),
            starts_on: NaiveDate::from_ymd_opt(2026, 1, 15).unwrap_or_default(),
            ends_on: NaiveDate::from_ymd_opt(2027, 1, 14).unwrap_or_default(),
            project_name: None,
            remark: None,
        }
    }

    const CODES: [&str; 2] = ["91210231XQ0000013H", "91210231XQ0000021C"];

    #[test]
    fn one_liaison_may_look_after_many_enterprises() {
        let (taken, refused) = sift(vec![row(1, CODES[0]), row(2, CODES[1])], ADMITTED);
        assert_eq!(taken.len(), 2);
        assert_eq!(refused, []);
    }

    #[test]
    fn the_first_of_two_equal_rows_stays() {
        let mut again = row(2, CODES[0]);
        again.contract_number = "QY-2026-001".into();
        let (taken, refused) = sift(vec![row(1, CODES[0]), again], ADMITTED);
        assert_eq!(taken.len(), 1);
        assert_eq!(refused.len(), 1);
        assert_eq!(refused[0].field, Field::CreditCode);
        assert_eq!(refused[0].reason, RowError::TwiceInFile { first: 1 });
    }

    #[test]
    fn how_a_number_is_spaced_is_kept_and_makes_no_other_contract() {
        let spaced = |number: u32, code: &str, text: &str| Row {
            contract_number: text.into(),
            ..row(number, code)
        };
        let (one, other) = (
            spaced(1, CODES[0], "QY 2026 01"),
            spaced(2, CODES[1], "QY202601"),
        );
        assert_eq!(
            one.hash(),
            Row {
                contract_number: "QY202601".into(),
                ..one.clone()
            }
            .hash()
        );
        assert!(differences(&one, &spaced(1, CODES[0], "QY2026 01")).is_empty());
        let (taken, refused) = sift(vec![one, other], ADMITTED);
        assert_eq!(taken[0].contract_number, "QY 2026 01");
        assert_eq!(refused[0].reason, RowError::TwiceInFile { first: 1 });
        assert_eq!(refused[0].value, "QY202601");
    }

    #[test]
    fn an_address_belongs_to_one_person() {
        let mut other_name = row(2, CODES[1]);
        other_name.liaison_name = "专员02".into();
        let mut same_contact = row(3, CODES[1]);
        same_contact.contact_login = "contact1@enterprise.example".into();
        let mut both = row(4, CODES[1]);
        both.contact_login = both.liaison_login.clone();
        for (wrong, field) in [
            (other_name, Field::LiaisonMail),
            (same_contact, Field::ContactMail),
            (both, Field::ContactMail),
        ] {
            let (taken, refused) = sift(vec![row(1, CODES[0]), wrong], ADMITTED);
            assert_eq!(taken.len(), 1);
            assert_eq!(refused[0].field, field);
        }
    }

    #[test]
    fn what_nobody_sees_in_a_code_is_dropped_or_refused() {
        let mut marked = row(1, CODES[0]);
        marked.credit_code = format!("{}\u{2060}", CODES[0]);
        let mut hidden = row(2, CODES[1]);
        hidden.contract_number = "QY-2026\u{202e}-002".into();
        let (taken, refused) = sift(vec![marked, hidden], ADMITTED);
        assert_eq!(taken.len(), 1);
        assert_eq!(taken[0].credit_code, CODES[0]);
        assert_eq!(refused.len(), 1);
        assert_eq!(refused[0].reason, RowError::Invisible);
    }

    #[test]
    fn a_term_that_ends_before_it_begins_is_refused() {
        let mut wrong = row(1, CODES[0]);
        wrong.ends_on = NaiveDate::from_ymd_opt(2026, 1, 14).unwrap_or_default();
        let (_, refused) = sift(vec![wrong], ADMITTED);
        assert_eq!(refused[0].reason, RowError::EndsBeforeStart);
        assert_eq!(refused[0].value, "2026-01-14");
    }

    #[test]
    fn every_changed_value_has_its_command_or_a_reason() {
        let then = row(1, CODES[0]);
        let named = Row {
            project_name: Some("示例项目".into()),
            ..then.clone()
        };
        for field in Field::ALL {
            let expected = match field {
                Field::EnterpriseName | Field::Industry | Field::Remark => Ok(Matter::Enterprise),
                Field::LiaisonName | Field::LiaisonMail | Field::LiaisonTelephone => {
                    Ok(Matter::Liaison)
                }
                Field::ContactMail | Field::ContactTelephone => Ok(Matter::Contact),
                Field::Project => Ok(Matter::Project),
                Field::CreditCode | Field::ContractNumber => Err(Kept::CreditCode),
                Field::StartsOn | Field::EndsOn => Err(Kept::SignedTerm),
            };
            assert_eq!(matter(field, &then), expected, "{field:?}");
            let mut now = named.clone();
            now.adopt(field, &then);
            assert_eq!(now.value(field), then.value(field), "{field:?}");
        }
        assert_eq!(matter(Field::Project, &named), Err(Kept::ProjectName));
    }

    #[test]
    fn what_needs_somebody_stands_first() {
        let numbered = |number: u32| Row {
            contract_number: format!("QY-{number}"),
            ..row(number, CODES[0])
        };
        let rows = [2, 3, 4, 5, 7].map(numbered);
        let unread = Named {
            row: 6,
            enterprise_name: "示例六有限公司".into(),
            ..Named::default()
        };
        let now = Row {
            industry: "传感器".into(),
            ..rows[2].clone()
        };
        let on_record = Row {
            liaison_telephone: "0000-00000002".parse().ok(),
            ..rows[4].clone()
        };
        let mut differing = differences(&rows[2], &now);
        differing.extend(differences(&on_record, &rows[4]));
        let report = Report {
            taken: vec!["QY-3".into(), "QY-7".into()],
            unchanged: 1,
            differences: differing,
            refused: vec![
                rows[3].refused(Field::CreditCode, RowError::EnterpriseEnded),
                Refused {
                    row: 6,
                    field: Field::ContactMail,
                    value: "nobody".into(),
                    reason: RowError::NotAMailAddress,
                },
            ],
        };
        let told = judged(rows.to_vec(), vec![unread.clone()], &report);
        let outcomes: Vec<_> = told
            .iter()
            .map(|one| (one.named.row, one.outcome))
            .collect();
        assert_eq!(
            outcomes,
            [
                (5, Outcome::Refused),
                (6, Outcome::Refused),
                (4, Outcome::Changed),
                (7, Outcome::New),
                (3, Outcome::New),
                (2, Outcome::Unchanged),
            ]
        );
        assert_eq!(told[1].named, unread);
        assert_eq!(told[1].refused[0].value, "nobody");
        assert_eq!(told[2].differences[0].is, "传感器");
        assert_eq!(told[3].differences[0].was, "0000-00000002");
    }

    #[test]
    fn a_liaison_has_one_number_and_not_every_row_says_it() {
        let silent = Row {
            liaison_telephone: None,
            ..row(2, CODES[1])
        };
        let (taken, refused) = sift(vec![row(1, CODES[0]), silent.clone()], ADMITTED);
        assert_eq!((taken.len(), refused.len()), (2, 0));
        let other = Row {
            liaison_telephone: "0000-00000002".parse().ok(),
            ..silent
        };
        let (taken, refused) = sift(vec![row(1, CODES[0]), other], ADMITTED);
        assert_eq!(taken.len(), 1);
        assert_eq!(refused[0].field, Field::LiaisonTelephone);
        assert_eq!(refused[0].reason, RowError::TelephoneOfAnother { row: 1 });
    }

    #[test]
    fn a_row_without_numbers_is_the_one_of_before() {
        let then = Row {
            liaison_telephone: None,
            ..row(1, CODES[0])
        };
        let values = Field::ALL.into_iter().filter(|field| then.tells(*field));
        let values: Vec<String> = values.map(|field| then.value(field)).collect();
        assert_eq!(then.hash(), sha256_hex(values.join("\u{1f}").as_bytes()));
        assert_eq!(values.len(), 11);
        let mut kept = serde_json::to_value(&then).expect("JSON");
        let fields = kept.as_object_mut().expect("an object");
        for field in ["liaison_telephone", "contact_telephone"] {
            assert!(fields.remove(field).is_some());
        }
        let read: Row = serde_json::from_value(kept).expect("a row of before");
        assert_eq!(
            read,
            Row {
                number: 0,
                ..then.clone()
            }
        );
        // A ledger that does not say a number any more says nothing of it.
        assert_eq!(differences(&row(1, CODES[0]), &then), []);
    }

    #[test]
    fn a_changed_value_changes_the_hash_and_is_told() {
        let then = row(1, CODES[0]);
        let mut now = then.clone();
        assert_eq!(then.hash(), now.hash());
        now.industry = "传感器".into();
        assert_ne!(then.hash(), now.hash());
        let told = differences(&then, &now);
        assert_eq!(told.len(), 1);
        assert_eq!(
            (told[0].was.as_str(), told[0].is.as_str()),
            ("软件", "传感器")
        );
    }
}
