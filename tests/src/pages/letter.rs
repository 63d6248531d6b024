//! Letters, holding mail, and the local mailbox.

use std::path::Path;

use api_door::scalar::Kind;
use entity::{
    account,
    id::new_id,
    outbox::{
        self,
        commands::{NewLetter, enqueue_with_id},
        facts::CalendarMissing,
    },
    store::Store,
    viewer::Viewer,
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, prelude::Uuid};

use super::{ADMIN, ALL, OPERATIONS, Page, Shown, bare, file, files, page, plain, verbs};

pub(super) async fn rows(it: &Shown<'_>) -> Vec<Page> {
    let letter = digest(it.store).await;
    let waiting = waiting(it.store).await;
    let mail = letter_with_file(it.mailbox);
    let mut pages = vec![
        plain("/letters", OPERATIONS),
        page("/letters/{key}", format!("/letters/{letter}"), OPERATIONS),
        plain("/mail/hold", ADMIN),
        plain("/mail/release", ADMIN),
        bare("/mailbox", "/mailbox".to_owned(), ALL),
        bare("/mailbox/{name}", format!("/mailbox/{mail}"), ALL),
        file("/mailbox/{name}/html", format!("/mailbox/{mail}/html"), ALL),
        file(
            "/mailbox/{name}/files/{number}",
            format!("/mailbox/{mail}/files/0"),
            ALL,
        ),
    ];
    pages.push(page(
        "/letters/many/{verb}",
        format!("/letters/many/retry?of={}", Kind::Letter.id(waiting).0),
        ADMIN,
    ));
    pages.extend(verbs(
        "/letters/{key}/{verb}",
        &format!("/letters/{waiting}"),
        &["retry", "abandon"],
        ADMIN,
    ));
    pages.extend(files("/letters.xlsx", "/letters.csv", OPERATIONS));
    pages
}

/// A digest to somebody who does not sign in here: its recipient would see it, too.
async fn digest(store: &Store) -> Uuid {
    let known: Vec<&str> = api::demo::sign_ins().map(|(login, _)| login).collect();
    let known = account::Entity::find()
        .filter(account::Column::Login.is_in(known))
        .all(store.db())
        .await
        .expect("the people");
    let found = outbox::Entity::find()
        .filter(outbox::Column::Kind.eq(outbox::Kind::Digest))
        .filter(outbox::Column::RecipientId.is_not_in(known.iter().map(|one| one.id)))
        .order_by_asc(outbox::Column::Id)
        .one(store.db())
        .await
        .expect("a read");
    found.expect("a digest").id
}

/// A letter that has not gone: about one that has, nothing is left to decide.
async fn waiting(store: &Store) -> Uuid {
    let facts = CalendarMissing {
        name: "示例".to_owned(),
        year: 2027,
    };
    let class = outbox::Class::MustNotMiss;
    let kind = outbox::Kind::CalendarMissing;
    // A key is used once for ever, and the pages are listed more than once.
    let key = format!("pages:{}", new_id(store.now()));
    let to = super::account::liaison(store).await;
    let letter = NewLetter::new(key, kind, class, to, &facts).expect("facts");
    let viewer = Viewer::system("pages");
    let unit = store.begin(&viewer).await.expect("a transaction");
    let id = enqueue_with_id(&unit, letter).await.expect("a letter");
    unit.commit().await.expect("a commit");
    id.expect("a new letter")
}

/// A letter with a file, as its page is called.
fn letter_with_file(mailbox: &Path) -> String {
    let mut letters: Vec<_> = std::fs::read_dir(mailbox)
        .expect("a mailbox")
        .map(|letter| letter.expect("a letter").path())
        .filter(|letter| {
            let text = std::fs::read(letter).expect("a letter");
            String::from_utf8_lossy(&text).contains("Content-Disposition: attachment")
        })
        .collect();
    letters.sort();
    let letter = letters.pop().expect("a letter with a file");
    letter
        .file_stem()
        .and_then(|name| name.to_str())
        .expect("a name")
        .to_owned()
}
