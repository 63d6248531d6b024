//! Cases at the outer door: from the receipt to the delivery, what is missing and told once, clocks that stand, are put off and pass, two people who
//! decide, and nobody else who learns of it.

use std::slice::from_ref;

use api_door::scalar::Kind;
use entity::{
    catalogue::{Clock, Fact, Files},
    language::Text,
    outbox,
};
use jobs::RunReport;
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};
use serde_json::{Value, json};
use tests::{
    Park, Who,
    app::TRACES,
    matters::{Matters, case, done, on, published, text},
    notice,
    promise::{mutation, upload},
    stories,
};

use crate::{
    mail::deliver,
    warnings::{lines_to, runner, told},
};

const READ: &str = "query($id: ID!) { case(id: $id) { number version state turn silence acceptedOn acceptance dueOn light pausedOn outcome reasons
    clocks { kind number dueIfSetAside deadline { state startedOn dueOn } } events { kind reason } notices { number againFor answerBy
    lines { reason material text } } pauses { number upheld endedOn settleBy contestedFor } checklist { line isMet } materials { key followed { id } }
    commands { code may } canAskCorrection canComplete canHandIn decidedOn deliveredOn needsTwo paperNumber } }";

/// The case as this person reads it.
pub async fn read(park: &Park, who: Who, id: &str) -> Value {
    park.data(who, READ, json!({"id": id})).await["case"].take()
}

/// The open clock of this kind: its last day.
pub fn due(case: &Value, kind: &str) -> Option<String> {
    let clocks = case["clocks"].as_array().expect("clocks").iter();
    let mut open = clocks.filter(|clock| {
        let state = &clock["deadline"]["state"];
        clock["kind"] == kind && (state == "RUNNING" || state == "PAUSED")
    });
    open.next().map(|clock| text(&clock["deadline"]["dueOn"]))
}

/// What happened, in order.
pub fn kinds(case: &Value) -> Vec<&str> {
    let events = case["events"].as_array().expect("events").iter();
    events.filter_map(|event| event["kind"].as_str()).collect()
}

/// Does something that must succeed, and reads the case as the office then does.
pub async fn act(park: &Park, who: Who, verb: &str, id: &str, more: Value) -> Value {
    let input = on(park, id, more).await;
    done(park, who, &format!("case{verb}"), "case { id }", input).await;
    let case = read(park, Who::Window, id).await;
    let is_over = matches!(
        case["state"].as_str(),
        Some("ENDED" | "DELIVERED" | "REVOKED")
    );
    let is_owed = |clock: &Value| {
        clock["deadline"]["state"] == "RUNNING" || clock["deadline"]["state"] == "PAUSED"
    };
    let mut clocks = case["clocks"].as_array().expect("clocks").iter();
    assert!(
        is_over || clocks.any(is_owed),
        "{verb}: somebody owes the next step"
    );
    case
}

/// The code with which something is refused.
pub async fn refused(park: &Park, who: Who, verb: &str, id: &str, more: Value) -> String {
    let input = json!({"input": on(park, id, more).await});
    let query = mutation(&format!("case{verb}"), "case { id }");
    park.user_error(who, &query, input).await
}

/// A file about the first enterprise.
pub async fn file(park: &Park, who: Who) -> String {
    let enterprise = Kind::Enterprise.id(park.people().await.enterprise_id()).0;
    upload(park, who, &format!("name=x.pdf&enterprise={enterprise}")).await
}

/// Every line of the checklist is as it should be.
pub async fn checked(park: &Park, id: &str) {
    let lines = read(park, Who::Window, id).await["checklist"].take();
    for line in lines.as_array().expect("lines") {
        let answer = json!({"line": line["line"], "isMet": true});
        act(park, Who::Window, "Check", id, answer).await;
    }
}

/// How many letters about cases were written.
async fn letters(park: &Park) -> u64 {
    let such = outbox::Entity::find().filter(outbox::Column::Kind.eq(outbox::Kind::Case));
    such.count(park.db()).await.expect("a count")
}

