//! Applications at the outer door: one form for several items, filled in once, kept as a draft, and handed in against a receipt.

use std::collections::BTreeSet;

use api_door::scalar::Kind;
use entity::{application, case, deadline, enterprise, id::new_id, item, receipt, viewer::Role};
use reqwest::StatusCode;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, PaginatorTrait, QueryFilter,
    sea_query::Expr,
};
use serde_json::{Value, json};
use tests::{
    Park, Who,
    app::TRACES,
    matters::{done, on, published, text},
    promise::{contract, mutation, upload},
    stories,
    window::{Window, hidden, location, page_of, plain},
};

use crate::warnings::runner;

/// Labour matters, which are applied for together.
const LABOUR: [&str; 2] = ["R30", "R31"];

const READ: &str = "query($id: ID!) { application(id: $id) { number state channel version canFill keptUntil items { code }
    cases { number state item { code } }
    form { applicant complete changes { textEn } sections { nameEn fields { key kind asked options { code } value said rows onRecord disputedFor source version fault } }
        materials { key asked supply mayFollow mayPromise way fault documents { id name } }
        answers { item { code } noticeBy promisedBy lawfulBy answerBy followBy silenceEn meaningEn } } } }";

async fn read(park: &Park, who: Who, id: &str) -> Value {
    park.data(who, READ, json!({"id": id})).await["application"].take()
}

/// The global ids of items in force.
async fn ids(park: &Park, codes: &[&str]) -> Vec<String> {
    let all = item::repository::all(park.db()).await.expect("a read");
    let own = all
        .iter()
        .filter(|item| codes.contains(&item.code.as_str()));
    own.map(|item| Kind::Item.id(item.id).0).collect()
}

/// A draft of the first enterprise for these items, which are in force from today on.
async fn begun(park: &Park, codes: &[&str]) -> String {
    published(park, codes, |_| {}).await;
    let input = json!({"itemIds": ids(park, codes).await});
    start(park, Who::Enterprise, input).await
}

async fn start(park: &Park, who: Who, input: Value) -> String {
    let made = done(park, who, "applicationStart", "application { id }", input).await;
    text(&made["application"]["id"])
}

fn fields(it: &Value) -> Vec<&Value> {
    let sections = it["form"]["sections"].as_array().expect("sections");
    let fields = sections
        .iter()
        .flat_map(|section| section["fields"].as_array());
    fields.flatten().collect()
}

fn field<'a>(it: &'a Value, key: &str) -> &'a Value {
    let mut fields = fields(it).into_iter();
    fields
        .find(|field| field["key"] == key)
        .unwrap_or_else(|| panic!("no {key}"))
}

fn material<'a>(it: &'a Value, key: &str) -> &'a Value {
    let mut all = it["form"]["materials"]
        .as_array()
        .expect("materials")
        .iter();
    all.find(|one| one["key"] == key)
        .unwrap_or_else(|| panic!("no {key}"))
}

/// Something that a field accepts.
fn sample(field: &Value) -> Value {
    let mut input = json!({"key": field["key"], "expectedVersion": field["version"]});
    let options = field["options"].as_array().expect("options");
    let first = options.first().map(|option| option["code"].clone());
    match field["kind"].as_str().expect("a kind") {
        "MANY_OF" => input["several"] = json!([first]),
        "TABLE" => input["rows"] = json!([vec!["示例"; options.len()]]),
        "ONE_OF" => input["value"] = json!(first),
        "YES_NO" => input["value"] = json!("NO"),
        "DECLARATION" => input["value"] = json!("YES"),
        "NUMBER" | "MONEY" | "AREA_M2" => input["value"] = json!("1"),
        "DATE" => input["value"] = json!("2026-09-01"),
        "PHONE" => input["value"] = json!("0000-00000003"),
        _ => input["value"] = json!("示例内容，仅供演示"),
    }
    input
}

async fn fill(park: &Park, who: Who, id: &str, fields: Value) {
    let input = json!({"id": id, "fields": fields});
    done(park, who, "applicationFill", "application { id }", input).await;
}

async fn attach(park: &Park, who: Who, id: &str, material: &str, way: &str, files: &[String]) {
    let input = json!({"id": id, "material": material, "way": way, "addDocumentIds": files});
    done(
        park,
        who,
        "applicationSetMaterial",
        "application { id }",
        input,
    )
    .await;
}

/// Fills in everything that is asked, and attaches every material.
async fn complete(park: &Park, who: Who, id: &str) {
    for _ in 0..5 {
        let it = read(park, who, id).await;
        let lacking = fields(&it)
            .into_iter()
            .filter(|field| !field["fault"].is_null());
        let lacking: Vec<Value> = lacking.map(sample).collect();
        if lacking.is_empty() {
            break;
        }
        fill(park, who, id, lacking.into()).await;
    }
    let it = read(park, who, id).await;
    for one in it["form"]["materials"].as_array().expect("materials") {
        if !one["fault"].is_null() {
            let enterprise = Kind::Enterprise.id(park.people().await.enterprise_id()).0;
            let file = upload(park, who, &format!("name=x.pdf&enterprise={enterprise}")).await;
            attach(park, who, id, &text(&one["key"]), "FILE", &[file]).await;
        }
    }
}

async fn hand_in(park: &Park, who: Who, id: &str) -> Value {
    let input = on(park, id, json!({})).await;
    done(
        park,
        who,
        "applicationHandIn",
        "application { number cases { number } }",
        input,
    )
    .await["application"]
        .take()
}

/// The code of the one reason why something is refused, which must change nothing.
async fn refused(park: &Park, who: Who, name: &str, input: Value) -> String {
    let query = mutation(name, "application { id }");
    park.user_error(who, &query, json!({"input": input})).await
}

/// The input that fills in one field.
fn one(id: &str, field: Value) -> Value {
    json!({"id": id, "fields": [field]})
}

