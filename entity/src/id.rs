//! Identifiers: time-ordered 128-bit keys, and the one home of randomness (keys, tokens).

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::{DateTime, Utc};
use rand::RngCore;
use sha2::{Digest, Sha256};
use uuid::{Builder, Uuid};

/// A new key, ordered by `now`, with 74 random bits. Never sequential, so that nobody can guess a neighbour.
pub fn new_id(now: DateTime<Utc>) -> Uuid {
    let mut random = [0_u8; 10];
    fill(&mut random);
    Builder::from_unix_timestamp_millis(now.timestamp_millis().max(0).unsigned_abs(), &random)
        .into_uuid()
}

/// A secret of 256 random bits, as text that fits into a link or a cookie.
pub fn new_secret() -> String {
    let mut bytes = [0_u8; 32];
    fill(&mut bytes);
    URL_SAFE_NO_PAD.encode(bytes)
}

/// What is stored of a secret: its SHA-256, in hexadecimal. The secret itself is shown once and kept nowhere.
pub fn secret_hash(secret: &str) -> String {
    sha256_hex(secret.as_bytes())
}

/// SHA-256 in hexadecimal.
pub fn sha256_hex(bytes: &[u8]) -> String {
    Sha256::digest(bytes)
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

#[allow(clippy::disallowed_methods, reason = "this is the home of randomness")]
fn fill(bytes: &mut [u8]) {
    rand::rng().fill_bytes(bytes);
}
