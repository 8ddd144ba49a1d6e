//! The Crux app: hands each event to the stage it belongs to, and nothing else.

use crux_core::{App, render::render};

use crate::{
    account::unlock,
    capabilities::{
        speech::{SpeechAnswer, SpeechOperation},
        storage::{AuditEntry, StorageAnswer, StorageOperation},
        vault::{UnlockWith, VaultAnswer, VaultOperation, VaultPresence},
    },
    model::{Answered, Cmd, Effect, Event, Model, Stage, stage::Welcome},
    note::{Id, Secret, capture::CaptureState, record::Settings},
    stages::{
        auto_delete, browse, desk, draft, leave,
        record::{self, CAP_MS},
        review::{self, Edit},
        save, take_in,
    },
    view::{
        self, ViewModel,
        keys::{Failure, FailureKey, Notice},
    },
};

/// Afterword.
#[derive(Debug, Default)]
pub struct Afterword;

impl App for Afterword {
    type Event = Event;
    type Model = Model;
    type ViewModel = ViewModel;
    type Effect = Effect;

    fn update(&self, event: Event, model: &mut Model) -> Cmd {
        match event {
            Event::Answered(answered) => self::answered(*answered, model),
            Event::Ticked => auto_delete::tick(),
            other => {
                model.touched_at = model.now;
                acted(other, model)
            }
        }
    }

    fn view(&self, model: &Model) -> ViewModel {
        view::view(model)
    }
}

/// A person, or a shell, did something.
fn acted(event: Event, model: &mut Model) -> Cmd {
    match event {
        Event::Started { folder } => unlock::open_folder(folder),
        Event::Backgrounded => auto_delete::tick(),
        Event::BackTapped => back(model),
        Event::CreateTapped { passcode, of_age } => unlock::create(passcode, of_age, model),
        Event::WordsAnswered { answers } => unlock::words_answered(&answers, model),
        Event::WordsLaterTapped => desk::go_home(model),
        Event::PasscodeEntered { passcode } => {
            unlock::unlock(UnlockWith::Passcode(Secret::from(passcode.as_str())), model)
        }
        Event::DeviceUnlockTapped => unlock::with_device_key(),
        Event::RecoveryEntered { words } => unlock::unlock(UnlockWith::Words(Secret::from(words.as_str())), model),
        Event::LockTapped => unlock::lock(),
        Event::RecordTapped => record::begin(model),
        Event::SegmentHeard { pcm } => record::segment(&pcm, model),
        Event::MicrophoneLost => record::interrupt(model),
        Event::PauseTapped => record::pause(model),
        Event::StopTapped => record::stop(model),
        Event::TypeTapped if model.unlocked => model.show(Stage::Typing),
        Event::SummaryTyped { text } => take_in::typed(text, model),
        Event::FileChosen { path } => take_in::take_file(path, model),
        Event::ResumeTapped { id } => resume(id, model),
        Event::DiscardTapped { id } => record::discard(id, model),
        Event::CancelTapped => draft::cancel(model),
        Event::SentenceEdited {
            section,
            sentence,
            text,
        } => review::edit(
            &Edit::Sentence {
                section,
                sentence,
                text,
            },
            model,
        ),
        Event::SentenceAdded { section, text } => review::edit(&Edit::Add { section, text }, model),
        Event::SentenceRemoved { section, sentence } => review::edit(&Edit::Remove { section, sentence }, model),
        Event::SentenceMoved {
            section,
            sentence,
            to_section,
            to_sentence,
        } => review::edit(
            &Edit::Move {
                section,
                sentence,
                to_section,
                to_sentence,
            },
            model,
        ),
        Event::SentenceTapped { section, sentence } => review::tap(section, sentence, model),
        Event::RoleCorrected { fact, role } => review::correct_role(fact, role, model),
        Event::FormatChosen { format } if matches!(model.stage, Stage::Note(_)) => browse::show_as(format, model),
        Event::FormatChosen { format } => review::refile(format, model),
        Event::DetailChosen { detail } => review::detail(detail, model),
        Event::ClientLabelled { label } => review::label(label, model),
        Event::UndoTapped => review::back(false, model),
        Event::RedoTapped => review::back(true, model),
        Event::ApproveTapped => save::approve(model),
        Event::NotesTapped { offset } => browse::list(offset, crate::note::Words::default(), model),
        Event::SearchTyped { query } => browse::list(0, query, model),
        Event::NoteOpened { id } if model.unlocked => browse::read_note(id),
        Event::AddendumWritten { text } => save::addendum(text, model),
        Event::PrivateTapped => browse::private(model),
        Event::DeletePrivateTapped => browse::delete_private(model),
        Event::HoldTapped { held } => browse::hold(held, model),
        Event::DeleteTapped { duty_considered } => browse::delete(duty_considered, model),
        Event::ExportTapped { kind } => leave::export(kind, model),
        Event::ExportAllTapped { kind } => leave::export_all(kind, model),
        Event::ExportConfirmed { name } => leave::confirm(name, model),
        Event::CopyTapped { section } => leave::copy(&section, model),
        Event::ImportChosen { path } => leave::import(path, model),
        Event::SettingsTapped if model.unlocked => {
            desk::read(true).and(desk::models()).and(model.show(Stage::Settings))
        }
        Event::SettingsChanged { settings } => change_settings(settings, model),
        Event::PasscodeChanged { passcode } => unlock::change_passcode(passcode, model),
        Event::ModelWanted { name } => fetch_model(name, model),
        Event::ModelDeleted { name } => delete_model(name),
        Event::VerifyTapped if model.unlocked => verify(),
        Event::AuditTapped if model.unlocked => read_audit(),
        Event::LimitsTapped => model.show(Stage::Limits),
        Event::SamplesTapped => model.show(Stage::Samples),
        Event::EraseTapped { confirmed } => unlock::erase(confirmed, model),
        _ => Cmd::done(),
    }
}

