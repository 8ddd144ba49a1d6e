//! Cuts a text into tokens and says what each looks like. Letters are told by code point, not by Unicode tables, so that this
//! file and `shared/corpus/train/data.py`, which the model was trained with, agree on every text.

use std::borrow::Cow;

/// Where a token stands and what stood before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Token {
    /// Byte offset of its first character.
    pub start: usize,
    /// Byte offset behind its last character.
    pub end: usize,
    pub gap: Gap,
    pub shape: Shape,
}

/// What lies between a token and the one before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Gap {
    Glued,
    Spaced,
    NewLine,
}

/// How a token is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    Lower,
    Capital,
    Upper,
    Mixed,
    Initial,
    Digits,
    Symbol,
}

/// Bytes of a word that are looked at for its pieces.
const PIECE_BYTES: usize = 24;
/// A text is dictated when fewer than this many of a hundred tokens are stops, commas or semicolons.
const STOPS_PER_HUNDRED: usize = 3;

/// The tokens of `text` from left to right.
pub(super) fn tokens(text: &str) -> Vec<Token> {
    let mut out: Vec<Token> = Vec::new();
    let (mut at, mut gap) = (0, Gap::NewLine);
    while let Some(c) = text[at..].chars().next() {
        let end = at + c.len_utf8();
        if is_space(c) {
            if gap != Gap::NewLine {
                gap = if c == '\n' { Gap::NewLine } else { Gap::Spaced };
            }
            at = end;
            continue;
        }
        let end = if is_letter(c) {
            runs(text, end, is_letter, |c| matches!(c, '\'' | '\u{2019}'))
        } else if c.is_ascii_digit() {
            runs(text, end, |c| c.is_ascii_digit(), |c| matches!(c, '.' | ':'))
        } else {
            end
        };
        out.push(Token {
            start: at,
            end,
            gap,
            shape: shape(&text[at..end]),
        });
        (at, gap) = (end, Gap::Glued);
    }
    out
}

/// The end of a run of `inner` characters, single `joint`s between them included.
fn runs(text: &str, mut at: usize, inner: impl Fn(char) -> bool, joint: impl Fn(char) -> bool) -> usize {
    loop {
        let mut rest = text[at..].chars();
        let Some(c) = rest.next() else { return at };
        if !(inner(c) || joint(c) && rest.next().is_some_and(&inner)) {
            return at;
        }
        at += c.len_utf8();
    }
}

const fn is_letter(c: char) -> bool {
    matches!(c, 'A'..='Z' | 'a'..='z' | '\u{c0}'..='\u{d6}' | '\u{d8}'..='\u{f6}' | '\u{f8}'..='\u{24f}' | '\u{370}'..='\u{1fff}')
}

const fn is_space(c: char) -> bool {
    matches!(c, '\0'..=' ' | '\u{7f}' | '\u{85}' | '\u{a0}' | '\u{2000}'..='\u{200f}' | '\u{2028}'..='\u{202f}'
        | '\u{205f}'..='\u{206f}' | '\u{3000}' | '\u{feff}')
}

fn shape(word: &str) -> Shape {
    let first = word.chars().next().unwrap_or(' ');
    if first.is_ascii_digit() {
        return Shape::Digits;
    }
    if !is_letter(first) {
        return Shape::Symbol;
    }
    let (upper, all) = word
        .chars()
        .fold((0, 0), |(u, n), c| (u + usize::from(c.is_ascii_uppercase()), n + 1));
    match upper {
        0 => Shape::Lower,
        1 if all == 1 => Shape::Initial,
        u if u == all => Shape::Upper,
        1 if first.is_ascii_uppercase() => Shape::Capital,
        _ => Shape::Mixed,
    }
}

/// What a token is looked up as: ASCII lower case, straight quotes, every digit a 0.
pub(super) fn key(word: &str) -> Cow<'_, str> {
    let plain =
        |c: char| !(c.is_ascii_uppercase() || c.is_ascii_digit() || matches!(c, '\u{2019}' | '\u{201c}' | '\u{201d}'));
    if word.chars().all(plain) {
        return Cow::Borrowed(word);
    }
    let folded = word.chars().map(|c| match c {
        '0'..='9' => '0',
        '\u{2019}' => '\'',
        '\u{201c}' | '\u{201d}' => '"',
        c => c.to_ascii_lowercase(),
    });
    Cow::Owned(folded.collect())
}

/// Hashes (FNV-1a, 32 bits) of the 3- and 4-byte pieces of `<key>`; never empty.
pub(super) fn pieces(key: &str) -> Vec<u32> {
    let bytes = key.as_bytes();
    let mut framed = Vec::with_capacity(PIECE_BYTES + 2);
    framed.push(b'<');
    framed.extend_from_slice(&bytes[..bytes.len().min(PIECE_BYTES)]);
    framed.push(b'>');
    let hash = |piece: &[u8]| {
        piece
            .iter()
            .fold(0x811c_9dc5_u32, |h, b| (h ^ u32::from(*b)).wrapping_mul(0x0100_0193))
    };
    framed.windows(3).chain(framed.windows(4)).map(hash).collect()
}

/// Whether the text has next to no stops and commas, as dictation leaves it.
pub(super) fn is_dictated(text: &str, tokens: &[Token]) -> bool {
    let stops = tokens.iter().filter(|t| is_stop(&text[t.start..t.end])).count();
    stops * 100 < STOPS_PER_HUNDRED * tokens.len()
}

/// A full stop, a comma or a semicolon.
pub(super) fn is_stop(word: &str) -> bool {
    matches!(word, "." | "," | ";")
}
