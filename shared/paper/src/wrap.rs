//! From a text to lines that are no wider than their place.

use crate::face::Weight;
use crate::line::Line;
use crate::printable::printable;

const ELLIPSIS: char = '…';

/// At most so many lines, each at most `width` em wide. Breaks after spaces and hyphens, and inside a word only if it is wider
/// than a line; what has no place ends in an ellipsis.
pub(crate) fn wrap(text: &str, weight: Weight, width: f32, lines_max: usize) -> Vec<Line> {
    let text = printable(text);
    let (mut rest, mut lines) = (text.as_str(), Vec::new());
    while !rest.is_empty() && lines.len() < lines_max {
        let whole = Line::shape(rest, weight);
        if whole.advance <= width {
            lines.push(whole);
            break;
        }
        if lines.len() + 1 == lines_max {
            lines.push(shortened(rest, &whole, weight, width));
            break;
        }
        let (line, after) = rest.split_at(end_of_line(rest, &whole, width));
        lines.push(Line::shape(line.trim_end_matches(' '), weight));
        rest = after.trim_start_matches(' ');
    }
    lines
}

/// The last place where the text can be broken; never its beginning.
fn end_of_line(text: &str, whole: &Line, width: f32) -> usize {
    let cuts = whole.cuts();
    // A space at the end of a line may stand over its edge.
    let reaches = |(end, before): &&(usize, f32)| {
        *before <= width || text[..*end].ends_with(' ') && fits(&cuts, text[..*end].trim_end_matches(' '), width)
    };
    let fitting: Vec<usize> = cuts.iter().take_while(|cut| reaches(cut)).map(|(end, _)| *end).collect();
    let between_words = fitting.iter().rev().find(|end| text[..**end].ends_with([' ', '-', '–', '—', '/']));
    let anywhere = fitting.last().or(cuts.first().map(|(end, _)| end));
    *between_words.or(anywhere).expect("a line that is too wide has letters")
}

fn fits(cuts: &[(usize, f32)], text: &str, width: f32) -> bool {
    cuts.iter().any(|(end, before)| *end == text.len() && *before <= width)
}

/// As much of the beginning as fits before an ellipsis.
fn shortened(text: &str, whole: &Line, weight: Weight, width: f32) -> Line {
    let candidates = whole.cuts().into_iter().rev().filter(|(_, before)| *before <= width);
    let mut lines = candidates.map(|(end, _)| Line::shape(&format!("{}{ELLIPSIS}", text[..end].trim_end_matches(' ')), weight));
    lines.find(|line| line.advance <= width).unwrap_or_else(|| Line::shape(&ELLIPSIS.to_string(), weight))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn texts(text: &str, width: f32, lines_max: usize) -> Vec<String> {
        wrap(text, Weight::Regular, width, lines_max).iter().map(text_of).collect()
    }

    fn text_of(line: &Line) -> String {
        line.runs.iter().map(|run| run.text.as_str()).collect()
    }

    #[test]
    fn lines_break_between_words() {
        assert_eq!(texts("An evening of Kathak and Hindustani song", 12.0, 5), ["An evening of Kathak", "and Hindustani song"]);
        assert_eq!(texts("दिल्ली की एक शाम और बहुत सारा संगीत", 8.0, 5).concat().replace(' ', ""), "दिल्लीकीएकशामऔरबहुतसारासंगीत");
    }

    #[test]
    fn what_has_no_place_ends_in_an_ellipsis() {
        assert_eq!(texts("An evening of Kathak and Hindustani song", 9.5, 1), ["An evening of Kat…"]);
        assert_eq!(texts("anything", 0.1, 1), ["…"]);
        assert!(texts("", 10.0, 3).is_empty() && texts("a", 10.0, 0).is_empty());
    }

    #[test]
    fn a_word_without_end_is_broken_inside() {
        let lines = texts(&"x".repeat(100), 10.0, 4);
        assert_eq!(lines.len(), 4);
        assert!(lines[3].ends_with('…'));
    }

    proptest! {
        #[test]
        fn no_line_is_too_wide_and_no_letter_is_lost(text in "[ \\PCकक्षिa-z-]{0,80}", width in 3.0f32..30.0) {
            let lines = wrap(&text, Weight::Bold, width, 200);
            for line in &lines {
                prop_assert!(line.advance <= width + 0.1 || line.cuts().len() == 1, "{} > {width}: {}", line.advance, text_of(line));
            }
            let letters = |text: &str| text.replace(' ', "");
            prop_assert_eq!(letters(&lines.iter().map(text_of).collect::<String>()), letters(&printable(&text)));
            prop_assert!(wrap(&text, Weight::Bold, width, 2).len() <= 2);
        }
    }
}
