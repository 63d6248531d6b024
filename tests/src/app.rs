//! One park under test: a fresh database, a clock that stands still, people, the API on a port of its own, a mailbox.

use std::{
    net::SocketAddr,
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use api::{app, config::Config};
use chrono::{DateTime, Utc};
use entity::{clock::SetClock, seal::Seal, store::Store};
use reqwest::{Client, RequestBuilder, StatusCode, redirect::Policy};
use sea_orm::{DatabaseConnection, Statement};
use serde_json::{Value, json};
use tokio::sync::OnceCell;

use crate::{
    clock::{self, ZONE},
    database::{self, Backend, Database},
    dump::Dump,
    mailbox::Mailbox,
    people::{People, Who},
};

/// Tables in which even a refused call may leave its trace.
pub const TRACES: &[&str] = &["session", "login_throttle"];

/// One park under test.
#[derive(Debug)]
pub struct Park {
    /// The store: what commands and reads are given.
    pub store: Store,
    /// The clock of all parts of this park.
    pub clock: Arc<SetClock>,
    /// Where the letters lie.
    pub mailbox: Mailbox,
    statements: Arc<AtomicUsize>,
    recorded: Arc<Mutex<Option<Vec<Sent>>>>,
    people: OnceCell<People>,
    door: OnceCell<Door>,
    database: Database,
    demonstration: bool,
    limits: bool,
}

/// A statement that was sent to the database.
#[derive(Debug)]
pub struct Sent {
    /// What was asked.
    pub statement: Statement,
    /// How long the answer took.
    pub took: Duration,
}

/// The API as it is reached from outside.
#[derive(Debug)]
struct Door {
    address: SocketAddr,
    client: Client,
}

impl Park {
    /// The park in `database`, at eight in the morning of the first day.
    pub async fn open(database: Database) -> Self {
        let mut db = database.connect().await;
        let statements = Arc::new(AtomicUsize::new(0));
        let recorded = Arc::new(Mutex::new(None::<Vec<Sent>>));
        let (counter, record) = (statements.clone(), recorded.clone());
        db.set_metric_callback(move |about| {
            counter.fetch_add(1, Ordering::Relaxed);
            if let Some(record) = &mut *record.lock().expect("a record") {
                record.push(Sent {
                    statement: about.statement.clone(),
                    took: about.elapsed,
                });
            }
        });
        let clock = Arc::new(SetClock::at(clock::morning()));
        Self {
            store: Store::new(db, clock.clone(), ZONE)
                .with_seal(Seal::at(&database.seal_file()).expect("the keys")),
            clock,
            mailbox: Mailbox::at(database.folder().join("mailbox")),
            statements,
            recorded,
            people: OnceCell::new(),
            door: OnceCell::new(),
            database,
            demonstration: false,
            limits: false,
        }
    }

    /// The demonstration on its first morning, on a clock that stands still.
    pub async fn demonstration(backend: Backend) -> Self {
        let park = Self {
            demonstration: true,
            ..Self::open(Database::demonstration(backend).await).await
        };
        let told = park.config().park();
        Self {
            store: park.store.clone().with_park(told),
            ..park
        }
    }

    /// The same park with the limits on how often one may ask.
    pub fn with_limits(self) -> Self {
        Self {
            limits: true,
            ..self
        }
    }

    /// The connection.
    pub fn db(&self) -> &DatabaseConnection {
        self.store.pool()
    }

    /// Which database the story runs on.
    pub fn backend(&self) -> Backend {
        self.database.backend()
    }

    /// The database itself: its address for other processes, and a folder of the story's own.
    pub fn database(&self) -> &Database {
        &self.database
    }

    /// Closes the park; what is left is its database, which can be copied now.
    pub async fn close(self) -> Database {
        self.store.pool().clone().close().await.expect("closed");
        self.database
    }

    /// The settings of this park.
    pub fn config(&self) -> Config {
        let (folder, address) = (self.database.folder(), self.database.address());
        let config = if self.demonstration {
            database::demonstration(folder, address)
        } else {
            Config {
                database_url: address.to_owned(),
                mailbox_dir: self.mailbox.folder().to_owned(),
                seal_file: Some(self.database.seal_file()),
                ..Config::default()
            }
        };
        Config {
            rate_limits: self.limits,
            ..config
        }
    }

    /// What a runner of this park is told, with letters going to `relay`.
    pub fn job_settings(&self, relay: jobs::Relay) -> jobs::Settings {
        jobs::Settings {
            relay,
            mark: None,
            alone: false,
            ..api::app::job_settings(&Config {
                public_url: "https://qiyue.example".parse().expect("an address"),
                ..self.config()
            })
            .expect("settings")
        }
    }

    /// Moves the clock to `hour:minute` park time on `date`.
    pub fn set_clock(&self, date: &str, hour: u32, minute: u32) -> DateTime<Utc> {
        let instant = clock::at(date, hour, minute);
        self.clock.set(instant);
        instant
    }

    /// The people, who move in when they are first asked for.
    pub async fn people(&self) -> &People {
        self.people
            .get_or_init(|| Box::pin(People::settle(&self.store)))
            .await
    }

    /// The address of the API, which opens when it is first asked for.
    pub async fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.door().await.address)
    }

    async fn door(&self) -> &Door {
        self.door
            .get_or_init(|| async {
                let listener = tokio::net::TcpListener::bind("127.0.0.1:0")
                    .await
                    .expect("a port");
                let address = listener.local_addr().expect("an address");
                let mut config = self.config();
                config.listen = address;
                config
                    .public_url
                    .set_port(Some(address.port()))
                    .expect("a port");
                let state = app::state(self.store.clone(), &config);
                tokio::spawn(app::open_doors(listener, state, std::future::pending()));
                let client = Client::builder()
                    .no_proxy()
                    .redirect(Policy::none())
                    .build()
                    .expect("a client");
                Door { address, client }
            })
            .await
    }

    /// A POST to `path` by somebody, with nothing but the token in it.
    pub async fn post(&self, who: Who, path: &str) -> RequestBuilder {
        let request = self.door().await.client.post(self.url(path).await);
        match self.people().await.secret(who) {
            Some(secret) => request.bearer_auth(secret),
            None => request,
        }
    }

    /// A GET of `path` by somebody.
    pub async fn get(&self, who: Who, path: &str) -> RequestBuilder {
        let request = self.door().await.client.get(self.url(path).await);
        match self.people().await.secret(who) {
            Some(secret) => request.bearer_auth(secret),
            None => request,
        }
    }

    /// A page of the console as somebody reads it.
    pub async fn page(&self, who: Who, path: &str) -> String {
        let answer = self.get(who, path).await.send().await.expect("an answer");
        assert_eq!(answer.status(), StatusCode::OK, "{who:?} {path}");
        answer.text().await.expect("a page")
    }

    /// Sends one GraphQL operation over the network and gives the whole answer: `data` and `errors`.
    pub async fn graphql(&self, who: Who, query: &str, variables: Value) -> Value {
        self.post(who, "/graphql")
            .await
            .header("accept", "application/graphql-response+json")
            .json(&json!({"query": query, "variables": variables}))
            .send()
            .await
            .expect("an answer")
            .json()
            .await
            .expect("JSON")
    }

    /// The data of an operation that must succeed.
    pub async fn data(&self, who: Who, query: &str, variables: Value) -> Value {
        let mut answer = self.graphql(who, query, variables).await;
        assert!(
            answer.get("errors").is_none(),
            "{who:?}: {query}\n{answer:#}"
        );
        answer["data"].take()
    }

    /// The code of the refusal of an operation, which must have changed nothing.
    pub async fn refused(&self, who: Who, query: &str, variables: Value) -> String {
        self.people().await;
        let before = self.dump().await.without(TRACES);
        let answer = self.graphql(who, query, variables).await;
        let code = &answer["errors"][0]["extensions"]["code"];
        let code = code
            .as_str()
            .unwrap_or_else(|| panic!("not refused: {who:?}: {query}\n{answer:#}"));
        before.assert_same(&self.dump().await.without(TRACES));
        code.to_owned()
    }

    /// The code of the one user error of a mutation, which must have changed nothing.
    pub async fn user_error(&self, who: Who, query: &str, variables: Value) -> String {
        self.people().await;
        let before = self.dump().await.without(TRACES);
        let data = self.data(who, query, variables).await;
        let payloads = data.as_object().expect("the payloads");
        let codes = payloads
            .values()
            .flat_map(|payload| {
                payload["userErrors"]
                    .as_array()
                    .cloned()
                    .unwrap_or_default()
            })
            .filter_map(|error| Some(error["code"].as_str()?.to_owned()))
            .collect::<Vec<_>>();
        assert_eq!(codes.len(), 1, "{who:?}: {query}\n{data:#}");
        before.assert_same(&self.dump().await.without(TRACES));
        codes[0].clone()
    }

    /// The whole content of the database.
    pub async fn dump(&self) -> Dump {
        Dump::of(self.db()).await
    }

    /// How many statements `work` sends to the database.
    pub async fn statements<T>(&self, work: impl Future<Output = T>) -> (T, usize) {
        let before = self.statements.load(Ordering::Relaxed);
        let done = work.await;
        (done, self.statements.load(Ordering::Relaxed) - before)
    }

    /// The statements that `work` sends to the database.
    pub async fn recorded<T>(&self, work: impl Future<Output = T>) -> (T, Vec<Sent>) {
        *self.recorded.lock().expect("a record") = Some(Vec::new());
        let done = work.await;
        let recorded = self.recorded.lock().expect("a record").take();
        (done, recorded.unwrap_or_default())
    }
}
