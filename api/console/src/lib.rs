//! The console: pages rendered here for the people of the park. It is a strict client of the public GraphQL API, in this very
//! process: what the API refuses, a page cannot show, and what a page needs, every other client gets too.
//!
//! # How a page joins
//!
//! Say the page of contracts. Everything has one place:
//!
//! 1. **The operation**, `src/operations/contract.graphql`: one query with all that the page shows, and a mutation for
//!    each form made by hand (ask `userErrors { path message }` of it). It is checked against `api/schema.graphql` when the crate is built.
//! 2. **The page**, `src/contract.rs`: `operation!(ContractPage in "src/operations/contract.graphql");` gives the
//!    types in `contract_page`; an enum of the API that the page uses is a line in `src/term.rs` and in the
//!    list of `operation!`. A handler takes the [`guest::Guest`] and asks by it:
//!
//!    ```ignore
//!    pub async fn page(guest: Guest, Path(key): Path<String>) -> Result<Response, Refusal> {
//!        let id = global_id(Kind::Contract, &key)?;
//!        let data = guest.run::<ContractPage>(contract_page::Variables { id }).await?;
//!        let contract = data.contract.ok_or(Refusal::NotFound)?;
//!        Ok(guest.show(&ContractShown { f: guest.frame(&contract.number), contract }))
//!    }
//!    ```
//!
//!    Every refusal (not signed in, not found, stale, too many) passes through `?` and becomes a page of its own.
//! 3. **The template**, `api/console/templates/contract/page.html`: `{% extends "base.html" %}`, the blocks `head` (title and acts) and
//!    `main`. The frame is `f`. Every text is written in both languages where it stands, `{{ f.t("契约", "Contract") }}`; a test
//!    finds words outside of `f.t(..)`. Days and distances by `f.date(..)`, `f.distance(..)`; a term by `{{ row.state.say(f) }}`.
//!    Parts are macros, one file each in `templates/parts`, all shown at `/console/design`: `{% import "parts/light.html" as
//!    lights %}`, then `{{ lights::light(f, row.light) }}`. No `style=`, no `<script>`: the browser refuses them.
//! 4. **The route**: a line in the table below, one in `tests/src/pages/` that says who may open it, and one in `src/menu.rs` if it belongs into the menu. Letters and global ids lead
//!    to it by `entity::link` and `word::of_id`.
//! 5. **An act** that is a command with a form has its page by [`command`]: its thing has a part in `src/operations/command.graphql` and in
//!    `command::found`, its route `get command::ask, post command::give`. One with fields of its own is a value of a [`act::Verb`]; any other is a form with `{{ forms::hidden(f, form.key, version) }}` in it (token, idempotency key, expected version) that
//!    posts to `…/VERB`. Its handler takes [`form::Filled`] last: that the form comes from our page and this session is checked
//!    there. Done: `guest.done(Flash::…, &to)`. Refused: `form.refuse(user_errors…)` and the same page again by
//!    `guest.refused(..)`; each message stands beside the field whose `name` is the input's. A file: `filled.store(..)`.
//! 6. **A list** keeps filter, order and page in its address ([`list::Address`], in templates `f.here`), has its fields in
//!    `{% call pages::filter(f, [..]) %}`, shows `parts/pager.html`, and is a file too: route `/contracts.{xlsx,csv}` with [`export::Sheet`] and an operation with what its columns show.
//!    Its rows lead on to each other by [`list::Address::ways`] and [`next`]; what is done for many of them at once is offered by [`many`].
//! 7. **Its story** in `tests/browser`: `see(..)` opens it as a role, in both languages and schemes, takes its picture and lets axe
//!    look. Look at the pictures in `target/screenshots` yourself.
//!
//! A page works without the script; with it, `hx-…` attributes swap a part (`templates/obligation/list.html`).

use std::iter::{successors, zip};

use api_door::scalar::Kind;
use api_http::State;
use async_graphql::ID;
use axum::{
    Router,
    extract::DefaultBodyLimit,
    middleware,
    routing::{MethodRouter, get},
};
use entity::document::rules::LARGEST;
use tower_http::compression::CompressionLayer;

