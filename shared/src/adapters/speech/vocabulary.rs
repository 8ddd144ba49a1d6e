//! The person's own words: names, medication, methods, abbreviations.
//!
//! A larger model is told of them before it listens. A small one hears worse for being told, so for all models the words that
//! it nearly wrote are put right afterwards: only what is no common word, only at a small distance, only with the same sound
//! at the front, and never a number. Pure.

use std::{collections::HashSet, sync::LazyLock};

use whisper_rs::WhisperContext;
use zeroize::Zeroizing;

use super::sound;
use crate::note::Words;

/// Tokens of a prompt that leave the model enough room to write.
const PROMPT_TOKENS: usize = 180;

/// What a larger model is told about the kind of speech to come.
const SETTING: &str =
    "A therapist's summary of a session: mood, affect, coping skills, homework, plan, CBT, DBT, EMDR, PHQ-9, GAD-7.";

/// Tokens of a transcript that may together be one word of the person's.
const MOST_PARTS: usize = 3;

/// Words that are as likely to be meant as anything in a list, so they are never taken for a near miss.
static COMMON: LazyLock<HashSet<&'static str>> =
    LazyLock::new(|| include_str!("common_words.txt").split_whitespace().collect());

/// The person's words, ready for comparison.
#[derive(Clone, Debug)]
pub struct Vocabulary {
    entries: Vec<Entry>,
}

#[derive(Clone, Debug)]
struct Entry {
    written: Words,
    /// Lower case, letters and digits only.
    plain: Words,
    sound: Words,
}

/// A word of a transcript between its punctuation.
struct Token<'a> {
    before: &'a str,
    core: &'a str,
    after: &'a str,
    plain: Zeroizing<String>,
}

impl Vocabulary {
    /// Takes the person's list; blank entries are left out.
    #[must_use]
    pub fn new(words: &[Words]) -> Self {
        let entries = words.iter().filter_map(|words| {
            let plain = plain(words.as_str());
            (!plain.is_empty()).then(|| Entry {
                written: words.as_str().trim().into(),
                sound: sound::key(&plain).into(),
                plain: plain.as_str().into(),
            })
        });
        Self {
            entries: entries.collect(),
        }
    }

    /// The text with its near misses put right. What lies between words stays as it is, but for runs of white space.
    #[must_use]
    pub fn correct(&self, text: &str) -> String {
        if self.entries.is_empty() {
            return text.to_owned();
        }
        let tokens: Vec<Token> = text.split_whitespace().map(Token::new).collect();
        let mut out = String::with_capacity(text.len() + 32);
        let mut at = 0;
        while at < tokens.len() {
            if !out.is_empty() {
                out.push(' ');
            }
            let found = (1..=MOST_PARTS.min(tokens.len() - at)).rev().find_map(|parts| {
                let heard = &tokens[at..at + parts];
                self.meant(heard).map(|entry| (parts, entry))
            });
            let Some((parts, entry)) = found else {
                let Token {
                    before, core, after, ..
                } = &tokens[at];
                [before, core, after].iter().for_each(|part| out.push_str(part));
                at += 1;
                continue;
            };
            let last = &tokens[at + parts - 1];
            out.push_str(tokens[at].before);
            out.push_str(entry.written.as_str());
            if last.is_possessive() && !entry.written.as_str().ends_with("'s") {
                out.push_str("'s");
            }
            let next = tokens.get(at + parts);
            let goes_on = next.is_some_and(|next| next.core.starts_with(char::is_lowercase));
            // the last stop of "E.M.D.R." belongs to the letters, unless the sentence ends with them
            out.push_str(if last.core.contains('.') && goes_on {
                last.after.trim_start_matches('.')
            } else {
                last.after
            });
            at += parts;
        }
        out
    }

