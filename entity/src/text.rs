//! Text (文本): which characters a text may hold, and when a text is found. One rule for every door: the API, the pages, the command
//! line and files.
//!
//! What nobody sees is taken away and not refused, because nobody could mend it: control characters (a NUL ends a text for one
//! database and is refused by another), characters without a width, and those that turn the direction of what follows, with which
//! one text is made to look like another (Unicode Technical Report 36, 3.4 and 3.5).

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::LazyLock,
};

use sea_orm::{
    Condition, DbBackend,
    sea_query::{BinOper, CaseStatement, Expr, ExprTrait, Func},
};
use unicode_normalization::UnicodeNormalization;
use unicode_properties::{GeneralCategory, UnicodeGeneralCategory};

/// Whether a character cannot be seen and is no blank either.
pub fn is_invisible(character: char) -> bool {
    if character.is_whitespace() {
        return false;
    }
    match character.general_category() {
        GeneralCategory::Control | GeneralCategory::Format => true,
        // Fillers, joiners and selectors that Unicode lists among letters, marks and symbols; and what is no character at all.
        _ => {
            matches!(character,
            '\u{34f}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}' | '\u{2800}' | '\u{3164}'
            | '\u{2065}' | '\u{fe00}'..='\u{fe0f}' | '\u{ffa0}' | '\u{e0000}'..='\u{e0fff}' | '\u{fdd0}'..='\u{fdef}')
                || u32::from(character) & 0xfffe == 0xfffe
        }
    }
}

/// The characters of a text that are kept: without what is invisible, and every way to end a line is one.
pub fn clean(text: &str) -> String {
    let mut cleaned = String::with_capacity(text.len());
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        match character {
            '\r' if characters.peek() == Some(&'\n') => {}
            '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => {
                cleaned.push('\n');
            }
            _ if is_invisible(character) => {}
            _ => cleaned.push(character),
        }
    }
    cleaned
}

/// A text of several lines as it is kept: clean, and without blanks around it.
pub fn clean_lines(text: &str) -> String {
    clean(text).trim().to_owned()
}

/// A text of one line as it is kept: the same, where the end of a line is a blank.
pub fn clean_line(text: &str) -> String {
    clean(text).replace(['\n', '\t'], " ").trim().to_owned()
}

/// One line in small letters, every character in its plain form (NFKC).
pub fn plain(text: &str) -> String {
    let plain: String = clean_line(text).nfkc().collect();
    plain.to_lowercase().trim().to_owned()
}

/// A name by which two things are compared: without what is invisible and without blanks, in small letters, and every form of a
/// character (full width, in a circle, composed) is one (NFKC).
pub fn folded(text: &str) -> String {
    clean(text)
        .nfkc()
        .flat_map(char::to_lowercase)
        .filter(|character| !character.is_whitespace())
        .collect()
}

/// What stands between the words of a text and does not matter for finding it.
const BLANKS: [&str; 4] = [" ", "\u{3000}", "\u{a0}", "\n"];

/// How many characters of a search count.
const LONGEST_SEARCH: usize = 100;

/// The column of a database without the blanks of its texts.
pub(crate) fn narrow(column: impl Into<Expr>) -> Expr {
    BLANKS.into_iter().fold(column.into(), |text, blank| {
        Func::cust("replace").arg(text).arg(blank).arg("").into()
    })
}

/// What is looked for in texts: its characters as they are, whatever they mean to a database, in capitals or not, in every form that is the same to a
/// reader (full width, in a circle, of the table of radicals), with blanks or without. The one rule by which lists and the search find texts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Search(Vec<BTreeSet<char>>);

/// Where in a text it must stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    Anywhere,
    Beginning,
    Whole,
}

impl Search {
    /// A search for `text`; nothing when there is nothing to look for.
    pub fn of(text: &str) -> Option<Self> {
        let characters: Vec<_> = clean(text)
            .nfc()
            .filter(|character| !character.is_whitespace())
            .take(LONGEST_SEARCH)
            .map(forms)
            .collect();
        (!characters.is_empty()).then_some(Self(characters))
    }

