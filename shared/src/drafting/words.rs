//! A text as words and the gaps between them, and small patterns over words. Every rule of the drafting folder works on this:
//! a word knows whether it stands inside a quotation, and an edit changes words, never the source.

use std::{
    collections::HashMap,
    sync::{LazyLock, PoisonError, RwLock},
};

/// One word, with what stands between it and the word before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Word {
    /// What stands before the word: spaces, punctuation.
    pub gap: String,
    /// The word as it will be printed.
    pub text: String,
    /// Lower case, apostrophes straightened.
    pub low: String,
    /// Whether it stands inside quotation marks.
    pub quoted: bool,
    /// Byte offset in the text it was read from.
    pub start: usize,
    /// Byte offset behind it.
    pub end: usize,
}

impl Word {
    /// A word that a rule puts in.
    pub fn new(text: &str) -> Self {
        Self {
            gap: " ".into(),
            text: text.into(),
            low: lower(text),
            quoted: false,
            start: 0,
            end: 0,
        }
    }

    /// Changes the word, not its place.
    pub fn set(&mut self, text: &str) {
        self.text = text.into();
        self.low = lower(text);
    }
}

/// Words in order and what stands behind the last one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Line {
    pub words: Vec<Word>,
    pub tail: String,
}

const SLASHED: [&str; 15] = [
    "w/o", "f/u", "d/c", "h/o", "c/o", "s/p", "r/o", "b/c", "n/a", "y/o", "d/t", "w/d", "w/i", "a/o", "b/w",
];

/// Lower case with straight apostrophes.
pub(super) fn lower(text: &str) -> String {
    text.chars()
        .map(|c| if matches!(c, '’' | 'ʼ' | '‘') { '\'' } else { c })
        .flat_map(char::to_lowercase)
        .collect()
}

impl Line {
    /// Reads any text.
    pub fn read(text: &str) -> Self {
        let chars: Vec<(usize, char)> = text.char_indices().collect();
        let byte = |i: usize| chars.get(i).map_or(text.len(), |c| c.0);
        let mut line = Self::default();
        let (mut at, mut gap_from, mut quote) = (0, 0, None);
        while at < chars.len() {
            if !chars[at].1.is_alphanumeric() {
                quote = quotation(&chars, at, quote);
                at += 1;
                continue;
            }
            let end = word_end(&chars, at);
            line.words.push(Word {
                gap: text[byte(gap_from)..byte(at)].into(),
                text: text[byte(at)..byte(end)].into(),
                low: lower(&text[byte(at)..byte(end)]),
                quoted: quote.is_some(),
                start: byte(at),
                end: byte(end),
            });
            at = end;
            gap_from = end;
        }
        line.tail = text[byte(gap_from)..].into();
        line
    }

    /// The text again.
    pub fn print(&self) -> String {
        let mut out = String::new();
        for word in &self.words {
            out.push_str(&word.gap);
            out.push_str(&word.text);
        }
        out.push_str(&self.tail);
        out
    }

    /// The lower-case word at a place; empty behind the end.
    pub fn low(&self, at: usize) -> &str {
        self.words.get(at).map_or("", |word| word.low.as_str())
    }

    /// Whether the words from `at` on are these (space-separated, lower case) and none is quoted.
    pub fn is(&self, at: usize, phrase: &str) -> bool {
        let mut i = at;
        for want in phrase.split(' ') {
            match self.words.get(i) {
                Some(word) if word.low == want && !word.quoted => i += 1,
                _ => return false,
            }
        }
        true
    }

    /// Takes words out; the gap before them stays with what follows.
    pub fn cut(&mut self, from: usize, to: usize) {
        if from >= to || to > self.words.len() {
            return;
        }
        let gap = self.words[from].gap.clone();
        self.words.drain(from..to);
        if let Some(next) = self.words.get_mut(from) {
            next.gap = gap;
        }
    }

    /// Puts words in place of others; the first takes the gap before.
    pub fn put(&mut self, from: usize, to: usize, text: &str) {
        let gap = self
            .words
            .get(from)
            .map_or_else(|| " ".to_owned(), |word| word.gap.clone());
        let mut new: Vec<Word> = text.split(' ').filter(|t| !t.is_empty()).map(Word::new).collect();
        if let Some(first) = new.first_mut() {
            first.gap = gap;
        }
        self.words.splice(from..to.min(self.words.len()), new);
    }
}

fn word_end(chars: &[(usize, char)], from: usize) -> usize {
    let get = |i: usize| chars.get(i).map(|c| c.1);
    let tail = |n: usize| -> String { chars[from..].iter().take(n).map(|c| c.1.to_ascii_lowercase()).collect() };
    if get(from + 1) == Some('/') {
        if SLASHED.contains(&tail(3).as_str()) && !get(from + 3).is_some_and(char::is_alphanumeric) {
            return from + 3;
        }
        if tail(2) == "w/" {
            return from + 2;
        }
    }
    let mut i = from + 1;
    while let Some(c) = get(i) {
        let before = get(i - 1).unwrap_or(' ');
        let after = get(i + 1).unwrap_or(' ');
        let inside = match c {
            '\'' | '’' | 'ʼ' => after.is_alphanumeric(),
            '.' | ':' | '/' | ',' => before.is_ascii_digit() && after.is_ascii_digit(),
            _ => c.is_alphanumeric() || is_joined_mark(c),
        };
        if !inside {
            break;
        }
        i += 1;
    }
    i
}

