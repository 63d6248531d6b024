//! Lists: filter, order and page live in the address, so that what is seen can be sent to a colleague.

use axum::http::Uri;
use url::form_urlencoded;

use super::term::SortDirection;

/// A path and its query, and the addresses that lie one step away from it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Address {
    path: String,
    pairs: Vec<(String, String)>,
}

/// The parameters that say which page of the list is shown.
const CURSORS: [&str; 2] = ["after", "before"];

/// The parameter that says around which day a calendar is shown.
pub const DAY: &str = "on";

/// How many rows a page has.
pub const ROWS: i64 = 50;

/// Which page of a list an address asks for, in the words of the API.
#[derive(Clone, Debug, Default)]
pub struct Paging {
    /// So many from the start.
    pub first: Option<i64>,
    /// So many from the end.
    pub last: Option<i64>,
    /// After this cursor.
    pub after: Option<String>,
    /// Before this cursor.
    pub before: Option<String>,
    /// Also what stands beside the rows of a page: how many there are in all, and among what one chooses.
    pub whole: bool,
}

impl Address {
    /// The address of a request.
    pub fn of(uri: &Uri) -> Self {
        let query = uri.query().unwrap_or_default();
        Self {
            path: uri.path().to_owned(),
            pairs: form_urlencoded::parse(query.as_bytes())
                .into_owned()
                .filter(|(_, value)| !value.is_empty())
                .collect(),
        }
    }

    /// The path alone.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// A parameter; empty when it is not there.
    pub fn get(&self, name: &str) -> &str {
        self.all(name).next().unwrap_or_default()
    }

    /// A parameter that is there.
    pub fn some(&self, name: &str) -> Option<String> {
        self.all(name).next().map(str::to_owned)
    }

    /// All values of a parameter.
    pub fn all(&self, name: &str) -> impl Iterator<Item = &str> {
        self.pairs
            .iter()
            .filter(move |(known, _)| known == name)
            .map(|(_, value)| value.as_str())
    }

    /// Whether a parameter has this value among others.
    pub fn has(&self, name: &str, value: &str) -> bool {
        self.all(name).any(|known| known == value)
    }

    /// Whether anything narrows the list.
    pub fn is_filtered(&self) -> bool {
        let shows = |name: &str| ["sort", DAY].contains(&name) || CURSORS.contains(&name);
        self.pairs.iter().any(|(name, _)| !shows(name))
    }

    /// This address with a parameter set, on the first page.
    pub fn with(&self, name: &str, value: &str) -> String {
        self.changed(&self.path, &[name], &[(name, value)])
    }

    /// This address without a parameter, on the first page.
    pub fn without(&self, name: &str) -> String {
        self.changed(&self.path, &[name], &[])
    }

    /// The page after a cursor.
    pub fn after(&self, cursor: &str) -> String {
        self.with("after", cursor)
    }

    /// The page before a cursor.
    pub fn before(&self, cursor: &str) -> String {
        self.with("before", cursor)
    }

    /// The whole list as a file: `/obligations` becomes `/obligations.xlsx`.
    pub fn export(&self, ending: &str) -> String {
        self.changed(&format!("{}.{ending}", self.path), &[], &[])
    }

    /// By what the list is sorted: the parameter `sort`, a minus sign before it for the other way round.
    pub fn sort(&self, usual: &str) -> (String, SortDirection) {
        let said = self.some("sort").unwrap_or_else(|| usual.to_owned());
        match said.strip_prefix('-') {
            Some(field) => (field.to_owned(), SortDirection::Desc),
            None => (said, SortDirection::Asc),
        }
    }

    /// The address sorted by `field`; the other way round when it is already.
    pub fn sorted(&self, field: &str) -> String {
        if self.get("sort") == field {
            self.with("sort", &format!("-{field}"))
        } else {
            self.with("sort", field)
        }
    }

    /// `aria-sort` of the column `field`.
    pub fn aria_sort(&self, field: &str, usual: &str) -> &'static str {
        match self.sort(usual) {
            (sorted, SortDirection::Asc) if sorted == field => "ascending",
            (sorted, SortDirection::Desc) if sorted == field => "descending",
            _ => "none",
        }
    }

    /// Which page is asked for.
    pub fn paging(&self) -> Paging {
        match self.some("before") {
            Some(before) => Paging {
                last: Some(ROWS),
                before: Some(before),
                whole: true,
                ..Paging::default()
            },
            None => Paging {
                first: Some(ROWS),
                after: self.some("after"),
                whole: true,
                ..Paging::default()
            },
        }
    }

    /// The same parameters at another path.
    pub fn onto(&self, path: &str) -> String {
        self.changed(path, &[], &[])
    }

    /// The parameters at another path without some and with others, on the first page.
    pub fn changed(&self, path: &str, drop: &[&str], add: &[(&str, &str)]) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        for (name, value) in &self.pairs {
            if !drop.contains(&name.as_str()) && !CURSORS.contains(&name.as_str()) {
                query.append_pair(name, value);
            }
        }
        query.extend_pairs(add);
        match query.finish() {
            query if query.is_empty() => path.to_owned(),
            query => format!("{path}?{query}"),
        }
    }
}

impl std::fmt::Display for Address {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let mut query = form_urlencoded::Serializer::new(String::new());
        query.extend_pairs(&self.pairs);
        match query.finish() {
            query if query.is_empty() => f.write_str(&self.path),
            query => write!(f, "{}?{query}", self.path),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address(text: &'static str) -> Address {
        Address::of(&Uri::from_static(text))
    }

    #[test]
    fn one_step_away_keeps_the_rest_and_begins_at_the_first_page() {
        let here = address("/obligations?light=RED&light=BLACK&text=&sort=due&after=abc");
        assert_eq!(here.get("text"), "");
        assert!(here.has("light", "BLACK") && here.is_filtered());
        assert_eq!(
            here.with("state", "OPEN"),
            "/obligations?light=RED&light=BLACK&sort=due&state=OPEN"
        );
        assert_eq!(here.without("light"), "/obligations?sort=due");
        assert_eq!(
            here.changed("/obligations/month", &["light"], &[(DAY, "2026-10-01")]),
            "/obligations/month?sort=due&on=2026-10-01"
        );
        assert!(!address("/obligations/month?on=2026-10-01").is_filtered());
        assert_eq!(
            here.export("csv"),
            "/obligations.csv?light=RED&light=BLACK&sort=due"
        );
    }

    #[test]
    fn a_second_click_turns_the_order_round() {
        let here = address("/obligations?sort=due");
        assert_eq!(here.sorted("due"), "/obligations?sort=-due");
        assert_eq!(here.sorted("opened"), "/obligations?sort=opened");
        assert_eq!(here.aria_sort("due", "due"), "ascending");
        let turned = address("/obligations?sort=-due");
        assert_eq!(turned.sorted("due"), "/obligations?sort=due");
        assert_eq!(turned.sort("due"), ("due".to_owned(), SortDirection::Desc));
        assert_eq!(address("/obligations").aria_sort("due", "due"), "ascending");
    }

    #[test]
    fn paging_goes_both_ways() {
        let next = address("/x?after=c").paging();
        assert_eq!((next.first, next.after.as_deref()), (Some(ROWS), Some("c")));
        let back = address("/x?before=c").paging();
        assert_eq!((back.last, back.before.as_deref()), (Some(ROWS), Some("c")));
        assert_eq!(back.first, None);
    }
}
