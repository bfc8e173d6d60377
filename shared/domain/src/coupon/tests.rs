use super::*;
use crate::id::{HoldId, ID_ENTROPY_BYTES, ShowId, VenueId};
use crate::quote::{Charges, quote};
use crate::show::ShowStatus;
use jiff::SignedDuration;
use proptest::prelude::*;

const HOUR: SignedDuration = SignedDuration::from_hours(1);

fn noon() -> Timestamp {
    Timestamp::from_second(1_800_000_000).unwrap()
}

fn rupees(amount: i64) -> Money {
    Money { amount, currency: "INR".parse().unwrap() }
}

fn dollars(amount: i64) -> Money {
    Money { amount, currency: "USD".parse().unwrap() }
}

fn show() -> Show {
    Show {
        id: ShowId::from_entropy([1; ID_ENTROPY_BYTES]),
        event: EventId::from_entropy([2; ID_ENTROPY_BYTES]),
        title: "A play".parse().unwrap(),
        organization: OrganizationId::from_entropy([3; ID_ENTROPY_BYTES]),
        venue: VenueId::from_entropy([4; ID_ENTROPY_BYTES]),
        venue_name: "The hall".parse().unwrap(),
        city: "Pune".parse().unwrap(),
        zone: "Asia/Kolkata".parse().unwrap(),
        starts_at: noon() + HOUR * 24,
        sales_open_at: None,
        sales_close_at: None,
        prices: [("STD".parse().unwrap(), rupees(50_000))].into(),
        seat_limit: 6,
        hold_seconds: 600,
        charges: Charges::default(),
        refund_terms: crate::refund::RefundTerms::default(),
        status: ShowStatus::Published,
    }
}

fn coupon(benefit: Benefit) -> Coupon {
    Coupon {
        organization: show().organization,
        code: "WELCOME10".parse().unwrap(),
        event: None,
        benefit,
        valid_from: None,
        valid_until: None,
        minimum: None,
        uses_max: None,
        uses_per_user_max: None,
        status: CouponStatus::Active,
        created_at: noon(),
    }
}

fn tenth() -> Coupon {
    coupon(Benefit::Percentage(1_000))
}

#[test]
fn a_code_is_what_people_type_in_capitals() {
    assert_eq!(" welcome-10 ".parse::<CouponCode>().unwrap().as_str(), "WELCOME-10");
    for bad in ["", "ABC", "ABCDEFGHIJKLMNOPQRSTUVWXY", "10%OFF", "A B C D", "A#BCD", "ÄÖÜß"] {
        assert!(bad.parse::<CouponCode>().is_err(), "{bad}");
    }
}

#[test]
fn each_term_refuses_by_its_own_name() {
    let own = tenth();
    let refused = |coupon: &Coupon| match coupon.discount(&rupees(100_000), &show(), noon()) {
        Err(CouponError::Refused(refusal)) => refusal.reason(),
        other => panic!("{other:?}"),
    };
    assert_eq!(own.discount(&rupees(100_000), &show(), noon()), Ok(rupees(10_000)));
    let nobodys = OrganizationId::platform();
    assert_eq!(refused(&Coupon { organization: nobodys, status: CouponStatus::Disabled, ..own.clone() }), "UNKNOWN");
    assert_eq!(refused(&Coupon { status: CouponStatus::Disabled, ..own.clone() }), "DISABLED");
    let other = EventId::from_entropy([9; ID_ENTROPY_BYTES]);
    assert_eq!(refused(&Coupon { event: Some(other), ..own.clone() }), "OTHER_EVENT");
    assert_eq!(refused(&Coupon { valid_from: Some(noon() + HOUR), ..own.clone() }), "NOT_YET_VALID");
    assert_eq!(refused(&Coupon { valid_until: Some(noon()), ..own.clone() }), "EXPIRED");
    assert_eq!(refused(&Coupon { minimum: Some(rupees(100_001)), ..own.clone() }), "BELOW_MINIMUM");
    assert_eq!(refused(&Coupon { minimum: Some(dollars(1)), ..own.clone() }), "OTHER_CURRENCY");
    assert_eq!(refused(&coupon(Benefit::Fixed(dollars(1)))), "OTHER_CURRENCY");
}

#[test]
fn the_edges_of_every_term_are_within_it() {
    let edge = Coupon {
        event: Some(show().event),
        valid_from: Some(noon()),
        valid_until: Some(noon() + SignedDuration::from_nanos(1)),
        minimum: Some(rupees(100_000)),
        ..coupon(Benefit::Fixed(rupees(100_000)))
    };
    assert_eq!(edge.discount(&rupees(100_000), &show(), noon()), Ok(rupees(100_000)));
}

#[test]
fn terms_that_make_no_sense_are_refused() {
    let fixed = |amount| coupon(Benefit::Fixed(amount));
    let cases = [
        (coupon(Benefit::Percentage(0)), CouponTermsError::Rate),
        (coupon(Benefit::Percentage(WHOLE + 1)), CouponTermsError::Rate),
        (fixed(rupees(0)), CouponTermsError::Amount),
        (Coupon { minimum: Some(dollars(1)), ..fixed(rupees(1)) }, CouponTermsError::Currencies),
        (Coupon { valid_until: Some(noon()), ..tenth() }, CouponTermsError::Validity),
        (Coupon { valid_from: Some(noon() + HOUR), valid_until: Some(noon() + HOUR), ..tenth() }, CouponTermsError::Validity),
        (Coupon { uses_max: Some(0), ..tenth() }, CouponTermsError::Uses),
        (Coupon { uses_max: Some(USES_MAX + 1), ..tenth() }, CouponTermsError::Uses),
        (Coupon { uses_per_user_max: Some(0), ..tenth() }, CouponTermsError::UsesPerUser),
        (Coupon { uses_per_user_max: Some(USES_PER_USER_MAX + 1), ..tenth() }, CouponTermsError::UsesPerUser),
    ];
    for (coupon, error) in cases {
        assert_eq!(coupon.check(), Err(error), "{coupon:?}");
    }
    let most = Coupon { uses_max: Some(USES_MAX), uses_per_user_max: Some(USES_PER_USER_MAX), ..coupon(Benefit::Percentage(WHOLE)) };
    assert_eq!(most.check(), Ok(()));
}

