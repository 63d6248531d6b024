//! An evaluation compiled by hand: by the rule of the job, and never a second one; and the form of an enterprise that was left out.

use api_door::scalar::Kind;
use entity::{
    account,
    error::CommandError,
    evaluation::{
        commands::{
            cycle,
            hand::{self, Compile},
        },
        rules::{CompileError, Quarter},
    },
    language::Language,
    viewer::{Role, Viewer},
};
use reqwest::StatusCode;
use serde_json::{Value, json};
use tests::{
    Park, Who,
    app::TRACES,
    dump::number,
    matters::{done, on},
    stories,
    window::{Window, hidden, location, plain},
};

use super::{at, link, only};
use crate::warnings::runner;

const DUE: &str =
    "{ evaluationsDue { quarters { quarter } forms letters unreached opensOn closesOn } }";

const COMPILE: &str = "mutation($input: EvaluationCompileInput!) { evaluationCompile(input: $input) { evaluation { id quarter state } userErrors { code path } } }";

fn input(quarter: &str, key: &str) -> serde_json::Value {
    json!({"input": {"quarter": quarter, "idempotencyKey": key}})
}

const INVITE: &str = "mutation($input: EvaluationInviteInput!) { evaluationInvite(input: $input) { evaluation { id version } userErrors { code path } } }";

/// How many forms of the evaluation there are, and how many invitations were written.
async fn forms_and_letters(park: &Park) -> (i64, i64) {
    let letters = "SELECT COUNT(*) FROM letter WHERE \"key\" LIKE 'evaluation:2026-Q3:0:%'";
    (
        number(park.db(), "SELECT COUNT(*) FROM evaluation_form").await,
        number(park.db(), letters).await,
    )
}

/// An enterprise that comes to the park now, with a contact or without: its global id.
async fn arrives(park: &Park, place: usize, contact: bool) -> String {
    let code = tests::ledger::credit_code(place + 80);
    let input = json!({"creditCode": code, "nameZh": format!("示例新入园{place}有限公司"), "industry": "示例"});
    let made = done(
        park,
        Who::Centre,
        "enterpriseCreate",
        "enterprise { id }",
        input,
    )
    .await;
    let id = made["enterprise"]["id"].as_str().expect("an id").to_owned();
    if contact {
        let person = account::commands::Create {
            login: format!("new{place}@enterprise.example"),
            name: "示例联系人".to_owned(),
            telephone: None,
            role: Role::Enterprise,
            department_id: None,
            enterprise_id: Kind::Enterprise.key(&async_graphql::ID(id.clone())),
            language: Language::Chinese,
            password: None,
            demonstration: false,
        };
        account::commands::create(&park.store, &Viewer::system("story"), person)
            .await
            .expect("created");
    }
    id
}

/// What the service centre sees of the evaluation before it gives an enterprise a form: who has none, and whether it may.
async fn before_inviting(park: &Park, who: Who) -> (Value, Vec<(Value, Value)>) {
    let asked =
        "{ evaluations(first: 1) { nodes { unasked { id } commands { code may whyNot } } } }";
    let mut found = park.data(who, asked, json!({})).await["evaluations"]["nodes"][0].take();
    let offered = found["commands"].as_array().expect("offers").iter();
    let offered = offered.filter(|one| one["code"] == "evaluation.invite");
    let offered = offered.map(|one| (one["may"].clone(), one["whyNot"].clone()));
    let offered = offered.collect();
    (found["unasked"].take(), offered)
}

