//! `qiyue calendar due`: when something is due. Works from the shipped calendar without a database, and from that of a park where its
//! data folder or settings are named.

use std::{
    io::{self, BufRead, BufWriter, IsTerminal, Write},
    process::ExitCode,
};

use chrono::NaiveDate;
use clap::{Args, Subcommand};
use entity::{
    calendar::rules::{Calendar, parse_date},
    deadline::{
        LegalEffect, OnExpiry,
        rules::{Deadline, Limit, Terms},
    },
};

/// What can be asked of the calendar.
#[derive(Debug, Subcommand)]
pub enum CalendarCommand {
    /// Show when something is due that starts on START and has a limit of LIMIT.
    ///
    /// Without arguments: reads lines `DATE LIMIT` from standard input and writes one line each, `YYYY-MM-DD`,
    /// `YYYY-MM-DD provisional` where no notice is published yet, or `error: …`; the exit status is 1 when there was one.
    /// With `--data-dir` or `--config`, the notices imported by the park are used.
    ///
    /// $ qiyue calendar due 2026-09-18 20wd --explain
    /// $ echo "2026-09-01 30d" | qiyue calendar due
    #[command(verbatim_doc_comment)]
    Due(DueArgs),
}

/// What is due when.
#[derive(Debug, Args)]
pub struct DueArgs {
    /// The day of the start event, `YYYY-MM-DD`; it is never counted itself.
    #[arg(requires = "limit")]
    start: Option<String>,
    /// `20wd` (working days), `30d` (days; a last day off moves to the next working day), `0wd` (the same day).
    limit: Option<String>,
    /// Explain the date day by day, in Chinese and English.
    #[arg(long, requires = "start")]
    explain: bool,
}

/// Runs it by `calendar`.
pub fn run(command: &CalendarCommand, calendar: &Calendar) -> ExitCode {
    let CalendarCommand::Due(args) = command;
    let stdout = BufWriter::with_capacity(1 << 16, io::stdout().lock());
    let outcome = match (&args.start, &args.limit) {
        (Some(start), Some(limit)) => {
            one(&format!("{start} {limit}"), args.explain, calendar, stdout)
        }
        _ => {
            if io::stdin().is_terminal() {
                super::tell("Enter lines such as \"2026-09-18 20wd\"; Ctrl-D ends.");
            }
            many(io::stdin().lock(), calendar, stdout)
        }
    };
    match outcome {
        Ok(true) => ExitCode::SUCCESS,
        // Who reads has gone: nothing to tell.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            super::tell(&format!("error: {error}"));
            ExitCode::FAILURE
        }
    }
}

fn one(line: &str, explain: bool, calendar: &Calendar, mut out: impl Write) -> io::Result<bool> {
    let (start, limit) = match read(line) {
        Ok(read) => read,
        Err(error) => {
            writeln!(out, "{error}")?;
            return Ok(false);
        }
    };
    answer(start, limit, calendar, &mut out)?;
    if explain {
        let terms = Terms {
            legal_effect: LegalEffect::Planned,
            on_expiry: OnExpiry::Warn,
            limit,
            extension: 0,
        };
        for step in Deadline::open(terms, start, calendar).explain(&[], calendar) {
            let text = step.explain(None);
            writeln!(out, "{}  |  {}", text.zh, text.en)?;
        }
    }
    out.flush()?;
    Ok(true)
}

/// Answers every line; tells whether all were good.
fn many(mut input: impl BufRead, calendar: &Calendar, mut out: impl Write) -> io::Result<bool> {
    let mut line = Vec::new();
    let mut all_good = true;
    while input.read_until(b'\n', &mut line)? > 0 {
        let read = std::str::from_utf8(&line)
            .map_err(|_| "error: the line is not UTF-8".to_owned())
            .and_then(read);
        match read {
            Ok((start, limit)) => answer(start, limit, calendar, &mut out)?,
            Err(error) => {
                all_good = false;
                writeln!(out, "{error}")?;
            }
        }
        line.clear();
    }
    out.flush()?;
    Ok(all_good)
}

fn read(line: &str) -> Result<(NaiveDate, Limit), String> {
    let mut words = line.split_ascii_whitespace();
    let (Some(start), Some(limit), None) = (words.next(), words.next(), words.next()) else {
        return Err("error: write a date and a limit, as in 2026-09-18 20wd".to_owned());
    };
    let start = parse_date(start)
        .ok_or_else(|| format!("error: “{start}” is not a date: write it as 2026-09-18"))?;
    let limit: Limit = limit.parse().map_err(|error| format!("error: {error}"))?;
    Ok((start, limit))
}

fn answer(
    start: NaiveDate,
    limit: Limit,
    calendar: &Calendar,
    out: &mut impl Write,
) -> io::Result<()> {
    let due = limit.due_after(start, calendar);
    let provisional = limit.is_provisional(start, due, calendar);
    let mark = if provisional { " provisional" } else { "" };
    writeln!(out, "{due}{mark}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_has_its_answer() {
        let input = "2026-09-18 20wd\n2026-12-14  20wd\r\nnonsense\n2026-09-01 30d\n2026-09-31 1wd\n\n2026-10-01 0wd";
        let mut out = Vec::new();
        assert!(!many(input.as_bytes(), &Calendar::shipped(), &mut out).expect("written"));
        let out = String::from_utf8(out).expect("text");
        let lines: Vec<_> = out.lines().collect();
        assert_eq!(lines.len(), 7);
        assert_eq!(
            [lines[0], lines[1], lines[3], lines[6]],
            [
                "2026-10-22",
                "2027-01-11 provisional",
                "2026-10-08",
                "2026-10-08"
            ]
        );
        for bad in [2, 4, 5] {
            assert!(lines[bad].starts_with("error: "), "{}", lines[bad]);
        }
    }

    #[test]
    fn the_explanation_ends_on_the_due_date() {
        let mut out = Vec::new();
        assert!(one("2026-09-30 3wd", true, &Calendar::shipped(), &mut out).expect("written"));
        let out = String::from_utf8(out).expect("text");
        assert!(out.starts_with("2026-10-10\n2026-09-30"));
        assert!(
            out.trim_end()
                .ends_with("2026-10-10 Saturday (worked for National Day): day 3, due")
        );
    }
}
