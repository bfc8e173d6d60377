//! The demo accounts: in Cognito, and with profiles as if their owners had signed up.

use super::{DOMAIN, DemoError, ORGANIZATION, PASSWORD};
use crate::helper::Accounts;
use aws_sdk_cognitoidentityprovider::Client;
use aws_sdk_cognitoidentityprovider::types::{AttributeType, MessageActionType};
use domain::id::{OrganizationId, UserId};
use domain::user::Profile;
use std::fmt::Display;

/// One account.
#[derive(Debug, Clone, serde::Serialize)]
#[serde(rename_all = "camelCase")]
pub struct DemoAccount {
    /// The address to sign in with.
    pub email: String,
    /// What to call them.
    pub name: String,
    /// Cognito groups.
    pub groups: Vec<String>,
    /// Cognito's name for them.
    pub subject: String,
    /// Ours.
    pub user_id: String,
}

/// The identifier of the demo organization; always the same, so that seeding twice changes nothing.
const ORGANIZATION_BYTES: [u8; 10] = *b"demo-organ";

/// Makes admin, organizer, staff, buyer and `buyers` numbered buyers. Those that exist stay as they are.
pub async fn accounts(client: &Client, pool: &Accounts, app: &api::App, buyers: u32) -> Result<Vec<DemoAccount>, DemoError> {
    let organization = OrganizationId::from_entropy(ORGANIZATION_BYTES);
    app.store.create_organization(&organization, &parsed(ORGANIZATION)?).await?;
    let mut made = Vec::new();
    for (name, shown, group) in [
        ("admin", "Ada Admin", Some("admin")),
        ("organizer", "Otto Organizer", Some("organizer")),
        ("staff", "Stella Staff", Some("staff")),
        ("buyer", "Bela Buyer", None),
    ] {
        made.push(account(client, pool, name, shown, group).await?);
    }
    for number in 1..=buyers {
        made.push(account(client, pool, &format!("buyer{number}"), &format!("Buyer {number}"), None).await?);
    }
    for account in &made {
        let works = account.groups.iter().any(|group| group == "organizer" || group == "staff");
        let profile = Profile {
            id: UserId::from_subject(&account.subject).map_err(wrong)?,
            email: parsed(&account.email)?,
            name: parsed(&account.name)?,
            phone: None,
            organization: works.then(|| organization.clone()),
            created_at: app.clock.now(),
        };
        app.store.create_profile(&profile).await?;
    }
    Ok(made)
}

async fn account(client: &Client, pool: &Accounts, name: &str, shown: &str, group: Option<&str>) -> Result<DemoAccount, DemoError> {
    let email = format!("{name}@{DOMAIN}");
    let failed = |error: &dyn std::error::Error| DemoError::Account(format!("{email}: {error:?}"));
    let known = client.admin_get_user().user_pool_id(&pool.pool_id).username(&email).send().await;
    let subject = match known {
        Ok(user) => subject(user.user_attributes()),
        Err(_) => {
            let attribute = |name: &str, value: &str| AttributeType::builder().name(name).value(value).build();
            let create = client
                .admin_create_user()
                .user_pool_id(&pool.pool_id)
                .username(&email)
                .user_attributes(attribute("email", &email).map_err(|error| failed(&error))?)
                .user_attributes(attribute("email_verified", "true").map_err(|error| failed(&error))?)
                .user_attributes(attribute("name", shown).map_err(|error| failed(&error))?)
                .message_action(MessageActionType::Suppress);
            let created = create.send().await.map_err(|error| failed(&error))?;
            let password = client.admin_set_user_password().user_pool_id(&pool.pool_id).username(&email).password(PASSWORD).permanent(true);
            password.send().await.map_err(|error| failed(&error))?;
            created.user().and_then(|user| subject(user.attributes()))
        }
    };
    if let Some(group) = group {
        let join = client.admin_add_user_to_group().user_pool_id(&pool.pool_id).username(&email).group_name(group);
        join.send().await.map_err(|error| failed(&error))?;
    }
    let subject = subject.ok_or_else(|| DemoError::Account(format!("{email} has no subject")))?;
    let user_id = UserId::from_subject(&subject).map_err(wrong)?.to_string();
    Ok(DemoAccount { email, name: shown.to_owned(), groups: group.map(str::to_owned).into_iter().collect(), subject, user_id })
}

fn subject(attributes: &[AttributeType]) -> Option<String> {
    attributes.iter().find(|attribute| attribute.name() == "sub").and_then(|attribute| attribute.value()).map(str::to_owned)
}

fn parsed<T: std::str::FromStr>(text: &str) -> Result<T, DemoError>
where
    T::Err: Display,
{
    text.parse().map_err(|error: T::Err| DemoError::Data(format!("{text}: {error}")))
}

fn wrong(error: impl Display) -> DemoError {
    DemoError::Data(error.to_string())
}
