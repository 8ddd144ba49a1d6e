//! Killed, pretended dead at every commit, and without room: nothing that was answered is lost.

use std::{
    io::{BufRead, BufReader, Write},
    process::{Command, Stdio},
};

use super::*;
use crate::{
    adapters::vault::Crash,
    capabilities::{storage::Doomed, vault::VaultPresence},
};

const CHILD_FOLDER: &str = "AFTERWORD_TEST_CHILD_FOLDER";

/// Not a test by itself: records for ever in a process that the next test kills.
#[test]
#[ignore = "run by the test below in a process of its own"]
fn child_that_records_until_it_is_killed() {
    let Ok(folder) = std::env::var(CHILD_FOLDER) else {
        return;
    };
    let mut adapter = VaultAdapter::new(VaultOptions::default());
    adapter.vault(VaultOperation::Open { folder: folder.into() });
    assert_eq!(
        adapter.vault(VaultOperation::UseLocalKey {
            local_key: local_key(1)
        }),
        VaultAnswer::Done
    );
    assert_eq!(
        adapter.storage(StorageOperation::Begin { capture: capture(1) }),
        StorageAnswer::Done
    );
    for index in 0..10_000 {
        let pcm = pcm(1, i16::try_from(index).unwrap());
        let append = StorageOperation::AppendSegment { id: id(1), index, pcm };
        assert_eq!(adapter.storage(append), StorageAnswer::Done);
        writeln!(std::io::stdout(), "\nsealed {index}").unwrap();
    }
}

#[test]
fn a_recording_killed_in_the_middle_keeps_every_second_that_was_answered() {
    let mut bench = Bench::new();
    bench.adapter = VaultAdapter::new(VaultOptions::for_tests(1));
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "--ignored", "--nocapture", "--test-threads=1"])
        .arg("adapters::vault::tests::crashing::child_that_records_until_it_is_killed")
        .env(CHILD_FOLDER, bench.folder.path().join("vault"))
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let lines = BufReader::new(child.stdout.take().unwrap())
        .lines()
        .map_while(Result::ok);
    let sealed = lines.filter(|line| line.starts_with("sealed ")).take(25).count();
    child.kill().unwrap();
    child.wait().unwrap();
    assert_eq!(sealed, 25);
    bench.restart();
    bench.unlock_by_passcode();
    let heard = bench.load_audio(1).unwrap();
    assert!(heard.duration_ms() >= 25_000);
    assert_eq!(bench.captures()[0].audio_ms, heard.duration_ms());
    let seconds = heard.0.chunks(16_000).enumerate();
    seconds.for_each(|(at, second)| assert_eq!(second, vec![i16::try_from(at).unwrap(); 16_000]));
}

/// From the first second to the last deletion; stops where the process "dies".
fn life(bench: &mut Bench) -> Option<()> {
    let mut step = |operation| match bench.adapter.storage(operation) {
        StorageAnswer::Failed(_) => None,
        _ => Some(()),
    };
    step(StorageOperation::Begin { capture: capture(1) })?;
    for index in 0..2 {
        let pcm = pcm(1, 7);
        step(StorageOperation::AppendSegment { id: id(1), index, pcm })?;
    }
    step(StorageOperation::SaveTranscript {
        capture: Capture {
            state: CaptureState::Transcribed,
            ..capture(1)
        },
        transcript: transcript("marigold"),
        turn: local_key(2),
        audit: entry("transcribed"),
    })?;
    step(StorageOperation::SaveReview {
        id: id(1),
        review: review("A"),
    })?;
    step(StorageOperation::Approve {
        capture: id(1),
        note: Box::new(note(2, "tulip")),
        process_note: Some(process_note(3, 2, "orchid")),
        deletes_at: None,
        turn: local_key(3),
        audit: entry("approved"),
    })?;
    step(StorageOperation::Destroy {
        doomed: vec![Doomed::Note(id(2))],
        why: "deleted",
        at: NOW,
        turn: local_key(4),
    })
}

