//! Once a minute: asks the providers about every payment that is neither final nor fresh.

use api::{Error, Till};
use jiff::SignedDuration;

/// Payments per shard and run; what is left waits for the next run.
const PAYMENTS_PER_SHARD_MAX: u16 = 50;

/// Brings each due payment to its end, or closer to it. One that fails does not hold up the others.
pub async fn handle(till: &Till) -> Result<(), Error> {
    let due = till.app.store.payments_due(till.app.clock.now(), PAYMENTS_PER_SHARD_MAX).await?;
    // Within a minute of their time if all is well; an alarm goes off if this job does not get through them, or not even this far.
    let overdue = due.since.map_or(SignedDuration::ZERO, |since| till.app.clock.now().duration_since(since));
    api::note_seconds("paymentsOverdue", overdue);
    let mut failed = 0;
    for payment in due.ids {
        if let Err(error) = till.settler.reconcile(&payment, till.app.clock.now()).await {
            tracing::warn!(payment = payment.as_str(), cause = %error, "a payment could not be reconciled");
            failed += 1;
            // Behind the others in the queue, so that those that fail every time never hide the rest.
            till.app.store.set_payment_due(&payment, Some(till.app.clock.now() + till.settler.ask_every)).await?;
        }
    }
    if failed == 0 { Ok(()) } else { Err(format!("{failed} payments could not be reconciled").into()) }
}
