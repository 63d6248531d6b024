//! What makes a credit code and an enterprise acceptable.

use super::Model;
use crate::{
    error::{Explain, Refusal},
    language::Text,
    policy::AdmittedKinds,
    text::{clean_line, clean_lines, folded},
};

/// The alphabet of GB 32100-2015; a character's value is its place. I, O, S, V and Z are left out.
const ALPHABET: &str = "0123456789ABCDEFGHJKLMNPQRTUWXY";

/// Weights of positions 1 to 17: powers of 3 modulo 31.
const WEIGHTS: [u32; 17] = [
    1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28,
];

/// Weights of the organisation code inside (GB 11714), positions 9 to 16.
const INNER_WEIGHTS: [u32; 8] = [3, 7, 9, 10, 5, 8, 4, 2];

/// Unified social credit code (统一社会信用代码) after GB 32100-2015: normalised and verified.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct CreditCode(String);

/// Why a text is no credit code the park takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CreditCodeError {
    /// Nothing there.
    Empty,
    /// Not 18 characters.
    Length {
        /// How many there are.
        found: usize,
    },
    /// A character that no code contains at that place.
    Character {
        /// Its place, from 1.
        position: usize,
        /// What stands there.
        found: char,
    },
    /// The last character does not fit the other 17: something is mistyped.
    CheckCharacter {
        /// What stands there.
        found: char,
        /// What would fit.
        expected: char,
    },
    /// A code, but not one of a kind that the park contracts with.
    Kind,
}

impl CreditCode {
    /// Reads a code as people write it: full-width characters, blanks and small letters are put right; then every rule holds.
    pub fn parse(text: &str, admitted: AdmittedKinds) -> Result<Self, CreditCodeError> {
        let code = Self::verify(text)?;
        let taken = match &code.0[..2] {
            "91" => true,
            "92" => admitted.individual_businesses,
            "93" => admitted.cooperatives,
            _ => false,
        };
        if taken {
            Ok(code)
        } else {
            Err(CreditCodeError::Kind)
        }
    }

    /// Reads a code of any registering authority and kind.
    pub fn verify(text: &str) -> Result<Self, CreditCodeError> {
        let code = normalise(text);
        if code.is_empty() {
            return Err(CreditCodeError::Empty);
        }
        let length = code.chars().count();
        if length != 18 {
            return Err(CreditCodeError::Length { found: length });
        }
        for (index, found) in code.chars().enumerate() {
            let fits = if (2..8).contains(&index) {
                found.is_ascii_digit()
            } else {
                value(found).is_some()
            };
            if !fits {
                return Err(CreditCodeError::Character {
                    position: index + 1,
                    found,
                });
            }
        }
        let expected = check_character(&code[..17]);
        match code.chars().next_back() {
            Some(found) if found != expected => {
                Err(CreditCodeError::CheckCharacter { found, expected })
            }
            _ => Ok(Self(code)),
        }
    }

    /// The 18 characters.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The 18 characters.
    pub fn into_string(self) -> String {
        self.0
    }

    /// Whether the organisation code inside (positions 9 to 17, GB 11714) has its own check character right. Worth a warning
    /// only: codes are in use that do not.
    pub fn inner_check_holds(&self) -> bool {
        let sum: u32 = self.0[8..16]
            .chars()
            .zip(INNER_WEIGHTS)
            .map(|(character, weight)| character.to_digit(36).unwrap_or_default() * weight)
            .sum();
        let expected = match 11 - sum % 11 {
            10 => 'X',
            11 => '0',
            digit => char::from_digit(digit, 10).unwrap_or('0'),
        };
        self.0[16..17].starts_with(expected)
    }
}

