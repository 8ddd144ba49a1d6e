//! Decides how sound becomes text and text becomes a draft, and that the audio is destroyed before the text is shown.

use futures::StreamExt as _;

use crate::{
    capabilities::{
        drafter::{DraftAnswer, DraftOperation},
        speech::{SpeechAnswer, SpeechError, SpeechOperation},
        storage::{AuditEntry, StorageAnswer, StorageOperation},
        vault::LocalKey,
    },
    model::{
        Answered, Cmd, Context, Model, Stage,
        keys::{Failure, NextStep, Notice},
        stage::{Reviewing, Transcribing},
        turns::After,
    },
    note::{
        Id, Secret, Words,
        capture::{Capture, CaptureSource, CaptureState, Review, Transcript},
        draft::{Draft, Fact, Format, Role, Section, Sentence},
        preferences::Preferences,
    },
    stages::{auto_delete::capture_end, desk},
};

/// Transcribes a capture, on screen.
pub fn transcribe(capture: Capture, model: &mut Model) -> Cmd {
    if let Some(running) = &model.desk.running {
        return if running.capture.id == capture.id {
            model.show(Stage::Transcribe)
        } else {
            desk::go_home(model)
        };
    }
    let vocabulary = model.desk.settings.preferences.vocabulary.clone();
    let name = model.desk.settings.model.clone();
    model.desk.running = Some(Transcribing {
        capture: capture.clone(),
        percent: 0,
        text: Words::default(),
        audio_deleted: false,
    });
    let listen = Cmd::new(move |ctx| async move {
        let answered = match hear(&ctx, capture.id, vocabulary, name).await {
            Ok(transcript) => Answered::TranscriptReady { capture, transcript },
            Err(failure) => Answered::TranscriptFailed { capture, failure },
        };
        ctx.send_event(answered.into());
    });
    listen.and(model.show(Stage::Transcribe))
}

async fn hear(ctx: &Context, id: Id, vocabulary: Vec<Words>, model: String) -> Result<Transcript, Option<Failure>> {
    let pcm = match ctx.request_from_shell(StorageOperation::LoadAudio { id }).await {
        StorageAnswer::Audio(pcm) => pcm,
        StorageAnswer::Failed(error) => return Err(Some(error.into())),
        _ => return Err(Some(SpeechError::Empty.into())),
    };
    let mut answers = ctx.stream_from_shell(SpeechOperation::Transcribe { pcm, vocabulary, model });
    while let Some(answer) = answers.next().await {
        match answer {
            SpeechAnswer::Transcript(transcript) => return Ok(transcript),
            SpeechAnswer::Failed(SpeechError::Cancelled) => return Err(None),
            SpeechAnswer::Failed(error) => return Err(Some(error.into())),
            progress => ctx.send_event(Answered::Heard(progress).into()),
        }
    }
    Err(Some(SpeechError::Engine.into()))
}

/// How far it is.
pub fn heard(answer: SpeechAnswer, model: &mut Model) -> Cmd {
    if let (SpeechAnswer::Progress { percent, text }, Some(running)) = (answer, &mut model.desk.running) {
        running.percent = percent.min(100);
        running.text = text;
        return crux_core::render::render();
    }
    Cmd::done()
}

/// Stops transcribing: at once on screen, whatever the engine still does. The recording stays.
pub fn cancel(model: &mut Model) -> Cmd {
    let Some(running) = &model.desk.running else {
        return Cmd::done();
    };
    if running.audio_deleted {
        return Cmd::done();
    }
    model.desk.running = None;
    let stop = Cmd::new(|ctx| async move {
        ctx.request_from_shell(SpeechOperation::Cancel).await;
    });
    let home = desk::go_home(model);
    model.desk.notice = Some(Notice::TranscriptionStopped);
    stop.and(home)
}

/// The words are there: seal them and destroy the audio, in one transaction, before anything is shown.
pub fn ready(capture: Capture, transcript: Transcript, model: &mut Model) -> Cmd {
    let spoken = capture.source != CaptureSource::Typed;
    if spoken
        && model
            .desk
            .running
            .as_ref()
            .is_none_or(|running| running.capture.id != capture.id)
    {
        return Cmd::done();
    }
    let mut capture = capture;
    capture.state = CaptureState::Transcribed;
    capture.expires_at = capture_end(capture.state, capture.started_at, &model.desk.settings);
    if !spoken {
        model.desk.running = Some(Transcribing {
            capture: capture.clone(),
            percent: 100,
            text: Words::default(),
            audio_deleted: false,
        });
        model.stage = Stage::Transcribe;
    }
    if let Some(running) = &mut model.desk.running {
        running.capture = capture.clone();
    }
    let audit = AuditEntry {
        at: model.now,
        act: if spoken { "transcribed" } else { "typed" },
        id: Some(capture.id),
        detail: String::new(),
    };
    let turn = LocalKey {
        epoch: 0,
        key: Secret::default(),
    };
    let operation = StorageOperation::SaveTranscript {
        capture,
        transcript,
        turn,
        audit,
    };
    model
        .turns
        .push(operation, After::TranscriptSaved)
        .and(crux_core::render::render())
}

