//! The values of the files: each is read and written in one way.

use chrono::NaiveDate;

use super::words::{chinese, english};
use crate::{
    calendar::rules::parse_date,
    catalogue::{
        Attribute, Bounds, Choice, Fact, Outcome, Required, Scope, Source, Validity, WindowNumber,
    },
    condition::{Condition, Literal, Number, ParseError, is_code},
    language::Text,
    term::Term,
};

/// What is wrong, by the place of the column among those that were read together.
pub type Wrong = Vec<(usize, Text)>;

/// How something of type `T` stands in one or several columns.
pub trait Codec<T> {
    /// Reads it.
    fn read(cells: &[&str]) -> Result<T, Wrong>;

    /// The values of its `count` columns.
    fn write(value: &T, count: usize) -> Vec<String>;
}

/// Something that stands in one column in a way of its own.
pub trait Value: Sized {
    /// Reads it, or says what is expected.
    fn read(text: &str) -> Result<Self, Text>;

    /// As it is written.
    fn write(&self) -> String;
}

/// What its type says.
pub struct Typed;

impl<T: Value> Codec<T> for Typed {
    fn read(cells: &[&str]) -> Result<T, Wrong> {
        T::read(cells[0]).map_err(|reason| vec![(0, reason)])
    }

    fn write(value: &T, _count: usize) -> Vec<String> {
        vec![value.write()]
    }
}

/// A text in both languages, in two columns or in one as "zh / en".
pub struct Words;

impl Codec<Text> for Words {
    fn read(cells: &[&str]) -> Result<Text, Wrong> {
        let (zh, en) = match cells {
            [zh, en] => (*zh, *en),
            _ => cells[0].split_once(" / ").ok_or_else(|| {
                let reason = Text::new(
                    "应当写成“中文 / English”",
                    "Expected is 'Chinese / English'",
                );
                vec![(0, reason)]
            })?,
        };
        let wrong: Wrong = [chinese(zh), english(en)]
            .into_iter()
            .enumerate()
            .filter_map(|(place, told)| Some((place.min(cells.len() - 1), told.err()?)))
            .collect();
        if wrong.is_empty() {
            Ok(Text::new(zh, en))
        } else {
            Err(wrong)
        }
    }

    fn write(value: &Text, count: usize) -> Vec<String> {
        if count == 1 {
            vec![format!("{} / {}", value.zh, value.en)]
        } else {
            vec![value.zh.clone(), value.en.clone()]
        }
    }
}

/// The same, left empty where there is nothing to say.
impl Codec<Option<Text>> for Words {
    fn read(cells: &[&str]) -> Result<Option<Text>, Wrong> {
        if cells.iter().all(|cell| cell.is_empty()) {
            return Ok(None);
        }
        <Self as Codec<Text>>::read(cells).map(Some)
    }

    fn write(value: &Option<Text>, count: usize) -> Vec<String> {
        match value {
            Some(text) => <Self as Codec<Text>>::write(text, count),
            None => vec![String::new(); count],
        }
    }
}

/// Names as the law or the body itself writes them, in two columns: only their presence is looked at.
pub struct Names;

impl Codec<Text> for Names {
    fn read(cells: &[&str]) -> Result<Text, Wrong> {
        let wrong: Wrong = (0..2)
            .filter(|place| cells[*place].is_empty())
            .map(|place| (place, Text::new("不能为空", "Must not be empty")))
            .collect();
        if wrong.is_empty() {
            Ok(Text::new(cells[0], cells[1]))
        } else {
            Err(wrong)
        }
    }

    fn write(value: &Text, _count: usize) -> Vec<String> {
        vec![value.zh.clone(), value.en.clone()]
    }
}

/// Articles, which are named in Chinese.
pub struct Articles;

impl Codec<String> for Articles {
    fn read(cells: &[&str]) -> Result<String, Wrong> {
        match chinese(cells[0]) {
            Ok(()) => Ok(cells[0].to_owned()),
            Err(reason) => Err(vec![(0, reason)]),
        }
    }

    fn write(value: &String, _count: usize) -> Vec<String> {
        vec![value.clone()]
    }
}

/// What the history of an item tells: attribute, value.
pub struct Facts;

impl Codec<Fact> for Facts {
    fn read(cells: &[&str]) -> Result<Fact, Wrong> {
        let attribute = Attribute::read(cells[0]).map_err(|reason| vec![(0, reason)])?;
        let fact = match attribute {
            Attribute::Status => Value::read(cells[1]).map(Fact::Status),
            Attribute::Promise => Value::read(cells[1]).map(Fact::Promise),
            Attribute::Materials => Value::read(cells[1]).map(Fact::Materials),
        };
        fact.map_err(|reason| vec![(1, reason)])
    }

    fn write(value: &Fact, _count: usize) -> Vec<String> {
        let attribute = value.attribute().write();
        vec![
            attribute,
            match value {
                Fact::Status(status) => status.write(),
                Fact::Promise(number) | Fact::Materials(number) => number.write(),
            },
        ]
    }
}

