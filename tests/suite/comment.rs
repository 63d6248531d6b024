//! Comments at the outer door: an enterprise never reads what is internal, by whichever door; an author withdraws, for a day.

use chrono::TimeDelta;
use serde_json::{Value, json};
use tests::{
    Park, Who,
    matters::{done, text, version},
    promise::{mutation, owed},
    stories,
    window::page_of,
};

/// What the park alone reads, and what it shares.
const INTERNAL: &str = "仅供园区内部的意见";
const SHARED: &str = "与企业共享的意见";

/// An obligation, its contract and a project of it.
async fn things(park: &Park) -> [String; 3] {
    let obligation = owed(park, &[(5, None)]).await.remove(0);
    let query = "query($id: ID!) { obligation(id: $id) { contract { id } } }";
    let seen = park
        .data(Who::Centre, query, json!({"id": obligation}))
        .await;
    let contract = text(&seen["obligation"]["contract"]["id"]);
    let project = json!({"contractId": contract, "name": "示例项目"});
    let project = done(
        park,
        Who::Liaison,
        "projectCreate",
        "project { id }",
        project,
    )
    .await;
    [obligation, contract, text(&project["project"]["id"])]
}

async fn write(park: &Park, who: Who, about: &str, audience: &str, text: &str) -> String {
    // What is written at one moment has no order.
    park.clock.advance(TimeDelta::minutes(1));
    let input = json!({"aboutId": about, "audience": audience, "text": text});
    let written = done(park, who, "commentWrite", "comment { id }", input).await;
    self::text(&written["comment"]["id"])
}

/// The texts about a thing that somebody reads.
async fn read(park: &Park, who: Who, about: &str) -> Vec<Value> {
    let query = "query($id: ID!) { node(id: $id) {
        ... on Obligation { comments(first: 9) { totalCount nodes { text audience } } }
        ... on Contract { comments(first: 9) { totalCount nodes { text audience } } }
        ... on Project { comments(first: 9) { totalCount nodes { text audience } } } } }";
    let mut found = park.data(who, query, json!({"id": about})).await["node"]["comments"].take();
    let rows = found["nodes"].take();
    let rows = rows.as_array().expect("comments").clone();
    assert_eq!(found["totalCount"], rows.len(), "{who:?}");
    rows.into_iter().map(|mut row| row["text"].take()).collect()
}

