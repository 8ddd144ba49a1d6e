//! The fonts, and words as glyphs of them. Each character is printed by the first font that has it; a character that none
//! has is printed as its code point, `[U+4E2D]`, with the character itself kept for reading aloud and copying.

use krilla::text::{Font, GlyphId, KrillaGlyph};
use rustybuzz::{Direction, Face, UnicodeBuffer};

static REGULAR: &[u8] = include_bytes!("../../../fonts/NotoSans-Regular.ttf");
static BOLD: &[u8] = include_bytes!("../../../fonts/NotoSans-Bold.ttf");
static MATH: &[u8] = include_bytes!("../../../fonts/NotoSansMath-Regular.ttf");
static SYMBOLS: &[u8] = include_bytes!("../../../fonts/NotoSansSymbols2-Regular.ttf");

/// The built-in fonts: two weights, then the ones that help out.
pub(super) struct Faces {
    regular: BuiltIn,
    bold: BuiltIn,
    others: [BuiltIn; 2],
}

struct BuiltIn {
    shaper: Face<'static>,
    font: Font,
}

/// Glyphs of one font in a row.
pub(super) struct Run {
    /// The font.
    pub(super) font: Font,
    /// What the glyphs spell.
    pub(super) text: String,
    /// The glyphs, measured in ems.
    pub(super) glyphs: Vec<KrillaGlyph>,
    /// The character meant, when `text` only stands for it.
    pub(super) stands_for: Option<char>,
}

impl Run {
    /// Width in ems.
    pub(super) fn width(&self) -> f32 {
        self.glyphs.iter().map(|glyph| glyph.x_advance).sum()
    }
}

impl Faces {
    /// Reads the built-in fonts.
    pub(super) fn load() -> Option<Self> {
        let built_in = |bytes: &'static [u8]| {
            Some(BuiltIn {
                shaper: Face::from_slice(bytes, 0)?,
                font: Font::new(bytes.into(), 0)?,
            })
        };
        Some(Self {
            regular: built_in(REGULAR)?,
            bold: built_in(BOLD)?,
            others: [built_in(MATH)?, built_in(SYMBOLS)?],
        })
    }

    /// A text without line breaks as runs of glyphs, left to right.
    pub(super) fn shape(&self, text: &str, bold: bool) -> Vec<Run> {
        let mut runs = Vec::new();
        let mut pending: Option<(&BuiltIn, String)> = None;
        for c in text
            .chars()
            .filter(|c| !is_invisible(*c))
            .map(|c| if c.is_whitespace() { ' ' } else { c })
        {
            let face = self.face_of(c, bold);
            match (&mut pending, face) {
                (Some((with, text)), Some(face)) if std::ptr::eq(*with, face) => text.push(c),
                (_, Some(face)) => {
                    runs.extend(
                        pending
                            .replace((face, c.into()))
                            .and_then(|(with, text)| with.shape(text)),
                    );
                }
                (_, None) => {
                    runs.extend(pending.take().and_then(|(with, text)| with.shape(text)));
                    runs.extend(self.code_point(c, bold));
                }
            }
        }
        runs.extend(pending.and_then(|(with, text)| with.shape(text)));
        runs
    }

    fn face_of(&self, c: char, bold: bool) -> Option<&BuiltIn> {
        let main = if bold { &self.bold } else { &self.regular };
        [main, &self.others[0], &self.others[1]]
            .into_iter()
            .find(|face| !c.is_control() && face.shaper.glyph_index(c).is_some())
    }

    fn code_point(&self, c: char, bold: bool) -> Option<Run> {
        let main = if bold { &self.bold } else { &self.regular };
        let mut run = main.shape(format!("[U+{:04X}]", u32::from(c)))?;
        run.stands_for = is_speakable(c).then_some(c);
        Some(run)
    }
}

impl BuiltIn {
    /// `None` when nothing is left to print.
    fn shape(&self, text: String) -> Option<Run> {
        let mut buffer = UnicodeBuffer::new();
        buffer.push_str(&text);
        buffer.guess_segment_properties();
        buffer.set_direction(Direction::LeftToRight);
        let shaped = rustybuzz::shape(&self.shaper, &[], buffer);
        let (infos, positions) = (shaped.glyph_infos(), shaped.glyph_positions());
        #[expect(clippy::cast_precision_loss, reason = "font units are small")]
        let ems = |units: i32| units as f32 / self.font.units_per_em();
        let glyphs: Vec<KrillaGlyph> = infos
            .iter()
            .zip(positions)
            .enumerate()
            .map(|(at, (info, position))| {
                let start = info.cluster as usize;
                let next = infos[at..]
                    .iter()
                    .map(|later| later.cluster as usize)
                    .find(|cluster| *cluster > start);
                KrillaGlyph::new(
                    GlyphId::new(info.glyph_id),
                    ems(position.x_advance),
                    ems(position.x_offset),
                    ems(position.y_offset),
                    ems(position.y_advance),
                    start..next.unwrap_or(text.len()),
                    None,
                )
            })
            .collect();
        (!glyphs.is_empty()).then_some(Run {
            font: self.font.clone(),
            text,
            glyphs,
            stands_for: None,
        })
    }
}

/// Characters that print nothing by themselves: joiners, direction marks, variation selectors.
fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{180b}'..='\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{e0000}'..='\u{e0fff}')
}

/// Whether a character may stand in the text a reader speaks or copies: no controls, private use or non-characters.
fn is_speakable(c: char) -> bool {
    let code = u32::from(c);
    !c.is_control()
        && !matches!(code, 0xe000..=0xf8ff | 0xf_0000..=0x10_ffff | 0xfdd0..=0xfdef)
        && code & 0xfffe != 0xfffe
}

#[cfg(test)]
mod tests {
    use super::*;

    fn faces() -> Faces {
        Faces::load().expect("the fonts are built in")
    }

    #[test]
    fn latin_greek_cyrillic_marks_and_symbols_have_glyphs() {
        let text = "Zażółć gęślą jaźń · Ελληνικά ἀρχή · Съешь · \u{1e69}e\u{301} → ≤ ≥ ± ✓ ☐ “quotes” – € ½ 2²";
        for bold in [false, true] {
            let runs = faces().shape(text, bold);
            assert!(
                runs.iter().all(|run| run.stands_for.is_none()),
                "a replacement was printed"
            );
            assert!(
                runs.iter()
                    .flat_map(|run| &run.glyphs)
                    .all(|glyph| glyph.glyph_id.to_u32() != 0)
            );
        }
    }

    #[test]
    fn a_character_without_a_glyph_is_printed_as_its_code_point() {
        let runs = faces().shape("a\u{4e2d}\u{1f642}\u{7}", false);
        let shown: Vec<(&str, Option<char>)> = runs.iter().map(|run| (run.text.as_str(), run.stands_for)).collect();
        assert_eq!(
            shown,
            [
                ("a", None),
                ("[U+4E2D]", Some('\u{4e2d}')),
                ("[U+1F642]", Some('\u{1f642}')),
                ("[U+0007]", None)
            ]
        );
    }

    #[test]
    fn glyph_ranges_cover_the_text_in_order() {
        for run in faces().shape("office e\u{301}\u{327}x \u{915}", false) {
            let mut at = 0;
            for glyph in &run.glyphs {
                assert!(glyph.text_range.start >= at && run.text.is_char_boundary(glyph.text_range.end));
                at = glyph.text_range.start;
            }
            assert_eq!(
                run.glyphs.last().map(|glyph| glyph.text_range.end),
                Some(run.text.len())
            );
        }
    }
}
