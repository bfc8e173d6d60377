//! The gate: every request that a function sends waits here, and so does everybody who sleeps or waits for their turn, until
//! the scheduler lets one of them go on.

use aws_smithy_async::rt::sleep::{AsyncSleep, Sleep};
use aws_smithy_async::time::TimeSource;
use aws_smithy_runtime_api::client::http::{
    HttpClient, HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpClient, SharedHttpConnector,
};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::client::result::ConnectorError;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use futures_util::future::AbortHandle;
use jiff::Timestamp;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime};
use tokio::sync::oneshot;

tokio::task_local! {
    /// Which invocation is being polled.
    pub(super) static INVOCATION: Arc<Invocation>;
}

/// One call of one function.
#[derive(Debug)]
pub(super) struct Invocation {
    /// As `ben-1 holds-place`.
    pub(super) name: String,
    /// When it began, in milliseconds since 1970.
    pub(super) began: i64,
    /// The end of its process.
    pub(super) kill: AbortHandle,
}

/// A request on its way.
pub(super) struct Parked {
    /// Who sent it.
    pub(super) by: Arc<Invocation>,
    /// The request.
    pub(super) request: HttpRequest,
    /// Where it would go.
    pub(super) way: SharedHttpConnector,
    reply: oneshot::Sender<Result<HttpResponse, ConnectorError>>,
}

impl Parked {
    /// The answer arrives.
    pub(super) fn answer(self, answer: Result<HttpResponse, ConnectorError>) {
        // Who asked may be dead by now.
        let _ = self.reply.send(answer);
    }
}

/// What waits. In the order in which it came, which is the same for the same seed.
#[derive(Default)]
pub(super) struct Waiting {
    /// Requests.
    pub(super) requests: Vec<Parked>,
    /// People and machines with nothing under way.
    pub(super) turns: Vec<(&'static str, oneshot::Sender<()>)>,
    /// Sleepers, with the millisecond at which they wake.
    pub(super) sleepers: Vec<(i64, oneshot::Sender<()>)>,
}

/// The gate, with the only clock there is. Cheap to clone.
#[derive(Clone)]
pub(super) struct Gate {
    waiting: Arc<Mutex<Waiting>>,
    hand: Arc<AtomicI64>,
    inner: SharedHttpClient,
}

impl std::fmt::Debug for Gate {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Gate")
    }
}

impl Gate {
    /// A gate in front of `inner`, at this moment.
    pub(super) fn new(inner: SharedHttpClient, at: Timestamp) -> Self {
        Self { waiting: Arc::default(), hand: Arc::new(AtomicI64::new(at.as_millisecond())), inner }
    }

    /// The hand of the clock.
    pub(super) fn hand(&self) -> Arc<AtomicI64> {
        self.hand.clone()
    }

    /// Now, in milliseconds since 1970.
    pub(super) fn millis(&self) -> i64 {
        self.hand.load(Ordering::Relaxed)
    }

    /// Now.
    pub(super) fn now(&self) -> Timestamp {
        Timestamp::from_millisecond(self.millis()).expect("no simulation lasts so long")
    }

    /// Time passes; whoever slept until then wakes.
    pub(super) fn pass(&self, millis: i64) {
        let now = self.hand.fetch_add(millis, Ordering::Relaxed) + millis;
        self.with(|waiting| {
            let (awake, asleep): (Vec<_>, Vec<_>) = std::mem::take(&mut waiting.sleepers).into_iter().partition(|(due, _)| *due <= now);
            waiting.sleepers = asleep;
            for (_, wake) in awake {
                let _ = wake.send(());
            }
        });
    }

    /// Looks at what waits, and may take of it.
    pub(super) fn with<T>(&self, look: impl FnOnce(&mut Waiting) -> T) -> T {
        let mut waiting = self.waiting.lock().expect("no holder panics");
        waiting.requests.retain(|parked| !parked.reply.is_closed());
        waiting.sleepers.retain(|(_, wake)| !wake.is_closed());
        look(&mut waiting)
    }

    /// Waits until it is this one's turn.
    pub(super) async fn turn(&self, who: &'static str) {
        let (go, gone) = oneshot::channel();
        self.waiting.lock().expect("no holder panics").turns.push((who, go));
        if gone.await.is_err() {
            std::future::pending::<()>().await;
        }
    }
}

impl HttpClient for Gate {
    fn http_connector(&self, settings: &HttpConnectorSettings, components: &RuntimeComponents) -> SharedHttpConnector {
        let way = self.inner.http_connector(settings, components);
        SharedHttpConnector::new(Gated { way, gate: self.clone() })
    }
}

#[derive(Debug)]
struct Gated {
    way: SharedHttpConnector,
    gate: Gate,
}

impl HttpConnector for Gated {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let Ok(by) = INVOCATION.try_with(Arc::clone) else { return self.way.call(request) };
        let (reply, answer) = oneshot::channel();
        let parked = Parked { by, request, way: self.way.clone(), reply };
        self.gate.waiting.lock().expect("no holder panics").requests.push(parked);
        HttpConnectorFuture::new(async move { answer.await.unwrap_or_else(|_| Err(ConnectorError::io("nobody answers".into()))) })
    }
}

impl AsyncSleep for Gate {
    fn sleep(&self, duration: Duration) -> Sleep {
        let due = self.millis() + i64::try_from(duration.as_millis()).unwrap_or(i64::MAX / 2);
        let (wake, woken) = oneshot::channel();
        self.waiting.lock().expect("no holder panics").sleepers.push((due, wake));
        Sleep::new(async move {
            let _ = woken.await;
        })
    }
}

impl TimeSource for Gate {
    fn now(&self) -> SystemTime {
        SystemTime::UNIX_EPOCH + Duration::from_millis(self.millis().unsigned_abs())
    }
}
