//! Named view models: every main state of every screen, clearly fictional, for previews and snapshots in all shells.

mod notes;

use crate::{
    capabilities::{documents::DocumentKind, vault::VerifyReport},
    note::{
        Id, Words,
        capture::{CaptureSource, CaptureState},
        record::{AuditLine, DeletionReceipt, Settings},
        time::{DAY, HOUR, MINUTE, Millis},
    },
    view::{
        ViewModel,
        home::{CaptureRow, DeletedView, FailedView, HomeView, next_step},
        keys::{Failure, FailureKey, NextStep, Notice},
        notes::{ExportView, NotesView},
        open::{RecoveryWordsView, UnlockView, WelcomeView},
        record::{CaptureView, TranscribingView, TypingView},
        settings::{self, AuditView, ModelRow, SettingsView, VerifyView},
    },
};

/// The moment all samples share: 2027-01-15T16:40:00Z.
pub const NOW: Millis = Millis(1_800_031_200_000);

fn id(number: u8) -> Id {
    Id::from_bytes([number; 16])
}

/// All samples, each with its name. A name is stable: snapshots and previews are called after it.
#[must_use]
pub fn all() -> Vec<(&'static str, ViewModel)> {
    let mut all = vec![
        ("starting", ViewModel::Starting),
        (
            "welcome",
            ViewModel::Welcome(WelcomeView {
                refused_age: false,
                working: false,
            }),
        ),
        (
            "welcome_too_young",
            ViewModel::Welcome(WelcomeView {
                refused_age: true,
                working: false,
            }),
        ),
        ("recovery_words", ViewModel::RecoveryWords(recovery_words())),
        ("unlock", ViewModel::Unlock(unlock())),
        (
            "unlock_waiting",
            ViewModel::Unlock(UnlockView {
                tries: 5,
                wait_ms: 5 * MINUTE,
                refused: true,
                ..unlock()
            }),
        ),
        (
            "home_empty",
            ViewModel::Home(HomeView {
                queue: vec![],
                recent: vec![],
                total_notes: 0,
                notice: None,
                ..home()
            }),
        ),
        ("home", ViewModel::Home(home())),
        (
            "home_without_model",
            ViewModel::Home(HomeView {
                can_transcribe: false,
                ..home()
            }),
        ),
        ("capture", ViewModel::Capture(capture())),
        (
            "capture_cue",
            ViewModel::Capture(CaptureView {
                level: 3,
                cue: Some("risk".into()),
                ..capture()
            }),
        ),
        (
            "capture_paused_locked",
            ViewModel::Capture(CaptureView {
                paused: true,
                locked: true,
                level: 0,
                ..capture()
            }),
        ),
        ("typing", ViewModel::Typing(TypingView { characters_max: 50_000 })),
        ("transcribing", ViewModel::Transcribing(transcribing())),
        (
            "drafting",
            ViewModel::Transcribing(TranscribingView {
                percent: 100,
                audio_deleted: true,
                ..transcribing()
            }),
        ),
    ];
    all.extend(notes::reviews());
    all.extend(notes::notes());
    all.extend(rest());
    all
}

/// The sample of this name.
#[must_use]
pub fn sample(name: &str) -> Option<ViewModel> {
    all()
        .into_iter()
        .find(|(known, _)| *known == name)
        .map(|(_, view)| view)
}

fn rest() -> Vec<(&'static str, ViewModel)> {
    let failed = |key, next| {
        ViewModel::Failed(FailedView {
            failure: Failure {
                key,
                capture: Some(id(1)),
                next,
            },
        })
    };
    vec![
        (
            "notes_empty",
            ViewModel::Notes(NotesView {
                rows: vec![],
                offset: 0,
                total: 0,
                query: Words::default(),
                notice: None,
            }),
        ),
        ("export", ViewModel::Export(export())),
        ("settings", ViewModel::Settings(Box::new(settings_view()))),
        (
            "audit",
            ViewModel::Audit(AuditView {
                lines: audit_lines(),
                total: 3,
            }),
        ),
        (
            "deleted",
            ViewModel::Deleted(DeletedView {
                receipts: vec![receipt()],
                total: 1,
            }),
        ),
        ("limits", ViewModel::Limits(settings::limits())),
        ("samples", ViewModel::Samples(settings::samples())),
        ("failed_no_speech", failed(FailureKey::NoSpeech, NextStep::Retry)),
        (
            "failed_no_microphone",
            failed(FailureKey::NoMicrophone, NextStep::TypeInstead),
        ),
        ("failed_no_model", failed(FailureKey::NoSpeechModel, NextStep::GetModel)),
        ("failed_vault_newer", failed(FailureKey::VaultNewer, NextStep::Close)),
    ]
}

