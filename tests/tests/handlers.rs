//! Handlers, fed with `events/<function>/<outcome>.json`: status, body, and what must and must not be in the tables after.

mod handlers {
    pub use tests::stage::{Stage, fixture};

    mod bad_bodies;
    mod bookings_create;
    mod contended;
    mod holds_place;
    mod outcomes;
    mod streams;
    // new-endpoint adds modules above this line
}
