//! Captures from the first segment to the approve.

use super::*;

#[test]
fn a_locked_vault_records_and_only_an_opened_one_listens() {
    let mut bench = Bench::new();
    bench.restart();
    bench.begin(1);
    bench.append(1, 0, pcm(5, 3));
    bench.append(1, 1, pcm(2, -4));
    assert_eq!(bench.captures()[0].audio_ms, 7000);
    assert_eq!(bench.load_audio(1).unwrap_err(), LOCKED);
    bench.unlock_by_passcode();
    let heard = bench.load_audio(1).unwrap();
    assert_eq!(heard.0, [vec![3; 80_000], vec![-4; 32_000]].concat());
}

#[test]
fn a_recording_goes_on_after_a_crash_while_locked() {
    let mut bench = Bench::new();
    bench.restart();
    bench.begin(1);
    bench.append(1, 0, pcm(1, 1));
    bench.restart();
    assert_eq!(bench.captures()[0].audio_ms, 1000);
    bench.append(1, 1, pcm(1, 2));
    bench.append(1, 2, pcm(1, 3));
    bench.unlock_by_passcode();
    bench.append(1, 3, pcm(1, 4));
    bench.vault(VaultOperation::Lock);
    bench.append(1, 4, pcm(1, 5));
    bench.unlock_by_passcode();
    let heard = bench.load_audio(1).unwrap();
    assert_eq!(heard.duration_ms(), 5000);
    let firsts: Vec<_> = heard.0.chunks(16_000).map(|second| second[0]).collect();
    assert_eq!(firsts, [1, 2, 3, 4, 5]);
}

#[test]
fn a_segment_that_is_there_already_is_left_as_it_is() {
    let mut bench = Bench::new();
    bench.begin(1);
    bench.append(1, 0, pcm(1, 1));
    bench.append(1, 0, pcm(2, 9));
    assert_eq!(bench.load_audio(1).unwrap(), pcm(1, 1));
    assert_eq!(bench.captures()[0].audio_ms, 1000);
}

#[test]
fn nothing_can_be_appended_to_what_is_not_there() {
    let mut bench = Bench::new();
    let append = StorageOperation::AppendSegment {
        id: id(9),
        index: 0,
        pcm: pcm(1, 1),
    };
    assert_eq!(bench.storage(append.clone()), StorageAnswer::Failed(MISSING));
    bench.begin(9);
    let again = StorageOperation::Begin { capture: capture(9) };
    assert_eq!(bench.storage(again), StorageAnswer::Failed(StorageError::AlreadyThere));
    bench.save_transcript(9, "marigold");
    assert_eq!(bench.storage(append), StorageAnswer::Failed(MISSING));
}

#[test]
fn states_and_ends_are_kept_while_locked_and_captures_come_oldest_first() {
    let mut bench = Bench::new();
    bench.restart();
    bench.begin(2);
    let mut older = capture(1);
    older.started_at = NOW.plus(-5);
    bench.done(StorageOperation::Begin { capture: older });
    bench.done(StorageOperation::SetState {
        id: id(2),
        state: CaptureState::Recorded,
        expires_at: Millis(5),
    });
    let captures = bench.captures();
    assert_eq!(captures.iter().map(|it| it.id).collect::<Vec<_>>(), [id(1), id(2)]);
    assert_eq!(
        (captures[1].state, captures[1].expires_at),
        (CaptureState::Recorded, Millis(5))
    );
    let missing = StorageOperation::SetState {
        id: id(3),
        state: CaptureState::Recorded,
        expires_at: NOW,
    };
    assert_eq!(bench.storage(missing), StorageAnswer::Failed(MISSING));
}

#[test]
fn once_transcribed_there_is_no_sound_any_more() {
    let mut bench = Bench::new();
    bench.begin(1);
    bench.append(1, 0, pcm(5, 3));
    bench.save_transcript(1, "marigold");
    assert_eq!(bench.load_audio(1).unwrap_err(), MISSING);
    assert_eq!(bench.captures()[0].state, CaptureState::Transcribed);
    bench.restart();
    bench.unlock_by_passcode();
    assert_eq!(bench.load_audio(1).unwrap_err(), MISSING);
    assert_eq!(bench.load_review(1).unwrap(), (transcript("marigold"), None));
}

