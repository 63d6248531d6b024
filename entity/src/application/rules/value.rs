//! What is wrong with what was filled into a field. A draft keeps it as it was typed; a form with anything wrong is not handed in.

use chrono::NaiveDate;

use super::super::field::Value;
use crate::{
    catalogue::{Bounds, Choice, FieldKind, FormField},
    condition::{Literal, Number},
    enterprise::rules::CreditCode,
    error::Explain,
    language::Text,
    telephone::Telephone,
    text::{clean_line, clean_lines, folded},
};

/// How many characters a text has at most, however many its field accepts.
pub const LONGEST: usize = 4000;

/// How many characters a cell of a table has at most.
pub const LONGEST_CELL: usize = 200;

/// How many lines a table, or options a choice of several, has at most.
pub const MOST_LINES: usize = 500;

/// From how many digits in a row on what names a person is taken for the number of an identity card, which no field asks for.
const IDENTITY_DIGITS: usize = 15;

/// What is wrong with the content of a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wrong {
    /// It must be filled in.
    Missing,
    /// It has too few or too many characters.
    Length(Number, Number),
    /// It is no number.
    NotNumber,
    /// It is less or more than is accepted.
    Range(Number, Number),
    /// It is no day: 2026-10-08.
    NotDay,
    /// It is a day before the first or after the last one.
    Days(NaiveDate, NaiveDate),
    /// It is none of the options.
    NotOption,
    /// Too few or too many were chosen, or too few or too many lines were filled in.
    Count(Number, Number),
    /// It is no unified social credit code.
    NotCreditCode,
    /// It is no telephone number.
    NotTelephone,
    /// It has the number of an identity card.
    Identity,
    /// A cell of the table is empty or too long, or a line has another number of columns.
    Cells,
    /// It was not agreed to.
    NotDeclared,
}

impl Explain for Wrong {
    fn explain(&self) -> Text {
        match self {
            Self::Missing => Text::new("此项必填。", "This field is required."),
            Self::Length(low, high) => Text::new(
                format!("应当为 {low} 至 {high} 个字符。"),
                format!("Enter {low} to {high} characters."),
            ),
            Self::NotNumber => Text::new(
                "请填写数字，不带单位和千位分隔符，最多六位小数。",
                "Enter a number without unit and thousands separator, with up to six decimals.",
            ),
            Self::Range(low, high) => Text::new(
                format!("应当在 {low} 至 {high} 之间。"),
                format!("Enter a value from {low} to {high}."),
            ),
            Self::NotDay => Text::new(
                "请按“年-月-日”填写日期，例如 2026-10-08。",
                "Enter a date as 2026-10-08.",
            ),
            Self::Days(low, high) => Text::new(
                format!("日期应当在 {low} 至 {high} 之间。"),
                format!("Enter a date from {low} to {high}."),
            ),
            Self::NotOption => Text::new("请从所列选项中选择。", "Choose one of the options."),
            Self::Count(low, high) => Text::new(
                format!("应当有 {low} 至 {high} 项。"),
                format!("There must be {low} to {high} of them."),
            ),
            Self::NotCreditCode => Text::new(
                "统一社会信用代码为 18 位，请对照营业执照核对。",
                "A credit code has 18 characters: compare it with the business licence.",
            ),
            Self::NotTelephone => Text::new(
                "请填写手机号或者带区号的座机号。",
                "Enter a mobile number, or a landline with its area code.",
            ),
            Self::Identity => Text::new(
                "请不要填写身份证件号码，写姓名和职务即可。",
                "Leave out identity numbers: name and post are enough.",
            ),
            Self::Cells => Text::new(
                format!("每行各栏都要填写，每栏最多 {LONGEST_CELL} 个字符。"),
                format!("Fill in every column of each line, up to {LONGEST_CELL} characters each."),
            ),
            Self::NotDeclared => Text::new("请阅读并确认。", "Read this and confirm it."),
        }
    }
}

