//! The code: what the scanner reads. It can be checked without asking anybody.
//!
//! `FR1` and Base45 (RFC 9285, made for QR's alphanumeric mode) of:
//!
//! | bytes | what |
//! |---|---|
//! | 1 | version, 1 |
//! | 1 | number of the key |
//! | 10 | show |
//! | 12 | ticket |
//! | 4 + 4 | valid from and until, Unix seconds, big-endian |
//! | 1 + n | length and name of the place |
//! | 64 | Ed25519 signature of everything before it |

use crate::keys::Keys;
use domain::id::{ShowId, TicketId};
use domain::seat::SeatId;
use domain::ticket::CLOCK_SLACK;
use jiff::Timestamp;

/// What every code begins with.
const PREFIX: &str = "FR1";
const VERSION: u8 = 1;
const SIGNATURE_BYTES: usize = 64;
/// Everything but the place's name.
const FIXED_BYTES: usize = 1 + 1 + 10 + 12 + 4 + 4 + 1;
/// The longest text that is looked at: a code of the longest place name has fewer characters.
const CODE_CHARACTERS_MAX: usize = 300;

/// What a genuine code says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TicketCode {
    /// For which show.
    pub show: ShowId,
    /// Which ticket.
    pub ticket: TicketId,
    /// For which place.
    pub seat: SeatId,
    /// From when it lets somebody in.
    pub valid_from: Timestamp,
    /// Until when.
    pub valid_until: Timestamp,
}

/// Why a text is no ticket of ours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CodeError {
    /// Something else was scanned.
    #[error("not a ticket code")]
    Malformed,
    /// It looks like one, but nobody of ours signed it.
    #[error("the signature is not genuine")]
    Forged,
}

impl TicketCode {
    /// The text that goes into the picture.
    pub fn sign(&self, keys: &Keys) -> String {
        let mut bytes = Vec::with_capacity(FIXED_BYTES + 24 + SIGNATURE_BYTES);
        let seat = self.seat.to_string();
        bytes.extend([VERSION, keys.signing_number()]);
        bytes.extend(self.show.to_bytes());
        bytes.extend(self.ticket.to_bytes());
        bytes.extend(seconds(self.valid_from));
        bytes.extend(seconds(self.valid_until));
        bytes.push(u8::try_from(seat.len()).expect("a seat's name is short"));
        bytes.extend(seat.as_bytes());
        let signature = keys.sign(&bytes);
        bytes.extend(signature);
        format!("{PREFIX}{}", base45::encode(bytes))
    }

    /// What a scanned text says, if one of these keys signed it.
    pub fn verify(text: &str, keys: &Keys) -> Result<Self, CodeError> {
        let encoded = text.trim().strip_prefix(PREFIX).filter(|text| text.len() <= CODE_CHARACTERS_MAX).ok_or(CodeError::Malformed)?;
        let bytes = base45::decode(encoded).map_err(|_| CodeError::Malformed)?;
        let (message, signature) = bytes.split_last_chunk::<SIGNATURE_BYTES>().ok_or(CodeError::Malformed)?;
        let (fixed, seat) = message.split_first_chunk::<FIXED_BYTES>().ok_or(CodeError::Malformed)?;
        if fixed[0] != VERSION || usize::from(fixed[FIXED_BYTES - 1]) != seat.len() {
            return Err(CodeError::Malformed);
        }
        if !keys.verify(fixed[1], message, *signature) {
            return Err(CodeError::Forged);
        }
        let seat = std::str::from_utf8(seat).ok().and_then(|seat| seat.parse().ok()).ok_or(CodeError::Malformed)?;
        Ok(Self {
            show: ShowId::from_entropy(part(fixed, 2)),
            ticket: TicketId::from_bytes(part(fixed, 12)).map_err(|_| CodeError::Malformed)?,
            seat,
            valid_from: timestamp(part(fixed, 24)),
            valid_until: timestamp(part(fixed, 28)),
        })
    }

    /// Whether it lets somebody in at this moment, by a clock that may be a little wrong.
    pub fn opens_at(&self, at: Timestamp) -> bool {
        (self.valid_from - CLOCK_SLACK..=self.valid_until + CLOCK_SLACK).contains(&at)
    }
}

fn part<const N: usize>(bytes: &[u8], start: usize) -> [u8; N] {
    std::array::from_fn(|i| bytes[start + i])
}

fn seconds(at: Timestamp) -> [u8; 4] {
    u32::try_from(at.as_second().max(0)).unwrap_or(u32::MAX).to_be_bytes()
}

fn timestamp(bytes: [u8; 4]) -> Timestamp {
    Timestamp::from_second(i64::from(u32::from_be_bytes(bytes))).expect("32 bits of seconds are a timestamp")
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::id::HoldId;
    use proptest::prelude::*;

    fn keys(text: &str) -> Keys {
        text.parse().unwrap()
    }

    const ONE: &str = "1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";
    const TWO: &str = "2:AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE=";

    fn code() -> TicketCode {
        TicketCode {
            show: ShowId::from_entropy([3; 10]),
            ticket: HoldId::from_entropy([9; 10]).booking_id().ticket_id(2),
            seat: "STALLS-C-12".parse().unwrap(),
            valid_from: Timestamp::from_second(1_800_000_000).unwrap(),
            valid_until: Timestamp::from_second(1_800_090_000).unwrap(),
        }
    }

    #[test]
    fn a_code_is_read_back_as_it_was_signed() {
        let text = code().sign(&keys(ONE));
        assert!(text.starts_with("FR1") && text.len() < 200, "{}", text.len());
        assert_eq!(TicketCode::verify(&text, &keys(ONE)).unwrap(), code());
    }

    #[test]
    fn an_old_key_still_verifies_after_a_new_one_took_over() {
        let text = code().sign(&keys(ONE));
        assert!(TicketCode::verify(&text, &keys(&format!("{TWO},{ONE}"))).is_ok());
        assert_eq!(TicketCode::verify(&text, &keys(TWO)), Err(CodeError::Forged));
    }

    #[test]
    fn any_changed_character_makes_it_worthless() {
        let text = code().sign(&keys(ONE));
        for i in 0..text.len() {
            let mut bytes = text.clone().into_bytes();
            bytes[i] = if bytes[i] == b'7' { b'8' } else { b'7' };
            let changed = String::from_utf8(bytes).unwrap();
            assert!(TicketCode::verify(&changed, &keys(ONE)).is_err(), "{i}");
        }
    }

    #[test]
    fn it_opens_the_door_in_its_hours_and_a_little_around_them() {
        let code = code();
        let second = jiff::SignedDuration::from_secs(1);
        let (first, last) = (code.valid_from - CLOCK_SLACK, code.valid_until + CLOCK_SLACK);
        assert!([first, code.valid_from, code.valid_until, last].iter().all(|at| code.opens_at(*at)));
        assert!(!code.opens_at(first - second) && !code.opens_at(last + second));
    }

    proptest! {
        #[test]
        fn scanning_anything_never_panics(text in ".{0,400}", bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            prop_assert!(TicketCode::verify(&text, &keys(ONE)).is_err());
            let invented = format!("{PREFIX}{}", base45::encode(bytes));
            prop_assert!(TicketCode::verify(&invented, &keys(ONE)).is_err());
        }
    }
}
