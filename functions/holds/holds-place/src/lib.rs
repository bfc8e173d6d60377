//! `POST /v1/shows/{showId}/hold`: claims places for the caller while they pay.

mod choose;

use api::{App, Problem, Reply, Request};
use choose::Wanted;
use domain::id::{ShowId, UserId};
use store::Placed;
use wire::{HoldView, IdempotencyHeader, PlaceHold, ProblemView};

/// Places a hold on every seat asked for, or on none.
#[utoipa::path(
    post, path = "/v1/shows/{showId}/hold", operation_id = "holds-place", tag = "holds",
    summary = "Hold places while you pay",
    description = "Either `seats` or `quantity` (best available). All or nothing; one live hold per person and show. \
                   The same request again answers 200 with the hold that stands.",
    params(("showId" = ShowId, Path), IdempotencyHeader), request_body = PlaceHold,
    responses(
        (status = 201, body = HoldView), (status = 200, description = "The hold stands already", body = HoldView),
        (status = 400, body = ProblemView), (status = 401, body = ProblemView), (status = 404, body = ProblemView),
        (status = 409, description = "`seats-taken`, `hold-exists`, `sales-closed` or `idempotency-in-flight`", body = ProblemView),
        (status = 422, description = "`seat-limit` or `idempotency-mismatch`", body = ProblemView), (status = 503, body = ProblemView),
    ),
    security(("cognito" = []))
)]
pub async fn handle(app: &App, request: Request) -> Result<Reply, Problem> {
    let caller = request.caller()?;
    let show_id: ShowId = request.path("showId")?;
    let wanted = Wanted::try_from(request.json::<PlaceHold>()?)?;

    // One hold per person and show: nothing is made twice here, whoever's identifiers it has.
    request.once(app, |_| place(app, &caller.user, &show_id, &wanted)).await
}

async fn place(app: &App, user: &UserId, show_id: &ShowId, wanted: &Wanted) -> Result<Reply, Problem> {
    let now = app.clock.now();
    let show = app.store.show(show_id, now).await?.ok_or_else(Problem::not_found)?;
    show.on_sale(now)?;
    let venue = app.store.venue(&show.venue).await?.ok_or_else(Problem::not_found)?;
    let placed = choose::place(app, &show, &venue.layout, user, wanted, now).await?;

    Ok(match placed {
        Placed::New(hold) => Reply::created(&HoldView::new(&hold, now)),
        Placed::Repeated(hold) => Reply::ok(&HoldView::new(&hold, now)),
    })
}
