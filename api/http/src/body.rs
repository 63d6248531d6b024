//! Bodies: read only after it is known who sends them and how large they are, at a least pace, and never more at once than
//! memory is meant for.

use std::{
    error::Error,
    io::{self, SeekFrom},
    net::IpAddr,
    sync::Arc,
    time::Duration,
};

use axum::{
    body::{Body, Bytes, HttpBody},
    extract::Request,
    http::{HeaderMap, StatusCode, header},
};
use entity::viewer::Viewer;
use futures::{StreamExt, stream};
use tokio::{
    fs::File,
    io::{AsyncReadExt, AsyncSeekExt, AsyncWriteExt},
    sync::{OwnedSemaphorePermit, Semaphore},
    time::{Instant, timeout, timeout_at},
};

use super::{
    LARGEST_BODY, Peer, State,
    rate::{Place, Places},
};

/// How many bytes of a body must come in a second, once its first time is over.
const LEAST_PACE: u64 = 32 * 1024;

/// How long a body waits for a place.
const PATIENCE: Duration = Duration::from_secs(1);

/// How long a file that has arrived waits until memory is free for it.
const MEMORY_PATIENCE: Duration = Duration::from_secs(30);

/// How much of a file is read at once.
const PART: usize = 64 * 1024;

/// How many bodies are read at once.
pub struct Reading {
    /// Those of strangers, address by address.
    strangers: Places<IpAddr>,
    /// Files that arrive, address by address.
    arriving: Places<IpAddr>,
    /// Files that are in memory.
    in_memory: Arc<Semaphore>,
}

impl Default for Reading {
    fn default() -> Self {
        Self {
            strangers: Places::new(8, 64),
            arriving: Places::new(4, 16),
            in_memory: Arc::new(Semaphore::new(2)),
        }
    }
}

/// Why a body was not read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unread {
    /// It is larger than what is asked for can be.
    TooLarge,
    /// It came too slowly.
    TooSlow,
    /// Too many are read already.
    Busy,
    /// The client went away.
    Broken,
    /// It cannot be kept on the disk.
    Disk,
}

impl Unread {
    /// The status of its answer.
    pub fn status(self) -> StatusCode {
        match self {
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::TooSlow => StatusCode::REQUEST_TIMEOUT,
            Self::Busy => StatusCode::TOO_MANY_REQUESTS,
            Self::Broken => StatusCode::BAD_REQUEST,
            Self::Disk => StatusCode::SERVICE_UNAVAILABLE,
        }
    }

    /// What it says to a developer.
    pub fn message(self) -> &'static str {
        match self {
            Self::TooLarge => "The body is too large.",
            Self::TooSlow => "The body came too slowly.",
            Self::Busy => "Too many requests: try again in a minute.",
            Self::Broken => "The body did not arrive.",
            Self::Disk => "The body cannot be kept: try again in a minute.",
        }
    }

    fn of(error: &axum::Error) -> Self {
        let mut cause: Option<&(dyn Error + 'static)> = Some(error);
        while let Some(error) = cause {
            if error.is::<TooSlow>() {
                return Self::TooSlow;
            }
            cause = error.source();
        }
        Self::Broken
    }

    fn disk(error: io::Error) -> Self {
        tracing::error!(%error, "a file that arrives cannot be kept in the temporary folder");
        Self::Disk
    }
}

#[derive(Debug, thiserror::Error)]
#[error("the body came too slowly")]
struct TooSlow;

/// The same request with a body that ends with an error when it does not come at the least pace after its `first` time.
pub fn paced(request: Request, first: Duration) -> Request {
    let (head, body) = request.into_parts();
    if body.is_end_stream() {
        return Request::from_parts(head, body);
    }
    let began = Instant::now();
    let parts = stream::unfold(
        Some((body.into_data_stream(), 0_u64)),
        move |open| async move {
            let (mut parts, read) = open?;
            let until = began + first + Duration::from_secs(read / LEAST_PACE);
            match timeout_at(until, parts.next()).await {
                Ok(Some(Ok(part))) => {
                    let read = read + part.len() as u64;
                    Some((Ok(part), Some((parts, read))))
                }
                Ok(Some(Err(error))) => Some((Err(error), None)),
                Ok(None) => None,
                Err(_) => Some((Err(axum::Error::new(TooSlow)), None)),
            }
        },
    );
    Request::from_parts(head, Body::from_stream(parts))
}

/// How long the body is said to be; nothing when it does not say so.
fn said(headers: &HeaderMap) -> Option<usize> {
    headers
        .get(header::CONTENT_LENGTH)?
        .to_str()
        .ok()?
        .parse()
        .ok()
}

/// The whole body, of at most `most` bytes. Strangers take turns.
pub async fn whole(
    state: &State,
    viewer: &Viewer,
    peer: Peer,
    request: Request,
    most: usize,
) -> Result<Bytes, Unread> {
    let (head, body) = request.into_parts();
    small(state, viewer, peer, &head.headers, body, most).await
}

async fn small(
    state: &State,
    viewer: &Viewer,
    peer: Peer,
    headers: &HeaderMap,
    body: Body,
    most: usize,
) -> Result<Bytes, Unread> {
    if said(headers).is_some_and(|said| said > most) {
        return Err(Unread::TooLarge);
    }
    let _turn = match viewer.person() {
        Some(_) => None,
        None => Some(take(&state.0.reading.strangers, peer).await?),
    };
    gathered(body, most).await
}

