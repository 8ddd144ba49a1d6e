//! Words that nobody said: what speech models write over silence and noise. They are left out, and loops are cut to one turn.
//!
//! Lists hold only what models are known to invent from the subtitles they were trained on. In doubt the words stay.

/// What the model thinks of a piece of text.
#[derive(Clone, Copy, Debug, Default)]
pub struct Doubt {
    /// Probability that there is no speech, 0 to 1.
    pub no_speech: f32,
    /// Mean log probability of the tokens.
    pub log_probability: f32,
    /// Milliseconds the piece lasts.
    pub piece_ms: u64,
    /// Milliseconds of speech in the whole window.
    pub spoken_ms: u64,
}

/// Never part of a summary, wherever they stand alone.
const INVENTED: [&str; 16] = [
    "thank you for watching",
    "thanks for watching",
    "thank you so much for watching",
    "please subscribe",
    "please like and subscribe",
    "like and subscribe",
    "dont forget to subscribe",
    "subscribe to my channel",
    "see you in the next video",
    "see you next time",
    "ill see you in the next video",
    "subtitles by the amara org community",
    "transcribed by otter ai",
    "transcription by castingwords",
    "www mooji org",
    "blank audio",
];

/// Somebody may say these, but a model that is unsure says them too.
const DOUBTFUL: [&str; 14] = [
    "thank you",
    "thanks",
    "thank you very much",
    "bye",
    "bye bye",
    "you",
    "so",
    "oh",
    "okay",
    "the",
    "i",
    "hmm",
    "yeah",
    "im sorry",
];

/// Above this the model itself says that there was no speech (`OpenAI`'s own threshold).
const NO_SPEECH: f32 = 0.6;

/// Below this it does not believe its own words (`OpenAI`'s own threshold).
const UNLIKELY: f32 = -1.0;

/// Nobody says more words in a second, with some to spare for short pieces.
const WORDS_PER_SECOND: u64 = 7;

impl Doubt {
    /// Whether `text` shows the model stumbling: a loop, or more words than anybody can say in the time.
    pub fn stumbles(&self, text: &str) -> bool {
        let words = text.split_whitespace().count() as u64;
        words * 1_000 > self.piece_ms * WORDS_PER_SECOND + 4_000 || without_loops(text).len() < text.len()
    }
}

/// The words that were said; `None` if none were.
pub fn clean(text: &str, doubt: &Doubt) -> Option<String> {
    let said = without_loops(&without_notes(text));
    let bare = bare(&said);
    let unsure = doubt.no_speech > NO_SPEECH && doubt.log_probability < UNLIKELY;
    let wavering = doubt.no_speech > 0.3 || doubt.log_probability < UNLIKELY || doubt.spoken_ms < 300;
    let ghost = bare.is_empty()
        || unsure
        || INVENTED.contains(&bare.as_str())
        || (wavering && DOUBTFUL.contains(&bare.as_str()));
    (!ghost).then_some(said)
}

/// Lower case, words only, one space between them.
fn bare(text: &str) -> String {
    let letters = |word: &str| {
        word.chars()
            .filter(|c| c.is_alphanumeric())
            .collect::<String>()
            .to_lowercase()
    };
    let spaced = text.replace(['.', '-', '/'], " ");
    let words: Vec<_> = spaced
        .split_whitespace()
        .map(letters)
        .filter(|word| !word.is_empty())
        .collect();
    words.join(" ")
}

/// Leaves out what stands in brackets, between stars or beside notes: sounds that the model describes.
fn without_notes(text: &str) -> String {
    let mut said = String::with_capacity(text.len());
    let mut closing = None;
    let mut kept = 0;
    for c in text.chars() {
        match (closing, c) {
            (Some(end), _) if c == end => closing = None,
            (Some(_), _) | (None, '♪' | '♫' | '\u{fffd}') => {}
            (None, '[') => (closing, kept) = (Some(']'), said.len()),
            (None, '(') => (closing, kept) = (Some(')'), said.len()),
            (None, '*') => (closing, kept) = (Some('*'), said.len()),
            (None, _) => said.push(c),
        }
    }
    if closing.is_some() {
        // never closed, so it was no note: keep all that follows
        let rest: String = text.chars().filter(|c| !"[](*)♪♫\u{fffd}".contains(*c)).collect();
        said.truncate(kept);
        said = rest;
    }
    said.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Cuts a loop to one turn: a phrase of three to twelve words three times over, or one of up to two words six times.
fn without_loops(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    let plain: Vec<String> = words.iter().map(|word| bare(word)).collect();
    let mut kept = Vec::with_capacity(words.len());
    let mut at = 0;
    while at < words.len() {
        let turn = (1..=12).find_map(|size| {
            let least = if size < 3 { 6 } else { 3 };
            let turns = turns(&plain[at..], size);
            (turns >= least).then_some((size, turns))
        });
        let (take, skip) = turn.map_or((1, 1), |(size, turns)| (size, size * turns));
        kept.extend_from_slice(&words[at..at + take]);
        at += skip;
    }
    kept.join(" ")
}

/// How often the first `size` words come one after the other.
fn turns(words: &[String], size: usize) -> usize {
    let Some(first) = words.get(..size) else { return 0 };
    words.chunks_exact(size).take_while(|turn| *turn == first).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    const SURE: Doubt = Doubt {
        no_speech: 0.01,
        log_probability: -0.2,
        piece_ms: 4_000,
        spoken_ms: 4_000,
    };

    #[test]
    fn what_subtitles_end_with_is_never_heard() {
        for ghost in [
            "Thank you for watching!",
            " Thanks for watching.",
            "[BLANK_AUDIO]",
            "(door closes)",
            "♪ ♪",
            "...",
        ] {
            assert_eq!(clean(ghost, &SURE), None, "{ghost}");
        }
    }

    #[test]
    fn a_polite_word_stays_when_it_was_clearly_said() {
        assert_eq!(clean("Thank you.", &SURE).as_deref(), Some("Thank you."));
        let doubt = Doubt { no_speech: 0.5, ..SURE };
        assert_eq!(clean("Thank you.", &doubt), None);
        assert_eq!(
            clean("He denied any plan.", &doubt).as_deref(),
            Some("He denied any plan.")
        );
    }

    #[test]
    fn sounds_are_left_out_and_words_stay() {
        let said = "She cried (sighs) and left [door].";
        assert_eq!(clean(said, &SURE).as_deref(), Some("She cried and left ."));
        assert_eq!(clean("Scored (12 of 27", &SURE).as_deref(), Some("Scored 12 of 27"));
    }

    #[test]
    fn loops_are_cut_to_one_turn_and_emphasis_is_not_a_loop() {
        let looped = "We will meet again. We will meet again. We will meet again. Plan follows.";
        assert!(SURE.stumbles(looped));
        assert_eq!(
            clean(looped, &SURE).as_deref(),
            Some("We will meet again. Plan follows.")
        );
        assert_eq!(
            clean("No, no, no, never.", &SURE).as_deref(),
            Some("No, no, no, never.")
        );
    }

    #[test]
    fn more_words_than_anybody_can_say_are_a_stumble() {
        let doubt = Doubt {
            piece_ms: 1_000,
            ..SURE
        };
        assert!(doubt.stumbles("one two three four five six seven eight nine ten eleven twelve"));
        assert!(!doubt.stumbles("one two three four"));
    }
}
