//! Projects: list, page, stages, gates, milestones and reports of progress.

use tests::browser::{self, Visit};

/// Opens the page of the project with the word `name` in its name.
async fn open(visit: &Visit, row: usize) -> String {
    visit.open_page("/projects?state=ALL").await;
    visit
        .press(&format!("#list tbody tr:nth-child({row}) th a"))
        .await;
    visit.find(".stages").await;
    let page = visit.page().await;
    visit.open_page(&page).await;
    page
}

#[test]
fn projects_are_listed_and_shown_with_their_timeline() {
    browser::run(async |visit| {
        visit.enter("centre@park.example").await;
        visit.see("projects", "/projects").await;
        visit
            .see("projects-empty", "/projects?text=nothing-like-this")
            .await;
        let page = open(visit, 3).await;
        visit.see("project", &page).await;
        assert!(visit.count(".timeline-row").await >= 10);
        visit.open_page("/projects").await;
        let all = visit.count("#list tbody tr").await;
        visit.press("[name=light][value=RED]").await;
        visit
            .find(&format!("#list:not(:has(tr:nth-child({all})))"))
            .await;
        assert!(visit.path().await.contains("light=RED"));
        visit.judge("projects-red").await;
        visit.open_page("/projects?state=DONE").await;
        visit.says("没有符合条件的项目").await;

        visit.enter("contact@enterprise.example").await;
        visit.open_page("/projects?state=ALL").await;
        assert_eq!(visit.count("#list tbody tr").await, 1);
        visit.open_page(&page).await;
        visit.says("没有这个页面").await;
    });
}

#[test]
fn an_enterprise_finds_out_what_its_project_needs() {
    browser::run(async |visit| {
        visit.enter("contact@enterprise.example").await;
        open(visit, 1).await;
        visit.press("a[href$='/needs']").await;
        visit.find("h1").await;
        let needs = visit.path().await;
        visit.see("project-needs", &needs).await;
        let question = format!("{needs}/special_hours");
        visit.see("project-question", &question).await;
        visit
            .see("project-question-number", &format!("{needs}/land_area_m2"))
            .await;
        visit.open_page(&question).await;
        visit.press("[name=answers][value=YES]").await;
        visit.press("form button.main").await;
        visit.says("回答已保存。").await;
        visit.says("R30").await;
    });
}

#[test]
fn a_liaison_moves_a_milestone_and_reports_progress() {
    browser::run(async |visit| {
        visit.enter("liaison01@park.example").await;
        let page = open(visit, 1).await;
        visit.press("a[href$='/report-progress']").await;
        let form = visit.path().await;
        visit.see("project-progress", &form).await;
        visit.open_page(&form).await;
        visit.type_into("percent", "140").await;
        visit.type_into("note", "基础完成，等待图审。").await;
        visit.press("form button.main").await;
        visit.find(".field-wrong #percent").await;
        visit.judge("project-progress-refused").await;
        visit.type_into("percent", "40").await;
        visit.press("form button.main").await;
        visit.says("进展已填报").await;
        visit.says("基础完成，等待图审。").await;

        visit.press("section.sheet tbody tr:last-child th a").await;
        let milestone = visit.path().await;
        visit.see("milestone", &milestone).await;
        visit.open_page(&milestone).await;
        visit.press("a[href$='/change-forecast']").await;
        let form = visit.path().await;
        visit.see("milestone-forecast", &form).await;
        visit.open_page(&form).await;
        visit.press("form button.main").await;
        visit.find(".field-wrong #forecastOn").await;
        visit.judge("milestone-refused").await;
        visit
            .driver
            .execute(
                "document.getElementById('forecastOn').value = '2027-12-01'",
                Vec::new(),
            )
            .await
            .expect("a day");
        visit.type_into("reason", "设备交付推迟。").await;
        visit.press("form button.main").await;
        visit.says("预计日期已变更").await;
        assert_eq!(visit.path().await, page);
        visit.open_page(&milestone).await;
        visit.says("设备交付推迟。").await;

        // Today is filled in, so that one press records what was reached.
        visit.press("a[href$='/reach']").await;
        visit.see("milestone-reach", &visit.path().await).await;
        visit.open_page(&milestone).await;
        visit.press("a[href$='/reach']").await;
        visit.press("form button.main").await;
        visit.says("里程碑已登记完成").await;
    });
}

