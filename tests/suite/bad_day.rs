//! A bad day: a disk that is full, a file that somebody else has locked, a log that nobody reads, a stop in the middle of the work.

use std::{net::TcpListener, process::Stdio, time::Duration};

use api_door::scalar::Kind;
use api_http::graphql::{Unperformed, settled};
use chrono::TimeDelta;
use entity::{
    clock::{Clock, OffsetClock, SharedClock},
    error::Fault,
    store::{Recall, Store},
    viewer::Viewer,
};
use reqwest::{Client, StatusCode};
use sea_orm::ConnectionTrait;
use serde_json::json;
use tests::{
    Backend, Park, Who,
    cut::Cut,
    database::Database,
    dump::number,
    effects,
    program::{command, succeeds, told},
    stories, story,
};
use tokio::{
    io::{AsyncBufReadExt, BufReader},
    process::{Child, Command},
    time::{interval, timeout},
};

use crate::warnings::runner;

/// Longer than any of this may take.
pub const PATIENCE: Duration = Duration::from_secs(60);

/// The same park through connections of its own.
async fn beside(park: &Park, connections: u32) -> Store {
    let db = entity::store::connect(park.database().address(), connections).await;
    let clock: SharedClock = park.clock.clone();
    Store::new(db.expect("it opens"), clock, tests::clock::ZONE)
}

async fn leave(store: &Store, what: &str) -> Result<(), Fault> {
    let unit = store.begin(&Viewer::system("story")).await?;
    effects::leave(unit.db(), what).await?;
    unit.commit().await
}

/// Asks `/readyz` until it answers this.
pub async fn becomes(park: &Park, wanted: StatusCode) -> String {
    let mut again = interval(Duration::from_millis(200));
    let asked = async {
        loop {
            again.tick().await;
            let request = park.get(Who::Nobody, "/readyz").await;
            let answer = request.send().await.expect("an answer");
            if answer.status() == wanted {
                return answer.text().await.expect("text");
            }
        }
    };
    timeout(PATIENCE, asked).await.expect("it becomes so")
}

stories! {
    async fn readiness_tells_that_nothing_can_be_written_and_writing_goes_on_by_itself(park: Park) {
        park.people().await;
        let thief = beside(&park, 1).await;
        let unit = thief.begin(&Viewer::system("another process")).await.expect("a transaction");
        // On SQLite the transaction has the write lock already.
        if park.backend() == Backend::Postgres {
            unit.db().execute_unprepared("LOCK TABLE write_probe IN ACCESS EXCLUSIVE MODE").await.expect("a lock");
        }
        assert_eq!(becomes(&park, StatusCode::SERVICE_UNAVAILABLE).await, "database: write\n");
        unit.rollback().await.expect("unlocked");
        assert_eq!(becomes(&park, StatusCode::OK).await, "ok\n");
    }

    async fn what_a_failed_statement_has_spoilt_is_never_called_done(park: Park) {
        effects::table(park.db()).await;
        let unit = park.store.begin(&Viewer::system("story")).await.expect("a transaction");
        effects::leave(unit.db(), "before").await.expect("left");
        let failed = unit.db().execute_unprepared("SELECT * FROM no_such_table").await;
        assert!(failed.is_err());
        // PostgreSQL would answer COMMIT with a rollback and no error; SQLite keeps what was done before.
        let done = unit.commit().await.is_ok();
        let left = effects::all(park.db()).await.expect("the effects");
        assert_eq!(done, left == ["before"], "what is called done is there");
        assert_eq!(done, park.backend() == Backend::Sqlite);
        leave(&park.store, "after").await.expect("the connection works");
    }
}

