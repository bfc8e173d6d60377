//! From the store's words to problems: one exhaustive table.

use crate::problem::{Problem, ProblemKind};
use domain::hold::HoldError;
use domain::show::SalesClosed;
use store::{BookHoldError, DatabaseError, ExtendHoldError, PlaceHoldError, ReleaseHoldError};

/// After this many seconds a contended request may succeed.
const RETRY_AFTER_SECONDS: u32 = 1;

impl From<DatabaseError> for Problem {
    fn from(error: DatabaseError) -> Self {
        match error {
            DatabaseError::Contended { .. } => Self::new(ProblemKind::Contended).retry_after(RETRY_AFTER_SECONDS),
            DatabaseError::Failed { .. } | DatabaseError::Unreadable(_) => Self::internal(error),
        }
    }
}

impl From<PlaceHoldError> for Problem {
    fn from(error: PlaceHoldError) -> Self {
        match error {
            PlaceHoldError::Exists(hold) => Self::new(ProblemKind::HoldExists)
                .detail("Release it, or let it run out, before you choose other places.")
                .with("holdId", &hold.id)
                .with("expiresAt", hold.expires_at),
            PlaceHoldError::SeatLimit { bought, limit, .. } => {
                Self::new(ProblemKind::SeatLimit).with("limit", limit).with("bought", bought)
            }
            PlaceHoldError::Taken { taken, .. } => Self::new(ProblemKind::SeatsTaken).with("seats", taken),
            PlaceHoldError::Closed => Self::new(ProblemKind::SalesClosed),
            PlaceHoldError::Database(error) => error.into(),
        }
    }
}

impl From<HoldError> for Problem {
    fn from(error: HoldError) -> Self {
        match error {
            HoldError::SeatLimit { limit } => Self::new(ProblemKind::SeatLimit).with("limit", limit),
            HoldError::DuplicateSeat | HoldError::UnknownSeat(_) => Self::invalid("/seats", error),
            HoldError::Money(error) => Self::internal(error),
        }
    }
}

impl From<SalesClosed> for Problem {
    fn from(closed: SalesClosed) -> Self {
        let problem = Self::new(ProblemKind::SalesClosed);
        match closed {
            SalesClosed::NotOnSale => problem,
            SalesClosed::NotYet(at) => problem.with("salesOpenAt", at),
            SalesClosed::Over(at) => problem.with("salesCloseAt", at),
        }
    }
}

impl From<ExtendHoldError> for Problem {
    fn from(error: ExtendHoldError) -> Self {
        match error {
            ExtendHoldError::Lapsed => Self::new(ProblemKind::HoldExpired),
            ExtendHoldError::Database(error) => error.into(),
        }
    }
}

impl From<ReleaseHoldError> for Problem {
    fn from(error: ReleaseHoldError) -> Self {
        match error {
            ReleaseHoldError::Missing => Self::not_found(),
            ReleaseHoldError::Database(error) => error.into(),
        }
    }
}

impl From<BookHoldError> for Problem {
    fn from(error: BookHoldError) -> Self {
        match error {
            BookHoldError::Lapsed => Self::new(ProblemKind::HoldExpired),
            BookHoldError::Database(error) => error.into(),
        }
    }
}
