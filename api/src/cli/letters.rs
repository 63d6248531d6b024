//! `qiyue letters`: looking after the words of the letters.

use std::{path::PathBuf, process::ExitCode};

use clap::{Args, Subcommand};

use super::{say, tell};
use crate::{app, config::Config};

/// What may be done with letters.
#[derive(Debug, Args)]
pub struct LettersArgs {
    #[command(subcommand)]
    command: LettersCommand,
}

#[derive(Debug, Subcommand)]
enum LettersCommand {
    /// Write every e-mail in both languages, as HTML and as text, with invented data; needs no database.
    Preview {
        /// The folder to write to.
        #[arg(long, value_name = "DIR")]
        out: PathBuf,
    },
}

/// Runs it.
pub fn run(config: &Config, args: &LettersArgs) -> ExitCode {
    let LettersCommand::Preview { out } = &args.command;
    match app::preview_letters(config, out) {
        Ok(written) => {
            say(&format!("{}: {written} files", out.display()));
            ExitCode::SUCCESS
        }
        Err(problem) => {
            tell(&format!("{}: {problem}", out.display()));
            ExitCode::FAILURE
        }
    }
}
