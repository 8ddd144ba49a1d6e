//! Decides what of the record is on screen: one note, a page of the list, a search; and what may be deleted.

use crate::{
    capabilities::{
        drafter::{DraftAnswer, DraftOperation},
        storage::{AuditEntry, Doomed, StorageAnswer, StorageOperation},
        vault::LocalKey,
    },
    model::{
        Answered, Cmd, Model, Stage,
        keys::{Failure, FailureKey, Notice},
        stage::{NoteStage, NotesStage},
        turns::After,
    },
    note::{
        Id, Secret, Words,
        draft::{Draft, Format},
    },
    stages::{auto_delete::note_end, desk},
};

/// Rows a page of the list holds.
pub const PAGE: u32 = 50;

/// Reads one note.
#[must_use]
pub fn read_note(id: Id) -> Cmd {
    Cmd::new(move |ctx| async move {
        let answer = ctx.request_from_shell(StorageOperation::Note { id }).await;
        ctx.send_event(Answered::NoteRead(answer).into());
    })
}

/// A note was read.
pub fn note_read(answer: StorageAnswer, model: &mut Model) -> Cmd {
    match answer {
        StorageAnswer::Note { note, addenda, row } => {
            let stage = NoteStage {
                note: *note,
                addenda,
                row,
                shown: None,
                private: Vec::new(),
            };
            model.show(Stage::Note(Box::new(stage)))
        }
        StorageAnswer::Failed(error) => model.fail(error.into()),
        _ => Cmd::done(),
    }
}

/// Reads a page of the list, or of what a search finds.
pub fn list(offset: u32, query: Words, model: &Model) -> Cmd {
    if !model.unlocked {
        return Cmd::done();
    }
    Cmd::new(move |ctx| async move {
        let operation = if query.is_blank() {
            StorageOperation::Notes { offset, limit: PAGE }
        } else {
            StorageOperation::Search {
                query: query.clone(),
                limit: 200,
            }
        };
        let answer = ctx.request_from_shell(operation).await;
        ctx.send_event(Answered::NotesRead { offset, query, answer }.into());
    })
}

/// A page was read.
pub fn listed(offset: u32, query: Words, answer: StorageAnswer, model: &mut Model) -> Cmd {
    match answer {
        StorageAnswer::Notes { rows, total } => model.show(Stage::Notes(NotesStage {
            rows,
            offset,
            total,
            query,
        })),
        StorageAnswer::Failed(error) => model.fail(error.into()),
        _ => Cmd::done(),
    }
}

/// Another layout of the note on screen, from its facts; the transcript is long gone.
pub fn show_as(format: Format, model: &mut Model) -> Cmd {
    let preferences = model.desk.settings.preferences.clone();
    let Stage::Note(stage) = &mut model.stage else {
        return Cmd::done();
    };
    if format == stage.note.format {
        stage.shown = None;
        return crux_core::render::render();
    }
    let note = &stage.note;
    let draft = Draft {
        format: note.format,
        sections: note.sections.clone(),
        facts: note.facts.clone(),
        risk: note.risk.clone(),
        not_mentioned: vec![],
        left_out: note.left_out.clone(),
    };
    Cmd::new(move |ctx| async move {
        let answer = ctx
            .request_from_shell(DraftOperation::Refile {
                draft,
                format,
                preferences,
            })
            .await;
        ctx.send_event(
            Answered::Refiled {
                act: "show".to_owned(),
                answer,
            }
            .into(),
        );
    })
}

/// The other layout is there.
pub fn shown_as(answer: DraftAnswer, model: &mut Model) -> Cmd {
    let Stage::Note(stage) = &mut model.stage else {
        return Cmd::done();
    };
    if let DraftAnswer::Drafted { draft, .. } = answer {
        stage.shown = Some(draft);
    }
    crux_core::render::render()
}

/// Stops or allows automatic deletion.
pub fn hold(held: bool, model: &Model) -> Cmd {
    let Stage::Note(stage) = &model.stage else {
        return Cmd::done();
    };
    let id = stage.note.id;
    let audit = AuditEntry {
        at: model.now,
        act: if held { "held" } else { "released" },
        id: Some(id),
        detail: String::new(),
    };
    // A note released after its day would vanish at once; it gets its whole time again.
    let deletes_at = note_end(model.desk.settings.keep, model.now.max(stage.note.approved_at));
    let deletes_at = if held {
        stage.row.deletes_at
    } else {
        stage.row.deletes_at.and(deletes_at)
    };
    Cmd::new(move |ctx| async move {
        let operation = StorageOperation::SetRetention {
            id,
            held,
            deletes_at,
            audit,
        };
        let answer = match ctx.request_from_shell(operation).await {
            StorageAnswer::Failed(error) => StorageAnswer::Failed(error),
            _ => ctx.request_from_shell(StorageOperation::Note { id }).await,
        };
        ctx.send_event(Answered::NoteRead(answer).into());
    })
}

