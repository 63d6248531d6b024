//! The catalogue of approval items at the outer door: read from files, proposed, confirmed and published by different people, and shown to
//! everybody; what is published never changes.

use std::collections::BTreeSet;

use api_door::scalar::Kind;
use async_graphql::ID;
use entity::{
    catalogue::{Clock, Fact, Files, ItemStatus, Mark},
    department,
    error::Fault,
    item::{
        commands::{Import, ImportError, Imported, files, import},
        repository,
    },
    language::Text,
    viewer::{Role, Viewer},
};
use reqwest::{StatusCode, header};
use sea_orm::{ConnectionTrait, SqlErr};
use serde_json::{Value, json};
use tests::{
    Park, Who,
    app::TRACES,
    matters::{done, on, text},
    program::{command, succeeds, told},
    promise::{mutation, upload},
    stories,
    window::{Window, beside, hidden, location, page_of},
};

/// An item of the first department, a filing: it takes effect without a decision.
const FILING: &str = "R03";
/// How the page of an item marks the version that is in force.
const IN_FORCE: &str = ">in force<";
/// One of the same department in the class that forbids silence.
const FORBIDDEN: &str = "R05";

async fn read(park: &Park, files: Files, example: bool) -> Imported {
    let input = Import {
        files,
        example,
        dry_run: false,
    };
    import(&park.store, &Viewer::system("story"), input)
        .await
        .expect("it fits")
}

/// The shipped catalogue over the shipped departments, of which the first is that of the head.
pub(crate) async fn settled(park: &Park) {
    department::commands::install_shipped(&park.store)
        .await
        .expect("the departments");
    let imported = read(park, Files::embedded(), true).await;
    assert_eq!((imported.new.len(), imported.edition), (42, Some(1)));
}

/// The global id of an item as the service centre knows it.
async fn id_of(park: &Park, code: &str) -> String {
    let query = "query($code: String!) { item(code: $code) { id } }";
    let found = park.data(Who::Centre, query, json!({"code": code})).await;
    text(&found["item"]["id"])
}

const WORK: &str =
    "item { status atWork { number state needsConfirmation } current { number validFrom } }";

async fn step(park: &Park, who: Who, name: &str, item: &str, more: Value) -> Value {
    let input = on(park, item, more).await;
    done(park, who, name, WORK, input).await["item"].take()
}

async fn refused(park: &Park, who: Who, name: &str, item: &str, more: Value) -> String {
    let input = json!({"input": on(park, item, more).await});
    park.user_error(who, &mutation(name, "item { id }"), input)
        .await
}

/// The promise of one working day as one of two.
fn two_days(promise: &Text) -> Text {
    let en = promise.en.replace("1 working day", "2 working days");
    Text::new(promise.zh.replace("1个工作日", "2个工作日"), en)
}

/// The paths of the input that a command refuses, and that nothing has changed.
async fn refused_at(park: &Park, name: &str, item: &str, more: Value) -> BTreeSet<String> {
    let input = json!({"input": on(park, item, more).await});
    let before = park.dump().await.without(TRACES);
    let answer = park
        .data(Who::Head, &mutation(name, "item { id }"), input)
        .await;
    before.assert_same(&park.dump().await.without(TRACES));
    let errors = answer[name]["userErrors"].as_array().expect("errors");
    let path = |error: &Value| {
        assert_eq!(error["code"], "BREAKS_RULE", "{error}");
        error["path"][0].as_str().unwrap_or_default().to_owned()
    };
    errors.iter().map(path).collect()
}

fn paths<const N: usize>(names: [&str; N]) -> BTreeSet<String> {
    names.map(str::to_owned).into()
}

/// The main facts of the filing as they are shipped, as an input.
fn facts(days: u16) -> Value {
    let files = Files::embedded();
    let row = files.items.iter().find(|row| row.code == FILING);
    let row = row.expect("the item");
    json!({"nameZh": row.name.zh, "nameEn": row.name.en, "legalBasis": row.legal_basis, "statutoryLimit": row.statutory_limit,
        "promisedDays": days, "fee": row.fee, "silence": "T4"})
}

/// The guide of the filing as it is shipped, with this promise, as an input.
fn guide(promise: impl Fn(&Text) -> Text) -> Value {
    let files = Files::embedded();
    let row = files.guides.iter().find(|row| row.item == FILING);
    let row = row.expect("a guide");
    let promise = promise(&row.promise);
    json!({"conditionsZh": row.conditions.zh, "conditionsEn": row.conditions.en, "timeLimitZh": row.time_limit.zh, "timeLimitEn": row.time_limit.en,
        "resultZh": row.result_name.zh, "resultEn": row.result_name.en, "feeZh": row.fee.zh, "feeEn": row.fee.en, "feeBasis": row.fee_basis,
        "promiseZh": promise.zh, "promiseEn": promise.en, "superviseZh": row.supervise.zh, "superviseEn": row.supervise.en,
        "remediesZh": row.remedies.zh, "remediesEn": row.remedies.en})
}

/// A material that can be added.
fn material() -> Value {
    json!({"nameZh": "示例材料", "nameEn": "An example material", "form": "ELECTRONIC", "source": "APPLICANT", "grade": "B",
        "tolerance": "SUPPLEMENT", "noteZh": "示例依据", "noteEn": "an example basis"})
}

/// The notices about items that somebody has not read.
async fn unread(park: &Park, who: Who) -> Vec<(String, String)> {
    let query = "{ notices(first: 50) { nodes { kind title path readAt } } }";
    let told = park.data(who, query, json!({})).await;
    let rows = told["notices"]["nodes"].as_array().expect("notices");
    let rows = rows
        .iter()
        .filter(|row| row["kind"] == "item" && row["readAt"].is_null());
    rows.map(|row| (text(&row["title"]), text(&row["path"])))
        .collect()
}

/// Proposes and publishes what needs no leader.
pub(crate) async fn published(park: &Park, code: &str, from: &str) -> String {
    let item = id_of(park, code).await;
    step(
        park,
        Who::Head,
        "itemPropose",
        &item,
        json!({"validFrom": from}),
    )
    .await;
    step(park, Who::Centre, "itemPublish", &item, json!({})).await;
    item
}

