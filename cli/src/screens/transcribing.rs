//! Sound becomes text: how far it is, the words so far, and the tick when the audio is destroyed.

use shared::{model::Event, view::record::TranscribingView};

use super::capture::bar;
use crate::{
    page::{Key, Page, Row, Step, Tone},
    words,
};

pub(super) fn page(view: &TranscribingView) -> Page {
    let mut page = Page::new(if view.audio_deleted { "Drafting" } else { "Transcribing" });
    if view.audio_ms > 0 {
        page.ink(format!("Your summary of {}", words::length(view.audio_ms)));
        page.row(
            Row::new(bar(u64::from(view.percent), 100), Tone::Accent).and(format!("  {} %", view.percent), Tone::Ink),
        );
    }
    if view.audio_deleted && view.audio_ms > 0 {
        page.row(Row::new("✓ The audio is deleted.", Tone::Accent));
    }
    if view.audio_deleted || view.audio_ms == 0 {
        page.ink("Making the draft …");
    }
    if !view.text.is_blank() {
        page.gap();
        page.row(Row::new(view.text.as_str(), Tone::Ink));
    }
    if !view.audio_deleted {
        page.act(
            Key::Char('c'),
            "stop; the recording stays",
            Step::Send(Event::CancelTapped),
        );
    }
    page.act(Key::Esc, "leave; it goes on", Step::Send(Event::BackTapped));
    page
}
