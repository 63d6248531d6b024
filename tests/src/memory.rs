//! How much memory this process holds, as Linux tells it.

/// What is held now, in kilobytes.
pub fn held() -> u64 {
    figure("VmRSS")
}

/// Forgets the highest amount that was ever held, and says what is held now.
pub fn forget_peak() -> u64 {
    let _ = std::fs::write("/proc/self/clear_refs", "5");
    held()
}

/// By how many megabytes more was held at some moment since the peak was forgotten than `before`.
pub fn more_since(before: u64) -> u64 {
    figure("VmHWM").saturating_sub(before) / 1024
}

fn figure(name: &str) -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let mut lines = status.lines().filter_map(|line| line.strip_prefix(name));
    let line = lines.next().unwrap_or_default();
    let line = line.trim_matches([':', ' ', '\t']);
    line.trim_end_matches(" kB").parse().unwrap_or_default()
}
