//! Calendar feeds: read without a session, each by the eyes of its owner, with what changes and what no longer holds.

use std::collections::BTreeMap;

use reqwest::Response;
use serde_json::{Value, json};
use tests::{
    Park, Who, ical,
    matters::{Matters, done, version},
    stories,
};

/// The properties of each event by its UID.
type Events = BTreeMap<String, BTreeMap<String, String>>;

async fn feed(park: &Park, who: Who) -> Value {
    done(
        park,
        who,
        "feedCreate",
        "feed { path feed { id name } }",
        json!({"name": "手机"}),
    )
    .await["feed"]
        .take()
}

async fn get(park: &Park, path: &Value) -> Response {
    let request = park.get(Who::Nobody, path.as_str().expect("a path")).await;
    request.send().await.expect("an answer")
}

async fn events(park: &Park, path: &Value) -> Events {
    let answer = get(park, path).await;
    assert_eq!(answer.status(), 200);
    assert_eq!(
        answer.headers()["content-type"],
        "text/calendar; charset=utf-8"
    );
    let text = answer.text().await.expect("a calendar");
    assert!(
        text.starts_with("BEGIN:VCALENDAR\r\n") && text.ends_with("END:VCALENDAR\r\n"),
        "{text}"
    );
    assert!(text.lines().all(|line| line.len() <= 75), "folded: {text}");
    let read = ical::events(&text);
    let text = text.replace("\r\n ", "");
    let mut events = Events::new();
    for event in text.split("BEGIN:VEVENT\r\n").skip(1) {
        let of_event = event.split("END:VEVENT").next().expect("its end");
        let properties: BTreeMap<String, String> = of_event
            .lines()
            .filter_map(|line| line.split_once(':'))
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .collect();
        assert!(
            events
                .insert(properties["UID"].clone(), properties)
                .is_none(),
            "once each"
        );
    }
    assert_eq!(events.len(), read, "as another program reads it");
    events
}

fn of<'a>(events: &'a Events, kind: &str) -> Vec<&'a BTreeMap<String, String>> {
    let fitting = events.iter().filter(|(uid, _)| uid.starts_with(kind));
    fitting.map(|(_, event)| event).collect()
}

