//! `qiyue catalogue`: the files of the catalogue of approval items.

use std::{
    fs::File,
    io::{self, Read},
    path::{Path, PathBuf},
    process::ExitCode,
};

use clap::Subcommand;
use entity::catalogue::{
    Fault, Files,
    file::{LARGEST, MOST_FAULTS},
    rules::{CRITICAL_PATH, Figure, compression, founding::REFORM},
};

use super::{say, tell};

/// What can be done with the files of the catalogue.
#[derive(Debug, Subcommand)]
pub enum CatalogueCommand {
    /// Check the sixteen files in DIR against all rules: every fault is listed with file, row, column, value and reason, in Chinese and English.
    /// The exit status is 1 when there is a fault.
    Check {
        /// The folder with the files: approval-items.csv, departments.csv, item-materials.csv and the others.
        #[arg(value_name = "DIR")]
        folder: PathBuf,
        /// Also check what the founding text promises of the first catalogue: 42 items became 32, and by how much they became shorter.
        #[arg(long)]
        founding: bool,
    },
}

/// Runs it.
pub fn run(command: &CatalogueCommand) -> ExitCode {
    let CatalogueCommand::Check { folder, founding } = command;
    match check(folder, *founding) {
        Ok(faults) if faults.is_empty() => ExitCode::SUCCESS,
        Ok(faults) => {
            for fault in &faults {
                say(&line(fault));
            }
            let count = faults.len();
            if count == MOST_FAULTS {
                say(&format!(
                    "只列出前 {count} 处错误 / Only the first {count} faults are listed"
                ));
            } else {
                say(&format!("{count} 处错误 / {count} faults"));
            }
            ExitCode::FAILURE
        }
        Err(problem) => {
            tell(&format!("{}: {problem}", folder.display()));
            ExitCode::FAILURE
        }
    }
}

/// What is wrong with the files in a folder; the counts of a catalogue without faults are told.
fn check(folder: &Path, founding: bool) -> io::Result<Vec<Fault>> {
    // Whether there is such a folder is no fault of its files.
    folder.read_dir()?;
    let files = match Files::checked(|name| content(&folder.join(name))) {
        Ok(files) => files,
        Err(faults) => return Ok(faults),
    };
    let faults = if founding {
        files.founding_faults()
    } else {
        Vec::new()
    };
    if faults.is_empty() {
        tell_counts(&files);
        if founding {
            tell_figures(&files);
        }
        say("没有错误 / No faults");
    }
    Ok(faults)
}

/// A file, or as much of it as shows that it is too large; nothing when it cannot be read.
fn content(path: &Path) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    let most = u64::try_from(LARGEST).ok()? + 1;
    File::open(path)
        .ok()?
        .take(most)
        .read_to_end(&mut bytes)
        .ok()?;
    Some(bytes)
}

fn line(fault: &Fault) -> String {
    let mut place = fault.file.to_owned();
    if let Some(row) = fault.row {
        place.push_str(&format!(":{row}"));
    }
    if let Some(column) = fault.column {
        place.push_str(&format!(" {column}"));
    }
    let (value, reason) = (&fault.value, &fault.reason);
    format!("{place} \"{value}\": {} / {}", reason.zh, reason.en)
}

fn tell_counts(files: &Files) {
    for (file, text) in files.write() {
        let rows = text.lines().count() - 1;
        say(&format!("{file:<24}{rows:>6}"));
    }
    let active = files.active().count();
    say(&format!("保留的事项 / Active items: {active}"));
}

fn tell_figures(files: &Files) {
    let (before, after) = REFORM;
    let found = compression(&files.history, &CRITICAL_PATH, before, after);
    for (name, figure) in [
        ("事项 / Items", &found.items),
        ("承诺工作日合计 / Promised working days", &found.promises),
        (
            "关键路径工作日 / Working days of the critical path",
            &found.critical_path,
        ),
        ("申报材料 / Materials", &found.materials),
    ] {
        let Figure { before, after, .. } = figure;
        let cut = figure.cut_permille().unwrap_or_default();
        say(&format!(
            "{name}: {before} -> {after} ({:+.1} %)",
            -cut as f64 / 10.0
        ));
    }
}
