//! The demo accounts: in Cognito, and with profiles as if their owners had signed up.

use crate::demo;
use crate::helper::Accounts;
use api::App;
use aws_sdk_cognitoidentityprovider::Client;
use aws_sdk_cognitoidentityprovider::error::DisplayErrorContext;
use aws_sdk_cognitoidentityprovider::types::{AttributeType, MessageActionType};
use domain::id::UserId;
use domain::user::Profile;
use std::fmt::{Display, Write};
use std::sync::Arc;
use tokio::sync::Semaphore;
use tokio::task::JoinSet;

/// Every demo account's password.
pub const PASSWORD: &str = "Frontrow-demo-1";
/// The domain of their addresses, which exists nowhere.
pub const DOMAIN: &str = "demo.frontrow.test";

/// Accounts made at the same time.
const AT_ONCE: usize = 4;
/// Accounts that are listed for people.
const LISTED_MAX: usize = 8;

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
    pub user_id: UserId,
}

/// An account could not be made.
#[derive(Debug, thiserror::Error)]
pub enum AccountError {
    /// In Cognito.
    #[error("the demo account {0} could not be made: {1}")]
    Cognito(String, String),
    /// In the database.
    #[error("a demo profile could not be written")]
    Database(#[from] store::DatabaseError),
    /// Our own data is not as it must be.
    #[error("a demo account is wrong: {0}")]
    Data(String),
}

/// Makes admin, organizer, staff, buyer and `buyers` numbered buyers. Those that exist stay as they are.
pub async fn make(client: &Client, pool: &Accounts, app: &App, buyers: u32) -> Result<Vec<DemoAccount>, AccountError> {
    let organization = demo::settings().map_err(|error| AccountError::Data(error.to_string()))?;
    app.store.create_organization(&organization).await?;
    let mut wanted = vec![
        ("admin".to_owned(), "Ada Admin".to_owned(), Some("admin")),
        ("organizer".to_owned(), "Otto Organizer".to_owned(), Some("organizer")),
        ("staff".to_owned(), "Stella Staff".to_owned(), Some("staff")),
        ("buyer".to_owned(), "Bela Buyer".to_owned(), None),
    ];
    wanted.extend((1..=buyers).map(|number| (format!("buyer{number}"), format!("Buyer {number}"), None)));
    let turns = Arc::new(Semaphore::new(AT_ONCE));
    let mut making = JoinSet::new();
    for (index, (name, shown, group)) in wanted.into_iter().enumerate() {
        let (client, pool, app, turns) = (client.clone(), pool.clone(), app.clone(), turns.clone());
        making.spawn(async move {
            let _turn = turns.acquire().await;
            let account = account(&client, &pool, &name, &shown, group).await?;
            write_profile(&app, &account).await?;
            Ok::<_, AccountError>((index, account))
        });
    }
    let mut made = Vec::new();
    while let Some(outcome) = making.join_next().await {
        made.push(outcome.map_err(|error| AccountError::Data(error.to_string()))??);
    }
    made.sort_by_key(|(index, _)| *index);
    Ok(made.into_iter().map(|(_, account)| account).collect())
}

/// The accounts as a list for people.
pub fn list(accounts: &[DemoAccount]) -> String {
    let mut text = String::new();
    for account in accounts.iter().take(LISTED_MAX) {
        let _ = writeln!(text, "                  {:<34} {}", account.email, account.groups.join(", "));
    }
    if accounts.len() > LISTED_MAX {
        let _ = writeln!(text, "                  … and {} more", accounts.len() - LISTED_MAX);
    }
    text
}

async fn account(client: &Client, pool: &Accounts, name: &str, shown: &str, group: Option<&str>) -> Result<DemoAccount, AccountError> {
    let email = format!("{name}@{DOMAIN}");
    let known = client.admin_get_user().user_pool_id(&pool.pool_id).username(&email).send().await;
    let subject = match known {
        Ok(user) => subject(user.user_attributes()),
        Err(_) => create(client, pool, &email, shown).await?,
    };
    if let Some(group) = group {
        let join = client.admin_add_user_to_group().user_pool_id(&pool.pool_id).username(&email).group_name(group);
        join.send().await.map_err(|error| failed(&email, error))?;
    }
    let subject = subject.ok_or_else(|| AccountError::Data(format!("{email} has no subject")))?;
    let user_id = UserId::from_subject(&subject).map_err(|error| AccountError::Data(format!("{email}: {error}")))?;
    Ok(DemoAccount { email, name: shown.to_owned(), groups: group.map(str::to_owned).into_iter().collect(), subject, user_id })
}

async fn create(client: &Client, pool: &Accounts, email: &str, shown: &str) -> Result<Option<String>, AccountError> {
    let attribute = |name: &str, value: &str| AttributeType::builder().name(name).value(value).build().ok();
    let attributes = [("email", email), ("email_verified", "true"), ("name", shown)];
    let create = client
        .admin_create_user()
        .user_pool_id(&pool.pool_id)
        .username(email)
        .set_user_attributes(attributes.map(|(name, value)| attribute(name, value)).into_iter().collect())
        .message_action(MessageActionType::Suppress);
    let created = create.send().await.map_err(|error| failed(email, error))?;
    let password = client.admin_set_user_password().user_pool_id(&pool.pool_id).username(email).password(PASSWORD).permanent(true);
    password.send().await.map_err(|error| failed(email, error))?;
    Ok(created.user().and_then(|user| subject(user.attributes())))
}

async fn write_profile(app: &App, account: &DemoAccount) -> Result<(), AccountError> {
    let works = account.groups.iter().any(|group| group == "organizer" || group == "staff");
    let profile = Profile {
        id: account.user_id.clone(),
        email: parsed(&account.email)?,
        name: parsed(&account.name)?,
        phone: None,
        organization: works.then(demo::organization),
        created_at: app.clock.now(),
    };
    app.store.create_profile(&profile).await?;
    Ok(())
}

fn failed(email: &str, error: impl std::error::Error) -> AccountError {
    AccountError::Cognito(email.to_owned(), DisplayErrorContext(error).to_string())
}

fn subject(attributes: &[AttributeType]) -> Option<String> {
    attributes.iter().find(|attribute| attribute.name() == "sub").and_then(|attribute| attribute.value()).map(str::to_owned)
}

fn parsed<T: std::str::FromStr>(text: &str) -> Result<T, AccountError>
where
    T::Err: Display,
{
    text.parse().map_err(|error: T::Err| AccountError::Data(format!("{text}: {error}")))
}
