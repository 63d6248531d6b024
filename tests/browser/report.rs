//! Reports: the list with its files, and the page of one beside what is known now.

use tests::browser;

#[test]
fn a_leader_finds_the_reports_with_their_files() {
    browser::run(async |visit| {
        visit.enter("leader@park.example").await;
        visit.see("reports", "/reports").await;
        visit
            .see("reports-empty", "/reports?kind=QUARTERLY_REPORT")
            .await;
        visit.open_page("/reports").await;
        visit
            .find("#list a.document[href^='/reports/files/']")
            .await;
        visit.press("#list tbody th a").await;
        let page = visit.path().await;
        visit.see("report", &page).await;
        visit.open_page(&page).await;
        visit.says("当时与现在").await;

        visit.enter("window@park.example").await;
        visit.open_page(&page).await;
        visit.says("没有这个页面").await;
    });
}
