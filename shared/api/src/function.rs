//! From Lambda's events to handlers.

use crate::context::{Context, Settings};
use crate::journal::{Call, Journal, Outcome};
use crate::problem::Problem;
use crate::reply::Reply;
use crate::request::Request;
use aws_lambda_events::event::dynamodb;
use aws_lambda_events::event::sqs;
use futures_util::{StreamExt, stream};
use jiff::Timestamp;
use lambda_http::lambda_runtime::LambdaEvent;
use lambda_http::{Body, Response, service_fn};
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
pub(crate) type Boxed<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

async fn start<C: Context>() -> Result<(Arc<C>, Journal), Error> {
    tracing_subscriber::fmt().json().without_time().with_target(false).with_max_level(tracing::Level::INFO).init();
    let aws = aws_config::defaults(aws_config::BehaviorVersion::latest()).load().await;
    let settings = Settings::from_env();
    Ok((Arc::new(C::from_env(&settings, &aws).await?), Journal::on_lambda(&settings)))
}

/// Serves an endpoint on AWS Lambda.
pub async fn serve_http<C: Context, H>(handle: H) -> Result<(), Error>
where
    H: for<'a> HttpHandler<'a, C> + Clone + Send + Sync + 'static,
{
    let (context, journal) = start::<C>().await?;
    lambda_http::run(service_fn(move |request| answer(context.clone(), handle.clone(), journal.clone(), request))).await
}

/// Serves a table's stream on AWS Lambda.
pub async fn serve_stream<C: Context, H>(handle: H) -> Result<(), Error>
where
    H: for<'a> RecordHandler<'a, C> + Clone + Send + Sync + 'static,
{
    let (context, journal) = start::<C>().await?;
    let serve = move |event: LambdaEvent<dynamodb::Event>| {
        let (call, count) = (Call::within(&event.context), event.payload.records.len());
        batch(journal.clone(), call, count, records(context.clone(), handle.clone(), event.payload))
    };
    lambda_http::lambda_runtime::run(service_fn(serve)).await
}

/// Serves a table's stream on AWS Lambda to a function that only wants to know how things are now: see [`newest`].
pub async fn serve_newest<C: Context, H>(handle: H) -> Result<(), Error>
where
    H: for<'a> RecordHandler<'a, C> + Clone + Send + Sync + 'static,
{
    let (context, journal) = start::<C>().await?;
    let serve = move |event: LambdaEvent<dynamodb::Event>| {
        let (call, count) = (Call::within(&event.context), event.payload.records.len());
        batch(journal.clone(), call, count, newest(context.clone(), handle.clone(), event.payload))
    };
    lambda_http::lambda_runtime::run(service_fn(serve)).await
}

/// Serves a queue on AWS Lambda.
pub async fn serve_queue<C: Context, M, H>(handle: H) -> Result<(), Error>
where
    M: DeserializeOwned + Send + 'static,
    H: for<'a> MessageHandler<'a, C, M> + Clone + Send + Sync + 'static,
{
    let (context, journal) = start::<C>().await?;
    let serve = move |event: LambdaEvent<sqs::SqsEvent>| {
        let (call, count) = (Call::within(&event.context), event.payload.records.len());
        batch(journal.clone(), call, count, messages(context.clone(), handle.clone(), event.payload))
    };
    lambda_http::lambda_runtime::run(service_fn(serve)).await
}

/// Serves a schedule on AWS Lambda.
pub async fn serve_schedule<C: Context, H>(handle: H) -> Result<(), Error>
where
    H: for<'a> ScheduleHandler<'a, C> + Clone + Send + Sync + 'static,
{
    let (context, journal) = start::<C>().await?;
    let serve =
        move |event: LambdaEvent<Value>| job(journal.clone(), Call::within(&event.context), scheduled(context.clone(), handle.clone()));
    lambda_http::lambda_runtime::run(service_fn(serve)).await
}

pub(crate) async fn answer<C, H>(
    context: Arc<C>,
    handle: H,
    journal: Journal,
    request: lambda_http::Request,
) -> Result<Response<Body>, Infallible>
where
    H: for<'a> HttpHandler<'a, C>,
{
    let call = Call::of(&request);
    let answer: Boxed<'_, Result<Reply, Problem>> = Box::pin(handle(&context, Request::new(request)));
    Ok(match journal.follow(call, answer, Outcome::of).await {
        Ok(reply) => reply.into_response(),
        Err(problem) => problem.into_response(),
    })
}

/// Has the journal follow what is done about so many records.
pub(crate) async fn batch(
    journal: Journal,
    call: Call,
    records: usize,
    work: impl Future<Output = Result<Value, Error>> + Send,
) -> Result<Value, Error> {
    let work: Boxed<'_, Result<(usize, Value), Error>> = Box::pin(async move { work.await.map(|answer| (records, answer)) });
    journal.follow(call, work, Outcome::of_records).await.map(|(_, answer)| answer)
}

/// Has it follow a job.
pub(crate) async fn job(journal: Journal, call: Call, work: impl Future<Output = Result<Value, Error>> + Send) -> Result<Value, Error> {
    let work: Boxed<'_, Result<Value, Error>> = Box::pin(work);
    journal.follow(call, work, Outcome::of_job).await
}

/// Handles records in order; at the first failure the rest is handed back, as a stream's order demands.
pub(crate) async fn records<C, H>(context: Arc<C>, handle: H, event: dynamodb::Event) -> Result<Value, Error>
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
pub(crate) async fn newest<C, H>(context: Arc<C>, handle: H, event: dynamodb::Event) -> Result<Value, Error>
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
pub(crate) async fn messages<C, M, H>(context: Arc<C>, handle: H, event: sqs::SqsEvent) -> Result<Value, Error>
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

pub(crate) async fn scheduled<C, H>(context: Arc<C>, handle: H) -> Result<Value, Error>
where
    H: for<'a> ScheduleHandler<'a, C>,
{
    let handled: Boxed<'_, Result<(), Error>> = Box::pin(handle(&context));
    handled.await.map(|()| json!({}))
}

pub(crate) fn chain(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut next = error.source();
    while let Some(cause) = next {
        text.push_str(": ");
        text.push_str(&cause.to_string());
        next = cause.source();
    }
    text
}
