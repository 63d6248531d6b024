//! A mail relay that does what a story tells it at each step, and remembers what it has seen.

use std::{
    collections::BTreeMap,
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering},
    },
};

use jobs::Relay;
use tokio::{
    io::{AsyncBufReadExt, AsyncWriteExt, BufReader},
    net::TcpListener,
};

/// The steps of a delivery, as the relay sees them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Somebody has connected and waits for the greeting.
    Greeting,
    /// EHLO.
    Hello,
    /// AUTH.
    Auth,
    /// MAIL FROM.
    Mail,
    /// RCPT TO.
    Rcpt,
    /// DATA.
    Data,
    /// The final dot.
    Dot,
}

impl Step {
    /// All steps of a relay that wants no password.
    pub const ALL: [Self; 6] = [
        Self::Greeting,
        Self::Hello,
        Self::Mail,
        Self::Rcpt,
        Self::Data,
        Self::Dot,
    ];
}

/// What the relay does at a step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Deed {
    /// What it should.
    GoOn,
    /// Answers this line.
    Say(&'static str),
    /// Takes the step and never answers.
    Hang,
    /// Takes the step and closes the connection without an answer.
    Vanish,
}

/// One mail whose final dot arrived.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Received {
    /// The sender of the envelope.
    pub from: String,
    /// The recipient of the envelope.
    pub to: String,
    /// The bytes, as they came.
    pub bytes: String,
    /// Whether the relay has said that it took the mail.
    pub taken: bool,
}

impl Received {
    /// The `Message-ID` of the mail.
    pub fn message_id(&self) -> &str {
        self.header("Message-ID")
    }

    /// The value of a header on one line.
    pub fn header(&self, name: &str) -> &str {
        let start = format!("{name}: ");
        self.bytes
            .lines()
            .take_while(|line| !line.is_empty())
            .find_map(|line| line.strip_prefix(start.as_str()))
            .unwrap_or_default()
    }
}

type Script = dyn Fn(Step, &str) -> Deed + Send + Sync;

/// The relay. It listens until the story ends.
#[derive(Clone)]
pub struct Smtp(Arc<Inner>);

struct Inner {
    port: u16,
    script: Mutex<Box<Script>>,
    received: Mutex<Vec<Received>>,
    connections: AtomicUsize,
    at_once: Mutex<BTreeMap<String, (usize, usize)>>,
    reached: tokio::sync::watch::Sender<Vec<Step>>,
}

impl std::fmt::Debug for Smtp {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "Smtp({})", self.0.port)
    }
}

