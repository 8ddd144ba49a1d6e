//! Search over what notes say. The index is folded text in memory only: made by the first search after unlocking, kept up to
//! date, wiped by locking. Process notes are never in it.

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};
use zeroize::Zeroizing;

use super::lists::{self, MOST_ROWS};
use crate::{
    adapters::vault::opened::Opened,
    capabilities::storage::{StorageAnswer, StorageError},
    note::{
        Id, Words,
        record::{Addendum, Note},
        time::Millis,
    },
};

/// Appends text in lower case and without accents.
fn fold_into(text: &str, to: &mut Zeroizing<String>) {
    // Room first: growing character by character would leave copies of the text in freed memory.
    let room = if text.is_ascii() { text.len() } else { text.len() * 3 };
    if to.capacity() - to.len() < room + 1 {
        let mut grown = Zeroizing::new(String::with_capacity((to.len() + room + 1) * 2));
        grown.push_str(to);
        *to = grown;
    }
    if text.is_ascii() {
        text.bytes()
            .for_each(|byte| to.push(char::from(byte.to_ascii_lowercase())));
    } else {
        let folded = text.nfkd().filter(|letter| !is_combining_mark(*letter));
        folded.flat_map(char::to_lowercase).for_each(|letter| to.push(letter));
    }
    to.push('\n');
}

struct Entry {
    at: Millis,
    id: Id,
    text: Zeroizing<String>,
}

/// The folded text of every note, oldest first.
#[derive(Default)]
pub struct SearchIndex {
    entries: Vec<Entry>,
}

impl SearchIndex {
    /// Takes a note in.
    pub fn insert(&mut self, note: &Note, addenda: &[Addendum]) {
        let mut text = Zeroizing::new(String::new());
        fold_into(note.client.as_str(), &mut text);
        let sentences = note.sections.iter().flat_map(|section| &section.sentences);
        sentences.for_each(|sentence| fold_into(sentence.text.as_str(), &mut text));
        for addendum in addenda {
            fold_into(addendum.text.as_str(), &mut text);
        }
        let entry = Entry {
            at: note.approved_at,
            id: note.id,
            text,
        };
        let place = self.entries.partition_point(|it| (it.at, it.id) < (entry.at, entry.id));
        self.entries.insert(place, entry);
    }

    /// Adds the words of an addendum to its note.
    pub fn append(&mut self, addendum: &Addendum) {
        if let Some(entry) = self.entries.iter_mut().find(|it| it.id == addendum.note) {
            fold_into(addendum.text.as_str(), &mut entry.text);
        }
    }

    /// Forgets a note.
    pub fn remove(&mut self, id: Id) {
        self.entries.retain(|entry| entry.id != id);
    }

    /// Notes in which every word of the query occurs somewhere, newest first.
    pub fn find<'a>(&'a self, query: &str) -> impl Iterator<Item = Id> + use<'a> {
        let mut folded = Zeroizing::new(String::new());
        fold_into(query, &mut folded);
        let words: Vec<Zeroizing<String>> = folded
            .split_whitespace()
            .map(|word| Zeroizing::new(word.to_owned()))
            .collect();
        let holds = move |entry: &&Entry| words.iter().all(|word| entry.text.contains(word.as_str()));
        self.entries.iter().rev().filter(holds).map(|entry| entry.id)
    }
}

/// Opens every note once. A damaged note is not found; `Verify` reports it.
fn build(opened: &Opened) -> Result<SearchIndex, StorageError> {
    let sql = "SELECT n.id, k.wrapped, n.envelope, n.addenda FROM notes n JOIN record_keys k ON k.number = n.key
               ORDER BY n.approved_at, n.id";
    let mut select = opened.store.db().prepare_cached(sql)?;
    let mut found = select.query([])?;
    let mut index = SearchIndex::default();
    while let Some(row) = found.next()? {
        let id = row.get(0)?;
        let blob = |at: usize| {
            row.get_ref(at)
                .ok()
                .and_then(|it| it.as_blob().ok())
                .unwrap_or_default()
        };
        let Ok(note) = lists::open_note(opened, id, blob(1), blob(2)) else {
            continue;
        };
        let addenda = match row.get(3)? {
            0 => Vec::new(),
            _ => lists::addenda(opened, id).unwrap_or_default(),
        };
        index.insert(&note, &addenda);
    }
    Ok(index)
}

/// Searches. A blank query finds everything.
pub fn search(opened: &mut Opened, query: &Words, limit: u32) -> Result<StorageAnswer, StorageError> {
    opened.unlocked()?;
    opened.local()?;
    if opened.search.is_none() {
        opened.search = Some(build(opened)?);
    }
    let mut total = 0;
    let mut shown = Vec::new();
    for id in opened.search.iter().flat_map(|index| index.find(query.as_str())) {
        total += 1;
        if total <= limit.min(MOST_ROWS) {
            shown.push(id);
        }
    }
    let mut rows = Vec::with_capacity(shown.len());
    for id in shown {
        rows.extend(lists::line(opened, id)?);
    }
    Ok(StorageAnswer::Notes { rows, total })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folded(text: &str) -> String {
        let mut to = Zeroizing::new(String::new());
        fold_into(text, &mut to);
        to.trim_end().to_owned()
    }

    #[test]
    fn case_and_accents_are_folded() {
        assert_eq!(folded("Séance À Zürich"), "seance a zurich");
        assert_eq!(folded("ŽIŽKOV"), "zizkov");
        assert_eq!(folded("Grief"), "grief");
        assert_eq!(folded("Привет"), "привет");
    }
}
