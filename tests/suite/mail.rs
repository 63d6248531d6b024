//! The road of a letter to its recipient, with a relay that fails on purpose at every step. Each story says what the receiving
//! side may have seen: every due recipient has the letter, and an extra copy only where nobody can know whether the first arrived.

use std::{collections::BTreeSet, sync::Arc, time::Duration};

use chrono::TimeDelta;
use entity::{
    account,
    id::new_id,
    language::Language,
    outbox::{
        self, Class, Kind, Phase, State,
        commands::{NewAttachment, NewLetter, attach, enqueue_with_id},
        facts::MailBouncing,
        rules::PATIENCE,
    },
    store::Store,
    viewer::{Role, Viewer},
};
use jobs::{Relay, Runner, Settings, mail::transport::Patience};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter,
    prelude::Uuid,
};
use serde_json::json;
use tests::{
    Backend, Park, Who,
    cut::Cut,
    smtp::{Deed, Smtp, Step},
    stories, story,
};
use tokio::time::{interval, timeout};

/// A relay's patience for stories: long enough for a busy machine, short enough to wait for.
pub fn short_patience() -> Patience {
    Patience {
        connect: Duration::from_secs(2),
        greeting: Duration::from_millis(700),
        command: Duration::from_millis(700),
        preparation: Duration::from_secs(4),
        dot: Duration::from_millis(700),
    }
}

/// A runner whose letters go to `relay`.
pub fn runner(park: &Park, relay: Relay, patience: Patience) -> Runner {
    let settings = Settings {
        patience,
        ..park.job_settings(relay)
    };
    Runner::new(park.store.clone(), &settings, Default::default()).expect("a runner")
}

/// One pass of the delivery.
pub async fn deliver(runner: &Runner) {
    runner
        .deliver_now(None)
        .await
        .expect("a delivery")
        .expect("the job exists");
}

/// A letter to somebody, of a kind that goes at any hour.
pub async fn write(park: &Park, key: &str, class: Class, to: Uuid) -> Uuid {
    write_as(park, key, class, to, |_| {}).await
}

/// The same, changed before it is written.
pub async fn write_as(
    park: &Park,
    key: &str,
    class: Class,
    to: Uuid,
    change: impl FnOnce(&mut NewLetter),
) -> Uuid {
    let unit = park
        .store
        .begin(&Viewer::system("story"))
        .await
        .expect("a transaction");
    let facts = MailBouncing {
        name: "人员".to_owned(),
        since: park.store.now(),
        sent: 20,
        bounced: 2,
    };
    let mut letter =
        NewLetter::new(key.to_owned(), Kind::MailBouncing, class, to, &facts).expect("facts");
    change(&mut letter);
    let id = enqueue_with_id(&unit, letter).await.expect("a letter");
    unit.commit().await.expect("a commit");
    id.expect("a new key")
}

/// A letter as it is now.
pub async fn letter(park: &Park, id: Uuid) -> outbox::Model {
    outbox::Entity::find_by_id(id)
        .one(park.db())
        .await
        .expect("letters")
        .expect("the letter")
}

/// Where a letter stands.
pub async fn state(park: &Park, id: Uuid) -> State {
    letter(park, id).await.state
}

async fn admin(park: &Park) -> account::Model {
    park.people().await.account(Who::Admin).clone()
}

/// A person with this name and address.
async fn person(park: &Park, login: &str, name: &str, role: Role) -> Uuid {
    let people = park.people().await;
    let model = account::Model {
        id: new_id(park.store.now()),
        login: login.to_owned(),
        name: name.to_owned(),
        role,
        language: Language::Chinese,
        department_id: None,
        enterprise_id: (role == Role::Enterprise).then(|| people.enterprise_id()),
        ..people.account(Who::Admin).clone()
    };
    let id = model.id;
    account::Entity::insert(model.into_active_model().reset_all())
        .exec_without_returning(park.db())
        .await
        .expect("an account");
    id
}

