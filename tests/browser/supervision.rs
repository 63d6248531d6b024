//! Supervision orders and comments: answered from the start page, decided by who ordered, and written about a thing.

use tests::browser;

#[test]
fn an_order_is_answered_from_the_start_page_and_settled_by_the_leader() {
    browser::run(async |visit| {
        visit.enter("centre@park.example").await;
        visit.see("supervisions", "/supervisions").await;
        visit.open_page("/").await;
        visit.press("#orders .due a").await;
        visit.find("#text").await;
        let reply = visit.path().await;
        visit.see("supervision-reply", &reply).await;
        visit.open_page(&reply).await;
        visit.press("button.main").await;
        visit.find(".field-wrong #text").await;
        visit
            .type_into("text", "因材料不齐超期，本周内办结。")
            .await;
        visit.press("button.main").await;
        visit.find(".sheet blockquote ~ blockquote").await;
        let page = visit.path().await;
        assert!(page.starts_with("/supervisions/"), "{page}");
        visit.see("supervision", &page).await;

        visit.enter("leader@park.example").await;
        visit.see("leader-pending", "/").await;
        visit.open_page("/").await;
        visit.press("#pending a").await;
        assert_eq!(visit.path().await, page);
        visit.press(".head a[href$='/settle']").await;
        visit.type_into("text", "同意，请按期办结。").await;
        visit.press("button.main").await;
        visit.find(".state-done").await;
    });
}

#[test]
fn a_comment_says_on_its_button_who_reads_it() {
    browser::run(async |visit| {
        visit.enter("liaison01@park.example").await;
        visit.open_page("/obligations").await;
        visit.press("#list tbody th a").await;
        visit.find("#comments").await;
        let page = visit.path().await;
        visit.type_into("text", "请先核实材料。").await;
        visit.press("#comments button[value=INTERNAL]").await;
        visit.find("#comments .state-held").await;
        visit.type_into("text", "材料已收到。").await;
        visit.press("#comments button[value=SHARED]").await;
        visit.find("#comments .rows .state-live").await;
        visit.see("comments", &page).await;
        visit.open_page(&page).await;
        visit.press("#comments a[href*='/withdraw']").await;
        visit.press("button.main").await;
        visit.find("#comments .rows p.quiet-text").await;
    });
}
