//! From a password to tokens, from tokens to newer ones, and out again.

use crate::{Accounts, CognitoFailure, FindAccountError};
use aws_sdk_cognitoidentityprovider::error::SdkError;
use aws_sdk_cognitoidentityprovider::operation::initiate_auth::InitiateAuthError as InitiateException;
use aws_sdk_cognitoidentityprovider::operation::respond_to_auth_challenge::RespondToAuthChallengeError as RespondException;
use aws_sdk_cognitoidentityprovider::operation::revoke_token::RevokeTokenError as RevokeException;
use aws_sdk_cognitoidentityprovider::types::{AuthFlowType, AuthenticationResultType, ChallengeNameType};
use domain::secret::{Code, Password, Session, Token};
use domain::text::Email;

const SIGN_IN: &str = "sign somebody in";
const ANSWER: &str = "check an answer to a challenge";
const REFRESH: &str = "refresh tokens";
const REVOKE: &str = "revoke a token";

/// What somebody who is signed in has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tokens {
    /// Opens our doors.
    pub access: Token,
    /// Says who they are.
    pub id: Token,
    /// Makes new ones.
    pub refresh: Token,
    /// How long the access token lives from now.
    pub expires_in_seconds: u32,
}

/// How far a right password leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SignedIn {
    /// In.
    Tokens(Tokens),
    /// To a question for a code from an authenticator, in this session.
    Challenge(Session),
}

/// Why somebody is not signed in.
#[derive(Debug, thiserror::Error)]
pub enum SignInError {
    /// No such address, a wrong password, or one that an operator has reset: nobody is told which.
    #[error("the address or the password is wrong")]
    Refused,
    /// The address was never confirmed.
    #[error("the address is not confirmed")]
    NotConfirmed,
    /// Too many requests.
    #[error("too many requests")]
    TooMany,
    /// Nothing to be done.
    #[error(transparent)]
    Failed(#[from] CognitoFailure),
}

/// Why a challenge is not passed.
#[derive(Debug, thiserror::Error)]
pub enum AnswerChallengeError {
    /// The code is wrong, or the session has run out or is another's.
    #[error("the code is refused")]
    CodeRefused,
    /// Too many requests.
    #[error("too many requests")]
    TooMany,
    /// Nothing to be done.
    #[error(transparent)]
    Failed(#[from] CognitoFailure),
}

/// Why there are no new tokens.
#[derive(Debug, thiserror::Error)]
pub enum RefreshError {
    /// The refresh token is not one, has run out or was revoked.
    #[error("the refresh token is refused")]
    Refused,
    /// Too many requests.
    #[error("too many requests")]
    TooMany,
    /// Nothing to be done.
    #[error(transparent)]
    Failed(#[from] CognitoFailure),
}

/// Why a token is not revoked.
#[derive(Debug, thiserror::Error)]
pub enum RevokeError {
    /// It is not a refresh token of ours.
    #[error("the refresh token is refused")]
    Refused,
    /// Too many requests.
    #[error("too many requests")]
    TooMany,
    /// Nothing to be done.
    #[error(transparent)]
    Failed(#[from] CognitoFailure),
}

impl Accounts {
    /// Signs somebody in, or asks for the second factor (`InitiateAuth` with `USER_PASSWORD_AUTH`).
    pub async fn sign_in(&self, email: &Email, password: &Password) -> Result<SignedIn, SignInError> {
        let request = self
            .client
            .initiate_auth()
            .client_id(self.client_id())
            .auth_flow(AuthFlowType::UserPasswordAuth)
            .auth_parameters("USERNAME", email.as_str())
            .auth_parameters("PASSWORD", password.expose());
        let output = request.send().await.map_err(|error| sign_in_error(&error))?;
        match (output.authentication_result(), output.challenge_name()) {
            (Some(result), _) => Ok(SignedIn::Tokens(tokens_from(SIGN_IN, result, None)?)),
            (None, Some(ChallengeNameType::SoftwareTokenMfa)) => {
                let session = output.session().and_then(|session| session.parse().ok());
                session.map(SignedIn::Challenge).ok_or_else(|| CognitoFailure::answer(SIGN_IN, "a challenge without a session").into())
            }
            (None, other) => {
                let name = other.map_or("nothing", ChallengeNameType::as_str);
                Err(CognitoFailure::answer(SIGN_IN, format!("asked for {name}, which is not offered")).into())
            }
        }
    }

