//! Decides what an edit of a draft does, and how it is taken back. Every character, and across restarts.

use crate::{
    capabilities::{
        drafter::{DraftAnswer, DraftOperation},
        storage::{StorageAnswer, StorageOperation},
    },
    model::{
        Answered, Cmd, Model, Stage,
        keys::{Failure, FailureKey, Notice},
        stage::Reviewing,
    },
    note::{
        Words,
        capture::{Review, ReviewStep},
        draft::{Draft, Format, Role, Sentence},
        preferences::Detail,
    },
};

/// Steps that can be taken back.
pub const UNDO_MAX: usize = 100;

/// One edit.
#[derive(Clone, Debug, PartialEq)]
pub enum Edit {
    /// Other words for a sentence; empty words remove it.
    Sentence {
        /// Section it is in.
        section: u32,
        /// Its place.
        sentence: u32,
        /// The words.
        text: Words,
    },
    /// A new sentence at the end of a section.
    Add {
        /// Section.
        section: u32,
        /// The words.
        text: Words,
    },
    /// Out with a sentence.
    Remove {
        /// Section it is in.
        section: u32,
        /// Its place.
        sentence: u32,
    },
    /// To another place.
    Move {
        /// Section it is in.
        section: u32,
        /// Its place.
        sentence: u32,
        /// Section it goes to.
        to_section: u32,
        /// Place it takes there, counted after it was taken out.
        to_sentence: u32,
    },
}

impl Edit {
    /// Name of the act, for undo.
    #[must_use]
    pub const fn act(&self) -> &'static str {
        match self {
            Self::Sentence { .. } => "edit",
            Self::Add { .. } => "add",
            Self::Remove { .. } => "remove",
            Self::Move { .. } => "move",
        }
    }
}

/// The draft after an edit; `None` when there is no such place, or nothing changed.
#[must_use]
pub fn edited(draft: &Draft, edit: &Edit) -> Option<Draft> {
    let mut draft = draft.clone();
    match edit {
        Edit::Sentence {
            section,
            sentence,
            text,
        } if text.is_blank() => {
            return edited(
                &draft,
                &Edit::Remove {
                    section: *section,
                    sentence: *sentence,
                },
            );
        }
        Edit::Sentence {
            section,
            sentence,
            text,
        } => {
            let slot = draft
                .sections
                .get_mut(*section as usize)?
                .sentences
                .get_mut(*sentence as usize)?;
            if slot.text == *text {
                return None;
            }
            slot.text = text.clone();
            slot.edited = true;
        }
        Edit::Add { section, text } if !text.is_blank() => {
            draft.sections.get_mut(*section as usize)?.sentences.push(Sentence {
                text: text.clone(),
                facts: vec![],
                rule: "typed".to_owned(),
                edited: true,
            });
        }
        Edit::Add { .. } => return None,
        Edit::Remove { section, sentence } => {
            let sentences = &mut draft.sections.get_mut(*section as usize)?.sentences;
            if *sentence as usize >= sentences.len() {
                return None;
            }
            let gone = sentences.remove(*sentence as usize);
            leave_out(&mut draft, &gone.facts);
        }
        Edit::Move {
            section,
            sentence,
            to_section,
            to_sentence,
        } => {
            if (section, sentence) == (to_section, to_sentence) || *to_section as usize >= draft.sections.len() {
                return None;
            }
            let from = &mut draft.sections.get_mut(*section as usize)?.sentences;
            if *sentence as usize >= from.len() {
                return None;
            }
            let moved = from.remove(*sentence as usize);
            let to = &mut draft.sections.get_mut(*to_section as usize)?.sentences;
            to.insert((*to_sentence as usize).min(to.len()), moved);
        }
    }
    Some(draft)
}

/// Facts no sentence holds any more are listed as left out by the clinician.
fn leave_out(draft: &mut Draft, facts: &[u32]) {
    for fact in facts {
        let held = draft
            .sections
            .iter()
            .flat_map(|section| &section.sentences)
            .any(|sentence| sentence.facts.contains(fact));
        if !held && !draft.left_out.iter().any(|left| left.fact == *fact) {
            draft.left_out.push(crate::note::draft::LeftOut {
                fact: *fact,
                why: "removed".to_owned(),
            });
        }
    }
}

/// Takes a new draft into a review: the old one can be had back, what was undone cannot.
pub fn take(review: &mut Review, act: &str, draft: Draft) {
    let before = std::mem::replace(&mut review.draft, draft);
    review.undo.push(ReviewStep {
        act: act.to_owned(),
        draft: before,
    });
    if review.undo.len() > UNDO_MAX {
        review.undo.remove(0);
    }
    review.redo.clear();
    review.format = review.draft.format;
}

/// Takes the last step back (`redo`: does it again). `false` when there is none.
pub fn step_back(review: &mut Review, redo: bool) -> bool {
    let (from, to) = if redo {
        (&mut review.redo, &mut review.undo)
    } else {
        (&mut review.undo, &mut review.redo)
    };
    let Some(step) = from.pop() else { return false };
    let now = std::mem::replace(&mut review.draft, step.draft);
    to.push(ReviewStep {
        act: step.act,
        draft: now,
    });
    review.format = review.draft.format;
    true
}

