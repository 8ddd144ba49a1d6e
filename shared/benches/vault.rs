//! What sealing costs: insert, read, list, search, turn of the local key, beside bare SQLite. Medians.

#[path = "support/row.rs"]
mod row;

use std::time::Instant;

use row::{Beside, percentile, sorted};
use rusqlite::{Connection, params};
use shared::{
    adapters::vault::{VaultAdapter, VaultOptions},
    capabilities::{
        storage::{AuditEntry, StorageAnswer, StorageOperation},
        vault::{LocalKey, UnlockWith, VaultAnswer, VaultOperation},
    },
    note::{
        Id, Secret,
        draft::{Fact, Format, Role, Section, Sentence},
        record::Note,
        time::Millis,
    },
};

const TOPICS: [&str; 8] = [
    "worry about the move",
    "sleep after the funeral",
    "a quarrel with her sister",
    "panic on the train",
    "the first week at work",
    "grief and anger",
    "breathing and grounding",
    "plans for the summer",
];

fn id(number: u32) -> Id {
    let mut bytes = [0; 16];
    // Spread like random names, so that the index is not filled in order.
    bytes[..4].copy_from_slice(&number.wrapping_mul(2_654_435_761).to_be_bytes());
    bytes[12..].copy_from_slice(&number.to_be_bytes());
    Id::from_bytes(bytes)
}

/// A note of an ordinary size: four sections, twelve sentences and facts.
fn note(number: u32) -> Note {
    let topic = |at: usize| TOPICS[(number as usize + at) % TOPICS.len()];
    let sentence = |at: usize| Sentence {
        text: format!("Client described {} and what helped in week {number}.", topic(at)).into(),
        facts: vec![0],
        rule: "report".to_owned(),
        edited: false,
    };
    let section = |at: usize| Section {
        key: "subjective".to_owned(),
        title: "Subjective".to_owned(),
        sentences: (at..at + 3).map(sentence).collect(),
    };
    let fact = |at: usize| Fact {
        start: 0,
        end: 40,
        text: format!("{} and what helped", topic(at)).into(),
        role: Role::Report,
        confidence: 0.75,
        risk: None,
    };
    Note {
        id: id(number),
        client: format!("C-{:04}", number % 400).into(),
        author: "R. Okafor".into(),
        session_at: Millis(i64::from(number)),
        approved_at: Millis(i64::from(number)),
        format: Format::Soap,
        sections: (0..4).map(section).collect(),
        facts: (0..12).map(fact).collect(),
        risk: vec![],
        left_out: vec![],
        content_hash: "0".repeat(64),
    }
}

fn median(times: u32, work: impl FnMut(u32)) -> f64 {
    percentile(&sorted(times, work), 50)
}

fn say(case: &str, micros: f64, beside: &Beside, aim: &str) {
    row::row("vault", case, micros, beside, aim);
}

fn import(vault: &mut VaultAdapter, number: u32) {
    let answer = vault.storage(StorageOperation::ImportNote {
        note: Box::new(note(number)),
        addenda: vec![],
        deletes_at: None,
        audit: AuditEntry {
            at: Millis(0),
            act: "imported",
            id: None,
            detail: String::new(),
        },
    });
    assert_eq!(answer, StorageAnswer::Done);
}

fn local_key(epoch: u32) -> LocalKey {
    LocalKey {
        epoch,
        key: Secret::new(vec![7; 32]),
    }
}

fn open(options: VaultOptions) -> (tempfile::TempDir, VaultAdapter) {
    let folder = tempfile::TempDir::new().expect("a temporary folder");
    let mut vault = VaultAdapter::new(options);
    vault.vault(VaultOperation::Open {
        folder: folder.path().join("vault"),
    });
    let created = vault.vault(VaultOperation::Create {
        passcode: None,
        device_key: Some(Secret::new(vec![9; 32])),
        local_key: local_key(1),
    });
    assert!(matches!(created, VaultAnswer::Created { .. }));
    (folder, vault)
}

/// Bare SQLite with the same note as plain CBOR and the same pragmas that cost time.
fn bare(synchronous: &str) -> (tempfile::TempDir, Connection) {
    let folder = tempfile::TempDir::new().expect("a temporary folder");
    let db = Connection::open(folder.path().join("bare.db")).expect("a database");
    db.execute_batch(&format!(
        "PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = {synchronous};
         CREATE TABLE notes (id BLOB PRIMARY KEY NOT NULL, body BLOB NOT NULL);"
    ))
    .expect("a table");
    (folder, db)
}