/// The world answered.
fn answered(answered: Answered, model: &mut Model) -> Cmd {
    match answered {
        Answered::FolderOpened(answer) => unlock::folder_opened(answer, model),
        Answered::LocalKeyUsed(presence, answer) => unlock::local_key_used(presence, &answer, model),
        Answered::VaultMade(answer) => unlock::made(answer, model),
        Answered::UnlockAnswered(answer) => unlock::unlock_answered(&answer, model),
        Answered::VaultAnswered(answer) => vault_answered(answer, model),
        Answered::PasscodeSet(set) => passcode_set(set, model),
        Answered::Locked => unlock::locked(model),
        Answered::Erased(answer) => unlock::erased(&answer, model),
        Answered::TimeSeen { now, due } => auto_delete::time_seen(now, &due, model),
        Answered::DeskRead(read) => desk::was_read(read, model),
        Answered::Turned(finished) => model.turns.finished(finished),
        Answered::CaptureBegun {
            capture,
            storage,
            microphone,
        } => record::begun(capture, storage, microphone, model),
        Answered::SegmentSealed(answer) => record::sealed(&answer, model),
        Answered::RecordingEnded { state, storage } => record::ended(state, storage, model),
        Answered::RecordingResumed { capture, microphone } => record::listens(capture, microphone, model),
        Answered::FileTaken(taken) => take_in::file_taken(taken, model),
        Answered::Heard(answer) => draft::heard(answer, model),
        Answered::TranscriptReady { capture, transcript } => draft::ready(capture, transcript, model),
        Answered::TranscriptFailed { capture, failure } => draft::failed(capture, failure, model),
        Answered::TranscriptSaved(answer) => draft::saved(&answer, model),
        Answered::ReviewRead { id, answer, notice } => draft::review_read(id, answer, notice, model),
        Answered::Refiled { answer, .. } if matches!(model.stage, Stage::Note(_)) => browse::shown_as(answer, model),
        Answered::Refiled { act, answer } => review::refiled(&act, answer, model),
        Answered::ReviewSaved(answer) => review::kept(&answer, model),
        Answered::Approved(answer) => save::approved(&answer, model),
        Answered::Destroyed(answer) => browse::destroyed(answer, model),
        Answered::Swept(answer) => auto_delete::swept(&answer, model),
        Answered::NotesRead { offset, query, answer } => browse::listed(offset, query, answer, model),
        Answered::NoteRead(answer) => browse::note_read(answer, model),
        Answered::PrivateRead { note, answer } => browse::private_read(note, answer, model),
        Answered::DocumentMade {
            kind,
            name,
            is_draft,
            words,
            answer,
        } => leave::made(kind, name, is_draft, words, answer, model),
        Answered::Left { answer, copied } => leave::left(answer, copied, model),
        Answered::AddendumKept { note, answer } => addendum_kept(note, &answer, model),
        Answered::Imported { taken, there, failed } => imported(taken, there, failed, model),
        Answered::SettingsSaved(answer) => settings_saved(&answer, model),
        Answered::ModelsListed(models) => {
            model.desk.models = models;
            render()
        }
        Answered::ModelFetched(answer) => model_fetched(answer, model),
        Answered::AuditRead(answer) => match answer {
            StorageAnswer::AuditLog(lines) => model.show(Stage::Audit(lines)),
            StorageAnswer::Failed(error) => model.fail(error.into()),
            _ => Cmd::done(),
        },
    }
}

