//! From an address to an account.

use crate::{Accounts, CognitoFailure};
use aws_sdk_cognitoidentityprovider::error::SdkError;
use aws_sdk_cognitoidentityprovider::operation::confirm_sign_up::ConfirmSignUpError as ConfirmException;
use aws_sdk_cognitoidentityprovider::operation::resend_confirmation_code::ResendConfirmationCodeError as ResendException;
use aws_sdk_cognitoidentityprovider::operation::sign_up::SignUpError as SignUpException;
use aws_sdk_cognitoidentityprovider::types::AttributeType;
use domain::id::UserId;
use domain::secret::{Code, NewPassword};
use domain::text::{Email, Text};

const SIGN_UP: &str = "sign somebody up";
const CONFIRM: &str = "confirm an address";
const RESEND: &str = "send another code";

/// Why there is no new account.
#[derive(Debug, thiserror::Error)]
pub enum SignUpError {
    /// The address has one already.
    #[error("the address has an account")]
    Exists,
    /// The pool's policy asks for more.
    #[error("the password does not meet the policy")]
    PasswordRefused,
    /// The pool takes no such address.
    #[error("the address is not accepted")]
    AddressRefused,
    /// Too many sign-ups.
    #[error("too many requests")]
    TooMany,
    /// Nothing to be done.
    #[error(transparent)]
    Failed(#[from] CognitoFailure),
}

/// Why an address is not confirmed by this call.
#[derive(Debug, thiserror::Error)]
pub enum ConfirmError {
    /// The code is wrong or has run out, or there is no such account.
    #[error("the code is refused")]
    CodeRefused,
    /// It was confirmed before.
    #[error("the address is confirmed already")]
    AlreadyConfirmed,
    /// Too many tries.
    #[error("too many requests")]
    TooMany,
    /// Nothing to be done.
    #[error(transparent)]
    Failed(#[from] CognitoFailure),
}

/// Why no code was sent. An address without an account is no reason: nobody is told.
#[derive(Debug, thiserror::Error)]
pub enum ResendCodeError {
    /// Too many requests of all users together.
    #[error("too many requests")]
    TooMany,
    /// Nothing to be done.
    #[error(transparent)]
    Failed(#[from] CognitoFailure),
}

impl Accounts {
    /// Makes an account; Cognito mails a code to the address (`SignUp`).
    pub async fn sign_up(&self, email: &Email, password: &NewPassword, name: &Text<1, 100>) -> Result<UserId, SignUpError> {
        let request = self
            .client
            .sign_up()
            .client_id(self.client_id())
            .username(email.as_str())
            .password(password.expose())
            .user_attributes(attribute("email", email.as_str()))
            .user_attributes(attribute("name", name.as_str()));
        let output = request.send().await.map_err(|error| sign_up_error(&error))?;
        UserId::from_subject(output.user_sub()).map_err(|_| CognitoFailure::answer(SIGN_UP, "a sub that is no UUID").into())
    }

    /// Confirms that the address is theirs (`ConfirmSignUp`).
    pub async fn confirm(&self, email: &Email, code: &Code) -> Result<(), ConfirmError> {
        let request = self.client.confirm_sign_up().client_id(self.client_id()).username(email.as_str()).confirmation_code(code.expose());
        request.send().await.map(|_| ()).map_err(|error| confirm_error(&error))
    }

