//! What a clause says about risk: a lexicon that would rather ask twice beside the model, rules for what is denied, stated or not
//! asked, and a list of figures of speech. A level of risk is never made here; silence about a topic is never a denial.

use std::{collections::HashMap, sync::LazyLock};

use super::{
    tag::TaggedClause,
    words::{Line, Pattern, Word, lexicon, pattern},
};
use crate::note::draft::{Fact, Risk, RiskLine, RiskState, RiskTopic, Role};

struct Entry {
    topic: Option<RiskTopic>,
    certain: bool,
    pattern: Pattern,
}

static LEXICON: LazyLock<Vec<Entry>> = LazyLock::new(|| {
    lexicon(include_str!("lexicons/risk.txt"))
        .filter_map(|line| line.split_once('\t'))
        .map(|(topic, pattern)| Entry {
            topic: RiskTopic::ALL
                .into_iter()
                .find(|t| t.key() == topic.trim_end_matches('!')),
            certain: topic.ends_with('!'),
            pattern: Pattern::read(pattern),
        })
        .collect()
});

/// Places in the lexicon by the letter that a match begins with.
static INDEX: LazyLock<HashMap<char, Vec<usize>>> = LazyLock::new(|| {
    let mut index: HashMap<char, Vec<usize>> = HashMap::new();
    for (place, entry) in LEXICON.iter().enumerate() {
        for initial in entry.pattern.initials().unwrap_or_default() {
            let places = index.entry(initial).or_default();
            if places.last() != Some(&place) {
                places.push(place);
            }
        }
    }
    index
});

/// A word of risk: its topic and where it stands.
#[derive(Clone, Copy, Debug)]
struct Hit {
    topic: RiskTopic,
    certain: bool,
    from: usize,
    to: usize,
}

/// How much the model must believe in risk before a clause without a word of risk is flagged, and with one.
const ALONE: f32 = 0.4;
const WITH_WORD: f32 = 0.02;
/// Share of the model's belief that overrules words which only name a danger.
const SURE: f32 = 0.95;

/// What the clause says about risk; `None` where nothing does.
pub(super) fn of_clause(text: &str, tagged: &TaggedClause) -> Option<Risk> {
    let line = Line::read(text);
    let hits = hits(&line.words);
    let model = tagged.p_risk.max(tagged.role_probs[6]);
    let strong = hits.iter().any(|hit| hit.certain);
    let flagged = tagged.role == Role::Risk || model >= ALONE || strong || (!hits.is_empty() && model >= WITH_WORD);
    if !flagged {
        return None;
    }
    let denial = line.words.first().is_some_and(|w| NO.contains(&w.low.as_str()));
    let state = agreed(state(&line, &hits), tagged, denial);
    // "did not get to risk" leaves every topic open, not the likeliest one
    let general = !hits.is_empty() && hits.iter().all(|hit| hit.topic == RiskTopic::Other);
    let topic = if general && state == RiskState::NotAssessed {
        RiskTopic::Other
    } else {
        topic(&hits, &line.words, tagged)
    };
    Some(Risk { topic, state })
}

/// What a clause says of each topic: of its own first, then of others that it names beyond doubt ("no SI or HI").
fn each_topic(text: &str, own: Risk) -> Vec<Risk> {
    let line = Line::read(text);
    let mut said = vec![own];
    for hit in hits(&line.words).into_iter().filter(|hit| hit.certain) {
        if said.iter().all(|risk| risk.topic != hit.topic)
            && let Some(state) = state(&line, &[hit])
        {
            said.push(Risk {
                topic: hit.topic,
                state,
            });
        }
    }
    said
}

/// Words that deny or say "not asked" decide; where they only name a danger, a model that is sure of a denial does.
fn agreed(said: Option<RiskState>, tagged: &TaggedClause, denial: bool) -> RiskState {
    let probs = &tagged.risk_state_probs[1..];
    let total: f32 = probs.iter().sum();
    let model = tagged.likeliest_state();
    let sure = total > 0.0 && probs.iter().copied().fold(0.0, f32::max) / total >= SURE;
    match said {
        Some(RiskState::Stated) if sure => model,
        Some(state) => state,
        None if total > 0.0 => model,
        None if denial => RiskState::Denied,
        None => RiskState::Stated,
    }
}

/// Whether the words say that risk was not asked about.
pub(super) fn not_asked(words: &[Word]) -> bool {
    NOT_ASKED_PATTERNS.iter().any(|p| p.find(words).is_some())
}

/// What the words alone say about risk, for a clause a person has called risk.
pub(super) fn of_words(text: &str) -> Risk {
    let line = Line::read(text);
    let hits = hits(&line.words);
    Risk {
        topic: hits.first().map_or(RiskTopic::Other, |hit| hit.topic),
        state: state(&line, &hits).unwrap_or(RiskState::Stated),
    }
}

/// Whether any word of risk stands in a text.
pub(super) fn speaks(text: &str) -> bool {
    !hits(&Line::read(text).words).is_empty()
}

