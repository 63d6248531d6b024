//! The liaison's day: recording a contact from the desk, agreeing a visit, moving and cancelling it, and what the enterprise sees.

use tests::browser::{self, Visit};

use crate::administration;

const LIAISON: &str = "liaison01@park.example";
const CONTACT: &str = "contact@enterprise.example";

/// Chooses a moment in a field for date and time, which every browser types in its own way.
async fn choose(visit: &Visit, name: &str, moment: &str) {
    let script = format!("document.querySelector('main [name={name}]').value = '{moment}'");
    let told = visit.driver.execute(script, Vec::new()).await;
    told.expect("chosen");
}

/// How many letters lie in the local mailbox for the contact whose subject has this word.
async fn told(visit: &Visit, word: &str) -> usize {
    visit.deliver().await;
    visit.open_page(&format!("/mailbox?to={CONTACT}")).await;
    let subjects = visit.find("main").await.text().await.expect("words");
    subjects.lines().filter(|line| line.contains(word)).count()
}

#[test]
fn a_contact_recorded_at_the_desk_is_the_last_one() {
    browser::run(async |visit| {
        visit.enter(LIAISON).await;
        visit.open_page("/").await;
        visit.says("上次联系").await;
        visit.says("示例：二期厂房通电与验收安排").await;
        visit.says("约定走访").await;

        // With the script the form opens in place; the desk stays around it.
        visit.press(".cards a.button").await;
        visit.find("#contact #record").await;
        visit.find(".desk-today").await;
        visit.judge("desk-record").await;
        administration::choose(visit, "kind", "TELEPHONE").await;
        visit.type_into("summary", "确认下周现场办公的议题").await;
        visit.press("#record button.main").await;
        visit.says("联系已记录").await;
        assert_eq!(visit.path().await, "/");
        visit.says("确认下周现场办公的议题").await;

        // Without it, or by its address, it is a page of its own, on which a rule says no beside the field.
        visit.see("visit-record", "/visits/record").await;
        visit.open_page("/visits/record").await;
        administration::choose_first(visit, "enterpriseId").await;
        administration::choose(visit, "kind", "TELEPHONE").await;
        visit.press("#record button.main").await;
        visit.find(".field-wrong #summary").await;
        visit.judge("visit-record-refused").await;

        visit.press("#record summary").await;
        visit.type_into("summary", "电话回访").await;
        choose(visit, "heldAt", "2027-01-01T10:00").await;
        visit.press("#record button.main").await;
        visit.find(".field-wrong #heldAt").await;
        choose(visit, "heldAt", "2026-09-29T10:00").await;
        visit
            .type_into("internalNote", "对方提到可能增资，暂不外传")
            .await;
        visit.press("#record button.main").await;
        visit.says("联系已记录").await;
        assert!(visit.path().await.starts_with("/enterprises/"));
    });
}

#[test]
fn an_agreed_visit_is_in_the_mail_and_the_enterprise_sees_it() {
    browser::run(async |visit| {
        visit.enter("centre@park.example").await;
        let before = told(visit, "约定").await;
        assert!(before > 0, "the demonstration has agreed one");
        visit.open_page("/enterprises?text=海图").await;
        visit.press("#list tbody th a").await;
        visit.press("a[href^='/visits/agree']").await;
        let agree = visit.path().await;
        visit.see("visit-agree", &agree).await;
        visit.open_page(&agree).await;
        administration::choose(visit, "kind", "ON_SITE").await;
        visit.press("button.main").await;
        visit.find(".field-wrong #startsAt").await;
        choose(visit, "startsAt", "2026-10-12T14:00").await;
        visit.type_into("purpose", "人才公寓分配").await;
        visit.press("button.main").await;
        visit.find(".field-wrong #place").await;
        visit.type_into("place", "企业服务中心三楼").await;
        visit.press("button.main").await;
        visit.says("走访已约定").await;
        let page = visit.path().await;
        visit.see("visit", &page).await;
        assert_eq!(told(visit, "约定").await, before + 1);

        visit.open_page(&page).await;
        visit.press("a[href$='/move']").await;
        visit.see("visit-move", &format!("{page}/move")).await;
        visit.open_page(&format!("{page}/move")).await;
        choose(visit, "startsAt", "2026-10-13T09:30").await;
        choose(visit, "endsAt", "2026-10-13T10:30").await;
        visit.press("button.main").await;
        visit.says("走访已改期").await;
        visit.says("2026-10-13").await;
        assert_eq!(told(visit, "改期").await, 1);
        visit.press("#list .what a").await;
        visit.says("text/calendar").await;

        // The enterprise sees the date, and changes nothing.
        visit.enter(CONTACT).await;
        visit.open_page("/").await;
        visit.says("人才公寓分配").await;
        visit.see("visits-own", "/visits").await;
        visit.open_page(&page).await;
        visit.says("企业服务中心三楼").await;
        assert_eq!(visit.count("main .acts a").await, 0);
        visit.open_page("/visits/agree").await;
        visit.says("您的角色无权查看或办理").await;
        visit.open_page("/visits?state=HELD").await;
        visit.press("#list tbody th a").await;
        visit.find(".facts").await;
        let text = visit.find("main").await.text().await.expect("words");
        assert!(!text.contains("内部备注"), "{text}");

        visit.enter("centre@park.example").await;
        visit.open_page(&format!("{page}/cancel")).await;
        visit.judge("visit-cancel").await;
        visit.press("button.main").await;
        visit.find(".field-wrong #reason").await;
        visit.type_into("reason", "企业临时停产检修").await;
        visit.press("button.main").await;
        visit.says("走访已取消").await;
        visit.says("企业临时停产检修").await;
        assert_eq!(visit.count("main .acts a").await, 0);
        assert_eq!(told(visit, "取消").await, 1);
    });
}

#[test]
fn visits_are_a_list_with_filters_and_files() {
    browser::run(async |visit| {
        visit.enter("centre@park.example").await;
        visit.see("visits", "/visits").await;
        visit.see("visits-empty", "/visits?from=2030-01-01").await;
        visit.open_page("/visits").await;
        let all = visit.count("#list tbody tr").await;
        assert!(all > 5, "{all}");
        visit.open_page("/visits?state=AGREED").await;
        assert_eq!(visit.count("#list tbody tr").await, 1);
        visit
            .open_page("/visits?kind=TELEPHONE&from=2026-09-01&to=2026-09-30")
            .await;
        let some = visit.count("#list tbody tr").await;
        assert!(some > 0 && some < all, "{some}");
        visit
            .find("a[href='/visits.xlsx?kind=TELEPHONE&from=2026-09-01&to=2026-09-30']")
            .await;
        visit.press("thead th[aria-sort] a").await;
        assert!(visit.path().await.contains("sort="));
    });
}
