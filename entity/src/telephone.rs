//! Telephone number (联系电话): one that can be dialled from anywhere, in the one form in which it is kept, shown and compared.
//!
//! Of China: mobile numbers, landlines with area code and perhaps an extension, 400 numbers, and the hotlines of governments (12345);
//! of other countries: what begins with `+` and the country. Whether somebody has a number nobody can know. The area code 0000 is no
//! place's: it is for examples and demonstrations.

use std::{fmt, str::FromStr};

use sea_orm::DeriveValueType;
use serde::{Deserialize, Serialize};

use crate::{error::Explain, language::Text, text::folded};

/// A number in its one form: `0000-00000003-801`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, DeriveValueType, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Telephone(String);

/// It is no number that can be dialled from anywhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "not a telephone number: a mobile number, a landline with area code, a 400 number, 12345, or + and the country"
)]
pub struct NotATelephone;

impl Explain for NotATelephone {
    fn explain(&self) -> Text {
        Text::new(
            "电话号码无效：请填写手机号、带区号的座机（可加“转”和分机号）、400 电话、12345，或以 + 和国家代码开头的境外号码。",
            "This is not a telephone number: write a mobile number, a landline with its area code (and perhaps an extension), a 400 number, \
             12345, or a number of another country with + and the country code.",
        )
    }
}

/// How the beginning of an extension is written.
const EXTENSIONS: [&str; 5] = ["转", "分机", "ext", "x", "#"];

/// How a hyphen is written, beside the one that is kept.
const HYPHENS: [char; 6] = [
    '\u{2010}', '\u{2012}', '\u{2013}', '\u{2014}', '\u{2015}', '\u{2212}',
];

impl Telephone {
    /// The number of a field that may be left empty.
    ///
    /// # Errors
    /// Something stands there, and it is no number.
    pub fn given(text: Option<&str>) -> Result<Option<Self>, NotATelephone> {
        let text = text.filter(|text| !folded(text).is_empty());
        text.map(str::parse).transpose()
    }

    /// The number as it is shown.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The address that a telephone dials (RFC 3966): `tel:+8641162345678;ext=801`. Numbers that only exist within China stay as they are
    /// dialled there.
    pub fn uri(&self) -> String {
        let mut parts = self.0.split('-');
        let first = parts.next().unwrap_or_default();
        let parts: Vec<&str> = parts.collect();
        match (first.strip_prefix('0'), parts.as_slice()) {
            (Some(area), [local]) => format!("tel:+86{area}{local}"),
            (Some(area), [local, extension]) => format!("tel:+86{area}{local};ext={extension}"),
            (_, [middle, last, ..]) => format!("tel:{first}{middle}{last}"),
            _ if first.len() == MOBILE => format!("tel:+86{first}"),
            _ => format!("tel:{first}"),
        }
    }
}

impl fmt::Display for Telephone {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl From<Telephone> for String {
    fn from(telephone: Telephone) -> Self {
        telephone.0
    }
}

impl TryFrom<String> for Telephone {
    type Error = NotATelephone;

    fn try_from(text: String) -> Result<Self, NotATelephone> {
        text.parse()
    }
}

impl FromStr for Telephone {
    type Err = NotATelephone;

