//! Decides what becomes of a voice while it speaks: sealed segments, a hard cap, and a safe end to every interruption.
//! Works while the vault is locked. Knows nothing of words.

use crate::{
    capabilities::{
        microphone::{MicrophoneAnswer, MicrophoneOperation},
        random::RandomOperation,
        storage::{Doomed, StorageAnswer, StorageError, StorageOperation},
        vault::{LocalKey, VaultError},
    },
    model::{
        Answered, Cmd, Context, Model, Stage,
        keys::{Failure, FailureKey, NextStep, Notice},
        stage::Recording,
        turns::After,
    },
    note::{
        Id, Pcm, SAMPLE_RATE_HZ, Secret,
        capture::{Capture, CaptureSource, CaptureState},
    },
    stages::{
        auto_delete::{capture_end, now},
        desk, draft,
    },
};

/// Longest typed summary, in characters: about twenty pages. A summary is brief.
pub const TYPED_CHARACTERS_MAX: u32 = 50_000;

/// No recording is longer than this, whatever the settings say (milliseconds).
pub const CAP_MS: u64 = 300_000;

/// Root mean square of a segment, out of 32,768, below which it counts as silence. Whispering lies near 330 (0.01).
const SILENT_RMS: f64 = 100.0;

/// Silence after which a cue is offered (milliseconds).
const CUE_AFTER_MS: u64 = 5_000;

/// What one might say next, in this order.
const CUES: [&str; 6] = ["brought", "saw", "did", "took_it", "risk", "next"];

impl Recording {
    fn new(capture: Capture, cap_ms: u64) -> Self {
        // A segment lasts a millisecond or more, so no number from here on can be taken already.
        let next_index = u32::try_from(capture.audio_ms).unwrap_or(u32::MAX / 2);
        Self {
            capture,
            cap_ms,
            next_index,
            level: 0,
            paused: false,
            stopping: false,
            silent_ms: 0,
            cues: 0,
        }
    }

    /// After a silence, what one might say next.
    #[must_use]
    pub fn cue(&self) -> Option<&'static str> {
        (self.silent_ms >= CUE_AFTER_MS && !self.paused).then(|| CUES[self.cues % CUES.len()])
    }

    /// Takes a segment in: cuts it at the cap, measures it. `None` when nothing of it fits.
    fn take(&mut self, pcm: Pcm) -> Option<(u32, Pcm)> {
        let room_ms = self.cap_ms.saturating_sub(self.capture.audio_ms);
        let room = usize::try_from(room_ms * u64::from(SAMPLE_RATE_HZ) / 1000).unwrap_or(usize::MAX);
        let mut pcm = pcm;
        pcm.0.truncate(room);
        if pcm.0.is_empty() {
            return None;
        }
        let rms = rms(&pcm);
        self.level = level(rms);
        if rms < SILENT_RMS {
            self.silent_ms += pcm.duration_ms();
        } else {
            if self.silent_ms >= CUE_AFTER_MS {
                self.cues += 1;
            }
            self.silent_ms = 0;
        }
        self.capture.audio_ms += pcm.duration_ms();
        let index = self.next_index;
        self.next_index += 1;
        Some((index, pcm))
    }

    const fn is_full(&self) -> bool {
        self.capture.audio_ms >= self.cap_ms
    }
}

#[allow(clippy::cast_precision_loss, reason = "a segment has at most 80,000 samples")]
fn rms(pcm: &Pcm) -> f64 {
    let sum: f64 = pcm.0.iter().map(|sample| f64::from(*sample).powi(2)).sum();
    (sum / pcm.0.len().max(1) as f64).sqrt()
}

/// Loudness on a scale of decibels: -60 dB and below is 0, full scale is 100.
#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "clamped to 0..=100"
)]
fn level(rms: f64) -> u8 {
    let decibels = 20.0 * (rms.max(1.0) / 32_768.0).log10();
    ((decibels + 60.0) / 60.0 * 100.0).clamp(0.0, 100.0) as u8
}

/// The cap in force, in milliseconds.
#[must_use]
pub fn cap_ms(model: &Model) -> u64 {
    (u64::from(model.desk.settings.cap_seconds.max(30)) * 1000).min(CAP_MS)
}

