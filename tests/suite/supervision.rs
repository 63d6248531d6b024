//! Supervision orders at the outer door: ordered, answered, asked again, settled; who is told, and who never learns of it.

use chrono::TimeDelta;
use jobs::Runner;
use serde_json::{Value, json};
use tests::{
    Park, Who,
    matters::{done, on, text, version},
    promise::{file, mutation, owed, owed_by_department, upload},
    stories,
    window::page_of,
};

use crate::warnings::{self, runner};

/// An order about it, to be answered by 20 October.
async fn ordered(park: &Park, who: Who, obligation: &str) -> String {
    let input = json!({"id": obligation, "expectedVersion": version(park, obligation).await, "replyBy": "2026-10-20",
        "reason": "催办后仍未办结"});
    let want = "obligation { supervisionOrders { id } }";
    let given = done(park, who, "obligationSupervise", want, input).await;
    text(&given["obligation"]["supervisionOrders"][0]["id"])
}

async fn step(park: &Park, who: Who, name: &str, order: &str, more: Value) -> Value {
    let want = "supervisionOrder { state replyBy overdue entries { kind text late replyBy writtenBy { name } } }";
    // What is written at one moment has no order.
    park.clock.advance(TimeDelta::minutes(1));
    let input = on(park, order, more).await;
    done(park, who, name, want, input).await["supervisionOrder"].take()
}

async fn refused(park: &Park, who: Who, name: &str, order: &str, more: Value) -> String {
    let input = json!({"input": on(park, order, more).await});
    park.user_error(who, &mutation(name, "supervisionOrder { id }"), input)
        .await
}

/// How many lines the digest of this morning says to the person with this login.
async fn told_of(runner: &Runner, login: &str) -> usize {
    let report = warnings::told(runner, "deadline_warnings").await;
    warnings::lines_to(&report, login).count()
}

