//! Files as phones, recorders and browsers make them, and files that are none.

use std::{
    fs,
    io::Write,
    path::{Path, PathBuf},
};

use super::*;

const CAP_MS: u64 = 180_000;

fn sample(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("samples").join(name)
}

fn file(bytes: &[u8]) -> tempfile::NamedTempFile {
    let mut file = tempfile::NamedTempFile::new().unwrap();
    file.write_all(bytes).unwrap();
    file
}

/// A wav file of 16 kHz, 16 bits and one channel.
fn wav(samples: &[i16]) -> Vec<u8> {
    let data: Vec<u8> = samples.iter().flat_map(|sample| sample.to_le_bytes()).collect();
    let length = u32::try_from(data.len()).unwrap();
    let mut bytes = b"RIFF".to_vec();
    bytes.extend((length + 36).to_le_bytes());
    bytes.extend(b"WAVEfmt \x10\0\0\0\x01\0\x01\0\x80\x3e\0\0\0\x7d\0\0\x02\0\x10\0data");
    bytes.extend(length.to_le_bytes());
    bytes.extend(data);
    bytes
}

/// Loudness of each 40 ms.
#[allow(clippy::cast_precision_loss)]
fn envelope(pcm: &Pcm) -> Vec<f64> {
    let energy = |part: &[i16]| part.iter().map(|sample| f64::from(*sample).powi(2)).sum::<f64>();
    pcm.0
        .chunks(640)
        .map(|part| (energy(part) / part.len() as f64 + 1.0).ln())
        .collect()
}

/// How alike two recordings rise and fall: 1 is the same. Some formats do not say how much padding they begin with, so the
/// first may lag by up to 160 ms.
fn likeness(a: &Pcm, b: &Pcm) -> f64 {
    let lag = |frames: usize| correlation(&envelope(&Pcm(a.0[frames * 320..].to_vec())), &envelope(b));
    (0..8).map(lag).fold(0.0, f64::max)
}

#[allow(clippy::cast_precision_loss)]
fn correlation(a: &[f64], b: &[f64]) -> f64 {
    let count = a.len().min(b.len());
    let mean = |values: &[f64]| values[..count].iter().sum::<f64>() / count as f64;
    let (mean_a, mean_b) = (mean(a), mean(b));
    let sum = |f: &dyn Fn(f64, f64) -> f64| (0..count).map(|at| f(a[at] - mean_a, b[at] - mean_b)).sum::<f64>();
    sum(&|x, y| x * y) / (sum(&|x, _| x * x) * sum(&|_, y| y * y)).sqrt()
}

#[test]
fn every_kind_of_file_gives_the_same_speech() {
    let whole = intake(&sample("th1_slt.wav"), CAP_MS).unwrap();
    assert_eq!(whole.duration_ms(), 12_230);
    let other = intake(&sample("th2_rms.wav"), CAP_MS).unwrap();
    assert!(likeness(&Pcm(other.0[..64_000].to_vec()), &whole) < 0.3);
    for name in [
        "stereo_44100.m4a",
        "adts.aac",
        "mono_24000.mp3",
        "opus.ogg",
        "vorbis.ogg",
        "opus.webm",
        "phone_8000.wav",
    ] {
        let pcm = intake(&sample("fixtures").join(name), CAP_MS).unwrap();
        assert!(
            pcm.duration_ms().abs_diff(4_000) <= 110,
            "{name}: {} ms",
            pcm.duration_ms()
        );
        let likeness = likeness(&pcm, &whole);
        // a telephone cuts off what is above 4 kHz
        let least = if name.starts_with("phone") { 0.85 } else { 0.95 };
        assert!(likeness > least, "{name}: {likeness}");
    }
}

