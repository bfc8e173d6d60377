//! The rules of selling seats: values in, decisions out. Nothing here awaits, reads a clock or draws a random number.

pub mod best_available;
pub mod block;
pub mod booking;
pub mod claim;
pub mod coupon;
pub mod dispute;
pub mod event;
pub mod geometry;
pub mod hold;
pub mod id;
pub mod idempotency;
pub mod layout;
pub mod ledger;
pub mod listing;
pub mod money;
pub mod payment;
pub mod quote;
pub mod refund;
pub mod seat;
pub mod seat_map;
pub mod secret;
pub mod show;
pub mod text;
pub mod ticket;
pub mod user;
pub mod venue;
