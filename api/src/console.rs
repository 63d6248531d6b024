//! The console: pages rendered here for the people of the park. It is a strict client of the public GraphQL API, in this very
//! process: what the API refuses, a page cannot show, and what a page needs, every other client gets too.
//!
//! # How a page joins
//!
//! Say the page of contracts. Everything has one place:
//!
//! 1. **The operation**, `console/operations/contract.graphql`: one query with all that the page shows, one mutation per act.
//!    Ask `userErrors { path message }` of a mutation. It is checked against `api/schema.graphql` when the crate is built.
//! 2. **The page**, `console/contract.rs`: `operation!(ContractPage in "src/console/operations/contract.graphql");` gives the
//!    types in `contract_page`; an enum of the API that the page uses is a line in `console/term.rs` (with its words) and in the
//!    list of `operation!`. A handler takes the [`visit::Visit`] and asks by it:
//!
//!    ```ignore
//!    pub async fn page(visit: Visit, Path(key): Path<String>) -> Result<Response, Refusal> {
//!        let id = global_id(Kind::Contract, &key)?;
//!        let data = visit.run::<ContractPage>(contract_page::Variables { id }).await?;
//!        let contract = data.contract.ok_or(Refusal::NotFound)?;
//!        Ok(visit.show(&ContractShown { f: visit.frame(&contract.number), contract }))
//!    }
//!    ```
//!
//!    Every refusal (not signed in, not found, stale, too many) passes through `?` and becomes a page of its own.
//! 3. **The template**, `api/templates/contract/page.html`: `{% extends "base.html" %}`, the blocks `head` (title and acts) and
//!    `main`. The frame is `f`. Every text is written in both languages where it stands, `{{ f.t("契约", "Contract") }}`; a test
//!    finds words outside of `f.t(..)`. Days and distances by `f.date(..)`, `f.distance(..)`; a term by `{{ row.state.say(f) }}`.
//!    Parts are macros, one file each in `templates/parts`, all shown at `/console/design`: `{% import "parts/light.html" as
//!    lights %}`, then `{{ lights::light(f, row.light) }}`. No `style=`, no `<script>`: the browser refuses them.
//! 4. **The route**: a line in [`routes`], and one in `console/menu.rs` if it belongs into the menu. Letters and global ids lead
//!    to it by `entity::link` and `word::of_id`.
//! 5. **An act** is a form with `{{ forms::hidden(f, form.key, version) }}` in it (token, idempotency key, expected version) that
//!    posts to `…/VERB`. Its handler takes [`form::Filled`] last: that the form comes from our page and this session is checked
//!    there. Done: `visit.done(Notice::…, &to)`. Refused: `form.refuse(user_errors…)` and the same page again by
//!    `visit.refused(..)`; each message stands beside the field whose `name` is the input's. A file: `filled.store(..)`.
//! 6. **A list** keeps filter, order and page in its address ([`list::Address`], in templates `f.here`), shows
//!    `parts/pager.html`, and is a file too: route `/contracts.{xlsx,csv}` with [`export::Sheet`].
//! 7. **Its story** in `tests/browser`: `see(..)` opens it as a role, in both languages and schemes, takes its picture and lets axe
//!    look. Look at the pictures in `target/screenshots` yourself.
//!
//! A page works without the script; with it, `hx-…` attributes swap a part (`templates/parts/filter.html`).

use async_graphql::ID;
use axum::{
    Router,
    extract::DefaultBodyLimit,
    middleware,
    routing::{get, post},
};
use entity::document::rules::LARGEST;
use tower_http::compression::CompressionLayer;

use crate::{graphql::scalar::Kind, http::State};

mod account;
mod act;
mod answer;
mod asset;
mod audit;
mod bridge;
mod contract;
mod design;
mod desk;
mod enterprise;
mod calendar;
mod contract_act;
mod department;
mod enterprise_act;
mod evaluation;
mod entrance;
mod explorer;
mod export;
mod form;
mod frame;
mod limit;
mod leader;
mod job;
mod ledger;
mod letter;
mod liaison;
mod list;
mod mailbox;
mod menu;
mod notice;
mod obligation;
mod profile;
mod own;
mod project;
mod promise;
mod refusal;
mod report;
mod scalar;
mod start;
mod term;
mod timeline;
mod visit;
mod visit_act;
mod word;