#[test]
fn a_typed_summary_begins_with_its_transcript() {
    let mut bench = Bench::new();
    bench.save_transcript(1, "marigold");
    assert_eq!(bench.captures().len(), 1);
    assert_eq!(bench.load_review(1).unwrap().0, transcript("marigold"));
}

#[test]
fn a_review_survives_a_restart_and_its_last_edit_wins() {
    let mut bench = Bench::new();
    bench.save_transcript(1, "marigold");
    for client in ["A", "B", "C"] {
        bench.done(StorageOperation::SaveReview {
            id: id(1),
            review: review(client),
        });
    }
    bench.restart();
    assert_eq!(bench.load_review(1).unwrap_err(), LOCKED);
    bench.unlock_by_passcode();
    assert_eq!(bench.captures()[0].state, CaptureState::InReview);
    let (_, found) = bench.load_review(1).unwrap();
    assert_eq!(*found.unwrap(), review("C"));
}

#[test]
fn a_transcript_saved_again_keeps_the_review() {
    let mut bench = Bench::new();
    bench.save_transcript(1, "marigold");
    bench.done(StorageOperation::SaveReview {
        id: id(1),
        review: review("A"),
    });
    bench.save_transcript(1, "tulip");
    let (text, found) = bench.load_review(1).unwrap();
    assert_eq!((text, *found.unwrap()), (transcript("tulip"), review("A")));
}

#[test]
fn a_review_needs_a_transcript() {
    let mut bench = Bench::new();
    bench.begin(1);
    let save = StorageOperation::SaveReview {
        id: id(1),
        review: review("A"),
    };
    assert_eq!(bench.storage(save), StorageAnswer::Failed(MISSING));
    assert_eq!(bench.load_review(1).unwrap_err(), MISSING);
    assert_eq!(bench.load_review(2).unwrap_err(), MISSING);
}

#[test]
fn an_approve_leaves_a_note_and_nothing_of_the_capture() {
    let mut bench = Bench::new();
    bench.begin(1);
    bench.append(1, 0, pcm(1, 1));
    bench.save_transcript(1, "marigold");
    bench.approve(1, note(2, "tulip"), Some(process_note(3, 2, "private tulip")));
    assert_eq!(bench.captures(), []);
    assert_eq!(bench.load_review(1).unwrap_err(), MISSING);
    assert_eq!(bench.load_audio(1).unwrap_err(), MISSING);
    bench.restart();
    bench.unlock_by_passcode();
    assert_eq!(bench.note(2).unwrap().0, note(2, "tulip"));
    let private = bench.storage(StorageOperation::ProcessNotes);
    assert_eq!(
        private,
        StorageAnswer::ProcessNotes(vec![process_note(3, 2, "private tulip")])
    );
    let turn = bench.turn();
    let again = StorageOperation::Approve {
        capture: id(1),
        note: Box::new(note(2, "tulip")),
        process_note: None,
        deletes_at: None,
        turn,
        audit: entry("approved"),
    };
    assert_eq!(bench.storage(again), StorageAnswer::Failed(MISSING));
    bench.epoch -= 1;
    bench.restart();
}

#[test]
fn a_failed_approve_changes_nothing() {
    let mut bench = Bench::new();
    bench.import(note(2, "there already"));
    bench.save_transcript(1, "marigold");
    let approve = StorageOperation::Approve {
        capture: id(1),
        note: Box::new(note(2, "tulip")),
        process_note: None,
        deletes_at: None,
        turn: local_key(bench.epoch + 1),
        audit: entry("approved"),
    };
    assert_eq!(
        bench.storage(approve),
        StorageAnswer::Failed(StorageError::AlreadyThere)
    );
    assert_eq!(bench.load_review(1).unwrap().0, transcript("marigold"));
    assert_eq!(bench.note(2).unwrap().0, note(2, "there already"));
    bench.restart();
}
