//! The administrator: jobs, letters, people, departments, the calendar, the local mailbox.

use std::path::PathBuf;

use entity::calendar::rules::SHIPPED;
use tests::browser;

/// The code of the first enterprise of the demonstration.
const FIRST_ENTERPRISE: &str = "91210231XQ0000013H";

/// A file that a story uploads, gone when the story ends.
pub struct Given(tempfile::TempDir, PathBuf);

impl Given {
    /// A file of this name with this content.
    pub fn new(name: &str, content: &[u8]) -> Self {
        let folder = tempfile::TempDir::with_prefix("qiyue-given-").expect("a folder");
        let file = folder.path().join(name);
        std::fs::write(&file, content).expect("written");
        Self(folder, file)
    }

    /// Where it lies.
    pub fn path(&self) -> &str {
        assert!(self.0.path().exists());
        self.1.to_str().expect("a path")
    }
}

#[test]
fn the_administrator_pauses_resumes_and_runs_a_job() {
    browser::run(async |visit| {
        visit.enter("admin@park.example").await;
        visit.see("jobs", "/jobs").await;
        visit.see("job", "/jobs/deadline_warnings").await;
        visit.see("runs", "/runs").await;
        visit
            .see("job-pause", "/jobs/deadline_warnings/pause")
            .await;

        // Without a reason the rule says no beside the field.
        visit.press("button.main").await;
        visit.find(".field-wrong #reason").await;
        visit.judge("job-pause-refused").await;
        visit.type_into("reason", "核对清单期间暂停").await;
        visit.press("button.main").await;
        visit.says("任务已暂停").await;
        visit.says("核对清单期间暂停").await;
        visit.judge("job-paused").await;

        visit.open_page("/jobs/deadline_warnings/resume").await;
        visit.type_into("reason", "核对完毕").await;
        visit.press("button.main").await;
        visit.says("任务已恢复").await;

        visit.open_page("/jobs/deadline_warnings/run").await;
        visit.type_into("reason", "补发今日清单").await;
        visit.press("button.main").await;
        visit.says("已请求立即运行").await;
        visit.says("待运行").await;

        // The service centre reads, and has no button to press.
        visit.enter("centre@park.example").await;
        visit.open_page("/jobs/deadline_warnings").await;
        visit.says("补发今日清单").await;
        assert_eq!(visit.count(".head .acts a").await, 0);
    });
}

#[test]
fn the_administrator_holds_mail_and_looks_into_letters() {
    browser::run(async |visit| {
        visit.enter("admin@park.example").await;
        visit.see("letters", "/letters").await;
        visit.press("#list tbody th a").await;
        visit.find(".facts").await;
        let letter = visit.path().await;
        visit.see("letter", &letter).await;
        visit.see("mail-hold", "/mail/hold").await;
        visit.type_into("reason", "邮件服务器维护").await;
        visit.press("button.main").await;
        visit.says("所有邮件已停发").await;
        visit.says("邮件服务器维护").await;
        visit.judge("letters-held").await;
        visit.open_page("/mail/release").await;
        choose(visit, "kind", "ALL").await;
        visit.type_into("reason", "维护结束").await;
        visit.press("button.main").await;
        visit.says("邮件已放行").await;
    });
}

#[test]
fn the_administrator_has_a_letter_tried_again_and_drops_it() {
    browser::run(async |visit| {
        visit.enter("admin@park.example").await;
        visit.open_page("/accounts?text=liaison02").await;
        visit.press("#list tbody th a").await;
        visit.find(".facts").await;
        let account = visit.path().await;
        visit.open_page(&format!("{account}/invite")).await;
        visit.press("button.main").await;
        visit.says("新的邀请邮件已列入待发").await;

        visit.open_page("/letters?state=PENDING").await;
        visit.press("#list tbody th a").await;
        visit.find(".facts").await;
        let letter = visit.path().await;
        visit.open_page(&format!("{letter}/retry")).await;
        visit.press("button.main").await;
        visit.find(".field-wrong #reason").await;
        visit.type_into("reason", "邮件服务器已恢复").await;
        visit.press("button.main").await;
        visit.says("邮件将立即再次发送").await;
        visit.open_page(&format!("{letter}/abandon")).await;
        visit.type_into("reason", "地址有误，另行邀请").await;
        visit.press("button.main").await;
        visit.says("邮件已撤销").await;
        assert_eq!(visit.count(".head .acts a").await, 0);
    });
}

#[test]
fn the_mailbox_shows_a_letter_as_its_reader_sees_it() {
    browser::run(async |visit| {
        visit.enter("liaison01@park.example").await;
        visit.see("mailbox", "/mailbox").await;
        visit.press("#list .what a").await;
        visit.find(".letter-frame").await;
        let letter = visit.path().await;
        visit.see("mailbox-letter", &letter).await;
        visit
            .see("mailbox-empty", "/mailbox?to=nobody@nowhere.example")
            .await;
        visit.open_page(&letter).await;
        let frame = visit.find(".letter-frame").await;
        assert_eq!(
            frame
                .attr("sandbox")
                .await
                .expect("an attribute")
                .as_deref(),
            Some("allow-popups allow-popups-to-escape-sandbox")
        );
    });
}

