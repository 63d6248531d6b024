//! Enterprises and contracts.

use tests::browser;

#[test]
fn enterprises_lead_to_their_contracts() {
    browser::run(async |visit| {
        visit.enter("centre@park.example").await;
        visit.see("enterprises", "/enterprises").await;
        visit.open_page("/enterprises").await;
        visit.press("#list tbody th a").await;
        visit.says("服务专员").await;
        let page = visit.path().await;
        visit.see("enterprise", &page).await;
        visit.open_page(&page).await;
        visit.press("aside a").await;
        visit.says("第6条").await;
        let page = visit.path().await;
        visit.see("contract", &page).await;

        // The page of a contract is the same for its enterprise, and for nobody else's.
        visit.enter("liaison01@park.example").await;
        visit.open_page(&page).await;
        visit.says("没有这个页面").await;
    });
}

#[test]
fn an_enterprise_reads_its_own_contract() {
    browser::run(async |visit| {
        visit.enter("contact@enterprise.example").await;
        visit.open_page("/obligations").await;
        visit.press("#list tbody th a").await;
        visit.press(".facts a[href^='/contracts/']").await;
        visit.says("甲方").await;
        visit.judge("contract-contact").await;
    });
}
