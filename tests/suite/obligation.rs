//! Obligations at the outer door: fulfilled with evidence, missed with a public reason, found by their lights.

use api::graphql::scalar::Kind;
use serde_json::{Value, json};
use tests::{
    Who,
    matters::done,
    promise::{file, mutation, owed},
    stories,
};

fn on(id: &str, version: i32, more: Value) -> Value {
    let mut input = more;
    input["id"] = json!(id);
    input["expectedVersion"] = json!(version);
    json!({"input": input})
}

stories! {
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