/// The disk is full in the middle of a transaction, for a moment. SQLite takes the transaction back by itself then, which the driver does
/// not know.
#[test]
fn nothing_that_was_called_done_after_a_full_disk_is_lost() {
    story::run(Backend::Sqlite, async |park: Park| {
        effects::table(park.db()).await;
        let store = beside(&park, 1).await;
        for round in 0..3 {
            let full = "PRAGMA max_page_count = 1";
            store.db().execute_unprepared(full).await.expect("full");
            let unit = store.begin(&Viewer::system("story")).await.expect("begun");
            let large = "INSERT INTO effect (what) VALUES (hex(zeroblob(1000000)))";
            let error = unit.db().execute_unprepared(large).await;
            let error = Fault::from(error.expect_err("the disk is full"));
            assert!(
                error.is_away(),
                "nothing is wrong with what was asked: {error}"
            );
            drop(unit);

            // There is room again. A refusal, and then something that is called done.
            let unit = store.begin(&Viewer::system("story")).await.expect("begun");
            effects::leave(unit.db(), "refused").await.expect("written");
            drop(unit);
            let done = format!("done {round}");
            leave(&store, &done).await.expect("done");
            // Another process has it, and may write.
            let other = beside(&park, 1).await;
            let seen = effects::all(other.db()).await.expect("the effects");
            assert_eq!(seen.last(), Some(&done), "{seen:?}");
            assert_eq!(seen.len(), round + 1);
            other.can_write().await.expect("nobody has it locked");
            other.close().await.expect("closed");
        }
    });
}

/// A service as a process.
pub struct Service {
    pub child: Child,
    address: String,
    client: Client,
}

impl Service {
    pub fn start(database: &Database, set: impl FnOnce(&mut Command)) -> Self {
        let free = TcpListener::bind("127.0.0.1:0").expect("a port");
        let address = free.local_addr().expect("an address").to_string();
        drop(free);
        let mut serve = command(database, &database.folder().join("mailbox"), &["serve"]);
        serve.env("QIYUE_LISTEN", &address);
        set(&mut serve);
        Self {
            child: serve.spawn().expect("the program starts"),
            address,
            client: Client::builder().no_proxy().build().expect("a client"),
        }
    }

    async fn get(&self, path: &str) -> Option<StatusCode> {
        let asked = self.client.get(format!("http://{}{path}", self.address));
        let answer = timeout(PATIENCE, asked.send()).await.expect("in time");
        Some(answer.ok()?.status())
    }

    pub async fn is_ready(&mut self) {
        let mut again = interval(Duration::from_millis(100));
        let ready = async {
            while self.get("/readyz").await != Some(StatusCode::OK) {
                again.tick().await;
                let ended = self.child.try_wait().expect("its state");
                assert!(ended.is_none(), "it ended: {ended:?}");
            }
        };
        timeout(PATIENCE, ready).await.expect("it is ready");
    }

    async fn ends(mut self) {
        let id = self.child.id().expect("it lives").to_string();
        let sent = Command::new("kill")
            .args(["-s", "TERM", &id])
            .status()
            .await;
        assert!(sent.expect("kill").success());
        let ended = timeout(PATIENCE, self.child.wait()).await;
        let ended = ended.expect("it ends in time").expect("its state");
        assert!(ended.success(), "{ended}");
    }
}

#[test]
fn after_a_clean_stop_the_file_alone_has_everything() {
    story::alone(Backend::Sqlite, async |backend| {
        let database = Database::fresh(backend).await;
        let log = database.folder().join("qiyue.sqlite-wal");
        let add = [
            "users",
            "add",
            "--role",
            "ADMIN",
            "--name",
            "管理员",
            "admin@park.example",
        ];
        let mut add = command(&database, database.folder(), &add);
        let password = database.folder().join("password");
        std::fs::write(&password, "a long enough Passw0rd!").expect("a file");
        add.stdin(std::fs::File::open(&password).expect("a file"));
        succeeds(add).await;
        assert!(!log.exists(), "a command leaves one file");

        let mut service = Service::start(&database, |_| {});
        service.is_ready().await;
        assert!(log.exists(), "while it serves there are two");
        service.ends().await;
        assert!(!log.exists(), "a stop leaves one file");
        let copy = database.copy().await;
        let list = command(&copy, copy.folder(), &["users", "list"]);
        assert!(succeeds(list).await.contains("admin@park.example"));
    });
}

/// The same command under a limit, as `ulimit` takes it.
fn limited(limit: &str, command: &Command) -> Command {
    let command = command.as_std();
    let mut limited = Command::new("/bin/sh");
    // The signal would end it; the error of a write is what a full disk gives.
    limited
        .args(["-c", "trap '' XFSZ; ulimit $0; exec \"$@\"", limit])
        .arg(command.get_program())
        .args(command.get_args())
        .env_clear()
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .kill_on_drop(true);
    for (name, value) in command.get_envs() {
        limited.env(name, value.expect("a value"));
    }
    limited
}

