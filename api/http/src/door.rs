//! Connections: how many may be open, and how long one may stay without sending or taking anything. The library that answers
//! HTTP has no such bounds of its own.

use std::{
    collections::HashMap,
    convert::Infallible,
    io::{self, IoSlice},
    net::{IpAddr, SocketAddr},
    pin::Pin,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    task::{Context, Poll, ready},
    time::Duration,
};

use api_door::wait::wait;
use axum::{
    Router,
    body::{Body, Bytes},
    extract::ConnectInfo,
};
use futures::future::BoxFuture;
use http_body_util::BodyExt;
use hyper::{
    body::{Body as HttpBody, Frame, Incoming, SizeHint},
    server::conn::http1,
    service::service_fn,
};
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::{
    io::{AsyncRead, AsyncWrite, ReadBuf},
    net::{TcpListener, TcpStream},
    time::Instant,
};
use tokio_io_timeout::TimeoutStream;
use tokio_util::{sync::CancellationToken, task::TaskTracker};
use tower::ServiceExt;

use super::{peer::Networks, rate::group};

/// The largest head of a request.
const LARGEST_HEAD: usize = 32 * 1024;

/// How long nothing is accepted when the system has no handle left for a connection, and how many of those that wait make room then:
/// more than one, so that those who knock meanwhile are not served one by one.
const BREATH: Duration = Duration::from_millis(20);
const MAKE_ROOM: usize = 32;

/// How long, and for how many bytes, a client is heard out that goes on sending a body after it was answered. Whoever closes in the
/// middle of a body resets the connection, and the answer is lost on its way.
const HEARD_OUT: (Duration, usize) = (Duration::from_secs(5), 24 * 1024 * 1024);

/// What connections are held to.
#[derive(Clone, Debug)]
pub struct Limits {
    /// How many may be open. Of one address a quarter, unless it is trusted to ask for many people.
    pub connections: usize,
    /// How long a head may take, and how long a connection may rest between two requests.
    pub head: Duration,
    /// How long a client may take nothing of its answer.
    pub answer: Duration,
    /// Who asks for many people.
    pub trusted: Networks,
}

/// Answers on `listener` until `stop` ends; then finishes what is in hand.
pub async fn serve(
    listener: TcpListener,
    router: Router,
    limits: Limits,
    stop: impl Future<Output = ()> + Send + 'static,
) {
    let (open, tasks, ending) = (
        Arc::new(Open::default()),
        TaskTracker::new(),
        CancellationToken::new(),
    );
    tokio::pin!(stop);
    loop {
        let accepted = tokio::select! {
            () = &mut stop => break,
            accepted = listener.accept() => accepted,
        };
        match accepted {
            Ok((stream, peer)) => {
                if let Some(place) = open.enter(peer.ip(), &limits) {
                    let (router, limits, ending) = (router.clone(), limits.clone(), ending.clone());
                    tasks.spawn(keep(stream, peer, router, limits, place, ending));
                }
            }
            Err(error) => {
                tracing::warn!(%error, "a connection cannot be taken");
                // One handle is enough to go on: no more than that one connection is ended at its work.
                for at in 0..MAKE_ROOM {
                    if !open.make_room(|known| at == 0 || known.doing == Doing::Wait) {
                        break;
                    }
                }
                wait(BREATH).await;
            }
        }
    }
    drop(listener);
    ending.cancel();
    tasks.close();
    tasks.wait().await;
}

/// Answers on one connection until the client ends it, a limit is crossed, or its place is needed.
async fn keep(
    stream: TcpStream,
    peer: SocketAddr,
    router: Router,
    limits: Limits,
    place: Place,
    ending: CancellationToken,
) {
    // Answers are written whole: waiting for more would only make them late.
    let _ = stream.set_nodelay(true);
    let mut stream = TimeoutStream::new(stream);
    stream.set_write_timeout(Some(limits.answer));
    let place = Arc::new(place);
    let stream = Wire {
        stream: Box::pin(stream),
        place: place.clone(),
        over: None,
        left: HEARD_OUT.1,
    };
    let known = place.clone();
    let service = service_fn(move |request: hyper::Request<Incoming>| {
        let (router, known) = (router.clone(), known.clone());
        async move {
            let mut request = request.map(|body| receiving(Body::new(body), &known));
            request.extensions_mut().insert(ConnectInfo(peer));
            known.is(Doing::Work);
            // What was left before has been read, or there would be no further request.
            known.unread.store(false, Ordering::Relaxed);
            // Lives as long as the body of the answer.
            let answered = Answered(known.clone());
            let answer = router.oneshot(request).await?;
            known.is(Doing::Answer);
            Ok::<_, Infallible>(answer.map(|body| {
                Body::new(body.map_err(move |error| {
                    let _ = &answered;
                    error
                }))
            }))
        }
    });
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(limits.head)
        .max_buf_size(LARGEST_HEAD)
        .serve_connection(TokioIo::new(stream), service);
    tokio::pin!(connection);
    tokio::select! {
        _ = connection.as_mut() => return,
        () = place.needed.cancelled() => return,
        () = ending.cancelled() => connection.as_mut().graceful_shutdown(),
    }
    let _ended = connection.await;
}

