//! The command line: what an operator types.

use std::{
    io::{self, Write},
    path::PathBuf,
    process::ExitCode,
    sync::OnceLock,
};

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use clap::{Parser, Subcommand};
use entity::{
    calendar::rules::{Calendar, parse_date},
    clock::instant_of,
    store::Store,
};

use crate::{
    app::{self, StartError},
    config::Config,
    telemetry,
};

pub use crate::telemetry::tell;
use catalogue::CatalogueCommand;

pub mod calendar;
pub mod catalogue;
pub mod demo;
pub mod import;
pub mod jobs;
pub mod letters;
pub mod permissions;
pub mod schema;
pub mod seal;
pub mod users;

/// Qiyue (企业服务契约平台): service contracts between a park and its key enterprises, with dedicated liaisons, working-day deadlines,
/// reminders by e-mail and reports.
///
/// Start with `qiyue demo`. Settings come from `--config FILE` and/or `QIYUE_…` variables; `qiyue check-config` shows them.
#[derive(Debug, Parser)]
#[command(name = "qiyue", version, max_term_width = 100)]
struct Cli {
    /// The settings file (TOML).
    #[arg(long, global = true, env = "QIYUE_CONFIG", value_name = "FILE")]
    config: Option<PathBuf>,
    /// Keep everything in this folder: an SQLite database and, as .eml files, the e-mails.
    #[arg(long, global = true, value_name = "DIR")]
    data_dir: Option<PathBuf>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Try the product: prepares twenty demonstration enterprises with a history and a separate clock, then starts the service.
    Demo(demo::DemoArgs),
    /// Start the service: the API and the scheduler.
    Serve,
    /// Create or update the tables, and install the shipped calendar and departments.
    Migrate,
    /// Import a ledger of contracted enterprises (台账): running it again changes nothing.
    Import(import::ImportArgs),
    /// List the automatic jobs, or run one by hand.
    Jobs(self::jobs::JobsArgs),
    /// Write previews of all e-mails.
    Letters(letters::LettersArgs),
    /// Create, list and disable accounts; needed for the first administrator.
    Users(users::UsersArgs),
    /// Renew the key of anonymous answers, or discard the answers that a lost key has sealed.
    #[command(subcommand)]
    Seal(seal::SealCommand),
    /// Query the working-day calendar (工作日历): the built-in one, or the one of the park given by --data-dir or --config.
    #[command(subcommand)]
    Calendar(calendar::CalendarCommand),
    /// Check the files of the catalogue of approval items (审批事项目录), read them into the park, or write them.
    #[command(subcommand)]
    Catalogue(CatalogueCommand),
    /// Print the schema of the API (SDL).
    Schema,
    /// Print who may do what.
    Permissions,
    /// Check the settings, report all problems at once, and show the settings (secrets only as set or not set).
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
    if let Command::Catalogue(CatalogueCommand::Check { folder, founding }) = &cli.command {
        return catalogue::check(folder, *founding);
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
    if matches!(cli.command, Command::Serve | Command::CheckConfig)
        && let Err(problem) = app::check(&config)
    {
        tell(&problem);
        return ExitCode::from(EX_CONFIG);
    }
    // The service keeps a log; a command tells what it did, and only trouble beside it, unless more is asked for.
    let quiet = !matches!(cli.command, Command::Serve) && config.log == Config::default().log;
    let _log = telemetry::start(if quiet { "warn" } else { &config.log });
    let outcome = match cli.command {
        Command::Demo(args) => demo::run(config, &args)
            .await
            .map_err(|error| error.to_string()),
        Command::Serve => serve(&config).await.map_err(|error| error.to_string()),
        Command::Migrate => over(&config, async |_store| ExitCode::SUCCESS).await,
        Command::Import(args) => over(&config, async |store| import::run(store, &args).await).await,
        Command::Jobs(args) => {
            over(&config, async |store| {
                self::jobs::run(&config, store, args).await
            })
            .await
        }
        Command::Letters(args) => Ok(letters::run(&config, &args)),
        Command::Users(args) => over(&config, async |store| users::run(store, args).await).await,
        Command::Seal(command) => {
            over(&config, async |store| seal::run(store, command).await).await
        }
        Command::Catalogue(command) => over(&config, async |store| command.run(store).await).await,
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
    let outcome = outcome.unwrap_or_else(|error| {
        tell(&error);
        ExitCode::FAILURE
    });
    match UNSAID.get() {
        Some(error) => {
            tell(&format!(
                "无法写出结果：{error}\nThe output cannot be written: {error}"
            ));
            ExitCode::FAILURE
        }
        None => outcome,
    }
}

/// Does `work` over the database of these settings and closes it: what was written lies in one file then, and can be copied.
async fn over(
    config: &Config,
    work: impl AsyncFnOnce(&Store) -> ExitCode,
) -> Result<ExitCode, String> {
    let opened = app::open_live(config)
        .await
        .map_err(|error| error.to_string())?;
    let ended = work(&opened.store).await;
    opened.close().await.map_err(|error| error.to_string())?;
    Ok(ended)
}

async fn serve(config: &Config) -> Result<ExitCode, StartError> {
    let opened = app::open_live(config).await?;
    if entity::account::repository::any_demonstration(opened.store.db()).await? {
        return Err(StartError::Demonstration);
    }
    for caution in config.cautions() {
        tracing::warn!("{caution}");
    }
    if entity::evaluation::commands::keys::is_missing(&opened.store).await? {
        tracing::error!(
            "answers without a name are sealed by a key that is not in the seal file: put the right file back (`qiyue seal forget` discards them) / \
             不记名答卷由另一密钥封存：请放回正确的密钥文件"
        );
    }
    let served = app::serve(config, opened.store.clone(), app::ending()).await;
    // Who stops the service copies the file next, so that it is not whole comes first.
    opened.close().await.and(served)?;
    Ok(ExitCode::SUCCESS)
}

/// An instant from the command line: `2026-10-10` (09:00 in the park, when the morning's work is due) or `2026-10-10T08:30`.
pub fn parse_instant(text: &str, zone: Tz) -> Result<DateTime<Utc>, String> {
    if let Ok(instant) = DateTime::parse_from_rfc3339(text) {
        return Ok(instant.with_timezone(&Utc));
    }
    let (date, time) = text.split_once(['T', ' ']).unwrap_or((text, "09:00"));
    let date = parse_date(date).ok_or_else(|| not_an_instant(text))?;
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

/// Why something that was to be printed could not be.
static UNSAID: OnceLock<io::Error> = OnceLock::new();

/// Prints for the person at the terminal. Whoever reads may stop reading (`| head`); any other error is told at the end of the command.
pub fn say(text: &str) {
    let mut out = io::stdout().lock();
    let said = writeln!(out, "{}", text.trim_end()).and_then(|()| out.flush());
    if let Err(error) = said
        && error.kind() != io::ErrorKind::BrokenPipe
    {
        let _told_already = UNSAID.set(error);
    }
}
