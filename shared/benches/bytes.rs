//! Event in, view out, over the byte interface: what a phone pays for each tap. Medians of many.

#[path = "support/row.rs"]
mod row;

use std::{
    sync::{Arc, mpsc},
    time::{Duration, Instant},
};

use crux_core::bridge::{BincodeFfiFormat, FfiFormat as _};
use serde::Serialize;
use shared::{
    adapters::vault::VaultOptions,
    capabilities::keys::KeysAnswer,
    ffi::{CoreFfi, CoreShell},
    model::Event,
    runtime::Options,
    view::ViewModel,
};

fn bytes<T: Serialize>(value: &T) -> Vec<u8> {
    let mut out = vec![];
    BincodeFfiFormat::serialize(&mut out, value).expect("these types have a byte form");
    out
}

struct Shell(mpsc::Sender<Vec<u8>>);

impl CoreShell for Shell {
    fn process_effects(&self, bytes: Vec<u8>) {
        drop(self.0.send(bytes));
    }
}

/// Bincode: one effect is a list length (8 bytes), the effect's id (4), its variant (4), then the operation.
const KEYS: u32 = 1;

fn main() {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let (sender, effects) = mpsc::channel();
    let options = Options {
        vault: || VaultOptions::for_tests(1),
        ..Options::default()
    };
    let core = CoreFfi::start(Arc::new(Shell(sender)), &options);
    let settle = |core: &CoreFfi, until: &dyn Fn(&ViewModel) -> bool| {
        let begun = Instant::now();
        loop {
            while let Ok(effect) = effects.recv_timeout(Duration::from_millis(2)) {
                let word = |at: usize| u32::from_le_bytes(effect[at..at + 4].try_into().expect("four bytes"));
                if word(12) == KEYS {
                    let _ = core.resolve(word(8), bytes(&KeysAnswer::Done));
                }
            }
            let view: ViewModel = BincodeFfiFormat::deserialize(&core.view().expect("a view")).expect("it reads back");
            if until(&view) {
                return;
            }
            assert!(begun.elapsed() < Duration::from_secs(20), "never came: {view:?}");
        }
    };
    let send = |event: &Event| core.update(bytes(event)).expect("an event of this version");
    send(&Event::Started {
        folder: folder.path().to_string_lossy().into_owned(),
    });
    settle(&core, &|view| matches!(view, ViewModel::Welcome(_)));
    send(&Event::CreateTapped {
        passcode: "bench".into(),
        of_age: true,
    });
    settle(&core, &|view| matches!(view, ViewModel::RecoveryWords(_)));
    send(&Event::WordsLaterTapped);
    settle(&core, &|view| matches!(view, ViewModel::Home(_)));
    send(&Event::SummaryTyped { text: "Client discussed work stress, practiced grounding techniques, assigned journaling homework. Client appeared engaged and motivated. Follow up on sleep next session.".into() });
    settle(&core, &|view| matches!(view, ViewModel::Review(_)));
    let tap = Event::SentenceTapped {
        section: 0,
        sentence: 0,
    };
    measure("review: a tap to the view", &core, &effects, &tap);
    send(&Event::LimitsTapped);
    settle(&core, &|view| matches!(view, ViewModel::Limits(_)));
    measure("limits: an event to the view", &core, &effects, &Event::StopTapped);
}

fn measure(name: &str, core: &CoreFfi, effects: &mpsc::Receiver<Vec<u8>>, event: &Event) {
    let event = bytes(event);
    let times = row::sorted(2_000, |_| {
        core.update(event.clone()).expect("an event of this version");
        let view = core.view().expect("a view");
        let _: ViewModel = BincodeFfiFormat::deserialize(&view).expect("it reads back");
        while effects.try_recv().is_ok() {}
    });
    let size = core.view().map_or(0, |view| view.len());
    let case = format!("{name} ({size} bytes)");
    row::row("bytes", &case, row::percentile(&times, 50), &row::Beside::Nothing, "");
}
