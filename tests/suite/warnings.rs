//! The digest: nothing on a day off, one per person on a working day, nothing twice; what never went is told anew.

use std::collections::BTreeSet;

use api_import::read;
use chrono::NaiveDate;
use entity::{
    calendar::rules::Calendar,
    deadline::{
        self, LegalEffect, OnExpiry, State,
        pause::{self, Kind},
        rules::{Deadline, Light, Limit, Terms},
    },
    ledger::commands::{Import, PARK_PARTY, import},
    obligation::{
        self,
        commands::{Fulfil, fulfil},
    },
    outbox,
    store::Store,
    viewer::Viewer,
    warning,
};
use jobs::{Relay, RunReport, Runner};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter,
    QueryOrder, sea_query::Expr,
};
use serde_json::{Value, json};
use tests::{
    Park, Who,
    clock::day,
    matters::done,
    promise::{file, owed},
    smtp::{Deed, Smtp, Step},
    stories,
};

use crate::mail;

/// A runner whose letters lie in the mailbox of the story.
pub fn runner(park: &Park) -> Runner {
    runner_of(park, park.store.clone())
}

/// The same over another store: another clock, or another way to the database.
pub fn runner_of(park: &Park, store: Store) -> Runner {
    let settings = park.job_settings(Relay::Folder(park.mailbox.folder().to_owned()));
    Runner::new(store, &settings, Default::default()).expect("a runner")
}

/// A run of `job`, after which its letters have gone: what never goes is told anew the next morning.
pub async fn told(runner: &Runner, job: &str) -> RunReport {
    let report = runner.run_now(job, None, false).await;
    let report = report.expect("a run").expect("a job");
    assert_eq!(report.counts.failed, 0, "{:?}", report.counts.errors);
    runner.deliver_now(None).await.expect("a delivery");
    report
}

/// What such a run tells the person with this login, line by line.
pub fn lines_to<'a>(report: &'a RunReport, login: &'a str) -> impl Iterator<Item = &'a String> {
    let own = report.planned.iter();
    let own = own.filter(move |one| one.recipient.contains(login));
    own.flat_map(|one| &one.why)
}

/// The ledger of twenty enterprises, imported.
pub async fn ledger(park: &Park) {
    park.people().await;
    let bytes = include_bytes!("../../api/data/roster-2026.xlsx");
    let ledger = read("roster-2026.xlsx", bytes).expect("it is a ledger");
    let input = Import {
        rows: ledger.rows,
        refused: ledger.refused,
        park_party: PARK_PARTY.to_owned(),
        dry_run: false,
    };
    import(&park.store, &Viewer::system("import"), input, |_| {})
        .await
        .expect("the import runs");
}

