//! Decides when a draft becomes a note, what the note holds, and what may leave. Nothing exists before an approve.

use crate::{
    capabilities::{
        documents::{DocumentAnswer, DocumentKind, DocumentOperation},
        random::RandomOperation,
        share::{CLIPBOARD_SECONDS, ShareAnswer, ShareOperation},
        storage::{AuditEntry, Doomed, StorageAnswer, StorageError, StorageOperation},
        vault::LocalKey,
    },
    model::{Answered, Cmd, Model, Stage},
    note::{
        Id, Secret, Words,
        capture::Review,
        draft::{LeftOut, RiskLine, Role, Section, Sentence},
        record::{Addendum, Note, ProcessNote},
        time::Millis,
    },
    stages::{
        auto_delete::{After, note_end},
        browse, desk,
    },
    view::keys::{Failure, FailureKey, NextStep, Notice},
};

/// The note that a review becomes. Holds only facts that are part of it: private words, commands, fillers and corrected words are
/// dropped with the transcript.
#[must_use]
pub fn note_of(review: &Review, id: Id, author: Words, session_at: Millis, approved_at: Millis) -> Note {
    let draft = &review.draft;
    let dropped = |fact: u32| {
        draft
            .left_out
            .iter()
            .any(|left| left.fact == fact && left.why == "corrected")
            || draft
                .facts
                .get(fact as usize)
                .is_none_or(|f| matches!(f.role, Role::Private | Role::Command | Role::Filler))
    };
    let held: Vec<u32> = draft
        .sections
        .iter()
        .flat_map(|s| &s.sentences)
        .flat_map(|s| s.facts.iter().copied())
        .collect();
    let kept: Vec<u32> = (0..u32::try_from(draft.facts.len()).unwrap_or(u32::MAX))
        .filter(|fact| held.contains(fact) || !dropped(*fact))
        .collect();
    let place = |fact: &u32| {
        kept.iter()
            .position(|k| k == fact)
            .and_then(|at| u32::try_from(at).ok())
    };
    let sections = draft.sections.iter().map(|section| Section {
        sentences: section
            .sentences
            .iter()
            .map(|sentence| Sentence {
                facts: sentence.facts.iter().filter_map(place).collect(),
                ..sentence.clone()
            })
            .collect(),
        ..section.clone()
    });
    let risk = draft.risk.iter().map(|line| RiskLine {
        facts: line.facts.iter().filter_map(place).collect(),
        ..line.clone()
    });
    let left_out = draft.left_out.iter().filter_map(|left| {
        Some(LeftOut {
            fact: place(&left.fact)?,
            why: left.why.clone(),
        })
    });
    Note {
        id,
        client: review.client.clone(),
        author,
        session_at,
        approved_at,
        format: draft.format,
        sections: sections.collect(),
        facts: kept
            .iter()
            .filter_map(|fact| draft.facts.get(*fact as usize).cloned())
            .collect(),
        risk: risk.collect(),
        left_out: left_out.collect(),
        content_hash: String::new(),
    }
}

