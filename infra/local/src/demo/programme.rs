//! What is on in the demo.

use super::venues::{CINEMA, CONCERT_HALL, HALL, PLAYHOUSE, STADIUM, THEATRE};
use super::{DAY, INDIA_OFFSET};
use domain::event::Category;
use jiff::{SignedDuration, Timestamp};

/// One event of the demo.
pub(super) struct Entry {
    pub(super) category: Category,
    pub(super) title: &'static str,
    pub(super) description: &'static str,
    pub(super) language: Option<&'static str>,
    pub(super) tags: &'static [&'static str],
    /// Index of the venue.
    pub(super) venue: usize,
    /// First day, last day, and every how many days in between; counted from today.
    days: (i32, i32, usize),
    /// Hours and minutes on India's clock.
    times: &'static [(i64, i64)],
    /// What it is worth: a share of the venue's usual prices.
    pub(super) price_percent: i64,
    pub(super) seat_limit: Option<u8>,
    pub(super) sales_open_in_days: Option<i32>,
}

impl Entry {
    /// When its shows begin.
    pub(super) fn starts(&self, now: Timestamp) -> Vec<Timestamp> {
        let seconds = now.as_second() + INDIA_OFFSET.as_secs();
        let midnight =
            now - SignedDuration::from_secs(seconds.rem_euclid(DAY.as_secs())) - SignedDuration::from_nanos(now.subsec_nanosecond().into());
        let (first, last, step) = self.days;
        let days = (first..=last).step_by(step);
        days.flat_map(|day| {
            self.times.iter().map(move |(hour, minute)| midnight + DAY * day + SignedDuration::from_mins(hour * 60 + minute))
        })
        .collect()
    }
}

/// An event with the limits and the sales window that most have.
const fn on(category: Category, title: &'static str, description: &'static str, venue: usize, price_percent: i64) -> Entry {
    Entry {
        category,
        title,
        description,
        language: None,
        tags: &[],
        venue,
        days: (1, 1, 1),
        times: &[],
        price_percent,
        seat_limit: None,
        sales_open_in_days: None,
    }
}

