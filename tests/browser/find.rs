//! Finding in a browser: the search by its key, and the month of due dates on a desk and on a telephone.

use tests::browser::{self, Visit};
use thirtyfour::Key;

async fn slash(visit: &Visit) {
    let keys = visit.driver.action_chain().send_keys("/");
    keys.perform().await.expect("pressed");
}

#[test]
fn a_slash_leads_to_the_search() {
    browser::run(async |visit| {
        visit.enter("centre@park.example").await;
        visit.resize(1280).await;
        visit.open_page("/contracts").await;
        slash(visit).await;
        let field = visit.find("#find:focus").await;
        field.send_keys("qy-2026-001").await.expect("typed");
        field.send_keys(Key::Enter).await.expect("pressed");
        visit.find("main .rows a[href^='/contracts/']").await;
        assert!(
            visit.path().await.starts_with("/search?text=qy-2026-001"),
            "{}",
            visit.path().await
        );
        visit.judge("search").await;

        // On a telephone it stands behind the menu.
        visit.resize(360).await;
        visit.open_page("/contracts").await;
        slash(visit).await;
        let field = visit.find("#find-menu:focus").await;
        assert!(field.is_displayed().await.expect("seen"));
        visit.picture("telephone-search", 360).await;
    });
}

#[test]
fn the_search_works_without_a_script() {
    browser::without_scripts(async |visit| {
        visit.enter("liaison01@park.example").await;
        visit.open_page("/search").await;
        visit.type_into("text", "政 策").await;
        visit.press(".find button").await;
        visit.find("main .rows a[href^='/obligations/']").await;
    });
}

/// Whether every day that is seen has something that falls due.
const FULL: &str =
    "return [...document.querySelectorAll('.dues td')].filter(day => day.checkVisibility())
    .every(day => day.querySelector('li'))";

/// How wide the page is.
const WIDTH: &str = "return document.documentElement.scrollWidth";

#[test]
fn a_month_is_a_table_on_a_desk_and_a_list_on_a_telephone() {
    browser::run(async |visit| {
        visit.enter("centre@park.example").await;
        visit.resize(1280).await;
        visit.open_page("/obligations").await;
        visit.press("#list .counts a[href*='/month']").await;
        visit.find(".dues td li a").await;
        assert_eq!(visit.ask(FULL).await, false);
        visit.judge("due-month").await;

        visit.resize(360).await;
        assert_eq!(visit.ask(FULL).await, true);
        assert!(visit.ask(WIDTH).await.as_u64().expect("a width") <= 360);
        visit.picture("telephone-due-month", 360).await;

        // The number of a day leads to its list, and the weeks are one press away.
        visit.press(".dues p a").await;
        visit.find("#list .table tbody tr").await;
        let path = visit.path().await;
        assert!(path.contains("from=") && path.contains("to="), "{path}");
        visit.open_page("/obligations/week").await;
        visit.find("#list section h2").await;
        visit.judge("due-week").await;
    });
}