/// Two thousand clients that say nothing, before a service with a thousand handles: whether it takes fewer connections than it has
/// handles or, by its settings, more, it answers.
#[test]
fn idle_connections_leave_the_door_open_under_few_handles() {
    story::alone(Backend::Sqlite, async |backend| {
        for connections in ["512", "4000"] {
            let database = Database::fresh(backend).await;
            let mut service = Service::start(&database, |serve| {
                *serve = limited("-n 1024", serve);
                serve.env("QIYUE_CONNECTIONS", connections);
            });
            service.is_ready().await;
            let (host, port) = service.address.split_once(':').expect("a port");
            let open = "for i in $(seq 500); do exec {idle}<>\"/dev/tcp/$0/$1\" || :; done; echo open; read -r";
            let mut idle = Vec::new();
            for _ in 0..4 {
                let mut clients = Command::new("bash");
                clients.args(["-c", open, host, port]).kill_on_drop(true);
                clients.stdin(Stdio::piped()).stdout(Stdio::piped());
                let mut clients = clients.spawn().expect("bash");
                let mut said = BufReader::new(clients.stdout.take().expect("its output")).lines();
                let opened = timeout(PATIENCE, said.next_line()).await;
                let opened = opened.expect("in time").expect("its output");
                assert_eq!(opened.as_deref(), Some("open"));
                idle.push(clients);
            }
            for _ in 0..10 {
                // A connection of its own each time.
                let client = Client::builder().no_proxy().build().expect("a client");
                let asked = client.get(format!("http://{}/livez", service.address));
                let answer = timeout(PATIENCE, asked.send()).await.expect("in time");
                assert_eq!(answer.expect("an answer").status(), StatusCode::OK);
            }
            drop(idle);
            service.ends().await;
        }
    });
}

/// A file may grow no further, as on a full disk: what was written stays beside it.
#[test]
fn a_command_that_cannot_close_the_file_says_what_to_keep() {
    story::alone(Backend::Sqlite, async |backend| {
        let database = Database::fresh(backend).await;
        let file = database.folder().join("qiyue.sqlite");
        let log = database.folder().join("qiyue.sqlite-wal");
        let db = database.connect().await;
        // A new account needs room at the end of the file, and the log has as much as the file.
        for sql in [
            "CREATE TABLE grown (what BLOB)",
            "INSERT INTO grown VALUES (zeroblob(4000000))",
            "CREATE TRIGGER grow AFTER INSERT ON account BEGIN INSERT INTO grown VALUES (zeroblob(100000)); END",
            "VACUUM",
            "PRAGMA wal_checkpoint(TRUNCATE)",
        ] {
            db.execute_unprepared(sql).await.expect(sql);
        }
        db.close().await.expect("closed");
        let blocks = file.metadata().expect("the file").len() / 512;

        let login = "admin@park.example";
        let add = ["users", "add", "--role", "ADMIN", "--name", "管理员", login];
        let add = command(&database, database.folder(), &add);
        let mut limited = limited(&format!("-f {blocks}"), &add);
        let password = database.folder().join("password");
        std::fs::write(&password, "a long enough Passw0rd!").expect("a file");
        limited.stdin(std::fs::File::open(&password).expect("a file"));
        let output = limited.output().await.expect("it starts");
        assert_eq!(output.status.code(), Some(1), "{}", told(&output));
        let said = told(&output);
        assert!(said.contains("qiyue.sqlite-wal together with it"), "{said}");
        assert!(said.contains("一并保存"), "{said}");
        assert!(log.exists(), "what is to be kept is there");

        // There is room again.
        let list = command(&database, database.folder(), &["users", "list"]);
        assert!(succeeds(list).await.contains(login));
        assert!(!log.exists(), "the file alone has everything");
    });
}

/// How the log cannot be written.
#[derive(Clone, Copy, Debug)]
enum Unwritable {
    /// Its disk is full.
    Full,
    /// Its reader has gone.
    Gone,
    /// Its reader does not read.
    Unread,
}

