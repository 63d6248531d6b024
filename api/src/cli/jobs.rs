//! `qiyue jobs`: what happens by itself, seen and started by hand.

use std::{process::ExitCode, sync::Arc};

use chrono::{DateTime, Utc};
use clap::{Args, Subcommand};
use entity::{
    calendar, clock::SetClock, error::Fault, language::Language, schedule::run::State, store::Store,
};
use jobs::{Relay, RunReport, Runner, schedule::SCHEDULES};
use tokio_util::sync::CancellationToken;

use super::{parse_instant, say, tell};
use crate::{app, config::Config};

/// What stands behind `qiyue jobs`.
#[derive(Clone, Debug, Args)]
pub struct JobsArgs {
    #[command(subcommand)]
    command: JobsCommand,
}

#[derive(Clone, Debug, Subcommand)]
enum JobsCommand {
    /// List the jobs, what they do and when they run next.
    List,
    /// Run one job now and deliver what it wrote.
    Run(RunArgs),
}

#[derive(Clone, Debug, Args)]
struct RunArgs {
    /// The job, as `jobs list` names it.
    name: String,
    /// Run as if it were this day or instant: 2026-10-10 (09:00 in the park) or 2026-10-10T08:30.
    #[arg(long, value_name = "TIME")]
    as_of: Option<String>,
    /// Write nothing; print whom it would write to and why.
    #[arg(long)]
    dry_run: bool,
    /// Leave the letters in the outbox for the service to deliver.
    #[arg(long)]
    no_delivery: bool,
}

/// Lists jobs or runs one.
pub async fn run(store: &Store, config: &Config, args: &JobsArgs) -> ExitCode {
    match &args.command {
        JobsCommand::List => match list(store, config).await {
            Ok(()) => ExitCode::SUCCESS,
            Err(fault) => {
                tell(&fault.to_string());
                ExitCode::FAILURE
            }
        },
        JobsCommand::Run(args) => match run_one(store, config, args).await {
            Ok(succeeded) if succeeded => ExitCode::SUCCESS,
            Ok(_) => ExitCode::FAILURE,
            Err(problem) => {
                tell(&problem);
                ExitCode::FAILURE
            }
        },
    }
}

async fn list(store: &Store, config: &Config) -> Result<(), Fault> {
    let calendar = calendar::repository::in_force(store.db()).await?;
    for schedule in &SCHEDULES {
        let next = schedule.next_after(store.now(), config.time_zone, &calendar);
        let next = next.map_or("–".to_owned(), |at| {
            at.with_timezone(&config.time_zone)
                .format("%Y-%m-%d %H:%M")
                .to_string()
        });
        let days = if schedule.working_days_only {
            "working days"
        } else {
            "every day"
        };
        let what = schedule.what();
        say(&format!(
            "{:<20} {:<22} {days:<13} next {next}\n    {} {}",
            schedule.name,
            schedule.cron,
            what.in_language(Language::Chinese),
            what.in_language(Language::English),
        ));
    }
    Ok(())
}

async fn run_one(store: &Store, config: &Config, args: &RunArgs) -> Result<bool, String> {
    let as_of = match &args.as_of {
        Some(text) => Some(parse_instant(text, config.time_zone)?),
        None => None,
    };
    let settings = app::settings(config);
    if as_of.is_some() && !args.dry_run && !may_pretend(store, &settings.relay).await? {
        return Err("--as-of 只能用于演示数据库或本地信箱；试算请加 --dry-run。\n\
                    --as-of would write letters of another day to real people: it needs a demonstration or a local mailbox, \
                    or --dry-run."
            .to_owned());
    }
    let clock_of_run = |at: DateTime<Utc>| store.with_clock(Arc::new(SetClock::at(at)));
    let store = as_of.map_or_else(|| store.clone(), clock_of_run);
    let runner = Runner::new(store, &settings, CancellationToken::new())
        .map_err(|error| error.to_string())?;
    let report = runner
        .run_now(&args.name, as_of, args.dry_run)
        .await
        .map_err(|fault| fault.to_string())?
        .ok_or_else(|| {
            format!(
                "{}: there is no such job; `qiyue jobs list` names them",
                args.name
            )
        })?;
    say(&describe(&report));
    if !args.dry_run && !args.no_delivery {
        let delivered = runner
            .deliver_now(as_of)
            .await
            .map_err(|fault| fault.to_string())?;
        if let Some(delivered) = delivered {
            say(&describe(&delivered));
        }
    }
    Ok(report.state.is_none_or(|state| state != State::Failed))
}

/// Another day may be played only where no real person gets its letters.
async fn may_pretend(store: &Store, relay: &Relay) -> Result<bool, String> {
    if matches!(relay, Relay::Folder(_)) {
        return Ok(true);
    }
    entity::account::repository::any_demonstration(store.db())
        .await
        .map_err(|fault| fault.to_string())
}

fn describe(report: &RunReport) -> String {
    let counts = &report.counts;
    let mut text = format!(
        "{}: {} due, {} done, {} skipped, {} failed\n",
        report.job, counts.due, counts.done, counts.skipped, counts.failed
    );
    for planned in &report.planned {
        text.push_str(&format!("  → {}\n", planned.recipient));
        for why in &planned.why {
            text.push_str(&format!("      {why}\n"));
        }
    }
    if let Some(note) = &report.note {
        text.push_str(&format!("  {note}\n"));
    }
    text
}
