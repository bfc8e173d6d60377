//! The user pool: made as the template describes it, found again if it exists.

use crate::REGION;
use crate::template::Template;
use aws_sdk_cognitoidentityprovider::Client;
use aws_sdk_cognitoidentityprovider::types::{
    ExplicitAuthFlowsType, PasswordPolicyType, SoftwareTokenMfaConfigType, TimeUnitsType, TokenValidityUnitsType, UserPoolMfaType,
    UserPoolPolicyType, UsernameAttributeType, UsernameConfigurationType, VerifiedAttributeType,
};
use serde_json::Value;

const POOL_NAME: &str = "frontrow-local";
const CLIENT_NAME: &str = "frontrow";

type Failure = Box<dyn std::error::Error + Send + Sync>;

/// The pool and its client.
#[derive(Debug, Clone)]
pub struct Accounts {
    /// As `us-east-1_abc`.
    pub pool_id: String,
    /// The client's id.
    pub client_id: String,
}

impl Accounts {
    /// Who its tokens say they are from: AWS, as everywhere.
    pub fn issuer(&self) -> String {
        format!("https://cognito-idp.{REGION}.amazonaws.com/{}", self.pool_id)
    }

    /// Finds the pool, or makes it.
    pub(super) async fn ensure(client: &Client, template: &Template) -> Result<Self, Failure> {
        let pools = client.list_user_pools().max_results(60).send().await?;
        let known = pools.user_pools().iter().find(|pool| pool.name() == Some(POOL_NAME)).and_then(|pool| pool.id());
        let pool_id = match known {
            Some(id) => id.to_owned(),
            None => create_pool(client, &template.user_pool).await?,
        };
        let clients = client.list_user_pool_clients().user_pool_id(&pool_id).max_results(60).send().await?;
        let known = clients.user_pool_clients().iter().find(|known| known.client_name() == Some(CLIENT_NAME));
        let client_id = match known.and_then(|known| known.client_id()) {
            Some(id) => id.to_owned(),
            None => create_client(client, &pool_id, &template.user_pool_client).await?,
        };
        let groups = client.list_groups().user_pool_id(&pool_id).send().await?;
        for group in &template.groups {
            if !groups.groups().iter().any(|known| known.group_name() == Some(group)) {
                client.create_group().user_pool_id(&pool_id).group_name(group).send().await?;
            }
        }
        Ok(Self { pool_id, client_id })
    }
}

async fn create_pool(client: &Client, properties: &Value) -> Result<String, Failure> {
    let password = &properties["Policies"]["PasswordPolicy"];
    let required = |name: &str| password[name].as_bool().unwrap_or_default();
    let policy = PasswordPolicyType::builder()
        .minimum_length(password["MinimumLength"].as_i64().and_then(|length| i32::try_from(length).ok()).unwrap_or(8))
        .require_lowercase(required("RequireLowercase"))
        .require_uppercase(required("RequireUppercase"))
        .require_numbers(required("RequireNumbers"))
        .require_symbols(required("RequireSymbols"))
        .build();
    let request = client
        .create_user_pool()
        .pool_name(POOL_NAME)
        .policies(UserPoolPolicyType::builder().password_policy(policy).build())
        .username_attributes(UsernameAttributeType::Email)
        .username_configuration(UsernameConfigurationType::builder().case_sensitive(false).build()?)
        .auto_verified_attributes(VerifiedAttributeType::Email)
        .mfa_configuration(UserPoolMfaType::from(properties["MfaConfiguration"].as_str().unwrap_or("OFF")));
    let created = request.send().await?;
    let id = created.user_pool().and_then(|pool| pool.id()).ok_or("Cognito made a pool without an id")?.to_owned();
    let totp = SoftwareTokenMfaConfigType::builder().enabled(true).build();
    let mfa = UserPoolMfaType::from(properties["MfaConfiguration"].as_str().unwrap_or("OFF"));
    client.set_user_pool_mfa_config().user_pool_id(&id).software_token_mfa_configuration(totp).mfa_configuration(mfa).send().await?;
    Ok(id)
}

async fn create_client(client: &Client, pool_id: &str, properties: &Value) -> Result<String, Failure> {
    let minutes = |name: &str| properties[name].as_i64().and_then(|minutes| i32::try_from(minutes).ok());
    let flows = properties["ExplicitAuthFlows"].as_array().into_iter().flatten().filter_map(Value::as_str);
    // Demo accounts and load tests sign in by the administrator's way too.
    let flows = flows.map(ExplicitAuthFlowsType::from).chain([ExplicitAuthFlowsType::AllowAdminUserPasswordAuth]).collect();
    let units = TokenValidityUnitsType::builder()
        .access_token(TimeUnitsType::Minutes)
        .id_token(TimeUnitsType::Minutes)
        .refresh_token(TimeUnitsType::Days)
        .build();
    let request = client
        .create_user_pool_client()
        .user_pool_id(pool_id)
        .client_name(CLIENT_NAME)
        .generate_secret(false)
        .set_explicit_auth_flows(Some(flows))
        .enable_token_revocation(properties["EnableTokenRevocation"].as_bool().unwrap_or_default())
        .prevent_user_existence_errors("ENABLED".into())
        .set_access_token_validity(minutes("AccessTokenValidity"))
        .set_id_token_validity(minutes("IdTokenValidity"))
        .set_refresh_token_validity(minutes("RefreshTokenValidity"))
        .token_validity_units(units);
    let created = request.send().await?;
    let id = created.user_pool_client().and_then(|client| client.client_id()).ok_or("Cognito made a client without an id")?;
    Ok(id.to_owned())
}
