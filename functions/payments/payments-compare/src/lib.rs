//! Once a day: compares our payments with every provider's own list.

use api::{Error, Till};
use domain::id::OrganizationId;
use domain::ledger::{Account, PostingKind};
use domain::payment::Provider;
use jiff::{SignedDuration, Timestamp};
use payments::{Comparison, Window};
use store::day_of;

/// What is younger may be under way.
const AGE_MIN: SignedDuration = SignedDuration::from_hours(2);
/// A little more than the day since the last comparison.
const AGE_MAX: SignedDuration = SignedDuration::from_hours(27);
/// A payment is captured at most so long after it was made: the longest hold, and the wait for late money.
const MADE_BEFORE: SignedDuration = SignedDuration::from_hours(2);
/// Organizations, and postings, of a page.
const PAGE: u16 = 500;

/// Reads each provider's list, then looks for what we captured and the list does not have. It fails, and an alarm goes off, if
/// anything differs.
pub async fn handle(till: &Till) -> Result<(), Error> {
    let now = till.app.clock.now();
    let mut differences = 0;
    for provider in till.settler.providers.accepted() {
        let window = Window { from: now - AGE_MAX - MADE_BEFORE, until: now - AGE_MIN };
        let comparison = till.settler.compare(provider, &window, now).await?;
        let unlisted = unlisted(till, provider, &comparison, now).await?;
        let (compared, foreign, found) = (comparison.compared, comparison.foreign, comparison.differences.len());
        tracing::info!(metric = "payments_compared", provider = ?provider, compared, foreign, differing = found, unlisted, "compared");
        differences += found + unlisted;
    }
    if differences == 0 { Ok(()) } else { Err(format!("{differences} payments differ from their provider's list").into()) }
}

/// How many payments we captured that the provider has not.
async fn unlisted(till: &Till, provider: Provider, comparison: &Comparison, now: Timestamp) -> Result<usize, Error> {
    if provider == Provider::Free {
        return Ok(0);
    }
    let mut missing = 0;
    let mut after = None::<OrganizationId>;
    loop {
        let page = till.app.store.organizations(after.as_ref(), PAGE).await?;
        for organization in &page.items {
            missing += unlisted_of(till, &organization.id, provider, comparison, now).await?;
        }
        after = page.items.into_iter().next_back().filter(|_| page.next.is_some()).map(|last| last.id);
        if after.is_none() {
            return Ok(missing);
        }
    }
}

async fn unlisted_of(
    till: &Till,
    of: &OrganizationId,
    provider: Provider,
    comparison: &Comparison,
    now: Timestamp,
) -> Result<usize, Error> {
    let (from, until) = (now - AGE_MAX, now - AGE_MIN);
    let mut missing = 0;
    let mut after = None;
    loop {
        let (postings, next) = till.app.store.ledger_between(of, (day_of(from), day_of(until)), after.as_ref(), PAGE).await?;
        for posting in postings.iter().filter(|posting| posting.kind == PostingKind::Captured && (from..until).contains(&posting.at)) {
            if posting.on(Account::at(provider)) > 0 {
                let found = till.settler.compare_unlisted(&posting.payment, &comparison.listed, now).await?;
                missing += usize::from(found.is_some());
            }
        }
        after = next;
        if after.is_none() {
            return Ok(missing);
        }
    }
}
