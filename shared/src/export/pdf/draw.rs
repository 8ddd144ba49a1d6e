//! Pages into bytes: glyphs in place, tags that say what each is, head and foot, and the mark of a draft across the sheet.

use std::num::NonZeroU16;

use chrono::{Datelike, Timelike};
use krilla::{
    Document, SerializeSettings,
    color::rgb,
    configure::{Accessibility, Archival, ConfigurationBuilder},
    destination::XyzDestination,
    error::KrillaError,
    geom::{PathBuilder, Point, Rect, Transform},
    metadata::{DateTime, Metadata},
    num::NormalizedF32,
    outline::{Outline, OutlineNode},
    page::PageSettings,
    paint::{Fill, FillRule},
    surface::Surface,
    tagging::{Artifact, ArtifactType, ContentTag, Identifier, ListNumbering, Node, SpanTag, Tag, TagGroup, TagTree},
};

use super::{
    ExportError,
    blocks::{Kind, Printed, QUIET, WARN},
    faces::Faces,
    pages::{HEAD, Laid, SIDE, Sheet},
};
use crate::export::dates;

const LANGUAGE: &str = "en";
/// Pale enough to read through.
const WATERMARK: (u8, u8, u8) = (0xf4, 0xec, 0xe2);
const RULE: (u8, u8, u8) = (0xe4, 0xdf, 0xd6);
const SMALL: f32 = 8.5;
const SMALLEST: f32 = 7.0;

/// Draws everything.
pub(super) fn draw(faces: &Faces, sheet: &Sheet, laid: &[Laid]) -> Result<Vec<u8>, ExportError> {
    let configuration = ConfigurationBuilder::new()
        .with_archival_validator(Archival::A2_A)
        .with_accessibility_validator(Accessibility::UA1)
        .finish()
        .map_err(|_| ExportError::Refused)?;
    let settings = SerializeSettings {
        configuration,
        enable_tagging: true,
        ..SerializeSettings::default()
    };
    let mut pdf = Document::new_with(settings);
    let mut tree = TagTree::new().with_lang(Some(LANGUAGE.to_owned()));
    let mut outline = Outline::new();
    let total: usize = laid.iter().map(|one| one.pages.len()).sum();
    let mut number = 0;
    for one in laid {
        let mut leaves: Vec<Leaves> = one.printed.blocks.iter().map(|_| Leaves::default()).collect();
        let mut chapter: Option<OutlineNode> = None;
        for (at, lines) in one.pages.iter().enumerate() {
            let size = PageSettings::from_wh(sheet.width, sheet.full_height).ok_or(ExportError::Refused)?;
            let mut page = pdf.start_page_with(size);
            let mut brush = Brush {
                surface: page.surface(),
                faces,
                sheet,
            };
            if one.printed.is_draft {
                brush.watermark();
            }
            brush.head(&one.printed, at);
            brush.foot(&one.printed, number + 1, total);
            let mut y = HEAD;
            for (line_at, line) in lines.iter().enumerate() {
                let block = &one.printed.blocks[line.block];
                let style = block.kind.style();
                y += line.leading + if line_at == 0 { 0.0 } else { line.above };
                let leaf = &mut leaves[line.block];
                if line.number == 0 && !block.label.is_empty() {
                    leaf.label
                        .extend(brush.tagged(SIDE, y, style.size, block.kind.label_ink(), false, block.label));
                }
                leaf.body
                    .extend(brush.tagged(SIDE + style.indent, y, style.size, style.ink, style.bold, &line.text));
                if line.number == 0 && matches!(block.kind, Kind::Title | Kind::Heading) {
                    let place = XyzDestination::new(number, Point::from_xy(SIDE, (y - style.leading).max(0.0)));
                    let node = OutlineNode::new(block.text.clone(), place);
                    match (&mut chapter, block.kind) {
                        (Some(chapter), Kind::Heading) => chapter.push_child(node),
                        _ => chapter = Some(node.with_open(true)),
                    }
                }
            }
            drop(brush);
            page.finish();
            number += 1;
        }
        if let Some(chapter) = chapter {
            outline.push_child(chapter);
        }
        tree.push(tags(&one.printed, leaves));
    }
    pdf.set_outline(outline);
    pdf.set_tag_tree(tree);
    pdf.set_metadata(metadata(laid));
    pdf.finish().map_err(|fault| match fault {
        KrillaError::Validation(rules) => ExportError::NotArchival { rules: rules.len() },
        _ => ExportError::Refused,
    })
}

