//! The real program and its mail: killed before and after the final dot, over a restored backup, on a full disk, and with a real
//! SMTP server over TLS.

use std::{
    path::{Path, PathBuf},
    process::Stdio,
    time::Duration,
};

use entity::{
    clock::{OffsetClock, SharedClock},
    outbox::{self, Class, State, hold::Hold},
    viewer::Viewer,
};
use jobs::{Runner, Settings};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, sea_query::Expr};
use tests::{
    Backend, Park, Who,
    database::Database,
    program::{command, told},
    smtp::{Deed, Smtp, Step},
    story,
};
use tokio::process::Command;

use crate::mail::{deliver, letter, write};

/// A park on the machine's clock, which the program shares.
async fn park(database: Database) -> Park {
    let mut park = Park::open(database).await;
    let clock: SharedClock = std::sync::Arc::new(OffsetClock::default());
    park.store = park.store.with_clock(clock);
    park
}

/// One delivery by the program, to `relay` when one is given, else into the mailbox.
fn delivery(park: &Park, relay: Option<&str>) -> Command {
    let mut delivery = command(
        park.database(),
        park.mailbox.folder(),
        &["jobs", "run", "outbox_delivery"],
    );
    if let Some(relay) = relay {
        delivery
            .env("QIYUE_SMTP_URL", relay)
            .env("QIYUE_SMTP_PLAIN", "true");
    }
    delivery
}

async fn run(mut delivery: Command) -> String {
    told(&delivery.output().await.expect("the program starts"))
}

/// What waits is due now, and the lease of a dead sender is over: as if hours had passed.
async fn hours_later(park: &Park) {
    let past = park.store.now() - chrono::TimeDelta::minutes(1);
    outbox::Entity::update_many()
        .col_expr(outbox::Column::NextAttemptAt, Expr::value(past))
        .filter(outbox::Column::State.is_in([State::Pending, State::Ambiguous]))
        .exec(park.db())
        .await
        .expect("hours pass");
    outbox::Entity::update_many()
        .col_expr(outbox::Column::LeaseUntil, Expr::value(Some(past)))
        .filter(outbox::Column::State.eq(State::Sending))
        .exec(park.db())
        .await
        .expect("hours pass");
    park.db()
        .execute_unprepared("UPDATE job_run SET state = 'ABANDONED', finished_at = started_at WHERE state IN ('CLAIMED', 'RUNNING')")
        .await
        .expect("hours pass");
}

async fn killed_at(backend: Backend) {
    for (step, copies_of_the_killed) in [
        (Step::Greeting, 0),
        (Step::Rcpt, 0),
        (Step::Data, 0),
        (Step::Dot, 1),
    ] {
        let park = park(Database::fresh(backend).await).await;
        let to = park.people().await.account(Who::Admin).id;
        let id = write(&park, "killed", Class::MustNotMiss, to).await;
        let relay = Smtp::open().await;
        relay.at(step, Deed::Hang);
        let mut child = delivery(&park, Some(&relay.url()))
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("the program starts");
        tokio::time::timeout(Duration::from_secs(120), relay.reached(step))
            .await
            .expect("the program sends");
        child.kill().await.expect("killed");
        assert_eq!(relay.received().len(), copies_of_the_killed, "{step:?}");
        assert_eq!(letter(&park, id).await.state, State::Sending, "{step:?}");

        relay.does(|_, _| Deed::GoOn);
        hours_later(&park).await;
        run(delivery(&park, Some(&relay.url()))).await;
        if step == Step::Dot {
            let after = letter(&park, id).await;
            assert_eq!(after.state, State::Ambiguous, "{:?}", after.last_text);
            assert_eq!(relay.received().len(), 1, "half an hour of waiting first");
            hours_later(&park).await;
            run(delivery(&park, Some(&relay.url()))).await;
        }
        assert_eq!(letter(&park, id).await.state, State::Sent, "{step:?}");
        let received = relay.received();
        assert_eq!(received.len(), copies_of_the_killed + 1, "{step:?}");
        assert!(
            received.iter().all(|mail| mail.bytes == received[0].bytes),
            "the same to the byte"
        );
        hours_later(&park).await;
        run(delivery(&park, Some(&relay.url()))).await;
        assert_eq!(relay.received().len(), received.len(), "and no more");
    }
}

#[test]
fn killed_before_the_dot_it_arrives_once_and_killed_after_it_once_more_on_sqlite() {
    story::alone(Backend::Sqlite, killed_at);
}

