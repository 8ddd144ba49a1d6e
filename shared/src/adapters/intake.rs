//! Reads one's own dictated memo from a file into 16 kHz mono samples.
//!
//! The file is decoded as a stream: it is never read whole, nothing is written anywhere, and a long recording is refused as
//! soon as the cap is passed. What a file says about its own length is not believed. A recording that ends early keeps what
//! could be decoded, from one second on.

mod decode;
mod kind;
mod resample;

use std::{
    fs::File,
    io::Read,
    panic::{AssertUnwindSafe, catch_unwind},
    path::Path,
};

use self::decode::{Decoded, decode};
use crate::{
    capabilities::speech::SpeechError,
    note::{Pcm, SAMPLE_RATE_HZ},
};

/// No summary is longer than this, whatever the caller says.
pub const LONGEST_MS: u64 = 300_000;

/// Silence that codecs add at the ends, and that must not make a recording of exactly the cap too long.
const CODEC_PADDING_MS: u64 = 100;

/// The shortest remainder of a damaged file worth keeping.
const SHORTEST_REMAINDER_MS: u64 = 1_000;

/// Reads the audio file at `path`, of at most `cap_ms` milliseconds and never more than [`LONGEST_MS`].
///
/// # Errors
/// `Unreadable`, `NotAudio`, `Damaged`, `TooLong` or `Empty`, as [`SpeechError`] describes them.
pub fn intake(path: &Path, cap_ms: u64) -> Result<Pcm, SpeechError> {
    let mut file = File::open(path).map_err(|_| SpeechError::Unreadable)?;
    let about = file.metadata().map_err(|_| SpeechError::Unreadable)?;
    if !about.is_file() {
        return Err(SpeechError::Unreadable);
    }
    if about.len() == 0 {
        return Err(SpeechError::Empty);
    }
    let mut head = Vec::with_capacity(kind::HEAD_BYTES);
    Read::by_ref(&mut file)
        .take(kind::HEAD_BYTES as u64)
        .read_to_end(&mut head)
        .map_err(|_| SpeechError::Unreadable)?;
    let extension = kind::extension(&head).ok_or(SpeechError::NotAudio)?;

    let most = samples(cap_ms.min(LONGEST_MS));
    let refuse_above = most + samples(CODEC_PADDING_MS);
    // a decoder that panics on a damaged file must not take the app with it
    let Decoded { mut pcm, damaged } = catch_unwind(AssertUnwindSafe(|| decode(file, extension, refuse_above)))
        .unwrap_or(Err(SpeechError::Damaged))?;
    if damaged && pcm.duration_ms() < SHORTEST_REMAINDER_MS {
        return Err(SpeechError::Damaged);
    }
    if pcm.0.is_empty() {
        return Err(SpeechError::Empty);
    }
    pcm.0.truncate(most);
    Ok(pcm)
}

/// Samples in so many milliseconds.
fn samples(ms: u64) -> usize {
    usize::try_from(ms * u64::from(SAMPLE_RATE_HZ) / 1000).unwrap_or(usize::MAX)
}

#[cfg(test)]
mod tests;
