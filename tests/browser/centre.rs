//! The service centre: importing a ledger, contracts and their moves, who looks after whom, enterprises.

use tests::{browser, ledger};
use thirtyfour::extensions::query::ElementQueryable;

use crate::administration::Given;

/// The ledger of the demonstration.
const LEDGER: &[u8] = include_bytes!("../../api/data/roster-2026.xlsx");

#[test]
fn a_ledger_is_shown_before_it_is_imported() {
    browser::run(async |visit| {
        visit.enter("centre@park.example").await;
        visit.see("ledger", "/ledger").await;
        visit.press("button.main").await;
        visit.find(".field-wrong #ledger").await;

        let nothing = Given::new("ledger.pdf", b"%PDF-1.4\n%%EOF\n");
        visit.type_into("ledger", nothing.path()).await;
        visit.press("button.main").await;
        visit.find(".field-wrong #ledger").await;
        visit.judge("ledger-refused").await;

        let known = Given::new("roster-2026.xlsx", LEDGER);
        visit.type_into("ledger", known.path()).await;
        visit.press("button.main").await;
        visit.says("预览：尚未写入任何内容").await;
        visit.says("无变化").await;
        visit.says("没有可以导入的内容").await;
        visit.judge("ledger-known").await;

        // A row that can be taken, and one that cannot.
        let text = ledger::csv(2).replace("contact2@firm.example", "contact2");
        let new = Given::new("new.xlsx", &ledger::workbook(&text));
        visit.open_page("/ledger").await;
        visit.type_into("ledger", new.path()).await;
        visit.press("button.main").await;
        visit.says("示例企业1有限公司").await;
        visit.says("contact2").await;
        visit.judge("ledger-preview").await;
        visit.press("button.main").await;
        visit.says("台账已导入").await;
        visit.says("QY-2026-00001").await;
        visit.judge("ledger-imported").await;

        // Values with commas are taken the same way; what is known already and differs is taken over when that is asked for.
        let differs = text.replace("示例企业1有限公司", "示例企业一有限公司");
        let values = Given::new("new.csv", differs.as_bytes());
        visit.open_page("/ledger").await;
        visit.type_into("ledger", values.path()).await;
        visit.press("button.main").await;
        visit.says("示例企业一有限公司").await;
        visit.judge("ledger-differs").await;
        visit.press("[name=update]").await;
        visit.press("button.main").await;
        visit.says("台账已导入").await;
        visit.says("示例企业一有限公司").await;
        visit.judge("ledger-taken-over").await;
        visit.open_page("/enterprises?text=示例企业一").await;
        visit.says("示例企业一有限公司").await;

        // Nobody else imports.
        visit.enter("liaison01@park.example").await;
        visit.open_page("/ledger").await;
        visit.find("h1").await;
        assert_eq!(visit.count("#ledger").await, 0);
    });
}

#[test]
fn the_people_of_a_new_ledger_are_invited_at_once() {
    browser::run(async |visit| {
        visit.enter("centre@park.example").await;
        let new = Given::new("new.xlsx", &ledger::workbook(&ledger::csv(2)));
        visit.open_page("/ledger").await;
        visit.type_into("ledger", new.path()).await;
        visit.press("button.main").await;
        visit.says("示例企业1有限公司").await;
        visit.press("button.main").await;
        visit.says("台账已导入").await;
        visit.press("a.button.main[href^='/accounts/invite']").await;
        visit.says("待邀请").await;
        visit.says("contact1@firm.example").await;
        visit
            .see("invite-all", "/accounts/invite?who=contacts")
            .await;
        visit.press("button.main").await;
        visit.says("邀请邮件已列入待发").await;
        visit.says("contact2@firm.example").await;
        visit.judge("invited-all").await;

        // Everybody has a letter, and nobody a second one.
        visit.open_page("/accounts/invite?who=contacts").await;
        visit.says("没有待邀请的人员").await;
        visit.judge("invite-nobody").await;
        visit.open_page("/enterprises?text=示例企业1").await;
        visit.press("#list tbody th a").await;
        visit.says("contact1@firm.example").await;
        visit.says("已邀请").await;

        // The number of the service centre is dialled from the foot of every page.
        assert_eq!(visit.count("footer a[href='tel:+860000000000']").await, 1);
        visit.see("liaisons-called", "/liaisons").await;
        assert!(visit.count("#main a[href^='tel:']").await > 10);
    });
}