/// The clinician approves: once, and only what holds something.
pub fn approve(model: &mut Model) -> Cmd {
    let settings = model.desk.settings.clone();
    let approved_at = model.now;
    let Stage::Review(stage) = &mut model.stage else {
        return Cmd::done();
    };
    if stage.approving || model.turns.dooms(Doomed::Capture(stage.id)) {
        return Cmd::done();
    }
    if stage
        .review
        .draft
        .sections
        .iter()
        .all(|section| section.sentences.is_empty())
    {
        return model.say(Notice::NothingToApprove);
    }
    stage.approving = true;
    let capture = model.desk.captures.iter().find(|capture| capture.id == stage.id);
    let session_at = capture.map_or(approved_at, |capture| capture.started_at);
    // The note takes over the name of its capture: random already, and free once the capture is gone.
    let note = note_of(
        &stage.review,
        stage.id,
        settings.preferences.author.clone(),
        session_at,
        approved_at,
    );
    let private: Vec<&str> = stage.review.private.iter().map(Words::as_str).collect();
    let mut other = *stage.id.bytes();
    other[0] ^= 0xff;
    let process_note = (!private.is_empty()).then(|| ProcessNote {
        id: Id::from_bytes(other),
        note: Some(note.id),
        written_at: approved_at,
        text: private.join("\n").into(),
    });
    let operation = StorageOperation::Approve {
        capture: stage.id,
        deletes_at: note_end(settings.keep, approved_at),
        audit: AuditEntry {
            at: approved_at,
            act: "approved",
            id: Some(note.id),
            detail: note.format.key().to_owned(),
        },
        note: Box::new(note),
        process_note,
        turn: LocalKey {
            epoch: 0,
            key: Secret::default(),
        },
    };
    model
        .turns
        .push(operation, After::Approved)
        .and(crux_core::render::render())
}

/// The note exists, or the draft is as it was.
pub fn approved(answer: &StorageAnswer, model: &mut Model) -> Cmd {
    let Stage::Review(stage) = &mut model.stage else {
        return desk::read(model.unlocked);
    };
    stage.approving = false;
    let id = stage.id;
    if let StorageAnswer::Failed(error) = answer {
        let key = Failure::from(*error).key;
        return model.say(Notice::Failed { key });
    }
    let had_audio = model
        .desk
        .captures
        .iter()
        .any(|capture| capture.id == id && capture.audio_ms > 0);
    model.desk.notice = Some(Notice::Approved { had_audio });
    browse::read_note(id).and(desk::read(model.unlocked))
}

/// What would leave, shown before it does.
#[derive(Debug)]
pub struct Exporting {
    /// Kind of document.
    pub kind: DocumentKind,
    /// File name proposed.
    pub name: String,
    /// Exactly the bytes.
    pub content: Vec<u8>,
    /// The same words as text, for kinds that are not text.
    pub words: Words,
    /// Whether it is a draft.
    pub is_draft: bool,
    /// Where it came from, to go back to.
    pub from: Box<Stage>,
}

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
    Cmd::new(move |ctx| async move {
        let answer = ctx.request_from_shell(operation(kind)).await;
        let mut words = Words::default();
        if kind == DocumentKind::Pdf
            && let DocumentAnswer::Made(bytes) = ctx.request_from_shell(operation(DocumentKind::Text)).await
        {
            words = String::from_utf8(bytes).unwrap_or_default().into();
        }
        ctx.send_event(
            Answered::DocumentMade {
                kind,
                name,
                is_draft,
                words,
                answer,
            }
            .into(),
        );
    })
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
        let answer = ctx.request_from_shell(operation(kind)).await;
        let mut words = Words::default();
        if kind == DocumentKind::Pdf
            && let DocumentAnswer::Made(bytes) = ctx.request_from_shell(operation(DocumentKind::Text)).await
        {
            words = String::from_utf8(bytes).unwrap_or_default().into();
        }
        ctx.send_event(
            Answered::DocumentMade {
                kind,
                name,
                is_draft: false,
                words,
                answer,
            }
            .into(),
        );
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
    let text: Words = clipboard_text(&note, section, &model.desk.settings.preferences.ehr_order).into();
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

