//! Handing a mail to the relay in two steps, so that the caller can record "about to send the body" between them; or into a
//! folder, when no relay is set.

use std::{
    fmt::Debug,
    io,
    net::SocketAddr,
    path::PathBuf,
    pin::Pin,
    task::{Context, Poll},
    time::Duration,
};

use entity::{outbox::Phase, private};
use futures::future::BoxFuture;
use lettre::{
    Address,
    transport::smtp::{
        Error,
        authentication::{Credentials, Mechanism},
        client::{AsyncSmtpConnection, AsyncTokioStream, Certificate, TlsParameters},
        commands::{Data, Mail, Rcpt},
        extension::{ClientId, Extension, MailParameter},
        response::Response,
    },
};
use tokio::{
    io::{AsyncRead, AsyncWrite, AsyncWriteExt, ReadBuf},
    net::TcpStream,
    time::timeout,
};
use tokio_util::compat::{Compat, FuturesAsyncReadCompatExt};
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
    /// The greeting, and TLS before it: a relay that takes connections and says nothing is known as away before the next delivery.
    pub greeting: Duration,
    /// Each command.
    pub command: Duration,
    /// Everything before the body: with the answer to the dot, a letter takes 15 minutes at most.
    pub preparation: Duration,
    /// The answer to the final dot: a shorter wait manufactures duplicates.
    pub dot: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(10),
            greeting: Duration::from_secs(20),
            command: Duration::from_secs(60),
            preparation: Duration::from_secs(300),
            dot: Duration::from_secs(600),
        }
    }
}

/// How many bytes a relay may say before it is spoken to again: the largest certificates fit, and a line without an end does not.
const LONGEST_ANSWER: usize = 128 * 1024;

/// How a mail relay is reached.
#[derive(Clone, Debug)]
pub struct RelaySettings {
    /// `smtps://USER:PASSWORD@HOST:PORT` (TLS from the first byte) or `smtp://…` (STARTTLS, required unless `plain`).
    pub url: Url,
    /// Whether it may be spoken to without TLS.
    pub plain: bool,
    /// Certificates (PEM) that are trusted beside those of the system: for a relay with a certificate of the park's own.
    pub trusted: Vec<u8>,
    /// How long each step may take.
    pub patience: Patience,
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

#[derive(Clone)]
enum Encryption {
    Implicit(TlsParameters),
    StartTls(TlsParameters),
    None,
}

impl Debug for SmtpTransport {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let encryption = match self.encryption {
            Encryption::Implicit(_) => "TLS",
            Encryption::StartTls(_) => "STARTTLS",
            Encryption::None => "none",
        };
        formatter
            .debug_struct("SmtpTransport")
            .field("host", &self.host)
            .field("port", &self.port)
            .field("encryption", &encryption)
            .finish_non_exhaustive()
    }
}

impl SmtpTransport {
    /// The relay of these settings, greeted as `domain`.
    ///
    /// # Errors
    /// The trusted certificates are none.
    pub fn new(settings: &RelaySettings, domain: &str) -> Result<Self, Error> {
        let address = &settings.url;
        let host = address.host_str().unwrap_or_default().to_owned();
        let implicit = address.scheme() == "smtps";
        let tls = || {
            let mut builder = TlsParameters::builder(host.clone());
            for certificate in certificates(&settings.trusted)? {
                builder = builder.add_root_certificate(certificate);
            }
            builder.build()
        };
        Ok(Self {
            encryption: match (implicit, settings.plain) {
                (true, _) => Encryption::Implicit(tls()?),
                (false, false) => Encryption::StartTls(tls()?),
                (false, true) => Encryption::None,
            },
            port: address.port().unwrap_or(if implicit { 465 } else { 587 }),
            credentials: (!address.username().is_empty()).then(|| {
                Credentials::new(
                    decoded(address.username()),
                    decoded(address.password().unwrap_or_default()),
                )
            }),
            hello: ClientId::Domain(domain.to_owned()),
            patience: settings.patience,
            host,
        })
    }

    async fn connect(&self) -> Result<AsyncSmtpConnection, Failure> {
        let reach = TcpStream::connect((self.host.as_str(), self.port));
        let stream = match timeout(self.patience.connect, reach).await {
            Ok(Ok(stream)) => stream,
            Ok(Err(error)) => return Err(broken(Phase::Connect, error.to_string())),
            Err(_) => return Err(broken(Phase::Connect, "no connection in time".to_owned())),
        };
        // Small commands back and forth: waiting to fill packets costs 40 ms each.
        stream
            .set_nodelay(true)
            .map_err(|error| broken(Phase::Connect, error.to_string()))?;
        let stream = Bounded { stream, heard: 0 };
        let wait = self.patience.greeting;
        let stream: Box<dyn AsyncTokioStream> = match &self.encryption {
            Encryption::Implicit(tls) => {
                let secured = within(wait, Phase::Tls, Secured::agree(stream, tls.clone()));
                Box::new(secured.await?)
            }
            Encryption::StartTls(_) | Encryption::None => Box::new(stream),
        };
        let mut connection = within(
            wait,
            Phase::Connect,
            AsyncSmtpConnection::connect_with_transport(stream, &self.hello),
        )
        .await?;
        if let Encryption::StartTls(tls) = &self.encryption {
            within(
                self.patience.command,
                Phase::Tls,
                connection.starttls(tls.clone(), &self.hello),
            )
            .await?;
        }
        Ok(connection)
    }

