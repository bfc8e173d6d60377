//! The demo's venues. They are invented; the cities are not.

use super::id;
use domain::id::VenueId;
use domain::layout::{Layout, LayoutError, Places, Row, Section};

/// A venue of the demo.
pub(super) struct DemoVenue {
    number: usize,
    pub(super) name: &'static str,
    pub(super) address: &'static str,
    pub(super) city: &'static str,
    /// In ISO 3166-2.
    pub(super) region: &'static str,
    pub(super) amenities: &'static [&'static str],
    /// What places cost here as a rule, in rupees.
    pub(super) prices: &'static [(&'static str, i64)],
    pub(super) layout: fn() -> Result<Layout, LayoutError>,
}

impl DemoVenue {
    pub(super) fn id(&self) -> VenueId {
        VenueId::from_entropy(id("ven", self.number))
    }
}

/// Samudra Stadium, Mumbai.
pub(super) const STADIUM: usize = 0;
/// Indiranagar Picture House, Bengaluru.
pub(super) const CINEMA: usize = 1;
/// Yamuna Grand Theatre, Delhi.
pub(super) const THEATRE: usize = 2;
/// Deccan Village Hall, Pune.
pub(super) const HALL: usize = 3;
/// Coromandel Concert Hall, Chennai.
pub(super) const CONCERT_HALL: usize = 4;
/// Marine Lines Playhouse, Mumbai.
pub(super) const PLAYHOUSE: usize = 5;

/// All of them, each at its number.
pub(super) const VENUES: [DemoVenue; 6] = [
    DemoVenue {
        number: STADIUM,
        name: "Samudra Stadium",
        address: "Sea Link Road 1, Worli",
        city: "Mumbai",
        region: "IN-MH",
        amenities: &["Parking", "Metro station", "Food court", "Wheelchair access", "First aid"],
        prices: &[("VIP", 6_500), ("LOWER", 2_800), ("UPPER", 900)],
        layout: stadium,
    },
    DemoVenue {
        number: CINEMA,
        name: "Indiranagar Picture House",
        address: "100 Feet Road 48, Indiranagar",
        city: "Bengaluru",
        region: "IN-KA",
        amenities: &["Snack bar", "Dolby Atmos", "Air conditioning", "Wheelchair access"],
        prices: &[("RECLINER", 550), ("CLASSIC", 280), ("STANDING", 150)],
        layout: cinema,
    },
    DemoVenue {
        number: THEATRE,
        name: "Yamuna Grand Theatre",
        address: "Copernicus Marg 7, Mandi House",
        city: "Delhi",
        region: "IN-DL",
        amenities: &["Cloakroom", "Café", "Air conditioning", "Metro station"],
        prices: &[("STALLS", 1_200), ("CIRCLE", 800), ("BALCONY", 450)],
        layout: theatre,
    },
    DemoVenue {
        number: HALL,
        name: "Deccan Village Hall",
        address: "Prabhat Road 12, Deccan Gymkhana",
        city: "Pune",
        region: "IN-MH",
        amenities: &["Tea stall", "Bicycle stands"],
        prices: &[("HALL", 300)],
        layout: hall,
    },
    DemoVenue {
        number: CONCERT_HALL,
        name: "Coromandel Concert Hall",
        address: "Cathedral Road 31, Gopalapuram",
        city: "Chennai",
        region: "IN-TN",
        amenities: &["Parking", "Restaurant", "Air conditioning", "Hearing loop", "Wheelchair access"],
        prices: &[("GOLD", 1_800), ("SILVER", 1_100), ("PIT", 700)],
        layout: concert_hall,
    },
    DemoVenue {
        number: PLAYHOUSE,
        name: "Marine Lines Playhouse",
        address: "Maharshi Karve Road 203, Marine Lines",
        city: "Mumbai",
        region: "IN-MH",
        amenities: &["Bar", "Air conditioning"],
        prices: &[("FRONT", 900), ("BACK", 600)],
        layout: playhouse,
    },
];

