//! Accounts: who somebody is, as the Cognito user pool knows it, in the domain's words.
//!
//! The only crate that names the Cognito SDK. Every method is one call (or one small saga of calls) with an error enum of
//! its own; what those enums do not name is a `CognitoFailure`. Nothing here tells whether an address has an account,
//! except `sign_up`, which must.

mod directory;
mod failure;
mod mfa;
mod password;
mod sign_in;
mod sign_up;

pub use directory::{Account, FindAccountError};
pub use failure::CognitoFailure;
pub use mfa::{DisableMfaError, EnableMfaError, MfaSecret, SetUpMfaError};
pub use password::{ChangePasswordError, ForgotPasswordError, ResetPasswordError};
pub use sign_in::{AnswerChallengeError, RefreshError, RevokeError, SignInError, SignedIn, Tokens};
pub use sign_up::{ConfirmError, ResendCodeError, SignUpError};

use aws_sdk_cognitoidentityprovider::Client;
use std::sync::Arc;

/// The way to the user pool. Cheap to clone.
///
/// The pool's user names are e-mail addresses; the client has no secret, allows `USER_PASSWORD_AUTH` and
/// `REFRESH_TOKEN_AUTH`, and prevents user-existence errors.
#[derive(Debug, Clone)]
pub struct Accounts {
    client: Client,
    pool: Arc<Pool>,
}

#[derive(Debug)]
struct Pool {
    id: String,
    client_id: String,
}

impl Accounts {
    /// The accounts of this pool, reached through this app client of it.
    pub fn new(aws: &aws_config::SdkConfig, user_pool_id: impl Into<String>, client_id: impl Into<String>) -> Self {
        Self { client: Client::new(aws), pool: Arc::new(Pool { id: user_pool_id.into(), client_id: client_id.into() }) }
    }

    fn user_pool_id(&self) -> &str {
        &self.pool.id
    }

    fn client_id(&self) -> &str {
        &self.pool.client_id
    }
}
