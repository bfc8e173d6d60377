//! `GET /v1/tickets/{ticketId}/qr.svg`: the picture that the door scans.

use api::{Door, Problem, Reply, Request};
use domain::id::TicketId;
use wire::ProblemView;

/// Draws the ticket's code for its owner.
#[utoipa::path(
    get, path = "/v1/tickets/{ticketId}/qr.svg", operation_id = "tickets-get-qr", tag = "tickets",
    summary = "The picture that the door scans",
    params(("ticketId" = TicketId, Path)),
    responses(
        (status = 200, content_type = "image/svg+xml", body = String), (status = 401, body = ProblemView),
        (status = 404, body = ProblemView), (status = 409, description = "Revoked: `state-conflict`", body = ProblemView),
    ),
    security(("cognito" = []))
)]
pub async fn handle(door: &Door, request: Request) -> Result<Reply, Problem> {
    let caller = request.caller()?;
    let ticket_id: TicketId = request.path("ticketId")?;

    let ticket = door.ticket_of(&caller.user, &ticket_id).await?;
    let code = ticket.code()?;

    Ok(Reply::text("image/svg+xml", tickets::qr_svg(code)))
}
