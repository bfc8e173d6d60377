//! The registry of identifiers. Each kind has a prefix of its own, so that one can never be taken for another.

use crate::coupon::CouponCode;
use crate::payment::Provider;
use crate::text::InvalidText;
use sha2::{Digest, Sha256};

/// Characters of an identifier's body: Crockford's base 32 in lower case, five bits each.
const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

/// Random identifiers carry 80 bits.
pub const ID_ENTROPY_BYTES: usize = 10;

/// Eighty random (or hashed) bits, as sixteen characters.
fn encode_80_bits(bytes: [u8; ID_ENTROPY_BYTES]) -> String {
    let bits = bytes.iter().fold(0u128, |bits, byte| bits << 8 | u128::from(*byte));
    encode(bits, 16)
}

fn encode(bits: u128, characters: u32) -> String {
    (0..characters).rev().map(|i| char::from(ALPHABET[(bits >> (5 * i) & 31) as usize])).collect()
}

fn hash_80_bits(parts: &[&str]) -> [u8; ID_ENTROPY_BYTES] {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update(part.len().to_be_bytes());
        hash.update(part.as_bytes());
    }
    let digest = hash.finalize();
    std::array::from_fn(|i| digest[i])
}

fn check(text: &str, prefix: &str, length: usize) -> Result<String, InvalidText> {
    let body = text.strip_prefix(prefix).unwrap_or_default();
    let valid = body.len() == length && body.bytes().all(|b| ALPHABET.contains(&b));
    valid.then(|| text.to_owned()).ok_or_else(|| InvalidText(format!("must be an identifier like {prefix}{}", "0".repeat(length))))
}

