//! A question over the page.

use ratatui::{
    Frame,
    layout::{Constraint, Flex, Layout, Rect},
    text::{Line, Span as Piece},
    widgets::{Block, BorderType, Clear, Padding, Paragraph},
};
use unicode_width::UnicodeWidthStr as _;

use super::{
    super::{
        dialog::{Dialog, Field, Kind},
        theme::Theme,
        wrap,
    },
    count, field,
};
use crate::page::{Row, Step, Tone};

pub(super) fn draw(frame: &mut Frame, dialog: &Dialog, theme: Theme) {
    let area = frame.area();
    let width = area.width.saturating_sub(4).min(72);
    let inner = usize::from(width.saturating_sub(4));
    let tall = area.height.saturating_sub(2);
    let (lines, foot) = match &dialog.kind {
        Kind::Text(field) => (Vec::new(), field_help(field)),
        Kind::Choose { options, at } => {
            let window = usize::from(tall.saturating_sub(4)).max(1);
            let top = (*at + 1).saturating_sub(window);
            (
                choices(options, *at, inner, theme)
                    .into_iter()
                    .skip(top)
                    .take(window)
                    .collect(),
                "Enter choose  Esc no".to_owned(),
            )
        }
        Kind::Confirm { lines, yes, .. } => (read(lines, inner, theme), format!("y {yes}  Esc no")),
        Kind::Tell { lines, scroll } => (
            read(lines, inner, theme).into_iter().skip(*scroll).collect(),
            "Esc close  ↑↓ read on".to_owned(),
        ),
    };
    let text_height = match &dialog.kind {
        Kind::Text(field) if field.lines => (area.height / 2).clamp(4, 12),
        Kind::Text(_) => 3,
        _ => count(lines.len()),
    };
    let height = (text_height + 4).min(tall);
    let [row] = Layout::vertical([Constraint::Length(height)])
        .flex(Flex::Center)
        .areas(area);
    let [place] = Layout::horizontal([Constraint::Length(width)])
        .flex(Flex::Center)
        .areas(row);
    frame.render_widget(Clear, place);
    frame.buffer_mut().set_style(place, theme.surface());
    let block = Block::bordered()
        .border_type(BorderType::Rounded)
        .border_style(theme.style(Tone::Quiet))
        .padding(Padding::horizontal(1))
        .title(Piece::styled(format!(" {} ", dialog.title), theme.style(Tone::Strong)));
    let content = block.inner(place);
    frame.render_widget(block, place);
    let [body, _, foot_area] =
        Layout::vertical([Constraint::Min(1), Constraint::Length(1), Constraint::Length(1)]).areas(content);
    if let Kind::Text(text) = &dialog.kind {
        text_field(frame, text, body, theme);
    } else {
        frame.render_widget(Paragraph::new(lines), body);
    }
    frame.render_widget(
        Paragraph::new(Piece::styled(foot, theme.style(Tone::Accent))),
        foot_area,
    );
}

fn field_help(field: &Field) -> String {
    match (field.leaving, field.lines) {
        (true, _) => "Esc again drops what you changed; any other key goes on".to_owned(),
        (false, true) => "Enter done  Alt-Enter new line  Esc no".to_owned(),
        (false, false) => "Enter done  Esc no".to_owned(),
    }
}

fn text_field(frame: &mut Frame, text: &Field, area: Rect, theme: Theme) {
    let hint = u16::from(!text.hint.is_empty());
    let [hint_area, area] = Layout::vertical([Constraint::Length(hint), Constraint::Min(1)]).areas(area);
    frame.render_widget(
        Paragraph::new(Piece::styled(text.hint.clone(), theme.style(Tone::Quiet))),
        hint_area,
    );
    if text.secret {
        let dots = "•".repeat(
            text.editor
                .text()
                .chars()
                .count()
                .min(usize::from(area.width.saturating_sub(1))),
        );
        let column = count(dots.width());
        frame.render_widget(Paragraph::new(dots), area);
        frame.set_cursor_position((area.x + column, area.y));
    } else {
        field(frame, &text.editor, area, true);
    }
}

fn choices<'a>(options: &[(String, Step)], at: usize, width: usize, theme: Theme) -> Vec<Line<'a>> {
    let row = |(number, (label, _)): (usize, &(String, Step))| {
        let mark = if number == at { "▌ " } else { "  " };
        let digit = if number < 9 {
            format!("{} ", number + 1)
        } else {
            "  ".to_owned()
        };
        let style = if number == at {
            theme.style(Tone::Ink).patch(theme.picked())
        } else {
            theme.style(Tone::Ink)
        };
        let room = width.saturating_sub(4);
        let label = if label.width() > room {
            format!("{}…", label.chars().take(room.saturating_sub(1)).collect::<String>())
        } else {
            label.clone()
        };
        Line::from(vec![
            Piece::styled(mark, theme.cursor()),
            Piece::styled(digit, theme.style(Tone::Quiet)),
            Piece::styled(label, style),
        ])
    };
    options.iter().enumerate().map(row).collect()
}

fn read<'a>(lines: &[String], width: usize, theme: Theme) -> Vec<Line<'a>> {
    let rows: Vec<Row> = lines.iter().map(|line| Row::new(line.as_str(), Tone::Ink)).collect();
    wrap::rows(&rows, width, usize::MAX, theme)
        .into_iter()
        .map(|shown| shown.line)
        .collect()
}
