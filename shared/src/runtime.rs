//! The only file that knows how Crux routes effects: a lane for each kind, each lane a thread of its own, and a way out to the
//! shell for what only a shell can answer. Nothing is ever answered on the stack that asked.

mod pending;

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    path::PathBuf,
    sync::{
        Arc, Weak,
        mpsc::{Receiver, Sender, channel},
    },
    thread,
    time::Duration,
};

use crux_core::{
    Core, Request,
    effects::{EffectRouter, ResolveSink, Routes},
    render::RenderOperation,
};

use self::pending::{Pending, Ticket};
use crate::{
    adapters::{
        clock, documents, random,
        vault::{VaultAdapter, VaultOptions},
    },
    app::Afterword,
    capabilities::{
        clock::NowOperation,
        documents::{DocumentAnswer, DocumentError, DocumentOperation},
        drafter::{DraftAnswer, DraftOperation},
        keys::{KeysAnswer, KeysOperation},
        microphone::{MicrophoneAnswer, MicrophoneOperation},
        random::RandomOperation,
        share::{ShareAnswer, ShareOperation},
        speech::SpeechOperation,
        storage::{StorageAnswer, StorageError, StorageOperation},
        vault::{VaultAnswer, VaultError, VaultOperation},
    },
    drafting::{Drafter, tag::Tagger},
    model::{Effect, Event},
    view::ViewModel,
};

/// What the core is started with.
#[derive(Clone, Debug)]
pub struct Options {
    /// Where speech models lie.
    pub models_folder: PathBuf,
    /// Makes the vault's options: `VaultOptions::default` for people, cheaper ones for tests.
    pub vault: fn() -> VaultOptions,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            models_folder: PathBuf::new(),
            vault: VaultOptions::default,
        }
    }
}

/// What only a shell can answer, plus the wish to be looked at again.
#[derive(Debug)]
pub enum ShellRequest {
    /// The view changed.
    Render(Request<RenderOperation>),
    /// The key store.
    Keys(Request<KeysOperation>),
    /// The microphone.
    Microphone(Request<MicrophoneOperation>),
    /// The way out.
    Share(Request<ShareOperation>),
}

/// Whatever can take every answer that Rust gives.
pub trait Sink:
    ResolveSink<StorageOperation>
    + ResolveSink<VaultOperation>
    + ResolveSink<SpeechOperation>
    + ResolveSink<DraftOperation>
    + ResolveSink<DocumentOperation>
    + ResolveSink<NowOperation>
    + ResolveSink<RandomOperation>
    + Send
    + Sync
    + 'static
{
}

impl<T> Sink for T where
    T: ResolveSink<StorageOperation>
        + ResolveSink<VaultOperation>
        + ResolveSink<SpeechOperation>
        + ResolveSink<DraftOperation>
        + ResolveSink<DocumentOperation>
        + ResolveSink<NowOperation>
        + ResolveSink<RandomOperation>
        + Send
        + Sync
        + 'static
{
}

enum VaultJob {
    Storage(Request<StorageOperation>),
    Vault(Request<VaultOperation>),
}

enum QuickJob {
    Draft(Request<DraftOperation>),
    Document(Request<DocumentOperation>),
    Now(Request<NowOperation>),
    Random(Request<RandomOperation>),
}

/// The threads that answer in Rust. They end when the lanes are dropped.
#[derive(Clone)]
pub struct Lanes {
    vault: Sender<(VaultJob, Ticket)>,
    quick: Sender<(QuickJob, Ticket)>,
    speech: speech::Lane,
    pending: Arc<Pending>,
}

impl Lanes {
    /// Starts the threads. `sink` takes their answers.
    #[must_use]
    pub fn start<S: Sink>(sink: &Weak<S>, options: &Options) -> Self {
        let (vault, vault_jobs) = channel();
        let (quick, quick_jobs) = channel();
        let vault_options = options.vault;
        spawn("vault", sink.clone(), move |sink| {
            vault_lane(&vault_jobs, VaultAdapter::new(vault_options()), &sink);
        });
        spawn("quick", sink.clone(), move |sink| quick_lane(&quick_jobs, &sink));
        let speech = speech::Lane::start(sink, options);
        let pending = Arc::default();
        Self {
            vault,
            quick,
            speech,
            pending,
        }
    }

