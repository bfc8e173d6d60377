//! HMAC-SHA256 in hexadecimal, compared in constant time.

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use std::fmt::Write as _;
use subtle::ConstantTimeEq;

/// The signature of these parts, one after the other.
pub(crate) fn sign(secret: &[u8], parts: &[&[u8]]) -> String {
    let mut mac = Hmac::<Sha256>::new_from_slice(secret).expect("HMAC takes keys of any length");
    for part in parts {
        mac.update(part);
    }
    let mut hexadecimal = String::with_capacity(64);
    for byte in mac.finalize().into_bytes() {
        let _ = write!(hexadecimal, "{byte:02x}");
    }
    hexadecimal
}

/// Whether `claimed` is the signature of these parts.
pub(crate) fn verify(secret: &[u8], parts: &[&[u8]], claimed: &str) -> bool {
    sign(secret, parts).as_bytes().ct_eq(claimed.as_bytes()).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_vector_of_the_official_stripe_library_is_met() {
        // facts: secret whsec_test_secret, t=1700000000, signed payload `t.body`.
        let body = br#"{"id":"evt_test","object":"event","type":"payment_intent.succeeded"}"#;
        let expected = "f457ee3d89f52f9f02936e1cd1173dd5dfa132cdc78ec55ea964a53098c5a1c0";
        assert!(verify(b"whsec_test_secret", &[b"1700000000", b".", body], expected));
        assert!(!verify(b"whsec_test_secret", &[b"1700000001", b".", body], expected));
        assert!(!verify(b"another", &[b"1700000000", b".", body], expected));
        assert!(!verify(b"whsec_test_secret", &[b"1700000000", b".", body], ""));
    }
}
