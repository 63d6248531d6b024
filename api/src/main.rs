//! Qiyue.
fn main() {}