/// Back to where one came from. What was said or drafted is on disk already, so leaving loses nothing.
fn back(model: &mut Model) -> Cmd {
    match &mut model.stage {
        Stage::Record(_) => record::interrupt(model),
        Stage::Export(stage) => {
            let from = std::mem::take(&mut *stage.from);
            model.show(from)
        }
        Stage::Starting | Stage::Welcome(_) | Stage::Words(_) | Stage::Unlock(_) => Cmd::done(),
        Stage::Failed(_) | Stage::Limits | Stage::Samples
            if matches!(model.presence, None | Some(VaultPresence::New)) =>
        {
            model.show(Stage::Welcome(Welcome::default()))
        }
        _ => {
            model.desk.notice = None;
            desk::go_home(model)
        }
    }
}

/// Goes on with a capture: its one next step.
fn resume(id: Id, model: &mut Model) -> Cmd {
    let Some(capture) = model.desk.captures.iter().find(|capture| capture.id == id).cloned() else {
        return desk::read(model.unlocked);
    };
    match capture.state {
        CaptureState::Recording | CaptureState::Interrupted => record::resume(capture),
        CaptureState::Recorded | CaptureState::TranscribeFailed if model.unlocked => draft::transcribe(capture, model),
        CaptureState::Transcribed | CaptureState::InReview if model.unlocked => draft::open(id, model),
        _ => model.fail(Failure::new(FailureKey::VaultLocked)),
    }
}

/// Saves settings, within their bounds.
fn change_settings(settings: Settings, model: &mut Model) -> Cmd {
    if !model.unlocked {
        return Cmd::done();
    }
    let mut settings = settings;
    settings.audio_hours = settings.audio_hours.clamp(1, 24);
    settings.transcript_days = settings.transcript_days.clamp(1, 7);
    settings.cap_seconds = settings
        .cap_seconds
        .clamp(30, u32::try_from(CAP_MS / 1000).unwrap_or(300));
    model.desk.settings = settings.clone();
    let sooner = auto_delete::sooner(&model.desk.captures, &settings);
    Cmd::new(|ctx| async move {
        let operation = StorageOperation::SaveSettings {
            settings: Box::new(settings),
        };
        let answer = ctx.request_from_shell(operation).await;
        if !matches!(answer, StorageAnswer::Failed(_)) {
            for (id, state, expires_at) in sooner {
                ctx.request_from_shell(StorageOperation::SetState { id, state, expires_at })
                    .await;
            }
        }
        ctx.send_event(Answered::SettingsSaved(answer).into());
    })
}

