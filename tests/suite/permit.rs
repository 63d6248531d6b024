//! Permits of enterprises: by when a renewal is applied for, and who is told before it is too late.

use api_door::scalar::Kind;
use entity::outbox;
use jobs::Runner;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use serde_json::{Value, json};
use tests::{
    Park, Who,
    matters::done,
    promise::{contract, mutation},
    stories,
};

use crate::warnings::runner;

const LIST: &str =
    "query($where: PermitFilter) { permits(first: 20, where: $where) { totalCount nodes {
    id kind number issuer validUntil applyBy withdrawnOn version canManage } } }";

async fn enterprise(park: &Park) -> String {
    Kind::Enterprise.id(park.people().await.enterprises[0].id).0
}

async fn record(park: &Park, kind: &str, number: &str, valid_until: &str) -> Value {
    let input = json!({"enterpriseId": enterprise(park).await, "kind": kind, "number": number, "issuer": "示例机关",
        "validUntil": valid_until});
    let made = done(
        park,
        Who::Liaison,
        "permitRecord",
        "permit { id version applyBy }",
        input,
    )
    .await;
    made["permit"].clone()
}

/// Whom a run of the job tells of how many permits.
async fn told(runner: &Runner) -> Vec<(String, usize)> {
    let report = runner.run_now("permit_expiry", None, false).await;
    let report = report.expect("a run").expect("a job");
    assert_eq!(report.counts.failed, 0, "{:?}", report.counts.errors);
    let mut told: Vec<_> = report
        .planned
        .into_iter()
        .map(|one| (one.recipient, one.why.len()))
        .collect();
    told.sort();
    told
}

