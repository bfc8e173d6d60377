//! What functions that deal with accounts are given, and how refresh tokens travel.

use crate::context::{App, Context, Settings, SettingsError};
use crate::problem::{Problem, ProblemKind};
use crate::reply::Reply;
use crate::request::Request;
use auth::{
    AnswerChallengeError, ChangePasswordError, ConfirmError, DisableMfaError, EnableMfaError, FindAccountError, ForgotPasswordError,
    RefreshError, ResendCodeError, ResetPasswordError, RevokeError, SetUpMfaError, SignInError, SignUpError, Tokens,
};
use domain::secret::Token;
use domain::text::Email;
use domain::user::Profile;
use wire::{RefreshToken, TokensView};

/// The cookie that carries the refresh token, out of reach of scripts.
const REFRESH_COOKIE: &str = "frontrow_refresh";
/// How long a refresh token lives; the user pool client in `template.yaml` says the same.
const REFRESH_TOKEN_SECONDS: u32 = 30 * 24 * 3600;
/// After this many seconds somebody who tried too often may try again.
const RETRY_AFTER_SECONDS: u32 = 60;

/// Accounts, and everything else.
#[derive(Debug, Clone)]
pub struct AccountsApp {
    /// Store, clock, identifiers.
    pub app: App,
    /// The user pool.
    pub accounts: auth::Accounts,
}

impl Context for AccountsApp {
    async fn from_env(settings: &Settings, aws: &aws_config::SdkConfig) -> Result<Self, SettingsError> {
        let (pool, client) = (settings.required("USER_POOL_ID")?, settings.required("USER_POOL_CLIENT_ID")?);
        let accounts = auth::Accounts::new(aws, pool, client);
        Ok(Self { app: App::from_env(settings, aws).await?, accounts })
    }
}

impl AccountsApp {
    /// Makes the profile of a confirmed account unless it is there. After this, a crash between confirmation and profile
    /// has left no trace.
    pub async fn ensure_profile(&self, email: &Email) -> Result<(), Problem> {
        let Some(account) = self.accounts.account_of(email).await?.filter(|account| account.confirmed) else { return Ok(()) };
        if self.app.store.profile(&account.user).await?.is_some() {
            return Ok(());
        }
        let profile = Profile {
            id: account.user,
            email: account.email,
            name: account.name,
            phone: None,
            organization: None,
            created_at: self.app.clock.now(),
        };
        Ok(self.app.store.create_profile(&profile).await?)
    }
}

impl Request {
    /// The refresh token: of the body if it has one, else of the cookie. A body is not needed.
    pub fn refresh_token(&self) -> Result<Token, Problem> {
        let body = if self.bytes()?.is_empty() { RefreshToken::default() } else { self.json()? };
        let of_cookie = || self.cookie(REFRESH_COOKIE).and_then(|token| token.parse().ok());
        body.refresh_token.or_else(of_cookie).ok_or_else(|| Problem::new(ProblemKind::Unauthenticated))
    }

    /// The caller's own access token, for what Cognito does on its owner's behalf.
    pub fn access_token(&self) -> Result<Token, Problem> {
        self.bearer_token()?.parse().map_err(|_| Problem::new(ProblemKind::Unauthenticated))
    }
}

impl Reply {
    /// 200 with tokens; the refresh token also as a cookie for `/v1/auth`.
    pub fn signed_in(tokens: Tokens) -> Self {
        let cookie = cookie(tokens.refresh.expose(), REFRESH_TOKEN_SECONDS);
        let Tokens { access, id, refresh, expires_in_seconds } = tokens;
        let view = TokensView { access_token: access, id_token: id, refresh_token: refresh, expires_in: expires_in_seconds };
        Self::ok(&view).header("set-cookie", cookie)
    }

    /// 204, and the cookie is gone.
    pub fn signed_out() -> Self {
        Self::no_content().header("set-cookie", cookie("", 0))
    }
}

