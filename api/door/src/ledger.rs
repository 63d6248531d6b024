//! Reading the files of ledgers (契约企业台账), at all doors of a service.

use std::sync::Arc;

use entity::{
    error::Fault,
    ledger::{FileError, Reading},
};
use tokio::sync::Semaphore;

/// Reads the file of this name and content, of its sheets the one that is named, where one is; or says why it is no ledger. Given by
/// whoever builds the schema, which knows no file formats.
pub type ReadLedger = fn(&str, &[u8], Option<&str>) -> Result<Reading, FileError>;

/// How many files are read at once: what is small on the disk may be large in memory. Whoever waits too long is told so, like with
/// every operation.
const AT_ONCE: usize = 2;

/// What reads the files of ledgers, at all doors of a service: two at once, the others wait.
#[derive(Clone, Debug)]
pub struct LedgerReader {
    read: ReadLedger,
    places: Arc<Semaphore>,
}

impl LedgerReader {
    /// Reads by `read`.
    pub fn new(read: ReadLedger) -> Self {
        Self {
            read,
            places: Arc::new(Semaphore::new(AT_ONCE)),
        }
    }

    /// Reads a file as soon as there is a place for it.
    pub async fn read(
        &self,
        name: String,
        bytes: Vec<u8>,
        sheet: Option<String>,
    ) -> Result<Result<Reading, FileError>, Fault> {
        let internal = |error: &dyn std::fmt::Display| Fault::Internal(error.to_string());
        let place = self.places.clone().acquire_owned().await;
        let place = place.map_err(|closed| internal(&closed))?;
        let read = self.read;
        tokio::task::spawn_blocking(move || {
            // Whoever asked may be gone before the file has been read.
            let _place = place;
            read(&name, &bytes, sheet.as_deref())
        })
        .await
        .map_err(|error| internal(&error))
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};
    use std::sync::{Condvar, Mutex};

    use super::*;

    static AT_WORK: AtomicUsize = AtomicUsize::new(0);
    static MOST: AtomicUsize = AtomicUsize::new(0);
    static MAY_END: (Mutex<bool>, Condvar) = (Mutex::new(false), Condvar::new());

    /// Reads until it may end, and counts how many do.
    fn slow(_: &str, _: &[u8], _: Option<&str>) -> Result<Reading, FileError> {
        MOST.fetch_max(AT_WORK.fetch_add(1, SeqCst) + 1, SeqCst);
        let may_end = MAY_END.0.lock().expect("a lock");
        drop(MAY_END.1.wait_while(may_end, |may_end| !*may_end));
        AT_WORK.fetch_sub(1, SeqCst);
        Err(FileError::NoHeader)
    }

    #[tokio::test]
    async fn two_ledgers_are_read_at_once_and_the_others_wait() {
        let reader = LedgerReader::new(slow);
        let readings = (0..5).map(|_| {
            let reader = reader.clone();
            tokio::spawn(async move { reader.read(String::new(), Vec::new(), None).await })
        });
        let readings: Vec<_> = readings.collect();
        // Who asked for the first goes away; what he asked for is still read.
        while AT_WORK.load(SeqCst) < AT_ONCE {
            tokio::task::yield_now().await;
        }
        readings[0].abort();
        for _ in 0..100 {
            tokio::task::yield_now().await;
        }
        assert_eq!(reader.places.available_permits(), 0);
        *MAY_END.0.lock().expect("a lock") = true;
        MAY_END.1.notify_all();
        for reading in readings.into_iter().skip(1) {
            let read = reading.await.expect("not stopped").expect("a place");
            assert_eq!(read, Err(FileError::NoHeader));
        }
        assert_eq!(MOST.load(SeqCst), AT_ONCE);
    }
}
