//! Notes: listed, read, searched, amended, kept and let go.

use super::*;
use crate::{
    capabilities::storage::{Doomed, DueItem},
    note::record::Settings,
};

#[test]
fn pages_come_newest_first_and_show_lines_only() {
    let mut bench = Bench::new();
    (1..=25).for_each(|number| bench.import(note(number, &format!("Sentence {number}"))));
    let (rows, total) = bench.notes(0, 10);
    assert_eq!((rows.len(), total), (10, 25));
    assert_eq!((rows[0].id, rows[9].id), (id(25), id(16)));
    assert_eq!(rows[0].snippet, "Sentence 25".into());
    let (rest, _) = bench.notes(20, 200);
    assert_eq!(
        rest.iter().map(|row| row.id).collect::<Vec<_>>(),
        [5, 4, 3, 2, 1].map(id)
    );
}

#[test]
fn a_snippet_has_at_most_80_characters() {
    let mut bench = Bench::new();
    bench.import(note(1, &"größer ".repeat(40)));
    bench.import(note(2, &"x".repeat(300)));
    for row in bench.notes(0, 10).0 {
        assert!((78..=80).contains(&row.snippet.as_str().chars().count()));
        assert_eq!(row, bench.note(row.id.bytes()[0]).unwrap().2);
    }
}

#[test]
fn every_word_of_a_query_must_occur_in_any_case_and_accent() {
    let mut bench = Bench::new();
    bench.import(note(1, "Described GRIEF after the funeral in Zürich."));
    bench.import(note(2, "Grief group continues."));
    bench.done(StorageOperation::AddAddendum {
        addendum: addendum(9, 2, "Séance at the funeral home"),
        audit: entry("addendum"),
    });
    let found = |bench: &mut Bench, query: &str| {
        let (rows, total) = bench.search(query);
        assert_eq!(rows.len(), usize::try_from(total).unwrap());
        rows.iter().map(|row| row.id.bytes()[0]).collect::<Vec<_>>()
    };
    assert_eq!(found(&mut bench, "grief"), [2, 1]);
    assert_eq!(found(&mut bench, "FUNERAL zurich"), [1]);
    assert_eq!(found(&mut bench, "seance"), [2]);
    assert_eq!(found(&mut bench, "j. d."), [2, 1]);
    assert_eq!(found(&mut bench, "grief tulip"), [0; 0]);
    bench.import(note(3, "A late tulip of grief"));
    assert_eq!(found(&mut bench, "grief tulip"), [3]);
    bench.done(StorageOperation::AddAddendum {
        addendum: addendum(10, 1, "tulip"),
        audit: entry("addendum"),
    });
    assert_eq!(found(&mut bench, "tulip"), [3, 1]);
    bench.destroy(vec![Doomed::Note(id(3))], "deleted");
    assert_eq!(found(&mut bench, "tulip"), [1]);
    bench.vault(VaultOperation::Lock);
    let locked = bench.storage(StorageOperation::Search {
        query: "tulip".into(),
        limit: 5,
    });
    assert_eq!(locked, StorageAnswer::Failed(LOCKED));
    bench.unlock_by_passcode();
    assert_eq!(found(&mut bench, "tulip"), [1]);
}

#[test]
fn private_words_are_never_found() {
    let mut bench = Bench::new();
    bench.save_transcript(1, "marigold");
    bench.approve(1, note(2, "tulip"), Some(process_note(3, 2, "orchid")));
    assert_eq!(bench.search("orchid").1, 0);
    assert_eq!(bench.search("tulip").1, 1);
}

#[test]
fn addenda_come_with_their_note_oldest_first() {
    let mut bench = Bench::new();
    bench.import(note(1, "tulip"));
    let mut later = addendum(3, 1, "second");
    later.written_at = NOW.plus(1);
    for addendum in [later.clone(), addendum(2, 1, "first")] {
        let audit = entry("addendum");
        bench.done(StorageOperation::AddAddendum { addendum, audit });
    }
    let (_, found, row) = bench.note(1).unwrap();
    assert_eq!(found, [addendum(2, 1, "first"), later]);
    assert_eq!(row.addenda, 2);
    let lost = StorageOperation::AddAddendum {
        addendum: addendum(4, 7, "to nothing"),
        audit: entry("addendum"),
    };
    assert_eq!(bench.storage(lost), StorageAnswer::Failed(MISSING));
}

#[test]
fn an_imported_note_that_is_there_is_left_as_it_is() {
    let mut bench = Bench::new();
    bench.import(note(1, "tulip"));
    let again = StorageOperation::ImportNote {
        note: Box::new(note(1, "other")),
        addenda: vec![addendum(2, 1, "other")],
        deletes_at: None,
        audit: entry("imported"),
    };
    assert_eq!(bench.storage(again), StorageAnswer::Failed(StorageError::AlreadyThere));
    let (found, addenda, _) = bench.note(1).unwrap();
    assert_eq!((found, addenda), (note(1, "tulip"), Vec::new()));
}

