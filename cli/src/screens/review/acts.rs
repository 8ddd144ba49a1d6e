//! What keys do on a draft: on the sentence under the cursor, and on the whole.

use shared::{
    capabilities::documents::DocumentKind,
    model::Event,
    note::{
        draft::{Format, Role},
        preferences::Detail,
    },
    view::review::ReviewView,
};

use super::{Place, about};
use crate::{
    page::{Act, Key, Page, Step},
    words,
};

pub(super) fn add(view: &ReviewView, at: Option<Place>, places: &[Place], page: &mut Page) {
    page.act(Key::Char('A'), "approve", approve(view));
    if let Some(place) = at {
        on_place(view, place, places, page);
    }
    if view.can_undo {
        page.act(Key::Char('u'), "undo", Step::Send(Event::UndoTapped));
    }
    if view.can_redo {
        page.act(Key::Char('r'), "redo", Step::Send(Event::RedoTapped));
    }
    page.act(Key::Char('f'), "format", formats(view.draft.format));
    page.act(Key::Char('d'), "detail", details());
    page.act(
        Key::Char('c'),
        "client",
        Step::text(
            "Client",
            "A name or a code; may be empty.",
            view.client.as_str(),
            |label| Step::Send(Event::ClientLabelled { label }),
        ),
    );
    if !view.draft.left_out.is_empty() {
        page.act(Key::Char('l'), "left out", left_out(view));
    }
    page.act(Key::Char('p'), "draft as a file", kinds());
    page.act(
        Key::Char('X'),
        "throw away",
        Step::confirm(
            "Throw this draft away?",
            &[
                "Goes: the transcript and the draft, keys first.",
                "Stays: every note you signed.",
                "It cannot be undone.",
            ],
            "throw away",
            Step::Send(Event::DiscardTapped { id: view.id }),
        ),
    );
    page.act(Key::Esc, "back, the draft stays", Step::Send(Event::BackTapped));
}

fn on_place(view: &ReviewView, place: Place, places: &[Place], page: &mut Page) {
    let section = place.section;
    let title = view
        .draft
        .sections
        .get(section as usize)
        .map_or("", |section| section.title.as_str());
    if let Some(at) = place.sentence
        && let Some(sentence) = view
            .draft
            .sections
            .get(section as usize)
            .and_then(|section| section.sentences.get(at as usize))
    {
        let tap = || Step::Send(Event::SentenceTapped { section, sentence: at });
        page.act(Key::Enter, "source and why", tap());
        page.act(Key::Char(' '), "source and why", tap());
        let edit = Step::lines(
            "Edit",
            "Empty removes the sentence.",
            sentence.text.as_str(),
            move |text| {
                Step::Send(Event::SentenceEdited {
                    section,
                    sentence: at,
                    text,
                })
            },
        );
        page.act(Key::Char('e'), "edit", edit);
        page.act(
            Key::Char('x'),
            "remove",
            Step::Send(Event::SentenceRemoved { section, sentence: at }),
        );
        page.act(Key::Char('m'), "move", sections(view, section, at));
        if !sentence.facts.is_empty() {
            page.act(Key::Char('R'), "what it is", facts(view, &sentence.facts));
        }
        let in_section = places.iter().filter(|other| other.section == section).count();
        let move_to = |to: u32| {
            Step::Send(Event::SentenceMoved {
                section,
                sentence: at,
                to_section: section,
                to_sentence: to,
            })
        };
        if at > 0 {
            page.acts.push(Act {
                key: Key::ShiftUp,
                label: "up".to_owned(),
                step: move_to(at - 1),
                moves: -1,
            });
        }
        if (at as usize) + 1 < in_section {
            page.acts.push(Act {
                key: Key::ShiftDown,
                label: "down".to_owned(),
                step: move_to(at + 1),
                moves: 1,
            });
        }
    }
    let add = Step::lines(&format!("Add to {title}"), "A sentence of your own.", "", move |text| {
        if text.is_blank() {
            Step::Nothing
        } else {
            Step::Send(Event::SentenceAdded { section, text })
        }
    });
    page.act(Key::Char('a'), "add", add);
}

fn approve(view: &ReviewView) -> Step {
    let mut lines =
        vec!["It becomes a note, signed by you. A signed note never changes; later remarks are addenda.".to_owned()];
    lines.extend(
        view.will_destroy
            .iter()
            .map(|what| format!("Destroyed with it: {}.", words::destroyed_by_approve(what))),
    );
    if view.client.is_blank() {
        lines.push("The client is not named (c).".to_owned());
    }
    let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    Step::confirm(
        "Approve this draft?",
        &lines,
        "approve",
        Step::Send(Event::ApproveTapped),
    )
}

fn formats(now: Format) -> Step {
    let options = Format::ALL.into_iter().filter(|format| *format != now).map(|format| {
        (
            words::format_name(format).to_owned(),
            Step::Send(Event::FormatChosen { format }),
        )
    });
    Step::choose("Another format, from the same facts", options.collect())
}

fn details() -> Step {
    let option = |detail, what: &str| {
        (
            format!("{}: {what}", words::detail(detail)),
            Step::Send(Event::DetailChosen { detail }),
        )
    };
    Step::choose(
        "Level of detail; facts about risk stay the same",
        vec![
            option(Detail::Concise, "asides are left out, and listed"),
            option(Detail::Intermediate, "everything of substance"),
            option(Detail::Detailed, "everything, about the session itself too"),
        ],
    )
}

fn sections(view: &ReviewView, section: u32, sentence: u32) -> Step {
    let options = view
        .draft
        .sections
        .iter()
        .zip(0u32..)
        .filter(|(_, to)| *to != section)
        .map(|(other, to_section)| {
            let to_sentence = u32::try_from(other.sentences.len()).unwrap_or(u32::MAX);
            (
                other.title.clone(),
                Step::Send(Event::SentenceMoved {
                    section,
                    sentence,
                    to_section,
                    to_sentence,
                }),
            )
        });
    Step::choose("Move it to", options.collect())
}

fn facts(view: &ReviewView, facts: &[u32]) -> Step {
    if let [fact] = facts {
        return roles(*fact);
    }
    let options = facts
        .iter()
        .filter_map(|fact| Some((fact, view.draft.facts.get(*fact as usize)?)))
        .map(|(fact, about_it)| {
            (
                format!("\u{201c}{}\u{201d}: {}", about_it.text.as_str().trim(), about(about_it)),
                roles(*fact),
            )
        });
    Step::choose("Which part?", options.collect())
}

fn roles(fact: u32) -> Step {
    let options = Role::ALL.into_iter().map(|role| {
        (
            words::role(role).to_owned(),
            Step::Send(Event::RoleCorrected { fact, role }),
        )
    });
    Step::choose("What is it?", options.collect())
}

fn left_out(view: &ReviewView) -> Step {
    let lines = view.draft.left_out.iter().filter_map(|left| {
        let fact = view.draft.facts.get(left.fact as usize)?;
        Some(format!(
            "\u{201c}{}\u{201d}  {}",
            fact.text.as_str().trim(),
            words::left_out(&left.why)
        ))
    });
    Step::tell("In no section, and why", lines.collect())
}

fn kinds() -> Step {
    Step::choose(
        "The draft, marked DRAFT; you see it before it leaves",
        vec![
            (
                "Text".to_owned(),
                Step::Send(Event::ExportTapped {
                    kind: DocumentKind::Text,
                }),
            ),
            (
                "PDF".to_owned(),
                Step::Send(Event::ExportTapped {
                    kind: DocumentKind::Pdf,
                }),
            ),
        ],
    )
}