/// Forty sections: four stands, each with five lower blocks of 1,280 seats and five upper ones of 1,220.
fn stadium() -> Result<Layout, LayoutError> {
    let stands = [("E", "East Stand"), ("W", "West Stand"), ("N", "North Stand"), ("S", "South Stand")];
    let mut sections = Vec::with_capacity(40);
    for (tier, word, widths) in [("L", "lower", [32, 32]), ("U", "upper", [30, 31])] {
        for (stand, name) in stands {
            for number in 1..=5u16 {
                let level = match (tier, stand, number) {
                    ("L", "E" | "W", 3) => "VIP",
                    ("L", _, _) => "LOWER",
                    _ => "UPPER",
                };
                let rows = (1..=40u16).map(|row| (row.to_string(), widths[usize::from(row > 20)]));
                sections.push(seated(&format!("{stand}{tier}{number}"), &format!("{name}, {word} {number}"), rows, level));
            }
        }
    }
    Layout::new(sections)
}

fn cinema() -> Result<Layout, LayoutError> {
    let (front, back) = (letters("ABCDEFG").map(|row| (row, 18)), letters("HJ").map(|row| (row, 10)));
    Layout::new(vec![
        seated("CLASSIC", "Classic", front, "CLASSIC"),
        seated("RECL", "Recliners", back, "RECLINER"),
        standing("GALLERY", "Standing gallery", 40, "STANDING"),
    ])
}

fn theatre() -> Result<Layout, LayoutError> {
    Layout::new(vec![
        seated("STALLS", "Stalls", letters("ABCDEFGHJKLM").zip([20, 20, 22, 22, 24, 24, 24, 24, 26, 26, 26, 26]), "STALLS"),
        seated("CIRCLE", "Dress circle", letters("ABCDEFGH").map(|row| (row, 22)), "CIRCLE"),
        seated("BALCONY", "Balcony", letters("ABCDEF").map(|row| (row, 20)), "BALCONY"),
    ])
}

/// A hundred and fifty chairs.
fn hall() -> Result<Layout, LayoutError> {
    Layout::new(vec![seated("HALL", "Hall", letters("ABCDEFGHJK").map(|row| (row, 15)), "HALL")])
}

fn concert_hall() -> Result<Layout, LayoutError> {
    Layout::new(vec![
        standing("PIT", "Standing pit", 300, "PIT"),
        seated("PARTERRE", "Parterre", letters("ABCDEFGHJKLMNPQR").map(|row| (row, 30)), "GOLD"),
        seated("LEFT", "Left gallery", letters("ABCD").map(|row| (row, 25)), "SILVER"),
        seated("RIGHT", "Right gallery", letters("ABCD").map(|row| (row, 25)), "SILVER"),
        seated("REAR", "Rear gallery", letters("ABCDEFGH").map(|row| (row, 32)), "SILVER"),
    ])
}

fn playhouse() -> Result<Layout, LayoutError> {
    Layout::new(vec![
        seated("FRONT", "Front", letters("ABCDE").map(|row| (row, 16)), "FRONT"),
        seated("BACK", "Back", letters("FGHJKLM").map(|row| (row, 20)), "BACK"),
    ])
}

fn letters(labels: &'static str) -> impl Iterator<Item = String> {
    labels.chars().map(String::from)
}

fn seated(code: &str, name: &str, rows: impl Iterator<Item = (String, u16)>, level: &str) -> Section {
    let row = |(label, seats): (String, u16)| Row { label: label.parse().expect("a label"), seats };
    section(code, name, Places::Seated(rows.map(row).collect()), level)
}

fn standing(code: &str, name: &str, capacity: u16, level: &str) -> Section {
    section(code, name, Places::Standing(capacity), level)
}

fn section(code: &str, name: &str, places: Places, level: &str) -> Section {
    Section {
        code: code.parse().expect("a code"),
        name: name.parse().expect("a name"),
        places,
        level: level.parse().expect("a price level"),
    }
}