    /// Passes the second factor (`AdminGetUser`, then `RespondToAuthChallenge`).
    ///
    /// Whoever has no second factor has no challenge to answer. Cognito knows that from the session; the stand-in on a
    /// developer's machine does not look at it, and would sign anybody in who skips the password.
    pub async fn answer_challenge(&self, email: &Email, session: &Session, code: &Code) -> Result<Tokens, AnswerChallengeError> {
        let account = self.account_of(email).await?;
        if !account.is_some_and(|account| account.mfa) {
            return Err(AnswerChallengeError::CodeRefused);
        }
        let request = self
            .client
            .respond_to_auth_challenge()
            .client_id(self.client_id())
            .challenge_name(ChallengeNameType::SoftwareTokenMfa)
            .session(session.expose())
            .challenge_responses("USERNAME", email.as_str())
            .challenge_responses("SOFTWARE_TOKEN_MFA_CODE", code.expose());
        let output = request.send().await.map_err(|error| answer_error(&error))?;
        let result = output.authentication_result().ok_or_else(|| CognitoFailure::answer(ANSWER, "a further challenge"))?;
        Ok(tokens_from(ANSWER, result, None)?)
    }

    /// New tokens for a refresh token (`InitiateAuth` with `REFRESH_TOKEN_AUTH`). Unless the pool rotates them, the
    /// refresh token stays the same.
    pub async fn refresh(&self, refresh: &Token) -> Result<Tokens, RefreshError> {
        let request = self
            .client
            .initiate_auth()
            .client_id(self.client_id())
            .auth_flow(AuthFlowType::RefreshTokenAuth)
            .auth_parameters("REFRESH_TOKEN", refresh.expose());
        let output = request.send().await.map_err(|error| refresh_error(&error))?;
        let result = output.authentication_result().ok_or_else(|| CognitoFailure::answer(REFRESH, "a challenge"))?;
        Ok(tokens_from(REFRESH, result, Some(refresh))?)
    }

