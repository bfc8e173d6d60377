//! `POST /v1/check-ins`: somebody stands at the door.

use api::{Door, Problem, Reply, Request, Scan};
use wire::{CheckIn, CheckInView, ProblemView};

/// Lets one person in with a ticket: of any number of simultaneous scans exactly one is ADMITTED.
#[utoipa::path(
    post, path = "/v1/check-ins", operation_id = "check-ins-create", tag = "tickets",
    summary = "Scan a ticket",
    request_body = CheckIn,
    responses((status = 200, body = CheckInView), (status = 400, body = ProblemView), (status = 401, body = ProblemView), (status = 403, body = ProblemView)),
    security(("cognito" = []))
)]
pub async fn handle(door: &Door, request: Request) -> Result<Reply, Problem> {
    let keeper = door.app.doorkeeper(&request.caller()?).await?;
    let CheckIn { code, gate, nonce, show_id } = request.json()?;

    let at = door.app.clock.now();
    let scan = Scan { code: code.as_str(), gate: gate.as_ref(), nonce: nonce.as_str(), show: show_id.as_ref(), at };
    let answers = door.check_in(&keeper, &[scan]).await?;

    Ok(Reply::ok(&answers[0]))
}