/// What comes for a field, as the API spells it: one value, several codes, or lines.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Given {
    /// A text, a number, a day, the code of an option, YES for a declaration.
    pub value: Option<String>,
    /// The codes of several options.
    pub several: Vec<String>,
    /// The lines of a table.
    pub lines: Vec<Vec<String>>,
}

/// What a field keeps of what came: clean and in its one form where it has one, otherwise as it was typed. Nothing takes it back; an error
/// says that there is more than anything may have.
pub fn kept(field: &FormField, given: &Given) -> Result<Option<Value>, Wrong> {
    let most = |count: usize| i32::try_from(count).map_or(Number::default(), Number::whole);
    match field.kind {
        FieldKind::ManyOf => {
            if given.several.len() > MOST_LINES {
                return Err(Wrong::Count(Number::default(), most(MOST_LINES)));
            }
            let chosen = field.options.iter().map(|option| &option.code);
            let chosen = chosen.filter(|code| given.several.contains(code));
            let chosen: Vec<String> = chosen.cloned().collect();
            let unknown = |code: &String| field.options.iter().all(|one| one.code != *code);
            if given.several.iter().any(unknown) {
                return Err(Wrong::NotOption);
            }
            Ok((!chosen.is_empty()).then_some(Value::Several(chosen)))
        }
        FieldKind::Table => {
            if given.lines.len() > MOST_LINES {
                return Err(Wrong::Count(Number::default(), most(MOST_LINES)));
            }
            let clean = |line: &Vec<String>| -> Vec<String> {
                line.iter().map(|cell| clean_line(cell)).collect()
            };
            let lines = given.lines.iter().map(clean);
            let filled = lines.filter(|line| line.iter().any(|cell| !cell.is_empty()));
            let lines: Vec<Vec<String>> = filled.collect();
            let columns = field.options.len();
            let fits = |line: &Vec<String>| {
                line.len() == columns
                    && line.iter().all(|cell| cell.chars().count() <= LONGEST_CELL)
            };
            if !lines.iter().all(fits) {
                return Err(Wrong::Cells);
            }
            Ok((!lines.is_empty()).then_some(Value::Lines(lines)))
        }
        _ => {
            let typed = given.value.as_deref().unwrap_or_default();
            let text = match field.kind {
                FieldKind::Text => clean_lines(typed),
                _ => clean_line(typed),
            };
            if text.chars().count() > LONGEST {
                return Err(Wrong::Length(Number::default(), most(LONGEST)));
            }
            Ok((!text.is_empty()).then(|| Value::One(in_one_form(field.kind, text))))
        }
    }
}

/// A value in its one form, where it has one and is right; otherwise as it is.
fn in_one_form(kind: FieldKind, text: String) -> String {
    match kind {
        FieldKind::CreditCode => match CreditCode::verify(&text) {
            Ok(code) => code.into_string(),
            Err(_) => text,
        },
        FieldKind::Phone => match text.parse::<Telephone>() {
            Ok(number) => number.to_string(),
            Err(_) => text,
        },
        FieldKind::Number | FieldKind::Money | FieldKind::AreaM2 => match Number::parse(&text) {
            Ok(number) => number.to_string(),
            Err(_) => text,
        },
        _ => text,
    }
}