#[test]
fn dying_at_any_commit_leaves_exactly_one_of_sound_words_note_or_receipt() {
    let mut whole = Bench::new();
    let born = whole.adapter.writes();
    life(&mut whole).unwrap();
    let all = whole.adapter.writes();
    assert_eq!(all - born, 7);
    let deaths =
        (born + 1..=all).flat_map(|at_write| [Crash::BeforeCommit { at_write }, Crash::AfterCommit { at_write }]);
    for crash in deaths {
        let mut bench = Bench::with(VaultOptions {
            crash: Some(crash),
            ..VaultOptions::for_tests(7)
        });
        assert_eq!(life(&mut bench), None);
        assert!(bench.adapter.is_dead());
        assert_eq!(
            bench.vault(VaultOperation::Lock),
            VaultAnswer::Failed(VaultError::Failed)
        );

        bench.adapter = VaultAdapter::new(VaultOptions::for_tests(9));
        let VaultAnswer::Opened {
            presence: VaultPresence::Present { local_key_epoch, .. },
            moved_aside: None,
        } = bench.open()
        else {
            panic!("{crash:?}")
        };
        // The key store still holds the old and the new key; the database says which one is right.
        bench.epoch = local_key_epoch;
        bench.restart();
        bench.unlock_by_passcode();
        let sound = bench.load_audio(1).is_ok();
        let words = bench.load_review(1).is_ok();
        let kept = bench.note(2).is_ok();
        let gone = bench.captures().is_empty() && !kept;
        let there = [sound, words, kept, gone].into_iter().filter(|it| *it).count();
        assert_eq!(there, 1, "{crash:?}: {sound} {words} {kept} {gone}");
        let VaultAnswer::Verified(report) = bench.vault(VaultOperation::Verify) else {
            panic!()
        };
        assert_eq!(
            (report.damaged, report.orphans, report.deleted_alive),
            (0, 0, 0),
            "{crash:?}"
        );
        assert!(report.audit_unbroken);
    }
}

#[test]
fn a_full_disk_keeps_what_was_answered_and_deleting_makes_room() {
    let mut bench = Bench::with(VaultOptions {
        max_pages: Some(300),
        ..VaultOptions::for_tests(7)
    });
    bench.import(note(9, "bystander"));
    bench.begin(1);
    let mut sealed = 0;
    let full = loop {
        let pcm = pcm(1, 5);
        match bench.storage(StorageOperation::AppendSegment {
            id: id(1),
            index: sealed,
            pcm,
        }) {
            StorageAnswer::Done => sealed += 1,
            other => break other,
        }
    };
    assert_eq!(full, StorageAnswer::Failed(StorageError::Vault(VaultError::Full)));
    assert!(sealed > 5);
    assert_eq!(bench.load_audio(1).unwrap().duration_ms(), u64::from(sealed) * 1000);
    assert_eq!(bench.captures()[0].audio_ms, u64::from(sealed) * 1000);
    let destroyed = bench.destroy(vec![Doomed::Capture(id(1))], "discarded");
    assert!(matches!(destroyed, StorageAnswer::Destroyed(receipts) if receipts.len() == 1));
    bench.begin(2);
    bench.append(2, 0, pcm(1, 5));
    assert_eq!(bench.note(9).unwrap().0, note(9, "bystander"));
}

#[test]
fn a_database_that_cannot_be_opened_is_left_where_it_is() {
    let folder = TempDir::new().unwrap();
    let database = folder.path().join("afterword.db");
    std::fs::create_dir(&database).unwrap();
    let mut adapter = VaultAdapter::new(VaultOptions::for_tests(2));
    let answer = adapter.vault(VaultOperation::Open {
        folder: folder.path().to_owned(),
    });
    assert_eq!(answer, VaultAnswer::Failed(VaultError::ReadOnly));
    assert!(database.is_dir());
}

#[test]
fn a_vault_for_tests_is_made_within_milliseconds() {
    let start = std::time::Instant::now();
    (0..20).for_each(|_| drop(Bench::new()));
    // 3 ms each on an idle machine; the bound leaves room for a busy one.
    assert!(start.elapsed().as_millis() < 20 * 30, "{:?}", start.elapsed());
}
