//! `qiyue import`: the park's ledger becomes enterprises, contracts, liaisons and projects.

use std::{
    io::IsTerminal,
    path::{Path, PathBuf},
    process::ExitCode,
};

use clap::Args;
use entity::{
    error::{Explain, Fault},
    language::{Language, Text},
    ledger::{
        Difference, Extent, FileError, Kept, Refused, Report, Updated,
        commands::{Import, PARK_PARTY, import, update},
    },
    store::Store,
    values::harmless,
    viewer::Viewer,
};
use indicatif::{ProgressBar, ProgressStyle};

use super::{say, tell};
use api_import::{LARGEST_FILE, read_sheet};

/// What stands behind `qiyue import`.
#[derive(Clone, Debug, Args)]
pub struct ImportArgs {
    /// The ledger: a workbook (.xlsx, .xls, .ods) or a CSV file (UTF-8, UTF-16 or GB 18030; commas, tabs or semicolons).
    pub file: PathBuf,
    /// Read the sheet with this name instead of the first visible sheet that is a ledger.
    #[arg(long, value_name = "NAME")]
    pub sheet: Option<String>,
    /// Show what would happen, and write nothing.
    #[arg(long)]
    pub dry_run: bool,
    /// Apply the differences from what is on record, by the ordinary commands: a new liaison becomes a hand-over, a signed term is
    /// not changed. Without this option, differences are only listed.
    #[arg(long)]
    pub update: bool,
    /// Write the result of every row to this CSV file, which Excel can open.
    #[arg(long, value_name = "FILE")]
    pub report: Option<PathBuf>,
    /// Use only one language: zh-CN or en. Without this option, both are used.
    #[arg(long, value_name = "TAG", value_parser = ["zh-CN", "en"])]
    pub language: Option<String>,
    /// Party A of the contracts (甲方执行单位).
    #[arg(long, value_name = "NAME", default_value = PARK_PARTY)]
    pub park_party: String,
}

/// Exit status when rows were refused: the others were taken.
const ROWS_REFUSED: u8 = 3;

/// Imports the ledger and tells what happened. Rows that are refused keep no other back: they are listed, and the exit status says so.
pub async fn run(store: &Store, args: &ImportArgs) -> ExitCode {
    let speaker = Speaker(args.language.as_deref().map(Language::negotiate));
    let name = args
        .file
        .file_name()
        .map_or_else(String::new, |name| name.to_string_lossy().into_owned());
    match take(store, args).await {
        Ok(outcome) => {
            speaker.tell_report(&name, &outcome, args.dry_run);
            if let Some(path) = &args.report
                && let Err(error) = write_report(path, &outcome)
            {
                tell(&speaker.choose(&Text::new(
                    format!("报告文件 {} 无法写入：{error}", path.display()),
                    format!("The report {} cannot be written: {error}", path.display()),
                )));
                return ExitCode::FAILURE;
            }
            if outcome.report.refused.is_empty() {
                ExitCode::SUCCESS
            } else {
                ExitCode::from(ROWS_REFUSED)
            }
        }
        Err(problem) => {
            tell(&speaker.choose(&problem));
            ExitCode::FAILURE
        }
    }
}

/// What an import did.
struct Outcome {
    report: Report,
    /// How many rows differed.
    different: usize,
    updated: Updated,
    /// What was read of the file.
    extent: Extent,
}

/// What became of one difference.
enum Fate<'a> {
    Told,
    Applied,
    Kept(&'a Kept),
}

impl Outcome {
    fn differences(&self) -> impl Iterator<Item = (&Difference, Fate<'_>)> {
        let told = self.report.differences.iter();
        let applied = self.updated.applied.iter();
        let kept = self.updated.kept.iter();
        told.map(|difference| (difference, Fate::Told))
            .chain(applied.map(|difference| (difference, Fate::Applied)))
            .chain(kept.map(|(difference, kept)| (difference, Fate::Kept(kept))))
    }
}

async fn take(store: &Store, args: &ImportArgs) -> Result<Outcome, Text> {
    let unreadable = |error: std::io::Error| {
        Text::new(
            format!("无法读取文件 {}：{error}", args.file.display()),
            format!("The file {} cannot be read: {error}", args.file.display()),
        )
    };
    let size = tokio::fs::metadata(&args.file)
        .await
        .map_err(unreadable)?
        .len();
    if size > LARGEST_FILE as u64 {
        return Err(FileError::TooLarge.explain());
    }
    let bytes = tokio::fs::read(&args.file).await.map_err(unreadable)?;
    let name = args.file.to_string_lossy();
    let ledger =
        read_sheet(&name, &bytes, args.sheet.as_deref()).map_err(|error| error.explain())?;
    let viewer = Viewer::system("import");
    let bar = progress_bar(ledger.rows.len());
    let rows = (args.update && !args.dry_run).then(|| ledger.rows.clone());
    let outcome = import(
        store,
        &viewer,
        Import {
            rows: ledger.rows,
            refused: ledger.refused,
            park_party: args.park_party.clone(),
            dry_run: args.dry_run,
        },
        |done| bar.set_position(done as u64),
    )
    .await;
    bar.finish_and_clear();
    let mut report = outcome.map_err(|fault| interrupted(&fault))?;
    let different = report.differing_rows();
    let updated = match rows {
        Some(rows) if !report.differences.is_empty() => {
            report.differences.clear();
            update(store, &viewer, rows)
                .await
                .map_err(|fault| interrupted(&fault))?
        }
        _ => Updated::default(),
    };
    Ok(Outcome {
        report,
        different,
        updated,
        extent: ledger.extent,
    })
}