impl std::fmt::Display for CreditCode {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// Full-width to half-width, blanks and invisible characters away, upper case.
fn normalise(text: &str) -> String {
    folded(text).to_ascii_uppercase()
}

fn value(character: char) -> Option<u32> {
    ALPHABET
        .find(character)
        .and_then(|place| u32::try_from(place).ok())
}

/// The character that makes 17 valid ones a code. A remainder of 0 gives '0'.
fn check_character(seventeen: &str) -> char {
    let sum: u32 = seventeen
        .chars()
        .zip(WEIGHTS)
        .map(|(character, weight)| value(character).unwrap_or_default() * weight)
        .sum();
    let place = usize::try_from((31 - sum % 31) % 31).unwrap_or_default();
    ALPHABET.chars().nth(place).unwrap_or('0')
}

impl Explain for CreditCodeError {
    fn explain(&self) -> Text {
        match self {
            Self::Empty => Text::new(
                "缺少统一社会信用代码，请填写营业执照上的18位代码。",
                "The unified social credit code is missing: enter the 18 characters on the business licence.",
            ),
            Self::Length { found } => Text::new(
                format!("统一社会信用代码应为18位，此处为{found}位，请对照营业执照核对。"),
                format!(
                    "A unified social credit code has 18 characters, but this one has {found}: compare it with the business licence."
                ),
            ),
            Self::Character { position, found } => Text::new(
                format!(
                    "统一社会信用代码第{position}位不能是“{found}”（第3至8位为数字，其余不用字母I、O、S、V、Z），请核对。"
                ),
                format!(
                    "Character {position} of a unified social credit code cannot be “{found}” (3 to 8 are digits; I, O, S, V and Z are never \
                     used): check it."
                ),
            ),
            Self::CheckCharacter { found, expected } => Text::new(
                format!(
                    "统一社会信用代码校验位不符：末位为“{found}”，按前17位应为“{expected}”，代码中有输入错误，请对照营业执照核对。"
                ),
                format!(
                    "The check character is wrong: the last character is “{found}”, but the first 17 require “{expected}”. There is a typing \
                     error: compare it with the business licence."
                ),
            ),
            Self::Kind => Text::new(
                "园区不与该类主体签订服务契约。企业代码以91开头；个体工商户（92）、农民专业合作社（93）须由管理员在设置中准入。",
                "The park does not sign contracts with this kind of entity. Codes of companies begin with 91; individual businesses (92) and \
                 cooperatives (93) must be admitted by the administrator in the settings.",
            ),
        }
    }
}

/// Why an enterprise is not created or changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EnterpriseError {
    /// The code is none.
    CreditCode(CreditCodeError),
    /// Another enterprise has this code.
    CreditCodeTaken,
    /// A field must not be empty.
    Missing,
    /// A field is longer than it may be.
    TooLong {
        /// How many characters are allowed.
        limit: usize,
    },
    /// It has left the park already.
    Ended,
    /// A contract is still in force.
    ContractInForce,
}

impl Explain for EnterpriseError {
    fn explain(&self) -> Text {
        match self {
            Self::CreditCode(error) => error.explain(),
            Self::CreditCodeTaken => Text::new(
                "已有企业使用该统一社会信用代码，请查找已登记的企业。",
                "An enterprise with this unified social credit code already exists: search for it.",
            ),
            Self::Missing => Text::new("此项必填。", "This field is required."),
            Self::TooLong { limit } => Text::new(
                format!("内容过长，最多{limit}个字。"),
                format!("Too long: at most {limit} characters."),
            ),
            Self::Ended => Text::new(
                "该企业已退出园区，不能再修改。",
                "This enterprise has left the park and cannot be changed.",
            ),
            Self::ContractInForce => Text::new(
                "该企业仍有生效的服务契约，请先终止契约。",
                "A service contract of this enterprise is still in force: terminate it first.",
            ),
        }
    }
}

/// Lets pass an enterprise that is in the park: one that has left changes no more.
pub fn require_here(enterprise: &Model) -> Result<(), EnterpriseError> {
    match enterprise.ended_on {
        None => Ok(()),
        Some(_) => Err(EnterpriseError::Ended),
    }
}

/// What an enterprise is called, after blanks around are gone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Details {
    /// Registered name.
    pub name_zh: String,
    /// Name in English.
    pub name_en: Option<String>,
    /// Line of business.
    pub industry: String,
    /// Internal remark.
    pub remark: Option<String>,
}

