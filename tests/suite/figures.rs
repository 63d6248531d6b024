//! One park, one moment, one set of figures: what letters, pages, files and the API say is held against each other, and a report made
//! again for a past moment says what it said then.

use chrono::{DateTime, Utc};
use entity::{
    account, calendar, commitment,
    contract::{
        self,
        commands::{Resume as ResumeContract, Suspend, Terminate},
    },
    deadline,
    deadline::{commands::ImportCalendar, pause},
    document,
    language::Language,
    liaison,
    milestone::{
        self,
        commands::{ChangeForecast, Plan, Planned, Reach, change_forecast, plan_milestones, reach},
    },
    obligation::{
        self,
        commands::{
            Miss, OpenOnEvent,
            limit::{self, Extend, Pause, Resume},
            miss, open_due, open_on_event, resume_contract, suspend_contract, terminate_contract,
        },
    },
    project, recount,
    report::{
        self, Kind,
        facts::Facts,
        issue::{Issue, newest},
        rules::Slice,
        source::Source,
    },
    term::Term,
    viewer::{Role, Viewer},
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, prelude::Uuid};
use serde_json::{Value, json};
use tests::{
    Park, Who,
    mailbox::Letter,
    matters::done,
    notice, stories,
    window::{PASSWORD, Window, plain},
};

use crate::{
    evaluation,
    report::{day_of, fulfil, september},
    warnings::ledger,
};

mod seen;

use seen::{counts_weeks, in_cell, share, sheets};

fn system() -> Viewer {
    Viewer::system("story")
}

/// A paper of an enterprise.
async fn paper(park: &Park, enterprise: Uuid) -> Uuid {
    let input = document::commands::Store {
        enterprise_id: Some(enterprise),
        name: "告知书（示例）.pdf".to_owned(),
        internal: false,
        bytes: b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
            .to_vec(),
    };
    document::commands::store(&park.store, &system(), input)
        .await
        .expect("it is kept")
        .id
}

async fn contracts(park: &Park) -> Vec<contract::Model> {
    contract::Entity::find()
        .filter(contract::Column::Number.starts_with("QY-"))
        .order_by_asc(contract::Column::Number)
        .all(park.db())
        .await
        .expect("the contracts")
}

async fn project_of(park: &Park, contract: &contract::Model) -> project::Model {
    project::Entity::find()
        .filter(project::Column::ContractId.eq(contract.id))
        .one(park.db())
        .await
        .expect("the projects")
        .expect("a project")
}

async fn plan_of(park: &Park, project: &project::Model) -> Vec<milestone::Model> {
    milestone::Entity::find()
        .filter(milestone::Column::ProjectId.eq(project.id))
        .order_by_asc(milestone::Column::Position)
        .all(park.db())
        .await
        .expect("the milestones")
}

/// Plans the first milestones of a project.
async fn plan(park: &Park, contract: &contract::Model, days: &[&str]) {
    let project = project_of(park, contract).await;
    let rows = plan_of(park, &project).await;
    let milestones = rows.iter().zip(days).map(|(row, on)| Planned {
        id: row.id,
        expected_version: row.version,
        on: day_of(on),
        weight: 1,
    });
    let input = Plan {
        project_id: project.id,
        milestones: milestones.collect(),
    };
    plan_milestones(&park.store, &system(), input)
        .await
        .expect("it is planned");
}

async fn reached(park: &Park, contract: &contract::Model, place: usize, on: &str) {
    let project = project_of(park, contract).await;
    let row = &plan_of(park, &project).await[place];
    let input = Reach {
        id: row.id,
        expected_version: row.version,
        actual_on: day_of(on),
        evidence_document_id: None,
    };
    reach(&park.store, &system(), input)
        .await
        .expect("it is reached");
}

