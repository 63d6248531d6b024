//! The leader's page: the park on one screen and one sheet, and the way from a figure to the promises behind it.

use tests::browser;

#[test]
fn the_park_is_seen_on_one_screen_and_one_sheet() {
    browser::run(async |visit| {
        visit.enter("leader@park.example").await;
        visit.see("leader", "/").await;
        visit.open_page("/").await;
        assert_eq!(visit.count(".matrix tbody tr").await, 20);
        assert!(visit.count(".trend rect").await > 4, "weeks in the trend");
        visit.find(".park-problems li").await;
        visit.find(".matrix tbody .cell.light-BLACK").await;
        let paper = visit.print("leader").await;
        assert_eq!(
            (paper.sheets, paper.is_landscape),
            (1, true),
            "sheets of paper"
        );
        paper.reads(&["园区一览", "超法定", "需要决定的问题", "未来七日"]);

        // A figure leads to exactly the promises behind it.
        let cell = visit.find(".matrix tbody .cell.light-RED").await;
        let said = cell.text().await.expect("a figure");
        let number: usize = said
            .chars()
            .filter(char::is_ascii_digit)
            .collect::<String>()
            .parse()
            .expect("a number");
        visit.press(".matrix tbody .cell.light-RED").await;
        visit.find("#list tbody tr").await;
        assert_eq!(visit.count("#list tbody tr").await, number);
        visit.press("#list tbody th a").await;
        visit.says("为什么是这一天").await;
    });
}
