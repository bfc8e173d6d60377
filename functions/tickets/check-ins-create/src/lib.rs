//! `POST /v1/check-ins`: somebody stands at the door.

use api::{Caller, Door, Problem, Reply, Request};
use domain::show::Show;
use domain::text::Text;
use domain::ticket::{Outcome, Ticket, TicketStatus};
use domain::user::Role;
use jiff::Timestamp;
use tickets::TicketCode;
use wire::{AdmittedTicket, CheckIn, CheckInView, ProblemView};

/// Lets one person in with a ticket: of any number of simultaneous scans exactly one is ADMITTED.
#[utoipa::path(
    post, path = "/v1/check-ins", operation_id = "check-ins-create", tag = "tickets",
    summary = "Scan a ticket",
    request_body = CheckIn,
    responses((status = 200, body = CheckInView), (status = 400, body = ProblemView), (status = 401, body = ProblemView), (status = 403, body = ProblemView)),
    security(("cognito" = []))
)]
pub async fn handle(door: &Door, request: Request) -> Result<Reply, Problem> {
    let caller = request.caller()?;
    caller.require(&[Role::Staff, Role::Organizer, Role::Admin])?;
    let scan: CheckIn = request.json()?;

    let now = door.app.clock.now();
    let Ok(code) = TicketCode::verify(scan.code.as_str(), &door.keys) else { return Ok(answer(Outcome::Unknown)) };
    let Some(show) = door.app.store.show(&code.show, now).await? else { return Ok(answer(Outcome::Unknown)) };
    if !works_for(door, &caller, &show).await? {
        return Ok(answer(Outcome::Unknown));
    }
    if scan.show_id.is_some_and(|gate| gate != code.show) || !(code.valid_from..=code.valid_until).contains(&now) {
        return Ok(answer(Outcome::WrongShow));
    }
    admit(door, &code, scan.nonce.as_str(), scan.gate.as_ref().map(Text::as_str), now).await
}

/// Staff see tickets of their own organization; all others are unknown to them.
async fn works_for(door: &Door, caller: &Caller, show: &Show) -> Result<bool, Problem> {
    if caller.is_admin() {
        return Ok(true);
    }
    let profile = door.app.store.profile(&caller.user).await?;
    Ok(profile.and_then(|profile| profile.organization).is_some_and(|organization| organization == show.organization))
}

async fn admit(door: &Door, code: &TicketCode, nonce: &str, gate: Option<&str>, now: Timestamp) -> Result<Reply, Problem> {
    let ticket = Ticket {
        id: code.ticket.clone(),
        booking: code.ticket.booking_id(),
        show: code.show.clone(),
        seat: code.seat.clone(),
        status: TicketStatus::Issued,
        admitted_at: None,
    };
    let admission = door.app.store.admit(&ticket, nonce, gate, now).await?;
    let shown = AdmittedTicket { ticket_id: ticket.id, show_id: ticket.show, seat: ticket.seat };
    Ok(Reply::ok(&CheckInView { outcome: admission.outcome, ticket: Some(shown), admitted_at: admission.admitted_at }))
}

fn answer(outcome: Outcome) -> Reply {
    Reply::ok(&CheckInView { outcome, ticket: None, admitted_at: None })
}