use refusal::Refusal;

/// All pages.
pub fn routes(state: State) -> Router<State> {
    Router::new()
        .route("/", get(start::page))
        .route("/sign-in", get(entrance::page).post(entrance::sign_in))
        .route("/sign-out", post(entrance::sign_out))
        .route(
            "/forgotten",
            get(entrance::forgotten).post(entrance::send_link),
        )
        .route(
            "/join/{secret}",
            get(entrance::invitation).post(entrance::join),
        )
        .route("/preferences", post(entrance::prefer))
        .route("/obligations", get(obligation::list))
        .route("/obligations.xlsx", get(obligation::xlsx))
        .route("/obligations.csv", get(obligation::csv))
        .route("/obligations/{key}", get(obligation::page))
        .route("/obligations/{key}/why", get(obligation::why))
        .route("/obligations/{key}/fulfil", post(obligation::fulfil))
        .route(
            "/obligations/{key}/acknowledge",
            post(obligation::acknowledge),
        )
        .route(
            "/obligations/{key}/pause",
            get(limit::ask_pause).post(limit::pause),
        )
        .route(
            "/obligations/{key}/resume",
            get(limit::ask_resume).post(limit::resume),
        )
        .route(
            "/obligations/{key}/extend",
            get(limit::ask_extend).post(limit::extend),
        )
        .route("/enterprises", get(enterprise::list))
        .route("/enterprises.xlsx", get(enterprise::xlsx))
        .route("/enterprises.csv", get(enterprise::csv))
        .route("/enterprises/{key}", get(enterprise::page))
        .route("/contracts/{key}", get(contract::page))
        .route("/profile", get(profile::page))
        .route("/profile/password", post(profile::change_password))
        .route("/profile/preferences", post(profile::prefer))
        .route("/profile/feeds", post(profile::make_feed))
        .route("/profile/feeds/{id}/revoke", post(profile::revoke_feed))
        .route("/profile/sessions/{id}/revoke", post(profile::revoke))
        .route("/projects", get(project::list))
        .route("/projects.xlsx", get(project::xlsx))
        .route("/projects.csv", get(project::csv))
        .route("/projects/{key}", get(project::page))
        .route(
            "/projects/{key}/progress",
            get(project::progress).post(project::report_progress),
        )
        .route(
            "/projects/{key}/plan",
            get(project::plan).post(project::plan_milestones),
        )
        .route(
            "/projects/{key}/rest",
            get(project::rest).post(project::rest_or_go_on),
        )
        .route(
            "/projects/{key}/stages/{number}",
            get(project::stage).post(project::step),
        )
        .route(
            "/projects/{key}/gates/{code}",
            get(project::gate).post(project::answer_gate),
        )
        .route(
            "/projects/{key}/milestones/{milestone}",
            get(project::milestone),
        )
        .route(
            "/projects/{key}/milestones/{milestone}/move",
            post(project::change_forecast),
        )
        .route(
            "/projects/{key}/milestones/{milestone}/reach",
            post(project::reach),
        )
        .route("/visits", get(visit_act::list))
        .route("/visits.xlsx", get(visit_act::xlsx))
        .route("/visits.csv", get(visit_act::csv))
        .route(
            "/visits/record",
            get(visit_act::ask_record).post(visit_act::record),
        )
        .route(
            "/visits/agree",
            get(visit_act::ask_agree).post(visit_act::agree),
        )
        .route("/visits/{key}", get(visit_act::page))
        .route(
            "/visits/{key}/{verb}",
            get(visit_act::ask).post(visit_act::perform),
        )
        .route("/evaluations", get(evaluation::list))
        .route("/evaluations/{key}", get(evaluation::page))
        .route("/evaluations/{key}/form", get(answer::own))
        .route("/evaluations/{key}/form/{verb}", post(answer::send_own))
        .route("/evaluations/{key}/answers/{id}", post(evaluation::read))
        .route(
            "/evaluations/{key}/objections/{id}",
            get(evaluation::objection_page),
        )
        .route(
            "/evaluations/{key}/objections/{id}/{verb}",
            post(evaluation::judge),
        )
        .route(
            "/evaluations/{key}/{verb}",
            get(evaluation::ask).post(evaluation::perform),
        )
        .route("/answer/{secret}", get(answer::by_link))
        .route("/answer/{secret}/{verb}", post(answer::send_by_link))
        .route("/reports", get(report::list))
        .route("/reports/{key}", get(report::page))
        .route("/audit", get(audit::list))
        .route("/audit.xlsx", get(audit::xlsx))
        .route("/audit.csv", get(audit::csv))
        .route("/jobs", get(job::list))
        .route("/jobs/{name}", get(job::page))
        .route("/jobs/{name}/{verb}", get(job::ask).post(job::perform))
        .route("/runs", get(job::runs))
        .route("/letters", get(letter::list))
        .route("/letters/{key}", get(letter::page))
        .route(
            "/letters/{key}/{verb}",
            get(letter::ask).post(letter::perform),
        )
        .route("/mail/hold", get(letter::ask_hold).post(letter::hold))
        .route(
            "/mail/release",
            get(letter::ask_release).post(letter::release),
        )
        .route("/mailbox", get(mailbox::list))
        .route("/mailbox/{name}", get(mailbox::page))
        .route("/mailbox/{name}/html", get(mailbox::html))
        .route("/mailbox/{name}/files/{number}", get(mailbox::file))
        .route("/accounts", get(account::list))
        .route("/accounts/new", get(account::ask_new).post(account::create))
        .route("/accounts/{key}", get(account::page))
        .route(
            "/accounts/{key}/{verb}",
            get(account::ask).post(account::perform),
        )
        .route("/departments", get(department::list))
        .route(
            "/departments/new",
            get(department::ask_new).post(department::create),
        )
        .route(
            "/departments/{key}/change",
            get(department::ask_change).post(department::change),
        )
        .route("/calendar", get(calendar::page))
        .route(
            "/calendar/import",
            get(calendar::choose).post(calendar::import),
        )
        .route("/calendar/preview", post(calendar::preview))
        .route("/contracts", get(contract_act::list))
        .route("/contracts.xlsx", get(contract_act::xlsx))
        .route("/contracts.csv", get(contract_act::csv))
        .route(
            "/contracts/new",
            get(contract_act::ask_new).post(contract_act::draft),
        )
        .route("/contracts/{key}/acts", get(contract_act::acts))
        .route(
            "/contracts/{key}/acts/{verb}",
            get(contract_act::ask).post(contract_act::perform),
        )
        .route(
            "/enterprises/new",
            get(enterprise_act::ask_new).post(enterprise_act::create),
        )
        .route(
            "/enterprises/{key}/change",
            get(enterprise_act::ask_change).post(enterprise_act::change),
        )
        .route(
            "/enterprises/{key}/end",
            get(enterprise_act::ask_end).post(enterprise_act::end),
        )
        .route("/liaisons", get(liaison::load))
        .route(
            "/liaisons/new",
            get(liaison::ask_new).post(liaison::propose),
        )
        .route("/liaisons/{key}", get(liaison::page))
        .route(
            "/liaisons/{key}/{verb}",
            get(liaison::ask).post(liaison::perform),
        )
        .route("/ledger", get(ledger::page))
        .route("/ledger/preview", post(ledger::preview))
        .route("/ledger/import", post(ledger::import))
        .route("/graphiql", get(explorer::page).post(explorer::run))
        .route("/console/design", get(design::page))
        .fallback(|| async { Refusal::NotFound })
        // A file and what stands around it; a form without one is measured where it is read.
        .layer(DefaultBodyLimit::max(LARGEST + 64 * 1024))
        .layer(middleware::from_fn_with_state(state, visit::around))
        .route("/assets/{hash}/{name}", get(asset::serve))
        .layer(CompressionLayer::new())
}

/// The pages of people who have not signed in.
fn is_open(path: &str) -> bool {
    // What is published of evaluations is for everybody; the API tells nothing else of them to strangers.
    ["/sign-in", "/forgotten", "/preferences", "/evaluations"].contains(&path)
        || ["/join/", "/answer/", "/evaluations/"]
            .iter()
            .any(|open| path.starts_with(open))
}

/// The global id of the thing that the address names by its key.
fn global_id(kind: Kind, key: &str) -> Result<String, Refusal> {
    let key = key.parse().map_err(|_| Refusal::NotFound)?;
    let ID(id) = kind.id(key);
    Ok(id)
}

#[cfg(test)]
mod texts;
