//! `Verify` finds what is wrong, and only that; and the files of a vault hold no word of it, in any encoding.

use std::fs;

use super::*;
use crate::{
    capabilities::{storage::Doomed, vault::VerifyReport},
    note::{
        draft::{Draft, Fact, Role},
        preferences::Preferences,
        record::Settings,
    },
};

impl Bench {
    fn verify(&mut self) -> VerifyReport {
        match self.vault(VaultOperation::Verify) {
            VaultAnswer::Verified(report) => report,
            other => panic!("{other:?}"),
        }
    }

    fn sql(&mut self, sql: &str) {
        self.adapter
            .opened
            .as_ref()
            .unwrap()
            .store
            .db()
            .execute_batch(sql)
            .unwrap();
    }
}

/// A vault with one of everything.
fn furnished() -> Bench {
    let mut bench = Bench::new();
    bench.save_transcript(1, "marigold");
    bench.approve(1, note(2, "tulip"), Some(process_note(3, 2, "orchid")));
    bench.done(StorageOperation::AddAddendum {
        addendum: addendum(4, 2, "daffodil"),
        audit: entry("addendum"),
    });
    bench.begin(5);
    bench.append(5, 0, pcm(1, 1));
    bench.save_transcript(6, "crocus");
    bench.done(StorageOperation::SaveReview {
        id: id(6),
        review: review("A"),
    });
    bench.done(StorageOperation::SaveSettings {
        settings: Box::default(),
    });
    bench
}

#[test]
fn a_sound_vault_passes() {
    let mut bench = furnished();
    bench.begin(7);
    let wanted = VerifyReport {
        // note, its line, process note, addendum, segment, transcript, review, settings
        opened: 8,
        deleted_confirmed: 1,
        audit_lines: 4,
        audit_unbroken: true,
        local_key_epoch: 4,
        ..VerifyReport::default()
    };
    assert_eq!(bench.verify(), wanted);
    bench.vault(VaultOperation::Lock);
    assert_eq!(
        bench.vault(VaultOperation::Verify),
        VaultAnswer::Failed(VaultError::Locked)
    );
}