    /// Takes an effect that Rust answers; gives back one that a shell must answer.
    #[must_use]
    pub fn take(&self, effect: Effect) -> Option<ShellRequest> {
        let ticket = || self.pending.ticket();
        let vault = |job| drop(self.vault.send((job, ticket())));
        let quick = |job| drop(self.quick.send((job, ticket())));
        match effect {
            Effect::Storage(request) => vault(VaultJob::Storage(request)),
            Effect::Vault(request) => vault(VaultJob::Vault(request)),
            Effect::Speech(request) => self.speech.take(request, ticket()),
            Effect::Draft(request) => quick(QuickJob::Draft(request)),
            Effect::Document(request) => quick(QuickJob::Document(request)),
            Effect::Now(request) => quick(QuickJob::Now(request)),
            Effect::Random(request) => quick(QuickJob::Random(request)),
            Effect::Render(request) => return Some(ShellRequest::Render(request)),
            Effect::Keys(request) => return Some(ShellRequest::Keys(request)),
            Effect::Microphone(request) => return Some(ShellRequest::Microphone(request)),
            Effect::Share(request) => return Some(ShellRequest::Share(request)),
        }
        None
    }
}

fn spawn<S: Sink>(name: &str, sink: Weak<S>, lane: impl FnOnce(Weak<S>) + Send + 'static) {
    thread::Builder::new()
        .name(name.to_owned())
        .spawn(move || lane(sink))
        .expect("a thread can be started when the app starts");
}

/// Hands an answer back; `false` when nobody is there any more.
fn resolve<Op, S>(sink: &Weak<S>, request: &mut Request<Op>, answer: Op::Output) -> bool
where
    Op: crux_core::capability::Operation,
    S: ResolveSink<Op>,
{
    let Some(sink) = sink.upgrade() else { return false };
    // An answer nobody waits for any more (a screen was left) is no error.
    drop(sink.resolve_request(request, answer));
    true
}

fn vault_lane<S: Sink>(jobs: &Receiver<(VaultJob, Ticket)>, mut adapter: VaultAdapter, sink: &Weak<S>) {
    while let Ok((job, _ticket)) = jobs.recv() {
        let alive = match job {
            VaultJob::Storage(mut request) => {
                let answer = catch_unwind(AssertUnwindSafe(|| adapter.storage(request.operation.clone())))
                    .unwrap_or(StorageAnswer::Failed(StorageError::Vault(VaultError::Failed)));
                resolve(sink, &mut request, answer)
            }
            VaultJob::Vault(mut request) => {
                let answer = catch_unwind(AssertUnwindSafe(|| adapter.vault(request.operation.clone())))
                    .unwrap_or(VaultAnswer::Failed(VaultError::Failed));
                resolve(sink, &mut request, answer)
            }
        };
        if !alive {
            return;
        }
    }
}

fn quick_lane<S: Sink>(jobs: &Receiver<(QuickJob, Ticket)>, sink: &Weak<S>) {
    let mut drafter: Option<Drafter> = None;
    let mut source = random::SystemSource::default();
    while let Ok((job, _ticket)) = jobs.recv() {
        let alive = match job {
            QuickJob::Now(mut request) => {
                let answer = clock::now(request.operation);
                resolve(sink, &mut request, answer)
            }
            QuickJob::Random(mut request) => {
                let answer = random::answer(request.operation, &mut source).expect("the system gives random bytes");
                resolve(sink, &mut request, answer)
            }
            QuickJob::Draft(mut request) => {
                let drafter = drafter.get_or_insert_with(|| Drafter::new(Tagger::embedded()));
                let answer = catch_unwind(AssertUnwindSafe(|| drafter.answer(request.operation.clone())))
                    .unwrap_or(DraftAnswer::NothingToFile);
                resolve(sink, &mut request, answer)
            }
            QuickJob::Document(mut request) => {
                let answer = catch_unwind(AssertUnwindSafe(|| documents::answer(&request.operation)))
                    .unwrap_or(DocumentAnswer::Failed(DocumentError::NotPossible));
                resolve(sink, &mut request, answer)
            }
        };
        if !alive {
            return;
        }
    }
}

#[cfg(not(feature = "speech"))]
mod speech {
    //! Without speech, every question is answered: there is no model.
    use super::{Options, Request, Sender, Sink, SpeechOperation, Ticket, Weak, channel, resolve, spawn};
    use crate::capabilities::speech::{SpeechAnswer, SpeechError};

    #[derive(Clone)]
    pub struct Lane(Sender<(Request<SpeechOperation>, Ticket)>);

    impl Lane {
        pub fn start<S: Sink>(sink: &Weak<S>, _: &Options) -> Self {
            let (sender, jobs) = channel::<(Request<SpeechOperation>, Ticket)>();
            spawn("speech", sink.clone(), move |sink| {
                while let Ok((mut request, _ticket)) = jobs.recv() {
                    let answer = match request.operation {
                        SpeechOperation::Models => SpeechAnswer::Models(vec![]),
                        SpeechOperation::Cancel => SpeechAnswer::Done,
                        _ => SpeechAnswer::Failed(SpeechError::NoModel),
                    };
                    if !resolve(&sink, &mut request, answer) {
                        return;
                    }
                }
            });
            Self(sender)
        }