/// Pieces of content of a block, in reading order.
#[derive(Default)]
struct Leaves {
    label: Vec<Identifier>,
    body: Vec<Identifier>,
}

/// The structure a screen reader walks: title, facts, headings, paragraphs, lists.
fn tags(printed: &Printed, leaves: Vec<Leaves>) -> TagGroup {
    let mut part = TagGroup::new(Tag::Part);
    let mut list: Option<TagGroup> = None;
    let nodes = |of: Vec<Identifier>| of.into_iter().map(Node::from).collect::<Vec<_>>();
    let level = |level: u16| NonZeroU16::new(level).unwrap_or(NonZeroU16::MIN);
    for (block, leaf) in printed.blocks.iter().zip(leaves) {
        if block.kind == Kind::Item {
            let mut item = TagGroup::new(Tag::LI);
            item.push(TagGroup::with_children(Tag::Lbl, nodes(leaf.label)));
            item.push(TagGroup::with_children(Tag::LBody, nodes(leaf.body)));
            list.get_or_insert_with(|| TagGroup::new(Tag::L(ListNumbering::Disc)))
                .push(item);
            continue;
        }
        if let Some(list) = list.take() {
            part.push(list);
        }
        let children: Vec<Node> = nodes(leaf.label).into_iter().chain(nodes(leaf.body)).collect();
        part.push(match block.kind {
            Kind::Title => TagGroup::with_children(Tag::Hn(level(1), Some(block.text.clone())), children),
            Kind::Heading => TagGroup::with_children(Tag::Hn(level(2), Some(block.text.clone())), children),
            _ => TagGroup::with_children(Tag::P, children),
        });
    }
    if let Some(list) = list {
        part.push(list);
    }
    part
}

fn metadata(laid: &[Laid]) -> Metadata {
    let first = &laid[0].printed;
    let made_at = laid.iter().map(|one| one.printed.made_at).fold(first.made_at, Ord::max);
    let time = dates::local(made_at, 0);
    // two digits or four, all within a byte or two by the calendar
    let small = |part: u32| u8::try_from(part).unwrap_or(u8::MAX);
    let date = DateTime::new(u16::try_from(time.year()).unwrap_or(1))
        .month(small(time.month()))
        .day(small(time.day()))
        .hour(small(time.hour()))
        .minute(small(time.minute()))
        .second(small(time.second()))
        .utc_offset_hour(0)
        .utc_offset_minute(0);
    let title = if laid.len() == 1 {
        first.title.clone()
    } else {
        format!("{} notes", laid.len())
    };
    let mut authors: Vec<String> = laid
        .iter()
        .filter_map(|one| one.printed.author.as_deref().and_then(plain))
        .collect();
    authors.dedup();
    Metadata::new()
        .title(title)
        .authors(authors)
        .creator("Afterword".to_owned())
        .language(LANGUAGE.to_owned())
        .document_id(
            laid.iter()
                .map(|one| one.printed.name.as_str())
                .collect::<Vec<_>>()
                .join("+"),
        )
        .creation_date(date)
}

/// A text for the metadata, which has a length limit and no room for what XML forbids.
fn plain(text: &str) -> Option<String> {
    let text: String = text
        .chars()
        .filter(|c| !c.is_control() && !matches!(c, '\u{fffe}' | '\u{ffff}'))
        .take(200)
        .collect();
    (!text.trim().is_empty()).then_some(text)
}

/// Draws on one page.
struct Brush<'a> {
    surface: Surface<'a>,
    faces: &'a Faces,
    sheet: &'a Sheet,
}