fn cookie(value: &str, seconds: u32) -> String {
    format!("{REFRESH_COOKIE}={value}; HttpOnly; Secure; SameSite=Strict; Path=/v1/auth; Max-Age={seconds}")
}

fn too_many() -> Problem {
    Problem::new(ProblemKind::TooManyRequests).retry_after(RETRY_AFTER_SECONDS)
}

fn unauthenticated() -> Problem {
    Problem::new(ProblemKind::Unauthenticated)
}

fn password_refused() -> Problem {
    Problem::new(ProblemKind::PasswordRefused).detail("Make it longer, and use lower and upper case letters and digits.")
}

impl From<FindAccountError> for Problem {
    fn from(error: FindAccountError) -> Self {
        match error {
            FindAccountError::TooMany => too_many(),
            FindAccountError::Failed(failure) => Self::internal(failure),
        }
    }
}

impl From<SignUpError> for Problem {
    fn from(error: SignUpError) -> Self {
        match error {
            SignUpError::Exists => Self::new(ProblemKind::AccountExists),
            SignUpError::PasswordRefused => password_refused(),
            SignUpError::AddressRefused => Self::invalid("/email", "must be an e-mail address that can be written to"),
            SignUpError::TooMany => too_many(),
            SignUpError::Failed(failure) => Self::internal(failure),
        }
    }
}

impl From<ConfirmError> for Problem {
    fn from(error: ConfirmError) -> Self {
        match error {
            ConfirmError::CodeRefused | ConfirmError::AlreadyConfirmed => Self::new(ProblemKind::CodeRefused),
            ConfirmError::TooMany => too_many(),
            ConfirmError::Failed(failure) => Self::internal(failure),
        }
    }
}

impl From<ResendCodeError> for Problem {
    fn from(error: ResendCodeError) -> Self {
        match error {
            ResendCodeError::TooMany => too_many(),
            ResendCodeError::Failed(failure) => Self::internal(failure),
        }
    }
}

impl From<SignInError> for Problem {
    fn from(error: SignInError) -> Self {
        match error {
            SignInError::Refused => Self::new(ProblemKind::SignInRefused),
            SignInError::NotConfirmed => Self::new(ProblemKind::NotConfirmed),
            SignInError::TooMany => too_many(),
            SignInError::Failed(failure) => Self::internal(failure),
        }
    }
}

impl From<AnswerChallengeError> for Problem {
    fn from(error: AnswerChallengeError) -> Self {
        match error {
            AnswerChallengeError::CodeRefused => Self::new(ProblemKind::CodeRefused),
            AnswerChallengeError::TooMany => too_many(),
            AnswerChallengeError::Failed(failure) => Self::internal(failure),
        }
    }
}

impl From<RefreshError> for Problem {
    fn from(error: RefreshError) -> Self {
        match error {
            RefreshError::Refused => unauthenticated(),
            RefreshError::TooMany => too_many(),
            RefreshError::Failed(failure) => Self::internal(failure),
        }
    }
}

impl From<RevokeError> for Problem {
    fn from(error: RevokeError) -> Self {
        match error {
            RevokeError::Refused => unauthenticated(),
            RevokeError::TooMany => too_many(),
            RevokeError::Failed(failure) => Self::internal(failure),
        }
    }
}

impl From<ForgotPasswordError> for Problem {
    fn from(error: ForgotPasswordError) -> Self {
        match error {
            ForgotPasswordError::TooMany => too_many(),
            ForgotPasswordError::Failed(failure) => Self::internal(failure),
        }
    }
}

impl From<ResetPasswordError> for Problem {
    fn from(error: ResetPasswordError) -> Self {
        match error {
            ResetPasswordError::CodeRefused => Self::new(ProblemKind::CodeRefused),
            ResetPasswordError::PasswordRefused => password_refused(),
            ResetPasswordError::TooMany => too_many(),
            ResetPasswordError::Failed(failure) => Self::internal(failure),
        }
    }
}

