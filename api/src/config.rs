//! The settings: one file and/or `QIYUE_…` variables, typed; unknown keys are refused, and all problems are told at once.

use std::{
    net::{IpAddr, SocketAddr},
    path::PathBuf,
};

use chrono_tz::Tz;
use entity::store::AdmittedKinds;
use figment::{
    Figment,
    providers::{Env, Format, Serialized, Toml},
};
use serde::{Deserialize, Serialize};
use url::Url;

/// All settings. Every one has a default that is right for a first try on one machine.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Config {
    /// Where the data lies: `sqlite:FILE` (one process) or `postgres://…` (any number of replicas).
    pub database_url: String,
    /// A file that holds the database address, for addresses with a password.
    pub database_url_file: Option<PathBuf>,
    /// The address and port to listen on.
    pub listen: SocketAddr,
    /// An address and port of its own for figures (`/metrics`), read by a Prometheus server: loopback or an internal network. Without
    /// it nothing is shown.
    pub metrics_listen: Option<SocketAddr>,
    /// The address people use. Links in letters begin with it; https unless it is loopback.
    pub public_url: Url,
    /// The mail relay: `smtps://USER:PASSWORD@HOST`, `smtp://HOST:587`. Without it, letters lie in the local mailbox folder.
    pub smtp_url: Option<Url>,
    /// A file that holds the address of the mail relay, for addresses with a password.
    pub smtp_url_file: Option<PathBuf>,
    /// Allows a relay without TLS. Shown at every start.
    pub smtp_plain: bool,
    /// A file (PEM) with certificates to trust beside those of the system, for a relay with a certificate of the park's own.
    pub smtp_ca_file: Option<PathBuf>,
    /// How many letters may be on their way to one mail domain at once: 2, or up to 8 where the relay takes all mail itself.
    pub smtp_per_domain: usize,
    /// The folder of the local mailbox, used without a mail relay.
    pub mailbox_dir: PathBuf,
    /// The sender of all letters.
    pub mail_from: String,
    /// Where letters that come back go, `bounces@park.example`: each letter gets a return path of its own below it
    /// (`bounces+TAG@park.example`), and the mail server there hands what arrives to `POST /mail/bounces`.
    pub mail_bounce_to: Option<String>,
    /// Holds all letters back (in a rehearsal, at the first start on a new machine after a restore).
    pub mail_hold: bool,
    /// The file that remembers the last letter sent from here, so that a database restored from a backup is noticed. By default
    /// beside the SQLite file, or `qiyue-data/last-letter`; it must outlive a restart and must not be part of the backup.
    pub mail_mark_file: Option<PathBuf>,
    /// A font with Chinese characters (OpenType or TrueType): with it, reports come as printed documents, too.
    #[cfg(feature = "pdf")]
    pub pdf_font: Option<PathBuf>,
    /// Whether the park contracts with individual businesses (个体工商户, codes from 92), too.
    pub admit_individual_businesses: bool,
    /// Whether it contracts with farmers' cooperatives (农民专业合作社, codes from 93), too.
    pub admit_cooperatives: bool,
    /// The park's time zone.
    pub time_zone: Tz,
    /// How many database connections at most.
    pub database_connections: u32,
    /// Whether the API describes itself (introspection) and serves `/schema.graphql`.
    pub introspection: bool,
    /// Whether developers find a page where they type operations of the API (`/graphiql`).
    pub graphiql: bool,
    /// Whether the session cookie may travel without TLS. Only for a demonstration on a local network.
    pub insecure_cookies: bool,
    /// Limits requests per minute; off only in the demonstration and in tests, where everything comes from loopback.
    pub rate_limits: bool,
    /// Whether this is the demonstration. Set by `qiyue demo` alone; its pages say so.
    #[serde(skip)]
    pub demonstration: bool,
    /// How much the log says, in the words of `tracing`. While nothing is set, commands that end by themselves log only trouble.
    pub log: String,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            database_url: "sqlite:qiyue-data/qiyue.sqlite".to_owned(),
            database_url_file: None,
            listen: SocketAddr::from(([127, 0, 0, 1], 8331)),
            metrics_listen: None,
            public_url: Url::parse("http://127.0.0.1:8331")
                .unwrap_or_else(|_| unreachable!("a literal address")),
            smtp_url: None,
            smtp_url_file: None,
            smtp_plain: false,
            smtp_ca_file: None,
            smtp_per_domain: 2,
            mailbox_dir: PathBuf::from("qiyue-data/mailbox"),
            mail_from: "qiyue@park.example".to_owned(),
            mail_bounce_to: None,
            mail_hold: false,
            mail_mark_file: None,
            #[cfg(feature = "pdf")]
            pdf_font: None,
            admit_individual_businesses: false,
            admit_cooperatives: false,
            time_zone: chrono_tz::Asia::Shanghai,
            database_connections: 8,
            introspection: false,
            graphiql: false,
            demonstration: false,
            insecure_cookies: false,
            rate_limits: true,
            log: "info,sea_orm_migration=warn".to_owned(),
        }
    }
}

