//! Notices of the calendar for stories.

use entity::calendar::rules::SHIPPED;

/// The shipped notice of 2026 without its worked Saturday, the 10th of October, as a file to import.
pub fn without_the_worked_saturday() -> String {
    SHIPPED
        .lines()
        .enumerate()
        .filter(|(number, line)| {
            *number == 0 || line.ends_with(",2026") && !line.starts_with("2026-10-10")
        })
        .map(|(_, line)| format!("{line}\n"))
        .collect()
}

/// The shipped notice of 2026 as a file to import.
pub fn whole() -> String {
    let line = |(number, line): (usize, &str)| {
        (number == 0 || line.ends_with(",2026")).then(|| format!("{line}\n"))
    };
    SHIPPED.lines().enumerate().filter_map(line).collect()
}
