//! Handlers, fed with `events/<function>/<outcome>.json`: status, body, and what must and must not be in the tables after.

#![expect(clippy::unwrap_used, reason = "a test says where it fails")]

mod handlers {
    use tests::stage::{Stage, fixture};

    mod accounts;
    mod bad_bodies;
    mod bookings_create;
    mod catalog;
    mod contended;
    mod coupons;
    mod door;
    mod holds_place;
    mod idempotency;
    mod invoices;
    mod journal;
    mod money_back;
    mod organizations;
    mod outcomes;
    mod payment_attempts_create;
    mod streams;
    mod tickets_get_pdf;
    mod webhooks_receive_razorpay;
    mod webhooks_receive_stripe;
    // new-endpoint adds modules above this line
}
