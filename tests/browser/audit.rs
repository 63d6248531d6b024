//! The supervisor's pages: what is beyond the law, and the trail with its filters.

use tests::browser;

/// The property `name` of everything on the page that `css` finds.
async fn told(visit: &browser::Visit, css: &str, name: &str) -> Vec<String> {
    let script =
        "return [...document.querySelectorAll(arguments[0])].map(one => one[arguments[1]])";
    let told = visit.driver.execute(script, vec![css.into(), name.into()]);
    told.await.expect("a script").convert().expect("texts")
}

#[test]
fn a_supervisor_follows_the_trail() {
    browser::run(async |visit| {
        visit.enter("supervisor@park.example").await;
        visit.see("supervision", "/").await;
        visit.see("audit", "/audit").await;
        visit.see("audit-empty", "/audit?from=2031-01-01").await;
        visit.open_page("/audit?kind=Obligation").await;
        visit.find("#list tbody tr").await;
        // A click on an act, a person or a thing narrows the trail to it, in the address.
        visit.press("#list tbody td:nth-child(3) a").await;
        assert!(visit.path().await.contains("action=obligation."));
        visit
            .press("#list tbody td:nth-child(3) a:nth-of-type(2)")
            .await;
        assert!(visit.path().await.contains("subject=obligation_"));
        visit.find(".narrowed").await;
        visit.judge("audit-history").await;

        // Whatever was recorded is told in words: who, what, and each field.
        let codes = told(visit, "#kind option:not([value=''])", "value").await;
        assert!(codes.len() > 20, "{codes:?}");
        let mut fields = 0;
        for code in codes {
            visit.open_page(&format!("/audit?kind={code}")).await;
            let cells = "#list td:nth-child(2), #list td:nth-child(3), #list .change .quiet-text";
            for words in told(visit, cells, "textContent").await {
                let chinese = |sign| ('\u{4e00}'..='\u{9fff}').contains(&sign);
                assert!(words.contains(chinese), "{code}: {words}");
                fields += 1;
            }
        }
        assert!(fields > 500, "{fields}");

        // A person is chosen by name.
        visit.open_page("/audit").await;
        crate::administration::choose_first(visit, "actor").await;
        visit.press("form button").await;
        visit.find("#list tbody tr").await;
        assert!(visit.path().await.contains("actor=account_"));

        visit.enter("liaison01@park.example").await;
        visit.open_page("/audit").await;
        visit.says("您的角色无权查看或办理").await;
    });
}
