//! Decides how a vault is made, opened and locked. Knows no key longer than it takes to hand it on.

use crate::{
    capabilities::{
        clock::NowOperation,
        keys::{KeysAnswer, KeysOperation},
        random::RandomOperation,
        vault::{LocalKey, UnlockWith, VaultAnswer, VaultError, VaultOperation, VaultPresence},
    },
    model::{
        Answered, Cmd, Context, Model, Stage,
        keys::{Failure, FailureKey, NextStep, Notice},
        stage::{Unlocking, Welcome, WordsShown},
        turns::local_key_name,
    },
    note::{Secret, Words},
    stages::{auto_delete::tick, desk},
};

/// Name of the key in the key store that opens the vault without a passcode.
pub const DEVICE_KEY: &str = "device-key";

/// Opens the folder.
pub fn open_folder(folder: String) -> Cmd {
    Cmd::new(|ctx| async move {
        let answer = ctx
            .request_from_shell(VaultOperation::Open { folder: folder.into() })
            .await;
        ctx.send_event(Answered::FolderOpened(answer).into());
    })
}

/// The folder was opened, or not.
pub fn folder_opened(answer: VaultAnswer, model: &mut Model) -> Cmd {
    match answer {
        VaultAnswer::Opened { presence, moved_aside } => {
            if let Some(path) = moved_aside {
                let file = path
                    .file_name()
                    .map(|name| name.to_string_lossy().into_owned())
                    .unwrap_or_default();
                model.desk.notice = Some(Notice::MovedAside { file });
            }
            model.presence = Some(presence);
            match presence {
                VaultPresence::New => model.show(Stage::Welcome(Welcome::default())),
                VaultPresence::Present { local_key_epoch, .. } => {
                    model.turns.start_at(local_key_epoch);
                    use_local_key(presence, local_key_epoch)
                }
            }
        }
        VaultAnswer::Failed(error) => model.fail(closing(error)),
        _ => model.fail(Failure::new(FailureKey::FolderFailed)),
    }
}

/// A failure after which the app can only be closed.
fn closing(error: VaultError) -> Failure {
    Failure {
        next: NextStep::Close,
        ..error.into()
    }
}

/// Hands the local key over, and clears away those of turns that a crash cut short.
fn use_local_key(presence: VaultPresence, epoch: u32) -> Cmd {
    Cmd::new(move |ctx| async move {
        let found = ctx
            .request_from_shell(KeysOperation::Get {
                name: local_key_name(epoch),
            })
            .await;
        let answer = match found {
            KeysAnswer::Found { value } => {
                let local_key = LocalKey {
                    epoch,
                    key: Secret::new(value),
                };
                ctx.request_from_shell(VaultOperation::UseLocalKey { local_key }).await
            }
            KeysAnswer::Refused | KeysAnswer::Full => VaultAnswer::Failed(VaultError::Failed),
            KeysAnswer::Missing | KeysAnswer::Done => VaultAnswer::Failed(VaultError::LocalKeyLost),
        };
        if answer == VaultAnswer::Done {
            for stale in epoch.saturating_sub(3)..=epoch.saturating_add(3) {
                if stale != epoch {
                    ctx.request_from_shell(KeysOperation::Delete {
                        name: local_key_name(stale),
                    })
                    .await;
                }
            }
        }
        ctx.send_event(Answered::LocalKeyUsed(presence, answer).into());
    })
}

/// The local key is in use: sweep, and ask for the way in.
pub fn local_key_used(presence: VaultPresence, answer: &VaultAnswer, model: &mut Model) -> Cmd {
    if let VaultAnswer::Failed(error) = answer {
        return model.fail(closing(*error));
    }
    let VaultPresence::Present {
        passcode, device_key, ..
    } = presence
    else {
        return model.show(Stage::Welcome(Welcome::default()));
    };
    let alone = device_key && !passcode;
    model.stage = Stage::Unlock(Unlocking {
        passcode,
        device: device_key,
        working: alone,
        ..Unlocking::default()
    });
    let open = if alone {
        with_device_key()
    } else {
        crux_core::render::render()
    };
    tick().then(desk::read(false)).then(open)
}

/// Makes a vault.
pub fn create(passcode: Words, of_age: bool, model: &mut Model) -> Cmd {
    let Stage::Welcome(welcome) = &mut model.stage else {
        return Cmd::done();
    };
    if welcome.working {
        return Cmd::done();
    }
    welcome.refused_age = !of_age;
    welcome.working = of_age;
    welcome.with_passcode = !passcode.as_str().is_empty();
    if !of_age {
        return crux_core::render::render();
    }
    Cmd::new(|ctx| async move {
        let answer = make(&ctx, passcode).await;
        ctx.send_event(Answered::VaultMade(answer).into());
    })
    .and(crux_core::render::render())
}

