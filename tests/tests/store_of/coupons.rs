//! Coupons on DynamoDB's protocol: their limits hold whoever comes at once, and every use that comes to nothing is given back once.

use crate::emulator;
use domain::booking::{Booking, BookingStatus, CancelReason};
use domain::coupon::{Benefit, Coupon, CouponRefusal, CouponStatus, CouponUse, CouponUses, USES_PER_SHARD_MIN};
use domain::id::{OrganizationId, UserId};
use jiff::SignedDuration;
use payments::{Providers, Settler};
use store::{CreateCouponError, MoveBookingError, RedeemError, Store, Tables};
use tests::interruption::{interrupted, killed};
use tests::world::{World, after, entropy, noon, somebody};

/// Nothing sends more requests than this.
const REQUESTS_MAX: usize = 20;
const CROWD: usize = 1_000;

async fn world() -> (World, Tables) {
    let tables = emulator::tables().await;
    (World::new(Store::new(emulator::client(), tables.clone())).await, tables)
}

/// A tenth off, without limits.
fn tenth(world: &World) -> Coupon {
    Coupon {
        organization: world.show.organization.clone(),
        code: "WELCOME10".parse().unwrap(),
        event: None,
        benefit: Benefit::Percentage(1_000),
        valid_from: None,
        valid_until: None,
        minimum: None,
        uses_max: None,
        uses_per_user_max: None,
        status: CouponStatus::Active,
        created_at: noon(),
    }
}

fn limited(world: &World, in_all: u32, per_user: u32) -> Coupon {
    Coupon { uses_max: Some(in_all), uses_per_user_max: Some(per_user), ..tenth(world) }
}

/// A booking of a hold of its own, with this coupon; not yet written.
fn asked(world: &World, user: &UserId, coupon: &Coupon) -> Booking {
    let hold = world.hold(user, &["S-A-1"], noon());
    world.booking_of(&hold, noon()).with_coupon(coupon, &world.show, domain::payment::Provider::Sandbox, noon()).unwrap()
}

/// What a request does with it.
async fn redeem(store: &Store, booking: &Booking, coupon: &Coupon) -> Result<Booking, RedeemError> {
    let uses = store.room_for(&booking.user, &booking.id, coupon).await?;
    store.create_booking_with_coupon(booking, coupon, uses).await
}

/// Uses in all, and by this user.
async fn used(store: &Store, coupon: &Coupon, user: &UserId) -> (u32, u32) {
    let CouponUses { by_shard, by_user } = store.coupon_uses(coupon, user).await.unwrap();
    (by_shard.iter().sum(), by_user)
}

/// So many people at once, each with a hold of their own: how many have a booking, and how each of the others was refused.
async fn crowd(world: &World, coupon: &Coupon, count: usize) -> (Vec<Booking>, Vec<CouponRefusal>) {
    let mut crowd = tokio::task::JoinSet::new();
    for _ in 0..count {
        let (store, booking, coupon) = (world.store.clone(), asked(world, &somebody(), coupon), coupon.clone());
        crowd.spawn(async move { redeem(&store, &booking, &coupon).await });
    }
    let (mut served, mut refused) = (vec![], vec![]);
    for outcome in crowd.join_all().await {
        match outcome {
            Ok(booking) => served.push(booking),
            Err(RedeemError::Refused(refusal)) => refused.push(refusal),
            Err(other) => panic!("{other:?}"),
        }
    }
    (served, refused)
}

