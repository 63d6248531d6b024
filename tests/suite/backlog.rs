//! More is due than a letter holds, or than one transaction: nothing is lost, nobody is told twice, and no false alarm is raised.

use std::collections::BTreeSet;

use chrono::TimeDelta;
use entity::{
    deadline,
    id::new_id,
    link, obligation,
    outbox::{
        self,
        facts::{Digest, DigestLine, Urgency},
    },
    schedule::{
        commands::{Claim, Claimed, claim, finish},
        run::Cause,
    },
    warning,
};
use jobs::{Runner, job::RunReport};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter,
    QueryOrder, prelude::Uuid,
};
use serde_json::json;
use tests::{Backend, Park, Who, matters::done, promise::owed, stories};

use crate::warnings::runner;

/// Nothing else is owed than `ids`.
async fn only(park: &Park, ids: &[String]) {
    obligation::Entity::delete_many()
        .filter(obligation::Column::Id.is_not_in(ids.iter().map(|id| key_of(id))))
        .exec(park.db())
        .await
        .expect("nothing else");
}

fn key_of(id: &str) -> Uuid {
    let (_, key) = id.split_once('_').expect("a global id");
    Uuid::try_parse(key).expect("a key")
}

/// So many more obligations like `id`; the paths of all of them.
async fn many(park: &Park, id: &str, more: usize) -> BTreeSet<String> {
    let first = obligation::Entity::find_by_id(key_of(id))
        .one(park.db())
        .await;
    let first = first.expect("a read").expect("the obligation");
    let limit = deadline::Entity::find_by_id(first.deadline_id)
        .one(park.db())
        .await;
    let limit = limit.expect("a read").expect("its limit");
    let (mut limits, mut others) = (Vec::new(), Vec::new());
    for number in 0..more {
        let limit = deadline::Model {
            id: new_id(park.store.now()),
            ..limit.clone()
        };
        others.push(obligation::Model {
            id: new_id(park.store.now()),
            deadline_id: limit.id,
            occasion: format!("{id}:{number}"),
            ..first.clone()
        });
        limits.push(limit);
    }
    let paths = others
        .iter()
        .chain([&first])
        .map(|one| link::obligation(one.id))
        .collect();
    for some in limits.chunks(500) {
        let rows = some
            .iter()
            .map(|row| row.clone().into_active_model().reset_all());
        deadline::Entity::insert_many(rows)
            .exec_without_returning(park.db())
            .await
            .expect("limits");
    }
    for some in others.chunks(500) {
        let rows = some
            .iter()
            .map(|row| row.clone().into_active_model().reset_all());
        obligation::Entity::insert_many(rows)
            .exec_without_returning(park.db())
            .await
            .expect("obligations");
    }
    paths
}

/// The digests of one day for the liaison, that of the day first.
async fn digests(park: &Park, day: &str) -> Vec<Digest> {
    let liaison = park.people().await.account(Who::Liaison).id;
    let letters = outbox::Entity::find()
        .filter(outbox::Column::Key.starts_with(format!("digest:{day}:{liaison}")))
        .order_by_asc(outbox::Column::Key)
        .all(park.db())
        .await
        .expect("letters");
    let facts = letters
        .into_iter()
        .map(|letter| serde_json::from_value(letter.facts));
    facts.map(|facts| facts.expect("a digest")).collect()
}

fn new(digest: &Digest, urgency: Urgency) -> BTreeSet<String> {
    let such = |line: &&DigestLine| line.new && line.urgency == urgency;
    digest
        .lines
        .iter()
        .filter(such)
        .map(|line| line.path.clone())
        .collect()
}

async fn run(runner: &Runner, job: &str) -> RunReport {
    runner
        .run_now(job, None, false)
        .await
        .expect("a run")
        .expect("a job")
}

/// What the witness finds, and how many letters it writes.
async fn witness(runner: &Runner) -> (i32, i32) {
    let report = run(runner, "completeness").await;
    (report.counts.failed, report.counts.letters)
}

