//! What the public list shows of an event, and which events a search finds there.
//!
//! An event is listed once for every month (UTC) in which it has shows. Each entry knows all shows of the event, so that a
//! search can tell from one entry whether an earlier month has shown the event already.

use crate::event::{Category, Event, EventStatus, Image};
use crate::id::EventId;
use crate::money::{AMOUNT_MAX, Money};
use crate::quote::quote;
use crate::show::Show;
use crate::text::{InvalidText, Text, ZoneName};
use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp, ToSpan};
use std::collections::BTreeSet;
use std::fmt;
use std::str::FromStr;

/// A search reaches this many months ahead of where it begins.
pub const SEARCH_MONTHS_MAX: i64 = 24;
/// A search for what is over begins so long ago unless it says otherwise.
const COMPLETED_AGE_DEFAULT: SignedDuration = SignedDuration::from_hours(24 * 365);
/// An event is over this long after its last show began.
pub const LAST_SHOW_DURATION: SignedDuration = SignedDuration::from_hours(24);
/// Clocks on earth differ from UTC by less than this.
const ZONE_OFFSET_MAX: SignedDuration = SignedDuration::from_hours(24);

/// A month of a year, as `2026-11`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Month(Date);

impl Month {
    /// The month, in UTC, of this moment.
    pub fn of(at: Timestamp) -> Self {
        Self(at.to_zoned(jiff::tz::TimeZone::UTC).date().first_of_month())
    }

    /// So many months later; the last there is if it would be later still.
    #[must_use]
    pub fn plus(self, months: i64) -> Self {
        Self(self.0.saturating_add(months.months()).first_of_month())
    }
}

impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.0.year(), self.0.month())
    }
}

impl FromStr for Month {
    type Err = InvalidText;

    fn from_str(text: &str) -> Result<Self, InvalidText> {
        let month = format!("{text}-01").parse().map(Self).map_err(|_| InvalidText("must be a month like 2026-11".to_owned()))?;
        // The parser takes other spellings of dates too; a key has one.
        if month.to_string() == text { Ok(month) } else { Err(InvalidText("must be a month like 2026-11".to_owned())) }
    }
}

/// A show as the list knows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListedShow {
    /// When it begins.
    pub starts_at: Timestamp,
    /// Where.
    pub venue_name: Text<1, 120>,
    /// In which city.
    pub city: Text<1, 80>,
    /// Where the venue's clocks are.
    pub zone: ZoneName,
    /// The cheapest place.
    pub lowest: Money,
    /// The dearest place.
    pub highest: Money,
    /// What the cheapest place costs in all, with fee and tax.
    pub lowest_total: Money,
}

/// What the list shows of an event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listing {
    /// Which event.
    pub event: EventId,
    /// On the poster.
    pub title: Text<1, 200>,
    /// What kind of evening.
    pub category: Category,
    /// In which language.
    pub language: Option<Text<1, 40>>,
    /// For finding it.
    pub tags: Vec<Text<1, 40>>,
    /// The poster.
    pub image: Option<Image>,
    /// All its shows, by date.
    pub shows: Vec<ListedShow>,
    /// Whether it was called off.
    pub cancelled: bool,
}

impl Listing {
    /// What the list shows of this event. An event has shows and shows have prices, so there always is a cheapest.
    pub fn new(event: &Event, shows: &[Show]) -> Self {
        let mut listed: Vec<ListedShow> = shows.iter().filter_map(listed).collect();
        listed.sort_by_key(|show| show.starts_at);
        Self {
            event: event.id.clone(),
            title: event.title.clone(),
            category: event.category,
            language: event.language.clone(),
            tags: event.tags.clone(),
            image: event.images.first().cloned(),
            shows: listed,
            cancelled: event.lifecycle.status == EventStatus::Cancelled,
        }
    }

