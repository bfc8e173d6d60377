//! `GET /v1/organizer/coupons`: the coupons of the caller's organization.

use api::{App, Problem, Reply, Request, cursor};
use wire::{CouponPage, CouponView, ProblemView};

/// One page of the organization's coupons, with how often each is used.
#[utoipa::path(
    get, path = "/v1/organizer/coupons", operation_id = "coupons-list", tag = "coupons",
    summary = "Your organization's coupons, newest first",
    params(("limit" = Option<u16>, Query), ("cursor" = Option<String>, Query)),
    responses(
        (status = 200, body = CouponPage), (status = 400, body = ProblemView), (status = 401, body = ProblemView),
        (status = 403, body = ProblemView),
    ),
    security(("cognito" = []))
)]
pub async fn handle(app: &App, request: Request) -> Result<Reply, Problem> {
    let seller = app.seller(&request.caller()?).await?;
    let organization = api::organization_of(&seller)?;
    let page = request.page()?;
    let before: Option<String> = page.position()?;

    let coupons = app.store.coupons_of(&organization, before, page.limit).await?;

    let items = coupons.items.into_iter().map(|counted| CouponView::new(counted.coupon, counted.used)).collect();
    Ok(Reply::ok(&CouponPage { items, next: coupons.next.as_deref().map(cursor) }))
}
