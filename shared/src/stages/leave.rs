//! Decides what may leave and what may come in: shown before it leaves, exactly as it will.

use crate::{
    capabilities::{
        documents::{DocumentAnswer, DocumentKind, DocumentOperation},
        share::{CLIPBOARD_SECONDS, ShareAnswer, ShareOperation},
        storage::{AuditEntry, StorageAnswer, StorageError, StorageOperation},
    },
    export::{
        Document, Options,
        text::{ehr_text, section_text},
    },
    model::{
        Answered, Cmd, Context, Model, Stage,
        keys::{Failure, FailureKey, NextStep, Notice},
        stage::Exporting,
    },
    note::{
        Words,
        record::{Addendum, Note},
        time::Millis,
    },
    stages::auto_delete::note_end,
};

impl Exporting {
    /// The words that leave, cut at 20,000 characters.
    #[must_use]
    pub fn preview(&self) -> (Words, bool) {
        let whole = match self.kind {
            DocumentKind::Pdf => self.words.as_str(),
            _ => std::str::from_utf8(&self.content).unwrap_or_default(),
        };
        let cut: String = whole.chars().take(20_000).collect();
        let is_cut = cut.len() < whole.len();
        (cut.into(), is_cut)
    }
}

/// Makes a document of what is on screen.
pub fn export(kind: DocumentKind, model: &Model) -> Cmd {
    let preferences = &model.desk.settings.preferences;
    let letterhead = preferences.letterhead.clone();
    match &model.stage {
        Stage::Note(stage) => {
            let notes = vec![(stage.note.clone(), stage.addenda.clone())];
            let name = file_name("note", stage.note.approved_at, kind);
            make(
                kind,
                name,
                false,
                notes_operation(notes, letterhead, preferences.ehr_order.clone()),
            )
        }
        Stage::Review(stage) => {
            let name = file_name("DRAFT", model.now, kind);
            let draft = Box::new(stage.review.draft.clone());
            let client = stage.review.client.clone();
            let session_at = model.now;
            make(kind, name, true, move |kind| DocumentOperation::Draft {
                draft: draft.clone(),
                client: client.clone(),
                session_at,
                kind,
                letterhead: letterhead.clone(),
            })
        }
        _ => Cmd::done(),
    }
}

fn notes_operation(
    notes: Vec<(Note, Vec<Addendum>)>,
    letterhead: Words,
    ehr_order: Vec<String>,
) -> impl Fn(DocumentKind) -> DocumentOperation + Send {
    move |kind| DocumentOperation::Notes {
        notes: notes.clone(),
        kind,
        letterhead: letterhead.clone(),
        ehr_order: ehr_order.clone(),
    }
}

fn file_name(what: &str, at: Millis, kind: DocumentKind) -> String {
    let day: String = at.rfc3339().chars().take(10).collect();
    format!("afterword-{what}-{day}.{}", kind.extension())
}

fn make(
    kind: DocumentKind,
    name: String,
    is_draft: bool,
    operation: impl Fn(DocumentKind) -> DocumentOperation + Send + 'static,
) -> Cmd {
    Cmd::new(move |ctx| async move { render(&ctx, kind, name, is_draft, operation).await })
}

/// Renders; a PDF also as text, so that a preview can show the same words.
async fn render(
    ctx: &Context,
    kind: DocumentKind,
    name: String,
    is_draft: bool,
    operation: impl Fn(DocumentKind) -> DocumentOperation,
) {
    let answer = ctx.request_from_shell(operation(kind)).await;
    let mut words = Words::default();
    if kind == DocumentKind::Pdf
        && let DocumentAnswer::Made(bytes) = ctx.request_from_shell(operation(DocumentKind::Text)).await
    {
        words = String::from_utf8(bytes).unwrap_or_default().into();
    }
    let made = Answered::DocumentMade {
        kind,
        name,
        is_draft,
        words,
        answer,
    };
    ctx.send_event(made.into());
}

/// Makes a document of all notes.
pub fn export_all(kind: DocumentKind, model: &Model) -> Cmd {
    if !model.unlocked {
        return Cmd::done();
    }
    let preferences = model.desk.settings.preferences.clone();
    let name = file_name("notes", model.now, kind);
    Cmd::new(move |ctx| async move {
        let mut notes = Vec::new();
        let mut offset = 0;
        loop {
            let page = StorageOperation::Notes { offset, limit: 200 };
            let StorageAnswer::Notes { rows, .. } = ctx.request_from_shell(page).await else {
                break;
            };
            if rows.is_empty() {
                break;
            }
            offset += u32::try_from(rows.len()).unwrap_or(u32::MAX);
            for row in rows {
                if let StorageAnswer::Note { note, addenda, .. } =
                    ctx.request_from_shell(StorageOperation::Note { id: row.id }).await
                {
                    notes.push((*note, addenda));
                }
            }
        }
        let operation = notes_operation(notes, preferences.letterhead, preferences.ehr_order);
        render(&ctx, kind, name, false, operation).await;
    })
}

