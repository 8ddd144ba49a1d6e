//! `afterword review ID …` and `afterword approve ID`: the draft, changed by place, and signed.

use serde_json::json;
use shared::{
    model::Event,
    note::{
        Words,
        draft::{Format, Role},
    },
    view::{ViewModel, review::ReviewView},
};

use super::{Session, capture::say};
use crate::{
    args::{Common, ReviewAct},
    fields::detail_named,
    output::CommandError,
    words,
};

pub(super) fn run(common: &Common, id: &str, act: Option<ReviewAct>) -> Result<(), CommandError> {
    let session = Session::open(common)?;
    let id = session.capture_id(id)?;
    match act {
        Some(ReviewAct::Discard) => {
            session.act(Event::DiscardTapped { id })?;
            session.out.say(
                || json!({ "discarded": id.to_string() }),
                || words::notice(&shared::view::keys::Notice::Discarded),
            );
            return Ok(());
        }
        Some(ReviewAct::Transcribe) => {
            let review = open(&session, id)?;
            say(&session, &review);
            return Ok(());
        }
        _ => {}
    }
    let home = session.home()?;
    if home.queue.iter().any(|row| row.id == id && row.state.has_audio()) {
        return Err(CommandError::failed(words::NOT_A_DRAFT));
    }
    let review = open(&session, id)?;
    let Some(step) = step(&review, act)? else {
        say(&session, &review);
        return Ok(());
    };
    let source = matches!(step, Event::SentenceTapped { .. });
    let ViewModel::Review(after) = session.act(step)? else {
        return Err(CommandError::failed(words::NO_ANSWER));
    };
    match &after.source {
        Some(found) if source => session.out.say(|| crate::json::source(found), || source_lines(found)),
        _ => say(&session, &after),
    }
    Ok(())
}

/// Opens the capture as a draft: transcribes it where that is still to do.
fn open(session: &Session, id: shared::note::Id) -> Result<Box<ReviewView>, CommandError> {
    match session.act(Event::ResumeTapped { id })? {
        ViewModel::Review(review) => Ok(review),
        // A recording that was cut off goes on listening when it is resumed; here it is finished instead.
        ViewModel::Capture(_) => match session.act(Event::StopTapped)? {
            ViewModel::Review(review) => Ok(review),
            _ => Err(CommandError::failed(words::NO_ANSWER)),
        },
        _ => Err(CommandError::failed(words::NO_ANSWER)),
    }
}

/// The event for an act; `None` when there is nothing to change.
fn step(review: &ReviewView, act: Option<ReviewAct>) -> Result<Option<Event>, CommandError> {
    let Some(act) = act else { return Ok(None) };
    let event = match act {
        ReviewAct::Show | ReviewAct::Discard | ReviewAct::Transcribe => return Ok(None),
        ReviewAct::Edit {
            section,
            sentence,
            text,
        } => {
            let (section, sentence) = place(review, section, sentence)?;
            Event::SentenceEdited {
                section,
                sentence,
                text: Words::from(text),
            }
        }
        ReviewAct::Add { section, text } => {
            let section = section_place(review, section)?;
            Event::SentenceAdded {
                section,
                text: Words::from(text),
            }
        }
        ReviewAct::Remove { section, sentence } => {
            let (section, sentence) = place(review, section, sentence)?;
            Event::SentenceRemoved { section, sentence }
        }
        ReviewAct::Move {
            section,
            sentence,
            to_section,
            to_sentence,
        } => {
            let (section, sentence) = place(review, section, sentence)?;
            let to_section = section_place(review, to_section)?;
            let to_sentence = to_sentence.checked_sub(1).ok_or_else(no_place)?;
            Event::SentenceMoved {
                section,
                sentence,
                to_section,
                to_sentence,
            }
        }
        ReviewAct::Role { fact, role } => {
            let role = Role::ALL
                .into_iter()
                .find(|known| known.key().eq_ignore_ascii_case(&role))
                .ok_or_else(|| CommandError::usage(words::NO_SUCH_ROLE))?;
            if fact as usize >= review.draft.facts.len() {
                return Err(CommandError::failed(words::NO_SUCH_FACT));
            }
            Event::RoleCorrected { fact, role }
        }
        ReviewAct::Format { format } => {
            let format = Format::parse(&format).ok_or_else(|| CommandError::usage(words::NO_SUCH_FORMAT))?;
            Event::FormatChosen { format }
        }
        ReviewAct::Detail { detail } => {
            let detail = detail_named(&detail).ok_or_else(|| CommandError::usage(words::NO_SUCH_DETAIL))?;
            Event::DetailChosen { detail }
        }
        ReviewAct::Client { label } => Event::ClientLabelled {
            label: Words::from(label),
        },
        ReviewAct::Undo if !review.can_undo => return Err(CommandError::failed(words::NOTHING_TO_UNDO)),
        ReviewAct::Undo => Event::UndoTapped,
        ReviewAct::Redo if !review.can_redo => return Err(CommandError::failed(words::NOTHING_TO_REDO)),
        ReviewAct::Redo => Event::RedoTapped,
        ReviewAct::Source { section, sentence } => {
            let (section, sentence) = place(review, section, sentence)?;
            Event::SentenceTapped { section, sentence }
        }
    };
    Ok(Some(event))
}

fn no_place() -> CommandError {
    CommandError::failed(words::NO_SUCH_PLACE)
}

/// People count from 1.
fn section_place(review: &ReviewView, section: u32) -> Result<u32, CommandError> {
    let at = section.checked_sub(1).ok_or_else(no_place)?;
    review.draft.sections.get(at as usize).map(|_| at).ok_or_else(no_place)
}

fn place(review: &ReviewView, section: u32, sentence: u32) -> Result<(u32, u32), CommandError> {
    let section = section_place(review, section)?;
    let at = sentence.checked_sub(1).ok_or_else(no_place)?;
    let sentences = &review.draft.sections[section as usize].sentences;
    sentences.get(at as usize).map(|_| (section, at)).ok_or_else(no_place)
}

fn source_lines(source: &shared::view::review::SourceView) -> String {
    let mut lines: Vec<String> = source
        .indices
        .iter()
        .zip(&source.facts)
        .map(|(index, fact)| {
            format!(
                "fact {index}  \u{201c}{}\u{201d}  {} ({})",
                fact.text.as_str().trim(),
                words::role(fact.role),
                words::confidence(fact.confidence)
            )
        })
        .collect();
    lines.push(format!("why  {}", words::rule(&source.rule)));
    lines.join("\n")
}

/// Signs a draft.
pub(super) fn approve(common: &Common, id: &str) -> Result<(), CommandError> {
    let session = Session::open(common)?;
    let id = session.capture_id(id)?;
    let home = session.home()?;
    if home.queue.iter().any(|row| row.id == id && row.state.has_audio()) {
        return Err(CommandError::failed(words::NOT_A_DRAFT));
    }
    open(&session, id)?;
    let ViewModel::Note(view) = session.act(Event::ApproveTapped)? else {
        return Err(CommandError::failed(words::NO_ANSWER));
    };
    session.out.say(
        || {
            json!({
                "id": view.note.id.to_string(),
                "approved_at": view.note.approved_at.rfc3339(),
                "content_hash": view.note.content_hash,
                "destroyed": ["transcript", "draft"],
            })
        },
        || {
            let said = view.notice.as_ref().map(words::notice).unwrap_or_default();
            format!("{}\n{said}", view.note.id)
        },
    );
    Ok(())
}
