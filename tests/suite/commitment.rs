//! Commitments at the outer door: once, in every period, and on an event.

use serde_json::{Value, json};
use tests::{
    Who,
    matters::{done, version},
    promise::{contract, mutation},
    stories,
    window::plain,
};

const TERM: (&str, &str) = ("2026-09-30", "2027-09-29");

stories! {
    async fn what_every_contract_begins_with_can_be_read(park: Park) {
        let asked = "{ standardPromises { promises { number textEn } } }";
        let told = park.data(Who::Enterprise, asked, json!({})).await["standardPromises"]["promises"].take();
        let told = told.as_array().expect("promises");
        assert_eq!(told.len(), 16);
        let page = plain(&park.page(Who::Centre, "/contracts/standard").await);
        for promise in told {
            let text = promise["textEn"].as_str().expect("a text");
            assert!(page.contains(text), "{promise}: {page}");
        }
        // They are those of a contract that was drafted or imported.
        let id = contract(&park, 0, TERM, "contractDraft").await;
        let read = "query($id: ID!) { contract(id: $id) { commitments { number textEn } } }";
        let drafted = park.data(Who::Centre, read, json!({"id": id})).await["contract"]["commitments"].take();
        assert_eq!(drafted.as_array().expect("commitments"), told);
    }

    async fn what_is_promised_once_and_regularly_is_owed_by_itself_and_the_rest_on_an_event(park: Park) {
        let id = contract(&park, 0, TERM, "contractActivate").await;
        let read = "query($id: ID!) { contract(id: $id) { commitments { id kind recurrence }
            openObligations { occasion commitment { id kind } deadline { startedOn } owners { name } } } }";
        let seen = park.data(Who::Liaison, read, json!({"id": id})).await["contract"].take();
        let open = seen["openObligations"].as_array().expect("obligations");
        assert!(open.iter().any(|owed| owed["occasion"] == "once"), "{seen:#}");
        assert!(open.iter().any(|owed| owed["occasion"] == "2026-W40"), "{seen:#}");
        assert!(open.iter().all(|owed| owed["commitment"]["kind"] != "ON_EVENT"), "{seen:#}");
        let commitments = seen["commitments"].as_array().expect("commitments");
        let standing = commitments.iter().find(|row| row["kind"] == "ON_EVENT").expect("a standing promise");
        let weekly = commitments.iter().find(|row| row["recurrence"] == "WEEK").expect("a weekly promise");

        let open = mutation("obligationOpen", "obligation { id }");
        let event = json!({"commitmentId": standing["id"], "idempotencyKey": "诉求-1", "eventNote": "来电"});
        let first = done(&park, Who::Liaison, "obligationOpen", "obligation { id }", event.clone()).await;
        let again = done(&park, Who::Liaison, "obligationOpen", "obligation { id }", event.clone()).await;
        assert_eq!(first, again, "the same key gives the first answer");
        // The chain leads back: a promise names what became of it, to whoever may see that.
        let chain = "query($id: ID!) { commitment(id: $id) { obligations(first: 5) { nodes { id commitment { id } } } } }";
        let seen = park.data(Who::Liaison, chain, json!({"id": standing["id"]})).await;
        let expected = json!([{"id": first["obligation"]["id"], "commitment": {"id": standing["id"]}}]);
        assert_eq!(seen["commitment"]["obligations"]["nodes"], expected);
        assert_eq!(park.data(Who::OtherLiaison, chain, json!({"id": standing["id"]})).await["commitment"], json!(null));
        // By pages, as every list.
        let further = json!({"commitmentId": standing["id"], "idempotencyKey": "诉求-2"});
        let second = done(&park, Who::Liaison, "obligationOpen", "obligation { id }", further).await;
        let pages = "query($id: ID!, $first: Int, $last: Int, $after: String) { commitment(id: $id) {
            obligations(first: $first, last: $last, after: $after) {
                totalCount pageInfo { hasPreviousPage hasNextPage endCursor } nodes { id } } } }";
        let part = async |first: Option<i32>, last: Option<i32>, after: &Value| {
            let asked = json!({"id": standing["id"], "first": first, "last": last, "after": after});
            park.data(Who::Liaison, pages, asked).await["commitment"]["obligations"].take()
        };
        let begin = part(Some(1), None, &json!(null)).await;
        let rest = part(Some(1), None, &begin["pageInfo"]["endCursor"]).await;
        for (page, previous, next) in [(&begin, false, true), (&rest, true, false)] {
            assert_eq!(page["totalCount"], 2);
            assert_eq!((&page["pageInfo"]["hasPreviousPage"], &page["pageInfo"]["hasNextPage"]), (&json!(previous), &json!(next)));
        }
        let mut found = [&begin["nodes"][0]["id"], &rest["nodes"][0]["id"]].map(|id| id.to_string());
        let mut opened = [&first["obligation"]["id"], &second["obligation"]["id"]].map(|id| id.to_string());
        found.sort();
        opened.sort();
        assert_eq!(found, opened);
        assert_eq!(part(None, Some(1), &json!(null)).await["nodes"], rest["nodes"]);
        for wrong in [json!({"id": standing["id"]}), json!({"id": standing["id"], "first": 101})] {
            assert_eq!(park.refused(Who::Liaison, pages, wrong).await, "BAD_REQUEST");
        }
        for (change, code) in [
            (json!({"idempotencyKey": "k".repeat(61)}), "KEY_INVALID"),
            (json!({"idempotencyKey": "k", "occurredOn": "2026-10-01"}), "IN_FUTURE"),
            (json!({"idempotencyKey": "k", "occurredOn": "2026-09-29"}), "NOT_BINDING"),
            (json!({"idempotencyKey": "k", "commitmentId": weekly["id"]}), "NOT_ON_EVENT"),
        ] {
            let mut input = event.clone();
            for (name, value) in change.as_object().expect("fields") {
                input[name] = value.clone();
            }
            assert_eq!(park.user_error(Who::Liaison, &open, json!({"input": input})).await, code);
        }
        let mut other = event.clone();
        other["eventNote"] = json!("另一件事");
        let other = json!({"input": other});
        assert_eq!(park.refused(Who::Liaison, &open, other.clone()).await, "BAD_REQUEST");
        assert_eq!(park.user_error(Who::Centre, &open, other).await, "KEY_REUSED", "the key of somebody else");
        for (who, code) in [
            (Who::Enterprise, "FORBIDDEN"),
            (Who::Supervisor, "FORBIDDEN"),
            (Who::OtherLiaison, "NOT_FOUND"),
            (Who::Nobody, "UNAUTHENTICATED"),
        ] {
            let input = json!({"input": {"commitmentId": standing["id"], "idempotencyKey": "other"}});
            assert_eq!(park.refused(who, &open, input).await, code, "{who:?}");
        }
    }

    async fn a_promise_is_added_and_ended_by_amendment_only(park: Park) {
        let id = contract(&park, 0, TERM, "contractActivate").await;
        let promise = |version| json!({"contractId": id, "expectedVersion": version, "clauseNumber": 6,
            "kind": "ON_EVENT", "textZh": "示例", "textEn": "Example", "startEvent": "example", "limitDays": 3,
            "unit": "WORKING_DAY", "owner": "CENTRE", "evidenceKind": "NOTE"});
        let add = mutation("commitmentAdd", "commitment { id }");
        let now = version(&park, &id).await;
        assert_eq!(park.user_error(Who::Centre, &add, json!({"input": promise(now.clone())})).await, "LOCKED");
        let begin = json!({"id": id, "expectedVersion": now, "reason": "双方协商"});
        done(&park, Who::Centre, "contractAmendBegin", "contract { id }", begin).await;
        assert_eq!(park.refused(Who::Centre, &add, json!({"input": promise(now.clone())})).await, "CONFLICT");
        assert_eq!(park.refused(Who::Liaison, &add, json!({"input": promise(now)})).await, "FORBIDDEN");
        let now = version(&park, &id).await;
        let mut wrong = promise(now.clone());
        wrong["owner"] = json!("DEPARTMENT");
        assert_eq!(park.user_error(Who::Centre, &add, json!({"input": wrong})).await, "DEPARTMENT_INVALID");
        let want = "commitment { id version effectiveOn }";
        let added = done(&park, Who::Centre, "commitmentAdd", want, promise(now)).await["commitment"].take();
        assert_eq!(added["effectiveOn"], "2026-09-30");
        let end = mutation("commitmentEnd", "commitment { endedOn }");
        let ending = |version: i32, reason: &str| {
            json!({"input": {"id": added["id"], "expectedVersion": version, "reason": reason}})
        };
        let ask = "query($id: ID!) { commitment(id: $id) { commands { code may whyNot } } }";
        let offered = async |who| {
            park.data(who, ask, json!({"id": added["id"]})).await["commitment"]["commands"].take()
        };
        let may = |code: &str| json!({"code": code, "may": true, "whyNot": null});
        let open = json!([may("commitment.end"), may("obligation.open")]);
        assert_eq!(offered(Who::Centre).await, open);
        assert_eq!(offered(Who::Leader).await[0]["may"], false);
        assert_eq!(park.user_error(Who::Centre, &end, ending(1, " ")).await, "REASON_INVALID");
        assert_eq!(park.refused(Who::Centre, &end, ending(7, "不再需要")).await, "CONFLICT");
        assert_eq!(park.refused(Who::Leader, &end, ending(7, "不再需要")).await, "FORBIDDEN");
        let ended = park.data(Who::Centre, &end, ending(1, "不再需要")).await;
        assert_eq!(ended["commitmentEnd"]["commitment"]["endedOn"], "2026-09-30");
        assert_eq!(park.user_error(Who::Centre, &end, ending(2, "不再需要")).await, "ENDED");
        assert_eq!(offered(Who::Centre).await[0]["whyNot"], "The promise has already ended.");
    }
}
