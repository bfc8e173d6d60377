//! Tickets as things in people's hands: the signed code, and pictures of it.

mod code;
mod keys;
mod picture;

pub use code::{CodeError, TicketCode};
pub use keys::{InvalidKeys, Keys};
pub use picture::{qr, qr_svg};
