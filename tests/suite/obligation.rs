//! Obligations at the outer door: fulfilled with evidence, missed with a public reason, found by their lights.

use std::collections::BTreeMap;

use api_door::scalar::Kind;
use entity::viewer::Role;
use jobs::Runner;
use serde_json::{Value, json};
use tests::{
    Who,
    matters::done,
    promise::{contract, file, mutation, owed, owed_by_department},
    stories,
    window::Window,
};

use crate::warnings::{self, runner};

fn on(id: &str, version: i32, more: Value) -> Value {
    let mut input = more;
    input["id"] = json!(id);
    input["expectedVersion"] = json!(version);
    json!({"input": input})
}

/// Of which due dates a run of `job` tells the person with this login.
async fn told(runner: &Runner, job: &str, login: &str) -> Vec<String> {
    let report = warnings::told(runner, job).await;
    warnings::lines_to(&report, login)
        .flat_map(|line| line.split(' '))
        .filter(|word| word.starts_with("2026-"))
        .map(str::to_owned)
        .collect()
}

stories! {
    async fn what_a_person_has_acknowledged_is_not_repeated_to_him_for_two_working_days(park: Park) {
        let ids = owed(&park, &[(1, None), (2, None), (3, None), (4, None), (1, Some("示例法"))]).await;
        let runner = runner(&park);
        let acknowledge = mutation("obligationAcknowledge", "obligation { restingUntil deadline { light dueOn } }");
        let ask = |at: usize| on(&ids[at], 1, json!({}));
        assert_eq!(park.user_error(Who::Liaison, &acknowledge, ask(0)).await, "NOT_OVERDUE");
        let digest = async |login: &str| {
            let mut days = told(&runner, "deadline_warnings", login).await;
            days.sort();
            days.dedup();
            days
        };
        // Due on the 8th, 9th, 10th (a worked Saturday) and 12th of October.
        park.set_clock("2026-10-09", 8, 30);
        assert!(digest("<liaison@park.example>").await.contains(&"2026-10-08".to_owned()));
        assert_eq!(park.user_error(Who::Liaison, &acknowledge, ask(4)).await, "STATUTORY");
        for (who, code) in [(Who::Enterprise, "FORBIDDEN"), (Who::Leader, "FORBIDDEN"), (Who::OtherLiaison, "NOT_FOUND")] {
            assert_eq!(park.refused(who, &acknowledge, ask(0)).await, code);
        }
        assert_eq!(park.refused(Who::Liaison, &acknowledge, on(&ids[0], 2, json!({}))).await, "CONFLICT");
        let done = park.data(Who::Liaison, &acknowledge, ask(0)).await["obligationAcknowledge"]["obligation"].take();
        assert_eq!(done, json!({"restingUntil": "2026-10-12", "deadline": {"light": "RED", "dueOn": "2026-10-08"}}));
        assert_eq!(park.user_error(Who::Liaison, &acknowledge, ask(0)).await, "RESTING");
        let seen = "query($id: ID!) { obligation(id: $id) { restingUntil permissions { canAcknowledge } } }";
        let centre = park.data(Who::Centre, seen, json!({"id": ids[0]})).await["obligation"].take();
        assert_eq!(centre, json!({"restingUntil": null, "permissions": {"canAcknowledge": true}}), "it rests for one person");

        park.set_clock("2026-10-10", 8, 30);
        // The law's own limit of the 8th is repeated; the promise of that day is not.
        let promised = async |login: &str, day: &str| {
            let days = told(&runner, "deadline_warnings", login).await;
            days.iter().filter(|told| *told == day).count()
        };
        assert_eq!(promised("<liaison@park.example>", "2026-10-08").await, 1);
        park.set_clock("2026-10-10", 9, 0);
        assert!(told(&runner, "escalation", "<head@park.example>").await.contains(&"2026-10-08".to_owned()), "others are told");
        park.set_clock("2026-10-12", 8, 30);
        assert_eq!(promised("<liaison@park.example>", "2026-10-08").await, 1);
        park.set_clock("2026-10-13", 8, 30);
        assert_eq!(promised("<liaison@park.example>", "2026-10-08").await, 2, "two working days are over");
        let trail = r#"{ auditEntries(first: 99, where: { subjectKind: { oneOf: ["Obligation"] } }) { nodes { action } } }"#;
        let trail = park.data(Who::Supervisor, trail, json!({})).await;
        assert!(trail.to_string().contains("obligation.acknowledge"));
    }

    async fn a_head_who_has_acknowledged_a_promise_is_chased_two_working_days_later(park: Park) {
        let id = owed_by_department(&park).await;
        let runner = runner(&park);
        // Due on the 8th of October, red on the 9th, chased on the 10th unless its head knows.
        park.set_clock("2026-10-09", 8, 30);
        told(&runner, "deadline_warnings", "<head@park.example>").await;
        let acknowledge = mutation("obligationAcknowledge", "obligation { restingUntil }");
        let answer = park.data(Who::Head, &acknowledge, on(&id, 1, json!({}))).await;
        assert_eq!(answer["obligationAcknowledge"]["obligation"]["restingUntil"], "2026-10-12");
        for day in ["2026-10-10", "2026-10-12"] {
            park.set_clock(day, 9, 0);
            assert!(!told(&runner, "escalation", "<head@park.example>").await.contains(&"2026-10-08".to_owned()), "{day}");
        }
        park.set_clock("2026-10-13", 9, 0);
        assert!(told(&runner, "escalation", "<head@park.example>").await.contains(&"2026-10-08".to_owned()));
    }

    async fn a_promise_is_kept_with_its_evidence(park: Park) {
        let id = owed(&park, &[(2, None)]).await.remove(0);
        let fulfil = mutation("obligationFulfil", "obligation { state daysLate evidenceDocument { id } }");
        let (paper, foreign) = (file(&park, 0).await, file(&park, 1).await);
        assert_eq!(park.user_error(Who::Liaison, &fulfil, on(&id, 1, json!({"evidenceNote": " "}))).await, "EVIDENCE_MISSING");
        let unknown = json!({"evidenceDocumentIds": [paper, foreign]});
        assert_eq!(park.user_error(Who::Centre, &fulfil, on(&id, 1, unknown)).await, "EVIDENCE_UNKNOWN");
        let evidence = json!({"evidenceDocumentIds": [paper]});
        for (who, code) in [
            (Who::Enterprise, "FORBIDDEN"),
            (Who::Supervisor, "FORBIDDEN"),
            (Who::OtherLiaison, "NOT_FOUND"),
            (Who::OtherEnterprise, "NOT_FOUND"),
            (Who::Nobody, "UNAUTHENTICATED"),
        ] {
            assert_eq!(park.refused(who, &fulfil, on(&id, 7, evidence.clone())).await, code, "{who:?}");
        }
        assert_eq!(park.refused(Who::Liaison, &fulfil, on(&id, 7, evidence.clone())).await, "CONFLICT");
        // Due on 9 October; on the 12th it is late by the 10th, a worked Saturday, and the 12th.
        park.set_clock("2026-10-12", 9, 0);
        let kept = park.data(Who::Liaison, &fulfil, on(&id, 1, evidence.clone())).await["obligationFulfil"]["obligation"].take();
        assert_eq!(kept, json!({"state": "FULFILLED", "daysLate": 2, "evidenceDocument": {"id": paper}}));
        assert_eq!(park.user_error(Who::Liaison, &fulfil, on(&id, 2, evidence)).await, "CLOSED");
    }

    async fn several_files_prove_it_in_their_order(park: Park) {
        let ids = owed(&park, &[(2, None), (2, None)]).await;
        let fulfil = mutation("obligationFulfil", "obligation { evidenceDocument { id } evidenceDocuments { id } }");
        let mut papers = Vec::new();
        for _ in 0..11 {
            papers.push(file(&park, 0).await);
        }
        let many = on(&ids[0], 1, json!({"evidenceDocumentIds": papers}));
        assert_eq!(park.refused(Who::Liaison, &fulfil, many).await, "QUERY_LIMIT");
        // The latest first, and one twice: each is evidence once.
        let told: Vec<&String> = papers[..10].iter().rev().collect();
        let mut twice = told.clone();
        twice[9] = told[0];
        let input = on(&ids[0], 1, json!({"evidenceDocumentIds": twice}));
        let kept = park.data(Who::Liaison, &fulfil, input).await["obligationFulfil"]["obligation"].take();
        let each = |papers: &[&String]| papers.iter().map(|id| json!({"id": id})).collect::<Vec<_>>();
        assert_eq!(kept, json!({"evidenceDocument": {"id": told[0]}, "evidenceDocuments": each(&told[..9])}));
        let seen = "query($id: ID!) { obligation(id: $id) { evidenceDocuments { id } } }";
        for who in [Who::Enterprise, Who::Leader, Who::Supervisor] {
            let read = park.data(who, seen, json!({"id": ids[0]})).await["obligation"]["evidenceDocuments"].take();
            assert_eq!(read, json!(each(&told[..9])), "{who:?}");
        }
        // A list of one is what it is for a program that has one.
        let input = on(&ids[1], 1, json!({"evidenceDocumentIds": papers[10]}));
        let kept = park.data(Who::Liaison, &fulfil, input).await["obligationFulfil"]["obligation"].take();
        assert_eq!(kept["evidenceDocuments"], json!([{"id": papers[10]}]));
    }

    async fn the_head_of_a_department_reads_all_that_proves_its_promise(park: Park) {
        let id = owed_by_department(&park).await;
        let papers = [file(&park, 0).await, file(&park, 0).await];
        let input = on(&id, 1, json!({"evidenceDocumentIds": papers}))["input"].take();
        done(&park, Who::Centre, "obligationFulfil", "obligation { id }", input).await;
        let document = "query($id: ID!) { document(id: $id) { id } }";
        for paper in papers {
            let seen = park.data(Who::Head, document, json!({"id": paper})).await;
            assert_eq!(seen["document"]["id"], json!(paper));
            let hidden = park.data(Who::OtherHead, document, json!({"id": paper})).await;
            assert_eq!(hidden["document"], Value::Null);
        }
    }

    async fn what_is_missed_needs_a_reason_that_the_enterprise_reads(park: Park) {
        let id = owed(&park, &[(2, None)]).await.remove(0);
        let miss = mutation("obligationMiss", "obligation { state publicReason }");
        let reason = json!({"publicReason": "材料未到"});
        assert_eq!(park.user_error(Who::Liaison, &miss, on(&id, 1, reason.clone())).await, "NOT_OVERDUE");
        // What may be done is offered with it, and why not.
        let offered = async |who| {
            let ask = "query($id: ID!) { obligation(id: $id) { commands { code may whyNot } } }";
            let commands = park.data(who, ask, json!({"id": id})).await["obligation"]["commands"].take();
            let mut why_not = BTreeMap::new();
            for one in commands.as_array().expect("commands") {
                assert_eq!(one["may"], one["whyNot"].is_null(), "{one}");
                why_not.insert(one["code"].as_str().expect("a code").to_owned(), one["whyNot"].clone());
            }
            why_not
        };
        let role = json!("Your role does not allow this.");
        let now = offered(Who::Liaison).await;
        assert_eq!(now.len(), 8, "{now:?}");
        for (code, why) in [
            ("fulfil", Value::Null),
            ("cancel", Value::Null),
            ("pause", Value::Null),
            ("miss", json!("It is not overdue and can still be fulfilled.")),
            ("resume", json!("The time limit is not paused: there is nothing to resume.")),
            ("acknowledge", json!("This matter is not overdue: there are no reminders to suspend.")),
            ("supervise", role.clone()),
        ] {
            assert_eq!(now[&format!("obligation.{code}")], why, "{code}");
        }
        park.set_clock("2026-10-10", 9, 0);
        assert_eq!(park.user_error(Who::Liaison, &miss, on(&id, 1, json!({"publicReason": " "}))).await, "REASON_INVALID");
        let may = "query($id: ID!) { obligation(id: $id) { permissions { canFulfil canMiss canCancel canPause canResume canExtend
            reasonIfNot } } }";
        let own = park.data(Who::Liaison, may, json!({"id": id})).await["obligation"]["permissions"].take();
        assert_eq!(own, json!({"canFulfil": true, "canMiss": true, "canCancel": true, "canPause": false,
            "canResume": false, "canExtend": false, "reasonIfNot": null}));
        let other = park.data(Who::Enterprise, may, json!({"id": id})).await["obligation"]["permissions"].take();
        assert_eq!(other["canFulfil"], false);
        assert_eq!(other["reasonIfNot"], role);
        let now = offered(Who::Liaison).await;
        for code in ["fulfil", "miss", "cancel", "acknowledge"] {
            assert_eq!(now[&format!("obligation.{code}")], Value::Null, "{code}");
        }
        for code in ["pause", "extend"] {
            let passed = "The due date has passed: the time limit can no longer be paused or extended.";
            assert_eq!(now[&format!("obligation.{code}")], passed, "{code}");
        }
        assert!(offered(Who::Enterprise).await.values().all(|why| *why == role));
        let early = "A supervision order can be issued when a matter has been overdue for three working days; until then the system sends reminders.";
        assert_eq!(offered(Who::Supervisor).await["obligation.supervise"], early);
        done(&park, Who::Liaison, "obligationMiss", "obligation { id }", on(&id, 1, reason)["input"].take()).await;
        let read = "query($id: ID!) { obligation(id: $id) { state publicReason deadline { state light } } }";
        let seen = park.data(Who::Enterprise, read, json!({"id": id})).await["obligation"].take();
        assert_eq!(seen, json!({"state": "MISSED", "publicReason": "材料未到", "deadline": {"state": "MISSED", "light": "RED"}}));
        assert_eq!(offered(Who::Liaison).await["obligation.fulfil"], "This obligation is already closed.");
    }

    async fn when_it_was_done_and_when_it_was_entered_are_two_facts(park: Park) {
        // Due on the 9th of October; the visit was held that day and is entered the day after.
        let ids = owed(&park, &[(2, None), (2, None)]).await;
        park.set_clock("2026-10-10", 9, 0);
        let fulfil = mutation("obligationFulfil", "obligation { id }");
        let told = |more: Value| {
            let mut input = json!({"evidenceNote": "上门走访，已解决用电问题"});
            for (name, value) in more.as_object().expect("fields") {
                input[name] = value.clone();
            }
            on(&ids[0], 1, input)
        };
        for (more, code) in [
            (json!({"evidenceNote": "1"}), "EVIDENCE_EMPTY"),
            (json!({"evidenceNote": "好好好"}), "EVIDENCE_EMPTY"),
            (json!({"doneOn": "2026-10-09"}), "BACKDATING_REASON"),
            (json!({"doneOn": "2026-10-11", "backdatingReason": "出差"}), "DONE_IN_FUTURE"),
            (json!({"doneOn": "2026-09-29", "backdatingReason": "出差"}), "DONE_TOO_EARLY"),
        ] {
            assert_eq!(park.user_error(Who::Liaison, &fulfil, told(more.clone())).await, code, "{more}");
        }
        park.data(Who::Liaison, &fulfil, told(json!({"doneOn": "2026-10-09", "backdatingReason": "当日外出，未能登记"}))).await;
        park.data(Who::Liaison, &fulfil, on(&ids[1], 1, json!({"evidenceNote": "当日办理"}))).await;
        let read = "query($id: ID!) { obligation(id: $id) { doneOn closedAt daysLate backdatingReason deadline { light closedOn } } }";
        let seen = park.data(Who::Enterprise, read, json!({"id": ids[0]})).await["obligation"].take();
        assert_eq!(seen, json!({"doneOn": "2026-10-09", "closedAt": "2026-10-10T01:00:00Z", "daysLate": 0,
            "backdatingReason": "当日外出，未能登记", "deadline": {"light": "GREEN", "closedOn": "2026-10-09"}}));
        let late = park.data(Who::Enterprise, read, json!({"id": ids[1]})).await["obligation"].take();
        assert_eq!((&late["doneOn"], &late["daysLate"], &late["deadline"]["light"]), (&json!("2026-10-10"), &json!(1), &json!("RED")));
        // It is counted and shown to the supervisor.
        let count = "{ obligations(first: 9, where: { backdated: true }) { totalCount nodes { id } } }";
        let found = park.data(Who::Supervisor, count, json!({})).await["obligations"].take();
        assert_eq!(found, json!({"totalCount": 1, "nodes": [{"id": ids[0]}]}));
        let (window, _) = Window::of(&park, Role::Supervisor).await;
        let page = window.text(&park, "/").await;
        assert!(page.contains("当日外出，未能登记"), "{page}");
    }

    async fn what_lies_too_far_back_is_not_entered_as_done_then(park: Park) {
        let ids = owed(&park, &[(20, None)]).await;
        park.set_clock("2026-10-19", 9, 0);
        let fulfil = mutation("obligationFulfil", "obligation { id }");
        let input = |day: &str| on(&ids[0], 1, json!({"evidenceNote": "已办结", "doneOn": day, "backdatingReason": "漏登"}));
        assert_eq!(park.user_error(Who::Liaison, &fulfil, input("2026-10-10")).await, "DONE_TOO_LONG_AGO");
        park.data(Who::Liaison, &fulfil, input("2026-10-12")).await;
    }

    async fn what_was_recorded_offers_to_close_the_promise_that_it_keeps(park: Park) {
        let contract = contract(&park, 0, ("2026-09-01", "2027-08-31"), "contractActivate").await;
        let enterprise = Kind::Enterprise.id(park.people().await.enterprise_id()).0;
        let keeps = "visit { id keeps { id version commitment { evidenceKind } permissions { canFulfil } } }";
        let kinds = |visit: &Value| {
            let kept = visit["keeps"].as_array().expect("promises").iter();
            let mut kinds: Vec<String> = kept.map(|one| one["commitment"]["evidenceKind"].as_str().unwrap_or_default().to_owned()).collect();
            kinds.sort();
            kinds
        };
        let call = json!({"enterpriseId": enterprise, "summary": "电话询问"});
        let called = done(&park, Who::Liaison, "visitRecord", keeps, call).await["visit"].take();
        assert_eq!(kinds(&called), ["VISIT_OR_CALL_NOTE"]);
        let visit = json!({"enterpriseId": enterprise, "kind": "ON_SITE", "summary": "上门走访，询问用电"});
        let held = done(&park, Who::Liaison, "visitRecord", keeps, visit).await["visit"].take();
        assert_eq!(kinds(&held), ["VISIT_NOTE", "VISIT_OR_CALL_NOTE"]);
        let key = Kind::Visit.key(&async_graphql::ID(held["id"].as_str().expect("an id").to_owned())).expect("a key");
        // The page of the visit has the button; one press closes the promise with the visit as evidence.
        let (window, _) = Window::of(&park, Role::Centre).await;
        let path = format!("/visits/{key}");
        assert_eq!(window.text(&park, &path).await.matches("/fulfil\"").count(), 2);
        let token = window.token(&park, &path).await;
        let first = &held["keeps"][0];
        let closing = Kind::Obligation.key(&async_graphql::ID(first["id"].as_str().expect("an id").to_owned())).expect("a key");
        let fields = [("token", token.as_str()), ("expectedVersion", "1"), ("evidenceNote", "走访：上门走访，询问用电"), ("doneOn", "2026-09-30")];
        let sent = window.post(&park, &format!("/obligations/{closing}/fulfil"), &fields).await;
        assert_eq!(sent.status(), reqwest::StatusCode::SEE_OTHER);
        assert_eq!(window.text(&park, &path).await.matches("/fulfil\"").count(), 1);
        // So does a report of progress.
        let project = done(&park, Who::Liaison, "projectCreate", "project { id version }", json!({"contractId": contract, "name": "示例项目"})).await;
        let report = json!({"id": project["project"]["id"], "expectedVersion": project["project"]["version"], "percent": 10, "note": "已开工"});
        let want = "project { id reports { keeps { commitment { evidenceKind } } } }";
        let told = done(&park, Who::Liaison, "projectReportProgress", want, report).await["project"].take();
        assert_eq!(told["reports"][0]["keeps"], json!([{"commitment": {"evidenceKind": "PROGRESS_ENTRY"}}]));
        let id = async_graphql::ID(told["id"].as_str().expect("an id").to_owned());
        let page = window.text(&park, &format!("/projects/{}", Kind::Project.key(&id).expect("a key"))).await;
        assert!(page.contains("id=\"keeps\""), "{page}");
    }

    async fn they_are_found_by_light_owner_and_due_date(park: Park) {
        owed(&park, &[(2, None), (10, None), (10, Some("示例条例第一条")), (20, None)]).await;
        park.set_clock("2026-10-21", 9, 0);
        let find = "query($where: ObligationFilter) { obligations(first: 100, where: $where, sortBy: [{field: DUE_ON, direction: DESC}])
            { totalCount nodes { occasion deadline { dueOn light } owners { name } } } }";
        let mine = |mut filter: Value| {
            filter["text"] = json!("An example");
            json!({"where": filter})
        };
        for (filter, due) in [
            (json!({"light": {"oneOf": ["RED"]}}), vec!["2026-10-20", "2026-10-09"]),
            (json!({"light": {"oneOf": ["BLACK"]}}), vec!["2026-10-20"]),
            (json!({"light": {"oneOf": ["GREEN", "YELLOW", "ORANGE"]}}), vec!["2026-11-03"]),
            (json!({"owner": {"oneOf": ["CENTRE"]}}), vec![]),
            (json!({"owner": {"oneOf": ["LIAISON"]}, "dueOn": {"from": "2026-10-10", "to": "2026-10-31"}}), vec!["2026-10-20", "2026-10-20"]),
            (json!({"dueOn": {"withinWorkingDays": 9}}), vec!["2026-11-03", "2026-10-20", "2026-10-20", "2026-10-09"]),
            (json!({"dueOn": {"withinWorkingDays": 8}}), vec!["2026-10-20", "2026-10-20", "2026-10-09"]),
        ] {
            let found = park.data(Who::Liaison, find, mine(filter.clone())).await["obligations"].take();
            let found: Vec<&str> = found["nodes"]
                .as_array()
                .expect("nodes")
                .iter()
                .filter_map(|node| node["deadline"]["dueOn"].as_str())
                .collect();
            assert_eq!(found, due, "{filter}");
        }
        let hidden = park.data(Who::OtherLiaison, find, json!({"where": {"light": {"oneOf": ["RED"]}}})).await;
        assert_eq!(hidden["obligations"]["totalCount"], 0);
    }

    async fn an_enterprise_shows_what_is_owed_and_what_was_kept_last(park: Park) {
        let ids = owed(&park, &[(5, None), (3, None)]).await;
        let enterprise = Kind::Enterprise.id(park.people().await.enterprise_id()).0;
        let read = "query($id: ID!) { enterprise(id: $id) { contract { state } openObligations { id } lastKept { id } } }";
        let asked = json!({"id": enterprise});
        let first = park.data(Who::Liaison, read, asked.clone()).await["enterprise"].take();
        assert_eq!((&first["contract"]["state"], &first["lastKept"]), (&json!("ACTIVE"), &Value::Null));
        let open = first["openObligations"].as_array().expect("a list").len();

        let (today, before) = (json!("2026-09-30"), json!("2026-09-29"));
        for id in &ids {
            let minute = park.store.now() + chrono::TimeDelta::minutes(1);
            park.clock.set(minute);
            done(&park, Who::Liaison, "obligationFulfil", "obligation { id }", on(id, 1, json!({"evidenceNote": "done"}))["input"].take()).await;
        }
        let then = park.data(Who::Liaison, read, asked.clone()).await["enterprise"].take();
        assert_eq!(then["lastKept"]["id"], json!(ids[1]));
        assert_eq!(then["openObligations"].as_array().expect("a list").len(), open - 2);
        assert_eq!(park.data(Who::OtherEnterprise, read, asked).await["enterprise"], Value::Null);

        let find = "query($where: ObligationFilter) { obligations(first: 1, where: $where) { totalCount } }";
        for (filter, count) in [
            (json!({"closedAt": {"from": today, "to": today}}), 2),
            (json!({"closedAt": {"to": before}}), 0),
            (json!({"openedAt": {"to": before}}), 0),
        ] {
            let found = park.data(Who::Liaison, find, json!({"where": filter})).await;
            assert_eq!(found["obligations"]["totalCount"], count, "{filter}");
        }
    }

    async fn an_enterprise_knows_how_many_promises_to_it_show_each_light(park: Park) {
        owed(&park, &[(2, None), (10, None), (10, Some("示例条例第一条")), (20, None)]).await;
        park.set_clock("2026-10-21", 9, 0);
        let ask = "query($light: Light!) {
            enterprises(first: 10) { nodes { id lights { light count } } }
            obligations(first: 100, where: {state: {oneOf: [OPEN]}, light: {oneOf: [$light]}})
                { nodes { enterprise { id } commitment { clause { number } } } } }";
        for who in [Who::Centre, Who::Liaison, Who::Enterprise, Who::OtherLiaison] {
            for light in ["BLACK", "RED", "ORANGE", "YELLOW", "GREEN", "GREY"] {
                let seen = park.data(who, ask, json!({"light": light})).await;
                let open = seen["obligations"]["nodes"].as_array().expect("nodes");
                assert!(open.iter().all(|owed| owed["commitment"]["clause"]["number"].is_i64()));
                for firm in seen["enterprises"]["nodes"].as_array().expect("nodes") {
                    let theirs = open.iter().filter(|owed| owed["enterprise"]["id"] == firm["id"]).count();
                    let lights = firm["lights"].as_array().expect("lights");
                    let told = lights.iter().find(|one| one["light"] == light).expect("each light is told");
                    assert_eq!(told["count"], theirs, "{who:?} {light}");
                }
                if who == Who::Liaison && light == "BLACK" {
                    assert_eq!(open.len(), 1);
                }
            }
        }
    }
}
