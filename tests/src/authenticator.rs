//! An authenticator, as people have on their telephones: codes of RFC 6238.

use aws_lc_rs::hmac;

/// A code is another one after so long.
const STEP_SECONDS: u64 = 30;
/// Codes have six digits.
const CODES: u32 = 1_000_000;

/// The code of this secret, which is in base 32, now.
pub fn code(secret: &str) -> String {
    let now = std::time::UNIX_EPOCH.elapsed().expect("after 1970").as_secs();
    code_at(&decoded(secret), now)
}

/// A code that is certainly not the secret's: neither now, nor a step before or after.
pub fn wrong_code(secret: &str) -> String {
    let now = std::time::UNIX_EPOCH.elapsed().expect("after 1970").as_secs();
    let secret = decoded(secret);
    let steps = [now - 2 * STEP_SECONDS, now - STEP_SECONDS, now, now + STEP_SECONDS, now + 2 * STEP_SECONDS];
    let right = steps.map(|at| code_at(&secret, at));
    let mut all = (0..CODES).map(|number| format!("{number:06}"));
    all.find(|wrong| !right.contains(wrong)).expect("five of a million are right")
}

/// The code of this secret at so many seconds after 1970.
pub fn code_at(secret: &[u8], seconds: u64) -> String {
    let key = hmac::Key::new(hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY, secret);
    let tag = hmac::sign(&key, &(seconds / STEP_SECONDS).to_be_bytes());
    let tag = tag.as_ref();
    let offset = usize::from(tag[tag.len() - 1] & 0x0f);
    let word = u32::from_be_bytes(*tag[offset..].first_chunk().expect("an SHA-1 has twenty bytes")) & 0x7fff_ffff;
    format!("{:06}", word % CODES)
}

/// RFC 4648 base 32, whose padding says nothing.
fn decoded(text: &str) -> Vec<u8> {
    let (mut bytes, mut bits, mut count) = (Vec::new(), 0_u32, 0);
    for letter in text.trim_end_matches('=').bytes() {
        let value = match letter {
            b'A'..=b'Z' => letter - b'A',
            b'2'..=b'7' => letter - b'2' + 26,
            _ => panic!("{text} is not base 32"),
        };
        bits = (bits << 5 | u32::from(value)) & 0xfff;
        count += 5;
        if count >= 8 {
            count -= 8;
            bytes.push(u8::try_from(bits >> count & 0xff).expect("eight bits"));
        }
    }
    bytes
}
