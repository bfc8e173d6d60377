//! A line of text as glyphs: split where face or script change, each part shaped by itself.

use crate::face::{Face, Family, Weight};
use krilla::text::{GlyphId, KrillaGlyph};
use rustybuzz::{Direction, UnicodeBuffer};
use unicode_script::{Script, UnicodeScript};

/// Shaped text. Lengths are in em: as long as at a size of one point.
#[derive(Clone)]
pub(crate) struct Line {
    pub(crate) runs: Vec<Run>,
    /// How wide it is.
    pub(crate) advance: f32,
}

/// A part of a line in one face and one script.
#[derive(Clone)]
pub(crate) struct Run {
    pub(crate) face: &'static Face,
    pub(crate) text: String,
    pub(crate) glyphs: Vec<KrillaGlyph>,
    pub(crate) advance: f32,
}

impl Line {
    /// Shapes text that is printable.
    pub(crate) fn shape(printable: &str, weight: Weight) -> Self {
        let runs: Vec<Run> = parts(printable).into_iter().map(|(family, text)| Run::shape(Face::of(family, weight), text)).collect();
        Self { advance: runs.iter().map(|run| run.advance).sum(), runs }
    }

    /// Every place where the line can be cut without breaking a letter apart: the index of a byte, and how wide
    /// everything before it is. Begins behind the first letter, ends with the whole line.
    pub(crate) fn cuts(&self) -> Vec<(usize, f32)> {
        let mut cuts: Vec<(usize, f32)> = Vec::new();
        let (mut start, mut before) = (0, 0.0);
        for run in &self.runs {
            for glyph in &run.glyphs {
                before += glyph.x_advance;
                let end = start + glyph.text_range.end;
                match cuts.last_mut() {
                    Some(last) if last.0 == end => last.1 = before,
                    _ => cuts.push((end, before)),
                }
            }
            start += run.text.len();
        }
        cuts
    }
}

impl Run {
    fn shape(face: &'static Face, text: &str) -> Self {
        let mut buffer = UnicodeBuffer::new();
        buffer.push_str(text);
        buffer.guess_segment_properties();
        buffer.set_direction(Direction::LeftToRight);
        let shaped = rustybuzz::shape(&face.shaper, &[], buffer);
        let clusters: Vec<usize> = shaped.glyph_infos().iter().map(|info| info.cluster as usize).collect();
        // A cluster ends where the next one begins.
        let end = |i: usize| clusters[i..].iter().copied().find(|cluster| *cluster > clusters[i]).unwrap_or(text.len());
        let em = face.shaper.units_per_em();
        let both = shaped.glyph_infos().iter().zip(shaped.glyph_positions()).enumerate();
        let glyphs: Vec<KrillaGlyph> = both
            .map(|(i, (info, position))| KrillaGlyph {
                glyph_id: GlyphId::new(info.glyph_id),
                text_range: clusters[i]..end(i),
                x_advance: ems(position.x_advance, em),
                x_offset: ems(position.x_offset, em),
                y_offset: ems(position.y_offset, em),
                y_advance: ems(position.y_advance, em),
                location: None,
            })
            .collect();
        Self { face, text: text.to_owned(), advance: glyphs.iter().map(|glyph| glyph.x_advance).sum(), glyphs }
    }
}

#[expect(clippy::cast_precision_loss, reason = "font units are small")]
fn ems(units: i32, units_per_em: i32) -> f32 {
    units as f32 / units_per_em as f32
}

/// Where face or script change. Characters of all scripts, as spaces, stay with what is before them if its face has them.
fn parts(text: &str) -> Vec<(Family, &str)> {
    let mut parts: Vec<(Family, &str)> = Vec::new();
    let (mut start, mut family, mut script) = (0, Family::Sans, None);
    for (i, c) in text.char_indices() {
        let next = Family::of(c, family).unwrap_or(family);
        let of_all = matches!(c.script(), Script::Common | Script::Inherited | Script::Unknown);
        let next_script = if of_all { script } else { Some(c.script()) };
        let changes = next != family || (script.is_some() && next_script != script);
        if changes && i > start {
            parts.push((family, &text[start..i]));
            start = i;
        }
        family = next;
        script = if changes && of_all { None } else { next_script };
    }
    if start < text.len() {
        parts.push((family, &text[start..]));
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::printable::printable;
    use proptest::prelude::*;

    fn notdefs(text: &str) -> usize {
        let line = Line::shape(&printable(text), Weight::Bold);
        line.runs.iter().flat_map(|run| &run.glyphs).filter(|glyph| glyph.glyph_id.to_u32() == 0).count()
    }

    #[test]
    fn scripts_are_shaped_each_by_itself() {
        let split = parts("Żar Ночь Ὀδύσσεια दिल्ली की शाम 2026 ₹500");
        let split: Vec<_> = split.into_iter().collect();
        let expected = [
            (Family::Sans, "Żar "),
            (Family::Sans, "Ночь "),
            (Family::Sans, "Ὀδύσσεια "),
            (Family::Devanagari, "दिल्ली की शाम "),
            (Family::Sans, "2026 ₹500"),
        ];
        assert_eq!(split, expected);
    }

    #[test]
    fn no_glyph_is_missing_in_any_of_our_scripts() {
        for text in
            ["Größe ₹1,18,000 €59", "Ночь музыки", "Ὀδύσσεια Ωδείο", "श्रीकृष्ण की रासलीला: ज्ञान, क्षत्रिय, त्रिशूल, र्‍यांचा, कर्म।", "🎸 音楽 שלום"]
        {
            assert_eq!(notdefs(text), 0, "{text}");
        }
    }

    #[test]
    fn conjuncts_become_one_letter_and_vowel_signs_move() {
        let line = Line::shape("क्षि", Weight::Regular);
        assert!(line.runs[0].glyphs.len() < "क्षि".chars().count(), "क + ् + ष is one glyph");
        assert_eq!(line.cuts().len(), 1, "and nobody cuts it apart");
    }

    proptest! {
        #[test]
        fn every_text_can_be_shaped_and_is_cut_between_letters(text in "\\PC{0,60}") {
            let text = printable(&text);
            let line = Line::shape(&text, Weight::Regular);
            let whole: String = line.runs.iter().map(|run| run.text.as_str()).collect();
            prop_assert_eq!(&whole, &text);
            let cuts = line.cuts();
            prop_assert!(cuts.iter().all(|(end, _)| text.is_char_boundary(*end)));
            prop_assert!(cuts.is_sorted_by(|a, b| a.0 < b.0));
            prop_assert_eq!(cuts.last().map_or(0, |(end, _)| *end), text.len());
        }
    }
}
