//! Everything that is kept: one method per access pattern of `docs/data-model.md`, in the domain's words.
//!
//! The only crate that names the DynamoDB SDK. A condition decides every write; a read only advises.

mod audit;
mod availability;
mod blocks;
mod bookings;
mod cache;
mod call_offs;
mod catalog;
mod coupons;
mod database;
mod disputes;
mod door;
mod holds;
mod idempotency;
mod invoices;
mod key;
mod ledger;
mod meter;
mod organizations;
mod payments;
mod profiles;
mod record;
mod references;
mod refunds;
mod returns;
mod sandbox;
mod tickets;

pub use audit::AuditEntry;
pub use availability::SectionCounts;
pub use blocks::{BlockChange, ClaimError, SellError};
pub use bookings::{ConfirmError, CreateBookingError, MoveBookingError};
pub use call_offs::{CALL_OFF_ROUNDS, CallOffProgress};
pub use catalog::{
    AddImageError, EventSummary, Found, ListPage, ListPosition, MoveEventError, Progress, PublishError, UpdateEventError, VenueCard,
};
pub use coupons::{CountedCoupon, CreateCouponError, RedeemError};
pub use database::DatabaseError;
pub use door::{DOOR_LIST_OVERLAP, DoorPosition, InvalidDoorPosition};
pub use holds::{BookHoldError, ExtendHoldError, PlaceHoldError, Placed, ReleaseHoldError};
pub use idempotency::{
    ATTEMPT_SECONDS, Attempt, BeginAttemptError, Begun, FinishAttemptError, KEPT_HOURS, KEPT_REPLY_BYTES_MAX, KeptReply, KeyedRequest,
};
pub use invoices::IssueDocumentError;
pub use key::BOOKING_SHARDS;
pub use ledger::{LedgerPosition, day_of};
pub use meter::{Consumed, Meter, metered};
pub use organizations::UpdateOrganizationError;
pub use payments::{CreatePaymentError, Due, DuePayments, MovePaymentError};
pub use record::{Change, StoredChange};
pub use references::{NoteEventError, Noted, Told};
pub use refunds::{MoveRefundError, RequestRefundError};
pub use returns::{Admitted, Cancellation, ReturnError};
pub use sandbox::{SandboxError, SandboxPayment, SandboxStatus};
pub use tickets::Admission;

use std::sync::Arc;

/// The names of the two tables.
#[derive(Debug, Clone)]
pub struct Tables {
    /// Blocks, holds and what each user bought.
    pub inventory: String,
    /// Everything else.
    pub main: String,
}

/// The way to both tables. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Store {
    client: aws_sdk_dynamodb::Client,
    tables: Arc<Tables>,
    cache: Arc<cache::Cache>,
}

impl Store {
    /// A store on these tables.
    pub fn new(client: aws_sdk_dynamodb::Client, tables: Tables) -> Self {
        Self { client, tables: Arc::new(tables), cache: Arc::default() }
    }

    fn inventory(&self) -> &str {
        &self.tables.inventory
    }

    fn main(&self) -> &str {
        &self.tables.main
    }
}
