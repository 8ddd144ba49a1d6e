//! The whole way from samples to words, with the real model where `script/speech-model` has put one.

use std::{
    path::{Path, PathBuf},
    process::Command,
    sync::{Mutex, MutexGuard, PoisonError},
    thread,
    time::{Duration, Instant},
};

use super::*;
use crate::note::{Pcm, Words, capture::Transcript};

const CAP_MS: u64 = 180_000;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../.models")
}

/// One transcription at a time: each uses all cores.
static TURN: Mutex<()> = Mutex::new(());

/// An adapter with the default model, and the right to use it; `None`, said aloud, where there is none.
fn adapter() -> Option<(SpeechAdapter, MutexGuard<'static, ()>)> {
    let models = Models::new(folder());
    match models.verified("") {
        Ok(_) => Some((
            SpeechAdapter::new(models),
            TURN.lock().unwrap_or_else(PoisonError::into_inner),
        )),
        Err(error) => {
            eprintln!("SKIPPED: {error} in .models; run script/speech-model");
            None
        }
    }
}

fn sample(name: &str) -> Pcm {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples").join(name);
    intake(&path, CAP_MS).unwrap()
}

fn said(name: &str) -> String {
    std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("samples").join(name)).unwrap()
}

fn run(adapter: &mut SpeechAdapter, pcm: Pcm, vocabulary: &[&str]) -> (Result<Transcript, SpeechError>, Vec<u8>) {
    let operation = SpeechOperation::Transcribe {
        pcm,
        vocabulary: vocabulary.iter().map(|word| Words::from(*word)).collect(),
        model: String::new(),
    };
    let (mut end, mut told) = (None, Vec::new());
    adapter.speech(operation, &mut |answer| match answer {
        SpeechAnswer::Progress { percent, .. } => told.push(percent),
        answer => assert!(end.replace(answer).is_none(), "one end only"),
    });
    match end {
        Some(SpeechAnswer::Transcript(transcript)) => (Ok(transcript), told),
        Some(SpeechAnswer::Failed(error)) => (Err(error), told),
        _ => panic!("neither a transcript nor a failure"),
    }
}

fn words(text: &str) -> Vec<String> {
    let plain = text.to_lowercase().replace('-', " ");
    let letters = |word: &str| word.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
    plain
        .split_whitespace()
        .map(letters)
        .filter(|word| !word.is_empty())
        .collect()
}

/// Share of words that are wrong, missing or too many.
#[allow(clippy::cast_precision_loss)]
fn word_errors(heard: &str, said: &str) -> f64 {
    let (heard, said) = (words(heard), words(said));
    let mut row: Vec<usize> = (0..=heard.len()).collect();
    for (i, wanted) in said.iter().enumerate() {
        let mut corner = std::mem::replace(&mut row[0], i + 1);
        for (j, got) in heard.iter().enumerate() {
            let changed = corner + usize::from(wanted != got);
            corner = row[j + 1];
            row[j + 1] = changed.min(row[j] + 1).min(corner + 1);
        }
    }
    row[heard.len()] as f64 / said.len() as f64
}

/// The same at another loudness.
#[allow(clippy::cast_possible_truncation, clippy::cast_precision_loss)]
fn at_rms(pcm: &Pcm, rms: f64) -> Pcm {
    let energy: f64 = pcm.0.iter().map(|sample| (f64::from(*sample) / 32_768.0).powi(2)).sum();
    let scale = rms / (energy / pcm.0.len() as f64).sqrt();
    Pcm(pcm.0.iter().map(|sample| (f64::from(*sample) * scale) as i16).collect())
}

#[test]
fn a_spoken_summary_becomes_its_words() {
    let Some((mut adapter, _turn)) = adapter() else { return };
    for (name, most) in [("th1_slt", 0.07), ("th2_rms", 0.09)] {
        let (transcript, told) = run(&mut adapter, sample(&format!("{name}.wav")), &[]);
        let transcript = transcript.unwrap();
        let wrong = word_errors(transcript.text.as_str(), &said(&format!("{name}.txt")));
        assert!(wrong <= most, "{name}: {:.1} % of words wrong", wrong * 100.0);
        assert_eq!(transcript.model, "tiny.en-q8_0");
        assert!(told.is_sorted() && !told.is_empty());
    }
}

#[test]
fn a_whispered_summary_is_heard_as_well() {
    let Some((mut adapter, _turn)) = adapter() else { return };
    for rms in [0.01, 0.005] {
        let (transcript, _) = run(&mut adapter, at_rms(&sample("th1_slt.wav"), rms), &[]);
        let wrong = word_errors(transcript.unwrap().text.as_str(), &said("th1_slt.txt"));
        assert!(wrong <= 0.1, "at {rms}: {:.1} % of words wrong", wrong * 100.0);
    }
}