    /// The months in which it has shows, each with the first of them.
    pub fn months(&self) -> Vec<(Month, Timestamp)> {
        let mut months: Vec<(Month, Timestamp)> = self.shows.iter().map(|show| (Month::of(show.starts_at), show.starts_at)).collect();
        months.dedup_by_key(|(month, _)| *month);
        months
    }

    /// Where it is in its life, as far as the public is concerned.
    pub fn status(&self, now: Timestamp) -> EventStatus {
        public_status(self.cancelled, self.shows.last().map(|show| show.starts_at), now)
    }

    /// Its cities, in the order of their shows.
    pub fn cities(&self) -> Vec<&Text<1, 80>> {
        each_once(self.shows.iter().map(|show| &show.city))
    }

    /// Its venues, in the order of their shows.
    pub fn venues(&self) -> Vec<&Text<1, 120>> {
        each_once(self.shows.iter().map(|show| &show.venue_name))
    }
}

/// Where a published event is: nobody writes down that it is over, its last show says so.
pub fn public_status(cancelled: bool, last_show_at: Option<Timestamp>, now: Timestamp) -> EventStatus {
    if cancelled {
        EventStatus::Cancelled
    } else if last_show_at.is_some_and(|last| now.duration_since(last) > LAST_SHOW_DURATION) {
        EventStatus::Completed
    } else {
        EventStatus::Published
    }
}

fn listed(show: &Show) -> Option<ListedShow> {
    let lowest = show.prices.values().min_by_key(|price| price.amount)?.clone();
    let total = quote([&lowest], &lowest.currency, show.charges).ok()?.total;
    Some(ListedShow {
        starts_at: show.starts_at,
        venue_name: show.venue_name.clone(),
        city: show.city.clone(),
        zone: show.zone.clone(),
        highest: show.prices.values().max_by_key(|price| price.amount)?.clone(),
        lowest,
        lowest_total: total,
    })
}

fn each_once<'a, T: Ord + 'a>(values: impl Iterator<Item = &'a T>) -> Vec<&'a T> {
    let mut seen = BTreeSet::new();
    values.filter(|value| seen.insert(*value)).collect()
}

/// A moment, or a day on the clocks of whoever looks at it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    /// This moment.
    At(Timestamp),
    /// This day at the venue.
    Day(Date),
}

impl FromStr for When {
    type Err = InvalidText;

    fn from_str(text: &str) -> Result<Self, InvalidText> {
        let refuse = || InvalidText("must be a date like 2026-11-21 or a time like 2026-11-21T18:30:00Z".to_owned());
        if text.len() == "2026-11-21".len() {
            return text.parse().map(Self::Day).map_err(|_| refuse());
        }
        text.parse().map(Self::At).map_err(|_| refuse())
    }
}

impl When {
    /// The earliest and the latest moment that it can be, wherever the venue is.
    fn bounds(self) -> (Timestamp, Timestamp) {
        match self {
            Self::At(at) => (at, at),
            Self::Day(day) => {
                let midnight = day.to_zoned(jiff::tz::TimeZone::UTC).map_or(Timestamp::MAX, |midnight| midnight.timestamp());
                let earlier = midnight.checked_sub(ZONE_OFFSET_MAX).unwrap_or(Timestamp::MIN);
                let later = midnight.checked_add(ZONE_OFFSET_MAX * 2).unwrap_or(Timestamp::MAX);
                (earlier, later)
            }
        }
    }

    fn is_before_or_at(self, show: &ListedShow) -> bool {
        match self {
            Self::At(at) => at <= show.starts_at,
            Self::Day(day) => day <= local_day(show),
        }
    }

    fn is_after_or_at(self, show: &ListedShow) -> bool {
        match self {
            Self::At(at) => show.starts_at <= at,
            Self::Day(day) => local_day(show) <= day,
        }
    }
}

