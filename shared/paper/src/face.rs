//! The embedded faces: which of them has a character, and what shapes and draws it.

use krilla::text::Font;
use std::sync::LazyLock;

/// How heavy letters are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weight {
    /// For reading.
    Regular,
    /// For what must be seen first.
    Bold,
}

/// Which letters a face has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Family {
    /// Latin, Greek, Cyrillic; digits, punctuation and currency signs for everybody.
    Sans,
    /// Hindi and its relatives.
    Devanagari,
}

/// One file, read once by the shaper and once by the writer.
pub(crate) struct Face {
    pub(crate) shaper: rustybuzz::Face<'static>,
    pub(crate) font: Font,
}

static SANS_REGULAR: LazyLock<Face> = LazyLock::new(|| Face::read(include_bytes!("../fonts/NotoSans-Regular.ttf")));
static SANS_BOLD: LazyLock<Face> = LazyLock::new(|| Face::read(include_bytes!("../fonts/NotoSans-Bold.ttf")));
static DEVANAGARI_REGULAR: LazyLock<Face> = LazyLock::new(|| Face::read(include_bytes!("../fonts/NotoSansDevanagari-Regular.ttf")));
static DEVANAGARI_BOLD: LazyLock<Face> = LazyLock::new(|| Face::read(include_bytes!("../fonts/NotoSansDevanagari-Bold.ttf")));

impl Face {
    fn read(bytes: &'static [u8]) -> Self {
        let shaper = rustybuzz::Face::from_slice(bytes, 0).expect("an embedded font is readable");
        Self { shaper, font: Font::new(bytes.into(), 0).expect("an embedded font is readable") }
    }

    /// The face of this family and weight.
    pub(crate) fn of(family: Family, weight: Weight) -> &'static Self {
        match (family, weight) {
            (Family::Sans, Weight::Regular) => &SANS_REGULAR,
            (Family::Sans, Weight::Bold) => &SANS_BOLD,
            (Family::Devanagari, Weight::Regular) => &DEVANAGARI_REGULAR,
            (Family::Devanagari, Weight::Bold) => &DEVANAGARI_BOLD,
        }
    }
}

impl Family {
    /// Whether it has this character. Both weights have the same ones, which a test sees to.
    pub(crate) fn has(self, c: char) -> bool {
        Face::of(self, Weight::Regular).shaper.glyph_index(c).is_some()
    }

    /// The family that draws this character after one of `before`; None if none can.
    pub(crate) fn of(c: char, before: Self) -> Option<Self> {
        [before, Self::Sans, Self::Devanagari].into_iter().find(|family| family.has(c))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_weights_have_the_same_characters() {
        for family in [Family::Sans, Family::Devanagari] {
            let has = |weight, c| Face::of(family, weight).shaper.glyph_index(c).is_some();
            for c in '\0'..='\u{FFFF}' {
                assert_eq!(has(Weight::Regular, c), has(Weight::Bold, c), "{c:?}");
            }
        }
    }

    #[test]
    fn the_letters_and_signs_of_our_customers_are_there() {
        for c in "AZaz09 ÄÖÜßéñøłőžşığ ΑΩάώ АЯаяёЇґЖ ₹€£$¥ –—…·«»“”„’ № ° ×".chars() {
            assert!(Family::Sans.has(c), "{c}");
        }
        for c in "अआइईउऊऋएऐओऔकखगघङचछजझञटठडढणतथदधनपफबभमयरलवशषसहक़ख़ज़ड़ढ़फ़ंःँ़ािीुूृेैोौ्।॥०९ॐ−".chars()
        {
            assert!(Family::Devanagari.has(c), "{c}");
        }
    }
}
