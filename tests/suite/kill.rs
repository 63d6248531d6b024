//! The real process is killed (SIGKILL) at twenty points; a second run completes the work with nothing double and nothing missing.

use std::{
    collections::BTreeMap,
    path::Path,
    time::{Duration, Instant},
};

use api_import::read;
use entity::{
    evaluation::Confidentiality,
    ledger::commands::{Import, PARK_PARTY, import},
    viewer::Viewer,
};
use sea_orm::ConnectionTrait;
use tests::{
    Backend, Park,
    database::Database,
    dump::Dump,
    ledger,
    mailbox::Mailbox,
    program::{command, killed, succeeds},
    story,
};

use crate::{
    evaluation::{answers_of, forms, only, year::submitted},
    silence,
    warnings::runner,
};

/// How often each work is killed.
const KILLS: u32 = 20;

/// Where in a work it is killed, in thousandths: one point in each twentieth, at random but always the same.
fn points() -> impl Iterator<Item = u32> {
    let mut state = 0x9E37_79B9_u32;
    (0..KILLS).map(move |twentieth| {
        state ^= state << 13;
        state ^= state >> 17;
        state ^= state << 5;
        (twentieth * 1000 + state % 1000) / KILLS
    })
}

async fn content(database: &Database) -> Dump {
    let db = database.connect().await;
    let dump = Dump::of(&db).await.without_identity();
    db.close().await.expect("closed");
    dump
}

/// Makes databases until one is left by a work that was killed at `point`; who ends before being killed is tried again, a little
/// earlier. `whole` is how long the work takes, at the fastest so far.
async fn left_by_a_killed(
    make: impl AsyncFn() -> Database,
    work: &[&str],
    point: u32,
    whole: &mut Duration,
) -> Database {
    loop {
        let database = make().await;
        let started = Instant::now();
        let work = command(&database, &mailbox(&database), work);
        if killed(work, *whole * point / 1000).await {
            return database;
        }
        *whole = (*whole).min(started.elapsed()) * 9 / 10;
    }
}

fn mailbox(database: &Database) -> std::path::PathBuf {
    database.folder().join("mailbox")
}

async fn an_import(backend: Backend) {
    let reference = Database::fresh(backend).await;
    let file = reference.folder().join("ledger.csv");
    std::fs::write(&file, ledger::csv(120)).expect("a ledger");
    let import = ["import", file.to_str().expect("a path")];
    let nothing = content(&reference).await;
    let started = Instant::now();
    succeeds(command(&reference, reference.folder(), &import)).await;
    let mut whole = started.elapsed();
    let complete = content(&reference).await;
    assert_eq!(complete.rows("contract").len(), 120);

    let mut in_the_middle = 0;
    for point in points() {
        let fresh = async || Database::fresh(backend).await;
        let database = left_by_a_killed(fresh, &import, point, &mut whole).await;
        let left = content(&database).await;
        if left != nothing && left != complete {
            in_the_middle += 1;
        }
        succeeds(command(&database, database.folder(), &import)).await;
        complete.assert_same(&content(&database).await);
    }
    eprintln!("{backend:?}: killed {KILLS} times, {in_the_middle} times between two transactions");
}

#[test]
fn an_import_killed_at_twenty_points_is_completed_on_sqlite() {
    story::alone(Backend::Sqlite, an_import);
}

#[test]
fn an_import_killed_at_twenty_points_is_completed_on_postgres() {
    story::alone(Backend::Postgres, an_import);
}

/// What a job is to leave: who was warned of what, and the letters, each in the state and with the number of files it has.
#[derive(Debug, PartialEq, Eq)]
struct Told {
    warnings: Vec<String>,
    letters: Vec<String>,
    files: BTreeMap<(String, String), usize>,
}

impl Told {
    async fn of(database: &Database) -> Self {
        let db = database.connect().await;
        let texts = async |sql: &str| tests::dump::texts(&db, sql).await;
        let warnings = texts(
            "SELECT w.threshold || ' ' || a.login || ' ' || e.credit_code || ' ' || c.number || ' ' || l.key FROM warning w \
             JOIN account a ON a.id = w.recipient_id JOIN obligation o ON o.id = w.subject_id \
             JOIN enterprise e ON e.id = o.enterprise_id JOIN commitment c ON c.id = o.commitment_id \
             JOIN letter l ON l.id = w.letter_id ORDER BY 1",
        )
        .await;
        let letters = texts(
            "SELECT l.kind || ' ' || l.state || ' ' || a.login || ' ' || l.resends FROM letter l \
             JOIN account a ON a.id = l.recipient_id ORDER BY 1",
        )
        .await;
        db.close().await.expect("closed");
        let mut files = BTreeMap::new();
        for letter in Mailbox::at(mailbox(database)).letters() {
            *files.entry((letter.to, letter.subject)).or_default() += 1;
        }
        Self {
            warnings,
            letters,
            files,
        }
    }
}

