//! Scores, doses and shares in digits. Only numbers of one word: "twenty one" stays in words, so that no digit is made up.

use crate::drafting::{check::number_word, words::Line};

/// Questionnaires and the numbers that belong to their names.
const NAMES: [(&str, &[&str]); 5] = [
    ("phq", &["nine", "two", "eight", "four", "fifteen"]),
    ("gad", &["seven", "two"]),
    ("pcl", &["five"]),
    ("gds", &["fifteen"]),
    ("asrs", &["eighteen"]),
];
const SCALES: [&str; 22] = [
    "phq",
    "gad",
    "pcl",
    "epds",
    "gds",
    "bdi",
    "isi",
    "suds",
    "sud",
    "voc",
    "ybocs",
    "bocs",
    "percent",
    "mg",
    "milligrams",
    "madrs",
    "des",
    "audit",
    "phq-a",
    "moca",
    "dass",
    "cows",
];
const TENS: [&str; 8] = [
    "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety",
];

/// Writes measures as clinicians do.
pub(super) fn measures(line: &mut Line) {
    compounds(line);
    let mut named = vec![false; line.words.len()];
    for at in 0..line.words.len() {
        let Some((_, numbers)) = NAMES
            .iter()
            .find(|(name, _)| line.low(at) == *name && !line.words[at].quoted)
        else {
            continue;
        };
        let upper = line.words[at].text.to_uppercase();
        line.words[at].text = upper;
        if numbers.contains(&line.low(at + 1))
            && line.words[at + 1].gap == " "
            && let Some(digits) = number_word(line.low(at + 1))
        {
            let next = &mut line.words[at + 1];
            next.gap = "-".into();
            next.text = digits.into();
            named[at + 1] = true;
        }
    }
    let scaled = (0..line.words.len()).any(|i| SCALES.contains(&line.low(i)) && !line.words[i].quoted);
    let of_ten = (0..line.words.len()).any(|i| line.is(i, "out of ten"));
    let compound = line.words.iter().any(|w| w.low.contains('-'));
    if (scaled || of_ten) && !compound {
        digits(line, &named);
    }
    for at in (1..line.words.len()).rev() {
        if line.is(at, "percent")
            && line.words[at - 1].text.bytes().all(|b| b.is_ascii_digit())
            && line.words[at].gap == " "
        {
            line.words[at - 1].text.push('%');
            line.cut(at, at + 1);
            if let Some(next) = line.words.get_mut(at)
                && next.gap.is_empty()
            {
                next.gap = " ".into();
            }
        } else if line.is(at, "milligrams") && line.words[at - 1].text.bytes().all(|b| b.is_ascii_digit()) {
            line.words[at].set("mg");
        }
    }
}

/// Tens and units in one hyphenated word, as spelling wants it: still words.
fn compounds(line: &mut Line) {
    let mut at = 0;
    while at + 1 < line.words.len() {
        let (a, b) = (&line.words[at], &line.words[at + 1]);
        let unit = matches!(
            b.low.as_str(),
            "one" | "two" | "three" | "four" | "five" | "six" | "seven" | "eight" | "nine"
        );
        let before = if at == 0 { "" } else { line.low(at - 1) };
        let joined = TENS.contains(&a.low.as_str())
            && unit
            && b.gap == " "
            && !a.quoted
            && !before.starts_with("nineteen")
            && !TENS.contains(&before);
        if joined && number_word(line.low(at + 2)).is_none() {
            let text = format!("{}-{}", a.text, b.text);
            let gap = a.gap.clone();
            line.words[at].set(&text);
            line.words[at].gap = gap;
            line.words.remove(at + 1);
        }
        at += 1;
    }
}

fn digits(line: &mut Line, named: &[bool]) {
    let mut at = 0;
    while at < line.words.len() {
        if named.get(at) == Some(&true) || line.words[at].quoted {
            at += 1;
            continue;
        }
        let before = if at == 0 { "" } else { line.low(at - 1) }.to_owned();
        let after = line.low(at + 1).to_owned();
        let loose = matches!(line.low(at), "one")
            && !matches!(after.as_str(), "out" | "percent" | "mg" | "milligrams")
            && !matches!(before.as_str(), "to" | "at" | "was" | "is" | "of");
        let in_series = number_word(&after).is_some() && number_word(&before).is_some();
        if let Some(digits) = number_word(line.low(at))
            && !loose
            && !in_series
            && !matches!(after.as_str(), "hundred" | "thousand" | "point")
        {
            line.words[at].text = digits.into();
            if line.is(at + 1, "out of ten") && line.words[at + 1].gap == " " {
                let gap = line.words[at].gap.clone();
                line.put(at, at + 4, &format!("{digits}/10"));
                line.words[at].gap = gap;
            }
        }
        at += 1;
    }
}
