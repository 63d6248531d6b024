//! Jobs through the API: seen by those who run the service, paused, resumed and run by the administrator, each with its reason.

use entity::{
    error::CommandError,
    schedule::{
        commands::{RunNow, run_now, skip},
        repository,
        run::{self, Cause, SkippedBecause, State},
    },
    viewer::Viewer,
};
use sea_orm::EntityTrait;
use serde_json::{Value, json};
use tests::{Park, Who, stories};

use crate::warnings::runner;

const JOBS: &str =
    "{ jobs(first: 50) { totalCount nodes { id name description schedule catchUp nextRunAt version
    lastRun { state cause due done letters } pause { until reason by { name } } } } }";
const RUNS: &str = "query($job: [String!]!) { jobRuns(first: 50, where: { job: { oneOf: $job } }) { totalCount nodes {
    id state cause nominalAt asOf attempt failures due done skipped failed letters errors note holder reason
    requestedBy { name } job { name } } } }";
const PAUSE: &str = "mutation($id: ID!, $version: Int!, $until: DateTime!, $reason: String!) {
    jobPause(input: { id: $id, expectedVersion: $version, until: $until, reason: $reason }) {
        job { version pause { until reason by { name } } nextRunAt } userErrors { code path } } }";
const RESUME: &str = "mutation($id: ID!, $version: Int!, $reason: String!) {
    jobResume(input: { id: $id, expectedVersion: $version, reason: $reason }) {
        job { version pause { until } } userErrors { code path } } }";
const RUN_NOW: &str = "mutation($id: ID!, $reason: String!, $key: String!, $at: DateTime) {
    jobRunNow(input: { id: $id, reason: $reason, idempotencyKey: $key, nominalAt: $at }) {
        run { id state cause nominalAt reason requestedBy { name } } userErrors { code path } } }";

async fn job(park: &Park, name: &str) -> Value {
    let data = park.data(Who::Admin, JOBS, json!({})).await;
    let jobs = data["jobs"]["nodes"].as_array().expect("jobs").clone();
    jobs.into_iter()
        .find(|job| job["name"] == name)
        .unwrap_or_else(|| panic!("{name} is not shown"))
}

async fn runs(park: &Park, name: &str) -> Vec<Value> {
    let data = park.data(Who::Centre, RUNS, json!({"job": [name]})).await;
    data["jobRuns"]["nodes"].as_array().expect("runs").clone()
}

