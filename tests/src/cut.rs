//! A way to the PostgreSQL server of the tests that can be cut and mended: a socket in a folder of its own that passes everything
//! on, or nothing.

use std::path::PathBuf;

use tempfile::TempDir;
use tokio::{
    io::copy_bidirectional,
    net::{UnixListener, UnixStream},
    sync::watch,
};

use crate::database::Database;

/// The name under which clients of PostgreSQL look for its socket.
const SOCKET: &str = ".s.PGSQL.5432";

/// The way.
#[derive(Debug)]
pub struct Cut {
    address: String,
    open: watch::Sender<bool>,
    silent: watch::Sender<bool>,
    _folder: TempDir,
}

impl Cut {
    /// An open way to `database`, which must be one of PostgreSQL.
    pub fn before(database: &Database) -> Self {
        let (stem, server) = database
            .address()
            .split_once("?host=")
            .expect("the address of a socket");
        let server = PathBuf::from(server).join(SOCKET);
        let folder = TempDir::with_prefix("qiyue-cut-").expect("a folder");
        let listener = UnixListener::bind(folder.path().join(SOCKET)).expect("a socket");
        let (open, watched) = watch::channel(true);
        let (silent, heard) = watch::channel(false);
        tokio::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                if *watched.borrow() {
                    let silent = heard.clone();
                    tokio::spawn(pass(client, server.clone(), watched.clone(), silent));
                }
            }
        });
        Self {
            address: format!("{stem}?host={}", folder.path().display()),
            open,
            silent,
            _folder: folder,
        }
    }

    /// The address of the database by this way.
    pub fn address(&self) -> &str {
        &self.address
    }

    /// From now on the database is away: every connection breaks and none is made.
    pub fn away(&self) {
        self.open.send_replace(false);
    }

    /// From now on nothing comes through, and no connection breaks.
    pub fn falls_silent(&self) {
        self.silent.send_replace(true);
    }

    /// The database is there again.
    pub fn back(&self) {
        self.open.send_replace(true);
    }
}

async fn pass(
    mut client: UnixStream,
    server: PathBuf,
    mut open: watch::Receiver<bool>,
    mut silent: watch::Receiver<bool>,
) {
    let Ok(mut server) = UnixStream::connect(server).await else {
        return;
    };
    let fell_silent = tokio::select! {
        biased;
        _ = silent.wait_for(|silent| *silent) => true,
        _ = copy_bidirectional(&mut client, &mut server) => false,
        _ = open.wait_for(|open| !open) => false,
    };
    if fell_silent {
        // Both ends stay open.
        let _broken = open.wait_for(|open| !open).await;
    }
}
