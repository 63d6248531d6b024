//! Handing a mail to the relay in two steps, so that the caller can record "about to send the body" between them; or into a
//! folder, when no relay is set.

use std::{fmt::Debug, path::PathBuf, time::Duration};

use entity::outbox::Phase;
use futures::future::BoxFuture;
use lettre::{
    Address,
    transport::smtp::{
        Error,
        authentication::{Credentials, Mechanism},
        client::{AsyncSmtpConnection, TlsParameters},
        commands::{Data, Mail, Rcpt},
        extension::ClientId,
        response::Response,
    },
};
use tokio::{net::TcpStream, time::timeout};
use url::Url;

/// Who sends what to whom.
#[derive(Clone, Debug)]
pub struct Envelope {
    /// The sender.
    pub from: Address,
    /// The one recipient.
    pub to: Address,
    /// The name of the file, where letters become files: the same on every attempt.
    pub file_name: String,
}

/// Why a step failed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// Which step.
    pub phase: Phase,
    /// The reply code, if the relay said anything.
    pub code: Option<i32>,
    /// The reply or the error.
    pub text: String,
}

/// What the relay said when it took the mail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Accepted {
    /// Its reply code.
    pub code: i32,
    /// Its reply.
    pub text: String,
}

/// A way to hand over mails.
pub trait Transport: Send + Sync + Debug {
    /// Goes as far as is safe to repeat: the relay is ready for the body.
    fn prepare<'a>(
        &'a self,
        envelope: &'a Envelope,
    ) -> BoxFuture<'a, Result<Box<dyn Prepared>, Failure>>;
}

/// A relay that waits for the body.
pub trait Prepared: Send {
    /// Whether sending the same letter twice leaves one: then nothing about it can be unclear after a crash.
    fn may_repeat(&self) -> bool {
        false
    }

    /// Sends the body and waits for the answer to its final dot.
    fn body<'a>(self: Box<Self>, bytes: &'a [u8]) -> BoxFuture<'a, Result<Accepted, Failure>>
    where
        Self: 'a;
}

/// How long each step may take. The library itself limits nothing after the connection stands.
#[derive(Clone, Copy, Debug)]
pub struct Patience {
    /// Reaching the relay.
    pub connect: Duration,
    /// The greeting and each command.
    pub command: Duration,
    /// The answer to the final dot: a shorter wait manufactures duplicates.
    pub dot: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(10),
            command: Duration::from_secs(60),
            dot: Duration::from_secs(600),
        }
    }
}

/// A mail relay.
#[derive(Clone)]
pub struct SmtpTransport {
    host: String,
    port: u16,
    encryption: Encryption,
    credentials: Option<Credentials>,
    hello: ClientId,
    patience: Patience,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Encryption {
    Implicit,
    StartTls,
    None,
}

impl Debug for SmtpTransport {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("SmtpTransport")
            .field("host", &self.host)
            .field("port", &self.port)
            .field("encryption", &self.encryption)
            .finish_non_exhaustive()
    }
}

impl SmtpTransport {
    /// The relay at `smtps://USER:PASSWORD@HOST:PORT` (TLS from the first byte) or `smtp://…` (STARTTLS, required unless
    /// `plain`). `domain` is what it is greeted with.
    pub fn new(address: &Url, plain: bool, domain: &str, patience: Patience) -> Self {
        let implicit = address.scheme() == "smtps";
        Self {
            host: address.host_str().unwrap_or_default().to_owned(),
            port: address.port().unwrap_or(if implicit { 465 } else { 587 }),
            encryption: match (implicit, plain) {
                (true, _) => Encryption::Implicit,
                (false, false) => Encryption::StartTls,
                (false, true) => Encryption::None,
            },
            credentials: (!address.username().is_empty()).then(|| {
                Credentials::new(
                    decoded(address.username()),
                    decoded(address.password().unwrap_or_default()),
                )
            }),
            hello: ClientId::Domain(domain.to_owned()),
            patience,
        }
    }

    async fn connect(&self) -> Result<AsyncSmtpConnection, Failure> {
        let tls =
            || TlsParameters::new(self.host.clone()).map_err(|error| failed(Phase::Tls, &error));
        if self.encryption == Encryption::Implicit {
            let parameters = tls()?;
            return within(
                self.patience.connect + self.patience.command,
                Phase::Connect,
                AsyncSmtpConnection::connect_tokio1(
                    (self.host.as_str(), self.port),
                    Some(self.patience.connect),
                    &self.hello,
                    Some(parameters),
                    None,
                ),
            )
            .await;
        }
        let stream = match timeout(
            self.patience.connect,
            TcpStream::connect((self.host.as_str(), self.port)),
        )
        .await
        {
            Ok(Ok(stream)) => stream,
            Ok(Err(error)) => return Err(broken(Phase::Connect, error.to_string())),
            Err(_) => return Err(broken(Phase::Connect, "no connection in time".to_owned())),
        };
        // Small commands back and forth: waiting to fill packets costs 40 ms each.
        stream
            .set_nodelay(true)
            .map_err(|error| broken(Phase::Connect, error.to_string()))?;
        let mut connection = within(
            self.patience.command,
            Phase::Connect,
            AsyncSmtpConnection::connect_with_transport(Box::new(stream), &self.hello),
        )
        .await?;
        if self.encryption == Encryption::StartTls {
            let parameters = tls()?;
            within(
                self.patience.command,
                Phase::Tls,
                connection.starttls(parameters, &self.hello),
            )
            .await?;
        }
        Ok(connection)
    }
}