mod absence;
mod account;
mod act;
mod answer;
mod application;
mod asset;
mod audit;
mod bridge;
mod command;
mod contract;
mod design;
mod desk;
mod enterprise;
mod calendar;
mod comment;
mod contract_act;
mod days;
mod department;
mod evaluation;
mod evaluation_design;
mod evaluation_hand;
mod entrance;
mod event;
mod explorer;
mod export;
mod form;
mod form_book;
mod frame;
mod leader;
mod invitation;
mod job;
mod keeps;
mod ledger;
mod ledger_book;
mod letter;
mod liaison;
mod list;
mod many;
mod mailbox;
mod menu;
mod needs;
mod flash;
mod next;
mod notice;
mod obligation;
mod profile;
mod own;
mod project;
mod promise;
mod rectification;
mod refusal;
mod report;
mod saved_filter;
mod scalar;
mod search;
mod sheet;
mod silence;
mod standard;
mod start;
mod supervision;
mod term;
mod timeline;
mod guest;
mod guide;
mod item;
mod visit;
mod word;

use refusal::Refusal;

/// The table of the console: each path once, with what answers a GET and what a POST. The router is made of it, and the stories
/// of `tests/suite/pages.rs` walk it.
macro_rules! table {
    ($($path:literal $($method:ident $handler:path),+;)*) => {
        /// Every path with the methods that it answers.
        pub const PATHS: &[(&str, &[&str])] = &[$(($path, &[$(stringify!($method)),+]),)*];

        /// What answers at each of them.
        #[cfg(test)]
        const HANDLERS: &[(&str, &[(&str, &str)])] =
            &[$(($path, &[$((stringify!($method), stringify!($handler))),+]),)*];

        fn table() -> Router<State> {
            Router::new()$(.route($path, MethodRouter::new()$(.$method($handler))+))*
        }
    };
}

/// The page from which a form was sent to this path: for `PAGE/VERB` that page, the form itself if the thing has no page, else the nearest above.
fn page_behind(path: &str) -> &str {
    fn above<'path>(path: &&'path str) -> Option<&'path str> {
        path.rsplit_once('/').map(|(page, _)| page)
    }
    let parent = above(&path).unwrap_or_default();
    let mut pages = [parent, path]
        .into_iter()
        .chain(successors(Some(parent), above));
    pages.find(|page| is_page(page)).unwrap_or("/")
}

/// Whether there is a page at this path.
fn is_page(path: &str) -> bool {
    PATHS.iter().any(|(pattern, methods)| {
        methods.contains(&"get")
            && pattern.split('/').count() == path.split('/').count()
            && zip(pattern.split('/'), path.split('/'))
                .all(|(named, part)| named.starts_with('{') || named == part)
    })
}