fn local_day(show: &ListedShow) -> Date {
    let zone = jiff::tz::TimeZone::get(show.zone.as_str()).unwrap_or(jiff::tz::TimeZone::UTC);
    show.starts_at.to_zoned(zone).date()
}

/// An amount in minor units, as a query spells it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Amount(pub i64);

impl FromStr for Amount {
    type Err = InvalidText;

    fn from_str(text: &str) -> Result<Self, InvalidText> {
        let amount = text.parse().ok().filter(|amount| (0..=AMOUNT_MAX).contains(amount));
        amount.map(Self).ok_or_else(|| InvalidText(format!("must be 0 to {AMOUNT_MAX} minor units")))
    }
}

/// What somebody looks for in the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Search {
    /// This kind of evening.
    pub category: Option<Category>,
    /// In this city, however it is capitalized.
    pub city: Option<Text<1, 80>>,
    /// A show that begins then or later.
    pub from: When,
    /// A show that begins then or earlier.
    pub to: Option<When>,
    /// A show with a place that costs so much or more.
    pub lowest: Option<Amount>,
    /// A show with a place that costs so much or less.
    pub highest: Option<Amount>,
    /// Where it is in its life: on sale, over or called off.
    pub status: EventStatus,
}

impl Search {
    /// From when on a search looks unless it says otherwise: from now; for what is over, from a year ago.
    pub fn from_default(status: EventStatus, now: Timestamp) -> When {
        match status {
            EventStatus::Completed => When::At(now - COMPLETED_AGE_DEFAULT),
            EventStatus::Draft | EventStatus::Submitted | EventStatus::Published | EventStatus::Cancelled => When::At(now),
        }
    }

    /// The first and the last month to look into.
    pub fn months(&self) -> (Month, Month) {
        let first = Month::of(self.from.bounds().0);
        let horizon = first.plus(SEARCH_MONTHS_MAX);
        (first, self.to.map_or(horizon, |to| Month::of(to.bounds().1).min(horizon)))
    }

