//! What a document prints, from top to bottom, and in which style. Knows nothing of glyphs or pages.

use crate::export::{
    DRAFT_MARK, Document, NOT_MENTIONED, Options, author_or_unstated, dates, in_ehr_order, lines,
    text::{ADDENDUM, body, facts_of, written},
};
use crate::note::time::Millis;

/// A kind of block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A line of the letterhead.
    Letterhead,
    /// The mark of a draft.
    Mark,
    /// The title of the document.
    Title,
    /// Client, session, author, approval.
    Fact,
    /// Heading of a section.
    Heading,
    /// A paragraph.
    Body,
    /// One point of a list.
    Item,
    /// "Not mentioned", dates of addenda, the closing hash.
    Quiet,
}

/// How a kind looks. Lengths are in points.
pub(super) struct Style {
    /// Size of the type.
    pub(super) size: f32,
    /// From one baseline to the next.
    pub(super) leading: f32,
    /// White space above the block, dropped at the head of a page.
    pub(super) above: f32,
    /// White space below it, instead of a smaller one above the next block.
    pub(super) below: f32,
    /// Distance of the text from the left edge.
    pub(super) indent: f32,
    /// Whether the text is bold.
    pub(super) bold: bool,
    /// Colour of the text.
    pub(super) ink: (u8, u8, u8),
}

/// Near-black of running text.
pub(super) const INK: (u8, u8, u8) = (0x1f, 0x29, 0x33);
/// Grey of what accompanies.
pub(super) const QUIET: (u8, u8, u8) = (0x52, 0x60, 0x6d);
/// Green of headings.
pub(super) const ACCENT: (u8, u8, u8) = (0x1f, 0x6f, 0x6b);
/// Brown of the draft mark.
pub(super) const WARN: (u8, u8, u8) = (0x8a, 0x4b, 0x00);

impl Kind {
    /// How it looks.
    pub(super) const fn style(self) -> Style {
        let body = Style {
            size: 10.5,
            leading: 15.5,
            above: 4.0,
            below: 0.0,
            indent: 0.0,
            bold: false,
            ink: INK,
        };
        match self {
            Self::Letterhead => Style {
                size: 9.5,
                leading: 13.5,
                above: 0.0,
                ink: QUIET,
                ..body
            },
            Self::Mark => Style {
                size: 10.5,
                above: 18.0,
                bold: true,
                ink: WARN,
                ..body
            },
            Self::Title => Style {
                size: 20.0,
                leading: 27.0,
                above: 16.0,
                below: 7.0,
                bold: true,
                ..body
            },
            Self::Fact => Style {
                above: 1.5,
                leading: 14.5,
                indent: 68.0,
                ..body
            },
            Self::Heading => Style {
                size: 12.5,
                leading: 17.5,
                above: 18.0,
                bold: true,
                ink: ACCENT,
                ..body
            },
            Self::Body => body,
            Self::Item => Style {
                above: 3.0,
                indent: 14.0,
                ..body
            },
            Self::Quiet => Style {
                size: 9.5,
                leading: 14.0,
                ink: QUIET,
                ..body
            },
        }
    }

    /// Colour of its label.
    pub(super) const fn label_ink(self) -> (u8, u8, u8) {
        match self {
            Self::Fact => QUIET,
            _ => ACCENT,
        }
    }
}

/// One paragraph-like thing.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Block {
    pub(super) kind: Kind,
    /// Printed at the left edge, before the indented text; empty for none.
    pub(super) label: &'static str,
    pub(super) text: String,
}

/// A document, ready for paper.
pub(super) struct Printed {
    pub(super) blocks: Vec<Block>,
    /// Title for the reader's window: layout and day, never the client.
    pub(super) title: String,
    /// First words of the foot of each page.
    pub(super) foot: String,
    /// Second line of the foot; empty for a draft.
    pub(super) hash: String,
    /// Head of every page after the first.
    pub(super) running_head: String,
    pub(super) is_draft: bool,
    /// Name that stays the same for the same document.
    pub(super) name: String,
    pub(super) author: Option<String>,
    /// When the document came to say what it says.
    pub(super) made_at: Millis,
}

/// What a document prints.
pub(super) fn printed(document: Document<'_>, options: &Options) -> Printed {
    let offset = options.utc_offset_minutes;
    let mut blocks = Vec::new();
    let mut push = |kind: Kind, label: &'static str, text: String| blocks.push(Block { kind, label, text });
    for line in lines(options.letterhead.as_str()) {
        push(Kind::Letterhead, "", line);
    }
    if document.is_draft() {
        push(Kind::Mark, "", DRAFT_MARK.to_owned());
    }
    push(Kind::Title, "", document.title().to_owned());
    for (label, value) in facts_of(document, options) {
        push(Kind::Fact, label, value);
    }
    for section in in_ehr_order(document.sections(), &options.ehr_order) {
        if !section.title.trim().is_empty() {
            push(Kind::Heading, "", section.title.trim().to_owned());
        }
        let said = body(section);
        let is_list = section.key == "plan" && section.sentences.len() > 1;
        if said == [NOT_MENTIONED] {
            push(Kind::Quiet, "", NOT_MENTIONED.to_owned());
        } else if is_list {
            let points = section
                .sentences
                .iter()
                .flat_map(|sentence| lines(sentence.text.as_str()));
            points.for_each(|point| push(Kind::Item, "\u{2022}", point));
        } else {
            said.into_iter().for_each(|paragraph| push(Kind::Body, "", paragraph));
        }
    }
    for addendum in document.addenda() {
        push(Kind::Heading, "", ADDENDUM.to_owned());
        push(Kind::Quiet, "", written(addendum, options));
        lines(addendum.text.as_str())
            .into_iter()
            .for_each(|paragraph| push(Kind::Body, "", paragraph));
    }
    let day = dates::day(document.session_at(), offset);
    let title = format!("{}, {day}", document.title());
    let client = document.client().as_str().trim();
    let running_head = [document.title(), client, &day]
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>();
    Printed {
        blocks,
        running_head: running_head.join("  \u{b7}  "),
        is_draft: document.is_draft(),
        ..match document {
            Document::Note { note, addenda } => Printed {
                title,
                foot: format!(
                    "{}  \u{b7}  approved {}",
                    author_or_unstated(&note.author),
                    dates::minute(note.approved_at, offset)
                ),
                hash: format!("SHA-256 {}", note.content_hash),
                name: format!("{}/{}/{}", note.id, note.content_hash, addenda.len()),
                author: (!note.author.is_blank()).then(|| note.author.as_str().trim().to_owned()),
                made_at: addenda
                    .iter()
                    .map(|addendum| addendum.written_at)
                    .fold(note.approved_at, Ord::max),
                ..Printed::empty()
            },
            Document::Draft { session_at, .. } => Printed {
                title: format!("DRAFT {title}"),
                foot: DRAFT_MARK.to_owned(),
                name: format!("draft/{}", session_at.0),
                made_at: session_at,
                ..Printed::empty()
            },
        }
    }
}

impl Printed {
    const fn empty() -> Self {
        Self {
            blocks: Vec::new(),
            title: String::new(),
            foot: String::new(),
            hash: String::new(),
            running_head: String::new(),
            is_draft: false,
            name: String::new(),
            author: None,
            made_at: Millis(0),
        }
    }
}
