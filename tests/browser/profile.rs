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
