//! People's own records.

use crate::database::{DatabaseError, Item, Write, s, send_write};
use crate::{Store, key, record};
use aws_sdk_dynamodb::operation::put_item::PutItemError;
use aws_sdk_dynamodb::operation::update_item::UpdateItemError;
use aws_sdk_dynamodb::types::ReturnValue;
use domain::id::{OrganizationId, UserId};
use domain::text::{Phone, Text};
use domain::user::Profile;

impl Store {
    /// Pattern 34: writes a profile unless the user has one.
    pub async fn create_profile(&self, profile: &Profile) -> Result<(), DatabaseError> {
        let mut item = key::profile(&profile.id).attributes();
        item.extend([
            ("user".to_owned(), s(profile.id.as_str())),
            ("email".to_owned(), s(profile.email.as_str())),
            ("name".to_owned(), s(profile.name.as_str())),
            ("created_at".to_owned(), s(profile.created_at.to_string())),
        ]);
        item.extend(profile.phone.iter().map(|phone| ("phone".to_owned(), s(phone.as_str()))));
        item.extend(profile.organization.iter().map(|organization| ("organization".to_owned(), s(organization.as_str()))));
        let request = self.client.put_item().table_name(self.main()).set_item(Some(item)).condition_expression("attribute_not_exists(pk)");
        send_write!(self.client, "write a profile", PutItemError, request).map(|_| ())
    }

    /// Pattern 35: the user's profile. Strongly consistent.
    pub async fn profile(&self, user: &UserId) -> Result<Option<Profile>, DatabaseError> {
        let item = self.get(self.main(), &key::profile(user)).await?;
        item.map(|item| profile_from(&item)).transpose()
    }

    /// Pattern 36: changes name or telephone number; `Some(None)` takes the number away. None if there is no profile.
    pub async fn update_profile(
        &self,
        user: &UserId,
        name: Option<&Text<1, 100>>,
        phone: Option<Option<&Phone>>,
    ) -> Result<Option<Profile>, DatabaseError> {
        let key = key::profile(user);
        let mut request = self
            .client
            .update_item()
            .table_name(self.main())
            .key("pk", key.pk())
            .key("sk", key.sk())
            .condition_expression("attribute_exists(pk)")
            .return_values(ReturnValue::AllNew);
        let mut set = vec!["#user = :user"];
        request = request.expression_attribute_names("#user", "user").expression_attribute_values(":user", s(user.as_str()));
        if let Some(name) = name {
            set.push("#name = :name");
            request = request.expression_attribute_names("#name", "name").expression_attribute_values(":name", s(name.as_str()));
        }
        if let Some(Some(phone)) = phone {
            set.push("phone = :phone");
            request = request.expression_attribute_values(":phone", s(phone.as_str()));
        }
        let remove = if phone == Some(None) { " REMOVE phone" } else { "" };
        let request = request.update_expression(format!("SET {}{remove}", set.join(", ")));
        match send_write!(self.client, "change a profile", UpdateItemError, request)? {
            Write::Done(item) => profile_from(&item.unwrap_or_default()).map(Some),
            Write::Refused(_) => Ok(None),
        }
    }

    /// Pattern 37: makes the user a member of an organization. False if the user has no profile.
    pub async fn join_organization(&self, user: &UserId, organization: &OrganizationId) -> Result<bool, DatabaseError> {
        let key = key::profile(user);
        let request = self
            .client
            .update_item()
            .table_name(self.main())
            .key("pk", key.pk())
            .key("sk", key.sk())
            .condition_expression("attribute_exists(pk)")
            .update_expression("SET organization = :organization")
            .expression_attribute_values(":organization", s(organization.as_str()));
        Ok(matches!(send_write!(self.client, "join an organization", UpdateItemError, request)?, Write::Done(_)))
    }
}

fn profile_from(item: &Item) -> Result<Profile, DatabaseError> {
    Ok(Profile {
        id: record::text(item, "user")?,
        email: record::text(item, "email")?,
        name: record::text(item, "name")?,
        phone: record::optional_text(item, "phone")?,
        organization: record::optional_text(item, "organization")?,
        created_at: record::text(item, "created_at")?,
    })
}
