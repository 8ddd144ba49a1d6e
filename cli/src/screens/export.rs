//! Exactly what would leave, before it does.

use shared::{capabilities::documents::DocumentKind, model::Event, view::notes::ExportView};

use crate::{
    folders::absolute,
    page::{Key, Page, Row, Step, Tone},
    words,
};

pub(super) fn page(view: &ExportView) -> Page {
    let mut page = Page::new("What leaves");
    if view.is_draft {
        page.mark = Some("DRAFT");
    }
    page.row(
        Row::new(view.name.as_str(), Tone::Strong).and(format!("  {}", words::size(view.size_bytes)), Tone::Quiet),
    );
    page.quiet("Outside Afterword the file is not encrypted. Whoever has it can read it.");
    if view.kind == DocumentKind::Pdf {
        page.quiet("The words of the PDF:");
    }
    page.gap();
    for line in view.preview.as_str().lines() {
        page.ink(line);
    }
    if view.cut {
        page.gap();
        page.quiet("… and more; the file holds all of it.");
    }
    page.act(
        Key::Char('w'),
        "write the file here",
        Step::Send(Event::ExportConfirmed { name: String::new() }),
    );
    page.act(Key::Char('n'), "under another name", name(&view.name));
    page.act(Key::Esc, "back, nothing leaves", Step::Send(Event::BackTapped));
    page
}

fn name(proposed: &str) -> Step {
    Step::text(
        "Write it to",
        "A path. A file that is there is not overwritten.",
        proposed,
        |path| {
            let path = absolute(std::path::Path::new(path.as_str().trim()));
            Step::Send(Event::ExportConfirmed {
                name: path.to_string_lossy().into_owned(),
            })
        },
    )
}
