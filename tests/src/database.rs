//! A database of its own for every story: a copy of a migrated SQLite file, or a database cloned from a migrated template in a
//! PostgreSQL server that lives exactly as long as the test process.

use std::{
    io::{BufRead, BufReader},
    os::unix::{fs::MetadataExt, process::CommandExt},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::{
        Arc, OnceLock,
        atomic::{AtomicUsize, Ordering},
    },
};

use api::{config::Config, demo};
use entity::clock::SetClock;
use sea_orm::{ConnectionTrait, DatabaseConnection};
use tempfile::TempDir;

use crate::clock;

/// Which database a story runs on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Backend {
    /// A file.
    Sqlite,
    /// A server.
    Postgres,
}

impl Backend {
    /// How to install what is missing for this backend, or nothing when all is there.
    pub fn missing(self) -> Option<&'static str> {
        match self {
            Self::Sqlite => None,
            Self::Postgres => binaries().is_none().then_some(
                "install the PostgreSQL server, 14 or newer, on Debian: apt-get install postgresql",
            ),
        }
    }
}

/// One database, thrown away at the end of the story.
#[derive(Debug)]
pub struct Database {
    backend: Backend,
    address: String,
    folder: TempDir,
}

impl Database {
    /// A database with all tables and what the product ships, and nothing else.
    pub async fn fresh(backend: Backend) -> Self {
        let folder = TempDir::with_prefix("qiyue-story-").expect("a folder");
        let address = match backend {
            Backend::Sqlite => {
                let file = folder.path().join("qiyue.sqlite");
                std::fs::copy(sqlite_template(), &file).expect("a copy of the template");
                sqlite_address(&file)
            }
            Backend::Postgres => cluster().create(&format!("TEMPLATE {TEMPLATE}")).await,
        };
        Self {
            backend,
            address,
            folder,
        }
    }

    /// The demonstration as it is on its first morning, with its letters in the folder `mailbox`.
    pub async fn demonstration(backend: Backend) -> Self {
        let prepared = prepared(backend);
        let folder = TempDir::with_prefix("qiyue-story-").expect("a folder");
        let mailbox = folder.path().join("mailbox");
        std::fs::create_dir(&mailbox).expect("a folder");
        for letter in std::fs::read_dir(prepared.join("mailbox")).expect("a mailbox") {
            let letter = letter.expect("a letter");
            std::fs::copy(letter.path(), mailbox.join(letter.file_name())).expect("a copy");
        }
        std::fs::copy(seal_file(prepared), seal_file(folder.path())).expect("the keys");
        let address = match backend {
            Backend::Sqlite => {
                let file = folder.path().join("qiyue.sqlite");
                std::fs::copy(prepared.join("qiyue.sqlite"), &file).expect("a copy");
                sqlite_address(&file)
            }
            Backend::Postgres => {
                let template = format!("TEMPLATE {DEMONSTRATION}");
                cluster().create(&template).await
            }
        };
        Self {
            backend,
            address,
            folder,
        }
    }

    /// A database without any tables.
    pub async fn empty(backend: Backend) -> Self {
        let folder = TempDir::with_prefix("qiyue-story-").expect("a folder");
        let address = match backend {
            Backend::Sqlite => sqlite_address(&folder.path().join("qiyue.sqlite")),
            Backend::Postgres => cluster().create("").await,
        };
        Self {
            backend,
            address,
            folder,
        }
    }

    /// The database that a released program has left: the rows of one of [`dumps`].
    pub async fn released(backend: Backend, dump: &Path) -> Self {
        let database = Self::empty(backend).await;
        let script = std::fs::read_to_string(dump).expect("a dump");
        let db = entity::store::connect(&database.address, 1)
            .await
            .expect("the database opens");
        db.execute_unprepared(&script).await.expect("its rows");
        db.close().await.expect("the connection closes");
        database
    }

    /// A database without any tables, in another encoding than the server's own.
    pub async fn in_encoding(backend: Backend, encoding: &str) -> Self {
        assert_eq!(backend, Backend::Postgres, "files have none");
        let folder = TempDir::with_prefix("qiyue-story-").expect("a folder");
        let bare = format!("TEMPLATE template0 ENCODING '{encoding}' LOCALE 'C'");
        let address = cluster().create(&bare).await;
        Self {
            backend,
            address,
            folder,
        }
    }

