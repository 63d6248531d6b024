//! Answers on paper: issued by a code, typed in twice by two people, decided by a third look, and then like any other answer.

use std::io::Cursor;

use calamine::{Reader, Xlsx};
use chrono::{NaiveDate, TimeDelta};
use entity::{
    account::{self, commands::Create},
    evaluation::{
        Confidentiality,
        answers::Answers,
        form::{Facts, MilestoneFact},
        response, sealed, sheet,
    },
    id::{new_id, new_secret, secret_hash},
    language::Language,
    session,
    viewer::{Role, Viewer},
};
use jobs::Runner;
use reqwest::StatusCode;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, prelude::Uuid,
    sea_query::Expr,
};
use serde_json::{Value, json};
use tests::{
    Park, Who,
    clock::day,
    matters::done,
    promise::mutation,
    stories,
    window::{Window, hidden, location},
};

use super::{answers_of, at, form, forms, given, link, only, quarter};

/// Another person of the service centre, by the secret of a token.
pub(super) async fn colleague(park: &Park) -> String {
    let person = Create {
        login: "colleague@park.example".to_owned(),
        name: "企业服务中心 02".to_owned(),
        telephone: None,
        role: Role::Centre,
        department_id: None,
        enterprise_id: None,
        language: Language::English,
        password: None,
        demonstration: false,
    };
    let account = account::commands::create(&park.store, &Viewer::system("story"), person).await;
    let (now, secret) = (park.store.now(), new_secret());
    let token = session::Model {
        id: new_id(now),
        account_id: account.expect("a person").id,
        kind: session::Kind::Token,
        name: "story".to_owned(),
        secret_hash: secret_hash(&secret),
        created_at: now,
        last_seen_at: now,
        expires_at: now + TimeDelta::days(3650),
        revoked_at: None,
        browser_hash: None,
    };
    let row = token.into_active_model().reset_all();
    session::Entity::insert(row)
        .exec_without_returning(park.db())
        .await
        .expect("a token");
    secret
}

const ENTERED: &str =
    "entered { taken sheet { state version differences { question departmentId first second } } }";

/// A mutation of somebody of the centre: of the one whom everybody knows, or of the colleague.
pub(super) async fn typed(park: &Park, colleague: Option<&str>, name: &str, input: Value) -> Value {
    let query = mutation(name, ENTERED);
    let who = if colleague.is_some() {
        Who::Nobody
    } else {
        Who::Centre
    };
    let mut request = park.post(who, "/graphql").await;
    if let Some(secret) = colleague {
        request = request.bearer_auth(secret);
    }
    let request = request.json(&json!({"query": query, "variables": {"input": input}}));
    let mut answer: Value = request
        .send()
        .await
        .expect("an answer")
        .json()
        .await
        .expect("JSON");
    assert!(answer.get("errors").is_none(), "{answer:#}");
    answer["data"][name].take()
}

/// What stands on a sheet, as it is typed in.
pub(super) fn read(code: &str, version: i32, how: Confidentiality, answers: &Answers) -> Value {
    json!({"code": code, "expectedVersion": version, "confidentiality": how, "answers": given(answers), "callBack": null})
}

/// The code of a new sheet for an enterprise.
pub(super) async fn issued(park: &Park, enterprise: Uuid) -> String {
    let input = json!({"evaluationId": evaluation_id(park).await, "enterpriseIds": [api_door::scalar::Kind::Enterprise.id(enterprise).0]});
    let want =
        "issued { sheets { code form { enterpriseName contracted evaluation { quarter } } } }";
    let issued = done(park, Who::Centre, "evaluationSheetsIssue", want, input).await;
    let sheets = issued["issued"]["sheets"].as_array().expect("sheets");
    assert_eq!(sheets.len(), 1);
    sheets[0]["code"].as_str().expect("a code").to_owned()
}

