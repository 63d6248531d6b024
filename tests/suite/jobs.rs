//! `qiyue jobs` at the terminal: whose time it plays, and where it may play another.

use api::demo::PASSWORD;
use chrono::TimeDelta;
use entity::{
    account::commands::{Create, create},
    language::Language,
    viewer::{Role, Viewer},
};
use tests::{
    Backend,
    database::Database,
    dump::{Dump, number, texts},
    mailbox::Mailbox,
    program::{command, succeeds, told},
    stories, story,
};

use crate::warnings::runner;

const RELAY: &str = "smtp://127.0.0.1:9";

async fn dump(database: &Database) -> Dump {
    let db = database.connect().await;
    let dump = Dump::of(&db).await;
    db.close().await.expect("closed");
    dump
}

stories! {
    async fn a_time_is_claimed_once_by_replicas_whose_clocks_show_different_fractions_of_a_second(park: Park) {
        park.people().await;
        park.set_clock("2026-10-10", 8, 31);
        for micros in [123_456, 250_001, 777_777] {
            park.clock.advance(TimeDelta::microseconds(micros));
            runner(&park).run_due().await;
        }
        for job in ["deadline_warnings", "contract_expiry", "obligation_opening"] {
            let rows = number(park.db(), &format!("SELECT COUNT(*) FROM job_run WHERE job = '{job}'")).await;
            assert_eq!(rows, 1, "{job}");
        }
    }

    async fn another_day_is_played_only_where_nobody_real_gets_its_letters(park: Park) {
        park.people().await;
        let database = park.close().await;
        let mailbox = database.folder().join("mailbox");
        let before = dump(&database).await;
        let holiday = ["jobs", "run", "deadline_warnings", "--as-of", "2026-10-01"];

        let refused = command(&database, &mailbox, &holiday).env("QIYUE_SMTP_URL", RELAY).output().await.expect("it starts");
        assert!(!refused.status.success());
        assert!(String::from_utf8_lossy(&refused.stderr).contains("--dry-run"), "{}", told(&refused));
        let rehearsal = [holiday.as_slice(), &["--dry-run"]].concat();
        let mut rehearsal = command(&database, &mailbox, &rehearsal);
        rehearsal.env("QIYUE_SMTP_URL", RELAY);
        succeeds(rehearsal).await;
        before.assert_same(&dump(&database).await);

        // Into the local mailbox it may, and the run log says what was played.
        succeeds(command(&database, &mailbox, &holiday)).await;
        let played = runs(&database, "deadline_warnings").await;
        assert_eq!(played.len(), 1);
        assert!(played[0].contains("MANUAL") && played[0].contains("as of 2026-10-01"), "{played:?}");
        assert!(!played[0].starts_with("2026-10-01"), "its own time is the real one: {played:?}");
    }

    async fn a_demonstration_may_play_another_day_whatever_its_relay(park: Park) {
        let somebody = Create {
            login: "centre@park.example".to_owned(),
            name: "企业服务中心".to_owned(),
            telephone: None,
            role: Role::Centre,
            department_id: None,
            enterprise_id: None,
            language: Language::Chinese,
            password: Some(PASSWORD.to_owned()),
            demonstration: true,
        };
        create(&park.store, &Viewer::system("demonstration"), somebody).await.expect("an account");
        let database = park.close().await;
        let mailbox = database.folder().join("mailbox");
        let mut holiday = command(&database, &mailbox, &["jobs", "run", "deadline_warnings", "--as-of", "2026-10-01"]);
        holiday.env("QIYUE_SMTP_URL", RELAY);
        succeeds(holiday).await;
        succeeds(command(&database, &mailbox, &["jobs", "run", "contract_expiry"])).await;
        // It goes on from the last thing that happened in it, not from the time of this machine.
        for job in ["deadline_warnings", "contract_expiry"] {
            let runs = runs(&database, job).await;
            assert!(runs.len() == 1 && runs[0].starts_with("2026-09-30"), "{runs:?}");
        }
    }
}

