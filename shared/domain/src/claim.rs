//! The claim: who has a place, and until when.
//!
//! Eight hexadecimal digits of expiry (Unix seconds), then the sixteen characters of the holder. Plain string order does
//! the work: a claim is live at `now` exactly if it is not smaller than the eight digits of `now`, because a longer string
//! with an equal beginning is greater. A sold claim begins with a `~`, which is greater than every digit, and so never
//! lapses; it needs no expiry, and what is written once and read by every viewer of the map is kept short.

use crate::id::{HOLDER_LENGTH, Holder};
use crate::text::InvalidText;
use jiff::Timestamp;
use std::{fmt, str::FromStr};

/// What a claim that never expires begins with.
pub const SOLD_PREFIX: &str = "~";
/// Who holds places that the organizer withdrew. Capitals, so that no holder can equal it.
pub const BLOCKED_HOLDER: &str = "BLOCKED000000000";
/// How many characters of a claim that expires say when.
const EXPIRY_LENGTH: usize = 8;

/// The eight hexadecimal digits of a moment, for comparing with claims. Clamped to what 32 bits can say (1970 to 2106).
pub fn hex_seconds(at: Timestamp) -> String {
    let seconds = u32::try_from(at.as_second().max(0)).unwrap_or(u32::MAX - 1).min(u32::MAX - 1);
    format!("{seconds:08x}")
}

/// Who has a place and until when.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Claim(String);

/// What a claim means at some moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PlaceState {
    /// Anybody may take it.
    Available,
    /// Somebody has it for a few minutes.
    Held,
    /// Sold.
    Booked,
    /// Withdrawn by the organizer, or the show is closed.
    Blocked,
}

impl PlaceState {
    /// The letter that the seat map uses.
    pub fn letter(self) -> char {
        match self {
            Self::Available => 'A',
            Self::Held => 'H',
            Self::Booked => 'B',
            Self::Blocked => 'X',
        }
    }
}

impl Claim {
    /// A claim that holds until the second `until` has passed.
    pub fn held(until: Timestamp, holder: &Holder) -> Self {
        Self(format!("{}{}", hex_seconds(until), holder.as_str()))
    }

    /// A claim that never expires.
    pub fn sold(holder: &Holder) -> Self {
        Self(format!("{SOLD_PREFIX}{}", holder.as_str()))
    }

    /// The organizer's own.
    pub fn blocked() -> Self {
        Self(format!("{SOLD_PREFIX}{BLOCKED_HOLDER}"))
    }

    /// 24 characters, or 17 of one that never expires.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The sixteen characters of whoever has it.
    pub fn holder(&self) -> &str {
        &self.0[self.0.len() - HOLDER_LENGTH..]
    }

    /// Whether it never expires: sold, or the organizer's own.
    pub fn is_for_good(&self) -> bool {
        self.0.starts_with(SOLD_PREFIX)
    }

    /// What this claim means at `now`.
    pub fn state(&self, now: Timestamp) -> PlaceState {
        if self.holder() == BLOCKED_HOLDER {
            PlaceState::Blocked
        } else if self.is_for_good() {
            PlaceState::Booked
        } else if self.0.as_str() < hex_seconds(now).as_str() {
            PlaceState::Available
        } else {
            PlaceState::Held
        }
    }
}

impl FromStr for Claim {
    type Err = InvalidText;

    fn from_str(text: &str) -> Result<Self, InvalidText> {
        let hexadecimal = |b: u8| b.is_ascii_digit() || (b'a'..=b'f').contains(&b);
        let split = text.is_ascii().then(|| text.split_at_checked(text.len().saturating_sub(HOLDER_LENGTH))).flatten();
        let valid = split.is_some_and(|(until, holder)| {
            let expires = until.len() == EXPIRY_LENGTH && until.bytes().all(hexadecimal);
            (expires && holder.parse::<Holder>().is_ok())
                || (until == SOLD_PREFIX && (holder.parse::<Holder>().is_ok() || holder == BLOCKED_HOLDER))
        });
        valid.then(|| Self(text.to_owned())).ok_or_else(|| InvalidText("not a claim".to_owned()))
    }
}

impl fmt::Display for Claim {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::HoldId;
    use proptest::prelude::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    fn holder(byte: u8) -> Holder {
        HoldId::from_entropy([byte; 10]).holder()
    }

    #[test]
    fn a_claim_that_ends_exactly_now_still_holds() {
        let claim = Claim::held(at(1_800_000_000), &holder(1));
        assert_eq!(claim.state(at(1_800_000_000)), PlaceState::Held);
        assert_eq!(claim.state(at(1_800_000_001)), PlaceState::Available);
    }

    #[test]
    fn sold_and_blocked_claims_never_lapse() {
        let late = at(4_294_967_295 + 1_000);
        assert_eq!(Claim::sold(&holder(1)).state(late), PlaceState::Booked);
        assert_eq!(Claim::blocked().state(late), PlaceState::Blocked);
        let last = hex_seconds(late);
        assert!(Claim::sold(&holder(1)).as_str() > last.as_str() && Claim::blocked().as_str() > last.as_str());
    }

    proptest! {
        #[test]
        fn string_order_is_time_order(until in 0i64..4_294_967_294, now in 0i64..4_294_967_294, byte: u8) {
            let claim = Claim::held(at(until), &holder(byte));
            prop_assert_eq!(claim.state(at(now)) == PlaceState::Held, until >= now);
        }

        #[test]
        fn parsing_never_panics_and_reads_back_what_it_accepts(text in "[~0-9a-fBLOCKED]{0,9}[0-9a-z]{16}|.{0,30}") {
            if let Ok(claim) = text.parse::<Claim>() {
                prop_assert_eq!(claim.to_string(), text);
            }
        }
    }
}
