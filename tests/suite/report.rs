//! Reports: their figures are those of an independent count, frozen for ever, in slices, with their files in the letter.

use std::{
    collections::BTreeMap,
    io::{Cursor, Read},
    sync::Arc,
};

use calamine::{Data, Reader, Xlsx};
use chrono::NaiveDate;
use entity::{
    account, commitment, contract, deadline, enterprise,
    language::Language,
    obligation::{
        self,
        commands::{Fulfil, OpenOnEvent},
    },
    report::{self, facts::Facts},
    viewer::Viewer,
};
use jobs::{Runner, report::workbook::workbook};
use mail_parser::{MessageParser, MimeHeaders};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, prelude::Uuid, sea_query::Expr};
use serde_json::{Value, json};
use tests::{Park, Who, stories};

use crate::warnings::{ledger, runner};

const REPORTS: &str = "query($kind: [ReportKind!]!) { reports(first: 20, where: {kind: {oneOf: $kind}}) { totalCount nodes {
    id kind period from to late fingerprint calendarVersion department { id } enterprise { id }
    files { format language name size sha256 path }
    facts { about asOf since undelivered lights { light now before }
        kept { due onTime late missed overdue onTimeRate } keptBefore { due }
        owners { name kept { due } open overdue } statutoryOverdue { enterprise what }
        enterprises { name worst red: count(light: RED) kept { due } }
        problems { enterprise what blockedBy days proposal } keyDates { on what } projects { name } } } } }";

const THEN_AND_NOW: &str = "query($id: ID!) { thenAndNow(reportId: $id) {
    figures { figure then now }
    entries { subjectId what then now reachesBack enteredAt enteredBy } } }";

async fn run(runner: &Runner, job: &str) {
    let report = runner
        .run_now(job, None, false)
        .await
        .expect("a run")
        .expect("a job");
    assert_eq!(report.counts.failed, 0, "{:?}", report.counts.errors);
    assert!(
        report.counts.errors.is_empty(),
        "{:?}",
        report.counts.errors
    );
}

/// September in the park: the ledger comes on the first; of what falls due a part is kept, a part is late, a part stays open.
pub(crate) async fn september(park: &Park) -> Runner {
    park.set_clock("2026-09-01", 7, 0);
    ledger(park).await;
    let runner = runner(park);
    for day in [
        "2026-09-01",
        "2026-09-07",
        "2026-09-14",
        "2026-09-21",
        "2026-09-28",
    ] {
        park.set_clock(day, 7, 0);
        run(&runner, "obligation_opening").await;
    }
    for (day, stays) in [
        ("2026-09-11", 2),
        ("2026-09-18", 3),
        ("2026-09-25", 4),
        ("2026-09-30", 5),
    ] {
        let now = park.set_clock(day, 16, 0);
        let open = obligation::repository::open_with_deadlines(park.db(), day_of(day), None, 1000)
            .await
            .expect("what is open");
        for (number, owed) in open.into_iter().enumerate() {
            assert!(owed.obligation.opened_at <= now);
            if number % stays > 0 {
                fulfil(park, &owed.obligation).await;
            }
        }
    }
    runner
}

pub(crate) fn day_of(text: &str) -> NaiveDate {
    text.parse().expect("a day")
}

pub(crate) async fn fulfil(park: &Park, owed: &obligation::Model) {
    let input = Fulfil {
        id: owed.id,
        expected_version: owed.version,
        evidence_document_ids: Vec::new(),
        evidence_note: Some("示例：已办理。".to_owned()),
        done_on: None,
        backdating_reason: None,
    };
    obligation::commands::fulfil(&park.store, &Viewer::system("story"), input)
        .await
        .expect("it is fulfilled");
}

async fn reports(park: &Park, who: Who, kind: &str) -> Vec<Value> {
    let mut data = park.data(who, REPORTS, json!({"kind": [kind]})).await;
    serde_json::from_value(data["reports"]["nodes"].take()).expect("reports")
}

async fn the_report(park: &Park, who: Who, kind: &str) -> Value {
    let mut found = reports(park, who, kind).await;
    assert_eq!(found.len(), 1, "{kind} of {who:?}");
    found.remove(0)
}