stories! {
    async fn a_refusal_at_any_step_is_understood_and_what_waits_arrives_exactly_once(park: Park) {
        let to = admin(&park).await.id;
        let relay = Smtp::open().await;
        let mut expected = BTreeSet::new();
        let table = [
            (Step::Greeting, "421 too busy", State::Pending),
            (Step::Greeting, "554 not you", State::Pending),
            (Step::Hello, "421 too busy", State::Pending),
            (Step::Hello, "502 what?", State::Pending),
            (Step::Mail, "451 later", State::Pending),
            (Step::Mail, "550 not from you", State::Pending),
            (Step::Rcpt, "450 greylisted", State::Pending),
            (Step::Rcpt, "550 5.7.1 not for him", State::Dead),
            (Step::Data, "451 later", State::Pending),
            (Step::Data, "554 no", State::Dead),
            (Step::Dot, "452 full", State::Pending),
            (Step::Dot, "552 too large", State::Dead),
        ];
        for (number, (step, line, becomes)) in table.into_iter().enumerate() {
            // A runner of its own: its breaker knows nothing of the story before.
            let runner = runner(&park, relay.relay(), short_patience());
            relay.at(step, Deed::Say(line));
            let id = write(&park, &format!("refused:{number}"), Class::MustNotMiss, to).await;
            deliver(&runner).await;
            let after = letter(&park, id).await;
            assert_eq!(after.state, becomes, "{step:?}: {line}: {:?}", after.last_text);
            assert_eq!(after.last_code, line[..3].parse().ok(), "{step:?}: {line}");
            if becomes == State::Pending {
                expected.insert(after.message_id);
                let of_the_relay = matches!(step, Step::Greeting | Step::Hello | Step::Mail);
                let wait = TimeDelta::seconds(if of_the_relay { 50 } else { 60 });
                assert_eq!(after.next_attempt_at, park.store.now() + wait, "{step:?}: {line}");
            }
            assert_eq!(relay.received(), [], "{step:?}: {line}");
            // So that the next letter is alone.
            outbox::Entity::update_many()
                .col_expr(outbox::Column::NextAttemptAt, sea_orm::sea_query::Expr::value(park.store.now() + TimeDelta::hours(1)))
                .filter(outbox::Column::State.eq(State::Pending))
                .exec(park.db())
                .await
                .expect("later");
        }
        relay.does(|_, _| Deed::GoOn);
        park.clock.advance(TimeDelta::hours(1));
        let runner = runner(&park, relay.relay(), short_patience());
        deliver(&runner).await;
        let received = relay.received();
        let ids: BTreeSet<String> = received.iter().map(|mail| mail.message_id().to_owned()).collect();
        let expected: BTreeSet<String> = expected.into_iter().map(|id| format!("<{id}@park.example>")).collect();
        assert_eq!(ids, expected);
        assert_eq!(received.len(), expected.len(), "each once");
    }

    async fn silence_at_any_step_is_waited_for_only_so_long(park: Park) {
        let to = admin(&park).await.id;
        let relay = Smtp::open().await;
        for step in Step::ALL {
            for (class, after_the_dot) in [(Class::MustNotMiss, State::Ambiguous), (Class::MustNotDouble, State::Held)] {
                let runner = runner(&park, relay.relay(), short_patience());
                relay.at(step, Deed::Hang);
                let id = write(&park, &format!("silent:{step:?}:{class:?}"), class, to).await;
                deliver(&runner).await;
                let becomes = if step == Step::Dot { after_the_dot } else { State::Pending };
                let after = letter(&park, id).await;
                assert_eq!(after.state, becomes, "{step:?}: {:?}", after.last_text);
                assert_eq!(after.last_code, None);
                relay.does(|_, _| Deed::GoOn);
                park.clock.advance(TimeDelta::minutes(30));
                deliver(&self::runner(&park, relay.relay(), short_patience())).await;
                let copies: Vec<_> = relay.received().into_iter().filter(|mail| mail.message_id().contains(&after.message_id)).collect();
                match (step, class) {
                    // Nobody knows whether the first arrived: one more of what must not be missed, the same to the byte.
                    (Step::Dot, Class::MustNotMiss) => {
                        assert_eq!(copies.len(), 2);
                        assert_eq!(copies[0].bytes, copies[1].bytes);
                        assert!(!copies[0].taken && copies[1].taken);
                    }
                    (Step::Dot, Class::MustNotDouble) => assert_eq!(copies.len(), 1),
                    _ => assert_eq!(copies.len(), 1, "{step:?}"),
                }
            }
        }
    }

    async fn an_answer_lost_twice_is_held_for_a_person_and_tried_no_more(park: Park) {
        let to = admin(&park).await.id;
        let relay = Smtp::open().await;
        let runner = runner(&park, relay.relay(), short_patience());
        relay.at(Step::Dot, Deed::Vanish);
        let id = write(&park, "lost", Class::MustNotMiss, to).await;
        deliver(&runner).await;
        assert_eq!(state(&park, id).await, State::Ambiguous);
        park.clock.advance(TimeDelta::minutes(29));
        deliver(&runner).await;
        assert_eq!(relay.received().len(), 1, "not before half an hour");
        park.clock.advance(TimeDelta::minutes(1));
        deliver(&runner).await;
        assert_eq!(state(&park, id).await, State::Held);
        park.clock.advance(TimeDelta::days(3));
        deliver(&runner).await;
        assert_eq!(relay.received().len(), 2, "never a third");
        let attempts = outbox::attempt::Entity::find().all(park.db()).await.expect("attempts");
        assert_eq!(attempts.len(), 2);
        assert!(attempts.iter().all(|attempt| attempt.phase == Phase::Body && attempt.code.is_none() && attempt.ended_at.is_some()));
    }

    async fn one_bad_letter_among_a_hundred_stops_no_other(park: Park) {
        let relay = Smtp::open().await;
        let names = ["专员\r\nBcc: x@y.example", "专员\u{1b}[31m", "\u{7}"];
        let mut bad = Vec::new();
        for number in 0..100 {
            let name = names.get(number).copied().unwrap_or("专员 03");
            let to = person(&park, &format!("p{number}@d{}.example", number % 10), name, Role::Leader).await;
            let id = write_as(&park, &format!("many:{number}"), Class::MustNotMiss, to, |letter| {
                if number == 50 {
                    letter.facts = json!({ "year": "not a number" });
                }
            })
            .await;
            if number == 50 {
                bad.push(id);
            }
        }
        let runner = runner(&park, relay.relay(), Patience::default());
        let report = runner.deliver_now(None).await.expect("a delivery").expect("the job exists");
        assert_eq!((report.counts.done, report.counts.failed), (99, 1), "{:?}", report.counts.errors);
        let received = relay.received();
        assert_eq!(received.len(), 99);
        assert_eq!(received.iter().map(|mail| &mail.to).collect::<BTreeSet<_>>().len(), 99);
        for mail in &received {
            assert_eq!(mail.bytes.matches("\r\nTo: ").count() + mail.bytes.matches("\r\nBcc: ").count(), 1, "{}", mail.bytes);
        }
        assert_eq!(state(&park, bad[0]).await, State::Dead);
        let shown = outbox::repository::undelivered(park.db(), &Viewer::system("story")).await;
        assert_eq!(shown.expect("a number"), 1);
        for domain in 0..10 {
            assert!(relay.most_at_once(&format!("d{domain}.example")) <= 2, "two at once to one domain");
        }
    }

    async fn a_slow_domain_stops_no_other(park: Park) {
        let relay = Smtp::open().await;
        relay.does(|step, to| if step == Step::Rcpt && to.ends_with("@slow.example") { Deed::Hang } else { Deed::GoOn });
        for number in 0..20 {
            let to = person(&park, &format!("p{number}@slow.example"), "专员 03", Role::Leader).await;
            write(&park, &format!("slow:{number}"), Class::MustNotMiss, to).await;
        }
        for number in 0..20 {
            let to = person(&park, &format!("p{number}@quick.example"), "专员 03", Role::Leader).await;
            write(&park, &format!("quick:{number}"), Class::MustNotDouble, to).await;
        }
        let runner = std::sync::Arc::new(runner(&park, relay.relay(), Patience { command: Duration::from_secs(3), ..short_patience() }));
        let at_work = tokio::spawn({
            let runner = runner.clone();
            async move { deliver(&runner).await }
        });
        let arrived = async {
            while relay.received().len() < 20 {
                tokio::task::yield_now().await;
            }
        };
        tokio::time::timeout(Duration::from_secs(60), arrived).await.expect("the quick ones arrive while the slow ones hang");
        assert!(relay.received().iter().all(|mail| mail.to.ends_with("@quick.example")));
        assert!(!at_work.is_finished(), "the slow ones still hang");
        assert!(relay.most_at_once("slow.example") <= 2);
        at_work.abort();
    }

    async fn a_relay_that_is_away_is_asked_by_one_letter_at_a_time_and_costs_no_letter_its_attempts(park: Park) {
        let relay = Smtp::open().await;
        relay.at(Step::Greeting, Deed::Say("421 closing"));
        let mut ids = Vec::new();
        for number in 0..30 {
            let to = person(&park, &format!("p{number}@d{number}.example"), "专员 03", Role::Leader).await;
            ids.push(write(&park, &format!("away:{number}"), Class::MustNotMiss, to).await);
        }
        let runner = runner(&park, relay.relay(), short_patience());
        deliver(&runner).await;
        let asked = relay.connections();
        assert!((1..=8).contains(&asked), "those that were on their way together: {asked}");
        for failures in 0..4 {
            park.clock.advance(TimeDelta::seconds(49));
            deliver(&runner).await;
            assert_eq!(relay.connections(), asked + failures, "left alone until the next minute's delivery");
            park.clock.advance(TimeDelta::seconds(1));
            deliver(&runner).await;
            assert_eq!(relay.connections(), asked + failures + 1, "one letter tries for all");
        }
        for id in &ids {
            assert_eq!((letter(&park, *id).await.attempts, state(&park, *id).await), (0, State::Pending));
        }
        relay.does(|_, _| Deed::GoOn);
        park.clock.advance(TimeDelta::minutes(2));
        deliver(&runner).await;
        assert_eq!(relay.received().len(), 30, "within two minutes all is well again");
    }

    async fn a_relay_that_takes_connections_and_is_silent_is_given_up_by_a_limit_of_its_own(park: Park) {
        let to = admin(&park).await.id;
        let relay = Smtp::open().await;
        relay.at(Step::Greeting, Deed::Hang);
        let id = write(&park, "silent", Class::MustNotMiss, to).await;
        let patience = Patience { greeting: Duration::from_millis(700), ..Patience::default() };
        assert!(Patience::default().greeting < Duration::from_secs(30));
        let runner = runner(&park, relay.relay(), patience);
        timeout(Duration::from_secs(30), deliver(&runner)).await.expect("the other limits are not waited for");
        assert_eq!(state(&park, id).await, State::Pending);
        relay.does(|_, _| Deed::GoOn);
        park.clock.advance(TimeDelta::seconds(50));
        deliver(&runner).await;
        assert_eq!(state(&park, id).await, State::Sent, "by the next minute's delivery");
    }

    async fn patience_ends_after_three_days_but_not_for_what_the_law_demands(park: Park) {
        let to = admin(&park).await.id;
        let relay = Smtp::open().await;
        relay.at(Step::Rcpt, Deed::Say("450 later"));
        let runner = runner(&park, relay.relay(), short_patience());
        let usual = write(&park, "usual", Class::MustNotMiss, to).await;
        let legal = write_as(&park, "legal", Class::MustNotMiss, to, |letter| {
            letter.kind = Kind::StatutoryOverdue;
            letter.facts = json!({
                "name": "人员", "enterprise": "示例有限公司", "item": {"zh": "答复", "en": "answer"}, "occasion": "2026-09",
                "legal_basis": "法", "due_on": "2026-09-30", "overdue": 1, "why": {"zh": "因", "en": "because"}, "path": "/go/1",
            });
        })
        .await;
        let expiring = write_as(&park, "expiring", Class::MustNotMiss, to, |letter| {
            letter.not_after = Some(park.store.now() + TimeDelta::minutes(10));
        })
        .await;
        let start = park.store.now();
        while park.store.now() < start + PATIENCE + TimeDelta::hours(5) {
            deliver(&runner).await;
            park.clock.advance(TimeDelta::minutes(if park.store.now() < start + TimeDelta::hours(1) { 5 } else { 60 }));
        }
        assert_eq!(state(&park, usual).await, State::Dead);
        assert_eq!(state(&park, legal).await, State::Pending);
        assert_eq!(state(&park, expiring).await, State::Expired);
        assert_eq!(relay.received(), []);
        let tried = letter(&park, usual).await.attempts;
        assert!((20..=26).contains(&tried), "{tried} attempts in three days");
        relay.does(|_, _| Deed::GoOn);
        park.clock.advance(TimeDelta::hours(4));
        deliver(&runner).await;
        assert_eq!(state(&park, legal).await, State::Pending, "it is a holiday");
        park.set_clock("2026-10-08", 8, 0);
        deliver(&runner).await;
        assert_eq!(state(&park, legal).await, State::Sent);
        assert_eq!(relay.received().len(), 1, "what is dead or expired is never sent");
    }

    async fn an_unknown_address_is_given_up_and_an_officials_is_probed_once(park: Park) {
        let official = person(&park, "moved@park.example", "专员 03", Role::Leader).await;
        let contact = person(&park, "moved@firm.example", "联系人 03", Role::Enterprise).await;
        let relay = Smtp::open().await;
        relay.at(Step::Rcpt, Deed::Say("550 5.1.1 no such user here"));
        let runner = runner(&park, relay.relay(), short_patience());
        let round = async |number: i32| {
            let ids = [
                write(&park, &format!("official:{number}"), Class::MustNotMiss, official).await,
                write(&park, &format!("contact:{number}"), Class::MustNotMiss, contact).await,
            ];
            let before = relay.connections();
            deliver(&runner).await;
            (ids, relay.connections() - before)
        };
        let (ids, tried) = round(1).await;
        assert_eq!(tried, 2);
        for id in ids {
            assert_eq!(state(&park, id).await, State::Suppressed);
        }
        assert_eq!(round(2).await.1, 0, "nothing is tried on the same day");
        park.clock.advance(TimeDelta::hours(24));
        assert_eq!(round(3).await.1, 1, "the official's address is probed");
        park.clock.advance(TimeDelta::days(7));
        assert_eq!(round(4).await.1, 0, "and then no more");
        // The address is given up, not the person.
        let mut moved = account::Entity::find_by_id(official).one(park.db()).await.expect("accounts").expect("the official").into_active_model();
        moved.login = Set("new@park.example".to_owned());
        moved.update(park.db()).await.expect("a new address");
        relay.does(|_, _| Deed::GoOn);
        let (ids, tried) = round(5).await;
        assert_eq!((tried, state(&park, ids[0]).await), (1, State::Sent));
        assert_eq!(relay.received()[0].to, "new@park.example");
    }

    async fn files_go_with_their_letter(park: Park) {
        let to = admin(&park).await.id;
        let id = write(&park, "files", Class::MustNotDouble, to).await;
        let unit = park.store.begin(&Viewer::system("story")).await.expect("a transaction");
        let file = |bytes| NewAttachment {
            name: "周报.xlsx".to_owned(),
            content_type: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet".to_owned(),
            bytes,
        };
        assert!(attach(&unit, id, vec![file(vec![0; 8 << 20])]).await.is_err(), "too large for a relay");
        attach(&unit, id, vec![file(b"PK\x03\x04".to_vec())]).await.expect("attached");
        unit.commit().await.expect("a commit");
        let relay = Smtp::open().await;
        deliver(&runner(&park, relay.relay(), short_patience())).await;
        let mail = relay.received().remove(0).bytes;
        assert!(mail.contains("multipart/mixed") && mail.contains("UEsDBA=="), "{mail}");
    }

    async fn a_relay_without_tls_gets_nothing_unless_the_setting_allows_it(park: Park) {
        let to = admin(&park).await.id;
        let relay = Smtp::open().await;
        let id = write(&park, "plain", Class::MustNotMiss, to).await;
        let secure = Relay::Smtp {
            url: relay.url().parse().expect("an address"),
            plain: false,
            trusted: Vec::new(),
        };
        deliver(&runner(&park, secure, short_patience())).await;
        let after = letter(&park, id).await;
        assert_eq!((after.state, after.phase), (State::Pending, Some(Phase::Tls)));
        assert!(relay.received().is_empty());
    }

    async fn who_runs_the_service_sees_states_and_only_the_recipient_the_text(park: Park) {
        let to = park.people().await.account(Who::Leader).id;
        let relay = Smtp::open().await;
        relay.at(Step::Rcpt, Deed::Say("550 5.7.1 <leader@park.example> not for him"));
        let id = write(&park, "seen", Class::MustNotMiss, to).await;
        deliver(&runner(&park, relay.relay(), short_patience())).await;
        let query = r#"{ letters(first: 5, where: { state: { oneOf: [DEAD] } }) { totalCount nodes {
            id version state address lastCode lastText subject text recipient { name } attempts { number phase code } } } }"#;
        for (who, text) in [(Who::Admin, false), (Who::Centre, false), (Who::Leader, true)] {
            let data = park.data(who, query, json!({})).await;
            let row = &data["letters"]["nodes"][0];
            assert_eq!((row["state"].as_str(), row["address"].as_str()), (Some("DEAD"), Some("l***@park.example")), "{who:?}");
            assert_eq!((row["lastCode"].as_i64(), row["attempts"][0]["phase"].as_str()), (Some(550), Some("RCPT")));
            assert!(!row["lastText"].as_str().expect("a text").contains("leader@"), "{row:#}");
            assert_eq!(row["text"].is_string() && row["subject"].is_string(), text, "{who:?}: {row:#}");
        }
        let others = park.data(Who::Liaison, query, json!({})).await;
        assert_eq!(others["letters"]["totalCount"], 0);

        let seen = letter(&park, id).await;
        let variables = |reason: &str| json!({ "input": { "id": format!("letter_{}", id.simple()), "expectedVersion": seen.version, "reason": reason } });
        let retry = "mutation($input: LetterRetryInput!) { letterRetry(input: $input) { letter { state version } userErrors { code } } }";
        let abandon = "mutation($input: LetterAbandonInput!) { letterAbandon(input: $input) { letter { state } userErrors { code } } }";
        assert_eq!(park.refused(Who::Liaison, retry, variables("x")).await, "NOT_FOUND");
        assert_eq!(park.refused(Who::Leader, retry, variables("x")).await, "FORBIDDEN");
        assert_eq!(park.refused(Who::Centre, abandon, variables("x")).await, "FORBIDDEN");
        assert_eq!(park.user_error(Who::Admin, retry, variables(" ")).await, "REASON_MISSING");
        // What may be decided is offered with the letter, and why not.
        let offered = async |who| {
            let ask = "query($id: ID!) { letter(id: $id) { commands { code mutation may whyNot } } }";
            let id = format!("letter_{}", id.simple());
            park.data(who, ask, json!({"id": id})).await["letter"]["commands"].take()
        };
        let offers = offered(Who::Admin).await;
        assert_eq!(offers, json!([
            { "code": "letter.retry", "mutation": "letterRetry", "may": true, "whyNot": null },
            { "code": "letter.abandon", "mutation": "letterAbandon", "may": true, "whyNot": null },
        ]));
        let not = |offers: &serde_json::Value| {
            let offers = offers.as_array().expect("offers");
            offers.len() == 2 && offers.iter().all(|offer| offer["may"] == false && offer["whyNot"].is_string())
        };
        for who in [Who::Centre, Who::Leader] {
            let offers = offered(who).await;
            assert!(not(&offers), "{who:?}: {offers}");
        }
        let done = park.data(Who::Admin, retry, variables("地址已更正")).await;
        assert_eq!(done["letterRetry"]["letter"]["state"], "PENDING");
        assert_eq!(park.refused(Who::Admin, retry, variables("x")).await, "CONFLICT");
        relay.does(|_, _| Deed::GoOn);
        deliver(&runner(&park, relay.relay(), short_patience())).await;
        assert_eq!(relay.received().len(), 1);
        assert!(relay.received()[0].message_id().contains(&seen.message_id), "the same Message-ID");
        let sent = json!({ "input": { "id": format!("letter_{}", id.simple()), "expectedVersion": letter(&park, id).await.version, "reason": "x" } });
        assert_eq!(park.user_error(Who::Admin, abandon, sent).await, "ALREADY_SENT");
        let offers = offered(Who::Admin).await;
        assert!(not(&offers), "it has gone: {offers}");
    }

    async fn held_mail_leaves_when_a_person_says_which(park: Park) {
        let to = admin(&park).await.id;
        let relay = Smtp::open().await;
        let runner = runner(&park, relay.relay(), short_patience());
        let mail = park.data(Who::Admin, "{ mail { held version } }", json!({})).await;
        let hold = "mutation($input: MailHoldInput!) { mailHold(input: $input) { mail { held version } userErrors { code } } }";
        let release = "mutation($input: MailReleaseInput!) { mailRelease(input: $input) { mail { held } userErrors { code } } }";
        let input = json!({ "input": { "expectedVersion": mail["mail"]["version"], "reason": "演练" } });
        assert_eq!(park.refused(Who::Centre, hold, input.clone()).await, "FORBIDDEN");
        assert_eq!(park.user_error(Who::Admin, release, input.clone()).await, "NOT_HELD");
        // Of the mail there is one, so holding it begins nothing.
        let offered = async |who| park.data(who, "{ mail { commands { code may whyNot } } }", json!({})).await["mail"]["commands"].take();
        assert_eq!(offered(Who::Admin).await, json!([{ "code": "mail.hold", "may": true, "whyNot": null }]));
        assert_eq!(offered(Who::Centre).await[0]["may"], false);
        let begun = park.data(Who::Admin, "{ viewer { commands { code } } }", json!({})).await;
        assert!(!begun.to_string().contains("mail.hold"), "{begun}");
        let held = park.data(Who::Admin, hold, input).await;
        assert_eq!(held["mailHold"]["mail"]["held"], "PERSON");
        let offers = offered(Who::Admin).await;
        assert!(offers[0]["may"] == false && offers[0]["whyNot"].is_string(), "it is held already: {offers}");
        let old = write(&park, "old", Class::MustNotMiss, to).await;
        park.clock.advance(TimeDelta::hours(1));
        let new = write(&park, "new", Class::MustNotMiss, to).await;
        deliver(&runner).await;
        assert_eq!(relay.connections(), 0, "nothing leaves");
        let input = json!({ "input": {
            "expectedVersion": held["mailHold"]["mail"]["version"], "reason": "演练结束",
            "writtenSince": (park.store.now() - TimeDelta::minutes(1)).to_rfc3339(),
        } });
        let released = park.data(Who::Admin, release, input).await;
        assert_eq!(released["mailRelease"]["mail"]["held"], serde_json::Value::Null);
        deliver(&runner).await;
        assert_eq!((state(&park, old).await, state(&park, new).await), (State::Held, State::Sent));
        assert_eq!(relay.received().len(), 1);
        let audit = park.data(Who::Supervisor, r#"{ auditEntries(first: 9, where: { subjectKind: { oneOf: ["Mail"] } }) { nodes { action reason } } }"#, json!({})).await;
        assert_eq!(audit["auditEntries"]["nodes"], json!([
            { "action": "mail.hold", "reason": "演练" }, { "action": "mail.release", "reason": "演练结束" },
        ]));
    }

    async fn a_letter_that_comes_back_is_known_and_a_forgery_is_not(park: Park) {
        let to = admin(&park).await.id;
        let relay = Smtp::open().await;
        let settings = Settings {
            mail_bounce_to: Some("bounces@park.example".to_owned()),
            ..park.job_settings(relay.relay())
        };
        let runner = Runner::new(park.store.clone(), &settings, Default::default()).expect("a runner");
        let id = write(&park, "back", Class::MustNotMiss, to).await;
        deliver(&runner).await;
        let path = relay.received().remove(0).from;
        assert!(path.starts_with("bounces+") && path.ends_with("@park.example"), "{path}");
        let report = |path: &str| format!(
            "To: <{path}>\r\nContent-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n--b\r\n\
             Content-Type: message/delivery-status\r\n\r\nAction: failed\r\nStatus: 5.1.1\r\n--b--\r\n"
        );
        let post = async |mail: String| {
            let answer = park.post(Who::Nobody, "/mail/bounces").await.header("content-type", "message/rfc822").body(mail).send();
            answer.await.expect("an answer").status().as_u16()
        };
        let forged = path.replace('.', ".0");
        assert_eq!(post(report(&forged)).await, 204);
        assert_eq!(state(&park, id).await, State::Sent);
        assert_eq!(post(report(&path)).await, 204);
        assert_eq!(state(&park, id).await, State::Suppressed);
        let version = letter(&park, id).await.version;
        assert_eq!(post(report(&path)).await, 204);
        assert_eq!(letter(&park, id).await.version, version, "told twice, done once");
    }

    async fn an_answer_without_an_end_is_not_read_to_its_end(park: Park) {
        let to = admin(&park).await.id;
        let relay = Smtp::open().await;
        let endless: &'static str = Box::leak(format!("220 {}", "x".repeat(4 << 20)).into_boxed_str());
        for step in [Step::Greeting, Step::Rcpt] {
            let runner = runner(&park, relay.relay(), short_patience());
            relay.at(step, Deed::Say(endless));
            let id = write(&park, &format!("endless:{step:?}"), Class::MustNotMiss, to).await;
            deliver(&runner).await;
            let after = letter(&park, id).await;
            assert_eq!(after.state, State::Pending, "{step:?}");
            let said = after.last_text.unwrap_or_default();
            assert!(said.contains("answers without an end"), "{said}");
        }
    }

    async fn what_a_dead_sender_had_in_hand_is_free_within_a_minute(park: Park) {
        let to = admin(&park).await.id;
        let relay = Smtp::open().await;
        let id = write(&park, "orphan", Class::MustNotMiss, to).await;
        let orphan = letter(&park, id).await;
        outbox::commands::sending::claim(&park.store, orphan, "dead", None).await.expect("claimed");
        let runner = runner(&park, relay.relay(), short_patience());
        deliver(&runner).await;
        assert_eq!(state(&park, id).await, State::Sending, "its sender may live");
        park.clock.advance(TimeDelta::seconds(61));
        deliver(&runner).await;
        assert_eq!(state(&park, id).await, State::Sent);
    }
}

