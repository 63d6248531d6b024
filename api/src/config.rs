//! The settings: one file and/or `QIYUE_…` variables, typed; unknown keys are refused, and all problems are told at once.

use std::{
    net::{IpAddr, SocketAddr},
    path::{Path, PathBuf},
};

use chrono::TimeDelta;
use chrono_tz::Tz;
use entity::{
    address::mailable,
    language::{self, Text},
    park::Park,
    policy::{AdmittedKinds, Margins, PasswordRule, Policy},
    private::with_ending,
    telephone::Telephone,
};
use figment::{
    Figment,
    providers::{Env, Format, Serialized, Toml},
};
use percent_encoding::{AsciiSet, CONTROLS, percent_decode_str, utf8_percent_encode};
use serde::{Deserialize, Serialize};
use tracing_subscriber::EnvFilter;
use url::Url;

use api_http::peer::Networks;

/// All settings. Every one has a default that is right for a first try on one machine.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Config {
    /// Where the data lies: `sqlite:FILE` (one process) or `postgres://…` (any number of replicas).
    pub database_url: String,
    /// A file that holds the database address, for addresses with a password.
    pub database_url_file: Option<PathBuf>,
    /// What the park is called, on pages, in letters and in print.
    pub park_name: Option<String>,
    /// The same in English; without it the name stands there as it is.
    pub park_name_en: Option<String>,
    /// The telephone number of the service centre: whom people ring who cannot sign in, have no liaison, or ask about a letter.
    pub hotline: Option<String>,
    /// The number under which the site is recorded (备案号), where it has one: at the foot of every page.
    pub record_number: Option<String>,
    /// The address and port to listen on.
    pub listen: SocketAddr,
    /// An address and port of its own for figures (`/metrics`), read by a Prometheus server: loopback or an internal network. Without
    /// it nothing is shown.
    pub metrics_listen: Option<SocketAddr>,
    /// The address people use: `https://qiyue.park.example`. Links in letters begin with it; https unless it is loopback.
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
    /// The file that remembers what was sent by a relay, so that a database restored from a backup is noticed: without it, or with
    /// one that is ahead of the database, mail is held. By default beside the folder of the SQLite file (`qiyue-data.last-letter`), or
    /// `qiyue-data/last-letter`; it must outlive a restart and must not be part of the backup.
    pub mail_mark_file: Option<PathBuf>,
    /// The file with the keys of what lies sealed in the database: letters with a link, answers without a name. By default beside the folder
    /// of the SQLite file, or `qiyue-data.seal`. All replicas have the same; it is never kept together with the database or its backups.
    pub seal_file: Option<PathBuf>,
    /// A font with Chinese characters (OpenType or TrueType): with it, reports come as printed documents, too.
    #[cfg(feature = "pdf")]
    pub pdf_font: Option<PathBuf>,
    /// The proxies whose word counts on behalf of whom they ask (`X-Forwarded-For`): addresses and networks with commas between.
    pub trusted_proxies: Networks,
    /// How many connections may be open; of one address a quarter of them, unless it is a trusted proxy.
    pub connections: usize,
    /// How many seconds the head of a request may take, and a connection may rest between two requests.
    pub head_seconds: u64,
    /// How many seconds a body may take; larger ones have more, by 32 KiB a second.
    pub body_seconds: u64,
    /// After how many seconds without taking anything of its answer a client is left.
    pub answer_seconds: u64,
    /// Whether the park contracts with individual businesses (个体工商户, codes from 92), too.
    pub admit_individual_businesses: bool,
    /// Whether it contracts with farmers' cooperatives (农民专业合作社, codes from 93), too.
    pub admit_cooperatives: bool,
    /// The park's time zone.
    pub time_zone: Tz,
    /// How many minutes the clock may jump between two looks without being asked about. What jumps further is not followed: jobs, letters
    /// and pages go on by the machine's steady counter until the clock is right again, or until the service is started anew. 0: every
    /// jump is followed.
    pub clock_jump_minutes: u32,
    /// By how many days whoever handles a promise may extend it; what goes beyond is for the service centre.
    pub extension_days: u32,
    /// Up to how many working days after it was done something may be entered as kept, with a reason.
    pub backdating_days: u32,
    /// How many database connections at most.
    pub database_connections: u32,
    /// Whether the API describes itself (introspection) and serves `/schema.graphql`.
    pub introspection: bool,
    /// Whether developers find a page where they type operations of the API (`/graphiql`).
    pub graphiql: bool,
    /// Whether the session cookie may travel without TLS. Only for a demonstration on a local network.
    pub insecure_cookies: bool,
    /// What a password is like: `length` (15 characters, whatever they are) or `composition` (10 characters of three kinds, for an
    /// assessment under 等保).
    pub password_rule: PasswordRule,
    /// Whether two administrators together give the roles with power over all: administrator, leader, supervisor. The command line
    /// gives them at once.
    pub second_administrator: bool,
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
            park_name: None,
            park_name_en: None,
            hotline: None,
            record_number: None,
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
            seal_file: None,
            #[cfg(feature = "pdf")]
            pdf_font: None,
            trusted_proxies: Networks::loopback(),
            connections: 512,
            head_seconds: 10,
            body_seconds: 15,
            answer_seconds: 30,
            admit_individual_businesses: false,
            admit_cooperatives: false,
            time_zone: chrono_tz::Asia::Shanghai,
            clock_jump_minutes: 10,
            extension_days: Margins::default().extension,
            backdating_days: Margins::default().backdating,
            database_connections: 8,
            introspection: false,
            graphiql: false,
            demonstration: false,
            insecure_cookies: false,
            password_rule: PasswordRule::default(),
            second_administrator: false,
            rate_limits: true,
            log: "info,sea_orm_migration=warn".to_owned(),
        }
    }
}

