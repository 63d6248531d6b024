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

#[test]
fn a_head_edits_a_draft_and_the_centre_publishes_it() {
    browser::run(async |visit| {
        visit.enter("head@park.example").await;
        visit.open_page("/items?state=DRAFT").await;
        visit.press("#list tbody th a").await;
        visit.find("#edit").await;
        let page = visit.path().await;
        visit.see("item-draft", &page).await;

        // The promise, and then its words in the guide, which the page has asked for.
        visit.open_page(&page).await;
        visit.press("#edit a[href$='/edit-facts']").await;
        visit.type_into("promisedDays", "4").await;
        visit.press("button.main").await;
        visit.find(".notice-done").await;
        visit.says("应当写明承诺4个工作日").await;
        visit.press("#edit a[href$='/edit-guide']").await;
        visit.press("button.main").await;
        visit.find(".field-wrong #promiseZh").await;
        visit.judge("item-edit-refused").await;
        visit
            .type_into("promiseZh", "承诺自受理之日起4个工作日内办结。")
            .await;
        visit
            .type_into("promiseEn", "Promised within 4 working days of acceptance.")
            .await;
        visit.press("button.main").await;
        visit.find(".notice-done").await;

        // A material.
        visit.press("#edit a[href$='/materials/5/edit']").await;
        visit
            .type_into("noteZh", "示例：可以在作出决定前补齐。")
            .await;
        visit
            .type_into("noteEn", "An example: it may follow before the decision.")
            .await;
        visit.press("button.main").await;
        visit.find(".notice-done").await;
        visit.find("#changes").await;
        visit.press(".head a[href$='/propose']").await;
        visit
            .ask("document.querySelector('main input[type=date]').value = '2026-12-14'")
            .await;
        visit.press("button.main").await;
        visit.find(".notice-done").await;
        assert_eq!(visit.count("#edit").await, 0);

        visit.enter("centre@park.example").await;
        visit.open_page(&page).await;
        visit.find("#changes").await;
        visit.press(".head a[href$='/publish']").await;
        visit.press("button.main").await;
        visit.find(".notice-done").await;
        assert_eq!(visit.count("#at-work").await, 0);
        visit.press("#versions tbody tr:first-child th a").await;
        visit.find("#changes").await;
        let version = visit.path().await;
        visit.see("item-version", &version).await;
    });
}
