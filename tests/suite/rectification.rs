//! A bad rating of a service and a low score of a department are resolved: called back, verified, replied to, and rated once more by those
//! who gave them.

use std::{
    collections::{BTreeMap, BTreeSet},
    io::Cursor,
};

use api_door::scalar::Kind;
use calamine::{Reader, Xlsx};
use entity::{
    evaluation::{
        Confidentiality,
        answers::{Answers, Aspect, Level, Rating},
    },
    rectification,
    viewer::Role,
};
use jobs::Runner;
use reqwest::StatusCode;
use sea_orm::{EntityTrait, prelude::Uuid};
use serde_json::{Value, json};
use tests::{
    Park, Who,
    app::TRACES,
    matters::{done, keep, version},
    notice,
    promise::{contract, mutation, walk},
    stories,
    window::{Window, beside, hidden, location, page_of},
};

use crate::{evaluation, mail::deliver, warnings::runner};

const READ: &str = "query($id: ID!) { rectification(id: $id) { state reopened contactBy replyBy overdue verification acts
    commands { code may whyNot } enterprise { id } obligation { id } department { nameZh } appeal exclude opinion excluded settlement ratings { round level causes comment } endedAt } }";

/// Something the first department has promised and kept, just now; for as many as asked.
async fn kept(park: &Park, many: usize, owner: &str) -> Vec<Value> {
    let id = contract(park, 0, ("2026-09-30", "2027-09-29"), "contractDraft").await;
    let department = Kind::Department.id(park.people().await.departments[0].id).0;
    let department = (owner == "DEPARTMENT").then_some(department);
    let promise = json!({"contractId": id, "expectedVersion": version(park, &id).await, "clauseNumber": 6,
        "kind": "ON_EVENT", "textZh": "开通用电", "textEn": "Connect the power", "startEvent": "example",
        "limitDays": 5, "unit": "WORKING_DAY", "owner": owner, "departmentId": department, "evidenceKind": "EXAMPLE"});
    let added = done(
        park,
        Who::Centre,
        "commitmentAdd",
        "commitment { id }",
        promise,
    )
    .await;
    walk(park, &id, "contractActivate").await;
    let mut obligations = Vec::new();
    for number in 0..many {
        let event = json!({"commitmentId": added["commitment"]["id"], "idempotencyKey": format!("event {number}")});
        let want = "obligation { id version }";
        let owed = done(park, Who::Centre, "obligationOpen", want, event).await;
        obligations.push(owed["obligation"].clone());
    }
    obligations
}

/// Rates what was kept badly; the global id of what that has opened.
async fn rated_badly(park: &Park, obligation: &Value) -> String {
    keep(park, obligation["id"].as_str().expect("an id")).await;
    let input = json!({"id": obligation["id"], "opinion": {"level": "VERY_DISSATISFIED", "causes": ["RUDE", "OVER_LIMIT"],
        "comment": " 等了两周 "}});
    let want = "rating { rectification { id } }";
    let rated = done(park, Who::Enterprise, "obligationRate", want, input).await;
    let id = rated["rating"]["rectification"]["id"].as_str();
    id.expect("a rectification").to_owned()
}

/// A rectification as somebody reads it. What may be done with it is what is offered, and everything else says why not.
async fn read(park: &Park, who: Who, id: &str) -> Value {
    let read = park.data(who, READ, json!({"id": id})).await["rectification"].take();
    let (mut may, mut may_not) = (Vec::new(), Vec::new());
    for offer in read["commands"].as_array().into_iter().flatten() {
        let code = offer["code"].as_str().expect("a code");
        let code = code
            .replace("rectification.", "")
            .replace("feedBack", "feed_back");
        if offer["may"] == true {
            may.push(code.to_uppercase());
        } else {
            may_not.push(code);
        }
        assert_eq!(offer["whyNot"].is_null(), offer["may"] == true, "{offer}");
    }
    let acts = read["acts"].as_array().into_iter().flatten();
    let acts: Vec<_> = acts
        .filter_map(Value::as_str)
        .filter(|act| *act != "RATE_AGAIN")
        .collect();
    assert_eq!(may, acts);
    assert!(read.is_null() || may.len() + may_not.len() == 9);
    read
}

async fn input(park: &Park, id: &str, more: Value) -> Value {
    let mut input = more;
    input["id"] = json!(id);
    input["expectedVersion"] = version(park, id).await;
    input
}

/// Does something that must succeed, and says where it stands then.
async fn act(park: &Park, who: Who, verb: &str, id: &str, more: Value) -> Value {
    let name = format!("rectification{verb}");
    let want = if verb == "RateAgain" {
        "rating { round rectification { state } }"
    } else {
        "rectification { state }"
    };
    let input = input(park, id, more).await;
    let answer = done(park, who, &name, want, input).await;
    let object = answer.as_object().expect("a payload");
    match object.get("rating") {
        Some(rating) => rating["rectification"]["state"].clone(),
        None => object["rectification"]["state"].clone(),
    }
}