    /// The show for which the event is found in this month's list: the first that matches, if it is in this month.
    pub fn found<'a>(&self, listing: &'a Listing, month: Month, now: Timestamp) -> Option<&'a ListedShow> {
        if listing.status(now) != self.status || self.category.is_some_and(|category| category != listing.category) {
            return None;
        }
        let first = listing.shows.iter().find(|show| self.matches(show))?;
        (Month::of(first.starts_at) == month).then_some(first)
    }

    fn matches(&self, show: &ListedShow) -> bool {
        self.from.is_before_or_at(show)
            && self.to.is_none_or(|to| to.is_after_or_at(show))
            && self.city.as_ref().is_none_or(|city| city.as_str().to_lowercase() == show.city.as_str().to_lowercase())
            && self.lowest.is_none_or(|Amount(lowest)| show.highest.amount >= lowest)
            && self.highest.is_none_or(|Amount(highest)| show.lowest.amount <= highest)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::ID_ENTROPY_BYTES;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    fn show(starts_at: &str, city: &str, lowest: i64, highest: i64) -> ListedShow {
        let money = |amount| Money { amount, currency: "INR".parse().unwrap() };
        ListedShow {
            starts_at: at(starts_at),
            venue_name: "Hall".parse().unwrap(),
            city: city.parse().unwrap(),
            zone: "Asia/Kolkata".parse().unwrap(),
            lowest: money(lowest),
            highest: money(highest),
            lowest_total: money(lowest),
        }
    }

    fn tour() -> Listing {
        Listing {
            event: EventId::from_entropy([1; ID_ENTROPY_BYTES]),
            title: "Tour".parse().unwrap(),
            category: Category::Concert,
            language: None,
            tags: vec![],
            image: None,
            shows: vec![
                show("2026-12-05T14:00:00Z", "Mumbai", 100, 500),
                show("2026-12-31T19:00:00Z", "Mumbai", 100, 900),
                show("2027-02-01T14:00:00Z", "Delhi", 1_000, 2_000),
            ],
            cancelled: false,
        }
    }

    fn everything(now: &str) -> Search {
        let from = When::At(at(now));
        Search { category: None, city: None, from, to: None, lowest: None, highest: None, status: EventStatus::Published }
    }

    fn months_found(search: &Search, now: &str) -> Vec<String> {
        let listing = tour();
        let months = listing.months().into_iter().map(|(month, _)| month);
        months.filter(|month| search.found(&listing, *month, at(now)).is_some()).map(|month| month.to_string()).collect()
    }

    #[test]
    fn an_event_is_found_once_in_the_month_of_its_first_show_that_matches() {
        let now = "2026-11-21T00:00:00Z";
        let all = everything(now);
        assert_eq!(months_found(&all, now), ["2026-12"]);
        assert_eq!(months_found(&Search { city: Some("delhi".parse().unwrap()), ..all.clone() }, now), ["2027-02"]);
        assert_eq!(months_found(&Search { lowest: Some(Amount(901)), ..all.clone() }, now), ["2027-02"]);
        assert_eq!(months_found(&Search { highest: Some(Amount(99)), ..all.clone() }, now), [""; 0]);
        assert_eq!(months_found(&Search { category: Some(Category::Movie), ..all.clone() }, now), [""; 0]);
        assert_eq!(months_found(&Search { from: When::At(at("2027-01-01T00:00:00Z")), ..all }, now), ["2027-02"]);
    }

    #[test]
    fn a_day_is_the_day_on_the_venues_clocks() {
        let now = "2026-11-21T00:00:00Z";
        // 19:00 UTC on the 31st is half past midnight of the 1st in Mumbai.
        let search = Search { from: "2027-01-01".parse().unwrap(), to: Some("2027-01-01".parse().unwrap()), ..everything(now) };
        assert_eq!(months_found(&search, now), ["2026-12"]);
        let (first, last) = search.months();
        assert!(first.to_string() == "2026-12" && last.to_string() == "2027-01");
        let search = Search { from: "2026-12-31".parse().unwrap(), to: Some("2026-12-31".parse().unwrap()), ..everything(now) };
        assert_eq!(months_found(&search, now), [""; 0]);
    }

    #[test]
    fn an_event_is_over_a_day_after_its_last_show_began() {
        let mut listing = tour();
        assert_eq!(listing.status(at("2027-02-02T14:00:00Z")), EventStatus::Published);
        assert_eq!(listing.status(at("2027-02-02T14:00:01Z")), EventStatus::Completed);
        listing.cancelled = true;
        assert_eq!(listing.status(at("2027-02-02T14:00:01Z")), EventStatus::Cancelled);
    }

    #[test]
    fn a_search_walks_a_bounded_number_of_months() {
        let (first, last) = everything("2026-11-21T00:00:00Z").months();
        assert_eq!((first.to_string(), last.to_string()), ("2026-11".to_owned(), "2028-11".to_owned()));
        let far = Search { to: Some(When::At(Timestamp::MAX)), ..everything("2026-11-21T00:00:00Z") };
        assert_eq!(far.months().1.to_string(), "2028-11");
        let end = everything("9999-12-30T00:00:00Z");
        assert_eq!(end.months().1.to_string(), "9999-12");
        for bad in ["", "2026", "2026-13", "2026-1", "+2026-01", "2026-11-01"] {
            assert!(bad.parse::<Month>().is_err(), "{bad}");
        }
    }

    #[test]
    fn dates_and_amounts_are_refused_unless_they_are_some() {
        for bad in ["", "yesterday", "2026-02-30", "2026-11-21T18:30:00", "21.11.2026"] {
            assert!(bad.parse::<When>().is_err(), "{bad}");
        }
        for bad in ["", "-1", "1.5", "1000000000001"] {
            assert!(bad.parse::<Amount>().is_err(), "{bad}");
        }
    }
}
