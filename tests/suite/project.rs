//! Projects at the outer door: their stages and gates, their plan, and what became of it.

use api_door::scalar::Kind;
use async_graphql::ID;
use entity::viewer::Role;
use reqwest::StatusCode;
use serde_json::{Value, json};
use tests::{
    Park, Who,
    app::TRACES,
    matters::{done, version},
    notice,
    promise::{contract, file, mutation},
    stories,
    window::{Window, hidden},
};

const TERM: (&str, &str) = ("2026-09-30", "2027-09-29");

/// A project of the first enterprise: its global id.
async fn project(park: &Park) -> String {
    let contract = contract(park, 0, TERM, "contractActivate").await;
    let input = json!({"contractId": contract, "name": "二期厂房"});
    let made = done(park, Who::Liaison, "projectCreate", "project { id }", input).await;
    made["project"]["id"].as_str().expect("an id").to_owned()
}

async fn on(park: &Park, id: &str, mut more: Value) -> Value {
    more["id"] = json!(id);
    more["expectedVersion"] = version(park, id).await;
    more
}

async fn step(park: &Park, who: Who, name: &str, id: &str, more: Value) -> Value {
    let input = on(park, id, more).await;
    done(park, who, name, "project { state flagged }", input).await["project"].take()
}

async fn refused(park: &Park, name: &str, id: &str, more: Value) -> String {
    let input = on(park, id, more).await;
    let object = if name.starts_with("milestone") {
        "milestone { id }"
    } else {
        "project { id }"
    };
    park.user_error(
        Who::Liaison,
        &mutation(name, object),
        json!({"input": input}),
    )
    .await
}

/// The milestones of a project: id, version, and the rest that is asked for.
async fn milestones(park: &Park, id: &str) -> Vec<Value> {
    let query = "query($id: ID!) { project(id: $id) { milestones { id version position light daysLate baselineOn forecastOn
        actualOn changes { forecastFrom forecastTo reason changedBy { name } } } } }";
    let read =
        park.data(Who::Liaison, query, json!({"id": id})).await["project"]["milestones"].take();
    read.as_array().expect("milestones").clone()
}

/// Plans the first milestones of a project, one for each of `days`.
async fn plan(park: &Park, id: &str, days: &[&str]) {
    let rows = milestones(park, id).await;
    let planned: Vec<Value> = rows
        .iter()
        .zip(days)
        .map(|(row, day)| json!({"id": row["id"], "expectedVersion": row["version"], "on": day}))
        .collect();
    let input = json!({"projectId": id, "milestones": planned});
    done(park, Who::Liaison, "milestonePlan", "project { id }", input).await;
}

/// The commands that are offered with a project or a milestone, and whether this person may give each now. Who may not is told why.
async fn offered(park: &Park, who: Who, id: &str) -> Vec<(String, bool)> {
    let query = "query($id: ID!) { node(id: $id) { ... on Project { commands { code may whyNot } }
        ... on Milestone { commands { code may whyNot } } } }";
    let offers = park.data(who, query, json!({"id": id})).await["node"]["commands"].take();
    let offer = |one: &Value| {
        let may = one["may"].as_bool().expect("whether");
        assert_eq!(may, one["whyNot"].is_null(), "{one}");
        let code = one["code"].as_str().expect("a code");
        (code.to_owned(), may)
    };
    offers
        .as_array()
        .expect("offers")
        .iter()
        .map(offer)
        .collect()
}

/// Those that may be given now.
async fn possible(park: &Park, who: Who, id: &str) -> Vec<String> {
    let offers = offered(park, who, id).await.into_iter();
    offers
        .filter(|(_, may)| *may)
        .map(|(code, _)| code)
        .collect()
}