#[tokio::test]
async fn a_code_is_one_coupon_of_its_organization_and_of_no_other() {
    let (world, _) = world().await;
    let coupon = limited(&world, 10, 1);
    assert_eq!(world.store.create_coupon(&coupon).await.unwrap(), coupon);
    assert_eq!(world.store.create_coupon(&coupon).await.unwrap(), coupon, "the same again is no other one");
    let other = Coupon { benefit: Benefit::Percentage(2_000), ..coupon.clone() };
    assert!(matches!(world.store.create_coupon(&other).await, Err(CreateCouponError::Exists)));
    assert_eq!(world.store.coupon(&coupon.organization, &coupon.code).await.unwrap(), Some(coupon.clone()));

    let stranger = OrganizationId::from_entropy(entropy());
    assert_eq!(world.store.coupon(&stranger, &coupon.code).await.unwrap(), None);
    assert_eq!(world.store.disable_coupon(&stranger, &coupon.code).await.unwrap(), None);
    assert_eq!(world.store.coupons_of(&stranger, None, 10).await.unwrap().items, []);
    world.store.create_coupon(&Coupon { organization: stranger, ..other }).await.unwrap();

    for _ in 0..2 {
        let disabled = world.store.disable_coupon(&coupon.organization, &coupon.code).await.unwrap().unwrap();
        assert_eq!((disabled.coupon.status, disabled.used), (CouponStatus::Disabled, Some(0)));
    }
    let repeated = world.store.create_coupon(&coupon).await.unwrap();
    assert_eq!(repeated.status, CouponStatus::Disabled, "making it again does not bring it back");
}

#[tokio::test]
async fn every_term_is_kept_as_it_was_made() {
    let (world, _) = world().await;
    let price = world.show.prices.values().next().unwrap().clone();
    let fixed = Coupon {
        event: Some(world.show.event.clone()),
        benefit: Benefit::Fixed(price.clone()),
        valid_from: Some(noon()),
        valid_until: Some(after(noon(), 60)),
        minimum: Some(price),
        ..limited(&world, 1, 1)
    };
    world.store.create_coupon(&fixed).await.unwrap();
    assert_eq!(world.store.coupon(&fixed.organization, &fixed.code).await.unwrap(), Some(fixed));
}

#[tokio::test]
async fn an_organizations_coupons_are_listed_newest_first_with_their_uses() {
    let (world, _) = world().await;
    for i in 0..5_u32 {
        let uses_max = (i % 2 == 0).then_some(i * 200 + 1);
        let coupon = Coupon { code: format!("CODE-{i}").parse().unwrap(), uses_max, created_at: after(noon(), i.into()), ..tenth(&world) };
        world.store.create_coupon(&coupon).await.unwrap();
        if i == 4 {
            crowd(&world, &coupon, 7).await;
        }
    }
    let first = world.store.coupons_of(&world.show.organization, None, 3).await.unwrap();
    let second = world.store.coupons_of(&world.show.organization, first.next, 3).await.unwrap();
    let listed: Vec<_> = first.items.iter().chain(&second.items).map(|item| (item.coupon.code.as_str(), item.used)).collect();
    assert_eq!(listed, [("CODE-4", Some(7)), ("CODE-3", None), ("CODE-2", Some(0)), ("CODE-1", None), ("CODE-0", Some(0))]);
    assert_eq!(second.next, None);
}

#[tokio::test]
async fn a_thousand_people_on_ten_uses_are_ten() {
    let (world, _) = world().await;
    let coupon = limited(&world, 10, 1);
    let (served, refused) = crowd(&world, &coupon, CROWD).await;
    assert_eq!((served.len(), refused.len()), (10, CROWD - 10));
    assert!(refused.iter().all(|refusal| *refusal == CouponRefusal::UsedUp));
    assert_eq!(used(&world.store, &coupon, &somebody()).await, (10, 0));
    for booking in served {
        assert_eq!(world.store.booking_of(&booking.user, &booking.id).await.unwrap(), Some(booking.clone()));
        assert_eq!(used(&world.store, &coupon, &booking.user).await, (10, 1));
    }
}

#[tokio::test]
async fn a_thousand_people_on_several_shards_are_as_many_as_there_are_uses() {
    let (world, _) = world().await;
    let coupon = Coupon { uses_max: Some(USES_PER_SHARD_MIN * 10 + 3), ..tenth(&world) };
    assert_eq!(coupon.shards(), 10);
    let (served, refused) = crowd(&world, &coupon, CROWD).await;
    assert_eq!((served.len(), refused.len()), (643, CROWD - 643));
    let uses = world.store.coupon_uses(&coupon, &somebody()).await.unwrap();
    let quotas: Vec<u32> = (0..10).map(|shard| coupon.quota(shard)).collect();
    assert_eq!(uses.by_shard, quotas, "every shard is full and none is over");
}