/// How a result ends: kind, years, working days before the end, class of the renewal; all empty when it does not end.
pub struct Ends;

impl Codec<Option<Validity>> for Ends {
    fn read(cells: &[&str]) -> Result<Option<Validity>, Wrong> {
        if cells.iter().all(|cell| cell.is_empty()) {
            return Ok(None);
        }
        let mut wrong = Wrong::new();
        let kind = kept(cells, 0, &mut wrong);
        let years = kept(cells, 1, &mut wrong);
        let renewal_before = kept(cells, 2, &mut wrong);
        let renewal_class = kept(cells, 3, &mut wrong);
        let validity = kind.zip(years).zip(renewal_before.zip(renewal_class)).map(
            |((kind, years), (renewal_before, renewal_class))| Validity {
                kind,
                years,
                renewal_before,
                renewal_class,
            },
        );
        validity.map(Some).ok_or(wrong)
    }

    fn write(value: &Option<Validity>, count: usize) -> Vec<String> {
        match value {
            None => vec![String::new(); count],
            Some(validity) => vec![
                validity.kind.write(),
                validity.years.write(),
                validity.renewal_before.write(),
                validity.renewal_class.write(),
            ],
        }
    }
}

fn kept<T: Value>(cells: &[&str], place: usize, wrong: &mut Wrong) -> Option<T> {
    T::read(cells[place])
        .map_err(|reason| wrong.push((place, reason)))
        .ok()
}

impl<T: Term> Value for T {
    fn read(text: &str) -> Result<Self, Text> {
        T::of_code(text).ok_or_else(|| {
            let codes: Vec<&str> = T::ALL.iter().map(|term| term.code()).collect();
            expected(&codes.join("、"), &codes.join(", "))
        })
    }

    fn write(&self) -> String {
        self.code().to_owned()
    }
}

impl Value for String {
    fn read(text: &str) -> Result<Self, Text> {
        Ok(text.to_owned())
    }

    fn write(&self) -> String {
        self.clone()
    }
}

/// Left empty where there is none.
impl<T: Value> Value for Option<T> {
    fn read(text: &str) -> Result<Self, Text> {
        (!text.is_empty()).then(|| T::read(text)).transpose()
    }

    fn write(&self) -> String {
        self.as_ref().map(T::write).unwrap_or_default()
    }
}

impl Value for u16 {
    fn read(text: &str) -> Result<Self, Text> {
        text.parse()
            .ok()
            .filter(|number: &u16| number.to_string() == text)
            .ok_or_else(|| expected("0到65535的整数", "a whole number from 0 to 65535"))
    }

    fn write(&self) -> String {
        self.to_string()
    }
}

impl Value for WindowNumber {
    fn read(text: &str) -> Result<Self, Text> {
        text.parse()
            .map(Self)
            .ok()
            .filter(|number| number.to_string() == text)
            .ok_or_else(|| {
                expected(
                    "至少两位的窗口号，例如01",
                    "the number of a window in two digits: 01",
                )
            })
    }

    fn write(&self) -> String {
        self.to_string()
    }
}

impl Value for bool {
    fn read(text: &str) -> Result<Self, Text> {
        match text {
            "1" => Ok(true),
            "0" => Ok(false),
            _ => Err(expected("1（是）或者0（否）", "1 (yes) or 0 (no)")),
        }
    }

    fn write(&self) -> String {
        u8::from(*self).to_string()
    }
}

impl Value for NaiveDate {
    fn read(text: &str) -> Result<Self, Text> {
        parse_date(text)
            .filter(|date| date.to_string() == text)
            .ok_or_else(|| expected("日期，例如2012-04-14", "a day: 2012-04-14"))
    }

    fn write(&self) -> String {
        self.to_string()
    }
}

impl Value for Number {
    fn read(text: &str) -> Result<Self, Text> {
        Self::parse(text).map_err(|_| expected("数字", "a number"))
    }

    fn write(&self) -> String {
        self.to_string()
    }
}

impl Value for Condition {
    fn read(text: &str) -> Result<Self, Text> {
        Self::parse(text).map_err(|error: ParseError| error.explain())
    }

    fn write(&self) -> String {
        self.to_string()
    }
}

impl Value for Required {
    fn read(text: &str) -> Result<Self, Text> {
        match text {
            "YES" => Ok(Self::Always),
            "NO" => Ok(Self::Never),
            _ => Value::read(text).map(Self::When),
        }
    }

    fn write(&self) -> String {
        match self {
            Self::Always => "YES".to_owned(),
            Self::Never => "NO".to_owned(),
            Self::When(condition) => condition.write(),
        }
    }
}

impl Value for Source {
    fn read(text: &str) -> Result<Self, Text> {
        match text {
            "APPLICANT" => Ok(Self::Applicant),
            "SHARED_DATA" => Ok(Self::SharedData),
            "INTERMEDIARY" => Ok(Self::Intermediary),
            _ => match text.strip_prefix("OTHER_ITEM:") {
                Some(item) => Ok(Self::OtherItem(item.to_owned())),
                None => Err(expected(
                    "APPLICANT、SHARED_DATA、INTERMEDIARY或者OTHER_ITEM:事项编号",
                    "APPLICANT, SHARED_DATA, INTERMEDIARY or OTHER_ITEM:code",
                )),
            },
        }
    }

