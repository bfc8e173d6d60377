//! What travels over HTTP: bodies and answers as JSON, described for OpenAPI. Shapes only; the rules are in `domain`.

mod accounts;
mod bookings;
mod catalog;
mod coupons;
mod holds;
mod idempotency;
mod invoices;
mod ledger;
mod organizations;
mod problem;
mod refunds;
mod system;
mod tickets;

pub use accounts::*;
pub use bookings::*;
pub use catalog::*;
pub use coupons::*;
pub use holds::*;
pub use idempotency::*;
pub use invoices::*;
pub use ledger::*;
pub use organizations::*;
pub use problem::*;
pub use refunds::*;
pub use system::*;
pub use tickets::*;
