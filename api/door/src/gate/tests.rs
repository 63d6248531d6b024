use std::fmt::Write;

use async_graphql::{Variables, value};

use super::*;

fn verdict(query: impl Into<String>) -> &'static str {
    match Gate::default().admit(Request::new(query), true) {
        Ok(_) => "passes",
        Err(Refused::Limit(_)) => "limit",
        Err(Refused::Request(_)) => "request",
    }
}

/// A chain of fragments in which each spreads the next `width` times.
fn chain(length: usize, width: usize) -> String {
    let mut text = "{ ...f0 }".to_owned();
    for at in 0..length {
        let spreads = format!("...f{} ", at + 1).repeat(width);
        write!(text, " fragment f{at} on Query {{ {spreads} }}").expect("written");
    }
    write!(text, " fragment f{length} on Query {{ viewer {{ id }} }}").expect("written");
    text
}

#[test]
fn expansion_is_measured_without_being_done() {
    assert_eq!(verdict(chain(4, 2)), "limit", "16 root fields");
    assert_eq!(verdict(chain(3, 2)), "passes", "8 root fields");
    assert_eq!(verdict(chain(MOST_FRAGMENTS - 1, 1)), "passes");
    let unknown = |query: String| query.replace("viewer { id }", "...elsewhere");
    assert_eq!(
        verdict(unknown(chain(MOST_FRAGMENTS - 1, 20))),
        "request",
        "what is not there is refused before anything is expanded"
    );
    assert_eq!(
        verdict(chain(MOST_FRAGMENTS - 1, 20)),
        "limit",
        "20 to the 19th"
    );
    assert_eq!(
        verdict(chain(MOST_FRAGMENTS, 1)),
        "limit",
        "one fragment too many"
    );
}

#[test]
fn a_spread_weighs_something_itself() {
    let spreads = |times: usize| {
        let many = "... { ...a ...b }".repeat(times);
        format!("{{ viewer {{ {many} }} }} fragment a on V {{ id }} fragment b on V {{ ...a }}")
    };
    // Each time an inline fragment, three spreads and two fields.
    assert_eq!(verdict(spreads(66)), "passes");
    let many = |times: usize| {
        let once = "...a ".repeat(times);
        format!(
            "{{ viewer {{ {once} }} }} fragment a on V {{ {} }}",
            "... { ...b }".repeat(9)
        ) + " fragment b on V { id }"
    };
    // A spread, and nine inline fragments with a spread of a field each: 28 together.
    assert_eq!(verdict(many(35)), "passes");
    assert_eq!(verdict(many(36)), "limit");
}

#[test]
fn fragments_that_are_not_there_or_not_used_are_refused() {
    for query in [
        "{ ...a }",
        "{ viewer { ... { ...a } } }",
        "{ ...a } fragment a on Query { viewer { ...b } }",
        "{ viewer { id } } fragment a on Query { viewer { id } }",
        "query A { ...a } query B { id } fragment a on Query { id } fragment b on Query { id }",
    ] {
        let named = Request::new(query).operation_name("A");
        assert!(
            matches!(Gate::default().admit(named, true), Err(Refused::Request(_))),
            "{query}"
        );
        assert_eq!(verdict(query), "request", "{query}");
    }
    let shared = "query A { ...a } query B { ...a } fragment a on Query { id }";
    assert!(
        Gate::default()
            .admit(Request::new(shared).operation_name("A"), true)
            .is_ok()
    );
}

#[test]
fn what_is_no_graphql_is_told_where_and_not_repeated() {
    let word = "unheard";
    let Err(Refused::Request(refused)) =
        Gate::default().admit(Request::new(format!("{{ viewer {{ {word}( }} }}")), true)
    else {
        panic!("it is refused");
    };
    assert_eq!(refused.message, "This is not a GraphQL document.");
    assert_eq!(refused.locations.len(), 1);
}

#[test]
fn a_variable_is_defined_once() {
    let twice = "query($a: Int, $a: String) { viewer { id } }";
    assert_eq!(verdict(twice), "request");
    let of_two = "query A($a: Int) { a(b: $a) } query B($a: Int) { a(b: $a) }";
    assert!(
        Gate::default()
            .admit(Request::new(of_two).operation_name("A"), true)
            .is_ok()
    );
}

#[test]
fn cycles_are_refused() {
    assert_eq!(verdict("{ ...a } fragment a on Query { ...a }"), "request");
    assert_eq!(
        verdict("{ viewer { id } } fragment a on Query { x { ...b } } fragment b on X { ...a }"),
        "request"
    );
}

