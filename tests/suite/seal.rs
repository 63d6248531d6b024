//! What lies on the disk: nobody else may read it, no link leads anywhere else, and no secret of a letter stands in it.

use std::{
    fs::{self, Permissions},
    os::unix::fs::{PermissionsExt, symlink},
    path::Path,
};

use chrono::TimeDelta;
use entity::{
    account::{self, commands::Create},
    language::Language,
    outbox::{
        self, State,
        commands::{
            secret::{opened, seal_all},
            sending::{Frozen, Taken, claim, finish},
        },
        rules::Outcome,
    },
    seal::Seal,
    viewer::{Role, Viewer},
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, sea_query::Expr};
use serde_json::json;
use tests::{
    Backend, Park,
    database::Database,
    program::{command, succeeds, told},
    stories, story,
};

fn mode(path: &Path) -> u32 {
    let found = fs::metadata(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    found.permissions().mode() & 0o777
}

/// All that lies in a folder, with the folder itself.
fn all_in(folder: &Path) -> Vec<std::path::PathBuf> {
    let mut all = vec![folder.to_owned()];
    for inside in fs::read_dir(folder).expect("a folder") {
        let path = inside.expect("a file").path();
        match path.is_dir() {
            true => all.extend(all_in(&path)),
            false => all.push(path),
        }
    }
    all
}

#[test]
fn nobody_else_reads_what_the_service_keeps_nor_what_it_kept_before() {
    story::alone(Backend::Sqlite, async |backend| {
        let database = Database::empty(backend).await;
        let data = database.folder().join("data");
        let arguments = ["--data-dir", data.to_str().expect("a path"), "migrate"];
        succeeds(command(&database, &data.join("mailbox"), &arguments)).await;
        let kept = all_in(&data);
        assert!(
            kept.iter().any(|path| path.ends_with("qiyue.sqlite")),
            "{kept:?}"
        );
        let closed = |path: &Path| if path.is_dir() { 0o700 } else { 0o600 };
        for path in kept.iter().chain([&database.seal_file()]) {
            assert_eq!(mode(path), closed(path), "{}", path.display());
        }
        // An older version left everything open.
        fs::create_dir(data.join("mailbox")).expect("a folder");
        let mark = database.folder().join("last-letter");
        let written = [
            data.join("mailbox/letter.eml"),
            data.join("qiyue.sqlite-wal"),
            data.join("qiyue.sqlite-shm"),
            mark.clone(),
        ];
        for path in &written {
            fs::OpenOptions::new()
                .create(true)
                .append(true)
                .open(path)
                .expect("a file");
        }
        let kept = [all_in(&data), vec![database.seal_file(), mark]].concat();
        for path in &kept {
            let open = if path.is_dir() { 0o755 } else { 0o644 };
            fs::set_permissions(path, Permissions::from_mode(open)).expect("open");
        }
        let arguments = ["--data-dir", data.to_str().expect("a path"), "jobs", "list"];
        succeeds(command(&database, &data.join("mailbox"), &arguments)).await;
        for path in kept.iter().filter(|path| path.exists()) {
            assert_eq!(mode(path), closed(path), "{}", path.display());
        }
        // What many share stays as it is.
        let shared = database.folder().join("shared");
        fs::create_dir(&shared).expect("a folder");
        fs::set_permissions(&shared, Permissions::from_mode(0o1777)).expect("open");
        let arguments = ["--data-dir", shared.to_str().expect("a path"), "migrate"];
        succeeds(command(&database, &shared.join("mailbox"), &arguments)).await;
        assert_eq!(
            (mode(&shared), mode(&shared.join("qiyue.sqlite"))),
            (0o777, 0o600)
        );
    });
}

#[test]
fn no_file_or_folder_of_the_service_is_a_link_to_somebody_elses() {
    story::alone(Backend::Sqlite, async |backend| {
        for name in ["qiyue.lock", "keys.seal", "mailbox"] {
            let database = Database::fresh(backend).await;
            let aim = database.folder().join("aim");
            if name == "mailbox" {
                fs::create_dir(&aim).expect("a folder");
                fs::set_permissions(&aim, Permissions::from_mode(0o755)).expect("open");
            } else {
                fs::write(&aim, "of somebody else").expect("a file");
            }
            symlink(&aim, database.folder().join(name)).expect("a link");
            let mut start = command(&database, &database.folder().join("mailbox"), &["migrate"]);
            let start = start.output().await.expect("it starts");
            let said = told(&start);
            assert!(
                !start.status.success()
                    && said.contains(name)
                    && said.contains("is a link")
                    && said.contains("是链接"),
                "{said}"
            );
            if name == "mailbox" {
                assert_eq!(
                    (mode(&aim), fs::read_dir(&aim).expect("a folder").count()),
                    (0o755, 0)
                );
            } else {
                assert_eq!(
                    fs::read_to_string(&aim).expect("a file"),
                    "of somebody else"
                );
            }
        }
    });
}

#[test]
fn a_file_that_holds_no_keys_is_refused_in_words() {
    story::alone(Backend::Sqlite, async |backend| {
        let database = Database::fresh(backend).await;
        fs::write(database.seal_file(), "letters 00").expect("a file");
        let mut start = command(&database, &database.folder().join("mailbox"), &["migrate"]);
        let said = told(&start.output().await.expect("it starts"));
        for word in ["keys.seal", "holds no keys", "不是密钥文件", "seal_file"] {
            assert!(said.contains(word), "{said}");
        }
        assert_eq!(
            fs::read_to_string(database.seal_file()).expect("a file"),
            "letters 00"
        );
    });
}

/// A person who has just been invited, and the letter with the link.
async fn invited(park: &Park) -> outbox::Model {
    let person = Create {
        login: "newcomer@park.example".to_owned(),
        name: "专员 09".to_owned(),
        telephone: None,
        role: Role::Liaison,
        department_id: None,
        enterprise_id: None,
        language: Language::Chinese,
        password: None,
        demonstration: false,
    };
    let story = Viewer::system("story");
    let person = account::commands::create(&park.store, &story, person)
        .await
        .expect("a person");
    let letter = outbox::Entity::find()
        .filter(outbox::Column::RecipientId.eq(person.id))
        .filter(outbox::Column::Kind.eq(outbox::Kind::Invitation))
        .one(park.db())
        .await;
    letter.expect("a read").expect("a letter")
}

async fn again(park: &Park, letter: &outbox::Model) -> outbox::Model {
    let found = outbox::Entity::find_by_id(letter.id).one(park.db()).await;
    found.expect("a read").expect("the letter")
}

/// The secret of the link in a letter.
fn secret_of(park: &Park, letter: &outbox::Model) -> String {
    let opened = opened(park.store.seal(), letter).expect("its key");
    let path = opened.facts["path"].as_str().expect("a path").to_owned();
    path.rsplit('/').next().expect("a secret").to_owned()
}

/// Tries a letter and says that the relay has answered so.
async fn tried(park: &Park, letter: outbox::Model, bytes: &[u8], outcome: Outcome) -> State {
    let letter = opened(park.store.seal(), &letter).expect("its key");
    let frozen = letter.frozen.is_none().then(|| Frozen {
        address: "newcomer@park.example".to_owned(),
        bytes: bytes.to_vec(),
    });
    let Taken::Claimed(claimed) = claim(&park.store, letter, "story", frozen)
        .await
        .expect("a claim")
    else {
        panic!("not claimed")
    };
    assert_eq!(
        claimed.letter.frozen.as_deref(),
        Some(bytes),
        "the same bytes"
    );
    finish(&park.store, &claimed, &outcome)
        .await
        .expect("recorded")
}

stories! {
    async fn a_letter_that_waits_or_is_dead_gives_its_secret_to_nobody(park: Park) {
        let letter = invited(&park).await;
        let secret = secret_of(&park, &letter);
        assert!(secret.len() >= 43);
        let nowhere = async |what: &str| {
            let found = park.database().holding(&secret).await;
            assert!(found.is_empty(), "{what}: {found:?}");
        };
        nowhere("it waits").await;
        let bytes = format!("From: qiyue@park.example\r\n\r\nhttps://qiyue.example/{secret}\r\n");
        let phase = outbox::Phase::Rcpt;
        let later = Outcome::Refused { phase, code: 451, text: "later".to_owned() };
        assert_eq!(tried(&park, letter.clone(), bytes.as_bytes(), later).await, State::Pending);
        nowhere("it is tried again").await;
        let never = Outcome::Refused { phase, code: 554, text: "never".to_owned() };
        let waiting = again(&park, &letter).await;
        assert_eq!(tried(&park, waiting, bytes.as_bytes(), never).await, State::Dead);
        nowhere("it is dead").await;
        let dead = again(&park, &letter).await;
        assert_eq!(secret_of(&park, &dead), secret, "a person may have it tried once more");
        assert!(opened(&Seal::passing(), &dead).is_none(), "not without the keys");

        // When its time has passed, nothing is left of it.
        let now = park.store.now();
        outbox::Entity::update_many()
            .col_expr(outbox::Column::State, Expr::value(State::Pending))
            .col_expr(outbox::Column::NotAfter, Expr::value(now - TimeDelta::minutes(1)))
            .filter(outbox::Column::Id.eq(letter.id))
            .exec(park.db())
            .await
            .expect("its time has passed");
        let late = again(&park, &letter).await;
        let taken = claim(&park.store, late, "story", None).await.expect("a claim");
        assert!(matches!(taken, Taken::Settled(State::Expired)));
        let ended = again(&park, &letter).await;
        assert_eq!((ended.facts, ended.frozen), (json!({}), None));
    }

    async fn letters_of_an_older_version_are_sealed_at_the_start(park: Park) {
        let letter = invited(&park).await;
        let secret = secret_of(&park, &letter);
        let open = opened(park.store.seal(), &letter).expect("its key");
        outbox::Entity::update_many()
            .col_expr(outbox::Column::Facts, Expr::value(open.facts.clone()))
            .col_expr(outbox::Column::Frozen, Expr::value(Some(secret.clone().into_bytes())))
            .filter(outbox::Column::Id.eq(letter.id))
            .exec(park.db())
            .await
            .expect("as it was");
        seal_all(&park.store).await.expect("the start");
        let stored = again(&park, &letter).await;
        let text = format!("{}{:?}", stored.facts, stored.frozen.as_deref().map(String::from_utf8_lossy));
        assert!(!text.contains(&secret), "{text}");
        let found = opened(park.store.seal(), &stored).expect("its key");
        assert_eq!((found.facts, found.frozen), (open.facts, Some(secret.into_bytes())));
        let before = park.dump().await;
        seal_all(&park.store).await.expect("the next start");
        before.assert_same(&park.dump().await);
    }

    async fn a_letter_that_another_machine_has_sealed_is_left_to_it(park: Park) {
        let letter = invited(&park).await;
        let stranger = park.store.clone().with_seal(Seal::passing());
        let runner = crate::warnings::runner_of(&park, stranger);
        runner.deliver_now(None).await.expect("a pass");
        let waiting = again(&park, &letter).await;
        assert_eq!((waiting.state, waiting.attempts), (State::Pending, 0));
        assert!(park.mailbox.letters().is_empty());
        park.clock.set(waiting.next_attempt_at);
        crate::warnings::runner(&park).deliver_now(None).await.expect("a pass");
        assert_eq!(again(&park, &letter).await.state, State::Sent);
        assert!(park.mailbox.to("newcomer@park.example")[0].text.contains("http"));
        for path in all_in(park.mailbox.folder()) {
            assert_eq!(mode(&path), if path.is_dir() { 0o700 } else { 0o600 }, "{}", path.display());
        }
    }
}
