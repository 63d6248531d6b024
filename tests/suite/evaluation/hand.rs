//! An evaluation compiled by hand: by the rule of the job, and never a second one.

use entity::{
    error::CommandError,
    evaluation::{
        commands::{
            cycle,
            hand::{self, Compile},
        },
        rules::{CompileError, Quarter},
    },
    viewer::Viewer,
};
use serde_json::json;
use tests::{Who, dump::number, stories, window::plain};

use super::at;
use crate::warnings::runner;

const DUE: &str =
    "{ evaluationsDue { quarters { quarter } forms letters unreached opensOn closesOn } }";

const COMPILE: &str = "mutation($input: EvaluationCompileInput!) { evaluationCompile(input: $input) { evaluation { id quarter state } userErrors { code path } } }";

fn input(quarter: &str, key: &str) -> serde_json::Value {
    json!({"input": {"quarter": quarter, "idempotencyKey": key}})
}

stories! {
    async fn a_quarter_that_is_due_is_compiled_by_hand_or_by_the_job_and_once(park: Park) {
        park.people().await;
        assert_eq!(park.data(Who::Centre, DUE, json!({})).await["evaluationsDue"], json!(null));
        assert_eq!(park.user_error(Who::Centre, COMPILE, input("2026-Q3", "early")).await, "NOT_DUE");
        assert!(!park.page(Who::Centre, "/evaluations").await.contains("/evaluations/compile"));
        assert!(plain(&park.page(Who::Centre, "/evaluations/compile").await).contains("No evaluation is due"));

        park.set_clock("2026-09-30", 18, 0);
        let due = park.data(Who::Centre, DUE, json!({})).await["evaluationsDue"].take();
        let expected = json!({"quarters": [{"quarter": "2026-Q3"}], "forms": 2, "letters": 2, "unreached": 0,
            "opensOn": "2026-10-08", "closesOn": "2026-10-20"});
        assert_eq!(due, expected);
        for who in [Who::Admin, Who::Leader, Who::Enterprise] {
            assert_eq!(park.data(who, DUE, json!({})).await["evaluationsDue"], json!(null), "{who:?}");
            assert_eq!(park.refused(who, COMPILE, input("2026-Q3", "other")).await, "FORBIDDEN", "{who:?}");
        }
        assert!(park.page(Who::Centre, "/evaluations").await.contains("href=\"/evaluations/compile\""));
        let page = plain(&park.page(Who::Centre, "/evaluations/compile").await);
        assert!(page.contains("one for each enterprise: 2") && page.contains("(2 e-mails in all)"), "{page}");

        // By hand first: the same request again is the same answer, another one is refused, and the job finds nothing to compile.
        assert!(page.contains("2026-Q3"), "{page}");
        let first = park.data(Who::Centre, COMPILE, input("2026-Q3", "once")).await;
        assert_eq!(first["evaluationCompile"]["evaluation"]["state"], "COMPILED");
        assert_eq!(park.data(Who::Centre, COMPILE, input("2026-Q3", "once")).await, first);
        assert_eq!(park.user_error(Who::Centre, COMPILE, input("2026-Q3", "twice")).await, "COMPILED");
        let runner = runner(&park);
        at(&park, &runner, "2026-09-30", 18, 30).await;
        assert_eq!(number(park.db(), "SELECT COUNT(*) FROM evaluation").await, 1);
        assert_eq!(number(park.db(), "SELECT COUNT(*) FROM evaluation_form").await, 2);

        // The job opens it with as many letters as were said; it compiles the next one, of which the hand then finds that it is there.
        at(&park, &runner, "2026-10-08", 9, 30).await;
        let invited = "SELECT COUNT(*) FROM letter WHERE \"key\" LIKE 'evaluation:2026-Q3:0:%'";
        assert_eq!(number(park.db(), invited).await, 2);
        at(&park, &runner, "2026-12-31", 18, 0).await;
        assert_eq!(number(park.db(), "SELECT COUNT(*) FROM evaluation").await, 2);
        assert_eq!(park.user_error(Who::Centre, COMPILE, input("2026-Q4", "late")).await, "COMPILED");
        assert_eq!(park.user_error(Who::Centre, COMPILE, input("2026-Q2", "before")).await, "NOT_DUE");
    }

    async fn the_job_and_a_hand_at_the_same_moment_make_one(park: Park) {
        let centre = park.people().await.viewer(Who::Centre);
        park.set_clock("2026-09-30", 18, 0);
        let (quarter, job) = (Quarter::of(park.store.today()), Viewer::system("job"));
        let by_hand = hand::compile(&park.store, &centre, Compile { quarter: quarter.name() });
        let (by_job, by_hand) = tokio::join!(cycle::compile(&park.store, &job, quarter), by_hand);
        by_job.expect("the job does not fail");
        match by_hand {
            Ok(evaluation) => assert_eq!(evaluation.quarter, quarter.name()),
            Err(CommandError::Refused(refusals)) => assert_eq!(refusals[0].code, CompileError::Compiled),
            Err(CommandError::Fault(fault)) => panic!("{fault}"),
        }
        assert_eq!(number(park.db(), "SELECT COUNT(*) FROM evaluation").await, 1);
        assert_eq!(number(park.db(), "SELECT COUNT(*) FROM evaluation_form").await, 2);
        assert_eq!(number(park.db(), "SELECT COUNT(*) FROM evaluation_design").await, 1);
    }
}