#[test]
fn gates_are_answered_by_documents_and_passed_by_leaders_alone() {
    browser::run(async |visit| {
        visit.enter("centre@park.example").await;
        let page = open(visit, 1).await;
        let gate = format!("{page}/gates/FIRE_ACCEPTANCE");
        visit.see("gate", &gate).await;
        visit.open_page(&gate).await;
        assert_eq!(visit.count("[name=answer][value=OVERRIDDEN]").await, 0);
        visit.press("[name=answer][value=MET]").await;
        visit.press("form button.main").await;
        visit.find(".field-wrong #documentDate").await;
        visit.judge("gate-refused").await;
        visit
            .driver
            .execute(
                "document.getElementById('documentDate').value = '2026-09-01'",
                Vec::new(),
            )
            .await
            .expect("a day");
        visit
            .type_into("documentNumber", "示例消验〔2026〕7号")
            .await;
        visit.press("form button.main").await;
        visit.says("前置条件已登记").await;
        visit.says("示例消验〔2026〕7号").await;

        visit.open_page(&format!("{page}/hold")).await;
        visit.see("project-hold", &format!("{page}/hold")).await;
        visit.open_page(&format!("{page}/hold")).await;
        visit.press("form button.main").await;
        visit.find(".field-wrong #reason").await;

        visit.enter("leader@park.example").await;
        visit
            .open_page(&format!("{page}/gates/DISCHARGE_PERMIT"))
            .await;
        visit.press("[name=answer][value=OVERRIDDEN]").await;
        visit.press("form button.main").await;
        visit.find(".field-wrong #reason").await;
        visit
            .type_into("reason", "限期补办，管委会已书面说明。")
            .await;
        visit.press("form button.main").await;
        visit.says("已批准容缺办理").await;
        visit.says("有经批准的容缺办理").await;
        visit.judge("project-flagged").await;

        visit.enter("supervisor@park.example").await;
        visit.open_page("/projects").await;
        visit.says("容缺办理").await;
    });
}

#[test]
fn stages_wait_for_their_gates_and_milestones_are_planned() {
    browser::run(async |visit| {
        visit.enter("centre@park.example").await;
        // Nobody has planned the seventh project of the ledger.
        visit.open_page("/projects?state=ALL").await;
        let unplanned = visit
            .driver
            .execute(
                "return [...document.querySelectorAll('#list tbody tr')].findIndex(row => row.innerText.includes('未排期')) + 1",
                Vec::new(),
            )
            .await
            .expect("a row")
            .json()
            .as_u64()
            .expect("a number");
        let page = open(visit, usize::try_from(unplanned).expect("a row")).await;
        visit.see("project-unplanned", &page).await;
        visit.see("project-plan", &format!("{page}/plan")).await;
        visit.open_page(&format!("{page}/plan")).await;
        visit.press("form button.main").await;
        visit.says("请至少填写一个里程碑的日期").await;
        visit
            .driver
            .execute(
                "document.querySelector('main input[type=date]').value = '2027-03-01'",
                Vec::new(),
            )
            .await
            .expect("a day");
        visit.press("form button.main").await;
        // Its stage is over, so a day to come is asked back.
        visit.press("#doubts [name=meant]").await;
        visit.press("form button.main").await;
        visit.says("已排期").await;

        visit.press(".stage-now .stage-act a").await;
        let stage = visit.path().await;
        visit.see("project-stage", &stage).await;
        // The last stage cannot begin before the others.
        visit.open_page(&format!("{page}/stages/10")).await;
        visit.press("form button.main").await;
        visit.find(".notice-wrong").await;
        visit.judge("project-stage-refused").await;
    });
}
