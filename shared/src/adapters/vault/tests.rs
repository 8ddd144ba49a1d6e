//! What the vault promises, through its two doors only. `Bench` is a person with a device: folder, key store, recovery words.

mod crashing;
mod destroying;
mod folder;
mod opening;
mod record;
mod verifying;
mod workbench;

use tempfile::TempDir;

use super::{VaultAdapter, VaultOptions};
use crate::{
    capabilities::{
        storage::{AuditEntry, StorageAnswer, StorageError, StorageOperation},
        vault::{LocalKey, UnlockWith, VaultAnswer, VaultError, VaultOperation},
    },
    note::{
        Id, Pcm, Secret, Words,
        capture::{Capture, CaptureSource, CaptureState, Review, Transcript},
        draft::{Format, Section, Sentence},
        record::{Addendum, Note, NoteRow, ProcessNote},
        time::{HOUR, Millis},
    },
};

pub const NOW: Millis = Millis(1_700_000_000_000);

pub fn id(number: u8) -> Id {
    Id::from_bytes([number; 16])
}

pub fn local_key(epoch: u32) -> LocalKey {
    LocalKey {
        epoch,
        key: Secret::new(vec![u8::try_from(epoch % 251).unwrap() + 1; 32]),
    }
}

pub fn entry(act: &'static str) -> AuditEntry {
    AuditEntry {
        at: NOW,
        act,
        id: None,
        detail: String::new(),
    }
}

pub fn capture(number: u8) -> Capture {
    Capture {
        id: id(number),
        state: CaptureState::Recording,
        source: CaptureSource::Spoken,
        started_at: NOW,
        expires_at: NOW.plus(24 * HOUR),
        audio_ms: 0,
    }
}

pub fn transcript(text: &str) -> Transcript {
    Transcript {
        text: text.into(),
        ..Transcript::default()
    }
}

pub fn review(client: &str) -> Review {
    Review {
        client: client.into(),
        ..Review::default()
    }
}

pub fn note(number: u8, text: &str) -> Note {
    let sentence = Sentence {
        text: text.into(),
        facts: Vec::new(),
        rule: "typed".to_owned(),
        edited: true,
    };
    Note {
        id: id(number),
        client: "J. D.".into(),
        author: "Dr. Test".into(),
        session_at: NOW,
        approved_at: NOW.plus(i64::from(number)),
        format: Format::Soap,
        sections: vec![Section {
            key: "subjective".to_owned(),
            title: "Subjective".to_owned(),
            sentences: vec![sentence],
        }],
        facts: Vec::new(),
        risk: Vec::new(),
        left_out: Vec::new(),
        content_hash: "00".repeat(32),
    }
}

pub fn addendum(number: u8, note: u8, text: &str) -> Addendum {
    Addendum {
        id: id(number),
        note: id(note),
        author: "Dr. Test".into(),
        written_at: NOW,
        text: text.into(),
    }
}

pub fn process_note(number: u8, note: u8, text: &str) -> ProcessNote {
    ProcessNote {
        id: id(number),
        note: Some(id(note)),
        written_at: NOW,
        text: text.into(),
    }
}

pub fn pcm(seconds: usize, value: i16) -> Pcm {
    Pcm(vec![value; seconds * 16_000])
}

/// A person with a device.
pub struct Bench {
    pub folder: TempDir,
    pub adapter: VaultAdapter,
    pub words: Words,
    pub epoch: u32,
}

impl Bench {
    /// A new vault with passcode `1234` and a device key, unlocked, in memory-backed storage where there is one.
    pub fn new() -> Self {
        Self::with(VaultOptions::for_tests(7))
    }

    pub fn with(options: VaultOptions) -> Self {
        let shm = std::path::Path::new("/dev/shm");
        let folder = if shm.is_dir() {
            TempDir::new_in(shm)
        } else {
            TempDir::new()
        }
        .unwrap();
        let mut bench = Self {
            folder,
            adapter: VaultAdapter::new(options),
            words: Words::default(),
            epoch: 1,
        };
        bench.open();
        let created = bench.vault(VaultOperation::Create {
            passcode: Some("1234".into()),
            device_key: Some(Secret::new(vec![9; 32])),
            local_key: local_key(1),
        });
        if let VaultAnswer::Created { words } = created {
            bench.words = words;
        }
        bench
    }

    pub fn vault(&mut self, operation: VaultOperation) -> VaultAnswer {
        self.adapter.vault(operation)
    }

    pub fn storage(&mut self, operation: StorageOperation) -> StorageAnswer {
        self.adapter.storage(operation)
    }

    pub fn done(&mut self, operation: StorageOperation) {
        assert_eq!(self.storage(operation), StorageAnswer::Done);
    }