#[test]
fn many_rows_are_heavy_work() {
    let heavy = |query: &str, size: i64| {
        let variables = Variables::from_value(value!({ "n": size }));
        let request = Request::new(query).variables(variables);
        Gate::default()
            .admit(request, true)
            .expect("it passes")
            .is_heavy()
    };
    assert!(!heavy("{ a(first: 100) { nodes { id } } }", 0));
    assert!(heavy(
        "{ a(first: 100) { nodes { b(last: 5) { nodes { id } } } } }",
        0
    ));
    let query = "query($n: Int!) { a(first: 10) { nodes { ...c } } } fragment c on A { b(first: $n) { nodes { id } } }";
    assert!(!heavy(query, 49));
    assert!(heavy(query, 50));
    let unsent = |query: &str| {
        Gate::default()
            .admit(Request::new(query), true)
            .expect("it passes")
            .is_heavy()
    };
    assert!(unsent(
        "query($n: Int = 501) { a(first: $n) { nodes { id } } }"
    ));
    assert!(!unsent(
        "query($n: Int = 499) { a(first: $n) { nodes { id } } }"
    ));
    assert!(heavy("mutation { calendarImport { id } }", 0));
    let of_two = |name: &str| {
        let query = "query A { a(first: 100) { nodes { b(last: 5) { nodes { id } } } } } query B { a(first: 1) { nodes { id } } }";
        Gate::default()
            .admit(Request::new(query).operation_name(name), true)
            .expect("it passes")
            .is_heavy()
    };
    assert_eq!((of_two("A"), of_two("B")), (true, false));
}

#[test]
fn strangers_may_ask_for_little() {
    let open = |query: &str| {
        Gate::default()
            .admit(Request::new(query), true)
            .expect("it passes")
            .is_open()
    };
    assert!(open("{ __typename viewer { id } }"));
    assert!(open("mutation { accountAcceptLink { id } }"));
    for closed in [
        "{ contracts(first: 1) { totalCount } }",
        "{ viewer { id } v: contract(id: 1) { id } }",
        "{ ... on Query { node(id: 1) { id } } }",
        "{ ...a } fragment a on Query { ...b } fragment b on Query { nodes(ids: []) { id } }",
        "mutation { contractSign { id } }",
    ] {
        assert!(!open(closed), "{closed}");
    }
}

#[test]
fn each_limit_holds_at_its_edge() {
    // Glued spreads are two tokens each.
    let glued = |times: usize| {
        format!(
            "{{ viewer {{ {} }} }} fragment a on V {{ id }}",
            "...a".repeat(times)
        )
    };
    assert_eq!(verdict(glued(400)), "passes");
    assert_eq!(verdict(glued(500)), "limit");
    assert_eq!(
        verdict(format!("{{ {} }}", "a".repeat(LONGEST_WORD))),
        "passes"
    );
    assert_eq!(
        verdict(format!("{{ {} }}", "a".repeat(LONGEST_WORD + 1))),
        "limit"
    );
    let repeated = |part: &str, times: usize| format!("{{ viewer {{ {} }} }}", part.repeat(times));
    assert_eq!(verdict(repeated("id ", MOST_TOKENS - 5)), "passes");
    assert_eq!(verdict(repeated("id ", MOST_TOKENS - 4)), "limit");
    assert_eq!(verdict(repeated("a: id ", MOST_ALIASES)), "passes");
    assert_eq!(verdict(repeated("a: id ", MOST_ALIASES + 1)), "limit");
    assert_eq!(verdict(repeated("id @a ", MOST_DIRECTIVES)), "passes");
    assert_eq!(verdict(repeated("id @a ", MOST_DIRECTIVES + 1)), "limit");
    assert_eq!(verdict(format!("{{ {} }}", "viewer ".repeat(12))), "passes");
    assert_eq!(verdict(format!("{{ {} }}", "viewer ".repeat(13))), "limit");
    let deep = |levels: usize| {
        format!(
            "{}x{}",
            "{ a ".repeat(levels - 1) + "{ ",
            " }".repeat(levels)
        )
    };
    assert_eq!(verdict(deep(LARGEST_DEPTH)), "passes");
    assert_eq!(verdict(deep(LARGEST_DEPTH + 1)), "limit");
    assert_eq!(
        verdict(format!("{{ a(b: {}1{}) }}", "[".repeat(60), "]".repeat(60))),
        "limit"
    );
}

#[test]
fn the_description_may_be_deeper_but_not_circular() {
    let of = |levels: usize| format!("{}name{}", "ofType { ".repeat(levels), " }".repeat(levels));
    assert_eq!(
        verdict(format!(
            "{{ __schema {{ types {{ fields {{ args {{ type {{ {} }} }} }} }} }} }}",
            of(9)
        )),
        "passes"
    );
    let around = "fields { type { ".repeat(3) + "name" + &" } }".repeat(3);
    assert_eq!(
        verdict(format!("{{ __schema {{ types {{ {around} }} }} }}")),
        "limit"
    );
}

#[test]
fn text_in_strings_and_comments_is_one_token_or_none() {
    let words = "{ word ".repeat(2_000);
    assert_eq!(verdict(format!("{{ a(b: \"{words}\") }}")), "passes");
    assert_eq!(
        verdict(format!("{{ a(b: \"\"\"{words} \\\"\"\" \" \"\"\") }}")),
        "passes"
    );
    assert_eq!(verdict(format!("{{ a }} # {words}")), "passes");
    assert_eq!(verdict("{ a(b: \"unfinished) }"), "request");
    assert_eq!(verdict(""), "request");
}

#[test]
fn the_operation_is_the_named_one() {
    let both = "query A { a } mutation B { b }";
    assert_eq!(verdict(both), "request");
    let named = |name: &str| Gate::default().admit(Request::new(both).operation_name(name), true);
    assert!(named("A").expect("a query").is_query());
    assert!(named("B").expect("a mutation").is_mutation());
    assert!(named("C").is_err());
}
