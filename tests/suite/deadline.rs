//! Time limits at the outer door: pauses, the one extension, lights as time goes by, and a new calendar.

use entity::{calendar::rules::SHIPPED, viewer::Role};
use sea_orm::{ConnectionTrait, TransactionTrait};
use serde_json::{Value, json};
use tests::{
    Backend, Park, Who,
    dump::number,
    matters::{done, version},
    notice,
    promise::{contract, file, mutation, owed, walk},
    stories, story,
    window::{PASSWORD, Window},
};

use crate::{mail::deliver, warnings::runner};

const READ: &str =
    "query($id: ID!) { obligation(id: $id) { version deadline { state dueOn forecastDueOn light
    lightBeforePause explain { day role } } } }";

async fn limit(park: &Park, id: &str) -> Value {
    park.data(Who::Liaison, READ, json!({"id": id})).await["obligation"]["deadline"].take()
}

fn on(id: &str, version: i32, more: Value) -> Value {
    let mut input = more;
    input["id"] = json!(id);
    input["expectedVersion"] = json!(version);
    json!({"input": input})
}

stories! {
    async fn the_lights_as_time_goes_by(park: Park) {
        let ids = owed(&park, &[(10, None), (2, None), (3, None), (10, Some("示例条例第一条"))]).await;
        for (day, lights) in [
            ("2026-09-30", ["GREEN", "GREEN", "GREEN", "GREEN"]),
            ("2026-10-08", ["GREEN", "GREEN", "GREEN", "GREEN"]),
            ("2026-10-09", ["GREEN", "ORANGE", "ORANGE", "GREEN"]),
            ("2026-10-10", ["GREEN", "RED", "ORANGE", "GREEN"]),
            ("2026-10-14", ["GREEN", "RED", "RED", "GREEN"]),
            ("2026-10-15", ["YELLOW", "RED", "RED", "YELLOW"]),
            ("2026-10-17", ["YELLOW", "RED", "RED", "YELLOW"]),
            ("2026-10-19", ["ORANGE", "RED", "RED", "ORANGE"]),
            ("2026-10-20", ["ORANGE", "RED", "RED", "ORANGE"]),
            ("2026-10-21", ["RED", "RED", "RED", "BLACK"]),
        ] {
            park.set_clock(day, 9, 0);
            for (id, light) in ids.iter().zip(lights) {
                assert_eq!(limit(&park, id).await["light"], light, "{day}");
            }
        }
    }

    async fn a_pause_moves_the_due_date_by_its_working_days_and_an_extension_comes_once(park: Park) {
        let ids = owed(&park, &[(10, None), (2, None)]).await;
        let (id, short) = (&ids[0], &ids[1]);
        let (paper, foreign) = (file(&park, 0).await, file(&park, 1).await);
        assert_eq!(limit(&park, id).await["dueOn"], "2026-10-20");
        park.set_clock("2026-10-12", 9, 0);
        let pause = mutation("obligationPause", "obligation { version }");
        let hearing = json!({"kind": "HEARING", "reason": "听证", "documentId": paper, "expectedEndOn": "2026-10-14"});
        for (change, code) in [
            (json!({"documentId": foreign}), "DOCUMENT_UNKNOWN"),
            (json!({"reason": ""}), "REASON_MISSING"),
            (json!({"startedOn": "2026-10-13"}), "PAUSE_IN_FUTURE"),
            (json!({"expectedEndOn": "2026-10-11"}), "END_BEFORE_START"),
        ] {
            let mut input = hearing.clone();
            for (name, value) in change.as_object().expect("fields") {
                input[name] = value.clone();
            }
            assert_eq!(park.user_error(Who::Liaison, &pause, on(id, 1, input)).await, code);
        }
        for (who, code) in [
            (Who::Enterprise, "FORBIDDEN"),
            (Who::Leader, "FORBIDDEN"),
            (Who::OtherLiaison, "NOT_FOUND"),
            (Who::Nobody, "UNAUTHENTICATED"),
            (Who::Liaison, "CONFLICT"),
        ] {
            assert_eq!(park.refused(who, &pause, on(id, 7, hearing.clone())).await, code, "{who:?}");
        }
        let resume = mutation("obligationResume", "obligation { version }");
        let end = |day: &str| json!({"endedOn": day});
        assert_eq!(park.user_error(Who::Liaison, &resume, on(id, 1, end("2026-10-12"))).await, "NOT_PAUSED");
        assert_eq!(park.user_error(Who::Liaison, &pause, on(short, 1, hearing.clone())).await, "EXPIRED");
        park.data(Who::Liaison, &pause, on(id, 1, hearing.clone())).await;
        assert_eq!(park.user_error(Who::Liaison, &pause, on(id, 2, hearing)).await, "ALREADY_PAUSED");

        // Three working days are expected; the forecast follows when it lasts longer.
        let paused = limit(&park, id).await;
        assert_eq!(paused["dueOn"], "2026-10-23");
        assert_eq!((&paused["light"], &paused["lightBeforePause"]), (&json!("GREY"), &json!("GREEN")));
        park.set_clock("2026-10-16", 9, 0);
        assert_eq!(limit(&park, id).await["forecastDueOn"], "2026-10-27");
        assert_eq!(park.user_error(Who::Liaison, &resume, on(id, 2, end("2026-10-17"))).await, "END_IN_FUTURE");
        park.data(Who::Liaison, &resume, on(id, 2, end("2026-10-16"))).await;
        // Five working days, from Monday to Friday.
        let resumed = limit(&park, id).await;
        assert_eq!((&resumed["state"], &resumed["dueOn"]), (&json!("RUNNING"), &json!("2026-10-27")));
        let days = |role: &str| {
            let steps = resumed["explain"].as_array().expect("steps");
            steps.iter().filter(|step| step["role"] == role).count()
        };
        assert_eq!((days("COUNTED"), days("PAUSED")), (10, 5));

        let extend = mutation("obligationExtend", "obligation { version deadline { dueOn } }");
        let by = |days: i32| json!({"days": days, "reason": "材料较多"});
        assert_eq!(park.user_error(Who::Liaison, &extend, on(id, 3, by(0))).await, "EXTENSION_LENGTH");
        assert_eq!(park.user_error(Who::Liaison, &extend, on(id, 3, json!({"days": 5, "reason": ""}))).await, "REASON_MISSING");
        assert_eq!(park.user_error(Who::Liaison, &extend, on(short, 1, by(5))).await, "EXPIRED");
        let extended = done(&park, Who::Liaison, "obligationExtend", "obligation { deadline { dueOn } }", on(id, 3, by(5))["input"].take()).await;
        assert_eq!(extended["obligation"]["deadline"]["dueOn"], "2026-11-03");
        assert_eq!(park.user_error(Who::Liaison, &extend, on(id, 4, by(5))).await, "ALREADY_EXTENDED");
    }

    async fn a_limit_of_the_law_is_stopped_by_the_law_alone(park: Park) {
        let ids = owed(&park, &[(20, Some("行政许可法第四十二条")), (20, None)]).await;
        let (law, promise) = (&ids[0], &ids[1]);
        let paper = file(&park, 0).await;
        let pause = mutation("obligationPause", "obligation { version }");
        let agreed = json!({"kind": "AGREED", "reason": "双方约定", "documentId": paper});
        for who in [Who::Liaison, Who::Centre] {
            assert_eq!(park.user_error(who, &pause, on(law, 1, agreed.clone())).await, "AGREEMENT_AGAINST_LAW", "{who:?}");
        }
        let grounds = "query($id: ID!) { obligation(id: $id) { deadline { pauseGrounds } permissions { canPause } } }";
        let seen = park.data(Who::Liaison, grounds, json!({"id": law})).await["obligation"].take();
        assert_eq!(seen["permissions"]["canPause"], true, "on another ground");
        assert!(!seen.to_string().contains("AGREED"), "{seen}");
        let seen = park.data(Who::Liaison, grounds, json!({"id": promise})).await["obligation"].take();
        assert!(seen.to_string().contains("AGREED"), "{seen}");

        // A suspension is an agreement, too.
        let read = "query($id: ID!) { obligation(id: $id) { contract { id version } } }";
        let contract = park.data(Who::Centre, read, json!({"id": law})).await["obligation"]["contract"].take();
        let input = json!({"id": contract["id"], "expectedVersion": contract["version"], "reason": "停产", "documentId": paper});
        done(&park, Who::Centre, "contractSuspend", "contract { state }", input).await;
        assert_eq!(limit(&park, law).await["state"], "RUNNING");
        assert_eq!(limit(&park, promise).await["state"], "PAUSED");

        // What was stopped so in former times is shown to the supervisor, with the day on which it is due by law.
        let hearing = json!({"kind": "HEARING", "reason": "听证", "documentId": paper});
        park.data(Who::Liaison, &pause, on(law, 1, hearing)).await;
        let unlawful = "{ obligations(first: 9, where: { unlawfulLimit: true }) { totalCount nodes { id deadline { dueOn dueByLaw
            pauses { kind stopsStatutory } } } } }";
        let told = async |who| park.data(who, unlawful, json!({})).await["obligations"].take();
        assert_eq!(told(Who::Supervisor).await["totalCount"], 0);
        let (window, login) = Window::of(&park, Role::Supervisor).await;
        assert!(!window.text(&park, "/").await.contains("id=\"unlawful\""));
        let wrong = "UPDATE deadline_pause SET kind = 'AGREED' WHERE kind = 'HEARING'";
        park.db().execute_unprepared(wrong).await.expect("a row of former times");
        park.set_clock("2026-10-12", 9, 0);
        let resume = mutation("obligationResume", "obligation { version }");
        park.data(Who::Liaison, &resume, on(law, 2, json!({"endedOn": "2026-10-12"}))).await;
        let found = told(Who::Supervisor).await;
        assert_eq!(found["totalCount"], 1);
        let row = &found["nodes"][0];
        assert_eq!((&row["id"], &row["deadline"]["dueByLaw"]), (&json!(law), &json!("2026-11-03")));
        assert!(row["deadline"]["dueOn"].as_str() > Some("2026-11-03"), "{row}");
        assert_eq!(row["deadline"]["pauses"], json!([{"kind": "AGREED", "stopsStatutory": false}]));
        assert_eq!(told(Who::OtherLiaison).await["totalCount"], 0);
        // The session of September has ended long ago.
        let window = Window::enter(&park, &login, PASSWORD).await;
        let page = window.text(&park, "/").await;
        assert!(page.contains("id=\"unlawful\"") && page.contains("2026-11-03"), "{page}");
        let list = window.text(&park, "/obligations.csv?unlawful=1&state=ALL").await;
        assert_eq!(list.trim().lines().count(), 2, "{list}");

        // It is past its limit when the law says so, and not days later.
        let runner = runner(&park);
        for (day, told) in [("2026-11-03", false), ("2026-11-04", true)] {
            park.set_clock(day, 9, 0);
            for job in ["statutory_overdue", "red_list"] {
                let run = runner.run_now(job, None, false).await.expect("a run").expect("a job");
                let said = run.planned.iter().flat_map(|one| &one.why).any(|line| line.contains("2026-11-03"));
                assert_eq!(said, told, "{day} {job}: {run:?}");
            }
        }
        // Whoever was told so was told, though the day that an agreement has put it off to, the 9th, is told to nobody; and four working
        // days after its day by law the department is ordered to answer.
        park.set_clock("2026-11-10", 10, 0);
        let witness = runner.run_now("completeness", None, false).await.expect("a run").expect("a job");
        assert_eq!((witness.counts.failed, witness.counts.letters), (0, 0), "{witness:?}");
        let order = json!({"replyBy": "2026-11-16", "reason": "超过法定时限"});
        let offered = async || {
            let ask = "query($id: ID!) { obligation(id: $id) { commands { code may whyNot } } }";
            let commands = park.data(Who::Supervisor, ask, json!({"id": law})).await["obligation"]["commands"].take();
            let mut commands = commands.as_array().expect("commands").clone().into_iter();
            commands.find(|one| one["code"] == "obligation.supervise").expect("it is offered")
        };
        assert_eq!(offered().await["may"], true);
        done(&park, Who::Supervisor, "obligationSupervise", "obligation { id }", on(law, 3, order)["input"].take()).await;
        assert_eq!(offered().await["whyNot"], "A supervision order has already been issued for this due date.");
        let entries = park.dump().await;
        assert!(entries.rows("warning").iter().any(|row| row.contains("SUPERVISE:2026-11-03")));
    }

    async fn a_limit_of_the_law_is_extended_by_the_head_and_a_promise_by_whoever_handles_it(park: Park) {
        let id = contract(&park, 0, ("2026-09-30", "2027-09-29"), "contractDraft").await;
        let department = api_door::scalar::Kind::Department.id(park.people().await.departments[0].id).0;
        let promise = |law: Option<&str>, days: i32, owner: &str| json!({"contractId": id, "clauseNumber": 6, "kind": "ON_EVENT",
            "textZh": "示例承诺", "textEn": "An example", "startEvent": "example", "limitDays": 20, "unit": "WORKING_DAY",
            "legalBasis": law, "extensionDays": days, "owner": owner, "evidenceKind": "EXAMPLE",
            "departmentId": (owner == "DEPARTMENT").then_some(&department)});
        let add = async |mut input: Value| {
            input["expectedVersion"] = version(&park, &id).await;
            input
        };
        // Days of an extension by law belong to a limit of the law.
        let wrong = json!({"input": add(promise(None, 10, "LIAISON")).await});
        assert_eq!(park.user_error(Who::Centre, &mutation("commitmentAdd", "commitment { id }"), wrong).await, "EXTENSION_INVALID");
        let article = Some("行政许可法第四十二条");
        let long = json!({"input": add(promise(article, 11, "DEPARTMENT")).await});
        assert_eq!(park.user_error(Who::Centre, &mutation("commitmentAdd", "commitment { id }"), long).await, "BEYOND_LICENCE_LAW");
        // Where bodies act as one the law gives them forty-five days and fifteen more, and who leads them all decides.
        let mut together = promise(Some("行政许可法第二十六条、第四十二条第二款"), 15, "DEPARTMENT");
        together["limitDays"] = json!(45);
        let mut promises = Vec::new();
        for input in [
            promise(article, 10, "DEPARTMENT"),
            promise(article, 10, "LIAISON"),
            promise(article, 0, "DEPARTMENT"),
            promise(None, 0, "LIAISON"),
            promise(None, 0, "DEPARTMENT"),
            together,
        ] {
            let added = done(&park, Who::Centre, "commitmentAdd", "commitment { id extensionDays }", add(input).await).await;
            promises.push(added["commitment"]["id"].clone());
        }
        walk(&park, &id, "contractActivate").await;
        let mut ids = Vec::new();
        for promise in &promises {
            let event = json!({"commitmentId": promise, "idempotencyKey": promise});
            let opened = done(&park, Who::Centre, "obligationOpen", "obligation { id }", event).await;
            ids.push(opened["obligation"]["id"].as_str().expect("an id").to_owned());
        }
        let extend = mutation("obligationExtend", "obligation { version }");
        let by = |at: usize, days: i32| on(&ids[at], 1, json!({"days": days, "reason": "案情复杂"}));
        for (who, at, days, code) in [
            (Who::Head, 0, 200, "BEYOND_LAW"),
            (Who::Head, 0, 11, "BEYOND_LAW"),
            (Who::Head, 2, 1, "BEYOND_LAW"),
            (Who::Liaison, 0, 5, "HEAD_DECIDES"),
            (Who::Centre, 0, 300, "HEAD_DECIDES"),
            (Who::Liaison, 1, 200, "HEAD_DECIDES"),
            (Who::Leader, 1, 11, "BEYOND_LAW"),
            (Who::Liaison, 3, 11, "BEYOND_MARGIN"),
            (Who::Head, 4, 11, "BEYOND_MARGIN"),
            (Who::Head, 5, 1, "HEAD_DECIDES"),
            (Who::Leader, 5, 16, "BEYOND_LAW"),
        ] {
            assert_eq!(park.user_error(who, &extend, by(at, days)).await, code, "{who:?} {at} {days}");
        }
        for (who, at, code) in [
            (Who::Leader, 0, "FORBIDDEN"),
            (Who::Leader, 3, "FORBIDDEN"),
            (Who::Supervisor, 0, "FORBIDDEN"),
            (Who::Enterprise, 0, "FORBIDDEN"),
            (Who::OtherHead, 0, "NOT_FOUND"),
            (Who::Head, 1, "NOT_FOUND"),
        ] {
            assert_eq!(park.refused(who, &extend, by(at, 5)).await, code, "{who:?} {at}");
        }
        let may = "query($id: ID!) { obligation(id: $id) { permissions { canExtend extendAtMost } } }";
        for (who, at, most) in [
            (Who::Head, 0, 10), (Who::Liaison, 0, 0), (Who::Leader, 0, 0), (Who::Leader, 1, 10), (Who::Head, 2, 0),
            (Who::Liaison, 3, 10), (Who::Head, 4, 10), (Who::Supervisor, 0, 0), (Who::Head, 5, 0), (Who::Leader, 5, 15),
        ] {
            let seen = park.data(who, may, json!({"id": ids[at]})).await["obligation"]["permissions"].take();
            assert_eq!(seen, json!({"canExtend": most > 0, "extendAtMost": most}), "{who:?} {at}");
        }
        for (who, at, days) in [(Who::Head, 0, 10), (Who::Leader, 1, 10), (Who::Liaison, 3, 10), (Who::Centre, 4, 30)] {
            park.data(who, &extend, by(at, days)).await;
            let again = on(&ids[at], 2, json!({"days": 1, "reason": "案情复杂"}));
            assert_eq!(park.user_error(who, &extend, again).await, "ALREADY_EXTENDED");
        }

        // The enterprise is told of each, with the reason and the new date, and so is its liaison of what others did.
        deliver(&runner(&park)).await;
        let told = |letters: Vec<tests::mailbox::Letter>| {
            let ours = letters.into_iter().filter(|letter| letter.text.contains("案情复杂"));
            ours.collect::<Vec<_>>()
        };
        let people = park.people().await;
        let contact = told(park.mailbox.to(&people.account(Who::Enterprise).login));
        assert_eq!(contact.len(), 4);
        assert!(contact.iter().any(|letter| letter.text.contains("2026-11-17")), "{contact:?}");
        assert_eq!(told(park.mailbox.to(&people.account(Who::Liaison).login)).len(), 3);
        assert!(told(park.mailbox.to(&people.account(Who::OtherEnterprise).login)).is_empty());
    }

    async fn the_enterprise_is_told_of_a_pause_and_of_its_end(park: Park) {
        let ids = owed(&park, &[(10, None)]).await;
        let paper = file(&park, 0).await;
        let pause = json!({"kind": "EXPERT", "reason": "专家评审需时", "documentId": paper, "expectedEndOn": "2026-10-10"});
        done(&park, Who::Liaison, "obligationPause", "obligation { id }", on(&ids[0], 1, pause)["input"].take()).await;
        park.set_clock("2026-10-09", 9, 0);
        let end = json!({"endedOn": "2026-10-09"});
        done(&park, Who::Centre, "obligationResume", "obligation { id }", on(&ids[0], 2, end)["input"].take()).await;
        deliver(&runner(&park)).await;
        let people = park.people().await;
        let letters = park.mailbox.to(&people.account(Who::Enterprise).login);
        let ours: Vec<_> = letters.iter().filter(|letter| letter.text.contains("专家评审需时")).collect();
        assert_eq!(ours.len(), 2, "{letters:?}");
        // Three working days were expected, and two it took.
        assert_eq!(limit(&park, &ids[0]).await["dueOn"], "2026-10-22");
        // Each letter names the day that the enterprise knew, and the new one.
        for (before, due) in [
            ("Previous due date: 2026-10-20", "Due date, if it resumes as expected: 2026-10-23"),
            ("Previous due date: 2026-10-23", "Due on: 2026-10-22"),
        ] {
            let told = ours.iter().filter(|letter| letter.text.contains(before) && letter.text.contains(due));
            assert_eq!(told.count(), 1, "{before} {due}: {ours:?}");
        }
        // One suspension is one letter, whatever it stops.
        let read = "query($id: ID!) { obligation(id: $id) { contract { id version } } }";
        let contract = park.data(Who::Centre, read, json!({"id": ids[0]})).await["obligation"]["contract"].take();
        let input = json!({"id": contract["id"], "expectedVersion": contract["version"], "reason": "停产检修", "documentId": paper});
        done(&park, Who::Centre, "contractSuspend", "contract { id }", input).await;
        deliver(&runner(&park)).await;
        let letters = park.mailbox.to(&people.account(Who::Enterprise).login);
        assert_eq!(letters.iter().filter(|letter| letter.text.contains("停产检修")).count(), 1);
    }

    async fn why_a_date_is_told_by_notice_and_paper(park: Park) {
        let ids = owed(&park, &[(10, None)]).await;
        let paper = file(&park, 0).await;
        let pause = json!({"kind": "EXPERT", "reason": "专家评审", "documentId": paper});
        done(&park, Who::Liaison, "obligationPause", "obligation { id }", on(&ids[0], 1, pause)["input"].take()).await;
        let ask = "query($id: ID!) { obligation(id: $id) { deadline { notices { year source revision fingerprint }
            pauses { document { name } } explain { role text } } } }";
        let told = park.data(Who::Enterprise, ask, json!({"id": ids[0]})).await["obligation"]["deadline"].take();
        let notice = &told["notices"][0];
        assert_eq!((&notice["year"], &notice["revision"], &told["notices"][1]), (&json!(2026), &json!(1), &Value::Null));
        assert!(notice["source"].is_string() && notice["fingerprint"].as_str().map(str::len) == Some(64), "{notice}");
        assert_eq!(told["pauses"][0]["document"]["name"], "x.pdf");
        let steps = told["explain"].as_array().expect("steps");
        let paused = steps.iter().find(|step| step["role"] == "PAUSED").expect("a paused day");
        assert!(paused["text"].as_str().is_some_and(|text| text.contains("x.pdf") && !text.contains("doc_")), "{paused}");
        let due = "{ calendarDue(start: \"2026-10-07\", limit: \"0wd\") { dueOn explain { role due } } }";
        let due = park.data(Who::Liaison, due, json!({})).await["calendarDue"].take();
        assert_eq!(due, json!({"dueOn": "2026-10-08", "explain": [{"role": "START", "due": false}, {"role": "SAME_DAY", "due": true}]}));
    }

    async fn a_notice_of_one_day_leaves_its_year_provisional_and_the_command_line_reads_what_was_imported(park: Park) {
        let import = mutation("calendarImport", "changes { years incompleteYears }");
        let head = "date,kind,name_zh,name_en,notice_year\n";
        let give = |csv: String| json!({"input": {"csv": csv, "source": "示例通知〔2026〕9号"}});
        let one_day = give(format!("{head}2027-01-04,holiday,元旦,New Year,2027\n"));
        let done = park.data(Who::Admin, &import, one_day).await["calendarImport"]["changes"].take();
        assert_eq!(done, json!({"years": [2027], "incompleteYears": [2027]}));
        let years = park.data(Who::Admin, "{ calendarYears }", json!({})).await["calendarYears"].take();
        assert!(!years.to_string().contains("2027"));
        let day = |text: &str| text.parse::<chrono::NaiveDate>().expect("a day");
        let read = async || api::app::calendar(&park.config()).await.expect("the calendar of the park");
        let calendar = read().await;
        assert!(!calendar.is_working_day(day("2027-01-04")) && calendar.provisional(day("2027-01-05")));

        let whole: String = SHIPPED.lines().filter(|line| line.ends_with(",2026")).map(|line| format!("{}\n", line.replace("2026-", "2027-").replace(",2026", ",2027"))).collect();
        let whole = whole.lines().filter(|line| !line.contains(",workday,")).map(|line| format!("{line}\n")).collect::<String>();
        let done = park.data(Who::Admin, &import, give(format!("{head}{whole}"))).await["calendarImport"]["changes"].take();
        assert_eq!(done, json!({"years": [2027], "incompleteYears": []}));
        assert!(!read().await.provisional(day("2027-12-31")));
    }

    async fn who_was_told_of_a_limit_of_the_law_that_passed_is_told_when_a_calendar_moves_it(park: Park) {
        // Due on the worked Saturday, the 10th of October; without it on the Monday after.
        owed(&park, &[(3, Some("示例条例第一条"))]).await;
        park.set_clock("2026-10-12", 9, 0);
        let runner = runner(&park);
        runner.run_now("statutory_overdue", None, false).await.expect("a run").expect("a job");
        let notice = json!({"input": {"csv": notice::without_the_worked_saturday(), "source": "示例通知〔2026〕1号"}});
        park.data(Who::Admin, &mutation("calendarImport", "changes { years }"), notice).await;
        for (who, count) in [(Who::Supervisor, 1), (Who::Leader, 1), (Who::Liaison, 1), (Who::OtherLiaison, 0)] {
            let notices = r#"{ notices(first: 9, where: { kind: { oneOf: ["due_dates_moved"] } }) { totalCount } }"#;
            assert_eq!(park.data(who, notices, json!({})).await["notices"]["totalCount"], count, "{who:?}");
        }
    }

    async fn a_new_calendar_moves_what_is_open_and_nothing_else(park: Park) {
        let ids = owed(&park, &[(10, None), (10, None), (2, None)]).await;
        let kept = json!({"evidenceNote": "已办"});
        done(&park, Who::Liaison, "obligationFulfil", "obligation { id }", on(&ids[1], 1, kept)["input"].take()).await;
        let csv = notice::without_the_worked_saturday();
        let preview = "query($csv: String!) { calendarImportPreview(csv: $csv) { years problems days { date } moved { deadlineId from to favours }
            movedCount named: moved(first: 1) { contractNumber commitmentNumber from to } } }";
        let before = park.dump().await.without(tests::app::TRACES);
        let told = park.data(Who::Admin, preview, json!({"csv": csv})).await["calendarImportPreview"].take();
        before.assert_same(&park.dump().await.without(tests::app::TRACES));
        assert_eq!((&told["years"], &told["problems"]), (&json!([2026]), &json!([])));
        assert_eq!(told["days"], json!([{"date": "2026-10-10"}]));
        let moved = told["moved"].as_array().expect("moves").clone();
        assert!(moved.iter().any(|row| row["from"] == "2026-10-20" && row["to"] == "2026-10-21"), "{told:#}");
        assert!(moved.iter().all(|row| row["from"] != "2026-10-09"), "{told:#}");

        // Who imports reads no contracts: what moves is named by numbers.
        assert_eq!(told["movedCount"], json!(moved.len()));
        let named = told["named"].as_array().expect("the first");
        assert_eq!(named.len(), 1);
        assert!(named[0]["contractNumber"].is_string() && named[0]["commitmentNumber"].is_i64(), "{told:#}");
        assert_eq!((&named[0]["from"], &named[0]["to"]), (&moved[0]["from"], &moved[0]["to"]));

        assert!(moved.iter().all(|row| row["favours"] == if row["to"].as_str() > row["from"].as_str() { "PARK" } else { "ENTERPRISE" }), "{told:#}");

        let import = mutation("calendarImport", "changes { moved { deadlineId from to favours } }");
        let notice = json!({"input": {"csv": csv, "source": "示例通知〔2026〕1号"}});
        assert_eq!(park.refused(Who::Centre, &import, notice.clone()).await, "FORBIDDEN");
        let silent = json!({"input": {"csv": csv, "source": ""}});
        assert_eq!(park.user_error(Who::Admin, &import, silent).await, "SOURCE");
        let done = park.data(Who::Admin, &import, notice).await["calendarImport"]["changes"].take();
        assert_eq!(done["moved"], told["moved"], "what was announced is what happened");
        for (id, due) in ids.iter().zip(["2026-10-21", "2026-10-20", "2026-10-09"]) {
            assert_eq!(limit(&park, id).await["dueOn"], due);
        }
        let entries = park.dump().await;
        let recounts = entries.rows("audit_entry").iter().filter(|row| row.contains("deadline.recount"));
        assert_eq!(recounts.count(), moved.len());

        // One summary to each who owes it or to whom it is owed, by letter and in the app; none to whoever imports.
        let told = async |who| {
            let notices = r#"{ notices(first: 9, where: { kind: { oneOf: ["due_dates_moved"] } }) { nodes { title path } } }"#;
            park.data(who, notices, json!({})).await["notices"]["nodes"].as_array().expect("notices").len()
        };
        for (who, count) in [(Who::Liaison, 1), (Who::Enterprise, 1), (Who::OtherLiaison, 0), (Who::OtherEnterprise, 0), (Who::Admin, 0)] {
            assert_eq!(told(who).await, count, "{who:?}");
        }
        let runner = crate::warnings::runner(&park);
        runner.deliver_now(None).await.expect("a delivery");
        let letters = park.mailbox.to(&park.people().await.account(Who::Liaison).login);
        let letter = letters.iter().find(|letter| letter.subject.contains("due date")).expect("the summary");
        for said in ["2026-10-20", "2026-10-21", "later, in favour of the park", "示例通知〔2026〕1号"] {
            assert!(letter.text.contains(said), "{said}: {}", letter.text);
        }
        // The same notice once more moves nothing and tells nobody.
        let notice = json!({"input": {"csv": csv, "source": "示例通知〔2026〕1号"}});
        park.data(Who::Admin, &import, notice).await;
        assert_eq!(told(Who::Liaison).await, 1);
    }
}

