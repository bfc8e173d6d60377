//! `POST /v1/organizer/coupons`: makes a coupon of the caller's organization.

use api::{App, First, Problem, Reply, Request};
use domain::coupon::{Benefit, Coupon, CouponStatus, CouponTermsError};
use domain::id::OrganizationId;
use wire::{CouponView, CreateCoupon, IdempotencyHeader, ProblemView};

/// Makes a coupon; from then on only whether it may be used can change.
#[utoipa::path(
    post, path = "/v1/organizer/coupons", operation_id = "coupons-create", tag = "coupons",
    summary = "Make a coupon",
    description = "For what your organization sells, perhaps for one of its events. Its terms stay as they are; it can be disabled.",
    params(IdempotencyHeader), request_body = CreateCoupon,
    responses(
        (status = 201, body = CouponView), (status = 400, body = ProblemView), (status = 401, body = ProblemView),
        (status = 403, body = ProblemView),
        (status = 409, description = "`state-conflict`: the code exists; or `idempotency-in-flight`", body = ProblemView),
        (status = 422, description = "`idempotency-mismatch`", body = ProblemView),
    ),
    security(("cognito" = []))
)]
pub async fn handle(app: &App, request: Request) -> Result<Reply, Problem> {
    let seller = app.seller(&request.caller()?).await?;
    let organization = api::organization_of(&seller)?;
    let body: CreateCoupon = request.json()?;
    let benefit = benefit_of(&body)?;

    request.once(app, |first| create(app, first, organization, benefit, body)).await
}

async fn create(app: &App, first: First, organization: OrganizationId, benefit: Benefit, body: CreateCoupon) -> Result<Reply, Problem> {
    if let Some(event) = &body.event_id {
        let event = app.store.event(event).await?.filter(|event| event.organization == organization);
        event.ok_or_else(|| Problem::invalid("/eventId", "must be an event of your organization"))?;
    }
    let coupon = Coupon {
        organization,
        code: body.code,
        event: body.event_id,
        benefit,
        valid_from: body.valid_from,
        valid_until: body.valid_until,
        minimum: body.minimum,
        uses_max: body.uses_max,
        uses_per_user_max: body.uses_per_user_max,
        status: CouponStatus::Active,
        created_at: first.at,
    };
    coupon.check().map_err(|error| Problem::invalid(pointer(&error), error))?;
    let coupon = app.store.create_coupon(&coupon).await?;

    let unused = coupon.uses_max.map(|_| 0);
    Ok(Reply::created(&CouponView::new(coupon, unused)))
}

fn benefit_of(body: &CreateCoupon) -> Result<Benefit, Problem> {
    match (body.rate, &body.amount) {
        (Some(rate), None) => Ok(Benefit::Percentage(rate)),
        (None, Some(amount)) => Ok(Benefit::Fixed(amount.clone())),
        (Some(_), Some(_)) => Err(Problem::invalid("/amount", "must not be given together with rate")),
        (None, None) => Err(Problem::invalid("/rate", "must be given, or amount")),
    }
}

fn pointer(error: &CouponTermsError) -> &'static str {
    match error {
        CouponTermsError::Rate => "/rate",
        CouponTermsError::Amount => "/amount",
        CouponTermsError::Currencies => "/minimum",
        CouponTermsError::Validity => "/validUntil",
        CouponTermsError::Uses => "/usesMax",
        CouponTermsError::UsesPerUser => "/usesPerUserMax",
    }
}
