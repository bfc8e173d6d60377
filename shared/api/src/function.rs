//! From Lambda's events to handlers, and the same for functions that are linked into the local cloud.

use crate::context::{Context, Settings};
use crate::problem::Problem;
use crate::reply::Reply;
use crate::request::Request;
use aws_lambda_events::event::dynamodb;
use aws_lambda_events::event::sqs;
use futures_util::{StreamExt, stream};
use jiff::Timestamp;
use lambda_http::lambda_runtime::{Context as LambdaContext, LambdaEvent};
use lambda_http::request::LambdaRequest;
use lambda_http::{Adapter, Body, Response, Service, service_fn};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use std::collections::HashMap;
use std::convert::Infallible;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use store::Change;

/// How many items of a batch are handled at the same time where their order does not matter.
const ITEMS_AT_ONCE: usize = 16;

/// Why a function could not start or finish.
pub type Error = Box<dyn std::error::Error + Send + Sync>;

/// `async fn handle(context: &C, request: Request) -> Result<Reply, Problem>`.
pub trait HttpHandler<'a, C: 'a>: Fn(&'a C, Request) -> Self::Answer {
    /// What it returns.
    type Answer: Future<Output = Result<Reply, Problem>> + Send + 'a;
}

impl<'a, C: 'a, F, A> HttpHandler<'a, C> for F
where
    F: Fn(&'a C, Request) -> A,
    A: Future<Output = Result<Reply, Problem>> + Send + 'a,
{
    type Answer = A;
}

/// `async fn handle(context: &C, change: Change) -> Result<(), Error>`.
pub trait RecordHandler<'a, C: 'a>: Fn(&'a C, Change) -> Self::Answer {
    /// What it returns.
    type Answer: Future<Output = Result<(), Error>> + Send + 'a;
}

impl<'a, C: 'a, F, A> RecordHandler<'a, C> for F
where
    F: Fn(&'a C, Change) -> A,
    A: Future<Output = Result<(), Error>> + Send + 'a,
{
    type Answer = A;
}

/// `async fn handle(context: &C, message: M) -> Result<(), Error>`.
pub trait MessageHandler<'a, C: 'a, M>: Fn(&'a C, M) -> Self::Answer {
    /// What it returns.
    type Answer: Future<Output = Result<(), Error>> + Send + 'a;
}

impl<'a, C: 'a, M, F, A> MessageHandler<'a, C, M> for F
where
    F: Fn(&'a C, M) -> A,
    A: Future<Output = Result<(), Error>> + Send + 'a,
{
    type Answer = A;
}

/// `async fn handle(context: &C) -> Result<(), Error>`.
pub trait ScheduleHandler<'a, C: 'a>: Fn(&'a C) -> Self::Answer {
    /// What it returns.
    type Answer: Future<Output = Result<(), Error>> + Send + 'a;
}

impl<'a, C: 'a, F, A> ScheduleHandler<'a, C> for F
where
    F: Fn(&'a C) -> A,
    A: Future<Output = Result<(), Error>> + Send + 'a,
{
    type Answer = A;
}

/// A future whose type is forgotten: handlers nest deep enough to overwhelm the compiler otherwise.
type Boxed<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

async fn start<C: Context>() -> Result<Arc<C>, Error> {
    tracing_subscriber::fmt().json().without_time().with_target(false).with_max_level(tracing::Level::INFO).init();
    let aws = aws_config::defaults(aws_config::BehaviorVersion::latest()).load().await;
    Ok(Arc::new(C::from_env(&Settings::from_env(), &aws).await?))
}

/// Serves an endpoint on AWS Lambda.
pub async fn serve_http<C: Context, H>(handle: H) -> Result<(), Error>
where
    H: for<'a> HttpHandler<'a, C> + Clone + Send + Sync + 'static,
{
    let context = start::<C>().await?;
    lambda_http::run(service_fn(move |request| answer(context.clone(), handle.clone(), request))).await
}

/// Serves a table's stream on AWS Lambda.
pub async fn serve_stream<C: Context, H>(handle: H) -> Result<(), Error>
where
    H: for<'a> RecordHandler<'a, C> + Clone + Send + Sync + 'static,
{
    let context = start::<C>().await?;
    let serve = move |event: LambdaEvent<dynamodb::Event>| records(context.clone(), handle.clone(), event.payload);
    lambda_http::lambda_runtime::run(service_fn(serve)).await
}

/// Serves a table's stream on AWS Lambda to a function that only wants to know how things are now: see [`newest`].
pub async fn serve_newest<C: Context, H>(handle: H) -> Result<(), Error>
where
    H: for<'a> RecordHandler<'a, C> + Clone + Send + Sync + 'static,
{
    let context = start::<C>().await?;
    let serve = move |event: LambdaEvent<dynamodb::Event>| newest(context.clone(), handle.clone(), event.payload);
    lambda_http::lambda_runtime::run(service_fn(serve)).await
}

/// Serves a queue on AWS Lambda.
pub async fn serve_queue<C: Context, M, H>(handle: H) -> Result<(), Error>
where
    M: DeserializeOwned + Send + 'static,
    H: for<'a> MessageHandler<'a, C, M> + Clone + Send + Sync + 'static,
{
    let context = start::<C>().await?;
    let serve = move |event: LambdaEvent<sqs::SqsEvent>| messages(context.clone(), handle.clone(), event.payload);
    lambda_http::lambda_runtime::run(service_fn(serve)).await
}

/// Serves a schedule on AWS Lambda.
pub async fn serve_schedule<C: Context, H>(handle: H) -> Result<(), Error>
where
    H: for<'a> ScheduleHandler<'a, C> + Clone + Send + Sync + 'static,
{
    let context = start::<C>().await?;
    let serve = move |_event: LambdaEvent<Value>| scheduled(context.clone(), handle.clone());
    lambda_http::lambda_runtime::run(service_fn(serve)).await
}

async fn answer<C, H>(context: Arc<C>, handle: H, request: lambda_http::Request) -> Result<Response<Body>, Infallible>
where
    H: for<'a> HttpHandler<'a, C>,
{
    let answer: Boxed<'_, Result<Reply, Problem>> = Box::pin(handle(&context, Request::new(request)));
    Ok(match answer.await {
        Ok(reply) => reply.into_response(),
        Err(problem) => problem.into_response(),
    })
}

/// Handles records in order; at the first failure the rest is handed back, as a stream's order demands.
async fn records<C, H>(context: Arc<C>, handle: H, event: dynamodb::Event) -> Result<Value, Error>
where
    H: for<'a> RecordHandler<'a, C>,
{
    for record in event.records {
        let sequence = record.change.sequence_number.clone();
        let handled: Boxed<'_, Result<(), Error>> = Box::pin(handle(&context, change(record)));
        if let Err(error) = handled.await {
            tracing::error!(cause = chain(error.as_ref()), "a stream record failed");
            return Ok(json!({"batchItemFailures": [{"itemIdentifier": sequence}]}));
        }
    }
    Ok(json!({"batchItemFailures": []}))
}

/// Of several records about one item only the last is handled, and different items at the same time: for functions that pass
/// on state, not differences, a rush on one row is one piece of work. Everything from the first failure on is handed back.
async fn newest<C, H>(context: Arc<C>, handle: H, event: dynamodb::Event) -> Result<Value, Error>
where
    H: for<'a> RecordHandler<'a, C>,
{
    let changes: Vec<Change> = event.records.into_iter().map(change).collect();
    let last: HashMap<_, usize> = changes.iter().enumerate().map(|(position, change)| (change.key(), position)).collect();
    let newest = changes.into_iter().enumerate().filter(|(position, change)| last.get(&change.key()) == Some(position));
    let handled = stream::iter(newest).map(|(position, change)| {
        let id = change.id.clone();
        let handled: Boxed<'_, Result<(), Error>> = Box::pin(handle(&context, change));
        async move { handled.await.map_err(|error| (position, id, error)) }
    });
    let outcomes: Vec<_> = handled.buffer_unordered(ITEMS_AT_ONCE).collect().await;
    let failures = outcomes.into_iter().filter_map(Result::err);
    let Some((_, id, error)) = failures.min_by_key(|(position, ..)| *position) else { return Ok(json!({"batchItemFailures": []})) };
    tracing::error!(cause = chain(error.as_ref()), "a stream record failed");
    Ok(json!({"batchItemFailures": [{"itemIdentifier": id}]}))
}

fn change(record: dynamodb::EventRecord) -> Change {
    let by_ttl =
        record.event_name == "REMOVE" && record.user_identity.is_some_and(|identity| identity.principal_id == "dynamodb.amazonaws.com");
    let image = |item: serde_dynamo::Item| if item.is_empty() { None } else { Some(item.into()) };
    Change {
        id: record.change.sequence_number.unwrap_or_default(),
        at: Timestamp::from_second(record.change.approximate_creation_date_time.timestamp()).unwrap_or_default(),
        old: image(record.change.old_image),
        new: image(record.change.new_image),
        by_ttl,
    }
}

/// Handles messages one by one; those that fail are handed back and come again.
async fn messages<C, M, H>(context: Arc<C>, handle: H, event: sqs::SqsEvent) -> Result<Value, Error>
where
    M: DeserializeOwned,
    H: for<'a> MessageHandler<'a, C, M>,
{
    let mut failures = Vec::new();
    for message in event.records {
        let outcome = match serde_json::from_str(message.body.as_deref().unwrap_or_default()) {
            Ok(parsed) => {
                let handled: Boxed<'_, Result<(), Error>> = Box::pin(handle(&context, parsed));
                handled.await
            }
            Err(error) => Err(error.into()),
        };
        if let Err(error) = outcome {
            tracing::error!(cause = chain(error.as_ref()), "a message failed");
            failures.push(json!({"itemIdentifier": message.message_id}));
        }
    }
    Ok(json!({"batchItemFailures": failures}))
}

async fn scheduled<C, H>(context: Arc<C>, handle: H) -> Result<Value, Error>
where
    H: for<'a> ScheduleHandler<'a, C>,
{
    let handled: Boxed<'_, Result<(), Error>> = Box::pin(handle(&context));
    handled.await.map(|()| json!({}))
}

fn chain(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut next = error.source();
    while let Some(cause) = next {
        text.push_str(": ");
        text.push_str(&cause.to_string());
        next = cause.source();
    }
    text
}

type Invocation = Boxed<'static, Result<Vec<u8>, String>>;

/// A function inside another process: the local cloud, a test. Takes and gives what Lambda's Invoke API takes and gives.
#[derive(Clone)]
pub struct Linked {
    /// The function's name.
    pub name: &'static str,
    invoke: Arc<dyn Fn(Vec<u8>) -> Invocation + Send + Sync>,
}

impl Linked {
    /// An endpoint.
    pub fn http<C: Send + Sync + 'static, H>(name: &'static str, context: Arc<C>, handle: H) -> Self
    where
        H: for<'a> HttpHandler<'a, C> + Clone + Send + Sync + 'static,
    {
        Self::new(name, move |event| {
            let (context, handle) = (context.clone(), handle.clone());
            Box::pin(async move {
                let request: LambdaRequest = serde_json::from_slice(&event).map_err(|error| error.to_string())?;
                let mut service = Adapter::from(service_fn(move |request| answer(context.clone(), handle.clone(), request)));
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
        Self::new(name, move |event| {
            let (context, handle) = (context.clone(), handle.clone());
            Box::pin(async move { parsed(&event, |event| records(context, handle, event)).await })
        })
    }

    /// A stream's reader that only wants to know how things are now.
    pub fn newest<C: Send + Sync + 'static, H>(name: &'static str, context: Arc<C>, handle: H) -> Self
    where
        H: for<'a> RecordHandler<'a, C> + Clone + Send + Sync + 'static,
    {
        Self::new(name, move |event| {
            let (context, handle) = (context.clone(), handle.clone());
            Box::pin(async move { parsed(&event, |event| newest(context, handle, event)).await })
        })
    }

    /// A queue's worker.
    pub fn queue<C: Send + Sync + 'static, M, H>(name: &'static str, context: Arc<C>, handle: H) -> Self
    where
        M: DeserializeOwned + Send + 'static,
        H: for<'a> MessageHandler<'a, C, M> + Clone + Send + Sync + 'static,
    {
        Self::new(name, move |event| {
            let (context, handle) = (context.clone(), handle.clone());
            Box::pin(async move { parsed(&event, |event| messages::<C, M, H>(context, handle, event)).await })
        })
    }

    /// A scheduled function.
    pub fn schedule<C: Send + Sync + 'static, H>(name: &'static str, context: Arc<C>, handle: H) -> Self
    where
        H: for<'a> ScheduleHandler<'a, C> + Clone + Send + Sync + 'static,
    {
        Self::new(name, move |event| {
            let (context, handle) = (context.clone(), handle.clone());
            Box::pin(async move { parsed(&event, |_: Value| scheduled(context, handle)).await })
        })
    }

    fn new(name: &'static str, invoke: impl Fn(Vec<u8>) -> Invocation + Send + Sync + 'static) -> Self {
        Self { name, invoke: Arc::new(invoke) }
    }

    /// Event in, answer out, both JSON.
    pub async fn invoke(&self, event: Vec<u8>) -> Result<Vec<u8>, String> {
        (self.invoke)(event).await
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