stories! {
    async fn one_form_becomes_a_case_for_each_item(park: Park) {
        let id = begun(&park, &LABOUR).await;
        let it = read(&park, Who::Enterprise, &id).await;
        assert_eq!((&it["state"], &it["channel"], &it["number"]), (&json!("DRAFT"), &json!("ONLINE"), &Value::Null));
        assert_eq!((&it["keptUntil"], &it["form"]["complete"]), (&json!("2026-10-30"), &json!(false)));
        let keys: Vec<&str> = fields(&it).iter().filter_map(|field| field["key"].as_str()).collect();
        assert_eq!(keys.len(), keys.iter().collect::<BTreeSet<_>>().len(), "nothing is asked twice");
        let name = field(&it, "enterprise_name");
        assert_eq!((&name["asked"], &name["value"], &name["source"]), (&json!("ON_RECORD"), &json!("示例科技1有限公司"), &json!("ENTERPRISE_FILE")));
        assert_eq!(material(&it, "ONE_FORM")["supply"], "FORM");

        // Everything that is missing is told at once, and nothing is received.
        let asked = fields(&it).iter().filter(|field| !field["fault"].is_null()).count();
        let before = park.dump().await;
        let input = json!({"input": on(&park, &id, json!({})).await});
        let told = park.data(Who::Enterprise, &mutation("applicationHandIn", "application { id }"), input).await;
        let told = told["applicationHandIn"]["userErrors"].as_array().map(Vec::len).expect("errors");
        assert!(told > asked, "{told} of {asked}: fields and materials");
        before.assert_same(&park.dump().await);

        complete(&park, Who::Enterprise, &id).await;
        assert_eq!(read(&park, Who::Enterprise, &id).await["form"]["complete"], true);
        let receipt = hand_in(&park, Who::Enterprise, &id).await;
        assert_eq!(receipt, json!({"number": "2026000001", "cases": [{"number": "2026000001-R30"}, {"number": "2026000001-R31"}]}));
        let it = read(&park, Who::Window, &id).await;
        assert_eq!((&it["state"], &it["canFill"], &it["keptUntil"]), (&json!("RECEIVED"), &json!(false), &Value::Null));
        for answer in it["form"]["answers"].as_array().expect("answers") {
            assert!(answer["answerBy"].is_string() && answer["meaningEn"].is_string(), "{answer}");
        }
        assert_eq!(field(&it, "enterprise_name")["source"], "ENTERPRISE_FILE", "what was on record stays with it");

        // Sent twice, it is the same receipt; nothing of it changes any more.
        let before = park.dump().await;
        assert_eq!(hand_in(&park, Who::Enterprise, &id).await, receipt);
        before.assert_same(&park.dump().await);
        let person = json!({"key": "contact_person", "expectedVersion": 1, "value": "另一人"});
        assert_eq!(refused(&park, Who::Enterprise, "applicationFill", one(&id, person)).await, "RECEIVED");
        assert_eq!(refused(&park, Who::Enterprise, "applicationDiscard", on(&park, &id, json!({})).await).await, "RECEIVED");
        // A stranger to it finds nothing.
        assert_eq!(read(&park, Who::OtherEnterprise, &id).await, Value::Null);
        assert_eq!(read(&park, Who::OtherHead, &id).await, Value::Null);
    }

    async fn a_draft_keeps_what_was_typed_and_says_what_is_wrong(park: Park) {
        let id = begun(&park, &LABOUR).await;
        let phone = |value: &str, version: i64| json!({"key": "contact_phone", "expectedVersion": version, "value": value});
        fill(&park, Who::Enterprise, &id, json!([phone("12", 0)])).await;
        let it = read(&park, Who::Enterprise, &id).await;
        let wrong = field(&it, "contact_phone");
        assert_eq!((&wrong["value"], &wrong["version"], wrong["fault"].is_string()), (&json!("12"), &json!(1), true));

        // Another tab has not seen that: it is told what stands there, and nothing is overwritten.
        assert_eq!(refused(&park, Who::Enterprise, "applicationFill", one(&id, phone("0000-00000004", 0))).await, "OVERTAKEN");
        fill(&park, Who::Enterprise, &id, json!([phone("0000-00000003", 1)])).await;
        assert_eq!(field(&read(&park, Who::Enterprise, &id).await, "contact_phone")["fault"], Value::Null);
        // The same once more changes nothing, whichever version was seen.
        fill(&park, Who::Enterprise, &id, json!([phone("0000-00000003", 0)])).await;

        // An answer asks for another one, and makes it needless again.
        let agent = |value: &str, version: i64| json!({"key": "agent_used", "expectedVersion": version, "value": value});
        fill(&park, Who::Enterprise, &id, json!([agent("YES", 0)])).await;
        let it = read(&park, Who::Enterprise, &id).await;
        assert_eq!(field(&it, "agent_person")["asked"], "REQUIRED");
        fill(&park, Who::Enterprise, &id, json!([agent("NO", 1)])).await;
        let it = read(&park, Who::Enterprise, &id).await;
        assert!(fields(&it).iter().all(|field| field["key"] != "agent_person"));

        // What is on record is disputed with a reason, and only that.
        let name = |more: Value| {
            let mut field = json!({"key": "enterprise_name", "expectedVersion": 0, "value": "示例科技新名有限公司"});
            field["disputedFor"] = more;
            one(&id, field)
        };
        assert_eq!(refused(&park, Who::Enterprise, "applicationFill", name(Value::Null)).await, "ON_RECORD");
        assert_eq!(refused(&park, Who::Enterprise, "applicationFill", name(json!("字".repeat(501)))).await, "REASON_TOO_LONG");
        let person = json!({"key": "contact_person", "expectedVersion": 0, "value": "联系人", "disputedFor": "理由"});
        assert_eq!(refused(&park, Who::Enterprise, "applicationFill", one(&id, person)).await, "NOT_ON_RECORD");
        assert_eq!(refused(&park, Who::Enterprise, "applicationFill", one(&id, json!({"key": "no_such_field", "expectedVersion": 0}))).await, "FIELD_UNKNOWN");
        done(&park, Who::Enterprise, "applicationFill", "application { id }", name(json!("已更名"))).await;
        let it = read(&park, Who::Enterprise, &id).await;
        let disputed = field(&it, "enterprise_name");
        assert_eq!((&disputed["value"], &disputed["onRecord"], &disputed["disputedFor"]),
            (&json!("示例科技新名有限公司"), &json!("示例科技1有限公司"), &json!("已更名")));
        // Emptied, it is taken back.
        fill(&park, Who::Enterprise, &id, json!([{"key": "enterprise_name", "expectedVersion": 1}])).await;
        assert_eq!(field(&read(&park, Who::Enterprise, &id).await, "enterprise_name")["disputedFor"], Value::Null);

        // The audit trail says which fields, and not what they hold.
        let query = r#"{ auditEntries(first: 50, where: { subjectKind: { oneOf: ["Application"] } }) { nodes { action changes { after } } } }"#;
        let trail = park.data(Who::Supervisor, query, json!({})).await.to_string();
        assert!(trail.contains("application.fill") && trail.contains("contact_phone") && !trail.contains("00000003"), "{trail}");
    }

    async fn a_material_is_attached_follows_or_is_promised(park: Park) {
        // The certificate of the premises may be replaced by a promise, the opinion of the union may follow.
        let id = begun(&park, &["R01", "R30"]).await;
        let set = |key: &str, way: &str, files: &[&str]| json!({"id": id, "material": key, "way": way, "addDocumentIds": files});
        let it = read(&park, Who::Enterprise, &id).await;
        assert_eq!((&material(&it, "PREMISES")["mayPromise"], &material(&it, "UNION_OPINION")["mayFollow"]), (&json!(true), &json!(true)));
        assert_eq!(material(&it, "R01/3")["supply"], "FETCHED");
        for (key, way, why) in [
            ("R01/2", "FOLLOWS", "CANNOT_FOLLOW"),
            ("UNION_OPINION", "PROMISE", "CANNOT_PROMISE"),
            ("R01/3", "FILE", "MATERIAL_UNKNOWN"),
            ("R99/1", "FILE", "MATERIAL_UNKNOWN"),
        ] {
            assert_eq!(refused(&park, Who::Enterprise, "applicationSetMaterial", set(key, way, &[])).await, why, "{key}");
        }
        // Files of others are none.
        let others = upload(&park, Who::OtherEnterprise, "name=x.pdf").await;
        assert_eq!(refused(&park, Who::Enterprise, "applicationSetMaterial", set("R01/2", "FILE", &[&others])).await, "FILE_UNKNOWN");
        let mut files = Vec::new();
        for _ in 0..3 {
            files.push(upload(&park, Who::Enterprise, "name=x.pdf").await);
        }
        attach(&park, Who::Enterprise, &id, "R01/2", "FILE", &files).await;
        let less = json!({"id": id, "material": "R01/2", "way": "FILE", "removeDocumentIds": [files[0]]});
        done(&park, Who::Enterprise, "applicationSetMaterial", "application { id }", less).await;
        let it = read(&park, Who::Enterprise, &id).await;
        let kept: Vec<&Value> = material(&it, "R01/2")["documents"].as_array().expect("files").iter().map(|file| &file["id"]).collect();
        assert_eq!(kept, [&json!(files[1]), &json!(files[2])]);

        attach(&park, Who::Enterprise, &id, "PREMISES", "PROMISE", &[]).await;
        attach(&park, Who::Enterprise, &id, "UNION_OPINION", "FOLLOWS", &[]).await;
        complete(&park, Who::Enterprise, &id).await;
        hand_in(&park, Who::Enterprise, &id).await;
        let it = read(&park, Who::Enterprise, &id).await;
        assert_eq!((&material(&it, "PREMISES")["way"], &material(&it, "UNION_OPINION")["way"]), (&json!("PROMISE"), &json!("FOLLOWS")));
        let cases = case::Entity::find().all(park.db()).await.expect("a read");
        let promises: Vec<bool> = cases.iter().map(|case| case.promises).collect();
        assert_eq!((cases.len(), promises.iter().filter(|one| **one).count()), (2, 1), "only the registration rests on the promise");
    }

    async fn a_file_that_is_none_is_told_beside_its_material(park: Park) {
        published(&park, &["R30"], |_| {}).await;
        let input = json!({"itemIds": ids(&park, &["R30"]).await, "creditCode": "91420100MA4EXAM123"});
        let id = start(&park, Who::Centre, input).await;
        let (window, _) = Window::of(&park, Role::Centre).await;
        let page = format!("{}/materials", page_of(&id));
        let token = hidden(&window.text(&park, &page).await, "token");
        let fields = [("token", token.as_str()), ("material", "R30/2"), ("way", "FOLLOWS")];
        let answer = window.post(&park, &page, &fields).await;
        assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY);
        let told = plain(&answer.text().await.expect("a page"));
        assert!(told.contains("It cannot follow later"), "{told}");
        for (body, why) in [(&b""[..], "EMPTY"), (&b"<html>"[..], "UNKNOWN_FORMAT")] {
            let stored = park.post(Who::Enterprise, "/documents?name=x.pdf").await
                .header("content-type", "application/octet-stream").body(body).send().await.expect("an answer");
            assert!(stored.status().is_client_error(), "{why}");
        }
        assert_eq!(material(&read(&park, Who::Enterprise, &id).await, "R30/2")["way"], Value::Null);
    }

    async fn an_officer_takes_in_an_application_at_the_window(park: Park) {
        published(&park, &["R30"], |_| {}).await;
        let items = ids(&park, &["R30"]).await;
        let input = |code: Value| json!({"itemIds": items, "creditCode": code});
        assert_eq!(refused(&park, Who::Window, "applicationStart", input(Value::Null)).await, "ENTERPRISE_MISSING");
        assert_eq!(refused(&park, Who::Window, "applicationStart", input(json!("91420100MA4EXAM999"))).await, "ENTERPRISE_UNKNOWN");
        let id = start(&park, Who::Window, input(json!("91420100ma4exam123"))).await;
        let it = read(&park, Who::Window, &id).await;
        assert_eq!((&it["channel"], &it["canFill"]), (&json!("WINDOW"), &json!(true)));
        complete(&park, Who::Window, &id).await;
        assert_eq!(hand_in(&park, Who::Window, &id).await["number"], "2026000001");
        // The applicant has the same receipt, and is told of it: somebody may have typed another firm's code.
        assert_eq!(read(&park, Who::Enterprise, &id).await["number"], "2026000001");
        let query = "{ notices(first: 20) { nodes { kind } } }";
        let notices = park.data(Who::Enterprise, query, json!({})).await["notices"]["nodes"].to_string();
        assert!(notices.contains("application_received"), "{notices}");
        // A leader begins none.
        let query = mutation("applicationStart", "application { id }");
        assert_eq!(park.refused(Who::Leader, &query, json!({"input": input(json!("91420100MA4EXAM123"))})).await, "FORBIDDEN");
    }

    async fn what_is_not_in_the_catalogue_is_not_applied_for(park: Park) {
        let query = mutation("applicationStart", "application { id }");
        let none = json!({"input": {"itemIds": []}});
        assert_eq!(park.user_error(Who::Enterprise, &query, none).await, "NO_CATALOGUE");
        published(&park, &["R30"], |_| {}).await;
        assert_eq!(refused(&park, Who::Enterprise, "applicationStart", json!({"itemIds": []})).await, "NO_ITEM");
        let unknown = Kind::Item.id(park.people().await.enterprise_id()).0;
        assert_eq!(refused(&park, Who::Enterprise, "applicationStart", json!({"itemIds": [unknown]})).await, "ITEM_UNKNOWN");
        // A request that comes twice begins one draft.
        let input = json!({"itemIds": ids(&park, &["R30"]).await, "idempotencyKey": "once"});
        let first = start(&park, Who::Enterprise, input.clone()).await;
        assert_eq!(start(&park, Who::Enterprise, input).await, first);
        assert_eq!(application::Entity::find().count(park.db()).await.expect("a count"), 1);
        let discard = on(&park, &first, json!({})).await;
        done(&park, Who::Enterprise, "applicationDiscard", "application { number }", discard).await;
        assert_eq!(application::Entity::find().count(park.db()).await.expect("a count"), 0);
    }

    async fn a_change_of_the_catalogue_is_confirmed_and_loses_nothing(park: Park) {
        let id = begun(&park, &LABOUR).await;
        complete(&park, Who::Enterprise, &id).await;
        // One of the items is taken off the catalogue after today.
        let all = item::repository::all(park.db()).await.expect("a read");
        let leaving = all.iter().find(|item| item.code == "R31").expect("the item");
        let input = on(&park, &Kind::Item.id(leaving.id).0, json!({"status": "CANCELLED", "lastDay": park.store.today(),
            "reasonZh": "不再办理。", "reasonEn": "No longer offered."})).await;
        done(&park, Who::Centre, "itemRetire", "item { id }", input).await;
        assert_eq!(read(&park, Who::Enterprise, &id).await["form"]["changes"], json!([]), "today it is still decided");
        park.set_clock("2026-10-01", 8, 0);
        let it = read(&park, Who::Enterprise, &id).await;
        let changes = it["form"]["changes"].as_array().expect("changes");
        assert!(changes.len() == 1 && text(&changes[0]["textEn"]).starts_with("R31"), "{changes:?}");
        assert_eq!(refused(&park, Who::Enterprise, "applicationHandIn", on(&park, &id, json!({})).await).await, "OUTDATED");
        // Nor are other items chosen: that would pass by what has to be read.
        let input = on(&park, &id, json!({"itemIds": ids(&park, &["R30"]).await})).await;
        assert_eq!(refused(&park, Who::Enterprise, "applicationChooseItems", input).await, "OUTDATED");
        let input = on(&park, &id, json!({})).await;
        done(&park, Who::Enterprise, "applicationRenew", "application { id }", input).await;
        let it = read(&park, Who::Enterprise, &id).await;
        assert_eq!((&it["items"], &it["form"]["changes"]), (&json!([{"code": "R30"}]), &json!([])));
        assert_eq!(field(&it, "contact_phone")["value"], "0000-00000003", "what was filled in is kept");
        assert_eq!(refused(&park, Who::Enterprise, "applicationRenew", on(&park, &id, json!({})).await).await, "UP_TO_DATE");
        let receipt = hand_in(&park, Who::Enterprise, &id).await;
        assert_eq!(receipt["cases"], json!([{"number": "2026000001-R30"}]));
    }

    async fn a_draft_is_reminded_of_and_deleted_after_thirty_days(park: Park) {
        let id = begun(&park, &["R30"]).await;
        let runner = runner(&park);
        let run = async || {
            runner.run_now("application_drafts", None, false).await.expect("a run").expect("a job");
        };
        let told = async || {
            let query = r#"{ notices(first: 20) { nodes { kind } } }"#;
            let notices = park.data(Who::Enterprise, query, json!({})).await["notices"]["nodes"].take();
            let notices = notices.as_array().expect("notices").clone();
            notices.iter().filter(|notice| notice["kind"] == "application_draft").count()
        };
        run().await;
        assert_eq!(told().await, 0);
        park.set_clock("2026-10-23", 8, 0);
        run().await;
        run().await;
        assert_eq!(told().await, 1, "once");
        // Who goes on has another thirty days.
        let person = json!({"key": "contact_person", "expectedVersion": 0, "value": "联系人一"});
        fill(&park, Who::Enterprise, &id, json!([person])).await;
        assert_eq!(read(&park, Who::Enterprise, &id).await["keptUntil"], "2026-11-22");
        // The job stood still: nobody was told, so nothing is deleted, and whoever is told now has a week from the working day of the digest.
        park.set_clock("2026-11-28", 8, 0);
        run().await;
        assert_eq!((read(&park, Who::Enterprise, &id).await["keptUntil"].clone(), told().await), (json!("2026-12-07"), 2));
        park.set_clock("2026-12-07", 8, 0);
        run().await;
        assert_eq!(read(&park, Who::Enterprise, &id).await["state"], "DRAFT", "the last day");
        park.set_clock("2026-12-08", 8, 0);
        run().await;
        assert_eq!(read(&park, Who::Enterprise, &id).await, Value::Null);
        assert_eq!(application::field::Entity::find().count(park.db()).await.expect("a count"), 0);
    }

    async fn the_pages_lead_from_the_items_to_the_receipt_without_a_script(park: Park) {
        published(&park, &["R30"], |_| {}).await;
        let (window, _) = Window::of(&park, Role::Centre).await;
        let items = ids(&park, &["R30"]).await;
        let new = window.text(&park, "/applications/new?items=R30").await;
        assert!(new.contains("checked") && new.contains("creditCode"), "{new}");
        let token = hidden(&new, "token");
        let fields = [("token", token.as_str()), ("itemIds", items[0].as_str()), ("creditCode", "91420100MA4EXAM123")];
        let begun = window.post(&park, "/applications/new", &fields).await;
        assert_eq!(begun.status(), StatusCode::SEE_OTHER);
        let page = location(&begun).to_owned();
        let draft = plain(&window.text(&park, &page).await);
        assert!(draft.contains("Applicant") && draft.contains("Materials") && draft.contains("To do"), "{draft}");

        // A section is saved although something is wrong, and says so beside the field and above the form.
        let section = format!("{page}/sections/1");
        let fields = [("token", token.as_str()), ("version:contact_phone", "0"), ("contact_phone", "12")];
        let saved = window.post(&park, &section, &fields).await;
        assert_eq!(location(&saved), format!("{section}?check=yes"));
        let again = window.text(&park, location(&saved)).await;
        assert!(again.contains("value=\"12\"") && again.contains("href=\"#contact_phone\"") && again.contains("role=\"alert\""), "{again}");
        // Another tab that has not seen it.
        let late = [("token", token.as_str()), ("version:contact_phone", "0"), ("contact_phone", "13")];
        let late = window.post(&park, &section, &late).await;
        assert_eq!(late.status(), StatusCode::UNPROCESSABLE_ENTITY);
        let told = plain(&late.text().await.expect("a page"));
        assert!(told.contains("It was saved meanwhile as"), "{told}");

        let check = plain(&window.text(&park, &format!("{page}/check")).await);
        assert!(check.contains("It cannot be handed in yet"), "{check}");
        let key = page.trim_start_matches("/applications/").parse().expect("a key");
        let id = Kind::Application.id(key).0;
        complete(&park, Who::Centre, &id).await;
        let check = window.text(&park, &format!("{page}/check")).await;
        assert!(plain(&check).contains("Hand in"), "{check}");
        let version = hidden(&check, "expectedVersion");
        let fields = [("token", token.as_str()), ("expectedVersion", version.as_str()), ("idempotencyKey", "one")];
        let handed = window.post(&park, &format!("{page}/hand-in"), &fields).await;
        assert_eq!((handed.status(), location(&handed)), (StatusCode::SEE_OTHER, page.as_str()));
        let receipt = plain(&window.text(&park, &page).await);
        assert!(receipt.contains("2026000001-R30") && receipt.contains("What silence means"), "{receipt}");
        // It is a draft no more.
        let closed = window.get(&park, &section).await;
        assert_eq!(closed.status(), StatusCode::FORBIDDEN);
    }

    async fn what_was_filled_in_is_shown_whole(park: Park) {
        published(&park, &["R01"], |_| {}).await;
        let input = json!({"itemIds": ids(&park, &["R01"]).await, "creditCode": "91420100MA4EXAM123"});
        let id = start(&park, Who::Centre, input).await;
        let scope = format!("{}到此为止", "软件开发、".repeat(60));
        fill(&park, Who::Centre, &id, json!([{"key": "business_scope", "expectedVersion": 0, "value": scope}])).await;
        assert_eq!(field(&read(&park, Who::Centre, &id).await, "business_scope")["said"], json!(scope));
        let (window, _) = Window::of(&park, Role::Centre).await;
        let check = window.text(&park, &format!("{}/check", page_of(&id))).await;
        assert!(check.contains("到此为止"), "{check}");
        // In the sentence about another tab it is cut.
        let query = mutation("applicationFill", "application { id }");
        let late = json!({"input": one(&id, json!({"key": "business_scope", "expectedVersion": 0, "value": "软件"}))});
        let told = park.data(Who::Centre, &query, late).await.to_string();
        assert!(told.contains("OVERTAKEN") && told.contains("…") && !told.contains("到此为止"), "{told}");
        complete(&park, Who::Centre, &id).await;
        hand_in(&park, Who::Centre, &id).await;
        assert_eq!(field(&read(&park, Who::Centre, &id).await, "business_scope")["said"], json!(scope));
    }

    async fn what_the_form_does_not_take_from_the_record_is_asked_and_kept(park: Park) {
        let contract = contract(&park, 0, ("2026-09-30", "2027-09-29"), "contractActivate").await;
        let input = json!({"contractId": contract, "name": "软件研发中心"});
        let made = done(&park, Who::Liaison, "projectCreate", "project { id }", input).await;
        let project = text(&made["project"]["id"]);
        published(&park, &["R20"], |_| {}).await;
        let answers = [("new_enterprise", "YES"), ("fixed_asset_investment", "NO"), ("land_source", "LEASED"),
            ("construction", "FITOUT"), ("building_area_m2", "0")];
        let answers: Vec<Value> = answers.iter().map(|(key, value)| json!({"key": key, "value": value})).collect();
        let input = json!({"id": project, "expectedVersion": 0, "answers": answers});
        done(&park, Who::Enterprise, "projectAnswerQuestions", "answered { added }", input).await;
        let id = start(&park, Who::Enterprise, json!({"itemIds": ids(&park, &["R20"]).await, "projectId": project})).await;
        let it = read(&park, Who::Enterprise, &id).await;
        assert_eq!((&field(&it, "construction")["asked"], &field(&it, "building_area_m2")["asked"]), (&json!("ON_RECORD"), &json!("REQUIRED")));
        fill(&park, Who::Enterprise, &id, json!([
            {"key": "building_area_m2", "expectedVersion": 0, "value": "1200"},
            {"key": "project_code", "expectedVersion": 0, "value": "2026-420100-00-01-000001"},
        ])).await;
        complete(&park, Who::Enterprise, &id).await;
        hand_in(&park, Who::Enterprise, &id).await;
        let it = read(&park, Who::Enterprise, &id).await;
        let area = field(&it, "building_area_m2");
        assert_eq!((&area["value"], &area["source"], &it["form"]["complete"]), (&json!("1200"), &Value::Null, &json!(true)));
        assert_eq!(field(&it, "construction")["source"], "PROJECT_FILE");
    }

    async fn a_section_is_saved_where_its_fields_are_now_or_shown_again(park: Park) {
        published(&park, &["R30"], |_| {}).await;
        let input = json!({"itemIds": ids(&park, &["R30"]).await, "creditCode": "91420100MA4EXAM123"});
        let id = start(&park, Who::Centre, input).await;
        let (window, _) = Window::of(&park, Role::Centre).await;
        let page = page_of(&id);
        let token = hidden(&window.text(&park, &format!("{page}/sections/1")).await, "token");
        // The section stood elsewhere when its page was opened.
        let moved = [("token", token.as_str()), ("version:contact_person", "0"), ("contact_person", "联系人一")];
        let saved = window.post(&park, &format!("{page}/sections/99"), &moved).await;
        assert_eq!(saved.status(), StatusCode::SEE_OTHER);
        assert_eq!(field(&read(&park, Who::Centre, &id).await, "contact_person")["value"], "联系人一");
        // It has a field that the form has no more: nothing is saved, and nothing that was typed is lost.
        let before = park.dump().await.without(TRACES);
        let gone = [("token", token.as_str()), ("version:contact_phone", "0"), ("contact_phone", "0000-00000003"),
            ("version:business_scope", "0"), ("business_scope", "半小时写成的经营范围")];
        let gone = window.post(&park, &format!("{page}/sections/1"), &gone).await;
        assert_eq!(gone.status(), StatusCode::CONFLICT);
        let shown = gone.text().await.expect("a page");
        assert!(shown.contains("半小时写成的经营范围") && shown.contains("0000-00000003"), "{shown}");
        before.assert_same(&park.dump().await.without(TRACES));
        // A dispute is taken back by emptying its reason, whatever stands beside it.
        let dispute = |why: &'static str| [("token", token.as_str()), ("version:enterprise_name", if why.is_empty() { "1" } else { "0" }),
            ("enterprise_name", "示例科技新名有限公司"), ("why:enterprise_name", why)];
        for (why, expected) in [("已更名", json!("已更名")), ("", Value::Null)] {
            let saved = window.post(&park, &format!("{page}/sections/1"), &dispute(why)).await;
            assert_eq!(saved.status(), StatusCode::SEE_OTHER);
            assert_eq!(field(&read(&park, Who::Centre, &id).await, "enterprise_name")["disputedFor"], expected);
        }
    }

    async fn a_draft_is_of_nobody_but_who_fills_it_in(park: Park) {
        let online = begun(&park, &["R30"]).await;
        let input = json!({"itemIds": ids(&park, &["R30"]).await, "creditCode": "91420100MA4EXAM123"});
        let taken = start(&park, Who::Window, input).await;
        let listed = "{ applications(first: 10) { totalCount nodes { id } } }";
        for who in Who::ALL {
            let sees_online = who == Who::Enterprise;
            let sees_taken = matches!(who, Who::Enterprise | Who::Window | Who::Centre);
            assert_eq!(!read(&park, who, &online).await.is_null(), sees_online, "{who:?}");
            assert_eq!(!read(&park, who, &taken).await.is_null(), sees_taken, "{who:?}");
            let count = park.data(who, listed, json!({})).await["applications"]["totalCount"].clone();
            assert_eq!(count, json!(usize::from(sees_online) + usize::from(sees_taken)), "{who:?}");
        }
        // The service centre does not sign for the enterprise.
        let person = json!({"key": "contact_person", "expectedVersion": 0, "value": "他人"});
        let version = json!({"id": online, "expectedVersion": 1});
        for who in [Who::Centre, Who::Window, Who::OtherEnterprise] {
            for (name, input) in [
                ("applicationFill", one(&online, person.clone())),
                ("applicationHandIn", version.clone()),
                ("applicationDiscard", version.clone()),
            ] {
                let query = mutation(name, "application { id }");
                let code = park.refused(who, &query, json!({"input": input})).await;
                assert_eq!(code, "NOT_FOUND", "{who:?} {name}");
            }
        }
    }

    async fn what_belongs_to_an_item_that_was_given_up_is_not_handed_in(park: Park) {
        let id = begun(&park, &["R01", "R30"]).await;
        let file = upload(&park, Who::Enterprise, "name=x.pdf").await;
        attach(&park, Who::Enterprise, &id, "R01/2", "FILE", std::slice::from_ref(&file)).await;
        attach(&park, Who::Enterprise, &id, "UNION_OPINION", "FILE", std::slice::from_ref(&file)).await;
        fill(&park, Who::Enterprise, &id, json!([{"key": "business_scope", "expectedVersion": 0, "value": "软件开发"}])).await;
        let choose = async |codes: &[&str]| {
            let input = on(&park, &id, json!({"itemIds": ids(&park, codes).await})).await;
            done(&park, Who::Enterprise, "applicationChooseItems", "application { id }", input).await;
        };
        choose(&["R30"]).await;
        choose(&["R01", "R30"]).await;
        // What was typed counts again; a file under a number of the item is attached again, for the number may be another document's by now.
        let it = read(&park, Who::Enterprise, &id).await;
        assert_eq!((&field(&it, "business_scope")["value"], &material(&it, "R01/2")["way"]), (&json!("软件开发"), &Value::Null));
        assert_eq!(material(&it, "UNION_OPINION")["way"], "FILE");
        choose(&["R30"]).await;
        complete(&park, Who::Enterprise, &id).await;
        hand_in(&park, Who::Enterprise, &id).await;
        let rows = application::field::Entity::find().all(park.db()).await.expect("a read");
        assert!(rows.iter().all(|row| row.key != "business_scope"), "nobody reads it");
        let materials = application::material::Entity::find().all(park.db()).await.expect("a read");
        assert!(!materials.is_empty() && materials.iter().all(|row| !row.material.starts_with("R01/")));
    }

    async fn the_receipt_names_the_days_of_the_clocks_and_never_changes(park: Park) {
        let id = begun(&park, &["R30"]).await;
        attach(&park, Who::Enterprise, &id, "UNION_OPINION", "FOLLOWS", &[]).await;
        complete(&park, Who::Enterprise, &id).await;
        let draft = read(&park, Who::Enterprise, &id).await;
        hand_in(&park, Who::Enterprise, &id).await;
        let it = read(&park, Who::Enterprise, &id).await;
        let told = it["form"]["answers"][0].clone();
        assert_eq!(draft["form"]["answers"][0], told, "the check has said the same");
        let clocks = case::clock::Entity::find().all(park.db()).await.expect("a read");
        let limits = deadline::Entity::find().all(park.db()).await.expect("a read");
        let due = |clock: case::clock::Clock| {
            let own = clocks.iter().find(|row| row.clock == clock).expect("the clock");
            let limit = limits.iter().find(|limit| limit.id == own.deadline_id).expect("its limit");
            json!(limit.due_on)
        };
        assert_eq!((&told["noticeBy"], &told["followBy"]), (&due(case::clock::Clock::Notice), &due(case::clock::Clock::Supplement)));
        // The promise counts from the acceptance, which may be as late as the notice.
        let calendar = entity::calendar::rules::Calendar::shipped();
        let accepted = calendar.add_working_days(park.store.today(), 5);
        assert_eq!(told["promisedBy"], json!(calendar.add_working_days(accepted, 7)));

        // The firm is renamed, and what is kept is read, not counted anew.
        let renamed = enterprise::Entity::update_many().col_expr(enterprise::Column::NameZh, Expr::value("示例改名有限公司"))
            .filter(enterprise::Column::Id.eq(park.people().await.enterprise_id()));
        renamed.exec(park.db()).await.expect("a change");
        let other = receipt::answer::Entity::update_many()
            .col_expr(receipt::answer::Column::FollowBy, Expr::value("2026-10-20".parse::<chrono::NaiveDate>().expect("a day")));
        other.exec(park.db()).await.expect("a change");
        let it = read(&park, Who::Enterprise, &id).await;
        assert_eq!(it["form"]["applicant"], "示例科技1有限公司");
        assert_eq!(field(&it, "enterprise_name")["value"], "示例科技1有限公司");
        assert_eq!(it["form"]["answers"][0]["followBy"], "2026-10-20");
    }

    async fn what_is_handed_in_is_what_was_checked(park: Park) {
        let id = begun(&park, &["R30"]).await;
        complete(&park, Who::Enterprise, &id).await;
        let checked = on(&park, &id, json!({})).await;
        let person = |value: &str, version: i64| json!({"key": "contact_person", "expectedVersion": version, "value": value});
        fill(&park, Who::Enterprise, &id, json!([person("另一人", 1)])).await;
        let query = mutation("applicationHandIn", "application { number }");
        assert_eq!(park.refused(Who::Enterprise, &query, json!({"input": checked})).await, "CONFLICT");
        // One field twice at once is refused as a whole.
        let twice = json!({"id": id, "fields": [person("甲", 2), person("乙", 2)]});
        assert_eq!(refused(&park, Who::Enterprise, "applicationFill", twice).await, "TWICE");
        // Two tabs hand in at the same moment: one receipt.
        let input = async |key: &str| json!({"input": on(&park, &id, json!({"idempotencyKey": key})).await});
        let (first, second) = (input("a").await, input("b").await);
        let (first, second) = tokio::join!(
            park.data(Who::Enterprise, &query, first),
            park.data(Who::Enterprise, &query, second),
        );
        for told in [first, second] {
            assert_eq!(told["applicationHandIn"]["application"]["number"], "2026000001", "{told}");
        }
    }

    async fn an_officer_chooses_among_the_projects_of_the_firm(park: Park) {
        let mut made = Vec::new();
        for (enterprise, who) in [(0, Who::Liaison), (1, Who::OtherLiaison)] {
            let contract = contract(&park, enterprise, ("2026-09-30", "2027-09-29"), "contractActivate").await;
            let input = json!({"contractId": contract, "name": format!("示例项目{enterprise}")});
            let project = done(&park, who, "projectCreate", "project { id }", input).await;
            made.push(text(&project["project"]["id"]));
        }
        published(&park, &["R30"], |_| {}).await;
        let items = ids(&park, &["R30"]).await;
        let id = start(&park, Who::Window, json!({"itemIds": items, "creditCode": "91420100MA4EXAM123"})).await;
        let query = "query($id: ID!) { application(id: $id) { projects { projectId chosen } } }";
        let read = async |who: Who| park.data(who, query, json!({"id": id})).await["application"]["projects"].take();
        assert_eq!(read(Who::Window).await, json!([{"projectId": made[0], "chosen": false}]));
        let choose = |project: &str| json!({"itemIds": items, "projectId": project});
        let input = on(&park, &id, choose(&made[1])).await;
        assert_eq!(refused(&park, Who::Window, "applicationChooseItems", input).await, "PROJECT_OF_ANOTHER");
        let input = on(&park, &id, choose(&made[0])).await;
        done(&park, Who::Window, "applicationChooseItems", "application { id }", input).await;
        assert_eq!(read(Who::Window).await, json!([{"projectId": made[0], "chosen": true}]));
        complete(&park, Who::Window, &id).await;
        hand_in(&park, Who::Window, &id).await;
        let cases = case::Entity::find().filter(case::Column::ProjectId.is_not_null()).count(park.db()).await;
        assert_eq!(cases.expect("a count"), 1, "the case is one of the project");
    }

    async fn a_firm_has_thirty_drafts_and_those_at_the_window_are_none_of_them(park: Park) {
        published(&park, &["R30"], |_| {}).await;
        let items = ids(&park, &["R30"]).await;
        let at_the_window = json!({"itemIds": items, "creditCode": "91420100MA4EXAM123"});
        let taken = start(&park, Who::Centre, at_the_window.clone()).await;
        start(&park, Who::Enterprise, json!({"itemIds": items})).await;
        let online = application::Entity::find().filter(application::Column::Channel.eq(application::Channel::Online));
        let online = online.one(park.db()).await.expect("a read").expect("the draft");
        for _ in 1..30 {
            let another = application::Model { id: new_id(park.store.now()), ..online.clone() };
            application::Entity::insert(another.into_active_model().reset_all())
                .exec_without_returning(park.db())
                .await
                .expect("a draft");
        }
        assert_eq!(refused(&park, Who::Enterprise, "applicationStart", json!({"itemIds": items})).await, "TOO_MANY_DRAFTS");
        start(&park, Who::Window, at_the_window).await;
        // A file about no enterprise is the park's own, and no material of the firm.
        let file = upload(&park, Who::Centre, "name=x.pdf").await;
        let set = json!({"id": taken, "material": "R30/2", "way": "FILE", "addDocumentIds": [file]});
        assert_eq!(refused(&park, Who::Centre, "applicationSetMaterial", set).await, "FILE_UNKNOWN");
    }

    async fn an_application_at_the_end_of_the_day_before_a_holiday_counts_from_that_day(park: Park) {
        let id = begun(&park, &["R30"]).await;
        complete(&park, Who::Enterprise, &id).await;
        // 23:59 on 30 September: the days of the National Day are not counted.
        park.set_clock("2026-09-30", 23, 59);
        hand_in(&park, Who::Enterprise, &id).await;
        let it = read(&park, Who::Enterprise, &id).await;
        let calendar = entity::calendar::rules::Calendar::shipped();
        let day = "2026-09-30".parse().expect("a day");
        let notice = it["form"]["answers"][0]["noticeBy"].clone();
        assert_eq!(notice, json!(calendar.add_working_days(day, 5)));
        let cases = case::Entity::find().all(park.db()).await.expect("a read");
        assert_eq!(cases[0].received_on, day);
    }

    async fn a_department_reads_what_its_own_items_ask_for(park: Park) {
        let other = park.people().await.departments[1].number;
        published(&park, &LABOUR, |files| {
            for item in &mut files.items {
                if item.code == "R31" {
                    item.department = other.try_into().expect("a small number");
                }
            }
        })
        .await;
        let id = start(&park, Who::Enterprise, json!({"itemIds": ids(&park, &LABOUR).await})).await;
        complete(&park, Who::Enterprise, &id).await;
        hand_in(&park, Who::Enterprise, &id).await;
        let query = "query($id: ID!) { application(id: $id) { items { code } cases { item { code } }
            form { sections { fields { key items } } materials { key items documents { id } } answers { item { code } } } } }";
        let read = async |who: Who| park.data(who, query, json!({"id": id})).await["application"].take();
        let keys = |it: &Value| -> BTreeSet<String> {
            fields(it).iter().map(|field| text(&field["key"])).collect()
        };
        let codes = |it: &Value| -> Vec<String> {
            let items = it["items"].as_array().expect("items").iter();
            items.map(|item| text(&item["code"])).collect()
        };
        let files = |it: &Value| -> BTreeSet<String> {
            let materials = it["form"]["materials"].as_array().expect("materials").iter();
            let files = materials.flat_map(|one| one["documents"].as_array().expect("files"));
            files.map(|file| text(&file["id"])).collect()
        };
        let whole = read(Who::Centre).await;
        assert_eq!(codes(&whole), LABOUR);
        let document = "query($id: ID!) { document(id: $id) { id } }";
        let mut seen = BTreeSet::new();
        for (who, own) in [(Who::Head, "R30"), (Who::Window, "R30"), (Who::OtherHead, "R31")] {
            let part = read(who).await;
            assert_eq!(codes(&part), [own], "{who:?}");
            assert_eq!(part["cases"], json!([{"item": {"code": own}}]));
            assert_eq!(part["form"]["answers"], json!([{"item": {"code": own}}]));
            let all = fields(&part).into_iter().chain(part["form"]["materials"].as_array().expect("materials"));
            for one in all {
                let items = &one["items"];
                assert!(*items == json!([own]) || *items == json!([]), "{who:?}: {one}");
            }
            assert!(!keys(&part).is_empty() && keys(&part).is_subset(&keys(&whole)));
            for file in files(&whole) {
                let found = park.data(who, document, json!({"id": file})).await;
                let expected = if files(&part).contains(&file) { json!({"id": file}) } else { Value::Null };
                assert_eq!(found["document"], expected, "{who:?}");
            }
            seen.extend(files(&part));
            assert!(files(&part).is_subset(&files(&whole)));
        }
        let (head, other) = (files(&read(Who::Head).await), files(&read(Who::OtherHead).await));
        assert!(head != files(&whole) && other != files(&whole), "neither sees the files of the other's item alone");
        assert_eq!(seen, files(&whole));
        assert_eq!(codes(&read(Who::Enterprise).await), LABOUR);
    }

    async fn what_follows_is_handed_in_once_and_nothing_else_is(park: Park) {
        let id = begun(&park, &["R30"]).await;
        attach(&park, Who::Enterprise, &id, "UNION_OPINION", "FOLLOWS", &[]).await;
        complete(&park, Who::Enterprise, &id).await;
        hand_in(&park, Who::Enterprise, &id).await;
        let query = "query($id: ID!) { application(id: $id) { cases { id canHandIn clocks { kind deadline { state } } } } }";
        let read = async || park.data(Who::Enterprise, query, json!({"id": id})).await["application"]["cases"][0].take();
        let before = read().await;
        let case = text(&before["id"]);
        assert_eq!(before["canHandIn"], true);
        let file = upload(&park, Who::Enterprise, "name=x.pdf").await;
        let handing = async |material: &str| {
            let materials = json!([{"material": material, "documentIds": [file]}]);
            on(&park, &case, json!({"materials": materials})).await
        };
        let refused = async |material: &str| {
            let query = mutation("caseHandIn", "case { id }");
            park.user_error(Who::Enterprise, &query, json!({"input": handing(material).await})).await
        };
        assert_eq!(refused("R30/2").await, "NOT_FOLLOWING", "it came with the application");
        assert_eq!(refused("R99/1").await, "NOT_FOLLOWING");
        let input = handing("UNION_OPINION").await;
        done(&park, Who::Enterprise, "caseHandIn", "case { id }", input).await;
        let after = read().await;
        assert_eq!(after["canHandIn"], false);
        let clocks = after["clocks"].as_array().expect("clocks").iter();
        let mut clocks = clocks.filter(|clock| clock["kind"] == "SUPPLEMENT");
        assert_eq!(clocks.next().map(|clock| clock["deadline"]["state"].clone()), Some(json!("MET")));
        assert_eq!(refused("UNION_OPINION").await, "NOT_FOLLOWING", "it is there");
    }
}
