//! Speech to text, intake of audio files, and the speech models on this device.

use std::path::PathBuf;

use crux_core::capability::Operation;

use crate::note::{Pcm, Words, capture::Transcript};

/// What to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SpeechOperation {
    /// Reads an audio file into 16 kHz mono samples.
    Intake {
        /// The file: wav, m4a, aac, mp3, ogg (opus or vorbis), webm.
        path: PathBuf,
        /// Longest audio accepted, in milliseconds.
        cap_ms: u64,
    },
    /// Transcribes. Streams [`SpeechAnswer::Progress`] until one other answer ends it.
    Transcribe {
        /// The summary as spoken.
        pcm: Pcm,
        /// The person's own words, names and abbreviations.
        vocabulary: Vec<Words>,
        /// Name of the model; empty for the default.
        model: String,
    },
    /// Stops a running transcription. Answers at once; the encoder may run on unseen.
    Cancel,
    /// Lists the models known, and which of them are here.
    Models,
    /// Downloads a model, streaming [`SpeechAnswer::Progress`]; resumes a partial file.
    FetchModel {
        /// Its name.
        name: String,
    },
    /// Deletes a model's file.
    DeleteModel {
        /// Its name.
        name: String,
    },
}

/// A speech model.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ModelInfo {
    /// Its name, such as `tiny.en-q8_0`.
    pub name: String,
    /// Size of the file in bytes.
    pub size_bytes: u64,
    /// Whether the file is here and its hash is right.
    pub here: bool,
    /// Bytes of a partial download.
    pub partial_bytes: u64,
}

/// Why speech could not be turned into text. The audio is untouched.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SpeechError {
    /// The file does not exist or cannot be read.
    #[error("the file cannot be read")]
    Unreadable,
    /// The file is not audio of a known kind.
    #[error("this is not an audio file of a known kind")]
    NotAudio,
    /// The file ends early or is damaged; nothing could be decoded.
    #[error("the audio file is damaged")]
    Damaged,
    /// The audio is longer than the cap.
    #[error("the recording is longer than the limit")]
    TooLong,
    /// There is no sound in it at all.
    #[error("the recording is empty")]
    Empty,
    /// Only silence or noise: no speech was heard.
    #[error("no speech was heard")]
    NoSpeech,
    /// There is no speech model here.
    #[error("no speech model is installed")]
    NoModel,
    /// The model's file is damaged or of another kind.
    #[error("the speech model is damaged")]
    BadModel,
    /// The person cancelled.
    #[error("cancelled")]
    Cancelled,
    /// The server could not be reached, or cut the download; what came is kept for a later try.
    #[error("the download did not finish")]
    Interrupted,
    /// What was downloaded is not the model; it was deleted.
    #[error("the download was not the expected file and was deleted")]
    WrongFile,
    /// The disk is full.
    #[error("the disk is full")]
    Full,
    /// The engine failed.
    #[error("the speech engine failed")]
    Engine,
}

/// The outcome.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SpeechAnswer {
    /// Samples of a file.
    Pcm(Pcm),
    /// How far it is, and the words so far.
    Progress {
        /// 0 to 100.
        percent: u8,
        /// Words recognised so far.
        text: Words,
    },
    /// The whole transcript.
    Transcript(Transcript),
    /// The models.
    Models(Vec<ModelInfo>),
    /// Done.
    Done,
    /// It failed.
    Failed(SpeechError),
}

impl Operation for SpeechOperation {
    type Output = SpeechAnswer;
}
