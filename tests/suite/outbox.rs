//! Delivery over SMTP: refused for now, refused for good, and the answer to the final dot lost.

use chrono::TimeDelta;
use entity::{
    account,
    outbox::{
        self, Class, Kind, State,
        commands::{NewLetter, enqueue},
        facts::CalendarMissing,
    },
    viewer::{Role, Viewer},
};
use jobs::{Relay, Runner};
use sea_orm::EntityTrait;
use std::sync::{Arc, Mutex};
use tests::{Park, stories};
use tokio::{
    io::{AsyncBufReadExt, AsyncWriteExt, BufReader},
    net::TcpListener,
};

/// What the relay does with the next mail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mood {
    Take,
    Later,
    Never,
    Vanish,
}

/// A relay with moods; keeps the Message-ID of every body it saw.
async fn relay(mood: Arc<Mutex<Mood>>, seen: Arc<Mutex<Vec<String>>>) -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let port = listener.local_addr().expect("an address").port();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let (mood, seen) = (mood.clone(), seen.clone());
            tokio::spawn(async move {
                let (reader, mut writer) = stream.into_split();
                let mut lines = BufReader::new(reader).lines();
                let mut in_body = false;
                let _ = writer.write_all(b"220 relay.example\r\n").await;
                while let Ok(Some(line)) = lines.next_line().await {
                    let now = *mood.lock().expect("a mood");
                    if in_body {
                        if line.to_ascii_lowercase().starts_with("message-id:") {
                            seen.lock().expect("a list").push(line.clone());
                        }
                        if line != "." {
                            continue;
                        }
                        in_body = false;
                        if now == Mood::Vanish {
                            return;
                        }
                        let _ = writer.write_all(b"250 taken\r\n").await;
                        continue;
                    }
                    let answer: &[u8] = match line.get(..4).unwrap_or_default() {
                        "RCPT" if now == Mood::Later => b"451 later\r\n",
                        "RCPT" if now == Mood::Never => b"550 no such person\r\n",
                        "DATA" => {
                            in_body = true;
                            b"354 go on\r\n"
                        }
                        "QUIT" => b"221 bye\r\n",
                        _ => b"250 fine\r\n",
                    };
                    if writer.write_all(answer).await.is_err() {
                        return;
                    }
                }
            });
        }
    });
    port
}

async fn write(park: &Park, key: &str, class: Class) {
    let admin = account::repository::enabled_in_role(park.db(), Role::Admin)
        .await
        .expect("accounts")
        .remove(0);
    let unit = park
        .store
        .begin(&Viewer::system("story"))
        .await
        .expect("a transaction");
    let facts = CalendarMissing {
        name: admin.name.clone(),
        year: 2027,
    };
    let letter = || {
        NewLetter::new(
            key.to_owned(),
            Kind::CalendarMissing,
            class,
            admin.id,
            &facts,
        )
        .expect("facts")
    };
    assert!(enqueue(&unit, letter()).await.expect("a letter"));
    assert!(!enqueue(&unit, letter()).await.expect("no second letter"));
    unit.commit().await.expect("a commit");
}

async fn state(park: &Park, key: &str) -> State {
    outbox::Entity::find()
        .all(park.db())
        .await
        .expect("letters")
        .into_iter()
        .find(|letter| letter.key == key)
        .expect("the letter")
        .state
}

stories! {
    async fn what_is_refused_waits_or_dies_and_what_is_unclear_goes_out_once_more(park: Park) {
        park.people().await;
        let mood = Arc::new(Mutex::new(Mood::Later));
        let seen = Arc::new(Mutex::new(Vec::new()));
        let port = relay(mood.clone(), seen.clone()).await;
        let settings = park.job_settings(Relay::Smtp {
            url: format!("smtp://127.0.0.1:{port}").parse().expect("an address"),
            plain: true,
            trusted: Vec::new(),
        });
        let runner = Runner::new(park.store.clone(), &settings, Default::default()).expect("a runner");
        let feel = |next| *mood.lock().expect("a mood") = next;

        write(&park, "waits", Class::MustNotMiss).await;
        runner.deliver_now(None).await.expect("a delivery");
        assert_eq!(state(&park, "waits").await, State::Pending);
        feel(Mood::Take);
        park.clock.advance(TimeDelta::minutes(1));
        runner.deliver_now(None).await.expect("a delivery");
        assert_eq!(state(&park, "waits").await, State::Sent);

        feel(Mood::Never);
        write(&park, "dies", Class::MustNotMiss).await;
        runner.deliver_now(None).await.expect("a delivery");
        assert_eq!(state(&park, "dies").await, State::Dead);
        let shown = outbox::repository::undelivered(park.db(), &Viewer::system("story")).await;
        assert_eq!(shown.expect("a number"), 1);

        feel(Mood::Vanish);
        seen.lock().expect("a list").clear();
        write(&park, "unclear", Class::MustNotMiss).await;
        write(&park, "held", Class::MustNotDouble).await;
        runner.deliver_now(None).await.expect("a delivery");
        assert_eq!(state(&park, "unclear").await, State::Ambiguous);
        assert_eq!(state(&park, "held").await, State::Held);
        park.clock.advance(TimeDelta::minutes(30));
        runner.deliver_now(None).await.expect("a delivery");
        assert_eq!(state(&park, "unclear").await, State::Held);
        park.clock.advance(TimeDelta::days(2));
        runner.deliver_now(None).await.expect("a delivery");
        let mut bodies = seen.lock().expect("a list").clone();
        bodies.sort();
        assert_eq!(bodies.len(), 3, "never a second re-send");
        bodies.dedup();
        assert_eq!(bodies.len(), 2, "a re-send has the same Message-ID");
    }
}
