//! Obligations: list, page, why, and fulfilling with evidence.

use tests::browser;

use crate::administration::Given;

/// One sign-in per role.
const EVERYBODY: [&str; 9] = [
    "admin",
    "leader",
    "centre",
    "liaison01",
    "head",
    "window",
    "supervisor",
    "inspector",
    "contact",
];

fn login(who: &str) -> String {
    let home = if who == "contact" {
        "enterprise"
    } else {
        "park"
    };
    format!("{who}@{home}.example")
}

#[test]
fn everybody_has_a_start_page() {
    browser::run(async |visit| {
        for who in EVERYBODY {
            visit.enter(&login(who)).await;
            visit.judge(&format!("start-{who}")).await;
        }
        visit.see("start", "/").await;
    });
}

#[test]
fn the_list_is_filtered_and_sorted_in_its_address() {
    browser::run(async |visit| {
        visit.enter("centre@park.example").await;
        visit.see("obligations", "/obligations?state=ALL").await;
        visit
            .see("obligations-empty", "/obligations?text=nothing-like-this")
            .await;

        visit.open_page("/obligations").await;
        let all = visit.count("#list tbody tr").await;
        visit
            .find("main [name=light][value=RED]")
            .await
            .click()
            .await
            .expect("pressed");
        browser_waits(visit, all).await;
        // The filtered list shows that light alone.
        visit
            .find("#list tbody:has(.light-RED):not(:has(.light:not(.light-RED)))")
            .await;
        assert!(
            visit.path().await.contains("light=RED"),
            "{}",
            visit.path().await
        );

        visit.press("thead th[aria-sort] a").await;
        assert!(
            visit.path().await.contains("sort="),
            "{}",
            visit.path().await
        );
    });
}

/// Waits until fewer rows than `all` are shown.
async fn browser_waits(visit: &browser::Visit, all: usize) {
    visit
        .find(&format!("#list tbody:not(:has(tr:nth-child({all})))"))
        .await;
}

#[test]
fn a_liaison_fulfils_a_promise_with_evidence() {
    browser::run(async |visit| {
        visit.enter("liaison01@park.example").await;
        visit.open_page("/obligations").await;
        visit.press("#list tbody th a").await;
        visit.find("#fulfil").await;
        let page = visit.page().await;
        visit.see("obligation", &page).await;
        visit.see("obligation-why", &format!("{page}/why")).await;

        // Without evidence the rule says no beside the field, and nothing has changed.
        visit.open_page(&page).await;
        visit.press("#fulfil button.main").await;
        visit.find(".field-wrong #evidenceNote").await;
        visit.judge("obligation-refused").await;

        // A file of a kind that is not kept is refused beside its field; what was typed stays.
        let file = Given::new("none.txt", b"no evidence");
        visit
            .type_into("evidenceNote", "已于九月三十日书面答复企业。")
            .await;
        visit.type_into("evidenceDocument", file.path()).await;
        visit.press("#fulfil button.main").await;
        visit.find(".field-wrong #evidenceDocument").await;
        let typed = visit.find("#evidenceNote").await.value().await;
        assert_eq!(
            typed.expect("a value").as_deref(),
            Some("已于九月三十日书面答复企业。")
        );

        // Two at once; on the page each is shown by itself.
        let both = ["one.pdf", "two.pdf"].map(|name| Given::new(name, b"%PDF-1.4\n%%EOF\n"));
        let paths = [both[0].path(), both[1].path()].join("\n");
        visit.type_into("evidenceDocument", &paths).await;
        visit.press("#fulfil button.main").await;
        visit.says("履约已登记，凭证已存档").await;
        visit.find(".document").await;
        assert_eq!(visit.count(".document").await, 2);
        assert_eq!(visit.path().await, page);
        assert_eq!(visit.count("#fulfil").await, 0);
        visit.judge("obligation-fulfilled").await;
    });
}

