//! The keys that tickets are signed with. Several, so that one can take over while the other's tickets are still out.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use ed25519_dalek::{Signature, Signer, SigningKey, Verifier};
use std::str::FromStr;

/// Ed25519 keys by their number; the first signs, all verify. Never printed.
#[derive(Clone)]
pub struct Keys(Vec<(u8, SigningKey)>);

/// The keys are not spelled as they must be.
#[derive(Debug, thiserror::Error)]
#[error("must be keys like 1:<base64 of 32 bytes>, separated by commas")]
pub struct InvalidKeys;

impl FromStr for Keys {
    type Err = InvalidKeys;

    fn from_str(text: &str) -> Result<Self, InvalidKeys> {
        let keys: Option<Vec<_>> = text.split(',').map(key).collect();
        keys.filter(|keys| !keys.is_empty()).map(Self).ok_or(InvalidKeys)
    }
}

fn key(spelled: &str) -> Option<(u8, SigningKey)> {
    let (number, seed) = spelled.trim().split_once(':')?;
    let seed: [u8; 32] = STANDARD.decode(seed).ok()?.try_into().ok()?;
    Some((number.parse().ok()?, SigningKey::from_bytes(&seed)))
}

impl Keys {
    /// What the world may know of them: each key's number, and the 32 bytes that its signatures are verified with.
    pub fn public(&self) -> impl Iterator<Item = (u8, [u8; 32])> {
        self.0.iter().map(|(number, key)| (*number, key.verifying_key().to_bytes()))
    }

    /// The number of the key that signs now.
    pub(crate) fn signing_number(&self) -> u8 {
        self.0[0].0
    }

    /// Signs with the newest key.
    pub(crate) fn sign(&self, message: &[u8]) -> [u8; 64] {
        self.0[0].1.sign(message).to_bytes()
    }

    /// Whether the key with this number made this signature.
    pub(crate) fn verify(&self, number: u8, message: &[u8], signature: [u8; 64]) -> bool {
        let key = self.0.iter().find(|(known, _)| *known == number);
        key.is_some_and(|(_, key)| key.verifying_key().verify(message, &Signature::from_bytes(&signature)).is_ok())
    }
}

impl std::fmt::Debug for Keys {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} keys", self.0.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_public_of_a_key_verifies_its_signatures_and_is_not_the_key() {
        let keys: Keys = "7:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=".parse().unwrap();
        let (number, public) = keys.public().next().unwrap();
        assert_eq!((number, public == [0; 32]), (7, false));
        let verifying = ed25519_dalek::VerifyingKey::from_bytes(&public).unwrap();
        assert!(verifying.verify_strict(b"a message", &Signature::from_bytes(&keys.sign(b"a message"))).is_ok());
    }
}
