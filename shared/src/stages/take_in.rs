//! Decides how a summary comes in that is not spoken into the microphone: typed, or as one's own dictated memo.

use super::{
    auto_delete::{capture_end, now},
    desk, draft,
    record::{TYPED_CHARACTERS_MAX, cap_ms, new_id},
};
use crate::{
    capabilities::{
        speech::{SpeechAnswer, SpeechError, SpeechOperation},
        storage::{StorageAnswer, StorageOperation},
    },
    model::{
        Answered, Cmd, Context, Model,
        keys::{Failure, FailureKey, Notice},
    },
    note::{
        Pcm, SAMPLE_RATE_HZ, Words,
        capture::{Capture, CaptureSource, CaptureState, Transcript},
        time::Millis,
    },
};

/// A typed summary comes in: it skips the microphone and joins where transcripts are kept.
pub fn typed(text: Words, model: &mut Model) -> Cmd {
    if !model.unlocked {
        return model.fail(Failure::new(FailureKey::VaultLocked));
    }
    if text.is_blank() {
        return model.say(Notice::Failed {
            key: FailureKey::NothingToFile,
        });
    }
    if text.as_str().chars().count() > TYPED_CHARACTERS_MAX as usize {
        return model.say(Notice::Failed {
            key: FailureKey::TextTooLong,
        });
    }
    let settings = model.desk.settings.clone();
    Cmd::new(|ctx| async move {
        let now = now(&ctx).await;
        let capture = Capture {
            id: new_id(&ctx).await,
            state: CaptureState::Transcribed,
            source: CaptureSource::Typed,
            started_at: now,
            expires_at: capture_end(CaptureState::Transcribed, now, &settings),
            audio_ms: 0,
        };
        let transcript = Transcript {
            text,
            ..Transcript::default()
        };
        ctx.send_event(Answered::TranscriptReady { capture, transcript }.into());
    })
}

/// One's own dictated memo: read, sealed in segments like a voice, then transcribed.
pub fn take_file(path: String, model: &mut Model) -> Cmd {
    if !model.unlocked {
        return model.fail(Failure::new(FailureKey::VaultLocked));
    }
    let settings = model.desk.settings.clone();
    let cap_ms = cap_ms(model);
    Cmd::new(move |ctx| async move {
        let taken = match ctx
            .request_from_shell(SpeechOperation::Intake {
                path: path.into(),
                cap_ms,
            })
            .await
        {
            SpeechAnswer::Pcm(pcm) => seal_file(&ctx, &pcm, &settings).await,
            SpeechAnswer::Failed(error) => Err(error.into()),
            _ => Err(Failure::from(SpeechError::Engine)),
        };
        ctx.send_event(Answered::FileTaken(taken).into());
    })
}

async fn seal_file(ctx: &Context, pcm: &Pcm, settings: &crate::note::record::Settings) -> Result<Capture, Failure> {
    let now: Millis = now(ctx).await;
    let mut capture = Capture {
        id: new_id(ctx).await,
        state: CaptureState::Recording,
        source: CaptureSource::Imported,
        started_at: now,
        expires_at: capture_end(CaptureState::Recording, now, settings),
        audio_ms: 0,
    };
    let failed = |answer: StorageAnswer| match answer {
        StorageAnswer::Failed(error) => Err(Failure::from(error)),
        _ => Ok(()),
    };
    failed(
        ctx.request_from_shell(StorageOperation::Begin {
            capture: capture.clone(),
        })
        .await,
    )?;
    let segment = SAMPLE_RATE_HZ as usize * 5;
    for (index, samples) in pcm.0.chunks(segment).enumerate() {
        let pcm = Pcm(samples.to_vec());
        capture.audio_ms += pcm.duration_ms();
        let index = u32::try_from(index).unwrap_or(u32::MAX);
        failed(
            ctx.request_from_shell(StorageOperation::AppendSegment {
                id: capture.id,
                index,
                pcm,
            })
            .await,
        )?;
    }
    capture.state = CaptureState::Recorded;
    let set = StorageOperation::SetState {
        id: capture.id,
        state: capture.state,
        expires_at: capture.expires_at,
    };
    failed(ctx.request_from_shell(set).await)?;
    desk::audit(ctx, "imported_sound", Some(capture.id)).await;
    Ok(capture)
}

/// The file was taken in, or not.
pub fn file_taken(taken: Result<Capture, Failure>, model: &mut Model) -> Cmd {
    match taken {
        Ok(capture) => draft::transcribe(capture, model),
        Err(failure) => desk::read(model.unlocked).and(model.fail(failure)),
    }
}
