//! Works through the events queue: closes what a call-off left open, because its caller was cut short or did not come back.

use api::{App, Error};
use domain::event::{Event, EventStatus};
use queues::EventMessage;
use std::time::Duration;
use tokio::time::Instant;

/// Below the function's time limit in `template.yaml`; 50,000 places take seconds.
const WORK_DURATION: Duration = Duration::from_mins(4);

/// Goes on where the call-off stopped. What is closed already stays as it is; what is not done brings the message back.
pub async fn handle(app: &App, message: EventMessage) -> Result<(), Error> {
    let EventMessage::Cancelled { event } = message;
    let called_off = |event: &Event| event.lifecycle.status == EventStatus::Cancelled;
    let Some(event) = app.store.event(&event).await?.filter(called_off) else { return Ok(()) };
    let progress = app.store.cancel_event(&event, Instant::now() + WORK_DURATION).await?;
    if progress.complete { Ok(()) } else { Err(format!("{} of {} shows are closed", progress.done, progress.of).into()) }
}
