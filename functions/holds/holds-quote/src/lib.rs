//! `GET /v1/shows/{showId}/hold/quote`: what the caller's hold would cost with a coupon.

use api::{App, Problem, Redeemable, Reply, Request};
use domain::id::ShowId;
use domain::quote::Quote;
use domain::text::Text;
use wire::ProblemView;

/// Shows the price that booking the hold with this coupon would have now. Writes nothing and promises nothing: the last use may be
/// gone when the booking is made.
#[utoipa::path(
    get, path = "/v1/shows/{showId}/hold/quote", operation_id = "holds-quote", tag = "holds",
    summary = "What your hold costs with a coupon",
    params(("showId" = ShowId, Path), ("couponCode" = Option<String>, Query)),
    responses(
        (status = 200, body = Quote), (status = 400, body = ProblemView), (status = 401, body = ProblemView),
        (status = 404, body = ProblemView),
        (status = 409, description = "`state-conflict`: the hold is booked without this coupon", body = ProblemView),
        (status = 422, description = "`coupon-refused`", body = ProblemView),
    ),
    security(("cognito" = []))
)]
pub async fn handle(app: &App, request: Request) -> Result<Reply, Problem> {
    let caller = request.caller()?;
    let show_id: ShowId = request.path("showId")?;
    let typed: Option<Text<1, 40>> = request.query("couponCode")?;

    let now = app.clock.now();
    let hold = app.store.hold_of(&show_id, &caller.user, now).await?.ok_or_else(Problem::not_found)?;
    let Some(typed) = typed else { return Ok(Reply::ok(&hold.quote)) };
    let show = app.store.show(&show_id, now).await?.ok_or_else(Problem::not_found)?;
    let quote = match app.redeemable(&hold, &show, &typed, now).await? {
        Redeemable::Booked(booking) => booking.quote,
        Redeemable::Open(redemption) => redemption.quote,
    };

    Ok(Reply::ok(&quote))
}