macro_rules! id {
    ($(#[$doc:meta])* $name:ident, $prefix:literal, $length:literal) => {
        crate::text::text_type! {
            $(#[$doc])*
            $name,
            parse = |text| check(text, $prefix, $length),
            schema = { pattern: concat!("^", $prefix, "[0-9a-hjkmnp-tv-z]{", $length, "}$") }
        }

        impl $name {
            /// What stands before the body.
            pub const PREFIX: &'static str = $prefix;

            #[allow(dead_code, reason = "not every kind needs its body")]
            fn body(&self) -> &str {
                &self.0[$prefix.len()..]
            }
        }
    };
}

macro_rules! random_id {
    ($($name:ident),*) => {$(
        impl $name {
            /// An identifier out of fresh random bytes.
            pub fn from_entropy(entropy: [u8; ID_ENTROPY_BYTES]) -> Self {
                Self(format!("{}{}", Self::PREFIX, encode_80_bits(entropy)))
            }
        }
    )*};
}

id! { /** A person with an account. */ UserId, "usr_", 26 }
id! { /** A party that sells. */ OrganizationId, "org_", 16 }
id! { /** A building or field. */ VenueId, "ven_", 16 }
id! { /** The thing advertised. */ EventId, "evt_", 16 }
id! { /** One date of an event. */ ShowId, "show_", 16 }
id! { /** A hold; its body is the holder named in every claim. */ HoldId, "hold_", 16 }
id! { /** A booking; shares its body with the hold it came from, so that one hold becomes one booking. */ BookingId, "book_", 16 }
id! { /** One attempt to pay for a booking. */ PaymentId, "pay_", 16 }
id! { /** The right to enter, one per place: its booking's body and two characters for the place's index in the booking. */ TicketId, "tick_", 18 }
id! { /** An uploaded picture. */ ImageId, "img_", 16 }
id! { /** Money on its way back to a buyer. */ RefundId, "ref_", 16 }
id! { /** An invoice or credit note; its number is for people, and has slashes. */ DocumentId, "doc_", 16 }

random_id!(OrganizationId, VenueId, EventId, ShowId, HoldId, ImageId, RefundId, DocumentId);

impl OrganizationId {
    /// Stands for the platform itself: who describes a venue as an admin without an organization describes it for all.
    pub fn platform() -> Self {
        Self::from_entropy([0; ID_ENTROPY_BYTES])
    }
}

/// The sixteen characters at the end of a claim: who has the place.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Holder(String);

/// Length of a holder in characters.
pub const HOLDER_LENGTH: usize = 16;

impl Holder {
    /// The sixteen characters.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The hold that this holder stands for.
    pub fn hold_id(&self) -> HoldId {
        HoldId(format!("{}{}", HoldId::PREFIX, self.0))
    }
}

impl HoldId {
    /// A hold made at `now`: 32 bits of seconds, so that bookings sort by age, then 48 random bits.
    pub fn at(now: jiff::Timestamp, entropy: [u8; 6]) -> Self {
        let seconds = u32::try_from(now.as_second().max(0)).unwrap_or(u32::MAX).to_be_bytes();
        Self::from_entropy(std::array::from_fn(|i| if i < 4 { seconds[i] } else { entropy[i - 4] }))
    }

    /// What the claims of this hold end with.
    pub fn holder(&self) -> Holder {
        Holder(self.body().to_owned())
    }

    /// The only booking that this hold can become.
    pub fn booking_id(&self) -> BookingId {
        BookingId(format!("{}{}", BookingId::PREFIX, self.body()))
    }
}

impl BookingId {
    /// What the claims of this booking's places end with: the same as its hold's.
    pub fn holder(&self) -> Holder {
        Holder(self.body().to_owned())
    }

    /// The payment of the `attempt`-th try with this provider; the first is 1. Two providers that are asked at the same time
    /// know two payments.
    pub fn payment_id(&self, attempt: u32, provider: Provider) -> PaymentId {
        let parts = ["payment", &self.0, &attempt.to_string(), provider.as_str()];
        PaymentId(format!("{}{}", PaymentId::PREFIX, encode_80_bits(hash_80_bits(&parts))))
    }

    /// The ticket for the place with this index. Derived, so that issuing twice makes the same ticket.
    pub fn ticket_id(&self, index: usize) -> TicketId {
        TicketId(format!("{}{}{}", TicketId::PREFIX, self.body(), encode(index as u128, 2)))
    }

    /// The number that people read to each other: `FR-` and eight characters. Not a key.
    pub fn number(&self) -> String {
        let body = self.body().to_ascii_uppercase();
        format!("FR-{}-{}", &body[..4], &body[4..8])
    }
}

impl PaymentId {
    /// The payment that pays the same with a coupon. A coupon that was refused leaves one behind that nobody pays; a provider must
    /// not take it for the payment of the full price.
    #[must_use]
    pub fn with_coupon(&self, coupon: &CouponCode) -> Self {
        Self(format!("{}{}", Self::PREFIX, encode_80_bits(hash_80_bits(&["coupon", &self.0, coupon.as_str()]))))
    }

    /// The refund that follows from this cause. Derived, so that asking twice makes the same refund.
    pub fn refund_id(&self, cause: &str) -> RefundId {
        RefundId::from_entropy(hash_80_bits(&["refund", &self.0, cause]))
    }

    /// The document that this posting leads to. Derived, so that issuing twice makes the same document.
    pub fn document_id(&self, posting: &str) -> DocumentId {
        DocumentId::from_entropy(hash_80_bits(&["document", &self.0, posting]))
    }
}

impl TicketId {
    /// The booking that this ticket belongs to.
    pub fn booking_id(&self) -> BookingId {
        BookingId(format!("{}{}", BookingId::PREFIX, &self.body()[..HOLDER_LENGTH]))
    }

    /// The index of its place in the booking.
    pub fn index(&self) -> usize {
        let digit = |c: u8| ALPHABET.iter().position(|a| *a == c).unwrap_or(0);
        self.body().as_bytes()[HOLDER_LENGTH..].iter().fold(0, |index, c| index * 32 + digit(*c))
    }

    /// As bytes: what the ticket code carries. Eleven and a quarter bytes of information in twelve.
    pub fn to_bytes(&self) -> [u8; 12] {
        let digit = |c: u8| ALPHABET.iter().position(|a| *a == c).unwrap_or(0) as u128;
        let bits = self.body().bytes().fold(0u128, |bits, c| bits << 5 | digit(c));
        std::array::from_fn(|i| (bits >> (8 * (11 - i)) & 255) as u8)
    }

    /// The ticket that these bytes stand for.
    pub fn from_bytes(bytes: [u8; 12]) -> Result<Self, InvalidText> {
        let bits = bytes.iter().fold(0u128, |bits, byte| bits << 8 | u128::from(*byte));
        if bits >> 90 == 0 {
            Ok(Self(format!("{}{}", Self::PREFIX, encode(bits, 18))))
        } else {
            Err(InvalidText("not a ticket".to_owned()))
        }
    }
}

impl ShowId {
    /// As bytes: what the ticket code carries.
    pub fn to_bytes(&self) -> [u8; ID_ENTROPY_BYTES] {
        let digit = |c: u8| ALPHABET.iter().position(|a| *a == c).unwrap_or(0) as u128;
        let bits = self.body().bytes().fold(0u128, |bits, c| bits << 5 | digit(c));
        std::array::from_fn(|i| (bits >> (8 * (9 - i)) & 255) as u8)
    }
}

impl std::str::FromStr for Holder {
    type Err = InvalidText;

    fn from_str(text: &str) -> Result<Self, InvalidText> {
        check(text, "", HOLDER_LENGTH).map(Self)
    }
}

impl UserId {
    /// The user with this Cognito `sub`, a UUID.
    pub fn from_subject(subject: &str) -> Result<Self, InvalidText> {
        let hex: String = subject.chars().filter(|c| *c != '-').collect();
        let valid = subject.len() == 36 && hex.len() == 32;
        let bits = if valid { u128::from_str_radix(&hex, 16).ok() } else { None };
        bits.map(|bits| Self(format!("{}{}", Self::PREFIX, encode(bits, 26)))).ok_or_else(|| InvalidText("must be a UUID".to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_of_one_kind_are_refused_as_another() {
        let show = ShowId::from_entropy([7; ID_ENTROPY_BYTES]);
        assert_eq!(show.to_string().parse::<ShowId>().unwrap(), show);
        assert!(show.to_string().parse::<EventId>().is_err());
        assert!("show_".parse::<ShowId>().is_err());
        assert!("show_00000000000000000".parse::<ShowId>().is_err());
        assert!("show_ILOU000000000000".parse::<ShowId>().is_err());
    }

    #[test]
    fn a_hold_its_booking_and_its_claims_share_one_body() {
        let hold = HoldId::from_entropy([3; ID_ENTROPY_BYTES]);
        assert_eq!(hold.booking_id().holder(), hold.holder());
        assert_eq!(hold.holder().hold_id(), hold);
    }

    #[test]
    fn a_ticket_knows_its_booking_and_place_and_survives_as_bytes() {
        let booking = HoldId::from_entropy([200; ID_ENTROPY_BYTES]).booking_id();
        for index in [0, 1, 19, 1_023] {
            let ticket = booking.ticket_id(index);
            assert_eq!((ticket.booking_id(), ticket.index()), (booking.clone(), index));
            assert_eq!(TicketId::from_bytes(ticket.to_bytes()).unwrap(), ticket);
        }
        assert!(TicketId::from_bytes([255; 12]).is_err());
        let show = ShowId::from_entropy([9; ID_ENTROPY_BYTES]);
        assert_eq!(ShowId::from_entropy(show.to_bytes()), show);
    }

    #[test]
    fn a_subject_gives_the_same_user_every_time() {
        let user = UserId::from_subject("8e0c5d9e-6d2d-4b39-9d5c-6f8a5e2d1c00").unwrap();
        assert_eq!(user, UserId::from_subject("8e0c5d9e-6d2d-4b39-9d5c-6f8a5e2d1c00").unwrap());
        assert!(UserId::from_subject("garbage").is_err());
        assert!(UserId::from_subject("8e0c5d9e-6d2d-4b39-9d5c-6f8a5e2d1c0g").is_err());
    }
}
