//! From the members of a body to settings, every complaint with its place.

use api::Problem;
use domain::organization::{Organization, OrganizationError};
use domain::quote::TAX_RATE_DEFAULT;
use domain::refund::RefundTermsError;
use domain::tax::Tax;
use wire::{TaxBody, TaxScheme, UpdateOrganization};

/// The settings as they are to be.
pub(crate) fn edited(before: &Organization, body: UpdateOrganization) -> Result<Organization, Problem> {
    let mut changed = before.clone();
    changed.name = body.name.unwrap_or(changed.name);
    changed.legal_name = body.legal_name.unwrap_or(changed.legal_name);
    changed.address = body.address.unwrap_or(changed.address);
    changed.region = body.region.unwrap_or(changed.region);
    changed.tax = body.tax.map(tax).transpose()?.unwrap_or(changed.tax);
    changed.fee_rate = body.fee_rate.unwrap_or(changed.fee_rate);
    changed.invoice_prefix = body.invoice_prefix.unwrap_or(changed.invoice_prefix);
    changed.refund_terms = body.refund_terms.unwrap_or(changed.refund_terms);
    changed.check().map_err(|error| Problem::invalid(pointer(&error), error))?;
    Ok(changed)
}

fn tax(body: TaxBody) -> Result<Tax, Problem> {
    let refuse = |member: &str, detail: &str| Problem::invalid(format!("/tax/{member}"), detail);
    match (body.scheme, body.label, body.rate) {
        (TaxScheme::GstIndia, None, rate) => {
            let registration = body.registration.map(|number| number.as_str().parse());
            let registration = registration.transpose().map_err(|error| Problem::invalid("/tax/registration", error))?;
            Ok(Tax::GstIndia { rate: rate.unwrap_or(TAX_RATE_DEFAULT), registration })
        }
        (TaxScheme::Other, Some(label), Some(rate)) => Ok(Tax::Other { label, rate, registration: body.registration }),
        (TaxScheme::Other, None, _) => Err(refuse("label", "must be given")),
        (TaxScheme::Other, Some(_), None) => Err(refuse("rate", "must be given")),
        (TaxScheme::None, None, None | Some(0)) if body.registration.is_none() => Ok(Tax::None),
        (TaxScheme::None, None, None | Some(0)) => Err(refuse("registration", "goes with a tax")),
        (TaxScheme::None, None, Some(_)) => Err(refuse("rate", "goes with a tax")),
        (TaxScheme::GstIndia | TaxScheme::None, Some(_), _) => Err(refuse("label", "goes with OTHER")),
    }
}

fn pointer(error: &OrganizationError) -> &'static str {
    match error {
        OrganizationError::TaxRate => "/tax/rate",
        OrganizationError::FeeRate => "/feeRate",
        OrganizationError::RegistrationWithoutRegion => "/region",
        OrganizationError::RegistrationElsewhere(_) => "/tax/registration",
        OrganizationError::RefundTerms(RefundTermsError::TooMany | RefundTermsError::OutOfRange | RefundTermsError::NotFalling) => {
            "/refundTerms/steps"
        }
    }
}
