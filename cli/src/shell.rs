//! The driver: owns the core and a thread that answers what only a shell can answer. Commands, the full-screen app, the plain
//! mode and the integration tests all go through it.

#[cfg(test)]
mod tests;

use std::{
    fmt,
    sync::{
        Arc, Condvar, Mutex, PoisonError, Weak,
        mpsc::{Receiver, channel},
    },
    thread,
    time::{Duration, Instant},
};

use shared::{
    adapters::{seal::passcode::PasscodeCost, vault::VaultOptions},
    model::Event,
    runtime::{Options, Runtime, ShellRequest},
    view::{
        ViewModel,
        keys::{Failure, FailureKey},
    },
};

use crate::{
    folders::Folders,
    handlers::{
        keys::KeyStore,
        microphone::{Microphone, MicrophoneSource},
        share::{Left, Share, ShareOptions},
    },
    output::CommandError,
    words,
};

/// How long a command waits for the core before it gives up: longer than any transcription.
pub const PATIENCE: Duration = Duration::from_mins(15);

/// What a shell is started with.
#[derive(Clone, Debug)]
pub struct ShellOptions {
    /// Where things lie.
    pub folders: Folders,
    /// Where sound comes from.
    pub microphone: MicrophoneSource,
    /// How things leave.
    pub share: ShareOptions,
    /// Weak keys, for tests: unlocking takes no time.
    pub fast_keys: bool,
}

impl ShellOptions {
    /// The device's microphone, files into the current folder.
    #[must_use]
    pub fn new(folders: Folders) -> Self {
        Self {
            folders,
            microphone: MicrophoneSource::Device,
            share: ShareOptions::default(),
            fast_keys: false,
        }
    }
}

/// Rings whenever the view changed.
#[derive(Default)]
struct Bell {
    rings: Mutex<u64>,
    changed: Condvar,
}

impl Bell {
    fn ring(&self) {
        *self.rings.lock().unwrap_or_else(PoisonError::into_inner) += 1;
        self.changed.notify_all();
    }

    fn count(&self) -> u64 {
        *self.rings.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn wait(&self, seen: u64, timeout: Duration) {
        let rings = self.rings.lock().unwrap_or_else(PoisonError::into_inner);
        drop(
            self.changed
                .wait_timeout_while(rings, timeout, |rings| *rings == seen)
                .unwrap_or_else(PoisonError::into_inner),
        );
    }
}

/// A running core with its handlers.
pub struct Shell {
    runtime: Arc<Runtime>,
    bell: Arc<Bell>,
    left: Arc<Mutex<Option<Left>>>,
    folders: Folders,
}

impl fmt::Debug for Shell {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Shell")
            .field("folders", &self.folders)
            .finish_non_exhaustive()
    }
}

impl Shell {
    /// Starts the core. Nothing is opened yet.
    ///
    /// # Errors
    /// When the data folder cannot be made.
    pub fn start(options: ShellOptions) -> Result<Self, CommandError> {
        options
            .folders
            .make()
            .map_err(|_| CommandError::failed(words::failure(FailureKey::FolderReadOnly)))?;
        let bell = Arc::new(Bell::default());
        let left = Arc::new(Mutex::new(None));
        let (sender, requests) = channel();
        let core = Options {
            models_folder: options.folders.models.clone(),
            vault: if options.fast_keys {
                fast_keys
            } else {
                VaultOptions::default
            },
        };
        let runtime = Runtime::start(&core, move |request| drop(sender.send(request)));
        let folders = options.folders.clone();
        let handlers = Handlers {
            runtime: Arc::downgrade(&runtime),
            bell: Arc::clone(&bell),
            keys: KeyStore::new(options.folders.keystore),
            microphone: Microphone::new(options.microphone),
            share: Share::new(options.share, Arc::clone(&left)),
        };
        thread::Builder::new()
            .name("shell".to_owned())
            .spawn(move || handlers.answer_all(&requests))
            .map_err(|_| CommandError::failed(words::NO_THREAD))?;
        Ok(Self {
            runtime,
            bell,
            left,
            folders,
        })
    }

