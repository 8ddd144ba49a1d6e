//! The life of a summary under random events, reordered answers, clock jumps and a crash at every write. What must hold, whatever
//! happens: no note without an approve; once transcribed, no audio opens; once approved, expired or discarded, no transcript opens;
//! nothing said is lost without a person's act or an expired timer; timers never grow; every restart leads on.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use shared::{
    adapters::vault::Crash,
    capabilities::{
        speech::SpeechError,
        storage::{StorageAnswer, StorageOperation},
    },
    model::Event,
    note::{
        Id,
        capture::CaptureState,
        draft::Format,
        time::{DAY, HOUR, MINUTE},
    },
    view::ViewModel,
};

use crate::support::{
    witness::Witness,
    world::{Dice, Ears, World},
};

fn sound(dice: &mut Dice, longest: u64) -> Event {
    let samples = 16 + dice.below(longest);
    let pcm = (0..samples)
        .flat_map(|at| (i16::try_from(at % 3_000).unwrap_or(0) + 200).to_le_bytes())
        .collect();
    Event::SegmentHeard { pcm }
}

/// Something a person or the world might do on this screen; now and then something that makes no sense there.
fn next_event(world: &mut World, view: &ViewModel, known: &[Id]) -> Event {
    let dice = &mut world.dice;
    let any = |dice: &mut Dice| {
        known
            .get(usize::try_from(dice.below(known.len() as u64)).unwrap_or(0))
            .copied()
            .unwrap_or_default()
    };
    if dice.one_in(9) {
        let hours = [0, 1, 5, 23, 25, 47, 24 * 6, 24 * 8];
        let jump = hours[usize::try_from(dice.below(8)).unwrap_or(0)] * HOUR
            + i64::try_from(dice.below(60)).unwrap_or(0) * MINUTE;
        let back = dice.one_in(3);
        world.clock = world.clock.plus(if back { -jump } else { jump });
        return Event::Ticked;
    }
    if dice.one_in(12) {
        let stray = [
            Event::StopTapped,
            Event::ApproveTapped,
            Event::UndoTapped,
            Event::RecordTapped,
            Event::LockTapped,
            Event::BackTapped,
        ];
        return stray[usize::try_from(dice.below(6)).unwrap_or(0)].clone();
    }
    match view {
        ViewModel::Unlock(_) if dice.one_in(4) => Event::RecordTapped,
        ViewModel::Unlock(_) => Event::PasscodeEntered {
            passcode: "river stone".into(),
        },
        ViewModel::Home(home) => match dice.below(8) {
            0 | 1 => Event::RecordTapped,
            2 => Event::SummaryTyped {
                text: "She slept better. Plan: two walks.".into(),
            },
            3 => Event::FileChosen {
                path: "memo.wav".to_owned(),
            },
            4 if !home.queue.is_empty() => Event::DiscardTapped { id: any(dice) },
            5 => Event::LockTapped,
            _ => home
                .queue
                .first()
                .map_or(Event::RecordTapped, |row| Event::ResumeTapped { id: row.id }),
        },
        ViewModel::Capture(_) => match dice.below(8) {
            0 => Event::StopTapped,
            1 => Event::PauseTapped,
            2 => Event::MicrophoneLost,
            3 => Event::BackTapped,
            _ => sound(dice, 20_000),
        },
        ViewModel::Failed(failed) => match (failed.failure.capture, dice.below(3)) {
            (Some(id), 0) => Event::ResumeTapped { id },
            (Some(id), 1) => Event::DiscardTapped { id },
            _ => Event::BackTapped,
        },
        ViewModel::Review(review) => match dice.below(9) {
            0 | 1 => Event::ApproveTapped,
            2 => Event::SentenceEdited {
                section: 0,
                sentence: 0,
                text: "She slept well.".into(),
            },
            3 => Event::SentenceMoved {
                section: 0,
                sentence: 0,
                to_section: 1,
                to_sentence: 0,
            },
            4 => Event::FormatChosen {
                format: Format::ALL[usize::try_from(dice.below(6)).unwrap_or(0)],
            },
            5 => Event::UndoTapped,
            6 => Event::DiscardTapped { id: review.id },
            7 => Event::SentenceRemoved {
                section: 0,
                sentence: 0,
            },
            _ => Event::BackTapped,
        },
        ViewModel::Note(_) => Event::BackTapped,
        _ if dice.one_in(2) => Event::BackTapped,
        _ => Event::Ticked,
    }
}

/// A vault with a passcode, made once and copied for each life.
struct Seed {
    folder: tempfile::TempDir,
    keystore: BTreeMap<String, Vec<u8>>,
}

