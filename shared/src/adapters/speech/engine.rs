//! Whisper on this device: one model, loaded when it is first needed, and one window after another.
//!
//! The work runs on a thread of its own, so that a cancelled caller has its answer at once while the encoder finishes unseen.
//! Nothing is printed and nothing is written. What whisper.cpp itself allocates is freed after each recording, not wiped.

use std::{
    num::NonZero,
    path::PathBuf,
    sync::{
        Arc, Mutex, Once, PoisonError,
        atomic::{AtomicBool, Ordering},
        mpsc::{self, RecvTimeoutError, SyncSender},
    },
    thread,
    time::Duration,
};

use whisper_rs::{WhisperContext, WhisperContextParameters};

use super::{
    activity::{self, FRAME},
    ghost, vocabulary,
    vocabulary::Vocabulary,
    window::{Hearing, Piece},
    windows::{self, Window},
};
use crate::{
    adapters::models::{Models, catalogue},
    capabilities::speech::SpeechError,
    note::{
        Pcm, Words,
        capture::{Transcript, TranscriptSegment},
    },
};

/// How often a waiting caller looks at the cancel flag.
const LOOK: Duration = Duration::from_millis(20);

/// Speech that may stay unheard after the last word of a window before the rest is heard again.
const UNHEARD_MS: u64 = 1_000;

/// Turns recordings into text. Keeps the model that was used last.
#[derive(Debug)]
pub struct Engine {
    models: Models,
    loaded: Arc<Mutex<Option<Loaded>>>,
    /// Held while a thread works, so that one that was cancelled and the next never work side by side.
    turn: Arc<Mutex<()>>,
}

#[derive(Clone)]
struct Loaded {
    name: String,
    context: Arc<WhisperContext>,
}

impl std::fmt::Debug for Loaded {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.name)
    }
}

/// What the working thread tells.
enum Report {
    Progress(u8, Words),
    Done(Result<Transcript, SpeechError>),
}

impl Engine {
    /// An engine over the models in a folder. Loads nothing yet.
    #[must_use]
    pub fn new(models: Models) -> Self {
        Self {
            models,
            loaded: Arc::default(),
            turn: Arc::default(),
        }
    }

    /// Transcribes `pcm` with the model of that name (empty: the default one), and tells of its progress in per cent with the
    /// words so far. The samples are wiped in any case.
    ///
    /// # Errors
    /// `NoSpeech`, `Empty`, `NoModel`, `BadModel`, `Engine`; and `Cancelled` within 100 ms of `cancel` being set.
    pub fn transcribe(
        &mut self,
        pcm: Pcm,
        vocabulary: &[Words],
        model: &str,
        cancel: &Arc<AtomicBool>,
        progress: &mut dyn FnMut(u8, &str),
    ) -> Result<Transcript, SpeechError> {
        if pcm.0.is_empty() {
            return Err(SpeechError::Empty);
        }
        let (sender, reports) = mpsc::sync_channel(1);
        let abandoned = Arc::new(AtomicBool::new(false));
        let job = Job {
            models: self.models.clone(),
            loaded: Arc::clone(&self.loaded),
            turn: Arc::clone(&self.turn),
            model: catalogue::or_default(model).to_owned(),
            vocabulary: Vocabulary::new(vocabulary),
            stop: [Arc::clone(cancel), Arc::clone(&abandoned)],
            sender,
        };
        thread::Builder::new()
            .name("speech".to_owned())
            .spawn(move || job.run(pcm))
            .map_err(|_| SpeechError::Engine)?;
        let answer = loop {
            if cancel.load(Ordering::Acquire) {
                break Err(SpeechError::Cancelled);
            }
            match reports.recv_timeout(LOOK) {
                Ok(Report::Progress(percent, words)) => progress(percent, words.as_str()),
                Ok(Report::Done(answer)) => break answer,
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => break Err(SpeechError::Engine),
            }
        };
        abandoned.store(true, Ordering::Release);
        answer
    }

    /// Lets the loaded model go, for when memory is short or its file is deleted.
    pub fn unload(&mut self) {
        *self.loaded.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }
}

/// One recording on its thread.
struct Job {
    models: Models,
    loaded: Arc<Mutex<Option<Loaded>>>,
    turn: Arc<Mutex<()>>,
    model: String,
    vocabulary: Vocabulary,
    stop: [Arc<AtomicBool>; 2],
    sender: SyncSender<Report>,
}

