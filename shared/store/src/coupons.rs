//! Coupons: their terms in one item, their uses in items of their own, counted by the write that makes the booking.
//!
//! A use is granted by a condition in that write and by nothing else. A refusal writes nothing: a read may decide it.

use crate::bookings::booking_item;
use crate::catalog::{ListPage, Part};
use crate::database::{CONFLICT_RETRIES_MAX, DatabaseError, Item, Transaction, Write, n, pause, send_write, transact, update_write};
use crate::{CreateBookingError, MoveBookingError, Store, key, record};
use aws_sdk_dynamodb::operation::put_item::PutItemError;
use aws_sdk_dynamodb::operation::update_item::UpdateItemError;
use aws_sdk_dynamodb::types::builders::UpdateBuilder;
use aws_sdk_dynamodb::types::{KeysAndAttributes, Put, ReturnValue, ReturnValuesOnConditionCheckFailure, TransactWriteItem, Update};
use domain::booking::Booking;
use domain::coupon::{Benefit, Coupon, CouponCode, CouponRefusal, CouponStatus, CouponUse, CouponUses};
use domain::id::{BookingId, EventId, OrganizationId, UserId};
use domain::money::{BasisPoints, Money};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;

/// How often the shards are read anew when all that seemed to have room had none: others were faster each time.
const ROUNDS_MAX: usize = 4;
/// Keys that one request of this kind may name.
const BATCH_MAX: usize = 100;

/// Why a coupon could not be written.
#[derive(Debug, thiserror::Error)]
pub enum CreateCouponError {
    /// The organization has another coupon with this code.
    #[error("the code exists")]
    Exists,
    /// The database could not do it.
    #[error(transparent)]
    Database(#[from] DatabaseError),
}

/// Why a booking could not be made with a coupon.
#[derive(Debug, thiserror::Error)]
pub enum RedeemError {
    /// The hold became this booking before, perhaps without the coupon.
    #[error("the booking exists")]
    Exists(Box<Booking>),
    /// Every use is taken, or every one that the user may have.
    #[error(transparent)]
    Refused(#[from] CouponRefusal),
    /// The database could not do it.
    #[error(transparent)]
    Database(#[from] DatabaseError),
}

/// A coupon with how often it is used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CountedCoupon {
    /// Its terms.
    pub coupon: Coupon,
    /// Uses by bookings that are paid or wait for their money; only coupons with a limit in all are counted.
    pub used: Option<u32>,
}

impl Store {
    /// Pattern 80: writes a coupon unless the organization has its code. The same coupon again is no other one.
    pub async fn create_coupon(&self, coupon: &Coupon) -> Result<Coupon, CreateCouponError> {
        let request = self
            .client
            .put_item()
            .table_name(self.main())
            .set_item(Some(coupon_item(coupon)?))
            .condition_expression("attribute_not_exists(pk)")
            .return_values_on_condition_check_failure(ReturnValuesOnConditionCheckFailure::AllOld);
        let existing = match send_write!(self.client, "write a coupon", PutItemError, request)? {
            Write::Done(_) => return Ok(coupon.clone()),
            Write::Refused(item) => coupon_from(item.unwrap_or_default())?,
        };
        let is_same = Coupon { status: coupon.status, ..existing.clone() } == *coupon;
        if is_same { Ok(existing) } else { Err(CreateCouponError::Exists) }
    }

    /// Pattern 81: an organization's coupon. Strongly consistent: what was disabled is refused from then on.
    pub async fn coupon(&self, organization: &OrganizationId, code: &CouponCode) -> Result<Option<Coupon>, DatabaseError> {
        self.get(self.main(), &key::coupon(organization, code)).await?.map(coupon_from).transpose()
    }

