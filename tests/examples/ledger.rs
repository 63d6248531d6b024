//! Writes a ledger of any length to standard output: `cargo run -p tests --example ledger -- 10000`.

#![allow(clippy::print_stdout, reason = "its output is the ledger")]

fn main() {
    let rows = std::env::args().nth(1).and_then(|rows| rows.parse().ok());
    print!("{}", tests::ledger::csv(rows.unwrap_or(100)));
}