#[tokio::test]
async fn one_person_with_twenty_requests_at_once_has_the_uses_that_one_may_have() {
    let (world, _) = world().await;
    for coupon in [limited(&world, 10, 3), Coupon { uses_max: None, code: "EVERYBODY".parse().unwrap(), ..limited(&world, 10, 3) }] {
        let anna = somebody();
        let mut requests = tokio::task::JoinSet::new();
        for _ in 0..20 {
            let (store, booking, coupon) = (world.store.clone(), asked(&world, &anna, &coupon), coupon.clone());
            requests.spawn(async move { redeem(&store, &booking, &coupon).await });
        }
        let outcomes = requests.join_all().await;
        assert_eq!(outcomes.iter().filter(|outcome| outcome.is_ok()).count(), 3);
        let refused = outcomes.iter().filter(|outcome| matches!(outcome, Err(RedeemError::Refused(CouponRefusal::UsedByYou))));
        assert_eq!(refused.count(), 17, "{outcomes:?}");
        let counted = coupon.uses_max.map_or(0, |_| 3);
        assert_eq!(used(&world.store, &coupon, &anna).await, (counted, 3), "who is refused is counted nowhere");
        assert_eq!(world.store.booking_count_of(&anna).await.unwrap(), 3);
    }
}

#[tokio::test]
async fn advice_that_is_out_of_date_grants_nothing() {
    let (world, _) = world().await;
    let coupon = limited(&world, 1, 1);
    let (anna, ben) = (somebody(), somebody());
    let nothing_used = CouponUses { by_shard: vec![0], by_user: 0 };
    redeem(&world.store, &asked(&world, &anna, &coupon), &coupon).await.unwrap();
    let late = asked(&world, &ben, &coupon);
    let refused = world.store.create_booking_with_coupon(&late, &coupon, nothing_used.clone()).await;
    assert!(matches!(refused, Err(RedeemError::Refused(CouponRefusal::UsedUp))), "{refused:?}");
    let again = asked(&world, &anna, &coupon);
    let refused = world.store.create_booking_with_coupon(&again, &coupon, nothing_used).await;
    assert!(matches!(refused, Err(RedeemError::Refused(CouponRefusal::UsedByYou))), "{refused:?}");
    assert_eq!((world.store.booking_count_of(&ben).await.unwrap(), world.store.booking_count_of(&anna).await.unwrap()), (0, 1));
}

#[tokio::test]
async fn the_same_booking_again_counts_once_and_finds_itself_even_if_its_use_was_the_last() {
    let (world, _) = world().await;
    let coupon = limited(&world, 1, 1);
    let anna = somebody();
    let booking = asked(&world, &anna, &coupon);
    let first = redeem(&world.store, &booking, &coupon).await.unwrap();
    assert_eq!(first.coupon, Some(CouponUse { code: coupon.code.clone(), shard: Some(0), by_user: true }));
    let out_of_date = CouponUses { by_shard: vec![0], by_user: 0 };
    for again in
        [redeem(&world.store, &booking, &coupon).await, world.store.create_booking_with_coupon(&booking, &coupon, out_of_date).await]
    {
        assert!(matches!(&again, Err(RedeemError::Exists(existing)) if **existing == first), "{again:?}");
    }
    assert_eq!(used(&world.store, &coupon, &anna).await, (1, 1));
}

#[tokio::test]
async fn a_coupon_without_limits_counts_nothing() {
    let (world, _) = world().await;
    let coupon = tenth(&world);
    let booking = asked(&world, &somebody(), &coupon);
    let written = redeem(&world.store, &booking, &coupon).await.unwrap();
    assert_eq!((&written, written.coupon.as_ref().unwrap().is_counted()), (&booking, false));
    assert!(matches!(redeem(&world.store, &booking, &coupon).await, Err(RedeemError::Exists(_))));
    world.store.cancel_unconfirmed(&written, CancelReason::Owner, noon()).await.unwrap();
    assert_eq!(used(&world.store, &limited(&world, 9, 9), &booking.user).await, (0, 0));
}