impl Job {
    fn run(self, pcm: Pcm) {
        let answer = self.transcribe(&pcm);
        drop(pcm);
        // nobody listens after a cancel
        let _ = self.sender.send(Report::Done(answer));
    }

    fn stopped(&self) -> bool {
        self.stop.iter().any(|flag| flag.load(Ordering::Acquire))
    }

    fn transcribe(&self, pcm: &Pcm) -> Result<Transcript, SpeechError> {
        let activity = activity::listen(&pcm.0);
        let mut waiting = windows::cut(&activity);
        if waiting.is_empty() {
            return Err(SpeechError::NoSpeech);
        }
        waiting.reverse();
        let _turn = self.turn.lock().unwrap_or_else(PoisonError::into_inner);
        if self.stopped() {
            return Err(SpeechError::Cancelled);
        }
        let context = self.context()?;
        let prompt = vocabulary::prompt(&self.vocabulary, &context, catalogue::is_small(&self.model));
        let mut hearing = Hearing::new(&context, &prompt, threads())?;
        let frames = activity.speech.len().max(1);
        let mut segments: Vec<TranscriptSegment> = Vec::new();
        while let Some(window) = waiting.pop() {
            if self.stopped() {
                return Err(SpeechError::Cancelled);
            }
            let spoken_ms = activity.speech_ms(window.from, window.to);
            let pieces = hearing.hear(window.samples(&pcm.0), activity.gain, spoken_ms)?;
            let heard = pieces.last().map_or(0, |piece| frame(window, piece.end_ms));
            if heard > window.from + 50 && activity.speech_ms(heard, window.to) > UNHEARD_MS {
                waiting.push(Window {
                    from: heard,
                    to: window.to,
                });
            }
            segments.extend(pieces.into_iter().filter_map(|piece| self.segment(window, piece)));
            let percent = u8::try_from(window.to.min(frames) * 100 / frames).unwrap_or(100);
            let _ = self.sender.send(Report::Progress(percent, text(&segments)));
        }
        let text = text(&segments);
        if text.is_blank() {
            return Err(SpeechError::NoSpeech);
        }
        Ok(Transcript {
            text,
            segments,
            model: self.model.clone(),
        })
    }

    /// A piece in the recording's own time; `None` for a ghost.
    fn segment(&self, window: Window, piece: Piece) -> Option<TranscriptSegment> {
        let words = ghost::clean(piece.text.as_str(), &piece.doubt)?;
        Some(TranscriptSegment {
            start_ms: window.start_ms() + piece.start_ms,
            end_ms: (window.start_ms() + piece.end_ms).min(window.to as u64 * 20),
            text: self.vocabulary.correct(&words).into(),
        })
    }

    /// The model, loaded if it is not the one used last.
    fn context(&self) -> Result<Arc<WhisperContext>, SpeechError> {
        let mut loaded = self.loaded.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(loaded) = loaded.as_ref().filter(|loaded| loaded.name == self.model) {
            return Ok(Arc::clone(&loaded.context));
        }
        *loaded = None;
        let context = Arc::new(load(self.models.verified(&self.model)?)?);
        *loaded = Some(Loaded {
            name: self.model.clone(),
            context: Arc::clone(&context),
        });
        Ok(context)
    }
}

fn load(path: PathBuf) -> Result<WhisperContext, SpeechError> {
    static SILENCE: Once = Once::new();
    // without a log backend the hooks swallow all that whisper.cpp would print
    SILENCE.call_once(whisper_rs::install_logging_hooks);
    let mut parameters = WhisperContextParameters::default();
    // flash attention on a processor is 1.4 times slower
    parameters.use_gpu(false).flash_attn(false);
    WhisperContext::new_with_params(path, parameters).map_err(|_| SpeechError::BadModel)
}

fn threads() -> usize {
    thread::available_parallelism().map_or(1, NonZero::get).min(4)
}

/// The frame of the recording at so many milliseconds of a window.
fn frame(window: Window, ms: u64) -> usize {
    let frames = usize::try_from(ms * 16 / FRAME as u64).unwrap_or(usize::MAX);
    window.from.saturating_add(frames).min(window.to)
}

fn text(segments: &[TranscriptSegment]) -> Words {
    let mut text = String::with_capacity(segments.iter().map(|segment| segment.text.0.len() + 1).sum());
    for segment in segments {
        if !text.is_empty() {
            text.push(' ');
        }
        text.push_str(segment.text.as_str());
    }
    text.into()
}