fn settings_saved(answer: &StorageAnswer, model: &mut Model) -> Cmd {
    let notice = match answer {
        StorageAnswer::Failed(error) => Notice::Failed {
            key: Failure::from(*error).key,
        },
        _ => Notice::SettingsSaved,
    };
    desk::read(model.unlocked).and(model.say(notice))
}

fn passcode_set(set: Option<bool>, model: &mut Model) -> Cmd {
    let Some(set) = set else {
        return model.say(Notice::Failed {
            key: FailureKey::KeysRefused,
        });
    };
    if let Some(VaultPresence::Present {
        passcode, device_key, ..
    }) = &mut model.presence
    {
        *passcode = set;
        *device_key = !set;
    }
    model.say(Notice::PasscodeSet)
}

fn addendum_kept(note: Id, answer: &StorageAnswer, model: &mut Model) -> Cmd {
    match answer {
        StorageAnswer::Failed(error) => model.say(Notice::Failed {
            key: Failure::from(*error).key,
        }),
        _ => {
            model.desk.notice = Some(Notice::AddendumKept);
            browse::read_note(note)
        }
    }
}

fn imported(taken: u32, there: u32, failed: Option<Failure>, model: &mut Model) -> Cmd {
    let notice = match failed {
        Some(failure) => Notice::Failed { key: failure.key },
        None => Notice::Imported { taken, there },
    };
    desk::read(model.unlocked).and(model.say(notice))
}

fn fetch_model(name: String, model: &mut Model) -> Cmd {
    if model.desk.fetching.is_some() {
        return Cmd::done();
    }
    model.desk.fetching = Some(0);
    Cmd::new(|ctx| async move {
        use futures::StreamExt as _;
        let mut answers = ctx.stream_from_shell(SpeechOperation::FetchModel { name });
        while let Some(answer) = answers.next().await {
            let last = !matches!(answer, SpeechAnswer::Progress { .. });
            ctx.send_event(Answered::ModelFetched(answer).into());
            if last {
                break;
            }
        }
    })
    .and(render())
}

fn model_fetched(answer: SpeechAnswer, model: &mut Model) -> Cmd {
    match answer {
        SpeechAnswer::Progress { percent, .. } => {
            model.desk.fetching = Some(percent);
            render()
        }
        SpeechAnswer::Failed(error) => {
            model.desk.fetching = None;
            let notice = Notice::Failed {
                key: Failure::from(error).key,
            };
            desk::models().and(model.say(notice))
        }
        _ => {
            model.desk.fetching = None;
            desk::models().and(model.say(Notice::ModelReady))
        }
    }
}

fn delete_model(name: String) -> Cmd {
    Cmd::new(|ctx| async move {
        ctx.request_from_shell(SpeechOperation::DeleteModel { name }).await;
        if let SpeechAnswer::Models(models) = ctx.request_from_shell(SpeechOperation::Models).await {
            ctx.send_event(Answered::ModelsListed(models).into());
        }
    })
}

fn verify() -> Cmd {
    Cmd::new(|ctx| async move {
        let at = auto_delete::now(&ctx).await;
        let answer = ctx.request_from_shell(VaultOperation::Verify).await;
        let audit = AuditEntry {
            at,
            act: "verified",
            id: None,
            detail: String::new(),
        };
        ctx.request_from_shell(StorageOperation::Audit(audit)).await;
        ctx.send_event(Answered::VaultAnswered(answer).into());
    })
}

fn vault_answered(answer: VaultAnswer, model: &mut Model) -> Cmd {
    match answer {
        VaultAnswer::Verified(report) => {
            model.desk.verified = Some(report);
            render()
        }
        VaultAnswer::Failed(error) => model.say(Notice::Failed {
            key: Failure::from(error).key,
        }),
        _ => Cmd::done(),
    }
}

fn read_audit() -> Cmd {
    Cmd::new(|ctx| async move {
        let answer = ctx.request_from_shell(StorageOperation::AuditLog).await;
        ctx.send_event(Answered::AuditRead(answer).into());
    })
}
