//! Permits of enterprises: by when a renewal is applied for, and who is told before it is too late.

use api_door::scalar::Kind;
use entity::outbox;
use jobs::{Planned, RunReport, Runner};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use serde_json::{Value, json};
use tests::{
    Park, Who,
    matters::{done, version},
    promise::{contract, mutation, walk},
    stories,
};

use crate::warnings::runner;

const LIST: &str =
    "query($where: PermitFilter) { permits(first: 20, where: $where) { totalCount nodes {
    id kind number issuer validUntil applyBy withdrawnOn version canManage } } }";

async fn enterprise(park: &Park) -> String {
    Kind::Enterprise.id(park.people().await.enterprises[0].id).0
}

async fn record(park: &Park, kind: &str, number: &str, valid_until: &str) -> Value {
    let input = json!({"enterpriseId": enterprise(park).await, "kind": kind, "number": number, "issuer": "示例机关",
        "validUntil": valid_until});
    let made = done(
        park,
        Who::Liaison,
        "permitRecord",
        "permit { id version applyBy }",
        input,
    )
    .await;
    made["permit"].clone()
}

/// Whom the digest of the day, which goes at once, tells of how much that ends.
async fn told(runner: &Runner) -> Vec<(String, usize)> {
    let mut told: Vec<_> = run(runner, "deadline_warnings")
        .await
        .planned
        .into_iter()
        .map(|one| (login(&one).to_owned(), of(&one.why, "Ending")))
        .filter(|(_, endings)| *endings > 0)
        .collect();
    told.sort();
    runner.deliver_now(None).await.expect("a delivery");
    told
}

/// By what somebody signs in to whom this is said.
fn login(planned: &Planned) -> &str {
    let (_, login) = planned.recipient.split_once('<').expect("a login");
    login.trim_end_matches('>')
}

/// How many of these lines are so urgent.
fn of(why: &[String], urgency: &str) -> usize {
    why.iter().filter(|line| line.starts_with(urgency)).count()
}

async fn run(runner: &Runner, job: &str) -> RunReport {
    let report = runner.run_now(job, None, false).await;
    let report = report.expect("a run").expect("a job");
    assert_eq!(report.counts.failed, 0, "{:?}", report.counts.errors);
    report
}

/// Each of these people is told of `endings`.
async fn each(park: &Park, people: &[Who], endings: usize) -> Vec<(String, usize)> {
    let people_of_park = park.people().await;
    let logins = people.iter().map(|who| &people_of_park.account(*who).login);
    let mut each: Vec<_> = logins.map(|login| (login.clone(), endings)).collect();
    each.sort();
    each
}

const LIMIT: &str = "query($id: ID!) { node(id: $id) { ... on Permit { applyBy version deadline { id state startedOn dueOn light
    limit { days unit } explain { day role count due } } } } }";

async fn limit(park: &Park, who: Who, id: &Value) -> Value {
    park.data(who, LIMIT, json!({ "id": id })).await["node"].take()
}

