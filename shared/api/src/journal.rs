//! The journal: one line of JSON about everything that a function was called for. CloudWatch makes metrics of it by itself, for it
//! has the embedded metric format:
//! <https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html>
//!
//! A line says which route, never which address: a path may contain a code. It has nothing of headers, queries and bodies but what API
//! Gateway adds to them.

use crate::context::{Clock, Settings};
use crate::function::{Boxed, Error};
use crate::problem::{Problem, ProblemKind};
use crate::reply::Reply;
use jiff::SignedDuration;
use lambda_http::lambda_runtime::Context as LambdaContext;
use lambda_http::request::RequestContext;
use lambda_http::{Request, RequestExt};
use serde_json::{Map, Value, json};
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::io::Write as _;
use std::sync::{Arc, Mutex};
use std::time::Instant;
use store::{Consumed, metered};
use tracing::Instrument;

/// All our metrics are below this name.
const NAMESPACE: &str = "Frontrow";
/// A trace's name is shorter; what is longer is nobody's.
const TRACE_BYTES_MAX: usize = 200;

/// What a call measured itself: seconds, by their names.
type Notes = BTreeMap<&'static str, f64>;

tokio::task_local! {
    static NOTES: RefCell<Notes>;
}

/// Lines that are kept instead of written, for tests.
pub type Lines = Arc<Mutex<Vec<String>>>;

/// Where the lines go.
#[derive(Debug, Clone)]
enum Destination {
    /// Where Lambda picks them up.
    Stdout,
    /// Here.
    Kept(Lines),
}

/// The journal of one function; without anything in it, nothing is measured.
#[derive(Debug, Clone, Default)]
pub(crate) struct Journal(Option<Arc<Pen>>);

#[derive(Debug)]
struct Pen {
    stage: String,
    function: String,
    clock: Clock,
    destination: Destination,
}

/// What a function is called for.
#[derive(Debug, Default)]
pub(crate) struct Call(Map<String, Value>);

/// What became of it.
#[derive(Debug)]
pub(crate) enum Outcome {
    /// A request was answered with this status; and why, if it was refused.
    Answered(u16, Option<ProblemKind>),
    /// So many records, of which so many come back.
    Worked(usize, usize),
}

/// Adds a measurement of the present call to its line, and so to the stage's metrics.
pub fn note_seconds(name: &'static str, duration: SignedDuration) {
    // Without a journal nobody wants to know.
    let _ = NOTES.try_with(|notes| notes.borrow_mut().insert(name, duration.as_secs_f64()));
}

impl Call {
    /// A request: its route, and how AWS calls it.
    pub(crate) fn of(request: &Request) -> Self {
        let mut call = request.lambda_context_ref().map(Self::within).unwrap_or_default();
        if let Some(RequestContext::ApiGatewayV2(context)) = request.request_context_ref() {
            call.say("route", context.route_key.as_deref());
            call.say("requestId", context.request_id.as_deref());
        }
        if !call.0.contains_key("traceId") {
            call.say(
                "traceId",
                request.headers().get("x-amzn-trace-id").and_then(|trace| trace.to_str().ok()).filter(|trace| is_trace(trace)),
            );
        }
        call
    }

    /// Anything else, within this invocation.
    pub(crate) fn within(context: &LambdaContext) -> Self {
        let mut call = Self::default();
        call.say("invocationId", Some(context.request_id.as_str()));
        call.say("traceId", context.xray_trace_id.as_deref());
        call
    }

    fn say(&mut self, name: &str, value: Option<&str>) {
        self.0.extend(value.filter(|value| !value.is_empty()).map(|value| (name.to_owned(), json!(value))));
    }

    fn text(&self, name: &str) -> &str {
        self.0.get(name).and_then(Value::as_str).unwrap_or_default()
    }
}

/// Clients may send a trace of their own: letters, digits and `Root=1-…;Parent=…`, nothing else.
fn is_trace(text: &str) -> bool {
    text.len() <= TRACE_BYTES_MAX && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"=;:-".contains(&byte))
}

impl Journal {
    /// That of this process.
    pub(crate) fn on_lambda(settings: &Settings) -> Self {
        let stage = settings.optional("STAGE").unwrap_or_default().to_owned();
        let name = settings.optional("AWS_LAMBDA_FUNCTION_NAME").unwrap_or_default();
        let function = name.strip_prefix(&format!("frontrow-{stage}-")).unwrap_or(name).to_owned();
        Self(Some(Arc::new(Pen { stage, function, clock: settings.clock(), destination: Destination::Stdout })))
    }

    /// One whose lines are kept.
    pub(crate) fn kept(function: &str, lines: Lines) -> Self {
        let (stage, function) = ("local".to_owned(), function.to_owned());
        Self(Some(Arc::new(Pen { stage, function, clock: Clock::default(), destination: Destination::Kept(lines) })))
    }

