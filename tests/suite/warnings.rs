//! The digest: nothing on a day off, one per person on a working day, nothing twice.

use std::collections::BTreeSet;

use api::import::read;
use entity::{
    ledger::commands::{Import, PARK_PARTY, import},
    viewer::Viewer,
};
use jobs::{Relay, Runner, Settings};
use tests::{Park, stories};

/// A runner whose letters lie in the mailbox of the story.
pub fn runner(park: &Park) -> Runner {
    let settings = Settings {
        public_url: "https://qiyue.example".parse().expect("an address"),
        mail_from: "qiyue@park.example".to_owned(),
        mail_hold: false,
        relay: Relay::Folder(park.mailbox.folder().to_owned()),
        patience: Default::default(),
        alone: false,
    };
    Runner::new(park.store.clone(), &settings, Default::default()).expect("a runner")
}

async fn ledger(park: &Park) {
    park.people().await;
    let bytes = include_bytes!("../../api/data/roster-2026.xlsx");
    let ledger = read("roster-2026.xlsx", bytes).expect("it is a ledger");
    let input = Import {
        rows: ledger.rows,
        refused: ledger.refused,
        park_party: PARK_PARTY.to_owned(),
        dry_run: false,
    };
    import(&park.store, &Viewer::system("import"), input, |_| {})
        .await
        .expect("the import runs");
}

stories! {
    async fn a_day_off_writes_nothing_and_the_working_saturday_one_digest_per_person(park: Park) {
        park.set_clock("2026-09-28", 7, 0);
        ledger(&park).await;
        let runner = runner(&park);
        runner.run_now("obligation_opening", None, false).await.expect("a run").expect("a job");
        runner.deliver_now(None).await.expect("a delivery");
        let before = park.mailbox.letters().len();

        park.set_clock("2026-10-01", 8, 30);
        let report = runner.run_now("deadline_warnings", None, false).await.expect("a run").expect("a job");
        assert_eq!((report.planned.len(), report.counts.due), (0, 0));

        park.set_clock("2026-10-10", 8, 30);
        let rehearsal = runner.run_now("deadline_warnings", None, true).await.expect("a run").expect("a job");
        assert!(!rehearsal.planned.is_empty(), "somebody has something to do");
        assert_eq!(park.dump().await.rows("warning").len(), 0);

        let report = runner.run_now("deadline_warnings", None, false).await.expect("a run").expect("a job");
        assert_eq!(report.counts.failed, 0, "{:?}", report.counts.errors);
        assert_eq!(report.planned, rehearsal.planned);
        runner.deliver_now(None).await.expect("a delivery");
        let letters = park.mailbox.letters();
        assert_eq!(letters.len() - before, report.planned.len());
        let digests: Vec<_> = letters.iter().filter(|letter| letter.subject.contains("2026-10-10")).collect();
        let people: BTreeSet<_> = digests.iter().map(|letter| &letter.to).collect();
        assert_eq!(people.len(), digests.len(), "one per person");

        let again = runner.run_now("deadline_warnings", None, false).await.expect("a run").expect("a job");
        assert!(again.planned.is_empty());
        runner.deliver_now(None).await.expect("a delivery");
        assert_eq!(park.mailbox.letters().len(), letters.len());
    }
}