    /// Pattern 82: disables an organization's coupon; nothing if there is none. Bookings that have it keep it.
    pub async fn disable_coupon(&self, organization: &OrganizationId, code: &CouponCode) -> Result<Option<CountedCoupon>, DatabaseError> {
        let key = key::coupon(organization, code);
        let request = self
            .client
            .update_item()
            .table_name(self.main())
            .key("pk", key.pk())
            .key("sk", key.sk())
            .update_expression("SET #status = :disabled")
            .condition_expression("attribute_exists(pk)")
            .expression_attribute_names("#status", "status")
            .expression_attribute_values(":disabled", record::spelled(&CouponStatus::Disabled))
            .return_values(ReturnValue::AllNew);
        match send_write!(self.client, "disable a coupon", UpdateItemError, request)? {
            Write::Done(item) => Ok(self.counted(vec![coupon_from(item.unwrap_or_default())?]).await?.pop()),
            Write::Refused(_) => Ok(None),
        }
    }

    /// Pattern 85: an organization's coupons, newest first, with how often each is used.
    pub async fn coupons_of(
        &self,
        organization: &OrganizationId,
        before: Option<String>,
        limit: u16,
    ) -> Result<ListPage<CountedCoupon>, DatabaseError> {
        let part = before.map_or(Part::Newest, Part::Before);
        let (items, more) = self.index_page("list coupons", key::gsi_organization_coupons(organization), part, limit).await?;
        let next = items.last().filter(|_| more).map(|(position, _)| position.clone());
        let coupons = items.into_iter().map(|(_, item)| coupon_from(item)).collect::<Result<_, _>>()?;
        Ok(ListPage { items: self.counted(coupons).await?, next })
    }

    async fn counted(&self, coupons: Vec<Coupon>) -> Result<Vec<CountedCoupon>, DatabaseError> {
        let used = self.uses_at(coupons.iter().flat_map(shard_keys).collect()).await?;
        let sum = |coupon: &Coupon| shard_keys(coupon).iter().map(|key| used.get(&key.pk).copied().unwrap_or(0)).sum();
        let counted = |coupon: Coupon| CountedCoupon { used: coupon.uses_max.map(|_| sum(&coupon)), coupon };
        Ok(coupons.into_iter().map(counted).collect())
    }

    /// Pattern 83: how often a coupon was used, in all and by this user. Strongly consistent; nothing is read for a coupon
    /// without limits.
    pub async fn coupon_uses(&self, coupon: &Coupon, user: &UserId) -> Result<CouponUses, DatabaseError> {
        let own = coupon.uses_per_user_max.map(|_| key::coupon_user(&coupon.organization, &coupon.code, user));
        let shards = shard_keys(coupon);
        let counted = self.uses_at(shards.iter().chain(&own).cloned().collect()).await?;
        let at = |key: &key::Key| counted.get(&key.pk).copied().unwrap_or(0);
        Ok(CouponUses { by_shard: shards.iter().map(at).collect(), by_user: own.as_ref().map_or(0, at) })
    }

    /// Uses by partition; what was never used is absent.
    async fn uses_at(&self, keys: Vec<key::Key>) -> Result<HashMap<String, u32>, DatabaseError> {
        let operation = "read a coupon's uses";
        let mut found = HashMap::new();
        for batch in keys.chunks(BATCH_MAX) {
            let mut wanted: Vec<Item> = batch.iter().map(key::Key::attributes).collect();
            let mut attempt = 0;
            while !wanted.is_empty() {
                if attempt > CONFLICT_RETRIES_MAX {
                    return Err(DatabaseError::Contended { operation });
                } else if attempt > 0 {
                    pause(&self.client, attempt - 1).await;
                }
                attempt += 1;
                let keys = KeysAndAttributes::builder().set_keys(Some(wanted)).consistent_read(true).build();
                let keys = keys.map_err(DatabaseError::unreadable)?;
                let request = self.client.batch_get_item().request_items(self.main(), keys);
                let output = request.send().await.map_err(|error| DatabaseError::of(operation, error))?;
                for item in output.responses.unwrap_or_default().into_values().flatten() {
                    found.insert(record::text(&item, "pk")?, record::number(&item, "used")?);
                }
                // A busy table answers a part and leaves the rest for another request.
                wanted = output.unprocessed_keys.unwrap_or_default().into_values().flat_map(|rest| rest.keys).collect();
            }
        }
        Ok(found)
    }

