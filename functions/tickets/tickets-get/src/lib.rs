//! `GET /v1/tickets/{ticketId}`: one of the caller's tickets, with the code that opens the door.

use api::{Door, Problem, Reply, Request};
use domain::id::TicketId;
use wire::{ProblemView, TicketView};

/// Shows a ticket to its owner; for everybody else there is none.
#[utoipa::path(
    get, path = "/v1/tickets/{ticketId}", operation_id = "tickets-get", tag = "tickets",
    summary = "One of your tickets",
    params(("ticketId" = TicketId, Path)),
    responses((status = 200, body = TicketView), (status = 401, body = ProblemView), (status = 404, body = ProblemView)),
    security(("cognito" = []))
)]
pub async fn handle(door: &Door, request: Request) -> Result<Reply, Problem> {
    let caller = request.caller()?;
    let ticket_id: TicketId = request.path("ticketId")?;

    let ticket = door.ticket_of(&caller.user, &ticket_id).await?;

    Ok(Reply::ok(&ticket.view))
}