#[test]
fn killed_before_the_dot_it_arrives_once_and_killed_after_it_once_more_on_postgres() {
    story::alone(Backend::Postgres, killed_at);
}

/// A new machine in the place of the old one, and a machine beside one that lives.
async fn without_a_mark(backend: Backend) {
    let park = park(Database::fresh(backend).await).await;
    let to = park.people().await.account(Who::Admin).id;
    let relay = Smtp::open().await;
    let runner = |park: &Park, machine: &str| {
        let mark = park.database().folder().join(machine).join("last-letter");
        let settings = Settings {
            mark: Some(mark),
            alone: backend == Backend::Sqlite,
            ..park.job_settings(relay.relay())
        };
        Runner::new(park.store.clone(), &settings, Default::default()).expect("a runner")
    };
    let held = async |park: &Park| {
        let state = outbox::repository::mail_state(park.db()).await;
        state.expect("the mail state").hold
    };
    write(&park, "first", Class::MustNotMiss, to).await;
    let first = runner(&park, "one");
    deliver(&first).await;
    assert_eq!((relay.received().len(), held(&park).await), (1, None));

    if backend == Backend::Postgres {
        // It has never sent, and its neighbour lives.
        write(&park, "second", Class::MustNotMiss, to).await;
        let second = runner(&park, "two");
        deliver(&second).await;
        assert_eq!((relay.received().len(), held(&park).await), (2, None));
    }

    // A copy on a new machine, long after: what waits there may have gone out.
    write(&park, "after", Class::MustNotMiss, to).await;
    park.db()
        .execute_unprepared("UPDATE mail_state SET vouched_at = NULL")
        .await
        .expect("long after");
    let before = relay.received().len();
    let copy = park.close().await.copy().await;
    let copied = self::park(copy).await;
    let elsewhere = runner(&copied, "three");
    for _ in 0..2 {
        deliver(&elsewhere).await;
        assert_eq!(
            relay.received().len(),
            before,
            "nobody knows what has gone out"
        );
        assert_eq!(held(&copied).await, Some(Hold::Restore));
    }
}

#[test]
fn a_machine_without_a_mark_holds_mail_unless_a_neighbour_speaks_for_it_on_sqlite() {
    story::alone(Backend::Sqlite, without_a_mark);
}

#[test]
fn a_machine_without_a_mark_holds_mail_unless_a_neighbour_speaks_for_it_on_postgres() {
    story::alone(Backend::Postgres, without_a_mark);
}

/// The machine that starts first after the restore has not sent the last letter: its mark follows what its neighbour sent.
async fn restored_beside_another(backend: Backend) {
    let park = park(Database::fresh(backend).await).await;
    let to = park.people().await.account(Who::Admin).id;
    let relay = Smtp::open().await;
    let marks = park.database().folder().to_owned();
    let runner = |park: &Park, machine: &str| {
        let settings = Settings {
            mark: Some(marks.join(machine)),
            ..park.job_settings(relay.relay())
        };
        Runner::new(park.store.clone(), &settings, Default::default()).expect("a runner")
    };
    let (one, two) = (runner(&park, "one"), runner(&park, "two"));
    write(&park, "first", Class::MustNotMiss, to).await;
    deliver(&one).await;
    deliver(&two).await;
    write(&park, "second", Class::MustNotMiss, to).await;
    let database = park.close().await;
    let backup = database.copy().await;
    let park = self::park(database).await;
    let (one, two) = (runner(&park, "one"), runner(&park, "two"));
    deliver(&one).await;
    assert_eq!(relay.received().len(), 2);
    deliver(&two).await;

    let restored = self::park(backup).await;
    let two = runner(&restored, "two");
    deliver(&two).await;
    assert_eq!(
        relay.received().len(),
        2,
        "the second letter went out again"
    );
    let state = outbox::repository::mail_state(restored.db()).await;
    assert_eq!(state.expect("the mail state").hold, Some(Hold::Restore));
}

#[test]
fn the_mark_of_a_machine_follows_what_its_neighbours_send() {
    story::alone(Backend::Postgres, restored_beside_another);
}