fn seed() -> &'static Seed {
    static SEED: std::sync::OnceLock<Seed> = std::sync::OnceLock::new();
    SEED.get_or_init(|| {
        let folder = tempfile::tempdir_in(memory()).expect("a temporary folder can be made");
        let mut world = World::new(folder.path(), 7, None);
        world.start().expect("no crash was asked for");
        let create = Event::CreateTapped {
            passcode: "river stone".into(),
            of_age: true,
        };
        world.send(create).expect("no crash was asked for");
        assert!(
            matches!(world.view(), ViewModel::RecoveryWords(_)),
            "{:?}",
            world.view()
        );
        let keystore = world.keystore.clone();
        drop(world);
        Seed { folder, keystore }
    })
}

/// A folder in memory where there is one: thousands of vaults are written here.
pub fn memory() -> PathBuf {
    let shm = Path::new("/dev/shm");
    if shm.is_dir() {
        shm.to_owned()
    } else {
        std::env::temp_dir()
    }
}

pub fn newborn(folder: &Path, number: u64, crash: Option<Crash>) -> World {
    for entry in fs::read_dir(seed().folder.path()).expect("the seed is there").flatten() {
        if entry.path().is_file() {
            fs::copy(entry.path(), folder.join(entry.file_name())).expect("the seed can be copied");
        }
    }
    let mut world = World::new(folder, number, crash);
    world.keystore = seed().keystore.clone();
    world
}

fn crash(at_write: u64, after: bool) -> Crash {
    let at_write = u32::try_from(at_write).unwrap_or(1);
    if after {
        Crash::AfterCommit { at_write }
    } else {
        Crash::BeforeCommit { at_write }
    }
}

/// One life: events until it is over, each crash followed by a restart. Returns the number of crashes.
fn live(number: u64, events: u32) -> u32 {
    let folder = tempfile::tempdir_in(memory()).expect("a temporary folder can be made");
    let mut dice = Dice(number);
    let crash_after = |dice: &mut Dice| (!dice.one_in(5)).then(|| crash(1 + dice.below(14), dice.one_in(2)));
    let mut world = newborn(folder.path(), number, crash_after(&mut dice));
    world.reorder = number.is_multiple_of(2);
    let mut witness = Witness::default();
    let mut trail = format!("life {number}:");
    let mut crashes = 0;
    let mut begin = true;
    for _ in 0..events {
        let view = world.view();
        let known: Vec<Id> = witness.known.keys().copied().collect();
        world.ears = if dice.one_in(6) {
            Ears::Fail(SpeechError::NoSpeech)
        } else {
            Ears::Hear("He slept. Plan is to walk.".to_owned())
        };
        let event = if begin {
            Event::Started {
                folder: folder.path().to_string_lossy().into_owned(),
            }
        } else {
            next_event(&mut world, &view, &known)
        };
        begin = false;
        trail.push_str(&format!("\n  {event:?}").chars().take(90).collect::<String>());
        witness.hear(&event, &view);
        if world.send(event).is_err() {
            crashes += 1;
            trail.push_str("\n  CRASH");
            world.restart(crash_after(&mut dice));
            begin = true;
            continue;
        }
        witness.check(&mut world, &trail);
    }
    // A last start without a crash: the app must lead on from whatever is there.
    world.restart(None);
    world.start().expect("no crash was asked for");
    world
        .send(Event::PasscodeEntered {
            passcode: "river stone".into(),
        })
        .expect("no crash was asked for");
    witness.check(&mut world, &trail);
    assert!(
        matches!(world.view(), ViewModel::Home(_)),
        "a restart leads nowhere: {:?} {trail}",
        world.view()
    );
    crashes
}

fn lives(from: u64, count: u64) {
    let crashes: u32 = (from..from + count).map(|number| live(number, 24)).sum();
    assert!(
        u64::from(crashes) > count / 2,
        "only {crashes} crashes in {count} lives"
    );
}

/// 10,000 lives in four parts, so that they can run side by side. A failing one names its number: `live(number, 24)` repeats it.
#[test]
fn no_life_loses_words_or_keeps_what_must_die_part_one() {
    lives(0, 2_500);
}

#[test]
fn no_life_loses_words_or_keeps_what_must_die_part_two() {
    lives(2_500, 2_500);
}

#[test]
fn no_life_loses_words_or_keeps_what_must_die_part_three() {
    lives(5_000, 2_500);
}

#[test]
fn no_life_loses_words_or_keeps_what_must_die_part_four() {
    lives(7_500, 2_500);
}

/// One whole path, killed at its first write, its second, its third, … until a run passes without reaching the crash.
#[test]
fn the_main_path_survives_a_crash_before_each_single_write() {
    crash_everywhere(false);
}

#[test]
fn the_main_path_survives_a_crash_after_each_single_write() {
    crash_everywhere(true);
}