/// Counts what fell due from `from` to `to` by the rows alone, without any rule of the product.
async fn counted(park: &Park, from: &str, to: &str) -> [u64; 4] {
    let deadlines: BTreeMap<Uuid, deadline::Model> = deadline::Entity::find()
        .all(park.db())
        .await
        .expect("the deadlines")
        .into_iter()
        .map(|row| (row.id, row))
        .collect();
    let mut counts = [0; 4];
    for row in obligation::Entity::find()
        .all(park.db())
        .await
        .expect("the obligations")
    {
        let limit = &deadlines[&row.deadline_id];
        if limit.due_on < day_of(from) || limit.due_on > day_of(to) {
            continue;
        }
        counts[0] += 1;
        counts[match limit.closed_on {
            Some(closed) if closed <= limit.due_on => 1,
            Some(_) => 2,
            None => 3,
        }] += 1;
    }
    counts
}

/// The attachments of all letters to somebody, by name.
fn attachments(park: &Park, address: &str) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut folders = vec![park.mailbox.folder().to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let bytes = std::fs::read(&path).expect("a letter");
            let mail = MessageParser::default().parse(&bytes).expect("a mail");
            let to = mail
                .to()
                .and_then(|to| to.first())
                .and_then(|one| one.address());
            if to == Some(address) {
                for part in mail.attachments() {
                    let name = part.attachment_name().expect("a name").to_owned();
                    found.insert(name, part.contents().to_vec());
                }
            }
        }
    }
    found
}

async fn file(park: &Park, who: Who, path: &str) -> (u16, Vec<u8>) {
    let answer = park.get(who, path).await.send().await.expect("an answer");
    let status = answer.status().as_u16();
    (status, answer.bytes().await.expect("a body").to_vec())
}

/// The frozen facts of a report, as the domain reads them.
async fn frozen(park: &Park, kind: report::Kind) -> (report::Model, report::frozen::Model) {
    let report = report::Entity::find()
        .filter(report::Column::Kind.eq(kind))
        .one(park.db())
        .await
        .expect("the reports")
        .expect("a report");
    let facts = report::frozen::Entity::find_by_id(report.id)
        .one(park.db())
        .await
        .expect("the facts")
        .expect("its facts");
    (report, facts)
}

/// The whole facts of a report, which match its fingerprint.
async fn facts_of(park: &Park, report: &report::Model) -> Arc<Facts> {
    let viewer = Viewer::system("story");
    let mut found = report::repository::facts(park.db(), &viewer, &[report.id])
        .await
        .expect("they match the fingerprint");
    found.remove(&report.id).expect("its facts")
}

/// The text of one part of a workbook.
fn part(bytes: &[u8], name: &str) -> String {
    let mut book = zip::ZipArchive::new(Cursor::new(bytes)).expect("a zip file");
    let mut text = String::new();
    book.by_name(name)
        .expect("a part")
        .read_to_string(&mut text)
        .expect("text");
    text
}