#[test]
fn a_log_that_cannot_be_written_stops_nothing() {
    story::alone(Backend::Sqlite, async |backend| {
        for how in [Unwritable::Full, Unwritable::Gone, Unwritable::Unread] {
            let database = Database::fresh(backend).await;
            let (reader, pipe) = std::io::pipe().expect("a pipe");
            let reader = match how {
                Unwritable::Unread => Some(reader),
                Unwritable::Full | Unwritable::Gone => {
                    drop(reader);
                    None
                }
            };
            if let Unwritable::Unread = how {
                // As full as a pipe can be.
                let mut filler = std::process::Command::new("timeout")
                    .args(["1", "cat", "/dev/zero"])
                    .stdout(pipe.try_clone().expect("the pipe"))
                    .spawn()
                    .expect("cat");
                filler.wait().expect("it ends");
            }
            let mut service = Service::start(&database, |serve| {
                serve.env("QIYUE_RATE_LIMITS", "false");
                match how {
                    Unwritable::Full => {
                        let full = std::fs::OpenOptions::new().write(true).open("/dev/full");
                        serve.stderr(full.expect("a full disk"));
                    }
                    Unwritable::Gone | Unwritable::Unread => {
                        serve.stderr(Stdio::from(pipe.try_clone().expect("the pipe")));
                    }
                }
            });
            service.is_ready().await;
            for _ in 0..20 {
                let answer = service.get("/livez").await;
                assert_eq!(answer, Some(StatusCode::OK), "{how:?}");
            }
            service.ends().await;
            drop(reader);
        }
    });
}

#[test]
fn a_start_that_fails_tells_why_even_when_nobody_reads() {
    story::alone(Backend::Sqlite, async |backend| {
        let database = Database::fresh(backend).await;
        let full = std::fs::OpenOptions::new().write(true).open("/dev/full");
        let mut refused = command(
            &database,
            database.folder(),
            &["users", "disable", "nobody"],
        );
        refused.stderr(full.expect("a full disk"));
        let refused = refused.output().await.expect("it starts");
        assert_eq!(refused.status.code(), Some(1), "{}", told(&refused));
    });
}

#[test]
fn a_command_whose_output_cannot_be_written_does_not_end_well_and_a_reader_may_stop() {
    story::alone(Backend::Sqlite, async |backend| {
        let database = Database::fresh(backend).await;
        let run = async |arguments: &[&str], out: Stdio| {
            let mut command = command(&database, database.folder(), arguments);
            let child = command.stdout(out).spawn().expect("it starts");
            child.wait_with_output().await.expect("it ends")
        };
        for arguments in [["schema"], ["permissions"]] {
            let full = std::fs::OpenOptions::new().write(true).open("/dev/full");
            let full = Stdio::from(full.expect("a full disk"));
            let output = run(&arguments, full).await;
            assert_eq!(output.status.code(), Some(1), "{arguments:?}");
            let said = told(&output);
            assert!(said.contains("The output cannot be written"), "{said}");
            assert!(said.contains("无法写出结果"), "{said}");

            let (reader, pipe) = std::io::pipe().expect("a pipe");
            drop(reader);
            let output = run(&arguments, Stdio::from(pipe)).await;
            assert!(output.status.success(), "{}", told(&output));
            assert!(
                !told(&output).contains("cannot be written"),
                "{arguments:?}"
            );
        }
    });
}

stories! {
    async fn what_was_called_off_is_never_written(park: Park) {
        effects::table(park.db()).await;
        let recall = std::sync::Arc::new(Recall::default());
        let store = park.store.recalled_by(recall.clone());
        leave(&store, "in time").await.expect("done");
        let unit = store.begin(&Viewer::system("story")).await.expect("begun");
        effects::leave(unit.db(), "too late").await.expect("written");
        assert!(recall.call_off());
        assert!(unit.commit().await.is_err());
        assert!(leave(&store, "later still").await.is_err());
        assert_eq!(effects::all(park.db()).await.expect("the effects"), ["in time"]);
    }
}

