//! Reads the inventory's stream: tells viewers how a block looks now, and keeps count of what is left.

use api::{Broadcast, Error};
use store::{Change, StoredChange};

/// Publishes the block's state and notes how many of its places are left.
pub async fn handle(broadcast: &Broadcast, change: Change) -> Result<(), Error> {
    let StoredChange::Block { show, block } = change.meaning()? else { return Ok(()) };
    let now = broadcast.app.clock.now();
    broadcast.app.store.note_availability(&show, &block, now).await?;
    // Nobody watches a block that was only just made, and a publication makes thousands.
    if !block.is_new() {
        broadcast.publisher.publish(&show, &block, now).await?;
    }
    Ok(())
}