async fn take(places: &Places<IpAddr>, peer: Peer) -> Result<Place, Unread> {
    places
        .take(peer.group(), PATIENCE)
        .await
        .ok_or(Unread::Busy)
}

async fn gathered(body: Body, most: usize) -> Result<Bytes, Unread> {
    let mut whole = Vec::new();
    let mut parts = body.into_data_stream();
    while let Some(part) = parts.next().await {
        let part = part.map_err(|error| Unread::of(&error))?;
        if whole.len() + part.len() > most {
            return Err(Unread::TooLarge);
        }
        whole.extend_from_slice(&part);
    }
    Ok(whole.into())
}

/// Memory that is kept for a file while it is worked on.
#[derive(Clone, Debug)]
pub struct Memory {
    _permit: Arc<OwnedSemaphorePermit>,
}

/// The same request when all of its body has arrived: of at most `most` bytes, of strangers at most [`LARGEST_BODY`]. What is
/// larger comes slowly onto the disk and quickly from there, so that memory is kept for few files and a short time.
pub async fn arrived(
    state: &State,
    viewer: &Viewer,
    peer: Peer,
    request: Request,
    most: usize,
) -> Result<(Request, Option<Memory>), Unread> {
    let is_small = said(request.headers()).is_some_and(|said| said <= LARGEST_BODY);
    if viewer.person().is_none() || is_small {
        let (head, body) = request.into_parts();
        let most = most.min(LARGEST_BODY);
        let body = small(state, viewer, peer, &head.headers, body, most).await?;
        return Ok((Request::from_parts(head, body.into()), None));
    }
    if said(request.headers()).is_some_and(|said| said > most) {
        return Err(Unread::TooLarge);
    }
    let reading = &state.0.reading;
    let place = take(&reading.arriving, peer).await?;
    let (head, body) = request.into_parts();
    let file = spooled(body, most).await?;
    drop(place);
    let memory = timeout(MEMORY_PATIENCE, reading.in_memory.clone().acquire_owned()).await;
    let Ok(Ok(permit)) = memory else {
        return Err(Unread::Busy);
    };
    let parts = stream::try_unfold(file, |mut file| async move {
        let mut part = vec![0; PART];
        let read = file.read(&mut part).await?;
        part.truncate(read);
        Ok::<_, io::Error>((read > 0).then_some((Bytes::from(part), file)))
    });
    let memory = Memory {
        _permit: Arc::new(permit),
    };
    Ok((
        Request::from_parts(head, Body::from_stream(parts)),
        Some(memory),
    ))
}

/// The content of a file that is sent as the body, with the memory that is kept for it.
pub async fn file(
    state: &State,
    viewer: &Viewer,
    peer: Peer,
    request: Request,
    most: usize,
) -> Result<(Bytes, Option<Memory>), Unread> {
    let (request, memory) = arrived(state, viewer, peer, request, most).await?;
    Ok((gathered(request.into_body(), most).await?, memory))
}

/// Writes a body into a file without a name, which ends with its last reader.
async fn spooled(body: Body, most: usize) -> Result<File, Unread> {
    let mut file = File::from_std(tempfile::tempfile().map_err(Unread::disk)?);
    let mut left = most;
    let mut parts = body.into_data_stream();
    while let Some(part) = parts.next().await {
        let part = part.map_err(|error| Unread::of(&error))?;
        left = left.checked_sub(part.len()).ok_or(Unread::TooLarge)?;
        file.write_all(&part).await.map_err(Unread::disk)?;
    }
    file.flush().await.map_err(Unread::disk)?;
    file.seek(SeekFrom::Start(0)).await.map_err(Unread::disk)?;
    Ok(file)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn request(parts: impl futures::Stream<Item = Bytes> + Send + 'static) -> Request {
        Request::new(Body::from_stream(parts.map(Ok::<_, io::Error>)))
    }

    #[tokio::test]
    async fn a_body_that_stands_still_ends() {
        let stuck = stream::iter([Bytes::from_static(b"a")]).chain(stream::pending());
        let paced = paced(request(stuck), Duration::from_millis(1));
        assert_eq!(gathered(paced.into_body(), 10).await, Err(Unread::TooSlow));
    }

    #[tokio::test]
    async fn a_body_has_its_bound_and_arrives_as_it_was() {
        let sent = || stream::iter((0..40_u8).map(|at| Bytes::from(vec![at; 10_000])));
        let whole: Vec<u8> = (0..40_u8).flat_map(|at| vec![at; 10_000]).collect();
        let body = |paced: Request| paced.into_body();
        let first = Duration::from_secs(15);
        let read = gathered(body(paced(request(sent()), first)), whole.len()).await;
        assert_eq!(read.expect("all of it"), whole);
        let read = gathered(body(request(sent())), whole.len() - 1).await;
        assert_eq!(read, Err(Unread::TooLarge));
        let mut kept = spooled(body(request(sent())), whole.len())
            .await
            .expect("a file");
        let mut again = Vec::new();
        kept.read_to_end(&mut again).await.expect("read");
        assert_eq!(again, whole);
        let refused = spooled(body(request(sent())), whole.len() - 1).await;
        assert_eq!(refused.err(), Some(Unread::TooLarge));
    }
}
