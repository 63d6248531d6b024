//! The console on a telephone: one row above the page, rows of two lines, folded filters, and nothing too small to press.

use tests::browser::{self, Visit};

/// What is among `css` and smaller than 24 pixels.
const SMALL: &str = "return [...document.querySelectorAll('header a, header summary, .menu summary, .fold > summary, #list th a, .pager a')]
    .filter(e => e.checkVisibility()).map(e => [e, e.getBoundingClientRect()])
    .filter(([, box]) => box.width < 24 || box.height < 24).map(([e]) => e.outerHTML.slice(0, 120))";

async fn open(visit: &Visit, path: &str) {
    visit.resize(360).await;
    visit.open_page(path).await;
}

async fn is_seen(visit: &Visit, css: &str) -> bool {
    visit.find(css).await.is_displayed().await.expect("seen")
}

async fn number(visit: &Visit, script: &str) -> f64 {
    let told = visit.driver.execute(script, Vec::new()).await;
    told.expect("a script").json().as_f64().expect("a number")
}

#[test]
fn the_first_row_is_seen_at_once_and_has_two_lines() {
    browser::run(async |visit| {
        visit.enter("centre@park.example").await;
        for path in ["/obligations", "/enterprises", "/contracts", "/projects"] {
            open(visit, path).await;
            let bottom =
                "return document.querySelector('#list tbody tr').getBoundingClientRect().bottom";
            assert!(number(visit, bottom).await < 360.0, "{path}");
            let tallest = "return Math.max(...[...document.querySelectorAll('#list tbody tr')].map(row => row.offsetHeight))";
            assert!(number(visit, tallest).await <= 60.0, "{path}");
            let header = "return document.querySelector('.top').offsetHeight";
            assert!(number(visit, header).await <= 52.0, "{path}");
            let small = visit.driver.execute(SMALL, Vec::new()).await;
            let small = small.expect("a script").json().clone();
            assert_eq!(small, serde_json::json!([]), "{path}");
            visit
                .picture(&format!("telephone{}", path.replace('/', "-")), 360)
                .await;
        }
    });
}

#[test]
fn the_filter_is_folded_until_it_is_in_force() {
    browser::run(async |visit| {
        visit.enter("centre@park.example").await;
        open(visit, "/obligations").await;
        assert!(!is_seen(visit, "#text").await);
        visit.press(".fold > summary").await;
        assert!(is_seen(visit, "#text").await);
        open(visit, "/obligations?light=RED").await;
        assert!(is_seen(visit, "#text").await);
    });
}

#[test]
fn the_menu_opens_without_a_script() {
    browser::without_scripts(async |visit| {
        visit.enter("liaison01@park.example").await;
        open(visit, "/").await;
        assert!(!is_seen(visit, ".menu a[href='/projects']").await);
        let menu = visit.find(".menu summary").await;
        menu.click().await.expect("pressed");
        let way = visit.find(".menu a[href='/projects']").await;
        way.click().await.expect("pressed");
        visit.find("#list").await;
        assert_eq!(visit.path().await, "/projects");
    });
}
