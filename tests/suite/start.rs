//! What a start does before it serves: a further year of the calendar, and who may have the database.

use std::fs::File;

use api_import::read;
use entity::{
    ledger::commands::{Import, PARK_PARTY, import},
    viewer::Viewer,
};
use sea_orm::ConnectionTrait;
use tests::{
    Backend,
    database::Database,
    dump::{number, texts},
    ledger,
    program::{command, succeeds, told},
    stories, story,
};

use crate::warnings::runner;

stories! {
    async fn a_version_that_ships_a_further_year_counts_the_open_deadlines_again(park: Park) {
        let count = async |sql: &str| number(park.db(), sql).await;
        // The version before knew nothing of 2026.
        for sql in [
            "DELETE FROM calendar_day WHERE import_id IN (SELECT id FROM calendar_import WHERE notice_year = 2026)",
            "DELETE FROM calendar_import WHERE notice_year = 2026",
        ] {
            park.db().execute_unprepared(sql).await.expect("the year is gone");
        }
        park.set_clock("2026-09-28", 9, 0);
        let rows = read("ledger.csv", ledger::csv(10).as_bytes()).expect("a ledger").rows;
        let input = Import { rows, refused: Vec::new(), park_party: PARK_PARTY.to_owned(), dry_run: false };
        import(&park.store, &Viewer::system("import"), input, |_| {}).await.expect("the import runs");
        runner(&park).run_now("obligation_opening", None, false).await.expect("a run");
        let provisional = "SELECT COUNT(*) FROM deadline WHERE provisional";
        let due = "SELECT CAST(due_on AS text) FROM deadline ORDER BY id";
        let (open, before) = (count(provisional).await, texts(park.db(), due).await);
        assert!(open > 0, "nobody could know the holiday");

        let start = async || {
            api::app::prepare(park.db().clone(), park.clock.clone(), tests::clock::ZONE).await.expect("the start")
        };
        start().await;
        assert_ne!(texts(park.db(), due).await, before, "the holiday moves what falls due after it");
        assert!(count(provisional).await < open);
        let told = count("SELECT COUNT(*) FROM audit_entry WHERE action = 'deadline.recount'").await;
        assert!(told > 0, "each has its entry");

        let after = park.dump().await;
        start().await;
        after.assert_same(&park.dump().await);
    }
}

#[test]
fn a_second_process_on_one_sqlite_file_is_refused_and_told_who_has_it() {
    story::alone(Backend::Sqlite, async |backend| {
        let database = Database::fresh(backend).await;
        let held = File::create(database.folder().join("qiyue.lock")).expect("the lock");
        held.lock().expect("held by the first");
        std::fs::write(database.folder().join("qiyue.lock"), "127.0.0.1:8331").expect("written");
        for arguments in [
            ["jobs", "list"].as_slice(),
            &["serve"],
            &["import", "no-such-file.csv"],
        ] {
            let mut second = command(&database, database.folder(), arguments);
            let second = second.output().await.expect("it starts");
            assert!(!second.status.success());
            let message = String::from_utf8_lossy(&second.stderr).into_owned();
            assert!(
                message
                    .contains("in use by the service at 127.0.0.1:8331: stop it, or use run-now"),
                "{arguments:?}: {}",
                told(&second)
            );
            assert!(message.contains("正被 127.0.0.1:8331 的服务使用"));
        }
        drop(held);
        succeeds(command(&database, database.folder(), &["jobs", "list"])).await;
    });
}

#[test]
fn what_is_no_ledger_gets_a_plain_answer_in_both_languages() {
    story::alone(Backend::Sqlite, async |backend| {
        let database = Database::fresh(backend).await;
        let encrypted: Vec<u8> = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"
            .iter()
            .copied()
            .chain([0; 512])
            .chain("EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes))
            .collect();
        for (name, content, zh, en) in [
            (
                "ledger.xlsx",
                b"%PDF-1.4".to_vec(),
                "这不是工作簿",
                "neither a workbook",
            ),
            (
                "ledger.xlsx",
                encrypted,
                "文件已加密",
                "The file is encrypted",
            ),
            (
                "ledger.csv",
                ",".repeat(10_000_000).into_bytes(),
                "文件过大",
                "The file is too large",
            ),
            (
                "ledger.csv",
                vec![b' '; 21 << 20],
                "文件过大",
                "The file is too large",
            ),
            (
                "ledger.csv",
                "甲,乙\n1,2\n".into(),
                "没有找到表头",
                "No header was found",
            ),
        ] {
            let file = database.folder().join(name);
            std::fs::write(&file, content).expect("a file");
            let file = file.to_str().expect("a path");
            let mut import = command(&database, database.folder(), &["import", file]);
            let output = import.output().await.expect("it starts");
            let message = String::from_utf8_lossy(&output.stderr).into_owned();
            assert!(!output.status.success());
            assert!(
                message.contains(zh) && message.contains(en),
                "{}",
                told(&output)
            );
        }
        let mut absent = command(&database, database.folder(), &["import", "absent.xlsx"]);
        let absent = absent.output().await.expect("it starts");
        assert!(told(&absent).contains("无法读取文件 absent.xlsx"));
    });
}
