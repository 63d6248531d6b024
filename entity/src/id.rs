//! Identifiers: time-ordered 128-bit keys, and the one home of randomness (keys, tokens).

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::{DateTime, Utc};
use hmac::{Hmac, KeyInit, Mac};
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

/// The lowest key that can have been made at `instant`.
pub fn first_at(instant: DateTime<Utc>) -> Uuid {
    let millis = instant.timestamp_millis().max(0).unsigned_abs();
    Builder::from_unix_timestamp_millis(millis, &[0; 10]).into_uuid()
}

/// A new key of random bits alone: nothing in it tells when it was made, or beside which other one.
pub fn random_id() -> Uuid {
    let mut random = [0_u8; 16];
    fill(&mut random);
    Builder::from_random_bytes(random).into_uuid()
}

/// When a key was made, to the millisecond.
pub fn made_at(id: Uuid) -> Option<DateTime<Utc>> {
    let (seconds, nanos) = id.get_timestamp()?.to_unix();
    DateTime::from_timestamp(i64::try_from(seconds).ok()?, nanos)
}

/// A secret of 256 random bits, as text that fits into a link or a cookie.
pub fn new_secret() -> String {
    URL_SAFE_NO_PAD.encode(new_key::<32>())
}

/// What is stored of a secret: its SHA-256, in hexadecimal. The secret itself is shown once and kept nowhere.
pub fn secret_hash(secret: &str) -> String {
    sha256_hex(secret.as_bytes())
}

/// SHA-256.
pub(crate) fn sha256(bytes: &[u8]) -> [u8; 32] {
    Sha256::digest(bytes).into()
}

/// SHA-256 in hexadecimal.
pub fn sha256_hex(bytes: &[u8]) -> String {
    sha256(bytes)
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

/// So many random bytes.
pub(crate) fn new_key<const BYTES: usize>() -> [u8; BYTES] {
    let mut bytes = [0_u8; BYTES];
    fill(&mut bytes);
    bytes
}

/// How many bytes of a signature are kept: with an id beside it, it still fits into the 64 characters of the local part of a mail
/// address, and 80 bits are beyond guessing over a network.
const SIGNATURE: usize = 10;

/// What proves that `text` comes from a holder of `key`: the beginning of its HMAC-SHA256, in hexadecimal.
pub fn sign(key: &[u8], text: &str) -> String {
    let tag = mac(key, text).finalize().into_bytes();
    tag[..SIGNATURE]
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

/// Whether `signature` is that of `text`; takes the same time whatever is wrong with it.
pub fn is_signed(key: &[u8], text: &str, signature: &str) -> bool {
    let pairs = signature.as_bytes().chunks(2);
    let tag: Option<Vec<u8>> = pairs
        .map(|pair| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok())
        .collect();
    tag.is_some_and(|tag| {
        tag.len() == SIGNATURE && mac(key, text).verify_truncated_left(&tag).is_ok()
    })
}

fn mac(key: &[u8], text: &str) -> Hmac<Sha256> {
    Hmac::new_from_slice(key)
        .unwrap_or_else(|_| unreachable!("HMAC takes keys of any length"))
        .chain_update(text)
}

#[allow(clippy::disallowed_methods, reason = "this is the home of randomness")]
fn fill(bytes: &mut [u8]) {
    rand::rng().fill_bytes(bytes);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_signature_fits_one_key_and_one_text() {
        let (key, other) = ([7; 32], [8; 32]);
        let signature = sign(&key, "bounce:1");
        assert_eq!(signature.len(), 20);
        assert!(is_signed(&key, "bounce:1", &signature));
        assert!(!is_signed(&key, "bounce:2", &signature));
        assert!(!is_signed(&other, "bounce:1", &signature));
        for bad in ["", "zz", &signature[..18], &format!("{signature}00"), "é"] {
            assert!(!is_signed(&key, "bounce:1", bad), "{bad}");
        }
    }
}