fn bare_insert(db: &Connection, number: u32) {
    let mut body = vec![];
    ciborium::into_writer(&note(number), &mut body).expect("a note is CBOR");
    let mut insert = db
        .prepare_cached("INSERT INTO notes (id, body) VALUES (?1, ?2)")
        .expect("right SQL");
    insert.execute(params![id(number).bytes(), body]).expect("room");
}

fn bare_read(db: &Connection, number: u32) -> Vec<u8> {
    let mut select = db
        .prepare_cached("SELECT body FROM notes WHERE id = ?1")
        .expect("right SQL");
    select
        .query_row([id(number).bytes()], |row| row.get(0))
        .expect("it is there")
}

fn pages(vault: &mut VaultAdapter, notes: u32) {
    for offset in [0, notes - 50] {
        let micros = median(200, |_| {
            let answer = vault.storage(StorageOperation::Notes { offset, limit: 50 });
            assert!(matches!(answer, StorageAnswer::Notes { rows, .. } if rows.len() == 50));
        });
        say(
            &format!("list 50 of {notes}, from {offset}"),
            micros,
            &Beside::Nothing,
            "flat",
        );
    }
    let mut search = |query: &str| {
        let start = Instant::now();
        let answer = vault.storage(StorageOperation::Search {
            query: query.into(),
            limit: 50,
        });
        assert!(matches!(answer, StorageAnswer::Notes { .. }));
        start.elapsed().as_secs_f64() * 1e6
    };
    say(
        &format!("first search of {notes} (makes the index)"),
        search("funeral"),
        &Beside::Nothing,
        "",
    );
    for query in ["funeral sister", "nowhere"] {
        let micros = median(20, |_| {
            search(query);
        });
        say(
            &format!("search {notes}: {query}"),
            micros,
            &Beside::Nothing,
            "<= 50 ms of 10,000",
        );
    }
}

fn main() {
    let (_folder, mut vault) = open(VaultOptions::default());
    let (_bare_folder, db) = bare("FULL");
    let sealed = median(300, |number| import(&mut vault, number));
    let plain = median(300, |number| bare_insert(&db, number));
    say(
        "insert, each synced to disk",
        sealed,
        &Beside::Bare("bare SQLite", plain),
        "",
    );

    let (_folder, mut vault) = open(VaultOptions::for_tests(1));
    let (_bare_folder, db) = bare("OFF");
    let mut there = 0;
    for notes in [100, 1_000, 10_000] {
        let count = notes - there;
        let sealed = median(count, |at| import(&mut vault, there + at));
        let plain = median(count, |at| bare_insert(&db, there + at));
        there = notes;
        say(
            &format!("insert up to {notes}, not synced"),
            sealed,
            &Beside::Bare("bare SQLite", plain),
            "",
        );
        let pick = |at: u32| at.wrapping_mul(7919) % notes;
        let sealed = median(2_000, |at| {
            let answer = vault.storage(StorageOperation::Note { id: id(pick(at)) });
            assert!(matches!(answer, StorageAnswer::Note { .. }));
        });
        let decoded = median(2_000, |at| {
            let note: Note = ciborium::from_reader(&*bare_read(&db, pick(at))).expect("a note");
            assert_eq!(note.id, id(pick(at)));
        });
        let bare = Beside::Bare("bare SQLite, decoded", decoded);
        say(&format!("read one of {notes}"), sealed, &bare, "<= 1.3");
        pages(&mut vault, notes);
        vault.vault(VaultOperation::Lock);
        // Works while locked, and is measured so.
        let epoch = 2 + notes;
        let start = Instant::now();
        let turned = vault.vault(VaultOperation::TurnLocalKey {
            local_key: local_key(epoch),
        });
        assert_eq!(turned, VaultAnswer::Done);
        say(
            &format!("turn of the local key, {notes} notes"),
            start.elapsed().as_secs_f64() * 1e6,
            &Beside::Nothing,
            "",
        );
        let start = Instant::now();
        unlock(&mut vault);
        say(
            &format!("open with the device's key, {notes} notes"),
            start.elapsed().as_secs_f64() * 1e6,
            &Beside::Nothing,
            "flat",
        );
    }
}

fn unlock(vault: &mut VaultAdapter) {
    let answer = vault.vault(VaultOperation::Unlock {
        with: UnlockWith::DeviceKey(Secret::new(vec![9; 32])),
        now: Millis(0),
    });
    assert_eq!(answer, VaultAnswer::Unlocked);
}