/// Keys first, then the vault that needs them: a crash in between leaves a key without a vault, never the reverse.
async fn make(ctx: &Context, passcode: Words) -> VaultAnswer {
    let key = ctx.request_from_shell(RandomOperation { count: 32 }).await;
    let put = KeysOperation::Put {
        name: local_key_name(1),
        value: key.expose().to_vec(),
    };
    let answer = ctx.request_from_shell(put).await;
    if answer != KeysAnswer::Done {
        return VaultAnswer::Failed(answer.not_written());
    }
    let mut device_key = None;
    if passcode.as_str().is_empty() {
        let secret = ctx.request_from_shell(RandomOperation { count: 32 }).await;
        let put = KeysOperation::Put {
            name: DEVICE_KEY.to_owned(),
            value: secret.expose().to_vec(),
        };
        let answer = ctx.request_from_shell(put).await;
        if answer != KeysAnswer::Done {
            return VaultAnswer::Failed(answer.not_written());
        }
        device_key = Some(secret);
    }
    let operation = VaultOperation::Create {
        passcode: secret_of(&passcode),
        device_key,
        local_key: LocalKey { epoch: 1, key },
    };
    ctx.request_from_shell(operation).await
}

/// A passcode as a secret; `None` for an empty one.
fn secret_of(passcode: &Words) -> Option<Secret> {
    (!passcode.as_str().is_empty()).then(|| Secret::from(passcode.as_str()))
}

/// The vault was made: show its words once.
pub fn made(answer: VaultAnswer, model: &mut Model) -> Cmd {
    match answer {
        VaultAnswer::Created { words } => {
            let passcode = matches!(&model.stage, Stage::Welcome(welcome) if welcome.with_passcode);
            model.presence = Some(VaultPresence::Present {
                passcode,
                device_key: !passcode,
                local_key_epoch: 1,
            });
            model.turns.start_at(1);
            model.unlocked = true;
            // The three places need not be secret, only spread out.
            let asked = vec![2, 10, 19];
            let stage = WordsShown {
                words,
                asked,
                wrong: false,
            };
            let noted = Cmd::new(|ctx| async move { desk::audit(&ctx, "vault_created", None).await });
            tick().then(noted).then(model.show(Stage::Words(stage)))
        }
        VaultAnswer::Failed(error) => model.fail(error.into()),
        _ => model.fail(Failure::new(FailureKey::FolderFailed)),
    }
}

/// Three words were asked back.
pub fn words_answered(answers: &[Words], model: &mut Model) -> Cmd {
    let Stage::Words(stage) = &mut model.stage else {
        return Cmd::done();
    };
    let words: Vec<&str> = stage.words.as_str().split(' ').collect();
    let right = answers.len() == stage.asked.len()
        && stage.asked.iter().zip(answers).all(|(place, answer)| {
            words
                .get(*place as usize)
                .is_some_and(|word| answer.as_str().trim().eq_ignore_ascii_case(word))
        });
    if right {
        desk::go_home(model)
    } else {
        stage.wrong = true;
        crux_core::render::render()
    }
}

/// A try to unlock.
pub fn unlock(with: UnlockWith, model: &mut Model) -> Cmd {
    let Stage::Unlock(stage) = &mut model.stage else {
        return Cmd::done();
    };
    if stage.working {
        return Cmd::done();
    }
    stage.working = true;
    Cmd::new(|ctx| async move { send_unlock(&ctx, with).await }).and(crux_core::render::render())
}

/// The device opens the vault.
pub fn with_device_key() -> Cmd {
    Cmd::new(|ctx| async move {
        match ctx
            .request_from_shell(KeysOperation::Get {
                name: DEVICE_KEY.to_owned(),
            })
            .await
        {
            KeysAnswer::Found { value } => send_unlock(&ctx, UnlockWith::DeviceKey(Secret::new(value))).await,
            _ => ctx.send_event(Answered::UnlockAnswered(VaultAnswer::Failed(VaultError::LocalKeyLost)).into()),
        }
    })
}

async fn send_unlock(ctx: &Context, with: UnlockWith) {
    let now = ctx.request_from_shell(NowOperation).await;
    let answer = ctx.request_from_shell(VaultOperation::Unlock { with, now }).await;
    ctx.send_event(Answered::UnlockAnswered(answer).into());
}

