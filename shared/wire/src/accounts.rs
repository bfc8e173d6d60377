//! Accounts and profiles.

use domain::id::{OrganizationId, UserId};
use domain::secret::{Code, NewPassword, Password, Session, Token, TotpSecret};
use domain::text::{Email, Phone, Text};
use domain::user::{Profile, Role};
use serde::{Deserialize, Deserializer, Serialize};
use std::collections::BTreeSet;
use utoipa::ToSchema;

/// A new account.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SignUp {
    /// Where the code is sent, and what they sign in with.
    pub email: Email,
    /// With lower and upper case letters and digits; the pool may ask for more than eight characters.
    pub password: NewPassword,
    /// What to call them.
    pub name: Text<1, 100>,
}

/// An account was made; its address waits to be confirmed.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct SignedUp {
    /// Key.
    pub user_id: UserId,
}

/// The code that was mailed after the sign-up.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ConfirmAddress {
    /// Whose.
    pub email: Email,
    /// Out of the mail.
    pub code: Code,
}

/// Another code, for a mail that was lost.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ResendCode {
    /// Whose.
    pub email: Email,
}

/// Address and password.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SignIn {
    /// Who.
    pub email: Email,
    /// What only they know.
    pub password: Password,
}

/// The second factor.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct AnswerChallenge {
    /// Who.
    pub email: Email,
    /// As the sign-in answered.
    pub session: Session,
    /// From the authenticator.
    pub code: Code,
}

/// Signed in.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct TokensView {
    /// For the `Authorization` header: `Bearer …`.
    pub access_token: Token,
    /// Who they are, for the client.
    pub id_token: Token,
    /// For new tokens when these have run out; also set as a cookie that scripts cannot read.
    pub refresh_token: Token,
    /// Seconds until the access token runs out.
    pub expires_in: u32,
}

/// Which second factor.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
pub enum ChallengeKind {
    /// A code from an authenticator.
    #[serde(rename = "SOFTWARE_TOKEN_MFA")]
    SoftwareTokenMfa,
}

/// The password was right; a second factor is needed.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ChallengeView {
    /// Which.
    pub challenge: ChallengeKind,
    /// For `POST /v1/auth/challenge`.
    pub session: Session,
}

/// Tokens, or the question for a second factor.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(untagged)]
pub enum SignInView {
    /// Signed in.
    Tokens(TokensView),
    /// Not yet.
    Challenge(ChallengeView),
}

/// A refresh token, for clients that keep no cookies.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RefreshToken {
    /// The token; without it the cookie counts.
    #[serde(default, deserialize_with = "given")]
    pub refresh_token: Option<Token>,
}

/// The password is forgotten.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ForgotPassword {
    /// Whose.
    pub email: Email,
}

/// A new password in place of a forgotten one.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ResetPassword {
    /// Whose.
    pub email: Email,
    /// Out of the mail.
    pub code: Code,
    /// From now on.
    pub new_password: NewPassword,
}

/// A new password in place of a known one.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ChangePassword {
    /// Until now.
    pub current_password: Password,
    /// From now on.
    pub new_password: NewPassword,
}

/// What an authenticator needs to know. It counts only after `POST /v1/auth/mfa/verify`. Not to be printed: the address has the secret in it.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct MfaSecretView {
    /// To type in.
    pub secret: TotpSecret,
    /// To show as a QR code.
    pub otpauth_uri: String,
}

/// The proof that an authenticator knows the secret.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct EnableMfa {
    /// From the authenticator.
    pub code: Code,
}

/// What to change; what is left out stays.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct UpdateProfile {
    /// What to call them.
    #[serde(default, deserialize_with = "given")]
    pub name: Option<Text<1, 100>>,
    /// A telephone number; null takes it away.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<Phone>)]
    pub phone: Option<Option<Phone>>,
}

/// A person as they see themselves.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ProfileView {
    /// Key.
    pub user_id: UserId,
    /// Confirmed address.
    pub email: Email,
    /// What to call them.
    pub name: Text<1, 100>,
    /// For the organizer, if they like.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phone: Option<Phone>,
    /// What they may do, as their token says; everybody is a USER, and it comes first.
    pub roles: BTreeSet<Role>,
    /// The organization they sell or work for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub organization_id: Option<OrganizationId>,
    /// How many bookings they have made.
    pub bookings: u32,
}

impl ProfileView {
    /// The view of a profile, with what the token and the bookings add.
    pub fn new(profile: Profile, roles: BTreeSet<Role>, bookings: u32) -> Self {
        Self {
            user_id: profile.id,
            email: profile.email,
            name: profile.name,
            phone: profile.phone,
            roles,
            organization_id: profile.organization,
            bookings,
        }
    }
}

/// A member that may be left out, but is not null unless its type allows it.
pub(crate) fn given<'de, D: Deserializer<'de>, T: Deserialize<'de>>(deserializer: D) -> Result<Option<T>, D::Error> {
    T::deserialize(deserializer).map(Some)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn update(json: &str) -> Result<UpdateProfile, serde_json::Error> {
        serde_json::from_str(json)
    }

    #[test]
    fn a_phone_left_out_stays_and_null_takes_it_away() {
        assert_eq!(update("{}").unwrap().phone, None);
        assert_eq!(update(r#"{"phone":null}"#).unwrap().phone, Some(None));
        assert!(matches!(update(r#"{"phone":"+919876543210"}"#).unwrap().phone, Some(Some(_))));
        assert!(update(r#"{"phone":"12"}"#).is_err());
    }

    #[test]
    fn a_name_cannot_be_taken_away() {
        assert!(update(r#"{"name":null}"#).is_err());
        assert!(update(r#"{"name":"  "}"#).is_err());
        assert!(update(r#"{"nick":"x"}"#).is_err());
    }

    #[test]
    fn tokens_and_challenges_have_the_contracts_shape() {
        let token: Token = "a.b.c".parse().unwrap();
        let tokens = TokensView { access_token: token.clone(), id_token: token.clone(), refresh_token: token, expires_in: 3600 };
        let json = serde_json::to_string(&SignInView::Tokens(tokens.clone())).unwrap();
        assert_eq!(json, r#"{"accessToken":"a.b.c","idToken":"a.b.c","refreshToken":"a.b.c","expiresIn":3600}"#);
        assert!(!format!("{tokens:?}").contains("a.b.c"));

        let session: Session = "0123456789abcdefghij".parse().unwrap();
        let challenge = SignInView::Challenge(ChallengeView { challenge: ChallengeKind::SoftwareTokenMfa, session });
        let json = serde_json::to_string(&challenge).unwrap();
        assert_eq!(json, r#"{"challenge":"SOFTWARE_TOKEN_MFA","session":"0123456789abcdefghij"}"#);
    }

    #[test]
    fn a_body_that_is_printed_keeps_its_password_to_itself() {
        let body: SignIn = serde_json::from_str(r#"{"email":"a@b.cd","password":"hunter22"}"#).unwrap();
        assert!(!format!("{body:?}").contains("hunter22"));
    }

    #[test]
    fn a_person_is_a_user_before_anything_else() {
        let roles = BTreeSet::from([Role::Admin, Role::User, Role::Organizer]);
        assert_eq!(serde_json::to_string(&roles).unwrap(), r#"["USER","ORGANIZER","ADMIN"]"#);
    }
}