    async fn ready(&self, envelope: &Envelope) -> Result<Ready, Failure> {
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
        let mut options = Vec::new();
        if !AsRef::<str>::as_ref(&envelope.to).is_ascii() {
            if !connection
                .server_info()
                .supports_feature(Extension::SmtpUtfEight)
            {
                return Err(Failure {
                    phase: Phase::Rcpt,
                    code: Some(553),
                    text: "5.6.7 the relay takes no addresses beyond ASCII".to_owned(),
                });
            }
            options.push(MailParameter::SmtpUtfEight);
        }
        let from = Mail::new(Some(envelope.from.clone()), options);
        within(wait, Phase::Mail, connection.command(from)).await?;
        let to = Rcpt::new(envelope.to.clone(), vec![]);
        within(wait, Phase::Rcpt, connection.command(to)).await?;
        within(wait, Phase::Data, connection.command(Data)).await?;
        Ok(Ready {
            connection,
            patience: self.patience,
        })
    }
}

/// The certificates of a PEM file.
fn certificates(pem: &[u8]) -> Result<Vec<Certificate>, Error> {
    const END: &str = "-----END CERTIFICATE-----";
    String::from_utf8_lossy(pem)
        .split_inclusive(END)
        .filter(|part| part.contains(END))
        .map(|part| Certificate::from_pem(part.as_bytes()))
        .collect()
}

impl Transport for SmtpTransport {
    fn prepare<'a>(
        &'a self,
        envelope: &'a Envelope,
    ) -> BoxFuture<'a, Result<Box<dyn Prepared>, Failure>> {
        Box::pin(async move {
            match timeout(self.patience.preparation, self.ready(envelope)).await {
                Ok(Ok(ready)) => Ok(Box::new(ready) as Box<dyn Prepared>),
                Ok(Err(failure)) => Err(failure),
                Err(_) => Err(broken(
                    Phase::Connect,
                    "the relay answers too slowly".to_owned(),
                )),
            }
        })
    }
}

/// A connection whose other side may say only so much at a time: the library reads a line to its end, however long it is.
#[derive(Debug)]
struct Bounded {
    stream: TcpStream,
    heard: usize,
}

impl AsyncTokioStream for Bounded {
    fn peer_addr(&self) -> io::Result<SocketAddr> {
        self.stream.peer_addr()
    }
}

impl AsyncRead for Bounded {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        if self.heard > LONGEST_ANSWER {
            return Poll::Ready(Err(io::Error::new(
                io::ErrorKind::InvalidData,
                "the relay answers without an end",
            )));
        }
        let before = buffer.filled().len();
        let read = Pin::new(&mut self.stream).poll_read(context, buffer);
        self.heard += buffer.filled().len() - before;
        read
    }
}

impl AsyncWrite for Bounded {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        self.heard = 0;
        Pin::new(&mut self.stream).poll_write(context, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}

/// A connection with TLS from the first byte, on a socket of our own: the library's way to it leaves Nagle's algorithm on.
#[derive(Debug)]
#[allow(
    deprecated,
    reason = "the library's only way to TLS on a socket that was opened before"
)]
struct Secured {
    stream: Compat<lettre::transport::smtp::client::AsyncNetworkStream>,
    peer: SocketAddr,
}

#[allow(deprecated, reason = "as above")]
impl Secured {
    async fn agree(stream: Bounded, tls: TlsParameters) -> Result<Self, Error> {
        use lettre::transport::smtp::client::AsyncNetworkStream;
        let peer = stream
            .peer_addr()
            .unwrap_or_else(|_| SocketAddr::from(([0, 0, 0, 0], 0)));
        let mut stream = AsyncNetworkStream::use_existing_tokio1(Box::new(stream));
        stream.upgrade_tls(tls).await?;
        Ok(Self {
            stream: stream.compat(),
            peer,
        })
    }
}

impl AsyncTokioStream for Secured {
    fn peer_addr(&self) -> io::Result<SocketAddr> {
        Ok(self.peer)
    }
}

impl AsyncRead for Secured {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(context, buffer)
    }
}

impl AsyncWrite for Secured {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write(context, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
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
            private::own_folder(&self.folder)
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
                let mut file = tokio::fs::File::from_std(private::blank(&unfinished)?);
                file.write_all(bytes).await?;
                // Only a flush tells what became of the write; without it a full disk would pass for a delivery.
                file.flush().await?;
                file.sync_all().await?;
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