pub(super) async fn evaluation_id(park: &Park) -> String {
    api_door::scalar::Kind::Evaluation.id(only(park).await.id).0
}

async fn counts(park: &Park, who: Who) -> Value {
    let asked = "{ evaluations(first: 1) { nodes { sheets { issued entered different } } } }";
    park.data(who, asked, json!({})).await["evaluations"]["nodes"][0]["sheets"].take()
}

async fn enterprise_name(park: &Park, id: Uuid) -> String {
    let found = entity::enterprise::Entity::find_by_id(id).one(park.db());
    found.await.expect("a read").expect("an enterprise").name_zh
}

/// The questions of the evaluation's design.
async fn questions(park: &Park) -> Vec<Value> {
    let asked =
        "{ evaluations(first: 1) { nodes { design { questions { number textZh textEn } } } } }";
    let told = park.data(Who::Centre, asked, json!({})).await;
    let questions = &told["evaluations"]["nodes"][0]["design"]["questions"];
    questions.as_array().expect("questions").clone()
}

/// The rows of a sheet of a workbook, as text.
fn rows(book: &mut Xlsx<Cursor<Vec<u8>>>, name: &str) -> Vec<Vec<String>> {
    let sheet = book.worksheet_range(name).expect("a sheet");
    let rows = sheet.rows();
    rows.map(|row| row.iter().map(ToString::to_string).collect())
        .collect()
}

async fn opened(park: &Park) -> (Runner, Vec<form::Model>, Vec<Uuid>) {
    let runner = quarter(park).await;
    at(park, &runner, "2026-10-08", 9, 30).await;
    let departments = only(park)
        .await
        .departments
        .0
        .iter()
        .map(|rated| rated.id)
        .collect();
    (runner, forms(park).await, departments)
}

