//! The cycle of an evaluation when the job or the mail is away: each step found days late, the program restarted between all steps, killed
//! in the middle of any; the same answers come to the same figures, and nobody is written to twice.

use std::{collections::BTreeMap, pin::pin, task::Poll};

use chrono::{NaiveDate, TimeDelta};
use entity::{
    calendar::rules::Calendar,
    evaluation::{self, Model, State, rules::Quarter},
    outbox,
    viewer::{Role, Viewer},
};
use jobs::{Relay, Runner, Settings, schedule::SCHEDULES};
use mail_parser::MessageParser;
use sea_orm::{ConnectionTrait, DbBackend, EntityTrait, QueryOrder, Statement};
use serde_json::{Value, json};
use tests::{
    Park, Who,
    clock::day,
    matters::done,
    smtp::{Deed, Received, Smtp, Step},
    stories,
};

use super::{
    only,
    year::{Given, Lot, forms, many, published, submitted},
};
use crate::mail;

/// A program that has just been started: it runs the cycle and the delivery (which has stories of its own about being killed), and takes over
/// what a dead one has left.
fn started(park: &Park, life: Life) -> Runner {
    let relay = Relay::Folder(park.mailbox.folder().to_owned());
    let settings = Settings {
        alone: true,
        ..park.job_settings(relay)
    };
    let first = SCHEDULES
        .iter()
        .position(|job| job.name == "evaluation_cycle");
    Runner::new(park.store.clone(), &settings, Default::default())
        .expect("a runner")
        .over(match (first, life) {
            (Some(first), Life::Steady) => &SCHEDULES[first..],
            (Some(first), Life::Killed) => &SCHEDULES[first..=first],
            (None, _) => panic!("the job"),
        })
}

/// How the program lives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Life {
    /// It runs when something is due.
    Steady,
    /// It is killed in the middle of each step, at later and later points, before it gets through.
    Killed,
}

/// Looks twice at what is due, each time in a program that has just been started.
async fn work(park: &Park, life: Life) {
    for _ in 0..2 {
        if life == Life::Killed {
            let mut point = 3;
            while !ends_within(started(park, life).run_due(), point).await {
                given_up(park).await;
                point = point * 3 / 2 + 1;
            }
        }
        for report in started(park, Life::Steady).run_due().await {
            assert_eq!(report.counts.failed, 0, "{:?}", report.counts.errors);
        }
        park.clock.advance(TimeDelta::minutes(30));
    }
}

/// Whether some work ends before it was woken so many times; otherwise it is dropped where it stands, as by the end of its process.
async fn ends_within<T>(work: impl Future<Output = T>, wakes: usize) -> bool {
    let mut work = pin!(work);
    let mut left = wakes;
    std::future::poll_fn(|context| {
        if left == 0 {
            return Poll::Ready(false);
        }
        left -= 1;
        work.as_mut().poll(context).map(|_| true)
    })
    .await
}

/// Waits until the database has given up what a dead program had begun, as it does when the connection of one is cut.
async fn given_up(park: &Park) {
    if park.db().get_database_backend() != DbBackend::Postgres {
        return;
    }
    let begun = "SELECT count(*) AS begun FROM pg_stat_activity WHERE datname = current_database() AND state LIKE 'idle in transaction%'";
    for _ in 0..MOST_LOOKS {
        let row = park
            .db()
            .query_one_raw(Statement::from_string(DbBackend::Postgres, begun))
            .await;
        let row = row.expect("a read").expect("a count");
        if row.try_get::<i64>("", "begun").expect("a number") == 0 {
            return;
        }
        tokio::task::yield_now().await;
    }
    panic!("the database does not give up what a dead program had begun");
}

/// How often the database is asked: many times what it takes.
const MOST_LOOKS: u32 = 20_000;

/// The steps that the job takes.
const STEPS: [&str; 6] = [
    "compile",
    "open",
    "remind",
    "remind again",
    "close",
    "score",
];

