//! Who asks: the session cookie of a browser, or the bearer token of a program.

use axum::http::{HeaderMap, header};
use entity::{error::Fault, language::Language, viewer::Viewer};

use super::State;

/// How the session cookie is called and guarded.
#[derive(Clone, Copy, Debug)]
pub struct Cookie {
    secure: bool,
}

impl Cookie {
    /// The cookie of a service that is reached by TLS, or not.
    pub fn new(secure: bool) -> Self {
        Self { secure }
    }

    /// Its name. The prefix makes browsers refuse it from anybody but this very host over TLS.
    pub fn name(self) -> &'static str {
        if self.secure { "__Host-qiyue" } else { "qiyue" }
    }

    /// The header value that gives the browser the session.
    pub fn set(self, secret: &str) -> String {
        format!("{}={secret}; {}", self.name(), self.attributes())
    }

    /// The header value that takes it away.
    pub fn clear(self) -> String {
        format!("{}=; Max-Age=0; {}", self.name(), self.attributes())
    }

    fn attributes(self) -> &'static str {
        if self.secure {
            "Path=/; HttpOnly; Secure; SameSite=Lax"
        } else {
            "Path=/; HttpOnly; SameSite=Lax"
        }
    }

    /// The secret in the request, if it has exactly one.
    fn read(self, headers: &HeaderMap) -> Option<&str> {
        let mut found = headers
            .get_all(header::COOKIE)
            .iter()
            .filter_map(|value| value.to_str().ok())
            .flat_map(|value| value.split(';'))
            .filter_map(|pair| pair.trim().split_once('='))
            .filter(|(name, _)| *name == self.name())
            .map(|(_, secret)| secret);
        let secret = found.next()?;
        found.next().is_none().then_some(secret)
    }
}

/// The language of an answer to nobody in particular.
pub fn language(headers: &HeaderMap) -> Language {
    headers
        .get(header::ACCEPT_LANGUAGE)
        .and_then(|value| value.to_str().ok())
        .map(Language::negotiate)
        .unwrap_or_default()
}

/// On whose behalf a request asks.
pub async fn viewer(_state: &State, headers: &HeaderMap) -> Result<Viewer, Fault> {
    Ok(Viewer::Anonymous {
        language: language(headers),
    })
}
