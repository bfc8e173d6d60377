//! Functions inside another process: the local cloud, a test.

use crate::function::{
    Boxed, Error, HttpHandler, MessageHandler, RecordHandler, ScheduleHandler, answer, batch, chain, job, messages, newest, records,
    scheduled,
};
use crate::journal::{Call, Journal, Lines};
use aws_lambda_events::event::{dynamodb, sqs};
use lambda_http::lambda_runtime::{Context as LambdaContext, LambdaEvent};
use lambda_http::request::LambdaRequest;
use lambda_http::{Adapter, Service, service_fn};
use serde::de::DeserializeOwned;
use serde_json::Value;
use std::convert::Infallible;
use std::future::Future;
use std::sync::Arc;

type Invocation = Boxed<'static, Result<Vec<u8>, String>>;

/// A function inside another process: the local cloud, a test. Takes and gives what Lambda's Invoke API takes and gives.
#[derive(Clone)]
pub struct Linked {
    /// The function's name.
    pub name: &'static str,
    journal: Journal,
    invoke: Arc<dyn Fn(Journal, Vec<u8>) -> Invocation + Send + Sync>,
}

impl Linked {
    /// An endpoint.
    pub fn http<C: Send + Sync + 'static, H>(name: &'static str, context: Arc<C>, handle: H) -> Self
    where
        H: for<'a> HttpHandler<'a, C> + Clone + Send + Sync + 'static,
    {
        Self::new(name, move |journal, event| {
            let (context, handle) = (context.clone(), handle.clone());
            Box::pin(async move {
                let request: LambdaRequest = serde_json::from_slice(&event).map_err(|error| error.to_string())?;
                let mut service =
                    Adapter::from(service_fn(move |request| answer(context.clone(), handle.clone(), journal.clone(), request)));
                let response = service.call(LambdaEvent::new(request, LambdaContext::default())).await;
                let response = response.unwrap_or_else(|never: Infallible| match never {});
                serde_json::to_vec(&response).map_err(|error| error.to_string())
            })
        })
    }

    /// A stream's reader.
    pub fn stream<C: Send + Sync + 'static, H>(name: &'static str, context: Arc<C>, handle: H) -> Self
    where
        H: for<'a> RecordHandler<'a, C> + Clone + Send + Sync + 'static,
    {
        Self::new(name, move |journal, event| {
            let (context, handle) = (context.clone(), handle.clone());
            Box::pin(async move {
                parsed(&event, |event: dynamodb::Event| {
                    batch(journal, Call::default(), event.records.len(), records(context, handle, event))
                })
                .await
            })
        })
    }

    /// A stream's reader that only wants to know how things are now.
    pub fn newest<C: Send + Sync + 'static, H>(name: &'static str, context: Arc<C>, handle: H) -> Self
    where
        H: for<'a> RecordHandler<'a, C> + Clone + Send + Sync + 'static,
    {
        Self::new(name, move |journal, event| {
            let (context, handle) = (context.clone(), handle.clone());
            Box::pin(async move {
                parsed(&event, |event: dynamodb::Event| {
                    batch(journal, Call::default(), event.records.len(), newest(context, handle, event))
                })
                .await
            })
        })
    }

    /// A queue's worker.
    pub fn queue<C: Send + Sync + 'static, M, H>(name: &'static str, context: Arc<C>, handle: H) -> Self
    where
        M: DeserializeOwned + Send + 'static,
        H: for<'a> MessageHandler<'a, C, M> + Clone + Send + Sync + 'static,
    {
        Self::new(name, move |journal, event| {
            let (context, handle) = (context.clone(), handle.clone());
            Box::pin(async move {
                parsed(&event, |event: sqs::SqsEvent| {
                    batch(journal, Call::default(), event.records.len(), messages::<C, M, H>(context, handle, event))
                })
                .await
            })
        })
    }

    /// A scheduled function.
    pub fn schedule<C: Send + Sync + 'static, H>(name: &'static str, context: Arc<C>, handle: H) -> Self
    where
        H: for<'a> ScheduleHandler<'a, C> + Clone + Send + Sync + 'static,
    {
        Self::new(name, move |journal, event| {
            let (context, handle) = (context.clone(), handle.clone());
            Box::pin(async move { parsed(&event, |_: Value| job(journal, Call::default(), scheduled(context, handle))).await })
        })
    }

    fn new(name: &'static str, invoke: impl Fn(Journal, Vec<u8>) -> Invocation + Send + Sync + 'static) -> Self {
        Self { name, journal: Journal::default(), invoke: Arc::new(invoke) }
    }

    /// The same with its journal's lines kept here. Without them nothing is measured.
    #[must_use]
    pub fn journaled(self, lines: &Lines) -> Self {
        Self { journal: Journal::kept(self.name, lines.clone()), ..self }
    }

    /// Event in, answer out, both JSON.
    pub async fn invoke(&self, event: Vec<u8>) -> Result<Vec<u8>, String> {
        (self.invoke)(self.journal.clone(), event).await
    }
}

async fn parsed<E: DeserializeOwned, A: Future<Output = Result<Value, Error>>>(
    event: &[u8],
    serve: impl FnOnce(E) -> A,
) -> Result<Vec<u8>, String> {
    let event = serde_json::from_slice(event).map_err(|error| error.to_string())?;
    let answer = serve(event).await.map_err(|error| chain(error.as_ref()))?;
    serde_json::to_vec(&answer).map_err(|error| error.to_string())
}