/// R10 promised in so many working days instead of five, wherever the catalogue says it.
fn promise_of_r10(files: &mut Files, days: u16) {
    let is_meant = |code: &str| code == "R10";
    let items = files.items.iter_mut();
    for item in items.filter(|item| is_meant(&item.code)) {
        item.promise_after = Some(days);
    }
    let limits = files.limits.iter_mut();
    for limit in limits.filter(|limit| is_meant(&limit.item) && limit.clock == Clock::Promised) {
        limit.limit = days;
    }
    let guides = files.guides.iter_mut();
    for guide in guides.filter(|guide| is_meant(&guide.item)) {
        let Text { zh, en } = &mut guide.promise;
        *zh = zh.replace("5个工作日", &format!("{days}个工作日"));
        *en = en.replace("5 working days", &format!("{days} working days"));
    }
    let history = files.history.iter_mut();
    for row in history.filter(|row| is_meant(&row.item) && row.fact == Fact::Promise(5)) {
        row.fact = Fact::Promise(days);
    }
}

stories! {
    async fn a_case_goes_from_its_receipt_to_the_delivery_of_its_result(park: Park) {
        let id = case(&park, "R10").await;
        let received = read(&park, Who::Window, &id).await;
        assert_eq!(received["state"], "RECEIVED");
        assert_eq!(received["turn"], "OFFICE");
        assert_eq!(received["light"], "GREEN");
        assert_eq!(due(&received, "NOTICE").as_deref(), Some("2026-10-13"), "five working days, over the holiday");
        assert_eq!(due(&received, "PROMISED"), None, "it begins with the acceptance");
        act(&park, Who::Window, "Take", &id, json!({})).await;
        assert_eq!(refused(&park, Who::Window, "Take", &id, json!({})).await, "TAKEN");
        let accepted = act(&park, Who::Window, "Accept", &id, json!({})).await;
        assert_eq!(accepted["acceptedOn"], "2026-09-30");
        assert_eq!(accepted["acceptance"], "EXPRESS");
        assert_eq!(due(&accepted, "NOTICE"), None);
        assert_eq!(due(&accepted, "PROMISED").as_deref(), Some("2026-10-13"));
        assert_eq!(due(&accepted, "STATUTORY").as_deref(), Some("2026-11-03"));
        assert_eq!(accepted["dueOn"], "2026-10-13");

        let grant = json!({"outcome": "GRANTED"});
        assert_eq!(refused(&park, Who::Window, "Propose", &id, grant.clone()).await, "UNCHECKED");
        checked(&park, &id).await;
        assert_eq!(refused(&park, Who::Window, "Propose", &id, json!({"outcome": "FILED"})).await, "OUTCOME_UNKNOWN");
        act(&park, Who::Window, "Propose", &id, grant).await;
        assert_eq!(read(&park, Who::Enterprise, &id).await["outcome"], Value::Null, "what is proposed stays inside");
        let paper = json!({"paperNumber": "示例〔2026〕1号", "documentId": file(&park, Who::Window).await});
        let decided = act(&park, Who::Window, "Decide", &id, paper).await;
        assert_eq!(decided["state"], "DECIDED");
        assert_eq!(due(&decided, "STATUTORY"), None);
        assert_eq!(due(&decided, "DELIVERY").as_deref(), Some("2026-10-20"));
        let early = json!({"delivery": "WINDOW", "deliveredOn": "2026-09-29"});
        assert_eq!(refused(&park, Who::Window, "Deliver", &id, early).await, "DAY_INVALID");
        let handed = json!({"delivery": "WINDOW", "deliveredOn": "2026-09-30"});
        let delivered = act(&park, Who::Window, "Deliver", &id, handed).await;
        assert_eq!(delivered["state"], "DELIVERED");
        assert_eq!(delivered["turn"], "NOBODY");
        assert_eq!(delivered["light"], Value::Null);

        let theirs = read(&park, Who::Enterprise, &id).await;
        assert_eq!(kinds(&theirs), ["RECEIVED", "TAKEN", "ACCEPTED", "DECIDED", "DELIVERED"]);
        assert_eq!(theirs["outcome"], "GRANTED");
        assert_eq!(theirs["checklist"], json!([]));
        assert!(kinds(&delivered).contains(&"PROPOSED"));
        assert_eq!(letters(&park).await, 3, "accepted, decided, delivered");
        deliver(&runner(&park)).await;
    }

    async fn what_nobody_answers_in_time_counts_as_accepted_from_its_receipt(park: Park) {
        let id = case(&park, "R10").await;
        park.set_clock("2026-10-14", 9, 0);
        let line = json!({"lines": [{"reason": "DOCUMENT", "text": "请补交"}]});
        assert_eq!(refused(&park, Who::Window, "AskCorrection", &id, line).await, "NOTICE_TOO_LATE");
        let away = json!({"reason": "示例", "paperNumber": "示例〔2026〕1号", "documentId": file(&park, Who::Window).await});
        assert_eq!(refused(&park, Who::Window, "NotRequired", &id, away).await, "NOTICE_TOO_LATE");
        let accepted = act(&park, Who::Window, "Accept", &id, json!({})).await;
        assert_eq!(accepted["acceptance"], "DEEMED");
        assert_eq!(accepted["acceptedOn"], "2026-09-30");
        assert_eq!(due(&accepted, "PROMISED").as_deref(), Some("2026-10-13"));
        assert_eq!(accepted["light"], "RED", "the promise has passed already");
        assert!(kinds(&accepted).contains(&"DEEMED_ACCEPTED"));
    }

    async fn what_is_missing_is_told_once_and_a_second_time_only_with_a_reason(park: Park) {
        let id = case(&park, "R10").await;
        let read_first = read(&park, Who::Window, &id).await;
        let key = read_first["materials"][0]["key"].clone();
        for (lines, code) in [
            (json!([]), "LINES_INVALID"),
            (json!([{"reason": "NONE_SUCH", "text": "请补正"}]), "REASON_UNKNOWN"),
            (json!([{"reason": "DOCUMENT", "material": "NONE_SUCH", "text": "请补正"}]), "MATERIAL_UNKNOWN"),
            (json!([{"reason": "DESCRIPTION", "field": "none_such", "text": "请补正"}]), "FIELD_UNKNOWN"),
            (json!([{"reason": "DOCUMENT", "material": key, "text": " "}]), "TEXT_INVALID"),
        ] {
            assert_eq!(refused(&park, Who::Window, "AskCorrection", &id, json!({"lines": lines})).await, code);
        }
        let lines = json!({"lines": [{"reason": "SIGNATURE", "material": key, "text": "请加盖公章"}]});
        let asked = act(&park, Who::Window, "AskCorrection", &id, lines.clone()).await;
        assert_eq!(asked["state"], "CORRECTION_ASKED");
        assert_eq!(asked["turn"], "APPLICANT");
        assert_eq!(asked["light"], Value::Null, "the office owes nothing now");
        assert_eq!(due(&asked, "CORRECTION").as_deref(), Some("2026-10-20"));
        assert_eq!(due(&asked, "NOTICE"), None);
        assert_eq!(letters(&park).await, 1);

        park.set_clock("2026-10-12", 9, 0);
        let none = json!({"materials": []});
        assert_eq!(refused(&park, Who::Enterprise, "Complete", &id, none).await, "INCOMPLETE");
        let document = file(&park, Who::Enterprise).await;
        let files = json!({"materials": [{"material": key, "documentIds": [document]}]});
        let completed = act(&park, Who::Enterprise, "Complete", &id, files.clone()).await;
        assert_eq!(completed["state"], "RECEIVED");
        assert_eq!(completed["materials"][0]["followed"], json!([{"id": document}]), "the office reads it");
        assert_eq!(due(&completed, "NOTICE").as_deref(), Some("2026-10-19"), "it counts as received now");
        assert_eq!(refused(&park, Who::Window, "AskCorrection", &id, lines.clone()).await, "AGAIN_FOR_MISSING");
        let mut again = lines;
        again["againFor"] = json!("图纸比对后才能发现");
        act(&park, Who::Window, "AskCorrection", &id, again).await;
        let list = "{ cases(first: 5, where: {noticedAgain: true}) { nodes { id } } }";
        let listed = park.data(Who::Supervisor, list, json!({})).await;
        assert_eq!(listed["cases"]["nodes"], json!([{"id": id}]));
        act(&park, Who::Enterprise, "Complete", &id, files).await;
        park.set_clock("2026-10-14", 9, 0);
        let accepted = act(&park, Who::Window, "Accept", &id, json!({})).await;
        assert_eq!(accepted["acceptedOn"], "2026-10-12", "complete from then on");
    }

    async fn clocks_stand_only_on_a_listed_ground_with_a_notice_and_the_applicant_may_contest(park: Park) {
        let id = case(&park, "R10").await;
        let accepted = act(&park, Who::Window, "Accept", &id, json!({})).await;
        assert_eq!(due(&accepted, "PROMISED").as_deref(), Some("2026-10-13"));
        park.set_clock("2026-10-09", 9, 0);
        let document = file(&park, Who::Window).await;
        let pause = |kind: &str, end: &str| json!({"kind": kind, "reason": "组织评审", "documentId": document, "expectedEndOn": end});
        assert_eq!(refused(&park, Who::Window, "Pause", &id, pause("CONSULT", "2026-10-12")).await, "PAUSE_UNKNOWN");
        assert_eq!(refused(&park, Who::Window, "Pause", &id, pause("HEARING", "2026-12-31")).await, "PAUSE_TOO_LONG");
        assert_eq!(refused(&park, Who::Window, "Pause", &id, pause("EXPERT", "2026-10-08")).await, "DAY_INVALID");
        assert_eq!(refused(&park, Who::Enterprise, "ContestPause", &id, json!({"reason": "示例"})).await, "NOTHING_TO_CONTEST");
        let paused = act(&park, Who::Window, "Pause", &id, pause("EXPERT", "2026-10-12")).await;
        assert_eq!(paused["light"], "GREY");
        assert_eq!(paused["pausedOn"], "2026-10-09");
        assert_eq!(due(&paused, "PROMISED").as_deref(), Some("2026-10-16"), "if it ends as expected");
        assert_eq!(due(&paused, "STATUTORY").as_deref(), Some("2026-11-06"));
        assert_eq!(refused(&park, Who::Window, "Propose", &id, json!({"outcome": "GRANTED"})).await, "PAUSED");
        park.set_clock("2026-10-12", 9, 0);
        let resumed = act(&park, Who::Window, "Resume", &id, json!({"endedOn": "2026-10-12"})).await;
        assert_eq!(due(&resumed, "PROMISED").as_deref(), Some("2026-10-16"));
        assert_eq!(refused(&park, Who::Window, "Resume", &id, json!({"endedOn": "2026-10-12"})).await, "NOT_PAUSED");
        assert_eq!(refused(&park, Who::Supervisor, "SettlePause", &id, json!({"upheld": true, "reason": "示例"})).await, "NOT_CONTESTED");

        let contested = act(&park, Who::Enterprise, "ContestPause", &id, json!({"reason": "没有评审"})).await;
        assert_eq!(contested["pauses"][0]["settleBy"], "2026-10-14");
        let clocks = contested["clocks"].as_array().expect("clocks");
        let promised = clocks.iter().find(|clock| clock["kind"] == "PROMISED").expect("a promise");
        assert_eq!(promised["deadline"]["dueOn"], "2026-10-16");
        assert_eq!(promised["dueIfSetAside"], "2026-10-13", "both days are shown");
        let settled = act(&park, Who::Supervisor, "SettlePause", &id, json!({"upheld": false, "reason": "未组织评审"})).await;
        assert_eq!(due(&settled, "PROMISED").as_deref(), Some("2026-10-13"), "its days count after all");
        assert_eq!(due(&settled, "STATUTORY").as_deref(), Some("2026-11-03"));
        assert_eq!(settled["dueOn"], "2026-10-13");
        assert_eq!(settled["pauses"][0]["upheld"], false);
        assert_eq!(kinds(&settled).last(), Some(&"PAUSE_SET_ASIDE"));
    }

    async fn the_law_is_extended_once_and_before_its_end_and_a_promise_only_with_consent(park: Park) {
        let id = case(&park, "R10").await;
        act(&park, Who::Window, "Accept", &id, json!({})).await;
        let by = |days: i32| json!({"days": days, "reason": "案情复杂"});
        assert_eq!(refused(&park, Who::Head, "Extend", &id, by(11)).await, "BEYOND_LAW");
        let extended = act(&park, Who::Head, "Extend", &id, by(10)).await;
        assert_eq!(due(&extended, "STATUTORY").as_deref(), Some("2026-11-17"));
        assert_eq!(due(&extended, "PROMISED").as_deref(), Some("2026-10-13"), "the promise stays");
        assert_eq!(refused(&park, Who::Head, "Extend", &id, by(1)).await, "ALREADY_EXTENDED");
        let until = |day: &str| json!({"until": day, "reason": "同意"});
        assert_eq!(refused(&park, Who::Enterprise, "AgreeExtension", &id, until("2026-10-13")).await, "NOT_LATER");
        assert_eq!(refused(&park, Who::Enterprise, "AgreeExtension", &id, until("2026-10-17")).await, "DAY_INVALID");
        let agreed = act(&park, Who::Enterprise, "AgreeExtension", &id, until("2026-10-15")).await;
        assert_eq!(due(&agreed, "PROMISED").as_deref(), Some("2026-10-15"));

        let late = case(&park, "R10").await;
        act(&park, Who::Window, "Accept", &late, json!({})).await;
        park.set_clock("2026-11-04", 9, 0);
        assert_eq!(refused(&park, Who::Head, "Extend", &late, by(1)).await, "EXPIRED");
        assert_eq!(refused(&park, Who::Enterprise, "AgreeExtension", &late, until("2026-11-03")).await, "EXPIRED");
        assert_eq!(read(&park, Who::Window, &late).await["light"], "BLACK");
    }

    async fn who_proposes_a_refusal_does_not_decide_it(park: Park) {
        let id = case(&park, "R10").await;
        act(&park, Who::Window, "Accept", &id, json!({})).await;
        checked(&park, &id).await;
        assert_eq!(refused(&park, Who::Window, "Propose", &id, json!({"outcome": "REFUSED"})).await, "REASONS_MISSING");
        let paper = json!({"paperNumber": "示例〔2026〕2号", "documentId": file(&park, Who::Window).await});
        assert_eq!(refused(&park, Who::Window, "Decide", &id, paper.clone()).await, "NOT_PROPOSED");
        let refusal = json!({"outcome": "REFUSED", "reasons": "不符合规划条件"});
        act(&park, Who::Window, "Propose", &id, refusal).await;
        assert_eq!(refused(&park, Who::Window, "Decide", &id, paper).await, "SAME_PERSON");
        let paper = json!({"paperNumber": "示例〔2026〕2号", "documentId": file(&park, Who::Head).await});
        act(&park, Who::Head, "Decide", &id, paper).await;
        let theirs = read(&park, Who::Enterprise, &id).await;
        assert_eq!(theirs["outcome"], "REFUSED");
        assert_eq!(theirs["reasons"], "不符合规划条件");
        assert_eq!(refused(&park, Who::Enterprise, "Withdraw", &id, json!({"reason": "示例"})).await, "WRONG_STATE");
    }

    async fn a_promise_that_is_changed_after_receipt_moves_no_case(park: Park) {
        let id = case(&park, "R10").await;
        park.set_clock("2026-10-08", 9, 0);
        published(&park, &["R10"], |files| promise_of_r10(files, 2)).await;
        let accepted = act(&park, Who::Window, "Accept", &id, json!({})).await;
        assert_eq!(due(&accepted, "PROMISED").as_deref(), Some("2026-10-14"), "five working days, as when it was received");
        let newer = case(&park, "R10").await;
        let accepted = act(&park, Who::Window, "Accept", &newer, json!({})).await;
        assert_eq!(due(&accepted, "PROMISED").as_deref(), Some("2026-10-10"));
    }

    async fn what_is_not_completed_in_time_lapses(park: Park) {
        let id = case(&park, "R10").await;
        let lines = json!({"lines": [{"reason": "OTHER", "text": "请说明"}]});
        act(&park, Who::Window, "AskCorrection", &id, lines).await;
        let runner = runner(&park);
        let run = async || {
            let report = runner.run_now("case_lapse", None, false).await;
            let report = report.expect("a run").expect("a job");
            assert_eq!(report.counts.failed, 0, "{:?}", report.counts.errors);
        };
        park.set_clock("2026-10-20", 9, 0);
        run().await;
        assert_eq!(read(&park, Who::Window, &id).await["state"], "CORRECTION_ASKED", "on its last day");
        park.set_clock("2026-10-21", 9, 0);
        run().await;
        let lapsed = read(&park, Who::Enterprise, &id).await;
        assert_eq!(lapsed["state"], "ENDED");
        assert_eq!(lapsed["outcome"], "LAPSED");
        assert_eq!(kinds(&lapsed).last(), Some(&"LAPSED"));
        run().await;
        assert_eq!(read(&park, Who::Enterprise, &id).await, lapsed, "once");
    }

    async fn another_calendar_moves_the_days_of_a_case(park: Park) {
        let id = case(&park, "R10").await;
        let before = read(&park, Who::Window, &id).await;
        assert_eq!(before["dueOn"], "2026-10-13");
        let notice = json!({"input": {"csv": notice::without_the_worked_saturday(), "source": "示例通知〔2026〕1号"}});
        park.data(Who::Admin, &mutation("calendarImport", "changes { years }"), notice).await;
        let after = read(&park, Who::Window, &id).await;
        assert_eq!(due(&after, "NOTICE").as_deref(), Some("2026-10-14"));
        assert_eq!(after["dueOn"], "2026-10-14");
        assert_eq!(after["version"], before["version"], "nothing of the case has changed");
    }

    async fn whoever_owes_the_next_step_is_reminded(park: Park) {
        let ours = case(&park, "R10").await;
        let theirs = case(&park, "R10").await;
        let lines = json!({"lines": [{"reason": "OTHER", "text": "请说明"}]});
        act(&park, Who::Window, "AskCorrection", &theirs, lines).await;
        let number = async |id: &str| text(&read(&park, Who::Window, id).await["number"]);
        let (ours, theirs) = (number(&ours).await, number(&theirs).await);
        let runner = runner(&park);
        let of = |report: &RunReport, login: &str, number: &str| {
            lines_to(report, login).filter(|line| line.contains(number)).count()
        };
        park.set_clock("2026-10-12", 8, 30);
        let report = told(&runner, "deadline_warnings").await;
        assert_eq!(of(&report, "<window@", &ours), 1, "it is due tomorrow");
        assert_eq!(of(&report, "<enterprise@", &ours), 0, "nobody else owes it");
        park.set_clock("2026-10-19", 8, 30);
        let report = told(&runner, "deadline_warnings").await;
        assert_eq!(of(&report, "<enterprise@", &theirs), 1);
        assert_eq!(of(&report, "<window@", &theirs), 0);
    }

    async fn an_applicant_withdraws_and_nobody_else_learns_of_a_case(park: Park) {
        let id = case(&park, "R10").await;
        let number = text(&read(&park, Who::Enterprise, &id).await["number"]);
        let query = "query($number: String!) { caseByNumber(number: $number) { id } cases(first: 5) { totalCount } }";
        for who in [Who::OtherEnterprise, Who::OtherLiaison, Who::OtherHead, Who::Admin, Who::Inspector] {
            let found = park.data(who, query, json!({"number": number})).await;
            assert_eq!(found, json!({"caseByNumber": null, "cases": {"totalCount": 0}}), "{who:?}");
        }
        let found = park.data(Who::Liaison, query, json!({"number": number})).await;
        assert_eq!(found, json!({"caseByNumber": {"id": id}, "cases": {"totalCount": 1}}));
        let withdrawn = act(&park, Who::Enterprise, "Withdraw", &id, json!({"reason": "计划有变"})).await;
        assert_eq!(withdrawn["state"], "ENDED");
        assert_eq!(withdrawn["outcome"], "WITHDRAWN");
        assert_eq!(due(&withdrawn, "NOTICE"), None);
        let open = "{ cases(first: 5, where: {open: true}) { totalCount } }";
        assert_eq!(park.data(Who::Window, open, json!({})).await["cases"]["totalCount"], 0);
    }

    async fn a_queue_is_narrowed_and_in_the_order_of_its_days(park: Park) {
        let first = case(&park, "R10").await;
        let second = case(&park, "R10").await;
        act(&park, Who::Window, "Take", &second, json!({})).await;
        park.set_clock("2026-10-12", 9, 0);
        act(&park, Who::Window, "Accept", &second, json!({})).await;
        let ids = async |filter: &str| -> Vec<String> {
            let query = format!("{{ cases(first: 9, where: {{{filter}}}, sortBy: {{field: DUE_ON}}) {{ nodes {{ id }} }} }}");
            let listed = park.data(Who::Window, &query, json!({})).await;
            let listed = listed["cases"]["nodes"].as_array().expect("nodes").clone();
            listed.iter().map(|node| text(&node["id"])).collect()
        };
        assert_eq!(ids("open: true").await, [first.clone(), second.clone()]);
        assert_eq!(ids("mine: true").await, from_ref(&second));
        assert_eq!(ids("taken: false").await, from_ref(&first));
        assert_eq!(ids("turn: APPLICANT").await, Vec::<String>::new());
        assert_eq!(ids("light: {oneOf: [ORANGE]}").await, from_ref(&first), "its notice is due tomorrow");
        assert_eq!(ids("state: {oneOf: [ACCEPTED]}").await, from_ref(&second));
        assert_eq!(ids("due: {to: \"2026-10-13\"}").await, [first]);
        assert_eq!(ids("text: \"900002\"").await, [second]);
    }

    async fn a_case_is_found_by_its_number_its_days_and_whose_turn_it_is(park: Park) {
        let first = case(&park, "R10").await;
        park.set_clock("2026-10-09", 0, 30);
        let second = case(&park, "R10").await;
        park.set_clock("2026-10-09", 0, 40);
        let over = case(&park, "R10").await;
        act(&park, Who::Enterprise, "Withdraw", &over, json!({"reason": "示例"})).await;
        let ids = async |filter: &str| -> Vec<String> {
            let query = format!("{{ cases(first: 9, where: {{{filter}}}) {{ nodes {{ id }} }} }}");
            let listed = park.data(Who::Window, &query, json!({})).await;
            let listed = listed["cases"]["nodes"].as_array().expect("nodes").clone();
            listed.iter().map(|node| text(&node["id"])).collect()
        };
        assert_eq!(ids("text: \"2026900002\"").await, from_ref(&second), "the number of its application");
        assert_eq!(ids("text: \"２026900002-r1\"").await, from_ref(&second), "and a part of its own");
        assert_eq!(ids("text: \"2026900002-R11\"").await, Vec::<String>::new());
        assert_eq!(ids("text: \"00002-R10\"").await, from_ref(&second));
        assert_eq!(ids("text: \"示例科技1\"").await, [first.clone(), second.clone(), over.clone()]);
        assert_eq!(ids("received: {to: \"2026-10-08\"}").await, from_ref(&first));
        assert_eq!(ids("received: {from: \"2026-10-09\", to: \"2026-10-09\"}").await, [second.clone(), over.clone()]);
        assert_eq!(ids("turn: OFFICE").await, [first.clone(), second.clone()]);
        assert_eq!(ids("turn: NOBODY").await, from_ref(&over));
        assert_eq!(ids("state: {oneOf: [RECEIVED]}").await, [first, second]);
        assert_eq!(ids("state: {oneOf: [ENDED]}").await, [over]);
    }

    async fn an_officer_learns_of_no_contract_by_its_number(park: Park) {
        let matters = Matters::settle(&park).await;
        let query = "query($id: ID!) { contract(id: $id) { number } }";
        let contract = park.data(Who::Centre, query, json!({"id": matters.id("contract")})).await;
        let number = text(&contract["contract"]["number"]);
        let list = "query($text: String!) { cases(first: 5, where: {text: $text}) { totalCount } }";
        let found = async |who: Who, text: &str| {
            park.data(who, list, json!({"text": text})).await["cases"]["totalCount"].take()
        };
        assert_eq!(found(Who::Centre, &number).await, 1);
        assert_eq!(found(Who::Head, &number).await, 1, "the department promised something in it");
        assert_eq!(found(Who::Window, &number).await, 0);
        assert_eq!(found(Who::Window, "示例科技1").await, 1, "the applicant is known by its name");
    }

    async fn what_a_later_edition_says_holds_for_later_cases(park: Park) {
        let before = case(&park, "R10").await;
        park.set_clock("2026-10-08", 9, 0);
        published(&park, &["R10"], |files| {
            for reason in &mut files.correction_reasons {
                reason.name = Text::new("改名", "Renamed");
            }
            for pause in &mut files.pause_kinds {
                if pause.code == "HEARING" {
                    pause.cap = Some(1);
                }
            }
            promise_of_r10(files, 4);
        })
        .await;
        let after = case(&park, "R10").await;
        let query = "query($id: ID!) { case(id: $id) { correctionReasons { nameEn } pauseGrounds { kind capDays } notices { lines { reasonEn } } } }";
        let told = async |id: &str| park.data(Who::Window, query, json!({"id": id})).await["case"].take();
        let cap = |told: &Value| {
            let mut grounds = told["pauseGrounds"].as_array().expect("grounds").iter();
            grounds.find(|ground| ground["kind"] == "HEARING").map(|ground| ground["capDays"].clone())
        };
        let (old, new) = (told(&before).await, told(&after).await);
        assert_eq!((cap(&old), cap(&new)), (Some(json!(20)), Some(json!(1))));
        assert_ne!(old["correctionReasons"][0]["nameEn"], "Renamed");
        assert_eq!(new["correctionReasons"][0]["nameEn"], "Renamed");
        let document = file(&park, Who::Window).await;
        let pause = json!({"kind": "HEARING", "reason": "听证", "documentId": document, "expectedEndOn": "2026-10-12"});
        for id in [&before, &after] {
            act(&park, Who::Window, "Accept", id, json!({})).await;
        }
        act(&park, Who::Window, "Pause", &before, pause.clone()).await;
        assert_eq!(refused(&park, Who::Window, "Pause", &after, pause).await, "PAUSE_TOO_LONG");
    }

    async fn a_department_is_not_dissolved_while_it_decides(park: Park) {
        let id = case(&park, "R10").await;
        let one = park.people().await.departments[0].clone();
        let department = Kind::Department.id(one.id).0;
        let change = mutation("departmentChange", "department { endedOn }");
        let dissolved = json!({"number": one.number, "nameZh": one.name_zh, "nameEn": one.name_en,
            "counterpartZh": one.counterpart_zh, "windows": one.windows, "endedOn": "2026-09-30"});
        let told = async || {
            let input = json!({"input": on(&park, &department, dissolved.clone()).await});
            let before = park.dump().await.without(TRACES);
            let answer = park.data(Who::Admin, &change, input).await;
            before.assert_same(&park.dump().await.without(TRACES));
            let errors = answer["departmentChange"]["userErrors"].as_array().expect("errors").clone();
            let error = errors.into_iter().find(|error| error["code"] == "STILL_DECIDES");
            text(&error.expect("it is refused")["message"])
        };
        let number = text(&read(&park, Who::Window, &id).await["number"]);
        let why = told().await;
        assert!(why.contains(&number), "{why}");
        act(&park, Who::Enterprise, "Withdraw", &id, json!({"reason": "示例"})).await;
        let why = told().await;
        assert!(why.starts_with("R01 "), "the items are still its own: {why}");
    }

    async fn what_has_no_stage_of_correction_is_handed_back_with_all_that_is_missing(park: Park) {
        published(&park, &["R01", "R28"], |_| {}).await;
        for code in ["R01", "R28"] {
            let id = case(&park, code).await;
            let written = letters(&park).await;
            let key = read(&park, Who::Window, &id).await["materials"][0]["key"].clone();
            let lines = json!({"lines": [{"reason": "SIGNATURE", "material": key, "text": "请加盖公章"}]});
            let back = act(&park, Who::Window, "AskCorrection", &id, lines).await;
            assert_eq!((&back["state"], &back["outcome"], &back["turn"]), (&json!("ENDED"), &json!("HANDED_BACK"), &json!("NOBODY")), "{code}");
            for kind in ["NOTICE", "STATUTORY", "PROMISED", "CORRECTION"] {
                assert_eq!(due(&back, kind), None, "{code} {kind}");
            }
            let theirs = read(&park, Who::Enterprise, &id).await;
            assert_eq!(theirs["notices"][0]["lines"][0]["text"], "请加盖公章", "the whole list");
            assert_eq!(kinds(&theirs).last(), Some(&"HANDED_BACK"));
            assert_eq!(letters(&park).await, written + 1);
            let none = json!({"materials": []});
            assert_eq!(refused(&park, Who::Enterprise, "Complete", &id, none).await, "WRONG_STATE");
        }
        deliver(&runner(&park)).await;
    }
}
