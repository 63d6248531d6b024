//! Cases before the browser: an officer works off a queue by the keys, the office tells at once what is missing, and the enterprise hands it in on a
//! telephone.

use tests::browser::{self, Visit};
use thirtyfour::Key;

use crate::administration::{Given, choose};

const OFFICER: &str = "window@park.example";
const CONTACT: &str = "contact@enterprise.example";

/// What the officer has not looked at yet.
const QUEUE: &str = "/cases?state=RECEIVED";

/// Presses Enter on what matches.
async fn enter(visit: &Visit, css: &str) {
    let found = visit.find(&format!("main {css}")).await;
    found.send_keys(Key::Enter).await.expect("pressed");
}

/// Asserts that nothing of the page is beside the screen.
async fn fits(visit: &Visit) {
    visit.find("h1").await;
    let wide = visit
        .ask("return document.documentElement.scrollWidth")
        .await;
    assert!(
        wide.as_u64().is_some_and(|wide| wide <= 360),
        "{}: {wide}",
        visit.path().await
    );
}

#[test]
fn an_officer_works_off_the_queue_by_the_keys() {
    browser::run(async |visit| {
        visit.enter(OFFICER).await;
        visit.find("#queue").await;
        visit.judge("case-start").await;
        visit.see("cases", "/cases").await;
        visit.open_page(QUEUE).await;
        let many = visit.count("#list tbody tr").await;
        assert!(many >= 3, "the demonstration has {many}");
        enter(visit, "#list tbody th a").await;
        let first = visit.page().await;
        visit.see("case", &first).await;
        visit
            .see("case-ask", &format!("{first}/ask-correction"))
            .await;
        visit.open_page(QUEUE).await;
        enter(visit, "#list tbody th a").await;
        for left in (0..many).rev() {
            enter(visit, "#acts a[href*='/accept']").await;
            enter(visit, "[name=then]").await;
            visit.says("已受理。").await;
            // Whoever has done the last is back at the list, which is empty.
            if left == 0 {
                visit.says("没有符合条件的办件").await;
            } else {
                visit.find("#acts").await;
            }
        }
        assert!(visit.path().await.contains("state=RECEIVED"));
    });
}

#[test]
fn cases_are_taken_several_at_once() {
    browser::run(async |visit| {
        visit.enter(OFFICER).await;
        visit.open_page("/cases?taken=0").await;
        visit.find(".pick input").await;
        let before = visit.count("#list .pick").await;
        for place in 0..2 {
            let boxes = visit
                .driver
                .find_all(thirtyfour::By::Css(".pick input"))
                .await;
            let boxes = boxes.expect("boxes");
            boxes[place].send_keys(" ").await.expect("pressed");
        }
        enter(visit, ".many [formaction='/cases/many/take']").await;
        visit.find("#give").await;
        visit.judge("case-many").await;
        enter(visit, "#give button.main").await;
        visit.find(".notice-done").await;
        assert_eq!(visit.count("main tbody .state-done").await, 2);
        visit.open_page("/cases?taken=0").await;
        visit.find("#list").await;
        assert_eq!(visit.count("#list .pick").await, before - 2);
    });
}

#[test]
fn what_is_missing_is_told_at_once_and_handed_in_on_a_telephone() {
    browser::run(async |visit| {
        visit.enter(OFFICER).await;
        visit.open_page(QUEUE).await;
        enter(visit, "#list tbody th a").await;
        visit.press("#acts a[href*='/ask-correction']").await;
        // What has no reason is not asked for; nothing of what was typed is lost.
        visit.type_into("text-2", "请补盖公章。").await;
        visit.press("form:not(.filter) button.main").await;
        visit.find(".field-wrong #reason-2").await;
        visit.judge("case-ask-refused").await;
        choose(visit, "reason-2", "SIGNATURE").await;
        choose(visit, "reason-3", "DOCUMENT").await;
        visit.type_into("text-3", "请提交最新版本。").await;
        visit.press("form:not(.filter) button.main").await;
        visit.says("已一次性告知").await;
        visit.says("请补盖公章。").await;

        // Another case waits for the enterprise already.
        visit.enter(CONTACT).await;
        visit.resize(360).await;
        visit.open_page("/").await;
        fits(visit).await;
        visit.press("a[href^='/cases/']").await;
        fits(visit).await;
        let page = visit.page().await;
        visit.see("case-own", &page).await;
        visit.see("case-hand-in", &format!("{page}/complete")).await;
        visit.resize(360).await;
        visit.open_page(&page).await;
        visit.press("#acts a[href*='/complete']").await;
        fits(visit).await;
        // Nothing is handed in before every material is there.
        visit.press("form:not(.filter) button.main").await;
        visit.find(".notice-wrong").await;
        fits(visit).await;
        let paper = Given::new("corrected.pdf", b"%PDF-1.4\n%%EOF\n");
        let fields = visit.count("main input[type=file]").await;
        for place in 0..fields {
            visit
                .type_into(&format!("paper{place}"), paper.path())
                .await;
        }
        visit.type_into("note", "已与所附材料核对一致。").await;
        visit.press("form:not(.filter) button.main").await;
        visit.says("补正材料已提交").await;
        assert_eq!(visit.page().await, page);
        fits(visit).await;
        visit.press("#clocks a.why").await;
        visit.find("main .walk tbody tr").await;
        fits(visit).await;
    });
}