/// What is open under a contract, the soonest due first, each with its time limit.
async fn open(
    park: &Park,
    contract: &contract::Model,
) -> Vec<(obligation::Model, deadline::Model)> {
    let rows =
        obligation::repository::open_of_contracts(park.db(), &system(), &[contract.id]).await;
    let mut open = Vec::new();
    for row in rows.expect("what is open") {
        let limit = deadline::Entity::find_by_id(row.deadline_id).one(park.db());
        let limit = limit.await.expect("a read").expect("a limit");
        open.push((row, limit));
    }
    open.sort_by_key(|(row, limit)| (limit.due_on, row.id));
    open
}

/// An expert is heard about a promise from one day on, expectedly to another.
async fn heard(park: &Park, owed: &obligation::Model, paper: Uuid, from: &str, to: Option<&str>) {
    let input = Pause {
        id: owed.id,
        expected_version: owed.version,
        kind: pause::Kind::Expert,
        reason: "示例：专家评审".to_owned(),
        document_id: paper,
        started_on: Some(day_of(from)),
        expected_end_on: to.map(day_of),
    };
    limit::pause(&park.store, &system(), input)
        .await
        .expect("it is paused");
}

/// Something happens that calls on a promise of a contract, by its number: of the defaults 4 has three working days, 6 and 7 have five.
async fn event(
    park: &Park,
    contract: &contract::Model,
    number: i32,
    on: &str,
) -> obligation::Model {
    let promise = commitment::Entity::find()
        .filter(commitment::Column::ContractId.eq(contract.id))
        .filter(commitment::Column::Number.eq(number))
        .one(park.db())
        .await
        .expect("the promises")
        .expect("a promise");
    let input = OpenOnEvent {
        commitment_id: promise.id,
        idempotency_key: format!("{number} {on}"),
        event_note: Some("示例：来函。".to_owned()),
        occurred_on: Some(day_of(on)),
    };
    open_on_event(&park.store, &system(), input)
        .await
        .expect("it is opened")
}

/// The newest issue of a report at a moment.
async fn issue(park: &Park, kind: Kind, moment: DateTime<Utc>) -> Issue {
    let calendar = calendar::repository::in_force(&park.store).await;
    newest(
        kind,
        moment,
        park.store.zone(),
        &calendar.expect("a calendar"),
    )
}

/// A report of the whole park, as it is made for this issue whenever it is made.
async fn made(park: &Park, issue: &Issue) -> Facts {
    let (db, zone) = (park.db(), park.store.zone());
    let calendar = calendar::repository::known_at(db, issue.moment)
        .await
        .expect("a calendar");
    let source = Source::then(db, issue, zone).await.expect("a source");
    let material = source.material(None).await.expect("the rows");
    report::rules::facts(issue, Slice::Park, &material, &calendar, zone)
}

const REPORTS: &str = "{ reports(first: 20) { nodes { id kind title from to
    files { language name path }
    facts { lights { light now before } kept { due onTime onTimeRate } keptBefore { due onTime onTimeRate }
        owners { name kept { due onTime onTimeRate } open overdue }
        enterprises { name kept { due onTime onTimeRate } }
        problems { enterprise what blockedBy days proposal } keyDates { on what enterprise }
        projects { name planned actual } } } } }";

fn rows<'a>(of: &'a Value, name: &str) -> &'a Vec<Value> {
    of[name]
        .as_array()
        .unwrap_or_else(|| panic!("no {name}: {of:#}"))
}

fn text<'a>(of: &'a Value, name: &str) -> &'a str {
    of[name]
        .as_str()
        .unwrap_or_else(|| panic!("no {name}: {of:#}"))
}

/// The rate of a row in words, held against its counts.
fn told(kept: &Value) -> Option<String> {
    let (due, on_time) = (kept["due"].as_u64()?, kept["onTime"].as_u64()?);
    let Some(rate) = kept["onTimeRate"].as_f64() else {
        assert_eq!(due, 0, "{kept}");
        return None;
    };
    let told = format!("{rate:.1}%");
    assert_eq!(told, share(on_time, due), "{kept}");
    Some(told)
}

