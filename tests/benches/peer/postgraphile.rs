//! A generic GraphQL server over the same tables, in a process of its own, when it is installed beside this file.

use std::{
    io::{BufRead, BufReader, Write},
    path::PathBuf,
    process::{Child, ChildStdin, ChildStdout, Command, Stdio},
    time::Duration,
};

use serde_json::{Value, json};
use uuid::Uuid;

/// Its process.
#[derive(Debug)]
pub struct Postgraphile {
    process: Child,
    asked: Option<ChildStdin>,
    answers: BufReader<ChildStdout>,
}

impl Postgraphile {
    /// Starts it over this database. `None` when it is not installed.
    pub fn start(database: &str, at_once: usize) -> Option<Self> {
        let folder = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/benches/peer"));
        let node = folder.join("node_modules/.bin/node");
        if !node.exists() {
            println!(
                "PostGraphile is not measured: npm ci --prefix tests/benches/peer installs it"
            );
            return None;
        }
        let mut process = Command::new(node)
            .arg(folder.join("postgraphile.mjs"))
            .args([database, &at_once.to_string()])
            .env("GRAPHILE_ENV", "production")
            .env("NODE_ENV", "production")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("a process");
        let asked = process.stdin.take();
        let answers = BufReader::new(process.stdout.take().expect("its answers"));
        Some(Self {
            process,
            asked,
            answers,
        })
    }

    /// How many answers a second it gives for so long, and how many milliseconds of CPU each costs its process.
    pub fn measured(&mut self, query: &str, contract: Uuid, long: Duration) -> (f64, f64) {
        let line = json!({"query": query, "variables": {"id": contract}, "milliseconds": long.as_millis()});
        let asked = self.asked.as_mut().expect("its questions");
        writeln!(asked, "{line}").expect("a line");
        let mut answer = String::new();
        self.answers.read_line(&mut answer).expect("a line");
        let answer: Value = serde_json::from_str(&answer).expect("an answer");
        let figure = |name: &str| answer[name].as_f64().expect("a figure");
        (figure("rate"), figure("cpu"))
    }
}

impl Drop for Postgraphile {
    fn drop(&mut self) {
        // Without further questions it ends by itself.
        self.asked = None;
        self.process.wait().expect("its end");
    }
}

/// What is asked instead of the dashboard: it knows the days on which a light changes, not the light.
pub const DASHBOARD: &str = r#"query($id: UUID!) { contractByRowId(rowId: $id) { rowId } allContracts(first: 20, orderBy: NUMBER_ASC) { nodes { rowId number state startsOn endsOn
    enterpriseByEnterpriseId { rowId nameZh liaisonsByEnterpriseId(condition: {state: "ACTIVE"}, first: 1) { nodes { rowId accountByAccountId { name } } } }
    commitmentsByContractId { nodes { rowId number textZh kind limitDays unit owner } }
    obligationsByContractId(condition: {state: "OPEN"}) { nodes { rowId occasion state deadlineByDeadlineId { rowId dueOn state yellowFrom orangeFrom redFrom blackFrom } } }
    projectsByContractId { nodes { rowId name state milestonesByProjectId(orderBy: POSITION_ASC) { nodes { rowId name position baselineOn forecastOn actualOn } } } } } } }"#;

/// What is asked instead of the due list: it cannot order obligations by their deadline, so deadlines are listed, a few of which are of other things.
pub const DUE_LIST: &str = r#"query($id: UUID!) { contractByRowId(rowId: $id) { rowId } allDeadlines(condition: {closedOn: null}, orderBy: DUE_ON_ASC, first: 50) { nodes { rowId dueOn state
    yellowFrom orangeFrom redFrom blackFrom obligationByDeadlineId { rowId occasion state commitmentByCommitmentId { rowId number textZh } contractByContractId { rowId number }
    enterpriseByEnterpriseId { rowId nameZh } } } } }"#;

/// What is asked instead of one contract.
pub const ONE_CONTRACT: &str = r#"query($id: UUID!) { contractByRowId(rowId: $id) { rowId number state startsOn endsOn parkParty
    enterpriseByEnterpriseId { rowId nameZh creditCode liaisonsByEnterpriseId(condition: {state: "ACTIVE"}, first: 1) { nodes { rowId accountByAccountId { name } } } }
    contractClausesByContractId(condition: {endedOn: null}) { nodes { rowId number } } commitmentsByContractId { nodes { rowId number textZh textEn kind limitDays unit owner } }
    obligationsByContractId(condition: {state: "OPEN"}) { nodes { rowId occasion state deadlineByDeadlineId { rowId dueOn state yellowFrom orangeFrom redFrom blackFrom } } }
    projectsByContractId { nodes { rowId name state milestonesByProjectId(orderBy: POSITION_ASC) { nodes { rowId name position baselineOn forecastOn actualOn } } } } } }"#;
