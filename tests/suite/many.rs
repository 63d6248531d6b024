//! Forty rows to get through: one act for many things, each judged alone, with one receipt; and from one row of a list to the next.

use entity::viewer::Role;
use reqwest::StatusCode;
use serde_json::{Value, json};
use tests::{
    Park, Who,
    app::TRACES,
    promise::owed,
    stories,
    window::{Window, hidden, location, page_of, plain},
};

/// The page before an act on these things.
fn ask(verb: &str, ids: &[String]) -> String {
    let chosen: Vec<String> = ids.iter().map(|id| format!("of={id}")).collect();
    let list = "in=%2Fobligations%3Fwithin%3D0";
    format!("/obligations/many/{verb}?{}&{list}", chosen.join("&"))
}

/// Sends the form of such a page for these things as they were seen.
async fn send(
    park: &Park,
    window: &Window,
    verb: &str,
    fields: &[(&str, &str)],
    seen: &[String],
) -> (StatusCode, String) {
    let mut fields = fields.to_vec();
    fields.extend(seen.iter().map(|seen| ("of", seen.as_str())));
    let act = format!("/obligations/many/{verb}");
    let answer = window.post(park, &act, &fields).await;
    (answer.status(), answer.text().await.expect("a page"))
}

fn seen(ids: &[String]) -> Vec<String> {
    ids.iter().map(|id| format!("{id}:1")).collect()
}

/// What has become of something that is owed.
async fn state(park: &Park, id: &str) -> Value {
    let query = "query($id: ID!) { obligation(id: $id) { state evidenceNote restingUntil } }";
    let data = park.data(Who::Liaison, query, json!({ "id": id })).await;
    data["obligation"].clone()
}

/// The list of what is owed by the promises of a story: the standard text of the contract owes more.
const LIST: &str = "/obligations?text=%E7%A4%BA%E4%BE%8B%E6%89%BF%E8%AF%BA";

