//! Looks for known words in raw files: as UTF-8, UTF-16, base64, hex and percent-encoded. Finding one means that something was
//! written that was not sealed.

use std::collections::{HashMap, HashSet};

use zeroize::Zeroizing;

use crate::note::Words;

/// Shortest word that is looked for; below it, chance would find some.
const SHORTEST: usize = 8;
const FILTER_BITS: u32 = 18;

type Pattern = Zeroizing<Vec<u8>>;

/// Distinct long words of what was opened.
#[derive(Default)]
pub struct Markers {
    words: HashSet<Words>,
}

impl Markers {
    /// Takes the long words of a text in.
    pub fn add(&mut self, text: &str) {
        let long = |word: &&str| word.chars().count() >= SHORTEST;
        for word in text.split(|letter: char| !letter.is_alphabetic()).filter(long) {
            self.words.insert(word.into());
        }
    }

    /// Leaves out words that stand in the database anyway, as names of its own columns and acts.
    pub fn leave_out(&mut self, known: &str) {
        let known = known.to_lowercase();
        self.words.retain(|word| !known.contains(&word.as_str().to_lowercase()));
    }

    /// The words in every form a leak could have.
    #[must_use]
    pub fn into_scanner(self) -> Scanner {
        let mut forms: Vec<Pattern> = Vec::new();
        for word in &self.words {
            forms.extend(forms_of(word.as_str()));
            forms.extend(forms_of(&Zeroizing::new(word.as_str().to_lowercase())));
        }
        forms.sort_unstable_by(|one, other| one.as_slice().cmp(other));
        forms.dedup();
        Scanner::new(forms)
    }
}

fn forms_of(word: &str) -> Vec<Pattern> {
    let bytes = word.as_bytes();
    let utf16 = |order: fn(u16) -> [u8; 2]| word.encode_utf16().flat_map(order).collect();
    let hex = super::super::seal::hex(bytes);
    let mut forms: Vec<Vec<u8>> = vec![
        bytes.to_vec(),
        utf16(u16::to_le_bytes),
        utf16(u16::to_be_bytes),
        hex.to_uppercase().into_bytes(),
        hex.into_bytes(),
    ];
    if !word.is_ascii() {
        let percent = |byte: &u8| match byte {
            0x21..=0x7e => vec![*byte],
            _ => format!("%{byte:02X}").into_bytes(),
        };
        forms.push(bytes.iter().flat_map(percent).collect());
    }
    for shift in 0..3 {
        let standard = base64_inside(bytes, shift);
        let swap = |letter: &u8| match letter {
            b'+' => b'-',
            b'/' => b'_',
            other => *other,
        };
        forms.push(standard.iter().map(swap).collect());
        forms.push(standard);
    }
    forms.into_iter().map(Zeroizing::new).collect()
}

/// The base64 letters that these bytes have for certain when they stand `shift` bytes after a multiple of three.
fn base64_inside(bytes: &[u8], shift: usize) -> Vec<u8> {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let bit = |at: usize| -> usize {
        let byte = (at / 8)
            .checked_sub(shift)
            .and_then(|at| bytes.get(at))
            .copied()
            .unwrap_or(0);
        usize::from(byte >> (7 - at % 8) & 1)
    };
    let (first, end) = ((shift * 8).div_ceil(6), (shift + bytes.len()) * 8 / 6);
    let letter = |at: usize| LETTERS[(at * 6..at * 6 + 6).fold(0, |value, at| value << 1 | bit(at))];
    (first..end).map(letter).collect()
}

/// Finds any of many patterns in one pass.
pub struct Scanner {
    patterns: Vec<Pattern>,
    by_head: HashMap<u64, Vec<usize>>,
    filter: Vec<bool>,
}

fn slot(head: u64) -> usize {
    usize::try_from(head.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> (64 - FILTER_BITS)).unwrap_or(0)
}

impl Scanner {
    fn new(patterns: Vec<Pattern>) -> Self {
        let mut by_head: HashMap<u64, Vec<usize>> = HashMap::new();
        let mut filter = vec![false; 1 << FILTER_BITS];
        for (at, pattern) in patterns.iter().enumerate() {
            if let Some(head) = pattern.first_chunk() {
                let head = u64::from_le_bytes(*head);
                by_head.entry(head).or_default().push(at);
                filter[slot(head)] = true;
            }
        }
        Self {
            patterns,
            by_head,
            filter,
        }
    }

    /// How many places of the bytes hold one of the words.
    #[must_use]
    pub fn count(&self, bytes: &[u8]) -> u64 {
        let mut found = 0;
        for (at, window) in bytes.array_windows::<8>().enumerate() {
            let head = u64::from_le_bytes(*window);
            if !self.filter[slot(head)] {
                continue;
            }
            let here = |pattern: &usize| bytes[at..].starts_with(&self.patterns[*pattern]);
            if self
                .by_head
                .get(&head)
                .is_some_and(|patterns| patterns.iter().any(here))
            {
                found += 1;
            }
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scanner(text: &str) -> Scanner {
        let mut markers = Markers::default();
        markers.add(text);
        markers.into_scanner()
    }

    #[test]
    fn a_word_is_found_in_every_form_and_place() {
        let scanner = scanner("Nightmares and Überforderung");
        let forms: [&[u8]; 10] = [
            b"..Nightmares..",
            b"nightmares",
            b"N\0i\0g\0h\0t\0m\0a\0r\0e\0s\0",
            b"4e696768746d61726573",
            b"4E696768746D61726573",
            b"TmlnaHRtYXJlcw==",
            b"eE5pZ2h0bWFyZXM=",
            b"eHhOaWdodG1hcmVz",
            "Überforderung".as_bytes(),
            b"%C3%9Cberforderung",
        ];
        for form in forms {
            assert_eq!(scanner.count(form), 1, "{}", String::from_utf8_lossy(form));
        }
        assert_eq!(scanner.count(b"night mares and some more"), 0);
    }

    #[test]
    fn short_words_and_words_left_out_are_not_looked_for() {
        let mut markers = Markers::default();
        markers.add("sleep captures nightmares");
        markers.leave_out("CREATE TABLE captures");
        let scanner = markers.into_scanner();
        assert_eq!(scanner.count(b"sleep captures"), 0);
        assert_eq!(scanner.count(b"nightmares"), 1);
    }
}