pub(super) async fn new_id(ctx: &Context) -> Id {
    let bytes = ctx.request_from_shell(RandomOperation { count: 16 }).await;
    Id::from_bytes(bytes.expose().try_into().unwrap_or_default())
}

/// Begins to record.
pub fn begin(model: &Model) -> Cmd {
    if model.presence.is_none() || matches!(model.stage, Stage::Record(_) | Stage::Welcome(_) | Stage::Starting) {
        return Cmd::done();
    }
    let settings = model.desk.settings.clone();
    Cmd::new(|ctx| async move {
        let now = now(&ctx).await;
        let capture = Capture {
            id: new_id(&ctx).await,
            state: CaptureState::Recording,
            source: CaptureSource::Spoken,
            started_at: now,
            expires_at: capture_end(CaptureState::Recording, now, &settings),
            audio_ms: 0,
        };
        let storage = ctx
            .request_from_shell(StorageOperation::Begin {
                capture: capture.clone(),
            })
            .await;
        let microphone = if storage == StorageAnswer::Done {
            ctx.request_from_shell(MicrophoneOperation::Start).await
        } else {
            MicrophoneAnswer::Missing
        };
        ctx.send_event(
            Answered::CaptureBegun {
                capture,
                storage,
                microphone,
            }
            .into(),
        );
    })
}

/// A capture was begun, or not.
pub fn begun(capture: Capture, storage: StorageAnswer, microphone: MicrophoneAnswer, model: &mut Model) -> Cmd {
    if let StorageAnswer::Failed(error) = storage {
        return model.fail(error.into());
    }
    listens(capture, microphone, model)
}

/// The microphone answered.
pub fn listens(capture: Capture, microphone: MicrophoneAnswer, model: &mut Model) -> Cmd {
    let key = match microphone {
        MicrophoneAnswer::Started => {
            model.desk.notice = None;
            let recording = Recording::new(capture, cap_ms(model));
            return model.show(Stage::Record(recording));
        }
        MicrophoneAnswer::Denied => FailureKey::MicrophoneDenied,
        MicrophoneAnswer::Missing | MicrophoneAnswer::Stopped => FailureKey::NoMicrophone,
    };
    let mut failure = Failure::new(key);
    failure.next = NextStep::TypeInstead;
    if capture.audio_ms == 0 {
        discard(capture.id, model).and(model.fail(failure))
    } else {
        failure.capture = Some(capture.id);
        model.fail(failure)
    }
}

/// A stretch of sound arrived.
pub fn segment(bytes: &[u8], model: &mut Model) -> Cmd {
    let Stage::Record(stage) = &mut model.stage else {
        return Cmd::done();
    };
    if stage.paused && !stage.stopping {
        return Cmd::done();
    }
    let samples = bytes
        .chunks_exact(2)
        .map(|pair| i16::from_le_bytes([pair[0], pair[1]]))
        .collect();
    let Some((index, pcm)) = stage.take(Pcm(samples)) else {
        return if stage.stopping { Cmd::done() } else { stop(model) };
    };
    let id = stage.capture.id;
    let full = stage.is_full() && !stage.stopping;
    let seal = Cmd::new(move |ctx| async move {
        let answer = ctx
            .request_from_shell(StorageOperation::AppendSegment { id, index, pcm })
            .await;
        ctx.send_event(Answered::SegmentSealed(answer).into());
    });
    if full {
        model.desk.notice = Some(Notice::CapReached);
        return seal.then(stop(model));
    }
    seal.and(crux_core::render::render())
}

/// A segment is on disk, or not.
pub fn sealed(answer: &StorageAnswer, model: &mut Model) -> Cmd {
    let StorageAnswer::Failed(error) = answer else {
        return Cmd::done();
    };
    let Stage::Record(stage) = &mut model.stage else {
        return Cmd::done();
    };
    if stage.stopping {
        return Cmd::done();
    }
    let full = *error == StorageError::Vault(VaultError::Full);
    model.desk.notice = Some(if full {
        Notice::RecordingDiskFull
    } else {
        Notice::Failed {
            key: Failure::from(*error).key,
        }
    });
    end(CaptureState::Interrupted, model)
}