#[test]
fn pauses_are_left_out_and_times_are_those_of_the_recording() {
    let Some((mut adapter, _turn)) = adapter() else { return };
    let (first, second) = (sample("th1_slt.wav"), sample("th2_rms.wav"));
    let begins_ms = 5_000 + first.duration_ms() + 4_000;
    let mut all = vec![0; 80_000];
    all.extend(&first.0);
    all.extend(vec![0; 64_000]);
    all.extend(&second.0);
    let whole_ms = begins_ms + second.duration_ms();
    let transcript = run(&mut adapter, Pcm(all), &[]).0.unwrap();
    let wrong = word_errors(transcript.text.as_str(), &(said("th1_slt.txt") + &said("th2_rms.txt")));
    assert!(wrong <= 0.09, "{:.1} % of words wrong", wrong * 100.0);
    let segments = &transcript.segments;
    assert!(
        segments
            .iter()
            .all(|segment| segment.start_ms < segment.end_ms && segment.end_ms <= whole_ms)
    );
    assert!(segments.windows(2).all(|pair| pair[0].end_ms <= pair[1].start_ms));
    assert!((4_500..5_500).contains(&segments[0].start_ms));
    let next = segments
        .iter()
        .find(|segment| segment.text.as_str().to_lowercase().starts_with("session"));
    assert!(next.is_some_and(|segment| segment.start_ms.abs_diff(begins_ms) < 700));
}

#[test]
fn the_persons_own_words_are_written_as_they_write_them() {
    let Some((mut adapter, _turn)) = adapter() else { return };
    let transcript = run(
        &mut adapter,
        sample("th2_rms.wav"),
        &["psychoeducation", "Window of Tolerance"],
    )
    .0
    .unwrap();
    assert!(
        transcript
            .text
            .as_str()
            .contains("psychoeducation about the Window of Tolerance")
    );
}

#[test]
fn silence_and_noise_are_no_summary_even_without_a_model() {
    let mut adapter = SpeechAdapter::new(Models::new("no such folder"));
    let mut state = 1_u32;
    let noise = (0..160_000).map(|_| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        let [.., high] = state.to_le_bytes();
        i16::from(high.cast_signed()) * 20
    });
    assert_eq!(run(&mut adapter, Pcm(vec![]), &[]).0, Err(SpeechError::Empty));
    assert_eq!(
        run(&mut adapter, Pcm(vec![0; 480_000]), &[]).0,
        Err(SpeechError::NoSpeech)
    );
    assert_eq!(
        run(&mut adapter, Pcm(noise.collect()), &[]).0,
        Err(SpeechError::NoSpeech)
    );
    assert_eq!(
        run(&mut adapter, sample("th1_slt.wav"), &[]).0,
        Err(SpeechError::NoModel)
    );
}

#[test]
fn a_damaged_model_is_refused_before_it_is_parsed() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("ggml-tiny.en-q8_0.bin"), vec![0; 43_550_795]).unwrap();
    let mut adapter = SpeechAdapter::new(Models::new(folder.path()));
    assert_eq!(
        run(&mut adapter, sample("th1_slt.wav"), &[]).0,
        Err(SpeechError::BadModel)
    );
}

#[test]
fn a_cancel_is_answered_within_a_tenth_of_a_second_and_the_next_run_works() {
    let Some((mut adapter, _turn)) = adapter() else { return };
    let stopper = adapter.canceller();
    let answered_after = |adapter: &mut SpeechAdapter| {
        let stopper = stopper.clone();
        let asked = thread::spawn(move || {
            thread::sleep(Duration::from_millis(400));
            stopper.cancel();
            Instant::now()
        });
        assert_eq!(run(adapter, sample("th2_rms.wav"), &[]).0, Err(SpeechError::Cancelled));
        asked.join().unwrap().elapsed()
    };
    // a busy machine may be late once
    let soonest = (0..3).map(|_| answered_after(&mut adapter)).min();
    assert!(soonest < Some(Duration::from_millis(100)), "{soonest:?}");
    assert!(run(&mut adapter, sample("th1_slt.wav"), &[]).0.is_ok());
}

#[test]
fn nothing_is_printed_while_a_summary_is_transcribed() {
    let Some((_, _turn)) = adapter() else { return };
    let output = Command::new(std::env::current_exe().unwrap())
        .args([
            "--exact",
            "--nocapture",
            "adapters::speech::tests::a_spoken_summary_becomes_its_words",
        ])
        .output()
        .unwrap();
    assert!(output.status.success());
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
    let shown = String::from_utf8_lossy(&output.stdout).to_lowercase();
    assert!(!shown.contains("grounding") && !shown.contains("whisper_"));
}
