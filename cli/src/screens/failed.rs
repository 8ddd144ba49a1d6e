//! Something failed; nothing is lost; one next step.

use shared::{
    model::Event,
    view::{
        home::FailedView,
        keys::{Failure, NextStep},
    },
};

use crate::{
    page::{Key, Page, Row, Step, Tone},
    words,
};

pub(super) fn page(view: &FailedView) -> Page {
    let failure = &view.failure;
    let mut page = Page::new("It did not work");
    page.row(Row::new(format!("! {}", words::failure(failure.key)), Tone::Strong));
    page.gap();
    if failure.capture.is_some() {
        page.ink("Your summary is safe. It waits in the list of unfinished ones.");
        page.gap();
    }
    let label = words::next_step(failure.next);
    page.row(Row::new(label, Tone::Accent).picks(next(failure)));
    page.act(Key::Enter, label, next(failure));
    if failure.next != NextStep::Close {
        page.act(Key::Esc, "back", Step::Send(Event::BackTapped));
    }
    page.act(Key::Char('q'), "quit", Step::Quit);
    page
}

fn next(failure: &Failure) -> Step {
    let resume = failure
        .capture
        .map_or(Event::BackTapped, |id| Event::ResumeTapped { id });
    Step::Send(match failure.next {
        NextStep::Back | NextStep::Unlock => Event::BackTapped,
        NextStep::Resume | NextStep::Transcribe | NextStep::Retry | NextStep::Review => resume,
        NextStep::TypeInstead => Event::TypeTapped,
        NextStep::GetModel => Event::SettingsTapped,
        NextStep::Close => return Step::Quit,
    })
}