    fn from_str(text: &str) -> Result<Self, NotATelephone> {
        let text = folded(text).replace(HYPHENS, "-");
        let said = EXTENSIONS.iter().find_map(|mark| text.split_once(mark));
        let said = said.map(|(head, tail)| (head, tail.trim_start_matches(['.', ':', '-'])));
        let said = said.map(|(head, tail)| (extensible(head), tail));
        // What follows a complete number behind a hyphen is its extension.
        let split = || {
            let (head, tail) = text.rsplit_once('-')?;
            Some((Some(extensible(head)?), tail))
        };
        let number = match said.or_else(split) {
            Some((number, extension)) => number
                .filter(|_| is_extension(extension))
                .map(|number| format!("{number}-{extension}")),
            None => dialled(&text),
        };
        number.map(Self).ok_or(NotATelephone)
    }
}

/// How many digits a mobile number has.
const MOBILE: usize = 11;

fn is_number(text: &str) -> bool {
    text.bytes().all(|digit| digit.is_ascii_digit())
}

fn is_extension(text: &str) -> bool {
    (1..=5).contains(&text.len()) && is_number(text)
}

/// A complete number behind which an extension may stand, in its one form: a landline or a 400 number.
fn extensible(head: &str) -> Option<String> {
    dialled(head).filter(|number| number.starts_with('0') || number.starts_with("400-"))
}

/// A number without extension in its one form.
fn dialled(text: &str) -> Option<String> {
    let kept: String = text
        .chars()
        .filter(|sign| !"-.()".contains(*sign))
        .collect();
    let abroad = kept.strip_prefix('+').or_else(|| {
        let rest = kept.strip_prefix("00")?;
        // No country begins with a nought.
        (!rest.starts_with('0')).then_some(rest)
    });
    let Some(abroad) = abroad else {
        return at_home(&kept);
    };
    if let Some(home) = abroad.strip_prefix("86") {
        return at_home(home).or_else(|| at_home(&format!("0{home}")));
    }
    let fits = (7..=15).contains(&abroad.len()) && !abroad.starts_with('0');
    (fits && is_number(abroad)).then(|| format!("+{abroad}"))
}

/// A number of China by its digits.
fn at_home(digits: &str) -> Option<String> {
    if !is_number(digits) {
        return None;
    }
    let is_mobile = |digits: &str| {
        digits.len() == MOBILE && matches!(digits.as_bytes(), [b'1', b'3'..=b'9', ..])
    };
    let is_hotline = |digits: &str| digits.len() == 5 && digits.starts_with("12");
    // Some dial a mobile number with the nought of another place.
    if let Some(mobile) = digits.strip_prefix('0').filter(|rest| is_mobile(rest)) {
        return Some(mobile.to_owned());
    }
    if is_mobile(digits) || is_hotline(digits) {
        return Some(digits.to_owned());
    }
    if digits.len() == 10 && digits.starts_with("400") {
        return Some(format!("400-{}-{}", &digits[3..6], &digits[6..]));
    }
    let (long, is_example) = match digits.as_bytes() {
        [b'0', b'1', b'0', ..] | [b'0', b'2', ..] => (3, false),
        [b'0', b'0', b'0', b'0', ..] => (4, true),
        [b'0', b'3'..=b'9', ..] => (4, false),
        _ => return None,
    };
    let (area, local) = digits.split_at_checked(long)?;
    let begins = is_example || matches!(local.as_bytes(), [b'2'..=b'9', ..]);
    let is_long = local.len() == 8 || local.len() == 7 && long == 4;
    (begins && is_long || is_hotline(local)).then(|| format!("{area}-{local}"))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn kept(typed: &str) -> Option<String> {
        typed.parse().ok().map(|number: Telephone| number.0)
    }

    #[test]
    fn a_number_has_one_form_and_one_address() {
        for (typed, form, address) in [
            // 154 is given to no network.
            ("154 0000 0000", "15400000000", "tel:+8615400000000"),
            ("+86 154-0000-0000", "15400000000", "tel:+8615400000000"),
            ("0086 15400000000", "15400000000", "tel:+8615400000000"),
            ("015400000000", "15400000000", "tel:+8615400000000"),
            (
                "１５４００００００００",
                "15400000000",
                "tel:+8615400000000",
            ),
            ("0000-0000000", "0000-0000000", "tel:+860000000000"),
            ("（0000）0000 0003", "0000-00000003", "tel:+8600000000003"),
            ("0000－00000003", "0000-00000003", "tel:+8600000000003"),
            ("0411—2000 0000", "0411-20000000", "tel:+8641120000000"),
            ("+86 411 2000 0000", "0411-20000000", "tel:+8641120000000"),
            ("010 2000-0000", "010-20000000", "tel:+861020000000"),
            (
                "0000-00000003转801",
                "0000-00000003-801",
                "tel:+8600000000003;ext=801",
            ),
            (
                "0000-00000003 分机 801",
                "0000-00000003-801",
                "tel:+8600000000003;ext=801",
            ),
            (
                "0000-00000003 ext. 801",
                "0000-00000003-801",
                "tel:+8600000000003;ext=801",
            ),
            (
                "(0000)00000003-8",
                "0000-00000003-8",
                "tel:+8600000000003;ext=8",
            ),
            (
                "0000-0000003-8",
                "0000-0000003-8",
                "tel:+860000000003;ext=8",
            ),
            ("400 000 0000", "400-000-0000", "tel:4000000000"),
            ("400-000-0000 转 1", "400-000-0000-1", "tel:4000000000"),
            ("12345", "12345", "tel:12345"),
            ("0411-12345", "0411-12345", "tel:+8641112345"),
            ("+49 (30) 000-00", "+493000000", "tel:+493000000"),
            ("0049 30 00000", "+493000000", "tel:+493000000"),
        ] {
            let number: Telephone = typed.parse().expect(typed);
            assert_eq!(number.as_str(), form, "{typed}");
            assert_eq!(number.uri(), address, "{typed}");
        }
    }

    #[test]
    fn what_cannot_be_dialled_from_anywhere_is_refused() {
        for typed in [
            "",
            "-",
            "+",
            "转801",
            "20000000",
            "2000000",
            "110",
            "1234",
            "54321",
            // Too short, too long, of no kind.
            "1540000000",
            "154000000000",
            "12000000000",
            "0411-200000",
            "0411-200000000",
            "010-2000000",
            "0111-20000000",
            "0411-10000000",
            "0411-00000000",
            "400-000-000",
            "400-000-00000",
            // Extensions of what has none, or that are none.
            "15400000000转1",
            "12345-1",
            "0000-00000003转",
            "0000-00000003转123456",
            "0000-00000003转a",
            "+49 30 000000 ext 1",
            // Of a country that is none, or a number of no length.
            "+0 30 000000",
            "+49",
            "+4930000000000000",
            "0000",
            "++493000000",
            // More than a number.
            "154 0000 0000 / 154 0000 0001",
            "电话 15400000000",
            "15400000000a",
            "一五四",
            "0000_0000000",
            "1.54e10",
        ] {
            assert_eq!(kept(typed), None, "{typed:?}");
        }
        assert_eq!(Telephone::given(None), Ok(None));
        assert_eq!(Telephone::given(Some(" \u{200b}")), Ok(None));
        assert_eq!(Telephone::given(Some("1")), Err(NotATelephone));
    }

    #[test]
    fn what_is_stored_is_read_as_it_was_written() {
        let number: Telephone = "0000-00000003转801".parse().expect("a number");
        let json = serde_json::to_string(&number).expect("JSON");
        assert_eq!(json, "\"0000-00000003-801\"");
        assert_eq!(
            serde_json::from_str::<Telephone>(&json).expect("a number"),
            number
        );
        assert!(serde_json::from_str::<Telephone>("\"801\"").is_err());
    }

    /// Numbers of every kind by their one form.
    fn numbers() -> impl Strategy<Value = String> {
        prop_oneof![
            "1[3-9][0-9]{9}",
            "0[3-9][0-9]{2}-[2-9][0-9]{6,7}",
            "(010|02[0-9])-[2-9][0-9]{7}",
            "0000-[0-9]{7,8}",
            "0[3-9][0-9]{2}-[2-9][0-9]{6,7}-[0-9]{1,5}",
            "400-[0-9]{3}-[0-9]{4}(-[0-9]{1,5})?",
            "12[0-9]{3}",
            "\\+[1-79][0-9]{6,14}",
        ]
    }

    proptest! {
        #[test]
        fn a_number_stays_what_it_is(number in numbers()) {
            prop_assert_eq!(kept(&number), Some(number));
        }

        #[test]
        fn how_it_is_written_does_not_matter(number in numbers(), blanks in proptest::collection::vec(0_usize..24, 0..4)) {
            let mut written: Vec<String> = number.chars().map(String::from).collect();
            for at in blanks {
                let at = at.min(written.len());
                written.insert(at, " ".to_owned());
            }
            let narrow = written.concat();
            let wide: String = narrow.chars().map(|sign| match sign {
                '0'..='9' | '-' | '+' => char::from_u32(u32::from(sign) + 0xfee0).unwrap_or(sign),
                _ => '\u{3000}',
            }).collect();
            prop_assert_eq!(kept(&narrow), Some(number.clone()));
            prop_assert_eq!(kept(&wide), Some(number));
        }

        #[test]
        fn whatever_is_taken_has_its_form(typed in "[-+ 0-9转x().—]{0,20}") {
            if let Some(form) = kept(&typed) {
                prop_assert_eq!(kept(&form), Some(form.clone()));
                prop_assert!((5..=20).contains(&form.len()), "{}", form);
                prop_assert!(form.bytes().all(|sign| sign.is_ascii_digit() || sign == b'-' || sign == b'+'), "{}", form);
                let address = Telephone(form).uri();
                prop_assert!(address.starts_with("tel:") && !address[4..].contains('-'), "{}", address);
            }
        }
    }
}
