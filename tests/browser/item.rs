//! The catalogue of approval items: a stranger reads a guide without a script, and the service centre publishes what a department has proposed.

use tests::browser;

#[test]
fn a_stranger_reads_a_guide_without_a_script() {
    browser::without_scripts(async |visit| {
        visit.open_page("/guides").await;
        visit.press("#list tbody th a").await;
        visit.find("#materials").await;
        visit.find("#silence").await;
        visit.find("#remedies").await;
        visit.open_page("/guides/history").await;
        visit.press("details summary").await;
        visit.find("details[open] tbody th").await;
    });
}

#[test]
fn the_centre_publishes_what_a_department_has_proposed() {
    browser::run(async |visit| {
        visit.open_page("/guides").await;
        visit.see("guides", "/guides").await;
        visit.see("guide", "/guides/R14").await;
        visit.see("guides-history", "/guides/history").await;
        visit.enter("centre@park.example").await;
        visit.see("items", "/items").await;
        visit.open_page("/items?state=PROPOSED").await;
        visit.press("#list tbody th a").await;
        visit.find("#at-work").await;
        let page = visit.path().await;
        visit.see("item", &page).await;
        visit.open_page(&page).await;
        visit.press(".head a[href$='/publish']").await;
        visit.press("button.main").await;
        visit.find(".notice-done").await;
        assert_eq!(visit.path().await, page);
        assert_eq!(visit.count("#at-work").await, 0);
    });
}
