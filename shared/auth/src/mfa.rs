//! The second factor: codes from an authenticator (TOTP, RFC 6238).

use crate::{Accounts, CognitoFailure};
use aws_sdk_cognitoidentityprovider::error::SdkError;
use aws_sdk_cognitoidentityprovider::operation::associate_software_token::AssociateSoftwareTokenError as AssociateException;
use aws_sdk_cognitoidentityprovider::operation::set_user_mfa_preference::SetUserMFAPreferenceError as PreferenceException;
use aws_sdk_cognitoidentityprovider::operation::verify_software_token::VerifySoftwareTokenError as VerifyException;
use aws_sdk_cognitoidentityprovider::types::{SoftwareTokenMfaSettingsType, VerifySoftwareTokenResponseType};
use domain::secret::{Code, Token, TotpSecret};
use domain::text::Email;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

const SET_UP: &str = "make a secret for an authenticator";
const ENABLE: &str = "verify an authenticator";
const PREFER: &str = "set whether a second factor is asked for";

/// Under this name authenticators list the account.
const ISSUER: &str = "Frontrow";

/// What an authenticator makes its codes of. It counts only after a code of it was shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MfaSecret(TotpSecret);

/// Why there is no secret.
#[derive(Debug, thiserror::Error)]
pub enum SetUpMfaError {
    /// The access token was revoked.
    #[error("the access token is refused")]
    Refused,
    /// The same person does it twice at once.
    #[error("contended")]
    Contended,
    /// Nothing to be done.
    #[error(transparent)]
    Failed(#[from] CognitoFailure),
}

/// Why the second factor is still off.
#[derive(Debug, thiserror::Error)]
pub enum EnableMfaError {
    /// The access token was revoked.
    #[error("the access token is refused")]
    Refused,
    /// The code is not one of the secret's, or there is no secret.
    #[error("the code is refused")]
    CodeRefused,
    /// Too many tries.
    #[error("too many requests")]
    TooMany,
    /// Nothing to be done.
    #[error(transparent)]
    Failed(#[from] CognitoFailure),
}

/// Why the second factor is still on.
#[derive(Debug, thiserror::Error)]
pub enum DisableMfaError {
    /// The access token was revoked.
    #[error("the access token is refused")]
    Refused,
    /// Nothing to be done.
    #[error(transparent)]
    Failed(#[from] CognitoFailure),
}

impl MfaSecret {
    /// To type into an authenticator.
    pub fn secret(&self) -> &TotpSecret {
        &self.0
    }

    /// To show it as a QR code, in the form that authenticators agree on
    /// (<https://github.com/google/google-authenticator/wiki/Key-Uri-Format>).
    pub fn otpauth_uri(&self, email: &Email) -> String {
        let label = utf8_percent_encode(email.as_str(), NON_ALPHANUMERIC);
        format!("otpauth://totp/{ISSUER}:{label}?secret={}&issuer={ISSUER}", self.0.expose().trim_end_matches('='))
    }
}

impl Accounts {
    /// A fresh secret for the owner of this access token (`AssociateSoftwareToken`). One that is in use stays so until
    /// the new one is verified.
    pub async fn set_up_mfa(&self, access: &Token) -> Result<MfaSecret, SetUpMfaError> {
        let request = self.client.associate_software_token().access_token(access.expose());
        let output = request.send().await.map_err(|error| set_up_error(&error))?;
        let secret = output.secret_code().and_then(|secret| secret.parse().ok());
        secret.map(MfaSecret).ok_or_else(|| CognitoFailure::answer(SET_UP, "no usable secret").into())
    }

    /// Asks for the second factor from the next sign-in on, if the code proves that an authenticator has the secret
    /// (`VerifySoftwareToken`, then `SetUserMFAPreference`). Repeating it with a fresh code is harmless.
    pub async fn enable_mfa(&self, access: &Token, code: &Code) -> Result<(), EnableMfaError> {
        let request = self.client.verify_software_token().access_token(access.expose()).user_code(code.expose());
        let output = request.send().await.map_err(|error| enable_error(&error))?;
        if output.status() != Some(&VerifySoftwareTokenResponseType::Success) {
            return Err(EnableMfaError::CodeRefused);
        }
        self.ask_for_codes(access, true).await.map_err(|error| match disable_error(&error) {
            DisableMfaError::Refused => EnableMfaError::Refused,
            DisableMfaError::Failed(failure) => EnableMfaError::Failed(failure),
        })
    }

