//! Every sample view, drawn into a terminal that exists only in memory.

use ratatui::{Terminal, backend::TestBackend, buffer::Buffer, style::Color};
use shared::{samples, view::ViewModel};

use super::{
    dialog::Dialog,
    draw::{self, Scene, Scroll},
    editor::Editor,
    theme::Theme,
};
use crate::{
    page::{Key, Page, Step},
    screens::{self, Ui},
};

fn drawn(view: &ViewModel, ui: &Ui, dialog: Option<&Dialog>, size: (u16, u16), theme: Theme) -> Buffer {
    let mut terminal = Terminal::new(TestBackend::new(size.0, size.1)).unwrap();
    let page = screens::page(view, ui);
    let typing = Editor::new(&ui.typed);
    let scene = Scene {
        page: &page,
        at: ui.at,
        typing: Some(&typing),
        dialog,
        theme,
    };
    terminal
        .draw(|frame| draw::scene(frame, &scene, &mut Scroll::default()))
        .unwrap();
    terminal.backend().buffer().clone()
}

fn text(buffer: &Buffer) -> String {
    let width = usize::from(buffer.area.width);
    let rows = buffer.content.chunks(width).map(|row| {
        let line: String = row.iter().map(ratatui::buffer::Cell::symbol).collect();
        line.trim_end().to_owned()
    });
    rows.collect::<Vec<_>>().join("\n")
}

fn sample(name: &str) -> ViewModel {
    samples::all().into_iter().find(|(known, _)| *known == name).unwrap().1
}

fn dialog_of(page: Page, key: Key) -> Dialog {
    let act = page.acts.into_iter().find(|act| act.key == key).unwrap();
    let Step::Ask(ask) = act.step else {
        panic!("this key asks nothing")
    };
    Dialog::new(*ask)
}

#[test]
fn every_sample_reads_well_at_80_by_24_and_at_60_by_20() {
    for (name, view) in samples::all() {
        let ui = Ui {
            typed: "We talked about the move and her sister.".into(),
            ..Ui::default()
        };
        let shots: Vec<String> = [(80, 24), (60, 20)]
            .map(|size| text(&drawn(&view, &ui, None, size, Theme::plain())))
            .to_vec();
        insta::with_settings!({ omit_expression => true, prepend_module_to_snapshot => false }, {
            insta::assert_snapshot!(name, shots.join("\n--- 60 x 20 ---\n"));
        });
    }
}

#[test]
fn no_size_makes_it_panic() {
    for (_, view) in samples::all() {
        for size in [(1, 1), (2, 3), (10, 5), (20, 50), (300, 100)] {
            let page = screens::page(&view, &Ui::default());
            for act in page.acts {
                if let Step::Ask(ask) = act.step {
                    drawn(&view, &Ui::default(), Some(&Dialog::new(*ask)), size, Theme::dark());
                }
            }
        }
    }
}

#[test]
fn without_colour_no_cell_has_one() {
    for (name, view) in samples::all() {
        let buffer = drawn(&view, &Ui::default(), None, (80, 24), Theme::plain());
        let bare = buffer
            .content
            .iter()
            .all(|cell| (cell.fg, cell.bg) == (Color::Reset, Color::Reset));
        assert!(bare, "{name}");
    }
}

#[test]
fn a_risk_has_a_shape_and_a_word_and_comes_before_the_sections() {
    let shown = text(&drawn(
        &sample("review"),
        &Ui::default(),
        None,
        (80, 24),
        Theme::plain(),
    ));
    let risk = shown
        .lines()
        .position(|line| line.contains('▲') || line.contains('○') || line.contains("– Risk"))
        .unwrap();
    let section = shown.lines().position(|line| line.contains("Subjective")).unwrap();
    assert!(risk < section, "{shown}");
    assert!(shown.contains("[DRAFT]"));
}

#[test]
fn approving_says_what_will_be_destroyed() {
    let view = sample("review");
    let dialog = dialog_of(screens::page(&view, &Ui::default()), Key::Char('A'));
    let shown = text(&drawn(&view, &Ui::default(), Some(&dialog), (80, 24), Theme::plain()));
    assert!(shown.contains("Destroyed with it: the transcript."), "{shown}");
    assert!(shown.contains("y approve"), "{shown}");
}

#[test]
fn the_recovery_words_are_covered_while_three_are_asked_back() {
    let view = sample("recovery_words");
    let ViewModel::RecoveryWords(words) = &view else {
        panic!()
    };
    let dialog = dialog_of(screens::page(&view, &Ui::default()), Key::Char('w'));
    let shown = text(&drawn(&view, &Ui::default(), Some(&dialog), (80, 24), Theme::plain()));
    for word in words.words.iter().filter(|word| word.as_str().len() > 4) {
        assert!(!shown.contains(word.as_str()), "{shown}");
    }
}

#[test]
fn the_row_under_the_cursor_is_on_screen_wherever_it_is() {
    for (name, view) in samples::all() {
        let picks = screens::page(&view, &Ui::default()).picks().len();
        let mut scroll = Scroll::default();
        for at in (0..picks).chain((0..picks).rev()) {
            let ui = Ui { at, ..Ui::default() };
            let page = screens::page(&view, &ui);
            let scene = Scene {
                page: &page,
                at,
                typing: None,
                dialog: None,
                theme: Theme::plain(),
            };
            let mut terminal = Terminal::new(TestBackend::new(60, 20)).unwrap();
            terminal.draw(|frame| draw::scene(frame, &scene, &mut scroll)).unwrap();
            assert!(
                text(terminal.backend().buffer()).contains('▌'),
                "{name}: row {at} of {picks}"
            );
        }
    }
}
