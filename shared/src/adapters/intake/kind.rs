//! Tells audio files from others by their first bytes. A name is not believed.

/// Bytes that [`extension`] wants to see.
pub const HEAD_BYTES: usize = 12;

/// The usual extension for a file that begins so; `None` when it is no kind of audio known here.
pub fn extension(head: &[u8]) -> Option<&'static str> {
    match head {
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'A', b'V', b'E'] => Some("wav"),
        [_, _, _, _, b'f', b't', b'y', b'p', ..] => Some("m4a"),
        [b'O', b'g', b'g', b'S', ..] => Some("ogg"),
        [0x1A, 0x45, 0xDF, 0xA3, ..] => Some("mkv"),
        [b'I', b'D', b'3', ..] => Some("mp3"),
        [0xFF, second, ..] if second & 0xF6 == 0xF0 => Some("aac"),
        [0xFF, second, ..] if is_layer_three(*second) => Some("mp3"),
        _ => None,
    }
}

/// Eleven bits of sync, a version that exists, layer III.
const fn is_layer_three(second: u8) -> bool {
    second & 0xE0 == 0xE0 && (second >> 3) & 3 != 1 && (second >> 1) & 3 == 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_kinds_are_told_by_their_first_bytes() {
        assert_eq!(extension(b"RIFF\x24\x08\0\0WAVE"), Some("wav"));
        assert_eq!(extension(b"\0\0\0\x1cftypM4A "), Some("m4a"));
        assert_eq!(extension(&[0xFF, 0xFB, 0x90, 0x64]), Some("mp3"));
        assert_eq!(extension(&[0xFF, 0xF1, 0x50, 0x80]), Some("aac"));
    }

    #[test]
    fn pictures_texts_and_short_files_are_no_audio() {
        for head in [
            &b"\xFF\xD8\xFF\xE0\0\x10JFIF\0\x01"[..],
            b"\xFF\xFEC\0l\0i\0",
            b"%PDF-1.7",
            b"RIFF",
            b"\xFF",
            b"",
        ] {
            assert_eq!(extension(head), None);
        }
    }
}
