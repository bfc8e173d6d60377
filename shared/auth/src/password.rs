//! Passwords that are forgotten, and passwords that are changed.

use crate::{Accounts, CognitoFailure};
use aws_sdk_cognitoidentityprovider::error::SdkError;
use aws_sdk_cognitoidentityprovider::operation::change_password::ChangePasswordError as ChangeException;
use aws_sdk_cognitoidentityprovider::operation::confirm_forgot_password::ConfirmForgotPasswordError as ResetException;
use aws_sdk_cognitoidentityprovider::operation::forgot_password::ForgotPasswordError as ForgotException;
use domain::secret::{Code, NewPassword, Password, Token};
use domain::text::Email;

const FORGOT: &str = "send a code for a new password";
const RESET: &str = "reset a password";
const CHANGE: &str = "change a password";

/// Why no code was sent. An address without an account is no reason: nobody is told.
#[derive(Debug, thiserror::Error)]
pub enum ForgotPasswordError {
    /// Too many requests of all users together.
    #[error("too many requests")]
    TooMany,
    /// Nothing to be done.
    #[error(transparent)]
    Failed(#[from] CognitoFailure),
}

/// Why a forgotten password stays.
#[derive(Debug, thiserror::Error)]
pub enum ResetPasswordError {
    /// The code is wrong, has run out or was never asked for, or there is no such account.
    #[error("the code is refused")]
    CodeRefused,
    /// The pool's policy asks for more.
    #[error("the password does not meet the policy")]
    PasswordRefused,
    /// Too many tries.
    #[error("too many requests")]
    TooMany,
    /// Nothing to be done.
    #[error(transparent)]
    Failed(#[from] CognitoFailure),
}

/// Why a known password stays.
#[derive(Debug, thiserror::Error)]
pub enum ChangePasswordError {
    /// The present password is wrong, or the token was revoked.
    #[error("the present password is wrong")]
    Refused,
    /// The pool's policy asks for more.
    #[error("the password does not meet the policy")]
    PasswordRefused,
    /// Too many tries.
    #[error("too many requests")]
    TooMany,
    /// Nothing to be done.
    #[error(transparent)]
    Failed(#[from] CognitoFailure),
}

impl Accounts {
    /// Mails a code for a new password, if there is such an account (`ForgotPassword`).
    pub async fn forgot_password(&self, email: &Email) -> Result<(), ForgotPasswordError> {
        let request = self.client.forgot_password().client_id(self.client_id()).username(email.as_str());
        request.send().await.map(|_| ()).or_else(|error| forgot_outcome(&error))
    }

    /// Sets a new password with the mailed code (`ConfirmForgotPassword`).
    pub async fn reset_password(&self, email: &Email, code: &Code, password: &NewPassword) -> Result<(), ResetPasswordError> {
        let request = self
            .client
            .confirm_forgot_password()
            .client_id(self.client_id())
            .username(email.as_str())
            .confirmation_code(code.expose())
            .password(password.expose());
        request.send().await.map(|_| ()).map_err(|error| reset_error(&error))
    }

