//! A world for the core: the real app, the real vault on disk, and everything else under the test's control. Effects are answered
//! one by one, in an order the test's random numbers choose among the lanes, as threads would.

use std::{
    collections::{BTreeMap, VecDeque},
    path::{Path, PathBuf},
    sync::{LazyLock, Mutex},
};

use crux_core::Core;
use shared::{
    adapters::vault::{Crash, VaultAdapter, VaultOptions},
    app::Afterword,
    capabilities::{
        documents::{DocumentAnswer, DocumentError},
        drafter::{DraftAnswer, DraftOperation},
        keys::{KeysAnswer, KeysOperation},
        microphone::MicrophoneAnswer,
        share::{ShareAnswer, ShareOperation},
        speech::{ModelInfo, SpeechAnswer, SpeechError, SpeechOperation},
    },
    drafting::{Drafter, tag::Tagger},
    model::{Effect, Event},
    note::{Pcm, Secret, capture::Transcript, time::Millis},
    view::ViewModel,
};

/// Random numbers that can be repeated (`SplitMix64`, as Steele, Lea and Flood gave it in 2014).
#[derive(Clone, Debug)]
pub struct Dice(pub u64);

impl Dice {
    pub fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    pub fn below(&mut self, n: u64) -> u64 {
        self.roll() % n.max(1)
    }

    pub fn one_in(&mut self, n: u64) -> bool {
        self.below(n) == 0
    }
}

/// What the world hears when it is asked to transcribe.
#[derive(Clone, Debug)]
pub enum Ears {
    Hear(String),
    Fail(SpeechError),
}

/// The core with its world around it.
pub struct World {
    core: Core<Afterword>,
    vault: VaultAdapter,
    pub keystore: BTreeMap<String, Vec<u8>>,
    pub clock: Millis,
    pub dice: Dice,
    pub ears: Ears,
    pub shared_out: Vec<ShareOperation>,
    pub microphone: MicrophoneAnswer,
    pub folder: PathBuf,
    pub reorder: bool,
    waiting: VecDeque<Effect>,
}

/// Where a write fails and everything after it, as if the process had been killed there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Crashed;

impl World {
    /// A world on a folder; nothing has happened in it yet.
    pub fn new(folder: &Path, seed: u64, crash: Option<Crash>) -> Self {
        Self {
            core: Core::new(),
            vault: VaultAdapter::new(options(seed, crash)),
            keystore: BTreeMap::new(),
            clock: Millis(1_800_000_000_000),
            dice: Dice(seed),
            ears: Ears::Hear("Client discussed work stress. Follow up on sleep next session.".to_owned()),
            shared_out: vec![],
            microphone: MicrophoneAnswer::Started,
            folder: folder.to_owned(),
            reorder: false,
            waiting: VecDeque::new(),
        }
    }

    /// The process starts again on what is on disk.
    pub fn restart(&mut self, crash: Option<Crash>) {
        // The old adapter lets go of the folder before the new one takes it.
        self.vault = VaultAdapter::new(options(self.dice.roll(), crash));
        self.core = Core::new();
        self.waiting.clear();
    }

    /// The screen.
    pub fn view(&self) -> ViewModel {
        self.core.view()
    }

    /// The vault itself, to ask behind the core's back.
    pub fn vault(&mut self) -> &mut VaultAdapter {
        &mut self.vault
    }

    /// Something happens, and everything that follows from it.
    pub fn send(&mut self, event: Event) -> Result<(), Crashed> {
        let effects = self.core.process_event(event);
        self.waiting.extend(effects);
        self.settle()
    }

    /// Starts the app on this world's folder.
    pub fn start(&mut self) -> Result<(), Crashed> {
        self.send(Event::Started {
            folder: self.folder.to_string_lossy().into_owned(),
        })
    }

    fn settle(&mut self) -> Result<(), Crashed> {
        while let Some(effect) = self.next() {
            self.answer(effect);
            if self.vault.is_dead() {
                self.waiting.clear();
                return Err(Crashed);
            }
        }
        Ok(())
    }

    /// The next effect: the first of a lane chosen by dice. Within a lane order holds, as it does in a thread's queue.
    fn next(&mut self) -> Option<Effect> {
        if !self.reorder || self.waiting.len() < 2 {
            return self.waiting.pop_front();
        }
        let wanted = self.dice.below(3);
        let lane = |effect: &Effect| match effect {
            Effect::Storage(_) | Effect::Vault(_) => 0,
            Effect::Speech(_) => 1,
            _ => 2,
        };
        let at = self
            .waiting
            .iter()
            .position(|effect| lane(effect) == wanted)
            .unwrap_or(0);
        self.waiting.remove(at)
    }

