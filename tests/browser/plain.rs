//! The main task of a liaison, an enterprise and a leader in a browser that runs no script, and the pages that are printed.

use tests::browser;
use thirtyfour::Key;

#[test]
fn a_liaison_fulfils_a_promise_without_a_script() {
    browser::without_scripts(async |visit| {
        visit.enter("liaison01@park.example").await;
        visit.press(".rows .act").await;
        visit.press("#fulfil button.main").await;
        visit.find(".field-wrong #evidenceNote").await;
        visit
            .type_into("evidenceNote", "已电话答复并书面回函。")
            .await;
        visit.press("#fulfil button.main").await;
        visit.says("履约已登记，凭证已存档").await;

        // The list is narrowed by Enter, and on a telephone by its button.
        visit.open_page("/obligations?text=企业").await;
        visit.type_into("text", "走访").await;
        let text = visit.find("#text").await;
        text.send_keys(Key::Enter).await.expect("pressed");
        visit.find("#text[value='走访']").await;
        visit.resize(360).await;
        visit.open_page("/obligations").await;
        visit.press(".fold > summary").await;
        visit.type_into("text", "走访").await;
        visit.press("form.filter button").await;
        visit.find("#text[value='走访']").await;
        assert!(
            visit.path().await.contains("text="),
            "{}",
            visit.path().await
        );
    });
}

#[test]
fn an_enterprise_reads_what_is_awaited_without_a_script() {
    browser::without_scripts(async |visit| {
        visit.enter("contact@enterprise.example").await;
        visit.press(".margin a").await;
        visit.press("a[href$='/why']").await;
        visit.says("起算").await;
    });
}

#[test]
fn a_leader_goes_from_a_figure_to_its_reason_without_a_script() {
    browser::without_scripts(async |visit| {
        visit.enter("leader@park.example").await;
        // Only a script shows this button, so none has run.
        visit.find("button[data-print][hidden]").await;
        visit.press(".matrix tbody .cell.light-BLACK").await;
        visit.press("#list tbody th a").await;
        visit.says("行政许可法第四十二条").await;
        visit.press("a[href$='/why']").await;
        visit.says("起算").await;
    });
}

#[test]
fn what_is_printed_is_whole() {
    browser::run(async |visit| {
        visit.enter("leader@park.example").await;
        visit.open_page("/obligations?light=BLACK").await;
        visit.press("#list tbody th a").await;
        visit.find("h1").await;
        let page = visit.page().await;
        let paper = visit.print("obligation").await;
        assert!(paper.sheets <= 2, "{} sheets", paper.sheets);
        paper.reads(&["受理后作出行政许可决定", "行政许可法第四十二条", "超法定"]);

        visit.open_page(&format!("{page}/why")).await;
        let paper = visit.print("why").await;
        assert!(paper.sheets <= 3, "{} sheets", paper.sheets);
        paper.reads(&[
            "为什么是2026-09",
            "第20个计入的日子为到期日",
            "周六：不计入",
        ]);

        visit.enter("contact@enterprise.example").await;
        visit.open_page("/").await;
        let paper = visit.print("own").await;
        assert!(paper.sheets <= 8, "{} sheets", paper.sheets);
        paper.reads(&["海图软件示例有限公司", "承诺"]);
    });
}
