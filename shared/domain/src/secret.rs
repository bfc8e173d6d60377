//! What nobody may see in a log: passwords, codes and tokens. None of these prints itself.

use crate::text::InvalidText;

/// Shortest password that an account may be given; Cognito's policy asks for more than length.
pub const PASSWORD_CHARACTERS_MIN: usize = 8;
/// Longest password that is looked at.
pub const PASSWORD_CHARACTERS_MAX: usize = 128;
/// Longest token that is looked at; Cognito's have about two thousand bytes.
pub const TOKEN_BYTES_MAX: usize = 8_192;
/// Shortest session that Cognito makes.
pub const SESSION_BYTES_MIN: usize = 20;
/// Longest session that Cognito makes.
pub const SESSION_BYTES_MAX: usize = 2_048;

const _: () = assert!(PASSWORD_CHARACTERS_MIN < PASSWORD_CHARACTERS_MAX);
const _: () = assert!(SESSION_BYTES_MIN < SESSION_BYTES_MAX);

/// Defines a `String` newtype that is parsed like a text type, but neither displays nor debugs as what it is.
macro_rules! secret_type {
    ($(#[$doc:meta])* $name:ident, parse = $parse:expr, schema = { $($key:ident : $value:expr),* $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, serde::Deserialize)]
        #[serde(try_from = "String")]
        pub struct $name(String);

        impl $name {
            /// The secret itself, for the one call that needs it.
            pub fn expose(&self) -> &str {
                &self.0
            }
        }

        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("***")
            }
        }

        impl std::str::FromStr for $name {
            type Err = InvalidText;

            fn from_str(text: &str) -> Result<Self, InvalidText> {
                let check: fn(&str) -> Result<(), InvalidText> = $parse;
                check(text).map(|()| Self(text.to_owned()))
            }
        }

        impl TryFrom<String> for $name {
            type Error = InvalidText;

            fn try_from(text: String) -> Result<Self, InvalidText> {
                text.parse()
            }
        }

        impl utoipa::PartialSchema for $name {
            fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
                utoipa::openapi::ObjectBuilder::new()
                    .schema_type(utoipa::openapi::schema::Type::String)
                    $(.$key(Some($value)))*
                    .into()
            }
        }

        impl utoipa::ToSchema for $name {
            fn name() -> std::borrow::Cow<'static, str> {
                std::borrow::Cow::Borrowed(stringify!($name))
            }
        }
    };
}

secret_type! {
    /// A password that somebody claims to know. One that is too short to be right is wrong, not malformed.
    Password,
    parse = |text| characters(text, 1, PASSWORD_CHARACTERS_MAX),
    schema = { min_length: 1, max_length: PASSWORD_CHARACTERS_MAX, format: password_format() }
}

secret_type! {
    /// A password that somebody chooses. Cognito accepts none that begins or ends with a space.
    NewPassword,
    parse = |text| {
        characters(text, PASSWORD_CHARACTERS_MIN, PASSWORD_CHARACTERS_MAX)?;
        let plain = text.trim() == text && !text.chars().any(char::is_control);
        plain.then_some(()).ok_or_else(|| InvalidText("must not begin or end with a space nor contain control characters".to_owned()))
    },
    schema = { min_length: PASSWORD_CHARACTERS_MIN, max_length: PASSWORD_CHARACTERS_MAX, format: password_format() }
}

secret_type! {
    /// Six digits, out of a mail or from an authenticator.
    Code,
    parse = |text| {
        let valid = text.len() == 6 && text.bytes().all(|byte| byte.is_ascii_digit());
        valid.then_some(()).ok_or_else(|| InvalidText("must be six digits".to_owned()))
    },
    schema = { pattern: "^[0-9]{6}$" }
}

secret_type! {
    /// What ties the answer of a challenge to the sign-in that was challenged.
    Session,
    parse = |text| graphic(text, SESSION_BYTES_MIN, SESSION_BYTES_MAX),
    schema = { min_length: SESSION_BYTES_MIN, max_length: SESSION_BYTES_MAX }
}