/// A park in which many people have something to be told on the working Saturday.
async fn a_park_before_its_morning(backend: Backend) -> Database {
    let park = Park::open(Database::fresh(backend).await).await;
    park.set_clock("2026-09-28", 7, 0);
    let ledger = read("ledger.csv", ledger::csv(150).as_bytes()).expect("a ledger");
    let input = Import {
        rows: ledger.rows,
        refused: ledger.refused,
        park_party: PARK_PARTY.to_owned(),
        dry_run: false,
    };
    import(&park.store, &Viewer::system("import"), input, |_| {})
        .await
        .expect("the import runs");
    let runner = runner(&park);
    runner
        .run_now("obligation_opening", None, false)
        .await
        .expect("a run");
    runner.deliver_now(None).await.expect("a delivery");
    park.close().await
}

/// Whatever a dead process held is free: its leases have run out.
async fn leases_run_out(database: &Database) {
    let db = database.connect().await;
    for table in ["job_run", "letter"] {
        db.execute_unprepared(&format!(
            "UPDATE {table} SET lease_until = '2026-01-01 00:00:00+00:00' WHERE lease_until IS NOT NULL"
        ))
        .await
        .expect("the leases");
    }
    db.close().await.expect("closed");
}

async fn a_job(backend: Backend) {
    const WORK: [&str; 5] = ["jobs", "run", "deadline_warnings", "--as-of", "2026-10-10"];
    let park = a_park_before_its_morning(backend).await;
    let control = park.copy().await;
    let before = Told::of(&control).await;
    let started = Instant::now();
    succeeds(command(&control, &mailbox(&control), &WORK)).await;
    let mut whole = started.elapsed();
    let complete = Told::of(&control).await;
    assert_eq!(before.warnings.len(), 0);
    assert_eq!(complete.files.len(), 30, "one digest per liaison");
    assert!(complete.files.values().all(|files| *files == 1));
    assert!(complete.warnings.len() >= 150, "{complete:?}");

    let (mut in_the_middle, mut underway) = (0, 0);
    for point in points() {
        let copy = async || park.copy().await;
        let database = left_by_a_killed(copy, &WORK, point, &mut whole).await;
        let left = Told::of(&database).await;
        let open = left.letters.iter().any(|letter| !letter.contains(" SENT "));
        in_the_middle += u32::from(left != before && left != complete);
        underway += u32::from(open);
        leases_run_out(&database).await;
        succeeds(command(&database, &mailbox(&database), &WORK)).await;
        assert_eq!(Told::of(&database).await, complete, "killed at {point}‰");
        assert!(no_part_is_left(&mailbox(&database)));
    }
    assert!(in_the_middle > 0, "every kill came too early or too late");
    eprintln!(
        "{backend:?}: killed {KILLS} times, {in_the_middle} times in the middle, {underway} times with letters on their way"
    );
}

/// Whether every file in the mailbox is a whole letter; there is no mailbox before the first one.
fn no_part_is_left(mailbox: &Path) -> bool {
    let files = std::fs::read_dir(mailbox).into_iter().flatten();
    files.flatten().all(|entry| {
        entry
            .path()
            .extension()
            .is_some_and(|ending| ending == "eml")
    })
}

#[test]
fn a_job_killed_at_twenty_points_is_completed_on_sqlite() {
    story::alone(Backend::Sqlite, a_job);
}

#[test]
fn a_job_killed_at_twenty_points_is_completed_on_postgres() {
    story::alone(Backend::Postgres, a_job);
}

/// What the steps of an evaluation are to leave: its rows with whose they are, who may answer by a link, and who was told.
#[derive(Debug, PartialEq, Eq)]
struct Evaluated {
    told: Told,
    rows: BTreeMap<&'static str, Vec<String>>,
}

