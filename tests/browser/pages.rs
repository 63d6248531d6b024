//! Every page of the router before a browser, in both languages and both colour schemes: it has a head, a way back, nothing in
//! the console of the browser and nothing that axe finds.

use std::collections::BTreeMap;

use api::demo;
use entity::viewer::Role;
use tests::{
    browser,
    pages::{self, Gives, OPEN, Page, SECRET},
};

/// The pages of each role that is the first to open them, so that every page is seen once.
async fn by_first_role(visit: &browser::Visit) -> BTreeMap<Role, Vec<Page>> {
    let mut pages: BTreeMap<Role, Vec<Page>> = BTreeMap::new();
    for page in pages::all(&visit.store, visit.mailbox()).await {
        if page.gives != Gives::File {
            // Those with the most to press see the most.
            let usual = [Role::Centre, Role::Liaison];
            let role = usual.iter().find(|role| page.who.contains(role));
            if let Some(role) = role.or(page.who.first()) {
                pages.entry(*role).or_default().push(page);
            }
        }
    }
    pages
}

async fn walk(visit: &browser::Visit, language: &str) {
    let pages = by_first_role(visit).await;
    let mut faults = Vec::new();
    visit.open_page("/sign-in").await;
    // What is for programs is no page.
    for route in OPEN.iter().filter(|route| !route.contains('.')) {
        let path = route.replace("{secret}", SECRET);
        faults.extend(visit.meet(&path, language).await);
    }
    for (role, pages) in pages {
        let mut sign_ins = demo::sign_ins();
        let (login, _) = sign_ins
            .find(|(_, known)| *known == role)
            .expect("a sign-in");
        visit.enter(login).await;
        for page in pages {
            faults.extend(visit.meet(&page.path, language).await);
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn every_page_in_chinese() {
    browser::run(async |visit| walk(visit, "zh-CN").await);
}

#[test]
fn every_page_in_english() {
    browser::run(async |visit| walk(visit, "en").await);
}

#[test]
fn every_start_page() {
    browser::run(async |visit| {
        for (login, _) in demo::sign_ins() {
            visit.enter(login).await;
            for language in ["zh-CN", "en"] {
                let faults = visit.meet("/", language).await;
                assert!(faults.is_empty(), "{login}: {}", faults.join("\n"));
            }
        }
    });
}
