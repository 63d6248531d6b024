//! How a session ends: with a warning, with a way back, and with nothing lost on the way.

use serde_json::json;
use tests::browser::{self, Visit};

/// Lets the clock of the page be ahead: minutes.
async fn wait(visit: &Visit, minutes: u32) {
    let script =
        format!("const now = Date.now.bind(Date); Date.now = () => now() + {minutes} * 60_000;");
    let done = visit.driver.execute(script, Vec::new()).await;
    done.expect("a script");
}

async fn connect(visit: &Visit, offline: bool) {
    let how =
        json!({"offline": offline, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1});
    let tools = visit.driver.cdp();
    let enabled = tools.send_raw("Network.enable", json!({})).await;
    enabled.expect("the network is watched");
    let set = tools
        .send_raw("Network.emulateNetworkConditions", how)
        .await;
    set.expect("the network is set");
}

#[test]
fn before_it_ends_one_press_keeps_it() {
    browser::run(async |visit| {
        visit.enter("centre@park.example").await;
        visit.open_page("/obligations").await;
        visit.find("[data-stays][hidden]").await;
        wait(visit, 14).await;
        visit.find("[data-stays]:not([hidden])").await;
        visit.picture("session-warning", 360).await;
        visit.picture("session-warning", 1280).await;
        visit.press("[data-stays] button").await;
        visit.find("[data-stays][hidden]").await;

        // An enterprise has half an hour.
        visit.enter("contact@enterprise.example").await;
        let seconds = visit.find("[data-stays]").await.attr("data-stays").await;
        let seconds = seconds.expect("an attribute").expect("seconds");
        assert!(
            (1_700..=1_800).contains(&seconds.parse::<i64>().expect("a number")),
            "{seconds}"
        );
    });
}

#[test]
fn after_it_has_ended_a_filter_leads_through_the_sign_in_and_back() {
    browser::run(async |visit| {
        visit.enter("centre@park.example").await;
        visit.open_page("/obligations").await;
        let gone = visit.driver.delete_all_cookies().await;
        gone.expect("no cookies");
        visit.press("[name=light][value=RED]").await;
        visit.find("[name=password]").await;
        visit.type_into("login", "centre@park.example").await;
        visit.type_into("password", api::demo::PASSWORD).await;
        visit.press("button.main").await;
        visit.find("#list").await;
        let path = visit.path().await;
        assert!(
            path.starts_with("/obligations?") && path.contains("light=RED"),
            "{path}"
        );
    });
}

#[test]
fn without_a_connection_nothing_is_sent_and_nothing_is_lost() {
    browser::run(async |visit| {
        visit.enter("liaison01@park.example").await;
        visit.press(".rows .act").await;
        visit
            .type_into("evidenceNote", "已电话答复并书面回函。")
            .await;
        connect(visit, true).await;
        visit.press("#fulfil button.main").await;
        visit.find("[data-failed]:not([hidden])").await;
        connect(visit, false).await;
        visit.press("#fulfil button.main").await;
        visit.says("履约已登记，凭证已存档").await;
    });
}