stories! {
    async fn what_a_digest_has_no_room_for_comes_first_the_next_day_and_the_witness_is_silent(park: Park) {
        park.set_clock("2026-09-30", 9, 0);
        let ids = owed(&park, &[(5, None), (12, None)]).await;
        only(&park, &ids).await;
        let late = many(&park, &ids[0], 199).await;
        let soon = many(&park, &ids[1], 69).await;
        let runner = runner(&park);
        let (mut told, mut told_soon) = (BTreeSet::new(), BTreeSet::new());
        for (day, red, yellow, left_out) in [
            // Of the others it is only new that they are owed: that fills no list of days to come.
            ("2026-10-14", 60, 0, 140 + 70),
            ("2026-10-15", 60, 0, 80 + 60),
            // The others are yellow now.
            ("2026-10-16", 60, 0, 20 + 120 + 70),
            ("2026-10-19", 20, 40, 30 + 180),
            ("2026-10-20", 0, 30, 200 - 30),
        ] {
            park.set_clock(day, 8, 30);
            run(&runner, "deadline_warnings").await;
            runner.deliver_now(None).await.expect("a delivery");
            park.set_clock(day, 10, 0);
            assert_eq!(witness(&runner).await, (0, 0), "{day}");
            let digests = digests(&park, day).await;
            assert_eq!(digests.len(), 1, "nobody gets a second letter for what is counted: {day}");
            let digest = &digests[0];
            assert_eq!((digest.lines.len(), digest.left_out), (60, left_out), "{day}");
            let is_in_order = digest.lines.is_sorted_by_key(|line| line.urgency);
            assert!(is_in_order, "the most urgent first: {day}");
            let (reds, yellows) = (new(digest, Urgency::Red), new(digest, Urgency::Yellow));
            assert_eq!((reds.len(), yellows.len()), (red, yellow), "{day}");
            assert!(told.is_disjoint(&reds) && told_soon.is_disjoint(&yellows), "each once: {day}");
            told.extend(reds);
            told_soon.extend(yellows);
        }
        assert_eq!((told, told_soon), (late, soon));

        // What is truly forgotten is found all the same.
        let one = warning::Entity::find()
            .filter(warning::Column::Threshold.eq("RED:2026-10-13"))
            .one(park.db())
            .await
            .expect("a read")
            .expect("somebody was told");
        warning::Entity::delete_many()
            .filter(warning::Column::SubjectId.eq(one.subject_id))
            .exec(park.db())
            .await
            .expect("forgotten");
        let (failed, letters) = witness(&runner).await;
        assert!(failed == 1 && letters > 0, "{failed} {letters}");
        let beside = digests(&park, "2026-10-20").await.pop().expect("a letter beside the digest");
        assert_eq!(new(&beside, Urgency::Red), [link::obligation(one.subject_id)].into());
        assert_eq!(witness(&runner).await, (0, 0));
    }

    async fn who_had_no_digest_of_today_gets_the_one_that_the_witness_has_written_and_none_beside_it(park: Park) {
        park.set_clock("2026-09-30", 9, 0);
        let ids = owed(&park, &[(5, None)]).await;
        only(&park, &ids).await;
        many(&park, &ids[0], 99).await;
        let runner = runner(&park);
        park.set_clock("2026-10-14", 10, 0);
        let (failed, letters) = witness(&runner).await;
        assert!(failed == 100 && letters > 0, "{failed} {letters}");
        assert_eq!(digests(&park, "2026-10-14").await.len(), 1);
        assert_eq!(witness(&runner).await, (0, 0));
        // A digest that was never written counts nothing.
        runner.deliver_now(None).await.expect("a delivery");
        park.set_clock("2026-10-15", 10, 0);
        assert_eq!(witness(&runner).await.0, 40);
    }

    async fn a_service_that_starts_on_a_sunday_has_forgotten_nothing(park: Park) {
        park.set_clock("2026-09-30", 9, 0);
        let id = owed(&park, &[(2, None)]).await.remove(0);
        let late = many(&park, &id, 99).await;
        let runner = runner(&park);
        let silent = |reports: &[RunReport]| {
            let mut witnesses = reports.iter().filter(|report| report.job == "completeness");
            assert!(witnesses.all(|report| (report.counts.failed, report.counts.letters) == (0, 0)), "{reports:?}");
        };
        for (day, hour, minute) in [
            ("2026-10-11", 9, 0),
            ("2026-10-11", 10, 0),
            ("2026-10-12", 0, 20),
            ("2026-10-12", 8, 10),
            ("2026-10-12", 8, 30),
            ("2026-10-12", 10, 0),
            ("2026-10-13", 8, 30),
            ("2026-10-13", 10, 0),
        ] {
            park.set_clock(day, hour, minute);
            silent(&runner.run_due().await);
            // By hand, before the digest has had its turn.
            assert_eq!(witness(&runner).await, (0, 0), "{day} {hour}:{minute}");
            park.clock.advance(TimeDelta::minutes(1));
            runner.deliver_now(None).await.expect("a delivery");
        }
        let mut told = BTreeSet::new();
        for day in ["2026-10-12", "2026-10-13"] {
            let digests = digests(&park, day).await;
            assert_eq!(digests.len(), 1, "{day}");
            told.extend(new(&digests[0], Urgency::Red));
        }
        assert!(told.is_superset(&late), "all of it, and what the contract itself has opened");
    }

    async fn the_witness_waits_for_a_digest_that_is_still_being_written(park: Park) {
        park.set_clock("2026-09-30", 9, 0);
        let id = owed(&park, &[(2, None)]).await.remove(0);
        many(&park, &id, 2).await;
        let runner = runner(&park);
        let nominal_at = park.set_clock("2026-10-12", 8, 30);
        let digest = Claim {
            job: "deadline_warnings",
            nominal_at,
            cause: Cause::Clock,
            as_of: None,
            holder: "another replica",
            lease: TimeDelta::minutes(1),
            note: None,
        };
        let Claimed::Mine(digest) = claim(&park.store, digest).await.expect("a claim") else {
            panic!("nobody has it");
        };
        park.set_clock("2026-10-12", 10, 0);
        let ran = |reports: &[RunReport]| reports.iter().any(|report| report.job == "completeness");
        let reports = runner.run_due().await;
        assert!(!reports.is_empty() && !ran(&reports), "{reports:?}");
        finish(&park.store, &digest, &Default::default(), None).await.expect("its end");
        assert!(ran(&runner.run_due().await), "its time was not lost");
    }

    async fn letters_are_written_many_at_once_and_one_that_cannot_be_stops_no_other(park: Park) {
        park.set_clock("2026-09-30", 9, 0);
        let id = owed(&park, &[(2, Some("示例法第一条"))]).await.remove(0);
        many(&park, &id, 29).await;
        let runner = runner(&park);
        park.set_clock("2026-10-12", 9, 0);
        // What waits is counted; of what is settled there is more for ever.
        let counted = async || {
            let mail = park.data(Who::Admin, "{ mail { letters { state count } } }", json!({})).await;
            mail["mail"]["letters"].clone()
        };
        runner.deliver_now(None).await.expect("a delivery");
        assert_eq!(counted().await, json!([]));
        let supervisor = park.people().await.account(Who::Supervisor).id;
        let (refuse, allow) = match park.backend() {
            Backend::Sqlite => (
                format!("CREATE TRIGGER refuse BEFORE INSERT ON letter WHEN NEW.key LIKE '%:{supervisor}' BEGIN SELECT RAISE(ABORT, 'refused'); END"),
                "DROP TRIGGER refuse",
            ),
            Backend::Postgres => (
                format!("CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'refused'; END $$;
                    CREATE TRIGGER refuse BEFORE INSERT ON letter FOR EACH ROW WHEN (NEW.key LIKE '%:{supervisor}') EXECUTE FUNCTION refuse()"),
                "DROP TRIGGER refuse ON letter",
            ),
        };
        park.db().execute_unprepared(&refuse).await.expect("a trigger");
        let first = run(&runner, "statutory_overdue").await;
        // The head, the supervisor and the leader.
        assert_eq!((first.counts.done, first.counts.failed, first.counts.letters), (60, 30, 60), "{first:?}");
        assert_eq!(first.planned.len(), 60, "only what was written is told");
        park.db().execute_unprepared(allow).await.expect("no trigger");
        let (again, statements) = park.statements(run(&runner, "statutory_overdue")).await;
        assert_eq!((again.counts.done, again.counts.failed, again.counts.skipped), (30, 0, 60), "{again:?}");
        assert!(statements < 60, "{statements} statements for thirty letters");

        assert_eq!(counted().await, json!([{"state": "PENDING", "count": 90}]));
        runner.deliver_now(None).await.expect("a delivery");
        assert_eq!(counted().await, json!([]));
    }

    async fn a_calendar_shows_the_nearest_of_too_many_dates_and_says_so(park: Park) {
        park.set_clock("2026-09-30", 9, 0);
        let ids = owed(&park, &[(12, None), (5, None)]).await;
        many(&park, &ids[0], 2000).await;
        let made = done(&park, Who::Liaison, "feedCreate", "feed { path }", json!({"name": "手机"})).await;
        let path = made["feed"]["path"].as_str().expect("a path").to_owned();
        let answer = park.get(Who::Nobody, &path).await.send().await.expect("an answer");
        let text = answer.text().await.expect("a calendar").replace("\r\n ", "");
        assert_eq!(text.matches("UID:obligation-").count(), 2000);
        assert!(text.contains(&format!("UID:obligation-{}", key_of(&ids[1]).simple())), "due first");
        assert!(text.contains("only the nearest 2000 of each kind are shown"), "{}", &text[..600]);
    }
}
