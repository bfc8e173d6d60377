//! What travels over HTTP: bodies and answers as JSON, described for OpenAPI. Shapes only; the rules are in `domain`.

mod accounts;
mod bookings;
mod coupons;
mod door;
mod events;
mod holds;
mod idempotency;
mod images;
mod invoices;
mod layouts;
mod ledger;
mod organizations;
mod problem;
mod refunds;
mod shows;
mod system;
mod tickets;
mod venues;

pub use accounts::*;
pub use bookings::*;
pub use coupons::*;
pub use door::*;
pub use events::*;
pub use holds::*;
pub use idempotency::*;
pub use images::*;
pub use invoices::*;
pub use layouts::*;
pub use ledger::*;
pub use organizations::*;
pub use problem::*;
pub use refunds::*;
pub use shows::*;
pub use system::*;
pub use tickets::*;
pub use venues::*;