/// Done speaking.
pub fn stop(model: &mut Model) -> Cmd {
    end(CaptureState::Recorded, model)
}

/// Taken away: a call, an alarm, a pause without end.
pub fn interrupt(model: &mut Model) -> Cmd {
    if matches!(model.stage, Stage::Record(_)) {
        model.desk.notice = Some(Notice::RecordingInterrupted);
    }
    end(CaptureState::Interrupted, model)
}

fn end(state: CaptureState, model: &mut Model) -> Cmd {
    let settings = model.desk.settings.clone();
    let Stage::Record(stage) = &mut model.stage else {
        return Cmd::done();
    };
    if stage.stopping {
        return Cmd::done();
    }
    stage.stopping = true;
    let capture = stage.capture.clone();
    let was_paused = stage.paused;
    Cmd::new(move |ctx| async move {
        if !was_paused {
            ctx.request_from_shell(MicrophoneOperation::Stop).await;
        }
        let expires_at = capture_end(state, capture.started_at, &settings);
        let operation = StorageOperation::SetState {
            id: capture.id,
            state,
            expires_at,
        };
        let storage = ctx.request_from_shell(operation).await;
        if state == CaptureState::Recorded && !matches!(storage, StorageAnswer::Failed(_)) {
            desk::audit(&ctx, "recorded", Some(capture.id)).await;
        }
        ctx.send_event(Answered::RecordingEnded { state, storage }.into());
    })
    .and(crux_core::render::render())
}

/// The microphone is off and the capture says so.
pub fn ended(state: CaptureState, storage: StorageAnswer, model: &mut Model) -> Cmd {
    let Stage::Record(stage) = &mut model.stage else {
        return Cmd::done();
    };
    stage.capture.state = state;
    let capture = stage.capture.clone();
    if let StorageAnswer::Failed(error) = storage {
        return model.fail(Failure::from(error).of(capture.id, NextStep::Retry));
    }
    if capture.audio_ms == 0 {
        let failure = Failure {
            next: NextStep::TypeInstead,
            ..Failure::new(FailureKey::NothingRecorded)
        };
        return discard(capture.id, model).and(model.fail(failure));
    }
    if model.unlocked && state == CaptureState::Recorded {
        return draft::transcribe(capture, model);
    }
    let notice = model.desk.notice.take();
    let home = desk::go_home(model);
    model.desk.notice = notice;
    desk::read(model.unlocked).and(home)
}

/// Pause, or go on. A pause is a stop of the microphone; the capture stays open.
pub fn pause(model: &mut Model) -> Cmd {
    let Stage::Record(stage) = &mut model.stage else {
        return Cmd::done();
    };
    if stage.stopping {
        return Cmd::done();
    }
    stage.paused = !stage.paused;
    stage.silent_ms = 0;
    let operation = if stage.paused {
        MicrophoneOperation::Stop
    } else {
        MicrophoneOperation::Start
    };
    Cmd::new(move |ctx| async move {
        ctx.request_from_shell(operation).await;
    })
    .and(crux_core::render::render())
}

/// Goes on speaking where it was cut off.
pub fn resume(capture: Capture) -> Cmd {
    Cmd::new(|ctx| async move {
        let mut capture = capture;
        capture.state = CaptureState::Recording;
        let operation = StorageOperation::SetState {
            id: capture.id,
            state: capture.state,
            expires_at: capture.expires_at,
        };
        ctx.request_from_shell(operation).await;
        let microphone = ctx.request_from_shell(MicrophoneOperation::Start).await;
        ctx.send_event(Answered::RecordingResumed { capture, microphone }.into());
    })
}

/// Throws a capture away: its keys first.
pub fn discard(id: Id, model: &mut Model) -> Cmd {
    if model.turns.dooms(Doomed::Capture(id)) {
        return Cmd::done();
    }
    let operation = StorageOperation::Destroy {
        doomed: vec![Doomed::Capture(id)],
        why: "discarded",
        at: model.now,
        turn: LocalKey {
            epoch: 0,
            key: Secret::default(),
        },
    };
    model.turns.push(operation, After::Destroyed)
}

#[cfg(test)]
mod tests;
