//! Draws a page, and a question over it. Decides only where things go.

use ratatui::{
    Frame,
    layout::{Constraint, Layout, Rect},
    text::{Line, Span as Piece},
    widgets::Paragraph,
};
use unicode_width::UnicodeWidthStr as _;

mod question;

use super::{
    dialog::Dialog,
    editor::Editor,
    theme::Theme,
    wrap::{self, MEASURE},
};
use crate::page::{Act, Key, Page, Row, Tone};

/// What is drawn.
pub(super) struct Scene<'a> {
    pub page: &'a Page,
    pub at: usize,
    pub typing: Option<&'a Editor>,
    pub dialog: Option<&'a Dialog>,
    pub theme: Theme,
}

/// How far the rows are scrolled.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Scroll {
    /// First line shown.
    pub top: usize,
    /// Scrolled by hand: the cursor does not pull the page along.
    pub free: bool,
    /// Lines of the whole, and of the window, as they were last drawn.
    pub lines: usize,
    pub window: usize,
}

pub(super) fn scene(frame: &mut Frame, scene: &Scene, scroll: &mut Scroll) {
    let area = frame.area();
    frame.buffer_mut().set_style(area, scene.theme.screen());
    // A question has its own keys; those of the page wait.
    let mut help = help_lines(scene.page, usize::from(area.width), scene.theme);
    if scene.dialog.is_some() {
        help.fill(Line::default());
    }
    let said = notice_lines(scene, usize::from(area.width));
    let [head, body, note, foot] = Layout::vertical([
        Constraint::Length(2),
        Constraint::Min(1),
        Constraint::Length(count(said.len())),
        Constraint::Length(count(help.len())),
    ])
    .areas(area);
    frame.render_widget(title(scene), head);
    let covered = scene.dialog.is_some_and(|dialog| dialog.cover);
    if let Some(editor) = scene.typing.filter(|_| scene.page.editor) {
        field(frame, editor, inset(body), scene.dialog.is_none());
    } else if !covered {
        rows(frame, scene, body, scroll);
    }
    frame.render_widget(Paragraph::new(said), note);
    frame.render_widget(Paragraph::new(help), foot);
    if let Some(dialog) = scene.dialog {
        question::draw(frame, dialog, scene.theme);
    }
}

fn count(lines: usize) -> u16 {
    u16::try_from(lines).unwrap_or(u16::MAX)
}

fn inset(area: Rect) -> Rect {
    let width = area.width.saturating_sub(4).min(u16::try_from(MEASURE).unwrap_or(76));
    Rect {
        x: area.x + 2,
        width,
        ..area
    }
}

fn title<'a>(scene: &Scene) -> Paragraph<'a> {
    let mut pieces = vec![
        Piece::raw("  "),
        Piece::styled(scene.page.title.clone(), scene.theme.style(Tone::Strong)),
    ];
    if let Some(mark) = scene.page.mark {
        pieces.push(Piece::raw("  "));
        pieces.push(Piece::styled(format!("[{mark}]"), scene.theme.style(Tone::Mark)));
    }
    Paragraph::new(Line::from(pieces))
}

