//! Term: a value of the domain that has a name. Its code and both its words stand once, with the enum; the API, the pages, letters,
//! workbooks and the glossary take them from there.

use crate::language::{Language, Text};

/// An enum of which every value has a code and a word in each language.
pub trait Term: Copy + Eq + Send + Sync + 'static {
    /// As the API calls the type: "PermitKind".
    const NAME: &'static str;

    /// What the type is, for those who read the API.
    const ABOUT: &'static str;

    /// All values, in the order in which they are listed.
    const ALL: &'static [Self];

    /// As the API, addresses and forms spell it: "WATER_ABSTRACTION".
    fn code(self) -> &'static str;

    /// As people say it, as it begins a line.
    fn word(self, language: Language) -> &'static str;

    /// What the value means, for those who read the API; without its word.
    fn about(self) -> &'static str;

    /// What the value is, with its word, for those who read the API: "To abstract water: 45 days (取水许可证)."
    fn described(self) -> String {
        let about = self.about().trim_end_matches('.');
        format!("{about} ({}).", self.word(Language::Chinese))
    }

    /// Its word in both languages.
    fn text(self) -> Text {
        Text::new(self.word(Language::Chinese), self.word(Language::English))
    }

    /// The same inside of a sentence, where English begins small.
    fn inside(self) -> Text {
        let mut text = self.text();
        if let Some(first) = text.en.get_mut(..1) {
            first.make_ascii_lowercase();
        }
        text
    }

    /// The value that is spelt so.
    fn of_code(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|term| term.code() == code)
    }
}

