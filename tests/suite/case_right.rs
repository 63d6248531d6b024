//! What nobody takes from an applicant: the limit of law runs whatever the office does, silence has decided when its day has passed, a day that was told in
//! writing holds, what he is told he can read, and no officer turns him away alone.

use entity::{
    catalogue::{Clock, Limit},
    notice as told, outbox,
};
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};
use serde_json::{Value, json};
use tests::{
    Park, Who,
    matters::{Applied, case, case_as, on, published, text},
    notice,
    promise::{mutation, upload},
    stories,
};

use crate::{
    case::{act, checked, due, file, kinds, read, refused},
    mail::deliver,
    warnings::runner,
};

/// A job runs once, without a failure.
async fn run(park: &Park, job: &str) {
    let report = runner(park).run_now(job, None, false).await;
    let report = report.expect("a run").expect("a job");
    assert_eq!(report.counts.failed, 0, "{:?}", report.counts.errors);
}

/// A correction of the whole application.
fn whole() -> Value {
    json!({"lines": [{"reason": "OTHER", "text": "请说明"}]})
}

/// A paper of the office, as decisions and vouchers have one.
async fn paper(park: &Park, who: Who) -> Value {
    json!({"paperNumber": "示例〔2026〕1号", "documentId": file(park, who).await})
}

/// A pause with its notice.
async fn pause(park: &Park, kind: &str, end: &str) -> Value {
    json!({"kind": kind, "reason": "组织评审", "documentId": file(park, Who::Window).await, "expectedEndOn": end})
}

/// The same input with more fields.
fn with(mut input: Value, more: &Value) -> Value {
    let (Some(fields), Some(more)) = (input.as_object_mut(), more.as_object()) else {
        panic!("no objects");
    };
    fields.extend(more.clone());
    input
}

