//! A bad rating before the browser: the enterprise rates on a telephone, those in charge work it off, the enterprise rates again.

use tests::browser::{self, Visit};

use crate::administration::choose;

const CONTACT: &str = "contact@enterprise.example";
const CENTRE: &str = "centre@park.example";

/// Does one act of the page of a rectification: its choice, its texts, its button.
async fn act(visit: &Visit, page: &str, verb: &str, field: &str, text: &str) {
    visit.open_page(&format!("{page}/{verb}")).await;
    match verb {
        "verify" => choose(visit, "verification", "TRUE").await,
        "plan" => choose(visit, "complexity", "SIMPLE").await,
        _ => {}
    }
    visit.type_into(field, text).await;
    visit.press("button.main").await;
    visit.says("整改已更新").await;
}

#[test]
fn a_bad_rating_on_a_telephone_is_worked_off_and_rated_again() {
    browser::run(async |visit| {
        visit.resize(390).await;
        visit.enter(CONTACT).await;
        visit.open_page("/").await;
        visit.press("a[href$='/rate']").await;
        visit.find("#level").await;
        let rate = visit.path().await;
        visit.see("obligation-rate", &rate).await;
        visit.resize(390).await;
        visit.open_page(&rate).await;
        visit.press("button.main").await;
        visit.find(".field-wrong#level").await;
        visit.press("input[value='VERY_DISSATISFIED']").await;
        visit.press("input[name='RUDE']").await;
        visit.type_into("comment", "等了两周没有回音").await;
        visit.press("button.main").await;
        visit.says("评价已提交").await;
        visit.says("非常不满意").await;
        visit.press("#rating a").await;
        visit.says("回访期限").await;
        let page = visit.path().await;
        assert!(page.starts_with("/rectifications/"), "{page}");

        visit.enter(CENTRE).await;
        visit.see("rectifications", "/rectifications").await;
        visit.see("rectification", &page).await;
        visit
            .see("rectification-contact", &format!("{page}/contact"))
            .await;
        act(visit, &page, "contact", "note", "已电话致歉").await;
        act(visit, &page, "verify", "finding", "确实没有回音").await;
        act(visit, &page, "plan", "plan", "专人跟踪").await;
        act(visit, &page, "feed-back", "reply", "今后两日内回复").await;

        visit.enter(CONTACT).await;
        visit.open_page("/").await;
        visit.says("再次评价").await;
        visit.open_page(&format!("{page}/rate-again")).await;
        visit.press("input[value='SATISFIED']").await;
        visit.press("button.main").await;
        visit.says("评价已提交").await;
        visit.says("已办结").await;
    });
}