    fn answer(&mut self, effect: Effect) {
        let core = &self.core;
        let more: Vec<Effect> = match effect {
            Effect::Render(_) => vec![],
            Effect::Storage(mut request) => {
                let answer = self.vault.storage(request.operation.clone());
                core.resolve(&mut request, answer).unwrap_or_default()
            }
            Effect::Vault(mut request) => {
                let answer = self.vault.vault(request.operation.clone());
                core.resolve(&mut request, answer).unwrap_or_default()
            }
            Effect::Now(mut request) => core.resolve(&mut request, self.clock).unwrap_or_default(),
            Effect::Random(mut request) => {
                let bytes = (0..request.operation.count)
                    .map(|_| self.dice.roll().to_le_bytes()[0])
                    .collect();
                core.resolve(&mut request, Secret::new(bytes)).unwrap_or_default()
            }
            Effect::Keys(mut request) => {
                let answer = keys(&mut self.keystore, &request.operation);
                core.resolve(&mut request, answer).unwrap_or_default()
            }
            Effect::Microphone(mut request) => core.resolve(&mut request, self.microphone).unwrap_or_default(),
            Effect::Share(mut request) => {
                self.shared_out.push(request.operation.clone());
                core.resolve(&mut request, ShareAnswer::Done).unwrap_or_default()
            }
            Effect::Draft(mut request) => {
                let answer = draft(&request.operation);
                core.resolve(&mut request, answer).unwrap_or_default()
            }
            Effect::Document(mut request) => {
                let answer = DocumentAnswer::Failed(DocumentError::NotPossible);
                core.resolve(&mut request, answer).unwrap_or_default()
            }
            Effect::Speech(mut request) => {
                let answer = speech(&self.ears, &request.operation);
                core.resolve(&mut request, answer).unwrap_or_default()
            }
        };
        self.waiting.extend(more);
    }
}

fn options(seed: u64, crash: Option<Crash>) -> VaultOptions {
    VaultOptions {
        crash,
        ..VaultOptions::for_tests(seed)
    }
}

fn keys(keystore: &mut BTreeMap<String, Vec<u8>>, operation: &KeysOperation) -> KeysAnswer {
    match operation {
        KeysOperation::Get { name } => match keystore.get(name) {
            Some(value) => KeysAnswer::Found { value: value.clone() },
            None => KeysAnswer::Missing,
        },
        KeysOperation::Put { name, value } => {
            keystore.insert(name.clone(), value.clone());
            KeysAnswer::Done
        }
        KeysOperation::Delete { name } => {
            keystore.remove(name);
            KeysAnswer::Done
        }
    }
}

fn speech(ears: &Ears, operation: &SpeechOperation) -> SpeechAnswer {
    match operation {
        SpeechOperation::Intake { .. } => SpeechAnswer::Pcm(Pcm(vec![1_000; 16_000 * 7])),
        SpeechOperation::Transcribe { .. } => match ears {
            Ears::Hear(text) => SpeechAnswer::Transcript(Transcript {
                text: text.as_str().into(),
                ..Transcript::default()
            }),
            Ears::Fail(error) => SpeechAnswer::Failed(*error),
        },
        SpeechOperation::Models => SpeechAnswer::Models(vec![ModelInfo {
            name: "test".to_owned(),
            size_bytes: 1,
            here: true,
            partial_bytes: 0,
        }]),
        _ => SpeechAnswer::Done,
    }
}

/// The real drafter, asked once for each summary: the same few are told in thousands of lives.
fn draft(operation: &DraftOperation) -> DraftAnswer {
    static DRAFTER: LazyLock<Drafter> = LazyLock::new(|| Drafter::new(Tagger::embedded()));
    static KNOWN: LazyLock<Mutex<BTreeMap<String, DraftAnswer>>> = LazyLock::new(Mutex::default);
    let DraftOperation::Draft { summary, .. } = operation else {
        return DRAFTER.answer(operation.clone());
    };
    let mut known = KNOWN.lock().expect("no test panics while it holds this");
    let answer = known
        .entry(summary.as_str().to_owned())
        .or_insert_with(|| DRAFTER.answer(operation.clone()));
    answer.clone()
}
