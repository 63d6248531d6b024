//! Obligations at the outer door: fulfilled with evidence, missed with a public reason, found by their lights.

use api::graphql::scalar::Kind;
use jobs::Runner;
use serde_json::{Value, json};
use tests::{
    Who,
    matters::{done, version},
    promise::{contract, file, mutation, owed, walk},
    stories,
};

use crate::warnings::runner;

fn on(id: &str, version: i32, more: Value) -> Value {
    let mut input = more;
    input["id"] = json!(id);
    input["expectedVersion"] = json!(version);
    json!({"input": input})
}

/// Of which due dates a run of `job` tells the person with this login.
async fn told(runner: &Runner, job: &str, login: &str) -> Vec<String> {
    let report = runner.run_now(job, None, false).await;
    let report = report.expect("a run").expect("a job");
    assert_eq!(report.counts.failed, 0, "{:?}", report.counts.errors);
    let own = report
        .planned
        .iter()
        .filter(|one| one.recipient.contains(login));
    own.flat_map(|one| &one.why)
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
        let contract = contract(&park, 0, ("2026-09-30", "2027-09-29"), "contractDraft").await;
        let department = Kind::Department.id(park.people().await.departments[0].id).0;
        let promise = json!({"contractId": contract, "expectedVersion": version(&park, &contract).await, "clauseNumber": 6,
            "kind": "ON_EVENT", "textZh": "示例承诺", "textEn": "An example", "startEvent": "example", "limitDays": 1,
            "unit": "WORKING_DAY", "owner": "DEPARTMENT", "departmentId": department, "evidenceKind": "EXAMPLE"});
        let promise = done(&park, Who::Centre, "commitmentAdd", "commitment { id }", promise).await["commitment"]["id"].take();
        walk(&park, &contract, "contractActivate").await;
        let event = json!({"commitmentId": promise, "idempotencyKey": "story"});
        let opened = done(&park, Who::Centre, "obligationOpen", "obligation { id }", event).await;
        let id = opened["obligation"]["id"].as_str().expect("an id").to_owned();
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
        let unknown = json!({"evidenceDocumentId": foreign});
        assert_eq!(park.user_error(Who::Centre, &fulfil, on(&id, 1, unknown)).await, "EVIDENCE_UNKNOWN");
        let evidence = json!({"evidenceDocumentId": paper});
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

    async fn what_is_missed_needs_a_reason_that_the_enterprise_reads(park: Park) {
        let id = owed(&park, &[(2, None)]).await.remove(0);
        let miss = mutation("obligationMiss", "obligation { state publicReason }");
        let reason = json!({"publicReason": "材料未到"});
        assert_eq!(park.user_error(Who::Liaison, &miss, on(&id, 1, reason.clone())).await, "NOT_OVERDUE");
        park.set_clock("2026-10-10", 9, 0);
        assert_eq!(park.user_error(Who::Liaison, &miss, on(&id, 1, json!({"publicReason": " "}))).await, "REASON_INVALID");
        let may = "query($id: ID!) { obligation(id: $id) { permissions { canFulfil canMiss canCancel canPause canResume canExtend
            reasonIfNot } } }";
        let own = park.data(Who::Liaison, may, json!({"id": id})).await["obligation"]["permissions"].take();
        assert_eq!(own, json!({"canFulfil": true, "canMiss": true, "canCancel": true, "canPause": false,
            "canResume": false, "canExtend": false, "reasonIfNot": null}));
        let other = park.data(Who::Enterprise, may, json!({"id": id})).await["obligation"]["permissions"].take();
        assert_eq!(other["canFulfil"], false);
        assert_eq!(other["reasonIfNot"], "Your role may not do this.");
        done(&park, Who::Liaison, "obligationMiss", "obligation { id }", on(&id, 1, reason)["input"].take()).await;
        let read = "query($id: ID!) { obligation(id: $id) { state publicReason deadline { state light } } }";
        let seen = park.data(Who::Enterprise, read, json!({"id": id})).await["obligation"].take();
        assert_eq!(seen, json!({"state": "MISSED", "publicReason": "材料未到", "deadline": {"state": "MISSED", "light": "RED"}}));
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
