//! What the pool knows of a person.

use crate::{Accounts, CognitoFailure};
use aws_sdk_cognitoidentityprovider::operation::admin_get_user::{AdminGetUserError, AdminGetUserOutput};
use aws_sdk_cognitoidentityprovider::types::UserStatusType;
use domain::id::UserId;
use domain::text::{Email, Text};

const OPERATION: &str = "look up an account";

/// A person's account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// Who; derived from the pool's `sub`.
    pub user: UserId,
    /// What they sign in with.
    pub email: Email,
    /// What they called themselves.
    pub name: Text<1, 100>,
    /// Whether the address is known to be theirs.
    pub confirmed: bool,
    /// Whether signing in takes a code from an authenticator.
    pub mfa: bool,
}

/// Why an account could not be looked up.
#[derive(Debug, thiserror::Error)]
pub enum FindAccountError {
    /// Too many requests of all users together.
    #[error("too many requests")]
    TooMany,
    /// Nothing to be done.
    #[error(transparent)]
    Failed(#[from] CognitoFailure),
}

impl Accounts {
    /// The account with this address, if there is one (`AdminGetUser`).
    pub async fn account_of(&self, email: &Email) -> Result<Option<Account>, FindAccountError> {
        let request = self.client.admin_get_user().user_pool_id(self.user_pool_id()).username(email.as_str());
        match request.send().await {
            Ok(output) => Ok(Some(account_from(&output, email)?)),
            Err(error) => match error.as_service_error() {
                Some(AdminGetUserError::UserNotFoundException(_)) => Ok(None),
                Some(AdminGetUserError::TooManyRequestsException(_)) => Err(FindAccountError::TooMany),
                _ => Err(CognitoFailure::of(OPERATION, &error).into()),
            },
        }
    }
}

/// An account that an operator made may have no name: then the address lends its first part.
fn account_from(output: &AdminGetUserOutput, email: &Email) -> Result<Account, CognitoFailure> {
    let attribute = |name: &str| output.user_attributes().iter().find(|attribute| attribute.name() == name).and_then(|found| found.value());
    let missing = |what: &str| CognitoFailure::answer(OPERATION, format!("an account without a usable {what}"));
    let user = attribute("sub").and_then(|sub| UserId::from_subject(sub).ok()).ok_or_else(|| missing("sub"))?;
    let local_part = email.as_str().split('@').next().unwrap_or_default();
    let name = attribute("name").and_then(|name| name.parse().ok()).or_else(|| local_part.parse().ok()).ok_or_else(|| missing("name"))?;
    Ok(Account {
        user,
        email: email.clone(),
        name,
        confirmed: output.user_status() == Some(&UserStatusType::Confirmed),
        mfa: output.user_mfa_setting_list().iter().any(|setting| setting == "SOFTWARE_TOKEN_MFA"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use aws_sdk_cognitoidentityprovider::types::AttributeType;

    fn output(attributes: &[(&str, &str)]) -> AdminGetUserOutput {
        let mut output = AdminGetUserOutput::builder().username("u").user_status(UserStatusType::Confirmed);
        for (name, value) in attributes {
            output = output.user_attributes(AttributeType::builder().name(*name).value(*value).build().unwrap());
        }
        output.build().unwrap()
    }

    #[test]
    fn an_account_is_known_by_its_sub() {
        let email: Email = "ann@example.org".parse().unwrap();
        let sub = "8e0c5d9e-6d2d-4b39-9d5c-6f8a5e2d1c00";
        let account = account_from(&output(&[("sub", sub), ("name", "Ann")]), &email).unwrap();
        assert_eq!(account.user, UserId::from_subject(sub).unwrap());
        assert_eq!((account.name.as_str(), account.confirmed, account.mfa), ("Ann", true, false));
        assert!(account_from(&output(&[("name", "Ann")]), &email).is_err());
    }

    #[test]
    fn an_account_without_a_name_is_called_by_its_address() {
        let email: Email = "ann@example.org".parse().unwrap();
        let account = account_from(&output(&[("sub", "8e0c5d9e-6d2d-4b39-9d5c-6f8a5e2d1c00")]), &email).unwrap();
        assert_eq!(account.name.as_str(), "ann");
    }
}