/// The form of an act whose one choice was left out, or is none that is offered, is refused beside its field, and nothing has changed.
async fn is_asked(park: &Park, window: &Window, id: &str, verb: &str, field: &str) {
    let path = format!("{}/{verb}", page_of(id));
    let page = window.text(park, &path).await;
    let (token, seen) = (hidden(&page, "token"), hidden(&page, "expectedVersion"));
    let before = park.dump().await.without(TRACES);
    for (given, words) in [
        ("", "Please choose."),
        ("NO_SUCH_VALUE", "This choice does not exist: choose again."),
    ] {
        let fields = [
            ("token", token.as_str()),
            ("expectedVersion", &seen),
            (field, given),
        ];
        let answer = window.post(park, &path, &fields).await;
        assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY, "{path}");
        let page = answer.text().await.expect("a page");
        assert!(beside(&page, field, words), "{path}: {page}");
    }
    before.assert_same(&park.dump().await.without(TRACES));
}

/// What is refused because of the rule, and has changed nothing.
async fn error(park: &Park, who: Who, verb: &str, id: &str, more: Value) -> String {
    let query = mutation(&format!("rectification{verb}"), "__typename");
    let input = input(park, id, more).await;
    park.user_error(who, &query, json!({"input": input})).await
}

/// From the call-back to the reply.
async fn replied(park: &Park, id: &str) {
    act(
        park,
        Who::Head,
        "Contact",
        id,
        json!({"note": "已电话了解"}),
    )
    .await;
    let found = json!({"verification": "TRUE", "finding": "确实超期"});
    act(park, Who::Head, "Verify", id, found).await;
    planned_and_replied(park, id).await;
}

async fn planned_and_replied(park: &Park, id: &str) {
    let plan = json!({"complexity": "SIMPLE", "plan": "增派人员"});
    act(park, Who::Head, "Plan", id, plan).await;
    let reply = json!({"reply": "已增派人员，今后三日内办结"});
    act(park, Who::Head, "FeedBack", id, reply).await;
}

fn again(level: &str) -> Value {
    json!({"opinion": {"level": level}})
}

fn subjects(park: &Park, address: &str) -> Vec<String> {
    let letters = park.mailbox.to(address).into_iter();
    letters.map(|letter| letter.subject).collect()
}

/// How many lines of what a job says now contain `what`.
async fn said(runner: &Runner, job: &str, what: &str) -> usize {
    let report = runner.run_now(job, None, false).await;
    let report = report.expect("a run").expect("a job");
    assert_eq!(report.counts.failed, 0, "{:?}", report.counts.errors);
    let lines = report.planned.iter().flat_map(|one| &one.why);
    lines.filter(|line| line.contains(what)).count()
}

async fn all(park: &Park) -> Vec<rectification::Model> {
    rectification::Entity::find()
        .all(park.db())
        .await
        .expect("a read")
}