/// Only there do several write at once.
#[test]
fn what_was_counted_by_a_calendar_that_is_being_replaced_is_not_kept() {
    story::run(Backend::Postgres, async |park: Park| {
        let ids = owed(&park, &[(10, None)]).await;
        let paper = file(&park, 0).await;
        let other = park.database().connect().await;
        let import = other.begin().await.expect("begun");
        let hold = "SELECT pg_advisory_xact_lock(8332)";
        import.execute_unprepared(hold).await.expect("held");
        let input = on(
            &ids[0],
            1,
            json!({"kind": "HEARING", "reason": "听证", "documentId": paper}),
        );
        let pause = mutation("obligationPause", "obligation { version }");
        let pausing = park.graphql(Who::Liaison, &pause, input.clone());
        let importing = async {
            let waiting = "SELECT COUNT(*) FROM pg_locks WHERE locktype = 'advisory' AND objid = 8332 AND NOT granted";
            while number(park.db(), waiting).await == 0 {
                tokio::task::yield_now().await;
            }
            let notice = "INSERT INTO calendar_import (id, notice_year, revision, source, sha256, imported_at) \
                 VALUES (gen_random_uuid(), 2030, 1, 'x', 'x', now())";
            import.execute_unprepared(notice).await.expect("a notice");
            import.commit().await.expect("committed");
        };
        let (refused, ()) = tokio::join!(pausing, importing);
        assert_eq!(refused["errors"][0]["extensions"]["code"], "CONFLICT");
        // Once more, by the calendar that is in force now.
        let paused = park.data(Who::Liaison, &pause, input).await;
        assert_eq!(paused["obligationPause"]["obligation"]["version"], 2);
    });
}
