//! Rows to lines: words wrapped in a reading measure, pieces keeping their tone.

use ratatui::{
    style::Style,
    text::{Line, Span as Piece},
};
use unicode_segmentation::UnicodeSegmentation as _;
use unicode_width::UnicodeWidthStr as _;

use super::theme::Theme;
use crate::page::Row;

/// Columns of a line at most, for reading.
pub(super) const MEASURE: usize = 76;

/// A line on screen, and which pick it belongs to.
#[derive(Clone, Debug)]
pub(super) struct Shown {
    pub line: Line<'static>,
    pub pick: Option<usize>,
}

/// Wraps rows into `width` columns; `at` is the pick under the cursor.
pub(super) fn rows(rows: &[Row], width: usize, at: usize, theme: Theme) -> Vec<Shown> {
    let measure = width.saturating_sub(2).clamp(8, MEASURE);
    let mut picks = 0..;
    let mut out = Vec::new();
    for row in rows {
        let pick = row.pick.as_ref().and_then(|_| picks.next());
        let here = pick == Some(at);
        // Lists may use the whole width; running text keeps to the measure.
        let measure = if row.clip { width.saturating_sub(2) } else { measure };
        for (number, mut pieces) in broken(row, measure.saturating_sub(usize::from(row.indent)), theme)
            .into_iter()
            .enumerate()
        {
            let mark = match (here, pick.is_some(), number) {
                (true, _, 0) => "▌ ",
                (true, ..) => "▏ ",
                _ => "  ",
            };
            let style = if here {
                theme.cursor()
            } else {
                theme.style(crate::page::Tone::Quiet)
            };
            if here {
                for piece in &mut pieces {
                    piece.style = piece.style.patch(theme.picked());
                }
            }
            let mut line = vec![
                Piece::styled(mark, style),
                Piece::raw(" ".repeat(usize::from(row.indent))),
            ];
            line.append(&mut pieces);
            out.push(Shown {
                line: Line::from(line),
                pick,
            });
        }
    }
    out
}

/// One row as lines of pieces.
fn broken(row: &Row, width: usize, theme: Theme) -> Vec<Vec<Piece<'static>>> {
    let mut lines = vec![Vec::new()];
    let mut used = 0;
    for span in &row.spans {
        let style = theme.style(span.tone);
        for word in span.text.split_inclusive(' ') {
            let wide = word.trim_end().width();
            if used + wide > width && used > 0 {
                if row.clip {
                    return vec![clipped(lines.pop().unwrap_or_default(), word, width, style)];
                }
                lines.push(Vec::new());
                used = 0;
            }
            let word = if used == 0 && lines.len() > 1 {
                word.trim_start()
            } else {
                word
            };
            for part in chopped(word, width) {
                if used > 0 && used + part.trim_end().width() > width {
                    lines.push(Vec::new());
                    used = 0;
                }
                used += part.width();
                if let Some(line) = lines.last_mut() {
                    line.push(Piece::styled(part, style));
                }
            }
        }
    }
    lines
}

/// A line that ends where the screen does, with a sign that there is more.
fn clipped(line: Vec<Piece<'static>>, word: &str, width: usize, style: Style) -> Vec<Piece<'static>> {
    let mut room = width.saturating_sub(1);
    let mut out: Vec<Piece<'static>> = Vec::new();
    for piece in line.into_iter().chain([Piece::styled(word.to_owned(), style)]) {
        let fits: String = piece
            .content
            .graphemes(true)
            .take_while(|grapheme| {
                let fits = grapheme.width() <= room;
                room = if fits { room - grapheme.width() } else { 0 };
                fits
            })
            .collect();
        out.push(Piece::styled(fits, piece.style));
    }
    while let Some(last) = out.pop() {
        let bare = last.content.trim_end().to_owned();
        if !bare.is_empty() {
            out.push(Piece::styled(format!("{bare}…"), last.style));
            break;
        }
    }
    out
}

/// A word longer than a line, in pieces that fit.
fn chopped(word: &str, width: usize) -> Vec<String> {
    if word.trim_end().width() <= width {
        return vec![word.to_owned()];
    }
    let mut parts = vec![String::new()];
    for grapheme in word.graphemes(true) {
        let full = parts
            .last()
            .is_some_and(|part| part.width() + grapheme.width() > width.max(1));
        if full {
            parts.push(String::new());
        }
        if let Some(part) = parts.last_mut() {
            part.push_str(grapheme);
        }
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page::Tone;

    fn texts(row: &Row, width: usize) -> Vec<String> {
        broken(row, width, Theme::plain())
            .iter()
            .map(|line| line.iter().map(|p| p.content.as_ref()).collect())
            .collect()
    }

    #[test]
    fn words_wrap_and_none_is_lost() {
        let row = Row::new("She slept badly and ", Tone::Ink).and("worried about work.", Tone::Quiet);
        assert_eq!(texts(&row, 16), ["She slept badly ", "and worried ", "about work."]);
        let long = Row::new("x".repeat(40), Tone::Ink);
        assert_eq!(texts(&long, 16).concat(), "x".repeat(40));
    }

    #[test]
    fn a_clipped_row_is_one_line_and_says_that_there_is_more() {
        let row = Row::new("She slept badly and worried about work.", Tone::Ink).clipped();
        assert_eq!(texts(&row, 16), ["She slept badly…"]);
    }
}
