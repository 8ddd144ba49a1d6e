//! A calm cover: no names, no counts. Recording works from here.

use shared::{model::Event, view::open::UnlockView};

use crate::{
    page::{Key, Page, Row, Step, Tone},
    words,
};

pub(super) fn page(view: &UnlockView) -> Page {
    let mut page = Page::new("Afterword");
    if view.working {
        page.row(Row::new("Opening …", Tone::Accent));
        return page;
    }
    page.row(Row::new("Locked.", Tone::Strong));
    if view.refused {
        page.row(Row::new(format!("! {}", words::PASSCODE_WRONG), Tone::Error));
    }
    if view.bad_words {
        page.row(Row::new(format!("! {}", words::WORDS_BAD), Tone::Error));
    }
    if view.wait_ms > 0 {
        page.ink(words::wait_before_try(view.wait_ms));
    }
    page.gap();
    if view.passcode && view.wait_ms == 0 {
        page.row(Row::new("Unlock", Tone::Accent).picks(enter()));
        page.act(Key::Char('u'), "unlock", enter());
    }
    if view.device {
        page.row(Row::new("Let the device unlock", Tone::Accent).picks(Step::Send(Event::DeviceUnlockTapped)));
        page.act(Key::Char('d'), "device", Step::Send(Event::DeviceUnlockTapped));
    }
    if view.can_record {
        page.row(Row::new("Record without unlocking", Tone::Ink).picks(Step::Send(Event::RecordTapped)));
        page.act(Key::Char('r'), "record", Step::Send(Event::RecordTapped));
    }
    if view.wait_ms == 0 {
        page.row(Row::new("Open with the recovery words", Tone::Ink).picks(recover()));
        page.act(Key::Char('w'), "recovery words", recover());
    }
    if view.recording_waits {
        page.gap();
        page.quiet("A recording waits. It is sealed; unlock to go on with it.");
    }
    page.act(Key::Char('q'), "quit", Step::Quit);
    page
}

fn enter() -> Step {
    Step::secret("Passcode", "It is not shown.", |passcode| {
        Step::Send(Event::PasscodeEntered { passcode })
    })
}

fn recover() -> Step {
    Step::lines(
        "Recovery words",
        "All 24, in order, with spaces between.",
        "",
        |typed| {
            let words: Vec<&str> = typed.as_str().split_whitespace().collect();
            Step::Send(Event::RecoveryEntered {
                words: words.join(" ").to_lowercase().into(),
            })
        },
    )
}
