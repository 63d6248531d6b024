//! What a saved filter may say, and how many there may be.

use url::form_urlencoded;

use super::List;
use crate::{error::refusals, language::line};

/// How many filters a person may have for one list.
pub const MOST: u64 = 20;

/// How many characters a name may have.
const LONGEST_NAME: usize = 40;

/// How many characters a filter may have.
const LONGEST: usize = 500;

/// The parameter that says in which order the list is shown: it is kept, and narrows nothing.
const SORT: &str = "sort";

refusals! {
    /// Why a filter is not saved.
    pub enum FilterError as "SavedFilterErrorCode" {
        /// It needs a name of at most 40 characters.
        Name = "NAME", "请填写名称，最多 40 字。", "Enter a name of at most 40 characters.";
        /// Another filter of this list has the name.
        NameTaken = "NAME_TAKEN",
            "该清单已有同名的常用筛选，请换一个名称，或先删除原来的。",
            "You have a saved filter with this name for the list: choose another name, or delete the old one.";
        /// It narrows the list by nothing that the list knows.
        Nothing = "NOTHING",
            "没有可保存的筛选条件，请先在清单中设置筛选条件。",
            "There is nothing to save: filter the list first.";
        /// It has more than 500 characters.
        TooLong = "TOO_LONG", "筛选条件过长，请减少条件后再保存。", "The filter is too long: use fewer conditions.";
        /// There are twenty already.
        TooMany = "TOO_MANY",
            "每个清单最多保存 20 个常用筛选，请先删除不用的。",
            "You can save at most 20 filters for each list: delete one that you do not use.";
    }
}

impl List {
    /// Where the list lies.
    pub fn path(self) -> &'static str {
        match self {
            Self::Obligations => "/obligations",
            Self::Cases => "/cases",
            Self::Enterprises => "/enterprises",
            Self::Contracts => "/contracts",
            Self::Projects => "/projects",
            Self::Visits => "/visits",
            Self::Supervisions => "/supervisions",
            Self::Rectifications => "/rectifications",
            Self::Letters => "/letters",
            Self::Accounts => "/accounts",
            Self::Audit => "/audit",
        }
    }

    /// The list that lies there.
    pub fn at(path: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|list| list.path() == path)
    }

    /// By which parameters of its address it is filtered.
    pub fn filters(self) -> &'static [&'static str] {
        match self {
            Self::Obligations => &[
                "text",
                "state",
                "light",
                "owner",
                "enterprise",
                "contract",
                "department",
                "unlawful",
                "backdated",
                "from",
                "to",
                "within",
            ],
            Self::Cases => &[
                "text",
                "state",
                "light",
                "turn",
                "silence",
                "item",
                "department",
                "enterprise",
                "project",
                "mine",
                "taken",
                "proposed",
                "from",
                "to",
                "within",
            ],
            Self::Enterprises => &["text", "state"],
            Self::Contracts => &["text", "state", "enterprise", "within"],
            Self::Projects => &["text", "state", "light", "enterprise", "contract"],
            Self::Visits => &[
                "text",
                "state",
                "kind",
                "enterprise",
                "from",
                "to",
                "within",
            ],
            Self::Supervisions => &["state"],
            Self::Rectifications => &["text", "state", "department", "enterprise", "evaluation"],
            Self::Letters => &["text", "state", "kind"],
            Self::Accounts => &["text", "role", "department", "enabled"],
            Self::Audit => &["actor", "action", "kind", "subject", "from", "to"],
        }
    }
}

/// The name of a filter.
pub fn name(given: &str) -> Result<String, FilterError> {
    line(given, LONGEST_NAME).ok_or(FilterError::Name)
}

/// What is kept of the query of an address: what the list understands, and nothing else.
pub fn query(list: List, given: &str) -> Result<String, FilterError> {
    let mut kept = form_urlencoded::Serializer::new(String::new());
    let mut narrows = false;
    for (name, value) in form_urlencoded::parse(given.as_bytes()) {
        let filters = list.filters().contains(&name.as_ref());
        if (filters || name == SORT) && !value.is_empty() {
            kept.append_pair(&name, &value);
            narrows |= filters;
        }
    }
    let kept = kept.finish();
    if !narrows {
        Err(FilterError::Nothing)
    } else if kept.len() > LONGEST {
        Err(FilterError::TooLong)
    } else {
        Ok(kept)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_the_list_understands_is_kept() {
        let kept = |given| query(List::Obligations, given);
        assert_eq!(
            kept("light=RED&light=BLACK&text=%E7%A4%BA+%E4%BE%8B&after=c&sort=-due&x=1&state="),
            Ok("light=RED&light=BLACK&text=%E7%A4%BA+%E4%BE%8B&sort=-due".to_owned())
        );
        for nothing in [
            "",
            "sort=due",
            "after=c&in=%2Fobligations%3Flight%3DRED",
            "https://a.example/obligations?light=RED",
            "//a.example",
        ] {
            assert_eq!(kept(nothing), Err(FilterError::Nothing), "{nothing}");
        }
        assert_eq!(
            query(List::Enterprises, "light=RED"),
            Err(FilterError::Nothing)
        );
        let long = format!("text={}", "a".repeat(LONGEST - 5));
        assert_eq!(kept(&long), Ok(long.clone()));
        assert_eq!(kept(&format!("{long}a")), Err(FilterError::TooLong));
        assert_eq!(name(" "), Err(FilterError::Name));
        assert_eq!(name(&"字".repeat(41)), Err(FilterError::Name));
        assert_eq!(name(" 本周 红灯 "), Ok("本周 红灯".to_owned()));
    }

    #[test]
    fn each_list_has_a_place_of_its_own() {
        for list in List::ALL {
            assert_eq!(List::at(list.path()), Some(list));
            assert!(!list.filters().is_empty());
        }
        assert_eq!(List::at("//a.example/obligations"), None);
    }

    proptest::proptest! {
        #[test]
        fn what_is_kept_is_kept_as_it_is(given in "[a-z=&%0-9+?:/]{0,80}") {
            for list in List::ALL {
                if let Ok(kept) = query(list, &given) {
                    proptest::prop_assert_eq!(query(list, &kept), Ok(kept.clone()));
                }
            }
        }
    }
}