    /// The one word of the person's that was meant by these tokens.
    fn meant(&self, heard: &[Token]) -> Option<&Entry> {
        let (last, inner) = heard.split_last()?;
        // punctuation between words keeps them apart
        if inner.iter().any(|token| !token.after.is_empty()) || heard[1..].iter().any(|token| !token.before.is_empty())
        {
            return None;
        }
        let joined = Zeroizing::new(heard.iter().map(|token| token.plain.as_str()).collect::<String>());
        let common = heard.iter().all(|token| COMMON.contains(token.plain.as_str()));
        let number = joined.chars().any(char::is_numeric);
        let key = Zeroizing::new(sound::key(&joined));
        let distances = self.entries.iter().filter_map(|entry| {
            let vocabulary = entry.plain.as_str();
            let most = if vocabulary == joined.as_str() {
                // a word like "act" is not the method of that name
                if common && (inner.is_empty() || vocabulary.chars().count() < 6) {
                    return None;
                }
                0
            } else if common || number || (inner.is_empty() && COMMON.contains(last.core)) {
                return None;
            } else {
                sound::nearness(&key, entry.sound.as_str(), vocabulary.chars().count())?
            };
            let distance = sound::distance(&joined, vocabulary, most)?;
            Some((distance, entry))
        });
        let mut nearest: Option<(usize, &Entry)> = None;
        let mut tied = false;
        for (distance, entry) in distances {
            match &nearest {
                Some((least, before)) if distance == *least => tied |= before.plain != entry.plain,
                Some((least, _)) if distance > *least => {}
                _ => (nearest, tied) = (Some((distance, entry)), false),
            }
        }
        nearest.filter(|_| !tied).map(|(_, entry)| entry)
    }
}

impl<'a> Token<'a> {
    fn new(text: &'a str) -> Self {
        let inside = |c: char| c.is_alphanumeric();
        let from = text.find(inside).unwrap_or(text.len());
        let to = text
            .rfind(inside)
            .map_or(from, |at| at + text[at..].chars().next().map_or(0, char::len_utf8));
        let core = &text[from..to];
        Self {
            before: &text[..from],
            core,
            after: &text[to..],
            plain: Zeroizing::new(plain(core.strip_suffix("'s").unwrap_or(core)).to_string()),
        }
    }

    fn is_possessive(&self) -> bool {
        self.core.ends_with("'s")
    }
}

fn plain(text: &str) -> Zeroizing<String> {
    Zeroizing::new(
        text.chars()
            .filter(|c| c.is_alphanumeric())
            .flat_map(char::to_lowercase)
            .collect(),
    )
}

/// What the model is told before it listens; nothing for a small model. The person's words come last and are kept first.
pub fn prompt(vocabulary: &Vocabulary, context: &WhisperContext, small: bool) -> Zeroizing<Vec<i32>> {
    if small {
        return Zeroizing::default();
    }
    let tokens = |text: &str| context.tokenize(text, PROMPT_TOKENS * 4).unwrap_or_default();
    let mut prompt = Zeroizing::new(tokens(SETTING));
    for entry in &vocabulary.entries {
        let words = Zeroizing::new(tokens(&format!(" {},", entry.written.as_str())));
        if prompt.len() + words.len() > PROMPT_TOKENS {
            break;
        }
        prompt.extend_from_slice(&words);
    }
    prompt
}

#[cfg(test)]
mod tests {
    use super::*;

    fn correct(vocabulary: &[&str], text: &str) -> String {
        let words: Vec<Words> = vocabulary.iter().map(|word| Words::from(*word)).collect();
        Vocabulary::new(&words).correct(text)
    }

    #[test]
    fn near_misses_become_the_persons_words() {
        let list = [
            "Lorazepam",
            "Marta",
            "brainspotting",
            "EMDR",
            "Xiomara",
            "somatic tracking",
        ];
        for (heard, meant) in [
            ("Took loraza pam, slept.", "Took Lorazepam, slept."),
            ("Took larazepam twice.", "Took Lorazepam twice."),
            ("Martha's sister called.", "Marta's sister called."),
            ("We did brain spotting.", "We did brainspotting."),
            ("Begin E.M.D.R. next time", "Begin EMDR next time"),
            ("Begin E.M.D.R. She agreed.", "Begin EMDR. She agreed."),
            ("(Ziomara) arrived late", "(Xiomara) arrived late"),
        ] {
            assert_eq!(correct(&list, heard), meant);
        }
    }

    #[test]
    fn common_words_numbers_and_other_drugs_are_never_replaced() {
        let list = [
            "ACT",
            "DARE",
            "escitalopram",
            "Fifty",
            "Denise",
            "Mila",
            "clonidine",
            "not",
        ];
        for heard in [
            "An act of kindness, and dare I say fifteen.",
            "Takes citalopram 20 mg.",
            "He denies plan or means.",
            "She smiled a little.",
            "Clonazepam 0.5 was not refilled, now nine.",
        ] {
            assert_eq!(correct(&list, heard), heard);
        }
    }

    #[test]
    fn two_words_that_fit_equally_well_change_nothing() {
        assert_eq!(correct(&["Marta", "Marte"], "Marti was there."), "Marti was there.");
    }

    #[test]
    fn punctuation_keeps_words_apart() {
        assert_eq!(correct(&["Brainspotting"], "Brain. Spotting"), "Brain. Spotting");
    }
}
