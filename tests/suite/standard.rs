//! The standard promises: changed by the service centre for the contracts that are drafted or imported from then on, version by version.

use api_door::scalar::Kind;
use entity::{
    commitment::commands::standard::{self, RemoveStandard},
    error::{CommandError, Fault},
    viewer::{Role, Viewer},
};
use reqwest::StatusCode;
use serde_json::{Value, json};
use tests::{
    Park, Who,
    app::TRACES,
    dump::number,
    matters::{done, on, version},
    promise::{contract, mutation},
    stories,
    window::{Window, beside, hidden, location, plain},
};

use crate::warnings;

const TERM: (&str, &str) = ("2026-09-30", "2027-09-29");

/// The list in force, or the version with this number.
const READ: &str = "query($version: Int) { standardPromises(version: $version) { version reason adoptedAt adoptedBy { name }
    promises { number textEn limitDays owner department { id } } commands { code may whyNot } } }";

/// The versions that one may know.
const VERSIONS: &str = "{ standardPromisesVersions(first: 9) { totalCount nodes { version reason adoptedBy { name } promises { number } } } }";

async fn read(park: &Park, who: Who, version: Option<i32>) -> Value {
    let asked = json!({"version": version});
    park.data(who, READ, asked).await["standardPromises"].take()
}

/// The numbers and texts of the promises of a contract.
async fn promised(park: &Park, contract: &str) -> Value {
    let asked = "query($id: ID!) { contract(id: $id) { commitments { number textEn } } }";
    let found = park.data(Who::Centre, asked, json!({"id": contract})).await;
    found["contract"]["commitments"].clone()
}

/// The numbers and texts of a list.
fn listed(standard: &Value) -> Value {
    let promises = standard["promises"].as_array().expect("promises").iter();
    let plain = promises.map(|one| json!({"number": one["number"], "textEn": one["textEn"]}));
    Value::Array(plain.collect())
}

/// A promise of the service centre, for the list as it is in this version.
fn promise(version: i32) -> Value {
    json!({"expectedVersion": version, "kind": "ON_EVENT", "textZh": "示例承诺", "textEn": "An example",
        "startEvent": "example", "limitDays": 3, "unit": "WORKING_DAY", "owner": "CENTRE",
        "evidenceKind": "NOTE", "reason": "示例：新增"})
}

/// Takes the first promise off the list as it is in this version.
async fn remove(park: &Park, viewer: &Viewer, version: i32) -> Result<(), Fault> {
    let first = RemoveStandard {
        expected_version: version,
        number: 1,
        reason: "示例：精简".to_owned(),
    };
    match standard::remove(&park.store, viewer, first).await {
        Ok(_) => Ok(()),
        Err(CommandError::Fault(fault)) => Err(fault),
        Err(CommandError::Refused(refusals)) => panic!("{refusals:?}"),
    }
}

