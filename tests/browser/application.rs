//! A firm on a telephone: from what its project needs to the receipt.

use tests::browser::{self, Visit};

/// Fills what a section asks as somebody would who takes the first of all choices, and is represented by nobody.
const FILL: &str = "
    const form = document.querySelector('main form');
    for (const group of form.querySelectorAll('fieldset.scale')) {
        const all = [...group.querySelectorAll('input')];
        const one = group.id === 'agent_used' ? all.at(-1) : all[0];
        if (!all.some((input) => input.checked)) one.checked = true;
    }
    for (const tick of form.querySelectorAll('.field-tick input')) tick.checked = true;
    for (const field of form.querySelectorAll('input[type=text], input[type=tel], input[type=date], textarea')) {
        const [, row] = field.name.split(':');
        const kept = field.value !== '' || field.closest('details') || (row !== undefined && row !== '0');
        if (kept) continue;
        const kinds = { tel: '0000-00000003', date: '2026-09-01' };
        field.value = kinds[field.type] ?? (field.name === 'staff_count' ? '20' : '示例内容，仅供演示');
    }
    return true;";

/// Asserts that nothing of the page is beside the screen.
async fn fits(visit: &Visit) {
    visit.find("h1").await;
    let wide = visit
        .ask("return document.documentElement.scrollWidth")
        .await;
    let path = visit.path().await;
    assert!(
        wide.as_u64().is_some_and(|wide| wide <= 360),
        "{path}: {wide}"
    );
}

#[test]
fn a_firm_gets_from_what_it_needs_to_the_receipt_on_a_telephone() {
    browser::run(async |visit| {
        visit.resize(360).await;
        visit.enter("contact@enterprise.example").await;
        visit.prefer("language", "en").await;
        visit.open_page("/applications").await;
        fits(visit).await;
        visit.open_page("/applications/new?items=R30").await;
        fits(visit).await;
        visit.press("form button.main").await;
        visit.find(".notice-done").await;
        fits(visit).await;
        let draft = visit.path().await;
        visit.picture("application-draft", 360).await;
        let mut at = format!("{draft}/sections/1");
        for _ in 0..8 {
            if !at.contains("/sections/") {
                break;
            }
            visit.open_page(&at).await;
            fits(visit).await;
            visit.ask(FILL).await;
            visit.press("form button.main").await;
            visit.find(".notice-done").await;
            at = visit.path().await;
        }
        assert!(at.ends_with("/materials"), "{at}");
        fits(visit).await;
        visit.picture("application-materials", 360).await;
        // The opinion of the staff follows, and so does nothing else: the plan is attached.
        visit.press("button[value='FOLLOWS']").await;
        visit.find(".notice-done").await;
        let paper = std::env::temp_dir().join("application-of-a-firm.pdf");
        std::fs::write(&paper, b"%PDF-1.7\n%%EOF\n").expect("a file");
        visit
            .type_into("files", paper.to_str().expect("a path"))
            .await;
        visit.press("button[value='FILE']").await;
        visit.find(".notice-done").await;
        visit
            .see("application-check", &format!("{draft}/check"))
            .await;
        visit.open_page(&format!("{draft}/check")).await;
        fits(visit).await;
        visit.press("form button.main").await;
        visit.find("#receipt").await;
        fits(visit).await;
        visit.says("What silence means").await;
        visit.picture("application-receipt", 360).await;
        assert_eq!(visit.path().await, draft);
    });
}
