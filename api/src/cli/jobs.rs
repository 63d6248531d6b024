//! `qiyue jobs`: what happens by itself, when it happens next, and running it by hand.

use std::process::ExitCode;

use clap::{Args, Subcommand};
use entity::{
    account, calendar,
    error::Fault,
    schedule::{self, run::State},
    store::Store,
    viewer::Viewer,
};

use super::{parse_instant, say, tell};
use crate::{
    app::{self, OUTBOX_DELIVERY, RunReport, SCHEDULES},
    config::Config,
};

/// What to do with jobs.
#[derive(Debug, Args)]
pub struct JobsArgs {
    #[command(subcommand)]
    command: JobsCommand,
}

#[derive(Debug, Subcommand)]
enum JobsCommand {
    /// List the jobs: what they do, when they run next, and how their last run ended.
    List,
    /// Run one job now, then deliver its e-mails. In a demonstration, "now" is the time of its clock.
    Run {
        /// The job's name, as `qiyue jobs list` shows it.
        name: String,
        /// Run as if it were this day (09:00) or instant: 2026-10-10 or 2026-10-10T08:30.
        ///
        /// Without --dry-run, only in a demonstration or if e-mails stay in the local mailbox. The run log records it.
        #[arg(long, value_name = "TIME")]
        as_of: Option<String>,
        /// Write nothing: only print who would get an e-mail, and why.
        #[arg(long)]
        dry_run: bool,
        /// Leave the e-mails in the outbox.
        #[arg(long)]
        no_delivery: bool,
    },
}

/// Runs the command.
pub async fn run(config: &Config, store: &Store, args: JobsArgs) -> ExitCode {
    let done = match args.command {
        JobsCommand::List => list(store).await,
        JobsCommand::Run {
            name,
            as_of,
            dry_run,
            no_delivery,
        } => {
            return run_one(config, store, &name, as_of.as_deref(), dry_run, no_delivery).await;
        }
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(fault) => {
            tell(&fault.to_string());
            ExitCode::FAILURE
        }
    }
}

async fn list(store: &Store) -> Result<(), Fault> {
    let calendar = calendar::repository::in_force(store).await?;
    let viewer = Viewer::system("command line");
    let jobs = schedule::repository::schedules(store.db(), &viewer).await?;
    for line in &SCHEDULES {
        let next = line
            .when
            .next_after(store.now(), store.zone(), &calendar)
            .map_or_else(
                || "-".to_owned(),
                |at| {
                    at.with_timezone(&store.zone())
                        .format("%Y-%m-%d %H:%M")
                        .to_string()
                },
            );
        let last = schedule::repository::newest_runs(store.db(), &viewer, Some(line.name), 1)
            .await?
            .pop()
            .map_or_else(
                || "never ran".to_owned(),
                |run| {
                    format!(
                        "{} {:?}: {} due, {} done, {} skipped, {} failed{}",
                        run.started_at
                            .with_timezone(&store.zone())
                            .format("%Y-%m-%d %H:%M"),
                        run.state,
                        run.due,
                        run.done,
                        run.skipped,
                        run.failed,
                        run.note
                            .map_or_else(String::new, |note| format!(" ({note})")),
                    )
                },
            );
        let when = line.when.in_words();
        let paused = jobs
            .iter()
            .find(|job| job.name == line.name)
            .and_then(|job| Some((job.paused_at(store.now())?, job.pause_reason.as_deref()?)))
            .map_or_else(String::new, |(until, reason)| {
                let until = until.with_timezone(&store.zone());
                format!(
                    "paused until {}: {reason}; ",
                    until.format("%Y-%m-%d %H:%M")
                )
            });
        say(&format!(
            "{}\n    {}：{}\n    {}: {}\n    {paused}next {next}; last {last}",
            line.name, when.zh, line.zh, when.en, line.en
        ));
    }
    Ok(())
}

async fn run_one(
    config: &Config,
    store: &Store,
    name: &str,
    as_of: Option<&str>,
    dry_run: bool,
    no_delivery: bool,
) -> ExitCode {
    let at = match as_of
        .map(|text| parse_instant(text, store.zone()))
        .transpose()
    {
        Ok(at) => at,
        Err(problem) => {
            tell(&problem);
            return ExitCode::FAILURE;
        }
    };
    match may_play(config, store, at.is_some() && !dry_run).await {
        Ok(true) => {}
        Ok(false) => {
            tell(
                "--as-of would send real e-mails for another day: add --dry-run, or use a local mailbox\n--as-of 会真正发出别日的邮件：请加 --dry-run，或改用本地邮箱",
            );
            return ExitCode::FAILURE;
        }
        Err(fault) => {
            tell(&fault.to_string());
            return ExitCode::FAILURE;
        }
    }
    let runner = match app::runner(config, store) {
        Ok(runner) => runner,
        Err(error) => {
            tell(&error.to_string());
            return ExitCode::FAILURE;
        }
    };
    let report = match runner.run_now(name, at, dry_run).await {
        Ok(Some(report)) => report,
        Ok(None) => {
            tell(&format!(
                "{name}: no such job; `qiyue jobs list` lists them"
            ));
            return ExitCode::FAILURE;
        }
        Err(fault) => {
            tell(&fault.to_string());
            return ExitCode::FAILURE;
        }
    };
    show(&report);
    let mut good = dry_run || report.state == Some(State::Succeeded);
    if !dry_run && !no_delivery && report.job != OUTBOX_DELIVERY {
        match runner.deliver_now(at).await {
            Ok(Some(delivery)) => {
                show(&delivery);
                good &= delivery.state == Some(State::Succeeded);
            }
            Ok(None) => {}
            Err(fault) => {
                tell(&fault.to_string());
                good = false;
            }
        }
    }
    if good {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

/// Whether another day than today's may be played: never where real people would get its letters.
async fn may_play(config: &Config, store: &Store, plays: bool) -> Result<bool, Fault> {
    Ok(!plays
        || config.smtp_url.is_none()
        || account::repository::any_demonstration(store.db()).await?)
}

fn show(report: &RunReport) {
    for planned in &report.planned {
        say(&planned.recipient);
        for reason in &planned.why {
            say(&format!("    {reason}"));
        }
        if let Some(words) = planned
            .letter
            .as_ref()
            .and_then(|letter| letter.words.as_ref())
        {
            say(&format!("\n{}\n\n{}", words.subject, words.text));
        }
    }
    let state = report
        .state
        .map_or_else(|| "-".to_owned(), |state| format!("{state:?}"));
    say(&format!(
        "{}: {state}; {} due, {} done, {} skipped, {} failed; {} recipients",
        report.job,
        report.counts.due,
        report.counts.done,
        report.counts.skipped,
        report.counts.failed,
        report.planned.len()
    ));
    for error in &report.counts.errors {
        tell(error);
    }
    if let Some(note) = &report.note {
        say(note);
    }
}
