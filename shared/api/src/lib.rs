//! The door: what every function shares between Lambda's event and its own three paragraphs.
//!
//! The only crate that names `lambda_http`. Requests are bounded and parsed here, errors become problems here.

mod context;
mod door;
mod errors;
mod function;
mod outbox;
mod problem;
mod reply;
mod request;
mod secrets;
mod till;

pub use context::{App, Clock, Context, Ids, Nothing, Settings, SettingsError, Stage};
pub use door::Door;
pub use function::{
    Error, HttpHandler, Linked, MessageHandler, RecordHandler, ScheduleHandler, serve_http, serve_queue, serve_schedule, serve_stream,
};
pub use outbox::{Broadcast, Outbox};
pub use problem::{FieldError, Problem, ProblemKind};
pub use reply::Reply;
pub use request::{Caller, Page, Request};
pub use till::Till;