/// A change to the database, and what the report must say of it.
type Check = (&'static str, fn(&VerifyReport) -> bool);

#[test]
fn each_changed_thing_is_counted() {
    let flip = "CAST(substr({c}, 1, 250) || X'FF00FF' || substr({c}, 254) AS BLOB)";
    for (table, column) in [
        ("notes", "envelope"),
        ("notes", "line"),
        ("addenda", "envelope"),
        ("process_notes", "envelope"),
        ("segments", "envelope"),
        ("texts", "transcript"),
        ("texts", "review"),
        ("settings", "envelope"),
    ] {
        let mut bench = furnished();
        bench.sql(&format!(
            "UPDATE {table} SET {column} = {}",
            flip.replace("{c}", column)
        ));
        let report = bench.verify();
        assert_eq!((report.opened, report.damaged), (7, 1), "{table}.{column}");
    }
    let checks: [Check; 7] = [
        ("UPDATE record_keys SET wrapped = X'00' WHERE wrap = 2", |it| {
            it.damaged == 1
        }),
        ("UPDATE notes SET deletes_at = 900000000000", |it| it.damaged == 1),
        ("UPDATE segments SET number = 3", |it| it.damaged == 1),
        (
            "INSERT INTO record_keys (owner, wrap, wrapped) VALUES (X'00', 1, X'00')",
            |it| it.orphans == 1,
        ),
        ("UPDATE process_notes SET note = X'00'", |it| it.orphans == 1),
        (
            "DROP TRIGGER audit_is_never_changed; UPDATE audit SET at = 1 WHERE number = 2",
            |it| !it.audit_unbroken && it.audit_lines == 1,
        ),
        (
            "DROP TRIGGER audit_is_never_cut; DELETE FROM audit WHERE number = 1",
            |it| !it.audit_unbroken,
        ),
    ];
    for (sql, found) in checks {
        let mut bench = furnished();
        bench.sql(sql);
        let report = bench.verify();
        assert!(found(&report), "{sql}: {report:?}");
    }
}

#[test]
fn a_key_that_came_back_to_life_is_found() {
    let mut bench = furnished();
    bench
        .sql("CREATE TEMP TABLE saved AS SELECT * FROM record_keys WHERE wrap = 1 AND owner IN (SELECT id FROM notes)");
    let before = bench.adapter.opened.as_ref().unwrap().local().unwrap().epoch;
    bench.destroy(vec![Doomed::Note(id(2))], "deleted");
    assert_eq!(bench.verify().deleted_alive, 0);
    // The row as a hostile hand could have kept it, carried over to the new local key.
    let opened = bench.adapter.opened.as_ref().unwrap();
    let account = opened.facts().unwrap().account;
    let old = crate::adapters::vault::keys::LocalRing::new(&local_key(before), account);
    let wrapped: Vec<u8> = opened
        .store
        .db()
        .query_row("SELECT wrapped FROM saved", [], |row| row.get(0))
        .unwrap();
    let wrap = crate::adapters::vault::keys::Wrap::Record;
    let inner = old.unwrap(id(2), wrap, &wrapped).unwrap();
    let again = opened.local().unwrap().wrap(id(2), wrap, &inner, [0; 12]).unwrap();
    let sql = "INSERT INTO record_keys (owner, wrap, wrapped) VALUES (?1, 1, ?2)";
    opened.store.db().execute(sql, rusqlite::params![id(2), again]).unwrap();
    assert_eq!(bench.verify().deleted_alive, 1);
}

#[test]
fn a_note_deleted_and_imported_again_is_no_alarm() {
    let mut bench = Bench::new();
    bench.import(note(1, "tulip"));
    bench.destroy(vec![Doomed::Note(id(1))], "deleted");
    bench.import(note(1, "tulip"));
    let report = bench.verify();
    assert_eq!((report.deleted_confirmed, report.deleted_alive), (1, 0));
}

#[test]
fn a_word_that_leaked_into_the_folder_is_found() {
    let mut bench = Bench::new();
    bench.import(note(1, "Recurring nightmares about the accident."));
    assert_eq!(bench.verify().plaintext_found, 0);
    let leak = bench.folder.path().join("vault/leak.tmp");
    fs::write(leak, b"..n\0i\0g\0h\0t\0m\0a\0r\0e\0s\0 TmlnaHRtYXJlcw nightmares").unwrap();
    assert_eq!(bench.verify().plaintext_found, 2);
}

/// 200 marker words in everything a person can say; made of letters, so that the product's own scanner can look for them too.
fn marker(number: usize) -> String {
    let letter = |value: usize| char::from(b'a' + u8::try_from(value % 26).unwrap());
    format!(
        "zq{}{}{}xjvkwq",
        letter(number / 26),
        letter(number),
        letter(number * 7 + 3)
    )
}

#[test]
fn no_file_of_the_vault_holds_any_of_200_markers_in_any_encoding() {
    let mut bench = Bench::new();
    let mut numbers = 0..200;
    let mut say = || numbers.next().map(marker).unwrap();
    let draft = |text: String| Draft {
        facts: vec![Fact {
            start: 0,
            end: 1,
            text: text.into(),
            role: Role::Report,
            confidence: 1.0,
            risk: None,
        }],
        ..Draft::default()
    };
    bench.done(StorageOperation::SaveSettings {
        settings: Box::new(Settings {
            preferences: Preferences {
                vocabulary: (0..20).map(|_| say().into()).collect(),
                author: say().into(),
                letterhead: say().into(),
                instructions: say().into(),
                clinician_term: say().into(),
                client_term: say().into(),
                ..Preferences::default()
            },
            ..Settings::default()
        }),
    });
    for number in 1..=35 {
        bench.save_transcript(number, &say());
        let review = Review {
            client: say().as_str().into(),
            private: vec![say().into()],
            draft: draft(say()),
            ..Review::default()
        };
        bench.done(StorageOperation::SaveReview { id: id(number), review });
        if number % 2 == 0 {
            let approved = note(number + 100, &say());
            let private = process_note(number + 150, number + 100, "private");
            bench.approve(number, approved, (number < 20).then_some(private));
        }
    }
    let found = bench.search("zq").1;
    assert_eq!(found, 17, "the markers are in the notes");
    bench.destroy(vec![Doomed::Note(id(102)), Doomed::Capture(id(1))], "deleted");
    assert_eq!(bench.verify().plaintext_found, 0);
    let said: Vec<String> = (0..200 - numbers.len()).map(marker).collect();
    assert!(said.len() > 180, "{}", said.len());
    for open in [true, false] {
        if !open {
            bench.adapter = VaultAdapter::new(VaultOptions::for_tests(1));
        }
        for entry in fs::read_dir(bench.folder.path().join("vault")).unwrap().flatten() {
            let bytes = fs::read(entry.path()).unwrap();
            let mut markers = super::super::scan::Markers::default();
            said.iter().for_each(|word| markers.add(word));
            assert_eq!(markers.into_scanner().count(&bytes), 0);
            let text = String::from_utf8_lossy(&bytes).to_lowercase();
            assert!(
                said.iter().all(|word| !text.contains(word.as_str())),
                "plain search agrees"
            );
        }
    }
}
