//! HMAC-SHA256 in hexadecimal, compared in constant time.

use hmac::{Hmac, KeyInit, Mac};
use jiff::{SignedDuration, Timestamp};
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

/// How far from now, either way, a signature with a time may have been made.
const SIGNATURE_AGE_MAX: SignedDuration = SignedDuration::from_secs(300);
/// A header with more signatures than this is nobody's rotation.
const SIGNATURES_MAX: usize = 16;

/// Whether a header like `t=<seconds>,v1=<hexadecimal>[,v1=…]` signs `t.body` with one of these secrets, lately.
/// Several secrets and several signatures: either side may be changing its secret.
pub(crate) fn verify_timed(secrets: &[Vec<u8>], header: &str, body: &[u8], now: Timestamp) -> bool {
    let parts = header.split(',').filter_map(|part| part.trim().split_once('='));
    let Some((_, t)) = parts.clone().find(|(name, _)| *name == "t") else { return false };
    let Some(signed_at) = t.parse().ok().and_then(|t| Timestamp::from_second(t).ok()) else { return false };
    if now.duration_since(signed_at).abs() > SIGNATURE_AGE_MAX {
        return false;
    }
    let claimed: Vec<&str> = parts.filter(|(name, _)| *name == "v1").map(|(_, value)| value).take(SIGNATURES_MAX).collect();
    verify_any(secrets, &[t.as_bytes(), b".", body], &claimed)
}

/// Whether one of the signatures is that of these parts by one of the secrets. Every pair is compared, so that the time
/// tells nothing.
pub(crate) fn verify_any(secrets: &[Vec<u8>], parts: &[&[u8]], claimed: &[&str]) -> bool {
    let mut genuine = false;
    for secret in secrets {
        for claimed in claimed {
            genuine |= verify(secret, parts, claimed);
        }
    }
    genuine
}

/// The secrets of a setting that holds one or, while they are changed, several with commas between.
pub(crate) fn secrets_of(setting: &str) -> Vec<Vec<u8>> {
    setting.split(',').map(str::trim).filter(|secret| !secret.is_empty()).map(|secret| secret.as_bytes().to_vec()).collect()
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

    #[test]
    fn the_vectors_of_the_official_razorpay_library_are_met() {
        let webhook = "bfb23b2c7d107718775075488740001f1a1f3b584383f83e3f964efe3a78a6b1";
        assert!(verify(b"secret123", &[br#"{"event":"payment.captured"}"#], webhook));
        assert!(!verify(b"secret123", &[br#"{"event": "payment.captured"}"#], webhook), "the bytes count, not what they mean");
        let checkout = "6a493c6fe91acafa2b7ca016674b59defd18e451f816efd17f7c54b731f75125";
        assert!(verify(b"ksecret", &[b"order_IEIaMR65cu6nz3", b"|", b"pay_IH4NVgf4Dreq1l"], checkout));
    }

    #[test]
    fn a_signature_holds_for_five_minutes_both_ways_and_while_secrets_are_changed() {
        let at = |second| Timestamp::from_second(second).unwrap();
        let header = |t: &str, secret: &[u8]| format!("t={t},v0=zz,v1={}", sign(secret, &[t.as_bytes(), b".", b"body"]));
        let (old, new) = (b"old".to_vec(), b"new".to_vec());
        let both = secrets_of("new, old,");
        assert_eq!(both, [new.clone(), old.clone()]);
        let signed = header("1700000000", &old);
        for (now, genuine) in [(0, true), (300, true), (301, false), (-300, true), (-301, false)] {
            assert_eq!(verify_timed(&both, &signed, b"body", at(1_700_000_000 + now)), genuine, "{now} seconds later");
        }
        assert!(!verify_timed(&[new], &signed, b"body", at(1_700_000_000)), "the old secret is withdrawn");
        let two = format!("{signed},v1={}", "0".repeat(64));
        assert!(verify_timed(std::slice::from_ref(&old), &two, b"body", at(1_700_000_000)));
        let relabelled = signed.replace("t=1700000000", "t=1700000001");
        for forged in [relabelled.as_str(), "", "t=1700000000", "v1=", "t=,v1=", "t=99999999999999999999,v1=00", "t=-1,v1=00"] {
            assert!(!verify_timed(std::slice::from_ref(&old), forged, b"body", at(1_700_000_000)), "{forged}");
        }
        for body in [&b"bod"[..], b"body ", b"BODY", b""] {
            assert!(!verify_timed(std::slice::from_ref(&old), &signed, body, at(1_700_000_000)));
        }
        assert!(!verify_timed(&[], &signed, b"body", at(1_700_000_000)), "no secret opens nothing");
    }
}
