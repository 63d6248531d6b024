//! Time limits at the outer door: pauses, the one extension, lights as time goes by, and a new calendar.

use entity::calendar::rules::SHIPPED;
use serde_json::{Value, json};
use tests::{
    Park, Who,
    matters::done,
    promise::{file, mutation, owed},
    stories,
};

const READ: &str =
    "query($id: ID!) { obligation(id: $id) { version deadline { state dueOn forecastDueOn light
    lightBeforePause explain { day role } } } }";

async fn limit(park: &Park, id: &str) -> Value {
    park.data(Who::Liaison, READ, json!({"id": id})).await["obligation"]["deadline"].take()
}

fn on(id: &str, version: i32, more: Value) -> Value {
    let mut input = more;
    input["id"] = json!(id);
    input["expectedVersion"] = json!(version);
    json!({"input": input})
}

stories! {
    async fn the_lights_as_time_goes_by(park: Park) {
        let ids = owed(&park, &[(10, None), (2, None), (3, None), (10, Some("示例条例第一条"))]).await;
        for (day, lights) in [
            ("2026-09-30", ["GREEN", "GREEN", "GREEN", "GREEN"]),
            ("2026-10-08", ["GREEN", "GREEN", "GREEN", "GREEN"]),
            ("2026-10-09", ["GREEN", "ORANGE", "ORANGE", "GREEN"]),
            ("2026-10-10", ["GREEN", "RED", "ORANGE", "GREEN"]),
            ("2026-10-14", ["GREEN", "RED", "RED", "GREEN"]),
            ("2026-10-15", ["YELLOW", "RED", "RED", "YELLOW"]),
            ("2026-10-17", ["YELLOW", "RED", "RED", "YELLOW"]),
            ("2026-10-19", ["ORANGE", "RED", "RED", "ORANGE"]),
            ("2026-10-20", ["ORANGE", "RED", "RED", "ORANGE"]),
            ("2026-10-21", ["RED", "RED", "RED", "BLACK"]),
        ] {
            park.set_clock(day, 9, 0);
            for (id, light) in ids.iter().zip(lights) {
                assert_eq!(limit(&park, id).await["light"], light, "{day}");
            }
        }
    }

    async fn a_pause_moves_the_due_date_by_its_working_days_and_an_extension_comes_once(park: Park) {
        let ids = owed(&park, &[(10, None), (2, None)]).await;
        let (id, short) = (&ids[0], &ids[1]);
        let (paper, foreign) = (file(&park, 0).await, file(&park, 1).await);
        assert_eq!(limit(&park, id).await["dueOn"], "2026-10-20");
        park.set_clock("2026-10-12", 9, 0);
        let pause = mutation("obligationPause", "obligation { version }");
        let hearing = json!({"kind": "HEARING", "reason": "听证", "documentId": paper, "expectedEndOn": "2026-10-14"});
        for (change, code) in [
            (json!({"documentId": foreign}), "DOCUMENT_UNKNOWN"),
            (json!({"reason": ""}), "REASON_MISSING"),
            (json!({"startedOn": "2026-10-13"}), "PAUSE_IN_FUTURE"),
            (json!({"expectedEndOn": "2026-10-11"}), "END_BEFORE_START"),
        ] {
            let mut input = hearing.clone();
            for (name, value) in change.as_object().expect("fields") {
                input[name] = value.clone();
            }
            assert_eq!(park.user_error(Who::Liaison, &pause, on(id, 1, input)).await, code);
        }
        for (who, code) in [
            (Who::Enterprise, "FORBIDDEN"),
            (Who::Leader, "FORBIDDEN"),
            (Who::OtherLiaison, "NOT_FOUND"),
            (Who::Nobody, "UNAUTHENTICATED"),
            (Who::Liaison, "CONFLICT"),
        ] {
            assert_eq!(park.refused(who, &pause, on(id, 7, hearing.clone())).await, code, "{who:?}");
        }
        let resume = mutation("obligationResume", "obligation { version }");
        let end = |day: &str| json!({"endedOn": day});
        assert_eq!(park.user_error(Who::Liaison, &resume, on(id, 1, end("2026-10-12"))).await, "NOT_PAUSED");
        assert_eq!(park.user_error(Who::Liaison, &pause, on(short, 1, hearing.clone())).await, "EXPIRED");
        park.data(Who::Liaison, &pause, on(id, 1, hearing.clone())).await;
        assert_eq!(park.user_error(Who::Liaison, &pause, on(id, 2, hearing)).await, "ALREADY_PAUSED");

        // Three working days are expected; the forecast follows when it lasts longer.
        let paused = limit(&park, id).await;
        assert_eq!(paused["dueOn"], "2026-10-23");
        assert_eq!((&paused["light"], &paused["lightBeforePause"]), (&json!("GREY"), &json!("GREEN")));
        park.set_clock("2026-10-16", 9, 0);
        assert_eq!(limit(&park, id).await["forecastDueOn"], "2026-10-27");
        assert_eq!(park.user_error(Who::Liaison, &resume, on(id, 2, end("2026-10-17"))).await, "END_IN_FUTURE");
        park.data(Who::Liaison, &resume, on(id, 2, end("2026-10-16"))).await;
        // Five working days, from Monday to Friday.
        let resumed = limit(&park, id).await;
        assert_eq!((&resumed["state"], &resumed["dueOn"]), (&json!("RUNNING"), &json!("2026-10-27")));
        let days = |role: &str| {
            let steps = resumed["explain"].as_array().expect("steps");
            steps.iter().filter(|step| step["role"] == role).count()
        };
        assert_eq!((days("COUNTED"), days("PAUSED")), (10, 5));

        let extend = mutation("obligationExtend", "obligation { version deadline { dueOn } }");
        let by = |days: i32| json!({"days": days, "reason": "材料较多"});
        assert_eq!(park.user_error(Who::Liaison, &extend, on(id, 3, by(0))).await, "EXTENSION_LENGTH");
        assert_eq!(park.user_error(Who::Liaison, &extend, on(id, 3, json!({"days": 5, "reason": ""}))).await, "REASON_MISSING");
        assert_eq!(park.user_error(Who::Liaison, &extend, on(short, 1, by(5))).await, "EXPIRED");
        let extended = done(&park, Who::Liaison, "obligationExtend", "obligation { deadline { dueOn } }", on(id, 3, by(5))["input"].take()).await;
        assert_eq!(extended["obligation"]["deadline"]["dueOn"], "2026-11-03");
        assert_eq!(park.user_error(Who::Liaison, &extend, on(id, 4, by(5))).await, "ALREADY_EXTENDED");
    }

    async fn a_new_calendar_moves_what_is_open_and_nothing_else(park: Park) {
        let ids = owed(&park, &[(10, None), (10, None), (2, None)]).await;
        let kept = json!({"evidenceNote": "已办"});
        done(&park, Who::Liaison, "obligationFulfil", "obligation { id }", on(&ids[1], 1, kept)["input"].take()).await;
        // The notice of 2026 without the worked Saturday 10 October.
        let csv: String = SHIPPED
            .lines()
            .enumerate()
            .filter(|(number, line)| *number == 0 || line.ends_with(",2026") && !line.starts_with("2026-10-10"))
            .map(|(_, line)| format!("{line}\n"))
            .collect();
        let preview = "query($csv: String!) { calendarImportPreview(csv: $csv) { years problems days { date } moved { deadlineId from to favours }
            movedCount named: moved(first: 1) { contractNumber commitmentNumber from to } } }";
        let before = park.dump().await.without(tests::app::TRACES);
        let told = park.data(Who::Admin, preview, json!({"csv": csv})).await["calendarImportPreview"].take();
        before.assert_same(&park.dump().await.without(tests::app::TRACES));
        assert_eq!((&told["years"], &told["problems"]), (&json!([2026]), &json!([])));
        assert_eq!(told["days"], json!([{"date": "2026-10-10"}]));
        let moved = told["moved"].as_array().expect("moves").clone();
        assert!(moved.iter().any(|row| row["from"] == "2026-10-20" && row["to"] == "2026-10-21"), "{told:#}");
        assert!(moved.iter().all(|row| row["from"] != "2026-10-09"), "{told:#}");

        // Who imports reads no contracts: what moves is named by numbers.
        assert_eq!(told["movedCount"], json!(moved.len()));
        let named = told["named"].as_array().expect("the first");
        assert_eq!(named.len(), 1);
        assert!(named[0]["contractNumber"].is_string() && named[0]["commitmentNumber"].is_i64(), "{told:#}");
        assert_eq!((&named[0]["from"], &named[0]["to"]), (&moved[0]["from"], &moved[0]["to"]));

        assert!(moved.iter().all(|row| row["favours"] == if row["to"].as_str() > row["from"].as_str() { "PARK" } else { "ENTERPRISE" }), "{told:#}");

        let import = mutation("calendarImport", "changes { moved { deadlineId from to favours } }");
        let notice = json!({"input": {"csv": csv, "source": "示例通知〔2026〕1号"}});
        assert_eq!(park.refused(Who::Centre, &import, notice.clone()).await, "FORBIDDEN");
        let silent = json!({"input": {"csv": csv, "source": ""}});
        assert_eq!(park.user_error(Who::Admin, &import, silent).await, "SOURCE");
        let done = park.data(Who::Admin, &import, notice).await["calendarImport"]["changes"].take();
        assert_eq!(done["moved"], told["moved"], "what was announced is what happened");
        for (id, due) in ids.iter().zip(["2026-10-21", "2026-10-20", "2026-10-09"]) {
            assert_eq!(limit(&park, id).await["dueOn"], due);
        }
        let entries = park.dump().await;
        let recounts = entries.rows("audit_entry").iter().filter(|row| row.contains("deadline.recount"));
        assert_eq!(recounts.count(), moved.len());

        // One summary to each who owes it or to whom it is owed, by letter and in the app; none to whoever imports.
        let told = async |who| {
            let notices = r#"{ notices(first: 9, where: { kind: { oneOf: ["due_dates_moved"] } }) { nodes { title path } } }"#;
            park.data(who, notices, json!({})).await["notices"]["nodes"].as_array().expect("notices").len()
        };
        for (who, count) in [(Who::Liaison, 1), (Who::Enterprise, 1), (Who::OtherLiaison, 0), (Who::OtherEnterprise, 0), (Who::Admin, 0)] {
            assert_eq!(told(who).await, count, "{who:?}");
        }
        let runner = crate::warnings::runner(&park);
        runner.deliver_now(None).await.expect("a delivery");
        let letters = park.mailbox.to(&park.people().await.account(Who::Liaison).login);
        let letter = letters.iter().find(|letter| letter.subject.contains("due date")).expect("the summary");
        for said in ["2026-10-20", "2026-10-21", "later, in favour of the park", "示例通知〔2026〕1号"] {
            assert!(letter.text.contains(said), "{said}: {}", letter.text);
        }
        // The same notice once more moves nothing and tells nobody.
        let notice = json!({"input": {"csv": csv, "source": "示例通知〔2026〕1号"}});
        park.data(Who::Admin, &import, notice).await;
        assert_eq!(told(Who::Liaison).await, 1);
    }
}
