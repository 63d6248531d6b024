//! What a project needs of the approval hall, at the outer door: questions are answered at once or one after the other, and the items follow with
//! their reasons.

use entity::{
    catalogue::Files,
    department,
    item::{
        commands::{Confirm, Import, Propose, Publish, confirm, import, propose, publish},
        repository, rules,
    },
    viewer::{Role, Viewer},
};
use reqwest::StatusCode;
use serde_json::{Value, json};
use tests::{
    Park, Who,
    matters::{done, on, text},
    promise::{contract, mutation, upload},
    stories,
    window::{Window, hidden, location, page_of, plain},
};

/// The items that are published in these stories; of the others nothing is known yet.
const PUBLISHED: [&str; 7] = ["R01", "R02", "R03", "R20", "R26", "R29", "R30"];

async fn read(park: &Park, files: Files) {
    let input = Import {
        files,
        example: true,
        dry_run: false,
    };
    import(&park.store, &Viewer::system("story"), input)
        .await
        .expect("it fits");
}

/// The shipped catalogue with some of its items in force.
async fn settled(park: &Park) {
    let system = Viewer::system("story");
    department::commands::install_shipped(&park.store)
        .await
        .expect("the departments");
    read(park, Files::embedded()).await;
    let decision = upload(park, Who::Leader, "name=x.pdf").await;
    let (_, decision) = decision.split_once('_').expect("a global id");
    for item in repository::all(park.db()).await.expect("items") {
        if !PUBLISHED.contains(&item.code.as_str()) {
            continue;
        }
        let input = Propose {
            id: item.id,
            expected_version: item.version,
            valid_from: park.store.today(),
        };
        let mut item = propose(&park.store, &system, input)
            .await
            .expect("proposed");
        let versions = repository::versions_of(park.db(), &system, &[item.id])
            .await
            .expect("versions");
        if rules::may_confirm(&system, &versions).is_ok() {
            let input = Confirm {
                id: item.id,
                expected_version: item.version,
                document_id: decision.parse().expect("a key"),
            };
            item = confirm(&park.store, &system, input)
                .await
                .expect("confirmed");
        }
        let input = Publish {
            id: item.id,
            expected_version: item.version,
            valid_from: None,
        };
        publish(&park.store, &system, input)
            .await
            .expect("published");
    }
}

/// A project of the first enterprise: its global id.
async fn project(park: &Park) -> String {
    let contract = contract(park, 0, ("2026-09-30", "2027-09-29"), "contractActivate").await;
    let input = json!({"contractId": contract, "name": "软件研发中心"});
    let made = done(park, Who::Liaison, "projectCreate", "project { id }", input).await;
    text(&made["project"]["id"])
}

/// What the software firm of the examples answers.
fn software_firm() -> Vec<(String, String)> {
    let examples = Files::embedded().examples;
    let given = examples[0].given.iter();
    given
        .map(|(key, answer)| (key.clone(), answer.to_string()))
        .collect()
}

fn given(answers: &[(&str, Option<&str>)]) -> Value {
    let given = answers.iter();
    given
        .map(|(key, value)| json!({"key": key, "value": value}))
        .collect()
}

/// The input that answers these questions about a project whose answers are of this version.
fn input(project: &str, version: i64, answers: Value) -> Value {
    json!({"id": project, "expectedVersion": version, "answers": answers})
}

const CHANGED: &str =
    "answered { added fallenAway forgotten needs { version complete nextQuestion } }";

async fn answer(park: &Park, who: Who, input: Value) -> Value {
    done(park, who, "projectAnswerQuestions", CHANGED, input).await["answered"].take()
}

/// All that the software firm answers, given at once.
async fn all_answered(park: &Park, project: &str) -> Value {
    let answers = software_firm().into_iter();
    let answers = answers.map(|(key, value)| json!({"key": key, "value": value}));
    answer(park, Who::Enterprise, input(project, 0, answers.collect())).await
}

/// The code of the one reason why questions are not answered so, which must change nothing.
async fn refused(
    park: &Park,
    project: &str,
    version: i64,
    answers: &[(&str, Option<&str>)],
) -> String {
    let input = json!({"input": input(project, version, given(answers))});
    let query = mutation("projectAnswerQuestions", "answered { added }");
    park.user_error(Who::Liaison, &query, input).await
}