fn hits(words: &[Word]) -> Vec<Hit> {
    let mut figures: Vec<(usize, usize)> = Vec::new();
    let mut found: Vec<(usize, Hit)> = Vec::new();
    for at in 0..words.len() {
        let Some(places) = words[at].low.chars().next().and_then(|first| INDEX.get(&first)) else {
            continue;
        };
        for &place in places {
            let entry = &LEXICON[place];
            let Some(end) = entry.pattern.match_at(words, at) else {
                continue;
            };
            match entry.topic {
                None => figures.push((at, end)),
                // in lower case "hi" is a greeting, unless the spelling rules know better
                Some(RiskTopic::Hi) if end == at + 1 && words[at].low == "hi" && words[at].text != "HI" => {}
                Some(topic) => found.push((
                    place,
                    Hit {
                        topic,
                        certain: entry.certain,
                        from: at,
                        to: end,
                    },
                )),
            }
        }
    }
    found.retain(|(_, hit)| !figures.iter().any(|figure| figure.0 < hit.to && hit.from < figure.1));
    found.sort_by_key(|(place, hit)| (*place, hit.from));
    found.into_iter().map(|(_, hit)| hit).collect()
}

fn topic(hits: &[Hit], words: &[Word], tagged: &TaggedClause) -> RiskTopic {
    let model = tagged.likeliest_topic();
    let p = tagged.topic_probs.iter().skip(1).copied().fold(0.0, f32::max);
    if let Some(hit) = hits
        .iter()
        .find(|hit| hit.certain && !words[hit.from].low.starts_with("safety"))
    {
        return hit.topic;
    }
    match hits.first() {
        Some(hit) if p < 0.5 || hits.iter().any(|h| h.topic == model) => {
            if p < 0.5 {
                hit.topic
            } else {
                model
            }
        }
        _ => model,
    }
}

const NOT_ASKED: [&str; 49] = [
    "didn't|didnt|not|haven't|hasn't|couldn't|wasn't|never|forgot|forget|unable .. ask|asked|assess|assessed|screen|screened|check|checked|explored|reviewed|covered|discussed|asking|checking|evaluate|evaluated",
    "didn't|didnt|not get|got to|into|around|a",
    "didn't|didnt|not do|done .. risk|columbia|screen*|check*|assessment|columbia|individual",
    "risk|safety|si|suicid*|sh|hi|screen*|columbia|c ssrs not done|asked|assessed|reviewed|explored|covered|checked|screened|addressed|discussed|taken|formally",
    "not|never formally assessed|reviewed",
    "no risk|safety|individual|si|suicide .. check|checks|update|screen*|assessment|information|inquiry|done",
    "no|ran time|out .. risk|safety|suicide|si",
    "no time|chance .. ask|screen|check|risk|safety|assess",
    "ran out of time",
    "unable to assess|screen|ask|check|complete",
    "screening|screen|assessment|inquiry|check was|is deferred|not",
    "deferred",
    "not been asked|assessed|screened",
    "yet asked",
    "forgot|forget to ask|check|screen",
    "forgot to",
    "should've|should have asked",
    "should ask",
    "need to ask",
    "so|and no risk|safety check|assessment",
    "nobody was .. assessed",
    "did not|didn't take up",
    "i did not take up",
    "not take up",
    "nothing on safety|risk|si",
    "means not discussed",
    "wouldn't talk|say|answer|discuss",
    "neglected to ask|screen|check",
    "not revisited|completed|repeated",
    "declined .. screen*|discuss|questions",
    "did not do them",
    "in group as per",
    "didn't want|ask to see|if|whether",
    "not asked",
    "not assessed",
    "not screened",
    "not checked",
    "not reviewed",
    "not explored",
    "not addressed",
    "not ask|assess|screen",
    "not done",
    "couldn't check|ask|assess",
    "could not do|assess|ask|complete",
    "still not|haven't asked",
    "have|has not|yet|still .. asked",
    "i have not asked",
    "never got to|around",
    "not possible",
];

static NOT_ASKED_PATTERNS: LazyLock<Vec<Pattern>> =
    LazyLock::new(|| NOT_ASKED.iter().map(|p| Pattern::read(p)).collect());

