//! One thing said on the screen that is there.

use shared::view::keys::Notice;

use super::{failure, length};

/// What a notice says.
#[must_use]
pub fn notice(notice: &Notice) -> String {
    let many = |count: u32, one: &str, more: &str| {
        if count == 1 {
            one.to_owned()
        } else {
            format!("{count} {more}")
        }
    };
    match notice {
        Notice::MovedAside { file } => {
            format!("A damaged database was moved aside, to {file}. Nothing was deleted; a new one was made.")
        }
        Notice::RecordingSafe { audio_ms } => format!(
            "A recording was cut off. {} of your summary is safe.",
            length(*audio_ms)
        ),
        Notice::RecordingInterrupted => "The recording was interrupted. What you said is safe.".to_owned(),
        Notice::CapReached => {
            "The longest time was reached, and the recording stopped. What you said is safe.".to_owned()
        }
        Notice::RecordingDiskFull => "The disk is full, and the recording stopped. What you said is safe.".to_owned(),
        Notice::Approved { had_audio: true } => {
            "Signed. The recording, its transcript and the draft are destroyed.".to_owned()
        }
        Notice::Approved { had_audio: false } => "Signed. The transcript and the draft are destroyed.".to_owned(),
        Notice::Discarded => "Thrown away, and its key destroyed.".to_owned(),
        Notice::Expired { count } => format!(
            "{} reached the end of its time and is destroyed.",
            many(*count, "One unfinished summary", "unfinished summaries")
        )
        .replace(
            "summaries reached the end of its time and is",
            "summaries reached the end of their time and are",
        ),
        Notice::ExpiresSoon { count } => format!(
            "{} within two days.",
            many(
                *count,
                "One unfinished summary destroys itself",
                "unfinished summaries destroy themselves"
            )
        ),
        Notice::Copied { clear_after_s } => format!("Copied. The clipboard is cleared in {clear_after_s} s."),
        Notice::Exported => "Written.".to_owned(),
        Notice::Imported { taken, there: 0 } => format!("{} taken in.", many(*taken, "One note", "notes")),
        Notice::Imported { taken, there } => {
            format!("{} taken in; {there} there already.", many(*taken, "One note", "notes"))
        }
        Notice::SettingsSaved => "Saved.".to_owned(),
        Notice::PasscodeSet => "Done. It counts from the next unlock on.".to_owned(),
        Notice::TranscriptionStopped => "Stopped. The recording is safe.".to_owned(),
        Notice::ModelReady => "The speech model is ready.".to_owned(),
        Notice::Failed { key } => failure(*key).to_owned(),
        Notice::RetentionDuty => {
            "Records often must be kept for years. Say that you considered this before you delete the note.".to_owned()
        }
        Notice::Held => "This note is on hold. Release it first.".to_owned(),
        Notice::NothingToApprove => "The draft is empty. Add a sentence first.".to_owned(),
        Notice::NoPrivateNote => "There is no private note of this session.".to_owned(),
        Notice::PrivateDeleted => "The private note is deleted, its key first.".to_owned(),
        Notice::AddendumKept => "The addendum is kept.".to_owned(),
    }
}