    /// Pattern 83, and whether there is room for one more use. Advice: who is let pass may come too late; who is refused was too late
    /// at this moment, unless the use that is missing is the booking's own, of the same request a moment ago.
    pub async fn room_for(&self, user: &UserId, booking: &BookingId, coupon: &Coupon) -> Result<CouponUses, RedeemError> {
        let counted = self.coupon_uses(coupon, user).await?;
        let Err(refusal) = coupon.has_room(&counted) else { return Ok(counted) };
        Err(match self.booking_of(user, booking).await? {
            Some(existing) => RedeemError::Exists(Box::new(existing)),
            None => RedeemError::Refused(refusal),
        })
    }

    /// Writes a new booking with its coupon and returns it as it is then: pattern 14 if the coupon has no limits, else pattern 86, in
    /// one shard after the other. Which are worth a try `uses` says, as long as nobody was faster.
    pub async fn create_booking_with_coupon(
        &self,
        booking: &Booking,
        coupon: &Coupon,
        mut uses: CouponUses,
    ) -> Result<Booking, RedeemError> {
        if !coupon.is_counted() {
            return self.create_booking(booking).await.map(|()| booking.clone()).map_err(RedeemError::from);
        }
        let first = booking.id.as_str().bytes().map(usize::from).sum();
        for _ in 0..ROUNDS_MAX {
            let shards = coupon.shards_with_room(&uses, first).into_iter().map(Some);
            let tries: Vec<Option<u8>> = if coupon.uses_max.is_some() { shards.collect() } else { vec![None] };
            for shard in tries {
                if let Some(booking) = self.redeem(booking, coupon, shard).await? {
                    return Ok(booking);
                }
            }
            uses = self.room_for(&booking.user, &booking.id, coupon).await?;
        }
        Err(DatabaseError::Contended { operation: "use a coupon" }.into())
    }

    /// Pattern 86: writes a booking and counts its use, in one transaction. Whichever condition refuses says why; that the booking
    /// exists comes first, so that a repeat counts once. Nothing if the shard is full.
    async fn redeem(&self, booking: &Booking, coupon: &Coupon, shard: Option<u8>) -> Result<Option<Booking>, RedeemError> {
        let booking = Booking { coupon: Some(coupon.use_in(shard)), ..booking.clone() };
        let put =
            Put::builder().table_name(self.main()).set_item(Some(booking_item(&booking))).condition_expression("attribute_not_exists(pk)");
        let put = put.build().map_err(DatabaseError::unreadable)?;
        let mut writes = vec![TransactWriteItem::builder().put(put).build()];
        let mut refusals = vec![];
        if let Some(shard) = shard {
            let key = key::coupon_shard(&coupon.organization, &coupon.code, shard);
            writes.push(self.count_use(&key, coupon.quota(shard))?);
            refusals.push(None);
        }
        if let Some(most) = coupon.uses_per_user_max {
            let key = key::coupon_user(&coupon.organization, &coupon.code, &booking.user);
            writes.push(self.count_use(&key, most)?);
            refusals.push(Some(CouponRefusal::UsedByYou));
        }
        let refused = match transact(&self.client, "use a coupon", writes).await? {
            Transaction::Done => return Ok(Some(booking)),
            Transaction::Refused(refused) => refused,
        };
        if refused.first() == Some(&true) {
            let existing = self.booking_of(&booking.user, &booking.id).await?;
            let existing = existing.ok_or(DatabaseError::Contended { operation: "use a coupon" })?;
            return Err(RedeemError::Exists(Box::new(existing)));
        }
        // The user's own limit stands last, and no other shard would change it.
        let mut limits = refused.into_iter().skip(1).zip(refusals).filter_map(|(refused, refusal)| refused.then_some(refusal));
        limits.next_back().flatten().map_or(Ok(None), |refusal| Err(refusal.into()))
    }

    fn count_use(&self, key: &key::Key, most: u32) -> Result<TransactWriteItem, DatabaseError> {
        let counted = self
            .change_uses(key, 1)
            .condition_expression("attribute_not_exists(used) OR used < :most")
            .expression_attribute_values(":most", n(most));
        update_write(counted)
    }

    fn change_uses(&self, key: &key::Key, by: i8) -> UpdateBuilder {
        Update::builder()
            .table_name(self.main())
            .key("pk", key.pk())
            .key("sk", key.sk())
            .update_expression("ADD used :by")
            .expression_attribute_values(":by", n(by))
    }

