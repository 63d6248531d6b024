//! Contracts at the outer door: their whole life, what refuses, and who wins when fifty are at it.

use std::collections::BTreeMap;

use futures::future::join_all;
use sea_orm::ConnectionTrait;
use serde_json::{Value, json};
use tests::{
    Park, Who,
    matters::{self, done, version},
    promise::{contract, file, mutation},
    stories,
    window::page_of,
};

use crate::warnings;

const TERM: (&str, &str) = ("2026-09-30", "2027-09-29");

/// The input of a step on the contract as it is now.
async fn on(park: &Park, id: &str, more: Value) -> Value {
    json!({"input": matters::on(park, id, more).await})
}

async fn step(park: &Park, who: Who, name: &str, id: &str, more: Value) -> String {
    let input = on(park, id, more).await["input"].take();
    let payload = done(park, who, name, "contract { state }", input).await;
    payload["contract"]["state"]
        .as_str()
        .expect("a state")
        .to_owned()
}

async fn refused(park: &Park, who: Who, name: &str, id: &str, more: Value) -> String {
    let input = on(park, id, more).await;
    park.user_error(who, &mutation(name, "contract { id }"), input)
        .await
}

/// What is offered with the contract: the codes of what this person may do now, and why not the rest.
async fn offered(park: &Park, who: Who, id: &str) -> (Vec<String>, BTreeMap<String, String>) {
    let ask = "query($id: ID!) { contract(id: $id) { commands { code may whyNot } } }";
    let seen = park.data(who, ask, json!({"id": id})).await["contract"].take();
    let (mut may, mut why) = (Vec::new(), BTreeMap::new());
    for one in seen["commands"].as_array().expect("offers") {
        let code = one["code"].as_str().expect("a code").to_owned();
        match one["whyNot"].as_str() {
            Some(reason) => _ = why.insert(code, reason.to_owned()),
            None => may.push(code),
        }
        assert_eq!(one["may"] == true, one["whyNot"].is_null(), "{one}");
    }
    (may, why)
}