fn interrupted(fault: &Fault) -> Text {
    Text::new(
        format!(
            "导入中断：{}已导入的行保持有效；再次运行同一命令即可补齐，不会重复。（{fault}）",
            fault.explain(Language::Chinese)
        ),
        format!(
            "The import stopped: {} Imported rows are kept; run the same command again to complete the import without duplicates. ({fault})",
            fault.explain(Language::English)
        ),
    )
}

/// Shown on a terminal only.
fn progress_bar(rows: usize) -> ProgressBar {
    if !std::io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::new(rows as u64);
    if let Ok(style) = ProgressStyle::with_template("{bar:40} {pos}/{len}  {eta}") {
        bar.set_style(style);
    }
    bar
}

/// One language, or both.
struct Speaker(Option<Language>);

impl Speaker {
    fn choose(&self, text: &Text) -> String {
        match self.0 {
            Some(language) => text.in_language(language).to_owned(),
            None => format!("{}\n{}", text.zh, text.en),
        }
    }

    fn tell_report(&self, file: &str, outcome: &Outcome, dry_run: bool) {
        let report = &outcome.report;
        let (taken, unchanged) = (report.taken.len(), report.unchanged);
        let (different, refused) = (outcome.different, report.refused_rows());
        let (rehearsed_zh, rehearsed_en) = if dry_run {
            (
                "（试运行，未写入任何内容）",
                " (dry run: nothing was written)",
            )
        } else {
            ("", "")
        };
        say(&self.choose(&Text::new(
            format!("{file}：导入 {taken} 行，无变化 {unchanged} 行，有差异 {different} 行，拒绝 {refused} 行。{rehearsed_zh}"),
            format!("{file}: {taken} rows imported, {unchanged} unchanged, {different} different, {refused} refused.{rehearsed_en}"),
        )));
        for said in outcome.extent.explain() {
            say(&self.choose(&said));
        }
        for refused in &report.refused {
            say(&self.choose(&refusal(refused)));
        }
        for (difference, fate) in outcome.differences() {
            say(&self.choose(&changed(difference, &fate)));
        }
    }
}

fn refusal(refused: &Refused) -> Text {
    let (label, reason) = (refused.field.label(), refused.reason.explain());
    let Refused { row, value, .. } = refused;
    Text::new(
        format!("拒绝 第 {row} 行「{}」“{value}”：{}", label.zh, reason.zh),
        format!(
            "refused row {row}, {}, \"{value}\": {}",
            label.en, reason.en
        ),
    )
}

fn changed(difference: &Difference, fate: &Fate<'_>) -> Text {
    let label = difference.field.label();
    let Difference {
        row,
        contract_number,
        was,
        is,
        ..
    } = difference;
    let fate = match fate {
        Fate::Told => Text::new("未作更改。", "nothing was changed."),
        Fate::Applied => Text::new("已更新。", "updated."),
        Fate::Kept(kept) => kept.explain(),
    };
    Text::new(
        format!(
            "差异 第 {row} 行（{contract_number}）「{}」：原为“{was}”，台账为“{is}”；{}",
            label.zh, fate.zh
        ),
        format!(
            "different row {row} ({contract_number}), {}: \"{was}\" before, \"{is}\" in the ledger; {}",
            label.en, fate.en
        ),
    )
}

/// The report as a table: what happened to which row, and why.
fn write_report(path: &Path, outcome: &Outcome) -> std::io::Result<()> {
    let report = &outcome.report;
    // Excel takes a CSV file for UTF-8 only when it begins with this mark.
    let mut table = csv::Writer::from_writer("\u{feff}".as_bytes().to_vec());
    table.write_record([
        "工作表 sheet",
        "结果 outcome",
        "行 row",
        "契约编号 contract",
        "列 column",
        "值 value",
        "原值 before",
        "原因",
        "reason",
    ])?;
    let sheet = outcome.extent.sheet.as_deref().unwrap_or_default();
    let mut write = |values: [&str; 8]| {
        // What comes from a ledger stays words in the spreadsheet that opens the report.
        table.write_record([sheet].iter().chain(&values).map(|value| harmless(value)))
    };
    for said in outcome.extent.explain() {
        write(["读取范围 extent", "", "", "", "", "", &said.zh, &said.en])?;
    }
    for number in &report.taken {
        write(["导入 taken", "", number, "", "", "", "", ""])?;
    }
    for (difference, fate) in outcome.differences() {
        let label = difference.field.label();
        let (fate, reason) = match fate {
            Fate::Told => ("差异 different", Text::new("", "")),
            Fate::Applied => ("已更新 updated", Text::new("", "")),
            Fate::Kept(kept) => ("未更新 kept", kept.explain()),
        };
        write([
            fate,
            &difference.row.to_string(),
            &difference.contract_number,
            &label.zh,
            &difference.is,
            &difference.was,
            &reason.zh,
            &reason.en,
        ])?;
    }
    for refused in &report.refused {
        let (label, reason) = (refused.field.label(), refused.reason.explain());
        write([
            "拒绝 refused",
            &refused.row.to_string(),
            "",
            &label.zh,
            &refused.value,
            "",
            &reason.zh,
            &reason.en,
        ])?;
    }
    let bytes = table
        .into_inner()
        .map_err(|error| std::io::Error::other(error.to_string()))?;
    std::fs::write(path, bytes)
}