    /// Pattern 84: a pending booking comes to nothing (`given_up`) and what its coupon counted is given back, in one transaction:
    /// the booking's state lets it happen once.
    pub(crate) async fn give_up_with_use(
        &self,
        booking: &Booking,
        used: &CouponUse,
        given_up: TransactWriteItem,
    ) -> Result<Booking, MoveBookingError> {
        let shard = used.shard.map(|shard| key::coupon_shard(&booking.organization, &used.code, shard));
        let own = used.by_user.then(|| key::coupon_user(&booking.organization, &used.code, &booking.user));
        let mut writes = vec![given_up];
        for key in shard.iter().chain(&own) {
            writes.push(update_write(self.change_uses(key, -1))?);
        }
        let outcome = transact(&self.client, "give a coupon's use back", writes).await?;
        let booking = self.booking_of(&booking.user, &booking.id).await?.ok_or(MoveBookingError::Missing)?;
        match outcome {
            Transaction::Done => Ok(booking),
            Transaction::Refused(_) => Err(MoveBookingError::WrongState(Box::new(booking))),
        }
    }
}

impl From<CreateBookingError> for RedeemError {
    fn from(error: CreateBookingError) -> Self {
        match error {
            CreateBookingError::Exists(booking) => Self::Exists(booking),
            CreateBookingError::Database(error) => Self::Database(error),
        }
    }
}

fn shard_keys(coupon: &Coupon) -> Vec<key::Key> {
    (0..coupon.shards()).map(|shard| key::coupon_shard(&coupon.organization, &coupon.code, shard)).collect()
}

/// As it lies in the table.
#[derive(Serialize, Deserialize)]
struct CouponRecord {
    organization: OrganizationId,
    code: CouponCode,
    #[serde(skip_serializing_if = "Option::is_none")]
    event: Option<EventId>,
    benefit: BenefitRecord,
    #[serde(skip_serializing_if = "Option::is_none")]
    valid_from: Option<Timestamp>,
    #[serde(skip_serializing_if = "Option::is_none")]
    valid_until: Option<Timestamp>,
    #[serde(skip_serializing_if = "Option::is_none")]
    minimum: Option<Money>,
    #[serde(skip_serializing_if = "Option::is_none")]
    uses_max: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    uses_per_user_max: Option<u32>,
    status: CouponStatus,
    created_at: Timestamp,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
enum BenefitRecord {
    Percentage(BasisPoints),
    Fixed(Money),
}

fn coupon_item(coupon: &Coupon) -> Result<Item, DatabaseError> {
    let Coupon { organization, code, event, benefit, valid_from, valid_until, minimum, uses_max, uses_per_user_max, status, created_at } =
        coupon.clone();
    let benefit = match benefit {
        Benefit::Percentage(rate) => BenefitRecord::Percentage(rate),
        Benefit::Fixed(amount) => BenefitRecord::Fixed(amount),
    };
    let key = key::coupon(&organization, &code);
    let listed = key::gsi(key::gsi_organization_coupons(&organization), key::gsi_moment_position(created_at, code.as_str()));
    let record = CouponRecord {
        organization,
        code,
        event,
        benefit,
        valid_from,
        valid_until,
        minimum,
        uses_max,
        uses_per_user_max,
        status,
        created_at,
    };
    let mut item = record::to_item(&key, &record)?;
    item.extend(listed);
    Ok(item)
}

fn coupon_from(item: Item) -> Result<Coupon, DatabaseError> {
    let record: CouponRecord = record::from_item(item)?;
    Ok(Coupon {
        organization: record.organization,
        code: record.code,
        event: record.event,
        benefit: match record.benefit {
            BenefitRecord::Percentage(rate) => Benefit::Percentage(rate),
            BenefitRecord::Fixed(amount) => Benefit::Fixed(amount),
        },
        valid_from: record.valid_from,
        valid_until: record.valid_until,
        minimum: record.minimum,
        uses_max: record.uses_max,
        uses_per_user_max: record.uses_per_user_max,
        status: record.status,
        created_at: record.created_at,
    })
}