/// What a connection does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Doing {
    /// It waits for its client: nothing is lost when it ends.
    Wait,
    /// It waits for more of a body: nothing is done yet.
    Receive,
    /// It sends an answer.
    Answer,
    /// It works on a request.
    Work,
}

#[derive(Debug)]
struct Known {
    address: IpAddr,
    doing: Doing,
    since: Instant,
    needed: CancellationToken,
}

/// The connections that are open.
#[derive(Debug, Default)]
struct Open {
    known: Mutex<(u64, HashMap<u64, Known>)>,
}

impl Open {
    fn known(&self) -> MutexGuard<'_, (u64, HashMap<u64, Known>)> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A place for one more connection. When all are taken, that which has waited longest for its client makes room; nothing
    /// when every one is at work. A household of addresses counts as one address.
    fn enter(self: &Arc<Self>, address: IpAddr, limits: &Limits) -> Option<Place> {
        if !limits.trusted.hold(address) {
            let household = group(address);
            let of_address = |known: &Known| group(known.address) == household;
            let open = self
                .known()
                .1
                .values()
                .filter(|known| of_address(known))
                .count();
            if open >= (limits.connections / 4).max(1) && !self.make_room(of_address) {
                return None;
            }
        }
        let full = self.known().1.len() >= limits.connections;
        if full && !self.make_room(|_| true) {
            return None;
        }
        let needed = CancellationToken::new();
        let mut known = self.known();
        known.0 += 1;
        let number = known.0;
        known.1.insert(
            number,
            Known {
                address,
                doing: Doing::Wait,
                since: Instant::now(),
                needed: needed.clone(),
            },
        );
        Some(Place {
            number,
            open: self.clone(),
            needed,
            unread: AtomicBool::new(false),
        })
    }

    /// Ends the one of these connections that waits longest; when none waits, of those that receive, then of those that send.
    /// Whether there was one.
    fn make_room(&self, among: impl Fn(&Known) -> bool) -> bool {
        let mut known = self.known();
        let idle = known
            .1
            .iter()
            .filter(|(_, known)| known.doing != Doing::Work && among(known))
            .min_by_key(|(number, known)| (known.doing, known.since, **number))
            .map(|(number, _)| *number);
        let ended = idle.and_then(|number| known.1.remove(&number));
        if let Some(ended) = &ended {
            ended.needed.cancel();
        }
        ended.is_some()
    }
}

/// The place of one connection, free again when it ends.
#[derive(Debug)]
struct Place {
    number: u64,
    open: Arc<Open>,
    needed: CancellationToken,
    /// Whether a body was left before its end.
    unread: AtomicBool,
}

impl Place {
    fn is(&self, doing: Doing) {
        if let Some(known) = self.open.known().1.get_mut(&self.number) {
            known.doing = doing;
            known.since = Instant::now();
        }
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.open.known().1.remove(&self.number);
    }
}

/// The body of a request, of which the door knows whether more of it is waited for.
struct Received {
    body: Body,
    place: Arc<Place>,
    waits: bool,
    ended: bool,
}

fn receiving(body: Body, place: &Arc<Place>) -> Body {
    if body.is_end_stream() {
        return body;
    }
    Body::new(Received {
        body,
        place: place.clone(),
        waits: false,
        ended: false,
    })
}

impl Received {
    fn waits(&mut self, waits: bool) {
        if self.waits != waits {
            self.waits = waits;
            self.place
                .is(if waits { Doing::Receive } else { Doing::Work });
        }
    }
}

impl HttpBody for Received {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        let polled = Pin::new(&mut self.body).poll_frame(context);
        self.waits(polled.is_pending());
        self.ended |= matches!(polled, Poll::Ready(None));
        polled
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

impl Drop for Received {
    fn drop(&mut self) {
        self.waits(false);
        if !self.ended && !self.body.is_end_stream() {
            self.place.unread.store(true, Ordering::Relaxed);
        }
    }
}

/// The two ways of a connection. At its end a client whose body was left is heard out.
struct Wire {
    stream: Pin<Box<TimeoutStream<TcpStream>>>,
    place: Arc<Place>,
    /// When nothing more is heard, once our way is closed.
    over: Option<BoxFuture<'static, ()>>,
    left: usize,
}

impl AsyncRead for Wire {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        into: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(context, into)
    }
}