stories! {
    async fn a_start_far_beyond_the_newest_run_waits_until_somebody_confirms_the_clock(park: Park) {
        park.clock.set(OffsetClock::default().now() - TimeDelta::days(400));
        park.people().await;
        let ran = runner(&park).run_now("deadline_warnings", None, false).await;
        ran.expect("a run").expect("the job exists");
        let runs = async |database: &Database| {
            let db = database.connect().await;
            let found = number(&db, "SELECT COUNT(*) FROM job_run").await;
            db.close().await.expect("closed");
            found
        };
        let database = park.close().await;
        let before = runs(&database).await;
        // A second start confirms nothing: it may be that of a machine that starts what has ended.
        for _ in 0..2 {
            let mut service = Service::start(&database, |serve| {
                serve.env("QIYUE_CLOCK_JUMP_MINUTES", "10");
            });
            let mut log = BufReader::new(service.child.stderr.take().expect("its log")).lines();
            let said = async {
                let mut doubts = 0;
                while let Some(line) = log.next_line().await.expect("its log") {
                    doubts += usize::from(line.contains("QIYUE_CLOCK_JUMP_MINUTES=0"));
                    if line.contains("serving") {
                        return doubts;
                    }
                }
                panic!("it ended");
            };
            assert_eq!(timeout(PATIENCE, said).await.expect("it serves"), 1);
            let asked = service.client.get(format!("http://{}/readyz", service.address));
            let answer = timeout(PATIENCE, asked.send()).await.expect("in time").expect("an answer");
            assert_eq!(answer.status(), StatusCode::SERVICE_UNAVAILABLE);
            assert_eq!(answer.text().await.expect("text"), "jobs: clock\n");
            tokio::spawn(async move { while let Ok(Some(_)) = log.next_line().await {} });
            service.ends().await;
            assert_eq!(runs(&database).await, before, "nothing has run");
        }
        let mut service = Service::start(&database, |serve| {
            serve.env("QIYUE_CLOCK_JUMP_MINUTES", "0");
        });
        service.is_ready().await;
        service.ends().await;
    }
}

/// A server that takes its time over COMMIT: so long it is waited for, and no longer.
#[test]
fn a_commit_is_waited_for_but_not_for_ever() {
    story::run(Backend::Postgres, async |park: Park| {
        effects::table(park.db()).await;
        for sql in [
            "CREATE FUNCTION dawdle() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN PERFORM pg_sleep(1); RETURN NULL; END'",
            "CREATE CONSTRAINT TRIGGER dawdle AFTER INSERT ON effect DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION dawdle()",
        ] {
            park.db().execute_unprepared(sql).await.expect(sql);
        }
        let wait = async |what: &str, committing: Duration| {
            let recall = std::sync::Arc::new(Recall::default());
            let store = park.store.recalled_by(recall.clone());
            let unit = store.begin(&Viewer::system("story")).await.expect("begun");
            effects::leave(unit.db(), what).await.expect("left");
            let long = Duration::from_millis(300);
            settled(unit.commit(), &recall, long, committing).await
        };
        let done = wait("in time", Duration::from_secs(10)).await;
        assert!(matches!(done, Ok(Ok(()))), "{done:?}");
        assert_eq!(
            effects::all(park.db()).await.expect("the effects"),
            ["in time"]
        );
        let left = wait("unknown", Duration::from_millis(300)).await;
        assert!(matches!(left, Err(Unperformed::Unsettled)), "{left:?}");
    });
}

/// Somebody else is at work for longer than an operation may take: its caller is told so, and it does not happen afterwards.
#[test]
fn what_is_said_to_have_taken_too_long_is_not_done_later() {
    story::run(Backend::Sqlite, async |park: Park| {
        let draft = "mutation($input: ContractDraftInput!) { contractDraft(input: $input) { contract { id } } }";
        let enterprise = Kind::Enterprise.id(park.people().await.enterprise_id());
        let input = json!({"input": {"enterpriseId": enterprise.as_str(), "parkParty": "示例服务中心",
            "startsOn": "2026-09-30", "endsOn": "2027-09-29"}});
        let system = Viewer::system("story");
        let busy = park.store.begin(&system).await.expect("a turn");
        let answer = park.graphql(Who::Centre, draft, input).await;
        let message = answer["errors"][0]["message"].as_str();
        assert_eq!(message, Some("The operation took too long."), "{answer}");
        let code = &answer["errors"][0]["extensions"]["code"];
        assert_eq!(code, "UNAVAILABLE", "it was not too large: {answer}");
        busy.rollback().await.expect("the turn ends");
        // Whoever waits in line behind it has had his turn before this one.
        park.store.can_write().await.expect("written");
        assert_eq!(park.dump().await.rows("contract").len(), 0);
    });
}

