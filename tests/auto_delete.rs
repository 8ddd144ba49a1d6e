//! Auto-delete against a reference: notes with and without an end, holds, clocks that jump both ways, restarts, locks.

use std::collections::BTreeMap;

use proptest::prelude::*;
use shared::{
    capabilities::storage::{AuditEntry, StorageAnswer, StorageOperation},
    model::Event,
    note::{
        Id,
        draft::{Format, Section, Sentence},
        record::{Keep, Note},
        time::{DAY, HOUR, MINUTE, Millis},
    },
    stages::auto_delete::note_end,
};

use crate::{
    life::{memory, newborn},
    support::world::World,
};

#[derive(Clone, Debug)]
enum Act {
    Approve(Keep),
    Hold(usize, bool),
    Clock(i64),
    Restart,
    Lock,
}

fn act() -> impl Strategy<Value = Act> {
    let keep = prop_oneof![Just(Keep::UntilDeleted), Just(Keep::Days30), Just(Keep::Days90)];
    prop_oneof![
        3 => keep.prop_map(Act::Approve),
        2 => (0..8_usize, any::<bool>()).prop_map(|(at, held)| Act::Hold(at, held)),
        4 => (0..40_i64).prop_map(|days| Act::Clock(days * DAY)),
        2 => prop_oneof![Just(30 * DAY), Just(90 * DAY), Just(30 * DAY - MINUTE), Just(HOUR)].prop_map(Act::Clock),
        1 => (1..4_000_i64).prop_map(|days| Act::Clock(-days * DAY)),
        1 => Just(Act::Restart),
        1 => Just(Act::Lock),
    ]
}

fn note(number: u8, approved_at: Millis) -> Note {
    Note {
        id: Id::from_bytes([number; 16]),
        client: "0417".into(),
        author: "R. Okafor".into(),
        session_at: approved_at,
        approved_at,
        format: Format::Soap,
        sections: vec![Section {
            key: "plan".to_owned(),
            title: "Plan".to_owned(),
            sentences: vec![Sentence {
                text: "Walk.".into(),
                facts: vec![],
                rule: "typed".to_owned(),
                edited: true,
            }],
        }],
        facts: vec![],
        risk: vec![],
        left_out: vec![],
        content_hash: String::new(),
    }
}

fn unlock(world: &mut World) {
    world.start().expect("no crash was asked for");
    world
        .send(Event::PasscodeEntered {
            passcode: "river stone".into(),
        })
        .expect("no crash was asked for");
}

fn store(world: &mut World, operation: StorageOperation) {
    let answer = world.vault().storage(operation);
    assert!(!matches!(answer, StorageAnswer::Failed(_)), "{answer:?}");
}

fn entry(at: Millis) -> AuditEntry {
    AuditEntry {
        at,
        act: "imported",
        id: None,
        detail: String::new(),
    }
}

fn run(acts: &[Act]) {
    let folder = tempfile::tempdir_in(memory()).expect("a temporary folder can be made");
    let mut world = newborn(folder.path(), 1, None);
    unlock(&mut world);
    // The reference: what is there, when it ends, whether it is held; and the latest time anybody saw.
    let mut there: BTreeMap<Id, (Option<Millis>, bool)> = BTreeMap::new();
    let mut latest = world.clock;
    let mut made = 0;
    for act in acts {
        match act {
            Act::Approve(keep) => {
                made += 1;
                let deletes_at = note_end(*keep, latest);
                let note = Box::new(note(made, latest));
                there.insert(note.id, (deletes_at, false));
                store(
                    &mut world,
                    StorageOperation::ImportNote {
                        note,
                        addenda: vec![],
                        deletes_at,
                        audit: entry(latest),
                    },
                );
            }
            Act::Hold(at, held) => {
                let Some((id, state)) = there.iter_mut().nth(*at) else {
                    continue;
                };
                state.1 = *held;
                let retention = StorageOperation::SetRetention {
                    id: *id,
                    held: *held,
                    deletes_at: state.0,
                    audit: entry(latest),
                };
                store(&mut world, retention);
            }
            Act::Clock(by) => world.clock = world.clock.plus(*by),
            Act::Restart => {
                world.restart(None);
                unlock(&mut world);
            }
            Act::Lock => {
                world.send(Event::LockTapped).expect("no crash was asked for");
                world.send(Event::Ticked).expect("no crash was asked for");
                world
                    .send(Event::PasscodeEntered {
                        passcode: "river stone".into(),
                    })
                    .expect("no crash was asked for");
            }
        }
        world.send(Event::Ticked).expect("no crash was asked for");
        latest = latest.max(world.clock);
        there.retain(|_, (end, held)| *held || end.is_none_or(|end| end > latest));
        // Idle for days, the app has locked itself; the list is asked of an open vault.
        world
            .send(Event::PasscodeEntered {
                passcode: "river stone".into(),
            })
            .expect("no crash was asked for");
        let StorageAnswer::Notes { rows, total } =
            world.vault().storage(StorageOperation::Notes { offset: 0, limit: 200 })
        else {
            panic!("the list of notes did not open after {act:?}")
        };
        let mut listed: Vec<Id> = rows.iter().map(|row| row.id).collect();
        listed.sort();
        assert_eq!(listed, there.keys().copied().collect::<Vec<_>>(), "after {act:?}");
        assert_eq!(total as usize, there.len());
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_there_is_what_the_rules_say(acts in prop::collection::vec(act(), 1..30)) {
        run(&acts);
    }
}
