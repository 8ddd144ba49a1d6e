//! Sealed storage: each operation is one transaction on the vault's database. This file dispatches, nothing else.

pub(crate) mod audit;
pub(crate) mod captures;
mod columns;
mod destroy;
pub(crate) mod key_rows;
mod lists;
pub(crate) mod notes;
pub(crate) mod records;
pub(crate) mod search;
pub(crate) mod settings;
pub(crate) mod store;
pub(crate) mod texts;

use super::vault::VaultAdapter;
use crate::capabilities::{
    storage::{AuditEntry, StorageAnswer, StorageError, StorageOperation as Op},
    vault::VaultError,
};

impl VaultAdapter {
    /// Does an operation on what is kept.
    pub fn storage(&mut self, operation: Op) -> StorageAnswer {
        let answer = self.try_storage(operation).unwrap_or_else(StorageAnswer::Failed);
        self.bury();
        answer
    }

    fn try_storage(&mut self, operation: Op) -> Result<StorageAnswer, StorageError> {
        let (opened, random) = self.opened()?;
        match operation {
            Op::Begin { capture } => captures::begin(opened, random, &capture),
            Op::AppendSegment { id, index, pcm } => captures::append(opened, random, id, index, &pcm),
            Op::SetState { id, state, expires_at } => captures::set_state(opened, id, state, expires_at),
            Op::Captures => captures::all(opened),
            Op::LoadAudio { id } => captures::load_audio(opened, id),
            Op::SaveTranscript {
                capture,
                transcript,
                turn,
                audit,
            } => texts::save_transcript(opened, random, &capture, &transcript, &turn, &audit),
            Op::SaveReview { id, review } => texts::save_review(opened, random, id, &review),
            Op::LoadReview { id } => texts::load_review(opened, id),
            Op::Approve {
                capture,
                note,
                process_note,
                deletes_at,
                turn,
                audit,
            } => {
                let approval = notes::Approval {
                    capture,
                    note: &note,
                    process_note: process_note.as_ref(),
                    deletes_at,
                };
                notes::approve(opened, random, &approval, &turn, &audit)
            }
            Op::ImportNote {
                note,
                addenda,
                deletes_at,
                audit,
            } => notes::import(opened, random, &note, &addenda, deletes_at, &audit),
            Op::AddAddendum { addendum, audit } => notes::add_addendum(opened, random, &addendum, &audit),
            Op::SetRetention {
                id,
                held,
                deletes_at,
                audit,
            } => notes::set_retention(opened, random, id, held, deletes_at, &audit),
            Op::Notes { offset, limit } => lists::page(opened, offset, limit),
            Op::Search { query, limit } => search::search(opened, &query, limit),
            Op::Note { id } => lists::note(opened, id),
            Op::ProcessNotes => lists::process_notes(opened),
            Op::Due => lists::due(opened),
            Op::Destroy { doomed, why, at, turn } => destroy::destroy(opened, random, &doomed, why, at, &turn),
            Op::Settings => settings::load(opened),
            Op::SaveSettings { settings } => settings::save(opened, random, &settings),
            Op::SeeTime { now } => settings::see_time(opened, now),
            Op::Audit(entry) => log(opened, &entry),
            Op::AuditLog => Ok(StorageAnswer::AuditLog(audit::all(opened.store.db())?)),
        }
    }
}

fn log(opened: &super::vault::opened::Opened, entry: &AuditEntry) -> Result<StorageAnswer, StorageError> {
    opened.store.write(|db| audit::append::<StorageError>(db, entry))?;
    Ok(StorageAnswer::Done)
}

impl From<StorageError> for VaultError {
    fn from(error: StorageError) -> Self {
        match error {
            StorageError::Vault(error) => error,
            StorageError::Missing | StorageError::AlreadyThere => Self::Failed,
        }
    }
}