stories! {
    async fn a_calendar_program_reads_dates_and_learns_what_changes(park: Park) {
        let matters = Matters::settle(&park).await;
        let milestone = matters.id("milestone");
        let planned = json!({"projectId": matters.id("project"), "milestones": [{"id": milestone,
            "expectedVersion": version(&park, milestone).await, "on": "2026-11-02"}]});
        done(&park, Who::Centre, "milestonePlan", "project { id }", planned).await;
        let made = feed(&park, Who::Liaison).await;
        let path = &made["path"];
        let before = events(&park, path).await;
        let (_, key) = matters.id("obligation").split_once('_').expect("a key");
        let is_open = |event: &&BTreeMap<String, String>| event["URL"].replace('-', "").ends_with(key);
        let event = of(&before, "obligation-").into_iter().find(is_open).expect("the promise").clone();
        // Five working days after the last day of September.
        assert_eq!((event["DTSTART;VALUE=DATE"].as_str(), event["DTEND;VALUE=DATE"].as_str()), ("20261013", "20261014"));
        assert_eq!((event["STATUS"].as_str(), event["SEQUENCE"].as_str()), ("CONFIRMED", "0"));
        assert!(event["URL"].contains("/obligations/"), "{event:?}");
        assert_eq!(of(&before, "contract-").len(), 1);
        let milestones = of(&before, "milestone-");
        assert_eq!((milestones.len(), milestones[0]["DTSTART;VALUE=DATE"].as_str()), (1, "20261102"));

        // The same dates have the same tag, and are not sent again.
        let tag = get(&park, path).await.headers()["etag"].clone();
        let again = park.get(Who::Nobody, path.as_str().expect("a path")).await.header("if-none-match", tag.clone());
        assert_eq!(again.send().await.expect("an answer").status(), 304);

        done(&park, Who::Centre, "contractTerminate", "contract { id }", json!({"id": matters.id("contract"),
            "expectedVersion": version(&park, matters.id("contract")).await, "reason": "示例"})).await;
        let after = events(&park, path).await;
        assert_ne!(get(&park, path).await.headers()["etag"], tag);
        assert_eq!(after.keys().collect::<Vec<_>>(), before.keys().collect::<Vec<_>>(), "nothing vanishes, and names stay");
        // What was kept stays; what is owed no more is cancelled.
        for event in of(&after, "contract-").into_iter().chain(of(&after, "obligation-").into_iter().filter(is_open)) {
            assert_eq!(event["STATUS"], "CANCELLED", "{event:?}");
            let sequence = |event: &BTreeMap<String, String>| event["SEQUENCE"].parse::<u32>().expect("a number");
            assert!(sequence(event) > sequence(&before[&event["UID"]]), "{event:?}");
        }
    }

    async fn a_feed_shows_what_its_owner_may_see_until_it_is_revoked(park: Park) {
        Matters::settle(&park).await;
        for (who, obligations, contracts) in [
            (Who::Liaison, true, 1),
            (Who::Enterprise, true, 1),
            (Who::Head, true, 1),
            (Who::OtherLiaison, false, 0),
            (Who::OtherEnterprise, false, 0),
            // What is promised and not set by law is a detail to them.
            (Who::Leader, false, 1),
        ] {
            let made = feed(&park, who).await;
            let seen = events(&park, &made["path"]).await;
            assert_eq!(!of(&seen, "obligation-").is_empty(), obligations, "{who:?}");
            assert_eq!(of(&seen, "contract-").len(), contracts, "{who:?}");
        }
        let create = "mutation($input: FeedCreateInput!) { feedCreate(input: $input) { userErrors { code } } }";
        let named = |name: &str| json!({"input": {"name": name}});
        assert_eq!(park.user_error(Who::Admin, create, named("x")).await, "NO_DATES");
        assert_eq!(park.user_error(Who::Liaison, create, named(" ")).await, "NAME");
        for _ in 0..9 {
            feed(&park, Who::Enterprise).await;
        }
        assert_eq!(park.user_error(Who::Enterprise, create, named("x")).await, "TOO_MANY");

        let made = feed(&park, Who::Liaison).await;
        let dump = format!("{:?}", park.dump().await);
        let secret = made["path"].as_str().expect("a path").trim_start_matches("/calendar/").trim_end_matches(".ics");
        assert!(!dump.contains(secret), "the secret is kept nowhere");
        let revoke = "mutation($input: FeedRevokeInput!) { feedRevoke(input: $input) { feed { revokedAt } userErrors { code } } }";
        let input = json!({"input": {"id": made["feed"]["id"]}});
        assert_eq!(park.refused(Who::OtherLiaison, revoke, input.clone()).await, "NOT_FOUND");
        assert_eq!(get(&park, &made["path"]).await.status(), 200);
        let offered = async || {
            let ask = "query($id: ID!) { node(id: $id) { ... on Feed { commands { code may whyNot } } } }";
            park.data(Who::Liaison, ask, json!({"id": made["feed"]["id"]})).await["node"]["commands"].take()
        };
        assert_eq!(offered().await, json!([{"code": "feed.revoke", "may": true, "whyNot": null}]));
        let begun = park.data(Who::Liaison, "{ viewer { commands { code may } } }", json!({})).await;
        let begun = begun["viewer"]["commands"].as_array().expect("commands").clone();
        assert!(begun.contains(&json!({"code": "feed.create", "may": true})), "{begun:?}");
        park.data(Who::Liaison, revoke, input.clone()).await;
        let offers = offered().await;
        assert!(offers[0]["may"] == false && offers[0]["whyNot"].is_string(), "it was revoked: {offers}");
        assert_eq!(park.user_error(Who::Liaison, revoke, input).await, "ALREADY_REVOKED");
        let gone = get(&park, &made["path"]).await;
        assert_eq!(gone.status(), 404);
        let never = get(&park, &json!("/calendar/no-such-secret.ics")).await;
        assert_eq!(never.status(), 404);
        assert_eq!(gone.text().await.expect("a text"), never.text().await.expect("a text"), "revoked is as if it never was");
    }
}