stories! {
    async fn no_officer_lets_the_limit_of_law_begin_anew_alone(park: Park) {
        let id = case(&park, "R14").await;
        let received = read(&park, Who::Window, &id).await;
        assert_eq!(due(&received, "STATUTORY").as_deref(), Some("2026-10-10"));
        park.set_clock("2026-10-08", 9, 0);
        let asked = act(&park, Who::Window, "AskCorrection", &id, whole()).await;
        let key = asked["materials"][0]["key"].clone();
        let documents = [file(&park, Who::Window).await, file(&park, Who::Head).await];
        let given = |document: &str| json!([{"material": key, "documentIds": [document]}]);
        for (who, input, code) in [
            (Who::Window, json!({"materials": given(&documents[0]), "note": "已补正"}), "ASKED_BY_YOU"),
            (Who::Enterprise, json!({"materials": []}), "NOTE_MISSING"),
            (Who::Enterprise, json!({"materials": [], "note": " "}), "NOTE_MISSING"),
            (Who::Head, json!({"materials": [], "note": "窗口收到书面说明"}), "INCOMPLETE"),
            (Who::Head, json!({"materials": [{"material": "NONE_SUCH", "documentIds": []}], "note": "窗口收到"}), "MATERIAL_UNKNOWN"),
        ] {
            assert_eq!(refused(&park, who, "Complete", &id, input).await, code, "{who:?}");
        }
        assert_eq!(read(&park, Who::Window, &id).await, asked, "a refusal changes nothing");
        let on_paper = json!({"materials": given(&documents[1]), "note": "窗口收到书面说明"});
        let completed = act(&park, Who::Head, "Complete", &id, on_paper).await;
        assert_eq!(completed["state"], "RECEIVED");
        assert!(due(&completed, "STATUTORY").is_some_and(|day| day.as_str() > "2026-10-10"));
        let notices = told::Entity::find().filter(told::Column::Key.starts_with("case_office:"));
        assert_eq!(notices.count(park.db()).await.expect("a count"), 1, "the window officer");
    }

    async fn a_pause_ends_with_the_day_that_its_notice_names(park: Park) {
        let id = case(&park, "R10").await;
        act(&park, Who::Window, "Accept", &id, json!({})).await;
        park.set_clock("2026-10-09", 9, 0);
        assert_eq!(refused(&park, Who::Window, "Pause", &id, pause(&park, "EXPERT", "2099-12-31").await).await, "PAUSE_TOO_LONG");
        let input = pause(&park, "EXPERT", "2026-10-12").await;
        act(&park, Who::Window, "Pause", &id, input).await;
        park.set_clock("2026-10-12", 9, 0);
        run(&park, "case_lapse").await;
        assert_eq!(read(&park, Who::Window, &id).await["pausedOn"], "2026-10-09", "on its last day");
        park.set_clock("2026-10-20", 9, 0);
        run(&park, "case_lapse").await;
        let resumed = read(&park, Who::Enterprise, &id).await;
        assert_eq!((&resumed["pausedOn"], &resumed["pauses"][0]["endedOn"]), (&Value::Null, &json!("2026-10-12")));
        assert_eq!(due(&resumed, "PROMISED").as_deref(), Some("2026-10-16"));
        assert_eq!(due(&resumed, "STATUTORY").as_deref(), Some("2026-11-06"));
        assert_eq!(kinds(&resumed).last(), Some(&"RESUMED"));
        run(&park, "case_lapse").await;
        assert_eq!(read(&park, Who::Enterprise, &id).await, resumed, "once");

        // A hearing lasts twenty working days at most, all of them together.
        let id = case(&park, "R10").await;
        act(&park, Who::Window, "Accept", &id, json!({})).await;
        let input = pause(&park, "HEARING", "2026-10-30").await;
        act(&park, Who::Window, "Pause", &id, input).await;
        park.set_clock("2026-10-30", 9, 0);
        assert_eq!(refused(&park, Who::Window, "Resume", &id, json!({"endedOn": "2026-10-31"})).await, "DAY_INVALID");
        act(&park, Who::Window, "Resume", &id, json!({"endedOn": "2026-10-30"})).await;
        assert_eq!(refused(&park, Who::Window, "Pause", &id, pause(&park, "HEARING", "2026-11-02").await).await, "PAUSED_TODAY");
        park.set_clock("2026-11-02", 9, 0);
        assert_eq!(refused(&park, Who::Window, "Pause", &id, pause(&park, "HEARING", "2026-11-17").await).await, "PAUSE_TOO_LONG");
        let input = pause(&park, "HEARING", "2026-11-16").await;
        act(&park, Who::Window, "Pause", &id, input).await;
        // Resumed late, it has ended on the day that was told.
        park.set_clock("2026-11-20", 9, 0);
        let resumed = act(&park, Who::Window, "Resume", &id, json!({"endedOn": "2026-11-20"})).await;
        assert_eq!(resumed["pauses"][1]["endedOn"], "2026-11-16");
        assert_eq!(due(&resumed, "PROMISED").as_deref(), Some("2026-11-23"));
    }

    async fn no_promise_is_later_than_the_law_whatever_happens(park: Park) {
        published(&park, &["R10", "R14"], |_| {}).await;
        let id = case(&park, "R14").await;
        let accepted = act(&park, Who::Window, "Accept", &id, json!({})).await;
        assert_eq!(due(&accepted, "PROMISED").as_deref(), Some("2026-10-10"));
        park.set_clock("2026-10-08", 9, 0);
        let input = pause(&park, "EXPERT", "2026-10-09").await;
        act(&park, Who::Window, "Pause", &id, input).await;
        park.set_clock("2026-10-09", 9, 0);
        let resumed = act(&park, Who::Window, "Resume", &id, json!({"endedOn": "2026-10-09"})).await;
        // Three calendar days are left of the law, and three working days would be left of the promise.
        assert_eq!(due(&resumed, "STATUTORY").as_deref(), Some("2026-10-12"));
        assert_eq!(due(&resumed, "PROMISED").as_deref(), Some("2026-10-12"));
        assert_eq!(resumed["dueOn"], "2026-10-12");

        let id = case(&park, "R10").await;
        let accepted = act(&park, Who::Window, "Accept", &id, json!({})).await;
        let law = due(&accepted, "STATUTORY").expect("a limit of law");
        let until = |day: &str| json!({"until": day, "reason": "同意"});
        assert_eq!(refused(&park, Who::Enterprise, "AgreeExtension", &id, until("2026-12-31")).await, "BEYOND_LAW");
        let agreed = act(&park, Who::Enterprise, "AgreeExtension", &id, until(&law)).await;
        assert_eq!(due(&agreed, "PROMISED"), Some(law));
    }

    async fn what_the_law_has_granted_nobody_decides_before_the_job_has_run(park: Park) {
        let id = case(&park, "R14").await;
        act(&park, Who::Window, "Accept", &id, json!({})).await;
        checked(&park, &id).await;
        let refusal = json!({"outcome": "REFUSED", "reasons": "不符合条件"});
        act(&park, Who::Window, "Propose", &id, refusal.clone()).await;
        let paper = paper(&park, Who::Head).await;
        // Ten days are ten working days by the later reading: the 20th of October.
        park.set_clock("2026-10-21", 0, 5);
        let before = read(&park, Who::Window, &id).await;
        for (who, verb, input) in [
            (Who::Head, "Decide", paper),
            (Who::Window, "Propose", refusal),
            (Who::Window, "Pause", pause(&park, "EXPERT", "2026-10-30").await),
            (Who::Enterprise, "Withdraw", json!({"reason": "示例"})),
        ] {
            assert_eq!(refused(&park, who, verb, &id, input).await, "DECIDED_BY_SILENCE", "{verb}");
        }
        assert_eq!(read(&park, Who::Window, &id).await, before);
        run(&park, "silence").await;
        let granted = read(&park, Who::Enterprise, &id).await;
        assert_eq!((&granted["outcome"], &granted["reasons"]), (&json!("DEEMED_GRANTED"), &Value::Null));
    }

    async fn what_follows_has_its_day_anew_after_a_correction_and_is_there_before_a_grant(park: Park) {
        let follows = || Applied { following: vec!["R10/5"], promises: false };
        let id = case_as(&park, "R10", follows()).await;
        assert_eq!(due(&read(&park, Who::Window, &id).await, "SUPPLEMENT").as_deref(), Some("2026-10-10"));
        park.set_clock("2026-10-09", 9, 0);
        let asked = act(&park, Who::Window, "AskCorrection", &id, whole()).await;
        assert_eq!((due(&asked, "SUPPLEMENT"), due(&asked, "CORRECTION").as_deref()), (None, Some("2026-10-22")));
        park.set_clock("2026-10-12", 9, 0);
        run(&park, "case_lapse").await;
        assert_eq!(read(&park, Who::Window, &id).await["state"], "CORRECTION_ASKED", "until the day that was told");
        let words = json!({"materials": [], "note": "已在总平面图中说明"});
        let completed = act(&park, Who::Enterprise, "Complete", &id, words).await;
        assert_eq!(due(&completed, "SUPPLEMENT").as_deref(), Some("2026-10-15"));

        act(&park, Who::Window, "Accept", &id, json!({})).await;
        checked(&park, &id).await;
        let grant = json!({"outcome": "GRANTED"});
        assert_eq!(refused(&park, Who::Window, "Propose", &id, grant.clone()).await, "MATERIAL_OWED");
        let document = file(&park, Who::Enterprise).await;
        let input = json!({"materials": [{"material": "R10/5", "documentIds": [document]}]});
        let handed = act(&park, Who::Enterprise, "HandIn", &id, input).await;
        assert_eq!(due(&handed, "SUPPLEMENT"), None);
        assert_eq!(refused(&park, Who::Window, "Propose", &id, grant.clone()).await, "UNCHECKED", "what has come is looked at");
        checked(&park, &id).await;
        act(&park, Who::Window, "Propose", &id, grant).await;

        let late = case_as(&park, "R10", follows()).await;
        park.set_clock("2026-10-16", 9, 0);
        run(&park, "case_lapse").await;
        let lapsed = read(&park, Who::Enterprise, &late).await;
        assert_eq!((&lapsed["state"], &lapsed["outcome"]), (&json!("ENDED"), &json!("LAPSED")));
    }

    async fn a_new_calendar_takes_nothing_from_the_day_that_a_notice_names(park: Park) {
        let import = async |csv: String| {
            let input = json!({"input": {"csv": csv, "source": "示例通知〔2026〕1号"}});
            park.data(Who::Admin, &mutation("calendarImport", "changes { years }"), input).await;
        };
        import(notice::without_the_worked_saturday()).await;
        let id = case(&park, "R10").await;
        let asked = act(&park, Who::Window, "AskCorrection", &id, whole()).await;
        assert_eq!(asked["notices"][0]["answerBy"], "2026-10-21");
        import(notice::whole()).await;
        let moved = read(&park, Who::Enterprise, &id).await;
        assert_eq!(due(&moved, "CORRECTION").as_deref(), Some("2026-10-20"));
        assert_eq!(moved["notices"][0]["answerBy"], "2026-10-21", "as it was told");
        for (day, state) in [("2026-10-21", "CORRECTION_ASKED"), ("2026-10-22", "ENDED")] {
            park.set_clock(day, 9, 0);
            run(&park, "case_lapse").await;
            assert_eq!(read(&park, Who::Enterprise, &id).await["state"], state, "{day}");
        }
    }

    async fn a_paper_of_the_office_is_one_that_the_applicant_can_read(park: Park) {
        let id = case(&park, "R10").await;
        act(&park, Who::Window, "Accept", &id, json!({})).await;
        checked(&park, &id).await;
        act(&park, Who::Window, "Propose", &id, json!({"outcome": "GRANTED"})).await;
        let before = read(&park, Who::Window, &id).await;
        let enterprise = api_door::scalar::Kind::Enterprise.id(park.people().await.enterprise_id()).0;
        for query in ["name=x.pdf".to_owned(), format!("name=x.pdf&enterprise={enterprise}&internal=true")] {
            let hidden = upload(&park, Who::Window, &query).await;
            let decision = json!({"paperNumber": "示例〔2026〕1号", "documentId": hidden});
            assert_eq!(refused(&park, Who::Window, "Decide", &id, decision).await, "FILE_HIDDEN");
            let pause = json!({"kind": "EXPERT", "reason": "组织评审", "documentId": hidden, "expectedEndOn": "2026-10-09"});
            assert_eq!(refused(&park, Who::Window, "Pause", &id, pause).await, "FILE_HIDDEN");
        }
        assert_eq!(read(&park, Who::Window, &id).await, before);
        let decision = paper(&park, Who::Window).await;
        act(&park, Who::Window, "Decide", &id, decision.clone()).await;
        let query = "query($id: ID!) { case(id: $id) { paper { id } deliveryProof { id } } }";
        let theirs = park.data(Who::Enterprise, query, json!({"id": id})).await;
        assert_eq!(theirs["case"]["paper"]["id"], decision["documentId"]);

        // A delivery is told of within five working days, and by post with a proof.
        park.set_clock("2026-10-15", 9, 0);
        let by = |how: &str, day: &str| json!({"delivery": how, "deliveredOn": day});
        assert_eq!(refused(&park, Who::Window, "Deliver", &id, by("WINDOW", "2026-09-30")).await, "DAY_INVALID");
        assert_eq!(refused(&park, Who::Window, "Deliver", &id, by("WINDOW", "2026-10-16")).await, "DAY_INVALID");
        assert_eq!(refused(&park, Who::Window, "Deliver", &id, by("POST", "2026-10-14")).await, "PROOF_MISSING");
        let proof = json!({"documentId": file(&park, Who::Window).await});
        act(&park, Who::Window, "Deliver", &id, with(by("POST", "2026-10-14"), &proof)).await;
        let theirs = park.data(Who::Enterprise, query, json!({"id": id})).await;
        assert_eq!(theirs["case"]["deliveryProof"]["id"], proof["documentId"]);
    }

    async fn an_application_is_turned_away_with_a_voucher_and_by_two_where_silence_has_an_effect(park: Park) {
        published(&park, &["R10", "R14"], |_| {}).await;
        let id = case(&park, "R10").await;
        let voucher = paper(&park, Who::Window).await;
        let away = with(json!({"reason": "依法不需要许可"}), &voucher);
        let told = act(&park, Who::Window, "NotRequired", &id, away).await;
        assert_eq!((&told["state"], &told["outcome"]), (&json!("DECIDED"), &json!("NOT_REQUIRED")));
        assert_eq!((&told["paperNumber"], &told["reasons"]), (&voucher["paperNumber"], &json!("依法不需要许可")));
        assert_eq!(due(&told, "NOTICE"), None);
        assert!(due(&told, "DELIVERY").is_some(), "the voucher is handed over");

        let id = case(&park, "R14").await;
        let before = read(&park, Who::Window, &id).await;
        let body = with(json!({"body": "示例市局"}), &voucher);
        assert_eq!(refused(&park, Who::Window, "NotCompetent", &id, body).await, "PROPOSE_FIRST");
        let by = |outcome: &str, reasons: Value| json!({"outcome": outcome, "reasons": reasons});
        assert_eq!(refused(&park, Who::Window, "Propose", &id, by("GRANTED", Value::Null)).await, "OUTCOME_UNKNOWN");
        assert_eq!(refused(&park, Who::Window, "Propose", &id, by("NOT_COMPETENT", Value::Null)).await, "REASONS_MISSING");
        assert_eq!(read(&park, Who::Window, &id).await, before);
        act(&park, Who::Window, "Propose", &id, by("NOT_COMPETENT", json!("示例市局"))).await;
        assert_eq!(refused(&park, Who::Window, "Decide", &id, voucher).await, "SAME_PERSON");
        let theirs = read(&park, Who::Enterprise, &id).await;
        assert_eq!((&theirs["outcome"], &theirs["needsTwo"]), (&Value::Null, &Value::Null));
        let voucher = paper(&park, Who::Head).await;
        act(&park, Who::Head, "Decide", &id, voucher.clone()).await;
        let theirs = read(&park, Who::Enterprise, &id).await;
        assert_eq!((&theirs["outcome"], &theirs["reasons"]), (&json!("NOT_COMPETENT"), &json!("示例市局")));

        // What is accepted is not turned away any more.
        let id = case(&park, "R14").await;
        act(&park, Who::Window, "Propose", &id, by("NOT_REQUIRED", json!("示例"))).await;
        let accepted = act(&park, Who::Window, "Accept", &id, json!({})).await;
        assert_eq!(accepted["outcome"], Value::Null);
        assert_eq!(refused(&park, Who::Head, "Decide", &id, voucher).await, "NOT_PROPOSED");
        checked(&park, &id).await;
        assert_eq!(refused(&park, Who::Window, "Propose", &id, by("NOT_REQUIRED", json!("示例"))).await, "OUTCOME_UNKNOWN");
    }

    async fn an_applicant_does_not_read_that_a_refusal_is_proposed(park: Park) {
        let id = case(&park, "R10").await;
        act(&park, Who::Window, "Accept", &id, json!({})).await;
        checked(&park, &id).await;
        let before = read(&park, Who::Enterprise, &id).await;
        assert_eq!(before["needsTwo"], Value::Null);
        let inside = act(&park, Who::Window, "Propose", &id, json!({"outcome": "REFUSED", "reasons": "示例"})).await;
        assert_eq!(inside["needsTwo"], true);
        let after = read(&park, Who::Enterprise, &id).await;
        assert_eq!(with(after, &json!({"version": before["version"]})), before);
    }

    async fn letters_about_limits_say_the_reason_the_ground_and_the_day(park: Park) {
        let id = case(&park, "R10").await;
        act(&park, Who::Window, "Accept", &id, json!({})).await;
        act(&park, Who::Head, "Extend", &id, json!({"days": 10, "reason": "案情复杂"})).await;
        park.set_clock("2026-10-09", 9, 0);
        let input = pause(&park, "EXPERT", "2026-10-12").await;
        act(&park, Who::Window, "Pause", &id, input).await;
        act(&park, Who::Enterprise, "ContestPause", &id, json!({"reason": "没有评审"})).await;
        act(&park, Who::Supervisor, "SettlePause", &id, json!({"upheld": false, "reason": "未组织评审"})).await;
        deliver(&runner(&park)).await;
        let number = text(&read(&park, Who::Window, &id).await["number"]);
        let login = park.people().await.account(Who::Enterprise).login.clone();
        let letters = park.mailbox.to(&login);
        let said = |subject: &str| {
            let subject = format!("{subject}: {number}");
            let letter = letters.iter().find(|letter| letter.subject.contains(&subject));
            letter.unwrap_or_else(|| panic!("no letter {subject}")).text.clone()
        };
        for (subject, parts) in [
            ("Limit of law extended", vec!["案情复杂", "2026-11-17"]),
            ("Time limits paused", vec!["组织评审", "Expert review", "2026-10-12"]),
            ("Contested pause settled", vec!["未组织评审", "Set aside"]),
        ] {
            let letter = said(subject);
            for part in parts {
                assert!(letter.contains(part), "{subject}: {part} in {letter}");
            }
        }
        let such = outbox::Entity::find().filter(outbox::Column::Kind.eq(outbox::Kind::Case));
        assert_eq!(such.count(park.db()).await.expect("a count"), 4, "accepted, extended, paused, settled");
        // The officer learns in the app of what others have done.
        let notices = told::Entity::find().filter(told::Column::Key.starts_with("case_office:"));
        assert_eq!(notices.count(park.db()).await.expect("a count"), 2, "contested, settled");
    }

    async fn any_pause_is_contested_and_set_aside_as_if_it_had_never_been(park: Park) {
        let id = case(&park, "R10").await;
        act(&park, Who::Window, "Accept", &id, json!({})).await;
        park.set_clock("2026-10-09", 9, 0);
        let input = pause(&park, "EXPERT", "2026-10-12").await;
        act(&park, Who::Window, "Pause", &id, input).await;
        park.set_clock("2026-10-12", 9, 0);
        let resumed = act(&park, Who::Window, "Resume", &id, json!({"endedOn": "2026-10-12"})).await;
        assert_eq!(due(&resumed, "PROMISED").as_deref(), Some("2026-10-16"));
        park.set_clock("2026-10-15", 9, 0);
        let input = pause(&park, "EXPERT", "2026-10-30").await;
        act(&park, Who::Window, "Pause", &id, input).await;
        let first = json!({"reason": "没有评审", "number": 1});
        assert_eq!(refused(&park, Who::Enterprise, "ContestPause", &id, json!({"reason": "示例", "number": 3})).await, "NOTHING_TO_CONTEST");
        let contested = act(&park, Who::Enterprise, "ContestPause", &id, first.clone()).await;
        assert_eq!((&contested["pauses"][0]["contestedFor"], &contested["pauses"][1]["contestedFor"]), (&json!("没有评审"), &Value::Null));
        assert_eq!(refused(&park, Who::Enterprise, "ContestPause", &id, first).await, "NOTHING_TO_CONTEST");
        let clocks = contested["clocks"].as_array().expect("clocks");
        let promised = clocks.iter().find(|clock| clock["kind"] == "PROMISED").expect("a promise");
        assert_eq!(promised["dueIfSetAside"], "2026-10-13");

        // Without the first pause the promise had passed before the second began, which then holds it up no more; the law is still held up.
        park.set_clock("2026-10-16", 9, 0);
        let finding = |number: i32| json!({"upheld": false, "reason": "未组织评审", "number": number});
        assert_eq!(refused(&park, Who::Supervisor, "SettlePause", &id, finding(2)).await, "NOT_CONTESTED");
        let settled = act(&park, Who::Supervisor, "SettlePause", &id, finding(1)).await;
        assert_eq!(due(&settled, "PROMISED").as_deref(), Some("2026-10-13"));
        assert_eq!(due(&settled, "STATUTORY").as_deref(), Some("2026-11-19"));
        assert_eq!((&settled["light"], &settled["pausedOn"]), (&json!("RED"), &json!("2026-10-15")));

        // What is set aside while it lasts ends, and the clocks run as if it had not been.
        act(&park, Who::Enterprise, "ContestPause", &id, json!({"reason": "没有评审"})).await;
        let settled = act(&park, Who::Supervisor, "SettlePause", &id, finding(2)).await;
        assert_eq!((&settled["pausedOn"], &settled["pauses"][1]["endedOn"]), (&Value::Null, &json!("2026-10-16")));
        assert_eq!(due(&settled, "STATUTORY").as_deref(), Some("2026-11-03"));
    }

    async fn a_pause_that_is_upheld_stays(park: Park) {
        let id = case(&park, "R10").await;
        act(&park, Who::Window, "Accept", &id, json!({})).await;
        park.set_clock("2026-10-09", 9, 0);
        let input = pause(&park, "EXPERT", "2026-10-12").await;
        let paused = act(&park, Who::Window, "Pause", &id, input).await;
        act(&park, Who::Enterprise, "ContestPause", &id, json!({"reason": "没有评审"})).await;
        let upheld = act(&park, Who::Supervisor, "SettlePause", &id, json!({"upheld": true, "reason": "评审已组织"})).await;
        for kind in ["PROMISED", "STATUTORY"] {
            assert_eq!(due(&upheld, kind), due(&paused, kind), "{kind}");
        }
        assert_eq!(upheld["pausedOn"], "2026-10-09");
        assert_eq!(kinds(&upheld).last(), Some(&"PAUSE_UPHELD"));
    }

    async fn the_law_is_extended_once_in_a_case_also_after_a_correction(park: Park) {
        // No item that is shipped both runs from its receipt and can be extended, except those whose papers are handed back.
        published(&park, &["R20"], |files| {
            let r01 = files.limits.iter().find(|limit| limit.item == "R01" && limit.clock == Clock::Extension);
            let extension = Limit { item: "R20".to_owned(), limit: 7, ..r01.expect("its extension").clone() };
            files.limits.push(extension);
        })
        .await;
        let id = case(&park, "R20").await;
        let by = |days: i32| json!({"days": days, "reason": "案情复杂"});
        act(&park, Who::Head, "Extend", &id, by(1)).await;
        act(&park, Who::Window, "AskCorrection", &id, whole()).await;
        let words = json!({"materials": [], "note": "已说明"});
        let completed = act(&park, Who::Enterprise, "Complete", &id, words).await;
        assert!(due(&completed, "STATUTORY").is_some());
        assert_eq!(refused(&park, Who::Head, "Extend", &id, by(1)).await, "ALREADY_EXTENDED");
        assert_eq!(read(&park, Who::Window, &id).await, completed);
    }

    async fn what_was_promised_is_checked_also_in_a_filing_and_after_the_delivery(park: Park) {
        let promised = Applied { promises: true, ..Applied::default() };
        let id = case_as(&park, "R27", promised).await;
        act(&park, Who::Window, "Accept", &id, json!({})).await;
        checked(&park, &id).await;
        act(&park, Who::Window, "Propose", &id, json!({"outcome": "FILED"})).await;
        let filing = paper(&park, Who::Window).await;
        let decided = act(&park, Who::Window, "Decide", &id, filing).await;
        assert!(due(&decided, "FOLLOW_UP").is_some());
        let handed = json!({"delivery": "WINDOW", "deliveredOn": "2026-09-30"});
        let delivered = act(&park, Who::Window, "Deliver", &id, handed).await;
        assert_eq!((&delivered["state"], &delivered["turn"]), (&json!("DELIVERED"), &json!("OFFICE")));
        let turn = async |turn: &str| {
            let query = format!("{{ cases(first: 5, where: {{turn: {turn}}}) {{ nodes {{ id }} }} }}");
            park.data(Who::Window, &query, json!({})).await["cases"]["nodes"].take()
        };
        assert_eq!((turn("OFFICE").await, turn("NOBODY").await), (json!([{"id": id}]), json!([])));
        let kept = json!({"kept": true, "reason": "档案已移交"});
        let over = act(&park, Who::Window, "FollowUp", &id, kept.clone()).await;
        assert_eq!((&over["turn"], due(&over, "FOLLOW_UP")), (&json!("NOBODY"), None));
        assert_eq!((turn("OFFICE").await, turn("NOBODY").await), (json!([]), json!([{"id": id}])));
        let input = json!({"input": on(&park, &id, kept).await});
        assert_eq!(park.user_error(Who::Window, &mutation("caseFollowUp", "case { id }"), input).await, "NO_FOLLOW_UP");
    }
}