/// Transcription failed, or was cancelled (`None`). The audio is there still.
pub fn failed(capture: Capture, failure: Option<Failure>, model: &mut Model) -> Cmd {
    if model
        .desk
        .running
        .as_ref()
        .is_none_or(|running| running.capture.id != capture.id)
    {
        return Cmd::done();
    }
    model.desk.running = None;
    let Some(failure) = failure else {
        return desk::go_home(model);
    };
    let operation = StorageOperation::SetState {
        id: capture.id,
        state: CaptureState::TranscribeFailed,
        expires_at: capture.expires_at,
    };
    let set = Cmd::new(|ctx| async move {
        ctx.request_from_shell(operation).await;
    });
    let shown = if matches!(model.stage, Stage::Transcribe) {
        let next = if failure.key == crate::model::keys::FailureKey::NoSpeechModel {
            NextStep::GetModel
        } else {
            NextStep::Retry
        };
        model.fail(failure.of(capture.id, next))
    } else {
        model.say(Notice::Failed { key: failure.key })
    };
    set.then(desk::read(model.unlocked)).and(shown)
}

/// The transcript is sealed, the audio is gone: draft.
pub fn saved(answer: &StorageAnswer, model: &mut Model) -> Cmd {
    let Some(running) = &mut model.desk.running else {
        return Cmd::done();
    };
    if let StorageAnswer::Failed(error) = answer {
        let failure = Failure::from(*error).of(running.capture.id, NextStep::Retry);
        model.desk.running = None;
        return desk::read(model.unlocked).and(model.fail(failure));
    }
    running.audio_deleted = true;
    running.percent = 100;
    let id = running.capture.id;
    open(id, model).and(crux_core::render::render())
}

/// Opens a capture that has text: its review where there is one, else a fresh draft, sealed before it is shown.
pub fn open(id: Id, model: &Model) -> Cmd {
    let preferences = model.desk.settings.preferences.clone();
    Cmd::new(move |ctx| async move {
        let mut answer = ctx.request_from_shell(StorageOperation::LoadReview { id }).await;
        let mut notice = None;
        if let StorageAnswer::Review {
            transcript,
            review: slot @ None,
        } = &mut answer
        {
            let (review, said) = first_draft(&ctx, transcript, preferences).await;
            notice = said;
            let save = StorageOperation::SaveReview {
                id,
                review: review.clone(),
            };
            if let failed @ StorageAnswer::Failed(_) = ctx.request_from_shell(save).await {
                return ctx.send_event(
                    Answered::ReviewRead {
                        id,
                        answer: failed,
                        notice: None,
                    }
                    .into(),
                );
            }
            *slot = Some(Box::new(review));
        }
        ctx.send_event(Answered::ReviewRead { id, answer, notice }.into());
    })
}

async fn first_draft(ctx: &Context, transcript: &Transcript, preferences: Preferences) -> (Review, Option<Notice>) {
    let summary = transcript.text.clone();
    let operation = DraftOperation::Draft {
        summary: summary.clone(),
        preferences,
    };
    let (draft, private, notice) = match ctx.request_from_shell(operation).await {
        DraftAnswer::Drafted { draft, private } => (draft, private, None),
        DraftAnswer::NothingToFile => (
            verbatim(&summary),
            vec![],
            Some(crate::model::keys::FailureKey::NothingToFile),
        ),
        DraftAnswer::OtherLanguage => (
            verbatim(&summary),
            vec![],
            Some(crate::model::keys::FailureKey::OtherLanguage),
        ),
    };
    let format = draft.format;
    let review = Review {
        draft,
        format,
        private,
        ..Review::default()
    };
    (review, notice.map(|key| Notice::Failed { key }))
}

/// The words as they are, unfiled: one sentence, one fact, so that nothing is lost where nothing could be filed.
#[must_use]
pub fn verbatim(summary: &Words) -> Draft {
    let fact = Fact {
        start: 0,
        end: u32::try_from(summary.as_str().chars().count()).unwrap_or(u32::MAX),
        text: summary.clone(),
        role: Role::Report,
        confidence: 0.0,
        risk: None,
    };
    let sentence = Sentence {
        text: summary.as_str().trim().into(),
        facts: vec![0],
        rule: "verbatim".to_owned(),
        edited: false,
    };
    Draft {
        format: Format::Narrative,
        sections: vec![Section {
            key: "narrative".to_owned(),
            title: "Narrative".to_owned(),
            sentences: vec![sentence],
        }],
        facts: vec![fact],
        ..Draft::default()
    }
}

/// A review was read, or made.
pub fn review_read(id: Id, answer: StorageAnswer, notice: Option<Notice>, model: &mut Model) -> Cmd {
    let waited = model
        .desk
        .running
        .as_ref()
        .is_some_and(|running| running.capture.id == id);
    let on_screen = !waited || matches!(model.stage, Stage::Transcribe);
    let fresh = if waited { model.desk.running.take() } else { None };
    match answer {
        StorageAnswer::Review {
            review: Some(review), ..
        } if on_screen => {
            model.desk.notice = notice;
            // What was just transcribed has another end than the recording that the desk still shows.
            let known = fresh.map(|running| running.capture);
            let known = known
                .as_ref()
                .or_else(|| model.desk.captures.iter().find(|capture| capture.id == id));
            let expires_at = known.map_or_else(
                || capture_end(CaptureState::InReview, model.now, &model.desk.settings),
                |capture| capture.expires_at,
            );
            let stage = Reviewing::new(id, *review, expires_at);
            desk::read(model.unlocked).and(model.show(Stage::Review(Box::new(stage))))
        }
        StorageAnswer::Failed(error) => {
            let failure = Failure::from(error).of(id, NextStep::Back);
            desk::read(model.unlocked).and(model.fail(failure))
        }
        _ => desk::read(model.unlocked),
    }
}
