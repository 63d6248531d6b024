//! The person's own page.

use tests::browser;

#[test]
fn somebody_changes_letters_feed_and_password() {
    browser::run(async |visit| {
        visit.enter("liaison01@park.example").await;
        visit.see("profile", "/profile").await;

        visit.open_page("/profile").await;
        visit.press("[name=weekday][value=SUNDAY]").await;
        visit
            .press("form[action='/profile/preferences'] button")
            .await;
        visit.says("设置已保存").await;
        assert_eq!(visit.count("[name=weekday][value=SUNDAY]:checked").await, 0);

        visit.type_into("name", "办公室日历").await;
        visit.press("form[action='/profile/feeds'] button").await;
        visit.says("请复制此地址").await;
        visit.says("/calendar/").await;
        visit.judge("profile-feed").await;

        visit.type_into("presentPassword", "not-the-password").await;
        visit.type_into("newPassword", "Another-password-2").await;
        visit
            .type_into("repeatPassword", "Another-password-2")
            .await;
        visit.press("form[action='/profile/password'] button").await;
        visit.find(".field-wrong #presentPassword").await;
        visit
            .type_into("presentPassword", api::demo::PASSWORD)
            .await;
        visit.type_into("newPassword", "Another-password-2").await;
        visit
            .type_into("repeatPassword", "Another-password-2")
            .await;
        visit.press("form[action='/profile/password'] button").await;
        visit.says("密码已修改").await;
        assert_eq!(visit.path().await, "/sign-in");
    });
}

#[test]
fn a_token_is_shown_once_and_revoked() {
    browser::run(async |visit| {
        visit.enter("liaison01@park.example").await;
        visit.open_page("/profile").await;
        visit.press("form[action='/profile/tokens'] button").await;
        visit.find(".field-wrong #tokenName").await;
        visit.judge("token-refused").await;
        visit.type_into("tokenName", "数据大屏").await;
        visit.press("form[action='/profile/tokens'] button").await;
        let secret = visit
            .find("code.secret")
            .await
            .text()
            .await
            .expect("a token");
        assert!(secret.len() > 20, "{secret}");
        visit.judge("token-made").await;
        visit.open_page("/profile").await;
        visit.says("数据大屏").await;
        assert_eq!(visit.count("code.secret").await, 0);
        let revoke = "//form[contains(., '数据大屏')]/button";
        let revoke = visit.driver.find(thirtyfour::By::XPath(revoke)).await;
        revoke.expect("a button").click().await.expect("pressed");
        visit.says("已撤销").await;
        let text = visit.find("main").await.text().await.expect("words");
        assert!(!text.contains("数据大屏"), "{text}");
    });
}