    fn write(&self) -> String {
        match self {
            Self::OtherItem(item) => format!("{}:{item}", self.kind().code()),
            _ => self.kind().code().to_owned(),
        }
    }
}

/// Codes with blanks between them.
impl Value for Vec<String> {
    fn read(text: &str) -> Result<Self, Text> {
        if text.is_empty() {
            return Ok(Self::new());
        }
        let codes: Self = text.split(' ').map(str::to_owned).collect();
        if codes.iter().all(|code| is_code(code)) {
            Ok(codes)
        } else {
            Err(expected(
                "以一个空格分隔的事项编号",
                "codes of items with one blank between them",
            ))
        }
    }

    fn write(&self) -> String {
        self.join(" ")
    }
}

impl Value for Scope {
    fn read(text: &str) -> Result<Self, Text> {
        match text {
            "ALL" => Ok(Self::All),
            _ => Value::read(text).map(Self::Items),
        }
    }

    fn write(&self) -> String {
        match self {
            Self::All => "ALL".to_owned(),
            Self::Items(items) => items.write(),
        }
    }
}

/// "code:zh:en" with bars between them.
impl Value for Vec<Choice> {
    fn read(text: &str) -> Result<Self, Text> {
        parts(text)?
            .into_iter()
            .map(|(code, name)| {
                let right = code.starts_with(|first: char| first.is_ascii_alphabetic())
                    && code
                        .bytes()
                        .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
                right
                    .then(|| Choice {
                        code: code.to_owned(),
                        name,
                    })
                    .ok_or_else(options)
            })
            .collect()
    }

    fn write(&self) -> String {
        let parts: Vec<String> = self
            .iter()
            .map(|choice| format!("{}:{}:{}", choice.code, choice.name.zh, choice.name.en))
            .collect();
        parts.join("|")
    }
}

impl Value for Vec<(Outcome, Text)> {
    fn read(text: &str) -> Result<Self, Text> {
        parts(text)?
            .into_iter()
            .map(|(code, name)| Ok((Outcome::read(code)?, name)))
            .collect()
    }

    fn write(&self) -> String {
        let parts: Vec<String> = self
            .iter()
            .map(|(outcome, name)| format!("{}:{}:{}", outcome.code(), name.zh, name.en))
            .collect();
        parts.join("|")
    }
}

/// The codes and names of options, each code once.
fn parts(text: &str) -> Result<Vec<(&str, Text)>, Text> {
    let mut found: Vec<(&str, Text)> = Vec::new();
    for part in text.split('|').filter(|_| !text.is_empty()) {
        let bits: Vec<&str> = part.split(':').collect();
        let [code, zh, en] = bits[..] else {
            return Err(options());
        };
        chinese(zh)?;
        english(en)?;
        if found.iter().any(|(known, _)| *known == code) {
            return Err(Text::new(
                format!("选项 {code} 重复"),
                format!("The option {code} stands there twice"),
            ));
        }
        found.push((code, Text::new(zh, en)));
    }
    Ok(found)
}

fn options() -> Text {
    expected(
        "选项写成“代码:中文:英文”，以竖线分隔",
        "options as 'code:Chinese:English' with bars between them",
    )
}

impl Value for Bounds {
    fn read(text: &str) -> Result<Self, Text> {
        let read = text.split_once("..").and_then(|(low, high)| {
            match (Literal::parse(low).ok()?, Literal::parse(high).ok()?) {
                (Literal::Number(low), Literal::Number(high)) => Some(Self::Numbers(low, high)),
                (Literal::Date(low), Literal::Date(high)) => Some(Self::Days(low, high)),
                _ => None,
            }
        });
        read.ok_or_else(|| {
            expected(
                "“下限..上限”，两端都是数字或者日期",
                "'low..high', both numbers or both days",
            )
        })
    }

    fn write(&self) -> String {
        match self {
            Self::Numbers(low, high) => format!("{low}..{high}"),
            Self::Days(low, high) => format!("{low}..{high}"),
        }
    }
}

/// "key=value" with semicolons between them.
impl Value for Vec<(String, Literal)> {
    fn read(text: &str) -> Result<Self, Text> {
        text.split(';')
            .map(|part| {
                let (key, value) = part.split_once('=')?;
                Some((key.to_owned(), Literal::parse(value).ok()?))
            })
            .collect::<Option<_>>()
            .ok_or_else(|| {
                expected(
                    "“问题=答案”，以分号分隔",
                    "'question=answer' with semicolons between them",
                )
            })
    }

    fn write(&self) -> String {
        let parts: Vec<String> = self
            .iter()
            .map(|(key, value)| format!("{key}={value}"))
            .collect();
        parts.join(";")
    }
}

fn expected(zh: &str, en: &str) -> Text {
    Text::new(format!("应当是{zh}"), format!("Expected is {en}"))
}
