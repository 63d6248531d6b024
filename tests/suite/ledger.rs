//! The park's ledger becomes a running service, once and only once.

use std::collections::BTreeSet;

use api_import::read;
use entity::{
    account,
    error::{Explain, Fault},
    ledger::{
        Field, FileError, Kept, Report, Row, Updated,
        commands::{Import, PARK_PARTY, import, update},
    },
    viewer::Viewer,
};
use reqwest::StatusCode;
use serde_json::{Value, json};
use tests::{
    Park, Who,
    ledger::{csv, filled, workbook},
    stories,
};

mod strange;

fn roster(dry_run: bool) -> Import {
    let bytes = include_bytes!("../../api/data/roster-2026.xlsx");
    let ledger = read("roster-2026.xlsx", bytes).expect("it is a ledger");
    Import {
        rows: ledger.rows,
        refused: ledger.refused,
        park_party: PARK_PARTY.to_owned(),
        dry_run,
    }
}

async fn run(park: &Park, input: Import) -> Report {
    import(&park.store, &Viewer::system("import"), input, |_| {})
        .await
        .expect("the import runs")
}

async fn take_over(park: &Park, rows: &[Row]) -> Updated {
    update(&park.store, &Viewer::system("import"), rows.to_vec())
        .await
        .expect("the update runs")
}

/// Many rows with right codes, all under one liaison.
fn many(count: u32) -> Vec<Row> {
    let first = roster(false).rows.remove(0);
    (0..count)
        .map(|number| {
            let stem = format!("91210231XR{number:07}");
            let code = "0123456789ABCDEFGHJKLMNPQRTUWXY"
                .chars()
                .map(|check| format!("{stem}{check}"))
                .find(|code| entity::enterprise::rules::CreditCode::verify(code).is_ok())
                .expect("one of 31 fits");
            Row {
                number: number + 4,
                enterprise_name: format!("示例{number}有限公司"),
                credit_code: code,
                contact_login: format!("contact{number}@enterprise.example"),
                contract_number: format!("QY-2026-{number:05}"),
                ..first.clone()
            }
        })
        .collect()
}

/// A ledger stored as a file, by its global id.
async fn stored(park: &Park, bytes: Vec<u8>) -> String {
    stored_as(park, "ledger.xlsx", bytes).await
}

async fn stored_as(park: &Park, name: &str, bytes: Vec<u8>) -> String {
    let answer = park
        .post(Who::Centre, &format!("/documents?name={name}"))
        .await
        .header("content-type", "application/octet-stream")
        .body(bytes)
        .send()
        .await
        .expect("an answer");
    let told: Value = answer.json().await.expect("JSON");
    told["id"].as_str().expect("an id").to_owned()
}

const PREVIEW: &str = "query($id: ID!) { ledgerImportPreview(documentId: $id) { taken unchangedRows differingRows refusedRows problem \
                       refusals { row column value reason } differences { row contractNumber before after } } }";

const IMPORT: &str = "mutation($input: LedgerImportInput!) { ledgerImport(input: $input) { report { taken unchangedRows differingRows \
                      refusedRows awaitingInvitation differences { column before after fate reason } } userErrors { code path message } } }";

