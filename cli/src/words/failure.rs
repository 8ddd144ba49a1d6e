//! Why something did not happen, and the one next step.

use shared::view::keys::{FailureKey, NextStep};

/// What happened, in one line.
#[must_use]
pub const fn failure(key: FailureKey) -> &'static str {
    match key {
        FailureKey::VaultInUse => "Another Afterword has this vault open. Close it there first.",
        FailureKey::VaultNewer => "This vault was written by a newer Afterword. Update this one to open it.",
        FailureKey::FolderReadOnly => "The vault's folder cannot be written.",
        FailureKey::DiskFull => "The disk is full. What was there is safe; free some space and try again.",
        FailureKey::VaultDamaged => "Part of the vault is damaged. Nothing was deleted.",
        FailureKey::LocalKeyLost => {
            "The key of this device is gone, and without it this vault stays closed. An export you made can be imported into a new vault."
        }
        FailureKey::FolderFailed => "The vault's folder did not answer as it should. Nothing was deleted.",
        FailureKey::KeysRefused => "The key store refused. Nothing was changed.",
        FailureKey::NoMicrophone => "There is no microphone here. You can type your summary instead.",
        FailureKey::MicrophoneDenied => "The microphone may not be used. You can type your summary instead.",
        FailureKey::NoSpeechModel => {
            "There is no speech model here yet. The recording is safe; get a model with: afterword models fetch tiny.en-q8_0"
        }
        FailureKey::SpeechModelDamaged => "The speech model is damaged. The recording is safe; get the model again.",
        FailureKey::NothingRecorded => "Nothing was recorded.",
        FailureKey::NoSpeech => "No speech was heard. The recording is still there.",
        FailureKey::FileUnreadable => "The file cannot be read.",
        FailureKey::FileNotAudio => "This is not an audio file that Afterword can read.",
        FailureKey::FileDamaged => "The file is damaged.",
        FailureKey::RecordingTooLong => "The recording is longer than the limit for a summary.",
        FailureKey::TextTooLong => "The text is longer than a summary can be (50,000 characters).",
        FailureKey::NothingToFile => "There was nothing to file. Your words are kept as they are.",
        FailureKey::OtherLanguage => "I can file English so far. Your words are kept as they are.",
        FailureKey::SpeechFailed => "Transcribing did not work. The recording is safe.",
        FailureKey::DownloadInterrupted => {
            "The download did not finish. What came is kept, and a new try goes on from there."
        }
        FailureKey::DownloadWrong => "The download was not the right file and was deleted.",
        FailureKey::Gone => "It is not there any more.",
        FailureKey::NotAnExport => "This file is not an Afterword export.",
        FailureKey::ExportChanged => "A note in this file was changed after it was signed.",
        FailureKey::ExportNewer => "This file was written by a newer Afterword. Update this one to read it.",
        FailureKey::DocumentNotPossible => "This kind of document cannot be made from that.",
        FailureKey::NotWritten => "It could not be written. Nothing was lost.",
        FailureKey::VaultLocked => "The vault is locked.",
    }
}

/// The label of the one next step.
#[must_use]
pub const fn next_step(step: NextStep) -> &'static str {
    match step {
        NextStep::Back => "go back",
        NextStep::Resume => "go on speaking",
        NextStep::Transcribe => "transcribe",
        NextStep::Retry => "try again",
        NextStep::TypeInstead => "type instead",
        NextStep::GetModel => "get a speech model",
        NextStep::Review => "open the draft",
        NextStep::Unlock => "unlock",
        NextStep::Close => "close",
    }
}