stories! {
    async fn the_figures_are_those_of_an_independent_count_and_stay_as_they_were(park: Park) {
        let runner = september(&park).await;
        park.set_clock("2026-10-10", 8, 0);
        let [due, on_time, late, open] = counted(&park, "2026-09-01", "2026-09-30").await;
        assert!(on_time > 0 && late > 0 && open > 0, "the story shows every outcome");
        run(&runner, "leader_report").await;
        runner.deliver_now(None).await.expect("a delivery");

        // Each total and each rate.
        let month = the_report(&park, Who::Leader, "MONTHLY_BULLETIN").await;
        assert_eq!((&month["period"], &month["from"], &month["to"]), (&json!("2026-09"), &json!("2026-09-01"), &json!("2026-09-30")));
        assert_eq!(month["late"], false);
        let kept = &month["facts"]["kept"];
        let tenths = (on_time * 2000 + due) / (due * 2);
        let rate = json!(f64::from(u32::try_from(tenths).expect("small")) / 10.0);
        assert_eq!(*kept, json!({"due": due, "onTime": on_time, "late": late, "missed": 0, "overdue": open, "onTimeRate": rate}));
        assert_eq!(month["facts"]["keptBefore"]["due"], 0, "August was before the system");
        let sum = |rows: &Value| rows.as_array().expect("rows").iter().map(|row| row["kept"]["due"].as_u64().expect("a count")).sum::<u64>();
        assert_eq!((sum(&month["facts"]["enterprises"]), sum(&month["facts"]["owners"])), (due, due));
        assert_eq!(month["facts"]["enterprises"].as_array().expect("rows").len(), 20);
        assert_eq!(month["calendarVersion"].as_str().expect("a version").split(' ').next_back(), Some("2026.1"));

        // The brief was due on Thursday; today is Saturday, a working day.
        let week = the_report(&park, Who::Leader, "WEEKLY_BRIEF").await;
        assert_eq!((&week["period"], &week["late"]), (&json!("2026-W41"), &json!(true)));
        assert!(week["facts"]["problems"].as_array().expect("problems").len() <= 5);
        assert!(!week["facts"]["problems"].as_array().expect("problems").is_empty());
        let red = week["facts"]["lights"].as_array().expect("lights").iter().find(|light| light["light"] == "RED").expect("red");
        let by_enterprise: u64 = week["facts"]["enterprises"].as_array().expect("rows").iter().map(|row| row["red"].as_u64().expect("a count")).sum();
        assert_eq!(red["now"], by_enterprise);

        // One letter each, with its workbook, and nothing twice.
        let people = park.people().await;
        let (leader, centre, supervisor) = (&people.account(Who::Leader).login, &people.account(Who::Centre).login, &people.account(Who::Supervisor).login);
        let letters = park.mailbox.to(leader);
        assert_eq!(letters.len(), 2, "{letters:#?}");
        assert!(letters.iter().any(|letter| letter.subject.starts_with("[Late] 2026-09-28 to 2026-10-07 Weekly brief")), "{letters:#?}");
        assert!(letters.iter().all(|letter| letter.text.contains("On-time rate = promises kept on time")));
        assert_eq!((park.mailbox.to(centre).len(), park.mailbox.to(supervisor).len()), (1, 0));
        let files = month["files"].as_array().expect("files");
        assert_eq!(files.len(), 2, "one in each language");
        let english = files.iter().find(|file| file["language"] == "en").expect("the English one");
        let sent = attachments(&park, leader);
        let name = english["name"].as_str().expect("a name");
        assert_eq!(sent.keys().collect::<Vec<_>>(), ["2026-09 Monthly bulletin the whole park.xlsx", "2026-09-28 to 2026-10-07 Weekly brief the whole park.xlsx"]);
        let (status, bytes) = file(&park, Who::Leader, english["path"].as_str().expect("a path")).await;
        assert_eq!((status, &bytes), (200, &sent[name]));
        assert_eq!(entity::id::sha256_hex(&bytes), english["sha256"].as_str().expect("a hash"));
        runner.run_now("leader_report", None, false).await.expect("a run").expect("a job");
        runner.deliver_now(None).await.expect("a delivery");
        assert_eq!(park.mailbox.to(leader).len(), 2);

        // Entered later: an overdue promise kept, and an event that had happened in September.
        let then = frozen(&park, report::Kind::MonthlyBulletin).await;
        park.set_clock("2026-10-12", 10, 0);
        let open = obligation::repository::open_with_deadlines(park.db(), day_of("2026-09-30"), None, 1000).await.expect("what is open");
        let overdue = &open[0].obligation;
        fulfil(&park, overdue).await;
        let promise = commitment::Entity::find().filter(commitment::Column::Kind.eq(commitment::Kind::OnEvent)).one(park.db()).await.expect("the promises").expect("a promise");
        let input = OpenOnEvent {
            commitment_id: promise.id,
            idempotency_key: "entered-later".to_owned(),
            event_note: Some("示例：补录来函。".to_owned()),
            occurred_on: Some(day_of("2026-09-08")),
        };
        let added = obligation::commands::open_on_event(&park.store, &Viewer::system("story"), input).await.expect("it is opened");
        let data = park.data(Who::Leader, THEN_AND_NOW, json!({"id": month["id"]})).await;
        let entries = data["thenAndNow"]["entries"].as_array().expect("entries").clone();
        let find = |id: Uuid| entries.iter().find(|entry| entry["subjectId"] == format!("obligation_{}", id.simple())).unwrap_or_else(|| panic!("{entries:#?}"));
        assert_eq!(find(overdue.id)["enteredBy"], "obligation.fulfil");
        assert_eq!(find(overdue.id)["reachesBack"], false);
        assert!(find(overdue.id)["now"].as_str().expect("words").contains("kept late on 2026-10-12"));
        assert_eq!((&find(added.id)["reachesBack"], &find(added.id)["then"]), (&json!(true), &Value::Null));
        assert_eq!(find(added.id)["enteredAt"], "2026-10-12T02:00:00Z");
        assert_eq!(entries.len(), 2);
        let figures = data["thenAndNow"]["figures"].as_array().expect("figures").clone();
        assert!(figures.contains(&json!({"figure": "promises that fell due", "then": due, "now": due + 1})), "{figures:#?}");

        // The report itself is what it was, to the byte.
        assert_eq!(the_report(&park, Who::Leader, "MONTHLY_BULLETIN").await, month);
        assert_eq!(frozen(&park, report::Kind::MonthlyBulletin).await, then);
        let facts = facts_of(&park, &then.0).await;
        let again = workbook(&facts, Language::English, park.store.zone()).expect("a workbook");
        assert_eq!(again, bytes, "made again from the frozen facts");
    }

    async fn the_workbook_has_tables_with_frozen_chinese_headings_and_formats(park: Park) {
        let runner = september(&park).await;
        park.set_clock("2026-10-10", 8, 0);
        run(&runner, "leader_report").await;
        let month = the_report(&park, Who::Centre, "MONTHLY_BULLETIN").await;
        let chinese = month["files"].as_array().expect("files").iter().find(|file| file["language"] == "zh-CN").expect("the Chinese one").clone();
        assert_eq!(chinese["name"], "2026-09 月报 全园区.xlsx");
        let (_, bytes) = file(&park, Who::Centre, chinese["path"].as_str().expect("a path")).await;
        let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes.clone())).expect("a workbook");
        let names = book.sheet_names();
        assert_eq!(names.first().map(String::as_str), Some("概览"));
        assert!(names.contains(&"承诺明细".to_owned()) && names.contains(&"说明".to_owned()), "{names:?}");
        let overview = book.worksheet_range("概览").expect("a sheet");
        let heads: Vec<String> = overview.rows().next().expect("a header").iter().map(ToString::to_string).collect();
        assert_eq!(heads, ["指标", "本期", "上期"]);
        let value = |name: &str| {
            let row = overview.rows().find(|row| row[0].to_string().starts_with(name)).expect("a figure");
            row[1].clone()
        };
        let kept = &month["facts"]["kept"];
        assert_eq!(value("到期承诺"), Data::Float(kept["due"].as_f64().expect("a count")));
        assert_eq!(value("按时率"), Data::Float(kept["onTimeRate"].as_f64().expect("a rate") / 100.0));
        let items = book.worksheet_range("承诺明细").expect("a sheet");
        let counted = items.rows().skip(1).filter(|row| row[10] == "是").count();
        assert_eq!(Some(counted as u64), kept["due"].as_u64(), "every figure can be traced to its rows");
        assert!(items.rows().skip(1).all(|row| matches!(row[4], Data::DateTime(_))), "dates are dates");
        assert_eq!(book.worksheet_range("企业").expect("a sheet").rows().count(), 21);
        for number in 1..=names.len() {
            let sheet = part(&bytes, &format!("xl/worksheets/sheet{number}.xml"));
            assert!(sheet.contains("state=\"frozen\""), "sheet {number} has a frozen header");
            assert!(part(&bytes, &format!("xl/tables/table{number}.xml")).contains("<autoFilter"), "sheet {number} is a table");
        }
        let styles = part(&bytes, "xl/styles.xml");
        assert!(styles.contains("0.0%") && styles.contains("yyyy\\-mm\\-dd") || styles.contains("yyyy-mm-dd"), "{styles}");
        assert!(part(&bytes, "docProps/core.xml").contains("2026-10-10T00:00:00Z"), "the moment of the report, not of the machine");
    }

    async fn each_sees_the_slice_that_is_his_and_a_rehearsal_writes_nothing(park: Park) {
        let runner = september(&park).await;
        let people = park.people().await;
        // One liaison of the ledger belongs to the first department, and so does the leader; two contacts get enterprises of the ledger.
        let liaisons = entity::liaison::Entity::find().all(park.db()).await.expect("the liaisons");
        let contracts = contract::Entity::find().all(park.db()).await.expect("the contracts");
        let with_contract = |id: Uuid| contracts.iter().any(|contract| contract.enterprise_id == id);
        let of_ledger: Vec<_> = liaisons.iter().filter(|row| with_contract(row.enterprise_id)).collect();
        let person = of_ledger[0].account_id;
        let his: Vec<Uuid> = of_ledger.iter().filter(|row| row.account_id == person).map(|row| row.enterprise_id).collect();
        let department = people.departments[0].id;
        for account in [person, people.account(Who::Leader).id] {
            change(&park, account, account::Column::DepartmentId, department).await;
        }
        let other = of_ledger.iter().find(|row| row.account_id != person).expect("another").enterprise_id;
        for (who, own) in [(Who::Enterprise, his[0]), (Who::OtherEnterprise, other)] {
            change(&park, people.account(who).id, account::Column::EnterpriseId, own).await;
        }

        park.set_clock("2026-10-10", 9, 0);
        let before = park.dump().await;
        let (rehearsal, statements) = park.statements(runner.run_now("leader_report", None, true)).await;
        let rehearsal = rehearsal.expect("a run").expect("a job");
        before.assert_same(&park.dump().await);
        // The rows of four moments, three reports and the public part of one, and what was entered after each; however large the park is.
        assert!(statements < 90, "{statements} statements for three reports");
        assert!(rehearsal.planned.len() >= 4, "{:#?}", rehearsal.planned.iter().map(|one| &one.recipient).collect::<Vec<_>>());
        for planned in &rehearsal.planned {
            let words = planned.letter.as_ref().and_then(|letter| letter.words.as_ref()).expect("words");
            assert!(words.subject.contains("2026-") && words.text.contains("Dear "), "{words:?}");
        }

        run(&runner, "leader_report").await;
        run(&runner, "enterprise_progress").await;
        runner.deliver_now(None).await.expect("a delivery");
        let names: BTreeMap<Uuid, String> = enterprise::Entity::find().all(park.db()).await.expect("the enterprises").into_iter().map(|row| (row.id, row.name_zh)).collect();
        let week = the_report(&park, Who::Leader, "WEEKLY_BRIEF").await;
        let mut shown: Vec<&str> = week["facts"]["enterprises"].as_array().expect("rows").iter().filter_map(|row| row["name"].as_str()).collect();
        let mut expected: Vec<&str> = his.iter().map(|id| names[id].as_str()).collect();
        shown.sort_unstable();
        expected.sort_unstable();
        assert_eq!(shown, expected, "the enterprises of his department's liaison");
        assert_eq!(week["facts"]["undelivered"], Value::Null);
        let whole = reports(&park, Who::Centre, "WEEKLY_BRIEF").await;
        assert_eq!(whole.len(), 2);
        let of_park = whole.iter().find(|report| report["department"].is_null()).expect("the park's");
        assert_eq!(of_park["facts"]["enterprises"].as_array().expect("rows").len(), 20);
        assert_eq!(reports(&park, Who::Supervisor, "WEEKLY_BRIEF").await.len(), 2);
        assert_eq!(reports(&park, Who::Head, "MONTHLY_BULLETIN").await.len(), 1);
        assert_eq!(reports(&park, Who::OtherHead, "MONTHLY_BULLETIN").await.len(), 0, "nothing to report");

        // An enterprise has its own letter, and nobody else's.
        let own = the_report(&park, Who::Enterprise, "ENTERPRISE_PROGRESS").await;
        assert_eq!(own["facts"]["about"], names[&his[0]].as_str());
        assert_eq!(own["facts"]["problems"], json!([]));
        let others = the_report(&park, Who::OtherEnterprise, "ENTERPRISE_PROGRESS").await;
        assert_ne!(own["id"], others["id"]);
        assert_eq!(reports(&park, Who::Enterprise, "WEEKLY_BRIEF").await.len(), 0);
        assert_eq!(park.mailbox.to(&people.account(Who::Enterprise).login).len(), 1);

        // What one may not see does not exist.
        let path = |report: &Value| report["files"][0]["path"].as_str().expect("a path").to_owned();
        for (who, report) in [(Who::Leader, of_park), (Who::Enterprise, &others), (Who::Enterprise, of_park), (Who::Head, of_park), (Who::Inspector, of_park), (Who::Admin, of_park), (Who::Window, &own), (Who::OtherLiaison, &own)] {
            assert_eq!(file(&park, who, &path(report)).await.0, 404, "{who:?}");
            let data = park.data(who, "query($id: ID!) { report(id: $id) { id } thenAndNow(reportId: $id) { figures { now } } }", json!({"id": report["id"]})).await;
            assert_eq!(data, json!({"report": null, "thenAndNow": null}), "{who:?}");
        }
        assert_eq!(file(&park, Who::Nobody, &path(of_park)).await.0, 401);
        assert_eq!(park.refused(Who::Nobody, "{ reports(first: 1) { totalCount } }", json!({})).await, "UNAUTHENTICATED");
        for who in [Who::Admin, Who::Window, Who::Inspector, Who::OtherHead] {
            let data = park.data(who, "{ reports(first: 1) { totalCount } }", json!({})).await;
            assert_eq!(data["reports"]["totalCount"], 0, "{who:?}");
        }
    }
}