/// The folder of the data, with all that lies in it, is copied while nothing runs, and put back: from before the first letter, and once more.
#[test]
fn a_data_folder_that_is_put_back_sends_nothing_again() {
    story::alone(Backend::Sqlite, async |backend| {
        let park = park(Database::fresh(backend).await).await;
        let to = park.people().await.account(Who::Admin).id;
        write(&park, "first", Class::MustNotMiss, to).await;
        let database = park.close().await;
        let relay = Smtp::open().await;
        let (data, backup) = (
            database.folder().join("data"),
            database.folder().join("backup"),
        );
        let copy_all = |from: &Path, to: &Path| {
            let _absent = std::fs::remove_dir_all(to);
            std::fs::create_dir(to).expect("a folder");
            for file in std::fs::read_dir(from).expect("a folder").flatten() {
                std::fs::copy(file.path(), to.join(file.file_name())).expect("a copy");
            }
        };
        std::fs::create_dir(&data).expect("a folder");
        let file = data.join("qiyue.sqlite");
        std::fs::copy(database.folder().join("qiyue.sqlite"), &file).expect("a copy");
        let deliver = async || {
            let arguments = ["jobs", "run", "outbox_delivery"];
            let mut delivery = command(&database, &data.join("mailbox"), &arguments);
            delivery
                .env("QIYUE_DATABASE_URL", format!("sqlite:{}", file.display()))
                .env("QIYUE_SMTP_URL", relay.url())
                .env("QIYUE_SMTP_PLAIN", "true");
            run(delivery).await
        };
        copy_all(&data, &backup);
        let said = deliver().await;
        assert_eq!(relay.received().len(), 1, "{said}");
        for _ in 0..2 {
            copy_all(&backup, &data);
            let said = deliver().await;
            assert_eq!(relay.received().len(), 1, "it went out again: {said}");
        }
    });
}

/// The mark cannot be set: the start says so, instead of sending letters that nothing remembers.
#[test]
fn without_a_place_for_the_mark_nothing_starts_that_could_send() {
    story::alone(Backend::Sqlite, async |backend| {
        let park = park(Database::fresh(backend).await).await;
        let relay = Smtp::open().await;
        let mut delivery = delivery(&park, Some(&relay.url()));
        delivery.env(
            "QIYUE_MAIL_MARK_FILE",
            park.database().folder().join("qiyue.sqlite").join("mark"),
        );
        let said = run(delivery).await;
        assert!(
            said.contains("mail_mark_file") && said.contains("数据目录之外"),
            "{said}"
        );
    });
}

async fn restored(backend: Backend) {
    let park = park(Database::fresh(backend).await).await;
    let mark = park.database().folder().join("last-letter");
    let to = park.people().await.account(Who::Admin).id;
    let relay = Smtp::open().await;
    write(&park, "before", Class::MustNotMiss, to).await;
    let said = run(delivery(&park, Some(&relay.url()))).await;
    assert_eq!(relay.received().len(), 1, "{said}");
    write(&park, "after", Class::MustNotMiss, to).await;
    park.db().clone().close().await.expect("closed");

    let backup = park.database().copy().await;
    let said = run(delivery(&park, Some(&relay.url()))).await;
    assert_eq!(relay.received().len(), 2, "{said}");

    // The backup takes the place of the database; the mark beside the service stays.
    let restored = self::park(backup).await;
    let deliver = || {
        let mut again = delivery(&restored, Some(&relay.url()));
        again.env("QIYUE_MAIL_MARK_FILE", &mark);
        again
    };
    let said = run(deliver()).await;
    assert_eq!(
        relay.received().len(),
        2,
        "yesterday's letter went out again: {said}"
    );
    let state = outbox::repository::mail_state(restored.db())
        .await
        .expect("the mail state");
    assert_eq!(state.hold, Some(Hold::Restore));
    let waiting = outbox::Entity::find()
        .filter(outbox::Column::State.eq(State::Pending))
        .all(restored.db())
        .await
        .expect("letters");
    assert_eq!(waiting.len(), 1, "the list of what may have been sent");

    // Who knows better lets it go.
    outbox::commands::decide::release(
        &restored.store,
        &Viewer::system("story"),
        outbox::commands::decide::ReleaseMail {
            expected_version: state.version,
            reason: "收件人确认未收到".to_owned(),
            kinds: None,
            written_since: None,
        },
    )
    .await
    .expect("released");
    // The mark is still of a letter that this database does not know; the release was the decision about it.
    let said = run(deliver()).await;
    let received = relay.received();
    assert_eq!(received.len(), 3, "{said}");
    assert_eq!(received[1].message_id(), received[2].message_id());
}

#[test]
fn a_restored_backup_starts_with_mail_held_on_sqlite() {
    story::alone(Backend::Sqlite, restored);
}

#[test]
fn a_restored_backup_starts_with_mail_held_on_postgres() {
    story::alone(Backend::Postgres, restored);
}

/// A folder in which nothing more can be written: a tiny file system of its own where this process may mount one, else a path
/// below a file, which fails as surely but earlier.
struct Full {
    folder: PathBuf,
    mounted: bool,
}