stories! {
    async fn projects_are_found_by_the_light_they_show_today(park: Park) {
        let late = project(&park).await;
        let contract = park.data(Who::Liaison, "query($id: ID!) { project(id: $id) { contract { id } } }", json!({"id": late})).await;
        for name in ["三期厂房", "四期厂房"] {
            let input = json!({"contractId": contract["project"]["contract"]["id"], "name": name});
            done(&park, Who::Liaison, "projectCreate", "project { id }", input).await;
        }
        let query = "query($where: ProjectFilter, $after: String) { projects(first: 1, after: $after, where: $where) { totalCount
            pageInfo { hasNextPage endCursor } nodes { id light } } }";
        let found = async |who: Who, lights: &[&str], after: Option<&str>| {
            let filter = json!({"light": {"oneOf": lights}, "state": {"oneOf": ["ACTIVE"]}});
            park.data(who, query, json!({"where": filter, "after": after})).await["projects"].take()
        };
        // What has no plan shows no light, and no light finds it.
        assert_eq!(found(Who::Leader, &["GREEN", "YELLOW", "RED"], None).await["totalCount"], 0);
        plan(&park, &late, &["2026-10-08"]).await;
        assert_eq!(found(Who::Leader, &["GREEN"], None).await["nodes"], json!([{"id": late, "light": "GREEN"}]));
        park.set_clock("2026-10-12", 9, 0);
        assert_eq!(found(Who::Leader, &["GREEN"], None).await["totalCount"], 0);
        let red = found(Who::Liaison, &["RED", "YELLOW"], None).await;
        assert_eq!(red["nodes"], json!([{"id": late, "light": "RED"}]));
        assert_eq!(red["pageInfo"]["hasNextPage"], false);
        let cursor = red["pageInfo"]["endCursor"].as_str().map(str::to_owned);
        assert_eq!(found(Who::Leader, &["RED"], cursor.as_deref()).await["nodes"], json!([]));
        assert_eq!(found(Who::OtherLiaison, &["RED"], None).await["totalCount"], 0);
    }

    async fn a_project_goes_through_its_stages_and_no_gate_is_forgotten(park: Park) {
        let id = project(&park).await;
        let contract = park.data(Who::Liaison, "query($id: ID!) { project(id: $id) { contract { id } } }", json!({"id": id})).await;
        let again = json!({"contractId": contract["project"]["contract"]["id"], "name": " 二期厂房 "});
        let create = mutation("projectCreate", "project { id }");
        assert_eq!(park.user_error(Who::Liaison, &create, json!({"input": again})).await, "NAME_TAKEN");
        let today = |number: i32| json!({"number": number, "on": "2026-09-30"});
        assert_eq!(refused(&park, "projectEnterStage", &id, today(2)).await, "STAGE_BEFORE");
        assert_eq!(refused(&park, "projectEnterStage", &id, today(11)).await, "STAGE_UNKNOWN");
        assert_eq!(refused(&park, "projectEnterStage", &id, json!({"number": 1, "on": "2026-10-01"})).await, "DAY_INVALID");
        assert_eq!(refused(&park, "projectLeaveStage", &id, today(1)).await, "STAGE_NOT_OPEN");
        for number in 1..=3 {
            step(&park, Who::Liaison, "projectEnterStage", &id, today(number)).await;
            step(&park, Who::Liaison, "projectLeaveStage", &id, today(number)).await;
        }
        // Land, planning and assessments go side by side.
        for number in 4..=6 {
            step(&park, Who::Centre, "projectEnterStage", &id, today(number)).await;
        }
        for number in 4..=6 {
            step(&park, Who::Centre, "projectLeaveStage", &id, today(number)).await;
        }
        step(&park, Who::Liaison, "projectEnterStage", &id, today(7)).await;
        // Five gates before the permit, each by its document; one of another enterprise is none.
        let (paper, foreign) = (file(&park, 0).await, file(&park, 1).await);
        let document = |code: &str, file: &str| json!({"code": code, "answer": {"document":
            {"number": "示例〔2026〕1号", "date": "2026-09-29", "documentId": file}}});
        assert_eq!(refused(&park, "projectLeaveStage", &id, today(7)).await, "GATE_OPEN");
        assert_eq!(refused(&park, "projectRecordRequirement", &id, document("LAND_RIGHT", &foreign)).await, "DOCUMENT_INVALID");
        assert_eq!(refused(&park, "projectRecordRequirement", &id, document("NO_SUCH", &paper)).await, "GATE_UNKNOWN");
        for code in ["LAND_RIGHT", "PLANNING_PERMIT", "BUILDER", "FUNDS_AND_DRAWINGS"] {
            step(&park, Who::Liaison, "projectRecordRequirement", &id, document(code, &paper)).await;
        }
        assert_eq!(refused(&park, "projectLeaveStage", &id, today(7)).await, "GATE_OPEN");
        let because = json!({"code": "SAFETY_MEASURES", "answer": {"notApplicableBecause": "示例：改建项目"}});
        assert_eq!(step(&park, Who::Liaison, "projectRecordRequirement", &id, because.clone()).await["flagged"], false);
        assert_eq!(refused(&park, "projectRecordRequirement", &id, because).await, "GATE_ANSWERED");
        step(&park, Who::Liaison, "projectLeaveStage", &id, today(7)).await;
        // A leader passes a gate; the mark stays.
        for code in ["CONSTRUCTION_PERMIT", "EIA_APPROVAL", "ENERGY_REVIEW"] {
            step(&park, Who::Liaison, "projectRecordRequirement", &id, document(code, &paper)).await;
        }
        assert_eq!(refused(&park, "projectEnterStage", &id, today(8)).await, "GATE_OPEN");
        let passed = json!({"code": "SOIL_PLAN", "reason": "示例：另行审批中"});
        assert_eq!(step(&park, Who::Leader, "projectOverrideGate", &id, passed).await["flagged"], true);
        step(&park, Who::Liaison, "projectEnterStage", &id, today(8)).await;
        let seen = park.data(Who::Enterprise, "query($id: ID!) { project(id: $id) { flagged gates { code outcome reason step stageNumber } } }",
            json!({"id": id})).await["project"].take();
        assert_eq!(seen["flagged"], true);
        let gates = seen["gates"].as_array().expect("gates");
        let soil = gates.iter().find(|gate| gate["code"] == "SOIL_PLAN").expect("the gate");
        assert_eq!(*soil, json!({"code": "SOIL_PLAN", "outcome": "OVERRIDDEN", "reason": "示例：另行审批中", "step": "ENTER", "stageNumber": 8}));
        // The last stages, to the end.
        step(&park, Who::Liaison, "projectLeaveStage", &id, today(8)).await;
        step(&park, Who::Liaison, "projectEnterStage", &id, today(9)).await;
        step(&park, Who::Liaison, "projectRecordRequirement", &id, document("PLANNING_CHECK", &paper)).await;
        step(&park, Who::Liaison, "projectLeaveStage", &id, today(9)).await;
        for code in ["FIRE_ACCEPTANCE", "DISCHARGE_PERMIT"] {
            step(&park, Who::Liaison, "projectRecordRequirement", &id, document(code, &paper)).await;
        }
        step(&park, Who::Liaison, "projectEnterStage", &id, today(10)).await;
        assert_eq!(step(&park, Who::Liaison, "projectLeaveStage", &id, today(10)).await["state"], "DONE");
        assert_eq!(refused(&park, "projectHold", &id, json!({"reason": "示例"})).await, "NOT_ACTIVE");
        assert_eq!(refused(&park, "projectResume", &id, json!({"reason": "示例"})).await, "NOT_RESTING");
    }

    async fn a_project_that_nobody_reports_on_for_a_month_is_yellow_until_somebody_does(park: Park) {
        let id = project(&park).await;
        plan(&park, &id, &["2026-12-01", "2026-12-10", "2026-12-20", "2026-12-31"]).await;
        let stands = async || {
            let query = "query($id: ID!) { project(id: $id) { light silentSince version } }";
            park.data(Who::Enterprise, query, json!({"id": id})).await["project"].take()
        };
        park.set_clock("2026-10-30", 9, 0);
        assert_eq!((&stands().await["light"], &stands().await["silentSince"]), (&json!("GREEN"), &Value::Null));
        park.set_clock("2026-10-31", 9, 0);
        let now = stands().await;
        assert_eq!((&now["light"], &now["silentSince"]), (&json!("YELLOW"), &json!("2026-09-30")));
        let report = json!({"input": {"id": id, "expectedVersion": now["version"], "reportedOn": "2026-10-31", "percent": 5, "note": "示例"}});
        park.data(Who::Enterprise, &mutation("projectReportProgress", "project { id }"), report).await;
        let now = stands().await;
        assert_eq!((&now["light"], &now["silentSince"]), (&json!("GREEN"), &Value::Null));
    }

    async fn the_page_says_why_the_light_shows_and_asks_back_about_an_unlikely_plan(park: Park) {
        let id = project(&park).await;
        let key = Kind::Project.key(&ID(id.clone())).expect("an id");
        let page = format!("/projects/{key}");
        let rows = milestones(&park, &id).await;
        let name = |field: &str, place: usize| format!("{field}-{}", rows[place]["id"].as_str().expect("an id"));
        let (window, _) = Window::of(&park, Role::Centre).await;
        let form = window.text(&park, &format!("{page}/plan")).await;
        let token = hidden(&form, "token");
        let send = async |days: [&str; 2], meant: &str| {
            let (first, second) = (name("on", 0), name("on", 1));
            let (one, two) = (name("weight", 0), name("weight", 1));
            let fields = [("token", token.as_str()), (first.as_str(), days[0]), (one.as_str(), "1"), (second.as_str(), days[1]), (two.as_str(), "1"), ("meant", meant)];
            let answer = window.post(&park, &format!("{page}/plan"), &fields).await;
            (answer.status(), answer.text().await.expect("a page"))
        };
        let before = park.dump().await.without(TRACES);
        // 18 October is a Sunday, and before 20 October.
        let (status, asked) = send(["2026-10-20", "2026-10-18"], "").await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(asked.contains("which precedes it") && asked.contains("is not a working day"), "{asked}");
        before.assert_same(&park.dump().await.without(TRACES));
        let (_, meant) = asked.split_once("name=\"meant\" value=\"").expect("a choice");
        let meant = meant.split_once("\">").expect("a value").0.replace("&#34;", "\"");
        let (status, _) = send(["2026-10-20", "2026-10-18"], &meant).await;
        assert_eq!(status, StatusCode::SEE_OTHER, "it is meant so");

        park.set_clock("2026-10-21", 9, 0);
        let query = "query($id: ID!) { project(id: $id) { light lightCauses } }";
        let stands = park.data(Who::Centre, query, json!({"id": id})).await["project"].take();
        let causes: Vec<&str> = stands["lightCauses"].as_array().expect("causes").iter().filter_map(|cause| cause.as_str()).collect();
        assert_eq!((&stands["light"], causes.len()), (&json!("RED"), 2), "{stands}");
        assert_eq!(causes[0], "100 points behind the plan");
        assert!(causes[1].ends_with("is overdue by 3 working days"), "{causes:?}");
        let page = park.page(Who::Centre, &page).await;
        assert!(page.contains(causes[0]) && page.contains("Before the milestone that precedes it"), "{page}");
    }

    async fn another_calendar_moves_the_day_from_which_a_project_is_late(park: Park) {
        let id = project(&park).await;
        let rows = milestones(&park, &id).await;
        let planned = |place: usize, on: &str, weight: u32| json!({"id": rows[place]["id"], "expectedVersion": 1, "on": on, "weight": weight});
        let input = json!({"projectId": id, "milestones": [planned(0, "2026-10-09", 1), planned(1, "2027-03-01", 100)]});
        done(&park, Who::Liaison, "milestonePlan", "project { id }", input).await;
        // The working day after it is a worked Saturday.
        park.set_clock("2026-10-10", 9, 0);
        let shown = async || {
            let query = "query($id: ID!) { project(id: $id) { light version } yellow: projects(first: 1, where: {light: {oneOf: [YELLOW]}}) { totalCount } }";
            let told = park.data(Who::Liaison, query, json!({"id": id})).await;
            (told["project"]["light"].clone(), told["project"]["version"].clone(), told["yellow"]["totalCount"].clone())
        };
        assert_eq!(shown().await, (json!("YELLOW"), json!(1), json!(1)));
        let notice = json!({"input": {"csv": notice::without_the_worked_saturday(), "source": "示例通知〔2026〕1号"}});
        park.data(Who::Admin, &mutation("calendarImport", "changes { years }"), notice).await;
        assert_eq!(shown().await, (json!("GREEN"), json!(1), json!(0)));
        park.set_clock("2026-10-12", 9, 0);
        assert_eq!(shown().await, (json!("YELLOW"), json!(1), json!(1)));
    }

    async fn the_plan_stays_and_the_light_tells_how_far_it_is_from_it(park: Park) {
        let id = project(&park).await;
        let light = async || {
            let query = "query($id: ID!) { project(id: $id) { light progress { planned actual lag } } }";
            park.data(Who::Enterprise, query, json!({"id": id})).await["project"].take()
        };
        assert_eq!(light().await, json!({"light": null, "progress": null}), "what is unplanned has no light");
        let first = milestones(&park, &id).await.remove(0);
        let first_id = first["id"].as_str().expect("an id").to_owned();
        assert_eq!(refused(&park, "milestoneChangeForecast", &first_id, json!({"forecastOn": "2026-10-12", "reason": "示例"})).await, "NOT_PLANNED");
        let planned = json!({"projectId": id, "milestones": [{"id": first_id, "expectedVersion": 1, "on": "2026-10-12", "weight": 0}]});
        assert_eq!(park.user_error(Who::Liaison, &mutation("milestonePlan", "project { id }"), json!({"input": planned})).await, "WEIGHT_INVALID");
        plan(&park, &id, &["2026-10-12", "2026-10-30", "2026-11-30", "2026-12-31"]).await;
        assert_eq!(light().await, json!({"light": "GREEN", "progress": {"planned": 0, "actual": 0, "lag": 0}}));
        let again = json!({"projectId": id, "milestones": [{"id": first_id, "expectedVersion": 2, "on": "2026-10-13"}]});
        assert_eq!(park.user_error(Who::Liaison, &mutation("milestonePlan", "project { id }"), json!({"input": again})).await, "ALREADY_PLANNED");
        // Due on the 12th; on the 13th it is one working day late, and a quarter of the project behind.
        park.set_clock("2026-10-13", 9, 0);
        assert_eq!(light().await, json!({"light": "YELLOW", "progress": {"planned": 25, "actual": 0, "lag": 25}}));
        assert_eq!(milestones(&park, &id).await[0]["daysLate"], 1);
        assert_eq!(refused(&park, "milestoneChangeForecast", &first_id, json!({"forecastOn": "2026-11-10", "reason": " "})).await, "REASON_INVALID");
        let changed = on(&park, &first_id, json!({"forecastOn": "2026-11-10", "reason": "示例：设计变更"})).await;
        done(&park, Who::Liaison, "milestoneChangeForecast", "milestone { id }", changed).await;
        // The baseline stays: expected 21 working days after it, it is red already.
        let row = milestones(&park, &id).await.remove(0);
        assert_eq!(row["baselineOn"], "2026-10-12");
        assert_eq!(row["forecastOn"], "2026-11-10");
        assert_eq!(row["light"], "RED");
        assert_eq!(row["changes"], json!([{"forecastFrom": "2026-10-12", "forecastTo": "2026-11-10", "reason": "示例：设计变更",
            "changedBy": {"name": park.people().await.account(Who::Liaison).name}}]));
        let (paper, foreign) = (file(&park, 0).await, file(&park, 1).await);
        let reach = |day: &str, file: &str| json!({"actualOn": day, "evidenceDocumentId": file});
        assert_eq!(refused(&park, "milestoneReach", &first_id, reach("2026-10-14", &paper)).await, "DAY_IN_FUTURE");
        assert_eq!(refused(&park, "milestoneReach", &first_id, reach("2026-10-13", &foreign)).await, "EVIDENCE_UNKNOWN");
        let reached = on(&park, &first_id, reach("2026-10-13", &paper)).await;
        done(&park, Who::Liaison, "milestoneReach", "milestone { id }", reached).await;
        assert_eq!(refused(&park, "milestoneReach", &first_id, reach("2026-10-13", &paper)).await, "ALREADY_REACHED");
        assert_eq!(light().await, json!({"light": "GREEN", "progress": {"planned": 25, "actual": 25, "lag": 0}}));
        // What is expected when, across all projects of the reader; what is unplanned comes last.
        let find = "query($where: MilestoneFilter) { milestones(first: 20, where: $where) { nodes { forecastOn } } }";
        let open = park.data(Who::Liaison, find, json!({"where": {"reached": false, "forecastOn": {"to": "2026-12-01"}}})).await;
        assert_eq!(open["milestones"]["nodes"], json!([{"forecastOn": "2026-10-30"}, {"forecastOn": "2026-11-30"}]));
        let all = park.data(Who::Liaison, find, json!({"where": {"projectId": id}})).await["milestones"]["nodes"].take();
        let days: Vec<&Value> = all.as_array().expect("nodes").iter().map(|node| &node["forecastOn"]).collect();
        assert_eq!(days.len(), 10);
        assert_eq!(*days[4], Value::Null);
        // What may be done is offered with the thing: what was reached is done with, and while the project rests, its plan does too.
        let second = milestones(&park, &id).await.remove(1);
        let second = second["id"].as_str().expect("an id").to_owned();
        let moves = ["milestone.change_forecast", "milestone.reach"];
        assert_eq!(possible(&park, Who::Liaison, &second).await, moves);
        assert_eq!(possible(&park, Who::Liaison, &first_id).await, [""; 0]);
        assert_eq!(possible(&park, Who::Enterprise, &second).await, [""; 0]);
        let unplanned = milestones(&park, &id).await.remove(4);
        let unplanned = unplanned["id"].as_str().expect("an id").to_owned();
        assert_eq!(possible(&park, Who::Liaison, &unplanned).await, ["milestone.reach"]);
        let under_way = ["project.enter_stage", "project.leave_stage", "project.hold", "project.drop", "project.report_progress"];
        assert_eq!(possible(&park, Who::Liaison, &id).await, under_way);
        assert_eq!(possible(&park, Who::Enterprise, &id).await, ["project.report_progress"]);
        assert_eq!(possible(&park, Who::Leader, &id).await, ["project.override_gate"]);
        assert_eq!(offered(&park, Who::Supervisor, &id).await.len(), 7);
        step(&park, Who::Liaison, "projectHold", &id, json!({"reason": "示例：等待资金"})).await;
        assert_eq!(possible(&park, Who::Liaison, &id).await, ["project.drop", "project.resume"]);
        assert_eq!(possible(&park, Who::Liaison, &second).await, [""; 0]);
        assert_eq!(refused(&park, "milestoneReach", &second, json!({"actualOn": "2026-10-13"})).await, "PROJECT_NOT_ACTIVE");
        step(&park, Who::Liaison, "projectResume", &id, json!({"reason": "示例：资金到位"})).await;
    }

    async fn an_enterprise_reports_on_its_own_project(park: Park) {
        let id = project(&park).await;
        let report = mutation("projectReportProgress", "project { reports { percent note reporter { name } } }");
        for (wrong, code) in [
            (json!({"percent": 101, "note": "示例"}), "PERCENT_INVALID"),
            (json!({"percent": 10, "note": ""}), "NOTE_INVALID"),
            (json!({"percent": 10, "note": "示例", "reportedOn": "2026-10-01"}), "DAY_INVALID"),
        ] {
            let input = on(&park, &id, wrong).await;
            assert_eq!(park.user_error(Who::Enterprise, &report, json!({"input": input})).await, code);
        }
        let told = on(&park, &id, json!({"percent": 40, "note": "示例：主体封顶", "idempotencyKey": "september"})).await;
        let input = json!({"input": told});
        let first = park.data(Who::Enterprise, &report, input.clone()).await;
        let name = &park.people().await.account(Who::Enterprise).name;
        assert_eq!(first["projectReportProgress"]["project"]["reports"],
            json!([{"percent": 40, "note": "示例：主体封顶", "reporter": {"name": name}}]));
        let again = park.data(Who::Enterprise, &report, input.clone()).await;
        assert_eq!(again, first, "sent twice, done once");
        let stale = on(&park, &id, json!({"percent": 50, "note": "示例"})).await;
        let mut stale = json!({"input": stale});
        stale["input"]["expectedVersion"] = json!(1);
        assert_eq!(park.refused(Who::Enterprise, &report, stale).await, "CONFLICT");
    }
}
