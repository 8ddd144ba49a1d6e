//! Documents: text, PDF, FHIR and Afterword's own open format, as pure functions from nouns to bytes.
//!
//! What these return is exactly what leaves: a preview shows the same value. Nothing here reads a clock, a file or a
//! process note, and a draft is marked as one in every form it can take.

mod dates;
pub mod fhir;
pub mod json;
#[cfg(feature = "export")]
pub mod pdf;
#[cfg(test)]
mod samples;
pub mod text;

use crate::note::{
    Words,
    draft::{Draft, Format, Section},
    record::{Addendum, Note},
    time::Millis,
};

/// Printed for a section without a sentence.
pub const NOT_MENTIONED: &str = "Not mentioned";

/// Printed on whatever is not yet a note.
pub const DRAFT_MARK: &str = "DRAFT \u{2013} not approved, not part of the record";

/// What is printed.
#[derive(Clone, Copy, Debug)]
pub enum Document<'a> {
    /// An approved note with its addenda, oldest first.
    Note {
        /// The note.
        note: &'a Note,
        /// Its addenda.
        addenda: &'a [Addendum],
    },
    /// A draft: marked as one wherever it goes.
    Draft {
        /// The draft.
        draft: &'a Draft,
        /// Label of the client; may be empty.
        client: &'a Words,
        /// When the summary was begun.
        session_at: Millis,
    },
}

impl<'a> Document<'a> {
    fn is_draft(&self) -> bool {
        matches!(self, Self::Draft { .. })
    }

    fn format(&self) -> Format {
        match self {
            Self::Note { note, .. } => note.format,
            Self::Draft { draft, .. } => draft.format,
        }
    }

    fn sections(&self) -> &'a [Section] {
        match *self {
            Self::Note { note, .. } => &note.sections,
            Self::Draft { draft, .. } => &draft.sections,
        }
    }

    fn addenda(&self) -> &'a [Addendum] {
        match *self {
            Self::Note { addenda, .. } => addenda,
            Self::Draft { .. } => &[],
        }
    }

    fn client(&self) -> &'a Words {
        match *self {
            Self::Note { note, .. } => &note.client,
            Self::Draft { client, .. } => client,
        }
    }

    fn session_at(&self) -> Millis {
        match self {
            Self::Note { note, .. } => note.session_at,
            Self::Draft { session_at, .. } => *session_at,
        }
    }

    /// The title of the document: its layout, never the client.
    fn title(&self) -> &'static str {
        match self.format() {
            Format::Soap => "SOAP note",
            Format::Dap => "DAP note",
            Format::Birp => "BIRP note",
            Format::Girp => "GIRP note",
            Format::Pirp => "PIRP note",
            Format::Narrative => "Progress note",
        }
    }
}

/// The sheet a PDF is laid out for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PageSize {
    /// 8.5 by 11 inches.
    #[default]
    Letter,
    /// 210 by 297 millimetres.
    A4,
}

/// How a document is printed. None of it changes what a note says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// Lines at the head of the first page; may be empty.
    pub letterhead: Words,
    /// Section keys in the order of the user's EHR; sections it does not name follow in the note's own order.
    pub ehr_order: Vec<String>,
    /// Sheet of a PDF.
    pub page: PageSize,
    /// Minutes east of UTC in which times are shown.
    pub utc_offset_minutes: i16,
}

/// The sentences of a section as paragraphs. A line break that a person typed is kept.
fn paragraphs(section: &Section) -> Vec<String> {
    let mut prose = String::new();
    for sentence in section.sentences.iter().filter(|sentence| !sentence.text.is_blank()) {
        if !prose.is_empty() && !prose.ends_with('\n') {
            prose.push(' ');
        }
        prose.push_str(sentence.text.as_str());
    }
    let paragraphs = lines(&prose);
    zeroize::Zeroize::zeroize(&mut prose);
    paragraphs
}

/// The lines of a text that hold something, without white space around them.
fn lines(text: &str) -> Vec<String> {
    text.lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .map(str::to_owned)
        .collect()
}

/// Whoever signed, or a plain statement that nobody is named.
fn author_or_unstated(author: &Words) -> &str {
    if author.is_blank() {
        "author not stated"
    } else {
        author.as_str().trim()
    }
}

/// Sections in the order of the EHR. Every section appears once, whatever the order names.
fn in_ehr_order<'a>(sections: &'a [Section], order: &[String]) -> Vec<&'a Section> {
    let rank = |section: &Section| order.iter().position(|key| *key == section.key).unwrap_or(order.len());
    let mut ordered: Vec<&Section> = sections.iter().collect();
    ordered.sort_by_key(|section| rank(section));
    ordered
}
