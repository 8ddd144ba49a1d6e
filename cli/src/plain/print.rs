//! A page as numbered lines.

use shared::view::ViewModel;

use super::{Plain, name};
use crate::{output::write, page::Page};

impl Plain {
    /// The page, numbered; nothing when it says what it said before.
    pub(super) fn print(&mut self, page: &Page, view: &ViewModel) {
        let mark = page.mark.map_or_else(String::new, |mark| format!(" [{mark}]"));
        let mut lines = vec![String::new(), format!("== {}{mark}", page.title)];
        let mut number = 0;
        for row in &page.rows {
            let text = row.text();
            if row.pick.is_some() {
                number += 1;
                lines.push(format!("{number}. {}", text.trim()));
            } else if !text.trim().is_empty() && !text.contains(['█', '░']) {
                lines.push(text.trim_end().to_owned());
            }
        }
        lines.extend(page.notice.as_ref().map(|notice| format!("Note: {notice}")));
        let acts: Vec<String> = page
            .acts
            .iter()
            .map(|act| format!("{} {}", name(act.key), act.label))
            .collect();
        if !acts.is_empty() {
            lines.push(format!("[{}; ? help]", acts.join("; ")));
        }
        let out = format!("{}\n", lines.join("\n"));
        // A timer that runs is no news.
        let live = matches!(view, ViewModel::Capture(_) | ViewModel::Transcribing(_));
        let same_screen = self.printed.lines().nth(1) == out.lines().nth(1);
        if out != self.printed && !(live && same_screen) {
            write(out.as_bytes());
        }
        self.printed = out;
    }
}
