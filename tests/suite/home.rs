//! The start pages: what stands on them is true today, and answers the first question of each role.

use api_door::scalar::Kind;
use entity::viewer::Role;
use reqwest::StatusCode;
use serde_json::json;
use tests::{
    Who,
    matters::{done, keep, version},
    promise, stories,
    window::{Window, hidden, location, page_of, plain},
};

use crate::{evaluation::at, warnings::runner};

/// A page as it is read, the frame around it aside.
fn read(page: &str) -> String {
    let main = page.find("<main").expect("a page");
    plain(&page[main..])
}

stories! {
    async fn the_leader_reads_what_is_so_today_and_weeks_by_their_days(park: Park) {
        // Of the first the last day is 8 October, of the second 16 October.
        let [late, next] = promise::owed(&park, &[(1, None), (8, None)]).await.try_into().expect("two");
        park.set_clock("2026-10-15", 9, 0);
        let page = park.page(Who::Leader, "/").await;
        assert!(page.contains(&format!("href=\"{}/supervise\"", page_of(&late))), "{page}");
        assert!(!page.contains(&format!("href=\"{}\"", page_of(&next))), "it is not overdue: {page}");
        let (_, coming) = page.split_once("park-dates").expect("the coming days");
        assert!(coming.contains("href=\"/obligations?from=2026-10-16"), "{coming}");
        assert!(!coming.contains("datetime=\"2026-10-08\""), "what is past does not come: {coming}");
        assert!(read(&page).contains("overdue. Issue a supervision order"), "{page}");
        assert!(read(&page).contains("No weekly brief yet"), "{page}");
        let days = "{ dueByDay(days: 7) { on count statutory } }";
        let told = park.data(Who::Leader, days, json!({})).await["dueByDay"].take();
        assert_eq!(told, json!([{"on": "2026-10-16", "count": 1, "statutory": 0}]));
        park.refused(Who::Leader, "{ dueByDay(days: 32) { on } }", json!({})).await;

        // The brief says which days it is about; a week in which nothing was due is no week to compare with.
        let brief = async |day: &str| {
            park.set_clock(day, 9, 0);
            let report = runner(&park).run_now("leader_report", None, false).await;
            assert_eq!(report.expect("a run").expect("a job").counts.failed, 0);
            read(&park.page(Who::Leader, "/").await)
        };
        let page = brief("2026-10-19").await;
        assert!(page.contains("2026-10-12 to 2026-10-18: 1 promise fell due, of which 0 kept on time, a rate of 0.0%"), "{page}");
        let page = brief("2026-10-26").await;
        assert!(page.contains("2026-10-19 to 2026-10-25: no promises fell due."), "{page}");
        assert!(!page.contains("points"), "{page}");
        assert!(page.contains("The last weekly brief that was sent is as of its own time: 2026-10-19 to 2026-10-25 Weekly brief"), "{page}");

        // What was done since is gone, whatever the brief said.
        keep(&park, &late).await;
        let page = park.page(Who::Leader, "/").await;
        assert!(!page.contains(&page_of(&late)) && page.contains(&page_of(&next)), "{page}");
    }

    async fn the_box_of_the_enterprise_lists_all_that_waits_for_it(park: Park) {
        let [owed] = promise::owed(&park, &[(5, None)]).await.try_into().expect("one");
        let page = park.page(Who::Enterprise, "/").await;
        assert!(page.contains("Nothing needs your action at the moment"), "{page}");

        let firm = Kind::Enterprise.id(park.people().await.enterprise_id()).0;
        for (number, until) in [("示例1", "2026-10-20"), ("示例2", "2028-10-20")] {
            let permit = json!({"enterpriseId": firm, "kind": "RADIATION", "number": number, "issuer": "示例机关", "validUntil": until});
            done(&park, Who::Liaison, "permitRecord", "permit { id }", permit).await;
        }
        keep(&park, &owed).await;
        let runner = runner(&park);
        at(&park, &runner, "2026-09-30", 18, 0).await;
        at(&park, &runner, "2026-10-08", 10, 0).await;
        let page = park.page(Who::Enterprise, "/").await;
        let (waits, _) = page.split_once("My liaison").expect("a box");
        for way in [
            format!("href=\"/enterprises/{}#permits\"", park.people().await.enterprise_id()),
            format!("href=\"{}/rate\"", page_of(&owed)),
            "/form\"".to_owned(),
        ] {
            assert!(waits.contains(&way), "{way}: {waits}");
        }
        assert!(waits.contains("示例1") && !waits.contains("示例2"), "there is time for the other: {waits}");
        assert!(waits.contains("Answer the evaluation of 2026-Q3") && !waits.contains("Nothing needs"), "{waits}");

        // Others are not asked.
        let asked = "{ evaluations(first: 1) { nodes { id awaitsAnswer } } }";
        let evaluation = park.data(Who::Centre, asked, json!({})).await["evaluations"]["nodes"][0].take();
        assert_eq!(evaluation["awaitsAnswer"], false);
        let access = json!({"evaluationId": evaluation["id"]});
        let open = json!({"access": access, "confidentiality": "NAMED"});
        done(&park, Who::Enterprise, "evaluationChoose", "form { submitted }", open).await;
        let answers = json!({"departments": [], "contract": [], "checks": [], "wish": "示例愿望"});
        let given = json!({"access": access, "answers": answers, "expectedVersion": 0});
        done(&park, Who::Enterprise, "evaluationSubmit", "form { submitted }", given).await;
        assert!(!park.page(Who::Enterprise, "/").await.contains("Answer the evaluation"), "it is answered");
    }

    async fn every_role_reads_what_its_own_first_question_is(park: Park) {
        // The department has promised something; its counter reads what it owes, and not to whom.
        let contract = promise::contract(&park, 0, ("2026-09-30", "2027-09-29"), "contractDraft").await;
        let department = Kind::Department.id(park.people().await.departments[0].id).0;
        let promise = json!({"contractId": contract, "expectedVersion": version(&park, &contract).await, "clauseNumber": 6,
            "kind": "ON_EVENT", "textZh": "开通用电", "textEn": "Connect the power", "startEvent": "example",
            "limitDays": 5, "unit": "WORKING_DAY", "owner": "DEPARTMENT", "departmentId": department, "evidenceKind": "EXAMPLE"});
        let added = done(&park, Who::Centre, "commitmentAdd", "commitment { id }", promise).await;
        promise::walk(&park, &contract, "contractActivate").await;
        let counter = read(&park.page(Who::Window, "/").await);
        assert!(counter.contains("Nothing for you") && !counter.contains("Nothing is overdue"), "{counter}");
        let event = json!({"commitmentId": added["commitment"]["id"], "idempotencyKey": "event"});
        done(&park, Who::Centre, "obligationOpen", "obligation { id }", event).await;
        let counter = read(&park.page(Who::Window, "/").await);
        assert!(counter.contains("At the counter") && counter.contains("Connect the power") && counter.contains("2026-10-13"), "{counter}");
        assert!(!counter.contains("示例科技1"), "{counter}");
        let asked = "{ counter { promiseEn dueOn light } }";
        for who in [Who::Centre, Who::Head, Who::Admin, Who::Inspector, Who::Enterprise] {
            assert_eq!(park.data(who, asked, json!({})).await["counter"], json!([]), "{who:?}");
        }

        // The administrator: jobs, e-mails, people who have not come, the calendar. Whoever came last stands first.
        park.clock.advance(chrono::TimeDelta::minutes(1));
        let person = json!({"login": "uninvited@park.example", "name": "示例人员", "role": "CENTRE", "language": "EN", "idempotencyKey": "person"});
        done(&park, Who::Admin, "accountCreate", "account { id }", person).await;
        let admin = read(&park.page(Who::Admin, "/").await);
        for said in ["The last run of every job had no failure", "No e-mail is undelivered", "示例人员", "Holiday notices are imported up to 2026", "No backup is known"] {
            assert!(admin.contains(said), "{said}: {admin}");
        }
        assert!(!admin.contains("overdue"), "{admin}");

        // The special inspector: what is published, and nothing of anybody.
        let inspector = read(&park.page(Who::Inspector, "/").await);
        assert!(inspector.contains("No evaluation is published yet") && !inspector.contains("overdue"), "{inspector}");
    }

    async fn an_invitation_is_told_as_it_stands(park: Park) {
        let person = json!({"login": "invited@park.example", "name": "示例人员", "role": "CENTRE", "language": "EN", "idempotencyKey": "person"});
        let made = done(&park, Who::Admin, "accountCreate", "account { id }", person).await;
        let id = made["account"]["id"].as_str().expect("an id").to_owned();
        let row = async || read(&park.page(Who::Admin, "/accounts?text=invited@park.example").await);
        let query = "query($id: ID!) { account(id: $id) { joined invitation { expired } } }";
        let stands = async || park.data(Who::Admin, query, json!({"id": id})).await["account"].take();
        assert_eq!(stands().await, json!({"joined": false, "invitation": {"expired": false}}));
        assert!(row().await.contains("Invited 2026-09-30"), "{}", row().await);
        park.set_clock("2026-10-08", 9, 0);
        assert_eq!(stands().await["invitation"]["expired"], true);
        assert!(row().await.contains("Invitation expired"), "{}", row().await);
        let waiting = "{ accounts(first: 50, where: {joined: false}) { nodes { id } } }";
        let waiting = park.data(Who::Admin, waiting, json!({})).await["accounts"]["nodes"].take();
        assert!(waiting.as_array().expect("rows").iter().any(|row| row["id"] == id.as_str()), "{waiting}");
        // Nobody else learns of it.
        assert_eq!(park.data(Who::Liaison, query, json!({"id": id})).await["account"], json!(null));
    }

    async fn an_invitation_is_not_said_to_be_sent_where_nothing_is(park: Park) {
        let (admin, _) = Window::of(&park, Role::Admin).await;
        let page = admin.text(&park, "/accounts/new").await;
        let (token, key) = (hidden(&page, "token"), hidden(&page, "idempotencyKey"));
        let fields = [
            ("token", token.as_str()),
            ("idempotencyKey", key.as_str()),
            ("login", "fresh@park.example"),
            ("name", "示例人员"),
            ("role", "CENTRE"),
            ("language", "EN"),
        ];
        let made = admin.post(&park, "/accounts/new", &fields).await;
        assert_eq!((made.status(), location(&made)), (StatusCode::SEE_OTHER, "/accounts"));
        let told = read(&admin.text(&park, "/accounts").await);
        assert!(told.contains("waiting to be sent") || told.contains("No mail server is set"), "{told}");
        assert!(!told.contains("has been sent"), "{told}");
    }
}
