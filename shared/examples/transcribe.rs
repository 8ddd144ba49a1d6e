//! Transcribes a file as the app does, for listening tests and for `script/bench-speech`.
//! usage: `transcribe FOLDER_OF_MODELS FILE [MODEL [WORD…]]`

use std::{
    env,
    io::{self, Write},
    process::ExitCode,
};

use shared::{
    adapters::{models::Models, speech::SpeechAdapter},
    capabilities::speech::{SpeechAnswer, SpeechOperation},
    note::Words,
};

fn main() -> io::Result<ExitCode> {
    let mut arguments = env::args_os().skip(1);
    let (Some(folder), Some(path)) = (arguments.next(), arguments.next()) else {
        writeln!(io::stderr(), "usage: transcribe FOLDER_OF_MODELS FILE [MODEL [WORD…]]")?;
        return Ok(ExitCode::FAILURE);
    };
    let mut rest = arguments.map(|argument| argument.to_string_lossy().into_owned());
    let model = rest.next().unwrap_or_default();
    let vocabulary = rest.map(Words::from).collect();

    let mut adapter = SpeechAdapter::new(Models::new(folder));
    let intake = SpeechOperation::Intake {
        path: path.into(),
        cap_ms: 300_000,
    };
    let pcm = match last(&mut adapter, intake) {
        Some(SpeechAnswer::Pcm(pcm)) => pcm,
        other => return failed(other.as_ref()),
    };
    let transcribe = SpeechOperation::Transcribe { pcm, vocabulary, model };
    match last(&mut adapter, transcribe) {
        Some(SpeechAnswer::Transcript(transcript)) => {
            for segment in &transcript.segments {
                let (start, end) = (segment.start_ms, segment.end_ms);
                writeln!(io::stdout(), "{start:>7} {end:>7}  {}", segment.text.as_str())?;
            }
            Ok(ExitCode::SUCCESS)
        }
        other => failed(other.as_ref()),
    }
}

/// The answer that ends an operation.
fn last(adapter: &mut SpeechAdapter, operation: SpeechOperation) -> Option<SpeechAnswer> {
    let mut end = None;
    adapter.speech(operation, &mut |answer| end = Some(answer));
    end
}

fn failed(answer: Option<&SpeechAnswer>) -> io::Result<ExitCode> {
    if let Some(SpeechAnswer::Failed(error)) = answer {
        writeln!(io::stderr(), "{error}")?;
    }
    Ok(ExitCode::FAILURE)
}
