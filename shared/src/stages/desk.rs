//! What lies on the desk: the queue, the newest notes, the settings, the models. Read anew after every act that changes them.

use crate::{
    capabilities::{
        speech::{SpeechAnswer, SpeechOperation},
        storage::{AuditEntry, StorageAnswer, StorageOperation},
    },
    model::{Answered, Cmd, Context, Model, Stage, answered::DeskRead, keys::Notice},
    note::{Id, capture::CaptureState},
    stages::auto_delete,
};

/// How many of the newest notes home shows.
pub const RECENT: u32 = 5;

/// Writes a line of the audit log. Works while locked; a line that cannot be written stops nothing.
pub async fn audit(ctx: &Context, act: &'static str, id: Option<Id>) {
    let at = auto_delete::now(ctx).await;
    let entry = AuditEntry {
        at,
        act,
        id,
        detail: String::new(),
    };
    ctx.request_from_shell(StorageOperation::Audit(entry)).await;
}

/// Goes home and reads the desk.
pub fn go_home(model: &mut Model) -> Cmd {
    if !model.unlocked {
        return crate::account::unlock::locked(model);
    }
    read(true).and(models()).and(model.show(Stage::Home))
}

/// Reads the desk.
#[must_use]
pub fn read(unlocked: bool) -> Cmd {
    Cmd::new(move |ctx| async move {
        let StorageAnswer::Captures(captures) = ctx.request_from_shell(StorageOperation::Captures).await else {
            return;
        };
        let mut desk = DeskRead {
            captures,
            notes: None,
            settings: None,
        };
        if unlocked {
            let page = StorageOperation::Notes {
                offset: 0,
                limit: RECENT,
            };
            if let StorageAnswer::Notes { rows, total } = ctx.request_from_shell(page).await {
                desk.notes = Some((rows, total));
            }
            if let StorageAnswer::Settings(settings) = ctx.request_from_shell(StorageOperation::Settings).await {
                desk.settings = Some(*settings);
            }
        }
        ctx.send_event(Answered::DeskRead(desk).into());
    })
}

/// Lists the speech models.
#[must_use]
pub fn models() -> Cmd {
    Cmd::new(|ctx| async move {
        if let SpeechAnswer::Models(models) = ctx.request_from_shell(SpeechOperation::Models).await {
            ctx.send_event(Answered::ModelsListed(models).into());
        }
    })
}

/// The desk was read. A capture that still says it is recording, while nothing records, was cut off: what was said is safe.
pub fn was_read(desk: DeskRead, model: &mut Model) -> Cmd {
    let recording = match &model.stage {
        Stage::Record(stage) => Some(stage.capture.id),
        _ => None,
    };
    let mut command = crux_core::render::render();
    let mut captures = desk.captures;
    for capture in &mut captures {
        if capture.state == CaptureState::Recording && Some(capture.id) != recording {
            capture.state = CaptureState::Interrupted;
            model.desk.notice = Some(Notice::RecordingSafe {
                audio_ms: capture.audio_ms,
            });
            let operation = StorageOperation::SetState {
                id: capture.id,
                state: capture.state,
                expires_at: auto_delete::capture_end(capture.state, capture.started_at, &model.desk.settings),
            };
            command = command.and(Cmd::new(|ctx| async move {
                ctx.request_from_shell(operation).await;
            }));
        }
    }
    model.desk.captures = captures;
    if let Some((recent, total)) = desk.notes {
        model.desk.recent = recent;
        model.desk.total_notes = total;
    }
    if let Some(settings) = desk.settings {
        model.desk.settings = settings;
    }
    command
}