    /// Sets a new password in place of the present one, for the owner of this access token (`ChangePassword`).
    pub async fn change_password(&self, access: &Token, current: &Password, new: &NewPassword) -> Result<(), ChangePasswordError> {
        let request =
            self.client.change_password().access_token(access.expose()).previous_password(current.expose()).proposed_password(new.expose());
        request.send().await.map(|_| ()).map_err(|error| change_error(&error))
    }
}

/// Cognito counts per user: that a limit was reached would tell that there is a user, so it counts as done.
fn forgot_outcome(error: &SdkError<ForgotException>) -> Result<(), ForgotPasswordError> {
    use ForgotException as E;
    match error.as_service_error() {
        Some(
            E::UserNotFoundException(_)
            | E::NotAuthorizedException(_)
            // "There is no registered or verified email": the address was never confirmed.
            | E::InvalidParameterException(_)
            | E::LimitExceededException(_),
        ) => Ok(()),
        Some(E::TooManyRequestsException(_)) => Err(ForgotPasswordError::TooMany),
        _ => Err(CognitoFailure::of(FORGOT, error).into()),
    }
}

fn reset_error(error: &SdkError<ResetException>) -> ResetPasswordError {
    use ResetException as E;
    match error.as_service_error() {
        Some(
            E::CodeMismatchException(_)
            | E::ExpiredCodeException(_)
            | E::UserNotFoundException(_)
            | E::UserNotConfirmedException(_)
            | E::NotAuthorizedException(_),
        ) => ResetPasswordError::CodeRefused,
        Some(E::InvalidPasswordException(_) | E::PasswordHistoryPolicyViolationException(_)) => ResetPasswordError::PasswordRefused,
        Some(E::TooManyRequestsException(_) | E::LimitExceededException(_) | E::TooManyFailedAttemptsException(_)) => {
            ResetPasswordError::TooMany
        }
        _ => CognitoFailure::of(RESET, error).into(),
    }
}

fn change_error(error: &SdkError<ChangeException>) -> ChangePasswordError {
    use ChangeException as E;
    match error.as_service_error() {
        Some(
            E::NotAuthorizedException(_)
            | E::UserNotFoundException(_)
            | E::UserNotConfirmedException(_)
            | E::PasswordResetRequiredException(_),
        ) => ChangePasswordError::Refused,
        Some(E::InvalidPasswordException(_) | E::PasswordHistoryPolicyViolationException(_)) => ChangePasswordError::PasswordRefused,
        Some(E::TooManyRequestsException(_) | E::LimitExceededException(_)) => ChangePasswordError::TooMany,
        _ => CognitoFailure::of(CHANGE, error).into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::failure::tests::refused;
    use aws_sdk_cognitoidentityprovider::types::error as exception;

    #[test]
    fn nobody_learns_from_a_forgotten_password_whether_there_is_an_account() {
        let of = |error| forgot_outcome(&refused(error));
        let unknown = exception::UserNotFoundException::builder().build();
        assert!(of(ForgotException::UserNotFoundException(unknown)).is_ok());
        let unconfirmed = exception::InvalidParameterException::builder().build();
        assert!(of(ForgotException::InvalidParameterException(unconfirmed)).is_ok());
        let limit = exception::LimitExceededException::builder().build();
        assert!(of(ForgotException::LimitExceededException(limit)).is_ok());
        let requests = exception::TooManyRequestsException::builder().build();
        assert!(matches!(of(ForgotException::TooManyRequestsException(requests)), Err(ForgotPasswordError::TooMany)));
        let delivery = exception::CodeDeliveryFailureException::builder().build();
        assert!(matches!(of(ForgotException::CodeDeliveryFailureException(delivery)), Err(ForgotPasswordError::Failed(_))));
    }

    #[test]
    fn a_reset_fails_by_its_code_or_by_its_password() {
        let of = |error| reset_error(&refused(error));
        let unknown = exception::UserNotFoundException::builder().build();
        assert!(matches!(of(ResetException::UserNotFoundException(unknown)), ResetPasswordError::CodeRefused));
        let expired = exception::ExpiredCodeException::builder().build();
        assert!(matches!(of(ResetException::ExpiredCodeException(expired)), ResetPasswordError::CodeRefused));
        let weak = exception::InvalidPasswordException::builder().build();
        assert!(matches!(of(ResetException::InvalidPasswordException(weak)), ResetPasswordError::PasswordRefused));
        let limit = exception::LimitExceededException::builder().build();
        assert!(matches!(of(ResetException::LimitExceededException(limit)), ResetPasswordError::TooMany));
    }

    #[test]
    fn a_change_fails_by_the_old_password_or_by_the_new_one() {
        let of = |error| change_error(&refused(error));
        let wrong = exception::NotAuthorizedException::builder().build();
        assert!(matches!(of(ChangeException::NotAuthorizedException(wrong)), ChangePasswordError::Refused));
        let weak = exception::InvalidPasswordException::builder().build();
        assert!(matches!(of(ChangeException::InvalidPasswordException(weak)), ChangePasswordError::PasswordRefused));
        let limit = exception::LimitExceededException::builder().build();
        assert!(matches!(of(ChangeException::LimitExceededException(limit)), ChangePasswordError::TooMany));
    }
}
