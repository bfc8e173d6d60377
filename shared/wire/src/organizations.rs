//! Organizations and their settings.

use crate::accounts::given;
use domain::id::OrganizationId;
use domain::money::BasisPoints;
use domain::organization::{InvoicePrefix, Organization};
use domain::refund::RefundTerms;
use domain::region::RegionCode;
use domain::tax::Tax;
use domain::text::Text;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// By which scheme tax is collected.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum TaxScheme {
    /// India's goods and services tax.
    GstIndia,
    /// One tax with one name.
    Other,
    /// None at all.
    None,
}

/// What an organization is to collect for the state.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct TaxBody {
    /// By which scheme.
    pub scheme: TaxScheme,
    /// Of `OTHER`: its name, as `VAT`.
    pub label: Option<Text<1, 20>>,
    /// In hundredths of a percent; with `GST_INDIA` 1800 if left out.
    #[schema(value_type = Option<u32>, maximum = 5_000)]
    pub rate: Option<BasisPoints>,
    /// The number under which it is collected; with `GST_INDIA` a GSTIN of the organization's own region.
    pub registration: Option<Text<1, 30>>,
}

/// Changes to an organization's settings; what is left out stays.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct UpdateOrganization {
    /// What people call it.
    #[serde(default, deserialize_with = "given")]
    pub name: Option<Text<1, 120>>,
    /// What the law calls it; null if that is the same.
    #[serde(default, deserialize_with = "given")]
    pub legal_name: Option<Option<Text<1, 200>>>,
    /// Where it is registered; null takes it away.
    #[serde(default, deserialize_with = "given")]
    pub address: Option<Option<Text<1, 300>>>,
    /// In which region that is; null takes it away.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<RegionCode>)]
    pub region: Option<Option<RegionCode>>,
    /// What it collects for the state, all of it.
    #[serde(default, deserialize_with = "given")]
    pub tax: Option<TaxBody>,
    /// Booking fee in hundredths of a percent of the price.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<u32>, maximum = 5_000)]
    pub fee_rate: Option<BasisPoints>,
    /// What its invoice numbers begin with.
    #[serde(default, deserialize_with = "given")]
    pub invoice_prefix: Option<InvoicePrefix>,
    /// What goes back to buyers who call their booking off, all of it.
    #[serde(default, deserialize_with = "given")]
    pub refund_terms: Option<RefundTerms>,
}

/// An organization as its members see it.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct OrganizationView {
    /// Key.
    pub organization_id: OrganizationId,
    /// What people call it.
    pub name: Text<1, 120>,
    /// What the law calls it, if that is something else.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub legal_name: Option<Text<1, 200>>,
    /// Where it is registered.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub address: Option<Text<1, 300>>,
    /// In which region that is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub region: Option<RegionCode>,
    /// What it collects for the state.
    pub tax: Tax,
    /// Booking fee in hundredths of a percent of the price.
    #[schema(value_type = u32)]
    pub fee_rate: BasisPoints,
    /// What its invoice numbers begin with.
    pub invoice_prefix: InvoicePrefix,
    /// What goes back to buyers who call their booking off.
    pub refund_terms: RefundTerms,
}

impl From<Organization> for OrganizationView {
    fn from(organization: Organization) -> Self {
        let Organization { id, name, legal_name, address, region, tax, fee_rate, invoice_prefix, refund_terms, revision: _ } = organization;
        Self { organization_id: id, name, legal_name, address, region, tax, fee_rate, invoice_prefix, refund_terms }
    }
}
