//! Known limits, as they are written.

use shared::{model::Event, view::settings::LimitsView};

use crate::page::{Key, Page, Row, Step, Tone};

pub(super) fn page(view: &LimitsView) -> Page {
    let mut page = Page::new("Known limits");
    markdown(&view.text, &mut page);
    page.act(Key::Esc, "back", Step::Send(Event::BackTapped));
    page
}

/// Markdown as rows: headings stand out, lists keep their marks.
pub(super) fn markdown(text: &str, page: &mut Page) {
    for line in text.lines() {
        let bare = line.trim_end().replace("**", "").replace('`', "");
        if let Some(heading) = bare.strip_prefix('#') {
            page.heading(heading.trim_start_matches('#').trim());
        } else if bare.trim().is_empty() {
            page.gap();
        } else if let Some(item) = bare.strip_prefix("- ") {
            page.row(Row::new(format!("• {item}"), Tone::Ink).indented(1));
        } else {
            page.row(Row::new(bare.trim_start_matches("> "), Tone::Ink));
        }
    }
}