#[test]
fn a_liaison_pauses_a_limit_with_a_document_and_lets_it_run_again() {
    browser::run(async |visit| {
        visit.enter("liaison01@park.example").await;
        visit.open_page("/obligations").await;
        visit.press("#list tbody th a").await;
        visit.press("a[href*='/pause']").await;
        let form = visit.path().await;
        visit.see("obligation-pause", &form).await;

        // Without the paper nothing is paused; what was typed stays.
        visit.open_page(&form).await;
        crate::administration::choose(visit, "kind", "EXPERT").await;
        visit.type_into("reason", "专家评审，已书面告知。").await;
        visit.press("button.main").await;
        visit.find(".field-wrong #document").await;
        let typed = visit.find("#reason").await.value().await;
        assert_eq!(
            typed.expect("a value").as_deref(),
            Some("专家评审，已书面告知。")
        );
        visit.judge("obligation-pause-refused").await;

        let file = std::env::temp_dir().join(format!("qiyue-pause-{}.pdf", std::process::id()));
        std::fs::write(&file, b"%PDF-1.4\n%%EOF\n").expect("a file");
        visit
            .type_into("document", file.to_str().expect("a path"))
            .await;
        visit.press("button.main").await;
        visit.says("已暂停计时").await;
        visit.says("专家评审，已书面告知。").await;
        visit.judge("obligation-paused").await;

        visit.press("a[href*='/resume']").await;
        visit.judge("obligation-resume").await;
        visit.press("button.main").await;
        visit.says("已恢复计时").await;

        visit.press("a[href*='/extend']").await;
        visit.judge("obligation-extend").await;
        visit.type_into("days", "2").await;
        visit.type_into("reason", "企业补充材料。").await;
        visit.press("button.main").await;
        visit.says("已延期").await;
        std::fs::remove_file(file).expect("gone");
    });
}

#[test]
fn who_keeps_a_promise_acknowledges_that_it_is_overdue_and_reads_until_when_it_rests() {
    browser::run(async |visit| {
        visit.enter("centre@park.example").await;
        visit.open_page("/obligations?light=RED").await;
        visit.press("#list tbody th a").await;
        visit.find("form[action*='/acknowledge']").await;
        let page = visit.path().await;
        visit.judge("obligation-overdue").await;
        visit.press("form[action*='/acknowledge'] button").await;
        visit.says("您已知悉，提醒暂停至").await;
        assert_eq!(visit.path().await, page);
        assert_eq!(visit.count("form[action*='/acknowledge']").await, 0);
        // Two working days from the morning of the demonstration; the light stays.
        visit
            .find(".clock .quiet-text time[datetime='2026-10-09']")
            .await;
        visit.find(".under .light-RED").await;
        visit.judge("obligation-acknowledged").await;

        // It rests for this person alone.
        visit.enter("supervisor@park.example").await;
        visit.open_page(&page).await;
        visit.find(".clock").await;
        let text = visit.find("main").await.text().await.expect("a text");
        assert!(!text.contains("您已知悉"), "{text}");
    });
}

#[test]
fn a_filter_is_saved_under_a_name_and_deleted() {
    browser::run(async |visit| {
        visit.enter("liaison01@park.example").await;
        visit.open_page("/obligations?light=GREEN").await;
        visit
            .press("details:has(form[action='/saved-filters']) summary")
            .await;
        visit.type_into("name", "示例筛选").await;
        visit.press("form[action='/saved-filters'] button").await;
        visit.says("筛选已保存").await;
        visit.says("示例筛选").await;
        assert_eq!(visit.path().await, "/obligations?light=GREEN");
        visit.judge("saved-filter").await;

        visit.press("a[href='/saved-filters']").await;
        visit.says("示例筛选").await;
        visit.judge("saved-filters").await;
        visit.press("form[action$='/drop'] button").await;
        visit.says("常用筛选已删除").await;
    });
}