/// What is wrong with the settings: every problem found, one line each.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}", .0.join("\n"))]
pub struct ConfigErrors(pub Vec<String>);

impl Config {
    /// Reads the settings: defaults, then the file, then the environment, then `--data-dir`.
    pub fn load(file: Option<&PathBuf>, data_dir: Option<&PathBuf>) -> Result<Self, ConfigErrors> {
        let mut figment = Figment::from(Serialized::defaults(Self::default()));
        let mut problems = Vec::new();
        if let Some(file) = file {
            if file.is_file() {
                figment = figment.merge(Toml::file(file));
            } else {
                problems.push(format!("{}: there is no such file", file.display()));
            }
        }
        figment = figment.merge(Env::prefixed("QIYUE_").ignore(&["config"]));
        let mut config: Self = match figment.extract() {
            Ok(config) => config,
            Err(errors) => {
                problems.extend(errors.into_iter().map(|error| error.to_string()));
                return Err(ConfigErrors(problems));
            }
        };
        if let Some(dir) = data_dir {
            config.database_url = format!("sqlite:{}", dir.join("qiyue.sqlite").display());
            config.database_url_file = None;
            config.mailbox_dir = dir.join("mailbox");
            config.smtp_url = None;
            config.smtp_url_file = None;
        }
        config.read_secrets(&mut problems);
        config.check(&mut problems);
        if problems.is_empty() {
            Ok(config)
        } else {
            Err(ConfigErrors(problems))
        }
    }

    fn read_secrets(&mut self, problems: &mut Vec<String>) {
        let mut read = |name: &str, file: &PathBuf| match std::fs::read_to_string(file) {
            Ok(text) => Some(text.trim().to_owned()),
            Err(error) => {
                problems.push(format!("{name}: {}: {error}", file.display()));
                None
            }
        };
        if let Some(address) = self
            .database_url_file
            .as_ref()
            .and_then(|file| read("database_url_file", file))
        {
            self.database_url = address;
        }
        if let Some(address) = self
            .smtp_url_file
            .as_ref()
            .and_then(|file| read("smtp_url_file", file))
        {
            match Url::parse(&address) {
                Ok(url) => self.smtp_url = Some(url),
                Err(error) => problems.push(format!("smtp_url_file: not an address: {error}")),
            }
        }
    }