#[tokio::test]
async fn what_is_not_paid_is_given_back_once_and_what_is_paid_is_not() {
    let (world, _) = world().await;
    let coupon = limited(&world, 3, 3);
    let anna = somebody();
    let redeemed = async || redeem(&world.store, &asked(&world, &anna, &coupon), &coupon).await.unwrap();
    let (expiring, cancelling, paid) = (redeemed().await, redeemed().await, redeemed().await);
    world.store.confirm_booking(&paid, noon()).await.unwrap();
    assert_eq!(used(&world.store, &coupon, &anna).await, (3, 3));

    let expired = world.store.expire_booking(&expiring).await.unwrap();
    assert_eq!(expired, Booking { status: BookingStatus::Expired, ..expiring.clone() });
    let cancelled = world.store.cancel_unconfirmed(&cancelling, CancelReason::PlacesLost, noon()).await.unwrap();
    assert_eq!((cancelled.status, cancelled.cancel_reason), (BookingStatus::Cancelled, Some(CancelReason::PlacesLost)));
    assert_eq!(used(&world.store, &coupon, &anna).await, (1, 1));

    for booking in [&expiring, &cancelling, &paid] {
        assert!(matches!(world.store.expire_booking(booking).await, Err(MoveBookingError::WrongState(_))));
        let refused = world.store.cancel_unconfirmed(booking, CancelReason::Owner, noon()).await;
        assert!(matches!(refused, Err(MoveBookingError::WrongState(_))), "{refused:?}");
    }
    let nobodys = Booking { user: somebody(), ..expiring };
    assert!(matches!(world.store.expire_booking(&nobodys).await, Err(MoveBookingError::Missing)));
    assert_eq!(used(&world.store, &coupon, &anna).await, (1, 1));
    assert_eq!(used(&world.store, &coupon, &nobodys.user).await, (1, 0));

    // What came back somebody else may have.
    let (served, _) = crowd(&world, &coupon, 5).await;
    assert_eq!(served.len(), 2);
}

#[tokio::test]
async fn of_two_who_end_a_booking_at_once_one_gives_its_use_back() {
    for n in 0..REQUESTS_MAX {
        let (world, tables) = world().await;
        let coupon = limited(&world, 1, 1);
        let anna = somebody();
        let booking = redeem(&world.store, &asked(&world, &anna, &coupon), &coupon).await.unwrap();
        let (store, same) = (world.store.clone(), booking.clone());
        let expire = async move { drop(store.expire_booking(&same).await) };
        let cancel = async |store: Store| store.cancel_unconfirmed(&booking, CancelReason::Owner, noon()).await;
        let (_, happened) = interrupted(&tables, n, cancel, expire).await;
        assert_eq!(used(&world.store, &coupon, &anna).await, (0, 0), "request {n}");
        if !happened {
            return assert!(n >= 2, "only {n} requests were interrupted");
        }
    }
}

#[tokio::test]
async fn a_booking_that_is_paid_while_it_expires_has_its_use_or_gave_it_back() {
    let mut endings = std::collections::BTreeSet::new();
    for n in 0..REQUESTS_MAX {
        let (world, tables) = world().await;
        let coupon = limited(&world, 1, 1);
        let anna = somebody();
        let booking = redeem(&world.store, &asked(&world, &anna, &coupon), &coupon).await.unwrap();
        let (store, same) = (world.store.clone(), booking.clone());
        let confirm = async move { drop(store.confirm_booking(&same, noon()).await) };
        let (_, happened) = interrupted(&tables, n, async |store| store.expire_booking(&booking).await, confirm).await;
        let ending = world.store.booking_of(&anna, &booking.id).await.unwrap().unwrap().status;
        let left = u32::from(ending == BookingStatus::Confirmed);
        assert_eq!(used(&world.store, &coupon, &anna).await, (left, left), "request {n}: {ending:?}");
        endings.insert(ending);
        if !happened {
            return assert_eq!(endings, [BookingStatus::Confirmed, BookingStatus::Expired].into());
        }
    }
}