stories! {
    async fn a_bad_rating_is_worked_off_and_a_better_one_ends_it(park: Park) {
        let people = park.people().await;
        let (head, contact) = (people.account(Who::Head).login.clone(), people.account(Who::Enterprise).login.clone());
        let runner = runner(&park);
        let obligations = kept(&park, 2, "DEPARTMENT").await;
        let rate = mutation("obligationRate", "rating { id }");
        let good = json!({"input": {"id": obligations[0]["id"], "opinion": {"level": "BASICALLY_SATISFIED", "causes": ["RUDE"]}}});
        assert_eq!(park.user_error(Who::Enterprise, &rate, good.clone()).await, "NOT_FULFILLED");
        keep(&park, obligations[0]["id"].as_str().expect("an id")).await;
        let can = "query($id: ID!) { obligation(id: $id) { permissions { canRate } ratings { level causes } rectification { id } } }";
        let asked = json!({"id": obligations[0]["id"]});
        assert_eq!(park.data(Who::Enterprise, can, asked.clone()).await["obligation"]["permissions"]["canRate"], true);
        let long = json!({"input": {"id": obligations[0]["id"], "opinion": {"level": "SATISFIED", "comment": "字".repeat(501)}}});
        assert_eq!(park.user_error(Who::Enterprise, &rate, long).await, "COMMENT_TOO_LONG");
        park.data(Who::Enterprise, &rate, good.clone()).await;
        assert_eq!(park.user_error(Who::Enterprise, &rate, good).await, "RATED");
        let now = park.data(Who::Enterprise, can, asked).await["obligation"].take();
        assert_eq!(now, json!({"permissions": {"canRate": false}, "ratings": [{"level": "BASICALLY_SATISFIED", "causes": []}], "rectification": null}));
        assert!(all(&park).await.is_empty(), "a good rating opens nothing");

        let id = rated_badly(&park, &obligations[1]).await;
        deliver(&runner).await;
        let told = park.mailbox.to(&head);
        let letter = told.iter().find(|letter| letter.text.contains("等了两周")).expect("the notice");
        assert!(letter.text.contains("2026-10-08") && letter.text.contains("示例科技1有限公司"), "{}", letter.text);
        let opened = read(&park, Who::Head, &id).await;
        let bad = json!({"round": 0, "level": "VERY_DISSATISFIED", "causes": ["OVER_LIMIT", "RUDE"], "comment": "等了两周"});
        // One working day and five after the 30th of September, over the holiday and with the Saturday that is worked.
        assert_eq!((&opened["contactBy"], &opened["replyBy"], &opened["ratings"]), (&json!("2026-10-08"), &json!("2026-10-13"), &json!([bad])));
        assert_eq!(opened["acts"], json!(["CONTACT"]));
        // The window reads what was said, and not by whom.
        let window = read(&park, Who::Window, &id).await;
        assert_eq!((&window["enterprise"], &window["obligation"], &window["acts"]), (&Value::Null, &Value::Null, &json!([])));
        assert_eq!(window["ratings"], json!([bad]));
        for who in [Who::OtherHead, Who::OtherLiaison, Who::OtherEnterprise, Who::Admin, Who::Inspector] {
            assert_eq!(read(&park, who, &id).await, Value::Null, "{who:?}");
        }

        for (who, verb, more, code) in [
            (Who::Head, "Verify", json!({"verification": "TRUE", "finding": "x"}), "WRONG_STATE"),
            (Who::Head, "FeedBack", json!({"reply": "x"}), "WRONG_STATE"),
            (Who::Head, "Contact", json!({"note": " "}), "TEXT_INVALID"),
            (Who::Enterprise, "RateAgain", again("SATISFIED"), "NOT_ASKED"),
            (Who::Centre, "Decide", json!({"exclude": true}), "WRONG_STATE"),
            (Who::Centre, "Conclude", json!({"satisfied": true, "reason": "x"}), "WRONG_STATE"),
        ] {
            assert_eq!(error(&park, who, verb, &id, more).await, code, "{verb}");
        }
        assert_eq!(act(&park, Who::Head, "Contact", &id, json!({"note": "已电话了解"})).await, "CONTACTED");
        assert_eq!(act(&park, Who::Head, "Verify", &id, json!({"verification": "PARTLY", "finding": "部分超期"})).await, "VERIFIED");
        assert_eq!(error(&park, Who::Head, "Appeal", &id, json!({"reason": "x"})).await, "FOUNDED");
        let stale = json!({"input": {"id": id, "expectedVersion": 1, "complexity": "SIMPLE", "plan": "x"}});
        assert_eq!(park.refused(Who::Head, &mutation("rectificationPlan", "__typename"), stale).await, "CONFLICT");
        assert_eq!(act(&park, Who::Head, "Plan", &id, json!({"complexity": "SIMPLE", "plan": "增派人员"})).await, "RECTIFYING");
        assert_eq!(act(&park, Who::Head, "FeedBack", &id, json!({"reply": "已增派人员"})).await, "FED_BACK");
        deliver(&runner).await;
        let asked = park.mailbox.to(&contact);
        assert!(asked.iter().any(|letter| letter.text.contains("已增派人员") && letter.text.contains("/rectifications/")), "{asked:?}");
        assert_eq!(read(&park, Who::Enterprise, &id).await["acts"], json!(["RATE_AGAIN"]));
        assert_eq!(act(&park, Who::Enterprise, "RateAgain", &id, again("SATISFIED")).await, "CLOSED");
        assert_eq!(error(&park, Who::Enterprise, "RateAgain", &id, again("SATISFIED")).await, "NOT_ASKED");
        let ended = read(&park, Who::Supervisor, &id).await;
        assert!(ended["endedAt"].is_string() && ended["acts"] == json!([]) && ended["ratings"][1]["round"] == 1, "{ended}");
        let trail = r#"{ auditEntries(first: 99, where: { subjectKind: { oneOf: ["Rectification", "Rating"] } }) { nodes { action } } }"#;
        let trail = park.data(Who::Supervisor, trail, json!({})).await.to_string();
        for action in ["obligation.rate", "rectification.open", "rectification.contact", "rectification.feedBack", "rectification.rateAgain", "rectification.answer"] {
            assert!(trail.contains(action), "{action}: {trail}");
        }
    }

    async fn a_reply_that_does_not_satisfy_reopens_it_once_and_then_the_supervisor_has_it(park: Park) {
        let people = park.people().await;
        let supervisor = people.account(Who::Supervisor).login.clone();
        let (head, contact) = (people.account(Who::Head).login.clone(), people.account(Who::Enterprise).login.clone());
        let runner = runner(&park);
        let id = rated_badly(&park, &kept(&park, 1, "DEPARTMENT").await[0]).await;
        replied(&park, &id).await;
        park.set_clock("2026-10-09", 10, 0);
        assert_eq!(act(&park, Who::Enterprise, "RateAgain", &id, again("DISSATISFIED")).await, "REOPENED");
        let reopened = read(&park, Who::Head, &id).await;
        assert_eq!((&reopened["reopened"], &reopened["replyBy"], &reopened["acts"]), (&json!(true), &json!("2026-10-15"), &json!(["PLAN"])));
        assert_eq!(error(&park, Who::Enterprise, "RateAgain", &id, again("SATISFIED")).await, "NOT_ASKED");
        planned_and_replied(&park, &id).await;
        deliver(&runner).await;
        assert!(!subjects(&park, &supervisor).iter().any(|one| one.contains("Connect the power")), "not yet");
        assert_eq!(act(&park, Who::Enterprise, "RateAgain", &id, again("VERY_DISSATISFIED")).await, "SUPERVISED");
        deliver(&runner).await;
        let told = subjects(&park, &supervisor);
        assert_eq!(told.iter().filter(|one| one.starts_with("Handed to the supervisor")).count(), 1, "{told:?}");
        let ended = read(&park, Who::Head, &id).await;
        assert_eq!((ended["ratings"].as_array().map(Vec::len), &ended["acts"]), (Some(3), &json!([])));
        for (who, verb, more) in [
            (Who::Head, "Plan", json!({"complexity": "SIMPLE", "plan": "x"})),
            (Who::Head, "FeedBack", json!({"reply": "x"})),
        ] {
            assert_eq!(error(&park, who, verb, &id, more).await, "WRONG_STATE");
        }

        // It is not over, and not overdue, until the supervisor has said the word that ends it.
        let open = "query($id: ID!) { department(id: $id) { openRectifications { id } } }";
        let department = json!({"id": Kind::Department.id(people.departments[0].id).0});
        let still = park.data(Who::Supervisor, open, department.clone()).await;
        assert_eq!(still["department"]["openRectifications"], json!([{"id": id}]));
        let waits = read(&park, Who::Supervisor, &id).await;
        assert_eq!((&waits["acts"], &waits["endedAt"], &waits["settlement"]), (&json!(["SETTLE"]), &Value::Null, &Value::Null));
        park.set_clock("2027-01-11", 9, 0);
        assert_eq!(said(&runner, "deadline_warnings", "of a rectification").await, 0);
        assert_eq!(read(&park, Who::Supervisor, &id).await["overdue"], false);
        for word in [" ".to_owned(), "字".repeat(2001)] {
            assert_eq!(error(&park, Who::Supervisor, "Settle", &id, json!({"settlement": word})).await, "TEXT_INVALID");
        }
        let word = "责成该部门向企业当面说明，并于月底前完成线路改造";
        assert_eq!(act(&park, Who::Supervisor, "Settle", &id, json!({"settlement": format!(" {word} ")})).await, "SETTLED");
        deliver(&runner).await;
        for login in [&head, &contact] {
            let told: Vec<_> = park.mailbox.to(login).into_iter().filter(|letter| letter.subject.starts_with("Concluded by the supervisor")).collect();
            assert_eq!(told.len(), 1, "{login}");
            assert!(told[0].text.contains(word) && told[0].text.contains("/rectifications/"), "{}", told[0].text);
        }
        assert!(!subjects(&park, &supervisor).iter().any(|one| one.starts_with("Settled")), "who has said it is not told");
        for who in [Who::Head, Who::Window, Who::Enterprise, Who::Centre, Who::Leader] {
            let settled = read(&park, who, &id).await;
            assert_eq!((&settled["state"], &settled["settlement"], &settled["acts"]), (&json!("SETTLED"), &json!(word), &json!([])), "{who:?}");
            assert!(settled["endedAt"].is_string());
        }
        assert_eq!(park.data(Who::Supervisor, open, department).await["department"]["openRectifications"], json!([]));
        assert_eq!(error(&park, Who::Supervisor, "Settle", &id, json!({"settlement": "x"})).await, "WRONG_STATE");
        let page = park.page(Who::Enterprise, &page_of(&id)).await;
        assert!(page.contains(word), "{page}");
    }

    async fn the_supervisor_settles_in_the_console(park: Park) {
        let id = rated_badly(&park, &kept(&park, 1, "DEPARTMENT").await[0]).await;
        let (window, _) = Window::of(&park, Role::Supervisor).await;
        let act_page = format!("{}/settle", page_of(&id));
        assert_eq!(window.get(&park, &act_page).await.status(), StatusCode::FORBIDDEN, "nothing was handed over");
        replied(&park, &id).await;
        act(&park, Who::Enterprise, "RateAgain", &id, again("DISSATISFIED")).await;
        planned_and_replied(&park, &id).await;
        act(&park, Who::Enterprise, "RateAgain", &id, again("DISSATISFIED")).await;
        assert!(window.text(&park, &page_of(&id)).await.contains(&format!("href=\"{act_page}\"")));
        assert!(window.text(&park, "/").await.contains(&page_of(&id)), "it stands on the supervisor's start page");
        let (centre, _) = Window::of(&park, Role::Centre).await;
        assert_eq!(centre.get(&park, &act_page).await.status(), StatusCode::FORBIDDEN);
        let page = window.text(&park, &act_page).await;
        let (token, seen) = (hidden(&page, "token"), hidden(&page, "expectedVersion"));
        let send = async |word: &'static str| {
            let fields = [("token", token.as_str()), ("expectedVersion", &seen), ("settlement", word)];
            window.post(&park, &act_page, &fields).await
        };
        assert_eq!(send("").await.status(), StatusCode::UNPROCESSABLE_ENTITY);
        let sent = send("示例督办结论").await;
        assert_eq!((sent.status(), location(&sent)), (StatusCode::SEE_OTHER, page_of(&id).as_str()));
        assert!(window.text(&park, &page_of(&id)).await.contains("示例督办结论"));
        assert!(!window.text(&park, "/").await.contains(&format!("{}\"", page_of(&id))), "what is settled waits no more");
    }

    async fn nothing_is_chosen_for_whoever_works_it_off_or_decides(park: Park) {
        let obligations = kept(&park, 2, "DEPARTMENT").await;
        let department = park.people().await.account(Who::Head).department_id;
        let (head, _) = Window::of_department(&park, Role::DepartmentHead, department).await;
        let (centre, _) = Window::of(&park, Role::Centre).await;
        let (supervisor, _) = Window::of(&park, Role::Supervisor).await;
        let id = rated_badly(&park, &obligations[0]).await;
        act(&park, Who::Head, "Contact", &id, json!({"note": "x"})).await;
        is_asked(&park, &head, &id, "verify", "verification").await;
        act(&park, Who::Head, "Verify", &id, json!({"verification": "TRUE", "finding": "x"})).await;
        is_asked(&park, &head, &id, "plan", "complexity").await;
        let id = rated_badly(&park, &obligations[1]).await;
        act(&park, Who::Head, "Contact", &id, json!({"note": "x"})).await;
        act(&park, Who::Head, "Verify", &id, json!({"verification": "MISTAKEN", "finding": "x"})).await;
        act(&park, Who::Head, "Appeal", &id, json!({"reason": "x"})).await;
        is_asked(&park, &centre, &id, "propose", "exclude").await;
        act(&park, Who::Centre, "Propose", &id, json!({"exclude": true, "opinion": "x"})).await;
        is_asked(&park, &supervisor, &id, "decide", "exclude").await;
    }

    async fn what_waits_stands_on_the_desk_and_the_list_is_given_as_a_file(park: Park) {
        let obligations = kept(&park, 2, "DEPARTMENT").await;
        let id = rated_badly(&park, &obligations[0]).await;
        let shown = async |who: Who, path: &'static str| park.page(who, path).await.contains(&page_of(&id));
        assert!(shown(Who::Head, "/").await, "it waits for the call-back");
        for who in [Who::OtherHead, Who::Centre, Who::Window, Who::Admin] {
            assert!(!shown(who, "/").await, "{who:?} has nothing to do with it now");
        }
        replied(&park, &id).await;
        assert!(!shown(Who::Head, "/").await, "now the enterprise is asked");

        rated_badly(&park, &obligations[1]).await;
        let csv = async |who: Who, query: &str| {
            let text = park.page(who, &format!("/rectifications.csv{query}")).await;
            text.trim_start_matches('\u{feff}').lines().map(str::to_owned).collect::<Vec<_>>()
        };
        let all = csv(Who::Head, "").await;
        assert_eq!(all.len(), 3, "{all:?}");
        assert!(all[0].starts_with("Subject,State,Overdue,Department,Enterprise"), "{all:?}");
        assert_eq!(csv(Who::Head, "?state=FED_BACK").await.len(), 2, "what is shown, no more");
        assert_eq!(csv(Who::OtherHead, "").await.len(), 1);
        // The window reads what was said, and not by whom: in a file as on the page.
        let name = "示例科技1有限公司";
        let said = |lines: &[String]| lines.iter().any(|line| line.contains(name) || line.contains("Example"));
        let window = csv(Who::Window, "").await;
        assert_eq!((window.len(), said(&window), said(&all)), (3, false, true), "{window:?} {all:?}");
        let answer = park.get(Who::Head, "/rectifications.xlsx").await.send().await.expect("an answer");
        let bytes = answer.bytes().await.expect("a file").to_vec();
        let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).expect("a workbook");
        let sheet = book.worksheet_range("Rectifications").expect("a sheet");
        let heads: Vec<String> = sheet.rows().next().expect("a header").iter().map(ToString::to_string).collect();
        assert_eq!((heads.join(","), sheet.rows().count()), (all[0].clone(), 3));
    }

    async fn an_appeal_is_decided_by_two_people_who_were_not_rated(park: Park) {
        let obligations = kept(&park, 2, "DEPARTMENT").await;
        let found = json!({"verification": "MALICIOUS", "finding": "该企业当日并未办理"});
        let mut appealed = Vec::new();
        for obligation in &obligations {
            let id = rated_badly(&park, obligation).await;
            act(&park, Who::Head, "Contact", &id, json!({"note": "x"})).await;
            act(&park, Who::Head, "Verify", &id, found.clone()).await;
            assert_eq!(error(&park, Who::Head, "Plan", &id, json!({"complexity": "SIMPLE", "plan": "x"})).await, "UNFOUNDED");
            assert_eq!(act(&park, Who::Head, "Appeal", &id, json!({"reason": "恶意评价"})).await, "APPEALED");
            assert_eq!(read(&park, Who::Head, &id).await["acts"], json!([]), "who was rated waits");
            assert_eq!(error(&park, Who::Supervisor, "Decide", &id, json!({"exclude": true})).await, "NOT_PROPOSED");
            act(&park, Who::Centre, "Propose", &id, json!({"exclude": true, "opinion": "查无此事"})).await;
            assert_eq!(error(&park, Who::Centre, "Decide", &id, json!({"exclude": true})).await, "SAME_PERSON");
            assert_eq!(read(&park, Who::Centre, &id).await["acts"], json!(["PROPOSE"]));
            assert_eq!(read(&park, Who::Supervisor, &id).await["acts"], json!(["PROPOSE", "DECIDE"]));
            // How the park decides is not the enterprise's to read.
            let own = read(&park, Who::Enterprise, &id).await;
            assert_eq!((&own["appeal"], &own["opinion"]), (&Value::Null, &Value::Null));
            appealed.push(id);
        }
        park.set_clock("2026-10-12", 10, 0);
        assert_eq!(act(&park, Who::Supervisor, "Decide", &appealed[0], json!({"exclude": true})).await, "EXCLUDED");
        assert_eq!(act(&park, Who::Supervisor, "Decide", &appealed[1], json!({"exclude": false})).await, "UPHELD");
        // What was proposed stays beside what was decided.
        for (id, excluded) in [(&appealed[0], true), (&appealed[1], false)] {
            let decided = read(&park, Who::Head, id).await;
            assert_eq!((&decided["exclude"], &decided["excluded"]), (&json!(true), &json!(excluded)));
            let own = read(&park, Who::Enterprise, id).await;
            assert_eq!((&own["exclude"], &own["excluded"]), (&Value::Null, &Value::Null));
        }
        let page = park.page(Who::Head, &page_of(&appealed[1])).await;
        let (_, after) = page.split_once("Proposal</dt>").expect("a proposal");
        let (proposed, decided) = after.split_once("Decision</dt>").expect("a decision");
        assert!(proposed.contains("Exclude the rating") && decided.starts_with("<dd>Uphold the rating"), "{after}");
        let stands = read(&park, Who::Head, &appealed[1]).await;
        assert_eq!((&stands["replyBy"], &stands["acts"]), (&json!("2026-10-19"), &json!(["PLAN"])), "a new limit");
        planned_and_replied(&park, &appealed[1]).await;
        assert_eq!(error(&park, Who::Supervisor, "Decide", &appealed[0], json!({"exclude": false})).await, "WRONG_STATE");
    }

    async fn its_two_clocks_are_told_like_any_promise(park: Park) {
        let runner = runner(&park);
        let id = rated_badly(&park, &kept(&park, 1, "DEPARTMENT").await[0]).await;
        let (call, reply) = ("Call-back of a rectification", "Reply of a rectification");
        let told = async |day: &str, (hour, minute): (u32, u32), job: &str, what: &str| {
            park.set_clock(day, hour, minute);
            said(&runner, job, what).await
        };
        assert_eq!(told("2026-10-08", (8, 15), "red_list", call).await, 0, "on the last day");
        assert_eq!(told("2026-10-08", (8, 30), "deadline_warnings", call).await, 1, "to the head");
        assert_eq!(told("2026-10-08", (14, 0), "last_day", call).await, 1);
        assert_eq!(read(&park, Who::Head, &id).await["overdue"], false);
        assert_eq!(told("2026-10-09", (8, 15), "red_list", call).await, 1, "to the supervisor");
        assert_eq!(told("2026-10-09", (8, 30), "deadline_warnings", call).await, 1, "one letter a person");
        assert_eq!(told("2026-10-09", (10, 0), "completeness", call).await, 0, "nothing was forgotten");
        assert_eq!(read(&park, Who::Head, &id).await["overdue"], true);
        // Its dates are in the calendar of the head.
        let feed = done(&park, Who::Head, "feedCreate", "feed { path }", json!({"name": "手机"})).await;
        let path = feed["feed"]["path"].as_str().expect("a path").to_owned();
        let answer = park.get(Who::Nobody, &path).await.send().await.expect("an answer");
        let text = answer.text().await.expect("a calendar");
        assert_eq!(text.matches("UID:rectification-").count(), 2, "{text}");
        act(&park, Who::Head, "Contact", &id, json!({"note": "迟到的回访"})).await;
        act(&park, Who::Head, "Verify", &id, json!({"verification": "TRUE", "finding": "x"})).await;
        assert_eq!(told("2026-10-10", (8, 15), "red_list", call).await, 0, "called back");
        // Complex, and said in time: ten working days more.
        act(&park, Who::Head, "Plan", &id, json!({"complexity": "COMPLEX", "plan": "重新铺设线路"})).await;
        assert_eq!(read(&park, Who::Head, &id).await["replyBy"], "2026-10-27");
        assert_eq!(told("2026-10-27", (8, 30), "deadline_warnings", reply).await, 1);
        assert_eq!(told("2026-10-28", (8, 15), "red_list", reply).await, 1);
        assert_eq!(told("2026-10-29", (9, 0), "escalation", reply).await, 1, "chased at the head");
        act(&park, Who::Head, "FeedBack", &id, json!({"reply": "已铺设"})).await;
        assert_eq!(read(&park, Who::Head, &id).await["overdue"], false);
        assert_eq!(told("2026-10-30", (8, 15), "red_list", reply).await, 0);
    }

    async fn its_letters_speak_of_no_promise_and_a_criticism_not_of_who_rated(park: Park) {
        let people = park.people().await;
        let (head, supervisor) = (people.account(Who::Head).login.clone(), people.account(Who::Supervisor).login.clone());
        let runner = runner(&park);
        rated_badly(&park, &kept(&park, 1, "DEPARTMENT").await[0]).await;
        let firm = "示例科技1有限公司";
        let call = "Call-back of a rectification: Connect the power";
        for (day, hour, minute, job, login, subject, words) in [
            ("2026-10-08", 14, 0, "last_day", &head, "Due today and still open", "please record it."),
            ("2026-10-09", 8, 15, "red_list", &supervisor, "Overdue list of 2026-10-09", call),
            ("2026-10-09", 8, 30, "deadline_warnings", &head, "To do on 2026-10-09", "its limit has passed; the rated side"),
            ("2026-10-12", 9, 0, "escalation", &head, "Overdue reminder: ", "Please make sure that they are completed"),
            ("2026-10-19", 9, 0, "escalation", &supervisor, "Draft of a criticism: ", "is in charge of: Call-back of a"),
        ] {
            park.set_clock(day, hour, minute);
            said(&runner, job, call).await;
            deliver(&runner).await;
            let letters = park.mailbox.to(login);
            let letter = letters.iter().find(|one| one.subject.starts_with(subject)).unwrap_or_else(|| panic!("{subject}"));
            // The mail may break its lines anywhere.
            let text = letter.text.split_whitespace().collect::<Vec<_>>().join(" ");
            assert!(text.contains(call) && text.contains(words), "{text}");
            // The other letters tell what was promised, too.
            if ["last_day", "red_list"].contains(&job) {
                for wrong in ["on event", "promise", "evidence"] {
                    assert!(!text.contains(wrong), "{wrong}: {text}");
                }
            }
            let about = match text.split_once(words) {
                Some((_, rest)) if subject.starts_with("Draft") => rest.split(". ").next(),
                _ => None,
            };
            assert!(about.is_none_or(|about| !about.contains(firm)), "{text}");
        }
    }

    async fn a_new_calendar_that_moves_its_limits_is_told_to_who_was_rated(park: Park) {
        let head = park.people().await.account(Who::Head).login.clone();
        let id = rated_badly(&park, &kept(&park, 1, "DEPARTMENT").await[0]).await;
        let before = read(&park, Who::Head, &id).await["replyBy"].take();
        let notice = json!({"csv": notice::without_the_worked_saturday(), "source": "示例通知〔2026〕1号"});
        done(&park, Who::Admin, "calendarImport", "changes { years }", notice).await;
        let after = read(&park, Who::Head, &id).await["replyBy"].take();
        assert!(after.as_str() > before.as_str(), "{before} {after}");
        deliver(&runner(&park)).await;
        let letters = park.mailbox.to(&head);
        let letter = letters.iter().find(|letter| letter.subject.contains("due date")).expect("the summary");
        let (before, after) = (before.as_str().expect("a day"), after.as_str().expect("a day"));
        for said in ["Reply of a rectification", before, after, "later, in favour of the park", "示例通知〔2026〕1号", "the rated side"] {
            assert!(letter.text.contains(said), "{said}: {}", letter.text);
        }
        assert!(!park.mailbox.to(&park.people().await.account(Who::Liaison).login).iter().any(|one| one.text.contains("Reply of a rectification")));
    }

    async fn what_is_complex_is_said_in_time(park: Park) {
        let id = rated_badly(&park, &kept(&park, 1, "DEPARTMENT").await[0]).await;
        act(&park, Who::Head, "Contact", &id, json!({"note": "x"})).await;
        act(&park, Who::Head, "Verify", &id, json!({"verification": "TRUE", "finding": "x"})).await;
        park.set_clock("2026-10-14", 9, 0);
        assert_eq!(error(&park, Who::Head, "Plan", &id, json!({"complexity": "COMPLEX", "plan": "x"})).await, "TOO_LATE");
        act(&park, Who::Head, "Plan", &id, json!({"complexity": "SIMPLE", "plan": "x"})).await;
    }

    async fn a_liaison_never_sees_what_is_said_of_himself(park: Park) {
        let id = rated_badly(&park, &kept(&park, 1, "LIAISON").await[0]).await;
        let list = "{ ratings(first: 9) { totalCount } rectifications(first: 9) { totalCount } }";
        for (who, count) in [(Who::Liaison, 0), (Who::Centre, 1), (Who::Enterprise, 1)] {
            let listed = park.data(who, list, json!({})).await;
            assert_eq!(listed, json!({"ratings": {"totalCount": count}, "rectifications": {"totalCount": count}}), "{who:?}");
        }
        assert_eq!(read(&park, Who::Liaison, &id).await, Value::Null);
    }

    async fn what_the_service_centre_itself_is_blamed_for_is_not_decided_by_it(park: Park) {
        let id = rated_badly(&park, &kept(&park, 1, "CENTRE").await[0]).await;
        assert_eq!(read(&park, Who::Centre, &id).await["department"], Value::Null);
        act(&park, Who::Centre, "Contact", &id, json!({"note": "x"})).await;
        act(&park, Who::Centre, "Verify", &id, json!({"verification": "MISTAKEN", "finding": "x"})).await;
        act(&park, Who::Centre, "Appeal", &id, json!({"reason": "x"})).await;
        assert_eq!(error(&park, Who::Centre, "Propose", &id, json!({"exclude": true, "opinion": "x"})).await, "OWN_MATTER");
        act(&park, Who::Supervisor, "Propose", &id, json!({"exclude": false, "opinion": "x"})).await;
        assert_eq!(error(&park, Who::Supervisor, "Decide", &id, json!({"exclude": false})).await, "SAME_PERSON");
    }

    async fn a_low_score_opens_one_rectification_when_it_is_approved(park: Park) {
        let runner = evaluation::quarter(&park).await;
        evaluation::at(&park, &runner, "2026-10-08", 9, 30).await;
        let compiled = evaluation::only(&park).await;
        let rated: Vec<Uuid> = compiled.departments.0.iter().take(2).map(|one| one.id).collect();
        let all_at = |level: Level| Rating {
            levels: Aspect::ALL.into_iter().map(|aspect| (aspect, level)).collect(),
            causes: BTreeSet::new(),
        };
        let answers = Answers {
            departments: BTreeMap::from([(rated[0], all_at(Level::Dissatisfied)), (rated[1], all_at(Level::Satisfied))]),
            ..Answers::default()
        };
        let mut answered = 0;
        for form in evaluation::forms(&park).await {
            if answered < 6 && let Some(secret) = evaluation::link(&park, form.enterprise_id).await {
                evaluation::answer(&park, &secret, Confidentiality::Named, &answers).await;
                answered += 1;
            }
        }
        assert_eq!(answered, 6);
        evaluation::at(&park, &runner, "2026-10-20", 18, 0).await;
        evaluation::at(&park, &runner, "2026-10-23", 9, 30).await;
        assert!(all(&park).await.is_empty(), "nothing before the approval");
        park.set_clock("2026-11-03", 10, 0);
        let scored = evaluation::only(&park).await;
        let target = |version: i32| json!({"id": Kind::Evaluation.id(scored.id).0, "expectedVersion": version});
        done(&park, Who::Leader, "evaluationApprove", "evaluation { state }", target(scored.version)).await;
        let approve = mutation("evaluationApprove", "__typename");
        assert_eq!(park.user_error(Who::Leader, &approve, json!({"input": target(scored.version + 1)})).await, "WRONG_STATE");
        deliver(&runner).await;
        let opened = all(&park).await;
        assert_eq!(opened.len(), 1, "{opened:?}");
        assert_eq!((opened[0].department_id, opened[0].enterprise_id), (Some(rated[0]), None));
        let id = Kind::Rectification.id(opened[0].id).0;
        let edge = "{ evaluations(first: 1) { nodes { rectifications { id aboutZh replyBy evaluation { quarter } } } } }";
        let edge = park.data(Who::Centre, edge, json!({})).await["evaluations"]["nodes"][0]["rectifications"].take();
        assert_eq!((&edge[0]["id"], &edge[0]["replyBy"]), (&json!(id), &json!("2026-11-24")), "15 working days");
        assert!(edge[0]["aboutZh"].as_str().expect("a text").contains("40.0"), "{edge}");

        // The head of the department that was rated works it off; the service centre looks at the reply.
        act(&park, Who::Head, "Contact", &id, json!({"note": "已与中心沟通"})).await;
        assert_eq!(error(&park, Who::Head, "Verify", &id, json!({"verification": "MISTAKEN", "finding": "x"})).await, "SCORE_STANDS");
        act(&park, Who::Head, "Verify", &id, json!({"verification": "TRUE", "finding": "x"})).await;
        act(&park, Who::Head, "Plan", &id, json!({"complexity": "COMPLEX", "plan": "x"})).await;
        act(&park, Who::Head, "FeedBack", &id, json!({"reply": "x"})).await;
        let (centre, _) = Window::of(&park, Role::Centre).await;
        is_asked(&park, &centre, &id, "conclude", "satisfied").await;
        assert_eq!(act(&park, Who::Centre, "Conclude", &id, json!({"satisfied": false, "reason": "措施不具体"})).await, "REOPENED");
        planned_and_replied(&park, &id).await;
        assert_eq!(act(&park, Who::Centre, "Conclude", &id, json!({"satisfied": true, "reason": "可以"})).await, "CLOSED");
    }
}
