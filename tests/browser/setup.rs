//! From an empty installation to a running park, without the command line.

use entity::viewer::Role;
use tests::{
    browser::{self, Visit},
    ledger,
};

use crate::administration::{Given, choose};

/// The width of a desk, in pixels.
const DESK: u32 = 1280;

/// Follows the first steps on a screen of this width, until they are gone.
async fn follow(visit: &Visit, width: u32) {
    visit.enter("admin@park.example").await;
    // Both pages are looked at on all screens, by one of the stories.
    if width == DESK {
        visit.see("first-steps", "/").await;
    }
    visit.resize(width).await;
    visit.open_page("/").await;
    visit.says("已完成 3 / 9").await;
    visit.press("#setup a[href='/accounts/new']").await;
    visit.type_into("login", "leader@park.example").await;
    visit.type_into("name", "管委会领导 01").await;
    choose(visit, "role", "LEADER").await;
    visit.press("button.main").await;
    visit.says("账户已创建").await;
    // The service centre has followed its invitation already.
    visit.join("centre@park.example", Role::Centre).await;
    visit.open_page("/").await;
    visit.says("已完成 4 / 9").await;

    visit.enter("centre@park.example").await;
    if width == DESK {
        visit.see("first-steps-centre", "/").await;
    }
    visit.resize(width).await;
    visit.open_page("/").await;
    visit.says("已完成 0 / 4").await;
    assert_eq!(
        visit.count("#setup a[href='/ledger/template.xlsx']").await,
        1
    );
    visit.press("#setup a[href='/ledger']").await;
    let template = visit.download("/ledger/template.xlsx").await;
    let filled = Given::new("ledger.xlsx", &ledger::filled(&template, &ledger::csv(2)));
    visit.type_into("ledger", filled.path()).await;
    visit.press("button.main").await;
    visit.says("示例企业1有限公司").await;
    visit.judge(&format!("template-preview-{width}")).await;
    visit.resize(width).await;
    visit.press("button.main").await;
    visit.says("台账已导入").await;

    visit.open_page("/").await;
    visit.says("已完成 3 / 4").await;
    visit.press("#setup a[href='/evaluations/design']").await;
    visit.type_into("reason", "采用系统提供的方案").await;
    visit.press("button.main").await;
    visit.says("新的评议方案已采用").await;
    visit.open_page("/").await;
    visit.find("h1").await;
    assert_eq!(visit.count("#setup").await, 0, "the service centre is done");

    visit.enter("admin@park.example").await;
    visit.says("已完成 8 / 9").await;
    visit.press("#setup a[href='/accounts/invite']").await;
    visit.says("待邀请").await;
    visit.press("button.main").await;
    visit.says("邀请邮件已列入待发").await;
    visit.open_page("/").await;
    visit.find("#people").await;
    assert_eq!(visit.count("#setup").await, 0, "everything is done");
    visit.judge(&format!("first-steps-done-{width}")).await;
}

#[test]
fn an_empty_installation_is_led_to_a_running_park() {
    browser::on_empty(async |visit| follow(visit, DESK).await);
}

#[test]
fn an_empty_installation_is_led_to_a_running_park_on_a_telephone() {
    browser::on_empty(async |visit| follow(visit, 360).await);
}