table! {
    "/" get start::page;
    "/search" get search::page;
    "/sign-in" get entrance::page, post entrance::sign_in;
    "/sign-out" post entrance::sign_out;
    "/forgotten" get entrance::forgotten, post entrance::send_link;
    "/join/{secret}" get entrance::invitation, post entrance::join;
    "/preferences" post entrance::prefer;
    "/obligations" get obligation::list;
    "/obligations.xlsx" get obligation::export;
    "/obligations.csv" get obligation::export;
    "/obligations/month" get days::month;
    "/obligations/week" get days::week;
    "/obligations/many/{verb}" get many::ask, post many::give;
    "/obligations/{key}" get obligation::page;
    "/obligations/{key}/why" get obligation::why;
    "/obligations/{key}/fulfil" post obligation::fulfil;
    "/obligations/{key}/comments" post comment::write;
    "/obligations/{key}/{verb}" get command::ask, post command::give;
    "/enterprises" get enterprise::list;
    "/enterprises.xlsx" get enterprise::export;
    "/enterprises.csv" get enterprise::export;
    "/enterprises/{key}" get enterprise::page;
    "/contracts/{key}" get contract::page;
    "/contracts/{key}/comments" post comment::write;
    "/enterprises/{key}/permits" get command::ask, post command::give;
    "/permits/{key}/{verb}" get command::ask, post command::give;
    "/applications" get application::list;
    "/applications/new" get application::ask_new, post application::start;
    "/applications/{key}" get application::page;
    "/applications/{key}/items" get application::items, post application::choose;
    "/applications/{key}/sections/{place}" get application::section, post application::save;
    "/applications/{key}/materials" get application::materials, post application::hand_over;
    "/applications/{key}/check" get application::check;
    "/applications/{key}/discard" get command::ask, post application::discard;
    "/applications/{key}/{verb}" get command::ask, post command::give;
    "/saved-filters" get saved_filter::list, post saved_filter::keep;
    "/saved-filters/{key}/drop" post saved_filter::drop;
    "/notices" get notice::list;
    "/notices/unread" get notice::unread;
    "/notices/read-all" post notice::read_all;
    "/notices/{key}/read" post notice::read;
    "/absences" get absence::list;
    "/absences/new" get absence::ask_new, post absence::record;
    "/absences/{key}/{verb}" get command::ask, post command::give;
    "/profile" get profile::page;
    "/profile/password" post profile::change_password;
    "/profile/preferences" post profile::prefer;
    "/profile/feeds" post profile::make_feed;
    "/profile/feeds/{id}/revoke" post profile::revoke_feed;
    "/profile/tokens" post profile::make_token;
    "/profile/sessions/{id}/revoke" post profile::revoke;
    "/projects" get project::list;
    "/projects.xlsx" get project::export;
    "/projects.csv" get project::export;
    "/projects/{key}" get project::page;
    "/projects/{key}/comments" post comment::write;
    "/comments/{key}/{verb}" get command::ask, post command::give;
    "/projects/{key}/plan" get project::plan, post project::plan_milestones;
    "/projects/{key}/stages/{number}" get project::stage, post project::step;
    "/projects/{key}/gates/{code}" get project::gate, post project::answer_gate;
    "/projects/{key}/milestones/{milestone}" get project::milestone;
    "/projects/{key}/needs" get needs::page;
    "/projects/{key}/needs/{question}" get needs::question, post needs::answer;
    "/projects/{key}/{verb}" get command::ask, post command::give;
    "/milestones/{key}/{verb}" get command::ask, post command::give;
    "/reports" get report::list;
    "/reports.xlsx" get report::export;
    "/reports.csv" get report::export;
    "/reports/{key}" get report::page;
    "/reports/{key}/since" get report::since;
    "/audit" get audit::list;
    "/audit.xlsx" get audit::export;
    "/audit.csv" get audit::export;
    "/jobs" get job::list;
    "/jobs/{name}" get job::page;
    "/jobs/{name}/{verb}" get act::ask::<job::Verb>, post act::perform::<job::Verb>;
    "/runs" get job::runs;
    "/runs.xlsx" get job::export;
    "/runs.csv" get job::export;
    "/letters" get letter::list;
    "/letters.xlsx" get letter::export;
    "/letters.csv" get letter::export;
    "/letters/many/{verb}" get many::ask, post many::give;
    "/letters/{key}" get letter::page;
    "/letters/{key}/{verb}" get command::ask, post command::give;
    "/mail/hold" get letter::ask_hold, post letter::hold;
    "/mail/release" get letter::ask_release, post letter::release;
    "/mailbox" get mailbox::list;
    "/mailbox/{name}" get mailbox::page;
    "/mailbox/{name}/html" get mailbox::html;
    "/mailbox/{name}/files/{number}" get mailbox::file;
    "/accounts" get account::list;
    "/accounts.xlsx" get account::export;
    "/accounts.csv" get account::export;
    "/accounts/new" get account::ask_new, post account::create;
    "/accounts/invite" get invitation::ask, post invitation::invite;
    "/accounts/many/{verb}" get many::ask, post many::give;
    "/accounts/{key}" get account::page;
    "/accounts/{key}/change" get act::ask_only::<account::Change>, post act::perform_only::<account::Change>;
    "/accounts/{key}/disable" get act::ask_only::<account::Set<false>>, post act::perform_only::<account::Set<false>>;
    "/accounts/{key}/enable" get act::ask_only::<account::Set<true>>, post act::perform_only::<account::Set<true>>;
    "/accounts/{key}/{verb}" get command::ask, post command::give;
    "/departments" get department::list;
    "/departments/new" get command::ask, post command::give;
    "/departments/{key}/{verb}" get command::ask, post command::give;
    "/calendar" get calendar::page;
    "/calendar/import" get calendar::choose, post calendar::import;
    "/calendar/preview" post calendar::preview;
    "/contracts" get contract_act::list;
    "/contracts.xlsx" get contract_act::export;
    "/contracts.csv" get contract_act::export;
    "/contracts/standard" get standard::page;
    "/standard-promises/add" get standard::ask_add, post standard::add;
    "/standard-promises/{number}/{verb}" get standard::ask, post standard::give;
    "/contracts/new" get contract_act::ask_new, post contract_act::draft;
    "/contracts/{key}/acts" get contract_act::acts;
    "/contracts/{key}/amend-clause" get act::ask_only::<contract_act::Clause>, post act::perform_only::<contract_act::Clause>;
    "/contracts/{key}/change-draft" get act::ask_only::<contract_act::Draft>, post act::perform_only::<contract_act::Draft>;
    "/contracts/{key}/{verb}" get command::ask, post command::give;
    "/enterprises/new" get command::ask, post command::give;
    "/enterprises/{key}/events" get event::page;
    "/enterprises/{key}/{verb}" get command::ask, post command::give;
    "/commitments/{key}/{verb}" get command::ask, post command::give;
    "/liaisons" get liaison::load;
    "/liaisons/new" get command::ask, post command::give;
    "/liaisons/{key}" get liaison::page;
    "/liaisons/{key}/{verb}" get command::ask, post command::give;
    "/ledger" get ledger::page;
    "/ledger/template.xlsx" get ledger::template;
    "/ledger/preview" post ledger::preview;
    "/ledger/import" post ledger::import;
    "/graphiql" get explorer::page, post explorer::run;
    "/console/design" get design::page;
    "/visits" get visit::list;
    "/visits.xlsx" get visit::export;
    "/visits.csv" get visit::export;
    "/visits/record" get visit::ask_record, post visit::record;
    "/visits/agree" get command::ask, post command::give;
    "/visits/{key}" get visit::page;
    "/visits/{key}/{verb}" get command::ask, post command::give;
    "/obligations/{key}/rate" get act::ask_only::<rectification::Rate>, post act::perform_only::<rectification::Rate>;
    "/silence" get silence::page;
    "/supervisions" get supervision::list;
    "/supervisions.xlsx" get supervision::export;
    "/supervisions.csv" get supervision::export;
    "/supervisions/{key}" get supervision::page;
    "/supervisions/{key}/{verb}" get command::ask, post command::give;
    "/rectifications" get rectification::list;
    "/rectifications.xlsx" get rectification::export;
    "/rectifications.csv" get rectification::export;
    "/rectifications/{key}" get rectification::page;
    "/rectifications/{key}/rate-again" get act::ask_only::<rectification::Again>, post act::perform_only::<rectification::Again>;
    "/rectifications/{key}/{verb}" get command::ask, post command::give;
    "/evaluations" get evaluation::list;
    "/evaluations/compile" get evaluation_hand::page, post evaluation_hand::compile;
    "/evaluations/design" get evaluation_design::page, post evaluation_design::adopt;
    "/evaluations/{key}" get evaluation::page;
    "/evaluations/{key}/form" get answer::own;
    "/evaluations/{key}/form.xlsx" get sheet::workbook;
    "/evaluations/{key}/form/{verb}" post answer::send_own;
    "/evaluations/{key}/answers/{id}" post evaluation::read;
    "/evaluations/{key}/objections/{id}" get evaluation::objection_page;
    "/evaluations/{key}/objections/{id}/{verb}" post evaluation::judge;
    "/evaluations/{key}/sheets" get sheet::ask_issue, post sheet::issue;
    "/evaluations/{key}/invite" get act::ask_only::<evaluation_hand::Invite>, post act::perform_only::<evaluation_hand::Invite>;
    "/evaluations/{key}/{verb}" get act::ask::<evaluation::Verb>, post act::perform::<evaluation::Verb>;
    "/sheets" get sheet::ask_code, post sheet::open;
    "/sheets/{verb}" post sheet::send;
    "/items" get item::list;
    "/items/{key}" get item::page;
    "/items/{key}/{verb}" get command::ask, post command::give;
    "/guides" get guide::list;
    "/guides/history" get guide::history;
    "/guides/{code}" get guide::page;
    "/sitemap.xml" get guide::map;
    "/robots.txt" get guide::robots;
    "/answer/{secret}" get answer::by_link;
    "/answer/{secret}/{verb}" post answer::send_by_link;
}

