//! Recording: a large timer, the level, the cap, and what one might say next after a silence.

use shared::{model::Event, view::record::CaptureView};

use super::Ui;
use crate::{
    page::{Key, Page, Row, Step, Tone},
    words,
};

const BAR: usize = 30;

pub(super) fn page(view: &CaptureView, ui: &Ui) -> Page {
    let mut page = Page::new("Recording");
    page.large = Some(words::clock(view.elapsed_ms));
    let state = if view.paused {
        "Paused. What you said is safe."
    } else {
        words::YOUR_SUMMARY
    };
    page.row(Row::new(state, Tone::Strong));
    page.gap();
    page.ink(format!(
        "{} of {}",
        words::clock(view.elapsed_ms),
        words::clock(view.cap_ms)
    ));
    page.row(Row::new(bar(u64::from(view.level), 100), Tone::Accent).and("  level", Tone::Quiet));
    page.row(Row::new(bar(view.elapsed_ms, view.cap_ms), Tone::Quiet).and("  time", Tone::Quiet));
    page.gap();
    match &view.cue {
        Some(cue) => page.row(Row::new(format!("You might add: {}", words::cue(cue)), Tone::Accent)),
        None => page.row(Row::new(" ", Tone::Ink)),
    }
    if view.locked {
        page.quiet("The vault is locked. The recording is sealed and waits until you unlock.");
    }
    if ui.sound_from_file {
        page.quiet("The sound comes from a file.");
    }
    page.act(Key::Enter, "done", Step::Send(Event::StopTapped));
    page.act(
        Key::Char(' '),
        if view.paused { "go on" } else { "pause" },
        Step::Send(Event::PauseTapped),
    );
    page.act(Key::Esc, "stop for now, keep it", Step::Send(Event::BackTapped));
    page
}

/// `█████░░░░░`
pub(super) fn bar(part: u64, whole: u64) -> String {
    let full = usize::try_from(part.min(whole) * BAR as u64 / whole.max(1)).unwrap_or(BAR);
    format!("{}{}", "█".repeat(full), "░".repeat(BAR - full))
}
