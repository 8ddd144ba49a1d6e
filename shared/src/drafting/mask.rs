//! Puts placeholders for what names a person before any text may leave the device, and takes them back. Fails closed: a capital
//! that no everyday word explains counts as a name, and dictated text, which has no capitals, is said to be unsure.

use std::{collections::HashSet, sync::LazyLock};

use super::words::{Line, Word, lexicon};
use crate::note::Words;

static COMMON: LazyLock<HashSet<&str>> = LazyLock::new(|| {
    lexicon(include_str!("lexicons/common_words.txt"))
        .flat_map(str::split_whitespace)
        .collect()
});
static KNOWN: LazyLock<HashSet<String>> = LazyLock::new(|| {
    let acronyms = lexicon(include_str!("lexicons/acronyms.txt"))
        .flat_map(str::split_whitespace)
        .map(str::to_lowercase);
    let more = "monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thurs fri sat sun january february march april may june july \
                august september october november december jan feb mar apr jun jul aug sept oct nov dec i ok client patient therapist socratic stanley-brown \
                columbia dear man english spanish christmas easter thanksgiving sertraline zoloft prozac lexapro lithium ativan xanax wellbutrin trazodone \
                suboxone narcan adderall lamictal seroquel abilify q2wk prn bid";
    acronyms.chain(more.split_whitespace().map(str::to_owned)).collect()
});

/// Text without identifiers, and the way back. The map must never leave the device.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Masked {
    /// The text with placeholders such as `[NAME-1]`.
    pub text: String,
    /// Placeholder and the words it stands for.
    pub map: Vec<(String, Words)>,
    /// Whether capitals could be relied on. Without them only listed names, titles and numbers are found.
    pub sure: bool,
}

