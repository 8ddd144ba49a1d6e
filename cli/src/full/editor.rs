//! A field for text: graphemes, words, several lines, soft wrapping. It knows nothing of where it is shown.

use unicode_segmentation::{GraphemeCursor, UnicodeSegmentation as _};
use unicode_width::UnicodeWidthStr as _;
use zeroize::Zeroizing;

/// Text with a cursor. Wiped when dropped.
#[derive(Clone, Debug, Default)]
pub struct Editor {
    text: Zeroizing<String>,
    /// Byte place of the cursor, on the edge of a grapheme.
    at: usize,
    /// Column that up and down try to keep.
    goal: Option<usize>,
}

/// A line as it is shown: the bytes from `start` to `end`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shown {
    /// First byte.
    pub start: usize,
    /// One past the last byte, without the line end.
    pub end: usize,
}

impl Editor {
    /// A field holding `text`, the cursor at its end.
    #[must_use]
    pub fn new(text: &str) -> Self {
        Self {
            text: Zeroizing::new(text.to_owned()),
            at: text.len(),
            goal: None,
        }
    }

    /// What is in it.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Puts text in at the cursor. Line ends become `\n`; other control characters go.
    pub fn insert(&mut self, text: &str) {
        let clean: String = text
            .replace("\r\n", "\n")
            .replace('\r', "\n")
            .chars()
            .filter(|c| *c == '\n' || !c.is_control())
            .collect();
        self.text.insert_str(self.at, &clean);
        self.at += clean.len();
        self.goal = None;
    }

    fn before(&self) -> usize {
        GraphemeCursor::new(self.at, self.text.len(), true)
            .prev_boundary(&self.text, 0)
            .ok()
            .flatten()
            .unwrap_or(0)
    }

    fn after(&self) -> usize {
        let end = self.text.len();
        GraphemeCursor::new(self.at, end, true)
            .next_boundary(&self.text, 0)
            .ok()
            .flatten()
            .unwrap_or(end)
    }

    fn word_before(&self) -> usize {
        let mut words = self.text[..self.at].unicode_word_indices();
        words.next_back().map_or(0, |(start, _)| start)
    }

    fn word_after(&self) -> usize {
        let next = self.text[self.at..]
            .unicode_word_indices()
            .map(|(start, word)| self.at + start + word.len());
        next.into_iter().next().unwrap_or(self.text.len())
    }

    fn line_start(&self) -> usize {
        self.text[..self.at].rfind('\n').map_or(0, |end| end + 1)
    }

    fn line_end(&self) -> usize {
        self.text[self.at..]
            .find('\n')
            .map_or(self.text.len(), |end| self.at + end)
    }

    fn go(&mut self, to: usize) {
        self.at = to;
        self.goal = None;
    }

    fn cut(&mut self, from: usize, to: usize) {
        self.text.replace_range(from..to, "");
        self.go(from);
    }

    /// One grapheme to the left.
    pub fn left(&mut self) {
        self.go(self.before());
    }

    /// One grapheme to the right.
    pub fn right(&mut self) {
        self.go(self.after());
    }

    /// To the start of the word before.
    pub fn word_left(&mut self) {
        self.go(self.word_before());
    }

    /// To the end of the next word.
    pub fn word_right(&mut self) {
        self.go(self.word_after());
    }

    /// To the start of the line.
    pub fn home(&mut self) {
        self.go(self.line_start());
    }

    /// To the end of the line.
    pub fn end(&mut self) {
        self.go(self.line_end());
    }

    /// Removes the grapheme before the cursor.
    pub fn backspace(&mut self) {
        self.cut(self.before(), self.at);
    }

    /// Removes the grapheme at the cursor.
    pub fn delete(&mut self) {
        let at = self.at;
        self.cut(at, self.after());
    }

    /// Removes the word before the cursor.
    pub fn delete_word(&mut self) {
        self.cut(self.word_before(), self.at);
    }

    /// Removes everything from the start of the line to the cursor.
    pub fn delete_to_start(&mut self) {
        self.cut(self.line_start(), self.at);
    }

    /// Removes everything from the cursor to the end of the line.
    pub fn delete_to_end(&mut self) {
        let at = self.at;
        self.cut(at, self.line_end());
    }

