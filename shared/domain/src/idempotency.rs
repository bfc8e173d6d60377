//! Requests that say who they are, so that a repeat is recognized: the key, what was asked under it, and what follows from it.

use crate::id::ID_ENTROPY_BYTES;
use crate::text::{InvalidText, text_type};
use sha2::{Digest, Sha256};
use std::fmt::Write as _;

/// Longest key.
pub const KEY_BYTES_MAX: usize = 255;

text_type! {
    /// What a client calls one request: the same name for every try of it, another one for anything else.
    IdempotencyKey,
    parse = |text| {
        let valid = (1..=KEY_BYTES_MAX).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_graphic());
        valid.then(|| text.to_owned()).ok_or_else(|| InvalidText(format!("must be 1 to {KEY_BYTES_MAX} visible ASCII characters, without spaces")))
    },
    schema = { min_length: 1, max_length: KEY_BYTES_MAX, pattern: "^[!-~]{1,255}$" }
}

/// Tells one request from another: SHA-256 of its parts, each with its length before it, so that nothing can move from one to the next.
pub fn request_digest(parts: &[&[u8]]) -> String {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update(part.len().to_be_bytes());
        hash.update(part);
    }
    hex(&hash.finalize())
}

/// Bytes as a word.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut word, byte| {
        let _ = write!(word, "{byte:02x}");
        word
    })
}

/// The n-th identifier's bits of whoever has this seed: whoever draws again, draws the same.
pub fn drawn_entropy(seed: &str, n: u32) -> [u8; ID_ENTROPY_BYTES] {
    let digest = Sha256::new().chain_update(seed.as_bytes()).chain_update(n.to_be_bytes()).finalize();
    std::array::from_fn(|i| digest[i])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_1_to_255_visible_characters() {
        for key in ["a", "4f1d3a52-0d54-4a6e-9c1b-5d1c8a1f0e11", "!~#BOOKING#,", &"x".repeat(255)] {
            assert_eq!(key.parse::<IdempotencyKey>().map(String::from), Ok(key.to_owned()));
        }
        for key in ["", " ", "a b", "a\n", "ä", "\u{7f}", &"x".repeat(256)] {
            assert!(key.parse::<IdempotencyKey>().is_err(), "{key:?}");
        }
    }

    #[test]
    fn no_part_of_a_request_can_pass_for_another() {
        let digest = |parts: &[&str]| request_digest(&parts.iter().map(|part| part.as_bytes()).collect::<Vec<_>>());
        let all = [digest(&["ab", "c"]), digest(&["a", "bc"]), digest(&["abc"]), digest(&["abc", ""]), digest(&["", "abc"])];
        let distinct: std::collections::BTreeSet<&String> = all.iter().collect();
        assert_eq!(distinct.len(), all.len());
        assert_eq!(digest(&["ab", "c"]), all[0]);
        assert!(all.iter().all(|digest| digest.len() == 64));
    }

    #[test]
    fn a_seed_gives_the_same_identifiers_again_and_another_seed_others() {
        let draw = |seed: &str| (0..62).map(|n| drawn_entropy(seed, n)).collect::<std::collections::BTreeSet<_>>();
        assert_eq!(draw("a"), draw("a"));
        assert_eq!(draw("a").len(), 62);
        assert!(draw("a").is_disjoint(&draw("b")));
    }
}
