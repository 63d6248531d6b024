//! Visits: contacts recorded as they happen, and dates agreed, moved, held and cancelled, of which calendars are told.

use api_door::scalar::Kind;
use entity::{error::Explain, visit::rules::VisitError};
use serde_json::{Value, json};
use tests::{
    Park, Who,
    mailbox::Letter,
    matters::{Matters, done, version},
    promise::{file, mutation},
    stories,
    window::page_of,
};

use crate::{mail::deliver, warnings::runner};

async fn enterprise(park: &Park) -> String {
    let id = park.people().await.enterprise_id();
    Kind::Enterprise.id(id).0
}

async fn agreed(park: &Park, who: Who) -> Value {
    let input = json!({"enterpriseId": enterprise(park).await, "startsAt": "2026-10-14T14:00:00+08:00",
        "endsAt": "2026-10-14T15:30:00+08:00", "place": "示例路 1 号", "purpose": "用工需求"});
    done(park, who, "visitAgree", "visit { id version }", input).await["visit"].take()
}

/// The properties of the one event in the calendar part of a letter, unfolded, with the method of the part.
fn invitation(letter: &Letter) -> String {
    let part = letter.invitation.as_deref();
    part.unwrap_or_else(|| panic!("no invitation: {letter:?}"))
        .to_owned()
}

fn property<'a>(calendar: &'a str, name: &str) -> &'a str {
    let mut lines = calendar.lines();
    let found = lines.find_map(|line| {
        let rest = line.strip_prefix(name)?;
        rest.starts_with([':', ';']).then(|| &rest[1..])
    });
    found.unwrap_or_else(|| panic!("no {name}: {calendar}"))
}