/// What is wrong with the content of a field; nothing when it can be handed in.
pub fn wrong(field: &FormField, value: &Value) -> Option<Wrong> {
    let (low, high) = match field.bounds {
        Some(Bounds::Numbers(low, high)) => (low, high),
        _ => (Number::default(), Number::whole(i32::MAX)),
    };
    let within = |count: usize| {
        let count = i32::try_from(count).map_or(high, Number::whole);
        (low..=high).contains(&count)
    };
    match (field.kind, value) {
        (FieldKind::Text | FieldKind::Address | FieldKind::Person, Value::One(text)) => {
            let is_long = field.kind == FieldKind::Person
                && runs(text).any(|run| run.len() >= IDENTITY_DIGITS);
            if is_long || has_identity_number(text) {
                return Some(Wrong::Identity);
            }
            (!within(text.chars().count())).then_some(Wrong::Length(low, high))
        }
        (FieldKind::Number | FieldKind::Money | FieldKind::AreaM2, Value::One(text)) => {
            match Number::parse(text) {
                Ok(number) => (!(low..=high).contains(&number)).then_some(Wrong::Range(low, high)),
                Err(_) => Some(Wrong::NotNumber),
            }
        }
        (FieldKind::Date, Value::One(text)) => match (Literal::parse(text), field.bounds) {
            (Ok(Literal::Date(day)), Some(Bounds::Days(first, last))) => {
                (!(first..=last).contains(&day)).then_some(Wrong::Days(first, last))
            }
            (Ok(Literal::Date(_)), _) => None,
            _ => Some(Wrong::NotDay),
        },
        (FieldKind::YesNo, Value::One(code)) => {
            (!matches!(code.as_str(), "YES" | "NO")).then_some(Wrong::NotOption)
        }
        (FieldKind::OneOf, Value::One(code)) => {
            (!has(&field.options, code)).then_some(Wrong::NotOption)
        }
        (FieldKind::Declaration, Value::One(code)) => (code != "YES").then_some(Wrong::NotDeclared),
        (FieldKind::CreditCode, Value::One(code)) => {
            let is_code = CreditCode::verify(code).is_ok();
            (!is_code).then_some(Wrong::NotCreditCode)
        }
        (FieldKind::Phone, Value::One(number)) => {
            let is_number = number.parse::<Telephone>().is_ok();
            (!is_number).then_some(Wrong::NotTelephone)
        }
        (FieldKind::ManyOf, Value::Several(codes)) => {
            if codes.iter().any(|code| !has(&field.options, code)) {
                return Some(Wrong::NotOption);
            }
            (!within(codes.len())).then_some(Wrong::Count(low, high))
        }
        (FieldKind::Table, Value::Lines(lines)) => {
            let whole = |line: &Vec<String>| {
                line.len() == field.options.len() && line.iter().all(|cell| !cell.is_empty())
            };
            if !lines.iter().all(whole) {
                return Some(Wrong::Cells);
            }
            if lines.iter().flatten().any(|cell| has_identity_number(cell)) {
                return Some(Wrong::Identity);
            }
            (!within(lines.len())).then_some(Wrong::Count(low, high))
        }
        // Another edition of the catalogue has made another kind of it, or it is only shown.
        _ => Some(Wrong::Missing),
    }
}

fn has(options: &[Choice], code: &str) -> bool {
    options.iter().any(|option| option.code == *code)
}

/// What may stand between the digits of a number.
const BETWEEN_DIGITS: [char; 4] = ['-', '.', '_', '·'];

/// The digits that stand in a row, however they are written and parted.
fn runs(text: &str) -> impl Iterator<Item = String> {
    let text = folded(text).replace(BETWEEN_DIGITS, "");
    let parts = text.split(|character: char| !character.is_ascii_digit());
    let parts: Vec<String> = parts.map(str::to_owned).collect();
    parts.into_iter()
}

/// Whether a text has the number of an identity card: six digits of a place, a day of birth, three digits of a sequence and one to check them, which
/// may be an X (GB 11643). The number of a firm, a project or a telephone has no day there, or is of another length.
fn has_identity_number(text: &str) -> bool {
    let is_born = |digits: &[u8]| {
        let number = |from: usize, to: usize| {
            let digits = digits[from..to].iter();
            digits.fold(0_u32, |sum, digit| sum * 10 + u32::from(digit - b'0'))
        };
        (1900..2100).contains(&number(6, 10))
            && (1..=12).contains(&number(10, 12))
            && (1..=31).contains(&number(12, 14))
    };
    runs(text).any(|run| matches!(run.len(), 17 | 18) && is_born(run.as_bytes()))
}