impl Full {
    fn below(parent: &Path) -> Self {
        let folder = parent.join("full");
        std::fs::create_dir_all(&folder).expect("a folder");
        let mounted = std::process::Command::new("mount")
            .args(["-t", "tmpfs", "-o", "size=16k", "tmpfs"])
            .arg(&folder)
            .stderr(Stdio::null())
            .status()
            .is_ok_and(|status| status.success());
        if mounted {
            let filled = std::fs::write(folder.join("filler"), vec![0; 64 << 10]);
            assert!(filled.is_err(), "16 KiB hold no 64");
            return Self { folder, mounted };
        }
        eprintln!(
            "no file system can be mounted here: the full disk is played by a path that cannot be a folder"
        );
        std::fs::remove_dir(&folder).expect("removed");
        std::fs::write(&folder, "").expect("a file in its place");
        Self { folder, mounted }
    }

    fn make_room(&self) {
        if self.mounted {
            std::fs::remove_file(self.folder.join("filler")).expect("room");
        } else {
            std::fs::remove_file(&self.folder).expect("room");
        }
    }
}

impl Drop for Full {
    fn drop(&mut self) {
        if self.mounted {
            let _ = std::process::Command::new("umount")
                .arg(&self.folder)
                .status();
        }
    }
}

async fn full_disk(backend: Backend) {
    let park = park(Database::fresh(backend).await).await;
    let to = park.people().await.account(Who::Admin).id;
    let id = write(&park, "full", Class::MustNotDouble, to).await;
    let full = Full::below(park.database().folder());
    let deliver = || {
        let mut delivery = command(
            park.database(),
            &full.folder,
            &["jobs", "run", "outbox_delivery"],
        );
        delivery.env(
            "QIYUE_MAIL_MARK_FILE",
            park.database().folder().join("last-letter"),
        );
        delivery
    };
    let said = run(deliver()).await;
    let after = letter(&park, id).await;
    assert_eq!(after.state, State::Pending, "{said}");
    full.make_room();
    hours_later(&park).await;
    let said = run(deliver()).await;
    assert_eq!(letter(&park, id).await.state, State::Sent, "{said}");
    assert_eq!(tests::mailbox::Mailbox::at(&full.folder).letters().len(), 1);
}

#[test]
fn a_letter_waits_for_room_on_a_full_disk_on_sqlite() {
    story::alone(Backend::Sqlite, full_disk);
}

#[test]
fn a_letter_waits_for_room_on_a_full_disk_on_postgres() {
    story::alone(Backend::Postgres, full_disk);
}

/// A real SMTP server program (aiosmtpd) that keeps what it takes in a folder, with a certificate of its own.
struct Server {
    child: tokio::process::Child,
    port: u16,
    kept: PathBuf,
    certificate: PathBuf,
}

/// What the server does with a mail whose final dot arrived: keeps it, and answers or not.
const HANDLER: &str = r#"
import os, uuid

class Keeps:
    async def handle_DATA(self, server, session, envelope):
        name = os.path.join(os.environ["KEPT"], uuid.uuid4().hex)
        with open(name + ".part", "wb") as mail:
            mail.write(envelope.content)
        os.rename(name + ".part", name + ".eml")
        if os.path.exists(os.environ["KEPT"] + ".vanish"):
            server.transport.abort()
        return "250 kept"
"#;

/// How to install what is missing for the real server, or nothing when all is there.
fn server_missing() -> Option<&'static str> {
    let present = |program: &str| {
        std::process::Command::new("sh")
            .args(["-c", &format!("command -v {program} >/dev/null")])
            .status()
            .is_ok_and(|status| status.success())
    };
    (!present("/usr/bin/aiosmtpd") || !present("openssl"))
        .then_some("install a mail server, on Debian: apt-get install python3-aiosmtpd openssl")
}

