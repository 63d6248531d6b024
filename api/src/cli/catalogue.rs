//! `qiyue catalogue`: the files of the catalogue of approval items, checked, read into a park and written from one.

use std::{
    fs::{self, File},
    io::{self, Read},
    path::{Path, PathBuf},
    process::ExitCode,
};

use clap::Subcommand;
use entity::{
    catalogue::{
        Fault, Files,
        file::{LARGEST, MOST_FAULTS},
        rules::{CRITICAL_PATH, Figure, compression, founding::REFORM},
    },
    item::commands::{Import, ImportError, Imported, files, import},
    store::Store,
    viewer::Viewer,
};

use super::{say, tell};

/// What is done with the catalogue and its files.
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
    /// Read the sixteen files in DIR: what is new or changed becomes drafts, which departments propose and the service centre publishes.
    ///
    /// Everything that is wrong is told, and nothing is half taken. The same files again change nothing.
    Import {
        /// The folder with the files.
        #[arg(value_name = "DIR")]
        folder: PathBuf,
        /// Write nothing; only tell what would change.
        #[arg(long)]
        dry_run: bool,
        /// It is an example that no office has confirmed; public pages say so.
        #[arg(long)]
        example: bool,
    },
    /// Write the catalogue into DIR in the same shape; files of these names are replaced.
    Export {
        /// The folder.
        #[arg(value_name = "DIR")]
        folder: PathBuf,
    },
}

impl CatalogueCommand {
    /// Runs it over the park.
    pub async fn run(&self, store: &Store) -> ExitCode {
        match self {
            Self::Check { folder, founding } => check(folder, *founding),
            Self::Import {
                folder,
                dry_run,
                example,
            } => take(store, folder, *dry_run, *example).await,
            Self::Export { folder } => give(store, folder).await,
        }
    }
}

/// Checks the files in a folder, for which no park is needed.
pub fn check(folder: &Path, founding: bool) -> ExitCode {
    match faults(folder, founding) {
        Ok(faults) if faults.is_empty() => ExitCode::SUCCESS,
        Ok(faults) => tell_faults(&faults),
        Err(problem) => {
            tell(&format!("{}: {problem}", folder.display()));
            ExitCode::FAILURE
        }
    }
}

/// Says everything that is wrong.
fn tell_faults(faults: &[Fault]) -> ExitCode {
    for fault in faults {
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

/// Reads the files in a folder into the park.
async fn take(store: &Store, folder: &Path, dry_run: bool, example: bool) -> ExitCode {
    if let Err(problem) = folder.read_dir() {
        tell(&format!("{}: {problem}", folder.display()));
        return ExitCode::FAILURE;
    }
    let files = match Files::checked(|name| content(&folder.join(name))) {
        Ok(files) => files,
        Err(faults) => return tell_faults(&faults),
    };
    let input = Import {
        files,
        example,
        dry_run,
    };
    match import(store, &Viewer::system("import"), input).await {
        Ok(imported) => {
            tell_import(&imported, dry_run);
            ExitCode::SUCCESS
        }
        Err(ImportError::Refused(faults)) => tell_faults(&faults),
        Err(ImportError::Fault(fault)) => {
            tell(&fault.to_string());
            ExitCode::FAILURE
        }
    }
}

fn tell_import(imported: &Imported, dry_run: bool) {
    let Imported {
        new,
        changed,
        unchanged,
        left,
        edition,
    } = imported;
    let (zh, en) = match dry_run {
        true => (
            "（试运行，未写入任何内容）",
            " (dry run: nothing was written)",
        ),
        false => ("", ""),
    };
    for (codes, zh, en) in [
        (new, "新增", "New"),
        (changed, "变更", "Changed"),
        (
            left,
            "文件中没有，保持不变",
            "Not in the files, left as they are",
        ),
    ] {
        if !codes.is_empty() {
            say(&format!("{zh} / {en}: {}", codes.join(" ")));
        }
    }
    if let Some(number) = edition {
        say(&format!(
            "目录公共部分第 {number} 版 / Edition {number} of what the items share"
        ));
    }
    let (new, changed) = (new.len(), changed.len());
    say(&format!(
        "新增 {new} 项，变更 {changed} 项，无变化 {unchanged} 项。{zh}\n{new} items new, {changed} changed, {unchanged} unchanged.{en}"
    ));
}

/// Writes the catalogue of the park into a folder.
async fn give(store: &Store, folder: &Path) -> ExitCode {
    let files = match files(store).await {
        Ok(files) => files,
        Err(fault) => {
            tell(&fault.to_string());
            return ExitCode::FAILURE;
        }
    };
    let entries = files.write();
    let written = fs::create_dir_all(folder).and_then(|()| {
        let mut entries = entries.iter();
        entries.try_for_each(|(name, text)| fs::write(folder.join(name), text))
    });
    match written {
        Ok(()) => {
            let (count, folder) = (entries.len(), folder.display());
            say(&format!(
                "已写入 {count} 个文件 / {count} files written: {folder}"
            ));
            ExitCode::SUCCESS
        }
        Err(problem) => {
            tell(&format!("{}: {problem}", folder.display()));
            ExitCode::FAILURE
        }
    }
}

/// What is wrong with the files in a folder; the counts of a catalogue without faults are told.
fn faults(folder: &Path, founding: bool) -> io::Result<Vec<Fault>> {
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
