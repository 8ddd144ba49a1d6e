//! `Verify`: opens everything sealed, compares what is deleted with what is there, and searches the raw files for words that
//! only the opened notes should hold. Reads only.

use std::{collections::HashSet, fs};

use rusqlite::Row;
use serde::de::DeserializeOwned;
use serde_bytes::ByteBuf;

use super::{keys::Wrap, opened::Opened, scan::Markers};
use crate::{
    adapters::{
        envelope::Class,
        seal::SealError,
        storage::{
            audit,
            captures::SEGMENT,
            key_rows,
            notes::{ADDENDUM, LINE, Line, NOTE, PROCESS_NOTE},
            records,
            settings::SETTINGS,
            texts::{REVIEW, TRANSCRIPT},
        },
    },
    capabilities::vault::{VaultAnswer, VaultError, VerifyReport},
    note::{
        Id,
        capture::{Review, Transcript},
        record::{Addendum, Note, ProcessNote, Settings},
    },
};

/// Runs every check.
pub fn verify(opened: &Opened) -> Result<VaultAnswer, VaultError> {
    opened.unlocked()?;
    let mut check = Check {
        opened,
        report: VerifyReport {
            local_key_epoch: opened.local()?.epoch,
            ..VerifyReport::default()
        },
        markers: Markers::default(),
    };
    check.everything_sealed()?;
    check.orphans()?;
    check.deleted()?;
    check.audit_log()?;
    check.raw_files()?;
    Ok(VaultAnswer::Verified(check.report))
}

struct Check<'a> {
    opened: &'a Opened,
    report: VerifyReport,
    markers: Markers,
}

/// What a table's envelopes should be.
#[derive(Clone, Copy)]
struct Wanted {
    wrap: Wrap,
    class: Class,
    kind: &'static str,
}

const fn record(kind: &'static str) -> Wanted {
    Wanted {
        wrap: Wrap::Record,
        class: Class::Record,
        kind,
    }
}

const fn text(kind: &'static str) -> Wanted {
    Wanted {
        wrap: Wrap::Text,
        class: Class::Workbench,
        kind,
    }
}