async fn change(park: &Park, id: Uuid, column: account::Column, value: Uuid) {
    account::Entity::update_many()
        .col_expr(column, Expr::value(value))
        .filter(account::Column::Id.eq(id))
        .exec(park.db())
        .await
        .expect("the account");
}

/// What somebody reads on a printed document, and the list of its fonts.
#[cfg(feature = "pdf")]
fn read_back(document: &[u8]) -> (String, String) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("report.pdf");
    std::fs::write(&path, document).expect("a file");
    let tell = |program: &str, arguments: &[&str]| {
        let told = std::process::Command::new(program)
            .arg(&path)
            .args(arguments)
            .output()
            .unwrap_or_else(|error| panic!("apt-get install poppler-utils: {error}"));
        assert!(told.status.success(), "{program}: {told:?}");
        String::from_utf8(told.stdout).expect("text")
    };
    (tell("pdftotext", &["-layout", "-"]), tell("pdffonts", &[]))
}

#[cfg(feature = "pdf")]
stories! {
    async fn a_printed_report_leaves_with_its_letter_and_is_given_out_as_it_left(park: Park) {
        const FONT: &str = "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc";
        september(&park).await;
        park.set_clock("2026-10-10", 8, 0);
        let settings = jobs::Settings {
            press: jobs::Press::with_font(FONT.as_ref()).expect("apt-get install fonts-noto-cjk"),
            ..park.job_settings(jobs::Relay::Folder(park.mailbox.folder().to_owned()))
        };
        let runner = Runner::new(park.store.clone(), &settings, Default::default()).expect("a runner");
        run(&runner, "leader_report").await;
        runner.deliver_now(None).await.expect("a delivery");
        let month = the_report(&park, Who::Leader, "MONTHLY_BULLETIN").await;
        let files = month["files"].as_array().expect("files");
        let printed: Vec<&Value> = files.iter().filter(|file| file["format"] == "PDF").collect();
        assert_eq!(printed.len(), 2, "one in each language: {files:#?}");
        for sheet in &printed {
            let (status, bytes) = file(&park, Who::Leader, sheet["path"].as_str().expect("a path")).await;
            assert_eq!(status, 200);
            assert_eq!(entity::id::sha256_hex(&bytes), sheet["sha256"].as_str().expect("a hash"));
            let (text, fonts) = read_back(&bytes);
            let rate = month["facts"]["kept"]["onTimeRate"].as_f64().expect("a rate");
            assert!(text.contains(&format!("{rate:.1}%")), "the rate is not on paper: {text}");
            let title = if sheet["language"] == "en" { "Monthly bulletin" } else { "月报" };
            assert!(text.contains(title), "no title on paper: {text}");
            assert!(fonts.lines().skip(2).all(|font| font.contains(" yes ")), "a font is not in it: {fonts}");
        }
        let english = printed.iter().find(|sheet| sheet["language"] == "en").expect("the English one");
        let (_, given) = file(&park, Who::Leader, english["path"].as_str().expect("a path")).await;
        let sent = attachments(&park, &park.people().await.account(Who::Leader).login);
        assert_eq!(sent.get(english["name"].as_str().expect("a name")), Some(&given));
        assert_eq!(file(&park, Who::Enterprise, english["path"].as_str().expect("a path")).await.0, 404);
    }
}
