//! The liaison's desk.

use tests::browser;

#[test]
fn a_liaison_sees_what_the_day_brings_and_does_it() {
    browser::run(async |visit| {
        visit.enter("liaison01@park.example").await;
        visit.see("desk", "/").await;
        visit.open_page("/").await;
        visit.says("我的企业").await;
        visit.says("昨天以来").await;

        // From the row to the act, and back to a desk with one row less and one line of news more.
        let (due, news) = (
            visit.count(".desk-today .rows li").await,
            visit.count(".desk-news li").await,
        );
        visit.press(".rows .act").await;
        visit
            .type_into("evidenceNote", "已电话答复并书面回函。")
            .await;
        visit.press("#fulfil button.main").await;
        visit.says("履约已登记，凭证已存档").await;
        visit.open_page("/").await;
        assert_eq!(visit.count(".desk-today .rows li").await, due - 1);
        assert_eq!(visit.count(".desk-news li").await, news + 1);
    });
}
