//! The draft under review: risk first, then the sections, then what is missing or left out. Always marked DRAFT.

mod acts;

use shared::{
    model::Event,
    note::draft::{Draft, Fact, Sentence},
    view::review::{ReviewView, SourceView},
};

use super::{Ui, said};
use crate::{
    page::{Page, Row, Step, Tone},
    words,
};

/// What the cursor is on: a section, and the sentence in it if it has any.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Place {
    section: u32,
    sentence: Option<u32>,
}

pub(super) fn page(view: &ReviewView, ui: &Ui) -> Page {
    let draft = &view.draft;
    let mut page = Page::new(format!("{} note", words::format_name(draft.format)));
    page.mark = Some("DRAFT");
    page.notice = said(view.notice.as_ref());
    let client = if view.client.is_blank() {
        "client not named".to_owned()
    } else {
        view.client.as_str().to_owned()
    };
    page.quiet(format!(
        "{client} · {} · destroys itself {}",
        words::detail(view.detail),
        words::in_time(view.expires_in_ms)
    ));
    risk_rows(draft, &mut page);
    for (section, place) in draft.sections.iter().zip(0u32..) {
        page.heading(section.title.as_str());
        if section.sentences.is_empty() {
            page.row(
                Row::new(words::NOT_MENTIONED, Tone::Quiet)
                    .indented(2)
                    .picks(Step::Nothing),
            );
        }
        for (sentence, at) in section.sentences.iter().zip(0u32..) {
            page.row(sentence_row(sentence).picks(Step::Send(Event::SentenceTapped {
                section: place,
                sentence: at,
            })));
            if let Some(source) = &view.source
                && (source.section, source.sentence) == (place, at)
            {
                source_rows(source, sentence, &mut page);
            }
        }
    }
    page.gap();
    if !draft.not_mentioned.is_empty() {
        let chips: Vec<String> = draft
            .not_mentioned
            .iter()
            .map(|key| format!("[{}]", words::not_mentioned(key)))
            .collect();
        page.row(Row::new("Not mentioned: ", Tone::Quiet).and(chips.join(" "), Tone::Quiet));
    }
    if !draft.left_out.is_empty() {
        page.quiet(format!("Left out: {} (l shows them)", draft.left_out.len()));
    }
    match view.private {
        0 => {}
        1 => page.quiet("One private remark is kept apart, in no section."),
        count => page.quiet(format!("{count} private remarks are kept apart, in no section.")),
    }
    if view.approving {
        page.row(Row::new("Signing …", Tone::Accent));
        return page;
    }
    let places = places(draft);
    acts::add(view, places.get(ui.at).copied(), &places, &mut page);
    page
}

/// The places a cursor can be on, in the order of the rows.
fn places(draft: &Draft) -> Vec<Place> {
    let mut places = Vec::new();
    for (section, at) in draft.sections.iter().zip(0u32..) {
        if section.sentences.is_empty() {
            places.push(Place {
                section: at,
                sentence: None,
            });
        }
        places.extend((0u32..).zip(&section.sentences).map(|(sentence, _)| Place {
            section: at,
            sentence: Some(sentence),
        }));
    }
    places
}

fn sentence_row(sentence: &Sentence) -> Row {
    let row = Row::new(sentence.text.as_str(), Tone::Ink).indented(2);
    if sentence.edited {
        row.and("  (yours)", Tone::Quiet)
    } else {
        row
    }
}

/// The strip: a shape, a word, and what was said. Nothing said is said, too.
fn risk_rows(draft: &Draft, page: &mut Page) {
    page.gap();
    if draft.risk.is_empty() {
        page.row(Row::new("– Risk: not mentioned", Tone::Risk));
    }
    for line in &draft.risk {
        let said: Vec<String> = line
            .facts
            .iter()
            .filter_map(|fact| draft.facts.get(*fact as usize))
            .map(|fact| format!("\u{201c}{}\u{201d}", fact.text.as_str().trim()))
            .collect();
        page.row(Row::new(words::risk_line(line), Tone::Risk).and(format!("  {}", said.join(" ")), Tone::Quiet));
    }
}

fn source_rows(source: &SourceView, sentence: &Sentence, page: &mut Page) {
    for fact in &source.facts {
        page.row(
            Row::new(
                format!("from \u{201c}{}\u{201d}", fact.text.as_str().trim()),
                Tone::Accent,
            )
            .and(format!("  {}", about(fact)), Tone::Quiet)
            .indented(4),
        );
    }
    let why = if sentence.edited || source.facts.is_empty() {
        words::rule("typed")
    } else {
        words::rule(&source.rule)
    };
    page.row(Row::new(format!("why  {why}"), Tone::Quiet).indented(4));
}

/// What a fact is, and how sure that is.
fn about(fact: &Fact) -> String {
    format!("{} ({})", words::role(fact.role), words::confidence(fact.confidence))
}