/// What the words say, where they say it: not asked, denied or stated. `None` where no word of risk stands.
fn state(line: &Line, hits: &[Hit]) -> Option<RiskState> {
    let (words, tail) = (&line.words[..], line.tail.as_str());
    let finds = |text: &'static str| pattern(text).find(words).is_some();
    let told = finds("asked|checked .. no|not|says|said|nothing|none|and") && !finds("should've|should asked|have");
    if !told
        && NOT_ASKED_PATTERNS
            .iter()
            .any(|p| p.find(words).is_some_and(|(from, _)| !denying(words, from)))
    {
        return Some(RiskState::NotAssessed);
    }
    let danger = hits
        .iter()
        .map(|hit| hit.from)
        .filter(|&from| !matches!(words[from].low.as_str(), "safe" | "safer"))
        .min();
    let first = danger.or_else(|| hits.iter().map(|hit| hit.from).min())?;
    let last = hits
        .iter()
        .filter(|hit| hit.from == first)
        .map(|hit| hit.to)
        .max()
        .unwrap_or(first + 1);
    let has = |list: &[&str]| {
        (first..last).any(|at| words.get(at).is_some_and(|w| list.iter().any(|l| w.low.starts_with(l))))
    };
    if has(&["narcan", "naloxone", "tolerance"]) {
        return Some(RiskState::Stated); // what is missing there is the protection
    }
    let negated = negated(words, tail, first, last);
    let place = first == 0 || !matches!(words[first - 1].low.as_str(), "the" | "a" | "gun" | "his" | "her");
    let safe = words[first].low == "safe" && place && hits.iter().all(|hit| words[hit.from].low == "safe");
    Some(if negated == safe {
        RiskState::Stated
    } else {
        RiskState::Denied
    })
}

fn denying(words: &[Word], at: usize) -> bool {
    words[..at]
        .iter()
        .any(|w| matches!(w.low.as_str(), "denies" | "denied"))
}

const NO: [&str; 34] = [
    "no", "not", "denies", "denied", "denying", "deny", "denise", "never", "without", "none", "neg", "negative", "ø",
    "∅", "nil", "zero", "neither", "nor", "nobody", "nothing", "isn't", "doesn't", "didn't", "don't", "wasn't",
    "hasn't", "haven't", "wouldn't", "free", "won't", "aren't", "cannot", "can't", "dont",
];

fn negated(words: &[Word], tail: &str, from: usize, to: usize) -> bool {
    let low = |at: usize| words.get(at).map_or("", |w| w.low.as_str());
    let no = |at: usize| NO.contains(&low(at));
    let wish = (from..to).any(|at| {
        matches!(
            low(at),
            "wake" | "waking" | "here" | "alive" | "live" | "living" | "around" | "off"
        )
    });
    let order = (from..to).any(|at| low(at) == "order");
    if !wish && !order && (from..to).any(no) {
        return true;
    }
    // before it, up to a turn of the sentence
    for at in (0..from).rev() {
        if matches!(low(at), "but" | "though" | "although" | "however") || words[at + 1].gap.contains(['.', ';']) {
            break;
        }
        let own = wish && (from..to).any(no) && !matches!(low(at), "denies" | "denied" | "denying" | "no");
        if no(at) && !own {
            return true;
        }
    }
    // "-SI", "Ø SI"
    let sign = words[from].gap.trim_end();
    if sign.ends_with(['Ø', '∅', '−'])
        || (sign.ends_with('-') && (from == 0 || sign.len() > 1) && !words[from].gap.ends_with(' '))
    {
        return true;
    }
    // "SI neg", "suicide thoughts he denies", "cutting nil since May", "asked about it and she says no"
    let after = (to..(to + 4).min(words.len())).take_while(|&at| !words[at].gap.contains([',', ';', '.']) || at == to);
    let flat = after.clone().any(|at| {
        matches!(
            low(at),
            "neg"
                | "negative"
                | "nil"
                | "denied"
                | "denies"
                | "deny"
                | "none"
                | "zero"
                | "0"
                | "ø"
                | "absent"
                | "negates"
        ) || low(at).starts_with("0/")
    });
    let bare = after.into_iter().any(|at| {
        matches!(low(at), "no" | "not" | "never")
            && (at + 1 == words.len()
                || matches!(
                    low(at + 1),
                    "since"
                        | "today"
                        | "asked"
                        | "never"
                        | "not"
                        | "he"
                        | "she"
                        | "i"
                        | "way"
                        | "reported"
                        | "endorsed"
                        | "present"
                ))
    });
    let said = (to..words.len()).any(|at| {
        matches!(low(at), "says" | "said")
            && matches!(
                low(at + 1),
                "no" | "not" | "nothing" | "nowt" | "never" | "nah" | "none"
            )
    });
    let dash = words
        .get(to)
        .map_or(tail.trim_start(), |w| w.gap.trim_start())
        .starts_with(['–', '−'])
        && to - from == 1
        && words.len() < 4;
    flat || bare || said || dash
}

/// The strip shown first in review: one line for each topic and state, in that order, with its facts.
pub(super) fn strip(facts: &[Fact], out: &[bool]) -> Vec<RiskLine> {
    let mut lines: Vec<RiskLine> = Vec::new();
    for (at, fact) in facts.iter().enumerate() {
        let Some(risk) = fact.risk else { continue };
        if out.get(at) == Some(&true) {
            continue;
        }
        let index = u32::try_from(at).unwrap_or(u32::MAX);
        for Risk { topic, state } in each_topic(fact.text.as_str(), risk) {
            match lines.iter_mut().find(|line| line.topic == topic && line.state == state) {
                Some(line) => line.facts.push(index),
                None => lines.push(RiskLine {
                    topic,
                    state,
                    facts: vec![index],
                }),
            }
        }
    }
    lines.sort_by_key(|line| (line.topic, line.state));
    lines
}
