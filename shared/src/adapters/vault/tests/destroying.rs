//! What is destroyed stays destroyed, even for who kept a copy and every secret that remains.

use std::{fs, path::Path};

use super::*;
use crate::capabilities::storage::Doomed;

fn copy_folder(from: &Path) -> TempDir {
    let copy = TempDir::new().unwrap();
    let to = copy.path().join("vault");
    fs::create_dir(&to).unwrap();
    for entry in fs::read_dir(from).unwrap().flatten() {
        fs::copy(entry.path(), to.join(entry.file_name())).unwrap();
    }
    copy
}

/// Opens a copy with everything that remains: passcode, words, device key, and every local key but the one that died.
fn attack(copy: TempDir, bench: &Bench, dead_epochs: std::ops::Range<u32>) {
    let mut thief = Bench {
        folder: copy,
        adapter: VaultAdapter::new(VaultOptions::for_tests(66)),
        words: bench.words.clone(),
        epoch: bench.epoch,
    };
    assert!(matches!(thief.open(), VaultAnswer::Opened { moved_aside: None, .. }));
    assert_eq!(
        thief.unlock(UnlockWith::Words(bench.words.as_str().into())),
        VaultAnswer::Unlocked
    );
    thief.unlock_by_passcode();
    for epoch in (1..=bench.epoch + 2).filter(|epoch| !dead_epochs.contains(epoch)) {
        let answer = thief.vault(VaultOperation::UseLocalKey {
            local_key: local_key(epoch),
        });
        assert_eq!(answer, VaultAnswer::Failed(VaultError::LocalKeyLost), "epoch {epoch}");
        // Past the adapter's own check: the newest key under the number of the dead one, forced in.
        let forged = LocalKey {
            epoch: dead_epochs.end - 1,
            ..local_key(epoch)
        };
        let opened = thief.adapter.opened.as_mut().unwrap();
        let account = opened.facts().unwrap().account;
        opened.local = Some(crate::adapters::vault::keys::LocalRing::new(&forged, account));
        let damaged = StorageError::Vault(VaultError::Damaged);
        assert!([Err(damaged), Err(MISSING)].contains(&thief.load_audio(1).map(|_| ())));
        assert!([Err(damaged), Err(MISSING)].contains(&thief.load_review(1).map(|_| ())));
        assert!([Err(damaged), Err(MISSING)].contains(&thief.note(2).map(|_| ())));
        assert!(thief.note(7).is_err());
    }
}

#[test]
fn a_copy_made_before_opens_nothing_of_what_was_destroyed_after() {
    let mut bench = Bench::new();
    let folder = bench.folder.path().join("vault");
    bench.import(note(7, "bystander"));
    bench.begin(1);
    bench.append(1, 0, pcm(2, 5));
    let with_sound = copy_folder(&folder);
    bench.save_transcript(1, "marigold");
    attack(with_sound, &bench, 1..2);

    let with_words = copy_folder(&folder);
    bench.approve(1, note(2, "tulip"), None);
    attack(with_words, &bench, 1..3);

    let with_note = copy_folder(&folder);
    let receipts = bench.destroy(vec![Doomed::Note(id(2))], "deleted");
    assert!(matches!(receipts, StorageAnswer::Destroyed(it) if it.len() == 1));
    attack(with_note, &bench, 1..4);

    // What was not destroyed is still there.
    bench.restart();
    bench.unlock_by_passcode();
    assert_eq!(bench.note(7).unwrap().0, note(7, "bystander"));
}

#[test]
fn the_same_copy_does_open_with_the_key_that_should_have_died() {
    // Shows that the test above attacks something that could be opened.
    let mut bench = Bench::new();
    bench.begin(1);
    bench.append(1, 0, pcm(2, 5));
    let copy = copy_folder(&bench.folder.path().join("vault"));
    bench.save_transcript(1, "marigold");
    let mut thief = Bench {
        folder: copy,
        adapter: VaultAdapter::new(VaultOptions::for_tests(66)),
        words: bench.words.clone(),
        epoch: 1,
    };
    thief.restart();
    thief.unlock_by_passcode();
    assert_eq!(thief.load_audio(1).unwrap(), pcm(2, 5));
}

