//! The command line: what an operator types.

use std::{io::Write, path::PathBuf, process::ExitCode};

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;
use clap::{Parser, Subcommand};
use entity::{calendar::rules::Calendar, clock::instant_of};

use crate::{
    app::{self, StartError},
    config::Config,
    telemetry,
};

pub mod calendar;
pub mod demo;
pub mod import;
pub mod jobs;
pub mod letters;
pub mod permissions;
pub mod schema;
pub mod users;

/// Qiyue (契约): service contracts between a park and its key enterprises, with dedicated liaisons, working-day deadlines,
/// warnings by mail and reports.
///
/// Start with `qiyue demo`. Settings come from `--config FILE` and/or `QIYUE_…` variables; `qiyue check-config` shows them.
#[derive(Debug, Parser)]
#[command(name = "qiyue", version, max_term_width = 100)]
struct Cli {
    /// The settings file (TOML).
    #[arg(long, global = true, env = "QIYUE_CONFIG", value_name = "FILE")]
    config: Option<PathBuf>,
    /// Keep everything in this folder: an SQLite database and, as .eml files, the letters.
    #[arg(long, global = true, value_name = "DIR")]
    data_dir: Option<PathBuf>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Try the product: twenty demonstration enterprises, a history, a clock of its own, then the service.
    Demo(demo::DemoArgs),
    /// Start the service: the API and the scheduler.
    Serve,
    /// Create or update the tables, and install the shipped calendar and departments.
    Migrate,
    /// Import a ledger of contracted enterprises (台账): running it again changes nothing.
    Import(import::ImportArgs),
    /// See what happens by itself, and run a job by hand.
    Jobs(self::jobs::JobsArgs),
    /// Look after the letters: write previews of all of them.
    Letters(letters::LettersArgs),
    /// Create, list and disable accounts: the way to the first administrator.
    Users(users::UsersArgs),
    /// Ask the working-day calendar (工作日历): the shipped one, or that of the park whose folder or settings are named.
    #[command(subcommand)]
    Calendar(calendar::CalendarCommand),
    /// Print the schema of the API (SDL).
    Schema,
    /// Print who may do what.
    Permissions,
    /// Check the settings, tell every problem at once, and show them (secrets only as set or not set).
    CheckConfig,
}

/// Exit status for wrong settings (sysexits `EX_CONFIG`).
const EX_CONFIG: u8 = 78;

/// Runs the program.
pub async fn main() -> ExitCode {
    let cli = Cli::parse();
    // Without a park the shipped calendar answers, and neither settings nor a database are needed.
    if let Command::Calendar(command) = &cli.command
        && cli.config.is_none()
        && cli.data_dir.is_none()
    {
        return calendar::run(command, &Calendar::shipped());
    }
    let data_dir = match &cli.command {
        Command::Demo(_) => cli.data_dir.or_else(|| Some(demo::folder())),
        _ => cli.data_dir,
    };
    let config = match Config::load(cli.config.as_ref(), data_dir.as_ref()) {
        Ok(config) => config,
        Err(errors) => {
            tell(&errors.to_string());
            return ExitCode::from(EX_CONFIG);
        }
    };
    // The service keeps a log; a command tells what it did, and only trouble beside it, unless more is asked for.
    let quiet = !matches!(cli.command, Command::Serve) && config.log == Config::default().log;
    telemetry::start(if quiet { "warn" } else { &config.log });
    let outcome = match cli.command {
        Command::Demo(args) => demo::run(config, &args)
            .await
            .map_err(|error| error.to_string()),
        Command::Serve => serve(&config).await.map_err(|error| error.to_string()),
        Command::Migrate => app::open_live(&config)
            .await
            .map(|_opened| ExitCode::SUCCESS)
            .map_err(|error| error.to_string()),
        Command::Import(args) => match app::open_live(&config).await {
            Ok(opened) => Ok(import::run(&opened.store, &args).await),
            Err(error) => Err(error.to_string()),
        },
        Command::Jobs(args) => match app::open_live(&config).await {
            Ok(opened) => Ok(self::jobs::run(&config, &opened.store, args).await),
            Err(error) => Err(error.to_string()),
        },
        Command::Letters(args) => Ok(letters::run(&config, &args)),
        Command::Users(args) => match app::open_live(&config).await {
            Ok(opened) => Ok(users::run(&opened.store, args).await),
            Err(error) => Err(error.to_string()),
        },
        Command::Calendar(command) => app::calendar(&config)
            .await
            .map(|calendar| calendar::run(&command, &calendar))
            .map_err(|error| error.to_string()),
        Command::Schema => {
            say(&schema::text());
            Ok(ExitCode::SUCCESS)
        }
        Command::Permissions => {
            say(&permissions::text());
            Ok(ExitCode::SUCCESS)
        }
        Command::CheckConfig => {
            say(&config.describe());
            Ok(ExitCode::SUCCESS)
        }
    };
    outcome.unwrap_or_else(|error| {
        tell(&error);
        ExitCode::FAILURE
    })
}

async fn serve(config: &Config) -> Result<ExitCode, StartError> {
    let opened = app::open_live(config).await?;
    if entity::account::repository::any_demonstration(opened.store.db()).await? {
        return Err(StartError::Demonstration);
    }
    for caution in config.cautions() {
        tracing::warn!("{caution}");
    }
    app::serve(config, opened.store.clone(), app::ending()).await?;
    Ok(ExitCode::SUCCESS)
}

/// An instant from the command line: `2026-10-10` (09:00 in the park, when the morning's work is due) or `2026-10-10T08:30`.
pub fn parse_instant(text: &str, zone: Tz) -> Result<DateTime<Utc>, String> {
    if let Ok(instant) = DateTime::parse_from_rfc3339(text) {
        return Ok(instant.with_timezone(&Utc));
    }
    let (date, time) = text.split_once(['T', ' ']).unwrap_or((text, "09:00"));
    let date: NaiveDate = date.parse().map_err(|_| not_an_instant(text))?;
    let time =
        chrono::NaiveTime::parse_from_str(time, "%H:%M").map_err(|_| not_an_instant(text))?;
    let (hour, minute) = (
        chrono::Timelike::hour(&time),
        chrono::Timelike::minute(&time),
    );
    Ok(instant_of(date, hour, minute, zone))
}

fn not_an_instant(text: &str) -> String {
    format!("{text}: write a day or an instant, 2026-10-10 or 2026-10-10T08:30")
}

/// Prints for the person at the terminal. Whoever reads may stop reading (`| head`).
pub fn say(text: &str) {
    let _unread = writeln!(std::io::stdout().lock(), "{}", text.trim_end());
}

/// Prints a problem for the person at the terminal.
pub fn tell(text: &str) {
    eprintln!("{}", text.trim_end());
}