#[test]
fn what_is_no_audio_file_is_told_from_what_cannot_be_read() {
    assert_eq!(intake(&sample("no such file"), CAP_MS), Err(SpeechError::Unreadable));
    assert_eq!(intake(&sample("fixtures"), CAP_MS), Err(SpeechError::Unreadable));
    assert_eq!(intake(&sample("th1_slt.txt"), CAP_MS), Err(SpeechError::NotAudio));
    assert_eq!(
        intake(file(b"%PDF-1.7\n%\xff\xfb").path(), CAP_MS),
        Err(SpeechError::NotAudio)
    );
    assert_eq!(
        intake(file(b"RIFF\x04\0\0\0WAVE").path(), CAP_MS),
        Err(SpeechError::Damaged)
    );
    assert_eq!(intake(file(b"").path(), CAP_MS), Err(SpeechError::Empty));
    assert_eq!(intake(file(&wav(&[])).path(), CAP_MS), Err(SpeechError::Empty));
}

#[test]
fn a_file_that_ends_early_keeps_what_was_said_from_one_second_on() {
    for name in [
        "stereo_44100.m4a",
        "mono_24000.mp3",
        "opus.ogg",
        "opus.webm",
        "adts.aac",
    ] {
        let whole = fs::read(sample("fixtures").join(name)).unwrap();
        let head = intake(file(&whole[..24.min(whole.len())]).path(), CAP_MS);
        assert!(
            matches!(head, Err(SpeechError::Damaged | SpeechError::Empty)),
            "{name}: {head:?}"
        );
        let most = intake(file(&whole[..whole.len() * 3 / 4]).path(), CAP_MS);
        // an m4a keeps its table of contents at the end: without it nothing can be found
        if name.ends_with("m4a") {
            assert_eq!(most, Err(SpeechError::Damaged));
        } else {
            let pcm = most.unwrap_or_else(|error| panic!("{name}: {error:?}"));
            assert!(
                (1_000..4_000).contains(&pcm.duration_ms()),
                "{name}: {} ms",
                pcm.duration_ms()
            );
        }
    }
    let cut = wav(&[7; 40_000]);
    assert_eq!(intake(file(&cut[..50_044]).path(), CAP_MS).unwrap().0.len(), 25_000);
}

#[test]
fn garbage_behind_a_true_beginning_never_panics() {
    let mut state = 7_u32;
    let mut random = || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        state >> 8
    };
    for name in [
        "stereo_44100.m4a",
        "mono_24000.mp3",
        "opus.ogg",
        "vorbis.ogg",
        "opus.webm",
        "adts.aac",
    ] {
        let whole = fs::read(sample("fixtures").join(name)).unwrap();
        for _ in 0..8 {
            let mut damaged = whole.clone();
            for _ in 0..24 {
                let at = 16 + random() as usize % (damaged.len() - 16);
                damaged[at] = random().to_le_bytes()[0];
            }
            match intake(file(&damaged).path(), CAP_MS) {
                Ok(pcm) => assert!(pcm.duration_ms() <= CAP_MS),
                Err(error) => assert_ne!(error, SpeechError::Unreadable, "{name}"),
            }
        }
    }
}

#[test]
fn a_recording_over_the_cap_is_refused_and_one_of_exactly_the_cap_is_not() {
    let second = file(&wav(&vec![1; 16_000]));
    assert_eq!(intake(second.path(), 1_000).unwrap().0.len(), 16_000);
    let padded = file(&wav(&vec![1; 17_000]));
    assert_eq!(intake(padded.path(), 1_000).unwrap().0.len(), 16_000);
    let longer = file(&wav(&vec![1; 18_000]));
    assert_eq!(intake(longer.path(), 1_000), Err(SpeechError::TooLong));
    let six_minutes = file(&wav(&vec![1; 360 * 16_000]));
    assert_eq!(intake(six_minutes.path(), u64::MAX), Err(SpeechError::TooLong));
}

#[test]
fn a_file_that_lies_about_its_length_is_read_as_it_is() {
    // what programs write that do not know the length beforehand
    let mut bytes = wav(&[9; 32_000]);
    bytes[4..8].fill(0xFF);
    bytes[40..44].fill(0xFF);
    assert_eq!(intake(file(&bytes).path(), CAP_MS).unwrap().0.len(), 32_000);
}
