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
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, sea_query::Expr};
use tests::{
    Backend, Park, Who,
    database::Database,
    program::{command, told},
    smtp::{Deed, Smtp, Step},
    story,
};
use tokio::process::Command;

use crate::mail::{letter, write};

/// A park on the machine's clock, which the program shares.
async fn park(database: Database) -> Park {
    let mut park = Park::open(database).await;
    let clock: SharedClock = std::sync::Arc::new(OffsetClock::default());
    park.store = park.store.with_clock(clock);
    park
}

/// One delivery by the program, to `relay` when one is given, else into the mailbox.
fn delivery(park: &Park, relay: Option<&str>) -> Command {
    let mark = park.database().folder().join("last-letter");
    let mut delivery = command(
        park.database(),
        park.mailbox.folder(),
        &["jobs", "run", "outbox_delivery"],
    );
    delivery.env("QIYUE_MAIL_MARK_FILE", mark);
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
        .expect("the mail state")
        .expect("there is one");
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
