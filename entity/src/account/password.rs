//! Passwords: argon2id, at most four at a time, because each takes 46 MiB.

use argon2::{
    Algorithm, Argon2, Params, Version,
    password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash},
};
use tokio::sync::Semaphore;

use crate::error::Fault;

/// Memory in KiB and passes; at least what OWASP asks for.
const MEMORY: u32 = 46 * 1024;
const PASSES: u32 = 2;

static AT_ONCE: Semaphore = Semaphore::const_new(4);

/// What a comparison came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Comparison {
    /// It is not the password.
    Wrong,
    /// It is.
    Right {
        /// The stored hash was made with weaker parameters than today's: hash anew.
        outdated: bool,
    },
}

/// Hashes a new password.
pub async fn hash(password: String) -> Result<String, Fault> {
    at_work(move || {
        hasher()?
            .hash_password(password.as_bytes())
            .map(|hash| hash.to_string())
            .map_err(broken)
    })
    .await
}

/// Compares a password with a stored hash. Without one it works as long and says no, so that nobody learns by the time it
/// takes which names exist.
pub async fn compare(password: String, stored: Option<String>) -> Result<Comparison, Fault> {
    at_work(move || {
        let Some(stored) = stored else {
            let _hash: PasswordHash = hasher()?
                .hash_password_with_salt(password.as_bytes(), b"nobody has this salt")
                .map_err(broken)?;
            return Ok(Comparison::Wrong);
        };
        let parsed = PasswordHash::new(&stored).map_err(broken)?;
        if hasher()?
            .verify_password(password.as_bytes(), &parsed)
            .is_err()
        {
            return Ok(Comparison::Wrong);
        }
        let outdated = Params::try_from(&parsed)
            .map(|params| params.m_cost() < MEMORY || params.t_cost() < PASSES)
            .unwrap_or(true);
        Ok(Comparison::Right { outdated })
    })
    .await
}

async fn at_work<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, Fault> + Send + 'static,
) -> Result<T, Fault> {
    let permit = AT_ONCE
        .acquire()
        .await
        .map_err(|error| Fault::Internal(error.to_string()))?;
    tokio::task::spawn_blocking(move || {
        let done = work();
        drop(permit);
        done
    })
    .await
    .map_err(|error| Fault::Internal(error.to_string()))?
}

fn hasher() -> Result<Argon2<'static>, Fault> {
    let params =
        Params::new(MEMORY, PASSES, 1, None).map_err(|error| Fault::Internal(error.to_string()))?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

fn broken(error: impl std::fmt::Display) -> Fault {
    Fault::Internal(format!("password hash: {error}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn only_the_password_is_right() {
        let stored = hash("七月-Qiyue-2026".to_owned()).await.expect("hash");
        assert!(stored.starts_with("$argon2id$v=19$m=47104,t=2,p=1$"));
        assert!(stored.len() <= 200);
        let compare = |password: &str, stored: Option<String>| compare(password.to_owned(), stored);
        assert_eq!(
            compare("七月-Qiyue-2026", Some(stored.clone())).await.ok(),
            Some(Comparison::Right { outdated: false })
        );
        assert_eq!(
            compare("七月-Qiyue-2027", Some(stored)).await.ok(),
            Some(Comparison::Wrong)
        );
        assert_eq!(compare("x", None).await.ok(), Some(Comparison::Wrong));
    }

    #[tokio::test]
    async fn weaker_hashes_are_outdated() {
        let weak = Argon2::new(
            Algorithm::Argon2id,
            Version::V0x13,
            Params::new(8 * 1024, 1, 1, None).expect("params"),
        );
        let stored = weak.hash_password(b"secret").expect("hash").to_string();
        assert_eq!(
            compare("secret".to_owned(), Some(stored)).await.ok(),
            Some(Comparison::Right { outdated: true })
        );
    }
}
