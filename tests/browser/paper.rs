//! What is printed: lists as tables with their filter, contracts with a place for signatures and seals, and nothing to press.

use tests::browser;

/// What only a screen has.
const PRESSED: [&str; 4] = ["XLSX", "清除条件", "退出", "下一页"];

#[test]
fn a_list_is_printed_as_a_table_with_its_filter() {
    browser::run(async |visit| {
        visit.enter("centre@park.example").await;
        visit.open_page("/obligations?light=RED&light=BLACK").await;
        let paper = visit.print("obligations").await;
        assert!(!paper.is_landscape);
        let first = format!("1/{}", paper.sheets);
        paper.reads(&[
            "打印日期2026-09-30",
            "状态待履行",
            "超承诺",
            "责任人",
            "走访企业一次",
            &first,
        ]);
        for word in PRESSED {
            assert!(!paper.text.contains(word), "{word}:\n{}", paper.text);
        }
        // What was not chosen is no part of the filter in force.
        assert!(!paper.text.contains("责任方"), "{}", paper.text);
    });
}

#[test]
fn a_contract_is_printed_to_be_signed() {
    browser::run(async |visit| {
        visit.enter("contact@enterprise.example").await;
        visit.press(".under a[href^='/contracts/']").await;
        visit.find(".signatures").await;
        let paper = visit.print("contract").await;
        assert!(paper.sheets <= 5, "{} sheets", paper.sheets);
        paper.reads(&[
            "打印日期2026-09-30",
            "第1条",
            "第6条",
            "甲方（盖章）",
            "乙方（盖章）",
            "代表签字：",
            "日期：",
        ]);
        for word in PRESSED {
            assert!(!paper.text.contains(word), "{word}:\n{}", paper.text);
        }
    });
}

#[test]
fn what_is_pressed_is_not_printed() {
    browser::run(async |visit| {
        visit.enter("centre@park.example").await;
        for (list, name, words) in [
            (
                "/items?state=PROPOSED",
                "item",
                ["现在不能办理", "企业评议结果"],
            ),
            ("/projects", "project", ["写留言", "企业评议结果"]),
        ] {
            visit.open_page(list).await;
            visit.press("#list tbody th a").await;
            visit.find(".crumbs").await;
            let paper = visit.print(name).await;
            for word in words {
                assert!(!paper.text.contains(word), "{word}:\n{}", paper.text);
            }
        }
    });
}
