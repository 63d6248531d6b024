//! What a person wishes about letters, and what comes in any case.

use entity::{
    notice,
    outbox::{
        self, Class, Kind, State,
        commands::{NewLetter, enqueue},
        facts::{Facts, LiaisonChanged, StatutoryOverdue},
    },
    viewer::Viewer,
};
use sea_orm::{EntityTrait, prelude::Uuid};
use serde_json::json;
use tests::{
    Park, Who,
    matters::done,
    smtp::{Deed, Smtp, Step},
    stories,
};

use crate::mail::{deliver, runner, short_patience, write};

/// Writes a letter, and says whether there is one.
pub async fn tell(park: &Park, key: &str, kind: Kind, to: Uuid, facts: &impl Facts) -> bool {
    let unit = park
        .store
        .begin(&Viewer::system("story"))
        .await
        .expect("a transaction");
    let letter =
        NewLetter::new(key.to_owned(), kind, Class::MustNotMiss, to, facts).expect("facts");
    let written = enqueue(&unit, letter).await.expect("a letter");
    unit.commit().await.expect("a commit");
    written
}

/// What a letter about a new liaison is made from.
pub fn changed() -> LiaisonChanged {
    LiaisonChanged {
        name: "人员".to_owned(),
        enterprise: "示例有限公司".to_owned(),
        liaison: "专员 03".to_owned(),
        deputy: None,
        previous: None,
        from: tests::clock::day("2026-09-30"),
    }
}

/// What a letter about a statutory limit is made from.
pub fn overdue() -> StatutoryOverdue {
    StatutoryOverdue {
        name: "人员".to_owned(),
        enterprise: "示例有限公司".to_owned(),
        item: entity::language::Text::new("答复", "answer"),
        occasion: "2026-09".to_owned(),
        legal_basis: "法".to_owned(),
        due_on: tests::clock::day("2026-09-29"),
        overdue: 1,
        why: entity::language::Text::new("因", "because"),
        path: "/obligations/1".to_owned(),
    }
}

/// Where the letter with this key stands.
pub async fn state_of(park: &Park, key: &str) -> State {
    let letters = outbox::Entity::find().all(park.db()).await;
    let mut letters = letters.expect("letters").into_iter();
    letters
        .find(|letter| letter.key == key)
        .expect("the letter")
        .state
}

const CHANGE: &str = "mutation($input: PreferenceChangeInput!) { preferenceChange(input: $input) {
    preferences { version } userErrors { code } } }";

fn wishes(version: i32, off: &[&str]) -> serde_json::Value {
    json!({"input": {"expectedVersion": version, "language": "ZH_CN", "hours": {"from": 10, "until": 16},
        "weekdays": ["MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY"], "switchedOff": off}})
}

