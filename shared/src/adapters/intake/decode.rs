//! One audio file, packet by packet, into 16 kHz mono.

use std::{
    fs::File,
    io::{ErrorKind, Seek},
    sync::LazyLock,
};

use symphonia::core::{
    codecs::{
        audio::{AudioDecoder, AudioDecoderOptions},
        registry::CodecRegistry,
    },
    errors::Error,
    formats::{FormatOptions, FormatReader, TrackType, probe::Hint},
    io::{MediaSource, MediaSourceStream, MediaSourceStreamOptions, ReadOnlySource},
    meta::MetadataOptions,
};
use zeroize::Zeroizing;

use super::resample::Resampler;
use crate::{capabilities::speech::SpeechError, note::Pcm};

/// Streams chained one behind the other in one file. More than a recorder ever makes; a bound for hostile files.
const MOST_STREAMS: u32 = 64;

/// Sample rates that exist in the world.
const RATES_HZ: std::ops::RangeInclusive<u32> = 4_000..=384_000;

static CODECS: LazyLock<CodecRegistry> = LazyLock::new(|| {
    let mut codecs = CodecRegistry::new();
    symphonia::default::register_enabled_codecs(&mut codecs);
    codecs.register_audio_decoder::<symphonia_adapter_libopus::OpusDecoder>();
    codecs
});

/// What a file gave.
pub struct Decoded {
    /// The samples.
    pub pcm: Pcm,
    /// Whether a part could not be decoded, or the file ended early.
    pub damaged: bool,
}

/// Decodes `file`, and stops with `TooLong` once there are more than `most` samples.
pub fn decode(mut file: File, extension: &str, most: usize) -> Result<Decoded, SpeechError> {
    file.rewind().map_err(|_| SpeechError::Unreadable)?;
    // a reader that may seek looks for an index at the end of a webm, which one that was cut short lacks
    let source: Box<dyn MediaSource> = match extension {
        "mkv" => Box::new(ReadOnlySource::new(file)),
        _ => Box::new(file),
    };
    let stream = MediaSourceStream::new(source, MediaSourceStreamOptions::default());
    let mut hint = Hint::new();
    hint.with_extension(extension);
    let mut format = symphonia::default::get_probe()
        .probe(&hint, stream, FormatOptions::default(), MetadataOptions::default())
        .map_err(|error| refusal(&error))?;
    let (mut track, mut decoder) = open(format.as_ref())?;
    let mut streams = 1;
    let mut sink = Sink::new(most);
    loop {
        let packet = match format.next_packet() {
            Ok(Some(packet)) => packet,
            Ok(None) => break,
            Err(Error::ResetRequired) if streams < MOST_STREAMS => {
                streams += 1;
                (track, decoder) = open(format.as_ref())?;
                continue;
            }
            Err(_) => {
                sink.damaged = true;
                break;
            }
        };
        if packet.track_id != track {
            continue;
        }
        match decoder.decode(&packet) {
            Ok(buffer) => {
                let spec = buffer.spec();
                let (rate, channels) = (spec.rate(), spec.channels().count());
                buffer.copy_to_vec_interleaved(&mut sink.interleaved);
                sink.take(rate, channels)?;
            }
            Err(Error::ResetRequired) => decoder.reset(),
            Err(_) => sink.damaged = true,
        }
    }
    sink.finish()
}

/// The file begins like a known kind, so what the probe cannot read is damaged: often cut short, its table of contents gone.
fn refusal(error: &Error) -> SpeechError {
    match error {
        Error::IoError(error) if error.kind() != ErrorKind::UnexpectedEof => SpeechError::Unreadable,
        _ => SpeechError::Damaged,
    }
}

/// The file's audio track, and a decoder for it.
fn open(format: &dyn FormatReader) -> Result<(u32, Box<dyn AudioDecoder>), SpeechError> {
    let track = format.default_track(TrackType::Audio).ok_or(SpeechError::NotAudio)?;
    let parameters = track
        .codec_params
        .as_ref()
        .and_then(|parameters| parameters.audio())
        .ok_or(SpeechError::NotAudio)?;
    let decoder = CODECS
        .make_audio_decoder(parameters, &AudioDecoderOptions::default())
        .map_err(|_| SpeechError::NotAudio)?;
    Ok((track.id, decoder))
}

/// Mixes to mono, resamples and counts.
struct Sink {
    interleaved: Zeroizing<Vec<f32>>,
    mono: Zeroizing<Vec<f32>>,
    resampler: Option<Resampler>,
    /// Allocated once for the longest recording, so that growing leaves no copies behind.
    pcm: Pcm,
    most: usize,
    damaged: bool,
}

impl Sink {
    fn new(most: usize) -> Self {
        Self {
            interleaved: Zeroizing::default(),
            mono: Zeroizing::default(),
            resampler: None,
            pcm: Pcm(Vec::with_capacity(most + super::resample::MOST_OUT)),
            most,
            damaged: false,
        }
    }

    /// Takes what stands in `interleaved`.
    fn take(&mut self, rate: u32, channels: usize) -> Result<(), SpeechError> {
        if channels == 0 || self.interleaved.is_empty() {
            return Ok(());
        }
        if !RATES_HZ.contains(&rate) {
            return Err(SpeechError::Damaged);
        }
        if self.resampler.as_ref().is_none_or(|resampler| resampler.rate() != rate) {
            if let Some(mut before) = self.resampler.take() {
                before.finish(&mut self.pcm.0)?;
            }
            self.resampler = Some(Resampler::new(rate)?);
        }
        self.mono.clear();
        #[allow(clippy::cast_precision_loss, reason = "a handful of channels")]
        let share = 1.0 / channels as f32;
        self.mono.extend(self.interleaved.chunks_exact(channels).map(|frame| {
            let sum: f32 = frame.iter().filter(|sample| sample.is_finite()).sum();
            (sum * share).clamp(-1.0, 1.0)
        }));
        // one packet may claim to be huge: feed it in pieces and look at the cap after each
        for piece in self.mono.chunks(super::resample::MOST_IN) {
            if let Some(resampler) = &mut self.resampler {
                resampler.push(piece, &mut self.pcm.0)?;
            }
            if self.pcm.0.len() > self.most {
                return Err(SpeechError::TooLong);
            }
        }
        Ok(())
    }

    fn finish(mut self) -> Result<Decoded, SpeechError> {
        if let Some(mut resampler) = self.resampler.take() {
            resampler.finish(&mut self.pcm.0)?;
        }
        if self.pcm.0.len() > self.most {
            return Err(SpeechError::TooLong);
        }
        Ok(Decoded {
            pcm: self.pcm,
            damaged: self.damaged,
        })
    }
}
