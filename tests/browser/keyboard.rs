//! The console by the keys: where the focus is, when a filter applies, and what is told.

use tests::browser::{self, Visit};
use thirtyfour::Key;

/// Waits until what matches `css` has the focus.
async fn focuses(visit: &Visit, css: &str) {
    visit.find(&format!("{css}:focus")).await;
}

#[test]
fn a_filter_waits_for_enter_and_tells_what_it_found() {
    browser::run(async |visit| {
        visit.enter("centre@park.example").await;
        visit.open_page("/obligations").await;
        // Passing by a choice asks for nothing; Enter does.
        let state = visit.find("#state").await;
        let before = state.prop("value").await.expect("a value");
        state.send_keys(Key::Down).await.expect("pressed");
        assert_ne!(state.prop("value").await.expect("a value"), before);
        assert_eq!(visit.path().await, "/obligations");
        state.send_keys(Key::Enter).await.expect("pressed");
        visit.find("[data-found]:not(:empty)").await;
        assert!(
            visit.path().await.contains("state="),
            "{}",
            visit.path().await
        );
        focuses(visit, "#state").await;
    });
}

#[test]
fn what_is_wrong_has_the_focus_and_leads_to_the_field() {
    browser::run(async |visit| {
        visit.enter("liaison01@park.example").await;
        visit.press(".rows .act").await;
        visit.press("#fulfil button.main").await;
        focuses(visit, ".notice-wrong").await;
        let title = visit.driver.title().await.expect("a title");
        assert!(title.starts_with("错误："), "{title}");
        visit.press(".notice-wrong a[href='#evidenceNote']").await;
        focuses(visit, "#evidenceNote").await;
        visit.judge("obligation-refused").await;
    });
}

#[test]
fn what_was_opened_has_the_focus() {
    browser::run(async |visit| {
        visit.enter("liaison01@park.example").await;
        visit.press("a[hx-target='#contact']").await;
        visit
            .find("#contact :is(input, select, textarea):focus")
            .await;

        // A menu closes on Escape.
        let menu = visit.find(".person summary").await;
        menu.click().await.expect("pressed");
        visit.find(".person[open]").await;
        menu.send_keys(Key::Escape).await.expect("pressed");
        visit.find(".person:not([open])").await;
    });
}