/// The relay has taken the mail, and in that moment the database goes away for a while.
#[test]
fn what_a_relay_has_said_is_written_when_the_database_is_back() {
    story::run(Backend::Postgres, async |park: Park| {
        let to = admin(&park).await.id;
        let relay = Smtp::open().await;
        let id = write(&park, "taken", Class::MustNotMiss, to).await;
        let way = Arc::new(Cut::before(park.database()));
        let db = entity::store::connect(way.address(), 3)
            .await
            .expect("it opens");
        let store = Store::new(db, park.clock.clone(), tests::clock::ZONE);
        let settings = park.job_settings(relay.relay());
        let runner = Runner::new(store, &settings, Default::default()).expect("a runner");
        let breaks = way.clone();
        relay.does(move |step, _| {
            if step == Step::Dot {
                breaks.away();
            }
            Deed::GoOn
        });
        let mends = async {
            relay.reached(Step::Dot).await;
            // The first try to write it down has failed.
            let mut later = interval(Duration::from_secs(2));
            later.tick().await;
            later.tick().await;
            way.back();
        };
        let _ended = tokio::join!(runner.deliver_now(None), mends);
        let mut again = interval(Duration::from_millis(200));
        let written = async {
            while state(&park, id).await != State::Sent {
                again.tick().await;
            }
        };
        timeout(Duration::from_secs(60), written)
            .await
            .expect("it is written");
        assert_eq!(relay.received().len(), 1);
    });
}