    /// Mails another code, if the address waits for one (`ResendConfirmationCode`).
    pub async fn resend_code(&self, email: &Email) -> Result<(), ResendCodeError> {
        let request = self.client.resend_confirmation_code().client_id(self.client_id()).username(email.as_str());
        request.send().await.map(|_| ()).or_else(|error| resend_outcome(&error))
    }
}

fn attribute(name: &str, value: &str) -> AttributeType {
    AttributeType::builder().name(name).value(value).build().expect("an attribute has a name")
}

fn sign_up_error(error: &SdkError<SignUpException>) -> SignUpError {
    use SignUpException as E;
    match error.as_service_error() {
        Some(E::UsernameExistsException(_)) => SignUpError::Exists,
        Some(E::InvalidPasswordException(_)) => SignUpError::PasswordRefused,
        // Name and password were parsed before; what is left is an address that only Cognito dislikes.
        Some(E::InvalidParameterException(_)) => SignUpError::AddressRefused,
        Some(E::TooManyRequestsException(_) | E::LimitExceededException(_)) => SignUpError::TooMany,
        _ => CognitoFailure::of(SIGN_UP, error).into(),
    }
}

fn confirm_error(error: &SdkError<ConfirmException>) -> ConfirmError {
    use ConfirmException as E;
    match error.as_service_error() {
        Some(E::CodeMismatchException(_) | E::ExpiredCodeException(_) | E::UserNotFoundException(_)) => ConfirmError::CodeRefused,
        // "User cannot be confirmed. Current status is CONFIRMED."
        Some(E::NotAuthorizedException(_)) => ConfirmError::AlreadyConfirmed,
        Some(E::TooManyRequestsException(_) | E::LimitExceededException(_) | E::TooManyFailedAttemptsException(_)) => ConfirmError::TooMany,
        _ => CognitoFailure::of(CONFIRM, error).into(),
    }
}

/// Cognito counts per user: that a limit was reached would tell that there is a user, so it counts as done.
fn resend_outcome(error: &SdkError<ResendException>) -> Result<(), ResendCodeError> {
    use ResendException as E;
    match error.as_service_error() {
        Some(
            E::UserNotFoundException(_)
            | E::NotAuthorizedException(_)
            // "User is already confirmed."
            | E::InvalidParameterException(_)
            | E::LimitExceededException(_),
        ) => Ok(()),
        Some(E::TooManyRequestsException(_)) => Err(ResendCodeError::TooMany),
        _ => Err(CognitoFailure::of(RESEND, error).into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::failure::tests::refused;
    use aws_sdk_cognitoidentityprovider::types::error as exception;

    #[test]
    fn signing_up_has_the_domains_words_for_every_exception_that_a_person_can_cause() {
        let of = |error| sign_up_error(&refused(error));
        let exists = exception::UsernameExistsException::builder().build();
        assert!(matches!(of(SignUpException::UsernameExistsException(exists)), SignUpError::Exists));
        let password = exception::InvalidPasswordException::builder().build();
        assert!(matches!(of(SignUpException::InvalidPasswordException(password)), SignUpError::PasswordRefused));
        let parameter = exception::InvalidParameterException::builder().build();
        assert!(matches!(of(SignUpException::InvalidParameterException(parameter)), SignUpError::AddressRefused));
        let requests = exception::TooManyRequestsException::builder().build();
        assert!(matches!(of(SignUpException::TooManyRequestsException(requests)), SignUpError::TooMany));
        let internal = exception::InternalErrorException::builder().build();
        assert!(matches!(of(SignUpException::InternalErrorException(internal)), SignUpError::Failed(_)));
    }

    #[test]
    fn an_unknown_address_is_a_wrong_code() {
        let of = |error| confirm_error(&refused(error));
        let unknown = exception::UserNotFoundException::builder().build();
        assert!(matches!(of(ConfirmException::UserNotFoundException(unknown)), ConfirmError::CodeRefused));
        let mismatch = exception::CodeMismatchException::builder().build();
        assert!(matches!(of(ConfirmException::CodeMismatchException(mismatch)), ConfirmError::CodeRefused));
        let expired = exception::ExpiredCodeException::builder().build();
        assert!(matches!(of(ConfirmException::ExpiredCodeException(expired)), ConfirmError::CodeRefused));
        let status = exception::NotAuthorizedException::builder().build();
        assert!(matches!(of(ConfirmException::NotAuthorizedException(status)), ConfirmError::AlreadyConfirmed));
        let tries = exception::TooManyFailedAttemptsException::builder().build();
        assert!(matches!(of(ConfirmException::TooManyFailedAttemptsException(tries)), ConfirmError::TooMany));
    }

    #[test]
    fn nobody_learns_from_a_resent_code_whether_there_is_an_account() {
        let of = |error| resend_outcome(&refused(error));
        let unknown = exception::UserNotFoundException::builder().build();
        assert!(of(ResendException::UserNotFoundException(unknown)).is_ok());
        let confirmed = exception::InvalidParameterException::builder().build();
        assert!(of(ResendException::InvalidParameterException(confirmed)).is_ok());
        let limit = exception::LimitExceededException::builder().build();
        assert!(of(ResendException::LimitExceededException(limit)).is_ok());
        let requests = exception::TooManyRequestsException::builder().build();
        assert!(matches!(of(ResendException::TooManyRequestsException(requests)), Err(ResendCodeError::TooMany)));
    }
}