stories! {
    async fn the_same_files_again_change_nothing(park: Park) {
        settled(&park).await;
        let before = park.dump().await;
        let again = read(&park, Files::embedded(), true).await;
        assert_eq!(again, Imported { unchanged: 42, ..Imported::default() });
        before.assert_same(&park.dump().await);

        // What is written is what was read, and reading it again changes nothing.
        let written = files(&park.store).await.expect("files");
        assert_eq!(written, Files::embedded());
        let entries = written.write();
        let entry = |name: &str| {
            let found = entries.iter().find(|(known, _)| *known == name)?;
            Some(found.1.clone().into_bytes())
        };
        let read_again = Files::checked(entry).expect("no faults");
        assert_eq!(read(&park, read_again, true).await.unchanged, 42);
        before.assert_same(&park.dump().await);
    }

    async fn the_catalogue_comes_and_goes_by_commands(park: Park) {
        let database = park.close().await;
        let folder = |name: &str| database.folder().join(name);
        let (hall, out) = (folder("hall"), folder("out"));
        std::fs::create_dir(&hall).expect("a folder");
        for (name, text) in Files::embedded().write() {
            std::fs::write(hall.join(name), text).expect("a file");
        }
        let run = |verb: &str, folder: &std::path::Path, more: &[&str]| {
            let folder = folder.to_str().expect("a path");
            let arguments = [&["catalogue", verb, folder], more].concat();
            command(&database, database.folder(), &arguments)
        };
        let first = succeeds(run("import", &hall, &["--example"])).await;
        assert!(first.contains("42 items new, 0 changed, 0 unchanged"), "{first}");
        let again = succeeds(run("import", &hall, &["--example"])).await;
        assert!(again.contains("0 items new, 0 changed, 42 unchanged"), "{again}");
        succeeds(run("export", &out, &[])).await;
        for (name, text) in Files::embedded().write() {
            assert_eq!(std::fs::read_to_string(out.join(name)).expect("a file"), text, "{name}");
        }

        // Everything that is wrong is told, and nothing is taken.
        let limits = std::fs::read_to_string(hall.join("item-limits.csv")).expect("a file");
        let wrong = limits.replacen("WORKING_DAY", "WORKDAY", 2);
        std::fs::write(hall.join("item-limits.csv"), wrong).expect("a file");
        let refused = run("import", &hall, &["--example"]).output().await.expect("it starts");
        let said = told(&refused);
        assert!(!refused.status.success() && said.contains("item-limits.csv:2 unit \"WORKDAY\"") && said.contains("item-limits.csv:3 unit"), "{said}");
    }

    async fn files_that_do_not_fit_are_refused_whole(park: Park) {
        settled(&park).await;
        let before = park.dump().await;
        let mut wrong = Files::embedded();
        wrong.items[0].department = 99;
        wrong.items[1].legal_basis = "示例".to_owned();
        let input = Import { files: wrong, example: true, dry_run: false };
        let outcome = import(&park.store, &Viewer::system("story"), input).await;
        let Err(ImportError::Refused(faults)) = outcome else {
            panic!("it is refused: {outcome:?}");
        };
        let found: Vec<_> = faults.iter().map(|fault| (fault.file, fault.row, fault.column, fault.value.as_str())).collect();
        assert_eq!(found, [("approval-items.csv", Some(2), Some("department_no"), "99")]);
        before.assert_same(&park.dump().await);

        let mut changed = Files::embedded();
        changed.items[1].legal_basis = "示例".to_owned();
        let input = Import { files: changed, example: true, dry_run: true };
        let told = import(&park.store, &Viewer::system("story"), input).await.expect("it fits");
        assert_eq!((told.changed.as_slice(), told.unchanged), (&["R02".to_owned()][..], 41));
        before.assert_same(&park.dump().await);
    }

    async fn what_one_proposes_another_publishes_and_everybody_reads(park: Park) {
        settled(&park).await;
        let item = id_of(&park, FILING).await;
        let query = "query($code: String!) { item(code: $code) { code current { validFrom promisedDays proposedBy { name } } atWork { number } } }";
        let seen = async |who| park.data(who, query, json!({"code": FILING})).await["item"].take();
        for who in [Who::Nobody, Who::Enterprise, Who::Liaison, Who::OtherHead] {
            assert_eq!(seen(who).await, Value::Null, "{who:?} knows of no draft");
        }
        assert_eq!(refused(&park, Who::Centre, "itemPublish", &item, json!({})).await, "NOT_PROPOSED");
        for (day, why) in [("2026-09-29", "DAY_PAST"), ("2026-10-04", "NOT_WORKING_DAY")] {
            assert_eq!(refused(&park, Who::Head, "itemPropose", &item, json!({"validFrom": day})).await, why);
        }
        let proposed = step(&park, Who::Head, "itemPropose", &item, json!({"validFrom": "2026-10-12"})).await;
        assert_eq!(proposed["atWork"], json!({"number": 1, "state": "PROPOSED", "needsConfirmation": false}));
        assert_eq!(refused(&park, Who::Leader, "itemConfirm", &item, json!({"documentId": upload(&park, Who::Leader, "name=x.pdf").await})).await, "NOTHING_TO_CONFIRM");

        // It goes back with a reason, and comes again.
        let returned = step(&park, Who::Centre, "itemReturn", &item, json!({"reason": "请核对收费依据"})).await;
        assert_eq!(returned["atWork"]["state"], "DRAFT");
        let page = park.page(Who::Head, &page_of(&item)).await;
        assert!(page.contains("请核对收费依据") && page.contains("/propose\""), "{page}");
        step(&park, Who::Head, "itemPropose", &item, json!({"validFrom": "2026-10-12"})).await;
        let after = step(&park, Who::Centre, "itemPublish", &item, json!({})).await;
        assert_eq!(after["current"], json!({"number": 1, "validFrom": "2026-10-12"}));
        assert_eq!(after["atWork"], Value::Null);
        let open = json!({"code": FILING, "current": {"validFrom": "2026-10-12", "promisedDays": 1, "proposedBy": null}, "atWork": null});
        assert_eq!(seen(Who::Nobody).await, open);
        assert_ne!(seen(Who::Liaison).await["current"]["proposedBy"], Value::Null);
        assert_eq!(refused(&park, Who::Head, "itemPropose", &item, json!({"validFrom": "2026-10-13"})).await, "NOT_DRAFT");
    }

    async fn what_silence_means_is_confirmed_by_a_leader(park: Park) {
        settled(&park).await;
        let item = id_of(&park, FORBIDDEN).await;
        let proposed = step(&park, Who::Head, "itemPropose", &item, json!({"validFrom": "2026-10-12"})).await;
        assert_eq!(proposed["atWork"]["needsConfirmation"], json!(true));
        assert_eq!(refused(&park, Who::Centre, "itemPublish", &item, json!({})).await, "NOT_CONFIRMED");
        let enterprise = api_door::scalar::Kind::Enterprise.id(park.people().await.enterprises[0].id).0;
        let about_a_firm = upload(&park, Who::Centre, &format!("name=x.pdf&enterprise={enterprise}")).await;
        assert_eq!(refused(&park, Who::Leader, "itemConfirm", &item, json!({"documentId": about_a_firm})).await, "FILE_UNKNOWN");
        let decision = upload(&park, Who::Leader, "name=x.pdf").await;
        step(&park, Who::Leader, "itemConfirm", &item, json!({"documentId": decision})).await;
        let after = step(&park, Who::Centre, "itemPublish", &item, json!({})).await;
        assert_eq!(after["current"]["number"], json!(1));
    }

    async fn a_publication_is_refused_with_all_reasons_at_once(park: Park) {
        department::commands::install_shipped(&park.store).await.expect("the departments");
        let mut lacking = Files::embedded();
        for guide in lacking.guides.iter_mut().filter(|row| row.item == FILING) {
            guide.fee_basis.clear();
            guide.remedies.en.clear();
        }
        for limit in lacking.limits.iter_mut().filter(|row| row.item == FILING) {
            match limit.clock {
                Clock::Notice => limit.article.clear(),
                Clock::Delivery => limit.mark = Mark::Known,
                _ => {}
            }
        }
        for material in lacking.materials.iter_mut().filter(|row| row.item == FILING) {
            material.grade = None;
        }
        read(&park, lacking, false).await;
        let item = id_of(&park, FILING).await;
        step(&park, Who::Head, "itemPropose", &item, json!({"validFrom": "2026-10-12"})).await;
        let before = park.dump().await.without(TRACES);
        let input = json!({"input": on(&park, &item, json!({})).await});
        let answer = park.data(Who::Centre, &mutation("itemPublish", "item { id }"), input).await;
        let codes = answer["itemPublish"]["userErrors"].as_array().expect("errors").iter();
        let codes: BTreeSet<&str> = codes.map(|error| error["code"].as_str().expect("a code")).collect();
        let expected = ["BREAKS_RULE", "FACT_MISSING", "FEE_WITHOUT_BASIS", "LIMIT_WITHOUT_BASIS", "MATERIAL_WITHOUT_BASIS", "UNCONFIRMED"];
        assert_eq!(codes, BTreeSet::from(expected));
        before.assert_same(&park.dump().await.without(TRACES));
        let page = park.page(Who::Centre, &page_of(&item)).await;
        assert!(page.contains("Delivery: "), "what is in the way stands on its page: {page}");
    }

    async fn a_changed_item_makes_its_next_version(park: Park) {
        settled(&park).await;
        let item = published(&park, FILING, "2026-10-12").await;
        let mut changed = Files::embedded();
        for row in changed.items.iter_mut().filter(|row| row.code == FILING) {
            row.promise_after = Some(2);
        }
        for limit in changed.limits.iter_mut().filter(|row| row.item == FILING && row.clock == Clock::Promised) {
            limit.limit = 2;
        }
        for guide in changed.guides.iter_mut().filter(|row| row.item == FILING) {
            guide.promise = two_days(&guide.promise);
        }
        let told = read(&park, changed.clone(), true).await;
        assert_eq!((told.changed.as_slice(), told.unchanged, told.edition), (&[FILING.to_owned()][..], 41, None));
        assert_eq!(read(&park, changed, true).await.unchanged, 42);
        let query = "query($code: String!) { item(code: $code) { atWork { changes { aboutEn beforeEn afterEn } } } }";
        let work = park.data(Who::Centre, query, json!({"code": FILING})).await["item"]["atWork"].take();
        let promise = |days| format!("{days} Working days, All information received (服务承诺)");
        // The words of the guide, and the limit.
        let changes = work["changes"].as_array().expect("changes");
        assert_eq!(changes.len(), 2, "{changes:?}");
        assert_eq!(changes[1], json!({"aboutEn": "Promise", "beforeEn": promise(1), "afterEn": promise(2)}));
        assert_eq!(refused(&park, Who::Head, "itemPropose", &item, json!({"validFrom": "2026-10-12"})).await, "DAY_TAKEN");
        assert_eq!(refused(&park, Who::Centre, "itemRetire", &item, json!({"status": "CANCELLED", "lastDay": "2026-10-20", "reasonZh": "示例", "reasonEn": "an example"})).await, "IN_PROGRESS");
        step(&park, Who::Head, "itemPropose", &item, json!({"validFrom": "2026-10-14"})).await;
        step(&park, Who::Centre, "itemPublish", &item, json!({})).await;
        let query = "query($code: String!) { item(code: $code) { current { promisedDays } versions { number validFrom validTo promisedDays } } }";
        let seen = park.data(Who::Nobody, query, json!({"code": FILING})).await["item"].take();
        assert_eq!(seen["versions"], json!([
            {"number": 2, "validFrom": "2026-10-14", "validTo": null, "promisedDays": 2},
            {"number": 1, "validFrom": "2026-10-12", "validTo": "2026-10-13", "promisedDays": 1},
        ]));
        for (day, days) in [("2026-10-13", 1), ("2026-10-14", 2)] {
            park.set_clock(day, 9, 0);
            let now = park.data(Who::Nobody, query, json!({"code": FILING})).await;
            assert_eq!(now["item"]["current"]["promisedDays"], json!(days), "{day}");
        }
        // The history follows by itself, and goes out with the files.
        let history = repository::history(&park.store).await.expect("a history");
        let mut promises = history.iter().filter(|row| row.item == FILING && matches!(row.fact, Fact::Promise(_)));
        let last = promises.next_back().expect("a promise");
        assert_eq!((last.fact, last.from.to_string()), (Fact::Promise(2), "2026-10-14".to_owned()));
        let written = files(&park.store).await.expect("files");
        assert_eq!(written.history, history);
        let told = read(&park, written, true).await;
        assert_eq!((told.unchanged, told.edition), (42, None));

        // And it leaves the catalogue.
        let gone = step(&park, Who::Centre, "itemRetire", &item, json!({"status": "CANCELLED", "lastDay": "2026-10-20", "reasonZh": "示例", "reasonEn": "an example"})).await;
        assert_eq!((&gone["status"], &gone["current"]["number"]), (&json!("ACTIVE"), &json!(2)));
        park.set_clock("2026-10-21", 9, 0);
        let query = "query($code: String!) { item(code: $code) { status current { promisedDays begun ended } } }";
        let now = park.data(Who::Nobody, query, json!({"code": FILING})).await["item"].take();
        assert_eq!(now, json!({"status": "CANCELLED", "current": {"promisedDays": 2, "begun": true, "ended": true}}));
    }

    async fn a_new_name_holds_from_its_first_day(park: Park) {
        settled(&park).await;
        let item = published(&park, FILING, "2026-10-12").await;
        let mut changed = Files::embedded();
        let row = changed.items.iter_mut().find(|row| row.code == FILING).expect("the item");
        let former = std::mem::replace(&mut row.name, Text::new("示例备案", "Example filing")).en;
        read(&park, changed, true).await;
        step(&park, Who::Head, "itemPropose", &item, json!({"validFrom": "2026-10-14"})).await;
        step(&park, Who::Centre, "itemPublish", &item, json!({})).await;
        let query = "query($code: String!) { item(code: $code) { nameEn current { nameEn } } }";
        for (day, name) in [("2026-10-13", former.as_str()), ("2026-10-14", "Example filing")] {
            park.set_clock(day, 9, 0);
            let seen = park.data(Who::Nobody, query, json!({"code": FILING})).await["item"].take();
            assert_eq!(seen, json!({"nameEn": name, "current": {"nameEn": name}}), "{day}");
        }
    }

    async fn what_silence_means_on_a_renewal_is_confirmed_by_a_leader(park: Park) {
        settled(&park).await;
        let item = published(&park, FILING, "2026-10-12").await;
        let mut changed = Files::embedded();
        let renewed = changed.guides.iter().find(|row| row.item == "R16").and_then(|row| row.validity);
        for guide in changed.guides.iter_mut().filter(|row| row.item == FILING) {
            guide.validity = renewed;
        }
        assert_eq!(read(&park, changed, true).await.changed, [FILING]);
        let query = "query($code: String!) { item(code: $code) { atWork { changes { aboutEn beforeEn afterEn } } } }";
        let work = park.data(Who::Centre, query, json!({"code": FILING})).await["item"]["atWork"].take();
        let renewal = json!({"aboutEn": "Silence class of the renewal", "beforeEn": null, "afterEn": "Deemed renewal"});
        let changes = work["changes"].as_array().expect("changes");
        let about: Vec<_> = changes.iter().map(|change| text(&change["aboutEn"])).collect();
        assert_eq!((&changes[0], about.as_slice()), (&renewal, &["Silence class of the renewal", "Validity", "Renewal"].map(str::to_owned)[..]));
        let proposed = step(&park, Who::Head, "itemPropose", &item, json!({"validFrom": "2026-10-14"})).await;
        assert_eq!(proposed["atWork"]["needsConfirmation"], json!(true));
        assert_eq!(refused(&park, Who::Centre, "itemPublish", &item, json!({})).await, "NOT_CONFIRMED");
    }

    async fn what_is_taken_off_remains_until_its_last_day_and_its_files_can_be_read_again(park: Park) {
        settled(&park).await;
        let item = published(&park, FILING, "2026-10-12").await;
        let before = park.dump().await.without(TRACES);
        let end = |status: &str, day: &str, successor: Value| json!({"status": status, "lastDay": day, "reasonZh": "并入项目核准", "reasonEn": "part of the approval of projects", "successor": successor});
        for (input, why) in [
            (end("ACTIVE", "2026-10-20", Value::Null), "STATUS_ACTIVE"),
            (end("CANCELLED", "2026-09-29", Value::Null), "DAY_PAST"),
            (end("CANCELLED", "2026-10-09", Value::Null), "BEGINS_LATER"),
            (end("MERGED", "2026-10-20", Value::Null), "SUCCESSOR"),
            (end("MERGED", "2026-10-20", json!("R99")), "SUCCESSOR"),
            (end("MERGED", "2026-10-20", json!("D01")), "SUCCESSOR"),
            (end("MERGED", "2026-10-20", json!(FILING)), "SUCCESSOR"),
        ] {
            assert_eq!(refused(&park, Who::Centre, "itemRetire", &item, input.clone()).await, why, "{input}");
        }
        let mut in_one_language = end("CANCELLED", "2026-10-20", Value::Null);
        in_one_language["reasonEn"] = json!("示例");
        assert_eq!(refused(&park, Who::Centre, "itemRetire", &item, in_one_language).await, "PUBLIC_REASON");
        before.assert_same(&park.dump().await.without(TRACES));
        step(&park, Who::Centre, "itemRetire", &item, end("MERGED", "2026-10-20", json!("R04"))).await;

        let listed = "{ items(first: 9, where: {status: {oneOf: [ACTIVE]}, state: {oneOf: [PUBLISHED, RETIRED]}}) { nodes { code } } }";
        let query = "query($code: String!) { item(code: $code) { status current { begun ended validTo retiredForZh successor } } }";
        for (day, codes, status, begun, ended) in [
            ("2026-10-01", json!([{"code": FILING}]), "ACTIVE", false, false),
            ("2026-10-20", json!([{"code": FILING}]), "ACTIVE", true, false),
            ("2026-10-21", json!([]), "MERGED", true, true),
        ] {
            park.set_clock(day, 9, 0);
            assert_eq!(park.data(Who::Nobody, listed, json!({})).await["items"]["nodes"], codes, "{day}");
            let seen = park.data(Who::Nobody, query, json!({"code": FILING})).await["item"].take();
            let current = json!({"begun": begun, "ended": ended, "validTo": "2026-10-20", "retiredForZh": "并入项目核准", "successor": "R04"});
            assert_eq!(seen, json!({"status": status, "current": current}), "{day}");
        }
        let history = repository::history(&park.store).await.expect("a history");
        let mut standings = history.iter().filter(|row| row.item == FILING && matches!(row.fact, Fact::Status(_)));
        let last = standings.next_back().expect("a standing");
        assert_eq!((last.fact, last.from.to_string(), last.reason.zh.as_str(), last.successors.as_slice()),
            (Fact::Status(ItemStatus::Merged), "2026-10-21".to_owned(), "并入项目核准", &["R04".to_owned()][..]));

        // What is written without it breaks no rule, and reading it again changes nothing.
        let before = park.dump().await;
        let entries = files(&park.store).await.expect("files").write();
        let entry = |name: &str| {
            let found = entries.iter().find(|(known, _)| *known == name)?;
            Some(found.1.clone().into_bytes())
        };
        let again = Files::checked(entry).expect("no faults");
        assert!(again.guides.iter().all(|row| row.item != FILING));
        assert_eq!(read(&park, again, true).await, Imported { unchanged: 42, ..Imported::default() });
        before.assert_same(&park.dump().await);
    }

    async fn a_published_version_never_changes_and_no_two_begin_on_a_day(park: Park) {
        settled(&park).await;
        published(&park, FILING, "2026-10-12").await;
        let before = park.dump().await;
        let refused = async |sql: &str| {
            let error = park.db().execute_unprepared(sql).await.expect_err(sql);
            (error.sql_err(), error.to_string().to_lowercase())
        };
        for change in ["sha256 = 'x'", "valid_from = '2026-10-13'", "valid_from = NULL", "silence = 'T0'", "silence = NULL", "promised_days = 9"] {
            let (kind, told) = refused(&format!("UPDATE item_version SET {change} WHERE state = 'PUBLISHED'")).await;
            let held = matches!(kind, Some(SqlErr::ForeignKeyConstraintViolation(_))) || told.contains("check constraint");
            assert!(held, "{change}: {told}");
        }
        let (kind, told) = refused("DELETE FROM item_version WHERE state = 'PUBLISHED'").await;
        assert!(matches!(kind, Some(SqlErr::ForeignKeyConstraintViolation(_))), "{told}");
        let (kind, told) = refused("INSERT INTO item_publication (version_id, item_id, sha256, valid_from, silence, promised_days) \
            SELECT v.id, p.item_id, v.sha256, p.valid_from, p.silence, p.promised_days FROM item_publication p JOIN item_version v ON v.item_id <> p.item_id").await;
        assert!(matches!(kind, Some(SqlErr::UniqueConstraintViolation(_))), "{told}");
        before.assert_same(&park.dump().await);

        // Who writes past the product into the content is found out when it is read.
        let viewer = Viewer::system("story");
        let item = repository::by_code(park.store.db(), &viewer, FILING).await.expect("a read").expect("an item");
        assert!(repository::versions_of(park.store.db(), &viewer, &[item.id]).await.is_ok());
        let other = "UPDATE item_version SET content = (SELECT other.content FROM item_version other WHERE other.state = 'DRAFT' LIMIT 1) WHERE state = 'PUBLISHED'";
        park.db().execute_unprepared(other).await.expect("the database takes it");
        let read = repository::versions_of(park.store.db(), &viewer, &[item.id]).await;
        assert!(matches!(read, Err(Fault::Internal(_))), "{read:?}");
    }

    async fn everybody_reads_the_guides_without_signing_in(park: Park) {
        settled(&park).await;
        published(&park, FILING, "2026-10-12").await;
        let stranger = Window::default();
        let open = async |path: &str| {
            let answer = stranger.get(&park, path).await;
            (answer.status(), answer.text().await.expect("a text"))
        };
        for (path, told) in [
            ("/guides", "/guides/R03\""),
            ("/guides?text=R03", "/guides/R03\""),
            ("/guides/R03", "id=\"silence\""),
            ("/guides/history", "−55.9 %"),
            ("/sitemap.xml", "/guides/R03</loc><lastmod>2026-10-12</lastmod>"),
        ] {
            let (status, text) = open(path).await;
            assert_eq!(status, StatusCode::OK, "{path}");
            assert!(text.contains(told), "{path}: {text}");
            assert!(!text.contains("/guides/R05\"") && !text.contains("/guides/R05<"), "{path}: a draft is not public");
        }
        for path in ["/guides/R05", "/guides/R99", "/guides/R05.json"] {
            assert_eq!(open(path).await.0, StatusCode::NOT_FOUND, "{path}");
        }
        let (status, told) = open("/guides/R03.json").await;
        let told: Value = serde_json::from_str(&told).expect("JSON");
        assert_eq!((status, &told["code"], &told["current"]["promisedDays"]), (StatusCode::OK, &json!("R03"), &json!(1)));
        assert_eq!(told["current"]["materials"].as_array().map(Vec::len), Some(2));

        // What a browser has already is not sent again, until it changes.
        for path in ["/guides/R03", "/guides/R03.json", "/sitemap.xml"] {
            let first = stranger.get(&park, path).await;
            let tag = first.headers()[header::ETAG].to_str().expect("a tag").to_owned();
            let again = async |known: String| {
                let request = stranger.client.get(park.url(path).await).header(header::IF_NONE_MATCH, known);
                request.send().await.expect("an answer").status()
            };
            for known in [tag.clone(), format!("W/{tag}"), format!("\"another\", W/{tag}"), "*".to_owned()] {
                assert_eq!(again(known.clone()).await, StatusCode::NOT_MODIFIED, "{path} {known}");
            }
            assert_eq!(again("\"another\"".to_owned()).await, StatusCode::OK, "{path}");
        }
    }

    async fn a_guide_is_shown_anew_when_the_settings_of_the_park_change(park: Park) {
        settled(&park).await;
        published(&park, FILING, "2026-10-12").await;
        let stranger = Window::default();
        let tag = async |park: &Park| {
            let answer = stranger.get(park, "/guides/R03").await;
            answer.headers()[header::ETAG].to_str().expect("a tag").to_owned()
        };
        let before = tag(&park).await;
        let park = Park::open(park.close().await).await;
        assert_eq!(tag(&park).await, before, "the same service again");
        let mut park = Park::open(park.close().await).await;
        let told = entity::park::Park {
            hotline: Some(api::demo::HOTLINE.parse().expect("a number")),
            ..entity::park::Park::default()
        };
        park.store = park.store.clone().with_park(told);
        assert_ne!(tag(&park).await, before);
    }

    async fn what_is_public_tells_nothing_of_who_asks(park: Park) {
        settled(&park).await;
        published(&park, FILING, "2026-10-12").await;
        let (centre, _) = Window::of(&park, Role::Centre).await;
        for window in [&centre, &Window::default()] {
            for path in ["/guides/R03.json", "/sitemap.xml", "/robots.txt"] {
                let answer = window.get(&park, path).await;
                assert_eq!(answer.status(), StatusCode::OK, "{path}");
                assert_eq!(answer.headers()[header::CACHE_CONTROL], "public, max-age=3600", "{path}");
                for name in ["session-stays", "server-timing", "set-cookie"] {
                    assert!(!answer.headers().contains_key(name), "{path}: {name}");
                }
            }
        }
        assert!(centre.get(&park, "/guides/R03").await.headers().contains_key("session-stays"));
    }

    async fn strangers_are_led_to_what_is_public(park: Park) {
        let stranger = Window::default();
        let page = stranger.text(&park, "/sign-in").await;
        for path in ["/guides", "/evaluations"] {
            // Beside the form, and below every page.
            assert_eq!(page.matches(&format!("href=\"{path}\"")).count(), 2, "{path}");
            assert_eq!(stranger.get(&park, path).await.status(), StatusCode::OK, "{path}");
        }
        let robots = stranger.text(&park, "/robots.txt").await;
        let told: Vec<_> = robots.lines().collect();
        assert!(told.contains(&"Disallow: /") && told.contains(&"Allow: /guides"), "{robots}");
        let map = told.iter().find_map(|line| line.strip_prefix("Sitemap: ")).expect("a map");
        assert!(map.ends_with("/sitemap.xml"), "{map}");
    }

    async fn a_version_is_in_force_from_its_first_day(park: Park) {
        settled(&park).await;
        let item = published(&park, FILING, "2026-10-12").await;
        let key = Kind::Item.key(&ID(item)).expect("a key");
        let pages = ["/items?text=R03".to_owned(), format!("/items/{key}")];
        let (centre, _) = Window::of(&park, Role::Centre).await;
        for path in &pages {
            let page = centre.text(&park, path).await;
            assert!(page.contains(">valid from 2026-10-12") && !page.contains(IN_FORCE), "{path}: {page}");
        }
        park.set_clock("2026-10-12", 8, 0);
        let (centre, _) = Window::of(&park, Role::Centre).await;
        for path in &pages {
            let page = centre.text(&park, path).await;
            assert!(!page.contains(">valid from 2026-10-12"), "{path}: {page}");
        }
        assert!(centre.text(&park, &pages[1]).await.contains(IN_FORCE));
    }

    async fn a_guide_says_what_silence_means_on_a_renewal(park: Park) {
        settled(&park).await;
        let (centre, _) = Window::of(&park, Role::Centre).await;
        for (code, told) in [("R16", Some("Deemed renewal")), (FILING, None)] {
            let key = Kind::Item.key(&ID(id_of(&park, code).await)).expect("a key");
            let page = centre.text(&park, &format!("/items/{key}")).await;
            let shown = page.split_once("id=\"renewal-silence\">").map(|(_, rest)| rest);
            assert_eq!(shown.is_some(), told.is_some(), "{code}");
            if let (Some(shown), Some(told)) = (shown, told) {
                assert!(shown.starts_with(told), "{code}: {shown}");
            }
        }
    }

    async fn the_history_of_the_catalogue_has_the_list_behind_each_number(park: Park) {
        settled(&park).await;
        let figure = "before after cut rows { code before after }";
        let query = format!("{{ catalogueHistory {{ before after items {{ {figure} }} promises {{ {figure} }} criticalPath {{ {figure} }} materials {{ {figure} }} }} }}");
        let told = park.data(Who::Nobody, &query, json!({})).await["catalogueHistory"].take();
        assert_eq!((&told["before"], &told["after"]), (&json!("2011-01-01"), &json!("2026-09-30")));
        for (name, before, after, cut) in [("promises", 406, 179, 55.9), ("criticalPath", 118, 47, 60.2), ("materials", 201, 116, 42.3)] {
            assert_eq!((&told[name]["before"], &told[name]["after"], &told[name]["cut"]), (&json!(before), &json!(after), &json!(cut)), "{name}");
            let rows = told[name]["rows"].as_array().expect("rows");
            let sum = |day: &str| rows.iter().filter_map(|row| row[day].as_i64()).sum::<i64>();
            assert_eq!((sum("before"), sum("after")), (before, after), "{name}");
        }
        assert_eq!((&told["items"]["before"], &told["items"]["after"]), (&json!(42), &json!(32)));

        // Strangers learn no name of what is only being worked on.
        let query = "{ catalogueHistory { items { rows { code nameZh } } } }";
        for (who, is_named) in [(Who::Nobody, false), (Who::Centre, true)] {
            let told = park.data(who, query, json!({})).await;
            let rows = told["catalogueHistory"]["items"]["rows"].as_array().expect("rows").clone();
            let row = rows.iter().find(|row| row["code"] == FILING).expect("the item");
            assert_eq!(row["nameZh"] != "", is_named, "{who:?}");
        }

        // What a later import says of a promise is told when it is published.
        let mut changed = Files::embedded();
        let last = changed.history.iter().rposition(|row| row.item == FILING && matches!(row.fact, Fact::Promise(_)));
        changed.history[last.expect("a promise")].fact = Fact::Promise(2);
        assert_eq!(read(&park, changed, true).await.edition, Some(2));
        assert_eq!(repository::history(&park.store).await.expect("a history"), Files::embedded().history);
    }

    async fn a_proposal_is_told_and_waits_for_a_leader(park: Park) {
        settled(&park).await;
        let item = id_of(&park, FORBIDDEN).await;
        let page = page_of(&item);
        let waiting = async |who| park.data(who, "{ pendingDecisions { kind path } }", json!({})).await["pendingDecisions"].take();
        let day = json!({"validFrom": "2026-10-12"});
        assert_eq!(refused(&park, Who::Head, "itemWithdrawProposal", &item, json!({})).await, "NOT_PROPOSED");
        step(&park, Who::Head, "itemPropose", &item, day.clone()).await;
        assert_eq!(waiting(Who::Leader).await, json!([{"kind": "ITEM", "path": page}]));
        for who in [Who::Centre, Who::Supervisor, Who::Head] {
            assert_eq!(waiting(who).await, json!([]), "{who:?}");
        }
        let told = unread(&park, Who::Centre).await;
        assert_eq!(told.len(), 1, "{told:?}");
        assert!(told[0].0.contains(FORBIDDEN) && told[0].1 == page, "{told:?}");
        assert!(unread(&park, Who::Head).await.is_empty(), "whoever proposes is told nothing");

        // Each step is told to whoever goes on, and what was asked for before is done.
        let decision = json!({"documentId": upload(&park, Who::Leader, "name=x.pdf").await});
        step(&park, Who::Leader, "itemConfirm", &item, decision.clone()).await;
        assert_eq!(waiting(Who::Leader).await, json!([]));
        assert_eq!(unread(&park, Who::Centre).await.len(), 1);
        step(&park, Who::Centre, "itemReturn", &item, json!({"reason": "请核对收费依据"})).await;
        assert!(unread(&park, Who::Centre).await.is_empty());
        let told = unread(&park, Who::Head).await;
        assert!(told.len() == 1 && told[0].0.contains("请核对收费依据"), "{told:?}");

        // What was confirmed is confirmed anew; what is withdrawn waits for nobody.
        step(&park, Who::Head, "itemPropose", &item, day.clone()).await;
        assert_eq!(waiting(Who::Leader).await, json!([{"kind": "ITEM", "path": page}]));
        assert!(unread(&park, Who::Head).await.is_empty());
        let withdrawn = step(&park, Who::Head, "itemWithdrawProposal", &item, json!({})).await;
        assert_eq!(withdrawn["atWork"], json!({"number": 1, "state": "DRAFT", "needsConfirmation": true}));
        assert_eq!(waiting(Who::Leader).await, json!([]));
        assert!(unread(&park, Who::Centre).await.is_empty());

        step(&park, Who::Head, "itemPropose", &item, day).await;
        step(&park, Who::Leader, "itemConfirm", &item, decision).await;
        step(&park, Who::Centre, "itemPublish", &item, json!({})).await;
        let told = unread(&park, Who::Head).await;
        assert!(told.len() == 1 && told[0].0.contains("2026-10-12"), "{told:?}");

        // It is news for those who lead and run the service; liaisons learn of what is published alone.
        let kinds = async |who| {
            let told = park.data(who, "{ news(since: \"2026-09-30\") { kind item { code } } }", json!({})).await;
            let rows = told["news"].as_array().expect("news").clone();
            let of_item = rows.iter().filter(|row| row["item"]["code"] == FORBIDDEN);
            of_item.map(|row| text(&row["kind"])).collect::<BTreeSet<_>>()
        };
        assert_eq!(kinds(Who::Leader).await, paths(["ITEM_PROPOSED", "ITEM_PUBLISHED"]));
        assert_eq!(kinds(Who::Liaison).await, paths(["ITEM_PUBLISHED"]));
        assert!(kinds(Who::Enterprise).await.is_empty());
    }

    async fn a_first_day_that_has_passed_is_given_anew_with_the_publication(park: Park) {
        settled(&park).await;
        let item = id_of(&park, FORBIDDEN).await;
        step(&park, Who::Head, "itemPropose", &item, json!({"validFrom": "2026-10-12"})).await;
        let decision = json!({"documentId": upload(&park, Who::Leader, "name=x.pdf").await});
        step(&park, Who::Leader, "itemConfirm", &item, decision).await;
        park.set_clock("2026-10-13", 9, 0);
        for (more, why) in [
            (json!({}), "DAY_PAST"),
            (json!({"validFrom": "2026-10-12"}), "DAY_PAST"),
            (json!({"validFrom": "2026-10-25"}), "NOT_WORKING_DAY"),
        ] {
            assert_eq!(refused(&park, Who::Centre, "itemPublish", &item, more.clone()).await, why, "{more}");
        }
        // What the leader has confirmed is what the version says, not its day.
        let after = step(&park, Who::Centre, "itemPublish", &item, json!({"validFrom": "2026-10-14"})).await;
        assert_eq!(after["current"], json!({"number": 1, "validFrom": "2026-10-14"}));

        let other = id_of(&park, FILING).await;
        step(&park, Who::Head, "itemPropose", &other, json!({"validFrom": "2026-10-20"})).await;
        assert_eq!(refused(&park, Who::Centre, "itemPublish", &other, json!({"validFrom": "2026-10-21"})).await, "DAY_STANDS");
        step(&park, Who::Centre, "itemPublish", &other, json!({"validFrom": "2026-10-20"})).await;
    }

    async fn a_department_edits_the_next_version_part_by_part(park: Park) {
        settled(&park).await;
        let item = published(&park, FILING, "2026-10-12").await;
        assert_eq!(refused(&park, Who::Head, "itemEditFacts", &item, facts(2)).await, "NOT_DRAFT");
        let drafted = step(&park, Who::Head, "itemDraft", &item, json!({})).await;
        assert_eq!(drafted["atWork"], json!({"number": 2, "state": "DRAFT", "needsConfirmation": false}));
        assert_eq!(refused(&park, Who::Head, "itemDraft", &item, json!({})).await, "IN_PROGRESS");
        assert_eq!(refused(&park, Who::Head, "itemEditFacts", &item, facts(1)).await, "UNCHANGED");

        // What does not fit another part any more is told of the version, and is in the way of its publication.
        step(&park, Who::Head, "itemEditFacts", &item, facts(2)).await;
        let query = "query($code: String!) { item(code: $code) { atWork { promisedDays limits { clock limit } shortcomings { code message } } } }";
        let work = park.data(Who::Head, query, json!({"code": FILING})).await["item"]["atWork"].take();
        let limits = work["limits"].as_array().expect("limits");
        let promise = limits.iter().find(|row| row["clock"] == "PROMISED").expect("a promise");
        assert_eq!((&work["promisedDays"], &promise["limit"]), (&json!(2), &json!(2)));
        let lacks = work["shortcomings"].as_array().expect("a list");
        assert!(lacks.len() == 2 && lacks.iter().all(|lack| lack["code"] == "BREAKS_RULE"), "{lacks:?}");
        let own = Text::clone;
        assert_eq!(refused_at(&park, "itemEditGuide", &item, guide(own)).await, paths(["promiseEn", "promiseZh"]));
        let mut wrong = guide(two_days);
        wrong["feeBasis"] = json!("law 58");
        wrong["superviseEn"] = json!("示例");
        assert_eq!(refused_at(&park, "itemEditGuide", &item, wrong).await, paths(["feeBasis", "superviseEn"]));
        step(&park, Who::Head, "itemEditGuide", &item, guide(two_days)).await;

        // Everything that is wrong with a material is told at once.
        let mut wrong = material();
        for (field, value) in [("nameEn", "示例"), ("form", "DECLARATION"), ("source", "INTERMEDIARY"), ("grade", "D"), ("condition", "no_such_key = YES")] {
            wrong[field] = json!(value);
        }
        assert_eq!(refused_at(&park, "itemAddMaterial", &item, wrong).await, paths(["condition", "form", "grade", "nameEn"]));
        let mut wrong = material();
        wrong["condition"] = json!("fixed_asset_investment = YES and");
        wrong["source"] = json!("OTHER_ITEM");
        wrong["sourceItem"] = json!("R99");
        wrong["grade"] = json!("A");
        assert_eq!(refused_at(&park, "itemAddMaterial", &item, wrong).await, paths(["condition", "sourceItem"]));
        step(&park, Who::Head, "itemAddMaterial", &item, material()).await;
        let mut renamed = material();
        renamed["number"] = json!(6);
        renamed["nameZh"] = json!("示例材料（修改）");
        step(&park, Who::Head, "itemEditMaterial", &item, renamed).await;
        let strike = json!({"number": 2, "noteZh": "示例依据已经取消", "noteEn": "the example basis was abolished"});
        step(&park, Who::Head, "itemStrikeMaterial", &item, strike.clone()).await;
        let mut none = strike;
        none["number"] = json!(7);
        assert_eq!(refused(&park, Who::Head, "itemStrikeMaterial", &item, none).await, "ROW_UNKNOWN");

        // Limits, outcomes, validity and reasons.
        let notice = |days: i32, mark: &str| json!({"number": 1, "clock": "NOTICE", "limit": days, "unit": "WORKING_DAY", "start": "RECEIVED",
            "article": "企业投资项目核准和备案管理条例13", "mark": mark});
        assert_eq!(refused_at(&park, "itemEditLimit", &item, notice(6, "I")).await, paths(["limit"]));
        step(&park, Who::Head, "itemEditLimit", &item, notice(4, "K")).await;
        let mut more = notice(9, "I");
        more["clock"] = json!("EXPERT_CAP");
        more.as_object_mut().expect("an input").remove("number");
        step(&park, Who::Head, "itemAddLimit", &item, more).await;
        step(&park, Who::Head, "itemRemoveLimit", &item, json!({"number": 5})).await;
        let validity = |days: Value| json!({"validityKind": "FIXED_TERM", "validityYears": "2", "renewalBefore": days, "renewalClass": "T0"});
        assert_eq!(refused_at(&park, "itemEditValidity", &item, validity(Value::Null)).await, paths(["renewalBefore"]));
        step(&park, Who::Head, "itemEditValidity", &item, validity(json!(30))).await;
        step(&park, Who::Head, "itemEditValidity", &item, json!({})).await;
        let deemed = json!({"filedZh": "已备案", "filedEn": "filed", "deemedGrantedZh": "视为同意", "deemedGrantedEn": "deemed granted"});
        assert_eq!(refused_at(&park, "itemEditOutcomes", &item, deemed).await, paths([""]));
        let need = |condition: &str| json!({"number": 1, "condition": condition, "reasonZh": "目录以外的企业投资项目，先行备案。",
            "reasonEn": "Investment projects outside the catalogue are filed first.", "basis": "企业投资项目核准和备案管理条例3、13"});
        for wrong in ["fixed_asset_investment =", "no_such_key = YES"] {
            assert_eq!(refused_at(&park, "itemEditNeed", &item, need(wrong)).await, paths(["condition"]), "{wrong}");
        }
        step(&park, Who::Head, "itemEditNeed", &item, need("fixed_asset_investment = YES and in_approval_catalogue = NO")).await;

        // The draft goes out with the files, which break no rule, and reading them again changes nothing.
        let written = files(&park.store).await.expect("files");
        // What a bundle promises is changed with the files: it is shorter than what its items promise now.
        let faults = written.faults();
        assert!(faults.iter().all(|fault| fault.file == "bundles.csv"), "{faults:?}");
        let before = park.dump().await;
        assert_eq!(read(&park, written, true).await, Imported { unchanged: 42, ..Imported::default() });
        before.assert_same(&park.dump().await);

        // The reviewer sees every change, field by field; a material that is gone or new once.
        let query = "query($code: String!) { item(code: $code) { atWork { number materials { number } struckMaterials { number } changes { aboutEn } } } }";
        let work = park.data(Who::Centre, query, json!({"code": FILING})).await["item"]["atWork"].take();
        let numbers = |rows: &Value| rows.as_array().expect("rows").iter().filter_map(|row| row["number"].as_i64()).collect::<Vec<_>>();
        assert_eq!((numbers(&work["materials"]), numbers(&work["struckMaterials"])), (vec![1, 6], vec![2, 3, 4, 5]));
        let about: Vec<String> = work["changes"].as_array().expect("changes").iter().map(|change| text(&change["aboutEn"])).collect();
        let expected = ["Promise", "One-time notice", "One-time notice: how sure the article is", "One-time notice: note", "Promise", "Material 6",
            "When it is needed (fixed_asset_investment = YES and in_approval_catalogue = NO)", "Material 2"];
        assert_eq!(about, expected);
        step(&park, Who::Head, "itemPropose", &item, json!({"validFrom": "2026-10-14"})).await;
        assert_eq!(refused(&park, Who::Head, "itemEditFacts", &item, facts(1)).await, "NOT_DRAFT");
        let after = step(&park, Who::Centre, "itemPublish", &item, json!({})).await;
        assert_eq!(after["atWork"], Value::Null);

        // A former version can be read whole, and compared.
        let query = "query($code: String!) { item(code: $code) { numbered(number: 1) { promisedDays changesSince(number: 2) { aboutEn } } } }";
        let former = park.data(Who::Nobody, query, json!({"code": FILING})).await["item"]["numbered"].take();
        assert_eq!((&former["promisedDays"], former["changesSince"].as_array().map(Vec::len)), (&json!(1), Some(8)));
        let (centre, _) = Window::of(&park, Role::Centre).await;
        let page = page_of(&item);
        for (path, told) in [("versions/1", "id=\"materials\""), ("versions/2", "id=\"changes\""), ("versions/1?since=2", "id=\"changes\"")] {
            let shown = centre.text(&park, &format!("{page}/{path}")).await;
            assert!(shown.contains(told) && shown.contains("id=\"needs\""), "{path}: {shown}");
        }
        for path in ["versions/9", "versions/x", "versions/1?since=x"] {
            assert_eq!(centre.get(&park, &format!("{page}/{path}")).await.status(), StatusCode::NOT_FOUND, "{path}");
        }
    }

    async fn a_draft_is_edited_on_pages_that_lose_nothing_of_what_was_typed(park: Park) {
        settled(&park).await;
        let item = published(&park, FILING, "2026-10-12").await;
        let page = page_of(&item);
        let department = park.people().await.departments[0].id;
        let (head, _) = Window::of_department(&park, Role::DepartmentHead, Some(department)).await;
        let (centre, _) = Window::of(&park, Role::Centre).await;
        assert!(!head.text(&park, &page).await.contains("id=\"edit\""), "there is no draft");
        step(&park, Who::Head, "itemDraft", &item, json!({})).await;
        let shown = head.text(&park, &page).await;
        for way in ["edit-facts", "edit-guide", "edit-outcomes", "edit-validity", "materials/1/edit", "materials/1/strike", "materials/add", "limits/1/edit",
            "limits/1/remove", "limits/add", "needs/1/edit", "needs/1/remove", "needs/add"] {
            assert!(shown.contains(&format!("href=\"{page}/{way}\"")), "{way}: {shown}");
            assert_eq!(head.get(&park, &format!("{page}/{way}")).await.status(), StatusCode::OK, "{way}");
            assert_eq!(centre.get(&park, &format!("{page}/{way}")).await.status(), StatusCode::FORBIDDEN, "{way}");
        }
        assert!(!centre.text(&park, &page).await.contains("id=\"edit\""), "the service centre edits no draft");
        for nothing in ["materials/9/edit", "materials/1/remove", "materials/x/edit", "windows/add", "limits/1/strike"] {
            assert_eq!(head.get(&park, &format!("{page}/{nothing}")).await.status(), StatusCode::NOT_FOUND, "{nothing}");
        }
        let carried = |form: &str| ["token", "idempotencyKey", "expectedVersion"].map(|name| (name, hidden(form, name)));

        // What stands in the draft stands in the form.
        let path = format!("{page}/edit-facts");
        let form = head.text(&park, &path).await;
        assert!(form.contains("value=\"Investment project filing\""), "{form}");
        let sent = facts(2);
        let mut fields: Vec<(String, String)> = sent.as_object().expect("an input").iter()
            .map(|(name, value)| (name.clone(), value.as_str().map_or_else(|| value.to_string(), str::to_owned))).collect();
        fields.extend(carried(&form).map(|(name, value)| (name.to_owned(), value)));
        let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        let saved = head.post(&park, &path, &fields).await;
        assert_eq!((saved.status(), location(&saved)), (StatusCode::SEE_OTHER, page.as_str()));

        let path = format!("{page}/materials/2/edit");
        let form = head.text(&park, &path).await;
        assert!(form.contains("value=\"Declaration that the project complies with industrial policy\""), "{form}");
        let carried = carried(&form);
        let send = async |name_en: &str, condition: &str| {
            let mut fields: Vec<(&str, &str)> = carried.iter().map(|(name, value)| (*name, value.as_str())).collect();
            fields.extend([("nameZh", "示例声明"), ("nameEn", name_en), ("form", "DECLARATION"), ("source", "APPLICANT"), ("sourceItem", ""), ("grade", "D"),
                ("tolerance", "NONE"), ("condition", condition), ("sharedKey", ""), ("noteZh", "示例依据"), ("noteEn", "an example basis")]);
            head.post(&park, &path, &fields).await
        };
        let before = park.dump().await.without(TRACES);
        let refused = send("示例", "no_such_key = YES").await;
        assert_eq!(refused.status(), StatusCode::UNPROCESSABLE_ENTITY);
        let refused = refused.text().await.expect("a page");
        for (field, words) in [("nameEn", "A text in English is expected"), ("condition", "no_such_key")] {
            assert!(beside(&refused, field, words), "{field}: {refused}");
        }
        assert!(refused.contains("示例声明") && refused.contains(">no_such_key = YES</textarea>"), "{refused}");
        before.assert_same(&park.dump().await.without(TRACES));
        let saved = send("An example declaration", "").await;
        assert_eq!((saved.status(), location(&saved)), (StatusCode::SEE_OTHER, page.as_str()));
        // The form was made from a draft that has changed since.
        assert_eq!(send("Another declaration", "").await.status(), StatusCode::CONFLICT);
        let shown = head.text(&park, &page).await;
        assert!(shown.contains("An example declaration"), "{shown}");
    }

    async fn the_guide_of_an_item_that_ended_says_why_and_what_took_its_place(park: Park) {
        settled(&park).await;
        let item = published(&park, FILING, "2026-10-12").await;
        let end = json!({"status": "MERGED", "lastDay": "2026-10-20", "reasonZh": "并入项目核准", "reasonEn": "part of the approval of projects", "successor": "R04"});
        step(&park, Who::Centre, "itemRetire", &item, end).await;
        assert_eq!(unread(&park, Who::Head).await.len(), 1);
        let stranger = Window::default();
        for (day, told) in [("2026-10-20", "即将移出目录"), ("2026-10-21", "已移出目录")] {
            park.set_clock(day, 9, 0);
            let guide = stranger.text(&park, "/guides/R03").await;
            let (_, ended) = guide.split_once("id=\"ended\"").expect("it says so");
            let said = ["并入项目核准", "/guides/R04\"", told];
            assert!(said.iter().all(|words| ended.contains(words)), "{day}: {guide}");
        }
    }
}
