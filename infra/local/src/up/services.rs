//! Everything that runs beside the gateway: stream and queue readers, schedules, TTL, the database's own port.

use super::{FunctionsMode, Options, UpError};
use crate::dynamo::Dynamo;
use crate::functions::Functions;
use crate::helper::Helper;
use crate::pollers::Poller;
use crate::queues::QueueReader;
use crate::schedules::Schedule;
use crate::streams::{Positions, StreamReader};
use crate::template::{Function, Template, Trigger};
use aws_config::SdkConfig;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::task::{JoinHandle, JoinSet};

/// How often TTL is looked after.
const LOOK_EVERY: Duration = Duration::from_secs(1);
/// A sweep is made at least every so many looks, whether functions wrote something that has run out or not.
const LOOKS_PER_SWEEP: u32 = 60;
/// Requests that have begun may take so long to finish.
const MOMENT: Duration = Duration::from_secs(5);

/// What services are made of.
pub(super) struct Parts<'a> {
    pub(super) options: &'a Options,
    pub(super) template: &'a Template,
    pub(super) dynamo: &'a Arc<Dynamo>,
    pub(super) functions: &'a Functions,
    pub(super) helper: &'a Helper,
    pub(super) config: &'a SdkConfig,
}

/// All of them.
#[derive(Default)]
pub(super) struct Services {
    tasks: JoinSet<()>,
    pub(super) pollers: Vec<Arc<Poller>>,
    pub(super) queue_urls: Vec<String>,
}

impl Services {
    /// The embedded database at a port of its own, for the AWS CLI and for functions in other processes.
    pub(super) async fn serve_database(&mut self, dynamo: &Arc<Dynamo>) -> Result<String, UpError> {
        let Some(database) = dynamo.database() else { return Ok(dynamo.url().unwrap_or_default().to_owned()) };
        let failed = |error| UpError::Io("the database has no port".to_owned(), error);
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.map_err(failed)?;
        let url = format!("http://{}", listener.local_addr().map_err(failed)?);
        let database = database.clone();
        self.tasks.spawn(async move {
            let _ = dynoxide::server::serve_with_shutdown(listener, database, std::future::pending()).await;
        });
        Ok(url)
    }

    /// Everything that the template triggers, and TTL.
    pub(super) fn start(&mut self, parts: &Parts<'_>) {
        let positions = parts.options.data.as_ref().map(|data| Positions::kept(data.join("streams.json")));
        let positions = Arc::new(positions.unwrap_or_default());
        for function in parts.template.functions.iter().filter(|function| parts.functions.knows(&function.name)) {
            for trigger in &function.triggers {
                self.trigger(parts, function, trigger, &positions);
            }
        }
        // What functions in other processes write is not seen here.
        let always = parts.options.functions == FunctionsMode::Watch;
        self.tasks.spawn(sweep(parts.dynamo.clone(), always));
    }

    fn trigger(&mut self, parts: &Parts<'_>, function: &Function, trigger: &Trigger, positions: &Arc<Positions>) {
        let name = function.name.clone();
        let functions = parts.functions.clone();
        match trigger {
            Trigger::Http(_) => {}
            Trigger::Stream(mapping) => {
                let Some(table) = parts.template.table(&mapping.table) else { return };
                let reader = StreamReader {
                    function: name,
                    mapping: mapping.clone(),
                    table: table.name.clone(),
                    dynamo: parts.dynamo.clone(),
                    functions,
                    positions: positions.clone(),
                    poller: self.poller(),
                };
                self.tasks.spawn(reader.run());
            }
            Trigger::Queue { queue, batch_size } => {
                let Some((queue, url)) = parts.template.queue(queue).zip(parts.helper.queue_urls.get(queue)) else { return };
                self.queue_urls.push(url.clone());
                let reader = QueueReader {
                    function: name,
                    batch_size: *batch_size,
                    queue: queue.name.clone(),
                    url: url.clone(),
                    client: aws_sdk_sqs::Client::new(parts.config),
                    functions,
                    poller: self.poller(),
                };
                self.tasks.spawn(reader.run());
            }
            Trigger::Schedule(rate) => {
                let ours = Duration::from_secs(parts.options.reconcile_seconds.max(1));
                let every = if name == "payments-reconcile" { ours } else { *rate };
                self.tasks.spawn(Schedule { function: name, every, functions }.run());
            }
        }
    }

    /// One more that runs beside the gateway.
    pub(super) fn run(&mut self, service: impl Future<Output = ()> + Send + 'static) {
        self.tasks.spawn(service);
    }

    fn poller(&mut self) -> Arc<Poller> {
        let poller = Arc::new(Poller::default());
        self.pollers.push(poller.clone());
        poller
    }

    /// The gateway finishes what has begun; whoever keeps a connection open has only a moment.
    pub(super) async fn give_clients_a_moment(&mut self, serving: JoinHandle<std::io::Result<()>>) {
        let abort = serving.abort_handle();
        if tokio::time::timeout(MOMENT, serving).await.is_err() {
            abort.abort();
        }
    }

    /// Ends them all; what a reader had not finished is delivered again next time.
    pub(super) async fn stop(&mut self) {
        self.tasks.shutdown().await;
    }
}

async fn sweep(dynamo: Arc<Dynamo>, always: bool) {
    let mut ticks = tokio::time::interval(LOOK_EVERY);
    for look in 0_u32.. {
        ticks.tick().await;
        if always || look.is_multiple_of(LOOKS_PER_SWEEP) || dynamo.sweep_is_due(api::Clock::default().now()) {
            let dynamo = dynamo.clone();
            let _ = tokio::task::spawn_blocking(move || dynamo.sweep_ttl()).await;
        }
    }
}
