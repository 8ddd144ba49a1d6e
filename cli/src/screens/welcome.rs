//! First run: what this is, what it is not, 16 and older.

use shared::{model::Event, note::Words, view::open::WelcomeView};

use crate::{
    page::{Key, Page, Row, Step, Tone},
    words,
};

pub(super) fn page(view: &WelcomeView) -> Page {
    let mut page = Page::new("Afterword");
    if view.refused_age {
        page.row(Row::new(words::AGE_REFUSED, Tone::Strong));
        page.gap();
    } else {
        page.row(Row::new(words::WHAT_IT_IS, Tone::Strong));
        page.gap();
        page.ink(words::WHAT_IT_IS_NOT);
        page.gap();
        page.ink(words::WHERE_IT_STAYS);
        page.gap();
        page.quiet("For therapists, and for people of 16 and older.");
        page.gap();
    }
    if view.working {
        page.row(Row::new("Making the vault …", Tone::Accent));
        return page;
    }
    page.row(Row::new("Begin", Tone::Accent).picks(begin()));
    page.row(Row::new("Known limits", Tone::Ink).picks(Step::Send(Event::LimitsTapped)));
    page.row(Row::new("Sample notes", Tone::Ink).picks(Step::Send(Event::SamplesTapped)));
    page.act(Key::Char('b'), "begin", begin());
    page.act(Key::Char('k'), "known limits", Step::Send(Event::LimitsTapped));
    page.act(Key::Char('v'), "samples", Step::Send(Event::SamplesTapped));
    page.act(Key::Char('q'), "quit", Step::Quit);
    page
}

fn create(passcode: Words, of_age: bool) -> Step {
    Step::Send(Event::CreateTapped { passcode, of_age })
}

fn begin() -> Step {
    Step::choose(
        "Are you 16 or older?",
        vec![
            ("Yes, I am 16 or older".to_owned(), lock()),
            ("No".to_owned(), create(Words::default(), false)),
        ],
    )
}

fn lock() -> Step {
    Step::choose(
        "How should the vault open?",
        vec![
            (
                "With a passcode of my own".to_owned(),
                passcode(|passcode| create(passcode, true)),
            ),
            (
                "By this device, without a passcode".to_owned(),
                create(Words::default(), true),
            ),
        ],
    )
}

/// A new passcode, asked twice.
pub(super) fn passcode(then: impl FnOnce(Words) -> Step + 'static) -> Step {
    Step::secret(
        "New passcode",
        "It is not shown. A few words are better than one.",
        |first| {
            if first.is_blank() {
                return Step::tell("Nothing was typed", vec![words::PASSCODES_DIFFER.to_owned()]);
            }
            Step::secret("The same again", "", move |second| {
                if first == second {
                    then(second)
                } else {
                    Step::tell("Not the same", vec![words::PASSCODES_DIFFER.to_owned()])
                }
            })
        },
    )
}
