//! Whether everything that was written has been read: tests ask this instead of sleeping.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;
use tokio::sync::Notify;

/// Counts turns over all pollers, so that "began after" means something.
static TURNS: AtomicU64 = AtomicU64::new(1);

/// A poller as others see it.
#[derive(Debug, Default)]
pub struct Poller {
    last_empty: AtomicU64,
    work: AtomicU64,
    wake: Notify,
}

impl Poller {
    /// The poller is about to look.
    pub fn begin(&self) -> u64 {
        TURNS.fetch_add(1, Ordering::SeqCst)
    }

    /// It found nothing in the turn; waits until it is time to look again, or somebody is in a hurry.
    pub async fn found_nothing(&self, turn: u64, idle: Duration) {
        self.last_empty.store(turn, Ordering::SeqCst);
        let _ = tokio::time::timeout(idle, self.wake.notified()).await;
    }

    /// It found something, and did it.
    pub fn found_some(&self) {
        self.work.fetch_add(1, Ordering::SeqCst);
    }

    /// Waits until a look that began after this call found nothing. Returns how often there was work since the start.
    pub async fn drained(&self) -> u64 {
        let from = TURNS.fetch_add(1, Ordering::SeqCst);
        while self.last_empty.load(Ordering::SeqCst) <= from {
            self.wake.notify_one();
            tokio::time::sleep(Duration::from_millis(3)).await;
        }
        self.work.load(Ordering::SeqCst)
    }
}