stories! {
    async fn those_who_run_the_service_see_jobs_and_their_runs(park: Park) {
        park.people().await;
        park.set_clock("2026-09-30", 8, 30);
        let found = job(&park, "deadline_warnings").await;
        assert_eq!(found["schedule"], "every working day at 08:30");
        assert_eq!(found["catchUp"], "SWEEP");
        // The next working day is the 8th of October.
        assert_eq!(found["nextRunAt"], "2026-10-08T00:30:00Z");
        assert_eq!((&found["lastRun"], &found["pause"]), (&Value::Null, &Value::Null));
        assert!(!found["description"].as_str().unwrap_or_default().is_empty());

        runner(&park).run_due().await;
        assert_eq!(job(&park, "deadline_warnings").await["lastRun"]["state"], "SUCCEEDED");
        let log = runs(&park, "deadline_warnings").await;
        assert_eq!(log.len(), 1);
        assert_eq!((&log[0]["cause"], &log[0]["nominalAt"]), (&json!("CLOCK"), &json!("2026-09-30T00:30:00Z")));
        assert_eq!(log[0]["job"]["name"], "deadline_warnings");
        let asked = "query($id: ID!) { node(id: $id) { ... on JobRun { state } } }";
        let node = park.data(Who::Centre, asked, json!({"id": log[0]["id"]})).await;
        assert_eq!(node["node"]["state"], "SUCCEEDED");

        for who in [Who::Leader, Who::Liaison, Who::Head, Who::Enterprise, Who::Supervisor, Who::Inspector, Who::Window] {
            assert_eq!(park.refused(who, JOBS, json!({})).await, "FORBIDDEN");
            assert_eq!(park.refused(who, RUNS, json!({"job": ["deadline_warnings"]})).await, "FORBIDDEN");
            assert_eq!(park.refused(who, asked, json!({"id": log[0]["id"]})).await, "NOT_FOUND");
        }
        assert_eq!(park.refused(Who::Nobody, JOBS, json!({})).await, "UNAUTHENTICATED");
    }

    async fn a_pause_has_a_reason_and_an_end_and_is_obeyed(park: Park) {
        park.people().await;
        park.set_clock("2026-09-30", 8, 0);
        let found = job(&park, "deadline_warnings").await;
        let pause = |until: &str, reason: &str, version: &Value| json!({"id": found["id"], "version": version, "until": until, "reason": reason});
        let version = found["version"].clone();
        for (until, reason, code) in [
            ("2026-09-30T00:00:00Z", "检修", "END_NOT_AHEAD"),
            ("2026-11-01T00:00:00Z", "检修", "PAUSE_TOO_LONG"),
            ("2026-10-01T00:00:00Z", "  ", "REASON_MISSING"),
        ] {
            assert_eq!(park.user_error(Who::Admin, PAUSE, pause(until, reason, &version)).await, code);
        }
        let good = pause("2026-09-30T01:00:00Z", "检修", &version);
        for who in [Who::Centre, Who::Leader, Who::Liaison, Who::Supervisor] {
            assert_eq!(park.refused(who, PAUSE, good.clone()).await, "FORBIDDEN");
        }
        let resume = |version: &Value| json!({"id": found["id"], "version": version, "reason": "检修完毕"});
        assert_eq!(park.user_error(Who::Admin, RESUME, resume(&version)).await, "NOT_PAUSED");
        // What may be done is offered with the job, and why not.
        let offered = async |who| {
            let ask = "query($id: ID!) { node(id: $id) { ... on Job { commands { code may whyNot } } } }";
            let offers = park.data(who, ask, json!({"id": found["id"]})).await["node"]["commands"].take();
            let offers = offers.as_array().expect("offers").clone();
            let may = |offer: Value| (offer["code"].as_str().map(str::to_owned), offer["may"] == true, offer["whyNot"].is_string());
            offers.into_iter().map(may).collect::<Vec<_>>()
        };
        let offers = |pause: bool, resume: bool| [("job.pause", pause), ("job.resume", resume)].map(|(code, may)| (Some(code.to_owned()), may, !may)).to_vec();
        assert_eq!(offered(Who::Admin).await, offers(true, false), "it is not paused");
        assert_eq!(offered(Who::Centre).await, offers(false, false));

        let paused = park.data(Who::Admin, PAUSE, good.clone()).await;
        let shown = &paused["jobPause"]["job"];
        assert_eq!(shown["pause"]["reason"], "检修");
        assert_eq!(offered(Who::Admin).await, offers(true, true), "the end of the pause may be moved");
        assert!(shown["pause"]["by"]["name"].is_string());
        assert_eq!(shown["nextRunAt"], "2026-10-08T00:30:00Z", "the first time after the pause");
        assert_eq!(park.refused(Who::Admin, PAUSE, good).await, "CONFLICT", "a stale version");

        park.set_clock("2026-09-30", 8, 31);
        runner(&park).run_due().await;
        assert!(runs(&park, "deadline_warnings").await.is_empty(), "it is paused");
        park.data(Who::Admin, RESUME, resume(&shown["version"])).await;
        runner(&park).run_due().await;
        assert_eq!(runs(&park, "deadline_warnings").await.len(), 1, "resumed, it catches up");
        let audit = park.dump().await;
        let told = |action: &str| audit.rows("audit_entry").iter().filter(|row| row.contains(action)).count();
        assert_eq!((told("job.pause"), told("job.resume")), (1, 1));
    }

    async fn a_run_by_hand_has_a_reason_and_happens_once_per_key(park: Park) {
        park.people().await;
        park.set_clock("2026-09-30", 12, 0);
        let id = job(&park, "calendar_check").await["id"].clone();
        let ask = |key: &str, reason: &str| json!({"id": id, "key": key, "reason": reason, "at": null});
        assert_eq!(park.user_error(Who::Admin, RUN_NOW, ask("k1", "")).await, "REASON_MISSING");
        assert_eq!(park.user_error(Who::Admin, RUN_NOW, ask(&"k".repeat(81), "补发")).await, "KEY_UNUSABLE");
        assert_eq!(park.refused(Who::Centre, RUN_NOW, ask("k1", "补发")).await, "FORBIDDEN");
        let unknown = json!({"id": "job_00000000000000000000000000000000", "key": "k", "reason": "补发", "at": null});
        assert_eq!(park.refused(Who::Admin, RUN_NOW, unknown).await, "NOT_FOUND");
        let not_skipped = json!({"id": id, "key": "k9", "reason": "补发", "at": "2026-09-28T00:00:00Z"});
        assert_eq!(park.user_error(Who::Admin, RUN_NOW, not_skipped).await, "NOT_SKIPPED");

        let first = park.data(Who::Admin, RUN_NOW, ask("k1", "补发")).await["jobRunNow"]["run"].clone();
        assert_eq!((&first["state"], &first["cause"], &first["reason"]), (&json!("CLAIMED"), &json!("MANUAL"), &json!("补发")));
        let again = park.data(Who::Admin, RUN_NOW, ask("k1", "补发")).await["jobRunNow"]["run"].clone();
        assert_eq!(first["id"], again["id"], "the same key gives the same run");
        assert_eq!(park.refused(Who::Admin, RUN_NOW, ask("k1", "别的原因")).await, "BAD_REQUEST", "another request");
        let other = park.data(Who::Admin, RUN_NOW, ask("k2", "补发")).await["jobRunNow"]["run"].clone();
        assert_eq!(first["id"], other["id"], "while it is open, it is the answer");

        runner(&park).run_due().await;
        let manual = |runs: Vec<Value>| runs.into_iter().filter(|run| run["cause"] == "MANUAL").collect::<Vec<_>>();
        let log = manual(runs(&park, "calendar_check").await);
        assert_eq!((log.len(), &log[0]["state"]), (1, &json!("SUCCEEDED")));
        assert!(log[0]["requestedBy"]["name"].is_string());
        let again = park.data(Who::Admin, RUN_NOW, ask("k1", "补发")).await["jobRunNow"]["run"].clone();
        assert_eq!((&again["id"], &again["state"]), (&first["id"], &json!("SUCCEEDED")), "for ever");
        runner(&park).run_due().await;
        assert_eq!(manual(runs(&park, "calendar_check").await).len(), 1);
    }

    async fn what_the_program_does_not_know_is_not_run_by_hand(park: Park) {
        let registered = repository::schedules(park.db(), &Viewer::system("story")).await.expect("the jobs");
        let known = park.store.clone().with_jobs(["calendar_check"]);
        for (name, refused) in [("calendar_check", false), ("red_list", true)] {
            let ask = RunNow {
                job_id: registered.iter().find(|job| job.name == name).expect("a job").id,
                reason: "补发".to_owned(),
                nominal_at: None,
                idempotency_key: name.to_owned(),
            };
            let asked = run_now(&known, &Viewer::system("story"), ask).await;
            assert_eq!(matches!(asked, Err(CommandError::Refused(_))), refused, "{name}");
        }
    }

    async fn a_superseded_report_is_made_by_hand_for_its_own_time(park: Park) {
        park.people().await;
        let missed = park.set_clock("2026-09-21", 8, 0);
        park.set_clock("2026-09-30", 12, 0);
        skip(&park.store, "calendar_check", missed, SkippedBecause::Superseded).await.expect("skipped");
        let id = job(&park, "calendar_check").await["id"].clone();
        let ask = json!({"id": id, "key": "k", "reason": "领导要看", "at": "2026-09-21T00:00:00Z"});
        park.data(Who::Admin, RUN_NOW, ask).await;
        runner(&park).run_due().await;
        let made = run::Entity::find().all(park.db()).await.expect("the log");
        let made = made.iter().find(|run| run.cause == Cause::Manual).expect("made by hand");
        assert_eq!((made.nominal_at, made.state), (missed, State::Succeeded));
    }
}