#[test]
fn a_contract_goes_from_its_draft_into_force() {
    browser::run(async |visit| {
        visit.enter("centre@park.example").await;
        visit.see("contracts", "/contracts").await;
        visit
            .see("contracts-none", "/contracts?text=nothing-like-this")
            .await;
        visit.see("enterprise-new", "/enterprises/new").await;
        visit.type_into("creditCode", "1234").await;
        visit.press("button.main").await;
        visit.find(".field-wrong #creditCode").await;
        visit.judge("enterprise-refused").await;
        visit.type_into("creditCode", &ledger::credit_code(7)).await;
        visit.type_into("nameZh", "示例新入园有限公司").await;
        visit.type_into("industry", "软件").await;
        visit.press("button.main").await;
        visit.find("h1").await;
        let enterprise = visit.path().await;
        assert!(enterprise.starts_with("/enterprises/"), "{enterprise}");
        visit
            .see("enterprise-change", &format!("{enterprise}/change"))
            .await;

        // Somebody looks after it before its contract comes into force.
        visit.see("liaisons", "/liaisons").await;
        visit.says("示例新入园有限公司").await;
        visit.press(".sheet .inline-list a").await;
        visit.find("#accountId").await;
        visit.judge("liaison-new").await;
        crate::administration::choose_first(visit, "accountId").await;
        visit.press("button.main").await;
        visit.says("拟任").await;
        let liaison = visit.path().await;
        visit.see("liaison", &liaison).await;
        visit.press(".head .acts a").await;
        visit.press("button.main").await;
        visit.says("在任").await;

        visit.see("contract-new", "/contracts/new").await;
        let option = visit
            .driver
            .query(thirtyfour::By::XPath(
                "//select[@name='enterpriseId']/option[. = '示例新入园有限公司']",
            ))
            .first()
            .await
            .expect("the enterprise");
        option.click().await.expect("chosen");
        visit.type_into("parkParty", "示例服务中心").await;
        visit.press("button.main").await;
        visit.find(".field-wrong #endsOn").await;
        for (field, day) in [("startsOn", "2026-09-30"), ("endsOn", "2027-09-29")] {
            day_into(visit, field, day).await;
        }
        visit.press("button.main").await;
        visit.says("契约草稿已建立").await;
        let acts = visit.path().await;
        visit.see("contract-acts", &acts).await;
        let contract = acts.strip_suffix("/acts").expect("what can be done");
        visit
            .see("contract-submit", &format!("{contract}/submit-for-review"))
            .await;
        visit.press("button.main").await;
        visit.find(".field-wrong #legalityOpinion").await;
        visit
            .type_into("legalityOpinion", "内容合法，可以签订。")
            .await;
        visit
            .type_into("fairCompetitionOpinion", "不影响公平竞争。")
            .await;
        visit.press("button.main").await;
        visit.says("合法性审查").await;

        visit.enter("leader@park.example").await;
        visit.open_page(&format!("{contract}/approve")).await;
        visit.judge("contract-approve").await;
        visit.press("button.main").await;
        visit.says("领导已批准").await;

        visit.enter("centre@park.example").await;
        visit.open_page(&format!("{contract}/sign")).await;
        visit.judge("contract-sign").await;
        visit.type_into("parkSignatory", "管委会主任").await;
        visit.type_into("enterpriseSignatory", "总经理").await;
        visit.press("button.main").await;
        visit.says("已签署").await;
        visit.open_page(&format!("{contract}/activate")).await;
        visit.press("button.main").await;
        visit.says("履行中").await;

        visit.open_page(&format!("{contract}/amend-begin")).await;
        visit.type_into("reason", "增加一项服务").await;
        visit.press("button.main").await;
        visit.says("新增条款").await;
        visit.see("contract-amending", &acts).await;
        visit
            .open_page(&format!("{contract}/amend-clause?clause=1"))
            .await;
        visit.judge("contract-clause").await;
        visit.open_page(&format!("{contract}/amend-finish")).await;
        visit.press("button.main").await;
        visit.says("开始变更").await;

        visit.open_page(&format!("{contract}/suspend")).await;
        visit.judge("contract-suspend").await;
        visit.type_into("reason", "企业停产检修").await;
        visit.press("button.main").await;
        visit.find(".field-wrong #document").await;
        let paper = Given::new("notice.pdf", b"%PDF-1.4\n%%EOF\n");
        visit.type_into("document", paper.path()).await;
        visit.press("button.main").await;
        visit.says("中止").await;
        visit.open_page(&format!("{contract}/resume")).await;
        visit.press("button.main").await;
        visit.says("契约已更新").await;
        visit.open_page(&format!("{contract}/terminate")).await;
        visit.judge("contract-terminate").await;
        visit.type_into("reason", "双方协商一致").await;
        visit.press("button.main").await;
        visit.says("已终止").await;
        visit.find(".empty").await;
    });
}

