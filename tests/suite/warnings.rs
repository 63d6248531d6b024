//! The digest: nothing on a day off, one per person on a working day, nothing twice.

use std::collections::BTreeSet;

use api::import::read;
use chrono::NaiveDate;
use entity::{
    calendar::rules::Calendar,
    deadline::{self, LegalEffect, OnExpiry, State, Unit, rules::Light},
    ledger::commands::{Import, PARK_PARTY, import},
    store::Store,
    viewer::Viewer,
};
use jobs::{Relay, Runner};
use sea_orm::{ActiveValue::Set, EntityTrait, QueryOrder};
use tests::{Park, clock::day, stories};

/// A runner whose letters lie in the mailbox of the story.
pub fn runner(park: &Park) -> Runner {
    runner_of(park, park.store.clone())
}

/// The same over another store: another clock, or another way to the database.
pub fn runner_of(park: &Park, store: Store) -> Runner {
    let settings = park.job_settings(Relay::Folder(park.mailbox.folder().to_owned()));
    Runner::new(store, &settings, Default::default()).expect("a runner")
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

    async fn the_index_of_the_warnings_begins_before_the_first_light(park: Park) {
        let calendar = Calendar::shipped();
        let first = day("2026-01-05");
        for limit in [0, 1, 2, 3, 4, 5, 7, 10, 20, 30, 60, 90, 120, 250] {
            let rows = (0..120)
                .flat_map(|step| [(Unit::WorkingDay, 0, step), (Unit::WorkingDay, 10, step), (Unit::CalendarDay, 0, step)])
                .map(|(unit, extension, step)| {
                    let due_on = first + chrono::Days::new(step * 3);
                    let started_on = due_on - chrono::Days::new(limit);
                    deadline::ActiveModel {
                        id: Set(entity::id::new_id(park.store.now())),
                        legal_effect: Set(LegalEffect::Promised),
                        on_expiry: Set(OnExpiry::Warn),
                        unit: Set(unit),
                        limit_days: Set(i32::try_from(limit).expect("a limit")),
                        extension_days: Set(extension),
                        extension_reason: Set((extension > 0).then(|| "示例".to_owned())),
                        started_on: Set(started_on),
                        consumed_days: Set(0),
                        running_since: Set(Some(started_on)),
                        state: Set(State::Running),
                        due_on: Set(due_on),
                        provisional: Set(false),
                        version: Set(1),
                        ..Default::default()
                    }
                });
            deadline::Entity::insert_many(rows)
                .exec_without_returning(park.db())
                .await
                .expect("rows");
        }
        let asked = "SELECT CAST(warn_from AS varchar(10)) FROM deadline ORDER BY id";
        let from = tests::dump::texts(park.db(), asked).await;
        let rows = deadline::Entity::find().order_by_asc(deadline::Column::Id).all(park.db()).await.expect("rows");
        assert_eq!((rows.len(), from.len()), (14 * 360, 14 * 360));
        let mut near = 0;
        for (row, from) in rows.iter().zip(from) {
            let before = day(&from).pred_opt().expect("a day");
            let value = row.value();
            assert!(value.light(before, &calendar) < Light::Yellow, "{row:?} from {from}");
            near += i64::from((row.due_on - before).num_days() < 200);
        }
        assert_eq!(near, 14 * 360, "and not long before");
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
}
