//! `afterword --sample`: a spoken summary through the whole path, in a temporary vault, without a question.

use std::{
    fs,
    time::{Duration, Instant},
};

use serde_json::{Value, json};
use shared::{
    adapters::intake::intake,
    model::Event,
    note::{Words, record::AuditLine},
    view::{ViewModel, notes::NoteView},
};

use super::{Session, failed};
use crate::{
    Folders, ShellOptions,
    args::Common,
    handlers::microphone::MicrophoneSource,
    output::{CommandError, Out},
    screens::{self, Ui},
    shell::PATIENCE,
    words,
};

/// A fictional summary, spoken.
const SPOKEN: &[u8] = include_bytes!("../../../shared/samples/th2_rms.wav");
/// The same as text, where no speech model is here.
const TYPED: &str = include_str!("../../../shared/samples/th2_rms.txt");

/// What was done, and when.
struct Log {
    out: Out,
    begun: Instant,
    steps: Vec<Value>,
    taps: u32,
}

impl Log {
    fn step(&mut self, what: &str, more: &str) {
        let at = u64::try_from(self.begun.elapsed().as_millis()).unwrap_or(u64::MAX);
        self.steps.push(json!({ "step": what, "at_ms": at, "about": more }));
        self.out
            .line(format!("{:>3}.{:02} s  {what:<16} {more}", at / 1000, at % 1000 / 10));
    }

    /// What a person does between opening the app and the signed note.
    fn tap(&mut self, event: Event) -> Event {
        self.taps += 1;
        event
    }
}

pub(super) fn run(common: &Common) -> Result<(), CommandError> {
    let unwritable = || CommandError::failed(words::failure(shared::view::keys::FailureKey::FolderReadOnly));
    let folder = tempfile::Builder::new()
        .prefix("afterword-sample-")
        .tempdir()
        .map_err(|_| unwritable())?;
    let spoken = folder.path().join("spoken.wav");
    fs::write(&spoken, SPOKEN).map_err(|_| unwritable())?;
    let models = Folders::choose(None, common.models.as_deref()).models;
    let mut options = ShellOptions::new(Folders::inside(folder.path().join("afterword"), models));
    options.microphone = MicrophoneSource::File {
        path: spoken.clone(),
        real_time: false,
    };
    let audio_ms = intake(&spoken, u64::MAX)
        .map(|pcm| pcm.duration_ms())
        .map_err(|_| unwritable())?;

    let mut log = Log {
        out: Out { json: common.json },
        begun: Instant::now(),
        steps: Vec::new(),
        taps: 0,
    };
    log.out
        .line("A fictional summary through the whole path, in a temporary vault.\n");
    let (session, _) = Session::start_with(common, options)?;
    session.act(Event::CreateTapped {
        passcode: Words::default(),
        of_age: true,
    })?;
    session.act(Event::WordsLaterTapped)?;
    log.step("vault made", "opened by this device; its key lies in the key store");

    let hears = session.home()?.can_transcribe;
    if hears {
        speak(&session, audio_ms, &mut log)?;
    } else {
        log.out.line(
            "There is no speech model here, so the summary is typed. Get one: afterword models fetch tiny.en-q8_0",
        );
        session.act(log.tap(Event::SummaryTyped {
            text: TYPED.trim().into(),
        }))?;
        log.step("typed", &format!("{} words", TYPED.split_whitespace().count()));
    }
    let ViewModel::Review(review) = session.shell.view() else {
        return Err(CommandError::failed(words::NO_ANSWER));
    };
    let sentences: usize = review
        .draft
        .sections
        .iter()
        .map(|section| section.sentences.len())
        .sum();
    log.step(
        "draft",
        &format!(
            "{}, {sentences} sentences, each with its source",
            words::format_name(review.draft.format)
        ),
    );
    let ViewModel::Note(note) = session.act(log.tap(Event::ApproveTapped))? else {
        return Err(CommandError::failed(words::NO_ANSWER));
    };
    log.step("approved", "by you; here by the sample itself");
    end(&session, &note, log)
}

/// Into the microphone, then to text.
fn speak(session: &Session, audio_ms: u64, log: &mut Log) -> Result<(), CommandError> {
    session.act(log.tap(Event::RecordTapped))?;
    let whole = |view: &ViewModel| !matches!(view, ViewModel::Capture(view) if view.elapsed_ms < audio_ms);
    let heard_all = session.shell.wait_for(whole, Duration::from_mins(1));
    failed(heard_all.ok_or_else(|| CommandError::failed(words::NO_ANSWER))?)?;
    log.step(
        "recorded",
        &format!("{} of speech, sealed second by second", words::length(audio_ms)),
    );
    session.shell.send(log.tap(Event::StopTapped));
    let transcribed = |view: &ViewModel| match view {
        ViewModel::Transcribing(view) => view.audio_deleted,
        ViewModel::Capture(_) => false,
        _ => true,
    };
    let done = session.shell.wait_for(transcribed, PATIENCE);
    failed(done.ok_or_else(|| CommandError::failed(words::NO_ANSWER))?)?;
    log.step("transcribed", "on this machine; nothing was sent anywhere");
    log.step(
        "audio destroyed",
        "its key first, then its bytes, before the draft is shown",
    );
    session.shell.settle(PATIENCE);
    failed(session.shell.view()).map(drop)
}

/// The note on screen, what is gone, and a check that it is gone.
fn end(session: &Session, note: &NoteView, mut log: Log) -> Result<(), CommandError> {
    session.act(Event::AuditTapped)?;
    let audit = match session.shell.view() {
        ViewModel::Audit(view) => view.lines,
        _ => Vec::new(),
    };
    session.act(Event::SettingsTapped)?;
    let verified = match session.act(Event::VerifyTapped)? {
        ViewModel::Settings(view) => view.verified.ok_or_else(|| CommandError::failed(words::NO_ANSWER))?,
        _ => return Err(CommandError::failed(words::NO_ANSWER)),
    };
    log.step(
        "destroyed",
        "the transcript and the draft, in the same moment as the signature",
    );
    let finding = if screens::settings::is_clean(&verified) {
        words::VERIFY_CLEAN
    } else {
        words::VERIFY_FOUND
    };
    log.step("checked", finding);
    let page = screens::page(&ViewModel::Note(Box::new(note.clone())), &Ui::default());
    let lines: Vec<String> = audit.iter().rev().map(audit_line).collect();
    log.out.say(
        || {
            json!({
                "steps": log.steps,
                "taps": log.taps,
                "note": crate::json::note(&note.note, &note.addenda),
                "audit": audit.iter().map(crate::json::audit_line).collect::<Vec<_>>(),
                "verify": crate::json::verify(&verified),
            })
        },
        || {
            format!(
                "\n{} note\n{}\nWhat the audit log holds of it:\n{}\n\nWhat the check found:\n{}",
                words::format_name(note.note.format),
                page.text(),
                lines.join("\n"),
                screens::settings::verify_lines(&verified).join("\n")
            )
        },
    );
    session.act(Event::EraseTapped { confirmed: true })?;
    log.out.line("\nThe temporary vault is erased.");
    if screens::settings::is_clean(&verified) {
        Ok(())
    } else {
        Err(CommandError::failed(words::VERIFY_FOUND))
    }
}

fn audit_line(line: &AuditLine) -> String {
    format!("  {:>2}  {} {}", line.number, line.act.replace('_', " "), line.detail)
}