    pub fn open(&mut self) -> VaultAnswer {
        let folder = self.folder.path().join("vault");
        self.vault(VaultOperation::Open { folder })
    }

    /// As after the process was killed: a new adapter on the same folder, local key handed over, locked.
    pub fn restart(&mut self) {
        self.adapter = VaultAdapter::new(VaultOptions::for_tests(u64::from(self.epoch) + 100));
        assert!(matches!(self.open(), VaultAnswer::Opened { moved_aside: None, .. }));
        let local_key = local_key(self.epoch);
        assert_eq!(self.vault(VaultOperation::UseLocalKey { local_key }), VaultAnswer::Done);
    }

    pub fn unlock(&mut self, with: UnlockWith) -> VaultAnswer {
        self.vault(VaultOperation::Unlock { with, now: NOW })
    }

    pub fn unlock_by_passcode(&mut self) {
        assert_eq!(self.unlock(UnlockWith::Passcode("1234".into())), VaultAnswer::Unlocked);
    }

    pub fn turn(&mut self) -> LocalKey {
        self.epoch += 1;
        local_key(self.epoch)
    }

    pub fn begin(&mut self, number: u8) {
        self.done(StorageOperation::Begin {
            capture: capture(number),
        });
    }

    pub fn append(&mut self, number: u8, index: u32, pcm: Pcm) {
        self.done(StorageOperation::AppendSegment {
            id: id(number),
            index,
            pcm,
        });
    }

    pub fn save_transcript(&mut self, number: u8, text: &str) {
        let turn = self.turn();
        self.done(StorageOperation::SaveTranscript {
            capture: Capture {
                state: CaptureState::Transcribed,
                ..capture(number)
            },
            transcript: transcript(text),
            turn,
            audit: entry("transcribed"),
        });
    }

    pub fn approve(&mut self, capture: u8, note: Note, process_note: Option<ProcessNote>) {
        let turn = self.turn();
        self.done(StorageOperation::Approve {
            capture: id(capture),
            note: Box::new(note),
            process_note,
            deletes_at: None,
            turn,
            audit: entry("approved"),
        });
    }

    pub fn import(&mut self, note: Note) {
        self.done(StorageOperation::ImportNote {
            note: Box::new(note),
            addenda: Vec::new(),
            deletes_at: None,
            audit: entry("imported"),
        });
    }

    pub fn destroy(&mut self, doomed: Vec<crate::capabilities::storage::Doomed>, why: &'static str) -> StorageAnswer {
        let turn = self.turn();
        self.storage(StorageOperation::Destroy {
            doomed,
            why,
            at: NOW,
            turn,
        })
    }

    pub fn captures(&mut self) -> Vec<Capture> {
        match self.storage(StorageOperation::Captures) {
            StorageAnswer::Captures(captures) => captures,
            other => panic!("{other:?}"),
        }
    }

    pub fn load_audio(&mut self, number: u8) -> Result<Pcm, StorageError> {
        match self.storage(StorageOperation::LoadAudio { id: id(number) }) {
            StorageAnswer::Audio(pcm) => Ok(pcm),
            StorageAnswer::Failed(error) => Err(error),
            other => panic!("{other:?}"),
        }
    }

    pub fn load_review(&mut self, number: u8) -> Result<(Transcript, Option<Box<Review>>), StorageError> {
        match self.storage(StorageOperation::LoadReview { id: id(number) }) {
            StorageAnswer::Review { transcript, review } => Ok((transcript, review)),
            StorageAnswer::Failed(error) => Err(error),
            other => panic!("{other:?}"),
        }
    }

    pub fn note(&mut self, number: u8) -> Result<(Note, Vec<Addendum>, NoteRow), StorageError> {
        match self.storage(StorageOperation::Note { id: id(number) }) {
            StorageAnswer::Note { note, addenda, row } => Ok((*note, addenda, row)),
            StorageAnswer::Failed(error) => Err(error),
            other => panic!("{other:?}"),
        }
    }

    pub fn notes(&mut self, offset: u32, limit: u32) -> (Vec<NoteRow>, u32) {
        rows(self.storage(StorageOperation::Notes { offset, limit }))
    }

    pub fn search(&mut self, query: &str) -> (Vec<NoteRow>, u32) {
        rows(self.storage(StorageOperation::Search {
            query: query.into(),
            limit: 50,
        }))
    }
}

fn rows(answer: StorageAnswer) -> (Vec<NoteRow>, u32) {
    match answer {
        StorageAnswer::Notes { rows, total } => (rows, total),
        other => panic!("{other:?}"),
    }
}

pub const MISSING: StorageError = StorageError::Missing;
pub const LOCKED: StorageError = StorageError::Vault(VaultError::Locked);