/// Masks names, dates of birth, telephone numbers, e-mail addresses, postal addresses and record numbers. `names` are names known
/// to the clinician, found in any spelling of capitals.
#[must_use]
pub fn mask(text: &str, names: &[Words]) -> Masked {
    let line = Line::read(text);
    let sure = line
        .words
        .iter()
        .filter(|w| w.text.starts_with(char::is_uppercase) && w.low != "i")
        .count()
        > 0;
    let mut spans: Vec<(usize, usize, &'static str)> = Vec::new();
    emails(text, &mut spans);
    numbers(&line, &mut spans);
    listed(&line, names, &mut spans);
    capitals(&line, &mut spans);
    spans.sort_unstable();
    let mut masked = Masked {
        sure,
        ..Masked::default()
    };
    let mut at = 0;
    for (from, to, kind) in spans {
        if from < at {
            continue;
        }
        masked.text.push_str(&text[at..from]);
        let words = &text[from..to];
        let found = masked
            .map
            .iter()
            .find(|(name, known)| known.as_str() == words && name.starts_with(&format!("[{kind}")))
            .map(|(name, _)| name.clone());
        let name = found.unwrap_or_else(|| {
            let number = 1 + masked
                .map
                .iter()
                .filter(|(name, _)| name.starts_with(&format!("[{kind}-")))
                .count();
            let name = format!("[{kind}-{}]", letter(number));
            masked.map.push((name.clone(), words.into()));
            name
        });
        masked.text.push_str(&name);
        at = to;
    }
    masked.text.push_str(&text[at..]);
    masked
}

/// Puts the words back in place of their placeholders.
#[must_use]
pub fn restore(text: &str, map: &[(String, Words)]) -> String {
    map.iter().fold(text.to_owned(), |text, (name, words)| {
        text.replace(name, words.as_str())
    })
}

/// A, B, … Z, AA: letters, so that a placeholder brings no number into a sentence.
fn letter(mut number: usize) -> String {
    let mut out = String::new();
    while number > 0 {
        number -= 1;
        out.insert(0, char::from(b'A' + u8::try_from(number % 26).unwrap_or(0)));
        number /= 26;
    }
    out
}

fn emails(text: &str, spans: &mut Vec<(usize, usize, &'static str)>) {
    let inside = |c: char| c.is_alphanumeric() || matches!(c, '.' | '_' | '-' | '+' | '%');
    for (at, _) in text.match_indices('@') {
        let from = text[..at]
            .char_indices()
            .rev()
            .take_while(|(_, c)| inside(*c))
            .last()
            .map_or(at, |(i, _)| i);
        let after = &text[at + 1..];
        let to = at
            + 1
            + after
                .char_indices()
                .take_while(|(_, c)| inside(*c))
                .last()
                .map_or(0, |(i, c)| i + c.len_utf8());
        let domain = text[at + 1..to].trim_end_matches('.');
        if from < at && domain.contains('.') {
            spans.push((from, at + 1 + domain.len(), "EMAIL"));
        }
    }
}

/// Telephone and record numbers by length, dates by a year or by "born", addresses by a street word.
fn numbers(line: &Line, spans: &mut Vec<(usize, usize, &'static str)>) {
    const STREETS: [&str; 18] = [
        "street",
        "st",
        "avenue",
        "ave",
        "road",
        "rd",
        "lane",
        "ln",
        "drive",
        "dr",
        "boulevard",
        "blvd",
        "court",
        "ct",
        "way",
        "place",
        "terrace",
        "apt",
    ];
    const SPOKEN: [&str; 12] = [
        "zero", "oh", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "double",
    ];
    let words = &line.words;
    let digits = |w: &Word| w.low.chars().filter(char::is_ascii_digit).count();
    let numeric = |w: &Word| {
        digits(w) > 0
            && w.low
                .chars()
                .all(|c| c.is_ascii_digit() || matches!(c, '/' | '.' | ':'))
    };
    let mut at = 0;
    while at < words.len() {
        let run = words[at..]
            .iter()
            .enumerate()
            .take_while(|(i, w)| numeric(w) && (*i == 0 || w.gap.len() <= 2 && !w.gap.contains([',', ';', ':'])))
            .count();
        let spoken = words[at..]
            .iter()
            .take_while(|w| SPOKEN.contains(&w.low.as_str()))
            .count();
        let total: usize = words[at..at + run].iter().map(digits).sum();
        let born = (1..=4).any(|back| {
            at >= back
                && matches!(
                    words[at - back].low.as_str(),
                    "born" | "dob" | "birthday" | "birthdate" | "birth"
                )
        });
        let year = words[at..at + run].iter().any(|w| {
            w.low
                .split(['/', '.'])
                .any(|part| part.len() == 4 && (part.starts_with("19") || part.starts_with("20")))
        });
        let slashes = run == 1 && words[at].low.matches(['/', '.']).count() == 2;
        let street = run == 1
            && (1..=4).any(|next| {
                words.get(at + next).is_some_and(|w| {
                    STREETS.contains(&w.low.as_str()) && words[at + 1].text.starts_with(char::is_uppercase)
                })
            });
        let end = |count: usize| words[at + count - 1].end;
        if run > 0 && (born || (year && run >= 3) || (slashes && total >= 6)) {
            spans.push((words[at].start, end(run), "DATE"));
        } else if run > 0 && total >= 7 {
            spans.push((
                words[at].start,
                end(run),
                if total >= 10 || run > 1 { "PHONE" } else { "RECORD" },
            ));
        } else if run == 1
            && total >= 4
            && at > 0
            && matches!(
                words[at - 1].low.as_str(),
                "mrn" | "record" | "chart" | "number" | "id" | "policy" | "member"
            )
        {
            spans.push((words[at].start, end(1), "RECORD"));
        } else if street {
            let stop = (1..=4)
                .find(|next| words.get(at + next).is_some_and(|w| STREETS.contains(&w.low.as_str())))
                .unwrap_or(1);
            spans.push((words[at].start, words[at + stop].end, "ADDRESS"));
        } else if spoken >= 7 {
            spans.push((words[at].start, end(spoken), "PHONE"));
        }
        at += run.max(if spoken >= 7 { spoken } else { 1 });
    }
}

fn listed(line: &Line, names: &[Words], spans: &mut Vec<(usize, usize, &'static str)>) {
    for name in names {
        let want: Vec<String> = Line::read(name.as_str()).words.into_iter().map(|w| w.low).collect();
        let parts = std::iter::once(want.clone()).chain(
            want.iter()
                .filter(|part| part.chars().count() > 2)
                .map(|part| vec![part.clone()]),
        );
        for part in parts.filter(|part| !part.is_empty()) {
            for at in 0..line.words.len() {
                if part.iter().enumerate().all(|(i, want)| {
                    line.words
                        .get(at + i)
                        .is_some_and(|w| w.low.strip_suffix("'s").unwrap_or(&w.low) == want)
                }) {
                    let last = &line.words[at + part.len() - 1];
                    spans.push((
                        line.words[at].start,
                        last.end - usize::from(last.low.ends_with("'s")) * 2,
                        "CLIENT",
                    ));
                }
            }
        }
    }
}

/// Capitals that no everyday word, no abbreviation and no head of a sentence explains; words behind a title, in any spelling.
fn capitals(line: &Line, spans: &mut Vec<(usize, usize, &'static str)>) {
    const PLACES: [&str; 14] = [
        "school",
        "hospital",
        "clinic",
        "university",
        "college",
        "church",
        "center",
        "centre",
        "elementary",
        "middle",
        "high",
        "park",
        "county",
        "house",
    ];
    const TITLES: [&str; 9] = ["mr", "mrs", "ms", "dr", "mister", "missus", "doctor", "miss", "prof"];
    let words = &line.words;
    let bare = |w: &Word| w.low.strip_suffix("'s").unwrap_or(&w.low).to_owned();
    let named = |at: usize| {
        let word = &words[at];
        let upper = word.text.starts_with(char::is_uppercase);
        let head = at == 0
            || word
                .gap
                .contains(['.', '!', '?', '\n', ':', '"', '“', '•', ';', '—', '–', '(']);
        let title = at > 0 && TITLES.contains(&words[at - 1].low.as_str());
        let next = words.get(at + 1).is_some_and(|w| {
            w.gap == " "
                && w.text.starts_with(char::is_uppercase)
                && !COMMON.contains(w.low.as_str())
                && !KNOWN.contains(&w.low)
        });
        let shouted =
            word.text.chars().count() > 1 && word.text.chars().all(|c| c.is_uppercase() || !c.is_alphabetic());
        let known = KNOWN.contains(&bare(word)) || bare(word).bytes().any(|b| b.is_ascii_digit());
        let letters = word.text.chars().any(char::is_alphabetic);
        letters
            && ((title && (upper || !COMMON.contains(bare(word).as_str())))
                || (upper && !known && !shouted && (!head || next || !COMMON.contains(bare(word).as_str()))))
    };
    let mut at = 0;
    while at < words.len() {
        if !named(at)
            || (TITLES.contains(&words[at].low.as_str()) && words[at].low != "miss")
            || matches!(words[at].low.as_str(), "client" | "i" | "i'm" | "i'll" | "i've" | "i'd")
        {
            at += 1;
            continue;
        }
        let mut to = at + 1;
        while to < words.len()
            && words[to].gap == " "
            && (named(to) || words[to].text.starts_with(char::is_uppercase) && PLACES.contains(&words[to].low.as_str()))
        {
            to += 1;
        }
        let place = words[at..to].iter().any(|w| PLACES.contains(&w.low.as_str()));
        let born = words.get(to).is_some_and(|w| matches!(w.low.as_str(), "born" | "dob"));
        let kind = if place {
            "PLACE"
        } else if born {
            "CLIENT"
        } else {
            "NAME"
        };
        let last = &words[to - 1];
        let end = if last.low.ends_with("'s") {
            last.end - (last.text.len() - last.text.rfind(['\'', '’']).unwrap_or(last.text.len()))
        } else {
            last.end
        };
        spans.push((words[at].start, end, kind));
        at = to;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn identifiers_go_and_come_back() {
        let text = "Maria Gonzalez, born 4 3 1988, works at Lincoln Middle School, phone 555 201 4417, mail m.gonz@mail.example. Talked about the \
                    principal, Dan. Lives at 14 Elm Street, MRN 99120455. Plan call Dr. Okafor. Dan's truck.";
        let masked = mask(text, &[]);
        for hidden in [
            "Maria", "Gonzalez", "1988", "Lincoln", "4417", "Dan", "Elm", "99120455", "Okafor", "gonz",
        ] {
            assert!(!masked.text.contains(hidden), "{hidden}: {}", masked.text);
        }
        assert!(masked.text.contains("the principal") && masked.text.contains("[CLIENT-A]") && masked.sure);
        assert_eq!(restore(&masked.text, &masked.map), text);
    }

    #[test]
    fn listed_names_go_from_dictated_text_which_is_said_to_be_unsure() {
        let masked = mask(
            "saw marisol today marisol's brother rang doctor mehta at five five five two oh one four four one seven",
            &["Marisol Vega".into()],
        );
        assert_eq!(
            masked.text,
            "saw [CLIENT-A] today [CLIENT-A]'s brother rang doctor [NAME-A] at [PHONE-A]"
        );
        assert!(!masked.sure);
    }

    #[test]
    fn clinical_words_scores_and_doses_stay() {
        let text = "PHQ-9 14, was 19. Started sertraline 50 mg on Tuesday. Denies SI/HI. Next session 3/14. Tearful. Slept 4 hours.";
        assert_eq!(mask(text, &[]).text, text);
    }
}