stories! {
    async fn what_is_acknowledged_together_is_judged_one_by_one(park: Park) {
        let ids = owed(&park, &[(1, None), (1, None), (20, None), (1, Some("示例法"))]).await;
        park.set_clock("2026-10-15", 9, 0);
        let (window, _) = Window::of(&park, Role::Centre).await;
        let form = window.text(&park, &ask("acknowledge", &ids)).await;
        for (id, may) in ids.iter().zip([true, true, false, false]) {
            assert_eq!(form.contains(&format!("value=\"{id}:1\"")), may, "{form}");
        }
        let told = plain(&form);
        assert!(told.contains("Not possible 2 items"), "{told}");
        assert!(told.contains("This matter is not overdue") && told.contains("The statutory limit has passed"), "{told}");
        assert!(form.contains("href=\"/obligations?within=0\""), "the list is kept: {form}");

        let (token, key) = (hidden(&form, "token"), hidden(&form, "idempotencyKey"));
        let fields = [("token", token.as_str()), ("idempotencyKey", key.as_str())];
        // As if it had been interrupted after the first.
        let (status, told) = send(&park, &window, "acknowledge", &fields, &seen(&ids[..1])).await;
        assert!(status == StatusCode::OK && plain(&told).contains("Done: 1 · not done: 0"), "{told}");
        // What cannot be done is refused with its reason, and stops nothing.
        let (status, told) = send(&park, &window, "acknowledge", &fields, &seen(&ids)).await;
        assert!(status == StatusCode::OK && plain(&told).contains("Done: 2 · not done: 2"), "{told}");
        assert!(plain(&told).contains("This matter is not overdue"), "{told}");
        assert!(told.contains(&format!("href=\"{}\"", page_of(&ids[2]))), "{told}");
        // The same form again does nothing twice.
        let before = park.dump().await.without(TRACES);
        let (_, again) = send(&park, &window, "acknowledge", &fields, &seen(&ids)).await;
        assert!(plain(&again).contains("Done: 2 · not done: 2"), "{again}");
        before.assert_same(&park.dump().await.without(TRACES));
    }

    async fn one_sentence_records_the_same_promise_to_many_and_nothing_the_law_sets(park: Park) {
        let ids = owed(&park, &[(5, None), (5, None), (5, Some("示例法"))]).await;
        let (window, _) = Window::of(&park, Role::Centre).await;
        let form = window.text(&park, &ask("fulfil", &ids)).await;
        assert!(form.contains(&format!("value=\"{}:1\"", ids[1])) && !form.contains(&format!("value=\"{}:1\"", ids[2])), "{form}");
        assert!(!form.contains("type=\"file\""), "a file proves one thing");
        let (token, key) = (hidden(&form, "token"), hidden(&form, "idempotencyKey"));
        let fields = |note| [
            ("token", token.as_str()),
            ("idempotencyKey", key.as_str()),
            ("evidenceNote", note),
            ("doneOn", "2026-09-30"),
        ];
        let before = park.dump().await.without(TRACES);
        let (status, told) = send(&park, &window, "fulfil", &fields(" "), &seen(&ids)).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(told.contains("id=\"evidenceNote-wrong\"") && told.contains(&format!("value=\"{}:1\"", ids[0])), "{told}");
        for (of, status) in [(vec![], StatusCode::UNPROCESSABLE_ENTITY), (seen(&ids[2..]), StatusCode::UNPROCESSABLE_ENTITY)] {
            assert_eq!(send(&park, &window, "fulfil", &fields("政策宣讲会"), &of).await.0, status);
        }
        before.assert_same(&park.dump().await.without(TRACES));

        let note = "九月三十日政策宣讲会，均已参加。";
        let (status, told) = send(&park, &window, "fulfil", &fields(note), &seen(&ids)).await;
        assert!(status == StatusCode::OK && plain(&told).contains("Done: 2 · not done: 1"), "{told}");
        for (id, closed) in ids.iter().zip([true, true, false]) {
            let now = state(&park, id).await;
            assert_eq!(now["state"], if closed { "FULFILLED" } else { "OPEN" });
            assert_eq!(now["evidenceNote"], if closed { json!(note) } else { Value::Null });
        }
        let before = park.dump().await.without(TRACES);
        let (_, again) = send(&park, &window, "fulfil", &fields(note), &seen(&ids)).await;
        assert!(plain(&again).contains("Done: 2 · not done: 1"), "{again}");
        // Other words under the key of what was done change nothing either.
        let (_, other) = send(&park, &window, "fulfil", &fields("另一句话，内容不同。"), &seen(&ids[..2])).await;
        assert!(plain(&other).contains("Done: 0 · not done: 2"), "{other}");
        before.assert_same(&park.dump().await.without(TRACES));
    }

    async fn an_act_on_many_is_bounded_and_for_those_who_may(park: Park) {
        let ids = owed(&park, &[(1, None)]).await;
        park.set_clock("2026-10-15", 9, 0);
        let (centre, _) = Window::of(&park, Role::Centre).await;
        let many: Vec<String> = (0..51_u32).map(|number| format!("obligation_{number:032x}")).collect();
        let told = plain(&centre.text(&park, &ask("acknowledge", &many)).await);
        assert!(told.contains("At most 50 can be done at once"), "{told}");
        let nothing = plain(&centre.text(&park, &ask("acknowledge", &[])).await);
        assert!(nothing.contains("Nothing is chosen"), "{nothing}");
        // What has legal weight is given for one alone, whatever the address says.
        for verb in ["cancel", "miss", "pause", "nonsense"] {
            assert_eq!(centre.get(&park, &ask(verb, &ids)).await.status(), StatusCode::NOT_FOUND, "{verb}");
        }
        let (leader, _) = Window::of(&park, Role::Leader).await;
        assert_eq!(leader.get(&park, &ask("acknowledge", &ids)).await.status(), StatusCode::FORBIDDEN);
        assert!(!leader.text(&park, "/obligations").await.contains("id=\"many\""));
        // Who may see nothing of it finds nothing of it.
        let (other, _) = Window::of(&park, Role::Liaison).await;
        let form = other.text(&park, &ask("acknowledge", &ids)).await;
        assert!(!form.contains("示例承诺") && !form.contains("An example"), "{form}");
        let (token, key) = (other.token(&park, "/profile").await, "story");
        let before = park.dump().await.without(TRACES);
        let fields = [("token", token.as_str()), ("idempotencyKey", key)];
        let (status, _) = send(&park, &other, "acknowledge", &fields, &seen(&ids)).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
        before.assert_same(&park.dump().await.without(TRACES));
    }

    async fn from_a_row_of_a_list_one_goes_on_to_the_next(park: Park) {
        let ids = owed(&park, &[(5, None), (6, None), (7, None)]).await;
        let (window, _) = Window::of(&park, Role::Centre).await;
        let list = window.text(&park, LIST).await;
        let way = |page: &str, id: &str| {
            let mut ways = page.split("href=\"").filter_map(|way| way.split('"').next());
            let way = ways.find(|way| way.starts_with(&format!("{}?in=", page_of(id))));
            way.map(|way| way.replace("&amp;", "&").replace("&#38;", "&"))
        };
        let first = way(&list, &ids[0]).expect("a row leads on");
        let seen = window.text(&park, &first).await;
        let second = way(&seen, &ids[1]).expect("the next row");
        assert!(plain(&seen).contains("2 left") && seen.contains(&format!("href=\"{LIST}\"")), "{seen}");

        // A comment keeps the way through the list.
        let (_, query) = first.split_once('?').expect("the list");
        let act = format!("{}/comments?{query}", page_of(&ids[0]));
        assert!(seen.contains(&format!("action=\"{act}\"")), "{seen}");
        let token = hidden(&seen, "token");
        let said = [("token", &*token), ("idempotencyKey", "comment"), ("audience", "INTERNAL"), ("text", "示例意见")];
        let answer = window.post(&park, &act, &said).await;
        assert_eq!((answer.status(), location(&answer)), (StatusCode::SEE_OTHER, &*format!("{first}#comments")));

        // Recorded, and led on to the next at once.
        let act = format!("{}/fulfil?{query}", page_of(&ids[0]));
        let fields = |page: &str, then| vec![
            ("token", hidden(page, "token")),
            ("idempotencyKey", hidden(page, "idempotencyKey")),
            ("expectedVersion", hidden(page, "expectedVersion")),
            ("evidenceNote", "已书面答复企业。".to_owned()),
            ("then", then),
        ];
        let given = fields(&seen, "next".to_owned());
        let given: Vec<(&str, &str)> = given.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let answer = window.post(&park, &act, &given).await;
        assert_eq!((answer.status(), location(&answer).split('?').next()), (StatusCode::SEE_OTHER, Some(&*page_of(&ids[1]))));
        let there = location(&answer).to_owned();
        let seen = window.text(&park, &there).await;
        assert!(plain(&seen).contains("1 left"), "{seen}");

        // Recorded, and shown with what comes next.
        let (_, query) = there.split_once('?').expect("the list");
        let act = format!("{}/fulfil?{query}", page_of(&ids[1]));
        let given = fields(&seen, String::new());
        let given: Vec<(&str, &str)> = given.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let answer = window.post(&park, &act, &given).await;
        let seen = window.text(&park, location(&answer)).await;
        let third = way(&seen, &ids[2]).expect("the next row");
        let last = window.text(&park, &third).await;
        assert!(plain(&last).contains("Nothing else is left in the list"), "{last}");

        // Who has not come from a list asks for nothing more, and no address leads elsewhere.
        for (path, operations) in [(page_of(&ids[2]), 1), (second, 2), (format!("{}?in=%2F%2Fa.example%2Fobligations", page_of(&ids[2])), 1)] {
            let answer = window.get(&park, &path).await;
            let timing = answer.headers()["server-timing"].to_str().expect("a text").to_owned();
            assert_eq!(timing.matches(";dur=").count(), operations, "{path}: {timing}");
            let is_led = answer.text().await.expect("a page").contains("rel=\"next\"");
            assert_eq!(is_led, operations == 2, "{path}");
        }
    }
}
