//! The service centre: importing a ledger, contracts and their moves, who looks after whom, enterprises.

use tests::{browser, ledger};

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
        visit.says("将新增的契约").await;
        visit.says("contact2").await;
        visit.judge("ledger-preview").await;
        visit.press("button.main").await;
        visit.says("台账已导入").await;
        visit.says("QY-2026-00001").await;
        visit.judge("ledger-imported").await;

        // Nobody else imports.
        visit.enter("liaison01@park.example").await;
        visit.open_page("/ledger").await;
        visit.find("h1").await;
        assert_eq!(visit.count("#ledger").await, 0);
    });
}