impl Brush<'_> {
    /// Text that belongs to the structure; one identifier for each stretch.
    fn tagged(&mut self, x: f32, y: f32, size: f32, ink: (u8, u8, u8), bold: bool, text: &str) -> Vec<Identifier> {
        let mut x = x;
        let mut out = Vec::new();
        self.ink(ink);
        for run in self.faces.shape(text, bold) {
            let mut meant = [0; 4];
            let meant = run.stands_for.map(|c| &*c.encode_utf8(&mut meant));
            let tag = SpanTag {
                actual_text: meant,
                ..SpanTag::empty()
            };
            out.push(self.surface.start_tagged(ContentTag::Span(tag)));
            self.surface.draw_glyphs(
                Point::from_xy(x, y),
                &run.glyphs,
                run.font.clone(),
                &run.text,
                size,
                false,
            );
            self.surface.end_tagged();
            x += run.width() * size;
        }
        out
    }

    /// Text that repeats on each page and is not read aloud.
    fn artifact(&mut self, kind: ArtifactType, x: f32, y: f32, size: f32, bold: bool, text: &str) {
        let mut x = x;
        self.surface
            .start_tagged(ContentTag::Artifact(Artifact::with_kind(kind)));
        for run in self.faces.shape(text, bold) {
            self.surface.draw_glyphs(
                Point::from_xy(x, y),
                &run.glyphs,
                run.font.clone(),
                &run.text,
                size,
                false,
            );
            x += run.width() * size;
        }
        self.surface.end_tagged();
    }

    fn watermark(&mut self) {
        let (word, size, angle) = ("DRAFT", 150.0, -54.0_f32);
        let wide = self.width(word, size, true);
        let (x, y) = (self.sheet.width / 2.0, self.sheet.full_height / 2.0);
        self.ink(WATERMARK);
        self.surface.push_transform(&Transform::from_rotate_at(angle, x, y));
        self.artifact(
            ArtifactType::Watermark,
            x - wide / 2.0,
            y + size * 0.36,
            size,
            true,
            word,
        );
        self.surface.pop();
    }

    /// The head of a draft on every page; of a note on every page but its first.
    fn head(&mut self, printed: &Printed, at: usize) {
        let y = HEAD - 34.0;
        if printed.is_draft {
            self.ink(WARN);
            self.artifact(ArtifactType::Header, SIDE, y, SMALL, true, "DRAFT");
        }
        if at > 0 {
            let room = self.sheet.measure() - if printed.is_draft { 60.0 } else { 0.0 };
            let text = self.shortened(&printed.running_head, SMALL, room);
            let x = self.sheet.width - SIDE - self.width(&text, SMALL, false);
            self.ink(QUIET);
            self.artifact(ArtifactType::Header, x, y, SMALL, false, &text);
        }
    }

    fn foot(&mut self, printed: &Printed, number: usize, total: usize) {
        let y = self.sheet.full_height - 48.0;
        self.ink(RULE);
        let rule = Rect::from_xywh(SIDE, y - 15.0, self.sheet.measure(), 0.6);
        let path = rule.and_then(|rule| {
            let mut path = PathBuilder::new();
            path.push_rect(rule);
            path.finish()
        });
        if let Some(path) = path {
            self.surface
                .start_tagged(ContentTag::Artifact(Artifact::with_kind(ArtifactType::Layout)));
            self.surface.draw_path(&path);
            self.surface.end_tagged();
        }
        let count = format!("Page {number} of {total}");
        let wide = self.width(&count, SMALL, false);
        let foot = self.shortened(&printed.foot, SMALL, self.sheet.measure() - wide - 16.0);
        self.ink(QUIET);
        self.artifact(ArtifactType::Footer, SIDE, y, SMALL, false, &foot);
        self.artifact(
            ArtifactType::PageNumber,
            self.sheet.width - SIDE - wide,
            y,
            SMALL,
            false,
            &count,
        );
        let hash = self.shortened(&printed.hash, SMALLEST, self.sheet.measure());
        self.artifact(ArtifactType::Footer, SIDE, y + 12.0, SMALLEST, false, &hash);
    }

    fn ink(&mut self, (red, green, blue): (u8, u8, u8)) {
        self.surface.set_fill(Some(Fill {
            paint: rgb::Color::new(red, green, blue).into(),
            opacity: NormalizedF32::ONE,
            rule: FillRule::default(),
        }));
    }

    fn width(&self, text: &str, size: f32, bold: bool) -> f32 {
        self.faces
            .shape(text, bold)
            .iter()
            .map(super::faces::Run::width)
            .sum::<f32>()
            * size
    }

    /// A text that fits, with an ellipsis where it was cut. Only for what stands in full elsewhere.
    fn shortened(&self, text: &str, size: f32, room: f32) -> String {
        let mut kept: String = text.chars().take(400).collect();
        let is_whole = kept.len() == text.len();
        if is_whole && self.width(&kept, size, false) <= room {
            return kept;
        }
        while !kept.is_empty() && self.width(&format!("{kept}\u{2026}"), size, false) > room {
            kept.pop();
        }
        kept + "\u{2026}"
    }
}