fn rows(frame: &mut Frame, scene: &Scene, area: Rect, scroll: &mut Scroll) {
    let mut area = area;
    if let Some(large) = scene.page.large.as_ref().filter(|_| area.height >= 14) {
        let [figures, rest] = Layout::vertical([Constraint::Length(6), Constraint::Min(1)]).areas(area);
        let lines: Vec<Line> = super::figures::large(large)
            .into_iter()
            .map(|line| Line::from(Piece::styled(format!("  {line}"), scene.theme.style(Tone::Accent))))
            .collect();
        frame.render_widget(Paragraph::new(lines), figures);
        area = rest;
    }
    let shown = wrap::rows(&scene.page.rows, usize::from(area.width), scene.at, scene.theme);
    let window = usize::from(area.height);
    scroll.lines = shown.len();
    scroll.window = window;
    let last_top = shown.len().saturating_sub(window);
    if !scroll.free {
        let first = shown.iter().position(|line| line.pick == Some(scene.at));
        let last = shown.iter().rposition(|line| line.pick == Some(scene.at));
        if let (Some(first), Some(last)) = (first, last) {
            // What belongs to a row, such as its source, follows it: show some of it too.
            let want = (last + 3).min(shown.len().saturating_sub(1));
            if scene.at == 0 && want < window {
                scroll.top = 0;
            } else if first < scroll.top {
                scroll.top = first.saturating_sub(2);
            } else if want >= scroll.top + window {
                scroll.top = (want + 1).saturating_sub(window).min(first);
            }
        }
    }
    scroll.top = scroll.top.min(last_top);
    let lines: Vec<Line> = shown
        .into_iter()
        .skip(scroll.top)
        .take(window)
        .map(|shown| shown.line)
        .collect();
    frame.render_widget(Paragraph::new(lines), area);
    if last_top > 0 && area.width > 0 {
        let sign = if scroll.top == 0 {
            "↓"
        } else if scroll.top == last_top {
            "↑"
        } else {
            "↕"
        };
        let place = Rect {
            x: area.right() - 1,
            y: area.bottom() - 1,
            width: 1,
            height: 1,
        };
        frame.render_widget(
            Paragraph::new(Piece::styled(sign, scene.theme.style(Tone::Quiet))),
            place,
        );
    }
}

fn field(frame: &mut Frame, editor: &Editor, area: Rect, focused: bool) {
    let lines = editor.lines(usize::from(area.width.max(1)));
    let (line, column) = editor.cursor(&lines);
    let window = usize::from(area.height.max(1));
    let top = line.saturating_sub(window - 1);
    let shown: Vec<Line> = lines
        .iter()
        .skip(top)
        .take(window)
        .map(|line| Line::raw(editor.text()[line.start..line.end].to_owned()))
        .collect();
    frame.render_widget(Paragraph::new(shown), area);
    if focused {
        frame.set_cursor_position((
            area.x + count(column).min(area.width.saturating_sub(1)),
            area.y + count(line - top),
        ));
    }
}

fn notice_lines<'a>(scene: &Scene, width: usize) -> Vec<Line<'a>> {
    let Some(notice) = &scene.page.notice else {
        return Vec::new();
    };
    let row = Row::new(format!("· {notice}"), Tone::Strong);
    wrap::rows(&[row], width, usize::MAX, scene.theme)
        .into_iter()
        .map(|shown| shown.line)
        .collect()
}

/// The acts in one or two lines; what does not fit is behind `?`.
fn help_lines<'a>(page: &Page, width: usize, theme: Theme) -> Vec<Line<'a>> {
    let acts: &[Act] = &page.acts;
    let mut lines = vec![Vec::new()];
    let mut used = 2;
    let mut seen: Vec<Key> = Vec::new();
    let shown = acts.iter().filter(|act| {
        act.key != Key::Char(' ')
            || acts
                .iter()
                .all(|other| other.key != Key::Enter || other.label != act.label)
    });
    for act in shown {
        if seen.contains(&act.key) {
            continue;
        }
        seen.push(act.key);
        let name = act.key.name();
        let wide = name.width() + act.label.width() + 3;
        let room = if lines.len() == 2 {
            width.saturating_sub(8)
        } else {
            width
        };
        if used + wide > room {
            if lines.len() == 2 {
                break;
            }
            lines.push(Vec::new());
            used = 2;
        }
        used += wide;
        if let Some(line) = lines.last_mut() {
            line.push(Piece::styled(name, theme.style(Tone::Accent)));
            line.push(Piece::styled(format!(" {}  ", act.label), theme.style(Tone::Quiet)));
        }
    }
    // In a field, a question mark is a question mark.
    if let Some(line) = lines.last_mut().filter(|_| !page.editor) {
        line.push(Piece::styled("?", theme.style(Tone::Accent)));
        line.push(Piece::styled(" help", theme.style(Tone::Quiet)));
    }
    let padded = lines.into_iter().map(|mut line| {
        line.insert(0, Piece::raw("  "));
        Line::from(line)
    });
    padded.collect()
}