stories! {
    async fn a_leader_returns_a_contract_for_changes_and_approves_it_then(park: Park) {
        let id = contract(&park, 0, TERM, "contractSubmitForReview").await;
        let waits = "{ pendingDecisions { kind path } }";
        let waiting = async |who| park.data(who, waits, json!({})).await["pendingDecisions"].take();
        let acts = format!("{}/acts", page_of(&id));
        assert_eq!(waiting(Who::Leader).await, json!([{"kind": "CONTRACT", "path": acts}]));
        for who in [Who::Centre, Who::Supervisor, Who::Liaison, Who::Enterprise] {
            assert_eq!(waiting(who).await, json!([]), "{who:?}");
        }
        assert!(park.page(Who::Leader, "/").await.contains(&format!("href=\"{acts}\"")), "one step to decide");
        let page = park.page(Who::Leader, &acts).await;
        assert!(page.contains("/approve\"") && page.contains("/return\""), "{page}");
        let mutation = mutation("contractReturn", "contract { id }");
        let reason = json!({"reason": "请补充第六条"});
        assert_eq!(park.refused(Who::Centre, &mutation, on(&park, &id, reason.clone()).await).await, "FORBIDDEN");
        assert_eq!(refused(&park, Who::Leader, "contractReturn", &id, json!({"reason": " "})).await, "REASON_INVALID");
        assert_eq!(step(&park, Who::Leader, "contractReturn", &id, reason).await, "DRAFT");
        let why = "query($id: ID!) { contract(id: $id) { stateReason } }";
        assert_eq!(park.data(Who::Centre, why, json!({"id": id})).await["contract"]["stateReason"], "请补充第六条");
        assert_eq!(waiting(Who::Leader).await, json!([]));
        let opinions = json!({"legalityOpinion": "合法", "fairCompetitionOpinion": "无"});
        assert_eq!(step(&park, Who::Centre, "contractSubmitForReview", &id, opinions).await, "LEGAL_REVIEW");
        assert_eq!(park.data(Who::Centre, why, json!({"id": id})).await["contract"]["stateReason"], Value::Null);

        // The next digest says it, unless it is decided before.
        let runner = warnings::runner(&park);
        let told = async |day: &str| {
            park.set_clock(day, 8, 30);
            let run = warnings::told(&runner, "deadline_warnings").await;
            warnings::lines_to(&run, "<leader@park.example>").count()
        };
        assert_eq!((told("2026-10-08").await, told("2026-10-09").await), (1, 0));
        let other = contract(&park, 1, TERM, "contractApprove").await;
        assert!(!other.is_empty());
        assert_eq!(told("2026-10-10").await, 0, "it is approved");
        assert_eq!(step(&park, Who::Leader, "contractApprove", &id, json!({})).await, "LEADER_APPROVED");
    }

    async fn a_signed_contract_without_a_liaison_says_so_and_offers_the_act(park: Park) {
        let id = contract(&park, 0, TERM, "contractSign").await;
        let page = page_of(&id);
        assert!(!park.page(Who::Centre, &page).await.contains("/liaisons/new?enterpriseId="));
        park.db().execute_unprepared("UPDATE liaison SET state = 'ENDED', ended_on = '2026-09-30'").await.expect("nobody is left");
        assert!(park.page(Who::Centre, &page).await.contains("/liaisons/new?enterpriseId="));
        let leader = park.page(Who::Leader, &page).await;
        assert!(leader.contains("nobody looks after the enterprise") && !leader.contains("/liaisons/new"), "{leader}");
        assert!(!park.page(Who::Enterprise, &page).await.contains("nobody looks after"));
    }

    async fn the_life_of_a_contract_with_its_refusals(park: Park) {
        let id = contract(&park, 0, TERM, "contractDraft").await;
        let signing = json!({"signedOn": "2026-09-30"});
        assert_eq!(refused(&park, Who::Centre, "contractSign", &id, signing.clone()).await, "WRONG_STATE");
        let (may, why) = offered(&park, Who::Centre, &id).await;
        assert_eq!(may, ["contract.submit_for_review", "contract.terminate", "commitment.add", "project.create"]);
        assert_eq!(why["contract.sign"], "The current state of the contract does not allow this: check its state.");
        assert_eq!(why["contract.renew"], "Only a contract in force can be renewed.");
        assert_eq!(why["contract.approve"], "Your role does not allow this.");
        for who in [Who::Leader, Who::Enterprise] {
            assert_eq!(offered(&park, who, &id).await.0, [""; 0], "{who:?}");
        }
        assert_eq!(offered(&park, Who::Liaison, &id).await.0, ["project.create"]);
        let opinions = json!({"legalityOpinion": " ", "fairCompetitionOpinion": "无"});
        assert_eq!(
            refused(&park, Who::Centre, "contractSubmitForReview", &id, opinions).await,
            "LEGALITY_OPINION_INVALID"
        );
        let opinions = json!({"legalityOpinion": "合法", "fairCompetitionOpinion": "无"});
        assert_eq!(step(&park, Who::Centre, "contractSubmitForReview", &id, opinions).await, "LEGAL_REVIEW");

        // Who may not do it learns nothing of the version; who may, is told that his is old.
        let approve = mutation("contractApprove", "contract { id }");
        let stale = json!({"input": {"id": id, "expectedVersion": 1}});
        for (who, code) in [
            (Who::Centre, "FORBIDDEN"),
            (Who::Supervisor, "FORBIDDEN"),
            (Who::OtherLiaison, "NOT_FOUND"),
            (Who::Nobody, "UNAUTHENTICATED"),
            (Who::Leader, "CONFLICT"),
        ] {
            assert_eq!(park.refused(who, &approve, stale.clone()).await, code, "{who:?}");
        }
        assert_eq!(step(&park, Who::Leader, "contractApprove", &id, json!({})).await, "LEADER_APPROVED");
        // What was drafted stands in the form already.
        let fields = "query($id: ID!) { contract(id: $id) { commands { code fields { name value } } } }";
        let seen = park.data(Who::Centre, fields, json!({"id": id})).await["contract"]["commands"].take();
        let form = seen.as_array().expect("offers").iter().find(|one| one["code"] == "contract.sign").expect("the form");
        assert_eq!(form["fields"][3], json!({"name": "parkSignatory", "value": "中心主任"}));
        let tomorrow = json!({"signedOn": "2026-10-01"});
        assert_eq!(refused(&park, Who::Centre, "contractSign", &id, tomorrow).await, "SIGNED_IN_FUTURE");
        assert_eq!(step(&park, Who::Centre, "contractSign", &id, signing).await, "SIGNED");

        // What is signed is locked.
        let draft = json!({"parkParty": "另一单位", "startsOn": TERM.0, "endsOn": TERM.1});
        assert_eq!(refused(&park, Who::Centre, "contractChangeDraft", &id, draft).await, "NOT_A_DRAFT");
        let clause = json!({"clause": {"number": 1, "title": "当事人", "body": "新的正文"}, "reason": "更正"});
        assert_eq!(refused(&park, Who::Centre, "contractAmendClause", &id, clause.clone()).await, "WRONG_STATE");
        let promise = json!({"input": {"contractId": id, "expectedVersion": version(&park, &id).await,
            "clauseNumber": 6, "kind": "ON_EVENT", "textZh": "示例", "textEn": "Example", "startEvent": "example",
            "limitDays": 3, "unit": "WORKING_DAY", "owner": "CENTRE", "evidenceKind": "NOTE"}});
        let add = mutation("commitmentAdd", "commitment { id }");
        assert_eq!(park.user_error(Who::Centre, &add, promise).await, "LOCKED");

        assert_eq!(offered(&park, Who::Centre, &id).await.0, ["contract.activate", "contract.terminate", "project.create"]);
        assert_eq!(step(&park, Who::Centre, "contractActivate", &id, json!({})).await, "ACTIVE");
        let (may, why) = offered(&park, Who::Centre, &id).await;
        assert_eq!(may, ["contract.amend_begin", "contract.suspend", "contract.renew", "contract.terminate", "project.create"]);
        assert_eq!(why["commitment.add"], "The contract is neither a draft nor under amendment: start an amendment first.");
        assert_eq!(
            refused(&park, Who::Centre, "contractAmendBegin", &id, json!({"reason": ""})).await,
            "REASON_INVALID"
        );
        let reason = json!({"reason": "双方协商"});
        assert_eq!(step(&park, Who::Centre, "contractAmendBegin", &id, reason.clone()).await, "AMENDING");
        assert_eq!(step(&park, Who::Centre, "contractAmendClause", &id, clause.clone()).await, "AMENDING");
        assert_eq!(refused(&park, Who::Centre, "contractAmendClause", &id, clause).await, "CLAUSE_UNCHANGED");
        assert_eq!(step(&park, Who::Centre, "contractAmendFinish", &id, json!({})).await, "ACTIVE");
        let history = "query($id: ID!) { contract(id: $id) { legalityOpinion clauses(withHistory: true) { number revision } } }";
        let seen = park.data(Who::Enterprise, history, json!({"id": id})).await["contract"].take();
        assert_eq!(seen["legalityOpinion"], Value::Null, "opinions are internal");
        let first: Vec<&Value> = seen["clauses"]
            .as_array()
            .expect("clauses")
            .iter()
            .filter(|clause| clause["number"] == 1)
            .collect();
        assert_eq!(first.len(), 2, "{seen:#}");

        assert_eq!(step(&park, Who::Centre, "contractTerminate", &id, reason.clone()).await, "TERMINATED");
        assert_eq!(refused(&park, Who::Centre, "contractTerminate", &id, reason).await, "WRONG_STATE");
        let open = "query($id: ID!) { contract(id: $id) { openObligations { id } permissions { canRenew reasonIfNot } } }";
        let seen = park.data(Who::Centre, open, json!({"id": id})).await["contract"].take();
        assert_eq!(seen["openObligations"], json!([]));
        assert_eq!(seen["permissions"]["canRenew"], false);
        assert!(seen["permissions"]["reasonIfNot"].is_string());
        assert_eq!(offered(&park, Who::Centre, &id).await.0, [""; 0]);
    }

    async fn a_suspension_pauses_what_both_sides_agreed_to_and_a_resumption_moves_it(park: Park) {
        let id = contract(&park, 0, TERM, "contractActivate").await;
        let paper = file(&park, 0).await;
        let limits = "query($id: ID!) { contract(id: $id) { state openObligations { occasion deadline {
            state dueOn limit { days } pauses { kind documentId endedOn } } } } }";
        let before = park.data(Who::Centre, limits, json!({"id": id})).await["contract"].take();
        let other = file(&park, 1).await;
        let foreign = json!({"reason": "停产", "documentId": other});
        assert_eq!(refused(&park, Who::Centre, "contractSuspend", &id, foreign).await, "DOCUMENT_UNKNOWN");
        let agreed = json!({"reason": "停产", "documentId": paper});
        assert_eq!(step(&park, Who::Centre, "contractSuspend", &id, agreed).await, "SUSPENDED");
        let held = park.data(Who::Centre, limits, json!({"id": id})).await["contract"].take();
        let obligations = held["openObligations"].as_array().expect("obligations");
        assert!(!obligations.is_empty());
        let mut paused = 0;
        for obligation in obligations {
            let limit = &obligation["deadline"];
            if limit["state"] == "PAUSED" {
                assert_eq!(limit["pauses"][0]["kind"], "AGREED");
                assert_eq!(limit["pauses"][0]["documentId"], json!(paper));
                paused += 1;
            }
        }
        assert!(paused > 0, "{held:#}");
        // Five working days later (8, 9, 10, 12 and 13 October) it goes on.
        park.set_clock("2026-10-13", 9, 0);
        assert_eq!(step(&park, Who::Centre, "contractResume", &id, json!({})).await, "ACTIVE");
        let after = park.data(Who::Centre, limits, json!({"id": id})).await["contract"].take();
        for was in before["openObligations"].as_array().expect("obligations") {
            let now = after["openObligations"]
                .as_array()
                .expect("obligations")
                .iter()
                .find(|now| now["occasion"] == was["occasion"] && now["deadline"]["limit"] == was["deadline"]["limit"])
                .expect("it is still owed");
            assert_eq!(now["deadline"]["state"], "RUNNING", "{now:#}");
            if was["deadline"]["limit"]["days"] != 0 {
                assert_ne!(now["deadline"]["dueOn"], was["deadline"]["dueOn"], "{now:#}");
                assert_eq!(now["deadline"]["pauses"][0]["endedOn"], "2026-10-13");
            }
        }
    }

    async fn of_fifty_contracts_of_one_enterprise_one_is_signed_and_comes_into_force(park: Park) {
        let mut drafts = Vec::new();
        for _ in 0..50 {
            drafts.push(contract(&park, 0, TERM, "contractApprove").await);
        }
        let sign = mutation("contractSign", "contract { id }");
        let signed = json!({"signedOn": "2026-09-30", "expectedVersion": 3});
        let answers = join_all(drafts.iter().map(|id| {
            let mut input = signed.clone();
            input["id"] = json!(id);
            park.graphql(Who::Centre, &sign, json!({"input": input}))
        }))
        .await;
        let mut winners = Vec::new();
        for answer in &answers {
            let payload = &answer["data"]["contractSign"];
            match payload["contract"]["id"].as_str() {
                Some(id) => winners.push(id.to_owned()),
                None => assert_eq!(payload["userErrors"][0]["code"], "TERM_OVERLAPS", "{answer:#}"),
            }
        }
        assert_eq!(winners.len(), 1);
        let activate = mutation("contractActivate", "contract { state }");
        let input = json!({"input": {"id": winners[0], "expectedVersion": 4}});
        let answers = join_all((0..50).map(|_| park.graphql(Who::Centre, &activate, input.clone()))).await;
        let done = answers.iter().filter(|answer| answer["data"]["contractActivate"]["contract"]["state"] == "ACTIVE");
        assert_eq!(done.count(), 1);
        let late = answers.iter().filter(|answer| answer["errors"][0]["extensions"]["code"] == "CONFLICT");
        assert_eq!(late.count(), 49);
        // Who comes alone is told the same as who came second.
        let last = drafts.iter().find(|id| **id != winners[0]).expect("another");
        let alone = json!({"signedOn": "2026-09-30"});
        assert_eq!(refused(&park, Who::Centre, "contractSign", last, alone).await, "TERM_OVERLAPS");
    }

    async fn lists_are_sorted_and_paged_by_what_is_asked(park: Park) {
        for (side, term) in [
            (0, ("2026-10-01", "2027-03-31")),
            (1, ("2026-10-01", "2026-12-31")),
            (0, ("2027-04-01", "2027-12-31")),
            (1, ("2027-01-01", "2027-12-31")),
        ] {
            contract(&park, side, term, "contractDraft").await;
        }
        let page = "query($after: String) { contracts(first: 1, after: $after, sortBy: [{field: ENDS_ON, direction: DESC},
            {field: STARTS_ON}]) { nodes { startsOn endsOn } pageInfo { endCursor hasNextPage } totalCount } }";
        let (mut seen, mut after) = (Vec::new(), Value::Null);
        loop {
            let found = park.data(Who::Centre, page, json!({"after": after})).await["contracts"].take();
            assert_eq!(found["totalCount"], 4);
            let node = &found["nodes"][0];
            seen.push(format!("{} {}", node["endsOn"], node["startsOn"]).replace('"', ""));
            after = found["pageInfo"]["endCursor"].clone();
            if found["pageInfo"]["hasNextPage"] == false {
                break;
            }
        }
        assert_eq!(seen, [
            "2027-12-31 2027-01-01",
            "2027-12-31 2027-04-01",
            "2027-03-31 2026-10-01",
            "2026-12-31 2026-10-01",
        ]);
        let last = "{ contracts(last: 2, sortBy: [{field: STARTS_ON}, {field: ENDS_ON}], where: {text: \"示例科技1\"}) {
            nodes { startsOn } } }";
        let found = park.data(Who::Centre, last, json!({})).await;
        assert_eq!(found["contracts"]["nodes"], json!([{"startsOn": "2026-10-01"}, {"startsOn": "2027-04-01"}]));
    }
}