impl AsyncWrite for Wire {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write(context, bytes)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write_vectored(context, bytes)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        let wire = &mut *self;
        if wire.over.is_none() {
            ready!(Pin::new(&mut wire.stream).poll_shutdown(context))?;
            if !wire.place.unread.load(Ordering::Relaxed) {
                return Poll::Ready(Ok(()));
            }
        }
        let over = wire.over.get_or_insert_with(|| Box::pin(wait(HEARD_OUT.0)));
        if over.as_mut().poll(context).is_ready() {
            return Poll::Ready(Ok(()));
        }
        let mut part = [0; 16 * 1024];
        while wire.left > 0 {
            let mut read = ReadBuf::new(&mut part);
            let heard = ready!(Pin::new(&mut wire.stream).poll_read(context, &mut read));
            if heard.is_err() || read.filled().is_empty() {
                break;
            }
            wire.left = wire.left.saturating_sub(read.filled().len());
        }
        Poll::Ready(Ok(()))
    }
}

/// An answer that is on its way.
struct Answered(Arc<Place>);

impl Drop for Answered {
    fn drop(&mut self) {
        self.0.is(Doing::Wait);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn limits(connections: usize) -> Limits {
        Limits {
            connections,
            head: Duration::from_secs(10),
            answer: Duration::from_secs(10),
            trusted: Networks::loopback(),
        }
    }

    fn address(last: u8) -> IpAddr {
        [192, 0, 2, last].into()
    }

    #[test]
    fn whoever_waits_longest_makes_room() {
        let (open, limits) = (Arc::new(Open::default()), limits(8));
        let places: Vec<Place> = (0..8)
            .map(|at| open.enter(address(at), &limits).expect("a place"))
            .collect();
        for place in &places[..6] {
            place.is(Doing::Work);
        }
        places[0].is(Doing::Answer);
        let ended = || {
            let ended = places.iter().position(|place| place.needed.is_cancelled());
            ended.inspect(|at| {
                assert!(!open.known().1.contains_key(&places[*at].number));
            })
        };
        assert_eq!(ended(), None);
        let next = open.enter(address(9), &limits).expect("a place");
        next.is(Doing::Work);
        assert_eq!(ended(), Some(6), "the one that waited longest");
        let next = open.enter(address(9), &limits).expect("a place");
        next.is(Doing::Work);
        assert!(places[7].needed.is_cancelled());
    }

    #[test]
    fn whoever_sends_half_a_body_makes_room() {
        let (open, limits) = (Arc::new(Open::default()), limits(2));
        let enter = |last| Arc::new(open.enter(address(last), &limits).expect("a place"));
        let (first, second) = (enter(1), enter(2));
        first.is(Doing::Work);
        second.is(Doing::Work);
        let mut half = receiving(
            Body::from_stream(futures::stream::pending::<Result<Bytes, Infallible>>()),
            &second,
        );
        let mut context = Context::from_waker(std::task::Waker::noop());
        assert!(Pin::new(&mut half).poll_frame(&mut context).is_pending());
        enter(3).is(Doing::Work);
        assert!(second.needed.is_cancelled() && !first.needed.is_cancelled());
        let third = enter(4);
        let mut half = receiving(
            Body::from_stream(futures::stream::pending::<Result<Bytes, Infallible>>()),
            &third,
        );
        assert!(Pin::new(&mut half).poll_frame(&mut context).is_pending());
        drop(half);
        assert!(
            open.enter(address(5), &limits).is_none(),
            "what has ended is worked on"
        );
    }

    #[test]
    fn a_household_of_addresses_has_one_quarter() {
        let (open, limits) = (Arc::new(Open::default()), limits(8));
        let enter = |address: &str| open.enter(address.parse().expect("an address"), &limits);
        let places: Vec<Place> = (1..=2)
            .map(|at| enter(&format!("2001:db8::{at}")).expect("a place"))
            .collect();
        places.iter().for_each(|place| place.is(Doing::Work));
        assert!(enter("2001:db8::3").is_none(), "two of eight");
        assert!(enter("2001:db8:0:1::1").is_some());
    }

    #[test]
    fn at_work_nobody_is_sent_away_and_one_address_has_a_quarter() {
        let (open, limits) = (Arc::new(Open::default()), limits(8));
        let one = address(1);
        let first = open.enter(one, &limits).expect("a place");
        let second = open.enter(one, &limits).expect("a place");
        let third = open.enter(one, &limits).expect("a place");
        assert!(first.needed.is_cancelled(), "two of eight");
        drop(first);
        second.is(Doing::Work);
        third.is(Doing::Work);
        assert!(open.enter(one, &limits).is_none());
        assert!(!second.needed.is_cancelled());
        let proxy: IpAddr = [127, 0, 0, 1].into();
        let of_proxy: Vec<Place> = (0..6)
            .map(|_| open.enter(proxy, &limits).expect("a place"))
            .collect();
        of_proxy.iter().for_each(|place| place.is(Doing::Work));
        assert!(open.enter(proxy, &limits).is_none(), "all are at work");
        drop(second);
        assert!(open.enter(one, &limits).is_some());
    }
}
