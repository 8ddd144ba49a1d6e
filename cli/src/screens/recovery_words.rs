//! The 24 words in a grid, and three of them asked back.

use shared::{model::Event, note::Words, view::open::RecoveryWordsView};

use crate::{
    page::{Ask, Key, Page, Row, Step, Tone},
    words,
};

pub(super) fn page(view: &RecoveryWordsView) -> Page {
    let mut page = Page::new("Recovery words");
    page.ink(words::WORDS_WHY);
    page.gap();
    for row in grid(&view.words) {
        page.row(Row::new(row, Tone::Strong).indented(2));
    }
    page.gap();
    if view.wrong {
        page.row(Row::new(
            "! At least one of the three words was not right. Nothing is lost; look again.",
            Tone::Error,
        ));
        page.gap();
    }
    let asked = view.asked.clone();
    page.row(Row::new("I wrote them down", Tone::Accent).picks(ask_back(asked.clone(), Vec::new())));
    page.row(Row::new("Later", Tone::Ink).picks(later()));
    page.act(Key::Char('w'), "I wrote them down", ask_back(asked, Vec::new()));
    page.act(Key::Char('l'), "later", later());
    page
}

/// Three columns of eight, read downwards.
fn grid(words: &[Words]) -> Vec<String> {
    let rows = words.len().div_ceil(3);
    let cell = |at: usize| {
        words
            .get(at)
            .map_or(String::new(), |word| format!("{:>2} {:<10}", at + 1, word.as_str()))
    };
    (0..rows)
        .map(|row| {
            (0..3)
                .map(|column| cell(column * rows + row))
                .collect::<Vec<_>>()
                .join("  ")
        })
        .collect()
}

fn later() -> Step {
    Step::confirm(
        "Later?",
        &[
            "The words are not shown again.",
            "Without them, a forgotten passcode means that the notes are lost for good.",
        ],
        "go on without them",
        Step::Send(Event::WordsLaterTapped),
    )
}

fn ask_back(mut places: Vec<u32>, mut answers: Vec<Words>) -> Step {
    if places.is_empty() {
        return Step::Send(Event::WordsAnswered { answers });
    }
    let place = places.remove(0);
    Step::Ask(Box::new(Ask::Text {
        title: format!("Word {place}"),
        hint: "From your paper.".to_owned(),
        initial: Words::default(),
        lines: false,
        secret: false,
        cover: true,
        then: Box::new(move |word| {
            answers.push(word);
            ask_back(places, answers)
        }),
    }))
}