    /// Where things lie.
    #[must_use]
    pub const fn folders(&self) -> &Folders {
        &self.folders
    }

    /// Something happened.
    pub fn send(&self, event: Event) {
        self.runtime.send(event);
    }

    /// The screen as it is.
    #[must_use]
    pub fn view(&self) -> ViewModel {
        self.runtime.view()
    }

    /// Grows with every change of the screen.
    #[must_use]
    pub fn rings(&self) -> u64 {
        self.bell.count()
    }

    /// Waits until the screen changed since `seen` rings, or the time is over.
    pub fn wait_for_ring(&self, seen: u64, timeout: Duration) {
        self.bell.wait(seen, timeout);
    }

    /// Waits for a screen.
    #[must_use]
    pub fn wait_for(&self, wanted: impl Fn(&ViewModel) -> bool, timeout: Duration) -> Option<ViewModel> {
        let end = Instant::now() + timeout;
        loop {
            let seen = self.bell.count();
            let view = self.view();
            if wanted(&view) {
                return Some(view);
            }
            let rest = end.checked_duration_since(Instant::now())?;
            self.bell.wait(seen, rest.min(Duration::from_millis(250)));
        }
    }

    /// Does something and waits until everything that follows from it is through and on disk. Then: the screen.
    #[allow(
        clippy::must_use_candidate,
        reason = "what is done is wanted, not always what is seen"
    )]
    pub fn act(&self, event: Event) -> ViewModel {
        self.send(event);
        self.settle(PATIENCE);
        self.view()
    }

    /// Waits until the core waits for nothing any more. `false` when the time was over before.
    #[allow(clippy::must_use_candidate, reason = "the wait itself is wanted")]
    pub fn settle(&self, timeout: Duration) -> bool {
        self.runtime.settle(timeout)
    }

    /// Opens the vault's folder. One that another process is just leaving is tried again for a second.
    #[allow(
        clippy::must_use_candidate,
        reason = "what is done is wanted, not always what is seen"
    )]
    pub fn open(&self) -> ViewModel {
        let mut view = ViewModel::Starting;
        for _ in 0..20 {
            view = self.act(Event::Started {
                folder: self.folders.vault.to_string_lossy().into_owned(),
            });
            let in_use = |failure: &Failure| failure.key == FailureKey::VaultInUse;
            if !matches!(&view, ViewModel::Failed(failed) if in_use(&failed.failure)) {
                break;
            }
            thread::sleep(Duration::from_millis(50));
        }
        view
    }

    /// What became of the last thing that was to leave.
    #[must_use]
    pub fn last_left(&self) -> Option<Left> {
        self.left.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl Drop for Shell {
    fn drop(&mut self) {
        // A write on its way is finished first; a screen that waits for a person is not waited for.
        let _through = self.runtime.settle(Duration::from_secs(5));
    }
}

struct Handlers {
    runtime: Weak<Runtime>,
    bell: Arc<Bell>,
    keys: KeyStore,
    microphone: Microphone,
    share: Share,
}

impl Handlers {
    fn answer_all(mut self, requests: &Receiver<ShellRequest>) {
        while let Ok(request) = requests.recv() {
            if let ShellRequest::Render(_) = request {
                self.bell.ring();
                continue;
            }
            let Some(runtime) = self.runtime.upgrade() else { return };
            match request {
                ShellRequest::Render(_) => {}
                ShellRequest::Keys(request) => {
                    let answer = self.keys.answer(&request.operation);
                    runtime.answer_keys(request, answer);
                }
                ShellRequest::Microphone(request) => {
                    let answer = self.microphone.answer(request.operation, &self.runtime);
                    runtime.answer_microphone(request, answer);
                }
                ShellRequest::Share(request) => {
                    let answer = self.share.answer(&request.operation);
                    runtime.answer_share(request, answer);
                }
            }
        }
    }
}

fn fast_keys() -> VaultOptions {
    VaultOptions {
        passcode_cost: PasscodeCost::TESTS,
        ..VaultOptions::default()
    }
}