/// Deletes the note on screen, once the retention duty was considered and no hold stands against it.
pub fn delete(duty_considered: bool, model: &mut Model) -> Cmd {
    let Stage::Note(stage) = &model.stage else {
        return Cmd::done();
    };
    if stage.row.held {
        return model.say(Notice::Held);
    }
    if !duty_considered {
        return model.say(Notice::RetentionDuty);
    }
    let doomed = vec![Doomed::Note(stage.note.id)];
    destroy(doomed, model)
}

fn destroy(mut doomed: Vec<Doomed>, model: &mut Model) -> Cmd {
    doomed.retain(|thing| !model.turns.dooms(*thing));
    if doomed.is_empty() {
        return Cmd::done();
    }
    let operation = StorageOperation::Destroy {
        doomed,
        why: "deleted",
        at: model.now,
        turn: LocalKey {
            epoch: 0,
            key: Secret::default(),
        },
    };
    model.turns.push(operation, After::Destroyed)
}

/// Reads the private notes of the session whose note is on screen. They are shown nowhere else and never leave.
pub fn private(model: &Model) -> Cmd {
    let Stage::Note(stage) = &model.stage else {
        return Cmd::done();
    };
    let note = stage.note.id;
    Cmd::new(move |ctx| async move {
        let answer = ctx.request_from_shell(StorageOperation::ProcessNotes).await;
        ctx.send_event(Answered::PrivateRead { note, answer }.into());
    })
}

/// The private notes were read.
pub fn private_read(note: Id, answer: StorageAnswer, model: &mut Model) -> Cmd {
    match (answer, &mut model.stage) {
        (StorageAnswer::ProcessNotes(mut notes), Stage::Note(stage)) if stage.note.id == note => {
            notes.retain(|private| private.note == Some(note));
            stage.private = notes;
            model.desk.notice = stage.private.is_empty().then_some(Notice::NoPrivateNote);
            crux_core::render::render()
        }
        (StorageAnswer::Failed(error), _) => model.say(Notice::Failed {
            key: Failure::from(error).key,
        }),
        _ => Cmd::done(),
    }
}

/// Deletes the private notes that are shown; the note stays.
pub fn delete_private(model: &mut Model) -> Cmd {
    let Stage::Note(stage) = &model.stage else {
        return Cmd::done();
    };
    let doomed = stage.private.iter().map(|note| Doomed::ProcessNote(note.id)).collect();
    destroy(doomed, model)
}

/// Something was destroyed at a person's wish.
pub fn destroyed(answer: StorageAnswer, model: &mut Model) -> Cmd {
    match answer {
        StorageAnswer::Destroyed(receipts) => {
            let note = receipts.iter().any(|receipt| receipt.what == "note");
            if let Stage::Note(stage) = &mut model.stage
                && !note
                && receipts.iter().any(|receipt| receipt.what == "process_note")
            {
                stage.private.clear();
                return model.say(Notice::PrivateDeleted);
            }
            let on_screen = match &model.stage {
                Stage::Record(stage) => receipts.iter().any(|receipt| receipt.id == stage.capture.id),
                Stage::Review(stage) => receipts.iter().any(|receipt| receipt.id == stage.id),
                _ => false,
            };
            if note {
                return desk::read(model.unlocked).and(model.show(Stage::Deleted(receipts)));
            }
            if on_screen || matches!(model.stage, Stage::Home) {
                model.desk.notice = Some(Notice::Discarded);
            }
            if on_screen {
                desk::go_home(model)
            } else {
                desk::read(model.unlocked)
            }
        }
        StorageAnswer::Failed(error) => {
            let key = Failure::from(error).key;
            if key == FailureKey::Gone {
                desk::read(model.unlocked)
            } else {
                model.say(Notice::Failed { key })
            }
        }
        _ => Cmd::done(),
    }
}