#[test]
fn a_booking_with_a_coupon_is_another_payment_of_what_is_left() {
    let hold = crate::hold::Hold {
        id: HoldId::from_entropy([7; ID_ENTROPY_BYTES]),
        show: show().id,
        user: "usr_00000000000000000000000001".parse().unwrap(),
        places: vec![],
        quote: quote([&rupees(100_000)], &rupees(0).currency, Charges::default()).unwrap(),
        created_at: noon(),
        expires_at: noon() + HOUR,
        request: String::new(),
        booking: None,
    };
    let plain = Booking::of(&hold, &show(), Provider::Stripe, noon());
    let cheaper = plain.clone().with_coupon(&tenth(), &show(), Provider::Stripe, noon()).unwrap();
    let amounts = [&plain.quote.total, &cheaper.quote.discount, &cheaper.quote.total];
    assert_eq!(amounts, [&rupees(118_000), &rupees(10_000), &rupees(106_200)]);
    assert_ne!(plain.payment, cheaper.payment);
    assert_eq!(cheaper.coupon, Some(CouponUse { code: tenth().code, shard: None, by_user: false }));
    assert_eq!((plain.provider(Provider::Stripe), cheaper.provider(Provider::Stripe)), (Provider::Stripe, Provider::Stripe));

    let all = coupon(Benefit::Percentage(WHOLE));
    let free = plain.clone().with_coupon(&all, &show(), Provider::Stripe, noon()).unwrap();
    assert_eq!((free.quote.total.amount, free.provider(Provider::Stripe)), (0, Provider::Free));
    assert_eq!(free, plain.with_coupon(&all, &show(), Provider::Razorpay, noon()).unwrap(), "whoever was wanted");
}

#[test]
fn a_person_who_had_theirs_is_told_so_even_when_the_coupon_is_used_up() {
    let coupon = Coupon { uses_max: Some(2), uses_per_user_max: Some(1), ..tenth() };
    let uses = |used, by_user| CouponUses { by_shard: vec![used], by_user };
    assert_eq!(coupon.has_room(&uses(1, 0)), Ok(()));
    assert_eq!(coupon.has_room(&uses(2, 0)), Err(CouponRefusal::UsedUp));
    assert_eq!(coupon.has_room(&uses(2, 1)), Err(CouponRefusal::UsedByYou));
    let one_each = Coupon { uses_max: None, ..coupon };
    assert_eq!(one_each.has_room(&CouponUses { by_shard: vec![], by_user: 0 }), Ok(()));
}

proptest! {
    #[test]
    fn the_discount_is_within_the_subtotal_and_the_parts_add_up(
        subtotal in 0i64..10_000_000, rate in 1u32..=WHOLE, amount in 1i64..10_000_000, fixed: bool, fee in 0u32..2_000, tax in 0u32..3_000
    ) {
        let coupon = coupon(if fixed { Benefit::Fixed(rupees(amount)) } else { Benefit::Percentage(rate) });
        let show = Show { charges: Charges { fee_rate: fee, tax_rate: tax }, ..show() };
        let full = quote([&rupees(subtotal)], &rupees(0).currency, show.charges).unwrap();
        let discount = coupon.discount(&full.subtotal, &show, noon()).unwrap();
        prop_assert!((0..=subtotal).contains(&discount.amount));
        let quote = coupon.quote(&full, &show, noon()).unwrap();
        prop_assert_eq!(quote.total.amount, subtotal - discount.amount + quote.fee.amount + quote.tax.amount);
        prop_assert!(quote.total.amount <= full.total.amount);
        prop_assert!(rate < WHOLE || fixed || quote.total.amount == 0, "all of it leaves nothing");
    }

    #[test]
    fn the_quotas_of_all_shards_are_the_uses(uses in 1u32..=USES_MAX) {
        let coupon = Coupon { uses_max: Some(uses), ..tenth() };
        let quotas: Vec<u32> = (0..coupon.shards()).map(|shard| coupon.quota(shard)).collect();
        prop_assert_eq!(quotas.iter().sum::<u32>(), uses);
        prop_assert!(quotas.iter().all(|quota| *quota > 0) && (1..=usize::from(SHARDS_MAX)).contains(&quotas.len()));
        prop_assert_eq!(coupon.has_room(&CouponUses { by_shard: quotas, by_user: 0 }), Err(CouponRefusal::UsedUp));
    }

    #[test]
    fn every_shard_with_room_is_tried_once_wherever_one_begins(first: usize, full in 0u8..SHARDS_MAX) {
        let coupon = Coupon { uses_max: Some(USES_MAX), ..tenth() };
        let by_shard = (0..SHARDS_MAX).map(|shard| if shard == full { coupon.quota(shard) } else { 0 }).collect();
        let mut shards = coupon.shards_with_room(&CouponUses { by_shard, by_user: 0 }, first);
        shards.sort_unstable();
        prop_assert_eq!(shards, (0..SHARDS_MAX).filter(|shard| *shard != full).collect::<Vec<_>>());
    }
}
