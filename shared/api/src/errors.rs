//! From the store's words to problems: one exhaustive table.

use crate::problem::{Problem, ProblemKind};
use domain::event::{EventCommand, IMAGES_MAX, WrongState};
use domain::hold::HoldError;
use domain::show::SalesClosed;
use store::{
    AddImageError, BeginAttemptError, BookHoldError, DatabaseError, ExtendHoldError, MoveEventError, PlaceHoldError, PublishError,
    ReleaseHoldError, UpdateEventError, UpdateOrganizationError,
};

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

impl From<BeginAttemptError> for Problem {
    fn from(error: BeginAttemptError) -> Self {
        match error {
            BeginAttemptError::Mismatch => Self::new(ProblemKind::IdempotencyMismatch)
                .detail("Something else was asked under this key. Every request needs one of its own."),
            BeginAttemptError::InFlight => Self::new(ProblemKind::IdempotencyInFlight).retry_after(RETRY_AFTER_SECONDS),
            BeginAttemptError::Database(error) => error.into(),
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

impl From<WrongState> for Problem {
    fn from(error: WrongState) -> Self {
        let detail = match error.command {
            EventCommand::Edit => "Only a draft can be changed. An event that is published keeps its shows: it can only be called off.",
            EventCommand::Submit => "Only a draft can be handed in.",
            EventCommand::Approve => "Only what is handed in can be approved.",
            EventCommand::Reject => "Only what is handed in can be handed back, and only before its publication begins.",
            EventCommand::Publish => "Only what is handed in and approved can be published.",
            EventCommand::Cancel => "What is over or called off cannot be called off.",
        };
        Self::new(ProblemKind::StateConflict).detail(detail).with("eventStatus", error.status).with("approved", error.approved)
    }
}

impl From<MoveEventError> for Problem {
    fn from(error: MoveEventError) -> Self {
        match error {
            MoveEventError::WrongState(error) => error.into(),
            MoveEventError::Database(error) => error.into(),
        }
    }
}

impl From<UpdateEventError> for Problem {
    fn from(error: UpdateEventError) -> Self {
        match error {
            UpdateEventError::WrongState(error) => error.into(),
            UpdateEventError::Overtaken => Self::new(ProblemKind::Contended).retry_after(RETRY_AFTER_SECONDS),
            UpdateEventError::Database(error) => error.into(),
        }
    }
}

impl From<UpdateOrganizationError> for Problem {
    fn from(error: UpdateOrganizationError) -> Self {
        match error {
            UpdateOrganizationError::Overtaken => Self::new(ProblemKind::Contended).retry_after(RETRY_AFTER_SECONDS),
            UpdateOrganizationError::Database(error) => error.into(),
        }
    }
}

impl From<PublishError> for Problem {
    fn from(error: PublishError) -> Self {
        match error {
            PublishError::WrongState(error) => error.into(),
            PublishError::Database(error) => error.into(),
        }
    }
}

impl From<AddImageError> for Problem {
    fn from(error: AddImageError) -> Self {
        let refused = |detail: String| Self::new(ProblemKind::StateConflict).detail(detail);
        match error {
            AddImageError::Full => refused(format!("An event has at most {IMAGES_MAX} pictures.")),
            AddImageError::Cancelled => refused("What is over or called off gets no more pictures.".to_owned()),
            AddImageError::Database(error) => error.into(),
        }
    }
}
