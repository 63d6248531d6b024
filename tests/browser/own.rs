//! An enterprise's start page: the own contract, what is awaited, the own projects, and nothing of anyone else.

use tests::browser;

#[test]
fn an_enterprise_sees_its_contract_its_promises_and_nobody_elses() {
    browser::run(async |visit| {
        visit.enter("contact@enterprise.example").await;
        visit.see("own", "/").await;
        visit.open_page("/").await;
        visit.says("等待贵方办理").await;
        visit.says("专员").await;
        assert!(visit.count(".promise").await > 3);
        visit.find(".promise .margin .light").await;
        visit.says("走访联系").await;
        visit.find(".timeline-row").await;
        visit.says("承诺兑现记录").await;
        let text = visit.find("main").await.text().await.expect("words");
        assert!(text.contains("海图软件示例有限公司"), "{text}");
        for other in ["北岸生物医药示例有限公司", "晨光新能源示例股份公司"] {
            assert!(!text.contains(other), "{other}");
        }

        // What is awaited leads to its form.
        visit.press(".promise .margin a").await;
        assert!(visit.path().await.starts_with("/obligations/"));
        assert_eq!(visit.count("#fulfil").await, 0);
        visit.open_page("/audit").await;
        visit.says("您的角色无权查看或办理").await;
        visit.open_page("/reports").await;
        visit.find("#list").await;
    });
}