/// A quarter from its end to what is published, with one of the steps found so many days late. The figures without what names the quarter.
async fn season(
    park: &Park,
    quarter: Quarter,
    late: Option<&str>,
    life: Life,
    given: &Given,
) -> Value {
    let calendar = Calendar::shipped();
    let moment = async |step: &str, on: NaiveDate, hour: u32, minute: u32| {
        let days = if late == Some(step) { 3 } else { 0 };
        park.set_clock(
            &calendar.add_working_days(on, days).to_string(),
            hour,
            minute,
        );
        work(park, life).await;
        // A clock that was ahead and is set right again undoes nothing.
        let before = only(park).await;
        park.clock.advance(TimeDelta::days(-1));
        work(park, Life::Steady).await;
        assert_eq!(only(park).await, before, "{step}");
    };
    let last = quarter.last_working_day(&calendar);
    moment("compile", last, 18, 0).await;
    let compiled = only(park).await;
    assert_eq!(
        (compiled.quarter.clone(), compiled.state),
        (quarter.name(), State::Compiled)
    );
    moment("open", compiled.opens_on, 9, 30).await;
    let opened = only(park).await;
    assert_eq!(opened.state, State::Open);
    let tens = calendar.working_days_between(opened.opens_on, opened.closes_on);
    assert_eq!(tens, 9, "the enterprises have their ten working days");
    // Those with a contact do not answer.
    let people = park.people().await;
    let silent = people.enterprises.each_ref().map(|one| one.id);
    let mut asked = forms(park, &opened).await;
    asked.retain(|form| !silent.contains(&form.enterprise_id));
    for (form, (how, answers)) in asked.iter().zip(given) {
        submitted(park, &opened, form, *how, answers.clone()).await;
    }
    let letters = async || {
        let mut told: BTreeMap<String, usize> = BTreeMap::new();
        for letter in park.mailbox.to("enterprise@park.example") {
            *told.entry(letter.subject).or_default() += 1;
        }
        told
    };
    moment("remind", opened.first_reminder_on, 9, 30).await;
    assert_eq!(only(park).await.reminders, 1);
    moment("remind again", opened.second_reminder_on, 9, 30).await;
    let reminded = only(park).await;
    if late == Some("remind again") {
        assert_eq!(
            (reminded.state, reminded.reminders),
            (State::Closed, 1),
            "nobody is reminded of what is over"
        );
    } else {
        assert_eq!(reminded.reminders, 2);
    }
    moment("close", opened.closes_on, 18, 0).await;
    let closed = only(park).await;
    assert!(closed.state >= State::Closed);
    moment("score", closed.score_on, 9, 30).await;
    let scored = only(park).await;
    assert_eq!(scored.state, State::Scored);
    assert_eq!(
        calendar.working_days_between(scored.score_on, scored.objections_until),
        5,
        "the departments have their five"
    );
    let told = letters().await;
    let of_quarter: Vec<usize> = told
        .iter()
        .filter(|(subject, _)| subject.contains(&scored.quarter))
        .map(|(_, times)| *times)
        .collect();
    let sent: usize = of_quarter.iter().sum();
    assert_eq!(
        sent,
        1 + usize::try_from(scored.reminders).expect("few"),
        "{told:?}"
    );
    concluded(park, &scored).await
}

/// Approves and publishes what was scored; the figures, without what names the quarter.
async fn concluded(park: &Park, scored: &Model) -> Value {
    let next = scored.objections_until.succ_opt().expect("a day");
    park.set_clock(&next.to_string(), 10, 0);
    let id = api_door::scalar::Kind::Evaluation.id(scored.id).0;
    done(
        park,
        Who::Leader,
        "evaluationApprove",
        "evaluation { state }",
        json!({"id": id, "expectedVersion": scored.version}),
    )
    .await;
    done(
        park,
        Who::Centre,
        "evaluationPublish",
        "evaluation { state }",
        json!({"id": id, "expectedVersion": scored.version + 1, "review": "示例审查"}),
    )
    .await;
    let mut told = published(park, &scored.quarter).await["figures"].take();
    told["quarter"].take();
    told
}

