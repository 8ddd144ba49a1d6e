//! The sample gallery of the app shows what is drafted today, mistakes included.

use super::*;

const GALLERY: &str = include_str!("../../../samples/GALLERY.md");

const fn said(topic: RiskTopic) -> &'static str {
    match topic {
        RiskTopic::Si => "Suicidal thoughts",
        RiskTopic::Hi => "Danger to others",
        RiskTopic::SelfHarm => "Self-harm",
        RiskTopic::Abuse => "Abuse or neglect",
        RiskTopic::Substance => "Substances",
        RiskTopic::Other => "Safety",
    }
}

/// A draft as the gallery shows it.
fn shown(draft: &Draft) -> String {
    let mut lines = Vec::new();
    let risk: Vec<String> = draft
        .risk
        .iter()
        .map(|line| format!("{}: {}", said(line.topic), line.state.key().replace('_', " ")))
        .collect();
    if !risk.is_empty() {
        lines.push(format!("- **Said about risk**: {}", risk.join("; ")));
    }
    for part in &draft.sections {
        let text = section(draft, &part.key);
        let text = if text.is_empty() { "Not mentioned" } else { &text };
        lines.push(format!("- **{}**: {text}", part.title));
    }
    let out: Vec<String> = draft
        .left_out
        .iter()
        .map(|left| format!("“{}” ({})", draft.facts[left.fact as usize].text.as_str(), left.why))
        .collect();
    if !out.is_empty() {
        lines.push(format!("- **Left out**: {}", out.join("; ")));
    }
    lines.join("\n")
}

#[test]
fn the_gallery_shows_what_is_drafted_today() {
    let (intro, samples) = GALLERY.split_once("\n## ").unwrap();
    let mut today = intro.to_owned();
    for sample in samples.split("\n## ") {
        let (title, rest) = sample.split_once("\n\n> ").unwrap();
        let (summary, _) = rest.split_once("\n\n").unwrap();
        let format = Format::parse(&title.rsplit_once(": ").unwrap().1.to_lowercase()).unwrap();
        let (draft, _) = drafted(model().draft(summary, &prefs(format)));
        today.extend(["\n## ", title, "\n\n> ", summary, "\n\n", &shown(&draft), "\n"]);
    }
    assert_eq!(GALLERY.trim_end(), today.trim_end(), "the gallery would be:\n{today}");
}