fn crash_everywhere(after: bool) {
    let mut writes = 1;
    loop {
        let folder = tempfile::tempdir_in(memory()).expect("a temporary folder can be made");
        let mut world = newborn(folder.path(), 11, Some(crash(writes, after)));
        let mut witness = Witness::default();
        let crashed = main_path(&mut world, &mut witness, "main path").is_err();
        world.restart(None);
        world.start().expect("no crash was asked for");
        world
            .send(Event::PasscodeEntered {
                passcode: "river stone".into(),
            })
            .expect("no crash was asked for");
        witness.check(&mut world, &format!("crash after write {writes}"));
        // Whatever is left can be brought to its end.
        for _ in 0..4 {
            if let ViewModel::Home(home) = world.view() {
                let Some(row) = home.queue.first() else { break };
                step(&mut world, &mut witness, Event::ResumeTapped { id: row.id }, "after")
                    .expect("no crash was asked for");
            }
            if matches!(world.view(), ViewModel::Capture(_)) {
                step(
                    &mut world,
                    &mut witness,
                    Event::SegmentHeard { pcm: vec![7; 32_000] },
                    "after",
                )
                .expect("no crash");
                step(&mut world, &mut witness, Event::StopTapped, "after").expect("no crash was asked for");
            }
            if matches!(world.view(), ViewModel::Review(_)) {
                step(&mut world, &mut witness, Event::ApproveTapped, "after").expect("no crash was asked for");
                step(&mut world, &mut witness, Event::BackTapped, "after").expect("no crash was asked for");
            }
        }
        let ViewModel::Home(home) = world.view() else {
            panic!("not home after write {writes}: {:?}", world.view())
        };
        assert!(home.queue.is_empty(), "something is left over after write {writes}");
        if !crashed {
            assert!(writes > 8, "only {writes} writes on the main path");
            return;
        }
        writes += 1;
    }
}

fn step(
    world: &mut World,
    witness: &mut Witness,
    event: Event,
    trail: &str,
) -> Result<(), crate::support::world::Crashed> {
    witness.hear(&event, &world.view());
    world.send(event)?;
    witness.check(world, trail);
    Ok(())
}

fn main_path(world: &mut World, witness: &mut Witness, trail: &str) -> Result<(), crate::support::world::Crashed> {
    world.start()?;
    let mut dice = Dice(3);
    let events = [
        Event::PasscodeEntered {
            passcode: "river stone".into(),
        },
        Event::RecordTapped,
        sound(&mut dice, 60_000),
        sound(&mut dice, 60_000),
        Event::StopTapped,
        Event::SentenceEdited {
            section: 0,
            sentence: 0,
            text: "Work stress was discussed.".into(),
        },
        Event::ApproveTapped,
    ];
    for event in events {
        step(world, witness, event, trail)?;
    }
    assert!(matches!(world.view(), ViewModel::Note(_)), "{:?}", world.view());
    Ok(())
}

#[test]
fn an_unsigned_transcript_dies_on_day_seven_and_the_clock_cannot_save_it() {
    let folder = tempfile::tempdir_in(memory()).expect("a temporary folder can be made");
    let mut world = newborn(folder.path(), 5, None);
    world.start().expect("no crash");
    world
        .send(Event::PasscodeEntered {
            passcode: "river stone".into(),
        })
        .expect("no crash");
    world
        .send(Event::SummaryTyped {
            text: "She slept better. Plan: two walks.".into(),
        })
        .expect("no crash");
    assert!(matches!(world.view(), ViewModel::Review(_)), "{:?}", world.view());
    let begun = world.clock;
    let captures = |world: &mut World| match world.vault().storage(StorageOperation::Captures) {
        StorageAnswer::Captures(captures) => captures,
        other => panic!("{other:?}"),
    };
    world.clock = begun.plus(7 * DAY - MINUTE);
    world.send(Event::Ticked).expect("no crash");
    let waiting = captures(&mut world);
    assert_eq!(waiting[0].state, CaptureState::InReview, "6 d 23 h 59 m: still there");
    world.clock = begun.plus(-400 * DAY);
    world.send(Event::Ticked).expect("no crash");
    world.restart(None);
    world.start().expect("no crash");
    assert_eq!(captures(&mut world).len(), 1);
    world.clock = begun.plus(7 * DAY);
    world.send(Event::Ticked).expect("no crash");
    assert_eq!(
        captures(&mut world),
        vec![],
        "7 d 0 m: gone, and while the vault is locked"
    );
    world.clock = begun;
    world
        .send(Event::PasscodeEntered {
            passcode: "river stone".into(),
        })
        .expect("no crash");
    let text = world
        .vault()
        .storage(StorageOperation::LoadReview { id: waiting[0].id });
    assert!(matches!(text, StorageAnswer::Failed(_)));
}