#[test]
fn a_contract_is_renewed() {
    browser::run(async |visit| {
        visit.enter("centre@park.example").await;
        visit.open_page("/contracts?text=QY-2026-019").await;
        visit.press("#list tbody th a").await;
        visit.find("h1").await;
        let contract = visit.path().await;
        visit.open_page(&format!("{contract}/renew")).await;
        visit.judge("contract-renew").await;
        visit.press("button.main").await;
        visit.says("契约草稿已建立").await;
        let draft = visit.path().await;
        assert!(!draft.starts_with(&contract), "{draft}");
        visit.press(".head .acts a").await;
        visit.says("提交合法性审查").await;
        assert_eq!(visit.path().await, format!("{draft}/acts"));
    });
}

#[test]
fn an_enterprise_leaves_the_park() {
    browser::run(async |visit| {
        visit.enter("centre@park.example").await;
        visit.open_page("/enterprises?text=和光").await;
        visit.press("#list tbody th a").await;
        visit.find("aside").await;
        let enterprise = visit.path().await;
        let contract = visit.find("main a[href^='/contracts/']").await;
        let contract = contract.attr("href").await.expect("a link");
        let contract = contract.expect("a link");
        // What follows the key is one of its acts.
        let contract = contract.split('/').take(3).collect::<Vec<_>>().join("/");

        // As long as its contract is in force it stays.
        visit.open_page(&format!("{enterprise}/end")).await;
        visit.type_into("reason", "迁往外地").await;
        visit.press("button.main").await;
        visit.find(".notice-wrong").await;
        visit.open_page(&format!("{contract}/terminate")).await;
        visit.type_into("reason", "企业迁出").await;
        visit.press("button.main").await;
        visit.says("已终止").await;
        visit.open_page(&format!("{enterprise}/end")).await;
        visit.type_into("reason", "迁往外地").await;
        visit.press("button.main").await;
        visit.says("企业信息已保存").await;
    });
}

/// Sets a day: what a person types depends on the browser's own language.
async fn day_into(visit: &browser::Visit, name: &str, day: &str) {
    let script = format!("document.querySelector('main [name={name}]').value = '{day}'");
    visit
        .driver
        .execute(script, Vec::new())
        .await
        .expect("a day");
}

