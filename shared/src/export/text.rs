//! Plain UTF-8 text: the whole document, one section, or the sections in the order of the user's EHR.
//!
//! The clipboard carries what [`section_text`] and [`ehr_text`] return; a draft opens with its mark there too.

use super::{DRAFT_MARK, Document, NOT_MENTIONED, Options, author_or_unstated, dates, in_ehr_order, lines, paragraphs};
use crate::note::{draft::Section, record::Addendum};

/// Heading of an addendum.
pub(super) const ADDENDUM: &str = "Addendum";

/// Rule between documents of one file.
const BETWEEN: &str = "----------------------------------------------------------------------";

/// The whole document.
#[must_use]
pub fn text(document: Document<'_>, options: &Options) -> String {
    let mut out: Vec<String> = Vec::new();
    if document.is_draft() {
        out.extend([DRAFT_MARK.to_owned(), String::new()]);
    }
    let letterhead = lines(options.letterhead.as_str());
    if !letterhead.is_empty() {
        out.extend(letterhead);
        out.push(String::new());
    }
    out.push(document.title().to_owned());
    out.extend(
        facts_of(document, options)
            .into_iter()
            .map(|(label, value)| format!("{label}: {value}")),
    );
    out.push(String::new());
    for section in in_ehr_order(document.sections(), &options.ehr_order) {
        out.extend(headed(section));
        out.push(String::new());
    }
    for addendum in document.addenda() {
        out.push(ADDENDUM.to_uppercase());
        out.push(written(addendum, options));
        out.extend(lines(addendum.text.as_str()));
        out.push(String::new());
    }
    match document {
        Document::Note { note, .. } => out.push(format!("Content hash (SHA-256): {}", note.content_hash)),
        Document::Draft { .. } => out.push(DRAFT_MARK.to_owned()),
    }
    out.push(String::new());
    out.join("\n")
}

/// Several documents in one text, with a rule between them.
#[must_use]
pub fn texts(documents: &[Document<'_>], options: &Options) -> String {
    let all: Vec<String> = documents.iter().map(|document| text(*document, options)).collect();
    all.join(&format!("\n{BETWEEN}\n\n"))
}

/// One section by its key, without heading, for a single EHR field. `None` when the format has no such section.
#[must_use]
pub fn section_text(document: Document<'_>, key: &str) -> Option<String> {
    let section = document.sections().iter().find(|section| section.key == key)?;
    Some(marked(document, body(section).join("\n")))
}

/// All sections with headings, in the order of the user's EHR, without letterhead or signature lines.
#[must_use]
pub fn ehr_text(document: Document<'_>, options: &Options) -> String {
    let sections: Vec<String> = in_ehr_order(document.sections(), &options.ehr_order)
        .into_iter()
        .map(|section| headed(section).join("\n"))
        .collect();
    marked(document, sections.join("\n\n"))
}

/// Label and value of what stands between title and sections.
pub(super) fn facts_of(document: Document<'_>, options: &Options) -> Vec<(&'static str, String)> {
    let mut facts = Vec::new();
    if !document.client().is_blank() {
        facts.push(("Client", document.client().as_str().trim().to_owned()));
    }
    facts.push((
        "Session",
        dates::minute(document.session_at(), options.utc_offset_minutes),
    ));
    if let Document::Note { note, .. } = document {
        facts.push(("Author", author_or_unstated(&note.author).to_owned()));
        facts.push(("Approved", dates::minute(note.approved_at, options.utc_offset_minutes)));
    }
    facts
}

/// When an addendum was written, and by whom.
pub(super) fn written(addendum: &Addendum, options: &Options) -> String {
    let when = dates::minute(addendum.written_at, options.utc_offset_minutes);
    format!("{when}, {}", author_or_unstated(&addendum.author))
}

/// Paragraphs of a section, or the statement that nothing was mentioned.
pub(super) fn body(section: &Section) -> Vec<String> {
    let said = paragraphs(section);
    if said.is_empty() {
        vec![NOT_MENTIONED.to_owned()]
    } else {
        said
    }
}

fn headed(section: &Section) -> Vec<String> {
    let mut out = body(section);
    if !section.title.trim().is_empty() {
        out.insert(0, section.title.trim().to_uppercase());
    }
    out
}

fn marked(document: Document<'_>, text: String) -> String {
    if document.is_draft() {
        format!("{DRAFT_MARK}\n\n{text}")
    } else {
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        export::samples,
        note::{Words, draft::Sentence},
    };

    #[test]
    fn a_note_says_who_signed_it_when_and_with_which_hash() {
        let (note, addenda) = samples::note();
        insta::assert_snapshot!(text(
            Document::Note {
                note: &note,
                addenda: &addenda
            },
            &samples::options()
        ));
    }

    #[test]
    fn a_draft_is_marked_in_the_file_and_on_the_clipboard() {
        let draft = samples::draft();
        let document = Document::Draft {
            draft: &draft,
            client: &Words::from("AB-12"),
            session_at: samples::SESSION,
        };
        let options = samples::options();
        for shown in [
            text(document, &options),
            ehr_text(document, &options),
            section_text(document, "plan").expect("SOAP has a plan"),
        ] {
            assert!(shown.starts_with(DRAFT_MARK));
        }
        let (note, addenda) = samples::note();
        assert!(
            !text(
                Document::Note {
                    note: &note,
                    addenda: &addenda
                },
                &options
            )
            .contains("DRAFT")
        );
    }

    #[test]
    fn an_empty_section_says_not_mentioned_and_is_never_filled() {
        let (note, _) = samples::note();
        let document = Document::Note {
            note: &note,
            addenda: &[],
        };
        assert_eq!(section_text(document, "assessment").as_deref(), Some(NOT_MENTIONED));
        assert_eq!(section_text(document, "goal"), None);
    }

    #[test]
    fn the_ehr_order_moves_sections_and_loses_none() {
        let (note, _) = samples::note();
        let document = Document::Note {
            note: &note,
            addenda: &[],
        };
        let order = ["plan", "weather", "objective"].map(str::to_owned).to_vec();
        let shown = ehr_text(
            document,
            &Options {
                ehr_order: order,
                ..Options::default()
            },
        );
        let at = |heading: &str| shown.find(heading).expect("every section is there");
        assert!(at("PLAN") < at("OBJECTIVE"));
        assert!(at("OBJECTIVE") < at("SUBJECTIVE"));
        assert!(at("SUBJECTIVE") < at("ASSESSMENT"));
    }

    #[test]
    fn the_words_of_every_sentence_leave_unchanged() {
        let (mut note, _) = samples::note();
        let odd = "Said \u{201c}na\u{ef}ve \u{2192} \u{5f15}\u{201d}, 2.5 mg,\nthen left \u{1f642}.";
        note.sections[0].sentences.push(Sentence {
            text: odd.into(),
            facts: Vec::new(),
            rule: "typed".to_owned(),
            edited: true,
        });
        let shown = text(
            Document::Note {
                note: &note,
                addenda: &[],
            },
            &Options::default(),
        );
        assert!(shown.contains(odd));
    }
}
