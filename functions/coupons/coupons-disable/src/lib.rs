//! `POST /v1/organizer/coupons/{code}/disable`: withdraws a coupon.

use api::{App, Problem, Reply, Request};
use domain::coupon::CouponCode;
use wire::{CouponView, ProblemView};

/// Disables a coupon for good; a repeat finds it disabled. Bookings that have it keep it.
#[utoipa::path(
    post, path = "/v1/organizer/coupons/{code}/disable", operation_id = "coupons-disable", tag = "coupons",
    summary = "Withdraw a coupon",
    params(("code" = CouponCode, Path)),
    responses(
        (status = 200, body = CouponView), (status = 401, body = ProblemView), (status = 403, body = ProblemView),
        (status = 404, body = ProblemView),
    ),
    security(("cognito" = []))
)]
pub async fn handle(app: &App, request: Request) -> Result<Reply, Problem> {
    let seller = app.seller(&request.caller()?).await?;
    let organization = api::organization_of(&seller)?;
    let code: CouponCode = request.path("code")?;

    let disabled = app.store.disable_coupon(&organization, &code).await?.ok_or_else(Problem::not_found)?;

    Ok(Reply::ok(&CouponView::new(disabled.coupon, disabled.used)))
}