    /// The lines as shown in `width` columns, broken between words where that is possible.
    #[must_use]
    pub fn lines(&self, width: usize) -> Vec<Shown> {
        let width = width.max(1);
        let mut lines = Vec::new();
        let mut line_start = 0;
        for line in self.text.split('\n') {
            let (mut start, mut columns, mut gap) = (0, 0, None);
            for (at, grapheme) in line.grapheme_indices(true) {
                let wide = grapheme.width();
                if columns + wide > width && at > start {
                    // After the last gap, or in the middle of a word that is too long.
                    let cut = gap.filter(|gap| *gap > start).unwrap_or(at);
                    lines.push(Shown {
                        start: line_start + start,
                        end: line_start + cut,
                    });
                    start = cut;
                    columns = line[cut..at].width();
                    gap = None;
                }
                columns += wide;
                if grapheme == " " {
                    gap = Some(at + 1);
                }
            }
            lines.push(Shown {
                start: line_start + start,
                end: line_start + line.len(),
            });
            line_start += line.len() + 1;
        }
        lines
    }

    /// Line and column of the cursor in `lines`.
    #[must_use]
    pub fn cursor(&self, lines: &[Shown]) -> (usize, usize) {
        let line = lines.iter().rposition(|line| line.start <= self.at).unwrap_or(0);
        let start = lines.get(line).map_or(0, |line| line.start);
        (line, self.text[start..self.at].width())
    }

    /// One shown line up (`-1`) or down (`1`), or more; the column is kept where it can be.
    pub fn vertical(&mut self, by: isize, width: usize) {
        let lines = self.lines(width);
        let (line, column) = self.cursor(&lines);
        let goal = self.goal.unwrap_or(column);
        let Some(to) = line.checked_add_signed(by).filter(|to| *to < lines.len()) else {
            self.at = if by < 0 { 0 } else { self.text.len() };
            return;
        };
        let Shown { start, end } = lines[to];
        let mut at = start;
        for (place, grapheme) in self.text[start..end].grapheme_indices(true) {
            if self.text[start..start + place + grapheme.len()].width() > goal {
                break;
            }
            at = start + place + grapheme.len();
        }
        // The end of a broken line is the start of the next one: stay before it.
        if at == end && lines.get(to + 1).is_some_and(|next| next.start == end) {
            at = self.text[start..end]
                .grapheme_indices(true)
                .next_back()
                .map_or(start, |(place, _)| start + place);
        }
        self.at = at;
        self.goal = Some(goal);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(editor: &Editor, width: usize) -> Vec<&str> {
        editor
            .lines(width)
            .iter()
            .map(|line| &editor.text()[line.start..line.end])
            .collect()
    }

    #[test]
    fn long_lines_break_between_words_and_no_character_is_lost() {
        let editor = Editor::new("she slept badly\n\nunbelievablylongword x");
        assert_eq!(
            shown(&editor, 9),
            ["she ", "slept ", "badly", "", "unbelieva", "blylongwo", "rd x"]
        );
        assert_eq!(shown(&editor, 9).concat(), editor.text().replace('\n', ""));
    }

    #[test]
    fn a_grapheme_is_one_step_however_many_bytes_it_has() {
        let mut editor = Editor::new("e\u{301}👩‍👧x");
        editor.left();
        editor.backspace();
        assert_eq!(editor.text(), "e\u{301}x");
        editor.backspace();
        assert_eq!(editor.text(), "x");
        editor.backspace();
        assert_eq!(editor.text(), "x", "there is nothing before the start");
    }

    #[test]
    fn words_are_walked_and_removed_whole() {
        let mut editor = Editor::new("one two, three");
        editor.word_left();
        editor.word_left();
        editor.insert("X");
        assert_eq!(editor.text(), "one Xtwo, three");
        editor.word_right();
        editor.delete_word();
        assert_eq!(editor.text(), "one , three");
    }

    #[test]
    fn up_and_down_keep_the_column() {
        let mut editor = Editor::new("abcdef\nab\nabcdef");
        editor.vertical(-1, 80);
        editor.vertical(-1, 80);
        editor.insert("|");
        assert_eq!(editor.text(), "abcdef|\nab\nabcdef");
    }

    #[test]
    fn what_is_pasted_keeps_its_lines_and_loses_its_control_characters() {
        let mut editor = Editor::default();
        editor.insert("a\r\nb\rc\u{1b}[2Jd");
        assert_eq!(editor.text(), "a\nb\nc[2Jd");
    }

    #[test]
    fn the_cursor_is_found_again_at_any_width() {
        let mut editor = Editor::new("one two three four five");
        for _ in 0..6 {
            editor.left();
        }
        for width in 1..30 {
            let lines = editor.lines(width);
            let (line, column) = editor.cursor(&lines);
            assert!(column <= width, "width {width}: line {line}, column {column}");
            editor.vertical(1, width);
            editor.vertical(-1, width);
        }
        assert_eq!(editor.text(), "one two three four five");
    }
}