impl Evaluated {
    async fn of(database: &Database) -> Self {
        let told = Told::of(database).await;
        let db = database.connect().await;
        let mut rows = BTreeMap::new();
        for (what, sql) in [
            (
                "evaluation",
                "SELECT quarter || ' ' || state || ' ' || reminders || ' ' || answered || ' ' || unnamed || ' ' || uncounted || ' ' || version \
                 FROM evaluation ORDER BY 1",
            ),
            (
                "form",
                "SELECT v.quarter || ' ' || e.credit_code FROM evaluation_form f JOIN evaluation v ON v.id = f.evaluation_id \
                 JOIN enterprise e ON e.id = f.enterprise_id ORDER BY 1",
            ),
            (
                "link",
                "SELECT e.credit_code FROM evaluation_link i JOIN evaluation_form f ON f.id = i.form_id \
                 JOIN enterprise e ON e.id = f.enterprise_id ORDER BY 1",
            ),
            ("part", "SELECT kind FROM evaluation_part ORDER BY 1"),
            (
                "sealed",
                "SELECT v.quarter FROM evaluation_sealed s JOIN evaluation v ON v.id = s.evaluation_id ORDER BY 1",
            ),
            (
                "figures",
                "SELECT v.quarter || ' ' || f.revision FROM evaluation_result f JOIN evaluation v ON v.id = f.evaluation_id ORDER BY 1",
            ),
            (
                "notice",
                "SELECT n.kind || ' ' || a.login FROM notice n JOIN account a ON a.id = n.recipient_id ORDER BY 1",
            ),
            (
                "trail",
                "SELECT action FROM audit_entry WHERE subject_kind = 'Evaluation' ORDER BY 1",
            ),
        ] {
            rows.insert(what, tests::dump::texts(&db, sql).await);
        }
        db.close().await.expect("closed");
        Self { told, rows }
    }
}

/// Ten enterprises answer without a name and five with one, as they can while it is open.
async fn answered(database: Database) -> Database {
    let park = Park::open(database).await;
    park.set_clock("2026-10-09", 9, 0);
    let evaluation = only(&park).await;
    let departments: Vec<_> = evaluation.departments.0.iter().map(|one| one.id).collect();
    for (place, form) in forms(&park).await.iter().take(15).enumerate() {
        let how = if place < 10 {
            Confidentiality::Unnamed
        } else {
            Confidentiality::Named
        };
        let answers = answers_of(place, &departments);
        submitted(&park, &evaluation, form, how, answers).await;
    }
    park.close().await
}

/// Each step of an evaluation, and how often it is killed.
const STEPS: [(&str, u32); 5] = [
    ("2026-09-30T18:00", 3),
    ("2026-10-08T09:30", 8),
    ("2026-10-13T09:30", 4),
    ("2026-10-20T18:00", 3),
    ("2026-10-23T09:30", 2),
];

async fn an_evaluation(backend: Backend) {
    let mut before_step = a_park_before_its_morning(backend).await;
    let mut points = points();
    let mut in_the_middle = 0;
    for (moment, kills) in STEPS {
        if moment.starts_with("2026-10-13") {
            before_step = answered(before_step).await;
        }
        let work = ["jobs", "run", "evaluation_cycle", "--as-of", moment];
        let before = Evaluated::of(&before_step).await;
        let control = before_step.copy().await;
        let started = Instant::now();
        succeeds(command(&control, &mailbox(&control), &work)).await;
        let mut whole = started.elapsed();
        let complete = Evaluated::of(&control).await;
        assert!(before != complete, "{moment} is a step");
        for point in points.by_ref().take(kills as usize) {
            // Spread over the step as over the whole.
            let point = point * STEPS.len() as u32 % 1000;
            let copy = async || before_step.copy().await;
            let database = left_by_a_killed(copy, &work, point, &mut whole).await;
            let left = Evaluated::of(&database).await;
            in_the_middle += u32::from(left != before && left != complete);
            // A step is whole or it is not there; only its letters go out one by one.
            assert!(
                left.rows == before.rows || left.rows == complete.rows,
                "{moment} killed at {point}‰: half a step"
            );
            leases_run_out(&database).await;
            succeeds(command(&database, &mailbox(&database), &work)).await;
            assert_eq!(
                Evaluated::of(&database).await,
                complete,
                "{moment} killed at {point}‰"
            );
            assert!(no_part_is_left(&mailbox(&database)));
        }
        before_step = control;
    }
    let end = Evaluated::of(&before_step).await;
    assert!(
        end.rows["evaluation"][0].starts_with("2026-Q3 SCORED 1 15 10"),
        "{end:?}"
    );
    assert_eq!(
        (
            end.rows["form"].len(),
            end.rows["figures"].len(),
            end.rows["link"].len()
        ),
        (150, 1, 0)
    );
    assert!(in_the_middle > 0, "every kill came too early or too late");
    eprintln!("{backend:?}: killed {KILLS} times, {in_the_middle} times in the middle");
}

