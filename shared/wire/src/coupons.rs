//! Coupons.

use domain::coupon::{Benefit, Coupon, CouponCode, CouponStatus};
use domain::id::EventId;
use domain::money::{BasisPoints, Money};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A coupon of the caller's organization: either `rate` or `amount`. What is not given does not limit it.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CreateCoupon {
    /// What buyers type; kept in capitals.
    pub code: CouponCode,
    /// For this event of the organization only.
    pub event_id: Option<EventId>,
    /// Takes this share of the subtotal away, in hundredths of a percent: 1000 is 10 %.
    #[schema(minimum = 1, maximum = 10_000)]
    pub rate: Option<BasisPoints>,
    /// Takes this much away, at most the subtotal.
    pub amount: Option<Money>,
    /// From when on.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub valid_from: Option<Timestamp>,
    /// The first moment at which it is not accepted any more.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub valid_until: Option<Timestamp>,
    /// The least subtotal.
    pub minimum: Option<Money>,
    /// How often in all.
    #[schema(minimum = 1, maximum = 1_000_000)]
    pub uses_max: Option<u32>,
    /// How often by one person.
    #[schema(minimum = 1, maximum = 100)]
    pub uses_per_user_max: Option<u32>,
}

/// A coupon as its organization sees it.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct CouponView {
    /// What buyers type.
    pub code: CouponCode,
    /// For this event only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub event_id: Option<EventId>,
    /// The share of the subtotal that it takes away, in hundredths of a percent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rate: Option<BasisPoints>,
    /// How much it takes away.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub amount: Option<Money>,
    /// From when on.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = DateTime)]
    pub valid_from: Option<Timestamp>,
    /// The first moment at which it is not accepted any more.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = DateTime)]
    pub valid_until: Option<Timestamp>,
    /// The least subtotal.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub minimum: Option<Money>,
    /// How often in all.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub uses_max: Option<u32>,
    /// How often by one person.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub uses_per_user_max: Option<u32>,
    /// Uses by bookings that are paid, or wait for their money. Only coupons with `usesMax` are counted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub used: Option<u32>,
    /// Whether it may be used.
    pub status: CouponStatus,
    /// When it was made.
    #[schema(value_type = String, format = DateTime)]
    pub created_at: Timestamp,
}

impl CouponView {
    /// The view of a coupon that was used so often.
    pub fn new(coupon: Coupon, used: Option<u32>) -> Self {
        let (rate, amount) = match coupon.benefit {
            Benefit::Percentage(rate) => (Some(rate), None),
            Benefit::Fixed(amount) => (None, Some(amount)),
        };
        Self {
            code: coupon.code,
            event_id: coupon.event,
            rate,
            amount,
            valid_from: coupon.valid_from,
            valid_until: coupon.valid_until,
            minimum: coupon.minimum,
            uses_max: coupon.uses_max,
            uses_per_user_max: coupon.uses_per_user_max,
            used,
            status: coupon.status,
            created_at: coupon.created_at,
        }
    }
}

/// A page of coupons, newest first.
#[derive(Debug, Serialize, ToSchema)]
pub struct CouponPage {
    /// This page.
    pub items: Vec<CouponView>,
    /// Where the next page begins.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
}
