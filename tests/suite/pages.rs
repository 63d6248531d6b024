//! Every page of the console, as the router has them: who may open it, and what it costs. How it looks is told in
//! `tests/browser/pages.rs`.

use std::collections::{BTreeMap, BTreeSet};

use api::demo;
use api_door::scalar::Kind as Thing;
use api_import::read;
use entity::{
    ledger::commands::{Import, PARK_PARTY, import},
    viewer::{Role, Viewer},
};
use reqwest::{StatusCode, header};
use sea_orm::ConnectionTrait;
use tests::{
    Backend, Park,
    app::TRACES,
    ledger,
    pages::{self, Gives, OPEN, Page},
    story,
    window::{Window, beside},
};

use crate::warnings::runner;

/// The most a page may weigh before it is compressed.
const HEAVIEST: usize = 150 * 1024;

/// Everybody of the demonstration, signed in.
async fn windows(park: &Park) -> BTreeMap<Role, Window> {
    let mut windows = BTreeMap::new();
    for (login, role) in demo::sign_ins() {
        windows.insert(role, Window::enter(park, login, demo::PASSWORD).await);
    }
    windows
}

#[test]
fn no_page_is_forgotten() {
    story::alone(Backend::Sqlite, async |backend| {
        let park = Park::demonstration(backend).await;
        let known = pages::all(&park.store, park.mailbox.folder()).await;
        let mut known: BTreeSet<&str> = known.iter().map(|page| page.route).collect();
        known.extend(OPEN);
        let routed: BTreeSet<&str> = api_console::PATHS
            .iter()
            .filter(|(_, methods)| methods.contains(&"get"))
            .map(|(path, _)| *path)
            .collect();
        let missing: Vec<_> = routed.symmetric_difference(&known).collect();
        assert!(
            missing.is_empty(),
            "in one list and not in the other: {missing:?}"
        );
    });
}