    /// Asks for no second factor any more (`SetUserMFAPreference`). Repeating it is harmless.
    pub async fn disable_mfa(&self, access: &Token) -> Result<(), DisableMfaError> {
        self.ask_for_codes(access, false).await.map_err(|error| disable_error(&error))
    }

    async fn ask_for_codes(&self, access: &Token, asked: bool) -> Result<(), SdkError<PreferenceException>> {
        let settings = SoftwareTokenMfaSettingsType::builder().enabled(asked).preferred_mfa(asked).build();
        let request = self.client.set_user_mfa_preference().access_token(access.expose()).software_token_mfa_settings(settings);
        request.send().await.map(|_| ())
    }
}

fn set_up_error(error: &SdkError<AssociateException>) -> SetUpMfaError {
    use AssociateException as E;
    match error.as_service_error() {
        Some(E::NotAuthorizedException(_)) => SetUpMfaError::Refused,
        Some(E::ConcurrentModificationException(_)) => SetUpMfaError::Contended,
        _ => CognitoFailure::of(SET_UP, error).into(),
    }
}

fn enable_error(error: &SdkError<VerifyException>) -> EnableMfaError {
    use VerifyException as E;
    match error.as_service_error() {
        Some(E::EnableSoftwareTokenMfaException(_) | E::CodeMismatchException(_)) => EnableMfaError::CodeRefused,
        Some(E::NotAuthorizedException(_) | E::UserNotFoundException(_) | E::UserNotConfirmedException(_)) => EnableMfaError::Refused,
        Some(E::TooManyRequestsException(_)) => EnableMfaError::TooMany,
        _ => CognitoFailure::of(ENABLE, error).into(),
    }
}

fn disable_error(error: &SdkError<PreferenceException>) -> DisableMfaError {
    use PreferenceException as E;
    match error.as_service_error() {
        Some(E::NotAuthorizedException(_) | E::UserNotFoundException(_) | E::UserNotConfirmedException(_)) => DisableMfaError::Refused,
        _ => CognitoFailure::of(PREFER, error).into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::failure::tests::refused;
    use aws_sdk_cognitoidentityprovider::types::error as exception;

    #[test]
    fn an_otpauth_uri_escapes_the_address_and_leaves_out_padding() {
        let secret = MfaSecret("JBSWY3DPEHPK3PXP====".parse().unwrap());
        let uri = secret.otpauth_uri(&"a+b&c@example.org".parse().unwrap());
        assert_eq!(uri, "otpauth://totp/Frontrow:a%2Bb%26c%40example%2Eorg?secret=JBSWY3DPEHPK3PXP&issuer=Frontrow");
    }

    #[test]
    fn a_secret_does_not_print_itself() {
        assert_eq!(format!("{:?}", MfaSecret("JBSWY3DPEHPK3PXP".parse().unwrap())), "MfaSecret(***)");
    }

    #[test]
    fn a_code_without_a_secret_is_a_wrong_code() {
        let of = |error| enable_error(&refused(error));
        let none = exception::EnableSoftwareTokenMfaException::builder().build();
        assert!(matches!(of(VerifyException::EnableSoftwareTokenMfaException(none)), EnableMfaError::CodeRefused));
        let mismatch = exception::CodeMismatchException::builder().build();
        assert!(matches!(of(VerifyException::CodeMismatchException(mismatch)), EnableMfaError::CodeRefused));
        let requests = exception::TooManyRequestsException::builder().build();
        assert!(matches!(of(VerifyException::TooManyRequestsException(requests)), EnableMfaError::TooMany));
    }

    #[test]
    fn a_revoked_token_opens_nothing() {
        let revoked = || exception::NotAuthorizedException::builder().build();
        assert!(matches!(set_up_error(&refused(AssociateException::NotAuthorizedException(revoked()))), SetUpMfaError::Refused));
        assert!(matches!(enable_error(&refused(VerifyException::NotAuthorizedException(revoked()))), EnableMfaError::Refused));
        assert!(matches!(disable_error(&refused(PreferenceException::NotAuthorizedException(revoked()))), DisableMfaError::Refused));
        let twice = exception::ConcurrentModificationException::builder().build();
        assert!(matches!(set_up_error(&refused(AssociateException::ConcurrentModificationException(twice))), SetUpMfaError::Contended));
    }
}