impl Smtp {
    /// A relay that takes everything until it is told otherwise.
    pub async fn open() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let relay = Self(Arc::new(Inner {
            port: listener.local_addr().expect("an address").port(),
            script: Mutex::new(Box::new(|_, _| Deed::GoOn)),
            received: Mutex::default(),
            connections: AtomicUsize::new(0),
            at_once: Mutex::default(),
            reached: tokio::sync::watch::Sender::new(Vec::new()),
        }));
        let listening = relay.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let _ = stream.set_nodelay(true);
                let relay = listening.clone();
                tokio::spawn(async move {
                    relay.0.connections.fetch_add(1, Ordering::Relaxed);
                    let mut to = String::new();
                    // An end of the connection is an end of the conversation.
                    let _ = relay.talk(stream, &mut to).await;
                    relay.leave(&to);
                });
            }
        });
        relay
    }

    /// Its port on this machine.
    pub fn port(&self) -> u16 {
        self.0.port
    }

    /// Its address, as the setting `smtp_url` takes it.
    pub fn url(&self) -> String {
        format!("smtp://127.0.0.1:{}", self.0.port)
    }

    /// What a runner is told of it.
    pub fn relay(&self) -> Relay {
        Relay::Smtp {
            url: self.url().parse().expect("an address"),
            plain: true,
            trusted: Vec::new(),
        }
    }

    /// From now on it does this. The script is told the step and the recipient, as soon as he is known.
    pub fn does(&self, script: impl Fn(Step, &str) -> Deed + Send + Sync + 'static) {
        *self.0.script.lock().expect("the script") = Box::new(script);
    }

    /// From now on it does `deed` at `step`, and what it should at all others.
    pub fn at(&self, step: Step, deed: Deed) {
        self.does(move |now, _| {
            if now == step {
                deed.clone()
            } else {
                Deed::GoOn
            }
        });
    }

    /// All mails whose final dot arrived, in that order.
    pub fn received(&self) -> Vec<Received> {
        self.0.received.lock().expect("the mails").clone()
    }

    /// Forgets them.
    pub fn forget(&self) {
        self.0.received.lock().expect("the mails").clear();
    }

    /// How often somebody has connected.
    pub fn connections(&self) -> usize {
        self.0.connections.load(Ordering::Relaxed)
    }

    /// How many mails to one domain were on their way at the same time, at most.
    pub fn most_at_once(&self, domain: &str) -> usize {
        let at_once = self.0.at_once.lock().expect("the counts");
        at_once.get(domain).map_or(0, |(_, most)| *most)
    }

    /// Waits until somebody has reached this step.
    pub async fn reached(&self, step: Step) {
        let mut steps = self.0.reached.subscribe();
        steps
            .wait_for(|steps| steps.contains(&step))
            .await
            .expect("the relay listens");
    }

    fn deed(&self, step: Step, to: &str) -> Deed {
        let deed = self.0.script.lock().expect("the script")(step, to);
        self.0.reached.send_modify(|steps| steps.push(step));
        deed
    }

    fn enter(&self, to: &str) {
        let domain = to.rsplit('@').next().unwrap_or_default().to_owned();
        let mut at_once = self.0.at_once.lock().expect("the counts");
        let (now, most) = at_once.entry(domain).or_default();
        *now += 1;
        *most = (*most).max(*now);
    }

    fn leave(&self, to: &str) {
        let domain = to.rsplit('@').next().unwrap_or_default();
        if let Some((now, _)) = self.0.at_once.lock().expect("the counts").get_mut(domain) {
            *now -= 1;
        }
    }

    async fn talk(&self, stream: tokio::net::TcpStream, to: &mut String) -> std::io::Result<()> {
        let (reader, mut writer) = stream.into_split();
        let mut lines = BufReader::new(reader).lines();
        let mut from = String::new();
        let mut body = None::<String>;
        let mut step = Step::Greeting;
        let mut usual = "220 relay.example";
        loop {
            if step == Step::Dot {
                let bytes = body.take().unwrap_or_default();
                let deed = self.deed(step, to);
                let taken = deed == Deed::GoOn;
                // What is refused at the dot was not taken; what hangs or vanishes may be kept by the other side.
                if !matches!(deed, Deed::Say(_)) {
                    self.0.received.lock().expect("the mails").push(Received {
                        from: from.clone(),
                        to: to.clone(),
                        bytes,
                        taken,
                    });
                }
                match deed {
                    Deed::GoOn => writer.write_all(b"250 taken\r\n").await?,
                    Deed::Say(line) => writer.write_all(format!("{line}\r\n").as_bytes()).await?,
                    Deed::Hang => std::future::pending().await,
                    Deed::Vanish => return Ok(()),
                }
            } else {
                match self.deed(step, to) {
                    Deed::GoOn => {
                        writer.write_all(format!("{usual}\r\n").as_bytes()).await?;
                        if step == Step::Data {
                            body = Some(String::new());
                        }
                    }
                    Deed::Say(line) => writer.write_all(format!("{line}\r\n").as_bytes()).await?,
                    Deed::Hang => std::future::pending().await,
                    Deed::Vanish => return Ok(()),
                }
            }
            let Some(line) = lines.next_line().await? else {
                return Ok(());
            };
            let mut line = line;
            if let Some(text) = &mut body {
                while line != "." {
                    text.push_str(line.strip_prefix('.').unwrap_or(&line));
                    text.push_str("\r\n");
                    match lines.next_line().await? {
                        Some(next) => line = next,
                        None => return Ok(()),
                    }
                }
                step = Step::Dot;
                continue;
            }
            let address = || {
                let inside = line.split(['<', '>']).nth(1);
                inside.unwrap_or_default().to_owned()
            };
            (step, usual) = match line.get(..4).unwrap_or_default() {
                "EHLO" => (Step::Hello, "250 relay.example"),
                "AUTH" => (Step::Auth, "235 welcome"),
                "MAIL" => {
                    from = address();
                    (Step::Mail, "250 fine")
                }
                "RCPT" => {
                    *to = address();
                    self.enter(to);
                    (Step::Rcpt, "250 fine")
                }
                "DATA" => (Step::Data, "354 go on"),
                _ => {
                    writer.write_all(b"221 bye\r\n").await?;
                    return Ok(());
                }
            };
        }
    }
}