stories! {
    async fn a_day_off_writes_nothing_and_the_working_saturday_one_digest_per_person(park: Park) {
        park.set_clock("2026-09-28", 7, 0);
        ledger(&park).await;
        let runner = runner(&park);
        runner.run_now("obligation_opening", None, false).await.expect("a run").expect("a job");
        runner.deliver_now(None).await.expect("a delivery");
        let before = park.mailbox.letters().len();

        park.set_clock("2026-10-01", 8, 30);
        let report = runner.run_now("deadline_warnings", None, false).await.expect("a run").expect("a job");
        assert_eq!((report.planned.len(), report.counts.due), (0, 0));

        park.set_clock("2026-10-10", 8, 30);
        let rehearsal = runner.run_now("deadline_warnings", None, true).await.expect("a run").expect("a job");
        assert!(!rehearsal.planned.is_empty(), "somebody has something to do");
        assert_eq!(park.dump().await.rows("warning").len(), 0);

        let report = runner.run_now("deadline_warnings", None, false).await.expect("a run").expect("a job");
        assert_eq!(report.counts.failed, 0, "{:?}", report.counts.errors);
        assert_eq!(report.planned, rehearsal.planned);
        runner.deliver_now(None).await.expect("a delivery");
        let letters = park.mailbox.letters();
        assert_eq!(letters.len() - before, report.planned.len());
        let digests: Vec<_> = letters.iter().filter(|letter| letter.subject.contains("2026-10-10")).collect();
        let people: BTreeSet<_> = digests.iter().map(|letter| &letter.to).collect();
        assert_eq!(people.len(), digests.len(), "one per person");

        let again = runner.run_now("deadline_warnings", None, false).await.expect("a run").expect("a job");
        assert!(again.planned.is_empty());
        runner.deliver_now(None).await.expect("a delivery");
        assert_eq!(park.mailbox.letters().len(), letters.len());
    }

    async fn the_database_shows_the_lights_of_the_rule(park: Park) {
        let calendar = Calendar::shipped();
        let (now, effects) = (park.store.now(), [LegalEffect::Promised, LegalEffect::Statutory]);
        let mut limits = Vec::new();
        let vectors = include_str!("../../entity/data/deadline-vectors.csv").lines().skip(1);
        let mut starts: Vec<(NaiveDate, Limit)> = vectors
            .map(|line| {
                let mut fields = line.split(',').skip(1);
                let start = fields.next().expect("a start").parse().expect("a day");
                let limit = fields.next().and_then(|words| words.split(' ').next()).expect("a limit");
                (start, limit.parse().expect("a limit"))
            })
            .collect();
        for days in [0, 1, 2, 3, 5, 7, 10, 20, 60] {
            starts.push((day("2026-09-01"), Limit::working_days(days)));
            starts.push((day("2026-09-01"), Limit::calendar_days(days)));
        }
        for (start, limit) in starts {
            for (legal_effect, stopped) in effects.into_iter().flat_map(|effect| [None, Some(Kind::Hearing), Some(Kind::Agreed)].map(|kind| (effect, kind))) {
                let terms = Terms { legal_effect, on_expiry: OnExpiry::Warn, limit, extension: 0 };
                let id = entity::id::new_id(now);
                let pause = stopped.map(|kind| pause::Model {
                    id,
                    deadline_id: id,
                    kind,
                    reason: "示例".to_owned(),
                    document_id: id,
                    started_on: start.succ_opt().expect("a day"),
                    expected_end_on: None,
                    ended_on: None,
                });
                let pauses: Vec<pause::Model> = pause.into_iter().filter(|_| limit.days > 1).collect();
                let value = Deadline::open(terms, start, &calendar).recounted(&pauses, &calendar);
                limits.push((id, value, pauses));
            }
        }
        let rows = limits.iter().map(|(id, value, pauses)| {
            let days = value.light_days(pauses, &calendar);
            deadline::ActiveModel {
                id: Set(*id),
                legal_effect: Set(value.terms.legal_effect),
                on_expiry: Set(OnExpiry::Warn),
                reckoning: Set(value.reckoning),
                unit: Set(value.terms.limit.unit),
                limit_days: Set(i32::try_from(value.terms.limit.days).expect("a limit")),
                extension_days: Set(0),
                extension_limit: Set(0),
                started_on: Set(value.started_on),
                consumed_days: Set(i32::try_from(value.consumed).expect("days")),
                running_since: Set(value.running_since),
                paused_on: Set(value.paused_on),
                state: Set(value.state),
                due_on: Set(value.due_on),
                provisional: Set(value.provisional),
                yellow_from: Set(days.yellow_from),
                orange_from: Set(days.orange_from),
                red_from: Set(days.red_from),
                black_from: Set(days.black_from),
                version: Set(1),
                ..Default::default()
            }
        });
        deadline::Entity::insert_many(rows).exec_without_returning(park.db()).await.expect("rows");
        let mut seen = BTreeSet::new();
        let span = day("2026-09-01").iter_days().take(120).chain(day("2026-01-01").iter_days().step_by(11).take(20));
        for on in span {
            for light in Light::ALL {
                let found = deadline::Entity::find().filter(deadline::repository::showing(&[light], on)).all(park.db()).await.expect("rows");
                let found: BTreeSet<_> = found.into_iter().map(|row| row.id).collect();
                let by_rule = limits.iter().filter(|(_, value, pauses)| {
                    let told = value.past_the_law(pauses, on, &calendar);
                    told.as_ref().unwrap_or(value).light(on, &calendar) == light
                });
                let by_rule: BTreeSet<_> = by_rule.map(|(id, ..)| *id).collect();
                assert_eq!(found, by_rule, "{light:?} on {on}");
                seen.extend((!found.is_empty()).then_some(light));
            }
        }
        assert_eq!(seen.len(), Light::ALL.len(), "every light was shown");
    }

    async fn whoever_changes_a_limit_keeps_its_lights_and_a_start_counts_what_an_older_version_left(park: Park) {
        park.set_clock("2026-09-28", 7, 0);
        ledger(&park).await;
        runner(&park).run_now("obligation_opening", None, false).await.expect("a run").expect("a job");
        let kept = async || {
            let calendar = entity::calendar::repository::in_force(&park.store).await.expect("a calendar");
            let rows = deadline::Entity::find().order_by_asc(deadline::Column::Id).all(park.db()).await.expect("rows");
            let ids: Vec<_> = rows.iter().map(|row| row.id).collect();
            let pauses = deadline::repository::pauses_of(park.db(), &ids).await.expect("pauses");
            for row in &rows {
                let pauses = pauses.get(&row.id).map_or(&[][..], Vec::as_slice);
                assert_eq!(row.light_days(), row.value().light_days(pauses, &calendar), "{row:?}");
            }
            rows
        };
        assert!(!kept().await.is_empty(), "imported and opened");
        park.set_clock("2026-09-30", 9, 0);
        let ids = owed(&park, &[(10, None), (20, None), (5, None)]).await;
        let paper = file(&park, 0).await;
        let on = |id: &str, version: i32, more: Value| {
            let mut input = json!({"id": id, "expectedVersion": version});
            input.as_object_mut().expect("an object").extend(more.as_object().expect("an object").clone());
            input
        };
        let hearing = json!({"kind": "HEARING", "reason": "听证", "documentId": paper});
        done(&park, Who::Liaison, "obligationPause", "obligation { id }", on(&ids[0], 1, hearing)).await;
        kept().await;
        park.set_clock("2026-10-09", 9, 0);
        done(&park, Who::Liaison, "obligationResume", "obligation { id }", on(&ids[0], 2, json!({"endedOn": "2026-10-09"}))).await;
        done(&park, Who::Liaison, "obligationExtend", "obligation { id }", on(&ids[1], 1, json!({"days": 3, "reason": "案情复杂"}))).await;
        done(&park, Who::Liaison, "obligationFulfil", "obligation { id }", on(&ids[2], 1, json!({"evidenceNote": "已现场办结"}))).await;
        let rows = kept().await;
        // What no version before has counted.
        let older = "UPDATE deadline SET yellow_from = NULL, orange_from = NULL WHERE state = 'RUNNING'";
        park.db().execute_unprepared(older).await.expect("rows of an older version");
        // Replicas that start together take turns.
        let start = || entity::recount::install_calendar(&park.store);
        let (first, second, third) = tokio::join!(start(), start(), start());
        for started in [first, second, third] {
            started.expect("the start");
        }
        assert_eq!(kept().await, rows);
    }

    async fn contracts_under_which_nothing_begins_are_not_looked_at(park: Park) {
        park.set_clock("2026-09-28", 7, 0);
        ledger(&park).await;
        let runner = runner(&park);
        let opening = async || runner.run_now("obligation_opening", None, false).await.expect("a run").expect("a job").counts;
        let owed = async || obligation::Entity::find().count(park.db()).await.expect("a count");
        // A new week begins for all of them, once.
        park.set_clock("2026-10-12", 0, 10);
        let (before, first) = (owed().await, opening().await);
        let begun = owed().await;
        assert!(first.due > 0 && begun > before, "{first:?}");
        let again = opening().await;
        assert_eq!((again.due, owed().await), (0, begun), "{again:?}");
    }

    async fn the_witness_finds_what_nobody_was_told_and_tells_it(park: Park) {
        park.set_clock("2026-09-28", 7, 0);
        ledger(&park).await;
        let runner = runner(&park);
        runner.run_now("obligation_opening", None, false).await.expect("a run").expect("a job");
        let due_on: NaiveDate = deadline::Entity::find()
            .order_by_asc(deadline::Column::DueOn)
            .one(park.db())
            .await
            .expect("a read")
            .expect("something is owed")
            .due_on;
        // Nobody has run the digest until the working day after that.
        let calendar = Calendar::shipped();
        let next = calendar.add_working_days(due_on, 1);
        park.set_clock(&next.to_string(), 10, 0);
        let witness = async || runner.run_now("completeness", None, false).await.expect("a run").expect("a job");
        let found = witness().await;
        assert!(found.counts.failed > 0, "{found:?}");
        assert!(found.counts.letters > 0, "{found:?}");
        let again = witness().await;
        assert_eq!((again.counts.failed, again.counts.letters), (0, 0), "{again:?}");
    }

    async fn who_has_had_the_digest_of_today_is_told_of_what_was_forgotten_at_ten(park: Park) {
        park.set_clock("2026-09-28", 7, 0);
        ledger(&park).await;
        let runner = runner(&park);
        runner.run_now("obligation_opening", None, false).await.expect("a run").expect("a job");
        park.set_clock("2026-10-12", 0, 10);
        runner.run_now("obligation_opening", None, false).await.expect("a run").expect("a job");
        park.set_clock("2026-10-12", 8, 30);
        let digests = runner.run_now("deadline_warnings", None, false).await.expect("a run").expect("a job").planned;
        assert!(!digests.is_empty());
        runner.deliver_now(None).await.expect("a delivery");
        // What nobody could know at half past eight: due dates that somebody has put back by hand.
        deadline::Entity::update_many()
            .col_expr(deadline::Column::DueOn, Expr::value(day("2026-10-09")))
            .col_expr(deadline::Column::YellowFrom, Expr::value(day("2026-10-08")))
            .col_expr(deadline::Column::OrangeFrom, Expr::value(day("2026-10-08")))
            .col_expr(deadline::Column::RedFrom, Expr::value(day("2026-10-10")))
            .filter(deadline::Column::State.eq(State::Running))
            .filter(deadline::Column::DueOn.gt(day("2026-10-14")))
            .filter(deadline::Column::StartedOn.lt(day("2026-10-05")))
            .exec(park.db())
            .await
            .expect("moved");
        park.set_clock("2026-10-12", 10, 0);
        let found = runner.run_now("completeness", None, false).await.expect("a run").expect("a job");
        assert!(found.counts.failed > 0 && found.counts.letters > 0, "{found:?}");
        let before = park.mailbox.letters().len();
        runner.deliver_now(None).await.expect("a delivery");
        let letters = park.mailbox.letters();
        assert_eq!(letters.len() - before, found.planned.len(), "at once, and not tomorrow");
        let beside: Vec<_> = outbox::Entity::find()
            .all(park.db())
            .await
            .expect("letters")
            .into_iter()
            .filter(|letter| letter.key.ends_with(":forgotten"))
            .collect();
        assert!(!beside.is_empty(), "somebody had had his digest");
        assert!(beside.iter().all(|letter| letter.state == outbox::State::Sent));
        let again = runner.run_now("completeness", None, false).await.expect("a run").expect("a job");
        assert_eq!((again.counts.failed, again.counts.letters), (0, 0), "{again:?}");
    }

    async fn after_six_and_on_days_off_the_digest_is_silent_and_the_next_morning_says_it_all(park: Park) {
        park.set_clock("2026-09-28", 7, 0);
        ledger(&park).await;
        let runner = runner(&park);
        runner.run_now("obligation_opening", None, false).await.expect("a run").expect("a job");
        for (day, hour, minute) in [("2026-09-30", 22, 0), ("2026-10-03", 8, 30)] {
            park.set_clock(day, hour, minute);
            for job in ["deadline_warnings", "last_day", "escalation", "completeness", "red_list", "permit_expiry"] {
                let report = runner.run_now(job, None, false).await.expect("a run").expect("a job");
                assert_eq!((report.planned.len(), report.counts.failed), (0, 0), "{job} {day}");
            }
        }
        park.set_clock("2026-10-08", 8, 30);
        let report = runner.run_now("deadline_warnings", None, false).await.expect("a run").expect("a job");
        assert!(!report.planned.is_empty());
    }

    async fn a_relay_that_was_away_for_days_brings_one_digest_with_what_is_true_now(park: Park) {
        park.set_clock("2026-09-28", 7, 0);
        ledger(&park).await;
        let relay = Smtp::open().await;
        let runner = mail::runner(&park, relay.relay(), mail::short_patience());
        runner.run_now("obligation_opening", None, false).await.expect("a run").expect("a job");
        mail::deliver(&runner).await;
        relay.forget();
        relay.at(Step::Greeting, Deed::Say("421 closing"));
        let days = ["2026-09-28", "2026-09-29", "2026-09-30", "2026-10-08", "2026-10-09", "2026-10-10", "2026-10-12"];
        for day in days {
            park.set_clock(day, 8, 30);
            runner.run_now("deadline_warnings", None, false).await.expect("a run").expect("a job");
            mail::deliver(&runner).await;
        }
        // At any moment there is one digest to a person that may still go.
        let digests = async || {
            let letters = outbox::Entity::find().filter(outbox::Column::Kind.eq(outbox::Kind::Digest)).all(park.db()).await;
            letters.expect("letters")
        };
        let mut waiting = BTreeSet::new();
        for letter in digests().await {
            match letter.state {
                outbox::State::Pending => assert!(waiting.insert(letter.recipient_id), "two to one person"),
                state => assert_eq!(state, outbox::State::Superseded),
            }
        }
        assert!(waiting.len() > 1);
        // At noon something is done, so it is not in what goes at three.
        let owed = obligation::Entity::find().filter(obligation::Column::State.eq(obligation::State::Open)).all(park.db()).await;
        let unmet = owed.expect("obligations");
        let told = async |letter| warning::Entity::find().filter(warning::Column::LetterId.eq(letter)).all(park.db()).await.expect("warnings");
        park.set_clock("2026-10-12", 12, 0);
        for one in &unmet[..unmet.len() / 2] {
            let done = Fulfil {
                id: one.id,
                expected_version: one.version,
                evidence_document_ids: Vec::new(),
                evidence_note: Some("已现场办结并经企业确认".to_owned()),
                done_on: None,
                backdating_reason: None,
            };
            fulfil(&park.store, &Viewer::system("story"), done).await.expect("fulfilled");
        }
        relay.does(|_, _| Deed::GoOn);
        park.set_clock("2026-10-12", 15, 0);
        mail::deliver(&runner).await;
        let received = relay.received();
        let to: BTreeSet<&String> = received.iter().map(|mail| &mail.to).collect();
        assert_eq!(to.len(), received.len(), "one per person");
        assert!(!received.is_empty());
        let gone: BTreeSet<_> = unmet[..unmet.len() / 2].iter().map(|one| one.id).collect();
        let mut sent = 0;
        for letter in digests().await {
            let warnings = told(letter.id).await;
            match letter.state {
                outbox::State::Sent => {
                    sent += 1;
                    assert_eq!((&letter.facts["late"], &letter.facts["date"]), (&json!(true), &json!("2026-10-12")));
                    assert!(!warnings.is_empty() && warnings.iter().all(|one| !gone.contains(&one.subject_id)), "what is true now");
                }
                state => {
                    assert_eq!((state, letter.sent_at), (outbox::State::Superseded, None));
                    assert_eq!(warnings, [], "it has told nothing");
                }
            }
        }
        assert_eq!(sent, received.len());
        // Nothing is told to anybody as undeliverable, and the next morning says only what is new.
        let undelivered = runner.run_now("undelivered", None, false).await.expect("a run").expect("a job");
        assert!(undelivered.planned.is_empty(), "{undelivered:?}");
        mail::deliver(&runner).await;
        assert_eq!(relay.received().len(), received.len());
    }

    async fn nobody_is_asked_for_what_was_done_before_the_letter_went(park: Park) {
        park.set_clock("2026-09-30", 15, 0);
        let ids = owed(&park, &[(0, None)]).await;
        let in_state = async |state: outbox::State| {
            let asking = outbox::Entity::find().filter(outbox::Column::Kind.eq(outbox::Kind::ObligationOpened));
            asking.filter(outbox::Column::State.eq(state)).all(park.db()).await.expect("letters").len()
        };
        let waiting = in_state(outbox::State::Pending).await;
        assert!(waiting > 0 && in_state(outbox::State::Superseded).await == 0);
        let kept = json!({"id": ids[0], "expectedVersion": 1, "evidenceNote": "已办"});
        done(&park, Who::Liaison, "obligationFulfil", "obligation { id }", kept).await;
        assert_eq!(in_state(outbox::State::Superseded).await, 1);
        assert_eq!(in_state(outbox::State::Pending).await, waiting - 1);
    }

    async fn whoever_owes_something_is_told_when_it_begins_to_be_owed(park: Park) {
        park.set_clock("2026-09-30", 15, 0);
        // One of the same day, and one with time: the first at once, the other in the next digest.
        let ids = owed(&park, &[(0, None), (10, None)]).await;
        let runner = runner(&park);
        runner.deliver_now(None).await.expect("a delivery");
        let liaison = park.people().await.account(Who::Liaison).login.clone();
        let at_once = |due: &str| {
            let subject = format!("New obligation, due on {due}");
            park.mailbox.to(&liaison).iter().filter(|letter| letter.subject.starts_with(&subject)).count()
        };
        // What the contract itself owes from its first day is among them.
        assert!((1..=3).contains(&at_once("2026-09-30")));
        park.set_clock("2026-10-08", 8, 30);
        let run = async || runner.run_now("deadline_warnings", None, false).await.expect("a run").expect("a job").planned;
        run().await;
        runner.deliver_now(None).await.expect("a delivery");
        let letters = park.mailbox.to(&liaison);
        let digest = letters.iter().find(|letter| letter.subject.contains("2026-10-08")).expect("a digest");
        assert!(digest.text.contains("new obligation; you are the liaison") && digest.text.contains("2026-10-20"), "{}", digest.text);
        assert!(digest.text.contains("New obligations") && digest.text.contains("Overdue"), "{}", digest.text);
        park.set_clock("2026-10-09", 8, 30);
        let again = run().await;
        assert!(again.iter().flat_map(|one| &one.why).all(|line| !line.starts_with("Opened")), "said once: {again:?}");
        // Not more than three letters of this sort a day; the rest is in the digest.
        park.set_clock("2026-10-09", 9, 0);
        let ask = "query($id: ID!) { obligation(id: $id) { commitment { id } } }";
        let promise = park.data(Who::Liaison, ask, json!({"id": ids[0]})).await["obligation"]["commitment"]["id"].take();
        for number in 0..5 {
            let event = json!({"commitmentId": promise, "idempotencyKey": format!("again {number}")});
            done(&park, Who::Liaison, "obligationOpen", "obligation { id }", event).await;
        }
        runner.deliver_now(None).await.expect("a delivery");
        assert_eq!(at_once("2026-10-09"), 3);
    }
}