/// All pages.
pub fn routes(state: State) -> Router<State> {
    table()
        .fallback(|| async { Refusal::NotFound })
        // A file and what stands around it; a form without one is measured where it is read.
        .layer(DefaultBodyLimit::max(LARGEST + 64 * 1024))
        .layer(middleware::from_fn_with_state(state, guest::around))
        .route("/assets/{hash}/{name}", get(asset::serve))
        .layer(CompressionLayer::new())
}

/// The pages of people who have not signed in.
fn is_open(path: &str) -> bool {
    // What is published of evaluations is for everybody; the API tells nothing else of them to strangers.
    ["/sign-in", "/forgotten", "/preferences", "/evaluations"].contains(&path)
        || is_public(path)
        || ["/join/", "/answer/", "/evaluations/"]
            .iter()
            .any(|open| path.starts_with(open))
}

/// The pages of what is published of the catalogue, which everybody may read as often as a person reads.
fn is_public(path: &str) -> bool {
    ["/guides", "/sitemap.xml", "/robots.txt"].contains(&path) || path.starts_with("/guides/")
}

/// The global id of the thing that the address names by its key.
fn global_id(kind: Kind, key: &str) -> Result<String, Refusal> {
    let key = key.parse().map_err(|_| Refusal::NotFound)?;
    let ID(id) = kind.id(key);
    Ok(id)
}