    /// Ends a refresh token and every access token that came of it (`RevokeToken`). Repeating it is harmless.
    pub async fn revoke(&self, refresh: &Token) -> Result<(), RevokeError> {
        let request = self.client.revoke_token().client_id(self.client_id()).token(refresh.expose());
        request.send().await.map(|_| ()).map_err(|error| revoke_error(&error))
    }
}

fn tokens_from(operation: &'static str, result: &AuthenticationResultType, refreshed: Option<&Token>) -> Result<Tokens, CognitoFailure> {
    let missing = |what: &str| CognitoFailure::answer(operation, format!("no usable {what}"));
    let token = |token: Option<&str>, what| token.and_then(|token| token.parse::<Token>().ok()).ok_or_else(|| missing(what));
    Ok(Tokens {
        access: token(result.access_token(), "access token")?,
        id: token(result.id_token(), "id token")?,
        refresh: match (result.refresh_token(), refreshed) {
            (None, Some(same)) => same.clone(),
            (fresh, _) => token(fresh, "refresh token")?,
        },
        expires_in_seconds: u32::try_from(result.expires_in()).map_err(|_| missing("lifetime"))?,
    })
}

fn sign_in_error(error: &SdkError<InitiateException>) -> SignInError {
    use InitiateException as E;
    match error.as_service_error() {
        Some(E::NotAuthorizedException(_) | E::UserNotFoundException(_) | E::PasswordResetRequiredException(_)) => SignInError::Refused,
        Some(E::UserNotConfirmedException(_)) => SignInError::NotConfirmed,
        Some(E::TooManyRequestsException(_)) => SignInError::TooMany,
        _ => CognitoFailure::of(SIGN_IN, error).into(),
    }
}

fn answer_error(error: &SdkError<RespondException>) -> AnswerChallengeError {
    use RespondException as E;
    match error.as_service_error() {
        Some(
            E::CodeMismatchException(_)
            | E::ExpiredCodeException(_)
            // The session: run out, used, another's, or no session at all.
            | E::NotAuthorizedException(_)
            | E::InvalidParameterException(_)
            | E::UserNotFoundException(_),
        ) => AnswerChallengeError::CodeRefused,
        Some(E::TooManyRequestsException(_)) => AnswerChallengeError::TooMany,
        _ => CognitoFailure::of(ANSWER, error).into(),
    }
}

fn refresh_error(error: &SdkError<InitiateException>) -> RefreshError {
    use InitiateException as E;
    match error.as_service_error() {
        Some(
            E::NotAuthorizedException(_)
            | E::InvalidParameterException(_)
            | E::UserNotFoundException(_)
            | E::UserNotConfirmedException(_)
            | E::PasswordResetRequiredException(_),
        ) => RefreshError::Refused,
        Some(E::TooManyRequestsException(_)) => RefreshError::TooMany,
        _ => CognitoFailure::of(REFRESH, error).into(),
    }
}

fn revoke_error(error: &SdkError<RevokeException>) -> RevokeError {
    use RevokeException as E;
    match error.as_service_error() {
        Some(E::UnauthorizedException(_) | E::UnsupportedTokenTypeException(_) | E::InvalidParameterException(_)) => RevokeError::Refused,
        Some(E::TooManyRequestsException(_)) => RevokeError::TooMany,
        _ => CognitoFailure::of(REVOKE, error).into(),
    }
}

impl From<FindAccountError> for AnswerChallengeError {
    fn from(error: FindAccountError) -> Self {
        match error {
            FindAccountError::TooMany => Self::TooMany,
            FindAccountError::Failed(failure) => Self::Failed(failure),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::failure::tests::refused;
    use aws_sdk_cognitoidentityprovider::types::error as exception;

    #[test]
    fn a_wrong_password_and_an_unknown_address_are_the_same_refusal() {
        let of = |error| sign_in_error(&refused(error));
        let wrong = exception::NotAuthorizedException::builder().build();
        assert!(matches!(of(InitiateException::NotAuthorizedException(wrong)), SignInError::Refused));
        let unknown = exception::UserNotFoundException::builder().build();
        assert!(matches!(of(InitiateException::UserNotFoundException(unknown)), SignInError::Refused));
        let reset = exception::PasswordResetRequiredException::builder().build();
        assert!(matches!(of(InitiateException::PasswordResetRequiredException(reset)), SignInError::Refused));
        let unconfirmed = exception::UserNotConfirmedException::builder().build();
        assert!(matches!(of(InitiateException::UserNotConfirmedException(unconfirmed)), SignInError::NotConfirmed));
        let requests = exception::TooManyRequestsException::builder().build();
        assert!(matches!(of(InitiateException::TooManyRequestsException(requests)), SignInError::TooMany));
        let tier = exception::InvalidUserPoolConfigurationException::builder().build();
        assert!(matches!(of(InitiateException::InvalidUserPoolConfigurationException(tier)), SignInError::Failed(_)));
    }

    #[test]
    fn a_session_that_ran_out_and_a_wrong_code_are_the_same_refusal() {
        let of = |error| answer_error(&refused(error));
        let mismatch = exception::CodeMismatchException::builder().build();
        assert!(matches!(of(RespondException::CodeMismatchException(mismatch)), AnswerChallengeError::CodeRefused));
        let session = exception::NotAuthorizedException::builder().build();
        assert!(matches!(of(RespondException::NotAuthorizedException(session)), AnswerChallengeError::CodeRefused));
        let requests = exception::TooManyRequestsException::builder().build();
        assert!(matches!(of(RespondException::TooManyRequestsException(requests)), AnswerChallengeError::TooMany));
    }

    #[test]
    fn a_revoked_refresh_token_is_refused_and_one_of_another_kind_too() {
        let revoked = exception::NotAuthorizedException::builder().build();
        assert!(matches!(refresh_error(&refused(InitiateException::NotAuthorizedException(revoked))), RefreshError::Refused));
        let requests = exception::TooManyRequestsException::builder().build();
        assert!(matches!(refresh_error(&refused(InitiateException::TooManyRequestsException(requests))), RefreshError::TooMany));
        let kind = exception::UnsupportedTokenTypeException::builder().build();
        assert!(matches!(revoke_error(&refused(RevokeException::UnsupportedTokenTypeException(kind))), RevokeError::Refused));
        let requests = exception::TooManyRequestsException::builder().build();
        assert!(matches!(revoke_error(&refused(RevokeException::TooManyRequestsException(requests))), RevokeError::TooMany));
    }

    #[test]
    fn a_refresh_token_stays_unless_the_pool_rotates_it() {
        let old: Token = "old".parse().unwrap();
        let result = AuthenticationResultType::builder().access_token("a").id_token("i").expires_in(3600);
        let tokens = tokens_from(REFRESH, &result.clone().build(), Some(&old)).unwrap();
        assert_eq!((tokens.refresh.expose(), tokens.expires_in_seconds), ("old", 3600));
        let rotated = tokens_from(REFRESH, &result.clone().refresh_token("new").build(), Some(&old)).unwrap();
        assert_eq!(rotated.refresh.expose(), "new");
        assert!(tokens_from(SIGN_IN, &result.build(), None).is_err());
    }
}
