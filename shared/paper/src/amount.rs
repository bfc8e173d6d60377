//! Money as people write it: `₹ 1,18,000.00`, `KWD 12.500`, `JPY 1,500`.

use domain::money::{BasisPoints, Currency, Money};

/// Currencies without minor units, and those with a thousand of them; all others have a hundred (ISO 4217, list one).
const NO_DIGITS: [&str; 16] =
    ["BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "VND", "VUV", "XAF", "XOF", "XPF"];
const THREE_DIGITS: [&str; 7] = ["BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"];

/// An amount with its currency. Rupees are grouped as in India: lakhs and crores.
pub(crate) fn amount(money: &Money) -> String {
    signed_amount(money.amount, &money.currency)
}

/// The same for what may be taken off.
pub(crate) fn signed_amount(amount: i64, currency: &Currency) -> String {
    let digits = minor_digits(currency);
    let sign = if amount < 0 { "−" } else { "" };
    let spelled = format!("{:0width$}", amount.unsigned_abs(), width = digits + 1);
    let (major, minor) = spelled.split_at(spelled.len() - digits);
    let (unit, group) = if currency.as_str() == "INR" { ("₹", 2) } else { (currency.as_str(), 3) };
    let point = if digits > 0 { "." } else { "" };
    format!("{sign}{unit} {}{point}{minor}", grouped(major, group))
}

/// A rate as people write it: `9 %`, `2.5 %`.
pub(crate) fn percent(rate: BasisPoints) -> String {
    let (whole, part) = (rate / 100, rate % 100);
    let part = format!("{part:02}");
    match part.trim_end_matches('0') {
        "" => format!("{whole} %"),
        part => format!("{whole}.{part} %"),
    }
}

fn minor_digits(currency: &Currency) -> usize {
    let code = currency.as_str();
    if NO_DIGITS.contains(&code) {
        0
    } else if THREE_DIGITS.contains(&code) {
        3
    } else {
        2
    }
}

/// Commas before the last three digits, and before every further `group`.
fn grouped(digits: &str, group: usize) -> String {
    let mut text = String::with_capacity(digits.len() * 3 / 2);
    for (i, digit) in digits.chars().enumerate() {
        let left = digits.len() - i;
        if i > 0 && left >= 3 && (left - 3).is_multiple_of(group) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(amount: i64, currency: &str) -> String {
        signed_amount(amount, &currency.parse().unwrap())
    }

    #[test]
    fn rupees_come_in_lakhs_and_crores_and_everything_else_in_thousands() {
        for (paise, text) in [
            (0, "₹ 0.00"),
            (5, "₹ 0.05"),
            (99_999, "₹ 999.99"),
            (100_000, "₹ 1,000.00"),
            (11_800_000, "₹ 1,18,000.00"),
            (1_234_567_890, "₹ 1,23,45,678.90"),
            (-50_000, "−₹ 500.00"),
        ] {
            assert_eq!(written(paise, "INR"), text);
        }
        assert_eq!(written(123_456_789, "EUR"), "EUR 1,234,567.89");
    }

    #[test]
    fn every_currency_has_its_own_minor_units() {
        assert_eq!(written(1_500, "JPY"), "JPY 1,500");
        assert_eq!(written(12_500, "KWD"), "KWD 12.500");
        assert_eq!(written(1, "KWD"), "KWD 0.001");
        assert_eq!(written(i64::MIN, "JPY"), "−JPY 9,223,372,036,854,775,808");
    }

    #[test]
    fn rates_have_no_needless_digits() {
        assert_eq!([900, 1_850, 25, 1_801, 0].map(percent), ["9 %", "18.5 %", "0.25 %", "18.01 %", "0 %"]);
    }
}
