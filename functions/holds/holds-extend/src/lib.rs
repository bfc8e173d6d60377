//! `POST /v1/shows/{showId}/hold/extend`: gives the caller more time to pay.

use api::{App, Problem, ProblemKind, Reply, Request};
use domain::id::ShowId;
use wire::{HoldView, ProblemView};

/// Extends the hold: the show's hold time from now, and half an hour in all.
#[utoipa::path(
    post, path = "/v1/shows/{showId}/hold/extend", operation_id = "holds-extend", tag = "holds",
    summary = "More time to pay",
    params(("showId" = ShowId, Path)),
    responses(
        (status = 200, body = HoldView), (status = 401, body = ProblemView), (status = 404, body = ProblemView),
        (status = 410, description = "`hold-expired`", body = ProblemView),
    ),
    security(("cognito" = []))
)]
pub async fn handle(app: &App, request: Request) -> Result<Reply, Problem> {
    let caller = request.caller()?;
    let show_id: ShowId = request.path("showId")?;

    let now = app.clock.now();
    let show = app.store.show(&show_id, now).await?.ok_or_else(Problem::not_found)?;
    let hold = app.store.hold_of(&show_id, &caller.user, now).await?.ok_or_else(|| Problem::new(ProblemKind::HoldExpired))?;
    let until = show.extended(&hold, now);
    let extended = if until > hold.expires_at { app.store.extend_hold(&hold, until, now).await? } else { hold };

    Ok(Reply::ok(&HoldView::new(&extended, now)))
}
