//! `qiyue users`: the first administrator, and who has an account.

use std::{io::Read, path::PathBuf, process::ExitCode};

use clap::{Args, Subcommand, ValueEnum};
use entity::{
    account::{self, commands},
    error::{CommandError, Explain, Fault},
    language::Language,
    store::Store,
    viewer::{Role, Viewer},
};

use super::{say, tell};

/// What to do with accounts.
#[derive(Debug, Args)]
pub struct UsersArgs {
    #[command(subcommand)]
    command: UsersCommand,
}

#[derive(Debug, Subcommand)]
enum UsersCommand {
    /// Create an account with a first password, read from a file or from standard input (one line).
    ///
    /// Meant for the first administrator; invite everybody else by e-mail.
    Add {
        /// The sign-in name; an e-mail address if the person is to receive e-mail.
        login: String,
        /// ADMIN, LEADER, CENTRE, LIAISON, SUPERVISOR or INSPECTOR.
        #[arg(long, ignore_case = true)]
        role: RoleName,
        /// The name that others see.
        #[arg(long)]
        name: String,
        /// The language of the person: zh-CN or en.
        #[arg(long, default_value = "zh-CN")]
        language: String,
        /// Read the password from this file instead of standard input.
        #[arg(long, value_name = "FILE")]
        password_file: Option<PathBuf>,
    },
    /// List all accounts.
    List,
    /// Disable an account: its sessions end at once.
    Disable {
        /// The sign-in name.
        login: String,
    },
}

/// Roles that need neither a department nor an enterprise.
#[derive(Clone, Copy, Debug, ValueEnum)]
#[value(rename_all = "SCREAMING_SNAKE_CASE")]
enum RoleName {
    Admin,
    Leader,
    Centre,
    Liaison,
    Supervisor,
    Inspector,
}

impl From<RoleName> for Role {
    fn from(name: RoleName) -> Self {
        match name {
            RoleName::Admin => Self::Admin,
            RoleName::Leader => Self::Leader,
            RoleName::Centre => Self::Centre,
            RoleName::Liaison => Self::Liaison,
            RoleName::Supervisor => Self::Supervisor,
            RoleName::Inspector => Self::Inspector,
        }
    }
}

/// Runs the command.
pub async fn run(store: &Store, args: UsersArgs) -> ExitCode {
    let done = match args.command {
        UsersCommand::Add {
            login,
            role,
            name,
            language,
            password_file,
        } => add(store, login, role.into(), name, &language, password_file).await,
        UsersCommand::List => list(store).await,
        UsersCommand::Disable { login } => disable(store, &login).await,
    };
    match done {
        Ok(text) => {
            say(&text);
            ExitCode::SUCCESS
        }
        Err(problem) => {
            tell(&problem);
            ExitCode::FAILURE
        }
    }
}

async fn add(
    store: &Store,
    login: String,
    role: Role,
    name: String,
    language: &str,
    password_file: Option<PathBuf>,
) -> Result<String, String> {
    let password = read_password(password_file)?;
    let input = commands::Create {
        login,
        name,
        telephone: None,
        role,
        department_id: None,
        enterprise_id: None,
        language: Language::negotiate(language),
        password: Some(password),
        demonstration: false,
    };
    let account = commands::create(store, &operator(), input)
        .await
        .map_err(problem)?;
    Ok(format!(
        "{}  {:?}  {}",
        account.login, account.role, account.name
    ))
}

async fn list(store: &Store) -> Result<String, String> {
    let accounts = account::repository::all(store.db()).await.map_err(fault)?;
    let lines: Vec<String> = accounts
        .iter()
        .map(|account| {
            let state = match (account.is_enabled(), &account.password_hash) {
                (false, _) => "disabled",
                (true, None) => "invited",
                (true, Some(_)) => "active",
            };
            let role = format!("{:?}", account.role);
            format!(
                "{:<40} {role:<15} {state:<9} {}",
                account.login, account.name
            )
        })
        .collect();
    Ok(lines.join("\n"))
}

async fn disable(store: &Store, login: &str) -> Result<String, String> {
    let account = account::repository::by_login(store.db(), login)
        .await
        .map_err(fault)?
        .ok_or_else(|| format!("{login}: no such account\n{login}：没有该账户"))?;
    let input = commands::SetEnabled {
        id: account.id,
        expected_version: account.version,
        enabled: false,
    };
    let account = commands::set_enabled(store, &operator(), input)
        .await
        .map_err(problem)?;
    Ok(format!("{}  disabled", account.login))
}

fn operator() -> Viewer {
    Viewer::system("command line")
}

/// The first line, without its end.
fn read_password(file: Option<PathBuf>) -> Result<String, String> {
    let mut text = String::new();
    match file {
        Some(file) => {
            text = std::fs::read_to_string(&file)
                .map_err(|error| format!("{}: {error}", file.display()))?;
        }
        None => {
            std::io::stdin()
                .read_to_string(&mut text)
                .map_err(|error| format!("standard input: {error}"))?;
        }
    }
    Ok(text.lines().next().unwrap_or_default().to_owned())
}

fn problem<E: Explain>(error: CommandError<E>) -> String {
    match error {
        CommandError::Refused(refusals) => refusals
            .iter()
            .map(|refusal| {
                let text = refusal.code.explain();
                let field = refusal.path.join(".");
                format!("{field}: {}\n{field}：{}", text.en, text.zh)
            })
            .collect::<Vec<_>>()
            .join("\n"),
        CommandError::Fault(error) => fault(error),
    }
}

fn fault(error: Fault) -> String {
    error.to_string()
}
