//! `afterword transcribe FILE`: text from an audio file. No vault, nothing kept.

use std::{path::Path, time::Instant};

use serde_json::json;
use shared::{
    adapters::{models::Models, speech::SpeechAdapter},
    capabilities::speech::{SpeechAnswer, SpeechError, SpeechOperation},
    note::{Pcm, capture::Transcript},
    stages::record::CAP_MS,
    view::keys::Failure,
};

use crate::{
    Folders,
    args::Common,
    folders::absolute,
    output::{CommandError, Out},
    words,
};

pub(super) fn run(common: &Common, file: &Path, model: Option<&str>) -> Result<(), CommandError> {
    let folders = Folders::choose(common.vault.as_deref(), common.models.as_deref());
    let out = Out { json: common.json };
    let heard = hear(&folders, file, model, &mut |percent| {
        out.remark(&format!("{percent} %"));
    })
    .map_err(|error| CommandError::failed(words::failure(Failure::from(error).key)))?;
    let text = heard.transcript.text.as_str();
    out.say(
        || {
            json!({
                "text": text,
                "segments": heard.transcript.segments,
                "audio_ms": heard.audio_ms,
                "elapsed_ms": heard.elapsed_ms,
                "model": heard.transcript.model,
            })
        },
        || text.to_owned(),
    );
    Ok(())
}

/// What was heard, and how long it took.
struct Heard {
    transcript: Transcript,
    audio_ms: u64,
    elapsed_ms: u64,
}

/// The speech adapter, called directly: intake, then transcription.
fn hear(folders: &Folders, file: &Path, model: Option<&str>, tell: &mut dyn FnMut(u8)) -> Result<Heard, SpeechError> {
    let begun = Instant::now();
    let mut adapter = SpeechAdapter::new(Models::new(folders.models.clone()));
    let SpeechAnswer::Pcm(pcm) = ask(
        &mut adapter,
        SpeechOperation::Intake {
            path: absolute(file),
            cap_ms: CAP_MS,
        },
        tell,
    )?
    else {
        return Err(SpeechError::Engine);
    };
    let audio_ms = Pcm::duration_ms(&pcm);
    let operation = SpeechOperation::Transcribe {
        pcm,
        vocabulary: Vec::new(),
        model: model.unwrap_or_default().to_owned(),
    };
    let SpeechAnswer::Transcript(transcript) = ask(&mut adapter, operation, tell)? else {
        return Err(SpeechError::Engine);
    };
    let elapsed_ms = u64::try_from(begun.elapsed().as_millis()).unwrap_or(u64::MAX);
    Ok(Heard {
        transcript,
        audio_ms,
        elapsed_ms,
    })
}

fn ask(
    adapter: &mut SpeechAdapter,
    operation: SpeechOperation,
    tell: &mut dyn FnMut(u8),
) -> Result<SpeechAnswer, SpeechError> {
    let mut last = Err(SpeechError::Engine);
    adapter.speech(operation, &mut |answer| match answer {
        SpeechAnswer::Progress { percent, .. } => tell(percent),
        SpeechAnswer::Failed(error) => last = Err(error),
        answer => last = Ok(answer),
    });
    last
}
