//! Blocks into lines no wider than the measure. Lines break at spaces and after hyphens and slashes; a word that is wider
//! than a whole line breaks between its characters, never inside one.

use super::{
    blocks::{Block, Style},
    faces::Faces,
};

/// One printed line.
pub(super) struct Line {
    /// Which block it belongs to.
    pub(super) block: usize,
    /// Number within the block, from 0.
    pub(super) number: usize,
    /// How many lines the block has.
    pub(super) of: usize,
    /// The text, with the space that separates it from the next line of the block.
    pub(super) text: String,
    /// Height in points.
    pub(super) leading: f32,
    /// White space above it, in points; only for the first line of a block.
    pub(super) above: f32,
}

/// All lines of the blocks.
pub(super) fn lines(faces: &Faces, blocks: &[Block], measure: f32) -> Vec<Line> {
    let mut out = Vec::new();
    let mut below = 0.0_f32;
    for (block_at, block) in blocks.iter().enumerate() {
        let style = block.kind.style();
        let above = style.above.max(below);
        below = style.below;
        let texts = broken(faces, &block.text, &style, measure);
        let of = texts.len();
        out.extend(texts.into_iter().enumerate().map(|(number, text)| Line {
            block: block_at,
            number,
            of,
            text,
            leading: style.leading,
            above: if number == 0 { above } else { 0.0 },
        }));
    }
    out
}

/// A text as the lines it takes; at least one.
fn broken(faces: &Faces, text: &str, style: &Style, measure: f32) -> Vec<String> {
    let room = (measure - style.indent) / style.size;
    let width = |text: &str| {
        faces
            .shape(text, style.bold)
            .iter()
            .map(super::faces::Run::width)
            .sum::<f32>()
    };
    let space = width(" ");
    let (mut lines, mut line, mut used) = (Vec::new(), String::new(), 0.0_f32);
    for piece in pieces(text) {
        let word = piece.trim_end();
        let spaces = if word.len() < piece.len() { space } else { 0.0 };
        let wide = width(word);
        if used + wide > room && !line.is_empty() {
            lines.push(std::mem::take(&mut line));
            used = 0.0;
        }
        if wide > room {
            let mut parts = cut(faces, word, style.bold, room);
            let last = parts.pop().unwrap_or_default();
            lines.append(&mut parts);
            used = width(&last);
            line = last;
        } else {
            line.push_str(word);
            used += wide;
        }
        if spaces > 0.0 {
            line.push(' ');
            used += spaces;
        }
    }
    lines.push(line);
    lines
}

/// Words with what follows them, cut where a line may break.
fn pieces(text: &str) -> Vec<String> {
    let mut out = vec![String::new()];
    let (mut after_space, mut after_hyphen) = (false, false);
    for c in text.chars() {
        let is_space = c.is_whitespace() && !matches!(c, '\u{a0}' | '\u{202f}' | '\u{2007}');
        let starts_word = (after_space && !is_space) || (after_hyphen && c.is_alphanumeric());
        if starts_word {
            out.push(String::new());
        }
        let piece = out.last_mut().expect("there is always a piece");
        if is_space && !after_space {
            piece.push(' ');
        } else if !is_space {
            piece.push(c);
        }
        // a hyphen before a digit belongs to the number: a minus, a score, a date
        after_hyphen = matches!(c, '-' | '\u{2010}' | '\u{2013}' | '\u{2014}' | '/')
            && piece.chars().rev().nth(1).is_some_and(char::is_alphabetic);
        after_space = is_space;
    }
    out
}

/// A word in parts that each fit; a part holds at least one character with its marks.
fn cut(faces: &Faces, word: &str, bold: bool, room: f32) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut used = 0.0_f32;
    for cluster in clusters(word) {
        let wide: f32 = faces.shape(cluster, bold).iter().map(super::faces::Run::width).sum();
        if used + wide > room && used > 0.0 {
            parts.push(String::new());
            used = 0.0;
        }
        parts.last_mut().expect("there is always a part").push_str(cluster);
        used += wide;
    }
    parts
}

/// Characters with the combining marks that follow them.
fn clusters(word: &str) -> impl Iterator<Item = &str> {
    let is_mark = |c: char| {
        matches!(c, '\u{300}'..='\u{36f}' | '\u{483}'..='\u{489}' | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}'
            | '\u{200d}' | '\u{20d0}'..='\u{20ff}' | '\u{fe00}'..='\u{fe0f}')
    };
    let mut starts: Vec<usize> = word
        .char_indices()
        .filter(|(_, c)| !is_mark(*c))
        .map(|(at, _)| at)
        .collect();
    if starts.first() != Some(&0) {
        starts.insert(0, 0);
    }
    let ends: Vec<usize> = starts.iter().skip(1).copied().chain([word.len()]).collect();
    starts.into_iter().zip(ends).map(move |(start, end)| &word[start..end])
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::export::pdf::blocks::Kind;

    fn wrapped(text: &str, measure: f32) -> Vec<String> {
        let faces = Faces::load().expect("the fonts are built in");
        let style = Kind::Body.style();
        let lines = broken(&faces, text, &style, measure);
        for line in &lines {
            let wide: f32 = faces
                .shape(line.trim_end(), false)
                .iter()
                .map(super::super::faces::Run::width)
                .sum();
            assert!(
                wide * style.size <= measure + 0.5 || line.chars().count() <= 12,
                "a line runs over the measure"
            );
        }
        lines
    }

    #[test]
    fn lines_break_at_spaces_and_after_hyphens() {
        let lines = wrapped(
            "Client-centred work on sleep, with a score of -3 and 10-12 hours of rest a night",
            90.0,
        );
        assert!(lines.len() > 3);
        assert!(lines.iter().any(|line| line.contains("10-12")), "{lines:?}");
        assert!(
            lines.iter().any(|line| line.contains(" -3") || line.starts_with("-3")),
            "{lines:?}"
        );
    }

    #[test]
    fn a_word_wider_than_the_line_is_cut_between_characters() {
        let word = "Donaudampfschifffahrtsgesellschaft".repeat(3);
        let lines = wrapped(&word, 90.0);
        assert!(lines.len() > 3);
        assert_eq!(lines.concat(), word);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(48))]

        #[test]
        fn wrapping_loses_no_character(text in "[a-zé/\u{301} \u{4e2d}-]{0,200}") {
            let kept = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
            prop_assert_eq!(kept(&wrapped(&text, 120.0).concat()), kept(&text));
        }
    }
}
