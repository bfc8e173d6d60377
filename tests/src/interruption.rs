//! What somebody else does in the middle: a database client that, just before its n-th request, lets others act to their end,
//! or never goes on, as a process that is killed.

use crate::emulator;
use aws_smithy_runtime_api::client::http::{
    HttpClient, HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpClient, SharedHttpConnector,
};
use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use store::{Store, Tables};

type Work = Pin<Box<dyn Future<Output = ()> + Send>>;

/// Waits for its request, then does its work once.
#[derive(Clone)]
struct Interruption(Arc<Mutex<Pending>>);

struct Pending {
    requests_before: usize,
    work: Option<Work>,
}

impl Interruption {
    /// The work, if it is this request's turn.
    fn turn(&self) -> Option<Work> {
        let mut pending = self.0.lock().expect("no holder panics");
        if pending.requests_before > 0 {
            pending.requests_before -= 1;
            return None;
        }
        pending.work.take()
    }

    fn happened(&self) -> bool {
        self.0.lock().expect("no holder panics").work.is_none()
    }
}

#[derive(Clone)]
struct Interrupted<T> {
    inner: T,
    interruption: Interruption,
}

impl<T> std::fmt::Debug for Interrupted<T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Interrupted")
    }
}

impl HttpClient for Interrupted<SharedHttpClient> {
    fn http_connector(&self, settings: &HttpConnectorSettings, components: &RuntimeComponents) -> SharedHttpConnector {
        let inner = self.inner.http_connector(settings, components);
        SharedHttpConnector::new(Interrupted { inner, interruption: self.interruption.clone() })
    }
}

impl HttpConnector for Interrupted<SharedHttpConnector> {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let Self { inner, interruption } = self.clone();
        HttpConnectorFuture::new(async move {
            if let Some(work) = interruption.turn() {
                work.await;
            }
            inner.call(request).await
        })
    }
}

/// A future that is as small as a pointer: those of whole sagas are not.
type Boxed<'a, T> = Pin<Box<dyn Future<Output = T> + 'a>>;

/// Has `act` done with a store whose n-th request waits until `meanwhile` is done. Returns its outcome and whether it sent
/// so many requests at all.
pub fn interrupted<'a, T>(
    tables: &'a Tables,
    n: usize,
    act: impl AsyncFnOnce(Store) -> T + 'a,
    meanwhile: impl Future<Output = ()> + Send + 'static,
) -> Boxed<'a, (T, bool)> {
    let interruption = Interruption(Arc::new(Mutex::new(Pending { requests_before: n, work: Some(Box::pin(meanwhile)) })));
    let http = aws_smithy_http_client::Builder::new().build_http();
    let client = emulator::client_through(Interrupted { inner: http, interruption: interruption.clone() });
    Box::pin(async move {
        let outcome = act(Store::new(client, tables.clone())).await;
        (outcome, interruption.happened())
    })
}

/// Has `act` begun with a store that dies just before its n-th request. Returns whether it came so far.
pub fn killed<'a, T: 'a>(tables: &'a Tables, n: usize, act: impl AsyncFnOnce(Store) -> T + 'a) -> Boxed<'a, bool> {
    let (died, death) = tokio::sync::oneshot::channel();
    let dying = async move {
        let _ = died.send(());
        std::future::pending::<()>().await;
    };
    let acting = interrupted(tables, n, act, dying);
    Box::pin(async move {
        tokio::select! {
            _ = acting => false,
            _ = death => true,
        }
    })
}