/// What a condition can compare of the content of a field.
pub fn literal(field: &FormField, value: &Value) -> Option<Literal> {
    let comparable = matches!(
        field.kind,
        FieldKind::YesNo
            | FieldKind::OneOf
            | FieldKind::Number
            | FieldKind::Money
            | FieldKind::AreaM2
            | FieldKind::Date
    );
    match value {
        Value::One(text) if comparable && wrong(field, value).is_none() => {
            Literal::parse(text).ok()
        }
        _ => None,
    }
}

/// How many characters of a content are told in a sentence.
const LONGEST_SAID: usize = 60;

/// A content as it is told in a sentence: a long one is cut.
pub fn short(told: &Text) -> Text {
    let cut = |text: &str| match text.char_indices().nth(LONGEST_SAID) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    };
    Text::new(cut(&told.zh), cut(&told.en))
}

/// What a field holds, whole, in the words of its options.
pub fn said(field: &FormField, value: &Value) -> Text {
    let word = |code: &String| {
        let option = field.options.iter().find(|option| option.code == *code);
        match (option, code.as_str()) {
            (Some(option), _) => option.name.clone(),
            (None, "YES") => Text::new("是", "Yes"),
            (None, "NO") => Text::new("否", "No"),
            (None, text) => Text::new(text, text),
        }
    };
    match value {
        Value::One(text) => match field.kind {
            FieldKind::OneOf | FieldKind::YesNo | FieldKind::Declaration => word(text),
            _ => Text::new(text.as_str(), text.as_str()),
        },
        Value::Several(codes) => {
            let words: Vec<Text> = codes.iter().map(word).collect();
            let joined = |words: Vec<&str>, between: &str| words.join(between);
            Text::new(
                joined(words.iter().map(|word| word.zh.as_str()).collect(), "、"),
                joined(words.iter().map(|word| word.en.as_str()).collect(), ", "),
            )
        }
        Value::Lines(lines) => {
            let count = lines.len();
            Text::new(format!("{count} 行"), format!("{count} lines"))
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::catalogue::Files;

    fn field(key: &str) -> FormField {
        let mut fields = Files::embedded().fields.into_iter();
        fields.find(|field| field.key == key).expect("a field")
    }

    fn told(key: &str, text: &str) -> Option<Wrong> {
        let field = field(key);
        let given = Given {
            value: Some(text.to_owned()),
            ..Given::default()
        };
        let value = kept(&field, &given).expect("short enough")?;
        wrong(&field, &value)
    }

    #[test]
    fn each_kind_takes_what_it_is_and_nothing_else() {
        let (number, whole) = (Number::whole, Number::default());
        for (key, text, expected) in [
            (
                "business_scope",
                "软",
                Some(Wrong::Length(number(2), number(2000))),
            ),
            ("business_scope", "软件开发", None),
            ("registered_capital", "1,000", Some(Wrong::NotNumber)),
            (
                "registered_capital",
                "-1",
                Some(Wrong::Range(whole, number(10_000_000))),
            ),
            ("registered_capital", "1000.50", None),
            ("planned_start", "2026/10/08", Some(Wrong::NotDay)),
            ("planned_start", "2026-02-30", Some(Wrong::NotDay)),
            ("planned_start", "2026-10-08", None),
            ("agent_used", "MAYBE", Some(Wrong::NotOption)),
            ("agent_used", "NO", None),
            ("delivery_method", "PIGEON", Some(Wrong::NotOption)),
            ("delivery_method", "WINDOW", None),
            ("truth_declaration", "NO", Some(Wrong::NotDeclared)),
            ("truth_declaration", "YES", None),
            (
                "credit_code",
                "91350100M000100Y44",
                Some(Wrong::NotCreditCode),
            ),
            ("credit_code", "91350100m000100y43", None),
            ("contact_phone", "12", Some(Wrong::NotTelephone)),
            ("contact_phone", "0000-00000003", None),
            (
                "contact_person",
                "某某 110101199003070011",
                Some(Wrong::Identity),
            ),
            ("contact_person", "联系人一，经理", None),
            (
                "contact_person",
                "某某 110101 1990 0307 0011",
                Some(Wrong::Identity),
            ),
            (
                "contact_person",
                "某某 １１０１０１１９９００３０７００１Ｘ",
                Some(Wrong::Identity),
            ),
            (
                "business_scope",
                "软件开发 110101-19900307-0011",
                Some(Wrong::Identity),
            ),
            ("contact_person", "联系人一 0000-00000003 转 12", None),
            // The numbers of firms and telephones are no such numbers.
            (
                "business_scope",
                "软件开发，0000-00000003、0000 00000004 0000-00000005，911101085923662400",
                None,
            ),
        ] {
            assert_eq!(told(key, text), expected, "{key}: {text}");
        }
    }

    #[test]
    fn a_table_has_whole_lines_and_several_options_stand_in_their_order() {
        let table = field("shareholders");
        let lines = |lines: &[&[&str]]| Given {
            lines: lines
                .iter()
                .map(|line| line.iter().map(|cell| (*cell).to_owned()).collect())
                .collect(),
            ..Given::default()
        };
        let whole = lines(&[&["示例甲", "100", "2030-12-31"], &["", "", ""]]);
        let value = kept(&table, &whole).expect("it fits").expect("a line");
        assert_eq!(wrong(&table, &value), None);
        assert!(matches!(&value, Value::Lines(lines) if lines.len() == 1));
        let part = kept(&table, &lines(&[&["示例甲", "", ""]])).expect("it fits");
        assert_eq!(wrong(&table, &part.expect("a line")), Some(Wrong::Cells));
        let numbered = lines(&[&["示例甲 110101 1990 0307 001X", "100", "2030-12-31"]]);
        let numbered = kept(&table, &numbered).expect("it fits").expect("a line");
        assert_eq!(wrong(&table, &numbered), Some(Wrong::Identity));
        assert_eq!(kept(&table, &lines(&[&["示例甲"]])), Err(Wrong::Cells));
        assert_eq!(kept(&table, &lines(&[])), Ok(None));

        let several = field("change_items");
        let given = |codes: &[&str]| Given {
            several: codes.iter().map(|code| (*code).to_owned()).collect(),
            ..Given::default()
        };
        let chosen = kept(&several, &given(&["SCOPE", "NAME", "SCOPE"]));
        let in_order = Value::Several(vec!["NAME".to_owned(), "SCOPE".to_owned()]);
        assert_eq!(chosen, Ok(Some(in_order)));
        assert_eq!(kept(&several, &given(&["NONE"])), Err(Wrong::NotOption));
    }

    #[test]
    fn a_long_content_is_told_whole_and_cut_only_in_a_sentence() {
        let text = "字".repeat(200);
        let told = said(&field("business_scope"), &Value::One(text.clone()));
        assert_eq!(told.zh, text);
        assert_eq!(short(&told).zh, format!("{}…", "字".repeat(LONGEST_SAID)));
        let brief = Text::new("软件", "software");
        assert_eq!(short(&brief), brief);
    }

    proptest! {
        #[test]
        fn what_is_kept_is_kept_again_unchanged(text in ".{0,60}", place in 0_usize..200) {
            let fields = Files::embedded().fields;
            let field = &fields[place % fields.len()];
            let given = |text: &str| Given { value: Some(text.to_owned()), ..Given::default() };
            if let Ok(Some(Value::One(first))) = kept(field, &given(&text)) {
                prop_assert_eq!(kept(field, &given(&first)), Ok(Some(Value::One(first.clone()))));
                let value = Value::One(first);
                // What conditions read is right.
                if literal(field, &value).is_some() {
                    prop_assert_eq!(wrong(field, &value), None);
                }
            }
        }
    }
}
