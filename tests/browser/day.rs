//! The day of each role on a telephone and in English: from its start page to what it does, without a list to know or an address to type.

use tests::browser::{self, Visit};

use crate::administration::choose;

/// Signs in somebody whose screen is 360 pixels wide and who reads English.
async fn enter(visit: &Visit, login: &str) {
    visit.resize(360).await;
    visit.enter(login).await;
    visit.prefer("language", "en").await;
    home(visit).await;
}

/// Goes to the start page.
async fn home(visit: &Visit) {
    visit.open_page("/").await;
    fits(visit).await;
}

/// Presses what leads on, and looks whether the next page fits the screen.
async fn go(visit: &Visit, css: &str) {
    let before = visit.path().await;
    visit.press(css).await;
    fits(visit).await;
    assert_ne!(visit.path().await, before, "{css} leads on");
}

/// Goes to a list by the menu.
async fn choose_list(visit: &Visit, css: &str) {
    for pressed in [".menu summary", css] {
        visit.find(pressed).await.click().await.expect("pressed");
    }
    fits(visit).await;
}

/// Sends the form of the page, and is told this.
async fn send(visit: &Visit, told: &str) {
    visit.press("form:not(.filter) button.main").await;
    visit.says(told).await;
    fits(visit).await;
}

/// Asserts that nothing of the page is beside the screen, and that it is in English.
async fn fits(visit: &Visit) {
    visit.find("h1").await;
    let path = visit.path().await;
    let wide = visit
        .ask("return document.documentElement.scrollWidth")
        .await;
    assert!(
        wide.as_u64().is_some_and(|wide| wide <= 360),
        "{path}: {wide}"
    );
    let language = visit.ask("return document.documentElement.lang").await;
    assert_eq!(language, "en", "{path}");
}

#[test]
fn a_liaison_records_reports_and_keeps() {
    browser::run(async |visit| {
        enter(visit, "liaison01@park.example").await;
        go(visit, ".desk-today .rows .act").await;
        visit
            .type_into("evidenceNote", "示例：已书面答复，附条文。")
            .await;
        visit.press("#fulfil button.main").await;
        visit.says("Recorded as kept").await;

        home(visit).await;
        visit.press("a[href^='/visits/record']").await;
        visit.find("#contact form").await;
        choose(visit, "kind", "TELEPHONE").await;
        visit.type_into("summary", "示例：询问通电进度。").await;
        send(visit, "The contact has been recorded").await;

        home(visit).await;
        go(visit, "a[href$='/events']").await;
        go(visit, "a[href^='/commitments/']").await;
        visit.type_into("eventNote", "示例：来电询问。").await;
        send(visit, "The event has been recorded").await;

        home(visit).await;
        choose_list(visit, ".menu a[href='/projects']").await;
        go(visit, "#list tbody th a").await;
        go(visit, ".head a[href*='/report-progress']").await;
        visit.type_into("percent", "5").await;
        visit.type_into("note", "示例：完成第一次洽谈。").await;
        send(visit, "The progress has been reported").await;
    });
}

#[test]
fn an_enterprise_reads_its_promises_and_rates_a_service() {
    browser::run(async |visit| {
        enter(visit, "contact@enterprise.example").await;
        assert_eq!(visit.count("main a[href$='/form']").await, 1);
        go(visit, "a[href$='/rate']").await;
        visit.press("[name=level][value=SATISFIED]").await;
        send(visit, "Satisfied").await;
        home(visit).await;
        go(visit, "a[href^='/visits/']").await;
        home(visit).await;
        go(visit, "a[href^='/obligations/']:not([href$='/rate'])").await;
        go(visit, ".clock a[href$='/why']").await;
        visit.find("main table tbody tr").await;
    });
}

#[test]
fn a_head_answers_an_order_that_the_counter_sees() {
    browser::run(async |visit| {
        enter(visit, "window@park.example").await;
        visit.find("main .light-BLACK").await;

        enter(visit, "head@park.example").await;
        go(visit, "#orders a[href$='/reply']").await;
        visit.type_into("text", "示例：本周内办结。").await;
        send(visit, "示例：本周内办结。").await;
        home(visit).await;
        go(visit, "a[href^='/obligations/']").await;
        visit
            .type_into("evidenceNote", "示例：许可决定已作出。")
            .await;
        visit.press("#fulfil button.main").await;
        visit.says("Recorded as kept").await;

        enter(visit, "window@park.example").await;
        assert_eq!(visit.count("main .light-BLACK").await, 0);

        // Who ordered it settles it.
        enter(visit, "supervisor@park.example").await;
        go(visit, "a[href^='/supervisions/']").await;
        go(visit, ".head a[href$='/settle']").await;
        visit.type_into("text", "示例：同意结案。").await;
        send(visit, "示例：同意结案。").await;
        home(visit).await;
        go(visit, "a[href='/audit']").await;
        visit.find("#list tbody tr").await;
    });
}

#[test]
fn a_leader_goes_from_the_park_to_one_promise_and_its_days() {
    browser::run(async |visit| {
        enter(visit, "leader@park.example").await;
        go(visit, "a[href='/obligations?light=BLACK']").await;
        go(visit, "#list tbody th a").await;
        go(visit, ".clock a[href$='/why']").await;
        visit.find("main table tbody tr").await;
        home(visit).await;
        go(visit, "a[href='/reports']").await;
        visit.find("#list tbody tr").await;

        enter(visit, "inspector@park.example").await;
        go(visit, "a[href^='/evaluations/']").await;
        visit.find("main table tbody tr").await;
    });
}

#[test]
fn the_service_centre_calls_back_and_the_administrator_looks_after_the_jobs() {
    browser::run(async |visit| {
        enter(visit, "centre@park.example").await;
        go(visit, "a[href^='/rectifications/']").await;
        go(visit, ".head a[href$='/contact']").await;
        visit.find("main form button.main").await;
        home(visit).await;
        choose_list(visit, ".menu a[href='/liaisons']").await;
        go(visit, ".head a[href='/liaisons/new']").await;

        enter(visit, "admin@park.example").await;
        go(visit, "a[href='/accounts/invite']").await;
        visit.find("main form button.main").await;
        home(visit).await;
        go(visit, "a[href='/jobs']").await;
        go(visit, "a[href='/jobs/deadline_warnings']").await;
        home(visit).await;
        go(visit, "a[href='/letters']").await;
        go(visit, "#list tbody th a").await;
        home(visit).await;
        go(visit, "a[href='/calendar']").await;
    });
}