#[cfg(test)]
mod offered;
#[cfg(test)]
mod texts;

#[cfg(test)]
mod tests {
    use api_http::loggable;

    use super::{PATHS, is_page, page_behind};

    #[test]
    fn no_log_keeps_a_secret_of_a_path() {
        let secret = |path: &&str| path.contains("{secret}");
        let of_pages = PATHS.iter().map(|(path, _)| *path).filter(secret);
        let paths = of_pages.chain(["/calendar/{secret}.ics", "/unsubscribe/{secret}"]);
        let mut seen = 0;
        for path in paths {
            let path = path.replace("{secret}", "s3cret");
            assert!(!loggable(&path).contains("s3cret"), "{path}");
            seen += 1;
        }
        assert!(seen >= 5, "links by secret are among the paths: {seen}");
        assert_eq!(loggable("/enterprises/7"), "/enterprises/7");
    }

    #[test]
    fn every_form_came_from_a_page() {
        assert_eq!(page_behind("/contracts/7/submit"), "/contracts/7");
        assert_eq!(page_behind("/absences/7/end"), "/absences/7/end");
        let forms = PATHS
            .iter()
            .filter(|(_, methods)| methods.contains(&"post"))
            .map(|(path, _)| path.replace(['{', '}'], ""));
        let lost: Vec<_> = forms.filter(|path| !is_page(page_behind(path))).collect();
        assert!(lost.is_empty(), "{lost:?}");
        assert_eq!(page_behind("/notices/7/read"), "/notices");
        assert_eq!(page_behind("/sign-out"), "/");
    }
}