stories! {
    async fn whatever_step_is_found_late_the_figures_are_the_same(park: Park) {
        let mut quarter = Quarter::of(day("2025-01-02"));
        park.set_clock("2025-01-02", 9, 0);
        park.people().await;
        many(&park, 22).await;
        let mut lot = Lot::new();
        let all = entity::department::repository::all(park.db(), &Viewer::system("story")).await.expect("departments");
        let keys: Vec<_> = all.iter().map(|one| one.id).collect();
        let given: Given = (0..18).map(|_| (lot.confidentiality(), lot.answers(false, &keys))).collect();
        let undisturbed = season(&park, quarter, None, Life::Steady, &given).await;
        assert!(undisturbed["departments"].as_array().is_some_and(|rows| rows.iter().any(|row| row["standing"] == "RANKED")));
        let mut disturbed = vec![(None, Life::Killed)];
        disturbed.extend(STEPS.map(|step| (Some(step), Life::Steady)));
        for (late, life) in disturbed {
            quarter = quarter.next();
            assert_eq!(season(&park, quarter, late, life, &given).await.to_string(), undisturbed.to_string(), "{late:?} {life:?}");
        }
        let mut quarters = evaluation::repository::quarters(park.db()).await.expect("quarters");
        quarters.sort();
        assert_eq!(quarters, ["2025-Q1", "2025-Q2", "2025-Q3", "2025-Q4", "2026-Q1", "2026-Q2", "2026-Q3", "2026-Q4"]);
    }

    async fn while_the_mail_is_down_nobody_is_forgotten_and_nobody_is_asked_twice(park: Park) {
        super::quarter(&park).await;
        let relay = Smtp::open().await;
        relay.at(Step::Greeting, Deed::Say("421 closing"));
        let runner = || mail::runner(&park, relay.relay(), mail::short_patience());
        let down = runner();
        park.set_clock("2026-10-08", 9, 30);
        for _ in 0..3 {
            let report = down.run_now("evaluation_cycle", None, false).await.expect("a run").expect("a job");
            assert_eq!(report.counts.failed, 0, "{:?}", report.counts.errors);
            mail::deliver(&down).await;
            park.clock.advance(TimeDelta::hours(2));
        }
        assert_eq!(only(&park).await.state, State::Open);
        assert_eq!(relay.received(), []);
        let waiting: Vec<_> = letters(&park).await;
        assert!(waiting.len() >= 20 && waiting.iter().all(|letter| letter.state == outbox::State::Pending));

        // The last day is that of the opening, not of the arrival.
        assert!(waiting.iter().all(|letter| letter.facts["closes_on"] == "2026-10-20"), "{:?}", waiting[0].facts);

        // The program is started again the next morning, and so is the relay.
        park.set_clock("2026-10-09", 10, 0);
        relay.does(|_, _| Deed::GoOn);
        for _ in 0..3 {
            let up = runner();
            up.run_now("evaluation_cycle", None, false).await.expect("a run").expect("a job");
            mail::deliver(&up).await;
            park.clock.advance(TimeDelta::hours(1));
        }
        let mut times: BTreeMap<String, usize> = BTreeMap::new();
        for mail in relay.received().into_iter().filter(asks) {
            *times.entry(mail.to).or_default() += 1;
        }
        let contacts = entity::account::repository::enabled_in_role(park.db(), Role::Enterprise).await.expect("contacts");
        let logins: Vec<&String> = contacts.iter().map(|contact| &contact.login).collect();
        assert_eq!(times.len(), logins.len());
        assert!(logins.iter().all(|login| times.get(*login) == Some(&1)), "{times:?}");
        assert!(letters(&park).await.iter().all(|letter| letter.state == outbox::State::Sent));
        // The reminder is another letter, to each once.
        relay.forget();
        park.set_clock("2026-10-13", 9, 30);
        for _ in 0..2 {
            let up = runner();
            up.run_now("evaluation_cycle", None, false).await.expect("a run").expect("a job");
            mail::deliver(&up).await;
        }
        assert_eq!(relay.received().into_iter().filter(asks).count(), logins.len());
    }
}

/// Whether a mail holds a link to a form.
fn asks(mail: &Received) -> bool {
    let read = MessageParser::default()
        .parse(mail.bytes.as_bytes())
        .expect("a mail");
    read.body_text(0)
        .is_some_and(|text| text.contains("/answer/"))
}

/// The invitations, in the order of their keys.
async fn letters(park: &Park) -> Vec<outbox::Model> {
    let all = outbox::Entity::find()
        .order_by_asc(outbox::Column::Key)
        .all(park.db())
        .await
        .expect("letters");
    // Their links lie sealed.
    all.into_iter()
        .filter(|letter| letter.kind == outbox::Kind::EvaluationInvitation)
        .map(|letter| {
            outbox::commands::secret::opened(park.store.seal(), &letter).unwrap_or(letter)
        })
        .collect()
}