/// All of it.
pub(super) const PROGRAMME: [Entry; 40] = [
    Entry {
        language: Some("Malayalam"),
        tags: &["comedy", "family"],
        days: (1, 14, 1),
        times: &[(10, 30)],
        ..on(
            Category::Movie,
            "Monsoon Express",
            "A night train, a stranded wedding party and one missing suitcase. Half of Kerala is looking for it, the other half has it.",
            CINEMA,
            100,
        )
    },
    Entry {
        language: Some("Kannada"),
        tags: &["drama", "arthouse"],
        days: (1, 14, 1),
        times: &[(13, 30)],
        ..on(
            Category::Movie,
            "The Cartographer of Hampi",
            "A surveyor maps a city that will not keep still. Slow, beautiful, and shot on film among the boulders.",
            CINEMA,
            90,
        )
    },
    Entry {
        language: Some("Hindi"),
        tags: &["youth", "comedy"],
        days: (1, 14, 2),
        times: &[(16, 30)],
        ..on(
            Category::Movie,
            "Paper Tigers",
            "Four school friends enter a national debating contest and find out that they agree on nothing.",
            CINEMA,
            85,
        )
    },
    Entry {
        language: Some("English"),
        tags: &["science fiction", "thriller"],
        days: (1, 21, 1),
        times: &[(19, 30), (22, 30)],
        ..on(
            Category::Movie,
            "Orbit of Two",
            "Two engineers, one leaking capsule and eleven hours until dawn over the Indian Ocean. In Dolby Atmos.",
            CINEMA,
            130,
        )
    },
    Entry {
        language: Some("Tamil"),
        tags: &["family", "drama"],
        days: (15, 30, 1),
        times: &[(10, 30)],
        ..on(Category::Movie, "Grandmother Plays Chess", "She has not lost a game since 1961. Then a boy moves in next door.", CINEMA, 80)
    },
    Entry {
        language: Some("Gujarati"),
        tags: &["documentary"],
        days: (15, 30, 3),
        times: &[(13, 30)],
        ..on(
            Category::Movie,
            "Salt Roads",
            "A documentary about the people who walk out into the Rann every winter and come back with salt.",
            CINEMA,
            70,
        )
    },
    Entry {
        language: Some("English"),
        tags: &["drama", "thriller"],
        days: (22, 42, 1),
        times: &[(19, 30)],
        ..on(Category::Movie, "City of Second Chances", "A cab driver, a chess problem and one night in Bengaluru traffic.", CINEMA, 120)
    },
    Entry {
        language: Some("Gujarati"),
        tags: &["family", "festival"],
        days: (43, 60, 2),
        times: &[(18, 0)],
        ..on(
            Category::Movie,
            "The Kite Makers",
            "Six weeks before the festival, a family workshop in Ahmedabad takes on an order it cannot possibly fill.",
            CINEMA,
            95,
        )
    },
    Entry {
        language: Some("Hindi"),
        tags: &["rock", "open air"],
        days: (55, 55, 1),
        times: &[(19, 0)],
        seat_limit: Some(4),
        sales_open_in_days: Some(5),
        ..on(
            Category::Concert,
            "Thunder over Worli",
            "Three headliners, one stage at the foot of the sea link, and the loudest encore of the year.",
            STADIUM,
            150,
        )
    },
    Entry {
        tags: &["classical", "hindustani"],
        days: (3, 3, 1),
        times: &[(19, 0)],
        ..on(
            Category::Concert,
            "An Evening of Raga Yaman",
            "Sitar, tabla and tanpura in the hour for which the raga was made.",
            CONCERT_HALL,
            100,
        )
    },
    Entry {
        tags: &["classical", "chamber music"],
        days: (9, 9, 1),
        times: &[(19, 30)],
        ..on(
            Category::Concert,
            "Strings of the Coromandel",
            "The chamber orchestra plays Shostakovich's eighth quartet and new work from Chennai.",
            CONCERT_HALL,
            110,
        )
    },
    Entry {
        language: Some("English"),
        tags: &["electronic", "dance"],
        days: (16, 16, 1),
        times: &[(21, 0)],
        ..on(
            Category::Concert,
            "Bassline Chennai",
            "Two floors of drum and bass, one of them standing. Earplugs are handed out at the door.",
            CONCERT_HALL,
            90,
        )
    },
    Entry {
        language: Some("Tamil"),
        tags: &["carnatic", "festival"],
        days: (24, 28, 1),
        times: &[(10, 0)],
        ..on(Category::Concert, "Margazhi Mornings", "Carnatic vocal recitals the way December sounds in this town.", CONCERT_HALL, 80)
    },
    Entry {
        language: Some("English"),
        tags: &["indie", "festival"],
        days: (38, 38, 1),
        times: &[(17, 0)],
        ..on(
            Category::Concert,
            "Indie Assembly",
            "Eight bands, eight short sets, no headliner. The running order is drawn from a hat.",
            CONCERT_HALL,
            95,
        )
    },
    Entry {
        language: Some("Hindi"),
        tags: &["film music", "nostalgia"],
        days: (62, 63, 1),
        times: &[(19, 0)],
        ..on(
            Category::Concert,
            "Songs my Mother Hummed",
            "Old film songs, sung by people who were there and people who wish they had been.",
            CONCERT_HALL,
            120,
        )
    },
    Entry {
        tags: &["jazz"],
        days: (12, 13, 1),
        times: &[(21, 0)],
        ..on(
            Category::Concert,
            "Blue Hour Quartet",
            "Late jazz in a small room: piano, bass, drums and a trumpet that was once in Berlin.",
            PLAYHOUSE,
            130,
        )
    },
    Entry {
        tags: &["classical", "flute"],
        days: (8, 8, 1),
        times: &[(6, 30)],
        ..on(
            Category::Concert,
            "Bhairav at Sunrise",
            "A flute recital that begins before the traffic does. Tea is served afterwards.",
            HALL,
            100,
        )
    },
    Entry {
        language: Some("English"),
        tags: &["cricket", "final"],
        days: (20, 20, 1),
        times: &[(19, 0)],
        seat_limit: Some(4),
        ..on(
            Category::Sports,
            "Samudra T20 Final",
            "Forty overs, two unbeaten sides, one cup. Gates open three hours before the toss.",
            STADIUM,
            140,
        )
    },
    Entry {
        language: Some("English"),
        tags: &["football", "derby"],
        days: (34, 34, 1),
        times: &[(18, 30)],
        ..on(Category::Sports, "Harbour Derby", "The oldest fixture in western Indian football returns to Worli.", STADIUM, 80)
    },
    Entry {
        language: Some("Marathi"),
        tags: &["chess"],
        days: (27, 27, 1),
        times: &[(9, 30)],
        ..on(
            Category::Sports,
            "Deccan Open Chess, Final Day",
            "Eight boards, live commentary, and a blitz tournament for whoever comes.",
            HALL,
            60,
        )
    },
    Entry {
        language: Some("Tamil"),
        tags: &["boxing"],
        days: (45, 45, 1),
        times: &[(18, 0)],
        ..on(Category::Sports, "Fight Night Chennai", "Nine amateur bouts and a title fight at 63 kilograms.", CONCERT_HALL, 130)
    },
    Entry {
        language: Some("Marathi"),
        tags: &["table tennis", "league"],
        days: (41, 41, 1),
        times: &[(15, 0)],
        ..on(Category::Sports, "Village Hall Table Tennis League", "Four tables, sixteen teams, one very loud hall.", HALL, 40)
    },
    Entry {
        language: Some("Hindi"),
        tags: &["drama", "history"],
        days: (2, 8, 1),
        times: &[(19, 30)],
        ..on(Category::Theater, "The Last Durbar", "1857, seen from the kitchen of the Red Fort. A new play in two acts.", THEATRE, 100)
    },
    Entry {
        language: Some("English"),
        tags: &["comedy", "classic"],
        days: (14, 20, 1),
        times: &[(19, 30)],
        ..on(
            Category::Theater,
            "Twelfth Night, or the Wrong Wedding",
            "Shakespeare on the ghats: twins, a shipwreck, and a bandleader called Malvolio.",
            THEATRE,
            110,
        )
    },
    Entry {
        language: Some("Marathi"),
        tags: &["thriller"],
        days: (29, 33, 1),
        times: &[(20, 0)],
        ..on(
            Category::Theater,
            "Tumbbad Road Nine",
            "A thriller for three actors and one locked door. Nobody is admitted after the bell.",
            THEATRE,
            95,
        )
    },
    Entry {
        language: Some("English"),
        tags: &["epic", "physical theatre"],
        days: (66, 70, 1),
        times: &[(19, 0)],
        ..on(
            Category::Theater,
            "The Mahabharata in Ninety Minutes",
            "All eighteen books, six actors, one cart. It can be done.",
            THEATRE,
            120,
        )
    },
    Entry {
        language: Some("English"),
        tags: &["drama", "two-hander"],
        days: (17, 19, 1),
        times: &[(20, 0)],
        ..on(
            Category::Theater,
            "Letters to a Lighthouse",
            "Two people who never meet, forty years of post. A play for two voices.",
            PLAYHOUSE,
            100,
        )
    },
    Entry {
        language: Some("Hindi"),
        tags: &["classic", "dance"],
        days: (47, 50, 1),
        times: &[(19, 30)],
        ..on(Category::Theater, "Shakuntala, Remembered", "A retelling in which she does the remembering.", PLAYHOUSE, 105)
    },
    Entry {
        language: Some("Marathi"),
        tags: &["puppets", "children"],
        days: (22, 22, 1),
        times: &[(11, 0), (16, 0)],
        ..on(Category::Theater, "The Puppet Maker of Sawantwadi", "Shadow puppets, a drum and a story for everybody over six.", HALL, 70)
    },
    Entry {
        language: Some("Hindi"),
        tags: &["stand-up"],
        days: (5, 5, 1),
        times: &[(20, 30)],
        ..on(
            Category::Comedy,
            "Aunty Sets the Agenda",
            "An hour on neighbours, societies, and the politics of the water tank.",
            PLAYHOUSE,
            100,
        )
    },
    Entry {
        language: Some("English"),
        tags: &["stand-up", "line-up"],
        days: (26, 26, 1),
        times: &[(20, 30)],
        ..on(Category::Comedy, "Out of Office", "Stand-up by people who had a job until recently.", PLAYHOUSE, 90)
    },
    Entry {
        language: Some("English"),
        tags: &["improv"],
        days: (33, 33, 1),
        times: &[(18, 0), (21, 0)],
        ..on(Category::Comedy, "Improv against the Clock", "The audience sets the scene, a kitchen timer ends it.", PLAYHOUSE, 80)
    },
    Entry {
        language: Some("English"),
        tags: &["stand-up", "roast"],
        days: (58, 58, 1),
        times: &[(21, 0)],
        sales_open_in_days: Some(10),
        ..on(Category::Comedy, "Roast of the Year", "Twelve months, twelve comedians, no survivors.", PLAYHOUSE, 120)
    },
    Entry {
        language: Some("Punjabi"),
        tags: &["stand-up"],
        days: (40, 40, 1),
        times: &[(20, 0)],
        ..on(
            Category::Comedy,
            "Laughing in Three Languages",
            "Punchlines in Punjabi, Hindi and English, subtitled by the person next to you.",
            THEATRE,
            90,
        )
    },
    Entry {
        language: Some("English"),
        tags: &["software", "rust"],
        days: (30, 30, 1),
        times: &[(9, 0)],
        ..on(
            Category::Conference,
            "Ferrous Days: Rust in Production",
            "One day, one track: embedded, serverless and the borrow checker at three in the morning.",
            CONCERT_HALL,
            200,
        )
    },
    Entry {
        language: Some("English"),
        tags: &["climate", "policy"],
        days: (50, 50, 1),
        times: &[(10, 0)],
        ..on(Category::Conference, "Water Commons", "Engineers, farmers and city planners on who drinks first.", HALL, 150)
    },
    Entry {
        language: Some("English"),
        tags: &["theatre", "industry"],
        days: (76, 76, 1),
        times: &[(9, 30)],
        ..on(Category::Conference, "Theatre Makers Forum", "Lighting, money and touring: a day for those who put shows on.", THEATRE, 60)
    },
    Entry {
        language: Some("Marathi"),
        tags: &["storytelling", "family"],
        days: (15, 15, 1),
        times: &[(18, 0)],
        ..on(Category::Other, "Stories under the Banyan", "Folk tales told without a microphone. Bring a cushion.", HALL, 50)
    },
    Entry {
        language: Some("Hindi"),
        tags: &["magic", "family"],
        days: (52, 54, 1),
        times: &[(18, 30)],
        ..on(
            Category::Other,
            "The Great Indrajal",
            "Magic on a scale that needs a fly tower. Somebody is sawn in half, and it may be you.",
            THEATRE,
            110,
        )
    },
    Entry {
        language: Some("English"),
        tags: &["quiz"],
        days: (85, 85, 1),
        times: &[(18, 30)],
        ..on(
            Category::Other,
            "Chennai Quiz Night",
            "Teams of six, five rounds, one samosa break. The trophy is a brass filter.",
            CONCERT_HALL,
            40,
        )
    },
];