#[test]
fn every_role_opens_its_pages_and_is_refused_the_others() {
    story::alone(Backend::Sqlite, async |backend| {
        let park = Park::demonstration(backend).await;
        let windows = windows(&park).await;
        let stranger = Window::default();
        let mut wrong = Vec::new();
        for page in pages::all(&park.store, park.mailbox.folder()).await {
            for role in Role::ALL {
                let answer = windows[&role].get(&park, &page.path).await;
                let status = answer.status();
                let refused = [StatusCode::FORBIDDEN, StatusCode::NOT_FOUND].contains(&status);
                let right = match page.who.contains(&role) {
                    true => status == StatusCode::OK,
                    false => refused,
                };
                let text = answer.text().await.unwrap_or_default();
                let is_page = text.contains("<h1") && text.contains("<main");
                let told = right && (is_page || page.gives == Gives::File);
                if !told {
                    wrong.push(format!("{role:?} {} {status}", page.path));
                }
            }
            let led = stranger.get(&park, &page.path).await.status();
            // The internals are shown to everybody in the demonstration. Of evaluations and of the catalogue strangers
            // may read what is published: of this evaluation they learn nothing.
            let open = match page.route {
                "/console/design" | "/evaluations" => led == StatusCode::OK,
                route if route.starts_with("/guides") || route.starts_with("/board") => {
                    led == StatusCode::OK
                }
                route if route.starts_with("/evaluations/") => {
                    [StatusCode::NOT_FOUND, StatusCode::SEE_OTHER].contains(&led)
                }
                _ => led == StatusCode::SEE_OTHER,
            };
            if !open {
                wrong.push(format!("a stranger {} {led}", page.path));
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    });
}

/// Forms without a page of their own: the page on which they stand, where they are sent, and who may send them.
const SENT: &[(&str, &str, &[Role])] = &[
    (
        "/obligations/{key}",
        "/fulfil",
        &[Role::Centre, Role::Liaison],
    ),
    (
        "/obligations/{key}",
        "/acknowledge",
        &[Role::Centre, Role::Liaison],
    ),
    (
        "/evaluations/{key}/objections/{id}",
        "/propose",
        &[Role::Centre],
    ),
    (
        "/evaluations/{key}/objections/{id}",
        "/decide",
        &[Role::Leader],
    ),
    ("/evaluations/{key}/form", "/submit", &[Role::Enterprise]),
    ("/ledger", "/preview", &[Role::Centre]),
    ("/ledger", "/import", &[Role::Centre]),
    ("/calendar", "/preview", &[Role::Admin]),
];

/// What a form needs to be looked at at all: a form that is refused for what is left out says nothing of the role.
const FILLED: &[(&str, &[(&str, &str)])] = &[
    ("/pause", &[("kind", "AGREED"), ("documentId", NO_DOCUMENT)]),
    ("/resume", &[("endedOn", "2026-10-09")]),
    ("/extend", &[("days", "1")]),
    ("/rate", &[("level", "SATISFIED")]),
    ("/rate-again", &[("level", "SATISFIED")]),
    (
        "/report-progress",
        &[
            ("reportedOn", "2026-10-09"),
            ("percent", "50"),
            ("note", "示例"),
        ],
    ),
    ("/stages/1", &[("step", "ENTER"), ("on", "2026-10-09")]),
    ("/enter-stage", &[("number", "1"), ("on", "2026-10-09")]),
    ("/leave-stage", &[("number", "1"), ("on", "2026-10-09")]),
    ("/override-gate", &[("code", "LAND_RIGHT")]),
    ("/change-forecast", &[("forecastOn", "2026-10-09")]),
    ("/reach", &[("actualOn", "2026-10-09")]),
    ("/suspend", &[("documentId", NO_DOCUMENT)]),
    ("/propose", &[("uphold", "true"), ("opinion", "示例")]),
    ("/decide", &[("uphold", "true")]),
    (
        "/visits/record",
        &[("kind", "TELEPHONE"), ("summary", "示例")],
    ),
    ("/ledger/import", &[("documentId", NO_DOCUMENT)]),
];

/// Nobody has stored it: whoever may not is told so before.
const NO_DOCUMENT: &str = "document_00000000000000000000000000000000";

/// What is in the way although the role may: nothing has been replied yet that could be rated again, and a comment is somebody else's.
const TOO_EARLY: &[(&str, Role)] = &[
    ("/rate-again", Role::Enterprise),
    ("/withdraw", Role::Leader),
    ("/withdraw", Role::Centre),
    ("/withdraw", Role::Supervisor),
];

#[test]
fn nobody_does_by_a_form_what_he_may_not() {
    story::alone(Backend::Sqlite, async |backend| {
        let park = Park::demonstration(backend).await;
        let windows = windows(&park).await;
        let pages = pages::all(&park.store, park.mailbox.folder()).await;
        let takes = |page: &&Page| {
            let known = api_console::PATHS
                .iter()
                .find(|(path, _)| *path == page.route);
            known.is_some_and(|(_, methods)| methods.contains(&"post"))
        };
        let own = pages.iter().filter(takes);
        let mut forms: Vec<(String, &[Role])> =
            own.map(|page| (page.path.clone(), page.who)).collect();
        for (route, rest, who) in SENT {
            let page = pages.iter().find(|page| page.route == *route);
            let page = page.unwrap_or_else(|| panic!("no page {route}"));
            forms.push((format!("{}{rest}", page.path), who));
        }
        assert!(forms.len() > 50, "only {} forms", forms.len());
        // These two are refused for another version before they are for the role.
        for table in ["project", "milestone"] {
            let first = format!("UPDATE {table} SET version = 1");
            park.db().execute_unprepared(&first).await.expect("set");
        }
        // The fields of a plan have the names of milestones.
        let milestone = forms.iter().find_map(|(path, _)| {
            let (_, rest) = path.split_once("/milestones/")?;
            rest.split('/').next()?.parse().ok()
        });
        let milestone = Thing::Milestone.id(milestone.expect("a milestone")).0;
        let (on, weight) = (format!("on-{milestone}"), format!("weight-{milestone}"));
        let mut wrong = Vec::new();
        let mut sent = 0;
        for role in Role::ALL {
            let window = &windows[&role];
            let token = window.token(&park, "/profile").await;
            let fields = [
                ("token", token.as_str()),
                ("expectedVersion", "1"),
                ("idempotencyKey", "of another role"),
                ("reason", "示例"),
                ("csv", "date,kind,name_zh,name_en,notice_year\n"),
            ];
            let before = park.dump().await.without(TRACES);
            for (path, _) in forms.iter().filter(|(_, who)| !who.contains(&role)) {
                let (place, asked) = path.split_once('?').unwrap_or((path, ""));
                let needed = FILLED.iter().filter(|(rest, _)| place.ends_with(rest));
                let mut fields = fields.to_vec();
                fields.extend(needed.flat_map(|(_, needed)| needed.iter().copied()));
                if let Some(enterprise) = asked.strip_prefix("enterpriseId=") {
                    fields.push(("enterpriseId", enterprise));
                }
                if place.ends_with("/plan") {
                    fields.extend([(on.as_str(), "2026-10-09"), (weight.as_str(), "1")]);
                }
                let answer = window.post(&park, path, &fields).await;
                let status = answer.status();
                let text = answer.text().await.unwrap_or_default();
                // A form that is refused for its token says nothing of the role.
                let is_stale = ["表单已失效", "no longer valid"]
                    .iter()
                    .any(|words| text.contains(words));
                let mut early = TOO_EARLY.iter();
                let is_early = early.any(|(rest, who)| place.ends_with(rest) && *who == role);
                let refused = match is_early {
                    true => status.is_client_error(),
                    false => [StatusCode::FORBIDDEN, StatusCode::NOT_FOUND].contains(&status),
                };
                if !refused || is_stale {
                    wrong.push(format!("{role:?} {path} {status}"));
                }
                sent += 1;
            }
            before.assert_same(&park.dump().await.without(TRACES));
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
        assert!(sent > 250, "only {sent} were sent");
    });
}

/// What a page costs.
#[derive(Debug)]
struct Cost {
    operations: usize,
    statements: usize,
    bytes: usize,
}

async fn cost(park: &Park, window: &Window, page: &Page) -> Cost {
    let (answer, statements) = park.statements(window.get(park, &page.path)).await;
    assert_eq!(answer.status(), StatusCode::OK, "{}", page.path);
    let timing = answer.headers().get("server-timing");
    let timing = timing
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    Cost {
        operations: timing.matches(";dur=").count(),
        statements,
        bytes: answer.bytes().await.expect("a page").len(),
    }
}

/// Eighty enterprises more, with all they bring.
async fn grow(park: &Park) {
    let rows = read("ledger.csv", ledger::csv(80).as_bytes())
        .expect("a ledger")
        .rows;
    let input = Import {
        rows,
        refused: Vec::new(),
        park_party: PARK_PARTY.to_owned(),
        dry_run: false,
    };
    import(&park.store, &Viewer::system("story"), input, |_| {})
        .await
        .expect("the import runs");
    runner(park)
        .run_now("obligation_opening", None, false)
        .await
        .expect("a run");
}

/// A page is one operation; what it asks of the database does not depend on how much there is; it is light.
async fn pages_keep_their_budgets(backend: Backend) {
    let park = Park::demonstration(backend).await;
    let windows = windows(&park).await;
    let all = pages::all(&park.store, park.mailbox.folder()).await;
    let mut few = Vec::new();
    let seen = all.iter().filter(|page| page.gives != Gives::File);
    let seen: Vec<(&Page, Role)> = seen
        .flat_map(|page| page.who.iter().map(move |role| (page, *role)))
        .collect();
    for (page, role) in &seen {
        few.push(cost(&park, &windows[role], page).await);
    }
    grow(&park).await;
    let mut wrong = Vec::new();
    for ((page, role), few) in seen.into_iter().zip(few) {
        let many = cost(&park, &windows[&role], page).await;
        let operations = usize::from(page.gives == Gives::Page);
        // Where there was no row at all, an edge had nothing to load.
        let grown = many.statements > few.statements + 2;
        let heavy = few.bytes > HEAVIEST || many.bytes > HEAVIEST;
        if many.operations != operations || grown || heavy {
            wrong.push(format!("{role:?} {}: {few:?} → {many:?}", page.path));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

mod budgets {
    use tests::{Backend, story};

    #[test]
    fn on_sqlite() {
        story::alone(Backend::Sqlite, super::pages_keep_their_budgets);
    }

    #[test]
    fn on_postgres() {
        story::alone(Backend::Postgres, super::pages_keep_their_budgets);
    }
}

#[test]
fn who_asks_too_often_reads_when_to_come_back() {
    story::alone(Backend::Sqlite, async |backend| {
        let park = Park::demonstration(backend).await.with_limits();
        let window = Window::default();
        let token = window.token(&park, "/forgotten").await;
        let fields = [("token", token.as_str()), ("login", "nobody@park.example")];
        let mut statuses = Vec::new();
        for _ in 0..11 {
            statuses.push(window.post(&park, "/forgotten", &fields).await);
        }
        let last = statuses.pop().expect("an answer");
        assert!(
            statuses
                .iter()
                .all(|answer| answer.status() == StatusCode::SEE_OTHER)
        );
        assert_eq!(last.status(), StatusCode::TOO_MANY_REQUESTS);
        assert_eq!(last.headers()[header::RETRY_AFTER], "60");
        let text = last.text().await.expect("a page");
        assert!(
            text.contains("<h1") && text.contains("href=\"/\""),
            "{text}"
        );
        let told = ["Try again in a minute.", "请一分钟后再试。"];
        assert!(told.iter().any(|words| text.contains(words)), "{text}");
    });
}

/// The choices that decide something: the page from which the form comes, what its address has more, the field.
const CHOICES: &[(&str, &str, &str)] = &[
    ("/absences/new", "", "deputyId"),
    ("/accounts/new", "", "role"),
    ("/accounts/new", "", "language"),
    ("/accounts/{key}", "/change", "role"),
    ("/accounts/{key}", "/change", "language"),
    ("/contracts/new", "", "enterpriseId"),
    ("/contracts/{key}", "/comments", "audience"),
    ("/enterprises/{key}/permits", "", "kind"),
    ("/evaluations/{key}/form", "/choose", "confidentiality"),
    ("/evaluations/{key}/objections/{id}", "/propose", "uphold"),
    ("/liaisons/new", "", "enterpriseId"),
    ("/liaisons/new", "", "accountId"),
    ("/mail/release", "", "kind"),
    ("/obligations/{key}/{verb}", "", "kind"),
    ("/obligations/{key}/rate", "", "level"),
    ("/profile", "/preferences", "language"),
    ("/profile", "/tokens", "days"),
    ("/projects/{key}/gates/{code}", "", "answer"),
    ("/projects/{key}/needs/{question}", "", "answers"),
    ("/rectifications/{key}", "/rate-again", "level"),
    ("/visits/agree", "", "enterpriseId"),
    ("/visits/agree", "", "kind"),
    ("/visits/record", "", "enterpriseId"),
    ("/visits/record", "", "kind"),
];

#[test]
fn nothing_is_chosen_for_a_person() {
    story::alone(Backend::Sqlite, async |backend| {
        let park = Park::demonstration(backend).await;
        let windows = windows(&park).await;
        let all = pages::all(&park.store, park.mailbox.folder()).await;
        let before = park.dump().await.without(TRACES);
        let mut wrong = Vec::new();
        for (route, more, field) in CHOICES {
            let page = all.iter().find(|page| page.route == *route);
            let page = page.unwrap_or_else(|| panic!("no page {route}"));
            // Who objects does not propose; everybody else of a page may send its form.
            let role = match *route {
                "/evaluations/{key}/objections/{id}" => Role::Centre,
                _ => page.who[0],
            };
            let window = &windows[&role];
            let token = window.token(&park, "/profile").await;
            let path = page.path.split('?').next().unwrap_or_default();
            let to = format!("{path}{more}");
            for (given, words) in [
                ("", "请选择。"),
                ("NO_SUCH_VALUE", "没有这个选项，请重新选择。"),
            ] {
                let fields = [
                    ("token", token.as_str()),
                    ("expectedVersion", "1"),
                    (field, given),
                ];
                let answer = window.post(&park, &to, &fields).await;
                let status = answer.status();
                let text = answer.text().await.unwrap_or_default();
                if status != StatusCode::UNPROCESSABLE_ENTITY || !beside(&text, field, words) {
                    wrong.push(format!("{to} {field}={given:?}: {status}"));
                }
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
        before.assert_same(&park.dump().await.without(TRACES));
    });
}
