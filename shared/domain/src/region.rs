//! Regions: where a seller is at home and where an event is held, as tax law asks; and the states of India by all their names.

use crate::text::{InvalidText, text_type};

text_type! {
    /// A part of a country in the words of ISO 3166-2, as `IN-KA`. Of India only parts that exist.
    RegionCode,
    parse = |text| {
        let is_country = |part: &str| part.len() == 2 && part.bytes().all(|b| b.is_ascii_uppercase());
        let is_part = |part: &str| (1..=3).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit());
        let spelled = text.split_once('-').is_some_and(|(country, part)| is_country(country) && is_part(part));
        let exists = !text.starts_with("IN-") || STATES.iter().any(|state| state.code == text);
        (spelled && exists).then(|| text.to_owned()).ok_or_else(|| InvalidText("must be a region of ISO 3166-2 like IN-KA".to_owned()))
    },
    schema = { pattern: "^[A-Z]{2}-[A-Z0-9]{1,3}$" }
}

impl RegionCode {
    /// What India's tax law knows of it; none elsewhere.
    pub fn state(&self) -> Option<&'static State> {
        STATES.iter().find(|state| state.code == self.as_str())
    }

    /// What people call it, as far as we know.
    pub fn name(&self) -> &str {
        self.state().map_or(self.as_str(), |state| state.name)
    }
}

/// A state or union territory of India.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct State {
    /// In ISO 3166-2.
    pub code: &'static str,
    /// The two digits that a GSTIN begins with.
    pub gst: &'static str,
    /// What people call it.
    pub name: &'static str,
    /// Whose second half the tax within it is.
    pub half: LocalTax,
}

/// The half of the tax that is not the Centre's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LocalTax {
    /// A state's, and that of a union territory with a legislature.
    Sgst,
    /// A union territory's without one.
    Utgst,
}

const fn state(code: &'static str, gst: &'static str, name: &'static str) -> State {
    State { code, gst, name, half: LocalTax::Sgst }
}

const fn territory(code: &'static str, gst: &'static str, name: &'static str) -> State {
    State { code, gst, name, half: LocalTax::Utgst }
}

/// All of India. Codes: ISO 3166-2:IN as of November 2023. GST codes: the state code list of the GST portal (25, Daman and Diu,
/// and 28, undivided Andhra Pradesh, are no longer given out). Union territories without a legislature: section 2(8) of the
/// UTGST Act 2017 and article 239A of the Constitution; Delhi, Jammu and Kashmir and Puducherry have one and levy SGST.
pub const STATES: [State; 36] = [
    state("IN-JK", "01", "Jammu and Kashmir"),
    state("IN-HP", "02", "Himachal Pradesh"),
    state("IN-PB", "03", "Punjab"),
    territory("IN-CH", "04", "Chandigarh"),
    state("IN-UK", "05", "Uttarakhand"),
    state("IN-HR", "06", "Haryana"),
    state("IN-DL", "07", "Delhi"),
    state("IN-RJ", "08", "Rajasthan"),
    state("IN-UP", "09", "Uttar Pradesh"),
    state("IN-BR", "10", "Bihar"),
    state("IN-SK", "11", "Sikkim"),
    state("IN-AR", "12", "Arunachal Pradesh"),
    state("IN-NL", "13", "Nagaland"),
    state("IN-MN", "14", "Manipur"),
    state("IN-MZ", "15", "Mizoram"),
    state("IN-TR", "16", "Tripura"),
    state("IN-ML", "17", "Meghalaya"),
    state("IN-AS", "18", "Assam"),
    state("IN-WB", "19", "West Bengal"),
    state("IN-JH", "20", "Jharkhand"),
    state("IN-OD", "21", "Odisha"),
    state("IN-CG", "22", "Chhattisgarh"),
    state("IN-MP", "23", "Madhya Pradesh"),
    state("IN-GJ", "24", "Gujarat"),
    territory("IN-DH", "26", "Dadra and Nagar Haveli and Daman and Diu"),
    state("IN-MH", "27", "Maharashtra"),
    state("IN-KA", "29", "Karnataka"),
    state("IN-GA", "30", "Goa"),
    territory("IN-LD", "31", "Lakshadweep"),
    state("IN-KL", "32", "Kerala"),
    state("IN-TN", "33", "Tamil Nadu"),
    state("IN-PY", "34", "Puducherry"),
    territory("IN-AN", "35", "Andaman and Nicobar Islands"),
    state("IN-TS", "36", "Telangana"),
    state("IN-AP", "37", "Andhra Pradesh"),
    territory("IN-LA", "38", "Ladakh"),
];

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn india_has_28_states_and_8_union_territories_and_no_code_twice() {
        let with_legislature = ["IN-DL", "IN-JK", "IN-PY"];
        let territories = STATES.iter().filter(|state| state.half == LocalTax::Utgst || with_legislature.contains(&state.code));
        assert_eq!((STATES.len(), territories.count()), (36, 8));
        let distinct = |part: fn(&State) -> &'static str| STATES.iter().map(part).collect::<BTreeSet<_>>().len();
        assert_eq!((distinct(|s| s.code), distinct(|s| s.gst), distinct(|s| s.name)), (36, 36, 36));
        assert!(STATES.iter().all(|state| state.code.parse::<RegionCode>().is_ok()));
    }

    #[test]
    fn a_region_is_spelled_as_in_the_standard_and_in_india_it_exists() {
        assert_eq!("IN-MH".parse::<RegionCode>().unwrap().name(), "Maharashtra");
        assert_eq!("DE-BE".parse::<RegionCode>().unwrap().name(), "DE-BE");
        for bad in ["", "IN", "IN-", "IN-XX", "in-mh", "IN-MAHA", "I-MH", "INMH", "IN-M H", "IN-OR"] {
            assert!(bad.parse::<RegionCode>().is_err(), "{bad}");
        }
    }
}