    fn check(&self, problems: &mut Vec<String>) {
        if !["sqlite:", "postgres:", "postgresql:"]
            .iter()
            .any(|start| self.database_url.starts_with(start))
        {
            problems.push("database_url: begins with sqlite: or postgres:".to_owned());
        }
        if self.public_url.scheme() != "https"
            && !is_loopback(&self.public_url)
            && !self.insecure_cookies
        {
            problems.push("public_url: must be https, because people sign in there (only loopback may be http)".to_owned());
        }
        if let Some(smtp) = &self.smtp_url {
            if !["smtp", "smtps"].contains(&smtp.scheme()) {
                problems.push("smtp_url: begins with smtp:// or smtps://".to_owned());
            }
            if smtp.host_str().is_none() {
                problems.push("smtp_url: names no host".to_owned());
            }
        }
        if !self.mail_from.contains('@') {
            problems.push("mail_from: is no mail address".to_owned());
        }
        if let Some(address) = &self.mail_bounce_to
            && address.split('@').count() != 2
        {
            problems.push("mail_bounce_to: is no mail address".to_owned());
        }
        if !(1..=8).contains(&self.smtp_per_domain) {
            problems.push("smtp_per_domain: from 1 to 8".to_owned());
        }
        if let Some(file) = &self.smtp_ca_file
            && let Err(error) = std::fs::read(file)
        {
            problems.push(format!("smtp_ca_file: {}: {error}", file.display()));
        }
        #[cfg(feature = "pdf")]
        if let Some(file) = &self.pdf_font
            && let Err(error) = std::fs::File::open(file)
        {
            problems.push(format!("pdf_font: {}: {error}", file.display()));
        }
        if self.metrics_listen == Some(self.listen) {
            problems.push("metrics_listen: must be another address than listen".to_owned());
        }
        if self.database_connections == 0 {
            problems.push("database_connections: at least 1".to_owned());
        }
    }

    /// The file of an SQLite database.
    pub fn sqlite_file(&self) -> Option<PathBuf> {
        let path = self.database_url.strip_prefix("sqlite:")?;
        let path = path.trim_start_matches("//");
        Some(PathBuf::from(path.split('?').next().unwrap_or(path)))
    }

    /// The folder of the local mailbox, where the console may show what lies in it: in the demonstration, and in development on
    /// one machine. Letters hold links that set passwords.
    pub fn readable_mailbox(&self) -> Option<&std::path::Path> {
        let alone = self.listen.ip().is_loopback() && is_loopback(&self.public_url);
        (self.smtp_url.is_none() && (self.demonstration || alone)).then_some(&self.mailbox_dir)
    }

    /// The file that remembers the last letter sent from here.
    pub fn mark_file(&self) -> PathBuf {
        self.mail_mark_file
            .clone()
            .unwrap_or_else(|| match self.sqlite_file() {
                Some(file) => file.with_extension("last-letter"),
                None => PathBuf::from("qiyue-data/last-letter"),
            })
    }

    /// Which kinds of market entities the park contracts with.
    pub fn admitted(&self) -> AdmittedKinds {
        AdmittedKinds {
            individual_businesses: self.admit_individual_businesses,
            cooperatives: self.admit_cooperatives,
        }
    }

    /// The domain of all Message-IDs: the sender's.
    pub fn mail_domain(&self) -> &str {
        self.mail_from
            .rsplit('@')
            .next()
            .unwrap_or_default()
            .trim_end_matches('>')
    }

    /// What is allowed and needs care all the same, one line each. Told at every start of the service and by `check-config`.
    pub fn cautions(&self) -> Vec<&'static str> {
        [
            (
                self.smtp_plain,
                "smtp_plain: letters may travel to the relay without TLS",
            ),
            (
                self.insecure_cookies,
                "insecure_cookies: sign-ins may travel without TLS",
            ),
            (
                !self.rate_limits,
                "rate_limits: off, so that passwords can be tried without limit",
            ),
            (
                self.metrics_listen
                    .is_some_and(|address| !is_internal(address.ip())),
                "metrics_listen: whoever reaches this address reads figures of the service",
            ),
            (self.mail_hold, "mail_hold: no letter leaves"),
        ]
        .into_iter()
        .filter_map(|(applies, caution)| applies.then_some(caution))
        .collect()
    }

    /// The settings for people: secrets are only "set" or "not set".
    pub fn describe(&self) -> String {
        let mut shown = self.clone();
        if shown.sqlite_file().is_none() {
            shown.database_url = "postgres: (set)".to_owned();
        }
        let relay = shown.smtp_url.take();
        let mut text = toml_like(&shown);
        text.push_str(&format!(
            "smtp_url = {}\n",
            relay.map_or(
                "(not set: letters lie in mailbox_dir)".to_owned(),
                |url| format!("(set: {})", url.host_str().unwrap_or_default())
            )
        ));
        for caution in self.cautions() {
            text.push_str(&format!("# caution: {caution}\n"));
        }
        text.push_str("# DKIM: letters are signed by the relay, not by Qiyue\n");
        text
    }
}