impl From<ChangePasswordError> for Problem {
    fn from(error: ChangePasswordError) -> Self {
        match error {
            ChangePasswordError::Refused => Self::new(ProblemKind::SignInRefused),
            ChangePasswordError::PasswordRefused => password_refused(),
            ChangePasswordError::TooMany => too_many(),
            ChangePasswordError::Failed(failure) => Self::internal(failure),
        }
    }
}

impl From<SetUpMfaError> for Problem {
    fn from(error: SetUpMfaError) -> Self {
        match error {
            SetUpMfaError::Refused => unauthenticated(),
            SetUpMfaError::Contended => Self::new(ProblemKind::Contended).retry_after(1),
            SetUpMfaError::Failed(failure) => Self::internal(failure),
        }
    }
}

impl From<EnableMfaError> for Problem {
    fn from(error: EnableMfaError) -> Self {
        match error {
            EnableMfaError::Refused => unauthenticated(),
            EnableMfaError::CodeRefused => Self::new(ProblemKind::CodeRefused),
            EnableMfaError::TooMany => too_many(),
            EnableMfaError::Failed(failure) => Self::internal(failure),
        }
    }
}

impl From<DisableMfaError> for Problem {
    fn from(error: DisableMfaError) -> Self {
        match error {
            DisableMfaError::Refused => unauthenticated(),
            DisableMfaError::Failed(failure) => Self::internal(failure),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use lambda_http::Body;

    fn request(body: Body, cookie: &str) -> Request {
        let mut request = lambda_http::http::Request::builder().header("content-type", "application/json");
        if !cookie.is_empty() {
            request = request.header("cookie", cookie);
        }
        Request::new(request.body(body).unwrap())
    }

    #[test]
    fn a_refresh_token_comes_out_of_the_body_or_else_out_of_the_cookie() {
        let body = || Body::Text(r#"{"refreshToken":"body"}"#.to_owned());
        let token = |body, cookie| request(body, cookie).refresh_token().unwrap().expose().to_owned();
        assert_eq!(token(body(), "frontrow_refresh=cookie"), "body");
        assert_eq!(token(Body::Text("{}".to_owned()), "frontrow_refresh=cookie"), "cookie");
        assert_eq!(token(Body::Empty, "theme=dark; frontrow_refresh=cookie"), "cookie");
    }

    #[test]
    fn without_a_refresh_token_nobody_is_anybody() {
        let kind = |body, cookie| request(body, cookie).refresh_token().unwrap_err().kind();
        assert_eq!(kind(Body::Empty, ""), ProblemKind::Unauthenticated);
        assert_eq!(kind(Body::Text("{}".to_owned()), "frontrow_refresh="), ProblemKind::Unauthenticated);
        assert_eq!(kind(Body::Empty, "frontrow_refresh_old=x"), ProblemKind::Unauthenticated);
        assert_eq!(kind(Body::Text(r#"{"refreshToken":""}"#.to_owned()), "frontrow_refresh=x"), ProblemKind::InvalidRequest);
        assert_eq!(kind(Body::Text(r#"{"refreshToken":null}"#.to_owned()), "frontrow_refresh=x"), ProblemKind::InvalidRequest);
    }

    #[test]
    fn the_refresh_token_is_a_cookie_that_scripts_and_other_sites_cannot_use() {
        let token: Token = "t".parse().unwrap();
        let tokens = Tokens { access: token.clone(), id: token.clone(), refresh: token, expires_in_seconds: 3600 };
        let reply = Reply::signed_in(tokens).into_response();
        let expected = "frontrow_refresh=t; HttpOnly; Secure; SameSite=Strict; Path=/v1/auth; Max-Age=2592000";
        assert_eq!(reply.headers()["set-cookie"], expected);
        assert_eq!(reply.headers()["cache-control"], "no-store");
        let gone = Reply::signed_out().into_response();
        assert_eq!(gone.headers()["set-cookie"], "frontrow_refresh=; HttpOnly; Secure; SameSite=Strict; Path=/v1/auth; Max-Age=0");
    }
}