stories! {
    async fn a_permit_is_recorded_corrected_renewed_and_withdrawn(park: Park) {
        let made = record(&park, "LICENCE", "示例1", "2026-12-31").await;
        let id = made["id"].as_str().expect("an id").to_owned();
        let input = |more: Value| {
            let mut input = more;
            input["id"] = json!(id);
            json!({"input": input})
        };
        let ask = |name: &str| mutation(name, "permit { number validUntil applyBy version withdrawnOn }");
        let same = json!({"input": {"enterpriseId": enterprise(&park).await, "kind": "LICENCE", "number": " 示例1 ", "issuer": "示例", "validUntil": "2027-01-01"}});
        assert_eq!(park.user_error(Who::Centre, &ask("permitRecord"), same).await, "KNOWN");
        let wrong = json!({"expectedVersion": 1, "kind": "POLLUTANT", "number": "示例1", "issuer": " ", "validUntil": "2026-12-31"});
        assert_eq!(park.user_error(Who::Liaison, &ask("permitChange"), input(wrong)).await, "ISSUER");
        let right = json!({"expectedVersion": 1, "kind": "POLLUTANT", "number": "示例1", "issuer": "示例机关", "validUntil": "2026-12-31"});
        assert_eq!(park.refused(Who::Liaison, &ask("permitChange"), input(json!({"expectedVersion": 3, "kind": "POLLUTANT", "number": "示例1", "issuer": "示例机关", "validUntil": "2026-12-31"}))).await, "CONFLICT");
        let changed = park.data(Who::Liaison, &ask("permitChange"), input(right)).await["permitChange"]["permit"].take();
        // Sixty days before is a Sunday, the 1st of November; offices are open on the Friday before.
        assert_eq!(changed, json!({"number": "示例1", "validUntil": "2026-12-31", "applyBy": "2026-10-30", "version": 2, "withdrawnOn": null}));
        let early = json!({"expectedVersion": 2, "validUntil": "2026-12-31"});
        assert_eq!(park.user_error(Who::Liaison, &ask("permitRenew"), input(early)).await, "NOT_LATER");
        let renewed = json!({"expectedVersion": 2, "number": "示例2", "validUntil": "2026-12-31"});
        assert_eq!(park.user_error(Who::Liaison, &ask("permitRenew"), input(renewed)).await, "NOT_LATER");
        let renewed = json!({"expectedVersion": 2, "number": "示例2", "validUntil": "2027-06-30"});
        park.data(Who::Centre, &ask("permitRenew"), input(renewed)).await;

        record(&park, "OTHER", "示例3", "2026-11-30").await;
        let by = json!({"where": {"applyBy": {"to": "2026-12-31"}}});
        let listed = park.data(Who::Enterprise, LIST, by).await["permits"].take();
        assert_eq!((&listed["totalCount"], &listed["nodes"][0]["number"], &listed["nodes"][0]["canManage"]), (&json!(1), &json!("示例3"), &json!(false)));
        let below = "query($id: ID!) { enterprise(id: $id) { permits { number canManage } } }";
        let held = park.data(Who::Liaison, below, json!({"id": enterprise(&park).await})).await["enterprise"]["permits"].take();
        assert_eq!(held, json!([{"number": "示例3", "canManage": true}, {"number": "示例2", "canManage": true}]));

        // What may be done is offered with the thing: with what stands there, and why not.
        let offered = async |who| {
            let ask = "query($id: ID!) { node(id: $id) { ... on Permit { commands { code mutation title may whyNot
                fields { name label kind required longest value choices { code word } } } } } }";
            park.data(who, ask, json!({"id": id})).await["node"]["commands"].take()
        };
        let offers = offered(Who::Liaison).await;
        let codes: Vec<_> = offers.as_array().expect("offers").iter().map(|offer| (offer["code"].as_str(), offer["may"].as_bool())).collect();
        assert_eq!(codes, [(Some("permit.change"), Some(true)), (Some("permit.renew"), Some(true)), (Some("permit.withdraw"), Some(true))]);
        let renewal = &offers[1];
        assert_eq!((&renewal["mutation"], &renewal["whyNot"]), (&json!("permitRenew"), &Value::Null));
        let kinds: Vec<_> = renewal["fields"].as_array().expect("fields").iter().map(|field| (field["name"].as_str(), field["kind"].as_str(), field["required"].as_bool())).collect();
        assert_eq!(kinds, [
            (Some("id"), Some("TARGET"), Some(true)),
            (Some("expectedVersion"), Some("VERSION"), Some(true)),
            (Some("number"), Some("LINE"), Some(false)),
            (Some("validUntil"), Some("DAY"), Some(true)),
        ]);
        assert_eq!((&renewal["fields"][2]["value"], &renewal["fields"][2]["longest"]), (&json!("示例2"), &json!(100)));
        assert_eq!(renewal["fields"][3]["value"], "2027-06-30");
        let kind = &offers[0]["fields"][2];
        assert_eq!((&kind["name"], &kind["value"], kind["choices"].as_array().map(Vec::len)), (&json!("kind"), &json!("POLLUTANT"), Some(9)));
        let offers = offered(Who::Enterprise).await;
        assert!(offers.as_array().expect("offers").iter().all(|offer| offer["may"] == false && offer["whyNot"].is_string()), "{offers}");
        let below = "query($id: ID!) { enterprise(id: $id) { commands { code may } } }";
        let holder = park.data(Who::Liaison, below, json!({"id": enterprise(&park).await})).await["enterprise"]["commands"].take();
        let may = |code: &str, may: bool| json!({"code": code, "may": may});
        assert_eq!(holder, json!([may("enterprise.change", false), may("enterprise.end", false), may("permit.record", true)]));

        assert_eq!(park.user_error(Who::Liaison, &ask("permitWithdraw"), input(json!({"expectedVersion": 3, "reason": " "}))).await, "REASON");
        let gone = park.data(Who::Liaison, &ask("permitWithdraw"), input(json!({"expectedVersion": 3, "reason": "停产"}))).await;
        assert_eq!(gone["permitWithdraw"]["permit"]["withdrawnOn"], "2026-09-30");
        let offers = offered(Who::Liaison).await;
        assert!(offers.as_array().expect("offers").iter().all(|offer| offer["may"] == false && offer["whyNot"].is_string()), "{offers}");
        assert_eq!(park.user_error(Who::Liaison, &ask("permitRenew"), input(json!({"expectedVersion": 4, "validUntil": "2030-01-01"}))).await, "WITHDRAWN");
        assert_eq!(park.data(Who::OtherEnterprise, LIST, json!({})).await["permits"]["totalCount"], 0);
        let trail = r#"{ auditEntries(first: 99, where: { subjectKind: { oneOf: ["Permit"] } }) { nodes { action reason } } }"#;
        let trail = park.data(Who::Supervisor, trail, json!({})).await.to_string();
        for action in ["permit.record", "permit.change", "permit.renew", "permit.withdraw", "停产"] {
            assert!(trail.contains(action), "{action}");
        }
    }

    async fn the_enterprise_and_its_liaison_are_told_once_of_each_threshold_in_one_letter(park: Park) {
        park.set_clock("2026-09-30", 9, 0);
        // Applied for by the 30th of October, ends on the 31st of December; the other one ends on the 30th.
        record(&park, "POLLUTANT", "示例1", "2026-12-31").await;
        record(&park, "OTHER", "示例2", "2026-12-30").await;
        let runner = runner(&park);
        assert_eq!(told(&runner).await, [], "more than 90 days ahead");
        park.set_clock("2026-10-08", 9, 0);
        let both = told(&runner).await;
        assert_eq!(both.len(), 2, "{both:?}");
        assert!(both.iter().all(|(_, permits)| *permits == 2), "{both:?}");
        assert!(both[0].0.contains("contact") || both[1].0.contains("contact") || both.iter().any(|(who, _)| who.contains("enterprise")), "{both:?}");
        assert_eq!(told(&runner).await, [], "once");
        runner.deliver_now(None).await.expect("a delivery");
        let letters = park.mailbox.to("liaison@park.example");
        let letter = letters.iter().find(|letter| letter.subject.starts_with("2 permits")).expect("the letter");
        assert!(letter.text.contains("示例1") && letter.text.contains("2026-10-30"), "{}", letter.text);

        // Nobody has run it for a month: only what was crossed last is told, and what was passed over is never told.
        park.set_clock("2026-11-10", 9, 0);
        let late = told(&runner).await;
        assert_eq!(late.len(), 2);
        park.set_clock("2026-11-11", 9, 0);
        assert_eq!(told(&runner).await, []);
        // Thirty days before the end.
        park.set_clock("2026-12-01", 9, 0);
        assert_eq!(told(&runner).await.len(), 2);
        park.set_clock("2027-01-04", 9, 0);
        assert_eq!(told(&runner).await, [], "it has ended");
    }

    async fn the_warning_of_a_permit_keeps_the_promise_of_one(park: Park) {
        contract(&park, 0, ("2026-09-01", "2027-08-31"), "contractActivate").await;
        park.set_clock("2026-10-08", 9, 0);
        record(&park, "OTHER", "示例3", "2026-12-31").await;
        let find = "query($state: [ObligationState!]!) { obligations(first: 99, where: {state: {oneOf: $state}, text: \"证照到期前\"}) {
            nodes { state doneOn daysLate evidenceNote eventNote deadline { light } } } }";
        let all = json!({"state": ["OPEN", "FULFILLED"]});
        let none = park.data(Who::Liaison, find, all.clone()).await["obligations"]["nodes"].take();
        assert_eq!(none, json!([]));
        let runner = runner(&park);
        let asking = async || {
            let of_kind = outbox::Entity::find().filter(outbox::Column::Kind.eq(outbox::Kind::ObligationOpened));
            of_kind.all(park.db()).await.expect("letters").len()
        };
        let asked = asking().await;
        assert_eq!(told(&runner).await.len(), 2);
        assert_eq!(asking().await, asked, "nobody is asked for what the letter has kept");
        let kept = park.data(Who::Enterprise, find, all.clone()).await["obligations"]["nodes"].take();
        let kept = kept.as_array().expect("promises");
        assert_eq!(kept.len(), 1, "{kept:?}");
        assert_eq!((&kept[0]["state"], &kept[0]["doneOn"], &kept[0]["daysLate"]), (&json!("FULFILLED"), &json!("2026-10-08"), &json!(0)));
        assert!(kept[0]["evidenceNote"].as_str().is_some_and(|note| note.contains("示例3")), "{kept:?}");
        // Later thresholds of the same permit are no further event.
        park.set_clock("2026-11-02", 9, 0);
        told(&runner).await;
        let later = park.data(Who::Liaison, find, all).await["obligations"]["nodes"].take();
        assert_eq!(later.as_array().map(Vec::len), Some(1));
    }
}
