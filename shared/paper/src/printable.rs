//! From anything that people type to text that can be printed on one line.

use crate::face::Family;
use unicode_properties::{GeneralCategoryGroup, UnicodeGeneralCategory};

/// The longest text that is looked at. Everything that people can enter is shorter.
pub(crate) const CHARACTERS_MAX: usize = 2_000;
/// Marks on one letter; the rest of a tower of accents is left out, because it would stand in the lines above.
const MARKS_MAX: usize = 4;
/// Stands for a character that no font has.
pub(crate) const REPLACEMENT: char = '\u{FFFD}';
/// They choose the form of the letter before them.
const JOINERS: [char; 2] = ['\u{200C}', '\u{200D}'];

/// The text without what cannot be seen, its spaces and line breaks as single spaces, and a replacement for every
/// character that no font has. What is written from right to left is among these, so that every line runs one way.
pub(crate) fn printable(text: &str) -> String {
    let mut printable = String::with_capacity(text.len());
    let (mut family, mut marks) = (Family::Sans, 0);
    for c in text.chars().take(CHARACTERS_MAX) {
        match c.general_category_group() {
            _ if c != '\u{A0}' && (c.is_whitespace() || c.is_control()) => {
                if !printable.is_empty() && !printable.ends_with(' ') {
                    printable.push(' ');
                }
                marks = 0;
            }
            GeneralCategoryGroup::Mark => {
                if marks < MARKS_MAX && family.has(c) && !printable.is_empty() {
                    printable.push(c);
                }
                marks += 1;
            }
            GeneralCategoryGroup::Other if is_invisible(c) => {
                if JOINERS.contains(&c) && family == Family::Devanagari {
                    printable.push(c);
                }
            }
            _ => {
                let found = Family::of(c, family);
                family = found.unwrap_or(Family::Sans);
                printable.push(if found.is_some() { c } else { REPLACEMENT });
                marks = 0;
            }
        }
    }
    printable.truncate(printable.trim_end_matches(' ').len());
    printable
}

/// Format characters: joiners, soft hyphens, switches of direction. Not what is merely unassigned or private.
fn is_invisible(c: char) -> bool {
    c.general_category() == unicode_properties::GeneralCategory::Format
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spaces_breaks_and_control_characters_become_single_spaces() {
        assert_eq!(printable("  A\tplay\r\n\u{0}in\u{2028}two \u{7} acts\n"), "A play in two acts");
    }

    #[test]
    fn what_no_font_has_is_replaced_where_one_can_see_it() {
        assert_eq!(printable("Rock 🎸 音楽"), "Rock \u{FFFD} \u{FFFD}\u{FFFD}");
        assert_eq!(printable("שלום"), "\u{FFFD}".repeat(4));
        assert_eq!(printable("\u{E000}\u{378}"), "\u{FFFD}\u{FFFD}");
    }

    #[test]
    fn nobody_turns_the_direction_or_hides_letters() {
        assert_eq!(printable("a\u{202E}b\u{2066}c\u{200B}d\u{FEFF}e\u{AD}f"), "abcdef");
        assert_eq!(printable("\u{FE0F}\u{301}a"), "a");
    }

    #[test]
    fn joiners_stay_between_devanagari_letters_only() {
        assert_eq!(printable("क्\u{200D}ष a\u{200D}b"), "क्\u{200D}ष ab");
    }

    #[test]
    fn a_tower_of_accents_is_cut() {
        assert_eq!(printable(&format!("e{}x", "\u{301}".repeat(300))), format!("e{}x", "\u{301}".repeat(MARKS_MAX)));
    }

    #[test]
    fn a_text_without_end_has_one() {
        assert_eq!(printable(&"x".repeat(10 * CHARACTERS_MAX)).len(), CHARACTERS_MAX);
    }
}