/// How many characters the name of the park has at most, and the number of its site.
const LONGEST_NAME: usize = 60;

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
            config.database_url = sqlite_address(&dir.join("qiyue.sqlite"));
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
        match self.database_url.split_once(':') {
            Some(("sqlite", _)) => {
                if self
                    .sqlite_file()
                    .is_none_or(|file| file.file_name().is_none())
                {
                    problems.push("database_url: names no file".to_owned());
                }
            }
            Some(("postgres" | "postgresql", _)) => {
                if let Err(error) = Url::parse(&self.database_url) {
                    problems.push(format!("database_url: not an address: {error}"));
                }
            }
            _ => problems.push("database_url: begins with sqlite: or postgres:".to_owned()),
        }
        for (name, text) in [
            ("park_name", &self.park_name),
            ("park_name_en", &self.park_name_en),
            ("record_number", &self.record_number),
        ] {
            let fits = |text: &String| language::line(text, LONGEST_NAME).is_some();
            if !text.as_ref().is_none_or(fits) {
                problems.push(format!(
                    "{name}: one line of 1 to {LONGEST_NAME} characters"
                ));
            }
        }
        if self.park_name_en.is_some() && self.park_name.is_none() {
            problems.push("park_name_en: needs park_name beside it".to_owned());
        }
        if let Err(error) = Telephone::given(self.hotline.as_deref()) {
            problems.push(format!("hotline: {error}"));
        }
        let bare = Url::parse(&self.public_url.origin().ascii_serialization());
        let web = ["http", "https"].contains(&self.public_url.scheme());
        if !web || bare.as_ref() != Ok(&self.public_url) {
            problems.push(
                "public_url: is https:// and a host, perhaps a port, and nothing else: no path, query, fragment or user"
                    .to_owned(),
            );
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
        // A name around the address is read by the delivery, see `app::check`.
        let sender = self.mail_from.rsplit('<').next().unwrap_or_default();
        if mailable(sender.trim_end_matches('>')).is_none() {
            problems.push("mail_from: is not an address that e-mail can be sent from".to_owned());
        }
        if let Some(address) = &self.mail_bounce_to
            && mailable(address).is_none()
        {
            problems.push("mail_bounce_to: is not an e-mail address".to_owned());
        }
        if let Err(error) = EnvFilter::try_new(&self.log) {
            problems.push(format!("log: {error}"));
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
        for (name, days) in [
            ("extension_days", self.extension_days),
            ("backdating_days", self.backdating_days),
        ] {
            if days > 366 {
                problems.push(format!("{name}: from 0 to 366"));
            }
        }
        if self.metrics_listen == Some(self.listen) {
            problems.push("metrics_listen: must be another address than listen".to_owned());
        }
        for (name, seconds) in [
            ("head_seconds", self.head_seconds),
            ("body_seconds", self.body_seconds),
            ("answer_seconds", self.answer_seconds),
        ] {
            if !(1..=600).contains(&seconds) {
                problems.push(format!("{name}: from 1 to 600"));
            }
        }
        if !(16..=100_000).contains(&self.connections) {
            problems.push("connections: from 16 to 100000".to_owned());
        }
        if self.database_connections == 0 {
            problems.push("database_connections: at least 1".to_owned());
        }
    }

    /// What the park chooses where a rule leaves it the choice.
    pub fn policy(&self) -> Policy {
        Policy {
            password: self.password_rule,
            second_administrator: self.second_administrator,
            margins: Margins {
                extension: self.extension_days,
                backdating: self.backdating_days,
            },
            admitted: AdmittedKinds {
                individual_businesses: self.admit_individual_businesses,
                cooperatives: self.admit_cooperatives,
            },
        }
    }

    /// Whose service it is.
    pub fn park(&self) -> Park {
        let line = |text: &Option<String>| language::line(text.as_deref()?, LONGEST_NAME);
        let name = line(&self.park_name);
        Park {
            name: name.map(|zh| {
                let en = line(&self.park_name_en).unwrap_or_else(|| zh.clone());
                Text::new(zh, en)
            }),
            // Checked when the settings were read.
            hotline: Telephone::given(self.hotline.as_deref()).unwrap_or_default(),
            record_number: line(&self.record_number),
        }
    }

    /// The file of an SQLite database.
    pub fn sqlite_file(&self) -> Option<PathBuf> {
        let path = self.database_url.strip_prefix("sqlite:")?;
        let path = path.strip_prefix("//").unwrap_or(path);
        let path = path.split('?').next().unwrap_or(path);
        let path = percent_decode_str(path).decode_utf8().ok()?;
        Some(PathBuf::from(path.into_owned()))
    }

    /// The folder of the local mailbox, where the console may show what lies in it: in the demonstration, and in development on
    /// one machine. Letters hold links that set passwords.
    pub fn readable_mailbox(&self) -> Option<&Path> {
        let alone = self.listen.ip().is_loopback() && is_loopback(&self.public_url);
        (self.smtp_url.is_none() && (self.demonstration || alone)).then_some(&self.mailbox_dir)
    }

    /// The largest jump of the clock that is followed without being asked; every one when nothing is said.
    pub fn largest_clock_jump(&self) -> Option<TimeDelta> {
        let minutes = i64::from(self.clock_jump_minutes);
        (minutes > 0).then(|| TimeDelta::minutes(minutes))
    }

    /// The file that remembers what was sent by a relay. Beside an SQLite file it would be copied and put back with it, so it lies
    /// outside of its folder.
    pub fn mark_file(&self) -> PathBuf {
        let beside_folder = || {
            let file = std::path::absolute(self.sqlite_file()?).ok()?;
            Some(with_ending(file.parent()?, "last-letter"))
        };
        self.mail_mark_file
            .clone()
            .or_else(beside_folder)
            .unwrap_or_else(|| PathBuf::from("qiyue-data/last-letter"))
    }

    /// The file with the keys of what lies sealed in the database.
    pub fn seal_file(&self) -> std::io::Result<PathBuf> {
        if let Some(file) = &self.seal_file {
            return Ok(file.clone());
        }
        let data = match self.sqlite_file() {
            Some(file) => {
                let file = std::path::absolute(file)?;
                file.parent().map(Path::to_owned).unwrap_or(file)
            }
            None => PathBuf::from("qiyue-data"),
        };
        // A whole disk as the data folder has nothing beside it.
        Ok(match data.file_name() {
            Some(_) => with_ending(&data, "seal"),
            None => data.join("qiyue.seal"),
        })
    }

    /// What is allowed and needs care all the same, one line each. Told at every start of the service and by `check-config`.
    pub fn cautions(&self) -> Vec<&'static str> {
        [
            (
                self.smtp_plain,
                "smtp_plain: e-mail may travel to the relay without TLS",
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
            (self.mail_hold, "mail_hold: no e-mail is sent"),
            (
                !self.listen.ip().is_loopback() && self.trusted_proxies == Networks::loopback(),
                "trusted_proxies: names no proxy beside this machine, so all people behind one elsewhere count as one address",
            ),
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
                "(not set: e-mails are stored in mailbox_dir)".to_owned(),
                |url| format!("(set: {})", url.host_str().unwrap_or_default())
            )
        ));
        for caution in self.cautions() {
            text.push_str(&format!("# caution: {caution}\n"));
        }
        text.push_str("# DKIM: e-mails are signed by the relay, not by Qiyue\n");
        text
    }
}

