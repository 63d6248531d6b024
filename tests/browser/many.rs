//! Many rows by the keys: choose three, one act for all, the receipt, and on to the next row.

use tests::browser;
use thirtyfour::{By, Key};

#[test]
fn three_are_chosen_by_the_keys_and_told_in_one_receipt() {
    browser::run(async |visit| {
        visit.enter("centre@park.example").await;
        visit
            .open_page("/obligations?light=RED&light=ORANGE&light=YELLOW")
            .await;
        let boxes = visit.driver.find_all(By::Css(".pick input")).await;
        let boxes = boxes.expect("boxes");
        for one in boxes.iter().take(3) {
            one.send_keys(" ").await.expect("pressed");
        }
        visit.find("[data-chosen]:not(:empty)").await;
        assert_eq!(visit.count(".pick :checked").await, 3);
        visit.judge("many-chosen").await;
        visit.picture("many-chosen", 360).await;
        visit.resize(1280).await;

        let act = visit
            .find(".many [formaction='/obligations/many/acknowledge']")
            .await;
        act.send_keys(Key::Enter).await.expect("pressed");
        visit.find("#give").await;
        assert_eq!(visit.count("main tbody tr").await, 3);
        let able = visit.count(".pick :checked").await;
        assert!(able > 0, "some of them are overdue");
        visit.judge("many-ask").await;
        visit.picture("many-ask", 360).await;
        visit.resize(1280).await;
        let give = visit.find("#give button.main").await;
        give.send_keys(Key::Enter).await.expect("pressed");
        visit.find(".notice-done:focus").await;
        assert_eq!(visit.count("main tbody .state-done").await, able);
        visit.judge("many-told").await;
        visit.picture("many-told", 360).await;

        visit.press("a.button.main").await;
        visit.find("#list tbody tr").await;
        assert!(visit.path().await.contains("light=RED"));
    });
}

#[test]
fn one_goes_from_row_to_row_and_back_to_the_list() {
    browser::run(async |visit| {
        visit.enter("centre@park.example").await;
        visit.open_page("/obligations?owner=LIAISON").await;
        visit.press("#list tbody th a").await;
        visit.find(".next [rel=next]").await;
        let first = visit.page().await;
        visit.judge("next").await;
        visit
            .type_into("evidenceNote", "已电话答复并书面回函。")
            .await;
        visit.press("#fulfil [name=then]").await;
        visit.says("履约已登记，凭证已存档").await;
        assert_ne!(visit.page().await, first);
        visit.press(".next a[href^='/obligations?']").await;
        visit.find("#list tbody tr").await;
        assert!(visit.path().await.contains("owner=LIAISON"));
    });
}

#[test]
fn many_are_chosen_without_a_script() {
    browser::without_scripts(async |visit| {
        visit.enter("centre@park.example").await;
        visit.open_page("/obligations?light=RED").await;
        visit.press(".pick").await;
        visit
            .press(".many [formaction='/obligations/many/acknowledge']")
            .await;
        visit.press("#give button.main").await;
        visit.find(".notice-done").await;
    });
}