/// The document is there: show it.
pub fn made(
    kind: DocumentKind,
    name: String,
    is_draft: bool,
    words: Words,
    answer: DocumentAnswer,
    model: &mut Model,
) -> Cmd {
    match answer {
        DocumentAnswer::Made(content) => {
            let from = Box::new(std::mem::take(&mut model.stage));
            model.show(Stage::Export(Box::new(Exporting {
                kind,
                name,
                content,
                words,
                is_draft,
                from,
            })))
        }
        DocumentAnswer::Failed(error) => model.say(Notice::Failed {
            key: Failure::from(error).key,
        }),
        DocumentAnswer::Notes(_) => Cmd::done(),
    }
}

/// It may leave.
pub fn confirm(name: String, model: &mut Model) -> Cmd {
    let at = model.now;
    let Stage::Export(stage) = &model.stage else {
        return Cmd::done();
    };
    let name = if name.trim().is_empty() {
        stage.name.clone()
    } else {
        name
    };
    let detail = stage.kind.key().to_owned();
    let operation = ShareOperation::File {
        name,
        content: stage.content.clone(),
    };
    Cmd::new(move |ctx| async move {
        let answer = ctx.request_from_shell(operation).await;
        if answer == ShareAnswer::Done {
            let audit = AuditEntry {
                at,
                act: "exported",
                id: None,
                detail,
            };
            ctx.request_from_shell(StorageOperation::Audit(audit)).await;
        }
        ctx.send_event(Answered::Left { answer, copied: false }.into());
    })
}

/// Copies the note on screen, or one section, in the order of the EHR.
pub fn copy(section: &str, model: &Model) -> Cmd {
    let at = model.now;
    let Stage::Note(stage) = &model.stage else {
        return Cmd::done();
    };
    let mut note = stage.note.clone();
    if let Some(shown) = &stage.shown {
        note.format = shown.format;
        note.sections.clone_from(&shown.sections);
    }
    let id = note.id;
    let options = Options {
        ehr_order: model.desk.settings.preferences.ehr_order.clone(),
        ..Options::default()
    };
    let document = Document::Note {
        note: &note,
        addenda: &stage.addenda,
    };
    let text: Words = section_text(document, section)
        .unwrap_or_else(|| ehr_text(document, &options))
        .into();
    Cmd::new(move |ctx| async move {
        let operation = ShareOperation::Clipboard {
            text,
            clear_after_s: CLIPBOARD_SECONDS,
        };
        let answer = ctx.request_from_shell(operation).await;
        if answer == ShareAnswer::Done {
            let audit = AuditEntry {
                at,
                act: "copied",
                id: Some(id),
                detail: String::new(),
            };
            ctx.request_from_shell(StorageOperation::Audit(audit)).await;
        }
        ctx.send_event(Answered::Left { answer, copied: true }.into());
    })
}

/// It left, or did not.
pub fn left(answer: ShareAnswer, copied: bool, model: &mut Model) -> Cmd {
    let notice = match (answer, copied) {
        (ShareAnswer::Done, true) => Notice::Copied {
            clear_after_s: CLIPBOARD_SECONDS,
        },
        (ShareAnswer::Done, false) => Notice::Exported,
        (ShareAnswer::Cancelled, _) => return Cmd::done(),
        (ShareAnswer::Failed, _) => Notice::Failed {
            key: FailureKey::NotWritten,
        },
    };
    if notice == Notice::Exported
        && let Stage::Export(stage) = &mut model.stage
    {
        model.stage = std::mem::take(&mut *stage.from);
    }
    model.say(notice)
}

/// Takes notes in from an export.
pub fn import(path: String, model: &mut Model) -> Cmd {
    if !model.unlocked {
        return model.fail(Failure {
            next: NextStep::Unlock,
            ..Failure::new(FailureKey::VaultLocked)
        });
    }
    let at = model.now;
    let keep = model.desk.settings.keep;
    Cmd::new(move |ctx| async move {
        let (mut taken, mut there, mut failed) = (0, 0, None);
        match ctx
            .request_from_shell(DocumentOperation::Read { path: path.into() })
            .await
        {
            DocumentAnswer::Notes(notes) => {
                for (note, addenda) in notes {
                    let audit = AuditEntry {
                        at,
                        act: "imported",
                        id: Some(note.id),
                        detail: String::new(),
                    };
                    // Imported today: a rule that deletes after so many days counts from now, not from long ago.
                    let deletes_at = note_end(keep, at);
                    let operation = StorageOperation::ImportNote {
                        note: Box::new(note),
                        addenda,
                        deletes_at,
                        audit,
                    };
                    match ctx.request_from_shell(operation).await {
                        StorageAnswer::Failed(StorageError::AlreadyThere) => there += 1,
                        StorageAnswer::Failed(error) => failed = Some(Failure::from(error)),
                        _ => taken += 1,
                    }
                }
            }
            DocumentAnswer::Failed(error) => failed = Some(error.into()),
            DocumentAnswer::Made(_) => {}
        }
        ctx.send_event(Answered::Imported { taken, there, failed }.into());
    })
}