stories! {
    async fn the_list_changes_for_contracts_drafted_from_then_on(park: Park) {
        let department = Kind::Department.id(park.people().await.departments[0].id).0;
        let shipped = read(&park, Who::Centre, None).await;
        assert_eq!((&shipped["version"], &shipped["adoptedAt"], &shipped["reason"]), (&json!(1), &json!(null), &json!(null)));
        let may = |code: &str| json!({"code": code, "may": true, "whyNot": null});
        let all = ["add", "change", "remove"].map(|verb| may(&format!("standardPromises.{verb}")));
        assert_eq!(shipped["commands"], json!(all));
        assert_eq!(read(&park, Who::Leader, None).await["commands"][0]["may"], false);
        assert_eq!(park.data(Who::Leader, VERSIONS, json!({})).await["standardPromisesVersions"]["totalCount"], 0);
        let before = contract(&park, 0, TERM, "contractDraft").await;
        assert_eq!(promised(&park, &before).await, listed(&shipped));

        let mut input = promise(1);
        input["number"] = json!(2);
        input["owner"] = json!("DEPARTMENT");
        input["departmentId"] = json!(department);
        input["reason"] = json!("示例：改由部门答复");
        let want = "standardPromises { version reason promises { number textEn owner department { id } } }";
        let changed = done(&park, Who::Centre, "standardPromisesChange", want, input).await["standardPromises"].take();
        assert_eq!((&changed["version"], &changed["reason"]), (&json!(2), &json!("示例：改由部门答复")));
        let expected = json!({"number": 2, "textEn": "An example", "owner": "DEPARTMENT", "department": {"id": department}});
        assert_eq!(changed["promises"][1], expected);
        let mut last = promise(2);
        last["textEn"] = json!("Another example");
        last["idempotencyKey"] = json!("once");
        let want = "standardPromises { version }";
        let added = done(&park, Who::Centre, "standardPromisesAdd", want, last.clone()).await;
        assert_eq!(done(&park, Who::Centre, "standardPromisesAdd", want, last).await, added, "a repeated request");
        let first = json!({"expectedVersion": 3, "number": 1, "reason": "示例：不再需要"});
        done(&park, Who::Centre, "standardPromisesRemove", "standardPromises { version }", first).await;

        // What was drafted before stays; what is drafted now begins with the newest list, in its order.
        let newest = read(&park, Who::Enterprise, None).await;
        let texts = listed(&newest);
        assert_eq!((&newest["version"], texts.as_array().map(Vec::len)), (&json!(4), Some(16)));
        assert_eq!((&texts[0]["textEn"], &texts[15]["textEn"]), (&json!("An example"), &json!("Another example")));
        assert_eq!(promised(&park, &before).await, listed(&shipped));
        let after = contract(&park, 1, TERM, "contractDraft").await;
        assert_eq!(promised(&park, &after).await, texts);

        // Who leads, runs and supervises the service reads who changed it and why, and what it was before; everybody else the list in force.
        for who in [Who::Centre, Who::Leader, Who::Supervisor] {
            let versions = park.data(who, VERSIONS, json!({})).await["standardPromisesVersions"].take();
            let told: Vec<_> = (versions["nodes"].as_array().expect("versions").iter())
                .map(|one| (one["version"].clone(), one["reason"].clone(), one["adoptedBy"].is_null()))
                .collect();
            let expected = [(4, json!("示例：不再需要"), false), (3, json!("示例：新增"), false),
                (2, json!("示例：改由部门答复"), false), (1, json!(null), true)];
            assert_eq!(told, expected.map(|(version, reason, nobody)| (json!(version), reason, nobody)), "{who:?}");
            let former = read(&park, who, Some(1)).await;
            assert_eq!((listed(&former), &former["commands"]), (listed(&shipped), &json!([])), "{who:?}");
        }
        for who in [Who::Enterprise, Who::Liaison, Who::Head, Who::Admin] {
            let versions = park.data(who, VERSIONS, json!({})).await["standardPromisesVersions"].take();
            assert_eq!(versions["totalCount"], 1, "{who:?}");
            assert_eq!((&versions["nodes"][0]["version"], &versions["nodes"][0]["reason"]), (&json!(4), &json!(null)), "{who:?}");
            assert_eq!(versions["nodes"][0]["adoptedBy"], json!(null), "{who:?}");
            assert_eq!(read(&park, who, Some(1)).await, json!(null), "{who:?}");
            assert_eq!(read(&park, who, Some(4)).await["version"], 4, "{who:?}");
        }
        let trail = r#"{ auditEntries(first: 9, where: { subjectKind: { oneOf: ["StandardPromises"] } }) { nodes { action reason } } }"#;
        let trail = park.data(Who::Supervisor, trail, json!({})).await["auditEntries"]["nodes"].take();
        for (verb, reason) in [("change", "示例：改由部门答复"), ("add", "示例：新增"), ("remove", "示例：不再需要")] {
            let entry = json!({"action": format!("standardPromises.{verb}"), "reason": reason});
            assert!(trail.as_array().expect("entries").contains(&entry), "{entry} in {trail}");
        }
    }

    async fn a_department_is_not_dissolved_while_the_standard_list_names_it(park: Park) {
        let people = park.people().await;
        let one = people.departments[1].clone();
        let department = Kind::Department.id(one.id).0;
        let mut owed = promise(1);
        owed["owner"] = json!("DEPARTMENT");
        owed["departmentId"] = json!(department);
        done(&park, Who::Centre, "standardPromisesAdd", "standardPromises { version }", owed).await;
        let change = mutation("departmentChange", "department { id endedOn }");
        let input = |windows: i32, ended_on: Option<&str>| json!({"number": one.number, "nameZh": one.name_zh, "nameEn": one.name_en,
            "counterpartZh": one.counterpart_zh, "windows": windows, "endedOn": ended_on});
        let dissolved = on(&park, &department, input(one.windows, Some("2026-09-30"))).await;
        let before = park.dump().await.without(TRACES);
        let refused = park.user_error(Who::Admin, &change, json!({"input": dissolved})).await;
        assert_eq!(refused, "STILL_PROMISES");
        before.assert_same(&park.dump().await.without(TRACES));

        // Everything else of it changes; once the list names it no more, it is dissolved.
        let changed = on(&park, &department, input(one.windows + 1, None)).await;
        done(&park, Who::Admin, "departmentChange", "department { id }", changed).await;
        let last = json!({"expectedVersion": 2, "number": 17, "reason": "示例：不再承担"});
        done(&park, Who::Centre, "standardPromisesRemove", "standardPromises { version }", last).await;
        let dissolved = on(&park, &department, input(one.windows, Some("2026-09-30"))).await;
        let changed = done(&park, Who::Admin, "departmentChange", "department { endedOn }", dissolved).await;
        assert_eq!(changed["department"]["endedOn"], "2026-09-30");
    }

    async fn a_ledger_brings_the_newest_list(park: Park) {
        let centre = park.people().await.viewer(Who::Centre);
        remove(&park, &centre, 1).await.expect("it is removed");
        warnings::ledger(&park).await;
        let contracts = number(park.db(), "SELECT COUNT(*) FROM contract").await;
        assert!(contracts > 0);
        assert_eq!(number(park.db(), "SELECT COUNT(*) FROM commitment").await, 15 * contracts);
        let gone = "SELECT COUNT(*) FROM commitment WHERE text_en = 'First contact after signing'";
        assert_eq!(number(park.db(), gone).await, 0);
    }

    async fn what_no_contract_may_promise_no_list_promises_and_one_promise_stays(park: Park) {
        let people = park.people().await;
        let (add, change, remove_one) = (
            mutation("standardPromisesAdd", "standardPromises { version }"),
            mutation("standardPromisesChange", "standardPromises { version }"),
            mutation("standardPromisesRemove", "standardPromises { version }"),
        );
        let but = |field: &str, value: Value| {
            let mut input = promise(1);
            input[field] = value;
            json!({"input": input})
        };
        for (field, value, code) in [
            ("textEn", json!(" "), "TEXT_INVALID"),
            ("kind", json!("RECURRING"), "RECURRENCE_INVALID"),
            ("kind", json!("ONCE"), "START_EVENT_UNKNOWN"),
            ("limitDays", json!(1097), "LIMIT_INVALID"),
            ("extensionDays", json!(1), "EXTENSION_INVALID"),
            ("owner", json!("DEPARTMENT"), "DEPARTMENT_INVALID"),
            ("reason", json!(" "), "REASON_INVALID"),
        ] {
            assert_eq!(park.user_error(Who::Centre, &add, but(field, value)).await, code, "{field}");
        }
        // A department that was dissolved owes nothing new, in a list or in a contract.
        let other = people.departments[1].clone();
        let gone = Kind::Department.id(other.id).0;
        let dissolved = json!({"number": other.number, "nameZh": other.name_zh, "nameEn": other.name_en,
            "counterpartZh": other.counterpart_zh, "windows": other.windows, "endedOn": "2026-09-30"});
        let dissolved = on(&park, &gone, dissolved).await;
        done(&park, Who::Admin, "departmentChange", "department { id }", dissolved).await;
        let mut owed = promise(1);
        owed["owner"] = json!("DEPARTMENT");
        owed["departmentId"] = json!(gone);
        assert_eq!(park.user_error(Who::Centre, &add, json!({"input": owed})).await, "DEPARTMENT_INVALID");
        let draft = contract(&park, 0, TERM, "contractDraft").await;
        owed["contractId"] = json!(draft);
        owed["clauseNumber"] = json!(6);
        owed["expectedVersion"] = version(&park, &draft).await;
        owed.as_object_mut().expect("fields").remove("reason");
        let in_contract = mutation("commitmentAdd", "commitment { id }");
        assert_eq!(park.user_error(Who::Centre, &in_contract, json!({"input": owed})).await, "DEPARTMENT_INVALID");

        let as_it_is = json!({"input": {"expectedVersion": 1, "number": 8, "kind": "ON_EVENT",
            "textZh": "办件状态变化当日告知", "textEn": "State change of a case told the same day",
            "startEvent": "case.state_changed", "limitDays": 0, "unit": "WORKING_DAY", "owner": "LIAISON",
            "evidenceKind": "NOTICE_SENT", "reason": "示例"}});
        assert_eq!(park.user_error(Who::Centre, &change, as_it_is.clone()).await, "UNCHANGED");
        let mut beyond = as_it_is.clone();
        beyond["input"]["number"] = json!(17);
        assert_eq!(park.user_error(Who::Centre, &change, beyond).await, "NUMBER_UNKNOWN");
        let off = |version: i32, number: i32| json!({"input": {"expectedVersion": version, "number": number, "reason": "示例"}});
        assert_eq!(park.user_error(Who::Centre, &remove_one, off(1, 0)).await, "NUMBER_UNKNOWN");
        assert_eq!(park.refused(Who::Centre, &remove_one, off(2, 1)).await, "CONFLICT");
        for who in [Who::Leader, Who::Supervisor, Who::Liaison, Who::Enterprise, Who::Admin] {
            assert_eq!(park.refused(who, &remove_one, off(1, 1)).await, "FORBIDDEN", "{who:?}");
        }

        let centre = people.viewer(Who::Centre);
        for version in 1..=15 {
            remove(&park, &centre, version).await.expect("it is removed");
        }
        assert_eq!(park.user_error(Who::Centre, &remove_one, off(16, 1)).await, "LAST_ONE");
        let offered = read(&park, Who::Centre, None).await["commands"].take();
        let offered: Vec<_> = offered.as_array().expect("offers").iter().map(|one| one["may"] == true).collect();
        assert_eq!(offered, [true, true, false]);
    }

    async fn of_two_people_at_once_one_is_told_that_the_other_was_first(park: Park) {
        let centre = park.people().await.viewer(Who::Centre);
        let (one, other) = tokio::join!(remove(&park, &centre, 1), remove(&park, &centre, 1));
        let lost = match (one, other) {
            (Ok(()), Err(fault)) | (Err(fault), Ok(())) => fault,
            both => panic!("{both:?}"),
        };
        assert!(matches!(lost, Fault::Conflict(_)), "{lost}");
        // The shipped list is kept beside the one that has replaced it.
        assert_eq!(number(park.db(), "SELECT COUNT(*) FROM standard_promises").await, 2);
        assert_eq!(number(park.db(), "SELECT COUNT(*) FROM standard_promises WHERE version IN (1, 2)").await, 2);
        let newest = read(&park, Who::Centre, None).await;
        assert_eq!(newest["promises"].as_array().map(Vec::len), Some(15));
    }

    async fn the_page_lists_the_promises_with_their_acts_and_versions(park: Park) {
        park.people().await;
        let (window, _) = Window::of(&park, Role::Centre).await;
        let (leader, _) = Window::of(&park, Role::Leader).await;
        let page = window.text(&park, "/contracts/standard").await;
        for way in ["add", "1/change", "16/remove"] {
            assert!(page.contains(&format!("href=\"/standard-promises/{way}\"")), "{way}: {page}");
        }
        let form = window.text(&park, "/standard-promises/1/change").await;
        assert!(form.contains("value=\"First contact after signing\""), "{form}");
        let carried = ["token", "idempotencyKey", "expectedVersion"].map(|name| (name, hidden(&form, name)));
        let send = async |text: &str, days: &str| {
            let mut fields: Vec<(&str, &str)> = carried.iter().map(|(name, value)| (*name, value.as_str())).collect();
            fields.extend([("kind", "ONCE"), ("recurrence", ""), ("textZh", "示例首次对接"), ("textEn", text),
                ("startEvent", "contract.activated"), ("limitDays", days), ("unit", "WORKING_DAY"), ("legalBasis", ""),
                ("extensionDays", ""), ("owner", "LIAISON"), ("departmentId", ""), ("evidenceKind", "VISIT_OR_CALL_NOTE"),
                ("reason", "示例：提速")]);
            window.post(&park, "/standard-promises/1/change", &fields).await
        };
        let before = park.dump().await.without(TRACES);
        let refused = send("An example", "soon").await;
        assert_eq!(refused.status(), StatusCode::UNPROCESSABLE_ENTITY);
        let refused = refused.text().await.expect("a page");
        assert!(beside(&refused, "limitDays", "Enter a whole number from 0 to 1096."), "{refused}");
        assert_eq!(send(" ", "2").await.status(), StatusCode::UNPROCESSABLE_ENTITY);
        before.assert_same(&park.dump().await.without(TRACES));
        let changed = send("An example of the list", "2").await;
        assert_eq!((changed.status(), location(&changed)), (StatusCode::SEE_OTHER, "/contracts/standard"));
        // The form was made from a list that is no longer in force.
        let before = park.dump().await.without(TRACES);
        assert_eq!(send("Once more", "2").await.status(), StatusCode::CONFLICT);
        before.assert_same(&park.dump().await.without(TRACES));

        let page = plain(&leader.text(&park, "/contracts/standard").await);
        assert!(page.contains("An example of the list") && page.contains("示例：提速"), "{page}");
        assert!(page.contains("Supplied with the system"), "{page}");
        let page = leader.text(&park, "/contracts/standard?version=1").await;
        assert!(page.contains("First contact after signing") && page.contains("no longer in use"), "{page}");
        assert!(!page.contains("/standard-promises/"), "{page}");
        for way in ["add", "1/change", "1/remove"] {
            let answer = leader.get(&park, &format!("/standard-promises/{way}")).await;
            assert_eq!(answer.status(), StatusCode::FORBIDDEN, "{way}");
        }
        for nothing in ["/contracts/standard?version=9", "/contracts/standard?version=x", "/standard-promises/17/change", "/standard-promises/1/do"] {
            assert_eq!(window.get(&park, nothing).await.status(), StatusCode::NOT_FOUND, "{nothing}");
        }
        let (firm, _) = Window::of(&park, Role::Enterprise).await;
        let page = plain(&firm.text(&park, "/contracts/standard").await);
        assert!(page.contains("An example of the list") && !page.contains("示例：提速"), "{page}");
        let form = window.text(&park, "/standard-promises/16/remove").await;
        let carried = ["token", "idempotencyKey", "expectedVersion"].map(|name| (name, hidden(&form, name)));
        let mut fields: Vec<(&str, &str)> = carried.iter().map(|(name, value)| (*name, value.as_str())).collect();
        fields.push(("reason", "示例：不再需要"));
        let removed = window.post(&park, "/standard-promises/16/remove", &fields).await;
        assert_eq!(removed.status(), StatusCode::SEE_OTHER);
        assert_eq!(read(&park, Who::Centre, None).await["promises"].as_array().map(Vec::len), Some(15));
    }
}
