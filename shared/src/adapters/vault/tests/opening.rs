//! Born, opened, locked, recovered.

use super::*;
use crate::{adapters::vault::delay::delay_ms, capabilities::vault::VaultPresence, note::time::MINUTE};

fn failed(answer: VaultAnswer) -> VaultError {
    match answer {
        VaultAnswer::Failed(error) => error,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_new_vault_is_unlocked_and_gives_24_words_once() {
    let mut bench = Bench::new();
    assert_eq!(bench.words.as_str().split(' ').count(), 24);
    assert_eq!(bench.notes(0, 10), (Vec::new(), 0));
    let again = bench.vault(VaultOperation::Create {
        passcode: None,
        device_key: None,
        local_key: local_key(1),
    });
    assert_eq!(failed(again), VaultError::Exists);
}

#[test]
fn what_opens_the_vault_is_told_before_anything_is_opened() {
    let mut bench = Bench::new();
    let presence = VaultPresence::Present {
        passcode: true,
        device_key: true,
        local_key_epoch: 1,
    };
    bench.adapter = VaultAdapter::new(VaultOptions::for_tests(2));
    assert_eq!(
        bench.open(),
        VaultAnswer::Opened {
            presence,
            moved_aside: None
        }
    );
    bench.restart();
    bench.unlock_by_passcode();
    assert_eq!(
        bench.vault(VaultOperation::SetDeviceKey { device_key: None }),
        VaultAnswer::Done
    );
    bench.adapter = VaultAdapter::new(VaultOptions::for_tests(2));
    let VaultAnswer::Opened { presence, .. } = bench.open() else {
        panic!()
    };
    assert!(matches!(
        presence,
        VaultPresence::Present {
            device_key: false,
            passcode: true,
            ..
        }
    ));
}

#[test]
fn passcode_device_key_and_words_each_open_the_same_vault() {
    let mut bench = Bench::new();
    bench.import(note(1, "marigold"));
    let words = Secret::from(bench.words.as_str());
    let ways = [
        UnlockWith::Passcode("1234".into()),
        UnlockWith::DeviceKey(Secret::new(vec![9; 32])),
        UnlockWith::Words(words),
    ];
    for way in ways {
        bench.restart();
        assert_eq!(bench.note(1).unwrap_err(), LOCKED);
        assert_eq!(bench.unlock(way), VaultAnswer::Unlocked);
        assert_eq!(bench.note(1).unwrap().0, note(1, "marigold"));
        assert_eq!(bench.vault(VaultOperation::Lock), VaultAnswer::Done);
        assert_eq!(bench.note(1).unwrap_err(), LOCKED);
    }
}

#[test]
fn a_changed_passcode_opens_and_the_old_one_does_not() {
    let mut bench = Bench::new();
    let set = |passcode: Option<&str>| VaultOperation::SetPasscode {
        passcode: passcode.map(Secret::from),
    };
    assert_eq!(bench.vault(set(Some("5678"))), VaultAnswer::Done);
    bench.restart();
    assert!(matches!(
        failed(bench.unlock(UnlockWith::Passcode("1234".into()))),
        VaultError::Refused { tries: 1, .. }
    ));
    assert_eq!(bench.unlock(UnlockWith::Passcode("5678".into())), VaultAnswer::Unlocked);
    assert_eq!(bench.vault(set(None)), VaultAnswer::Done);
    bench.restart();
    assert!(matches!(
        failed(bench.unlock(UnlockWith::Passcode("5678".into()))),
        VaultError::Refused { .. }
    ));
    assert_eq!(failed(bench.vault(set(None))), VaultError::Locked);
}

#[test]
fn wrong_passcodes_wait_longer_and_longer_also_across_restarts() {
    let mut bench = Bench::new();
    let mut now = NOW;
    for tries in 1..=9 {
        bench.restart();
        let wrong = UnlockWith::Passcode("0000".into());
        let wait_until = now.plus(delay_ms(tries));
        let refused = bench.vault(VaultOperation::Unlock { with: wrong, now });
        assert_eq!(failed(refused), VaultError::Refused { tries, wait_until });
        if tries > 3 {
            // Even the right passcode is not looked at while the wait runs.
            let right = UnlockWith::Passcode("1234".into());
            let early = bench.vault(VaultOperation::Unlock {
                with: right,
                now: wait_until.plus(-1),
            });
            assert_eq!(failed(early), VaultError::Waiting { tries, wait_until });
        }
        now = wait_until;
    }
    let right = UnlockWith::Passcode("1234".into());
    assert_eq!(
        bench.vault(VaultOperation::Unlock { with: right, now }),
        VaultAnswer::Unlocked
    );
    bench.restart();
    let wrong = bench.unlock(UnlockWith::Passcode("0000".into()));
    assert!(
        matches!(failed(wrong), VaultError::Refused { tries: 1, .. }),
        "a right one forgives"
    );
}

#[test]
fn setting_the_clock_back_never_ends_a_wait_early() {
    let mut bench = Bench::new();
    for _ in 0..4 {
        bench.unlock(UnlockWith::Passcode("0000".into()));
    }
    let mut at = |now| {
        failed(bench.vault(VaultOperation::Unlock {
            with: UnlockWith::Passcode("1234".into()),
            now,
        }))
    };
    let back = NOW.plus(-10 * MINUTE);
    let waiting = |wait_until| VaultError::Waiting { tries: 4, wait_until };
    assert_eq!(at(back), waiting(back.plus(delay_ms(4))));
    assert_eq!(at(back.plus(delay_ms(4) - 1)), waiting(back.plus(delay_ms(4))));
}

#[test]
fn who_has_the_words_need_not_wait() {
    let mut bench = Bench::new();
    for _ in 0..8 {
        bench.unlock(UnlockWith::Passcode("0000".into()));
    }
    let words = Secret::from(bench.words.as_str());
    assert_eq!(bench.unlock(UnlockWith::Words(words)), VaultAnswer::Unlocked);
}

#[test]
fn words_with_a_typing_error_are_told_apart_from_wrong_words() {
    let mut bench = Bench::new();
    assert_eq!(
        failed(bench.unlock(UnlockWith::Words("marigold".into()))),
        VaultError::BadWords
    );
    let others = Bench::with(VaultOptions::for_tests(8)).words.clone();
    let others = bench.unlock(UnlockWith::Words(others.as_str().into()));
    assert!(matches!(failed(others), VaultError::Refused { tries: 0, .. }));
}

#[test]
fn a_lost_or_wrong_local_key_is_said_clearly() {
    let mut bench = Bench::new();
    bench.import(note(1, "marigold"));
    bench.restart();
    let wrong = LocalKey {
        epoch: 1,
        key: Secret::new(vec![77; 32]),
    };
    bench.open();
    for local_key in [wrong, local_key(2)] {
        let answer = bench.vault(VaultOperation::UseLocalKey { local_key });
        assert_eq!(failed(answer), VaultError::LocalKeyLost);
    }
    bench.unlock_by_passcode();
    assert_eq!(
        bench.note(1).unwrap_err(),
        StorageError::Vault(VaultError::LocalKeyLost)
    );
}

#[test]
fn opening_and_refusing_are_in_the_audit_log() {
    let mut bench = Bench::new();
    bench.unlock(UnlockWith::Passcode("0000".into()));
    bench.unlock_by_passcode();
    let StorageAnswer::AuditLog(lines) = bench.storage(StorageOperation::AuditLog) else {
        panic!()
    };
    let told: Vec<_> = lines
        .iter()
        .map(|line| (line.act.as_str(), line.detail.as_str()))
        .collect();
    assert_eq!(told, [("unlock_refused", "1"), ("unlocked", "passcode")]);
}

#[test]
fn nothing_works_before_a_folder_is_open() {
    let mut adapter = VaultAdapter::new(VaultOptions::for_tests(1));
    assert_eq!(failed(adapter.vault(VaultOperation::Lock)), VaultError::NotOpen);
    let captures = adapter.storage(StorageOperation::Captures);
    assert_eq!(
        captures,
        StorageAnswer::Failed(StorageError::Vault(VaultError::NotOpen))
    );
}
