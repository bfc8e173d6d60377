//! `POST /v1/check-ins/batch`: a device that was offline says whom it let in.

use api::{Door, Problem, Reply, Request, Scan};
use domain::ticket::{Outcome, scanned_at};
use jiff::Timestamp;
use wire::{BatchItem, CheckInBatch, CheckInBatchView, CheckInView, OfflineCheckInView, ProblemView};

/// Scans of one request; with the longest codes they stay below what a body may have.
const SCANS_MAX: usize = 50;

/// Writes down who came in while a device was offline, and names those who came in with a ticket that had been used.
#[utoipa::path(
    post, path = "/v1/check-ins/batch", operation_id = "check-ins-create-batch", tag = "tickets",
    summary = "Scans made offline",
    description = "Answers in the order of the scans. Who was written down first is ADMITTED, every other scan of the ticket ALREADY_ADMITTED with \
                   the first one's time and gate: two people came in. A scan whose answer was lost is sent again with its nonce and hears the \
                   same. What is not a scan is UNKNOWN and keeps nothing else back.",
    request_body = CheckInBatch,
    responses(
        (status = 200, body = CheckInBatchView), (status = 400, body = ProblemView), (status = 401, body = ProblemView),
        (status = 403, body = ProblemView),
    ),
    security(("cognito" = []))
)]
pub async fn handle(door: &Door, request: Request) -> Result<Reply, Problem> {
    let keeper = door.app.doorkeeper(&request.caller()?).await?;
    let batch: CheckInBatch = request.json()?;
    if batch.items.is_empty() || batch.items.len() > SCANS_MAX {
        return Err(Problem::invalid("/items", format!("must be 1 to {SCANS_MAX}")));
    }

    let now = door.app.clock.now();
    let scans: Vec<Scan<'_>> = batch.items.iter().filter_map(|item| scan(item, now)).collect();
    let mut answers = door.check_in(&keeper, &scans).await?.into_iter();

    let items = batch.items.iter().map(|item| {
        let answer = match item {
            BatchItem::Scan(_) => answers.next(),
            BatchItem::Malformed(_) => None,
        };
        OfflineCheckInView { nonce: item.nonce(), answer: answer.unwrap_or_else(|| CheckInView::of(Outcome::Unknown)) }
    });
    Ok(Reply::ok(&CheckInBatchView { items: items.collect() }))
}

fn scan(item: &BatchItem, now: Timestamp) -> Option<Scan<'_>> {
    match item {
        BatchItem::Scan(scan) => Some(Scan {
            code: scan.code.as_str(),
            gate: scan.gate.as_ref(),
            nonce: scan.nonce.as_str(),
            show: scan.show_id.as_ref(),
            at: scanned_at(scan.scanned_at, now),
        }),
        BatchItem::Malformed(_) => None,
    }
}