/// Holds one report against its letter, its page and its workbook.
async fn agrees(park: &Park, window: &Window, report: &Value, letter: &Letter, book: &[u8]) {
    let facts = &report["facts"];
    let title = text(report, "title");
    let (_, key) = text(report, "id").split_once('_').expect("a global id");
    let page = plain(&window.text(park, &format!("/reports/{key}")).await);
    let sheets = sheets(book);
    let every_cell: String = sheets
        .values()
        .flatten()
        .flatten()
        .fold(String::new(), |all, cell: &String| format!("{all}\n{cell}"));
    for said in [&letter.subject, &page, &every_cell] {
        assert!(said.contains(title), "{title} is not in {said}");
    }
    for said in [&letter.subject, &letter.text, &page, &every_cell] {
        assert!(!counts_weeks(said), "a week by its number: {said}");
    }

    // The figures of the period.
    let overview = &sheets["Overview"];
    let row = |sheet: &'_ Vec<Vec<String>>, name: &str| {
        let found = sheet.iter().find(|row| row[0].starts_with(name));
        found
            .unwrap_or_else(|| panic!("no {name}: {sheet:#?}"))
            .clone()
    };
    let due = row(overview, "promises that fell due");
    assert_eq!(
        (&due[1], &due[2]),
        (
            &facts["kept"]["due"].to_string(),
            &facts["keptBefore"]["due"].to_string()
        )
    );
    for (place, kept) in [(1, &facts["kept"]), (2, &facts["keptBefore"])] {
        let Some(told) = told(kept) else { continue };
        assert_eq!(in_cell(&row(overview, "on-time rate")[place]), told);
        assert!(page.contains(&told), "{told} is not on the page: {page}");
        if text(report, "kind") != "WEEKLY_BRIEF" {
            assert!(
                letter.text.contains(&told),
                "{told} is not in the letter: {}",
                letter.text
            );
        }
    }
    for light in rows(facts, "lights") {
        let code = text(light, "light");
        let known = deadline::rules::Light::of_code(code).unwrap_or_else(|| panic!("{code}"));
        let name = known.word(Language::English);
        let name = format!("{name} (open promises)");
        let cells = row(overview, &name);
        assert_eq!(
            (&cells[1], &cells[2]),
            (&light["now"].to_string(), &light["before"].to_string()),
            "{name}"
        );
    }
    for owner in rows(facts, "owners") {
        let (name, told) = (text(owner, "name"), told(&owner["kept"]));
        if let Some(sheet) = sheets.get("Owners") {
            let cells = row(sheet, name);
            assert_eq!(cells[1], owner["kept"]["due"].to_string());
            assert_eq!(
                (&cells[7], &cells[8]),
                (&owner["open"].to_string(), &owner["overdue"].to_string())
            );
            if let Some(told) = &told {
                assert_eq!(in_cell(&cells[6]), *told, "{name}");
            }
        }
        if let Some(told) = told {
            assert!(page.contains(&told), "{name} {told}: {page}");
        }
    }
    for firm in rows(facts, "enterprises") {
        let Some(told) = told(&firm["kept"]) else {
            continue;
        };
        let cells = row(&sheets["Enterprises"], text(firm, "name"));
        assert_eq!(in_cell(&cells[13]), told);
        if text(report, "kind") != "WEEKLY_BRIEF" {
            assert!(letter.text.contains(&told), "{told}: {}", letter.text);
        }
    }
    for project in rows(facts, "projects")
        .iter()
        .filter(|row| !row["planned"].is_null())
    {
        let name = text(project, "name");
        let cells = sheets["Projects"]
            .iter()
            .find(|row| row[1] == name && !row[3].is_empty())
            .expect("a project");
        for (place, field) in [(3, "planned"), (4, "actual")] {
            let percent = &project[field];
            assert_eq!(in_cell(&cells[place]), format!("{percent}.0%"), "{name}");
            if text(report, "kind") != "WEEKLY_BRIEF" {
                assert!(
                    letter.text.contains(&format!("{percent}%")),
                    "{name}: {}",
                    letter.text
                );
            }
        }
    }

    // What is said in words.
    let spoken = plain(&letter.html);
    for (number, problem) in rows(facts, "problems").iter().enumerate() {
        let (what, proposal) = (text(problem, "what"), text(problem, "proposal"));
        let cells = &sheets["For decision"][number + 1];
        assert_eq!((cells[1].as_str(), cells[4].as_str()), (what, proposal));
        assert_eq!(cells[3], problem["days"].to_string());
        assert!(
            spoken.contains(what) && spoken.contains(proposal),
            "{what}: {spoken}"
        );
    }
    if text(report, "kind") == "WEEKLY_BRIEF" {
        let coming = &sheets["Coming week"][1..];
        let dates = rows(facts, "keyDates");
        assert_eq!(coming.len(), dates.len());
        for (cells, date) in coming.iter().zip(dates) {
            assert_eq!(
                (cells[0].as_str(), cells[2].as_str()),
                (text(date, "on"), text(date, "what"))
            );
        }
    }
}