    /// Does the work and writes about it. What the work itself logs names the same request.
    pub(crate) fn follow<'a, T: Send + 'a>(self, call: Call, work: Boxed<'a, T>, outcome: fn(&T) -> Outcome) -> Boxed<'a, T> {
        let Some(pen) = self.0 else { return work };
        let span = tracing::info_span!("call", request = call.text("requestId"), invocation = call.text("invocationId"));
        let remembered = async { (work.await, NOTES.with(RefCell::take)) };
        let work: Boxed<'a, (T, Notes)> = Box::pin(NOTES.scope(RefCell::default(), remembered).instrument(span));
        Box::pin(async move {
            let started = Instant::now();
            let ((output, notes), consumed) = metered(work).await;
            let milliseconds = (started.elapsed().as_secs_f64() * 1e6).round() / 1e3;
            pen.write(call, &outcome(&output), milliseconds, &notes, consumed);
            output
        })
    }
}

impl Outcome {
    /// Of an answer.
    pub(crate) fn of(answer: &Result<Reply, Problem>) -> Self {
        match answer {
            Ok(reply) => Self::Answered(reply.status(), None),
            Err(problem) => Self::Answered(problem.kind().status(), Some(problem.kind())),
        }
    }

    /// Of a job that is done or failed as a whole.
    pub(crate) fn of_job(answer: &Result<Value, Error>) -> Self {
        Self::Worked(1, usize::from(answer.is_err()))
    }

    /// Of records: those that come back are named.
    pub(crate) fn of_records(answer: &Result<(usize, Value), Error>) -> Self {
        let returned = |answer: &Value| answer["batchItemFailures"].as_array().map_or(0, Vec::len);
        answer.as_ref().map_or(Self::Worked(0, 1), |(records, answer)| Self::Worked(*records, returned(answer)))
    }

    /// What is counted of it, and in the end which of that is wrong.
    fn counts(&self) -> (Map<String, Value>, &'static [&'static str], &'static [&'static str]) {
        match self {
            Self::Answered(status, kind) => {
                let contended = *kind == Some(ProblemKind::Contended);
                let error = *status >= 500 && !contended;
                let counts = [("requests", 1), ("errors", u8::from(error)), ("contended", u8::from(contended))];
                (object(counts), &["requests", "errors", "contended"], &["errors", "contended"])
            }
            Self::Worked(records, failures) => {
                (object([("records", *records), ("failures", *failures)]), &["records", "failures"], &["failures"])
            }
        }
    }
}

fn object<T: serde::Serialize>(members: impl IntoIterator<Item = (&'static str, T)>) -> Map<String, Value> {
    members.into_iter().map(|(name, value)| (name.to_owned(), json!(value))).collect()
}

impl Pen {
    fn write(&self, call: Call, outcome: &Outcome, milliseconds: f64, notes: &Notes, consumed: Consumed) {
        let (counts, counted, wrong) = outcome.counts();
        let is_wrong = wrong.iter().any(|name| counts[*name] != 0);
        let mut line = call.0;
        line.insert("_aws".to_owned(), self.directives(outcome, counted, if is_wrong { wrong } else { &[] }, notes));
        line.extend(object([("stage", &self.stage), ("function", &self.function)]));
        line.extend(counts);
        line.extend(object(notes.clone()));
        line.extend(object([("duration", milliseconds)]));
        if let Outcome::Answered(status, kind) = outcome {
            line.extend(object([("status", status)]));
            line.extend(kind.map(|kind| ("problem".to_owned(), json!(kind.slug()))));
        }
        if consumed.requests > 0 {
            let Consumed { requests, retries, read_units, write_units } = consumed;
            let database = json!({"requests": requests, "retries": retries, "readUnits": read_units, "writeUnits": write_units});
            line.insert("database".to_owned(), database);
        }
        self.put(Value::Object(line).to_string());
    }

    /// Every metric of the stage costs money each month it is seen in, and so does every further one of a function: the stage's are few,
    /// a function has some only in months in which something goes wrong with it.
    fn directives(&self, outcome: &Outcome, counted: &[&str], wrong: &[&str], notes: &Notes) -> Value {
        let unit = |unit: &'static str| move |name: &&str| json!({"Name": name, "Unit": unit});
        let mut metrics: Vec<Value> = counted.iter().map(unit("Count")).collect();
        metrics.extend(notes.keys().map(unit("Seconds")));
        if matches!(outcome, Outcome::Answered(..)) {
            metrics.push(unit("Milliseconds")(&"duration"));
        }
        let mut directives = vec![json!({"Namespace": NAMESPACE, "Dimensions": [["stage"]], "Metrics": metrics})];
        if !wrong.is_empty() {
            let metrics: Vec<Value> = wrong.iter().map(unit("Count")).collect();
            directives.push(json!({"Namespace": NAMESPACE, "Dimensions": [["stage", "function"]], "Metrics": metrics}));
        }
        json!({"Timestamp": self.clock.now().as_millisecond(), "CloudWatchMetrics": directives})
    }

    fn put(&self, mut line: String) {
        match &self.destination {
            Destination::Stdout => {
                line.push('\n');
                // Whoever cannot write to stdout has nobody to tell.
                let _ = std::io::stdout().lock().write_all(line.as_bytes());
            }
            Destination::Kept(lines) => lines.lock().expect("no holder panics").push(line),
        }
    }
}