fn reviewing(model: &mut Model) -> Option<&mut Reviewing> {
    match &mut model.stage {
        Stage::Review(stage) if !stage.approving => Some(stage),
        _ => None,
    }
}

/// An edit happened.
pub fn edit(edit: &Edit, model: &mut Model) -> Cmd {
    let Some(stage) = reviewing(model) else {
        return Cmd::done();
    };
    let Some(draft) = edited(&stage.review.draft, edit) else {
        return Cmd::done();
    };
    take(&mut stage.review, edit.act(), draft);
    stage.tapped = None;
    keep(model)
}

/// Undo or redo.
pub fn back(redo: bool, model: &mut Model) -> Cmd {
    let Some(stage) = reviewing(model) else {
        return Cmd::done();
    };
    if !step_back(&mut stage.review, redo) {
        return Cmd::done();
    }
    stage.tapped = None;
    keep(model)
}

/// Whose session it was.
pub fn label(label: Words, model: &mut Model) -> Cmd {
    let Some(stage) = reviewing(model) else {
        return Cmd::done();
    };
    stage.review.client = label;
    keep(model)
}

/// Shows or hides the source of a sentence.
pub fn tap(section: u32, sentence: u32, model: &mut Model) -> Cmd {
    let Some(stage) = reviewing(model) else {
        return Cmd::done();
    };
    let place = (section, sentence);
    stage.tapped = (stage.tapped != Some(place)).then_some(place);
    crux_core::render::render()
}

/// Seals the review as it stands.
fn keep(model: &mut Model) -> Cmd {
    model.desk.notice = None;
    let Some(stage) = reviewing(model) else {
        return Cmd::done();
    };
    let operation = StorageOperation::SaveReview {
        id: stage.id,
        review: stage.review.clone(),
    };
    Cmd::new(|ctx| async move {
        let answer = ctx.request_from_shell(operation).await;
        ctx.send_event(Answered::ReviewSaved(answer).into());
    })
    .and(crux_core::render::render())
}

/// The review is sealed, or could not be: then the person hears of it while the words are still on screen.
pub fn kept(answer: &StorageAnswer, model: &mut Model) -> Cmd {
    match answer {
        StorageAnswer::Failed(error) => {
            let key = Failure::from(*error).key;
            model.say(Notice::Failed { key })
        }
        _ => Cmd::done(),
    }
}

/// Another layout, from the same facts.
pub fn refile(format: Format, model: &mut Model) -> Cmd {
    let preferences = model.desk.settings.preferences.clone();
    let Some(stage) = reviewing(model) else {
        return Cmd::done();
    };
    if stage.review.draft.format == format {
        return Cmd::done();
    }
    let draft = stage.review.draft.clone();
    ask(
        "format",
        DraftOperation::Refile {
            draft,
            format,
            preferences,
        },
    )
}

/// Another level of detail; kept as the preference from now on.
pub fn detail(detail: Detail, model: &mut Model) -> Cmd {
    model.desk.settings.preferences.detail = detail;
    let preferences = model.desk.settings.preferences.clone();
    let settings = Box::new(model.desk.settings.clone());
    let Some(stage) = reviewing(model) else {
        return Cmd::done();
    };
    let draft = stage.review.draft.clone();
    let format = draft.format;
    let save = Cmd::new(|ctx| async move {
        ctx.request_from_shell(StorageOperation::SaveSettings { settings })
            .await;
    });
    save.and(ask(
        "detail",
        DraftOperation::Refile {
            draft,
            format,
            preferences,
        },
    ))
}

/// A person says what a fact is.
pub fn correct_role(fact: u32, role: Role, model: &mut Model) -> Cmd {
    let preferences = model.desk.settings.preferences.clone();
    let Some(stage) = reviewing(model) else {
        return Cmd::done();
    };
    let draft = stage.review.draft.clone();
    if fact as usize >= draft.facts.len() {
        return Cmd::done();
    }
    ask(
        "role",
        DraftOperation::Reassign {
            draft,
            fact,
            role,
            preferences,
        },
    )
}

fn ask(act: &'static str, operation: DraftOperation) -> Cmd {
    Cmd::new(move |ctx| async move {
        let answer = ctx.request_from_shell(operation).await;
        ctx.send_event(
            Answered::Refiled {
                act: act.to_owned(),
                answer,
            }
            .into(),
        );
    })
}

/// The facts were filed anew. Words said to be private leave the draft and are kept apart.
pub fn refiled(act: &str, answer: DraftAnswer, model: &mut Model) -> Cmd {
    let Some(stage) = reviewing(model) else {
        return Cmd::done();
    };
    match answer {
        DraftAnswer::Drafted { draft, private } => {
            for words in private {
                if !stage.review.private.contains(&words) {
                    stage.review.private.push(words);
                }
            }
            take(&mut stage.review, act, draft);
            stage.tapped = None;
            keep(model)
        }
        DraftAnswer::NothingToFile | DraftAnswer::OtherLanguage => model.say(Notice::Failed {
            key: FailureKey::NothingToFile,
        }),
    }
}

#[cfg(test)]
mod tests;