/// The database is away when the service starts, comes back, and goes away again.
#[test]
fn a_start_waits_for_the_database_and_an_outage_is_told_as_one() {
    story::run(Backend::Postgres, async |park: Park| {
        park.people().await;
        let way = Cut::before(park.database());
        way.away();
        let mut service = Service::start(park.database(), |serve| {
            serve.env("QIYUE_DATABASE_URL", way.address());
        });
        let mut log = BufReader::new(service.child.stderr.take().expect("its log")).lines();
        let says = async {
            while let Some(line) = log.next_line().await.expect("its log") {
                if line.contains("this start waits for it") {
                    return line;
                }
            }
            panic!("it ended");
        };
        let said = timeout(PATIENCE, says)
            .await
            .expect("it says that it waits");
        let said: serde_json::Value = serde_json::from_str(&said).expect("a line of JSON");
        let cause = said["cause"].as_str().expect("a cause");
        assert!(!cause.is_empty() && !cause.contains("pool"), "{said}");
        way.back();
        tokio::spawn(async move { while let Ok(Some(_)) = log.next_line().await {} });
        service.is_ready().await;

        way.away();
        let secret = park.people().await.secret(Who::Centre).expect("a session");
        let ask = async || {
            let address = format!("http://{}/graphql", service.address);
            let request = service.client.post(address).bearer_auth(secret);
            let request = request.json(&json!({"query": "{ contracts(first: 1) { totalCount } }"}));
            let answer = timeout(PATIENCE, request.send()).await.expect("in time");
            answer.expect("an answer")
        };
        let answer = ask().await;
        assert_eq!(answer.status(), StatusCode::SERVICE_UNAVAILABLE);
        let body: serde_json::Value = answer.json().await.expect("JSON");
        assert_eq!(
            body["errors"][0]["extensions"]["code"], "UNAVAILABLE",
            "{body}"
        );
        way.back();
        // The session is one of the park's own day.
        assert_ne!(ask().await.status(), StatusCode::SERVICE_UNAVAILABLE);
        service.ends().await;
    });
}

/// A firewall that has forgotten the connections, or a machine without power: nothing comes back, and nothing breaks.
#[test]
fn connections_that_fall_silent_leave_no_request_without_an_answer() {
    story::run(Backend::Postgres, async |park: Park| {
        let way = Cut::before(park.database());
        let mut service = Service::start(park.database(), |serve| {
            serve.env("QIYUE_DATABASE_URL", way.address());
        });
        service.is_ready().await;
        let secret = park.people().await.secret(Who::Centre).expect("a session");
        way.falls_silent();
        let request = service
            .client
            .post(format!("http://{}/graphql", service.address))
            .bearer_auth(secret)
            .json(&json!({"query": "{ contracts(first: 1) { totalCount } }"}));
        let answer = timeout(PATIENCE, request.send()).await.expect("in time");
        let answer = answer.expect("an answer");
        assert_eq!(answer.status(), StatusCode::SERVICE_UNAVAILABLE);
        let body: serde_json::Value = answer.json().await.expect("JSON");
        let code = &body["errors"][0]["extensions"]["code"];
        assert_eq!(code, "UNAVAILABLE", "{body}");
    });
}

#[test]
fn a_start_behind_somebody_who_migrates_says_that_it_waits_and_a_second_signal_ends_at_once() {
    story::alone(Backend::Postgres, async |backend| {
        let database = Database::fresh(backend).await;
        let other = entity::store::connect(database.address(), 1)
            .await
            .expect("it opens");
        other
            .execute_unprepared("SELECT pg_advisory_lock(8331)")
            .await
            .expect("the lock");
        let mut service = Service::start(&database, |_| {});
        let mut log = BufReader::new(service.child.stderr.take().expect("its log")).lines();
        let mut says = async |wanted: &str| {
            let said = async {
                while let Some(line) = log.next_line().await.expect("its log") {
                    if line.contains(wanted) {
                        return;
                    }
                }
                panic!("it ended");
            };
            timeout(PATIENCE, said).await.expect("it says so");
        };
        says("another process brings the tables up to date").await;
        other.close().await.expect("unlocked");
        says("serving").await;
        let id = service.child.id().expect("it lives").to_string();
        for _ in 0..2 {
            let sent = Command::new("kill")
                .args(["-s", "TERM", &id])
                .status()
                .await;
            assert!(sent.expect("kill").success());
        }
        // Signals that come together are one: the second is sent until it is seen.
        let mut again = interval(Duration::from_millis(50));
        let ended = async {
            loop {
                again.tick().await;
                if let Some(ended) = service.child.try_wait().expect("its state") {
                    return ended;
                }
                let _gone = Command::new("kill")
                    .args(["-s", "TERM", &id])
                    .output()
                    .await;
            }
        };
        let ended = timeout(Duration::from_secs(60), ended)
            .await
            .expect("it ends");
        assert_eq!(
            ended.code(),
            Some(1),
            "at once, and not as if all were well"
        );
    });
}
