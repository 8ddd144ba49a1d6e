//! The content hash of a note: what a signature would cover. Anyone can compute it from an export.

use ring::digest::{Context, SHA256};

use super::record::Note;

/// First bytes hashed, so that the hash of a note can never be the hash of something else.
const DOMAIN: &[u8] = b"afterword/1/note\0";

/// SHA-256 over `afterword/1/note`, a zero byte, and the note as compact JSON with `content_hash` empty; 64 lower-case hex digits.
///
/// The JSON is that of an export: fields in the order of the format, no white space, characters above ASCII as they are.
///
/// # Panics
/// Never: a note has no value without a JSON form.
#[must_use]
pub fn content_hash(note: &Note) -> String {
    let bare = Note {
        content_hash: String::new(),
        ..note.clone()
    };
    let json = zeroize::Zeroizing::new(serde_json::to_vec(&bare).expect("every field of a note has a JSON form"));
    let mut context = Context::new(&SHA256);
    context.update(DOMAIN);
    context.update(&json);
    context
        .finish()
        .as_ref()
        .iter()
        .fold(String::with_capacity(64), |mut hex, byte| {
            use std::fmt::Write as _;
            write!(hex, "{byte:02x}").expect("writing to a string cannot fail");
            hex
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::note::{Id, draft::Format, time::Millis};

    fn note() -> Note {
        Note {
            id: Id::from_bytes([1; 16]),
            client: "0417".into(),
            author: "R. Okafor".into(),
            session_at: Millis(1),
            approved_at: Millis(2),
            format: Format::Soap,
            sections: vec![],
            facts: vec![],
            risk: vec![],
            left_out: vec![],
            content_hash: String::new(),
        }
    }

    #[test]
    fn the_hash_covers_everything_but_itself() {
        let hash = content_hash(&note());
        assert_eq!(hash.len(), 64);
        assert_eq!(
            content_hash(&Note {
                content_hash: hash.clone(),
                ..note()
            }),
            hash
        );
        assert_ne!(
            content_hash(&Note {
                client: "0418".into(),
                ..note()
            }),
            hash
        );
        assert_ne!(
            content_hash(&Note {
                approved_at: Millis(3),
                ..note()
            }),
            hash
        );
    }

    /// A permanent vector: this must never change, or signed notes would no longer match their hashes.
    #[test]
    fn the_hash_is_the_same_for_ever() {
        assert_eq!(
            content_hash(&note()),
            "f2a741d1c2fe37557749d1f6f6e2edc623ba7261e48bb1fbfa624ef865c85c27"
        );
    }
}
