//! The microphone: a sound device, or a file that plays as if it were one. Sound goes to the core in stretches of a second.

#[cfg(feature = "microphone")]
mod device;
mod file;
#[cfg(feature = "microphone")]
mod resample;

use std::{
    path::PathBuf,
    sync::{
        Arc, Weak,
        atomic::{AtomicBool, Ordering},
        mpsc::{SyncSender, sync_channel},
    },
    thread::{self, JoinHandle},
    time::Duration,
};

use shared::{
    capabilities::microphone::{MicrophoneAnswer, MicrophoneOperation},
    model::Event,
    note::SAMPLE_RATE_HZ,
    runtime::Runtime,
};

/// Where sound comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MicrophoneSource {
    /// The default sound device.
    Device,
    /// A file, at the speed of speech or as fast as it can be taken.
    File {
        /// The audio file.
        path: PathBuf,
        /// At the speed of speech.
        real_time: bool,
    },
    /// None at all.
    Nothing,
}

/// A microphone that can be started and stopped.
#[derive(Debug)]
pub struct Microphone {
    source: MicrophoneSource,
    listening: Option<Listening>,
    /// Samples of the file already played, so that a pause goes on where it stopped.
    played: usize,
}

#[derive(Debug)]
struct Listening {
    stop: Arc<AtomicBool>,
    open: Arc<AtomicBool>,
    thread: JoinHandle<usize>,
}

/// What a listening thread is given.
struct Ear {
    stop: Arc<AtomicBool>,
    ready: SyncSender<MicrophoneAnswer>,
    out: Stretches,
}

impl Microphone {
    /// A microphone that is off.
    #[must_use]
    pub const fn new(source: MicrophoneSource) -> Self {
        Self {
            source,
            listening: None,
            played: 0,
        }
    }

    /// Does what is asked; sound goes to `core`.
    pub fn answer(&mut self, operation: MicrophoneOperation, core: &Weak<Runtime>) -> MicrophoneAnswer {
        self.stop();
        match operation {
            MicrophoneOperation::Start => self.start(core),
            MicrophoneOperation::Stop => MicrophoneAnswer::Stopped,
        }
    }

    fn start(&mut self, core: &Weak<Runtime>) -> MicrophoneAnswer {
        let stop = Arc::new(AtomicBool::new(false));
        let open = Arc::new(AtomicBool::new(false));
        let (ready, answer) = sync_channel(1);
        let ear = Ear {
            stop: Arc::clone(&stop),
            ready,
            out: Stretches::new(core.clone(), Arc::clone(&open)),
        };
        let played = self.played;
        let work: Box<dyn FnOnce() -> usize + Send> = match &self.source {
            MicrophoneSource::File { path, real_time } => {
                let (path, real_time) = (path.clone(), *real_time);
                Box::new(move || file::play(&path, real_time, played, ear))
            }
            #[cfg(feature = "microphone")]
            MicrophoneSource::Device => Box::new(move || device::listen(ear)),
            #[cfg(not(feature = "microphone"))]
            MicrophoneSource::Device => return MicrophoneAnswer::Missing,
            MicrophoneSource::Nothing => return MicrophoneAnswer::Missing,
        };
        let Ok(thread) = thread::Builder::new().name("microphone".to_owned()).spawn(work) else {
            return MicrophoneAnswer::Missing;
        };
        let answer = answer
            .recv_timeout(Duration::from_secs(10))
            .unwrap_or(MicrophoneAnswer::Missing);
        self.listening = Some(Listening { stop, open, thread });
        if answer != MicrophoneAnswer::Started {
            self.stop();
        }
        answer
    }

    /// The core has heard the answer: from now on it takes sound. What came in meanwhile was kept.
    pub fn answered(&self) {
        if let Some(listening) = &self.listening {
            listening.open.store(true, Ordering::Release);
        }
    }

    /// Stops listening; the last stretch has arrived when this returns.
    fn stop(&mut self) {
        if let Some(listening) = self.listening.take() {
            listening.stop.store(true, Ordering::Release);
            self.played = listening.thread.join().unwrap_or(self.played);
        }
    }
}

impl Drop for Microphone {
    fn drop(&mut self) {
        self.stop();
    }
}

/// Collects samples and hands them to the core, a second at a time, once it takes them.
struct Stretches {
    core: Weak<Runtime>,
    open: Arc<AtomicBool>,
    samples: Vec<i16>,
}

impl Stretches {
    const fn new(core: Weak<Runtime>, open: Arc<AtomicBool>) -> Self {
        Self {
            core,
            open,
            samples: Vec::new(),
        }
    }

    fn is_open(&self) -> bool {
        self.open.load(Ordering::Acquire)
    }

    fn take(&mut self, samples: impl IntoIterator<Item = i16>) {
        self.samples.extend(samples);
        let second = SAMPLE_RATE_HZ as usize;
        while self.is_open() && self.samples.len() >= second {
            let rest = self.samples.split_off(second);
            let whole = std::mem::replace(&mut self.samples, rest);
            self.send(whole);
        }
    }

    /// What is left over; less than a millisecond is nothing.
    fn finish(&mut self) {
        self.take([]);
        let rest = std::mem::take(&mut self.samples);
        if rest.len() >= SAMPLE_RATE_HZ as usize / 1000 {
            self.send(rest);
        }
    }

    fn send(&self, mut samples: Vec<i16>) {
        if let Some(core) = self.core.upgrade() {
            let pcm = samples.iter().flat_map(|sample| sample.to_le_bytes()).collect();
            core.send(Event::SegmentHeard { pcm });
        }
        zeroize::Zeroize::zeroize(&mut samples);
    }

    #[cfg(feature = "microphone")]
    fn lost(&self) {
        if let Some(core) = self.core.upgrade() {
            core.send(Event::MicrophoneLost);
        }
    }
}