stories! {
    async fn an_enterprise_that_was_left_out_gets_its_form_like_the_others(park: Park) {
        let people = park.people().await;
        park.set_clock("2026-09-30", 18, 0);
        park.data(Who::Centre, COMPILE, input("2026-Q3", "once")).await;
        let evaluation = Kind::Evaluation.id(only(&park).await.id).0;
        let invite = async |firm: &str, key: &str| {
            let input = on(&park, &evaluation, json!({"enterpriseId": firm, "idempotencyKey": key})).await;
            json!({"input": input})
        };
        assert_eq!(before_inviting(&park, Who::Centre).await, (json!([]), vec![(json!(true), json!(null))]));

        // Before it is opened the form waits with the others, and the letter goes with theirs.
        let early = arrives(&park, 1, true).await;
        let (unasked, _) = before_inviting(&park, Who::Centre).await;
        assert_eq!(unasked, json!([{"id": early}]));
        let (unasked, offered) = before_inviting(&park, Who::Leader).await;
        assert_eq!((unasked, &offered[0].0), (json!([]), &json!(false)));
        let added = invite(&early, "early").await;
        park.data(Who::Centre, INVITE, added).await;
        assert_eq!(forms_and_letters(&park).await, (3, 0));
        assert_eq!(only(&park).await.invited, 3);
        let runner = runner(&park);
        at(&park, &runner, "2026-10-08", 9, 30).await;
        assert_eq!(forms_and_letters(&park).await, (3, 3));

        // Once it is open the contact is written to at once; the same request again is the same answer, and there is never a second form.
        park.set_clock("2026-10-09", 10, 0);
        let late = arrives(&park, 2, true).await;
        let added = invite(&late, "late").await;
        let first = park.data(Who::Centre, INVITE, added.clone()).await;
        assert_eq!(first["evaluationInvite"]["userErrors"], json!([]));
        assert_eq!(park.data(Who::Centre, INVITE, added).await, first);
        assert_eq!(forms_and_letters(&park).await, (4, 4));
        assert_eq!(only(&park).await.invited, 4);
        runner.deliver_now(None).await.expect("a delivery");
        let key = |id: &str| Kind::Enterprise.key(&async_graphql::ID(id.to_owned())).expect("a key");
        let secret = link(&park, key(&late)).await.expect("a link");
        let form = "query($secret: String!) { evaluationForm(access: { secret: $secret }) { submitted } }";
        let form = park.data(Who::Nobody, form, json!({"secret": secret})).await;
        assert_eq!(form["evaluationForm"]["submitted"], false);
        let again = invite(&late, "again").await;
        assert_eq!(park.user_error(Who::Centre, INVITE, again).await, "HAS_FORM");
        let known = Kind::Enterprise.id(people.enterprise_id()).0;
        let known = invite(&known, "known").await;
        assert_eq!(park.user_error(Who::Centre, INVITE, known).await, "HAS_FORM");

        // Without a contact it has the form alone; one that has left is not asked, and nobody else decides.
        let silent = arrives(&park, 3, false).await;
        let gone = arrives(&park, 4, true).await;
        let leaves = on(&park, &gone, json!({"endedOn": "2026-10-09", "reason": "示例"})).await;
        done(&park, Who::Centre, "enterpriseEnd", "enterprise { id }", leaves).await;
        let refused = invite(&gone, "gone").await;
        assert_eq!(park.user_error(Who::Centre, INVITE, refused).await, "ENTERPRISE_ENDED");
        let added = invite(&silent, "silent").await;
        for (who, code) in [(Who::Leader, "FORBIDDEN"), (Who::Enterprise, "FORBIDDEN"), (Who::Admin, "NOT_FOUND")] {
            assert_eq!(park.refused(who, INVITE, added.clone()).await, code, "{who:?}");
        }
        let mut stale = added.clone();
        stale["input"]["expectedVersion"] = json!(1);
        stale["input"]["idempotencyKey"] = json!("stale");
        assert_eq!(park.refused(Who::Centre, INVITE, stale).await, "CONFLICT");
        park.data(Who::Centre, INVITE, added).await;
        assert_eq!(forms_and_letters(&park).await, (5, 4));
        assert_eq!(before_inviting(&park, Who::Centre).await.0, json!([]));

        // After the close nobody is added, and the page says why.
        at(&park, &runner, "2026-10-20", 18, 0).await;
        let over = arrives(&park, 5, true).await;
        let refused = invite(&over, "over").await;
        assert_eq!(park.user_error(Who::Centre, INVITE, refused).await, "CLOSED");
        let (unasked, offered) = before_inviting(&park, Who::Centre).await;
        assert_eq!((unasked, &offered[0].0), (json!([]), &json!(false)));
        let trail = "{ auditEntries(first: 100, where: { subjectKind: { oneOf: [\"Evaluation\"] } }) { nodes { action } } }";
        let trail = park.data(Who::Supervisor, trail, json!({})).await["auditEntries"]["nodes"].take();
        let told = trail.as_array().expect("entries").iter();
        assert_eq!(told.filter(|one| one["action"] == "evaluation.invite").count(), 3);
    }

    async fn of_two_who_add_the_same_enterprise_one_is_first(park: Park) {
        let centre = park.people().await.viewer(Who::Centre);
        park.set_clock("2026-09-30", 18, 0);
        park.data(Who::Centre, COMPILE, input("2026-Q3", "once")).await;
        let firm = arrives(&park, 1, true).await;
        let evaluation = only(&park).await;
        let one = hand::Invite {
            id: evaluation.id,
            expected_version: evaluation.version,
            enterprise_id: Kind::Enterprise.key(&async_graphql::ID(firm)).expect("a key"),
        };
        let other = one.clone();
        let (one, other) = tokio::join!(
            hand::invite(&park.store, &centre, one),
            hand::invite(&park.store, &centre, other)
        );
        assert!(one.is_ok() != other.is_ok(), "{one:?} {other:?}");
        assert_eq!(forms_and_letters(&park).await, (3, 0));
        assert_eq!(only(&park).await.invited, 3);
    }

    async fn the_page_of_an_evaluation_leads_to_whom_it_has_left_out(park: Park) {
        park.people().await;
        park.set_clock("2026-09-30", 18, 0);
        park.data(Who::Centre, COMPILE, input("2026-Q3", "once")).await;
        let here = format!("/evaluations/{}", only(&park).await.id);
        let address = format!("{here}/invite");
        let (window, _) = Window::of(&park, Role::Centre).await;
        assert!(window.text(&park, &here).await.contains(&format!("href=\"{address}\"")));
        let page = plain(&window.text(&park, &address).await);
        assert!(page.contains("Every enterprise in the park has a form."), "{page}");
        let firm = arrives(&park, 1, true).await;
        let page = window.text(&park, &address).await;
        assert!(page.contains("示例新入园1有限公司"), "{page}");
        // The choice is filtered literally, by name or credit code.
        let code = tests::ledger::credit_code(81);
        for (text, found) in [("入园1有限", true), (code.as_str(), true), ("入园2", false), ("%25", false)] {
            let found_by = window.text(&park, &format!("{address}?text={text}")).await;
            assert_eq!(found_by.contains("示例新入园1有限公司"), found, "{text}: {found_by}");
            assert_eq!(found_by.contains("No matching enterprise without a form"), !found, "{text}");
        }
        let carried = ["token", "idempotencyKey", "expectedVersion"].map(|name| (name, hidden(&page, name)));
        let send = async |firm: &str| {
            let mut fields: Vec<(&str, &str)> = carried.iter().map(|(name, value)| (*name, value.as_str())).collect();
            fields.push(("enterpriseId", firm));
            window.post(&park, &address, &fields).await
        };
        let before = park.dump().await.without(TRACES);
        assert_eq!(send("").await.status(), StatusCode::UNPROCESSABLE_ENTITY);
        before.assert_same(&park.dump().await.without(TRACES));
        let added = send(&firm).await;
        assert_eq!((added.status(), location(&added)), (StatusCode::SEE_OTHER, here.as_str()));
        assert_eq!(forms_and_letters(&park).await, (3, 0));
        let (leader, _) = Window::of(&park, Role::Leader).await;
        assert!(!leader.text(&park, &here).await.contains(&address));
        assert_eq!(leader.get(&park, &address).await.status(), StatusCode::FORBIDDEN);
        let runner = runner(&park);
        at(&park, &runner, "2026-10-08", 9, 30).await;
        at(&park, &runner, "2026-10-20", 18, 0).await;
        let (window, _) = Window::of(&park, Role::Centre).await;
        let page = window.text(&park, &here).await;
        assert!(!page.contains(&address) && page.contains("no enterprise can be added"), "{page}");
    }

    async fn a_quarter_that_is_due_is_compiled_by_hand_or_by_the_job_and_once(park: Park) {
        park.people().await;
        assert_eq!(park.data(Who::Centre, DUE, json!({})).await["evaluationsDue"], json!(null));
        assert_eq!(park.user_error(Who::Centre, COMPILE, input("2026-Q3", "early")).await, "NOT_DUE");
        assert!(!park.page(Who::Centre, "/evaluations").await.contains("/evaluations/compile"));
        assert!(plain(&park.page(Who::Centre, "/evaluations/compile").await).contains("No evaluation is due"));

        park.set_clock("2026-09-30", 18, 0);
        let due = park.data(Who::Centre, DUE, json!({})).await["evaluationsDue"].take();
        let expected = json!({"quarters": [{"quarter": "2026-Q3"}], "forms": 2, "letters": 2, "unreached": 0,
            "opensOn": "2026-10-08", "closesOn": "2026-10-20"});
        assert_eq!(due, expected);
        for who in [Who::Admin, Who::Leader, Who::Enterprise] {
            assert_eq!(park.data(who, DUE, json!({})).await["evaluationsDue"], json!(null), "{who:?}");
            assert_eq!(park.refused(who, COMPILE, input("2026-Q3", "other")).await, "FORBIDDEN", "{who:?}");
        }
        assert!(park.page(Who::Centre, "/evaluations").await.contains("href=\"/evaluations/compile\""));
        let page = plain(&park.page(Who::Centre, "/evaluations/compile").await);
        assert!(page.contains("one for each enterprise: 2") && page.contains("(2 e-mails in all)"), "{page}");

        // By hand first: the same request again is the same answer, another one is refused, and the job finds nothing to compile.
        assert!(page.contains("2026-Q3"), "{page}");
        let first = park.data(Who::Centre, COMPILE, input("2026-Q3", "once")).await;
        assert_eq!(first["evaluationCompile"]["evaluation"]["state"], "COMPILED");
        assert_eq!(park.data(Who::Centre, COMPILE, input("2026-Q3", "once")).await, first);
        assert_eq!(park.user_error(Who::Centre, COMPILE, input("2026-Q3", "twice")).await, "COMPILED");
        let runner = runner(&park);
        at(&park, &runner, "2026-09-30", 18, 30).await;
        assert_eq!(number(park.db(), "SELECT COUNT(*) FROM evaluation").await, 1);
        assert_eq!(number(park.db(), "SELECT COUNT(*) FROM evaluation_form").await, 2);

        // The job opens it with as many letters as were said; it compiles the next one, of which the hand then finds that it is there.
        at(&park, &runner, "2026-10-08", 9, 30).await;
        let invited = "SELECT COUNT(*) FROM letter WHERE \"key\" LIKE 'evaluation:2026-Q3:0:%'";
        assert_eq!(number(park.db(), invited).await, 2);
        at(&park, &runner, "2026-12-31", 18, 0).await;
        assert_eq!(number(park.db(), "SELECT COUNT(*) FROM evaluation").await, 2);
        assert_eq!(park.user_error(Who::Centre, COMPILE, input("2026-Q4", "late")).await, "COMPILED");
        assert_eq!(park.user_error(Who::Centre, COMPILE, input("2026-Q2", "before")).await, "NOT_DUE");
    }

    async fn the_job_and_a_hand_at_the_same_moment_make_one(park: Park) {
        let centre = park.people().await.viewer(Who::Centre);
        park.set_clock("2026-09-30", 18, 0);
        let (quarter, job) = (Quarter::of(park.store.today()), Viewer::system("job"));
        let by_hand = hand::compile(&park.store, &centre, Compile { quarter: quarter.name() });
        let (by_job, by_hand) = tokio::join!(cycle::compile(&park.store, &job, quarter), by_hand);
        by_job.expect("the job does not fail");
        match by_hand {
            Ok(evaluation) => assert_eq!(evaluation.quarter, quarter.name()),
            Err(CommandError::Refused(refusals)) => assert_eq!(refusals[0].code, CompileError::Compiled),
            Err(CommandError::Fault(fault)) => panic!("{fault}"),
        }
        assert_eq!(number(park.db(), "SELECT COUNT(*) FROM evaluation").await, 1);
        assert_eq!(number(park.db(), "SELECT COUNT(*) FROM evaluation_form").await, 2);
        assert_eq!(number(park.db(), "SELECT COUNT(*) FROM evaluation_design").await, 1);
    }
}