secret_type! {
    /// An access, id or refresh token.
    Token,
    parse = |text| {
        graphic(text, 1, TOKEN_BYTES_MAX)?;
        let fits_a_cookie = !text.bytes().any(|byte| matches!(byte, b';' | b',' | b'"' | b'\\'));
        fits_a_cookie.then_some(()).ok_or_else(|| InvalidText("must be a token".to_owned()))
    },
    schema = { min_length: 1, max_length: TOKEN_BYTES_MAX }
}

secret_type! {
    /// What an authenticator makes its codes of, in base 32.
    TotpSecret,
    parse = |text| {
        let valid = (16..=256).contains(&text.len()) && text.bytes().all(|byte| matches!(byte, b'A'..=b'Z' | b'2'..=b'7' | b'='));
        valid.then_some(()).ok_or_else(|| InvalidText("must be base 32".to_owned()))
    },
    schema = { pattern: "^[A-Z2-7]{16,256}=*$" }
}

/// Some secrets are answers: they travel once, to their owner.
macro_rules! answered {
    ($($name:ident),*) => {$(
        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(&self.0)
            }
        }
    )*};
}

answered!(Session, Token, TotpSecret);

fn password_format() -> utoipa::openapi::schema::SchemaFormat {
    utoipa::openapi::schema::SchemaFormat::KnownFormat(utoipa::openapi::schema::KnownFormat::Password)
}

fn characters(text: &str, min: usize, max: usize) -> Result<(), InvalidText> {
    let length = text.chars().count();
    let valid = (min..=max).contains(&length);
    valid.then_some(()).ok_or_else(|| InvalidText(format!("must have {min} to {max} characters, has {length}")))
}

fn graphic(text: &str, min: usize, max: usize) -> Result<(), InvalidText> {
    let valid = (min..=max).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_graphic());
    valid.then_some(()).ok_or_else(|| InvalidText(format!("must have {min} to {max} visible ASCII characters")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_secret_prints_itself() {
        let printed = [
            format!("{:?}", "hunter2".parse::<Password>().unwrap()),
            format!("{:?}", "correct horse".parse::<NewPassword>().unwrap()),
            format!("{:?}", "123456".parse::<Code>().unwrap()),
            format!("{:?}", "s".repeat(20).parse::<Session>().unwrap()),
            format!("{:?}", "a.b.c".parse::<Token>().unwrap()),
            format!("{:?}", "JBSWY3DPEHPK3PXP".parse::<TotpSecret>().unwrap()),
        ];
        assert_eq!(printed, ["***"; 6]);
    }

    #[test]
    fn a_refusal_does_not_repeat_the_secret() {
        let refused = "short".parse::<NewPassword>().unwrap_err();
        assert_eq!(refused.0, "must have 8 to 128 characters, has 5");
        assert!(!"12x456".parse::<Code>().unwrap_err().0.contains("12x456"));
    }

    #[test]
    fn a_new_password_has_8_to_128_characters_and_no_space_around_it() {
        assert!("pässwörd".parse::<NewPassword>().is_ok());
        assert!("x".repeat(128).parse::<NewPassword>().is_ok());
        for bad in ["", "1234567", " 12345678", "12345678 ", "1234\u{0}5678", &"x".repeat(129)] {
            assert!(bad.parse::<NewPassword>().is_err(), "{bad:?}");
        }
    }

    #[test]
    fn a_short_password_may_be_claimed_but_an_empty_or_endless_one_not() {
        assert!("x".parse::<Password>().is_ok());
        assert!("".parse::<Password>().is_err());
        assert!("x".repeat(129).parse::<Password>().is_err());
    }

    #[test]
    fn a_code_is_six_ascii_digits() {
        assert!("000000".parse::<Code>().is_ok());
        for bad in ["", "12345", "1234567", "12345a", "１２３４５６", " 12345"] {
            assert!(bad.parse::<Code>().is_err(), "{bad}");
        }
    }

    #[test]
    fn a_token_fits_into_a_cookie() {
        assert!("eyJ.a-b_c.d=".parse::<Token>().is_ok());
        for bad in ["", "a b", "a;b", "a,b", "a\"b", "ä", &"x".repeat(TOKEN_BYTES_MAX + 1)] {
            assert!(bad.parse::<Token>().is_err());
        }
    }
}