stories! {
    async fn letters_keep_to_the_wishes_of_their_reader_except_what_the_law_demands(park: Park) {
        let people = park.people().await;
        let (leader, other) = (people.account(Who::Leader).id, people.account(Who::Centre).id);
        for (input, code) in [
            (wishes(0, &["statutory_overdue"]), "REQUIRED"),
            (wishes(0, &["contract_expiry"]), "REQUIRED"),
        ] {
            assert_eq!(park.user_error(Who::Leader, CHANGE, input).await, code);
        }
        assert_eq!(park.refused(Who::Leader, CHANGE, wishes(0, &["no_such_kind"])).await, "BAD_REQUEST");
        assert_eq!(park.refused(Who::Leader, CHANGE, wishes(3, &[])).await, "CONFLICT");
        assert_eq!(park.refused(Who::Nobody, CHANGE, wishes(0, &[])).await, "UNAUTHENTICATED");
        park.data(Who::Leader, CHANGE, wishes(0, &["liaison_changed"])).await;
        assert_eq!(park.refused(Who::Leader, CHANGE, wishes(0, &[])).await, "CONFLICT");
        let query = "{ viewer { preferences { language hours { from until } weekdays pausedUntil version
            letters { kind duty on } } } }";
        let seen = park.data(Who::Leader, query, json!({})).await;
        let seen = &seen["viewer"]["preferences"];
        assert_eq!((&seen["hours"], &seen["language"]), (&json!({"from": 10, "until": 16}), &json!("ZH_CN")));
        let off: Vec<_> = seen["letters"].as_array().expect("kinds").iter().filter(|kind| kind["on"] == false).collect();
        assert_eq!(off, [&json!({"kind": "liaison_changed", "duty": "OPTIONAL", "on": false})]);

        let relay = Smtp::open().await;
        let runner = runner(&park, relay.relay(), short_patience());
        // Eight in the evening before a week of holidays.
        park.set_clock("2026-09-30", 20, 0);
        tell(&park, "off", Kind::LiaisonChanged, leader, &changed()).await;
        park.set_clock("2026-09-30", 20, 1);
        tell(&park, "law", Kind::StatutoryOverdue, leader, &overdue()).await;
        tell(&park, "quiet", Kind::LiaisonChanged, other, &changed()).await;
        deliver(&runner).await;
        assert_eq!(state_of(&park, "off").await, State::Cancelled);
        assert_eq!(state_of(&park, "law").await, State::Pending);
        assert_eq!(state_of(&park, "quiet").await, State::Pending);
        park.set_clock("2026-10-08", 7, 59);
        deliver(&runner).await;
        assert_eq!(relay.received().len(), 0);
        // At eight in the park, whatever the hours of the reader: nobody can put off what the law demands.
        park.set_clock("2026-10-08", 8, 0);
        deliver(&runner).await;
        assert_eq!(state_of(&park, "law").await, State::Sent);
        assert_eq!(state_of(&park, "quiet").await, State::Sent);
        let received = relay.received();
        let to_leader = received.iter().find(|mail| mail.to.starts_with("leader@")).expect("the warning");
        assert!(to_leader.bytes.contains("Content-Language: zh-CN"), "the language wished for");
        assert_eq!(received.len(), 2);
        // What does not come by mail stands in the app.
        let notices = park.data(Who::Leader, "{ notices(first: 9) { nodes { kind title path readAt } } }", json!({})).await;
        assert_eq!(notices["notices"]["nodes"], json!([
            {"kind": "liaison_changed", "title": "服务专员变更：示例有限公司", "path": null, "readAt": null},
            {"kind": "statutory_overdue", "title": "法定超期：示例有限公司 答复", "path": "/obligations/1", "readAt": null},
        ]));
    }

    async fn by_night_and_on_days_off_only_links_and_incidents_go_whatever_wrote_it_and_however_late(park: Park) {
        let people = park.people().await;
        let (leader, admin) = (people.account(Who::Leader).id, people.account(Who::Admin).clone());
        let relay = Smtp::open().await;
        relay.at(Step::Greeting, Deed::Say("421 closing"));
        let runner = runner(&park, relay.relay(), short_patience());
        // Written and tried in the afternoon, in vain; the relay is back in the evening.
        park.set_clock("2026-09-30", 17, 50);
        tell(&park, "tried", Kind::StatutoryOverdue, leader, &overdue()).await;
        deliver(&runner).await;
        assert_eq!(state_of(&park, "tried").await, State::Pending);
        relay.does(|_, _| Deed::GoOn);
        let mut expected = 0;
        for (day, hour) in [("2026-09-30", 22), ("2026-10-01", 9), ("2026-10-07", 12), ("2026-10-08", 7)] {
            park.set_clock(day, hour, 0);
            runner.run_now("calendar_check", None, false).await.expect("a run").expect("a job");
            tell(&park, &format!("law:{day}"), Kind::StatutoryOverdue, leader, &overdue()).await;
            write(&park, &format!("incident:{day}"), Class::MustNotMiss, admin.id).await;
            let login = json!({"login": people.account(Who::Leader).login});
            done(&park, Who::Nobody, "accountRequestPasswordLink", "accepted", login).await;
            deliver(&runner).await;
            deliver(&runner).await;
            expected += 2;
            let received = relay.received();
            assert_eq!(received.len(), expected, "{day} {hour}: the link and the incident");
        }
        park.set_clock("2026-10-08", 8, 0);
        deliver(&runner).await;
        assert_eq!(state_of(&park, "tried").await, State::Sent);
        assert_eq!(relay.received().len(), expected + 5);
    }

    async fn one_click_ends_letters_of_one_kind_and_looking_ends_nothing(park: Park) {
        let contact = park.people().await.account(Who::Enterprise).id;
        let relay = Smtp::open().await;
        let runner = runner(&park, relay.relay(), short_patience());
        tell(&park, "first", Kind::LiaisonChanged, contact, &changed()).await;
        tell(&park, "law", Kind::StatutoryOverdue, contact, &overdue()).await;
        deliver(&runner).await;
        let mails = relay.received();
        let (optional, legal): (Vec<_>, Vec<_>) = mails.iter().partition(|mail| mail.bytes.contains("List-Unsubscribe-Post"));
        assert_eq!((optional.len(), legal.len()), (1, 1));
        assert!(!legal[0].bytes.contains("List-Unsubscribe"));
        let (_, rest) = optional[0].bytes.split_once("List-Unsubscribe: <https://qiyue.example").expect("the header");
        let path = rest.split('>').next().expect("an address").replace("\r\n ", "");

        let before = park.dump().await;
        let page = park.get(Who::Nobody, &path).await.send().await.expect("an answer");
        assert_eq!(page.status(), 200);
        let page = page.text().await.expect("a page");
        assert!(page.contains("专员变更") && page.contains("New liaison"), "{page}");
        let forged = path.replacen("/unsubscribe/", "/unsubscribe/0", 1);
        assert_eq!(park.get(Who::Nobody, &forged).await.send().await.expect("an answer").status(), 404);
        let post = async |path: &str, kind: &str, body: &str| {
            let request = park.post(Who::Nobody, path).await.header("content-type", kind).body(body.to_owned());
            let answer = request.send().await.expect("an answer");
            assert!(answer.headers().get("set-cookie").is_none());
            answer.status().as_u16()
        };
        let form = "application/x-www-form-urlencoded";
        assert_eq!(post(&path, form, "").await, 400);
        assert_eq!(post(&path, form, "List-Unsubscribe=No").await, 400);
        assert_eq!(post(&forged, form, "List-Unsubscribe=One-Click").await, 404);
        before.assert_same(&park.dump().await);

        assert_eq!(post(&path, form, "List-Unsubscribe=One-Click").await, 200);
        let done = park.dump().await;
        let parts = "--b\r\nContent-Disposition: form-data; name=\"List-Unsubscribe\"\r\n\r\nOne-Click\r\n--b--\r\n";
        assert_eq!(post(&path, "multipart/form-data; boundary=b", parts).await, 200);
        done.assert_same(&park.dump().await);
        tell(&park, "second", Kind::LiaisonChanged, contact, &changed()).await;
        deliver(&runner).await;
        assert_eq!(state_of(&park, "second").await, State::Cancelled);
        let audit = park.data(Who::Supervisor, r#"{ auditEntries(first: 9, where: { subjectKind: { oneOf: ["Preference"] } }) { nodes { action } } }"#, json!({})).await;
        assert_eq!(audit["auditEntries"]["nodes"], json!([{"action": "preference.unsubscribe"}]));
    }

    async fn notices_are_read_by_their_recipient_alone_and_counted_with_one_statement(park: Park) {
        let people = park.people().await;
        let (leader, other) = (people.account(Who::Leader).id, people.account(Who::Centre).id);
        for number in 0..3 {
            tell(&park, &format!("one:{number}"), Kind::StatutoryOverdue, leader, &overdue()).await;
        }
        tell(&park, "other", Kind::StatutoryOverdue, other, &overdue()).await;
        let bare = park.statements(park.data(Who::Leader, "{ viewer { id } }", json!({}))).await.1;
        let (seen, statements) = park.statements(park.data(Who::Leader, "{ viewer { unreadNotices } }", json!({}))).await;
        assert_eq!((&seen["viewer"]["unreadNotices"], statements), (&json!(3), bare + 1));

        let list = "{ notices(first: 9, where: { unread: true }) { totalCount nodes { id } } }";
        let listed = park.data(Who::Leader, list, json!({})).await;
        let first = listed["notices"]["nodes"][0]["id"].clone();
        let read = "mutation($input: NoticeReadInput!) { noticeRead(input: $input) { notice { readAt } userErrors { code } } }";
        let input = json!({"input": {"id": first}});
        for who in [Who::Admin, Who::Centre, Who::Supervisor] {
            assert_eq!(park.refused(who, read, input.clone()).await, "NOT_FOUND", "{who:?}");
        }
        let once = park.data(Who::Leader, read, input.clone()).await;
        let after = park.dump().await;
        assert_eq!(park.data(Who::Leader, read, input).await, once);
        after.assert_same(&park.dump().await);

        let all = "mutation($input: NoticeReadAllInput!) { noticeReadAll(input: $input) { marked userErrors { code } } }";
        let seen_at = |minutes| json!({"input": {"seenAt": (park.store.now() + chrono::TimeDelta::minutes(minutes)).to_rfc3339()}});
        assert_eq!(park.user_error(Who::Leader, all, seen_at(1)).await, "IN_THE_FUTURE");
        park.clock.advance(chrono::TimeDelta::minutes(1));
        tell(&park, "later", Kind::StatutoryOverdue, leader, &overdue()).await;
        let marked = park.data(Who::Leader, all, seen_at(-1)).await;
        assert_eq!(marked["noticeReadAll"]["marked"], 2);
        let left = park.data(Who::Leader, list, json!({})).await;
        assert_eq!(left["notices"]["totalCount"], 1, "what came after the list was seen is unread");
        let others = park.data(Who::Centre, "{ viewer { unreadNotices } }", json!({})).await;
        assert_eq!(others["viewer"]["unreadNotices"], 1);
    }

    async fn nobody_gets_a_fourth_letter_on_one_day_and_the_digest_says_the_rest(park: Park) {
        let liaison = park.people().await.account(Who::Liaison).clone();
        let mut written = Vec::new();
        for number in 0..5 {
            let key = format!("many:{number}");
            written.push(tell(&park, &key, Kind::LiaisonChanged, liaison.id, &changed()).await);
            tell(&park, &key, Kind::LiaisonChanged, liaison.id, &changed()).await;
        }
        assert_eq!(written, [true, true, true, false, false]);
        // What the law demands is not counted.
        assert!(tell(&park, "law", Kind::StatutoryOverdue, liaison.id, &overdue()).await);
        assert_eq!(notice::Entity::find().all(park.db()).await.expect("notices").len(), 6, "each once in the app");
        park.set_clock("2026-10-08", 8, 30);
        let runner = crate::warnings::runner(&park);
        let run = async || runner.run_now("deadline_warnings", None, false).await.expect("a run").expect("a job");
        assert_eq!(run().await.planned.len(), 1);
        runner.deliver_now(None).await.expect("a delivery");
        let letters = park.mailbox.to(&liaison.login);
        assert_eq!(letters.len(), 5);
        let digest = letters.iter().find(|letter| letter.subject.contains("2026-10-08")).expect("a digest");
        assert_eq!(digest.text.matches("New liaison: 示例有限公司").count(), 2, "{}", digest.text);
        park.set_clock("2026-10-09", 8, 30);
        assert!(run().await.planned.is_empty(), "said once");
        // The next day has room again.
        assert!(tell(&park, "next", Kind::LiaisonChanged, liaison.id, &changed()).await);
        done(&park, Who::Liaison, "noticeReadAll", "marked", json!({"seenAt": park.store.now().to_rfc3339()})).await;
    }
}
