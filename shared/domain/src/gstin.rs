//! The number under which a seller is registered for India's goods and services tax.

use crate::region::RegionCode;
use crate::text::{InvalidText, text_type};

/// The signs of a GSTIN, each worth its place.
const SIGNS: &[u8; 36] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
/// State, PAN, registration within the state, `Z`, check sign.
const SHAPE: &str = "ddAAAAAddddAwZw";

text_type! {
    /// A GSTIN, as `27AAPFU0939F1ZV`: fifteen signs, the last of which checks the others. (Rule 10 CGST Rules 2017: two signs for the
    /// state, ten for the permanent account number, two for the entity, one check sum.)
    Gstin,
    parse = |text| {
        let valid = text.len() == SHAPE.len() && text.bytes().zip(SHAPE.bytes()).all(|(sign, shape)| fits(sign, shape));
        let genuine = valid && check_sign(&text[..SHAPE.len() - 1]) == text.as_bytes().last().copied();
        genuine.then(|| text.to_owned()).ok_or_else(|| InvalidText("must be a GSTIN like 27AAPFU0939F1ZV".to_owned()))
    },
    schema = { pattern: "^[0-9]{2}[A-Z]{5}[0-9]{4}[A-Z][0-9A-Z]Z[0-9A-Z]$" }
}

impl Gstin {
    /// Whether it was given out in this region.
    pub fn is_of(&self, region: &RegionCode) -> bool {
        region.state().is_some_and(|state| self.as_str().starts_with(state.gst))
    }
}

fn fits(sign: u8, shape: u8) -> bool {
    match shape {
        b'd' => sign.is_ascii_digit(),
        b'A' => sign.is_ascii_uppercase(),
        b'w' => sign.is_ascii_uppercase() || sign.is_ascii_digit(),
        other => sign == other,
    }
}

/// The check sign by the Luhn algorithm in base 36: every second sign counts twice, the digits of each product are added.
fn check_sign(signs: &str) -> Option<u8> {
    let mut sum = 0;
    for (place, sign) in signs.bytes().enumerate() {
        let worth = SIGNS.iter().position(|known| *known == sign)?;
        let product = worth * (1 + place % 2);
        sum += product / SIGNS.len() + product % SIGNS.len();
    }
    Some(SIGNS[(SIGNS.len() - sum % SIGNS.len()) % SIGNS.len()])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn published_numbers_are_genuine() {
        for genuine in ["27AAPFU0939F1ZV", "29AAGCB7383J1Z4", "24AAACC1206D1ZM"] {
            let computed = check_sign(&genuine[..14]).map(char::from);
            assert!(genuine.parse::<Gstin>().is_ok(), "{genuine} ends in {computed:?}");
        }
    }

    #[test]
    fn every_wrong_sign_is_noticed() {
        let genuine = "27AAPFU0939F1ZV";
        for place in 0..genuine.len() {
            for sign in SIGNS.iter().filter(|sign| **sign != genuine.as_bytes()[place]) {
                let mut wrong = genuine.as_bytes().to_vec();
                wrong[place] = *sign;
                assert!(String::from_utf8(wrong).unwrap().parse::<Gstin>().is_err(), "{place} {}", char::from(*sign));
            }
        }
        for bad in ["", "27AAPFU0939F1Z", "27AAPFU0939F1ZVV", "27aapfu0939f1zv", "27AAPFU0939F1Z\u{e9}"] {
            assert!(bad.parse::<Gstin>().is_err(), "{bad}");
        }
    }

    #[test]
    fn a_number_belongs_to_one_state() {
        let gstin: Gstin = "27AAPFU0939F1ZV".parse().unwrap();
        assert!(gstin.is_of(&"IN-MH".parse().unwrap()));
        assert!(!gstin.is_of(&"IN-KA".parse().unwrap()) && !gstin.is_of(&"DE-BE".parse().unwrap()));
    }
}
