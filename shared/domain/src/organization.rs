//! The party that sells: what it is called, how it taxes, what it charges, and what goes back.

use crate::id::OrganizationId;
use crate::money::BasisPoints;
use crate::quote::Charges;
use crate::refund::{RefundTerms, RefundTermsError};
use crate::region::RegionCode;
use crate::tax::{TAX_RATE_MAX, Tax};
use crate::text::{InvalidText, Text, text_type};

/// The highest booking fee: 50 %.
pub const FEE_RATE_MAX: BasisPoints = 5_000;

text_type! {
    /// What an organization's invoice numbers begin with.
    InvoicePrefix,
    parse = |text| {
        let valid = (1..=3).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit());
        valid.then(|| text.to_owned()).ok_or_else(|| InvalidText("must be 1 to 3 capitals or digits".to_owned()))
    },
    schema = { pattern: "^[A-Z0-9]{1,3}$" }
}

impl Default for InvoicePrefix {
    fn default() -> Self {
        Self("FR".to_owned())
    }
}

/// The party that sells; organizers and staff are its members.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Organization {
    /// Key.
    pub id: OrganizationId,
    /// What people call it.
    pub name: Text<1, 120>,
    /// What the law calls it, if that is something else.
    pub legal_name: Option<Text<1, 200>>,
    /// Where it is registered.
    pub address: Option<Text<1, 300>>,
    /// In which region that is.
    pub region: Option<RegionCode>,
    /// What it collects for the state.
    pub tax: Tax,
    /// Booking fee, as a share of the price.
    pub fee_rate: BasisPoints,
    /// What its invoice numbers begin with.
    pub invoice_prefix: InvoicePrefix,
    /// What goes back to buyers who call their booking off.
    pub refund_terms: RefundTerms,
    /// Raised by every change, so that of two people who change it at once only one has their way.
    pub revision: u32,
}

/// By what terms a show is sold: its organization's when it is published.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SellingTerms {
    /// Fee and tax.
    pub charges: Charges,
    /// What goes back to buyers who call their booking off.
    pub refund_terms: RefundTerms,
}

/// Why these are no settings.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum OrganizationError {
    /// The tax is out of range.
    #[error("must be 0 to {TAX_RATE_MAX}")]
    TaxRate,
    /// The fee is out of range.
    #[error("must be 0 to {FEE_RATE_MAX}")]
    FeeRate,
    /// A GSTIN says in which state it was given out; nobody said where the organization is.
    #[error("needs the region that it was given out in")]
    RegistrationWithoutRegion,
    /// A GSTIN of another state.
    #[error("was not given out in {}", .0.name())]
    RegistrationElsewhere(RegionCode),
    /// The terms contradict themselves.
    #[error(transparent)]
    RefundTerms(#[from] RefundTermsError),
}

impl Organization {
    /// One that has set nothing yet.
    pub fn new(id: OrganizationId, name: Text<1, 120>) -> Self {
        Self {
            id,
            name,
            legal_name: None,
            address: None,
            region: None,
            tax: Tax::default(),
            fee_rate: 0,
            invoice_prefix: InvoicePrefix::default(),
            refund_terms: RefundTerms::default(),
            revision: 1,
        }
    }

    /// Checks the settings against each other.
    pub fn check(&self) -> Result<(), OrganizationError> {
        if self.tax.rate() > TAX_RATE_MAX {
            return Err(OrganizationError::TaxRate);
        }
        if self.fee_rate > FEE_RATE_MAX {
            return Err(OrganizationError::FeeRate);
        }
        match (&self.tax, &self.region) {
            (Tax::GstIndia { registration: Some(_), .. }, None) => return Err(OrganizationError::RegistrationWithoutRegion),
            (Tax::GstIndia { registration: Some(gstin), .. }, Some(region)) if !gstin.is_of(region) => {
                return Err(OrganizationError::RegistrationElsewhere(region.clone()));
            }
            (Tax::GstIndia { .. } | Tax::Other { .. } | Tax::None, _) => {}
        }
        Ok(self.refund_terms.check()?)
    }

    /// By what terms it sells from now on.
    pub fn selling_terms(&self) -> SellingTerms {
        let charges = Charges { fee_rate: self.fee_rate, tax_rate: self.tax.rate() };
        SellingTerms { charges, refund_terms: self.refund_terms.clone() }
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::id::ID_ENTROPY_BYTES;
    use crate::refund::RefundStep;

    pub(crate) fn organization() -> Organization {
        Organization {
            legal_name: Some("Frontrow Productions Private Limited".parse().unwrap()),
            region: Some("IN-MH".parse().unwrap()),
            tax: Tax::GstIndia { rate: 1_800, registration: Some("27AAPFU0939F1ZV".parse().unwrap()) },
            ..Organization::new(OrganizationId::from_entropy([2; ID_ENTROPY_BYTES]), "Frontrow".parse().unwrap())
        }
    }

    #[test]
    fn a_registration_is_of_the_organizations_own_state() {
        let good = organization();
        assert_eq!(good.check(), Ok(()));
        let elsewhere = Organization { region: Some("IN-KA".parse().unwrap()), ..good.clone() };
        assert_eq!(elsewhere.check(), Err(OrganizationError::RegistrationElsewhere("IN-KA".parse().unwrap())));
        let nowhere = Organization { region: None, ..good.clone() };
        assert_eq!(nowhere.check(), Err(OrganizationError::RegistrationWithoutRegion));
        assert_eq!(Organization::new(good.id, good.name).check(), Ok(()), "nothing set is fine");
    }

    #[test]
    fn rates_and_terms_are_in_range() {
        let tax = Organization { tax: Tax::GstIndia { rate: TAX_RATE_MAX + 1, registration: None }, ..organization() };
        assert_eq!(tax.check(), Err(OrganizationError::TaxRate));
        let fee = Organization { fee_rate: FEE_RATE_MAX + 1, ..organization() };
        assert_eq!(fee.check(), Err(OrganizationError::FeeRate));
        let steps = vec![RefundStep { until_hours: 0, rate: 0 }];
        let terms = Organization { refund_terms: RefundTerms { steps, fee_back: true }, ..organization() };
        assert_eq!(terms.check(), Err(OrganizationError::RefundTerms(RefundTermsError::OutOfRange)));
    }

    #[test]
    fn who_taxes_nothing_sells_without_tax() {
        let untaxed = Organization { tax: Tax::None, fee_rate: 250, ..organization() };
        assert_eq!(untaxed.selling_terms().charges, Charges { fee_rate: 250, tax_rate: 0 });
        assert_eq!(SellingTerms::default(), Organization::new(untaxed.id, untaxed.name).selling_terms());
    }

    #[test]
    fn prefixes_are_short() {
        assert_eq!(InvoicePrefix::default().as_str(), "FR");
        for bad in ["", "ABCD", "a", "A-", "Ä"] {
            assert!(bad.parse::<InvoicePrefix>().is_err(), "{bad}");
        }
    }
}
