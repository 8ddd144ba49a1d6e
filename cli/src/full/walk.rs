//! Walking on a page: the cursor over what can be picked, the screen over what can be read, and the keys of acts.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use super::{App, draw::Scroll, wrap};
use crate::page::{Key, Page};

impl App {
    pub(super) fn page_key(&mut self, key: KeyEvent, named: Option<Key>, mut page: Page) {
        let picks = page.picks();
        let shift = key.modifiers.contains(KeyModifiers::SHIFT);
        match key.code {
            KeyCode::Up if !shift => self.up(),
            KeyCode::Down if !shift => self.down(picks.len()),
            KeyCode::PageUp => self.turn(-1, &page),
            KeyCode::PageDown => self.turn(1, &page),
            KeyCode::Home => {
                self.ui.at = 0;
                self.scroll = Scroll {
                    top: 0,
                    free: false,
                    ..self.scroll
                };
            }
            KeyCode::End => {
                self.ui.at = picks.len().saturating_sub(1);
                self.scroll = Scroll {
                    top: usize::MAX,
                    free: true,
                    ..self.scroll
                };
            }
            _ => {
                if let Some(place) = page.acts.iter().position(|act| Some(act.key) == named) {
                    let act = page.acts.swap_remove(place);
                    self.ui.at = self.ui.at.saturating_add_signed(act.moves);
                    self.follow(act.step);
                } else if matches!(key.code, KeyCode::Enter | KeyCode::Char(' '))
                    && let Some(step) = picks.get(self.ui.at).and_then(|row| page.rows[*row].pick.take())
                {
                    self.follow(step);
                }
            }
        }
    }

    fn up(&mut self) {
        if self.ui.at > 0 && !self.scroll.free {
            self.ui.at -= 1;
        } else {
            let end = self.scroll.lines.saturating_sub(self.scroll.window);
            self.scroll.top = self.scroll.top.min(end).saturating_sub(1);
            // Back among the rows that can be picked: the cursor leads again.
            self.scroll.free = self.ui.at == 0;
        }
    }

    fn down(&mut self, picks: usize) {
        if self.ui.at + 1 < picks {
            self.ui.at += 1;
            self.scroll.free = false;
        } else {
            self.scroll.top += 1;
            self.scroll.free = true;
        }
    }

    /// A screen at a time; the cursor comes along.
    fn turn(&mut self, by: isize, page: &Page) {
        let step = self.scroll.window.saturating_sub(2).max(1);
        let end = self.scroll.lines.saturating_sub(self.scroll.window);
        let top = self.scroll.top.min(end);
        self.scroll.top = if by < 0 {
            top.saturating_sub(step)
        } else {
            (top + step).min(end)
        };
        self.scroll.free = true;
        let shown = wrap::rows(&page.rows, self.width, self.ui.at, self.theme);
        let window = self.scroll.top..self.scroll.top + self.scroll.window;
        let mut seen = shown
            .iter()
            .enumerate()
            .filter(|(line, _)| window.contains(line))
            .filter_map(|(_, shown)| shown.pick);
        if let Some(pick) = if by < 0 { seen.next() } else { seen.next_back() } {
            self.ui.at = pick;
        }
    }
}