impl Check<'_> {
    fn everything_sealed(&mut self) -> Result<(), VaultError> {
        let of = |table: &str, owner: &str, envelope: &str, rest: &str| {
            format!(
                "SELECT {owner}, k.wrapped, t.{envelope}, {rest} FROM {table} t JOIN record_keys k ON k.number = t.key"
            )
        };
        let day = "CASE WHEN t.held OR t.deletes_at IS NULL THEN 0 ELSE max(t.deletes_at, 0) / 86400000 END";
        self.each(
            &of("notes", "t.id", "envelope", &format!("NULL, {day}")),
            record(NOTE),
            note_words,
        )?;
        let line = Wanted {
            class: Class::Local,
            ..record(LINE)
        };
        self.each(&of("notes", "t.id", "line", "NULL, 0"), line, |_: &Line, _| ())?;
        self.each(
            &of("addenda", "t.id", "envelope", "NULL, 0"),
            record(ADDENDUM),
            |it: &Addendum, markers| {
                markers.add(it.text.as_str());
            },
        )?;
        let process = Wanted {
            wrap: Wrap::Process,
            ..record(PROCESS_NOTE)
        };
        self.each(
            &of("process_notes", "t.id", "envelope", "NULL, 0"),
            process,
            |it: &ProcessNote, markers| {
                markers.add(it.text.as_str());
            },
        )?;
        self.each(
            &of("settings", "k.owner", "envelope", "NULL, 0"),
            record(SETTINGS),
            settings_words,
        )?;
        let transcripts = of("texts", "t.capture", "transcript", "NULL, 0");
        self.each(&transcripts, text(TRANSCRIPT), |it: &Transcript, markers| {
            markers.add(it.text.as_str());
        })?;
        let reviews = of("texts", "t.capture", "review", "NULL, 0") + " WHERE t.review IS NOT NULL";
        self.each(&reviews, text(REVIEW), review_words)?;
        let segment = Wanted {
            wrap: Wrap::Audio,
            ..text(SEGMENT)
        };
        self.each(
            &of("segments", "t.capture", "envelope", "t.number, 0"),
            segment,
            |_: &ByteBuf, _| (),
        )
    }

    /// Opens one kind of envelope: key, place, revision, last day, cipher and signature must all be right.
    fn each<T: DeserializeOwned>(
        &mut self,
        sql: &str,
        wanted: Wanted,
        collect: impl Fn(&T, &mut Markers),
    ) -> Result<(), VaultError> {
        let mut select = self.opened.store.db().prepare(sql)?;
        let mut rows = select.query([])?;
        while let Some(row) = rows.next()? {
            match self.open::<T>(wanted, row) {
                Ok(fields) => {
                    self.report.opened += 1;
                    collect(&fields, &mut self.markers);
                }
                Err(_) => self.report.damaged += 1,
            }
        }
        Ok(())
    }

    fn open<T: DeserializeOwned>(&self, wanted: Wanted, row: &Row<'_>) -> Result<T, VaultError> {
        let (id, wrapped, bytes): (Id, Vec<u8>, Vec<u8>) = (row.get(0)?, row.get(1)?, row.get(2)?);
        let (rev, exp_day): (Option<u32>, u32) = (row.get(3)?, row.get(4)?);
        let facts = self.opened.facts()?;
        let key = self.opened.open_key(id, wanted.wrap, &wrapped)?;
        let envelope = records::expect(self.opened, &bytes, wanted.class, id)?;
        let header = &envelope.header;
        let right_place = header.device == facts.device && header.exp_day == exp_day;
        if !right_place || rev.is_some_and(|rev| rev != header.rev) {
            return Err(SealError::Refused.into());
        }
        if wanted.class == Class::Record {
            envelope.check_signature(&facts.device_public)?;
        }
        Ok(envelope.open(&key, wanted.kind)?)
    }

    /// Keys that open nothing (but that of a recording which has only begun), and bodies without what they belong to.
    fn orphans(&mut self) -> Result<(), VaultError> {
        let db = self.opened.store.db();
        let keys = "SELECT count(*) FROM record_keys k WHERE NOT EXISTS (
              SELECT 1 FROM notes WHERE key = k.number UNION ALL SELECT 1 FROM addenda WHERE key = k.number
              UNION ALL SELECT 1 FROM process_notes WHERE key = k.number UNION ALL SELECT 1 FROM settings WHERE key = k.number
              UNION ALL SELECT 1 FROM texts WHERE key = k.number UNION ALL SELECT 1 FROM segments WHERE key = k.number)
            AND NOT (k.wrap = ?1 AND EXISTS (SELECT 1 FROM captures WHERE id = k.owner))";
        let lonely: u64 = db.query_row(keys, [Wrap::Audio as u8], |row| row.get(0))?;
        let broken: u64 = db.query_row("SELECT count(*) FROM pragma_foreign_key_check", [], |row| row.get(0))?;
        let private =
            "SELECT count(*) FROM process_notes WHERE note IS NOT NULL AND note NOT IN (SELECT id FROM notes)";
        let private: u64 = db.query_row(private, [], |row| row.get(0))?;
        self.report.orphans = lonely + broken + private;
        Ok(())
    }

    /// A receipt names the key it destroyed; no key row may have that fingerprint.
    fn deleted(&mut self) -> Result<(), VaultError> {
        let db = self.opened.store.db();
        let local = self.opened.local()?;
        let mut alive = HashSet::new();
        let mut select = db.prepare("SELECT owner, wrap, wrapped FROM record_keys")?;
        let mut rows = select.query([])?;
        while let Some(row) = rows.next()? {
            // A row that is no key row any more opens nothing; its body was counted as damaged.
            if let (Ok(owner), Ok(wrap), Ok(wrapped)) = (row.get(0), row.get(1), row.get::<_, Vec<u8>>(2))
                && let Some(wrap) = Wrap::parse(wrap)
            {
                alive.insert(key_rows::fingerprint(local, owner, wrap, &wrapped));
            }
        }
        let mut select = db.prepare("SELECT key_fingerprint FROM receipts")?;
        for fingerprint in select.query_map([], |row| row.get::<_, String>(0))? {
            if alive.contains(&fingerprint?) {
                self.report.deleted_alive += 1;
            } else {
                self.report.deleted_confirmed += 1;
            }
        }
        Ok(())
    }

    fn audit_log(&mut self) -> Result<(), VaultError> {
        let lines = audit::all(self.opened.store.db())?;
        let unbroken = audit::unbroken(&lines);
        self.report.audit_lines = unbroken as u64;
        self.report.audit_unbroken = unbroken == lines.len();
        Ok(())
    }

    fn raw_files(&mut self) -> Result<(), VaultError> {
        let mut markers = std::mem::take(&mut self.markers);
        let plain =
            "SELECT coalesce(group_concat(sql, ' '), '') || ' SQLite format sqlite_autoindex' FROM sqlite_schema";
        let acts = "SELECT coalesce(group_concat(act || ' ' || detail, ' '), '') FROM audit";
        let ends = "SELECT coalesce(group_concat(what || ' ' || why, ' '), '') FROM receipts";
        for sql in [plain, acts, ends] {
            let known: String = self.opened.store.db().query_row(sql, [], |row| row.get(0))?;
            markers.leave_out(&known);
        }
        let scanner = markers.into_scanner();
        let folder = fs::read_dir(&self.opened.folder.path).map_err(|_| VaultError::Failed)?;
        for entry in folder.flatten().filter(|entry| entry.path().is_file()) {
            let bytes = fs::read(entry.path()).map_err(|_| VaultError::Failed)?;
            self.report.plaintext_found += scanner.count(&bytes);
        }
        Ok(())
    }
}

fn note_words(note: &Note, markers: &mut Markers) {
    markers.add(note.client.as_str());
    markers.add(note.author.as_str());
    let sentences = note.sections.iter().flat_map(|section| &section.sentences);
    sentences.for_each(|sentence| markers.add(sentence.text.as_str()));
    note.facts.iter().for_each(|fact| markers.add(fact.text.as_str()));
}

fn review_words(review: &Review, markers: &mut Markers) {
    markers.add(review.client.as_str());
    review.private.iter().for_each(|words| markers.add(words.as_str()));
    let sentences = review.draft.sections.iter().flat_map(|section| &section.sentences);
    sentences.for_each(|sentence| markers.add(sentence.text.as_str()));
}

fn settings_words(settings: &Settings, markers: &mut Markers) {
    let preferences = &settings.preferences;
    for words in [&preferences.author, &preferences.letterhead, &preferences.instructions] {
        markers.add(words.as_str());
    }
    preferences
        .vocabulary
        .iter()
        .for_each(|words| markers.add(words.as_str()));
}
