//! The audit log: what happened, never what was said.

use shared::{model::Event, view::settings::AuditView};

use crate::{
    page::{Key, Page, Row, Step, Tone},
    words,
};

pub(super) fn page(view: &AuditView) -> Page {
    let mut page = Page::new("Audit log");
    page.quiet(format!(
        "{} lines, newest first. No words of yours are in it; each line seals the one before.",
        view.total
    ));
    page.gap();
    for line in &view.lines {
        let id = line
            .id
            .map_or_else(String::new, |id| id.to_string().chars().take(8).collect());
        let about = format!("{} {id}", line.detail);
        page.row(
            Row::new(format!("{:>5}  {}  ", line.number, words::moment(line.at)), Tone::Quiet)
                .and(words::plain(&line.act), Tone::Ink)
                .and(format!("  {}", about.trim()), Tone::Quiet),
        );
    }
    page.act(Key::Esc, "back", Step::Send(Event::BackTapped));
    page
}
