//! What is promised, at the outer door: contracts taken through their steps, files, and what is owed because an event happened.

use api_door::scalar::Kind;
use serde_json::{Value, json};

use crate::{
    Park, Who,
    matters::{done, version},
};

/// The text of the mutation `name` that asks its payload for `want` and for what was wrong.
pub fn mutation(name: &str, want: &str) -> String {
    let capital = name[..1].to_uppercase() + &name[1..];
    format!(
        "mutation($input: {capital}Input!) {{ {name}(input: $input) {{ {want} userErrors {{ code path message }} }} }}"
    )
}

/// A contract with an enterprise (0 or 1) at the outer door, taken through the steps of its approval up to and with `last`
/// (`contractDraft` for the draft alone): its global id.
pub async fn contract(park: &Park, side: usize, term: (&str, &str), last: &str) -> String {
    let enterprise = Kind::Enterprise
        .id(park.people().await.enterprises[side].id)
        .0;
    let draft = json!({"enterpriseId": enterprise, "parkParty": "示例服务中心", "parkSignatory": "中心主任",
        "enterpriseSignatory": "总经理", "startsOn": term.0, "endsOn": term.1});
    let drafted = done(park, Who::Centre, "contractDraft", "contract { id }", draft).await;
    let id = id_of(&drafted["contract"]);
    walk(park, &id, last).await;
    id
}

/// Takes a draft through the steps of its approval up to and with `last`.
pub async fn walk(park: &Park, id: &str, last: &str) {
    let steps = [
        ("contractDraft", Who::Centre, json!({})),
        (
            "contractSubmitForReview",
            Who::Centre,
            json!({"legalityOpinion": "合法", "fairCompetitionOpinion": "无排除、限制竞争内容"}),
        ),
        ("contractApprove", Who::Leader, json!({})),
        (
            "contractSign",
            Who::Centre,
            json!({"signedOn": "2026-09-30"}),
        ),
        ("contractActivate", Who::Centre, json!({})),
    ];
    let count = steps
        .iter()
        .position(|step| step.0 == last)
        .expect("a step");
    for (name, who, mut input) in steps.into_iter().take(count + 1).skip(1) {
        input["id"] = json!(id);
        input["expectedVersion"] = version(park, id).await;
        done(park, who, name, "contract { id }", input).await;
    }
}

/// A file about an enterprise (0 or 1), uploaded by the service centre: its global id.
pub async fn file(park: &Park, side: usize) -> String {
    let enterprise = Kind::Enterprise
        .id(park.people().await.enterprises[side].id)
        .0;
    upload(
        park,
        Who::Centre,
        &format!("name=x.pdf&enterprise={enterprise}"),
    )
    .await
}

/// A stored file, named and described by a query: its global id.
pub async fn upload(park: &Park, who: Who, query: &str) -> String {
    let stored: Value = park
        .post(who, &format!("/documents?{query}"))
        .await
        .header("content-type", "application/octet-stream")
        .body(&b"%PDF-1.7\n%%EOF\n"[..])
        .send()
        .await
        .expect("an answer")
        .json()
        .await
        .expect("JSON");
    id_of(&stored)
}

/// What the first department has promised, due on 8 October.
pub async fn owed_by_department(park: &Park) -> String {
    let contract = contract(park, 0, ("2026-09-30", "2027-09-29"), "contractDraft").await;
    let department = Kind::Department.id(park.people().await.departments[0].id).0;
    let promise = json!({"contractId": contract, "expectedVersion": version(park, &contract).await, "clauseNumber": 6,
        "kind": "ON_EVENT", "textZh": "示例承诺", "textEn": "An example", "startEvent": "example", "limitDays": 1,
        "unit": "WORKING_DAY", "owner": "DEPARTMENT", "departmentId": department, "evidenceKind": "EXAMPLE"});
    let promise = done(
        park,
        Who::Centre,
        "commitmentAdd",
        "commitment { id }",
        promise,
    )
    .await;
    walk(park, &contract, "contractActivate").await;
    let event = json!({"commitmentId": promise["commitment"]["id"], "idempotencyKey": "story"});
    let opened = done(
        park,
        Who::Centre,
        "obligationOpen",
        "obligation { id }",
        event,
    )
    .await;
    id_of(&opened["obligation"])
}

/// What is owed now because an event has happened to which a promise of so many working days answers, for each of `limits` with the
/// legal basis it may have, by which it may be extended by ten days. The promises stand in one contract with the first enterprise, in force. The obligations' global ids.
pub async fn owed(park: &Park, limits: &[(i32, Option<&str>)]) -> Vec<String> {
    let id = contract(park, 0, ("2026-09-30", "2027-09-29"), "contractDraft").await;
    let mut promises = Vec::new();
    for (days, law) in limits {
        let promise = json!({"contractId": id, "expectedVersion": version(park, &id).await, "clauseNumber": 6,
            "kind": "ON_EVENT", "textZh": "示例承诺", "textEn": "An example", "startEvent": "example",
            "limitDays": days, "unit": "WORKING_DAY", "legalBasis": law,
            "extensionDays": if law.is_some() { 10 } else { 0 }, "owner": "LIAISON",
            "evidenceKind": "EXAMPLE"});
        let added = done(
            park,
            Who::Centre,
            "commitmentAdd",
            "commitment { id }",
            promise,
        )
        .await;
        promises.push(id_of(&added["commitment"]));
    }
    walk(park, &id, "contractActivate").await;
    let mut obligations = Vec::new();
    for promise in promises {
        let event = json!({"commitmentId": promise, "idempotencyKey": promise});
        let opened = done(
            park,
            Who::Liaison,
            "obligationOpen",
            "obligation { id }",
            event,
        )
        .await;
        obligations.push(id_of(&opened["obligation"]));
    }
    obligations
}

fn id_of(object: &Value) -> String {
    object["id"].as_str().expect("an id").to_owned()
}
