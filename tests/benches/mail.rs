//! What the outbox costs beside the mere sending: letters to fifty domains through a relay on this machine, with every guarantee
//! on, and the same mails by a bare loop over the mail library in the same run.
//!
//! `cargo bench -p tests --bench mail`; `QIYUE_BENCH_LETTERS=1000` for a quick look with `--profile dev`.

#![allow(clippy::print_stdout, reason = "a benchmark tells its figures")]

use std::time::{Duration, Instant};

use chrono::{DateTime, Utc};
use entity::{
    account,
    id::new_id,
    outbox::{
        Class, Kind,
        commands::{NewLetter, enqueue},
        facts::CalendarMissing,
    },
    viewer::{Role, Viewer},
};
use futures::StreamExt;
use jobs::{Runner, mail::transport::Patience};
use lettre::{Address, AsyncSmtpTransport, AsyncTransport, Tokio1Executor, address::Envelope};
use sea_orm::{ActiveModelTrait, EntityTrait, IntoActiveModel, prelude::Uuid};
use tests::{Backend, Park, Who, database::Database, smtp::Smtp, story};

const DOMAINS: usize = 50;
const PEOPLE: usize = 500;

fn letters() -> usize {
    let asked = std::env::var("QIYUE_BENCH_LETTERS").ok();
    asked.and_then(|text| text.parse().ok()).unwrap_or(10_000)
}

async fn people(park: &Park) -> Vec<Uuid> {
    let model = park.people().await.account(Who::Admin).clone();
    let mut rows = Vec::new();
    for number in 0..PEOPLE {
        let person = account::Model {
            id: new_id(park.store.now()),
            login: format!("p{number}@d{}.example", number % DOMAINS),
            role: Role::Leader,
            ..model.clone()
        };
        rows.push(person);
    }
    let ids = rows.iter().map(|person| person.id).collect();
    let rows = rows
        .into_iter()
        .map(|person| person.into_active_model().reset_all());
    account::Entity::insert_many(rows)
        .exec_without_returning(park.db())
        .await
        .expect("people");
    ids
}

async fn fill(park: &Park, people: &[Uuid], letters: usize, now: DateTime<Utc>) {
    for part in (0..letters).collect::<Vec<_>>().chunks(500) {
        let unit = park
            .store
            .begin(&Viewer::system("bench"))
            .await
            .expect("a transaction");
        for number in part {
            let facts = CalendarMissing {
                name: "人员".to_owned(),
                year: 2027,
            };
            let letter = NewLetter {
                not_before: Some(now),
                ..NewLetter::new(
                    format!("bench:{number}"),
                    Kind::CalendarMissing,
                    Class::MustNotMiss,
                    people[number % people.len()],
                    &facts,
                )
                .expect("facts")
            };
            assert!(enqueue(&unit, letter).await.expect("a letter"));
        }
        unit.commit().await.expect("a commit");
    }
}

async fn bare(relay: &Smtp, port: u16) -> Duration {
    let mails = relay.received();
    relay.forget();
    let transport = AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous("127.0.0.1")
        .port(port)
        .build();
    let from: Address = "qiyue@park.example".parse().expect("an address");
    let begun = Instant::now();
    futures::stream::iter(mails)
        .for_each_concurrent(8, |mail| {
            let (transport, from) = (&transport, from.clone());
            async move {
                let to = mail.to.parse().expect("an address");
                let envelope = Envelope::new(Some(from), vec![to]).expect("an envelope");
                transport
                    .send_raw(&envelope, mail.bytes.as_bytes())
                    .await
                    .expect("sent");
            }
        })
        .await;
    begun.elapsed()
}

async fn measure(backend: Backend) {
    let count = letters();
    let park = Park::open(Database::fresh(backend).await).await;
    let people = people(&park).await;
    fill(&park, &people, count, park.store.now()).await;
    let relay = Smtp::open().await;
    let settings = jobs::Settings {
        patience: Patience::default(),
        ..park.job_settings(relay.relay())
    };
    let runner = Runner::new(park.store.clone(), &settings, Default::default()).expect("a runner");
    let begun = Instant::now();
    let report = runner
        .deliver_now(None)
        .await
        .expect("a delivery")
        .expect("the job exists");
    let outbox = begun.elapsed();
    assert_eq!(report.counts.failed, 0, "{:?}", report.counts.errors);
    assert_eq!(
        relay.received().len(),
        count,
        "{backend:?}: {report:?} in {outbox:?}"
    );
    let bare = bare(&relay, relay.port()).await;
    assert_eq!(relay.received().len(), count);
    let per_minute = count as f64 * 60.0 / outbox.as_secs_f64();
    println!(
        "{backend:?}: {count} letters to {DOMAINS} domains in {outbox:.1?}, {per_minute:.0} a minute; bare loop {bare:.1?}: {:.1} times",
        outbox.as_secs_f64() / bare.as_secs_f64()
    );
}

fn main() {
    story::alone(Backend::Sqlite, measure);
    story::alone(Backend::Postgres, measure);
}
