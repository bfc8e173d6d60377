//! Bounded text: what people type, checked once at the door.

use std::{fmt, str::FromStr};

/// Why a piece of text was refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct InvalidText(pub String);

/// Defines a `String` newtype that is parsed with `FromStr`, travels as a JSON string and is described in OpenAPI.
macro_rules! text_type {
    ($(#[$doc:meta])* $name:ident, parse = $parse:expr, schema = { $($key:ident : $value:expr),* $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(String);

        impl $name {
            /// The text itself.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::text::InvalidText;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                let parse: fn(&str) -> Result<String, $crate::text::InvalidText> = $parse;
                parse(text).map(Self)
            }
        }

        impl TryFrom<String> for $name {
            type Error = $crate::text::InvalidText;

            fn try_from(text: String) -> Result<Self, Self::Error> {
                text.parse()
            }
        }

        impl From<$name> for String {
            fn from(value: $name) -> String {
                value.0
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&self.0)
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
pub(crate) use text_type;

/// Text of `MIN` to `MAX` characters after trimming, without control characters (line breaks are allowed).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Text<const MIN: usize, const MAX: usize>(String);

impl<const MIN: usize, const MAX: usize> Text<MIN, MAX> {
    /// The text itself.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl<const MIN: usize, const MAX: usize> FromStr for Text<MIN, MAX> {
    type Err = InvalidText;

    fn from_str(text: &str) -> Result<Self, InvalidText> {
        let text = text.trim();
        let length = text.chars().count();
        if length < MIN || length > MAX {
            return Err(InvalidText(format!("must have {MIN} to {MAX} characters, has {length}")));
        }
        if text.chars().any(|c| c.is_control() && c != '\n') {
            return Err(InvalidText("must not contain control characters".to_owned()));
        }
        Ok(Self(text.to_owned()))
    }
}

impl<const MIN: usize, const MAX: usize> TryFrom<String> for Text<MIN, MAX> {
    type Error = InvalidText;

    fn try_from(text: String) -> Result<Self, InvalidText> {
        text.parse()
    }
}

impl<const MIN: usize, const MAX: usize> From<Text<MIN, MAX>> for String {
    fn from(value: Text<MIN, MAX>) -> String {
        value.0
    }
}

impl<const MIN: usize, const MAX: usize> fmt::Display for Text<MIN, MAX> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl<const MIN: usize, const MAX: usize> utoipa::PartialSchema for Text<MIN, MAX> {
    fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
        utoipa::openapi::ObjectBuilder::new()
            .schema_type(utoipa::openapi::schema::Type::String)
            .min_length(Some(MIN))
            .max_length(Some(MAX))
            .into()
    }
}

impl<const MIN: usize, const MAX: usize> utoipa::ToSchema for Text<MIN, MAX> {
    fn name() -> std::borrow::Cow<'static, str> {
        format!("Text{MIN}To{MAX}").into()
    }
}

text_type! {
    /// An e-mail address, lower-cased: Cognito's user name and the only contact we need.
    Email,
    parse = |text| {
        let text = text.trim().to_lowercase();
        let valid = text.len() <= 254
            && text.split_once('@').is_some_and(|(local, host)| {
                !local.is_empty()
                    && local.len() <= 64
                    && host.contains('.')
                    && !host.starts_with('.')
                    && !host.ends_with('.')
                    && !host.contains("..")
                    && !host.contains('@')
            })
            && text.chars().all(|c| c.is_ascii_graphic() && !matches!(c, '<' | '>' | '"' | ',' | ';' | '\\' | '(' | ')'));
        valid.then_some(text).ok_or_else(|| InvalidText("must be an e-mail address".to_owned()))
    },
    schema = { max_length: 254, format: utoipa::openapi::schema::SchemaFormat::Custom("email".to_owned()) }
}

text_type! {
    /// A telephone number in E.164 form, as `+919876543210`.
    Phone,
    parse = |text| {
        let digits = text.strip_prefix('+').unwrap_or_default();
        let valid = (8..=15).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit()) && !digits.starts_with('0');
        valid.then(|| text.to_owned()).ok_or_else(|| InvalidText("must be a telephone number like +919876543210".to_owned()))
    },
    schema = { pattern: r"^\+[1-9][0-9]{7,14}$" }
}

text_type! {
    /// An IANA time zone name that the time zone database knows, as `Asia/Kolkata`.
    ZoneName,
    parse = |text| {
        jiff::tz::TimeZone::get(text)
            .ok()
            .filter(|_| text.len() <= 40)
            .map(|_| text.to_owned())
            .ok_or_else(|| InvalidText("must be an IANA time zone like Asia/Kolkata".to_owned()))
    },
    schema = { max_length: 40 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_trimmed_and_bounded() {
        assert_eq!("  a b ".parse::<Text<1, 5>>().unwrap().as_str(), "a b");
        assert!("".parse::<Text<1, 5>>().is_err());
        assert!("123456".parse::<Text<1, 5>>().is_err());
        assert!("a\u{7}b".parse::<Text<1, 5>>().is_err());
    }

    #[test]
    fn an_email_needs_a_local_part_and_a_host_with_a_dot() {
        assert_eq!("A.b@Example.org".parse::<Email>().unwrap().as_str(), "a.b@example.org");
        for bad in ["", "a", "a@b", "@b.c", "a@b..c", "a b@c.d", "a@b@c.d", "a@.b", "<a@b.c>"] {
            assert!(bad.parse::<Email>().is_err(), "{bad}");
        }
    }
}
