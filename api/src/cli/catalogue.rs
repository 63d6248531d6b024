//! `qiyue catalogue`: the catalogue of approval items, read from a folder of files and written to one.

use std::{
    fs, io,
    path::{Path, PathBuf},
    process::ExitCode,
};

use clap::{Args, Subcommand};
use entity::{
    catalogue::{self, Files, file::LARGEST},
    item::commands::{Import, ImportError, Imported, files, import},
    store::Store,
    viewer::Viewer,
};

use super::{say, tell};

/// What to do with the catalogue of approval items.
#[derive(Debug, Subcommand)]
pub enum CatalogueCommand {
    /// Read a folder of files (审批事项目录): what is new or changed becomes drafts, which departments propose and the service centre publishes.
    ///
    /// Everything that is wrong is told, and nothing is half taken. The same files again change nothing.
    Import(ImportArgs),
    /// Write the catalogue into a folder, in the same shape; files of these names are replaced.
    Export {
        /// The folder.
        folder: PathBuf,
    },
}

/// What is read.
#[derive(Debug, Args)]
pub struct ImportArgs {
    /// The folder with the sixteen files.
    folder: PathBuf,
    /// Write nothing, only tell what would change.
    #[arg(long)]
    dry_run: bool,
    /// It is an example that no office has confirmed; public pages say so.
    #[arg(long)]
    example: bool,
}

/// Runs the command.
pub async fn run(store: &Store, command: CatalogueCommand) -> ExitCode {
    let done = match command {
        CatalogueCommand::Import(args) => take(store, &args).await,
        CatalogueCommand::Export { folder } => give(store, &folder).await,
    };
    match done {
        Ok(told) => {
            say(&told);
            ExitCode::SUCCESS
        }
        Err(problem) => {
            tell(&problem);
            ExitCode::FAILURE
        }
    }
}

async fn take(store: &Store, args: &ImportArgs) -> Result<String, String> {
    let files = Files::checked(|name| read(&args.folder.join(name))).map_err(faults)?;
    let input = Import {
        files,
        example: args.example,
        dry_run: args.dry_run,
    };
    let imported = import(store, &Viewer::system("import"), input).await;
    let imported = imported.map_err(|error| match error {
        ImportError::Refused(found) => faults(found),
        ImportError::Fault(fault) => fault.to_string(),
    })?;
    Ok(told(&imported, args.dry_run))
}

/// A file, or as much of it as shows that it is too large.
fn read(path: &Path) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    let file = fs::File::open(path).ok()?;
    let most = u64::try_from(LARGEST).unwrap_or(u64::MAX).saturating_add(1);
    io::Read::read_to_end(&mut io::Read::take(file, most), &mut bytes).ok()?;
    Some(bytes)
}

fn told(imported: &Imported, dry_run: bool) -> String {
    let (new, changed) = (imported.new.len(), imported.changed.len());
    let (unchanged, left) = (imported.unchanged, imported.left.len());
    let (zh, en) = match dry_run {
        true => ("（试运行，未写入）", " (dry run: nothing was written)"),
        false => ("", ""),
    };
    let shared = imported.edition.map_or_else(String::new, |number| {
        format!("\n目录公共部分：第 {number} 版\nEdition {number} of what the items share")
    });
    let list = |codes: &[String]| codes.join(" ");
    format!(
        "新增 {new} 项，变更 {changed} 项，无变化 {unchanged} 项，文件中没有而保留 {left} 项{zh}\n\
         {new} new items, {changed} changed, {unchanged} unchanged, {left} not in the files and left as they are{en}{shared}\n{}",
        list(&[imported.new.as_slice(), &imported.changed].concat())
    )
}

fn faults(found: Vec<catalogue::Fault>) -> String {
    let count = found.len();
    let lines = found.iter().map(|fault| {
        let row = fault.row.map_or_else(String::new, |row| format!(":{row}"));
        let column = fault.column.unwrap_or_default();
        let (zh, en) = (&fault.reason.zh, &fault.reason.en);
        format!("{}{row} {column} “{}” {zh} {en}", fault.file, fault.value)
    });
    let lines: Vec<String> = lines.collect();
    format!(
        "{}\n{count} 处有误，未写入任何内容\n{count} faults: nothing was written",
        lines.join("\n")
    )
}

async fn give(store: &Store, folder: &Path) -> Result<String, String> {
    let files = files(store).await.map_err(|fault| fault.to_string())?;
    let unwritten = |path: &Path, error: io::Error| {
        let path = path.display();
        format!("无法写入 {path}：{error}\n{path} cannot be written: {error}")
    };
    fs::create_dir_all(folder).map_err(|error| unwritten(folder, error))?;
    let entries = files.write();
    for (name, text) in &entries {
        let path = folder.join(name);
        fs::write(&path, text).map_err(|error| unwritten(&path, error))?;
    }
    let (count, folder) = (entries.len(), folder.display());
    Ok(format!(
        "已写入 {folder}：{count} 个文件\n{count} files written to {folder}"
    ))
}