/// Marks that belong to the letter before them: combining accents, variation selectors, joiners.
const fn is_joined_mark(c: char) -> bool {
    matches!(c, '\u{0300}'..='\u{036F}' | '\u{200D}' | '\u{FE0F}')
}

fn quotation(chars: &[(usize, char)], at: usize, open: Option<char>) -> Option<char> {
    let before = if at == 0 { ' ' } else { chars[at - 1].1 };
    let after = chars.get(at + 1).map_or(' ', |c| c.1);
    match (chars[at].1, open) {
        ('"' | '“', None) => Some('"'),
        ('"' | '”', Some('"')) | ('\'' | '’', Some('\'')) => None,
        ('\'' | '‘', None) if !before.is_alphanumeric() && after.is_alphanumeric() => Some('\''),
        (_, open) => open,
    }
}

/// A pattern over words: `word`, `one|other`, `start*`, `_` any one word, `..` up to three words.
#[derive(Clone, Debug)]
pub(super) struct Pattern {
    items: Vec<Item>,
}

#[derive(Clone, Debug)]
enum Item {
    OneOf(Vec<(String, bool)>),
    Any,
    UpToThree,
}

impl Pattern {
    /// Reads a pattern from a lexicon line.
    pub fn read(text: &str) -> Self {
        let items = text
            .split_whitespace()
            .map(|item| match item {
                "_" => Item::Any,
                ".." => Item::UpToThree,
                _ => Item::OneOf(
                    item.split('|')
                        .map(|word| {
                            word.strip_suffix('*')
                                .map_or_else(|| (word.to_owned(), false), |start| (start.to_owned(), true))
                        })
                        .collect(),
                ),
            })
            .collect();
        Self { items }
    }

    /// First letters that a match can begin with; `None` for any.
    pub fn initials(&self) -> Option<Vec<char>> {
        match self.items.first()? {
            Item::OneOf(any) => Some(any.iter().filter_map(|(word, _)| word.chars().next()).collect()),
            _ => None,
        }
    }

    /// The end of a match that begins at `at`.
    pub fn match_at(&self, words: &[Word], at: usize) -> Option<usize> {
        fn go(items: &[Item], words: &[Word], at: usize) -> Option<usize> {
            let Some(item) = items.first() else {
                return Some(at);
            };
            match item {
                Item::UpToThree => (0..=3).find_map(|skip| go(&items[1..], words, at + skip)),
                Item::Any => words.get(at).and_then(|_| go(&items[1..], words, at + 1)),
                Item::OneOf(any) => {
                    let low = &words.get(at)?.low;
                    any.iter()
                        .any(|(word, start)| low == word || (*start && low.starts_with(word.as_str())))
                        .then(|| go(&items[1..], words, at + 1))?
                }
            }
        }
        go(&self.items, words, at)
    }

    /// The first match: from, to.
    pub fn find(&self, words: &[Word]) -> Option<(usize, usize)> {
        (0..words.len()).find_map(|at| self.match_at(words, at).map(|end| (at, end)))
    }
}

/// A pattern written in the code, read once.
pub(super) fn pattern(text: &'static str) -> &'static Pattern {
    static READ: LazyLock<RwLock<HashMap<&'static str, &'static Pattern>>> = LazyLock::new(RwLock::default);
    if let Some(found) = READ.read().unwrap_or_else(PoisonError::into_inner).get(text) {
        return found;
    }
    let mut all = READ.write().unwrap_or_else(PoisonError::into_inner);
    // one for each literal in the code, so what is leaked is bounded
    all.entry(text)
        .or_insert_with(|| Box::leak(Box::new(Pattern::read(text))))
}

/// Lines of a lexicon file without comments and blanks.
pub(super) fn lexicon(text: &'static str) -> impl Iterator<Item = &'static str> {
    text.lines()
        .map(str::trim)
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
}

/// Words of the lines `key: word word …` of a lexicon file.
pub(super) fn word_list(text: &'static str, key: &str) -> Vec<&'static str> {
    lexicon(text)
        .filter_map(|line| line.split_once(": "))
        .filter(|(name, _)| *name == key)
        .flat_map(|(_, words)| words.split(' '))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn any_text_prints_as_it_was_read(text in "\\PC*") {
            prop_assert_eq!(Line::read(&text).print(), text);
        }
    }

    #[test]
    fn quoted_words_are_known() {
        let line = Line::read("Pt: \"I can't\" then 'wish I could' don't");
        let quoted: Vec<&str> = line.words.iter().filter(|w| w.quoted).map(|w| w.low.as_str()).collect();
        assert_eq!(quoted, ["i", "can't", "wish", "i", "could"]);
    }

    #[test]
    fn slashes_and_numbers_stay_in_one_word() {
        let lows: Vec<String> = Line::read("f/u w/her w/o 4/5 1.5 SI/HI")
            .words
            .into_iter()
            .map(|w| w.low)
            .collect();
        assert_eq!(lows, ["f/u", "w/", "her", "w/o", "4/5", "1.5", "si", "hi"]);
    }

    #[test]
    fn patterns_find_their_words() {
        let find = |pattern: &str, text: &str| Pattern::read(pattern).find(&Line::read(text).words);
        assert_eq!(find("suicid*", "no suicidal thoughts"), Some((1, 2)));
        assert_eq!(find("hit|hits .. her|him", "he hit at her"), Some((1, 4)));
        assert_eq!(find("kill _ now", "kill me"), None);
    }
}
