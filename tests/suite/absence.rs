//! A leave with a deputy: letters, matters and rights follow, and come back.

use api_door::scalar::Kind as Id;
use entity::{
    absence::rules::AbsenceError,
    error::Explain,
    outbox::{Kind, State},
};
use serde_json::{Value, json};
use tests::{Park, Who, matters::done, smtp::Smtp, stories};

use crate::{
    mail::{deliver, runner, short_patience},
    preference::{overdue, state_of, tell},
    warnings,
};

const RECORD: &str = "mutation($input: AbsenceRecordInput!) { absenceRecord(input: $input) {
    absence { id version state official { name } deputy { name } } userErrors { code } } }";
const END: &str = "mutation($input: AbsenceEndInput!) { absenceEnd(input: $input) {
    absence { state endedAt } userErrors { code } } }";

async fn leave(park: &Park, of: Who, deputy: Who, from: &str, until: &str) -> Value {
    let people = park.people().await;
    let id = |who| Id::Account.id(people.account(who).id).0;
    json!({"input": {"accountId": id(of), "deputyId": id(deputy), "fromOn": from, "untilOn": until}})
}

async fn enterprises(park: &Park, who: Who) -> Value {
    park.data(who, "{ enterprises(first: 9) { totalCount } }", json!({}))
        .await["enterprises"]["totalCount"]
        .take()
}

