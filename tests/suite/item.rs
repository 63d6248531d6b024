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
    matters::{done, on, text},
    program::{command, succeeds, told},
    promise::{mutation, upload},
    stories,
    window::Window,
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
        let page = park.page(Who::Head, &tests::window::page_of(&item)).await;
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
        let before = park.dump().await.without(tests::app::TRACES);
        let input = json!({"input": on(&park, &item, json!({})).await});
        let answer = park.data(Who::Centre, &mutation("itemPublish", "item { id }"), input).await;
        let codes = answer["itemPublish"]["userErrors"].as_array().expect("errors").iter();
        let codes: BTreeSet<&str> = codes.map(|error| error["code"].as_str().expect("a code")).collect();
        let expected = ["FACT_MISSING", "FEE_WITHOUT_BASIS", "LIMIT_WITHOUT_BASIS", "MATERIAL_WITHOUT_BASIS", "UNCONFIRMED"];
        assert_eq!(codes, BTreeSet::from(expected));
        before.assert_same(&park.dump().await.without(tests::app::TRACES));
        let page = park.page(Who::Centre, &tests::window::page_of(&item)).await;
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
        let told = read(&park, changed.clone(), true).await;
        assert_eq!((told.changed.as_slice(), told.unchanged, told.edition), (&[FILING.to_owned()][..], 41, None));
        assert_eq!(read(&park, changed, true).await.unchanged, 42);
        let query = "query($code: String!) { item(code: $code) { atWork { changes { aboutEn beforeEn afterEn } } } }";
        let work = park.data(Who::Centre, query, json!({"code": FILING})).await["item"]["atWork"].take();
        let promise = |days| format!("{days} Working days, All information received (服务承诺)");
        assert_eq!(work["changes"], json!([{"aboutEn": "Promise", "beforeEn": promise(1), "afterEn": promise(2)}]));
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
        assert_eq!(work["changes"], json!([renewal]));
        let proposed = step(&park, Who::Head, "itemPropose", &item, json!({"validFrom": "2026-10-14"})).await;
        assert_eq!(proposed["atWork"]["needsConfirmation"], json!(true));
        assert_eq!(refused(&park, Who::Centre, "itemPublish", &item, json!({})).await, "NOT_CONFIRMED");
    }

    async fn what_is_taken_off_remains_until_its_last_day_and_its_files_can_be_read_again(park: Park) {
        settled(&park).await;
        let item = published(&park, FILING, "2026-10-12").await;
        let before = park.dump().await.without(tests::app::TRACES);
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
        before.assert_same(&park.dump().await.without(tests::app::TRACES));
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
}