#[test]
fn destroying_works_while_locked_and_gives_a_receipt_for_each_key() {
    let mut bench = Bench::new();
    bench.save_transcript(1, "marigold");
    bench.approve(1, note(2, "tulip"), Some(process_note(3, 2, "private")));
    bench.done(StorageOperation::AddAddendum {
        addendum: addendum(4, 2, "more"),
        audit: entry("addendum"),
    });
    bench.begin(5);
    bench.append(5, 0, pcm(1, 1));
    bench.save_transcript(6, "typed");
    bench.restart();
    let dying = bench.epoch;
    let doomed = vec![
        Doomed::Note(id(2)),
        Doomed::Capture(id(5)),
        Doomed::Capture(id(6)),
        Doomed::Note(id(99)),
    ];
    let StorageAnswer::Destroyed(receipts) = bench.destroy(doomed, "deleted") else {
        panic!()
    };
    let what: Vec<_> = receipts.iter().map(|it| (it.what.as_str(), it.id)).collect();
    assert_eq!(
        what,
        [
            ("addendum", id(4)),
            ("process_note", id(3)),
            ("note", id(2)),
            ("audio", id(5)),
            ("transcript", id(6))
        ]
    );
    assert!(
        receipts
            .iter()
            .all(|it| it.key_fingerprint.len() == 16 && it.local_key_epoch == dying)
    );
    bench.unlock_by_passcode();
    assert_eq!(bench.note(2).unwrap_err(), MISSING);
    assert_eq!(
        bench.storage(StorageOperation::ProcessNotes),
        StorageAnswer::ProcessNotes(Vec::new())
    );
    assert_eq!(bench.captures(), []);
    let StorageAnswer::AuditLog(lines) = bench.storage(StorageOperation::AuditLog) else {
        panic!()
    };
    let last: Vec<_> = lines
        .iter()
        .filter(|it| it.act == "deleted")
        .map(|it| it.detail.as_str())
        .collect();
    assert_eq!(last, ["addendum", "process_note", "note", "audio", "transcript"]);
}

#[test]
fn turning_the_local_key_keeps_everything_and_needs_no_passcode() {
    let mut bench = Bench::new();
    bench.import(note(1, "tulip"));
    bench.begin(2);
    bench.append(2, 0, pcm(1, 1));
    bench.restart();
    let local_key = bench.turn();
    assert_eq!(
        bench.vault(VaultOperation::TurnLocalKey {
            local_key: local_key.clone()
        }),
        VaultAnswer::Done
    );
    let same = bench.vault(VaultOperation::TurnLocalKey { local_key });
    assert_eq!(same, VaultAnswer::Failed(VaultError::Failed));
    bench.append(2, 1, pcm(1, 2));
    bench.restart();
    bench.unlock_by_passcode();
    assert_eq!(bench.note(1).unwrap().0, note(1, "tulip"));
    assert_eq!(bench.load_audio(2).unwrap().duration_ms(), 2000);
}

#[test]
fn erasing_leaves_no_file_of_the_vault_and_an_empty_folder_to_begin_in() {
    let mut bench = Bench::new();
    bench.import(note(1, "tulip"));
    let folder = bench.folder.path().join("vault");
    fs::write(folder.join("afterword.db.damaged-20260101T000000Z"), b"old").unwrap();
    bench.restart();
    assert_eq!(bench.vault(VaultOperation::Erase), VaultAnswer::Done);
    let left: Vec<_> = fs::read_dir(&folder)
        .unwrap()
        .flatten()
        .map(|entry| entry.file_name())
        .collect();
    assert_eq!(left, ["afterword.lock"]);
    assert_eq!(
        bench.vault(VaultOperation::Lock),
        VaultAnswer::Failed(VaultError::NotOpen)
    );
    let presence = crate::capabilities::vault::VaultPresence::New;
    assert_eq!(
        bench.open(),
        VaultAnswer::Opened {
            presence,
            moved_aside: None
        }
    );
}
