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
/// The parameter that says from which list one has come to a page: its address, read on after the row before.
pub const FROM: &str = "in";

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
        Self::new(uri.path(), uri.query().unwrap_or_default())
    }

    /// An address as it is written in a page.
    pub fn written(text: &str) -> Self {
        let (path, query) = text.split_once('?').unwrap_or((text, ""));
        Self::new(path, query)
    }

    fn new(path: &str, query: &str) -> Self {
        Self {
            path: path.to_owned(),
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

    /// Whether it shows what this query shows.
    pub fn is_narrowed_by(&self, query: &str) -> bool {
        self.onto(&self.path) == format!("{}?{query}", self.path)
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

    /// The page `to` of a row of this list, from which one goes on to the next row; above it stands the row with the cursor `above`.
    pub fn row(&self, to: &str, above: Option<&str>) -> String {
        let start = above.map(str::to_owned).or_else(|| self.some("after"));
        let list = match start {
            Some(cursor) => self.after(&cursor),
            None => self.onto(&self.path),
        };
        coming_from(to, &list)
    }

    /// The pages of the rows of this list, given each with its id and in their order, from which one goes on to the next.
    pub fn ways<'a>(
        &self,
        ids: impl Iterator<Item = &'a str>,
        cursors: impl Iterator<Item = &'a str>,
    ) -> Vec<String> {
        // Above the first row of a page that was read backwards stands one whose cursor is not known: its own leads on as well, as long
        // as it stays where it is.
        let mut cursors = cursors.peekable();
        let backwards = !self.get("before").is_empty();
        let mut above = cursors.peek().copied().filter(|_| backwards);
        let way = |(id, own)| {
            let way = self.row(&super::word::of_id(id), above);
            above = Some(own);
            way
        };
        ids.zip(cursors).map(way).collect()
    }

    /// The list at `path`, where one has come from it.
    pub fn list(&self, path: &str) -> Option<Self> {
        let list = Self::written(self.get(FROM));
        (list.path == path).then_some(list)
    }

    /// Whether one has come from a list.
    pub fn is_along(&self) -> bool {
        !self.get(FROM).is_empty()
    }

    /// The address `to`, with the list from which one has come.
    pub fn along(&self, to: &str) -> String {
        match self.some(FROM) {
            Some(list) => coming_from(to, &list),
            None => to.to_owned(),
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

/// The address `to`, to which one comes from `list`.
fn coming_from(to: &str, list: &str) -> String {
    let (page, part) = match to.split_once('#') {
        Some((page, part)) => (page, format!("#{part}")),
        None => (to, String::new()),
    };
    let sign = if page.contains('?') { '&' } else { '?' };
    let list: String = form_urlencoded::byte_serialize(list.as_bytes()).collect();
    format!("{page}{sign}{FROM}={list}{part}")
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
    fn a_page_knows_the_list_from_which_one_has_come() {
        let list = address("/obligations?light=RED&after=c");
        let first = list.row("/obligations/7#fulfil", None);
        assert_eq!(
            first,
            "/obligations/7?in=%2Fobligations%3Flight%3DRED%26after%3Dc#fulfil"
        );
        let there = Address::written(first.split('#').next().expect("a page"));
        assert_eq!(there.list("/obligations"), Some(list.clone()));
        assert_eq!(there.list("/projects"), None, "another list");
        assert_eq!(
            there.along("/obligations/7/pause"),
            "/obligations/7/pause?in=%2Fobligations%3Flight%3DRED%26after%3Dc"
        );
        let second = Address::written(&list.row("/obligations/8", Some("d")));
        let read = second.list("/obligations").expect("the list").paging();
        assert_eq!(read.after.as_deref(), Some("d"));
        let alone = address("/obligations/7");
        assert!(!alone.is_along() && there.is_along());
        assert_eq!(alone.along("/x"), "/x");
        for elsewhere in ["//a.example/obligations", "https://a.example/obligations"] {
            let from = Address::written(&format!("/obligations/7?in={elsewhere}"));
            assert_eq!(from.list("/obligations"), None, "{elsewhere}");
        }
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