/// Plain text for the clipboard: one section without its heading, or all of them in the order given.
#[must_use]
pub fn clipboard_text(note: &Note, section: &str, ehr_order: &[String]) -> String {
    let body = |section: &Section| {
        let sentences: Vec<&str> = section
            .sentences
            .iter()
            .map(|sentence| sentence.text.as_str())
            .collect();
        if sentences.is_empty() {
            "Not mentioned".to_owned()
        } else {
            sentences.join(" ")
        }
    };
    if let Some(one) = note.sections.iter().find(|candidate| candidate.key == section) {
        return body(one);
    }
    let rank = |key: &str| ehr_order.iter().position(|wanted| wanted == key).unwrap_or(usize::MAX);
    let mut sections: Vec<&Section> = note.sections.iter().collect();
    sections.sort_by_key(|section| rank(&section.key));
    let blocks: Vec<String> = sections
        .iter()
        .map(|section| format!("{}\n{}", section.title, body(section)))
        .collect();
    blocks.join("\n\n")
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

/// Adds an addendum to the note on screen.
pub fn addendum(text: Words, model: &Model) -> Cmd {
    let Stage::Note(stage) = &model.stage else {
        return Cmd::done();
    };
    if text.is_blank() {
        return Cmd::done();
    }
    let (note, written_at) = (stage.note.id, model.now);
    let author = model.desk.settings.preferences.author.clone();
    Cmd::new(move |ctx| async move {
        let bytes = ctx.request_from_shell(RandomOperation { count: 16 }).await;
        let id = Id::from_bytes(bytes.expose().try_into().unwrap_or_default());
        let addendum = Addendum {
            id,
            note,
            author,
            written_at,
            text,
        };
        let audit = AuditEntry {
            at: written_at,
            act: "addendum",
            id: Some(note),
            detail: String::new(),
        };
        let added = ctx
            .request_from_shell(StorageOperation::AddAddendum { addendum, audit })
            .await;
        ctx.send_event(Answered::AddendumKept { note, answer: added }.into());
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::note::draft::{Draft, Fact};

    fn fact(text: &str, role: Role) -> Fact {
        Fact {
            start: 0,
            end: 1,
            text: text.into(),
            role,
            confidence: 1.0,
            risk: None,
        }
    }

    #[test]
    fn a_note_holds_no_private_words_and_its_sentences_still_name_their_facts() {
        let sentence = Sentence {
            text: "Plan.".into(),
            facts: vec![2],
            rule: String::new(),
            edited: false,
        };
        let review = Review {
            draft: Draft {
                facts: vec![
                    fact("private", Role::Private),
                    fact("um", Role::Filler),
                    fact("plan", Role::Plan),
                    fact("late", Role::Admin),
                ],
                sections: vec![Section {
                    key: "plan".into(),
                    title: "Plan".into(),
                    sentences: vec![sentence],
                }],
                left_out: vec![
                    LeftOut {
                        fact: 0,
                        why: "private".into(),
                    },
                    LeftOut {
                        fact: 1,
                        why: "filler".into(),
                    },
                    LeftOut {
                        fact: 3,
                        why: "admin".into(),
                    },
                ],
                ..Draft::default()
            },
            ..Review::default()
        };
        let note = note_of(&review, Id::default(), "A".into(), Millis(1), Millis(2));
        let texts: Vec<&str> = note.facts.iter().map(|fact| fact.text.as_str()).collect();
        assert_eq!(texts, ["plan", "late"]);
        assert_eq!(note.sections[0].sentences[0].facts, [0]);
        assert_eq!(
            note.left_out,
            [LeftOut {
                fact: 1,
                why: "admin".into()
            }]
        );
    }

    #[test]
    fn the_clipboard_follows_the_order_of_the_record_system() {
        let section = |key: &str, text: Option<&str>| Section {
            key: key.into(),
            title: key.to_uppercase(),
            sentences: text
                .map(|t| Sentence {
                    text: t.into(),
                    facts: vec![],
                    rule: String::new(),
                    edited: true,
                })
                .into_iter()
                .collect(),
        };
        let review = Review {
            draft: Draft {
                sections: vec![section("subjective", Some("One.")), section("plan", None)],
                ..Draft::default()
            },
            ..Review::default()
        };
        let note = note_of(&review, Id::default(), "A".into(), Millis(1), Millis(2));
        assert_eq!(
            clipboard_text(&note, "", &["plan".into()]),
            "PLAN\nNot mentioned\n\nSUBJECTIVE\nOne."
        );
        assert_eq!(clipboard_text(&note, "subjective", &[]), "One.");
    }
}