#[test]
fn an_import_brings_its_addenda() {
    let mut bench = Bench::new();
    bench.done(StorageOperation::ImportNote {
        note: Box::new(note(1, "tulip")),
        addenda: vec![addendum(2, 1, "later")],
        deletes_at: Some(NOW),
        audit: entry("imported"),
    });
    let (_, addenda, row) = bench.note(1).unwrap();
    assert_eq!((addenda.len(), row.deletes_at), (1, Some(NOW)));
}

#[test]
fn a_hold_takes_a_note_off_the_list_of_ends_and_stops_the_sweep() {
    let mut bench = Bench::new();
    bench.import(note(1, "tulip"));
    let retain = |held, deletes_at| StorageOperation::SetRetention {
        id: id(1),
        held,
        deletes_at,
        audit: entry("retention"),
    };
    let due = |bench: &mut Bench| match bench.storage(StorageOperation::Due) {
        StorageAnswer::Due(items) => items,
        other => panic!("{other:?}"),
    };
    assert_eq!(due(&mut bench), []);
    bench.done(retain(false, Some(Millis(5))));
    let item = DueItem {
        doomed: Doomed::Note(id(1)),
        at: Millis(5),
    };
    assert_eq!(due(&mut bench), [item]);
    bench.done(retain(true, Some(Millis(5))));
    assert_eq!(due(&mut bench), []);
    assert_eq!(
        bench.destroy(vec![Doomed::Note(id(1))], "expired"),
        StorageAnswer::Destroyed(Vec::new())
    );
    let (found, _, row) = bench.note(1).unwrap();
    assert_eq!((found, row.held), (note(1, "tulip"), true));
    let receipts = bench.destroy(vec![Doomed::Note(id(1))], "deleted");
    assert!(matches!(receipts, StorageAnswer::Destroyed(receipts) if receipts.len() == 1));
    assert_eq!(bench.storage(retain(false, None)), StorageAnswer::Failed(MISSING));
}

#[test]
fn captures_are_due_while_locked() {
    let mut bench = Bench::new();
    bench.restart();
    bench.begin(1);
    let StorageAnswer::Due(items) = bench.storage(StorageOperation::Due) else {
        panic!()
    };
    assert_eq!(
        (items[0].doomed, items[0].at),
        (Doomed::Capture(id(1)), NOW.plus(24 * HOUR))
    );
}

#[test]
fn settings_are_the_defaults_until_saved_and_sealed_after() {
    let mut bench = Bench::new();
    assert_eq!(
        bench.storage(StorageOperation::Settings),
        StorageAnswer::Settings(Box::default())
    );
    for transcript_days in [3, 2] {
        let settings = Box::new(Settings {
            transcript_days,
            ..Settings::default()
        });
        bench.done(StorageOperation::SaveSettings {
            settings: settings.clone(),
        });
        assert_eq!(
            bench.storage(StorageOperation::Settings),
            StorageAnswer::Settings(settings)
        );
    }
    bench.restart();
    assert_eq!(bench.storage(StorageOperation::Settings), StorageAnswer::Failed(LOCKED));
    bench.unlock_by_passcode();
    assert!(
        matches!(bench.storage(StorageOperation::Settings), StorageAnswer::Settings(it) if it.transcript_days == 2)
    );
}

#[test]
fn the_latest_time_never_goes_back() {
    let mut bench = Bench::new();
    let mut see = |now| bench.storage(StorageOperation::SeeTime { now: Millis(now) });
    assert_eq!(see(5), StorageAnswer::Time(Millis(5)));
    assert_eq!(see(3), StorageAnswer::Time(Millis(5)));
    assert_eq!(see(9), StorageAnswer::Time(Millis(9)));
    bench.restart();
    let seen = bench.storage(StorageOperation::SeeTime { now: Millis(0) });
    assert_eq!(seen, StorageAnswer::Time(Millis(9)));
}

#[test]
fn the_audit_log_grows_while_locked_and_its_chain_is_unbroken() {
    let mut bench = Bench::new();
    bench.restart();
    for act in ["a", "b", "c"] {
        bench.done(StorageOperation::Audit(entry(act)));
    }
    let StorageAnswer::AuditLog(mut lines) = bench.storage(StorageOperation::AuditLog) else {
        panic!()
    };
    let unbroken = crate::adapters::storage::audit::unbroken;
    assert_eq!((lines.len(), unbroken(&lines)), (3, 3));
    lines[1].act = "x".to_owned();
    assert_eq!(unbroken(&lines), 1);
}