stories! {
    async fn letters_and_rights_follow_to_the_deputy_and_come_back(park: Park) {
        let people = park.people().await;
        let liaison = people.account(Who::Liaison).id;
        let until = "2026-10-12";
        for (who, deputy, from, code) in [
            (Who::Liaison, Who::Liaison, "2026-09-30", "OWN_DEPUTY"),
            (Who::Liaison, Who::Centre, "2026-09-30", "DEPUTY_UNFIT"),
            (Who::Liaison, Who::OtherLiaison, "2026-09-29", "DAYS"),
            (Who::Liaison, Who::OtherLiaison, "2026-10-13", "DAYS"),
        ] {
            let input = leave(&park, Who::Liaison, deputy, from, until).await;
            assert_eq!(park.user_error(who, RECORD, input).await, code, "{deputy:?} {from}");
        }
        let input = leave(&park, Who::Liaison, Who::OtherLiaison, "2026-09-30", until).await;
        for (who, code) in [(Who::OtherLiaison, "NOT_FOUND"), (Who::Supervisor, "NOT_FOUND"), (Who::Nobody, "UNAUTHENTICATED")] {
            assert_eq!(park.refused(who, RECORD, input.clone()).await, code, "{who:?}");
        }
        assert_eq!(enterprises(&park, Who::OtherLiaison).await, 1);
        let recorded = park.data(Who::Liaison, RECORD, input.clone()).await;
        let absence = &recorded["absenceRecord"]["absence"];
        assert_eq!(absence["state"], "CURRENT");
        assert_eq!(park.user_error(Who::Centre, RECORD, input).await, "OVERLAPS");
        let circle = leave(&park, Who::OtherLiaison, Who::Liaison, "2026-10-08", until).await;
        assert_eq!(park.user_error(Who::Centre, RECORD, circle).await, "DEPUTY_ABSENT");
        assert_eq!(enterprises(&park, Who::OtherLiaison).await, 2, "the deputy sees what the liaison sees");

        let relay = Smtp::open().await;
        let runner = runner(&park, relay.relay(), short_patience());
        deliver(&runner).await;
        assert!(relay.received()[0].to.starts_with("otherliaison@"), "the deputy is told");
        relay.forget();
        tell(&park, "law", Kind::StatutoryOverdue, liaison, &overdue()).await;
        done(&park, Who::Nobody, "accountRequestPasswordLink", "accepted", json!({"login": people.account(Who::Liaison).login})).await;
        deliver(&runner).await;
        deliver(&runner).await;
        let received: Vec<_> = relay.received().into_iter().map(|mail| mail.to).collect();
        let own = received.iter().filter(|to| to.starts_with("liaison@")).count();
        assert_eq!((received.len(), own), (2, 1), "only the secret goes to the person on leave: {received:?}");
        assert_eq!(state_of(&park, "law").await, State::Pending);
        let deputy = people.account(Who::OtherLiaison).id;
        assert_eq!(state_of(&park, &format!("law:deputy:{deputy}")).await, State::Sent);
        let letters = "{ letters(first: 9, where: { kind: { oneOf: [\"statutory_overdue\"] } }) { nodes { subject text } } }";
        let read = park.data(Who::OtherLiaison, letters, json!({})).await;
        let text = read["letters"]["nodes"][0]["text"].as_str().expect("the deputy reads it");
        assert!(text.contains("For 专员 01, on leave until 2026-10-12") && text.contains("Dear 专员 02"), "{text}");
        let notices = park.data(Who::OtherLiaison, "{ notices(first: 9) { nodes { title } } }", json!({})).await;
        assert!(notices["notices"]["nodes"].to_string().contains("For 专员 01: Statutory limit passed"), "{notices}");

        let offered = async |who: Who| {
            let ask = "query($id: ID!) { node(id: $id) { ... on Absence { commands { code may whyNot } } } }";
            park.data(who, ask, json!({"id": absence["id"]})).await["node"]["commands"].take()
        };
        assert_eq!(offered(Who::Liaison).await, json!([{"code": "absence.end", "may": true, "whyNot": null}]));
        assert_eq!(offered(Who::OtherLiaison).await[0]["may"], false, "the deputy ends nobody's leave");
        let input = json!({"input": {"id": absence["id"], "expectedVersion": 1}});
        assert_eq!(park.refused(Who::OtherLiaison, END, input.clone()).await, "FORBIDDEN");
        assert_eq!(park.refused(Who::Enterprise, END, input.clone()).await, "NOT_FOUND");
        let ended = park.data(Who::Liaison, END, input).await;
        assert_eq!(ended["absenceEnd"]["absence"]["state"], "ENDED");
        let again = json!({"input": {"id": absence["id"], "expectedVersion": 2}});
        assert_eq!(park.user_error(Who::Liaison, END, again).await, "OVER");
        assert_eq!(offered(Who::Liaison).await, json!([{"code": "absence.end", "may": false, "whyNot": AbsenceError::Over.explain().en}]));
        assert_eq!(enterprises(&park, Who::OtherLiaison).await, 1);
        deliver(&runner).await;
        assert_eq!(state_of(&park, "law").await, State::Sent, "a copy on return");
        assert_eq!(relay.received().len(), 3);
    }

    async fn a_planned_leave_begins_and_ends_by_itself(park: Park) {
        let input = leave(&park, Who::Liaison, Who::OtherLiaison, "2026-10-08", "2026-10-09").await;
        let recorded = park.data(Who::Centre, RECORD, input).await;
        assert_eq!(recorded["absenceRecord"]["absence"]["state"], "PLANNED");
        let runner = warnings::runner(&park);
        for (day, seen) in [("2026-10-07", 1), ("2026-10-08", 2), ("2026-10-09", 2), ("2026-10-10", 1)] {
            park.set_clock(day, 0, 5);
            runner.run_now("absence_turn", None, false).await.expect("a run").expect("a job");
            assert_eq!(enterprises(&park, Who::OtherLiaison).await, seen, "{day}");
        }
        let list = "{ absences(first: 9) { nodes { state fromOn untilOn } } }";
        for who in [Who::Liaison, Who::OtherLiaison, Who::Leader] {
            let seen = park.data(who, list, json!({})).await;
            assert_eq!(seen["absences"]["nodes"], json!([{"state": "ENDED", "fromOn": "2026-10-08", "untilOn": "2026-10-09"}]));
        }
        assert_eq!(park.data(Who::Enterprise, list, json!({})).await["absences"]["nodes"], json!([]));
    }

    async fn the_deputy_owns_what_the_liaison_on_leave_owes(park: Park) {
        park.set_clock("2026-09-28", 7, 0);
        warnings::ledger(&park).await;
        let runner = warnings::runner(&park);
        runner.run_now("obligation_opening", None, false).await.expect("a run").expect("a job");
        park.set_clock("2026-10-10", 8, 0);
        let people = "{ accounts(first: 50, where: { role: { oneOf: [LIAISON] } }) { nodes { id login name } } }";
        let liaisons = park.data(Who::Centre, people, json!({})).await["accounts"]["nodes"].take();
        let digests = async || runner.run_now("deadline_warnings", None, true).await.expect("a run").expect("a job").planned;
        let before = digests().await;
        let owing: Vec<&Value> = liaisons
            .as_array()
            .expect("people")
            .iter()
            .filter(|person| before.iter().any(|one| one.recipient.contains(person["login"].as_str().expect("a login"))))
            .collect();
        let (absent, deputy) = (owing[0], owing[1]);
        done(&park, Who::Centre, "absenceRecord", "absence { id }", json!({"accountId": absent["id"], "deputyId": deputy["id"],
            "fromOn": "2026-10-10", "untilOn": "2026-10-20"})).await;
        let after = digests().await;
        let of = |person: &Value| after.iter().find(|one| one.recipient.contains(person["login"].as_str().expect("a login")));
        assert!(of(absent).is_none(), "the person on leave gets no digest");
        let lines = of(deputy).expect("a digest").why.join("\n");
        let name = absent["name"].as_str().expect("a name");
        assert!(lines.contains(name) && (lines.contains("请假至 2026-10-20") || lines.contains("on leave until 2026-10-20")), "{lines}");
        let owners = park.data(Who::Centre, "{ obligations(first: 100) { nodes { owners { name } } } }", json!({})).await;
        let deputy = deputy["name"].as_str().expect("a name");
        let both = owners["obligations"]["nodes"].as_array().expect("obligations").iter().filter(|one| {
            let owners = one["owners"].to_string();
            owners.contains(name) && owners.contains(deputy)
        });
        assert!(both.count() > 0);
    }
}
