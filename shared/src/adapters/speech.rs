//! Answers what the core asks about speech: intake of a file, transcription, and the models on this device.
//!
//! It answers on the thread it is called on; whoever owns it gives it a thread of its own and keeps a [`Canceller`].

mod activity;
mod engine;
mod ghost;
mod sound;
mod vocabulary;
mod window;
mod windows;

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

pub use self::{engine::Engine, vocabulary::Vocabulary};
use super::{intake::intake, models::Models};
use crate::capabilities::speech::{SpeechAnswer, SpeechError, SpeechOperation};

/// Speech, on one thread.
#[derive(Debug)]
pub struct SpeechAdapter {
    models: Models,
    engine: Engine,
    cancel: Arc<AtomicBool>,
}

/// Stops what the adapter is doing, from any thread.
#[derive(Clone, Debug)]
pub struct Canceller(Arc<AtomicBool>);

impl Canceller {
    /// Stops the running transcription or download; it answers `Cancelled` within 100 ms.
    pub fn cancel(&self) {
        self.0.store(true, Ordering::Release);
    }

    /// Forgets a cancel that came too late for what it was meant for. To be called when new work is queued.
    pub fn arm(&self) {
        self.0.store(false, Ordering::Release);
    }
}

impl SpeechAdapter {
    /// An adapter over the models in a folder.
    #[must_use]
    pub fn new(models: Models) -> Self {
        Self {
            engine: Engine::new(models.clone()),
            models,
            cancel: Arc::default(),
        }
    }

    /// A handle for cancelling from another thread.
    #[must_use]
    pub fn canceller(&self) -> Canceller {
        Canceller(Arc::clone(&self.cancel))
    }

    /// Does `operation`. Calls `emit` with any number of `Progress` and then with exactly one other answer.
    pub fn speech(&mut self, operation: SpeechOperation, emit: &mut dyn FnMut(SpeechAnswer)) {
        let answer = self.answer(operation, emit);
        emit(answer.unwrap_or_else(SpeechAnswer::Failed));
    }

    fn answer(
        &mut self,
        operation: SpeechOperation,
        emit: &mut dyn FnMut(SpeechAnswer),
    ) -> Result<SpeechAnswer, SpeechError> {
        let mut tell = |percent: u8, words: &str| {
            emit(SpeechAnswer::Progress {
                percent,
                text: words.into(),
            });
        };
        match operation {
            SpeechOperation::Intake { path, cap_ms } => intake(&path, cap_ms).map(SpeechAnswer::Pcm),
            SpeechOperation::Transcribe { pcm, vocabulary, model } => {
                let cancel = Arc::clone(&self.cancel);
                let transcript = self.engine.transcribe(pcm, &vocabulary, &model, &cancel, &mut tell);
                self.canceller().arm();
                transcript.map(SpeechAnswer::Transcript)
            }
            // on this thread nothing else can be running: the real cancel is the handle's
            SpeechOperation::Cancel => Ok(SpeechAnswer::Done),
            SpeechOperation::Models => Ok(SpeechAnswer::Models(self.models.list())),
            SpeechOperation::FetchModel { name } => {
                let fetched = self.models.fetch(&name, &self.cancel, &mut |percent| tell(percent, ""));
                self.canceller().arm();
                fetched.map(|()| SpeechAnswer::Done)
            }
            SpeechOperation::DeleteModel { name } => {
                self.engine.unload();
                self.models.delete(&name).map(|()| SpeechAnswer::Done)
            }
        }
    }
}

#[cfg(test)]
mod tests;
