//! A summary in, a grounded draft out. Pure: no clock, no file, no network, no randomness. Every sentence names the facts it came
//! from, every fact is a stretch of the summary, and nothing is in a draft that was not said.

pub mod brief;
mod check;
mod command;
mod correct;
mod detail;
mod file;
mod instruct;
mod language;
mod lay;
pub mod learn;
pub mod mask;
mod missing;
mod piece;
mod private;
mod pronoun;
mod refile;
mod rewrite;
mod risk;
mod role;
pub mod tag;
#[cfg(test)]
mod tests;
mod words;

use crate::{
    capabilities::drafter::{DraftAnswer, DraftOperation},
    note::{
        Words,
        draft::{Draft, Fact, Format, LeftOut, Role},
        preferences::Preferences,
    },
};
use lay::{Manner, Plan};
use piece::Pieces;
use tag::{TaggedClause, Tagger};

/// Whatever cuts a summary into clauses and says what they are: the trained model, or labels in a test.
pub trait Clauses: Send + Sync {
    /// The clauses of a text, in order, not overlapping.
    fn clauses(&self, text: &str) -> Vec<TaggedClause>;
}

impl Clauses for Tagger {
    fn clauses(&self, text: &str) -> Vec<TaggedClause> {
        self.tag(text)
    }
}

/// Drafts notes from summaries.
pub struct Drafter {
    tagger: Box<dyn Clauses>,
    learned: Vec<(String, String)>,
}

/// Characters read as one stretch: some ten times the longest summary. Longer texts are read stretch by stretch.
const STRETCH: usize = 60_000;

impl Drafter {
    /// A drafter over a tagger.
    #[must_use]
    pub fn new(tagger: impl Clauses + 'static) -> Self {
        Self {
            tagger: Box::new(tagger),
            learned: Vec::new(),
        }
    }

    /// The same drafter with the phrases that a clinician always changes. Without any it drafts as it left the factory.
    #[must_use]
    pub fn with_rules(mut self, rules: &[learn::Rule]) -> Self {
        self.learned = learn::in_force(rules);
        self
    }

    /// Answers what the core asks.
    #[must_use]
    pub fn answer(&self, operation: DraftOperation) -> DraftAnswer {
        match operation {
            DraftOperation::Draft { summary, preferences } => self.draft(summary.as_str(), &preferences),
            DraftOperation::Refile {
                draft,
                format,
                preferences,
            } => self.refile(draft, format, &preferences),
            DraftOperation::Reassign {
                draft,
                fact,
                role,
                preferences,
            } => self.reassign(draft, fact, role, &preferences),
        }
    }

    /// Drafts a note from a summary.
    #[must_use]
    pub fn draft(&self, summary: &str, preferences: &Preferences) -> DraftAnswer {
        if !summary.chars().any(char::is_alphanumeric) {
            return DraftAnswer::NothingToFile;
        }
        if language::other(summary) {
            return DraftAnswer::OtherLanguage;
        }
        let mut plan = Plan::default();
        let mut spoken = None;
        let (mut at, mut chars) = (0, 0);
        while at < summary.len() {
            let end = stretch_end(summary, at);
            let stretch = &summary[at..end];
            let pieces = self.pieces(stretch, at == 0);
            spoken = spoken.or_else(|| spoken_format(stretch, &pieces));
            plan.add(stretch, &pieces, chars);
            chars += u32::try_from(stretch.chars().count()).unwrap_or(0);
            at = end;
        }
        if plan.out.iter().filter(|left| left.why != "private").count() == plan.facts.len() {
            return DraftAnswer::NothingToFile;
        }
        let format = spoken.unwrap_or(preferences.format);
        let manner = Manner::new(format, preferences, &self.learned, &plan.facts);
        drafted(lay::lay(plan, &manner))
    }

    /// The same facts in another format or with other preferences.
    #[must_use]
    pub fn refile(&self, draft: Draft, format: Format, preferences: &Preferences) -> DraftAnswer {
        let manner = Manner::new(format, preferences, &self.learned, &draft.facts);
        drafted(refile::refile(draft, &manner))
    }

    /// The draft after a person said what a fact is. An index that does not exist changes nothing.
    #[must_use]
    pub fn reassign(&self, draft: Draft, fact: u32, role: Role, preferences: &Preferences) -> DraftAnswer {
        let manner = Manner::new(draft.format, preferences, &self.learned, &draft.facts);
        drafted(refile::reassign(draft, fact, role, &manner))
    }

    /// A stretch of the summary in pieces. The model reads the first stretch; whatever lies behind one that is already ten times
    /// too long is cut into sentences.
    fn pieces(&self, text: &str, first: bool) -> Pieces {
        let clauses = if first {
            self.tagger.clauses(text)
        } else {
            piece::sentences(text)
        };
        let mut pieces = Pieces::cover(text, clauses);
        command::mend(text, &mut pieces);
        quiet(text, &mut pieces);
        command::doubt(text, &mut pieces);
        command::split(text, &mut pieces);
        private::mark(text, &mut pieces);
        role::settle(text, &mut pieces);
        command::turns(text, &mut pieces);
        correct::correct(text, &mut pieces);
        pieces
    }
}