stories! {
    async fn a_ledger_is_previewed_and_imported_through_the_api(park: Park) {
        let text = csv(3).replace("contact2@firm.example", "contact2");
        let id = stored(&park, workbook(&text)).await;
        let before = park.dump().await;
        let told = park.data(Who::Centre, PREVIEW, json!({"id": id})).await["ledgerImportPreview"].take();
        assert_eq!(told["taken"], json!(["QY-2026-00001", "QY-2026-00003"]));
        assert_eq!(told["refusals"][0]["row"], json!(3));
        assert_eq!(told["refusals"][0]["value"], json!("contact2"));
        assert_eq!((&told["unchangedRows"], &told["refusedRows"]), (&json!(0), &json!(1)));
        assert_eq!(park.dump().await, before);
        let not_mine = park.refused(Who::Liaison, PREVIEW, json!({"id": id})).await;
        assert_eq!(not_mine, "FORBIDDEN");

        let input = json!({"input": {"documentId": id}});
        let done = park.data(Who::Centre, IMPORT, input.clone()).await["ledgerImport"].take();
        assert_eq!(done["report"]["taken"], told["taken"]);
        let again = park.data(Who::Centre, IMPORT, input).await["ledgerImport"].take();
        assert_eq!(again["report"]["taken"], json!([]));
        assert_eq!(again["report"]["unchangedRows"], json!(2));

        // What a known row says differently is told, and taken over when that is asked for.
        let changed = stored(&park, workbook(&text.replace("示例企业1有限公司", "示例企业一有限公司"))).await;
        let told = park.data(Who::Centre, PREVIEW, json!({"id": changed})).await["ledgerImportPreview"].take();
        assert_eq!(told["differingRows"], json!(1));
        assert_eq!(told["differences"][0]["after"], json!("示例企业一有限公司"));
        let input = json!({"input": {"documentId": changed, "update": true}});
        let done = park.data(Who::Centre, IMPORT, input).await["ledgerImport"].take();
        assert_eq!(done["report"]["differences"][0]["fate"], json!("APPLIED"));
    }

    async fn the_empty_ledger_is_filled_in_and_imported(park: Park) {
        let template = async |who| park.get(who, "/ledger/template.xlsx").await.send().await.expect("an answer");
        assert_eq!(template(Who::Liaison).await.status(), StatusCode::FORBIDDEN);
        let answer = template(Who::Centre).await;
        assert_eq!(answer.status(), StatusCode::OK);
        let template = answer.bytes().await.expect("a file");
        let empty = read("template.xlsx", &template).expect("it has the header of a ledger");
        assert_eq!((empty.rows, empty.refused), (Vec::new(), Vec::new()));
        assert_eq!(empty.extent.other_sheets, Vec::<String>::new(), "the other sheet is for people");
        assert_eq!(empty.extent.ignored_columns, Vec::<String>::new());

        let text = csv(3);
        let filled = filled(&template, &text);
        let read_back = read("ledger.xlsx", &filled).expect("a ledger");
        assert_eq!(read_back.rows, read("ledger.csv", text.as_bytes()).expect("a ledger").rows);
        assert_eq!(read_back.extent.ignored_columns, Vec::<String>::new());
        let id = stored(&park, filled).await;
        let done = park.data(Who::Centre, IMPORT, json!({"input": {"documentId": id}})).await["ledgerImport"].take();
        assert_eq!(done["report"]["taken"].as_array().map(Vec::len), Some(3), "{done}");
    }

    async fn a_preview_tells_of_each_row_who_it_is_and_what_it_becomes(park: Park) {
        let known = csv(60);
        let id = stored(&park, workbook(&known)).await;
        park.data(Who::Centre, IMPORT, json!({"input": {"documentId": id}})).await;
        // Of 62 rows one differs, one is new, and in one the address cannot be read.
        let text = csv(63)
            .lines()
            .take(63)
            .collect::<Vec<_>>()
            .join("\n")
            .replace("示例企业7有限公司", "示例企业七有限公司")
            .replace("contact61@firm.example", "contact61");
        let rows = "query($id: ID!, $skip: Int!) { ledgerImportPreview(documentId: $id) { rowCount \
                    rows(first: 50, skip: $skip) { row outcome enterpriseName creditCode liaisonName contactLogin contractNumber startsOn \
                    projectName differences { column before after } refusals { column value reason } } } }";
        let id = stored(&park, workbook(&text)).await;
        let page = async |skip: i32| {
            let told = park.data(Who::Centre, rows, json!({"id": id, "skip": skip})).await;
            told["ledgerImportPreview"].clone()
        };
        let first = page(0).await;
        assert_eq!(first["rowCount"], 62);
        let told = first["rows"].as_array().expect("rows");
        assert_eq!(told.len(), 50);
        let unread = &told[0];
        assert_eq!((&unread["outcome"], &unread["row"]), (&json!("REFUSED"), &json!(62)));
        assert_eq!(unread["enterpriseName"], "示例企业61有限公司");
        assert_eq!(unread["refusals"][0]["value"], "contact61");
        assert_eq!(unread["startsOn"], "2026-01-01");
        let rest = page(50).await["rows"].take();
        let rest = rest.as_array().expect("rows");
        assert_eq!(rest.len(), 12);
        let all: Vec<&Value> = told.iter().chain(rest).collect();
        let outcomes: Vec<&str> = all.iter().filter_map(|row| row["outcome"].as_str()).collect();
        let order = ["REFUSED", "CHANGED", "NEW", "UNCHANGED"].map(|one| outcomes.iter().position(|is| *is == one));
        assert!(order.iter().all(Option::is_some) && order.is_sorted(), "{order:?}");
        let renamed = all.iter().find(|row| row["enterpriseName"] == "示例企业七有限公司").expect("the row");
        assert_eq!(renamed["outcome"], "CHANGED");
        assert_eq!(renamed["differences"][0]["before"], "示例企业7有限公司");
        assert_eq!(page(62).await["rows"], json!([]));
        let wrong = "query($id: ID!) { ledgerImportPreview(documentId: $id) { rows(first: 101) { row } } }";
        assert_eq!(park.refused(Who::Centre, wrong, json!({"id": id})).await, "BAD_REQUEST");
    }

    async fn a_number_of_a_contract_keeps_its_blanks_and_is_known_without_them(park: Park) {
        let spaced = |number: &str| csv(2).replace("QY-2026-00001", number).into_bytes();
        let take = async |number: &str| {
            let id = stored_as(&park, "ledger.csv", spaced(number)).await;
            park.data(Who::Centre, IMPORT, json!({"input": {"documentId": id}})).await["ledgerImport"]["report"].take()
        };
        assert_eq!(take("qy  2026\u{3000}01").await["taken"], json!(["QY 2026 01", "QY-2026-00002"]));
        let found = "query($text: String!) { contracts(first: 5, where: {text: $text}) { nodes { number } } }";
        for text in ["QY 2026 01", "qy202601"] {
            let told = park.data(Who::Centre, found, json!({"text": text})).await;
            assert_eq!(told["contracts"]["nodes"], json!([{"number": "QY 2026 01"}]), "{text}");
        }
        let before = park.dump().await.without(&["document", "document_blob", "audit_entry"]);
        for number in ["QY202601", "QY 202601"] {
            let told = take(number).await;
            assert_eq!((&told["taken"], &told["unchangedRows"], &told["differences"]), (&json!([]), &json!(2), &json!([])), "{number}");
        }
        before.assert_same(&park.dump().await.without(&["document", "document_blob", "audit_entry"]));
    }

    async fn numbers_of_a_ledger_are_taken_told_and_changed(park: Park) {
        // Each enterprise has a contact of its own; one liaison looks after both.
        let ledger = |contact: &str| -> String {
            let lines = csv(2);
            let lines = lines.lines().enumerate().map(|(at, line)| match at {
                0 => format!("{line},专员电话,联系电话\n"),
                _ => format!("{line},（0000）00000003,{contact}{at}\n"),
            });
            lines.collect()
        };
        let number = async |login: &str| {
            let found = account::repository::by_login(park.db(), login).await.expect("a read");
            found.expect("an account").telephone.map(String::from)
        };
        let wrong = stored(&park, workbook(&ledger("80"))).await;
        let told = park.data(Who::Centre, PREVIEW, json!({"id": wrong})).await["ledgerImportPreview"].take();
        assert_eq!((&told["taken"], &told["refusedRows"]), (&json!([]), &json!(2)));
        assert_eq!(told["refusals"][0]["value"], "801");
        assert!(told["refusals"][0]["reason"].as_str().is_some_and(|why| why.contains("not a telephone number")), "{told}");

        let good = stored(&park, workbook(&ledger("0000 0001000"))).await;
        let done = park.data(Who::Centre, IMPORT, json!({"input": {"documentId": good}})).await["ledgerImport"]["report"].take();
        assert_eq!(done["taken"].as_array().map(Vec::len), Some(2), "{done}");
        // Two of the ledger, and the two contacts who were there.
        assert_eq!(done["awaitingInvitation"], 4);
        assert_eq!(number("contact1@firm.example").await.as_deref(), Some("0000-00010001"));
        assert_eq!(number("liaison0@park.example").await.as_deref(), Some("0000-00000003"));

        // Another number is told and taken over, by the service centre; a ledger without numbers says nothing of them.
        let other = stored(&park, workbook(&ledger("0000 0002000"))).await;
        let told = park.data(Who::Centre, PREVIEW, json!({"id": other})).await["ledgerImportPreview"].take();
        assert_eq!(told["differences"][0]["after"], "0000-00020001");
        let input = json!({"input": {"documentId": other, "update": true}});
        let done = park.data(Who::Centre, IMPORT, input).await["ledgerImport"]["report"].take();
        assert_eq!(done["differences"].as_array().map(Vec::len), Some(2), "{done}");
        assert_eq!(done["differences"][0]["fate"], "APPLIED");
        assert_eq!(number("contact2@firm.example").await.as_deref(), Some("0000-00020002"));
        let silent = stored(&park, workbook(&csv(2))).await;
        let told = park.data(Who::Centre, PREVIEW, json!({"id": silent})).await["ledgerImportPreview"].take();
        assert_eq!((&told["unchangedRows"], &told["differences"]), (&json!(2), &json!([])));
    }

    async fn another_number_of_somebody_known_is_told_and_changes_nothing_until_asked(park: Park) {
        // Each of the two files has one row; both name the same liaison.
        let ledger = |line: usize, number: &str| {
            let lines = csv(2);
            let lines: Vec<&str> = lines.lines().collect();
            workbook(&format!("{},专员电话\n{},{number}\n", lines[0], lines[line]))
        };
        let number = async || {
            let found = account::repository::by_login(park.db(), "liaison0@park.example").await.expect("a read");
            found.expect("an account").telephone.map(String::from)
        };
        let first = stored(&park, ledger(1, "0000 00000003")).await;
        park.data(Who::Centre, IMPORT, json!({"input": {"documentId": first}})).await;
        let second = stored(&park, ledger(2, "0000 00000004")).await;
        let rows = "query($id: ID!) { ledgerImportPreview(documentId: $id) { taken differingRows \
                    rows(first: 5) { outcome differences { before after fate } } } }";
        let preview = async || park.data(Who::Centre, rows, json!({"id": second})).await["ledgerImportPreview"].take();
        let told = preview().await;
        assert_eq!((&told["taken"], &told["differingRows"]), (&json!(["QY-2026-00002"]), &json!(1)));
        let difference = json!({"before": "0000-00000003", "after": "0000-00000004", "fate": "TOLD"});
        assert_eq!(told["rows"], json!([{"outcome": "NEW", "differences": [difference]}]));

        let done = park.data(Who::Centre, IMPORT, json!({"input": {"documentId": second}})).await["ledgerImport"]["report"].take();
        assert_eq!((&done["taken"], &done["differences"][0]["fate"]), (&json!(["QY-2026-00002"]), &json!("TOLD")));
        assert_eq!(number().await.as_deref(), Some("0000-00000003"));
        // It is told as long as the two differ, and changed when that is asked for.
        assert_eq!(preview().await["rows"], json!([{"outcome": "CHANGED", "differences": [difference]}]));
        let input = json!({"input": {"documentId": second, "update": true}});
        let done = park.data(Who::Centre, IMPORT, input).await["ledgerImport"]["report"].take();
        assert_eq!(done["differences"][0]["fate"], "APPLIED", "{done}");
        assert_eq!(number().await.as_deref(), Some("0000-00000004"));
        assert_eq!(preview().await["rows"], json!([{"outcome": "UNCHANGED", "differences": []}]));
    }

    async fn another_contract_of_an_enterprise_keeps_what_is_on_record_of_it(park: Park) {
        let ledger = |row: &Row| Import { rows: vec![row.clone()], refused: Vec::new(), ..roster(false) };
        let first = Row { contact_telephone: "0000-00000001".parse().ok(), ..many(1).remove(0) };
        run(&park, ledger(&first)).await;
        let starts_on = first.ends_on.succ_opt().expect("a day");
        let next = Row {
            enterprise_name: "更名示例有限公司".to_owned(),
            contact_telephone: "0000-00000002".parse().ok(),
            contract_number: "QY-2099-00001".to_owned(),
            starts_on,
            ends_on: starts_on + chrono::Days::new(300),
            project_name: None,
            ..first.clone()
        };
        let report = run(&park, ledger(&next)).await;
        let told: Vec<_> = report.differences.iter().map(|one| (one.field, one.was.as_str(), one.is.as_str())).collect();
        assert_eq!(told, [
            (Field::EnterpriseName, first.enterprise_name.as_str(), "更名示例有限公司"),
            (Field::ContactTelephone, "0000-00000001", "0000-00000002"),
        ]);
        assert_eq!((report.taken.len(), report.unchanged), (1, 0));
        let named = async || park.dump().await.rows("enterprise").iter().filter(|row| row.contains("更名示例")).count();
        assert_eq!(named().await, 0);

        let updated = take_over(&park, std::slice::from_ref(&next)).await;
        let applied: Vec<_> = updated.applied.iter().map(|one| one.field).collect();
        assert_eq!(applied, [Field::EnterpriseName, Field::ContactTelephone]);
        assert_eq!((named().await, updated.kept), (1, Vec::new()));
        assert_eq!(run(&park, ledger(&next)).await.unchanged, 1);
    }

    async fn values_with_commas_are_taken_like_a_workbook(park: Park) {
        let workbook = stored(&park, workbook(&csv(3))).await;
        let values = stored_as(&park, "ledger.csv", csv(3).into_bytes()).await;
        let told = park.data(Who::Centre, PREVIEW, json!({"id": workbook})).await;
        assert_eq!(told["ledgerImportPreview"]["taken"].as_array().map(Vec::len), Some(3));
        assert_eq!(park.data(Who::Centre, PREVIEW, json!({"id": values})).await, told);
        let input = json!({"input": {"documentId": values}});
        let done = park.data(Who::Centre, IMPORT, input).await["ledgerImport"].take();
        assert_eq!(done["report"]["taken"], told["ledgerImportPreview"]["taken"]);
    }

    async fn an_upload_that_cannot_be_kept_says_why_it_is_no_ledger(park: Park) {
        let upload = async |who: Who, name: &str, query: &str, bytes: &[u8]| {
            let request = park.post(who, &format!("/documents?name={name}{query}")).await;
            let request = request.header("content-type", "application/octet-stream").body(bytes.to_vec());
            let answer = request.send().await.expect("an answer");
            let status = answer.status().as_u16();
            (status, answer.json::<Value>().await.expect("JSON"))
        };
        let header = csv(0);
        let page = "<html><body><table><tr><td>企业名称</td></tr></table></body></html>";
        let compound = [b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".as_slice(), &[0; 600]].concat();
        // Both have a session from here on.
        for who in [Who::Centre, Who::Liaison] {
            upload(who, "none.csv", "", b"").await;
        }
        let before = park.dump().await;
        for (name, bytes) in [
            ("page.xls", page.as_bytes()),
            ("book.xls", compound.as_slice()),
            ("cut.xlsx", b"PK\x03\x04 and then nothing"),
            ("blank.csv", header.as_bytes()),
        ] {
            let cause = read(name, bytes).err().unwrap_or(FileError::Blank).explain();
            let (status, told) = upload(Who::Centre, name, "&ledger=true", bytes).await;
            let error = &told["userErrors"][0];
            assert_eq!((status, &error["code"], &error["path"]), (422, &json!("UNREADABLE"), &json!(["file"])), "{name}: {told}");
            let message = error["message"].as_str().expect("a message");
            assert!([cause.zh.as_str(), cause.en.as_str()].contains(&message), "{name}: {message}");
            let (_, told) = upload(Who::Centre, name, "", bytes).await;
            assert_eq!(told["userErrors"][0]["code"], json!("UNKNOWN_FORMAT"), "{name}: {told}");
            assert_eq!(upload(Who::Liaison, name, "&ledger=true", bytes).await.0, 403, "{name}");
        }
        before.assert_same(&park.dump().await);
        let (status, kept) = upload(Who::Centre, "ledger.csv", "&ledger=true", csv(1).as_bytes()).await;
        assert_eq!(status, 201, "{kept}");
    }

    async fn a_file_that_is_no_ledger_is_told_so_through_the_api(park: Park) {
        let id = stored(&park, workbook("a,b,c\n1,2,3")).await;
        let before = park.dump().await;
        let told = park.data(Who::Centre, PREVIEW, json!({"id": id})).await["ledgerImportPreview"].take();
        assert!(told["problem"].as_str().is_some_and(|problem| problem.contains("header") || problem.contains("表头")), "{told}");
        let input = json!({"input": {"documentId": id}});
        let told = park.data(Who::Centre, IMPORT, input).await["ledgerImport"].take();
        assert_eq!(told["userErrors"][0]["code"], json!("UNREADABLE"));
        assert_eq!(told["userErrors"][0]["path"], json!(["input", "documentId"]));
        let large = stored(&park, workbook(&csv(1_001))).await;
        let stored_now = park.dump().await;
        assert_ne!(stored_now, before);
        let input = json!({"input": {"documentId": large}});
        let told = park.data(Who::Centre, IMPORT, input).await["ledgerImport"].take();
        assert_eq!(told["userErrors"][0]["code"], json!("TOO_MANY_ROWS"));
        assert_eq!(park.dump().await, stored_now);
    }

    async fn twenty_rows_are_taken_and_three_refused(park: Park) {
        let report = run(&park, roster(false)).await;
        assert_eq!(report.taken.len(), 20);
        assert_eq!(report.refused_rows(), 3);
        let refused: Vec<_> = report
            .refused
            .iter()
            .map(|refused| (refused.row, refused.field, refused.value.as_str()))
            .collect();
        assert_eq!(refused, [
            (24, Field::CreditCode, "91210231XQ0000013A"),
            (25, Field::CreditCode, "91210231XQ000003X4"),
            (26, Field::StartsOn, "2026/13/1"),
        ]);
        let dump = park.dump().await;
        for (table, rows) in [
            ("enterprise", 20),
            ("account", 40),
            ("liaison", 20),
            ("contract", 20),
            ("contract_clause", 20 * 16),
            ("commitment", 20 * 16),
            // What fell due before the day of import was before the system.
            ("obligation", 0),
            ("project", 20),
            ("project_stage", 200),
            ("milestone", 200),
            ("ledger_row", 20),
        ] {
            assert_eq!(dump.rows(table).len(), rows, "{table}");
        }
        for row in dump.rows("contract") {
            assert!(row.contains("ACTIVE") && row.contains("PAPER"), "{row}");
        }
        let all: String = dump.rows("enterprise").concat() + dump.rows("account").concat().as_str();
        assert!(!all.contains("错码示例") && !all.contains("日期示例") && !all.contains("liaison21@"));
    }

    async fn what_falls_due_from_now_on_is_opened(park: Park) {
        park.set_clock("2026-01-06", 9, 0);
        let report = run(&park, roster(false)).await;
        assert_eq!(report.taken.len(), 20);
        let dump = park.dump().await;
        // First contact within three working days: of the four contracts of 1 January and the four of 5 January (4 January is
        // a working Sunday); all later ones have not begun.
        let begun = dump.rows("contract").iter().filter(|row| row.contains("ACTIVE")).count();
        let open = dump.rows("obligation").len();
        assert_eq!(dump.rows("deadline").len(), open + 20, "every signed contract has its term");
        assert_eq!(open, begun, "each contract in force owes its first contact");
        assert!(open > 0 && open < 20);
        assert!(dump.rows("contract").iter().all(|row| row.contains("ACTIVE") || row.contains("SIGNED")));
    }

    async fn the_second_run_changes_nothing(park: Park) {
        run(&park, roster(false)).await;
        let before = park.dump().await;
        park.set_clock("2026-10-12", 9, 0);
        let report = run(&park, roster(false)).await;
        assert_eq!((report.taken.len(), report.unchanged, report.refused_rows()), (0, 20, 3));
        assert_eq!(report.differences, []);
        before.assert_same(&park.dump().await);
    }

    async fn a_rehearsal_writes_nothing(park: Park) {
        let before = park.dump().await;
        let report = run(&park, roster(true)).await;
        assert_eq!((report.taken.len(), report.refused_rows()), (20, 3));
        before.assert_same(&park.dump().await);
    }

    async fn a_changed_row_is_told_and_changes_nothing(park: Park) {
        run(&park, roster(false)).await;
        let before = park.dump().await;
        let mut changed = roster(false);
        changed.rows[0].industry = "人工智能".to_owned();
        let report = run(&park, changed).await;
        assert_eq!((report.unchanged, report.differing_rows()), (19, 1));
        let difference = &report.differences[0];
        assert_eq!(difference.field, Field::Industry);
        assert_eq!((difference.was.as_str(), difference.is.as_str()), ("软件和信息服务", "人工智能"));
        before.assert_same(&park.dump().await);
    }

    async fn an_update_takes_over_what_has_an_ordinary_command_and_says_why_the_rest_stays(park: Park) {
        let mut rows = roster(false).rows;
        rows[3].project_name = None;
        run(&park, Import { rows: rows.clone(), ..roster(false) }).await;
        let unchanged = park.dump().await;
        assert_eq!(take_over(&park, &rows).await, Updated::default());
        unchanged.assert_same(&park.dump().await);

        rows[0].industry = "人工智能".to_owned();
        rows[0].enterprise_name = "更名示例有限公司".to_owned();
        // To a liaison who is known, and to one who is new.
        rows[1].liaison_name = rows[5].liaison_name.clone();
        rows[1].liaison_login = rows[5].liaison_login.clone();
        rows[1].liaison_telephone = None;
        rows[2].liaison_name = "专员99".to_owned();
        rows[2].liaison_login = "liaison99@park.example".to_owned();
        rows[2].contact_login = "new-contact@enterprise.example".to_owned();
        rows[3].project_name = Some("新厂房示例项目".to_owned());
        // What is signed, and what says which enterprise it is.
        rows[4].ends_on = rows[4].ends_on.succ_opt().expect("a day");
        rows[4].remark = Some("示例备注".to_owned());
        rows[5].project_name = Some("另一个示例项目".to_owned());
        rows[6].contact_login = rows[7].liaison_login.clone();
        let former = roster(false).rows[2].contact_login.clone();

        let updated = take_over(&park, &rows).await;
        let applied: Vec<_> = updated.applied.iter().map(|difference| (difference.row, difference.field)).collect();
        assert_eq!(applied, [
            (rows[0].number, Field::EnterpriseName),
            (rows[0].number, Field::Industry),
            (rows[1].number, Field::LiaisonName),
            (rows[1].number, Field::LiaisonMail),
            (rows[2].number, Field::LiaisonName),
            (rows[2].number, Field::LiaisonMail),
            (rows[2].number, Field::ContactMail),
            (rows[3].number, Field::Project),
            (rows[4].number, Field::Remark),
        ]);
        let kept: Vec<_> = updated.kept.iter().map(|(difference, kept)| (difference.row, kept.clone())).collect();
        assert_eq!(kept, [
            (rows[4].number, Kept::SignedTerm),
            (rows[5].number, Kept::ProjectName),
            (rows[6].number, Kept::AccountOfAnother),
        ]);

        let dump = park.dump().await;
        let has = |table: &str, words: &[&str]| {
            dump.rows(table).iter().filter(|row| words.iter().all(|word| row.contains(word))).count()
        };
        assert_eq!(has("enterprise", &["更名示例有限公司", "人工智能"]), 1);
        assert_eq!((has("liaison", &["ENDED"]), has("liaison", &["ACTIVE"])), (2, 20), "nobody is without a liaison");
        assert_eq!(has("account", &["liaison99@park.example", "LIAISON"]), 1);
        assert_eq!(has("account", &["new-contact@enterprise.example", "ENTERPRISE"]), 1);
        let accounts = entity::account::repository::all(park.db()).await.expect("the accounts");
        let disabled: Vec<_> = accounts.iter().filter(|account| !account.is_enabled()).map(|account| &account.login).collect();
        assert_eq!(disabled, [&former], "the former contact may not sign in");
        assert_eq!((dump.rows("project").len(), dump.rows("milestone").len()), (20, 200));
        assert_eq!(has("audit_entry", &["ledger.update"]), 5);
        assert_eq!(has("audit_entry", &["liaison.handOver"]), 2);
        assert_eq!(has("contract", &["ACTIVE"]), 20);
        assert!(has("letter", &["LIAISON_CHANGED"]) > 0, "both sides are told of a hand-over");
        assert_eq!(has("letter", &["INVITATION"]), 2);

        // Done again, only what stays is left.
        let again = take_over(&park, &rows).await;
        assert_eq!((again.applied.len(), again.kept.len()), (0, 3));
        dump.assert_same(&park.dump().await);
        let report = run(&park, Import { rows, ..roster(false) }).await;
        assert_eq!((report.taken.len(), report.unchanged, report.differing_rows()), (0, 16, 3));
    }

    async fn only_the_centre_updates(park: Park) {
        run(&park, roster(false)).await;
        let people = park.people().await;
        let mut rows = roster(false).rows;
        rows[0].industry = "人工智能".to_owned();
        let before = park.dump().await;
        for who in Who::ALL.into_iter().chain([Who::Nobody]).filter(|who| *who != Who::Centre) {
            let outcome = update(&park.store, &people.viewer(who), rows.clone()).await;
            assert!(matches!(outcome, Err(Fault::Forbidden | Fault::Unauthenticated)), "{who:?}");
        }
        before.assert_same(&park.dump().await);
        let updated = update(&park.store, &people.viewer(Who::Centre), rows).await.expect("the centre may");
        assert_eq!(updated.applied.len(), 1);
    }

    async fn an_import_that_stopped_is_completed_by_the_next(park: Park) {
        let rows = many(120);
        let part = Import { rows: rows[..50].to_vec(), refused: Vec::new(), park_party: PARK_PARTY.to_owned(), dry_run: false };
        assert_eq!(run(&park, part.clone()).await.taken.len(), 50);
        let report = run(&park, Import { rows, ..part }).await;
        assert_eq!((report.taken.len(), report.unchanged), (70, 50));
        let dump = park.dump().await;
        assert_eq!(dump.rows("contract").len(), 120);
        // One liaison for all of them.
        assert_eq!(dump.rows("account").len(), 121);
    }

    async fn what_stands_in_the_database_is_respected(park: Park) {
        let people = park.people().await;
        let centre = people.account(Who::Centre).login.clone();
        let contact = people.account(Who::Enterprise).login.clone();
        let mut rows = many(3);
        rows[0].liaison_login.clone_from(&centre);
        rows[1].contact_login.clone_from(&contact);
        rows[2].credit_code.clone_from(&people.enterprises[0].credit_code);
        let before = park.dump().await;
        let report = run(&park, Import { rows, refused: Vec::new(), park_party: PARK_PARTY.to_owned(), dry_run: false }).await;
        let fields: Vec<_> = report.refused.iter().map(|refused| refused.field).collect();
        // The third enterprise is there already, with another liaison in charge.
        assert_eq!(fields, [Field::LiaisonMail, Field::ContactMail, Field::LiaisonMail]);
        before.assert_same(&park.dump().await);
    }

    async fn only_the_centre_imports(park: Park) {
        let people = park.people().await;
        let before = park.dump().await;
        for who in Who::ALL.into_iter().chain([Who::Nobody]).filter(|who| *who != Who::Centre) {
            let outcome = import(&park.store, &people.viewer(who), roster(false), |_| {}).await;
            assert!(matches!(outcome, Err(Fault::Forbidden | Fault::Unauthenticated)), "{who:?}");
        }
        before.assert_same(&park.dump().await);
        let report = import(&park.store, &people.viewer(Who::Centre), roster(false), |_| {}).await;
        assert_eq!(report.expect("the centre may").taken.len(), 20);
    }

    async fn a_thousand_rows_are_taken_in_steps(park: Park) {
        let mut steps = BTreeSet::new();
        let input = Import { rows: many(1000), refused: Vec::new(), park_party: PARK_PARTY.to_owned(), dry_run: false };
        let report = import(&park.store, &Viewer::system("import"), input, |done| { steps.insert(done); }).await;
        assert_eq!(report.expect("the import runs").taken.len(), 1000);
        assert_eq!(steps.len(), 20);
        let clauses = park.dump().await.rows("contract_clause").len();
        assert_eq!(clauses, 16_000);
    }
}
