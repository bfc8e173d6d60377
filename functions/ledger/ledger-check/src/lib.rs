//! Once an hour: reads the books of yesterday and today, and checks that they explain what every buyer is owed.

use api::{Error, Till};
use domain::id::OrganizationId;
use jiff::SignedDuration;
use store::day_of;

/// Organizations of a page.
const PAGE: u16 = 100;

/// Checks every organization's books. It fails, and an alarm goes off, if a posting does not sum to zero or a payment cannot be
/// explained; one organization does not hold up the others.
pub async fn handle(till: &Till) -> Result<(), Error> {
    let now = till.app.clock.now();
    let days = (day_of(now - SignedDuration::from_hours(24)), day_of(now));
    let (mut postings, mut failed, mut after) = (0, 0, None::<OrganizationId>);
    loop {
        let page = till.app.store.organizations(after.as_ref(), PAGE).await?;
        for organization in &page.items {
            match till.settler.check_books(&organization.id, days, now).await {
                Ok(checked) => {
                    postings += checked.postings;
                    failed += checked.unexplained.len();
                }
                Err(error) => {
                    tracing::error!(metric = "ledger_unreadable", organization = organization.id.as_str(), cause = %error, "books cannot be read");
                    failed += 1;
                }
            }
        }
        after = page.items.into_iter().next_back().filter(|_| page.next.is_some()).map(|last| last.id);
        if after.is_none() {
            break;
        }
    }
    tracing::info!(metric = "ledger_checked", postings, "the books were checked");
    if failed == 0 { Ok(()) } else { Err(format!("{failed} entries of the books are not explained").into()) }
}