/// A try was answered.
pub fn unlock_answered(answer: &VaultAnswer, model: &mut Model) -> Cmd {
    let Stage::Unlock(stage) = &mut model.stage else {
        return Cmd::done();
    };
    stage.working = false;
    stage.refused = false;
    stage.bad_words = false;
    match answer {
        VaultAnswer::Unlocked => {
            model.unlocked = true;
            tick().then(desk::go_home(model))
        }
        VaultAnswer::Failed(VaultError::Refused { tries, wait_until } | VaultError::Waiting { tries, wait_until }) => {
            stage.refused = true;
            stage.tries = *tries;
            stage.wait_until = *wait_until;
            crux_core::render::render()
        }
        VaultAnswer::Failed(VaultError::BadWords) => {
            stage.bad_words = true;
            crux_core::render::render()
        }
        VaultAnswer::Failed(VaultError::LocalKeyLost) => {
            stage.device = false;
            crux_core::render::render()
        }
        VaultAnswer::Failed(error) => model.fail((*error).into()),
        _ => model.fail(Failure::new(FailureKey::FolderFailed)),
    }
}

/// Locks: keys leave memory, and so do words.
pub fn lock() -> Cmd {
    Cmd::new(|ctx| async move {
        ctx.request_from_shell(VaultOperation::Lock).await;
        ctx.send_event(Answered::Locked.into());
    })
}

/// The vault is locked: nothing of what was on screen or on the desk stays.
pub fn locked(model: &mut Model) -> Cmd {
    model.unlocked = false;
    let (passcode, device) = match model.presence {
        Some(VaultPresence::Present {
            passcode, device_key, ..
        }) => (passcode, device_key),
        _ => (false, false),
    };
    model.desk = crate::model::Desk {
        captures: std::mem::take(&mut model.desk.captures),
        ..crate::model::Desk::default()
    };
    model.show(Stage::Unlock(Unlocking {
        passcode,
        device,
        ..Unlocking::default()
    }))
}

/// Sets, changes or removes the passcode. Without one, the device's key store opens the vault.
pub fn change_passcode(passcode: Words, model: &Model) -> Cmd {
    if !model.unlocked {
        return Cmd::done();
    }
    Cmd::new(|ctx| async move {
        let wanted = secret_of(&passcode);
        let bare = wanted.is_none();
        if bare {
            // The device key must open the vault before the passcode ceases to.
            let secret = ctx.request_from_shell(RandomOperation { count: 32 }).await;
            let put = KeysOperation::Put {
                name: DEVICE_KEY.to_owned(),
                value: secret.expose().to_vec(),
            };
            let stored = ctx.request_from_shell(put).await == KeysAnswer::Done;
            let set = VaultOperation::SetDeviceKey {
                device_key: Some(secret),
            };
            if !stored || ctx.request_from_shell(set).await != VaultAnswer::Done {
                return ctx.send_event(Answered::PasscodeSet(None).into());
            }
        }
        let mut done = ctx
            .request_from_shell(VaultOperation::SetPasscode { passcode: wanted })
            .await
            == VaultAnswer::Done;
        if done && !bare {
            done = ctx
                .request_from_shell(VaultOperation::SetDeviceKey { device_key: None })
                .await
                == VaultAnswer::Done;
            ctx.request_from_shell(KeysOperation::Delete {
                name: DEVICE_KEY.to_owned(),
            })
            .await;
        }
        ctx.send_event(Answered::PasscodeSet(done.then_some(!bare)).into());
    })
}

/// Destroys everything: keys first, then files.
pub fn erase(confirmed: bool, model: &Model) -> Cmd {
    if !confirmed || !model.unlocked {
        return Cmd::done();
    }
    let epoch = model.turns.epoch();
    Cmd::new(move |ctx| async move {
        let answer = ctx.request_from_shell(VaultOperation::Erase).await;
        if answer == VaultAnswer::Done {
            for name in [local_key_name(epoch), DEVICE_KEY.to_owned()] {
                ctx.request_from_shell(KeysOperation::Delete { name }).await;
            }
        }
        ctx.send_event(Answered::Erased(answer).into());
    })
}

/// Everything is gone.
pub fn erased(answer: &VaultAnswer, model: &mut Model) -> Cmd {
    match answer {
        VaultAnswer::Failed(error) => model.fail((*error).into()),
        _ => {
            *model = Model {
                presence: Some(VaultPresence::New),
                now: model.now,
                ..Model::default()
            };
            model.show(Stage::Welcome(Welcome::default()))
        }
    }
}