async fn needs(park: &Park, who: Who, project: &str, want: &str) -> Value {
    let query = format!("query($id: ID!) {{ project(id: $id) {{ needs {{ {want} }} }} }}");
    park.data(who, &query, json!({"id": project})).await["project"]["needs"].take()
}

/// An item of a project's needs.
fn item<'a>(needs: &'a Value, code: &str) -> &'a Value {
    let items = needs["items"].as_array().expect("items");
    let mut items = items.iter();
    items
        .find(|need| need["item"]["code"] == code)
        .unwrap_or_else(|| panic!("no {code}: {needs:#}"))
}

const ITEMS: &str = "items { item { code } needed step after promisedDays
    reasons { reasonEn basis because { key questionEn answer } } }";

/// A question, and what is answered.
type Answered = (&'static str, Option<&'static str>);

stories! {
    async fn the_answers_tell_what_a_project_needs_and_why(park: Park) {
        settled(&park).await;
        let project = project(&park).await;
        let before = needs(&park, Who::Enterprise, &project, &format!("version complete nextQuestion answeredAt canAnswer {ITEMS}")).await;
        assert_eq!((&before["version"], &before["complete"], &before["nextQuestion"]), (&json!(0), &json!(false), &json!("new_enterprise")));
        assert_eq!((&before["answeredAt"], &before["canAnswer"]), (&Value::Null, &json!(true)));
        assert_eq!(before["items"].as_array().map(Vec::len), Some(PUBLISHED.len()), "what is not published is not told");
        let open = item(&before, "R01");
        assert_eq!((&open["needed"], &open["step"]), (&json!("OPEN"), &Value::Null));
        assert_eq!(open["reasons"][0]["because"][0]["answer"], Value::Null);

        let changed = all_answered(&park, &project).await;
        assert_eq!(changed, json!({"added": ["R01", "R20", "R26", "R30"], "fallenAway": [], "forgotten": [],
            "needs": {"version": 1, "complete": true, "nextQuestion": null}}));
        let after = needs(&park, Who::Leader, &project, &format!("canAnswer reasonIfNot answeredBy {{ name }} {ITEMS}")).await;
        assert_eq!((&after["canAnswer"], after["reasonIfNot"].is_string()), (&json!(false), true), "a leader reads it");
        assert_ne!(after["answeredBy"], Value::Null);
        assert_eq!(item(&after, "R03")["needed"], "FALSE");
        let registration = item(&after, "R01");
        assert_eq!((&registration["needed"], &registration["step"], &registration["promisedDays"]), (&json!("TRUE"), &json!(1), &json!(1)));
        assert_eq!(registration["reasons"][0]["because"], json!([{"key": "new_enterprise",
            "questionEn": "Will a new enterprise be set up?", "answer": "YES"}]));
        // One form for all of them; the permit is not handed in for the acceptance, for the project gets it itself.
        let materials = needs(&park, Who::Enterprise, &project, "materials { nameEn asked items }").await["materials"].take();
        let form = json!({"nameEn": "Application form (section of the one form)", "asked": "TRUE", "items": ["R01", "R20", "R26", "R30"]});
        let materials = materials.as_array().expect("materials");
        assert_eq!(materials.iter().filter(|one| **one == form).count(), 1, "{materials:#?}");
        assert!(materials.iter().all(|one| one["nameEn"] != "Construction permit"));
        let bundles = needs(&park, Who::Enterprise, &project, "bundles { code items promisedDays }").await;
        assert_eq!(bundles["bundles"], json!([{"code": "B01", "items": ["R01"], "promisedDays": 1}]));
        // The acceptance uses the permit.
        let acceptance = item(&after, "R26");
        assert_eq!((&acceptance["step"], &acceptance["after"]), (&json!(2), &json!(["R20"])));
        let because: Vec<&str> = acceptance["reasons"][0]["because"].as_array().expect("reasons").iter()
            .map(|one| one["key"].as_str().expect("a key")).collect();
        assert_eq!(because, ["construction", "building_area_m2", "construction_cost_wan"]);
    }

    async fn questions_are_answered_one_by_one_and_a_change_tells_what_it_changes(park: Park) {
        settled(&park).await;
        let project = project(&park).await;
        let one = |key, value| given(&[(key, Some(value))]);
        let first = answer(&park, Who::Liaison, input(&project, 0, one("new_enterprise", "NO"))).await;
        assert_eq!(first, json!({"added": [], "fallenAway": [], "forgotten": [],
            "needs": {"version": 1, "complete": false, "nextQuestion": "registration_change"}}));
        let second = answer(&park, Who::Enterprise, input(&project, 1, one("registration_change", "YES"))).await;
        assert_eq!((&second["added"], &second["needs"]["nextQuestion"]), (&json!(["R02"]), &json!("fixed_asset_investment")));
        // Another answer: another item, and a question that is no longer asked.
        let third = answer(&park, Who::Centre, input(&project, 2, one("new_enterprise", "YES"))).await;
        assert_eq!(third, json!({"added": ["R01"], "fallenAway": ["R02"], "forgotten": ["registration_change"],
            "needs": {"version": 3, "complete": false, "nextQuestion": "fixed_asset_investment"}}));
        let back = answer(&park, Who::Centre, input(&project, 3, given(&[("new_enterprise", None)]))).await;
        assert_eq!(back, json!({"added": [], "fallenAway": ["R01"], "forgotten": [],
            "needs": {"version": 4, "complete": false, "nextQuestion": "new_enterprise"}}));

        // What was done stands in the audit trail of the project, in the words of the answers.
        let query = r#"{ auditEntries(first: 20, where: { subjectKind: { oneOf: ["Project"] } }) { nodes { action changes { before after } } } }"#;
        let trail = park.data(Who::Supervisor, query, json!({})).await;
        let trail = trail.to_string();
        assert!(trail.contains("project.answer_questions") && trail.contains("new_enterprise = NO; registration_change = YES"), "{trail}");
    }

    async fn what_does_not_fit_is_refused_and_changes_nothing(park: Park) {
        settled(&park).await;
        let project = project(&park).await;
        let wrong: [(&[Answered], &str); 11] = [
            (&[], "EMPTY"),
            (&[("no_such_question", Some("YES"))], "UNKNOWN"),
            (&[("new_enterprise", Some("MAYBE"))], "UNFIT"),
            (&[("new_enterprise", Some("1"))], "UNFIT"),
            (&[("new_enterprise", Some(""))], "UNFIT"),
            (&[("land_source", Some("YES"))], "UNFIT"),
            (&[("construction", Some("NEW")), ("building_area_m2", Some("-1"))], "UNFIT"),
            (&[("construction", Some("NEW")), ("building_area_m2", Some("1,000"))], "UNFIT"),
            (&[("registration_change", Some("YES"))], "NOT_ASKED"),
            (&[("new_enterprise", Some("YES")), ("registration_change", Some("YES"))], "NOT_ASKED"),
            (&[("new_enterprise", Some("YES")), ("new_enterprise", Some("NO"))], "TWICE"),
        ];
        for (answers, why) in wrong {
            assert_eq!(refused(&park, &project, 0, answers).await, why, "{answers:?}");
        }
        // Everything that is wrong is told at once.
        let query = mutation("projectAnswerQuestions", "answered { added }");
        let wrong = input(&project, 0, given(&[("no_such_question", None), ("freight", Some("PERHAPS"))]));
        let told = park.data(Who::Liaison, &query, json!({"input": wrong})).await;
        assert_eq!(told["projectAnswerQuestions"]["userErrors"].as_array().map(Vec::len), Some(2));

        all_answered(&park, &project).await;
        let late = json!({"input": input(&project, 0, given(&[("freight", Some("HEAVY"))]))});
        assert_eq!(park.refused(Who::Liaison, &query, late).await, "CONFLICT");
        let held = on(&park, &project, json!({"reason": "示例"})).await;
        done(&park, Who::Liaison, "projectHold", "project { id }", held).await;
        assert_eq!(refused(&park, &project, 1, &[("freight", Some("HEAVY"))]).await, "NOT_ACTIVE");
        let told = needs(&park, Who::Liaison, &project, "canAnswer reasonIfNot").await;
        assert_eq!((&told["canAnswer"], told["reasonIfNot"].is_string()), (&json!(false), true));
    }

    async fn before_there_is_a_catalogue_nothing_is_asked(park: Park) {
        let project = project(&park).await;
        assert_eq!(needs(&park, Who::Liaison, &project, "version").await, Value::Null);
        assert_eq!(refused(&park, &project, 0, &[("new_enterprise", Some("YES"))]).await, "NO_CATALOGUE");
        let page = park.page(Who::Liaison, &format!("{}/needs", page_of(&project))).await;
        assert!(page.contains("qiyue catalogue import"), "{page}");
    }

    async fn another_edition_asks_again_what_no_longer_fits(park: Park) {
        settled(&park).await;
        let project = project(&park).await;
        all_answered(&park, &project).await;
        let told = needs(&park, Who::Liaison, &project, "outdated complete").await;
        assert_eq!(told, json!({"outdated": false, "complete": true}));
        let mut files = Files::embedded();
        let freight = files.questions.iter_mut().find(|question| question.key == "freight").expect("a question");
        for option in freight.options.iter_mut().filter(|option| option.code == "NONE") {
            option.code = "NO_FREIGHT".to_owned();
        }
        read(&park, files).await;
        let told = needs(&park, Who::Liaison, &project, "outdated complete nextQuestion").await;
        assert_eq!(told, json!({"outdated": true, "complete": false, "nextQuestion": "freight"}));
        let again = input(&project, 1, given(&[("freight", Some("NO_FREIGHT"))]));
        answer(&park, Who::Liaison, again).await;
        let told = needs(&park, Who::Liaison, &project, "outdated complete").await;
        assert_eq!(told, json!({"outdated": false, "complete": true}));
    }

    async fn the_pages_ask_one_question_after_the_other_without_a_script(park: Park) {
        settled(&park).await;
        let project = project(&park).await;
        let (window, _) = Window::of(&park, Role::Centre).await;
        let page = format!("{}/needs", page_of(&project));
        let first = window.text(&park, &page).await;
        assert!(first.contains(&format!("{page}/new_enterprise")) && first.contains("Answer the questions"), "{first}");
        let send = async |question: &str, answer: &str, version: &str| {
            let at = format!("{page}/{question}");
            let token = hidden(&window.text(&park, &at).await, "token");
            let fields = [("token", token.as_str()), ("expectedVersion", version), ("answers", answer)];
            window.post(&park, &at, &fields).await
        };
        let done = send("new_enterprise", "YES", "0").await;
        assert_eq!((done.status(), location(&done)), (StatusCode::SEE_OTHER, format!("{page}/fixed_asset_investment?added=R01&gone=").as_str()));
        let next = plain(&window.text(&park, location(&done)).await);
        assert!(next.contains("Now needed: R01") && next.contains("Previous question"), "{next}");
        let unchosen = send("fixed_asset_investment", "", "1").await;
        assert_eq!(unchosen.status(), StatusCode::UNPROCESSABLE_ENTITY);

        // The rest at once; a number that is none stands beside its field.
        let rest = software_firm().into_iter().map(|(key, value)| json!({"key": key, "value": value}));
        answer(&park, Who::Liaison, input(&project, 1, rest.collect())).await;
        let wrong = send("building_area_m2", "many", "2").await;
        assert_eq!(wrong.status(), StatusCode::UNPROCESSABLE_ENTITY);
        let told = plain(&wrong.text().await.expect("a page"));
        assert!(told.contains("Enter a number from zero on"), "{told}");
        let smaller = send("building_area_m2", "200", "2").await;
        assert_eq!(location(&smaller), format!("{page}?added=&gone=R20.R26"));
        let result = plain(&window.text(&park, location(&smaller)).await);
        assert!(result.contains("No longer needed: R20") && result.contains("R30") && result.contains("Special working hours need approval."), "{result}");

        // Who may not answer reads the items, and is offered no question.
        let read = park.page(Who::Supervisor, &page).await;
        assert!(read.contains("/guides/R30") && !read.contains(&format!("{page}/freight")), "{read}");
        let stranger = park.get(Who::OtherEnterprise, &page).await.send().await.expect("an answer");
        assert_eq!(stranger.status(), StatusCode::NOT_FOUND);
    }
}