#[test]
fn an_enterprise_is_handed_over_to_another_liaison() {
    browser::run(async |visit| {
        visit.enter("centre@park.example").await;
        visit.open_page("/liaisons").await;
        visit.press("tbody td a").await;
        visit.find(".facts").await;
        let page = visit.path().await;
        let present = visit.find("dl.facts dd:nth-of-type(2)").await;
        let present = present.text().await.expect("the liaison");
        visit.see("liaison-active", &page).await;
        visit.open_page(&format!("{page}/begin-hand-over")).await;
        visit.judge("liaison-begin").await;
        visit.press("button.main").await;
        visit.says("交接中").await;
        visit
            .see("liaison-hand-over", &format!("{page}/hand-over"))
            .await;
        visit.press("button.main").await;
        visit.find(".field-wrong #successorId").await;
        let other =
            format!("//select[@name='successorId']/option[@value!='' and not(. = '{present}')]");
        let successor = visit
            .driver
            .query(thirtyfour::By::XPath(&other))
            .first()
            .await
            .expect("somebody else");
        successor.click().await.expect("chosen");
        visit.press("button.main").await;
        visit.find(".field-wrong #note").await;
        visit.type_into("note", "两项承诺未办结，下周走访。").await;
        visit.press("button.main").await;
        // One is led to who is in charge now; what was passed on stands with the assignment that has ended.
        visit.says("专员安排已更新").await;
        assert_ne!(visit.path().await, page);
        visit.says("在任").await;
        visit.open_page(&page).await;
        visit.says("两项承诺未办结").await;
        visit.judge("liaison-ended").await;

        // A liaison has no business there.
        visit.enter("liaison01@park.example").await;
        visit.open_page("/liaisons/new").await;
        visit.says("您的角色无权查看或办理").await;
        assert_eq!(visit.count("#accountId").await, 0);
    });
}

#[test]
fn a_permit_is_recorded_renewed_and_withdrawn_and_its_holder_sees_it() {
    browser::run(async |visit| {
        visit.enter("liaison01@park.example").await;
        visit.open_page("/enterprises").await;
        visit.press("#list tbody th a").await;
        visit.find("#permits").await;
        let page = visit.path().await;
        let form = format!("{page}/permits");
        visit.see("permit-record", &form).await;
        visit.open_page(&form).await;
        visit.press("button.main").await;
        visit.find(".field-wrong #kind").await;
        visit.says("请选择。").await;
        crate::administration::choose(visit, "kind", "LICENCE").await;
        visit.press("button.main").await;
        visit.find(".field-wrong #validUntil").await;
        visit.type_into("number", "示例证 9 号").await;
        visit.type_into("issuer", "示例机关").await;
        set_day(visit, "2029-03-31").await;
        visit.press("button.main").await;
        visit.says("证照已保存").await;
        visit.says("示例证 9 号").await;
        assert_eq!(visit.path().await, page);
        visit.see("enterprise-permits", &page).await;

        // A renewal ends later than what it renews.
        visit.open_page(&page).await;
        visit
            .press("#permits li:last-child a[href$='/renew']")
            .await;
        visit.press("button.main").await;
        visit.find(".field-wrong #validUntil").await;
        visit.judge("permit-renew-refused").await;
        set_day(visit, "2032-03-31").await;
        visit.press("button.main").await;
        visit.says("2032").await;
        visit
            .press("#permits li:last-child a[href$='/withdraw']")
            .await;
        visit.type_into("reason", "企业申请注销").await;
        visit.press("button.main").await;
        visit.says("证照已保存").await;
        let text = visit.find("#permits").await.text().await.expect("words");
        assert!(!text.contains("示例证 9 号"), "{text}");

        // The enterprise reads its own and changes none.
        visit.enter("contact@enterprise.example").await;
        visit.open_page("/enterprises").await;
        visit.press("#list tbody th a").await;
        visit.find("#permits li").await;
        assert_eq!(visit.count("#permits a").await, 0);
    });
}

/// Sets the day of a form; what a person types depends on the browser's language.
async fn set_day(visit: &browser::Visit, day: &str) {
    let script = format!("document.querySelector('main input[type=date]').value = '{day}'");
    let set = visit.driver.execute(script, Vec::new()).await;
    set.expect("the day is set");
}
