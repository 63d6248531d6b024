//! The real program as a process of its own, for what only a process can show: exit codes, locks, and being killed.

use std::{
    path::{Path, PathBuf},
    process::{Output, Stdio},
    sync::OnceLock,
    time::Duration,
};

use tokio::{process::Command, time::timeout};

use crate::database::{Backend, Database};

/// The program, built when it is first asked for.
pub fn qiyue() -> &'static Path {
    static PROGRAM: OnceLock<PathBuf> = OnceLock::new();
    PROGRAM.get_or_init(|| {
        let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        let mut build = std::process::Command::new(cargo);
        // Chosen as `cargo test --workspace` chooses, so that nothing is compiled a second time with other features.
        build.args(["build", "--quiet", "--workspace", "--bin", "qiyue"]);
        build.args(["--test", "suite"]);
        if cfg!(feature = "pdf") {
            build.args(["--features", "tests/pdf"]);
        }
        if !cfg!(debug_assertions) {
            build.arg("--release");
        }
        let built = build
            .current_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/.."))
            .output()
            .expect("cargo");
        assert!(
            built.status.success(),
            "{}",
            String::from_utf8_lossy(&built.stderr)
        );
        let suite = std::env::current_exe().expect("the test program");
        let folder = suite.ancestors().nth(2).expect("the target folder");
        folder.join(format!("qiyue{}", std::env::consts::EXE_SUFFIX))
    })
}

/// `qiyue ARGUMENTS…` over `database`, with the mailbox in `mailbox` and nothing of the tester's environment.
pub fn command(database: &Database, mailbox: &Path, arguments: &[&str]) -> Command {
    let address = match database.backend() {
        Backend::Sqlite => database.address().split('?').next().unwrap_or_default(),
        Backend::Postgres => database.address(),
    };
    let mut command = Command::new(qiyue());
    command
        .args(arguments)
        .env_clear()
        .env("QIYUE_DATABASE_URL", address)
        .env("QIYUE_MAILBOX_DIR", mailbox)
        .env("QIYUE_SEAL_FILE", database.seal_file())
        // Databases of stories have played days of their own.
        .env("QIYUE_CLOCK_JUMP_MINUTES", "0")
        .env(
            "QIYUE_MAIL_MARK_FILE",
            database.folder().join("last-letter"),
        )
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .kill_on_drop(true);
    command
}

/// Runs it to its end, which must be a success.
pub async fn succeeds(mut command: Command) -> String {
    let output = command.output().await.expect("the program starts");
    assert!(output.status.success(), "{}", told(&output));
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// What the program said, for messages.
pub fn told(output: &Output) -> String {
    format!(
        "{}\n{}{}",
        output.status,
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    )
}

/// Starts it and kills it (SIGKILL) `after` some time. Whether it was killed before it had ended.
pub async fn killed(mut command: Command, after: Duration) -> bool {
    let mut child = command
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("the program starts");
    if timeout(after, child.wait()).await.is_ok() {
        return false;
    }
    child.kill().await.expect("killed");
    true
}