/// The address of an SQLite database in this file, whatever its name has in it.
pub fn sqlite_address(file: &Path) -> String {
    /// What means something in an address.
    const SPECIAL: &AsciiSet = &CONTROLS.add(b'%').add(b'?').add(b'#');
    let path = file.to_string_lossy();
    format!("sqlite://{}", utf8_percent_encode(&path, SPECIAL))
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
    use entity::language::Language;

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
    fn only_addresses_that_work_everywhere_are_taken() {
        let problems = |config: Config| {
            let mut problems = Vec::new();
            config.check(&mut problems);
            problems
        };
        for (address, taken) in [
            ("https://qiyue.park.example", true),
            ("https://qiyue.park.example:8443/", true),
            ("http://[::1]:8331", true),
            ("https://qiyue.park.example/qiyue", false),
            ("https://qiyue.park.example/?a=b", false),
            ("https://qiyue.park.example/#a", false),
            ("https://user@qiyue.park.example", false),
            ("ftp://localhost", false),
            ("data:text/plain,qiyue", false),
        ] {
            let config = Config {
                public_url: address.parse().expect("an address"),
                ..Config::default()
            };
            assert_eq!(problems(config).is_empty(), taken, "{address}");
        }
        for (sender, taken) in [
            ("qiyue@park.example", true),
            ("契约 <qiyue@park.example>", true),
            ("qiyue@园区.example", true),
            ("qiyue@", false),
            ("qiyue@park", false),
            ("qi yue@park.example", false),
            ("@park.example", false),
        ] {
            let config = Config {
                mail_from: sender.to_owned(),
                ..Config::default()
            };
            assert_eq!(problems(config).is_empty(), taken, "{sender}");
        }
        for database_url in [
            "sqlite:",
            "sqlite://?mode=rwc",
            "postgres://[::1",
            "mysql://x",
        ] {
            let config = Config {
                database_url: database_url.to_owned(),
                ..Config::default()
            };
            assert_eq!(problems(config).len(), 1, "{database_url}");
        }
    }

    #[test]
    fn the_park_says_who_it_is() {
        let dir = tempfile::tempdir().expect("a folder");
        let file = dir.path().join("qiyue.toml");
        let load = |text: &str| {
            std::fs::write(&file, text).expect("written");
            Config::load(Some(&file), None)
        };
        let right = "park_name = ' 示例高新区 '\npark_name_en = 'Example Park'\nhotline = '（0000）0000 0000'\nrecord_number = '示例备00000000号'\n";
        let park = load(right).expect("right").park();
        assert_eq!(park.name(Language::Chinese), Some("示例高新区"));
        assert_eq!(park.name(Language::English), Some("Example Park"));
        assert_eq!(
            park.hotline.map(String::from).as_deref(),
            Some("0000-00000000")
        );
        assert_eq!(park.record_number.as_deref(), Some("示例备00000000号"));
        let alone = load("park_name = '示例高新区'\n").expect("right").park();
        assert_eq!(alone.name(Language::English), Some("示例高新区"));
        assert_eq!(load("").expect("right").park(), Park::default());
        let wrong = format!(
            "park_name = ' '\npark_name_en = '{}'\nhotline = '0000'\nrecord_number = ''\n",
            "x".repeat(61)
        );
        assert_eq!(load(&wrong).expect_err("four problems").0.len(), 4);
        assert!(load("park_name_en = 'Example Park'\n").is_err());
    }

    #[test]
    fn a_folder_may_have_any_name() {
        for name in ["a b", "a?b=c", "a%20b", "a#b", "契约", "%3F"] {
            let dir = tempfile::tempdir().expect("a folder").path().join(name);
            let config = Config::load(None, Some(&dir)).expect("right");
            assert_eq!(
                config.sqlite_file(),
                Some(dir.join("qiyue.sqlite")),
                "{name}"
            );
        }
        let spelt = Config {
            database_url: "sqlite:a%20b/qiyue.sqlite?mode=rwc".to_owned(),
            ..Config::default()
        };
        assert_eq!(spelt.sqlite_file(), Some("a b/qiyue.sqlite".into()));
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
    fn the_mark_lies_outside_of_what_is_copied() {
        let at = |address: &str| Config {
            database_url: address.to_owned(),
            ..Config::default()
        };
        let mark = at("sqlite:/srv/park/data/qiyue.sqlite").mark_file();
        assert_eq!(mark, PathBuf::from("/srv/park/data.last-letter"));
        let mark = Config::default().mark_file();
        assert!(mark.is_absolute() && mark.ends_with("qiyue-data.last-letter"));
        let mark = at("postgres://db.example/qiyue").mark_file();
        assert_eq!(mark, PathBuf::from("qiyue-data/last-letter"));
    }

    #[test]
    fn the_keys_lie_beside_the_data_folder_and_not_in_it() {
        let of = |config: Config| config.seal_file().expect("a path");
        let config = Config::load(None, Some(&PathBuf::from("/srv/park"))).expect("right");
        assert_eq!(of(config), PathBuf::from("/srv/park.seal"));
        let named = Config {
            seal_file: Some(PathBuf::from("/etc/qiyue/seal")),
            ..Config::default()
        };
        assert_eq!(of(named), PathBuf::from("/etc/qiyue/seal"));
    }

    #[test]
    fn what_needs_care_is_told() {
        assert!(Config::default().cautions().is_empty());
        let config = Config {
            smtp_plain: true,
            insecure_cookies: true,
            rate_limits: false,
            mail_hold: true,
            listen: SocketAddr::from(([0, 0, 0, 0], 8331)),
            metrics_listen: Some(SocketAddr::from(([0, 0, 0, 0], 9331))),
            ..Config::default()
        };
        assert_eq!(config.cautions().len(), 6);
        assert!(config.describe().contains("# caution: smtp_plain"));
    }

    #[test]
    fn limits_have_their_bounds_and_proxies_are_addresses() {
        let dir = tempfile::tempdir().expect("a folder");
        let file = dir.path().join("qiyue.toml");
        let load = |text: &str| {
            std::fs::write(&file, text).expect("written");
            Config::load(Some(&file), None)
        };
        let right = "trusted_proxies = '10.0.0.5, fd00::/8'\nconnections = 64\nhead_seconds = 5\n";
        let config = load(right).expect("right");
        assert!(config.trusted_proxies.hold([10, 0, 0, 5].into()));
        assert!(!config.trusted_proxies.hold([127, 0, 0, 1].into()));
        assert!(load("trusted_proxies = ['10.0.0.0/8']\n").is_ok());
        assert!(load("trusted_proxies = 'proxy.example'\n").is_err());
        let wrong = "connections = 1\nhead_seconds = 0\nbody_seconds = 601\nanswer_seconds = 0\n";
        assert_eq!(load(wrong).expect_err("four problems").0.len(), 4);
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
