//! Organizations and what they have set.

use crate::catalog::{BEFORE_ALL, Part};
use crate::database::{DatabaseError, Item, Write, n, send_write};
use crate::{ListPage, Store, key, record};
use aws_sdk_dynamodb::operation::put_item::PutItemError;
use domain::id::OrganizationId;
use domain::money::BasisPoints;
use domain::organization::{InvoicePrefix, Organization};
use domain::refund::RefundTerms;
use domain::region::RegionCode;
use domain::tax::Tax;
use domain::text::Text;
use serde::{Deserialize, Serialize};

/// Why an organization's settings could not be changed.
#[derive(Debug, thiserror::Error)]
pub enum UpdateOrganizationError {
    /// Somebody else changed them at the same time.
    #[error("the organization was changed by somebody else")]
    Overtaken,
    /// The database could not do it.
    #[error(transparent)]
    Database(#[from] DatabaseError),
}

impl Store {
    /// Pattern 38: writes an organization unless it exists.
    pub async fn create_organization(&self, organization: &Organization) -> Result<(), DatabaseError> {
        let item = organization_item(organization)?;
        let request = self.client.put_item().table_name(self.main()).set_item(Some(item)).condition_expression("attribute_not_exists(pk)");
        send_write!(self.client, "write an organization", PutItemError, request).map(|_| ())
    }

    /// Pattern 90: an organization, strongly consistent.
    pub async fn organization(&self, id: &OrganizationId) -> Result<Option<Organization>, DatabaseError> {
        self.get(self.main(), &key::organization(id)).await?.map(organization_from).transpose()
    }

    /// Pattern 91: writes changed settings over those that were read.
    pub async fn update_organization(
        &self,
        before: &Organization,
        changed: &Organization,
    ) -> Result<Organization, UpdateOrganizationError> {
        let changed = Organization { id: before.id.clone(), revision: before.revision + 1, ..changed.clone() };
        let request = self
            .client
            .put_item()
            .table_name(self.main())
            .set_item(Some(organization_item(&changed)?))
            .condition_expression("revision = :revision")
            .expression_attribute_values(":revision", n(before.revision));
        match send_write!(self.client, "change an organization", PutItemError, request)? {
            Write::Done(_) => Ok(changed),
            Write::Refused(_) => Err(UpdateOrganizationError::Overtaken),
        }
    }

    /// Pattern 92: all organizations by identifier, a page at a time; new ones come a moment late.
    pub async fn organizations(&self, after: Option<&OrganizationId>, limit: u16) -> Result<ListPage<Organization>, DatabaseError> {
        // Every identifier is greater than this.
        let after = after.map_or(BEFORE_ALL, OrganizationId::as_str).to_owned();
        let partition = key::GSI_ORGANIZATIONS.to_owned();
        let (items, more) = self.index_page("list organizations", partition, Part::After(after), limit).await?;
        let next = items.last().filter(|_| more).map(|(position, _)| position.clone());
        let items = items.into_iter().map(|(_, item)| organization_from(item)).collect::<Result<_, _>>()?;
        Ok(ListPage { items, next })
    }
}

/// As it lies in the table.
#[derive(Serialize, Deserialize)]
struct OrganizationRecord {
    organization: OrganizationId,
    name: Text<1, 120>,
    #[serde(skip_serializing_if = "Option::is_none")]
    legal_name: Option<Text<1, 200>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    address: Option<Text<1, 300>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    region: Option<RegionCode>,
    tax: Tax,
    fee_rate: BasisPoints,
    invoice_prefix: InvoicePrefix,
    refund_terms: RefundTerms,
    revision: u32,
}

fn organization_item(organization: &Organization) -> Result<Item, DatabaseError> {
    let Organization { id, name, legal_name, address, region, tax, fee_rate, invoice_prefix, refund_terms, revision } =
        organization.clone();
    let record = OrganizationRecord {
        organization: id.clone(),
        name,
        legal_name,
        address,
        region,
        tax,
        fee_rate,
        invoice_prefix,
        refund_terms,
        revision,
    };
    let mut item = record::to_item(&key::organization(&id), &record)?;
    item.extend(key::gsi(key::GSI_ORGANIZATIONS, id.as_str()));
    Ok(item)
}

fn organization_from(item: Item) -> Result<Organization, DatabaseError> {
    let record: OrganizationRecord = record::from_item(item)?;
    Ok(Organization {
        id: record.organization,
        name: record.name,
        legal_name: record.legal_name,
        address: record.address,
        region: record.region,
        tax: record.tax,
        fee_rate: record.fee_rate,
        invoice_prefix: record.invoice_prefix,
        refund_terms: record.refund_terms,
        revision: record.revision,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::id::ID_ENTROPY_BYTES;

    #[test]
    fn an_organization_is_read_back_as_it_was_written() {
        let bare = Organization::new(OrganizationId::from_entropy([1; ID_ENTROPY_BYTES]), "A hall".parse().unwrap());
        let registration = Some("27AAPFU0939F1ZV".parse().unwrap());
        let full = Organization {
            legal_name: Some("A Hall Private Limited".parse().unwrap()),
            address: Some("1 Main Road".parse().unwrap()),
            region: Some("IN-MH".parse().unwrap()),
            tax: Tax::GstIndia { rate: 1_800, registration },
            fee_rate: 250,
            ..bare.clone()
        };
        let other = Organization { tax: Tax::Other { label: "VAT".parse().unwrap(), rate: 700, registration: None }, ..bare.clone() };
        let untaxed = Organization { tax: Tax::None, ..bare.clone() };
        for organization in [bare, full, other, untaxed] {
            assert_eq!(organization_from(organization_item(&organization).unwrap()).unwrap(), organization);
        }
    }
}