        pub fn take(&self, request: Request<SpeechOperation>, ticket: Ticket) {
            drop(self.0.send((request, ticket)));
        }
    }
}

#[cfg(feature = "speech")]
mod speech {
    //! Two threads: one listens to voices and files, one looks after models and takes cancellations, which must not wait.
    use super::{Options, Request, Sender, Sink, SpeechOperation, Ticket, Weak, channel, resolve, spawn};
    use crate::adapters::{models::Models, speech::SpeechAdapter};

    #[derive(Clone)]
    pub struct Lane {
        voices: Sender<(Request<SpeechOperation>, Ticket)>,
        models: Sender<(Request<SpeechOperation>, Ticket)>,
    }

    impl Lane {
        pub fn start<S: Sink>(sink: &Weak<S>, options: &Options) -> Self {
            let models = Models::new(options.models_folder.clone());
            let voices = SpeechAdapter::new(models.clone());
            let canceller = voices.canceller();
            let lane = |name: &str, mut adapter: SpeechAdapter| {
                let (sender, jobs) = channel::<(Request<SpeechOperation>, Ticket)>();
                let canceller = canceller.clone();
                spawn(name, sink.clone(), move |sink| {
                    while let Ok((mut request, _ticket)) = jobs.recv() {
                        let operation = request.operation.clone();
                        let mut alive = true;
                        if operation == SpeechOperation::Cancel {
                            canceller.cancel();
                        }
                        adapter.speech(operation, &mut |answer| alive &= resolve(&sink, &mut request, answer));
                        if !alive {
                            return;
                        }
                    }
                });
                sender
            };
            Self {
                voices: lane("voices", voices),
                models: lane("models", SpeechAdapter::new(models)),
            }
        }

        pub fn take(&self, request: Request<SpeechOperation>, ticket: Ticket) {
            let lane = match request.operation {
                SpeechOperation::Intake { .. } | SpeechOperation::Transcribe { .. } => &self.voices,
                _ => &self.models,
            };
            drop(lane.send((request, ticket)));
        }
    }
}

/// The native door: for a shell written in Rust.
pub struct Runtime {
    router: Arc<EffectRouter<Afterword, Way>>,
    pending: Arc<Pending>,
}

/// The way back to the router, for the lanes.
#[derive(Clone)]
pub struct Way {
    router: Weak<EffectRouter<Afterword, Self>>,
}

impl Routes<Afterword> for Way {
    fn new(router: Weak<EffectRouter<Afterword, Self>>) -> Self {
        Self { router }
    }
}

impl Runtime {
    /// Starts the core. `shell` is called on other threads and must not answer on its own stack.
    pub fn start(options: &Options, shell: impl Fn(ShellRequest) + Send + Sync + 'static) -> Arc<Self> {
        let mut pending = Arc::default();
        let router = EffectRouter::new(Core::<Afterword>::new(), |way: Way| {
            let lanes = Lanes::start(&way.router, options);
            pending = Arc::clone(&lanes.pending);
            move |effect| {
                if let Some(request) = lanes.take(effect) {
                    if !matches!(request, ShellRequest::Render(_)) {
                        lanes.pending.enter();
                    }
                    shell(request);
                }
            }
        });
        Arc::new(Self { router, pending })
    }

    /// Waits until the core waits for nothing: all that follows from the events sent is through, and on disk. `false` when the
    /// time is over before.
    #[must_use]
    pub fn settle(&self, timeout: Duration) -> bool {
        self.pending.wait(timeout)
    }

    /// Something happened.
    pub fn send(&self, event: Event) {
        self.router.update(event);
    }

    /// The screen.
    #[must_use]
    pub fn view(&self) -> ViewModel {
        self.router.view()
    }

    /// The key store answered.
    pub fn answer_keys(&self, mut request: Request<KeysOperation>, answer: KeysAnswer) {
        drop(self.router.resolve(&mut request, answer));
        self.pending.leave();
    }

    /// The microphone answered.
    pub fn answer_microphone(&self, mut request: Request<MicrophoneOperation>, answer: MicrophoneAnswer) {
        drop(self.router.resolve(&mut request, answer));
        self.pending.leave();
    }

    /// The way out answered.
    pub fn answer_share(&self, mut request: Request<ShareOperation>, answer: ShareAnswer) {
        drop(self.router.resolve(&mut request, answer));
        self.pending.leave();
    }
}