    /// The rows of which one of `columns` has it.
    pub fn within(
        &self,
        backend: DbBackend,
        columns: impl IntoIterator<Item = impl Into<Expr>>,
    ) -> Condition {
        self.placed(backend, columns, Place::Anywhere)
    }

    /// The same in signs that are `such`; nothing when one of its characters has no such form.
    pub(crate) fn written_in(&self, such: impl Fn(char) -> bool) -> Option<String> {
        let sign = |forms: &BTreeSet<char>| forms.iter().copied().find(|form| such(*form));
        self.0.iter().map(sign).collect()
    }

    /// How well the best of `columns` fits, of rows that have it: 0 where it is this and nothing else, 1 where it begins so, else 2.
    pub fn rank(
        &self,
        backend: DbBackend,
        columns: impl IntoIterator<Item = impl Into<Expr>> + Clone,
    ) -> Expr {
        let best = CaseStatement::new()
            .case(self.placed(backend, columns.clone(), Place::Whole), 0)
            .case(self.placed(backend, columns, Place::Beginning), 1);
        best.finally(2).into()
    }

    fn placed(
        &self,
        backend: DbBackend,
        columns: impl IntoIterator<Item = impl Into<Expr>>,
        place: Place,
    ) -> Condition {
        let (operator, pattern) = match backend {
            DbBackend::Postgres => ("~", self.regular(place)),
            _ => ("GLOB", self.glob(place)),
        };
        let mut any = Condition::any();
        for column in columns {
            let found =
                narrow(column).binary(BinOper::Custom(operator), Expr::val(pattern.clone()));
            any = any.add(found);
        }
        any
    }

    /// As a pattern of PostgreSQL, in which a character is written by its number: so none means anything.
    fn regular(&self, place: Place) -> String {
        let class = |forms: &BTreeSet<char>| {
            let numbers = forms
                .iter()
                .map(|form| format!("\\U{:08x}", u32::from(*form)));
            format!("[{}]", numbers.collect::<String>())
        };
        let middle: String = self.0.iter().map(class).collect();
        match place {
            Place::Anywhere => middle,
            Place::Beginning => format!("^{middle}"),
            Place::Whole => format!("^{middle}$"),
        }
    }

    /// As a pattern of SQLite. Within brackets `]` means itself at the beginning, `^` anywhere else, and `-` at the end.
    fn glob(&self, place: Place) -> String {
        let class = |forms: &BTreeSet<char>| {
            let place = |form: &char| match form {
                ']' => 0,
                '^' => 2,
                '-' => 3,
                _ => 1,
            };
            let mut forms: Vec<char> = forms.iter().copied().collect();
            forms.sort_by_key(place);
            match forms[..] {
                // What means something to SQLite has a form of full width, too.
                [only] => only.to_string(),
                _ => format!("[{}]", forms.into_iter().collect::<String>()),
            }
        };
        let middle: String = self.0.iter().map(class).collect();
        match place {
            Place::Anywhere => format!("*{middle}*"),
            Place::Beginning => format!("{middle}*"),
            Place::Whole => middle,
        }
    }
}

/// All forms of one character that are the same to a reader. One that stands for several (`㈱`) has no other: it is found as it was typed.
fn forms(character: char) -> BTreeSet<char> {
    let plain = plain_form(character).unwrap_or(character);
    let others = OTHER_FORMS.get(&plain).into_iter().flatten().copied();
    others.chain([plain, character]).collect()
}

/// The small letter, or the sign, that Unicode calls the plain form of a character (NFKC); none where that is several.
fn plain_form(character: char) -> Option<char> {
    let plain = std::iter::once(character).nfkc();
    single(plain.flat_map(char::to_lowercase))
}

/// The characters that have another plain form, by that form: of the basic plane without the ideographs and syllables, which have none.
static OTHER_FORMS: LazyLock<BTreeMap<char, Vec<char>>> = LazyLock::new(|| {
    let mut others: BTreeMap<char, Vec<char>> = BTreeMap::new();
    let signs = ('!'..'\u{3400}').chain('\u{a000}'..'\u{ac00}');
    for character in signs.chain('\u{f900}'..='\u{ffff}') {
        let plain = plain_form(character).filter(|plain| *plain != character);
        if let Some(plain) = plain.filter(|plain| !plain.is_whitespace()) {
            others.entry(plain).or_default().push(character);
        }
    }
    others
});