stories! {
    async fn an_enterprise_never_reads_what_is_internal(park: Park) {
        let things = things(&park).await;
        let node = "query($id: ID!) { node(id: $id) { id } }";
        for about in &things {
            let internal = write(&park, Who::Liaison, about, "INTERNAL", INTERNAL).await;
            let shared = write(&park, Who::Centre, about, "SHARED", SHARED).await;
            for who in [Who::Centre, Who::Leader, Who::Supervisor, Who::Liaison] {
                assert_eq!(read(&park, who, about).await, [json!(INTERNAL), json!(SHARED)], "{who:?}");
            }
            assert_eq!(read(&park, Who::Enterprise, about).await, [json!(SHARED)]);
            park.data(Who::Enterprise, node, json!({"id": shared})).await;
            for who in [Who::Enterprise, Who::OtherEnterprise, Who::OtherLiaison, Who::Admin, Who::Inspector] {
                assert_eq!(park.refused(who, node, json!({"id": internal})).await, "NOT_FOUND", "{who:?}");
            }
            let input = json!({"input": {"id": internal, "expectedVersion": 1}});
            let withdraw = mutation("commentWithdraw", "comment { id }");
            assert_eq!(park.refused(Who::Enterprise, &withdraw, input).await, "NOT_FOUND");
            let page = park.page(Who::Enterprise, &page_of(about)).await;
            assert!(page.contains(SHARED) && !page.contains(INTERNAL), "{page}");
            assert!(!page.contains("value=\"INTERNAL\""), "an enterprise is not asked: {page}");
            let page = park.page(Who::Liaison, &page_of(about)).await;
            assert!(page.contains(SHARED) && page.contains(INTERNAL) && page.contains("value=\"INTERNAL\""), "{page}");
        }
        // Nor is it told that there is one, and no list, file or start page says it.
        let notices = park.data(Who::Enterprise, "{ notices(first: 50) { nodes { kind title path } } }", json!({})).await;
        let told = notices["notices"]["nodes"].as_array().expect("notices").iter();
        assert_eq!(told.filter(|one| one["kind"] == "comment").count(), things.len(), "{notices}");
        for path in ["/", "/obligations", "/obligations.csv", "/projects.csv", "/notices"] {
            assert!(!park.page(Who::Enterprise, path).await.contains(INTERNAL), "{path}");
        }
        let trail = "{ auditEntries(first: 50) { nodes { action } } }";
        assert_eq!(park.refused(Who::Enterprise, trail, json!({})).await, "FORBIDDEN");
    }

    async fn a_head_reads_what_is_about_the_promises_of_the_department(park: Park) {
        // All was promised by the liaison: the head knows neither the contract nor what is said of it.
        let things = things(&park).await;
        let node = "query($id: ID!) { node(id: $id) { id } }";
        for about in &things {
            let written = write(&park, Who::Liaison, about, "INTERNAL", INTERNAL).await;
            assert_eq!(park.refused(Who::Head, node, json!({"id": written})).await, "NOT_FOUND");
        }
    }

    async fn who_writes_chooses_who_reads(park: Park) {
        let [obligation, ..] = things(&park).await;
        let write_it = mutation("commentWrite", "comment { id }");
        for (who, audience, said, code) in [
            (Who::Enterprise, "INTERNAL", "示例", "NOT_INTERNAL"),
            (Who::Liaison, "INTERNAL", " ", "TEXT_INVALID"),
        ] {
            let input = json!({"input": {"aboutId": obligation, "audience": audience, "text": said}});
            assert_eq!(park.user_error(who, &write_it, input).await, code);
        }
        write(&park, Who::Enterprise, &obligation, "SHARED", "请尽快答复").await;
        assert_eq!(read(&park, Who::Liaison, &obligation).await, [json!("请尽快答复")]);
        // The liaison is told in the app; the enterprise has written it, and is not.
        let notices = "{ notices(first: 50) { nodes { kind path } } }";
        let told = async |who| {
            let seen = park.data(who, notices, json!({})).await["notices"]["nodes"].take();
            let rows = seen.as_array().expect("notices").clone();
            rows.into_iter().filter(|one| one["kind"] == "comment").collect::<Vec<_>>()
        };
        let liaison = told(Who::Liaison).await;
        assert_eq!(liaison.len(), 1, "{liaison:?}");
        assert_eq!(liaison[0]["path"], format!("{}#comments", page_of(&obligation)));
        assert!(told(Who::Enterprise).await.is_empty());
        // The same request twice is one comment.
        let input = json!({"aboutId": obligation, "audience": "SHARED", "text": "已收到", "idempotencyKey": "comment"});
        for _ in 0..2 {
            done(&park, Who::Liaison, "commentWrite", "comment { id }", input.clone()).await;
        }
        assert_eq!(read(&park, Who::Enterprise, &obligation).await.len(), 2);
    }

    async fn its_author_withdraws_a_comment_for_a_day(park: Park) {
        let [obligation, ..] = things(&park).await;
        let withdraw = mutation("commentWithdraw", "comment { text withdrawnAt }");
        let (first, second) = (
            write(&park, Who::Liaison, &obligation, "SHARED", "误发的内容").await,
            write(&park, Who::Liaison, &obligation, "SHARED", "另一条").await,
        );
        let input = |id: &str| json!({"input": {"id": id, "expectedVersion": 1}});
        for who in [Who::Centre, Who::Leader, Who::Enterprise] {
            assert_eq!(park.refused(who, &withdraw, input(&first)).await, "FORBIDDEN", "{who:?}");
        }
        let withdrawn = park.data(Who::Liaison, &withdraw, input(&first)).await["commentWithdraw"]["comment"].take();
        assert!(withdrawn["text"].is_null() && withdrawn["withdrawnAt"].is_string(), "{withdrawn}");
        let again = json!({"input": {"id": first, "expectedVersion": version(&park, &first).await}});
        assert_eq!(park.user_error(Who::Liaison, &withdraw, again).await, "WITHDRAWN");
        let page = park.page(Who::Enterprise, &page_of(&obligation)).await;
        assert!(page.contains("Withdrawn by its author") && !page.contains("误发的内容"), "{page}");
        // The trail keeps it, for the supervisor.
        let trail = r#"{ auditEntries(first: 50, where: { subjectKind: { oneOf: ["Comment"] } }) { nodes { action changes { after } } } }"#;
        let trail = park.data(Who::Supervisor, trail, json!({})).await;
        assert!(trail.to_string().contains("误发的内容"), "{trail}");
        park.set_clock("2026-10-08", 9, 0);
        assert_eq!(park.user_error(Who::Liaison, &withdraw, input(&second)).await, "TOO_LATE");
    }
}