stories! {
    async fn a_permit_is_recorded_corrected_renewed_and_withdrawn(park: Park) {
        let made = record(&park, "LICENCE", "示例1", "2026-12-31").await;
        let id = made["id"].as_str().expect("an id").to_owned();
        let input = |more: Value| {
            let mut input = more;
            input["id"] = json!(id);
            json!({"input": input})
        };
        let ask = |name: &str| mutation(name, "permit { number validUntil applyBy version withdrawnOn }");
        let same = json!({"input": {"enterpriseId": enterprise(&park).await, "kind": "LICENCE", "number": " 示例1 ", "issuer": "示例", "validUntil": "2027-01-01"}});
        assert_eq!(park.user_error(Who::Centre, &ask("permitRecord"), same).await, "KNOWN");
        let wrong = json!({"expectedVersion": 1, "kind": "POLLUTANT", "number": "示例1", "issuer": " ", "validUntil": "2026-12-31"});
        assert_eq!(park.user_error(Who::Liaison, &ask("permitChange"), input(wrong)).await, "ISSUER");
        let right = json!({"expectedVersion": 1, "kind": "POLLUTANT", "number": "示例1", "issuer": "示例机关", "validUntil": "2026-12-31"});
        assert_eq!(park.refused(Who::Liaison, &ask("permitChange"), input(json!({"expectedVersion": 3, "kind": "POLLUTANT", "number": "示例1", "issuer": "示例机关", "validUntil": "2026-12-31"}))).await, "CONFLICT");
        let changed = park.data(Who::Liaison, &ask("permitChange"), input(right)).await["permitChange"]["permit"].take();
        // Sixty days before is a Sunday, the 1st of November; offices are open on the Friday before.
        assert_eq!(changed, json!({"number": "示例1", "validUntil": "2026-12-31", "applyBy": "2026-10-30", "version": 2, "withdrawnOn": null}));
        let early = json!({"expectedVersion": 2, "validUntil": "2026-12-31"});
        assert_eq!(park.user_error(Who::Liaison, &ask("permitRenew"), input(early)).await, "NOT_LATER");
        let renewed = json!({"expectedVersion": 2, "number": "示例2", "validUntil": "2026-12-31"});
        assert_eq!(park.user_error(Who::Liaison, &ask("permitRenew"), input(renewed)).await, "NOT_LATER");
        let renewed = json!({"expectedVersion": 2, "number": "示例2", "validUntil": "2027-06-30"});
        park.data(Who::Centre, &ask("permitRenew"), input(renewed)).await;

        record(&park, "OTHER", "示例3", "2026-11-30").await;
        let by = json!({"where": {"applyBy": {"to": "2026-12-31"}}});
        let listed = park.data(Who::Enterprise, LIST, by).await["permits"].take();
        assert_eq!((&listed["totalCount"], &listed["nodes"][0]["number"], &listed["nodes"][0]["canManage"]), (&json!(1), &json!("示例3"), &json!(false)));
        let below = "query($id: ID!) { enterprise(id: $id) { permits { number canManage } } }";
        let held = park.data(Who::Liaison, below, json!({"id": enterprise(&park).await})).await["enterprise"]["permits"].take();
        assert_eq!(held, json!([{"number": "示例3", "canManage": true}, {"number": "示例2", "canManage": true}]));

        // What may be done is offered with the thing: with what stands there, and why not.
        let offered = async |who| {
            let ask = "query($id: ID!) { node(id: $id) { ... on Permit { commands { code mutation title may whyNot
                fields { name label kind required longest value choices { code word } } } } } }";
            park.data(who, ask, json!({"id": id})).await["node"]["commands"].take()
        };
        let offers = offered(Who::Liaison).await;
        let codes: Vec<_> = offers.as_array().expect("offers").iter().map(|offer| (offer["code"].as_str(), offer["may"].as_bool())).collect();
        assert_eq!(codes, [(Some("permit.change"), Some(true)), (Some("permit.renew"), Some(true)), (Some("permit.withdraw"), Some(true))]);
        let renewal = &offers[1];
        assert_eq!((&renewal["mutation"], &renewal["whyNot"]), (&json!("permitRenew"), &Value::Null));
        let kinds: Vec<_> = renewal["fields"].as_array().expect("fields").iter().map(|field| (field["name"].as_str(), field["kind"].as_str(), field["required"].as_bool())).collect();
        assert_eq!(kinds, [
            (Some("id"), Some("TARGET"), Some(true)),
            (Some("expectedVersion"), Some("VERSION"), Some(true)),
            (Some("number"), Some("LINE"), Some(false)),
            (Some("validUntil"), Some("DAY"), Some(true)),
        ]);
        assert_eq!((&renewal["fields"][2]["value"], &renewal["fields"][2]["longest"]), (&json!("示例2"), &json!(100)));
        assert_eq!(renewal["fields"][3]["value"], "2027-06-30");
        let kind = &offers[0]["fields"][2];
        assert_eq!((&kind["name"], &kind["value"], kind["choices"].as_array().map(Vec::len)), (&json!("kind"), &json!("POLLUTANT"), Some(9)));
        let offers = offered(Who::Enterprise).await;
        assert!(offers.as_array().expect("offers").iter().all(|offer| offer["may"] == false && offer["whyNot"].is_string()), "{offers}");
        let below = "query($id: ID!) { enterprise(id: $id) { commands { code may } } }";
        let holder = park.data(Who::Liaison, below, json!({"id": enterprise(&park).await})).await["enterprise"]["commands"].take();
        let may = |code: &str, may: bool| json!({"code": code, "may": may});
        assert_eq!(holder, json!([may("enterprise.change", false), may("enterprise.end", false), may("permit.record", true)]));

        assert_eq!(park.user_error(Who::Liaison, &ask("permitWithdraw"), input(json!({"expectedVersion": 3, "reason": " "}))).await, "REASON");
        let gone = park.data(Who::Liaison, &ask("permitWithdraw"), input(json!({"expectedVersion": 3, "reason": "停产"}))).await;
        assert_eq!(gone["permitWithdraw"]["permit"]["withdrawnOn"], "2026-09-30");
        let offers = offered(Who::Liaison).await;
        assert!(offers.as_array().expect("offers").iter().all(|offer| offer["may"] == false && offer["whyNot"].is_string()), "{offers}");
        assert_eq!(park.user_error(Who::Liaison, &ask("permitRenew"), input(json!({"expectedVersion": 4, "validUntil": "2030-01-01"}))).await, "WITHDRAWN");
        assert_eq!(park.data(Who::OtherEnterprise, LIST, json!({})).await["permits"]["totalCount"], 0);
        let trail = r#"{ auditEntries(first: 99, where: { subjectKind: { oneOf: ["Permit"] } }) { nodes { action reason } } }"#;
        let trail = park.data(Who::Supervisor, trail, json!({})).await.to_string();
        for action in ["permit.record", "permit.change", "permit.renew", "permit.withdraw", "停产"] {
            assert!(trail.contains(action), "{action}");
        }
    }

    async fn the_enterprise_and_its_liaison_are_told_once_of_each_threshold_in_one_letter(park: Park) {
        park.set_clock("2026-09-30", 9, 0);
        // Applied for by the 30th of October, ends on the 31st of December; the other one ends on the 30th.
        record(&park, "POLLUTANT", "示例1", "2026-12-31").await;
        record(&park, "OTHER", "示例2", "2026-12-30").await;
        let both = [Who::Enterprise, Who::Liaison];
        let runner = runner(&park);
        assert_eq!(told(&runner).await, [], "more than 90 days ahead");
        park.set_clock("2026-10-08", 9, 0);
        assert_eq!(told(&runner).await, each(&park, &both, 2).await);
        assert_eq!(told(&runner).await, [], "once");
        for who in both {
            let letters = park.mailbox.to(&park.people().await.account(who).login);
            let digests: Vec<_> = letters.iter().filter(|letter| letter.subject.contains("2026-10-08")).collect();
            assert_eq!(digests.len(), 1, "{who:?}");
            let text = &digests[0].text;
            assert!(text.contains("示例1") && text.contains("2026-10-30") && text.contains("示例2"), "{text}");
        }

        // Nobody has run it for a month: only what was crossed last is told, and what was passed over is never told.
        park.set_clock("2026-11-10", 9, 0);
        assert_eq!(told(&runner).await, each(&park, &both, 2).await);
        park.set_clock("2026-11-11", 9, 0);
        assert_eq!(told(&runner).await, []);
        // Thirty days before the end.
        park.set_clock("2026-12-01", 9, 0);
        assert_eq!(told(&runner).await, each(&park, &both, 2).await);
        park.set_clock("2027-01-04", 9, 0);
        assert_eq!(told(&runner).await, [], "it has ended");
    }

    async fn who_owes_something_and_looks_after_what_ends_gets_one_letter(park: Park) {
        // Thirty days before the end of the contract a promise of seven days is yellow, and a permit ends in ninety.
        let contract = contract(&park, 0, ("2026-09-01", "2026-11-11"), "contractDraft").await;
        let promise = json!({"contractId": contract, "expectedVersion": version(&park, &contract).await, "clauseNumber": 6,
            "kind": "ON_EVENT", "textZh": "示例承诺", "textEn": "An example", "startEvent": "example", "limitDays": 7,
            "unit": "WORKING_DAY", "owner": "LIAISON", "evidenceKind": "EXAMPLE"});
        let promise = done(&park, Who::Centre, "commitmentAdd", "commitment { id }", promise).await["commitment"]["id"].take();
        walk(&park, &contract, "contractActivate").await;
        let event = json!({"commitmentId": promise, "idempotencyKey": "example"});
        done(&park, Who::Liaison, "obligationOpen", "obligation { id }", event).await;
        record(&park, "OTHER", "示例3", "2027-01-10").await;
        let runner = runner(&park);
        park.set_clock("2026-10-12", 8, 30);
        let planned = run(&runner, "deadline_warnings").await.planned;
        let people = park.people().await;
        let told = |who: Who| {
            let of_person = &people.account(who).login;
            let to: Vec<_> = planned.iter().filter(|one| login(one) == of_person).collect();
            assert_eq!(to.len(), 1, "{who:?}: {planned:?}");
            to[0].why.clone()
        };
        let having = |why: &[String], urgency: &str, what: &str| why.iter().filter(|line| line.starts_with(urgency) && line.contains(what)).count();
        let liaison = told(Who::Liaison);
        for (urgency, what) in [("Yellow", "An example"), ("Ending", "示例3"), ("Ending", "QY-")] {
            assert_eq!(having(&liaison, urgency, what), 1, "{what}: {liaison:?}");
        }
        let own = told(Who::Enterprise);
        assert_eq!((own.len(), having(&own, "Ending", "示例3"), having(&own, "Ending", "QY-")), (2, 1, 1), "{own:?}");
        let centre = told(Who::Centre);
        assert_eq!((of(&centre, "Ending"), having(&centre, "Ending", "QY-")), (1, 1), "{centre:?}");
        runner.deliver_now(None).await.expect("a delivery");
        for who in [Who::Liaison, Who::Enterprise] {
            let letters = park.mailbox.to(&people.account(who).login);
            let of_day = letters.iter().filter(|letter| letter.subject.contains("2026-10-12")).count();
            assert_eq!(of_day, 1, "{who:?}");
        }
        for (day, hour) in [("2026-10-12", 10), ("2026-10-13", 8)] {
            park.set_clock(day, hour, 40);
            for one in run(&runner, "deadline_warnings").await.planned {
                assert_eq!(of(&one.why, "Ending"), 0, "told once: {one:?}");
            }
        }
    }

    async fn the_end_of_a_contract_is_told_to_the_liaison_and_the_centre_and_later_to_the_enterprise(park: Park) {
        contract(&park, 0, ("2026-09-01", "2026-12-07"), "contractActivate").await;
        let runner = runner(&park);
        park.set_clock("2026-10-07", 9, 0);
        assert_eq!(told(&runner).await, [], "61 days, on a day off");
        park.set_clock("2026-10-08", 9, 0);
        assert_eq!(told(&runner).await, each(&park, &[Who::Liaison, Who::Centre], 1).await, "60 days");
        park.set_clock("2026-11-09", 9, 0);
        let three = [Who::Liaison, Who::Centre, Who::Enterprise];
        assert_eq!(told(&runner).await, each(&park, &three, 1).await, "30 days");
        park.set_clock("2026-11-10", 9, 0);
        assert_eq!(told(&runner).await, []);
        park.set_clock("2026-11-27", 9, 0);
        assert_eq!(told(&runner).await, each(&park, &three, 1).await, "10 days");
        let ended = "{ contracts(first: 1) { nodes { state endsOn deadline { state dueOn closedOn light } } } }";
        let now = park.data(Who::Centre, ended, json!({})).await["contracts"]["nodes"][0].take();
        assert_eq!((&now["deadline"]["state"], &now["deadline"]["dueOn"]), (&json!("RUNNING"), &json!("2026-12-07")));
        park.set_clock("2026-12-08", 0, 10);
        run(&runner, "contract_expiry").await;
        let now = park.data(Who::Centre, ended, json!({})).await["contracts"]["nodes"][0].take();
        assert_eq!(now, json!({"state": "EXPIRED", "endsOn": "2026-12-07",
            "deadline": {"state": "MET", "dueOn": "2026-12-07", "closedOn": "2026-12-07", "light": "GREEN"}}));
        park.set_clock("2026-12-08", 9, 0);
        assert_eq!(told(&runner).await, []);
    }

    async fn nobody_in_the_park_is_late_with_a_permit_and_its_limit_says_why_and_ends(park: Park) {
        park.set_clock("2026-09-30", 9, 0);
        let id = record(&park, "POLLUTANT", "示例1", "2026-12-31").await["id"].take();
        let runner = runner(&park);
        // Sixty days before is a Sunday; the Friday before it is the last day.
        let seen = limit(&park, Who::Enterprise, &id).await;
        let of_permit = &seen["deadline"];
        assert_eq!((&seen["applyBy"], &of_permit["dueOn"], &of_permit["startedOn"]), (&json!("2026-10-30"), &json!("2026-10-30"), &json!("2026-12-31")));
        assert_eq!((&of_permit["state"], &of_permit["light"], &of_permit["limit"]), (&json!("RUNNING"), &json!("GREEN"), &json!({"days": 60, "unit": "CALENDAR_DAY"})));
        let steps = of_permit["explain"].as_array().expect("steps");
        assert_eq!(steps.first(), Some(&json!({"day": "2026-12-31", "role": "COUNTED", "count": 1, "due": false})));
        assert_eq!(steps.last(), Some(&json!({"day": "2026-10-30", "role": "LAST", "count": 60, "due": true})));
        let node = "query($id: ID!) { node(id: $id) { ... on Deadline { dueOn } } }";
        let of_node = json!({"id": of_permit["id"]});
        assert_eq!(park.data(Who::Liaison, node, of_node.clone()).await["node"]["dueOn"], "2026-10-30");
        assert_eq!(park.refused(Who::OtherEnterprise, node, of_node).await, "NOT_FOUND");

        // In the calendars of those who apply and look after it, and of nobody else.
        for (who, shown) in [(Who::Liaison, true), (Who::Enterprise, true), (Who::Centre, false), (Who::Leader, false)] {
            let made = done(&park, who, "feedCreate", "feed { path }", json!({"name": "手机"})).await;
            let path = made["feed"]["path"].as_str().expect("a path").to_owned();
            let answer = park.get(Who::Nobody, &path).await.send().await.expect("an answer");
            let text = answer.text().await.expect("a calendar").replace("\r\n ", "");
            assert_eq!(text.contains("UID:permit-") && text.contains("20261030"), shown, "{who:?}: {text}");
        }

        for (day, hour, job) in [
            ("2026-10-30", 14, "last_day"),
            ("2026-11-02", 8, "red_list"),
            ("2026-11-03", 9, "escalation"),
            ("2026-11-12", 9, "escalation"),
            ("2026-11-12", 10, "statutory_overdue"),
        ] {
            park.set_clock(day, hour, 15);
            assert_eq!(run(&runner, job).await.planned, [], "{job}");
        }
        assert_eq!(limit(&park, Who::Liaison, &id).await["deadline"]["light"], "RED");
        let overdue = "{ obligations(first: 9, where: {light: {oneOf: [YELLOW, ORANGE, RED, BLACK]}}) { totalCount } }";
        assert_eq!(park.data(Who::Leader, overdue, json!({})).await["obligations"]["totalCount"], 0);

        // It ends, and runs again when its renewal is recorded all the same.
        park.set_clock("2027-01-01", 0, 15);
        run(&runner, "permit_expiry").await;
        let ended = limit(&park, Who::Liaison, &id).await;
        assert_eq!((&ended["deadline"]["state"], &ended["deadline"]["light"]), (&json!("CANCELLED"), &json!("GREY")));
        park.set_clock("2027-01-04", 9, 0);
        let renewed = json!({"id": id, "expectedVersion": ended["version"], "validUntil": "2027-12-31"});
        done(&park, Who::Liaison, "permitRenew", "permit { id }", renewed).await;
        let renewed = limit(&park, Who::Liaison, &id).await;
        assert_eq!((&renewed["deadline"]["state"], &renewed["deadline"]["dueOn"], &renewed["applyBy"]), (&json!("RUNNING"), &json!("2027-11-01"), &json!("2027-11-01")));
        let gone = json!({"id": id, "expectedVersion": renewed["version"], "reason": "停产"});
        done(&park, Who::Liaison, "permitWithdraw", "permit { id }", gone).await;
        assert_eq!(limit(&park, Who::Liaison, &id).await["deadline"]["state"], "CANCELLED");
    }

    async fn the_witness_finds_a_permit_of_which_nobody_was_told(park: Park) {
        park.set_clock("2026-09-30", 9, 0);
        record(&park, "POLLUTANT", "示例1", "2026-12-31").await;
        let runner = runner(&park);
        park.set_clock("2026-11-03", 10, 0);
        let witness = async || runner.run_now("completeness", None, false).await.expect("a run").expect("a job");
        let found = witness().await;
        assert_eq!((found.counts.failed, found.planned.len()), (1, 2), "{found:?}");
        let again = witness().await;
        assert_eq!((again.counts.failed, again.counts.letters), (0, 0), "{again:?}");
    }

    async fn another_calendar_moves_the_last_day_of_applying_with_its_limit(park: Park) {
        park.set_clock("2026-09-30", 9, 0);
        let id = record(&park, "OTHER", "示例2", "2027-10-08").await["id"].take();
        assert_eq!(limit(&park, Who::Liaison, &id).await["applyBy"], "2027-10-08");
        // In that year the holiday is longer.
        let days = (1..=8).map(|day| format!("2027-10-0{day},holiday,国庆节,National Day,2027\n"));
        let csv = format!("date,kind,name_zh,name_en,notice_year\n{}", days.collect::<String>());
        let input = json!({"csv": csv, "source": "示例通知"});
        let imported = done(&park, Who::Admin, "calendarImport", "changes { movedCount }", input).await;
        assert_eq!(imported["changes"]["movedCount"], 1, "{imported}");
        let moved = limit(&park, Who::Liaison, &id).await;
        assert_eq!((&moved["applyBy"], &moved["deadline"]["dueOn"], &moved["version"]), (&json!("2027-09-30"), &json!("2027-09-30"), &json!(2)));
        // Nobody has heard of that day yet.
        let letters = outbox::Entity::find().filter(outbox::Column::Kind.eq(outbox::Kind::DueDatesMoved)).all(park.db()).await;
        assert_eq!(letters.expect("letters"), []);
    }

    async fn the_warning_of_a_permit_keeps_the_promise_of_one(park: Park) {
        contract(&park, 0, ("2026-09-01", "2027-08-31"), "contractActivate").await;
        park.set_clock("2026-10-08", 9, 0);
        record(&park, "OTHER", "示例3", "2026-12-31").await;
        let find = "query($state: [ObligationState!]!) { obligations(first: 99, where: {state: {oneOf: $state}, text: \"证照到期前\"}) {
            nodes { state doneOn daysLate evidenceNote eventNote deadline { light } } } }";
        let all = json!({"state": ["OPEN", "FULFILLED"]});
        let none = park.data(Who::Liaison, find, all.clone()).await["obligations"]["nodes"].take();
        assert_eq!(none, json!([]));
        let runner = runner(&park);
        let asking = async || {
            let of_kind = outbox::Entity::find().filter(outbox::Column::Kind.eq(outbox::Kind::ObligationOpened));
            of_kind.all(park.db()).await.expect("letters").len()
        };
        let asked = asking().await;
        assert_eq!(told(&runner).await, each(&park, &[Who::Enterprise, Who::Liaison], 1).await);
        assert_eq!(asking().await, asked, "nobody is asked for what the letter has kept");
        let kept = park.data(Who::Enterprise, find, all.clone()).await["obligations"]["nodes"].take();
        let kept = kept.as_array().expect("promises");
        assert_eq!(kept.len(), 1, "{kept:?}");
        assert_eq!((&kept[0]["state"], &kept[0]["doneOn"], &kept[0]["daysLate"]), (&json!("FULFILLED"), &json!("2026-10-08"), &json!(0)));
        assert!(kept[0]["evidenceNote"].as_str().is_some_and(|note| note.contains("示例3")), "{kept:?}");
        // Later thresholds of the same permit are no further event.
        park.set_clock("2026-11-02", 9, 0);
        told(&runner).await;
        let later = park.data(Who::Liaison, find, all).await["obligations"]["nodes"].take();
        assert_eq!(later.as_array().map(Vec::len), Some(1));
    }
}