fn single(mut characters: impl Iterator<Item = char>) -> Option<char> {
    characters.next().filter(|_| characters.next().is_none())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_nobody_sees_is_taken_away() {
        for (given, kept) in [
            ("示例\u{0}科技", "示例科技"),
            ("a\u{8}b\u{7f}c\u{9f}d", "abcd"),
            ("\u{202e}gpj.\u{2066}exe\u{2069}", "gpj.exe"),
            ("\u{feff}示\u{200b}例\u{2060}\u{ad}", "示例"),
            ("\u{200b}", ""),
            ("\u{3164}\u{2800}\u{115f}", ""),
            ("e\u{e0041}\u{fe0f}", "e"),
            ("\u{ffff}\u{fdd0}x", "x"),
            // What belongs to the text stays: rare characters, accents, blanks, tables.
            ("𠮷 é e\u{301}　\t", "𠮷 é e\u{301}　\t"),
            ("\u{e000}", "\u{e000}"),
        ] {
            assert_eq!(clean(given), kept, "{given:?}");
        }
        assert_eq!(
            clean("一\r\n二\r三\u{2028}四\u{85}\n五"),
            "一\n二\n三\n四\n\n五"
        );
        assert_eq!(clean_line(" 一\r\n二\t三 "), "一 二 三");
    }

    #[test]
    fn what_looks_alike_is_one() {
        assert_eq!(folded(" Ａｄｍｉｎ\u{200b}０１ "), "admin01");
        assert_eq!(folded("示例（北京） 有限公司"), "示例(北京)有限公司");
    }

    #[test]
    fn a_search_says_its_characters_and_nothing_else() {
        assert_eq!(Search::of(" \u{200b}\u{3000}"), None);
        let glob = |text: &str| Search::of(text).expect("a search").glob(Place::Anywhere);
        assert_eq!(glob("示例 A"), "*[\u{2f70}示][例\u{f9b5}][AaªᴬᵃₐⒶⓐＡａ]*");
        assert_eq!(glob("ａ"), "*[AaªᴬᵃₐⒶⓐＡａ]*");
        assert_eq!(glob("①0%*"), "*[1¹₁①１][0⁰₀⓪０][%﹪％][*﹡＊]*");
        assert_eq!(glob("[]^-"), "*[[﹇［][]﹈］][＾^][﹣－-]*");
        assert_eq!(glob("㈱e\u{301}"), "*㈱[Éé]*");
        let search = Search::of("(示").expect("a search");
        assert_eq!(
            search.regular(Place::Whole),
            "^[\\U00000028\\U0000207d\\U0000208d\\U0000fe35\\U0000fe59\\U0000ff08][\\U00002f70\\U0000793a]$"
        );
        assert_eq!(search.glob(Place::Beginning), "[(⁽₍︵﹙（][\u{2f70}示]*");
        let number = |sign: char| sign == '-' || sign.is_ascii_digit() || sign.is_ascii_uppercase();
        let written = |text: &str| Search::of(text).expect("a search").written_in(number);
        assert_eq!(written("２026 ①－r10").as_deref(), Some("20261-R10"));
        assert_eq!(written("2026号"), None);
    }

    proptest! {
        /// Cleaning once is enough, and what is clean has nothing that a database or a reader stumbles over.
        #[test]
        fn a_clean_text_stays(text in any::<String>()) {
            let cleaned = clean(&text);
            prop_assert_eq!(&clean(&cleaned), &cleaned);
            let clear = |character: char| matches!(character, '\n' | '\t') || !character.is_control();
            prop_assert!(cleaned.chars().all(clear));
            prop_assert!(!cleaned.chars().any(is_invisible));
        }

        /// Whatever form of a character is typed, the same is looked for.
        #[test]
        fn every_form_finds_the_same(character in any::<char>()) {
            let plain = plain_form(character).unwrap_or(character);
            let found = forms(character);
            prop_assert!(found.is_superset(&forms(plain)));
            prop_assert!(found.iter().all(|form| *form == character || plain_form(*form) == Some(plain)));
        }
    }
}