fn recovery_words() -> RecoveryWordsView {
    // The all-zero test vector of BIP 39; opens nothing.
    let mut words = vec![Words::from("abandon"); 23];
    words.push("art".into());
    RecoveryWordsView {
        words,
        asked: vec![3, 11, 20],
        wrong: false,
    }
}

fn unlock() -> UnlockView {
    UnlockView {
        passcode: true,
        device: false,
        tries: 0,
        wait_ms: 0,
        refused: false,
        bad_words: false,
        working: false,
        can_record: true,
        recording_waits: true,
    }
}

fn row(number: u8, state: CaptureState, audio_ms: u64, expires_in_ms: i64) -> CaptureRow {
    CaptureRow {
        id: id(number),
        state,
        source: if audio_ms == 0 {
            CaptureSource::Typed
        } else {
            CaptureSource::Spoken
        },
        started_at: NOW.plus(-2 * HOUR),
        audio_ms,
        expires_in_ms,
        next: next_step(state),
    }
}

fn home() -> HomeView {
    HomeView {
        queue: vec![
            row(1, CaptureState::Interrupted, 48_000, 22 * HOUR),
            row(2, CaptureState::InReview, 0, 2 * DAY - HOUR),
        ],
        recent: notes::rows(),
        total_notes: 128,
        can_transcribe: true,
        cap_ms: 180_000,
        notice: Some(Notice::RecordingSafe { audio_ms: 48_000 }),
    }
}

fn capture() -> CaptureView {
    CaptureView {
        elapsed_ms: 47_000,
        cap_ms: 180_000,
        level: 62,
        paused: false,
        cue: None,
        locked: false,
    }
}

fn transcribing() -> TranscribingView {
    TranscribingView {
        percent: 58,
        text: "Client discussed work stress and difficulty sleeping. We practiced grounding".into(),
        audio_ms: 47_000,
        audio_deleted: false,
    }
}

fn export() -> ExportView {
    let preview = "PROGRESS NOTE (SOAP)\n\nSubjective\nClient discussed work stress.\n";
    ExportView {
        kind: DocumentKind::Text,
        name: "afterword-note-2027-01-15.txt".to_owned(),
        size_bytes: preview.len() as u64,
        preview: preview.into(),
        cut: false,
        is_draft: false,
    }
}

fn settings_view() -> SettingsView {
    let report = VerifyReport::default();
    SettingsView {
        settings: Settings::default(),
        models: vec![
            ModelRow {
                name: "tiny.en-q8_0".into(),
                size_bytes: 43_550_000,
                here: true,
                in_use: true,
            },
            ModelRow {
                name: "base.en-q8_0".into(),
                size_bytes: 81_780_000,
                here: false,
                in_use: false,
            },
        ],
        fetching: Some(37),
        passcode: true,
        not_understood: vec!["Make it rhyme".into()],
        verified: Some(VerifyView {
            opened: 131,
            damaged: report.damaged,
            orphans: report.orphans,
            deleted_confirmed: 17,
            deleted_alive: 0,
            audit_lines: 212,
            audit_unbroken: true,
            plaintext_found: 0,
        }),
        notice: None,
    }
}

fn audit_lines() -> Vec<AuditLine> {
    let line = |number, act: &str, detail: &str| AuditLine {
        number,
        at: NOW.plus(i64::try_from(number).unwrap_or(0) * MINUTE),
        act: act.to_owned(),
        id: Some(id(1)),
        detail: detail.to_owned(),
        hash: "5e884898da28047151d0e56f8dc6292773603d0d6aabbdd62a11ef721d1542d8".to_owned(),
    };
    vec![
        line(3, "approved", "soap"),
        line(2, "transcribed", ""),
        line(1, "vault_created", ""),
    ]
}

fn receipt() -> DeletionReceipt {
    DeletionReceipt {
        what: "note".to_owned(),
        id: id(3),
        deleted_at: NOW,
        key_fingerprint: "9f86d081884c7d65".to_owned(),
        local_key_epoch: 18,
        why: "deleted".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn every_sample_has_a_name_of_its_own_and_reads_back_from_its_bytes() {
        let all = all();
        let names: HashSet<_> = all.iter().map(|(name, _)| *name).collect();
        assert_eq!(names.len(), all.len());
        for (name, view) in all {
            let json = serde_json::to_string(&view).unwrap();
            assert_eq!(serde_json::from_str::<ViewModel>(&json).unwrap(), view, "{name}");
        }
        assert_eq!(sample("no such"), None);
    }

    #[test]
    fn every_screen_has_a_sample() {
        let seen: HashSet<_> = all().iter().map(|(_, view)| std::mem::discriminant(view)).collect();
        // Starting to Failed: the variants of `ViewModel`.
        assert_eq!(seen.len(), 18);
    }
}