/// Defines a term. It carries data only, so that a value without a description, a code and both words does not compile:
///
/// ```ignore
/// term! {
///     /// What is permitted.
///     pub enum Kind as "PermitKind" in "String(StringLen::N(20))" {
///         /// To abstract water: 45 days.
///         WaterAbstraction = "WATER_ABSTRACTION", "取水许可证", "Water abstraction permit";
///     }
/// }
/// ```
///
/// What follows `in` is the type of the column in which it stands, by its codes; what stands in no column has none. An enum that is
/// defined elsewhere is named by `impl` instead of `pub enum`.
macro_rules! term {
    (
        #[doc = $about:literal]
        pub enum $term:ident as $name:literal in $column:literal {
            $(#[doc = $means:literal] $value:ident = $code:literal, $zh:literal, $en:literal;)+
        }
    ) => {
        #[doc = $about]
        #[derive(
            Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash,
            serde::Serialize, serde::Deserialize, sea_orm::EnumIter, sea_orm::DeriveActiveEnum,
        )]
        #[sea_orm(rs_type = "String", db_type = $column)]
        pub enum $term {
            $(#[doc = $means] #[serde(rename = $code)] #[sea_orm(string_value = $code)] $value,)+
        }

        $crate::term::term!(all $term $($value)+);
        $crate::term::term! {
            #[doc = $about]
            impl $term as $name { $(#[doc = $means] $value = $code, $zh, $en;)+ }
        }
    };
    (
        #[doc = $about:literal]
        pub enum $term:ident as $name:literal {
            $(#[doc = $means:literal] $value:ident = $code:literal, $zh:literal, $en:literal;)+
        }
    ) => {
        #[doc = $about]
        #[derive(
            Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize,
        )]
        pub enum $term {
            $(#[doc = $means] #[serde(rename = $code)] $value,)+
        }

        $crate::term::term!(all $term $($value)+);
        $crate::term::term! {
            #[doc = $about]
            impl $term as $name { $(#[doc = $means] $value = $code, $zh, $en;)+ }
        }
    };
    (
        #[doc = $about:literal]
        impl $term:ty as $name:literal {
            $(#[doc = $means:literal] $value:ident = $code:literal, $zh:literal, $en:literal;)+
        }
    ) => {
        impl $crate::term::Term for $term {
            const NAME: &'static str = $name;
            const ABOUT: &'static str = $about.trim_ascii();
            const ALL: &'static [Self] = &[$(Self::$value,)+];

            fn code(self) -> &'static str {
                match self {
                    $(Self::$value => $code,)+
                }
            }

            fn word(self, language: $crate::language::Language) -> &'static str {
                let (zh, en) = match self {
                    $(Self::$value => ($zh, $en),)+
                };
                match language {
                    $crate::language::Language::Chinese => zh,
                    $crate::language::Language::English => en,
                }
            }

            fn about(self) -> &'static str {
                match self {
                    $(Self::$value => $means,)+
                }
                .trim_ascii()
            }
        }
    };
    (all $term:ident $($value:ident)+) => {
        impl $term {
            /// All values, in the order in which they are listed.
            pub const ALL: [Self; [$(stringify!($value)),+].len()] = [$(Self::$value,)+];
        }
    };
}
pub(crate) use term;

term! {
    /// A language of the people.
    impl Language as "Language" {
        /// Simplified Chinese.
        Chinese = "ZH_CN", "简体中文", "Simplified Chinese";
        /// English.
        English = "EN", "英文", "English";
    }
}

term! {
    /// A day of the week.
    impl chrono::Weekday as "Weekday" {
        /// Monday.
        Mon = "MONDAY", "周一", "Monday";
        /// Tuesday.
        Tue = "TUESDAY", "周二", "Tuesday";
        /// Wednesday.
        Wed = "WEDNESDAY", "周三", "Wednesday";
        /// Thursday.
        Thu = "THURSDAY", "周四", "Thursday";
        /// Friday.
        Fri = "FRIDAY", "周五", "Friday";
        /// Saturday.
        Sat = "SATURDAY", "周六", "Saturday";
        /// Sunday.
        Sun = "SUNDAY", "周日", "Sunday";
    }
}

#[cfg(test)]
mod tests {
    use std::{
        collections::{BTreeMap, BTreeSet},
        fs,
        path::Path,
    };

    /// A value as its source says it: its code, its Chinese word, its English one.
    type Said = [String; 3];

    /// All terms by the names of their types, as the sources of the domain define them.
    fn defined() -> BTreeMap<String, Vec<Said>> {
        let mut terms = BTreeMap::new();
        read(
            &Path::new(env!("CARGO_MANIFEST_DIR")).join("src"),
            &mut terms,
        );
        terms
    }

    fn read(folder: &Path, terms: &mut BTreeMap<String, Vec<Said>>) {
        for entry in fs::read_dir(folder).expect("the sources of the domain") {
            let path = entry.expect("a source").path();
            if path.is_dir() {
                read(&path, terms);
            } else {
                terms_of(&fs::read_to_string(path).expect("a source"), terms);
            }
        }
    }

    fn terms_of(source: &str, terms: &mut BTreeMap<String, Vec<Said>>) {
        for block in source.split("\nterm! {\n").skip(1) {
            let block = block.split("\n}\n").next().unwrap_or_default();
            let lines = block
                .lines()
                .map(str::trim)
                .filter(|line| !line.starts_with("//"));
            let mut quoted = lines.map(|line| {
                line.split('"')
                    .skip(1)
                    .step_by(2)
                    .map(str::to_owned)
                    .collect::<Vec<_>>()
            });
            let name = quoted.next().expect("what the API calls it").swap_remove(0);
            let values = quoted.filter_map(|said| said.try_into().ok()).collect();
            assert!(
                terms.insert(name.clone(), values).is_none(),
                "{name} is defined twice"
            );
        }
    }

    #[test]
    fn values_are_told_apart_by_each_word() {
        for (name, values) in defined() {
            assert!(!values.is_empty(), "{name}");
            for part in 0..3 {
                let told: BTreeSet<_> = values.iter().map(|said| &said[part]).collect();
                assert_eq!(told.len(), values.len(), "{name}: {values:?}");
            }
        }
    }

    #[test]
    fn the_glossary_says_the_values_as_the_terms_do() {
        const HEAD: &str = "## The values 取值\n";
        let mut built = format!(
            "{HEAD}\nEvery value with its words. The table is written from the terms by `UPDATE_GLOSSARY=1 cargo test -p entity --lib term`.\n\n\
             | Type | Value | 中文 | English |\n| --- | --- | --- | --- |\n"
        );
        for (name, values) in defined() {
            for [code, zh, en] in values {
                built.push_str(&format!("| {name} | {code} | {zh} | {en} |\n"));
            }
        }
        let file = concat!(env!("CARGO_MANIFEST_DIR"), "/../GLOSSARY.md");
        let glossary = fs::read_to_string(file).expect("GLOSSARY.md");
        let (before, table) = glossary.split_at(glossary.find(HEAD).unwrap_or(glossary.len()));
        if std::env::var_os("UPDATE_GLOSSARY").is_some() {
            fs::write(file, format!("{before}{built}")).expect("GLOSSARY.md is written");
            return;
        }
        assert!(
            table == built,
            "the values in GLOSSARY.md are not those of the terms: run UPDATE_GLOSSARY=1 cargo test -p entity --lib term, then read the difference"
        );
    }
}
