//! From what was asked to a hold: these seats, or the best there are, tried again while others are faster.

use api::{App, Problem, ProblemKind};
use domain::best_available::{ATTEMPTS_MAX, Loaded, Search, Wish, search};
use domain::block::Block;
use domain::id::{HoldId, UserId};
use domain::layout::Layout;
use domain::seat::{PriceLevel, SeatId, SectionCode};
use domain::show::{SEAT_LIMIT_MAX, Show};
use jiff::Timestamp;
use store::{PlaceHoldError, Placed};
use wire::{PlaceHold, Preferences};

/// What the body asked for, checked.
pub(crate) enum Wanted {
    /// These seats.
    Seats(Vec<SeatId>),
    /// So many places.
    Best { quantity: u16, section: Option<SectionCode>, level: Option<PriceLevel>, preferences: Preferences },
}

impl TryFrom<PlaceHold> for Wanted {
    type Error = Problem;

    fn try_from(body: PlaceHold) -> Result<Self, Problem> {
        match (body.seats, body.quantity) {
            (Some(seats), None) => {
                let chosen = [
                    ("/section", body.section.is_some()),
                    ("/priceLevel", body.price_level.is_some()),
                    ("/preferences", body.preferences.is_some()),
                ];
                if let Some((pointer, _)) = chosen.into_iter().find(|(_, given)| *given) {
                    return Err(Problem::invalid(pointer, "goes with quantity, not with seats"));
                }
                if seats.is_empty() || seats.len() > usize::from(SEAT_LIMIT_MAX) {
                    return Err(Problem::invalid("/seats", format!("must have 1 to {SEAT_LIMIT_MAX} seats")));
                }
                Ok(Self::Seats(seats))
            }
            (None, Some(quantity)) if (1..=u16::from(SEAT_LIMIT_MAX)).contains(&quantity) => Ok(Self::Best {
                quantity,
                section: body.section,
                level: body.price_level,
                preferences: body.preferences.unwrap_or_default(),
            }),
            (None, Some(_)) => Err(Problem::invalid("/quantity", format!("must be 1 to {SEAT_LIMIT_MAX}"))),
            (Some(_), Some(_)) => Err(Problem::invalid("/quantity", "goes without seats")),
            (None, None) => Err(Problem::invalid("/seats", "name seats, or a quantity")),
        }
    }
}

impl Wanted {
    /// One spelling of what was asked, by which a repeated request is recognized.
    fn spelling(&self) -> String {
        match self {
            Self::Seats(seats) => {
                let mut seats: Vec<String> = seats.iter().map(ToString::to_string).collect();
                seats.sort();
                seats.join(",")
            }
            Self::Best { quantity, section, level, preferences } => format!(
                "best {quantity} {} {} {} {}",
                section.as_ref().map_or("*", SectionCode::as_str),
                level.as_ref().map_or("*", PriceLevel::as_str),
                preferences.together,
                preferences.aisle,
            ),
        }
    }
}

/// Places the hold that was asked for.
pub(crate) async fn place(
    app: &App,
    show: &Show,
    layout: &Layout,
    user: &UserId,
    wanted: &Wanted,
    now: Timestamp,
) -> Result<Placed, Problem> {
    let id = app.ids.hold(now);
    let spelling = wanted.spelling();
    match wanted {
        Wanted::Seats(seats) => {
            let hold = show.hold(layout, id, user.clone(), seats, spelling, now)?;
            Ok(app.store.place_hold(&hold, show.seat_limit, now).await?)
        }
        Wanted::Best { quantity, section, level, preferences } => {
            check_named(layout, section.as_ref(), level.as_ref())?;
            if *quantity > u16::from(show.seat_limit) {
                return Err(Problem::new(ProblemKind::SeatLimit).with("limit", show.seat_limit));
            }
            if let Some(hold) = app.store.hold_of(&show.id, user, now).await?.filter(|hold| hold.request == spelling) {
                // Placed again, so that what a crash cut short is claimed now; if it cannot be, the search goes on.
                match app.store.place_hold(&hold, show.seat_limit, now).await {
                    Err(PlaceHoldError::Taken { .. }) => {}
                    outcome => return Ok(outcome?),
                }
            }
            let spread = spread_of(&id);
            let Preferences { together, aisle } = *preferences;
            let wish = Wish { quantity: *quantity, section: section.clone(), level: level.clone(), together, aisle, spread, attempt: 0 };
            place_best(app, show, layout, user, wish, spelling, now).await
        }
    }
}

/// Searches, places, and on refusal searches again with the block that refused, a bounded number of times.
async fn place_best(
    app: &App,
    show: &Show,
    layout: &Layout,
    user: &UserId,
    mut wish: Wish,
    spelling: String,
    now: Timestamp,
) -> Result<Placed, Problem> {
    let mut loaded = Loaded::new();
    while wish.attempt < ATTEMPTS_MAX {
        let seats = match search(layout, &wish, &loaded, now) {
            Search::Load(section) => {
                let blocks = app.store.blocks_of_section(&show.id, &section).await?;
                loaded.insert(section, blocks);
                continue;
            }
            Search::Found(seats) => seats,
            Search::Nothing => return Err(Problem::new(ProblemKind::SeatsTaken).with("seats", Vec::<SeatId>::new())),
        };
        // A new holder for every attempt: a repeated request must not take this attempt's hold for another's.
        let hold = show.hold(layout, app.ids.hold(now), user.clone(), &seats, spelling.clone(), now)?;
        match app.store.place_hold(&hold, show.seat_limit, now).await {
            Err(PlaceHoldError::Taken { block, .. }) => learn(&mut loaded, *block),
            outcome => return Ok(outcome?),
        }
        wish.attempt += 1;
    }
    Err(Problem::new(ProblemKind::Contended).retry_after(1))
}

fn learn(loaded: &mut Loaded, fresh: Block) {
    let blocks = loaded.entry(fresh.key.section.clone()).or_default();
    blocks.retain(|block| block.key != fresh.key);
    blocks.push(fresh);
}

fn check_named(layout: &Layout, section: Option<&SectionCode>, level: Option<&PriceLevel>) -> Result<(), Problem> {
    if section.is_some_and(|code| layout.section(code).is_none()) {
        return Err(Problem::invalid("/section", "there is no such section"));
    }
    if level.is_some_and(|level| !layout.levels().contains(level)) {
        return Err(Problem::invalid("/priceLevel", "there is no such price level"));
    }
    Ok(())
}

/// A number of the hold's own: its random tail.
fn spread_of(id: &HoldId) -> u64 {
    id.as_str().bytes().fold(0, |sum, byte| sum.wrapping_mul(31).wrapping_add(u64::from(byte)))
}