#[tokio::test]
async fn a_request_that_is_killed_anywhere_and_repeated_counts_once() {
    for n in 0..REQUESTS_MAX {
        let (world, tables) = world().await;
        let coupon = limited(&world, 200, 1);
        let anna = somebody();
        let booking = asked(&world, &anna, &coupon);
        let died = killed(&tables, n, async |store| redeem(&store, &booking, &coupon).await).await;
        let again = redeem(&world.store, &booking, &coupon).await;
        assert!(matches!(again, Ok(_) | Err(RedeemError::Exists(_))), "request {n}: {again:?}");
        assert_eq!(used(&world.store, &coupon, &anna).await, (1, 1), "request {n}");
        assert_eq!(world.store.booking_count_of(&anna).await.unwrap(), 1);
        if !died {
            return assert!(n >= 2, "only {n} requests were killed");
        }
    }
}

#[tokio::test]
async fn the_same_request_twice_at_once_counts_once() {
    for n in 0..REQUESTS_MAX {
        let (world, tables) = world().await;
        let coupon = limited(&world, 1, 1);
        let anna = somebody();
        let booking = asked(&world, &anna, &coupon);
        let (store, same, terms) = (world.store.clone(), booking.clone(), coupon.clone());
        let repeat = async move { drop(redeem(&store, &same, &terms).await) };
        let (outcome, happened) = interrupted(&tables, n, async |store| redeem(&store, &booking, &coupon).await, repeat).await;
        assert!(matches!(outcome, Ok(_) | Err(RedeemError::Exists(_))), "request {n}: {outcome:?}");
        assert_eq!(used(&world.store, &coupon, &anna).await, (1, 1), "request {n}");
        if !happened {
            return;
        }
    }
}

#[tokio::test]
async fn killed_before_any_request_of_giving_up_the_reconciler_gives_back_once() {
    for n in 0..REQUESTS_MAX {
        let (world, tables) = world().await;
        let coupon = limited(&world, 1, 1);
        let anna = somebody();
        let booking = redeem(&world.store, &asked(&world, &anna, &coupon), &coupon).await.unwrap();
        pay_later(&world.store, &booking).await;
        let late = after(noon(), 3_600);
        let died = killed(&tables, n, async |store| settler(&store).reconcile(&booking.payment, late).await).await;
        for minute in 0..5 {
            settler(&world.store).reconcile(&booking.payment, after(late, minute * 60)).await.unwrap();
        }
        let ending = world.store.booking_of(&anna, &booking.id).await.unwrap().unwrap().status;
        assert_eq!((ending, used(&world.store, &coupon, &anna).await), (BookingStatus::Expired, (0, 0)), "request {n}");
        if !died {
            return assert!(n >= 4, "only {n} requests were killed");
        }
    }
}

/// The payment that a booking waits for, at the sandbox; nobody pays it.
async fn pay_later(store: &Store, booking: &Booking) {
    use payments::{NewPayment, PaymentProvider, Sandbox};
    let asked = NewPayment::of(booking);
    let started = Sandbox::new(store.clone(), "secret").start(&asked).await.unwrap();
    let payment = asked.payment(domain::payment::Provider::Sandbox, &started, noon());
    assert_eq!(payment.amount, booking.quote.total, "what is paid is what is left");
    store.create_payment(&payment, after(noon(), 30)).await.unwrap();
}

fn settler(store: &Store) -> Settler {
    let sandbox = std::sync::Arc::new(payments::Sandbox::new(store.clone(), "secret"));
    Settler {
        store: store.clone(),
        providers: Providers::default().with(domain::payment::Provider::Sandbox, sandbox),
        ask_every: SignedDuration::from_secs(30),
        wait_for_late: SignedDuration::from_secs(1_800),
    }
}