    /// Another database with the same content. Nobody may be connected to this one.
    pub async fn copy(&self) -> Self {
        let folder = TempDir::with_prefix("qiyue-story-").expect("a folder");
        if self.seal_file().exists() {
            std::fs::copy(self.seal_file(), seal_file(folder.path())).expect("the keys");
        }
        let address = match self.backend {
            Backend::Sqlite => {
                let file = folder.path().join("qiyue.sqlite");
                let own = self.folder.path().join("qiyue.sqlite");
                std::fs::copy(own, &file).expect("a copy");
                sqlite_address(&file)
            }
            Backend::Postgres => cluster().create(&format!("TEMPLATE {}", self.name())).await,
        };
        Self {
            backend: self.backend,
            address,
            folder,
        }
    }

    /// The name of the database inside the server.
    fn name(&self) -> &str {
        let path = self.address.rsplit('/').find(|part| part.contains('?'));
        path.and_then(|part| part.split('?').next())
            .unwrap_or_default()
    }

    /// Which database it is.
    pub fn backend(&self) -> Backend {
        self.backend
    }

    /// The address, as `QIYUE_DATABASE_URL` takes it.
    pub fn address(&self) -> &str {
        &self.address
    }

    /// The files of the database, and on SQLite of all that lies beside it, that hold `text` at this moment, in what is deleted or
    /// overtaken, too; on PostgreSQL also the log of all that was ever written. The keys of what is sealed lie elsewhere.
    pub async fn holding(&self, text: &str) -> Vec<String> {
        let mut look = Command::new("grep");
        look.args(["-rlaF", "--exclude=keys.seal", "-e", text]);
        match self.backend {
            Backend::Sqlite => {
                look.arg(self.folder.path());
            }
            Backend::Postgres => {
                let db = self.connect().await;
                db.execute_unprepared("CHECKPOINT")
                    .await
                    .expect("everything is in the files");
                let own = "SELECT oid::text FROM pg_database WHERE datname = current_database()";
                let own = crate::dump::texts(&db, own).await.remove(0);
                db.close().await.expect("the connection closes");
                let data = cluster().socket.join("data");
                look.arg(data.join("base").join(own))
                    .arg(data.join("pg_wal"))
                    .arg(self.folder.path());
            }
        }
        let found = look.output().expect("grep");
        // It says 2 as well when a file goes away while it looks.
        let found = String::from_utf8(found.stdout).expect("names");
        found.lines().map(str::to_owned).collect()
    }

    /// The file with the keys of what lies sealed in it.
    pub fn seal_file(&self) -> PathBuf {
        seal_file(self.folder.path())
    }

    /// A folder of the story's own, removed at its end.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Opens it as the product does.
    pub async fn connect(&self) -> DatabaseConnection {
        entity::store::connect(&self.address, 5)
            .await
            .expect("the database opens")
    }
}

/// What released programs have left on `backend`; made by `tests/dumps/make.sh`.
pub fn dumps(backend: Backend) -> Vec<PathBuf> {
    let ending = match backend {
        Backend::Sqlite => ".sqlite.sql",
        Backend::Postgres => ".postgres.sql",
    };
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/dumps");
    let files = std::fs::read_dir(folder).expect("the dumps").flatten();
    let mut dumps: Vec<_> = files
        .map(|file| file.path())
        .filter(|file| file.to_string_lossy().ends_with(ending))
        .collect();
    dumps.sort();
    dumps
}

fn seal_file(folder: &Path) -> PathBuf {
    folder.join("keys.seal")
}

fn sqlite_address(file: &Path) -> String {
    format!("sqlite://{}?mode=rwc", file.display())
}

/// Runs `work` to its end on a thread and a runtime of its own: what many stories share must not belong to the runtime of one.
fn apart<T: Send>(work: impl Future<Output = T> + Send) -> T {
    std::thread::scope(|scope| {
        scope
            .spawn(|| {
                tokio::runtime::Builder::new_current_thread()
                    .enable_all()
                    .build()
                    .expect("a runtime")
                    .block_on(work)
            })
            .join()
            .expect("the preparation of the test databases")
    })
}