stories! {
    async fn an_order_is_answered_asked_again_and_settled(park: Park) {
        let obligation = owed_by_department(&park).await;
        park.set_clock("2026-10-15", 10, 0);
        let order = ordered(&park, Who::Leader, &obligation).await;
        let page = page_of(&order);
        let start = park.page(Who::Head, "/").await;
        assert!(start.contains("id=\"orders\"") && start.contains("2026-10-20"), "{start}");
        assert!(!park.page(Who::OtherHead, "/").await.contains("id=\"orders\""));
        assert!(park.page(Who::Head, &page).await.contains("/reply\""), "it is answered on its page");
        assert!(!park.page(Who::Leader, &page).await.contains("/reply\""));
        assert_eq!(refused(&park, Who::Leader, "supervisionAskAgain", &order, json!({"replyBy": "2026-10-28", "text": "示例"})).await, "NOT_ANSWERED");

        // Late, and marked so. The same request twice is one answer, and what is added is not late.
        park.set_clock("2026-10-21", 10, 0);
        let seen = "query($id: ID!) { supervisionOrder(id: $id) { overdue state } }";
        let now = park.data(Who::Supervisor, seen, json!({"id": order})).await["supervisionOrder"].take();
        assert_eq!(now, json!({"overdue": true, "state": "ORDERED"}));
        assert_eq!(refused(&park, Who::Head, "supervisionReply", &order, json!({"text": " "})).await, "TEXT_INVALID");
        let answer = on(&park, &order, json!({"text": "材料不齐，已补正", "idempotencyKey": "answer"})).await;
        let want = "supervisionOrder { state entries { kind late text } }";
        let first = json!({"state": "ANSWERED", "entries": [{"kind": "REPLY", "late": true, "text": "材料不齐，已补正"}]});
        for _ in 0..2 {
            let replied = done(&park, Who::Head, "supervisionReply", want, answer.clone()).await["supervisionOrder"].take();
            assert_eq!(replied, first);
        }
        let more = step(&park, Who::Centre, "supervisionReply", &order, json!({"text": "补充说明"})).await;
        assert_eq!((&more["overdue"], &more["entries"][1]["late"]), (&json!(false), &json!(false)));

        // It waits for whoever ordered it.
        let waits = "{ pendingDecisions { kind nameEn path } }";
        for (who, count) in [(Who::Leader, 1), (Who::Supervisor, 1), (Who::Centre, 0), (Who::Head, 0)] {
            let waiting = park.data(who, waits, json!({})).await["pendingDecisions"].take();
            assert_eq!(waiting.as_array().map(Vec::len), Some(count), "{who:?}: {waiting}");
        }
        assert!(park.page(Who::Leader, "/").await.contains("id=\"pending\""));
        for (by, code) in [("2026-10-21", "REPLY_BY"), ("2026-11-21", "REPLY_BY")] {
            let again = json!({"replyBy": by, "text": "请写明办结时间"});
            assert_eq!(refused(&park, Who::Supervisor, "supervisionAskAgain", &order, again).await, code, "{by}");
        }
        let again = json!({"replyBy": "2026-10-28", "text": "请写明办结时间"});
        let asked = step(&park, Who::Leader, "supervisionAskAgain", &order, again).await;
        assert_eq!((&asked["state"], &asked["replyBy"], &asked["entries"][2]["kind"]), (&json!("ORDERED"), &json!("2026-10-28"), &json!("ASK_AGAIN")));
        assert!(!park.page(Who::Leader, "/").await.contains("id=\"pending\""));

        step(&park, Who::Head, "supervisionReply", &order, json!({"text": "本月底前办结"})).await;
        let settled = step(&park, Who::Supervisor, "supervisionSettle", &order, json!({"text": "同意"})).await;
        assert_eq!((&settled["state"], settled["entries"].as_array().map(Vec::len)), (&json!("SETTLED"), Some(5)));
        for (who, name, more) in [
            (Who::Head, "supervisionReply", json!({"text": "示例"})),
            (Who::Leader, "supervisionAskAgain", json!({"text": "示例", "replyBy": "2026-10-30"})),
            (Who::Leader, "supervisionSettle", json!({"text": "示例"})),
        ] {
            assert_eq!(refused(&park, who, name, &order, more).await, "SETTLED", "{name}");
        }
        let thread = park.page(Who::Liaison, &page_of(&obligation)).await;
        assert!(thread.contains("材料不齐，已补正") && thread.contains("请写明办结时间") && thread.contains("同意"), "{thread}");
    }

    async fn an_order_is_seen_to_by_who_gave_it_and_the_supervisor(park: Park) {
        let obligation = owed_by_department(&park).await;
        park.set_clock("2026-10-15", 10, 0);
        let order = ordered(&park, Who::Supervisor, &obligation).await;
        step(&park, Who::Head, "supervisionReply", &order, json!({"text": "示例"})).await;
        let again = json!({"replyBy": "2026-10-28", "text": "示例"});
        assert_eq!(refused(&park, Who::Leader, "supervisionAskAgain", &order, again).await, "NOT_ISSUER");
        assert_eq!(refused(&park, Who::Leader, "supervisionSettle", &order, json!({"text": "示例"})).await, "NOT_ISSUER");
        let settled = step(&park, Who::Supervisor, "supervisionSettle", &order, json!({"text": "示例"})).await;
        assert_eq!(settled["state"], json!("SETTLED"));
    }

    async fn an_answer_comes_with_files_that_the_enterprise_never_sees(park: Park) {
        let obligation = owed_by_department(&park).await;
        park.set_clock("2026-10-15", 10, 0);
        let order = ordered(&park, Who::Leader, &obligation).await;
        let shared = file(&park, 0).await;
        for who in [Who::Head, Who::Centre] {
            let more = json!({"text": "见附件", "documentIds": [shared]});
            assert_eq!(refused(&park, who, "supervisionReply", &order, more).await, "FILE_UNKNOWN", "{who:?}");
        }
        let mut papers = Vec::new();
        for name in ["one.pdf", "two.pdf"] {
            papers.push(upload(&park, Who::Head, &format!("name={name}")).await);
        }
        papers.reverse();
        step(&park, Who::Head, "supervisionReply", &order, json!({"text": "见附件", "documentIds": papers})).await;
        let query = "query($id: ID!) { supervisionOrder(id: $id) { entries { documents { id } } } }";
        let told = json!([{"documents": [{"id": papers[0]}, {"id": papers[1]}]}]);
        for who in [Who::Head, Who::Centre, Who::Leader, Who::Supervisor] {
            let seen = park.data(who, query, json!({"id": order})).await["supervisionOrder"]["entries"].take();
            assert_eq!(seen, told, "{who:?}");
        }
        let document = "query($id: ID!) { document(id: $id) { id } }";
        for who in [Who::Enterprise, Who::OtherHead, Who::Liaison] {
            let hidden = park.data(who, document, json!({"id": papers[0]})).await;
            assert_eq!(hidden["document"], Value::Null, "{who:?}");
        }
        let thread = park.page(Who::Leader, &page_of(&obligation)).await;
        assert!(thread.contains("one.pdf") && thread.contains("two.pdf"), "{thread}");
    }

    async fn an_enterprise_learns_nothing_of_an_order(park: Park) {
        let obligation = owed_by_department(&park).await;
        park.set_clock("2026-10-15", 10, 0);
        let order = ordered(&park, Who::Leader, &obligation).await;
        step(&park, Who::Head, "supervisionReply", &order, json!({"text": "内部情况说明"})).await;
        let query = "query($id: ID!) { obligation(id: $id) { supervisionOrders { id } } supervisionOrders(first: 9) { totalCount } }";
        let seen = park.data(Who::Enterprise, query, json!({"id": obligation})).await;
        assert_eq!(seen, json!({"obligation": {"supervisionOrders": []}, "supervisionOrders": {"totalCount": 0}}));
        let node = "query($id: ID!) { node(id: $id) { id } }";
        for who in [Who::Enterprise, Who::OtherHead, Who::Window, Who::OtherLiaison] {
            assert_eq!(park.refused(who, node, json!({"id": order})).await, "NOT_FOUND", "{who:?}");
        }
        let page = park.page(Who::Enterprise, &page_of(&obligation)).await;
        assert!(!page.contains("内部情况说明") && !page.contains("催办后仍未办结"), "{page}");
    }

    async fn the_head_of_a_liaison_answers_for_what_the_liaison_promised(park: Park) {
        let obligation = owed(&park, &[(1, None)]).await.remove(0);
        park.set_clock("2026-10-15", 10, 0);
        let order = ordered(&park, Who::Leader, &obligation).await;
        // It is no promise of the department: its head reads the order, and not the obligation.
        let query = "query($id: ID!) { supervisionOrder(id: $id) { aboutEn obligation { id } } }";
        let seen = park.data(Who::Head, query, json!({"id": order})).await["supervisionOrder"].take();
        assert_eq!(seen, json!({"aboutEn": "An example", "obligation": null}));
        let replied = step(&park, Who::Head, "supervisionReply", &order, json!({"text": "已督促专员"})).await;
        assert_eq!(replied["state"], "ANSWERED");
    }

    async fn an_order_without_an_answer_is_said_in_one_line_before_and_after_its_day(park: Park) {
        let obligation = owed_by_department(&park).await;
        park.set_clock("2026-10-15", 10, 0);
        ordered(&park, Who::Leader, &obligation).await;
        let runner = runner(&park);
        // The last day is Tuesday, 20 October.
        for (day, head, leader) in [
            ("2026-10-16", 0, 0),
            ("2026-10-19", 1, 0),
            ("2026-10-20", 0, 0),
            ("2026-10-21", 1, 1),
            ("2026-10-22", 0, 0),
        ] {
            park.set_clock(day, 8, 30);
            let is_about_the_order = |line: &str| {
                line.contains("2026-10-20") && (line.contains("督办单") || line.contains("supervision order"))
            };
            let report = warnings::told(&runner, "deadline_warnings").await;
            let told = |login| warnings::lines_to(&report, login).filter(|line| is_about_the_order(line)).count();
            assert_eq!((told("<head@park.example>"), told("<leader@park.example>")), (head, leader), "{day}");
        }
    }

    async fn the_trail_says_what_an_order_is_about(park: Park) {
        let obligation = owed_by_department(&park).await;
        park.set_clock("2026-10-15", 10, 0);
        let order = ordered(&park, Who::Leader, &obligation).await;
        step(&park, Who::Head, "supervisionReply", &order, json!({"text": "已补正"})).await;
        let query = "query($action: String!) { auditEntries(first: 9, where: {action: {oneOf: [$action]}}) {
            nodes { changes { field after } } } }";
        for (action, more) in [("obligation.supervise", &["enterpriseName", "occasion"][..]), ("supervision.reply", &["obligationId"][..])] {
            let told = park.data(Who::Supervisor, query, json!({"action": action})).await["auditEntries"]["nodes"].take();
            let changes = told[0]["changes"].as_array().expect("changes").clone();
            assert!(changes.contains(&json!({"field": "about", "after": "示例承诺"})), "{action}: {changes:?}");
            for field in more {
                assert!(changes.iter().any(|change| change["field"] == **field), "{action} {field}: {changes:?}");
            }
        }
    }

    async fn an_order_whose_day_passed_long_ago_is_no_news(park: Park) {
        let obligation = owed_by_department(&park).await;
        park.set_clock("2026-10-15", 10, 0);
        ordered(&park, Who::Leader, &obligation).await;
        let runner = runner(&park);
        park.set_clock("2026-11-04", 8, 30);
        let report = warnings::told(&runner, "deadline_warnings").await;
        for login in ["<head@park.example>", "<leader@park.example>"] {
            let late = |line: &&String| line.contains("督办单逾期未答复") || line.contains("Not answered by");
            assert_eq!(warnings::lines_to(&report, login).filter(late).count(), 0, "{login}");
        }
    }

    async fn a_step_is_told_to_the_other_side_by_the_next_digest(park: Park) {
        let obligation = owed_by_department(&park).await;
        park.set_clock("2026-10-15", 10, 0);
        let order = ordered(&park, Who::Leader, &obligation).await;
        step(&park, Who::Head, "supervisionReply", &order, json!({"text": "已补正"})).await;
        let runner = runner(&park);
        for (day, told) in [("2026-10-16", 1), ("2026-10-19", 0)] {
            park.set_clock(day, 8, 30);
            assert_eq!(told_of(&runner, "<leader@park.example>").await, told, "{day}");
        }
    }
}
