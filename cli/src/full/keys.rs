//! Keys of a keyboard: as acts of a page, and as editing.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use super::editor::Editor;
use crate::page::Key;

/// The key of an act, if it can be one.
pub(super) fn named(key: KeyEvent) -> Option<Key> {
    let control = key.modifiers.contains(KeyModifiers::CONTROL);
    let shift = key.modifiers.contains(KeyModifiers::SHIFT);
    Some(match key.code {
        KeyCode::Char(c) if control => Key::Ctrl(c.to_ascii_lowercase()),
        KeyCode::Char(c) if !key.modifiers.contains(KeyModifiers::ALT) => Key::Char(c),
        KeyCode::Enter => Key::Enter,
        KeyCode::Esc => Key::Esc,
        KeyCode::Up if shift => Key::ShiftUp,
        KeyCode::Down if shift => Key::ShiftDown,
        _ => return None,
    })
}

/// A key in a field of `width` columns.
pub(super) fn edit(editor: &mut Editor, key: KeyEvent, width: usize) {
    let word = key.modifiers.intersects(KeyModifiers::CONTROL | KeyModifiers::ALT);
    let control = key.modifiers.contains(KeyModifiers::CONTROL);
    match key.code {
        KeyCode::Left if word => editor.word_left(),
        KeyCode::Right if word => editor.word_right(),
        KeyCode::Left => editor.left(),
        KeyCode::Right => editor.right(),
        KeyCode::Up => editor.vertical(-1, width),
        KeyCode::Down => editor.vertical(1, width),
        KeyCode::PageUp => editor.vertical(-10, width),
        KeyCode::PageDown => editor.vertical(10, width),
        KeyCode::Home => editor.home(),
        KeyCode::End => editor.end(),
        KeyCode::Backspace if word => editor.delete_word(),
        KeyCode::Backspace => editor.backspace(),
        KeyCode::Delete => editor.delete(),
        KeyCode::Char('a') if control => editor.home(),
        KeyCode::Char('e') if control => editor.end(),
        KeyCode::Char('w') if control => editor.delete_word(),
        KeyCode::Char('u') if control => editor.delete_to_start(),
        KeyCode::Char('k') if control => editor.delete_to_end(),
        KeyCode::Char('b') if word && !control => editor.word_left(),
        KeyCode::Char('f') if word && !control => editor.word_right(),
        KeyCode::Char(c) if !word => editor.insert(c.encode_utf8(&mut [0; 4])),
        KeyCode::Enter => editor.insert("\n"),
        KeyCode::Tab => editor.insert("    "),
        _ => {}
    }
}
