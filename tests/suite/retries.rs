//! The same request twice: with its idempotency key it gives the first answer and does nothing again.

use std::collections::BTreeSet;

use api_door::scalar::Kind;
use futures::future::join_all;
use serde_json::{Value, json};
use tests::{Park, Who, app::TRACES, matters::Matters, stories};

const DRAFT: &str = "mutation($input: ContractDraftInput!) {
    contractDraft(input: $input) { contract { id number } userErrors { code } } }";

async fn draft(park: &Park, key: &str, ends_on: &str) -> Value {
    let enterprise = Kind::Enterprise.id(park.people().await.enterprise_id());
    json!({"input": {"enterpriseId": enterprise.as_str(), "parkParty": "示例服务中心", "startsOn": "2026-09-30",
        "endsOn": ends_on, "idempotencyKey": key}})
}

stories! {
    async fn the_same_request_again_gives_the_first_answer(park: Park) {
        let input = draft(&park, "first", "2027-09-29").await;
        let first = park.data(Who::Centre, DRAFT, input.clone()).await;
        assert_eq!(first["contractDraft"]["userErrors"], json!([]));
        let before = park.dump().await.without(TRACES);
        assert_eq!(park.data(Who::Centre, DRAFT, input).await, first);
        before.assert_same(&park.dump().await.without(TRACES));

        let other = draft(&park, "first", "2028-09-29").await;
        assert_eq!(park.refused(Who::Centre, DRAFT, other).await, "BAD_REQUEST");
        let propose = "mutation($input: LiaisonProposeInput!) { liaisonPropose(input: $input) { userErrors { code } } }";
        let people = park.people().await;
        let elsewhere = json!({"input": {"enterpriseId": Kind::Enterprise.id(people.enterprise_id()).as_str(),
            "accountId": Kind::Account.id(people.account(Who::OtherLiaison).id).as_str(), "idempotencyKey": "first"}});
        assert_eq!(park.refused(Who::Centre, propose, elsewhere).await, "BAD_REQUEST");
        for bad in ["", " ", &"x".repeat(121)] {
            let input = draft(&park, bad, "2027-09-29").await;
            assert_eq!(park.refused(Who::Centre, DRAFT, input).await, "BAD_REQUEST", "{bad}");
        }
    }

    async fn a_refusal_uses_no_key_up(park: Park) {
        let wrong = draft(&park, "second", "2026-09-01").await;
        let answer = park.data(Who::Centre, DRAFT, wrong).await;
        assert_ne!(answer["contractDraft"]["userErrors"], json!([]));
        let right = draft(&park, "second", "2027-09-29").await;
        let answer = park.data(Who::Centre, DRAFT, right).await;
        assert_eq!(answer["contractDraft"]["userErrors"], json!([]));
    }

    async fn twenty_at_once_draft_one_contract(park: Park) {
        let input = draft(&park, "third", "2027-09-29").await;
        let answers = join_all((0..20).map(|_| park.graphql(Who::Centre, DRAFT, input.clone()))).await;
        let ids: BTreeSet<&str> = answers.iter().map(|answer| {
            answer["data"]["contractDraft"]["contract"]["id"].as_str().unwrap_or_else(|| panic!("{answer}"))
        }).collect();
        assert_eq!(ids.len(), 1);
        assert_eq!(park.dump().await.rows("contract").len(), 1);
    }

    async fn ten_at_once_of_what_is_unique_all_get_the_first_answer(park: Park) {
        park.people().await;
        const CREATE: &str = "mutation($input: EnterpriseCreateInput!) {
            enterpriseCreate(input: $input) { enterprise { id } userErrors { code } } }";
        for round in 0..3 {
            let code = tests::ledger::credit_code(700 + round);
            let input = json!({"input": {"creditCode": code, "nameZh": format!("示例企业{round}"), "industry": "软件",
                "idempotencyKey": format!("create {round}")}});
            let answers = join_all((0..10).map(|_| park.graphql(Who::Centre, CREATE, input.clone()))).await;
            let ids: BTreeSet<&str> = answers.iter().map(|answer| {
                answer["data"]["enterpriseCreate"]["enterprise"]["id"].as_str().unwrap_or_else(|| panic!("{answer}"))
            }).collect();
            assert_eq!(ids.len(), 1);
        }
    }

    async fn an_update_sent_again_is_no_conflict(park: Park) {
        let matters = Matters::settle(&park).await;
        let fulfil = "mutation($input: ObligationFulfilInput!) {
            obligationFulfil(input: $input) { obligation { id state version } userErrors { code } } }";
        let input = |key: &str| json!({"input": {"id": matters.id("obligation"), "expectedVersion": 1,
            "evidenceNote": "示例", "idempotencyKey": key}});
        let first = park.data(Who::Liaison, fulfil, input("done")).await;
        assert_eq!(first["obligationFulfil"]["obligation"]["state"], "FULFILLED");
        let before = park.dump().await.without(TRACES);
        assert_eq!(park.data(Who::Liaison, fulfil, input("done")).await, first);
        before.assert_same(&park.dump().await.without(TRACES));
        assert_eq!(park.refused(Who::Liaison, fulfil, input("done again")).await, "CONFLICT");
        // A key is its owner's: the head's request of the same name is another one, and comes too late.
        assert_eq!(park.refused(Who::Head, fulfil, input("done")).await, "CONFLICT");
    }
}