stories! {
    async fn a_date_with_an_enterprise_that_has_no_contact_says_so(park: Park) {
        let made = agreed(&park, Who::Centre).await;
        let page = page_of(made["id"].as_str().expect("an id"));
        let page = async || park.page(Who::Centre, &page).await;
        assert!(!page().await.contains("id=\"nobody\""), "its contact is invited");
        let contact = Kind::Account.id(park.people().await.account(Who::Enterprise).id).0;
        let disable = json!({"id": contact, "expectedVersion": version(&park, &contact).await, "enabled": false});
        done(&park, Who::Admin, "accountSetEnabled", "account { id }", disable).await;
        let page = page().await;
        assert!(page.contains("id=\"nobody\"") && page.contains("by telephone"), "{page}");
    }

    async fn a_contact_is_recorded_in_one_line_and_is_the_last_one(park: Park) {
        let enterprise = enterprise(&park).await;
        let read = "query($id: ID!) { enterprise(id: $id) { lastContact { summary kind state startsAt internalNote recordedBy { name }
            documents { name } } visits { summary } permissions { canRecordVisits } } }";
        let asked = json!({"id": enterprise});
        let before = park.data(Who::Liaison, read, asked.clone()).await["enterprise"].take();
        assert_eq!((&before["lastContact"], &before["visits"]), (&Value::Null, &json!([])));
        assert_eq!(before["permissions"]["canRecordVisits"], true);

        let documents = [file(&park, 0).await, file(&park, 0).await];
        let input = json!({"enterpriseId": enterprise, "summary": " 询问用电增容进度 ", "internalNote": "负责人下月调离",
            "documentIds": documents, "idempotencyKey": "once"});
        let want = "visit { id state kind }";
        let first = done(&park, Who::Liaison, "visitRecord", want, input.clone()).await;
        assert_eq!((&first["visit"]["state"], &first["visit"]["kind"]), (&json!("HELD"), &json!("TELEPHONE")));
        let dump = park.dump().await;
        assert_eq!(done(&park, Who::Liaison, "visitRecord", want, input).await, first, "the same request again");
        dump.assert_same(&park.dump().await);

        // An older one that is entered later is not the last.
        let older = json!({"enterpriseId": enterprise, "kind": "ON_SITE", "heldAt": "2026-09-20T10:00:00+08:00", "summary": "现场查看"});
        done(&park, Who::Centre, "visitRecord", want, older).await;
        let now = park.data(Who::Liaison, read, asked.clone()).await["enterprise"].take();
        let last = json!({"summary": "询问用电增容进度", "kind": "TELEPHONE", "state": "HELD", "startsAt": "2026-09-30T00:00:00Z",
            "internalNote": "负责人下月调离", "recordedBy": {"name": "专员 01"}, "documents": [{"name": "x.pdf"}, {"name": "x.pdf"}]});
        assert_eq!(now["lastContact"], last);
        assert_eq!(now["visits"], json!([{"summary": "询问用电增容进度"}, {"summary": "现场查看"}]));

        // The enterprise sees it, without what stays in the park; the other one sees nothing.
        let own = park.data(Who::Enterprise, read, asked.clone()).await["enterprise"].take();
        assert_eq!((&own["lastContact"]["summary"], &own["lastContact"]["internalNote"]), (&last["summary"], &Value::Null));
        assert_eq!(own["permissions"]["canRecordVisits"], false);
        assert_eq!(park.data(Who::OtherEnterprise, read, asked).await["enterprise"], Value::Null);
        for who in [Who::Enterprise, Who::Leader] {
            let text = park.data(who, "{ visits(first: 9) { nodes { internalNote } } }", json!({})).await.to_string();
            assert_eq!(text.contains("调离"), who == Who::Leader, "{who:?}");
        }

        let record = mutation("visitRecord", "visit { id }");
        let foreign = file(&park, 1).await;
        for (wrong, code) in [
            (json!({"summary": " "}), "SUMMARY_INVALID"),
            (json!({"summary": "x", "heldAt": "2026-09-30T08:01:00+08:00"}), "NOT_YET"),
            (json!({"summary": "x", "place": "x".repeat(201)}), "PLACE_INVALID"),
            (json!({"summary": "x", "documentIds": [documents[0], foreign]}), "DOCUMENT_UNKNOWN"),
        ] {
            let mut input = wrong;
            input["enterpriseId"] = json!(enterprise);
            assert_eq!(park.user_error(Who::Centre, &record, json!({"input": input})).await, code);
        }
        // No letter tells what both sides know.
        deliver(&runner(&park)).await;
        assert!(park.mailbox.letters().is_empty());
    }

    async fn calendars_follow_a_visit_from_agreement_to_cancelling(park: Park) {
        let people = park.people().await;
        let (contact, liaison) = (people.account(Who::Enterprise).login.clone(), people.account(Who::Liaison).login.clone());
        let stranger = people.account(Who::OtherEnterprise).login.clone();
        let runner = runner(&park);
        let visit = agreed(&park, Who::Liaison).await;
        deliver(&runner).await;
        let first = park.mailbox.to(&contact);
        assert_eq!((first.len(), park.mailbox.to(&liaison).len(), park.mailbox.to(&stranger).len()), (1, 1, 0));
        assert!(first[0].text.contains("2026-10-14") && first[0].text.contains("示例路 1 号"), "{}", first[0].text);
        assert!(first[0].html.contains("14:00–15:30"), "{}", first[0].html);
        let begun = invitation(&first[0]);
        let uid = property(&begun, "UID").to_owned();
        assert_eq!((property(&begun, "METHOD"), property(&begun, "SEQUENCE"), property(&begun, "STATUS")), ("REQUEST", "0", "CONFIRMED"));
        assert_eq!((property(&begun, "DTSTART"), property(&begun, "DTEND")), ("20261014T060000Z", "20261014T073000Z"));
        assert_eq!(property(&begun, "LOCATION"), "示例路 1 号");
        assert!(property(&begun, "ATTENDEE").ends_with(&format!("mailto:{contact}")), "{begun}");
        assert!(!begun.contains(&liaison), "one recipient sees no other's address: {begun}");
        assert_eq!(property(&invitation(&park.mailbox.to(&liaison)[0]), "UID"), uid);

        let moving = json!({"id": visit["id"], "expectedVersion": 1, "startsAt": "2026-10-15T09:00:00+08:00"});
        done(&park, Who::Centre, "visitMove", "visit { version }", moving.clone()).await;
        let stale = park.refused(Who::Liaison, &mutation("visitMove", "visit { id }"), json!({"input": moving})).await;
        assert_eq!(stale, "CONFLICT");
        let cancel = json!({"id": visit["id"], "expectedVersion": 2, "reason": "企业临时停产检修"});
        done(&park, Who::Liaison, "visitCancel", "visit { version }", cancel).await;
        deliver(&runner).await;
        let mut told: Vec<String> = park.mailbox.to(&contact).iter().map(invitation).collect();
        told.sort_by_key(|calendar| property(calendar, "SEQUENCE").to_owned());
        let steps: Vec<_> = told
            .iter()
            .map(|calendar| (property(calendar, "METHOD"), property(calendar, "SEQUENCE"), property(calendar, "DTSTART"), property(calendar, "STATUS")))
            .collect();
        assert_eq!(steps, [
            ("REQUEST", "0", "20261014T060000Z", "CONFIRMED"),
            ("REQUEST", "1", "20261015T010000Z", "CONFIRMED"),
            ("CANCEL", "2", "20261015T010000Z", "CANCELLED"),
        ]);
        assert!(told.iter().all(|calendar| property(calendar, "UID") == uid), "{told:?}");
        let last = park.mailbox.to(&contact).into_iter().find(|letter| letter.text.contains("企业临时停产检修"));
        assert!(last.is_some(), "the reason is told");
        let notices = park.data(Who::Enterprise, "{ notices(first: 9) { nodes { kind path } } }", json!({})).await;
        assert_eq!(notices["notices"]["nodes"].as_array().map(Vec::len), Some(3), "{notices}");
        let again = json!({"input": {"id": visit["id"], "expectedVersion": 3, "reason": "x"}});
        assert_eq!(park.user_error(Who::Liaison, &mutation("visitCancel", "visit { id }"), again).await, "NOT_AGREED");

        // A feed knows the same event.
        let made = done(&park, Who::Enterprise, "feedCreate", "feed { path }", json!({"name": "手机"})).await;
        let path = made["feed"]["path"].as_str().expect("a path").to_owned();
        let feed = park.get(Who::Nobody, &path).await.send().await.expect("an answer").text().await.expect("a calendar");
        let feed = feed.replace("\r\n ", "");
        let event = feed.split("BEGIN:VEVENT").find(|event| event.contains(&uid)).expect("the visit");
        assert_eq!((property(event, "SEQUENCE"), property(event, "STATUS")), ("2", "CANCELLED"));
    }

    async fn a_successor_finds_what_was_agreed_in_the_calendar(park: Park) {
        let people = park.people().await;
        let successor = people.account(Who::OtherLiaison);
        let runner = runner(&park);
        let visit = agreed(&park, Who::Liaison).await;
        let moving = json!({"id": visit["id"], "expectedVersion": 1, "startsAt": "2026-10-15T09:00:00+08:00"});
        done(&park, Who::Liaison, "visitMove", "visit { version }", moving).await;
        deliver(&runner).await;
        assert_eq!(park.mailbox.to(&successor.login).len(), 0);
        let invitations = |login: &str| {
            let letters = park.mailbox.to(login);
            let found = letters.iter().filter_map(|letter| letter.invitation.clone());
            found.collect::<Vec<_>>()
        };
        let (contact, liaison) = (people.account(Who::Enterprise).login.clone(), people.account(Who::Liaison).login.clone());
        let before = (invitations(&contact), invitations(&liaison));
        assert_eq!((before.0.len(), before.1.len()), (2, 2));

        let assigned = park.data(Who::Centre, "query($id: ID!) { node(id: $id) { ... on Enterprise { liaison { id version } } } }",
            json!({"id": enterprise(&park).await})).await["node"]["liaison"].take();
        let input = json!({"id": assigned["id"], "expectedVersion": assigned["version"], "note": "走访已约定。",
            "successorId": api_door::scalar::Kind::Account.id(successor.id).0});
        done(&park, Who::Centre, "liaisonHandOver", "liaison { id }", input).await;
        deliver(&runner).await;
        let new = invitations(&successor.login);
        assert_eq!(new.len(), 1, "{new:?}");
        assert_eq!((property(&new[0], "METHOD"), property(&new[0], "SEQUENCE"), property(&new[0], "DTSTART")), ("REQUEST", "1", "20261015T010000Z"));
        let uids: Vec<&str> = before.0.iter().map(|calendar| property(calendar, "UID")).collect();
        assert!(uids.iter().all(|uid| *uid == property(&new[0], "UID")), "{uids:?}");
        assert_eq!((invitations(&contact), invitations(&liaison)), before, "nobody else is told of it again");
    }

    async fn who_wants_no_letters_about_visits_finds_them_in_the_app(park: Park) {
        let change = mutation("preferenceChange", "preferences { version }");
        let off = json!({"input": {"expectedVersion": 0, "language": "EN", "weekdays": ["WEDNESDAY"], "switchedOff": ["visit"]}});
        park.data(Who::Enterprise, &change, off).await;
        for _ in 0..5 {
            agreed(&park, Who::Centre).await;
        }
        deliver(&runner(&park)).await;
        let people = park.people().await;
        let got = async |who: Who| {
            let letters = park.mailbox.to(&people.account(who).login).len();
            let notices = park.data(who, "{ notices(first: 9) { totalCount } }", json!({})).await;
            (letters, notices["notices"]["totalCount"].as_u64())
        };
        assert_eq!(got(Who::Enterprise).await, (0, Some(5)));
        // Whoever agreed it in the liaison's place has it in the calendar as well, and no invitation waits for the digest.
        assert_eq!(got(Who::Liaison).await, (5, Some(5)));
        assert_eq!(got(Who::Centre).await, (5, Some(5)));
        assert_eq!(got(Who::OtherLiaison).await, (0, Some(0)));
    }

    async fn what_was_agreed_is_held_once_its_time_has_come(park: Park) {
        let visit = agreed(&park, Who::Liaison).await;
        let hold = mutation("visitHold", "visit { state startsAt endsAt summary purpose }");
        let input = json!({"input": {"id": visit["id"], "expectedVersion": 1, "summary": "确认招聘会日期"}});
        assert_eq!(park.user_error(Who::Liaison, &hold, input.clone()).await, "NOT_YET");
        let may = "query($id: ID!) { visit(id: $id) { permissions { canMove canHold canCancel reasonIfNot } } }";
        let asked = json!({"id": visit["id"]});
        let seen = park.data(Who::Liaison, may, asked.clone()).await;
        assert_eq!(seen["visit"]["permissions"], json!({"canMove": true, "canHold": false, "canCancel": true, "reasonIfNot": null}));
        let offered = async |who: Who| {
            let ask = "query($id: ID!) { visit(id: $id) { commands { code may whyNot fields { name kind required value } } } }";
            park.data(who, ask, json!({"id": visit["id"]})).await["visit"]["commands"].take()
        };
        let codes = |offers: &Value| -> Vec<(String, bool, bool)> {
            let one = |offer: &Value| (offer["code"].as_str().unwrap_or_default().to_owned(), offer["may"] == true, offer["whyNot"].is_string());
            offers.as_array().expect("offers").iter().map(one).collect()
        };
        let of = |move_to: bool, hold: bool, cancel: bool| {
            [("visit.move", move_to), ("visit.hold", hold), ("visit.cancel", cancel)].map(|(code, may)| (code.to_owned(), may, !may))
        };
        let offers = offered(Who::Liaison).await;
        assert_eq!(codes(&offers), of(true, false, true));
        assert_eq!(offers[1]["whyNot"], VisitError::NotYet.explain().en);
        assert_eq!(offers[0]["fields"][2], json!({"name": "startsAt", "kind": "MOMENT", "required": true, "value": "2026-10-14T06:00:00Z"}));
        assert_eq!(offers[0]["fields"][4]["value"], "示例路 1 号");
        assert_eq!(offers[1]["fields"][2]["value"], "2026-10-14T06:00:00Z", "held as it was agreed, unless another time is given");
        assert_eq!(codes(&offered(Who::Enterprise).await), of(false, false, false));
        // A visit that is agreed begins: it is offered to the person, with the kind that a program may leave out.
        let begun = "{ viewer { commands { code may fields { name kind required choices { code } } } } }";
        let begun = park.data(Who::Liaison, begun, json!({})).await["viewer"]["commands"].take();
        let agree = begun.as_array().expect("offers").iter().find(|offer| offer["code"] == "visit.agree").expect("it is offered");
        assert_eq!((&agree["may"], &agree["fields"][0]["kind"], &agree["fields"][0]["required"]), (&json!(true), &json!("ENTERPRISE"), &json!(true)));
        assert_eq!((&agree["fields"][1]["required"], agree["fields"][1]["choices"].as_array().map(Vec::len)), (&json!(false), Some(4)));
        park.set_clock("2026-10-14", 16, 0);
        assert_eq!(codes(&offered(Who::Liaison).await), of(true, true, true));
        let held = park.data(Who::Liaison, &hold, input).await["visitHold"]["visit"].take();
        assert_eq!(held, json!({"state": "HELD", "startsAt": "2026-10-14T06:00:00Z", "endsAt": "2026-10-14T07:30:00Z",
            "summary": "确认招聘会日期", "purpose": "用工需求"}));
        let after = park.data(Who::Enterprise, may, asked).await["visit"]["permissions"].take();
        assert_eq!(after["canHold"], false);
        assert!(after["reasonIfNot"].is_string());
        let offers = offered(Who::Liaison).await;
        assert_eq!(codes(&offers), of(false, false, false));
        assert_eq!(offers[0]["whyNot"], VisitError::NotAgreed.explain().en);

        let agree = mutation("visitAgree", "visit { id }");
        let enterprise = enterprise(&park).await;
        for (wrong, code) in [
            (json!({"startsAt": "2026-10-14T16:00:00+08:00", "place": "x"}), "NOT_AHEAD"),
            (json!({"startsAt": "2027-12-14T16:00:00+08:00", "place": "x"}), "NOT_AHEAD"),
            (json!({"startsAt": "2026-10-16T16:00:00+08:00", "endsAt": "2026-10-16T15:00:00+08:00", "place": "x"}), "END_INVALID"),
            (json!({"startsAt": "2026-10-16T16:00:00+08:00"}), "PLACE_INVALID"),
            (json!({"startsAt": "2026-10-16T16:00:00+08:00", "place": "x", "purpose": ""}), "PURPOSE_INVALID"),
        ] {
            let mut input = json!({"enterpriseId": enterprise, "purpose": "示例"});
            for (name, value) in wrong.as_object().expect("fields") {
                input[name] = value.clone();
            }
            assert_eq!(park.user_error(Who::Liaison, &agree, json!({"input": input})).await, code);
        }
        let gone = json!({"id": enterprise, "expectedVersion": 1, "endedOn": "2026-10-14", "reason": "示例"});
        done(&park, Who::Centre, "enterpriseEnd", "enterprise { id }", gone).await;
        let late = json!({"input": {"enterpriseId": enterprise, "summary": "x"}});
        assert_eq!(park.user_error(Who::Centre, &mutation("visitRecord", "visit { id }"), late).await, "ENTERPRISE_ENDED");
    }

    async fn visits_are_found_by_enterprise_kind_state_and_day(park: Park) {
        agreed(&park, Who::Liaison).await;
        let enterprise = enterprise(&park).await;
        for (kind, day) in [("TELEPHONE", "2026-09-21"), ("ON_SITE", "2026-09-25"), ("TELEPHONE", "2026-09-28")] {
            let held = json!({"enterpriseId": enterprise, "kind": kind, "heldAt": format!("{day}T23:30:00+08:00"), "summary": "示例"});
            done(&park, Who::Liaison, "visitRecord", "visit { id }", held).await;
        }
        let find = "query($where: VisitFilter) { visits(first: 9, where: $where) { totalCount nodes { startsAt } } }";
        for (filter, count) in [
            (json!({}), 4),
            (json!({"enterpriseId": enterprise}), 4),
            (json!({"kind": {"oneOf": ["TELEPHONE", "MESSAGE"]}}), 2),
            (json!({"state": {"oneOf": ["AGREED"]}}), 1),
            (json!({"on": {"from": "2026-09-25", "to": "2026-09-28"}}), 2),
            (json!({"on": {"to": "2026-09-24"}}), 1),
            // The next working days are the last of September and, after the holidays, the 8th, 9th and 10th.
            (json!({"state": {"oneOf": ["AGREED"]}, "on": {"withinWorkingDays": 3}}), 0),
            (json!({"state": {"oneOf": ["AGREED"]}, "on": {"withinWorkingDays": 6}}), 1),
        ] {
            let found = park.data(Who::Liaison, find, json!({"where": filter})).await;
            assert_eq!(found["visits"]["totalCount"], count, "{filter} {found}");
            assert_eq!(park.data(Who::OtherLiaison, find, json!({"where": {}})).await["visits"]["totalCount"], 0);
        }
        let newest = park.data(Who::Centre, "{ visits(first: 1, sortBy: { direction: DESC }) { nodes { state } } }", json!({})).await;
        assert_eq!(newest["visits"]["nodes"], json!([{"state": "AGREED"}]));
    }

    async fn news_are_what_others_changed_for_ones_enterprises(park: Park) {
        let matters = Matters::settle(&park).await;
        let milestone = matters.id("milestone");
        let planned = json!({"projectId": matters.id("project"), "milestones": [{"id": milestone, "expectedVersion": 1, "on": "2026-11-02"}]});
        done(&park, Who::Centre, "milestonePlan", "project { id }", planned).await;
        let moved = json!({"id": milestone, "expectedVersion": 2, "forecastOn": "2026-11-20", "reason": "设计变更"});
        done(&park, Who::Centre, "milestoneChangeForecast", "milestone { id }", moved).await;
        let visit = agreed(&park, Who::Centre).await;
        let news = "query($since: Date!) { news(since: $since) { kind reason by { name } milestone { id } visit { id } contract { id } } }";
        let today = json!({"since": "2026-09-30"});
        let kinds = async |who: Who| -> Vec<Value> {
            let mut read = park.data(who, news, today.clone()).await["news"].take();
            read.as_array_mut().expect("a list").drain(..).collect()
        };
        let liaison = kinds(Who::Liaison).await;
        let find = |kind: &str| liaison.iter().find(|one| one["kind"] == kind).unwrap_or_else(|| panic!("{kind}: {liaison:?}"));
        assert_eq!((&find("MILESTONE_MOVED")["milestone"]["id"], &find("MILESTONE_MOVED")["reason"]), (&json!(milestone), &json!("设计变更")));
        assert_eq!(find("CONTRACT_CHANGED")["contract"]["id"], matters.id("contract"));
        let of_visits: Vec<_> = liaison.iter().filter(|one| one["kind"] == "VISIT_AGREED").collect();
        // What one has done oneself is no news.
        assert_eq!((of_visits.len(), &of_visits[0]["visit"]["id"]), (1, &visit["id"]));
        let centre = kinds(Who::Centre).await;
        assert!(centre.iter().all(|one| one["kind"] != "MILESTONE_MOVED"), "{centre:?}");
        for nothing in [Who::OtherLiaison, Who::Enterprise, Who::Head, Who::Admin] {
            assert!(kinds(nothing).await.is_empty(), "{nothing:?}");
        }
        let tomorrow = park.data(Who::Liaison, news, json!({"since": "2026-10-01"})).await;
        assert_eq!(tomorrow["news"], json!([]));

        // An overdue promise is supervised; another one is paused.
        park.set_clock("2026-10-20", 9, 0);
        let order = json!({"id": matters.id("obligation"), "expectedVersion": 1, "replyBy": "2026-10-26", "reason": "多次催办未果"});
        done(&park, Who::Leader, "obligationSupervise", "obligation { id }", order).await;
        park.set_clock("2026-10-20", 9, 1);
        let event = json!({"commitmentId": matters.id("commitment"), "idempotencyKey": "second"});
        let opened = done(&park, Who::Centre, "obligationOpen", "obligation { id version }", event).await;
        let pause = json!({"id": opened["obligation"]["id"], "expectedVersion": opened["obligation"]["version"], "kind": "EXPERT",
            "reason": "专家评审", "documentId": matters.id("document")});
        done(&park, Who::Centre, "obligationPause", "obligation { id }", pause).await;
        let news = "query { news(since: \"2026-10-20\") { kind reason obligation { id } } }";
        let told = park.data(Who::Liaison, news, json!({})).await["news"].take();
        assert_eq!(told, json!([
            {"kind": "LIMIT_PAUSED", "reason": "专家评审", "obligation": {"id": opened["obligation"]["id"]}},
            {"kind": "SUPERVISION_ORDERED", "reason": "多次催办未果", "obligation": {"id": matters.id("obligation")}},
        ]));
    }
}