/// Checks the names and texts of an enterprise; all problems at once.
pub fn details(
    name_zh: &str,
    name_en: Option<&str>,
    industry: &str,
    remark: Option<&str>,
) -> Result<Details, Vec<Refusal<EnterpriseError>>> {
    let mut refusals = Vec::new();
    let mut check = |field: &'static str, text: String, required: bool, limit: usize| -> String {
        let code = if text.is_empty() && required {
            Some(EnterpriseError::Missing)
        } else if text.chars().count() > limit {
            Some(EnterpriseError::TooLong { limit })
        } else {
            None
        };
        refusals.extend(code.map(|code| Refusal {
            code,
            path: vec![field],
        }));
        text
    };
    let details = Details {
        name_zh: check("nameZh", clean_line(name_zh), true, 200),
        name_en: name_en
            .map(|text| check("nameEn", clean_line(text), false, 200))
            .filter(|text| !text.is_empty()),
        industry: check("industry", clean_line(industry), true, 100),
        remark: remark
            .map(|text| check("remark", clean_lines(text), false, 500))
            .filter(|text| !text.is_empty()),
    };
    if refusals.is_empty() {
        Ok(details)
    } else {
        Err(refusals)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const DEMONSTRATION: [&str; 20] = [
        "91210231XQ0000013H",
        "91210231XQ0000021C",
        "91210231XQ000003X4",
        "91210231XQ00000484",
        "91210231XQ0000056Y",
        "91210231XQ0000064R",
        "91210231XQ0000072L",
        "91210231XQ0000080F",
        "91210231XQ0000099C",
        "91210231XQ00001010",
        "91210231XQ000011XP",
        "91210231XQ0000128P",
        "91210231XQ0000136J",
        "91210231XQ0000144D",
        "91210231XQ00001528",
        "91210231XQ00001603",
        "91210231XQ00001790",
        "91210231XQ0000187T",
        "91210231XQ0000195M",
        "91210231XQ0000208B",
    ];

    fn parse(text: &str) -> Result<CreditCode, CreditCodeError> {
        CreditCode::parse(text, AdmittedKinds::default())
    }

    #[test]
    fn published_and_fictitious_codes_hold() {
        for code in DEMONSTRATION.into_iter().chain(["91350100M000100Y43"]) {
            let parsed = parse(code).expect(code);
            assert_eq!(parsed.as_str(), code);
            assert!(parsed.inner_check_holds(), "{code}");
        }
        let zero_remainders = DEMONSTRATION
            .iter()
            .filter(|code| code.ends_with('0'))
            .count();
        assert_eq!(zero_remainders, 2);
        let inner_x = DEMONSTRATION
            .iter()
            .filter(|code| code[16..17] == *"X")
            .count();
        assert_eq!(inner_x, 2);
    }

    #[test]
    fn spelling_is_put_right() {
        assert_eq!(
            parse(" ９１２１０２３１ｘｑ０００００１３ｈ\u{3000}")
                .expect("full width")
                .as_str(),
            "91210231XQ0000013H"
        );
        assert!(parse("9121 0231 xq00 0001 3h\u{200b}").is_ok());
    }

    #[test]
    fn reasons_are_told_apart() {
        assert_eq!(parse(" \u{3000}"), Err(CreditCodeError::Empty));
        assert_eq!(
            parse("91210231XQ0000013"),
            Err(CreditCodeError::Length { found: 17 })
        );
        assert_eq!(
            parse("91350100M000100Y4Z"),
            Err(CreditCodeError::Character {
                position: 18,
                found: 'Z'
            })
        );
        assert_eq!(
            parse("9121023AXQ0000013H"),
            Err(CreditCodeError::Character {
                position: 8,
                found: 'A'
            })
        );
        assert_eq!(
            parse("91210231XQ0000013J"),
            Err(CreditCodeError::CheckCharacter {
                found: 'J',
                expected: 'H'
            })
        );
    }

    #[test]
    fn kinds_are_admitted_by_setting() {
        let seventeen = "92210231XQ0000013";
        let individual = format!("{seventeen}{}", check_character(seventeen));
        assert_eq!(parse(&individual), Err(CreditCodeError::Kind));
        let admitted = AdmittedKinds {
            individual_businesses: true,
            cooperatives: false,
        };
        assert!(CreditCode::parse(&individual, admitted).is_ok());
        assert!(CreditCode::verify(&individual).is_ok());
    }

    #[test]
    fn a_wrong_inner_check_is_no_error() {
        let seventeen = "91210231XQ0000014";
        let code = format!("{seventeen}{}", check_character(seventeen));
        assert!(!parse(&code).expect("valid outside").inner_check_holds());
    }

    #[test]
    fn every_single_mistake_and_every_neighbour_swap_is_found() {
        for code in DEMONSTRATION {
            let characters: Vec<char> = code.chars().collect();
            for place in 0..18 {
                for wrong in ALPHABET.chars().filter(|wrong| *wrong != characters[place]) {
                    let mut mistyped = characters.clone();
                    mistyped[place] = wrong;
                    assert!(CreditCode::verify(&mistyped.iter().collect::<String>()).is_err());
                }
                if place > 0 && characters[place] != characters[place - 1] {
                    let mut swapped = characters.clone();
                    swapped.swap(place, place - 1);
                    assert!(CreditCode::verify(&swapped.iter().collect::<String>()).is_err());
                }
            }
        }
    }

    proptest! {
        #[test]
        fn no_text_panics(text in "\\PC{0,24}") {
            let _ = parse(&text);
        }

        #[test]
        fn what_is_accepted_is_a_fixed_point(seventeen in "91[0-9]{6}[0-9A-HJ-NPQRTUWXY]{9}") {
            let code = format!("{seventeen}{}", check_character(&seventeen));
            let parsed = parse(&code).expect("constructed");
            prop_assert_eq!(parse(parsed.as_str()), Ok(parsed.clone()));
            prop_assert_eq!(parse(&code.to_lowercase()), Ok(parsed));
        }
    }
}