impl Server {
    /// Starts it: TLS from the first byte, or by STARTTLS.
    async fn start(folder: &Path, implicit: bool) -> Self {
        let kept = folder.join("kept");
        std::fs::create_dir_all(&kept).expect("a folder");
        std::fs::write(folder.join("keeps.py"), HANDLER).expect("the handler");
        let (certificate, key) = (folder.join("relay.pem"), folder.join("relay.key"));
        let made = Command::new("openssl")
            .args([
                "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2",
            ])
            .args([
                "-subj",
                "/CN=localhost",
                "-addext",
                "subjectAltName=DNS:localhost",
            ])
            .args(["-addext", "basicConstraints=critical,CA:FALSE"])
            .arg("-out")
            .arg(&certificate)
            .arg("-keyout")
            .arg(&key)
            .output()
            .await
            .expect("openssl");
        assert!(made.status.success(), "{}", told(&made));
        let port = std::net::TcpListener::bind("127.0.0.1:0")
            .expect("a port")
            .local_addr()
            .expect("an address")
            .port();
        let (of_certificate, of_key) = if implicit {
            ("--smtpscert", "--smtpskey")
        } else {
            ("--tlscert", "--tlskey")
        };
        let child = Command::new("/usr/bin/aiosmtpd")
            .args(["-n", "-c", "keeps.Keeps", "-l"])
            .arg(format!("localhost:{port}"))
            .arg(of_certificate)
            .arg(&certificate)
            .arg(of_key)
            .arg(&key)
            .env("PYTHONPATH", folder)
            .env("KEPT", &kept)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .kill_on_drop(true)
            .spawn()
            .expect("the server starts");
        let listens = async {
            while tokio::net::TcpStream::connect(("localhost", port))
                .await
                .is_err()
            {
                tokio::task::yield_now().await;
            }
        };
        tokio::time::timeout(Duration::from_secs(60), listens)
            .await
            .expect("the server listens");
        Self {
            child,
            port,
            kept,
            certificate,
        }
    }

    /// From now on it keeps mails and never says so.
    fn vanishes(&self, yes: bool) {
        let sign = self.kept.with_extension("vanish");
        if yes {
            std::fs::write(sign, "").expect("a sign");
        } else {
            std::fs::remove_file(sign).expect("no sign");
        }
    }

    fn kept(&self) -> Vec<tests::mailbox::Letter> {
        tests::mailbox::Mailbox::at(&self.kept).letters()
    }
}

async fn real_server(backend: Backend) {
    if let Some(remedy) = server_missing() {
        story::not_run("letters through a real SMTP server", remedy);
        return;
    }
    for implicit in [false, true] {
        let park = park(Database::fresh(backend).await).await;
        let to = park.people().await.account(Who::Admin).id;
        let mut server = Server::start(park.database().folder(), implicit).await;
        let scheme = if implicit { "smtps" } else { "smtp" };
        let deliver = |trusted: bool| {
            let mut delivery = delivery(&park, None);
            delivery.env(
                "QIYUE_SMTP_URL",
                format!("{scheme}://localhost:{}", server.port),
            );
            if trusted {
                delivery.env("QIYUE_SMTP_CA_FILE", &server.certificate);
            }
            delivery
        };
        let first = write(&park, "first", Class::MustNotMiss, to).await;
        let said = run(deliver(false)).await;
        assert_eq!(
            letter(&park, first).await.state,
            State::Pending,
            "a certificate nobody vouches for: {said}"
        );
        assert!(server.kept().is_empty());

        hours_later(&park).await;
        let said = run(deliver(true)).await;
        assert_eq!(
            letter(&park, first).await.state,
            State::Sent,
            "{scheme}: {said}"
        );
        let kept = server.kept();
        assert_eq!(kept.len(), 1);
        assert_eq!(kept[0].to, "admin@park.example");

        // It keeps the mail and drops the line after the dot: one more copy, half an hour later, the same to the byte.
        server.vanishes(true);
        let lost = write(&park, "lost", Class::MustNotMiss, to).await;
        let report = write(&park, "report", Class::MustNotDouble, to).await;
        let said = run(deliver(true)).await;
        assert_eq!(letter(&park, lost).await.state, State::Ambiguous, "{said}");
        assert_eq!(letter(&park, report).await.state, State::Held, "{said}");
        server.vanishes(false);
        hours_later(&park).await;
        run(deliver(true)).await;
        assert_eq!(letter(&park, lost).await.state, State::Sent);
        let id = letter(&park, lost).await.message_id;
        let copies = |id: &str| {
            server
                .kept()
                .iter()
                .filter(|mail| mail.message_id.starts_with(id))
                .count()
        };
        assert_eq!(copies(&id), 2);
        assert_eq!(
            copies(&letter(&park, report).await.message_id),
            1,
            "never twice by itself"
        );
        server.child.kill().await.expect("stopped");
    }
}

#[test]
fn a_real_server_takes_letters_over_tls_and_loses_its_answers_on_sqlite() {
    story::alone(Backend::Sqlite, real_server);
}

#[test]
fn a_real_server_takes_letters_over_tls_and_loses_its_answers_on_postgres() {
    story::alone(Backend::Postgres, real_server);
}