fn toml_like(config: &Config) -> String {
    let value = serde_json::to_value(config).unwrap_or_default();
    let lines = value.as_object().into_iter().flatten();
    lines
        .filter(|(_, value)| !value.is_null())
        .map(|(key, value)| format!("{key} = {value}\n"))
        .collect()
}

fn is_internal(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => address.is_loopback() || address.is_private(),
        IpAddr::V6(address) => address.is_loopback() || address.is_unique_local(),
    }
}

fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(url::Host::Domain(name)) => name == "localhost",
        Some(url::Host::Ipv4(address)) => address.is_loopback(),
        Some(url::Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_problems_are_told_at_once() {
        let dir = tempfile::tempdir().expect("a folder");
        let file = dir.path().join("qiyue.toml");
        std::fs::write(
            &file,
            "database_url = 'mysql://x'\npublic_url = 'http://park.example'\nmail_from = 'nobody'\n",
        )
        .expect("written");
        let errors = Config::load(Some(&file), None).expect_err("three problems");
        assert_eq!(errors.0.len(), 3, "{errors}");
    }

    #[test]
    fn an_unknown_key_is_refused() {
        let dir = tempfile::tempdir().expect("a folder");
        let file = dir.path().join("qiyue.toml");
        std::fs::write(&file, "databse_url = 'sqlite:x'\n").expect("written");
        let errors = Config::load(Some(&file), None).expect_err("unknown");
        assert!(errors.to_string().contains("databse_url"), "{errors}");
    }

    #[test]
    fn the_mailbox_is_shown_where_nobody_else_looks() {
        let alone = Config::default();
        assert!(alone.readable_mailbox().is_some());
        let relay = Config {
            smtp_url: Url::parse("smtps://relay.example").ok(),
            ..Config::default()
        };
        assert_eq!(relay.readable_mailbox(), None);
        let reached = Config {
            public_url: Url::parse("https://qiyue.example").expect("an address"),
            ..Config::default()
        };
        assert_eq!(reached.readable_mailbox(), None);
        let shown = Config {
            demonstration: true,
            ..reached
        };
        assert!(shown.readable_mailbox().is_some());
    }

    #[test]
    fn what_needs_care_is_told() {
        assert!(Config::default().cautions().is_empty());
        let config = Config {
            smtp_plain: true,
            insecure_cookies: true,
            rate_limits: false,
            mail_hold: true,
            metrics_listen: Some(SocketAddr::from(([0, 0, 0, 0], 9331))),
            ..Config::default()
        };
        assert_eq!(config.cautions().len(), 5);
        assert!(config.describe().contains("# caution: smtp_plain"));
    }

    #[test]
    fn a_secret_comes_from_a_file_and_is_never_shown() {
        let dir = tempfile::tempdir().expect("a folder");
        let (file, secret) = (dir.path().join("qiyue.toml"), dir.path().join("db"));
        std::fs::write(&secret, "postgres://qiyue:pa55@db.example/qiyue\n").expect("written");
        std::fs::write(&file, format!("database_url_file = {:?}\n", secret)).expect("written");
        let config = Config::load(Some(&file), None).expect("right");
        assert!(config.database_url.contains("pa55"));
        assert!(!config.describe().contains("pa55"));
    }
}
