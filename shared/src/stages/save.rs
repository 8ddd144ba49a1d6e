//! Decides when a draft becomes a note, what the note holds, and what may leave. Nothing exists before an approve.

use crate::{
    capabilities::{
        random::RandomOperation,
        storage::{AuditEntry, Doomed, StorageAnswer, StorageOperation},
        vault::LocalKey,
    },
    model::{
        Answered, Cmd, Model, Stage,
        keys::{Failure, Notice},
        turns::After,
    },
    note::{
        Id, Secret, Words,
        capture::Review,
        draft::{LeftOut, RiskLine, Role, Section, Sentence},
        hash::content_hash,
        record::{Addendum, Note, ProcessNote},
        time::Millis,
    },
    stages::{auto_delete::note_end, browse, desk},
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
    let mut note = Note {
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
    };
    note.content_hash = content_hash(&note);
    note
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
    let note = note_of(
        &stage.review,
        stage.id.sibling(1),
        settings.preferences.author.clone(),
        session_at,
        approved_at,
    );
    let private: Vec<&str> = stage.review.private.iter().map(Words::as_str).collect();
    let process_note = (!private.is_empty()).then(|| ProcessNote {
        id: stage.id.sibling(2),
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
    browse::read_note(id.sibling(1)).and(desk::read(model.unlocked))
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
}
