//! The door: what every function shares between Lambda's event and its own three paragraphs.
//!
//! The only crate that names `lambda_http`. Requests are bounded and parsed here, errors become problems here.

mod accounts;
mod check_ins;
mod context;
mod coupons;
mod cursor;
mod door;
mod errors;
mod function;
mod journal;
mod linked;
mod media;
mod once;
mod outbox;
mod problem;
mod providers;
mod reply;
mod request;
mod secrets;
mod sellers;
mod shows;
mod till;
mod webhooks;

pub use accounts::AccountsApp;
pub use check_ins::Scan;
pub use context::{App, Clock, Context, Ids, Nothing, Settings, SettingsError, Stage};
pub use coupons::{Redeemable, Redemption, same_coupon};
pub use cursor::cursor;
pub use door::{Door, FoundTicket};
pub use function::{
    Error, HttpHandler, MessageHandler, RecordHandler, ScheduleHandler, serve_http, serve_newest, serve_queue, serve_schedule, serve_stream,
};
pub use journal::{Lines, note_seconds};
pub use linked::Linked;
pub use media::Media;
pub use once::First;
pub use outbox::{Broadcast, Outbox};
pub use problem::{FieldError, Problem, ProblemKind};
pub use providers::Accepted;
pub use reply::Reply;
pub use request::{Caller, Page, Request};
pub use sellers::organization_of;
pub use shows::{check_event, show_ids};
pub use till::{Till, confirmed, payment_view};