#[test]
fn the_administrator_makes_invites_changes_and_disables_an_account() {
    browser::run(async |visit| {
        visit.enter("admin@park.example").await;
        visit.see("accounts", "/accounts").await;
        visit.see("account-new", "/accounts/new").await;

        visit.type_into("login", "head05@park.example").await;
        visit.type_into("name", "建设局负责人").await;
        choose(visit, "role", "DEPARTMENT_HEAD").await;
        visit.press("button.main").await;
        visit.find(".field-wrong #departmentId").await;
        visit.judge("account-refused").await;
        choose_first(visit, "departmentId").await;
        visit.press("button.main").await;
        visit.says("账户已创建").await;

        // A contact belongs to an enterprise, which is named by its code.
        visit.open_page("/accounts/new").await;
        visit
            .type_into("login", "contact99@enterprise.example")
            .await;
        visit.type_into("name", "联系人 99").await;
        choose(visit, "role", "ENTERPRISE").await;
        visit.press("button.main").await;
        visit.find(".field-wrong #enterpriseCode").await;
        visit
            .type_into("enterpriseCode", "91210231XQ0000999X")
            .await;
        visit.press("button.main").await;
        visit.find(".field-wrong #enterpriseCode").await;
        visit.type_into("enterpriseCode", FIRST_ENTERPRISE).await;
        visit.press("button.main").await;
        visit.says("账户已创建").await;

        visit.open_page("/accounts?text=head05").await;
        visit.press("#list tbody th a").await;
        visit.says("已邀请").await;
        let page = visit.path().await;
        visit.see("account", &page).await;
        visit.open_page(&format!("{page}/invite")).await;
        visit.press("button.main").await;
        visit.says("新的邀请邮件已列入待发").await;
        visit.open_page(&format!("{page}/change")).await;
        visit.judge("account-change").await;
        visit.type_into("name", "建设局局长").await;
        visit.press("button.main").await;
        visit.says("账户已修改").await;
        visit.open_page(&format!("{page}/disable")).await;
        visit.judge("account-disable").await;
        visit.press("button.main").await;
        visit.says("账户已停用").await;

        visit.see("departments", "/departments").await;
        visit.press("tbody th a").await;
        visit.find("#windows").await;
        let page = visit.path().await;
        visit.see("department-change", &page).await;
        visit.type_into("windows", "many").await;
        visit.press("button.main").await;
        visit.find(".field-wrong #windows").await;
        visit.type_into("windows", "4").await;
        visit.press("button.main").await;
        visit.says("部门已保存").await;
    });
}

/// Chooses a value of a `select`.
pub async fn choose(visit: &browser::Visit, name: &str, value: &str) {
    let option = visit
        .find(&format!("main [name='{name}'] option[value='{value}']"))
        .await;
    option.click().await.expect("chosen");
}

/// Chooses the first value of a `select` that is one.
pub async fn choose_first(visit: &browser::Visit, name: &str) {
    let option = visit
        .find(&format!("main [name='{name}'] option:not([value=''])"))
        .await;
    option.click().await.expect("chosen");
}

/// A notice of a coming year that makes one day off and one weekend worked.
const NOTICE: &str = "date,kind,name_zh,name_en,notice_year\n\
                      2027-01-01,holiday,元旦,New Year,2027\n\
                      2027-01-04,holiday,元旦,New Year,2027\n\
                      2027-01-09,workday,元旦,New Year,2027\n";

#[test]
fn a_notice_is_shown_before_it_is_imported() {
    browser::run(async |visit| {
        visit.enter("liaison01@park.example").await;
        visit.see("calendar", "/calendar").await;
        visit.see("calendar-next", "/calendar?year=2027").await;
        assert_eq!(visit.count(".head .acts a").await, 0);

        visit.enter("admin@park.example").await;
        visit.see("calendar-import", "/calendar/import").await;
        let broken = Given::new("notice.csv", b"date,kind\n2027-01-01,perhaps\n");
        visit.type_into("file", broken.path()).await;
        visit.press("button.main").await;
        visit.find(".field-wrong #file").await;
        visit.judge("calendar-refused").await;

        let notice = Given::new("notice.csv", NOTICE.as_bytes());
        visit.type_into("file", notice.path()).await;
        visit.press("button.main").await;
        visit.says("改变的日期").await;
        visit.says("2027-01-09").await;
        visit.judge("calendar-preview").await;
        visit.press("button.main").await;
        visit.find(".field-wrong #source").await;
        visit.type_into("source", "国办发明电〔2026〕9 号").await;
        visit.press("button.main").await;
        visit.says("日历已导入").await;
        assert_eq!(visit.path().await, "/calendar?year=2027");
        visit.find("td.day-WORKED_WEEKEND").await;
        visit.judge("calendar-imported").await;

        // A year that was published already and changes moves what is open: one by one, by numbers alone.
        let published = SHIPPED.lines().enumerate().filter(|(number, line)| {
            *number == 0 || line.ends_with(",2026") && !line.starts_with("2026-10-10")
        });
        let published: String = published.map(|(_, line)| format!("{line}\n")).collect();
        let changed = Given::new("notice.csv", published.as_bytes());
        visit.open_page("/calendar/import").await;
        visit.type_into("file", changed.path()).await;
        visit.press("button.main").await;
        visit.find("#named tbody tr").await;
        visit.says("其他时限").await;
        visit.judge("calendar-moved").await;
    });
}

#[test]
fn a_developer_types_an_operation() {
    browser::run(async |visit| {
        visit.enter("admin@park.example").await;
        visit.see("explorer", "/graphiql").await;
        visit
            .type_into("query", "{ viewer { role } jobs(first: 1) { totalCount } }")
            .await;
        visit.press("button.main").await;
        visit.says("\"role\": \"ADMIN\"").await;
        visit.judge("explorer-answer").await;
        visit.type_into("query", "{ nothing }").await;
        visit.press("button.main").await;
        visit.says("errors").await;
        visit.type_into("variables", "{").await;
        visit.press("button.main").await;
        visit.find(".field-wrong #variables").await;
    });
}
