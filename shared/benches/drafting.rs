//! From a summary to its draft, over every fifth summary of the corpus, and the tagger's share of it.

#[path = "support/row.rs"]
mod row;

use std::{fs, path::Path};

use row::{Beside, percentile, row, sorted};
use shared::{
    capabilities::drafter::DraftAnswer,
    drafting::{Drafter, tag::Tagger},
    note::preferences::Preferences,
};

fn main() {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus/summaries.jsonl");
    let lines = fs::read_to_string(corpus).expect("the corpus is in the repository");
    let summaries: Vec<String> = lines
        .lines()
        .step_by(5)
        .map(|line| serde_json::from_str::<serde_json::Value>(line).expect("a line is JSON"))
        .map(|record| record["summary"].as_str().expect("a summary").to_owned())
        .collect();
    let words = summaries
        .iter()
        .map(|text| text.split_whitespace().count())
        .sum::<usize>()
        / summaries.len();
    let count = u32::try_from(summaries.len()).expect("some hundreds");
    let drafter = Drafter::new(Tagger::embedded());
    let preferences = Preferences::default();
    let text = |at: u32| summaries[at as usize].as_str();
    // reads the word lists, once in the life of the program
    let first = sorted(1, |_| drop(drafter.draft(text(0), &preferences)));
    let drafts = sorted(count, |at| {
        assert!(!matches!(
            drafter.draft(text(at), &preferences),
            DraftAnswer::OtherLanguage
        ));
    });
    let tagger = Tagger::embedded();
    let tags = sorted(count, |at| drop(tagger.tag(text(at))));
    for (percent, aim) in [(50, ""), (95, "<= 50 ms, better 20"), (99, "")] {
        let case = format!("draft, p{percent} of {count} summaries of {words} words");
        let alone = Beside::Bare("its tagger", percentile(&tags, percent));
        row("drafting", &case, percentile(&drafts, percent), &alone, aim);
    }
    row("drafting", "the first draft of a run", first[0], &Beside::Nothing, "");
}
