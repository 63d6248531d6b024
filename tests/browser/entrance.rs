//! Signing in and out, passwords, languages and colours.

use tests::browser::{self, Visit};

/// Presses something in the menu of the person.
async fn choose(visit: &Visit, css: &str) {
    for css in ["summary", css] {
        let button = visit.find(&format!(".person {css}")).await;
        button.click().await.expect("pressed");
    }
}

#[test]
fn a_stranger_signs_in_and_out() {
    browser::run(async |visit| {
        visit.open_page("/").await;
        assert_eq!(visit.path().await, "/sign-in");
        visit.see("sign-in", "/sign-in").await;
        visit.see("forgotten", "/forgotten").await;
        visit.see("join", "/join/what-stands-in-a-letter").await;

        // A wrong password is refused beside the form, and the name stays.
        visit.open_page("/sign-in").await;
        visit.type_into("login", "liaison01@park.example").await;
        visit.type_into("password", "wrong").await;
        visit.press("button.main").await;
        visit.find(".notice-wrong").await;
        let kept = visit.find("[name=login]").await.value().await;
        assert_eq!(
            kept.expect("a value").as_deref(),
            Some("liaison01@park.example")
        );
        visit.judge("sign-in-refused").await;

        // The address that was asked for is where one arrives.
        visit.open_page("/obligations?state=ALL").await;
        assert!(visit.path().await.starts_with("/sign-in?next="));
        visit.type_into("login", "liaison01@park.example").await;
        visit.type_into("password", api::demo::PASSWORD).await;
        visit.press("button.main").await;
        visit.find(".person").await;
        assert_eq!(visit.path().await, "/obligations?state=ALL");

        choose(visit, "form[action='/sign-out'] button").await;
        visit.says("您已退出登录").await;
        visit.open_page("/obligations").await;
        assert!(visit.path().await.starts_with("/sign-in"));
    });
}

#[test]
fn language_colours_and_size_are_switched_and_stay() {
    browser::run(async |visit| {
        visit.enter("leader@park.example").await;
        choose(visit, "[name=language]").await;
        visit.says("The park at a glance").await;
        choose(visit, "[name=scheme][value=dark]").await;
        visit.find("html[data-scheme=dark][lang=en]").await;
        visit.open_page("/obligations").await;
        visit.find("html[data-scheme=dark][lang=en]").await;
        assert_eq!(visit.path().await, "/obligations");

        // Large type fits on every screen, too.
        choose(visit, "[name=size][value=large]").await;
        visit.find("html[data-size=large]").await;
        for path in ["/", "/obligations", "/profile"] {
            visit.open_page(path).await;
            visit
                .judge(&format!("large{}", path.replace('/', "-")))
                .await;
        }
        choose(visit, "[name=size][value=usual]").await;
        visit.find("html:not([data-size])").await;
    });
}

#[test]
fn an_invitation_leads_to_a_password() {
    browser::run(async |visit| {
        visit.open_page("/forgotten").await;
        visit.type_into("login", "nobody@park.example").await;
        visit.press("button.main").await;
        visit.says("如果该账户存在").await;

        visit.open_page("/join/not-a-link").await;
        visit.type_into("password", "Geheim-2026-neu").await;
        visit.type_into("repeatPassword", "Geheim-2026-alt").await;
        visit.press("button.main").await;
        visit.says("两次输入的密码不一致").await;
        visit.type_into("password", "Geheim-2026-neu").await;
        visit.type_into("repeatPassword", "Geheim-2026-neu").await;
        visit.press("button.main").await;
        visit.find(".notice-wrong").await;
        visit.judge("join-refused").await;
    });
}

#[test]
fn the_parts_and_the_refusals_are_shown() {
    browser::run(async |visit| {
        visit.enter("liaison01@park.example").await;
        visit.see("design", "/console/design").await;
        visit.see("not-found", "/no/such/page").await;
    });
}