async fn migrate(address: &str) {
    let db = entity::store::connect(address, 1)
        .await
        .expect("the template opens");
    api::app::migrate(address, &db)
        .await
        .expect("the migrations");
    let clock = Arc::new(SetClock::at(clock::morning()));
    api::app::prepare(db.clone(), clock, clock::ZONE)
        .await
        .expect("what the product ships");
    db.close().await.expect("the template closes");
}

fn sqlite_template() -> &'static Path {
    static FILE: OnceLock<PathBuf> = OnceLock::new();
    FILE.get_or_init(|| {
        let folder = at_end_removed("qiyue-template-");
        let file = folder.join("template.sqlite");
        apart(migrate(&sqlite_address(&file)));
        file
    })
}

/// The settings of a demonstration in `folder`, over the database at `address`.
pub fn demonstration(folder: &Path, address: &str) -> Config {
    Config {
        database_url: address.to_owned(),
        mailbox_dir: folder.join("mailbox"),
        seal_file: Some(seal_file(folder)),
        park_name: Some(api::demo::PARK.zh.to_owned()),
        park_name_en: Some(api::demo::PARK.en.to_owned()),
        hotline: Some(api::demo::HOTLINE.to_owned()),
        demonstration: true,
        introspection: true,
        graphiql: true,
        rate_limits: false,
        ..Config::default()
    }
}

/// The folder of the demonstration that stories copy, made once by this process.
fn prepared(backend: Backend) -> &'static Path {
    static ON_SQLITE: OnceLock<PathBuf> = OnceLock::new();
    static ON_POSTGRES: OnceLock<PathBuf> = OnceLock::new();
    let once = match backend {
        Backend::Sqlite => &ON_SQLITE,
        Backend::Postgres => &ON_POSTGRES,
    };
    once.get_or_init(|| {
        let folder = at_end_removed("qiyue-demonstration-");
        let address = match backend {
            Backend::Sqlite => format!("sqlite:{}", folder.join("qiyue.sqlite").display()),
            Backend::Postgres => {
                let cluster = cluster();
                apart(cluster.make(DEMONSTRATION, &format!("TEMPLATE {TEMPLATE}")));
                cluster.address(DEMONSTRATION)
            }
        };
        apart(Box::pin(async {
            let config = demonstration(&folder, &address);
            let opened = demo::open(&config, clock::morning())
                .await
                .expect("a demonstration");
            opened.store.pool().clone().close().await.expect("closed");
        }));
        folder
    })
}

/// A folder for the whole test process. A child that waits for the end of the process removes it, because statics are never
/// dropped.
fn at_end_removed(prefix: &str) -> PathBuf {
    let folder = TempDir::with_prefix(prefix).expect("a folder").keep();
    keep(
        Command::new("sh")
            .args(["-c", "cat >/dev/null; rm -rf \"$0\""])
            .arg(&folder),
    );
    folder
}

/// Starts a child whose standard input stays open until this process ends, however it ends.
fn keep(command: &mut Command) -> Option<std::process::ChildStdout> {
    static KEPT: std::sync::Mutex<Vec<Child>> = std::sync::Mutex::new(Vec::new());
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        // Ctrl-C goes to the whole group of the terminal; the tidying child must outlive it.
        .process_group(0)
        .spawn()
        .expect("sh");
    let output = child.stdout.take();
    KEPT.lock().expect("the children").push(child);
    output
}

const TEMPLATE: &str = "qiyue_template";
const DEMONSTRATION: &str = "qiyue_demonstration";

/// The PostgreSQL server of this test process.
#[derive(Debug)]
struct Cluster {
    socket: PathBuf,
    databases: AtomicUsize,
    creating: tokio::sync::Mutex<()>,
}

impl Cluster {
    fn address(&self, database: &str) -> String {
        format!(
            "postgres://postgres@localhost/{database}?host={}",
            self.socket.display()
        )
    }

    async fn create(&self, template: &str) -> String {
        let name = format!("qiyue_{}", self.databases.fetch_add(1, Ordering::Relaxed));
        self.make(&name, template).await;
        self.address(&name)
    }

