//! The runner: one run per time, taken over after a crash.

use chrono::TimeDelta;
use entity::schedule::{
    commands::{Claim, claim, fence},
    run::{Cause, State},
};
use tests::stories;

use crate::warnings::runner;

stories! {
    async fn a_time_is_run_once_and_the_run_of_a_dead_process_is_taken_over(park: Park) {
        park.people().await;
        let nominal = park.set_clock("2026-10-10", 8, 30);
        let dead = Claim {
            job: "deadline_warnings",
            nominal_at: nominal,
            cause: Cause::Clock,
            request_key: None,
            as_of: None,
            holder: "dead",
            note: None,
        };
        let lost = claim(&park.store, dead.clone()).await.expect("a claim").expect("the first");
        assert!(claim(&park.store, dead).await.expect("a claim").is_none(), "claimed once");

        let runner = runner(&park);
        let reports = runner.run_due().await;
        assert!(reports.iter().all(|report| report.job != "deadline_warnings"), "it is at work");

        park.clock.advance(TimeDelta::seconds(61));
        let reports = runner.run_due().await;
        let taken = reports.iter().find(|report| report.job == "deadline_warnings").expect("taken over");
        assert_eq!(taken.state, Some(State::Succeeded));
        assert!(taken.note.as_deref().unwrap_or_default().contains("taken over"));
        assert!(!fence(park.db(), &lost).await.expect("a fence"), "the dead writes nothing more");
        assert!(runner.run_due().await.iter().all(|report| report.job != "deadline_warnings"));
    }
}
