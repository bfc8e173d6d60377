//! What only whoever runs a cloud can do: Cognito's administrator calls, its tables, its mail.

use crate::cloud::{Cloud, Person};
use crate::world::entropy;
use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::config::{BehaviorVersion, Credentials, Region};
use domain::id::{OrganizationId, UserId};
use local::helper::Aws;
use serde_json::{Value, json};
use store::{Store, Tables};

/// The way behind a running cloud.
pub struct Backstage<'a> {
    cloud: &'a Cloud,
    info: Value,
    aws: Aws,
}

impl<'a> Backstage<'a> {
    /// Behind this cloud.
    pub async fn of(cloud: &'a Cloud) -> Self {
        let info = cloud.send("GET", "/_local/info", None).await.expect(200);
        Self { cloud, info, aws: Aws::default() }
    }

    /// The cloud's own user pool.
    pub fn pool(&self) -> &str {
        self.text("userPoolId")
    }

    /// The client of that pool through which people sign in.
    pub fn client(&self) -> &str {
        self.text("userPoolClientId")
    }

    /// One call of Cognito's API, signed as an administrator.
    pub async fn cognito(&self, action: &str, input: &Value) -> Value {
        let target = format!("AWSCognitoIdentityProviderService.{action}");
        let headers = [("content-type", "application/x-amz-json-1.1"), ("x-amz-target", target.as_str())];
        let url = format!("{}/", self.text("helper"));
        let answer = self.aws.ask("cognito-idp", reqwest::Method::POST, &url, &headers, input.to_string().into_bytes()).await;
        let answer = answer.unwrap_or_else(|error| panic!("{action}: {error}"));
        serde_json::from_slice(&answer).expect("JSON")
    }

    /// Puts somebody into a group; tokens that are made afterwards say so.
    pub async fn add_to_group(&self, email: &str, group: &str) {
        let input = json!({"UserPoolId": self.pool(), "Username": email, "GroupName": group});
        self.cognito("AdminAddUserToGroup", &input).await;
    }

    /// The cloud's tables.
    pub fn store(&self) -> Store {
        let text = |name: &str| self.info[name].as_str().expect("a text").to_owned();
        let credentials = Credentials::new(text("accessKeyId"), text("secretAccessKey"), None, None, "tests");
        let config = aws_sdk_dynamodb::Config::builder()
            .behavior_version(BehaviorVersion::latest())
            .endpoint_url(text("dynamodb"))
            .region(Region::new(text("region")))
            .credentials_provider(credentials);
        let tables = self.info["tables"].as_array().expect("tables").iter().filter_map(Value::as_str);
        let table = |end: &str| tables.clone().find(|name| name.ends_with(end)).expect("a table").to_owned();
        Store::new(Client::from_conf(config.build()), Tables { inventory: table("inventory"), main: table("main") })
    }

    /// A new organizer, of an organization that nobody else belongs to.
    pub async fn organizer_elsewhere(&self) -> Person<'a> {
        let person = self.cloud.somebody().await;
        let me = person.get("/v1/me").await.expect(200);
        let user: UserId = me["userId"].as_str().expect("an id").parse().expect("an id");
        let organization = OrganizationId::from_entropy(entropy());
        let joined = self.store().join_organization(&user, &organization).await.expect("a profile is written");
        assert!(joined, "{user} has a profile");
        self.add_to_group(&person.email, "organizer").await;
        self.cloud.sign_in(&person.email).await
    }

    /// The six digits of the newest mail to this address.
    pub async fn mailed_code(&self, email: &str) -> String {
        self.mailed(email).await.pop().unwrap_or_else(|| panic!("no mail to {email}"))
    }

    /// The six digits of every mail to this address, oldest first.
    pub async fn mailed(&self, email: &str) -> Vec<String> {
        let mail = self.cloud.send("GET", "/_local/mail", None).await.expect(200);
        let items = mail["items"].as_array().expect("items").iter();
        let to_them = items.filter(|item| item["To"].as_array().is_some_and(|to| to.iter().any(|to| to == email)));
        to_them.map(|item| digits(item["BodyText"].as_str().unwrap_or_default())).collect()
    }

    fn text(&self, name: &str) -> &str {
        self.info[name].as_str().expect("a text")
    }
}

/// The first six digits in a row.
fn digits(text: &str) -> String {
    let runs = text.split(|c: char| !c.is_ascii_digit());
    runs.filter(|run| run.len() == 6).map(str::to_owned).next().unwrap_or_else(|| panic!("no code in {text:?}"))
}