    async fn make(&self, name: &str, template: &str) {
        let _one_at_a_time = self.creating.lock().await;
        let db = entity::store::connect(&self.address("postgres"), 1)
            .await
            .expect("the server answers");
        db.execute_unprepared("SET statement_timeout = '120s'")
            .await
            .expect("a setting");
        db.execute_unprepared(&format!("CREATE DATABASE {name} {template}"))
            .await
            .expect("a database");
        db.close().await.expect("the connection closes");
    }
}

fn cluster() -> &'static Cluster {
    static CLUSTER: OnceLock<Cluster> = OnceLock::new();
    CLUSTER.get_or_init(|| {
        let cluster = start(&binaries().expect("PostgreSQL is installed"));
        apart(async {
            let db = entity::store::connect(&cluster.address("postgres"), 1)
                .await
                .expect("the server answers");
            db.execute_unprepared(&format!("CREATE DATABASE {TEMPLATE}"))
                .await
                .expect("a template");
            db.close().await.expect("the connection closes");
            migrate(&cluster.address(TEMPLATE)).await;
        });
        cluster
    })
}

/// The folder with `initdb` and `pg_ctl`: from `PATH`, else the newest that Debian installs.
fn binaries() -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let in_path = std::env::split_paths(&path).collect::<Vec<_>>();
    let mut of_debian = std::fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .flatten()
        .filter_map(|version| {
            let number = version.file_name().to_str()?.parse::<u32>().ok()?;
            Some((number, version.path().join("bin")))
        })
        .collect::<Vec<_>>();
    of_debian.sort();
    in_path
        .into_iter()
        .chain(of_debian.into_iter().rev().map(|(_, folder)| folder))
        .find(|folder| folder.join("initdb").exists() && folder.join("pg_ctl").exists())
}

/// Makes a cluster in a temporary folder and starts its server without a network port and without waiting for disks. A child
/// waits for the end of this process, then stops the server and removes the folder.
fn start(binaries: &Path) -> Cluster {
    let folder = TempDir::with_prefix("qiyue-pg-").expect("a folder").keep();
    let mut command = if std::fs::metadata(&folder).expect("the folder").uid() == 0 {
        // The server refuses to run as root.
        let owned = Command::new("chown")
            .arg("postgres")
            .arg(&folder)
            .status()
            .expect("chown");
        assert!(owned.success(), "the user postgres is missing");
        let mut command = Command::new("setpriv");
        command.args([
            "--reuid=postgres",
            "--regid=postgres",
            "--init-groups",
            "sh",
        ]);
        command
    } else {
        Command::new("sh")
    };
    command
        .args(["-c", SERVER])
        .arg(binaries)
        .arg(&folder)
        .env("LC_ALL", "C.UTF-8")
        .current_dir(&folder);
    let output = keep(&mut command).expect("the output of the server's keeper");
    let mut line = String::new();
    BufReader::new(output)
        .read_line(&mut line)
        .expect("the output of the server's keeper");
    assert_eq!(line.trim(), "ready", "PostgreSQL did not start: {line}");
    Cluster {
        socket: folder,
        databases: AtomicUsize::new(0),
        creating: tokio::sync::Mutex::new(()),
    }
}

/// `$0` the binaries, `$1` the folder.
const SERVER: &str = r#"
trap '' INT
if "$0/initdb" -D "$1/data" -U postgres -A trust -E UTF8 --locale=C.UTF-8 --no-sync >"$1/initdb.log" 2>&1 &&
    "$0/pg_ctl" start -w -t 120 -D "$1/data" -l "$1/server.log" -o "-k '$1' -c listen_addresses= -c fsync=off \
        -c synchronous_commit=off -c full_page_writes=off -c max_connections=400 -c shared_buffers=64MB" >"$1/start.log" 2>&1
then echo ready
else echo "$(tail -n 5 "$1"/*.log | tr '\n' ' ')"
fi
cat >/dev/null
"$0/pg_ctl" stop -m immediate -D "$1/data" >/dev/null 2>&1
rm -rf "$1"
"#;
