//! The park's ledger becomes a running service, once and only once.

use std::collections::BTreeSet;

use api::import::read;
use entity::{
    error::Fault,
    ledger::{
        Field, Report, Row,
        commands::{Import, PARK_PARTY, import},
    },
    viewer::Viewer,
};
use tests::{Park, Who, stories};

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

stories! {
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
        let all: String = dump.rows("enterprise").concat() + &dump.rows("account").concat();
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
        assert_eq!(dump.rows("deadline").len(), open);
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