impl Plan {
    /// Takes the pieces of a stretch over as facts. `chars` characters of the summary lie before it.
    fn add(&mut self, text: &str, pieces: &Pieces, chars: u32) {
        let before = index(self.facts.len());
        self.facts.extend(facts(text, pieces).into_iter().map(|mut fact| {
            fact.start += chars;
            fact.end += chars;
            fact
        }));
        self.out
            .extend(pieces.list.iter().enumerate().filter_map(|(at, piece)| {
                piece.out.map(|why| LeftOut {
                    fact: before + index(at),
                    why: why.into(),
                })
            }));
        self.units.extend(
            pieces
                .units
                .iter()
                .map(|unit| unit.iter().map(|at| before + index(*at)).collect::<Vec<_>>()),
        );
    }
}

impl std::fmt::Debug for Drafter {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Drafter")
    }
}

/// Custom instructions that cannot be followed, to be shown beside the field.
#[must_use]
pub fn not_understood(instructions: &str) -> Vec<String> {
    instruct::read(instructions).not_understood
}

/// The draft without private words, for the note: their facts become empty, so that indices stay.
#[must_use]
pub fn without_private(mut draft: Draft) -> Draft {
    for fact in &mut draft.facts {
        if fact.role == Role::Private {
            fact.text = Words::default();
            fact.start = 0;
            fact.end = 0;
        }
    }
    draft
}

fn drafted(draft: Draft) -> DraftAnswer {
    let private = draft
        .left_out
        .iter()
        .filter(|left| left.why == "private")
        .filter_map(|left| draft.facts.get(left.fact as usize))
        .map(|fact| fact.text.clone())
        .collect();
    DraftAnswer::Drafted { draft, private }
}

/// Where a stretch ends: behind a sentence or a word.
fn stretch_end(text: &str, from: usize) -> usize {
    if text.len() - from <= STRETCH {
        return text.len();
    }
    let mut end = from + STRETCH;
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let part = &text[from..end];
    part.rfind(". ")
        .or_else(|| part.rfind(char::is_whitespace))
        .filter(|at| *at > STRETCH / 2)
        .map_or(end, |at| from + at + 1)
}

/// Ghost words of a speech model that heard nothing.
fn quiet(text: &str, pieces: &mut Pieces) {
    const GHOSTS: [&str; 10] = [
        "thank you for watching",
        "thanks for watching",
        "thank you",
        "please subscribe",
        "like and subscribe",
        "subtitles by the amara org community",
        "you",
        "bye",
        "music",
        "silence",
    ];
    for at in 0..pieces.list.len() {
        let words = pieces.words(text, at);
        let low: Vec<&str> = words.iter().map(|w| w.low.as_str()).collect();
        let same = low.len() > 1
            && low.windows(2).all(|pair| pair[0] == pair[1])
            && matches!(low[0], "you" | "the" | "thank" | "so" | "bye" | "okay");
        let ghost = GHOSTS.contains(&low.join(" ").as_str());
        let hum = !low.is_empty()
            && low.iter().all(|w| {
                matches!(
                    *w,
                    "um" | "uh"
                        | "okay"
                        | "ok"
                        | "so"
                        | "alright"
                        | "right"
                        | "well"
                        | "yeah"
                        | "and"
                        | "hmm"
                        | "er"
                        | "where"
                        | "was"
                        | "i"
                )
            });
        let chain = !low.is_empty()
            && low
                .iter()
                .all(|w| matches!(*w, "thank" | "you" | "for" | "watching" | "thanks" | "bye"));
        if same || ghost || hum || chain || low.is_empty() {
            pieces.list[at].role = Role::Filler;
        }
    }
}

/// "Make it DAP please."
fn spoken_format(text: &str, pieces: &Pieces) -> Option<Format> {
    pieces
        .list
        .iter()
        .filter(|piece| piece.role == Role::Command)
        .find_map(|piece| {
            let words = words::Line::read(&text[piece.start..piece.end]).words;
            let make = words
                .iter()
                .any(|w| matches!(w.low.as_str(), "make" | "format" | "use"));
            make.then(|| words.iter().find_map(|w| Format::parse(&w.low))).flatten()
        })
}

fn facts(text: &str, pieces: &Pieces) -> Vec<Fact> {
    let mut chars = (0_usize, 0_u32);
    let mut at_char = |byte: usize| {
        if byte < chars.0 {
            chars = (0, 0);
        }
        chars = (
            byte,
            chars.1 + u32::try_from(text[chars.0..byte].chars().count()).unwrap_or(0),
        );
        chars.1
    };
    pieces
        .list
        .iter()
        .map(|piece| {
            let words = &text[piece.start..piece.end];
            let silent =
                matches!(piece.role, Role::Private | Role::Command | Role::Filler) || piece.out == Some("corrected");
            Fact {
                start: at_char(piece.start),
                end: at_char(piece.end),
                text: words.into(),
                role: piece.role,
                confidence: if piece.told { 1.0 } else { piece.tagged.confidence },
                risk: if silent {
                    None
                } else {
                    risk::of_clause(words, &piece.tagged)
                },
            }
        })
        .collect()
}

fn index(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}