impl Transport for SmtpTransport {
    fn prepare<'a>(
        &'a self,
        envelope: &'a Envelope,
    ) -> BoxFuture<'a, Result<Box<dyn Prepared>, Failure>> {
        Box::pin(async move {
            let wait = self.patience.command;
            let mut connection = self.connect().await?;
            if let Some(credentials) = &self.credentials {
                within(
                    wait,
                    Phase::Auth,
                    connection.auth(&[Mechanism::Plain, Mechanism::Login], credentials),
                )
                .await?;
            }
            within(
                wait,
                Phase::Mail,
                connection.command(Mail::new(Some(envelope.from.clone()), vec![])),
            )
            .await?;
            within(
                wait,
                Phase::Rcpt,
                connection.command(Rcpt::new(envelope.to.clone(), vec![])),
            )
            .await?;
            within(wait, Phase::Data, connection.command(Data)).await?;
            let ready: Box<dyn Prepared> = Box::new(Ready {
                connection,
                patience: self.patience,
            });
            Ok(ready)
        })
    }
}

struct Ready {
    connection: AsyncSmtpConnection,
    patience: Patience,
}

impl Prepared for Ready {
    fn body<'a>(mut self: Box<Self>, bytes: &'a [u8]) -> BoxFuture<'a, Result<Accepted, Failure>>
    where
        Self: 'a,
    {
        Box::pin(async move {
            let answer = within(
                self.patience.dot,
                Phase::Body,
                self.connection.message(bytes),
            )
            .await?;
            // The mail is theirs; a failing farewell changes nothing.
            let _ = timeout(Duration::from_secs(5), self.connection.quit()).await;
            Ok(said(&answer))
        })
    }
}

/// The local mailbox: one `.eml` file per letter, for a first try, the demonstration and tests.
#[derive(Clone, Debug)]
pub struct FolderTransport {
    folder: PathBuf,
}

impl FolderTransport {
    /// The mailbox in `folder`, made when the first letter comes.
    pub fn new(folder: impl Into<PathBuf>) -> Self {
        Self {
            folder: folder.into(),
        }
    }
}

impl Transport for FolderTransport {
    fn prepare<'a>(
        &'a self,
        envelope: &'a Envelope,
    ) -> BoxFuture<'a, Result<Box<dyn Prepared>, Failure>> {
        Box::pin(async move {
            tokio::fs::create_dir_all(&self.folder)
                .await
                .map_err(|error| broken(Phase::Connect, error.to_string()))?;
            let file: Box<dyn Prepared> = Box::new(NewFile {
                path: self.folder.join(format!("{}.eml", envelope.file_name)),
            });
            Ok(file)
        })
    }
}

struct NewFile {
    path: PathBuf,
}

impl Prepared for NewFile {
    fn may_repeat(&self) -> bool {
        true
    }

    fn body<'a>(self: Box<Self>, bytes: &'a [u8]) -> BoxFuture<'a, Result<Accepted, Failure>>
    where
        Self: 'a,
    {
        Box::pin(async move {
            let unfinished = self.path.with_extension("part");
            // Nothing arrives before the rename, and the same letter has the same name: repeating is safe, so this is never
            // reported as a failure in the body.
            let write = async {
                tokio::fs::write(&unfinished, bytes).await?;
                tokio::fs::rename(&unfinished, &self.path).await
            };
            write
                .await
                .map_err(|error| broken(Phase::Data, error.to_string()))?;
            Ok(Accepted {
                code: 250,
                text: "in the local mailbox".to_owned(),
            })
        })
    }
}

async fn within<T>(
    limit: Duration,
    phase: Phase,
    step: impl Future<Output = Result<T, Error>>,
) -> Result<T, Failure> {
    match timeout(limit, step).await {
        Ok(done) => done.map_err(|error| failed(phase, &error)),
        Err(_) => Err(broken(phase, "no answer in time".to_owned())),
    }
}

fn failed(phase: Phase, error: &Error) -> Failure {
    Failure {
        phase,
        code: error
            .status()
            .and_then(|code| code.to_string().parse().ok()),
        text: error.to_string(),
    }
}

fn broken(phase: Phase, text: String) -> Failure {
    Failure {
        phase,
        code: None,
        text,
    }
}

fn said(answer: &Response) -> Accepted {
    Accepted {
        code: answer.code().to_string().parse().unwrap_or(250),
        text: answer.message().collect::<Vec<_>>().join(" "),
    }
}

/// Undoes the percent-encoding of a user name or password in an address.
fn decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&first, tail)) = rest.split_first() {
        let hex = (first == b'%')
            .then(|| tail.get(..2))
            .flatten()
            .and_then(|pair| std::str::from_utf8(pair).ok())
            .and_then(|pair| u8::from_str_radix(pair, 16).ok());
        if let Some(byte) = hex {
            bytes.push(byte);
            rest = &tail[2..];
        } else {
            bytes.push(first);
            rest = tail;
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}