stories! {
    async fn a_sheet_goes_through_the_console(park: Park) {
        let (_, forms, departments) = opened(&park).await;
        let (first, _) = Window::of(&park, Role::Centre).await;
        let (second, _) = Window::of(&park, Role::Centre).await;
        let path = format!("/evaluations/{}/sheets", only(&park).await.id);
        let token = first.token(&park, &path).await;
        let enterprise = api_door::scalar::Kind::Enterprise.id(forms[0].enterprise_id).0;
        let none = first.post(&park, &path, &[("token", &token)]).await;
        assert_eq!(none.status(), StatusCode::UNPROCESSABLE_ENTITY);
        let printed = first.post(&park, &path, &[("token", &token), ("enterprise", &enterprise)]).await;
        assert_eq!(printed.status(), StatusCode::OK);
        let printed = printed.text().await.expect("a page");
        let (_, after) = printed.split_once("handout-code").and_then(|(_, rest)| rest.split_once("<b>")).expect("a code");
        let code = after.split_once("</b>").expect("a code").0.to_owned();
        assert_eq!(code.len(), 13, "{code}");
        let keeps = printed.find("handout-sheet").expect("a sheet");
        let sheet = &printed[keeps..];
        let firm = enterprise_name(&park, forms[0].enterprise_id).await;
        assert!(printed.contains(&firm) && !sheet.contains(&firm), "the sheet does not say whose it is");

        let rated = api_door::scalar::Kind::Department.id(departments[0]).0;
        let question = format!("b:{rated}:ATTITUDE");
        let wrong = [("token", token.as_str()), ("code", "12345678901")];
        assert_eq!(first.post(&park, "/sheets", &wrong).await.status(), StatusCode::UNPROCESSABLE_ENTITY);
        for (window, verb, wish) in [(&first, "enter", "示例愿望 四"), (&second, "enter", "示例愿望 4"), (&first, "decide", "示例愿望 4")] {
            let token = window.token(&park, "/sheets").await;
            let opened = window.post(&park, "/sheets", &[("token", &token), ("code", &code)]).await;
            assert_eq!(opened.status(), StatusCode::OK);
            let page = opened.text().await.expect("a page");
            assert!(page.contains(&format!("action=\"/sheets/{verb}\"")), "{page}");
            assert!(!page.contains(&firm));
            let version = hidden(&page, "expectedVersion");
            let fields = [
                ("token", token.as_str()), ("code", &code), ("expectedVersion", &version), ("confidentiality", "NAMED"),
                ("department", &rated), (&question, "SATISFIED"), ("wish", wish),
            ];
            let sent = window.post(&park, &format!("/sheets/{verb}"), &fields).await;
            assert_eq!((sent.status(), location(&sent)), (StatusCode::SEE_OTHER, "/sheets"));
        }
        let kept = response::Entity::find().all(park.db()).await.expect("answers");
        assert_eq!(kept.len(), 1);
        assert_eq!(kept[0].answers.wish.as_deref(), Some("示例愿望 4"));
        assert_eq!(kept[0].answers.departments[&departments[0]].levels.len(), 1);
    }

    async fn a_printed_sheet_tells_its_enterprise_of_its_milestones_and_nobody_else(park: Park) {
        let (_, mut forms, _) = opened(&park).await;
        forms.retain(|form| form.contracted);
        let milestone = |name: &str, reached_on: Option<NaiveDate>| MilestoneFact {
            project: "示例项目".to_owned(),
            name: name.to_owned(),
            planned_on: Some(day("2026-08-31")),
            reached_on,
        };
        let reached = Some(day("2026-09-04"));
        let facts = Facts { milestones: vec![milestone("示例开工", reached), milestone("示例封顶", None)], ..forms[0].facts.clone() };
        form::Entity::update_many()
            .col_expr(form::Column::Facts, Expr::value(serde_json::to_value(&facts).expect("facts")))
            .filter(form::Column::Id.eq(forms[0].id))
            .exec(park.db())
            .await
            .expect("the facts");
        let (window, _) = Window::of(&park, Role::Centre).await;
        let path = format!("/evaluations/{}/sheets", only(&park).await.id);
        let mut printed = Vec::new();
        for form in &forms[..2] {
            let token = window.token(&park, &path).await;
            let enterprise = api_door::scalar::Kind::Enterprise.id(form.enterprise_id).0;
            let page = window.post(&park, &path, &[("token", &token), ("enterprise", &enterprise)]).await.text().await.expect("a page");
            let (slip, sheet) = page.split_once("handout-sheet").expect("a sheet");
            printed.push((slip.to_owned(), sheet.split_once("</article>").expect("its end").0.to_owned()));
        }
        let (slip, sheet) = &printed[0];
        for told in ["示例项目", "示例开工", "示例封顶", "2026-08-31", "2026-09-04", "not reached"] {
            assert!(slip.contains(told), "{told} is not in {slip}");
            assert!(!sheet.contains(told), "{told} is on the sheet without a name");
        }
        // But for the code, the sheets of two enterprises with a contract are the same.
        let (_, other) = &printed[1];
        let bare = |sheet: &str| {
            let (before, rest) = sheet.split_once("<b>").expect("a code");
            format!("{before}{}", rest.split_once("</b>").expect("its end").1)
        };
        assert_eq!(bare(sheet), bare(other));
    }

    async fn the_blank_form_is_a_workbook_of_the_frozen_design(park: Park) {
        let (_, forms, _) = opened(&park).await;
        // What is adopted afterwards is for later quarters.
        let before = questions(&park).await;
        super::adopt(&park, 5).await;
        let found = "{ evaluations(first: 1) { nodes { blankFormPath departments { nameZh nameEn } } } }";
        let found = park.data(Who::Centre, found, json!({})).await["evaluations"]["nodes"][0].take();
        let path = found["blankFormPath"].as_str().expect("a path").to_owned();
        let issue = format!("/evaluations/{}/sheets", only(&park).await.id);
        let (window, _) = Window::of(&park, Role::Centre).await;
        let page = window.text(&park, &issue).await;
        assert_eq!(before.len(), 24);
        for (language, text, sheets, name) in [
            ("zh-CN", "textZh", ["评议表", "部门评议"], "nameZh"),
            ("en", "textEn", ["Form", "Departments"], "nameEn"),
        ] {
            let asked = format!("{path}?language={language}");
            assert!(page.contains(&asked), "{asked} is not in {page}");
            let answer = park.get(Who::Leader, &asked).await.send().await.expect("an answer");
            assert_eq!((answer.status(), answer.headers()["content-type"].to_str().expect("a type")),
                (StatusCode::OK, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"));
            let bytes = answer.bytes().await.expect("a file").to_vec();
            let again = window.get(&park, &asked).await.bytes().await.expect("a file").to_vec();
            assert_eq!(bytes, again, "the same for everybody, whenever it is asked for");
            let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).expect("a workbook");
            assert_eq!(book.sheet_names(), sheets);
            let form: Vec<Vec<String>> = rows(&mut book, sheets[0]);
            let departments = rows(&mut book, sheets[1]);
            for question in &before {
                let (number, wording) = (question["number"].as_str().expect("a number"), question[text].as_str().expect("a text"));
                let lines = form.iter().filter(|row| row.iter().any(|cell| cell == wording));
                let numbers: Vec<&str> = lines.map(|row| row[0].as_str()).collect();
                assert_eq!(numbers, [if number == "0" { "" } else { number }], "{wording}");
            }
            let head = departments.iter().position(|row| row[1] == "B1").expect("a head");
            assert_eq!(departments[head][1..], ["B1", "B2", "B3", "B4", "B5", "B6", "B7", "B8"]);
            let named: Vec<&str> = departments[head + 1..].iter().map(|row| row[0].as_str()).collect();
            let rated: Vec<&str> = found["departments"].as_array().expect("departments").iter().map(|one| one[name].as_str().expect("a name")).collect();
            assert_eq!(named, rated);
            assert!(departments[head + 1..].iter().all(|row| row[1..].iter().all(String::is_empty)), "blank");
            let everything = format!("{form:?}{departments:?}");
            assert!(everything.contains(if language == "en" { "Very dissatisfied" } else { "非常不满意" }));
            for form in &forms {
                assert!(!everything.contains(&enterprise_name(&park, form.enterprise_id).await), "it is nobody's");
            }
        }
        let unknown = format!("/evaluations/{}/form.xlsx", Uuid::from_u128(1));
        for (who, path) in [(Who::Admin, &path), (Who::Leader, &unknown)] {
            let answer = park.get(who, path).await.send().await.expect("an answer");
            assert_eq!(answer.status(), StatusCode::NOT_FOUND, "{who:?}");
        }
    }

    async fn a_sheet_is_typed_in_by_two_people_and_becomes_an_answer(park: Park) {
        let (runner, forms, departments) = opened(&park).await;
        let other = colleague(&park).await;
        let answers = answers_of(4, &departments[..2]);
        let code = issued(&park, forms[0].enterprise_id).await;
        assert_eq!(code.len(), 11);
        assert!(!format!("{:?}", park.dump().await).contains(&code), "the code is on the paper alone");
        assert_eq!(counts(&park, Who::Centre).await, json!({"issued": 1, "entered": 0, "different": 0}));
        assert_eq!(counts(&park, Who::Leader).await, Value::Null);
        // The enterprise may still use its link: nothing has been typed in.
        let secret = link(&park, forms[0].enterprise_id).await.expect("a link");
        let choose = mutation("evaluationChoose", "");
        let by_link = json!({"input": {"access": {"secret": secret}, "confidentiality": "NAMED"}});
        let chosen = park.data(Who::Nobody, &choose, by_link.clone()).await;
        assert_eq!(chosen["evaluationChoose"]["userErrors"], json!([]));

        let found = "query($code: String!) { evaluationSheet(code: $code) { state contracted version evaluation { quarter } } }";
        let seen = park.data(Who::Centre, found, json!({"code": code})).await;
        assert_eq!((&seen["evaluationSheet"]["state"], &seen["evaluationSheet"]["version"]), (&json!("ISSUED"), &json!(1)));
        for who in [Who::Leader, Who::Supervisor, Who::Enterprise, Who::Admin] {
            assert_eq!(park.refused(who, found, json!({"code": code})).await, "FORBIDDEN", "{who:?}");
        }
        // A digit that is read wrongly is noticed at once.
        let digit = if code.starts_with('1') { '2' } else { '1' };
        let wrong = format!("{digit}{}", &code[1..]);
        let enter = mutation("evaluationSheetEnter", "");
        let input = json!({"input": read(&wrong, 1, Confidentiality::Named, &answers)});
        assert_eq!(park.user_error(Who::Centre, &enter, input).await, "CODE_WRONG");

        let first = typed(&park, None, "evaluationSheetEnter", read(&code, 1, Confidentiality::Named, &answers)).await;
        assert_eq!(first["entered"]["sheet"]["state"], "ENTERED");
        assert_eq!(counts(&park, Who::Centre).await, json!({"issued": 0, "entered": 1, "different": 0}));
        assert_eq!(park.user_error(Who::Nobody, &choose, by_link).await, "ON_PAPER", "one answer for each enterprise");
        let again = json!({"input": read(&code, 2, Confidentiality::Named, &answers)});
        assert_eq!(park.user_error(Who::Centre, &enter, again).await, "SAME_PERSON");

        let grouped = format!("{} {} {}", &code[..4], &code[4..8], &code[8..]);
        let second = typed(&park, Some(&other), "evaluationSheetEnter", read(&grouped, 2, Confidentiality::Named, &answers)).await;
        assert_eq!(second["entered"], json!({"taken": true, "sheet": null}));
        assert_eq!(park.refused(Who::Centre, found, json!({"code": code})).await, "NOT_FOUND", "its code is gone");
        let kept = response::Entity::find().all(park.db()).await.expect("answers");
        assert_eq!(kept.len(), 1);
        assert_eq!((kept[0].enterprise_id, kept[0].submitted, &kept[0].answers), (forms[0].enterprise_id, true, &answers));
        assert_eq!(only(&park).await.answered, 1);
        assert_eq!(link(&park, forms[0].enterprise_id).await.as_ref(), Some(&secret));
        let open = "query($a: EvaluationAccessInput!) { evaluationForm(access: $a) { open } }";
        assert_eq!(park.refused(Who::Nobody, open, json!({"a": {"secret": secret}})).await, "NOT_FOUND", "the link has ended");

        // Who has answered by the link gets no sheet, and the one he had is void.
        let code = issued(&park, forms[1].enterprise_id).await;
        let secret = link(&park, forms[1].enterprise_id).await.expect("a link");
        super::answer(&park, &secret, Confidentiality::Named, &answers).await;
        assert_eq!(park.refused(Who::Centre, found, json!({"code": code})).await, "NOT_FOUND");
        let issue = mutation("evaluationSheetsIssue", "");
        let input = json!({"input": {"evaluationId": evaluation_id(&park).await, "enterpriseIds": [api_door::scalar::Kind::Enterprise.id(forms[1].enterprise_id).0]}});
        assert_eq!(park.user_error(Who::Centre, &issue, input).await, "ANSWERED");

        // A second sheet replaces the first; what is left at the close is gone.
        let lost = issued(&park, forms[2].enterprise_id).await;
        let code = issued(&park, forms[2].enterprise_id).await;
        assert_eq!(park.refused(Who::Centre, found, json!({"code": lost})).await, "NOT_FOUND");
        typed(&park, None, "evaluationSheetEnter", read(&code, 1, Confidentiality::Unnamed, &answers)).await;
        at(&park, &runner, "2026-10-20", 18, 0).await;
        assert!(sheet::Entity::find().all(park.db()).await.expect("sheets").is_empty());
        let late = json!({"input": read(&code, 2, Confidentiality::Unnamed, &answers)});
        assert_eq!(park.refused(Who::Centre, &enter, late).await, "NOT_FOUND");
        assert_eq!(only(&park).await.answered, 2);
    }

    async fn what_two_people_read_differently_is_decided_and_without_a_name_nothing_is_left_of_the_sheet(park: Park) {
        let (_, forms, departments) = opened(&park).await;
        let other = colleague(&park).await;
        let answers = answers_of(4, &departments[..2]);
        let mut misread = answers.clone();
        misread.wish = Some("示例愿望 四".to_owned());
        misread.departments.remove(&departments[1]);
        let code = issued(&park, forms[0].enterprise_id).await;
        typed(&park, None, "evaluationSheetEnter", read(&code, 1, Confidentiality::Unnamed, &misread)).await;
        let second = typed(&park, Some(&other), "evaluationSheetEnter", read(&code, 2, Confidentiality::Unnamed, &answers)).await;
        let between = format!("{:?}", park.dump().await);
        assert!(!between.contains("示例愿望"), "what was read on a sheet lies sealed beside it");
        let sheet = &second["entered"]["sheet"];
        assert_eq!((&sheet["state"], &sheet["version"]), (&json!("DIFFERENT"), &json!(3)));
        let differences = sheet["differences"].as_array().expect("differences");
        let wish = json!({"question": "E1", "departmentId": null, "first": "示例愿望 四", "second": "示例愿望 4"});
        assert!(differences.contains(&wish), "{differences:?}");
        let of_second = json!(api_door::scalar::Kind::Department.id(departments[1]).0);
        assert!(differences.iter().filter(|one| one["departmentId"] == of_second).all(|one| one["first"].is_null()));
        assert!(differences.iter().all(|one| one["departmentId"] == of_second || one["question"] == "E1"), "what agrees is not shown");
        assert_eq!(counts(&park, Who::Centre).await, json!({"issued": 0, "entered": 0, "different": 1}));

        let enter = mutation("evaluationSheetEnter", "");
        let input = json!({"input": read(&code, 3, Confidentiality::Unnamed, &answers)});
        assert_eq!(park.user_error(Who::Centre, &enter, input.clone()).await, "SHEET_DIFFERS");
        let refused = typed(&park, Some(&other), "evaluationSheetDecide", read(&code, 3, Confidentiality::Unnamed, &answers)).await;
        assert_eq!(refused["userErrors"][0]["code"], "SAME_PERSON");
        let decide = mutation("evaluationSheetDecide", "");
        let stale = json!({"input": read(&code, 2, Confidentiality::Unnamed, &answers)});
        assert_eq!(park.refused(Who::Centre, &decide, stale).await, "CONFLICT");
        let decided = typed(&park, None, "evaluationSheetDecide", read(&code, 3, Confidentiality::Unnamed, &answers)).await;
        assert_eq!(decided["entered"]["taken"], true);

        // Sealed like any other answer without a name: no sheet, no code, no draft, nothing that leads back.
        assert!(sheet::Entity::find().all(park.db()).await.expect("sheets").is_empty());
        assert!(response::Entity::find().all(park.db()).await.expect("answers").is_empty());
        assert_eq!(sealed::Entity::find().all(park.db()).await.expect("what is sealed").len(), 1);
        let everything = format!("{:?}", park.dump().await);
        assert!(!everything.contains("示例愿望 四") && !everything.contains("示例愿望 4"), "what was typed is nowhere else");
        assert!(!everything.contains(&secret_hash(&code)));
        assert_eq!((only(&park).await.answered, only(&park).await.unnamed), (1, 1));
    }
}
