//! The driver end to end: a real core, a real vault in a folder of its own, weak keys.

use std::{fs, path::Path, time::Duration};

use shared::{
    capabilities::documents::DocumentKind,
    model::Event,
    note::Words,
    view::{
        ViewModel,
        home::HomeView,
        keys::{FailureKey, Notice},
    },
};

use super::{Shell, ShellOptions};
use crate::{
    Folders,
    handlers::{
        microphone::MicrophoneSource,
        share::{Clipboard, Left},
    },
};

/// A wav file of a quiet tone: sound, though no speech.
fn tone(path: &Path, seconds: u32) {
    let samples = seconds * 16_000;
    let data = samples * 2;
    let mut bytes = Vec::new();
    bytes.extend(b"RIFF");
    bytes.extend((36 + data).to_le_bytes());
    bytes.extend(b"WAVEfmt \x10\0\0\0\x01\0\x01\0");
    bytes.extend(16_000u32.to_le_bytes());
    bytes.extend(32_000u32.to_le_bytes());
    bytes.extend(b"\x02\0\x10\0data");
    bytes.extend(data.to_le_bytes());
    for sample in 0..samples {
        let value: i16 = if sample / 40 % 2 == 0 { 3000 } else { -3000 };
        bytes.extend(value.to_le_bytes());
    }
    fs::write(path, bytes).unwrap();
}

fn options(folder: &Path) -> ShellOptions {
    let mut options = ShellOptions::new(Folders::inside(folder.join("data"), folder.join("models")));
    options.fast_keys = true;
    options.microphone = MicrophoneSource::Nothing;
    options.share.folder = folder.to_owned();
    options.share.clipboard = Clipboard::None;
    options
}

fn home(view: ViewModel) -> HomeView {
    match view {
        ViewModel::Home(home) => home,
        other => panic!("not home: {other:?}"),
    }
}

fn created(options: ShellOptions, passcode: &str) -> Shell {
    let shell = Shell::start(options).unwrap();
    assert!(matches!(shell.open(), ViewModel::Welcome(_)));
    let made = shell.act(Event::CreateTapped {
        passcode: passcode.into(),
        of_age: true,
    });
    assert!(matches!(made, ViewModel::RecoveryWords(_)), "{made:?}");
    home(shell.act(Event::WordsLaterTapped));
    shell
}

#[test]
fn a_typed_summary_goes_the_whole_way_and_out_again() {
    let folder = tempfile::tempdir().unwrap();
    let shell = created(options(folder.path()), "");
    let text = "Client discussed work stress. We practiced grounding techniques. Follow up on sleep next session.";
    let drafted = shell.act(Event::SummaryTyped { text: text.into() });
    assert!(matches!(drafted, ViewModel::Review(_)), "{drafted:?}");
    let ViewModel::Note(note) = shell.act(Event::ApproveTapped) else {
        panic!()
    };
    assert_eq!(note.notice, Some(Notice::Approved { had_audio: false }));

    let ViewModel::Notes(list) = shell.act(Event::NotesTapped { offset: 0 }) else {
        panic!()
    };
    assert_eq!((list.total, list.rows[0].id), (1, note.note.id));
    let ViewModel::Notes(found) = shell.act(Event::SearchTyped {
        query: "grounding".into(),
    }) else {
        panic!()
    };
    assert_eq!(found.rows.len(), 1);

    shell.act(Event::NoteOpened { id: note.note.id });
    let ViewModel::Export(export) = shell.act(Event::ExportTapped {
        kind: DocumentKind::Text,
    }) else {
        panic!()
    };
    shell.act(Event::ExportConfirmed { name: String::new() });
    let Some(Left::File(file)) = shell.last_left() else {
        panic!()
    };
    assert_eq!(
        fs::read_to_string(&file).unwrap(),
        export.preview.as_str(),
        "exactly what was shown"
    );

    let deleted = shell.act(Event::DeleteTapped { duty_considered: true });
    assert!(matches!(deleted, ViewModel::Deleted(_)), "{deleted:?}");
    assert_eq!(home(shell.act(Event::BackTapped)).total_notes, 0);
}

#[test]
fn a_passcode_is_asked_for_after_a_restart() {
    let folder = tempfile::tempdir().unwrap();
    drop(created(options(folder.path()), "correct horse"));
    let shell = Shell::start(options(folder.path())).unwrap();
    assert!(matches!(shell.open(), ViewModel::Unlock(_)));
    let refused = shell.act(Event::PasscodeEntered {
        passcode: Words::from("wrong"),
    });
    assert!(matches!(refused, ViewModel::Unlock(view) if view.refused));
    home(shell.act(Event::PasscodeEntered {
        passcode: Words::from("correct horse"),
    }));
}

#[test]
fn what_was_said_is_safe_when_the_app_goes_away_in_the_middle() {
    let folder = tempfile::tempdir().unwrap();
    let wav = folder.path().join("tone.wav");
    tone(&wav, 3);
    let mut with_sound = options(folder.path());
    with_sound.microphone = MicrophoneSource::File {
        path: wav,
        real_time: false,
    };
    let shell = created(with_sound.clone(), "");
    shell.act(Event::RecordTapped);
    let heard = shell.wait_for(
        |view| matches!(view, ViewModel::Capture(view) if view.elapsed_ms >= 3000),
        Duration::from_secs(20),
    );
    assert!(heard.is_some(), "{:?}", shell.view());
    drop(shell);

    let shell = Shell::start(options(folder.path())).unwrap();
    let home = home(shell.open());
    assert_eq!(home.notice, Some(Notice::RecordingSafe { audio_ms: 3000 }));
    assert_eq!((home.queue.len(), home.queue[0].audio_ms), (1, 3000));
}

#[test]
fn a_recording_without_a_speech_model_waits_and_without_a_microphone_typing_is_offered() {
    let folder = tempfile::tempdir().unwrap();
    let wav = folder.path().join("tone.wav");
    tone(&wav, 2);
    let mut with_sound = options(folder.path());
    with_sound.microphone = MicrophoneSource::File {
        path: wav,
        real_time: false,
    };
    let shell = created(with_sound, "");
    shell.act(Event::RecordTapped);
    let whole = |view: &ViewModel| matches!(view, ViewModel::Capture(view) if view.elapsed_ms >= 2000);
    assert!(shell.wait_for(whole, Duration::from_secs(20)).is_some());
    let stopped = shell.act(Event::StopTapped);
    let ViewModel::Failed(failed) = &stopped else {
        panic!("{stopped:?}")
    };
    assert_eq!(failed.failure.key, FailureKey::NoSpeechModel);
    assert_eq!(home(shell.act(Event::BackTapped)).queue[0].audio_ms, 2000);
    drop(shell);

    let shell = Shell::start(options(folder.path())).unwrap();
    home(shell.open());
    let refused = shell.act(Event::RecordTapped);
    let ViewModel::Failed(failed) = &refused else {
        panic!("{refused:?}")
    };
    assert_eq!(failed.failure.key, FailureKey::NoMicrophone);
    assert!(matches!(shell.act(Event::TypeTapped), ViewModel::Typing(_)));
}