/// What the start page of a leader says of the newest brief and of the quarter.
async fn start_agrees(park: &Park, window: &Window, reports: &[Value]) {
    let of_kind = |kind: &str| {
        let of_kind = reports.iter().filter(|report| report["kind"] == kind);
        of_kind
            .max_by_key(|report| text(report, "to"))
            .expect("a report")
    };
    let page = plain(&window.text(park, "/").await);
    assert!(!counts_weeks(&page), "a week by its number: {page}");
    let brief = of_kind("WEEKLY_BRIEF");
    let named = format!("{} to {}", text(brief, "from"), text(brief, "to"));
    assert!(page.contains(&named), "{named}: {page}");
    let rates = [brief, of_kind("QUARTERLY_REPORT")];
    for rate in rates
        .iter()
        .filter_map(|report| told(&report["facts"]["kept"]))
    {
        assert!(page.contains(&rate), "{rate}: {page}");
    }
    assert!(!page.contains("overdue for 0"), "{page}");
}

stories! {
    async fn letters_pages_files_and_the_api_tell_the_same_figures(park: Park) {
        let runner = september(&park).await;
        let contracts = contracts(&park).await;
        // Of three milestones two are planned until now, and one is reached; another project expects to be late, and its day is still to come.
        plan(&park, &contracts[0], &["2026-09-10", "2026-09-21", "2026-12-31"]).await;
        reached(&park, &contracts[0], 0, "2026-09-10").await;
        plan(&park, &contracts[1], &["2026-10-30"]).await;
        let project = project_of(&park, &contracts[1]).await;
        let row = &plan_of(&park, &project).await[0];
        let moved = ChangeForecast { id: row.id, expected_version: row.version, forecast_on: day_of("2026-12-15"), reason: "示例：基础方案调整".to_owned() };
        change_forecast(&park.store, &system(), moved).await.expect("it is moved");
        park.set_clock("2026-09-30", 17, 0);
        // Seven promises fell due in the quarter instead of five: a share of sevenths is never even.
        for contract in &contracts[5..12] {
            event(&park, contract, 7, "2026-09-21").await;
            event(&park, contract, 6, "2026-09-21").await;
        }
        // One promise is paused, one contract suspended.
        let owed = event(&park, &contracts[3], 7, "2026-09-28").await;
        let notice = paper(&park, contracts[3].enterprise_id).await;
        heard(&park, &owed, notice, "2026-09-30", Some("2026-10-20")).await;
        let suspend = Suspend {
            id: contracts[2].id,
            expected_version: contracts[2].version,
            reason: "示例：双方同意".to_owned(),
            document_id: paper(&park, contracts[2].enterprise_id).await,
        };
        suspend_contract(&park.store, &system(), suspend).await.expect("it is suspended");
        let (_, login) = Window::of(&park, Role::Leader).await;
        let mut seen = 0;
        // After the long holiday, twice in the weeks after it, and when the days to come lie in a year without a notice.
        for day in ["2026-10-08", "2026-10-10", "2026-10-13", "2026-12-28"] {
            park.set_clock(day, 7, 0);
            runner.run_now("obligation_opening", None, false).await.expect("a run").expect("a job");
            park.set_clock(day, 8, 0);
            runner.run_now("leader_report", None, false).await.expect("a run").expect("a job");
            runner.deliver_now(None).await.expect("a delivery");
        }
        let window = Window::enter(&park, &login, PASSWORD).await;
        let reports = park.data(Who::Leader, REPORTS, json!({})).await["reports"]["nodes"].as_array().expect("reports").clone();
        let letters = park.mailbox.to(&login);
        let (mut rounded_up, mut counts) = (0, Vec::new());
        for report in &reports {
            let title = text(report, "title");
            let letter = letters.iter().find(|letter| letter.subject.contains(title)).unwrap_or_else(|| panic!("no letter {title}: {letters:#?}"));
            let file = rows(report, "files").iter().find(|file| file["language"] == "en").expect("a file");
            assert!(text(file, "name").starts_with(title), "{file}");
            let answer = park.get(Who::Leader, text(file, "path")).await.send().await.expect("an answer");
            let bytes = answer.bytes().await.expect("a file");
            agrees(&park, &window, report, letter, &bytes).await;
            seen += 1;
            for firm in rows(&report["facts"], "enterprises") {
                let (due, on_time) = (firm["kept"]["due"].as_u64().expect("a count"), firm["kept"]["onTime"].as_u64().expect("a count"));
                let down = |due: u64| format!("{}.{}%", on_time * 1000 / due / 10, on_time * 1000 / due % 10);
                counts.push((on_time, due));
                rounded_up += u32::from(due > 0 && share(on_time, due) != down(due));
            }
        }
        assert!(seen >= 5, "briefs, bulletins and a report of the quarter: {seen}");
        assert!(rounded_up > 0, "some share is rounded up: {counts:?}");
        start_agrees(&park, &window, &reports).await;

        // The project whose day is to come is neither overdue nor behind.
        for problem in reports.iter().flat_map(|report| rows(&report["facts"], "problems")) {
            if text(problem, "what").contains("later than planned") {
                assert_eq!(problem["days"], 0);
                assert!(!text(problem, "what").contains("points behind"), "{problem}");
            }
        }
        // The list, as a page and as a file, names them as they are named everywhere.
        let list = plain(&window.text(&park, "/reports").await);
        let file = window.text(&park, "/reports.csv").await;
        for report in &reports {
            assert!(list.contains(text(report, "title")) && file.contains(text(report, "title")), "{report:#}");
        }
        assert!(!counts_weeks(&list) && !counts_weeks(&file), "{list}\n{file}");
    }

    async fn a_form_calls_nothing_broken_that_is_paused_or_not_due(park: Park) {
        let runner = september(&park).await;
        let contract = contracts(&park).await.swap_remove(0);
        park.set_clock("2026-09-22", 9, 0);
        let paused = event(&park, &contract, 7, "2026-09-18").await;
        let running = event(&park, &contract, 6, "2026-09-22").await;
        let broken = event(&park, &contract, 4, "2026-09-22").await;
        let notice = paper(&park, contract.enterprise_id).await;
        heard(&park, &paused, notice, "2026-09-22", None).await;
        let due = open(&park, &contract).await;
        let due_on = |owed: &obligation::Model| due.iter().find(|(row, _)| row.id == owed.id).expect("it is open").1.due_on;
        assert!(due_on(&paused) <= day_of("2026-09-30"), "in the quarter");
        assert_eq!((due_on(&running), due_on(&broken)), (day_of("2026-09-30"), day_of("2026-09-28")));
        evaluation::at(&park, &runner, "2026-09-30", 18, 0).await;
        evaluation::at(&park, &runner, "2026-10-08", 9, 30).await;
        let secret = evaluation::link(&park, contract.enterprise_id).await.expect("a link");
        let read = "query($access: EvaluationAccessInput!) { evaluationForm(access: $access) {
            promises { commitmentId itemZh due inTime late broken paused running pauses } } }";
        let form = park.data(Who::Nobody, read, json!({"access": {"secret": secret}})).await["evaluationForm"].take();
        let fact = |owed: &obligation::Model| {
            let id = api_door::scalar::Kind::Commitment.id(owed.commitment_id).0;
            let found = rows(&form, "promises").iter().find(|fact| fact["commitmentId"] == json!(id));
            let fact = found.unwrap_or_else(|| panic!("{form:#}"));
            ["due", "broken", "paused", "running"].map(|name| fact[name].as_u64().expect("a count"))
        };
        assert_eq!(fact(&paused), [0, 0, 1, 0], "a lawfully paused promise is not broken");
        assert_eq!(fact(&running), [0, 0, 0, 1], "its last day has not passed");
        assert_eq!(fact(&broken), [1, 1, 0, 0]);
        for fact in rows(&form, "promises") {
            let sum = |names: &[&str]| names.iter().filter_map(|name| fact[name].as_u64()).sum::<u64>();
            assert_eq!(sum(&["due"]), sum(&["inTime", "late", "broken"]), "{fact}");
        }
        let choose = json!({"access": {"secret": secret}, "confidentiality": "NAMED"});
        done(&park, Who::Nobody, "evaluationChoose", "form { confidentiality }", choose).await;
        let page = plain(&Window::default().text(&park, &format!("/answer/{secret}")).await);
        assert!(page.contains("依法暂停计时 1") || page.contains("lawfully paused now 1"), "{page}");
    }

    async fn a_report_made_again_says_what_it_said_then(park: Park) {
        park.set_clock("2026-09-01", 7, 0);
        ledger(&park).await;
        let contracts = contracts(&park).await;
        let opening = async |day: &str| {
            park.set_clock(day, 7, 0);
            for contract in &contracts {
                open_due(&park.store, &system(), contract.id).await.expect("they are opened");
            }
        };
        let mut said: Vec<(Issue, Facts)> = Vec::new();
        let say = async |said: &mut Vec<(Issue, Facts)>, kind: Kind, day: &str, hour: u32| {
            let issue = issue(&park, kind, park.set_clock(day, hour, 0)).await;
            assert_eq!(issue.moment, park.store.now(), "it is made when it is due");
            let facts = made(&park, &issue).await;
            assert!(facts.items.len() > 20, "{}", facts.items.len());
            said.push((issue, facts));
        };
        let kept = async |day: &str, stays: usize| {
            park.set_clock(day, 16, 0);
            let due = obligation::repository::open_with_deadlines(park.db(), day_of(day), None, 1000).await.expect("what is open");
            for owed in due.iter().enumerate().filter(|(number, _)| number % stays > 0).map(|(_, owed)| owed) {
                fulfil(&park, &owed.obligation).await;
            }
        };
        opening("2026-09-01").await;
        opening("2026-09-07").await;
        kept("2026-09-11", 2).await;
        opening("2026-09-14").await;
        say(&mut said, Kind::WeeklyBrief, "2026-09-14", 8).await;

        // A pause, a suspension, plans, an event of last week.
        park.set_clock("2026-09-14", 10, 0);
        let (owed, _) = open(&park, &contracts[0]).await.pop().expect("something open");
        let notice = paper(&park, contracts[0].enterprise_id).await;
        heard(&park, &owed, notice, "2026-09-14", Some("2026-09-24")).await;
        let suspend = Suspend {
            id: contracts[1].id,
            expected_version: contracts[1].version,
            reason: "示例：双方同意".to_owned(),
            document_id: paper(&park, contracts[1].enterprise_id).await,
        };
        suspend_contract(&park.store, &system(), suspend).await.expect("it is suspended");
        plan(&park, &contracts[2], &["2026-09-10", "2026-09-23", "2026-12-31"]).await;
        event(&park, &contracts[3], 7, "2026-09-09").await;
        kept("2026-09-18", 3).await;
        opening("2026-09-21").await;
        say(&mut said, Kind::WeeklyBrief, "2026-09-21", 8).await;

        // What is entered of days before: the pause had ended, a milestone was reached; and what happens now.
        park.set_clock("2026-09-22", 10, 0);
        let paused = obligation::Entity::find_by_id(owed.id).one(park.db()).await.expect("a read").expect("it");
        let resume = Resume { id: paused.id, expected_version: paused.version, ended_on: day_of("2026-09-18") };
        limit::resume(&park.store, &system(), resume).await.expect("it runs again");
        reached(&park, &contracts[2], 0, "2026-09-16").await;
        let (owed, _) = open(&park, &contracts[4]).await.pop().expect("something open");
        let extend = Extend { id: owed.id, expected_version: owed.version, days: 3, reason: "示例：材料较多".to_owned() };
        limit::extend(&park.store, &system(), extend).await.expect("it is extended");
        let rest = project_of(&park, &contracts[5]).await;
        let hold = project::commands::Hold { id: rest.id, expected_version: rest.version, reason: "示例：暂缓".to_owned() };
        project::commands::hold(&park.store, &system(), hold).await.expect("it rests");
        event(&park, &contracts[6], 6, "2026-09-17").await;
        let people = account::Entity::find().filter(account::Column::Role.eq(Role::Liaison)).all(park.db()).await.expect("the people");
        let assignment = liaison::Entity::find()
            .filter(liaison::Column::EnterpriseId.eq(contracts[7].enterprise_id))
            .filter(liaison::Column::State.eq(liaison::State::Active))
            .one(park.db()).await.expect("the liaisons").expect("a liaison");
        let successor = people.iter().find(|person| person.id != assignment.account_id).expect("another");
        let hand_over = liaison::commands::HandOver {
            id: assignment.id,
            expected_version: assignment.version,
            successor_id: successor.id,
            deputy_id: None,
            note: "示例：交接完毕，无遗留事项。".to_owned(),
        };
        entity::visit::commands::hand_over(&park.store, &system(), hand_over).await.expect("it is handed over");
        kept("2026-09-25", 2).await;
        opening("2026-09-28").await;
        say(&mut said, Kind::WeeklyBrief, "2026-09-28", 8).await;
        kept("2026-09-30", 3).await;
        opening("2026-10-08").await;
        say(&mut said, Kind::WeeklyBrief, "2026-10-08", 8).await;
        say(&mut said, Kind::MonthlyBulletin, "2026-10-10", 8).await;

        // Afterwards nearly everything is another: kept, missed, gone on with, ended, under another calendar.
        park.set_clock("2026-10-10", 11, 0);
        let suspended = contract::Entity::find_by_id(contracts[1].id).one(park.db()).await.expect("a read").expect("it");
        let resume = ResumeContract { id: suspended.id, expected_version: suspended.version };
        resume_contract(&park.store, &system(), resume).await.expect("it goes on");
        let (missed, _) = open(&park, &contracts[8]).await.swap_remove(0);
        let input = Miss { id: missed.id, expected_version: missed.version, public_reason: "示例：未能办理，已向企业说明。".to_owned() };
        let _only_when_overdue = miss(&park.store, &system(), input).await;
        let ended = Terminate {
            id: contracts[9].id,
            expected_version: contracts[9].version,
            reason: "示例：企业迁出".to_owned(),
        };
        terminate_contract(&park.store, &system(), ended).await.expect("it ends");
        plan(&park, &contracts[10], &["2026-09-10"]).await;
        kept("2026-10-12", 1_000).await;
        let csv = notice::without_the_worked_saturday();
        let admin = park.people().await.viewer(Who::Admin);
        recount::import_calendar(&park.store, &admin, ImportCalendar { csv, source: "示例通知〔2026〕9号".to_owned() }).await.expect("it is imported");

        park.set_clock("2026-11-02", 9, 0);
        for (issue, then) in &said {
            let again = made(&park, issue).await;
            let name = format!("{:?} {}", issue.kind, issue.period);
            assert_eq!(again.lights, then.lights, "{name}");
            assert_eq!(again.key_dates, then.key_dates, "{name}");
            assert_eq!(again.projects, then.projects, "{name}");
            for (again, then) in again.items.iter().zip(&then.items) {
                assert_eq!(again, then, "{name}");
            }
            assert_eq!(&again, then, "{name}");
        }
    }
}