#[test]
fn an_evaluation_killed_at_twenty_points_is_completed_on_sqlite() {
    story::alone(Backend::Sqlite, an_evaluation);
}

#[test]
fn an_evaluation_killed_at_twenty_points_is_completed_on_postgres() {
    story::alone(Backend::Postgres, an_evaluation);
}

/// What silence is to leave: each case with how it stands and all that was written with it, and who was told.
#[derive(Debug, PartialEq, Eq)]
struct Silenced {
    cases: Vec<String>,
    letters: Vec<String>,
}

impl Silenced {
    async fn of(database: &Database) -> Self {
        let db = database.connect().await;
        let cases = "SELECT c.number || ' ' || c.state || ' ' || COALESCE(c.outcome, '-') || ' ' || c.version \
             || ' ' || (SELECT count(*) FROM case_event e WHERE e.case_id = c.id) \
             || ' ' || (SELECT count(*) FROM silent_decision s WHERE s.case_id = c.id) \
             || ' ' || (SELECT count(*) FROM audit_entry a WHERE a.subject_id = c.id) \
             || ' ' || (SELECT count(*) FROM case_clock k JOIN deadline d ON d.id = k.deadline_id WHERE k.case_id = c.id AND d.closed_on IS NULL) \
             || ' ' || (SELECT count(*) FROM letter l WHERE l.key LIKE 'silent_decision:' || CAST(c.id AS varchar) || ':%') \
             FROM approval_case c ORDER BY c.number";
        let letters = "SELECT l.kind || ' ' || a.login FROM letter l JOIN account a ON a.id = l.recipient_id ORDER BY 1";
        let found = Self {
            cases: tests::dump::texts(&db, cases).await,
            letters: tests::dump::texts(&db, letters).await,
        };
        db.close().await.expect("closed");
        found
    }
}

async fn silence_in(backend: Backend) {
    const WORK: [&str; 5] = ["jobs", "run", "silence", "--as-of", "2026-10-26"];
    let park = Park::open(Database::fresh(backend).await).await;
    silence::hall(&park, &["R10", "R14"]).await;
    for place in 0..30 {
        silence::received(&park, if place % 3 == 0 { "R10" } else { "R14" }).await;
    }
    let park = park.close().await;
    let before = Silenced::of(&park).await;
    let control = park.copy().await;
    let started = Instant::now();
    succeeds(command(&control, &mailbox(&control), &WORK)).await;
    let mut whole = started.elapsed();
    let complete = Silenced::of(&control).await;
    let granted = |silenced: &Silenced| {
        let cases = silenced.cases.iter();
        cases
            .filter(|case| case.contains(" DEEMED_GRANTED "))
            .count()
    };
    assert_eq!((granted(&before), granted(&complete)), (0, 20));

    let mut in_the_middle = 0;
    for point in points() {
        let copy = async || park.copy().await;
        let database = left_by_a_killed(copy, &WORK, point, &mut whole).await;
        let left = Silenced::of(&database).await;
        in_the_middle += u32::from(left != before && left != complete);
        // Each step of a case is whole or it is not there: a step makes one version, one event, one entry and one decision.
        for case in &left.cases {
            let words: Vec<&str> = case.split(' ').collect();
            let [version, events, decisions, entries] =
                [3, 4, 5, 6].map(|at| words[at].parse::<i32>().expect("a number"));
            assert_eq!(
                (events, decisions, entries),
                (version, version - 1, version),
                "killed at {point}‰: {case}"
            );
        }
        leases_run_out(&database).await;
        succeeds(command(&database, &mailbox(&database), &WORK)).await;
        assert_eq!(
            Silenced::of(&database).await,
            complete,
            "killed at {point}‰"
        );
    }
    assert!(in_the_middle > 0, "every kill came too early or too late");
    eprintln!("{backend:?}: killed {KILLS} times, {in_the_middle} times in the middle");
}

#[test]
fn silence_killed_at_twenty_points_is_completed_on_sqlite() {
    story::alone(Backend::Sqlite, silence_in);
}

#[test]
fn silence_killed_at_twenty_points_is_completed_on_postgres() {
    story::alone(Backend::Postgres, silence_in);
}