async fn runs(database: &Database, job: &str) -> Vec<String> {
    let db = database.connect().await;
    let sql = format!(
        "SELECT CAST(started_at AS text) || ' ' || cause || ' ' || COALESCE(note, '') FROM job_run WHERE job = '{job}'"
    );
    let runs = texts(&db, &sql).await;
    db.close().await.expect("closed");
    runs
}

/// What the README promises of the demonstration.
#[test]
fn the_demonstration_writes_nothing_on_the_holiday_and_one_digest_per_person_on_the_working_saturday()
 {
    story::alone(Backend::Sqlite, async |backend| {
        let database = Database::empty(backend).await;
        let folder = database.folder().to_str().expect("a path").to_owned();
        let mailbox = Mailbox::at(database.folder().join("mailbox"));
        let qiyue = async |arguments: &[&str]| {
            let arguments = [&["--data-dir", &folder], arguments].concat();
            succeeds(command(&database, mailbox.folder(), &arguments)).await
        };
        let warnings = ["jobs", "run", "deadline_warnings"];
        let as_of = async |day: &str| qiyue(&[&warnings[..], &["--as-of", day]].concat()).await;

        let introduction = qiyue(&["demo", "--prepare-only"]).await;
        assert!(introduction.contains("2026-09-30"), "{introduction}");
        assert!(introduction.contains(PASSWORD));
        let history = mailbox.letters().len();
        assert!(history > 0, "the last ten working days");
        assert!(qiyue(&["jobs", "list"]).await.contains("2026-09-30 08:30"));

        as_of("2026-10-01").await;
        assert_eq!(mailbox.letters().len(), history, "the holiday");
        let planned =
            qiyue(&[&warnings[..], &["--as-of", "2026-10-10", "--dry-run"]].concat()).await;
        assert_eq!(mailbox.letters().len(), history, "a rehearsal");
        as_of("2026-10-10").await;
        let letters = mailbox.letters();
        let of_the_saturday: Vec<_> = letters
            .iter()
            .filter(|letter| letter.subject.contains("2026-10-10"))
            .collect();
        assert_eq!(letters.len() - history, of_the_saturday.len());
        assert!(!of_the_saturday.is_empty());
        for letter in &of_the_saturday {
            assert!(
                planned.contains(&letter.to),
                "{} was not in the rehearsal",
                letter.to
            );
            let same = of_the_saturday
                .iter()
                .filter(|other| other.to == letter.to)
                .count();
            assert_eq!(same, 1, "{}", letter.to);
        }
        as_of("2026-10-10").await;
        assert_eq!(mailbox.letters(), letters, "the second run");
    });
}

/// Whatever day and hour is played: contracts bind, and letters whose time passes while days are jumped over are no failure of the run.
#[test]
fn a_demonstration_is_prepared_for_any_day_and_played_on_another() {
    story::alone(Backend::Sqlite, async |backend| {
        for (day, then) in [
            ("2026-02-20", None),
            ("2027-03-01", None),
            ("2026-09-30T18:00", Some("2026-10-10")),
        ] {
            let database = Database::empty(backend).await;
            let folder = database.folder().to_str().expect("a path").to_owned();
            let mailbox = Mailbox::at(database.folder().join("mailbox"));
            let qiyue = |arguments: &[&str]| {
                let arguments = [&["--data-dir", &folder], arguments].concat();
                command(&database, mailbox.folder(), &arguments)
            };
            let prepared = succeeds(qiyue(&["demo", "--prepare-only", "--as-of", day])).await;
            assert!(prepared.contains(&day[..10]), "{prepared}");
            assert!(!mailbox.letters().is_empty(), "{day}");
            let Some(then) = then else { continue };
            let played = ["jobs", "run", "deadline_warnings", "--as-of", then];
            let output = qiyue(&played).output().await.expect("the program starts");
            let told = told(&output);
            assert!(output.status.success(), "{told}");
            assert!(!told.contains("ERROR"), "{told}");
        }
    });
}
