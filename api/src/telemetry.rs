//! The log: one JSON line per event on standard error, or plain lines on a terminal.
//!
//! Whoever logs puts a line into a buffer and goes on; a thread of its own writes it. So a full disk, a reader that has gone and a pipe
//! that nobody empties hold up, fail and end nothing: what cannot be written is dropped and counted.

use std::{
    collections::VecDeque,
    fs::File,
    io::{self, IsTerminal, Write},
    os::fd::AsFd,
    sync::{Arc, Condvar, Mutex, MutexGuard, OnceLock, PoisonError},
    time::Duration,
};

use prometheus_client::{metrics::counter::Counter, registry::Registry};
use tracing_subscriber::{EnvFilter, fmt, fmt::MakeWriter};

/// How many lines wait to be written.
const LONGEST: usize = 4_096;

/// How long the end of the program waits for them.
const FAREWELL: Duration = Duration::from_secs(1);

/// The log of this process, once it has been started.
static LOG: OnceLock<Log> = OnceLock::new();

/// Writes the last lines when the program ends.
#[derive(Debug)]
pub struct Started;

impl Drop for Started {
    fn drop(&mut self) {
        flush();
    }
}

/// Waits until the last lines are written, for a moment.
pub fn flush() {
    if let Some(log) = LOG.get() {
        log.written(FAREWELL);
    }
}

/// Starts the log. `filter` is in the words of `tracing`; what cannot be read means "info".
pub fn start(filter: &str) -> Started {
    let filter = EnvFilter::try_new(filter).unwrap_or_else(|_| EnvFilter::new("info"));
    // Not the handle of the library: who writes to that has its lock for as long as nobody reads.
    let stderr = io::stderr().as_fd().try_clone_to_owned().map(File::from);
    let Ok(log) = stderr.and_then(Log::over) else {
        return Started;
    };
    let subscriber = fmt().with_env_filter(filter).with_writer(log.clone());
    // A second start (in tests) keeps the first one.
    let started = if io::stderr().is_terminal() {
        subscriber.with_target(false).try_init()
    } else {
        subscriber.json().flatten_event(true).try_init()
    };
    if started.is_ok() && LOG.set(log).is_ok() {
        std::panic::set_hook(Box::new(|panic| {
            tracing::error!(%panic, "panicked");
        }));
    }
    Started
}

/// Writes a text for the person at the terminal, after what was logged before. An error of writing changes nothing.
pub fn tell(text: &str) {
    let line = format!("{}\n", text.trim_end());
    match LOG.get() {
        Some(log) => log.add(line.as_bytes()),
        None => {
            let _unread = io::stderr().write_all(line.as_bytes());
        }
    }
}

/// Names the meter of the log to the registry that is asked for it.
pub fn register(registry: &mut Registry) {
    let dropped = LOG.get().map(|log| log.0.dropped.clone());
    registry.register(
        "log_lines_dropped",
        "Lines of the log that could not be written",
        dropped.unwrap_or_default(),
    );
}

/// A buffer of lines with a thread that writes them.
#[derive(Clone, Debug)]
struct Log(Arc<Shared>);

#[derive(Debug, Default)]
struct Shared {
    lines: Mutex<Lines>,
    changed: Condvar,
    dropped: Counter,
}

#[derive(Debug, Default)]
struct Lines {
    waiting: VecDeque<Vec<u8>>,
    one_is_written: bool,
}

impl Log {
    /// A log whose lines go to `out`.
    fn over(out: impl Write + Send + 'static) -> io::Result<Self> {
        let log = Self(Arc::default());
        let shared = log.0.clone();
        std::thread::Builder::new()
            .name("log".to_owned())
            .spawn(move || shared.write_all(out))?;
        Ok(log)
    }

    fn add(&self, line: &[u8]) {
        let mut lines = self.0.lines();
        if lines.waiting.len() < LONGEST {
            lines.waiting.push_back(line.to_owned());
            self.0.changed.notify_all();
        } else {
            self.0.dropped.inc();
        }
    }

    /// Waits until every line is written or dropped, but no longer than `patience`.
    fn written(&self, patience: Duration) {
        let unwritten = |lines: &mut Lines| lines.one_is_written || !lines.waiting.is_empty();
        let waited = self
            .0
            .changed
            .wait_timeout_while(self.0.lines(), patience, unwritten);
        drop(waited);
    }
}

impl Shared {
    fn lines(&self) -> MutexGuard<'_, Lines> {
        self.lines.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn next(&self) -> Vec<u8> {
        let mut lines = self.lines();
        lines.one_is_written = false;
        self.changed.notify_all();
        loop {
            if let Some(line) = lines.waiting.pop_front() {
                lines.one_is_written = true;
                return line;
            }
            lines = self
                .changed
                .wait(lines)
                .unwrap_or_else(PoisonError::into_inner);
        }
    }

    fn write_all(&self, mut out: impl Write) {
        let (mut told, mut is_cut) = (0, false);
        loop {
            let line = self.next();
            // What was cut off by a full disk stays a line of its own.
            let cut = if is_cut { &b"\n"[..] } else { &[] };
            let written = out.write_all(cut).and_then(|()| out.write_all(&line));
            is_cut = written.is_err();
            if is_cut {
                self.dropped.inc();
                continue;
            }
            let dropped = self.dropped.get();
            if dropped > told {
                tracing::warn!(
                    lines = dropped - told,
                    "lines of the log could not be written and are lost"
                );
                told = dropped;
            }
        }
    }
}

impl Write for Log {
    fn write(&mut self, line: &[u8]) -> io::Result<usize> {
        self.add(line);
        Ok(line.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Log {
    type Writer = Self;

    fn make_writer(&'a self) -> Self {
        self.clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Writes into a shared place, fails as long as it is full.
    #[derive(Clone, Default)]
    struct Disk(Arc<Mutex<(Vec<u8>, bool)>>);

    impl Write for Disk {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            let mut disk = self.0.lock().expect("the disk");
            if disk.1 {
                return Err(io::ErrorKind::StorageFull.into());
            }
            disk.0.extend_from_slice(bytes);
            Ok(bytes.len())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn what_cannot_be_written_is_counted_and_the_rest_is_written() {
        let disk = Disk::default();
        let log = Log::over(disk.clone()).expect("a thread");
        let full = |full| disk.0.lock().expect("the disk").1 = full;
        for (line, is_full) in [("one\n", false), ("two\n", true), ("three\n", false)] {
            full(is_full);
            log.add(line.as_bytes());
            log.written(Duration::from_secs(60));
        }
        let written = String::from_utf8(disk.0.lock().expect("the disk").0.clone());
        assert_eq!(written.expect("text"), "one\n\nthree\n");
        assert_eq!(log.0.dropped.get(), 1);
    }

    #[test]
    fn a_pipe_that_nobody_empties_holds_nobody_up() {
        let (unread, pipe) = io::pipe().expect("a pipe");
        let log = Log::over(pipe).expect("a thread");
        let line = [b'x'; 1024];
        for _ in 0..2 * LONGEST {
            log.add(&line);
        }
        assert!(log.0.dropped.get() > 0);
        log.written(Duration::from_millis(1));
        drop(unread);
        // The reader has gone: the thread goes on and drops what is left.
        log.written(Duration::from_secs(60));
        assert!(log.0.lines().waiting.is_empty());
    }
}
